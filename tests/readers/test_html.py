"""Web pages: the article of a site, in any template, gives the same findings as its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from rectlint.errors import ReadError, RectlintError
from rectlint.readers import sources
from rectlint.readers.building import BREAK
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.cli_helper import JUMPING, rectlint
from tests.readers.formats import findings, seed
from tests.readers.pages import PAGES, Bulletin, county_site, table_site, taken_apart

SENTENCE = "共受理信访件16件，已办结13件，正在办理2件。"


def page(html: str, **options: object) -> Source:
    """Read a page."""
    return sources(html.encode(), "通报.html", ReadOptions(**options))[0]  # type: ignore[arg-type]


def lines(html: str) -> list[str]:
    """The lines of a page's text."""
    return (
        page(html).text.splitlines(keepends=False) if BREAK not in page(html).text else page(html).text[:-1].split("\n")
    )


@cache
def in_text(name: str) -> list[tuple[str, str]]:
    """What is found in a sample as plain text."""
    return findings(sources(seed(name).encode(), "a.txt")[0])


@pytest.mark.parametrize("name", ["01", "04", "06", "09", "10"])
@pytest.mark.parametrize("make", PAGES)
def test_every_template_gives_the_findings_of_the_text(name: str, make: Callable[[Bulletin], bytes]) -> None:
    """Rules and quoted words are those found in the plain text."""
    (source,) = sources(make(taken_apart(seed(name))), "a.html")
    assert source.format == "html" and not source.wrapped
    assert findings(source) == in_text(name)


@pytest.mark.parametrize("make", PAGES)
def test_what_stands_round_the_article_is_left_out(make: Callable[[Bulletin], bytes]) -> None:
    """Title, publication line and paragraphs are kept, in order; menus, related links and the footer are not."""
    bulletin = taken_apart(seed("04"))
    (source,) = sources(make(bulletin), "a.html")
    read = source.text.splitlines()
    assert read[0] == bulletin.title
    assert read[1].startswith(bulletin.meta[:20])
    assert [line.strip() for line in read[-len(bulletin.paragraphs) :]] == list(bulletin.paragraphs)
    assert not any(word in source.text for word in ("版权所有", "上一篇", "推进会，部署", "项目推进会", "扫一扫"))


def test_left_out_text_is_told() -> None:
    """A note says how much was not checked."""
    (source,) = sources(county_site(taken_apart(seed("04"))), "a.html")
    assert any("正文以外的" in note.words.zh for note in source.notes)


def test_places_are_counted_in_the_article() -> None:
    """A finding names the paragraph of the article and the path to its element."""
    html = f"<div class=nav><a href=/>首页</a></div><div id=zoom><p>根据要求，现将情况通报如下。</p><p>{SENTENCE}</p></div>"
    source = page(html)
    location = source.location(source.text.index("16件"))
    assert location is not None
    assert (location.words.zh, location.path) == ("第 2 段", "#zoom/p[2]")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=4><li>甲<li value=9>乙<li>丙</ol>", ["4.甲", "9.乙", "10.丙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2.甲", "1.乙"]),
        ("<ol type=a><li>甲</ol><ol type=I start=4><li>乙</ol>", ["a.甲", "IV.乙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=10><li>甲<li>乙</ol>", ["十、甲", "十一、乙"]),
        ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
        ("<ol><li>1.甲<li>2.乙</ol>", ["1.甲", "2.乙"]),
        ("<ol><li><p>甲</p><p>乙</p><ol><li>丙</ol><li>丁</ol>", ["1.甲", "乙", "1.丙", "2.丁"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    ],
)
def test_lists_carry_their_numbers(html: str, expected: list[str]) -> None:
    """Ordered lists are read with the numbers a browser shows, once."""
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>共3件，<br>办结。</p>", [f"共3件，{BREAK}办结。"]),
        ("一、甲<br><br>二、乙<br>　　三、丙", ["一、甲", "二、乙", "三、丙"]),
        ("<p>整改\n方案，共 3\n件</p>", ["整改方案，共 3 件"]),
        ("<p>a&amp;b&nbsp;&lt;c&gt;</p>", ["a&b\xa0<c>"]),
        ("<p>2146mm<sup>3</sup>，CO<sub>2</sub>，15<sup>1</sup>件</p>", ["2146mm³，CO₂，15¹件"]),
        (
            "<p>共<s>5</s><strike>4</strike><span style='text-decoration: underline line-through'>6</span>3件</p>",
            ["共3件"],
        ),
        ("<pre>甲\n乙</pre>", [f"甲{BREAK}乙"]),
        ("<p>甲<span style='display:none'>乙</span><i hidden>丙</i><template>丁</template></p>", ["甲"]),
        ("<p>甲，<script>乙</script><style>丙</style><noscript>丁</noscript><!-- 戊 --></p>", ["甲，"]),
        ("<p>甲<del>乙</del><ins>丙</ins></p>", ["甲丙"]),
        ("<p><![if !supportLists]>1.<span>&nbsp;&nbsp; </span><![endif]>甲<o:p></o:p></p>", ["1.\xa0\xa0 甲"]),
        ("<section><span style='display:block'>甲</span><span>乙</span></section>", ["甲", "乙"]),
    ],
)
def test_text_is_what_a_browser_shows(html: str, expected: list[str]) -> None:
    """Breaks, blanks, entities, raised figures; nothing that is not shown."""
    assert lines(html) == expected


