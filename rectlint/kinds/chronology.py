"""Dates against each other: does a range run forwards, do the milestones follow one another, is an event dated once?

The milestones of an inspection: from ≤ to ≤ feedback ≤ cut-off ≤ signature ≤ publication (the order in which the
rules on inspection work, 巡视工作条例 and the local ones on 巡察, have these steps happen).  A date without a year
contradicts another only if no year could save it.
"""

from __future__ import annotations

import datetime
import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.dates import Date, DateRange
from rectlint.claims.frame import Frame
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span
from rectlint.wording import LABELS

Interval = tuple[datetime.date, datetime.date]

_RECURRING = Pattern(r"(?:每年|每个?|逐年|历年|周期|年度为)[^，。；]{0,12}$")
_OF_THE_TEXT = ("今年", "本年", "去年", "上年", "前年")
"""Years told from when the text was written: 2031年8月至今年7月底."""
_PUBLICITY = Pattern(r"(?<!期满后的?)公示(?:期限|期间|期|时间)(?:为|是|内)?[：（]?(?:自|从)?$", needs=("公示",))
_BEFORE_SIGNATURE = 300
_SHOWN_SOON = 180
_CONTACTS = Pattern(r"联系|监督|举报|反映|受理|异议|电话|地址|方式|渠道|其他|附件")
"""So many days behind the signature at most the text is put on display."""
_COURSE = Pattern(r"开班|开幕|开始|启动|结业|闭幕|结束|报到|报名")
_EVENT = Pattern(
    r"(?P<before>(?:\d{4}年度?)?)第[一二三四五六七八九十\d]{1,3}(?:期(?:\p{Han}{1,8}?(?:培训班|研修班|轮训班|学习班|培训|轮训)|\p{Han}{4,10})|次[\p{Han}]{0,8}会议?|届[\p{Han}]{2,8}会)",
    needs=("第",),
)
_OTHER_INSPECTION = ("审计", "巡视", "巡察", "督察", "督导", "考核", "检查", "主题教育", "环保")
_MOST_CUTOFFS = 6
_PREFERENCE = ("cutoff", "feedback", "signature", "publication", "inspection")
"""Of two milestones in disorder the finding is placed at the one that clashes more; at equality in this order."""


class Params(NamedTuple):
    """``longest_wrap``: a range with its end year left out may reach into the next year by so many days in all;
    ``longest_inspection`` and ``longest_wait``: days of an inspection, and from its end to the feedback, beyond which the
    year is questioned."""

    longest_wrap: int = 200
    longest_inspection: int = 200
    longest_wait: int = 330


