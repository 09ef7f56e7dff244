"""Whether the words of a list show that its parts need not make up its total.

In: a `Partition` whose figures disagree, and the document.  Out: whether the list is of a kind that is not added up: rounds,
later states, figures counted twice, parts with shares of their own, what is left of a sum, and so on.  Other readings of the
figures round it are in `rectlint.claims.otherwise`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from rectlint.claims.lists import EXAMINED, STATUSES, is_addend, is_change, label_of, list_mark, may_overlap
from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern


def is_exempt(document: Document, partition: Partition) -> bool:
    """Whether the words of a list itself show that its parts need not make up its total.

    >>> from rectlint.claims import Claims; from rectlint.document import parse; from rectlint.source import Source
    >>> claims = Claims(parse(Source("第一轮发现455处，第二轮复查268处，第三轮抽查98处。")))
    >>> total, *parts = claims.quantities
    >>> is_exempt(claims.document, Partition(total, tuple(parts), "loose"))
    True
    """
    total, parts = partition.total, partition.parts
    if _ROUND.match(total.before) is not None and any(_ROUND.match(part.before) is not None for part in parts):
        return True  # 第一轮发现455处，第二轮复查268处，第三轮抽查98处: one round is no part of another
    if len(parts) >= 2 and all(part.value > total.value for part in parts):
        return True  # 三个板块分别是：……14个，已整改11个: the total counts something else
    first = min(parts, key=lambda part: part.order)
    last = max(parts, key=lambda part: part.order)
    apart = document.sentence_index(first.span.start) > document.sentence_index(total.span.end)
    if apart and any(part.value > total.value for part in parts):
        return True  # 三是需协调的4个。……整改到位12个，再完成4个: a figure of the sentence before, but not their total
    if partition.closure != "summed" and _is_later_state(document, partition):
        return True
    if any(is_change(part) or is_addend(part) for part in parts) or total.before.startswith("除"):
        return True
    if partition.closure in ("loose", "near") and _TOGETHER.match(document.text, last.span.end) is not None:
        return True  # 22.5亿元，已支出17.2亿元、调整用途3.4亿元，两项合计占91.6%
    if any(_COUNTED_TWICE.search(part.before) for part in parts):
        return True  # 平原区28亿立方米，山丘区73亿立方米，重复计算量3亿立方米: taken off, not added
    if partition.sum < total.value and _has_unnumbered_member(document, parts):
        return True
    if total.order < first.order and partition.closure in ("near", "loose") and _is_sister(document, partition):
        return True
    return any(shows(document, partition) for shows in _BY_WORDS) or any(shows(partition) for shows in _BY_FIGURES)


MARK = Pattern(r"[，、；。：\n]")
_NOW = ("目前", "现", "截至", "截止", "至今", "至此", "其中", "已", "最终", "实际", "后", "再", "又")
_MEMBER = Pattern(r"\w{2,16}(?:问题|事项|任务|项目|工程)(?:需|已|正|尚|仍|基本|阶段|长期|持续)\w{0,12}")
_ROUND = Pattern(r"(?:其中)?第(?:[一二三四五六七八九]|\d{1,2})(?:轮|批|次|期|阶段|季度)")
_NAME = 2
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
    shares = [SHARE_BEHIND.match(document.text, part.span.end) for part in partition.parts]
    return all(
        share is not None and abs(part.value * 100 / partition.total.value - Decimal(share["share"])) < A_TENTH
        for part, share in zip(partition.parts, shares, strict=True)
    )


SHARE_BEHIND = Pattern(r"[，、（]?(?:大?约|仅|各)?占(?:比)?\p{Han}{0,8}?(?:约|为)?(?P<share>\d{1,2}(?:\.\d{1,2})?)%")
A_TENTH = Decimal("0.1")
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
    share = SHARE_BEHIND.match(document.text, partition.total.span.end)
    shares = [SHARE_BEHIND.match(document.text, part.span.end) for part in partition.parts]
    told = [(part, Decimal(found["share"])) for part, found in zip(partition.parts, shares, strict=True) if found]
    if (
        share is None
        or _OF_A_PLAN.search(share.group()) is not None
        or len(told) < len(shares)
        or partition.total.order > partition.parts[0].order
    ):
        return False
    return all(abs(part.value * 100 / partition.total.value - value) > _A_POINT for part, value in told)


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


def _has_unnumbered_member(document: Document, parts: Sequence[Quantity]) -> bool:
    """Whether a clause between two parts tells the state of one more, without a figure: 2个问题基本完成，费用偏高问题需长期整改，其余21个."""
    ordered = sorted(parts, key=lambda part: part.order)
    return any(
        clause and not any(map(str.isdigit, clause)) and _MEMBER.fullmatch(clause) is not None
        for one, other in pairwise(ordered)
        for clause in MARK.compiled.split(document.text[one.span.end : other.span.start])[1:-1]
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


_BY_WORDS = (
    _is_of_several_dates,
    _is_complete_before,
    _counts_some_twice,
    _takes_up_a_part,
    _is_confirmed_by_shares,
    _is_beside_its_parts,
    _closes_another_paragraph,
    _has_overlapping_heads,
    _is_cut_off,
)
_BY_FIGURES = (
    _has_whole_among_parts,
    _has_inner_sum,
    _is_late_only,
    _fits_without_a_step,
    _are_ends,
    _is_what_is_left,
    _is_of_what_is_helped,
)
