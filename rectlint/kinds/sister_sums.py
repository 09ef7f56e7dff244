"""Sister sections against the headline: what each says it treats, has done and leaves open must make up what all are said to be.

Sections may leave problems out (approved omissions) or count at another level; so only a near miss is called a
contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rectlint.claims import Claims
from rectlint.claims.accounts import OF_PROBLEMS
from rectlint.claims.completions import Completion
from rectlint.claims.quantities import Quantity
from rectlint.claims.sisters import Section, Sisters
from rectlint.claims.tallies import State, Tally
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.values import format_number

_DONE, _LEFT = Words("已完成", "done"), Words("未完成", "open")
_ALL = Words("问题", "problems")
_READINGS: tuple[tuple[Words, tuple[State, ...]], ...] = (
    (_DONE, ("done",)),
    (_LEFT, ("open", "staged", "basic")),
)


class Params(NamedTuple):
    """``near``: sections this many percent of the headline apart, or two apart, were meant to make it up."""

    near: int = 10


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare each row of sections with the headline, then what is done and left of it."""
    for row in claims.sisters:
        yield from _of_chapter(claims, row, params)
        totals = [total for total in _headlines(claims) if _is_outside(row, total)]
        totals = [total for total in totals if total.measure == row.sections[0].total.measure]
        if not totals:
            continue
        told = sum((section.total.value for section in row.sections), Decimal(0))
        total = next((total for total in reversed(totals) if total.value == told), totals[0])
        parts = [section.total for section in row.sections]
        values = {total.value for total in totals}
        comparable = len(values) == 1 and not _is_told_apart(claims, row, abs(total.value - told))
        outcome = _outcome(_ALL, total, parts, params, told, comparable=comparable or total.value == told)
        yield _at_odd_section(claims, row, outcome) if outcome.verdict == "contradicted" else outcome
        if total.value == told:
            yield from _by_state(claims, row, total, params)


def _of_chapter(claims: Claims, row: Sisters, params: Params) -> Iterator[Outcome]:
    """What the sections have done against what their chapter says of itself: 26个问题已整改21个 above （一）11个……已整改9个."""
    parent = row.sections[0].item.parent
    if parent is None:
        return
    low, high = claims.document.items[parent].marker.end, row.sections[0].item.marker.start
    told = [c for c in claims.completions if c.total is not None and low <= c.total.span.start < high]
    done = [c for c in told if c.part.role == "done" and c.part.exact and low <= c.part.span.start < high]
    sections = sum((section.total.value for section in row.sections), Decimal(0))
    counts = [section.amount("done") for section in row.sections]
    if len(done) != 1 or done[0].total is None or done[0].total.value != sections or None in counts:
        return
    if done[0].total in _headlines(claims) or done[0].total.measure != row.sections[0].total.measure:
        return
    parts = [part for section in row.sections for part in _parts_of(section, ("done",))]
    made = sum((count for count in counts if count is not None), Decimal(0))
    yield _outcome(_DONE, done[0].part, parts, params, made, comparable=True)


def _at_odd_section(claims: Claims, row: Sisters, outcome: Outcome) -> Outcome:
    """The finding at the one section that numbers more or fewer items than it says, where all others number as many."""
    odd = [section for section in row.sections if section.total.value not in _numbered(claims, section)]
    if len(odd) != 1 or len(row.sections) < 3:
        return outcome
    place = odd[0].total.span
    others = (Evidence(outcome.primary, "total"), *(part for part in outcome.evidence if part.span != place))
    return outcome._replace(primary=place, evidence=others)


def _numbered(claims: Claims, section: Section) -> tuple[int, int]:
    """How many items a section holds, and how many these hold in turn."""
    items = claims.document.children(section.item)
    return len(items), sum(len(claims.document.children(item)) for item in items)


