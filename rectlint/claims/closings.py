"""Lists that a remainder or a pending part closes: 共16件，已办结14件，正在办理2件; 61户…已对25户…对8户…剩余28户.

In: lanes of quantities.  Out: `Partition` values.  All readings of the list before the closing figure are tried; one that
adds up is taken, and only if none does the likeliest firm reading is given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from rectlint.claims.lists import (
    PROGRESS,
    STATUSES,
    are_compatible,
    in_one_sentence,
    is_change,
    label_of,
    lead_of,
    list_mark,
    may_overlap,
)
from rectlint.claims.partition import NEVER_PARTED, Closure, Partition
from rectlint.claims.quantities import Quantity, leading_role
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.source import Span

_MOST = 24
"""So many figures before a closing one may belong to its list."""
_CLOSING_ROLES = frozenset(("rest", "pending", "untrue", "staged"))
_WEAK_REST = Pattern(r"其他|其它|还有")
_NO_REST = Pattern(r"(?:其余|剩余|其他|其它)(?:(?:依次|分别|各)|\p{Han}{1,12}(?:依次|分别)(?:为|有|是)?$)")
_REST_WITHOUT_NUMBER = Pattern(
    r"(?:其余|剩余|余下|剩下|尚余|其他|其它)(?:的|均|已|正|都|\p{Han}{1,8}?(?:正|已|均|将|争取|力争|按|待|也|由|在))(?![^，。；]{0,8}[\d])"
)
_PLACEHOLDER = Pattern(r"[×XxＸ_]{1,6}(?=[户个件项条人名家处起宗])", needs=("×", "X", "x", "_"))
_CARRIED_OVER = Pattern(
    r"结转|历年|积案|往年|上年|上轮|存量|超额", needs=("结转", "历年", "积案", "往年", "上年", "上轮", "存量", "超额")
)
_TOTAL_LABEL = Pattern(r"任务|面积|规模|指标|金额|资金|总[量额数长]|全长|债务|计划|目标|应(?!急)|专项|款$")
_COUNTED = ("问题", "任务", "措施", "事项")
_NAME, _LONGEST_NAME = 2, 12
"""How long the name is that a total and its breakdown have in common, in code points."""
_ADDITIONAL = Pattern(r"新增|另|又|追加|补充|额外|同时")


def find_closings(document: Document, lanes: Mapping[tuple[str, int], Sequence[Quantity]]) -> Iterator[Partition]:
    """One partition for each figure that closes a list."""
    for (measure, _), lane in lanes.items():
        if measure in NEVER_PARTED:
            continue
        for index, closing in enumerate(lane):
            if closing.role not in _CLOSING_ROLES or _is_followed_by_another(document, lane, index):
                continue
            if closing.role == "rest" and _NO_REST.search(closing.before):
                continue
            if closing.before.endswith("那"):
                continue  # 人事口未完成的那1个问题: one of those told before
            found = _best_reading(document, lane, index) or _of_paragraph_before(document, lane, index)
            if found is None or (not found.fits and _is_measured_against(closing)):
                continue
            if not found.fits and _is_told_further(lane, index) and any(part.role in PROGRESS for part in found.parts):
                continue
            yield found


def _is_told_further(lane: Sequence[Quantity], index: int) -> bool:
    """Whether how much of a remainder is done is told right behind it, so that it is one of all: 已消除111条，其余城市93条消除80条."""
    closing, following = lane[index], lane[index + 1] if index + 1 < len(lane) else None
    return following is not None and following.clause == closing.clause and following.value <= closing.value


def _is_measured_against(closing: Quantity) -> bool:
    """Whether a figure says how far the work lies behind a plan, which need not be all of it: 应建30个，已建21个，比序时进度少6个."""
    return is_change(closing) or _BEHIND_PLAN.search(closing.before) is not None


_BEHIND_PLAN = Pattern(
    r"(?:序时|时间|计划|目标|节点|任务|应有)(?:进度|要求|任务|数)?(?:还|仍|尚)?(?:少|慢|差|欠|缺|相差|落后|滞后|高|多|快)(?:了|出)?$"
    r"|(?:少|慢|低|快|高|多|落后|滞后|超)于?(?:序时|时间|计划|目标|应有)(?:进度|要求|任务|数)?$",
    needs=("序时", "时间", "计划", "目标", "节点", "任务", "应有"),
)


def _is_followed_by_another(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether a later figure of the same list closes it: 阶段性完成3个、未完成4个."""
    closing, following = lane[index], lane[index + 1] if index + 1 < len(lane) else None
    return (
        following is not None
        and in_one_sentence(document, closing, following)
        and following.role in _CLOSING_ROLES
        and (following.role == "untrue") == (closing.role == "untrue")
    )


