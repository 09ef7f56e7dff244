"""How figures stand in a list: their labels, the marks between them, and whether they can count the same things.

In: quantities of one *lane*, of one measure and in one bracket, in text order.  Out: small judgements that the readers of
partitions share.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("撤销3个、合并5个，共8个。"))
>>> first, second, third = find_quantities(document)
>>> list_mark(document, first, second), label_of(document, second)
('、', '合并')
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rectlint.claims.quantities import COUNTERS, SIZES, Quantity, is_of_the_others
from rectlint.document import Document
from rectlint.patterns import Pattern

STATUSES = frozenset(("done", "staged", "pending", "true", "untrue"))
PROGRESS = frozenset(("done", "staged", "pending"))

_RATE_BETWEEN = Pattern(
    r"[，（]?(?:同比|较|比|占|环比|增|减|下降|上升|完成|提高)\p{Han}{0,12}[\d.]+(?:%|个百分点)(?:左右|以上)?）?",
    needs=("%", "百分点"),
)
_YEAR = Pattern(
    r"(?:19|20)\d\d年(?:(?:1[0-2]|[1-9])月)?(?:度|底|末)?|(?<!\d)(?:1[0-2]|[1-9])月(?:底|末|\d{1,2}日)?(?=前|底|末|完成|整改|销号)|(?<!\d)(?:1[0-2]|[1-9])月(?:份|(?=\p{Han}{0,6}$))",
    needs=("年", "月"),
)
_BOUND = r"(?:\d[\d.]*[%万亿]?(?:元|岁|亩|平方米|人|户)?)"
_BOUNDS = Pattern(rf"(?:不足|超过)?{_BOUND}(?:[至到—～-]{_BOUND}|以[上下内]|（含）以[上下内])")
"""A class told by its bounds: 10万至50万元的98个、50万元以上的51个."""
WITHIN_TIME = Pattern(r"(?<!\d)\d{1,3}个?(?:月|工作日|日|天|年)(?:以?内|之内)", needs=("内",))
_SIZE = r"\d[\d,]*(?:\.\d+)?[万亿]?(?:元|亩|公顷|平方米|公里|吨|人次|人|名|户|件|处|个|份|笔|宗|项)"
_TWIN_BEHIND = Pattern(
    rf"^(?:[、，]?(?:涉及|共)?(?:金额|资金|面积)?{_SIZE}|[、，]\p{{Han}}{{2,4}}\d[\d,]*(?:\.\d+)?[万亿]?元)"
)
"""The second measure of the figure before: 3户、8人，……; 12份、6.5万元，……"""
_TWIN_IN_FRONT = Pattern(rf"{_SIZE}[、，]?(?:涉及|共)?(?:金额|资金|面积)?$")
_OTHERS_IN_FRONT = Pattern(r"(?:其他|其余|其它|另外)\d+[个家所户名]\p{Han}{0,6}$", needs=("其",))
_BODIES_IN_FRONT = Pattern(r"\d+[个家所户名]\p{Han}{0,8}$")
"""The first measure of a figure, or how many share an amount: 5户、13人; 其他4个单位305万元."""
_NEGATIONS = "不未非无"
_UNDONE = Pattern(r"未(?P<deed>\p{Han}{1,2})$", needs=("未",))
"""What the other label begins with: 签订承诺书30户，停产未签11户."""
_CONTRASTS: tuple[tuple[str, str], ...] = (
    ("新建", "修订"),
    ("新建", "完善"),
    ("新制定", "修订"),
    ("新出台", "修订"),
    ("制定", "修订"),
    ("男", "女"),
    ("上升", "下降"),
    ("镇级", "村级"),
    ("区级", "镇级"),
    ("县级", "乡级"),
    ("本级", "下属"),
    ("按期", "逾期"),
    ("按时", "逾期"),
    ("线上", "线下"),
    ("在岗", "离岗"),
    ("城市", "农村"),
    ("党员", "群众"),
    ("初次", "重复"),
    ("符合", "应予"),
    ("按期", "滞后"),
    ("在职", "退休"),
    ("公办", "民办"),
    ("降职", "调离"),
    ("专职", "兼职"),
    ("无误", "有误"),
    ("相符", "盘亏"),
    ("水田", "旱地"),
    ("实名", "匿名"),
    ("有效", "无效"),
    ("合法", "违法"),
    ("盈利", "亏损"),
    ("在用", "闲置"),
    ("城镇", "农村"),
)
_QUARTER = Pattern(r"(?<!前)[一二三四]季度", needs=("季度",))
_QUARTERS = "一二三四"
_LEVEL = Pattern(r"(?:问题|措施|举措|任务|方面|建议|意见|线索|单位|责任人|制度|项目|案件|工单)$")
_OVERLAPPING = Pattern(
    r"(?:同一|一[件案人个起条宗]|有的|有些|部分|个别)\p{Han}{0,8}(?:涉及|包含|包括|属于|受到|反映)\p{Han}{0,2}(?:多|两|若干|几)(?:[种类个项方]|$)"
    r"|部分(?:人员|案件|问题)?(?:合并|重复|交叉)"
    r"|(?:部分|有的|有些|个别|少数)\p{Han}{0,6}(?:同时|既|兼)\p{Han}{0,4}?(?:存在|涉及|具有|违反|属于|有)"
    r"|\d+[人名](?:同时|既[^，。；]{1,16}又)|\d+[人名个件户][^，。；]{0,6}(?:两|多)[类种项个](?:问题|情形|处理|处分)?(?:均|都|同时)"
    r"|\d+[人名个件户家份宗](?:\p{Han}{0,4})?同时(?:存在|涉及|有|受|属于)"
    r"|重复统计|(?<!不)重复计(?!算)|互有交叉|有交叉|(?:有|涉及|存在)(?:多|两)[类种项个](?:以上)?\p{Han}{0,6}?(?:不重复|只计|计一|只算)"
)
_GOES_ON = Pattern(r"等(?!级)|[。；，](?:此外(?!无|没有|再无)|另外|另|还有|还包括|以及其他)")
_AVERAGE = (
    "平均",
    "人均",
    "户均",
    "年均",
    "月均",
    "日均",
    "每人",
    "每户",
    "每年",
    "每月",
    "每周",
    "每天",
    "平均每年",
    "平均每月",
)
_AVERAGED = Pattern(r"(?:平均|[人户年月日生师床亩校村镇班]均)(?!收入|可支配)\p{Han}{0,6}$", needs=("均",))
_CHANGED = Pattern(
    r"(?:较|相比|比(?![例重率]))[\p{Han}\d]{0,12}(?:增加|减少|增长|下降|上升|降低|多|少|增|减|降)了?$"
    r"|(?:较|比|[同与](?=\p{Han}{1,8}相比))(?:上|去|同期|前|往年|巡[察视]|整改|年初|序时|计划|时间|目标)\p{Han}{0,8}[多少]\p{Han}{1,4}$",
    needs=("较", "比"),
)
_BY_SO_MUCH = Pattern(
    r"(?:同比|净)?(?:增收|减收|增支|减支|增加|减少|增长|下降|上升|增|减|超收|短收|净增|净减|多增|少增)了?(?=$)"
)
"""By how much a size has changed that is told right before: 税收收入30,120万元，减收2,310万元."""
_ADDED = Pattern(r"(?:再|另)?(?:加上?|减去?)(?![强快大装固班密油入减少免排轻持压值工征])\p{Han}{2}")
_IN_ALL = Pattern(r"(?<!公)共(?![享同性建管治用识产青])", needs=("共",))
EXAMINED = Pattern(r"抽查|抽检|函询|复查|核验|审核|评估|测评|评议|鉴定|检测|复核")
"""What is looked at one by one comes out one way or the other: 抽查38个，真改实改21个，退回重办17个."""
REACH = 120
"""Two figures of one list stand at most this many code points apart."""


def lanes_of(quantities: Sequence[Quantity], document: Document) -> dict[tuple[str, int], list[Quantity]]:
    """Quantities that may be parts of one another: of one measure, in one bracket or outside all, and no count of the bodies whose share
    follows (其余5个县13个)."""
    lanes: dict[tuple[str, int], list[Quantity]] = {}
    for quantity, following in zip_longest(quantities, quantities[1:]):
        if (quantity.unit in COUNTERS and is_average(quantity)) or _is_left_behind(quantity, following):
            continue
        if quantity.measure in SIZES and _BY_SO_MUCH.fullmatch(quantity.before) is not None and quantity.order:
            continue
        if following is not None and quantity.role == "rest" and is_of_the_others(document.text, quantity, following):
            continue
        lanes.setdefault((quantity.measure, quantity.bracket), []).append(quantity)
    return lanes


def _is_left_behind(quantity: Quantity, following: Quantity | None) -> bool:
    """Whether a figure is what another has grown or shrunk from: 由3个增加到6个."""
    return (
        quantity.before.endswith(("由", "从"))
        and following is not None
        and following.measure == quantity.measure
        and following.before.endswith(("到", "至", "为"))
    )


def is_change(quantity: Quantity) -> bool:
    """Whether a figure says by how much something changed against another time: 较巡察前减少11处."""
    return _CHANGED.search(quantity.before) is not None


def is_addend(quantity: Quantity) -> bool:
    """Whether a figure is added to the one before, for a sum to come: 决算数48亿元，加上级补助5亿元."""
    return _ADDED.match(quantity.before) is not None


def is_average(quantity: Quantity) -> bool:
    """Whether a figure is told per head or per month, and so is no part of a total: 法官人均结案371件."""
    return quantity.before.endswith(_AVERAGE) or _AVERAGED.search(quantity.before) is not None


def in_one_sentence(document: Document, first: Quantity, second: Quantity, reach: int = 40) -> bool:
    """Whether two figures stand close together in one sentence."""
    if second.span.start - first.span.end > reach:
        return False
    between = document.text[first.span.end : second.span.start]
    return "。" not in between and "\n" not in between


def list_mark(document: Document, previous: Quantity, quantity: Quantity, *, totals: bool = False) -> str:
    """The mark (、 ； or ，) by which ``quantity`` goes on with the list of ``previous``, or nothing if it does not.

    Rates told on the way (增长18.8%) and brackets are read over; ``totals`` allows a figure with a word of totals.
    """
    if quantity.span.start - previous.span.end > REACH:
        return ""
    outside = outside_brackets(document.text[previous.span.end : quantity.span.start])
    outside = _RATE_BETWEEN.sub("", outside)
    if any(character.isdigit() for character in outside):
        outside = _without_twins(WITHIN_TIME.sub("", _BOUNDS.sub("", _YEAR.sub("", outside))), quantity)
        outside = outside[outside.rfind("；") :] if "；" in outside else outside
    if len(outside) > 22 or "。" in outside or "\n" in outside or any(character.isdigit() for character in outside):
        return ""
    if (
        is_change(quantity)
        or is_average(quantity)
        or is_addend(quantity)
        or (quantity.role == "total" and not totals)
        or _IN_ALL.search(quantity.before) is not None
    ):
        return ""
    return next((character for character in outside if character in "；、，"), "")


def _without_twins(between: str, quantity: Quantity) -> str:
    """The words between two figures without the other measures told beside either: 、8人，乙村5户、 is ，乙村."""
    between = str(_TWIN_BEHIND.compiled.sub("", between))
    between = str(_TWIN_IN_FRONT.compiled.sub("", between))
    between = str(_OTHERS_IN_FRONT.compiled.sub("", between))
    return str(_BODIES_IN_FRONT.compiled.sub("", between)) if quantity.measure in SIZES else between


def outside_brackets(text: str) -> str:
    """The text without what stands in （）."""
    if "（" not in text and "）" not in text:
        return text
    kept, depth = [], 0
    for character in text:
        if character == "（":
            depth += 1
        elif character == "）":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    return "".join(kept)


def is_member(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether ``lane[index]`` is listed with the figure before it, and so is a part of something rather than a total."""
    if index == 0 or lane[index].role == "total":
        return False
    return bool(list_mark(document, lane[index - 1], lane[index]))


