"""Which numbers point into the text, and to what."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.claims.references import find_references, likeness
from rectlint.document import parse
from rectlint.source import Source


def references(text: str) -> list[tuple[int, str, str]]:
    """Number, style and title of each reference."""
    return [(found.number, found.style, found.title) for found in find_references(parse(Source(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于巡察反馈第4点灌渠清淤迟缓问题。", (4, "", "灌渠清淤迟缓")),
        ("关于反馈第47点督查问题销号把关不严问题。", (47, "", "督查问题销号把关不严")),
        ("第2点“固定资产管理混乱”问题，加快清查。", (2, "", "固定资产管理混乱")),
        ("线索已随问题（30）移送。", (30, "（1）", "")),
        ("参照前述第（五）项的做法。", (5, "（一）", "")),
        ("针对第3项水质检测不规范问题暴露的漏洞，完善流程。", (3, "", "水质检测不规范")),
        ("问题（5）台账不全问题。加快补齐。", (5, "（1）", "台账不全")),
    ],
)
def test_references(text: str, expected: tuple[int, str, str]) -> None:
    """The forms of the genre."""
    assert references(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "对照《条例》第三十一条、第三十二条自查。",
        "落实《实施办法》第（九）项要求。",
        "按照章程第15条规定精简。",
        "第一时间研究部署，第二季度完成。",
        "位列全县第3名，第一书记驻村。",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    """Clauses of rules, ordinals of other things."""
    assert references(text) == []


def test_problem_list_is_the_one_numbered_through_the_text() -> None:
    """Sections that restart do not count; the running list does."""
    text = "（一）甲方面\n1.学习方面\n（1）不深入问题。\n（2）不系统问题。\n（二）乙方面\n1.作风方面\n（3）不扎实问题。\n（4）不严格问题。\n"
    claims = Claims(parse(Source(text)))
    assert [item.marker.number for item in claims.problem_list] == [1, 2, 3, 4]


def test_likeness() -> None:
    """Short and long forms of a title are alike, different titles are not."""
    assert likeness("关于村庄规划编制滞后的问题", "规划编制滞后") == 1.0
    assert likeness("水质检测不规范", "水源地保护措施不到位问题") < 0.4
