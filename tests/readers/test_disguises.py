"""Files that are not what their name says, as offices have them: read as what they are, or refused as that."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from io import BytesIO

import pytest

from rectlint.errors import RectlintError
from rectlint.readers import read, sources
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.readers.officefiles import made_by_libreoffice, needs_libreoffice, rich_text
from tests.readers.oldwordfiles import compound_file, old_word_file
from tests.readers.test_archive import zipped
from tests.readers.wordfiles import docx, para, run
from tests.readers.xmlfiles import flat, old_item, old_lists, old_para, word_2003

PARAGRAPHS = ["关于巡察整改进展情况的通报", "巡察组移交信访件16件，已办结13件，正在办理2件。"]
TEXT = "\n".join(PARAGRAPHS) + "\n"
_P = "".join(f"<p class=MsoNormal>{paragraph}</p>" for paragraph in PARAGRAPHS)
_MSO = 'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"'
_META = '<meta http-equiv=Content-Type content="text/html; charset=gb2312">'
_CONDITIONAL = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->"


def saved_by_word() -> str:
    """What Word saves as a web page."""
    return f"<html {_MSO}>\n<head>\n{_META}\n{_CONDITIONAL}\n</head><body lang=ZH-CN><div class=WordSection1>{_P}</div></body></html>"


def single_file(charset: str, encoding: str) -> bytes:
    """What Word saves as a single web page: its parts in quoted-printable, the page first."""
    lead = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_NextPart_01DA"\r\n\r\n'
    lead += "此文档为“单个文件网页”，也称为“Web 档案”文件。\r\n\r\n"
    page = EmailMessage()
    page.set_content(saved_by_word().encode(encoding), "text", "html", cte="quoted-printable")
    page.replace_header("Content-Type", f'text/html; charset="{charset}"')
    page["Content-Location"] = "file:///C:/0001/a.htm"
    files = 'Content-Location: file:///C:/0001/a.files/filelist.xml\r\nContent-Type: text/xml; charset="utf-8"\r\n\r\n<xml/>'
    mark = "------=_NextPart_01DA"
    parts = [page.as_bytes().replace(b"\n", b"\r\n"), files.encode()]
    return (
        lead.encode(encoding)
        + b"".join(f"{mark}\r\n".encode() + part + b"\r\n" for part in parts)
        + f"{mark}--".encode()
    )


def word_file() -> bytes:
    """A docx."""
    return docx("".join(map(para, PARAGRAPHS)))


DISGUISES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "web page of Word": ("a.doc", "html", lambda: saved_by_word().encode("gb18030")),
    "web page in UTF-16": ("a.doc", "html", lambda: saved_by_word().encode("utf-16")),
    "web page without a head": ("a.doc", "html", lambda: f"\r\n{_META}<title>通报</title>{_P}".encode("gb18030")),
    "a division of an office system": ("a.wps", "html", lambda: f"\ufeff<div>{_P}</div>".encode()),
    "styles first": ("a.doc", "html", lambda: f"<!-- x --><style>p {{}}</style>\n{_P}".encode()),
    "single web page": ("a.doc", "eml", lambda: single_file("gb2312", "gb18030")),
    "single web page in UTF-8": ("a.doc", "eml", lambda: single_file("utf-8", "utf-8")),
    "Word 2003 XML": ("a.doc", "word-xml", lambda: word_2003("".join(map(old_para, PARAGRAPHS)))),
    "Word 2003 XML, filled in": (
        "a.doc",
        "word-xml",
        lambda: b"\xef\xbb\xbf\n" + word_2003("".join(map(old_para, PARAGRAPHS))),
    ),
    "flat docx": ("a.doc", "word-xml", lambda: flat(word_file())),
    "docx called doc": ("a.doc", "docx", word_file),
    "docx called wps": ("a.wps", "docx", word_file),
    "text called doc": ("a.doc", "text", TEXT.encode),
    "text in GB18030 called doc": ("a.doc", "text", partial(TEXT.encode, "gb18030")),
}
BY_LIBREOFFICE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "doc called docx": ("a.docx", "doc", lambda: old_word_file(PARAGRAPHS)),
    "doc called wps": ("a.wps", "wps", lambda: old_word_file(PARAGRAPHS)),
    "doc called xls": ("a.xls", "doc", lambda: old_word_file(PARAGRAPHS)),
    "rtf called doc": ("a.doc", "rtf", lambda: rich_text(PARAGRAPHS)),
    "Word 2003 XML of LibreOffice": (
        "a.doc",
        "word-xml",
        lambda: made_by_libreoffice(rich_text(PARAGRAPHS), "rtf", "xml"),
    ),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_read_as_what_it_is(name: str) -> None:
    """The text is the same whatever hides behind the name, and the format is the one it really is."""
    path, format_, make = DISGUISES[name]
    (source,) = sources(make(), path)
    assert ("\n".join(source.text.split()) + "\n", source.format, source.path) == (TEXT, format_, path)


@needs_libreoffice
@pytest.mark.parametrize("name", BY_LIBREOFFICE)
def test_read_as_what_it_is_by_libreoffice(name: str) -> None:
    """The same for what LibreOffice reads or writes."""
    path, format_, make = BY_LIBREOFFICE[name]
    (source,) = sources(make(), path)
    assert (source.text, source.format, source.path) == (TEXT, format_, path)


def stream(name: str) -> bytes:
    """A compound file with this stream in it."""
    return compound_file({name: b"\0" * 100})


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (stream("EncryptedPackage"), "a.docx", "加了密码"),
        (stream("EncryptedPackage"), "a.doc", "加了密码"),
        (stream("EncryptedPackage"), "a.wps", "加了密码"),
        (stream("EncryptedPackage"), "a.xlsx", "加了密码"),
        (stream("PowerPoint Document"), "a.doc", "这是 ppt 文件"),
        (stream("Contents"), "a.doc", "不是 Word 文档"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "a.doc",
            "这是 xml 文件",
        ),
        (word_2003(old_para("共3件"))[:-30], "a.doc", "不完整或已损坏"),
        (
            flat(docx(para("共3件"))).replace(b"<pkg:package", b'<!DOCTYPE a [<!ENTITY b "b">]><pkg:package'),
            "a.doc",
            "这是 xml 文件",
        ),
        (flat(docx(para("共3件"))).replace(b"/word/document.xml", b"/word/other.xml"), "a.doc", "不是完整的 Word 文件"),
        (b"\x62\x14\x23\x65" + bytes(range(256)) * 20, "a.doc", "不是文本文件"),
        (b"", "a.doc", "空"),
    ],
)
def test_refused_as_what_it_is(data: bytes, path: str, words: str) -> None:
    """Locked, damaged and other files are told as such, in the words of people who use them."""
    (part,) = read(data, path)
    if isinstance(part, Source):
        assert not part.text, "an empty text is refused by whoever checks it"
    else:
        assert words in str(part)


def test_many_instructions_and_comments_take_no_time() -> None:
    """What opens a text is looked through once, however often it seems to end."""
    for opening in ("<??>" * 1000, "<!---->" * 580, "<? ?> ?>" * 500):
        (part,) = read(opening.encode() + "共3件".encode(), "a.doc")
        assert isinstance(part, (Source, RectlintError))


def test_office_names_in_an_archive() -> None:
    """A text under .doc in an archive is a document; settings in XML are none."""
    data = zipped({"a.doc": TEXT.encode(), "b.xml": b'<?xml version="1.0"?><a/>', "c.xml": flat(word_file())})
    first, second = sources(data, "a.zip")
    assert (first.text, second.text) == (TEXT, TEXT)
    assert "b.xml" in second.notes[-1].words.zh and "其中 1 个" in second.notes[-1].words.zh


class TestWord2003:
    """What Word 2003 XML holds beside plain paragraphs."""

    def text(self, body: str, options: ReadOptions | None = None, **parts: str) -> str:
        """The text of a file with this body."""
        (source,) = sources(word_2003(body, **parts), "a.doc", options)
        return source.text

    def test_numbers(self) -> None:
        """Lists count as Word counts them, also where a style lends the number."""
        lists = old_lists(((37, "%1、"), (37, "（%2）"), (0, "%3.")), ((18, "%1"),))
        style = '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:listPr><w:ilfo w:val="2"/></w:listPr></w:pPr></w:style>'
        body = (
            old_item("甲", 1) + old_item("乙", 1, 1) + old_item("丙", 1, 2) + old_item("丁", 1, 1) + old_item("戊", 1)
        )
        body += old_para("己", properties='<w:pStyle w:val="1"/>')
        assert self.text(body, lists=lists, styles=style).splitlines() == [
            "一、甲",
            "（一）乙",
            "1.丙",
            "（二）丁",
            "二、戊",
            "①己",
        ]

    def test_tracked_changes(self) -> None:
        """Insertions and deletions are read as asked for."""

        def change(kind: str, content: str) -> str:
            inner = f"<aml:content>{content}</aml:content>"
            return f'<aml:annotation aml:id="1" w:type="Word.{kind}" aml:author="甲">{inner}</aml:annotation>'

        body = old_para(
            "共",
            change("Deletion", "<w:r><w:delText>5</w:delText></w:r>"),
            change("Insertion", "<w:r><w:t>3</w:t></w:r>"),
            "件",
        )
        assert self.text(body) == "共3件\n"
        assert self.text(body, ReadOptions(revisions="rejected")) == "共5件\n"

    def test_notes_tables_and_wrapped_words(self) -> None:
        """Footnotes follow their paragraph; tables have cells; a recognised date is not lost; a comment is noted."""
        note = f"<w:r><w:footnote>{old_para('注3件')}</w:footnote></w:r>"
        remark = (
            '<w:r><aml:annotation aml:id="2" w:type="Word.Comment"><aml:content>{}</aml:content></aml:annotation></w:r>'
        )
        date = '<st1:chsdate Year="2024"><w:r><w:t>2024年3月</w:t></w:r></st1:chsdate>'
        cells = "".join(f"<w:tc><w:tcPr/>{old_para(words)}</w:tc>" for words in ("甲", "3"))
        body = (
            old_para("截至", date, note, remark.format(old_para("请核")), "，共3件")
            + f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl>"
        )
        (source,) = sources(word_2003(body), "a.doc")
        assert source.text == "截至2024年3月，共3件\n注3件\n甲 | 3\n" and len(source.tables) == 1
        assert [note.words.zh for note in source.notes] == ["批注没有检查：1 条"]

    def test_heads_and_large_pictures(self) -> None:
        """Headers are left out with a note; a picture of any size is no part of the text."""
        head = f'<w:sectPr><w:hdr w:type="odd">{old_para("内部资料")}</w:hdr></w:sectPr>'
        picture = f'<w:r><w:pict><w:binData w:name="a.jpg">{"QUJD" * 3_000_000}</w:binData></w:pict></w:r>'
        (source,) = sources(word_2003(old_para("共3件", picture) + old_para("完", properties=head)), "a.doc")
        assert source.text == "共3件\n完\n"
        assert [note.words.zh for note in source.notes] == ["页眉页脚没有检查"]

    def test_bounds(self) -> None:
        """Too many elements, or too deep ones, are an error."""
        (part,) = read(word_2003(old_para("长") * 100), "a.doc", ReadOptions(limits=Limits(nodes=50)))
        assert isinstance(part, RectlintError) and "过大" in str(part)
        (part,) = read(word_2003("<w:p>" * 100_000 + "</w:p>" * 100_000), "a.doc")
        assert isinstance(part, RectlintError) and "已损坏" in str(part)


def test_flat_form_keeps_what_a_docx_has() -> None:
    """Numbers, comments and pictures of a flat docx are those of the docx."""
    comments = f'<w:comment w:id="0">{para("请核")}</w:comment>'
    data = docx(para(run("共3件")), comments=comments)
    with_picture = BytesIO(data)
    with zipfile.ZipFile(with_picture, "a") as package:
        package.writestr("word/media/a.png", b"\x89PNG" * 10)
    (source,) = sources(flat(with_picture.getvalue()), "a.xml")
    (plain,) = sources(data, "a.docx")
    assert (source.text, [note.words for note in source.notes]) == (plain.text, [note.words for note in plain.notes])