def lead_of(document: Document, quantity: Quantity) -> str:
    """The words between the figure and the clause before, 其中 with its own comma included (其中，政务立案1人)."""
    start = quantity.clause.start
    head = document.text[max(0, start - 3) : start]
    return (head if head.startswith("其中") else "") + quantity.before


def label_of(document: Document, part: Quantity) -> str:
    """What a part is called: the words before its figure, or after it when none stand before."""
    before = lead_of(document, part).replace("其中", "").strip("，：（")
    return before or part.after.strip("的")


def are_negations(labels: Sequence[str]) -> bool:
    """Whether one label is another one negated (合格 / 不合格), or the two are a known pair (新建 / 修订)."""
    for first in labels:
        for second in labels:
            if first == second or len(first) < 2:
                continue
            if any(second.replace(mark, "", 1) == first for mark in _NEGATIONS if mark in second):
                return True
            undone = _UNDONE.search(second)
            if undone is not None and first.removeprefix("已").startswith(undone["deed"]):
                return True
    if len(labels) != 2:
        return False
    one, other = labels
    return any((a in one and b in other) or (b in one and a in other) for a, b in _CONTRASTS)


_SCALES = (
    "一二三四五六七八九",
    "ⅠⅡⅢⅣⅤ",
    "ABCDE",
    "甲乙丙丁",
    "123456789",
    "高中低",
    "轻中重",
    "红橙黄蓝绿",
    "大中小",
    "优良中差",
)
_WORD_SCALES = (
    ("优秀", "良好", "一般", "合格", "较差", "不合格"),
    ("特别重大", "重大", "较大", "一般"),
    ("好", "较好", "一般", "较差", "差"),
    ("轻度", "中度", "重度"),
    ("特级", "一级", "二级", "三级"),
)
_QUALIFIED = Pattern(r"师|证|职称|资格|工$|运动员|教练|医院.?等|荣誉|奖|称号|涉及")
"""What one person or body may have of several grades."""
_RATED = Pattern(r"^(?:被?评[定为]{0,2}|定为|认定为|属于?)")

