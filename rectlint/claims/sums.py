"""Sums that the wording itself announces: 由……三部分组成, 前者……后者, 13栋均已停用 behind its list, so many instalments.

In: a `Document` and its quantities.  Out: `Partition` values.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("追缴资金53万元，由租金41万元、差旅费12万元两部分组成。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_sums(document, tuple(find_quantities(document)))]
[('53万元', ['41万元', '12万元'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from rectlint.claims.lists import is_change, label_of, lead_of, list_mark
from rectlint.claims.partition import NEVER_PARTED, Partition
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.values import parse_number

_BACK = 8
"""How many figures before a list its total is looked for."""
_COMPOSED_OF = Pattern(r"^(?:是|系|主要)?由(?![于此])\p{Han}{2,14}$")
_COMPOSED = Pattern(r"\p{Han}{0,4}?(?:[一二两三四五六七八九十\d]+个?(?:大?部分|大?项|大?块|大?类|笔))?(?:组成|构成)")
_FORMER = Pattern(r"^(?:其中)?前者(?:有|为|占|是|共|涉及)?$", needs=("前者",))
_LATTER = Pattern(r"^后者(?:有|为|占|是|共|涉及)?$", needs=("后者",))
_ALL_OF_THEM = Pattern(r"\p{Han}{0,4}?(?:均|全部|全都|已全|都)")
_MOSTLY = Pattern(r"主要|多数|大多|大部|如|例如|重点|特别")
_THESE = Pattern(r"^(?:上述|以上|这)?$")
_IN_LOTS = Pattern(r"分(?P<number>\d{1,2}|[两二三四五六七八九十])(?:次|批|期|笔|年)", needs=("分",))
_LOT = Pattern(
    r"(?:^(?:其中)?(?:(?:19|20)\d\d年)?(?:1[0-2]|[1-9])月(?:(?:[12]\d|3[01]|[1-9])日)?|^第[一二三四五六七八九十\d]+[次批期笔年]|[一二三四]季度)\p{Han}{0,6}$"
)
_DEALT_WITH = Pattern(r"(?:查处|查办|处理|追责问责|问责|批评教育(?:帮助)?和处理)\p{Han}{0,14}$")
_PUNISHED = Pattern(r"^(?:已|共|其中)?(?:给予|党纪)\p{Han}{0,8}处分$")
_CASES = Pattern(r"\d+[起件例]$")
_FOREGOING = Pattern(
    r"^(?:以上|上述|前述)(?:各[项类种]|几[项类种])?(?:合计|共计|总计|总共|一共|累计|共)?(?:处理|问责|追责|追责问责|追究责任|给予处理|涉及|退缴|追缴|退还|清退|收回|金额|资金)?$",
    needs=("以上", "上述", "前述"),
)
_ALL_DEALT_WITH = Pattern(
    r"^(?:合计|共计|总计|总共|一共|累计|共)(?:处理|问责|追责|追责问责|追究责任)?$", needs=("计", "共")
)
_OF_NOTHING_ELSE = Pattern(r"[，。；、）\n]|$|均|都|已|全部|全都|正|将|由|在|按|经|的处理")
_AGAIN = Pattern(r"其中|同时|既|又|重复|合并|两种|双重")
_ORDINAL = Pattern(
    r"^(?:其中)?(?:第[一二三四五六七八九十\d]{1,3}[个项条](?:问题|任务|事项)?|问题\d{1,3})(?:中)?(?:剩余|还有|尚有|还剩|剩|有|涉及)?$",
    needs=("第", "问题"),
)
_LEFT = Pattern(r"共|合计|总计|剩余|尚余|还有|尚有|仍有|遗留|未(?:完成|销号|办结|整改)")


def find_sums(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """All announced sums, by their first part."""
    for quantity in quantities:
        if quantity.measure in NEVER_PARTED:
            continue
        if quantity.before.startswith(("由", "是由", "系由", "主要由")):
            yield from _composed(document, quantities, quantity)
        if _FORMER.match(quantity.before) is not None:
            yield from _former_and_latter(document, quantities, quantity)
        if _THESE.match(quantity.before) is not None and _ALL_OF_THEM.match(quantity.after) is not None:
            yield from _all_of_a_list(document, quantities, quantity)
        if quantity.measure == "人" and _PUNISHED.match(quantity.before) is not None:
            yield from _punished(document, quantities, quantity)
        if _FOREGOING.match(quantity.before) is not None or (
            quantity.measure == "人次" and _ALL_DEALT_WITH.match(quantity.before) is not None
        ):
            yield from _of_the_foregoing(document, quantities, quantity)
        if quantity.before.startswith(("第", "问题", "其中")) and _ORDINAL.match(quantity.before) is not None:
            yield from _by_ordinal(document, quantities, quantity)
    for match in _IN_LOTS.find_in_lines(document.text):
        yield from _in_lots(document, quantities, match.end(), match["number"])


def _earlier(quantities: Sequence[Quantity], figure: Quantity) -> list[Quantity]:
    """The figures of the same measure shortly before, the nearest last."""
    near = quantities[max(0, figure.order - _BACK) : figure.order]
    return [q for q in near if q.measure == figure.measure and q.bracket == figure.bracket]


def _composed(document: Document, quantities: Sequence[Quantity], first: Quantity) -> Iterator[Partition]:
    """资金53万元，由租金41万元、差旅费12万元两部分组成."""
    if _COMPOSED_OF.match(first.before) is None:
        return
    parts = [first]
    for figure in quantities[first.order + 1 : first.order + _BACK]:
        if figure.measure != first.measure or list_mark(document, parts[-1], figure, totals=True) not in ("、", "，"):
            break
        parts.append(figure)
    totals = _earlier(quantities, first)
    if len(parts) < 2 or not totals or _COMPOSED.match(document.text, parts[-1].span.end) is None:
        return
    between = document.text[totals[-1].span.end : first.clause.start]
    if len(between) <= 24 and "。" not in between and "；" not in between:
        yield Partition(totals[-1], tuple(parts), "listed")


def _former_and_latter(document: Document, quantities: Sequence[Quantity], first: Quantity) -> Iterator[Partition]:
    """未完成的5条集中在两个问题上，前者2条，后者3条."""
    following = quantities[first.order + 1 : first.order + 2]
    if not following or following[0].measure != first.measure or _LATTER.match(following[0].before) is None:
        return
    totals = _earlier(quantities, first)
    sentence = document.sentence_at(first.span.start)
    if not totals or totals[-1].span.start < sentence.start or not totals[-1].exact:
        return
    total = totals[-1]
    listed = len(totals) > 1 and list_mark(document, totals[-2], total) == "、"
    between = document.text[total.span.end : first.span.start]
    if not listed and "；" not in between and not _MOSTLY.search(between) and not is_change(total):
        yield Partition(total, (first, following[0]), "near")


def _all_of_a_list(document: Document, quantities: Sequence[Quantity], total: Quantity) -> Iterator[Partition]:
    """C级的9栋、D级的4栋，13栋均已停用: what is said of all of a list that stands right before it."""
    earlier = _earlier(quantities, total)
    if len(earlier) < 2 or document.text[earlier[-1].span.end : total.span.start].strip("的上述以这") != "，":
        return
    parts = [earlier[-1]]
    for figure, following in zip(earlier[-2::-1], earlier[:0:-1], strict=True):
        if list_mark(document, figure, following) != "、":
            break
        parts.insert(0, figure)
    told = {figure.value for figure in earlier}
    labels = all(part.before for part in parts)
    if len(parts) >= 2 and labels and total.value not in told and total.value > max(part.value for part in parts):
        yield Partition(total, tuple(parts), "near")


def _punished(document: Document, quantities: Sequence[Quantity], part: Quantity) -> Iterator[Partition]:
    """查处问题164起209人，给予党纪政务处分141人: no more can be punished than were dealt with."""
    earlier = _earlier(quantities, part)
    if not earlier or not earlier[-1].exact or not part.exact:
        return
    total = earlier[-1]
    if document.text[total.span.end : part.span.start - len(part.before)] != "，":
        return
    cases = quantities[total.order - 1] if total.order and not total.before else None
    words = cases.before if cases is not None and _CASES.search(cases.text) is not None else total.before
    if _DEALT_WITH.search(words) is not None:
        yield Partition(total, (part,), "open")


def _of_the_foregoing(document: Document, quantities: Sequence[Quantity], total: Quantity) -> Iterator[Partition]:
    """党纪处分5人，其中严重警告1人；诫勉2人，批评教育6人。以上13人次: all that the list told right before it makes."""
    text = document.text
    if _OF_NOTHING_ELSE.match(text, total.span.end) is None or not total.exact or total.bracket >= 0:
        return
    sentence = document.sentence_at(total.span.start)
    opens = not text[sentence.start : total.clause.start].strip()
    if opens:
        if sentence.start == 0 or "\n" in text[sentence.start - 1 : total.clause.start]:
            return
        sentence = document.sentence_at(sentence.start - 1)
    measures = ("人", "人次") if total.measure == "人次" else (total.measure,)
    told = [
        q
        for q in within(quantities, sentence.start, total.span.start)
        if q.measure in measures and q.bracket < 0 and q is not total
    ]
    if any(figure.value == total.value or not figure.exact for figure in told) or _AGAIN.search(total.after):
        return
    parts: list[Quantity] = []
    within_one = False
    for figure in told:
        mark = text[figure.clause.start - 1 : figure.clause.start]
        opens_one = figure is not told[0] and "其中" in lead_of(document, figure)
        within_one = opens_one or (within_one and mark == "、")
        if not within_one:
            parts.append(figure)
    gaps = [text[a.span.end : b.span.start] for a, b in pairwise(told)]
    plain = all(len(gap) <= _GAP and any(mark in gap for mark in "，；、") for gap in gaps)
    if len(parts) < 2 or not plain or any(figure.role in ("total", "rest") for figure in parts[1:]):
        return
    for first in range(len(parts) - 1):
        if Partition(total, tuple(parts[first:]), "near").fits:
            yield Partition(total, tuple(parts[first:]), "near")
            return
    if _is_made_up_farther(document, quantities, total, measures):
        return
    if all(figure.value < total.value and label_of(document, figure) for figure in parts):
        yield Partition(total, tuple(parts), "near")


def _is_made_up_farther(
    document: Document, quantities: Sequence[Quantity], total: Quantity, measures: Sequence[str]
) -> bool:
    """Whether the figures of sentences farther back, from one of them on, make up the total: 党纪处分2人。诫勉6人、批评教育6人。以上14人次."""
    made, item = Decimal(0), document.item_at(total.span.start)
    for figure in reversed(quantities[max(0, total.order - 2 * _BACK) : total.order]):
        if document.item_at(figure.span.start) != item or made >= total.value:
            return made == total.value
        if figure.measure in measures and "其中" not in lead_of(document, figure):
            made += figure.value
    return made == total.value


_GAP = 24
"""How many characters stand between two figures of a list at most."""


def _by_ordinal(document: Document, quantities: Sequence[Quantity], first: Quantity) -> Iterator[Partition]:
    """共5项未完成任务，第13个2项、第20个2项、第21个1项: what is told of each entry by its number makes up what is told of all."""
    earlier = [q for q in _earlier(quantities, first) if q.span.start >= document.sentence_at(first.span.start).start]
    if not earlier or _ORDINAL.match(earlier[-1].before) is not None:
        return
    total, parts = earlier[-1], [first]
    for figure in quantities[first.order + 1 : first.order + 2 * _BACK]:
        gap = document.text[parts[-1].span.end : figure.span.start - len(figure.before)]
        if figure.measure != first.measure or gap not in ("、", "，", "；") or _ORDINAL.match(figure.before) is None:
            break
        parts.append(figure)
    words = total.before + document.text[total.span.end : total.clause.end]
    between = document.text[total.clause.end : first.clause.start]
    ends = document.text[parts[-1].span.end : parts[-1].span.end + 1] in ("。", "；", "\n", "")
    if len(parts) < 2 or not ends or _LEFT.search(words) is None or len(between) > 2 * _GAP or "；" in between:
        return
    if total.exact and all(part.exact for part in parts):
        yield Partition(total, tuple(parts), "near" if "其中" in lead_of(document, first) else "listed")


def _in_lots(document: Document, quantities: Sequence[Quantity], place: int, number: str) -> Iterator[Partition]:
    """退回28.64万元……。分3次退，7月15日退10万元，8月20日退10万元，9月12日退8.64万元."""
    sentence = document.sentence_at(place)
    after = within(quantities, place, sentence.end)
    count = parse_number(number).value
    lots = [q for q in after if _LOT.search(q.before) is not None and q.exact]
    if len(lots) != count or count < 2 or len({q.measure for q in lots}) > 1:
        return
    if any(b.order != a.order + 1 for a, b in pairwise(lots)) or lots[0].order != after[0].order:
        return
    earlier = [
        q
        for q in _earlier(quantities, lots[0])
        if document.sentence_index(q.span.start) >= document.sentence_index(place) - 1
    ]
    if not earlier or "\n" in document.text[earlier[0].span.end : place]:
        return
    for total in earlier:
        if Partition(total, tuple(lots), "near").fits:
            yield Partition(total, tuple(lots), "near")
            return
    first = next((q for q in earlier if q.role in ("done", "total")), None)
    if first is not None:
        yield Partition(first, tuple(lots), "near")
