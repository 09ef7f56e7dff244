"""Sections that each tell how many problems they treat: （一）…反映的18个问题，已完成整改16个, and so do all their sisters.

In: a `Document`, its quantities and its partitions.  Out: `Sisters` values, one for each row of sections of which every one
tells such a figure.

>>> from rectlint.claims import Claims
>>> from rectlint.document import parse; from rectlint.source import Source
>>> text = "一、总体情况\\n二、整改情况\\n（一）预算方面（8个问题）\\n已全部整改。\\n（二）资产方面（6个问题）\\n已整改5个，正在整改1个。\\n"
>>> [[section.total.text for section in row.sections] for row in Claims(parse(Source(text))).sisters]
[['8个', '6个']]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rectlint.claims.completions import Completion
from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity
from rectlint.claims.tallies import State, state_of_part
from rectlint.document import Document, Item
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_STYLES = frozenset(("一、", "（一）", "1.", "第一"))
_OTHER = Pattern(
    r"上一?轮|上年度|历年|以前年度|往年|自查|另|其中|各|每|未整改|尚未|正在|剩余|其余|类似|同类|已|成效|持续|基本|长期|完成|推进|继续"
)
_ALL_DONE = Pattern(r"(?:已|均|都)(?:已)?(?:全部)?(?:完成整改|整改完成|整改到位|整改完毕)|全部(?:完成|整改)")
_IN_HEADING = Pattern(r"问题（(?:共|共计)?$", needs=("问题（",))
"""（一）党的领导方面存在的问题（8个）"""
_NOUNS = frozenset(("问题", "具体问题", "反馈问题", "突出问题"))
_MEASURES = frozenset(("个", "项", "条", "件"))
_REACH = 90
"""So far into its text a section tells how many problems it treats."""


class Section(NamedTuple):
    """One section with its total and, where it tells them, the figures by state."""

    item: Item
    total: Quantity
    parts: tuple[tuple[State, Quantity], ...]
    all_done: bool
    only_done: bool = False

    def amount(self, *states: State) -> Decimal | None:
        """How many problems of the section are in these states, or None where it does not say."""
        if self.all_done:
            return self.total.value if "done" in states else Decimal(0)
        if not self.parts or (self.only_done and states != ("done",)):
            return None
        return sum((part.value for state, part in self.parts if state in states), Decimal(0))


class Sisters(NamedTuple):
    """A row of sister sections, each with its total."""

    sections: tuple[Section, ...]


def find_sisters(
    document: Document,
    quantities: Sequence[Quantity],
    partitions: Sequence[Partition],
    completions: Sequence[Completion] = (),
) -> Iterator[Sisters]:
    """The rows of two sections and more that all tell their totals."""
    broken_down = {partition.total.order: partition for partition in reversed(partitions) if len(partition.parts) > 1}
    done = {c.total.order: c.part for c in completions if c.total is not None and c.part.role == "done"}
    rows: dict[tuple[int | None, str], list[Item]] = {}
    for item in document.items:
        if item.marker.style in _STYLES:
            rows.setdefault((item.parent, item.marker.style), []).append(item)
    for items in rows.values():
        told = [(item, _total(document, quantities, item)) for item in items] if len(items) > 1 else []
        found = [(item, total) for item, total in told if total is not None]
        first = next((place for place, (_, total) in enumerate(told) if total is not None), 0)
        row = told[
            first : first + len(found)
        ]  # sections of another sort may stand before and behind (总体情况, 下一步打算)
        if (
            len(found) < 2
            or any(total is None for _, total in row)
            or not _is_whole_row(document, told, first, len(found))
        ):
            continue
        if len({total.measure for _, total in found}) == 1:
            sections = [_section(document, item, total, broken_down.get(total.order)) for item, total in found]
            yield Sisters(tuple(_with_done(section, done.get(section.total.order)) for section in sections))


def _with_done(section: Section, done: Quantity | None) -> Section:
    """The section with what it says is done, where it tells nothing else: 共反映问题31个，已整改28个."""
    if section.parts or section.all_done or done is None or not done.exact:
        return section
    return section._replace(parts=(("done", done),), only_done=True)


def _is_whole_row(document: Document, told: Sequence[tuple[Item, Quantity | None]], first: int, length: int) -> bool:
    """Whether the sections without a total are none that treat problems: they stand outside the row and hold no items."""
    silent = [item for item, _ in (*told[:first], *told[first + length :])]
    return not any(document.children(item) for item in silent)


def _total(document: Document, quantities: Sequence[Quantity], item: Item) -> Quantity | None:
    """How many problems a section says it treats: the first such figure of its heading or of the words right below."""
    end = min(item.end_of_own, item.title.end + _REACH)
    first = bisect_left(quantities, item.marker.end, key=lambda quantity: quantity.span.start)
    for quantity in quantities[first : first + 8]:
        if quantity.span.start >= end:
            break
        named = quantity.noun in _NOUNS or _IN_HEADING.search(document.text, item.title.start, quantity.span.start)
        if not named or quantity.measure not in _MEASURES or not quantity.exact:
            continue
        if not quantity.counted or _OTHER.search(quantity.before) is not None or quantity.role == "rest":
            return None
        return quantity
    return None


def _section(document: Document, item: Item, total: Quantity, partition: Partition | None) -> Section:
    parts: tuple[tuple[State, Quantity], ...] = ()
    if partition is not None and partition.fits:
        states = [(state_of_part(part), part) for part in partition.parts]
        known = tuple((state, part) for state, part in states if state is not None)
        parts = known if len(known) == len(states) else ()
    end = document.sentence_at(total.span.start).end
    behind = document.text[total.span.end : end]
    all_done = not parts and _ALL_DONE.search(behind) is not None and not any(map(str.isdigit, behind))
    return Section(item, total, parts, all_done)
