"""Growth: do the percentage, the points and the difference follow from the two figures, and does the verb fit them?

From 388家 to 600家 is up, by 212家, by 54.6%.  From 85.2% to 96.3% is up by 11.1 percentage points, which is 13%.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rectlint.claims import Claims
from rectlint.claims.cumulations import Cumulation
from rectlint.claims.lists import share_a_word
from rectlint.claims.quantities import Quantity, within
from rectlint.claims.rates import DOWN, UP, Rate
from rectlint.claims.rounding import Interval, about, written_as
from rectlint.claims.trends import Level, RankTrend, Row, Trend, level_of
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span


class Params(NamedTuple):
    """``reach``: how many characters after the later figure a change may stand and still belong to it."""

    reach: int = 40


_REACH = 300
"""How many characters before a change its figures are looked for; the cost stays linear."""
Sort = Literal["percent", "points", "difference", "times"]


class Change(NamedTuple):
    """A change by so much: 增长54.6%, 提高11.1个百分点, 增加212家, 翻一番 (times, value 2)."""

    sort: Sort
    span: Span
    text: str
    value: Decimal
    step: Decimal
    measure: str
    direction: int
    verb_start: int
    approximation: str
    tenths: bool = False


class Pair(NamedTuple):
    """The two figures a change is measured between, and whether the wording settles that they are the two;
    ``by`` is the stated difference, where the earlier figure was worked out from it; ``named`` says that the change names the
    later figure as its own words do."""

    start: Level
    end: Level
    clear: bool
    by: Level | None = None
    named: bool = False


_BY = Pattern(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:幅度|幅|率|比率|比例)?(?:了|约|近|超过?|逾|达到?|为|至少|大约|将近|不到|不足|共|各)*$"
)
_DOUBLED = Pattern(
    r"翻(?:了)?(?P<count>[一两二三四]?)番|增(?:长|加)了?(?:近|约|超过?)?(?P<times>\d+(?:\.\d+)?|[一两二三四五六七八九十])倍"
    r"|(?P<half>减少|下降|降低|压减|压缩|缩短|精简|缩减|增加|增长|提高|上升)了?(?:近|约|将近)?(?:一半|50%左右)(?!以上|多)",
    needs=("番", "倍", "一半"),
)
_COMPARED = Pattern(r"(?:较|相比|比(?!例|重|率)|同比|环比)")
_EARLIER = Pattern(r"去年|上年|上一年|同期|上半年|上季度|上月|上轮|此前|原来|前期|巡察前|整改前")
_LATER = Pattern(r"今年|本年|当前|目前|本轮|本月|本季度|现在|整改后")
_YEAR = Pattern(r"(?:19|20)\d\d(?=年)")
_PERIOD = Pattern(r"(?P<number>1[0-2]|\d|[一二三四])(?P<unit>季度|月份?)")
_DATE_WORDS = Pattern(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初|度|上半年|下半年)?|去年|上年|今年|同期|全年|的|为|是|共|、|同比|预计|预期|达到|实现"
)
_FINER = frozenset(("级", "类", "等", "档", "位", "名次", "星"))
_TIME_UNITS = frozenset(("天", "小时", "分钟", "个工作日", "个月", "周", "年"))
_IMPROVE = frozenset(("提升", "提高", "优化", "升", "提"))


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Trends against their verbs, rows against their course, changes against the figures they are measured between."""
    trends = claims.trends
    for trend in trends:
        yield _direction(trend)
    for shift in claims.rank_trends:
        yield _shift(shift)
    for row in claims.rows:
        yield _course(claims, row)
    for cumulation in claims.cumulations:
        yield _accumulated(claims, cumulation)
    changes = _changes(claims)
    yield from _opposed(claims, changes)
    for change in changes:
        pair = _pair(claims, trends, change, params)
        if pair is None:
            if change.sort in ("percent", "points"):
                yield Outcome("unchecked", change.span, derivation=change.text, defect="growth", reason="no-base")
            continue
        yield from _judge(claims, change, pair)
    for change, pair in _respective(claims):
        yield from _judge(claims, change, pair)


# --- direction --------------------------------------------------------------------------------------------------------


def _direction(trend: Trend) -> Outcome:
    evidence = (Evidence(trend.start.span, "from"), Evidence(trend.verb_span, "direction"))
    derivation = f"{trend.start.text}→{trend.end.text}"
    if not trend.comparable or _is_inverse(trend):
        return Outcome("unchecked", trend.end.span, evidence, derivation, defect="direction", reason="other-level")
    if not (trend.start.exact and trend.end.exact) and not _apart(trend):
        return Outcome("unchecked", trend.end.span, evidence, derivation, defect="direction", reason="approximate")
    if _sign(trend.end.value - trend.start.value) == trend.direction:
        return Outcome("consistent", trend.end.span, evidence, derivation, defect="direction")
    return _wrong_way(trend.start, trend.end, trend.verb, evidence)


def _wrong_way(start: Level, end: Level, verb: str, evidence: tuple[Evidence, ...]) -> Outcome:
    relation = _relation(start.value, end.value)
    return Outcome(
        "contradicted",
        end.span,
        evidence,
        f"{start.text}→{end.text}，{end.text}{relation.zh}{start.text}",
        expected=verb,
        actual=f"{start.text}→{end.text}",
        defect="direction",
        values={"start": start.text, "end": end.text, "verb": verb, "relation": relation},
    )


def _relation(start: Decimal, end: Decimal) -> Words:
    if start == end:
        return Words("等于", "equals")
    return Words("大于", "is more than") if end > start else Words("小于", "is less than")


def _is_inverse(trend: Trend) -> bool:
    """Where smaller is better, 提升 may lead down: grades, ranks, waiting times."""
    if trend.start.measure in _FINER:
        return True
    return trend.start.measure in _TIME_UNITS and trend.verb in _IMPROVE


