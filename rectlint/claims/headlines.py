"""The headline of a bulletin and the items it speaks of: 反馈的40个问题, 4个方面, and the numbered problems themselves.

In: a `Document` and its quantities.  Out: `Headline` values and, for each style of numbering, the problem items.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("一、整改情况\\n（1）学习不深入的问题。已整改。\\n（2）督促不够的问题。已整改。\\n"))
>>> [(level.style, level.size, level.last.marker.number) for level in find_levels(document)]
[('（1）', 2, 2)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, cast

from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document, Item
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_PROBLEM = Pattern(
    r"问题|不(?!断|忘|折|懈|少|仅|同)|欠|滞后|薄弱|缺失|缺位|差距|短板|弱化|漏洞|混乱|隐患|偏差|乏力|单一|过(?:[多高大低频重慢长宽松滥]|于)|反弹|违规|违反|形式主义|官僚主义|困难|虚化|较慢|缓慢|有待|突出|尚未|未|较低|偏[低软松慢弱重]|空缺|造假|偷工|严峻"
)
_FOLLOW_UP = Pattern(
    r"正在|需要?(?:长期|持续|进一步)|下一步|进一步整改|今后|打算|计划|后续|持续整改的|尚未|未完成|长期整改|组织落实|责任落实|工作情况$|强化|加强|坚持|深化|巩固"
)
_STATUS_LINE = Pattern(r"整改(?:情况|措施|结果|结论|进展|落实|状态|成效)|完成情况|落实情况|已整改|整改到位|正在整改")
_FED_BACK = Pattern(r"反馈|指出|巡察|巡视|审计|督察|移交|细化[为成]|梳理[为成]|分解[为成]")
_FED_BACK_THEM = Pattern(r"反馈|指出|查出|发现|移交|[共总合]计?(?:有|涉及)?$")
_ASIDE = Pattern(
    r"其中|查摆|民主生活会|新增|立行立改|上一轮|上轮|历年|本级|自查|对照(?!\p{Han}{0,8}反馈)|督查发现|检查发现|排查|举一反三|村级|重点村|下属|下级|所辖|信访|线索|剩余|其余|未|尚有|针对"
)
_GROUPED = Pattern(r"(?:方面|类|问题)[、，和]?$")
_TO_EACH = Pattern(r"分别[^，。；：]*$", needs=("分别",))
_ASPECT_NAME = Pattern(r"方面(?:存在的?问题)?(?:（[^（）]*）)?[。：]?$")
_PROBLEM_NOUN = frozenset(("问题", "具体问题", "反馈问题", "突出问题", "反馈意见"))
_MOST_OF_THEM = 2 / 3
_ITEM_STYLES = ("（一）", "问题一", "1.", "问题1", "1-1", "（1）")


class Headline(NamedTuple):
    """A figure that speaks of all problems (``sort`` problems) or of the parts they are grouped in (``aspects``)."""

    quantity: Quantity
    sort: Literal["problems", "aspects"]


class Caption(NamedTuple):
    """A heading that says how many entries stand below it: 已完成整改的问题（10个）."""

    item: Item
    quantity: Quantity
    others: frozenset[int]


class Level(NamedTuple):
    """All problem items numbered in one style, in order."""

    style: str
    items: tuple[Item, ...]

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def last(self) -> Item:
        """The last of them."""
        return self.items[-1]


def find_levels(document: Document) -> tuple[Level, ...]:
    """The styles of numbering whose items are mostly problems, shallowest first, each with all its items.

    Items are taken by 一、 section, since the same style may number other things elsewhere (下一步打算).
    """
    sections: dict[tuple[str, int], list[Item]] = {}
    later: dict[tuple[str, int], list[Item]] = {}
    for item in document.items:
        if item.marker.style in _ITEM_STYLES:
            into = later if _follows_up(document, item) else sections
            outermost = [outer.order for outer in document.ancestors(item)][-1:] or [-1]
            into.setdefault((item.marker.style, outermost[0]), []).append(item)
    levels: dict[str, list[Item]] = {}
    for (style, _), items in sections.items():
        if sum(_is_problem(document, item) for item in items) * 5 >= len(items) * 4:
            levels.setdefault(style, []).extend(items)
    for (style, _), items in later.items():
        if style in levels and _goes_on(levels[style], items):
            levels[style].extend(items)  # 二、需长期整改的问题 25. 26.: told under their own numbers
    return tuple(Level(style, tuple(levels[style])) for style in _ITEM_STYLES if style in levels)


_CAPTION_NOUNS = frozenset(("", "问题", "具体问题", "事项", "任务", "整改事项", "整改任务", "整改问题"))
_CAPTION_LEADS = frozenset(("", "共", "共计", "计", "合计"))
_ENTRIES = Pattern(r"(?:问题|事项|任务|方面|清单|意见|建议)(?:共|共计)?$")
_LONGEST_CAPTION = 60
_SELECTED = Pattern(r"(?:重点|部分|典型|个别)问题", needs=("问题",))


def find_aspects(document: Document, levels: Sequence[Level]) -> tuple[tuple[Item, ...], ...]:
    """The （一）（二） sections that hold the problem items, where all of them stand under one 一、 section; where no （一）
    holds them, the 一、二、 sections that are named ……方面.

    Two readings where they differ: the sections that do hold numbered items, and all of that section's, since one of
    them may tell its problems without numbers.
    """
    if not levels:
        return ()
    holders = _holders(document, levels[-1], "（一）")
    if not holders:
        holders = _holders(document, levels[-1], "一、")
        if not all(_is_named_aspect(document, holder) for holder in holders):
            return ()
    if len({holder.parent for holder in holders}) != 1:
        return ()
    parent = None if holders[0].parent is None else document.items[holders[0].parent]
    if parent is not None and _SELECTED.search(document.words(parent.title)):
        return ()
    siblings = tuple(item for item in document.children(parent) if item.marker.style == holders[0].marker.style)
    if holders[0].marker.style == "一、":
        siblings = tuple(item for item in siblings if _is_named_aspect(document, item))
    return (tuple(holders),) if len(siblings) == len(holders) else (tuple(holders), siblings)


def _holders(document: Document, level: Level, style: str) -> list[Item]:
    """The sections of a style that hold the items, or none where an item stands outside all."""
    holders: list[Item] = []
    for item in level.items:
        section = next((outer for outer in document.ancestors(item) if outer.marker.style == style), None)
        if section is None:
            return []
        if section not in holders:
            holders.append(section)
    return holders


def _is_named_aspect(document: Document, item: Item) -> bool:
    """Whether a heading says that it treats one aspect: 科研经费管理方面."""
    return _ASPECT_NAME.search(document.words(item.title)) is not None


def find_headlines(document: Document, quantities: Sequence[Quantity]) -> Iterator[Headline]:
    """The figures that speak of everything that was fed back, outside the problem items themselves."""
    levels = find_levels(document)
    inside = frozenset(item.order for level in levels for item in level.items)
    left: set[Decimal] = set()
    for quantity in quantities:
        if quantity.role in ("rest", "pending") and quantity.exact:
            left.add(quantity.value)
        item = document.item_at(quantity.span.start)
        if item is not None and (
            item.order in inside or any(outer.order in inside for outer in document.ancestors(item))
        ):
            continue
        if not quantity.exact or quantity.depth or quantity.role in ("rest", "part", "pending"):
            continue
        if item is not None and speaks_of_part(document, item, inside):
            continue
        if not document.sentence_has(_FED_BACK, quantity.span.start) or _ASIDE.search(quantity.before):
            continue
        sentence = document.sentence_at(quantity.span.start)
        if quantity.noun in _PROBLEM_NOUN and quantity.measure in _UNITS_OF_PROBLEMS and quantity.value >= 2:
            lead = document.text[max(sentence.start, quantity.span.start - 24) : quantity.span.start]
            told = _FED_BACK.search(lead) or _GROUPED.search(lead)
            if quantity.value in left and _FED_BACK_THEM.search(quantity.before) is None:
                continue  # 未整改到位的23个。……对23个问题按季通报: what is left, and not what was found
            if _TO_EACH.search(lead) is not None:
                continue  # 向2个村分别反馈问题8个、11个: what one of several bodies was told
            if told and not _ASIDE.search(lead) and not _is_one_of_aspects(document, quantities, quantity):
                yield Headline(quantity, "problems")
        elif (
            (quantity.measure == "方面" or quantity.after.startswith("方面"))
            and quantity.value >= 2
            and "问题" in document.words(sentence)[:200]
        ):
            yield Headline(quantity, "aspects")


_WITHHELD = Pattern(
    r"不(?:予|便|宜|再|作|逐一|单独|对外|向社会|在(?:此|文中|\p{Han}{1,8}(?:里|中|内)))*(?:公开|公布|公示|展开|列出|列示|列举|列入|赘述|披露|反映|体现)"
    r"|未(?:在\p{Han}{1,8})?(?:列出|列示|列举)|(?:另行|单独|专题)(?:报送|报告|上报|报备)",
    needs=("公开", "公布", "公示", "展开", "列", "赘述", "披露", "反映", "体现", "报"),
)
_THE_OTHERS = Pattern(
    r"(?:另外?有?|其余|其他|其它|余下|剩余|还有|尚有|其中有?|(?:涉密|秘密|隐私|敏感)\p{Han}{0,4})(?:的)?$|^(?:有|对|将)?$"
)


def find_withheld(document: Document, quantities: Sequence[Quantity]) -> frozenset[int]:
    """How many problems the text says it leaves out: 另有2项因涉及商业秘密，不在本报告中展开."""
    found: set[int] = set()
    for match in _WITHHELD.find(document.text):
        start = max(document.sentence_at(match.start()).start, match.start() - _WITHHELD_BACK)
        found.update(
            int(quantity.value)
            for quantity in within(quantities, start, match.start())
            if quantity.unit in _UNITS_OF_PROBLEMS
            and quantity.exact
            and _THE_OTHERS.search(quantity.before) is not None
        )
    return frozenset(found)


_WITHHELD_BACK = 80
_UNITS_OF_PROBLEMS = ("个", "项", "条", "件")


def _is_one_of_aspects(document: Document, quantities: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether several aspects tell their problems side by side: 党的建设方面11个问题，从严治党方面9个问题."""
    if not quantity.before.endswith("方面"):
        return False
    sentence = document.sentence_index(quantity.span.start)
    near = quantities[max(0, quantity.order - _BESIDE) : quantity.order + _BESIDE + 1]
    return any(
        other is not quantity
        and other.before.endswith("方面")
        and document.sentence_index(other.span.start) == sentence
        for other in near
    )


