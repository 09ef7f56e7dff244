"""Whether a list that misses its total adds up when it is read in another way.

In: a `Partition` whose figures disagree, and every quantity of the text.  Out: whether another reading of the same words
agrees, so that nothing can be held against them.

>>> from rectlint.claims import Claims; from rectlint.document import parse; from rectlint.source import Source
>>> claims = Claims(parse(Source("收到线索84条，办结51条，其中转办的31条、自办的20条，在办33条。")))
>>> total, parts = claims.quantities[0], (claims.quantities[1], claims.quantities[3], claims.quantities[4])
>>> adds_up_otherwise(claims.document, claims.quantities, Partition(total, parts, "status"))
True
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from rectlint.claims.breakdowns import VIEWED
from rectlint.claims.exempt import A_TENTH, MARK, SHARE_BEHIND, is_exempt
from rectlint.claims.lists import STATUSES, label_of, lead_of, list_mark
from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity
from rectlint.claims.schedules import is_schedule
from rectlint.document import Document
from rectlint.patterns import Pattern


def adds_up_otherwise(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether another reading of the figures round a partition agrees with what it says."""
    total, parts = partition.total, partition.parts
    if partition.off_by_scale:
        return False
    if is_exempt(document, partition):
        return True
    if (
        _is_row_told_again(document, quantities, partition)
        or _is_in_a_row(document, quantities, partition)
        or _has_nearer_owner(quantities, partition)
        or _is_told_without_some(document, quantities, partition)
        or _is_summed_behind(document, quantities, partition)
        or _is_second_count(document, quantities, partition)
    ):
        return True
    first = min(parts, key=lambda part: part.order)
    if total.order > first.order:
        return _is_made_up_before(document, quantities, total, first)
    after = _lane(document, quantities, total, parts, total.span.end)
    if (
        _is_of_a_part(document, after, parts)
        or _has_total_of_its_own(document, after, total, parts)
        or _goes_on(document, after, partition)
        or _is_of_another_sort(document, quantities, total, first)
        or _is_funnel(document, after, parts)
        or (not is_schedule(parts) and _is_made_up(document, after, total.value, parts))
        or _is_made_up_by_shares(document, after, partition)
    ):
        return True
    if _fits_another_run(document, after, partition) or _is_told_twice_over(after, partition):
        return True
    around = _lane(document, quantities, total, parts, document.sentence_at(total.span.start).start)
    return _is_summand(around, total) or _has_farther_total(document, quantities, partition)


_TAIL = 40
_NAME = 2
_MOST = 16
"""How many figures of one measure are looked at on either side; sentences of more are tables in words."""


