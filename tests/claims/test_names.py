"""Who inspected, whom, and who reports: groups, rounds and organs in the wordings of the genre."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.claims.names import Names, core_name, same_organ
from rectlint.document import parse
from rectlint.source import Source

OPENER = "根据县委统一部署，县委第二巡察组于2023年3月6日至4月28日对青山镇党委开展了巡察，并于6月9日反馈了巡察意见。\n"


def names(text: str) -> Names:
    """The names of a text."""
    return Names(parse(Source(text)))


@pytest.mark.parametrize(
    ("text", "level", "numbers", "sort"),
    [
        ("县委第二巡察组", "县委", (2,), "巡察"),
        ("松坡县委巡察二组", "县委", (2,), "巡察"),
        ("县委巡察第十二组", "县委", (12,), "巡察"),
        ("市委第三提级巡察组", "市委", (3,), "巡察"),
        ("市委提级第三巡察组", "市委", (3,), "巡察"),
        ("省委第七巡视组", "省委", (7,), "巡视"),
        ("集团党委第1巡察组", "", (1,), "巡察"),
        ("第二巡察组", "", (2,), "巡察"),
        ("市委第一、第二巡察组", "市委", (1, 2), "巡察"),
        ("县委第五轮第二巡察组", "县委", (2,), "巡察"),
        ("县审计局第三审计组", "县审计局", (3,), "审计"),
        ("中央第四生态环境保护督察组", "中央", (4,), "生态环境保护督察"),
        ("区委巡察组", "区委", (), "巡察"),
    ],
)
def test_one_group(text: str, level: str, numbers: tuple[int, ...], sort: str) -> None:
    """Level, number and sort are read from every way of naming a group."""
    (body,) = names(f"主动向{text}汇报。").bodies
    assert (body.level, body.numbers, body.sort) == (level, numbers, sort)


@pytest.mark.parametrize(
    "text", ["巡察工作领导小组", "巡察组长", "巡察组织工作", "第四巡察小组", "第二督导组", "选人用人专项检查组"]
)
def test_no_group(text: str) -> None:
    """Leaders, offices, sub-groups and other teams are no inspecting groups."""
    assert not names(f"主动向{text}汇报。").bodies


def test_group_of_another_inspection() -> None:
    """A group named with an earlier round or an earlier year belongs to another inspection."""
    text = OPENER + "上一轮县委第四巡察组指出的问题。2019年县委第五巡察组反馈的问题。对照第二巡察组反馈意见。"
    assert [body.elsewhere for body in names(text).bodies] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "session", "level", "number"),
    [
        ("十三届市委第五轮巡视", 13, "市委", 5),
        ("第十三届县委第五轮巡察", 13, "县委", 5),
        ("县委巡察第三轮", None, "县委", 3),
        ("第二轮市委巡察", None, "", 2),
    ],
)
def test_one_round(text: str, session: int | None, level: str, number: int) -> None:
    """Session, level and number of a round."""
    (round_,) = names(f"在{text}期间。").rounds
    assert (round_.session, round_.level, round_.number) == (session, level, number)


def test_organs_of_title_text_and_signature() -> None:
    """The reporting organ, the inspected body and the signing organ are the same one."""
    text = f"中共松坡县青山镇委员会关于巡察整改进展情况的通报\n{OPENER}下一步，持续整改。\n中共青山镇委员会\n2024年1月8日\n"
    found = names(text)
    assert [organ.core for organ in found.title_organs] == ["松坡县青山镇"]
    assert [organ.core for organ in found.inspected] == ["青山镇"]
    assert [organ.core for organ in found.signatures] == ["青山镇"]


@pytest.mark.parametrize(
    ("words", "core", "plural"),
    [
        ("青山镇党委及下属8个重点村", "青山镇", False),
        ("临港新城党工委所辖12个居民区党组织", "临港新城", False),
        ("白石镇党委、青山镇党委", "白石镇", True),
        ("县人力资源和社会保障局党组", "县人力资源和社会保障局", False),
        ("县水利局党组和县林业局党组", "县水利局", True),
    ],
)
def test_inspected_body(words: str, core: str, plural: bool) -> None:
    """Subordinates are cut off, siblings are noticed, and 和 within a name is no separator."""
    text = f"县委第二巡察组于2023年3月6日至4月28日对{words}开展了巡察，并于6月9日反馈了巡察意见。"
    (organ,) = names(text).inspected
    assert (organ.core, organ.plural) == (core, plural)


@pytest.mark.parametrize("words", ["我镇", "本局", "全县", "镇党委"])
def test_no_name(words: str) -> None:
    """Words that name no particular body are left out."""
    text = f"县委第二巡察组于2023年3月6日至4月28日对{words}开展了巡察，并于6月9日反馈了巡察意见。"
    assert not names(text).inspected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("青山镇", "松坡县青山镇", True),
        ("人社局", "松坡县人力资源和社会保障局", True),
        ("松坡经开区", "松坡经济技术开发区", True),
        ("青山镇柳树村", "青山镇", True),
        ("青山镇", "白石镇", False),
        ("青山镇", "杏花乡", False),
        ("县水利局", "松坡县林业局", False),
        ("青山镇", "县水利局", None),
        ("临江社区", "临港工业区", None),
    ],
)
def test_same_organ(one: str, other: str, same: bool | None) -> None:
    """Longer and shorter names of one body agree; bodies of different sorts cannot be compared."""
    assert same_organ(one, other) is same
    assert same_organ(other, one) is same


@given(st.text(alphabet="青山白石松坡县市镇乡局委员会党组工中共", max_size=14))
def test_core_name_is_stable(name: str) -> None:
    """A core name has no longer form than the name, and an organ is the same as itself."""
    core = core_name(name)
    assert len(core) <= len(name)
    assert same_organ(core, core) in (True, None)
