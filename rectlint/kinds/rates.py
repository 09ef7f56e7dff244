"""Rates and shares: does k of n give the percentage, can any whole number give it, do closed shares make 100?

All readings are tried before a rate is said not to follow: with what is done in stages, without what was handed on, for
this sentence and for the segment, rounded or cut off, from rounded inputs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from rectlint.claims import Claims
from rectlint.claims.lists import outside_brackets
from rectlint.claims.proportions import Proportion, find_proportion
from rectlint.claims.quantities import Quantity, within
from rectlint.claims.rates import Rate
from rectlint.claims.rounding import Interval, about, matches, total, written_as
from rectlint.claims.slips import is_likely_slip, rounded
from rectlint.kinds._share_list import Base, Member, common_base, interval_of, is_petty
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span


class Params(NamedTuple):
    """``largest_base``: above this base nearly every percentage is possible, and none is called impossible."""

    largest_base: int = 2000


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Check lists of shares together, each other rate by itself, then whether closed shares make 100."""
    found = {
        rate.order: find_proportion(claims.document, claims.quantities, rate)
        for rate in claims.rates
        if rate.sort not in ("from", "change", "other")
    }
    listed = dict(_lists(claims, found))
    counted: set[int] = set()
    for rate in claims.rates:
        for outcome in _one(claims, rate, listed, found, params):
            if outcome.verdict == "consistent" and outcome.defect == "does-not-follow":
                counted.add(rate.order)
            yield outcome
    yield from _shares(claims, counted)
    yield from _opposites(claims)


def _one(
    claims: Claims, rate: Rate, listed: Mapping[int, Outcome], found: Mapping[int, Proportion], params: Params
) -> Iterator[Outcome]:
    """What is to be said of one rate by itself."""
    if rate.value > 100 and rate.sort not in ("from", "change") and _is_of_a_whole(rate):
        yield _above_hundred(rate)
    elif (fraction := _FRACTION.match(claims.document.text, rate.span.end)) is not None:
        yield _against_fraction(rate, fraction)
    elif rate.order in listed:
        yield listed[rate.order]
    elif rate.order in found:
        yield from _against_counts(claims, rate, found[rate.order], params)


_FRACTION = Pattern(r"（(?P<part>\d{1,6})/(?P<whole>[1-9]\d{0,5})）")


def _against_fraction(rate: Rate, fraction: Match) -> Outcome:
    """整改率95.2%（40/42）."""
    part, whole = int(fraction["part"]), int(fraction["whole"])
    evidence = (Evidence(Span(*fraction.span("part")), "part"), Evidence(Span(*fraction.span("whole")), "base"))
    derivation = f"{part}÷{whole}={_round(Fraction(part, whole) * 100, _decimals(rate))}%"
    fits = _accepts(rate, Interval.exact(part), Interval.exact(whole))
    return Outcome(
        "consistent" if fits else "contradicted",
        rate.span,
        evidence,
        derivation if fits else f"{derivation}≠{rate.text}",
        expected=derivation.rpartition("=")[2],
        actual=rate.text,
        defect="does-not-follow",
        values={"rate": rate.text, "name": _label_words(rate), "derivation": derivation, "fits": Words("", "")},
    )


# --- lists of counts with their shares --------------------------------------------------------------------------------


def _lists(claims: Claims, found: Mapping[int, Proportion]) -> Iterator[tuple[int, Outcome]]:
    """The shares of one sentence that each have a count of their own, against their common base."""
    groups: dict[tuple[int, str], list[Member]] = {}
    for rate in claims.rates:
        numerator = found[rate.order].numerator if rate.order in found else None
        if rate.sort == "share" and numerator is not None and numerator.exact and found[rate.order].pool:
            sentence = claims.document.sentence_at(rate.span.start).start
            groups.setdefault((sentence, numerator.measure), []).append((rate, numerator))
    for members in groups.values():
        if len(members) > _LONGEST:
            continue
        base = common_base(members, found[members[0][0].order].pool)
        if base is not None and len({numerator.span for _, numerator in members}) == len(members):
            whole = sum((rate.value for rate, _ in members), Decimal(0)) == 100
            for order, member in enumerate(members):
                own = found[member[0].order]
                if not base.stated and own.clear and own.base is not None and own.base.exact and own.numerator:
                    yield member[0].order, _follows(claims, member[0], own, own.numerator)
                    continue
                outcome = _member_outcome(member, base, trimmed=whole)
                if outcome.verdict == "contradicted" and _is_of_its_own_aim(claims, *member):
                    outcome = outcome._replace(verdict="unchecked", reason="ambiguous")
                if order == 0 and len(base.stated) == len(members) > 1:
                    outcome = _against_own_total(claims, member[0], found[member[0].order], outcome)
                yield member[0].order, outcome


def _against_own_total(claims: Claims, rate: Rate, found: Proportion, otherwise: Outcome) -> Outcome:
    """The first share of a list that fits its members' sum: it must fit the total that the text states, too."""
    if not found.clear or found.numerator is None:
        return otherwise
    outcome = _follows(claims, rate, found, found.numerator)
    return outcome if outcome.verdict == "contradicted" else otherwise


