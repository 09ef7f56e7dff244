"""The running text of a Word file, paragraph by paragraph, as a reader sees it.

In: the tree of the main document.  Out: a `Source`, and an `Anchor` for each stretch of it that tells which element holds
the words.  Numbers of lists are written out, tracked changes are read as accepted or rejected, of a field its result is
read, and of two renderings of one drawing only one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from rectlint.readers.building import BREAK, RAISED, CellText, TextBuilder, cell_location
from rectlint.readers.docx.leftovers import leftovers
from rectlint.readers.docx.numbering import Numbering
from rectlint.readers.docx.package import MC, XML_SPACE, M, Package, W
from rectlint.readers.docx.styles import Styles, integer, switch, value
from rectlint.readers.docx.symbols import equation_text, symbol
from rectlint.readers.options import ReadOptions
from rectlint.records import NamedTuple
from rectlint.report import Location, Words
from rectlint.source import Source

Element = etree._Element

_MOST_COLUMNS = 1000
# a cell with this share of a table's words and this many paragraphs makes the table a means of layout
_LAYOUT_SHARE = 0.6
_LAYOUT_PARAGRAPHS = 4
_DEEPEST_FIELD = 50
_LONGEST_CODE = 10_000
_WORD = re.compile(r"\S+")
_SYMBOLS = re.compile("[\uf000-\uf0ff]")
_BREAKS = str.maketrans("\n\r\t", "   ")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_DELETED = (f"{W}del", f"{W}moveFrom")
_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
)
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_EMBEDDED = ("{urn:schemas-microsoft-com:office:office}OLEObject", "{urn:schemas-microsoft-com:vml}textpath")
_DRAWN = ("/chart", "/diagram", "/chartex")


class Anchor(NamedTuple):
    """A stretch of the text and the element that holds it.

    ``start`` of the element's own text where ``exact``; otherwise the element as a whole stands for the words (a note's
    words are anchored at its mark).  Words that are in no element (the number of a list) have None; ``paragraph`` is where
    they are shown.
    """

    begin: int
    end: int
    node: Element | None
    start: int
    exact: bool
    paragraph: Element


class _Piece(NamedTuple):
    text: str
    node: Element | None = None
    start: int = 0
    exact: bool = False


@dataclass
class _Line:
    """A paragraph as read: its words, whose numbering it has, and what is anchored in it."""

    owner: Element
    pieces: list[_Piece] = field(default_factory=list)
    boxes: list[tuple[Element, Element]] = field(default_factory=list)
    notes: list[tuple[str, str, Element]] = field(default_factory=list)
    page: int = 0
    runs_on: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def has_words(self) -> bool:
        return any(not piece.text.isspace() for piece in self.pieces)

    def follow(self, earlier: _Line) -> None:
        """Put the words of an earlier paragraph before: the mark between them is gone."""
        if earlier.has_words:
            self.owner, self.page = earlier.owner, earlier.page
        earlier.pieces += self.pieces
        earlier.boxes += self.boxes
        earlier.notes += self.notes
        self.pieces, self.boxes, self.notes = earlier.pieces, earlier.boxes, earlier.notes


@dataclass
class _Cell:
    row: int
    column: int
    columns: int
    blocks: list[_Line | _Grid]
    rows: int = 1

    @property
    def lines(self) -> list[_Line]:
        return [block for block in self.blocks if isinstance(block, _Line)]


@dataclass
class _Grid:
    """A table as read."""

    element: Element
    cells: list[_Cell]

    def is_layout(self) -> bool:
        """Whether the table only arranges running text: one cell a row, or one cell with nearly all the words."""
        if all(cell.column == 0 for cell in self.cells):
            return True
        lengths = [sum(len(line.text.strip()) for line in cell.lines) for cell in self.cells]
        largest = max(range(len(lengths)), key=lengths.__getitem__)
        cell = self.cells[largest]
        filled = sum(line.has_words for line in cell.lines)
        return filled >= _LAYOUT_PARAGRAPHS and lengths[largest] > _LAYOUT_SHARE * sum(lengths)


@dataclass
class _Field:
    code: str = ""
    shows: bool = False  # its result has begun


def read_text(package: Package, tree: Element, options: ReadOptions) -> tuple[Source, tuple[Anchor, ...]]:
    """The text of a document, and where each stretch of it stands."""
    reader = _Reader(package, options)
    body = tree.find(f"{W}body")
    if body is not None:
        reader.flow(body)
    for words in leftovers(package, tree, reader.left_out, options.revisions):
        reader.builder.note(words)
    return reader.builder.source(package.path, "docx"), tuple(reader.anchors)


class _Reader:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self.builder = TextBuilder()
        self.anchors: list[Anchor] = []
        self.left_out: Counter[str] = Counter()
        self._package = package
        self._original = options.revisions == "rejected"
        self._dropped = _INSERTED if self._original else _DELETED
        self._styles = Styles(package.tree("styles"))
        self._numbering = Numbering(package.tree("numbering"), self._styles)
        self._fields: list[_Field] = []
        self._style: str | None = None
        self._page = 0
        self._paragraphs = 0
        self._tables = 0
        self._boxes = 0
        self._stories: dict[str, dict[str, Element]] = {}
        self._told: Counter[str] = Counter()
        # the element of the main document that stands for words which are elsewhere: the mark of a note, a drawing
        self._proxy: tuple[Element, Element] | None = None
        self._place: Location | None = None

    # -- what becomes of paragraphs and tables --------------------------------------------------------------------------

    def flow(self, parent: Element) -> None:
        """Put what a body, a note or a box holds into the text."""
        for block in self._blocks(parent):
            self._put(block)

    def _put(self, block: _Line | _Grid) -> None:
        if isinstance(block, _Line):
            self._put_line(block)
        elif block.is_layout():
            for cell in block.cells:
                for inner in cell.blocks:
                    self._put(inner)
        else:
            self._put_table(block)

    def _put_line(self, line: _Line) -> None:
        if line.has_words:
            if self._place is None:
                self._paragraphs += 1
            start = self.builder.paragraph(line.text, self._place or _paragraph(self._paragraphs, line.page))
            self._anchor(start, line.pieces, line.owner)
        self._put_anchored(line)

    def _put_table(self, grid: _Grid) -> None:
        self._tables += 1
        table, texts, pieces = self._tables, [], []
        for cell in grid.cells:
            spaced = [piece for line in cell.lines for piece in (*line.pieces, _Piece(" "))]
            pieces.append(_squeezed(spaced))
            text = "".join(piece.text for piece in pieces[-1])
            place = self._place or cell_location(table, cell.row + 1, cell.column + 1)
            texts.append(CellText(text, cell.row, cell.column, cell.rows, cell.columns, place))
        if any(cell.text for cell in texts):
            for start, cell, own in zip(self.builder.table(texts), grid.cells, pieces, strict=True):
                self._anchor(start, own, cell.lines[0].owner if cell.lines else grid.element)
        for cell in grid.cells:
            for block in cell.blocks:
                if isinstance(block, _Line):
                    self._put_anchored(block)
                else:
                    self._put(block)

    def _put_anchored(self, line: _Line) -> None:
        """The boxes and notes of a paragraph, after it."""
        for content, mark in line.boxes:
            self._boxes += 1
            self._put_apart(
                content,
                mark,
                line.owner,
                Words(f"文本框 {self._boxes}", f"text box {self._boxes}"),
                f"box[{self._boxes}]",
            )
        for kind, name, mark in line.notes:
            if name not in self._story(kind):
                continue
            content = self._stories[kind].pop(name)
            self._told[kind] += 1
            number = self._told[kind]
            words = (
                Words(f"脚注 {number}", f"footnote {number}")
                if kind == "footnotes"
                else Words(f"尾注 {number}", f"endnote {number}")
            )
            self._put_apart(content, mark, line.owner, words, f"{kind[:-1]}[{number}]")

    def _put_apart(self, content: Element, mark: Element, owner: Element, words: Words, path: str) -> None:
        before = self._proxy, self._place, self._fields, self._style, self._page
        self._proxy = self._proxy or (mark, owner)
        self._place, self._fields = Location(words, path), []
        self.flow(content)
        self._proxy, self._place, self._fields, self._style, self._page = before

    def _story(self, kind: str) -> dict[str, Element]:
        """The foot or end notes that were not put into the text yet, by name."""
        if kind not in self._stories:
            tree = self._package.tree(kind)
            notes = tree.iter(W + kind[:-1]) if tree is not None else ()
            self._stories[kind] = {
                note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type", "normal") == "normal"
            }
        return self._stories[kind]

    def _anchor(self, start: int, pieces: list[_Piece], owner: Element) -> None:
        for piece in pieces:
            if piece.text:
                end = start + len(piece.text)
                if self._proxy is None:
                    self.anchors.append(Anchor(start, end, piece.node, piece.start, piece.exact, owner))
                else:
                    self.anchors.append(Anchor(start, end, self._proxy[0], 0, False, self._proxy[1]))
                start = end

    # -- blocks ---------------------------------------------------------------------------------------------------------

    def _blocks(self, parent: Element) -> Iterator[_Line | _Grid]:
        """Paragraphs and tables in order; paragraphs whose mark is gone are one with the next."""
        open_line: _Line | None = None
        for element in self._children(parent):
            if element.tag == f"{W}p":
                line = self._line(element)
                if open_line is not None:
                    line.follow(open_line)
                open_line = line if line.runs_on else None
                if open_line is None:
                    yield self._numbered(line)
            elif element.tag == f"{W}tbl":
                if open_line is not None and open_line.has_words:
                    yield self._numbered(open_line)
                open_line = None
                grid = self._grid(element)
                if grid.cells:
                    yield grid
            elif element.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.left_out["chunk"] += 1
        if open_line is not None and (open_line.has_words or open_line.boxes or open_line.notes):
            yield self._numbered(open_line)

    def _children(self, parent: Element) -> Iterator[Element]:
        """The children that count, without what only wraps them."""
        for child in parent:
            tag = child.tag
            if tag in _WRAPPERS or tag in _INSERTED or tag in _DELETED:
                if tag not in self._dropped:
                    yield from self._children(child)
            elif tag == f"{MC}AlternateContent":
                yield from self._children(_chosen(child))
            elif isinstance(tag, str):
                yield child

    def _line(self, element: Element) -> _Line:
        line = _Line(element, page=self._page)
        properties = self._properties(element)
        self._style = self._styles.paragraph_style(properties)
        self._inline(element, line)
        for open_field in self._fields:
            open_field.shows = True  # no code runs over the end of a paragraph: one that seems to has lost its end
        mark = element.find(f"{W}pPr/{W}rPr")
        gone = mark is not None and any(mark.find(tag) is not None for tag in self._dropped)
        run_in = mark is not None and switch(mark.find(f"{W}specVanish")) is True
        line.runs_on = gone or run_in or self._styles.hides(self._style, mark)
        return line

    def _numbered(self, line: _Line) -> _Line:
        label = self._numbering.label(self._properties(line.owner), original=self._original)
        if label:
            line.pieces.insert(0, _Piece(label))
        return line

    def _properties(self, paragraph: Element) -> Element | None:
        """The properties of a paragraph, the former ones where changes are rejected."""
        properties = paragraph.find(f"{W}pPr")
        if self._original and properties is not None:
            former = properties.find(f"{W}pPrChange/{W}pPr")
            return properties if former is None else former
        return properties

    def _grid(self, element: Element) -> _Grid:
        cells: list[_Cell] = []
        open_cells: dict[int, _Cell] = {}
        row = 0
        for tr in self._children(element):
            if tr.tag != f"{W}tr" or self._is_gone(tr.find(f"{W}trPr"), "ins", "del"):
                continue
            column = min(integer(tr.find(f"{W}trPr/{W}gridBefore")) or 0, _MOST_COLUMNS)
            for tc in self._children(tr):
                if tc.tag != f"{W}tc":
                    continue
                properties = tc.find(f"{W}tcPr")
                if self._is_gone(properties, "cellIns", "cellDel"):
                    continue
                width = 1
                if properties is not None:
                    width = max(1, min(integer(properties.find(f"{W}gridSpan")) or 1, _MOST_COLUMNS))
                blocks = list(self._blocks(tc))
                down, across = _merged(properties, "vMerge"), _merged(properties, "hMerge")
                above = open_cells.get(column)
                if across == "continue" and cells and cells[-1].row == row:
                    cells[-1].columns += width
                elif down == "continue" and above is not None:
                    above.rows = row - above.row + 1
                else:
                    cells.append(_Cell(row, column, width, blocks))
                    open_cells.pop(column, None)
                    if down is not None:
                        open_cells[column] = cells[-1]
                column = min(column + width, _MOST_COLUMNS)
            row += 1
        return _Grid(element, cells)

    def _is_gone(self, properties: Element | None, inserted: str, deleted: str) -> bool:
        return properties is not None and properties.find(W + (inserted if self._original else deleted)) is not None

    # -- runs -----------------------------------------------------------------------------------------------------------

    def _inline(self, parent: Element, line: _Line) -> None:
        for child in self._children(parent):
            if child.tag == f"{W}r":
                self._run(child, line)
            elif child.tag == f"{M}oMath" or child.tag == f"{M}oMathPara":
                self._add(line, _Piece("".join(text.text or "" for text in child.iter(f"{M}t"))))
            elif child.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.left_out["chunk"] += 1

    def _run(self, run: Element, line: _Line) -> None:
        properties = run.find(f"{W}rPr")
        if self._original and properties is not None:
            former = properties.find(f"{W}rPrChange/{W}rPr")
            properties = properties if former is None else former
        hidden = "hidden" if self._styles.hides(self._style, properties) else ""
        if properties is not None and any(switch(properties.find(W + name)) for name in ("strike", "dstrike")):
            hidden = hidden or "struck"
        for child in run:
            tag = child.tag
            if tag == f"{MC}AlternateContent":
                self._drawing(child, line, hidden)
                continue
            handle = _RUN.get(tag) if isinstance(tag, str) else None
            if handle is not None:
                handle(self, child, line, hidden)

    def _add(self, line: _Line, piece: _Piece, hidden: str = "") -> None:
        if not piece.text:
            return
        if self._in_contents():
            self.left_out["contents"] = 1
        elif all(open_field.shows for open_field in self._fields):
            if hidden:
                self.left_out[hidden] += len(piece.text.strip())
            else:
                line.pieces.append(piece)

    def _in_contents(self) -> bool:
        """Whether the words are those of a table of contents, which says again what stands in the text."""
        return any(open_field.shows and open_field.code.split()[:1] == ["TOC"] for open_field in self._fields)

    def _words(self, element: Element, line: _Line, hidden: str) -> None:
        text, start = element.text or "", 0
        if element.get(XML_SPACE) != "preserve":
            start = len(text) - len(text.lstrip(" \n\r\t"))
            text = text.strip(" \n\r\t")
        if _SYMBOLS.search(text):
            text = self._with_symbols(text, element)
        if text.isdecimal() and value(element.find(f"../{W}rPr/{W}vertAlign")) == "superscript":
            text = text.translate(RAISED)  # 10 to the fourth is not 104
        self._add(line, _Piece(text.translate(_BREAKS), element, start, exact=True), hidden)

    def _with_symbols(self, text: str, element: Element) -> str:
        """Characters at the private places of a symbol font as what they look like; a blank for what nobody can tell."""
        fonts = element.find(f"../{W}rPr/{W}rFonts")
        names = [] if fonts is None else [fonts.get(W + kind, "") for kind in ("ascii", "hAnsi", "eastAsia")]

        def character(match: re.Match[str]) -> str:
            code = f"{ord(match.group()):X}"
            found = next((look for name in names if (look := symbol(name, code)) is not None), None)
            self.left_out["symbol"] += found is None
            return found or " "

        return _SYMBOLS.sub(character, text)

    def _tab(self, element: Element, line: _Line, hidden: str) -> None:
        self._add(line, _Piece("\t", element), hidden)

    def _break(self, element: Element, line: _Line, hidden: str) -> None:
        self._add(line, _Piece(BREAK, element), hidden)

    def _hyphen(self, element: Element, line: _Line, hidden: str) -> None:
        self._add(line, _Piece("-", element), hidden)

    def _symbol(self, element: Element, line: _Line, hidden: str) -> None:
        text = symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
        if text is None:
            self.left_out["symbol"] += 1
        else:
            self._add(line, _Piece(text, element), hidden)

    def _ruby(self, element: Element, line: _Line, hidden: str) -> None:
        base = element.find(f"{W}rubyBase")
        if base is not None:
            self._inline(base, line)

    def _page_break(self, element: Element, line: _Line, hidden: str) -> None:
        if self._place is None:
            self._page += 1
            if not line.has_words:
                line.page = self._page

    def _note(self, element: Element, line: _Line, hidden: str) -> None:
        kind = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        if not hidden and not self._in_contents():
            line.notes.append((kind, element.get(f"{W}id", ""), element))

    def _field_char(self, element: Element, line: _Line, hidden: str) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            if len(self._fields) < _DEEPEST_FIELD:
                self._fields.append(_Field())
        elif not self._fields:
            return
        elif kind == "separate":
            self._fields[-1].shows = True
        elif kind == "end":
            ended = self._fields.pop()
            if ended.shows:
                return
            name = ended.code.split(maxsplit=1)[0].upper() if ended.code.strip() else ""
            if name == "EQ":
                text = equation_text(ended.code)
                if text is None:
                    self.left_out["equation"] += 1
                else:
                    self._add(line, _Piece(text, element), hidden)
            elif name in ("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"):
                self.left_out["number field"] += 1

    def _field_code(self, element: Element, line: _Line, hidden: str) -> None:
        if self._fields and not self._fields[-1].shows and len(self._fields[-1].code) < _LONGEST_CODE:
            self._fields[-1].code += element.text or ""

    def _drawing(self, element: Element, line: _Line, hidden: str) -> None:
        """The text boxes in a drawing, once each; pictures and charts are counted."""
        if hidden:
            return
        waiting = [element]
        while waiting:
            current = waiting.pop()
            if current.tag == f"{MC}AlternateContent":
                waiting.append(_chosen(current))
                continue
            if current.tag == f"{W}txbxContent":
                line.boxes.append((current, element))
                continue
            if current.tag in _PICTURES:
                self.left_out["picture"] += 1
            elif current.tag in _EMBEDDED or (current.tag == _GRAPHIC and current.get("uri", "").endswith(_DRAWN)):
                self.left_out["drawn"] += 1
            waiting.extend(child for child in reversed(current) if isinstance(child.tag, str))


_RUN: dict[str, Callable[[_Reader, Element, _Line, str], None]] = {
    f"{W}t": _Reader._words,
    f"{W}delText": _Reader._words,
    f"{W}tab": _Reader._tab,
    f"{W}ptab": _Reader._tab,
    f"{W}br": _Reader._break,
    f"{W}cr": _Reader._break,
    f"{W}noBreakHyphen": _Reader._hyphen,
    f"{W}sym": _Reader._symbol,
    f"{W}ruby": _Reader._ruby,
    f"{W}lastRenderedPageBreak": _Reader._page_break,
    f"{W}footnoteReference": _Reader._note,
    f"{W}endnoteReference": _Reader._note,
    f"{W}fldChar": _Reader._field_char,
    f"{W}instrText": _Reader._field_code,
    f"{W}drawing": _Reader._drawing,
    f"{W}pict": _Reader._drawing,
    f"{W}object": _Reader._drawing,
}


def _chosen(alternatives: Element) -> Element:
    """The one of several renderings that is read: the first that has words, else the first."""
    choices = [child for child in alternatives if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_words = (
        choice for choice in choices if next(choice.iter(f"{W}t", f"{W}drawing", f"{W}pict"), None) is not None
    )
    return next(with_words, choices[0] if choices else etree.Element("none"))


def _merged(properties: Element | None, name: str) -> str | None:
    """``restart``, ``continue`` or None for a cell that is not merged."""
    merge = properties.find(W + name) if properties is not None else None
    return None if merge is None else value(merge) or "continue"


def _squeezed(pieces: list[_Piece]) -> list[_Piece]:
    """The words of a cell with one blank between them, each still at its place."""
    found: list[_Piece] = []
    apart = False
    for piece in pieces:
        end = 0
        for match in _WORD.finditer(piece.text):
            if found and (apart or match.start() > end):
                found.append(_Piece(" "))
            found.append(piece._replace(text=match.group(), start=piece.start + match.start()))
            apart, end = False, match.end()
        apart = apart or end < len(piece.text)
    return found


def _paragraph(number: int, page: int) -> Location:
    words = Words(f"第 {number} 段", f"paragraph {number}")
    if page:
        words = Words(f"{words.zh}（约第 {page + 1} 页）", f"{words.en} (about page {page + 1})")
    return Location(words, f"paragraph[{number}]")
