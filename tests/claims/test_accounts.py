"""Figures of the account: object, level word and whose they are."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.source import Source


def accounts(text: str) -> list[tuple[str, str, str]]:
    """Thing, whose and figure of each account."""
    return [(one.thing, one.whose, one.quantity.text) for one in Claims(parse(Source(text))).accounts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("巡察反馈的63个问题已全部整改。", [("反馈问题", "", "63个")]),
        ("此次巡察反馈问题共63个，全部列入台账。", [("反馈问题", "", "63个")]),
        ("将反馈的4个方面12类问题细化为46项具体问题。", [("反馈的方面", "", "4个"), ("具体问题", "", "46项")]),
        ("针对镇级38个、重点村57个反馈问题。", [("反馈问题", "镇级", "38个"), ("反馈问题", "重点村", "57个")]),
        ("审计查出的118个问题已整改。", [("审计查出的问题", "", "118个")]),
        ("将118个问题逐一分解到责任单位。", [("反馈问题", "", "118个")]),
        ("67条整改措施已完成61条。", [("整改措施", "", "67条")]),
        ("共提出整改措施67条。", [("整改措施", "", "67条")]),
        ("巡察移交的9件问题线索已办结。", [("移交的问题线索", "", "9件")]),
        ("巡察移交信访件16件。", [("移交的信访件", "", "16件")]),
        ("新建制度8项，修订6项。", [("新建制度", "", "8项"), ("修订制度", "", "6项")]),
        ("抓好新建的8项、修订的6项制度执行。", [("新建制度", "", "8项"), ("修订制度", "", "6项")]),
        ("对已完成整改的14个问题开展“回头看”。", [("已完成整改的问题", "", "14个")]),
        ("巡察反馈的18个问题，已完成整改14个。", [("反馈问题", "", "18个"), ("已完成整改的问题", "", "14个")]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Each wording of the genre yields its figures."""
    assert accounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "上一轮巡察反馈的21个问题已整改。",
        "县委督查组反馈的3个问题已整改。",
        "其中，反馈的6个问题立行立改。",
        "制定防控措施12条。",
        "对照反馈意见查摆问题52条。",
        "向县纪委移送问题线索2件。",
        "对新建和修订的59项制度开展评估。",
        "督察组移交的第十批信访件2件。",
    ],
)
def test_no_figure_of_the_account(text: str) -> None:
    """Other rounds, other inspections, parts, and measures of another sort are left out."""
    assert accounts(text) == []


def test_items_are_left_out() -> None:
    """Within the problem items figures are those of the item; a paragraph 截至… behind the last one is the account's."""
    text = """二、整改落实情况
1.学习制度落实不严的问题。已整改。制定整改措施4条。
2.台账管理不规范的问题。正在整改。制定整改措施5条。
截至5月底，巡察反馈的2个问题已完成整改1个，提出整改措施9条。
"""
    assert accounts(text) == [("反馈问题", "", "2个"), ("已完成整改的问题", "", "1个"), ("整改措施", "", "9条")]


def test_feedback_to_others() -> None:
    """Problems fed back to subordinate bodies are another account."""
    text = "中共青山镇委员会关于巡察整改情况的通报\n向青山镇党委反馈问题26个，向5个村级党组织反馈问题84个。"
    assert next(whose for _, whose, _ in accounts(text)) == ""
    assert len({whose for _, whose, _ in accounts(text)}) == 2
