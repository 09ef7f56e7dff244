"""Figures that may be one another mistyped, and figures that may not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.claims.slips import is_likely_slip, is_mistyped, is_one_keystroke


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("186", "168"),
        ("520", "250"),
        ("63", "6"),
        ("63", "93"),
        ("7", "3"),
        ("1.2", "12"),
        ("164.2", "1642000"),
        ("63", "62"),
    ],
)
def test_slips(written: str, meant: str) -> None:
    """One digit changed, exchanged or dropped, the point moved, or a count that is not much older."""
    assert is_likely_slip(Decimal(written), Decimal(meant))


@pytest.mark.parametrize(
    ("written", "meant"), [("1043", "74"), ("3380", "767"), ("29", "998"), ("12", "0"), ("12.2", "8.7")]
)
def test_no_slips(written: str, meant: str) -> None:
    """Figures that have nothing to do with each other, and what no count can be."""
    assert not is_likely_slip(Decimal(written), Decimal(meant))


@given(st.text("123456789", min_size=2, max_size=7), st.data())
def test_one_keystroke_goes_both_ways(digits: str, data: st.DataObject) -> None:
    """Whatever single slip is made, it is known as one, in either direction."""
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(
        st.sampled_from(
            [
                digits[:place] + data.draw(st.sampled_from("123456789")) + digits[place + 1 :],
                digits[:place] + digits[place + 1 :],
                digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :] if place else digits,
            ]
        )
    )
    assert is_one_keystroke(digits, other) and is_one_keystroke(other, digits)


@pytest.mark.parametrize(
    ("first", "second", "mistyped"),
    [
        ("86.4", "84.6", True),
        ("127.5", "157.5", True),
        ("186", "168", True),
        ("186", "186", False),
        ("18.6", "186", False),
        ("1.86", "18.6", False),
        ("186", "681", False),
    ],
)
def test_mistyped_figures(first: str, second: str, mistyped: bool) -> None:
    """One digit, or two neighbours whether or not the point stands between them; not the point itself."""
    assert is_mistyped(first, second) is mistyped
