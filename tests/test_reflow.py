"""Texts that lost their line breaks: the outline comes back, and lists within sentences stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import rectlint
from rectlint.document import parse
from rectlint.source import Source
from rectlint.view import view_of

LINES = [
    "中共青石坝镇委员会关于巡察整改进展情况的通报",
    "发布时间：2024-09-20",
    "根据县委统一部署，2024年3月4日至4月16日，县委第三巡察组对青石坝镇党委开展了巡察，并于6月5日反馈了巡察意见。现将整改情况公布如下：",
    "一、组织落实情况",
    "（一）提高政治站位",
    "镇党委召开专题会议4次，做到举一反三、标本兼治。",
    "（二）压实整改责任。成立领导小组，做好三项工作：1.列出清单；2.明确时限；3.逐项销号。",
    "二、整改落实情况",
    "（一）党的建设方面",
    "1.关于学习不深入的问题",
    "整改情况：已整改。（1）修订制度。（2）开展培训2期。",
    "2.关于管理不规范的问题",
    "整改情况：正在整改。预计2024年12月底前完成。",
    "（二）作风建设方面",
    "3.关于检查过多的问题",
    "整改情况：已整改。",
    "三、下一步打算",
    "（一）持续抓好整改。",
    "（二）建立长效机制。",
    "中共青石坝镇委员会",
    "2024年9月12日",
]


def outline(text: str) -> list[tuple[str, int]]:
    """The marks of the items of a text."""
    return [(item.marker.style, item.marker.number) for item in parse(Source(text)).items]


def by_section(lines: list[str]) -> str:
    """The lines of each section run together, as when only the headings 一、 kept their breaks."""
    text = ""
    for line in lines:
        text += ("\n" if line[1] == "、" else "") + line
    return text


@pytest.mark.parametrize(
    "text", ["".join(LINES), " ".join(LINES), by_section(LINES)], ids=["none", "spaces", "sections"]
)
def test_lost_line_breaks_are_found_again(text: str) -> None:
    """Headings, items and labels begin paragraphs of their own although the text came in one line or a few."""
    assert outline(text) == outline("\n".join(LINES))
    assert "\n整改情况：正在整改" in parse(Source(text)).text
    assert parse(Source(text)).paragraphs[-1].role == "date"


def test_a_text_in_one_line_is_judged_like_its_paragraphs() -> None:
    """A planted slip is reported with and without line breaks, and nothing else is."""
    lines = [line.replace("预计2024年12月", "预计2024年8月") for line in LINES]
    for text in ("\n".join(lines), "".join(lines)):
        report = rectlint.check_text(text)
        assert [(finding.rule, finding.place.text) for finding in report.findings] == [("DAT005", "预计2024年8月底前")]


@pytest.mark.parametrize(
    "line",
    [
        "（一）加强领导。镇党委抓好以下工作：（一）学习条例；（二）修订制度；（三）开展检查，做到举一反三、标本兼治、常抓不懈。",
        "3.关于台账不清的问题。整改情况：已整改。一是清理账目。二是统一、规范台账；三是对区委一、二、三轮巡察移交的线索逐一核实处理完毕。",
        "根据《条例》第（一）项和第（二）项，对第一、二中学开展检查，发现问题2个，其一、制度不全，其二、台账不清，均已整改到位并销号。",
    ],
)
def test_lists_within_a_sentence_are_no_headings(line: str) -> None:
    """What counts on within a sentence stays in its paragraph."""
    assert view_of(line).text.count("\n") == 0


def test_every_offset_leads_back_in_a_parted_line() -> None:
    """The breaks put in stand at the code point they come before; all others map one to one."""
    text = "".join(LINES)
    view = view_of(text)
    offsets = [view.source_offset(index) for index in range(len(view.text))]
    assert offsets == sorted(offsets)
    for index, offset in enumerate(offsets):
        if view.text[index] == "\n":
            assert offset == offsets[index + 1]
        else:
            assert text[offset] == view.text[index]
            assert view.from_source(offset) == index


def test_published_texts_keep_their_outline() -> None:
    """The bulletins in seeds/ have the same findings of error level in one line as in paragraphs, or fewer."""
    for path in sorted((Path(__file__).parents[1] / "seeds").glob("*clean.txt")):
        text = path.read_text(encoding="utf-8")
        report = rectlint.check_text("".join(line.strip() for line in text.split("\n")))
        assert [finding.rule for finding in report.findings if finding.severity != "info"] == []
