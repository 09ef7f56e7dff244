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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from rectlint.markers import leading_marker
from rectlint.readers.building import RAISED
from rectlint.records import NamedTuple


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
    """A line of a page: its words, its extent, and the size of its letters; whether it stands in one of two columns, and
    its cells where it has gaps as the rows of a table have."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: bool = False
    cells: tuple[str, ...] = ()


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
_WORD = re.compile(r"[“‘（《〔【(\[]*(?:[A-Za-z0-9.,%/:_@+-]+|.)[，。、；：！？）》”’〕】)\];:,!?%…]*")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,12}[:：]")
_WIDE = str.maketrans("(),:", "（），：")
_SENTENCE_ENDS = ("。", "；", "：", "！", "？", ";", ":")
_HANGING = frozenset("，。、；：,.;:")
_SAME_LINE = 0.5
"""Pieces belong to one line when their middles are nearer than this share of their size."""
_WORD_GAP = 0.8
"""A gap of so many letter widths is a space."""
_LATIN_GAP = 0.12
_CELL_GAP = 2.5
_RAISED_SIZE, _RAISED_BY = 0.75, 0.15
_INDENT = 0.8
_FIRST_LINE = (1.5, 2.6)
"""How far first lines are set in: two letters, more or less."""
_SHORT = 1.7
"""A line that ends so many letters before the margin is the last one of its paragraph; fewer fall to punctuation that may
not begin a line."""
_SHORT_IF_SET_IN = 4.5
"""The same where first lines are set in, which is the better sign: a figure that may not be broken leaves a gap."""
_OTHER_SIZE = 0.12
_COLUMN_GAP = 0.45
_FEWEST_ROWS = 6
"""So many lines beside each other are columns."""
_WIDE_PITCH = 1.45
_HEAD_SHARE = 0.12
"""Heads and page numbers stand within this share of the page from its edges."""


def flow(pages: Sequence[Sequence[Piece]], heights: Sequence[float] | None = None) -> Flow:
    """The paragraphs of all pages in order.  ``heights`` are those of the pages, by default as far as their text reaches."""
    lined: list[list[Line]] = []
    gutter: _Gutter | None = None
    for pieces in pages:
        rows = _rows(pieces)
        gutter = _gutter(rows) or (gutter if gutter is not None and _fits(gutter, rows) else None)
        lined.append([_line(row) for row in rows] if gutter is None else _in_columns(rows, gutter))
    if heights is None:
        heights = [max((line.bottom for line in page), default=0.0) for page in lined]
    body, aside = _without_heads(lined, heights)
    return Flow(tuple(_paragraphs(body)), tuple(dict.fromkeys(aside)))


def _in_columns(rows: Sequence[list[Piece]], gutter: _Gutter) -> list[Line]:
    """The lines of a page with two columns: first the left one, the right one moved to where the left one stands."""
    ordered: list[Line] = []
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []

    def columns() -> None:
        by = gutter.right - gutter.margin
        moved = [[p._replace(left=p.left - by, right=p.right - by) for p in row] for row in right]
        ordered.extend(_line(row)._replace(column=True) for row in (*left, *moved))
        left.clear()
        right.clear()

    for row in rows:
        if any(piece.left < gutter.right - 1 < piece.right for piece in row):
            columns()
            ordered.append(_line(row))
            continue
        for side, part in (
            (left, [p for p in row if p.left < gutter.right - 1]),
            (right, [p for p in row if p.left >= gutter.right - 1]),
        ):
            if part:
                side.append(part)
    columns()
    return ordered


class _Gutter(NamedTuple):
    """The empty strip between two columns: where the right one begins, and where the left one does."""

    right: float
    margin: float


def _gutter(rows: Sequence[list[Piece]]) -> _Gutter | None:
    """The strip that parts a page in two columns of running text, if there is one in its middle."""
    parts = [part for row in rows for part in _parts(row)]
    if len(parts) < 2 * _FEWEST_ROWS:
        return None
    margin, end = min(left for left, _ in parts), max(right for _, right in parts)
    middle, width = (margin + end) / 2, end - margin  # columns are of one width: the right one begins past the middle
    begins = sorted({left for left, _ in parts if middle - 0.03 * width < left < middle + 0.1 * width})
    if not begins:
        return None
    crossed = {at: sum(left < at - 1 and right > at - 1 for left, right in parts) for at in begins[:50]}
    at = min(crossed, key=lambda begin: (crossed[begin], begin))
    before = [part for part in parts if part[1] <= at]
    after = [part for part in parts if part[0] >= at]
    if crossed[at] * 5 > len(parts) or min(len(before), len(after)) < _FEWEST_ROWS:
        return None
    left, margin = max(right for _, right in before), _shared([left for left, _ in before], 1.0)
    full = sum(right > margin + 0.8 * (left - margin) for _, right in before)
    reached = sum(right > at + 0.8 * (end - at) for _, right in after)
    if full * 2 < len(before) or reached * 2 < len(after):
        return None
    return _Gutter(at, margin)


def _fits(gutter: _Gutter, rows: Sequence[list[Piece]]) -> bool:
    """Whether the columns of the page before go on: few lines cross the strip."""
    parts = [part for row in rows for part in _parts(row)]
    crossing = sum(left < gutter.right - 1 < right for left, right in parts)
    return crossing * 5 <= len(parts)


def _parts(row: list[Piece]) -> list[tuple[float, float]]:
    """From where to where a row has text, wide gaps apart."""
    found: list[tuple[float, float]] = []
    for piece in sorted(row, key=lambda piece: piece.left):
        if found and piece.left - found[-1][1] <= _COLUMN_GAP * piece.letters:
            found[-1] = (found[-1][0], max(found[-1][1], piece.right))
        else:
            found.append((piece.left, piece.right))
    return found


def lines(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a page from top to bottom, the pieces of each put together from left to right."""
    return [_line(row) for row in _rows(pieces)]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that stand on one line, from top to bottom."""
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
    return rows


def _on_line(middle: float, size: float, first: Piece) -> bool:
    return abs((first.top + first.bottom) / 2 - middle) < _SAME_LINE * min(size, first.letters)


def _line(row: list[Piece]) -> Line:
    row.sort(key=lambda piece: piece.left)
    text = ""
    right = row[0].left
    begins = [0]
    main = max(row, key=lambda piece: len(piece.text))
    for piece in row:
        if text and piece.left - right > _CELL_GAP * piece.letters:
            begins.append(len(text))
        if text and not text.endswith(" ") and _is_gap(text, piece, piece.left - right):
            text += " "
        text += piece.text.translate(RAISED) if _is_raised(piece, main) else piece.text
        right = max(right, piece.right)
    size = main.letters
    cells = tuple(text[a:b].strip() for a, b in itertools.pairwise([*begins, len(text)])) if len(begins) > 1 else ()
    top, bottom = min(piece.top for piece in row), max(piece.bottom for piece in row)
    return Line(text.strip(), row[0].left, top, right, bottom, size, cells=cells)


def _is_raised(piece: Piece, main: Piece) -> bool:
    """Whether a piece is figures set small above the line, as the marks of notes are: they are no part of the figure before."""
    small = piece.letters < _RAISED_SIZE * main.letters and piece.text.isdecimal()
    return small and piece.bottom < main.bottom - _RAISED_BY * main.letters


def _is_gap(before: str, piece: Piece, width: float) -> bool:
    """Whether a gap between two pieces is a space; one between Latin words is narrower."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and piece.text[:1].isascii() and piece.text[:1].isalpha()
    return width > (_LATIN_GAP if latin else _WORD_GAP) * piece.letters


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
    set_in: bool


