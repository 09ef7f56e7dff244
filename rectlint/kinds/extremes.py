"""Extremes: the least cannot exceed the most (最多的社区8次，最少的社区10次), nor another member of a list the one that is
said to be the most (甲27件，乙14件……其中乙最多); and a rate that is said to be above that of the whole cannot be less.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.norms import Norm, Surpassed
from rectlint.claims.quantities import Quantity
from rectlint.claims.superlatives import Superlative
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words

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
    said = Words(f"写作“{told.words}”的", f"the one called “{told.words}”,")
    other = Words(f"{told.label}的", f"{told.label},")
    least, most = (told.extreme, told.named) if told.most else (told.named, told.extreme)
    return Outcome(
        "contradicted",
        told.place,
        (*evidence, Evidence(told.extreme.span, "other")),
        f"{least.text}>{most.text}",
        actual=told.named.text,
        expected=told.extreme.text,
        defect="extremes",
        values={
            "least": least.text,
            "most": most.text,
            "lower": other if told.most else said,
            "upper": said if told.most else other,
        },
    )


def _measured(norm: Norm) -> Outcome:
    """A rate that is said to lie above or below that of the whole."""
    rate, whole = norm.rate, norm.whole
    evidence = (Evidence(whole.span, "other"),)
    fits = rate.value > whole.value if norm.above else rate.value < whole.value
    sign = "=" if rate.value == whole.value else ">" if rate.value > whole.value else "<"
    derivation = f"{rate.text}{sign}{whole.text}"
    if fits:
        return Outcome("consistent", rate.span, evidence, derivation, defect="extremes")
    if abs(rate.value - whole.value) <= max(rate.step, whole.step) / 2:
        return Outcome("unchecked", rate.span, evidence, derivation, defect="extremes", reason="approximate")
    said = Words(f"写作“{norm.words}”的", f"the one called “{norm.words}”,")
    other = Words(f"{norm.said}的", f"{norm.said},")
    least, most = (whole, rate) if norm.above else (rate, whole)
    return Outcome(
        "contradicted",
        rate.span,
        evidence,
        derivation,
        actual=rate.text,
        expected=f"{'>' if norm.above else '<'}{whole.text}",
        defect="extremes",
        values={
            "least": least.text,
            "most": most.text,
            "lower": other if norm.above else said,
            "upper": said if norm.above else other,
        },
    )


def _reached(told: Surpassed) -> Outcome:
    """An aim that is said to be surpassed against what was reached."""
    aim, reached = told.aim, told.reached
    evidence = (Evidence(aim.span, "other"),)
    sign = "=" if reached.value == aim.value else ">" if reached.value > aim.value else "<"
    derivation = f"{reached.text}{sign}{aim.text}"
    if reached.value >= aim.value:
        return Outcome("consistent", reached.span, evidence, derivation, defect="extremes")
    return Outcome(
        "contradicted",
        reached.span,
        evidence,
        derivation,
        actual=reached.text,
        expected=f">{aim.text}",
        defect="extremes",
        values={
            "least": aim.text,
            "most": reached.text,
            "lower": Words("目标的", "the aim,"),
            "upper": Words(f"写作“{told.words}”的", f"the one called “{told.words}”,"),
        },
    )


KIND = Kind("extremes", NoParams, {"extremes": ("least", "most", "lower", "upper")}, check)
