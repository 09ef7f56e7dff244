"""How the genre writes numbers and dates.

In: integers, fractions, dates. Out: their wording.

>>> han(24)
'二十四'
>>> percent(Fraction(23, 24), 2)
'95.83'
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

DIGITS = "零一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
WEEKDAYS = "一二三四五六日"


def han(number: int) -> str:
    """A whole number from 0 to 9999 in Chinese numerals, as an ordinal or a number of its own (2 is 二)."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + (DIGITS[number % 10] if number % 10 else "")
    if number < 100:
        return DIGITS[number // 10] + "十" + (DIGITS[number % 10] if number % 10 else "")
    if number < 1000:
        rest = number % 100
        if rest == 0:
            return DIGITS[number // 100] + "百"
        if rest < 10:
            return DIGITS[number // 100] + "百零" + DIGITS[rest]
        return DIGITS[number // 100] + "百" + ("一" if rest < 20 else "") + han(rest)
    rest = number % 1000
    head = DIGITS[number // 1000] + "千"
    if rest == 0:
        return head
    return head + ("零" if rest < 100 else "") + ("一" if 10 <= rest < 20 else "") + han(rest)


def han_count(number: int) -> str:
    """A count in Chinese numerals (before a counter 2 is 两)."""
    return "两" if number == 2 else han(number)


def commas(number: int) -> str:
    """A whole number with thousands commas."""
    return f"{number:,}"


def decimal(number: Fraction, places: int) -> str:
    """A number with at most this many decimals, without closing zeros; exact or an error."""
    scaled = number * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{number} does not fit {places} decimals")
    text = f"{Decimal(int(scaled)).scaleb(-places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Fraction, places: int) -> str:
    """A share as a percentage, rounded half up to this many decimals, without the sign."""
    value = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def date_full(day: date) -> str:
    """2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_short(day: date) -> str:
    """3月5日."""
    return f"{day.month}月{day.day}日"


def date_han(day: date) -> str:
    """二〇二四年三月五日."""
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{han(day.month)}月{han(day.day)}日"


def third_of_month(day: date) -> str:
    """The third of the month a day is in."""
    return "上旬" if day.day <= 10 else "中旬" if day.day <= 20 else "下旬"


def weekday(day: date) -> str:
    """The day of the week, 星期一 to 星期日."""
    return "星期" + WEEKDAYS[day.weekday()]
