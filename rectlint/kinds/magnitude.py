"""Magnitude slips: the same amount told twice, with the point or the unit slipped (3.85万元 … 38.5万元, 251542元 … 251542万元).

Two amounts are the same one when their digits agree, at least three of them, and their words do: the same thing, the same
verb.  What is told per head, per 亩 or as a percentage of another amount is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern

_AREA = {"亩": "地", "公顷": "地", "平方米": "地", "㎡": "地", "m²": "地", "平方公里": "地"}
_LENGTH = {"米": "长", "公里": "长"}
_WEIGHT = {"吨": "重", "千克": "重"}
_VOLUME = {"立方米": "体", "m³": "体"}
_DIMENSION: dict[str, str] = {"元": "元", "美元": "美元", **_AREA, **_LENGTH, **_WEIGHT, **_VOLUME}
_COUNTED = frozenset(["人", "人次", "户", "件", "个", "家", "条", "项", "份", "处", "次", "吨", "株", "棵", "头", "只"])


@dataclass(frozen=True)
class Params:
    """``digits``: significant digits two amounts must share; ``words``: characters of their wording they must share."""

    digits: int = 3
    words: int = 4


_EACH = Pattern(r"每|[人户亩均日月年]均|平均|单价|标准|按|比例|%|分别为|分之|折合|其中|倍")
_FILLER = Pattern(
    r"(?:共计?|合计|累计|总计|约|近|为|达到?|的|了|已|金额|资金|款项|余|多|人民币|共有|有|，|“|”|及时|全部|均)+$"
)
_STOPWORDS = Pattern(r"^[的了在已将对和与及为是]+$")


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Amounts with the same digits, pairwise, each with the nearest one before it."""
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in claims.quantities:
        dimension = _DIMENSION.get(quantity.measure) or (quantity.measure if quantity.measure in _COUNTED else "")
        digits = _significant(quantity)
        if dimension and quantity.exact and len(digits) >= params.digits:
            groups.setdefault((dimension, digits), []).append(quantity)
    for (_, digits), members in groups.items():
        if len(members) > 1:
            yield from _compare(claims, digits, members, params)


def _significant(quantity: Quantity) -> str:
    """The digits without the point and without zeros at either end."""
    digits = "".join(character for character in quantity.figure if character.isascii() and character.isdigit())
    return digits.strip("0")


def _compare(claims: Claims, digits: str, members: list[Quantity], params: Params) -> Iterator[Outcome]:
    for index, later in enumerate(members[1:], start=1):
        for earlier in reversed(members[:index]):
            shared = _shared(claims, earlier, later)
            same = earlier.value == later.value and earlier.measure == later.measure
            if len(shared) < (2 if len(digits) >= 5 else params.words):
                continue
            evidence = (Evidence(earlier.span, "earlier"),)
            derivation = f"{earlier.text}：{later.text}"
            if same:
                yield Outcome("consistent", later.span, evidence, derivation, defect="slip")
            elif _is_slip(earlier, later) and (len(digits) >= 5 or not _is_derived(claims, earlier, later)):
                yield Outcome(
                    "contradicted",
                    later.span,
                    evidence,
                    derivation,
                    expected=earlier.text,
                    actual=later.text,
                    defect="slip",
                    values={"earlier": earlier.text, "later": later.text, "shared": shared},
                )
            else:
                continue
            break


def _is_slip(earlier: Quantity, later: Quantity) -> bool:
    """A power of ten apart in one unit, or the same figure in two units of one dimension."""
    if earlier.measure == later.measure:
        low, high = sorted((earlier.value, later.value))
        return low > 0 and high / low in (Decimal(10), Decimal(100), Decimal(1000), Decimal(10000), Decimal(10) ** 8)
    return earlier.figure == later.figure


def _is_derived(claims: Claims, earlier: Quantity, later: Quantity) -> bool:
    """Whether one amount may lawfully be a multiple of the other: 每户3.85万元, 10户共38.5万元."""
    text = claims.document.text
    for quantity in (earlier, later):
        start = max(claims.document.sentence_at(quantity.span.start).start, quantity.span.start - 30)
        if _EACH.search(text, start, quantity.clause.end) is not None:
            return True
    return False


def _shared(claims: Claims, earlier: Quantity, later: Quantity) -> str:
    """The longest words that both amounts have near them, in the same sentence."""
    one, other = _surroundings(claims, earlier), _surroundings(claims, later)
    best = ""
    for start in range(len(one)):
        end = start + len(best) + 1
        while end <= len(one) and one[start:end] in other and _is_word(one[start:end]):
            best = one[start:end]
            end += 1
    return best.strip("的了在已将对和与及为是")


def _is_word(text: str) -> bool:
    return not any(character in "，。；：、（）\n" or character.isdigit() for character in text)


def _surroundings(claims: Claims, quantity: Quantity) -> str:
    """The clause up to the amount, and what follows it in the clause."""
    before = quantity.before[-18:]
    cut = _FILLER.search(before)
    if cut is not None and cut.start() == 0 and quantity.clause.start > 0:
        sentence = claims.document.sentence_at(quantity.span.start)
        before = claims.document.text[max(sentence.start, quantity.span.start - 24) : quantity.span.start]
    return f"{before}，{quantity.after[:10]}"


KIND = Kind("magnitude", Params, {"slip": ("earlier", "later", "shared")}, check)
