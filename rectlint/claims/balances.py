"""Figures that must balance by what they are called: 送审, 审定 and 核减; 应配, 实有 and 缺口; bodies of several sorts and all of them.

In: a `Document` and its quantities.  Out: `Partition` values, the whole with its two or more parts.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("涉及18个部门、9个乡镇和4家企业，合计31个单位。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_balances(document, tuple(find_quantities(document)))]
[('31个', ['18个', '9个', '4家'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.partition import Partition
from rectlint.claims.quantities import COUNTERS, Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern

_TRIPLES = tuple(
    tuple(Pattern(source) for source in sources)
    for sources in (
        (r"(?:送审|报审)\p{Han}{0,4}$", r"审定\p{Han}{0,4}$", r"[核审]减\p{Han}{0,4}$"),
        (r"(?:安排|下达|筹集)\p{Han}{0,6}资金$", r"(?:支出|使用|支付)(?:资金)?$", r"(?:结余|结转|尚余)(?:资金)?$"),
        (r"决算\p{Han}{0,4}$", r"概算\p{Han}{0,4}$", r"超概(?:算)?$"),
        (
            r"(?:核定\p{Han}{0,8}|编制数?|职数)$|(?<![响供相反对适])应(?:当|该)?(?:配|有|设|建|到|缴|收|拨|补)\p{Han}{0,12}$",
            r"(?:实际?|现)(?:配|有|设|建|到|缴|收|拨|补)\p{Han}{0,8}$",
            r"(?:缺口|空缺|空编|缺编|缺额|短缺|[缺欠少])\p{Han}{0,4}$",
        ),
        (
            r"(?:(?:缺口|缺额|空缺|缺编|欠缺)\p{Han}{0,4}原(?:为|有|是)?|原(?:有)?(?:缺口|缺额|空缺|缺编|[缺差])\p{Han}{0,6})$",
            r"(?:补充|补齐|补足|补录|补招|招录|招聘|引进|配备|配齐|选配|化解|填补)(?:了|到位)?\p{Han}{0,4}$",
            r"(?:尚|还|仍)(?:有)?(?:缺口|空缺|[缺差欠])\p{Han}{0,4}$",
        ),
    )
)
_DIFFERENCE = Pattern(lambda: "|".join(difference.source for _, _, difference in _TRIPLES))
"""Any difference: most figures stand behind none, and one search shows it."""
_REACH, _NEAR = 120, 4
_SUMMED = Pattern(
    r"^(?:以上)?(?:(?:共计|合计|总计|共)(?:涉及)?|(?:合计|总计)\p{Han}{1,4})$", needs=("共", "合计", "总计")
)
_JOINED = Pattern(r"\p{Han}{0,14}(?:、|和|及|以及|与)\p{Han}{0,8}")
_LAST = Pattern(r"\p{Han}{0,14}，")
_EVENTS = frozenset(("人", "人次", "次", "场", "期", "轮", "批", "批次", "方面", "类", "级"))


def find_balances(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """All balances, each with its whole first."""
    for quantity in quantities:
        if not quantity.before:
            continue
        if _DIFFERENCE.search(quantity.before) is not None:
            for whole, part, difference in _TRIPLES:
                if difference.search(quantity.before) is not None:
                    yield from _triple(document, quantities, quantity, whole, part)
        if quantity.unit in COUNTERS and _SUMMED.may_match(quantity.before) and _SUMMED.match(quantity.before):
            yield from _of_several_sorts(document, quantities, quantity)


def _triple(
    document: Document, quantities: Sequence[Quantity], difference: Quantity, whole: Pattern, part: Pattern
) -> Iterator[Partition]:
    """The whole and the part that the sentence tells before the difference, where each is told once."""
    near = [
        q for q in quantities[max(0, difference.order - _NEAR) : difference.order] if q.measure == difference.measure
    ]
    near = [q for q in near if _is_of_sentence(document, q, difference)]
    wholes = [q for q in near if whole.search(q.before) is not None]
    parts = [q for q in near if part.search(q.before) is not None]
    parts = [part for part in parts if part not in wholes]
    if len(wholes) != 1 or len(parts) != 1:
        return
    found = Partition(wholes[0], (parts[0], difference), "listed")
    others = [q for q in near if q.order > wholes[0].order and q is not parts[0]]
    if others and sum((q.value for q in others), found.sum) == wholes[0].value:
        return  # 应收86万元，减免12万元，实收70万元，欠缴4万元
    last = max(wholes[0].order, parts[0].order)
    if found.fits or not any(
        q.order > last for q in near
    ):  # 编制156名，实有132名，新招录14名，空编10名: no more the same
        yield found


def _is_of_sentence(document: Document, figure: Quantity, other: Quantity) -> bool:
    between = document.text[figure.span.end : other.span.start]
    return len(between) <= _REACH and "。" not in between and "；" not in between and "\n" not in between


def _of_several_sorts(document: Document, quantities: Sequence[Quantity], total: Quantity) -> Iterator[Partition]:
    """涉及18个部门、9个乡镇和4家企业，合计31个单位: counters differ, so that the figures are in no one lane."""
    parts: list[Quantity] = []
    joint, behind = _LAST, total
    for quantity in reversed(quantities[max(0, total.order - 8) : total.order]):
        gap = document.text[quantity.span.end : behind.span.start - len(behind.before if behind is total else "")]
        if joint.fullmatch(gap) is None or quantity.unit not in COUNTERS or quantity.bracket != total.bracket:
            break
        parts.insert(0, quantity)
        joint, behind = _JOINED, quantity
    measures = {part.measure for part in parts}
    if len(parts) >= 2 and len(measures | {total.measure}) > 1 and not measures & _EVENTS:
        yield Partition(total, tuple(parts), "near")