def _member_outcome(member: Member, base: Base, *, trimmed: bool) -> Outcome:
    rate, numerator = member
    size = _written_sum(base.stated) if base.stated else f"约{_round((base.size.low + base.size.high) / 2, 0)}"
    middle = (base.size.low + base.size.high) / 2
    exact = sum((Fraction(q.value) for q in base.stated), Fraction(0)) or middle
    derivation = f"{numerator.figure}÷{size}={_round(Fraction(numerator.value) / exact * 100, _decimals(rate))}%"
    evidence = _evidence((numerator,), tuple(q for q in base.stated if q != numerator))
    if base.odd is None or base.odd[0] is not rate:
        return Outcome("consistent", rate.span, evidence, derivation, defect="does-not-follow")
    if trimmed and is_petty(member, base.size):
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="forced")
    return Outcome(
        "contradicted",
        rate.span,
        evidence,
        f"{derivation}≠{rate.text}",
        expected=derivation.rpartition("=")[2],
        actual=rate.text,
        defect="does-not-follow",
        values={"rate": rate.text, "name": _label_words(rate), "derivation": derivation, "fits": Words("", "")},
    )


# --- k of n -----------------------------------------------------------------------------------------------------------


def _against_counts(claims: Claims, rate: Rate, found: Proportion, params: Params) -> Iterator[Outcome]:
    if found.numerator is not None and found.bases and (later := _of_later_state(claims, rate, found)) is not None:
        yield _follows(claims, rate, later, later.numerator or found.numerator)
    elif found.numerator is not None and found.bases:
        yield _follows(claims, rate, found, found.numerator)
    elif found.base is not None:
        yield _possible(claims, rate, found, found.base, params)
    elif rate.sort in ("named", "share"):
        yield Outcome("unchecked", rate.span, derivation=_label(rate), defect="does-not-follow", reason="no-base")


def _of_later_state(claims: Claims, rate: Rate, found: Proportion) -> Proportion | None:
    """共420间，原闲置63间……尚有15间闲置，闲置率由15%下降到3.6%: where a count gives the rate that was, those behind it may
    give the one that is; beyond doubt the one that is said to be left and bears the rate's name."""
    start = claims.rates[rate.order - 1] if rate.sort == "to" and rate.order else None
    part, base = found.numerator, found.base
    if (
        start is None
        or start.sort != "from"
        or rate.span.start - start.span.end > _PAIR
        or part is None
        or base is None
    ):
        return None
    if not _accepts(start, interval_of(part), interval_of(base)):
        return None
    sentence = claims.document.sentence_at(rate.span.start)
    behind = within(claims.quantities, max(part.span.end, sentence.start), start.span.start)
    later = [q for q in behind if q.measure == part.measure and q != base and q.value <= base.value][-_READINGS:]
    name = rate.name.removesuffix("率")[-2:]
    left = [q for q in later if q.exact and name in q.before + q.after and _STILL.search(q.before) is not None]
    return found._replace(
        numerator=(left or later or [part])[-1],
        clear=found.clear and len(left) == 1,
        numerators=(*((q,) for q in later), *found.numerators),
    )


_STILL = Pattern(r"(?:尚|仍|还|现|只|仅)(?:有|余|剩)(?:余|下)?$|(?:降|减|增|升)(?:少|加)?[到至为]$")
_PAIR = 12
"""So far apart the two rates of a pair may stand: 由15%，进一步下降到3.6%."""


def _follows(claims: Claims, rate: Rate, found: Proportion, numerator: Quantity) -> Outcome:
    fitting = _fitting(rate, found)
    if fitting is not None:
        derivation = _derivation(rate, found, *fitting)
        evidence = _evidence(fitting[0], fitting[1])
        return Outcome("consistent", rate.span, evidence, derivation, defect="does-not-follow")
    base = found.base
    if base is None and found.clear and found.bases and all(q.exact for q in found.bases[0]):
        return _misfit(rate, found, numerator, found.bases[0])
    if base is None:
        evidence = _evidence((numerator,), ())
        return Outcome("unchecked", rate.span, evidence, _label(rate), defect="does-not-follow", reason="no-base")
    evidence = _evidence((numerator,), (base,))
    derivation = _derivation(rate, found, (numerator,), (base,), None)
    if found.clear and rate.sort == "share" and _is_forced(claims, rate, numerator, base):
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="forced")
    if rate.sort == "share" and not rate.of and _fits_another_sort(claims, rate, numerator):
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if rate.value == 100 and numerator.order < base.order and base.clause == rate.clause:
        # 对238家卫生室开展核查，实现全县341家机构检查覆盖率100%: all of the ones it is said of
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if rate.name == "完成率" and any(
        q.value + numerator.value == base.value for q in _between(claims, numerator, rate)
    ):
        # 十件实事，9件全部完成，1件完成年度计划的92.5%: how far the last one is
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if _are_ends_of_a_trend(base, numerator) or _is_out_of_scale(rate, numerator, base):
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if base.value == numerator.value and rate.value < _NEARLY_ALL:
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if rate.sort == "share" and (
        _is_of_its_own_aim(claims, rate, numerator)
        or _is_of_a_group(claims, rate, base)
        or _is_sister_of(claims, rate, numerator, base)
    ):
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if _is_of_a_narrower_scope(claims, rate, numerator, base) or _is_precisely_that_of_others(claims, rate):
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    if not (found.clear and numerator.exact and base.exact):
        reason = "ambiguous" if not found.clear else "approximate"
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason=reason)
    return _misfit(rate, found, numerator, (base,))


