"""Sections that a place wants every bulletin to have: none without being configured.

A section is there when one of its wordings stands in a heading, in the title of a numbered item, in a line of contacts or
attachments, at the beginning of a paragraph, or anywhere before a colon (联系电话：).

>>> Params(("下一步|今后",)).sections
('下一步|今后',)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.document import Document, Paragraph
from rectlint.kinds.base import Kind, Outcome
from rectlint.records import NamedTuple
from rectlint.source import Span

_OPENING = 20
"""So far from the beginning of a paragraph its first words reach."""


class Params(NamedTuple):
    """``sections``: what every bulletin must have, each with its wordings parted by ``|``; none by default."""

    sections: tuple[str, ...] = ()


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Look for each section; all that are missing are one outcome, at the title."""
    document = claims.document
    if not document.paragraphs:
        return
    missing: list[str] = []
    for section in params.sections:
        wordings = [wording for part in section.split("|") if (wording := part.strip())]
        found = _find(document, wordings)
        if found is not None:
            yield Outcome("consistent", found, derivation=document.words(found), defect="missing")
        elif wordings:
            missing.append("／".join(wordings))
    if missing:
        wanted = "、".join(missing)
        yield Outcome(
            "contradicted",
            document.title or document.paragraphs[0].span,
            derivation=f"没有：{wanted}",
            expected=wanted,
            defect="missing",
            values={"sections": wanted},
        )


def _find(document: Document, wordings: Sequence[str]) -> Span | None:
    """Where the first of the wordings stands as the name of a section."""
    for item in document.items:
        for wording in wordings:
            start = document.text.find(wording, item.title.start, item.title.end)
            if start >= 0:
                return Span(start, start + len(wording))
    for paragraph in document.paragraphs:
        for wording in wordings:
            start = _in_paragraph(document, paragraph, wording)
            if start >= 0:
                return Span(start, start + len(wording))
    return None


def _in_paragraph(document: Document, paragraph: Paragraph, wording: str) -> int:
    span, text = paragraph.span, document.text
    if paragraph.role in ("title", "meta", "navigation"):
        return -1
    if paragraph.role != "body":
        return text.find(wording, span.start, span.end)
    start = text.find(wording, span.start, min(span.end, span.start + _OPENING + len(wording)))
    return start if start >= 0 else text.find(f"{wording}：", span.start, span.end)


KIND = Kind("sections", Params, {"missing": ("sections",)}, check, needs="sections")
