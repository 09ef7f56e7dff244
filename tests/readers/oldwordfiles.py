"""Word 97–2003 files by hand, as another program than LibreOffice would write them.

In: paragraphs and tables.  Out: the bytes of a ``.doc`` (or ``.wps``: WPS Writer puts the same streams under its own
ending).  The container is that of [MS-CFB] (header 2.2, FAT 2.3, directory 2.6), what is in it that of [MS-DOC], whose
names for its parts are used here: a FIB, text in pieces (Clx with PlcPcd), properties of paragraphs and characters in pages
of 512 bytes (PapxFkp, ChpxFkp), styles (STSH), fonts (SttbfFfn), sections (PlcfSed) and lists (PlfLst, LVL, PlfLfo).

Pieces stand in the file in another order than in the text, as after a quick save, and those that need no more than
code page 1252 are kept in single bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
"""A stream that is shorter would have to be kept in the container's stream of small streams."""
# FibBase, the words and double words after it with their counts, 93 pairs of place and length, no new words
_FIB = 32 + 2 + 28 + 2 + 88 + 2 + 93 * 8 + 2
_PAIRS = _FIB - 2 - 93 * 8
_STSH, _SED, _CHPX, _PAPX, _FONTS, _DOP, _CLX, _LISTS, _LIST_USES = 1, 6, 12, 13, 15, 31, 33, 73, 74
"""Which of the pairs is whose: FibRgFcLcb97."""
_ON_A_PAGE = 6
_WIDE = 2400
"""How wide a cell is, in twentieths of a point."""


class Row(NamedTuple):
    """A row of a table."""

    cells: tuple[str, ...]


class Item(NamedTuple):
    """A paragraph that Word numbers: one of the lists given with the file, from 0, and a level of it."""

    text: str
    list: int = 0
    level: int = 0


class Level(NamedTuple):
    """A level of a list: what stands round its number, and how that is written (MSONFC: 0 is 1, 37 is 一)."""

    before: str
    after: str
    format: int = 0


@dataclass(frozen=True)
class _Stretch:
    """What ends with one mark: its characters, the mark among them, and the properties of its paragraph."""

    text: str
    properties: bytes = b""

    @property
    def narrow(self) -> bool:
        return all(character.isascii() for character in self.text)

    @property
    def data(self) -> bytes:
        return self.text.encode("ascii" if self.narrow else "utf-16-le")


def old_word_file(body: Sequence[str | Row | Item], lists: Sequence[Sequence[Level]] = ()) -> bytes:
    """A Word 97 file with these paragraphs and rows; the first paragraph is centred, the others are indented."""
    stretches = list(_stretches(body))
    text, places = bytearray(b"\0" * (-_FIB % 64)), {}
    # the second half of the text stands before the first
    half = len(stretches) // 2
    in_file = [*range(half, len(stretches)), *range(half)]
    for index in in_file:
        places[index] = _FIB + len(text)
        text += stretches[index].data
    end = _FIB + len(text)
    text += b"\0" * (-end % _SECTOR)
    pages, table = bytearray(), bytearray()
    pairs: dict[int, tuple[int, int]] = {}

    def put(which: int, data: bytes) -> None:
        pairs[which] = len(table), len(data)
        table.extend(data + b"\0" * (len(data) % 2))

    first = (_FIB + len(text)) // _SECTOR
    bounds = [*(places[index] for index in in_file), end]
    groups = [range(start, min(start + _ON_A_PAGE, len(in_file))) for start in range(0, len(in_file), _ON_A_PAGE)]
    for group in groups:
        properties = [stretches[in_file[index]].properties for index in group]
        pages += _paragraph_page(bounds[group.start : group.stop + 1], properties)
    starts = [bounds[group.start] for group in groups]
    put(_PAPX, struct.pack(f"<{2 * len(groups) + 1}I", *starts, end, *range(first, first + len(groups))))
    pages += struct.pack("<II", bounds[0], end) + b"\0" * 503 + b"\x01"
    put(_CHPX, struct.pack("<III", bounds[0], end, first + len(groups)))
    put(_STSH, _styles())
    put(_FONTS, _fonts("仿宋_GB2312"))
    length = sum(len(stretch.text) for stretch in stretches)
    put(_SED, struct.pack("<II", 0, length) + struct.pack("<HIHI", 0, _FREE, 0, _FREE))
    put(_DOP, b"\0" * 500)
    put(_CLX, _pieces(stretches, places))
    put(_LIST_USES, _list_uses(len(lists)))
    described = _lists(lists)
    pairs[_LISTS] = len(table), len(described)
    table += described + b"".join(_level(index, levels) for levels in lists for index in range(9))
    head = bytearray(_FIB)
    # a Word 97 file in Chinese, whose second stream is called 1Table, with characters of two bytes
    struct.pack_into("<HHHHHHHI", head, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x1200, 0x00BF, 0)
    struct.pack_into("<II", head, 24, bounds[0], end)
    struct.pack_into("<H", head, 32, 14)
    struct.pack_into("<H", head, 34 + 26, 0x0804)
    struct.pack_into("<H", head, 62, 22)
    struct.pack_into("<IIII", head, 64, _FIB + len(text) + len(pages), 0, 0, length)
    struct.pack_into("<H", head, _PAIRS - 2, 93)
    for which, (place, size) in pairs.items():
        struct.pack_into("<II", head, _PAIRS + 8 * which, place, size)
    return compound_file({"1Table": bytes(table), "WordDocument": bytes(head + text + pages)})


