"""Coverage-guided fuzzing of one reader: no crash, no hang, and sources whose places lie in order inside their text.

``pip install atheris``, then ``python -m tests.fuzz.readers FORMAT [-max_total_time=SECONDS] [CORPUS]`` with FORMAT one of
html, pdf, docx, xlsx, ofd, eml, zip, tar.  Of packages the main part is fuzzed and packed anew each time: changed bytes of a zip
would hardly ever get past its checksums.  Without a corpus folder one is made of small files.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rectlint"]):
    from rectlint import readers
    from rectlint.errors import RectlintError
    from rectlint.source import Source

SECONDS = 20.0
"""The time budget of one file of at most `LENGTH` bytes."""
LENGTH = 16384
TEXT = "巡察组移交信访件16件，已办结13件，正在办理3件。"
PAGE = (
    f"<html><head><meta charset='utf-8'><title>通报</title></head><body><div id='zoom'><h1>整改通报</h1><p>{TEXT}</p>"
    "<ol start='3'><li>一<li>二</ol><table><tr><th colspan='2'>合计<td>3</table><!-- rectlint: ignore[gap] 已核 --></div></body></html>"
)
MAIL = (
    "From: a@example.org\r\nMIME-Version: 1.0\r\nSubject: =?gb2312?B?zfjW3A==?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n--x\r\nContent-Type: text/html\r\n"
    f"Content-Disposition: attachment; filename*=utf-8''a.html\r\n\r\n{PAGE}\r\n--x--\r\n"
)


def check(format: str, path: str, data: bytes) -> None:
    """Read one file as ``format`` and check what comes."""
    start = time.monotonic()
    for part in readers.read(data, path):
        if isinstance(part, RectlintError):
            assert part.what["zh"] and part.what["en"]
            continue
        assert isinstance(part, Source)
        length = len(part.text)
        starts = [offset for offset, _ in part.locations]
        assert starts == sorted(set(starts)) and all(0 <= offset <= length for offset in starts)
        for table in part.tables:
            assert 0 <= table.span.start <= table.span.end <= length
            assert all(table.span.start <= c.span.start <= c.span.end <= table.span.end for c in table.cells)
            assert len({(cell.row, cell.column) for cell in table.cells}) == len(table.cells)
    assert time.monotonic() - start < SECONDS, "too slow"


def packed(package: bytes, member: str) -> tuple[bytes, Callable[[bytes], bytes]]:
    """The main part of a package, and what packs another in its place."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def pack(data: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in (parts | {member: data}).items():
                archive.writestr(name, content)
        return target.getvalue()

    return parts[member], pack


def _word() -> bytes:
    import docx as writer

    document = writer.Document()
    document.add_heading("整改通报", 1)
    document.add_paragraph(TEXT, style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "合计"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["单位", "件数"], ["甲", 3], ["合计", "=SUM(B2:B2)"]):
        sheet.append(row)
    sheet.merge_cells("A4:B5")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("通报.txt", TEXT)
        archive.writestr("a/b.html", PAGE)
    return target.getvalue()


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("通报.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return target.getvalue()


def target(format: str) -> tuple[list[bytes], Callable[[bytes], bytes], str]:
    """Seeds, what makes a file of fuzzed bytes, and the file's name."""
    same: Callable[[bytes], bytes] = lambda data: data  # noqa: E731
    match format:
        case "docx":
            seed, pack = packed(_word(), "word/document.xml")
        case "xlsx":
            seed, pack = packed(_workbook(), "xl/worksheets/sheet1.xml")
        case "ofd":
            from tests.readers import ofdfiles

            package = ofdfiles.printed(["整改通报"], [TEXT])
            with zipfile.ZipFile(io.BytesIO(package)) as archive:
                name = next(name for name in archive.namelist() if name.endswith("Content.xml"))
            seed, pack = packed(package, name)
        case "html":
            seed, pack = PAGE.encode(), same
        case "eml":
            seed, pack = MAIL.encode(), same
        case "zip":
            seed, pack = _zip(), same
        case "tar":
            seed, pack = _tar(), same
        case "pdf":
            return list(_pdfs()), same, "a.pdf"
        case _:
            raise SystemExit(f"no such format: {format}")
    return [seed], pack, f"a.{format}"


def _pdfs() -> Iterator[bytes]:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 44>>stream\nBT /F 12 Tf 20 100 Td (16 = 13 + 3) Tj ET\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    yield body


def main() -> None:
    """Fuzz until told to stop."""
    format = sys.argv[1] if len(sys.argv) > 1 else ""
    with atheris.instrument_imports(include=["rectlint"]):
        import_module(f"rectlint.readers.{readers.FORMATS[format].module}")
    seeds, pack, path = target(format)
    arguments = [sys.argv[0], *sys.argv[2:]]
    if not any(Path(argument).is_dir() for argument in arguments[1:]):
        corpus = Path(tempfile.mkdtemp(prefix="rectlint-fuzz-"))
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed)
        arguments.append(str(corpus))
    atheris.Setup([*arguments, f"-max_len={LENGTH}", "-timeout=60"], lambda data: check(format, path, pack(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
