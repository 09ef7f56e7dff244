"""Comments in Markdown and HTML drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_helper import JUMPING, Ran, rectlint

HEAD, ITEM, RUN = JUMPING.partition("（4）督促检查不够。已整改。\n")


def draft(folder: Path, text: str, name: str = "a.md") -> Ran:
    """Check a draft."""
    path = folder / name
    path.write_text(text, "utf-8")
    return rectlint("check", path, "-f", "json")


def texts(ran: Ran) -> list[str]:
    """The texts of the findings."""
    return [finding["text"] for finding in ran.json["findings"]]


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.html", "A.HTM"])
@pytest.mark.parametrize("rule", ["gap", "NUM001", "NUM", "numbering", "ALL", "TOT, gap"])
def test_comment_accepts_the_paragraph_it_stands_in(tmp_path: Path, name: str, rule: str) -> None:
    """A comment at the end of a line accepts findings of its rule in that paragraph, and nothing elsewhere."""
    text = HEAD + "\n" + ITEM.strip() + f" <!-- rectlint: ignore[{rule}] 第三项经批准不公开 -->\n\n" + RUN
    ran = draft(tmp_path, text, name)
    assert texts(ran) == ["三是"]
    assert ran.json["accepted"][0]["reason"] == "第三项经批准不公开"
    assert ran.json["accepted"][0]["accepted-in"].endswith(":6")


def test_comment_on_its_own_line_accepts_the_next_paragraph(tmp_path: Path) -> None:
    """A comment alone on a line holds for the paragraph below it."""
    ran = draft(tmp_path, HEAD + "\n<!-- rectlint: ignore[gap] 已核 -->\n\n" + ITEM + "\n" + RUN)
    assert texts(ran) == ["三是"]


def test_comment_for_the_whole_file(tmp_path: Path) -> None:
    """``ignore-file`` holds for the whole draft."""
    ran = draft(tmp_path, "<!-- rectlint: ignore-file[gap] 摘录 -->\n" + JUMPING)
    assert texts(ran) == []
    assert ran.code == 0
    assert len(ran.json["accepted"]) == 2


def test_comments_count_only_in_drafts(tmp_path: Path) -> None:
    """In plain text a comment is text and accepts nothing."""
    ran = draft(tmp_path, "<!-- rectlint: ignore-file[gap] 摘录 -->\n" + JUMPING, "a.txt")
    assert "三是" in texts(ran)


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("<!-- rectlint: ignore-file[gap] -->", "没有写理由"),
        ("<!-- rectlint: ignore-file 已核 -->", "没有写明规则"),
        ("<!-- rectlint: ignore-file[nonsense] 已核 -->", "规则 nonsense 不存在"),
        ("<!-- rectlint: ignore-file[TOT001] 已核 -->", "没有对上任何发现"),
    ],
)
def test_comment_that_does_nothing_says_so(tmp_path: Path, comment: str, words: str) -> None:
    """Without reason, rule or effect a comment accepts nothing and is reported with its line."""
    ran = draft(tmp_path, comment + "\n" + JUMPING)
    assert len(texts(ran)) == 2
    note = ran.json["notes"][0]
    assert words in note["message"]
    assert note["where"].endswith("a.md:1")


def test_comments_are_not_themselves_checked(tmp_path: Path) -> None:
    """Figures and marks within a comment are no part of the text; positions after it stay true."""
    text = "<!-- rectlint: ignore-file[TOT001] （1）（2）（9） -->\n" + JUMPING
    ran = draft(tmp_path, text)
    for finding in ran.json["findings"]:
        assert text[finding["start"]["offset"] : finding["end"]["offset"]] == finding["text"]
    assert texts(ran) == ["（4）", "三是"]
