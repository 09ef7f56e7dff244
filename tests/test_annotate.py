"""Findings go back into a copy of the Word file as comments on the very words, and nothing else in it changes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from rectlint.annotate import annotated
from rectlint.engine import check_source
from rectlint.readers import sources
from rectlint.readers.docx.package import XML_SPACE, R, W
from rectlint.readers.options import ReadOptions
from rectlint.report import Finding
from rectlint.ruleset import load_rules
from tests.cli_helper import rectlint
from tests.readers.test_docx import box, deleted, inserted
from tests.readers.test_docx_same import SEEDS, numbered, paragraphs
from tests.readers.wordfiles import convert, docx, item, level, numbering, para, run, table, with_part

CASES = "巡察组移交信访件16件，已办结13件，正在办理2件。"
LISTS = numbering({0: level(0, "decimal", "（%1）")}, {1: (0, ""), 2: (0, "")})
SOUND = para("关于巡察整改进展情况的通报") + para("共受理3件，已办结2件，正在办理1件。")
MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of a Word file as a tree."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def findings(data: bytes, reading: ReadOptions | None = None) -> tuple[Finding, ...]:
    """What is found in a Word file."""
    return check_source(sources(data, "a.docx", reading)[0], load_rules()).findings


def copy(data: bytes, language: str = "zh", reading: ReadOptions | None = None) -> bytes:
    """The copy with what is found in it."""
    reading = reading or ReadOptions()
    return annotated(data, "a.docx", findings(data, reading), reading, language=language).data


def comments(data: bytes) -> dict[str, str]:
    """The comments by number, their paragraphs as lines."""
    return {
        comment.get(f"{W}id", ""): "\n".join(
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")
        )
        for comment in part(data, "word/comments.xml").iter(f"{W}comment")
        if comment.get(f"{W}author") == "rectlint"
    }


def marked(data: bytes) -> dict[str, str]:
    """The words between the marks of each comment."""
    found: dict[str, str] = {}
    open_numbers: set[str] = set()
    for element in part(data).iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            assert number not in found
            found[number] = ""
            open_numbers.add(number)
        elif element.tag == f"{W}commentRangeEnd":
            open_numbers.remove(number)
        elif element.tag in (f"{W}t", f"{W}delText"):
            for number in open_numbers:
                found[number] += element.text or ""
    assert not open_numbers
    return dict(sorted(found.items(), key=lambda entry: int(entry[0])))


def looks(data: bytes) -> list[tuple[str, ...]]:
    """Every character with its formatting, its paragraph's, and what encloses its run."""
    found: list[tuple[str, ...]] = []
    for element in part(data).iter(f"{W}t", f"{W}delText"):
        above = list(element.iterancestors())
        properties = above[0].find(f"{W}rPr")
        paragraph = next(e for e in above if e.tag == f"{W}p")
        own = paragraph.find(f"{W}pPr")
        look = tuple("" if e is None else etree.tostring(e, with_tail=False).decode() for e in (properties, own))
        words = (element.text or "") if element.get(XML_SPACE) == "preserve" else (element.text or "").strip()
        found += [(character, *look, " ".join(e.tag for e in above)) for character in words]
    return found


def test_comments_stand_on_the_very_words() -> None:
    """The finding and each place it disagrees with are comments that name each other; runs are cut, their looks kept."""
    body = para("关于巡察整改进展情况的通报") + para(
        "巡察组移交信访", run("件1", "<w:b/>"), run("6件，已办结13件，正在办理2件。", '<w:i/><w:color w:val="FF0000"/>')
    )
    data = docx(body)
    made = copy(data)
    assert [*marked(made).values()] == ["16件", "13件", "2件"]
    main, done, pending = comments(made).values()
    assert main.splitlines() == [
        "第 1 处 · 错误 · parts-do-not-sum（TOT001）",
        "“巡察组移交信访件16件”，分项之和 15（13 + 2），相差 1",
        "算式：13 + 2 = 15 ≠ 16",
        "对照：分项“13件”（第 2 段）",
        "对照：未完成“2件”（第 2 段）",
        *[f"建议：{finding.advice.zh}" for finding in findings(data)],
    ]
    assert (
        done.splitlines()[0] == "第 1 处的对照（TOT001）：分项"
        and "与“16件”（第 2 段）对照：“巡察组移交信访件16件”" in done
    )
    assert pending.startswith("第 1 处的对照（TOT001）：未完成")
    assert looks(made) == looks(data)
    assert sources(made, "a.docx")[0].text == sources(data, "a.docx")[0].text