_BESIDE = 4


def find_captions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Caption]:
    """The headings with a count at their end or in brackets; ``others`` are the further counts of the same brackets (4个问题、
    10个具体问题)."""
    for item in document.items:
        title = item.title
        if not document.children(item) or len(title) > _LONGEST_CAPTION:
            continue
        counts = [q for q in within(quantities, title.start, title.end) if q.exact and q.counted]
        counts = [q for q in counts if q.unit in ("个", "项", "条", "件")]
        told = [q for q in counts if _is_of_caption(document, title, q)]
        if told:
            beside = [q for q in counts if q.bracket == told[0].bracket and q not in told[:1] and not q.role]
            yield Caption(item, told[0], frozenset(int(q.value) for q in beside))


def _is_of_caption(document: Document, title: Span, quantity: Quantity) -> bool:
    """Whether a count opens the brackets of a heading, or ends it, and counts its entries."""
    text = document.text
    if quantity.noun not in _CAPTION_NOUNS:
        return False
    if quantity.bracket >= 0:
        opens = text[quantity.bracket + 1 : quantity.span.start] in _CAPTION_LEADS
        named = _ENTRIES.search(text, title.start, quantity.bracket) is not None or quantity.noun != ""
        return opens and named and quantity.bracket >= title.start
    ends = quantity.span.end == title.end
    return ends and _ENTRIES.search(text, title.start, quantity.span.start) is not None


