"""A web page as a run of blocks: paragraphs and tables in reading order, with the elements that hold them.

In: a parsed page.  Out: a `Page`.  What a browser does not show is left out; numbers that a browser writes before list items
are written out; tables that only place things are read through.

>>> from selectolax.lexbor import LexborHTMLParser
>>> page_of(LexborHTMLParser("<ol start=3><li>甲<li>乙<br><br>丙</ol>"), ReadOptions()).blocks[1].text
'4.乙'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rectlint.markers import leading_marker
from rectlint.readers.building import BREAK, LOWERED, RAISED
from rectlint.readers.options import ReadOptions
from rectlint.records import NamedTuple

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre search section "
    "summary table tbody td tfoot th thead tr ul xmp".split()
)
_UNSEEN = frozenset(
    "applet audio base button canvas datalist embed head iframe input link math meta noembed noframes noscript object option "
    "param progress rp rt script select style svg template textarea title track video xml".split()
)
_CELLS = frozenset(("td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,40}\bline-through\b", re.I)
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.I)
_INLINE = re.compile(r"(?:^|;)\s*display\s*:\s*inline", re.I)
_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table)\b", re.I)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.I)
_COMMENT = re.compile(r"\s*rectlint\s*:")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|zip|rar|7z|pptx?|txt)(?:[?#]|$)", re.I)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(rf" ?{BREAK} ?")
# two breaks, or one before a line that is set in: the site has no paragraphs of its own
_PARAGRAPH_END = re.compile(rf"{BREAK}\s*{BREAK}|{BREAK}(?=\u3000|\xa0{{2}})")
_MOST_SPANNED = 1000
_NUMBERS = "零一二三四五六七八九"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Cell(NamedTuple):
    """A cell of a table: its words, its place in the grid from 0, and how many rows and columns it takes."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


class Block(NamedTuple):
    """A paragraph, a table, or the place of something not read.

    ``kind``: paragraph, table, comment, hidden, struck, revision or picture.  ``plain`` and ``linked`` count the characters outside and
    inside links; ``holder`` is the index of the element it stands in.
    """

    kind: str
    text: str
    plain: int
    linked: int
    holder: int
    cells: tuple[Cell, ...] = ()
    file: bool = False


@dataclass(slots=True)
class Holder:
    """A block element: its names, the element that holds it, its step of the path, and the range of its blocks."""

    tag: str
    names: tuple[str, ...]
    parent: int
    step: str
    start: int
    end: int = 0


class Page(NamedTuple):
    """The blocks of a page in order, its block elements, and whether it has frames or scripts that may bring text."""

    blocks: list[Block]
    holders: list[Holder]
    title: str
    meta: dict[str, str]
    brings_more: bool

    def path(self, block: Block) -> str:
        """The elements that lead to a block, from the nearest one that has an id."""
        steps: list[str] = []
        index = block.holder
        while index >= 0 and len(steps) < 12:
            steps.append(self.holders[index].step)
            if steps[-1].startswith("#"):
                break
            index = self.holders[index].parent
        return "/".join(reversed(steps))


def page_of(tree: LexborHTMLParser, options: ReadOptions) -> Page:
    """Read a parsed page into its blocks."""
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        name, content = node.attributes.get("name"), node.attributes.get("content")
        if name and content:
            meta.setdefault(name.strip().lower(), " ".join(content.split()))
    title = tree.css_first("title")
    body = tree.body
    walker = _Walker(options, _layout_tables(tree))
    if body is not None:
        walker.walk(body)
    more = tree.css_first("script, frameset, frame, iframe") is not None
    words = " ".join((title.text() or "").split()) if title is not None else ""
    return Page(walker.blocks, walker.holders, words, meta, more)


def _layout_tables(tree: LexborHTMLParser) -> set[int]:
    """The tables that hold tables, by their identity."""
    found: set[int] = set()
    for table in tree.css("table"):
        node = table.parent
        while node is not None:
            if node.tag == "table":
                if node.mem_id in found:
                    break
                found.add(node.mem_id)
            node = node.parent
    return found


