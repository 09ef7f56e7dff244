"""Dates in every form bulletins use, with inherited years, granularity and ranges.

In: a `Document`.  Out: `Date` values in text order and `DateRange` values for ``D1至D2``.  A date is an interval of days:
2024年3月 is 1 to 31 March, 上旬 the first ten days, 底 the last ten.  Where a year is elided, ``year_source`` says how it
was filled in; only ``trusted`` dates may be the ground of a finding.

The forms are those of GB/T 15835-2011 (use of numerals) and GB/T 7408 (ISO 8601): 2024年3月5日, 二〇二四年三月五日,
2024-03-05, 2024.3.5, ranges with a common year or month written once.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> dates = find_dates(parse(Source("2023年6月26日至8月11日，2024年1月15日反馈。")))
>>> [(date.text, str(date.first)) for date in dates]
[('2023年6月26日', '2023-06-26'), ('8月11日', '2023-08-11'), ('2024年1月15日', '2024-01-15')]
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Literal

from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_Day = tuple[int, int, int]
YearSource = Literal["stated", "range", "sentence", "inherited", "relative", "unknown"]
"""Where a date's year comes from: written; from the other end of its range or list; from a full date before it in the
sentence; guessed from an earlier sentence, a bare year, or as the year after; from 今年 or 次年; nowhere."""

Grain = Literal["day", "part", "month", "half", "year"]
"""Precision: a day; a third of a month; a month; a part of a year; a year."""

Problem = Literal["", "year", "month", "day"]
"""What makes a date impossible, if anything does."""

EARLIEST_YEAR, LATEST_YEAR = 1840, 2099

_MARK = r"(?:——?|-|~|至|到)"
_CN = "[一二三四五六七八九十]"
_DAY_PART = (
    rf"(?:(?P<day>\d{{1,3}}|{_CN}{{1,3}})(?:日|号(?![楼线院文令机])|(?=(?:{_MARK}|[、和])\d{{1,2}}[日号]))"
    r"|(?P<part>上旬|中上旬|上中旬|中下旬|中旬|下旬|月?底|月?末|月?初(?![步核审心级次])|月中))?"
)
_ELIDED_MONTH = rf"(?=(?:{_MARK}|[、和])\d{{1,2}}月(?![龄余来内]))"
# where a date can begin; two cheap scans instead of one careful pattern tried at every character
_DIGITS = Pattern(r"\d+(?:(?=[年月]|[-/.—~至到、和]\d)())?", linear=True)
"""Every run of digits; the group tells those that a date may begin with."""
_WORDS = Pattern(r"[年月](?<=[今本去上前明次翌同当〇零一二三四五六七八九十][年月])")
_CHINESE_YEAR = Pattern(r"[一二][〇零九][〇零一二三四五六七八九]{2}")
_CHINESE_MONTH = Pattern(rf"月(?:{_CN}{{1,3}}[日号]|[上中下]旬|份|底|初)")
_LISTED = Pattern(r"(?<=^|[\n。；：])\d{1,2}\.$")
_CHINESE_DIGITS = frozenset("一二三四五六七八九十")
_YEAR_LED = Pattern(
    rf"(?P<year>\d{{4}}|\d\d(?=年\d{{1,2}}月)|[一二][〇零九].{{2}}|[今本去上前明次翌同当])年度?"
    rf"(?:(?P<month>\d{{1,2}}|{_CN}{{1,2}})(?:月份?|{_ELIDED_MONTH}){_DAY_PART}"
    r"|(?P<yearpart>年?底|年?末|年?初(?![步核审心级次中])|上半年|下半年|第?[一二三四1-4]季度))?"
)
_MONTH_LED = Pattern(
    rf"(?P<month>\d{{1,2}}|{_CN}{{1,2}}|[同当次])(?:月(?:份(?!额))?(?![余均薪报度查供嫂督评内来龄])|{_ELIDED_MONTH}){_DAY_PART}"
)
_ISO = Pattern(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d|[-./]\d(?!\d{3}))"
    r"|(?P<year>(?:19|20)\d\d)\.(?P<month>\d{1,2})(?=(?:——?|-|~|至)(?:19|20)\d\d\.\d{1,2}(?!\d))"
    r"|(?P<year>(?<=\.\d\d?(?:—|-|~|至))(?:19|20)\d\d)\.(?P<month>\d{1,2})(?!\d)"
)
_ELIDED_YEAR = Pattern(rf"(?P<year>(?:19|20)\d\d)(?=(?:(?:{_MARK}|[、和])(?:19|20)\d\d)+年)")
_LONGEST = 80
"""No date, with all that must stand behind it, is longer."""
_DAY_AFTER = Pattern(
    r"(?:（[^（）]{1,8}）)?(?:[上下]午|晚)?(?P<mark>[、和及与]|——?|-|~|至|到)"
    rf"(?P<day>\d{{1,2}})(?:日(?!\d)|号(?![楼线院文令机\d])|(?=(?:{_MARK}|[、和])\d{{1,2}}[日号]))"
)
_RANGE_MARK = Pattern(
    r"(?:（[^（）]{0,10}）)?(?:[上下]午|晚)?(?:\d{1,2}(?:时|点|:\d\d))?(?:整|许)?"
    r"(?:(?:起|开始|启动)，?)?(?:直?至|到|——?|-|~)"
)
_RELATIVE = frozenset("今本去上前明次翌同当")
_NO_MONTH_AFTER = frozenset("个近第满共续逾超每足余期达年")
"""After these a number before 月 counts months or belongs to a year that was not read."""
_DAYS: dict[str, tuple[int, int]] = {
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "中上旬": (1, 20), "上中旬": (1, 20), "中下旬": (11, 31),
    "初": (1, 10), "月初": (1, 10), "月中": (11, 20), "底": (21, 31), "月底": (21, 31), "末": (21, 31), "月末": (21, 31),
}  # fmt: skip
_MONTHS: dict[str, tuple[int, int]] = {
    "上半年": (1, 6), "下半年": (7, 12), "底": (12, 12), "年底": (12, 12), "末": (12, 12), "年末": (12, 12),
    "初": (1, 2), "年初": (1, 2),
}  # fmt: skip


class Date(NamedTuple):
    """A date as an interval of days, ``first`` to ``last`` inclusive; both None when it is impossible or has no year.

    ``problem`` says what makes it impossible, or is empty; ``grain`` is its precision; ``part`` is the word for a part of
    the month or year (上旬, 底, 上半年).
    """

    order: int
    span: Span
    text: str
    year: int | None
    month: int | None
    day: int | None
    part: str
    first: datetime.date | None
    last: datetime.date | None
    grain: Grain
    year_source: YearSource
    problem: Problem = ""

    @property
    def known(self) -> bool:
        """Whether the date can be placed on the calendar."""
        return self.first is not None

    @property
    def trusted(self) -> bool:
        """Whether its place on the calendar is stated, not guessed: a finding may rest on it."""
        return self.first is not None and self.year_source in ("stated", "range", "sentence")

    def before(self, other: Date) -> bool:
        """Whether this date certainly lies before ``other``, whatever their imprecision leaves open."""
        return self.last is not None and other.first is not None and self.last < other.first

    def in_year(self, year: int) -> tuple[datetime.date, datetime.date] | None:
        """The first and last day this date would have in another year; None where that year has no such day."""
        if self.problem or (self.day is not None and self.day > _month_length(year, self.month or 1)):
            return None
        return _interval(year, self.month, self.day, self.part)


class DateRange(NamedTuple):
    """``D1至D2`` as written; the ends are dates of `find_dates`."""

    start: Date
    end: Date

    @property
    def span(self) -> Span:
        """From the first date's start to the second one's end."""
        return Span(self.start.span.start, self.end.span.end)


class _Parts(NamedTuple):
    """The written parts of one date; ``joined`` tells that a range mark links it to the date before, ``listed`` that its
    month (and year) are those of the date before."""

    span: Span
    year: str = ""
    month: str = ""
    day: str = ""
    part: str = ""
    joined: bool = False
    listed: bool = False


class _Anchors:
    """What a date without a year may take it from: the last full date anywhere, the last full date and the last bare year
    of the sentence being read."""

    def __init__(self) -> None:
        self.full: Date | None = None
        self.in_sentence: Date | None = None
        self.before_plan: tuple[Date | None, Date | None] = (None, None)
        self.plan_end: int | None = None
        self.bare_year: int | None = None
        self.sentence = -1

    def enter(self, sentence: int) -> None:
        """Forget what belonged to an earlier sentence."""
        if sentence != self.sentence:
            self.sentence, self.in_sentence, self.bare_year = sentence, None, None
            self.plan_end = None

    def leave_plan(self) -> None:
        """Go back to what was known before the plan of this sentence: what is done has no year from it."""
        self.in_sentence, self.full = self.before_plan
        self.plan_end = None

    def remember(self, date: Date, *, to_come: bool) -> None:
        """Take note of a date that has just been read, and of what was known before it where it is one ``to_come``."""
        if date.year is None or date.problem or date.year_source == "relative":
            return
        if date.grain in ("year", "half"):
            self.bare_year = date.year if date.grain == "year" else self.bare_year
            return
        if to_come and self.plan_end is None:
            self.before_plan = (self.in_sentence, self.full)
        self.plan_end = date.span.end if to_come else None
        self.in_sentence = date
        if date.year_source in ("stated", "range"):
            self.full = date


def find_dates(document: Document) -> tuple[Date, ...]:
    """All dates of the text.

    A date without a year takes it from the last full date before it, in its sentence if there is one, and one year more
    where it would otherwise come earlier; never from a date in a title in 《》.
    """
    text = document.text
    found: list[Date] = []
    anchors = _Anchors()
    report = _report(document)
    for parts in _written(text):
        anchors.enter(document.sentence_index(parts.span.start))
        previous = found[-1] if found else None
        to_come = _is_to_come(text, parts.span)
        if anchors.plan_end is not None and not to_come and _is_apart(text, anchors.plan_end, parts.span):
            anchors.leave_plan()
        date = _resolve(text, parts, len(found), anchors, previous, report)
        if parts.joined and previous is not None and date.year_source == "stated":
            found[-1] = _with_later_year(previous, date)
        found.append(date)
        if not _in_title(text, parts.span.start):
            anchors.remember(date, to_come=to_come)
    return tuple(found)


def _written(text: str) -> Iterator[_Parts]:
    """The parts of every written date, in text order."""
    cursor, last_end = 0, -100
    for start, end in _openings(text):
        if start < cursor:
            continue
        joined = _is_joined(text, last_end, start)
        match = _match_at(text, start, end, joined=joined)
        if match is None:
            continue
        groups = match.groupdict()
        span = Span(start, match.end())
        part = groups.get("part") or groups.get("yearpart") or ""
        month, day = groups.get("month") or "", groups.get("day") or ""
        yield _Parts(span, groups.get("year") or "", month, day, part, joined)
        cursor = match.end()
        while day and (more := _DAY_AFTER.match(text, cursor, min(len(text), cursor + _LONGEST))) is not None:
            is_range = more["mark"] not in "、和及与"
            span = Span(more.start("day"), more.end())
            yield _Parts(span, month=month, day=more["day"], joined=is_range, listed=True)
            cursor = more.end()
        last_end = cursor


def _openings(text: str) -> Iterator[tuple[int, int]]:
    """Where dates may begin: the runs of digits and the few words, merged in text order."""
    words = [span for match in _WORDS.find(text) if (span := _word_before(text, match.start())) is not None]
    digits = (match.span() for match in _DIGITS.find(text) if match.lastindex)
    if not words:
        return digits
    return iter(sorted([*words, *digits]))


def _word_before(text: str, end: int) -> tuple[int, int] | None:
    """The word for a year or a month that ends where 年 or 月 stands: 今, 二〇二四, 十二."""
    start, following = end, text[end]
    if following == "年":
        if text[end - 1] in _RELATIVE:
            return end - 1, end
        return (end - 4, end) if _CHINESE_YEAR.match(text, max(0, end - 4), end) is not None else None
    if text[end - 1] in "同当次":
        return (end - 1, end) if text[end + 1 : end + 2].isdigit() else None
    while end - start < 2 and text[start - 1 : start] in _CHINESE_DIGITS:
        start -= 1
    return (start, end) if start < end and _CHINESE_MONTH.match(text, end) is not None else None


def _match_at(text: str, start: int, end: int, *, joined: bool) -> Match | None:
    """The date that begins at ``start``, where a run of digits or a word ends at ``end``; ``joined`` to one before."""
    before = text[start - 1] if start else ""
    following = text[end]
    stop = min(len(text), start + _LONGEST)
    # in 1.3月4日 the date stands behind the mark of a list
    marked = before == "." and following in "年月" and _LISTED.search(text, max(0, start - 4), start) is not None
    if before.isascii() and (before.isalnum() or before in (".", "/")) and not marked:
        return None
    if following == "、" and before in ("", "\n"):
        return None  # 2、6月18日召开会议: the mark of an item, not a month
    if following == "年":
        return _plausible_year(_YEAR_LED.match(text, start, stop))
    if following == "月":
        return (
            None
            if before in _NO_MONTH_AFTER and before
            else _plausible_month(_MONTH_LED.match(text, start, stop), joined=joined)
        )
    if following in "-/." and end - start == 4 and (match := _ISO.match(text, start, stop)) is not None:
        return match
    if end - start == 4:
        return _ELIDED_YEAR.match(text, start)
    return (
        None
        if before in _NO_MONTH_AFTER and before
        else _plausible_month(_MONTH_LED.match(text, start, stop), joined=joined)
    )


def _plausible_year(match: Match | None) -> Match | None:
    """Drop numbers that count years (1000年) and 今年 without a month; keep any four digits that a month follows."""
    if match is None or match["month"]:
        return match
    if match["year"] in _RELATIVE:
        return match if match["yearpart"] else None
    return match if match["year"][:2] in ("19", "20", "一九", "二〇", "二零") else None


def _plausible_month(match: Match | None, *, joined: bool) -> Match | None:
    """A yearless month must be one of twelve, unless it plainly means one: 13月5日 and 1—13月 are dates gone wrong, 36月
    is none."""
    if match is None or match["day"] or match["part"]:
        return match
    month = match["month"]
    if not month.isascii():
        return None
    named = match.group().endswith("份") or joined
    return match if 1 <= int(month) <= 12 or (named and int(month) < 20) else None


def _is_joined(text: str, end: int, start: int) -> bool:
    return 0 < start - end <= 18 and _RANGE_MARK.fullmatch(text, end, start) is not None


def _resolve(
    text: str, parts: _Parts, index: int, anchors: _Anchors, previous: Date | None, report: _Day | None
) -> Date:
    month = _month(parts, previous)
    day = chinese_ordinal(parts.day) if parts.day else None
    if report is not None and _is_to_come(text, parts.span):
        report = (report[0], *_LAST_DAY)
    year, source = _year(parts, month, day, anchors, previous, report)
    trusted = source in ("stated", "range", "sentence")
    problem: Problem = ""
    if year is not None and trusted and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        problem = "year"
    elif month is not None and not 1 <= month <= 12:
        problem = "month"
    elif day is not None and month is not None and not 1 <= day <= _month_length(year if trusted else None, month):
        problem = "day"
    interval = None
    if not problem and year is not None and (day is None or month is None or day <= _month_length(year, month)):
        interval = _interval(year, month, day, parts.part)
    first, last = interval or (None, None)
    words = text[parts.span.start : parts.span.end]
    return Date(index, parts.span, words, year, month, day, parts.part, first, last, _grain(parts), source, problem)


def _grain(parts: _Parts) -> Grain:
    if parts.day:
        return "day"
    if parts.month:
        return "part" if parts.part else "month"
    return "half" if parts.part else "year"


def _month(parts: _Parts, previous: Date | None) -> int | None:
    """The month's number; 同月 当月 次月 count from the date before."""
    if parts.month not in ("同", "当", "次"):
        return chinese_ordinal(parts.month) if parts.month else None
    if previous is None or previous.month is None:
        return None
    return previous.month % 12 + 1 if parts.month == "次" else previous.month


