"""Totals and their parts: which quantities of a text are said to make up which other one.

In: quantities in text order.  Out: `Partition` values, a total with its parts and how far the parts claim to be complete.

A partition is *closed* when the text itself says that nothing is left: a remainder with its figure (剩余28户), a done and a
pending part (已办结5件，正在办理2件), a word and its negation (属实93件，不属实16件), a plain list in brackets, or a list summed up
(A3户、B5户，共8户).  It is *open* where parts may be missing (其中…, 含…): then no part may exceed the total.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("移交线索7件，已办结5件，正在办理2件。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_partitions(document, tuple(find_quantities(document)))]
[('7件', ['5件', '2件'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from rectlint.claims.quantities import Quantity, leading_role
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.source import Span

Closure = Literal[
    "rest", "status", "negation", "bracket", "listed", "summed", "named", "near", "loose", "persons", "open"
]
"""Why a partition counts as closed; ``near`` is the weak sort (parts of one kind that nearly reach the total), ``loose`` a list that may be one."""

_STATUS = frozenset(("done", "staged", "pending", "true", "untrue"))
_PROGRESS = frozenset(("done", "staged", "pending"))
_REST_WITHOUT_NUMBER = Pattern(
    r"(?:其余|剩余|余下|剩下|尚余|其他|其它)(?:的|均|已|正|都|\p{Han}{1,8}?(?:正|已|均|将|争取|力争|按|待|也|由|在))(?![^，。；]{0,8}[\d])"
)
_PLACEHOLDER = Pattern(r"[×XxＸ_]{1,6}(?=[户个件项条人名家处起宗])", needs=("×", "X", "x", "_"))
_SUMMED = Pattern(r"(?:^|等|以上)(?:总共|共计|合计|总计|一共|累计|共)(?:\p{Han}{0,4})$")
_OPEN_WORD = Pattern(r"其中|含|包括|包含|涉及|如|主要|重点|特别|尤其|等$")
_NEGATIONS = "不未非无"
_CONTRASTS: tuple[tuple[str, ...], ...] = (
    ("新建", "修订"),
    ("新建", "完善"),
    ("新制定", "修订"),
    ("新出台", "修订"),
    ("制定", "修订"),
    ("男", "女"),
    ("上升", "下降"),
    ("镇级", "村级"),
    ("区级", "镇级"),
    ("县级", "乡级"),
    ("本级", "下属"),
    ("党纪", "组织处理"),
    ("城市", "农村"),
    ("党员", "群众"),
    ("专职", "兼职"),
)
_NEVER_PARTED = frozenset(["%", "百分点", "‰", "小时", "分钟", "年", "个月", "天", "级", "步", "个工作日", "周", "季度"])
_HANDLED = Pattern(r"处理|处分|问责|追责|追究|处置|惩处")
_FILED = Pattern(r"立案|留置|审查")
_MEASURE_TAKEN = Pattern(
    r"党纪|政务|政纪|警告|记过|记大过|降级|撤职|撤销|留党察看|开除|诫勉|提醒谈话|谈话提醒|批评教育|责令|书面检查|检查|通报|组织处理|组织调整|立案|调整职务|免职|约谈|停职|辞退|移送|第[一二三四]种"
)
_RANK = Pattern(r"[厅处科股]级|省部级|班子成员|一般干部|村干部|中层|领导干部|党员")
_MIXED_SCALE = 1000


@dataclass(frozen=True, slots=True)
class Partition:
    """``total`` is said to consist of ``parts`` (or, when ``open``, to include them)."""

    total: Quantity
    parts: tuple[Quantity, ...]
    closure: Closure
    unnumbered_rest: Span | None = None

    @property
    def sum(self) -> Decimal:
        """The sum of the parts."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def exact(self) -> bool:
        """Whether all figures are exact."""
        return all(quantity.exact for quantity in (self.total, *self.parts))

    @property
    def tolerance(self) -> Decimal:
        """How far apart sum and total may lie through rounding; 0 for whole counts."""
        steps = [quantity.step for quantity in (self.total, *self.parts)]
        if max(steps) / min(steps) >= _MIXED_SCALE:
            return sum(steps, Decimal(0)) / 2
        smallest = min(steps)
        if (
            all(q.value == q.value.to_integral_value() for q in (self.total, *self.parts))
            and self.total.measure != "元"
        ):
            return Decimal(0)
        return (
            smallest * len(self.parts) / 2
            if any(
                q.step != q.step.to_integral_value() or (q.unit == "元" and q.step < 10000 and q.step != 1)
                for q in self.parts
            )
            else Decimal(0)
        )

    @property
    def fits(self) -> bool:
        """Whether the parts add up to the total."""
        return abs(self.sum - self.total.value) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Completion:
    """``done`` of ``total`` are said to be completed; ``universal`` is the place that says all of them are."""

    total: Quantity
    done: Quantity
    universal: Span | None = None


