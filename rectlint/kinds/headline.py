"""The headline figure against the items of the text: N个问题 and the numbered problems, N个方面 and the sections, and the count
of a heading against the entries below it.

A headline may count at another level than the items do (79 questions told under 13 headings), and approved omissions are
lawful; so only a near miss is called a contradiction, and only when no style of numbering has as many items.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from rectlint.claims import Claims
from rectlint.claims.headlines import Caption, Headline
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
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
            yield _compare(document, headline, claims.aspects, "aspects", params, frozenset())
        else:
            yield _compare(document, headline, groups, "problems", params, claims.withheld)
    yield from _captions(claims, params)


def _captions(claims: Claims, params: Params) -> Iterator[Outcome]:
    """（一）党建方面的问题（3个） against its entries.

    Headings count at one level throughout: where a sister has as many entries as it says, the others are held to it; a
    heading by itself only where it lacks one entry of three or more, all named as problems.
    """
    document = claims.document
    rows: dict[tuple[int | None, str], list[Caption]] = {}
    for caption in (*claims.captions, *_told_below(claims)):
        rows.setdefault((caption.item.parent, caption.item.marker.style), []).append(caption)
    for row in rows.values():
        counted = [(caption, _entries(document, caption.item)) for caption in row]
        fitting = [items for caption, levels in counted if (items := _fitting(caption, levels)) is not None]
        styles = {items[0].marker.style for items in fitting} if len(fitting) * 2 >= len(row) else set()
        for caption, levels in counted:
            yield _judge_caption(document, caption, levels, params, styles, alone=len(row) == 1)


def _told_below(claims: Claims) -> Iterator[Caption]:
    """The sections that tell in their first words how many problems they treat: （一）党建方面 / 反馈问题8个，已整改7个."""
    captioned = {caption.item.order for caption in claims.captions}
    for row in claims.sisters:
        for section in row.sections:
            if section.item.order not in captioned and claims.document.children(section.item):
                yield Caption(section.item, section.total, frozenset())


def _entries(document: Document, heading: Item) -> list[list[Item]]:
    """The items below a heading, level by level: all that stand as deep as the first of each level."""
    levels: list[list[Item]] = []
    below = list(document.children(heading))
    while below:
        levels.append(below)
        below = [child for item in below for child in document.children(item)]
    return levels


def _fitting(caption: Caption, levels: Sequence[Sequence[Item]]) -> Sequence[Item] | None:
    """The entries of a level that are as many as the heading says."""
    counts = {int(caption.quantity.value), *caption.others}
    return next((items for items in levels if len(items) in counts), None)


def _judge_caption(
    document: Document,
    caption: Caption,
    levels: Sequence[Sequence[Item]],
    params: Params,
    styles: Set[str],
    *,
    alone: bool,
) -> Outcome:
    """``styles``: how the entries are numbered that most of its sisters count; ``alone``: there are no sisters."""
    claimed = int(caption.quantity.value)
    items = min(levels, key=lambda items: abs(len(items) - claimed))
    count = len(items)
    fits = _fitting(caption, levels) is not None
    if alone:
        held = abs(count - claimed) == 1 and claimed >= _FEWEST and all(_names_problem(document, i) for i in items)
    else:
        near = abs(count - claimed) <= max(1, claimed * params.near // 100)
        held = near and items[0].marker.style in styles
    last = items[-1].marker
    evidence = (Evidence(Span(last.start, last.end), "item"),)
    return Outcome(
        "consistent" if fits else "contradicted" if held else "unchecked",
        caption.quantity.span,
        evidence,
        derivation=f"{claimed} {'=' if fits else '≠'} {count if not fits else claimed}",
        expected=str(claimed),
        actual=str(count),
        defect="section",
        values={
            "claimed": str(claimed),
            "count": str(count),
            "last": document.words(evidence[0].span),
            "unit": caption.quantity.unit + caption.quantity.noun,
        },
        reason="" if fits or held else "other-level",
    )


def _names_problem(document: Document, item: Item) -> bool:
    return "问题" in document.words(item.title)


def _compare(
    document: Document,
    headline: Headline,
    groups: Sequence[Sequence[Item]],
    defect: str,
    params: Params,
    withheld: Set[int],
) -> Outcome:
    """``withheld``: so many problems the text says it leaves out."""
    quantity = headline.quantity
    claimed = int(quantity.value)
    tail = quantity.noun if defect == "aspects" and quantity.after.startswith(quantity.noun) else ""
    primary = Span(quantity.span.start, quantity.span.end + len(tail))
    if not groups:
        return Outcome("unchecked", primary, defect=defect, reason="no-target")
    fitting = next((items for items in groups if claimed in (len(items), items[-1].marker.number)), None)
    fitting = fitting or next((items for items in groups if claimed - len(items) in withheld), None)
    items = fitting or max(groups, key=len)
    count = len(items)
    evidence = (
        Evidence(Span(items[-1].marker.start, items[-1].marker.end), "item" if defect == "problems" else "section"),
    )
    allowed = max(2 if claimed >= 6 else 1, claimed * params.near // 100)
    verdict: Verdict = "unchecked"
    fewer = defect == "problems" and count < claimed and not fitting and not withheld
    chosen = fewer and _tells_some_only(document, items[0])
    if fitting:
        verdict = "consistent"
    elif not chosen and abs(count - claimed) <= allowed and claimed >= (2 if defect == "aspects" else 3):
        verdict = "contradicted"
    last = document.words(evidence[0].span)
    return Outcome(
        verdict,
        primary,
        evidence,
        derivation=f"{claimed} = {_told(items, claimed)}" if fitting else f"{claimed} ≠ {count}",
        expected=str(claimed),
        actual=str(count),
        defect=defect,
        values={"claimed": str(claimed), "count": str(count), "last": last, "unit": quantity.unit + quantity.noun},
        reason="selected" if chosen else "other-level" if verdict == "unchecked" else "",
    )


def _told(items: Sequence[Item], claimed: int) -> str:
    """How many problems are listed, and how many more are told to be left out."""
    count = len(items)
    return f"{count} + {claimed - count}" if claimed not in (count, items[-1].marker.number) else f"{count}"


_CHOSEN = (
    r"(?:重点|主要|突出|部分|典型|面上|可公开)(?:的)?(?:\p{Han}{0,2})问题(?:的)?整改(?:落实|进展)?(?:情况|工作|进展)"
)
_SOME_ONLY = Pattern(
    rf"(?:将|就|把)(?:其中)?(?:的)?\d*个?(?:的)?{_CHOSEN}|不在(?:本|此)(?:次)?(?:报告|通报|公告)"
    r"|(?:\d+[个项条]|涉密|敏感|按规定)\p{Han}{0,12}不(?:予|宜|便|对外)?公[开布]",
    needs=("问题整改", "问题的整改", "公开", "公布", "不在"),
)
_CHOSEN_HEADING = Pattern(_CHOSEN, needs=("问题整改", "问题的整改"))


def _tells_some_only(document: Document, first: Item) -> bool:
    """Whether the text says that it tells of some problems only, as is lawful (中国共产党巡视工作条例 leaves what is published to
    those responsible): 三、重点问题整改情况; 其中3个涉密问题不予公开."""
    above = [document.words(item.title)[:_TITLE] for item in document.ancestors(first)]
    return any(_CHOSEN_HEADING.search(title) is not None for title in above) or (
        _SOME_ONLY.search(document.text) is not None
    )


_TITLE = 60
_FEWEST = 3
_FIELDS = ("claimed", "count", "last", "unit")
KIND = Kind("headline", Params, {"problems": _FIELDS, "aspects": _FIELDS, "section": _FIELDS}, check)
