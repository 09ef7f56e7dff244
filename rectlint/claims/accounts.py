"""Figures of the account that a bulletin gives as a whole: problems fed back, measures, leads handed over, rules made.

In: a `Document`, its quantities and its problem items.  Out: `Account` values in text order.  What is counted is kept as
object, level word and whose problems they are (镇级, 重点村), since 4个方面, 12类问题, 39个具体问题 and 157条措施 are four levels.

>>> from rectlint.claims.names import core_name
from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("巡察反馈的镇级层面40个问题，提出整改措施127条。"))
>>> [(a.thing, a.whose, a.quantity.text) for a in find_accounts(document, tuple(find_quantities(document)), frozenset())]
[('反馈问题', '镇级', '40个'), ('整改措施', '镇级', '127条')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rectlint.claims.names import core_name
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern

_UNITS = frozenset(("个", "项", "条", "件", "方面", "起", "宗"))

_FED_BACK = Pattern(
    r"反馈|巡[视察](?:组)?(?:共)?(?:发现|指出|提出)|审计(?:工作报告)?(?:中)?(?:查出|发现|指出|反映|揭示)"
)
_PROBLEMS_AFTER = Pattern(
    r"(?P<level>(?:(?!已|均|未|正在|问题)\p{Han}){0,8}?)问题(?!线索|清单|较|不|突出|整改率)(?P<tail>.{0,4})"
)
_LIST_AFTER = Pattern(r"“(?P<level>)问题清单”(?P<tail>)")
_PROBLEMS_BEFORE = Pattern(r"问题(?:共计|共有|总计|合计|共|计)?$")
_ONE_BY_ONE = Pattern(r"逐[一项条个]|分解|细化|建立台|全面认领|全部认领|照单")
_MEASURES_AFTER = Pattern(r"(?:具体)?整改(?:措施|举措)")
_MEASURES_BEFORE = Pattern(
    r"(?:提出|制定|制订|细化|形成|明确|研究|分解|梳理|拟定|列出|确定)(?:出|了|成|为)?(?:具体)?(?:整改)?(?:措施|举措)(?:共计|共|形成)?$|整改(?:措施|举措)(?:共计|共|形成)?$"
)
_TASKS_AFTER = Pattern(r"(?:具体)?整改任务")
_TASKS_BEFORE = Pattern(r"整改任务(?:共计|共)?$")
_HANDED = Pattern(r"移交|转交|移送")
_LEADS_AFTER = Pattern(r"(?P<noun>(?:问题)?线索|信访举报件|信访举报|信访件|信访事项|信访问题|举报件)")
_LEADS_BEFORE = Pattern(r"(?P<noun>(?:问题)?线索|信访举报件|信访举报|信访件|信访事项|信访问题|举报件)(?:共计|共)?$")
_LEADS = {"线索": "问题线索", "问题线索": "问题线索"}
_ASPECTS_BEFORE = Pattern(r"反馈(?:的|了|意见)?(?:共|涉及|主要)*$")
_NEW_RULES = Pattern(r"(?:新建|新制定|新出台)(?:的)?(?:各类|各项)?(?:制度|机制|制度机制|规章制度)?(?:共|共计)?$")
_REVISED_RULES = Pattern(
    r"(?<!新建和)(?<!新建、)(?<!新建及)(?<!新建或)(?:修订|修订完善|修改完善)(?:的)?(?:各类|各项)?(?:制度|机制|制度机制|规章制度)?(?:共|共计)?$"
)
_DONE_OF = Pattern(r"已(?:经)?(?:全部)?(?:完成整改|整改完成|整改到位|完成)的$")

_OTHERS = Pattern(
    r"上一?[轮次]|前一?轮|往年|此前|历[次年]|督查|督导|检查|自查|民主生活会|主题教育|国家|环保|群众|信访|举报|其中|剩余|其余|余下|还有|仍有|尚有|未|尚|新增|个性|典型|"
    r"选人用人|查摆|剖析|意识形态|督办|立行立改|重点难点|难点|牵头|领办|认领|第\d|已完成|已整改|整改到位|正在|持续|长期|部分|村务|抽查|排查|批|当日|督察|重点|分别|各|每|纪委|公安|司法|检察|有关部门"
)
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:度)?")
_NEUTRAL = Pattern(
    r"\d+(?:个|大|项)?(?:方面|大类|类|大项)|[一二两三四五六七八九十]+(?:个|大)?(?:方面|大类|类)|的|了|意见|共计|总计|合计|共|我[镇县局委区市乡]|全部|所有|各类|主要|存在|层面|巡察|巡视|整改|突出|[、，和及中]|涉及|针对|围绕|按照|[对将把就]"
)
_RECIPIENT = Pattern(r"(?:[向给]|对(?!照|应|于|标))(?P<whom>\p{Han}{2,24}?)(?:共|集中|分别|进行|作)*$")
_LOWER = Pattern(r"(?<!农)村|社区|下属|所属|下级|支部|所辖|基层单位")
_GENERIC = Pattern(
    r"^(?:我|本)?(?:[省市区县州旗镇乡局院校街]|街道|集团|公司|机关)?(?:党委|党工委|党组|委|工委|班子|领导班子|单位)?$"
)
_INSPECTS = Pattern(r"巡察|巡视|审计|督察")
_CLAUSE_MARKS = "，。；：！？\n（"
_DERIVED = Pattern(r"(?:分解|细化|梳理|归纳|拆分|整理|汇总|转化|合并|调整|归并)[^，。；]{0,6}?(?:为|成|出)?$")
_EXPLAINS = Pattern(r"合并|归并|拆分|新增|补充|调整|实际(?:为|原为|是)|原为|剔除|不予公开|涉密|敏感|重复|核减|撤销")
_CUTOFF = Pattern(r"截[至止][^，。；]{2,16}")
_WHOLE_TEXT = Pattern(r"截[至止]|目前|总体|经过|整改以来|集中整改|巡[察视]整改(?:期间|以来)|巡[察视](?:反馈|移交)")
_DONE_PART = Pattern(r"(?:已经?|均已|共|全部)*(?:完成整改|整改完成|整改到位|完成)$")
_COUNTED_WORDS = ("问题", "措施", "举措", "任务", "线索", "信访", "举报", "方面", "制度", "机制", "新建", "修订")
_FAR, _BESIDE = 60, 16


@dataclass(frozen=True, slots=True)
class Account:
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


def find_accounts(
    document: Document, quantities: Sequence[Quantity], items: frozenset[int], name: str = ""
) -> Iterator[Account]:
    """All figures of the account outside the problem items, whose indices are ``items``; ``name`` is the reporting organ's."""
    sentence, whose = -1, ""
    for index, quantity in enumerate(quantities):
        if quantity.unit not in _UNITS or not _may_count(document.text, quantity) or not quantity.exact or not quantity.counted:
            continue
        if not _speaks_of_all(document, quantity, items):
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