def test_struck_words_are_said_to_be_left_out() -> None:
    """What is struck out is no part of the text, and a note says so."""
    assert [note.words.zh for note in page("<p>共<s>5</s>3件。</p>").notes] == ["带删除线的文字 1 处未检查"]


def test_rejected_revisions() -> None:
    """With revisions rejected what was deleted stands, and what was inserted does not."""
    assert page("<p>甲<del>乙</del><ins>丙</ins></p>", revisions="rejected").text == "甲乙\n"


def test_tables_are_rows_with_cells_in_their_places() -> None:
    """Cells know what they span; a table without numbers beside each other is only layout."""
    source = page(
        "<table><caption>台账</caption><tr><th rowspan=2>单位<th colspan=2>问题</tr><tr><td>总数<td>已改</tr>"
        "<tr><td>甲<td>3<td>2</tr></table>"
    )
    assert source.text == "台账\n单位 | 问题\n | 总数 | 已改\n甲 | 3 | 2\n"
    (table,) = source.tables
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells[:4]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]
    location = source.location(source.text.rindex("2"))
    assert location is not None and location.words.zh == "表 1 第 3 行第 3 列"
    assert page(f"<table><tr><td><table><tr><td>甲</table><td><p>{SENTENCE}</table>").tables == ()


def test_attachments_below_the_article_are_kept() -> None:
    """A list of attachments that the template sets below the article belongs to it."""
    html = (
        f"<div><a href=/>首页</a></div><div id=zoom><p>现将情况通报如下，详见附件1。</p><p>{SENTENCE}</p></div>"
        "<ul><li>附件：<a href=/f/1.docx>1.整改台账.docx</a></li></ul><div>版权所有 <a href=/>首页</a></div>"
    )
    assert page(html).text.splitlines()[-1] == "附件：1.整改台账.docx"


