"""Numbers of items and of 一是 二是 runs: do they count on without gap, repetition or disorder?

Numbering that runs through the whole text, (1) to (63) across sections, and numbering that begins anew in each section
are both normal, so the next number of a style may be one more than the last of that style anywhere, or 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rectlint.claims import Claims
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import Marker
from rectlint.source import Span

_CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Params:
    """``min_items``: a sequence shorter than this is not judged."""

    min_items: int = 2


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Check each style of item numbering, then each run of inline marks."""
    document = claims.document
    styles: dict[str, list[Item]] = {}
    for item in document.items:
        styles.setdefault(item.marker.style, []).append(item)
    for items in styles.values():
        yield from _check_sequence(document, [item.marker for item in items], [item.parent for item in items], params)
    yield from _skipped_levels(document)
    for run in document.runs:
        yield from _check_sequence(document, list(run.markers), [0] * len(run.markers), params)
        yield from _mixed(document, run.markers)


def _check_sequence(
    document: Document, markers: Sequence[Marker], parents: Sequence[int | None], params: Params
) -> Iterator[Outcome]:
    """Walk a sequence; after a fault go on from the number found, unless the next one shows it to be the odd one out."""
    if len(markers) < params.min_items:
        return
    first = markers[0]
    if first.number == 2 and len(markers) >= 2 and not _written_elsewhere(document, first, 1, 0):
        yield _outcome(document, "gap", first, None, "1")
    faults = 0
    last, last_parent, seen = first, parents[0], {first.number}
    for index in range(1, len(markers)):
        marker = markers[index]
        following = markers[index + 1].number if index + 1 < len(markers) else None
        expected = last.number + 1
        if marker.number == expected:
            seen.add(marker.number)
        elif marker.number == 1 and (parents[index] != last_parent or last.number >= 2):
            seen = {1}
        else:
            faults += 1
            odd_one_out = following is not None and following in (expected + 1, expected) and following != marker.number + 1
            if marker.number in seen and following != marker.number:
                yield _outcome(document, "repeated", marker, _find(markers[:index], marker.number), str(expected))
            elif marker.number > expected and (following == expected or not odd_one_out):
                missing = range(expected, marker.number)
                if following == expected:
                    yield _outcome(document, "out-of-order", marker, last, str(expected))
                elif not all(_written_elsewhere(document, marker, number, last.end) for number in missing):
                    yield _outcome(document, "gap", marker, last, _range(missing))
            else:
                yield _outcome(document, "out-of-order", marker, last, str(expected))
            if odd_one_out:
                last = Marker(marker.style, expected if following == expected + 1 else last.number, marker.start, marker.end)
                last_parent = parents[index]
                seen.add(last.number)
                continue
            seen.add(marker.number)
        last, last_parent = marker, parents[index]
    if not faults:
        yield Outcome(
            "consistent",
            Span(first.start, first.end),
            (Evidence(Span(markers[-1].start, markers[-1].end), "next"),),
            derivation=f"{document.words(Span(first.start, first.end))} … {document.words(Span(markers[-1].start, markers[-1].end))}"
            f"：{len(markers)}",
        )


def _outcome(document: Document, defect: str, marker: Marker, other: Marker | None, expected: str) -> Outcome:
    span = Span(marker.start, marker.end)
    evidence = (Evidence(Span(other.start, other.end), "previous"),) if other is not None else ()
    previous = document.words(evidence[0].span) if evidence else ""
    return Outcome(
        "contradicted",
        span,
        evidence,
        derivation=f"{previous} → {document.words(span)}" if previous else document.words(span),
        expected=expected,
        actual=str(marker.number),
        defect=defect,
        values={"marker": document.words(span), "previous": previous, "expected": expected},
    )


def _find(markers: Sequence[Marker], number: int) -> Marker:
    return next(marker for marker in reversed(markers) if marker.number == number)


def _range(numbers: range) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _written_elsewhere(document: Document, marker: Marker, number: int, start: int) -> bool:
    """Whether the missing mark stands there after all, in a place where marks are not looked for."""
    if marker.style not in ("一是", "第一") or number > 10:
        return False
    word = f"第{_CHINESE[number]}" if marker.style == "第一" else f"{_CHINESE[number]}{document.text[marker.end - 1]}"
    return document.text.find(word, start, marker.start) >= 0


def _mixed(document: Document, markers: Sequence[Marker]) -> Iterator[Outcome]:
    """An Arabic number that goes on where a run of words stopped: 一是 … 二是 … 3."""
    last = markers[-1]
    if last.style not in ("一是", "第一") or markers[0].number != 1:
        return
    paragraph = document.paragraph_at(last.start)
    inline = [m for m in document.inline_markers if last.end <= m.start < paragraph.span.end]
    arabic = [m for m in inline if m.style in ("1.", "（1）")]
    if arabic and arabic[0] is inline[0] and arabic[0].number == last.number + 1 and last.number >= 1:
        outcome = _outcome(document, "mixed", arabic[0], last, f"{_CHINESE[min(last.number + 1, 10)]}是")
        yield outcome


def _skipped_levels(document: Document) -> Iterator[Outcome]:
    """（一） missing between 一、 and 1. where its sisters have it is the author's business; 一、 straight to （1） is not,
    when elsewhere in the same text 1. stands between them."""
    between: dict[tuple[str, str], int] = {}
    for item in document.items:
        if item.parent is not None:
            pair = (document.items[item.parent].marker.style, item.marker.style)
            between[pair] = between.get(pair, 0) + 1
    for item in document.items:
        if item.parent is None:
            continue
        parent = document.items[item.parent]
        upper, lower = parent.marker.style, item.marker.style
        siblings = document.children(parent)
        if siblings[0] is not item or lower not in ("（1）", "1."):
            continue
        middles = [m for (u, m) in between if u == upper and (m, lower) in between]
        direct = sum(1 for other in document.items if other.parent is not None and document.items[other.parent].marker.style == upper and other.marker.style == lower and document.children(document.items[other.parent])[0] is other)
        through = sum(between[(upper, m)] for m in middles)
        if middles and direct == 1 and through >= 3 and item.marker.number == 1:
            yield _outcome(document, "level-skipped", item.marker, parent.marker, middles[0])


_FIELDS = ("marker", "previous", "expected")
KIND = Kind(
    "numbering",
    Params,
    {
        "gap": _FIELDS,
        "repeated": _FIELDS,
        "out-of-order": _FIELDS,
        "mixed": _FIELDS,
        "level-skipped": _FIELDS,
    },
    check,
)