def _speaks_of_all(document: Document, quantity: Quantity, items: frozenset[int]) -> bool:
    """Whether the place lies outside the problem items; a paragraph 截至… behind the last item lies outside."""
    item = document.item_at(quantity.span.start)
    while item is not None:
        if item.index in items:
            paragraph = document.paragraph_at(quantity.span.start)
            return not paragraph.markers and _WHOLE_TEXT.match(document.text, paragraph.span.start) is not None
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
    found = problem or _other(before, after, whose)
    if found is None or text[max(sentence.start, quantity.span.start - len(before) - 3) :].startswith("其中"):
        return
    cutoff = _CUTOFF.search(words)
    thing, narrowed, year = found
    account = Account(
        quantity,
        thing,
        narrowed,
        year,
        cutoff.group() if cutoff is not None else "",
        _DERIVED.search(before) is not None,
        _EXPLAINS.search(words) is not None,
    )
    yield account
    if problem is not None and index + 1 < len(quantities):
        done = quantities[index + 1]
        if (
            done.span.end <= sentence.end
            and done.exact
            and _DONE_PART.search(done.before)
            and "措施" not in done.before
        ):
            yield replace(account, quantity=done, thing="已完成整改的问题", derived=False)


def _clause_before(text: str, start: int, end: int) -> str:
    start = max(start, end - _FAR)
    return text[max(start, *(text.rfind(mark, start, end) + 1 for mark in _CLAUSE_MARKS)) : end]