def find_partitions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """All partitions; a total may have several (属实/不属实 and 已办结/正在办理 of the same cases)."""
    seen: set[tuple[int, ...]] = set()
    for partition in _candidates(document, quantities):
        key = (partition.total.index, *(part.index for part in partition.parts))
        if key not in seen:
            seen.add(key)
            yield partition


def _candidates(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    for (measure, _bracket), lane in _lanes(quantities).items():
        if measure not in _NEVER_PARTED:
            yield from _closed_by_status(document, lane)
            yield from _summed_up(document, lane)
            yield from _of_which(document, lane)
            yield from _enumerated(document, lane)
    yield from _bracketed(document, quantities)


def _lanes(quantities: Sequence[Quantity]) -> dict[tuple[str, int], list[Quantity]]:
    """Quantities that may be parts of one another: of one measure, in one bracket or outside all."""
    lanes: dict[tuple[str, int], list[Quantity]] = {}
    for quantity in quantities:
        lanes.setdefault((quantity.measure, quantity.bracket), []).append(quantity)
    return lanes


# --- a remainder or a pending part closes the list --------------------------------------------------------------------


def _closed_by_status(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    for index, closing in enumerate(lane):
        if closing.role not in ("rest", "pending", "untrue", "staged"):
            continue
        following = lane[index + 1] if index + 1 < len(lane) else None
        if (
            following is not None
            and _same_list(document, closing, following)
            and following.role in ("rest", "pending", "staged", "untrue")
            and (following.role == "untrue") == (closing.role == "untrue")
        ):
            continue
        found = _best_reading(document, lane, index)
        if found is not None:
            yield found


def _best_reading(document: Document, lane: Sequence[Quantity], index: int) -> Partition | None:
    """The reading of the list before ``lane[index]`` that adds up; failing that, the likeliest one."""
    closing = lane[index]
    closure: Closure = "rest" if closing.role == "rest" else "negation" if closing.role == "untrue" else "status"
    before = list(_scope(document, lane, index))
    trailing = list(_trailing(document, lane, index))
    likely: list[tuple[int, Partition]] = []
    for cut in range(1, len(before) + 1):
        total = before[-cut]
        between = before[len(before) - cut + 1 :]
        if not _may_total(total, closing) or not _compatible(total, closing):
            continue
        for parts in _readings(document, between, closing, trailing):
            if len(parts) < 2 or not _closes(parts, closing, closure):
                continue
            if _CARRIED_OVER.search(document.words(document.sentence_at(parts[0].span.start))):
                continue
            partition = Partition(total, tuple(parts), closure, _unnumbered_rest(document, parts[-1]))
            if partition.fits:
                return partition
            if _likely(document, total, between, parts, closing):
                likely.append((_weight(document, partition, closing), partition))
    return min(likely, key=lambda pair: pair[0])[1] if likely else None


def _weight(document: Document, partition: Partition, closing: Quantity) -> int:
    """How unlikely a reading is: a total called so is best, then one with a noun, then one that is large enough."""
    total = partition.total
    enough = total.value >= max(part.value for part in partition.parts)
    return 4 * (total.role != "total") + 2 * (not enough) + (total.noun == "")


def _scope(document: Document, lane: Sequence[Quantity], index: int) -> Iterator[Quantity]:
    """The quantities before ``lane[index]`` that may belong to the same statement, in order."""
    closing = lane[index]
    item = document.item_at(closing.span.start)
    sentence = document.sentence_index(closing.span.start)
    reach = 12 if closing.role == "rest" else 2
    found: list[Quantity] = []
    for quantity in reversed(lane[max(0, index - 12) : index]):
        if (
            document.item_at(quantity.span.start) != item
            or sentence - document.sentence_index(quantity.span.start) > reach
        ):
            break
        if quantity.role == "rest" and document.sentence_index(quantity.span.start) != sentence:
            break
        found.append(quantity)
    return reversed(found)


def _trailing(document: Document, lane: Sequence[Quantity], index: int) -> Iterator[Quantity]:
    """Quantities right after the closing one that go on with its list: 3个正在协调，1个进入诉讼."""
    previous = lane[index]
    for quantity in lane[index + 1 : index + 4]:
        if (
            not _same_list(document, previous, quantity)
            or quantity.role not in ("", "done")
            or (quantity.noun and quantity.noun != previous.noun)
        ):
            return
        yield quantity
        previous = quantity


def _same_list(document: Document, first: Quantity, second: Quantity) -> bool:
    between = document.text[first.span.end : second.span.start]
    return "。" not in between and "\n" not in between and len(between) <= 40


def _readings(
    document: Document, between: Sequence[Quantity], closing: Quantity, trailing: Sequence[Quantity]
) -> Iterator[list[Quantity]]:
    """The ways to take the list: the status parts only, all, those of the closing sentence, without 其中 parts."""
    dimension = ("true", "untrue") if closing.role == "untrue" else ("done", "staged", "pending", "rest")
    sentence = document.sentence_index(closing.span.start)
    stated = [q for q in between if q.role in dimension]
    outer = [q for q in _without_of_which(document, between) if q.role != "total"]
    near = [q for q in outer if document.sentence_index(q.span.start) == sentence]
    choices = [stated, outer, near] if closing.role != "rest" else [near, outer, stated]
    if (
        between
        and closing.role == "rest"
        and "其中" in _lead(document, between[0])
        and _same_list(document, between[0], closing)
    ):
        choices.insert(0, [q for q in between if q.role != "total"])
    seen: list[list[Quantity]] = []
    for choice in choices:
        for tail in ([], list(trailing)) if trailing else ([],):
            reading = [*choice, closing, *tail]
            if reading not in seen:
                seen.append(reading)
                yield reading


def _without_of_which(document: Document, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out 其中 parts and what is listed with them by 、."""
    kept: list[Quantity] = []
    dropping = False
    for quantity in quantities:
        if quantity.role == "part" or "其中" in quantity.before:
            dropping = True
        elif dropping and not (
            document.text[quantity.clause.start - 1 : quantity.clause.start] == "、" and quantity.role == ""
        ):
            dropping = False
        if not dropping:
            kept.append(quantity)
    return kept


def _may_total(total: Quantity, closing: Quantity) -> bool:
    return total.role != "rest" and total.role != "part" and not total.ranged and "其中" not in total.before


def _closes(parts: Sequence[Quantity], closing: Quantity, closure: Closure) -> bool:
    roles = {part.role for part in parts}
    if closure == "rest":
        return True
    if closure == "negation":
        return "true" in roles
    return bool(roles & {"done", "staged"}) and len(roles & _PROGRESS) >= 2


def _likely(
    document: Document, total: Quantity, between: Sequence[Quantity], parts: Sequence[Quantity], closing: Quantity
) -> bool:
    """Whether a reading that does not add up is firm enough to be called a contradiction."""
    if leading_role(total) in _STATUS:
        return False
    if any(q not in parts and q.span.start < parts[0].span.start and not _compatible(total, q) for q in between):
        return False
    if total.role in ("pending", "true", "untrue", "staged") and not total.noun:
        return False
    if total.role == "done" and total.noun == "":
        return False
    if any(part.noun and total.noun and not _compatible(total, part) for part in parts):
        return False
    if any(_ADDITIONAL.search(part.before) for part in parts):
        return False
    distance = document.sentence_index(closing.span.start) - document.sentence_index(total.span.start)
    if closing.role == "rest":
        return total.role == "total" or distance == 0
    return distance <= 1 and (bool(total.noun) or total.role == "total")


_ADDITIONAL = Pattern(r"新增|另|又|追加|补充|额外|同时")


def _compatible(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities may count the same things: equal nouns, or one left out."""
    a, b = first.noun, second.noun
    return not a or not b or a.endswith(b) or b.endswith(a) or a.startswith(b) or b.startswith(a)


def _unnumbered_rest(document: Document, last: Quantity) -> Span | None:
    """A remainder named without its figure right after the list: 其余任务正在推进."""
    end = document.sentence_at(last.span.start).end
    following = _REST_WITHOUT_NUMBER.search(document.text, last.span.end, min(end, last.span.end + 60))
    if following is None:
        start = document.sentence_at(last.span.start).start
        following = _PLACEHOLDER.search(document.text, start, last.span.start)
    return Span(*following.span()) if following is not None else None


# --- a list summed up at its end --------------------------------------------------------------------------------------


def _summed_up(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    for index, total in enumerate(lane):
        if not _SUMMED.search(total.before) or len(total.before) > 8:
            continue
        parts: list[Quantity] = []
        sentence = document.sentence_index(total.span.start)
        for quantity in reversed(lane[:index]):
            if document.sentence_index(quantity.span.start) != sentence or quantity.role in ("total", "rest"):
                break
            parts.insert(0, quantity)
        if len(parts) < 2 or not all(_listed_next(document, a, b) for a, b in pairwise([*parts, total])):
            continue
        nouns = {part.noun for part in parts}
        uniform = all("、" in document.text[a.span.end : b.span.start] for a, b in pairwise(parts))
        if (uniform or len({part.role for part in parts} - {"part"}) <= 1) and (
            total.noun == "" or nouns <= {total.noun, ""} or total.measure in ("人", "元")
        ):
            yield Partition(total, tuple(parts), "summed")


def _listed_next(document: Document, first: Quantity, second: Quantity) -> bool:
    """Whether only a label and a list mark stand between two figures, and no other figure."""
    between = document.text[first.span.end : second.span.start]
    return (
        len(between) <= 24
        and not any(character.isdigit() for character in between)
        and sum(between.count(mark) for mark in "、，；") >= 1
        and "。" not in between
    )


# --- 其中 and brackets ------------------------------------------------------------------------------------------------


def _of_which(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    """T，其中 A a个、B b个: each part at most T; more is claimed only where the parts say so themselves."""
    for index, first in enumerate(lane):
        respectively = _LISTED.match(first.before) is not None or _after_colon(document, lane, index)
        if index == 0 or not (respectively or _OF_WHICH.search(_lead(document, first))):
            continue
        total = _owner(document, lane, index)
        if total is None or not _owns(document, total, first) or not _may_own(total):
            continue
        if total.role == "done" and first.role in ("pending", "rest"):
            continue
        parts, separator = [first], ""
        for quantity in lane[index + 1 : index + 12]:
            mark = _list_mark(document, parts[-1], quantity)
            if not mark or (separator and mark != separator):
                break
            separator = mark
            parts.append(quantity)
        labels = [_label(document, part) for part in parts]
        if respectively and len(parts) >= 2 and not all(_MEASURE_TAKEN.search(label) for label in labels):
            yield Partition(total, tuple(parts), "listed")
        else:
            yield from _judge_open(document, total, parts)


def _after_colon(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether the quantity opens a list that a colon after the total announces: 39名：专职24名，兼职15名."""
    start = lane[index].clause.start
    return index > 0 and document.text[start - 1 : start] == "：" and lane[index - 1].clause.end == start - 1


_OF_WHICH = Pattern(r"其中|^(?:包括|包含|含)")
_LISTED = Pattern(r"(?:分别(?:为|是|有|系)|即|具体为|构成为)|.{0,10}(?:划分为|分为|分成)")


def _enumerated(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    """A list right after a total, without a word that says what it is.

    A word and its negation (发现问题的27次，未发现问题的4次) are closed; three or more like parts joined by 、 nearly
    always make the total up; other lists may.
    """
    for index, total in enumerate(lane[:-2]):
        first = lane[index + 1]
        opening = document.text[first.clause.start - 1 : first.clause.start]
        if total.role in ("part", "rest") or opening != "，" or first.clause.start != total.clause.end + 1:
            continue
        if _OF_WHICH.search(_lead(document, first)) or _LISTED.match(first.before) or leading_role(total) in _STATUS:
            continue
        parts, mark = [first], ""
        for quantity in lane[index + 2 : index + 12]:
            found = _list_mark(document, parts[-1], quantity, counted=True)
            if not found or (mark and found != mark):
                break
            parts.append(quantity)
            mark = found
        labels = [_label(document, part) for part in parts]
        if len(parts) == 2 and _are_negations(labels):
            yield Partition(total, tuple(parts), "negation")
        elif (
            len(parts) < 2
            or _overlaps(document, total)
            or any(part.role in ("total", "rest") for part in parts)
            or _continues(document, lane, parts[-1])
        ):
            continue
        elif all(labels) and {part.role for part in parts} != {"done", "pending"}:
            like = (
                (mark == "、" and len(parts) >= 3)
                or len({label[:2] for label in labels}) == 1
                or _WITHIN.search(total.after)
            )
            yield Partition(
                total, tuple(parts), "near" if like and not any(map(_THRESHOLD.search, labels)) else "loose"
            )


_WITHIN = Pattern(r"中$")


def _continues(document: Document, lane: Sequence[Quantity], last: Quantity) -> bool:
    """Whether a remainder follows in the same sentence, which closes the list properly."""
    index = lane.index(last)
    return index + 1 < len(lane) and lane[index + 1].role == "rest" and _same_list(document, last, lane[index + 1])


def _owner(document: Document, lane: Sequence[Quantity], index: int) -> Quantity | None:
    """The total before an 其中; ranks told in between (科级干部2人；其中，诫勉2人) are stepped over."""
    total = lane[index - 1]
    back = index - 2
    while back >= 0 and _RANK.search(total.before) and _same_list(document, lane[back], total):
        total = lane[back]
        back -= 1
    return total


def _lead(document: Document, quantity: Quantity) -> str:
    """The words between the figure and the clause before, 其中 with its own comma included (其中，政务立案1人)."""
    start = quantity.clause.start
    head = document.text[max(0, start - 3) : start]
    return (head if head.startswith("其中") else "") + quantity.before


def _owns(document: Document, total: Quantity, first: Quantity) -> bool:
    between = document.text[total.span.end : first.span.start]
    return len(between) <= 60 and "。" not in between and "\n" not in between and total.role != "part"


def _may_own(total: Quantity) -> bool:
    return not total.ranged and total.role != "rest"


def _list_mark(document: Document, previous: Quantity, quantity: Quantity, *, counted: bool = False) -> str:
    """The mark (、 ； or ，) by which ``quantity`` goes on with the list of ``previous``, or nothing if it does not."""
    outside = _outside_brackets(document.text[previous.span.end : quantity.span.start])
    if len(outside) > 22 or "。" in outside or "\n" in outside or any(character.isdigit() for character in outside):
        return ""
    if (quantity.role == "total" and not counted) or "共" in quantity.before:
        return ""
    return next((character for character in outside if character in "；、，"), "")


def _outside_brackets(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        if character == "（":
            depth += 1
        elif character == "）":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    return "".join(kept)


def _judge_open(document: Document, total: Quantity, parts: Sequence[Quantity]) -> Iterator[Partition]:
    beyond = next((index for index, part in enumerate(parts) if index and part.value > total.value), len(parts))
    parts = parts[:beyond]  # 68人，其中正厅37人，县处级497人: 其中 speaks of the first only
    labels = [_label(document, part) for part in parts]
    handled = [part for part, label in zip(parts, labels, strict=True) if _MEASURE_TAKEN.search(label)]
    if all(_FORM.match(label) for label in labels) and len(parts) >= 3:
        yield Partition(total, tuple(parts), "persons")
        return
    if total.measure == "人" and len(handled) == len(parts) and len(parts) >= 2:
        lead = total.before + total.after
        firm = _HANDLED.search(lead) and not _FILED.search(lead) and not _overlaps(document, total)
        closure: Closure = "persons" if firm else "open"
        yield Partition(total, tuple(parts), closure)
        return
    overlapping = _overlaps(document, total)
    yield Partition(total, tuple(parts), _closure_of(total, parts, labels, overlapping=overlapping))


def _overlaps(document: Document, total: Quantity) -> bool:
    """Whether the sentence says that one case may be counted under several heads."""
    return _OVERLAPPING.search(document.words(document.sentence_at(total.span.start))) is not None


def _closure_of(total: Quantity, parts: Sequence[Quantity], labels: Sequence[str], *, overlapping: bool) -> Closure:
    roles = {part.role for part in parts}
    if len(parts) < 2 or total.measure == "人次" or overlapping:
        return "open"
    if total.measure == "人" and len(set(labels)) == len(labels) and all(_RANK.search(label) for label in labels):
        return "negation" if sum(part.value for part in parts) > total.value else "near"
    if "rest" in roles:
        return "rest"
    if {"true", "untrue"} <= roles or _are_negations(labels):
        return "negation"
    if {"done", "pending"} <= roles:
        return "status"
    if (
        total.measure != "人"
        and all(label and label[-1] == labels[0][-1:] for label in labels)
        and not any(_THRESHOLD.search(label) for label in labels)
    ):
        return "near"
    return "open"


_FORM = Pattern(r"第[一二三四]种")
_THRESHOLD = Pattern(r"[\d%以上下]")


def _are_negations(labels: Sequence[str]) -> bool:
    """Whether one label is another one negated (合格 / 不合格), or the two are a known pair (新建 / 修订)."""
    for first in labels:
        for second in labels:
            if (
                first != second
                and len(first) >= 2
                and any(second.replace(mark, "", 1) == first for mark in _NEGATIONS if mark in second)
            ):
                return True
    return len(labels) == 2 and any(
        (a in labels[0] and b in labels[1]) or (b in labels[0] and a in labels[1]) for a, b in _CONTRASTS
    )


def _label(document: Document, part: Quantity) -> str:
    """What a part is called: the words before its figure, or after it when none stand before."""
    before = _lead(document, part).replace("其中", "").strip("，：（")
    return before or part.after.strip("的")


def _bracketed(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """T（A a个、B b个）: a plain list in brackets is a breakdown; 含 and 其中 in it make it open."""
    for index, total in enumerate(quantities):
        opening = document.text.find("（", total.span.end, total.span.end + 14)
        if opening < 0 or any(mark in document.text[total.span.end : opening] for mark in "，。；、：）\n"):
            continue
        inside = [
            q
            for q in _inside(document, quantities, index + 1, opening)
            if q.measure == total.measure and q.depth == total.depth + 1
        ]
        if not inside:
            continue
        parts = [q for q in inside if q.role != "total"]
        if (
            not parts
            or any(_ADDITIONAL.search(part.before) for part in parts)
            or "不含" in document.text[opening : parts[0].span.start]
        ):
            continue
        labels = [_label(document, part) for part in parts]
        lead = document.text[opening : parts[0].span.start]
        named = len(parts) >= 2 and all(document.text[part.span.end : part.span.end + 1] == "：" for part in parts)
        if named:
            yield Partition(total, tuple(parts), "named")
        elif _OPEN_WORD.search(lead) or len(parts) < 2 or total.measure == "人":
            yield from _judge_open(document, total, parts)
        else:
            yield Partition(total, tuple(parts), "bracket" if all(labels) else "open")


def _inside(document: Document, quantities: Sequence[Quantity], index: int, opening: int) -> Iterator[Quantity]:
    depth, end = 0, opening
    for end in range(opening, min(len(document.text), opening + 600)):
        character = document.text[end]
        depth += (character == "（") - (character == "）")
        if depth == 0 or character == "\n":
            break
    for quantity in quantities[index : index + 40]:
        if quantity.span.start >= end:
            return
        if quantity.span.start > opening:
            yield quantity


# --- done of all ------------------------------------------------------------------------------------------------------

_UNIVERSAL = Pattern(
    r"(?:已?全部|均已?|都已|悉数|100%|百分之百)(?:得到|按期|按时|如期|已)?(?:完成|整改|办结|化解|销号|到位|解决|落实|清退|退还|处置|清零)(?:整改|办结|办理|到位)?"
)
_UNIVERSAL_AFTER = Pattern(
    r"(?<=^.?|，)(?:整改|完成|办结|化解|销号|整改完成|整改销号)+率(?:达到|达|为)?(?:100%|百分之百)|(?<=[，、])已?全部(?:清零|见底|销号|到位|办结|完成)"
)
_DUE = Pattern(r"(?:应(?!急|对|用|答|届)|需(?!要|求))(?P<verb>\p{Han}{2,4})\p{Han}{0,10}$")
_DONE_FIRST = Pattern(
    r"(?:目前|现|至今|截至(?:\p{Han}|\d){0,10}?(?=实际|已|共|完成|办结|整改)|共|均|实际|实|累计|仅|只|按期|如期|全部|全面|已经?)*+(?:完成|整改|办结|化解|销号|解决|落实|处置|处理|清退|拆除|答复|采纳|结案|审结|纠正|入库|到位|竣工|完工|修复|整治)(?:整改|办结|办理|销号|验收|到位|化解|核查|整治|改造|修复|清理|建设|治理|处理|审核|完成|了|的|共|数)*+"
)
_RECENT = Pattern(r"新|当年|今年|本年|本月|当月")
_CARRIED_OVER = Pattern(r"结转|历年|积案|往年|上年|上轮|存量|超额")
_OVERLAPPING = Pattern(
    r"(?:同一|一[件案人])\p{Han}{0,6}(?:涉及|包含|属于|受到)\p{Han}{0,2}[多两]|部分(?:人员|案件|问题)?(?:合并|重复|交叉)|重复统计|(?<!不)重复计(?!算)|互有交叉|有交叉"
)
_TAIL_OF_TOTAL = Pattern(r"(?:$|已|均|全部|现|目前|其中|中|的整改|整改|至今|，)")
_LEVELS = Pattern(r"问题|任务|措施|举措|线索|事项|信访件|举报件|交办件|工单|图斑|隐患|案件|意见|建议|清单|项目")


def find_completions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Completion]:
    """Pairs such as ``63个问题已完成整改62个``: a total with a level word and how much of it is done."""
    for lane in _lanes(quantities).values():
        for total, done in pairwise(lane):
            if _is_done_of(document, total, done):
                yield Completion(total, done, _universal(document, total, done))


def _is_done_of(document: Document, total: Quantity, done: Quantity) -> bool:
    if done.role != "done" or done.ranged or total.ranged or total.role in ("rest", "part", "pending"):
        return False
    if _is_due(document, total, done):
        return True
    own = done.before.removeprefix(total.noun) if total.clause == done.clause else done.before
    first = _DONE_FIRST.match(own)
    if first is None or own[first.end() :] not in ("", done.noun, total.noun):
        return False
    if _CARRIED_OVER.search(document.words(document.sentence_at(done.span.start))) or (
        "累计" in own and _RECENT.search(total.before)
    ):
        return False
    if not _LEVELS.search(total.noun) or (done.noun and not _compatible(total, done)):
        return False
    if (
        "其中" in done.before
        or _ADDITIONAL.search(done.before)
        or document.paragraph_at(total.span.start) != document.paragraph_at(done.span.start)
    ):
        return False
    if not 0 <= document.sentence_index(done.span.start) - document.sentence_index(total.span.start) <= 1:
        return False
    position = total.after.find(total.noun)
    tail = total.after[position + len(total.noun) :] if position >= 0 else total.after
    return (total.role != "done" or _UNIVERSAL.search(tail) is not None) and _TAIL_OF_TOTAL.match(tail) is not None


def _is_due(document: Document, total: Quantity, done: Quantity) -> bool:
    """应公开事项61项，已公开62项: the same verb, first as due and then as done."""
    due = _DUE.search(total.before)
    if due is None or document.sentence_at(total.span.start) != document.sentence_at(done.span.start):
        return False
    verb = due["verb"]
    lengths = (4, 3, 2, 1) if total.measure == "元" else (4, 3, 2)
    return any(
        f"{head}{verb[:length]}" in done.before
        for length in lengths
        if len(verb) >= length
        for head in ("已", "已完成", "已全部", "实际", "实")
    )


def _universal(document: Document, total: Quantity, done: Quantity) -> Span | None:
    end = min(document.sentence_at(done.span.start).end, done.span.end + 24)
    found = _UNIVERSAL.search(document.text, total.span.end, done.span.start) or _UNIVERSAL_AFTER.search(
        document.text, done.span.end, end
    )
    return Span(*found.span()) if found is not None else None
