"""Web pages: the article as a browser shows it, without what the site puts round it.

In: the bytes of a page.  Out: one `Source`, a paragraph a line, tables as tables, `rectlint:` comments where they stand.  What
is left out of the article (hidden words, pictures) and how much is left out round it is said in notes.

>>> next(read("<p>共3件，<br>已办结2件。<script>1</script>".encode(), "a.html", ReadOptions())).text
'共3件，\\u2028已办结2件。\\n'
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from rectlint.errors import ReadError
from rectlint.readers._article import Article, find_article
from rectlint.readers._page import Block, Page, page_of
from rectlint.readers.building import CellText, TextBuilder
from rectlint.readers.options import Limits, ReadOptions
from rectlint.report import Location, Words
from rectlint.source import Source, decode

_LARGEST = 64 * 1024 * 1024
_DEEPEST = 800
"""How deep elements may nest; what the parser does for one element grows with the depth it stands in."""
_MOST_TAGS = 500_000
_MOST_COMPARED = 50_000_000
"""How many pairs of attributes the parser may have to compare."""
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)",
    re.I,
)
_CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "gb2312-80", "csgb2312", "chinese"}
_BIG5 = {"big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5"}
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+)|!--)")
_ATTRIBUTE = re.compile(r"[^\s=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
_ELEMENT = re.compile(r"<[a-zA-Z!?/](?!--)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = {
    name: re.compile(f"</{name}", re.I) for name in "script style textarea title xmp iframe noembed noframes".split()
}
"""Elements that hold no elements, with what ends them."""
_CARRIED = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that the parser opens again in each paragraph after one that left them open."""
_FENCES = frozenset(("table", "td", "th", "caption", "tr"))
_ENDED_BY = {
    name: frozenset(ended.split())
    for names, ended in (
        ("p", "p"),
        ("li", "li p"),
        ("dt dd", "dt dd p"),
        ("td th", "td th p"),
        ("tr", "tr td th p"),
        ("tbody thead tfoot", "tbody thead tfoot tr td th p"),
        ("option optgroup", "option"),
        ("rt rp", "rt rp"),
    )
    for name in names.split()
}
"""Elements whose end may be left out, by what begins after them."""
_ENDING_P = frozenset(
    "address article blockquote center div dl fieldset form h1 h2 h3 h4 h5 h6 ol pre section table ul".split()
)


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source]:
    """The article of a page as one text.  A draft without any markup but comments is read as it stands."""
    limits = options.limits
    if len(data) > min(_LARGEST, limits.bytes):
        raise _too_large(path, f"网页有 {len(data) // 1024 // 1024} MB", f"the page has {len(data) // 1024 // 1024} MB")
    decoded, misdeclared = decoded_page(data, path)
    if _ELEMENT.search(decoded.text) is None:
        yield decoded._replace(format="html")
        return
    _refuse_bombs(decoded.text, path, limits)
    page = page_of(LexborHTMLParser(decoded.text), options)
    if not any(block.text for block in page.blocks) or (page.brings_more and not _has_text(page)):
        raise ReadError(
            path,
            "网页里没有正文文字" + ("，正文可能由脚本或框架另行载入" if page.brings_more else ""),
            "the page holds no text" + (": scripts or frames may bring it" if page.brings_more else ""),
            "请在浏览器中打开后把正文复制为 .txt，或打印为 PDF",
            "open it in a browser and copy the text into a .txt, or print it to PDF",
        )
    article = find_article(page)
    builder = TextBuilder()
    if misdeclared:
        builder.note(
            Words(
                f"网页自称 {misdeclared} 编码，实为 {decoded.encoding}",
                f"the page claims to be {misdeclared} but is {decoded.encoding}",
            )
        )
    _build(page, article, builder)
    yield builder.source(path, "html", decoded.encoding)


def decoded_page(data: bytes, path: str) -> tuple[Source, str]:
    """The page as text, and the encoding it claims if that is not what it is in.

    What is well-formed UTF-8 is UTF-8, whatever the page claims; the claim decides between the others.
    """
    declared = ""
    match = _DECLARED.search(data[:4096])
    if match:
        declared = (match[1] or match[2]).decode("ascii", "replace").lower()
    if declared in _BIG5 and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return Source(data.decode("big5hkscs"), path, "big5hkscs"), ""
            except UnicodeDecodeError:
                pass
    source = decode(data, path)
    family = {"utf-8-sig": "utf-8"}.get(source.encoding or "", source.encoding)
    claimed = "gb18030" if declared in _CHINESE else {"utf8": "utf-8"}.get(declared, declared)
    wrong = bool(declared) and claimed != family and not source.text.isascii() and not claimed.startswith("utf-16")
    return source, declared if wrong else ""


def _has_text(page: Page) -> bool:
    return any(block.kind == "table" or (block.plain and not _is_chrome(block)) for block in page.blocks)


def _is_chrome(block: Block) -> bool:
    """Whether a block is likelier part of the site than of an article."""
    return ("。" not in block.text and "，" not in block.text) or "版权所有" in block.text or "备案" in block.text


