"""Rounding: whether a quotient may be written as a percentage."""

from __future__ import annotations

import doctest
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import rectlint.claims.rounding
from rectlint.claims.rounding import Interval, about, matches, written_as


def test_docstring() -> None:
    """The examples in the module's docstring hold."""
    assert doctest.testmod(rectlint.claims.rounding).failed == 0


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.integers(0, 2),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN]),
)
def test_every_way_of_rounding_is_allowed(part: int, whole: int, places: int, way: str) -> None:
    """What an honest author may write is never refused, whichever way it was rounded."""
    part = min(part, whole)
    step = Decimal(1).scaleb(-places)
    written = (Decimal(part) * 100 / Decimal(whole)).quantize(step, way)
    if written < 100 or part == whole:
        assert matches(Interval.exact(part), Interval.exact(whole), written, step)


@given(st.integers(1, 999), st.integers(2, 1000), st.integers(2, 30))
def test_two_steps_off_is_refused(part: int, whole: int, steps: int) -> None:
    """A figure two steps away does not follow."""
    part = min(part, whole - 1)
    written = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert not matches(Interval.exact(part), Interval.exact(whole), written + steps * Decimal("0.1"), Decimal("0.1"))


def test_hundred_is_strict() -> None:
    """217 of 218 is not 100%, and 218 of 218 is nothing less."""
    assert not matches(Interval.exact(217), Interval.exact(218), Decimal(100), Decimal(1))
    assert not matches(Interval.exact(218), Interval.exact(218), Decimal(99), Decimal(1))


def test_rounded_inputs() -> None:
    """2.07万 of 2.38万 may be 86.99%."""
    part = Interval.of(Decimal(20700), Decimal(100), counted=True)
    whole = Interval.of(Decimal(23800), Decimal(100), counted=True)
    assert matches(part, whole, Decimal("86.99"), Decimal("0.01"))
    assert not matches(part, whole, Decimal("89.99"), Decimal("0.01"))


def test_zero_base() -> None:
    """Nothing follows from a base of nothing."""
    assert Interval.exact(1).over(Interval.exact(0)) is None


def test_approximations() -> None:
    """近六成, 超过90%, 不足三成, 七成."""
    share = Interval.exact(Fraction(589, 1000))
    assert about(share, Decimal(60), "about")
    assert not about(share, Decimal(80), "about")
    assert about(Interval.exact(Fraction(99, 100)), Decimal(90), "over")
    assert about(Interval.exact(Fraction(28, 100)), Decimal(30), "under")
    assert about(Interval.exact(Fraction(724, 1000)), Decimal(70), "", tenths=True)
    assert written_as(share, Decimal("58.9"), Decimal("0.1"))
