"""上述N个 against what stands before it: the same things counted or listed a little earlier.

Only the nearest text counts: the same item, or the paragraph before.  What is counted there must be the same thing by the
same measure; several counts of one sentence may be meant together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_FOREGOING = Pattern(
    r"(?:(?:上述|前述|[前上][文面](?:提到|所述|所列))|(?:^|[对将把由给从按就在与和为])以上)(?:的)?(?:这)?$",
    needs=("上述", "前述", "以上", "提到", "所述", "所列"),
)
_LIST = Pattern(r"(?:[\p{Han}A-Za-z0-9“”]{1,14}、)+[\p{Han}A-Za-z0-9“”]{1,14}", needs=("、",))
_NEAR = 14
_LARGE = 10
_NUMBERED = frozenset(("方面", "问题", "事项", "措施", "环节", "情形"))


class Params(NamedTuple):
    """``reach``: so many characters back something may be meant."""

    reach: int = 400


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare each 上述N with the counts and lists before it."""
    document, quantities = claims.document, claims.quantities
    for quantity in quantities:
        if _FOREGOING.search(quantity.before) is None or not quantity.exact or quantity.value < 2:
            continue
        start = _start(document, quantity, params.reach)
        counted = [other for other in _earlier(quantities, quantity, start) if other.measure == quantity.measure]
        counted = [other for other in counted if other.counted and other.value >= 1]
        lists = list(_lists(document, quantity, start))
        outcome = _compare(document, quantity, counted, lists)
        if outcome.verdict == "contradicted" and _is_told_farther_back(quantities, quantity):
            outcome = Outcome("unchecked", quantity.span, defect="foregoing", reason="ambiguous")
        yield outcome


def _is_told_farther_back(quantities: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether a figure too large to recur by chance stands somewhere before: 前述28个村 of a section far above."""
    if quantity.value < _LARGE:
        return False
    return any(
        other.value == quantity.value and other.measure == quantity.measure for other in quantities[: quantity.order]
    )


def _start(document: Document, quantity: Quantity, reach: int) -> int:
    """Where the text that may be meant begins: at the item, or the paragraph before, but not too far back."""
    paragraph = document.paragraph_at(quantity.span.start)
    previous = document.paragraphs[max(0, paragraph.order - 1)]
    item = document.item_at(quantity.span.start)
    nearest = previous.span.start if item is None else min(item.marker.start, previous.span.start)
    return max(nearest, quantity.span.start - reach)


def _earlier(quantities: Sequence[Quantity], quantity: Quantity, start: int) -> Iterator[Quantity]:
    """The counts before ``quantity``, nearest first."""
    for index in range(quantity.order - 1, -1, -1):
        if quantities[index].span.start < start:
            return
        yield quantities[index]


def _names_it(document: Document, other: Quantity, quantity: Quantity) -> bool:
    """Whether the first words behind 上述N家 stand behind the other count too: 4家未按期缴费的企业, 上述4家企业."""
    behind = document.text[quantity.span.end : min(quantity.clause.end, quantity.span.end + 2)]
    far = document.text[other.span.end : min(other.clause.end, other.span.end + _NEAR)]
    return len(behind) == 2 and behind.isalpha() and behind in far


def _same_thing(other: Quantity, quantity: Quantity) -> bool:
    """Whether two counts of one measure may count the same: they have no two different nouns."""
    return (
        not other.noun or not quantity.noun or other.noun.endswith(quantity.noun) or quantity.noun.endswith(other.noun)
    )


def _lists(document: Document, quantity: Quantity, start: int) -> Iterator[tuple[Span, int]]:
    """Lists before the count whose members end in the noun it counts, with their sizes."""
    noun = quantity.noun or quantity.after[:1]
    if not noun:
        return
    for match in _LIST.find(document.text, start, quantity.clause.start):
        members = match.group().split("、")
        if all(member.endswith(noun[-1]) for member in members[:-1]) and noun[-1] in members[-1]:
            yield Span(*match.span()), len(members)


def _compare(
    document: Document, quantity: Quantity, counted: Sequence[Quantity], lists: Sequence[tuple[Span, int]]
) -> Outcome:
    value = int(quantity.value)
    earlier = [other for other in counted if _same_thing(other, quantity)]
    words = document.words(quantity.span)
    fitting = next((other.span for other in earlier if int(other.value) == value), None)
    fitting = fitting or next((span for span, size in lists if size == value), None)
    fitting = fitting or _sum(document, counted, value)
    if fitting is not None:
        evidence = (Evidence(fitting, "earlier"),)
        return Outcome("consistent", quantity.span, evidence, f"{document.words(fitting)}：{words}", defect="foregoing")
    named = [other for other in earlier if _names_it(document, other, quantity)]
    firm = named or [other for other in earlier if other.noun or quantity.measure == "人"]
    firm = [other for other in firm if other.exact and other.role != "share"]
    if not firm or quantity.noun in _NUMBERED or len({other.value for other in firm}) > 1:
        reason = "ambiguous" if earlier or lists else "no-target"
        return Outcome("unchecked", quantity.span, defect="foregoing", reason=reason)
    other = firm[0]
    before = document.words(other.span)
    return Outcome(
        "contradicted",
        quantity.span,
        (Evidence(other.span, "earlier"),),
        derivation=f"{before} ≠ {words}",
        expected=before,
        actual=words,
        defect="foregoing",
        values={"count": words, "before": before},
    )


def _sum(document: Document, earlier: Sequence[Quantity], value: int) -> Span | None:
    """Neighbouring counts of one sentence that make up the number together: 2个村和3个社区, 上述5个."""
    for first in range(len(earlier)):
        total = 0
        for last in range(first, min(first + 6, len(earlier))):
            if document.sentence_index(earlier[last].span.start) != document.sentence_index(earlier[first].span.start):
                break
            total += int(earlier[last].value)
            if total == value and last > first:
                return Span(earlier[last].span.start, earlier[first].span.end)
    return None


KIND = Kind("foregoing", Params, {"foregoing": ("count", "before")}, check)
