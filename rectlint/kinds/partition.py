"""Totals against their parts: closed lists must add up, open ones must not exceed.

What counts as closed is decided where the partitions are read (`rectlint.claims.partitions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rectlint.claims import Claims
from rectlint.claims.completions import Completion
from rectlint.claims.lists import lead_of
from rectlint.claims.otherwise import adds_up_otherwise
from rectlint.claims.partitions import Partition
from rectlint.claims.punished import Punished
from rectlint.claims.quantities import Quantity
from rectlint.claims.slips import is_likely_slip, is_mistyped
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.records import NamedTuple
from rectlint.report import Verdict, Words
from rectlint.values import format_number

_CLOSED = frozenset(("rest", "status", "negation", "bracket", "listed", "summed", "named"))


class Params(NamedTuple):
    """``near``: a list of like parts that misses its total by no more than this many percent was meant to make it up;
    ``loose``: the same for any other list that follows a total, and for what 其中 tells of a total of at least ``large``; ``close``: the same for figures of at least ``large``, which
    hardly come so close by chance; ``itemized``: the same for three or more heads behind 其中, of a total of at least ``few``."""

    near: int = 20
    loose: int = 10
    itemized: int = 5
    few: int = 20
    close: int = 2
    large: int = 50


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Judge every partition, then every pair of a total and what is done of it."""
    balanced = {
        figure.order
        for stock in claims.stocks
        if stock.fits and stock.gains
        for figure in (stock.start, *stock.gains, *stock.losses)
    }  # 旧存56件，新收230件，审结251件，未结35件: what is closed and open is of both
    for partition in claims.partitions:
        outcome = _judge(partition, params)
        if outcome.verdict == "contradicted" and (
            partition.total.order in balanced
            or not _is_one_slip_away(partition)
            or _may_leave_some_out(claims, partition)
            or adds_up_otherwise(claims.document, claims.quantities, partition)
        ):
            outcome = _outcome(partition, "unchecked", "sum", "ambiguous")
        yield outcome
    for completion in claims.completions:
        yield _judge_completion(completion)
    for punished in claims.punished:
        yield _judge_punished(punished)


_MANY = 5
_TOO_LARGE = 3
_HUNDREDS = 300


def _is_one_slip_away(partition: Partition) -> bool:
    """Whether one mistyped figure, or one part left out, explains the difference; a list of many parts needs no explanation,
    and neither does a unit."""
    total, parts, excess = partition.total.value, partition.parts, partition.sum - partition.total.value
    if len(parts) >= _MANY or partition.off_by_scale:
        return True
    largest = max(part.value for part in parts)
    if len(parts) == 1 or largest > total:
        return excess <= 0 or largest <= total * _TOO_LARGE or is_likely_slip(largest, total)
    if excess < 0 and partition.sum * 2 >= total:
        return True
    return is_likely_slip(total, partition.sum) or any(
        is_likely_slip(part.value, part.value - excess) for part in parts
    )


def _may_leave_some_out(claims: Claims, partition: Partition) -> bool:
    """Whether 其中 may name the main kinds only: the total is in the thousands, and neither a small difference nor one mistyped digit
    shows that the kinds were meant to make it up."""
    total, lack = partition.total, partition.total.value - partition.sum
    if partition.closure not in ("near", "itemized") or lack <= 0 or total.value / total.step < _THOUSANDS:
        return False
    if lack * _HAIR <= total.value or "其中" not in lead_of(claims.document, partition.parts[0]):
        return False
    figures = ((total.value, -lack), *((part.value, lack) for part in partition.parts))
    roundings = [step * total.step for step in range(-2, 3) if abs(step * total.step) <= partition.tolerance]
    return not any(
        is_mistyped(f"{written:f}", f"{written + missing + rounding:f}")
        for written, missing in figures
        for rounding in roundings
    )


_THOUSANDS, _HAIR = 1000, 200


