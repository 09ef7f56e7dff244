"""What is told as done, planned or due, against the inspection and the date of the text.

A remedy cannot be older than the inspection that found the problem, a plan cannot lie in the past when the text is
signed, a time limit cannot have run out unnoticed, and nothing has been done on a day that is yet to come.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.claims.moments import Moment, Passages, find_moments, is_remedial, statement_start
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span
from rectlint.wording import LABELS

_EARLIER = Pattern(r"巡[察视]前|进驻前|反馈前|此前|早在|之前|上一轮|上轮|上次|往年")
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
)
_RESPONSE_ACT = Pattern(r"，?[^，。；]{0,16}?(?:召开|制定|印发|成立|研究|部署|审议)")
_DURING = Pattern(r"立行立改|边巡边改|边查边改|即知即改|移交|移送|进驻|巡[察视]期间")
_OPEN = Pattern(
    r"正在整改|整改中|正在推进|推进中|持续整改|未完成整改|尚未完成|未整改到位|未完成|仍有|尚有|剩余|正在办理|阶段性|需要?进一步整改|长期整改|长期坚持"
)
_CLOSED = Pattern(
    r"(?<!未)已整改(?!的)|(?<!未)已完成整改|整改完成情况：已|整改(?:已)?(?:全部)?完成(?!时|情)|已销号|验收销号|整改到位|已办结|完成情况：已|状态：已|已全部整改"
)


@dataclass(frozen=True)
class Params:
    """``history_days``, ``near_days``: how many days older than the inspection a thing done (已) or any other event told
    among the remedies may be and still be taken for one of them, rather than for the history of the case;
    ``cutoff_margin``: what is done so many days after the cut-off of an undated text is questioned."""

    history_days: int = 730
    near_days: int = 400
    cutoff_margin: int = 31


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each dated event, plan and time limit."""
    passages = Passages(claims.document)
    for moment in find_moments(claims.document, claims.dates):
        if moment.date.problem:
            continue
        if moment.role == "plan":
            yield from _check_plan(claims, passages, moment)
        elif moment.role == "deadline":
            yield from _check_deadline(claims, passages, moment)
        elif moment.role == "cutoff":
            yield from _check_cutoff(claims, moment)
        elif moment.role == "done":
            yield from _check_future(claims, passages, moment, params)
            yield from _check_past(claims, passages, moment, params)


def _given(claims: Claims) -> tuple[Date, str] | None:
    """When the text was given, and whether that is its signature or its publication."""
    frame = claims.frame
    for date, label in ((frame.signature, "signature"), (frame.publication, "publication")):
        if date is not None and date.last is not None:
            return date, label
    return None


# -- plans and time limits -------------------------------------------------------------------------------------------


def _check_plan(claims: Claims, passages: Passages, moment: Moment) -> Iterator[Outcome]:
    date = moment.date
    if moment.explained or passages.at(date.span.start) == "problem":
        return
    yield from _against_text(claims, moment, "stale-plan", publication_counts=False)


def _check_deadline(claims: Claims, passages: Passages, moment: Moment) -> Iterator[Outcome]:
    if not _is_open(claims, moment):
        yield Outcome("unchecked", moment.cue, defect="deadline", reason="status-unknown")
        return
    yield from _against_text(claims, moment, "deadline", publication_counts=True)


def _against_text(claims: Claims, moment: Moment, defect: str, *, publication_counts: bool) -> Iterator[Outcome]:
    """Whether the date of a plan or a time limit had passed when the text was signed (or, for time limits, published)."""
    frame, date = claims.frame, moment.date
    marks = [(frame.signature, "signature"), (frame.publication, "publication"), (frame.cutoff, "cutoff")]
    known = [(mark, label) for mark, label in marks if mark is not None and mark.first is not None]
    if not publication_counts or frame.signature is None:
        known = known[:1]
    known = [pair for pair in known if pair[1] != "cutoff" or pair is known[0]]
    if not known:
        yield Outcome("unchecked", moment.cue, defect=defect, reason="no-date-of-text")
        return
    last = date.last if date.trusted else _pinned(claims, date)
    if last is None:
        yield Outcome("unchecked", moment.cue, defect=defect, reason="year-unknown")
        return
    for mark, label in known:
        evidence = (Evidence(mark.span, label),)
        if mark.first is not None and last < mark.first:
            yield Outcome(
                "contradicted",
                moment.cue,
                evidence,
                f"{last} < {mark.first}",
                actual=date.text,
                defect=defect,
                values={"date": date.text, "what": LABELS[label], "other": mark.text},
            )
            return
    mark, label = known[-1]
    yield Outcome("consistent", moment.cue, (Evidence(mark.span, label),), f"{last} ≥ {mark.first}", defect=defect)


