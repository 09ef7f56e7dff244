"""Rows of places with the same figures each: 东县发现问题120个、整改115个；西县发现问题96个、整改90个；…….

In: a `Document` and its quantities.  Out: `Partition` values: the total that is told before the row, and its parts by place.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> text = "共发现问题68个。甲县发现问题25个；乙县发现问题18个；丙县发现问题14个；丁区发现问题11个。"
>>> document = parse(Source(text))
>>> [(p.total.text, str(p.sum)) for p in find_rows_of_places(document, tuple(find_quantities(document)))]
[('68个', '68')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rectlint.claims.partition import NEVER_PARTED, Partition
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.source import Span

_FEWEST = 4
_PLACE = Pattern(r"\p{Han}{1,10}(?:[县区市镇乡村旗盟州局院校司]|街道|社区|开发区|新区|集团)")
_BACK = 400
"""A total stands at most so many figures before the row."""
_LONGEST = 80
"""A member of a row is no longer than this."""


def find_rows_of_places(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """One partition for each figure that all places of a row tell and that a total before the row tells, too."""
    for sentence in document.sentences:
        if document.text.count("；", sentence.start, sentence.end) < _FEWEST - 1:
            continue
        row = [_figures(document, quantities, member) for member in _members(document, sentence)]
        if len({len(figures) for figures in row}) != 1 or not row[0]:
            continue
        names, label = _names(row)
        if not all(_PLACE.fullmatch(name) for name in names) or len(set(names)) < len(names) or len(label) < 2:
            continue
        for column, figures in enumerate(zip(*row, strict=True)):
            heads = {figure.before.strip("，、") for figure in figures}
            if column and len(heads) > 1:
                break
            word = label if column == 0 else heads.pop()
            total = _total(quantities, figures, word, sum(figure.value for figure in figures))
            if total is not None:
                rest = _rest(quantities, figures, total)
                yield Partition(total, figures if rest is None else (*figures, rest), "itemized")


def _members(document: Document, sentence: Span) -> list[Span]:
    starts = [sentence.start]
    while (mark := document.text.find("；", starts[-1], sentence.end)) >= 0:
        starts.append(mark + 1)
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], sentence.end], strict=True)]


def _figures(document: Document, quantities: Sequence[Quantity], member: Span) -> list[Quantity]:
    if len(member) > _LONGEST:
        return []
    first = bisect_left(quantities, member.start, key=lambda quantity: quantity.span.start)
    last = bisect_left(quantities, member.end, key=lambda quantity: quantity.span.start)
    return list(quantities[first:last])


def _names(row: Sequence[Sequence[Quantity]]) -> tuple[list[str], str]:
    """The places, and the words that all members have between place and figure."""
    leads = [figures[0].before for figures in row]
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*map(reversed, leads), strict=False))
    label = "".join(characters[0] for characters in alike)[::-1]
    while label and not all(_PLACE.fullmatch(lead.removesuffix(label)) for lead in leads):
        label = label[1:]  # 东县、西县: the 县 that all have is the places' own
    return [lead.removesuffix(label) for lead in leads], label


def _rest(quantities: Sequence[Quantity], figures: Sequence[Quantity], total: Quantity) -> Quantity | None:
    """What another body adds right behind the row (县直部门排查问题3个), where that makes the total up."""
    missing = total.value - sum(figure.value for figure in figures)
    following = quantities[figures[-1].order + 1 : figures[-1].order + 4]
    return next((q for q in following if q.measure == total.measure and q.value == missing), None)


def _total(quantities: Sequence[Quantity], figures: Sequence[Quantity], word: str, told: object) -> Quantity | None:
    """The figure before the row that is told with the same words, the one of the row's size first; None if several differ."""
    first = figures[0]
    if first.measure in NEVER_PARTED or not all(figure.exact for figure in figures):
        return None
    largest = max(figure.value for figure in figures)
    totals = [
        q
        for q in quantities[max(0, first.order - _BACK) : first.order]
        if q.measure == first.measure and q.exact and q.before.endswith(word) and q.value > largest
    ]
    fitting = next((q for q in totals if q.value == told), None)
    if fitting is not None:
        return fitting
    return totals[0] if len({q.value for q in totals}) == 1 else None
