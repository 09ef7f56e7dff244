"""Rates, growth and approximations beyond what the rule examples show."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.kinds import load_kind
from rectlint.kinds.base import Outcome
from rectlint.source import Source
from tests.work import lines_run

KINDS = ("rates", "growth", "approximation", "rank", "unit", "magnitude")


def outcomes(text: str, kind: str) -> list[Outcome]:
    """What a kind makes of a text."""
    loaded = load_kind(kind)
    return list(loaded.check(Claims(parse(Source(text))), loaded.params()))


def verdicts(text: str, kind: str) -> list[tuple[str, str]]:
    """Verdict and derivation or reason of each outcome."""
    return [(outcome.verdict, outcome.reason or outcome.derivation) for outcome in outcomes(text, kind)]


def test_base_not_stated_is_recorded() -> None:
    """A rate without a base is in the ledger as unchecked."""
    assert verdicts("政策知晓率100%。", "rates") == [("unchecked", "no-base")]


def test_share_list_with_stated_base() -> None:
    """Each share of a list is checked against the total of the sentence before."""
    text = "办结56件。已办结案件中属实15件，占比26.8%；部分属实27件，占比48.2%；不属实14件，占比25.0%。"
    assert [verdict for verdict, _ in verdicts(text, "rates")] == ["consistent"] * 4


def test_share_list_without_base() -> None:
    """The one share that does not fit is found though no total is stated."""
    text = "来访1580件，占比71.14%；来电562件，占比25.30%；来信50件，占比2.25%；其他29件，占比{}%。"
    assert all(verdict == "consistent" for verdict, _ in verdicts(text.format("1.30"), "rates"))
    wrong = [outcome for outcome in outcomes(text.format("3.30"), "rates") if outcome.verdict == "contradicted"]
    assert [outcome.actual for outcome in wrong if outcome.defect == "does-not-follow"] == ["3.30%"]


def test_overlapping_types_need_not_close() -> None:
    """Shares that each follow from their counts are not asked to make 100."""
    text = "受理11件，其中水污染类1件，占9.09%；大气类3件，占27.27%；噪声类8件，占72.73%；其他1件，占9.09%。"
    assert ("unchecked", "overlap") in verdicts(text, "rates")
    assert not [verdict for verdict, _ in verdicts(text, "rates") if verdict == "contradicted"]


def test_trimmed_shares_are_left_alone() -> None:
    """A share moved by one so that all make 100 is recorded, not reported."""
    text = "受理208件。满意134件，占65%；基本满意69件，占33%；不满意5件，占2%。"
    assert ("unchecked", "forced") in verdicts(text, "rates")
    assert not [verdict for verdict, _ in verdicts(text, "rates") if verdict == "contradicted"]


def test_fraction_beside_the_rate() -> None:
    """整改率95.2%（40/42）."""
    assert verdicts("整改率95.2%（40/42）。", "rates") == [("consistent", "40÷42=95.2%")]
    assert verdicts("整改率92.5%（40/42）。", "rates")[0][0] == "contradicted"


def test_growth_reads_either_order() -> None:
    """同比 is read from the years, not from the order of writing."""
    for text in ("2023年受理53件，2022年受理58件，同比下降8.62%。", "2022年受理58件，2023年受理53件，同比下降8.62%。"):
        assert verdicts(text, "growth") == [("consistent", "(58件-53件)÷58件=8.62%")]


@pytest.mark.parametrize(
    "text",
    [
        "由12件减少到8件，办理时限压缩60%。",
        "从12家增加到28家，年均增长32%。",
        "新增企业20家，总数较上年的580家增长3.4%。",
        "受理28件，办结25件，较上年同期增加12件，增长75%。",
    ],
)
def test_other_subjects(text: str) -> None:
    """A change of something else is not measured against these figures."""
    assert not [verdict for verdict, _ in verdicts(text, "growth") if verdict == "contradicted"]


def test_direction_is_reported_once() -> None:
    """Figures that are swapped give one finding, not a second one for the percentage."""
    found = [o for o in outcomes("投诉由318件下降至341件，下降7.2%。", "growth") if o.verdict == "contradicted"]
    assert [outcome.defect for outcome in found] == ["direction"]


def test_amounts_told_twice_agree() -> None:
    """The same amount in 万元 and 元 is recorded as consistent."""
    text = "多付工程款3.85万元。施工方退回多付工程款38500元。"
    assert verdicts(text, "magnitude") == [("consistent", "3.85万元：38500元")]


@pytest.mark.parametrize(
    "unit",
    [
        "受理120件，办结118件，办结率98.3%，",
        "来访30件，占12%，",
        "由25件下降到18件，降幅28%，",
        "较上年的30件增长5%，",
        "2021年12件、2022年13件，逐年上升，",
    ],
)
def test_cost_is_linear(unit: str) -> None:
    """Four times the text in one endless sentence is no more than about four times the work."""

    def work(count: int) -> int:
        claims = Claims(parse(Source(unit * count + "。")))
        assert claims.quantities

        def check() -> None:
            for kind in KINDS:
                loaded = load_kind(kind)
                for _ in loaded.check(claims, loaded.params()):
                    pass

        return lines_run(check)

    work(20)
    assert work(480) < 5 * work(120)


def test_a_huge_base_costs_no_more() -> None:
    """Whether a whole number gives the rate is not found by trying all that might."""
    loaded = load_kind("rates")

    def work(households: int) -> int:
        claims = Claims(parse(Source(f"入户调查{households}户，群众满意率77.06%。")))
        return lines_run(lambda: list(loaded.check(claims, loaded.params())))

    work(972)  # compiles the patterns, which is work too
    assert work(444444444444972) < 20_000
