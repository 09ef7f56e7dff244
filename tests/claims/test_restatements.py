"""Figures told again of the same matter."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.source import Source

ITEMS = """二、整改情况
（1）学习制度落实不严。整改情况：已整改。开展学习12次。
（2）{first}
（3）台账管理不规范。整改情况：已整改。补齐台账3本。
三、需要进一步整改的事项
1.关于巡察反馈第2点{second}
"""


def told(text: str) -> list[tuple[str, str, bool]]:
    """Earlier and later figure of each restatement, and whether they agree."""
    return [(one.earlier_text, one.later_text, one.same) for one in Claims(parse(Source(text))).restatements]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "信访积案化解不力。列入台账的积案12件。",
            "信访积案化解不力问题。列入台账的积案13件。",
            [("12件", "13件", False)],
        ),
        (
            "信访积案化解不力。审计中尚有13个问题未改完，经核对应为14个问题未改完。",
            "信访积案化解不力问题。审计中尚有13个问题未改完，经核对应为14个问题未改完。",
            [("13个", "13个", True), ("14个", "14个", True)],
        ),
        (
            "信访积案化解不力。截至6月底，列入台账的积案已化解7件。",
            "信访积案化解不力问题。截至11月底，列入台账的积案已化解9件。",
            [],
        ),
        (
            "信访积案化解不力。已化解（其中土地类2件、劳资类3件）。",
            "信访积案化解不力问题。已化解（其中土地类2件、劳资类4件）。",
            [("2件", "2件", True), ("3件", "4件", False)],
        ),
    ],
)
def test_repeated_item(first: str, second: str, expected: list[tuple[str, str, bool]]) -> None:
    """Numbers in the same words are compared; those as of different days are not."""
    assert [one for one in told(ITEMS.format(first=first, second=second)) if "底" not in one[0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施项目38个，该36个项目均已完工。", [("38个", "36个", False)]),
        ("列入修复工程46个，该46个工程均已完工。", [("46个", "46个", True)]),
        ("对全镇28个村开展排查，发现东湾村、西岭村、南坪村缺失，该3个村已补齐。", []),
        ("台账案件12件，已化解9件，其余由领导包案，该3件案件已制定方案。", []),
        ("企业5家、商铺7家占用房产，上述12家企业和商铺已签合同。", []),
    ],
)
def test_pointers(text: str, expected: list[tuple[str, str, bool]]) -> None:
    """该…个 means the last figure of its noun, unless it can mean a list, a sum or a difference."""
    assert told(text) == expected
