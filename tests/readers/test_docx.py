"""Word files are read as a reader sees them, and hostile ones end in a clear error."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest

from rectlint.errors import ReadError
from rectlint.readers import sources
from rectlint.readers.building import BREAK
from rectlint.readers.options import Limits, ReadOptions
from rectlint.source import Source
from tests.readers.wordfiles import cell, convert, docx, item, level, numbering, para, run, table, with_part

MARK = 'w:id="7" w:author="甲" w:date="2024-03-01T00:00:00Z"'
LISTS = numbering({0: level(0, "chineseCounting", "%1、")}, {1: (0, "")})
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def inserted(content: str) -> str:
    """Runs inserted under tracked changes."""
    return f"<w:ins {MARK}>{content}</w:ins>"


def deleted(content: str) -> str:
    """Runs deleted under tracked changes."""
    return f"<w:del {MARK}>{content.replace('<w:t ', '<w:delText ').replace('</w:t>', '</w:delText>')}</w:del>"


def char(kind: str) -> str:
    """A mark of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def complex_field(code: str, result: str) -> str:
    """A field with its code and cached result."""
    code_run = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return char("begin") + code_run + (char("separate") + run(result) if result else "") + char("end")


def box(text: str) -> str:
    """A text box, as Word writes it: once as a drawing and once as a picture."""
    content = f"<w:txbxContent>{para(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def source(body: str, revisions: str = "accepted", **parts: str) -> Source:
    """The text of a file with this body."""
    options = ReadOptions(revisions="rejected" if revisions == "rejected" else "accepted")
    (found,) = sources(docx(body, **parts), "a.docx", options)
    return found


def text(body: str, revisions: str = "accepted", **parts: str) -> str:
    """The text of a file with this body, without the last line end."""
    return source(body, revisions, **parts).text.removesuffix("\n")


def notes(body: str, revisions: str = "accepted", **parts: str) -> list[str]:
    """The notes on a file with this body."""
    return [note.words.zh for note in source(body, revisions, **parts).notes]


# -- tracked changes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (para("共", deleted(run("3")), inserted(run("5")), "件"), "共5件", "共3件"),
        (para("共", inserted(run("5") + deleted(run("6"))), "件"), "共5件", "共件"),
        (
            para(f"<w:moveFrom {MARK}>{run('前')}</w:moveFrom>", "中", f"<w:moveTo {MARK}>{run('前')}</w:moveTo>"),
            "中前",
            "前中",
        ),
        (para("甲", properties=f"<w:rPr><w:del {MARK}/></w:rPr>") + para("乙"), "甲乙", "甲\n乙"),
        (para("甲", properties=f"<w:rPr><w:ins {MARK}/></w:rPr>") + para("乙"), "甲\n乙", "甲乙"),
        (
            "<w:tbl>"
            + f"<w:tr><w:trPr><w:del {MARK}/></w:trPr>{cell(para(deleted(run('旧'))))}{cell('x')}</w:tr>"
            + f"<w:tr><w:trPr><w:ins {MARK}/></w:trPr>{cell(para(inserted(run('新'))))}{cell('x')}</w:tr>"
            + f"<w:tr>{cell('同')}{cell('x')}</w:tr></w:tbl>",
            "新 | x\n同 | x",
            "旧 | x\n同 | x",
        ),
        (
            para(complex_field("PAGE", "7") + deleted(complex_field("REF a", "旧"))),
            "7",
            "7旧",
        ),
        (
            para(f"<w:r><w:rPr><w:vanish/><w:rPrChange {MARK}><w:rPr/></w:rPrChange></w:rPr><w:t>藏</w:t></w:r>", "见"),
            "见",
            "藏见",
        ),
    ],
)
def test_tracked_changes(body: str, accepted: str, rejected: str) -> None:
    """Changes are read as accepted, or as rejected when that is asked for, and said in a note either way."""
    assert text(body) == accepted
    assert text(body, "rejected") == rejected
    assert "按接受修订后的文字检查" in notes(body)[0] and "按拒绝修订后的文字检查" in notes(body, "rejected")[0]


