"""XML parts of packages as trees, within bounds: no entity is resolved, nothing is fetched, no declaration of either is taken.

>>> tree_of(b"<a>3</a>").text
'3'
"""

from __future__ import annotations

from lxml import etree

from rectlint.errors import ReadError
from rectlint.readers.options import Limits

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def refuse_doctype(data: bytes, path: str, part: str, sort: str) -> None:
    """Refuse a part that declares a document type, which no file of this ``sort`` (Word, OFD) does: a `ReadError`."""
    if any(mark in data for mark in _DOCTYPES):
        raise ReadError(
            path,
            f"{part} 里有 DOCTYPE 声明，正常的 {sort} 文件没有",
            f"{part} has a DOCTYPE declaration, which no {sort} file has",
            "文件来源可疑，没有读取",
            "the file is suspicious and was not read",
        )


def has_too_many_nodes(data: bytes, limits: Limits) -> bool:
    """Whether a part may hold more elements or attributes than are read; counted before it is parsed."""
    return max(data.count(b"<") // 2, data.count(b"=")) > limits.nodes


def tree_of(data: bytes) -> etree._Element:
    """The tree of a part; raises `etree.XMLSyntaxError` or ValueError when it is broken."""
    return etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    )