def _apart(trend: Trend) -> bool:
    """Whether approximate figures are too far apart for their vagueness to matter."""
    low, high = sorted((trend.start.value, trend.end.value))
    return high > low * Decimal("1.3")


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _shift(shift: RankTrend) -> Outcome:
    """A rank that rises has the smaller number."""
    up = shift.later < shift.earlier
    evidence = (Evidence(shift.earlier_span, "from"), Evidence(shift.verb_span, "direction"))
    derivation = f"第{shift.earlier}→第{shift.later}"
    if shift.later != shift.earlier and up == (shift.direction > 0):
        return Outcome("consistent", shift.later_span, evidence, derivation, defect="direction")
    relation = Words("等于", "equals") if shift.later == shift.earlier else Words("的名次高于", "ranks higher than")
    if shift.later > shift.earlier:
        relation = Words("的名次低于", "ranks lower than")
    return Outcome(
        "contradicted",
        shift.later_span,
        evidence,
        derivation,
        expected=shift.verb,
        actual=derivation,
        defect="direction",
        values={"start": f"第{shift.earlier}", "end": f"第{shift.later}", "verb": shift.verb, "relation": relation},
    )


def _course(claims: Claims, row: Row) -> Outcome:
    figures = row.figures
    evidence = tuple(Evidence(figure.span, "from" if i == 0 else "to") for i, figure in enumerate(figures))
    derivation = "→".join(figure.text for figure in figures)
    steps = [_sign(after.value - before.value) for before, after in itertools.pairwise(figures)]
    if all(step == row.direction for step in steps):
        return Outcome("consistent", row.words, evidence, derivation, defect="direction")
    odd = next(i for i, step in enumerate(steps) if step != row.direction)
    start, end = level_of(figures[odd]), level_of(figures[odd + 1])
    outcome = _wrong_way(start, end, claims.document.words(row.words), evidence)
    return Outcome(
        "contradicted",
        row.words,
        evidence,
        derivation,
        expected=outcome.expected,
        actual=derivation,
        defect="direction",
        values=outcome.values,
    )


def _accumulated(claims: Claims, cumulation: Cumulation) -> Outcome:
    """Sums at successive dates cannot fall."""
    figures = cumulation.figures
    derivation = "→".join(figure.text for figure in figures)
    falling = next((pair for pair in itertools.pairwise(figures) if pair[1].value < pair[0].value), None)
    odd = figures[-1] if falling is None else falling[1]
    evidence = tuple(Evidence(figure.span, "earlier") for figure in figures if figure is not odd)
    if falling is None:
        return Outcome("consistent", odd.span, evidence, derivation, defect="direction")
    values = {"start": falling[0].text, "end": odd.text, "verb": claims.document.words(cumulation.words)}
    relation = _relation(falling[0].value, odd.value)
    return Outcome(
        "contradicted",
        odd.span,
        evidence,
        derivation,
        actual=derivation,
        defect="direction",
        values=values | {"relation": relation},
    )


# --- changes ----------------------------------------------------------------------------------------------------------


def _changes(claims: Claims) -> list[Change]:
    found = [change for rate in claims.rates if (change := _percent_change(claims, rate)) is not None]
    found += [change for q in claims.quantities if (change := _counted_change(claims, q)) is not None]
    found += _multiples(claims)
    return sorted(found, key=lambda change: change.span.start)


def _percent_change(claims: Claims, rate: Rate) -> Change | None:
    if rate.sort != "change" or rate.place:
        return None
    direction, start = _verb(claims.document.text, rate.clause.start, rate.span.start)
    if direction == 0 or _goes_on(claims, rate):
        return None
    return Change(
        "percent", rate.span, rate.text, rate.value, rate.step, "%", direction, start, rate.approximation, rate.tenths
    )


def _goes_on(claims: Claims, rate: Rate) -> bool:
    """Whether a row of changes follows (分别下降10.3%、46.8%): then it is not known which figures each belongs to."""
    following = claims.rates[rate.order + 1 : rate.order + 2]
    return bool(following) and following[0].run == rate.run


def _verb(text: str, start: int, end: int) -> tuple[int, int]:
    """Direction and place of the word of change right before a figure."""
    found = _BY.search(text, max(start, end - 16), end)
    if found is None:
        return (1, end) if text[max(start, end - 6) : end].find("增速") >= 0 else (0, end)
    return (1 if found["up"] else -1), found.start()


def _counted_change(claims: Claims, quantity: Quantity) -> Change | None:
    if quantity.measure == "%" or quantity.ranged:
        return None
    direction, start = _verb(claims.document.text, quantity.clause.start, quantity.span.start)
    if direction == 0:
        return None
    sort: Sort = "points" if quantity.measure == "百分点" else "difference"
    return Change(
        sort,
        quantity.span,
        quantity.text,
        quantity.value,
        quantity.step,
        quantity.measure,
        direction,
        start,
        quantity.approximation,
    )


_HAN = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2, "": 1}


def _multiples(claims: Claims) -> Iterator[Change]:
    """翻一番 is twice as much, 翻两番 four times; 增长两倍 three times; 减少一半 is about 50%."""
    for match in _DOUBLED.find(claims.document.text):
        span, text = Span(*match.span()), match.group()
        if match["half"] is not None:
            direction = 1 if match["half"] in ("增加", "增长", "提高", "上升") else -1
            yield Change("percent", span, text, Decimal(50), Decimal(10), "%", direction, span.start, "about")
            continue
        times = match["times"]
        if times is None:
            value = Decimal(2 ** _HAN[match["count"]])
        else:
            value = 1 + (Decimal(times) if times[0].isdigit() else Decimal(_HAN[times]))
        rough = any(word in text for word in "近约超")
        yield Change("times", span, text, value, Decimal(1), "倍", 1, span.start, "about" if rough else "")


# --- the two figures --------------------------------------------------------------------------------------------------


def _pair(claims: Claims, trends: Sequence[Trend], change: Change, params: Params) -> Pair | None:
    return (
        _from_trend(claims, trends, change, params)
        or _from_comparison(claims, change)
        or _from_difference_behind(claims, change)
        or _from_years(claims, change)
        or _from_named_time(claims, change)
        or _from_two_rates(claims, change)
    )


