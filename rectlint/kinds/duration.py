"""Stretches of time told twice: D1至D2 and 为期N天, N个月, 连续N年, 共N个工作日; D1 and 次日即D2.

Days are counted with both ends (为期45天 from 5 March to 18 April, the custom of notices) or without the first
(Civil Code, article 201); months and years loosely enough for both.  Working days follow the State Council's holiday
arrangements, as the ``chinesecalendar`` package has them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from rectlint.claims import Claims
from rectlint.claims.dates import DateRange
from rectlint.kinds._day_words import check_day_words
from rectlint.kinds._started import check_started
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

# 经过三个月集中整改, 用3个月时间集中整改
_CAMPAIGN = Pattern(
    r"(?:(?:经过|历时|为期|利用|用)|(?<=[，。；\n])(?=\S{1,2}个月集中整改期))(?P<rough>近|约|将近)?(?P<number>\d{1,2}|[一二两三四五六七八九十])(?P<half>个半月|个多?月)(?:左右)?(?:的|时间|，|为期)*(?:集中|深入|扎实)?(?:推进)?整改",
    needs=("整改",),
)

Unit = Literal["days", "weeks", "months", "years", "workdays"]

_NUMBER = r"(?P<number>\d{1,4}|[一二两三四五六七八九十百]{1,5}|半)"
_UNIT = r"(?P<unit>个?工作日|个?自然日|天|日(?!常|均|前|起|内完成)|个?星期|周(?!年|边|岁)|个半月|个月(?!内|以上的)|年(?!度|级|底|初|前|[来以]|代|龄|内|均|月|\d))"
_LENGTH = rf"(?P<before>[约近超逾满足]|超过|不到|不足|不少于|不超过|将近|大约|至少)?{_NUMBER}(?P<more>[余多来])?{_UNIT}(?P<after>左右|以上|以内|上下|多|余)?"
_CUE = r"(?:为期|期为|历时|为时|时长|持续|历经|期限为?|公示期?(?:时间|期限)?为?|利用|用时?|连续)(?:是|为|：|长?达)?"
_SUM = r"(?:共计?|总计|合计|前后|计)?"
# behind a range, in its statement: 开展了为期45天的巡察; or right behind it: （共5个工作日）, ，共5天, 两年期间
_AFTER = Pattern(
    rf"(?P<gap>[^。；\n年月]{{0,36}}?)(?P<cue>{_CUE}){_LENGTH}|(?:进行了?)?(?:公示|公告|公开|张贴)?[，（]?(?P<cue>{_SUM}){_LENGTH}(?=期间|时间|时长|[）间，。；里]|内完|$)",
    needs=("天", "日", "周", "星期", "月", "年"),
)
# behind the telling of the inspection itself: 县委巡察组对我院进行了巡察，一共45天
_WHOLE_INSPECTION = Pattern(
    rf"(?P<gap>)[^。；\n年月\d]{{0,40}}?(?:巡[察视]|督察|审计)[^，。；\n\d、和]{{0,4}}，(?P<cue>一?共计?|总共|共计|总计|前后共?){_LENGTH}(?=[，。；）]|$)",
    needs=("共", "总", "前后"),
)
_YEARS_AFTER = Pattern(rf"(?:度|间|期间|，)?(?P<gap>)(?P<cue>连续){_LENGTH}")
# before a range: 为期45天（D1至D2）, 利用10天时间，于D1至D2
_BEFORE = Pattern(
    rf"(?P<cue>(?!连续)(?:{_CUE}|共)){_LENGTH}(?P<gap>(?:时间)?，?|[^。；，\n\d]{{0,16}}(?=（))(?:（|：)?(?:自|从|于|即|为)?$"
)
# before a range of years: 近三年（2021年至2023年）
_RECENT = Pattern(
    r"(?<!连续)(?P<cue>近|最近|过去)(?P<before>)(?P<number>[两三四五六七八九2-9])(?P<more>)(?P<unit>年)(?P<after>)(?P<gap>)（(?:即|为)?$",
    needs=("近", "过去"),
)
# a named part of the year with its months: 第三季度（7月至9月）
_PART_OF_YEAR = Pattern(
    r"(?<![前、和及与至—-])(?P<name>第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)"
    r"（(?:即|\d{4}年)?(?P<from>\d{1,2})月?(?:至|到|—|-|~)(?P<to>\d{1,2})月份?）",
    needs=("季度（", "半年（"),
)
_OTHER_LENGTH = Pattern(r"每|间隔|提前|延长|内(?!容)|\d{1,2}月|人次|其间|期间|先后|分.{1,3}[期批轮次]")
_OF_INSPECTION = Pattern(r"的(?:第\p{Han}{1,3}轮)?[^，。；]{0,8}?(?:巡察|巡视|审计|督察)")
_SEVERAL = Pattern(r"[^。；]{0,16}?(?:(?<!第)[一两二三四五六七八九十\d][期批轮场])")
_CAMPAIGN_SLACK = 0.75
"""By so much of a month a campaign may be shorter than told: it may have begun before the feedback was given in form."""
_PART_OF_RANGE = 0.6
"""A length told at some distance from its range and this much shorter may be that of a part of it (为期5天的培训班)."""
_DAY_WORDS = ("天", "日", "自然日", "个自然日")
_MINIMUM = ("不少于", "至少", "超过", "超", "逾", "满", "足")


class Params(NamedTuple):
    """``month_slack``: by how much of a month a number of months may miss the days between the two dates."""

    month_slack_percent: int = 50


class _Length(NamedTuple):
    """A length as written: its words, its number (halves allowed), its unit, and whether it is exact, least or rough."""

    span: Span
    words: str
    number: float
    unit: Unit
    sense: Literal["exact", "least", "rough"]
    consecutive: bool
    loose: bool


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Every range of dates that a length is told beside."""
    for found in claims.dates.ranges:
        length = _length_of(claims, found)
        if length is not None:
            yield _compare(claims, found, length, params)
    for match in _PART_OF_YEAR.find(claims.document.text):
        yield _part_of_year(match)
    yield from _check_campaign(claims)
    yield from check_day_words(claims)
    yield from check_started(claims)


