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

from rectlint.claims.breakdowns import find_breakdowns
from rectlint.claims.closings import find_closings
from rectlint.claims.lists import lanes_of
from rectlint.claims.partition import Closure, Partition
from rectlint.claims.quantities import Quantity
from rectlint.document import Document

__all__ = ["Closure", "Partition", "find_partitions"]


def find_partitions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """All partitions; a total may have several (属实/不属实 and 已办结/正在办理 of the same cases)."""
    lanes = lanes_of(quantities)
    seen: set[tuple[int, ...]] = set()
    for candidates in (find_closings(document, lanes), find_breakdowns(document, quantities, lanes)):
        for partition in candidates:
            key = (partition.total.index, *(part.index for part in partition.parts))
            if key not in seen:
                seen.add(key)
                yield partition
