"""Tables: whatever adds up is silent in either form, and any figure changed in a table that sums both ways is noticed."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

import rectlint
from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.kinds.table import Params, check
from rectlint.readers.building import CellText, TextBuilder
from rectlint.source import Source

NAMES = ("柳荫镇", "平桥街道", "石塘镇", "桐岭乡", "东坪镇", "西洲镇", "南浦街道", "北岭乡")
HEAD = ("单位", "受理件数", "已办结", "正在办理")
Cells = list[list[str]]

figures = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=4, max_size=len(NAMES))


def summed(pairs: Sequence[tuple[int, int]]) -> Cells:
    """A table whose rows and columns add up."""
    rows = [[name, str(done + open_), str(done), str(open_)] for name, (done, open_) in zip(NAMES, pairs, strict=False)]
    done, open_ = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return [list(HEAD), *rows, ["合计", str(done + open_), str(done), str(open_)]]


def as_lines(cells: Cells) -> Source:
    """The table as lines of text."""
    return Source("各单位办理情况统计\n" + "".join(" | ".join(row) + "\n" for row in cells))


def as_file(cells: Cells) -> Source:
    """The table as a reader gives it."""
    builder = TextBuilder()
    builder.paragraph("各单位办理情况统计")
    builder.table([CellText(text, r, c) for r, row in enumerate(cells) for c, text in enumerate(row)])
    return builder.source("a.docx", "docx")


def outcomes(source: Source) -> list[tuple[str, str, str]]:
    """Verdict, defect and derivation of each comparison."""
    return [(o.verdict, o.defect, o.derivation) for o in check(Claims(parse(source)), Params())]


@given(figures)
def test_consistent_tables_are_silent_in_both_forms(pairs: list[tuple[int, int]]) -> None:
    """A table that adds up both ways gives one comparison a column and one a row, all consistent, and nothing else."""
    cells = summed(pairs)
    found = outcomes(as_lines(cells))
    assert found == outcomes(as_file(cells))
    assert {verdict for verdict, *_ in found} == {"consistent"}
    assert [defect for _, defect, _ in found].count("column") == 3
    assert [defect for _, defect, _ in found].count("row") == len(pairs) + 1
    assert rectlint.check_text(as_lines(cells).text).findings == ()


@given(figures, st.data())
def test_any_changed_figure_is_noticed(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    """Change one figure of a table that adds up both ways: its row and its column are both reported."""
    cells = summed(pairs)
    row, column = data.draw(st.integers(1, len(cells) - 1)), data.draw(st.integers(1, 3))
    cells[row][column] = str(int(cells[row][column]) + data.draw(st.integers(1, 9)))
    defects = {defect for verdict, defect, _ in outcomes(as_file(cells)) if verdict == "contradicted"}
    assert {"row", "column"} <= defects


def test_merged_headings_and_cells() -> None:
    """A heading over two columns belongs to both; a merged first cell takes nothing from its rows."""
    builder = TextBuilder()
    builder.table(
        [
            CellText("片区", 0, 0, rows=2),
            CellText("单位", 0, 1, rows=2),
            CellText("问题", 0, 2, columns=2),
            CellText("已整改", 1, 2),
            CellText("未整改", 1, 3),
            CellText("东片", 2, 0, rows=2),
            CellText("甲村", 2, 1),
            CellText("5", 2, 2),
            CellText("2", 2, 3),
            CellText("乙村", 3, 1),
            CellText("4", 3, 2),
            CellText("1", 3, 3),
            CellText("合计", 4, 0, columns=2),
            CellText("9", 4, 2),
            CellText("4", 4, 3),
        ]
    )
    source = builder.source("a.docx", "docx")
    (grid,) = Claims(parse(source)).tables
    assert [column.label for column in grid.columns] == ["片区", "单位", "问题已整改", "问题未整改"]
    assert [row.label for row in grid.rows] == ["东片", "乙村", "合计"]
    assert outcomes(source) == [
        ("consistent", "column", "5 + 4 = 9"),
        ("contradicted", "column", "2 + 1 = 3 ≠ 4"),
    ]


def test_a_relation_kept_by_few_rows_was_never_meant() -> None:
    """Columns that add up in one row by chance are not compared in the others."""
    source = Source("单位 | 甲类 | 乙类 | 丙类\n一 | 3 | 2 | 1\n二 | 9 | 2 | 4\n三 | 8 | 1 | 5\n四 | 7 | 6 | 4\n")
    assert outcomes(source) == []


def test_many_columns_are_left_alone_and_said_so() -> None:
    """A table nobody could survey gives one comparison that was not made."""
    row = " | ".join(["单位", *["1"] * 200])
    found = outcomes(Source(f"{row}\n{row}\n{row}\n"))
    assert [verdict for verdict, *_ in found] == ["unchecked"]


def test_a_run_of_very_many_digits_is_no_figure() -> None:
    """A cell may hold the number of a card or mere damage: it is neither added up nor an error."""
    text = f"单位 | 账号 | 件数\n甲科 | {'7' * 40} | 3\n乙科 | {'8' * 40} | 4\n合计 | | 7\n"
    report = rectlint.check_text(text)
    assert not report.findings