def _from_trend(claims: Claims, trends: Sequence[Trend], change: Change, params: Params) -> Pair | None:
    """由A增长到B，增长p%: the last trend before the change, with no other level between."""
    text = claims.document.text
    index = bisect_right(trends, change.span.start, key=lambda trend: trend.end.span.end) - 1
    if index < 0:
        return None
    trend = trends[index]
    gap = text[trend.end.span.end : change.verb_start]
    if len(gap) > params.reach or any(mark in gap for mark in "；。") or trend.start.measure != trend.end.measure:
        return None
    between = [
        q
        for q in within(claims.quantities, trend.end.span.end, change.verb_start)
        if _verb(text, q.clause.start, q.span.start)[0] == 0
    ]
    if between or trend.per_period or trend.listed:
        return None
    if change.sort == "difference" and change.measure != trend.start.measure:
        return None
    if _AVERAGE.search(gap) is not None:
        return None
    own = (_COMPARED.search(gap) is None or _compares_with(text, gap, trend)) and _is_without_subject(text, gap, trend)
    return Pair(trend.start, trend.end, own and gap.count("，") <= 2)


_AVERAGE = Pattern(r"[年月季日户人]均|平均|其中")
_GAP_FILLER = Pattern(
    r"(?:同比|环比|较|比)(?:\d{4}年|上年|去年|前年|上一?年|同期|年初|期初|此前|之前|以往|原来|整改前|巡察前|上轮|度|末|底|同|期)*|净|累计|总体|整体|实现|共|合计|幅度|数量|总量|总数"
    r"|大幅度?|明显|显著|进一步|直接|有效|成功|均|约|达|了|的|并|已|再|又|其|，|（|：|降|增|升|直线|稳步|一年|两年|三年|期间|效率|时间|时限|以来|、|相当于|即|预计"
)


def _is_without_subject(text: str, gap: str, trend: Trend) -> bool:
    """Whether the clause of the change speaks of nothing else: 减到6个，会议下降30% does."""
    rest = _GAP_FILLER.compiled.sub("", gap.rpartition("，")[2])
    lead = text[max(0, trend.start.span.start - 40) : trend.start.span.start]
    return len(rest) < 2 or rest in lead


def _compares_with(text: str, gap: str, trend: Trend) -> bool:
    """Whether 同比 or 较上年 after a trend means the trend's own beginning: 由上年同期的4.5亿元增加到4.86亿元，同比增长8%."""
    origin = text[max(0, trend.start.span.start - 16) : trend.start.span.start]
    origin = origin[max(origin.rfind("由"), origin.rfind("从"), 0) :]
    named, years = _YEAR.search(gap), [int(match.group()) for match in _YEAR.find(origin)]
    if named is not None:
        return years[-1:] == [int(named.group())]
    if _EARLIER.search(origin) is not None:
        return True
    later = [int(match.group()) for match in _YEAR.find(text, trend.verb_span.end, trend.end.span.start)]
    return bool(years and later) and later[-1] == years[-1] + 1


def _from_comparison(claims: Claims, change: Change) -> Pair | None:
    """B，较去年的A增长p%; and B，较去年增加d，增长p%, where A is B less d."""
    text = claims.document.text
    sentence = claims.document.sentence_at(change.span.start)
    floor = max(sentence.start, change.span.start - _REACH)
    start = max(floor, text.rfind("；", floor, change.span.start) + 1)
    before = [q for q in within(claims.quantities, start, change.verb_start) if not q.ranged and q.measure != "百分点"]
    if not before:
        return None
    clause_start = max(floor, *(text.rfind(mark, floor, change.span.start) + 1 for mark in "，；。（：\n"))
    last = before[-1]
    if last.span.start < clause_start or _is_change(text, last):  # 同比增加0.63亿元、增长5.4%
        return _from_later(claims, before, change, sentence.end) or _from_difference(claims, before, change)
    compared = _COMPARED.search(text, clause_start, last.span.start)
    if compared is None or change.verb_start - last.span.end > 8 or not last.exact:
        return None
    if _APART_BY.search(text, compared.end(), last.span.start) is not None:
        return None  # 较预算节约5.3万元、同比下降41.2%
    earlier = [q for q in before[:-1] if q.measure == last.measure and not _is_change(text, q)]
    earlier = [q for q in earlier if not _is_base(text, q)]
    earlier = _told_of_now(text, [q for q in earlier if q.span.end <= clause_start], last)
    if earlier:
        subject = text[clause_start : compared.start()].removesuffix("数量").removeprefix("其")
        named = [q for q in earlier if len(subject) >= 2 and q.before.endswith(subject)]
        if len(named) == 1:  # 学生党员171名、教师党员15名，教师党员比2022年的6名增加9名
            return Pair(level_of(last), level_of(named[0]), True, named=True)
        own = len(subject) < 2 or subject in text[start:clause_start]
        return _best_pair(text, last, earlier, change, clause_start, own=own)
    later = within(claims.quantities, change.span.end, min(sentence.end, change.span.end + 16))
    if later and later[0].measure == last.measure and _REACHES.search(text, change.span.end, later[0].span.start):
        return Pair(level_of(last), level_of(later[0]), True)
    return None


_APART_BY = Pattern(
    r"(?:节约|节省|结余|超支|超出|短缺|不足|压[减缩]|核减|[多少](?:支|用|花|支出|开支))(?:资金|经费|费用)?了?约?$"
)
"""What says that the figure behind it is by how much something lies off a base, and not the base."""


def _is_base(text: str, quantity: Quantity) -> bool:
    """Whether a figure is what another one was compared with before: 38件，较2020年的34件上升12%，较2019年的39件下降3%."""
    behind = _CHANGED_BEHIND.match(text, quantity.span.end)
    return behind is not None and _COMPARED.search(text, quantity.clause.start, quantity.span.start) is not None


_CHANGED_BEHIND = Pattern(rf"(?:大幅|明显|净|共|已|再|又|略|相比)*(?:{UP}|{DOWN})")
_OF_THEM = Pattern(r"(?:中|里|内)$")
_SHARE_ASIDE = Pattern(
    r"，占(?:比|\p{Han}{1,8}的)?[\d.]+%|，(?:较|比)[^，。；%]{2,24}\d(?:[^，。；%]{0,8})[\d.]+%",
    needs=("，占", "，较", "，比"),
)


def _told_of_now(text: str, levels: Sequence[Quantity], base: Quantity) -> list[Quantity]:
    """The figures that a comparison may be made with.

    No set of which the others are told (12个断面中，……), and where the base has a time of its own, none before the one that has
    one too: 共有断面12个，2024年优良断面11个，比2022年的9个增加2个.
    """
    kept = [level for level in levels if _OF_THEM.search(level.after) is None] or list(levels)
    if _YEAR.search(base.before) is None and _EARLIER.search(base.before) is None:
        return kept
    timed = [i for i, level in enumerate(kept) if _YEAR.search(level.before) or _LATER.search(level.before)]
    return kept[timed[-1] :] if timed else kept


