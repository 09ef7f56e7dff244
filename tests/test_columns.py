"""Tables whose cells stand apart by blanks or slashes only."""

from rectlint.columns import with_columns

_TABLE = "镇名 件数 办结\n甲镇 6 5\n乙镇 4 4\n合计 10 9\n"


def test_the_rows_and_the_headings_get_bars() -> None:
    """Each blank between two cells becomes a bar, and the text keeps its length."""
    assert with_columns(_TABLE) == _TABLE.replace(" ", "|")
    assert len(with_columns("甲镇   6  5\n乙镇 4 4\n合 计 10 9\n")) == len("甲镇   6  5\n乙镇 4 4\n合 计 10 9\n")


def test_empty_lines_stand_between_rows() -> None:
    """Pages copied as text leave an empty line behind each row."""
    apart = _TABLE.replace("\n", "\n\n")
    assert with_columns(apart) == apart.replace(" ", "|")


def test_a_block_with_a_row_of_another_shape_is_left_alone() -> None:
    """A row that cannot be read would be missing in the total."""
    for odd in ("丙镇 3", "丙镇 3 2 1", "丙镇 3 未办"):
        text = _TABLE.replace("合计", f"{odd}\n合计")
        assert with_columns(text) == text
        text = _TABLE + odd + "\n"
        assert with_columns(text) == text


def test_thousands_written_with_blanks_are_no_cells() -> None:
    """Three digits in every row may be the rest of a figure, unless headings name as many columns."""
    text = "甲镇 12 345\n乙镇 23 456\n合计 35 801\n"
    assert with_columns(text) == text
    assert "|" in with_columns("镇名 户数 人数\n" + text)


def test_slashes_need_words_with_as_many_slashes() -> None:
    """186/180/6 is a row only where the line above says what the three are."""
    rows = "甲镇 6/5/1\n乙镇 4/4/0\n合计 10/9/1\n"
    assert with_columns(rows) == rows
    assert with_columns("各镇（交办/办结/在办）：\n" + rows).splitlines()[1] == "甲镇|6|5|1"
    assert "|" not in with_columns("各镇（交办/办结）：\n" + rows)
