"""Automatic numbering is written out as Word shows it, and as LibreOffice does where the two agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from rectlint.readers import sources
from rectlint.readers.docx.numerals import numeral
from tests.readers.wordfiles import convert, docx, item, level, numbering, para

BULLETIN = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.", '<w:suff w:val="space"/>')
    + level(3, "decimal", "（%4）")
    + level(4, "decimalEnclosedCircle", "%5")
)
AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def lines(data: bytes) -> list[str]:
    """The lines of a file's text."""
    return sources(data, "a.docx")[0].text.splitlines()


def labels(items: str, lists: str, **parts: str) -> list[str]:
    """What stands before the dots that the items consist of."""
    return [line.partition("…")[0].rstrip() for line in lines(docx(items, numbering=lists, **parts))]


def of_levels(levels: str, *indexes: int) -> list[str]:
    """The labels of paragraphs at these levels of one list."""
    return labels("".join(item("…", 1, index) for index in indexes), numbering({0: levels}, {1: (0, "")}))


def test_the_customary_levels() -> None:
    """一、（一）1.（1）① count each for itself and begin again below a new item; what follows the number is kept."""
    body = (
        item("总体", 1) + item("学习", 1, 1) + item("甲", 1, 2) + item("乙", 1, 3) + item("丙", 1, 4) + item("丁", 1, 4)
    )
    body += item("戊", 1, 2) + item("台账", 1, 1) + item("己", 1, 2) + item("下一步", 1)
    assert lines(docx(body, numbering=numbering({0: BULLETIN}, {1: (0, "")}))) == [
        "一、\t总体",
        "（一）学习",
        "1. 甲",
        "（1）\t乙",
        "①\t丙",
        "②\t丁",
        "2. 戊",
        "（二）台账",
        "1. 己",
        "二、\t下一步",
    ]


def test_instances_of_a_list_count_on_unless_they_begin_anew() -> None:
    """Two instances share the counter of their list; a start override takes effect once, where the instance is first used."""
    lists = numbering({0: BULLETIN}, {1: (0, ""), 2: (0, ""), 3: (0, AGAIN)})
    assert labels("".join(item("…", n) for n in (1, 2, 3, 3, 1)), lists) == ["一、", "二、", "一、", "二、", "三、"]


def test_a_skipped_level_counts_as_its_first() -> None:
    """A level that is shown before it was used has its first number, and the next item of it is the second."""
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
    assert of_levels(levels, 1, 0, 1, 1) == ["1.1", "2.", "2.1", "2.2"]


@pytest.mark.parametrize(("restart", "last"), [("", "2.2.a"), ("1", "2.2.b"), ("0", "2.2.c")])
def test_levels_restart_as_told(restart: str, last: str) -> None:
    """A level begins again after any level above, after the one named, or never."""
    more = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%1.%2.%3", more)
    assert of_levels(levels, 0, 1, 2, 0, 1, 2, 1, 2)[-1] == last


def test_legal_numbering_is_arabic() -> None:
    """``isLgl`` shows the numbers of all levels in Arabic figures."""
    levels = level(0, "chineseCounting", "第%1部分") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert of_levels(levels, 0, 0, 1) == ["第一部分", "第二部分", "2.1"]


def test_starts_and_overridden_levels() -> None:
    """A list may start anywhere, and an instance may have a level of its own."""
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "问题%1：", start=4)}</w:lvlOverride>'
    lists = numbering({0: level(0, "decimal", "%1.", start=5), 1: BULLETIN}, {1: (0, ""), 2: (1, own)})
    assert labels(item("…", 1) + item("…", 2) + item("…", 2), lists) == ["5.", "问题4：", "问题5："]


