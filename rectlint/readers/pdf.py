"""PDF files: paragraphs put together from where each character stands, tables from their ruling lines.

In: the bytes of a PDF.  Out: one `Source`.  A file whose text cannot be trusted (scanned pages, fonts that do not tell which
characters their shapes are, shapes in place of text) is an error that names the pages: a wrong figure would be a false alarm.

Pages are taken apart in a process of its own: a small file can make endless work of one page.  How each producer sets text is
pdfium's business; what makes a paragraph is `rectlint.readers.layout`'s.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

import pypdfium2
import pypdfium2.raw as pdfium

from rectlint.errors import ReadError
from rectlint.readers._pdf_page import PageText, read_page
from rectlint.readers._ruling import Grid, continues, grids, same_words
from rectlint.readers.apart import done_apart
from rectlint.readers.building import CellText, TextBuilder, page_location
from rectlint.readers.layout import Piece, flow, joined, lines
from rectlint.readers.options import Limits, ReadOptions
from rectlint.report import Location, Words
from rectlint.source import Source

_MOST_PAGES = 3000
_MOST_CHARACTERS = 5_000_000
_UNTRUSTED = 0.01
"""The share of characters that may be unknown; a few are symbols, more are the figures and words themselves."""
_FEWEST_UNTRUSTED = 3
_TABLE = 0xF0000
"""A character of the private planes stands in for each table while paragraphs are put together."""


@dataclass
class _Table:
    """A table: its rows of cells, the pages they are on, and where its columns begin."""

    rows: list[list[CellText]]
    page: int
    edges: tuple[float, ...]
    last_page: int


@dataclass
class _Contents:
    """What the pages hold."""

    pieces: list[list[Piece]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source]:
    """The text of a PDF, or the reason why there is none that can be trusted."""
    if len(data) > options.limits.bytes:
        raise _too_large(path, f"文件有 {len(data) // 1024 // 1024} MB", f"the file has {len(data) // 1024 // 1024} MB")
    contents = done_apart(path, options.limits.seconds, _contents, data, path, options.limits)
    found = flow(contents.pieces, contents.heights)
    builder = TextBuilder()
    tables = _Tables(contents.tables)
    numbers: dict[int, count[int]] = {}
    for paragraph in found.paragraphs:
        marks = [ord(character) - _TABLE for character in paragraph.text]
        if all(0 <= mark < len(contents.tables) for mark in marks):
            for mark in marks:
                tables.add(mark)
            continue
        tables.build(builder)
        places = [(at, _location(page, numbers)) for at, page in paragraph.pages]
        builder.paragraph(paragraph.text, places[0][1], places[1:])
    tables.build(builder)
    if builder.length == 0:
        raise ReadError(path, "PDF 里没有文字", "the PDF holds no text")
    _notes(builder, contents, found.aside)
    yield builder.source(path, "pdf")


def _location(page: int, numbers: dict[int, count[int]]) -> Location:
    return page_location(page, next(numbers.setdefault(page, count(1))))


class _Tables:
    """Tables in order; one that goes on on the next page is put together again, so that its totals are over all of it."""

    def __init__(self, tables: Sequence[_Table]) -> None:
        self._tables = tables
        self._under_way: _Table | None = None
        self._done: list[_Table] = []
        self._number = 0

    def add(self, index: int) -> None:
        """The next table, which nothing separates from the one before."""
        table, before = self._tables[index], self._under_way
        goes_on = before is not None and table.page == before.last_page + 1 and continues(before.edges, table.edges)
        if before is None or not goes_on:
            self._under_way = table
            self._done.append(table)
            return
        rows = table.rows[1:] if same_words(before.rows[0], table.rows[0]) else table.rows
        shift = before.rows[-1][0].row + 1 - (rows[0][0].row if rows else 0)
        before.rows.extend([cell._replace(row=cell.row + shift) for cell in row] for row in rows)
        before.last_page = table.page

    def build(self, builder: TextBuilder) -> None:
        """Write the tables so far: other text follows."""
        for table in self._done:
            self._number += 1
            builder.table([_placed(cell, self._number) for row in table.rows for cell in row])
        self._done, self._under_way = [], None


def _placed(cell: CellText, number: int) -> CellText:
    if cell.location is None:
        return cell
    zh = f"{cell.location.words.zh}表 {number} 第 {cell.row + 1} 行第 {cell.column + 1} 列"
    en = f"{cell.location.words.en}, table {number}, row {cell.row + 1}, column {cell.column + 1}"
    path = f"{cell.location.path}/table[{number}]/row[{cell.row + 1}]/cell[{cell.column + 1}]"
    return cell._replace(location=Location(Words(zh, en), path))


def _contents(data: bytes, path: str, limits: Limits) -> _Contents:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(path, error) from None
    try:
        return _all_pages(document, path, limits)
    finally:
        document.close()


def _all_pages(document: pypdfium2.PdfDocument, path: str, limits: Limits) -> _Contents:
    pages = len(document)
    if pages == 0:
        raise ReadError(path, "PDF 里没有页面，文件可能已损坏", "the PDF has no pages: it may be damaged")
    if pages > _MOST_PAGES:
        raise _too_large(path, f"PDF 有 {pages} 页", f"the PDF has {pages} pages")
    deadline = time.monotonic() + limits.seconds
    contents = _Contents()
    scanned: list[int] = []
    drawn: list[int] = []
    unknown: dict[int, int] = {}
    characters = 0
    for index in range(pages):
        number = index + 1
        if time.monotonic() > deadline:
            raise _too_large(path, f"读到第 {number} 页已超时", f"it took too long to read, up to page {number}")
        try:
            page = read_page(document, index)
        except pypdfium2.PdfiumError:
            raise ReadError(
                path,
                f"第 {number} 页已损坏，读不出来",
                f"page {number} is damaged",
                "请重新下载或重新导出",
                "fetch or export it again",
            ) from None
        characters += page.characters
        if characters > _MOST_CHARACTERS or page.crowded:
            raise _too_large(path, f"第 {number} 页内容过多", f"page {number} holds too much")
        if page.scanned:
            scanned.append(number)
        elif page.drawn:
            drawn.append(number)
        if page.unknown > max(_FEWEST_UNTRUSTED - 1, _UNTRUSTED * page.characters):
            unknown[number] = page.unknown
        if page.pictures:
            contents.pictures.append(number)
        if page.turned:
            contents.turned.append(number)
        _add(contents, page, number)
    _refuse(path, scanned, drawn, unknown, pages)
    return contents


def _add(contents: _Contents, page: PageText, number: int) -> None:
    """Take in a page, its tables apart from its running text."""
    rest = list(page.pieces)
    for grid in grids(page.ruling, page.pieces):
        inside = {id(piece) for cell in grid.cells for piece in cell.pieces}
        rest = [piece for piece in rest if id(piece) not in inside]
        mark = chr(_TABLE + len(contents.tables))
        contents.tables.append(_Table(_rows(grid, number), number, grid.edges, number))
        # letters of no other size: a table is a paragraph of its own
        rest.append(Piece(mark, grid.edges[0], grid.top, grid.edges[-1], grid.bottom, 0.5))
    contents.pieces.append(rest)
    contents.heights.append(page.height)


def _rows(grid: Grid, page: int) -> list[list[CellText]]:
    rows: dict[int, list[CellText]] = {}
    for cell in grid.cells:
        text = ""
        for line in lines(cell.pieces):
            text = joined(text, line.text)
        location = Location(Words(f"第 {page} 页", f"page {page}"), f"page[{page}]")
        rows.setdefault(cell.row, []).append(CellText(text, cell.row, cell.column, cell.rows, cell.columns, location))
    return [rows[row] for row in sorted(rows)]


def _refuse(path: str, scanned: Sequence[int], drawn: Sequence[int], unknown: dict[int, int], pages: int) -> None:
    if scanned:
        zh, en = _listed(scanned, pages)
        raise ReadError(
            path,
            f"{zh}是扫描的图片，没有可信的文字",
            f"{en} scanned: there is no text that can be trusted",
            "请用原始的 Word、WPS 文件，或由原始文件导出的 PDF",
            "use the original document, or a PDF exported from it",
        )
    if drawn:
        zh, en = _listed(drawn, pages)
        raise ReadError(
            path,
            f"{zh}的文字已转成图形，读不出来",
            f"{en} drawn: the text was turned into shapes",
            "请用原始的 Word、WPS 文件，或由原始文件导出的 PDF",
            "use the original document, or a PDF exported from it",
        )
    if unknown:
        zh, en = _listed(list(unknown), pages)
        total = sum(unknown.values())
        raise ReadError(
            path,
            f"{zh}有 {total} 个字无法确认是什么字（字体没有带文字对照表），不予检查",
            f"{en} not to be trusted: {total} characters are unknown, their fonts do not tell which they are",
            "请用原始的 Word、WPS 文件，或在导出时选择嵌入字体、重新导出",
            "use the original document, or export it again with fonts embedded",
        )


def _listed(numbers: Sequence[int], pages: int) -> tuple[str, str]:
    """Pages in words: 全部 9 页, 第 3、5 页."""
    if len(numbers) == pages:
        return f"全部 {pages} 页", f"all {pages} pages are"
    shown = [str(number) for number in numbers[:20]]
    more_zh, more_en = ("等", " and more") if len(numbers) > 20 else ("", "")
    verb = "are" if len(numbers) > 1 else "is"
    return (
        f"第 {'、'.join(shown)} {more_zh}页",
        f"{'pages' if len(numbers) > 1 else 'page'} {', '.join(shown)}{more_en} {verb}",
    )


def _notes(builder: TextBuilder, contents: _Contents, aside: Sequence[str]) -> None:
    if aside:
        shown = "、".join(aside[:3])
        builder.note(Words(f"页眉、页码不在检查之列：{shown}", f"heads and page numbers were set aside: {shown}"))
    for pages, zh, en in (
        (contents.pictures, "有图片，其中的文字未检查", "pictures were not read"),
        (contents.turned, "有斜置的文字（如水印），未检查", "slanted text such as watermarks was not read"),
    ):
        if pages:
            shown = "、".join(str(page) for page in pages[:20])
            builder.note(Words(f"第 {shown} 页{zh}", f"page {shown.replace('、', ', ')}: {en}"))


def _unopened(path: str, error: pypdfium2.PdfiumError) -> ReadError:
    code = getattr(error, "err_code", None)
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return ReadError(
            path,
            "PDF 有打开密码或加密，读不出来",
            "the PDF is encrypted and needs a password",
            "请去掉密码后再检查",
            "remove the password first",
        )
    return ReadError(
        path,
        "这个 pdf 文件已损坏或未下载完整，打不开",
        "the PDF is damaged or incomplete",
        "请重新下载或重新导出",
        "fetch or export it again",
    )


def _too_large(path: str, what_zh: str, what_en: str) -> ReadError:
    return ReadError(
        path,
        f"{what_zh}，超过上限，未检查",
        f"{what_en}, more than is read",
        "请拆成几个文件，或把正文另存为 .txt",
        "split it, or save its text as .txt",
    )
