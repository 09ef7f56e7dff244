"""The same bulletin has the same findings as a text and as a Word file, whoever wrote the file and whoever counts."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest

from rectlint.engine import check_source
from rectlint.markers import leading_marker
from rectlint.readers import sources
from rectlint.readers.building import BREAK
from rectlint.ruleset import load_rules
from rectlint.source import Source, Span, decode
from rectlint.view import view_of
from tests.readers.wordfiles import convert, docx, item, level, numbering, para, run, table

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
STYLES = {"一、": ("chineseCountingThousand", "%1、"), "（一）": ("chineseCountingThousand", "（%2）")}
STYLES |= {"1.": ("decimal", "%3."), "（1）": ("decimal", "（%4）"), "①": ("decimalEnclosedCircle", "%5")}
LEVELS = {style: index for index, style in enumerate(STYLES)}


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a text as somebody would type them into Word: wrapped lines with soft breaks."""
    text = decode(path.read_bytes(), str(path)).text
    view = view_of(text)
    found, position = [], 0
    for line in view.text.split("\n"):
        span = view.to_source(Span(position, position + len(line)))
        found.append(text[span.start : span.end].replace("\r", "").replace("\n", BREAK))
        position += len(line) + 1
    return found


def findings(source: Source) -> list[tuple[str, str, str]]:
    """What is found, without spaces, which only say how the text was laid out."""
    result = check_source(source, load_rules())
    return [(f.rule, f.message.zh, "".join(f.place.text.split())) for f in result.findings]


def expected(path: Path) -> list[tuple[str, str, str]]:
    """What is found in the text itself."""
    return findings(decode(path.read_bytes(), str(path)))


def content(words: str) -> list[str]:
    """The runs of a paragraph, soft breaks between them."""
    return "\0<w:r><w:br/></w:r>\0".join(words.split(BREAK)).split("\0")


def numbered(lines: Sequence[str]) -> bytes:
    """A Word file in which Word counts: each mark that opens a paragraph is a level of a list.

    Where the text counts wrongly a new instance of the list begins at the wrong number, as it does in real files.
    """
    suffixes = ("nothing", "tab", "space", "tab", "nothing")
    levels = "".join(
        level(index, *style, f'<w:suff w:val="{suffix}"/>')
        for index, (style, suffix) in enumerate(zip(STYLES.values(), suffixes, strict=True))
    )
    instances, counters, body = {1: (0, "")}, dict[int, int](), ""
    for line in lines:
        folded = view_of(line, wrapped=False).text
        marker = leading_marker(folded, 0, len(folded))
        if marker is None or marker.style not in LEVELS:
            body += para(*content(line))
            continue
        index = LEVELS[marker.style]
        number = 1
        if counters.get(index, 0) + 1 != marker.number:
            number = len(instances) + 1
            start = f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{marker.number}"/></w:lvlOverride>'
            instances[number] = (0, start)
        counters = {upper: count for upper, count in counters.items() if upper < index} | {index: marker.number}
        rest = (
            line[view_of(line, wrapped=False).source_offset(marker.end - 1) + 1 :] if marker.end < len(folded) else ""
        )
        body += item("", number, index).replace(
            "</w:p>", "".join(c if c.startswith("<") else run(c) for c in content(rest)) + "</w:p>"
        )
    return docx(body, numbering=numbering({0: levels}, instances))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_typed_numbers(path: Path, tmp_path: Path) -> None:
    """Written by python-docx with the numbers typed."""
    document = python_docx.Document()
    for words in paragraphs(path):
        document.add_paragraph(words.replace(BREAK, "\n"))
    document.save(str(tmp_path / "a.docx"))
    assert findings(sources((tmp_path / "a.docx").read_bytes(), str(path))[0]) == expected(path)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_automatic_numbers(path: Path) -> None:
    """The marks of the items are counted by the file."""
    data = numbered(paragraphs(path))
    assert findings(sources(data, str(path))[0]) == expected(path)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.read("word/document.xml").count(b"<w:numId") > 5


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_tracked_changes(path: Path) -> None:
    """Each paragraph's first half was another before, and a paragraph was deleted after each."""
    mark = 'w:id="1" w:author="甲" w:date="2024-03-01T00:00:00Z"'
    body = ""
    for words in paragraphs(path):
        first, *rest = content(words)
        body += para(
            f"<w:del {mark}><w:r><w:delText>原作25件。</w:delText></w:r></w:del><w:ins {mark}>{run(first[:4])}</w:ins>",
            run(first[4:]),
            *rest,
        )
        body += para(
            f"<w:del {mark}><w:r><w:delText>一、共16件，已办结13件，正在办理2件。</w:delText></w:r></w:del>",
            properties=f"<w:rPr><w:del {mark}/></w:rPr>",
        )
    assert findings(sources(docx(body + para("")), str(path))[0]) == expected(path)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_pasted_from_a_page(path: Path) -> None:
    """The whole text is one paragraph with line breaks, or stands in one cell of a table that only lays it out."""
    lines = decode(path.read_bytes(), str(path)).text.splitlines()
    pasted = docx(para("<w:r><w:br/></w:r>".join(map(run, lines))))
    laid_out = docx(table(["", "".join(para(*content(words)) for words in paragraphs(path))]))
    assert findings(sources(pasted, str(path))[0]) == expected(path)
    assert findings(sources(laid_out, str(path))[0]) == expected(path)


def test_a_missing_stop_before_a_line_break() -> None:
    """A line break within a paragraph is one for those who look for the end of a sentence."""
    lines = [
        "（1）违规发放补助。近两年违规发放交通补助；另有一处多发三个月取暖补贴",
        "整改情况：已整改。补贴办法印发执行。",
    ]
    typed = docx("".join(map(para, lines)))
    pasted = docx(para("<w:r><w:br/></w:r>".join(map(run, lines))))
    found = [findings(sources(data, "a.docx")[0]) for data in (typed, pasted)]
    assert found[0] == found[1] != []


def test_converted_by_libreoffice(tmp_path: Path) -> None:
    """LibreOffice read the text and saved it as a Word file; and again, with Word counting the items."""
    typed, counted = [], []
    for path in SEEDS:
        typed.append(tmp_path / f"{path.stem}.txt")
        typed[-1].write_text("\n".join(line.replace(BREAK, "") for line in paragraphs(path)) + "\n", "utf-8-sig")
        counted.append(tmp_path / f"{path.stem}.docx")
        counted[-1].write_bytes(numbered(paragraphs(path)))
    made = convert(typed, "docx:MS Word 2007 XML", tmp_path / "typed")
    made += convert(counted, "docx:MS Word 2007 XML", tmp_path / "counted")
    for path, file in zip([*SEEDS, *SEEDS], made, strict=True):
        assert findings(sources(file.read_bytes(), str(path))[0]) == expected(path), file
