"""Dates against the calendar: does the day exist, and is it the day of the week that stands beside it?

The calendar is the Gregorian one of GB/T 7408 (ISO 8601).  A date whose year had to be guessed is judged only where
neither that year nor one beside it fits the weekday.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.dates import Date, last_day
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span

_WEEKDAYS = "一二三四五六日"
_NAMED = r"(?:星期|礼拜|周)(?P<day>[一二三四五六日天])"
_AFTER = Pattern(rf"(?:（|，)?(?P<name>{_NAMED})(?!至|到|-|—|、|[和及]周|末|期|一起)")
_BEFORE = Pattern(rf"(?<![每逢个、至到—-])(?P<name>{_NAMED})(?:（|，)?$")
_SOON = 60
_LUNAR = ("农历", "旧历", "阴历")
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Every date against the calendar, and every date that a weekday stands beside."""
    for date in claims.dates.all:
        yield from _check_existence(claims, date)
        if date.day is not None and not date.problem:
            yield from _check_weekday(claims, date)


def _check_existence(claims: Claims, date: Date) -> Iterator[Outcome]:
    if claims.document.text[max(0, date.span.start - 2) : date.span.start] in _LUNAR:
        return
    if not date.problem:
        if date.day is not None:
            yield Outcome("consistent", date.span, derivation=date.text, defect="impossible-date")
        return
    why = _why(date)
    yield Outcome(
        "contradicted",
        date.span,
        derivation=why.zh,
        actual=date.text,
        defect="impossible-date",
        values={"date": date.text, "why": why},
    )


def _why(date: Date) -> Words:
    """What makes the date impossible, in words."""
    if date.problem == "year":
        return Words(f"{date.year}年不在可能的范围", f"the year {date.year} is out of any range")
    if date.problem == "month":
        return Words(f"一年没有{date.month}月", f"a year has no month {date.month}")
    month = date.month or 1
    if month == 2 and date.day == 29:
        return Words(f"{date.year}年不是闰年，2月只有28日", f"{date.year} is no leap year: February has 28 days")
    length = last_day(2024, month)
    return Words(f"{month}月最多{length}日", f"month {month} has {length} days at most")


def _check_weekday(claims: Claims, date: Date) -> Iterator[Outcome]:
    text = claims.document.text
    match = _AFTER.match(text, date.span.end, min(len(text), date.span.end + 6))
    if match is None:
        match = _BEFORE.search(text, max(0, date.span.start - 6), date.span.start)
    if match is None:
        return
    name = Span(*match.span("name"))
    evidence = (Evidence(name, "weekday"),)
    claimed = _WEEKDAYS.index("日" if match["day"] == "天" else match["day"])
    if date.first is None or (not date.trusted and _fits_some_year(claims, date, date.first, claimed)):
        yield Outcome("unchecked", date.span, evidence, defect="weekday", reason="year-unknown")
        return
    actual = date.first.weekday()
    derivation = f"{date.first.isoformat()} = 星期{_WEEKDAYS[actual]}"
    if actual == claimed:
        yield Outcome("consistent", date.span, evidence, derivation, defect="weekday")
        return
    yield Outcome(
        "contradicted",
        date.span,
        evidence,
        f"{derivation} ≠ 星期{_WEEKDAYS[claimed]}",
        expected=f"星期{_WEEKDAYS[actual]}",
        actual=f"星期{_WEEKDAYS[claimed]}",
        defect="weekday",
        values={
            "date": date.text,
            "claimed": match["name"],
            "actual": Words(f"星期{_WEEKDAYS[actual]}", _ENGLISH[actual]),
            "nearest": _nearest(date.first, claimed),
        },
    )


def _fits_some_year(claims: Claims, date: Date, guessed: datetime.date, weekday: int) -> bool:
    """Whether the date falls on the weekday in a year that it may be of: one from the inspection to the text, else the
    guessed year or one beside it; not the one before where a full date of the paragraph gave the year."""
    start, given = claims.frame.sound_start, claims.frame.given
    low, high = guessed.year - 1, guessed.year + 1
    if _anchored(claims, date, guessed):
        low = guessed.year
    if start is not None and start.first is not None and given is not None and given.last is not None:
        low, high = max(low, start.first.year), min(high, given.last.year)
    placed = (date.in_year(year) for year in range(low, high + 1))
    return low > high or any(place is None or place[0].weekday() == weekday for place in placed)


def _anchored(claims: Claims, date: Date, guessed: datetime.date) -> bool:
    """Whether an earlier day with its year stands shortly before, in the same paragraph and the guessed year."""
    low = max(claims.document.paragraph_at(date.span.start).span.start, date.span.start - _SOON)
    before = [d for d in claims.dates.within(Span(low, date.span.start)) if d.day is not None]
    anchor = before[-1] if before else None
    return anchor is not None and anchor.year_source == "stated" and anchor.year == guessed.year


def _nearest(day: datetime.date, weekday: int) -> str:
    """The nearest date on that weekday, as month and day."""
    offset = (weekday - day.weekday() + 3) % 7 - 3
    other = day + datetime.timedelta(days=offset)
    return f"{other.month}月{other.day}日"


KIND = Kind(
    "calendar",
    NoParams,
    {"impossible-date": ("date", "why"), "weekday": ("date", "claimed", "actual", "nearest")},
    check,
)
