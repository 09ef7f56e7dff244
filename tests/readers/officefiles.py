"""Files of other word processors, made for the tests: by LibreOffice, and by hand."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
_FILTERS = {
    "ods": "ods:calc8",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "rtf": "rtf:Rich Text Format",
    "xml": "xml:MS Word 2003 XML",
    "pdf": "pdf:writer_pdf_Export",
    "docx": "docx:MS Word 2007 XML",
    "xls": "xls:MS Excel 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
}


@cache
def made_by_libreoffice(data: bytes, ending: str, target: str) -> bytes:
    """A file as LibreOffice writes it out of another one."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a.{ending}").write_bytes(data)
        command = [PROGRAM, f"-env:UserInstallation={Path(_profile().name).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", _FILTERS[target], "--outdir", str(folder / "out"), str(folder / f"a.{ending}")]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return (folder / "out" / f"a.{target}").read_bytes()


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="rectlint-test-office-", ignore_cleanup_errors=True)


def rich_text(paragraphs: list[str]) -> bytes:
    """An RTF file by hand: characters beyond ASCII as numbers of UTF-16 units, as Word writes them."""

    def written(text: str) -> str:
        units = text.encode("utf-16-le")
        numbers = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
        return "".join(chr(n) if 32 <= n < 127 and chr(n) not in "\\{}" else f"\\u{n}?" for n in numbers)

    body = "\n".join(f"\\pard\\fi420 {written(paragraph)}\\par" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset134 FangSong;}}}}\n{body}\n}}".encode(
        "ascii"
    )


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("text", "text"), ("manifest", "manifest"), ("draw", "drawing"))
)


def open_document(paragraphs: list[str], body: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text by hand, of few parts."""
    content = "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs) + body
    sort = "application/vnd.oasis.opendocument.text"
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", sort)
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {_SPACES} manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{sort}"/><manifest:file-entry manifest:full-path="content.xml" '
            f'manifest:media-type="text/xml">{manifest}</manifest:file-entry></manifest:manifest>',
        )
        package.writestr(
            "content.xml",
            f'<office:document-content {_SPACES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
    return data.getvalue()
