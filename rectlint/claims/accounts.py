"""Figures of the account that a bulletin gives as a whole: problems fed back, measures, leads handed over, rules made.

In: a `Document`, its quantities and its problem items.  Out: `Account` values in text order.  What is counted is kept as
object, level word and whose problems they are (镇级, 重点村), since 4个方面, 12类问题, 39个具体问题 and 157条措施 are four levels.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("反馈的镇级层面38个问题，制定整改措施116条。"))
>>> [(a.thing, a.whose, a.quantity.text) for a in find_accounts(document, tuple(find_quantities(document)), frozenset())]
[('反馈问题', '镇级', '38个'), ('整改措施', '镇级', '116条')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.headlines import speaks_of_part
from rectlint.claims.names import core_name
from rectlint.claims.quantities import Quantity
from rectlint.document import Document, Item
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_UNITS = frozenset(("个", "项", "条", "件", "方面", "起", "宗"))

_FED_BACK = Pattern(r"反馈|巡[视察]组?共?(?:发现|指出|提出)|审计(?:工作报告)?中?共?(?:查出|发现|指出|反映|揭示)")
_PROBLEMS_AFTER = Pattern(
    r"(?P<level>(?:(?!已|均|未|正在|问题)\p{Han}){0,8}?)问题(?!线索|清单|较|不|突出|整改率)(?P<tail>.{0,4})"
)
_POINTED_OUT = Pattern(r"(?:共|并|同时)?(?:指出|提出|反馈)了?")
_INSPECTED = Pattern(r"巡[视察]组?[^，。；]{0,20}反馈|反馈了?[^，。；]{0,12}巡[视察]")
_LEVEL_BEFORE = Pattern(r"\d[个项条]、(?P<level>具体|突出|面上|共性)问题$")
_AFTER_COUNT = Pattern(r"(?:主要|突出|面上)?问题\d+[个项条]、$")
_LIST_OF_PROBLEMS = "“问题清单”"
_ONE_BY_ONE = ("逐一", "逐项", "逐条", "逐个", "分解", "细化", "建立台", "全面认领", "全部认领", "照单")
_PUT_FORWARD = ("提出", "制定", "制订", "细化", "形成", "明确", "研究", "分解", "梳理", "拟定", "列出", "确定")
_MEASURES = ("整改措施", "整改举措")
_TASKS = ("整改任务",)
_HANDED = ("移交", "转交", "移送")
_LEADS = {
    "问题线索": "问题线索", "线索": "问题线索", "信访举报件": "信访举报件", "信访举报": "信访举报", "信访件": "信访件",
    "信访事项": "信访事项", "信访问题": "信访问题", "举报件": "举报件",
}  # fmt: skip
_RULES = ("制度机制", "规章制度", "制度", "机制", "各类", "各项", "的")
_NEW, _REVISED = ("新建", "新制定", "新出台"), ("修订", "修订完善", "修改完善")
_NEW_BEHIND = ("新建制度", "新建的制度", "新制定制度", "新制定的制度", "新出台制度", "新出台的制度")
_REVISED_BEHIND = ("修订制度", "修订的制度", "修订完善制度", "修订完善的制度")
_NEW_TITLES = Pattern(
    r"(?:新建|新制定|新出台)了?《[^，。；]*》等(?:各类|各项)?(?:制度机制|规章制度|管理制度|制度)$", needs=("》等",)
)
_WITH_NEW = ("新建和", "新建、", "新建及", "新建或")
_COUNTING = ("共计", "共有", "总计", "合计", "共", "形成")
_DONE = ("完成整改", "整改完成", "整改到位", "完成")

_OTHERS = (
    "上一轮", "上轮", "上次", "上一次", "前一轮", "前轮", "往年", "此前", "历次", "历年", "督查", "督导", "检查", "自查", "民主生活会", "主题教育", "国家", "环保",
    "群众", "信访", "举报", "其中", "剩余", "其余", "余下", "还有", "仍有", "尚有", "未", "尚", "新增", "个性", "典型", "选人用人", "查摆", "剖析", "意识形态",
    "督办", "立行立改", "难点", "牵头", "领办", "认领", "已完成", "已整改", "整改到位", "正在", "持续", "长期", "部分", "村务", "抽查", "排查", "批", "当日", "督察",
    "分别", "各", "每", "纪委", "公安", "司法", "检察", "有关部门", "重点信访", "重点问题", "重点线索", *(f"第{digit}" for digit in "123456789"),
)  # fmt: skip
_OF_MEETING = ("查摆", "剖析", "民主生活会", "组织生活会", "检视", "自查")
"""Where problems were found by looking at oneself, the measures against them are others than those of the rectification."""
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)年")
_NEUTRAL = Pattern(
    r"\d+项(?=$|[具突主面共])|(?:\d+|[一二两三四五六七八九十]+)[个大项]?(?:方面|大?类|大项|(?:突出|面上|共性|主要)问题)|我[镇县局委区市乡]|意见|[共总合]计|全部|所有|各类|主要|存在|层面"
    r"|^[一二三四五六七八九十]是|巡察|巡视|整改|突出|涉及|指出|提出|发现|反映|查出|针对|围绕|按照|[的了共、，和及中对将把就]"
)
_RECIPIENT = Pattern(r"(?:[向给]|对(?!照|应|于|标))(?P<whom>\p{Han}{2,24}?)(?:共|集中|分别|进行|作)*$")
_LABEL = Pattern(r"(?P<part>[^，。；：]{2,24}?)(?:：|(?:方面|层面)(?:，|中|反馈|巡))")
_LOWER = Pattern(r"(?<!农)村|社区|下属|所属|下级|支部|所辖|基层单位")
_GENERIC = Pattern(
    r"^[我本]?(?:[省市区县州旗镇乡局院校街]|街道|集团|公司|机关)?(?:党委|党?工委|党组|委|班子|领导班子|单位)?$"
)
_INSPECTING = ("巡察", "巡视", "审计", "督察")
_CLAUSE_MARKS = "，。；：！？\n（"
_DERIVED = Pattern(r"(?:分解|细化|梳理|归纳|拆分|整理|汇总|转化|合并|调整|归并)[^，。；]{0,6}?[为成出]?$")
_EXPLAINING = (
    "合并", "归并", "拆分", "新增", "补充", "调整", "实际为", "实际原为", "实际是", "原为", "剔除", "不予公开", "涉密", "敏感", "重复", "核减", "撤销",
)  # fmt: skip
_IN_PART = Pattern(
    r"(?:整改)?(?:措施|举措|任务)?(?:目前|现)?已经?(?:按期|如期|按时|基本|顺利)*(?:完成|落实|到位|整改|销号)"
)
_LEFT = ("其余", "剩余", "余下", "尚有", "还有", "另有", "未完成")
"""118项整改措施已如期完成，其余14项……: what is done of them, and not how many there are."""
_CUTOFF = Pattern(r"截[至止][^，。；]{2,16}", needs=("截至", "截止"))
_WHOLE_TEXT = (
    "截至", "截止", "目前", "总体", "经过", "整改以来", "集中整改", "巡察整改期间", "巡视整改期间", "巡察整改以来", "巡视整改以来", "巡察反馈", "巡视反馈",
    "巡察移交", "巡视移交",
)  # fmt: skip
_COUNTED_WORDS = ("问题", "措施", "举措", "任务", "线索", "信访", "举报", "方面", "制度", "机制", "新建", "修订")
_FAR, _BESIDE = 60, 16
OF_PROBLEMS = frozenset(("反馈问题", "审计查出的问题", "具体问题", "突出问题", "面上问题", "共性问题"))
OF_ALL = OF_PROBLEMS | {"整改措施", "整改任务"}
"""What is counted for the rectification as a whole and may be told by state."""


class Account(NamedTuple):
    """One figure of the account.

    ``thing`` is what is counted, with its level word; ``whose`` narrows it down (镇级); ``year`` is set for an audit of a
    given year; ``cutoff`` is the 截至… of its sentence; ``derived`` says that the figure was got by breaking down another;
    ``explained`` that its sentence explains a change.
    """

    quantity: Quantity
    thing: str
    whose: str
    year: str
    cutoff: str
    derived: bool
    explained: bool


def problem_items(document: Document, levels: Sequence[Sequence[Item]]) -> frozenset[int]:
    """The indices of the problem items: of all numbered lists of problems those in the same chapters as the innermost one."""
    if not levels:
        return frozenset()
    innermost = max(levels, key=lambda items: items[0].marker.depth)
    chapters = {_chapter(document, item) for item in innermost}
    return frozenset(item.order for items in levels for item in items if _chapter(document, item) in chapters)


def _chapter(document: Document, item: Item) -> int:
    return [item.order, *(outer.order for outer in document.ancestors(item))][-1]


def find_accounts(
    document: Document, quantities: Sequence[Quantity], items: frozenset[int], name: str = ""
) -> Iterator[Account]:
    """All figures of the account outside the problem items, whose indices are ``items``; ``name`` is the reporting organ's."""
    sentence, whose = -1, ""
    for index, quantity in enumerate(quantities):
        if (
            quantity.unit not in _UNITS
            or not _may_count(document.text, quantity)
            or not quantity.exact
            or not quantity.counted
        ):
            continue
        if not speaks_of_all(document, quantity, items):
            continue
        if document.sentence_index(quantity.span.start) != sentence:
            sentence, whose = document.sentence_index(quantity.span.start), ""
        for account in _accounts(document, quantities, index, whose, name):
            if account.thing.endswith("问题"):
                whose = account.whose
            yield account


