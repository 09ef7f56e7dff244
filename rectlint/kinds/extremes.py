"""Extremes: the least cannot exceed the most (最多的社区8次，最少的社区10次)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern

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
        values={"least": least.text, "most": most.text},
    )


KIND = Kind("extremes", NoParams, {"extremes": ("least", "most")}, check)
