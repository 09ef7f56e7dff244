"""Mails and saved web pages: texts, names and character sets as mail programs write them, and attachments."""

from __future__ import annotations

import base64
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from rectlint.errors import RectlintError
from rectlint.readers import read, sources
from rectlint.readers.options import ReadOptions
from rectlint.source import Source
from tests.cli_helper import rectlint
from tests.readers.test_archive import PICTURE, TEXT, zipped

BODY = TEXT.decode()
PAGE = f"<html><body><p>{BODY.strip()}</p></body></html>"


def written(
    text: str = BODY, page: str | None = None, subject: str = "关于报送材料的函", **attached: bytes
) -> EmailMessage:
    """A mail as Python's library writes it."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", subject
    message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
    for name, content in attached.items():
        message.add_attachment(content, "application", "octet-stream", filename=name.replace("_", ".", 1))
    return message


def by_hand(*parts: bytes, subject: bytes = b"", sort: bytes = b"multipart/mixed") -> bytes:
    """A mail byte by byte, as programs write it that know no better; each part with its own headers."""
    head = b"From: a@example.org\nMIME-Version: 1.0\nSubject: " + subject
    head += b"\nContent-Type: " + sort + b"; boundary=zz\n\n"
    return head + b"".join(b"--zz\n" + part + b"\n" for part in parts) + b"--zz--\n"


def attachment(header: bytes) -> bytes:
    """A part with a text attached under the name that the header gives."""
    return b"Content-Type: application/octet-stream\nContent-Disposition: attachment; " + header + b"\n\n" + TEXT


def parts_of(data: bytes, path: str = "a.eml") -> tuple[list[Source], list[RectlintError]]:
    """The texts and the errors."""
    parts = list(read(data, path))
    return [p for p in parts if isinstance(p, Source)], [p for p in parts if isinstance(p, RectlintError)]


def test_subject_text_and_attachments() -> None:
    """The text comes with its subject under the mail's own path, and each attachment as a member."""
    message = written("请查收。\n", 附件1_txt=TEXT, 图_png=PICTURE, 附件2_zip=zipped({"内/1.txt": TEXT}))
    found, errors = parts_of(message.as_bytes())
    assert errors == []
    assert [source.path for source in found] == ["a.eml", "a.eml!/附件1.txt", "a.eml!/附件2.zip!/内/1.txt"]
    assert found[0].text == "关于报送材料的函\n\n请查收。\n" and found[0].format == "eml"
    assert [note.words.zh for note in found[-1].notes] == ["其中 1 个不是文档，未检查：图.png"]


def test_findings_say_where_in_the_mail(tmp_path: Path) -> None:
    """A finding in the text names the line of the text, one in an attachment the attachment."""
    (tmp_path / "信.eml").write_bytes(written(f"您好：\n{BODY}", 附_txt=TEXT).as_bytes())
    ran = rectlint("check", tmp_path / "信.eml", "-f", "json")
    assert [finding.get("location", {}).get("text") for finding in ran.json["findings"]] == ["正文第 2 行", None]
    assert [Path(finding["path"]).name for finding in ran.json["findings"]] == ["信.eml", "附.txt"]


def test_subject_is_not_said_twice() -> None:
    """A subject that the text opens with, or a mark of forwarding, adds nothing."""
    (source,), _ = parts_of(written(f"关于整改情况的通报\n{BODY}", subject="转发：Re: 关于整改情况的通报").as_bytes())
    assert source.text.count("通报") == 1


def test_plain_text_is_preferred_to_the_same_page() -> None:
    """Of two forms of one text one is read; a plain one that is only an excuse gives way to the page."""
    (source,), _ = parts_of(written(page=PAGE.replace("13", "14")).as_bytes())
    assert "已办结13件" in source.text and "14" not in source.text
    (source,), _ = parts_of(written("您的程序不能显示网页。", page=PAGE.replace("<p>", "<p>" + "说明" * 40)).as_bytes())
    assert "已办结13件" in source.text and "程序" not in source.text
    (source,), _ = parts_of(written("", page=PAGE).as_bytes())
    assert "已办结13件" in source.text


