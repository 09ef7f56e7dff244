"""Numbers as bulletins write them, exactly: Arabic, with thousands commas, Chinese, mixed (1.2万).

In: the written number in the view.  Out: a `Number` with its value and the size of its last written digit, so that
rounding can be judged.

>>> parse_number("1.2", "万")
Number(value=Decimal('12000'), step=Decimal('1000'))
>>> parse_number("两百零三").value
Decimal('203')
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from rectlint.markers import chinese_ordinal
from rectlint.records import NamedTuple

SCALES: dict[str, int] = {
    "": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "万亿": 12,
}
"""Powers of ten of the scale words."""

_CHINESE_DIGITS = "〇零一二两三四五六七八九"


class Number(NamedTuple):
    """An exact value and ``step``, the place value of its last written digit (1.2万 has step 1000)."""

    value: Decimal
    step: Decimal

    @property
    def fraction(self) -> Fraction:
        """The value as a fraction, for exact division."""
        return Fraction(self.value)


@lru_cache(4096)
def parse_number(digits: str, scale: str = "") -> Number:
    """The value of ``digits`` (Arabic, maybe with commas and a point, or Chinese) times the ``scale`` word.

    Raises ValueError for anything else.
    """
    power = SCALES[scale]
    if digits[0].isascii():
        value = Decimal(digits.replace(",", ""))
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)
        return Number(_plain(value.scaleb(power)), _plain(Decimal(1).scaleb(exponent + power)))
    value = Decimal(_chinese_integer(digits))
    return Number(_plain(value.scaleb(power)), Decimal(1).scaleb(power) if power else Decimal(1))


def is_number(digits: str) -> bool:
    """Whether `parse_number` can read a Chinese numeral: not 三四五百 or 千百."""
    try:
        _chinese_integer(digits)
    except (ValueError, KeyError):
        return False
    return True


def _plain(value: Decimal) -> Decimal:
    """Without exponent notation: 1E+4 becomes 10000."""
    return Decimal(int(value)) if value == value.to_integral_value() and value >= 1 else value


def _chinese_integer(digits: str) -> int:
    """Small numbers here; what has 千, 万 or 亿 in it goes to cn2an, one isolated integer at a time."""
    if not any(character in "千万亿" for character in digits):
        if len(digits) > 1 and all(character in _CHINESE_DIGITS for character in digits):
            return int("".join(str(chinese_ordinal(character)) for character in digits))
        return chinese_ordinal(digits.replace("廿", "二十").replace("卅", "三十"))
    import cn2an  # slow to import, and seldom needed

    return int(cn2an.cn2an(digits.replace("两", "二"), "smart"))


def format_number(value: Decimal | Fraction | int) -> str:
    """A value as people write it: no exponent, no trailing zeros; fractions to two decimals."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
        value = value.quantize(Decimal("0.01"))
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
