"""One population, two sizes: 全镇28个村 in one place, 全镇26个村 in another.

Only figures with the same scope and the same full noun phrase are compared.  A figure that may be of some of them only, or
that is tied to another time, is not; one without a scope (对46个村) only if it is larger than the whole that the text gives
more than once, and looks like that figure miswritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rectlint.claims import Claims
from rectlint.claims.populations import UNITS, Population, agree, noun_phrase, spelled
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.kinds.agreement import FIELDS, Telling, agreed, differing, unchecked
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.values import format_number

_DIGITS = 2
"""A figure of one digit is too easily another one."""
_GOVERNING = Pattern(
    r"(?:对|向|为|覆盖|指导|督促|组织|要求|走访|检查|督查|遍访|排查|梳理|抽查|实现|推动)(?:所有|全部|了|所辖|的)?$"
)
_OUTSIDE = Pattern(
    r"周边|全[县市省国区州]|外地|外镇|原有?(?!则|因|来)|合并|撤并|调整|整合|其他|历年|累计|兄弟|相邻|邻近|片区|联合|上年|往年|20[01]\d年"
)
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
    wholes = {noun: group for (scope, noun), group in groups.items() if scope == "own" and len(group) > 1}
    if wholes:
        yield from _larger_than_whole(claims, wholes)


def _larger_than_whole(claims: Claims, groups: Mapping[str, Sequence[Population]]) -> Iterator[Outcome]:
    """对46个村(居) where the whole township has 44 of them."""
    document = claims.document
    wholes: dict[str, list[Population]] = {}
    for noun, group in groups.items():
        certain = [one for one in group if one.certain and one.quantity.exact and not one.dated]
        if len(certain) > 1 and len({one.quantity.value for one in certain}) == 1:
            wholes[noun] = certain
    if not wholes:
        return
    known = {population.quantity.order for population in claims.populations}
    times = Counter((quantity.value, quantity.unit) for quantity in claims.quantities)
    for quantity in claims.quantities:
        if quantity.order in known or not quantity.exact or quantity.unit not in UNITS or quantity.ranged:
            continue
        end = quantity.span.start + len(quantity.text)
        noun = spelled(noun_phrase(document.text, end, quantity.clause.end))
        whole = wholes.get(noun)
        if whole is None or not _is_miswritten(quantity, whole[0].quantity):
            continue
        sentence = document.sentence_at(quantity.span.start)
        if _GOVERNING.search(quantity.before) is None or _OUTSIDE.search(document.text, sentence.start, sentence.end):
            continue
        if times[quantity.value, quantity.unit] == 1:
            telling = Telling(quantity.span, format_number(quantity.value), quantity.text)
            thing = Words(_thing(whole[0]), _thing(whole[0]))
            yield differing(thing, telling, [_telling(document, one) for one in whole], "size")


def _is_miswritten(quantity: Quantity, whole: Quantity) -> bool:
    """Whether a figure is larger than the whole and has the same digits but for one, or in another order."""
    one, other = format_number(quantity.value), format_number(whole.value)
    if quantity.value <= whole.value or len(one) != len(other) or len(one) < _DIGITS:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)


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