def _year(
    parts: _Parts, month: int | None, day: int | None, anchors: _Anchors, previous: Date | None, report: _Day | None
) -> tuple[int | None, YearSource]:
    if parts.year in _RELATIVE and parts.year:
        return _relative_year(parts.year, anchors, report[0] if report is not None else None)
    if parts.year:
        return _stated_year(parts.year), "stated"
    if parts.month in ("同", "当", "次"):
        if previous is None or previous.year is None:
            return None, "unknown"
        return previous.year + (parts.month == "次" and month == 1), "relative"
    if parts.listed and previous is not None:
        return previous.year, ("range" if previous.year_source == "stated" else previous.year_source)
    if parts.joined and previous is not None and previous.year is not None:
        if previous.problem:
            return previous.year, "inherited"
        year = previous.year + _wraps(previous, month, day)
        return year, ("range" if previous.year_source == "stated" else previous.year_source)
    anchor = anchors.in_sentence
    if anchor is not None and anchor.year is not None:
        if _is_earlier(anchor, month, day):
            return _following(anchor.year, month, day, report), "inherited"
        return anchor.year, ("sentence" if anchor.trusted else "inherited")
    if anchors.bare_year is not None:
        return anchors.bare_year, "inherited"
    if anchors.full is not None and anchors.full.year is not None:
        if _is_earlier(anchors.full, month, day):
            return _following(anchors.full.year, month, day, report), "inherited"
        return anchors.full.year, "inherited"
    return None, "unknown"


