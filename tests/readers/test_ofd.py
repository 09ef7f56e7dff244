"""OFD: paragraphs from placed text as two sorts of programs write it, what is set aside, and what is not believed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from rectlint.errors import RectlintError
from rectlint.readers import read
from rectlint.readers.layout import Piece, flow
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.cli_helper import rectlint
from tests.readers.ofdfiles import SPACE, exported, packed, printed

TITLE = ["中共梧岭县柏树镇委员会关于巡察整改", "进展情况的通报"]
PARAGRAPHS = [
    "根据县委统一部署，2023年3月6日至4月20日，县委第二巡察组对柏树镇党委开展了巡察，并于5月18日反馈了巡察意见。现将整改进展情况通报如下。",
    "一、整改工作总体情况",
    "巡察组移交信访件16件，已办结13件，正在办理2件。",
    *(
        f"（{n}）第{n}项问题的整改情况：修订制度{n}项，开展检查{n + 3}次，发现问题{n * 7}个，全部整改到位，并举一反三。"
        for n in range(1, 19)
    ),
    "欢迎监督。",
]
WHOLE = "".join(f"{line}\n" for line in ["".join(TITLE), *PARAGRAPHS])


def one(data: bytes, path: str = "a.ofd", limits: Limits | None = None) -> Source:
    """The only text of a file."""
    (part,) = read(data, path, ReadOptions(limits=limits or Limits()))
    assert isinstance(part, Source), part
    return part


def error(data: bytes, limits: Limits | None = None) -> str:
    """The error of a file that cannot be read."""
    (part,) = read(data, "a.ofd", ReadOptions(limits=limits or Limits()))
    assert isinstance(part, RectlintError), part
    return str(part)


@pytest.mark.parametrize("made", [printed, exported])
def test_paragraphs_come_out_whole(made: Callable[..., bytes]) -> None:
    """Title, headings and paragraphs over lines and pages are those of the document, heads and page numbers gone."""
    source = one(made(TITLE, PARAGRAPHS, head="梧岭县柏树镇文件"))
    assert source.text == WHOLE and source.format == "ofd" and not source.wrapped
    words = " ".join(note.words.zh for note in source.notes)
    assert "页码" in words and ("柏树镇文件" in words or "模板" in words)


def test_places_are_pages_and_paragraphs() -> None:
    """Each paragraph is found on its page, and the second half of one that runs over on the next page."""
    source = one(printed(TITLE, PARAGRAPHS))
    places = [location.path for _, location in source.locations]
    assert places[:4] == [
        "page[1]/paragraph[1]",
        "page[1]/paragraph[2]",
        "page[1]/paragraph[3]",
        "page[1]/paragraph[4]",
    ]
    assert "page[2]/paragraph[1]" in places and "page[3]/paragraph[1]" not in places
    start = next(offset for offset, location in source.locations if location.path == "page[2]/paragraph[1]")
    assert source.text[start - 1] != "\n", "the example has a paragraph that runs over the page"


def test_findings_name_the_page(tmp_path: Path) -> None:
    """The command line says page and paragraph."""
    (tmp_path / "通报.ofd").write_bytes(exported(TITLE, PARAGRAPHS))
    ran = rectlint("check", tmp_path / "通报.ofd", "-f", "json")
    places = [(finding["rule"], finding["location"]["text"]) for finding in ran.json["findings"]]
    assert ("TOT001", "第 1 页第 4 段") in places


def test_a_template_of_one_page_is_part_of_it() -> None:
    """A form that one page fills in is read with it."""
    source = one(exported([], ["已办结13件。"], head="受理登记"))
    assert source.text == "受理登记\n已办结13件。\n"


def text_object(text: str, more: str = "", inner: str = "", attributes: str = "") -> str:
    """An object on a page."""
    return (
        f'<ofd:TextObject ID="8" Boundary="40 200 100 6" Size="5.6" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="5" {attributes}>{text}</ofd:TextCode></ofd:TextObject>'
    )


GLYPHS = '<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="2"><ofd:Glyphs>3 4</ofd:Glyphs></ofd:CGTransform>'
PICTURE = '<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="1"/>'


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (text_object("整\ufffd改"), "第 1 页有 1 个字符没有对应的文字"),
        (text_object("\ue123\ue124"), "第 1 页有 2 个字符没有对应的文字"),
        (text_object(" ", inner=GLYPHS), "第 1 页文字只有字形"),
    ],
)
def test_text_that_cannot_be_trusted(extra: str, words: str) -> None:
    """Characters of a font's own, and glyphs without characters, are refused with their page."""
    assert words in error(printed([], ["共3件。"], extra=extra))


