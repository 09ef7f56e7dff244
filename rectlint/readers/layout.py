"""Pages of placed words to paragraphs, for files that only know where each piece of text stands.

In: for each page its `Piece` values, in any order, in whatever unit the page is measured in, from its top left corner.
Out: `Flow`: paragraphs that may run over pages, and what was set aside: page numbers, and heads that stand on page after page.

What tells paragraphs apart is how documents are set: the first line of one is indented, the last one mostly ends before the
margin, a title is centred and larger.  Where a paragraph cannot be told from its line it is left apart from the next one.

>>> line = Piece("共3件。", 30, 100, 90, 116)
>>> [paragraph.text for paragraph in flow([[line]]).paragraphs]
['共3件。']
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of text on one line: its words and its box.  ``size`` is the size of its letters, by default its height."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0.0

    @property
    def letters(self) -> float:
        """The size of the letters."""
        return self.size or self.bottom - self.top


class Line(NamedTuple):
    """A line of a page: its words, its extent, and the size of its letters."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class FlowParagraph:
    """A paragraph: its words, and where each page of it begins, as offset in the words and number of the page from 1."""

    text: str
    pages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What the pages say; ``aside`` are the heads and page numbers, each once."""

    paragraphs: tuple[FlowParagraph, ...]
    aside: tuple[str, ...]


_PAGE_NUMBER = re.compile(
    r"[-—–―－·•~～\s]*(?:第\s*)?[0-9０-９]{1,4}\s*(?:页)?\s*(?:[/／,，]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–―－·•~～\s]*"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_SENTENCE_ENDS = ("。", "；", "：", "！", "？", ";", ":")
_SAME_LINE = 0.5
"""Pieces belong to one line when their middles are nearer than this share of their size."""
_WORD_GAP = 0.8
"""A gap of so many letter widths is a space."""
_INDENT = 0.8
_SHORT = 1.7
"""A line that ends so many letters before the margin is the last one of its paragraph; fewer fall to punctuation that may
not begin a line."""
_SHORT_IF_SET_IN = 4.5
"""The same where first lines are set in, which is the better sign: a figure that may not be broken leaves a gap."""
_OTHER_SIZE = 0.12
_WIDE_PITCH = 1.45
_HEAD_SHARE = 0.12
"""Heads and page numbers stand within this share of the page from its edges."""


def flow(pages: Sequence[Sequence[Piece]], heights: Sequence[float] | None = None) -> Flow:
    """The paragraphs of all pages in order.  ``heights`` are those of the pages, by default as far as their text reaches."""
    lined = [lines(pieces) for pieces in pages]
    if heights is None:
        heights = [max((line.bottom for line in page), default=0.0) for page in lined]
    body, aside = _without_heads(lined, heights)
    return Flow(tuple(_paragraphs(body)), tuple(dict.fromkeys(aside)))


def lines(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a page from top to bottom, the pieces of each put together from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2):
        if not piece.text.strip():
            continue
        middle = (piece.top + piece.bottom) / 2
        row = next((row for row in reversed(rows[-3:]) if _on_line(middle, piece.letters, row[0])), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_line(row) for row in rows]


def _on_line(middle: float, size: float, first: Piece) -> bool:
    return abs((first.top + first.bottom) / 2 - middle) < _SAME_LINE * min(size, first.letters)


def _line(row: list[Piece]) -> Line:
    row.sort(key=lambda piece: piece.left)
    text = ""
    right = row[0].left
    for piece in row:
        if text and piece.left - right > _WORD_GAP * piece.letters and not text.endswith(" "):
            text += " "
        text += piece.text
        right = max(right, piece.right)
    stripped = text.strip()
    size = max(row, key=lambda piece: len(piece.text)).letters
    return Line(stripped, row[0].left, min(p.top for p in row), right, max(p.bottom for p in row), size)


def joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one text; only between Latin words a line's end stands for a space.

    >>> joined("共受理信访", "件16件"), joined("the whole", "text")
    ('共受理信访件16件', 'the whole text')
    """
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after


