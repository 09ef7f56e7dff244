"""Lists of counts with their shares (来访174件，占84%；来电30件，占14%；…): do all of them rest on one base?

In: the shares of one sentence with their counts, and the counts before them.  Out: the base that fits them, and the one
share that does not fit where all others do.  The base may be stated, may be the sum of the counts, or may follow from the
other members.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from rectlint.claims.quantities import Quantity
from rectlint.claims.rates import Rate
from rectlint.claims.rounding import Interval, matches, total
from rectlint.records import NamedTuple

Member = tuple[Rate, Quantity]
_POOL = 60
_SHORT = 2
"""A list of two says little: it counts only when its shares make 100."""


class Base(NamedTuple):
    """What the shares rest on: stated counts (one, or all members' counts added), or only an interval worked out."""

    stated: tuple[Quantity, ...]
    size: Interval
    odd: Member | None


def interval_of(quantity: Quantity) -> Interval:
    """Where the true value of a written figure lies."""
    return Interval.of(quantity.value, quantity.step, counted=quantity.counted)


def common_base(members: Sequence[Member], pool: Sequence[Quantity]) -> Base | None:
    """The base of a list of shares; None where there is no telling."""
    if len(members) < _SHORT or any(rate.tenths for rate, _ in members):
        return None
    counts = tuple(quantity for _, quantity in members)
    added = sum((quantity.value for quantity in counts), Decimal(0))
    if len(members) == _SHORT and not _closes(members) and all(quantity.value != added for quantity in pool):
        return None
    near = [quantity for quantity in reversed(pool[-_POOL:]) if quantity not in counts]
    stated: list[tuple[tuple[Quantity, ...], Interval]] = [((quantity,), interval_of(quantity)) for quantity in near]
    stated.append((counts, total(map(interval_of, counts))))
    best: Base | None = None
    for quantities, size in stated:
        misfits = [member for member in members if not _fits(member, size)]
        if not misfits:
            return Base(quantities, size, None)
        if best is None and len(misfits) == 1 and _is_enough(members, misfits[0]):
            best = Base(quantities, size, misfits[0])
    return best or _worked_out(members)


def _closes(members: Sequence[Member]) -> bool:
    """Whether the shares make 100 but for rounding."""
    gap = abs(sum((rate.value for rate, _ in members), Decimal(0)) - 100)
    return gap <= sum(rate.step for rate, _ in members)


def is_petty(member: Member, size: Interval) -> bool:
    """Whether a share is off by one in its last place, as happens where shares are trimmed to make 100."""
    rate, quantity = member
    part = interval_of(quantity)
    return any(matches(part, size, rate.value + move, rate.step) for move in (rate.step, -rate.step))


def _fits(member: Member, size: Interval) -> bool:
    rate, quantity = member
    part = interval_of(quantity)
    if matches(part, size, rate.value, rate.step):
        return True
    return bool(rate.approximation) and is_petty(member, size)


def _is_enough(members: Sequence[Member], odd: Member) -> bool:
    """Whether the members other than ``odd`` pin the base down: two of them, or one given to a decimal."""
    others = [rate for rate, _ in members if rate is not odd[0]]
    sharp = [rate for rate in others if rate.step < 1 and rate.value >= 1]
    return len(others) >= _SHORT or len(sharp) == len(others)


def _worked_out(members: Sequence[Member]) -> Base | None:
    """Without a stated base: the one member that disagrees with the base on which all others agree."""
    found: list[Base] = []
    for odd in members:
        others = [member for member in members if member[0] is not odd[0]]
        if len(others) < _SHORT or any(rate.value == 0 for rate, _ in others):
            continue
        sizes = [_size_from(member) for member in others]
        low, high = max(size.low for size in sizes), min(size.high for size in sizes)
        narrow = low <= high and (high - low) * 50 <= high
        size = Interval(low, high)
        if narrow and not _fits_between(odd, size) and not is_petty(odd, size):
            found.append(Base((), size, odd))
    return found[0] if len(found) == 1 else None


def _size_from(member: Member) -> Interval:
    """The bases on which this count could have this share."""
    rate, quantity = member
    part = interval_of(quantity)
    value, step = Fraction(rate.value), Fraction(rate.step)
    low_share = max(value - step / 2, step / 4)
    return Interval(part.low * 100 / (value + step), part.high * 100 / low_share)


def _fits_between(member: Member, size: Interval) -> bool:
    own = _size_from(member)
    return own.low <= size.high and own.high >= size.low
