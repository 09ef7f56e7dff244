"""Texts of a size that no bulletin has: a clear error, or an answer, in bounded memory."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from rectlint.engine import check_source
from rectlint.readers import read, sources
from rectlint.readers.options import Limits, ReadOptions
from rectlint.ruleset import load_rules
from rectlint.source import Source
from tests.readers.test_archive import TEXT


def test_a_text_longer_than_any_bulletin() -> None:
    """It is refused before it is decoded, or when a reader has put it together."""
    options = ReadOptions(limits=Limits(characters=100))
    for data in (b" " * 401, b" " * 101 + TEXT):
        (part,) = read(data, "a.txt", options)
        assert not isinstance(part, Source) and "字" in str(part) and part.where == "a.txt"
    assert isinstance(next(iter(read(TEXT, "a.txt", options))), Source)


@pytest.mark.parametrize("blank", [" ", "　", "\t", "\n", "\u200b"])
def test_a_sea_of_blanks(blank: str) -> None:
    """Millions of blanks within a line, or between lines, change nothing and exhaust nothing."""
    words = TEXT.decode().strip()
    for text in (f"{words}{blank * 3_000_000}{words}", f"{words}\n{blank * 3_000_000}{words}"):
        source = Source(text)
        assert {finding.rule for finding in check_source(source, load_rules()).findings} >= {"TOT001"}


def test_three_hundred_megabytes_of_blanks_in_an_archive() -> None:
    """A member that unpacks to them is refused before it is whole."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("空.txt", "w") as member:
        for _ in range(300):
            member.write(b" " * 1_000_000)
    (part,) = read(data.getvalue(), "a.zip")
    assert not isinstance(part, Source) and "倍" in str(part)
    with pytest.raises(type(part)):
        sources(data.getvalue(), "a.zip")