class _Milestone(NamedTuple):
    """One step: its label, its date, the words it stands for, and the days it may mean."""

    label: str
    date: Date
    span: Span
    interval: Interval


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Ranges, spells (自D起 … 截至D), milestones, and events dated more than once."""
    reversed_ends: set[int] = set()
    for found in claims.dates.ranges:
        outcome = _check_range(claims, found, params)
        if outcome is not None:
            yield outcome
            if outcome.verdict == "contradicted":
                reversed_ends.add(found.end.order)
    yield from _check_spells(claims)
    yield from _check_milestones(claims, reversed_ends)
    yield from _check_publicity(claims)
    yield from _check_spans(claims, params)
    yield from _check_feedbacks(claims)
    yield from _check_events(claims)


# -- ranges ----------------------------------------------------------------------------------------------------------


def _check_range(claims: Claims, found: DateRange, params: Params) -> Outcome | None:
    start, end = found.start, found.end
    evidence = (Evidence(start.span, "from"),)
    if start.problem or end.problem or end.text.startswith(_OF_THE_TEXT):
        return None
    if start.trusted and end.trusted and end.year_source != "range" and start.year_source != "range":
        return _range_outcome(found, evidence, (start.first, start.last), (end.first, end.last))
    return _check_elided(claims, found, evidence, params)


def _range_outcome(
    found: DateRange,
    evidence: tuple[Evidence, ...],
    start: tuple[datetime.date | None, datetime.date | None],
    end: tuple[datetime.date | None, datetime.date | None],
) -> Outcome:
    """Whether ``end`` certainly lies before ``start``."""
    first, last = start[0], end[1]
    assert first is not None and last is not None
    known = found.start.trusted
    low, high = (str(first), str(last)) if known else (found.start.text, found.end.text)
    if last >= first:
        return Outcome("consistent", found.end.span, evidence, f"{low} ≤ {high}", defect="reversed-range")
    return Outcome(
        "contradicted",
        found.end.span,
        evidence,
        f"{high} < {low}",
        actual=found.end.text,
        defect="reversed-range",
        values={"from": found.start.text, "to": found.end.text},
    )


def _check_elided(claims: Claims, found: DateRange, evidence: tuple[Evidence, ...], params: Params) -> Outcome | None:
    """A range whose end has no year of its own: that of its start, or the one after it if the range is then short."""
    start, end = found.start, found.end
    same_grain = start.grain == end.grain and start.grain in ("day", "month")
    if start.month is None or end.month is None or not (start.trusted or same_grain):
        return None
    year = start.year if start.year is not None else 2023
    from_, same, after = start.in_year(year), end.in_year(year), end.in_year(year + 1)
    if from_ is None or same is None:
        return None
    if same[1] >= from_[0] or after is None:
        return _range_outcome(found, evidence, from_, same)
    if _may_wrap(claims, found, from_, after, params):
        return Outcome("consistent", end.span, evidence, f"{from_[0]} ≤ {after[1]}", defect="reversed-range")
    return _range_outcome(found, evidence, from_, same)


def _may_wrap(claims: Claims, found: DateRange, start: Interval, end: Interval, params: Params) -> bool:
    """Whether the end of a range may lie in the year after its start."""
    first, last = found.start, found.end
    if first.month == last.month:
        return False
    text = claims.document.text
    if _RECURRING.search(text, max(0, found.span.start - 20), found.span.start) is not None:
        return True
    limit = _latest_day(claims.frame, found)
    if first.trusted and limit is not None and end[0] > limit and not _is_planned(text, found):
        return False
    length = (end[1] - start[0]).days
    months_of_year = first.grain == last.grain == "month" and (last.month or 0) + 1 == first.month
    return length <= params.longest_wrap or months_of_year or _is_school_year(claims, found)


def _is_school_year(claims: Claims, found: DateRange) -> bool:
    """September to July, where schools are spoken of."""
    if found.start.month not in (8, 9) or found.end.month not in (6, 7, 8):
        return False
    near = claims.document.text[max(0, found.span.start - 60) : found.span.end + 60]
    return any(word in near for word in ("学", "教", "校"))


def _latest_day(frame: Frame, found: DateRange) -> datetime.date | None:
    """The last day that a range told as past may reach: for the inspection its feedback, else the text's own date."""
    dates = [frame.given]
    if found in frame.windows:
        dates = [frame.feedback, frame.cutoff, frame.signature, frame.publication]
    known = [date.last for date in dates if date is not None and date.last is not None and date.year_source == "stated"]
    return min(known, default=None)


def _is_planned(text: str, found: DateRange) -> bool:
    near = text[max(0, found.span.start - 12) : found.span.start] + text[found.span.end : found.span.end + 16]
    return any(
        word in near for word in ("拟", "将", "计划", "预计", "期限", "有效", "合同", "租", "任期", "公示", "服务")
    )


def _check_spells(claims: Claims) -> Iterator[Outcome]:
    """自D1起 … 截至D2 within one sentence."""
    text = claims.document.text
    for cutoff in claims.frame.cutoffs:
        for start in claims.dates.within(Span(max(cutoff.sentence.start, cutoff.span.start - 120), cutoff.span.start)):
            opened = text[start.span.start - 1 : start.span.start] in ("自", "从")
            if not opened or text[start.span.end : start.span.end + 1] not in ("起", "开"):
                continue
            end = cutoff.date
            if end.year_source == "inherited" and end.year is not None and start.year is not None:
                outcome = _spell_by_year(claims, start, end)
            elif start.trusted and end.trusted:
                found = DateRange(start, end)
                evidence = (Evidence(start.span, "from"),)
                outcome = _range_outcome(found, evidence, (start.first, start.last), (end.first, end.last))
            else:
                continue
            yield outcome


def _spell_by_year(claims: Claims, start: Date, end: Date) -> Outcome:
    """The end without a year: earlier than the start in the start's year, later than the whole text in the next."""
    found, evidence = DateRange(start, end), (Evidence(start.span, "from"),)
    given = claims.frame.given
    same = end.in_year(start.year or 0)
    after = end.in_year((start.year or 0) + 1)
    late = given is not None and given.last is not None and after is not None and after[0] > given.last
    if same is not None and start.first is not None and (late or same[1] >= start.first):
        return _range_outcome(found, evidence, (start.first, start.last), same)
    return Outcome("unchecked", end.span, evidence, defect="reversed-range", reason="year-unknown")


