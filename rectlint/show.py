"""What rectlint reads in a text, for people who ask why: the outline as a tree, and every claim with its key.

In: a `Source`.  Out: lines of text.

>>> next(outline_lines(Source("一、整改情况\\n已整改。\\n")))
'1:1  一、 整改情况'
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.frame import Frame
from rectlint.claims.quantities import Quantity
from rectlint.document import Document, Item, parse
from rectlint.markers import Marker
from rectlint.source import Source, Span
from rectlint.values import format_number

_WIDTH = 46


def outline_lines(source: Source) -> Iterator[str]:
    """The outline: special paragraphs, numbered items by depth, and runs of 一是 二是."""
    document = parse(source)
    openings = {item.marker.start: item for item in document.items}
    runs: dict[int | None, list[str]] = {}
    for run in document.runs:
        marks = f"{document.words(_marker_span(run.markers[0]))} … {document.words(_marker_span(run.markers[-1]))}"
        runs.setdefault(run.item, []).append(f"{marks} ({len(run.markers)})" if len(run.markers) > 1 else marks)
    for paragraph in document.paragraphs:
        found = [openings[marker.start] for marker in paragraph.markers if marker.start in openings]
        if not found and paragraph.role != "body":
            yield f"{_at(document, paragraph.span)}  [{paragraph.role}] {_clip(document.words(paragraph.span))}"
        for item in found:
            indent = "  " * sum(1 for _ in document.ancestors(item))
            yield f"{_at(document, item.span)}  {indent}{document.words(_marker_span(item.marker))} {_title(document, item)}"
            for marks in runs.get(item.order, []):
                yield f"{' ' * len(_at(document, item.span))}  {indent}    {marks}"


def claim_lines(source: Source) -> Iterator[str]:
    """Every claim in text order: place, sort, key and value."""
    document = parse(source)
    claims = Claims(document)
    lines: list[tuple[int, str]] = []
    for quantity in claims.quantities:
        lines.append((quantity.span.start, f"quantity  {_quantity_key(quantity)}"))
    lines.extend(_frame_lines(document, claims.frame))
    roles = {moment.date.order: f", {moment.role}" for moment in claims.moments if moment.role != "other"}
    for date in claims.dates.all:
        value = f"{date.first}…{date.last}" if date.first != date.last else str(date.first)
        key = f"{date.grain}, year {date.year_source}{roles.get(date.order, '')}"
        lines.append((date.span.start, f"date      {date.text} = {date.problem or value} [{key}]"))
    for partition in claims.partitions:
        parts = " + ".join(part.figure for part in partition.parts)
        lines.append(
            (partition.total.span.start, f"partition {partition.total.figure} ← {parts} [{partition.closure}]")
        )
    for status in claims.statuses.items:
        mark = document.words(_marker_span(status.item.marker))
        lines.append((status.span.start, f"status    {status.words} [{status.state} · {status.carrier} · {mark}]"))
    for heading in claims.statuses.headings:
        lines.append((heading.span.start, f"status    {document.words(heading.span)} [{heading.state} · heading]"))
    for claim in claims.all_done:
        lines.append((claim.span.start, f"all done  {document.words(claim.span)}"))
    for reference in claims.references:
        lines.append((reference.span.start, f"reference {document.words(reference.span)} {reference.title}".rstrip()))
    for damage in claims.damage:
        lines.append((damage.span.start, f"damage    {document.words(damage.span)} [{damage.sort}]"))
    for offset, line in sorted(lines, key=lambda pair: pair[0]):
        yield f"{_at(document, Span(offset, offset + 1))}  {line}"


def _frame_lines(document: Document, frame: Frame) -> Iterator[tuple[int, str]]:
    """The slots of the frame that the text fills: who inspected whom and when, feedback, cut-off, signature, publication."""
    spans = {"inspector": frame.inspector, "inspected": frame.inspected, "purpose": frame.purpose, "organ": frame.organ}
    dates = {
        "from": frame.start,
        "to": frame.end,
        "feedback": frame.feedback,
        "cut-off": frame.cutoff,
        "signed": frame.signature,
        "published": frame.publication,
    }
    for name, span in (spans | {name: date.span for name, date in dates.items() if date is not None}).items():
        if span is not None:
            yield span.start, f"frame     {name} {document.words(span)}"


def _quantity_key(quantity: Quantity) -> str:
    marks = [quantity.role or "-", quantity.noun or "-", quantity.measure]
    if quantity.approximation:
        marks.append(quantity.approximation)
    if quantity.ranged:
        marks.append("range")
    return f"{quantity.text} = {format_number(quantity.value)} [{' · '.join(marks)}]"


def _marker_span(marker: Marker) -> Span:
    return Span(marker.start, marker.end)


def _title(document: Document, item: Item) -> str:
    return _clip(document.words(item.title))


def _clip(words: str) -> str:
    return words if len(words) <= _WIDTH else words[: _WIDTH - 1] + "…"


def _at(document: Document, span: Span) -> str:
    position = document.source.position(document.source_span(span).start)
    return f"{position.line}:{position.column}"
