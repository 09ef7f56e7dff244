"""Ranks: a rank cannot exceed the number of those that are ranked (全市46个乡镇中排名第52)."""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each rank whose population is stated."""
    for rank in claims.ranks:
        population = rank.population
        evidence = (Evidence(population.span, "population"),)
        words = claims.document.words(rank.span)
        fits = rank.place <= population.value
        yield Outcome(
            "consistent" if fits else "contradicted",
            rank.span,
            evidence,
            f"{rank.place}{'≤' if fits else '>'}{population.figure}",
            expected=f"≤{population.figure}",
            actual=str(rank.place),
            defect="beyond-population",
            values={"rank": words, "population": population.text},
        )


KIND = Kind("rank", NoParams, {"beyond-population": ("rank", "population")}, check)
