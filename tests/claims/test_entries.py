"""Which places name an entry by its number and by words of its own."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.claims.entries import find_pointers
from rectlint.document import parse
from rectlint.source import Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("包括问题9仓房租金27.5万元。", (9, "仓房租金", "27.5万元")),
        ("上述第7项软弱涣散党组织整顿即在其中。", (7, "软弱涣散党组织整顿", "")),
        ("抽查任务三涉及的堆存点20处。", (3, "堆存点", "")),
        ("一、房产出租（第13项）。收回9处。", (13, "房产出租", "")),
    ],
)
def test_pointers(text: str, expected: tuple[int, str, str]) -> None:
    """The number, the words and an amount of money told with them."""
    assert [(one.number, one.words, one.amount) for one in find_pointers(parse(Source(text)))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "整改任务一体推进。",
        "17个问题72条措施已完成。",
        "《办法》第5条规定采购限额。",
        "整改方案第11项建筑垃圾堆存。",
        "对问题3已经约谈。",
    ],
)
def test_no_pointers(text: str) -> None:
    """Figures, clauses of laws, numbers of another document and verbs are none."""
    assert list(find_pointers(parse(Source(text)))) == []


def test_rows_of_a_table_are_entries() -> None:
    """Numbered rows are entries with the state of their own column, where no items are numbered."""
    text = "序号 | 问题 | 责任单位 | 整改状态\n1 | 账目不清 | 财务科 | 已完成\n2 | 仓库破旧 | 仓储科 | 正在整改\n3 | 学风不实 | 办公室 | 已完成\n"
    entries = Claims(parse(Source(text))).entries
    assert [(entry.number, entry.state) for entry in entries] == [(1, "done"), (2, "open"), (3, "done")]
