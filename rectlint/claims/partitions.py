"""Totals and their parts: which quantities of a text are said to make up which other one.

In: quantities in text order.  Out: `Partition` values, a total with its parts and how far the parts claim to be complete.

A partition is *closed* when the text itself says that nothing is left: a remainder with its figure (剩余28户), a done and a
pending part (已办结6件，正在办理3件), a word and its negation (属实93件，不属实16件), a plain list in brackets, or a list summed up
(A3户、B5户，共8户).  It is *open* where parts may be missing (其中…, 含…): then no part may exceed the total.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("移交线索9件，已办结6件，正在办理3件。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_partitions(document, tuple(find_quantities(document)))]
[('9件', ['6件', '3件'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims.balances import find_balances
from rectlint.claims.breakdowns import find_breakdowns
from rectlint.claims.closings import find_closings
from rectlint.claims.groups import find_groups
from rectlint.claims.lists import lanes_of, may_overlap
from rectlint.claims.partition import Closure, Partition
from rectlint.claims.places import find_lists_of_places, find_rows_of_places
from rectlint.claims.quantities import COUNTERS, Quantity
from rectlint.claims.schedules import find_schedules
from rectlint.claims.sums import find_sums
from rectlint.claims.votes import find_votes
from rectlint.document import Document
from rectlint.patterns import Pattern

_SUM_BEHIND = Pattern(r"[、，]\p{Han}{2,6}")
_EACH = Pattern(
    r"(?:各(?![类项种级地镇乡村县区市部单方位界环个洲国省州校院班科室队组站所])|每[个家座处所名人户村镇县区项台套间栋条])\p{Han}{0,6}$",
    needs=("各", "每"),
)
_PER_HEAD = Pattern(
    r"(?:(?:[人户亩]均|平均|均价|单价)(?!每?[年月天周季])|每(?:人|户|亩|平方米|公斤|吨))\p{Han}{0,8}$",
    needs=("均", "单价", "每"),
)
"""What is told per head of all is no sum of what is told per head of groups."""
_IN_FRONT = Pattern(r"，(?:共)?涉及\p{Han}{0,4}", needs=("涉及",))
_FORMERLY = Pattern(r"，?原(?:先|来|本)?(?![有定计则]|因)\p{Han}{1,6}$", needs=("原",))
_BESIDE = Pattern(
    r"(?:（[套次人个处家项]）)?(?:\p{Han}{1,4}(?=[、，]))?[、，]?(?:共|计|共计)?(?:\p{Han}{0,4}(?:金额|资金|面积|经费|价款))?(?:共|计|共计|合计)?"
)
"""What stands between a figure and its second measure."""

__all__ = ["Closure", "Partition", "find_partitions"]


def find_partitions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """All partitions; a total may have several (属实/不属实 and 已办结/正在办理 of the same cases)."""
    lanes = lanes_of(quantities, document)
    seen: dict[tuple[int, ...], Partition] = {}
    for candidates in (
        find_balances(document, quantities),
        find_sums(document, quantities),
        find_schedules(document, quantities),
        find_votes(document, quantities),
        find_closings(document, lanes),
        find_breakdowns(document, quantities, lanes),
        find_rows_of_places(document, quantities),
        find_groups(document, quantities),
        find_lists_of_places(document, lanes),
    ):
        for partition in candidates:
            if partition.total.unit in COUNTERS and partition.total.value % 1:
                continue  # 1.6家: a number of the list stuck to the count
            if _PER_HEAD.search(partition.total.before) is not None:
                continue  # 人均可支配收入3.8万元，其中城镇居民4.6万元、农村居民2.5万元
            if any(_EACH.search(part.before) for part in partition.parts) and len(set(partition.parts)) == len(
                partition.parts
            ):
                continue  # 甲镇、乙镇各3名: told once for each
            if partition.closure in ("rest", "status") and _FORMERLY.match(partition.parts[0].before):
                continue  # 共360个，原空置54个，现已出租41个: what was so before is no part beside what is so now
            seen.setdefault((partition.total.order, *(part.order for part in partition.parts)), partition)
    _add_twins(document, quantities, seen)
    sound = [partition for partition in seen.values() if partition.fits and len(partition.parts) > 1]
    for partition in seen.values():
        if partition.fits or not (
            any(_explains(other, partition) for other in sound) or _is_of_two(quantities, partition)
        ):
            yield _as_overlapping(document, partition)


def _add_twins(document: Document, quantities: Sequence[Quantity], seen: dict[tuple[int, ...], Partition]) -> None:
    """Add what partitions tell in a second measure: 核查86户、158人，其中符合条件79户、145人，不符合7户、13人.

    Where one of the two adds up, the heads are all there, and the other must add up too.
    """
    for key, partition in list(seen.items()):
        total = _twin(document, quantities, partition.total, whole=True)
        parts = [_twin(document, quantities, figure) for figure in partition.parts]
        twins = tuple(part for part in parts if part is not None)
        if total is None or len(parts) < 2 or len(twins) < len(parts) or {t.measure for t in twins} != {total.measure}:
            continue
        twin_key = (total.order, *(part.order for part in twins))
        persons = total.measure == "人" and partition.closure != "open"
        twin = seen.get(twin_key) or Partition(
            total, twins, "near" if persons else partition.closure, partition.unnumbered_rest
        )
        if partition.fits and twin.closure in ("open", "loose"):
            twin = twin._replace(closure="near")
        if twin.fits and partition.closure in ("open", "loose"):
            seen[key] = partition._replace(closure="near")
        seen[twin_key] = twin


def _twin(
    document: Document, quantities: Sequence[Quantity], figure: Quantity, *, whole: bool = False
) -> Quantity | None:
    """The second measure told right behind a figure: 19户、45.6万元; 设计变更41份，变更金额236万元."""
    if figure.order + 1 >= len(quantities):
        return None
    twin = quantities[figure.order + 1]
    if twin.measure == "元" != figure.measure and _SUM_BEHIND.fullmatch(
        document.text, figure.span.end, twin.span.start
    ):
        return twin if twin.bracket == figure.bracket else None
    back = quantities[figure.order - 1] if figure.order else twin
    if whole and _IN_FRONT.fullmatch(document.text, back.span.end, figure.span.start) is not None:
        return back if back.measure != figure.measure and back.bracket == figure.bracket else None
    beside = _BESIDE.fullmatch(document.text, figure.span.end, twin.span.start) is not None
    return twin if beside and twin.measure != figure.measure and twin.bracket == figure.bracket else None


def _explains(sound: Partition, doubtful: Partition) -> bool:
    """Whether a breakdown that adds up shows that another reading of its parts is none: the parts make up a nearer total
    (受理31件，实际办理24件，其中…), or are told of one member only (票据312张，其中手续不全的47张，已补齐39张，剩余8张)."""
    parts = {part.order for part in sound.parts}
    others = {part.order for part in doubtful.parts}
    if sound.total.order == doubtful.total.order:
        # 376个中已整改339个，部分整改30个，未整改7个。未整改的2个县里的问题: what comes behind a list that is complete
        return parts < others and len(parts) > 2 and max(parts) < max(others - parts)
    return parts == others or (parts < others and sound.total.order in others)


def _is_of_two(quantities: Sequence[Quantity], partition: Partition) -> bool:
    """Whether the parts make up two figures told between total and parts: 受理52件，已办结40件，阶段性办结8件，正在办理4件，其中属实31件、不属实17件."""
    total, first = partition.total, partition.parts[0]
    between = [q for q in quantities[total.order + 1 : first.order] if q.measure == total.measure]
    return any(one.value + other.value == partition.sum for one, other in pairwise(between))


def _as_overlapping(document: Document, partition: Partition) -> Partition:
    """Parts that make more than their total, where the text says that one case may come under several heads."""
    excess = partition.sum > partition.total.value and not partition.fits
    if excess and (_are_both_penalties(partition) or may_overlap(document, partition.parts[0])):
        return partition._replace(closure="overlap")
    return partition


def _are_both_penalties(partition: Partition) -> bool:
    """Whether persons are told by penalties of the party and of the state, both of which one may get."""
    of_party = [part for part in partition.parts if "党纪" in part.before and "政务" not in part.before]
    of_state = [part for part in partition.parts if "政务" in part.before and "党纪" not in part.before]
    if not (of_party and of_state) or partition.total.measure != "人":
        return False
    if partition.closure == "summed":  # no more can have got both than got either
        most = min(sum(part.value for part in penalty) for penalty in (of_party, of_state))
        return partition.sum - partition.total.value <= most
    return partition.closure in ("near", "loose", "itemized")
