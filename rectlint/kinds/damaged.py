"""Damaged text: dates that lost a mark, lost numbers, mojibake.  Other comparisons that touch such a place are not made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rectlint.claims import Claims
from rectlint.kinds.base import Kind, Outcome
from rectlint.report import Words

_SORTS = {
    "date": Words("日期残缺", "an incomplete date"),
    "replacement": Words("无法显示的字符", "an unreadable character"),
    "mojibake": Words("乱码", "mojibake"),
    "missing-number": Words("漏了数字", "a number is missing"),
}


class Params(NamedTuple):
    """No parameters."""


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
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


KIND = Kind("damaged", Params, {"damaged": ("words", "sort")}, check, on_damage=True)