def _may_count(text: str, quantity: Quantity) -> bool:
    """Whether one of the words that a figure of the account goes with stands beside it."""
    words = text[max(quantity.clause.start, quantity.span.start - _BESIDE) : quantity.span.end + _BESIDE]
    return any(word in words for word in _COUNTED_WORDS)


def speaks_of_all(document: Document, quantity: Quantity, items: frozenset[int]) -> bool:
    """Whether the place lies outside the problem items; a paragraph 截至… behind the last item lies outside."""
    item = document.item_at(quantity.span.start)
    if item is not None and item.order not in items and speaks_of_part(document, item, items):
        return False
    while item is not None:
        if item.order in items:
            paragraph = document.paragraph_at(quantity.span.start)
            return not paragraph.markers and document.text.startswith(_WHOLE_TEXT, paragraph.span.start)
        item = document.items[item.parent] if item.parent is not None else None
    return True


def _accounts(
    document: Document, quantities: Sequence[Quantity], index: int, whose: str, name: str
) -> Iterator[Account]:
    text, quantity = document.text, quantities[index]
    sentence = document.sentence_at(quantity.span.start)
    before = _clause_before(text, sentence.start, quantity.span.start)
    after = text[quantity.span.end : min(sentence.end, quantity.span.end + 24)]
    words = text[max(sentence.start, quantity.span.start - _FAR * 3) : min(sentence.end, quantity.span.end + _FAR * 2)]
    problem = _problem(before, after, quantity, name, words) or _shared_noun(text, quantities, index)
    part = _part(document, quantity, text[sentence.start : min(sentence.end, sentence.start + _FAR)])
    if problem is not None:
        problem = (problem[0], problem[1] + part, problem[2])
    told = text[max(sentence.start, quantity.span.start - _FAR) : quantity.span.start]
    found = problem
    if found is None and not (_IN_PART.match(after) and _holds(words, _LEFT)):
        found = _other(before, after, whose or part)
    if found is not None and found[0] == "整改措施" and _holds(told, _OF_MEETING):
        return  # 民主生活会查摆问题48个，制定整改措施60条
    if found is None or text[max(sentence.start, quantity.span.start - len(before) - 3) :].startswith("其中"):
        return
    thing, narrowed, year = found
    account = Account(
        quantity,
        thing,
        narrowed,
        year,
        cutoff_of(document, quantity),
        _DERIVED.search(before) is not None,
        _holds(words, _EXPLAINING),
    )
    yield account
    if problem is not None and index + 1 < len(quantities):
        done = quantities[index + 1]
        if done.span.end <= sentence.end and done.exact and done.before.endswith(_DONE) and "措施" not in done.before:
            yield account._replace(quantity=done, thing="已完成整改的问题", derived=False)