@dataclass(slots=True)
class _List:
    """An ordered list under way: the number of the next item, the step to the one after it, and the style."""

    number: int
    step: int
    style: str


@dataclass(slots=True)
class _Open:
    """An element that has been entered and not yet left."""

    node: LexborNode
    block: bool
    holder: int
    link: bool
    lines: bool
    steps: dict[str, int] = field(default_factory=dict)
    list: _List | None = None
    script: dict[int, int] | None = None


class _Walker:
    """Goes through the elements without recursion and collects blocks."""

    def __init__(self, options: ReadOptions, layout: set[int]) -> None:
        self.blocks: list[Block] = []
        self.holders: list[Holder] = []
        self._layout = layout
        self._rejected = options.revisions == "rejected"
        self._pieces: list[str] = []
        self._plain = self._linked = 0
        self._file = False
        self._holder = -1
        self._number = ""

    def walk(self, root: LexborNode) -> None:
        """Read ``root`` and all below it."""
        open_: list[_Open] = []
        node: LexborNode | None = root
        while node is not None:
            entered = self._enter(node, open_)
            if entered is not None:
                open_.append(entered)
                child = node.child
                if child is not None:
                    node = child
                    continue
                self._leave(open_.pop())
            while open_ and node.next is None:
                last = open_.pop()
                node = last.node
                self._leave(last)
            node = node.next if open_ else None
        self._flush()

    def _enter(self, node: LexborNode, open_: list[_Open]) -> _Open | None:
        """Take in a node; the result is None where there is nothing further to enter."""
        tag = node.tag or ""
        top = open_[-1] if open_ else None
        if tag == "-text":
            self._text(node.text_content or "", top)
            return None
        if tag == "-comment":
            words = node.comment_content or ""
            if _COMMENT.match(words):
                self._pieces.append(f"<!--{_BLANK.sub(' ', words)}-->")
            return None
        if tag.startswith(("-", "!")) or tag in _UNSEEN:
            return None
        if tag == "br":
            self._pieces.append(BREAK)
            return None
        if tag == "img":
            self._mark("picture")
            return None
        attributes = node.attributes
        style = attributes.get("style") or ""
        if "hidden" in attributes or _HIDING.search(style):
            self._mark("hidden", node)
            return None
        if tag in ("del", "ins") and (tag == "ins") == self._rejected:
            self._mark("revision", node)
            return None
        if tag in ("s", "strike") or _STRIKING.search(style):
            self._mark("struck", node)
            return None
        names = _names(attributes)
        if tag == "table" and node.mem_id not in self._layout and "presentation" not in (attributes.get("role") or ""):
            cells = tuple(self._cells(node))
            if _is_data(cells):
                self._flush()
                self._table(node, cells, top, names)
                return None
        block = (tag in _BLOCKS and not (tag in ("div", "section", "p") and _INLINE.search(style))) or (
            bool(style) and _AS_BLOCK.search(style) is not None
        )
        link = (top is not None and top.link) or tag == "a"
        if tag == "a" and _FILE.search(attributes.get("href") or ""):
            self._file = True
        lines = tag in ("pre", "listing", "xmp") or (top is not None and top.lines) or bool(_KEEPS_LINES.search(style))
        opened = _Open(node, block, -1, link, lines)
        if block:
            self._flush()
            opened.holder = self._hold(tag, names, attributes, top)
            if tag == "ol":
                opened.list = _list_of(attributes, node)
            elif tag == "li" and top is not None and top.list is not None:
                self._number = _item(top.list, attributes)
        elif tag in ("sup", "sub"):
            opened.script = RAISED if tag == "sup" else LOWERED
        return opened

    def _leave(self, opened: _Open) -> None:
        if opened.block:
            self._flush()
            holder = self.holders[opened.holder]
            holder.end = len(self.blocks)
            self._holder = holder.parent
            if holder.tag == "li":
                self._number = ""

    def _text(self, text: str, top: _Open | None) -> None:
        if not text:
            return
        if top is not None and top.lines:
            text = text.replace("\r\n", BREAK).replace("\n", BREAK)
        if top is not None and top.script is not None and text.strip().lstrip("+-").isdigit():
            text = text.translate(top.script)
        self._pieces.append(text)
        if text.isspace():
            return
        size = len(text.split()[0]) if len(text) < 20 else len(text)
        if top is not None and top.link:
            self._linked += size
        else:
            self._plain += size

    def _hold(self, tag: str, names: tuple[str, ...], attributes: dict[str, str | None], top: _Open | None) -> int:
        identity = (attributes.get("id") or "").strip()
        if top is not None:
            count = top.steps[tag] = top.steps.get(tag, 0) + 1
        else:
            count = 1
        step = f"#{identity}" if identity and len(identity) < 60 else f"{tag}[{count}]"
        self.holders.append(Holder(tag, names, self._holder, step, len(self.blocks)))
        self._holder = len(self.holders) - 1
        return self._holder

    def _mark(self, kind: str, node: LexborNode | None = None) -> None:
        """Note that something at this place is not read."""
        if node is None or (node.text() or "").strip():
            self.blocks.append(Block(kind, "", 0, 0, self._holder))

    def _flush(self) -> None:
        """End the paragraph under way."""
        if not self._pieces:
            return
        raw = "".join(self._pieces)
        plain, linked, file = self._plain, self._linked, self._file
        self._pieces, self._plain, self._linked, self._file = [], 0, 0, False
        if raw.isspace():
            return
        for text in paragraphs(raw):
            if self._number and not text.startswith("<!--"):
                if leading_marker(text, 0, len(text)) is None:
                    text = self._number + text
                self._number = ""
            alone = text.startswith("<!--") and text.endswith("-->") and text.count("<!--") == 1
            kind = "comment" if alone else "paragraph"
            outside = len(text) * plain // max(1, plain + linked)
            self.blocks.append(Block(kind, text, outside, len(text) - outside, self._holder, (), file))

    def _table(self, node: LexborNode, cells: tuple[Cell, ...], top: _Open | None, names: tuple[str, ...]) -> None:
        caption = node.css_first("caption")
        for text in self._words(caption) if caption is not None else ():
            self.blocks.append(Block("paragraph", text, len(text), 0, self._holder))
        index = self._hold("table", names, node.attributes, top)
        linked = sum(len(link.text() or "") for link in node.css("a"))
        size = sum(len(cell.text) for cell in cells)
        words = "\n".join(cell.text for cell in cells)
        self.blocks.append(Block("table", words, max(0, size - linked), min(linked, size), index, cells))
        self.holders[index].end = len(self.blocks)
        self._holder = self.holders[index].parent

    def _words(self, node: LexborNode) -> list[str]:
        """The paragraphs of a cell or a caption."""
        inner = _Walker(ReadOptions(revisions="rejected" if self._rejected else "accepted"), self._layout)
        inner.walk(node)
        for block in inner.blocks:
            if block.kind not in ("paragraph", "comment", "table"):
                self.blocks.append(block._replace(holder=self._holder))
        return [block.text for block in inner.blocks if block.text]

    def _cells(self, table: LexborNode) -> Iterator[Cell]:
        """The cells of a table that holds no table, in their places in the grid."""
        taken_to: dict[int, int] = {}  # column: the row before which a cell from above still stands in it
        for row, line in enumerate(line for line in table.css("tr") if not _is_hidden(line)):
            column = 0
            node = line.child
            while node is not None:
                if node.tag in _CELLS and not _is_hidden(node):
                    while taken_to.get(column, 0) > row:
                        column += 1
                    columns, rows = _span(node, "colspan"), _span(node, "rowspan")
                    if rows > 1 and column < _MOST_SPANNED:
                        taken_to.update(dict.fromkeys(range(column, column + columns), row + rows))
                    yield Cell(BREAK.join(self._words(node)), row, column, rows, columns)
                    column += columns
                node = node.next


