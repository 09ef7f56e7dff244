"""Amounts told again in a list that sums them up, and leftovers taken up again in what is planned.

In: a `Document`, its quantities and the indices of its problem items.  Out: `Restatement` values: 包括收回闲置财政资金600万元 against
收回闲置两年以上的财政资金800万元 in an item, 前述追缴资金16.8万元 against 追缴资金18.6万元, 对16处渗漏管网 against 未整改的14处为管网渗漏.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("（1）追缴水资源费2356万元。\\n共收缴2386万元，由水资源费2536万元、差旅费30万元组成。\\n"))
>>> quantities = tuple(find_quantities(document))
>>> [(told.earlier_text, told.later_text) for told in find_relisted(document, quantities, frozenset())]
[('2356万元', '2536万元')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims.quantities import SIZES, Quantity
from rectlint.claims.restatements import Restatement
from rectlint.claims.slips import is_likely_slip, is_mistyped
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_LABEL = Pattern(r"[\p{Han}“”]{2,24}$")
_LEADS = Pattern(
    r"^(?:其中|包括|包含|含|由|是|为|即|有|和|及|与|共|已|并|另|经|累计|全部|(?:二|三|四|一)是|追缴|追回|追收|收回|收缴|清退|清缴|清收|退还|退回|退缴|退赔|上缴|补缴|缴纳|盘活|核减|挽回|归还)+"
)
_IN_LIST = Pattern(r"(?:包括|其中|由|分别为|分别是|主要是|主要为|具体为|具体是|含|涉及|有|：)")
_POINTERS = ("前述", "上述", "前文所述", "前文所列", "上文所述")
_ASIDE = Pattern(
    r"每|均|平均|剩余|尚|未|仍|余下|其余|原|预算|计划|拟|应|同比|上年|去年|增加|减少|不足|至少|标准|单价|涉及"
)
_WHOLE = Pattern(r"其中|分两?次|首批|先期|第[一二三四五]批|另")
_OPEN_BEFORE = Pattern(r"(?:剩余|余下|剩下|尚未\p{Han}{2,6}|未\p{Han}{2,6}|没有?\p{Han}{2,6}|正在\p{Han}{2,6})(?:的)?$")
_OPEN_AFTER = Pattern(
    r"^(?:尚?未(?:办结|结|整改(?:到位)?|完成|销号|处置|解决|修复|拆除|化解|搬迁|搬离|清收|清退|收回|归档|入账|加固|改造|验收|并网|建设|办证)|没有?办结|正在(?:办理|核查|整改|处置|初核|调查)|在办)(?:的)?"
)
_PLANS = Pattern(
    r"(?:^|[，；：。])(?:[一二三四五六]是)?(?:继续|持续|抓紧|加快|并|同时|要)*(?:对|将|抓好|加强对|做好|紧盯|盯住)$"
)
_NOUN = Pattern(r"^(?:的)?(?P<noun>[\p{Han}]{2,12})")
_NO_NOUN = Pattern(r"全部|均|都|已|为|是|系|正|由|将|需|因|暂|待")
_STOPS = Pattern(
    r"(?:分别|的(?:办理|整改|督办|后续)|，|继续|逐|按|由|确保|实行|明确|加快|限期|挂牌|督办|开展|进行|在\d|，)"
)
_OF_ALL = ("问题", "措施", "举措", "任务", "事项", "单位", "项目")
_GENERIC = frozenset(
    ("资金", "金额", "款项", "违规资金", "违纪资金", "财政资金", "专项资金", "项目资金", "各类资金", "有关资金", "补助资金", "补贴资金", "闲置资金", "结余资金", "存量资金", "国有资产", "经济损失", "直接经济损失", "违规款项", "费用")
)  # fmt: skip
_LONGEST_LABEL = 26
_LEAST, _MOST, _NEAR_BEFORE, _REACH, _SLIP, _LARGE = 3, 40, 60, 160, 3, 10


class _Labelled(NamedTuple):
    """An amount with the words right before it, those of its verb left out."""

    quantity: Quantity
    words: str
    core: str


def find_relisted(
    document: Document, quantities: Sequence[Quantity], problems: frozenset[int], behind: int = -1
) -> Iterator[Restatement]:
    """The amounts and the leftovers that are told again, each with the one place that tells it first; ``behind`` is where
    the list of problems ends, if there is one."""
    yield from _amounts(document, quantities, problems)
    yield from _left(document, quantities, problems, behind)


# -- amounts in a list -------------------------------------------------------------------------------------------------


def _amounts(document: Document, quantities: Sequence[Quantity], problems: frozenset[int]) -> Iterator[Restatement]:
    by_ending: dict[tuple[str, str], list[_Labelled]] = {}
    listed: list[tuple[_Labelled, bool]] = []
    for quantity in quantities:
        if quantity.measure not in SIZES or not quantity.exact:
            continue
        match = _LABEL.search(document.text, max(quantity.clause.start, quantity.span.start - 24), quantity.span.start)
        if match is None:
            continue
        words = match.group()
        core = _LEADS.compiled.sub("", words)
        one = _Labelled(quantity, words, core)
        by_ending.setdefault((quantity.measure, words[-2:]), []).append(one)
        points = _pointed(one)
        if points or (len(core) >= _LEAST and _is_listed(document, quantities, quantity)):
            listed.append((one, points))
    for one, points in listed:
        others = by_ending[one.quantity.measure, one.words[-2:]]
        if len(others) <= _MOST:
            yield from _told_before(document, one, points, others, problems)


def _pointed(one: _Labelled) -> bool:
    """Whether an amount is called one told before: 前述追缴资金16.8万元."""
    return len(_behind_pointer(one.words)) >= 2


def _is_listed(document: Document, quantities: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether an amount is a member of a list of labels with amounts: 包括追缴工程款9万元、清退补贴3万元."""
    start = max(document.sentence_at(quantity.span.start).start, quantity.span.start - _REACH)
    if _IN_LIST.search(document.text, start, quantity.span.start) is None:
        return False
    before = quantities[quantity.order - 1 : quantity.order] if quantity.order else ()
    pairs = [(other, quantity) for other in before]
    pairs += [(quantity, other) for other in quantities[quantity.order + 1 : quantity.order + 2]]
    return any(
        one.measure == other.measure
        and document.text[one.span.end : one.span.end + 1] in ("、", "，", "；")
        and other.span.start - one.span.end <= _LONGEST_LABEL
        for one, other in pairs
    )


