"""Word files that are one XML text: Word 2003 XML and the flat form of a docx, as templates of office systems fill them in.

In: the bytes of a file, mostly called ``.doc`` or ``.xml``.  Out: its `Source`.  The flat form is a docx whose parts stand
one after the other.  Word 2003 XML has the same elements under other names, and lists, styles, notes and headers in one
tree; they are put where a docx has them, and the docx is read.
"""

from __future__ import annotations

import re
import zipfile
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from lxml import etree

from rectlint.errors import ReadError
from rectlint.readers import docx
from rectlint.readers.docx.package import XML_SPACE, W, relations_of
from rectlint.readers.options import ReadOptions
from rectlint.readers.trees import has_too_many_nodes, tree_of
from rectlint.source import Source

Element = etree._Element

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_HINTS = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BINARY = re.compile(rb"(<(?:\w+:)?bin(?:ary)?Data\b[^>]*>)[^<]*")
_MAIN = "word/document.xml"
_RENAMED = {
    "listDef": "abstractNum",
    "list": "num",
    "ilst": "abstractNumId",
    "listPr": "numPr",
    "ilfo": "numId",
    "nfc": "numFmt",
    "listStyleLink": "numStyleLink",
    "hlink": "hyperlink",
}
_ANNOTATIONS = {"Word.Insertion": "ins", "Word.Deletion": "del", "Word.Comment": "comment"}
# how numbers are written, by the numbers that Word 97 to 2003 have for it
_FORMATS = {
    **dict(enumerate(("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"))),
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    32: "ideographZodiacTraditional",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source]:
    """The text of a file, by way of the docx with the same content."""
    if len(data) > options.limits.bytes or has_too_many_nodes(data, options.limits):
        raise ReadError(
            path,
            "文件过大，没有读取",
            "the file is too large to read",
            "正常的通报不会这么大，请核实文件来源",
            "no bulletin is that large: check where the file comes from",
        )
    # pictures are not read, and are longer than the parser takes
    slim = _BINARY.sub(rb"\1", data).replace(_WORD_2003, W[1:-1].encode())
    try:
        tree = tree_of(slim.removeprefix(BOM_UTF8).lstrip())
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "XML"
        raise ReadError(
            path,
            f"Word XML 文件不完整或已损坏（{reason}）",
            f"the Word XML file is cut short or damaged ({reason})",
            "请用 Word 或 WPS 打开后另存为 docx 再检查",
            "open it in Word and save it as docx",
        ) from None
    parts = _flat_parts(tree) if tree.tag == f"{_PKG}package" else _parts_of_2003(tree)
    for source in docx.read(_zipped(parts), path, options):
        yield source._replace(format="word-xml")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def _flat_parts(tree: Element) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in tree.iter(f"{_PKG}part"):
        content = next((child for data in part.iter(f"{_PKG}xmlData") for child in data), None)
        found[part.get(f"{_PKG}name", "").lstrip("/")] = b"" if content is None else etree.tostring(content)
    return found


def _parts_of_2003(tree: Element) -> dict[str, bytes]:
    for element in tree.iter(etree.Element):
        _rename(element)
    parts: dict[str, Element] = {}
    for kind in ("footnote", "endnote"):
        parts[f"{kind}s"] = _taken_out(tree, kind)
    parts["comments"] = _collected("comments", list(tree.iter(f"{W}comment")))
    for kind, tag in (("header", "hdr"), ("footer", "ftr")):
        for number, element in enumerate(list(tree.iter(W + tag)), 1):
            parts[f"{kind}{number}"] = element
    for kind, tag in (("styles", "styles"), ("numbering", "lists")):
        found = tree.find(W + tag)
        if found is not None:
            found.tag = W + kind
            parts[kind] = found
    body = tree.find(f"{W}body")
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    )
    lead = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return {
        _MAIN: etree.tostring(_collected("document", [] if body is None else [body])),
        relations_of(_MAIN): f"{lead}{relations}</Relationships>".encode(),
        **{f"word/{name}.xml": etree.tostring(element) for name, element in parts.items()},
    }


def _rename(element: Element) -> None:
    """Give an element of Word 2003 the name it has in a docx."""
    tag = element.tag
    if not tag.startswith(W):
        if tag == f"{_AML}annotation":
            kind = _ANNOTATIONS.get(element.get(f"{W}type", ""))
            if kind is not None:
                element.tag = W + kind
        elif len(element) and (tag.startswith(_HINTS) or any(child.tag in (f"{W}r", f"{W}p") for child in element)):
            element.tag = f"{W}smartTag"  # it only wraps, as a mark of a section, of a place's name …
        return
    name = tag[len(W) :]
    if name == "t":
        element.set(XML_SPACE, "preserve")
    elif name == "nfc":
        number = element.get(f"{W}val", "")
        element.set(f"{W}val", _FORMATS.get(int(number), "decimal") if number.isdecimal() else "decimal")
    elif name == "suff":
        element.set(f"{W}val", element.get(f"{W}val", "").lower())
    elif name in ("listDef", "list"):
        for old, new in (("listDefId", "abstractNumId"), ("ilfo", "numId")):
            element.set(W + new, element.get(W + old, ""))
    element.tag = W + _RENAMED.get(name, name)


def _taken_out(tree: Element, kind: str) -> Element:
    """The notes, which stand where their marks are, in a tree of their own; the marks are left."""
    notes = [note for run in tree.iter(f"{W}r") for note in run.findall(W + kind)]
    for number, note in enumerate(notes, 1):
        note.set(f"{W}id", str(number))
        note.addprevious(etree.Element(f"{W}{kind}Reference", {f"{W}id": str(number)}))
    return _collected(f"{kind}s", notes)


def _collected(name: str, elements: Sequence[Element]) -> Element:
    """The elements moved under a new root."""
    root = etree.Element(W + name, nsmap={"w": W[1:-1]})
    for element in elements:
        element.tail = None
        root.append(element)
    return root
