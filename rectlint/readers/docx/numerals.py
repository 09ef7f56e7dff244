"""Numbers as Word's automatic numbering writes them.

In: a number and the name of a format.  Out: its figures.

>>> [numeral(12, name) for name in ("chineseCountingThousand", "decimalEnclosedCircle", "lowerRoman", "decimalZero")]
['十二', '⑫', 'xii', '12']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_PLAIN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LONGEST_ROMAN = 3999
_LONGEST_LETTERS = 780


def numeral(number: int, format: str) -> str:
    """``number`` in a numbering format of Word; in Arabic figures where the format is unknown or does not reach so far."""
    if format == "none":
        return ""
    write = _FORMATS.get(format)
    return (write(number) if write is not None else "") or str(number)


def _counting(number: int) -> str:
    """一, 十, 十一, 一百零一: as Chinese counts."""
    words = _chinese(number, _PLAIN, "十百千")
    return words.removeprefix("一") if 10 <= number < 20 else words


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, "拾佰仟")


def _legal_traditional(number: int) -> str:
    return _chinese(number, _LEGAL_TRADITIONAL, "拾佰仟")


def _chinese(number: int, digits: str, units: str) -> str:
    """Up to 9999 with a zero for each gap; "" beyond."""
    if not 0 < number < 10_000:
        return ""
    words, gap = "", False
    for power, unit in ((3, units[2]), (2, units[1]), (1, units[0]), (0, "")):
        digit = number // 10**power % 10
        if digit:
            words += (digits[0] if gap and words else "") + digits[digit] + unit
        gap = not digit
    return words


def _japanese(number: int) -> str:
    """Neither zeros nor a one before a unit: 百一."""
    if not 0 < number < 10_000:
        return ""
    words = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            words += ("" if digit == 1 and unit else _PLAIN[digit]) + unit
    return words


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)) if number >= 0 else ""


def _symbols(first: int, count: int) -> Callable[[int], str]:
    """The symbols of a row of the code table, as many as it has."""
    return lambda number: chr(first + number - 1) if 1 <= number <= count else ""


def _cycle(characters: str) -> Callable[[int], str]:
    """One of the characters; "" when they are used up."""
    return lambda number: characters[number - 1] if 1 <= number <= len(characters) else ""


def _roman(number: int) -> str:
    if not 0 < number <= _LONGEST_ROMAN:
        return ""
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _letters(number: int) -> str:
    """A … Z, AA, BB …, as Word goes on."""
    if not 0 < number <= _LONGEST_LETTERS:
        return ""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 1 <= number <= 60 else ""


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _japanese,
    # digit by digit (一〇) where the number is shown; written so that the outline can be read
    "ideographDigital": _counting,
    "japaneseDigitalTenThousand": _counting,
    "taiwaneseDigital": _counting,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _symbols(0x3280, 10),
    "decimalEnclosedCircle": _symbols(0x2460, 20),
    "decimalEnclosedCircleChinese": _symbols(0x2460, 20),
    "decimalEnclosedParen": _symbols(0x2474, 20),
    "decimalEnclosedFullstop": _symbols(0x2488, 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
}
