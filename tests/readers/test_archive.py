"""Archives: every document in them at any reasonable depth, names in any encoding, and what hostile ones are told."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from rectlint.errors import RectlintError
from rectlint.readers import read
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.cli_helper import rectlint

TEXT = "巡察组移交信访件16件，已办结13件，正在办理2件。\n".encode()
PICTURE = b"\x89PNG\r\n\x1a\n\x00"


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip as Python writes it."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def zipped_with_bytes_for_names(names: Mapping[bytes, bytes], extra: bytes = b"") -> bytes:
    """A zip by hand, with names in bytes and no word on their encoding, as older programs write it."""
    body, directory = b"", b""
    for name, content in names.items():
        sizes = struct.pack("<LLL", zlib.crc32(content), len(content), len(content))
        head = struct.pack("<HHHHH", 10, 0, 0, 0, 0x21) + sizes + struct.pack("<HH", len(name), len(extra))
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name + extra
        )
        body += b"PK\x03\x04" + head + name + extra + content
    end = struct.pack("<HHHHLLH", 0, 0, len(names), len(names), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def tarred(files: Mapping[str, bytes], *others: tarfile.TarInfo, format: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar as Python writes it, with more entries than files if wanted."""
    data = BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=format) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
        for entry in others:
            archive.addfile(entry)
    return data.getvalue()


