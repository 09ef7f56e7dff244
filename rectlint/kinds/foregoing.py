"""上述N个 against what stands before it: the same things counted or listed a little earlier.

Only the nearest text counts: the same item, or the paragraph before.  What is counted there must be the same thing by the
same measure; several counts of one sentence may be meant together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.values import parse_number

_FOREGOING = Pattern(
    r"(?:(?:上述|前述|[前上][文面](?:提到|所述|所列))|(?:^|[对将把由给从按就在与和为])以上)(?:的)?(?:这)?$",
    needs=("上述", "前述", "以上", "提到", "所述", "所列"),
)
_PLACES = Pattern(
    r"(?:上述|前述|(?:^|[\n，。；：对将把由给从按就在与和为])以上)这?(?P<number>\d{1,2}|[二两三四五六七八九十]{1,3})"
    r"(?P<noun>村(?![民级干组庄居规委部])|社区(?!工|居|民)|镇(?!级|村|区|干)|乡(?![村镇级])|乡镇|街道(?!办)|县(?!级|区|城)|区(?![级域县])|单位|部门|企业|学校|科室|站所|公司)",
    needs=("上述", "前述", "以上"),
    linear=True,
)
"""Places and bodies counted without a counter: 上述3村."""
_PLAIN_COUNTERS = frozenset(("个", "家", "所"))
_LIST = Pattern(r"(?:[\p{Han}A-Za-z0-9“”]{1,14}、)+[\p{Han}A-Za-z0-9“”]{1,14}", needs=("、",))
_NEAR = 14
_LARGE = 10
_NUMBERED = frozenset(("方面", "问题", "事项", "措施", "环节", "情形"))


class Again(NamedTuple):
    """A count told again as the foregoing one; ``measures`` are those the first one may have been told by."""

    span: Span
    value: int
    measures: frozenset[str]
    noun: str
    behind: str
    clause: Span


class Params(NamedTuple):
    """``reach``: so many characters back something may be meant."""

    reach: int = 400


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare each 上述N with the counts and lists before it."""
    document, quantities = claims.document, claims.quantities
    for again in _told_again(document, quantities):
        start = _start(document, again.span.start, params.reach)
        counted = [other for other in _earlier(quantities, again, start) if other.measure in again.measures]
        counted = [other for other in counted if other.counted and other.value >= 1]
        lists = list(_lists(document, again, start))
        outcome = _compare(document, again, counted, lists)
        if outcome.verdict == "contradicted" and _is_told_farther_back(quantities, again):
            outcome = Outcome("unchecked", again.span, defect="foregoing", reason="ambiguous")
        yield outcome


def _told_again(document: Document, quantities: Sequence[Quantity]) -> Iterator[Again]:
    """The counts behind 上述 and its like, with a counter (上述3个村) or without (上述3村)."""
    for q in quantities:
        if _FOREGOING.search(q.before) is not None and q.exact and q.value >= 2:
            yield Again(q.span, int(q.value), frozenset((q.measure,)), q.noun, q.after[:1], q.clause)
    for match in _PLACES.find(document.text):
        value = int(parse_number(match["number"]).value)
        if value >= 2:
            sentence = document.sentence_at(match.start("number"))
            span, clause = Span(match.start("number"), match.end()), Span(match.start("number"), sentence.end)
            yield Again(span, value, _PLAIN_COUNTERS, match["noun"], "", clause)


def _is_told_farther_back(quantities: Sequence[Quantity], again: Again) -> bool:
    """Whether a figure too large to recur by chance stands somewhere before: 前述28个村 of a section far above."""
    if again.value < _LARGE:
        return False
    before = within(quantities, 0, again.span.start)
    return any(other.value == again.value and other.measure in again.measures for other in before)


def _start(document: Document, offset: int, reach: int) -> int:
    """Where the text that may be meant begins: at the item, or the paragraph before, but not too far back."""
    paragraph = document.paragraph_at(offset)
    previous = document.paragraphs[max(0, paragraph.order - 1)]
    item = document.item_at(offset)
    nearest = previous.span.start if item is None else min(item.marker.start, previous.span.start)
    return max(nearest, offset - reach)


