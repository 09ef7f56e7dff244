"""The HTML page: whole, safe, self-contained, and right in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rectlint.render import Options, render
from rectlint.report import Report
from tests.report_values import CLEAN, EMPTY, FILE, REPORT, TEXT

ZH = Options(version="0.0.1")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine: apt-get install chromium")
_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "ul", "li", "b", "p", "a", "span", "section"),
    *("article", "div", "details", "summary", "strong", "table", "thead", "tbody", "tr", "th", "td", "footer", "br"),
}
_VOID = {"meta", "br", "link", "img", "input", "hr"}


class _Page(HTMLParser):
    """Collects ids, links, tags and the words of the marked text, and checks that tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= set(values)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag not in _VOID:
            self._open.append((tag, values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(style == "text" for _, style in self._open):
            self.text += data


@pytest.fixture
def page() -> _Page:
    """The page of the whole report."""
    return _Page(render(REPORT, "html", ZH))


def test_text_is_shown_whole_and_unchanged(page: _Page) -> None:
    """Cutting the text at marks loses and adds no character."""
    assert page.text == TEXT + CLEAN.text


def test_every_link_leads_somewhere(page: _Page) -> None:
    """Each link is within the page and its target exists once: findings, evidence and ledger all link to the text."""
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    for key in ("f-1-1", "p-1-1", "e-1-1-1", "e-1-1-2", "c-1-1-0", "r-1-1"):
        assert key in page.ids
    assert "#e-1-1-1" in page.links
    assert "#f-1-1" in page.links


def test_nothing_is_asked_of_the_network(page: _Page) -> None:
    """No scripts, images, frames or style sheets; no address but those within the page."""
    assert page.tags <= _TAGS
    assert not {"src", "srcset", "action", "onclick", "onload"} & page.attributes
    html = render(REPORT, "html", ZH)
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "@import" not in html


def test_markup_in_text_and_path_is_escaped() -> None:
    """Markup in the text, the path or a message is shown, never obeyed."""
    html = render(REPORT, "html", ZH)
    assert "<script" not in html
    assert "<b>进展</b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "第1号,&lt;&amp;&gt;.txt" in html


def test_scorecard_and_ledger_are_there(page: _Page) -> None:
    """The counts stand at the top; what agreed is listed too."""
    html = render(REPORT, "html", ZH)
    assert re.search(r"<li><b>2</b>已检查文件</li><li><b>1</b>未能检查</li>", html)
    assert "13 + 2 + 1 = 16" in html
    assert "缺少其余的数量" in html
    assert html.count('class="tag consistent"') == 2


def test_many_files_show_only_those_with_findings_whole() -> None:
    """With many files the page holds the texts of those with findings, and lists the others."""
    html = render(Report((FILE, *[CLEAN] * 100)), "html", ZH)
    assert html.count('<div class="text">') == 1
    assert html.count("未发现问题") >= 100


def test_empty_report_is_a_page() -> None:
    """Even a run that checked nothing gives a page that says so."""
    _Page(render(EMPTY, "html", ZH))


def _browse(*arguments: str, page: Path) -> subprocess.CompletedProcess[bytes]:
    assert BROWSER is not None
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
    profile = page.parent / "profile"
    return subprocess.run(
        [BROWSER, *flags, f"--user-data-dir={profile}", *arguments, page.as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )


@needs_browser
def test_browser_shows_the_page(tmp_path: Path) -> None:
    """Chromium's own tree of the page has the marks, no script element, and the text whole."""
    page = tmp_path / "report.html"
    page.write_text(render(REPORT, "html", ZH), "utf-8")
    dom = _browse("--dump-dom", page=page).stdout.decode("utf-8")
    parsed = _Page(dom)
    assert parsed.text == TEXT + CLEAN.text
    assert "script" not in parsed.tags
    assert dom.count('class="p error"') >= 1


@needs_browser
@pytest.mark.parametrize("width", [500, 1200])
def test_browser_needs_no_sideways_scrolling(tmp_path: Path, width: int) -> None:
    """On a narrow window as on a wide one nothing sticks out to the right (measured by a script added for the test)."""
    html = render(REPORT, "html", ZH)
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    measure = "<script>document.title=document.documentElement.scrollWidth+' '+innerWidth</script></body>"
    page = tmp_path / "report.html"
    page.write_text(html.replace("</body>", measure), "utf-8")
    dom = _browse("--dump-dom", f"--window-size={width},800", page=page).stdout.decode("utf-8")
    found = re.search(r"<title>(\d+) (\d+)</title>", dom)
    assert found is not None
    assert int(found[1]) <= int(found[2])


@needs_browser
def test_browser_prints_the_page(tmp_path: Path) -> None:
    """The page prints to PDF."""
    page = tmp_path / "report.html"
    page.write_text(render(REPORT, "html", ZH), "utf-8")
    _browse(f"--print-to-pdf={tmp_path / 'report.pdf'}", page=page)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


@needs_browser
def test_browser_refuses_scripts_even_if_one_slipped_in(tmp_path: Path) -> None:
    """The page's own policy stops a script that an escaping mistake might let through."""
    html = render(REPORT, "html", ZH).replace("</body>", "<script>document.title='ran'</script></body>")
    page = tmp_path / "report.html"
    page.write_text(html, "utf-8")
    assert "<title>ran</title>" not in _browse("--dump-dom", page=page).stdout.decode("utf-8")