def _check_campaign(claims: Claims) -> Iterator[Outcome]:
    """The months of rectification so far against the days from the feedback to the cut-off or the text."""
    frame = claims.frame
    feedback, limit = frame.sound_feedback, frame.given or frame.sound_cutoff
    if feedback is None or feedback.first is None or limit is None or limit.last is None or not limit.trusted:
        return
    for match in _CAMPAIGN.find(claims.document.text):
        months = chinese_ordinal(match["number"].replace("两", "二")) + (0.5 if match["half"] == "个半月" else 0)
        place = Span(match.start(), match.end("half"))
        evidence = (Evidence(feedback.span, "feedback"), Evidence(limit.span, _limit_label(claims)))
        days = (limit.last - feedback.first).days + 1
        counted = Words(f"至多{days}天", f"{days} days at most")
        derivation = f"{feedback.first}—{limit.last} = {counted.zh}"
        fits = (months - _CAMPAIGN_SLACK) * 30.44 <= days
        if fits:
            yield Outcome("consistent", place, evidence, derivation, defect="duration")
            continue
        words = claims.document.words(place)
        values: dict[str, str | Words] = {"from": feedback.text, "to": limit.text, "claimed": words, "counted": counted}
        yield Outcome(
            "contradicted",
            place,
            evidence,
            f"{derivation} < {words}",
            expected=counted.zh,
            actual=words,
            defect="duration",
            values=values,
        )


def _limit_label(claims: Claims) -> str:
    """What the end of the time of rectification is: the signature, the publication or the cut-off."""
    frame = claims.frame
    if frame.given is None:
        return "cutoff"
    return "signature" if frame.given is frame.signature else "publication"


def _part_of_year(match: Match) -> Outcome:
    """上半年（1—8月）: the months must lie in the quarter or half that is named; fewer of them may be meant."""
    first, last = int(match["from"]), int(match["to"])
    size = 3 if match["quarter"] else 6
    place = chinese_ordinal(match["quarter"]) if match["quarter"] else "上下".index(match["half"]) + 1
    low, high = size * (place - 1) + 1, size * place
    name, months = Span(*match.span("name")), Span(match.start("from"), match.end() - 1)
    evidence = (Evidence(months, "duration"),)
    derivation = f"{match['name']} = {low}—{high}月"
    if low <= first <= last <= high:
        return Outcome("consistent", name, evidence, derivation, defect="duration")
    counted = _months_named(first, last)
    return Outcome(
        "contradicted",
        name,
        evidence,
        f"{derivation} ≠ {first}—{last}月",
        expected=counted.zh,
        actual=match["name"],
        defect="duration",
        values={"from": f"{first}月", "to": f"{last}月", "claimed": match["name"], "counted": counted},
    )


def _months_named(first: int, last: int) -> Words:
    """What the months are: a quarter, or so many months."""
    if first % 3 == 1 and last == first + 2:
        quarter = last // 3
        return Words(f"{'一二三四'[quarter - 1]}季度", f"quarter {quarter}")
    number = (last - first) % 12 + 1
    return Words(f"{number}个月", f"{number} months")


# -- reading ---------------------------------------------------------------------------------------------------------