def _without_heads(pages: list[list[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[str]]:
    """The pages without page numbers and what is repeated at their edges."""
    edges = Counter(
        place
        for page, height in zip(pages, heights, strict=True)
        for place in {_edge_place(line) for line in page if _at_edge(line, height)}
    )
    aside: list[str] = []
    kept: list[list[Line]] = []
    for page, height in zip(pages, heights, strict=True):
        rest = []
        for line in page:
            times = edges[_edge_place(line)] if _at_edge(line, height) else 0
            # a cover or a last page may do without; a sentence that two pages happen to end with is no head
            is_head = times > 1 and times * 2 >= len(pages) - 1 and not line.text.endswith((*_SENTENCE_ENDS, "，"))
            is_number = line in (page[0], page[-1]) and _PAGE_NUMBER.fullmatch(line.text) is not None
            if is_head or (is_number and (line is page[-1] or _at_edge(line, height))):
                aside.append(line.text)
            else:
                rest.append(line)
        kept.append(rest)
    return kept, aside


def _edge_place(line: Line) -> tuple[str, int]:
    """What heads of different pages have in common: their words but for numbers, and their height."""
    return _DIGITS.sub("0", "".join(line.text.split())), round(line.top / max(line.size, 1e-6))


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < _HEAD_SHARE * height or line.top > (1 - _HEAD_SHARE) * height


class _Margins(NamedTuple):
    """Where lines begin and where full ones end, the usual size, the distance from line to line, and how many letters
    before the margin the last line of a paragraph ends at the latest."""

    left: float
    right: float
    size: float
    pitch: float
    short: float


def _margins(pages: Sequence[Sequence[Line]]) -> _Margins:
    every = [line for page in pages for line in page]
    size = Counter(round(line.size, 1) for line in every for _ in range(len(line.text))).most_common(1)[0][0]
    usual = [line for line in every if abs(line.size - size) <= _OTHER_SIZE * size] or every
    right = -_shared([-line.right for line in usual], size)
    left = _shared([line.left for line in usual], size / 2)
    set_in = sum(1.5 * size < line.left - left < 2.6 * size for line in usual) > 1
    gaps = [
        below.top - above.top
        for page in pages
        for above, below in itertools.pairwise(page)
        if below.top > above.top and abs(above.size - below.size) <= _OTHER_SIZE * size
    ]
    return _Margins(left, right, size, median(gaps) if gaps else 0.0, _SHORT_IF_SET_IN if set_in else _SHORT)


def _shared(edges: Sequence[float], within: float) -> float:
    """The outermost edge that two lines share; one line alone may stick out."""
    ordered = sorted(edges)
    return next((a for a, b in itertools.pairwise(ordered) if b - a < within), ordered[0])


@dataclass
class _Open:
    """A paragraph in the making."""

    text: str = ""
    pages: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str, page: int) -> None:
        self.text = joined(self.text, text)
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((len(self.text) - len(text), page))


def _paragraphs(pages: Sequence[Sequence[Line]]) -> list[FlowParagraph]:
    if not any(pages):
        return []
    margins = _margins(pages)
    found: list[_Open] = []
    above: Line | None = None
    for number, page in enumerate(pages, 1):
        for index, line in enumerate(page):
            if above is None or not _continues(above, line, margins, same_page=index > 0):
                found.append(_Open())
            found[-1].add(line.text, number)
            above = line
    return [FlowParagraph(paragraph.text, tuple(paragraph.pages)) for paragraph in found]


def _continues(above: Line, line: Line, margins: _Margins, *, same_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    size = max(above.size, line.size)
    if abs(above.size - line.size) > _OTHER_SIZE * size:
        return False
    if same_page and margins.pitch and line.top - above.top > _WIDE_PITCH * max(margins.pitch, 1.2 * size):
        return False
    ends_short = above.right < margins.right - margins.short * size
    if _is_centred(line, margins) and (_is_centred(above, margins) or not ends_short):
        # a title broken in two; in the size of the text, lines of their own (a place and a date, a signature)
        return size > (1 + _OTHER_SIZE) * margins.size
    if ends_short:
        return False
    if line.left <= margins.left + _INDENT * size:
        return True
    # set in as a block, or hanging from its number, unless the line above just filled its line and ends there
    return not above.text.endswith(_SENTENCE_ENDS)


def _is_centred(line: Line, margins: _Margins) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return before > line.size * _INDENT and abs(before - after) < max(
        2 * line.size, 0.1 * (margins.right - margins.left)
    )
