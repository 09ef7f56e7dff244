"""Bytes to text, and positions in that text.

In: bytes.  Out: a `Source`, the text exactly as decoded with the encoding that was used.  Nothing is guessed and nothing
is replaced: text that cannot be decoded for certain is a `DecodeError`.

>>> decode("共3件".encode("gb18030"), "a.txt").encoding
'gb18030'
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from functools import cached_property

from rectlint.errors import DecodeError
from rectlint.records import NamedTuple
from rectlint.report import Location, Note, Place, Position, Words

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# C0 controls that never occur in text: everything but tab, line feed, vertical tab, form feed, carriage return
_BINARY = bytes(sorted(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A}))
# what is read by `rectlint.readers`, and is no text as it stands
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "docx/xlsx/zip"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0", "doc/wps"),
    (b"{\\rtf", "rtf"),
)
_UNLABELLED = Words("", "")


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Cell(NamedTuple):
    """A cell of a `Table`: its words in the text, its place in the grid from 0, and how many rows and columns it takes."""

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Table(NamedTuple):
    """A table of a file that marks its tables: cells in reading order, each a stretch of the text."""

    span: Span
    cells: tuple[Cell, ...]


class _Text(NamedTuple):
    text: str
    path: str = "<text>"
    encoding: str | None = "utf-8"
    format: str = "text"
    wrapped: bool = True
    locations: tuple[tuple[int, Location], ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()


class Source(_Text):
    """A text exactly as decoded, with the name it goes by and the encoding it came in.

    A text that was read from another sort of file says more: ``format`` is the reader's name; ``locations`` tells where
    a person finds each stretch, as pairs of the offset it begins at and its `Location`, in order; ``tables`` are the
    file's tables; ``notes`` tell what was read in a certain way or left out.  Without ``wrapped`` a line feed is the end
    of a paragraph for certain, and only a U+2028 may be a line break within a sentence.
    """

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, position, text = [0], 0, self.text
        while (position := text.find("\n", position)) >= 0:
            position += 1
            starts.append(position)
        return starts

    def position(self, offset: int) -> Position:
        """Line and column (from 1) of ``offset``; lines end at LF, as editors count them."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1, offset)

    def place(self, span: Span, label: Words = _UNLABELLED) -> Place:
        """The `Place` of a span, with its text."""
        return Place(
            self.position(span.start),
            self.position(span.end),
            self.text[span.start : span.end],
            label,
            self.location(span.start),
        )

    def location(self, offset: int) -> Location | None:
        """Where a person finds ``offset`` in the file; None in plain text, where line and column say it."""
        if not self.locations:
            return None
        index = bisect_right(self._location_starts, offset) - 1
        return self.locations[index][1] if index >= 0 else None

    @cached_property
    def _location_starts(self) -> list[int]:
        return [start for start, _ in self.locations]


def decode(data: bytes, path: str) -> Source:
    """Decode ``data``: byte order mark, then strict UTF-8, then strict GB18030; otherwise a `DecodeError`.

    Big5 and other legacy encodings can pass as GB18030, so callers show the encoding whenever it is not UTF-8.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Source(_strict(data, encoding, path), path, encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise DecodeError(
                path,
                f"这是 {kind} 文件，不是纯文本",
                f"this is a {kind} file, not plain text",
                "请另存为 .txt 后再检查",
                "save it as .txt first",
            )
    if len(data.translate(None, _BINARY)) < len(data):
        raise DecodeError(
            path,
            "文件含有控制字符，不是文本文件",
            "the file holds control bytes: it is not text",
            "请确认选对了文件；UTF-16 文件须带字节序标记",
            "check that it is the right file; UTF-16 needs a byte order mark",
        )
    try:
        return Source(data.decode("utf-8"), path, "utf-8")
    except UnicodeDecodeError as error:
        utf8_error = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise DecodeError(
            path,
            f"既不是 UTF-8（第 {utf8_error.start} 字节出错），也不是 GB18030（第 {error.start} 字节出错）",
            f"neither UTF-8 (fails at byte {utf8_error.start}) nor GB18030 (fails at byte {error.start})",
            "请用记事本或 WPS 另存为 UTF-8 编码",
            "save it as UTF-8",
        ) from None
    return Source(text, path, "gb18030")


def _strict(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodeError(
            path,
            f"带有 {encoding} 标记，但第 {error.start} 字节起无法解码",
            f"marked as {encoding}, but not decodable from byte {error.start} on",
            "文件可能已损坏或未下载完整",
            "the file may be damaged or incomplete",
        ) from None