# -- milestones ------------------------------------------------------------------------------------------------------


def _check_milestones(claims: Claims, reversed_ends: set[int]) -> Iterator[Outcome]:
    steps = list(_steps(claims.frame, reversed_ends))
    placed: list[_Milestone] = []
    for index, (label, date, span) in enumerate(steps):
        interval = _place(date, placed, [later for _, later, _ in steps[index + 1 :]])
        if interval is None:
            yield Outcome("unchecked", span, defect="milestones", reason="year-unknown")
        else:
            placed.append(_Milestone(label, date, span, interval))
    yield from _clashes(placed)
    for earlier, later in itertools.combinations(placed, 2):
        if earlier.label != later.label and earlier.interval[0] <= later.interval[1]:
            derivation = f"{earlier.interval[0]} ≤ {later.interval[1]}"
            evidence = (Evidence(earlier.span, earlier.label),)
            yield Outcome("consistent", later.span, evidence, derivation, defect="milestones")


def _steps(frame: Frame, reversed_ends: set[int]) -> Iterator[tuple[str, Date, Span]]:
    """The milestones a text states, in the order they must have."""
    if len(frame.windows) <= 1:
        last = frame.end if frame.end is not None and frame.end.order not in reversed_ends else frame.start
        if last is not None:
            yield "inspection", last, last.span
        if frame.feedback is not None:
            yield "feedback", frame.feedback, frame.feedback.span
    summed_up: dict[tuple[int | None, str], Date] = {}
    for cutoff in frame.cutoffs:
        if cutoff.headline:
            summed_up.setdefault((cutoff.date.year, cutoff.date.text), cutoff.date)
    for date in list(summed_up.values())[:_MOST_CUTOFFS]:
        yield "cutoff", date, date.span
    if frame.signature is not None:
        yield "signature", frame.signature, frame.signature.span
    if frame.publication is not None:
        yield "publication", frame.publication, frame.publication.span


def _place(date: Date, earlier: Sequence[_Milestone], later: Sequence[Date]) -> Interval | None:
    """The days a milestone may mean: as stated; without a year of its own, in a year that fits both what goes before
    and what follows, if there is one, and else in the year of what goes before."""
    if date.problem:
        return None
    if date.year_source in ("stated", "range") and date.first is not None and date.last is not None:
        return date.first, date.last
    low = max((step.interval[0] for step in earlier), default=None)
    high = min((d.last for d in later if d.year_source == "stated" and d.last is not None), default=None)
    if low is None or date.month is None:
        return None
    options = [option for year in (low.year, low.year + 1, low.year + 2) if (option := date.in_year(year)) is not None]
    fitting = [option for option in options if option[1] >= low and (high is None or option[0] <= high)]
    if fitting:
        return fitting[0]
    return options[0] if options and high is not None else None


def _clashes(placed: Sequence[_Milestone]) -> Iterator[Outcome]:
    """The pairs in disorder, gathered by the milestone that has most of them."""
    pairs = [
        (earlier, later)
        for earlier, later in itertools.combinations(placed, 2)
        if earlier.label != later.label and later.interval[1] < earlier.interval[0]
    ]
    while pairs:
        counts = {step.span: sum(step in pair for pair in pairs) for pair in pairs for step in pair}
        odd = max(
            (step for pair in pairs for step in pair),
            key=lambda step: (counts[step.span], -_PREFERENCE.index(step.label), -step.span.start),
        )
        mine = [pair for pair in pairs if odd in pair]
        yield _clash(odd, mine, _bound_of_year(odd, placed))
        pairs = [pair for pair in pairs if odd not in pair]


def _bound_of_year(step: _Milestone, placed: Sequence[_Milestone]) -> Sequence[_Milestone]:
    """What forbids reading a date without a year in the following year: the next milestone."""
    if step.date.year_source in ("stated", "range"):
        return ()
    index = placed.index(step)
    return placed[index + 1 : index + 2]


