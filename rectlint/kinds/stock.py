"""Stocks: what there was, less what went, plus what came, must be what there is: 原有64个，撤并18个，新设3个，现有49个."""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.stocks import Stock
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.values import format_number


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Judge every stock."""
    for stock in claims.stocks:
        yield _judge(stock)


def _judge(stock: Stock) -> Outcome:
    end, start = stock.end, stock.start
    changes = sorted((*stock.losses, *stock.gains), key=lambda figure: figure.order)
    derivation = format_number(start.value)
    for figure in changes:
        derivation += f" {'-' if figure in stock.losses else '+'} {format_number(figure.value)}"
    made = format_number(stock.computed)
    derivation += f" = {made}"
    evidence = (Evidence(start.span, "from"), *(Evidence(figure.span, "part") for figure in changes))
    shown = format_number(end.value)
    if stock.fits:
        return Outcome("consistent", end.span, evidence, derivation, made, shown, "stock")
    complete = stock.net or bool(stock.losses)
    if not complete or stock.computed < 0:
        return Outcome("unchecked", end.span, evidence, f"{derivation} ≠ {shown}", defect="stock", reason="not-closed")
    return Outcome(
        "contradicted",
        end.span,
        evidence,
        f"{derivation} ≠ {shown}",
        expected=made,
        actual=shown,
        defect="stock",
        values={"end": end.text, "derivation": derivation},
    )


KIND = Kind("stock", NoParams, {"stock": ("end", "derivation")}, check)
