"""Tables: rows and columns of figures, from files that mark their tables and from lines with ``|`` between cells.

In: a `Document`.  Out: `Grid` values: the cells as a rectangle, which rows are headings, what each column is called, and
which cells hold figures.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> grid, = find_tables(parse(Source("单位 | 问题数\\n甲局 | 3\\n乙局 | 4\\n合计 | 7\\n")))
>>> [column.label for column in grid.columns], [row.label for row in grid.rows]
(['单位', '问题数'], ['甲局', '乙局', '合计'])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.values import Number, parse_number

_FIGURE = Pattern(
    r"(?P<sign>[-—])?(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,16}(?:\.\d{1,9})?)(?P<scale>万|亿)?(?P<unit>%|\p{Han}{0,3})"
)
_BLANK = frozenset(("", "-", "—", "——", "--", "/", "\\", "无", "*", "…"))
_RULE = frozenset("-:—：")
_NO_AMOUNT = frozenset("年月日号期")
_LONGEST_LABEL = 40
_WIDEST_CELL = 100
"""How many rows and columns a merged cell may take; a file can name any number."""


class Field(NamedTuple):
    """A cell: its place in the view, its words, its figure if it holds nothing else, and the figure's unit."""

    span: Span
    text: str
    number: Number | None = None
    unit: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is told here; a blank in a column of figures stands for none."""
        return self.text in _BLANK

    @property
    def value(self) -> Decimal:
        """The figure; 0 where the cell is blank."""
        return Decimal(0) if self.number is None else self.number.value


class Row(NamedTuple):
    """A row of figures: its first words, where they stand, and its cells by column (None under a merged cell)."""

    label: str
    span: Span
    fields: tuple[Field | None, ...]


class Column(NamedTuple):
    """A column: its heading, headings above it included, and where that stands (None without one)."""

    label: str
    span: Span | None


class Grid(NamedTuple):
    """A table below its headings; ``span`` covers all of it."""

    span: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


_Placed = dict[tuple[int, int], Field]


def find_tables(document: Document) -> Iterator[Grid]:
    """Every table of at least two rows and columns, in text order."""
    if document.source.tables:
        for table in document.source.tables:
            placed: _Placed = {}
            covered: dict[tuple[int, int], tuple[int, int]] = {}
            for cell in table.cells:
                start = document.view.from_source(cell.span.start)
                end = document.view.from_source(cell.span.end - 1) + 1 if cell.span.end > cell.span.start else start
                placed[cell.row, cell.column] = _field(document, Span(start, end))
                for row in range(cell.row, cell.row + min(cell.rows, _WIDEST_CELL)):
                    for column in range(cell.column, cell.column + min(cell.columns, _WIDEST_CELL)):
                        covered[row, column] = (cell.row, cell.column)
            if placed:
                yield from _grid(placed, covered)
        return
    lines: list[list[Field]] = []
    framed = (False, False)
    for paragraph in [*document.paragraphs, None]:
        fields: list[Field] = []
        if paragraph is not None and paragraph.role == "table":
            words = document.words(paragraph.span)
            # whether the first row of a table has bars round it tells what a bar at the edge of any row is
            framed = framed if lines else (words.startswith("|"), words.endswith("|"))
            fields = _split(document, paragraph.span, *framed)
        if lines and len(fields) != len(lines[0]):
            placed = {(row, column): field for row, line in enumerate(lines) for column, field in enumerate(line)}
            yield from _grid(placed, {place: place for place in placed})
            lines = []
        if fields and not all(set(field.text) <= _RULE for field in fields):
            lines.append(fields)


def _split(document: Document, span: Span, left: bool, right: bool) -> list[Field]:
    """The cells of a row; ``left`` and ``right``: whether a bar at that edge frames the table."""
    text = document.text
    start = span.start + (left and text[span.start] == "|")
    end = span.end - (right and text[span.end - 1] == "|" and span.end - 1 > start)
    fields = []
    while start <= end:
        stop = text.find("|", start, end)
        stop = end if stop < 0 else stop
        fields.append(_field(document, Span(start, stop)))
        start = stop + 1
    return fields


def _field(document: Document, span: Span) -> Field:
    words = document.words(span)
    text = words.strip()
    lead = len(words) - len(words.lstrip())
    span = Span(span.start + lead, span.start + lead + len(text))
    match = _FIGURE.fullmatch(text) if text[-1:] and (text[0].isdigit() or text[0] in "-—") else None
    if match is None or match["unit"][:1] in _NO_AMOUNT:
        return Field(span, text)
    number = parse_number(match["digits"], match["scale"] or "")
    if match["sign"]:
        number = Number(-number.value, number.step)
    return Field(span, text, number, match["unit"])


def _grid(placed: _Placed, covered: dict[tuple[int, int], tuple[int, int]]) -> Iterator[Grid]:
    height = 1 + max(row for row, _ in covered)
    width = 1 + max(column for _, column in covered)
    if height < 2 or width < 2:
        return
    lines = [[placed.get((row, column)) for column in range(width)] for row in range(height)]
    heads = 0
    while heads < height - 1 and _is_heading(lines[heads]):
        heads += 1
    columns = []
    for column in range(width):
        above: list[Field] = []
        for row in range(heads):
            field = placed.get(covered.get((row, column), (row, column)))
            if field is not None and field.text and field not in above:
                above.append(field)
        columns.append(Column("".join(field.text for field in above), above[-1].span if above else None))
    rows = []
    for line in lines[heads:]:
        named = next((field for field in line if field is not None and field.text and field.number is None), None)
        filled = [field for field in line if field is not None]
        if not filled:
            continue
        label = named.text if named is not None and len(named.text) <= _LONGEST_LABEL else ""
        rows.append(Row(label, named.span if named is not None else filled[0].span, tuple(line)))
    first = min(field.span.start for field in placed.values())
    yield Grid(Span(first, max(field.span.end for field in placed.values())), tuple(columns), tuple(rows))


def _is_heading(line: list[Field | None]) -> bool:
    """A row without figures, or with years for figures."""
    figures = [field.number for field in line if field is not None and field.number is not None]
    return all(number.step == 1 and 1990 <= number.value <= 2099 for number in figures)