def test_numbers_follow_tracked_changes() -> None:
    """Deleted and inserted items do not count where they are not read, and a changed numbering counts as it was."""
    gone = para(deleted(run("乙")), properties=f"{LISTED}<w:rPr><w:del {MARK}/></w:rPr>")
    new = para(inserted(run("丁")), properties=f"{LISTED}<w:rPr><w:ins {MARK}/></w:rPr>")
    body = item("甲", 1) + gone + item("丙", 1) + new + item("戊", 1)
    assert text(body, numbering=LISTS).replace("\t", "") == "一、甲\n二、丙\n三、丁\n四、戊"
    assert text(body, "rejected", numbering=LISTS).replace("\t", "") == "一、甲\n二、乙\n三、丙\n四、戊"
    changed = para("己", properties=f"{LISTED}<w:pPrChange {MARK}><w:pPr/></w:pPrChange>")
    assert text(changed, numbering=LISTS) == "一、\t己" and text(changed, "rejected", numbering=LISTS) == "己"
    added = para("庚", properties=LISTED.replace("</w:numPr>", f"<w:ins {MARK}/></w:numPr>"))
    assert text(added, numbering=LISTS) == "一、\t庚" and text(added, "rejected", numbering=LISTS) == "庚"


def test_merged_paragraphs_keep_the_first_number() -> None:
    """Where the mark between two paragraphs is deleted they are one, under the number of the first."""
    body = para("甲", properties=f"{LISTED}<w:rPr><w:del {MARK}/></w:rPr>") + item("乙", 1) + item("丙", 1)
    assert text(body, numbering=LISTS) == "一、\t甲乙\n二、\t丙"


