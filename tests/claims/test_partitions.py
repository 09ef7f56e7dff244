"""Totals and parts: which quantities are said to make up which."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.kinds import load_kind
from rectlint.source import Source


def partitions(text: str) -> list[tuple[str, list[str], str, bool]]:
    """Total, parts, closure and whether they fit."""
    claims = Claims(parse(Source(text)))
    return [(p.total.text, [q.text for q in p.parts], p.closure, p.fits) for p in claims.partitions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("移交线索9件，已办结6件，正在办理3件。", ("9件", ["6件", "3件"], "status", True)),
        ("全镇22个村居仅5个村清完，仍有17个村居没有清完。", ("22个", ["5个", "17个"], "rest", True)),
        ("共143宗，已完成整改139宗，余下4宗。", ("143宗", ["139宗", "4宗"], "rest", True)),
        ("共109件，属实93件，不属实16件。", ("109件", ["93件", "16件"], "negation", True)),
        ("新聘任39名：专职24名，兼职15名。", ("39名", ["24名", "15名"], "listed", True)),
        ("甲村3户、乙村5户、丙村8户，共16户。", ("16户", ["3户", "5户", "8户"], "summed", True)),
        ("完成7个（其中甲3个：a、b、c；乙4个：d、e、f、g）。", ("7个", ["3个", "4个"], "named", True)),
        ("处理6人，其中诫勉2人、提醒谈话4人。", ("6人", ["2人", "4人"], "persons", True)),
        ("新增320亩，其中水田230亩。", ("320亩", ["230亩"], "open", False)),
    ],
)
def test_sorts_of_closure(text: str, expected: tuple[str, list[str], str, bool]) -> None:
    """Each way of saying that a list is complete is told apart."""
    assert partitions(text) == [expected]


def test_one_total_may_be_parted_twice() -> None:
    """属实/不属实 and 已办结/正在办理 are two partitions of the same cases."""
    found = partitions("共109件，属实93件，不属实16件；已办结55件，正在办理54件。")
    assert found == [("109件", ["93件", "16件"], "negation", True), ("109件", ["55件", "54件"], "status", True)]


def test_a_remainder_reaches_back_over_paragraphs_of_its_item() -> None:
    """The total may stand in the problem and the parts in its remedy; another small figure between is no part."""
    text = "（6）占地问题。全镇共有61户超占，3户被通报。\n整改情况：已整改。已对25户拆除，对8户补办，剩余28户保留。\n"
    assert partitions(text) == [("61户", ["25户", "8户", "28户"], "rest", True)]


@pytest.mark.parametrize(
    "text",
    [
        "召开会议3次，开展检查5次。",
        "对2个村开展检查，发现问题9个。",
        "新建制度7项，修订完善3项。",
        "立案18人，处分11人。",
    ],
)
def test_figures_side_by_side_are_no_partition(text: str) -> None:
    """Activities told one after the other do not make each other up."""
    assert partitions(text) == []


def test_rounded_amounts_may_differ_by_their_rounding() -> None:
    """亿元 and 万元 in one list fit within the rounding of their last digits, and no further."""
    assert partitions("金额2.36亿元，分别为上缴1.18亿元、盘活1.18亿元。")[0][3]
    assert not partitions("金额2.36亿元，分别为上缴1.18亿元、盘活1.08亿元。")[0][3]


def test_a_bracket_that_is_not_closed_may_hold_more() -> None:
    """Parts in a bracket that the page cut off are not added up; the same list with its bracket is."""
    loaded = load_kind("partition")

    def is_accused(text: str) -> bool:
        claims = Claims(parse(Source(text)))
        return any(outcome.verdict == "contradicted" for outcome in loaded.check(claims, loaded.params()))

    assert is_accused("给予党纪处分22人（警告6人，严重警告7人，撤销党内职务1人）。\n二、下一步打算")
    assert not is_accused("给予党纪处分22人（警告6人，严重警告7人，撤销党内职务1人，\n二、下一步打算")
