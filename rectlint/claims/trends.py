"""Trends: from so much to so much, changes by so much, rows said to rise or fall, and ranks.

In: quantities in text order.  Out: `Trend` values (从388家增长到600家), `Row` values (分别为12件、9件、5件，逐年下降) and `Rank`
values (46个乡镇中排名第14).

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("投诉由上年的318件下降至341件，在12个乡镇中排名第13位。"))
>>> quantities = tuple(find_quantities(document))
>>> [(t.start.text, t.verb, t.end.text, t.direction) for t in find_trends(document, quantities)]
[('318件', '下降', '341件', -1)]
>>> [(rank.place, rank.population.text) for rank in find_ranks(document, quantities)]
[(13, '12个')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rectlint.claims.quantities import Approximation, Quantity, within
from rectlint.claims.rates import DOWN, UP
from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.values import parse_number

_UP_TO = UP.replace("新增|多|", "") + "|发展|壮大|拓展|增进|延长|扩充|扩展|飙升|跃|扩"
_DOWN_TO = DOWN.replace("降|少|", "降|") + "|下调|压|回落|减轻|调减|缩短|收缩|锐减|骤降|降为"
_VERB = Pattern(
    rf"(?<!/)(?:(?P<up>{_UP_TO})|(?P<down>{_DOWN_TO}))了?(?:到|至|为|成)(?!了)",
    needs=("到", "至", "为", "成"),
    linear=True,
)
_BRACKET = Pattern(r"（[^（）]{0,30}）")
_OPENS = Pattern(r"[从由]")
_BARE_BEFORE = Pattern(r"(?<![\d.\-—第])(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>万|亿)?$")
_BARE_AFTER = Pattern(r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>万|亿)?(?![\d年月日:./\-—])")
_GAP_BEFORE = 16
_GAP_AFTER = 22
_EACH = Pattern(r"每|[天日周月季年]均")

_ROW = Pattern(
    r"(?:逐[年月季日周次批]|连[年续]|连续[两三四五六\d][年月季][度来]?|持续|呈|年年)(?:呈|不断|稳步|持续|快速|逐年|逐步|大幅)*(?:(?P<up>上升|增长|增加|提高|提升|上涨|攀升|增多|递增|走高|上行|扩大)|(?P<down>下降|减少|降低|下滑|递减|回落|走低|下行|缩小|压减))",
    needs=("逐", "连", "持续", "呈", "年年"),
)
_ROW_REACH = 300
_IN_ORDER = Pattern(r"分别|依次")
_YEAR = Pattern(r"(?:19|20)(\d\d)年")

_RANK = Pattern(
    r"[第前](?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})(?P<unit>名|位|(?=[，。；、）\n（]|$))", needs=("第", "前")
)
_RANK_WORDS = Pattern(
    r"排名|排位|排序|名列|位列|位居|位次|居(?!民|住|委|家|村)|列(?!入|为|支|出|席|举)|排(?!查|放|污|水|除|涝)|位于|名次|倒数|得分|考核|考评|综合|成绩"
)
_POPULATION_NEXT = Pattern(
    r"(?:参[加与]\p{Han}{2,6}的)?\p{Han}{0,4}?(?:乡镇|街道|镇街|乡|镇|街|县|市|区|旗|州|村|社区|单位|部门|局|企业|公司|学校|医院|支部|党组织|地市|地区|省|城市|机关|园区|站|所|科室|\uff08)"
)
_POPULATION_UNITS = frozenset(("个", "家", "所"))


class Level(NamedTuple):
    """One end of a trend: a figure with its unit; the unit may have been left out where the other end has it."""

    span: Span
    text: str
    value: Decimal
    step: Decimal
    measure: str
    unit: str
    approximation: Approximation

    @property
    def exact(self) -> bool:
        """Whether the figure is given as exact."""
        return not self.approximation


class Trend(NamedTuple):
    """``start`` became ``end``; ``direction`` is what the verb says, +1 up, -1 down; ``listed`` when it is one of several told
    side by side."""

    start: Level
    end: Level
    verb: str
    verb_span: Span
    direction: int
    per_period: bool
    listed: bool = False

    @property
    def comparable(self) -> bool:
        """Whether both ends are in the same measure, and plain amounts rather than frequencies."""
        return self.start.measure == self.end.measure and not self.per_period


class Row(NamedTuple):
    """Figures of one thing at successive times, oldest first, and the course they are said to take."""

    figures: tuple[Quantity, ...]
    words: Span
    direction: int


class Rank(NamedTuple):
    """A rank in a population of known size."""

    span: Span
    place: int
    population: Quantity


class RankTrend(NamedTuple):
    """A rank that is said to have risen (+1) or fallen (-1)."""

    earlier: int
    later: int
    earlier_span: Span
    later_span: Span
    verb: str
    verb_span: Span
    direction: int


def level_of(quantity: Quantity) -> Level:
    """A quantity as one end of a trend."""
    return Level(
        quantity.span,
        quantity.text,
        quantity.value,
        quantity.step,
        quantity.measure,
        quantity.unit,
        quantity.approximation,
    )


_COURSE = Pattern(
    rf"(?:(?P<up>{_UP_TO})|(?P<down>{_DOWN_TO}))了?[，：](?:数量|总数|总量)?[由从]"
    r"(?:(?:19|20)\d\d年|\d{1,2}月份?|[一二三四]季度|去年|上年|同期|年初|原来|最初|最多|最高|整改前|巡察前|此前|之前|底|末|初|度|的)*+"
    r"\d[\d,.]*+[^，。；：\n\d]{0,8}?"
    r"(?P<link>变为|变成|变化为|变化到|变至|(?<=\p{Han})到|至)(?=[^，。；：、\n]{0,16}?\d)",
    needs=("，由", "，从", "：由", "：从"),
)


def find_trends(document: Document, quantities: Sequence[Quantity]) -> Iterator[Trend]:
    """All 从…增长到… and 同比减少，由…变为…, in order."""
    matches = [(match, match.span()) for match in _VERB.find(document.text)]
    ends = {end for _, (_, end) in matches}  # a verb of its own goes first: 压力减轻，从80人增加到120人
    courses = ((match, match.span("link")) for match in _COURSE.find_in_lines(document.text))
    matches += [(match, link) for match, link in courses if link[1] not in ends]
    yield from _trends(document, quantities, sorted(matches, key=lambda pair: pair[1]))


_TO_A_GRADE = Pattern(r"[国省市县区校院部厅乡]家?级")


def _trends(
    document: Document, quantities: Sequence[Quantity], matches: Sequence[tuple[Match, tuple[int, int]]]
) -> Iterator[Trend]:
    """A trend for each verb, with the place between whose sides its two figures stand."""
    text = document.text
    for match, (left, right) in matches:
        sentence = document.sentence_at(left)
        around = within(quantities, max(sentence.start, left - 60), min(sentence.end, right + 40))
        verb_span = Span(left, right) if left == match.start() else Span(*match.span("up" if match["up"] else "down"))
        start = _start(text, sentence, around, left)
        end = _end(text, sentence, around, right)
        if _TO_A_GRADE.match(text, right) is not None:
            continue  # 含已升为省级的2个
        rows = _rows_of_ends(text, around, left, right)
        if rows is not None:
            per_period = bool(rows) and _EACH.search(text, right, rows[-1][1].span.end) is not None
            verb, direction = match["up"] or match["down"], 1 if match["up"] else -1
            for first, last in rows:
                yield Trend(level_of(first), level_of(last), verb, verb_span, direction, per_period, True)
            continue
        if start is None or end is None:
            start, end = _unlisted(text, sentence, left, right)
        if start is None or end is None:
            continue
        if not start.unit or not end.unit:
            start, end = _share_unit(start, end)
        if not start.measure:
            continue
        per_period = _EACH.search(text[max(sentence.start, start.span.start - 6) : end.span.end]) is not None
        verb = match["up"] or match["down"]
        yield Trend(start, end, verb, verb_span, 1 if match["up"] else -1, per_period)


def _rows_of_ends(
    text: str, around: Sequence[Quantity], left: int, right: int
) -> list[tuple[Quantity, Quantity]] | None:
    """The pairs of two rows, 由28元、6元、14元降至24元、5元、12元; none where the rows are of different length, and nothing where
    neither side is a row."""
    starts = [q for q in around if q.span.end <= left]
    ends = [q for q in around if q.span.start >= right]
    if (
        not starts
        or not ends
        or _EACH_OF_THEM.fullmatch(text, starts[-1].span.end, left) is None
        or ends[0].span.start - right > _GAP_AFTER
    ):
        return None
    first, last = len(starts) - 1, 0
    while first and _SIDE_BY_SIDE.fullmatch(text, starts[first - 1].span.end, starts[first].span.start) is not None:
        first -= 1
    while last + 1 < len(ends) and _SIDE_BY_SIDE.fullmatch(text, ends[last].span.end, ends[last + 1].span.start):
        last += 1
    starts, ends = starts[first:], ends[: last + 1]
    if len(starts) == len(ends) == 1:
        return None
    return list(zip(starts, ends, strict=True)) if len(starts) == len(ends) else []


_EACH_OF_THEM = Pattern(r"(?:，?(?:分别|依次|各|均|都))?")
_SIDE_BY_SIDE = Pattern(r"[、和与及]|以及")


def _start(text: str, sentence: Span, around: Sequence[Quantity], place: int) -> Level | None:
    """The last figure before the verb; a number without a unit counts when it stands right before the verb."""
    before = [q for q in around if q.span.end <= place and not q.ranged]
    if before and "）" in text[before[-1].span.end : place]:
        before = [q for q in before if q.depth == 0]  # 3人（含借调1人）增加到8人
    bare = _BARE_BEFORE.search(text, max(sentence.start, place - 14), place)
    if bare is not None:
        return _bare(text, bare.start(), place, bare["figure"], bare["scale"])
    if not before:
        return None
    last = before[-1]
    if _is_step(text, before, place):
        return _before_step(text, before)
    gap = _BRACKET.compiled.sub("", text[last.span.end : place])
    if len(gap) > _GAP_BEFORE or gap.count("，") > 1 or any(mark in gap for mark in "；。、（"):
        return None
    floor = max(last.clause.start, last.span.start - 30, before[-2].span.end if len(before) > 1 else 0)
    opened = _OPENS.search(text, floor, last.span.start) is not None
    if _is_negative(text, last.span.start) or (not opened and len(gap) > 2):
        return None
    return level_of(last)


_STEP = Pattern(rf"(?<![最至新])(?:{UP}|{DOWN})(?:了|约|近)*$")
_STARTED = Pattern(r"[从由]|较|比(?!例|重|率)")


def _is_step(text: str, before: Sequence[Quantity], place: int) -> bool:
    """Whether the last figure is by how much it changed and no level: 较上年的24起减少10起，降至14起."""
    last = before[-1]
    if _STEP.search(last.before) is None:
        return False
    earlier = len(before) > 1 and before[-2].measure == last.measure and before[-2].span.start >= last.clause.start
    return earlier or "，" in text[last.span.end : place]


def _before_step(text: str, before: Sequence[Quantity]) -> Level | None:
    """The level a change by so much started from, where the same clause names it: 从15个工作日压缩7个工作日."""
    last, level = before[-1], before[-2] if len(before) > 1 else None
    if level is None or level.measure != last.measure or level.span.start < last.clause.start:
        return None
    floor = max(level.clause.start, level.span.start - 30)
    return level_of(level) if _STARTED.search(text, floor, level.span.start) is not None else None


def _end(text: str, sentence: Span, around: Sequence[Quantity], place: int) -> Level | None:
    after = next((q for q in around if q.span.start >= place), None)
    bare = _BARE_AFTER.match(text, place, sentence.end)
    if bare is not None and (after is None or after.span.start != place):
        return _bare(text, place, bare.end(), bare["figure"], bare["scale"])
    if after is None or after.span.start - place > _GAP_AFTER or after.ranged:
        return None
    gap = text[place : after.span.start]
    if any(mark in gap for mark in "，；。、：") or _is_negative(text, after.span.start):
        return None
    return level_of(after)


_PER = r"(?:[毫微纳]?克|m?g|[μµu]g|毫升|千瓦时|立方米)/(?:立方米|m³|m3|升|[Ll]|千克|平方米|万元|吨|亩)"
"""A concentration or the like: 毫克/升, whose 升 is no verb."""
_UNLISTED_BEFORE = Pattern(rf"(?<![\d.\-—第负])(?P<figure>\d+(?:\.\d+)?)(?P<unit>{_PER}|\p{{Han}}{{1,2}}|℃|分贝|微克)$")
_UNLISTED_AFTER = Pattern(
    rf"(?:(?:19|20)\d\d年(?:\d{{1,2}}月)?(?:底|末|度)?的|(?:目前|现在|今年)的)?(?P<figure>\d+(?:\.\d+)?)(?P<unit>{_PER}|\p{{Han}}{{1,2}}|℃|分贝|微克)"
)
_NO_UNIT = frozenset("年月日号时点")


def _unlisted(text: str, sentence: Span, left: int, right: int) -> tuple[Level | None, Level | None]:
    """Both ends in one unit that is on no list: 由45.2岁下降到43.8岁."""
    before = _UNLISTED_BEFORE.search(text, max(sentence.start, left - 12), left)
    after = _UNLISTED_AFTER.match(text, right, sentence.end)
    if before is None or after is None or not after["unit"].startswith(before["unit"]) or before["unit"][0] in _NO_UNIT:
        return None, None
    unit = before["unit"]
    levels = []
    for match in (before, after):
        number = parse_number(match["figure"])
        span = Span(match.start("figure"), match.end("figure") + len(unit))
        rough: Approximation = "about" if text.startswith(("左右", "以下", "以内", "以上", "上下"), span.end) else ""
        levels.append(Level(span, text[span.start : span.end], number.value, number.step, unit, unit, rough))
    return levels[0], levels[1]


def _is_negative(text: str, place: int) -> bool:
    return text[max(0, place - 1) : place] in ("-", "负", "—")


def _bare(text: str, start: int, end: int, figure: str, scale: str | None) -> Level:
    number = parse_number(figure, scale or "")
    return Level(Span(start, end), text[start:end], number.value, number.step, "", "", "")


def _share_unit(start: Level, end: Level) -> tuple[Level, Level]:
    """Give the bare end the other one's unit: 从388增长到600家."""
    whole = end if end.unit else start
    return _with_unit(start, whole), _with_unit(end, whole)