def special(name: str, sort: bytes, target: str = "") -> tarfile.TarInfo:
    """An entry of a tar that is no file."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = sort, target
    return entry


def outcome(data: bytes, path: str = "a.zip", limits: Limits | None = None) -> tuple[list[str], list[str]]:
    """The paths of the texts read, and the errors."""
    parts = list(read(data, path, ReadOptions(limits=limits or Limits())))
    texts = [part.path for part in parts if isinstance(part, Source)]
    return texts, [str(part) for part in parts if isinstance(part, RectlintError)]


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (zipped({"b/2.txt": TEXT, "1.txt": TEXT}), "a.zip"),
        (zipped({"b/2.txt": TEXT, "1.txt": TEXT}, zipfile.ZIP_LZMA), "a.zip"),
        (tarred({"b/2.txt": TEXT, "1.txt": TEXT}), "a.tar"),
        (gzip.compress(tarred({"b/2.txt": TEXT, "1.txt": TEXT})), "a.tar.gz"),
        (bz2.compress(tarred({"b/2.txt": TEXT, "1.txt": TEXT})), "a.tbz2"),
        (lzma.compress(tarred({"b/2.txt": TEXT, "1.txt": TEXT})), "a.tar.xz"),
    ],
)
def test_every_document_is_read(data: bytes, path: str) -> None:
    """All texts come out in the order of their names, whatever packed them."""
    assert outcome(data, path) == ([f"{path}!/1.txt", f"{path}!/b/2.txt"], [])


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_one_packed_file_is_no_archive(compress: Callable[[bytes], bytes]) -> None:
    """A file that was packed without being made an archive is read as itself."""
    assert outcome(compress(TEXT), "通报.txt.gz") == (["通报.txt.gz!/通报.txt"], [])
    assert outcome(compress(TEXT[:20]) + compress(TEXT[20:]), "通报.txt.gz") == (["通报.txt.gz!/通报.txt"], [])


def test_findings_name_the_file_in_the_archive(tmp_path: Path) -> None:
    """The command line checks what is inside and says where it was."""
    (tmp_path / "通报.zip").write_bytes(zipped({"附件/一.txt": TEXT, "附件/二.txt": TEXT.replace(b"2", b"3")}))
    ran = rectlint("check", tmp_path / "通报.zip", "-f", "json")
    assert ran.code == 1
    assert [Path(finding["path"]).name for finding in ran.json["findings"]] == ["一.txt"]
    assert "通报.zip!/附件/一.txt" in ran.json["findings"][0]["path"]
    assert [file["error"] for file in ran.json["files"]] == [None, None]


def test_folders_are_searched_for_archives(tmp_path: Path) -> None:
    """A walk takes archives too."""
    (tmp_path / "a.zip").write_bytes(zipped({"1.txt": TEXT}))
    assert rectlint("check", tmp_path, "-f", "concise", "--no-cache").code == 1


def test_archives_without_documents_in_a_folder(tmp_path: Path) -> None:
    """Photographs beside bulletins fail nothing when a folder is searched, and the archive is named in a note; named on the
    command line it is an error."""
    (tmp_path / "照片.zip").write_bytes(zipped({"1.png": PICTURE}))
    (tmp_path / "a.txt").write_bytes(TEXT.replace(b"2", b"3"))
    ran = rectlint("check", tmp_path, "--no-cache")
    assert ran.code == 0 and "没有可检查的文件：其中 1 个不是文档，未检查：1.png" in ran.out
    assert rectlint("check", tmp_path, tmp_path / "照片.zip", "--no-cache").code == 2
    assert rectlint("check", tmp_path / "照片.zip", tmp_path, "--no-cache").code == 2


def test_what_is_no_document_is_told_once() -> None:
    """Pictures and programs are named in one note; what computers leave behind is not."""
    files = {
        "通报.txt": TEXT,
        "照片.png": PICTURE,
        "setup.exe": b"MZ\x90",
        "style.css": b"p {}",
        "__MACOSX/._通报.txt": b"\0\5\x16\7",
        ".DS_Store": b"\0",
        "~$通报.docx": b"\5",
        "Thumbs.db": b"\xd0\xcf\x11\xe0",
    }
    (source,) = read(zipped(files), "a.zip")
    assert isinstance(source, Source)
    (note,) = source.notes
    assert (note.where, note.words.zh) == ("a.zip", "其中 3 个不是文档，未检查：setup.exe、style.css、照片.png")


def test_archives_without_documents_are_errors_but_not_within_others() -> None:
    """Whoever names an archive means something in it; one of photographs among documents is told in the note."""
    photographs = zipped({"1.png": PICTURE})
    texts, errors = outcome(photographs)
    assert texts == [] and len(errors) == 1 and "1.png" in errors[0]
    assert "空的" in outcome(zipped({}))[1][0]
    (source,) = read(zipped({"照片.zip": photographs, "通报.txt": TEXT}), "a.zip")
    assert isinstance(source, Source) and "照片.zip" in source.notes[0].words.zh


def test_archives_that_are_not_read_are_errors() -> None:
    """A rar may hold a bulletin: it is not passed over as a picture is."""
    texts, errors = outcome(zipped({"附件.rar": b"Rar!\x1a\x07\x00", "1.txt": TEXT}))
    assert texts == ["a.zip!/1.txt"] and len(errors) == 1 and "rar" in errors[0]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_an_encoding(encoding: str) -> None:
    """Names in GBK, as Windows writes them, and in UTF-8 without the flag, as macOS does."""
    raw = "整改材料/巡察整改通报.txt".encode(encoding)
    assert outcome(zipped_with_bytes_for_names({raw: TEXT})) == (["a.zip!/整改材料/巡察整改通报.txt"], [])
    name = "整改材料/通报.txt".encode(encoding).decode("utf-8", "surrogateescape")
    data = BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.GNU_FORMAT, errors="surrogateescape") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(TEXT)
        archive.addfile(entry, BytesIO(TEXT))
    assert outcome(data.getvalue(), "a.tar") == (["a.tar!/整改材料/通报.txt"], [])


def test_the_unicode_name_beside_a_broken_one() -> None:
    """Info-ZIP writes the name a second time in UTF-8; a second name for another first one is not believed."""
    raw = b"????.txt"
    for check, name in ((zlib.crc32(raw), "说明.txt"), (0, "????.txt")):
        field = b"\x01" + struct.pack("<L", check) + "说明.txt".encode()
        extra = struct.pack("<HH", 0x7075, len(field)) + field
        assert outcome(zipped_with_bytes_for_names({raw: TEXT}, extra)) == ([f"a.zip!/{name}"], [])


def test_names_are_harmless_to_show() -> None:
    """Nothing of a name leads anywhere or steers a terminal; one that climbs out of the archive is refused."""
    texts, errors = outcome(zipped({"../../etc/a.txt": TEXT, "C:\\x\\通报.txt": TEXT, "/root/b\x1b[31m.txt": TEXT}))
    assert texts == ["a.zip!/root/b[31m.txt", "a.zip!/x/通报.txt"]
    assert len(errors) == 1 and errors[0].startswith("a.zip!/etc/a.txt: ") and "以外" in errors[0]


def test_nesting_ends_somewhere() -> None:
    """Archives in archives are read to a depth, and what lies deeper is an error of its own."""
    inner = zipped({"深.txt": TEXT})
    for _ in range(2):
        inner = zipped({"里.zip": inner, "浅.txt": TEXT})
    assert outcome(inner) == (["a.zip!/浅.txt", "a.zip!/里.zip!/浅.txt", "a.zip!/里.zip!/里.zip!/深.txt"], [])
    texts, errors = outcome(zipped({"里.zip": inner}))
    assert len(texts) == 2 and len(errors) == 1 and "超过 3 层" in errors[0]


def test_a_quine_is_only_deep() -> None:
    """An archive that unpacks to itself again and again ends at the depth."""
    data = zipped({"1.txt": TEXT})
    for _ in range(30):
        data = gzip.compress(data)
    texts, errors = outcome(data, "a.gz")
    assert texts == [] and len(errors) == 1 and "3 层" in errors[0]


def test_locked_files_are_told_and_others_checked() -> None:
    """A member with a password is an error of that member."""
    data = bytearray(zipped({"1.txt": TEXT, "2.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    texts, errors = outcome(bytes(data))
    assert texts == ["a.zip!/2.txt"] and len(errors) == 1 and errors[0].startswith("a.zip!/1.txt: 加了密码")


def test_damage_is_told_and_others_checked() -> None:
    """A member whose bytes are wrong is an error of that member; an archive cut short is one of the archive."""
    data = zipped({"1.txt": TEXT, "2.txt": TEXT}, zipfile.ZIP_STORED)
    wrong = data.replace(TEXT, TEXT.upper().replace(b"\n", b"\t"), 1)
    texts, errors = outcome(wrong)
    assert texts == ["a.zip!/2.txt"] and len(errors) == 1 and "已损坏" in errors[0]
    assert outcome(data[:-30])[0] == [] and "已损坏" in outcome(data[:-30])[1][0]
    tar = tarred({"1.txt": TEXT, "2.txt": TEXT * 100})
    for cut, path in ((tar[:3000], "a.tar"), (gzip.compress(tar)[:-40], "a.tgz")):
        texts, errors = outcome(cut, path)
        assert texts == [f"{path}!/1.txt"] and any("不完整" in error or "已损坏" in error for error in errors), errors


def test_links_and_devices_are_not_followed() -> None:
    """What is no file is an error, and nothing outside the archive is read."""
    tar = tarred(
        {"1.txt": TEXT},
        special("密码.txt", tarfile.SYMTYPE, "/etc/passwd"),
        special("同.txt", tarfile.LNKTYPE, "1.txt"),
        special("盘.txt", tarfile.BLKTYPE),
    )
    texts, errors = outcome(tar, "a.tar")
    assert texts == ["a.tar!/1.txt"] and len(errors) == 3 and all("不是文件" in error for error in errors)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo("密码.txt")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert "不是文件" in outcome(data.getvalue())[1][0]


def test_bombs_by_ratio() -> None:
    """What unpacks to very many times its size is refused while unpacking; the others are checked."""
    zeros = b"\0" * 8_000_000
    texts, errors = outcome(zipped({"零.txt": zeros, "1.txt": TEXT}))
    assert texts == ["a.zip!/1.txt"] and len(errors) == 1 and "200 倍" in errors[0]
    assert "200 倍" in outcome(gzip.compress(zeros), "a.gz")[1][0]
    assert "200 倍" in outcome(bz2.compress(zeros), "a.bz2")[1][0]


def test_bombs_that_lie_about_their_size() -> None:
    """A header that promises little changes nothing: what comes out is measured."""
    data = bytearray(zipped({"零.txt": b"\0" * 8_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + offset
        data[start : start + 4] = struct.pack("<L", 10)
    texts, errors = outcome(bytes(data))
    assert texts == [] and len(errors) == 1


def test_bombs_by_total_size() -> None:
    """One budget holds for all members, nested ones too, and the rest is named in the error."""
    files = {f"{n}.txt": TEXT * 10 for n in range(9)}
    size = len(TEXT) * 10
    limits = Limits(bytes=size * 3)
    texts, errors = outcome(zipped(files), limits=limits)
    assert (
        len(texts) == 3 and len(errors) == 1 and errors[0].startswith("a.zip!/3.txt: ") and "从这个文件起" in errors[0]
    )
    inner = zipped({"1.txt": TEXT * 10, "2.txt": TEXT * 10})
    texts, errors = outcome(zipped({f"{n}.zip": inner for n in range(9)}, zipfile.ZIP_STORED), limits=limits)
    assert len(texts) == 2 and errors
    assert outcome(gzip.compress(tarred(files)), "a.tgz", limits)[0] == []


def test_bombs_by_number() -> None:
    """Too many files are refused before any is read, and nested ones count."""
    limits = Limits(parts=10)
    files = {f"{n}.txt": TEXT for n in range(11)}
    assert outcome(zipped(files), limits=limits)[0] == [] and "太多" in outcome(zipped(files), limits=limits)[1][0]
    assert outcome(tarred(files), "a.tar", limits)[0] == []
    inner = gzip.compress(zipped({f"{n}.txt": TEXT for n in range(6)}))
    texts, errors = outcome(zipped({"1.gz": inner, "2.gz": inner}), limits=limits)
    assert len(texts) == 6 and len(errors) == 1


def test_bombs_by_overlap() -> None:
    """Entries that share their bytes are refused; an honest one beside them is read."""
    data = zipped_with_bytes_for_names({b"1.txt": TEXT, b"2.txt": TEXT, b"3.txt": TEXT})
    start = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", start + 4)
    forged = data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]
    texts, errors = outcome(forged)
    assert texts == ["a.zip!/3.txt"]
    assert len(errors) == 2 and all("同一段数据" in error for error in errors)


def test_any_bytes_end_in_an_error() -> None:
    """Whatever is done to an archive, the outcome is texts and errors, never an exception."""
    originals = (zipped({"1.txt": TEXT, "b/2.txt": TEXT}), tarred({"1.txt": TEXT, "b/2.txt": TEXT})[:2560])
    for original in originals:
        for position in range(0, len(original), 7):
            for value in (0x00, 0xFF):
                changed = original[:position] + bytes([value]) + original[position + 1 :]
                for part in read(changed, "a.tar" if original is originals[1] else "a.zip"):
                    assert isinstance(part, (Source, RectlintError))


def test_lack_of_memory_is_not_asked_for() -> None:
    """An xz stream that wants a dictionary of gigabytes is refused."""
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 26}]
    packed = lzma.compress(TEXT, filters=filters)
    texts, errors = outcome(packed, "a.xz", Limits(bytes=1 << 22))
    assert texts == [] and len(errors) == 1
    assert isinstance(next(iter(read(packed, "a.txt.xz"))), Source)
