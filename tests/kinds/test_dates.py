"""Date kinds: what the rule examples cannot show."""

from __future__ import annotations

import rectlint
from rectlint.report import Report
from rectlint.ruleset import load_rules

OPENER = "2023年6月26日至8月11日，县委第二巡察组对某镇党委进行巡察，2024年1月15日反馈巡察意见。\n"
SIGNED = "\n中共某镇委员会\n2024年12月9日\n"


def check(text: str) -> Report:
    return rectlint.check_text(text, rules=[rule for rule in load_rules() if rule.code.startswith("DAT")])


def codes(text: str) -> list[str]:
    return [finding.rule for finding in check(text).findings]


def verdicts(text: str, code: str) -> list[tuple[str, str]]:
    report = check(text)
    return [(c.verdict, c.reason.zh) for c in report.comparisons if c.rule == code]


def test_one_slip_in_the_signature_does_not_make_every_date_wrong() -> None:
    """A signature before the feedback is reported once; nothing is measured by it."""
    body = "".join(f"（{n}）甲问题。整改情况：已整改。2024年{n}月5日已召开会议。\n" for n in range(2, 9))
    assert codes(f"{OPENER}二、整改情况\n{body}中共某镇委员会\n2023年12月9日") == ["DAT003"]


def test_one_slip_in_the_inspection_does_not_make_every_remedy_old() -> None:
    """A window after the feedback is reported once."""
    body = "".join(f"（{n}）甲问题。整改情况：已整改。2024年{n}月5日已召开会议。\n" for n in range(2, 9))
    text = OPENER.replace("2023年6月26日", "2024年6月26日")
    assert codes(f"{text}二、整改情况\n{body}中共某镇委员会\n2024年12月9日") == ["DAT003"]


def test_a_yearless_date_is_wrong_only_if_no_year_fits() -> None:
    """Between May and February of the next year there is no 11 April."""
    opener = "区委第六巡察组于2025年5月12日至7月18日对某镇开展巡察，并于9月11日反馈了巡察意见。\n二、整改情况\n"
    closing = "\n中共某镇委员会\n2026年2月10日"
    item = "1.针对学习不深入的问题。一是于{}召开警示教育大会。"
    assert codes(opener + item.format("4月11日") + closing) == ["DAT004"]
    assert codes(opener + item.format("10月20日") + closing) == []


def test_agreement_and_doubt_are_recorded() -> None:
    """Comparisons that agree, and those that could not be made, are in the ledger."""
    text = f"{OPENER}二、整改情况\n（1）甲问题。整改情况：已整改。一是修订制度。二是2024年3月5日召开会议。三是5月6日开展检查。{SIGNED}"
    assert ("consistent", "") in verdicts(text, "DAT004")
    assert ("unchecked", "年份不明") in verdicts(text, "DAT010")
    assert [verdict for verdict, _ in verdicts(text, "DAT003")] == ["consistent"] * 3


def test_holidays_of_an_unknown_year_are_not_guessed() -> None:
    """A year without a published holiday arrangement leaves working days unchecked."""
    assert verdicts("公示期为2031年3月3日至3月14日，共5个工作日。", "DAT008") == [("unchecked", "没有该年的放假安排")]


def test_a_damaged_date_is_not_compared() -> None:
    """A date that lost a character takes no part in any comparison."""
    report = check("2023年6月26日至2023811日，县委第二巡察组对某镇党委进行巡察，2024年1月15日反馈巡察意见。")
    assert not report.findings


def test_findings_survive_other_forms_of_typing() -> None:
    """Full-width digits, spaces round digits and hard wraps change nothing."""
    text = f"{OPENER}二、整改情况\n（1）甲问题。整改情况：已整改。租金已于2023年5月8日全部交回财政所账户，欠账结清。{SIGNED}"
    wide = text.translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"})
    spaced = text.replace("2023年5月8日", "2023 年 5 月 8 日")
    wrapped = text.replace("2023年5月8日全部交回", "2023年5月\n8日全部交回")
    for form in (text, wide, spaced, wrapped):
        assert codes(form) == ["DAT004"]