def _relative_year(word: str, anchors: _Anchors, report_year: int | None) -> tuple[int | None, YearSource]:
    """今年 去年 明年 count from the year the text was given; 同年 当年 次年 翌年 from the date before."""
    anchor = anchors.in_sentence.year if anchors.in_sentence is not None else anchors.bare_year
    if word in "同当次翌":
        base = anchor if anchor is not None else anchors.full.year if anchors.full is not None else None
        return (None, "unknown") if base is None else (base + (word in "次翌"), "relative")
    if not report_year:
        return None, "unknown"
    return report_year + {"去": -1, "上": -1, "前": -2, "明": 1}.get(word, 0), "relative"


def _following(year: int, month: int | None, day: int | None, report: _Day | None) -> int:
    """The year after ``year``, unless the day would lie behind that on which the text was given."""
    return year if report is not None and (year + 1, month or 1, day or 1) > report else year + 1


def _is_to_come(text: str, span: Span) -> bool:
    """Whether a date is one by which something is to be done: 拟于3月中旬, 3月底前."""
    return (
        _BY.match(text, span.end) is not None or _INTENDED.search(text, max(0, span.start - 8), span.start) is not None
    )


def _is_apart(text: str, plan: int, span: Span) -> bool:
    """Whether a date behind a plan is no part of it: 计划2026年6月竣工；已于7月20日搬入, where they stand in two statements or
    the second is told as done."""
    if text.find("；", plan, span.start) >= 0:
        return True
    done = _DONE_ON.search(text, max(plan, span.start - 6), span.start) is not None
    return done or _DONE_SINCE.match(text, span.end) is not None