def _between(claims: Claims, numerator: Quantity, rate: Rate) -> Sequence[Quantity]:
    """The figures behind the numerator that lead up to the rate without a comma."""
    text = claims.document.text
    figures = within(claims.quantities, numerator.span.end, rate.head)
    return [q for q in figures if "，" not in outside_brackets(text[q.span.end : rate.head])]


def _is_out_of_scale(rate: Rate, numerator: Quantity, base: Quantity) -> bool:
    """Whether the two give less than a fiftieth of the rate, or fifty times as much: nobody meant them."""
    given = float(numerator.value) * 100 / float(base.value) if base.value else 0.0
    return rate.sort == "share" and not given * _SCALE > float(rate.value) > given / _SCALE


_SCALE = 50


def _are_ends_of_a_trend(base: Quantity, numerator: Quantity) -> bool:
    """Whether one figure went over into the other, which is no part of it: 结余36万元，降到11万元，结余率降至2.6%."""
    before = numerator.before.removesuffix("了")
    return base.order == numerator.order - 1 and before.endswith(
        ("降到", "降至", "增加到", "增至", "减少到", "减至", "上升到")
    )


_NEARLY_ALL = 90


def _is_of_a_group(claims: Claims, rate: Rate, base: Quantity) -> bool:
    """Whether the whole has its share of the plan already, so that a part's is one of a plan of its own: 完成投资62亿元，占年度计划的73%。
    其中续建项目完成45亿元，占年度计划的75%."""
    if _AIMED.search(rate.of) is None:
        return False
    near = claims.rates[max(0, rate.order - _READINGS) : rate.order]
    return any(
        earlier.sort == "share"
        and earlier.of == rate.of
        and any(
            quantity.measure == base.measure and _accepts(earlier, interval_of(quantity), interval_of(base))
            for quantity in within(claims.quantities, base.span.end, earlier.head)
        )
        for earlier in near
        if earlier.head > base.span.end
    )


def _is_sister_of(claims: Claims, rate: Rate, numerator: Quantity, base: Quantity) -> bool:
    """Whether the would-be base has a share of the same total, as its sister has: 较大的6起、占总数的86%，重大的3起、占总数的75%."""
    return any(
        earlier.sort == "share"
        and earlier.of == rate.of != ""
        and 0 <= earlier.head - base.span.end <= 1
        and "其中" not in claims.document.text[earlier.span.end : numerator.span.start]
        for earlier in claims.rates[max(0, rate.order - _READINGS) : rate.order]
    )


_AIMED = Pattern(r"目标|任务|计划|指标")


def _is_of_its_own_aim(claims: Claims, rate: Rate, numerator: Quantity) -> bool:
    """Whether another figure of the paragraph, of the same measure, is the aim that gives the share: 引进大项目10个、小项目100个。
    ……引进大项目7个，占年度目标的70%."""
    if _AIMED.search(rate.of) is None:
        return False
    paragraph = claims.document.paragraph_at(rate.span.start).span
    return any(
        quantity.measure == numerator.measure
        and quantity.exact
        and _accepts(rate, interval_of(numerator), interval_of(quantity))
        for quantity in within(claims.quantities, max(paragraph.start, rate.span.start - _NEARBY), numerator.span.start)
    )


def _is_of_a_narrower_scope(claims: Claims, rate: Rate, numerator: Quantity, base: Quantity) -> bool:
    """Whether the counts have their rate already and this one, with more words to its name, is that of a part of them whose
    counts are not told: 抽检1640批次，不合格41批次，不合格率2.5%。其中，二季度不合格率为2.8%."""
    return any(
        earlier.sort == "named"
        and earlier.name[-2:] == rate.name[-2:]
        and earlier.name != rate.name
        and earlier.span.start > max(numerator.span.start, base.span.start)
        and _accepts(earlier, interval_of(numerator), interval_of(base))
        for earlier in claims.rates[max(0, rate.order - _READINGS) : rate.order]
    )


def _fits_another_sort(claims: Claims, rate: Rate, numerator: Quantity) -> bool:
    """Whether a share to a decimal is that of another sort of things told before: 全县村232个。……“一肩挑”229人，占98.7%."""
    if rate.step >= 1 or not rate.exact or not numerator.counted:
        return False
    paragraph = claims.document.paragraph_at(rate.span.start).span
    return any(
        quantity.measure != numerator.measure
        and quantity.counted
        and quantity.value >= numerator.value
        and _accepts(rate, interval_of(numerator), interval_of(quantity))
        for quantity in within(claims.quantities, max(paragraph.start, rate.span.start - _NEARBY), numerator.span.start)
    )


