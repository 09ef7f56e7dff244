"""Tables from their ruling lines.

In: the lines of a page and its pieces of text.  Out: each `Grid` that lines make, its cells with the pieces in them.

>>> lines = Ruling(tuple((y, 0, 90) for y in (0, 20, 40)), tuple((x, 0, 40) for x in (0, 30, 90)))
>>> [len(grid.cells) for grid in grids(lines, [Piece("甲", 5, 5, 15, 15), Piece("3", 40, 25, 46, 35)])]
[4]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.readers._pdf_page import Ruling
from rectlint.readers.building import CellText
from rectlint.readers.layout import Piece
from rectlint.records import NamedTuple

_NEAR = 3.0
_MOST_EDGES = 300


class GridCell(NamedTuple):
    """A cell: its place in the grid from 0, what it spans, and the pieces of text in it."""

    row: int
    column: int
    rows: int
    columns: int
    pieces: tuple[Piece, ...]


class Grid(NamedTuple):
    """A table of a page: its cells in reading order, where its columns begin and end, and how high it reaches."""

    cells: tuple[GridCell, ...]
    edges: tuple[float, ...]
    top: float
    bottom: float


def grids(ruling: Ruling, pieces: Sequence[Piece]) -> Iterator[Grid]:
    """The tables of a page: at least two columns and two cells with words."""
    for across, down in _connected(ruling):
        columns = _edges([position for position, _, _ in down])
        rows = _edges([position for position, _, _ in across])
        if not 3 <= len(columns) <= _MOST_EDGES or not 2 <= len(rows) <= _MOST_EDGES:
            continue
        grid = _grid(across, down, columns, rows, pieces)
        if sum(bool(cell.pieces) for cell in grid.cells) > 1 and any(cell.column for cell in grid.cells if cell.pieces):
            yield grid


def continues(before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether two tables have the same columns."""
    return len(before) == len(after) and all(abs(a - b) < 2 * _NEAR for a, b in zip(before, after, strict=True))


def same_words(before: Sequence[CellText], after: Sequence[CellText]) -> bool:
    """Whether two rows say the same: the head of a table, repeated on the next page."""
    return [(cell.column, cell.text) for cell in before] == [(cell.column, cell.text) for cell in after]


_Lines = list[tuple[float, float, float]]


def _connected(ruling: Ruling) -> Iterator[tuple[_Lines, _Lines]]:
    """The lines in groups that touch each other."""
    across, down = _merged(ruling.across), _merged(ruling.down)
    if len(across) * len(down) > 4_000_000:
        return
    leader = list(range(len(across) + len(down)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for a, (y, x0, x1) in enumerate(across):
        for d, (x, y0, y1) in enumerate(down, len(across)):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                leader[lead(d)] = lead(a)
    groups: dict[int, tuple[_Lines, _Lines]] = {}
    for index in range(len(leader)):
        group = groups.setdefault(lead(index), ([], []))
        if index < len(across):
            group[0].append(across[index])
        else:
            group[1].append(down[index - len(across)])
    yield from sorted(
        (group for group in groups.values() if group[0] and group[1]), key=lambda group: min(y for y, _, _ in group[0])
    )


def _merged(lines: Sequence[tuple[float, float, float]]) -> _Lines:
    """Lines that run on in one another as one."""
    found: _Lines = []
    by_place: dict[int, _Lines] = {}
    for line in lines:
        by_place.setdefault(round(line[0] / _NEAR), []).append(line)
    for place in by_place.values():
        place.sort(key=lambda line: line[1])
        for position, begin, end in place:
            if found and round(found[-1][0] / _NEAR) == round(position / _NEAR) and begin <= found[-1][2] + _NEAR:
                found[-1] = (found[-1][0], found[-1][1], max(found[-1][2], end))
            else:
                found.append((position, begin, end))
    return found


def _edges(positions: Sequence[float]) -> tuple[float, ...]:
    """Positions that are one line, counted once."""
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > 1.5 * _NEAR:
            found.append(position)
    return tuple(found)


def _grid(
    across: _Lines, down: _Lines, columns: tuple[float, ...], rows: tuple[float, ...], pieces: Sequence[Piece]
) -> Grid:
    inside: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        row, column = _slot(rows, (piece.top + piece.bottom) / 2), _slot(columns, (piece.left + piece.right) / 2)
        if row is not None and column is not None:
            inside.setdefault((row, column), []).append(piece)
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) in taken:
                continue
            wide = high = 1
            middle = (rows[row] + rows[row + 1]) / 2
            while column + wide < len(columns) - 1 and not _ruled(down, columns[column + wide], middle):
                wide += 1
            centre = (columns[column] + columns[column + 1]) / 2
            while row + high < len(rows) - 1 and not _ruled(across, rows[row + high], centre):
                high += 1
            area = [(r, c) for r in range(row, row + high) for c in range(column, column + wide)]
            taken.update(area)
            held = [piece for place in area for piece in inside.pop(place, ())]
            cells.append(GridCell(row, column, high, wide, tuple(held)))
    return Grid(tuple(cells), columns, rows[0], rows[-1])


def _slot(edges: tuple[float, ...], position: float) -> int | None:
    for index in range(len(edges) - 1):
        if edges[index] <= position < edges[index + 1]:
            return index
    return None


def _ruled(lines: _Lines, position: float, at: float) -> bool:
    """Whether a line at ``position`` passes ``at``."""
    return any(abs(place - position) <= 2 * _NEAR and begin - _NEAR <= at <= end + _NEAR for place, begin, end in lines)