def _with_unit(level: Level, whole: Level) -> Level:
    if level.unit or not whole.unit:
        return level
    scale = Decimal(1)
    if whole.measure == "元" and level.value == level.value:  # 从3.2增加到5.6亿元: the scale is shared as well
        for word, power in (("万亿", 12), ("亿", 8), ("万", 4)):
            if word in whole.text:
                scale = Decimal(10) ** power
                break
    return Level(
        level.span, level.text, level.value * scale, level.step * scale, whole.measure, whole.unit, level.approximation
    )


_RANK_TREND = Pattern(
    r"(?<earlier>第(?P<from>\d{1,3}|[一二三四五六七八九十]{1,4})(?:名|位)?)[^，。；第]{0,8}?"
    r"(?P<verb>(?P<up>提升|上升|提高|前进|前移|跃升|攀升|晋升|进位|升)|(?P<down>下降|下滑|退步|后退|跌落|回落|后移|降|跌))(?:到|至|为)"
    r"[^，。；第]{0,8}?(?<later>第(?P<to>\d{1,3}|[一二三四五六七八九十]{1,4})(?:名|位)?)(?![批次届轮季档级类等期])",
    needs=("第",),
)
_IS_RANK = Pattern(r"排名|名次|位次|排位|居|列|名|位")


