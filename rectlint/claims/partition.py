"""One total and its parts, and the arithmetic between them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from rectlint.claims.quantities import Quantity
from rectlint.records import NamedTuple
from rectlint.source import Span

Closure = Literal[
    "rest",
    "status",
    "negation",
    "bracket",
    "listed",
    "summed",
    "named",
    "near",
    "loose",
    "persons",
    "itemized",
    "apart",
    "overlap",
    "open",
]
"""Why a partition counts as closed; ``near`` is the weak sort (like parts that nearly reach the total), ``loose`` a list
that may be one, ``persons`` measures taken against people, ``itemized`` three or more heads behind 其中 up to the end of the
sentence, ``apart`` classes of which a thing has one only and which are more than all (or as many heads as the text says
there are), ``overlap`` heads that share cases, ``open`` one that may be incomplete."""

NEVER_PARTED = frozenset(["%", "百分点", "‰", "小时", "分钟", "年", "个月", "天", "级", "步", "个工作日", "周", "票"])
"""Measures that are never told in parts, or for which there are readers of their own (votes)."""

_MIXED_SCALE = 1000
_SCALES = (10**4, 10**8)


class Partition(NamedTuple):
    """``total`` is said to consist of ``parts`` (or, when ``open``, to include them).

    ``unnumbered_rest`` is a remainder told without its figure (其余正在推进).
    """

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
        """How far apart sum and total may lie through rounding; 0 for whole counts.

        Figures written with scales far apart (亿 beside 万) may each be rounded in the last digit that the parts of their scale
        have (2.2亿 beside 1.37亿 is 2.20亿); decimals of one scale in the smallest one, once for each part; a total with fewer decimals than
        its parts may be cut off instead of rounded (877.74万元 for 877.7469).
        """
        quantities = (self.total, *self.parts)
        steps = [quantity.step for quantity in quantities]
        if max(steps) / min(steps) >= _MIXED_SCALE:
            finest: dict[str, Decimal] = {}
            for part in self.parts:
                scale = part.figure.lstrip("0123456789.,")
                finest[scale] = min(part.step, finest.get(scale, part.step))
            rounded = [finest[part.figure.lstrip("0123456789.,")] for part in self.parts]
            return sum((self.total.step, *rounded), Decimal(0)) / 2
        if not any("." in quantity.figure for quantity in quantities):
            return Decimal(0)
        finer = "." in self.total.figure and min(steps) < self.total.step
        return max(min(steps) * len(self.parts) / 2, self.total.step * 9 / 10 if finer else Decimal(0))

    @property
    def off_by_scale(self) -> bool:
        """Whether the sum is the total's figure in 万元 where the total is in 元, or the like: 4800万元、1200万元，共计6000元."""
        low, high = sorted((self.sum, self.total.value))
        return self.total.measure == "元" and len(self.parts) > 1 and low > 0 and high / low in _SCALES

    @property
    def fits(self) -> bool:
        """Whether the parts add up to the total."""
        return abs(self.sum - self.total.value) <= self.tolerance