_BODY = Pattern(
    r"(?:支部|总支|村|镇|乡|县|区|街道|苑|家园|花园|项目|工程|标段|站|所|局|科|公司|[林农牧渔]场|学院|学校|[中小]学|医院|车间|班组|分厂)$"
)


def are_grades(labels: Sequence[str]) -> bool:
    """Whether the labels differ by a step of one scale alone, of which each thing has one: 一级关注、二级关注, A类、B类, 高风险、低风险."""
    if len(labels) < 2 or len(set(labels)) < len(labels) or any(map(_QUALIFIED.search, labels)):
        return False
    if any(_are_steps([_RATED.sub("", label) for label in labels], scale) for scale in _WORD_SCALES):
        return True
    head, tail = _shared_head(labels), _shared_head([label[::-1] for label in labels])
    steps = [label[head : len(label) - tail] for label in labels]
    return head + tail > 0 and any(all(len(step) == 1 and step in scale for step in steps) for scale in _SCALES)


def _are_steps(labels: Sequence[str], scale: Sequence[str]) -> bool:
    """Whether each label begins with a step of the scale and all go on alike: 重大隐患、较大隐患、一般隐患."""
    steps = [max((step for step in scale if label.startswith(step)), key=len, default="") for label in labels]
    return all(steps) and len({label[len(step) :] for label, step in zip(labels, steps, strict=True)}) == 1