def _refuse_bombs(text: str, path: str, limits: Limits) -> None:
    """Refuse pages over which the parser would take too long or too much, by a reckoning from above."""
    count = text.count("<")
    if count > min(_MOST_TAGS, limits.nodes):
        raise _too_large(path, f"网页有 {count} 个标记", f"the page has {count} tags")
    nesting = _Nesting()
    attributes = position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        if match[2] is None:
            found = text.find("-->", position)
            position = found + 3 if found >= 0 else len(text)
            continue
        name = match[2].lower()
        if len(match[3]) > 400:
            attributes += sum(1 for _ in _ATTRIBUTE.finditer(match[3])) ** 2
        if match[1]:
            nesting.close(name)
        elif name in _RAW:
            found = next((end.start() for end in (_RAW[name].search(text, position),) if end), -1)
            position = found if found >= 0 else len(text)
        elif name not in _VOID:
            nesting.open(name)
        if attributes > _MOST_COMPARED or len(nesting.stack) > _DEEPEST or nesting.opened_again > limits.nodes // 4:
            raise _too_large(path, "网页的标记嵌套过深或过于繁复", "the elements of the page nest too deeply")


class _Nesting:
    """How deep elements nest as a parser sees them, or deeper; and how many it opens again."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.opened_again = 0
        self._open: dict[str, int] = {}
        self._carried, self._fences = 0, [0]

    def open(self, name: str) -> None:
        """An element begins."""
        self._fence(name, opening=True)
        ended = _ENDED_BY.get(name, _ENDED_BY["p"] if name in _ENDING_P else frozenset())
        while self.stack and self.stack[-1] in ended:
            self._open[self.stack.pop()] -= 1
        if name in _CARRIED:
            self._carried += 1
        else:
            self.opened_again += self._carried
        self.stack.append(name)
        self._open[name] = self._open.get(name, 0) + 1

    def close(self, name: str) -> None:
        """An element ends, and with it whatever was left open in it."""
        self._fence(name, opening=False)
        self._carried -= name in _CARRIED and self._carried > 0
        if self._open.get(name):
            while (left := self.stack.pop()) != name:
                self._open[left] -= 1
            self._open[name] -= 1

    def _fence(self, name: str, *, opening: bool) -> None:
        """Cells and tables keep what is carried on to themselves."""
        if name not in _FENCES:
            return
        self._carried = self._fences[-1]
        if name == "table" and opening:
            self._fences.append(self._carried)
        elif name == "table" and len(self._fences) > 1:
            self._carried = self._fences.pop()


def _too_large(path: str, what_zh: str, what_en: str) -> ReadError:
    return ReadError(
        path,
        f"{what_zh}，超过上限，未检查",
        f"{what_en}, more than is read",
        "请把正文另存为 .txt 后再检查",
        "save its text as .txt first",
    )


def _build(page: Page, article: Article, builder: TextBuilder) -> None:
    """Add the article to the text, and say what was left out."""
    title, meta = article.told
    if title:
        builder.paragraph(title, Location(Words("网页标题", "page title"), "head/title"))
    if meta:
        builder.paragraph(meta, Location(Words("网页信息", "page data"), "head/meta"))
    taken = {*article.title, *article.meta, *range(article.start, article.end), *article.attachments}
    number = tables = 0
    for index in (*article.title, *article.meta):
        block = page.blocks[index]
        words = Words("标题", "title") if index in article.title else Words("发布信息", "publication line")
        if block.cells:
            tables += 1
            _table(builder, page, block, tables)
        else:
            builder.paragraph(block.text, Location(words, page.path(block)))
    left_out: dict[str, int] = {}
    for index in (*range(article.start, article.end), *article.attachments):
        block = page.blocks[index]
        if block.kind == "paragraph":
            number += 1
            builder.paragraph(block.text, Location(Words(f"第 {number} 段", f"paragraph {number}"), page.path(block)))
        elif block.kind == "table":
            tables += 1
            _table(builder, page, block, tables)
        elif block.kind == "comment":
            builder.paragraph(block.text)
        else:
            left_out[block.kind] = left_out.get(block.kind, 0) + 1
    outside = sum(block.kind in ("paragraph", "table") for index, block in enumerate(page.blocks) if index not in taken)
    _notes(builder, left_out, outside)


def _table(builder: TextBuilder, page: Page, block: Block, number: int) -> None:
    path = page.path(block)
    builder.table(
        [
            CellText(
                cell.text,
                cell.row,
                cell.column,
                cell.rows,
                cell.columns,
                Location(
                    Words(
                        f"表 {number} 第 {cell.row + 1} 行第 {cell.column + 1} 列",
                        f"table {number}, row {cell.row + 1}, column {cell.column + 1}",
                    ),
                    f"{path}/row[{cell.row + 1}]/cell[{cell.column + 1}]",
                ),
            )
            for cell in block.cells
        ]
    )


def _notes(builder: TextBuilder, left_out: dict[str, int], outside: int) -> None:
    if outside:
        builder.note(
            Words(
                f"正文以外的 {outside} 处文字（导航、链接等）未检查",
                f"{outside} blocks outside the article (navigation, links) were not checked",
            )
        )
    if count := left_out.get("hidden"):
        builder.note(Words(f"隐藏的文字 {count} 处未检查", f"{count} hidden passages were not checked"))
    if count := left_out.get("struck"):
        builder.note(Words(f"带删除线的文字 {count} 处未检查", f"{count} struck-out passages were not checked"))
    if count := left_out.get("picture"):
        builder.note(Words(f"图片 {count} 张，其中的文字未检查", f"{count} pictures were not read"))
    if count := left_out.get("revision"):
        builder.note(Words(f"修订痕迹中不采用的文字 {count} 处未检查", f"{count} tracked passages were left out"))
