"""Ends of paragraphs: does the text stop in the middle of a sentence, or without a full stop?

Only running text is looked at: no headings, titles, tables, signatures, contact lines, and no line whose sentence goes on
in the next one (the view has joined those already).
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.document import Document, Paragraph
from rectlint.kinds.base import Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.view import opens_paragraph

_OPEN = Pattern(
    r"(?:[，、]|(?<!\p{Han}在)(?:以及|并且|(?<![共总饱缓温祥调])和|(?<![参])与|(?<![涉普触危波])及|(?<!即)将))$"
)
_LABEL = Pattern(r"^[^，。；]{0,14}：[^。]*$")
_TAIL = Pattern(r"(?:“\p{Han}{1,5}”|[\p{Han}\d%A-Za-z]{1,4}[”》]?)$")


class Params(NamedTuple):
    """``shortest``: paragraphs of fewer characters are taken for headings or table cells."""

    shortest: int = 20


_ANNOUNCED = Pattern(r"(?:整改(?:落实)?(?:措施|情况|进展|结果|成效)|主要做法|如下)：$", needs=("：",))
# a signature that ran into the last paragraph
_SIGNED = Pattern(r"[。；][^。，；：]{0,36}\d{4}年\d{1,2}月\d{1,2}日$")


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Look at the last mark of each paragraph of running text."""
    document = claims.document
    for index, paragraph in enumerate(document.paragraphs):
        following = document.paragraphs[index + 1] if index + 1 < len(document.paragraphs) else None
        if paragraph.role == "body" and following is not None and _announces_nothing(document, paragraph, following):
            yield _made(document, Span(paragraph.span.end - 1, paragraph.span.end), "open", "：")
            continue
        if paragraph.role not in ("body", "heading") or len(paragraph.span) < params.shortest:
            continue
        lead = document.text[paragraph.span.end - 1] == "，" and _leads_in(following)
        if lead or _looks_like_heading(document, paragraph):
            continue
        yield from _outcome(document, paragraph, following)


def _announces_nothing(document: Document, paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph ends in 整改措施： or 如下： and the next item of its list, or of one above, follows at once."""
    if document.text[paragraph.span.end - 1] != "：" or not following.markers or following.markers[0].number < 2:
        return False
    if _ANNOUNCED.search(document.text, paragraph.span.start, paragraph.span.end) is None:
        return False
    item = document.item_at(paragraph.span.start)
    above = [] if item is None else [item, *document.ancestors(item)]
    return following.markers[0].style in {one.marker.style for one in above}


def _outcome(document: Document, paragraph: Paragraph, following: Paragraph | None) -> Iterator[Outcome]:
    span = paragraph.span
    tail = document.text[max(span.start, span.end - 8) : span.end]
    cut = _OPEN.search(tail)
    if cut is not None:
        yield _made(document, Span(span.end - (cut.end() - cut.start()), span.end), "open", tail[cut.start() :])
        return
    if paragraph.role == "heading":
        return
    words = document.words(span)
    finished = (
        following is None
        or following.role != "body"
        or bool(following.markers)
        or _starts_label(document, following)
        or opens_paragraph(document.text, following.span.start, following.span.end)
    )
    if words.endswith("日") and _SIGNED.search(words) is not None:
        return
    if following is not None and _parted(document, span, following.span):
        return
    if "。" in words[:-1] and finished and _LABEL.search(words) is None:
        last = _TAIL.search(tail)
        if last is not None:
            yield _made(document, Span(span.end - (last.end() - last.start()), span.end), "no-stop", last.group())


def _parted(document: Document, span: Span, following: Span) -> bool:
    """Whether two paragraphs stand in one line of the text as it came: their line break was lost, and maybe more."""
    start, end = document.source_span(span).end, document.source_span(following).start
    between = document.source.text[start:end]
    return "\n" not in between and "\u2028" not in between


def _leads_in(following: Paragraph | None) -> bool:
    """Whether a run 一是 … begins in the next paragraph: the comma before it stands for a colon."""
    return (
        following is not None
        and bool(following.markers)
        and following.markers[0].number == 1
        and following.markers[0].style in ("一是", "第一", "①")
    )


def _looks_like_heading(document: Document, paragraph: Paragraph) -> bool:
    """Whether a numbered line has no sentence in it."""
    words = document.words(paragraph.span)
    return "|" in words or not any(mark in words for mark in "，。；：、")


def _starts_label(document: Document, paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with a label such as 整改情况：."""
    return "：" in document.text[paragraph.span.start : min(paragraph.span.end, paragraph.span.start + 16)]


def _made(document: Document, span: Span, defect: str, tail: str) -> Outcome:
    values = {"tail": tail, "near": document.around(span, 10)}
    return Outcome("contradicted", span, derivation=tail, actual=tail, defect=defect, values=values)


KIND = Kind("ending", Params, {"open": ("tail", "near"), "no-stop": ("tail", "near")}, check)