def _best_pair(
    text: str, base: Quantity, levels: Sequence[Quantity], change: Change, clause_start: int, *, own: bool
) -> Pair:
    """Of several later figures the one that fits; it is only plain which is meant where there is but one."""
    start = level_of(base)
    for level in reversed(levels):
        right = len(levels) == 1 or _sign(level.value - base.value) == change.direction
        if right and _follows(change, start, level_of(level)):
            return Pair(start, level_of(level), True)
    between = text[levels[-1].span.end : clause_start]
    near = _SHARE_ASIDE.sub("", between).count("，") <= 1
    return Pair(start, level_of(levels[-1]), own and near and len(levels) == 1)


def _from_later(claims: Claims, before: Sequence[Quantity], change: Change, end: int) -> Pair | None:
    """收入36万元，较上年增长20%，上年为30万元."""
    text = claims.document.text
    stated = _LATER_STATED.match(text, change.span.end, end)
    levels = [q for q in before if not _is_change(text, q)]
    if stated is None or not levels:
        return None
    figures = within(claims.quantities, stated.end(), min(end, stated.end() + 1))
    if not figures or figures[0].measure != levels[-1].measure:
        return None
    return Pair(level_of(figures[0]), level_of(levels[-1]), len(levels) == 1)


_LATER_STATED = Pattern(
    r"[，（](?:而|比)?(?:去年|上年|上一年|前一年)(?:同期|全年|年底|末)?(?:数|量)?(?:为|是|仅|仅为|的)?"
)


_REACHES = Pattern(r"，(?:达到?|至|为|已达到?|升至|降至|增至|减至)$")


def _is_change(text: str, quantity: Quantity) -> bool:
    return _verb(text, quantity.clause.start, quantity.span.start)[0] != 0


_GAINED = Pattern(r"(?:(?P<up>[增多超]收|增支)|(?P<down>[减短少]收|减支))(?:了|约|近|超过?)*$")


def _course_of(text: str, quantity: Quantity) -> int:
    """+1 or -1 where a figure is by how much something changed: 增加12件, 减收1070万元."""
    direction, _ = _verb(text, quantity.clause.start, quantity.span.start)
    if direction:
        return direction
    found = _GAINED.search(quantity.before)
    return 0 if found is None else 1 if found["up"] else -1


def _from_difference(claims: Claims, before: Sequence[Quantity], change: Change) -> Pair | None:
    """B，较去年增加d，增长p%; 较去年的A增加d，增长p%; and 减少d，下降p% where d is that of a trend told elsewhere."""
    text, last = claims.document.text, before[-1]
    gap = text[last.span.end : change.verb_start]
    if change.sort != "percent" or last.measure == "%" or not last.exact or gap.count("，") + gap.count("、") != 1:
        return None
    if _course_of(text, last) != change.direction or _AVERAGE.search(gap) is not None:
        return None
    bases = {_base_of(gap), _base_of(text[last.clause.start : last.span.start])} - {""}
    if len(bases) > 1:
        return None  # 比预算少5.3万元，比上年下降41.2%
    if _COMPARED.search(text, last.clause.start, last.span.start) is None:
        return _from_told_trend(claims, last, change) or _from_told_level(claims, last, change)
    base = before[-2] if len(before) > 1 else None
    if base is not None and base.measure == last.measure and base.exact and base.span.start >= last.clause.start:
        compared = _COMPARED.search(text, last.clause.start, base.span.start)
        return _more(base, last, change) if compared is not None else None
    levels = [q for q in before[:-1] if q.measure == last.measure and _course_of(text, q) == 0]
    if not levels:
        return _from_told_level(claims, last, change)
    pairs = [pair for level in reversed(levels) if (pair := _less(level, last, change)) is not None]
    fitting = next((pair for pair in pairs if _follows(change, pair.start, pair.end)), None)
    if fitting is not None or not pairs:
        return fitting
    sure = len(levels) == 1 and text.count("，", levels[-1].span.end, last.span.start) == 1
    return Pair(pairs[0].start, pairs[0].end, sure, pairs[0].by)


def _base_of(words: str) -> str:
    """With what a change is told to be compared; empty where nothing is named."""
    found = _BASE.search(words)
    if found is None:
        return ""
    if found["rate"]:
        return "年" if found["rate"] == "同比" else "月"
    return str(_YEAR_BEFORE.sub("年", found["base"]))


_BASE = Pattern(
    r"(?P<rate>同比|环比)|[与同和](?P<base>(?:\d{4}年)?\p{Han}{0,10}?)相?比|(?:较|比)(?P<base>\d{4}年\p{Han}{0,8}?|\p{Han}{1,10}?)(?:相比)?(?=[增减多少升降提高低节超净约扩缩]|上[升涨]|下[降跌]|同比|$)"
)
_YEAR_BEFORE = Pattern(r"(?:去年|上年|上一年|前一年|\d{4}年)(?:同期|度|全年|数|水平)*")
_DIFFERENCE_BEHIND = Pattern(
    rf"[，、](?:比\p{{Han}}{{2,10}}\d+(?:\.\d+)?(?:%|个百分点)，)?(?:同比|净|共)?(?:{UP}|{DOWN}|[增减][收支])了?(?=\d)",
    linear=True,
)
_SAME_TIME_BEFORE = Pattern(
    r"(?:（次）)?，?(?:同比|比(?:上年|去年|上一年|前年)(?:同期)?|较(?:上年|去年|上一年|前年)(?:同期)?|与(?:上年|去年)(?:同期)?相比)"
)


