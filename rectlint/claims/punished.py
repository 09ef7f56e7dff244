"""Persons punished: how many the account of the whole tells for an act, and how many an item tells for the same act.

In: a `Document`, its quantities and its problem items.  Out: `Punished` values.  党内警告2人 of the account cannot be fewer than
对3名责任人给予党内警告处分 of one item; several items are not added up, since one person may stand in two of them.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> text = "整改期间，共给予党内警告2人。\\n1.账目不清。对3名直接责任人给予党内警告处分。\\n2.学习不实。补学4次。\\n"
>>> document = parse(Source(text))
>>> found = find_punished(document, tuple(find_quantities(document)), frozenset((0, 1)))
>>> [(one.act, one.whole.text, one.part.text) for one in found]
[('党内警告', '2人', '3名')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_ACTS = r"党内严重警告|党内警告|政务警告|政务记大过|政务记过|留党察看|开除党籍|经济处罚|批评教育|通报批评|书面检查|责令检查|诫勉|党纪处分|政务处分"
_TOLD = Pattern(rf"(?:^|给予|予以|进行|[其中共、]|对\p{{Han}}{{2,14}})(?P<act>{_ACTS})(?:谈话|处分|处理)?$")
_BEHIND = Pattern(
    rf"(?P<whom>\p{{Han}}{{0,14}}?)(?:已|均|也)*(?:给予了?|予以|进行了?|作出了?|实施)?(?P<act>{_ACTS})(?:谈话|处分|处理)?(?=[，。；（]|$)"
)
_MIXED = Pattern(rf"(?:{_ACTS})(?:谈话|处分|处理)?[、和]$")
"""党内警告、诫勉3人: of two acts."""
_SIDE = 12
_PERSONS = frozenset(("人", "名"))
_WHOLE = Pattern(r"处分|处理|问责|追责|形态|整改期间|整改以来|集中整改")
_NARROW = Pattern(r"方面|专项|领域|选人用人|上轮|上一轮|前期|此前|新增|[^\d]\d{4}年以来|年度|每")
_WIDE = Pattern(r"全[省市县区镇乡州旗系]|20\d\d年以来|累计|各[级单镇村]|辖区|下级|典型案例|查处\d+[件起]|立案")
_OF_BLAME = Pattern(r"责任|当事|违规|违纪")
_LIGHT = ("批评教育", "通报批评", "书面检查", "责令检查")


class Punished(NamedTuple):
    """``whole`` is how many the account tells for ``act``, ``part`` how many one item does."""

    act: str
    whole: Quantity
    part: Quantity


def find_punished(document: Document, quantities: Sequence[Quantity], problems: frozenset[int]) -> Iterator[Punished]:
    """Every item's figure for an act of which the account tells one figure only."""
    told: dict[str, list[Quantity]] = {}
    parts: list[tuple[str, Quantity]] = []
    for quantity in quantities:
        if quantity.unit not in _PERSONS or not quantity.exact:
            continue
        inside = _is_inside(document, quantity, problems)
        before = _TOLD.search(quantity.before)
        behind = None if before is not None or not inside else _behind(document, quantity)
        act = before["act"] if before is not None else behind
        if act is None or _MIXED.search(document.text, max(0, quantity.clause.start - _SIDE), quantity.clause.start):
            continue
        sentence = document.words(document.sentence_at(quantity.span.start))
        if inside and _WIDE.search(sentence) is None:
            if act not in _LIGHT or _OF_BLAME.search(document.words(quantity.clause)) is not None:
                parts.append((act, quantity))
        elif not inside and _WHOLE.search(sentence) is not None and _NARROW.search(sentence) is None:
            told.setdefault(act, []).append(quantity)
    for act, part in parts:
        wholes = told.get(act, [])
        if wholes and len({whole.value for whole in wholes}) == 1:
            yield Punished(act, wholes[0], part)


def _behind(document: Document, quantity: Quantity) -> str | None:
    """The act behind 对3名责任人: …给予党内警告处分."""
    if not quantity.before.endswith(("对", "给予", "将")):
        return None
    match = _BEHIND.match(document.text, quantity.span.end, min(len(document.text), quantity.span.end + 40))
    return None if match is None else match["act"]


def _is_inside(document: Document, quantity: Quantity, problems: frozenset[int]) -> bool:
    item = document.item_at(quantity.span.start)
    return item is not None and (
        item.order in problems or any(outer.order in problems for outer in document.ancestors(item))
    )