def _stretches(body: Sequence[str | Row | Item]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for index, block in enumerate(body):
        if isinstance(block, str):
            # sprmPJc80: centred; sprmPDxaLeft1: the first line indented
            look = struct.pack("<HB", 0x2403, 1) if index == 0 else struct.pack("<Hh", 0x8411, 640)
            found.append(_Stretch(block + "\r", look))
            continue
        if isinstance(block, Item):
            # sprmPIlvl and sprmPIlfo, which counts from 1
            found.append(_Stretch(block.text + "\r", struct.pack("<HBHh", 0x260A, block.level, 0x460B, block.list + 1)))
            continue
        # sprmPFInTable, and sprmPFTtp at the end of the row with its description, sprmTDefTable
        inside = struct.pack("<HB", 0x2416, 1)
        found += [_Stretch(cell + "\x07", inside) for cell in block.cells]
        count = len(block.cells)
        grid = struct.pack(f"<B{count + 1}h", count, *range(0, (count + 1) * _WIDE, _WIDE)) + b"\0" * 20 * count
        row_end = inside + struct.pack("<HB", 0x2417, 1) + struct.pack("<HH", 0xD608, len(grid) + 1) + grid
        found.append(_Stretch("\x07", row_end))
    return found


def _paragraph_page(bounds: Sequence[int], properties: Sequence[bytes]) -> bytes:
    """A PapxFkp: where paragraphs begin, and for each where in the page its properties stand."""
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    place = _SECTOR - 2
    for index, changes in enumerate(properties):
        data = struct.pack("<H", 0) + changes
        # the length in words, a byte ahead of it nought where the data has an even number of bytes
        data = bytes((len(data) // 2 + 1,)) + data if len(data) % 2 else bytes((0, len(data) // 2)) + data
        place -= len(data) + len(data) % 2
        page[place : place + len(data)] = data
        page[4 * len(bounds) + 13 * index] = place // 2
    assert place > 4 * len(bounds) + 13 * len(properties), "too much on a page"
    page[-1] = len(properties)
    return bytes(page)


def _pieces(stretches: Sequence[_Stretch], places: dict[int, int]) -> bytes:
    """A Clx: where in the text each piece begins, and where in the file; half of that where it is in single bytes."""
    begins = [0]
    for stretch in stretches:
        begins.append(begins[-1] + len(stretch.text))
    plc = struct.pack(f"<{len(begins)}I", *begins)
    for index, stretch in enumerate(stretches):
        place = places[index] * 2 | 0x40000000 if stretch.narrow else places[index]
        plc += struct.pack("<HIH", 0, place, 0)
    return struct.pack("<BI", 2, len(plc)) + plc


def _styles() -> bytes:
    """An STSH that knows one style of fifteen: Normal."""
    name = "Normal"
    named = struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    # of the paragraph nothing but the style's number, of the characters the size
    lent = struct.pack("<HH", 2, 0) + struct.pack("<HHH", 4, 0x4A43, 32)
    normal = struct.pack("<HHHHH", 0, 0xFFF1, 2, 10 + len(named) + len(lent), 0) + named + lent
    head = struct.pack("<HHHHHHHHH", 15, 10, 1, 91, 15, 0, 0, 0, 0)
    return struct.pack("<H", len(head)) + head + struct.pack("<H", len(normal)) + normal + b"\0\0" * 14


def _fonts(name: str) -> bytes:
    font = struct.pack("<BHBB", 0x16, 400, 134, 0) + b"\0" * 34 + name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHB", 1, 0, len(font)) + font


def _lists(lists: Sequence[Sequence[Level]]) -> bytes:
    """A PlfLst: each list by its name, with no style that is linked to a level."""
    names = range(1, len(lists) + 1)
    return struct.pack("<H", len(lists)) + b"".join(struct.pack("<II9HBB", n, n, *[0xFFF] * 9, 0, 0) for n in names)


def _level(index: int, levels: Sequence[Level]) -> bytes:
    """A LVL: from which number, in which format, where its number stands in the words; nothing follows it."""
    if index >= len(levels):
        return struct.pack("<IBB9sBIIBBBB", 1, 255, 0, b"", 2, 0, 0, 0, 0, 0, 0) + b"\0\0"
    before, after, format_ = levels[index]
    words = before + chr(index) + after
    at = bytes((len(before) + 1,))
    head = struct.pack("<IBB9sBIIBBBB", 1, format_, 0, at, 2, 0, 0, 0, 0, 0, 0)
    return head + struct.pack("<H", len(words)) + words.encode("utf-16-le")


def _list_uses(count: int) -> bytes:
    """A PlfLfo: each list used once, nothing overridden."""
    uses = b"".join(struct.pack("<IIIBBBB", number, 0, 0, 0, 0, 0, 0) for number in range(1, count + 1))
    return struct.pack("<I", count) + uses + struct.pack("<I", _FREE) * count


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A compound file of version 3 with at most two streams, given in the order of its directory."""
    body, fat, entries = bytearray(), [_FAT], []
    names = list(streams)
    for name, data in streams.items():
        data += b"\0" * max(0, _SMALLEST - len(data))
        start, sectors = 1 + len(body) // _SECTOR, -(-len(data) // _SECTOR)
        fat += [*range(start + 1, start + sectors), _END]
        body += data + b"\0" * (-len(data) % _SECTOR)
        left = 1 if name == names[-1] and len(names) > 1 else _FREE
        entries.append(_entry(name, 2, start, len(data), left))
    root = _entry("Root Entry", 5, _END, 0, child=len(names))
    directory = b"".join((root, *entries)).ljust(_SECTOR, b"\0")
    fat.append(_END)
    assert len(fat) <= _SECTOR // 4, "one sector holds the whole FAT"
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1 + len(body) // _SECTOR, 0, _SMALLEST, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + struct.pack(f"<{_SECTOR // 4}I", *fat) + bytes(body) + directory


def _entry(name: str, sort: int, start: int, size: int, left: int = _FREE, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), sort, 1, left, _FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def old_workbook(rows: Sequence[Sequence[str | float]], sheet: str = "台账") -> bytes:
    """An Excel 97 file by hand with one sheet: a Workbook stream of BOF, BOUNDSHEET, DIMENSIONS, LABEL, NUMBER and EOF ([MS-XLS])."""

    def record(sort: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", sort, len(content)) + content

    def words(text: str, length: str) -> bytes:
        return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")

    def begins(sort: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, sort, 0x0DBB, 0x07CC, 0, 6))

    cells = b"".join(
        record(0x0204, struct.pack("<HHH", row, column, 15) + words(value, "H"))
        if isinstance(value, str)
        else record(0x0203, struct.pack("<HHHd", row, column, 15, value))
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
    )
    lead, name = begins(0x0005), struct.pack("<H", 0) + words(sheet, "B")
    start = len(lead) + 4 + 4 + len(name) + 4
    head = lead + record(0x0085, struct.pack("<I", start) + name) + record(0x000A)
    taken = record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    return compound_file({"Workbook": head + begins(0x0010) + taken + cells + record(0x000A)})