def _margins(pages: Sequence[Sequence[Line]]) -> _Margins:
    every = [line for page in pages for line in page]
    size = Counter(round(line.size, 1) for line in every for _ in range(len(line.text))).most_common(1)[0][0]
    usual = [line for line in every if abs(line.size - size) <= _OTHER_SIZE * size] or every
    # punctuation may hang over the margin
    inside = [line for line in usual if line.text[-1] not in _HANGING]
    right = -_shared([-line.right for line in (inside if len(inside) > 3 else usual)], size)
    left = _shared([line.left for line in usual], size / 2)
    set_in = sum(_is_set_in(line.left - left, size) for line in usual) > 1
    gaps = [
        below.top - above.top
        for page in pages
        for above, below in itertools.pairwise(page)
        if below.top > above.top and abs(above.size - below.size) <= _OTHER_SIZE * size
    ]
    return _Margins(left, right, size, median(gaps) if gaps else 0.0, _SHORT_IF_SET_IN if set_in else _SHORT, set_in)


def _is_set_in(distance: float, size: float) -> bool:
    """Whether a first line that begins so far from the margin is set in by two letters."""
    return _FIRST_LINE[0] * size < distance < _FIRST_LINE[1] * size


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
    margins = {
        column: _margins(kept)
        for column in (False, True)
        if any(kept := [[line for line in page if line.column == column] for page in pages])
    }
    found: list[_Open] = []
    above: Line | None = None
    for number, page in enumerate(pages, 1):
        for index, line in enumerate(page):
            if above is None or not _continues(above, line, margins, same_page=index > 0 and line.top > above.top):
                found.append(_Open())
            beside = (above, page[index + 1] if index + 1 < len(page) else None)
            is_row = line.cells and any(other and len(other.cells) == len(line.cells) for other in beside)
            found[-1].add(" | ".join(line.cells) if is_row else line.text, number)
            above = line
    return [FlowParagraph(paragraph.text, tuple(paragraph.pages)) for paragraph in found]


