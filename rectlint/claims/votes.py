"""Votes: how many were there or handed in a slip, and how many of them were for, against and abstained.

In: a `Document` and its quantities.  Out: `Partition` values.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("应到52人，实到50人，同意46票、反对3票、弃权1票。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_votes(document, tuple(find_quantities(document)))]
[('50人', ['46票', '3票', '1票'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern

_FOR = Pattern(
    r"(?:赞成|(?<!不)同意|支持|(?:(?:很|非常)(?=满意))?(?<![不本较])满意)票?(?:的|有|为|共)*$",
    needs=("赞成", "同意", "支持", "满意"),
)
_OTHERS = Pattern(
    r"^(?:(?P<last>反对|不同意|不赞成|不支持|不满意)|(?P<none>弃权|不了解|无所谓)|(?P<void>无效|废|空白)|(?:基本|较|比较|较为)(?:满意|同意)|一般)票?(?:的|有|为|共)*$"
)
_CAST = Pattern(r"(?:有效|收回|回收|收到|实到|到会|与会|出席|参会|参加|参与|投票|表决|测评)[^，。；：\d]{0,10}$")
_HANDED_IN = Pattern(r"收回|回收|收到|投票|测评")
_HANDED_OUT = Pattern(r"(?:发出|发放|印发|应到)[^，。；：\d]{0,10}$")
_MEASURES = frozenset(("票", "人", "张", "份"))
_BACK, _GAP, _REACH = 5, 10, 80


def find_votes(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """One partition for each vote whose number of voters is told before it."""
    for first in quantities:
        if first.measure in _MEASURES and first.before and _FOR.search(first.before) is not None:
            yield from _vote(document, quantities, first)


def _vote(document: Document, quantities: Sequence[Quantity], first: Quantity) -> Iterator[Partition]:
    parts, told = [first], {"for"}
    for figure in quantities[first.order + 1 : first.order + _BACK]:
        found = _OTHERS.match(figure.before)
        gap = figure.span.start - len(figure.before) - parts[-1].span.end
        if found is None or figure.measure != first.measure or gap > 1:
            break
        parts.append(figure)
        told.add(found.lastgroup or "")
    total = _voters(document, quantities, first)
    if total is None or len(parts) < 2 or not all(figure.exact for figure in (total, *parts)):
        return
    handed_in = _HANDED_IN.search(total.before) is not None  # some of these may be void
    all_told = "void" in told or ({"last", "none"} <= told and not handed_in)
    more = sum(part.value for part in parts) > total.value
    if more or all_told or Partition(total, tuple(parts), "near").fits:
        yield Partition(total, tuple(parts), "negation" if more else "near")
    else:
        yield Partition(total, (first,), "open")


def _voters(document: Document, quantities: Sequence[Quantity], first: Quantity) -> Quantity | None:
    """Who could vote: the nearest figure of slips that came back or of persons there, in the sentence or the one before."""
    for figure in reversed(quantities[max(0, first.order - _BACK) : first.order]):
        between = document.text[figure.span.end : first.span.start]
        if len(between) > _REACH or between.count("。") > 1 or "\n" in between or "；" in between:
            return None
        if figure.measure in _MEASURES and _FOR.search(figure.before) is not None:
            return None
        if figure.measure in _MEASURES and figure.bracket == first.bracket:
            if _CAST.search(figure.before) is not None:
                return figure
            if _HANDED_OUT.search(figure.before) is not None:
                return None
    return None
