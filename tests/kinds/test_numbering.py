"""How faults of numbering are told apart: one fault, one finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.claims.sequences import Step
from rectlint.kinds.numbering import Fault, chinese_number, read_chains, renumbered
from rectlint.markers import Marker


def faults(numbers: list[int]) -> list[Fault]:
    """The faults of a run with these numbers."""
    steps = [
        Step(Marker("一是", number, place, place + 1), may_restart=place > 0 and numbers[place - 1] > 1)
        for place, number in enumerate(numbers)
    ]
    return [fault for chain in read_chains(steps) for fault in chain.faults]


@pytest.mark.parametrize(
    ("numbers", "defect", "place"),
    [
        ([1, 2, 4], "gap", 2),
        ([1, 2, 3, 1, 2, 4], "gap", 5),
        ([1, 1, 3], "repeated", 1),
        ([1, 2, 2], "repeated", 2),
        ([1, 2, 2, 3], "repeated", 2),
        ([1, 2, 3, 2, 2, 3], "repeated", 3),
        ([2, 1], "out-of-order", 0),
        ([2, 1, 3], "out-of-order", 0),
        ([1, 3, 2], "out-of-order", 1),
        ([1, 2, 4, 5, 3, 6], "out-of-order", 4),
        ([1, 2, 9, 4], "out-of-order", 2),
        ([1, 2, 9, 3, 4], "out-of-order", 2),
        ([2, 3, 4], "gap", 0),
    ],
)
def test_each_fault_has_its_name_and_place(numbers: list[int], defect: str, place: int) -> None:
    """A single fault is found once, at the number that is wrong."""
    assert [(fault.defect, fault.marker.start) for fault in faults(numbers)] == [(defect, place)]


@given(st.lists(st.integers(2, 9), min_size=1, max_size=6))
def test_lists_that_begin_anew_are_faultless(lengths: list[int]) -> None:
    """Any number of complete runs one after the other has no fault."""
    assert faults([number for length in lengths for number in range(1, length + 1)]) == []


@given(st.integers(4, 12), st.data())
def test_one_item_taken_out_is_one_gap(length: int, data: st.DataObject) -> None:
    """A number missing inside a run is one gap, whatever follows."""
    missing = data.draw(st.integers(2, length - 1))
    found = faults([number for number in range(1, length + 1) if number != missing])
    assert [(fault.defect, list(fault.missing)) for fault in found] == [("gap", [missing])]


@given(st.integers(4, 12), st.data())
def test_one_wrong_number_is_one_fault(length: int, data: st.DataObject) -> None:
    """A single number mistyped inside a run is one fault."""
    place = data.draw(st.integers(1, length - 2))
    wrong = data.draw(st.integers(2, 15).filter(lambda number: number != place + 1))
    numbers = list(range(1, length + 1))
    numbers[place] = wrong
    assert len(faults(numbers)) == 1


def test_marks_keep_their_form_when_renumbered() -> None:
    """The expected mark is written as its neighbours are."""
    pairs = [
        ("（4）", 3, "（3）"),
        ("四是", 12, "十二是"),
        ("④", 3, "③"),
        ("问题5", 4, "问题4"),
        ("（十二）", 21, "（二十一）"),
        ("1-5，", 4, "1-4，"),
    ]
    assert [renumbered(mark, number) for mark, number, _ in pairs] == [expected for _, _, expected in pairs]


def test_chinese_numbers() -> None:
    """Ordinals up to 999 in Chinese."""
    assert [chinese_number(n) for n in (1, 10, 19, 20, 63, 103, 110)] == [
        "一",
        "十",
        "十九",
        "二十",
        "六十三",
        "一百零三",
        "一百一十",
    ]
