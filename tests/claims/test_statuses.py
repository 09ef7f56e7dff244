"""Where the state of an item is said, and which items belong together."""

from __future__ import annotations

import pytest

from rectlint.claims.statuses import Statuses, find_statuses
from rectlint.document import parse
from rectlint.source import Source


def statuses(text: str) -> Statuses:
    """The statuses of a text."""
    return find_statuses(parse(Source(text)))


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("已整改", "done"),
        ("已整改到位", "done"),
        ("已完成整改并销号", "done"),
        ("已完成", "done"),
        ("整改已完成", "done"),
        ("已办结", "done"),
        ("已按期完成整改任务", "done"),
        ("已整改完成并通过验收销号", "done"),
        ("已完成并长期坚持", "done"),
        ("完成", "done"),
        ("基本完成", "basic"),
        ("基本整改到位", "basic"),
        ("阶段性完成", "staged"),
        ("达到序时进度", "staged"),
        ("部分整改", "staged"),
        ("长期坚持", "staged"),
        ("已完成阶段性整改任务", "staged"),
        ("正在整改", "open"),
        ("正在整改中", "open"),
        ("持续整改中", "open"),
        ("整改中", "open"),
        ("未完成", "open"),
        ("尚未整改到位", "open"),
        ("有序推进", "open"),
        ("整改推进中", "open"),
        ("正在按计划有序推进", "open"),
        ("按序时进度推进", "open"),
    ],
)
def test_states_behind_a_label(value: str, state: str) -> None:
    """整改情况： and the words of the genre."""
    found = statuses(f"（1）学习不深入。\n整改情况：{value}。制定学习计划，开展培训3次。\n").items
    assert [(status.words, status.state, status.carrier) for status in found] == [(value, state, "label")]


@pytest.mark.parametrize(
    "text",
    [
        "（1）学习不深入。\n整改情况：已对接规划单位，加快编制。\n",
        "（1）学习不深入。\n整改情况：立行立改，制定计划。\n",
        "（1）学习不深入。\n该问题已整改到位的村有3个。\n",
        "（1）学习不深入。建立整改情况通报制度：每月一次。\n",
    ],
)
def test_what_is_no_status(text: str) -> None:
    """An account of what was done, a requirement, a clause about something else."""
    assert statuses(text).items == ()


def test_sentence_title_and_remark() -> None:
    """该问题已整改到位。, a title in brackets, and a bare 已整改。"""
    found = statuses(
        "1.甲问题（已完成）\n制定计划。\n2.乙问题。已整改。\n3.丙问题。制定计划，逐项落实。该问题已整改到位。\n"
    )
    assert [(status.item.marker.number, status.carrier) for status in found.items] == [
        (1, "title"),
        (2, "remark"),
        (3, "sentence"),
    ]


def test_closing_status_belongs_to_the_item_not_to_its_last_point() -> None:
    """完成情况：已完成。 after ①② is the state of the problem; the remedy is what stands before it."""
    found = statuses(
        "1.甲问题。\n①制定计划。\n②开展培训。\n完成情况：已完成。\n2.乙问题。\n①修订制度。\n②抓好落实。\n完成情况：已完成。\n"
    )
    assert [status.item.marker.style for status in found.items] == ["1.", "1."]
    assert found.document.words(found.items[0].body).strip("。\n") + "。" == "①制定计划。\n②开展培训。"


def test_headings() -> None:
    """Headings that say what is below them, and headings that do not."""
    text = (
        "（一）已完成的整改事项\n1.甲。已整改。\n（二）需要进一步整改的事项\n2.乙。正在整改。\n"
        "（三）已完成和正在整改的问题\n3.丙。已整改。\n（四）整改完成情况\n4.丁。已整改。\n（五）需长期坚持的措施\n5.戊。已整改。\n"
    )
    found = statuses(text)
    assert [(heading.item.marker.number, heading.state) for heading in found.headings] == [(1, "done"), (2, "open")]


def test_groups() -> None:
    """Items of one style in one chapter, most of which have a status."""
    text = "二、整改情况\n（1）甲。\n整改情况：已整改。\n（2）乙。\n整改情况：正在整改中。\n（3）丙。\n制定计划。\n三、下一步\n（1）丁。\n（2）戊。\n"
    (group,) = statuses(text).groups
    assert [item.marker.number for item in group.items] == [1, 2, 3]
    assert [item.marker.number for item in group.without] == [3]


def test_remedy_of_the_last_item_ends_before_the_closing_text() -> None:
    """The closing paragraphs of a bulletin are not part of its last item."""
    text = "1.甲。\n整改情况：已整改。制定计划，开展培训。\n2.乙。\n整改情况：已整改。修订制度，开展督查。\n欢迎监督。拟于下月公示。\n"
    found = statuses(text)
    assert "欢迎" not in found.document.words(found.items[-1].body)