def find_rank_trends(document: Document) -> Iterator[RankTrend]:
    """由全市第16位提升至第9位."""
    for match in _RANK_TREND.find(document.text):
        sentence = document.sentence_at(match.start())
        lead = document.text[max(sentence.start, match.start() - 24) : match.end()]
        if _IS_RANK.search(lead) is None:
            continue
        yield RankTrend(
            chinese_ordinal(match["from"]),
            chinese_ordinal(match["to"]),
            Span(*match.span("earlier")),
            Span(*match.span("later")),
            match["verb"],
            Span(*match.span("verb")),
            1 if match["up"] else -1,
        )


def find_rows(document: Document, quantities: Sequence[Quantity]) -> Iterator[Row]:
    """Rows of at least two figures that are said to rise or to fall year by year."""
    text = document.text
    for match in _ROW.find_in_lines(text):
        sentence = document.sentence_at(match.start())
        floor = max(sentence.start, match.start() - _ROW_REACH)
        start = max(floor, text.rfind("；", floor, match.start()) + 1)
        figures = [q for q in within(quantities, start, match.start()) if q.exact and q.measure != "百分点"]
        if not figures:
            ceiling = min(sentence.end, match.end() + _ROW_REACH)
            stop = text.find("；", match.end(), ceiling)
            end = ceiling if stop < 0 else stop
            figures = [q for q in within(quantities, match.end(), end) if q.exact and q.measure != "百分点"]
        if len(figures) < 2 or any(q.measure != figures[0].measure for q in figures):
            continue
        if not _YEAR.search(text, start, sentence.end) and "近" not in text[start : figures[0].span.start]:
            continue
        if _joined_years(text, figures) is None and not _IN_ORDER.search(text, start, figures[0].span.start):
            continue
        ordered = _oldest_first(text, start, figures)
        if ordered is not None:
            yield Row(tuple(ordered), Span(*match.span()), 1 if match["up"] else -1)


