"""Pairs: how many and how much, told of one matter where the problem is stated and again where it is remedied.

In: a `Document` and its quantities.  Out: `Restatement` values.  向32名职工发放9.42万元 and 32名职工领取的9.42万元已全部退回 are
one pair told twice: an amount of three digits and more is a matter's own, and a count beside an amount that differs by a slip of
the pen is too.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("1.违规发放补助7.68万元，涉及26人。整改情况：28人领取的7.68万元已全部清退。"))
>>> [(told.earlier_text, told.later_text) for told in find_pairs(document, tuple(find_quantities(document)))]
[('7.68万元', '7.68万元'), ('26人', '28人')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from rectlint.claims.quantities import COUNTERS, Quantity
from rectlint.claims.restatements import Restatement
from rectlint.claims.slips import is_mistyped
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_NEAR = 24
_MOST = 12
_OWN_DIGITS = 3
_MANY = 10
_MONEY = "元"
_GIVEN_BACK = Pattern(
    r"(?:已|均|全部|全额|悉数|足额)[^，。；]{0,16}(?:退|缴|收回|追回|清退|整改|纠正|归还|返还|补缴|补发|发放到位|兑付)|(?:退|收|追|缴)[^，。；]{0,6}(?:到位|完毕)"
)
_OF_SOME = Pattern(r"其中|另|新增|又|再|剩余|其余|尚|人次|还有|已有|先行|首批|第[一二三]批|部分|未")


class Pair(NamedTuple):
    """A count and an amount side by side."""

    things: Quantity
    amount: Quantity


def find_pairs(document: Document, quantities: Sequence[Quantity]) -> Iterator[Restatement]:
    """What is told twice of one pair within one item, count and amount each."""
    told: dict[tuple[int, int], list[Pair]] = {}
    for one, other in pairwise(quantities):
        if (pair := _pair(document, one, other)) is not None:
            item = document.item_at(pair.things.span.start)
            place = (item.order, 0) if item is not None else (-1, document.paragraph_at(pair.things.span.start).order)
            told.setdefault(place, []).append(pair)
    for pairs in told.values():
        for earlier, later in combinations(pairs[:_MOST], 2):
            if _is_one_matter(document, earlier, later):
                for one, other in ((earlier.amount, later.amount), (earlier.things, later.things)):
                    yield Restatement(one.span, other.span, one.text, other.text, one.value == other.value)


def _pair(document: Document, one: Quantity, other: Quantity) -> Pair | None:
    money = [quantity for quantity in (one, other) if quantity.measure == _MONEY]
    counts = [quantity for quantity in (one, other) if quantity.unit in COUNTERS and quantity.measure != "人次"]
    if len(money) != 1 or len(counts) != 1 or not (one.exact and other.exact) or one.bracket != other.bracket:
        return None
    between = document.text[one.span.end : other.span.start]
    if len(between) > _NEAR or any(mark in between for mark in "。；\n") or between.count("，") > 1:
        return None
    if _OF_SOME.search(one.before + between) is not None:
        return None
    return Pair(counts[0], money[0])


def _is_one_matter(document: Document, earlier: Pair, later: Pair) -> bool:
    """Whether the later pair is the earlier one again: given back, with an equal side that is no chance."""
    sentences = [document.sentence_index(pair.things.span.start) for pair in (earlier, later)]
    if sentences[0] == sentences[1] or earlier.things.measure != later.things.measure:
        return False
    sentence = document.sentence_at(later.things.span.start)
    if _GIVEN_BACK.search(document.text, sentence.start, sentence.end) is None:
        return False
    same_amount = earlier.amount.value == later.amount.value
    if same_amount:
        return len(_digits(later.amount)) >= _OWN_DIGITS
    return (
        earlier.things.value == later.things.value
        and earlier.things.value >= _MANY
        and earlier.amount.unit == later.amount.unit
        and is_mistyped(earlier.amount.figure, later.amount.figure)
    )


def _digits(quantity: Quantity) -> str:
    return "".join(filter(str.isdigit, quantity.figure)).strip("0")
