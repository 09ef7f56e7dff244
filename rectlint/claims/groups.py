"""Groups told one after the other, each with how many it has and how far they are: 甲类129件，办结112件；乙类555件，办结539件.

In: a `Document` and its quantities.  Out: `Partition` values: the figure for all and those of the groups.  Only where all columns but
one add up to figures of the paragraph is the last one said to miss its own.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("共68件，已办结61件。来信类27件，已办结25件；来访类41件，已办结36件。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_groups(document, tuple(find_quantities(document)))]
[('68件', ['27件', '41件']), ('61件', ['25件', '36件'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rectlint.claims.partition import Partition
from rectlint.claims.quantities import COUNTERS, Quantity, within
from rectlint.document import Document
from rectlint.source import Span

_MOST_GROUPS, _MOST_COLUMNS, _REACH = 12, 4, 14
_SLIP = 3
"""A column this many percent or two apart from its figure was meant to make it up."""
_STATES = frozenset(("done", "staged", "pending"))


def find_groups(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """One partition for each column of a row of groups."""
    for sentence in document.sentences:
        if document.text.find("；", sentence.start, sentence.end) < 0:
            continue
        members = [_figures(quantities, part) for part in _members(document, sentence)]
        if not 1 < len(members) <= _MOST_GROUPS or not all(members):
            continue
        measure = members[0][-1].measure
        rows = [[figure for figure in member if figure.measure == measure] for member in members]
        rows = [_from_state(row) for row in rows]
        columns = list(zip(*rows, strict=False))
        alike = all([f.role for f in row[1:]] == [f.role for f in rows[0][1:]] for row in rows)
        if len({len(row) for row in rows}) > 1 or not 1 < len(columns) <= _MOST_COLUMNS or not alike:
            continue
        if measure in COUNTERS and all(figure.exact for row in rows for figure in row):
            yield from _columns(document, quantities, sentence, columns)


def _from_state(row: list[Quantity]) -> list[Quantity]:
    """The figures from the last one on that is followed by figures of states only: 9个行政村反馈问题147个，已整改135个."""
    first = next((place for place, figure in enumerate(row) if figure.role in _STATES), 0)
    return row[max(0, first - 1) :]


def _members(document: Document, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    while (mark := document.text.find("；", start, sentence.end)) >= 0:
        yield Span(start, mark)
        start = mark + 1
    yield Span(start, sentence.end)


def _figures(quantities: Sequence[Quantity], part: Span) -> list[Quantity]:
    return [figure for figure in within(quantities, part.start, part.end) if figure.bracket == -1]


def _columns(
    document: Document, quantities: Sequence[Quantity], sentence: Span, columns: Sequence[tuple[Quantity, ...]]
) -> Iterator[Partition]:
    first, last = columns[0][0].order, columns[-1][-1].order
    around = [*quantities[max(0, first - _REACH) : first], *quantities[last + 1 : last + 1 + _REACH]]
    paragraph = document.paragraph_at(sentence.start).span
    around = [q for q in around if paragraph.contains(q.span) and not sentence.contains(q.span) and q.exact]
    found: list[Partition] = []
    for column in columns:
        told = sum((figure.value for figure in column), Decimal(0))
        role = column[0].role if column is not columns[0] else ""
        totals = [q for q in around if q.measure == column[0].measure and q.bracket == -1]
        totals = [q for q in totals if (q.role == role if role else q.role not in _STATES and q.role != "rest")]
        total = min(totals, key=lambda q: abs(q.value - told), default=None)
        if total is None or not _is_near(total.value, told):
            return
        found.append(Partition(total, column, "near"))
    if sum(not partition.fits for partition in found) <= 1:
        yield from found


def _is_near(total: Decimal, told: Decimal) -> bool:
    apart = abs(total - told)
    return apart <= 2 or apart * 100 <= total * _SLIP
