"""Which lists of numbers are said to be done or open, and which are not said to be anything."""

from __future__ import annotations

import pytest

from rectlint.claims.leftovers import find_leftovers, find_shared_out
from rectlint.document import parse
from rectlint.source import Source


def told(text: str) -> list[tuple[str, list[int]]]:
    """The state and the numbers of each list."""
    document = parse(Source(text))
    return [(left.state, [number for number, _ in left.named]) for left in find_leftovers(document, (), None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("整改进度：问题一、二、四已完成，问题三正在整改。", [("done", [1, 2, 4]), ("open", [3])]),
        ("没改完的问题8，问题15，问题17，一人包一个。", [("open", [8, 15, 17])]),
        ("对正在整改的3项（第6项、第10项、第18项），挂账督办。", [("open", [6, 10, 18])]),
        ("未完成的4条分别对应第十一个问题1条、第十二个问题3条。", [("open", [11, 12])]),
        ("除问题二、问题五外，其余问题均已完成整改。", [("open", [2, 5])]),
        ("第3至5项已全部完成。", [("done", [3, 4, 5])]),
        ("尚有2个问题（问题二、问题四）未整改到位。", [("open", [2, 4])]),
        ("对第1、4两个尚未销号的问题加强调度。", [("open", [1, 4])]),
        ("对基本完成的问题2，年底前清完。", [("between", [2])]),
    ],
)
def test_lists_with_a_state(text: str, expected: list[tuple[str, list[int]]]) -> None:
    """A list of numbers has the state that stands right before or behind it."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "力争问题3、问题5完成整改。",
        "坚持未完成的问题一个一个解决，整改任务一体推进。",
        "确保第3项、第5项年底前完成整改。",
        "对第1项、第2项问题举一反三，确保2036年底前全部完成制度修订。",
        "反馈的17个问题72条措施已完成60条。",
        "截至上年底，第2项、第3项尚未完成。",
    ],
)
def test_lists_without_one(text: str) -> None:
    """Aims, other times and figures are no states."""
    assert told(text) == []


def test_open_problems_by_body() -> None:
    """未整改到位的3个问题分别为甲村1个、乙社区2个 is a list of shares."""
    (out,) = find_shared_out(parse(Source("未整改到位的3个问题分别为青竹村1个、柳湾社区2个。")))
    assert (out.total, [(name, count) for name, count, _ in out.shares]) == (3, [("青竹村", 1), ("柳湾社区", 2)])
