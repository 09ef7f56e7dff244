"""Dates in every form bulletins use, with inherited years, granularity and ranges.

In: a `Document`.  Out: `Date` values in text order and `DateRange` values for ``D1至D2``.  A date is an interval of days:
2024年3月 is 1 to 31 March, 上旬 the first ten days, 底 the last ten.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> dates = find_dates(parse(Source("2023年7月3日至8月18日，并于2024年1月16日反馈。")))
>>> [(date.text, str(date.first)) for date in dates]
[('2023年7月3日', '2023-07-03'), ('8月18日', '2023-08-18'), ('2024年1月16日', '2024-01-16')]
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import regex

from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.source import Span

YearSource = Literal["stated", "range", "sentence", "inherited", "relative", "unknown"]
"""Where a date's year comes from: written; from the other end of its range; from the sentence; from an earlier sentence;
from 今年 or 去年; nowhere."""

_CN = "[一二三四五六七八九十]"
_DATE = Pattern(
    r"(?<![\d.A-Za-z])(?:"
    r"(?P<iyear>(?:19|20)\d\d)(?P<isep>[-/.])(?P<imonth>\d{1,2})(?P=isep)(?P<iday>\d{1,2})(?!\d)"
    r"|(?P<year>(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})(?:年度?|(?=(?:——?|-|~|至)(?:19|20)\d\d年))"
    rf"(?:(?P<month>\d{{1,2}}|{_CN}{{1,2}})(?:月|(?=(?:——?|-|~|至)\d{{1,2}}月))(?:份)?(?:(?P<day>\d{{1,2}}|{_CN}{{1,3}})[日号]|(?P<part>上旬|中上旬|中下旬|中旬|下旬|月?底|月?初|末|中(?=旬|期|[，。至]))|(?!\d))"
    rf"|(?P<yearpart>年?底|初(?!步|核|审|心|级|次|一|二|三|中)|末|上半年|下半年|第?[一二三四1-4]季度)?)"
    rf"|(?P<relyear>今年|本年|去年|上年|明年|次年|同年|当年)(?:(?P<rmonth>\d{{1,2}}|{_CN}{{1,2}})月(?:份)?(?:(?P<rday>\d{{1,2}}|{_CN}{{1,3}})[日号]|(?P<rpart>上旬|中下旬|中旬|下旬|底|初|末)|(?!\d)))"
    rf"|(?<![\d个近第])(?P<lmonth>1[0-2]|[1-9]|0[1-9]|\d{{2}}|(?<![{_CN[1:-1]}个])(?:十[一二]?|[一二三四五六七八九]))月(?!余|均|薪|报|度|查|通报|例会|租|供|收入|嫂|调度|考核|亮|督|评|会)(?:份)?(?:(?P<lday>\d{{1,2}}|{_CN}{{1,3}})[日号]|(?P<lpart>上旬|中上旬|中下旬|中旬|下旬|底|初|末)|(?!\d))"
    r"|(?P<relpart>年底|年末|年初)(?=前|，|。|完成)"
    r")",
    needs=("年", "月", "-", "/", "."),
)
_DAY_AFTER = Pattern(r"(?P<mark>[、和至]|——?|-|~)(?P<day>\d{1,2})[日号](?![\d])")
_RANGE_MARK = Pattern(r"(?:（[^（）]{0,10}）)?(?:起?至|到|——?|-|~)")
_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "中上旬": (1, 20), "中下旬": (11, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31), "月初": (1, 10), "月底": (21, 31), "中": (11, 20)}
_MONTHS = {"上半年": (1, 6), "下半年": (7, 12), "底": (12, 12), "年底": (12, 12), "末": (12, 12), "初": (1, 2)}


@dataclass(frozen=True, slots=True)
class Date:
    """A date as an interval of days, ``first`` to ``last`` inclusive; both None when it is impossible or has no year.

    ``problem`` says why it is impossible (``month``, ``day``) or is empty; ``grain`` is its precision.
    """

    index: int
    span: Span
    text: str
    year: int | None
    month: int | None
    day: int | None
    first: datetime.date | None
    last: datetime.date | None
    grain: Literal["day", "part", "month", "half", "year"]
    year_source: YearSource
    problem: Literal["", "month", "day"] = ""

    @property
    def known(self) -> bool:
        """Whether the date can be placed on the calendar."""
        return self.first is not None

    def before(self, other: Date) -> bool:
        """Whether this date certainly lies before ``other``, whatever their imprecision leaves open."""
        return self.last is not None and other.first is not None and self.last < other.first


@dataclass(frozen=True, slots=True)
class DateRange:
    """``D1至D2`` as written; the ends are dates of `find_dates`."""

    start: Date
    end: Date

    @property
    def span(self) -> Span:
        """From the first date's start to the second one's end."""
        return Span(self.start.span.start, self.end.span.end)


@dataclass
class _Context:
    """What a date without a year may inherit from: the last date with a year, and its sentence."""

    date: Date | None = None
    sentence: int = -1


@dataclass(frozen=True)
class _Parts:
    """The written parts of one date."""

    span: Span
    year: str | None = None
    month: str | None = None
    day: str | None = None
    part: str | None = None
    yearpart: str | None = None
    relative: str | None = None
    joins: bool = False  # whether a range mark links it to the date before


def find_dates(document: Document) -> tuple[Date, ...]:
    """All dates of the text.  A date without a year takes it from the latest date before it (GENRE rule: and one year
    more where it would otherwise come earlier), never from a date in a document number or a title in 《》."""
    text = document.text
    found: list[Date] = []
    context = _Context()
    for parts in _written(text):
        sentence = document.sentence_index(parts.span.start)
        date = _resolve(text, parts, len(found), context, sentence, found[-1] if found else None)
        found.append(date)
        coarse = date.grain == "year" and context.sentence == sentence
        if date.known and date.year_source != "relative" and not coarse and not _quoted(text, parts.span.start):
            context.date, context.sentence = date, sentence
    return tuple(found)


def _written(text: str) -> Iterator[_Parts]:
    previous_end = -10
    for match in _DATE.find(text):
        parts = _parts(match, joins=_is_joined(text, previous_end, match.start()))
        if parts is None:
            continue
        yield parts
        end = match.end()
        while parts.day is not None and (more := _DAY_AFTER.match(text, end)) is not None:
            span = Span(more.start("day"), more.end())
            joined = more["mark"] not in "、和"
            yield _Parts(span, None, parts.month, more["day"], joins=joined, relative="same" if parts.year else None)
            end = more.end()
        previous_end = end


def _parts(match: regex.Match[str], *, joins: bool) -> _Parts | None:
    span = Span(*match.span())
    if match["year"]:
        return _Parts(span, match["year"], match["month"], match["day"], match["part"], match["yearpart"], joins=joins)
    if match["iyear"]:
        return _Parts(span, match["iyear"], match["imonth"], match["iday"], joins=joins)
    if match["relyear"]:
        return _Parts(span, None, match["rmonth"], match["rday"], match["rpart"], relative=match["relyear"], joins=joins)
    if match["lmonth"]:
        return _Parts(span, None, match["lmonth"], match["lday"], match["lpart"], joins=joins)
    return None


def _is_joined(text: str, end: int, start: int) -> bool:
    return 0 < start - end <= 14 and _RANGE_MARK.fullmatch(text, end, start) is not None


def _resolve(
    text: str, parts: _Parts, index: int, context: _Context, sentence: int, previous: Date | None
) -> Date:
    month = chinese_ordinal(parts.month) if parts.month else None
    day = chinese_ordinal(parts.day) if parts.day else None
    year, source = _year(parts, month, day, context, sentence, previous)
    grain: Literal["day", "part", "month", "half", "year"] = (
        "day" if day is not None else "part" if parts.part else "month" if month else "half" if parts.yearpart else "year"
    )
    problem: Literal["", "month", "day"] = ""
    if month is not None and not 1 <= month <= 12:
        problem = "month"
    elif day is not None and month is not None and not 1 <= day <= _month_length(year, month):
        problem = "day"
    first, last = (None, None) if problem or year is None else _interval(year, month, day, parts)
    words = text[parts.span.start : parts.span.end]
    return Date(index, parts.span, words, year, month, day, first, last, grain, source, problem)


def _year(
    parts: _Parts, month: int | None, day: int | None, context: _Context, sentence: int, previous: Date | None
) -> tuple[int | None, YearSource]:
    if parts.year is not None:
        return (int(parts.year) if parts.year.isascii() else _chinese_year(parts.year)), "stated"
    if parts.relative == "same" and previous is not None:
        return previous.year, "range"
    if parts.relative is not None:
        if parts.relative in ("同年", "当年", "次年", "明年") and context.date is not None and context.date.year:
            return context.date.year + (parts.relative in ("次年", "明年")), "relative"
        return None, "unknown"
    anchor = context.date
    if anchor is None or anchor.year is None or anchor.first is None:
        return None, "unknown"
    year = anchor.year
    if anchor.grain in ("day", "part", "month") and anchor.month is not None and month is not None:
        earlier = (month, day or 31) < (anchor.month, anchor.day or 1)
        year += earlier and not (parts.joins and anchor.grain == "day" and day is not None and month == anchor.month)
    if parts.joins:
        return year, "range"
    return year, "sentence" if context.sentence == sentence else "inherited"


def _chinese_year(text: str) -> int:
    return int("".join(str(chinese_ordinal(character)) for character in text))


def _month_length(year: int | None, month: int) -> int:
    return calendar.monthrange(year if year is not None else 2024, month)[1]


def _interval(
    year: int, month: int | None, day: int | None, parts: _Parts
) -> tuple[datetime.date, datetime.date]:
    if month is None:
        low, high = _MONTHS.get(parts.yearpart or "", (1, 12))
        if parts.yearpart and parts.yearpart.endswith("季度"):
            quarter = parts.yearpart[-3]
            number = int(quarter) if quarter.isascii() else chinese_ordinal(quarter)
            low, high = 3 * number - 2, 3 * number
        return datetime.date(year, low, 1), datetime.date(year, high, _month_length(year, high))
    if day is not None:
        date = datetime.date(year, month, day)
        return date, date
    low, high = _DAYS.get(parts.part or "", (1, 31))
    length = _month_length(year, month)
    return datetime.date(year, month, low), datetime.date(year, month, min(high, length))


def _quoted(text: str, offset: int) -> bool:
    """Whether the place lies within 《》, where a year belongs to a title."""
    opening = text.rfind("《", max(0, offset - 60), offset)
    return opening >= 0 and text.find("》", opening, offset) < 0


def find_ranges(document: Document, dates: Sequence[Date]) -> Iterator[DateRange]:
    """Pairs of neighbouring dates with a range mark between them."""
    for first, second in zip(dates, dates[1:], strict=False):
        if _is_joined(document.text, first.span.end, second.span.start):
            yield DateRange(first, second)


@dataclass(frozen=True)
class Dates:
    """The dates of a document and what can be asked of them."""

    document: Document

    @cached_property
    def all(self) -> tuple[Date, ...]:
        """Every date, in text order."""
        return find_dates(self.document)

    @cached_property
    def ranges(self) -> tuple[DateRange, ...]:
        """Every ``D1至D2``."""
        return tuple(find_ranges(self.document, self.all))

    def within(self, span: Span) -> Iterator[Date]:
        """The dates inside a span."""
        return (date for date in self.all if span.contains(date.span))
