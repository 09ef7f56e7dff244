"""Magnitude slips: the same amount told twice, with the point or the unit slipped (3.85万元 … 38.5万元, 251542元 … 251542万元).

Two amounts are the same one when their digits agree, at least three of them, and their words do: the same thing, the same
verb.  What is told per head, per 亩 or as a percentage of another amount is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_AREA = {"亩": "地", "公顷": "地", "平方米": "地", "㎡": "地", "m²": "地", "平方公里": "地"}
_LENGTH = {"米": "长", "公里": "长"}
_WEIGHT = {"吨": "重", "千克": "重"}
_VOLUME = {"立方米": "体", "m³": "体"}
_DIMENSION: dict[str, str] = {"元": "元", "美元": "美元", **_AREA, **_LENGTH, **_WEIGHT, **_VOLUME}
_COUNTED = frozenset(["人", "人次", "户", "件", "个", "家", "条", "项", "份", "处", "次", "吨", "株", "棵", "头", "只"])


class Params(NamedTuple):
    """``digits``: significant digits two amounts must share at least; ``words``: characters of one wording that suffice."""

    digits: int = 3
    words: int = 4


_LOOK_BACK = 6
"""How many earlier amounts with the same digits are looked at; the cost stays linear."""
_EACH = Pattern(
    r"每|[人户亩均日月年]均|平均|单价|标准|按(?!规|要求|照|时|期|计划|程序)|比例|%|分别为|分之|折合|其中|倍"
)


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
        for earlier in reversed(members[max(0, index - _LOOK_BACK) : index]):
            shared = _shared(claims, earlier, later)
            if not _is_same_thing(claims, earlier, later, shared, len(digits), params):
                continue
            evidence = (Evidence(earlier.span, "earlier"),)
            derivation = f"{earlier.text}：{later.text}"
            if earlier.value == later.value and earlier.measure == later.measure:
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
                    values={"earlier": earlier.text, "later": later.text, "shared": max(shared, key=len)},
                )
            else:
                continue
            break


def _is_same_thing(
    claims: Claims, earlier: Quantity, later: Quantity, shared: list[str], digits: int, params: Params
) -> bool:
    """Whether two amounts with the same digits speak of one thing: the fewer digits, the more words they must share."""
    if not shared:
        return False
    longest = max(len(words) for words in shared)
    if digits >= params.digits + 2 or longest >= params.words:
        return True
    paragraph = claims.document.paragraph_at(earlier.span.start)
    near = paragraph is claims.document.paragraph_at(later.span.start)
    if digits > params.digits and (near or len(shared) >= 3):
        return True
    return (near and longest >= 3) or (earlier.measure not in ("元", *_COUNTED) and len(shared) >= 3)


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


def _shared(claims: Claims, earlier: Quantity, later: Quantity) -> list[str]:
    """The words of two or more characters that stand near both amounts."""
    sentence = claims.document.sentence_at(later.span.start)
    together = sentence.start <= earlier.span.start
    one = _surroundings(claims, earlier, in_clause=together)
    other = _surroundings(claims, later, in_clause=together)
    found: list[str] = []
    start = 0
    while start < len(one) - 1:
        end = start + 2
        while end <= len(one) and one[start:end] in other and _is_word(one[start:end]):
            end += 1
        if end - start > 2:
            words = one[start : end - 1].strip(_PARTICLES)
            if len(words) >= 2 and words not in _COMMON and words not in found:
                found.append(words)
            start = end - 1
        else:
            start += 1
    return found


_PARTICLES = "的了在已将对和与及为是共约等"
_COMMON = frozenset(("资金", "金额", "整改", "目前", "截至", "全部", "完成", "已经", "问题", "其中", "合计", "累计"))


def _is_word(text: str) -> bool:
    return not any(character in "，。；：、（）“”\n%年月日" or character.isdigit() for character in text)


def _surroundings(claims: Claims, quantity: Quantity, *, in_clause: bool) -> str:
    """What stands round an amount in its sentence, or only in its clause, the amount itself left out."""
    sentence = quantity.clause if in_clause else claims.document.sentence_at(quantity.span.start)
    text = claims.document.text
    before = text[max(sentence.start, quantity.span.start - 24) : quantity.span.start]
    return f"{before}，{text[quantity.span.end : min(sentence.end, quantity.span.end + 20)]}"


KIND = Kind("magnitude", Params, {"slip": ("earlier", "later", "shared")}, check)