def test_english() -> None:
    """Comments come in the language of messages."""
    main, *others = comments(copy(docx(para(CASES)), "en")).values()
    assert main.startswith("No. 1 · error · parts-do-not-sum (TOT001)\n“巡察组移交信访件16件”, but its parts sum")
    assert others[0].startswith("Evidence of No. 1 (TOT001)")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_seed(path: Path) -> None:
    """In whole bulletins with automatic numbers each comment stands on the words of its place, number aside."""
    data = numbered(paragraphs(path))
    found = findings(data)
    made = copy(data)
    places = []
    for finding in found:
        spans = {(p.start.offset, p.end.offset): p for p in (finding.place, *finding.evidence)}
        places += list(spans.values())
    if not places:
        assert made == data
        return
    words = marked(made)
    assert list(words) == list(comments(made)) and len(words) == len(places)
    text = sources(data, "a.docx")[0].text
    for place, stretch in zip(places, words.values(), strict=True):
        wanted = place.text.replace("\u2028", "")
        after = text[place.end.offset :].lstrip()
        assert stretch and (wanted.endswith(stretch) or after.startswith(stretch.lstrip())), (place.text, stretch)
    assert looks(made) == looks(data)


def test_what_was_there_stays() -> None:
    """Comments, tracked changes, lists, links and fields that were in the file are there after, byte for byte elsewhere."""
    body = para("关于巡察整改进展情况的通报") + item("学习不严。", 1) + item("台账粗放。", 1)
    body += para(
        '<w:commentRangeStart w:id="4"/>',
        "巡察组移交信访件",
        inserted(run("16件，已办")),
        deleted(run("18件，已办")),
        '<w:hyperlink r:id="x"><w:r><w:t xml:space="preserve">结13件，</w:t></w:r></w:hyperlink>',
        '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>',
        "<w:sdt><w:sdtContent><w:r><w:t>正在办理2件。</w:t></w:r></w:sdtContent></w:sdt>",
    )
    note = f'<w:comment w:id="4" w:author="甲">{para("请核对")}</w:comment>'
    data = docx(body, numbering=LISTS, comments=note)
    made = copy(data)
    assert marked(made) == {"4": "巡察组移交信访件16件，已办18件，已办结13件，", "5": "16件", "6": "13件", "7": "2件"}
    assert looks(made) == looks(data)
    for revisions in ("accepted", "rejected"):
        reading = ReadOptions(revisions="rejected" if revisions == "rejected" else "accepted")
        assert sources(made, "a.docx", reading)[0].text == sources(data, "a.docx", reading)[0].text
    theirs = next(part(made, "word/comments.xml").iter(f"{W}comment"))
    assert theirs.get(f"{W}author") == "甲" and [t.text for t in theirs.iter(f"{W}t")] == ["请核对"]
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(BytesIO(made)) as after:
        assert before.namelist() == after.namelist()
        for name in set(before.namelist()) - {"word/document.xml", "word/comments.xml"}:
            assert before.read(name) == after.read(name), name
    for reference in part(made).iter(f"{W}commentReference"):
        ancestors = {e.tag for e in reference.iterancestors()}
        assert not ancestors & {f"{W}ins", f"{W}del", f"{W}hyperlink", f"{W}sdt"}
    again = copy(made)
    assert len(comments(again)) == 6 and len(set(comments(again))) == 6


def test_deleted_words_can_carry_comments() -> None:
    """Read as rejected, what was deleted is the text, and the comments stand in it."""
    data = docx(para(deleted(run(CASES)), inserted(run("已办结。"))))
    assert [*marked(copy(data, reading=ReadOptions(revisions="rejected"))).values()] == ["16件", "13件", "2件"]