def _problem(before: str, after: str, quantity: Quantity, name: str, sentence: str) -> tuple[str, str, str] | None:
    """N个问题 of the feedback: object with level word, whose, year; None if it is no such figure."""
    follows = _PROBLEMS_AFTER.match(after) or _LIST_AFTER.match(after)
    precedes = _PROBLEMS_BEFORE.search(before) if follows is None and not after[:1].isalnum() else None
    if follows is None and precedes is None:
        return None
    level = follows["level"] if follows is not None else ""
    if done := _DONE_OF.search(before):
        lead = before[: done.start()]
        return None if _OTHERS.search(lead) else ("已完成整改的问题", _narrowing(lead), "")
    relations = list(_FED_BACK.find(before))
    if relations:
        lead = before[: relations[-1].start()]
        between = before[relations[-1].end() : precedes.start() if precedes is not None else len(before)]
    elif follows is not None and not level and _DERIVED.search(before) and "反馈" in sentence:
        lead, between = "", ""
    elif "反馈" in level:
        lead, between = "", quantity.before.lstrip("、和及")
    elif follows is not None and (_ONE_BY_ONE.match(follows["tail"]) or before.endswith("方面")):
        lead, between = before, ""
    else:
        return None
    audit = bool(relations) and relations[-1].group().startswith("审计")
    if _OTHERS.search(lead) or _OTHERS.search(between) or (not audit and "审计" in lead):
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
    own = _GENERIC.search(whom) is not None or _INSPECTS.search(whom) is not None or (len(core) > 1 and core in name)
    return "" if own else whom


def _shared_noun(text: str, quantities: Sequence[Quantity], index: int) -> tuple[str, str, str] | None:
    """镇级40个、重点村62个反馈问题: both figures, each with the words before it."""
    quantity = quantities[index]
    if index + 1 < len(quantities) and text[quantity.span.end : quantity.span.end + 1] in "、和":
        following = quantities[index + 1]
        gap = text[quantity.span.end + 1 : following.span.start]
        tail = text[following.span.end : following.span.end + 4]
        if len(gap) <= 6 and tail == "反馈问题" and following.unit == quantity.unit:
            return "反馈问题", _narrowing(quantity.before), ""
    return None


def _other(before: str, after: str, whose: str) -> tuple[str, str, str] | None:
    if _DERIVED.search(before) is None and _OTHERS.search(before):
        return None
    if _MEASURES_AFTER.match(after) or (_MEASURES_BEFORE.search(before) and not after[:1].isalnum()):
        return "整改措施", whose, ""
    if _TASKS_AFTER.match(after) or (_TASKS_BEFORE.search(before) and not after[:1].isalnum()):
        return "整改任务", whose, ""
    if after.startswith("方面") or (before and _ASPECTS_BEFORE.search(before) and after[:1].isdigit()):
        return ("反馈的方面", whose, "") if _ASPECTS_BEFORE.search(before) else None
    if _HANDED.search(before) and (leads := _LEADS_AFTER.match(after) or _LEADS_BEFORE.search(before)) is not None:
        return f"移交的{_LEADS.get(leads['noun'], leads['noun'])}", whose, ""
    if _NEW_RULES.search(before) and not after.startswith(("村", "工作")):
        return "新建制度", whose, ""
    if _REVISED_RULES.search(before):
        return "修订制度", whose, ""
    return None


def _narrowing(words: str) -> str:
    """What is left of the words before a figure when all that says nothing of whose problems they are is taken away."""
    return str(_NEUTRAL.compiled.sub("", words))
