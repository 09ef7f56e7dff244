"""A stretch of text laid out with its places underlined.

In: text with marked ranges, and a width in terminal cells.  Out: `rectlint.render.lines.Line` values.  A Chinese character
is two cells wide, so nothing here counts with `len`.

>>> from rectlint.render.lines import plain
>>> for line in underline("共16件，办结13件", [Mark(1, 4, "^", "总数", ""), Mark(7, 10, "-", "分项", "")], 40):
...     print(plain([line]))
共16件，办结13件
  ^^^^      ----
  总数      分项
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from rectlint.records import NamedTuple
from rectlint.render.lines import Line, Segment

ELLIPSIS = "…"


class Mark(NamedTuple):
    """A half-open range of a text to underline with ``sign``, its label, and the style of both."""

    start: int
    end: int
    sign: str
    label: str
    style: str


def clip(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The widest range of ``text`` round ``[start, end)`` that fits ``width`` cells; the range's head if it does not.

    What is spare goes half before and half after the range, and what one side cannot use goes to the other.
    """
    if cell_len(text) <= width:
        return 0, len(text)
    spare = width - cell_len(text[start:end]) - 2 * cell_len(ELLIPSIS)
    if spare < 0:
        return start, start + _fitting(text[start:end], width - 2)
    before = cell_len(text[:start])
    after = cell_len(text[end:])
    room_before = min(before, max(spare // 2, spare - after))
    first = start - _fitting(text[:start][::-1], room_before)
    last = end + _fitting(text[end:], spare - cell_len(text[first:start]))
    return first, last


def _fitting(text: str, width: int) -> int:
    """How many leading characters of ``text`` fit ``width`` cells."""
    used = 0
    for count, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return count
    return len(text)


def underline(text: str, marks: Sequence[Mark], width: int) -> list[Line]:
    """The text in one row clipped round its marks, a row of underlines, and rows with the labels of the marks."""
    marks = sorted(marks)
    first, last = clip(text, marks[0].start, max(mark.end for mark in marks), width)
    head = ELLIPSIS if first > 0 else ""
    tail = ELLIPSIS if last < len(text) else ""
    marks = [Mark(max(m.start, first), min(m.end, last), m.sign, m.label, m.style) for m in marks if m.start < last]

    def cell(offset: int) -> int:
        return cell_len(head + text[first:offset])

    shown: list[Segment] = [(head, "dim")]
    position = first
    for mark in marks:
        shown.append((text[position : mark.start], ""))
        shown.append((text[max(position, mark.start) : mark.end], mark.style))
        position = max(position, mark.end)
    shown += [(text[position:last], ""), (tail, "dim")]
    signs = _row([(cell(m.start), m.sign * max(1, cell(m.end) - cell(m.start)), m.style) for m in marks])
    return [tuple(shown), signs, *_labels([(cell(m.start), m.label, m.style) for m in marks], width)]


def _labels(labels: list[tuple[int, str, str]], width: int) -> list[Line]:
    """Rows that place each label under its mark, rightmost first, with a bar down to those that found no room."""
    pending = [label for label in labels if label[1]]
    rows: list[Line] = []
    while pending:
        limit = max(width, pending[-1][0] + cell_len(pending[-1][1])) + 1
        placed: list[tuple[int, str, str]] = []
        left: list[tuple[int, str, str]] = []
        for column, label, style in reversed(pending):
            if not left and column + cell_len(label) < limit:
                placed.append((column, label, style))
                limit = column
            elif column < limit:
                left.append((column, label, style))
                placed.append((column, "|", style))
                limit = column
            else:
                left.append((column, label, style))
        rows.append(_row(sorted(placed)))
        pending = left[::-1]
    return rows


def _row(pieces: Iterable[tuple[int, str, str]]) -> Line:
    """One line with each piece at its column; a piece that would overlap the one before it begins after it."""
    line: list[Segment] = []
    used = 0
    for column, words, style in pieces:
        if column < used:
            words = words[used - column :]
            column = used
        line += [(" " * (column - used), ""), (words, style)]
        used = column + cell_len(words)
    return tuple(line)
