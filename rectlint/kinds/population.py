"""One population, two sizes: 全镇28个村 in one place, 全镇26个村 in another.

Only figures with the same scope and the same full noun phrase are compared.  A figure that may be of some of them only, or
that is tied to another time, is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.populations import Population, agree
from rectlint.document import Document
from rectlint.kinds.agreement import FIELDS, Telling, agreed, differing, unchecked
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.report import Words
from rectlint.values import format_number

_MOST_SIZES = 8
"""A noun that comes in more sizes than this names no population."""


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Compare all figures of each population."""
    groups: dict[tuple[str, str], list[Population]] = {}
    for population in claims.populations:
        groups.setdefault((population.scope, population.noun), []).append(population)
    for group in groups.values():
        if len(group) > 1:
            yield from _compare(claims.document, group)


def _compare(document: Document, group: Sequence[Population]) -> Iterator[Outcome]:
    exact = [
        population for population in group if population.certain and population.quantity.exact and not population.dated
    ]
    sizes: dict[str, list[Population]] = {}
    for population in exact:
        sizes.setdefault(format_number(population.quantity.value), []).append(population)
    if not sizes or len(sizes) > _MOST_SIZES:
        return
    rough = [
        population
        for population in group
        if population.certain and not population.quantity.exact and not population.dated
    ]
    support = {
        size: len(members) + sum(agree(members[0].quantity, other.quantity) for other in rough)
        for size, members in sizes.items()
    }
    reference = sizes[max(sizes, key=lambda size: support[size])]
    thing = Words(_thing(reference[0]), _thing(reference[0]))
    told = [
        population for population in group if agree(population.quantity, reference[0].quantity) and population.certain
    ]
    tellings = [_telling(document, population) for population in told]
    if len(told) > 1:
        yield agreed(thing, tellings, "size")
    for members in sizes.values():
        if members is not reference:
            yield differing(thing, _telling(document, members[0]), tellings, "size")
    for population in group:
        if not agree(population.quantity, reference[0].quantity) and population not in exact:
            reason = "other-time" if population.dated else "ambiguous" if not population.certain else "approximate"
            yield unchecked(thing, [_telling(document, population), *tellings], "size", reason)


def _thing(population: Population) -> str:
    scope = "" if population.scope == "own" else population.scope
    return f"{scope}{population.shown}"


def _telling(document: Document, population: Population) -> Telling:
    return Telling(population.quantity.span, format_number(population.quantity.value), population.quantity.text)


KIND = Kind("population", NoParams, {"size": FIELDS}, check)