def _continues(above: Line, line: Line, every: Mapping[bool, _Margins], *, same_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    if above.column != line.column or above.cells or line.cells:
        return False
    margins = every[line.column]
    size = max(above.size, line.size)
    if abs(above.size - line.size) > _OTHER_SIZE * size:
        return False
    if same_page and margins.pitch and line.top - above.top > _WIDE_PITCH * max(margins.pitch, 1.2 * size):
        return False
    # what may not be broken goes to the next line whole
    room = max(margins.short, _unbreakable(line.text) + 0.5)
    if not above.text.endswith(_SENTENCE_ENDS) and not _opens(line.text):
        room = max(room, _SHORT_IF_SET_IN)
    ends_short = above.right < margins.right - room * size
    if _is_centred(line, margins) and (_is_centred(above, margins) or not ends_short):
        # a title broken in two; in the size of the text, lines of their own (a place and a date, a signature), unless
        # the one above had no room for more
        far_in = line.left - margins.left > _FIRST_LINE[1] * size
        runs_on = far_in and not ends_short and not above.text.endswith(_SENTENCE_ENDS)
        return size > (1 + _OTHER_SIZE) * margins.size or runs_on
    if ends_short:
        return False
    if line.left <= margins.left + _INDENT * size:
        # a full line may be the last one of its paragraph; what begins with a number after a full stop is the next one
        return margins.set_in or not above.text.endswith("。") or not _opens(line.text)
    if margins.set_in and _is_set_in(line.left - margins.left, margins.size):
        return _is_numbered(above.text) and above.left < line.left - _INDENT * size
    # set in as a block, or hanging from its number, unless the line above just filled its line and ends there
    return not above.text.endswith(_SENTENCE_ENDS)


def _unbreakable(text: str) -> float:
    """How wide, in letters, what a line begins with is up to where it may be broken."""
    match = _WORD.match(text)
    return sum(0.55 if character.isascii() else 1.0 for character in match.group()) if match else 1.0


def _is_numbered(text: str) -> bool:
    folded = text[:12].translate(_WIDE)
    return leading_marker(folded, 0, len(folded)) is not None


def _opens(text: str) -> bool:
    """Whether a line begins as paragraphs do: with a number or a label."""
    return _is_numbered(text) or _LABEL.match(text) is not None


def _is_centred(line: Line, margins: _Margins) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return before > line.size * _INDENT and abs(before - after) < max(
        2 * line.size, 0.1 * (margins.right - margins.left)
    )
