"""Statements that everything is done."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.source import Source


def all_done(text: str) -> list[tuple[str, int | None, bool]]:
    """Words, number and whether another lot is meant."""
    claims = Claims(parse(Source(text)))
    return [(claims.document.words(claim.span), claim.number, claim.aside) for claim in claims.all_done]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至6月底，巡察反馈的问题均已整改到位。", ("均已整改到位", None, False)),
        ("反馈的3个方面16个问题已全部完成整改。", ("已全部完成整改", 16, False)),
        ("巡察反馈的36个问题，已完成整改36个。", ("36个", 36, False)),
        ("上一轮巡察反馈的问题已全部完成整改。", ("已全部完成整改", None, True)),
    ],
)
def test_claims(text: str, expected: tuple[str, int | None, bool]) -> None:
    """In words, in figures, and of another lot."""
    assert all_done(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "反馈的问题基本整改到位。",
        "对反馈的问题已全部整改到位的，防止反弹。",
        "力争年底前反馈问题全部整改到位。",
        "巡察反馈的36个问题，已完成整改34个。",
    ],
)
def test_no_claims(text: str) -> None:
    """Nearly all, a condition, a hope, fewer."""
    assert all_done(text) == []
