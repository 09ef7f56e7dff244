"""The ledger as a workbook that a clerk can tick off: a row for each comparison, a list to choose the outcome from.

In: a `Report`.  Out: the bytes of an ``.xlsx`` with two sheets, the ledger and a summary.  Words from a text are text in
every cell, whatever they begin with.  Needs the extra ``rectlint[xlsx]``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import Rule as Formatting
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from rectlint.render import Options
from rectlint.render.json import all_notes
from rectlint.render.words import verdict_word
from rectlint.report import VERDICTS, Comparison, FileResult, Place, Report, Verdict, Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS: tuple[tuple[Words, float], ...] = (
    (Words("序号", "no."), 6),
    (Words("文件", "file"), 18),
    (Words("位置", "place"), 13),
    (Words("规则", "rule"), 22),
    (Words("结论", "verdict"), 9),
    (Words("算式", "derivation"), 24),
    (Words("原文", "text"), 58),
    (Words("说明", "remark"), 34),
    (Words("核对人", "checked by"), 10),
    (Words("核对结果", "outcome"), 10),
    (Words("备注", "notes"), 18),
)
_SUMMARY_WIDTHS = (40, 10, 10, 10, 10, 60)
_VERDICT, _OUTCOME = 5, 10
_OUTCOMES = (Words("属实", "correct"), Words("需改", "to change"), Words("不改", "leave"))
_FILLS: dict[Verdict, str] = {"consistent": "E2F0D9", "contradicted": "F8CBAD", "unchecked": "FFF2CC"}
_HEADING_FILL = PatternFill("solid", start_color="1F4E79")
_FONT = Font(name="宋体", size=10)
_BOLD = Font(name="宋体", size=10, bold=True)
_HEADING_FONT = Font(name="宋体", size=10, bold=True, color="FFFFFF")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="top", horizontal="center")
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LONGEST = 32_000
"""A cell holds no more than 32,767 characters."""
_LINE_HEIGHT, _HIGHEST = 14.5, 400.0
_LETTER = 1.2
"""How wide half a Chinese character is, in the widths that columns are measured in."""
_AROUND = 18
"""How many characters are shown either side of a place."""


def render_workbook(report: Report, options: Options) -> bytes:
    """The ledger and a summary as the bytes of a workbook."""
    book = Workbook()
    ledger: Worksheet = book.active  # type: ignore[assignment]
    ledger.title = options.say("核对清单", "ledger")
    rows = _ledger(ledger, report, options)
    summary = book.create_sheet(options.say("汇总", "summary"))
    _summary(summary, report, options, ledger.title, rows)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _ledger(sheet: Worksheet, report: Report, options: Options) -> int:
    """Fill the ledger, and give the number of its last row."""
    for column, (heading, width) in enumerate(_COLUMNS, 1):
        _heading(sheet, 1, column, heading.text(options.language))
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = 1
    for file in report.files:
        for comparison in file.comparisons:
            row += 1
            _comparison(sheet, row, file, comparison, options)
    last = max(row, 2)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{last}"
    choices = DataValidation("list", formula1='"' + ",".join(word.text(options.language) for word in _OUTCOMES) + '"')
    choices.allow_blank = True
    sheet.add_data_validation(choices)
    outcome = get_column_letter(_OUTCOME)
    choices.add(f"{outcome}2:{outcome}{last}")
    to_change = _OUTCOMES[1].text(options.language)
    sheet.conditional_formatting.add(
        f"{outcome}2:{outcome}{last}",
        Formatting(
            "expression",
            formula=[f'${outcome}2="{to_change}"'],
            dxf=DifferentialStyle(font=Font(bold=True, color="C00000")),
        ),
    )
    _set_up_page(sheet, options)
    return last


def _comparison(sheet: Worksheet, row: int, file: FileResult, comparison: Comparison, options: Options) -> None:
    rule = options.rules.get(comparison.rule)
    name = rule.title.text(options.language) if rule is not None else comparison.name
    first = min(comparison.places, key=lambda place: place.start, default=None)
    values: list[str | int] = [
        row - 1,
        comparison.path,
        "" if first is None else _where(first, options),
        f"{comparison.rule}\n{name}",
        verdict_word(comparison.verdict, options.language),
        comparison.derivation,
        "\n".join(_quoted(place, file.text, options) for place in comparison.places),
        _remark(file, comparison, options),
        "",
        "",
        "",
    ]
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            _put(cell, value)
        else:
            cell.value = value
        cell.alignment = _CENTRED if column in (1, _VERDICT, _OUTCOME) else _WRAPPED
        cell.border, cell.font = _BORDER, _FONT
    _fit_height(sheet, row, values, [width for _, width in _COLUMNS])
    sheet.cell(row, _VERDICT).fill = PatternFill("solid", start_color=_FILLS[comparison.verdict])


def _remark(file: FileResult, comparison: Comparison, options: Options) -> str:
    """Why it could not be compared, or what the finding says that came of it."""
    if reason := comparison.reason.text(options.language):
        return reason
    accepted = [entry.finding for entry in file.accepted]
    for finding in (*file.findings, *accepted):
        if finding.rule == comparison.rule and finding.place in comparison.places:
            return finding.message.text(options.language)
    return ""


def _where(place: Place, options: Options) -> str:
    if place.location is not None:
        return place.location.words.text(options.language)
    return options.say(f"第 {place.start.line} 行", f"line {place.start.line}")


def _quoted(place: Place, text: str, options: Options) -> str:
    """A place in one line: where it is, what it is evidence of, and its words among those round it."""
    start, end = place.start.offset, place.end.offset
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    first, last = max(line_start, start - _AROUND), min(line_end if line_end >= 0 else len(text), end + _AROUND)
    before = ("…" if first > line_start else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) and text[last] != "\n" else "")
    words = " ".join(f"{before}【{place.text}】{after}".split())
    label = place.label.text(options.language)
    return _where(place, options) + (f" {label}" if label else "") + options.say("：", ": ") + words


def _summary(sheet: Worksheet, report: Report, options: Options, ledger: str, last: int) -> None:
    """What came of each file, and how far the ticking-off has got."""
    language = options.language
    headings = [Words("文件", "file"), *(_verdict_words(verdict) for verdict in VERDICTS)]
    headings += [Words("合计", "total"), Words("情况", "remarks")]
    for column, (heading, width) in enumerate(zip(headings, _SUMMARY_WIDTHS, strict=True), 1):
        _heading(sheet, 1, column, heading.text(language))
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = 1
    for row, file in enumerate(report.files, 2):
        counts = [file.count(verdict) for verdict in VERDICTS]
        remarks = [note.words.text(language) for note in file.notes]
        if file.error is not None:
            remarks.insert(0, options.say("未检查：", "not checked: ") + file.error.text(language))
        _row(sheet, row, [file.path, *counts, sum(counts), "\n".join(remarks)])
        if file.error is not None:
            sheet.cell(row, 6).fill = PatternFill("solid", start_color=_FILLS["contradicted"])
    totals = [sum(file.count(verdict) for file in report.files) for verdict in VERDICTS]
    _row(sheet, row + 1, [options.say("合计", "total"), *totals, sum(totals), ""])
    for column in range(1, 7):
        sheet.cell(row + 1, column).font = _BOLD
    row += 3
    outcome = f"'{ledger}'!${get_column_letter(_OUTCOME)}$2:${get_column_letter(_OUTCOME)}${last}"
    _heading(sheet, row, 1, options.say("核对进度", "progress"))
    _heading(sheet, row, 2, options.say("条数", "rows"))
    for word in _OUTCOMES:
        row += 1
        _row(sheet, row, [word.text(language), ""])
        sheet.cell(row, 2).value = f"=COUNTIF({outcome},A{row})"
    row += 1
    _row(sheet, row, [options.say("尚未填写", "to do"), ""])
    sheet.cell(row, 2).value = f"={sum(totals)}-SUM(B{row - len(_OUTCOMES)}:B{row - 1})"
    known = {note for file in report.files for note in file.notes}
    for note in all_notes(report):
        if note not in known:
            row += 1
            _row(sheet, row + 1, [note.where, "", "", "", "", note.words.text(language)])
    sheet.freeze_panes = "A2"
    _set_up_page(sheet, options)


def _fit_height(sheet: Worksheet, row: int, values: Sequence[str | int], widths: Sequence[float]) -> None:
    """Make a row as high as its fullest cell needs; not every program does that of itself."""
    lines = (
        sum(max(1, math.ceil(cell_len(line) * _LETTER / width)) for line in str(value).split("\n"))
        for value, width in zip(values, widths, strict=True)
    )
    sheet.row_dimensions[row].height = min(_HIGHEST, _LINE_HEIGHT * max(lines) + 3)


def _verdict_words(verdict: Verdict) -> Words:
    return Words(verdict_word(verdict, "zh"), verdict_word(verdict, "en"))


def _row(sheet: Worksheet, row: int, values: Sequence[str | int]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            _put(cell, value)
        else:
            cell.value = value
        cell.alignment, cell.border, cell.font = _WRAPPED, _BORDER, _FONT
    _fit_height(sheet, row, values, _SUMMARY_WIDTHS[: len(values)])


def _heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = text
    sheet.row_dimensions[row].height = 20
    cell.font, cell.fill, cell.alignment, cell.border = _HEADING_FONT, _HEADING_FILL, _CENTRED, _BORDER


def _put(cell: Any, text: str) -> None:
    """Text as text: never a formula, not even when somebody edits the cell; nothing that a workbook cannot hold."""
    shown = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\u2028", " "))
    shown = "".join(character for character in shown if not "\ud800" <= character <= "\udfff")
    cell.value = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "……"
    cell.data_type = "s"
    if shown[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True


def _set_up_page(sheet: Worksheet, options: Options) -> None:
    """Printed across, as wide as the paper, with the headings on each page."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem(center=_HeaderFooterPart(text=options.say("第 &P 页，共 &N 页", "page &P of &N")))
    sheet.HeaderFooter.oddFooter = footer
