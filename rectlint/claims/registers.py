"""Registers: tables with a row for each problem or task, and what their columns of words tell, tallied.

In: the tables of a document.  Out: `Register` values.  A table of figures for departments is none; a row of totals is left out.

>>> from rectlint.claims.tables import find_tables
>>> from rectlint.document import parse; from rectlint.source import Source
>>> text = "序号 | 问题 | 整改状态\\n1 | 学习不深 | 已完成\\n2 | 账目不清 | 正在整改\\n3 | 管理不严 | 已完成\\n"
>>> register, = find_registers(tuple(find_tables(parse(Source(text)))))
>>> [(state, len(cells)) for state, cells in register.states.items()]
[('done', 2), ('open', 1)]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rectlint.claims.statuses import State, state_words
from rectlint.claims.tables import Field, Grid, Row
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_TOTAL_ROW = Pattern(r"(?:总?合 ?计|小 ?计|总 ?计|共 ?计|备 ?注|注).*")
_TELLS_STATE = Pattern(r"状态|情况|进展|进度|结果|结论")
_FEWEST = 3
_MOST_VALUES = 15
_LONGEST_VALUE = 16


class Register(NamedTuple):
    """``size``: how many entries; ``states``: the cells of its column of states by state; ``columns``: by heading, the cells of
    each other column of recurring words, by what they say."""

    grid: Grid
    size: int
    label: str
    states: Mapping[State, Sequence[Field]]
    columns: Mapping[str, Mapping[str, Sequence[Field]]]


def find_registers(grids: Sequence[Grid]) -> Iterator[Register]:
    """All registers, in text order."""
    for grid in grids:
        rows = [row for row in grid.rows if not _TOTAL_ROW.fullmatch(row.label)]
        if len(rows) < _FEWEST:
            continue
        states: dict[State, list[Field]] = {}
        columns: dict[str, dict[str, list[Field]]] = {}
        told = ""
        for index, column in enumerate(grid.columns):
            cells = [cell for row in rows if (cell := row.fields[index]) is not None and not cell.blank]
            if len(cells) < len(rows) or any(cell.number is not None for cell in cells):
                continue
            if not told and _TELLS_STATE.search(column.label) and (found := _states(cells)):
                states, told = found, column.label
                continue
            values: dict[str, list[Field]] = {}
            for cell in cells:
                values.setdefault(cell.text, []).append(cell)
            short = all(len(value) <= _LONGEST_VALUE for value in values)
            if column.label and short and 2 <= len(values) <= min(_MOST_VALUES, len(rows) - 1):
                columns[column.label] = values
        if (states or columns) and _names_entries(rows):
            yield Register(grid, len(rows), told, states, columns)


def _states(cells: Sequence[Field]) -> dict[State, list[Field]]:
    """The cells by the state they tell, or nothing where one of them tells none."""
    found: dict[State, list[Field]] = {}
    for cell in cells:
        state = state_words(cell.text)
        if state is None:
            return {}
        found.setdefault(state, []).append(cell)
    return found


def _names_entries(rows: Sequence[Row]) -> bool:
    """Whether each row names another thing."""
    return len({row.label for row in rows}) == len(rows)