def _from_difference_behind(claims: Claims, change: Change) -> Pair | None:
    """B，同比增长p%，增加d: the difference stands behind the percentage."""
    text = claims.document.text
    behind = _DIFFERENCE_BEHIND.match(text, change.span.end) if change.sort == "percent" else None
    if behind is None:
        return None
    figures = within(claims.quantities, behind.end(), behind.end() + 1)
    levels = within(claims.quantities, max(0, change.verb_start - _BACK), change.verb_start)[-1:]
    if not figures or not levels or figures[0].measure != levels[0].measure:
        return None
    level, difference = levels[0], figures[0]
    told = _SAME_TIME_BEFORE.fullmatch(text, level.span.end, change.verb_start) is not None
    if not told or not level.exact or not difference.exact or _is_change(text, level):
        return None
    return _less(level, difference, change) if _course_of(text, difference) == change.direction else None


_TELLING = 20
"""A difference smaller than this may be that of another trend by chance."""


def _from_told_trend(claims: Claims, difference: Quantity, change: Change) -> Pair | None:
    """从500件下降至320件。……减少180件，下降36%: the one trend of the text that has this very difference."""
    if difference.value < _TELLING:
        return None
    told = {
        (trend.start.value, trend.end.value): trend
        for trend in claims.trends
        if trend.start.measure == difference.measure
        and trend.direction == change.direction
        and not (trend.per_period or trend.listed)
        if trend.start.exact and trend.end.exact and trend.end.span.end <= difference.span.start
        if abs(trend.end.value - trend.start.value) == difference.value and _is_of(claims, trend, difference)
    }
    if len(told) != 1:
        return None
    trend = next(iter(told.values()))
    return Pair(trend.start, trend.end, True, level_of(difference))


_THAN_BEFORE = Pattern(
    r"(?:[与同和]|相?比|较|对比)(?:去年|上年|上一?年|前年|20\d\d年|同期|上年度|去年度)|同比|(?:去年|上年|上一年)(?:同期)?相比"
)
_WHOLE_LEAD = Pattern(
    r"(?:全[省市县区镇乡州旗院校局]|全系统|截至\p{Han}{0,4}|目前|累计|总计|共计?|今年|本年度?|已|期间|整改期间|本轮|各级|各地|其中)*"
)
_LEAST_NAME, _FULL_NAME = 4, 6
_BACK_TO_LEVEL = 1500


def _from_told_level(claims: Claims, difference: Quantity, change: Change) -> Pair | None:
    """罚款总额280万元。……与上年相比，罚款总额增加35万元、增长14.3%: the one figure that the text gives for that name."""
    document = claims.document
    verb = _BY.search(difference.before)
    sentence = document.sentence_at(difference.span.start)
    floor = max(sentence.start, difference.span.start - _REACH)
    if verb is None or _THAN_BEFORE.search(document.text, floor, difference.span.start) is None:
        return None
    name = _GAP_FILLER.compiled.sub("", difference.before[: verb.start()])
    if len(name) < _LEAST_NAME or not difference.before[: verb.start()].endswith(name):
        return None
    told = [
        q
        for q in within(claims.quantities, max(0, floor - _BACK_TO_LEVEL), difference.span.start)
        if q.measure == difference.measure and _EXTENT.sub("", q.before).endswith(name)
    ]
    if len({q.value for q in told}) != 1 or not told[0].exact:
        return None
    level = told[-1]
    lead = _EXTENT.sub("", level.before).removesuffix(name)
    near = document.paragraph_at(level.span.start).order == document.paragraph_at(difference.span.start).order
    if _WHOLE_LEAD.fullmatch(lead) is None or not (near or len(name) >= _FULL_NAME):
        return None
    return _less(level, difference, change)


_EXTENT = Pattern(r"(?:共计?|合计|总计|的|为|是|达到?|已)+$")


def _is_of(claims: Claims, trend: Trend, difference: Quantity) -> bool:
    """Whether the words before a difference begin with what the trend is said of: 投诉量减少 and 服务类投诉从……下降至."""
    sentence = claims.document.sentence_at(trend.start.span.start)
    lead = claims.document.text[max(sentence.start, trend.start.span.start - 60) : trend.start.span.start]
    verb = _BY.search(difference.before)
    subject = difference.before[: verb.start()] if verb is not None else ""
    return len(subject) < 2 or subject[:2] in lead


def _more(base: Quantity, difference: Quantity, change: Change) -> Pair | None:
    """The later figure, worked out from the earlier one and the stated difference."""
    start = level_of(base)
    value = start.value + difference.value * change.direction
    words = f"({start.text}{'+' if change.direction > 0 else '-'}{difference.text})"
    step = max(start.step, difference.step)
    end = Level(difference.span, words, value, step, start.measure, start.unit, "")
    return Pair(start, end, True, level_of(difference)) if value > 0 else None


def _less(level: Quantity, difference: Quantity, change: Change) -> Pair | None:
    """The earlier figure, worked out from the later one and the stated difference."""
    end = level_of(level)
    value = end.value - difference.value * change.direction
    words = f"({end.text}{'-' if change.direction > 0 else '+'}{difference.text})"
    start = Level(difference.span, words, value, max(end.step, difference.step), end.measure, end.unit, "")
    return Pair(start, end, True, level_of(difference)) if value > 0 else None


def _from_years(claims: Claims, change: Change) -> Pair | None:
    """2023年53件，2022年58件，同比下降8.6%: two figures of one thing, told apart by their times."""
    text = claims.document.text
    sentence = claims.document.sentence_at(change.span.start)
    floor = max(sentence.start, change.span.start - _REACH)
    start = max(floor, text.rfind("；", floor, change.span.start) + 1)
    figures = [
        q
        for q in within(claims.quantities, start, change.verb_start)
        if not q.ranged and q.measure not in ("%", "百分点") and not _is_change(text, q)
    ]
    if change.sort not in ("percent", "times") or len(figures) < 2:
        return None
    first, second = figures[-2:]
    if first.measure != second.measure or change.verb_start - second.span.end > 12 or not _alike(first, second):
        return None
    gap = text[second.span.end : change.verb_start]
    if any(mark in gap for mark in "；。（"):
        return None
    order = _times(text, first, second)
    if order == 0:
        return None
    pair = (first, second) if order > 0 else (second, first)
    alone = sum(q.measure == first.measure for q in figures) == 2
    subject = _GAP_FILLER.compiled.sub("", gap.rpartition("，")[2])
    own = len(subject) < 2 or subject in first.before or subject in second.before
    return Pair(level_of(pair[0]), level_of(pair[1]), alone and own and "）" not in gap)