_NEARBY = 300


def _is_one_slip_away(rate: Rate, found: Proportion, numerator: Quantity, bases: _Group) -> bool:
    """Whether one mistyped figure explains why the rate does not follow, or another reading comes close to it."""
    part, whole = numerator.value, sum((base.value for base in bases), Decimal(0))
    if not part or not whole or not rate.value:
        return False
    if part > whole or not rate.exact:
        return True
    groups = (sum((q.value for q in group), Decimal(0)) for group in found.numerators[:_READINGS])
    if any(abs(rate.value - made * 100 / whole) * 20 <= rate.value for made in groups):
        return True
    return (
        is_likely_slip(rate.value, rounded(part * 100 / whole, rate.step))
        or is_likely_slip(part, rounded(rate.value * whole / 100, numerator.step))
        or is_likely_slip(whole, rounded(part * 100 / rate.value, bases[0].step))
    )


def _misfit(rate: Rate, found: Proportion, numerator: Quantity, bases: _Group) -> Outcome:
    derivation = _derivation(rate, found, (numerator,), bases, None)
    if not found.complement and not _is_one_slip_away(rate, found, numerator, bases):
        evidence = _evidence((numerator,), bases)
        return Outcome("unchecked", rate.span, evidence, derivation, defect="does-not-follow", reason="ambiguous")
    fits = _fits(rate, numerator, bases[0]) if len(bases) == 1 else Words("", "")
    return Outcome(
        "contradicted",
        rate.span,
        _evidence((numerator,), bases),
        f"{derivation}≠{rate.text}",
        expected=derivation.rpartition("=")[2],
        actual=rate.text,
        defect="does-not-follow",
        values={"rate": rate.text, "name": _label_words(rate), "derivation": derivation, "fits": fits},
    )


def _is_forced(claims: Claims, rate: Rate, numerator: Quantity, base: Quantity) -> bool:
    """Whether a share was moved by one in its last place so that the shares of the sentence make exactly 100."""
    sentence = claims.document.sentence_at(rate.span.start)
    near = claims.rates[max(0, rate.order - _LONGEST) : rate.order + _LONGEST]
    row = [r for r in near if r.sort == "share" and sentence.start <= r.span.start < sentence.end]
    if len(row) < 2 or sum((r.value for r in row), Decimal(0)) != 100:
        return False
    part, whole = interval_of(numerator), interval_of(base)
    return any(matches(part, whole, rate.value + step, rate.step) for step in (rate.step, -rate.step))


_LONGEST = 40
_READINGS = 12
_FAR = 15.0  # percentage points; more than rounded inputs such as 2万 of 3万 can make
_Group = tuple[Quantity, ...]


def _fitting(rate: Rate, found: Proportion) -> tuple[_Group, _Group, Quantity | None] | None:
    """The first reading that gives the rate: numerator group, base group, and what the base leaves out."""
    for parts in found.numerators[:_READINGS]:
        for bases in found.bases[:_READINGS]:
            if set(parts) <= set(bases) and len(parts) == len(bases) and not found.whole:
                continue
            for less in (None, *found.less[:_READINGS]):
                if less not in parts and _is_near(rate, parts, bases, less, complement=found.complement):
                    part, whole = total(interval_of(q) for q in parts), total(interval_of(q) for q in bases)
                    part = whole - part if found.complement else part
                    if _accepts(rate, part, whole - interval_of(less) if less else whole):
                        return parts, bases, less
    return None


def _is_near(rate: Rate, parts: _Group, bases: _Group, less: Quantity | None, *, complement: bool) -> bool:
    """A quick look that spares the exact arithmetic for readings that are far off."""
    part, whole = sum(float(q.value) for q in parts), sum(float(q.value) for q in bases)
    part = whole - part if complement else part
    whole -= float(less.value) if less is not None else 0
    return whole > 0 and abs(part / whole * 100 - float(rate.value)) <= (_FAR if rate.exact else 100)


def _accepts(rate: Rate, part: Interval, whole: Interval) -> bool:
    if rate.exact:
        return (part.low <= whole.high or rate.value > 100) and matches(part, whole, rate.value, rate.step)
    if rate.approximation == "about" and rate.step < 1:  # 约占83.1%: rounded, and said to be
        return any(matches(part, whole, rate.value + move, rate.step) for move in (Decimal(0), rate.step, -rate.step))
    quotient = part.over(whole)
    return quotient is not None and about(quotient, rate.value, rate.approximation, tenths=rate.tenths)


def _evidence(parts: Sequence[Quantity], bases: Sequence[Quantity]) -> tuple[Evidence, ...]:
    numerators = tuple(Evidence(q.span, "part") for q in parts if q not in bases)
    return numerators + tuple(Evidence(q.span, "base") for q in bases)