def cutoff_of(document: Document, quantity: Quantity) -> str:
    """The 截至… of a figure's sentence."""
    sentence = document.sentence_at(quantity.span.start)
    start, end = quantity.span.start - _FAR * 3, quantity.span.end + _FAR * 2
    found = _CUTOFF.search(document.text, max(sentence.start, start), min(sentence.end, end))
    return found.group() if found is not None else ""


def _part(document: Document, quantity: Quantity, opening: str) -> str:
    """The part of the account that a sentence's opening (镇级层面：, 党的建设方面，) or a heading (村级问题) narrows it to."""
    label = _LABEL.match(opening)
    part = _narrowing(label["part"]) if label is not None and label.end() <= quantity.span.start else ""
    item = document.item_at(quantity.span.start)
    for heading in () if item is None else (item, *document.ancestors(item)):
        if _LOWER.search(document.text, heading.title.start, min(heading.title.end, heading.title.start + _FAR)):
            return part + document.words(heading.title)[:_BESIDE]
    return part


def _clause_before(text: str, start: int, end: int) -> str:
    start = max(start, end - _FAR)
    return text[max(start, *(text.rfind(mark, start, end) + 1 for mark in _CLAUSE_MARKS)) : end]


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _without(text: str, *endings: tuple[str, ...]) -> str:
    """``text`` without one word of each of ``endings`` at its end, one after the other."""
    for words in endings:
        text = text.removesuffix(next((word for word in words if text.endswith(word)), ""))
    return text


