"""The formats, each against what its reader demands of it."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from rich.cells import cell_len

from rectlint.commands import encoded
from rectlint.render import FORMATS, Options, render
from rectlint.render.closing import closing_line
from rectlint.render.lines import plain
from rectlint.render.statistics import statistics_text
from rectlint.render.underlining import Mark, clip, underline
from rectlint.report import FileResult, Report, Words
from rectlint.ruleset import family_titles, load_rules
from tests.readers.wordfiles import convert
from tests.report_values import BROKEN, CLEAN, EMPTY, FILE, LONG, MARKUP, PAGED, REPORT, SOURCE, TEXT, TOTAL
from tests.schemas import check_gitlab, check_junit, check_sarif

ZH, EN = Options(version="0.0.1"), Options(language="en", version="0.0.1")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "report", [REPORT, EMPTY, Report((CLEAN,)), Report((BROKEN,))], ids=["all", "empty", "ok", "bad"]
)
@pytest.mark.parametrize("options", [ZH, EN, ZH._replace(color=True, width=40)], ids=["zh", "en", "narrow"])
def test_every_format_renders_every_report(format: str, report: Report, options: Options) -> None:
    """No format fails on any sort of report, and none forgets the file that could not be checked."""
    text = render(report, format, options)
    if BROKEN in report.files:
        assert "not text" in text or "不是文本" in text
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_each_finding_with_its_evidence(format: str) -> None:
    """The code and message of each finding are in every format; the evidence in all but the one-line ones."""
    text = render(REPORT, format, ZH)
    for finding in REPORT.findings:
        assert finding.rule in text
    if format not in ("concise", "grouped"):
        assert "13件" in text
        assert "13 + 2 = 15 ≠ 16" in text


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_full_fits_the_terminal(width: int) -> None:
    """Rows of text never exceed the terminal, however long the paragraph; the underline stands under the place."""
    text = render(Report((FILE,)), "full", ZH._replace(width=width))
    rows = text.splitlines()
    for upper, lower in pairwise(rows):
        if " │ " in upper and "^" in lower:
            assert cell_len(upper) <= width
            start, end = lower.index("^"), lower.rindex("^") + 1
            under = _by_cells(upper, start, end)
            assert under in {finding.place.text for finding in FILE.findings}


def _by_cells(text: str, start: int, end: int) -> str:
    """What stands between two terminal cells of a row."""
    taken, position = "", 0
    for character in text:
        if start <= position < end:
            taken += character
        position += cell_len(character)
    return taken


def test_full_without_the_text_still_shows_the_sentence() -> None:
    """When the text was not kept, the sentence and the evidence words are still shown."""
    text = render(Report((FILE._replace(text=""),)), "full", ZH)
    assert "共受理信访件16件，已办结13件，正在办理2件。" in text
    assert "7人" in text


def test_full_marks_places_of_one_sentence_in_one_row() -> None:
    """Evidence in the finding's own sentence is underlined in the same row, with its label below."""
    rows = render(Report((FILE._replace(findings=(TOTAL,)),)), "full", ZH).splitlines()
    row = next(index for index, line in enumerate(rows) if "共受理" in line)
    assert rows[row + 1].count("^^^^") == 1
    assert rows[row + 1].count("---") == 2
    assert rows[row + 2].count("分项") == 2


def test_clip_never_cuts_a_place_that_fits() -> None:
    """Clipping keeps the whole place when it fits, at either end and in the middle."""
    text = "前" * 50 + "重点" + "后" * 50
    for width in (10, 20, 41, 203, 204):
        first, last = clip(text, 50, 52, width)
        assert first <= 50
        assert last >= 52
        ellipses = (first > 0) + (last < len(text))
        assert cell_len(text[first:last]) + ellipses <= width


def test_labels_that_collide_get_rows_of_their_own() -> None:
    """A label too long to stand beside the next one goes below it, with a bar leading down."""
    marks = [Mark(0, 1, "^", "很长的一个标签", ""), Mark(2, 3, "-", "短", "")]
    assert plain(underline("甲和乙", marks, 40)).splitlines()[2:] == ["|   短", "很长的一个标签"]


def test_colour_changes_no_word() -> None:
    """Without its escape sequences the coloured report is the plain one."""
    import re

    colored = render(REPORT, "full", ZH._replace(color=True))
    assert "\x1b[" in colored
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == render(REPORT, "full", ZH).splitlines()


def test_concise_is_one_line_a_finding() -> None:
    """``path:line:column: CODE [severity] message (name)``."""
    lines = render(REPORT, "concise", EN).splitlines()
    assert len(lines) == 4
    assert lines[0] == (f"{SOURCE.path}:2:7: TOT001 [error] the total is 16, its parts sum to 15 (parts-do-not-sum)")


