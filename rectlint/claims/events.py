"""Dated events that a text may tell more than once: the window of the inspection, and meetings with a name of their own.

In: a `Document` and its dates.  Out: `Event` values.  Only what happens once in a rectification is an event here: the one
专题民主生活会 held for it, its 动员部署会, a year's 述职评议会; 党委会议 and 专题会议 are held again and again.

>>> from rectlint.claims.dates import Dates
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("2024年2月6日召开整改专题民主生活会。"))
>>> [(event.name, event.date.text) for event in find_events(document, Dates(document))]
[('整改专题民主生活会', '2024年2月6日')]
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims.dates import Date, Dates
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_INSPECTS = Pattern(
    r"，?(?:[^，。；]{0,20}组)?对[^，。；]{2,40}?(?:开展|进行)[^，。；]{0,14}?(?P<sort>巡察|巡视|审计)(?!整改|反馈|问题|发现|指出)"
)
_INSPECTION = Pattern(r"(?:巡察|巡视|进驻)(?:期间|时间)(?:为|：|（|，|即)?$")
_DURING = Pattern(r"的?(?:巡察|巡视)期间")
_MEETING = Pattern(
    r"专题民主生活会|专题组织生活会|整改(?:工作)?(?:动员部署|动员|部署)(?:大会|会议|会)|进驻动员会|反馈会"
    r"|\d{4}年度\p{Han}{0,24}?述[职责廉]\p{Han}{0,6}?(?:大会|会议|会)",
    needs=("生活会", "动员", "部署会", "反馈会", "述职", "述责", "述廉"),
)
_LIFE = ("专题民主生活会", "专题组织生活会")
_HELD = Pattern(r"(?:召开|举行|举办|组织|开展|进行)(?:了|的)?(?P<lead>[^，。；、]{0,16})$")
_OF_THE_DAY = Pattern(r"的?\p{Han}{0,10}$")
"""Between a day and the meeting it dates: 10月24日的整改动员会, 2月6日专题民主生活会查摆出的问题."""
_IS_HELD = Pattern(r"(?:如期|顺利)?(?:召开|举行|举办)(?!前|的)")
_AGAIN = (
    "再次", "第二次", "又", "分别", "先后", "两次", "上轮", "上一轮", "上次", "上一次", "上届", "此前", "往年", "拟", "计划", "将于", "分批",
)  # fmt: skip
_FAR, _NEAR = 40, 16


class Event(NamedTuple):
    """One telling of a dated event; ``name`` is the same for all tellings of one event, ``shown`` as in this text."""

    name: str
    shown: str
    date: Date


def find_events(document: Document, dates: Dates) -> Iterator[Event]:
    """All dated events that happen only once."""
    yield from _windows(document, dates)
    for match in _MEETING.find_in_lines(document.text):
        event = _meeting(document, dates, match.start(), match.end())
        if event is not None:
            yield event


def _windows(document: Document, dates: Dates) -> Iterator[Event]:
    """The beginning and the end of the inspection, where the window is told."""
    text = document.text
    for window in dates.ranges:
        sentence = document.sentence_at(window.span.start)
        if window.start.grain != "day" or window.end.grain != "day" or not window.start.known or not window.end.known:
            continue
        start = max(sentence.start, window.span.start - _NEAR)
        told = _INSPECTS.match(text, window.span.end, sentence.end)
        if _is_another(text[start : window.span.start]) or (
            told is None
            and not _INSPECTION.search(text[start : window.span.start])
            and not _DURING.match(text, window.span.end, sentence.end)
        ):
            continue
        sort = "审计" if told is not None and told["sort"] == "审计" else "巡察（巡视）"
        yield Event(f"{sort}开始", f"{sort}开始", window.start)
        yield Event(f"{sort}结束", f"{sort}结束", window.end)


def _is_another(words: str) -> bool:
    """Whether the words speak of a second time, of several times, or of a plan."""
    return any(word in words for word in _AGAIN)


def _meeting(document: Document, dates: Dates, start: int, end: int) -> Event | None:
    """The meeting named in ``start:end``, with the day told last before it in its sentence."""
    text = document.text
    sentence = document.sentence_at(start)
    low = max(sentence.start, start - _FAR, text.rfind("；", max(sentence.start, start - _FAR), start) + 1)
    days = [date for date in dates.within(Span(low, start)) if date.grain == "day" and date.known]
    if not days or dates.range_of(days[-1]) is not None:
        return None
    day = days[-1]
    held = _HELD.search(text[low:start])
    of_the_day = _OF_THE_DAY.match(text, day.span.end, start)
    if held is None and of_the_day is None and _IS_HELD.match(text, end) is None:
        return None
    if len(days) > 1 and day.span.start - days[-2].span.end <= 2:
        return None
    if _is_another(text[max(sentence.start, day.span.start - _NEAR) : end]):
        return None
    name = text[start:end]
    for kind in _LIFE:
        if name.endswith(kind):
            lead = held["lead"] if held is not None else text[day.span.end : start].lstrip("，的")
            return _life_meeting(lead, kind, day)
    return Event(name, name, day)


def _life_meeting(lead: str, kind: str, date: Date) -> Event:
    """A 民主生活会, told apart by what it was held for."""
    if lead and not any(word in lead for word in ("整改", "巡察", "巡视")):
        return Event(f"{lead}{kind}", f"{lead}{kind}", date)
    return Event(f"整改{kind}" if lead else kind, kind, date)