def _judge(partition: Partition, params: Params) -> Outcome:
    total, closure = partition.total, partition.closure
    if not partition.exact:
        return _outcome(partition, "unchecked", "sum", "approximate")
    if partition.fits:
        return _outcome(partition, "consistent", "sum")
    if partition.off_by_scale:
        return _outcome(partition, "contradicted", "sum")
    if closure == "overlap":
        small = all(part.value <= total.value for part in partition.parts)
        return _within(partition) if small else _outcome(partition, "unchecked", "sum", "overlap")
    if closure in _CLOSED:
        return _judge_closed(partition, params)
    if closure == "loose" and not (_apart_by(partition, params.loose) or _is_a_slip(partition)):
        return _outcome(partition, "unchecked", "sum", "not-closed")
    excessive = next((part for part in partition.parts if part.value > total.value), None)
    if excessive is not None:
        return _excess(total, excessive, "part-exceeds")
    if closure == "persons":
        return _outcome(partition, "contradicted", "persons")
    if closure == "apart":
        return _outcome(partition, "contradicted", "near")
    if closure == "itemized":
        return _judge_itemized(partition, params)
    large = total.value / total.step >= params.large and len(partition.parts) >= 2
    selected = large and partition.sum < total.value and "其中" in partition.parts[0].before
    many = len(partition.parts) == 2 and total.value / total.step >= _HUNDREDS
    kinds = params.itemized if many else params.loose  # of many cases those behind 其中 may be the main kinds only
    like = kinds if selected else params.near
    if closure == "near" and (_apart_by(partition, like) or _is_one_too_many(partition)):
        return _outcome(partition, "contradicted", "near")
    if large and _apart_by(partition, params.close):
        return _outcome(partition, "contradicted", "near")
    if closure == "loose":
        return _outcome(partition, "contradicted", "loose")
    if closure == "open":
        return _within(partition)
    return _outcome(partition, "unchecked", "sum", "not-closed")


def _judge_closed(partition: Partition, params: Params) -> Outcome:
    """A list that closes itself contradicts its total, unless a part is left without a figure; done and staged parts
    alone (完成34个，阶段性完成3个) leave room for cases that are neither."""
    less = partition.sum < partition.total.value
    if less and partition.unnumbered_rest is not None:
        return _outcome(partition, "unchecked", "sum", "no-number")
    if less and partition.closure == "status" and "pending" not in {part.role for part in partition.parts}:
        if _apart_by(partition, params.near):
            return _outcome(partition, "contradicted", "near")
        return _outcome(partition, "unchecked", "sum", "not-closed")
    return _outcome(partition, "contradicted", "sum")


def _judge_itemized(partition: Partition, params: Params) -> Outcome:
    """A list behind 其中 that misses its total by a hair was meant to make it up; of a small total less can be said."""
    units = partition.total.value / partition.total.step
    missing = abs(partition.sum - partition.total.value) / partition.total.step
    if units < params.few:
        return (
            _outcome(partition, "contradicted", "loose")
            if missing * 5 <= units and missing <= 2
            else _within(partition)
        )
    more = partition.sum > partition.total.value
    shared = partition.total.measure in ("人", "人次", "户")  # who may come under two heads
    most = params.itemized if not more else params.loose if shared else params.near
    if missing <= 2 or _apart_by(partition, most):
        return _outcome(partition, "contradicted", "near")
    return _within(partition)


def _apart_by(partition: Partition, percent: int) -> bool:
    """Whether sum and total lie no more than ``percent`` of the total apart."""
    return abs(partition.sum - partition.total.value) * 100 <= partition.total.value * percent


def _is_one_too_many(partition: Partition) -> bool:
    """Whether like parts of a small total make one more than it: 4个（其中甲类3个、乙类2个）."""
    return partition.total.counted and partition.total.value >= 4 and partition.sum == partition.total.value + 1


def _is_a_slip(partition: Partition) -> bool:
    """Whether a small total and its parts lie one apart, or two of a dozen."""
    units = partition.total.value / partition.total.step
    missing = abs(partition.sum - partition.total.value) / partition.total.step
    return missing <= (2 if units >= 12 else 1) and units >= 5


def _within(partition: Partition) -> Outcome:
    """An open list whose parts are all at most the total: as much agreement as such a list can show."""
    total = partition.total
    largest = max(partition.parts, key=lambda part: part.value)
    return Outcome(
        "consistent",
        total.span,
        tuple(Evidence(part.span, "part") for part in partition.parts),
        derivation=f"{_figure(largest, total)} ≤ {_figure(total, largest)}",
        expected=f"≤ {total.figure}",
        actual=largest.figure,
        defect="part-exceeds",
    )


def _judge_punished(punished: Punished) -> Outcome:
    """Persons of one item against those of the whole, punished in one way."""
    whole, part = punished.whole, punished.part
    if part.value > whole.value:
        outcome = _excess(whole, part, "part-exceeds")
        named = punished.act + part.text
        return outcome._replace(values={"total": _named(whole), "part": named})
    return Outcome(
        "consistent",
        part.span,
        (Evidence(whole.span, "total"),),
        derivation=f"{punished.act}：{part.text} ≤ {whole.text}",
        defect="part-exceeds",
    )


def _judge_completion(completion: Completion) -> Outcome:
    total, part = completion.total, completion.part
    if total is None or part.role in ("pending", "rest"):
        return _conflict(completion)
    evidence = (Evidence(total.span, "total"),)
    if not (total.exact and part.exact):
        return Outcome("unchecked", part.span, evidence, defect="done-exceeds", reason="approximate")
    if part.value > total.value:
        return _excess(total, part, "done-exceeds")
    if completion.universal is not None and part.value < total.value:
        return _conflict(completion)
    return Outcome(
        "consistent",
        part.span,
        evidence,
        derivation=f"{part.figure} ≤ {total.figure}",
        expected=total.figure,
        actual=part.figure,
        defect="done-exceeds",
    )