def page_of(content: str) -> bytes:
    """A file of one page with nothing on it but this."""
    return packed(
        {
            "OFD.xml": f'<ofd:OFD xmlns:ofd="{SPACE}"><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
            "D/D.xml": f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
            "D/P.xml": f'<ofd:Page xmlns:ofd="{SPACE}"><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>',
        }
    )


def test_pages_without_text() -> None:
    """Scans and text drawn as outlines are refused; a file without anything too."""
    assert "第 1 页是图片" in error(page_of(PICTURE))
    assert "转成线条" in error(page_of('<ofd:PathObject ID="1" Boundary="0 0 1 1"/>' * 100))
    assert "没有文字" in error(page_of(""))


def test_what_is_left_out_is_told() -> None:
    """Watermarks, hidden text and pictures are not read, and notes say so."""
    extra = text_object("内部资料", 'CTM="0.7 -0.7 0.7 0.7 0 0"') + text_object("隐藏", 'Visible="false"')
    extra += PICTURE.replace("0 0 210 297", "20 20 40 40") + text_object("竖排", attributes='DeltaY="5.6"')
    source = one(printed([], ["共3件。"], extra=extra))
    assert source.text == "共3件。\n"
    words = "".join(note.words.zh for note in source.notes)
    assert "倾斜的文字（水印等）2 处" in words and "隐藏的文字 1 处" in words and "图片" in words


def test_symbols_are_blank_and_gaps_are_spaces() -> None:
    """A bullet of a symbol font is not text; what stands far apart is not one word."""
    source = one(page_of(text_object("\uf0b7共3件", attributes='DeltaX="5.6 5.6 30"')))
    assert source.text == "共3 件\n"


def test_several_documents_in_a_file() -> None:
    """Each gets a path of its own; one that is broken does not hide the other."""
    first = packed(
        {
            "OFD.xml": f'<ofd:OFD xmlns:ofd="{SPACE}"><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody>'
            "<ofd:DocBody><ofd:DocRoot>E/E.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "D/D.xml": f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
            "D/P.xml": f'<ofd:Page xmlns:ofd="{SPACE}">{text_object("共3件。")}</ofd:Page>',
        }
    )
    good, bad = read(first, "a.ofd")
    assert isinstance(good, Source) and good.path == "a.ofd!/1"
    assert isinstance(bad, RectlintError) and "E/E.xml" in str(bad)


BOMB = '<!DOCTYPE x [<!ENTITY a "共3件。"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE])
def test_entities_are_refused(declaration: str) -> None:
    """A file with a document type is refused, whatever it declares."""
    data = page_of(text_object("&b;")).replace(b"", b"")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["D/P.xml"] = parts["D/P.xml"].replace("?>\n", f"?>\n{declaration}")
    assert "DOCTYPE" in error(packed(parts))


def test_bombs_and_damage() -> None:
    """Too much, too deep, cut short and locked all end in an error."""
    assert "过大" in error(page_of(text_object(" " * 30_000_000)))
    assert "过大" in error(page_of("<ofd:a/>" * 5000), Limits(nodes=1000))
    assert "P.xml" in error(page_of("<ofd:a>" * 5000 + "</ofd:a>" * 5000))
    whole = printed(TITLE, PARAGRAPHS)
    assert "已损坏" in error(whole.replace(b"Doc_0/Document", b"Doc_0/Documant"))
    assert isinstance(next(iter(read(whole[:-40], "a.ofd"))), RectlintError)
    huge = 'DeltaX="g 999999999 1e308 nan inf -1e9 g g g"'
    assert one(page_of(text_object("共3件。", attributes=huge))).text.strip()


def test_any_bytes_end_in_a_text_or_an_error() -> None:
    """Whatever is done to a file, nothing else comes out."""
    original = printed([], ["共3件。"])
    for position in range(0, len(original), 11):
        changed = original[:position] + b"\xff" + original[position + 1 :]
        for part in read(changed, "a.ofd"):
            assert isinstance(part, (Source, RectlintError))


def test_layout_of_lines() -> None:
    """Latin words keep their space, a short line ends a paragraph, a page number in the text stays."""
    page = [
        Piece("the report of the whole", 10, 50, 100, 60),
        Piece("year. ", 10, 65, 40, 75),
        Piece("12", 10, 80, 20, 90),
        Piece("共3件。", 10, 95, 60, 105),
    ]
    assert [p.text for p in flow([page], [300]).paragraphs] == ["the report of the whole year.", "12", "共3件。"]
    assert flow([[], []]).paragraphs == ()
