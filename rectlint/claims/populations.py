"""Populations: how many villages, branches, units … a whole consists of, as 全镇28个村 or 82家直属党组织 say it.

In: a `Document` and its quantities.  Out: `Population` values in text order.  A population has a scope (what it is the
whole of) and a full noun phrase; 28个村 and 44个村（居） are two populations, 行政村 and 村 may be.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("对全镇28个村开展检查，其中11个村已完成。"))
>>> [(p.scope, p.noun, p.quantity.text, p.certain) for p in find_populations(document, tuple(find_quantities(document)), "镇")]
[('own', '村', '28个', True)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.lexicon import words
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple

UNITS = frozenset("个家所座名人户支位处")

_SAME = {
    "村（居）": "村居", "村（社区）": "村居", "村、社区": "村居", "村和社区": "村居", "村社区": "村居", "村（居）委会": "村居", "建制村": "行政村",
    "乡镇（街道）": "镇街", "镇（街道）": "镇街", "街道（镇）": "镇街", "街镇": "镇街", "乡镇街道": "镇街", "乡（镇）": "乡镇",
    "县（市、区）": "县区", "县（区）": "县区", "县市区": "县区", "市（州）": "市州",
}  # fmt: skip

_SCOPE = Pattern(
    r"(?:全(?P<level>[省市区县镇乡州旗街校院局系场园司集办委])[道区统团体]?|[我本](?P<own>[省市区县镇乡街校院局系委办])道?"
    r"|(?:辖区内?|区域内|下辖|所辖|下属|所属|直属|管辖|(?<=[镇乡区县市道])辖)有?)"
    r"(?P<link>(?:现有|[现共]辖|共有|总共|[合总]计|所有|全部|[所下直]属|[下所]辖|辖区内?|范围内|[内共现的各辖有]){0,3})$"
)
_SCOPE_MARKS = frozenset("全我本辖下所直管区")
"""Every scope holds one of these."""
_HELD_NOUN = ("直属", "下属", "所属", "下辖", "所辖", "内设")
_OWNER_LEADS = (
    "对", "向", "在", "由", "将", "把", "给", "为", "让", "与", "和", "及", "其", "各", "了", "到", "走访", "检查", "督查", "督促", "指导", "组织", "覆盖",
    "推动", "推进", "要求", "针对", "深入", "抽查", "联合", "会同", "召集", "梳理", "排查", "全面", "带动", "选派", "安排", "明确", "面向", "建立", "听取",
)  # fmt: skip
_OWN_WORDS = frozenset(
    [
        *(
            "",
            "镇",
            "乡",
            "街道",
            "县",
            "区",
            "市",
            "局",
            "委",
            "集团",
            "公司",
            "党委",
            "党工委",
            "工委",
            "党组",
            "机关",
            "系统",
        ),
        *("学校", "医院", "党组织", "镇党委", "局党组", "区委", "县委", "市委"),
    ]
)
_SUBSET_AFTER = ("试点", "先行", "抽查", "抽取", "率先", "首批", "巡察", "巡视", "未", "排名", "靠后", "除外")
_GOVERNED = (
    "对", "向", "为", "给", "与", "和", "及", "把", "将", "指导", "组织", "督促", "覆盖", "要求", "面向", "安排", "推动", "推进", "抓好", "走访", "遍访", "检查",
    "排查", "梳理", "立足", "针对", "涵盖", "召集", "发动", "培训", "明确", "实现", "惠及", "联系", "联合", "深入", "清查", "摸排", "统筹", "整合", "辐射",
)  # fmt: skip
_UNIVERSAL = (
    "均", "都", "全部", "全都", "逐一", "逐个", "逐村", "逐户", "普遍", "一律", "全覆盖", "全面", "仅", "只有", "中",
)  # fmt: skip
_STATE = (
    "已", "未", "没", "尚", "仍", "还", "有", "无", "存在", "出现", "被", "完成", "建成", "建设", "建立", "设立", "达", "实现", "通过", "入选", "获", "成功",
    "率先", "具备", "开工", "竣工", "是", "为", "属", "不", "超", "率", "因", "由于", "成为", "拥有", "发生", "受", "遭",
)  # fmt: skip
_SOME_OF_MANY = (
    "户", "员", "部", "职工", "代表", "群众", "学生", "教师", "医生", "会计", "书记", "主任", "负责人", "村民", "居民", "企业", "公司", "合作社", "养殖场", "大棚",
    "市场", "项目", "项目部", "食堂", "厕所", "公厕", "停车场", "点位",
)  # fmt: skip
"""Of these 全镇12户 may be any twelve; so a word such as 共有 or 全部 must say that all are meant."""
_COUNTING = ("共计", "共有", "合计", "总计", "总数", "共", "达", "为", "有", "数")
_DOUBLED = ("村", "社区", "乡镇", "街道", "镇", "支部")
_STOP = frozenset("，。；、：！？）（“”〈〉《》~-—\n")
_DATED = Pattern(
    r"(?:(?:19|20)\d\d年(?:底|末|初|度)?|截[至止][^，。；]{2,12}|当时|原|[撤调合][并整]前|上年末?|去年底?)，?$"
)
_REACH, _SCOPE_REACH, _LONGEST_NOUN = 60, 24, 24


class Population(NamedTuple):
    """A figure that says how large a whole is.

    ``scope`` is ``own`` for the reporting organ's own domain, else the words (全市) or the owner's name; ``noun`` the full
    noun phrase in one spelling, ``shown`` as written; ``certain`` whether nothing suggests that only some of them are
    meant; ``dated`` the words that tie the figure to a time.
    """

    quantity: Quantity
    scope: str
    noun: str
    shown: str
    certain: bool
    dated: str


def find_populations(
    document: Document, quantities: Sequence[Quantity], level: str, name: str = ""
) -> Iterator[Population]:
    """All populations of the text; ``level`` is the `own_level` of the reporting organ, ``name`` its name."""
    previous: Population | None = None
    for quantity in quantities:
        population = None
        if quantity.counted and not quantity.ranged and quantity.unit in UNITS and quantity.value >= 2:
            population = _population(document, quantity, level, name)
            if population is None and previous is not None:
                population = _next_in_row(document, previous, quantity)
        if population is not None:
            yield population
        previous = population


def _population(document: Document, quantity: Quantity, level: str, name: str) -> Population | None:
    text = document.text
    end = quantity.span.start + len(quantity.text)
    before = quantity.before[-_REACH:]
    if _SCOPE_MARKS.isdisjoint(before[-_SCOPE_REACH:]) and not text.startswith(_HELD_NOUN, end):
        return None
    noun = noun_phrase(text, end, quantity.clause.end)
    scope = _SCOPE.search(before)
    lead, before_noun = before, False
    if scope is None and noun == "" and (found := _noun_before(before)) is not None:
        scope = _SCOPE.search(before[: found[0]])
        noun, before_noun = found[1], True
    if noun == "" or (scope is None and not noun.startswith(_HELD_NOUN)):
        return None
    link = ""
    if scope is None:
        key = "own"
    else:
        lead = before[: scope.start()]
        key = _scope_key(scope, lead, level, name)
        link = scope["link"]
    doubled = next((word for word in _DOUBLED if noun.startswith(word * 2)), "")
    noun = doubled or noun
    following = "，" if before_noun else text[end + len(noun) : min(quantity.clause.end + 1, end + len(noun) + 30)]
    part = lead[lead.rfind("方式") + 1 :]
    certain = not any(word in part for word in words("population_subsets")) and _is_whole(
        lead, link, following, noun, bool(doubled)
    )
    return Population(
        quantity, key, _SAME.get(noun, noun), noun, certain, _dated(text, quantity.span.start - len(before), lead)
    )


def _next_in_row(document: Document, previous: Population, quantity: Quantity) -> Population | None:
    """辖26个行政村、4个社区: the second figure has the first one's scope."""
    end = previous.quantity.span.start + len(previous.quantity.text) + len(previous.shown)
    if document.text[end : quantity.span.start] not in ("、", "和", "及", "以及", "，"):
        return None
    noun = noun_phrase(document.text, quantity.span.start + len(quantity.text), quantity.clause.end)
    if not noun or not previous.certain:
        return None
    return Population(quantity, previous.scope, _SAME.get(noun, noun), noun, False, previous.dated)


