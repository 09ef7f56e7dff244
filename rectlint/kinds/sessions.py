"""Numbered meetings of standing bodies against their dates: 十六届人大常委会第十次会议 in August, 第九次会议 in December.

A body's terms (届) only grow with time, and so do the numbers of its meetings within a term.  Meetings are dated only
where a stated day stands in the same clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_MEETING = Pattern(
    rf"(?P<level>[省市区县州旗]?)第?(?P<term>{_NUMBER})届(?P<body>人民代表大会常务委员会|人大常委会|人民代表大会|人大(?!常委|代表)|政协(?:常委会)?)"
    rf"(?:常务委员会)?第(?P<number>{_NUMBER})次(?:常委)?会议",
    needs=("次会议", "次常委会议"),
)
_HELD_ON = Pattern(r"[于在（]")
_SHORT = {"人民代表大会常务委员会": "人大常委会", "人民代表大会": "人大"}
_LEAD = 24
"""So many characters at most stand between the day and the meeting: 2024年12月26日在县……."""


class _Meeting(NamedTuple):
    """One numbered meeting with its day."""

    span: Span
    level: str
    body: str
    term: int
    number: int
    date: Date


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each pair of dated meetings of one body."""
    meetings = list(_meetings(claims))
    for one, other in combinations(meetings, 2):
        if one.body != other.body or (one.level and other.level and one.level != other.level):
            continue
        assert one.date.first is not None and other.date.first is not None
        if one.date.first == other.date.first:
            continue
        earlier, later = (one, other) if one.date.first < other.date.first else (other, one)
        yield _compared(claims, earlier, later, meetings)


def _meetings(claims: Claims) -> Iterator[_Meeting]:
    document = claims.document
    for match in _MEETING.find(document.text):
        span = Span(*match.span())
        low = max(document.paragraph_at(span.start).span.start, span.start - _LEAD)
        before = claims.dates.within(Span(low, span.start))
        held = _HELD_ON.match(document.text, span.end)  # 第二十次会议于5月8日召开
        date = claims.dates.starting_at(held.end()) if held is not None else before[-1] if before else None
        if date is None or date.day is None or not date.trusted:
            continue
        if any(mark in document.text[date.span.end : span.start] for mark in "。；"):
            continue
        body = _SHORT.get(match["body"], match["body"])
        yield _Meeting(
            span, match["level"], body, chinese_ordinal(match["term"]), chinese_ordinal(match["number"]), date
        )


def _compared(claims: Claims, earlier: _Meeting, later: _Meeting, meetings: list[_Meeting]) -> Outcome:
    first, second = (earlier.term, earlier.number), (later.term, later.number)
    follows = second > first and (later.term == earlier.term or later.number <= earlier.number or later.number <= _FEW)
    sign = "<" if follows else "≮"
    words = [claims.document.words(meeting.span) for meeting in (earlier, later)]
    return Outcome(
        "consistent" if follows else "contradicted",
        later.span,
        (Evidence(earlier.span, "earlier"), Evidence(later.date.span, "other"), Evidence(earlier.date.span, "other")),
        derivation=f"{words[0]}（{earlier.date.first}） {sign} {words[1]}（{later.date.first}）",
        expected=f"> {words[0]}",
        actual=words[1],
        defect="order",
        values={"meeting": words[1], "date": later.date.text, "other": words[0], "other_date": earlier.date.text},
    )


_FEW = 12
"""A year has so many meetings at most: the first meetings told of a new term have numbers up to this."""
KIND = Kind("sessions", NoParams, {"order": ("meeting", "date", "other", "other_date")}, check)