def test_words_that_stand_elsewhere() -> None:
    """What is in a text box or a note is marked where that is anchored; the comment names the words."""
    note = f'<w:footnote w:id="2">{para(CASES)}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    for data, spot in (
        (docx(para("前文", mark, "后文"), footnotes=note), "脚注 1"),
        (docx(para("前文", box(CASES))), "文本框 1"),
    ):
        made = copy(data)
        assert set(marked(made).values()) <= {"", CASES * 2} and len(comments(made)) == 3
        assert next(iter(comments(made).values())).endswith(f"所指：“16件”（{spot}）")
        (start, *_) = part(made).iter(f"{W}commentRangeStart")
        assert start.getparent() is not None and start.getparent().getparent().tag == f"{W}body"  # type: ignore[union-attr]


def test_automatic_numbers_are_marked_in_their_paragraph() -> None:
    """A number that Word counts stands in no run: the comment is at the beginning of its paragraph, or in an empty one."""
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    lists = numbering({0: level(0, "decimal", "（%1）")}, {1: (0, ""), 2: (0, again)})
    body = para("一、整改落实情况") + item("学习制度落实不严。已整改。", 1) + item("台账管理粗放。已整改。", 1)
    made = copy(docx(body + item("督促检查不够。已整改。", 2), numbering=lists))
    assert [*marked(made).values()] == ["督促检查不够", "台账管理粗放"]
    assert next(iter(comments(made).values())).endswith("所指：“（4）”（第 4 段）")
    empty = copy(docx(body + item("", 2) + item("督促检查不够。已整改。", 2), numbering=lists))
    assert "" in marked(empty).values() and len(marked(empty)) == len(comments(empty)) > 0


def test_cells_of_tables() -> None:
    """A finding in a table is marked in its cell."""
    rows = [
        ["单位", "受理件数", "已办结", "正在办理"],
        ["柳荫镇", "12", "9", "3"],
        ["石塘镇", "20", "15", "5"],
        ["东坪镇", "7", "7", "0"],
    ]
    total = ["合计", "39", para(run("3"), run("2"), " "), "8"]
    body = para("关于巡察整改进展情况的通报") + table(*rows, total)
    data = docx(body)
    found = findings(data)
    assert "TAB001" in {finding.rule for finding in found}
    made = copy(data)
    assert {"32", "9", "15", "7"} <= set(marked(made).values()) and looks(made) == looks(data)
    (first, *_) = part(made).iter(f"{W}commentRangeStart")
    assert any(e.tag == f"{W}tc" for e in first.iterancestors())


def test_blanks_that_do_not_count() -> None:
    """Blanks round a text that the file tells to ignore are not counted and do not appear."""
    data = docx(para(f"<w:r><w:t>\n  {CASES}\n </w:t><w:br/><w:t>完。</w:t></w:r>"))
    made = copy(data)
    assert [*marked(made).values()] == ["16件", "13件", "2件"] and looks(made) == looks(data)