def _problem(before: str, after: str, quantity: Quantity, name: str, sentence: str) -> tuple[str, str, str] | None:
    """N个问题 of the feedback: object with level word, whose, year; None if it is no such figure."""
    follows = _PROBLEMS_AFTER.match(after)
    listed = after.startswith(_LIST_OF_PROBLEMS)
    named_before = _without(before, _COUNTING)
    precedes = follows is None and not after[:1].isalnum() and named_before.endswith("问题")
    if (follows is None and not precedes and not listed) or (follows is not None and "反馈" in follows["level"][1:]):
        return None
    level, tail = (follows["level"], follows["tail"]) if follows is not None else ("", "")
    if precedes and (named := _LEVEL_BEFORE.search(named_before)) is not None:  # 反馈主要问题18个、具体问题43个
        level, named_before = named["level"], named_before[: named.start("level")] + "问题"
        before = _AFTER_COUNT.sub("", named_before[:-2]) + before[before.rfind("问题") :]
        named_before = _without(before, _COUNTING)
    if (
        before.endswith("的")
        and (lead := _without(before[:-1], (*_DONE, "整改"))) != before[:-1]
        and lead.endswith("已")
    ):
        return None if _holds(lead, _OTHERS) else ("已完成整改的问题", _narrowing(lead[:-1]), "")
    relations = list(_FED_BACK.find(before))
    pointed = _POINTED_OUT.match(before) if not relations and _INSPECTED.search(sentence) is not None else None
    if pointed is not None:
        lead, between = "", before[pointed.end() : len(named_before) - 2 if precedes else len(before)]
    elif relations:
        lead = before[: relations[-1].start()]
        between = before[relations[-1].end() : len(named_before) - 2 if precedes else len(before)]
    elif not precedes and not level and _DERIVED.search(before) and "反馈" in sentence:
        lead, between = "", ""
    elif level.startswith("反馈"):
        lead, between = "", quantity.before.lstrip("、和及")
    elif not precedes and (tail.startswith(_ONE_BY_ONE) or before.endswith("方面")):
        lead, between = before, ""
    else:
        return None
    audit = bool(relations) and relations[-1].group().startswith("审计")
    if _holds(lead, _OTHERS) or _holds(between, _OTHERS) or (not audit and "审计" in lead):
        return None
    if "轮" in lead and sentence.count("轮") > 1:
        return None
    derived = _DERIVED.search(before) is not None
    whose = "" if derived else _narrowing(between + level.replace("反馈", "")) + _recipient(lead, name)
    years = [match["year"] for match in _YEAR.find(lead)]
    year = years[-1] if years else ""
    for word in ("具体", "突出", "面上", "共性"):
        if level.startswith(word):
            return f"{word}问题", whose.replace(word, ""), year
    return "审计查出的问题" if audit else "反馈问题", whose, year