_DONE_ON = Pattern(r"(?:已|业|均)(?:经|分别|先后)?(?:于|在)?$")
_DONE_SINCE = Pattern(r"[^，。；：\n\d的前]{0,6}已")
_BY = Pattern(r"底?(?:之|以)?前")
_INTENDED = Pattern(r"拟|将|计划|预计|力争|争取|确保|待|下一?步|打算|准备")
_LAST_DAY = (12, 31)


def _report(document: Document) -> _Day | None:
    """The day on which the text was given, as far as it is told: of the date line at its end, else of the line under its title."""
    for paragraph in reversed(document.paragraphs):
        if paragraph.role == "date" and paragraph.order > 2:
            match = _YEAR_LED.search(document.text, paragraph.span.start, paragraph.span.end)
            return None if match is None or match["year"] in _RELATIVE else _day_of(match)
    for paragraph in document.paragraphs[:_HEAD]:
        match = (
            _ISO.search(document.text, paragraph.span.start, paragraph.span.end) if paragraph.role == "meta" else None
        )
        if match is not None and match["day"]:
            return _day_of(match)
    return None


def _day_of(match: Match) -> _Day:
    """The date a match tells; the last day of the year or the month where it tells no more."""
    groups = match.groupdict()
    month = chinese_ordinal(groups["month"]) if groups.get("month") else _LAST_DAY[0]
    day = chinese_ordinal(groups["day"]) if groups.get("day") else _LAST_DAY[1]
    return _stated_year(match["year"]), month, day


