"""PDF files: whichever program made them, their text gives the same findings; text that cannot be trusted is refused."""

from __future__ import annotations

import multiprocessing
from functools import cache
from io import BytesIO

import docx
import pypdfium2
import pytest

from rectlint.errors import ReadError
from rectlint.readers import apart, sources
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.readers.formats import findings, seed
from tests.readers.pages import taken_apart
from tests.readers.pdfs import PRODUCERS, converted, laid_out, printed, scanned, seen_through

SENTENCE = "共受理信访件16件，已办结13件，正在办理2件。"


def read(data: bytes) -> Source:
    """The text of a PDF."""
    return sources(data, "通报.pdf")[0]


@cache
def in_text(name: str) -> list[tuple[str, str]]:
    """What is found in a sample as plain text."""
    return findings(sources(seed(name).encode(), "a.txt")[0])


@cache
def long_text() -> bytes:
    """Three pages by reportlab."""
    return laid_out([("title", "关于巡察整改进展情况的通报"), *[("text", SENTENCE * 4)] * 30])


@pytest.mark.parametrize("name", ["01", "04", "06", "10"])
@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_producer_gives_the_findings_of_the_text(name: str, producer: str) -> None:
    """Rules and quoted words are those found in the plain text, and nothing of a paragraph is lost."""
    bulletin = taken_apart(seed(name))
    source = read(PRODUCERS[producer](bulletin))
    assert source.format == "pdf" and not source.wrapped
    assert findings(source) == in_text(name)
    whole = "".join("".join(part.split()) for part in (bulletin.title, bulletin.meta, *bulletin.paragraphs))
    assert "".join(source.text.split()) == whole


@pytest.mark.parametrize("producer", PRODUCERS)
def test_paragraphs_are_put_together(producer: str) -> None:
    """Each paragraph is one line, as it was typed but for blanks."""
    bulletin = taken_apart(seed("06"))
    read_lines = ["".join(line.split()) for line in read(PRODUCERS[producer](bulletin)).text.splitlines()]
    assert read_lines[-len(bulletin.paragraphs) :] == ["".join(p.split()) for p in bulletin.paragraphs]


def test_heads_and_page_numbers_are_set_aside() -> None:
    """What stands at the edge of every page is no text, and a note says so."""
    source = read(long_text())
    assert "汇编" not in source.text and "共 9 页" not in source.text
    assert any("某某镇整改材料汇编" in note.words.zh for note in source.notes)


def test_places_are_pages_and_paragraphs() -> None:
    """A finding names the page it is on, also where its paragraph began on the page before."""
    source = read(long_text())
    words = [location.words.zh for _, location in source.locations]
    assert words[:2] == ["第 1 页第 1 段", "第 1 页第 2 段"]
    assert words[-1].startswith("第 3 页")
    offsets = [offset for offset, location in source.locations if location.path.startswith("page[2]/paragraph[1]")]
    assert len(offsets) == 1


def test_a_table_over_two_pages_is_one() -> None:
    """Rows keep their cells, the head that the next page repeats is read once, and cells name their page."""
    rows = [["单位", "问题数"], *([f"第{n}村", str(n)] for n in range(1, 60)), ["合计", "1770"]]
    source = read(laid_out([("text", "根据要求，现将情况列表如下。"), rows, ("text", "以上情况，请予监督。")]))
    (table,) = source.tables
    assert len({cell.row for cell in table.cells}) == len(rows)
    assert source.text.splitlines()[1:3] == ["单位 | 问题数", "第1村 | 1"] and source.text.count("单位") == 1
    location = source.location(source.text.index("1770"))
    assert location is not None and location.words.zh.startswith("第 2 页表 1 第 61 行第 2 列")


def test_cells_that_span_others() -> None:
    """Merged cells are told from the lines that are missing; Chromium's table is like LibreOffice's."""
    html = (
        "<meta charset=utf-8><style>table{border-collapse:collapse}td{border:1px solid;width:9em}</style><p>列表如下。</p>"
        "<table><tr><td rowspan=2>单位<td colspan=2>问题</tr><tr><td>总数<td>已改</tr><tr><td>甲<td>3<td>2</tr></table>"
    )
    (table,) = read(printed(html)).tables
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells] == [
        *((0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)),
        *((2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)),
    ]


