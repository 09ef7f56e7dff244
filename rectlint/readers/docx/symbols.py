"""Characters that Word keeps in other ways: symbol fonts, and fields that draw a ring round a figure.

>>> equation_text(r"eq \\o\\ac(○,3)")
'③'
"""

from __future__ import annotations

import re

from rectlint.readers.docx.numerals import numeral

# symbol fonts put their signs into the private use area, or at the codes of Latin letters
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
}
_WINGDINGS |= {0xB2: "☆", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"}
_WINGDINGS |= {0x81 + index: chr(0x2460 + index) for index in range(10)} | {
    0x8C + index: chr(0x2776 + index) for index in range(10)
}
_WINGDINGS_2 = {0x50: "√", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x30: "□", 0x54: "☒"}
_WINGDINGS_2 |= {0x6A + index: chr(0x2460 + index) for index in range(10)}
_SYMBOL = {
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xA3: "≤",
    0xB4: "×",
    0xB7: "·",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0x25: "%",
    0x2D: "−",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xE000, 0xF900)

_RINGED = re.compile(r"\\o\s*\\ac\s*\(\s*[○◯〇]\s*[,;，；]\s*(.*?)\s*\)\s*$", re.IGNORECASE)
_RUBY = re.compile(
    r"\\o\s*\\a[dclr]\s*\(\s*\\s\s*\\up\s*\d*\s*\([^()]*\)\s*[,;，；]\s*([^()]*?)\s*\)\s*$", re.IGNORECASE
)


def symbol(font: str, code: str) -> str | None:
    """The character of a ``w:sym``; None when nobody can tell what it looks like."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(number & 0xFF if number in _PRIVATE else number)
    return None if number in _PRIVATE or not 0x20 <= number < 0xD800 else chr(number)


def equation_text(code: str) -> str | None:
    """The words that an ``EQ`` field draws: a ringed figure, or what has its reading above it; None for any other."""
    if match := _RINGED.search(code):
        words = match[1]
        return numeral(int(words), "decimalEnclosedCircle") if words.isdecimal() and len(words) < 4 else words
    match = _RUBY.search(code)
    return match[1] if match else None