def _derivation(rate: Rate, found: Proportion, parts: _Group, bases: _Group, less: Quantity | None) -> str:
    """The division as people write it: (492+291)÷1427=54.9%, (46-3)÷46=93.5%."""
    numerator, base = _written_sum(parts), _written_sum(bases)
    part = sum((Fraction(q.value) for q in parts), Fraction(0))
    whole = sum((Fraction(q.value) for q in bases), Fraction(0))
    if found.complement:
        numerator, part = f"({base}-{numerator})", whole - part
    if less is not None:
        base, whole = f"({base}-{less.figure})", whole - Fraction(less.value)
    return f"{numerator}÷{base}={_round(part / whole * 100, _decimals(rate))}%" if whole else f"{numerator}÷{base}"


def _written_sum(quantities: Sequence[Quantity]) -> str:
    written = "+".join(q.figure for q in quantities)
    return f"({written})" if len(quantities) > 1 else written


def _decimals(rate: Rate) -> int:
    """One decimal at least, so that a reader sees which way it was rounded."""
    exponent = rate.step.as_tuple().exponent
    return max(1, -exponent if isinstance(exponent, int) else 0)


def _round(value: Fraction, decimals: int) -> str:
    quantum = Decimal(1).scaleb(-decimals)
    exact = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(quantum, ROUND_HALF_UP)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _label(rate: Rate) -> str:
    return f"{rate.name or '比率'}{rate.text}"


def _label_words(rate: Rate) -> str | Words:
    if rate.name in ("占", "占比", ""):
        return Words("占比", "the share")
    return Words(rate.name, f"the rate ({rate.name})")


def _fits(rate: Rate, numerator: Quantity, base: Quantity) -> Words:
    """What whole number of the base would give the rate, where there is exactly one."""
    if not (rate.exact and base.counted and numerator.counted and base.step <= 1):
        return Words("", "")
    fitting = _whole_numbers(rate, base)
    if len(fitting) != 1:
        return Words("", "")
    return Words(
        f"；总数{base.figure}的{rate.text}是{fitting[0]}", f"; {rate.text} of {base.figure} would be {fitting[0]}"
    )


# --- base only --------------------------------------------------------------------------------------------------------


def _possible(claims: Claims, rate: Rate, found: Proportion, base: Quantity, params: Params) -> Outcome:
    evidence = (Evidence(base.span, "base"),)

    def unchecked(reason: str) -> Outcome:
        return Outcome("unchecked", rate.span, evidence, _label(rate), defect="impossible", reason=reason)

    if not rate.exact or not base.exact:
        return unchecked("approximate")
    if not (base.counted and base.step <= 1 and 0 < base.value <= params.largest_base and rate.value <= 100):
        return unchecked("no-number")
    for group in found.bases:
        quantity = group[0]
        if quantity.counted and quantity.step <= 1 and quantity.value > 0 and (fit := _whole_numbers(rate, quantity)):
            text = f"{fit[0]}÷{quantity.figure}={_round(Fraction(fit[0]) / Fraction(quantity.value) * 100, _decimals(rate))}%"
            return Outcome("consistent", rate.span, (Evidence(quantity.span, "base"),), text, defect="impossible")
    if not found.clear or _is_share_of_others(claims, rate):
        return unchecked("ambiguous")
    near = _neighbours(rate, base)
    return Outcome(
        "contradicted",
        rate.span,
        evidence,
        near,
        expected=near,
        actual=rate.text,
        defect="impossible",
        values={"rate": rate.text, "base": base.text, "near": near, "name": _label_words(rate)},
    )


def _is_share_of_others(claims: Claims, rate: Rate) -> bool:
    """Whether two other figures of the sentence make the rate: 113名中，采编61名、技术22名、行政15名，采编人员占54.0%."""
    sentence = claims.document.sentence_at(rate.span.start)
    start = max(sentence.start, rate.span.start - _SENTENCE)
    figures = [q for q in within(claims.quantities, start, rate.span.start) if q.exact and q.counted][-_FIGURES:]
    return any(
        part.value < whole.value
        and part.measure == whole.measure
        and written_as(Interval.exact(Fraction(part.value) / Fraction(whole.value)), rate.value, rate.step)
        for part in figures
        for whole in figures
    )


def _is_precisely_that_of_others(claims: Claims, rate: Rate) -> bool:
    """Whether two other counts of the sentence, of whatever, make a rate to two decimals: 18宗（19个），已整改11宗，其中另案处理
    1宗，占57.89%."""
    if rate.step > _TWO_DECIMALS or not rate.exact:
        return False
    sentence = claims.document.sentence_at(rate.span.start)
    start = max(sentence.start, rate.span.start - _SENTENCE)
    figures = [q for q in within(claims.quantities, start, rate.span.start) if q.exact and q.counted][-_FIGURES:]
    return any(
        0 < part.value < whole.value and _accepts(rate, interval_of(part), interval_of(whole))
        for part in figures
        for whole in figures
    )


_TWO_DECIMALS = Decimal("0.01")
_SENTENCE, _FIGURES = 200, 12


