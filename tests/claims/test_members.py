"""Lists of names: where they begin and end, and every count they can reasonably be read as."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.claims.members import end_of_list, read_list, split, start_of_clause
from rectlint.source import Span
from tests.work import lines_run


def members(text: str) -> tuple[list[str], list[int]]:
    """The members of a text that is a list, and the counts it can be read as."""
    listing = read_list(text, Span(0, len(text)))
    assert listing is not None
    return [text[member.start : member.end] for member in listing.members], sorted(listing.counts)


@pytest.mark.parametrize(
    ("text", "names", "counts"),
    [
        ("甲村、乙村、丙村", ["甲村", "乙村", "丙村"], [3]),
        ("走访甲村、乙村和丙村", ["甲村", "乙村", "丙村"], [3]),
        ("城外社区、永和村、东安村", ["城外社区", "永和村", "东安村"], [3]),
        ("《甲办法》《乙、丙办法》（试行）《丁》", ["《甲办法》", "《乙、丙办法》（试行）", "《丁》"], [3]),
        ("“谁主管、谁负责”“一岗双责”", ["“谁主管、谁负责”", "“一岗双责”"], [2]),
        ("县教育和体育局、县财政局、县审计局", ["县教育和体育局", "县财政局", "县审计局"], [3]),
        ("完善制度、强化监督、严肃问责", ["完善制度", "强化监督", "严肃问责"], [3]),
        ("妇幼保健院·儿童医院、中医院、人民医院", ["妇幼保健院·儿童医院", "中医院", "人民医院"], [3]),
    ],
)
def test_members(text: str, names: list[str], counts: list[int]) -> None:
    """Brackets, quotations, titles and names keep their separators; the governing verb is no part of the first name."""
    assert members(text) == (names, counts)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("在甲村、乙村开展环境整治、移风易俗", [2, 3]),
        ("加强学习、落实谈心谈话、民主评议", [2, 3]),
        ("紧盯工程建设、政府采购、选人用人等重点领域、关键环节", [2, 4]),
        ("区委、区政府办公室、区财政局", [2, 3]),
        ("情景教学、语言表达及软件应用、礼仪规范", [3, 4]),
    ],
)
def test_readings(text: str, counts: list[int]) -> None:
    """Where the list may begin later, or two words may be one name, each reading gives a count."""
    assert members(text)[1] == counts


def test_no_list() -> None:
    """One name is no list."""
    assert read_list("甲村", Span(0, 2)) is None


def test_clause_begins_behind_an_open_bracket() -> None:
    """A bracket that is still open bounds the clause; marks inside closed ones do not."""
    text = "共处理（含移交，另案），涉及（甲村、乙村"
    assert text[start_of_clause(text, len(text)) or 0 :] == "甲村、乙村"
    assert start_of_clause("甲》乙", 3) is None


def test_list_ends_before_the_bracket_that_closes_it() -> None:
    """A list ends where something opened earlier closes, or at a stop outside brackets."""
    assert end_of_list("甲、乙（丙。丁）、戊）。", 0, "。") == 10
    assert end_of_list("甲、乙。丙", 0, "。") == 3


@given(st.text(alphabet="甲乙村、，和《》“”（）-。\n1", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever the marks, pieces stay in order and inside the text, and a listing's own size is one of its counts
    unless titles within say otherwise."""
    pieces = split(text, Span(0, len(text)), "、")
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert all(left.end <= right.start for left, right in pairwise(pieces))
    listing = read_list(text, Span(0, len(text)))
    if listing is not None:
        assert listing.size >= 2
        assert listing.counts
        assert min(listing.counts) <= listing.size <= max(listing.counts)


def test_the_work_on_a_list_is_linear() -> None:
    """Ten times as many names are about ten times the work."""

    def work(size: int) -> int:
        text = "、".join(["甲乙村"] * size)
        return lines_run(lambda: read_list(text, Span(0, len(text))))

    work(10)
    assert work(2000) < 12 * work(200)