def test_strict_files() -> None:
    """A file in the names of ISO 29500 Strict stays one, and gets its comments in the same names."""
    old, new = W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    relations = (R[1:-1].encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    data = docx(para(CASES))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        data = with_part(data, name, content.replace(old, new).replace(*relations))
    made = copy(data)
    for name in ("word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"):
        with zipfile.ZipFile(BytesIO(made)) as archive:
            content = archive.read(name)
        assert old not in content and relations[0] not in content and b"purl.oclc.org" in content
    assert sources(made, "a.docx")[0].text == sources(data, "a.docx")[0].text


# -- other programs read the copy --------------------------------------------------------------------------------------------


def test_python_docx_reads_the_comments(tmp_path: Path) -> None:
    """A file python-docx wrote is read by it with the comments, author and all."""
    document = python_docx.Document()
    document.add_paragraph("关于巡察整改进展情况的通报", style="Heading 1")
    document.add_paragraph(CASES, style="List Number")
    document.save(str(tmp_path / "a.docx"))
    assert rectlint("annotate", "a.docx", "-o", "b.docx", cwd=tmp_path).code == 1
    made = python_docx.Document(str(tmp_path / "b.docx"))
    written = list(made.comments)
    assert [(comment.author, comment.initials) for comment in written] == [("rectlint", "RL")] * 3
    assert (
        written[0].text.startswith("第 1 处 · 错误 · 分项之和与总数不符（TOT001）") and written[0].timestamp is not None
    )


def test_libreoffice_reads_the_comments(tmp_path: Path) -> None:
    """LibreOffice turns the copies into a PDF, and saves them as Word files with every comment on the same words."""
    path = next(path for path in SEEDS if path.stem.startswith("04"))
    whole = docx(
        para("通报", box(CASES)) + para(CASES.replace("移交", "又移交"), inserted(run("共3件。"))) + para("完", "。"),
        comments=f'<w:comment w:id="0" w:author="甲">{para("旧")}</w:comment>',
    )
    files = []
    for name, data in (("seed", numbered(paragraphs(path))), ("mixed", whole)):
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(copy(data))
    pages = convert(files, "pdf", tmp_path / "pdf")
    assert all(page.read_bytes().startswith(b"%PDF") for page in pages)
    for file, saved in zip(files, convert(files, "docx:MS Word 2007 XML", tmp_path / "saved"), strict=True):
        ours, theirs = file.read_bytes(), saved.read_bytes()
        assert sorted(comments(ours).values()) == sorted(comments(theirs).values())
        # a box is written in one rendering or two
        words, kept = ([w for w in marked(data).values() if CASES not in w] for data in (ours, theirs))
        assert sorted(kept) == sorted(words) and words


# -- the command -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with one sound and one unsound Word file, which must not change."""
    (tmp_path / "通报.docx").write_bytes(docx(para(CASES)))
    (tmp_path / "无误.docx").write_bytes(docx(SOUND))
    (tmp_path / "通报.txt").write_text(CASES, "utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    yield tmp_path
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_command(folder: Path) -> None:
    """The copy is written, what was done is said, and the exit code is that of ``check``."""
    ran = rectlint("annotate", "通报.docx", "-o", "通报-核对.docx", cwd=folder)
    assert ran.code == rectlint("check", "通报.docx", cwd=folder).code == 1
    assert "已写入 通报-核对.docx：发现 1 处，批注 3 条" in ran.out and ran.last_line.startswith("已检查 1 个文件")
    ran = rectlint("annotate", "无误.docx", "--output", "new/b.docx", "--lang", "en", cwd=folder)
    assert ran.code == 0 and "wrote new/b.docx: 0 findings, 0 comments" in ran.out
    assert (folder / "new" / "b.docx").read_bytes() == (folder / "无误.docx").read_bytes()
    assert rectlint("annotate", "通报.docx", "-o", "c.docx", "--fail-on", "never", cwd=folder).code == 0
    ran = rectlint("annotate", "通报.docx", "-o", "d.docx", "--ignore", "TOT001", cwd=folder)
    assert ran.code == 0 and "批注 0 条" in ran.out


def test_command_refuses(folder: Path) -> None:
    """The file itself, an existing file without --force, other sorts of file and unreadable ones are exit 2, nothing written."""
    (folder / "there.docx").write_bytes(b"x")
    (folder / "link.docx").hardlink_to(folder / "通报.docx")
    (folder / "half.docx").write_bytes(docx(para(CASES))[:300])
    for source, target, words in (
        ("通报.docx", "通报.docx", "就是原文件"),
        ("通报.docx", "./../" + folder.name + "/通报.docx", "就是原文件"),
        ("通报.docx", "link.docx", "就是原文件"),
        ("通报.docx", "there.docx", "已存在"),
        ("通报.docx", "new.docm", "Word 会打不开"),
        ("通报.txt", "new.docx", "annotate 只用于 Word 文件"),
        ("-", "new.docx", "annotate 只用于 Word 文件"),
        ("none.docx", "new.docx", "文件不存在"),
        ("half.docx", "new.docx", "不是完整的 Word 文件"),
    ):
        for force in ([], ["--force"])[: 2 if words == "就是原文件" else 1]:
            ran = rectlint("annotate", source, "-o", target, *force, cwd=folder)
            assert ran.code == 2 and words in ran.out + ran.err, (source, target, ran)
    assert not list(folder.glob("new.*")) and (folder / "there.docx").read_bytes() == b"x"
    assert rectlint("annotate", "通报.docx", "-o", "there.docx", "--force", cwd=folder).code == 1
    assert len(comments((folder / "there.docx").read_bytes())) == 3
    (folder / "link.docx").unlink()


def test_signatures_are_said_to_break(folder: Path) -> None:
    """A copy of a signed file carries a signature that no longer holds, and that is said; without comments it holds."""
    for name in ("通报.docx", "无误.docx"):
        data = with_part((folder / name).read_bytes(), "_xmlsignatures/sig1.xml", b"<x/>")
        (folder / f"signed-{name}").write_bytes(data)
        ran = rectlint("annotate", f"signed-{name}", "-o", f"copy-{name}", cwd=folder)
        assert ("电子签名" in ran.out) is (ran.code == 1) is (name == "通报.docx")


def test_accepted_findings_get_no_comment(folder: Path) -> None:
    """What an accept file accepts is not written."""
    assert rectlint("check", "通报.docx", "--write-baseline", "--reason", "已核", cwd=folder).code == 0
    ran = rectlint("annotate", "通报.docx", "-o", "a.docx", cwd=folder)
    assert ran.code == 0 and "批注 0 条" in ran.out


def test_tracked_changes_option_and_setting(folder: Path) -> None:
    """Tracked changes are read as asked on the command line, else as configured, else as accepted; the origin is told."""
    changed = CASES.partition("2件。")[0]
    (folder / "a.docx").write_bytes(docx(para(changed, deleted(run("3")), inserted(run("2")), "件。")))
    assert rectlint("check", "a.docx", cwd=folder).code == 1
    assert rectlint("check", "a.docx", "--tracked-changes", "rejected", cwd=folder).code == 0
    (folder / "rectlint.toml").write_text('tracked-changes = "rejected"\n', "utf-8")
    assert rectlint("check", "a.docx", cwd=folder).code == rectlint("claims", "a.docx", cwd=folder).code == 0
    assert rectlint("annotate", "a.docx", "-o", "b.docx", cwd=folder).code == 0
    assert rectlint("annotate", "a.docx", "-o", "c.docx", "--tracked-changes", "accepted", cwd=folder).code == 1
    shown = rectlint("config", ".", "--format", "json", cwd=folder).json["settings"]["tracked-changes"]
    assert shown["value"] == "rejected" and shown["origin"].endswith("rectlint.toml:1")
    (folder / "rectlint.toml").write_text('tracked-changes = "reject"\n', "utf-8")
    ran = rectlint("check", "a.docx", cwd=folder)
    assert ran.code == 2 and "tracked-changes 不能是“reject”" in ran.out + ran.err


def test_tracked_changes_in_what_is_shown(folder: Path) -> None:
    """The ledger, the outline and the claims take the option too, and keep to the configuration."""
    body = para("一、", deleted(run("旧标题")), inserted(run("新标题")))
    body += para("共受理信访件16件，已办结13件，正在办理", deleted(run("3")), inserted(run("2")), "件。")
    (folder / "a.docx").write_bytes(docx(body))
    for command, new, old in (
        (("claims", "a.docx"), "13 + 2 = 15 ≠ 16", "13 + 3 = 16"),
        (("show", "claims", "a.docx"), "2件 = 2", "3件 = 3"),
        (("show", "outline", "a.docx"), "新标题", "旧标题"),
    ):
        assert new in rectlint(*command, cwd=folder).out
        ran = rectlint(*command, "--tracked-changes", "rejected", cwd=folder)
        assert old in ran.out and new not in ran.out
        (folder / "rectlint.toml").write_text('tracked-changes = "rejected"\n', "utf-8")
        assert old in rectlint(*command, cwd=folder).out
        (folder / "rectlint.toml").unlink()
