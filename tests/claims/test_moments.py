"""What dates are dates of, and where problems, remedies and next steps are told."""

from __future__ import annotations

import pytest

from rectlint.claims.dates import Dates
from rectlint.claims.moments import Moment, Passages, find_moments
from rectlint.document import parse
from rectlint.source import Source


def moments(text: str) -> list[Moment]:
    document = parse(Source(text))
    return list(find_moments(document, Dates(document)))


ROLES = [
    ("已于2024年3月5日召开会议。", "done"),
    ("2024年3月5日召开会议。", "done"),
    ("2024年3月5日（星期二），镇党委召开会议。", "done"),
    ("2024年3月5日，邀请党校教师作专题辅导。", "done"),
    ("于2024年3月5日和4月6日召开会议。", "done"),
    ("2024年3月至4月，开展了专项整治。", "done"),
    ("拟于2024年3月5日召开会议。", "plan"),
    ("争取在2024年底前完成。", "plan"),
    ("预计2024年9月完成。", "plan"),
    ("计划2024年9月底完成。", "plan"),
    ("确保2024年9月底前完成。", "plan"),
    ("整改时限：2024年9月底前。", "deadline"),
    ("完成时限为2024年5月底前。", "deadline"),
    ("截至2024年9月20日，已完成。", "cutoff"),
    ("2024年以来，检查863家次。", "since"),
    ("自2023年9月起，已固定1名管水员。", "since"),
    ("自2025年1月1日起施行。", "other"),
    ("对2023年1月15日前的欠费全部追缴。", "other"),
    ("已补发2022年12月工资。", "other"),
    ("合同期限至2026年3月15日。", "other"),
    ("责令2025年3月31日前完成。", "other"),
    ("该公司2022年5月签订的合同。", "other"),
    ("为迎接2025年3月召开的大会，做好保障。", "other"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles(text: str, role: str) -> None:
    """The words round a date say what it is the date of."""
    found = moments(f"一是{text}")
    assert [moment.role for moment in found][-1:] == [role]


def test_what_is_done_firmly() -> None:
    """已, 了 and 于 with a day make it sure; a bare month with a verb does not."""
    firm = [
        moment.firm for moment in moments("已于2024年3月召开。2024年4月开展了整治。于2024年5月6日召开。2024年6月召开。")
    ]
    assert firm == [True, True, True, False]


def test_a_plan_told_as_one_of_the_past_is_explained() -> None:
    """Carried out since, put off, or demanded by somebody."""
    texts = (
        "计划于2024年6月底前完成，目前已完成。",
        "拟于2024年6月召开，因疫情推迟。",
        "会议要求力争在2024年6月底前完成。",
        "拟于2024年6月召开。",
    )
    assert [moments(text)[0].explained for text in texts] == [True, True, True, False]


LABELLED = """
二、整改情况
（一）政治建设方面
1.学习有偏差
（1）学习不深入。2021年3月会议没有记录。
整改情况：已整改。2024年3月5日召开会议。
未完成的原因：2023年5月未拨付。
整改时限：2024年9月。
三、下一步工作
2025年1月召开会议。
"""

PLAIN = """
二、整改落实情况
1.针对学习不深入的问题。一是2024年3月5日召开会议。
完成情况：已完成。
2.关于2021年3月发现的问题。2024年4月5日召开会议。
"""


def test_passages_of_labelled_and_plain_layouts() -> None:
    """A problem, its remedy, the reasons and the next steps are told apart by labels, or by titles where there are none."""
    for text, expected in (
        (LABELLED, ["problem", "remedy", "reason", "reason", "plan"]),
        (PLAIN, ["remedy", "problem", "remedy"]),
    ):
        document = parse(Source(text))
        passages = Passages(document)
        assert [passages.at(date.span.start) for date in Dates(document).all] == expected
