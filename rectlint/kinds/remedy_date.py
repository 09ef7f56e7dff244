"""What is told among the remedies, against the inspection that found the problem and the feedback that told of it.

A remedy cannot be older than the inspection, and a meeting on the feedback not older than the feedback.  What was done
during the inspection (立行立改) is in order; the history of a case, statistics of earlier years, papers and contracts,
and other inspections are no remedies.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.claims.moments import Moment, is_remedial, statement_start
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_EARLIER = Pattern(r"巡[察视]前|进驻前|反馈前|此前|早在|之前|上一轮|上轮|上次|往年|经[查核了调][查实解明]?|核实|查明")
_BEFORE_IT = Pattern(r"(?:巡[察视]|进驻|反馈)前")
_STATE_OF_AFFAIRS = Pattern(
    r"[^，。；]{0,12}?(?:退休|调离|去世|死亡|病故|注销|破产|离职|免职|到任|任职|转任|换届|撤销|改制|判决|起诉|投产|到期|届满|关闭|停产|过户|开工|动工|奠基)"
    r"|[^，。；]{0,12}?(?:督导|检查|督查|考核|审计|整治|行动|巡[察视])中"
)
_HISTORY = Pattern(
    r"巡[察视]期间|原(?![则料])|曾|历史|经[查核了调排审]|核实|查明|系(?![统列数])|因(?![地此])|由于|鉴于"
    r"|根据|按照|依据|针对|对照|(?<!新|补)签订|建于|出让|注销|始建|立项"
)
_OF_A_PAPER = Pattern(r"[^，。；已]{0,10}(?:(?<!新|补)签订|建成|成立|立项|[印下]发的|[颁公]布的|制定的|通过的|召开的)")
_FOUND_THEN = Pattern(r"[^，。；已]{0,10}(?:发现|反映|指出|曝光)")
_OTHER_INSPECTION = Pattern(r"(?P<what>巡察|巡视|督察|审计|检查)[组局厅]")
_ATTRIBUTE = Pattern(r"(?!已)[^，。；已了]{1,9}?的")
_RESPONSE = Pattern(
    r"巡[察视](?:反馈|整改)|反馈意见|整改(?:工作)?(?:方案|部署|动员|推进|专题|领导小组)|专题(?:民主|组织)生活会"
    r"|研究(?:部署|落实|推进)?(?:巡[察视])?(?:反馈问题)?整改"
)
_RESPONSE_ACT = Pattern(
    r"，?[^，。；]{0,16}?(?:召开|制定|印发|成立|研究|部署|审议|开会|开了|开\p{Han}{1,10}会(?!计|展|员)|定了|定下)"
    r"|，?[^，。；]{0,8}?(?:参加|出席)了?(?:巡[察视]反馈|(?:巡[察视](?:反馈问题)?|反馈问题|反馈意见)?整改(?:工作)?(?:专题|动员|部署|推进))"
)
_ON_THE_FEEDBACK = Pattern(
    r"巡[察视](?:反馈|整改)|反馈(?:意见|问题)|整改(?:工作)?(?:方案|动员|部署|推进|专题)", needs=("反馈", "整改")
)
_TOLD = Pattern(
    r"[^。；]{0,11}?已|，?(?:已?全部|均)(?:追回|退|收回|完成|整改|办结|清退|清理|拨付)|，?[^，。；]{2,8}(?:主持|先后|累计)?召开"
)
_DURING = Pattern(r"准备工作|立行立改|边巡边改|边查边改|即知即改|移交|移送|进驻|巡[察视]期间")

_INSPECTION = Words("巡察", "the inspection")


class Params(NamedTuple):
    """``answer_days``: so many days after the feedback at most its answer is due, where a day is told without its year;
    ``history_days``, ``near_days``: how many days older than the inspection a thing done (已) or any other event told
    among the remedies may be and still be taken for one of them, rather than for the history of the case."""

    answer_days: int = 240
    history_days: int = 730
    near_days: int = 400


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each dated event among the remedies."""
    start = claims.frame.sound_start
    if start is None or start.first is None or not start.trusted:
        return
    milestones = claims.frame.milestones
    for moment in claims.moments:
        told = moment.role == "done" or (moment.role == "cutoff" and _tells_done(claims, moment))
        if moment.date.problem or moment.date.order in milestones:
            continue
        if not told:
            continue
        passage = claims.passages.at(moment.date.span.start)
        if passage == "remedy":
            yield from _check_remedy(claims, moment, params)
        elif passage == "frame":
            yield from _check_opening(claims, moment)


