"""Traditional script: the same findings at the same places."""

from __future__ import annotations

import rectlint
from rectlint.scripts import SIMPLIFIED

TEXT = """中共某县文化旅游局党组关于巡察整改情况的通报
根据县委统一部署，2022年8月15日至10月14日，县委第一巡察组对县文化旅游局党组进行了巡察，并于2022年12月22日反馈了巡察意见。
一、具体整改情况
1.文物保护责任落实不力。
整改情况：已完成整改。3处文物保护单位已完成修缮2处，剩余1处预计2023年3月底前完成。
2.学习计划落实不到位。
整改情况：已完成整改。
4.财务管理不规范。
整改情况：已完成整改。
中共某县文化旅游局党组
2023年5月12日
"""
TRADITIONAL = TEXT.translate(
    str.maketrans(
        "关于县党组况发统据对进行并后馈见责实划处单预计财务规题学习护不旅门团员书",
        "關於縣黨組況發統據對進行並後饋見責實劃處單預計財務規題學習護不旅門團員書",
    )
)


def test_traditional_script_has_the_same_findings() -> None:
    """Each finding stands at the same offsets, in the characters of the text itself."""
    plain, traditional = (rectlint.check_text(text).findings for text in (TEXT, TRADITIONAL))
    assert [finding.rule for finding in plain] == ["DAT005", "NUM001"]
    assert [(f.rule, f.place.start.offset, f.place.end.offset) for f in traditional] == [
        (f.rule, f.place.start.offset, f.place.end.offset) for f in plain
    ]
    assert traditional[0].place.text == "預計2023年3月底前"


def test_pairs_are_one_character_each_and_lead_out_of_the_table() -> None:
    """No simplified character is itself turned into another."""
    assert not {chr(other) for other in SIMPLIFIED.values()} & {chr(one) for one in SIMPLIFIED}
