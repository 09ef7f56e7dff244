"""References within the text against what they point to: numbered items, attachments, lists just given.

A number is taken to count the items of the one list that is numbered through the text.  Where there is none, or where a
reference stands before that list and no headline says that the list is complete, nothing is compared: the number may count
the entries of another document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rectlint.claims import Claims
from rectlint.claims.attachments import Mention, find_attachments, find_mentions
from rectlint.claims.references import Reference, likeness
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.report import Words
from rectlint.source import Span

_MOST = 500
"""Titles are sought among so many items at most: no bulletin has more, and the search is slow."""


@dataclass(frozen=True)
class Params:
    """Titles at least ``alike`` percent alike are the same; at most ``unlike`` percent alike they are not."""

    alike: int = 75
    unlike: int = 45


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Numbers, then attachments."""
    lists = _Lists(claims)
    for reference in claims.references:
        yield from _judge(claims, reference, lists.of(reference), params)
    yield from _judge_attachments(claims.document)


# -- numbers -----------------------------------------------------------------------------------------------------------


class _Lists:
    """The lists that references count in, each read once."""

    def __init__(self, claims: Claims) -> None:
        self.document = claims.document
        self.problems = claims.problem_list
        self.complete = bool(self.problems) and any(
            headline.sort == "problems" and headline.quantity.value == self.problems[-1].marker.number
            for headline in claims.headlines
        )
        self.sections: dict[int, list[Item]] = {}
        for item in self.document.items:
            if item.marker.style == "（一）":
                self.sections.setdefault(_chapter(self.document, item), []).append(item)

    def of(self, reference: Reference) -> Sequence[Item]:
        """The list a reference counts in: by the style it names, else the list of problems."""
        if reference.style == "（一）":
            chapter = _chapter(self.document, self.document.item_at(reference.span.start))
            return self.sections.get(chapter, ())
        if not self.problems or (reference.style and self.problems[0].marker.style != reference.style):
            return ()
        after = reference.span.start > self.problems[0].marker.start
        return self.problems if self.complete or after else ()


def _judge(claims: Claims, reference: Reference, items: Sequence[Item], params: Params) -> Iterator[Outcome]:
    document = claims.document
    if not items:
        yield Outcome("unchecked", reference.span, defect="missing-target", reason="no-target")
        return
    target = next((item for item in items if item.marker.number == reference.number), None)
    if target is None:
        yield _missing(document, reference, items, params)
    elif reference.title_span is None:
        evidence = (Evidence(_place(target), "target"),)
        yield Outcome("consistent", reference.span, evidence, document.words(reference.span), defect="missing-target")
    else:
        yield _compare_titles(document, reference, target, items, params)


def _chapter(document: Document, item: Item | None) -> int:
    return -1 if item is None else [item.index, *(outer.index for outer in document.ancestors(item))][-1]


def _missing(document: Document, reference: Reference, items: Sequence[Item], params: Params) -> Outcome:
    """A number beyond the list, or one the list leaves out; the item that bears the title is shown where there is one."""
    last = max(items, key=lambda item: item.marker.number)
    meant = _best(document, reference, items)
    shown = meant if meant is not None and _alike(document, reference, meant) * 100 >= params.alike else last
    words = document.words(reference.span)
    return Outcome(
        "contradicted",
        reference.span,
        (Evidence(_place(shown), "target"),),
        derivation=f"{words} > {_mark(document, last)}",
        expected=_mark(document, shown),
        actual=words,
        defect="missing-target",
        values={"reference": words, "last": _mark(document, last)},
    )


def _compare_titles(
    document: Document, reference: Reference, target: Item, items: Sequence[Item], params: Params
) -> Outcome:
    assert reference.title_span is not None
    own = _alike(document, reference, target) * 100
    best = _best(document, reference, items) if own <= params.unlike else None
    other = _alike(document, reference, best) * 100 if best is not None else 0
    words = document.words(reference.span)
    named = best if best is not None and best is not target and other >= params.alike and own <= params.unlike else None
    verdict = "contradicted" if named else "consistent" if own > params.unlike else "unchecked"
    evidence = [Evidence(_place(target) if named else target.title, "target")]
    if named:
        evidence.append(Evidence(_place(named), "other"))
    primary = Span(reference.span.start, reference.title_span.end) if named else reference.span
    return Outcome(
        verdict,  # type: ignore[arg-type]
        primary,
        tuple(evidence),
        derivation=f"{words}“{reference.title}” {'≠' if named else '='} {_mark(document, target)}“{_title(document, target)}”",
        expected=_mark(document, named) if named else "",
        actual=words,
        defect="title-mismatch",
        values={
            "reference": words,
            "title": reference.title,
            "target": _title(document, target),
            "other": _mark(document, named) if named else "",
        },
        reason="ambiguous" if verdict == "unchecked" else "",
    )


def _alike(document: Document, reference: Reference, item: Item) -> float:
    return likeness(reference.title, _title(document, item)) if reference.title else 0.0


def _best(document: Document, reference: Reference, items: Sequence[Item]) -> Item | None:
    if not reference.title:
        return None
    return max(items[:_MOST], key=lambda item: _alike(document, reference, item))


def _place(item: Item) -> Span:
    return Span(item.marker.start, item.marker.end)


def _mark(document: Document, item: Item) -> str:
    return document.words(_place(item)).strip(" ，、：.")


def _title(document: Document, item: Item) -> str:
    return document.words(item.title)


# -- attachments -------------------------------------------------------------------------------------------------------


def _judge_attachments(document: Document) -> Iterator[Outcome]:
    """详见附件2 against the attachments there are."""
    mentions = list(find_mentions(document))
    if not mentions:
        return
    attachments = find_attachments(document)
    for mention in mentions:
        there = attachments.has(mention.number)
        if attachments.blank and not there:
            yield Outcome("unchecked", mention.span, defect="attachment", reason="no-target")
            continue
        yield Outcome(
            "consistent" if there else "contradicted",
            mention.span,
            tuple(Evidence(place, "listed") for place in attachments.places[:1]),
            derivation=_derivation(mention, attachments.numbers),
            expected=document.words(mention.span),
            actual=_numbers(attachments.numbers).zh,
            defect="attachment",
            values={"mention": document.words(mention.span), "attached": _numbers(attachments.numbers)},
        )


def _derivation(mention: Mention, numbers: frozenset[int]) -> str:
    name = f"附件{mention.number or ''}"
    return f"{name} {'∈' if mention.number in numbers else '∉'} {{{'、'.join(map(str, sorted(numbers)))}}}"


def _numbers(numbers: frozenset[int]) -> Words:
    if not numbers:
        return Words("没有附件", "none")
    ordered = [str(number) for number in sorted(numbers)]
    return Words("、".join(f"附件{number}" for number in ordered), ", ".join(ordered))


KIND = Kind(
    "references",
    Params,
    {
        "missing-target": ("reference", "last"),
        "title-mismatch": ("reference", "title", "target", "other"),
        "attachment": ("mention", "attached"),
    },
    check,
)