def _joined_years(text: str, figures: Sequence[Quantity]) -> list[int] | None:
    years = [_year_before(text, figure) for figure in figures]
    return None if any(year is None for year in years) else [year for year in years if year is not None]


def _year_before(text: str, figure: Quantity) -> int | None:
    found = [
        int(match[1]) for match in _YEAR.find(text, max(0, figure.span.start - len(figure.before)), figure.span.start)
    ]
    return found[-1] if found else None


def _oldest_first(text: str, start: int, figures: list[Quantity]) -> list[Quantity] | None:
    """In order of time: by the year before each figure, or by the row of years that precedes all figures."""
    years = _joined_years(text, figures)
    if years is None:
        row = [int(match[1]) for match in _YEAR.find(text, start, figures[0].span.start)]
        years = row if len(row) == len(figures) else None
    if years is None:
        return figures
    if len(set(years)) != len(years):
        return None
    return [figure for _, figure in sorted(zip(years, figures, strict=True), key=lambda pair: pair[0])]


def find_ranks(document: Document, quantities: Sequence[Quantity]) -> Iterator[Rank]:
    """Ranks whose population stands before them in the same sentence: 全市46个乡镇中排名第14."""
    text = document.text
    for match in _RANK.find(text):
        sentence = document.sentence_at(match.start())
        before = within(quantities, max(sentence.start, match.start() - 60), match.start())
        population = _population(text, before, match.start()) or _population_after(
            text, sentence, quantities, match.end()
        )
        if population is None:
            continue
        if (
            not match["unit"]
            and _RANK_WORDS.search(text, max(sentence.start, match.start() - 12), match.start()) is None
        ):
            continue
        yield Rank(Span(match.start(), match.end()), chinese_ordinal(match["number"]), population)


