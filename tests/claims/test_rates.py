"""Percentages: their sort and name, and the counts they rest on."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest

import rectlint.claims.proportions
import rectlint.claims.rates
from rectlint.claims import Claims
from rectlint.claims.proportions import Proportion, find_proportion
from rectlint.document import parse
from rectlint.source import Source


def claims_of(text: str) -> Claims:
    """The claims of a text."""
    return Claims(parse(Source(text)))


def proportion(text: str) -> Proportion:
    """What the first rate of a text rests on."""
    claims = claims_of(text)
    return find_proportion(claims.document, claims.quantities, claims.rates[0])


def test_docstrings() -> None:
    """The examples in the modules' docstrings hold."""
    for module in (rectlint.claims.rates, rectlint.claims.proportions):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "sort", "name"),
    [
        ("整改率达到95.2%。", "named", "整改率"),
        ("其中按期办结率为99.04%。", "named", "按期办结率"),
        ("一线干部占比达85%。", "share", "占比"),
        ("占总任务的58.5%。", "share", "占"),
        ("会议费占公用经费的比重为12%。", "share", "占"),
        ("信访总量同比下降8.62%。", "change", ""),
        ("增幅为59.2%。", "change", ""),
        ("精简率达57.1%。", "change", "精简率"),
        ("满意率由85.2%提高。", "from", "满意率"),
        ("参保农户占比已提升至35%。", "to", "参保农户占比"),
        ("完成年度任务的92%。", "named", "完成率"),
        ("其中85%的来自一线。", "attribute", ""),
        ("侵占道路面积12%。", "other", ""),
    ],
)
def test_sorts(text: str, sort: str, name: str) -> None:
    """A percentage is told apart by the words before it."""
    rate = claims_of(text).rates[0]
    assert (rate.sort, rate.name) == (sort, name)


@pytest.mark.parametrize(
    ("text", "value", "exact"),
    [
        ("占近六成。", "60", False),
        ("占九成五以上。", "95", False),
        ("完成率百分之九十八。", "98", True),
        ("完成率百分之九十八点五。", "98.5", True),
        ("占85%以上。", "85", False),
        ("约占75%。", "75", False),
    ],
)
def test_written_out(text: str, value: str, exact: bool) -> None:
    """六成 and 百分之八十 are rates, too; approximators before 占 count."""
    rate = claims_of(text).rates[0]
    assert (rate.value, rate.exact) == (Decimal(value), exact)


@pytest.mark.parametrize("text", ["按质按量完成以上工作。", "一成不变的做法。", "分成两组。"])
def test_no_tenths(text: str) -> None:
    """成 in 完成 and 一成不变 is no tenth."""
    assert not claims_of(text).rates


def test_rows_share_their_name() -> None:
    """Shares in a row have one name and their places."""
    rates = claims_of("第一种至第四种形态分别占71.4%、21.4%、4.8%和2.4%。").rates
    assert [(rate.sort, rate.run, rate.place) for rate in rates] == [("share", 0, place) for place in range(4)]


@pytest.mark.parametrize(
    ("text", "numerator", "base", "clear"),
    [
        ("反馈问题42个，已完成整改40个，整改率95.2%。", "40个", "42个", True),
        ("反馈的42个问题中，40个已完成整改，整改率95.2%。", "40个", "42个", True),
        ("应收党费820人，实收800人，收缴率97.6%。", "800人", "820人", True),
        ("45家企业签订承诺书，占应签企业50家的90%。", "45家", "50家", True),
        ("党员60名，其中女党员25名，占41.7%。", "25名", "60名", True),
        ("新建制度12项，修订5项，制度执行率98%。", None, None, False),
        ("抽查20家，合格18家，不合格2家，合格率90%。", "18家", "20家", True),
        ("受理120件，满意100件，基本满意15件，不满意5件，满意率95.8%。", "100件", "120件", True),
        ("共受理120件。其中网络举报30件，占25%。", "30件", "120件", True),
        ("整改率95.2%，反馈问题42个，已完成整改40个。", None, None, False),
        ("反馈问题42个，整改率95.2%，已完成整改40个。", "40个", "42个", True),
    ],
)
def test_pairs(text: str, numerator: str | None, base: str | None, clear: bool) -> None:
    """The numerator speaks of the rate's verb, the base is what it is part of."""
    found = proportion(text)
    parts = (found.numerator.text if found.numerator else None, found.base.text if found.base else None)
    assert (*parts, found.clear) == (numerator, base, clear)


def test_whole_and_complement() -> None:
    """All done makes the base its own numerator; what is left counts the other way round."""
    assert proportion("夜查查出的27个问题已全部完成整改，整改率100%。").whole
    assert proportion("反馈问题46个，正在整改3个，整改完成率93.5%。").complement


def test_far_counts_are_left_alone() -> None:
    """A rate in an endless sentence looks at a bounded number of counts."""
    text = "来访3件，" * 500 + "办结2件，办结率66.7%。"
    assert len(proportion(text).bases) < 40
