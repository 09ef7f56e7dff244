"""What several kinds do with the tellings of one thing: find the odd one out.

In: the places where one thing is told, with the value told there.  Out: one outcome for each value that differs from the
one told most often (the first told, where that does not decide).

>>> tellings = [Telling(Span(0, 3), 28, "28个"), Telling(Span(9, 12), 26, "26个"), Telling(Span(20, 23), 28, "28个")]
>>> [(outcome.verdict, outcome.derivation) for outcome in compare(Words("村", "villages"), tellings, "size")]
[('contradicted', '村：26个 ≠ 28个')]
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from rectlint.kinds.base import Evidence, Outcome
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

FIELDS = ("thing", "value", "other")
"""The message fields of an outcome made here."""
MOST_EVIDENCE = 4
"""More places than this do not make a finding clearer."""


class Telling(NamedTuple):
    """One place where a thing is told; ``value`` must agree, ``text`` is shown."""

    span: Span
    value: Hashable
    text: str


def compare(thing: Words, tellings: Sequence[Telling], defect: str) -> Iterator[Outcome]:
    """Compare all tellings of ``thing``, which are in text order."""
    groups: dict[Hashable, list[Telling]] = {}
    for telling in tellings:
        groups.setdefault(telling.value, []).append(telling)
    if len(tellings) < 2:
        return
    reference = max(groups.values(), key=len)
    if len(groups) == 1:
        yield agreed(thing, reference, defect)
        return
    for group in groups.values():
        if group is not reference:
            yield differing(thing, group[0], reference, defect)


def agreed(thing: Words, tellings: Sequence[Telling], defect: str) -> Outcome:
    """All tellings agree."""
    first = tellings[0]
    return Outcome(
        "consistent",
        first.span,
        _evidence(first, tellings[1:]),
        derivation=f"{thing.zh}：{' = '.join(telling.text for telling in tellings[: MOST_EVIDENCE + 1])}",
        expected=first.text,
        actual=first.text,
        defect=defect,
    )


def differing(thing: Words, odd: Telling, others: Sequence[Telling], defect: str) -> Outcome:
    """One telling differs from the others."""
    return Outcome(
        "contradicted",
        odd.span,
        _evidence(odd, others),
        derivation=f"{thing.zh}：{odd.text} ≠ {others[0].text}",
        expected=others[0].text,
        actual=odd.text,
        defect=defect,
        values={"thing": thing, "value": odd.text, "other": others[0].text},
    )


def unchecked(thing: Words, tellings: Sequence[Telling], defect: str, reason: str) -> Outcome:
    """Tellings that differ, though not of one thing for certain."""
    first = tellings[0]
    return Outcome(
        "unchecked",
        first.span,
        _evidence(first, tellings[1:]),
        derivation=f"{thing.zh}：{'、'.join(telling.text for telling in tellings[: MOST_EVIDENCE + 1])}",
        defect=defect,
        reason=reason,
    )


def _evidence(primary: Telling, others: Sequence[Telling]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(other.span, "earlier" if other.span.start < primary.span.start else "later")
        for other in others[:MOST_EVIDENCE]
    )
