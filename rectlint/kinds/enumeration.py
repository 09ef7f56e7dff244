"""Counts against lists: does a list have as many members as are claimed?

A list with 等 may name fewer than are counted, never more.  A list without it should name exactly as many.  Where a
list can be read in several ways, one reading that fits is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.enumerations import Enumeration
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.records import NamedTuple
from rectlint.report import Verdict


class Params(NamedTuple):
    """``far``: a list that differs from its count by more than this share of the count is probably another list."""

    far: float = 0.4


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare each count with its list."""
    for enumeration in claims.enumerations:
        yield _outcome(claims, enumeration, params)


def _outcome(claims: Claims, enumeration: Enumeration, params: Params) -> Outcome:
    value, counts, size = enumeration.value, enumeration.listing.counts, enumeration.listing.size
    lowest, highest = min(counts), max(counts)
    if value in counts or (not enumeration.closed and value >= lowest):
        shown = value if value in counts else size
        return _made(claims, enumeration, "consistent", "", shown, "=" if shown == value else "<")
    if lowest < value < highest:
        return _made(claims, enumeration, "unchecked", "", size, "?", "ambiguous")
    more = value < lowest
    defect = "more" if more else "fewer"
    shown = lowest if more else highest
    doubt = enumeration.doubt or ("" if more else enumeration.doubt_fewer)
    plain = more and not enumeration.closed and shown <= 2 * value and _is_plain(claims, enumeration)
    if not doubt and not plain and abs(shown - value) > max(2, params.far * value):
        doubt = "not-closed" if shown < value else "ambiguous"
    sign = ">" if more else "<"
    if doubt:
        return _made(claims, enumeration, "unchecked", defect, shown, sign, doubt)
    return _made(claims, enumeration, "contradicted", defect, shown, sign)


def _is_plain(claims: Claims, enumeration: Enumeration) -> bool:
    """Whether an open list has a certain beginning and members of some length, none of which governs another."""
    members = [claims.document.words(member) for member in enumeration.listing.members]
    return enumeration.listing.certain_start and all(len(words) >= 4 and "的" not in words for words in members)


def _made(
    claims: Claims, enumeration: Enumeration, verdict: Verdict, defect: str, size: int, sign: str, reason: str = ""
) -> Outcome:
    document = claims.document
    count = document.words(enumeration.figure)
    return Outcome(
        verdict,
        enumeration.figure,
        _evidence(enumeration),
        derivation=f"列举 {size} {sign} {count}",
        expected=str(enumeration.value),
        actual=str(size),
        defect=defect,
        values={"count": count, "listed": str(size), "difference": str(abs(size - enumeration.value))},
        reason=reason,
    )


def _evidence(enumeration: Enumeration) -> tuple[Evidence, ...]:
    """The list, or each mark of a run, whose text is long."""
    listing = enumeration.listing
    spans = listing.members if enumeration.form == "run" else (listing.span,)
    return tuple(Evidence(span, "listed") for span in spans)


_FIELDS = ("count", "listed", "difference")
KIND = Kind("enumeration", Params, {"more": _FIELDS, "fewer": _FIELDS}, check)