def _earlier(quantities: Sequence[Quantity], again: Again, start: int) -> Iterator[Quantity]:
    """The counts from ``start`` on before the one told again, nearest first."""
    return reversed(within(quantities, start, again.span.start))


def _names_it(document: Document, other: Quantity, again: Again) -> bool:
    """Whether the first words behind 上述N家 stand beside the other count too: 4家未按期缴费的企业, 上述4家企业; 空壳合作社3个."""
    behind = document.text[again.span.end : min(again.clause.end, again.span.end + 2)]
    far = document.text[other.span.end : min(other.clause.end, other.span.end + _NEAR)]
    return len(behind) == 2 and behind.isalpha() and (behind in far or behind in other.before[-_NEAR:])


def _same_thing(other: Quantity, again: Again) -> bool:
    """Whether two counts of one measure may count the same: they have no two different nouns."""
    return not other.noun or not again.noun or other.noun.endswith(again.noun) or again.noun.endswith(other.noun)


def _lists(document: Document, again: Again, start: int) -> Iterator[tuple[Span, int]]:
    """Lists before the count whose members end in the noun it counts, with their sizes."""
    noun = again.noun or again.behind
    if not noun:
        return
    for match in _LIST.find(document.text, start, again.clause.start):
        members = match.group().split("、")
        if all(member.endswith(noun[-1]) for member in members[:-1]) and noun[-1] in members[-1]:
            yield Span(*match.span()), len(members)


def _compare(
    document: Document, again: Again, counted: Sequence[Quantity], lists: Sequence[tuple[Span, int]]
) -> Outcome:
    value = again.value
    earlier = [other for other in counted if _same_thing(other, again)]
    words = document.words(again.span)
    named = [other for other in earlier if _names_it(document, other, again)]
    sentence = document.sentence_index(again.span.start)
    own = [other for other in named if document.sentence_index(other.span.start) == sentence]
    fitting = next((other.span for other in (named if own else earlier) if int(other.value) == value), None)
    fitting = fitting or next((span for span, size in lists if size == value), None)
    fitting = fitting or _sum(document, counted, value)
    if fitting is not None:
        evidence = (Evidence(fitting, "earlier"),)
        return Outcome("consistent", again.span, evidence, f"{document.words(fitting)}：{words}", defect="foregoing")
    firm = named or [other for other in earlier if other.noun or "人" in again.measures]
    firm = [other for other in firm if other.exact and other.role != "share"]
    if len({other.value for other in firm}) > 1 and _sum(document, counted, value, apart=True) is None:
        for distance in (0, 1):  # the nearest are meant, unless they and others make it up together
            near = [one for one in firm if sentence - document.sentence_index(one.span.start) == distance]
            firm = near or firm
            if near:
                break
    if not firm or again.noun in _NUMBERED or len({other.value for other in firm}) > 1:
        reason = "ambiguous" if earlier or lists else "no-target"
        return Outcome("unchecked", again.span, defect="foregoing", reason=reason)
    other = firm[0]
    before = document.words(other.span)
    return Outcome(
        "contradicted",
        again.span,
        (Evidence(other.span, "earlier"),),
        derivation=f"{before} ≠ {words}",
        expected=before,
        actual=words,
        defect="foregoing",
        values={"count": words, "before": before},
    )


def _sum(document: Document, earlier: Sequence[Quantity], value: int, *, apart: bool = False) -> Span | None:
    """Neighbouring counts of one sentence, or of several, that make up the number together: 2个村和3个社区, 上述5个."""
    for first in range(len(earlier)):
        total = 0
        for last in range(first, min(first + 6, len(earlier))):
            same = document.sentence_index(earlier[last].span.start) == document.sentence_index(
                earlier[first].span.start
            )
            if not (same or apart):
                break
            total += int(earlier[last].value)
            if total == value and last > first:
                return Span(earlier[last].span.start, earlier[first].span.end)
    return None


KIND = Kind("foregoing", Params, {"foregoing": ("count", "before")}, check)