# -- what a line is made of ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (complex_field("PAGE", "7"), "7"),
        (
            char("begin")
            + "<w:r><w:instrText> IF </w:instrText></w:r>"
            + complex_field("QUOTE", "非")
            + char("separate")
            + complex_field("PAGE", "8")
            + char("end"),
            "8",
        ),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>2024年</w:t></w:r></w:fldSimple>', "2024年"),
        (complex_field("IF " + "x", "是"), "是"),
        (complex_field(r"eq \o\ac(○,3)", ""), "③"),
        (complex_field(r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(zhèn),镇)", ""), "镇"),
        ('<w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>', "链接"),
        ("<w:r><w:t>前</w:t><w:br/><w:t>后</w:t></w:r>", f"前{BREAK}后"),
        ("<w:r><w:t>前</w:t><w:cr/><w:t>后</w:t></w:r>", f"前{BREAK}后"),
        ("<w:r><w:t>前</w:t><w:tab/><w:t>后</w:t><w:noBreakHyphen/></w:r>", "前\t后-"),
        ("<w:r><w:t>长</w:t><w:softHyphen/><w:t>词</w:t></w:r>", "长词"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="2014"/></w:r>', "☑—"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F06A"/></w:r>', "①"),
        (run("\uf0fe已办", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') + run("\uf0aa结"), "☑已办 结"),
        (run("见") + run("隐", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>'), "见显"),
        (run("共") + run("5", "<w:strike/>") + run("4", "<w:dstrike/>") + run("3", '<w:strike w:val="0"/>'), "共3"),
        (run("10") + run("4", '<w:vertAlign w:val="superscript"/>') + run("件"), "10⁴件"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhèn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>",
            "镇",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ('<w:smartTag w:element="x"><w:r><w:t>标签</w:t></w:r></w:smartTag>', "标签"),
        ("<w:r><w:t>  共 3 </w:t></w:r>", "共 3"),
        ('<w:r><w:t xml:space="preserve">共\n3</w:t></w:r>', "共 3"),
        ("<m:oMath><m:r><m:t>3+2=5</m:t></m:r></m:oMath>", "3+2=5"),
        ("<!-- 注 --><?pi x?><w:r><w:t>正文</w:t></w:r>", "正文"),
    ],
)
def test_content_of_a_paragraph(content: str, words: str) -> None:
    """Fields by their results, breaks, symbols, hidden and struck text, raised figures, readings, controls and tags."""
    assert text(para(content)) == words


def test_hidden_by_style() -> None:
    """A style hides its text; a character style in a hidden paragraph brings it back; a hidden item does not count."""
    styles = '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = para("藏", run("现", '<w:rStyle w:val="C"/>'), properties=f'<w:pStyle w:val="P"/>{LISTED}')
    assert text(item("甲", 1) + hidden, numbering=LISTS, styles=styles) == "一、\t甲\n二、\t现"
    gone = para("藏", properties=f'<w:pStyle w:val="P"/>{LISTED}')
    assert text(item("甲", 1) + gone + item("乙", 1), numbering=LISTS, styles=styles) == "一、\t甲\n二、\t乙"
    assert "隐藏文字没有检查：1 字" in notes(item("甲", 1) + gone, numbering=LISTS, styles=styles)


def test_a_field_without_end_swallows_nothing() -> None:
    """A field whose end was lost hides no more than its own paragraph's code."""
    assert text(para(char("begin"), "<w:r><w:instrText>PAGE</w:instrText></w:r>") + para("共3件")) == "共3件"
    assert text(para(char("end"), "共3件")) == "共3件"


def test_table_of_contents_is_left_out() -> None:
    """A table of contents says again what stands in the text: it is not read, and that is said."""
    body = para(char("begin"), r"<w:r><w:instrText> TOC \o </w:instrText></w:r>", char("separate"), "一、总体\t1")
    body += para("二、下一步\t3", char("end")) + para("一、总体")
    assert text(body) == "一、总体" and "目录没有检查" in notes(body)


# -- tables, boxes, notes --------------------------------------------------------------------------------------------------


def test_tables_keep_their_cells() -> None:
    """A row is a line; merged cells keep what they span; numbers of lists stand in their cells; places name the cell."""
    body = table(
        [cell("单位", '<w:vMerge w:val="restart"/>'), cell("问题", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), "已整改", "整改中"],
        [para("", properties=LISTED), "3", para("其中") + para("1")],
    )
    found = source(body, numbering=LISTS)
    assert found.text == "单位 | 问题\n | 已整改 | 整改中\n一、 | 3 | 其中 1\n"
    (grid,) = found.tables
    assert [(*c[1:], found.text[c.span.start : c.span.end]) for c in grid.cells] == [
        (0, 0, 2, 1, "单位"),
        (0, 1, 1, 2, "问题"),
        (1, 1, 1, 1, "已整改"),
        (1, 2, 1, 1, "整改中"),
        (2, 0, 1, 1, "一、"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "其中 1"),
    ]
    place = found.location(found.text.index("整改中"))
    assert place is not None and place.words.zh == "表 1 第 2 行第 3 列" and place.path == "table[1]/row[2]/cell[3]"


def test_a_layout_table_is_running_text() -> None:
    """A table of one column, or one whose one cell holds nearly everything, only arranges the text."""
    paragraphs = [f"（{number}）问题{number}已经全部整改到位。" for number in range(1, 7)]
    inner = "".join(para(words) for words in paragraphs)
    for body in (table([inner]), table(["栏目", inner]), table([table(["栏目", inner]) + para("")])):
        assert text(body).endswith("\n".join(paragraphs))
        assert source(body).tables == ()
    nested = source(table([table(["单位", "数"], ["甲局", "3"]) + para("附注。"), "右"], ["下", "左"]))
    assert nested.text == "附注。 | 右\n下 | 左\n单位 | 数\n甲局 | 3\n" and len(nested.tables) == 2


def test_boxes_and_notes_follow_their_paragraph() -> None:
    """A text box is read once, notes where they are referred to and once, both apart from the sentence they stand in."""
    note = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    note += f'<w:footnote w:id="2">{para("统计到年底。")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = para("共受理", mark, "3件", box("框内"), "信访件。", mark) + para("已办结。")
    found = source(body, footnotes=note)
    assert found.text == "共受理3件信访件。\n框内\n统计到年底。\n已办结。\n"
    places = [found.location(found.text.index(words)) for words in ("共受理", "框内", "统计", "已办结")]
    assert [place.path if place else "" for place in places] == [
        "paragraph[1]",
        "box[1]",
        "footnote[1]",
        "paragraph[2]",
    ]


def test_places_count_what_a_person_counts() -> None:
    """Paragraphs without words are not counted; page marks of the last printing are passed on."""
    body = para("甲") + para("") + "<w:p/>" + para("乙") + para("<w:r><w:lastRenderedPageBreak/><w:t>丙</w:t></w:r>")
    found = source(body)
    places = [found.location(found.text.index(words)) for words in "甲乙丙"]
    assert [place.words.zh if place else "" for place in places] == ["第 1 段", "第 2 段", "第 3 段（约第 2 页）"]


def test_what_is_left_out_is_said() -> None:
    """Headers, comments, pictures, charts, embedded documents, unknown symbols and macros are notes; page numbers are not."""
    picture = (
        '<w:r><w:drawing><a:graphic><a:graphicData><a:blip r:embed="x"/></a:graphicData></a:graphic></w:drawing></w:r>'
    )
    chart = '<w:r><w:drawing><a:graphic><a:graphicData uri="x/chart"/></a:graphic></w:drawing></w:r>'
    odd = '<w:r><w:sym w:font="Webdings" w:char="F0AA"/></w:r>'
    drawn = '<w:r><w:pict><v:shape><v:textpath string="文件"/></v:shape></w:pict></w:r>'
    body = (
        para(picture, chart, drawn, odd, "正文", run("旧", "<w:strike/>"), complex_field("LISTNUM", ""))
        + '<w:altChunk r:id="y"/>'
    )
    parts = {"header1": para("内部资料"), "comments": f'<w:comment w:id="0">{para("改")}</w:comment>'}
    data = with_part(docx(body, **parts), "word/vbaProject.bin", b"x")
    said = "；".join(note.words.zh for note in sources(data, "a.docm")[0].notes)
    for words in (
        "嵌入的其他文档",
        "图片里的文字",
        "图表、艺术字和嵌入对象没有读取：2 处",
        "图形符号",
        "编号域",
        "带删除线的文字没有检查：1 字",
        "页眉页脚",
        "批注没有检查：1 条",
        "含有宏",
    ):
        assert words in said
    assert notes(para("正文"), footer1=para(complex_field("PAGE", "1"))) == []


def test_strict_files_and_other_names() -> None:
    """A file in the names of ISO 29500 Strict is read, and one whose main part has another name."""
    data = docx(item("甲", 1), numbering=LISTS)
    strict, renamed = BytesIO(), BytesIO()
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        with zipfile.ZipFile(strict, "w") as target:
            for name in archive.namelist():
                target.writestr(
                    name, archive.read(name).replace(old, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                )
        with zipfile.ZipFile(renamed, "w") as target:
            for name in archive.namelist():
                target.writestr(
                    name.replace("document.xml", "document2.xml"),
                    archive.read(name).replace(b"document.xml", b"document2.xml"),
                )
    assert sources(strict.getvalue(), "a.docx")[0].text == sources(renamed.getvalue(), "a.docx")[0].text == "一、\t甲\n"


# -- other writers ---------------------------------------------------------------------------------------------------------


def test_files_of_python_docx(tmp_path: Path) -> None:
    """A file that python-docx wrote is read, headings, its list style and tables included."""
    document = python_docx.Document()
    document.add_heading("关于巡察整改进展情况的通报", 0)
    document.add_paragraph("共受理3件。")
    document.add_paragraph("修订制度", style="List Number")
    document.add_paragraph("开展培训", style="List Number")
    grid = document.add_table(2, 2)
    for place, words in zip(grid._cells, ("单位", "件数", "甲局", "3"), strict=True):
        place.text = words
    document.save(str(tmp_path / "a.docx"))
    found = sources((tmp_path / "a.docx").read_bytes(), "a.docx")[0]
    assert found.text == "关于巡察整改进展情况的通报\n共受理3件。\n1.\t修订制度\n2.\t开展培训\n单位 | 件数\n甲局 | 3\n"
    assert (found.format, found.encoding, found.wrapped, found.notes) == ("docx", None, False, ())


def test_files_of_libreoffice(tmp_path: Path) -> None:
    """A page that LibreOffice saved as a Word file is read, its lists with their numbers."""
    page = "<html><meta charset=utf-8><h1>通报</h1><p>共受理3件，<br>已办结2件。</p><ol><li>修订制度</li><li>开展培训</li></ol>"
    page += "<table border=1><tr><td>单位</td><td>件数</td></tr><tr><td>甲局</td><td>3</td></tr></table><p>完。</p>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    (odt,) = convert([tmp_path / "a.html"], "odt:writer8", tmp_path / "odt")
    (made,) = convert([odt], "docx:MS Word 2007 XML", tmp_path / "docx")
    found = sources(made.read_bytes(), "a.docx")[0]
    expected = f"通报\n共受理3件，{BREAK}已办结2件。\n1.\t修订制度\n2.\t开展培训\n单位 | 件数\n甲局 | 3\n完。\n"
    assert found.text == expected


def test_libreoffice_renders_the_same(tmp_path: Path) -> None:
    """The words are those on the page that LibreOffice makes: links, controls, tabs, hidden text, merged and nested cells."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    link = '<w:hyperlink w:anchor="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
    tag = '<w:smartTag w:uri="u" w:element="e"><w:r><w:t>标签</w:t></w:r></w:smartTag>'
    body = (
        para("关于整改进展情况的通报")
        + item("总体情况", 1)
        + para(link, control, tag, "<w:r><w:tab/><w:t>制表</w:t></w:r>")
    )
    body += (
        para("看得见", run("看不见", "<w:vanish/>"), "的字", "<w:r><w:br/></w:r>", "换行之后")
        + item("", 1)
        + item("下一步", 1)
    )
    body += table(
        [cell("单位", '<w:vMerge w:val="restart"/>'), cell("问题数", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), "已整改", "整改中"],
        [para("", properties=LISTED), "3", "1"],
    )
    body += (
        para("", run("藏起来的一段", "<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>")
        + para("结束。")
        + "<w:sectPr/>"
    )
    path = tmp_path / "page.docx"
    path.write_bytes(docx(body, numbering=LISTS))
    (page,) = convert([path], "pdf", tmp_path / "pdf")
    shown = subprocess.run(["pdftotext", "-raw", str(page), "-"], capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    ours = sources(path.read_bytes(), "a.docx")[0].text.replace("|", "")
    assert sorted("".join(ours.split())) == sorted("".join(shown.split()))
    assert "".join(ours.partition("单位")[0].split()) == "".join(shown.partition("单位")[0].split())


# -- hostile files ---------------------------------------------------------------------------------------------------------


def broken(data: bytes, path: str = "通报.docx", limits: Limits | None = None) -> str:
    """What is said about a file that cannot be read."""
    with pytest.raises(ReadError) as error:
        sources(data, path, ReadOptions(limits=limits or Limits()))
    assert error.value.where == path and error.value.what["en"]
    return str(error.value)


def with_document(xml: bytes) -> bytes:
    """A Word file whose main part is these bytes."""
    return with_part(docx(para("x")), "word/document.xml", xml)


_ROOT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def test_bombs_and_entities_are_refused(tmp_path: Path) -> None:
    """Entities are never resolved, neither those that multiply nor those that name a file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    entities = b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (n + 1, n, n) for n in range(60))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "x">'
        + entities
        + b"]>"
        + _ROOT
        + b"&a60;</w:body></w:document>"
    )
    outside = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
        + _ROOT
        + b"<w:p>&x;</w:p></w:body></w:document>"
    )
    for xml in (bomb, outside, outside.decode().encode("utf-16")):
        assert "DOCTYPE" in broken(with_document(xml))


def test_huge_files_are_refused() -> None:
    """300 MB of spaces, a text without end, and more elements than any bulletin has are refused before they are built."""
    target = BytesIO(docx(para("x")).replace(b"word/document.xml", b"word/document.old"))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as part:
        part.write(_ROOT)
        for _ in range(300):
            part.write(b" " * 1024 * 1024)
        part.write(b"</w:body></w:document>")
    spaces = target.getvalue()
    assert len(spaces) < 1024 * 1024 and "过大" in broken(spaces)
    assert "过大" in broken(
        with_document(_ROOT + b"<w:p/>" * 3000 + b"</w:body></w:document>"), limits=Limits(nodes=1000)
    )
    assert "过大" in broken(docx(para("长" * 5000)), limits=Limits(bytes=3000))
    assert "部件太多" in broken(docx(para("x")), limits=Limits(parts=2))


def test_deep_nesting_is_refused() -> None:
    """Tables within tables without end are an error, not a crash; fifteen deep are read."""
    deep = b"<w:tbl><w:tr><w:tc>" * 5000 + b"</w:tc></w:tr></w:tbl>" * 5000
    assert "无法读取" in broken(with_document(_ROOT + deep + b"</w:body></w:document>"))
    body = para("底")
    for _ in range(15):
        body = table([body])
    assert text(body) == "底"


def test_truncated_and_damaged_files() -> None:
    """A file that was cut short, has no text part, or is not well-formed says so."""
    data = docx(para("共3件。" * 500))
    assert "不是完整的 Word 文件" in broken(data[: len(data) // 2])
    assert "不是完整的 Word 文件" in broken(b"PK\x03\x04")
    middle = data.index(b"word/document.xml") + 60
    assert "不是完整的 Word 文件" in broken(data[:middle] + bytes(30) + data[middle + 30 :])
    assert "无法读取" in broken(with_document(_ROOT + b"<w:p>"))
    assert "无法读取" in broken(with_document(b""))


def test_encrypted_files() -> None:
    """A file under a password says so, whichever way it is locked."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert "密码" in broken(locked)
    data = bytearray(docx(para("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + offset] |= 1
            start += 4
    assert "密码" in broken(bytes(data))


def test_repeated_references_do_not_multiply() -> None:
    """A note that is referred to a thousand times is read once; a label of a megabyte is cut."""
    note = f'<w:footnote w:id="2">{para("长" * 1000)}</w:footnote>'
    assert len(text(para(*['<w:r><w:footnoteReference w:id="2"/></w:r>'] * 1000), footnotes=note)) == 1000
    lists = numbering({0: level(0, "decimal", "%1" * 100_000)}, {1: (0, "")})
    assert len(text("".join(item("x", 1) for _ in range(100)), numbering=lists)) < 30_000


def test_endless_merges_and_fields_end() -> None:
    """Paragraphs that are all one, and fields that never end, take no more than their length."""
    loose = ReadOptions(limits=Limits(ratio=100_000))
    merged = para("长", properties=f"<w:rPr><w:del {MARK}/></w:rPr>") * 20_000
    assert sources(docx(merged), "a.docx", loose)[0].text == "长" * 20_000 + "\n"
    fields = para(char("begin") * 20_000, run("长") * 20_000) + para("共3件")
    assert sources(docx(fields), "a.docx", loose)[0].text == "共3件\n"


def test_odd_attributes_do_no_harm() -> None:
    """Numbers that are none, spans without end and empty cells are read as far as they make sense."""
    odd = para("甲", properties='<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>')
    odd += para("乙", properties='<w:numPr><w:ilvl w:val="-3"/><w:numId w:val="1"/></w:numPr>')
    odd += table([cell("丙", '<w:gridSpan w:val="99999999999"/>'), "丁"], ["<w:tc/>", cell("戊", "<w:vMerge/>")], [])
    assert text(odd, numbering=LISTS) == "一、\t甲\n二、\t乙\n丙 | 丁\n | 戊"
    assert text("") == ""
