"""The HTML page: whole, safe, self-contained, and right in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rectlint.render import Options, render
from rectlint.report import Note, Report, Words
from rectlint.ruleset import load_rules
from tests.report_values import BROKEN, CLEAN, EMPTY, FILE, PAGED, REPORT, TEXT

ZH = Options(version="0.0.1")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
    *("--no-first-run", "--disable-quic", "--disable-sync", "--disable-background-networking"),
    "--disable-component-update",
)
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
        if any(style.split()[:1] == ["text"] for _, style in self._open):
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
    scores = re.findall(r'<li class="(\w*)"><b>(\d+)</b>(\w+)</li>', html)
    assert scores[:5] == [
        ("", "2", "已检查文件"),
        ("error", "1", "未能检查"),
        ("error", "1", "错误"),
        ("warning", "1", "警告"),
        ("info", "1", "提示"),
    ]
    assert "13 + 2 + 1 = 16" in html
    assert "缺少其余的数量" in html
    assert html.count('class="tag consistent"') == 2


def test_verdict_in_a_sentence() -> None:
    """The page opens with what came out, in words: findings by weight, none, or not everything checked."""

    def verdict(report: Report) -> tuple[str, str]:
        found = re.search(r'<p class="verdict (\w+)">(.*?)</p>', render(report, "html", ZH))
        assert found is not None
        return found[1], found[2]

    style, words = verdict(Report((FILE,)))
    assert style == "error"
    assert words.startswith("发现 1 处错误（前后对不上，应当改正），1 处警告（")
    assert verdict(Report((CLEAN,))) == ("ok", "没有发现自相矛盾之处。")
    assert verdict(Report((BROKEN, CLEAN))) == (
        "error",
        "没有全部检查成：1 个文件没有检查，原因见下。没有发现自相矛盾之处。",
    )
    assert verdict(EMPTY)[0] == "error"


def test_numbers_join_findings_and_text() -> None:
    """A finding's number stands in its card and at its places in the text, with lines: paper needs no links."""
    html = render(Report((FILE,)), "html", ZH)
    assert '<b class="no">2</b> <span class="tag warning">警告</span> <a href="#p-1-2">第 3 行</a>' in html
    assert '<span id="p-1-2" class="k" data-n="2"></span>' in html
    assert '<span id="e-1-2-1" class="k evidence" data-n="2"></span>' in html
    assert '<a href="#e-1-1-1">分项 13件</a>（第 2 行）' in html
    assert re.findall(r'class="l" data-l="(\d+)"', html) == ["1", "2", "3", "4"]


def test_notes_stand_with_their_file() -> None:
    """What is to be known of a file is in its section; of the run, and of a file without a section, at the top."""
    noted = CLEAN._replace(notes=(Note("", Words("有修订，按接受后的文字读", "read as accepted")),))
    note, own = "注意：accept.toml:9: 这一条没有用到", "注意：有修订，按接受后的文字读"
    html = render(Report((FILE, noted), notes=REPORT.notes), "html", ZH)
    assert html.index(note) < html.index("<section>") < html.index('id="file-2"') < html.index(own)
    assert html.count(own) == 1
    many = render(Report((FILE, *[CLEAN] * 100, noted)), "html", ZH)
    assert many.count(own) == 1
    assert many.index(own) < many.index("<section>")


def test_files_without_lines_show_none() -> None:
    """Where people find places by page, findings and evidence say the page, and the text has no line numbers."""
    html = render(PAGED, "html", ZH)
    assert '<a href="#p-1-1">第 2 页</a>' in html
    assert "分项 13件</a>（第 3 页）" in html
    assert 'class="l"' not in html


def test_rules_are_named_in_words() -> None:
    """A card says what its rule is about, not only its name for programs."""
    rules = {rule.code: rule for rule in load_rules()}
    html = render(Report((FILE,)), "html", ZH._replace(rules=rules))
    assert f'· {rules["TOT001"].title.zh} <span title="parts-do-not-sum">TOT001</span></p>' in html


def test_many_files_show_only_those_with_findings_whole() -> None:
    """With many files the page holds the texts of those with findings, and lists the others."""
    html = render(Report((FILE, *[CLEAN] * 100)), "html", ZH)
    assert html.count('<div class="text') == 1
    assert html.count("未发现问题") >= 100


def test_very_many_files_show_findings_only() -> None:
    """With many files that have findings the page holds all findings and says that it leaves the texts out."""
    page = render(Report((FILE,) * 100), "html", ZH)
    parsed = _Page(page)
    assert page.count('<article class="finding') == 300
    assert '<div class="text' not in page
    assert "请单独检查那个文件" in page
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)
    assert re.search(r"<td>parts-do-not-sum .*TOT001</span></td><td class=n>100</td><td class=n>100</td>", page)


def test_empty_report_is_a_page() -> None:
    """Even a run that checked nothing gives a page that says so."""
    _Page(render(EMPTY, "html", ZH))


def _browse(*arguments: str, page: Path) -> subprocess.CompletedProcess[bytes]:
    assert BROWSER is not None
    profile = page.parent / "profile"
    return subprocess.run(
        [BROWSER, *_FLAGS, f"--user-data-dir={profile}", *arguments, page.as_uri()],
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
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_browser_needs_no_sideways_scrolling(tmp_path: Path, width: int) -> None:
    """On a phone as on a wide screen nothing sticks out to the right, and the numbers of findings are to be seen."""
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(REPORT, "html", ZH))
    # a frame, since the browser opens no window as narrow as a phone
    measure = (
        "const d=this.contentDocument,r=d.documentElement,n=d.querySelector('#p-1-2');"
        "document.title=[r.scrollWidth,r.clientWidth,this.contentWindow.getComputedStyle(n,'::before').content]"
    )
    page = tmp_path / "frame.html"
    frame = (
        f'<iframe srcdoc="{escape(html)}" style="width:{width}px;height:900px;border:0" onload="{measure}"></iframe>'
    )
    page.write_text(f"<!DOCTYPE html><title></title>{frame}", "utf-8")
    dom = _browse("--dump-dom", "--window-size=1300,1000", page=page).stdout.decode("utf-8")
    found = re.search(r"<title>(\d+),(\d+),(.*?)</title>", dom)
    assert found is not None
    assert int(found[1]) <= int(found[2]) == width
    assert found[3] == '"2"'


@needs_browser
@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext on this machine: apt-get install poppler-utils"
)
def test_browser_prints_the_page(tmp_path: Path) -> None:
    """On paper there are the findings with room to say what was done about each, the text, and the ledger."""
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(render(Report((FILE,)), "html", ZH), "utf-8")
    _browse(f"--print-to-pdf={paper}", page=page)
    words = subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True).stdout.decode("utf-8")
    assert words.count("□") == 2 * len(FILE.findings)
    for part in ("总数 16，分项之和 15，相差 1", "共受理信访件", "13 + 2 + 1 = 16", "缺少其余的数量"):
        assert "".join(part.split()) in "".join(words.split())


@needs_browser
def test_browser_refuses_scripts_even_if_one_slipped_in(tmp_path: Path) -> None:
    """The page's own policy stops a script that an escaping mistake might let through."""
    html = render(REPORT, "html", ZH).replace("</body>", "<script>document.title='ran'</script></body>")
    page = tmp_path / "report.html"
    page.write_text(html, "utf-8")
    assert "<title>ran</title>" not in _browse("--dump-dom", page=page).stdout.decode("utf-8")
