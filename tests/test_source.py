"""Bytes to text: encodings are told for certain or refused, and positions count as editors count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.errors import DecodeError
from rectlint.source import Source, Span, decode

TEXT = "巡察移交信访件16件，已办结14件。\n（一）关于整改。"


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_encodings(encoding: str, reported: str) -> None:
    """The text is the same in every supported encoding, and the encoding is reported."""
    source = decode(TEXT.encode(encoding), "a.txt")
    assert (source.text, source.encoding) == (TEXT, reported)


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf16_of_either_order(mark: str) -> None:
    """A byte order mark decides the order of UTF-16."""
    bom = b"\xff\xfe" if mark == "utf-16-le" else b"\xfe\xff"
    assert decode(bom + TEXT.encode(mark), "a.txt").text == TEXT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "docx"),
        (b"%PDF-1.7", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1", "doc"),
        (b"\x00\x01\x02binary", "控制字符"),
        ("整改".encode() + b"\xff\xff", "UTF-8"),
        (b"\xef\xbb\xbf" + b"\xff\xfe", "utf-8-sig"),
        ("整改".encode("utf-16")[:-1], "utf-16"),
    ],
)
def test_refusals_name_the_reason(data: bytes, words: str) -> None:
    """What is not certainly text is refused, with a message that says what it is."""
    with pytest.raises(DecodeError, match=words):
        decode(data, "a.txt")


def test_positions_count_code_points() -> None:
    """Lines and columns count from 1, offsets from 0, a character beyond the BMP as one."""
    source = Source("甲𠀀乙\r\n丙")
    place = source.place(Span(5, 6))
    assert (place.start.line, place.start.column, place.start.offset, place.text) == (2, 1, 5, "丙")
    assert source.position(2).column == 3


@given(st.text())
def test_every_offset_has_its_position(text: str) -> None:
    """Positions grow with offsets and give back the offset from line and column."""
    source = Source(text)
    starts = [0] + [index + 1 for index, character in enumerate(text) if character == "\n"]
    for offset in range(len(text) + 1):
        position = source.position(offset)
        assert starts[position.line - 1] + position.column - 1 == offset
