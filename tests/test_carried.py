"""One cause, one finding: a plan already past beside 已整改."""

from __future__ import annotations

import rectlint

ITEM = "（1）党建工作抓得不紧的问题。\n整改情况：已整改。2024年2月27日召开述职会，拟于3月中下旬召开分析会{}。\n某镇党委\n2024年12月2日\n"


def test_a_past_plan_in_a_done_item_is_told_once() -> None:
    """The finding on the date carries the state of the item; the ledger still holds the other comparison."""
    report = rectlint.check_text(ITEM.format(""))
    assert [(finding.rule, finding.place.text) for finding in report.findings] == [("DAT005", "拟于3月中下旬")]
    assert [place.text for place in report.findings[0].evidence] == ["2024年12月2日", "已整改"]
    told = [comparison for comparison in report.comparisons if comparison.rule == "STA001"]
    assert [(comparison.verdict, comparison.reason.zh) for comparison in told] == [("unchecked", "已并入另一条发现")]


def test_other_open_work_is_still_told() -> None:
    """Where more is unfinished than the plan, both findings stay."""
    report = rectlint.check_text(ITEM.format("；其余3个支部尚未开展"))
    assert sorted(finding.rule for finding in report.findings) == ["DAT005", "STA001"]


def test_without_the_rule_on_plans_the_state_is_told() -> None:
    """Nothing is lost when the more particular rule is off."""
    rules = [rule for rule in rectlint.load_rules() if rule.code != "DAT005"]
    assert "STA001" in [finding.rule for finding in rectlint.check_text(ITEM.format(""), rules=rules).findings]
