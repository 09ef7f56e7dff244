"""Word files: text as Word shows it, numbers of lists and tracked changes included.

In: the bytes of a ``.docx`` (or ``.docm``, ``.dotx``).  Out: its `Source`; `open_document` also gives where in the file
each stretch of the text stands, for those who write into a copy of it.

What stands apart from the running text is put where its reader comes to it: text boxes and notes follow the paragraph
they are anchored in.  Headers, footers and comments are no part of the bulletin; a `Note` says that they were left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rectlint.readers.docx.package import Package
from rectlint.readers.docx.text import Anchor, read_text
from rectlint.readers.options import ReadOptions
from rectlint.records import NamedTuple
from rectlint.source import Source


class WordDocument(NamedTuple):
    """A file as read: its text, the elements its text comes from in order, its main tree, and its parts."""

    source: Source
    anchors: tuple[Anchor, ...]
    tree: etree._Element
    package: Package


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source]:
    """The text of a Word file."""
    yield open_document(data, path, options).source


def open_document(data: bytes, path: str, options: ReadOptions) -> WordDocument:
    """A Word file with its text and where it stands."""
    package = Package(data, path, options.limits)
    tree = package.xml(package.main)
    source, anchors = read_text(package, tree, options)
    return WordDocument(source, anchors, tree, package)
