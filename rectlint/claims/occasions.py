"""Occasions: how many times something took place, beside the dates of each time.

In: a `Document`, its dates and its quantities.  Out: `Enumeration` values whose members are dates.  Only days and months are
counted: two meetings on one day are rare, two in one half-year are not.

>>> from rectlint.claims.dates import Dates
>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("先后于3月6日、4月10日、5月15日召开4次专题会议。"))
>>> [(e.value, e.listing.size) for e in find_occasions(document, Dates(document), tuple(find_quantities(document)))]
[(4, 3)]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims.dates import Date, Dates
from rectlint.claims.enumerations import Enumeration
from rectlint.claims.members import Listing
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_TIMES = frozenset(("次", "轮", "轮次", "回"))
_SEVERAL_A_DAY = frozenset(("场", "场次", "期", "批", "批次"))
"""Of these there may be more than one on a day."""
_JOINT = Pattern(r"(?:[上下]午|晚)?(?:[、，；]|和|及|与|以及)(?:于|在)?")
_THROUGH = Pattern(r"——?|-|~|至|到")
_DEED = r"(?:召开|组织|开展|举办|进行|举行|开办|实施|安排|完成|下发|印发|通报|督查|检查|督导|约谈|培训|研究|听取)"
_HELD = Pattern(rf"，?(?:\p{{Han}}{{1,8}}?){{0,2}}{_DEED}\p{{Han}}{{0,10}}")
_TIMES_OVER = Pattern(r"，?(?:\p{Han}{2,8}?)?(?:先后|共|分|累计|连续)?")
_HOLDS = Pattern(rf"(?:专题|集中|主持|专门)?{_DEED}")
_OPENING = Pattern(
    r"\p{Han}{0,14}(?:（(?:分别)?(?:为|是|于|在|即)?|，?分别(?:是|为|在|于)：?|：(?:分别(?:是|为|在|于))?)"
)
_LED = Pattern(r"(?:分别|先后|依次)(?:于|在)?$")
_REACH = 24


def find_occasions(document: Document, dates: Dates, quantities: Sequence[Quantity]) -> Iterator[Enumeration]:
    """All counts of occasions with their dates beside them."""
    rows = list(_rows(document.text, dates))
    for quantity in quantities:
        told = quantity.unit in _TIMES or quantity.unit in _SEVERAL_A_DAY
        if not told or not quantity.exact or quantity.value < 2:
            continue
        found = _before(document.text, rows, quantity) or _behind(document.text, rows, quantity)
        if found is not None:
            yield found


class _Row(NamedTuple):
    """Dates in a list; ``dense`` where two of them are neighbours, which may be one occasion."""

    members: tuple[Span, ...]
    dense: bool

    @property
    def span(self) -> Span:
        return Span(self.members[0].start, self.members[-1].end)


def _rows(text: str, dates: Dates) -> Iterator[_Row]:
    """Rows of two dates or more joined by marks of lists; a range is one member."""
    row: list[tuple[Date, Date]] = []
    for date in dates.all:
        last = row[-1][1] if row else None
        between = text[last.span.end : date.span.start] if last is not None else ""
        alike = last is not None and last.grain == date.grain and not date.problem
        if alike and date.grain == "day" and _THROUGH.fullmatch(between) is not None:
            row[-1] = (row[-1][0], date)
        elif alike and _JOINT.fullmatch(between) is not None:
            row.append((date, date))
        else:
            yield from _made_row(row)
            row = [(date, date)] if date.grain in ("day", "month") and not date.problem else []
    yield from _made_row(row)


def _made_row(row: Sequence[tuple[Date, Date]]) -> Iterator[_Row]:
    if len(row) > 1:
        dense = any(_are_neighbours(one, other) for (_, one), (other, _) in pairwise(row))
        yield _Row(tuple(Span(first.span.start, last.span.end) for first, last in row), dense)


def _are_neighbours(one: Date, other: Date) -> bool:
    """Whether one date follows right on the other."""
    return one.last is None or other.first is None or 0 <= (other.first - one.last).days <= 1


def _before(text: str, rows: Sequence[_Row], quantity: Quantity) -> Enumeration | None:
    """3月6日、4月10日召开2次会议."""
    place = bisect_left(rows, quantity.span.start, key=lambda row: row.span.start) - 1
    if place < 0:
        return None
    row = rows[place]
    start, end = row.span
    if quantity.span.start - end > _REACH:
        return None
    over = _TIMES_OVER.fullmatch(text, end, quantity.span.start) and _HOLDS.match(text, quantity.span.end)
    if not over and _HELD.fullmatch(text, end, quantity.span.start) is None:
        return None
    if not _counts(text, row, _LED.search(text, max(0, start - 6), start) is not None):
        return None
    return _made(row, quantity, "not-closed" if quantity.unit in _SEVERAL_A_DAY else "")


def _behind(text: str, rows: Sequence[_Row], quantity: Quantity) -> Enumeration | None:
    """召开2次会议（3月6日、4月10日）."""
    place = bisect_left(rows, quantity.span.end, key=lambda row: row.span.start)
    if place == len(rows):
        return None
    row = rows[place]
    start, end = row.span
    opening = text[quantity.span.end : start]
    if len(opening) > _REACH or _OPENING.fullmatch(opening) is None or not _counts(text, row, "分别" in opening):
        return None
    if text[end : end + 1] not in ("）等" if "（" in opening else "。；，等\n"):
        return None
    return _made(row, quantity, closed=text[end : end + 1] != "等")


def _counts(text: str, row: _Row, led: bool) -> bool:
    """Whether each member is one occasion: days always, months where the words say so."""
    last = row.members[-1]
    return led or "日" in text[last.start : last.end]


def _made(row: _Row, quantity: Quantity, fewer: str = "", *, closed: bool = True) -> Enumeration:
    size = len(row.members)
    listing = Listing(row.span, row.members, frozenset((size,)))
    doubt = "ambiguous" if row.dense and size > quantity.value else ""
    return Enumeration("dates", quantity.span, int(quantity.value), listing, closed, doubt, fewer)