def _clash(odd: _Milestone, pairs: Sequence[tuple[_Milestone, _Milestone]], bound: Sequence[_Milestone]) -> Outcome:
    earlier, later = pairs[0]
    others = [first if second is odd else second for first, second in pairs]
    others += [step for step in bound if step not in others]
    other = later if earlier is odd else earlier
    relation = Words("晚于", "after") if earlier is odd else Words("早于", "before")
    return Outcome(
        "contradicted",
        odd.span,
        tuple(Evidence(step.span, step.label) for step in others),
        f"{later.interval[1]} < {earlier.interval[0]}",
        actual=odd.date.text,
        defect="milestones",
        values={
            "what": LABELS[odd.label],
            "date": odd.date.text,
            "relation": relation,
            "other": LABELS[other.label],
            "other_date": other.date.text,
        },
    )


def _check_publicity(claims: Claims) -> Iterator[Outcome]:
    """公示期：D1至D2 against the signature: the text is shown from about the day it is signed."""
    text, signature = claims.document.text, claims.frame.signature
    if signature is None or signature.first is None or signature.year_source != "stated":
        return
    for found in claims.dates.ranges:
        start, end = found.start, found.end
        if not (start.trusted and end.trusted) or start.problem or end.problem or start.first is None:
            continue
        close = 0 <= signature.span.start - found.span.end <= _BEFORE_SIGNATURE
        if (
            not close
            or _PUBLICITY.search(text, max(0, found.span.start - 12), found.span.start) is None
            or end.last is None
        ):
            continue
        if _opens_section(claims.document, found.span.end, signature.span.start):
            continue  # told of a single matter; the text goes on
        early, late = end.last < signature.first, (start.first - signature.first).days > _SHOWN_SOON
        other = "早于" if early else "晚于"
        evidence = (Evidence(signature.span, "signature"),)
        yield Outcome(
            "contradicted" if early or late else "consistent",
            found.span,
            evidence,
            f"{end.last} < {signature.first}" if early else f"{start.first} ≥ {signature.first}",
            actual=text[found.span.start : found.span.end],
            defect="milestones",
            values={
                "what": Words("公示期", "the time of display"),
                "date": text[found.span.start : found.span.end],
                "relation": Words(other, "before" if early else "after"),
                "other": LABELS["signature"],
                "other_date": signature.text,
            },
        )


def _opens_section(document: Document, start: int, end: int) -> bool:
    """Whether a section other than one of how to object or whom to call begins between two places."""
    first = bisect_left(document.items, start, key=lambda item: item.marker.start)
    for item in document.items[first:]:
        if item.marker.start >= end:
            return False
        if item.marker.style == "一、" and _CONTACTS.search(document.words(item.title)) is None:
            return True
    return False


def _check_spans(claims: Claims, params: Params) -> Iterator[Outcome]:
    """How long the inspection took, and how long it was to the feedback."""
    frame = claims.frame
    purpose = claims.document.words(frame.purpose) if frame.purpose is not None else ""
    out_of_order = frame.end is not None and frame.feedback is not None and frame.feedback.before(frame.end)
    if purpose not in ("巡察", "巡视", "回头看") or out_of_order:
        return
    spans = (
        (frame.start, frame.end, params.longest_inspection, Words("巡察时间", "the inspection")),
        (frame.end, frame.sound_feedback, params.longest_wait, Words("巡察结束到反馈", "from its end to the feedback")),
    )
    for start, end, longest, what in spans:
        if start is None or end is None or start.grain != "day" or end.grain != "day":
            continue
        if not start.trusted or not end.trusted or start.first is None or end.first is None or end.first < start.first:
            continue
        days = (end.first - start.first).days
        evidence = (Evidence(start.span, "from"),)
        derivation = f"{end.first} − {start.first} = {days}"
        if days <= longest:
            yield Outcome("consistent", end.span, evidence, derivation, defect="implausible-span")
            continue
        values: dict[str, str | Words] = {"what": what, "from": start.text, "to": end.text, "days": str(days)}
        yield Outcome("contradicted", end.span, evidence, derivation, defect="implausible-span", values=values)


# -- one event, two dates --------------------------------------------------------------------------------------------