def _headlines(claims: Claims) -> list[Quantity]:
    """The figures that are given for all problems, in text order, each once."""
    found = {account.quantity.order: account.quantity for account in claims.accounts if account.thing in OF_PROBLEMS}
    found |= {head.quantity.order: head.quantity for head in claims.headlines if head.sort == "problems"}
    return [found[index] for index in sorted(found)]


def _is_outside(row: Sisters, total: Quantity) -> bool:
    """Whether a headline stands before the row, and not within one of its sections."""
    return total.span.start < row.sections[0].item.marker.start


def _is_told_apart(claims: Claims, row: Sisters, difference: Decimal) -> bool:
    """Whether the text tells elsewhere of as many as the sections lack: 移送司法机关的4个问题另行报告."""
    told = [section.total for section in row.sections]
    start, unit = row.sections[0].item.marker.start, told[0].unit
    later = (q for q in claims.quantities if q.span.start > start and q.unit == unit and q not in told)
    return any(q.value == difference and q.noun.endswith("问题") for q in later)


def _by_state(claims: Claims, row: Sisters, total: Quantity, params: Params) -> Iterator[Outcome]:
    """What the sections have done and left against the tally of the headline."""
    tallies = [tally for tally in claims.tallies if tally.main and tally.partition.total.value == total.value]
    tallies = [tally for tally in tallies if _is_outside(row, tally.partition.total)]
    done = [c.part for c in claims.completions if _is_headline(row, total, c)] if not tallies else []
    if len(tallies) > 1 or len({part.value for part in done}) > 1:
        return
    done = done[:1]
    for words, states in _READINGS:
        counts = [section.amount(*states) for section in row.sections]
        wanted = _wanted(tallies[0], states) if tallies else done
        if (not tallies and states != ("done",)) or len(wanted) != 1 or any(count is None for count in counts):
            continue
        told = sum((count for count in counts if count is not None), Decimal(0))
        parts = [part for section in row.sections for part in _parts_of(section, states)]
        outcome = _outcome(words, wanted[0], parts, params, told, comparable=True)
        yield outcome
        if outcome.verdict == "contradicted":  # the headline adds up, so what is left differs with what is done
            return


def _is_headline(row: Sisters, total: Quantity, completion: Completion) -> bool:
    """Whether a figure before the row says how much of the headline is done: 全部138个问题，已整改到位117个."""
    whole, part = completion.total, completion.part
    same = whole is not None and whole.value == total.value and whole.measure == total.measure
    return same and whole is not None and _is_outside(row, whole) and part.role == "done" and part.exact


def _wanted(tally: Tally, states: Sequence[State]) -> list[Quantity]:
    return [part for state, part in tally.parts if state in states]


def _parts_of(section: Section, states: Sequence[State]) -> list[Quantity]:
    if section.all_done:
        return [section.total] if "done" in states else []
    return [part for state, part in section.parts if state in states]


def _outcome(
    thing: Words, total: Quantity, parts: Sequence[Quantity], params: Params, told: Decimal, *, comparable: bool
) -> Outcome:
    terms = " + ".join(format_number(part.value) for part in parts)
    difference = abs(total.value - told)
    fits = difference == 0
    near = difference <= 2 or difference * 100 <= total.value * params.near
    claimed = format_number(total.value)
    derivation = f"{terms} = {format_number(told)}" + ("" if fits else f" ≠ {claimed}")
    return Outcome(
        "consistent" if fits else "contradicted" if near and comparable else "unchecked",
        total.span,
        tuple(Evidence(part.span, "section") for part in parts),
        derivation=derivation,
        expected=claimed,
        actual=format_number(told),
        defect="sections",
        values={
            "thing": thing,
            "total": claimed,
            "sum": format_number(told),
            "terms": terms,
            "difference": format_number(difference),
        },
        reason="" if fits or (near and comparable) else "other-level",
    )


KIND = Kind("sister-sums", Params, {"sections": ("thing", "total", "sum", "terms", "difference")}, check)