def share_a_word(one: str, other: str) -> bool:
    """Whether two characters stand together in both."""
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def _shared_head(words: Sequence[str]) -> int:
    """With how many characters all words begin."""
    return next((at for at, letters in enumerate(zip(*words, strict=False)) if len(set(letters)) > 1), 0)


def are_bodies(labels: Sequence[str]) -> bool:
    """Whether the labels name several bodies or places of one sort, of which each thing belongs to one: 机关支部、站所支部."""
    if len(labels) < 2 or len(set(labels)) < len(labels) or any("涉及" in label for label in labels):
        return False
    ends = {found.group() if (found := _BODY.search(label)) is not None else "" for label in labels}
    return len(ends) == 1 and "" not in ends


def cover_a_year(labels: Sequence[str]) -> bool:
    """Whether the labels name both halves or all four quarters of a year, in order."""
    if len(labels) == 2:
        return "上半年" in labels[0] and "下半年" in labels[1]
    return len(labels) == 4 and all(
        _QUARTER.search(label, max(0, len(label) - 6)) is not None and mark in label
        for label, mark in zip(labels, _QUARTERS, strict=True)
    )


def are_compatible(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities may count the same things: equal nouns, or one left out."""
    a, b = first.noun, second.noun
    return not a or not b or a.endswith(b) or b.endswith(a) or a.startswith(b) or b.startswith(a)


def are_of_one_level(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities count at one level: 问题 are no part of 方面, nor 措施 of 问题."""
    a, b = _LEVEL.search(first.noun), _LEVEL.search(second.noun)
    return a is None or b is None or a.group() == b.group()


def may_overlap(document: Document, *figures: Quantity) -> bool:
    """Whether the sentences of the figures, or those behind them, say that one case may be counted under several heads."""
    return any(
        document.sentence_has(_OVERLAPPING, figure.span.start) or _is_followed_by_note(document, figure)
        for figure in figures
    )


def _is_followed_by_note(document: Document, figure: Quantity) -> bool:
    """Whether the next sentence of the paragraph says it, and not of figures of its own: ……其他污染12件。部分信访件涉及多种污染类型。"""
    end = document.sentence_at(figure.span.start).end
    if end >= document.paragraph_at(figure.span.start).span.end or not document.sentence_has(_OVERLAPPING, end):
        return False
    found = _OVERLAPPING.search(document.text, end, document.sentence_at(end).end)
    return found is not None and not any(character.isdigit() for character in document.text[end : found.start()])


def is_left_open(document: Document, last: Quantity) -> bool:
    """Whether the words right after a list leave it open: 等, 此外, 还有."""
    after = document.text[last.span.end : last.span.end + 8]
    return _GOES_ON.match(after.lstrip("）")) is not None