def _best_reading(document: Document, lane: Sequence[Quantity], index: int) -> Partition | None:
    """The reading of the list before ``lane[index]`` that adds up; failing that, the likeliest one."""
    closing = lane[index]
    closure: Closure = "rest" if closing.role == "rest" else "negation" if closing.role == "untrue" else "status"
    before = list(_scope(document, lane, index))
    trailing = list(_trailing(document, lane, index))
    if (own := _of_named_whole(document, before, closing, closure)) is not None:
        return own
    row = _row_of_totals(document, before)
    if row:
        told = _told_by_name(document, row, before, closing)
        if told is None or closure == "rest":
            before = [figure for figure in before if figure not in row]
        else:
            total, parts = told
            parts += [figure for figure in trailing if "；" not in document.text[closing.span.end : figure.span.start]]
            return Partition(total, (*parts, closing), closure, _unnumbered_rest(document, closing))
    likely: list[Partition] = []
    for cut in range(1, len(before) + 1):
        total = before[-cut]
        between = before[len(before) - cut + 1 :]
        if total.ranged or not are_compatible(total, closing):
            continue
        if total.role == "rest" and not _is_broken_down(document, total, between, closing):
            continue
        if _is_of_other_bodies(document, total, between, closing):
            continue
        if total.noun.endswith("方面") and any(figure.noun.endswith(_COUNTED) for figure in between):
            continue  # 2个方面4个问题，已完成整改1个，正在整改1个: states are of the problems
        if total.role == "part" and between and list_mark(document, total, between[0]) == "、":
            continue  # 其中退出5个、转让3个、剩余1个: the first member of the list
        if closure == "status" and total.role == "done" and not _is_counted_in_state(document, total, between, closing):
            continue  # 镇级32个已整改29个，未完成3个；村级25个……: what is done consists of nothing that is not
        if between and len(before) > cut and _is_amid_list(document, before[-cut - 1], total, between[0]):
            continue
        for parts in _readings(document, between, closing, trailing):
            if len(parts) < 2 or not _closes(parts, closure):
                continue
            sentence = document.sentence_at(parts[0].span.start)
            carried = document.sentence_has(_CARRIED_OVER, sentence.start)  # asked once for each sentence
            if carried and _CARRIED_OVER.search(document.text, max(sentence.start, total.span.end), sentence.end):
                continue
            partition = Partition(total, tuple(parts), closure, _unnumbered_rest(document, parts[-1]))
            if partition.fits:
                nearer = [one for one in likely if _is_told_nearer(document, one, partition, closing)]
                return nearer[0] if nearer else partition
            if _is_told_before(document, lane, total, closing) or _is_used_up(document, total, between, closing):
                continue
            sole = len(before) == 2 and between == before[1:] and between[0].role == "done"
            if _is_firm(document, total, between, parts, closing, sole=sole):
                likely.append(partition)
    return min(likely, key=_doubt) if likely else None