def _has_nearer_owner(quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether a part that exceeds its total follows on a nearer figure that holds it: 新接收3项，处置11项0.7亿元，其中拍卖8项."""
    first = min(partition.parts, key=lambda part: part.order)
    if "其中" not in first.before or first.value <= partition.total.value:
        return False
    between = quantities[partition.total.order + 1 : first.order]
    return any(q.measure == first.measure and q.value >= first.value for q in between)


def _is_made_up_by_shares(document: Document, lane: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the figures behind the total that have a right share of it make it up, and those taken for parts that have none tell
    states of these: 共197件，其中来电183件，占92.9%；来访14件，占7.1%，立案14件，结案5件."""
    total, made = partition.total.value, Decimal(0)
    shared: set[int] = set()
    for figure in lane:
        share = SHARE_BEHIND.match(document.text, figure.span.end) if figure.order > partition.total.order else None
        if share is not None and abs(figure.value * 100 / total - Decimal(share["share"])) < A_TENTH:
            made += figure.value
            shared.add(figure.order)
    bare = any(part.order not in shared for part in partition.parts)
    return len(shared) >= 2 and bare and abs(made - total) <= partition.tolerance


def _is_told_without_some(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether a bracket behind the total says how many it leaves out (118人（不含未了结的5人）), and the parts are these more or fewer."""
    start = partition.total.order + 1
    return any(
        figure.measure == partition.total.measure
        and abs(partition.sum - partition.total.value) == figure.value
        and figure.bracket >= partition.total.span.end
        and _WITHOUT.match(document.text, figure.bracket) is not None
        and figure.bracket - partition.total.span.end <= _NAME * _NAMED
        for figure in quantities[start : start + 2]
    )


_WITHOUT = Pattern(r"（(?:其中)?(?:不含|不包括|未含|未包括|不计|未计|除去?|扣除|另有?|另含|含|包括)", needs=("（",))


def _is_summed_behind(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the list has a total right behind it that it makes up: 共452万元。其中甲144万元，乙126万元，其他6万元，合计276万元。"""
    last = max(partition.parts, key=lambda part: part.order)
    behind = quantities[last.order + 1] if last.order + 1 < len(quantities) else None
    if behind is None or behind.measure != last.measure or partition.total.order > partition.parts[0].order:
        return False
    closes = _CLOSING_TOTAL.fullmatch(document.text, last.span.end, behind.span.start) is not None
    return closes and partition._replace(total=behind).fits


_CLOSING_TOTAL = Pattern(r"[，；]\p{Han}{0,6}(?:合计|共计|总计|小计|累计|共)\p{Han}{0,6}", needs=("计", "共"))


def _is_row_told_again(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the parts bear the names of several figures before them, so that each is a part of its namesake: 资产总额210亿元，
    负债总额135亿元。其中，中央企业资产总额80亿元、负债总额54亿元."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    if len(parts) < 2 or parts[0].order < partition.total.order:
        return False
    start = document.sentence_at(partition.total.span.start).start
    near = quantities[max(0, parts[0].order - _ROW) : parts[0].order]
    earlier = [q for q in near if q.measure == parts[0].measure and q.span.start >= start]
    names = {name for q in earlier if len(name := label_of(document, q)[-_NAMED:]) == _NAMED}
    told = [label_of(document, part)[-_NAMED:] for part in parts]
    return len(names.intersection(told)) >= 2


def _is_in_a_row(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether a total up to 其他 is itself a member of the list, in its middle (住房类203件，公共安全类38件，农业类31件，其他类45件) or as its
    first (新收一审案件15件，新收二审案件14件，其他案件新收2件)."""
    total, first = partition.total, min(partition.parts, key=lambda part: part.order)
    if first.order <= total.order or partition.closure not in ("rest", "near"):
        return False
    mark = list_mark(document, total, first, totals=True)
    if mark not in ("、", "，", "；"):
        return False
    apart = "。" in document.text[total.span.end : first.span.start]
    if (
        not apart
        and _IN_ALL.search(total.before) is None
        and VIEWED.search(document.text, max(0, total.span.start - _TAIL), total.span.start)
    ):
        return True  # 按原因分，需办手续的4个，进入诉讼的3个，其他1个
    if mark == "、" and _is_flat(document, quantities, partition):
        return True
    label, name = label_of(document, total), label_of(document, first)
    before = quantities[total.order - 1] if total.order and total.role != "total" else None
    if before is not None and before.measure == total.measure and label[-1:] == name[-1:]:
        inside = list_mark(document, before, total, totals=True) == mark
        if inside and label_of(document, before)[-1:] == name[-1:]:
            return True
    place = label.find(name[:_NAME]) if len(name) > 2 * _NAME and label[-_NAME:] == name[-_NAME:] else -1
    rest = iter(name)
    return place >= 0 and not all(character in rest for character in label[place:])  # 受理案件 is in 受理民事案件


def _is_flat(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether 、 joins everything up to 其他, and no part tells a state, so that a member which sounds like a total (巡察移交214件、
    司法机关移送147件、审计移交53件、其他33件) is none."""
    total, last = partition.total, max(partition.parts, key=lambda part: part.order)
    if partition.closure != "rest" or _WEAK.search(last.before) is None or _IN_ALL.search(total.before) is not None:
        return False
    row = [q for q in quantities[total.order : last.order + 1] if q.measure == total.measure]
    told = any(part.role in STATUSES for part in row)
    return not told and all(list_mark(document, a, b, totals=True) == "、" for a, b in pairwise(row))


_WEAK = Pattern(r"其他|其它|别的|另外")
_IN_ALL = Pattern(r"共|合计|总|累计|全部")
_NAMED, _ROW = 4, 8


def _is_second_count(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the total stands with a second one in brackets, by another counter, and the parts, or the last with an earlier
    figure, make that up: 18宗（19个），已整改11宗，其中另案处理1宗；正在整改8宗."""
    second = _SECOND_COUNT.match(document.text, partition.total.span.end)
    if second is None:
        return False
    last = max(partition.parts, key=lambda part: part.order)
    lane = _lane(document, quantities, partition.total, partition.parts, partition.total.span.end)
    sums = {partition.sum, *(figure.value + last.value for figure in lane if figure.order < last.order)}
    return int(second["number"]) in sums


_SECOND_COUNT = Pattern(r"\p{Han}{0,6}（(?:共|计|合|即)?(?P<number>\d{1,6})\p{Han}{1,2}）")


def _lane(
    document: Document, quantities: Sequence[Quantity], total: Quantity, parts: Sequence[Quantity], start: int
) -> list[Quantity]:
    """The exact figures of the total's measure from ``start`` to the end of the last part's sentence."""
    last = max(parts, key=lambda part: part.order)
    end = document.sentence_at(last.span.start).end
    low = bisect_left(quantities, start, key=lambda quantity: quantity.span.start)
    found: list[Quantity] = []
    for index in range(low, len(quantities)):  # a slice would copy all that follows for every partition
        quantity = quantities[index]
        if quantity.span.start >= end or len(found) > _MOST:
            break
        if quantity.measure == total.measure and quantity.exact:
            found.append(quantity)
    return found


def _nested(document: Document, lane: Sequence[Quantity], index: int) -> int:
    """How many figures right behind ``lane[index]``, two at least, break it down: behind 其中, or as done and not done."""
    made = Decimal(0)
    for place in range(index + 1, len(lane)):
        made += lane[place].value
        if made >= lane[index].value:
            break
    else:
        return 0
    within = lane[index + 1 : place + 1]
    if made != lane[index].value or len(within) < 2:
        return 0
    told = (
        "其中" in lead_of(document, within[0]) or "中，" in document.text[lane[index].span.end : within[0].span.start]
    )
    states = {quantity.role for quantity in within}
    if lane[index].role == "done" and within[-1].role == "pending":
        between = document.text[within[-2].span.end : within[-1].span.start]
        if "；" in between:
            return 0  # 已整改8个，其中立行立改4个；需长期坚持4个
    if lane[index].role == "pending" and "done" in states:
        return len(within)  # 未整改到位的7个，现已整改到位5个，2个纳入本轮
    return len(within) if told or ("done" in states and states & {"rest", "pending", "staged"}) else 0


def _is_of_a_part(document: Document, lane: Sequence[Quantity], parts: Sequence[Quantity]) -> bool:
    """Whether 其中 behind one part leads straight to the next, which is then of that part: 已整改128个；其中甲类全部整改，乙类31个."""
    orders = [figure.order for figure in lane]
    return any(
        other.order in orders
        and part.order in orders
        and orders.index(other.order) == orders.index(part.order) + 1
        and not (part.role == "done" and other.role == "pending")  # 已办结13件，其中未办结的2件
        and "其中" in document.text[part.span.end : other.span.start]
        for part, other in pairwise(sorted(parts, key=lambda part: part.order))
    )


def _is_told_twice_over(lane: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the parts are two breakdowns of a nearer figure: 提案820件，立案799件。其中甲类133件、乙类666件；经济290件、教育175件……."""
    first = min(partition.parts, key=lambda part: part.order)
    return any(figure.order < first.order and figure.value * 2 == partition.sum for figure in lane)


def _is_told_apart(document: Document, partition: Partition) -> bool:
    """Whether the parts stand in another sentence than a large total and fall far short of it, or tell what came in where it
    tells what was closed (审结案件262件。……新收一审案件151件)."""
    total, first = partition.total, min(partition.parts, key=lambda part: part.order)
    if document.sentence_index(first.span.start) == document.sentence_index(total.span.start):
        return False
    short = (total.value - partition.sum) * 10 > total.value >= _LARGE * total.step
    return short or (_CLOSED_CASES.search(total.before) is not None and _CAME_IN.search(first.before) is not None)


_LARGE = 50
_CLOSED_CASES = Pattern(r"结(?:案|案件)?$")
_CAME_IN = Pattern(r"新?收|受理")


def _fits_another_run(document: Document, lane: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the last part makes up the total with one earlier figure (收回1578万元，其中协商966万元、诉讼612万元。……剩余3052万元) or with
    all of those right before it, one behind 其中 more (共9项，其中立即整改3项，年底前4项，长期坚持2项)."""
    last = max(partition.parts, key=lambda part: part.order)
    before = [figure for figure in lane if figure.order < last.order]
    missing = partition.total.value - last.value
    parts = sorted(partition.parts, key=lambda part: part.order)
    between = document.text[parts[0].span.end : parts[1].span.start] if len(parts) > 2 else ""
    if partition.closure == "rest" and parts[0].value == missing and "其中" in between:
        return True
    made = Decimal(0)
    for figure in reversed(before):
        made += figure.value
        if made >= missing:
            return made == missing and figure.order < parts[0].order and "其中" in figure.before
    return False


def _goes_on(document: Document, lane: Sequence[Quantity], partition: Partition) -> bool:
    """Whether a list that falls short goes on behind ； with figures that were not read as its parts: 33个竣工项目完成58亿元；51个在建项目
    完成132亿元；35个项目中有15个已开工，完成投资7亿元."""
    last = max(partition.parts, key=lambda part: part.order)
    missing = partition.total.value - partition.sum
    if partition.closure == "near" and missing > 0 and _is_told_apart(document, partition):
        return True
    if partition.closure == "near" and missing > 0 and _goes_on_behind_a_state(document, lane, last):
        return True
    return (
        partition.closure == "near"
        and missing > 0
        and any(
            figure.order > last.order
            and figure.value <= missing * 2
            and "；" in document.text[last.span.end : figure.span.start]
            for figure in lane
        )
    )


def _goes_on_behind_a_state(document: Document, lane: Sequence[Quantity], last: Quantity) -> bool:
    """Whether the last part has its own state right behind it, and a like one follows on that: 立行立改类186个已全部整改，分阶段类52个已整改41
    个，持续类26个已整改14个."""
    behind = [figure for figure in lane if figure.order > last.order][:2]
    if len(behind) < 2 or behind[0].clause != last.clause or behind[0].role not in STATUSES:
        return False
    mark = list_mark(document, behind[0], behind[1], totals=True)
    return mark != "" and label_of(document, last)[-1:] in behind[1].before


def _is_of_another_sort(document: Document, quantities: Sequence[Quantity], total: Quantity, first: Quantity) -> bool:
    """Whether 其中 leads from a figure of another measure behind ；: 留言15件；接听来电8947个，其中转办2274件."""
    if "其中" not in first.before or first.order - total.order != 2:
        return False
    nearest = quantities[first.order - 1]
    return (
        nearest.measure != first.measure
        and nearest.counted
        and "；" in document.text[total.span.end : nearest.span.start]
        and document.text[nearest.span.end : first.clause.start] == "，"
    )


def _has_total_of_its_own(
    document: Document, lane: Sequence[Quantity], total: Quantity, parts: Sequence[Quantity]
) -> bool:
    """Whether ； and a figure above the total stand before a part, which is then of that: 摊点72家……；餐饮企业333家，8家未整改."""
    taken = {part.order for part in parts}
    for part, other in pairwise(sorted(parts, key=lambda part: part.order)):
        between = [figure for figure in lane if part.order < figure.order < other.order]
        if any(
            figure.order not in taken
            and figure.value > total.value
            and "；" in document.text[part.span.end : figure.span.start]
            and "；" not in document.text[figure.span.end : other.span.start]
            for figure in between
        ):
            return True
    return False


def _is_funnel(document: Document, lane: Sequence[Quantity], parts: Sequence[Quantity]) -> bool:
    """Whether a part is itself made up by figures behind it that were taken for parts of the same total."""
    taken = {part.order for part in parts}
    for index, figure in enumerate(lane):
        within = _nested(document, lane, index) if figure.order in taken else 0
        if any(lane[index + step].order in taken for step in range(1, within + 1)):
            return True
    return False


def _is_made_up(document: Document, lane: Sequence[Quantity], value: Decimal, parts: Sequence[Quantity]) -> bool:
    """Whether the figures from the first part on, to the last one at least, make up the total in turn, what is told of one
    of them (其中……) left out."""
    first, last = min(part.order for part in parts), max(part.order for part in parts)
    index = begin = next((place for place, figure in enumerate(lane) if figure.order == first), len(lane))
    made = Decimal(0)
    while index < len(lane):
        made += lane[index].value
        within = _nested(document, lane, index)
        if made >= value:
            end = lane[index + within]
            done = end.order >= last or document.text[_stop(document, end.span.end)] in "；。\n"
            return made == value and index > begin and (done or _is_left_of_more(document, lane, index))
        index += 1 + within
    return False


def _is_left_of_more(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether a remainder goes on behind the figure that completes a list: 已消化59名，包括正科21名，副科38名，尚余5名."""
    following = lane[index + 1] if index + 1 < len(lane) else None
    return following is not None and following.role == "rest" and list_mark(document, lane[index], following) != "、"


def _stop(document: Document, start: int) -> int:
    """Where the next mark after ``start`` stands, or the last character."""
    found = MARK.search(document.text, start, min(len(document.text), start + _TAIL))
    return found.start() if found is not None else len(document.text) - 1


def _is_made_up_before(document: Document, quantities: Sequence[Quantity], total: Quantity, first: Quantity) -> bool:
    """Whether the figures before a total that closes their list (共275万元) make it up, from one before the first part on."""
    start = document.sentence_at(first.span.start).start
    made = Decimal(0)
    for quantity in reversed(quantities[max(0, total.order - _MOST) : total.order]):
        if quantity.span.start < start or made >= total.value:
            break
        if quantity.measure == total.measure and quantity.exact:
            made += quantity.value
            if made == total.value and quantity.order < first.order:
                return True
    return False


def _is_summand(lane: Sequence[Quantity], total: Quantity) -> bool:
    """Whether the total is one of several figures that the next one sums up: 2个、5个、4个，合计11个."""
    place = next((index for index, figure in enumerate(lane) if figure is total), None)
    if place is None:
        return False
    for first in range(place + 1):
        made = Decimal(0)
        for index in range(first, len(lane) - 1):
            made += lane[index].value
            if index >= place and index > first and lane[index + 1].value == made and lane[index + 1].role == "total":
                return True
    return False


def _has_farther_total(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the parts stand in a later sentence than the total and make up another figure of the paragraph before them."""
    total, parts = partition.total, partition.parts
    first = min(parts, key=lambda part: part.order)
    if document.sentence_index(total.span.start) == document.sentence_index(first.span.start):
        return False
    start = document.paragraph_at(first.span.start).span.start
    low = bisect_left(quantities, start, key=lambda quantity: quantity.span.start)
    return any(
        figure.value == partition.sum and figure.measure == total.measure and figure.role not in ("part", "rest")
        for figure in quantities[low : first.order]
    )
