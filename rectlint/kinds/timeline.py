"""What is told as done, planned or due, against the date of the text.

A plan cannot lie in the past when the text is signed, a time limit cannot have run out unnoticed, and nothing has been
done on a day that is yet to come.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.claims.moments import Moment, is_certain, tells_result
from rectlint.claims.remaining import limits_of
from rectlint.claims.statuses import own_end
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.wording import LABELS

_OPEN = Pattern(
    r"正在(?:整改|修复|施工|建设|实施|招标|招投标|重新招标|调试|采购)|序时进度|整改中|正在推进|推进中|持续整改|未完成整改|尚未完成|未整改到位|未完成|仍有|尚有|剩余|正在办理|阶段性|需要?进一步整改|长期整改|长期坚持"
)
_CLOSED = Pattern(
    r"(?<!未)已整改(?!的)|(?<!未)已完成整改|整改完成情况：已|整改(?:已)?(?:全部)?完成(?!时|情)|已销号|验收销号|整改到位|已办结|完成情况：已|状态：已|已全部整改"
)

_SAID_DONE = Pattern(
    r"(?:(?:全部|全面|基本)?(?:完成|整改到位|落实到位))?[（，；、]?(?:目前|现|均|业|问题|任务)?已(?:经|全部|按期|如期|提前|按时|基本)*(?:完成|整改|销号|办结|落实|到位|解决)(?!\d|[部一]|约|了?(?:大部|\d))"
)
"""What a field for a time limit says of its item itself: 完成时限：2025年6月底（已完成，长期坚持）."""
_LASTING = Pattern(r"[^，。；（）\n]{0,6}[（，；、]?并?(?P<word>(?:需要?)?长期坚持)")
"""What is kept up behind the time limit is not unfinished by it."""
_SETTLED = Pattern(r"完成了|顺延|调整(?:至|到|为)|延期|推迟|逾期|未能|原定|原计划")
_DUE = Pattern(
    r"(?:之?前|以前)(?:全部|全面|基本)?(?:完成|整改|办结|销号|落实|建成|解决|到位|清偿|付清|还清|支付完毕|向[^，。；]{2,10}(?:报告|报送|汇报))"
)
# 其余18处，11月底前整改到位12处，另6处12月底前完成: the first of the two is told as done
_DONE_OF = Pattern(
    r"(?:之?前|以前)(?:已|全部)?(?:完成|整改|办结|销号|解决)(?:到位|完成)?了?\d+\p{Han}{1,2}，(?:另|其余|剩余|余下)\p{Han}{0,3}\d"
)
_NEXT_STEP = Pattern(r"下一?步|下一?阶段|接下来|今后")
_RIGHT_BEFORE = Pattern(r"(?:剩余|其余|尚有|余下)[^，。；已]{0,20}(?:，[^，。；已]{0,8})?$")
_TOLD_DONE = Pattern(r"已|均|原|曾|要求|按照|根据")
_DONE_SINCE = Pattern(
    r"，(?:目前|现|实际|截至目前)?，?(?:均|都|业)?(?:已经?|现已|均已)(?:于[^，。；]{2,12})?(?:全部|全面|按期|如期|提前|顺利)*"
    r"(?:办结|完成|整改|销号|到位|拨付|支付|退|缴|收回|竣工|完工|验收|解决|化解|落实)"
)
"""What a clause right behind a time limit says of how it ended: 2月底前完成，现已办结."""
_FIGURE = Pattern(r"\d(?:名|人次?|件|个|份|场|次|项|家|户|起|批|期)(?!月)")
_INTENT = Pattern(r"拟|将|计划|预计|力争|争取|确保|目标|要求|工期|按照|下一?步|今后|待|前|底|到期|规划|方案")
_BEFORE_FEEDBACK = Pattern(r"立行立改|巡[察视]期间|进驻|反馈前|边巡边改|即知即改")
_OF_A_YEAR = Pattern(r"^年?度|预算|计划|安排|目标|指标|任务|级|届|版")
_BY_DONE = Pattern(
    r"(?:之?前|以前)(?:已)?(?:全部|均|全面)[^，。；]{0,4}(?:退|缴|完成|到位|整改|办结|收回|清退|销号|拆除|修复|追回|清零)"
)
_REST_BY = Pattern(r"(?:之?前|以前)[^，。；已]{0,6}(?:完成|到位|退|缴|收回|清退|拆除|销号|完工|清零)")
_PLANNED = Pattern(r"拟|将|计划|预计|力争|争取|确保|要求|承诺|约定|限|应|须|定于|下一步")
_WHOLE_ENTRY = 40
"""A paragraph without a mark that is longer than this and holds a time limit holds the whole entry, its state included."""

_FAR_BACK = 4
"""So many months back at most a plan without a year is taken for one of this year."""

_ADMITTED = Pattern(
    r"未达(?:到)?(?:序时|时序)进度|逾期|超期|未(?:能)?按(?:期|时|规定时限)|(?:批准|同意|申请)[^。；]{0,10}(?:延期|调整)|滞后于?(?:序时|计划)"
)

_ITEM_LENGTH = 1500
"""How far round a time limit the words are looked at that say whether its item is open."""


class Params(NamedTuple):
    """``cutoff_margin``: what is done so many days after the cut-off of an undated text is questioned."""

    cutoff_margin: int = 31


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each dated event, plan and time limit."""
    milestones = claims.frame.milestones
    headings = {heading.item.order: heading.state for heading in claims.statuses.headings}
    left = _limits_left(claims)
    for moment in claims.moments:
        if moment.date.problem or moment.date.order in milestones:
            continue
        if moment.role == "plan":
            yield from _check_plan(claims, moment)
        elif moment.role == "deadline":
            yield from _check_deadline(claims, moment, headings)
        elif moment.role == "cutoff":
            yield from _check_cutoff(claims, moment)
        elif moment.role == "done":
            yield from _check_future(claims, moment, params)
        elif moment.role == "other" and _is_due(claims, moment):
            yield from _check_plan(claims, moment)
        elif moment.role == "other" and moment.date.order in left:
            yield from _check_left(claims, moment)
        elif moment.role == "other":
            yield from _check_by(claims, moment)
        elif moment.role == "since":
            yield from _check_since(claims, moment)