def _of_named_whole(
    document: Document, before: Sequence[Quantity], closing: Quantity, closure: Closure
) -> Partition | None:
    """What a sentence that opens with the name of a figure before it (商用房3267栋……。商用房中，用作餐饮431栋、……、其他102栋) tells of
    that figure, from the last ； on."""
    text, start = document.text, document.sentence_at(closing.span.start).start
    named = _NAMED_WHOLE.match(text, start, closing.span.start)
    if named is None:
        return None
    earlier = [q for q in before if q.span.end <= start]
    wholes = [q for q in earlier if label_of(document, q) == named["name"]]
    wholes = wholes or [q for q in earlier if label_of(document, q).endswith(named["name"])]
    if not wholes or any(q.value != wholes[0].value for q in wholes):
        return None
    begin = max(start, text.rfind("；", start, closing.span.start))
    parts = [q for q in before if q.span.start >= begin]
    marks = {list_mark(document, one, other) for one, other in pairwise([*parts, closing])}
    return Partition(wholes[-1], (*parts, closing), closure) if parts and len(marks) == 1 and "" not in marks else None


_NAMED_WHOLE = Pattern(r"(?P<name>\p{Han}{2,12})(?<!其)(?:当|之)?中，", needs=("中，",))


def _is_of_other_bodies(document: Document, total: Quantity, between: Sequence[Quantity], closing: Quantity) -> bool:
    """Whether a remainder counts bodies by name where the would-be total speaks of none: 发现问题97个、126个，整改92个；其余8个部门……"""
    if closing.role != "rest" or total.noun or _A_BODY.fullmatch(closing.noun) is None:
        return False
    noun = closing.noun[-_NAME:]
    return noun not in document.text[total.clause.start : total.clause.end] and not any(noun in q.noun for q in between)


_A_BODY = Pattern(
    r"\p{Han}{0,4}(?:部门|单位|企业|公司|机构|组织|项目|乡镇|街道|社区|行政村|自然村|村|镇|县|区|城市|市|州|学校|医院|支部|站|所|园区|小区)"
)


def _of_paragraph_before(document: Document, lane: Sequence[Quantity], index: int) -> Partition | None:
    """What is done and left in the first sentence of one step, of the one figure that the step before it tells last:
    1.整改措施：对任职满8年的17名干部摸排。 2.整改结果：已轮岗15名，其余2名……"""
    closing = lane[index]
    paragraph = document.paragraph_at(closing.span.start).span
    told = [figure for figure in lane[max(0, index - _MOST) : index] if figure.span.start >= paragraph.start]
    parts = [*_without_of_which(document, told), closing]
    if closing.role != "rest" or _WEAK_REST.search(closing.before) or len(parts) < 2 or not paragraph.start:
        return None
    first = document.sentence_index(parts[0].span.start)
    if first != document.sentence_index(closing.span.start) or _STEP.match(document.words(paragraph)) is None:
        return None
    if parts[0].role not in PROGRESS or any(part.role not in (*PROGRESS, "") for part in parts[:-1]):
        return None
    before = document.paragraph_at(paragraph.start - 1).span
    place = index - len(told)
    earlier = [figure for figure in lane[max(0, place - _MOST) : place] if figure.span.start >= before.start]
    if len({figure.value for figure in earlier}) != 1 or _STEP.match(document.words(before)) is None:
        return None
    total = earlier[-1]
    partition = Partition(total, tuple(parts), "near", _unnumbered_rest(document, closing))
    later = {figure.noun for figure in parts if figure.noun}
    named = total.exact and total.role not in ("rest", "part", "done", "staged") and later <= {total.noun}
    apart = abs(partition.sum - total.value)
    slip = (apart <= 2 or apart * 20 <= total.value) and all(part.value < total.value for part in parts)
    treated = _TREATED.search(total.before) is not None or _TREATED.search(total.after) is not None
    return partition if named and treated and slip else None


_TREATED = Pattern(
    r"排查|摸排|摸底|梳理|清查|核查|复核|核对|清理|发现|查出|反馈|指出|涉及|逐[一人户项个]|^对|(?<![供响反相效适顺呼])应(?![急用对])|需(?!求|要)"
)
_STEP = Pattern(
    r"\s*(?:[\d一二三四五六七八九十]{1,2}[.、．]|（[\d一二三四五六七八九十]{1,2}）|[①-⑨])?(?:主要|具体)?(?:整改|存在|问题|原因|工作|落实)?(?:措施|举措|做法|结果|成效|进展|情况|问题|表现)[：:（ 。]",
    needs=("措施", "举措", "做法", "结果", "成效", "进展", "情况", "问题", "表现"),
)