_HEAD = 6
"""So many paragraphs from the top may hold the line that says when a page was put up."""


def _stated_year(text: str) -> int:
    if not text.isascii():
        return int("".join(str(chinese_ordinal(character)) for character in text))
    return int(text) if len(text) == 4 else 2000 + int(text)


def _is_earlier(anchor: Date, month: int | None, day: int | None) -> bool:
    """Whether a month and day would come before the anchor, were they in its year."""
    if anchor.month is None or month is None:
        return False
    if month != anchor.month:
        return month < anchor.month
    return day is not None and anchor.day is not None and day < anchor.day


def _wraps(start: Date, month: int | None, day: int | None) -> bool:
    """Whether the end of a range with its year left out must lie in the year after its start: 11月29日至2月20日.  Within
    one month it never does: 7月18日至7月3日 is a slip."""
    return month != start.month and _is_earlier(start, month, day)


def _with_later_year(start: Date, end: Date) -> Date:
    """The start of a range whose year stands at its end only: 7月3日至2023年8月11日."""
    if start.year_source == "stated" or start.problem or start.month is None or end.year is None or end.month is None:
        return start
    year = end.year - (start.month > end.month)
    interval = start.in_year(year)
    first, last = interval or (None, None)
    return start._replace(year=year, first=first, last=last, year_source="range")