def _given(claims: Claims) -> tuple[Date, str] | None:
    """When the text was given, and whether that is its signature or its publication."""
    given = claims.frame.given
    if given is None or given.last is None:
        return None
    return given, "signature" if given is claims.frame.signature else "publication"


# -- plans and time limits -------------------------------------------------------------------------------------------


def _check_plan(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    date = moment.date
    if moment.explained or claims.passages.at(date.span.start) == "problem":
        return
    yield from _against_text(claims, moment, "stale-plan", publication_counts=False)


def _is_due(claims: Claims, moment: Moment) -> bool:
    """Whether a time limit among the next steps is one of something to be done: 两件事于2024年6月底前完成."""
    document, date = claims.document, moment.date
    if _DUE.match(document.text, date.span.end, moment.clause.end) is None:
        return False
    if _DONE_OF.match(document.text, date.span.end, document.sentence_at(date.span.start).end) is not None:
        return False
    if _TOLD_DONE.search(document.text, moment.clause.start, moment.clause.end) is not None:
        return False
    if _DONE_SINCE.match(document.text, moment.clause.end, document.sentence_at(date.span.start).end) is not None:
        return False
    start = max(document.sentence_at(date.span.start).start, date.span.start - 40)
    if _RIGHT_BEFORE.search(document.text, start, date.span.start) is not None:
        return True
    if _NEXT_STEP.match(document.text, document.sentence_at(date.span.start).start) is not None:
        return True
    return claims.passages.at(date.span.start) == "plan"


def _check_deadline(claims: Claims, moment: Moment, headings: Mapping[int, str]) -> Iterator[Outcome]:
    item = claims.document.item_at(moment.cue.start)
    if claims.dates.range_of(moment.date) is not None and (item is None or claims.document.children(item)):
        yield Outcome("unchecked", moment.cue, defect="deadline", reason="other-level")
        return
    if _has_later_stage(claims, moment):
        yield Outcome("unchecked", moment.cue, defect="deadline", reason="other-level")
        return
    if _is_admitted(claims, moment):
        yield Outcome("unchecked", moment.cue, defect="deadline", reason="admitted")
        return
    if not _is_open(claims, moment, headings):
        yield Outcome("unchecked", moment.cue, defect="deadline", reason="status-unknown")
        return
    yield from _against_text(claims, moment, "deadline", publication_counts=True)


def _has_later_stage(claims: Claims, moment: Moment) -> bool:
    """Whether the line of a time limit sets a later one for the rest: 整改时限：2024年底完成清理，2025年底完成建设."""
    line = claims.document.paragraph_at(moment.date.span.start).span
    return any(
        date.span.start > moment.date.span.end
        and date.first is not None
        and moment.date.last is not None
        and date.first > moment.date.last
        for date in claims.dates.within(line)
    )


def _limits_left(claims: Claims) -> frozenset[int]:
    """The time limits that a section headed as unfinished sets for the entries it names: 尚未完成事项清单 ……9月30日前，完成补正."""
    document, done = claims.document, {entry.number for entry in claims.entries if entry.state == "done"}
    return frozenset(
        limit.date.order
        for section in claims.remaining
        if section.strong
        for telling in section.tellings
        if telling.number not in done and _SETTLED.search(document.text, telling.span.start, telling.span.end) is None
        for limit in limits_of(document, claims.dates, telling)
        if document.text.find("已", limit.date.span.end, telling.span.end) < 0
    )


def _check_left(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    paragraph = claims.document.paragraph_at(moment.cue.start).span
    if _ADMITTED.search(claims.document.text, paragraph.start, paragraph.end) is not None:
        yield Outcome("unchecked", moment.cue, defect="deadline", reason="admitted")
    else:
        yield from _against_text(claims, moment, "deadline", publication_counts=True)


def _against_text(claims: Claims, moment: Moment, defect: str, *, publication_counts: bool) -> Iterator[Outcome]:
    """Whether the date of a plan or a time limit had passed when the text was signed (or, for time limits, published)."""
    frame, date, given = claims.frame, moment.date, _given(claims)
    known = [given] if given is not None else []
    if publication_counts and given is not None and frame.publication is not None and given[1] == "signature":
        known.append((frame.publication, "publication"))
    if not known and frame.signature is None and frame.publication is None and _is_placed(frame.cutoff):
        assert frame.cutoff is not None
        known.append((frame.cutoff, "cutoff"))
    if not known:
        yield Outcome("unchecked", moment.cue, defect=defect, reason="no-date-of-text")
        return
    last = date.last if date.trusted else (_pinned(claims, date) or _just_past(date, known[0][0]))
    told = [cutoff.date for cutoff in frame.cutoffs]
    if last is not None and not date.trusted and known[0][1] == "publication" and _is_after_cutoff(told, last):
        last = None  # 截至3月底……预计6月底投运, on a page put up in July
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


def _is_after_cutoff(cutoffs: Sequence[Date], last: datetime.date) -> bool:
    """Whether a day lies behind the times up to which the text tells how things stand, in the same year."""
    held = [cutoff.in_year(last.year) for cutoff in cutoffs if not cutoff.problem and cutoff.month is not None]
    return bool(held) and all(day is None or day[1] < last for day in held)


def _is_placed(cutoff: Date | None) -> bool:
    """Whether a cut-off has its year from its own words, and not from a date of another sentence."""
    return cutoff is not None and cutoff.trusted


def _pinned(claims: Claims, date: Date) -> datetime.date | None:
    """The last day of a date without a year, where the date told before it in its sentence can have but one year.

    3月28日召开……；拟于4月中旬召开……: between feedback and signature there is only one 28 March.
    """
    document, frame = claims.document, claims.frame
    sentence = document.sentence_at(date.span.start)
    near = Span(max(sentence.start, date.span.start - 120), date.span.start)
    before = [d for d in claims.dates.within(near) if d.day is not None]
    low, high = frame.sound_feedback or frame.sound_start, frame.given
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


def _just_past(date: Date, given: Date) -> datetime.date | None:
    """The last day of a date without a year that had just gone by when the text was given: nobody means a day eight
    months ahead or more by a month told without its year, least of all early in the year."""
    if given.last is None or given.first is None or date.month is None or given.year_source != "stated":
        return None
    interval = date.in_year(given.last.year)
    months = given.last.month - date.month
    if (
        interval is None
        or date.problem
        or interval[1] >= given.first
        or months > (_FAR_BACK if given.last.month < 11 else 2)
    ):
        return None
    return interval[1]


def _is_open(claims: Claims, moment: Moment, headings: Mapping[int, str]) -> bool:
    """Whether the item a time limit belongs to is told as unfinished: by its status, its heading or its other words."""
    document = claims.document
    item = document.item_at(moment.cue.start)
    if _SAID_DONE.match(document.text, moment.cue.end) is not None:
        return False
    if item is not None:
        chain = [item.order, *(ancestor.order for ancestor in document.ancestors(item))]
        states: list[str] = [
            status.state for index in chain if (status := claims.statuses.first.get(index)) is not None
        ]
        states += [headings[index] for index in chain if index in headings]
        if states:
            return states[0] in ("open", "staged")
    whole = item.span if item is not None else document.sentence_at(moment.cue.start)
    paragraph = document.paragraph_at(moment.cue.start)
    if not paragraph.markers and len(paragraph.span) > _WHOLE_ENTRY:
        whole = paragraph.span
    cue = moment.cue
    span = Span(max(whole.start, cue.start - _ITEM_LENGTH), min(whole.end, cue.end + _ITEM_LENGTH))
    lasting = _LASTING.match(document.text, cue.end)
    before = Span(span.start, cue.end if lasting is None else lasting.start("word"))
    behind = Span(cue.end if lasting is None else lasting.end(), span.end)
    if not any(_OPEN.search(document.text, part.start, part.end) is not None for part in (before, behind)):
        return False
    return _CLOSED.search(document.text, span.start, span.end) is None or _says_unfinished(document.text, span)


def _is_admitted(claims: Claims, moment: Moment) -> bool:
    """Whether the text says itself that the time limit was not kept: 未达到序时进度, 逾期, 经批准延期."""
    document = claims.document
    item = document.item_at(moment.cue.start)
    titles = [] if item is None else [one.title for one in (item, *document.ancestors(item))]
    places = [*titles, document.paragraph_at(moment.cue.start).span]
    if item is not None and not document.children(item) and len(item.span) <= _ITEM_LENGTH:
        places.append(Span(item.span.start, own_end(document, item)))
    return any(_ADMITTED.search(document.text, place.start, place.end) is not None for place in places)


def _says_unfinished(text: str, span: Span) -> bool:
    """The field for reasons why it is unfinished outweighs a part that is told as done."""
    return any(
        text.find(words, span.start, span.end) >= 0 for words in ("未完成整改的原因", "正在整改", "未完成的原因")
    )


# -- what was done ---------------------------------------------------------------------------------------------------


def _check_cutoff(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """截至D of a part of the figures cannot be later than the text; that of the whole is a milestone."""
    given = _given(claims)
    if given is not None:
        after = claims.frame.place_yearless(moment.date, as_told=True) == "after"
        after = (after or _sums_up_too_early(claims, moment)) and not moment.date.text.startswith(_PAST_YEARS)
        yield _future_outcome(moment, *given, later_whatever_year=after)


_PAST_YEARS = ("去年", "上年", "前年")
"""Years counted back from that of the text, which are over when it is signed."""


def _sums_up_too_early(claims: Claims, moment: Moment) -> bool:
    """Whether the only years that put 截至D before the text put it before the feedback, so that a later day is meant."""
    feedback, given, date = claims.frame.sound_feedback, claims.frame.given, moment.date
    if feedback is None or feedback.first is None or given is None or given.last is None or date.trusted:
        return False
    if given.year_source != "stated" or claims.passages.at(date.span.start) != "remedy":
        return False
    sentence = claims.document.sentence_at(date.span.start)
    if _BEFORE_FEEDBACK.search(claims.document.text, sentence.start, sentence.end) is not None:
        return False
    years = range(feedback.first.year, given.last.year + 1)
    options = [option for year in years if (option := date.in_year(year)) is not None]
    return not any(feedback.first <= option[1] and option[0] <= given.last for option in options)


def _of_year_named(claims: Claims, moment: Moment, given: Date) -> bool:
    """Whether a month without a year belongs to the year named before it, and lies behind the text in that:
    2034年招录14名，已于12月入职."""
    date, text = moment.date, claims.document.text
    if date.month is None or date.year_source == "stated" or not moment.firm or given.last is None:
        return False
    start = max(claims.document.sentence_at(date.span.start).start, date.span.start - 40)
    before = claims.dates.within(Span(start, date.span.start))
    if not before or before[-1].grain != "year" or before[-1].year != given.last.year or before[-1].part:
        return False
    if _OF_A_YEAR.search(text, before[-1].span.end, date.span.start) is not None:
        return False
    option = date.in_year(given.last.year)
    return option is not None and option[0] > given.last


def _check_by(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """2035年11月8日前全部退缴 in an item that is done, of a text that is older."""
    given, date, text = _given(claims), moment.date, claims.document.text
    if given is None or not date.trusted or not _is_later(date, given[0]):
        return
    start = max(claims.document.sentence_at(date.span.start).start, date.span.start - 40)
    rest = _RIGHT_BEFORE.search(text, start, date.span.start) is not None
    if (_REST_BY if rest else _BY_DONE).match(text, date.span.end, moment.clause.end) is None:
        return
    if _PLANNED.search(text, max(moment.clause.start, date.span.start - 20), moment.clause.end) is not None:
        return
    if _AIM.search(text, max(0, moment.clause.start - _LABEL), moment.clause.start) is not None:
        return
    item = claims.document.item_at(date.span.start)
    if item is None or date.span.start >= own_end(claims.document, item):
        return  # a closing paragraph behind the last item
    status = claims.statuses.first.get(item.order)
    if status is not None and status.state == "done" and claims.passages.at(date.span.start) == "remedy":
        yield _later_outcome(moment, *given, "done-in-future")


_LABEL = 8
_AIM = Pattern(r"(?:目标|计划|时限|期限|要求|安排|措施)：$", needs=("：",))
"""A label before a clause that tells what is to be done: 整改目标：2024年底前全部销号."""


_FIELD_OF_LIMITS = Pattern(r"(?:整改|完成|办结|销号|办理|计划)?(?:时限|期限|完成时间|时间节点|目标)：")


def _check_future(claims: Claims, moment: Moment, params: Params) -> Iterator[Outcome]:
    if _FIELD_OF_LIMITS.match(claims.document.text, claims.document.paragraph_at(moment.date.span.start).span.start):
        return  # 整改时限：2024年底完成清理，2026年底完成复绿: both are limits
    given = _given(claims)
    if given is not None:
        if moment.date.trusted and _is_later(moment.date, given[0]) and _is_intended(claims, moment):
            return
        after = claims.frame.place_yearless(moment.date) == "after" and not _is_intended(claims, moment)
        after = (after or _of_year_named(claims, moment, given[0])) and not moment.date.text.startswith(_PAST_YEARS)
        yield _future_outcome(moment, *given, later_whatever_year=after)
        return
    cutoff = claims.frame.sound_cutoff
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
    if not _is_intended(claims, moment):
        yield _later_outcome(moment, cutoff, "cutoff", "done-after-cutoff")


def _check_since(claims: Claims, moment: Moment) -> Iterator[Outcome]:
    """D以来 and D至今 cannot begin after the text was given."""
    given = _given(claims)
    if given is not None and moment.date.trusted:
        yield _future_outcome(moment, *given)


def _is_later(date: Date, limit: Date) -> bool:
    return date.first is not None and limit.last is not None and date.first > limit.last


def _is_intended(claims: Claims, moment: Moment) -> bool:
    """Whether a date to come may be meant as one: not told firmly, or among next steps without 已."""
    document = claims.document
    if moment.role == "done" and not is_certain(document.text, moment):
        told = tells_result(document.text, moment) and not _is_item_open(claims, moment)
        return not told or (moment.date.grain != "day" and not _is_counted(claims, moment))
    if claims.passages.at(moment.date.span.start) == "plan":
        return "已" not in document.words(moment.clause)
    return False


def _whatever_year_outcome(moment: Moment, given: Date, label: str) -> Outcome:
    """A date without a year that no year puts between the inspection and the text, and that lies nearer behind the text."""
    date = moment.date
    assert given.last is not None
    years = (given.last.year, given.last.year + 1)
    options = [option for year in years if (option := date.in_year(year)) is not None and option[0] > given.last]
    return Outcome(
        "contradicted",
        date.span,
        (Evidence(given.span, label),),
        f"{options[0][0]} > {given.last}",
        actual=date.text,
        defect="done-in-future",
        values={"date": date.text, "what": LABELS[label], "other": given.text},
    )


def _is_counted(claims: Claims, moment: Moment) -> bool:
    """Whether a remedy of some month comes with a figure and without any word of intent: 2034年9月，公开遴选干部6名."""
    text, date = claims.document.text, moment.date
    if date.grain != "month" or date.year_source != "stated" or claims.dates.range_of(date) is not None:
        return False
    sentence = claims.document.sentence_at(date.span.start)
    end = min(sentence.end, date.span.end + 40)
    counted = _FIGURE.search(text, date.span.end, end) is not None
    intent = _INTENT.search(text, max(sentence.start, date.span.start - 60), min(sentence.end, end + 40)) is not None
    return counted and not intent and claims.passages.at(date.span.start) == "remedy"


def _is_item_open(claims: Claims, moment: Moment) -> bool:
    """Whether the item that tells of an event is not told as done, so that a day to come may be a plan's."""
    item = claims.document.item_at(moment.date.span.start)
    if item is None:
        return False
    chain = (item, *claims.document.ancestors(item))
    states = [status.state for one in chain if (status := claims.statuses.first.get(one.order)) is not None]
    return bool(states) and states[0] != "done"


def _future_outcome(moment: Moment, given: Date, label: str, *, later_whatever_year: bool = False) -> Outcome:
    date = moment.date
    evidence = (Evidence(given.span, label),)
    if not date.trusted or date.first is None:
        if later_whatever_year and date.month is not None:
            return _whatever_year_outcome(moment, given, label)
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


_FIELDS = ("date", "what", "other")
KIND = Kind(
    "timeline",
    Params,
    {
        "stale-plan": _FIELDS,
        "deadline": _FIELDS,
        "done-in-future": _FIELDS,
        "done-after-cutoff": _FIELDS,
    },
    check,
)
