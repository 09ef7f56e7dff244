"""Trends, rows and ranks."""

from __future__ import annotations

import doctest

import pytest

import rectlint.claims.trends
from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.source import Source


def claims_of(text: str) -> Claims:
    """The claims of a text."""
    return Claims(parse(Source(text)))


def test_docstring() -> None:
    """The examples in the module's docstring hold."""
    assert doctest.testmod(rectlint.claims.trends).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("从2019年的412家增长到2022年末的655家。", ("412家", "655家", 1)),
        ("报修1306件下降至248件。", ("1306件", "248件", -1)),
        ("报表从最多的63张减到9张。", ("63张", "9张", -1)),
        ("由二季度的236件减少到三季度的172件。", ("236件", "172件", -1)),
        ("由2022年的25件，下降到2023年的18件。", ("25件", "18件", -1)),
        ("由2022年末的3人（含借调1人）增加到8人。", ("3人", "8人", 1)),
        ("合格率由85.2%提升为96.3%。", ("85.2%", "96.3%", 1)),
        ("从377增长到600家。", ("377", "600家", 1)),
        ("平均年龄由45.2岁下降到43.8岁。", ("45.2岁", "43.8岁", -1)),
    ],
)
def test_trends(text: str, expected: tuple[str, str, int]) -> None:
    """Both ends and the verb's direction, with years, brackets and bare figures."""
    trends = [(trend.start.text, trend.end.text, trend.direction) for trend in claims_of(text).trends]
    assert trends == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "走访企业12家，税收占比提升至35%。",
        "增速由-3.2%提高到1.5%。",
        "达标率提升至98%，覆盖率提高到95%。",
        "干部提升为正科级，降为三级。",
    ],
)
def test_no_trend(text: str) -> None:
    """No beginning, a sign, or no figure at all."""
    assert not [trend for trend in claims_of(text).trends if trend.comparable]


def test_units_are_shared() -> None:
    """从3.2增加到5.6亿元: the scale belongs to both."""
    (trend,) = claims_of("从3.2增加到5.6亿元。").trends
    assert trend.start.value * 7 == trend.end.value * 4


def test_frequencies_are_not_compared() -> None:
    """Once a quarter is less than once a month."""
    (trend,) = claims_of("学习由每季度1次增加到每月1次。").trends
    assert not trend.comparable


@pytest.mark.parametrize(
    ("text", "figures", "direction"),
    [
        ("2021年、2022年、2023年分别为45件、42件、38件，逐年下降。", ["45件", "42件", "38件"], -1),
        ("2023年38件、2022年42件、2021年45件，呈逐年下降趋势。", ["45件", "42件", "38件"], -1),
        ("2021年12件，2022年9件，2023年15件，逐年上升。", ["12件", "9件", "15件"], 1),
    ],
)
def test_rows(text: str, figures: list[str], direction: int) -> None:
    """Oldest first, whatever the order of writing."""
    (row,) = claims_of(text).rows
    assert ([figure.text for figure in row.figures], row.direction) == (figures, direction)


def test_no_row() -> None:
    """Parts of a total are no row of years."""
    assert not claims_of("税收连续三年增长，其中工业1.2亿元、服务业0.8亿元、建筑业0.9亿元。").rows


@pytest.mark.parametrize(
    ("text", "place", "population"),
    [
        ("全市共63个乡镇（街道）中排名第21名。", 21, "63个"),
        ("位列全市11个县区第13位。", 13, "11个"),
        ("对全县26个乡镇开展考核，我镇综合得分排名第二十八位。", 28, "26个"),
        ("全县综合排名第13位（共12个乡镇）。", 13, "12个"),
    ],
)
def test_ranks(text: str, place: int, population: str) -> None:
    """A rank and the number of those ranked."""
    (rank,) = claims_of(text).ranks
    assert (rank.place, rank.population.text) == (place, population)


@pytest.mark.parametrize(
    "text",
    [
        "2个支部位列前10名，2个村位列第3名和第5名。",
        "全镇12个村均已换届，成绩居全国第37位。",
        "居全国第七位、长三角第二位。",
        "全市5个乡镇中的第7批项目。",
        "全市63个乡镇，其中第一批整改18个。",
    ],
)
def test_no_rank(text: str) -> None:
    """The population is another one, or there is none."""
    assert not claims_of(text).ranks


def test_rank_trends() -> None:
    """A rank that rises has the smaller number."""
    (shift,) = claims_of("排名由全市第16位提升至第9位。").rank_trends
    assert (shift.earlier, shift.later, shift.direction) == (16, 9, 1)
    assert not claims_of("由第2档提升到第3档，第一季度上升到第二季度。").rank_trends