def _scope_key(scope: Match, lead: str, level: str, name: str) -> str:
    if scope["own"]:
        return "own"
    if scope["level"]:
        return "own" if scope["level"] == level else scope.group()[:2]
    owner = lead[max(lead.rfind(word) + len(word) if word in lead else 0 for word in _OWNER_LEADS) :]
    owner = owner[1:] if owner[:1] in ("我", "本", "该") else owner
    return "own" if owner in _OWN_WORDS or (len(owner) >= 2 and owner[:2] in name) else owner


def _is_whole(lead: str, link: str, following: str, noun: str, doubled: bool) -> bool:
    """Whether the figure is of the whole, judged from the words round it."""
    if not following or following[0] in _STOP:
        return True
    if any(word in following for word in _SUBSET_AFTER):
        return _is_universal(following) and "未" not in following
    if _is_universal(following) or doubled:
        return True
    if link.endswith("有") or (not link and noun.endswith(_SOME_OF_MANY)):
        return False
    state = following.startswith(_STATE)
    plain = following.startswith(words("population_followers"))
    return (state or plain) if lead.endswith(_GOVERNED) else (plain and not state)


def _is_universal(following: str) -> bool:
    for word in ("现已", "已", "目前", "现"):
        following = following.removeprefix(word)
    return following.startswith(_UNIVERSAL) or (following[:1] == "有" and following[1:2].isdigit())


