"""A figure or date told again of the same matter must be the same: an item taken up again, 该17个村, 巡察指出的126处."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.restatements import Restatement
from rectlint.kinds.agreement import FIELDS, Telling, compare
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.report import Words
from rectlint.source import Span

_THING = Words("复述的数字", "the figure told again")
_LIMIT = Words("同一问题的时限", "the time limit of one problem")


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Compare the places that tell the same figure, joined where one restates another that restates a third."""
    sizes = {population.quantity.span for population in claims.populations if population.certain}
    restatements = [told for told in claims.restatements if told.earlier not in sizes and told.later not in sizes]
    for group in _joined(restatements):
        yield from compare(_THING, group, "figure")
    for group in _joined(claims.limits_told_again):
        yield from compare(_LIMIT, group, "figure")


def _joined(restatements: Sequence[Restatement]) -> Iterator[list[Telling]]:
    parent: dict[Span, Span] = {}

    def root(span: Span) -> Span:
        while (above := parent.setdefault(span, span)) != span:
            span = above
        return span

    tellings: dict[Span, Telling] = {}
    for told in restatements:
        parent[root(told.later)] = root(told.earlier)
        earlier = tellings.setdefault(told.earlier, Telling(told.earlier, told.earlier_text, told.earlier_text))
        value = earlier.value if told.same else told.later_text  # 27名 and 27人 are one figure
        tellings.setdefault(told.later, Telling(told.later, value, told.later_text))
    groups: dict[Span, list[Telling]] = {}
    for span in sorted(tellings):
        groups.setdefault(root(span), []).append(tellings[span])
    yield from groups.values()


KIND = Kind("restated", NoParams, {"figure": FIELDS}, check)
