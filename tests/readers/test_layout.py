"""Placed words to paragraphs: columns, rows without ruling lines, lines that end where nothing more fits."""

from __future__ import annotations

from rectlint.readers.layout import Piece, flow, lines

SIZE = 10.0


def line(text: str, top: float, left: float = 0.0) -> Piece:
    """A line of Chinese characters, each as wide as it is high."""
    return Piece(text, left, top, left + SIZE * len(text), top + SIZE)


def texts(*pieces: Piece) -> list[str]:
    """The paragraphs of one page."""
    return [paragraph.text for paragraph in flow([pieces]).paragraphs]


def test_rows_with_gaps_are_rows() -> None:
    """Lines below each other with the same wide gaps are rows of cells; one such line alone is words with blanks."""
    rows = [line(words, top, left) for top in (20, 40) for words, left in (("甲村", 0), ("三件", 90), ("二件", 200))]
    lone = [line("联系人", 80), line("某某", 80, 120)]
    assert texts(line("列表如下。", 0), *rows, *lone) == [
        "列表如下。",
        "甲村 | 三件 | 二件",
        "甲村 | 三件 | 二件",
        "联系人 某某",
    ]


def test_what_may_not_be_broken_goes_to_the_next_line_whole() -> None:
    """A line that ends early because a long figure follows is not the last of its paragraph."""
    full = "按照统一部署逐项整改到位并长期坚持"
    assert texts(line(full, 0), line(full[:14], 20), line("0123456789件。", 40), line(full, 60), line(full, 80)) == [
        full + full[:14] + "0123456789件。",
        full * 2,
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    """A title over both columns comes first, then the left column, then the right one as its continuation."""
    left = [line("左栏文字一二三四五六七八", 40 + 20 * row) for row in range(8)]
    right = [line("右栏文字一二三四五六七八", 45 + 20 * row, 140) for row in range(7)]
    end = line("到此结束。", 45 + 140, 140)
    title = line("标题横跨左右两栏的一份通报", 0, 60)
    found = texts(title, *right, end, *left)
    assert found == [title.text, "左栏文字一二三四五六七八" * 8 + "右栏文字一二三四五六七八" * 7 + "到此结束。"]


def test_a_full_page_of_short_lines_is_no_column() -> None:
    """Lines of one column stay in order, whatever gaps some of them have."""
    words = [f"第{row}行文字在中间隔开一大段再到行末为止" for row in range(9)]
    rows = [
        piece for row, text in enumerate(words) for piece in (line(text[:6], 20 * row), line(text[6:], 20 * row, 90))
    ]
    assert [text.replace(" | ", "") for text in texts(*rows)] == words


def test_marks_of_notes_are_no_figures() -> None:
    """Small figures above the line are raised ones; those as large, or on the line, are figures."""
    words = Piece("办结", 30, 100, 62, 116, 16)
    for mark, text in (
        (Piece("1", 62, 101, 67, 110, 9), "办结¹"),
        (Piece("12", 62, 101, 72, 110, 9), "办结¹²"),
        (Piece("3", 62, 100, 70, 116, 16), "办结3"),
        (Piece("3", 62, 106, 67, 115, 9), "办结3"),
    ):
        (line,) = lines([words, mark])
        assert line.text == text
