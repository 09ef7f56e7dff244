"""Tables whose cells stand apart by blanks or slashes only, as a page or a scan leaves them when it is copied as text.

In: folded text.  Out: the text with a bar for the first blank between two cells, so that its rows are read as those of any
other table; its length stays the same.  A table is a block of at least three lines of one shape, a name and as many figures
each.  A block that may have lost a row to another shape is left alone, since its total would not be that of the rest.

>>> with_columns("镇名 件数 办结\\n甲镇 6 5\\n乙镇 4 4\\n合计 10 9\\n").splitlines()[1]
'甲镇|6|5'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.patterns import Pattern

_LEAST_ROWS = 3
_WIDEST_LINE = 120
_LONGEST_NAME, _LONGEST_HEAD = 24, 16

_AMOUNT = r"[-—]?(?:\d{1,3}(?:，\d{3})+|\d{1,9})(?:\.\d{1,6})?(?:%|(?![年月日号期时点])\p{Han}{1,2})?"
_CELL = rf"(?:{_AMOUNT}|[-—/]{{1,2}}|无)"
_NAME = rf"(?:[合总小共] +计|(?=[^ |]{{0,23}}\p{{Han}})[^ |。；：，\"“]{{1,{_LONGEST_NAME}}})"
_ROW = Pattern(rf" *(?:(?P<index>\d{{1,3}}) +)?(?P<name>{_NAME})(?P<cells>(?: +{_CELL}){{1,30}}) *")
_SLASHED = Pattern(rf" *(?P<name>{_NAME})(?P<cells>(?: +|：){_AMOUNT}(?:/{_AMOUNT}){{1,12}})[；。]? *", needs=("/",))
_SLASHED_HEAD = Pattern(r"\p{Han}{1,10}(?:/\p{Han}{1,10}){1,12}", needs=("/",))
_FIGURE = Pattern(_AMOUNT)
_TOTAL = Pattern(r"(?:[合总共] *计|总数)")
_LONG_NUMBER = Pattern(r"\d{10}|(?<![\d.，])0\d")
_THREE_DIGITS = Pattern(r"\d{3}(?:\.\d+)?")


class _Block:
    """Lines of figures on end: which they are, their cells, and whether slashes part these."""

    def __init__(self, slashed: bool) -> None:
        self.slashed = slashed
        self.lines: list[int] = []
        self.rows: list[list[str]] = []
        self.whole = True
        """Whether every line could be read, in the shape of the first."""


def with_columns(text: str) -> str:
    """The text with bars between the cells of such tables; the text itself where it has none."""
    lines = text.split("\n")
    blocks = list(_blocks(lines))
    changed = False
    before: tuple[int, int] = (-9, 0)
    for block in blocks:
        width = len(block.rows[0]) if block.rows else 0
        # 市直单位： …… 县区： …… 合计: the total is that of both blocks
        goes_on = block.lines[0] - before[0] <= 2 and before[1] == width
        before = (block.lines[-1], width)
        head = _line_before(lines, block.lines[0])
        if goes_on or not _is_table(lines, block, head):
            continue
        changed = True
        for line in block.lines:
            lines[line] = _barred(lines[line], slashed=block.slashed)
        if head is not None and not block.slashed and _is_head(lines[head], width):
            lines[head] = _barred(lines[head], slashed=False)
    return "\n".join(lines) if changed else text


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """The runs of lines that end in a figure set apart, empty lines between them left out."""
    block: _Block | None = None
    for index, line in enumerate(lines):
        stripped = line.rstrip()
        if not stripped:
            continue
        if len(line) <= _WIDEST_LINE and (" " in stripped or "/" in stripped) and "|" not in line:
            match = _ROW.fullmatch(line)
            slashed = match is None
            match = match or _SLASHED.fullmatch(line)
            if match is not None:
                cells = (
                    match["cells"].replace("：", " ").replace("/", " ").split() if slashed else match["cells"].split()
                )
                row = [match["name"], *cells]
                if not slashed and match["index"]:
                    row.insert(0, match["index"])
                if block is None or block.slashed != slashed:
                    if block is not None:
                        block.whole = False
                        yield block
                    block = _Block(slashed)
                block.whole = block.whole and (not block.rows or len(block.rows[0]) == len(row))
                block.lines.append(index)
                block.rows.append(row)
                continue
        if block is not None:
            yield block
            block = None
    if block is not None:
        yield block


def _is_table(lines: Sequence[str], block: _Block, head: int | None) -> bool:
    """Whether a block has all rows of a table of figures, none of which may be read another way."""
    if not block.whole or len(block.rows) < _LEAST_ROWS:
        return False
    first = 2 if block.rows[0][0].isdigit() else 1
    if any(row[0].isdigit() != (first == 2) for row in block.rows):
        return False
    names = [row[first - 1] for row in block.rows]
    width = len(block.rows[0])
    figures = list(zip(*(row[first:] for row in block.rows), strict=True))
    total = any(_TOTAL.match(name) for name in names)
    if len(set(names)) < len(names) or (len(figures) == 1 and not total):
        return False
    if any(_LONG_NUMBER.search(cell) for column in figures for cell in column):
        return False
    headed = head is not None and _is_head(lines[head], width)
    if block.slashed:
        if head is None or not any(match.group().count("/") == width - 2 for match in _SLASHED_HEAD.find(lines[head])):
            return False
    elif not headed and any(all(_THREE_DIGITS.fullmatch(cell) for cell in column) for column in figures[1:]):
        return False  # 12 345 may be one figure
    after = next((line for line in lines[block.lines[-1] + 1 : block.lines[-1] + 4] if line.strip()), "")
    return not _tells_row(after) and (headed or head is None or not _tells_row(lines[head]))


def _line_before(lines: Sequence[str], index: int) -> int | None:
    return next((place for place in range(index - 1, max(-1, index - 4), -1) if lines[place].strip()), None)


def _is_head(line: str, width: int) -> bool:
    """Whether a line is the headings of so many columns."""
    cells = line.split()
    fits = len(cells) == width and "。" not in line and "|" not in line
    return fits and all(len(cell) <= _LONGEST_HEAD and not _FIGURE.fullmatch(cell) for cell in cells)


def _tells_row(line: str) -> bool:
    """Whether a line beside a block may be another row of it, in a shape of its own."""
    if len(line) > _WIDEST_LINE or "。" in line:
        return False
    cells = line.split()
    return len(cells) > 1 and any(_FIGURE.fullmatch(cell) for cell in cells[1:])


_GAP = Pattern(r"(?<=\S) +(?=\S)")
_SPLIT_TOTAL = Pattern(r"(?<=[合总小共]) +(?=计)")


def _barred(line: str, *, slashed: bool) -> str:
    """The line with a bar for the first blank, colon or slash between its cells."""
    kept = _SPLIT_TOTAL.search(line)
    line = _GAP.sub(
        lambda match: match.group() if kept is not None and match.start() == kept.start() else "|" + match.group()[1:],
        line,
    )
    return line.replace("/", "|").replace("：", "|") if slashed else line
