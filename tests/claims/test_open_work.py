"""What counts as work that is not finished, and what only looks like it."""

from __future__ import annotations

import pytest

from rectlint.claims.open_work import find_open_work
from rectlint.document import parse
from rectlint.source import Source, Span


def open_work(text: str) -> list[str]:
    """The words of open work in a text."""
    document = parse(Source(text))
    return [document.words(work.span) for work in find_open_work(document, Span(0, len(document.text)))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("冷库二期正在办理林地占用手续；其他已完成。", "正在办理林地占用手续"),
        ("涉事报账员正在审查调查中。", "正在审查调查中"),
        ("该问题已移交镇纪委，仍在核查。", "仍在核查"),
        ("已完成设计，待资金到位后立即施工。", "待资金到位后立即施工"),
        ("补植待县里补助标准明确后再予安排。", "待县里补助标准明确后再予安排"),
        ("3个村已批复待入库。", "待入库"),
        ("拟由局党组对站所负责人批评教育。", "拟由局党组对站所负责人批评教育"),
        ("拟召开1次廉政座谈会。", "拟召开1次廉政座谈会"),
        ("二期工程计划于2025年6月底前竣工。", "计划于2025年6月底前竣工"),
        ("力争2025年3月底前全部化解。", "力争2025年3月底前全部化解"),
        ("剩余3户尚未签订补偿协议。", "剩余3户尚未签订补偿协议"),
        ("其余村纳入2025年度实施计划。", "其余村纳入2025年度实施计划"),
        ("已整改7个，持续整改中4个。", "持续整改中4个"),
        ("下一步，待资金到位后实施改造。", "待资金到位后实施改造"),
    ],
)
def test_unfinished_objects(text: str, words: str) -> None:
    """A process that runs, a condition that waits, a plan, a remainder."""
    assert open_work(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "下一步，将持续推进整改，今后定期开展检查，力争取得更大成效。",
        "对正在施工的12个项目开展检查，对正在办理的信访件跟踪督办。",
        "明确工程尾款待竣工验收合格后支付。",
        "合同约定尾款待审计结束后支付。",
        "反馈时正在办理测绘，目前已全部办结。",
        "一旦发现正在违规建设，立即制止。",
        "凡拟上会议题须提前3天报送，对拟提拔人选征求意见。",
        "安排应急人员24小时待命，招待费按标准执行，落实村干部待遇。",
        "针对巡察指出的尚未登记入账问题，已全部登记。",
        "剩余19户符合养殖规划，依规予以保留。",
        "积极争取2024年度专项资金300万元，已完成操场改造。",
        "学习计划于2024年1月制定完成并印发。",
        "各项工作正在持续有序推进。",
        "经排查，尚未发现类似问题。",
        "其余人员分批参加培训。",
        "起草、修订和拟定制度5项，模拟演练2次。",
        "期待群众监督，亟待解决的问题已列入清单，有待加强的环节逐项改进。",
    ],
)
def test_harmless_words(text: str) -> None:
    """Promises, rules, attributes, the past, and words that merely hold the same characters."""
    assert open_work(text) == []
