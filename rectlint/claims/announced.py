"""Lists announced by how many they name: 未整改的6处……分别是：甲、乙、…; 正在治理的5家企业为甲厂、乙厂、…; 4件重点案件分别为： 1.… 2.….

In: a `Document`.  Out: `Enumeration` values.  The count stands before the list, with words between that name no other things
than those counted; the list itself is a row of names, of clauses with semicolons, or of numbered lines.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("未拆除的4处全部挂牌督办，分别是：东街仓库、西街车棚、南街商铺。"))
>>> [(e.value, e.listing.size, e.closed) for e in find_announced(document)]
[(4, 3, True)]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from rectlint.claims.enumerations import Enumeration
from rectlint.claims.members import Listing, bare, end_of_list, read_list, split
from rectlint.document import Document, Item
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.source import Span

_THINGS = (
    r"问题|案件|信访件|举报件|企业|公司|厂|单位|部门|行政村|村|社区|乡镇|街道|镇|学校|幼儿园|医院|卫生院|项目|工程|任务|事项|隐患|线索|点位|河流|断面"
    r"|水库|矿山|园区|合作社|站点|场所|门店|餐馆|加油站|县|区|市|地块|小区|家庭农场"
)
_ANNOUNCED = Pattern(
    r"(?<![\d.,第几数十百千余近约超等另其每-])(?P<number>\d{1,2}|[三四五六七八九]|十[一二三四五六七八九]?)(?P<counter>[个家项件处所座宗起条])"
    rf"(?P<noun>\p{{Han}}{{0,10}}?(?:{_THINGS})|)(?P<mid>(?:，|均|都|全部)[^，。；：、\d\n（）]{{2,24}}，|，|名单|)"
    r"(?P<word>(?:分别|依次)(?:是|为)：?|(?:具体)?[是为]：|具体如下：|如下：|为)",
    needs=(
        "分别是",
        "分别为",
        "依次是",
        "依次为",
        "是：",
        "为：",
        "如下：",
        "企业为",
        "公司为",
        "单位为",
        "部门为",
        "村为",
        "镇为",
        "社区为",
        "学校为",
        "街道为",
    ),
)
_OTHER_THINGS = Pattern(rf"{_THINGS}|责任|负责|牵头|涉及|原因|主要|其中|时限|金额|结果|类型|来源|整改措施")
_OTHERS_BETWEEN = Pattern(
    r"问题|案件|企业|单位|部门|项目|任务|隐患|责任|负责|牵头|涉及|原因|主要|其中|时限|金额|结果|类型|来源|整改措施|专班|领导"
)
_SORTS = Pattern(r"[型化类级]\p{Han}{0,2}$|示范|达标|优秀|合格|先进|重点")
_ENDS = {
    "企业": "厂司业社场店矿站",
    "公司": "厂司业社团",
    "单位": "局委办所站校院司厂镇乡街道村心队",
    "部门": "局委办所站院司心队",
    "村": "村寨屯庄居",
    "行政村": "村寨屯庄居",
    "社区": "区苑村居里园",
    "镇": "镇乡道",
    "乡镇": "镇乡道",
    "街道": "道街镇",
    "学校": "学校园院",
}
_STOPS = "。；，\n"
_GOES_ON = Pattern(
    r"，(?:均|已|目前|全部|都|上述|以上|预计|计划|力争|确保|现|正|其中|并|由|拟|将|截至|合计|共|对此|根据)",
)
_FIGURES = Pattern(r"\d+(?:\.\d+)?(?:%|[万亿]?元|[个件项家户人名次起吨亩分天日月年])|^\d|^[一二三四五六七八九]是|：")
_FOLD = Pattern(
    r"“(?P<list>[^“”，。；\n]{3,40})”(?:的)?(?P<number>[双二三四五六七八])重(?![要点大新复心型度视组庆阳])",
    needs=("重",),
)
_FOLD_MARK = Pattern(r"[+、]", linear=True)
_FOLD_MEMBER = Pattern(r"\p{Han}{2,8}", linear=True)
_FEWEST, _MOST = 3, 200
_LONG_NAME = 12


def find_announced(document: Document) -> Iterator[Enumeration]:
    """All such lists, in text order."""
    text = document.text
    for match in islice(_ANNOUNCED.find_in_lines(text), _MOST):
        value = chinese_ordinal(match["number"])
        if value < _FEWEST or not _names_them(match):
            continue
        figure = Span(match.start("number"), match.end("counter"))
        if text[match.end() : match.end() + 1] == "\n":
            found = _lines(document, figure, value, match.end() + 1) if match["word"].endswith("：") else None
        else:
            found = _names(text, match, figure, value)
        if found is not None:
            yield found
    yield from _folds(text)


def _folds(text: str) -> Iterator[Enumeration]:
    """“门岗+探头”双重查验: what stands in quotation marks is the list and nothing else."""
    for match in _FOLD.find(text):
        pieces = _FOLD_MARK.compiled.split(match["list"])
        if len(pieces) < 2 or not all(_FOLD_MEMBER.fullmatch(piece) for piece in pieces):
            continue
        members, start = [], match.start("list")
        for piece in pieces:
            members.append(Span(start, start + len(piece)))
            start += len(piece) + 1
        value = 2 if match["number"] == "双" else chinese_ordinal(match["number"])
        listing = Listing(Span(*match.span("list")), tuple(members), frozenset((len(members),)), False, True)
        yield Enumeration("quoted", Span(match.start("number"), match.end()), value, listing, True)


def _names_them(match: Match) -> bool:
    """Whether the words between count and list speak of nothing but what is counted."""
    noun, word, mid = match["noun"], match["word"], match["mid"]
    ended = max((m.start() for m in _OTHER_THINGS.find(noun)), default=0)
    if any(m.end() <= ended for m in _OTHER_THINGS.find(noun)) or _OTHERS_BETWEEN.search(mid) is not None:
        return False
    if not noun and match["counter"] in "个项条":
        return False
    opens = match.string[match.start() - 1 : match.start()] in ("", "的", "，", "。", "；", "：", "\n")
    return word != "为" or (opens and not mid and any(noun.endswith(kind) for kind in _ENDS))


def _names(text: str, match: Match, figure: Span, value: int) -> Enumeration | None:
    """A row of names behind the announcement."""
    start = match.end()
    if text.startswith(("1.", "1、", "（1）", "①", "一是", "（一）", "第一"), start):
        return None
    stop = end_of_list(text, start, "。\n")
    if "；" in text[start:stop]:
        pieces = split(text, Span(start, stop), "；")
        doubtful = any(_FIGURES.search(bare(text, piece)[:2]) or len(piece) < _FEWEST for piece in pieces)
        if doubtful or len(pieces) < _FEWEST or any("、" in text[p.start : p.end] for p in pieces):
            return None
        listing = Listing(Span(start, stop), tuple(pieces), frozenset((len(pieces),)))
        return Enumeration("colon", figure, value, listing, text[stop - 1] != "等")
    end = end_of_list(text, start, _STOPS)
    if text[end : end + 1] == "，" and _GOES_ON.match(text, end) is None:
        return None
    listed = read_list(text, Span(start, end), "、", value, False, True)
    pieces = split(text, Span(start, end), "、")
    if listed is None or len(pieces) < _FEWEST or "等" in text[max(start, end - 6) : end]:
        return None
    words = [bare(text, piece) for piece in pieces]
    if any(_FIGURES.search(word) for word in words):
        return None
    if match["word"] == "为":
        ends = next(ends for kind, ends in _ENDS.items() if match["noun"].endswith(kind))
        if any(_SORTS.search(word) for word in words):
            return None  # 4家企业为节水型企业、绿色工厂
        if sum(word.endswith(tuple(ends)) for word in words) * 2 < len(words) or len(words) != len(set(words)):
            return None
    most = max(len(pieces), max(listed.counts))
    counts = frozenset(range(len(pieces), most + 1))
    # a long member may hold 、 itself
    doubt = "ambiguous" if max(map(len, words)) > _LONG_NAME and value < len(pieces) else ""
    return Enumeration("colon", figure, value, Listing(Span(start, end), tuple(pieces), counts), True, doubt)


def _lines(document: Document, figure: Span, value: int, start: int) -> Enumeration | None:
    """Numbered lines right below the announcement."""
    first = document.item_at(start)
    if first is None or first.marker.start != start:
        return None
    parent = None if first.parent is None else document.items[first.parent]
    sisters = [item for item in document.children(parent) if item.order >= first.order]
    row = list(takewhile(lambda item: item.marker.style == first.marker.style, sisters))
    numbers = [item.marker.number for item in row]
    again = next((place for place, number in enumerate(numbers) if place and number == 1), len(numbers))
    if numbers[:again] != list(range(1, again + 1)):
        return None
    own = sum(_own_count(document, item, document.text[figure.end - 1]) for item in row[:again])
    if own * 2 > again:
        return None  # （一）石材污染案件（3件，已办结2件）: the lines are groups of what is counted
    marks = tuple(Span(item.marker.start, item.marker.end) for item in row[:again])
    listing = Listing(Span(marks[0].start, marks[-1].end), marks, frozenset((len(marks),)))
    return Enumeration("run", figure, value, listing, True)


def _own_count(document: Document, item: Item, counter: str) -> bool:
    """Whether a line tells in brackets, or right behind its name, how many it stands for."""
    return any(match["counter"] == counter for match in _COUNTED.find(document.text, item.title.start, item.title.end))


_COUNTED = Pattern(r"(?:[（：]|^|\p{Han}|共)\d{1,4}(?P<counter>[个家项件处所座宗起条])")