def test_tables_from_an_office_program() -> None:
    """A table with a grid, between paragraphs."""
    document = docx.Document()
    document.add_paragraph("现将情况列表如下。")
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for row in (("单位", "问题数"), ("甲办公室", "3"), ("合计", "4")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph("以上情况，请予监督。")
    saved = BytesIO()
    document.save(saved)
    source = read(converted(saved.getvalue(), "docx"))
    assert source.text == "现将情况列表如下。\n单位 | 问题数\n甲办公室 | 3\n合计 | 4\n以上情况，请予监督。\n"
    assert len(source.tables) == 1


def test_latin_words_keep_their_blanks() -> None:
    """Blanks between Latin words stay, also where a line ends; none come in between Chinese characters."""
    words = (
        "Office of the Inspection Group and its many members who read this text to the end of the line and beyond it"
    )
    assert read(printed(f"<meta charset=utf-8><p style='width:20em'>{words}，整改方案")).text == f"{words}，整改方案\n"


def refused(data: bytes, words: str) -> str:
    """The message with which a PDF is refused."""
    with pytest.raises(ReadError, match=words) as error:
        read(data)
    return str(error.value)


def test_fonts_that_do_not_tell_their_characters_are_refused() -> None:
    """Without a map from shapes to characters no figure is sure."""
    refused(long_text().replace(b"/ToUnicode", b"/ToUnicodX"), "全部 3 页有 .*无法确认")


def test_scans_are_refused_and_name_their_pages() -> None:
    """Pictures of pages are no text; among other pages they are named."""
    scan = scanned(long_text())
    refused(scan, "全部 3 页是扫描")
    mixed = pypdfium2.PdfDocument(long_text())
    mixed.import_pages(pypdfium2.PdfDocument(scan), [1])
    saved = BytesIO()
    mixed.save(saved)
    refused(saved.getvalue(), "第 4 页是扫描")


def test_text_that_was_recognised_behind_a_scan_is_refused() -> None:
    """Words that nobody sees, behind a picture of the page, are a program's guess."""
    refused(seen_through(SENTENCE * 3), "全部 1 页是扫描")


def test_encrypted_files_are_refused() -> None:
    """A file that asks for a password says so."""
    refused(laid_out([("text", SENTENCE)], encrypt="secret"), "密码")


@pytest.mark.parametrize("size", [0.3, 0.5, 0.9])
def test_truncated_files_are_refused_or_whole(size: float) -> None:
    """Half a file is an error, never half a text."""
    data = long_text()
    refused(data[: int(len(data) * size)], "损坏")


def by_hand(*objects: bytes) -> bytes:
    """A file of these objects, numbered from 1; the first is its root."""
    parts, places, length = [b"%PDF-1.4\n"], [], 9
    for number, content in enumerate(objects, 1):
        places.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        length += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, length)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % size, table, end])


ROOT = b"<</Type/Catalog/Pages 2 0 R>>"


@pytest.mark.parametrize(
    "objects",
    [
        (ROOT, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 3>>", b"<</Type/Pages/Kids[2 0 R]/Count 5/Parent 2 0 R>>"),
        (ROOT, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 99999>>", b"<</Type/Pages/Kids[2 0 R]/Count 5/Parent 2 0 R>>"),
        (ROOT, b"<</Type/Pages/Kids[]/Count 0>>", *[b"null"] * 1_000_000),
        (ROOT, b"<</Type/Pages/Kids[%s]/Count 5000>>" % (b"3 0 R " * 5000), b"<</Type/Page/MediaBox[0 0 9 9]>>"),
        (
            ROOT,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length 4200000>>stream\n" + b"0 0 m 5 5 l S\n" * 300_000 + b"\nendstream",
        ),
    ],
    ids=["recursive", "recursive-many", "objects", "pages", "shapes"],
)
def test_hostile_files_are_refused(objects: tuple[bytes, ...]) -> None:
    """Trees that hold themselves, a million objects, too many pages or shapes: an error, soon."""
    refused(by_hand(*objects), "损坏|超过上限|没有")


def test_one_page_of_endless_work_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that draw forms that draw forms, a thousand million lines out of two kilobytes: given up, with nothing left."""
    monkeypatch.setattr(apart, "_GRACE", 1.0)
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length %d>>stream\n%s\nendstream"
    drawn, last = b"/F Do " * 10, b"0 0 m 5 5 l S"
    page = b"<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    inner = [form % (number + 1, len(drawn), drawn) for number in range(4, 12)]
    data = by_hand(ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *inner, form % (12, len(last), last))
    assert len(data) < 4000
    with pytest.raises(ReadError, match=r"超过 1 秒|内存用尽"):
        sources(data, "a.pdf", ReadOptions(limits=Limits(seconds=1.0)))
    assert multiprocessing.active_children() == []


def test_limits_and_scripts() -> None:
    """Bounds hold, blanks behind the end do no harm, and scripts are not run."""
    data = long_text()
    with pytest.raises(ReadError, match="超过上限"):
        sources(data, "a.pdf", ReadOptions(limits=Limits(bytes=1000)))
    with pytest.raises(ReadError, match="超时"):
        sources(data, "a.pdf", ReadOptions(limits=Limits(seconds=-1.0)))
    script = data.replace(b"/Type /Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>> /Type /Catalog")
    assert read(script).text == read(data).text
