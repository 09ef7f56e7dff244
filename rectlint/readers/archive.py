"""Zip and tar archives: the documents in them, at any depth that is still reasonable.

In: the bytes of a ``.zip``, of a ``.tar``, or of what gzip, bzip2 or xz made of one file.  Out: the texts of all members in
the order of their names; a member that cannot be had is an error of its own.  Everything stays in memory, and how much it
unpacks to is measured while unpacking, whatever the headers say.
"""

from __future__ import annotations

import bz2
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import IO, NoReturn

from rectlint.errors import ReadError, RectlintError
from rectlint.readers.members import Member, TooMuch, check_depth, decoded_name, read_members, shown_name
from rectlint.readers.options import Budget, ReadOptions
from rectlint.report import MEMBER
from rectlint.source import Source

_CHUNK = 1 << 18
_ALWAYS_ALLOWED = 4 * 1024 * 1024
"""Up to so many bytes no ratio is too high: an empty form packs to next to nothing."""
_ENCRYPTED = 0x1
_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RecursionError,
)


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source | RectlintError]:
    """The texts in an archive."""
    check_depth(path, options)
    budget = options.budget or Budget(options.limits.bytes, options.limits.parts)
    options = options._replace(budget=budget)
    archive = _Archive(path, options.limits.ratio, budget)
    members = archive.zip_members(data) if data.startswith(b"PK") else archive.tar_members(data)
    yield from read_members(sorted(members, key=lambda member: member.name), path, options, archive.problems)


