"""One bulletin in every format, by several producers each: the findings are the same, whatever it comes in."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache, partial
from html import escape
from io import BytesIO
from pathlib import Path

import pytest

from rectlint.engine import check_source
from rectlint.readers import FORMATS, sources
from rectlint.report import Finding
from rectlint.ruleset import load_rules
from tests.readers.ofdfiles import broken, exported, printed
from tests.readers.officefiles import made_by_libreoffice, needs_libreoffice
from tests.readers.oldwordfiles import Item, Level, old_word_file
from tests.readers.pages import PAGES, county_site, taken_apart, word_page
from tests.readers.test_archive import zipped
from tests.readers.wordfiles import docx, level, numbering, para, run
from tests.readers.xmlfiles import flat, old_item, old_lists, old_para, word_2003

SEED = Path(__file__).parents[2] / "seeds" / "04-town-inspection.txt"
LINES = SEED.read_text("utf-8").splitlines()
TITLE, PARAGRAPHS = LINES[0], [line for line in LINES[1:] if line.strip()]


def browser() -> str | None:
    """Chromium or one of its kin."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


needs_browser = pytest.mark.skipif(browser() is None, reason="Chromium is not installed")


def read_here(name: str) -> pytest.MarkDecorator:
    """Skips where the reader of a format is not there."""
    return pytest.mark.skipif(name not in FORMATS, reason=f"there is no reader of {name}")


Key = tuple[str, str, str]


@cache
def findings_of(data: bytes, path: str) -> tuple[Key, ...]:
    """Rule, quoted words and message of each finding in the only text of a file."""
    (source,) = sources(data, path)
    return tuple(map(_key, check_source(source, load_rules()).findings))


def _key(finding: Finding) -> Key:
    return finding.rule, finding.place.text, finding.message.zh


def typed() -> bytes:
    """A Word file as python-docx writes it, with its numbers typed."""
    from docx import Document

    document = Document()
    for line in (TITLE, *PARAGRAPHS):
        document.add_paragraph(line)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


_SET_IN = '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>'
_LARGE = '<w:rFonts w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="{}"/>'
_LEVELS = (r"([一二三四五六七八九十]+)、", r"[(（]([一二三四五六七八九十]+)[)）]", r"(\d+)\.", r"[(（](\d+)[)）]")
_CHINESE = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def _in_lists() -> list[tuple[int | None, str]]:
    """The paragraphs, those whose typed number follows a list's course without it and with the depth of their list."""
    counters = [0, 0, 0, 0]
    found: list[tuple[int | None, str]] = []
    for line in PARAGRAPHS:
        for depth, pattern in enumerate(_LEVELS):
            match = re.match(pattern, line)
            if match is None:
                continue
            due = counters[depth] + 1
            if match[1] == (str(due) if depth > 1 else _CHINESE[min(due, 10)]):
                counters[depth] = due
                # the items run on through the bulletin; all others begin again under each heading
                counters[depth + 1 : 3] = [0] * len(counters[depth + 1 : 3])
                found.append((depth, line[match.end() :]))
                break
        else:
            found.append((None, line))
    assert sum(depth is not None for depth, _ in found) > 20, "the example has numbers"
    return found


def numbered() -> bytes:
    """A Word file set like a bulletin, with automatic numbers wherever it can have them."""
    body = _heading()
    for depth, line in _in_lists():
        place = "" if depth is None else '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
        place = place.format(*((0, 2) if depth == 3 else (depth, 1)))
        body += para(run(line, _LARGE.format(32)), properties=place + _SET_IN)
    none = '<w:suff w:val="nothing"/>'
    levels = level(0, "chineseCounting", "%1、", none) + level(1, "chineseCounting", "(%2)", none)
    abstracts = {1: levels + level(2, "decimal", "%3.", none), 2: level(0, "decimal", "(%1)", none)}
    return docx(body, numbering=numbering(abstracts, {1: (1, ""), 2: (2, "")}))


