"""Averages: so much per head, per household, per round, with the amount and the count that they come from.

In: a `Document`, its quantities and trends.  Out: `Average` values, each with the wholes and the counts that its sentence
offers, and whether it is plain which are meant.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("漏发的8户已补发1.6万元，户均2000元。"))
>>> average, = find_averages(document, tuple(find_quantities(document)), ())
>>> [q.text for q in average.wholes], [q.text for q in average.counts], average.firm
(['1.6万元'], ['8户'], True)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

from rectlint.claims.quantities import Quantity, within
from rectlint.claims.rounding import Interval
from rectlint.claims.trends import Level, Trend, level_of
from rectlint.document import Document
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.values import parse_number

_REACH = 90
"""How far from the average, in characters, its amount and its count are looked for."""
_PER = Pattern(
    r"(?:(?P<mean>平均)?每(?P<rest>\p{Han}{1,8}(?:（[\p{Han}、]{1,6}）\p{Han}{0,4})?)|(?P<per>[人户亩村镇件案家次场期点校班组企站库])均(?P<gap>\p{Han}{0,6}))$",
    needs=("每", "均"),
)
_TIMES = Pattern(r"[年月日天周季时餐顿度晚夜]")
"""Words of time: 每人每月, 人均年收入, 每半年."""
_NOT_IT = Pattern(
    r"[较比]|每|均|去年|上年|同期|此前|原[来先]|以往|标准|要求|规定|计划|按|全[国省市县区]|最|各|限|[收增减]入|以[上下内]"
)
_FILLER = Pattern(r"(?:收到|提出|[约近为达到了的只有仅共计合发即相当于补助奖励贴给予支付发放金额款费用])+")
_GOES_ON = Pattern(r"[至到~—-]|、\d|不等|以[上下内]|起")
_LEAD = Pattern(r"(?:即|约|相当于|折?合|也就是|并|且|共)*")
_TOTAL_BEHIND = Pattern(r"[^，。；：\d（）]{0,8}[，、](?:共计?|合计|总计|累计|总共)[^，。；：\d（）]{0,6}")
_TIMES_BEHIND = Pattern(
    r"(?P<noun>[^，。；：\d（）]{0,8})[，、](?:共计?|合计|总计|累计|总共)[^，。；：\d（）]{0,4}(?P<whole>(?P<figure>\d{1,7})(?P<thing>个?\p{Han})次)(?!数)"
)
_GENERIC = frozenset("个家名位所条项")
_SIZES = frozenset(("元", "美元", "亩", "公顷", "平方米", "平方公里", "立方米", "吨", "公里", "米", "千克"))
_NO_AMOUNTS = frozenset(("%", "百分点", "‰", "天", "小时", "分钟", "年", "个月", "个工作日", "周", "级", "步"))
_SHARE_OR_STEP = Pattern(r"(?:占|增加|减少|增长|下降|提高|[较比])\p{Han}{0,8}$")
_PER_YEAR = {"每季度": 4, "每半年": 2, "每个季度": 4, "每月": 12, "每个月": 12}
_PER_PERIOD = Pattern(
    r"(?P<whole>(?P<times>\d{1,3}|[一二两三四五六七八九十]{1,3})次)，(?:平均)?(?P<per>每个?(?:季度|半年|月))(?P<average>(?P<each>\d{1,2}|[一二两三四五六])次)(?=[，。；、）\n])",
    needs=("每",),
)
_WHOLE_YEAR = Pattern(r"(?:全年|一年来|(?:19|20)\d\d年(?!\d{0,2}[月初底末—至-]|以来|上半年|下半年|前))[^，。；]*")


_FOR_EACH = Pattern(r"各(?:自|再)?(?:配|设|建|派|补|给|发|增|选|确定|安排|拨|购|有|聘)", needs=("各",))
_NAMES_EACH = Pattern(
    r"(?:^|[，。；：\n向在为给对])(?P<names>(?:\p{Han}{1,10}[、和及]){1,8}\p{Han}{1,10}?)(?:等(?:\d{1,2}|[两三四五六七八九])个\p{Han}{1,3})?各(?:自|再)?\p{Han}{1,4}$",
    needs=("、", "和", "及"),
)
_COUNT_EACH = Pattern(r"(?<![\d.第])(?P<count>\d{1,3})[个家所]\p{Han}{1,6}各(?:自|再)?\p{Han}{1,4}$")
_ONE_NAME = Pattern(r"(?:村|社区|乡|镇|街道|县|区|局|站|所|校|院|园|中心|公司|学校|支部)$")
_BY_STANDARD = Pattern(r"^(?:均|统一)?按照?$")
_DUE = Pattern(
    r"(?<![供响反相效适顺呼])应(?:发放?|补发?|补助|支付|付|兑付|兑现|拨付|缴)|(?:共|合计|总计)(?!同)|需(?:要)?(?:发放|补助|支付)"
)
_PART_OF_YEAR = Pattern(r"已|累计|[两三四五六七八]年|个月|季度|半年|首批|第一批|先行|分期|分批|预拨")
_DEDUCTED = Pattern(r"折算|中途|扣|减免|减半|除外|剔除|不足一年|不满一年|上限|最高|封顶|不超过")
_OF_ONE_YEAR = Pattern(r"(?:(?:19|20)\d\d|当|本|全|今|上|去)年|年度")
_SEVERAL = Pattern(r"\d+[个家所名]")
"""Who meets several times a month is one body: 4个支部开展主题党日48次，每月1次."""


class Average(NamedTuple):
    """``each`` is so much for one of what ``counts`` count, of what ``wholes`` say; ``firm`` when these must be meant.

    ``mean`` is an average proper (人均, 平均每村) and no share that all have alike (每人); ``periods`` the number of periods in
    a year where these are counted (每季度1次), told at ``period``; ``due`` for a standard by which all of it was worked out.
    """

    each: Level
    wholes: tuple[Level, ...]
    counts: tuple[Quantity, ...]
    firm: bool
    mean: bool = False
    periods: int = 0
    period: Span | None = None
    due: bool = False

    @property
    def fitting(self) -> tuple[Level, Quantity | None] | None:
        """An amount and a count that the average follows from; of several, sums of all are tried as well."""
        for whole, count in product(self.wholes, self.counts or (None,)):
            if self.follows(whole.value, whole, Fraction(count.value) if count is not None else Fraction(self.periods)):
                return whole, count
        sums = [sum((whole.value for whole in self.wholes[1:]), self.wholes[0].value)] if len(self.wholes) > 1 else []
        for value, count in product(sums, self.counts):
            if self.follows(value, self.wholes[0], Fraction(count.value)):
                return self.wholes[0], count
        if len(self.counts) > 1:
            together = Fraction(sum(count.value for count in self.counts))
            for whole in self.wholes:
                if self.follows(whole.value, whole, together):
                    return whole, self.counts[0]
        return None

    def follows(self, value: Decimal, whole: Level, count: Fraction) -> bool:
        """Whether ``value``, written as exactly as ``whole``, makes ``each`` for each of ``count``."""
        each, counted = self.each, whole.measure not in _SIZES
        if self.periods:
            times = Fraction(value) / (Fraction(each.value) * count)
            return Fraction(2, 3) < times < Fraction(3, 2)  # a time more or less says nothing
        if self.due:
            return abs(Fraction(each.value) * count - Fraction(value)) <= max(
                Fraction(whole.step), Fraction(value) / 500
            )
        if counted and not self.mean and not each.approximation and not whole.approximation:
            apart = abs(Fraction(value) - Fraction(each.value) * count)
            return apart * 10 <= Fraction(value)  # 每村3名 may be one more in a village or two
        quotient = Interval.of(value, whole.step, counted=counted).over(Interval.exact(count))
        if quotient is None:
            return True
        wanted = Fraction(each.value)
        size = max(Fraction(each.step), min(_round_step(wanted), wanted / 20))
        if each.approximation or whole.approximation:
            size = max(size, wanted / 10)
            return quotient.high >= wanted - size and quotient.low <= wanted + size
        return quotient.high >= wanted - size / 2 and quotient.low < wanted + size


def _round_step(value: Fraction) -> Fraction:
    """The place value of the last digit that is no 0: 1200 may stand for 1187."""
    step = 1
    while value % (step * 10) == 0 and value:
        step *= 10
    return Fraction(step)


_LOOKED_AT = "检查走访覆盖抽查督查巡查督导"
_SUMMED = Pattern(r"\p{Han}{0,8}，(?:共|合计|累计|总计|共计)")


def find_averages(document: Document, quantities: Sequence[Quantity], trends: Sequence[Trend]) -> Iterator[Average]:
    """All averages that have an amount and a count in their stretch of the sentence, in order."""
    starts = {trend.start.span.start: trend for trend in trends}
    for quantity in quantities:
        if ("每" not in quantity.before and "均" not in quantity.before) or quantity.ranged or quantity.value <= 0:
            continue
        trend = starts.get(quantity.span.start)
        before = quantity.before.rstrip("由从") if trend is not None else quantity.before
        per = _PER.search(before)
        if per is None or quantity.measure in _NO_AMOUNTS:
            continue
        start, end = _segment(document, quantity)
        around = [q for q in within(quantities, start, end) if q is not quantity and q.bracket == quantity.bracket]
        if trend is not None:
            earlier = [
                t for t in trends_between(trends, start, quantity.span.start) if t.start.measure == quantity.measure
            ]
            yield from _of_trend(document, around, quantity, per, trend, earlier)
        elif _GOES_ON.match(document.text, quantity.span.end) is None:
            yield from _plain(document, around, quantity, per)
    yield from _by_period(document)


def trends_between(trends: Sequence[Trend], start: int, end: int) -> Sequence[Trend]:
    """The trends that begin in ``[start, end)``."""
    first = bisect_left(trends, start, key=lambda trend: trend.start.span.start)
    return trends[first : bisect_left(trends, end, key=lambda trend: trend.start.span.start)]


def _segment(document: Document, quantity: Quantity) -> tuple[int, int]:
    """The stretch up to ； or 。 that a figure stands in, cut at the reach."""
    sentence = document.sentence_at(quantity.span.start)
    start = max(sentence.start, quantity.span.start - _REACH)
    start = max(start, document.text.rfind("；", start, quantity.span.start) + 1)
    end = min(sentence.end, quantity.span.end + _REACH // 2)
    stop = document.text.find("；", quantity.span.end, end)
    return start, end if stop < 0 else stop


def _counts(document: Document, around: Sequence[Quantity], per: Match) -> list[tuple[Quantity, str]]:
    """What may be counted, each with what stands between its name behind 每 and the figure."""
    found = []
    for quantity in around:
        if (
            quantity.measure in _SIZES - {"亩", "公顷", "公里", "吨", "平方米", "米"}
            or (quantity.value <= 1 and not _FOR_EACH.search(quantity.before))
            or not quantity.exact
        ):
            continue
        rest = _behind_name(document, quantity, per)
        if rest is not None and not _is_average(quantity) and not _FOR_EACH.search(quantity.before):
            found.append((quantity, rest))
        elif rest is not None and (all_told := _for_each(document, quantity)) is not None:
            found.append((all_told, rest))
    return found


def _for_each(document: Document, quantity: Quantity) -> Quantity | None:
    """How many there are in all where each of several named has so many: 向甲村、乙村各派驻1个工作组 makes two."""
    start = document.sentence_at(quantity.span.start).start
    words = document.text[max(start, quantity.span.start - _EACH_REACH) : quantity.span.start]
    counted = _COUNT_EACH.search(words)
    named = _NAMES_EACH.search(words) if counted is None else None
    if counted is not None:
        times = int(counted["count"])
    elif named is not None:
        names = _BETWEEN_NAMES.compiled.split(named["names"])
        if not all(_ONE_NAME.search(name) for name in names):
            return None
        times = len(names)
    else:
        return None
    value = quantity.value * times
    text = f"{quantity.text[len(quantity.figure) :]}"
    return quantity._replace(value=value, figure=str(value), text=f"{value}{text}")


_BETWEEN_NAMES = Pattern(r"[、和及]")
_EACH_REACH = 60


def _by_standard(
    document: Document, around: Sequence[Quantity], each: Quantity, per: Match, found: Sequence[tuple[Quantity, str]]
) -> Iterator[Average]:
    """3862人，按每人每年600元标准，2024年度应发放231.72万元: what is due by a standard that all of one count come under."""
    text = document.text
    if not text.startswith(("标准", "的标准"), each.span.end) or _BY_STANDARD.match(each.before[: per.start()]) is None:
        return
    sums = [q for q in around if q.measure == each.measure and q is not each]
    if len(found) != 1 or len(sums) != 1 or sums[0].span.start < each.span.end:
        return
    (count, rest), whole = found[0], sums[0]
    told = text[min(count.span.end, each.span.end) : whole.span.end]
    one_year = rest in ("每年", "年") and _OF_ONE_YEAR.search(text, each.span.end, whole.span.start) is not None
    due = _DUE.search(whole.before)
    if due is None or (rest and not (one_year and due.group().startswith("应"))):
        return
    sentence = document.sentence_at(whole.span.start)
    if _PART_OF_YEAR.search(told) is not None or _DEDUCTED.search(text, sentence.start, sentence.end) is not None:
        return
    if whole.exact and each.exact and told.count("，") <= 3 and "。" not in told and count.order < whole.order:
        yield Average(level_of(each), (level_of(whole),), (count,), True, due=True)


def _behind_name(document: Document, count: Quantity, per: Match) -> str | None:
    """What follows the name of one of the things counted; None where other things are counted."""
    following = document.text[count.span.end : count.span.end + 9]
    following = following[: next((i for i, c in enumerate(following) if c in "，。；：、（\n" or c.isdigit()), 9)]
    following = following.partition("每")[0]
    one = per["per"]
    if one:
        same = one in (count.unit, count.measure) or (one == "户" and count.unit == "家")
        return per["gap"] if same or (count.unit in _GENERIC and one in following) else None
    words = per["rest"]
    if count.measure == "人" and words[0] in "人名位":
        rest = words[1:]
    elif words.startswith(count.unit):
        rest = words[len(count.unit) :]
        if (
            count.unit in _GENERIC
            and rest
            and not _shared(rest, following)
            and not (count.unit == "家" and len(rest) < 3)
        ):
            return None
    elif count.unit in _GENERIC and _shared(words, following):
        rest = words
    else:
        return None
    return str(rest[_shared(rest, following) :])


def _shared(rest: str, following: str) -> int:
    """How many characters at the head of ``rest`` stand together in ``following``."""
    return next((length for length in range(len(rest), 0, -1) if rest[:length] in following), 0)


def _is_average(quantity: Quantity) -> bool:
    return ("每" in quantity.before or "均" in quantity.before) and _PER.search(quantity.before) is not None


def _may_be_whole(quantity: Quantity, each: Quantity) -> bool:
    same = quantity.measure == each.measure or (each.measure == "次" and quantity.measure.endswith("次"))
    same = same or quantity.measure == f"{each.measure}次"
    same = same and "各" not in quantity.before[-6:]
    return same and not quantity.ranged and quantity.value >= each.value and not _is_average(quantity)


def _plain(document: Document, around: Sequence[Quantity], each: Quantity, per: Match) -> Iterator[Average]:
    found = _counts(document, around, per)
    if not found:
        return
    by_standard = tuple(_by_standard(document, around, each, per, found))
    if by_standard:
        yield from by_standard
        return
    counts, rest = [count for count, _ in found], min((rest for _, rest in found), key=len)
    mean = bool(per["per"] or per["mean"])
    wholes = [q for q in around if _may_be_whole(q, each) and q not in counts]
    text, before = document.text, [q for q in counts if q.span.end <= each.span.start]
    lead = each.before[: per.start()]
    if before and before[-1].span.end == each.span.start - len(each.before):
        plain = _NOT_IT.search(lead) is None  # 5个粮库每库3次
    else:
        plain = _LEAD.fullmatch(lead) is not None
    plain = plain and _TIMES.search(rest) is None and _NOT_IT.search(rest) is None and bool(before)
    behind = _TIMES_BEHIND.match(text, each.span.end)
    if behind is not None and behind["thing"][-1] in behind["noun"]:
        number = parse_number(behind["figure"])
        whole = Level(
            Span(*behind.span("whole")), behind["whole"], number.value, number.step, each.measure, each.unit, ""
        )
        firm = plain and _is_plain_gap(rest, [_LOOKED_AT]) and _are_near(text, before[-1], each, 1)
        yield Average(level_of(each), (whole,), tuple(counts), firm and each.exact, mean)
        return
    if not wholes:
        return
    few = len({q.value for q in counts}) <= 2 and len({q.value for q in wholes}) <= 2
    matters = [q.before for q in wholes]
    if any(_SUMMED.fullmatch(text, each.span.end, q.span.start) for q in wholes):
        matters.append(_LOOKED_AT)  # 每轮抽查18户餐饮店，共216户次
    firm = plain and few and _is_plain_gap(rest, matters) and _stand_right(text, wholes, before, each)
    levels = tuple(level_of(q) for q in wholes)
    yield Average(level_of(each), levels, tuple(counts), firm and each.approximation in ("", "about"), mean)


def _is_plain_gap(rest: str, befores: Sequence[str]) -> bool:
    """Whether the words between 每张 and its figure are of the same matter as those before the amount: 扣罚……，每张扣."""
    left = _FILLER.sub("", rest)
    return not left or any(set(left) & set(before) for before in befores)


def _are_near(text: str, first: Quantity, second: Quantity, commas: int) -> bool:
    between = text[first.span.end : second.span.start]
    return between.count("，") <= commas and not any(mark in between for mark in "。；\n")


def _stand_right(text: str, wholes: Sequence[Quantity], counts: Sequence[Quantity], each: Quantity) -> bool:
    """Whether amount, count and average follow on each other so closely that they must belong together."""
    before = [q for q in wholes if q.span.end <= each.span.start]
    if before:
        whole = before[-1]
        first, last = sorted((whole, counts[-1]), key=lambda q: q.order)
        near = text.count("，", whole.span.end, each.span.start) <= 2
        near = near and "：" not in text[first.span.end : each.span.start]
        return near and _SHARE_OR_STEP.search(whole.before) is None and _are_near(text, first, last, 2)
    behind = next(q for q in wholes if q.span.start >= each.span.end)
    follows = _TOTAL_BEHIND.fullmatch(text, each.span.end, behind.span.start) is not None
    return follows and behind.exact and _are_near(text, counts[-1], each, 1)


def _of_trend(
    document: Document,
    around: Sequence[Quantity],
    each: Quantity,
    per: Match,
    trend: Trend,
    earlier: Sequence[Trend],
) -> Iterator[Average]:
    """年租金由1.12万元增加到6.72万元，每亩由100元提高到600元: what holds of one end holds of the other."""
    counts = tuple(q for q, _ in _counts(document, around, per) if q.span.end <= each.span.start)
    if not counts or not earlier or trend.end.measure != trend.start.measure:
        return
    whole = earlier[-1]
    firm = document.text.count("，", whole.end.span.end, each.span.start) == 1 and len({q.value for q in counts}) == 1
    firm = firm and trend.start.exact and trend.end.exact
    first = Average(trend.start, (whole.start,), counts, firm, mean=True)
    last = Average(trend.end, (whole.end,), counts, firm, mean=True)
    fits = [average.fitting is not None for average in (first, last)]
    yield first._replace(firm=firm and fits[1])
    yield last._replace(firm=firm and fits[0])


def _by_period(document: Document) -> Iterator[Average]:
    """2024年研究4次，每季度1次."""
    for match in _PER_PERIOD.find_in_lines(document.text):
        sentence = document.sentence_at(match.start())
        floor = max(sentence.start, match.start() - 60)
        floor = max(floor, document.text.rfind("；", floor, match.start()) + 1)
        if _WHOLE_YEAR.search(document.text, floor, match.start()) is None:
            continue
        whole = _times(document, Span(*match.span("whole")), match["times"])
        each = _times(document, Span(*match.span("average")), match["each"])
        firm = _NOT_IT.search(document.text, floor, match.start()) is None
        firm = firm and _SEVERAL.search(document.text, floor, match.start()) is None
        yield Average(each, (whole,), (), firm, periods=_PER_YEAR[match["per"]], period=Span(*match.span("per")))


def _times(document: Document, span: Span, figure: str) -> Level:
    number = parse_number(figure)
    return Level(span, document.words(span), number.value, number.step, "次", "次", "")
