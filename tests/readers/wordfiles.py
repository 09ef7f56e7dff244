"""Writes Word files as raw XML, and has LibreOffice read and write them.

In: the paragraphs of a body as XML.  Out: the bytes of a ``.docx``; or what LibreOffice makes of a file.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_KINDS = {"document": "document.main"}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; ``parts`` are the contents of styles, numbering, footnotes, comments, header1 …"""
    parts = {"document": f"<w:body>{body}</w:body>", **parts}
    roots = {"document": "document", "header1": "hdr", "footer1": "ftr"}
    types, relations = "", ""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind = name.rstrip("123456789")
            types += (
                f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument'
                f'.wordprocessingml.{_KINDS.get(kind, kind)}+xml"/>'
            )
            if name != "document":
                relations += f'<Relationship Id="r_{name}" Type="{_RELATIONS}/{kind}" Target="{name}.xml"/>'
            root = roots.get(name, name)
            archive.writestr(f"word/{name}.xml", f'<?xml version="1.0"?><w:{root} {_NAMES}>{content}</w:{root}>')
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_RELATIONS}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
    return data.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A Word file with a part replaced or added."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for other in archive.namelist():
            if other != name:
                made.writestr(other, archive.read(other))
        made.writestr(name, content)
    return target.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*content: str, properties: str = "") -> str:
    """A paragraph of runs; words that are no XML become a run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>{''.join(c if c.startswith('<') or not c else run(c) for c in content)}</w:p>"
    )


def item(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return para(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, format: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of an abstract list."""
    head, tail = "", ""
    for piece in more.split("|"):
        if piece.startswith(("<w:lvlRestart", "<w:pStyle", "<w:isLgl", "<w:suff")):
            head += piece
        else:
            tail += piece
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{head}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{tail}</w:lvl>'
    )


def numbering(abstracts: Mapping[int, str], instances: Mapping[int, tuple[int, str]]) -> str:
    """The content of ``numbering.xml``: abstract lists by number, and instances with their abstract list and overrides."""
    return "".join(
        f'<w:abstractNum w:abstractNumId="{name}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for name, levels in abstracts.items()
    ) + "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        for name, (abstract, overrides) in instances.items()
    )


def table(*rows: Sequence[str]) -> str:
    """A table; each cell is XML of its content or words."""
    return (
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def cell(content: str, properties: str = "") -> str:
    """A cell of a table; one that is given as a cell stays as it is."""
    if content.startswith("<w:tc>"):
        return content
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else para(content)}</w:tc>"


def convert(paths: Sequence[Path], target: str, folder: Path, *more: str) -> list[Path]:
    """What LibreOffice makes of files, in a profile of its own; the test is skipped where there is none."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice (LibreOffice) is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    done = subprocess.run(
        [soffice, *options, *more, "--convert-to", target, "--outdir", str(folder), *map(str, paths)],
        capture_output=True,
        timeout=300,
        check=False,
    )
    ending = target.partition(":")[0]
    made = [folder / f"{path.stem}.{ending}" for path in paths]
    assert all(path.is_file() for path in made), done.stderr.decode("utf-8", "replace")
    return made