def _check_opening(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """Among the words before the first item: only what answers the feedback can be judged."""
    feedback, given, date = claims.frame.sound_feedback, claims.frame.given, moment.date
    if feedback is None or feedback.first is None or not _is_response(claims, moment):
        return
    if date.year_source in ("stated", "range") and date.last is not None:
        yield from _check_response(claims, moment)
    elif given is not None and given.last is not None and date.month is not None and given.year_source == "stated":
        evidence = (Evidence(feedback.span, "feedback"), Evidence(given.span, _label(claims, given)))
        if not _can_lie_between(date, feedback.first, given.last) and claims.frame.place_yearless(date) != "after":
            derivation = f"{feedback.first} ≤ {date.text} ≤ {given.last} ?"
            yield _contradicted(date, evidence, derivation, "response", _response_values(feedback))


def _tells_done(claims: Claims, moment: Moment) -> bool:
    """Whether 截至D gives the state of a remedy: 截至2023年1月，已投入……"""
    end = moment.cue.end
    return _TOLD.match(claims.document.text, end, end + 30) is not None


def _check_remedy(claims: Claims, moment: Moment, params: Params) -> Iterator[Outcome]:
    """A remedy against the beginning of the inspection, and a meeting on the findings against the feedback."""
    date, start = moment.date, claims.frame.start
    assert start is not None and start.first is not None
    evidence = (Evidence(start.span, "inspection"),)
    if date.year_source not in ("stated", "range") or date.last is None:
        yield from _check_yearless(claims, moment, start, params)
        return
    if date.last >= start.first:
        yield Outcome("consistent", date.span, evidence, f"{date.last} ≥ {start.first}", defect="remedy")
        yield from _check_response(claims, moment)
        return
    days = (start.first - date.last).days
    if moment.role == "cutoff" and days > params.near_days:
        return
    if _is_remedy(claims, moment, days, params):
        yield _contradicted(
            date, evidence, f"{date.last} < {start.first}", "remedy", {"start": start.text, "what": _INSPECTION}
        )


def _check_yearless(claims: Claims, moment: Moment, start: Date, params: Params) -> Iterator[Outcome]:
    """A date without a year: wrong only if no year puts it between the inspection, or the feedback, and the text."""
    date, given = moment.date, claims.frame.given
    feedback = claims.frame.sound_feedback
    if given is None or given.last is None or given.year_source != "stated" or date.month is None:
        if given is None and (days := _days_before(claims, moment, params)) and feedback is not None:
            derivation = f"{feedback.first} - {days} d"
            known = (Evidence(feedback.span, "feedback"),)
            yield _contradicted(date, known, derivation, "response", _response_values(feedback))
            return
        yield Outcome("unchecked", date.span, defect="remedy", reason="year-unknown")
        return
    if start.first is not None and not _can_lie_between(date, start.first, given.last):
        if claims.frame.place_yearless(date, as_told=moment.role == "cutoff") == "after":
            return  # nearer to the days to come: told as done, or summed up, in the future
        if _is_remedy(claims, moment, 0, params):
            evidence = (Evidence(start.span, "inspection"), Evidence(given.span, _label(claims, given)))
            derivation = f"{start.first} ≤ {date.text} ≤ {given.last} ?"
            yield _contradicted(date, evidence, derivation, "remedy", {"start": start.text, "what": _INSPECTION})
        return
    if feedback is not None and feedback.first is not None and _is_response(claims, moment):
        evidence = (Evidence(feedback.span, "feedback"), Evidence(given.span, _label(claims, given)))
        if not _can_lie_between(date, feedback.first, given.last):
            derivation = f"{feedback.first} ≤ {date.text} ≤ {given.last} ?"
            yield _contradicted(date, evidence, derivation, "response", _response_values(feedback))
            return
    yield Outcome("unchecked", date.span, defect="remedy", reason="year-unknown")


def _days_before(claims: Claims, moment: Moment, params: Params) -> int:
    """How many days a meeting on the feedback, told without a year in a text without a date, lies before the feedback, where
    the same day of the next year would be far too late for it; 0 where it need not lie before."""
    feedback, date, start = claims.frame.sound_feedback, moment.date, claims.frame.sound_start
    if feedback is None or feedback.first is None or not feedback.trusted or start is None or start.first is None:
        return 0
    interval, following = date.in_year(feedback.first.year), date.in_year(feedback.first.year + 1)
    if interval is None or following is None or date.day is None or not _is_response(claims, moment):
        return 0
    sentence = _near_sentence(claims.document, date)
    if _ON_THE_FEEDBACK.search(claims.document.text, date.span.end, sentence.end) is None:
        return 0
    inside = start.first <= interval[0] and interval[1] < feedback.first
    late = (following[0] - feedback.first).days > params.answer_days
    return (feedback.first - interval[1]).days if inside and late else 0


def _can_lie_between(date: Date, low: datetime.date, high: datetime.date) -> bool:
    """Whether some year puts a date between two days."""
    options = [option for year in range(low.year, high.year + 1) if (option := date.in_year(year)) is not None]
    return any(low <= option[1] and option[0] <= high for option in options)


def _label(claims: Claims, given: Date) -> str:
    return "signature" if given is claims.frame.signature else "publication"


def _response_values(feedback: Date) -> dict[str, str | Words]:
    return {"other": feedback.text, "what": Words("反馈时间", "feedback")}


def _contradicted(
    date: Date, evidence: tuple[Evidence, ...], derivation: str, defect: str, values: dict[str, str | Words]
) -> Outcome:
    return Outcome(
        "contradicted",
        date.span,
        evidence,
        derivation,
        actual=date.text,
        defect=defect,
        values={"date": date.text, **values},
    )


def _is_remedy(claims: Claims, moment: Moment, days: int, params: Params) -> bool:
    """Whether words and distance show a remedy of what the inspection found, not the history of a case."""
    text, date = claims.document.text, moment.date
    if date.grain == "half" and not date.part.endswith("底"):
        return False
    if _HISTORY.search(text, moment.clause.start, date.span.start) is not None:
        return False
    if _STATE_OF_AFFAIRS.match(text, date.span.end, moment.clause.end) is not None:
        return False
    if _OF_A_PAPER.match(text, date.span.end, moment.clause.end) is not None:
        return False
    told_done = text.startswith("已于", date.span.start - 2)
    if not told_done and _FOUND_THEN.match(text, date.span.end, moment.clause.end) is not None:
        return False
    if _EARLIER.search(text, statement_start(text, date.span.start), moment.clause.end) is not None:
        return False
    if _BEFORE_IT.search(text, date.span.end, claims.document.sentence_at(date.span.start).end) is not None:
        return False
    if _is_of_other_inspection(claims, date):
        return False
    if not told_done and _ATTRIBUTE.match(text, date.span.end, moment.clause.end) is not None:
        return False
    if claims.dates.range_of(date) is not None and date.grain != "day":
        return False
    if is_remedial(text, date.span.end):
        return days <= params.history_days or date.grain == "day"
    if "已" in text[moment.clause.start : moment.clause.end]:
        return days <= params.history_days
    return days <= params.near_days


def _near_sentence(document: Document, date: Date) -> Span:
    """The sentence round a date, 300 characters on each side at most."""
    sentence = document.sentence_at(date.span.start)
    return Span(max(sentence.start, date.span.start - 300), min(sentence.end, date.span.end + 300))


def _is_of_other_inspection(claims: Claims, date: Date) -> bool:
    """Whether the sentence names a body other than this inspection's."""
    document = claims.document
    sentence = _near_sentence(document, date)
    purpose = document.words(claims.frame.purpose) if claims.frame.purpose is not None else ""
    found = _OTHER_INSPECTION.find(document.text, sentence.start, sentence.end)
    return any(match["what"] != purpose for match in found)


def _check_response(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """A meeting or a plan on the feedback cannot be older than the feedback."""
    feedback, date = claims.frame.sound_feedback, moment.date
    if feedback is None or feedback.first is None or date.last is None:
        return
    if not _is_response(claims, moment):
        return
    evidence = (Evidence(feedback.span, "feedback"),)
    if date.last >= feedback.first:
        yield Outcome("consistent", date.span, evidence, f"{date.last} ≥ {feedback.first}", defect="response")
    else:
        derivation = f"{date.last} < {feedback.first}"
        yield _contradicted(date, evidence, derivation, "response", _response_values(feedback))


def _is_response(claims: Claims, moment: Moment) -> bool:
    """Whether a meeting or a plan on the findings as a whole is told, not on what was to be put right at once."""
    text, date = claims.document.text, moment.date
    sentence = _near_sentence(claims.document, date)
    return (
        (date.day is not None or date.grain in ("part", "month"))
        and _RESPONSE_ACT.match(text, date.span.end, sentence.end) is not None
        and _RESPONSE.search(text, sentence.start, sentence.end) is not None
        and _DURING.search(text, sentence.start, sentence.end) is None
    )


_RESPONSE_FIELDS = ("date", "what", "other")
KIND = Kind("remedy-date", Params, {"remedy": ("date", "start", "what"), "response": _RESPONSE_FIELDS}, check)
