"""The headline figure against the items of the text: N个问题 and the numbered problems, N个方面 and the sections.

A headline may count at another level than the items do (79 questions told under 13 headings), and approved omissions are
lawful; so only a near miss is called a contradiction, and only when no style of numbering has as many items.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.headlines import Headline
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.records import NamedTuple
from rectlint.report import Verdict
from rectlint.source import Span


class Params(NamedTuple):
    """``near``: items this many percent of the headline apart, or one apart, still count at the same level."""

    near: int = 20


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare each headline with the items it can speak of."""
    document = claims.document
    groups = [level.items for level in claims.levels]
    for headline in claims.headlines:
        if headline.sort == "aspects":
            yield _compare(document, headline, claims.aspects, "aspects", params)
        else:
            yield _compare(document, headline, groups, "problems", params)


def _compare(
    document: Document, headline: Headline, groups: Sequence[Sequence[Item]], defect: str, params: Params
) -> Outcome:
    quantity = headline.quantity
    claimed = int(quantity.value)
    tail = quantity.noun if defect == "aspects" and quantity.after.startswith(quantity.noun) else ""
    primary = Span(quantity.span.start, quantity.span.end + len(tail))
    if not groups:
        return Outcome("unchecked", primary, defect=defect, reason="no-target")
    fitting = next((items for items in groups if claimed in (len(items), items[-1].marker.number)), None)
    items = fitting or max(groups, key=len)
    count = len(items)
    evidence = (
        Evidence(Span(items[-1].marker.start, items[-1].marker.end), "item" if defect == "problems" else "section"),
    )
    allowed = max(2 if claimed >= 6 else 1, claimed * params.near // 100)
    verdict: Verdict = "unchecked"
    if fitting:
        verdict = "consistent"
    elif abs(count - claimed) <= allowed and claimed >= (2 if defect == "aspects" else 3):
        verdict = "contradicted"
    last = document.words(evidence[0].span)
    return Outcome(
        verdict,
        primary,
        evidence,
        derivation=f"{claimed} = {count}" if fitting else f"{claimed} ≠ {count}",
        expected=str(claimed),
        actual=str(count),
        defect=defect,
        values={"claimed": str(claimed), "count": str(count), "last": last, "unit": quantity.unit + quantity.noun},
        reason="other-level" if verdict == "unchecked" else "",
    )


_FIELDS = ("claimed", "count", "last", "unit")
KIND = Kind("headline", Params, {"problems": _FIELDS, "aspects": _FIELDS}, check)