def test_jsonl_lines_stand_alone() -> None:
    """Each line is an object with a type; the last is the summary, which equals the one in json."""
    lines = [json.loads(line) for line in render(REPORT, "jsonl", ZH).splitlines()]
    assert [line["type"] for line in lines] == [
        "finding", "finding", "finding", "accepted", "file", "file", "file", "note", "summary",
    ]  # fmt: skip
    summary = json.loads(render(REPORT, "json", ZH))["summary"]
    assert summary.items() <= lines[-1].items()


def test_json_positions_hold_their_text() -> None:
    """Offsets, lines and columns of every place in the JSON point at its text."""
    lines = TEXT.split("\n")
    for entry in json.loads(render(REPORT, "json", ZH))["findings"]:
        for spot in (entry, *entry["evidence"]):
            assert TEXT[spot["start"]["offset"] : spot["end"]["offset"]] == spot["text"]
            assert lines[spot["start"]["line"] - 1][spot["start"]["column"] - 1 :].startswith(spot["text"])


def test_junit_counts_agree_with_its_cases() -> None:
    """The counts in the heads equal the elements below; findings under fail-on are no failures; text is escaped."""
    root = ElementTree.fromstring(render(REPORT, "junit", ZH))
    assert root.tag == "testsuites"
    for suite in [root, *root.findall("testsuite")]:
        assert int(suite.get("tests", "")) == len(suite.findall(".//testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall(".//failure")) if suite is root else True
        assert int(suite.get("errors", "")) == len(suite.findall(".//error"))
    assert [failure.get("type") for failure in root.iter("failure")] == ["error", "warning"]
    assert "<script>" in "".join(root.itertext())


def test_junit_survives_what_xml_cannot_hold() -> None:
    """Control characters in a message become replacement characters, not broken XML."""
    broken = FileResult("a\x0b.txt", None, Words("坏\x00了", "bad\x00"))
    root = ElementTree.fromstring(render(Report((broken,)), "junit", ZH))
    assert "坏�了" in "".join(root.itertext())


def test_junit_fits_its_schema() -> None:
    """The elements and attributes are those of the common JUnit schema, in its order, and no others."""
    for report in (REPORT, EMPTY, Report((BROKEN,), problems=REPORT.notes), PAGED):
        check_junit(render(report, "junit", ZH))
    root = ElementTree.fromstring(render(REPORT, "junit", ZH))
    allowed = {
        "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
        "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"testcase"}),
        "testcase": ({"name", "classname"}, {"failure", "error", "system-out"}),
        "failure": ({"message", "type"}, set()),
        "error": ({"message"}, set()),
        "system-out": (set(), set()),
    }
    for element in root.iter():
        attributes, children = allowed[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
        if element.tag == "testcase":
            assert len(element) <= 1


def test_github_commands_are_one_line_each_and_escaped() -> None:
    """Each annotation is one line; commas and colons in the path and line feeds in the message are escaped."""
    lines = render(REPORT, "github", ZH).splitlines()
    assert len(lines) == 4
    head, _, message = lines[0].removeprefix("::").partition("::")
    assert head.startswith("error file=通报/第1号%2C<&>.txt,line=2,endLine=2,col=7,endColumn=10,title=TOT001 ")
    assert "%0A" in message
    assert lines[2].startswith("::notice ")
    assert lines[3].startswith("::error file=损坏.txt::")


def test_gitlab_report_has_what_gitlab_requires() -> None:
    """Description, check name, unique fingerprint, severity, path and begin line, as GitLab's documentation lists."""
    for report in (EMPTY, Report((CLEAN,)), PAGED):
        check_gitlab(render(report, "gitlab", ZH))
    issues = check_gitlab(render(Report((FILE, FILE, BROKEN)), "gitlab", ZH))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 7
    for issue in issues:
        assert issue["description"]
        assert issue["check_name"]
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1


def test_csv_reads_back_and_runs_no_formula() -> None:
    """A CSV reader gets every cell back whole, and no cell opens like a formula."""
    rows = list(csv.DictReader(io.StringIO(render(REPORT, "csv", ZH), newline="")))
    assert [row["规则"] for row in rows] == ["TOT001", "TOT002", "TOT003", ""]
    assert rows[0]["文件"] == SOURCE.path
    assert rows[2]["句子"] == "'=1+1 &"
    assert rows[3]["级别"] == "未检查"
    assert not any(value[:1] in "=+-@" for row in rows for value in row.values() if value)


def test_csv_opens_in_a_spreadsheet_program(tmp_path: Path) -> None:
    """LibreOffice Calc, told (as it cannot ask) of commas, quotes and UTF-8, finds the same cells and no formula."""
    path = tmp_path / "findings.csv"
    path.write_bytes(encoded(render(REPORT, "csv", ZH), "csv"))
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    (book,) = convert([path], "xlsx", tmp_path / "out", "--infilter=CSV:44,34,76,1")
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    cells = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert cells == rows
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def sarif(report: Report, options: Options = ZH) -> Any:
    """The SARIF log of a report as values."""
    rules = {rule.code: rule for rule in load_rules()}
    return check_sarif(render(report, "sarif", options._replace(rules=rules)))


def test_sarif_is_a_valid_log() -> None:
    """The log fits the standard's own schema, whatever was found and in whatever sort of file, and what it cannot say."""
    for report in (REPORT, EMPTY, Report((CLEAN,)), Report((BROKEN,), problems=REPORT.notes), PAGED):
        sarif(report)
        sarif(report, EN)
    log = sarif(REPORT)
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result in run["results"]:
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["exitCode"] == 2


def test_sarif_points_at_places_and_evidence() -> None:
    """Regions hold the text of their place, evidence is in relatedLocations, and paths are URIs."""
    lines = TEXT.split("\n")
    result = sarif(REPORT)["runs"][0]["results"][0]
    spots = [result["locations"][0], *result["relatedLocations"]]
    assert [spot["physicalLocation"]["region"]["snippet"]["text"] for spot in spots] == ["16件", "13件", "2件"]
    for spot in spots:
        region = spot["physicalLocation"]["region"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        assert spot["physicalLocation"]["artifactLocation"]["uri"].isascii()
        assert "<" not in spot["physicalLocation"]["artifactLocation"]["uri"]
    assert [spot["id"] for spot in result["relatedLocations"]] == [1, 2]


def test_sarif_fingerprints_hold_no_line_numbers() -> None:
    """Moving a finding down the text changes no partial fingerprint."""
    moved = TOTAL._replace(place=TOTAL.place._replace(start=TOTAL.place.start._replace(line=99)))
    before, after = (sarif(Report((FILE._replace(findings=(f,)),)))["runs"][0]["results"][0] for f in (TOTAL, moved))
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["locations"] != after["locations"]


def test_sarif_keeps_accepted_findings_as_suppressed() -> None:
    """An accepted finding is in the log with its justification, as a suppression."""
    results = sarif(REPORT)["runs"][0]["results"]
    assert [bool(result.get("suppressions")) for result in results] == [False, False, False, True]
    assert results[-1]["suppressions"][0]["justification"] == "经批准不公开一项"


def test_statistics_count_rules_and_families() -> None:
    """Families with their totals, and below each its rules with findings and files."""
    text = statistics_text(REPORT, ZH)
    assert "3  TOT" in text
    assert "1    TOT001" in text
    assert statistics_text(EMPTY, ZH) == "统计：没有发现"
    lines = statistics_text(REPORT, ZH._replace(families=family_titles())).splitlines()
    assert lines[1].split() == ["3", "TOT", "总数与分项", "1"]
    assert {cell_len(line) for line in lines[1:]} == {cell_len(lines[1])}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (REPORT, ["已检查 2 个文件（编码：gb18030）", "1 个未能检查（损坏.txt: 这不是文本", "另有 1 处", "退出码 2"]),
        (Report((FILE,)), ["错误 1、警告 1、提示 1", "一致 1、矛盾 0、无法核对 1", "退出码 1：有达到“警告”级别的发现"]),
        (Report((CLEAN,)), ["已检查 1 个文件", "退出码 0：未发现问题"]),
        (Report((CLEAN,), pending=3), ["3 个因中断未检查", "退出码 130：检查被中断"]),
        (EMPTY, ["已检查 0 个文件", "退出码 0：没有需要检查的内容"]),
    ],
)
def test_closing_line_says_what_and_why(report: Report, words: list[str]) -> None:
    """The last line says what was checked, what was not and why, the counts, and why this exit code."""
    line = closing_line(report, ZH)
    assert "\n" not in line
    for part in words:
        assert part in line


def test_hand_made_places_are_true() -> None:
    """The hand-made findings lie in the text they claim to lie in."""
    for finding in (TOTAL, LONG, MARKUP):
        for spot in (finding.place, *finding.evidence, finding.context):
            assert TEXT[spot.start.offset : spot.end.offset] == spot.text