def _recipient(lead: str, name: str) -> str:
    """Whom the feedback was given to, where that is not the reporting organ."""
    match = _RECIPIENT.search(lead)
    if match is None:
        return lead[-6:] if _LOWER.search(lead[-6:]) else ""
    whom = match["whom"]
    core = core_name(whom)
    own = _GENERIC.search(whom) is not None or _holds(whom, _INSPECTING) or (len(core) > 1 and core in name)
    return "" if own else whom


def _shared_noun(text: str, quantities: Sequence[Quantity], index: int) -> tuple[str, str, str] | None:
    """镇级38个、重点村57个反馈问题: both figures, each with the words before it."""
    quantity = quantities[index]
    if index + 1 < len(quantities) and text[quantity.span.end : quantity.span.end + 1] in "、和":
        following = quantities[index + 1]
        gap = text[quantity.span.end + 1 : following.span.start]
        tail = text[following.span.end : following.span.end + 4]
        if len(gap) <= 6 and tail == "反馈问题" and following.unit == quantity.unit:
            return "反馈问题", _narrowing(quantity.before), ""
    return None


def _other(before: str, after: str, whose: str) -> tuple[str, str, str] | None:
    bare = _without(before, _COUNTING)
    lead = next((noun for noun in _LEADS if after.startswith(noun) or bare.endswith(noun)), "")
    if lead and _holds(before, _HANDED):
        return None if _holds(bare.removesuffix(lead), _OTHERS) else (f"移交的{_LEADS[lead]}", whose, "")
    if _DERIVED.search(before) is None and _holds(before, _OTHERS):
        return None
    ends = not after[:1].isalnum()
    kind = after.removeprefix("具体")
    if kind.startswith(_MEASURES) or (ends and _tells_measures(bare)):
        return "整改措施", whose, ""
    if (
        kind.startswith(_TASKS)
        or (after.startswith("任务") and _DERIVED.search(before))
        or (ends and bare.endswith(_TASKS))
    ):
        return "整改任务", whose, ""
    if after.startswith("方面") or after[:1].isdigit():
        fed_back = _without(before, ("共涉及", "涉及", "主要", "共"), ("的", "了", "意见")).endswith("反馈")
        return ("反馈的方面", whose, "") if fed_back else None
    if after.startswith(_NEW_BEHIND):
        return "新建制度", whose, ""
    if after.startswith(_REVISED_BEHIND) and "和" not in after[:2]:
        return "修订制度", whose, ""
    if _NEW_TITLES.search(before) is not None:
        return "新建制度", whose, ""
    made = _without(bare, _RULES, _RULES, _RULES)
    if made.endswith(_NEW) and not after.startswith(("村", "工作")):
        return "新建制度", whose, ""
    if made.endswith(_REVISED) and not _without(made, ("完善",), ("修订", "修改")).endswith(_WITH_NEW):
        return "修订制度", whose, ""
    return None


def _tells_measures(bare: str) -> bool:
    """提出整改措施, 制定措施: what is put forward for the rectification, and not 防控措施 or 改进措施."""
    if bare.endswith(_MEASURES):
        return True
    lead = _without(bare, ("措施", "举措"), ("具体",), ("出", "了", "成", "为"))
    return bare.endswith(("措施", "举措")) and lead.endswith(_PUT_FORWARD)


def _narrowing(words: str) -> str:
    """What is left of the words before a figure when all that says nothing of whose problems they are is taken away."""
    return str(_NEUTRAL.compiled.sub("", words))
