"""One page of a PDF: its pieces of text, its ruling lines, and whether the text can be trusted.

In: an open document and the index of a page.  Out: a `PageText`, measured from the top left corner of the page as shown.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from rectlint.readers.layout import Piece

_MOST_ON_PAGE = 200_000
_MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 40_000
_GAP, _BLANK = 0.12, 1.2
"""Pieces end where the next character stands so many letter sizes off, and so many where the file has a blank there: what
stands in the gap may come later in the file."""
_FULL = 0.5
"""A picture that fills so much of a page is a scan of it, when the page has next to no text that is seen."""
_FEW = 60
_SHAPES = 150
"""So many shapes without any text are text that was turned into shapes."""
_THIN, _SHORTEST = 3.0, 6.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """Lines of a page, as (position, from, to): horizontal ones by their height, vertical ones by their distance from the left."""

    across: tuple[tuple[float, float, float], ...] = ()
    down: tuple[tuple[float, float, float], ...] = ()


@dataclass
class PageText:
    """What a page holds.  ``unknown`` counts characters that the file does not tell for certain."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    ruling: Ruling = Ruling()
    characters: int = 0
    unknown: int = 0
    pictures: int = 0
    turned: bool = False
    scanned: bool = False
    drawn: bool = False
    crowded: bool = False


class _Frame:
    """From the coordinates of the file to those of the page as shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = page.get_rotation() % 360
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.turn in (90, 270) else (wide, high)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point, as distance from the left and from the top."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box as left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def read_page(document: pypdfium2.PdfDocument, index: int) -> PageText:
    """Read a page; a damaged one raises pdfium's error."""
    page = document[index]
    try:
        frame = _Frame(page)
        found = PageText(frame.width, frame.height)
        objects = pdfium.FPDFPage_CountObjects(page)
        if objects > _MOST_OBJECTS:
            found.crowded = True
            return found
        textpage = page.get_textpage()
        try:
            seen = _text(textpage, frame, found)
        finally:
            textpage.close()
        if not found.crowded:
            _objects(page, objects, frame, found, seen)
        return found
    finally:
        page.close()


@dataclass(slots=True)
class _Run:
    """The text object under way: its letters' size, whether it lies straight, whether it is seen."""

    size: float
    straight: bool
    seen: bool


def _run(textpage: pypdfium2.PdfTextPage, index: int, handle: object, turn: int) -> _Run:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    slant = (math.degrees(math.atan2(matrix.b, matrix.a)) + turn * (1 if turn in (90, 270) else -1)) % 360
    upright = min(slant, 360 - slant) < 3 or (turn in (90, 270) and abs(slant - 180) < 3)
    seen = not handle or pdfium.FPDFTextObj_GetTextRenderMode(handle) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return _Run(size or 1.0, upright, seen)


def _text(textpage: pypdfium2.PdfTextPage, frame: _Frame, found: PageText) -> int:
    """Put the characters of a page together to pieces; the result is how many of them are seen."""
    total = pdfium.FPDFText_CountChars(textpage)
    if total > _MOST_ON_PAGE:
        found.crowded = True
        return 0
    raw = textpage.raw
    unicode_of, generated = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
    unmapped, object_of = pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_GetTextObject
    origin_of, box_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    run, handle_before = _Run(1.0, True, True), -1
    seen = 0
    text: list[str] = []
    left = right = base = size = 0.0
    blank = False
    high = 0  # the first half of a character that takes two

    def end() -> None:
        if text:
            found.pieces.append(Piece("".join(text), left, base - 0.88 * size, right, base + 0.12 * size, size))
            text.clear()

    for index in range(total):
        code = unicode_of(raw, index)
        if generated(raw, index) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        handle = object_of(raw, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value if handle else 0
        if address != handle_before:
            run, handle_before = _run(textpage, index, handle, frame.turn), address or 0
        if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x3000):
            blank = True
            continue
        if not run.straight:
            found.turned = True
            continue
        found.characters += 1
        seen += run.seen
        if _is_unknown(code) or unmapped(raw, index) == 1:
            found.unknown += 1
        origin_of(raw, index, x, y)
        box_of(raw, index, box)
        at, line = frame.place(x.value, y.value)
        edges = frame.box(box.left, box.bottom, box.right, box.top)
        same = bool(text) and abs(line - base) < 0.25 * size and abs(run.size - size) < 0.15 * size
        if same and -0.5 * size < at - right < (_BLANK if blank else _GAP) * size:
            if blank and at - right > _GAP * size:
                text.append(" ")
        else:
            end()
            left, base, size = at, line, run.size
        text.append(chr(code) if code else "\ufffd")
        right = max(edges[2], at + 0.2 * size)
        blank = False
    end()
    return seen


def _is_unknown(code: int) -> bool:
    """Private characters, the replacement character, controls."""
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xE000 <= code < 0xF900
        or code in (0xFFFD, 0xFFFE, 0xFFFF)
        or code >= 0xF0000
    )


def _objects(page: pypdfium2.PdfPage, objects: int, frame: _Frame, found: PageText, seen: int) -> None:
    """Ruling lines, pictures, and what they say of the text."""
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    filled, shapes, segments = 0.0, 0, 0
    area = max(1.0, frame.width * frame.height)
    bounds = [ctypes.c_float() for _ in range(4)]
    stack: list[tuple[object, int]] = [(pdfium.FPDFPage_GetObject(page, index), 0) for index in range(objects)]
    budget = _MOST_OBJECTS
    while stack and budget:
        budget -= 1
        item, depth = stack.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if pdfium.FPDFPageObj_GetBounds(item, *bounds):
                left, top, right, bottom = frame.box(*(value.value for value in bounds))
                share = (
                    max(0.0, min(right, frame.width) - max(left, 0))
                    * max(0.0, min(bottom, frame.height) - max(top, 0))
                    / area
                )
                filled += share
                found.pictures += share > 0.02
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            shapes += 1
            if segments < _MOST_SEGMENTS:
                segments += _segments(item, frame, across, down)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
                stack.append((pdfium.FPDFFormObj_GetObject(item, index), depth + 1))
    found.ruling = Ruling(tuple(across), tuple(down))
    found.scanned = filled > _FULL and seen < _FEW
    found.drawn = not found.characters and shapes > _SHAPES


def _segments(
    item: object, frame: _Frame, across: list[tuple[float, float, float]], down: list[tuple[float, float, float]]
) -> int:
    """Collect the straight lines of a path, thin boxes as lines; the result is how many segments it has."""
    total = int(pdfium.FPDFPath_CountSegments(item))
    if not 2 <= total <= 2000:
        return min(total, 1)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    begins: set[int] = set()
    for index in range(total):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return total
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begins.add(len(points))
        points.append(
            frame.place(
                matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
            )
        )
        if pdfium.FPDFPathSegment_GetClose(segment) and begins:
            points.append(points[max(begins)])
    for index in range(1, len(points)):
        if index in begins:
            continue
        (x0, y0), (x1, y1) = points[index - 1], points[index]
        if abs(y0 - y1) < _THIN < abs(x0 - x1) and abs(x0 - x1) > _SHORTEST:
            across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < _THIN < abs(y0 - y1) and abs(y0 - y1) > _SHORTEST:
            down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return total
