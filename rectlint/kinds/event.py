"""One dated event told with two dates: 专题民主生活会 on 5 February and on 6 February.

What happens once in one rectification may have happened in another as well; so dates that differ in more than one of
year, month and day are taken for two events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.claims.events import Event
from rectlint.kinds.agreement import FIELDS, Telling, compare, unchecked
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.report import Words


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Compare the dates of each event."""
    groups: dict[str, list[Event]] = {}
    for event in sorted(claims.events, key=lambda event: event.date.span.start):
        groups.setdefault(event.name, []).append(event)
    for name in list(groups):
        if f"整改{name}" in groups:
            groups[f"整改{name}"] = sorted(
                [*groups[f"整改{name}"], *_slips(groups[name], groups[f"整改{name}"][0])],
                key=lambda event: event.date.span.start,
            )
    for group in groups.values():
        if len(group) > 1:
            yield from _compare(claims, group)


def _slips(bare: Sequence[Event], full: Event) -> list[Event]:
    """Of the meetings named without 整改 those that may be the same one: only one part of the date differs."""
    return [event for event in bare if _parts_apart(event.date, full.date) <= 1]


def _parts_apart(one: Date, other: Date) -> int:
    """In how many of year, month and day two dates differ; a year that is not written may be read wrongly."""
    years = one.year_source == other.year_source == "stated" and one.year != other.year
    return years + (one.month != other.month) + (one.day != other.day)


def _compare(claims: Claims, group: Sequence[Event]) -> Iterator[Outcome]:
    words = Words(f"{group[0].shown}的日期", f"the date of {group[0].shown}")
    tellings = _by_stated_year(group)
    opening = {telling.value for telling in tellings if claims.names.opener.contains(telling.span)}
    repeated = max(_parts_apart(group[0].date, event.date) for event in group) > 1
    if len({telling.value for telling in tellings}) > 1 and (len(opening) > 1 or repeated):
        yield unchecked(words, tellings, "date", "ambiguous")
    else:
        yield from compare(words, tellings, "date")


def _by_stated_year(group: Sequence[Event]) -> list[Telling]:
    """Years count only where they are written; an inherited one may be read wrongly."""
    stated = {event.date.year for event in group if event.date.year_source == "stated"}
    if len(stated) > 1:
        return [
            Telling(event.date.span, (event.date.year, event.date.month, event.date.day), event.date.text)
            for event in group
        ]
    return [_telling(event) for event in group]


def _telling(event: Event) -> Telling:
    return Telling(event.date.span, (event.date.month, event.date.day), event.date.text)


KIND = Kind("event", NoParams, {"date": FIELDS}, check)