_THAN = Pattern(
    r"(?:较|相比|比(?![例重率]))(?P<time>(?:[^，。；：（）\d例重率]|(?:19|20)\d\d年|\d{1,2}月){1,8}?)(?:的|时的|相比|大幅|累计|共|又|再|净|已|整体|总体)*$"
)
_BACK = 160


def _from_named_time(claims: Claims, change: Change) -> Pair | None:
    """巡视时完成率46%……；目前完成率82%，较巡视时提高36个百分点: the one rate of that name told with that time, in the same paragraph."""
    text = claims.document.text
    if change.sort != "points":
        return None
    than = _THAN.search(text, max(0, change.verb_start - 24), change.verb_start)
    if than is None or len(than["time"]) < 2:
        return None
    floor = max(claims.document.paragraph_at(change.span.start).span.start, than.start() - _BACK)
    first = bisect_left(claims.rates, floor, key=lambda rate: rate.span.start)
    last = bisect_left(claims.rates, than.start(), key=lambda rate: rate.span.start)
    rates = [
        rate for rate in claims.rates[first:last] if rate.sort in ("named", "share") and rate.exact and not rate.of
    ]
    if len(rates) < 2:
        return None
    now, earlier = rates[-1], rates[:-1]
    then = [rate for rate in earlier if than["time"] in text[rate.clause.start : rate.span.start]]
    close = than.start() - now.span.end <= 2 and than["time"] not in text[now.clause.start : now.span.start]
    if not close or len(then) != 1 or now.run != now.order or then[0].run != then[0].order:
        return None
    named = _bare(now.name)
    if not named or not _bare(then[0].name.removeprefix(than["time"])).endswith(named):
        return None
    return Pair(_level_of_rate(then[0]), _level_of_rate(now), True)


_NOW = Pattern(r"，(?:今年|本年度?|本次|本轮)(?:同比|再|又)?")
_SAME_CHANGE = Pattern(
    r"(?:，|（)?(?:同比|[较比](?:上年|去年|上一年|上年度)(?:同期)?(?:的)?|今年|本年度?|两年|相比)?(?:净|再|又|共|大幅|明显)?"
)
_MOST_READINGS = 2


def _from_two_rates(claims: Claims, change: Change) -> Pair | None:
    """达标率今年93%，上年88%，提高5个百分点; and 达标率93%。……上年达标率88%，今年提高5个百分点."""
    document, text = claims.document, claims.document.text
    if change.sort not in ("points", "percent"):
        return None
    floor = max(document.paragraph_at(change.span.start).span.start, change.verb_start - _REACH)
    first = bisect_left(claims.rates, floor, key=lambda rate: rate.span.start)
    last = bisect_left(claims.rates, change.verb_start, key=lambda rate: rate.span.start)
    rates = [rate for rate in claims.rates[first:last] if rate.sort in ("named", "other") and rate.exact]
    if len(rates) < 2 or any(rate.run != rate.order for rate in rates[-2:]):
        return None
    one, other = rates[-2:]
    if document.sentence_index(other.span.start) != document.sentence_index(change.span.start):
        return None
    gap = text[other.span.end : change.verb_start]
    together = document.sentence_index(one.span.start) == document.sentence_index(other.span.start)
    beside = claims.rates[last - 1] is other and claims.rates[last - 2] is one  # no share or change among them
    if together and beside and _SAME_CHANGE.fullmatch(gap) is not None and not _told_apart(text, one, other):
        order = _order_of(text, one, other)
        if not order or not _is_same_rate(one, other):
            return None
        pair = (one, other) if order > 0 else (other, one)
        alone = len(rates) == 2 or document.sentence_index(rates[-3].span.start) != document.sentence_index(
            one.span.start
        )
        return Pair(_level_of_rate(pair[0]), _level_of_rate(pair[1]), alone)
    if change.sort != "points" or _NOW.fullmatch(gap) is None or not _is_past(document, other):
        return None
    now = [rate for rate in rates[:-1] if rate.sort == "named" and _is_same_rate(rate, other)]
    now = [rate for rate in now if not _is_past(document, rate)]
    pairs = [Pair(_level_of_rate(other), _level_of_rate(rate), len(now) <= _MOST_READINGS) for rate in now]
    return next((pair for pair in pairs if _follows(change, pair.start, pair.end)), pairs[0] if pairs else None)


def _told_apart(text: str, one: Rate, other: Rate) -> bool:
    """Whether another matter may begin between two rates."""
    between = text[one.span.end : other.span.start]
    return any(mark in between for mark in "；：。") or between.count("，") > 1


def _is_same_rate(one: Rate, other: Rate) -> bool:
    """Whether the second rate has the first one's name, or none of its own."""
    named = _bare(other.name)
    return (not named and bool(one.name)) or (bool(named) and _bare(one.name).endswith(named))


def _is_past(document: Document, rate: Rate) -> bool:
    """Whether the sentence tells a rate as that of the year before."""
    sentence = document.sentence_at(rate.span.start)
    return (
        _EARLIER.search(document.text, max(sentence.start, rate.span.start - _TIME_REACH), rate.span.start) is not None
    )


_TIME_REACH = 40


def _order_of(text: str, one: Rate, other: Rate) -> int:
    """+1 where the first of two rates is the earlier one, -1 where it is the later, 0 where the wording does not tell."""
    first, second = (text[rate.clause.start : rate.span.start] for rate in (one, other))
    years = [[int(match.group()) for match in _YEAR.find(words)] for words in (first, second)]
    if years[0] and years[1]:
        return _sign(Decimal(years[1][-1] - years[0][-1]))
    if years[0] or years[1]:
        return 0
    past = [_EARLIER.search(words) is not None for words in (first, second)]
    now = _LATER.search(second) is not None
    if past == [False, True]:
        return -1
    return 1 if past == [True, False] and now else 0


_TIME_LEAD = Pattern(
    r"^(?:同一?(?:时点|时期|口径|期)|整改[前后]|巡[察视][前后时]?|(?:[去上今本前当]|\d{4})?[年月][初末底度]?|[一二三四]季度|目前|当前|现在?|[末底初度的])+"
)


def _bare(name: str) -> str:
    """A rate's name without the time that is stuck to it: 月末不良率."""
    return str(_TIME_LEAD.sub("", name))


