"""Events that happen once: the window of the inspection, and meetings with a name of their own."""

from __future__ import annotations

import pytest

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.source import Source


def events(text: str) -> list[tuple[str, str]]:
    """Name and date of each event."""
    return [(event.name, event.date.text) for event in Claims(parse(Source(text))).events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2023年6月26日至8月11日，县委巡察二组对青山镇党委开展了巡察。",
            [("巡察（巡视）开始", "2023年6月26日"), ("巡察（巡视）结束", "8月11日")],
        ),
        ("2024年2月6日召开整改专题民主生活会。", [("整改专题民主生活会", "2024年2月6日")]),
        ("在2024年2月6日召开的专题民主生活会上。", [("专题民主生活会", "2024年2月6日")]),
        ("2024年2月6日召开主题教育专题民主生活会。", [("主题教育专题民主生活会", "2024年2月6日")]),
        ("2024年3月21日召开2023年度抓党建述职评议会。", [("2023年度抓党建述职评议会", "2024年3月21日")]),
    ],
)
def test_events(text: str, expected: list[tuple[str, str]]) -> None:
    """Each wording of the genre yields its event."""
    assert events(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月6日召开党委会议。",
        "2024年2月6日、6日分别召开专题民主生活会。",
        "拟于2024年2月6日召开专题民主生活会。",
        "4月8日再次召开专题民主生活会。",
        "2024年3月1日至5日，对拟提拔人选进行公示。",
    ],
)
def test_no_event(text: str) -> None:
    """What is held again, planned, or spread over days is no event that can be compared."""
    assert events(text) == []