def _dated(text: str, start: int, lead: str) -> str:
    """The words before the scope, which begins ``len(lead)`` behind ``start``, that tie the figure to a time."""
    match = _DATED.search(text[max(0, start - 16) : start + len(lead)]) if len(lead) <= 6 else None
    return match.group() if match is not None else ""


def noun_phrase(text: str, start: int, end: int) -> str:
    """The longest chain of modifiers and heads from ``start`` on that ends in a head; empty if there is none.

    >>> noun_phrase("行政村党组织书记参加", 0, 10), noun_phrase("村资源禀赋", 0, 5), noun_phrase("风险点", 0, 3)
    ('行政村党组织书记', '村', '')
    """
    position, head_end, limit = start, start, min(end + 12, start + _LONGEST_NOUN)
    bricks = _bricks()
    while position < limit:
        word = next(
            (word for word in bricks.get(text[position : position + 1], ()) if text.startswith(word, position)), ""
        )
        if not word:
            break
        if word not in _heads() and (head := _head_within(text, position, word)):
            head_end = max(head_end, position + len(head))
        position += len(word)
        if word in _heads():
            head_end = position
    return text[start:head_end]


def _head_within(text: str, position: int, modifier: str) -> str:
    """The head that a modifier begins with: 村 of 村级, where no head follows."""
    return next((word for word in _bricks()[modifier[0]] if word in _heads() and modifier.startswith(word)), "")


@cache
def _heads() -> frozenset[str]:
    return frozenset(words("population_heads"))


@cache
def _bricks() -> dict[str, list[str]]:
    """Modifiers and heads by their first character, the longest first."""
    bricks: dict[str, list[str]] = {}
    for word in sorted({*words("population_modifiers"), *_heads()}, key=len, reverse=True):
        bricks.setdefault(word[0], []).append(word)
    return bricks


def _noun_before(before: str) -> tuple[int, str] | None:
    """The noun phrase that ``before`` ends with, apart from 共有 and the like, and where it begins."""
    bare = before
    for word in _COUNTING:
        if bare.endswith(word):
            bare = bare.removesuffix(word)
            break
    for start in range(max(0, len(bare) - _LONGEST_NOUN // 2), len(bare)):
        if noun_phrase(bare, start, len(bare)) == bare[start:]:
            return start, bare[start:]
    return None


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be of one size; 70余 is 71 to 79."""
    low, high = _interval(one)
    other_low, other_high = _interval(other)
    return low <= other_high and other_low <= high


def _interval(quantity: Quantity) -> tuple[float, float]:
    value = float(quantity.value)
    if quantity.approximation == "":
        return value, value
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    if quantity.approximation == "over":
        return (value, value + step) if step > 1 else (value, float("inf"))
    if quantity.approximation == "about":
        return value * 0.9, value * 1.1
    return (
        (value, float("inf"))
        if quantity.approximation == "least"
        else (value * 0.9 if quantity.approximation == "under" else 0, value)
    )


def spelled(noun: str) -> str:
    """A noun phrase in the one spelling that populations are compared by: 村(居) and 村和社区."""
    return _SAME.get(noun, noun)


def own_level(core: str) -> str:
    """What a reporting organ's 全… is the whole of: the last character of its place or body.

    >>> own_level("松坡县人民政府"), own_level("青山镇"), own_level("松坡县水利局")
    ('县', '镇', '局')
    """
    for suffix in ("人民政府", "政府", "办公室", "办事处"):
        core = core.removesuffix(suffix)
    return "街" if core.endswith("街道") else core[-1:]
