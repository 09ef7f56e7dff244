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
from rectlint.claims.lists import EXAMINED, STATUSES, is_addend, is_change, label_of, lead_of, list_mark, may_overlap
from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity
from rectlint.claims.schedules import is_schedule
from rectlint.document import Document
from rectlint.patterns import Pattern

_MARK = Pattern(r"[，、；。：\n]")
_NOW = ("目前", "现", "截至", "截止", "至今", "至此", "其中", "已", "最终", "实际", "后", "再", "又")
_MEMBER = Pattern(r"\w{2,16}(?:问题|事项|任务|项目|工程)(?:需|已|正|尚|仍|基本|阶段|长期|持续)\w{0,12}")
_ROUND = Pattern(r"(?:其中)?第(?:[一二三四五六七八九]|\d{1,2})(?:轮|批|次|期|阶段|季度)")
_TAIL = 40
_NAME = 2
_MOST = 16
"""How many figures of one measure are looked at on either side; sentences of more are tables in words."""


def adds_up_otherwise(document: Document, quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether another reading of the figures round a partition agrees with what it says."""
    total, parts = partition.total, partition.parts
    if partition.off_by_scale:
        return False
    if _ROUND.match(total.before) is not None and any(_ROUND.match(part.before) is not None for part in parts):
        return True  # 第一轮发现455处，第二轮复查268处，第三轮抽查98处: one round is no part of another
    if len(parts) >= 2 and all(part.value > total.value for part in parts):
        return True  # 三个板块分别是：……14个，已整改11个: the total counts something else
    first = min(parts, key=lambda part: part.order)
    apart = document.sentence_index(first.span.start) > document.sentence_index(total.span.end)
    if apart and any(part.value > total.value for part in parts):
        return True  # 三是需协调的4个。……整改到位12个，再完成4个: a figure of the sentence before, but not their total
    if partition.closure != "summed" and _is_later_state(document, partition):
        return True
    if any(is_change(part) or is_addend(part) for part in parts) or total.before.startswith("除"):
        return True
    last = max(parts, key=lambda part: part.order)
    if partition.closure in ("loose", "near") and _TOGETHER.match(document.text, last.span.end) is not None:
        return True  # 22.5亿元，已支出17.2亿元、调整用途3.4亿元，两项合计占91.6%
    if _is_cut_off(document, partition) or _has_overlapping_heads(document, partition):
        return True
    if _is_row_told_again(document, quantities, partition) or _is_in_a_row(document, quantities, partition):
        return True
    if _is_complete_before(document, partition):
        return True
    if _has_whole_among_parts(partition) or _counts_some_twice(document, partition):
        return True
    if _takes_up_a_part(document, partition) or _has_nearer_owner(quantities, partition):
        return True
    if _has_inner_sum(partition) or _is_late_only(partition):
        return True
    if _fits_without_a_step(partition) or _is_confirmed_by_shares(document, partition):
        return True
    if _are_ends(partition) or _is_what_is_left(partition) or any(_COUNTED_TWICE.search(part.before) for part in parts):
        return True  # 平原区28亿立方米，山丘区73亿立方米，重复计算量3亿立方米: taken off, not added
    if _is_beside_its_parts(document, partition) or _closes_another_paragraph(document, partition):
        return True
    if _is_told_without_some(document, quantities, partition):
        return True
    if _is_summed_behind(document, quantities, partition) or _is_of_what_is_helped(partition):
        return True
    if _is_of_several_dates(document, partition) or _is_second_count(document, quantities, partition):
        return True
    if partition.sum < total.value and _has_unnumbered_member(document, parts):
        return True
    if total.order > first.order:
        return _is_made_up_before(document, quantities, total, first)
    if partition.closure in ("near", "loose") and _is_sister(document, partition):
        return True
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


_TOGETHER = Pattern(r"，(?:以上|上述|这)?[两二三四五六\d](?:项|类|者|种|部分)?(?:合计|共|共计|合起来)占")


def _is_of_several_dates(document: Document, partition: Partition) -> bool:
    """Whether the parts are states at several dates: 截至4月完成34个；截至6月完成49个；截至7月完成55个，未完成3个."""
    ordered = sorted(partition.parts, key=lambda part: part.order)
    return document.text.find("截至", ordered[0].span.end, ordered[-1].span.start) >= 0


def _is_complete_before(document: Document, partition: Partition) -> bool:
    """Whether the parts of an earlier sentence make up the total, so that the others are told of it again (339个、30个、7个。未整改的2个……),
    or stand in another paragraph than a would-be total that tells a state."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    made = Decimal(0)
    for part in parts[:-1]:
        made += part.value
        if made == partition.total.value and part is not parts[0]:
            following = parts[parts.index(part) + 1]
            return document.sentence_index(following.span.start) > document.sentence_index(part.span.start)
    apart = document.text.find("\n", partition.total.span.end, parts[0].span.start) >= 0
    return partition.closure == "near" and partition.total.role == "done" and apart


def _counts_some_twice(document: Document, partition: Partition) -> bool:
    """Whether a list told before its total says that some come under two heads: 党纪处分8人，政务处分11人，其中同时受到两种处分的3人，合计16人."""
    if any(_BOTH.search(document.text, part.clause.start, part.span.start) for part in partition.parts):
        return True
    return partition.closure == "summed" and may_overlap(document, partition.total)


_BOTH = Pattern(
    r"同时(?:受到|受|存在|涉及|属于|有|被)|重叠|兼有|(?:重复|交叉)(?:计算|统计|的)?$",
    needs=("同时", "重复", "重叠", "交叉", "兼有"),
)


def _takes_up_a_part(document: Document, partition: Partition) -> bool:
    """Whether a figure of the list is one told before, of which the next ones are: 清理关闭的8家中注销6家，2家仍在办理."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    return any(document.text[part.span.end : part.span.end + 1] == "中" for part in parts[:-1])


def _has_nearer_owner(quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether a part that exceeds its total follows on a nearer figure that holds it: 新接收3项，处置11项0.7亿元，其中拍卖8项."""
    first = min(partition.parts, key=lambda part: part.order)
    if "其中" not in first.before or first.value <= partition.total.value:
        return False
    between = quantities[partition.total.order + 1 : first.order]
    return any(q.measure == first.measure and q.value >= first.value for q in between)


def _has_whole_among_parts(partition: Partition) -> bool:
    """Whether one part is all of the total (党员1127名，核定标准1127人，补缴86人), or the parts behind one make that up: 盘盈16件，盘亏29件，核销
    25件，其余4件赔偿."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    if len(parts) > 2 and partition.closure in ("loose", "near") and parts[0].value == partition.total.value:
        return True
    return partition.closure == "rest" and any(
        part.value == sum((later.value for later in parts[index + 1 :]), Decimal(0))
        and parts[index + 1].clause.start > part.span.end
        and len(parts[index + 1].before) > _LABEL
        for index, part in enumerate(parts[:-2])
        if index or len(parts) > 3
    )


_LABEL = 4
"""More characters before a figure than a plain label has: 经批复同意核销."""


def _has_inner_sum(partition: Partition) -> bool:
    """Whether one part sums up those before it, and the total is made up without it: 应治理326个，2029年86个，2030年153个，累计完成239个，剩余87个."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    before = Decimal(0)
    for index, part in enumerate(parts):
        if index > 1 and part.value == before and partition.sum - part.value == partition.total.value:
            return True
        before += part.value
    return False


def _is_late_only(partition: Partition) -> bool:
    """Whether all is done, and the other figure says of how much that came late: 应鉴定126栋，已鉴定126栋，但超期鉴定8栋."""
    whole = [part for part in partition.parts if part.value == partition.total.value and part.role == "done"]
    others = [part for part in partition.parts if part not in whole]
    return bool(whole) and all(_LATE.search(part.before + part.after) is not None for part in others)


_LATE = Pattern(r"超期|逾期|超时|延期|推迟|迟报|滞后")


def _fits_without_a_step(partition: Partition) -> bool:
    """Whether states make up the total once one between them is left out, which is a part of the one before: 完成整改25项，销号13项，
    未完成16项."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    return partition.closure == "status" and any(
        part.value <= before.value and partition.sum - part.value == partition.total.value
        for before, part in pairwise(parts[:-1])
    )


def _is_confirmed_by_shares(document: Document, partition: Partition) -> bool:
    """Whether each part has a share of its own that is right (910万张，其中医院713万张，占78.4%；基层165万张，占18.1%), so that a list which
    nothing closes leaves some out."""
    if partition.closure not in ("near", "loose", "itemized", "open") or partition.sum > partition.total.value:
        return False
    shares = [_SHARE_BEHIND.match(document.text, part.span.end) for part in partition.parts]
    return all(
        share is not None and abs(part.value * 100 / partition.total.value - Decimal(share["share"])) < _A_TENTH
        for part, share in zip(partition.parts, shares, strict=True)
    )


_SHARE_BEHIND = Pattern(r"[，、（]?(?:大?约|仅|各)?占(?:比)?\p{Han}{0,8}?(?:约|为)?(?P<share>\d{1,2}(?:\.\d{1,2})?)%")
_A_TENTH = Decimal("0.1")
_OF_A_PLAN = Pattern(r"计划|任务|目标|预算|指标")
_A_POINT = 1
"""Percentage points; a share that is farther off is one of something else."""


def _are_ends(partition: Partition) -> bool:
    """Whether a bracket tells only how some cases ended (162例（出院148例，死亡3例）), so that the others have not ended yet;
    where more than a few are missing, what was done with them (320份（履行210份，解除14份）) leaves room for the others, too."""
    many = (partition.total.value - partition.sum) * 20 > partition.total.value
    return (
        partition.sum < partition.total.value
        and partition.closure == "bracket"
        and all(
            _ENDED.search(part.before) is not None or (many and _CAME_TO.search(part.before) is not None)
            for part in partition.parts
        )
    )


_COUNTED_TWICE = Pattern(
    r"(?:重复|重叠|交叉)(?:(?:计算|统计|计入|计)(?:的)?(?:水|资源|面积|数)?[量额部]?分?|的?(?:量|部分|面积|数量))$",
    needs=("重复", "重叠", "交叉"),
)
_CAME_TO = Pattern(
    r"(?:办结|审结|执结|结案|撤回|驳回|退回|退出|完毕|完成|完工|竣工|到期|解约|中止|调解|采纳|答复|整改|落实|发放|拨付|支付|使用|兑现|移送|移交|收回|追回|追缴|开除|就业|履行|执行|投用|建成|验收|处分|处罚|诫勉|问责|起诉|批捕|监督?执行|监执行|签订|续签|整治|拆除|关闭)(?:了|的)?$"
)
_ENDED = Pattern(
    r"(?:出院|治愈|痊愈|康复|死亡|病亡|身亡|病故|离世|转归|解除|转院|办结|结案|审结|执结|销号|结清|偿清|撤诉|撤销|撤案|终止|移送|移交|退学|毕业|出列|离职|调离|退休|报废|注销)(?:了|的|出院)?$"
)


def _is_what_is_left(partition: Partition) -> bool:
    """Whether a would-be sum is what income leaves of expenditure: 基金收入12亿元，支出8亿元，累计结存31亿元."""
    if partition.total.order < partition.parts[0].order or _LEFT.search(partition.total.before) is None:
        return False
    return any(_SPENT.search(part.before) is not None for part in partition.parts)


_LEFT = Pattern(r"(?:结存|结余|余额|结转|节余|盈余|库存|留存|存量|净额|差额|顺差|逆差|赤字)\p{Han}{0,4}$")
_SPENT = Pattern(r"(?:收入|支出|收缴|支付|拨付|使用|发放|入库|出库|流入|流出|进口|出口|开支)\p{Han}{0,4}$")


def _is_beside_its_parts(document: Document, partition: Partition) -> bool:
    """Whether the would-be total has a share as its parts have, and theirs are not shares of it: 热线共2124件，占46.7%，网上1701件，占37.4%."""
    share = _SHARE_BEHIND.match(document.text, partition.total.span.end)
    shares = [_SHARE_BEHIND.match(document.text, part.span.end) for part in partition.parts]
    told = [(part, Decimal(found["share"])) for part, found in zip(partition.parts, shares, strict=True) if found]
    if (
        share is None
        or _OF_A_PLAN.search(share.group()) is not None
        or len(told) < len(shares)
        or partition.total.order > partition.parts[0].order
    ):
        return False
    return all(abs(part.value * 100 / partition.total.value - value) > _A_POINT for part, value in told)


def _is_made_up_by_shares(document: Document, lane: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the figures behind the total that have a right share of it make it up, and those taken for parts that have none tell
    states of these: 共197件，其中来电183件，占92.9%；来访14件，占7.1%，立案14件，结案5件."""
    total, made = partition.total.value, Decimal(0)
    shared: set[int] = set()
    for figure in lane:
        share = _SHARE_BEHIND.match(document.text, figure.span.end) if figure.order > partition.total.order else None
        if share is not None and abs(figure.value * 100 / total - Decimal(share["share"])) < _A_TENTH:
            made += figure.value
            shared.add(figure.order)
    bare = any(part.order not in shared for part in partition.parts)
    return len(shared) >= 2 and bare and abs(made - total) <= partition.tolerance


def _closes_another_paragraph(document: Document, partition: Partition) -> bool:
    """Whether 其他 or 还有 closes a list that a paragraph tells by itself, whose total is not that of the paragraph before."""
    last = max(partition.parts, key=lambda part: part.order)
    paragraph = document.paragraph_at(last.span.start).span
    return (
        partition.closure == "rest"
        and len(partition.parts) <= _SHORT
        and _WEAK_REST.search(last.before) is not None
        and partition.total.span.end < paragraph.start
        and all(part is last or part.span.start >= paragraph.start for part in partition.parts[1:])
        and document.text[: paragraph.start].rstrip("\n").endswith("。")
    )


_WEAK_REST = Pattern(r"其他|其它|还有|另有")
_SHORT = 3
"""A longer list up to 其他 was meant to be one of all."""


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


def _is_of_what_is_helped(partition: Partition) -> bool:
    """Whether the would-be total tells whom or where something was done for, and the parts what came of it: 支持15个区县建设，评出五星级12
    个、四星级5个."""
    first = min(partition.parts, key=lambda part: part.order)
    return (
        partition.closure in ("near", "loose")
        and _HELPED.search(partition.total.before) is not None
        and _AWARDED.match(first.before) is not None
    )


_HELPED = Pattern(
    r"(?:支持|资助|扶持|帮助|帮扶|带动|指导|覆盖|惠及|服务|组织|发动|动员|推动|支援|遍布|遍及|联合)(?:了|全[省市县区])?\p{Han}{0,4}$"
)
_AWARDED = Pattern(
    r"\p{Han}{0,4}(?:评出|评选|评定|选树|命名|授予|认定|建成|打造|培育|创建|创成|获评|表彰|推出|新建|设立)"
)


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


def _has_overlapping_heads(document: Document, partition: Partition) -> bool:
    """Whether a list up to its 其他 is far more than the total and tells what cases concern, of which one may concern several
    (涉及水污染240件、大气187件、其他208件), or stands behind ； and 分别为 as a list of its own."""
    total, first = partition.total, min(partition.parts, key=lambda part: part.order)
    if partition.closure != "rest" or partition.sum * 10 <= total.value * 11 or first.order < total.order:
        return False
    between = document.text[total.span.end : first.span.start]
    return any(word in between for word in _CONCERNS) or ("；" in between and "分别" in between)


_CONCERNS = ("涉及", "反映", "污染")


def _is_cut_off(document: Document, partition: Partition) -> bool:
    """Whether the bracket in which the parts stand is not closed in its paragraph, so that more may have followed."""
    last = max(partition.parts, key=lambda part: part.order)
    if last.bracket < 0 or last.bracket == partition.total.bracket:
        return False
    end = document.paragraph_at(last.span.start).span.end
    return document.text.find("）", last.span.end, end) < 0


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


def _has_unnumbered_member(document: Document, parts: Sequence[Quantity]) -> bool:
    """Whether a clause between two parts tells the state of one more, without a figure: 2个问题基本完成，费用偏高问题需长期整改，其余21个."""
    ordered = sorted(parts, key=lambda part: part.order)
    return any(
        clause and not any(map(str.isdigit, clause)) and _MEMBER.fullmatch(clause) is not None
        for one, other in pairwise(ordered)
        for clause in _MARK.compiled.split(document.text[one.span.end : other.span.start])[1:-1]
    )


def _is_later_state(document: Document, partition: Partition) -> bool:
    """Whether the last figures make up the total by themselves, so that those before tell an earlier state: 486人，7月前持证389
    人……目前持证473人，仍有13人未考."""
    parts = sorted(partition.parts, key=lambda part: part.order)
    made = parts[-1].value
    for part in reversed(parts[1:-1]):
        made += part.value
        if made == partition.total.value:
            words = document.text[part.clause.start : part.span.start]
            return words.startswith(_NOW) or document.sentence_index(part.span.start) > document.sentence_index(
                parts[0].span.start
            )
    return False


def _is_sister(document: Document, partition: Partition) -> bool:
    """Whether a would-be total goes on into its parts as they go on into each other and is called as they are (新订制度5项，
    修订制度4项，废止制度2项), or the last of them is a step further than the first (起诉21家，判决生效的13家，已执行的9家)."""
    total, parts = partition.total, partition.parts
    mark = list_mark(document, total, parts[0], totals=True)
    if mark and _NEW.search(total.before) is not None and any(_OLD.search(part.before) for part in parts):
        return True  # 共新建制度19项，修订12项，废止4项
    if not mark or total.role or any(list_mark(document, a, b, totals=True) != mark for a, b in pairwise(parts)):
        return False
    if EXAMINED.search(total.before) is not None:
        return False
    label, labels = label_of(document, total), [label_of(document, part) for part in parts]
    named, opened = label[-_NAME:], labels[0][:_NAME]
    alike = len(named) == _NAME and all(other.endswith(named) for other in labels)
    # 村民到县反映8人次，村民去市里反映5人次，村民去市里别处反映1人次
    alike |= (
        len(opened) == _NAME
        and opened in label[:-1]
        and all(other[:_NAME] == opened and other[-1:] == named[-1:] for other in labels)
    )
    return alike or (partition.sum > total.value and parts[-1].role in STATUSES and parts[0].role not in STATUSES)


_NEW = Pattern(r"新(?:建|订|制定|制订|出台|增)(?:各?项|各类)?(?:制度|机制|办法|规定)?$")
_OLD = Pattern(r"修订|废止|修改|清理|完善")


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
    found = _MARK.search(document.text, start, min(len(document.text), start + _TAIL))
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
