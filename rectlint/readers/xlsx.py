"""Workbooks: each sheet as a table, figures as the sheet shows them.

In: the bytes of an ``.xlsx``.  Out: one `Source`; each sheet is its name as a paragraph, then its cells.  A cell whose
formula was never calculated has no figure; that is said in a note.  Hidden sheets, rows and columns are left out and noted.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from rectlint.errors import ReadError
from rectlint.readers import locked
from rectlint.readers.building import CellText, TextBuilder
from rectlint.readers.options import Limits, ReadOptions
from rectlint.readers.sniffing import COMPOUND
from rectlint.report import Location, Words
from rectlint.source import Source

_LARGEST = 64 * 1024 * 1024
"""How many bytes of XML a workbook may unpack to; the library holds all of it in memory, many times over."""
_MOST_CELLS = 500_000


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source]:
    """The sheets of a workbook as one text."""
    _refuse_bombs(data, path, options.limits)
    try:
        shown = openpyxl.load_workbook(BytesIO(data), data_only=True)
        typed = openpyxl.load_workbook(BytesIO(data), data_only=False)
    except Exception as error:  # the library raises whatever its parsers raise
        raise ReadError(
            path,
            f"表格文件已损坏，读不出来（{type(error).__name__}）",
            f"the workbook is damaged ({type(error).__name__})",
            "请用 Excel 或 WPS 打开后另存",
            "open it in Excel and save it again",
        ) from None
    builder = TextBuilder()
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            builder.note(Words(f"隐藏的工作表“{sheet.title}”未检查", f"the hidden sheet {sheet.title} was not checked"))
            continue
        builder.paragraph(sheet.title, _sheet_location(sheet.title))
        cells = list(_cells(sheet, typed[sheet.title], builder, path))
        if cells:
            builder.table(cells)
    yield builder.source(path, "xlsx")


def _refuse_bombs(data: bytes, path: str, limits: Limits) -> None:
    if data.startswith(COMPOUND):
        raise locked(path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ReadError(path, f"表格文件已损坏：{error}", f"the workbook is damaged: {error}") from None
    if size > min(_LARGEST, limits.bytes):
        raise ReadError(
            path,
            f"表格展开后有 {size // 1024 // 1024} MB，超过上限，未检查",
            f"the workbook unpacks to {size // 1024 // 1024} MB, more than is read",
            "请删去多余的空行空列，或拆成几个文件",
            "delete empty rows and columns, or split it",
        )


def _cells(sheet: Any, typed: Any, builder: TextBuilder, path: str) -> Iterator[CellText]:
    """The cells of a sheet in reading order; a merged cell once, empty cells between others too."""
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for area in merged.values()
        if area.size["rows"] * area.size["columns"] <= 10_000
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    } - merged.keys()
    filled = {place for place, cell in typed._cells.items() if cell.value is not None} | merged.keys()
    hidden_rows = {row for row, _ in filled if sheet.row_dimensions[row].hidden}
    hidden_columns = {c for _, c in filled if sheet.column_dimensions[get_column_letter(c)].hidden}
    if hidden_rows or hidden_columns:
        words = Words(
            f"工作表“{sheet.title}”中隐藏的行列未检查", f"hidden rows and columns of {sheet.title} were not checked"
        )
        builder.note(words)
    rows = sorted({row for row, _ in filled} - hidden_rows)
    columns = sorted({column for _, column in filled} - hidden_columns)
    if len(rows) * len(columns) > _MOST_CELLS:
        raise ReadError(path, f"工作表“{sheet.title}”过大，未检查", f"the sheet {sheet.title} is too large to read")
    uncalculated = ""
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            if (row, column) in covered:
                continue
            area = merged.get((row, column))
            cell = sheet._cells.get((row, column))
            told = cell is not None and cell.value is not None
            if (row, column) in filled and not told and area is None and not uncalculated:
                uncalculated = f"{get_column_letter(column)}{row}"
                builder.note(_uncalculated(sheet.title, uncalculated))
            yield CellText(
                _shown(cell.value, cell.number_format) if told else "",
                r,
                c,
                1 if area is None else sum(area.min_row <= other <= area.max_row for other in rows),
                1 if area is None else sum(area.min_col <= other <= area.max_col for other in columns),
                _cell_location(sheet.title, row, column),
            )


def _shown(value: object, number_format: str) -> str:
    """A value as the sheet shows it, as far as its format is about decimals, per cent or a date."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (datetime, date)):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.isoformat("minutes")
    if not isinstance(value, (int, float)):
        return str(value)
    pattern = number_format.split(";")[0]
    percent = pattern.rstrip().endswith("%")
    number = value * 100 if percent else value
    decimals = pattern.partition(".")[2].rstrip("% _")
    places = None
    if decimals and set(decimals) <= {"0", "#"}:
        places = len(decimals)
    elif pattern.strip("% ") in ("0", "#,##0"):
        places = 0
    text = f"{number:.15g}" if places is None else f"{number:.{places}f}"
    return text + ("%" if percent else "")


def _uncalculated(sheet: str, address: str) -> Words:
    return Words(
        f"工作表“{sheet}”{address} 起有公式没有计算结果，这些格按空白处理；请用 Excel 或 WPS 打开保存一次",
        f"{sheet}!{address} and maybe others hold formulas without results and were read as blank: save it in Excel once",
    )


def _sheet_location(title: str) -> Location:
    return Location(Words(f"工作表“{title}”", f"sheet {title}"), f"sheet[{title}]")


def _cell_location(title: str, row: int, column: int) -> Location:
    address = f"{get_column_letter(column)}{row}"
    return Location(Words(f"工作表“{title}”{address}", f"{title}!{address}"), f"sheet[{title}]/{address}")
