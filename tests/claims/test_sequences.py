"""Which numbers are taken to count on from one another."""

from __future__ import annotations

from rectlint.claims.sequences import Sequence, find_sequences
from rectlint.document import parse
from rectlint.source import Source


def sequences(text: str) -> list[Sequence]:
    """The sequences of a text."""
    return list(find_sequences(parse(Source(text))))


def numbers(text: str, style: str) -> list[list[int]]:
    """The numbers of each sequence of one style."""
    return [[step.marker.number for step in found.steps] for found in sequences(text) if found.style == style]


def test_items_of_one_style_form_one_sequence_across_sections() -> None:
    """Items of a style are one sequence; the first in another section is marked fresh."""
    found = sequences("（一）甲方面\n1.学习不深。\n2.部署不快。\n（二）乙方面\n1.文件偏多。\n")
    items = next(sequence for sequence in found if sequence.style == "1.")
    assert [step.marker.number for step in items.steps] == [1, 2, 1]
    assert [step.fresh for step in items.steps] == [False, False, True]


def test_runs_of_each_item_are_apart() -> None:
    """一是 二是 of two items are two sequences."""
    assert numbers("（1）甲。一是学；二是做。\n（2）乙。一是查；二是改。\n", "一是") == [[1, 2], [1, 2]]


def test_a_run_goes_on_after_the_items_in_it() -> None:
    """一是 before numbered lines and 二是 after them belong to one run."""
    text = "（一）主要做法\n一是分类处置：\n①已拨付的销账。\n②未拨付的收回。\n二是加强监管。\n"
    assert numbers(text, "一是") == [[1, 2]]


def test_attachment_numbers_are_left_out() -> None:
    """The list of attachments at the end is no part of the numbering of the text."""
    assert numbers("1.学习不深。\n2.部署不快。\n附件：1.台账\n2.目录\n4.名单\n", "1.") == [[1, 2]]


def test_sections_that_all_restart_ask_the_next_to_restart() -> None:
    """Where two sections began anew, the one that does not is told apart."""
    text = "（一）甲\n1.一。\n（二）乙\n1.一。\n（三）丙\n1.一。\n（四）丁\n2.一。\n"
    items = next(sequence for sequence in sequences(text) if sequence.style == "1.")
    assert items.steps[-1].must_restart


def test_a_text_that_begins_with_a_later_section_is_an_excerpt() -> None:
    """Without text before it, 二、 may be the second section of a longer text."""
    first = next(sequence for sequence in sequences("二、甲\n三、乙\n") if sequence.style == "一、").steps[0]
    assert first.excerpt
