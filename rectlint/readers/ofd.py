"""OFD files (GB/T 33190), the fixed layout that offices exchange and archive.

In: the bytes of an ``.ofd``.  Out: for each document in it a `Source`, put together from where each piece of text stands on
its page.  What repeats on every page is set aside, and a note says so; pages whose text cannot be trusted (pictures of
pages, text drawn as outlines, characters of a font's own) are an error that names the page, since half a bulletin looks
wrong where it is right.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from rectlint.errors import ReadError, RectlintError
from rectlint.readers import locked
from rectlint.readers.building import TextBuilder, page_location
from rectlint.readers.layout import Flow, Piece, flow
from rectlint.readers.options import Limits, ReadOptions
from rectlint.readers.trees import has_too_many_nodes, refuse_doctype, tree_of
from rectlint.report import MEMBER, Words
from rectlint.source import Source

_RATIO_FROM = 1024 * 1024
_MOST_PAGES = 5000
_MOST_CHARACTERS = 5_000_000
_PICTURE_OF_A_PAGE = 0.4
"""A picture that covers so much of a page without text is one of the page."""
_OUTLINES = 60
"""So many drawn shapes on a page without text are letters."""
_SYMBOL = re.compile(r"[\uf020-\uf0ff]")
"""The bullets and ticks of symbol fonts."""
_GAP = 1.2
"""Characters further apart than so many of their sizes are separate words."""
_A4 = (0.0, 0.0, 210.0, 297.0)

Box = tuple[float, float, float, float]


@dataclass
class _Page:
    """What a page holds: its text in place, the templates it is printed on, and what may stand for text on it."""

    number: int
    height: float
    area: float
    pieces: list[Piece] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    shapes: int = 0
    pictured: float = 0.0
    glyphs: int = 0
    turned: int = 0
    hidden: int = 0


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source | RectlintError]:
    """The documents of an OFD file."""
    package = _Package(data, path, options.limits)
    bodies = [body for body in package.xml("OFD.xml").iter() if _name(body) == "DocBody"]
    roots = [(_joined("", root), body) for body in bodies if (root := _text_of(body, "DocRoot"))]
    if not roots:
        raise package.damaged("OFD.xml")
    for number, (root, body) in enumerate(roots, 1):
        where = path if len(roots) == 1 else f"{path}{MEMBER}{number}"
        try:
            yield _document(package, root, where, signed=_first(body, "Signatures") is not None)
        except RectlintError as error:
            yield error


def _document(package: _Package, root: str, path: str, *, signed: bool) -> Source:
    tree = package.xml(root)
    box = _box(_text_of(tree, "PhysicalBox")) or _A4
    templates: dict[str, str] = {}
    parts: list[str] = []
    for entry in tree.iter():
        if _name(entry) == "TemplatePage":
            templates[entry.get("ID", "")] = _joined(root, entry.get("BaseLoc", ""))
        elif _name(entry) == "Page" and entry.get("BaseLoc"):
            parts.append(_joined(root, entry.get("BaseLoc", "")))
    if len(parts) > _MOST_PAGES:
        raise ReadError(path, f"有 {len(parts)} 页，过多，未检查", f"has {len(parts)} pages, too many to read")
    pages = [_read_page(package, part, box, number) for number, part in enumerate(parts, 1)]
    uses = Counter(template for page in pages for template in set(page.templates))
    for page in pages:
        for template in dict.fromkeys(page.templates):
            # what is printed on several pages is a head; a form that one page fills in is part of what it says
            if uses[template] == 1 and template in templates:
                page.pieces += _read_page(package, templates[template], box, page.number).pieces
    for page in pages:
        _refuse_untrusted(page, path)
    found = flow([page.pieces for page in pages], [page.height for page in pages])
    if not found.paragraphs:
        raise ReadError(
            path, "里面没有文字", "holds no text", "如果是扫描件，请先做文字识别", "if it is a scan, run OCR first"
        )
    builder = TextBuilder()
    _build(found, builder)
    _notes(tree, pages, found, sum(1 for times in uses.values() if times > 1), builder)
    if signed:
        builder.note(Words("电子印章、签名未核验", "seals and signatures were not verified"))
    return builder.source(path, "ofd")


def _build(found: Flow, builder: TextBuilder) -> None:
    numbers: Counter[int] = Counter()
    for paragraph in found.paragraphs:
        (_, page), *further = paragraph.pages
        numbers[page] += 1
        places = []
        for offset, next_page in further:
            numbers[next_page] += 1
            places.append((offset, page_location(next_page, numbers[next_page])))
        builder.paragraph(paragraph.text, page_location(page, numbers[page]), places)


def _notes(tree: etree._Element, pages: list[_Page], found: Flow, shared: int, builder: TextBuilder) -> None:
    if found.aside:
        shown = "、".join(found.aside[:3])
        builder.note(Words(f"页眉、页码不在检查之列：{shown}", f"heads and page numbers were set aside: {shown}"))
    if shared:
        builder.note(
            Words("多页共用的版式（模板）上的文字未检查", "text on templates that pages share was not checked")
        )
    if turned := sum(page.turned for page in pages):
        builder.note(
            Words(f"倾斜的文字（水印等）{turned} 处未检查", f"{turned} slanted texts (watermarks) were not checked")
        )
    if hidden := sum(page.hidden for page in pages):
        builder.note(Words(f"隐藏的文字 {hidden} 处未检查", f"{hidden} hidden texts were not checked"))
    if any(page.pictured for page in pages):
        builder.note(Words("图片里的文字未检查", "pictures were not read"))
    for name, words in (
        ("Annotations", Words("批注未检查", "annotations were not checked")),
        ("Attachments", Words("附带的文件未检查", "attached files were not checked")),
    ):
        if _first(tree, name) is not None:
            builder.note(words)


def _read_page(package: _Package, part: str, box: Box, number: int) -> _Page:
    tree = package.xml(part)
    left, top, width, height = _box(_text_of(tree, "PhysicalBox")) or box
    page = _Page(number, height, max(width * height, 1.0))
    for found in tree.iter():
        match _name(found):
            case "Template":
                page.templates.append(found.get("TemplateID", ""))
            case "PathObject":
                page.shapes += 1
            case "ImageObject" | "CompositeObject":
                area = _box(found.get("Boundary", ""))
                page.pictured += area[2] * area[3] / page.area if area else 0.0
            case "TextObject":
                _read_text(found, page, (left, top), package)
    return page


def _read_text(found: etree._Element, page: _Page, origin: tuple[float, float], package: _Package) -> None:
    """Add the text of an object to its page, in pieces where its characters stand apart."""
    codes = [code for code in found if _name(code) == "TextCode" and code.text]
    if _first(found, "CGTransform") is not None and not any((code.text or "").strip() for code in codes):
        page.glyphs += 1
    if found.get("Visible", "true").lower() in ("false", "0"):
        page.hidden += 1
        return
    boundary = _box(found.get("Boundary", "")) or (0.0, 0.0, 0.0, 0.0)
    size = _number(found.get("Size", "")) or 3.5
    a, b, c, d, e, f = _matrix(found.get("CTM", ""))
    if abs(b) > 0.02 * abs(a) or abs(c) > 0.02 * abs(d) or a <= 0 or d <= 0:
        page.turned += 1
        return
    stretch = a * (_number(found.get("HScale", "")) or 1.0)
    x = y = 0.0
    for code in codes:
        text = _SYMBOL.sub(" ", code.text or "")
        package.count(len(text))
        x, y = _number(code.get("X", ""), x), _number(code.get("Y", ""), y)
        if code.get("DeltaY") and any(abs(step) > 0.5 * size for step in _steps(code.get("DeltaY", ""), len(text) - 1)):
            page.turned += 1  # written from top to bottom
            continue
        base = boundary[1] + d * y + f - origin[1]
        letters = d * size
        start = boundary[0] + a * x + e - origin[0]
        for words, offset, length in _words(text, _steps(code.get("DeltaX", ""), len(text) - 1), size):
            at = start + stretch * offset
            page.pieces.append(
                Piece(words, at, base - 0.88 * letters, at + stretch * length, base + 0.12 * letters, letters)
            )


def _words(text: str, steps: list[float], size: float) -> Iterator[tuple[str, float, float]]:
    """The words of a text whose characters stand ``steps`` apart: each with where it begins and how long it is."""
    start = position = 0.0
    first = 0
    for index, character in enumerate(text):
        width = size if character >= "\u2e80" or character in "“”‘’…—" else 0.5 * size
        step = steps[index] if index < len(steps) else width
        if index == len(text) - 1 or step > width + _GAP * size:
            yield text[first : index + 1], start, position + width - start
            start, first = position + step, index + 1
        position += step


def _steps(text: str, most: int) -> list[float]:
    """Distances as a file lists them: ``g 3 4.5 2`` stands for 4.5 three times and then 2."""
    steps: list[float] = []
    words = iter(text.replace(",", " ").split())
    for word in words:
        if len(steps) >= most:
            break
        if word.lower() == "g":
            times, step = _number(next(words, "")), _number(next(words, ""))
            steps += [step] * max(0, min(int(times), most - len(steps)))
        else:
            steps.append(_number(word))
    return steps


def _refuse_untrusted(page: _Page, path: str) -> None:
    """Refuse a page whose text is not there, or is not what it looks like."""
    text = "".join(piece.text for piece in page.pieces)
    odd = sum(_is_odd(character) for character in text)
    if odd:
        what = Words(
            f"有 {odd} 个字符没有对应的文字（字体自编码）", f"{odd} characters stand for no text (a font's own codes)"
        )
    elif page.glyphs:
        what = Words("文字只有字形，没有对应的编码", "the text is glyphs without characters")
    elif not text.strip() and page.pictured >= _PICTURE_OF_A_PAGE:
        what = Words("是图片，没有文字", "is a picture without text")
    elif not text.strip() and page.shapes >= _OUTLINES:
        what = Words("文字已转成线条", "its text was turned into outlines")
    else:
        return
    raise ReadError(
        path,
        f"第 {page.number} 页{what.zh}，无法核对",
        f"page {page.number}: {what.en}; it cannot be checked",
        "请用原来的 Word 文件检查，或先做文字识别",
        "check the Word file it was made from, or run OCR first",
    )


def _is_odd(character: str) -> bool:
    code = ord(character)
    private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    return private or code == 0xFFFD or (code < 0x20 and character not in "\t\n\r")


class _Package:
    """The parts of an OFD file, opened within bounds: no entity is resolved, nothing is fetched."""

    def __init__(self, data: bytes, path: str, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._bytes_left = limits.bytes
        self._characters_left = _MOST_CHARACTERS
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise self.damaged("zip") from None
        # some programs write names in other cases than they refer to them
        self._parts = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._zip.namelist()}

    def xml(self, part: str) -> etree._Element:
        """A part as a tree."""
        data = self._data(part)
        refuse_doctype(data, self._path, part, "OFD")
        if has_too_many_nodes(data, self._limits):
            raise self._too_large(part)
        try:
            return tree_of(data)
        except (etree.XMLSyntaxError, ValueError):
            raise self.damaged(part) from None

    def count(self, characters: int) -> None:
        """Count characters of the text; there is an end to how many are read."""
        self._characters_left -= characters
        if self._characters_left < 0:
            raise self._too_large("Content.xml")

    def damaged(self, part: str) -> ReadError:
        """The error for a part that is missing or broken."""
        return ReadError(
            self._path,
            f"OFD 文件不完整或已损坏（{part}）",
            f"the OFD file is incomplete or damaged ({part})",
            "请重新获取，或用 WPS、阅读器打开后另存",
            "fetch it again, or open and save it",
        )

    def _data(self, part: str) -> bytes:
        name = self._parts.get(part.lower())
        if name is None:
            raise self.damaged(part)
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise locked(self._path)
        if info.file_size > _RATIO_FROM and info.file_size > info.compress_size * self._limits.ratio:
            raise self._too_large(part)
        try:
            with self._zip.open(info) as file:
                data = file.read(self._bytes_left + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise self.damaged(part) from None
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise self._too_large(part)
        return data

    def _too_large(self, part: str) -> ReadError:
        return ReadError(
            self._path,
            f"{part} 过大，没有读取",
            f"{part} is too large and was not read",
            "正常的通报不会这么大，请核实文件来源",
            "no bulletin is that large: check where the file comes from",
        )


def _joined(base: str, location: str) -> str:
    """A part that another one refers to.

    >>> _joined("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), _joined("Doc_0/Document.xml", "/Doc_1/a.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'Doc_1/a.xml')
    """
    target = posixpath.join("/", posixpath.dirname(base), location.strip().replace("\\", "/"))
    return posixpath.normpath(target).lstrip("/")


def _name(found: etree._Element) -> str:
    """The name of an element without its namespace, of which the standard has had several."""
    return found.tag.rpartition("}")[2] if isinstance(found.tag, str) else ""


def _first(found: etree._Element, name: str) -> etree._Element | None:
    return next((inner for inner in found.iter() if _name(inner) == name), None)


def _text_of(found: etree._Element, name: str) -> str:
    inner = _first(found, name)
    return (inner.text or "").strip() if inner is not None else ""


def _number(text: str, otherwise: float = 0.0) -> float:
    try:
        value = float(text)
    except ValueError:
        return otherwise
    return value if abs(value) < 1e6 else otherwise  # neither endless nor not a number


def _box(text: str) -> Box | None:
    numbers = [_number(word) for word in text.split()]
    return (
        (numbers[0], numbers[1], numbers[2], numbers[3])
        if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0
        else None
    )


def _matrix(text: str) -> tuple[float, float, float, float, float, float]:
    numbers = [_number(word) for word in text.split()]
    if len(numbers) != 6:
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)
