"""Files that LibreOffice turns into Word files: what they say, what is kept, and what happens when it cannot be done."""

from __future__ import annotations

import http.server
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from rectlint.cache import Conversions, clean
from rectlint.errors import ReadError
from rectlint.readers import docx, office, read, sources
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.cli_helper import rectlint
from tests.readers.officefiles import PROGRAM, made_by_libreoffice, needs_libreoffice, open_document, rich_text
from tests.readers.oldwordfiles import Item, Level, Row, old_word_file

PARAGRAPHS = ["关于巡察整改进展情况的通报", "巡察组移交信访件16件，已办结13件，正在办理2件。"]
TEXT = "\n".join(PARAGRAPHS) + "\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program in the place of LibreOffice, to be written by the test."""
    path = tmp_path / "soffice"
    path.touch(0o755)
    monkeypatch.setenv(office.PROGRAM_VARIABLE, str(path))
    yield path


def write_program(path: Path, code: str) -> None:
    """A program in Python: it has ``target``, where the Word file is expected, and ``profile``."""
    lead = "import pathlib, sys, time, subprocess, os\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
    lead += "target = out / 'original.docx'\n"
    path.write_text(f"#!{sys.executable}\n{lead}{code}\n", "utf-8")
    path.chmod(0o755)


def read_one(data: bytes, path: str, options: ReadOptions | None = None) -> Source:
    """The only text of a file."""
    (source,) = sources(data, path, options)
    return source


@needs_libreoffice
@pytest.mark.parametrize(
    ("made_from", "target", "path", "name"),
    [("rtf", "doc", "a.doc", "doc"), ("odt", "doc", "a.wps", "wps"), ("rtf", "odt", "a", "odt")],
)
def test_text_is_that_of_the_file(made_from: str, target: str, path: str, name: str) -> None:
    """Each format gives the paragraphs, under its own name and path, and findings name the paragraph."""
    original = rich_text(PARAGRAPHS) if made_from == "rtf" else open_document(PARAGRAPHS)
    source = read_one(made_by_libreoffice(original, made_from, target), path)
    assert (source.text, source.path, source.format) == (TEXT, path, name)
    location = source.location(len(PARAGRAPHS[0]) + 1)
    assert location is not None and location.words.zh == "第 2 段"


@needs_libreoffice
def test_rich_text_and_open_document_by_hand() -> None:
    """RTF and ODT that LibreOffice did not write are read as well."""
    source = read_one(rich_text(PARAGRAPHS), "a.doc")
    assert (source.text, source.format) == (TEXT, "rtf")
    assert read_one(open_document(PARAGRAPHS), "a.odt").text == TEXT


@needs_libreoffice
@pytest.mark.parametrize(("path", "name"), [("a.doc", "doc"), ("a.wps", "wps")])
def test_word_97_by_hand(path: str, name: str) -> None:
    """A Word 97 file that LibreOffice did not write: pieces out of order, numbers of lists, a table, each at its place."""
    body: list[str | Row | Item] = [
        PARAGRAPHS[0],
        Item("存在问题"),
        Item("甲类", 0, 1),
        Item("乙类", 0, 1),
        "No. 12 (2024)",
    ]
    rows = [Row(("单位", "件数", "办结")), Row(("甲镇", "3", "2")), Row(("合计", "3", "2"))]
    lists = [[Level("", "、", 37), Level("（", "）", 37)]]
    source = read_one(old_word_file([*body, *rows, PARAGRAPHS[1]], lists), path)
    typed = [PARAGRAPHS[0], "一、存在问题", "（一）甲类", "（二）乙类", "No. 12 (2024)"]
    typed += [" | ".join(row.cells) for row in rows]
    assert source.text.splitlines() == [*typed, PARAGRAPHS[1]] and source.format == name
    (table,) = source.tables
    assert [(cell.row, cell.column) for cell in table.cells] == [
        (row, column) for row in range(3) for column in range(3)
    ]
    location = source.location(source.text.index("合计"))
    assert location is not None and location.words.zh == "表 1 第 3 行第 1 列"


@needs_libreoffice
def test_automatic_numbers_and_tracked_changes_of_open_document() -> None:
    """Lists come with their numbers, deleted words do not come, inserted ones do."""
    body = (
        "<text:list><text:list-item><text:p>甲事项3件。</text:p></text:list-item>"
        "<text:list-item><text:p>乙事项4件。</text:p></text:list-item></text:list>"
    )
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
        '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">甲</dc:creator>'
        '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2024-01-01T00:00:00</dc:date></office:change-info>'
        "<text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>共<text:change text:change-id="c1"/>7件。</text:p>'
    )
    source = read_one(open_document([], changes + body), "a.odt")
    assert "共7件。" in source.text and "删" not in source.text
    rejected = read_one(open_document([], changes + body), "a.odt", ReadOptions(revisions="rejected"))
    assert "共删7件。" in rejected.text


