"""The ledger as a workbook: what a clerk finds in it, what he can choose, and that nothing of a text is calculated."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import rectlint
from rectlint.commands import parse_ledger_outputs
from rectlint.errors import UsageError
from rectlint.render import Options
from rectlint.render.workbook import render_workbook
from rectlint.report import Comparison, FileResult, Location, Place, Position, Report, Words
from rectlint.ruleset import load_rules
from tests.cli_helper import JUMPING, SOUND
from tests.cli_helper import rectlint as run
from tests.readers.officefiles import made_by_libreoffice, needs_libreoffice

TEXT = "关于巡察整改的通报\n巡察组移交信访件16件，已办结13件，正在办理2件。\n"


def opened(report: Report, language: str = "zh") -> Any:
    """The workbook of a report, opened again."""
    options = Options(language, rules={rule.code: rule for rule in load_rules()})
    return openpyxl.load_workbook(BytesIO(render_workbook(report, options)))


def rows(sheet: Any) -> list[list[Any]]:
    """The values of a sheet."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_row_for_each_comparison() -> None:
    """Each row has place, rule, verdict, sum, the words with those round them, and what the finding says."""
    report = rectlint.check_text(TEXT)
    book = opened(report)
    found = rows(book["核对清单"])
    assert found[0] == ["序号", "文件", "位置", "规则", "结论", "算式", "原文", "说明", "核对人", "核对结果", "备注"]
    assert len(found) == 1 + len(report.comparisons)
    row = next(row for row in found if row[4] == "矛盾")
    assert row[2:4] == ["第 2 行", "TOT001\n分项之和与总数不符"] and row[5] == "13 + 2 = 15 ≠ 16"
    assert row[6].split("\n") == [
        "第 2 行：巡察组移交信访件【16件】，已办结13件，正在办理2件。",
        "第 2 行 分项：巡察组移交信访件16件，已办结【13件】，正在办理2件。",
        "第 2 行 未完成：…信访件16件，已办结13件，正在办理【2件】。",
    ]
    assert row[7] == report.findings[0].message.zh and row[8:] == [None, None, None]


def test_it_can_be_ticked_off() -> None:
    """The outcome is chosen from a list, the headings stay in sight, and there are filters."""
    sheet = opened(rectlint.check_text(TEXT))["核对清单"]
    (choices,) = sheet.data_validations.dataValidation
    last = sheet.max_row
    assert choices.formula1 == '"属实,需改,不改"' and str(choices.sqref) == f"J2:J{last}"
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == f"A1:K{last}"
    fills = {row[4].value: row[4].fill.start_color.rgb for row in sheet.iter_rows(min_row=2)}
    assert len(set(fills.values())) == len(fills) > 1
    assert sheet.cell(2, 7).alignment.wrap_text and sheet.page_setup.orientation == "landscape"


def test_english() -> None:
    """Headings, choices and names of sheets in English."""
    book = opened(rectlint.check_text(TEXT), "en")
    assert book.sheetnames == ["ledger", "summary"]
    assert book["ledger"].cell(1, 5).value == "verdict"
    assert book["ledger"].data_validations.dataValidation[0].formula1 == '"correct,to change,leave"'


def comparison(text: str, derivation: str) -> FileResult:
    """A file with one comparison of these words."""
    place = Place(
        Position(1, 1, 0), Position(1, 2, 1), text, location=Location(Words("第 3 段", "paragraph 3"), "p[3]")
    )
    made = Comparison("=a.txt", "TOT001", "x", "consistent", derivation, Words("=1+1", "-1"), (place,))
    return FileResult("=a.txt", None, None, comparisons=(made,), text=text)


def test_words_are_never_formulas() -> None:
    """A cell that begins like a formula is text and stays so when edited; characters no workbook can hold are left out."""
    sheet = opened(Report((comparison('=HYPERLINK("x")\x00\x0b' + "长" * 40_000, "=1+2"),)))["核对清单"]
    cells = [sheet.cell(2, column) for column in (2, 6, 8)]
    assert [cell.value for cell in cells] == ["=a.txt", "=1+2", "=1+1"]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert len(sheet.cell(2, 7).value) < 32_767 and sheet.cell(2, 3).value == "第 3 段"


def test_summary_and_what_could_not_be_checked() -> None:
    """The second sheet counts by file, names the files without result, and follows the ticking-off."""
    report = Report((*rectlint.check_text(TEXT).files, FileResult("坏.pdf", None, Words("读不出来", "unreadable"))))
    book = opened(report)
    found = rows(book["汇总"])
    assert found[0] == ["文件", "一致", "矛盾", "未核对", "合计", "情况"]
    assert found[1][1:5] == [1, 1, 0, 2] and found[2][5] == "未检查：读不出来" and found[3][:5] == ["合计", 1, 1, 0, 2]
    assert [row[0] for row in found[5:]] == ["核对进度", "属实", "需改", "不改", "尚未填写"]
    assert found[6][1] == "=COUNTIF('核对清单'!$J$2:$J$3,A7)"


@needs_libreoffice
def test_libreoffice_opens_it_and_counts(tmp_path: Path) -> None:
    """Another program reads the same cells and calculates the progress."""
    book = opened(rectlint.check_text(TEXT))
    book["核对清单"]["J2"] = "属实"
    data = BytesIO()
    book.save(data)
    again = openpyxl.load_workbook(BytesIO(made_by_libreoffice(data.getvalue(), "xlsx", "xlsx")), data_only=True)
    values = {row[0]: row[1] for row in again["汇总"].iter_rows(values_only=True)}
    assert (values["属实"], values["需改"], values["尚未填写"]) == (1, 0, 1)
    assert again["核对清单"].cell(2, 7).value == book["核对清单"].cell(2, 7).value


def test_from_the_command_line(tmp_path: Path) -> None:
    """The ledger goes to a file by ``-o`` or by ``xlsx=FILE``; to the screen it cannot go."""
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    (tmp_path / "b.txt").write_text(SOUND, "utf-8")
    file = tmp_path / "清单.xlsx"
    ran = run("claims", tmp_path / "a.txt", tmp_path / "b.txt", "--format", "xlsx", "-o", file)
    assert (ran.code, ran.out) == (0, "")
    assert {row[1] for row in rows(openpyxl.load_workbook(file)["核对清单"])[1:]} == {
        (tmp_path / name).as_posix() for name in ("a.txt", "b.txt")
    }
    other = tmp_path / "other.xlsx"
    ran = run("claims", tmp_path / "a.txt", "-f", f"xlsx={other}", "-f", "text")
    assert ran.code == 0 and "NUM001" in ran.out and other.is_file()
    ran = run("claims", tmp_path / "a.txt", "-f", "xlsx")
    assert ran.code == 2 and "-o" in ran.err
    assert run("claims", tmp_path / "a.txt", tmp_path / "没有.txt", "-o", file).code == 2 and file.is_file()


def test_outputs_of_the_ledger() -> None:
    """A file's ending tells the format where none is given; what cannot be is an error."""
    (output,) = parse_ledger_outputs([], Path("a.xlsx"))
    assert output.format == "xlsx"
    assert (
        parse_ledger_outputs([], Path("a.txt"))[0].format == "text" and parse_ledger_outputs([], None)[0].path is None
    )
    for formats, file in ((["xls"], None), (["json=a"], Path("b")), (["text", "json"], None), (["xlsx="], None)):
        with pytest.raises(UsageError):
            parse_ledger_outputs(formats, file)