def test_bullets_and_nothing() -> None:
    """Bullets are no numbers; number 0 takes a style's numbering away; a list that is not there numbers nothing."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    off = para("…", properties='<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    on = para("…", properties='<w:pStyle w:val="L"/>')
    lists = numbering({0: BULLETIN, 1: level(0, "bullet", "●")}, {1: (0, ""), 2: (1, "")})
    assert labels(on + off + on + item("…", 2) + item("…", 9), lists, styles=styles) == ["一、", "", "二、", "", ""]


def test_styles_carry_numbering() -> None:
    """A style may number its paragraphs, by the level that names it; one based on it inherits that."""

    def style(name: str, properties: str, parent: str = "") -> str:
        based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
        return f'<w:style w:type="paragraph" w:styleId="{name}">{based}<w:pPr>{properties}</w:pPr></w:style>'

    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>')
    levels += level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>') + level(2, "decimal", "%3.")
    styles = style("H1", number) + style("H2", number) + style("Mine", "", "H2")
    styles += style("Third", '<w:numPr><w:ilvl w:val="2"/></w:numPr>', "H1")
    body = "".join(para("…", properties=f'<w:pStyle w:val="{name}"/>') for name in ("H1", "H2", "Mine", "Third", "H1"))
    body += para("…", properties='<w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    found = labels(body, numbering({0: levels}, {1: (0, "")}), styles=styles)
    assert found == ["一、", "（一）", "（二）", "1.", "二、", "（一）"]


def test_numbering_styles_are_followed() -> None:
    """A list that only names a numbering style has the levels of the list behind that style."""
    styles = (
        '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    lists = numbering(
        {0: '<w:numStyleLink w:val="S"/>', 1: f'<w:styleLink w:val="S"/>{BULLETIN}'}, {1: (0, ""), 2: (1, "")}
    )
    assert labels(item("…", 1) + item("…", 1, 1), lists, styles=styles) == ["一、", "（一）"]


def test_links_that_go_round_in_a_circle_end() -> None:
    """Styles based on each other and lists that name each other number nothing, and do not hang."""
    styles = (
        '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    for name, parent in (("A", "B"), ("B", "A")):
        styles += f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{parent}"/></w:style>'
    body = item("…", 1) + para("…", properties='<w:pStyle w:val="A"/>')
    assert labels(body, numbering({0: '<w:numStyleLink w:val="S"/>'}, {1: (0, "")}), styles=styles) == ["", ""]


@pytest.mark.parametrize(
    ("number", "format", "words"),
    [
        (10, "chineseCounting", "十"),
        (101, "chineseCountingThousand", "一百零一"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (21, "japaneseCounting", "二十一"),
        (111, "japaneseCounting", "百十一"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "decimalEnclosedParen", "⑶"),
        (3, "decimalEnclosedFullstop", "⒊"),
        (12, "decimalFullWidth", "１２"),
        (4, "ideographTraditional", "丁"),
        (4, "ideographZodiac", "卯"),
        (14, "upperRoman", "XIV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (7, "none", ""),
        (7, "noSuchFormat", "7"),
        (999_999_999, "upperRoman", "999999999"),
        (999_999_999, "lowerLetter", "999999999"),
        (0, "chineseCounting", "0"),
    ],
)
def test_formats(number: int, format: str, words: str) -> None:
    """Each format writes its numbers; where it does not reach, figures do."""
    assert numeral(number, format) == words


def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    """The labels are those that LibreOffice exports, for nested levels, restarts, gaps, empty items and many formats."""
    formats = (
        "chineseCounting",
        "chineseCountingThousand",
        "decimalEnclosedCircle",
        "chineseLegalSimplified",
        "upperRoman",
    )
    abstracts = {0: BULLETIN, 1: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")}
    abstracts |= {index + 2: level(0, format, f"%1/{format}") for index, format in enumerate(formats)}
    instances = {1: (0, ""), 2: (0, AGAIN), 3: (1, ""), 4: (1, "")}
    body = (
        "".join(item("甲", 1, index) for index in (0, 1, 2, 2, 3, 4, 4, 1, 2, 0, 1, 4)) + item("乙", 2) + item("丙", 1)
    )
    body += (
        "".join(item("丁", 3, index) for index in (1, 0, 1, 1, 0)) + item("戊", 4) + item("", 1, 1) + item("己", 1, 1)
    )
    for index in range(len(formats)):
        for start in (1, 10, 11, 20, 35, 99, 101, 110):
            if formats[index] == "decimalEnclosedCircle" and start > 20:
                continue  # LibreOffice goes on where Word changes to figures
            name = len(instances) + 1
            begin = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            instances[name] = (index + 2, begin)
            body += item("庚", name)
    path = tmp_path / "numbers.docx"
    path.write_bytes(docx(body, numbering=numbering(abstracts, instances)))
    (exported,) = convert([path], "txt:Text (encoded):UTF8", tmp_path / "out")
    theirs = ["".join(line.split()) for line in exported.read_text("utf-8-sig").splitlines()]
    assert ["".join(line.split()) for line in lines(path.read_bytes())] == theirs
    assert len(theirs) > 50