@needs_libreoffice
def test_several_at_once_do_not_clash() -> None:
    """Processes that convert at the same time each get their own text."""
    with ProcessPoolExecutor(2) as pool:
        texts = list(pool.map(_converted_text, range(4)))
    assert texts == [f"第{n}件。\n" for n in range(4)]


def _converted_text(number: int) -> str:
    return read_one(rich_text([f"第{number}件。"]), "a.rtf").text


@needs_libreoffice
def test_nothing_is_fetched_and_nothing_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture and a section on another machine are not asked for; no file stays but the user profile."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        body = (
            f'<text:p><draw:frame text:anchor-type="as-char"><draw:image xlink:href="{address}/a.png" '
            'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
            f'<text:section text:name="s"><text:section-source xlink:href="{address}/b.odt" xlink:type="simple"/>'
            "<text:p>旧的内容。</text:p></text:section>"
        )
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        monkeypatch.setattr(office, "_profiles", {})
        source = read_one(open_document(PARAGRAPHS, body), "a.odt")
        server.shutdown()
    assert source.text.startswith(TEXT) and "旧的内容。" in source.text
    assert asked == []
    (left,) = tmp_path.iterdir()
    assert left.name.startswith("rectlint-office-") and (left / "user").is_dir()


@needs_libreoffice
@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "a.doc", "doc 文件已损坏"),
        (open_document(PARAGRAPHS)[:-60].replace(b"office:text", b"office:txet"), "a.odt", "已损坏"),
        (open_document(PARAGRAPHS, manifest='<manifest:encryption-data manifest:checksum="x"/>'), "a.odt", "加了密码"),
    ],
)
def test_what_cannot_be_opened_is_an_error(data: bytes, path: str, words: str) -> None:
    """Damaged and locked files are told as such."""
    with pytest.raises(ReadError, match=words):
        sources(data, path)


@needs_libreoffice
def test_word_97_with_a_password() -> None:
    """A locked Word file is known by its head, without asking LibreOffice."""
    data = bytearray(made_by_libreoffice(rich_text(PARAGRAPHS), "rtf", "doc"))
    assert read_one(bytes(data), "a.doc").text == TEXT
    data[data.index(b"\xec\xa5") + 11] |= 1
    with pytest.raises(ReadError, match="加了密码"):
        sources(bytes(data), "a.doc")


def test_without_libreoffice(tmp_path: Path) -> None:
    """The error says what to install or how to do without, and the run ends with 2."""
    (tmp_path / "a.rtf").write_bytes(rich_text(PARAGRAPHS))
    ran = rectlint("check", tmp_path / "a.rtf", "-f", "json", env={office.PROGRAM_VARIABLE: str(tmp_path / "none")})
    assert ran.code == 2
    error = ran.json["files"][0]["error"]
    assert "LibreOffice" in error and "docx" in error and office.PROGRAM_VARIABLE in error