def _told_before(
    document: Document, one: _Labelled, points: bool, others: Sequence[_Labelled], problems: frozenset[int]
) -> Iterator[Restatement]:
    """The one amount elsewhere that a listed one tells again."""
    sentence = document.sentence_at(one.quantity.span.start)
    if not points and _problem_of(document, one.quantity, problems) is not None:
        return  # within a problem, a list parts its own amount
    found = []
    for other in others:
        place = other.quantity.span.start
        if sentence.start <= place < sentence.end:
            continue
        if (_is_pointed_at(one, other) and place < sentence.start) if points else _is_named(one, other):
            found.append(other)
    same = [other for other in found if other.quantity.value == one.quantity.value]
    if same:
        yield _restatement(same[0].quantity, one.quantity, same=True)
        return
    values = {other.quantity.value for other in found}
    if len(values) != 1:
        return
    other = found[0]
    if one.core in _GENERIC and not points:
        return
    if points or _is_slip(one.quantity, other.quantity):
        yield _restatement(other.quantity, one.quantity, same=False)


def _restatement(other: Quantity, one: Quantity, *, same: bool) -> Restatement:
    earlier, later = (other, one) if other.span.start < one.span.start else (one, other)
    return Restatement(earlier.span, later.span, earlier.text, later.text, same)


def _problem_of(document: Document, quantity: Quantity, problems: frozenset[int]) -> int | None:
    item = document.item_at(quantity.span.start)
    chain = [] if item is None else [item, *document.ancestors(item)]
    return next((one.order for one in chain if one.order in problems), None)


def _is_pointed_at(one: _Labelled, other: _Labelled) -> bool:
    return other.words.endswith(_behind_pointer(one.words))


def _behind_pointer(words: str) -> str:
    """The words behind 前述, or nothing."""
    pointer = next((pointer for pointer in _POINTERS if pointer in words), None)
    return "" if pointer is None else words.rpartition(pointer)[2].removeprefix("的")


def _is_named(one: _Labelled, other: _Labelled) -> bool:
    """Whether the words before another amount name the same object: each character of the label in its order, the first and
    the last two together."""
    words, core = other.words, one.core
    if _ASIDE.search(words.removesuffix(core)) is not None or _WHOLE.search(words) is not None:
        return False
    start = words.find(core[:2])
    if start < 0 or not words.endswith(core[-2:]):
        return False
    place = start
    for character in core:
        place = words.find(character, place)
        if place < 0:
            return False
        place += 1
    return True