def paragraphs(raw: str) -> Iterator[str]:
    """The paragraphs of running text with breaks: blanks as a browser shows them, none between two Chinese characters
    where only the source wraps.

    >>> list(paragraphs("\\u3000共 3\\n件，\\n办结。" + BREAK * 2 + " 附件"))
    ['共 3 件，办结。', '附件']
    """
    shown = _AROUND_BREAK.sub(BREAK, _BLANK.sub(_blank, raw))
    for part in _PARAGRAPH_END.split(shown):
        text = part.strip()
        if text:
            yield text


def _blank(match: re.Match[str]) -> str:
    if "\n" in match.group() or "\r" in match.group():
        text = match.string
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if (before > "\u2e80" or after > "\u2e80") and before > "\u2000" and after > "\u2000":
            return ""
    return " "


def _names(attributes: dict[str, str | None]) -> tuple[str, ...]:
    """The id and the classes of an element, in small letters."""
    if not attributes:
        return ()
    words = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return tuple(words.lower().split()[:20])


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDING.search(attributes.get("style") or "") is not None


def _is_data(cells: tuple[Cell, ...]) -> bool:
    """Whether a table has rows of values, rather than placing running text."""
    if not any(cell.column for cell in cells) or sum(bool(cell.text) for cell in cells) < 2:
        return False
    return not any(len(cell.text) > 400 and cell.text.count(BREAK) >= 3 for cell in cells)


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "").strip()
    return max(1, min(int(value), _MOST_SPANNED)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _list_of(attributes: dict[str, str | None], node: LexborNode) -> _List:
    style = _LIST_STYLE.search(attributes.get("style") or "")
    named = style[1].strip().lower() if style else ""
    kind = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}.get(
        attributes.get("type") or ""
    )
    start = _integer(attributes.get("start"))
    reverse = "reversed" in attributes
    if start is None:
        start = 1
        if reverse:
            child, start = node.child, 0
            while child is not None:
                start += child.tag == "li"
                child = child.next
    return _List(start, -1 if reverse else 1, named or kind or "decimal")