def speaks_of_part(document: Document, item: Item, problems: frozenset[int]) -> bool:
    """Whether what stands right under a heading speaks of its own problems: others hold some as well; a chapter that holds
    most of them speaks of all (the last chapter may tell some again)."""
    key = (speaks_of_part, item.order, problems)
    if key not in document.kept:
        held = sum(item.span.contains(document.items[index].span) for index in problems)
        own = _is_amid_holders(document, item, problems) if not held else False
        document.kept[key] = own or 0 < held < len(problems) * (_MOST_OF_THEM if item.parent is None else 1)
    return bool(document.kept[key])


def _is_amid_holders(document: Document, item: Item, problems: frozenset[int]) -> bool:
    """Whether a section without numbered problems of its own, or one round it, stands between sections that hold some, or ends
    their row and is called as they are: 三、建设项目审计查出问题的整改情况."""
    key = (_is_amid_holders, problems)
    if key not in document.kept:
        rows: dict[int | None, list[Item]] = {}
        above = {outer.order for index in problems for outer in document.ancestors(document.items[index])}
        for order in sorted(above - problems):
            rows.setdefault(document.items[order].parent, []).append(document.items[order])
        document.kept[key] = {
            parent: (row[0].order, row[-1].order, frozenset(_ending(document, holder) for holder in row))
            for parent, row in rows.items()
        }
    rows_of = cast("dict[int | None, tuple[int, int, frozenset[str]]]", document.kept[key])
    for section in (item, *document.ancestors(item)):
        first, last, endings = rows_of.get(section.parent, (0, 0, frozenset()))
        if first < section.order and (section.order < last or (last and _ending(document, section) in endings)):
            return True
    return False


def _ending(document: Document, item: Item) -> str:
    return document.words(item.title).rstrip("。：")[-_ENDING:]


_ENDING = 6
"""So many characters at the end of their headings are common to sections of one sort."""


def _goes_on(told: Sequence[Item], items: Sequence[Item]) -> bool:
    """Whether items carry on the numbers of those told before, one by one."""
    first = told[-1].marker.number + 1
    whole = [item.marker.number for item in told] == list(range(1, first))
    return whole and [item.marker.number for item in items] == list(range(first, first + len(items)))


def _follows_up(document: Document, item: Item) -> bool:
    outermost = next((outer for outer in document.ancestors(item) if outer.marker.style == "一、"), None)
    return outermost is not None and _FOLLOW_UP.search(document.words(outermost.title)) is not None


def _is_problem(document: Document, item: Item) -> bool:
    if document.text.find("问题", item.marker.start, item.marker.end) >= 0:
        return True  # 问题3　合同台账
    if _PROBLEM.search(document.text, item.title.start, item.title.end) is not None:
        return True
    return _STATUS_LINE.search(document.text, item.title.end, item.end_of_own) is not None