def _row_of_totals(document: Document, before: Sequence[Quantity]) -> list[Quantity]:
    """Totals side by side that are broken down one by one afterwards, of the sentence before the last: 镇级问题23个、村级
    问题158个。镇级问题已完成……；村级问题已完成……"""
    row: list[Quantity] = []
    for figure, following in pairwise(before):
        beside = (
            figure.role in ("", "total") and following.role == "" and list_mark(document, figure, following) == "、"
        )
        if beside and in_one_sentence(document, figure, following):
            row = [*row, following] if row and row[-1] == figure else [figure, following]
        elif row:
            break
    later = (
        before and row and document.sentence_index(before[-1].span.start) > document.sentence_index(row[-1].span.end)
    )
    return row if later else []


def _told_by_name(
    document: Document, row: Sequence[Quantity], before: Sequence[Quantity], closing: Quantity
) -> tuple[Quantity, list[Quantity]] | None:
    """The one total of a row whose name opens the stretch (from the last ； or 。) that ``closing`` ends, and the figures of
    that stretch before it."""
    text = document.text
    sentence = document.sentence_at(closing.span.start)
    start = max(sentence.start, text.rfind("；", sentence.start, closing.span.start) + 1)
    parts = [figure for figure in before if figure.span.start >= start]
    if not parts:
        return None
    named = {figure: _shared_name(text, figure, start) for figure in row}
    longest = max(named.values())
    found = [figure for figure, length in named.items() if length == longest]
    return (found[0], parts) if longest >= _NAME and len(found) == 1 else None


def _shared_name(text: str, figure: Quantity, start: int) -> int:
    """How many characters the name right before a figure has in common with the words from ``start`` on."""
    for length in range(min(_LONGEST_NAME, figure.span.start), _NAME - 1, -1):
        if text.startswith(text[figure.span.start - length : figure.span.start], start):
            return length
    return 0


def _is_used_up(document: Document, total: Quantity, between: Sequence[Quantity], closing: Quantity) -> bool:
    """Whether the figures right behind a total make it up already, so that a later remainder is one of something else; so
    is what is under way where the figures before say already what is (已完成45个，正在整改7个。对正在整改的4个问题……)."""
    mark = list_mark(document, between[-1], closing) if between else ""
    near = bool(between) and document.sentence_index(between[0].span.start) == document.sentence_index(
        closing.span.start
    )
    pending = near and closing.role == "pending" and "其中" not in lead_of(document, closing)
    if mark == "、" or (mark == "，" and pending):
        return False  # a member of the list itself: 退出5个、转让4个、剩余1个
    for size in range(2, len(between) + 1):
        parts = between[:size]
        if sum(part.value for part in parts) == total.value:
            if _is_told_anew(total, between[size:], closing):
                return False
            return closing.role == "rest" or any(part.role in (closing.role, "rest") for part in parts)
    return False


def _is_told_before(document: Document, lane: Sequence[Quantity], total: Quantity, closing: Quantity) -> bool:
    """Whether the remainder was told before the would-be total, of something else: 43件……剩余4件……。全年受理6842件，审结6627件。
    剩余4件力争年内清结."""
    if closing.role != "rest":
        return False
    start = document.paragraph_at(closing.span.start).span.start
    index = bisect_left(lane, total.order, key=lambda figure: figure.order)
    return any(
        figure.value == closing.value and figure.role in ("rest", "pending")
        for figure in takewhile(
            lambda figure: figure.span.start >= start, reversed(lane[max(0, index - _MOST) : index])
        )
    )