def _pinned(claims: Claims, date: Date) -> datetime.date | None:
    """The last day of a date without a year, where the date told before it in its sentence can have but one year.

    3月28日召开……；拟于4月中旬召开……: between feedback and signature there is only one 28 March.
    """
    document, frame = claims.document, claims.frame
    sentence = document.sentence_at(date.span.start)
    before = [d for d in claims.dates.within(Span(sentence.start, date.span.start)) if d.day is not None]
    low, high = frame.feedback or frame.start, frame.signature
    if not before or low is None or low.first is None or high is None or high.last is None or date.month is None:
        return None
    anchor = before[-1]
    if anchor.month is None or anchor.problem or anchor.month > date.month:
        return None
    years = range(low.first.year, high.last.year + 1)
    options = [option for year in years if (option := anchor.in_year(year)) is not None]
    possible = [option for option in options if low.first <= option[0] and option[1] <= high.last]
    interval = date.in_year(possible[0][0].year) if len(possible) == 1 else None
    return interval[1] if interval is not None else None


def _is_open(claims: Claims, moment: Moment) -> bool:
    """Whether the item a time limit belongs to is told as unfinished: by its status, its heading or its other words."""
    document = claims.document
    item = document.item_at(moment.cue.start)
    if item is not None:
        chain = {item.index, *(ancestor.index for ancestor in document.ancestors(item))}
        status = claims.statuses.first.get(item.index)
        states = [status.state] if status is not None else []
        states += [heading.state for heading in claims.statuses.headings if heading.item.index in chain]
        if states:
            return states[0] in ("open", "staged")
    span = item.span if item is not None else document.sentence_at(moment.cue.start)
    if _OPEN.search(document.text, span.start, span.end) is None:
        return False
    return _CLOSED.search(document.text, span.start, span.end) is None or _says_unfinished(document.text, span)


def _says_unfinished(text: str, span: Span) -> bool:
    """The field for reasons why it is unfinished outweighs a part that is told as done."""
    return any(
        text.find(words, span.start, span.end) >= 0 for words in ("未完成整改的原因", "正在整改", "未完成的原因")
    )


# -- what was done ---------------------------------------------------------------------------------------------------


