"""How exact a written figure is, and whether a quotient could have been written as a given percentage.

In: figures with the place value of their last digit.  Out: intervals, and yes or no.  Rounding half up, half to even and
cutting off are all in use (GENRE of official bulletins; GB/T 8170 asks for half to even), so all are allowed; inputs such
as 2.38万 are intervals themselves.

>>> matches(Interval.exact(4), Interval.exact(12), Decimal("33.3"), Decimal("0.1"))
True
>>> matches(Interval.exact(39), Interval.exact(40), Decimal(100), Decimal(1))
False
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from rectlint.records import NamedTuple


class Interval(NamedTuple):
    """Where the true value lies; ``low`` equals ``high`` for a count."""

    low: Fraction
    high: Fraction

    @classmethod
    def exact(cls, value: int | Decimal | Fraction) -> Interval:
        """A single value."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def of(cls, value: Decimal, step: Decimal, *, counted: bool) -> Interval:
        """A written figure: a count in full is exact; any other was rounded to, or cut off at, its last digit."""
        if counted and step <= 1:
            return cls.exact(value)
        exact, size = Fraction(value), Fraction(step)
        return cls(exact - size / 2, exact + size)

    @property
    def is_exact(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval | None:
        """The quotient of two positive intervals; None when the divisor may be zero."""
        if other.low <= 0:
            return None
        return Interval(
            self.low / (other.high if self.low >= 0 else other.low),
            self.high / (other.low if self.high >= 0 else other.high),
        )


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    summands = tuple(parts)
    return Interval(sum((part.low for part in summands), Fraction()), sum((part.high for part in summands), Fraction()))


def matches(part: Interval, whole: Interval, percent: Decimal, step: Decimal) -> bool:
    """Whether ``part`` of ``whole`` may be written as ``percent``, given to ``step``.

    Between exact counts 100% is strict: 217 of 218 is not 100%, and 218 of 218 is nothing less.
    """
    quotient = part.over(whole)
    if quotient is None:
        return False
    if quotient.is_exact and (percent == 100 or quotient.low == 1):
        return quotient.low * 100 == Fraction(percent)
    return written_as(quotient, percent, step)


def written_as(quotient: Interval, percent: Decimal, step: Decimal) -> bool:
    """Whether a quotient (1 is 100 per cent) may be written as ``percent``, given to ``step``."""
    value, size = Fraction(percent), Fraction(step)
    return quotient.high * 100 >= value - size / 2 and quotient.low * 100 < value + size


def about(quotient: Interval, percent: Decimal, approximation: str, *, tenths: bool = False) -> bool:
    """Whether a quotient may be called roughly ``percent``: 近六成 is 55 to 61, 超过90% anything above, 七成 65 to 80."""
    low, high, value = quotient.low * 100, quotient.high * 100, Fraction(percent)
    slack = min(Fraction(5), max(Fraction(1), value / 10))
    if approximation in ("over", "least"):
        return high >= value - Fraction(1, 2)
    if approximation in ("under", "most"):
        return low <= value + Fraction(1, 2)
    if tenths and not approximation:
        return high >= value - 5 and low < value + 10
    return high >= value - slack and low <= value + slack
