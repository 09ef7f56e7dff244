"""Damaged text: dates that lost a mark, lost numbers, mojibake.  Other comparisons that touch such a place are not made."""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.report import Words

_SORTS = {
    "date": Words("日期残缺", "an incomplete date"),
    "replacement": Words("无法显示的字符", "an unreadable character"),
    "mojibake": Words("乱码", "mojibake"),
    "missing-number": Words("漏了数字", "a number is missing"),
}


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Report every damaged place."""
    for damage in claims.damage:
        words = claims.document.words(damage.span)
        yield Outcome(
            "contradicted",
            damage.span,
            derivation=words,
            actual=words,
            defect="damaged",
            values={"words": words, "sort": _SORTS[damage.sort]},
        )


KIND = Kind("damaged", NoParams, {"damaged": ("words", "sort")}, check, on_damage=True)