def _check_cutoff(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """截至D of a part of the figures cannot be later than the text; that of the whole is a milestone."""
    headlines = {cutoff.date.index for cutoff in claims.frame.cutoffs if cutoff.headline}
    given = _given(claims)
    if given is None or moment.date.index in headlines:
        return
    yield _future_outcome(moment, *given)


def _check_future(claims: Claims, passages: Passages, moment: Moment, params: Params) -> Iterator[Outcome]:
    given = _given(claims)
    if given is not None:
        if moment.date.trusted and _is_later(moment.date, given[0]) and _is_intended(claims, passages, moment):
            return
        yield _future_outcome(moment, *given)
        return
    cutoff = claims.frame.cutoff
    if cutoff is None or cutoff.last is None:
        return
    if not moment.date.trusted or moment.date.first is None:
        yield Outcome("unchecked", moment.date.span, defect="done-after-cutoff", reason="year-unknown")
        return
    evidence = (Evidence(cutoff.span, "cutoff"),)
    if moment.date.first <= cutoff.last + datetime.timedelta(days=params.cutoff_margin):
        derivation = f"{moment.date.first} ≤ {cutoff.last}"
        if moment.date.first <= cutoff.last:
            yield Outcome("consistent", moment.date.span, evidence, derivation, defect="done-after-cutoff")
        return
    if not _is_intended(claims, passages, moment):
        yield _later_outcome(moment, cutoff, "cutoff", "done-after-cutoff")


def _is_later(date: Date, limit: Date) -> bool:
    return date.first is not None and limit.last is not None and date.first > limit.last


def _is_intended(claims: Claims, passages: Passages, moment: Moment) -> bool:
    """Whether a date to come stands among next steps, where only 已 makes it something done."""
    document = claims.document
    if passages.at(moment.date.span.start) == "plan":
        return "已" not in document.words(moment.clause)
    return False


def _future_outcome(moment: Moment, given: Date, label: str) -> Outcome:
    date = moment.date
    evidence = (Evidence(given.span, label),)
    if not date.trusted or date.first is None:
        return Outcome("unchecked", date.span, evidence, defect="done-in-future", reason="year-unknown")
    if not _is_later(date, given):
        return Outcome("consistent", date.span, evidence, f"{date.first} ≤ {given.last}", defect="done-in-future")
    return _later_outcome(moment, given, label, "done-in-future")


def _later_outcome(moment: Moment, limit: Date, label: str, defect: str) -> Outcome:
    date = moment.date
    return Outcome(
        "contradicted",
        date.span,
        (Evidence(limit.span, label),),
        f"{date.first} > {limit.last}",
        actual=date.text,
        defect=defect,
        values={"date": date.text, "what": LABELS[label], "other": limit.text},
    )


def _check_past(claims: Claims, passages: Passages, moment: Moment, params: Params) -> Iterator[Outcome]:
    """A remedy against the beginning of the inspection, and a meeting on the findings against the feedback."""
    frame, date = claims.frame, moment.date
    start = frame.start
    if start is None or start.first is None or not start.trusted or passages.at(date.span.start) != "remedy":
        return
    evidence = (Evidence(start.span, "inspection"),)
    if date.year_source not in ("stated", "range") or date.last is None:
        yield Outcome("unchecked", date.span, evidence, defect="remedy", reason="year-unknown")
        return
    if date.last >= start.first:
        yield Outcome("consistent", date.span, evidence, f"{date.last} ≥ {start.first}", defect="remedy")
        yield from _check_response(claims, moment)
        return
    if not _is_remedy(claims, moment, (start.first - date.last).days, params):
        return
    yield Outcome(
        "contradicted",
        date.span,
        evidence,
        f"{date.last} < {start.first}",
        actual=date.text,
        defect="remedy",
        values={"date": date.text, "start": start.text},
    )


def _is_remedy(claims: Claims, moment: Moment, days: int, params: Params) -> bool:
    """Whether words and distance show a remedy of what the inspection found, not the history of a case."""
    text, date = claims.document.text, moment.date
    if date.grain == "half" and not date.part.endswith("底"):
        return False
    if _HISTORY.search(text, moment.clause.start, date.span.start) is not None:
        return False
    if _OF_A_PAPER.match(text, date.span.end, moment.clause.end) is not None:
        return False
    told_done = text.startswith("已于", date.span.start - 2)
    if not told_done and _FOUND_THEN.match(text, date.span.end, moment.clause.end) is not None:
        return False
    if _EARLIER.search(text, statement_start(text, date.span.start), moment.clause.end) is not None:
        return False
    if _is_of_other_inspection(claims, date):
        return False
    if _ATTRIBUTE.match(text, date.span.end, moment.clause.end) is not None:
        return False
    before = claims.dates.range_of(date)
    if before is not None and (
        before.start.first is None or date.last is None or (date.last - before.start.first).days > 366
    ):
        return False
    if is_remedial(text, date.span.end):
        return days <= params.history_days or date.grain == "day"
    if "已" in text[moment.clause.start : moment.clause.end]:
        return days <= params.history_days
    return days <= params.near_days


def _is_of_other_inspection(claims: Claims, date: Date) -> bool:
    """Whether the sentence names a body other than this inspection's."""
    document = claims.document
    sentence = document.sentence_at(date.span.start)
    purpose = document.words(claims.frame.purpose) if claims.frame.purpose is not None else ""
    found = _OTHER_INSPECTION.find(document.text, sentence.start, sentence.end)
    return any(match["what"] != purpose for match in found)


def _check_response(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """A meeting or a plan on the feedback cannot be older than the feedback."""
    feedback, date = claims.frame.feedback, moment.date
    text, document = claims.document.text, claims.document
    if feedback is None or feedback.first is None or not feedback.trusted or date.last is None or date.grain != "day":
        return
    sentence = document.sentence_at(date.span.start)
    if _RESPONSE_ACT.match(text, date.span.end, sentence.end) is None:
        return
    if _RESPONSE.search(text, sentence.start, sentence.end) is None:
        return
    evidence = (Evidence(feedback.span, "feedback"),)
    if date.last >= feedback.first:
        yield Outcome("consistent", date.span, evidence, f"{date.last} ≥ {feedback.first}", defect="response")
    elif _DURING.search(text, sentence.start, sentence.end) is None:
        yield Outcome(
            "contradicted",
            date.span,
            evidence,
            f"{date.last} < {feedback.first}",
            actual=date.text,
            defect="response",
            values={"date": date.text, "other": feedback.text, "what": Words("反馈时间", "feedback")},
        )


_FIELDS = ("date", "what", "other")
KIND = Kind(
    "timeline",
    Params,
    {
        "remedy": ("date", "start"),
        "response": _FIELDS,
        "stale-plan": _FIELDS,
        "deadline": _FIELDS,
        "done-in-future": _FIELDS,
        "done-after-cutoff": _FIELDS,
    },
    check,
)