def _is_told_anew(total: Quantity, behind: Sequence[Quantity], closing: Quantity) -> bool:
    """Whether what is done and left all but makes the total up once more: 27件，其中甲19件、乙8件，办结25件，其余2件."""
    if not behind or closing.role != "rest" or any(figure.role not in PROGRESS for figure in behind):
        return False
    apart = abs(sum((figure.value for figure in behind), closing.value) - total.value)
    return apart <= 2 or apart * 20 <= total.value


def _is_told_nearer(document: Document, likely: Partition, fitting: Partition, closing: Quantity) -> bool:
    """Whether the total that adds up is one of a sentence before, and that of the closing figure's own is off by a slip."""
    own = document.sentence_index(closing.span.start)
    places = [document.sentence_index(one.total.span.start) for one in (likely, fitting)]
    same = likely.parts == fitting.parts and likely.total.noun != "" and likely.total.measure == fitting.total.measure
    apart = abs(likely.total.value - fitting.total.value)
    return same and places[0] == own > places[1] and (apart <= 2 or apart * 20 <= fitting.total.value)


def _doubt(partition: Partition) -> tuple[bool, bool, bool, Decimal]:
    """How unlikely a reading is: a total called so is best, then one that is large enough, one with a noun, a near one."""
    total = partition.total
    enough = total.value >= max(part.value for part in partition.parts)
    return total.role != "total", not enough, total.noun == "", abs(partition.sum - total.value)


def _scope(document: Document, lane: Sequence[Quantity], index: int) -> Iterator[Quantity]:
    """The quantities before ``lane[index]`` that may belong to the same statement, in order."""
    closing = lane[index]
    item = document.item_at(closing.span.start)
    sentence = document.sentence_index(closing.span.start)
    reach = 12 if closing.role == "rest" else 2
    found: list[Quantity] = []
    for quantity in reversed(lane[max(0, index - _MOST) : index]):
        distance = sentence - document.sentence_index(quantity.span.start)
        if document.item_at(quantity.span.start) != item or distance > reach:
            break
        if quantity.role == "rest" and distance:
            break
        found.append(quantity)
    return reversed(found)


def _trailing(document: Document, lane: Sequence[Quantity], index: int) -> Iterator[Quantity]:
    """Quantities right after the closing one that go on with its list: 3个正在协调，1个进入诉讼."""
    previous = lane[index]
    for quantity in lane[index + 1 : index + 4]:
        if not in_one_sentence(document, previous, quantity) or quantity.role not in ("", "done"):
            return
        if quantity.noun and quantity.noun != previous.noun:
            return
        yield quantity
        previous = quantity


def _readings(
    document: Document, between: Sequence[Quantity], closing: Quantity, trailing: Sequence[Quantity]
) -> Iterator[list[Quantity]]:
    """The ways to take the list: the status parts only, all, those of the closing sentence, without 其中 parts."""
    dimension = ("true", "untrue") if closing.role == "untrue" else ("done", "staged", "pending")
    if closing.role == "rest":
        dimension = (*dimension, "rest")  # else 其他成员领办21个 belongs to another list of the same total
    sentence = document.sentence_index(closing.span.start)
    stated = [q for q in between if q.role in dimension]
    outer = [q for q in _without_of_which(document, between) if q.role != "total"]
    near = [q for q in outer if document.sentence_index(q.span.start) == sentence]
    choices = [stated, near] if closing.role != "rest" else [near, outer, stated]
    directly = between and closing.role == "rest" and "其中" in lead_of(document, between[0])
    if directly and in_one_sentence(document, between[0], closing):
        choices.insert(0, [q for q in between if q.role != "total"])
    elif between and _is_plain_row(document, [*between, closing]):
        choices = [list(between)]  # 其中立行立改39条、限期整改41条、长期坚持12条: the heads are of one list
    seen: list[list[Quantity]] = []
    for choice in choices:
        for tail in ([], list(trailing)) if trailing else ([],):
            reading = [*choice, closing, *tail]
            if reading not in seen:
                seen.append(reading)
                yield reading