def _whole_numbers(rate: Rate, base: Quantity) -> list[int]:
    """The whole numbers that give the rate as a part of the base, at most three of them."""
    if rate.value == 100:
        return [int(base.value)]  # which is strict, however large the base
    first = int((base.value * (rate.value - rate.step / 2) / 100).to_integral_value(ROUND_FLOOR))
    last = int((base.value * (rate.value + rate.step) / 100).to_integral_value(ROUND_CEILING))
    found: list[int] = []
    for number in range(max(0, first), min(int(base.value), last) + 1):
        if matches(Interval.exact(number), Interval.exact(base.value), rate.value, rate.step):
            found.append(number)
            if len(found) == 3:
                break
    return found


def _neighbours(rate: Rate, base: Quantity) -> str:
    lower = int((base.value * rate.value / 100).to_integral_value(ROUND_FLOOR))
    places = _decimals(rate)
    return "，".join(
        f"{number}÷{base.figure}={_round(Fraction(number) / Fraction(base.value) * 100, places)}%"
        for number in (lower, lower + 1)
        if 0 <= number <= base.value
    )


# --- above 100 --------------------------------------------------------------------------------------------------------

# rates of a whole, which end at 100; 任务完成率, 预算执行率, 资金到位率 and the like may lawfully exceed it and are left out
_OF_A_WHOLE = Pattern(
    r"(?:整改|整改完成|整改落实|问题完成|问题解决|办结|化解|结案|满意|知晓|签约|签订|合格|配备|销号|处置|覆盖|达标|参与|处理|采纳|公开|建档|响应|及时|在线|上线|普及|回访|好评"
    r"|优良|通过|答复|反馈|落实|查实|属实|立案|成案|出勤|到会|参会|参训|归档|纳管|清零|验收|收集|清运|拨付|发放|回复|见面|知悉|入库|审结|上报|报送|安装|检测|体检|接种|硬化|绿化|参保"
    r"|好转|支持|认可|认同|规范化|标准化|信息化|电子化|清理|清除|处结|执结|稳定|回应|受理|核查|排查|核实|核销|移交|确权|登记|备案|公示|签收|到访|见底)率$|满意度$|知晓度$"
)
_NOT_OF_A_WHOLE = Pattern(r"拨备|成本|利息|准备金|保障|风险|净资产|超额|任务|计划|目标|预算")
_SHARE_OF_A_WHOLE = Pattern(
    r"^全[国省市州县区镇乡村街校院局](?:总数|总量|\p{Han}{0,2})?的?$|(?:总数|总量|总额|总体|全部|总人数|总件数|问题总数|人数)的?(?:比例|比重)?$|^$"
)
_SHARE_OF_AIM = Pattern(r"任务|计划|目标|预算|去年|上年|同期|指标")


def _above_hundred(rate: Rate) -> Outcome:
    return Outcome(
        "contradicted",
        rate.span,
        (),
        f"{_label(rate)}>100%",
        expected="≤100%",
        actual=rate.text,
        defect="above-hundred",
        values={"rate": rate.text, "name": _label_words(rate)},
    )


def _is_of_a_whole(rate: Rate) -> bool:
    if rate.sort == "share":
        return _SHARE_OF_A_WHOLE.search(rate.of) is not None and _SHARE_OF_AIM.search(rate.of) is None
    if rate.name.endswith("占比"):
        return _SHARE_OF_AIM.search(rate.name) is None
    return _OF_A_WHOLE.search(rate.name) is not None and _NOT_OF_A_WHOLE.search(rate.name) is None


# --- a rate and its opposite ------------------------------------------------------------------------------------------

_BETWEEN_OPPOSITES = Pattern(r"[，；、（](?:其中|而|即|相应|对应|总体|的|则|综合)*")


def _opposites(claims: Claims) -> Iterator[Outcome]:
    """不合格率2.1%，合格率97.9%: the two make 100."""
    text = claims.document.text
    for first, second in itertools.pairwise(claims.rates):
        if first.sort != "named" or second.sort != "named" or second.head - first.span.end > _BETWEEN:
            continue
        names = {first.name.removeprefix("总体"), second.name.removeprefix("总体")}
        plain = min(names, key=len)
        if names != {plain, f"不{plain}"} and names != {plain, f"未{plain}"}:
            continue
        if _BETWEEN_OPPOSITES.fullmatch(text, first.span.end, second.head) is None:
            continue
        yield _complement(first, second)


_BETWEEN = 10


def _complement(first: Rate, second: Rate) -> Outcome:
    rest = 100 - first.value
    derivation = f"100%-{first.text}={_plain(rest)}%"
    evidence = (Evidence(first.span, "share"),)
    if not (first.exact and second.exact):
        return Outcome("unchecked", second.span, evidence, derivation, defect="does-not-follow", reason="approximate")
    if abs(rest - second.value) <= max(first.step, second.step):
        return Outcome("consistent", second.span, evidence, derivation, defect="does-not-follow")
    return Outcome(
        "contradicted",
        second.span,
        evidence,
        f"{derivation}≠{second.text}",
        expected=f"{_plain(rest)}%",
        actual=second.text,
        defect="does-not-follow",
        values={
            "rate": second.text,
            "name": _label_words(second),
            "derivation": derivation,
            "fits": Words("", ""),
        },
    )