def test_title_told_only_by_the_head() -> None:
    """Where the body shows no title, the one of the head stands first, with its own place."""
    html = (
        "<head><title>关于巡察整改进展情况的通报_某网</title><meta name=PubDate content='2024-12-18 10:00'></head>"
        f"<div class=m><a href=/>首页</a></div><div class=TRS_Editor><p>{SENTENCE}</p></div>"
    )
    assert page(html).text.splitlines()[:2] == ["关于巡察整改进展情况的通报", "发布时间：2024-12-18 10:00"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (f"<meta charset=gb2312><p>{SENTENCE}".encode("gb18030"), "gb18030"),
        (f"<meta charset=gb2312><p>{SENTENCE}".encode(), "utf-8"),
        (f"<meta charset=utf-8><p>{SENTENCE}".encode("gb18030"), "gb18030"),
        (f"<p>{SENTENCE}".encode("utf-16"), "utf-16"),
        (f"<meta charset=iso-8859-1><p>{SENTENCE}".encode(), "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    """The text is right whatever the page claims; a wrong claim is noted."""
    (source,) = sources(data, "a.html")
    assert source.text == SENTENCE + "\n" and source.encoding == encoding
    assert bool(source.notes) == (
        b"charset" in data and data[:20].count(b"gb2312" if encoding == "gb18030" else b"@") == 0
    )


def test_big5_is_read_where_it_is_claimed() -> None:
    """A page that says it is Big5 is decoded as that."""
    assert (
        sources("<meta charset=big5><p>共受理三件，已辦結。".encode("big5"), "a.html")[0].text
        == "共受理三件，已辦結。\n"
    )


def test_bytes_in_no_encoding_are_refused() -> None:
    """Nothing is replaced."""
    with pytest.raises(RectlintError, match="GB18030"):
        sources(b"<meta charset=gb2312><p>\x80\xff\xff", "a.html")


def test_comments_hold_for_their_paragraph(tmp_path: Path) -> None:
    """A comment in a paragraph holds for it, one between paragraphs for the next, neither for more."""
    rows = JUMPING.splitlines()
    index = next(i for i, line in enumerate(rows) if line.startswith("（4）"))
    for kept, html in (
        ("inside", rows[index] + " <!-- rectlint: ignore[gap] 已核 -->"),
        ("before", "</p><!-- rectlint: ignore[gap] 已核 --><p>" + rows[index]),
    ):
        path = tmp_path / f"{kept}.html"
        path.write_text("".join(f"<p>{line}</p>" for line in [*rows[:index], html, *rows[index + 1 :]]), "utf-8")
        ran = rectlint("check", path, "-f", "json")
        assert [finding["text"] for finding in ran.json["findings"]] == ["三是"], kept
        assert ran.json["accepted"][0]["reason"] == "已核"


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><div id=app></div><script src=/app.js></script></body></html>",
        "<html><frameset cols=20,80><frame src=a.htm><frame src=b.htm></frameset></html>",
        "<html><body><a href=/>首页</a><iframe src=/zw/1.htm></iframe><p>版权所有，违者必究</p></body></html>",
        "<html><body></body></html>",
    ],
)
def test_pages_without_text_are_refused(html: str) -> None:
    """A page whose text a script or a frame brings is an error with advice, not a clean text."""
    with pytest.raises(ReadError, match="没有正文文字"):
        page(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<ul><li>" * 50_000,
        "".join(f"<p><b id={n}>x" for n in range(20_000)),
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
        "<p>x" * 600_000,
    ],
    ids=["deep", "lists", "left-open", "attributes", "many"],
)
def test_hostile_markup_is_refused(html: str) -> None:
    """What would take the parser too long is an error before it is tried."""
    with pytest.raises(ReadError, match="超过上限"):
        page(html + SENTENCE)


@pytest.mark.parametrize(
    "html",
    [
        "<p class='" + "a " * 2_000_000 + "'>",
        "<p>" + " \n" * 2_000_000,
        "<p>" + "&nbsp;" * 500_000,
        "<table>" + "<tr><td rowspan=999 colspan=999>1<td>2" * 2_000 + "</table><p>",
        "<table><tr><td>" * 200,
        "<title>x</TITLE>" * 20_000 + "<p>",
    ],
    ids=["attribute", "blanks", "entities", "spans", "tables", "titles"],
)
def test_large_but_harmless_markup_is_read(html: str) -> None:
    """Size alone does no harm."""
    assert page(html + SENTENCE).text.endswith(SENTENCE + "\n")


def test_limits_are_kept() -> None:
    """The bounds that a caller sets hold."""
    with pytest.raises(ReadError, match="超过上限"):
        page("<p>" + SENTENCE, limits=Limits(bytes=10))


def test_scripts_are_not_run() -> None:
    """What a script would write is not in the text."""
    assert lines(f"<p>{SENTENCE}</p><script>document.write('<p>共受理99件。</p>')</script>") == [SENTENCE]


def test_old_pages_hold_paragraphs_between_breaks() -> None:
    """One cell full of breaks gives as many paragraphs as it shows, each with its own number."""
    bulletin = taken_apart(seed("04"))
    (source,) = sources(table_site(bulletin), "a.html")
    numbers = [location.words.zh for _, location in source.locations]
    assert len(set(numbers)) >= len(bulletin.paragraphs)