def _item(list_: _List, attributes: dict[str, str | None]) -> str:
    """The mark of the next item of a list."""
    value = _integer(attributes.get("value"))
    number = list_.number if value is None else value
    list_.number = number + list_.step
    style = _LIST_STYLE.search(attributes.get("style") or "")
    return list_mark(number, style[1].strip().lower() if style else list_.style)


def _integer(value: str | None) -> int | None:
    value = (value or "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,6}", value) else None


def list_mark(number: int, style: str) -> str:
    """What a browser writes before the item of an ordered list.

    >>> list_mark(12, "cjk-ideographic"), list_mark(28, "lower-alpha"), list_mark(4, "upper-roman")
    ('十二、', 'ab.', 'IV.')
    """
    first = style.split()[0] if style.split() else "decimal"
    if any(word in style for word in ("none", "disc", "circle", "square")):
        return ""
    if first in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin") and number > 0:
        letters = ""
        rest = number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(97 + digit) + letters
        return (letters.upper() if first.startswith("upper") else letters) + "."
    if first in ("lower-roman", "upper-roman") and 0 < number < 400:
        letters, rest = "", number
        for value, digits in _ROMAN:
            letters += digits * (rest // value)
            rest %= value
        return (letters.upper() if first.startswith("upper") else letters) + "."
    if ("cjk" in first or "chinese" in first) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        words = (_NUMBERS[tens] if tens > 1 else "") + ("十" if tens else "") + (_NUMBERS[ones] if ones else "")
        return words + "、"
    return f"{number:02}." if first == "decimal-leading-zero" else f"{number}."