# --- shares that close ------------------------------------------------------------------------------------------------

_GROUPED = Pattern(r"(?:按|从)[^，。；]{1,14}?(?:分|看|划分|统计|来看|区分)|分为|分成|构成|组成|结构(?:为|看)")
_NUMBERED = Pattern(r"(?P<number>[两三四五六七八2-8])(?:个)?(?:部分|大?类|种|块|方面|档|等次)")
_MADE_UP = Pattern(
    r"[，；](?:以上|上述|这)?(?P<number>[两三四五六七八2-8])(?:大?类|种|者|部分|项|个?方面)\p{Han}{0,6}?"
    r"(?:构成|组成|即为|就是|即是|覆盖)了?(?:全部|全体|所有|整个)"
)
_FORMS = Pattern(r"第一种?(?:至|到|、).{0,8}第四种|四种形态.{0,30}第一种")
_FOREMOST = Pattern(
    r"占比(?:较|最|均较|相对较)[大高重多]|主要|前[二两三四五十\d]|最多|较多|突出|集中|排名|排在|位居|居前|多为|热点"
)
_NUMBERS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_PETTY = Decimal("0.2")  # percentage points: two decimals seldom close, and nobody minds
_NEAR = 15
_LEAD = 200
_OTHERS = Pattern(r"(?:其他|其它|其余|剩余)[^，。；、]{0,10}$")
_CLASS = Pattern(r"(?:类|型|等次|档次|形态|以[上下]|之间|岁)(?:的|人员|干部|党员|问题|占|占比|各)*$")
_OPPOSED: tuple[tuple[str, ...], ...] = (
    ("不满意", "满意"),
    ("优秀", "合格"),
    ("男", "女"),
    ("属实", "不属实"),
    ("农村", "城"),
)


def _shares(claims: Claims, counted: Set[int]) -> Iterator[Outcome]:
    """Rows of shares within one sentence, closed by their wording."""
    groups: dict[int, list[Rate]] = {}
    for rate in claims.rates:
        if rate.sort == "share" and not _is_aside(claims, rate):
            groups.setdefault(claims.document.sentence_at(rate.span.start).start, []).append(rate)
    for start, told in groups.items():
        group = [rate for rate in told if _OF_PEOPLE.search(rate.of) is None] or told
        for row in itertools.chain.from_iterable(_rows(claims, start, part) for part in _breakdowns(claims, group)):
            if len(row) >= 2:
                yield _closes(claims, start, row, overlap=all(rate.order in counted for rate in row))


_OPENS_BREAKDOWN = Pattern(
    r"[，；：。](?:其中，?)?[按从分就依][^，。；：\d]{1,14}(?:分类?|划分|区分|看|统计|计|而言|来说|分布)[，：]",
    needs=("按", "从", "分", "就", "依"),
)


def _breakdowns(claims: Claims, group: list[Rate]) -> Iterator[list[Rate]]:
    """The shares of a sentence, those behind each 按……分 by themselves: each breaks the same total down anew."""
    part: list[Rate] = []
    for rate in group:
        if part and _OPENS_BREAKDOWN.search(claims.document.text, part[-1].span.end, rate.head) is not None:
            yield part
            part = []
        part.append(rate)
    yield part


def _is_aside(claims: Claims, rate: Rate) -> bool:
    """Whether a share stands in brackets behind 其中, and so is one of a part: 因处罚（其中罚款占69%）……的占35%."""
    opening = claims.document.text.rfind("（", rate.clause.start - 1, rate.head)
    return opening >= 0 and claims.document.text.startswith("其中", opening + 1)


_OF_PEOPLE = Pattern(r"(?:委员|代表|职工|党员|干部|人口|人数|教师|学生|户)总?(?:数|人数)?的?$")
"""Shares of people beside shares of things are no part of their row: 提案270件，占35%; 参与的委员391人，占委员总数的67%."""


def _rows(claims: Claims, start: int, group: list[Rate]) -> Iterator[list[Rate]]:
    """Each written row 占a%、b%、c% by itself; single shares of a sentence (甲占a%，乙占b%) together."""
    runs: dict[int, list[Rate]] = {}
    for rate in group:
        runs.setdefault(rate.run, []).append(rate)
    singles = [row[0] for row in runs.values() if len(row) == 1]
    yield from (row for row in runs.values() if len(row) > 1)
    if singles:
        yield singles


