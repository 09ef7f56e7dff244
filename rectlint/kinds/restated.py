"""A figure or date told again of the same matter must be the same: an item taken up again, 该19个村, 巡察指出的144处."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rectlint.claims import Claims
from rectlint.kinds.agreement import FIELDS, Telling, agreed, differing
from rectlint.kinds.base import Kind, Outcome
from rectlint.report import Words

_THING = Words("复述的数字", "the figure told again")


@dataclass(frozen=True)
class Params:
    """No parameters."""


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each restatement against what it restates."""
    for told in claims.restatements:
        earlier = Telling(told.earlier, told.earlier_text, told.earlier_text)
        later = Telling(told.later, told.later_text, told.later_text)
        if told.same:
            yield agreed(_THING, [later, earlier], "figure")
        else:
            yield differing(_THING, later, [earlier], "figure")


KIND = Kind("restated", Params, {"figure": FIELDS}, check)
