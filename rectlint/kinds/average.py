"""Averages: does so much per head follow from the amount and the heads that its sentence tells?

漏发的8户已补发1.6万元，户均2000元: 1.6万元 among 8户.  Every amount and every count of the stretch is tried; only where
none fits, and where it is plain which are meant, something is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from rectlint.claims import Claims
from rectlint.claims.averages import Average
from rectlint.claims.quantities import Quantity
from rectlint.claims.trends import Level
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.values import format_number


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Judge every average."""
    for average in claims.averages:
        yield _judge(average)


def _judge(average: Average) -> Outcome:
    each, fitting = average.each, average.fitting
    whole, count = fitting if fitting is not None else _nearest(average)
    place = count.span if count is not None else average.period
    evidence = (Evidence(whole.span, "total"), *((Evidence(place, "base"),) if place is not None else ()))
    derivation = _derivation(average, whole, count)
    if fitting is not None:
        return Outcome("consistent", each.span, evidence, derivation, each.text, each.text, "average")
    if not average.firm:
        return Outcome("unchecked", each.span, evidence, derivation, defect="average", reason="ambiguous")
    return Outcome(
        "contradicted",
        each.span,
        evidence,
        f"{derivation}≠{whole.text if average.periods else each.text}",
        expected=derivation.rpartition("=")[2],
        actual=each.text,
        defect="average",
        values={"average": each.text, "whole": whole.text, "derivation": derivation},
    )


def _nearest(average: Average) -> tuple[Level, Quantity | None]:
    """The amount and the count told last before the average, or the first behind it."""
    each = average.each.span.start
    whole = max(average.wholes, key=lambda whole: (whole.span.start < each, -abs(whole.span.start - each)))
    count = max(
        average.counts, key=lambda count: (count.span.start < each, -abs(count.span.start - each)), default=None
    )
    return whole, count


def _derivation(average: Average, whole: Level, count: Quantity | None) -> str:
    each = average.each
    if count is None:
        return f"{each.text}×{average.periods}={format_number(each.value * average.periods)}{each.unit}"
    scale, word = _scale(each.text)
    quotient = Fraction(whole.value) / Fraction(count.value) / Fraction(scale)
    return f"{whole.text}÷{count.text}={format_number(quotient)}{word}{each.unit}"


def _scale(text: str) -> tuple[Decimal, str]:
    """The scale a figure is written in."""
    for word, power in (("亿", 8), ("万", 4)):
        if word in text:
            return Decimal(10) ** power, word
    return Decimal(1), ""


KIND = Kind("average", NoParams, {"average": ("average", "whole", "derivation")}, check)
