"""Populations: what a whole consists of, and what is only a part of it."""

from __future__ import annotations

import pytest

from rectlint.claims.populations import Population, agree, find_populations, noun_phrase, own_level
from rectlint.claims.quantities import find_quantities
from rectlint.document import parse
from rectlint.source import Source


def populations(text: str, level: str = "镇", name: str = "青山镇") -> list[Population]:
    """The populations of a text."""
    document = parse(Source(text))
    return list(find_populations(document, tuple(find_quantities(document)), level, name))


@pytest.mark.parametrize(
    ("text", "scope", "noun", "value"),
    [
        ("对全镇28个村开展检查。", "own", "村", 28),
        ("覆盖全镇44个村（居）。", "own", "村居", 44),
        ("覆盖全镇44个村（社区）。", "own", "村居", 44),
        ("对辖区内28个行政村进行排查。", "own", "行政村", 28),
        ("我镇共有16个社区。", "own", "社区", 16),
        ("镇下辖16个社区全部建站。", "own", "社区", 16),
        ("全镇共有行政村28个，运转正常。", "own", "行政村", 28),
        ("指导73家直属基层党组织开展学习。", "own", "直属基层党组织", 73),
        ("在全市63个乡镇中位列第21名。", "全市", "乡镇", 63),
        ("对全县21个乡镇卫生院开展检查。", "全县", "乡镇卫生院", 21),
        ("检查路桥公司下属5家企业。", "路桥公司", "企业", 5),
        ("对全镇31个村村民议事会进行评议。", "own", "村", 31),
        ("对全镇二十八个村开展检查。", "own", "村", 28),
    ],
)
def test_whole(text: str, scope: str, noun: str, value: int) -> None:
    """A scope and a full noun phrase make a population, and nothing makes it doubtful."""
    (found,) = populations(text)
    assert (found.scope, found.noun, int(found.quantity.value), found.certain) == (scope, noun, value, True)


@pytest.mark.parametrize(
    "text",
    [
        "全镇有17个村居未完成灌渠清淤。",
        "全镇26个村完成规划编制。",
        "在全镇10个村开展试点。",
        "其中全镇11个村已完成。",
        "对全镇12个村开展了巡察。",
        "在全镇8个村建设服务站。",
        "重点对全镇9个村开展督查。",
    ],
)
def test_perhaps_a_part(text: str) -> None:
    """What may be only some of them is marked as doubtful."""
    assert not any(population.certain for population in populations(text))


@pytest.mark.parametrize(
    "text", ["整理26个村的民歌。", "对全镇排查出的28个问题。", "全镇3起典型案例。", "上述4个单位。"]
)
def test_no_population(text: str) -> None:
    """No scope, or nothing that keeps its number: no population."""
    assert not populations(text)


def test_row() -> None:
    """The second figure of a row has the scope of the first, but is not relied on."""
    found = populations("全镇辖26个行政村、4个社区。")
    assert [(one.noun, one.certain) for one in found] == [("行政村", True), ("社区", False)]


def test_tied_to_a_time() -> None:
    """A figure as of some year is not one of today."""
    assert [one.dated for one in populations("2019年底全镇26个村。")] == ["2019年底"]
    assert [one.dated for one in populations("2024年以来，对全镇26个村开展检查。")] == [""]


@pytest.mark.parametrize(
    ("words", "noun"),
    [
        ("行政村党组织书记参加", "行政村党组织书记"),
        ("村资源禀赋", "村"),
        ("村级治理", "村"),
        ("村民小组开展", "村民小组"),
        ("市级美丽乡村开展", "市级美丽乡村"),
        ("县（市、区）中", "县（市、区）"),
        ("风险点", ""),
    ],
)
def test_noun_phrase(words: str, noun: str) -> None:
    """The noun phrase ends with its last head."""
    assert noun_phrase(words, 0, len(words)) == noun


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [("70余个", "76个", True), ("70余个", "82个", False), ("约100个", "96个", True), ("28个", "28个", True)],
)
def test_agree(one: str, other: str, fits: bool) -> None:
    """Rough figures agree with what they can mean."""
    first, second = find_quantities(parse(Source(f"共{one}村。共{other}村。")))
    assert agree(first, second) is fits


@pytest.mark.parametrize(
    ("core", "level"), [("松坡县人民政府", "县"), ("青山街道", "街"), ("松坡县水利局", "局"), ("", "")]
)
def test_own_level(core: str, level: str) -> None:
    """The level of 全… that means the reporting organ's own domain."""
    assert own_level(core) == level