def _level_of_rate(rate: Rate) -> Level:
    return Level(rate.span, rate.text, rate.value, rate.step, "%", "%", rate.approximation)


def _alike(first: Quantity, second: Quantity) -> bool:
    """Whether both figures speak of one thing: the second one's words are only a time, or share a word with the first's."""
    rest = _DATE_WORDS.compiled.sub("", second.before)
    if len(rest) <= 1:
        return True
    words = f"{first.before}|{first.noun}"
    return share_a_word(rest, words) and first.role == second.role


def _times(text: str, first: Quantity, second: Quantity) -> int:
    """+1 when the first figure is the earlier one, -1 when the second is, 0 when the wording does not tell."""
    years = [[int(match.group()) for match in _YEAR.find(q.before)] for q in (first, second)]
    if years[0] and years[1] and years[0][-1] != years[1][-1]:
        return 1 if years[0][-1] < years[1][-1] else -1
    periods = [[(match["number"], match["unit"]) for match in _PERIOD.find(q.before)] for q in (first, second)]
    if (
        periods[0]
        and periods[1]
        and periods[0][-1][1] == periods[1][-1][1]
        and "环比" in text[second.span.end : second.span.end + 12]
    ):
        return _sign(Decimal(chinese_ordinal(periods[1][-1][0]) - chinese_ordinal(periods[0][-1][0])))
    past = [_EARLIER.search(q.before) is not None for q in (first, second)]
    if past[0] != past[1]:
        return 1 if past[0] else -1
    return 0


_RESPECTIVELY = Pattern(
    rf"(?P<gap>[，、（]?(?:同比)?)(?:分别(?:同比)?(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了)?|(?:(?P<up>{UP})|(?P<down>{DOWN}))幅?分别(?:为|达))$",
    needs=("分别",),
)
_THAN_THEN = Pattern(r"，?(?:同比|(?:[与同]|[较比])(?:去年|上年|上一年|20\d\d年)(?:同期)?(?:相比)?，?)(?:分别)?(?:各)?")
_AND = frozenset(("、", "和", "及", "，", "与", "以及"))


def _respective(claims: Claims) -> Iterator[tuple[Change, Pair]]:
    """事故27起、死亡19人，同比减少6起、4人，分别下降18.2%、17.4%: figures, their differences and their rates in one order."""
    text = claims.document.text
    for first in claims.rates:
        row = [rate for rate in claims.rates[first.order : first.order + _LONGEST_ROW] if rate.run == first.order]
        if first.place or len(row) < 2 or not all(rate.exact for rate in row):
            continue
        lead = max(claims.document.sentence_at(first.span.start).start, first.span.start - _ROW_LEAD)
        told = _RESPECTIVELY.search(text, lead, first.span.start)
        if told is None:
            continue
        direction = 1 if told["up"] else -1
        before = within(claims.quantities, max(0, lead - _REACH), told.start())[-2 * len(row) :]
        levels, differences = before[: len(row)], before[len(row) :]
        if len(before) < 2 * len(row) or differences[-1].span.end != told.start():
            continue
        alike = all(one.measure == other.measure for one, other in zip(levels, differences, strict=True))
        joined = all(text[a.span.end : b.span.start] in _AND for a, b in itertools.pairwise(differences))
        way, start = _verb(text, differences[0].clause.start, differences[0].span.start)
        than = _THAN_THEN.fullmatch(text, levels[-1].span.end, start)
        if not alike or not joined or way != direction or than is None or any(_is_change(text, q) for q in levels):
            continue
        sentence = claims.document.sentence_index(first.span.start)
        if claims.document.sentence_index(levels[0].span.start) != sentence or not all(q.exact for q in before):
            continue
        for rate, level, difference in zip(row, levels, differences, strict=True):
            change = Change("percent", rate.span, rate.text, rate.value, rate.step, "%", direction, told.start(), "")
            if (pair := _less(level, difference, change)) is not None:
                yield change, pair


_LONGEST_ROW, _ROW_LEAD = 6, 12


# --- judgement --------------------------------------------------------------------------------------------------------


def _judge(claims: Claims, change: Change, pair: Pair) -> Iterator[Outcome]:
    start, end = pair.start, pair.end
    if start.value <= 0 or start.measure != end.measure:
        return
    evidence = (Evidence(start.span, "from"), Evidence(end.span, "to"))
    direction = _sign(end.value - start.value)
    derivation = _derivation(change, pair)
    if not (start.exact and end.exact):
        yield Outcome("unchecked", change.span, evidence, derivation, defect="growth", reason="approximate")
        return
    if direction != change.direction:
        yield from _against_verb(claims, change, pair, evidence)
        return
    if _follows(change, start, end):
        yield Outcome("consistent", change.span, evidence, derivation, defect="growth")
        return
    if not pair.clear:
        yield Outcome("unchecked", change.span, evidence, derivation, defect="growth", reason="ambiguous")
        return
    defect = "points" if _takes_points_for_percent(change, start, end) else "growth"
    yield Outcome(
        "contradicted",
        change.span,
        evidence,
        f"{derivation}≠{change.text}",
        expected=_expected(change, pair),
        actual=change.text,
        defect=defect,
        values={
            "change": change.text,
            "start": _as_told(start, pair.by),
            "end": _as_told(end, pair.by),
            "derivation": derivation,
            "reading": _reading(start, end),
        },
    )


def _as_told(level: Level, by: Level | None) -> str:
    """A figure as the text has it: for one that was worked out, the difference."""
    return by.text if by is not None and level.text.startswith("(") else level.text


def _against_verb(claims: Claims, change: Change, pair: Pair, evidence: tuple[Evidence, ...]) -> Iterator[Outcome]:
    """A rise called a fall.  Where the trend's own verb is already reported, nothing more is said."""
    index = bisect_right(claims.trends, pair.end.span.end, key=lambda trend: trend.end.span.end) - 1
    told = index >= 0 and claims.trends[index].end.span == pair.end.span
    if not pair.clear or (told and claims.trends[index].direction == change.direction):
        return
    if pair.start.measure in _TIME_UNITS or pair.start.measure in _FINER:
        return
    if change.sort == "difference" and not (pair.named or _follows(change, pair.start, pair.end)):
        return  # an increase of something else, unless it is as large as the fall
    text = claims.document.text
    word = text[change.verb_start : change.span.end]
    yield Outcome(
        "contradicted",
        Span(change.verb_start, change.span.end),
        evidence,
        f"{pair.start.text}→{pair.end.text}",
        expected="上升" if change.direction < 0 else "下降",
        actual=word,
        defect="direction",
        values={
            "start": pair.start.text,
            "end": pair.end.text,
            "verb": word,
            "relation": _relation(pair.start.value, pair.end.value),
        },
    )