def _is_plain_row(document: Document, figures: Sequence[Quantity]) -> bool:
    """Whether a list that 其中 opens goes on by 、 to its end."""
    if not lead_of(document, figures[0]).startswith("其中"):
        return False
    return all(list_mark(document, a, b, totals=True) == "、" for a, b in pairwise(figures))


def _without_of_which(document: Document, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out 其中 parts and what is listed with them by 、."""
    kept: list[Quantity] = []
    dropping = False
    for quantity in quantities:
        mark = document.text[quantity.clause.start - 1 : quantity.clause.start]
        if quantity.role == "part" or "其中" in quantity.before:
            dropping = True
        elif dropping and mark != "、":
            dropping = False
        if not dropping:
            kept.append(quantity)
    return kept


def _closes(parts: Sequence[Quantity], closure: Closure) -> bool:
    roles = {part.role for part in parts}
    if closure == "rest":
        return True
    if closure == "negation":
        return "true" in roles
    return bool(roles & {"done", "staged"}) and len(roles & PROGRESS) >= 2


_FORMERLY_OPEN = Pattern(r"(?:实际|上报)?原(?:为|有|来有|剩|余)?$")


def _is_firm(
    document: Document,
    total: Quantity,
    between: Sequence[Quantity],
    parts: Sequence[Quantity],
    closing: Quantity,
    *,
    sole: bool,
) -> bool:
    """Whether a reading that does not add up is firm enough to be called a contradiction; ``sole``: the statement has no
    other figures of the measure than a total, what is done of it, and the closing one."""
    if may_overlap(document, total, closing):
        return False
    if total.role == "rest":
        return len(parts) == len(between) + 1 and all(part.value < total.value for part in parts)
    listed = total.role == "" and between and list_mark(document, total, between[0]) == "、"
    if listed:
        return False  # 甲镇28户、乙镇31户完成改造，全县剩余44户: a member of the list, and no total
    narrowed = "其中" in document.text[total.span.end : closing.span.start]
    if narrowed and sum(part.value for part in parts) * 2 < total.value:
        return False  # 桥梁2643座，其中四类17座、五类2座，已加固16座，其余3座: of those with the defects
    among = total.after == "中" and total.before.endswith("的")  # 未整改的41个中，甲县16个、其余25个
    group = total.before.endswith("等") or among  # 陈某等10户已完成批复: the group's size, whatever it did
    if "其中" in total.before or total.role == "part" or _is_of_part(document, total):
        return False
    formerly = total.role == "pending" and _FORMERLY_OPEN.match(total.before) is not None
    if leading_role(total) in STATUSES and not among and not _is_attribute(total, parts) and not formerly:
        return False
    distance = document.sentence_index(closing.span.start) - document.sentence_index(total.span.start)
    attribute = _is_attribute(total, parts)
    if total.role in STATUSES and not group and not attribute and not formerly and (not total.noun or distance == 0):
        return False
    if distance and closing.before.endswith("的") and _is_one_of_several(document, total):
        return False  # 28个问题已完成26个，64个问题已完成60个。对未完成的6个问题……
    outer = _without_of_which(document, between)
    strangers = [q for q in between if q not in parts and q.role != "part" and q in outer]
    if any(not are_compatible(total, q) for q in strangers):
        return False
    if distance and any(in_one_sentence(document, q, closing) for q in strangers):
        return False
    if any(part.noun and total.noun and not are_compatible(total, part) for part in parts):
        return False
    if not total.after.endswith("中") and any(_ADDITIONAL.search(part.before) for part in parts):
        return False  # 另2个 is another two, but for 5个项目中……，另2个
    if (closing.role != "rest" or _WEAK_REST.search(closing.before)) and _is_one_list(document, total, parts):
        return False
    if closing.role == "rest" and total.role == "" and any(part.value > total.value for part in parts):
        return False
    if closing.role == "rest" and any(q.role == "rest" for q in between):
        return False  # 甲类已整改20个，其余9个……；乙类已整改3个，其余9个……: what is left of several totals
    if closing.role == "rest":
        start = document.paragraph_at(closing.span.start).span.start
        if document.text.find("\n", total.span.end, max(0, start - 1)) >= 0:
            return False  # paragraphs in between tell of other things
        if sole and total.value > between[0].value and closing.value < total.value:
            return True
        return total.role == "total" or (distance == 0 and not _WEAK_REST.search(closing.before))
    stepwise = (
        distance == 2
        and document.sentence_index(parts[0].span.start) == document.sentence_index(closing.span.start) - 1
    )
    return (distance <= 1 or stepwise) and (
        bool(total.noun) or total.role == "total" or _TOTAL_LABEL.search(total.before) is not None
    )


def _is_broken_down(document: Document, total: Quantity, between: Sequence[Quantity], closing: Quantity) -> bool:
    """Whether what is left is told in parts at once: 剩余184人次，其中走失的52人次，失联的67人次，其余65人次."""
    if len(between) < 2 or closing.role != "rest" or not in_one_sentence(document, total, closing):
        return False
    gap = document.text[total.span.end : between[0].span.start]
    return "，其中" in gap and gap.count("，") == 1 and "；" not in document.text[total.span.end : closing.span.start]


def _is_of_part(document: Document, total: Quantity) -> bool:
    """Whether a figure stands right behind one of a part: 其中交通事故伤者52人次33.8万元."""
    if total.before:
        return False
    return "其中" in document.text[max(total.clause.start, total.span.start - _NEAR_PART) : total.span.start]


_NEAR_PART = 40


def _is_one_of_several(document: Document, total: Quantity) -> bool:
    """Whether the sentence of a total counts the same kind of thing a second time."""
    sentence = document.words(document.sentence_at(total.span.start))
    return total.noun != "" and sentence.count(total.noun) > 1


def _is_attribute(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the state named before a total is of what it counts and not of how many: 未结案件46件，已结41件，未结5件."""
    if not total.noun or not total.before.endswith(total.noun) or any(part.noun for part in parts):
        return False
    near = abs(sum(part.value for part in parts) - total.value) * 5 <= total.value
    return near and all(part.value <= total.value for part in parts)


def _is_counted_in_state(document: Document, total: Quantity, between: Sequence[Quantity], closing: Quantity) -> bool:
    """Whether what is in one state may be told by state again: 陈某等10户已完成批复, 未结案件46件, 已移交的9件."""
    if total.before.endswith(("等", "的")) or total.noun or total.after.endswith("中"):
        return True
    return _is_attribute(total, [*between, closing])


def _is_amid_list(document: Document, previous: Quantity, total: Quantity, following: Quantity) -> bool:
    """Whether the would-be total stands amid a list of its like: 梁山县1件，高新区2件，经开区4件；其余1件."""
    mark = list_mark(document, previous, total)
    if not mark or mark != list_mark(document, total, following) or total.role not in ("", "part"):
        return False
    plain = {figure.role for figure in (previous, total, following)} == {""} and not total.noun
    return mark == "、" or plain


def _is_one_list(document: Document, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the would-be total is itself a member of the list: 大气72件、水49件、其他21件."""
    if total.role == "total" or len(parts) < 2 or _TOTAL_LABEL.search(total.before):
        return False
    first = list_mark(document, total, parts[0])
    marks = [list_mark(document, a, b) for a, b in pairwise(parts)]
    return bool(first) and not total.noun and all(mark == first for mark in marks) and total.role == ""


def _unnumbered_rest(document: Document, last: Quantity) -> Span | None:
    """A remainder named without its figure right after the list (其余任务正在推进), or a figure still to be filled in."""
    sentence = document.sentence_at(last.span.start)
    end = min(sentence.end, last.span.end + 60)
    found = _REST_WITHOUT_NUMBER.search(document.text, last.span.end, end)
    if found is None and document.sentence_has(_PLACEHOLDER, last.span.start):
        found = _PLACEHOLDER.search(document.text, sentence.start, last.span.start)
    return Span(*found.span()) if found is not None else None