def _check_feedbacks(claims: Claims) -> Iterator[Outcome]:
    """Every other place that says when the findings were fed back."""
    frame, document = claims.frame, claims.document
    first = frame.feedback
    if first is None or first.day is None or len(frame.windows) > 1:
        return
    purpose = document.words(frame.purpose) if frame.purpose is not None else ""
    for other in frame.feedbacks:
        if other is first or other.day is None or other.problem or first.problem:
            continue
        if document.paragraph_at(other.span.start) is document.paragraph_at(first.span.start):
            continue  # first to the secretary, then to the whole body
        sentence = document.sentence_at(other.span.start)
        near = document.text[max(sentence.start, other.span.start - 24) : min(sentence.end, other.span.end + 30)]
        elsewhere = any(word in near and word != purpose for word in _OTHER_INSPECTION)
        same_body = frame.inspector is not None and document.words(frame.inspector) in near
        if elsewhere or (_parts_apart(first, other) > 1 and not same_body):
            yield Outcome("unchecked", other.span, (Evidence(first.span, "earlier"),), reason="ambiguous")
            continue
        yield _same_event(first, other, Words("反馈时间", "the feedback"))


def _parts_apart(one: Date, other: Date) -> int:
    """In how many of year, month and day two dates differ; a slip changes one, another event several."""
    years = one.year_source == other.year_source == "stated" and one.year != other.year
    return years + (one.month != other.month) + (one.day != other.day)


def _same_event(first: Date, other: Date, event: Words) -> Outcome:
    """Whether two dates of one event are the same; a missing year is no difference."""
    evidence = (Evidence(first.span, "earlier"),)
    both_years = first.year_source == other.year_source == "stated"
    same = (first.month, first.day) == (other.month, other.day) and (not both_years or first.year == other.year)
    if same:
        return Outcome("consistent", other.span, evidence, f"{first.text} = {other.text}", defect="two-dates")
    return Outcome(
        "contradicted",
        other.span,
        evidence,
        f"{other.text} ≠ {first.text}",
        expected=first.text,
        actual=other.text,
        defect="two-dates",
        values={"event": event, "date": other.text, "other": first.text},
    )


def _check_events(claims: Claims) -> Iterator[Outcome]:
    """Events that bear an ordinal (2024年第一期…培训, 第十七次会议) happen once."""
    tellings: dict[tuple[str, int | None], list[Date]] = {}
    for match in _EVENT.find(claims.document.text):
        date = _date_of_event(claims, match.start())
        name = _event_name(claims.document.text, match, date) if date is not None else ""
        if date is not None and name:
            counted_anew = not match["before"] and "届" not in name
            dates = tellings.setdefault((name, date.year if counted_anew else None), [])
            if date not in dates:
                dates.append(date)
    for (name, _), dates in tellings.items():
        usual = Counter((date.month, date.day, date.year) for date in dates).most_common(1)[0][0]
        first = next(date for date in dates if (date.month, date.day, date.year) == usual)
        yield from (_same_event(first, date, Words(f"“{name}”", f"“{name}”")) for date in dates if date is not first)


def _event_name(text: str, match: Match, date: Date) -> str:
    """The words that name an event, cut to a length at which different tellings agree; empty if they name none.

    Courses (第一期) are told apart by what follows, meetings (第三次会议) by the six characters before.
    """
    words: str = match.group()
    if words[len(match["before"]) :].find("期") > 0:
        return words[: len(match["before"]) + 11]
    lead = text[max(date.span.end, match.start() - 6) : match.start()].rpartition("，")[2]
    return lead + words if len(lead + words) >= 8 else ""


def _date_of_event(claims: Claims, offset: int) -> Date | None:
    """The stated day that stands before the event in its clause, when it is the only one there."""
    text = claims.document.text
    low = max(text.rfind(mark, max(0, offset - 60), offset) for mark in "。；\n")
    inside = [date for date in claims.dates.within(Span(max(low, offset - 60), offset)) if date.day is not None]
    if len(inside) != 1 or inside[0].year_source != "stated" or inside[0].problem:
        return None
    if claims.dates.range_of(inside[0]) is not None or claims.dates.in_title(inside[0]):
        return None
    if text[inside[0].span.end : offset] == "的":  # 3月5日的第二期培训班结束后: the day of the whole of it
        return inside[0]
    return None if _COURSE.search(text, inside[0].span.end, min(len(text), offset + 30)) is not None else inside[0]


KIND = Kind(
    "chronology",
    Params,
    {
        "reversed-range": ("from", "to"),
        "milestones": ("what", "date", "relation", "other", "other_date"),
        "two-dates": ("event", "date", "other"),
        "implausible-span": ("what", "from", "to", "days"),
    },
    check,
)