def _opposed(claims: Claims, changes: Sequence[Change]) -> Iterator[Outcome]:
    """同比减少27件，上升29.7%: one change told in two ways that go against each other."""
    text = claims.document.text
    for change, again in itertools.pairwise(changes):
        if change.sort != "difference" or again.sort not in ("percent", "points"):
            continue
        if text[change.span.end : again.verb_start] not in ("，", "、", "，同比", "，即"):
            continue
        told, word = (text[one.verb_start : one.span.end] for one in (change, again))
        agrees = change.direction == again.direction
        yield Outcome(
            "consistent" if agrees else "contradicted",
            Span(again.verb_start, again.span.end),
            (Evidence(Span(change.verb_start, change.span.end), "direction"),),
            f"{told}，{word}",
            expected="下降" if change.direction < 0 else "上升",
            actual=word,
            defect="direction",
            values={
                "start": f"“{told}”",
                "end": "",
                "verb": word,
                "relation": Words("同一句写作", "the same sentence says"),
            },
        )


def _interval(level: Level) -> Interval:
    counted = level.measure not in ("元", "%", "‰") and level.value == level.value.to_integral_value()
    return Interval.of(level.value, level.step, counted=counted)


def _growth(start: Level, end: Level) -> Interval | None:
    """The relative change as an interval, always positive."""
    quotient = _interval(end).over(_interval(start))
    if quotient is None:
        return None
    one = Interval.exact(1)
    return quotient - one if end.value >= start.value else one - quotient


def _follows(change: Change, start: Level, end: Level) -> bool:
    if change.sort in ("difference", "points"):
        gap = _interval(end) - _interval(start)
        if end.value < start.value:
            gap = _interval(start) - _interval(end)
        slack = Fraction(change.step)
        if change.approximation:
            return about(Interval(gap.low / 100, gap.high / 100), change.value, change.approximation)
        if change.sort == "points" and start.measure != "%":
            return False
        if change.sort == "points":  # who rounds subtracts what is written, or is off by the last digit
            apart = abs(abs(end.value - start.value) - change.value)
            return apart <= max(start.step, end.step, change.step)
        value = Fraction(change.value)
        return gap.low - slack <= value <= gap.high + slack if not gap.is_exact else gap.low == value
    growth = _growth(start, end)
    if growth is None:
        return True
    if change.sort == "times":
        times = growth.low + 1
        value = Fraction(change.value)
        loose = change.text.endswith("倍") and abs(times - value + 1) < Fraction(1, 5)  # 增长两倍 said of twice as much
        return loose or value * Fraction(9, 10) <= times < value * Fraction(3, 2)
    if change.approximation or change.tenths:
        return about(growth, change.value, change.approximation, tenths=change.tenths)
    return written_as(growth, change.value, change.step)


def _takes_points_for_percent(change: Change, start: Level, end: Level) -> bool:
    """提高11.1% where 85.2% became 96.3%, and the other way round: 提高13个百分点; 件 never change by points."""
    if change.sort == "points":
        if start.measure != "%":
            return True
        share = Fraction(abs(end.value - start.value)) / Fraction(start.value)  # of the rates as written
        return written_as(Interval.exact(share), change.value, change.step)
    if change.sort != "percent" or start.measure != "%":
        return False
    gap = abs(end.value - start.value)
    return abs(gap - change.value) <= max(change.step, Decimal("0.01")) / 2


def _derivation(change: Change, pair: Pair) -> str:
    start, end = pair.start, pair.end
    if pair.by is not None:
        return f"{pair.by.text}÷{start.text}={_share(start, end, _decimals(change))}%"
    high, low = (end, start) if end.value >= start.value else (start, end)
    if change.sort in ("points", "difference") and not (change.sort == "points" and start.measure != "%"):
        scale, unit = (Decimal(1), "个百分点") if start.measure == "%" else _scale(end)
        return f"{high.text}-{low.text}={_number((high.value - low.value) / scale)}{unit}"
    if change.sort == "times":
        return f"{end.text}÷{start.text}={_number(_round(Fraction(end.value) / Fraction(start.value), 2))}倍"
    return f"({high.text}-{low.text})÷{start.text}={_share(start, end, _decimals(change))}%"


def _scale(level: Level) -> tuple[Decimal, str]:
    """The scale and unit in which to show a difference: 亿元 where the later figure is in 亿元."""
    for word, power in (("亿", 8), ("万", 4)):
        if word in level.text:
            return Decimal(10) ** power, f"{word}{level.unit}"
    return Decimal(1), level.unit


def _decimals(change: Change) -> int:
    exponent = change.step.as_tuple().exponent
    return max(1, -exponent if isinstance(exponent, int) else 0)


def _share(start: Level, end: Level, decimals: int) -> str:
    return _number(_round(abs(Fraction(end.value) - Fraction(start.value)) / Fraction(start.value) * 100, decimals))


def _round(value: Fraction, decimals: int) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-decimals))


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _expected(change: Change, pair: Pair) -> str:
    if change.sort == "points" and pair.start.measure != "%":
        return f"{_share(pair.start, pair.end, 1)}%"
    return _derivation(change, pair).rpartition("=")[2]


def _reading(start: Level, end: Level) -> Words:
    percent = f"{_share(start, end, 1)}%"
    if start.measure != "%":
        return Words(f"变化 {percent}，不是百分点", f"a change of {percent}, not of percentage points")
    points = _number(abs(end.value - start.value))
    return Words(f"相差 {points} 个百分点，按比例是 {percent}", f"{points} percentage points apart, which is {percent}")


_FIELDS = ("change", "start", "end", "derivation", "reading")
KIND = Kind(
    "growth",
    Params,
    {"growth": _FIELDS, "points": _FIELDS, "direction": ("start", "end", "verb", "relation")},
    check,
)