def _is_slip(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are one mistyped: a single digit changed, or two neighbours exchanged, of three digits or more."""
    first, second = one.figure.replace(",", ""), other.figure.replace(",", "")
    return one.unit == other.unit and sum(map(str.isdigit, first)) >= _LEAST and is_mistyped(first, second)


# -- leftovers taken up again ------------------------------------------------------------------------------------------


def _left(
    document: Document, quantities: Sequence[Quantity], problems: frozenset[int], behind: int
) -> Iterator[Restatement]:
    """对16处渗漏管网, 抓好2件未结问题线索 behind the problems, against the one figure of what was left there."""
    last = max([behind, *(document.items[index].span.start for index in problems)])
    if last < 0:
        return
    earlier: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        if not quantity.exact or not (quantity.counted or quantity.measure in SIZES):
            continue
        noun = _taken_up(document, quantity) if quantity.span.start > last else ""
        told = earlier.get(quantity.measure, [])[-_MOST:]
        if noun and _problem_of(document, quantity, problems) is None and not _has_whole(document, quantity, told):
            meant = _meant(document, quantity, noun, told)
            same = meant is not None and meant.value == quantity.value
            if meant is not None and (same or (_may_be(document, meant, quantity) and not _is_left_of(told, quantity))):
                yield Restatement(meant.span, quantity.span, meant.text, quantity.text, meant.value == quantity.value)
        earlier.setdefault(quantity.measure, []).append(quantity)


def _may_be(document: Document, meant: Quantity, quantity: Quantity) -> bool:
    """Whether another figure may be meant: by its words left over, or so near that it is no new aim."""
    text = document.text
    lead = text[max(0, quantity.span.start - 14) : quantity.span.start]
    after = text[quantity.span.end : min(quantity.clause.end, quantity.span.end + 20)]
    called = _OPEN_AFTER.search(after) is not None or _OPEN_BEFORE.search(lead) is not None
    near = abs(meant.value - quantity.value) <= _SLIP and min(meant.value, quantity.value) >= _LARGE
    return near or (called and is_likely_slip(quantity.value, meant.value))


def _is_left_of(told: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether a figure is what two told before leave: 隐患4286处，整改4102处……其中重大隐患剩余3处。对未整改的184处……"""
    values = {other.value for other in told}
    return quantity.value >= _LARGE and any(value - quantity.value in values for value in values)


def _has_whole(document: Document, quantity: Quantity, told: Sequence[Quantity]) -> bool:
    """Whether a remainder follows in its sentence on what it is the remainder of: 账款3.27亿元，偿还3.03亿元，剩余0.24亿元."""
    return (
        quantity.role == "rest"
        and bool(told)
        and told[-1].role in ("done", "total")
        and document.sentence_index(told[-1].span.start) == document.sentence_index(quantity.span.start)
    )


def _is_a_class(other: Quantity) -> bool:
    """Whether a figure counts the others of a list, which need not be left over: 市直及其他792件."""
    return "其他" in other.before or "其它" in other.before


def _taken_up(document: Document, quantity: Quantity) -> str:
    """What a figure of the plans is of, where it is called left over; else nothing."""
    text = document.text
    after = text[quantity.span.end : min(quantity.clause.end, quantity.span.end + 20)]
    open_after = _OPEN_AFTER.search(after)
    lead = text[
        max(document.sentence_at(quantity.span.start).start - 1, quantity.span.start - 14) : quantity.span.start
    ]
    left = open_after is not None or _OPEN_BEFORE.search(lead) is not None
    if not left and (quantity.measure in SIZES or _PLANS.search(lead) is None):
        return ""
    if open_after is not None:
        after = after[open_after.end() :]
    match = _NOUN.search(after) if _NO_NOUN.match(after) is None else None
    noun = "" if match is None else match["noun"]
    stop = _STOPS.search(noun)
    noun = noun if stop is None else noun[: stop.start()]
    noun = noun.removesuffix("中")
    general = noun.endswith(_OF_ALL) or (noun.startswith(_OF_ALL) and not noun.startswith("问题线索"))
    return "" if len(noun) < 2 or general else noun


def _meant(document: Document, quantity: Quantity, noun: str, told: Sequence[Quantity]) -> Quantity | None:
    pairs = {one + other for one, other in pairwise(noun)}
    least = 2 if len(pairs) >= 2 else 1
    alike = []
    for other in told:
        near = document.text[max(0, other.span.start - _NEAR_BEFORE) : min(other.clause.end, other.span.end + 16)]
        if sum(pair in near for pair in pairs) >= least:
            alike.append(other)
    same = next((other for other in reversed(alike) if other.value == quantity.value), None)
    if same is not None:
        return same
    left = [other for other in alike if other.role == "rest" and not _is_a_class(other)] or [
        one for one in alike if one.role == "pending"
    ]
    return left[0] if len({other.value for other in left}) == 1 else None
