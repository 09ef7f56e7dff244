"""Quantities: what counts as one, what it counts, and the part it plays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity
from rectlint.document import parse
from rectlint.source import Source
from rectlint.values import format_number, parse_number


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text."""
    return Claims(parse(Source(text))).quantities


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("共受理16件", "16", "件"),
        ("收回资金1,825.95亿元", "182595000000", "元"),
        ("上缴3.85万元", "38500", "元"),
        ("排查1.2万条", "12000", "条"),
        ("涉及三户", "3", "户"),
        ("共二十一个", "21", "个"),
        ("抽查两百零三家", "203", "家"),
        ("处分17名", "17", "人"),
        ("查处21起", "21", "件"),
        ("整治1200余处", "1200", "处"),
        ("清查948件（套）", "948", "件"),
        ("占比33.3%", "33.3", "%"),
        ("提高11.1个百分点", "11.1", "百分点"),
        ("复垦26亩", "26", "亩"),
    ],
)
def test_value_and_measure(text: str, value: str, measure: str) -> None:
    """Arabic, Chinese and mixed numbers have exact values, and kindred counters one measure."""
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.measure) == (Decimal(value), measure)


@pytest.mark.parametrize(
    "text",
    [
        "践行“两个维护”，增强“四个意识”",
        "落实三会一课、一岗双责、三重一大制度",
        "拨打12345热线",
        "推进2.0版建设",
        "县委第三巡察组",
        "县委巡察二组",
        "第16名、第3项、第一责任人",
        "形成一批制度，开展一系列活动",
        "2024年3月",
        "同一人员不重复计算",
        "坚持“四议两公开”",
        "青委〔2024〕37号",
    ],
)
def test_what_is_no_count(text: str) -> None:
    """Slogans, codes, versions, ordinals, articles, dates and document numbers count nothing."""
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "approximation"),
    [
        ("约300家", "about"),
        ("近50家", "about"),
        ("超300万人次", "over"),
        ("30余家", "over"),
        ("不少于3次", "least"),
        ("80%以上", "least"),
        ("不足12个", "under"),
        ("40天左右", "about"),
        ("63个", ""),
    ],
)
def test_approximation(text: str, approximation: str) -> None:
    """Words before and after the figure make it approximate."""
    assert quantities(text)[0].approximation == approximation


@pytest.mark.parametrize("text", ["3—5个", "五至七人", "三五个"])
def test_ranges_are_marked(text: str) -> None:
    """An end of a range is no exact figure."""
    assert quantities(text)[-1].ranged


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("共受理信访件16件，已办结13件，正在办理2件，其余1件。", ["total", "done", "pending", "rest"]),
        ("反馈的63个问题已完成整改63个", ["total", "done"]),
        ("属实93件，不属实16件", ["true", "untrue"]),
        ("阶段性完成3个、未完成整改4个", ["staged", "pending"]),
        ("制定整改措施116条", [""]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    """The words of a quantity's own clause tell the part it plays."""
    found = [quantity.role for quantity in quantities(text)]
    assert [
        role if role != "total" or expected == "total" else "" for role, expected in zip(found, roles, strict=True)
    ] == roles


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("移交7件问题线索", "问题线索"),
        ("移交信访件16件", "信访件"),
        ("全镇28个村资源丰富", "村"),
        ("60个直属基层党组织换届工作", "直属基层党组织"),
        ("石桥村5.3亩", ""),
        ("东岭村3户", ""),
    ],
)
def test_nouns(text: str, noun: str) -> None:
    """What is counted stands after the counter or before the figure; a place before it is a label, not a noun."""
    assert quantities(text)[0].noun == noun


@given(st.integers(1, 99_999_999))
def test_arabic_numbers_survive_writing_and_reading(value: int) -> None:
    """A number written with or without thousands commas reads as itself."""
    assert parse_number(str(value)).value == value
    assert parse_number(f"{value:,}").value == value
    assert format_number(parse_number(str(value)).value) == str(value)


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2))
def test_scaled_numbers_are_exact(value: Decimal) -> None:
    """万 and 亿 multiply exactly, and the step is that of the last written digit."""
    number = parse_number(f"{value:f}", "万")
    assert number.value == value * 10_000 and number.step == 100


@settings(deadline=None)  # the first call imports cn2an
@given(st.integers(1, 9999))
def test_chinese_numbers(value: int) -> None:
    """A Chinese numeral reads as the number it was written for."""
    import cn2an

    assert parse_number(cn2an.an2cn(value)).value == value
