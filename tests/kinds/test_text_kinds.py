"""The kinds that look at the text itself, where the rules' examples do not show it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.kinds import load_kind
from rectlint.source import Source


def found(kind_name: str, text: str, path: str = "draft.txt") -> list[tuple[str, str]]:
    """Defect and words of each outcome."""
    kind = load_kind(kind_name)
    document = parse(Source(text, path))
    outcomes = list(kind.check(Claims(document), kind.params()))
    return [
        (o.defect, (document.source.text if o.in_source else document.text)[o.primary.start : o.primary.end])
        for o in outcomes
    ]


def test_markdown_files_may_hold_markdown() -> None:
    """** and # are no residue in a file that is Markdown; web markup is."""
    text = "## 二、整改情况\n**一是**压实责任。<br>二是完善制度。"
    assert [words for _, words in found("residue", text)] == ["## ", "**", "<br>"]
    assert [words for _, words in found("residue", text, "draft.md")] == ["<br>"]


def test_wrapped_lines_do_not_end_open() -> None:
    """A sentence wrapped at a comma goes on in the next line."""
    line = "镇党委高度重视整改工作，多次召开专题会议研究部署，逐条逐项明确责任领导和时限，"
    text = "\n".join([line] * 5 + ["确保整改到位。", "（二）关于作风建设方面"])
    assert found("ending", text) == []


def test_crossing_marks_are_reported_once_each() -> None:
    """A bracket that a quotation cuts through has lost its partner."""
    assert found("marks", "落实“一岗双责（含党建”责任）要求。") == [("unbalanced", "（"), ("unbalanced", "）")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一是学习学习再学习。", []),
        ("党委会的的确确研究过。", []),
        ("对对口帮扶村、在在建工地、为为民服务点检查。", []),
        ("已已完成整改。", ["已"]),
        ("逐村逐村核实，一户一户走访。", []),
        ("进一步加强加强监督。", ["加强"]),
        ("严格落实请示报告制度严格落实请示报告制度。", ["严格落实请示报告制度"]),
    ],
)
def test_doubled(text: str, words: list[str]) -> None:
    """Words doubled on purpose and words that meet by chance are left alone."""
    assert [word for _, word in found("doubled", text)] == words


@given(st.text(alphabet="甲的整改，。、“”《》（）*<br>&nbsp;X×_待补充\n#\\n1年月日", max_size=80))
def test_any_text_is_checked_without_error(text: str) -> None:
    """Whatever the marks, every outcome lies in the text."""
    for name in ("marks", "ending", "residue", "doubled", "damaged"):
        for _, words in found(name, text):
            assert words