@pytest.mark.parametrize("label", [b"gb2312", b"GBK", b"us-ascii", b"utf-8", b"iso-8859-1", b"x-unknown"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_text_in_an_encoding_other_than_it_says(label: bytes, encoding: str) -> None:
    """GBK called GB2312, no name at all, a wrong name: the text comes out right."""
    text = "镕基路整治㎡，共3件。"
    part = (
        b"Content-Type: text/plain; charset=" + label + b"\nContent-Transfer-Encoding: 8bit\n\n" + text.encode(encoding)
    )
    if (label, encoding) in ((b"gb2312", "utf-8"), (b"GBK", "utf-8")):
        part += b"\n"  # an even number of bytes of UTF-8 passes for GBK
    (source,), errors = parts_of(by_hand(part))
    assert errors == [] and source.text.strip() == text


def encoded(name: str, charset: str) -> bytes:
    """An encoded word of RFC 2047."""
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(name.encode(charset)) + b"?="


@pytest.mark.parametrize(
    "header",
    [
        b'filename="' + encoded("巡察通报.txt", "gbk") + b'"',
        b"filename=" + encoded("巡察通报.txt", "utf-8"),
        b"filename*=gb18030''" + b"".join(b"%%%02X" % byte for byte in "巡察通报.txt".encode("gb18030")),
        b"filename*0*=utf-8''"
        + b"".join(b"%%%02X" % byte for byte in "巡察".encode())
        + b"; filename*1*=%E9%80%9A%E6%8A%A5; filename*2=.txt",
        b'filename="' + "巡察通报.txt".encode("gb18030") + b'"',
        b'filename="' + "巡察通报.txt".encode() + b'"',
        b'filename="C:\\\\x\\\\' + "巡察通报.txt".encode() + b'"',
    ],
)
def test_names_of_attachments(header: bytes) -> None:
    """RFC 2047, RFC 2231 and bare bytes all give the name."""
    found, errors = parts_of(by_hand(attachment(header)))
    assert errors == [] and found[0].path.rpartition("/")[2] == "巡察通报.txt"


def test_a_character_cut_between_encoded_words() -> None:
    """Mail programs fold subjects in the middle of a character."""
    raw = "关于整改情况的说明".encode("gb18030")
    words = [b"=?gb2312?B?" + base64.b64encode(raw[a:b]) + b"?=" for a, b in ((0, 7), (7, 18))]
    part = b"Content-Type: text/plain; charset=utf-8\n\n" + TEXT
    (source,), _ = parts_of(by_hand(part, subject=b"\n ".join(words)))
    assert source.text.startswith("关于整改情况的说明\n")


def test_text_that_was_broken_to_flow_again() -> None:
    """Lines that a mail program broke are one again."""
    part = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n共受理信访件16件， \n已办结13件。\n第二段。"
    (source,), _ = parts_of(by_hand(part.encode()))
    assert source.text == "共受理信访件16件，已办结13件。\n第二段。\n" and not source.wrapped


def test_forwarded_mails_are_members() -> None:
    """A mail in a mail is read like one in an archive."""
    outer = written("转来一信。")
    outer.add_attachment(written(附_txt=TEXT))
    found, errors = parts_of(outer.as_bytes())
    assert errors == [] and [source.path for source in found] == ["a.eml", "a.eml!/1.eml", "a.eml!/1.eml!/附.txt"]


def test_saved_web_pages() -> None:
    """Of a saved page its own text is read; frames, pictures and styles are told."""
    page = PAGE.replace("<html>", '<html><meta charset="utf-8">').encode()
    data = by_hand(
        b"Content-Type: text/html; charset=utf-8\nContent-Location: http://a.example/t/1.html\n\n" + page,
        b"Content-Type: text/html\nContent-Location: http://ad.example/ad.html\n\n<html>\xe7\x89\xb9\xe4\xbb\xb7</html>",
        b"Content-Type: text/css\nContent-Location: http://a.example/t/s.css?v=1\n\np {}",
        b"Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: http://a.example/l.png\n\n"
        + base64.b64encode(PICTURE),
        sort=b"multipart/related; type=text/html",
    )
    (source,), errors = parts_of(data, "网页.mht")
    assert errors == [] and source.path == "网页.mht" and "已办结13件" in source.text and "特价" not in source.text
    assert source.notes[-1].words.zh == "其中 3 个不是文档，未检查：ad.html、s.css、l.png"


def test_what_cannot_be_read_is_an_error() -> None:
    """Encrypted mails, mails without anything, and contents that Outlook wraps up are told."""
    locked = b"Content-Type: application/pkcs7-mime; name=smime.p7m\nFrom: a\nMIME-Version: 1.0\n\nMIIB"
    assert "加了密" in str(parts_of(locked)[1][0])
    assert "没有可检查" in str(parts_of(written("").as_bytes())[1][0])
    wrapped = attachment(b"filename=winmail.dat").replace(TEXT, b"\x78\x9f\x3e\x22\x00")
    assert "tnef" in str(parts_of(by_hand(wrapped))[1][0])


def nested(depth: int) -> bytes:
    """A mail of parts within parts."""
    data = b"Content-Type: text/plain\n\nx"
    for level in range(depth):
        mark = b"b%d" % level
        data = (
            b"Content-Type: multipart/mixed; boundary="
            + mark
            + b"\n\n--"
            + mark
            + b"\n"
            + data
            + b"\n--"
            + mark
            + b"--\n"
        )
    return b"From: a\nMIME-Version: 1.0\n" + data


def hostile() -> Iterator[bytes]:
    """Mails that no mail program writes."""
    yield nested(5000)
    yield nested(400)
    yield b"From: a\nMIME-Version: 1.0\nSubject: " + b"=?gbk?B?" * 40_000
    yield b"From: a\nMIME-Version: 1.0\nContent-Type: text/plain; " + b"a*0*=%20;" * 10_000 + b"\n\nx"
    yield by_hand(attachment(b"filename*=gbk''%" + b"%F" * 10_000))
    yield by_hand(*[attachment(b"filename=a.txt")] * 3).replace(b"--zz--", b"--z")
    yield by_hand(b"Content-Type: message/rfc822\n\n" * 400)
    yield by_hand(b"Content-Type: text/plain; charset=\x00\xff\nContent-Transfer-Encoding: base64\n\n=====")


@pytest.mark.parametrize("data", list(hostile()))
def test_hostile_mails_end(data: bytes) -> None:
    """Whatever a mail looks like, the outcome is texts and errors."""
    for part in read(data, "a.eml", ReadOptions()):
        assert isinstance(part, (Source, RectlintError))


def test_a_header_the_library_cannot_read_is_as_good_as_none() -> None:
    """A character set with a null character in it names nothing; the attachment is read under a name of its own."""
    mail = (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n"
        b"Content-Disposition: attachment; filename*=utf-\x00\x008''~a.html\r\n\r\n<html><body><p>16 = 13 + 3</p></body></html>"
    )
    (source,) = sources(mail, "a.eml")
    assert "16 = 13 + 3" in source.text and source.path == "a.eml!/1.html"