def _population(text: str, before: Sequence[Quantity], place: int) -> Quantity | None:
    """The nearest count of bodies that are ranked, close before the rank."""
    for quantity in reversed(before):
        gap = text[quantity.span.end : place]
        if len(gap) > 36 or "；" in gap or gap.count("，") > 1:
            return None
        if quantity.unit not in _POPULATION_UNITS or not quantity.exact:
            continue
        if _POPULATION_NEXT.match(gap) is None:
            return None
        inside = any(word in gap for word in ("中", "里", "内"))
        ranked = _RANK_WORDS.search(gap) is not None or _RANK_WORDS.search(quantity.before) is not None
        area = _AREA.search(gap)
        elsewhere = area is not None and area.group() not in quantity.before
        of_all = _OF_ALL.search(quantity.before) is not None
        settled = inside or (ranked and of_all and text[place] == "第")
        return quantity if settled and _PART.search(gap) is None and not elsewhere else None
    return None


_AREA = Pattern(r"全(?:国|省|市|县|区|州|盟|系统|行业)|长三角|大湾区|同类")
_OF_ALL = Pattern(r"(?:全[国省市县区州盟镇乡]|[对在]|共|参[加评与])[^有]*$")
_PART = Pattern(r"[从由]|第|批|上升|提升|下降|跃升|其中|有\d")


def _population_after(text: str, sentence: Span, quantities: Sequence[Quantity], place: int) -> Quantity | None:
    """The population in brackets right after the rank: 排名第13（共12个乡镇）."""
    if text[place : place + 1] != "（":
        return None
    after = within(quantities, place, min(sentence.end, place + 14))
    if not after or "共" not in text[place : after[0].span.start] or not after[0].exact:
        return None
    quantity = after[0]
    if quantity.unit not in _POPULATION_UNITS or _POPULATION_NEXT.match(text, quantity.span.end) is None:
        return None
    return quantity
