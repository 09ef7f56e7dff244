"""What every reader shares: formats told by content, texts put together with their places, and how findings show them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from rectlint.engine import check_source
from rectlint.readers import FORMATS, read, sources
from rectlint.readers.building import BREAK, CellText, TextBuilder, cell_location, page_location, paragraph_location
from rectlint.readers.sniffing import format_of
from rectlint.render import FORMATS as OUTPUTS
from rectlint.render import Options, render
from rectlint.report import Report
from rectlint.ruleset import load_rules
from rectlint.source import Source, Span
from rectlint.view import view_of


def package(*parts: str) -> bytes:
    """A zip with these parts, empty."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for part in parts:
            archive.writestr(part, "")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "path", "name"),
    [
        (b"%PDF-1.7\n", "a.docx", "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "a.txt", "docx"),
        (package("xl/workbook.xml"), "a.docx", "xlsx"),
        (package("OFD.xml", "Doc_0/Document.xml"), "a", "ofd"),
        (package("通报.txt"), "a.docx", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.wps", "wps"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", "doc"),
        (b"{\\rtf1", "a.doc", "rtf"),
        ("<!DOCTYPE html><p>共3件".encode(), "a.txt", "html"),
        ("\ufeff<!-- x -->\n<HTML>".encode(), "a", "html"),
        (b"From: a@example.org\r\nMIME-Version: 1.0\r\n\r\n", "a.txt", "eml"),
        ("Date: 2024\n共3件".encode(), "a.txt", "text"),
        ("共3件".encode(), "a.md", "markdown"),
        (b"<b>", "a.txt", "text"),
        (b"", "a.txt", "text"),
    ],
)
def test_format_is_told_by_content(data: bytes, path: str, name: str) -> None:
    """The content decides; the name only where the content leaves it open."""
    assert format_of(data, path) == name


def test_known_but_unread_sorts_are_errors() -> None:
    """A picture is refused as what it is, with its path, and as a value: other files go on."""
    (error,) = read(b"\xff\xd8\xff\xe0", "照片.jpg")
    assert not isinstance(error, Source) and error.where == "照片.jpg" and "jpeg" in str(error)


def test_every_ending_belongs_to_one_format() -> None:
    """No two formats claim the same ending."""
    endings = [ending for format_ in FORMATS.values() for ending in format_.endings]
    assert len(endings) == len(set(endings))


def test_builder_keeps_places_and_cells() -> None:
    """Offsets, locations and cells of a built text point at the words they were added with."""
    builder = TextBuilder()
    first = builder.paragraph("共受理3件。", paragraph_location(1))
    cells = [
        CellText("合计", 0, 0, location=cell_location(1, 1, 1)),
        CellText("3\n件", 0, 1, location=cell_location(1, 1, 2)),
        CellText("", 1, 0),
        CellText("甲", 1, 1, columns=2, location=cell_location(1, 2, 2)),
    ]
    offsets = builder.table(cells)
    last = builder.paragraph("已办结\n2件。", paragraph_location(2))
    source = builder.source("a.docx", "docx")
    assert source.text == f"共受理3件。\n合计 | 3 件\n | 甲\n已办结{BREAK}2件。\n"
    assert [source.text[offset:][:1] for offset in offsets] == ["合", "3", " ", "甲"]
    (table,) = source.tables
    assert [source.text[cell.span.start : cell.span.end] for cell in table.cells] == ["合计", "3 件", "", "甲"]
    assert source.text[table.span.start : table.span.end] == "合计 | 3 件\n | 甲"
    found = [source.location(offset) for offset in (first, offsets[1], offsets[3], last)]
    assert [location and location.path for location in found] == [
        "paragraph[1]",
        "table[1]/row[1]/cell[2]",
        "table[1]/row[2]/cell[2]",
        "paragraph[2]",
    ]


def test_certain_paragraphs_are_never_joined() -> None:
    """Where the file marks its paragraphs only a break within one can be a wrapped line."""
    text = "巡察反馈后，各责任部门逐项梳理、逐项研究，\n制定整改措施若干\n"
    assert "\n" not in view_of(text).text
    assert view_of(text, wrapped=False).text.count("\n") == 1
    soft = text.replace("，\n", f"，{BREAK}")
    assert view_of(soft, wrapped=False).text.count("\n") == 0


def source_with_locations() -> Source:
    """A contradiction on the third page."""
    builder = TextBuilder()
    builder.paragraph("关于巡察整改进展情况的通报", page_location(1, 1))
    builder.paragraph("共受理信访件16件，已办结13件，正在办理2件。", page_location(3, 2))
    return builder.source("通报.pdf", "pdf")


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name not in ("gitlab",)])
@pytest.mark.parametrize(("language", "words"), [("zh", "第 3 页第 2 段"), ("en", "page 3, paragraph 2")])
def test_outputs_show_the_location(name: str, language: str, words: str) -> None:
    """Every output says where in the file a finding is, in words, when the file has no lines."""
    result = check_source(source_with_locations(), load_rules())
    assert [finding.rule for finding in result.findings] == ["TOT001"]
    assert result.findings[0].place.text == "16件" and result.format == "pdf"
    assert words in render(Report((result,)), name, Options(language=language))


def test_sources_raises_the_first_error() -> None:
    """Whoever wants one text gets it, or the error."""
    assert sources("共3件".encode("gb18030"), "a.txt")[0].encoding == "gb18030"
    assert sources("共3件".encode(), "a.txt")[0].place(Span(0, 1)).location is None
