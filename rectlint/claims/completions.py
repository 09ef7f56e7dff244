"""How much of a total is said to be done: 63个问题已完成整改62个; 应公开61项，已公开62项; 已全部整改，尚有3项未完成.

In: quantities in text order.  Out: `Completion` values.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("反馈的63个问题已完成整改62个。"))
>>> [(c.total.text, c.part.text) for c in find_completions(document, tuple(find_quantities(document)))]
[('63个', '62个')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims.lists import are_compatible, lanes_of, list_mark
from rectlint.claims.partition import NEVER_PARTED
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_VERBS = "完成|整改|办结|化解|销号|到位|解决|落实|清退|退还|处置|处理|清零|签约|搬迁|建立|召开|拆除|验收|交付|办理|答复|配备|竣工|完工|补办|补录|补齐|兑付|整治"
_UNIVERSAL = Pattern(
    rf"(?:已经?全部|(?<![平人户年月日])均已?|都已|悉数|全部|100%|百分之百)(?:得到|按期|按时|如期|已)?(?:{_VERBS}|采纳)(?:{_VERBS}|完毕|并)*+(?!的)",
    needs=("全部", "均", "都已", "悉数", "100%", "百分之百"),
)
_SETTLED = (
    rf"{_VERBS}|追缴|追回|收回|收缴|退缴|上缴|退回|缴纳|结清|还清|付清|归还|返还|发放|拨付|支付|补开|补签|补缴|签订|签署|报备|备案|登记|公示|公开"
    r"|移交|更换|安装|修复|清理|腾退|迁出|关停|取缔|注销|核销|到岗|配齐|启用|开通|换届|入库|评定|缴清"
)
_SETTLED_ALL = Pattern(
    rf"(?:已?全部|(?<![平人户年月日])均已?|都已|已?悉数|已?全额|已?足额|已?全数)(?:得到|按期|按时|如期|已|予以|足额)?(?:完成)?(?P<verb>{_SETTLED})(?:{_SETTLED}|完毕|并)*+(?!的)"
    rf"|(?:已经?|均)(?:完成)?全部\p{{Han}}{{1,8}}的?(?P<verb2>{_SETTLED})(?:工作)?(?=[，；])",
    needs=("全部", "均", "都已", "悉数", "全额", "足额", "全数"),
)
_NOT_OF_THESE = Pattern(r"另|其余|剩余|余下|其他|其它|新增|新发现|第[二三四五六七八九十\d]+批|后续|上年|历年|下属|所属")
_ATTRIBUTE = Pattern(r"未\p{Han}{1,8}?的\p{Han}")
_EXAMPLE = Pattern(r"[，；]\p{Han}{2,12}等$")
_FULL_RATE = Pattern(
    r"(?<=^.?|，)(?:整改|完成|办结|化解|销号)++率(?:达到|达|为)?(?:100%|百分之百)|(?<=[，、])已?全部(?:清零|见底|销号|到位|办结|完成)(?:整改)?",
    needs=("100%", "百分之百", "全部"),
)
_EXCEPTION = Pattern(r"[，；](?:但|目前)?(?:仍|尚|还|其中)")
_NOT_DONE = Pattern(
    r"(?:[尚暂仍]?未(?!来)|没有)(?!发现|出现|发生|再|新增|反弹)\p{Han}|尚待|预计|拟(?!定|订)|正在(?:办理|整改|施工|推进|处理|协调)|有待"
)
_DUE = Pattern(r"(?:应(?!急|对|用|答|届)|需(?!要|求))(?P<verb>\p{Han}{1,4})\p{Han}{0,12}$")
_DONE_FIRST = Pattern(
    r"(?:目前|现|至今|截至(?:\p{Han}|\d){0,10}?(?=实际|已|共|完成|办结|整改)|共|均|实际|实|累计|仅|只|按期|如期|全部|全面|已经?)*+(?:完成|整改|办结|化解|销号|解决|落实|处置|处理|清退|拆除|答复|采纳|结案|审结|纠正|入库|到位|竣工|完工|修复|整治)(?:整改|办结|办理|销号|验收|到位|化解|核查|整治|改造|修复|清理|建设|治理|处理|审核|完成|了|的|共|数)*+"
)
_OF_EACH = Pattern(r"(?:各|每(?!月|年|周|季))(?!类|项|级|种)\p{Han}{0,6}$")
"""各反馈1个问题 tells how many each had."""
_ACTUALLY = Pattern(r"(?:目前|现|已|共|仅|只)*+(?:实际|实)\p{Han}{1,4}$")
_ADDITIONAL = Pattern(r"新增|另|又|追加|补充|额外|同时")
_RECENT = Pattern(r"新|当年|今年|本年|本月|当月")
_CARRIED_OVER = Pattern(r"结转|历年|积案|往年|上年|上轮|存量|超额")
_TAIL_OF_TOTAL = Pattern(r"(?:$|已|均|全部|现|目前|其中|中|的整改|整改|至今|，)")
_IN_ALL = Pattern(r"(?:共计?|实际|累计|合计|总计)?(?P<verb>\p{Han}{2,3})")
_AMONG = Pattern(r"^[\p{Han}“”]{1,14}中$", needs=("中",))
_LEVELS = Pattern(r"问题|任务|措施|举措|线索|事项|信访件|举报件|交办件|工单|图斑|隐患|案件|意见|建议|清单|项目|环节")


_ALL_OF_SORT = Pattern(
    r"^(?:(?:目前|现|截至目前|至今)?(?P<name>\p{Han}{1,5}[级类型区村镇乡县市校院线]))(?:的|有)?$",
)
_ALL_ARE = Pattern(r"^(?:项目|问题|任务)?(?:已经?全部|已?全部|均已?|都已)")


class Completion(NamedTuple):
    """``part`` of ``total`` is said to be done, or, where its role is pending or rest, not to be.

    ``universal`` is the place that says all of them are done; ``total`` is None where only that place speaks of them.
    """

    total: Quantity | None
    part: Quantity
    universal: Span | None = None


def find_completions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Completion]:
    """Pairs of a total and what is done of it, then figures that stand against an “all done” beside them."""
    paired: set[int] = set()
    for (measure, _), lane in lanes_of(quantities, document).items():
        if measure in NEVER_PARTED:
            continue  # 应完成年度任务25%，实际完成31%: no count of the same things
        for index, (total, done) in enumerate(pairwise(lane)):
            if index and _is_of_list(document, lane[index - 1], total, done):
                continue
            universal = _universal(document, total, done)
            again = _same_verb(document, total, done) if universal is None else None
            if again is not None or _is_done_of(document, total, done, universal):
                paired.add(done.order)
                yield Completion(total, done, universal or again)
            elif (whole := _of_sort(document, quantities, done)) is not None:
                yield Completion(whole, done)
    for universal in _SETTLED_ALL.find_in_lines(document.text):
        verb = universal["verb"] or universal["verb2"]
        yield from _exceptions(document, quantities, Span(*universal.span()), verb)


def _of_sort(document: Document, quantities: Sequence[Quantity], done: Quantity) -> Quantity | None:
    """The figure of one sort told before, where all of that sort are: 申报省级专科2个、市级专科4个，目前市级4个已全部获批."""
    sort = _ALL_OF_SORT.match(done.before)
    if sort is None or _ALL_ARE.match(done.after) is None or not done.exact:
        return None
    start = document.sentence_at(done.span.start).start
    before = within(quantities, start, done.span.start)
    told = [q for q in before if q.measure == done.measure and q.bracket == done.bracket and sort["name"] in q.before]
    return told[0] if len(told) == 1 and told[0].exact and told[0].role not in ("rest", "pending") else None


def _is_of_list(document: Document, previous: Quantity, total: Quantity, done: Quantity) -> bool:
    """Whether the would-be total is the last of a list, and what is done is told in a later statement, of all of them:
    共性问题24个、个性问题49个，制定措施187条。已完成整改70个."""
    later = document.sentence_index(done.span.start) > document.sentence_index(total.span.start)
    later = later or "；" in document.text[total.span.end : done.span.start]
    return later and list_mark(document, previous, total, totals=True) == "、"


def _same_verb(document: Document, total: Quantity, done: Quantity) -> Span | None:
    """The “all” whose very verb the second figure has: 7份决算已全部公示到位，公示6份."""
    verb = _IN_ALL.fullmatch(done.before)
    if verb is None or total.clause.end + 1 != done.clause.start or done.noun or not (total.exact and done.exact):
        return None
    found = document.text.find(f"全部{verb['verb']}", total.span.end, total.clause.end)
    if found < 0 or document.text[total.clause.end] != "，" or total.role in ("rest", "part", "pending"):
        return None
    rest = document.text[found + 2 + len(verb["verb"]) : total.clause.end]
    return Span(found, found + 2 + len(verb["verb"])) if rest in ("", "到位", "完毕", "完成", "结束") else None


_TAKEN_OFF = Pattern(r"(?:核减|扣减|扣除|调减|核增|调增|压减|审减|减免)(?:了|金额|资金|投资|造价)?$")
"""What is taken off a sum is no sum of which the rest is done: 核减0.8亿元，实际超概2.6亿元，全部补办手续."""


def _is_done_of(document: Document, total: Quantity, done: Quantity, universal: Span | None) -> bool:
    if done.ranged or total.ranged or _OF_EACH.search(total.before):
        return False
    if total.role in ("rest", "part", "pending", "true", "untrue") or _TAKEN_OFF.search(total.before) is not None:
        return False
    if _is_due(document, total, done):
        return True
    distance = document.sentence_index(done.span.start) - document.sentence_index(total.span.start)
    if universal is not None and not distance and _ACTUALLY.search(done.before):
        return True
    own = done.before.removeprefix(total.noun) if total.clause == done.clause else done.before
    first = _DONE_FIRST.match(own)
    if done.role != "done" or first is None or own[first.end() :] not in ("", done.noun, total.noun):
        return False
    if _is_apart(document, total, done, own):
        return False
    among = not distance and total.clause.end + 1 == done.clause.start and _AMONG.search(total.after) is not None
    if among and total.role == "" and not done.noun:
        return True  # 25名责任人中，已处理23名
    level = _LEVELS.search(total.noun) is not None or (universal is not None and not distance)
    if not level or (done.noun and not are_compatible(total, done)) or not 0 <= distance <= 1:
        return False
    position = total.after.find(total.noun)
    tail = total.after[position + len(total.noun) :] if position >= 0 else total.after
    return (total.role != "done" or _UNIVERSAL.search(tail) is not None) and _TAIL_OF_TOTAL.match(tail) is not None


def _is_apart(document: Document, total: Quantity, done: Quantity, own: str) -> bool:
    """Whether the words say that the done ones are not, or not only, of that total."""
    if document.sentence_has(_CARRIED_OVER, done.span.start):
        return True
    if ("累计" in own and _RECENT.search(total.before)) or "其中" in done.before or _ADDITIONAL.search(done.before):
        return True
    return document.paragraph_at(total.span.start) != document.paragraph_at(done.span.start)


def _is_due(document: Document, total: Quantity, done: Quantity) -> bool:
    """应公开事项61项，已公开62项: the same verb, first as due and then as done."""
    due = _DUE.search(total.before)
    if due is None or document.sentence_at(total.span.start) != document.sentence_at(done.span.start):
        return False
    verb = due["verb"]
    shortest = 1 if total.measure == "元" or verb[:1] == "到" else 2
    return any(
        f"{head}{verb[:length]}" in done.before
        for length in range(len(verb), shortest - 1, -1)
        for head in ("已", "已完成", "已全部", "实际", "实")
    )


def _universal(document: Document, total: Quantity, done: Quantity) -> Span | None:
    """The “all done” that speaks of this total: between the two figures, or right after the second."""
    if done.span.start - total.span.end > 120:
        return None
    found = _UNIVERSAL.search(document.text, total.span.end, done.span.start)
    if found is not None:
        return Span(*found.span())
    end = min(document.sentence_at(done.span.start).end, done.span.end + 24)
    found = _FULL_RATE.search(document.text, done.span.end, end) or _UNIVERSAL.search(document.text, done.span.end, end)
    if found is None:
        return None
    subject = document.text[done.span.end : found.start()].strip("，。；、")
    other = _LEVELS.search(subject) if subject else None
    if other is not None and not total.noun.endswith(other.group()):
        return None
    return Span(*found.span()) if len(subject) <= 10 and not any(c.isdigit() for c in subject) else None


def _exceptions(document: Document, quantities: Sequence[Quantity], universal: Span, verb: str) -> Iterator[Completion]:
    """已全部整改到位，尚有3项未完成: a figure of what is not done, in the clause after an “all done”."""
    text = document.text
    if text[universal.end : universal.end + 1] not in ("，", "；"):
        return
    opening = _EXCEPTION.match(text, universal.end)
    first = bisect_left(quantities, universal.end, key=lambda quantity: quantity.span.start)
    part = quantities[first] if first < len(quantities) else None
    if part is None or part.clause.start != universal.end + 1 or part.value <= 0 or part.depth:
        return
    clause = document.words(part.clause)
    if not _NOT_DONE.search(clause) or _NOT_OF_THESE.search(clause) or _ATTRIBUTE.search(clause):
        return
    total = _told_before(document, quantities, first, universal)
    if opening is None:
        named = f"未{verb}" in clause and _EXAMPLE.search(text, universal.end, part.span.start) is not None
        told_twice = (named and total is not None) and any(
            other.value == total.value and other.noun == total.noun and other.order != total.order
            for other in quantities
            if other.measure == total.measure
        )
        if not told_twice:
            return
    yield Completion(total, part, universal)


def _told_before(document: Document, quantities: Sequence[Quantity], place: int, universal: Span) -> Quantity | None:
    """The last quantity before ``quantities[place]`` with its measure, in the sentence of the “all done”."""
    start = document.sentence_at(universal.start).start
    for index in range(place - 1, -1, -1):
        quantity = quantities[index]
        if quantity.span.start < start:
            return None
        if quantity.measure == quantities[place].measure and not quantity.depth:
            return quantity
    return None
