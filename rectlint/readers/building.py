"""Put a text together from the paragraphs and tables of a file, noting where each came from.

In: paragraphs and tables in reading order, with locations.  Out: a `Source` in which each paragraph is one line (a break
within a paragraph is a U+2028) and each row of a table is a line with ``|`` between its cells.

>>> builder = TextBuilder()
>>> builder.paragraph("共3件。", paragraph_location(1))
0
>>> builder.source("通报.docx", "docx").text
'共3件。\\n'
"""

from __future__ import annotations

from collections.abc import Sequence

from rectlint.records import NamedTuple
from rectlint.report import Location, Note, Words
from rectlint.source import Cell, Source, Span, Table

BREAK = "\u2028"
"""A line break that may stand within a sentence."""
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
"""Figures set above or below the line, as the characters that are."""
_SEPARATOR = " | "
_MOST_TAKEN = 60


class CellText(NamedTuple):
    """A cell as read: its words, its place in the grid from 0, what it spans, and where a person finds it."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    location: Location | None = None


class TextBuilder:
    """Collects the text; every offset it returns counts in the finished text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._locations: list[tuple[int, Location]] = []
        self._tables: list[Table] = []
        self._notes: list[Note] = []

    @property
    def length(self) -> int:
        """How long the text is so far."""
        return self._length

    def paragraph(
        self, text: str, location: Location | None = None, further: Sequence[tuple[int, Location]] = ()
    ) -> int:
        """Add a paragraph, and give the offset it begins at.  Line feeds in it become breaks.

        ``further`` are the locations of what stands elsewhere (on the next page), each with its offset in ``text``.
        """
        start = self._length
        self._locate(location)
        done = 0
        for offset, place in further:
            self._add(_with_breaks(text[done:offset]))
            self._locate(place)
            done = offset
        self._add(_with_breaks(text[done:]) + "\n")
        return start

    def table(self, cells: Sequence[CellText]) -> list[int]:
        """Add a table, and give the offset that each cell begins at, in the order given (reading order).

        A row whose first columns are taken by cells from above opens with a ``|`` for each.
        """
        start = self._length
        offsets: list[int] = []
        placed: list[Cell] = []
        row = -1
        for index, cell in enumerate(cells):
            if cell.row == row:
                self._add(_SEPARATOR)
            else:
                self._add(("\n" if index else "") + _SEPARATOR * min(cell.column, _MOST_TAKEN))
            row = cell.row
            self._locate(cell.location)
            text = " ".join(cell.text.split())
            offsets.append(self._length)
            placed.append(
                Cell(Span(self._length, self._length + len(text)), cell.row, cell.column, cell.rows, cell.columns)
            )
            self._add(text)
        if placed:
            self._add("\n")
            self._tables.append(Table(Span(start, self._length - 1), tuple(placed)))
        return offsets

    def note(self, words: Words, where: str = "") -> None:
        """Tell the reader of a run what was read in a certain way, or left out."""
        note = Note(where, words)
        if note not in self._notes:
            self._notes.append(note)

    def source(self, path: str, format: str, encoding: str | None = None) -> Source:
        """The finished text; notes without a place of their own get the path."""
        return Source(
            "".join(self._pieces),
            path,
            encoding,
            format,
            wrapped=False,
            locations=tuple(self._locations),
            tables=tuple(self._tables),
            notes=tuple(Note(note.where or path, note.words) for note in self._notes),
        )

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _locate(self, location: Location | None) -> None:
        if location is None or (self._locations and self._locations[-1][1] == location):
            return
        if self._locations and self._locations[-1][0] == self._length:
            self._locations.pop()
        self._locations.append((self._length, location))


def _with_breaks(text: str) -> str:
    return text.replace("\r\n", BREAK).replace("\n", BREAK).replace("\r", BREAK)


def paragraph_location(number: int) -> Location:
    """The ``number``-th paragraph of a file, from 1."""
    return Location(Words(f"第 {number} 段", f"paragraph {number}"), f"paragraph[{number}]")


def page_location(page: int, paragraph: int) -> Location:
    """A paragraph of a page, both from 1."""
    return Location(
        Words(f"第 {page} 页第 {paragraph} 段", f"page {page}, paragraph {paragraph}"),
        f"page[{page}]/paragraph[{paragraph}]",
    )


def cell_location(table: int, row: int, column: int) -> Location:
    """A cell of the ``table``-th table of a file; all from 1."""
    return Location(
        Words(f"表 {table} 第 {row} 行第 {column} 列", f"table {table}, row {row}, column {column}"),
        f"table[{table}]/row[{row}]/cell[{column}]",
    )
