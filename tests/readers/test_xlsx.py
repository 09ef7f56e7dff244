"""Workbooks: figures as shown, merged and hidden cells, formulas without results, and findings that name the cell."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest
from openpyxl import Workbook

import rectlint
from rectlint.errors import ReadError
from rectlint.readers import sources
from tests.readers.officefiles import made_by_libreoffice, needs_libreoffice
from tests.readers.oldwordfiles import old_workbook


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def report_table(open_: int = 1) -> Workbook:
    """A register of three offices whose columns and rows add up with ``open_`` of 1."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "整改台账"
    sheet.append(["各单位整改情况", None, None, None, None])
    sheet.merge_cells("A1:E1")
    sheet.append(["单位", "问题数", "已整改", "正在整改", "整改率"])
    for name, done, pending in (("城建所", 11, 1), ("农技站", 9, 0), ("文化站", 6, open_)):
        sheet.append([name, done + (1 if name != "农技站" else 0), done, pending, done / (done + pending)])
        sheet.cell(sheet.max_row, 5).number_format = "0.0%"
    sheet.append(["合计", 28, 26, 2, 26 / 28])
    sheet.cell(sheet.max_row, 5).number_format = "0.0%"
    return book


def test_figures_come_as_shown() -> None:
    """Per cent, decimals and dates are read the way the sheet shows them."""
    book = report_table()
    sheet = book.active
    assert sheet is not None
    sheet["G2"], sheet["G3"], sheet["G4"] = "日期", date(2024, 6, 3), 0.1 + 0.2
    (source,) = sources(saved(book), "台账.xlsx")
    assert source.text.splitlines()[:2] == ["整改台账", "各单位整改情况 | "]
    assert "城建所 | 12 | 11 | 1 | 91.7% | 2024年6月3日" in source.text
    assert source.text.splitlines()[4].endswith("| 0.3")
    assert source.format == "xlsx" and source.encoding is None


def test_consistent_workbook_is_silent() -> None:
    """Nothing is reported on a table that adds up."""
    assert rectlint.check_bytes(saved(report_table()), "台账.xlsx").findings == ()


def test_findings_name_the_cell() -> None:
    """A changed figure is found in its row, its rate and its column, each with sheet and cell."""
    findings = rectlint.check_bytes(saved(report_table(open_=2)), "台账.xlsx").findings
    places = {(f.rule, f.place.location.path if f.place.location else "") for f in findings}
    assert ("TAB001", "sheet[整改台账]/D6") in places
    assert ("TAB002", "sheet[整改台账]/B5") in places


def test_hidden_parts_and_empty_formulas_are_noted() -> None:
    """What is not looked at is said: hidden sheets and rows, and formulas that were never calculated."""
    book = report_table()
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[4].hidden = True
    sheet["F3"] = "=B3-C3"
    book.create_sheet("草稿").sheet_state = "hidden"
    (source,) = sources(saved(book), "台账.xlsx")
    words = " ".join(note.words.zh for note in source.notes)
    assert "隐藏的工作表“草稿”" in words and "隐藏的行列" in words and "F3 起有公式" in words
    assert "农技站" not in source.text


def test_many_hidden_columns_make_no_large_table() -> None:
    """Two cells in opposite corners are two rows of two columns."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "单位", "合计"
    (source,) = sources(saved(book), "a.xlsx")
    assert len(source.tables[0].cells) == 4


@pytest.mark.parametrize("size", [100, 2000])
def test_damaged_workbooks_are_refused(size: int) -> None:
    """A workbook cut short is an error that says so."""
    with pytest.raises(ReadError, match=r"损坏|zip"):
        sources(saved(report_table())[:size], "a.xlsx")


def test_bombs_are_refused() -> None:
    """A part of a hundred megabytes of spaces is refused before it is unpacked."""
    data = BytesIO(saved(report_table()))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/more.xml", b" " * (100 * 1024 * 1024))
    with pytest.raises(ReadError, match="超过上限"):
        sources(data.getvalue(), "a.xlsx")


def test_entities_are_not_expanded() -> None:
    """A sheet that nests entities is refused or read without them."""
    sheet = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>"""
    original, changed = BytesIO(saved(report_table())), BytesIO()
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.startswith("xl/worksheets/") else old.read(name))
    try:
        (source,) = sources(changed.getvalue(), "a.xlsx")
    except ReadError:
        return
    assert "aaaa" not in source.text


@needs_libreoffice
def test_a_second_writer() -> None:
    """A workbook that LibreOffice wrote gives the same findings at the same cells."""
    book = saved(report_table(open_=2))
    rewritten = made_by_libreoffice(made_by_libreoffice(book, "xlsx", "ods"), "ods", "xlsx")

    def found(data: bytes) -> list[tuple[str, str, str]]:
        findings = rectlint.check_bytes(data, "台账.xlsx").findings
        return [(f.rule, f.message.zh, f.place.location.path if f.place.location else "") for f in findings]

    assert found(rewritten) == found(book) != []


def test_tables_of_word_files_are_added_up() -> None:
    """The same table in a Word file is checked the same way, each finding in its cell."""
    (source,) = sources(saved(report_table(open_=2)), "台账.xlsx")
    rows = [line.split(" | ") for line in source.text.splitlines()[2:]]
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    data = BytesIO()
    document.save(data)
    findings = rectlint.check_bytes(data.getvalue(), "台账.docx").findings
    places = {(f.rule, f.place.location.path if f.place.location else "") for f in findings}
    assert {("TAB001", "table[1]/row[5]/cell[4]"), ("TAB002", "table[1]/row[4]/cell[2]")} <= places


@needs_libreoffice
@pytest.mark.parametrize(
    ("target", "path", "name"), [("xls", "a.xls", "xls"), ("xls", "a.et", "xls"), ("ods", "a.ods", "ods")]
)
def test_older_workbooks_are_those_they_were(target: str, path: str, name: str) -> None:
    """A workbook saved in an older format or by another program has the same cells and findings."""
    book = saved(report_table(open_=2))
    (source,) = sources(made_by_libreoffice(book, "xlsx", target), path)
    (original,) = sources(book, "a.xlsx")
    assert (source.text, source.tables, source.format) == (original.text, original.tables, name)
    found = rectlint.check_bytes(book, "a.xlsx").findings
    assert found and [finding.message for finding in found] == [
        finding.message for finding in rectlint.check_bytes(made_by_libreoffice(book, "xlsx", target), path).findings
    ]


@needs_libreoffice
def test_an_excel_97_file_by_hand() -> None:
    """One that LibreOffice did not write, under the name of a Word file: findings name the cell."""
    rows: list[list[str | float]] = [
        ["单位", "问题数", "已整改"],
        ["甲镇", 3.0, 2.0],
        ["乙镇", 4.0, 4.0],
        ["合计", 8.0, 6.0],
    ]
    (finding,) = rectlint.check_bytes(old_workbook(rows), "台账.doc").findings
    assert finding.rule == "TAB001" and finding.place.location is not None
    assert finding.place.location.words.zh == "工作表“台账”B4"


def test_a_damaged_excel_97_file() -> None:
    """A container without a workbook in it is not guessed at."""
    with pytest.raises(ReadError, match="不是表格文件"):
        sources(b"\xd0\xcf\x11\xe0" + b"\0" * 900, "a.xls")
