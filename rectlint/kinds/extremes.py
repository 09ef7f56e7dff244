"""Extremes: the least cannot exceed the most (最多的社区8次，最少的社区10次), nor another member of a list the one that is
said to be the most (甲27件，乙14件……其中乙最多); and a rate that is said to be above that of the whole cannot be less.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.norms import Norm, Surpassed
from rectlint.claims.quantities import Quantity
from rectlint.claims.rates import Rate
from rectlint.claims.superlatives import Superlative
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_PAIRS = ("多少", "高低", "大小", "长短")
_EXTREME = Pattern(
    r"(?P<lead>\p{Han}*?)最(?P<end>[多少高低大小长短])(?P<label>的?\p{Han}{0,8}?)(?:仅?[有为是]|仅|达到?|只有)?$",
    needs=("最",),
)
_JOINED = Pattern(r"[，；、](?:而|且|其中)?$")


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each most with the least that follows it, where both are told of the same things."""
    for first, second in pairwise(claims.quantities):
        if "最" not in first.before or "最" not in second.before or first.measure != second.measure:
            continue
        ends = _ends(claims, first, second)
        if ends is not None:
            yield _compare(*ends)
    for superlative in claims.superlatives:
        yield _judged(superlative)
    for norm in claims.norms:
        yield _measured(norm)
    for surpassed in claims.surpassed:
        yield _reached(surpassed)


def _ends(claims: Claims, first: Quantity, second: Quantity) -> tuple[Quantity, Quantity] | None:
    """The least and the most, if the two figures are that; 每周最多5次，每年最少10次 are not."""
    one, other = _EXTREME.fullmatch(first.before), _EXTREME.fullmatch(second.before)
    gap = claims.document.text[first.span.end : second.span.start - len(second.before)]
    if one is None or other is None or _JOINED.fullmatch(gap) is None:
        return None
    same = other["lead"] in ("", "而", "单次", one["lead"]) and other["label"] in (one["label"], "的", "")
    named = {one["end"], other["end"]}
    if not same or not any(named == set(pair) for pair in _PAIRS):
        return None
    return (first, second) if one["end"] in "少低小短" else (second, first)


def _compare(least: Quantity, most: Quantity) -> Outcome:
    evidence = (Evidence(most.span, "other"),)
    if not (least.exact or least.approximation in ("least", "most")) or most.approximation in (
        "about",
        "over",
        "under",
    ):
        return Outcome("unchecked", least.span, evidence, defect="extremes", reason="approximate")
    fits = least.value <= most.value
    return Outcome(
        "consistent" if fits else "contradicted",
        least.span,
        evidence,
        f"{least.text}{'≤' if fits else '>'}{most.text}",
        expected=f"≤{most.text}",
        actual=least.text,
        defect="extremes",
        values={
            "least": least.text,
            "most": most.text,
            "lower": Words("最少（最低）的", "the least,"),
            "upper": Words("最多（最高）的", "the most,"),
        },
    )


def _judged(told: Superlative) -> Outcome:
    """The member of a list that is said to be the most or the least against the one that is."""
    evidence = (Evidence(told.named.span, "listed"),)
    if told.named is told.extreme:
        derivation = f"{told.words}：{told.named.text}"
        return Outcome("consistent", told.place, evidence, derivation, defect="extremes")
    said = _End(told.named.text, _called(told.words))
    other = _End(told.extreme.text, Words(f"{told.label}的", f"{told.label},"))
    least, most = (other, said) if told.most else (said, other)
    both = (*evidence, Evidence(told.extreme.span, "other"))
    return _contradiction(told.place, both, f"{least.text}>{most.text}", other.text, said, least, most)


def _measured(norm: Norm) -> Outcome:
    """A rate that is said to lie above or below that of the whole."""
    rate, whole = norm.rate, norm.whole
    evidence = (Evidence(whole.span, "other"),)
    fits = rate.value > whole.value if norm.above else rate.value < whole.value
    derivation = _related(rate, whole)
    if fits:
        return Outcome("consistent", rate.span, evidence, derivation, defect="extremes")
    if abs(rate.value - whole.value) <= max(rate.step, whole.step) / 2:
        return Outcome("unchecked", rate.span, evidence, derivation, defect="extremes", reason="approximate")
    said = _End(rate.text, _called(norm.words))
    other = _End(whole.text, Words(f"{norm.said}的", f"{norm.said},"))
    least, most = (other, said) if norm.above else (said, other)
    expected = f"{'>' if norm.above else '<'}{whole.text}"
    return _contradiction(rate.span, evidence, derivation, expected, said, least, most)


def _reached(told: Surpassed) -> Outcome:
    """An aim that is said to be surpassed against what was reached."""
    aim, reached = told.aim, told.reached
    evidence = (Evidence(aim.span, "other"),)
    derivation = _related(reached, aim)
    if reached.value >= aim.value:
        return Outcome("consistent", reached.span, evidence, derivation, defect="extremes")
    said = _End(reached.text, _called(told.words))
    least = _End(aim.text, Words("目标的", "the aim,"))
    return _contradiction(reached.span, evidence, derivation, f">{aim.text}", said, least, said)


class _End(NamedTuple):
    """A figure as written, and what the message calls it."""

    text: str
    named: Words


def _called(words: str) -> Words:
    """A figure by the words that claim its place."""
    return Words(f"写作“{words}”的", f"the one called “{words}”,")


def _related(one: Quantity | Rate, other: Quantity | Rate) -> str:
    sign = "=" if one.value == other.value else ">" if one.value > other.value else "<"
    return f"{one.text}{sign}{other.text}"


def _contradiction(
    place: Span, evidence: tuple[Evidence, ...], derivation: str, expected: str, said: _End, least: _End, most: _End
) -> Outcome:
    """``said``, which is ``least`` or ``most``, is not what its words claim."""
    return Outcome(
        "contradicted",
        place,
        evidence,
        derivation,
        expected=expected,
        actual=said.text,
        defect="extremes",
        values={"least": least.text, "most": most.text, "lower": least.named, "upper": most.named},
    )


KIND = Kind("extremes", NoParams, {"extremes": ("least", "most", "lower", "upper")}, check)