def _length_of(claims: Claims, found: DateRange) -> _Length | None:
    """The length told beside a range, behind it or before it, with no other date between."""
    text = claims.document.text
    sentence = claims.document.sentence_at(found.span.start)
    stop = min(sentence.end, found.span.end + 60)
    following = claims.dates.within(Span(found.span.end, stop))
    stop = following[0].span.start if following else stop
    if found.start.grain == found.end.grain == "year":
        recent = _RECENT.search(text, max(sentence.start, found.span.start - 12), found.span.start)
        told = _read(text, _YEARS_AFTER.match(text, found.span.end, stop)) or _read(text, recent)
        return told or _read_direct_years(text, found, stop)
    length = _read(text, _AFTER.match(text, found.span.end, stop)) or _read(
        text, _WHOLE_INSPECTION.match(text, found.span.end, stop)
    )
    if length is not None:
        return length
    low = max(sentence.start, found.span.start - 40)
    preceding = claims.dates.within(Span(low, found.span.start))
    low = preceding[-1].span.end if preceding else low
    return _read(text, _BEFORE.search(text, low, found.span.start))


def _read_direct_years(text: str, found: DateRange, stop: int) -> _Length | None:
    match = _AFTER.match(text, found.span.end, min(stop, found.span.end + 10))
    length = _read(text, match)
    return length if length is not None and length.unit in ("years", "months") else None


def _read(text: str, match: Match | None) -> _Length | None:
    """A length from a match; None where it is a rate, a delay or another stretch of time."""
    if match is None:
        return None
    gap = match["gap"] or ""
    if gap.startswith("期间") and (gap.endswith("（") or match["unit"].endswith("工作日")):
        gap = gap[2:]  # 于D1至D2期间来信反映（为期N个工作日）
    if _OTHER_LENGTH.search(gap) is not None:
        return None
    unit_word, before, after = match["unit"], match["before"] or "", match["after"] or ""
    number: float = 0.5 if match["number"] == "半" else chinese_ordinal(match["number"].replace("两", "二"))
    if unit_word == "个半月":
        number += 0.5
    unit = _unit(unit_word)
    if unit == "years" and number < 1:
        number, unit = number * 12, "months"
    if text[match.end("unit") : match.end("unit") + 1] == "半":
        return None
    sense: Literal["exact", "least", "rough"] = "exact"
    if before in _MINIMUM or after == "以上":
        sense = "least"
    elif before or after or match["more"]:
        sense = "rough"
    start = match.start("cue") if match["cue"] else match.start("number")
    if match["before"]:
        start = min(start, match.start("before"))
    span = Span(start, match.end("after") if match["after"] else match.end("unit"))
    loose = len(gap) > 2 and _OF_INSPECTION.match(text, span.end) is None
    if loose and _SEVERAL.match(text, span.end) is not None:
        return None
    return _Length(span, text[span.start : span.end], number, unit, sense, match["cue"] == "连续", loose)


def _unit(word: str) -> Unit:
    if word.endswith("工作日"):
        return "workdays"
    if word in _DAY_WORDS:
        return "days"
    if word.endswith(("星期", "周")):
        return "weeks"
    return "months" if word.endswith("月") else "years"


# -- comparing -------------------------------------------------------------------------------------------------------


def _compare(claims: Claims, found: DateRange, length: _Length, params: Params) -> Outcome:
    defect = "working-days" if length.unit == "workdays" else "duration"
    if length.unit in ("days", "weeks"):
        found = _placed(found)
    evidence = (Evidence(found.span, "duration"),)
    reason = _unusable(found, length)
    if reason:
        return Outcome("unchecked", length.span, evidence, defect=defect, reason=reason)
    if length.unit == "workdays":
        return _compare_workdays(claims, found, length, evidence)
    low, high, counted = _bounds(found, length, params)
    fits = low <= length.number <= high or (length.sense == "least" and length.number <= high)
    derivation = f"{_ends(found)} = {counted.zh}"
    if fits:
        return Outcome("consistent", length.span, evidence, derivation, defect=defect)
    if length.loose and length.number < low * _PART_OF_RANGE:
        return Outcome("unchecked", length.span, evidence, derivation, defect=defect, reason="ambiguous")
    return _contradicted(found, length, evidence, defect, derivation, counted)


def _placed(found: DateRange) -> DateRange:
    """Days without a year (6月25日至6月28日) in a leap year and so as long as can be; not where February is left."""
    start, end = found.start, found.end
    if start.year is not None or end.year is not None or not start.grain == end.grain == "day":
        return found
    first, last = start.in_year(_ANY_YEAR), end.in_year(_ANY_YEAR)
    if first is None or last is None or last < first or (start.month or 1) <= 2 < (end.month or 1):
        return found
    return DateRange(
        start._replace(first=first[0], last=first[1], year=_ANY_YEAR),
        end._replace(first=last[0], last=last[1], year=_ANY_YEAR),
    )


_ANY_YEAR = 2024


