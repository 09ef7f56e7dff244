"""Days told twice: by a word that counts from another day, and by their date.  反馈会次日即12月18日, 3天后（6月8日）."""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.kinds.base import Evidence, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.report import Words
from rectlint.source import Span

_OF = r"(?P<of>反馈(?:会议?|大会|意见)?(?:召开|结束)?(?:之?后)?的?)"
_WORD = (
    r"(?P<word>当[日天晚]|[次翌]日|隔[日天]|第[二三四五六七]天"
    r"|(?<![\d年月第])(?P<number>[一二两三四五六七八九十]|\d{1,2})[日天]之?后)"
)
_BEFORE_DATE = Pattern(
    rf"{_OF}?{_WORD}(?:，?(?:即|也?就是)：?|（(?:即|也就是)?)(?=\d)",
    needs=tuple(
        "当日 当天 当晚 次日 翌日 隔日 隔天 第二天 第三天 第四天 第五天 第六天 第七天 日后 日之后 天后 天之后".split()
    ),
    linear=True,
)
_BEHIND_DATE = Pattern(rf"(?:，?即|（(?:即|也就是)?|，也就是){_OF}{_WORD}", needs=("反馈",))
_EARLIER_ROUND = ("上轮", "上一轮", "上次", "此前")
_NO_DAY_OF_EVENT = Pattern(r"之?前|起|以来|以后|止|的")
_SAME_DAY = ("当日", "当天", "当晚")
_DISTANCE = 60


def check_day_words(claims: Claims) -> Iterator[Outcome]:
    """Each date with such a word beside it."""
    for match in _BEFORE_DATE.find(claims.document.text):
        date = claims.dates.starting_at(match.end())
        if date is not None:
            yield from _compare(claims, match, date)
    for match in _BEHIND_DATE.find(claims.document.text):
        date = claims.dates.ending_at(match.start())
        if date is not None:
            yield from _compare(claims, match, date)


def _compare(claims: Claims, match: Match, date: Date) -> Iterator[Outcome]:
    if date.day is None or date.problem or claims.dates.range_of(date) is not None:
        return
    anchors = list(_anchors(claims, match, date))
    if not anchors:
        return
    least, most = _offsets(match)
    start = match.start("of") if match["of"] else match.start("word")
    place = Span(start, match.end("word"))
    counts = [(day, count) for day in anchors for count in _days_between(day, date)]
    if not counts:
        return
    day, days = min(counts, key=lambda counted: min(abs(counted[1] - least), abs(counted[1] - most)))
    evidence = (Evidence(day.span, "previous"), Evidence(date.span, "duration"))
    counted = _counted(days)
    derivation = f"{day.text} … {date.text}：{counted.zh}"
    if least <= days <= most:
        yield Outcome("consistent", place, evidence, derivation, defect="duration")
        return
    words = claims.document.words(place)
    yield Outcome(
        "contradicted",
        place,
        evidence,
        f"{derivation} ≠ {words}",
        expected=counted.zh,
        actual=words,
        defect="duration",
        values={"from": day.text, "to": date.text, "claimed": words, "counted": counted},
    )


def _counted(days: int) -> Words:
    if days == 0:
        return Words("同一天", "the same day")
    return (
        Words(f"{days}天以后", f"{days} days later") if days > 0 else Words(f"{-days}天以前", f"{-days} days earlier")
    )


def _offsets(match: Match) -> tuple[int, int]:
    """How many days the word may mean."""
    word = match["word"]
    if word in _SAME_DAY:
        return 0, 0
    if match["number"]:
        number = chinese_ordinal(match["number"].replace("两", "二"))
        return number - 1, number + 1
    if word.startswith("第"):
        number = chinese_ordinal(word[1])
        return (1, 1) if number == 2 else (number - 1, number)
    return (1, 2) if word.startswith("隔") else (1, 1)


def _anchors(claims: Claims, match: Match, date: Date) -> Iterator[Date]:
    """The days the word may count from: that of the feedback it names, and the last day told before it."""
    text, feedback = claims.document.text, claims.frame.feedback
    low = max(claims.document.paragraph_at(match.start()).span.start, match.start() - _DISTANCE)
    if match["of"]:
        if feedback is None or feedback.day is None or feedback.problem or feedback.order == date.order:
            return
        if any(word in text[max(0, match.start() - 12) : match.start()] for word in _EARLIER_ROUND):
            return
        yield feedback
    near = [d for d in claims.dates.within(Span(low, match.start())) if d.order != date.order]
    if not near or near[-1].day is None or near[-1].problem or claims.dates.in_title(near[-1]):
        return
    if match["word"].startswith("第") and claims.dates.range_of(near[-1]) is not None:
        return  # 6月3日至5日培训，第三天（6月5日）: of the training
    if match["of"] or _counts_from(text, near[-1], match.start("word")):
        yield near[-1]


def _counts_from(text: str, day: Date, offset: int) -> bool:
    """Whether nothing else between the day and the word can be what is counted from: 6月20日召开动员会，次日即6月21日."""
    if _NO_DAY_OF_EVENT.match(text, day.span.end) is not None:
        return False
    between = text[day.span.end : offset]
    lead = between[max(map(between.rfind, "，。；（：")) + 1 :]
    told = between[: len(between) - len(lead)]
    return not lead or not told or (len(lead) > 1 and lead[-2:] in told)


def _days_between(day: Date, date: Date) -> Iterator[int]:
    """From one day to the other, in each year that is possible where none is written."""
    years = [day.year] if day.year is not None else [date.year or 2023, (date.year or 2023) - 1]
    for year in years:
        first = day.in_year(year)
        others = [date.year] if date.year_source == "stated" and date.year is not None else [year, year + 1]
        for other in others:
            last = date.in_year(other)
            if first is not None and last is not None:
                yield (last[0] - first[0]).days
