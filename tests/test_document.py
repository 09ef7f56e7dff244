"""The outline: roles of paragraphs, numbered items as a tree, runs of 一是 二是."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rectlint.document import parse
from rectlint.source import Source

TEXT = """当前位置：首页 > 巡察整改
中共青石镇委员会关于巡察整改情况的通报
发布时间：2024-12-30 来源：某县纪委监委
根据县委统一部署，县委第三巡察组对青石镇党委开展了巡察。
一、组织落实情况
镇党委高度重视。
一是提高站位。召开会议。
二是压实责任。落实到人。
二、整改情况
（一）政治建设方面
1.学习不深入
（1）中心组学习不够。整改情况：已整改。一是制定计划；二是开展培训。
（2）学习形式单一。
整改情况：正在整改中。①已对接；②已申报。
2.部署不及时
（3）研究不够。已整改。
联系电话：0123-4567890
中共青石镇委员会
2024年12月9日
"""


def test_roles() -> None:
    """Navigation, title, meta line, contact, signature and date are told from the text."""
    document = parse(Source(TEXT))
    roles = {document.words(p.span)[:4]: p.role for p in document.paragraphs}
    assert roles["当前位置"] == "navigation"
    assert [p.role for p in document.paragraphs[:4]] == ["navigation", "title", "meta", "body"]
    assert roles["联系电话"] == "contact"
    assert [p.role for p in document.paragraphs[-2:]] == ["signature", "date"]
    assert roles["一、组织"] == "heading"


def test_items_nest_by_style() -> None:
    """Items know their number, title and parent; (3) goes on although 2. began anew."""
    document = parse(Source(TEXT))
    marks = [(item.marker.style, item.marker.number) for item in document.items]
    assert marks == [
        ("一、", 1),
        ("一、", 2),
        ("（一）", 1),
        ("1.", 1),
        ("（1）", 1),
        ("（1）", 2),
        ("1.", 2),
        ("（1）", 3),
    ]
    third = document.items[-1]
    assert document.words(third.title) == "研究不够"
    assert [outer.marker.number for outer in document.ancestors(third)] == [2, 1, 2]


def test_item_extent_covers_its_paragraphs() -> None:
    """An item reaches to the next item of its depth or above, over paragraphs of its own."""
    document = parse(Source(TEXT))
    second = document.items[5]
    assert "②已申报" in document.words(second.span)
    assert document.item_at(document.text.index("已申报")) == second
    assert document.item_at(document.text.index("根据县委")) is None


def test_runs_across_and_inside_paragraphs() -> None:
    """一是 and 二是 in paragraphs of their own are one run; inline runs belong to their item."""
    document = parse(Source(TEXT))
    runs = [[marker.number for marker in run.markers] for run in document.runs]
    assert runs == [[1, 2], [1, 2], [1, 2]]
    assert document.runs[2].markers[0].style == "①"


WORDS = st.sampled_from(
    [
        "一、整改",
        "（一）学习",
        "1.问题",
        "（2）问题",
        "一是学习；",
        "二是整改。",
        "①甲；",
        "已整改。",
        "共3件，",
        "\n",
        "\n\n",
        " ",
        "通报",
        "。",
    ]
)


def test_lines_that_open_with_a_number_of_a_problem() -> None:
    """问题1 and a blank opens an item where three such lines count on; a sentence about 问题1 does not."""
    told = "问题1　学习不深入。已改。\n问题2　台账不清。已改。\n{third}\n四、下一步\n问题2由镇长负责。\n"
    document = parse(Source(told.format(third="问题３\t账目不公开。已改。")))
    assert [(i.marker.number, document.words(i.title)) for i in document.items][:3] == [
        (1, "学习不深入"),
        (2, "台账不清"),
        (3, "账目不公开"),
    ]
    assert [item.marker.style for item in document.items] == ["问题1"] * 3 + ["一、"]
    assert len(parse(Source(told.format(third="问题3由镇长负责。"))).items) == 1


def test_problems_taken_up_again() -> None:
    """问题2： below a heading of what is left is no new item; below another heading, or with a number of its own, it is."""
    told = "一、整改情况\n问题1：甲。\n问题2：乙。\n问题3：丙。\n二、{heading}\n{again}：年底前完成。\n"
    items = [
        len(parse(Source(told.format(heading=h, again=a))).items)
        for h, a in (
            ("未完成问题的后续安排", "问题2"),
            ("未完成问题的后续安排", "问题4"),
            ("纪律作风方面", "问题2"),
        )
    ]
    assert items == [5, 6, 6]


@given(st.lists(WORDS, max_size=40).map("".join))
def test_outline_invariants(text: str) -> None:
    """Items are ordered and lie in their parents; sisters do not overlap; paragraphs tile the view."""
    document = parse(Source(text))
    for before, after in pairwise(document.items):
        assert before.marker.start < after.marker.start
    for item in document.items:
        assert item.span.start <= item.title.start <= item.title.end <= item.span.end <= len(document.text)
        if item.parent is not None:
            outer = document.items[item.parent]
            assert outer.span.contains(item.span) and outer.marker.depth < item.marker.depth
    for parent in (None, *document.items):
        sisters = document.children(parent)
        assert all(a.span.end <= b.span.start for a, b in pairwise(sisters))
    assert "\n".join(document.words(p.span) for p in document.paragraphs) == document.text.strip("\n")
