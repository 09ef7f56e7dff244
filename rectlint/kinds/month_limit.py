"""Time limits in months that a place sets: how long 集中整改 may take, how soon after the feedback it must be told of.

No limit holds without being configured.  What counts is what the text itself says: a length (四个月集中整改), a range
(集中整改时间为D1至D2), or an end (集中整改于D结束) measured from the feedback.

>>> import datetime
>>> add_months(datetime.date(2023, 11, 30), 3)
datetime.date(2024, 2, 29)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.dates import Date, DateRange, last_day
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_LENGTH = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<half>个半月|个多?月)"
_CAMPAIGN_LENGTH = Pattern(
    rf"(?<!不到)(?<!不足)(?<![近第至到—~-])(?<!不超过){_LENGTH}(?:的|左右|时间|，|开展|进行|完成|扎实|深入|了)*集中整改"
    rf"|集中整改(?:期[限间]?|时间|阶段|工作)?(?:为期|历时|持续|期限为?|为|：|共)+{_LENGTH}",
    needs=("集中整改",),
)
_NAMED_BEFORE = Pattern(r"集中整改(?:期[限间]?|时间|阶段|工作)?(?:为|是|：|，|（|从|自|于)*$")
_NAMED_AFTER = Pattern(r"[）]?，?(?:为|是|用于|进行了?|开展了?|的)*(?:我\p{Han}{1,6})?集中整改")
_ENDS_BEFORE = Pattern(r"集中整改(?:期[限间]?|阶段|工作|任务)?(?:已|全部|基本)*(?:于|在|至|到)?$")
_ENDS_AFTER = Pattern(r"(?:全面|基本|正式|如期|全部)?(?:结束|完成|届满|期满|截止)")
_OVER_AFTER = Pattern(r"，?集中整改(?:期限?|阶段|工作)?(?:结束|届满|期满|完成)")
_NEAR = 16


class Params(NamedTuple):
    """``months``: the limit, 0 for none; ``slack_days``: so many days over it are let pass."""

    months: int = 0
    slack_days: int = 0


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """The campaign and the publication against the limit, where there is one."""
    if params.months <= 0:
        return
    yield from _lengths(claims, params)
    for found in claims.dates.ranges:
        if _is_campaign(claims, found):
            yield from _measured(found.start, "from", found.end, "campaign", params)
    feedback = claims.frame.sound_feedback
    if feedback is None:
        return
    in_ranges = {date.order for found in claims.dates.ranges for date in (found.start, found.end)}
    for date in claims.dates.all:
        if date.order not in in_ranges and _ends_campaign(claims, date):
            yield from _measured(feedback, "feedback", date, "campaign", params)
    told = claims.frame.publication or claims.frame.signature
    if told is not None:
        yield from _measured(feedback, "feedback", told, "publication", params)


def _lengths(claims: Claims, params: Params) -> Iterator[Outcome]:
    for match in _CAMPAIGN_LENGTH.find(claims.document.text):
        months = chinese_ordinal(match["number"].replace("两", "二")) + (0 if match["half"] == "个月" else 0.5)
        place = Span(match.start("number"), match.end("half"))
        words = claims.document.words(place)
        if months <= params.months:
            yield Outcome("consistent", place, derivation=f"{words} ≤ {params.months}个月", defect="campaign")
            continue
        told = Words(f"“{words}”", f"“{words}”")
        yield Outcome(
            "contradicted",
            place,
            derivation=f"{words} > {params.months}个月",
            actual=words,
            defect="campaign",
            values={"told": told, "months": str(params.months)},
        )


def _is_campaign(claims: Claims, found: DateRange) -> bool:
    text, span = claims.document.text, found.span
    sentence = claims.document.sentence_at(span.start)
    before = text[max(sentence.start, span.start - _NEAR) : span.start]
    return _NAMED_BEFORE.search(before) is not None or _NAMED_AFTER.match(text, span.end, sentence.end) is not None


def _ends_campaign(claims: Claims, date: Date) -> bool:
    text, span = claims.document.text, date.span
    sentence = claims.document.sentence_at(span.start)
    before = text[max(sentence.start, span.start - _NEAR) : span.start]
    if _ENDS_BEFORE.search(before) is not None and _ENDS_AFTER.match(text, span.end, sentence.end) is not None:
        return True
    return before.endswith(("截至", "截止", "截止到", "至", "到")) and (
        _OVER_AFTER.match(text, span.end, sentence.end) is not None
    )


def _measured(start: Date, label: str, end: Date, defect: str, params: Params) -> Iterator[Outcome]:
    """The end against the start and the months allowed, whatever the imprecision of both leaves open."""
    if not start.trusted or not end.trusted or start.last is None or end.first is None or end.before(start):
        return
    limit = add_months(start.last, params.months)
    evidence = (Evidence(start.span, label),)
    sum_of = f"{start.last} + {params.months}个月 = {limit}"
    if end.first <= limit + datetime.timedelta(days=params.slack_days):
        yield Outcome("consistent", end.span, evidence, f"{sum_of} ≥ {end.first}", defect=defect)
        return
    yield Outcome(
        "contradicted",
        end.span,
        evidence,
        f"{sum_of} < {end.first}",
        expected=str(limit),
        actual=end.text,
        defect=defect,
        values={
            "told": Words(f"从“{start.text}”到“{end.text}”", f"from “{start.text}” to “{end.text}”"),
            "months": str(params.months),
        },
    )


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, last_day(year, month + 1)))


KIND = Kind(
    "month-limit",
    Params,
    {"campaign": ("told", "months"), "publication": ("told", "months")},
    check,
    needs="months",
)