def by_hand() -> bytes:
    """The same as a Word 97 file that LibreOffice did not write."""
    body = [line if depth is None else Item(line, depth // 3, depth % 3) for depth, line in _in_lists()]
    headings = (Level("", "、", 37), Level("(", ")", 37), Level("", "."))
    return old_word_file([TITLE, *body], [headings, [Level("(", ")")]])


def by_word_2003() -> bytes:
    """The same as Word 2003 XML."""
    lines = ((depth, escape(line)) for depth, line in _in_lists())
    body = [old_para(line) if depth is None else old_item(line, depth // 3 + 1, depth % 3) for depth, line in lines]
    lists = old_lists(((37, "%1、"), (37, "(%2)"), (0, "%3.")), ((0, "(%1)"),))
    return word_2003("".join((old_para(escape(TITLE)), *body)), lists)


def _heading() -> str:
    return para(run(TITLE, _LARGE.format(44)), properties='<w:jc w:val="center"/>')


def tracked() -> bytes:
    """A Word file in which the first figure of each paragraph was changed, and a paragraph struck out, with changes tracked."""
    mark = 'w:id="1" w:author="甲" w:date="2024-01-01T00:00:00Z"'
    body = ""
    for line in (TITLE, *PARAGRAPHS):
        parts = re.match(r"(\D*)(\d+)(.*)", line)
        if parts is None:
            body += para(line)
            continue
        old = f"<w:del {mark}><w:r><w:delText>{int(parts[2]) + 7}</w:delText></w:r></w:del>"
        body += para(run(parts[1]), old, f"<w:ins {mark}>{run(parts[2])}</w:ins>", run(parts[3]))
    struck = "共受理信访件16件，已办结1件，正在办理2件。"
    body += f"<w:p><w:pPr><w:rPr><w:del {mark}/></w:rPr></w:pPr><w:del {mark}><w:r><w:delText>{struck}</w:delText></w:r></w:del></w:p>"
    return docx(body)


def mail() -> bytes:
    """A mail with the bulletin as its text."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", TITLE
    message.set_content("\n".join((TITLE, *PARAGRAPHS)) + "\n")
    return message.as_bytes()


def mail_of_a_page(page: bytes) -> bytes:
    """A mail whose text is a web page in GBK beside a plain text that only says so."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", TITLE
    message.set_content("请用支持网页的程序查看。")
    message.add_alternative(page, "text", "html")
    html = list(message.walk())[-1]
    html.replace_header("Content-Type", 'text/html; charset="gb2312"')
    return message.as_bytes()


def web_archive(page: bytes) -> bytes:
    """A page as browsers save it, with what it is made of."""
    message = EmailMessage()
    message["Subject"] = TITLE
    message.set_content(page, "text", "html", params={"charset": "utf-8"})
    message["Content-Location"] = "https://example.org/2024/1.html"
    message.make_related()
    message.add_related(b"p {}", "text", "css")
    return message.as_bytes()


def title_lines() -> list[str]:
    """The title as it is broken over centred lines."""
    return [line for line in broken(TITLE, 8) if line]


@cache
def printed_by_browser() -> bytes:
    """A PDF as Chromium prints a page."""
    program = browser()
    assert program is not None
    body = "".join(f"<p>{escape(line)}</p>" for line in PARAGRAPHS)
    style = "h1{text-align:center;font-size:22pt} p{text-indent:2em;text-align:justify;font-size:16pt;line-height:1.75;margin:0}"
    page = f"<meta charset=utf-8><style>{style}</style><h1>{escape(TITLE)}</h1>{body}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "a.html").write_text(page, "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'user'}"]
        options += ["--no-pdf-header-footer", f"--print-to-pdf={folder / 'a.pdf'}", (folder / "a.html").as_uri()]
        subprocess.run([program, *options], check=True, capture_output=True, timeout=120)
        return (folder / "a.pdf").read_bytes()


PLAIN = ("\n".join((TITLE, *PARAGRAPHS)) + "\n").encode()
MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "text": ("a.txt", lambda: PLAIN),
    "text in GB18030": ("a.txt", lambda: PLAIN.decode().encode("gb18030")),
    "docx, typed numbers": ("a.docx", typed),
    "docx, automatic numbers": ("a.docx", numbered),
    "docx, tracked changes": ("a.docx", tracked),
    "Word 2003 XML": ("a.doc", by_word_2003),
    "docx, flat": ("a.doc", lambda: flat(numbered())),
    "ofd, printed": ("a.ofd", lambda: printed(title_lines(), PARAGRAPHS, head="巡察整改专栏")),
    "ofd, exported": ("a.ofd", lambda: exported(title_lines(), PARAGRAPHS)),
    **{f"html, {made.__name__}": ("a.html", partial(made, taken_apart(PLAIN.decode()))) for made in PAGES},
    "mail": ("a.eml", mail),
    "mail, a web page": ("a.eml", lambda: mail_of_a_page(word_page(taken_apart(PLAIN.decode())))),
    "web archive": ("a.mht", lambda: web_archive(county_site(taken_apart(PLAIN.decode())))),
    "zip of docx": ("a.zip", lambda: zipped({"通报.docx": numbered()})),
}
BY_LIBREOFFICE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "docx, LibreOffice": (
        "a.docx",
        lambda: made_by_libreoffice(made_by_libreoffice(numbered(), "docx", "odt"), "odt", "docx"),
    ),
    "doc": ("a.doc", lambda: made_by_libreoffice(numbered(), "docx", "doc")),
    "wps": ("a.wps", lambda: made_by_libreoffice(numbered(), "docx", "doc")),
    "doc, by hand": ("a.doc", by_hand),
    "wps, by hand": ("a.wps", by_hand),
    "odt": ("a.odt", lambda: made_by_libreoffice(numbered(), "docx", "odt")),
    "odt, tracked changes": ("a.odt", lambda: made_by_libreoffice(tracked(), "docx", "odt")),
    # not with automatic numbers: LibreOffice writes （一.一） for （一） into Word 2003 XML
    "Word 2003 XML of LibreOffice": ("a.xml", lambda: made_by_libreoffice(typed(), "docx", "xml")),
    # nor here: LibreOffice writes 一? for 一、 into RTF
    "rtf": ("a.rtf", lambda: made_by_libreoffice(typed(), "docx", "rtf")),
}


def test_the_bulletin_has_findings_of_many_sorts() -> None:
    """The example is worth comparing."""
    assert len({rule for rule, _, _ in findings_of(PLAIN, "a.txt")}) > 10


@pytest.mark.parametrize("name", MADE)
def test_findings_are_those_of_the_text(name: str) -> None:
    """Rules, quoted words and messages agree with those on plain text."""
    path, make = MADE[name]
    assert findings_of(make(), path) == findings_of(PLAIN, "a.txt")


@needs_libreoffice
@pytest.mark.parametrize("name", BY_LIBREOFFICE)
def test_findings_in_files_of_other_word_processors(name: str) -> None:
    """The same by way of LibreOffice."""
    path, make = BY_LIBREOFFICE[name]
    assert findings_of(make(), path) == findings_of(PLAIN, "a.txt")


@needs_libreoffice
@read_here("pdf")
def test_findings_in_a_pdf_of_a_word_processor() -> None:
    """The same in a PDF from LibreOffice."""
    assert findings_of(made_by_libreoffice(numbered(), "docx", "pdf"), "a.pdf") == findings_of(PLAIN, "a.txt")


@needs_browser
@read_here("pdf")
def test_findings_in_a_pdf_of_a_browser() -> None:
    """The same in a PDF from Chromium."""
    assert findings_of(printed_by_browser(), "a.pdf") == findings_of(PLAIN, "a.txt")