class _Archive:
    """Unpacks one archive within a budget; ``problems`` are those of the archive itself."""

    def __init__(self, path: str, ratio: int, budget: Budget) -> None:
        self.path = path
        self.problems: list[ReadError] = []
        self._ratio = ratio
        self._budget = budget
        self._most = budget.bytes

    def zip_members(self, data: bytes) -> list[Member]:
        """The members of a zip file."""
        self._count(data.count(b"PK\x01\x02"))
        try:
            archive = zipfile.ZipFile(BytesIO(data))
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            overlapping = _overlapping(data, entries)
        except (*_DAMAGED, NotImplementedError) as error:
            raise _damaged(self.path, error, "zip") from None
        return [self._zip_member(archive, entry, entry.header_offset in overlapping) for entry in entries]

    def _zip_member(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, overlaps: bool) -> Member:
        raw = _zip_name(entry)
        name = shown_name(raw) or "?"
        where = f"{self.path}{MEMBER}{name}"

        def load() -> bytes:
            mode = stat.S_IFMT(entry.external_attr >> 16) if entry.create_system == 3 else 0
            _check_sort(where, raw, regular=mode in (0, stat.S_IFREG))
            if overlaps:
                raise ReadError(
                    where,
                    "与压缩包里别的文件占用同一段数据，未解压",
                    "shares its data with another file of the archive; not unpacked",
                    "正常软件不会这样打包，请向来源核实",
                    "no ordinary program packs like this: ask where it came from",
                )
            if entry.flag_bits & _ENCRYPTED:
                raise _locked(where)
            try:
                with archive.open(entry) as stream:
                    return self._take(stream, where, entry.compress_size)
            except NotImplementedError:
                raise ReadError(
                    where,
                    "压缩方法不受支持",
                    "packed by a method that is not supported",
                    "请重新压缩为普通 zip",
                    "pack it again as an ordinary zip",
                ) from None
            except (*_DAMAGED, RuntimeError) as error:
                raise _damaged(where, error) from None

        return Member(name, load)

    def tar_members(self, data: bytes) -> list[Member]:
        """The members of a tar file, or the one file that was packed without being made an archive first."""
        unpacked = self._decompressed(data)
        packed = unpacked is not data
        members: list[Member] = []
        try:
            archive = tarfile.TarFile(fileobj=BytesIO(unpacked), encoding="utf-8", errors="surrogateescape")
        except _DAMAGED as error:
            if not packed or not unpacked:
                if self.problems:
                    return []
                raise _damaged(self.path, error, "tar") from None
            name = PurePath(self.path.rpartition(MEMBER)[2]).stem or "?"
            return [Member(shown_name(name), lambda: unpacked)]
        try:
            for entry in archive:
                self._count(1)
                if not entry.isdir():
                    members.append(self._tar_member(archive, entry))
        except _DAMAGED as error:
            self.problems = self.problems or [_damaged(self.path, error, "tar")]
        return members

    def _tar_member(self, archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Member:
        raw = decoded_name(entry.name.encode("utf-8", "surrogateescape"))
        name = shown_name(raw) or "?"
        where = f"{self.path}{MEMBER}{name}"

        def load() -> bytes:
            _check_sort(where, raw, regular=entry.isreg())
            try:
                stream = archive.extractfile(entry)
                if stream is None:
                    raise EOFError(name)
                content = self._take(stream, where, entry.size, counted=False)
                if len(content) < entry.size:
                    raise EOFError(name)
                return content
            except _DAMAGED as error:
                raise _damaged(where, error) from None

        return Member(name, load)

    def _decompressed(self, data: bytes) -> bytes:
        """What gzip, bzip2 or xz packed; as much as there is when it is cut short, with a problem that says so."""
        decompressor: Callable[[], zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor]
        if data.startswith(b"\x1f\x8b"):
            decompressor = lambda: zlib.decompressobj(31)  # noqa: E731
        elif data.startswith(b"BZh"):
            decompressor = bz2.BZ2Decompressor
        elif data.startswith(b"\xfd7zXZ\x00"):
            decompressor = lambda: lzma.LZMADecompressor(memlimit=self._most)  # noqa: E731
        else:
            return data
        taken = bytearray()
        allowed = max(_ALWAYS_ALLOWED, self._ratio * len(data))
        rest = data
        try:
            while rest:
                unit = decompressor()
                while not unit.eof:
                    given, piece = rest, unit.decompress(rest, _CHUNK)
                    rest = getattr(unit, "unconsumed_tail", b"")
                    if not given and not piece and not unit.eof:
                        raise EOFError
                    self._spend(len(piece), self.path)
                    taken += piece
                    if len(taken) > allowed:
                        self._refuse_ratio(self.path)
                rest = unit.unused_data.lstrip(b"\0")
        except _DAMAGED as error:
            self.problems.append(_damaged(self.path, error, "tar"))
        return bytes(taken)

    def _take(self, stream: IO[bytes], where: str, packed: int, *, counted: bool = True) -> bytes:
        """All bytes of a stream, within the budget and the ratio."""
        taken = bytearray()
        allowed = max(_ALWAYS_ALLOWED, self._ratio * packed)
        while piece := stream.read(_CHUNK):
            if counted:
                self._spend(len(piece), where)
            taken += piece
            if len(taken) > allowed:
                self._refuse_ratio(where)
        return bytes(taken)

    def _count(self, parts: int) -> None:
        self._budget.parts -= parts
        if self._budget.parts < 0:
            raise TooMuch(
                self.path,
                "压缩包里的文件太多，未检查",
                "the archive holds too many files; not checked",
                "请拆成几个压缩包",
                "split it into several archives",
            )

    def _spend(self, size: int, where: str) -> None:
        self._budget.bytes -= size
        if self._budget.bytes < 0:
            self._budget.bytes = 0
            raise TooMuch(
                where,
                f"压缩包展开后超过 {self._most >> 20} MB，从这个文件起都未检查",
                f"the archive unpacks to more than {self._most >> 20} MB; nothing from this file on was checked",
                "请解压后直接检查文件夹",
                "unpack it and check the folder",
            )

    def _refuse_ratio(self, where: str) -> NoReturn:
        raise ReadError(
            where,
            f"展开后是压缩时的 {self._ratio} 倍以上，像压缩炸弹，未检查",
            f"unpacks to more than {self._ratio} times its size, as archive bombs do; not checked",
            "确认无害后请解压再检查",
            "unpack it first if you know it to be harmless",
        )


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """The name in the encoding it was written in, which few programs tell."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace").rstrip(b"\0")
    extra = entry.extra
    while len(extra) >= 4:
        sort, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if sort == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            (check,) = struct.unpack_from("<L", field, 1)
            if check == zlib.crc32(raw):
                try:
                    return field[5:].decode("utf-8")
                except UnicodeDecodeError:
                    break
    return decoded_name(raw)


def _overlapping(data: bytes, entries: Sequence[zipfile.ZipInfo]) -> frozenset[int]:
    """Where the entries begin that share bytes with another; the same bytes again and again make a bomb of a small file."""
    found: set[int] = set()
    last_start = last_end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if start < last_end:
            found |= {last_start, start}
        head = data[start + 26 : start + 30]
        name, extra = struct.unpack("<HH", head) if len(head) == 4 and start >= 0 else (0, 0)
        end = start + 30 + name + extra + entry.compress_size
        if end >= last_end:
            last_start, last_end = start, end
    return frozenset(found)


def _check_sort(where: str, raw: str, *, regular: bool) -> None:
    """Refuse what is no file, and names that lead out of the archive."""
    if not regular:
        raise ReadError(
            where,
            "是链接或设备，不是文件，未检查",
            "is a link or a device, not a file; not checked",
            "请打包文件本身",
            "pack the file itself",
        )
    if ".." in raw.replace("\\", "/").split("/"):
        raise ReadError(
            where,
            "名称指向压缩包以外的位置，未检查",
            "its name leads out of the archive; not checked",
            "请向来源核实这个压缩包",
            "ask where the archive came from",
        )


def _locked(where: str) -> ReadError:
    return ReadError(
        where, "加了密码，打不开", "locked with a password", "请去掉密码后再检查", "remove the password first"
    )


def _damaged(where: str, error: BaseException, archive: str = "") -> ReadError:
    """The error for a member, or for a whole ``archive`` of that sort."""
    cut = isinstance(error, EOFError) or "end of data" in str(error)
    zh, en = (f"{archive} 压缩包", f"the {archive} archive ") if archive else ("", "")
    return ReadError(
        where,
        f"{zh}不完整，缺了后面一截" if cut else f"{zh}已损坏，解压不出来",
        f"{en}is cut short" if cut else f"{en}is damaged and cannot be unpacked",
        "请重新下载或复制",
        "download or copy it again",
    )
