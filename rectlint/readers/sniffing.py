"""What sort of file some bytes are, told by their content and, where that leaves it open, by the name.

>>> format_of(b"%PDF-1.7", "通报.txt")
'pdf'
>>> format_of("共3件".encode(), "通报.md")
'markdown'
"""

from __future__ import annotations

import re
from pathlib import PurePath

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "tar"),
    (b"BZh", "tar"),
    (b"\xfd7zXZ\x00", "tar"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x78\x9f\x3e\x22", "tnef"),
)
COMPOUND = b"\xd0\xcf\x11\xe0"
"""How a compound file begins: what Office wrote before 2007, and a newer file that is locked with a password."""
# what a compound file holds, by the name of its main stream
_STREAMS: tuple[tuple[bytes, str], ...] = tuple(
    (name.encode("utf-16-le"), sort)
    for name, sort in (
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ppt"),
        ("__properties_version1.0", "msg"),
    )
)
_OLE_ENDINGS = {".wps": "doc", ".xls": "xls", ".et": "xls", ".ppt": "ppt", ".dps": "ppt", ".msg": "msg"}
# a part that only this sort of package holds
_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
# what a package that is cut short, or locked up in a container of another sort, was meant to be
_PACKAGE_ENDINGS = {".docx": "docx", ".docm": "docx", ".dotx": "docx", ".xlsx": "xlsx", ".pptx": "pptx", ".ofd": "ofd"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "eml",
    ".mhtml": "eml",
    ".eml": "eml",
}
_BOM = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PROLOGUE = rb"\s*(?>(?:<\?.{0,500}?\?>|<!--.{0,2000}?-->)\s*)*+"
_HTML = _PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)\b"
# programs write pages without a head, and call them documents or workbooks
_FRAGMENT = _PROLOGUE + rb"<(?:meta|title|style|script|table|div|p|span|font|center|h[1-6]|br|xml)\b"
_OFFICE_ENDINGS = frozenset({".doc", ".docx", ".dot", ".rtf", ".wps", ".wpt", ".xls", ".xlsx", ".et"})
_XML = rb"\s*<\?xml\s"
_WORD_XML = _PROLOGUE + rb"<(?:\w+:)?(?:wordDocument|package)\b"
_WORD_XML_NAMES = (
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)
_HEADER = rb"\s*(?:From |(?:Received|Return-Path|Delivered-To|MIME-Version|From|Date|Message-ID|Subject|Content-[\w-]+|X-[\w-]+): )"
_MIME = rb"^(?:MIME-Version|Message-ID|Received): "


def format_of(data: bytes, path: str) -> str:
    """The name of the format: a key of `rectlint.readers.FORMATS`, or of a sort of file that is not read."""
    ending = PurePath(path).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data, ending)
    if data.startswith(COMPOUND):
        if _ENCRYPTED in data:
            return _PACKAGE_ENDINGS.get(ending, "docx")
        return _compound(data, ending)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[257:262] == b"ustar":
        return "tar"
    head = data[:4096]
    if b"%PDF-" in head[:1024] and ending == ".pdf":
        return "pdf"
    return _marked_up(_opening(head), ending) or _ENDINGS.get(ending, "text")


def _opening(head: bytes) -> bytes:
    """The beginning of a text in an encoding that keeps ASCII as it is."""
    if head.startswith(_BOM[1:]):
        return head.decode("utf-16", "ignore").encode("utf-8")
    return head.removeprefix(_BOM[0])


def _marked_up(opening: bytes, ending: str) -> str | None:
    """The sort of a text with markup or headers; None for any other.  Patterns are compiled where a text may match them."""
    if not opening.lstrip().startswith(b"<"):
        headed = opening.lstrip()[:1].isalpha() and re.match(_HEADER, opening, re.I)
        return "eml" if headed and re.search(_MIME, opening, re.M | re.I) else None
    fragment = ending in _OFFICE_ENDINGS and re.match(_FRAGMENT, opening, re.I | re.S)
    if fragment or re.match(_HTML, opening, re.I | re.S):
        return "html"
    if re.match(_WORD_XML, opening, re.S) and any(name in opening for name in _WORD_XML_NAMES):
        return "word-xml"
    return "xml" if re.match(_XML, opening) and ending not in _ENDINGS else None


def _compound(data: bytes, ending: str) -> str:
    """The sort of a compound file: as its name says if it holds that, since a document may hold another, else what it holds."""
    named = _OLE_ENDINGS.get(ending, "doc")
    held = [sort for stream, sort in _STREAMS if stream in data]
    sort = named if named in held or not held else held[0]
    return "wps" if sort == "doc" and ending == ".wps" else sort


def _package(data: bytes, ending: str) -> str:
    import zipfile  # only here: a text needs none of it
    from io import BytesIO

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            for part, name in _PARTS:
                if part in names:
                    return name
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                return _OPEN_DOCUMENT.get(package.read("mimetype").strip(), "zip")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return _PACKAGE_ENDINGS.get(ending, "zip")  # whoever reads it says what is wrong with it
    return "zip"