@cache
def last_day(year: int, month: int) -> int:
    """The last day of a month: 28 to 31.

    >>> last_day(2024, 2)
    29
    """
    return 31 if month == 12 else (datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)).day


def _month_length(year: int | None, month: int) -> int:
    return last_day(year if year is not None else 2024, month)


def _interval(year: int, month: int | None, day: int | None, part: str) -> tuple[datetime.date, datetime.date]:
    if month is None:
        low, high = _MONTHS.get(part, (1, 12))
        if part.endswith("季度"):
            number = chinese_ordinal(part[-3])
            low, high = 3 * number - 2, 3 * number
        return datetime.date(year, low, 1), datetime.date(year, high, _month_length(year, high))
    if day is not None:
        date = datetime.date(year, month, day)
        return date, date
    low, high = _DAYS.get(part, (1, 31))
    return datetime.date(year, month, low), datetime.date(year, month, min(high, _month_length(year, month)))


def _in_title(text: str, offset: int) -> bool:
    """Whether the place lies within 《》 or 〔〕, where a year belongs to a title or a document number."""
    opening = text.rfind("《", max(0, offset - 60), offset)
    return (opening >= 0 and text.find("》", opening, offset) < 0) or text[offset - 1 : offset] == "〔"


def find_ranges(document: Document, dates: Sequence[Date]) -> Iterator[DateRange]:
    """Pairs of neighbouring dates with a range mark between them, or with the mark lost (7月3日8月11日)."""
    text = document.text
    for first, second, third in zip(dates, dates[1:], [*dates[2:], None], strict=False):
        gap = second.span.start - first.span.end
        # 2020年12月31日2020年5月11日至7月8日: the line break between two statements was lost, not a mark
        opens = third is not None and _is_joined(text, second.span.end, third.span.start)
        lost_mark = gap == 0 and first.grain == second.grain == "day" and not opens
        if lost_mark or _is_joined(text, first.span.end, second.span.start):
            yield DateRange(first, second)


class Dates:
    """The dates of a document and what can be asked of them."""

    def __init__(self, document: Document) -> None:
        """``document``: whose they are."""
        self.document = document

    @cached_property
    def all(self) -> tuple[Date, ...]:
        """Every date, in text order."""
        return find_dates(self.document)

    @cached_property
    def ranges(self) -> tuple[DateRange, ...]:
        """Every ``D1至D2``."""
        return tuple(find_ranges(self.document, self.all))

    @cached_property
    def _starts(self) -> list[int]:
        return [date.span.start for date in self.all]

    @cached_property
    def _range_of(self) -> dict[int, DateRange]:
        return {date.order: found for found in self.ranges for date in (found.start, found.end)}

    def within(self, span: Span) -> Sequence[Date]:
        """The dates inside a span."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        if high > low and self.all[high - 1].span.end > span.end:
            high -= 1
        return self.all[low:high]

    def starting_at(self, offset: int) -> Date | None:
        """The date that begins at ``offset``."""
        index = bisect_left(self._starts, offset)
        return self.all[index] if index < len(self.all) and self._starts[index] == offset else None

    def ending_at(self, offset: int) -> Date | None:
        """The date that ends at ``offset``."""
        index = bisect_left(self._starts, offset) - 1
        return self.all[index] if index >= 0 and self.all[index].span.end == offset else None

    def range_of(self, date: Date) -> DateRange | None:
        """The range a date is an end of."""
        return self._range_of.get(date.order)

    def in_title(self, date: Date) -> bool:
        """Whether the date belongs to a title in 《》 or a document number."""
        return _in_title(self.document.text, date.span.start)