def _unusable(found: DateRange, length: _Length) -> str:
    start, end = found.start, found.end
    if length.sense == "rough":
        return "approximate"
    if start.problem or end.problem or start.first is None or end.first is None:
        return "year-unknown" if not (start.problem or end.problem) else "damaged"
    if end.last is not None and end.last < start.first:
        return "ambiguous"
    if length.unit in ("days", "weeks", "workdays") and not start.grain == end.grain == "day":
        return "ambiguous"
    if "half" in (start.grain, end.grain) or "part" in (start.grain, end.grain):
        return "ambiguous"
    if (start.grain == "year") != (end.grain == "year"):
        return "ambiguous"
    return ""


def _bounds(found: DateRange, length: _Length, params: Params) -> tuple[float, float, Words]:
    """The least and the greatest number that fits, and the length as counted."""
    start, end = found.start, found.end
    assert start.first is not None and end.first is not None and end.last is not None
    if start.grain == end.grain == "day" and length.unit in ("days", "weeks", "months"):
        days = (end.first - start.first).days
        counted = Words(f"{days + 1}天（首尾计入）", f"{days + 1} days, both ends counted")
        if length.unit == "days":
            return days, days + 1, counted
        if length.unit == "weeks":
            return days // 7, -(-(days + 1) // 7), counted
        months = days / 30.44
        slack = params.month_slack_percent / 100
        return months - slack, months + 1 / 30.44 + slack, counted
    months_between = (end.first.year - start.first.year) * 12 + end.first.month - start.first.month
    if length.unit == "months":
        slack = 0 if start.grain == end.grain == "month" else 1
        return (
            months_between - slack,
            months_between + 1,
            Words(f"{months_between + 1}个月", f"{months_between + 1} months"),
        )
    years = end.first.year - start.first.year
    if start.grain == "year":
        low = years + 1 if length.consecutive else years
        return low, years + 1, Words(f"{years + 1}年", f"{years + 1} years")
    return (
        months_between / 12 - 0.25,
        (months_between + 1) / 12 + 0.25,
        Words(f"{months_between + 1}个月", f"{months_between + 1} months"),
    )


def _ends(found: DateRange) -> str:
    start, end = found.start.first, found.end.last
    if found.start.grain == "day":
        return f"{start}—{end}"
    if found.start.grain == "year":
        return f"{found.start.year}—{found.end.year}"
    return f"{start:%Y-%m}—{end:%Y-%m}"


def _contradicted(
    found: DateRange, length: _Length, evidence: tuple[Evidence, ...], defect: str, derivation: str, counted: Words
) -> Outcome:
    return Outcome(
        "contradicted",
        length.span,
        evidence,
        f"{derivation} ≠ {length.words}",
        expected=counted.zh,
        actual=length.words,
        defect=defect,
        values={"from": found.start.text, "to": found.end.text, "claimed": length.words, "counted": counted},
    )


# -- working days ----------------------------------------------------------------------------------------------------


def _compare_workdays(claims: Claims, found: DateRange, length: _Length, evidence: tuple[Evidence, ...]) -> Outcome:
    """Compare with the number of working days; of a guessed year all years near it must disagree."""
    start, end = found.start, found.end
    assert start.year is not None
    years = [start.year] if start.trusted else [start.year - 1, start.year, start.year + 1]
    counts: list[int] = []
    for year in years:
        first = start.in_year(year)
        last = end.in_year(year + (end.year or start.year) - start.year)
        count = _working_days(first[0], last[0]) if first is not None and last is not None else None
        if count is None:
            return Outcome("unchecked", length.span, evidence, defect="working-days", reason="calendar-unknown")
        counts.append(count)
    shown = counts[len(counts) // 2]
    counted = Words(f"{shown}个工作日（首尾计入）", f"{shown} working days, both ends counted")
    derivation = f"{_ends(found)} = {counted.zh}"
    if any(_workdays_fit(length, count, found) for count in counts):
        return Outcome("consistent", length.span, evidence, derivation, defect="working-days")
    return _contradicted(found, length, evidence, "working-days", derivation, counted)


def _workdays_fit(length: _Length, count: int, found: DateRange) -> bool:
    if length.sense == "least":
        return length.number <= count
    return count - 1 <= length.number <= count


def _working_days(first: datetime.date, last: datetime.date) -> int | None:
    """How many of the days from ``first`` to ``last`` are working days; None when the holidays of a year are unknown."""
    import chinese_calendar  # imported here: few texts need it

    if (last - first).days > 366:
        return None
    try:
        return len(chinese_calendar.get_workdays(first, last))
    except NotImplementedError:
        return None


_FIELDS = ("from", "to", "claimed", "counted")
KIND = Kind("duration", Params, {"duration": _FIELDS, "working-days": _FIELDS}, check)
