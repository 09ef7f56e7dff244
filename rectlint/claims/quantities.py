"""Quantities: every number with its counter, what is counted, and the part it plays.

In: a `Document`.  Out: `Quantity` values in text order.  Ordinals (第3项), dates, codes (12345), versions (2.0版), slogans
(两个维护) and 一 as an article (一批) are no counts and are left out.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> [(q.text, q.noun, q.role) for q in find_quantities(parse(Source("共受理信访件16件，已办结13件，其余3件。")))]
[('16件', '信访件', 'total'), ('13件', '', 'done'), ('3件', '', 'rest')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, cast

from rectlint.document import Document
from rectlint.lexicon import alternation, words
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.values import SCALES, is_number, parse_number

Approximation = Literal["", "about", "over", "under", "least", "most"]
Role = Literal["total", "part", "rest", "pending", "staged", "done", "true", "untrue", "share", ""]

_BOUNDARY = Pattern(r"[，。；：、！？\n（）]", linear=True)
_APPROXIMATE_BEFORE = Pattern(
    r"(?P<about>大约|(?<![签合预节违履集制邀条解租])约|将近|接近|(?<![附最临邻靠就亲])近)|(?P<over>超过|(?<![高赶])超|逾|突破|高于|多于)|(?P<least>至少|不少于|不低于)|(?P<under>不足|不到|低于|少于|未满)|(?P<most>至多|不超过|不高于|最多)"
)
_APPROXIMATE_ENDS = frozenset("约近过超逾破于少到足满多")
_ROLES: tuple[tuple[Role, Pattern], ...] = (
    (
        "pending",
        Pattern(
            r"(?:正在?|尚在|仍在|还在|均在)(?!职|岗|编|册|校|建|线).{0,12}?(?:整改|办理|推进|调查|核查|处置|处理|审查|审理|审核|审批|审计|治理|修复|改造|整顿|补办|实施|落实|化解|施工|建设|协调|进行|核实|查办|督办|加快|攻坚|建立|制定|编制|修订|补办|补缴|补录|补充|完善|申报|申请|对接|协商|联系|追缴|清收|清理|清退|拆除|腾退|搬迁|验收|评估|鉴定|招标|筹备|筹建|报批|中)"
            r"|未(?:按期|按时|能|全部|彻底|完全)?(?:完成|整改|办结|化解|解决|消除|销号|结案|审结|到位|落实|达到|启动|竣工|完工|办理|退|缴|追回|收回|拨付|支付|采纳|开工|实施|入库|验收|处置|处理|了结|清理|拆除|结)"
            r"|(?:还|仍)在改|没(?:有)?改|没有(?:完成|整改|办结|化解|解决|落实|退|缴|追回|收回|拨付|支付)|尚未|暂未|在办|[需须]要?分(?:阶段|步)整改|持续(?:整改|推进|跟进)|继续(?:整改|整顿|推进|办理|化解)|长期(?:整改|坚持|推进)|(?:在建|续建|在施|筹建)$|(?:推进|整改|办理|化解|核查|调查|建设|处置|查办)(?:之)?中|尚待|待(?!遇|业|命|定岗)(?:整改|办|处理|核|销|推进|入库|验收|化解|解决|审|批|开工|完|落实|查|处)|逾期|滞后|序时进度|未达|正按|力争|争取(?!到|了|上级|中央|[省市县区]级?[财专项资补]|各[级类]|专项|资金|项目|债券|补助|政策)",
        ),
    ),
    (
        "staged",
        Pattern(
            r"阶段性|基本(?:完成|整改|解决|到位|办结|化解)|部分(?:整改|完成|解决|到位|办结)|取得(?:明显|阶段|初步)"
        ),
    ),
    ("untrue", Pattern(r"不属实|查否|查无|失实")),
    ("true", Pattern(r"属实|查实")),
    (
        "done",
        Pattern(
            r"已(?!知|有|建成的|于|在|将|对)|(?:完成|办结|化解|解决|处置|整治|拨付|答复|采纳|清退|拆除)(?!率|方案|措施|时限|机制|工作|任务|资金)|销号|完结|了结|结案(?!率)|审结(?!率)|落实到位|退还|退回|追缴|收回|追回|上缴|竣工|完工|兑付|纠正|改完|改好"
            r"|(?<!限期|立即|即时|分期|分步)整改(?!措施|任务|问题|方案|时限|台账|清单|工作|责任|情况|建议|意见|期|要求|事项|率|单位|通知|落实|成效|进展|专班|领导|会议)"
        ),
    ),
)
_TOTAL = Pattern(
    r"(?<![公中])共(?!同|性|享|建|商|青|产|识|治|管|鸣)|合计|总计|累计|总数|总额|全[省市县区镇乡村街校院系部](?!门|改|长)|反馈|移交|转办|交办|受理|收到|接收|接到|发现|查出|查明|指出|提出|排查|梳理|分解|承担|下达|(?<![供响反相效适顺呼])应(?!急|对|用)|现有|辖|计划|在册|原有|登记|目标任务|抽取|收集|征集|需(?!要)|年度任务"
)


SIZES = frozenset(("元", "亩", "公顷", "平方米", "平方公里", "吨", "公里", "米"))
"""Measures of size: amounts of money, land and the like, as opposed to counts of things."""
_LOTS = frozenset(("批", "批次", "轮", "期"))
"""Counters of lots, behind which the things themselves are counted: 信访件共9批82件."""
_OTHERS_SHARE = Pattern(
    r"(?:单位|部门|乡镇|街道|镇街|镇|乡|行政村|村|社区|企业|项目|学校|院校|医院|公司|农户|个人|市州|县区|[市县区州])(?:（[\p{Han}、]{1,4}）)?(?:共计?|合计|各?有|为)?"
)
_TWIN = Pattern(r"(?:、|，|共|计|共计|合计|、?(?:涉及)?(?:资金|金额|面积)){0,2}")


class Quantity(NamedTuple):
    """One counted or measured amount.

    ``span`` covers number and unit; ``figure`` is the number as written, without its unit; ``unit`` is the counter as written, ``measure`` what may be compared (人 and 名 are one
    measure, 元 and 万元 another); ``step`` the place value of the last digit; ``before`` and ``after`` the words of its
    clause; ``depth`` how many brackets it stands in and ``bracket`` where the innermost one opens (-1 outside all); ``clause`` the clause's extent.
    """

    order: int
    span: Span
    text: str
    figure: str
    value: Decimal
    step: Decimal
    unit: str
    measure: str
    approximation: Approximation
    noun: str
    role: Role
    before: str
    after: str
    clause: Span
    depth: int
    bracket: int
    chinese: bool
    ranged: bool

    @property
    def exact(self) -> bool:
        """Whether the figure is given as exact."""
        return not self.approximation and not self.ranged

    @property
    def counted(self) -> bool:
        """Whether the figure is a whole number of things."""
        return self.measure not in ("元", "%", "百分点", "‰") and self.value == self.value.to_integral_value()


COUNTERS = frozenset(
    [
        "件次",
        "件",
        "起",
        "宗",
        "案",
        "条",
        "项",
        "个",
        "类",
        "种",
        "点",
        "处",
        "家次",
        "家",
        "户次",
        "户",
        "批次",
        "批",
        "人次",
        "人",
        "名",
        "位",
        "份",
        "卷",
        "眼",
        "栋",
        "幢",
        "座",
        "次",
        "场次",
        "场",
        "轮次",
        "轮",
        "期",
        "笔",
        "台",
        "套",
        "辆",
        "张",
        "本",
        "册",
        "门",
        "支",
        "所",
        "间",
        "块",
        "段",
        "部",
        "篇",
        "封",
        "例",
        "组",
        "大项",
        "小项",
        "子项",
        "大类",
        "小类",
        "大方面",
        "方面",
        "级",
        "步",
        "班次",
        "节",
        "期次",
    ]
)
"""The counters of things told in whole numbers, as opposed to amounts of land or money."""
_PLACES = frozenset(
    [
        "村",
        "社区",
        "小区",
        "镇",
        "乡",
        "县",
        "区",
        "市",
        "街道",
        "乡镇",
        "学校",
        "医院",
        "公司",
        "企业",
        "单位",
        "部门",
        "行政村",
        "自然村",
        "村居",
        "居委会",
        "省份",
        "市州",
        "组",
        "户",
    ]
)
_LABELS = frozenset(["方面", "类别", "环节", "领域", "岗位", "板块", "版块"])
_MEASURES: dict[str, str] = {
    "名": "人",
    "位": "人",
    "起": "件",
    "宗": "件",
    "案": "件",
    "例": "件",
    "家次": "家次",
    "幢": "栋",
    "场次": "场",
    "轮次": "轮",
    "期次": "期",
    "班次": "班",
    "大方面": "方面",
    "子项": "子项",
    "个百分点": "百分点",
    "平方千米": "平方公里",
    "千米": "公里",
    "公斤": "千克",
    "工作日": "个工作日",
}


_QUANTITY = Pattern(
    lambda: (
        r"(?<![\d.,A-Za-z第〔/+-])(?:"
        r"(?P<arabic>\d{1,3}(?:,\d{3}){1,5}+(?![\d,])(?:\.\d{1,6}+)?+|\d{1,15}+(?!\d)(?:\.\d{1,6}+)?+)(?P<scale>万亿|亿|千万|百万|万|千(?!克|米)|百)?+(?P<many>[余多来几])?+(?P<scale2>万|亿)?+"
        r"|(?<![一二两三四五六七八九十百千万亿零〇廿第数几前后再逐同每某任唯统单专])(?P<chinese>[一二两三四五六七八九十百千万零〇廿卅]{1,12}+)(?P<cmany>[余多来几])?+"
        rf")(?P<unit>{alternation('units')}|%|‰|mm³|m³|m²|㎡)(?P<alternative>（[套次人个处家项条台户起宗份名批组种类所座间辆]）)?+(?P<after>左右|以上|以下|上下|之多|有余|余)?+"
    ),
    linear=True,
)
_NOUN_AFTER = Pattern(
    lambda: (
        r"(?:的)?(?P<noun>(?:(?![已未正完均都全被进是为在对把将予按符经由可需要应于并给仅尚])\p{Han}){0,8}?"
        rf"(?:{alternation('nouns')})++)"
    )
)
_NOUN_BEFORE = Pattern(
    lambda: (
        rf"(?<![全该本我各])(?P<noun>(?:{alternation('nouns')}))"
        r"(?:共计|共有|共|合计|总计|累计|约|近|等|各|为|达到|达|数|总数|总计|有|的)*$"
    )
)
_SUM_WORD = Pattern(r"(?:合计|总计|共计|总共)$")
_DUE = Pattern(
    r"(?<![供响反相效适顺呼])应(?:当|该|予以?)?(?:清退|退还|退回|退|追缴|收回|追回|上缴|缴纳|缴|拆除|整改|完成|处置|兑付|拨付|支付|付|办结|化解|整治|清理)$",
    needs=("应",),
)
"""What is to be done with all of it: 应清退76套."""
_REST = Pattern(lambda: f"(?:{alternation('rest')})")
_TELLING = Pattern(lambda: "|".join(pattern.source for pattern in (*dict(_ROLES).values(), _TOTAL, _REST, _SUM_WORD)))
"""Any word that tells a role; most figures stand among words that tell none, and one search shows it."""


def find_quantities(document: Document) -> Iterator[Quantity]:
    """All quantities of the text."""
    text = document.text
    matches = [match for match in _QUANTITY.find(text) if _is_count(text, match)]
    boundaries = [match.start() for match in _BOUNDARY.find(text)]
    brackets = _brackets(text)
    previous: Quantity | None = None
    for index, match in enumerate(matches):
        left = bisect_left(boundaries, match.start())
        clause_start = boundaries[left - 1] + 1 if left else 0
        right = bisect_left(boundaries, match.end())
        clause_end = boundaries[right] if right < len(boundaries) else len(text)
        before_start = max(clause_start, matches[index - 1].end() if index else 0)
        shared = index + 1 < len(matches) and matches[index + 1].start() < clause_end
        after_end = matches[index + 1].start() if shared else clause_end
        quantity = _quantity(
            index,
            match,
            text,
            text[before_start : match.start()],
            text[match.end() : after_end],
            shared,
            Span(clause_start, clause_end),
            brackets,
        )
        if previous is not None and _measures_the_same(text, previous, quantity):
            quantity = quantity._replace(role=previous.role)
        elif previous is not None and previous.unit in _LOTS and previous.span.end == quantity.span.start:
            quantity = quantity._replace(role=quantity.role or previous.role, noun=quantity.noun or previous.noun)
        previous = quantity
        yield quantity


def within(quantities: Sequence[Quantity], start: int, end: int) -> Sequence[Quantity]:
    """The quantities that stand in ``[start, end)``."""
    first = bisect_left(quantities, start, key=lambda quantity: quantity.span.start)
    last = bisect_left(quantities, end, key=lambda quantity: quantity.span.start)
    return quantities[first:last]


def _measures_the_same(text: str, previous: Quantity, quantity: Quantity) -> bool:
    """Whether a figure is the size of what the one before counts, and so plays its part: 剩余7笔427.4万元; 其余27件、金额13.8万元."""
    told = quantity.role != "" and previous.role != "rest"
    if previous.role == "rest" and previous.span.end == quantity.span.start and previous.unit in COUNTERS:
        return True  # 其余4家174人362万元
    if previous.role == "rest" and is_of_the_others(text, previous, quantity):
        return True  # 其他4个单位305万元
    if previous.role not in ("rest", "pending", "done") or told or quantity.measure == previous.measure:
        return False
    return (
        previous.unit in COUNTERS
        and quantity.measure in SIZES
        and _TWIN.fullmatch(text, previous.span.end, quantity.span.start) is not None
    )


def is_of_the_others(text: str, others: Quantity, quantity: Quantity) -> bool:
    """Whether a figure is the share of the other bodies that are counted right before it: 其余5个县（区）13个."""
    if others.unit not in ("个", "家", "户", "所") or quantity.ranged or quantity.span.start - others.span.end > _REACH:
        return False
    return _OTHERS_SHARE.fullmatch(text, others.span.end, quantity.span.start) is not None


_REACH = 16


def _quantity(
    index: int,
    match: Match,
    text: str,
    before: str,
    after: str,
    shared: bool,
    clause: Span,
    brackets: list[tuple[int, int, int]],
) -> Quantity:
    chinese = match["chinese"] is not None
    digits = match["chinese"] or match["arabic"]
    scale = (match["scale"] or "") + (match["scale2"] or "")
    number = parse_number(digits, scale if scale in SCALES else match["scale"] or "")
    unit = match["unit"]
    _, depth, bracket = brackets[bisect_left(brackets, (match.start() + 1, 0, -1)) - 1]
    noun = _noun(before, text[match.end() : min(match.end() + 20, clause.end)], unit)
    return Quantity(
        order=index,
        span=Span(match.start(), match.end("unit")),
        text=text[match.start() : match.end("unit")] + (match["after"] or ""),
        figure=text[match.start() : match.start("unit")],
        value=number.value,
        step=number.step,
        unit=unit,
        measure=_MEASURES.get(unit, unit),
        approximation=_approximation(before, match),
        noun=noun,
        role=_role(before, "" if shared else after),
        before=before,
        after=after,
        clause=clause,
        depth=depth,
        bracket=bracket,
        chinese=chinese,
        ranged=_is_range(text, match),
    )


def _is_count(text: str, match: Match) -> bool:
    """Whether the number counts something: not a year, an article, a slogan or an ordinal."""
    unit, start = match["unit"], match.start()
    if match["chinese"]:
        if (
            match["chinese"] == "一"
            and unit in "个批次种类项点件条步片块处位名期级句支套段份家户场轮门口道组例首部组篇张节"
        ) or match["chinese"] in ("万", "千", "百", "零", "〇", "十百", "千万", "百万"):
            return match["chinese"] == "一" and (
                (match.end() < len(text) and text[start - 1 : start] in ("共", "仅", "有")) or _is_one_of(text, match)
            )
        if match["chinese"] == "一" and unit == "人" and text[match.end() : match.end() + 1] in _OF_ANYONE:
            return False  # 一人受多种处理的, 一人一策
        if any(text.startswith(word, start) for word in words("slogans")):
            return False
        if unit == "组" and text[max(0, start - 2) : start] in ("巡察", "巡视", "督察", "督导", "检查", "考核"):
            return False
        if text[start - 1 : start] == "“" and "”" in text[match.end() : match.end() + 8]:
            return False
        return is_number(match["chinese"]) and not _is_class(text, match)
    if unit in ("年", "月", "日") or (unit == "所" and text[match.end() : match.end() + 1] in ("示", "述", "列", "指")):
        return False  # 如图1所示
    return not (unit in ("级", "点", "期", "步", "位") and text[start - 1 : start] in "第前")


_CLASSES = "一二三四五六七八九"
_CLASS_UNITS = frozenset(("级", "类", "期", "档"))
_CLASS_REACH = 30


def _is_class(text: str, match: Match) -> bool:
    """Whether the number names a class and counts nothing: 二级, where a count says 两级, and the next classes of such a list
    (一类风险40处、二类风险60处、三类风险20处)."""
    figure, unit, start = match["chinese"], match["unit"], match.start()
    if unit not in _CLASS_UNITS or len(figure) != 1 or figure not in _CLASSES:
        return False
    if figure == "二":
        return True
    place = _CLASSES.index(figure)
    near = text[max(0, start - _CLASS_REACH) : start].rpartition("。")[2]
    far = text[match.end("unit") : match.end("unit") + _CLASS_REACH].partition("。")[0]
    before, behind = _CLASSES[place - 1] + unit, _CLASSES[place + 1 : place + 2] + unit
    return before in near or (len(behind) == 2 and behind in near) or (before in far and before[0] in "一二三")


_OF_ANYONE = frozenset("受多一身兼只按")
_COUNT_BEFORE = Pattern(
    r"[二两三四五六七八九十][一二三四五六七八九十]{0,2}(?P<unit>[名个户家件人处位宗起])[^。；\n]{0,24}(?:[，、]|其中)$",
    needs=tuple("二两三四五六七八九十"),
)
_GOES_ON_ALIKE = Pattern(r"(?!接?一|也|都|不|没|问题|月|人一|个)(?:[^一，。；]{2})", needs=())
"""What stands behind a 一 that counts: 一名调离岗位, but not 一个接一个, 一个也不能少, 一个问题一个问题地解决."""


def _is_one_of(text: str, match: Match) -> bool:
    """Whether 一 with a counter goes on with counts in Chinese numerals: 七个负责机关，一个负责基层; 五名，其中一名降职."""
    start = match.start()
    if text[start - 1 : start] not in ("，", "、", "中"):
        return False
    before = _COUNT_BEFORE.search(text[max(0, start - 40) : start])
    if before is None or before["unit"] != match["unit"]:
        return False
    return _GOES_ON_ALIKE.match(text[match.end("unit") : match.end("unit") + 4]) is not None


def _is_range(text: str, match: Match) -> bool:
    """Whether the number is an end of a range: 3—5个, 五至七人, 4、5次."""
    before = text[max(0, match.start() - 2) : match.start()]
    if before[-1:] in ("—", "~", "-") and before[:1].isdigit():
        return True
    if before[-1:] in ("至", "到") and (before[:1].isdigit() or before[:1] in "一二两三四五六七八九十"):
        return True
    chinese = match["chinese"]
    return bool(chinese) and len(chinese) == 2 and all(c in "一二两三四五六七八九" for c in chinese)


def _approximation(before: str, match: Match) -> Approximation:
    if match["many"] or match["cmany"] or match["after"] in ("余", "有余", "之多"):
        return "over"
    if match["after"] in ("左右", "上下"):
        return "about"
    if match["after"] == "以上":
        return "least"
    if match["after"] == "以下":
        return "most"
    if before[-1:] not in _APPROXIMATE_ENDS:
        return ""
    found = _APPROXIMATE_BEFORE.search(before[-4:])
    if found is not None and found.end() == len(before[-4:]):
        return cast(Approximation, found.lastgroup)
    return ""


def _noun(before: str, after: str, unit: str) -> str:
    """What is counted: the noun after the counter, else the one before it; amounts of land or money count no nouns."""
    if unit not in COUNTERS:
        return ""
    found = _NOUN_AFTER.match(after)
    if found is not None:
        return str(found["noun"])
    found = _NOUN_BEFORE.search(before)
    if (
        found is not None
        and found["noun"] == "案"
        and before[: found.start("noun")].endswith(("结", "立", "办", "破", "销"))
    ):
        return ""
    if found is None or found["noun"] in _LABELS or (found["noun"] in _PLACES and unit not in ("个", "家", "所")):
        return ""
    return str(found["noun"])


def _role(before: str, after: str) -> Role:
    """The part a quantity plays, from the words of its own clause."""
    head, tail = (words_ if words_ and _TELLING.search(words_) is not None else "" for words_ in (before, after))
    if head and _REST.search(head):
        return "rest"
    if head and (_SUM_WORD.search(head) or _DUE.search(head)):
        return "total"
    for words_ in filter(None, (head, tail)):
        for role, pattern in _ROLES:
            if pattern.search(words_):
                return role
    if before.lstrip("（").startswith("其中"):
        return "part"
    return "total" if head and _TOTAL.search(head) else ""


def leading_role(quantity: Quantity) -> Role:
    """The part a quantity plays by the words before it alone: 已完成整改的43项问题 is done, whatever follows."""
    return _role(quantity.before, "")


def _brackets(text: str) -> list[tuple[int, int, int]]:
    """Break points ``(offset, depth, opening)``: from each offset on, how many （ are open and where the innermost one
    stands; a paragraph's end closes all."""
    points, stack = [(0, 0, -1)], []
    for match in _BRACKETS.find(text):
        mark = match.group()
        if mark == "（":
            stack.append(match.start())
        elif mark == "\n":
            stack.clear()
        elif stack:
            stack.pop()
        points.append((match.start() + 1, len(stack), stack[-1] if stack else -1))
    return points


_BRACKETS = Pattern(r"[（）\n]", linear=True)