def _conflict(completion: Completion) -> Outcome:
    """An “all done” beside a figure that says otherwise."""
    total, part, universal = completion.total, completion.part, completion.universal
    assert universal is not None
    left = part.role in ("pending", "rest")
    figure = part.figure + part.unit
    all_of = total.figure + total.unit if total is not None else ""
    evidence = (Evidence(universal, "claim"), *((Evidence(total.span, "total"),) if total is not None else ()))
    return Outcome(
        "contradicted",
        part.span,
        evidence,
        derivation=f"{figure} > 0" if left else f"{figure} < {all_of}",
        expected="0" if left else all_of,
        actual=figure,
        defect="all-done",
        values={
            "figure": Words(f"未完成 {figure}", f"{figure} not done")
            if left
            else Words(f"完成 {figure}（共 {all_of}）", f"{figure} of {all_of} done")
        },
    )


def _excess(total: Quantity, part: Quantity, defect: str) -> Outcome:
    return Outcome(
        "contradicted",
        part.span,
        (Evidence(total.span, "total"),),
        derivation=f"{_figure(part, total)} > {_figure(total, part)}",
        expected=f"≤ {total.figure}",
        actual=part.figure,
        defect=defect,
        values={"total": _named(total), "part": _named(part)},
    )


def _outcome(partition: Partition, verdict: Verdict, defect: str, reason: str = "") -> Outcome:
    total, parts = partition.total, partition.parts
    terms = " + ".join(_figure(part, total) for part in parts)
    sum_text = _in_unit_of(total, partition.sum, parts)
    sign = "=" if partition.sum == total.value else "≈" if partition.fits else "≠"
    derivation = f"{terms} = {sum_text}" + ("" if sign == "=" else f" {sign} {_figure(total, *parts)}")
    evidence = tuple(
        Evidence(part.span, "complement" if part.role == "rest" else "pending" if part.role == "pending" else "part")
        for part in dict.fromkeys(parts)
    )
    difference = abs(partition.sum - total.value)
    return Outcome(
        verdict,
        total.span,
        evidence,
        derivation=derivation,
        expected=_figure(total, *parts),
        actual=sum_text,
        defect=defect,
        values={
            "of": _named(total),
            "total": _figure(total, *parts),
            "sum": sum_text,
            "terms": terms,
            "difference": _in_unit_of(total, difference, parts),
        },
        reason=reason,
    )


def _named(quantity: Quantity) -> str:
    """A figure with the words by which a reader finds it: 审计发现问题82个, 处理9名党员干部."""
    before = quantity.before.replace("其中", "").strip("，：（、”")[-_WORDS:].translate(_INNER_MARKS)
    noun = quantity.noun if quantity.after.startswith(quantity.noun) else ""
    return before + quantity.text + noun[:_WORDS]


_INNER_MARKS = str.maketrans("“”", "‘’")
_WORDS = 8
"""So many code points before and behind a figure name it."""


def _mixed(*quantities: Quantity) -> bool:
    """Whether the figures are written with different scales or units, so that each must show its own."""
    return len({quantity.figure.lstrip("0123456789.,") + quantity.unit for quantity in quantities}) > 1 and any(
        quantity.figure[-1:] in "万亿" for quantity in quantities
    )


def _figure(quantity: Quantity, *others: Quantity) -> str:
    if _mixed(quantity, *others):
        return quantity.figure + quantity.unit
    figure = quantity.figure if quantity.figure[0].isascii() else format_number(quantity.value)
    return figure.rstrip("万亿") if quantity.figure[0].isascii() else figure


def _in_unit_of(total: Quantity, value: Decimal, parts: tuple[Quantity, ...]) -> str:
    """``value`` in the scale the total is written in, or in that of the parts where it has none."""
    scales = [_scale_of(figure) for figure in (total, *parts)]
    scale = scales[0] or (scales[1] if len(set(scales[1:])) == 1 else "")
    factor = {"万": 10**4, "亿": 10**8}.get(scale, 1)
    text = format_number(value / factor)
    return text + scale + total.unit if _mixed(total, *parts) else text


def _scale_of(quantity: Quantity) -> str:
    return quantity.figure.lstrip("0123456789.,") if quantity.figure[0].isascii() else ""


_SUM = ("of", "total", "sum", "terms", "difference")
KIND = Kind(
    "partition",
    Params,
    {
        "sum": _SUM,
        "near": _SUM,
        "loose": _SUM,
        "persons": _SUM,
        "part-exceeds": ("total", "part"),
        "done-exceeds": ("total", "part"),
        "all-done": ("figure",),
    },
    check,
)