def _closes(claims: Claims, start: int, row: list[Rate], *, overlap: bool) -> Outcome:
    """``overlap``: each share follows from its own count, so that the counts overlap where the shares do not make 100."""
    shares = sum((rate.value for rate in row), Decimal(0))
    derivation = f"{'+'.join(_figure(rate) for rate in row)}={_plain(shares)}%"
    half = max(sum((rate.step for rate in row), Decimal(0)) / 2, _PETTY)
    cut = max(rate.step for rate in row) / 2  # some cut off instead of rounding: then the sum falls a little shorter
    last, others = row[-1], row[:-1]
    evidence = tuple(Evidence(rate.span, "share") for rate in others)
    if 100 - half - cut <= shares <= 100 + half:
        return Outcome("consistent", last.span, evidence, derivation, defect="shares")
    reason = ""
    if not all(rate.exact for rate in row):
        reason = "approximate"
    elif overlap:
        reason = "overlap"
    elif not _is_closed(claims, start, row):
        reason = "not-closed"
    elif not _is_near_hundred(row, shares):
        reason = "ambiguous"
    if reason:
        return Outcome("unchecked", last.span, evidence, derivation, defect="shares", reason=reason)
    span = Span(row[0].span.start, last.span.end)
    return Outcome(
        "contradicted",
        span if row[0].run == last.run else last.span,
        () if row[0].run == last.run else evidence,
        f"{derivation}≠100%",
        expected="100%",
        actual=f"{_plain(shares)}%",
        defect="shares",
        values={"derivation": derivation, "count": str(len(row)), "sum": f"{_plain(shares)}%"},
    )


def _is_near_hundred(row: Sequence[Rate], shares: Decimal) -> bool:
    """Whether one mistyped share, or one left out of many, explains why they do not make 100."""
    excess = shares - 100
    if len(row) >= _MANY or abs(excess) <= _NEAR:
        return True
    return any(is_likely_slip(rate.value, rate.value - excess) for rate in row)


_MANY = 5


def _is_closed(claims: Claims, start: int, row: list[Rate]) -> bool:
    """Whether the wording says that nothing is left beside these shares.

    Others named last, as many members as announced, and opposites close a list by themselves; 从……看 and labels such as
    ……类 do so only where the sum comes near 100, since many texts name the main classes only.
    """
    text = claims.document.text
    lead = text[max(start, row[0].head - _LEAD) : row[0].head]
    whole = text[max(start, row[-1].head - 3 * _LEAD) : row[-1].head]
    if row[0].run == row[-1].run and "等" in text[max(start, row[0].head - 10) : row[0].head]:
        return False
    if "等" in text[row[-1].span.end : row[-1].span.end + 2] or "其中" in text[row[0].span.end : row[-1].head]:
        return False
    if _MORE_BEHIND.match(text, row[-1].span.end) is not None:
        return False
    labels = _labels(text, start, row)
    if _FOREMOST.search(lead) is not None or (row[0].run != row[-1].run and len(labels) != len(row)):
        return False
    told = _MADE_UP.match(text, row[-1].span.end)
    if told is not None and _count(told["number"]) == len(row):
        return True
    if len(row) == 4 and _FORMS.search(whole) is not None:
        return True
    numbered = _NUMBERED.search(lead)
    if numbered is not None and _count(numbered["number"]) == len(row):
        return True
    if labels and _OTHERS.search(labels[-1]) is not None:
        return True
    if labels and any(all(any(word in label for label in labels) for word in pair) for pair in _OPPOSED):
        return True
    near = abs(sum((rate.value for rate in row), Decimal(0)) - 100) <= _NEAR
    classes = bool(labels) and all(_CLASS.search(label) is not None for label in labels)
    return near and len(row) >= 3 and (classes or _GROUPED.search(lead) is not None)


_MORE_BEHIND = Pattern(r"[。；](?:此外|另外|除此之外|其他|其余|另有)[^。\n]{0,80}占(?:比)?[\d.]+%")


def _count(digit: str) -> int:
    return int(digit) if digit.isascii() else _NUMBERS[digit]


def _labels(text: str, start: int, row: list[Rate]) -> list[str]:
    """What each share is the share of, as far as the wording shows it, without the count (来访174件，占84%: 来访)."""
    if row[0].run != row[-1].run:
        ends = [start, *(rate.span.end for rate in row)]
        parts = [text[max(ends[i], rate.head - 40) : rate.head] for i, rate in enumerate(row)]
        return [_COUNT.compiled.sub("", part.rpartition("：")[2]).strip("，；、。（）") for part in parts]
    clause = text[max(start, row[0].head - 60) : row[0].head]
    clause = clause.removesuffix("分别").removesuffix("各").removesuffix("，")
    names = [name for name in _LIST_MARK.compiled.split(_last_clause(clause)) if name]
    return names if len(names) == len(row) else []


def _last_clause(words: str) -> str:
    """The words after the last comma, colon or semicolon."""
    return max((words.rpartition(mark)[2] for mark in "，；："), key=lambda rest: -len(rest))


_COUNT = Pattern(r"\d[\d,.]*[万亿]?\p{Han}{1,2}(?:（次）)?，?$")
_LIST_MARK = Pattern(r"、|和|与|以及|及")


def _figure(rate: Rate) -> str:
    return rate.text.removesuffix("%")


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


KIND = Kind(
    "rates",
    Params,
    {
        "does-not-follow": ("rate", "name", "derivation", "fits"),
        "impossible": ("rate", "base", "near", "name"),
        "above-hundred": ("rate", "name"),
        "shares": ("derivation", "count", "sum"),
    },
    check,
)
