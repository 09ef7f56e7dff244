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

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from rectlint.claims.lists import is_left_open, outside_brackets
from rectlint.claims.partition import NEVER_PARTED, Partition
from rectlint.claims.quantities import COUNTERS, Quantity, within
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.source import Span

_FEWEST = 4
_PLACE = Pattern(r"\p{Han}{1,10}(?:[县区市镇乡村旗盟州局院校司]|街道|社区|开发区|新区|集团)")
_BACK = 400
"""A total stands at most so many figures before the row."""
_NAME = r"\p{Han}{1,12}?(?:[县区市镇乡村旗盟州局委厅院校司]|街道|社区|部门|集团|中心)"
_PLACE_AT_END = Pattern(rf"(?:^|涉及|其中|[为是有：])(?P<name>{_NAME})各?$")
_SHARED = Pattern(rf"(?:^|[，。；：]|涉及|其中|为)(?P<names>{_NAME}(?:、{_NAME})+)各$", needs=("各",))
_MEMBER = Pattern(rf"[、，；](?P<names>{_NAME}(?:、{_NAME}){{0,7}})各?")
_REST_OF_ROW = Pattern(r"[、，；](?:其余|其他)(?:\p{Han}{0,6})")
_MEMBERS, _BEFORE_ROW, _SLIP = 60, 8, 3
"""A list of places has at most so many members; its total is among so many figures before it and this many percent off."""
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


def find_lists_of_places(
    document: Document, lanes: Mapping[tuple[str, int], Sequence[Quantity]]
) -> Iterator[Partition]:
    """涉及东区12件、南区9件、西县8件、北县和河镇各5件: four places and more, against the total before them that they come closest to."""
    for (measure, bracket), lane in lanes.items():
        if measure in NEVER_PARTED or bracket != -1 or measure not in COUNTERS:
            continue
        place = 0
        while place < len(lane):
            run, names = _run(document, lane, place)
            if len(names) >= _FEWEST and len(set(names)) == len(names):
                total = _nearest(document, lane, place, run)
                if total is not None:
                    yield Partition(total, tuple(run), "near")
            place += max(1, len(set(run)))


def _run(document: Document, lane: Sequence[Quantity], start: int) -> tuple[list[Quantity], list[str]]:
    """The figures of the list that begins at ``start``, each as often as places share it, and the places."""
    opening = _PLACE_AT_END.search(lane[start].before)
    if opening is None:
        return [], []
    own = document.text[max(0, lane[start].span.start - _LONGEST) : lane[start].span.start]
    shared = _SHARED.search(own) if lane[start].before.endswith("各") else None
    names = shared["names"].split("、") if shared is not None else [opening["name"]]
    run = [lane[start]] * len(names)
    for previous, quantity in pairwise(lane[start : start + _MEMBERS]):
        between = outside_brackets(document.text[previous.span.end : quantity.span.start])
        rest = _REST_OF_ROW.fullmatch(between) is not None
        member = None if rest else _MEMBER.fullmatch(between)
        if len(between) > _LONGEST or not (rest or member):
            break
        told = ["其余"] if member is None else member["names"].split("、")
        if len(told) > 1 and not between.endswith("各"):
            break
        names += told
        run += [quantity] * len(told)
        if rest:
            break
    return run, names


def _nearest(document: Document, lane: Sequence[Quantity], start: int, run: Sequence[Quantity]) -> Quantity | None:
    """The total of its own or the paragraph before that a list of places makes up, or comes near to."""
    told = sum((figure.value for figure in run), Decimal(0))
    largest = max((figure.value for figure in run), default=Decimal(0))
    if not all(figure.exact for figure in run) or is_left_open(document, run[-1]):
        return None
    paragraph = document.paragraph_at(run[0].span.start)
    floor = document.paragraphs[max(0, paragraph.order - 1)].span.start
    before = [q for q in lane[max(0, start - _BEFORE_ROW) : start] if q.span.start >= floor and q.exact]
    before = [q for q in before if q.role not in ("rest", "part") and q.value > largest]
    total = min(reversed(before), key=lambda q: abs(q.value - told), default=None)
    if total is None:
        return None
    apart, shared = abs(total.value - told), max(run.count(figure) for figure in run)
    return total if apart <= max(2, shared) or apart * 100 <= total.value * _SLIP else None


def _members(document: Document, sentence: Span) -> list[Span]:
    starts = [sentence.start]
    while (mark := document.text.find("；", starts[-1], sentence.end)) >= 0:
        starts.append(mark + 1)
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], sentence.end], strict=True)]


def _figures(document: Document, quantities: Sequence[Quantity], member: Span) -> list[Quantity]:
    if len(member) > _LONGEST:
        return []
    return list(within(quantities, member.start, member.end))


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