def test_where_libreoffice_is_looked_for(tmp_path: Path) -> None:
    """A place named in the environment counts before the path."""
    for name in ("named", "soffice"):
        (tmp_path / name).touch(0o755)
    named = {office.PROGRAM_VARIABLE: str(tmp_path / "named"), "PATH": str(tmp_path)}
    assert office.find_program(named) == tmp_path / "named"
    assert office.find_program({"PATH": str(tmp_path)}) == tmp_path / "soffice"


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")
class TestWithAnotherProgram:
    """What the reader does round LibreOffice, with a program in its place."""

    def test_time_is_limited_and_nothing_survives(self, program: Path, tmp_path: Path) -> None:
        """A conversion that does not end is killed with the processes it started."""
        mark = tmp_path / "pid"
        code = "import subprocess\nchild = subprocess.Popen(['sleep', '300'])\n"
        write_program(program, code + f"pathlib.Path({str(mark)!r}).write_text(str(child.pid))\ntime.sleep(300)")
        with pytest.raises(ReadError, match="超过 3 秒"):
            sources(rich_text(PARAGRAPHS), "a.rtf", ReadOptions(limits=Limits(seconds=3)))
        child = int(mark.read_text())
        for _ in range(100):
            if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
                break
            time.sleep(0.05)
        else:
            pytest.fail("the child is still alive")

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the memory of a process")
    def test_memory_is_bounded(self, program: Path, tmp_path: Path) -> None:
        """A conversion that wants more than four gigabytes fails, where with less it would have had a result."""
        made = tmp_path / "made.docx"
        made.write_bytes(word_file("共3件。"))
        for size, ends in ((1 << 20, True), (5 << 30, False)):
            write_program(program, f"held = bytearray({size})\ntarget.write_bytes(open({str(made)!r}, 'rb').read())")
            (part,) = read(rich_text([f"{size}"]), "a.rtf")
            assert isinstance(part, Source) is ends

    def test_failure_is_told(self, program: Path) -> None:
        """A program that ends without a result, or cannot be started, is an error with a hint."""
        write_program(program, "sys.exit(1)")
        with pytest.raises(ReadError, match="打不开这个 rtf 文件"):
            sources(rich_text(PARAGRAPHS), "a.rtf")
        program.chmod(0o644)
        with pytest.raises(ReadError, match="启动不了"):
            sources(rich_text(PARAGRAPHS), "a.rtf")

    def test_macros_are_off_and_folders_private(self, program: Path, tmp_path: Path) -> None:
        """The program gets a profile that forbids macros, a home of its own, and no window."""
        seen = tmp_path / "seen"
        code = (
            "profile = [a for a in sys.argv if a.startswith('-env:UserInstallation=file://')][0].split('file://')[1]\n"
        )
        code += "text = (pathlib.Path(profile) / 'user' / 'registrymodifications.xcu').read_text()\n"
        write_program(
            program, code + f"pathlib.Path({str(seen)!r}).write_text(repr((os.environ['HOME'], sys.argv, text)))"
        )
        with pytest.raises(ReadError):
            sources(rich_text(PARAGRAPHS), "a.rtf")
        words = seen.read_text()
        assert (
            "DisableMacrosExecution" in words and "--headless" in words and str(Path.home()) not in words.split(",")[0]
        )

    def test_conversions_are_kept(self, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """With a cache the second run converts nothing; changed bytes, another version or a broken entry do."""
        runs = tmp_path / "runs"
        made = tmp_path / "made.docx"
        made.write_bytes(word_file("共3件。"))
        write_program(
            program, f"open({str(runs)!r}, 'a').write('x')\ntarget.write_bytes(open({str(made)!r}, 'rb').read())"
        )
        options = ReadOptions(keep=Conversions(tmp_path / "cache"))
        for _ in range(2):
            assert read_one(rich_text(["共3件。"]), "a.rtf", options).text == "共3件。\n"
        assert runs.read_text() == "x"
        read_one(rich_text(["共4件。"]), "a.rtf", options)
        assert runs.read_text() == "xx"
        for entry in (tmp_path / "cache").glob("*/*.kept"):
            entry.write_bytes(entry.read_bytes()[:-1])
        assert read_one(rich_text(["共3件。"]), "a.rtf", options).text == "共3件。\n"
        assert runs.read_text() == "xxx"
        office._version.cache_clear()
        os.utime(program, (1, 1))
        read_one(rich_text(["共3件。"]), "a.rtf", options)
        assert runs.read_text() == "xxxx"
        assert clean(tmp_path / "cache") == 3

    def test_folders_use_the_cache(self, program: Path, tmp_path: Path) -> None:
        """A run over a folder keeps its conversions, `--no-cache` does not, and `clean` deletes them."""
        runs, folder = tmp_path / "runs", tmp_path / "files"
        folder.mkdir()
        (folder / "a.rtf").write_bytes(rich_text(PARAGRAPHS))
        made = tmp_path / "made.docx"
        made.write_bytes(word_file(*PARAGRAPHS))
        write_program(
            program, f"open({str(runs)!r}, 'a').write('x')\ntarget.write_bytes(open({str(made)!r}, 'rb').read())"
        )
        cache, env = tmp_path / "cache", {office.PROGRAM_VARIABLE: str(program)}
        for _ in range(2):
            assert rectlint("check", folder, "--cache-dir", cache, env=env).code == 1
        assert runs.read_text() == "x"
        assert rectlint("check", folder, "--no-cache", env=env).code == 1
        assert runs.read_text() == "xx"
        assert rectlint("clean", "--cache-dir", cache).code == 0 and not cache.exists()

    def test_a_cache_that_cannot_be_written_changes_nothing(self, program: Path, tmp_path: Path) -> None:
        """The text comes all the same."""
        made = tmp_path / "made.docx"
        made.write_bytes(word_file("共3件。"))
        write_program(program, f"target.write_bytes(open({str(made)!r}, 'rb').read())")
        (tmp_path / "file").touch()
        options = ReadOptions(keep=Conversions(tmp_path / "file" / "cache"))
        assert read_one(rich_text(["共3件。"]), "a.rtf", options).text == "共3件。\n"


def word_file(*paragraphs: str) -> bytes:
    """A Word file as python-docx writes it."""
    from io import BytesIO

    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def test_reader_of_word_files_is_the_one_used() -> None:
    """The stand-in's files are such as the reader of Word files reads."""
    (source,) = docx.read(word_file("共3件。"), "a.docx", ReadOptions())
    assert source.text == "共3件。\n" and (PROGRAM is None or shutil.which(PROGRAM))
