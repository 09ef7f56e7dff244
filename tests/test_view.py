"""The view: one form for every way of typing, and a map back that never misses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.source import Span
from rectlint.view import View, view_of

PARAGRAPHS = [
    "中共青石镇委员会关于巡察整改进展情况的通报",
    "根据县委统一部署，2024年3月4日至4月16日，县委第三巡察组对青石镇党委开展了巡察，并于6月5日反馈了巡察意见，现将整改情况予以公布。",
    "一、组织落实情况",
    "（一）压实责任。镇党委先后召开专题会议12次，研究制定整改方案，明确责任领导和完成时限，形成一级抓一级、层层抓落实的工作格局，整改率达98.71%。",
    "（二）健全制度。修订完善《青石镇财务管理办法》等9项制度，投入资金1,825.95万元，新建制度5项，收回违规资金3.85万元，全部上缴财政专户管理使用。",
    "联系电话：0123-4567890",
]
TEXT = "\n".join(PARAGRAPHS)
TO_WIDE = str.maketrans("0123456789%,:;()", "０１２３４５６７８９％，：；（）")
TO_HALF = str.maketrans("，：；（）", ",:;()")


def wrap(text: str, width: int) -> str:
    """Break each line after ``width`` characters, as old mail programs and web editors do."""
    return "\n".join(line[i : i + width] for line in text.split("\n") for i in range(0, max(len(line), 1), width))


@pytest.mark.parametrize(
    "variant",
    [
        TEXT.translate(TO_WIDE),
        TEXT.translate(TO_HALF),
        wrap(TEXT, 46),
        wrap(TEXT, 30),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\n\n"),
        "\u3000\u3000" + TEXT.replace("\n", "\n\u3000\u3000"),
        TEXT.replace("12次", " 12 次").replace("98.71%", " 98.71% ").replace("3.85", "3.85 "),
        TEXT.replace("（一）压实责任。", "**（一）压实责任。**"),
        TEXT.replace("一、组织", "## 一、组织"),
        TEXT.replace("（二）", "- 3 -\n（二）"),
    ],
    ids=[
        "wide",
        "half",
        "wrap46",
        "wrap30",
        "crlf",
        "blank-lines",
        "indent",
        "spaces",
        "bold",
        "heading",
        "page-number",
    ],
)
def test_typing_makes_no_difference(variant: str) -> None:
    """However the same bulletin is typed, its view is the same."""
    assert view_of(variant).text == TEXT


@pytest.mark.parametrize("mark", ["，", "、", "。", "；", "）", "》"])
def test_line_that_begins_with_a_closing_mark_goes_on(mark: str) -> None:
    """No paragraph begins with such a mark: however short the lines, it belongs to the one before."""
    assert view_of(f"已办结13件\n{mark}其余照常").text == f"已办结13件{mark}其余照常"


def test_page_breaks_inside_sentences_are_joined() -> None:
    """A line that stops in mid-sentence before a blank line goes on after it."""
    broken = TEXT.replace("明确责任领导和", "明确责任领导和\n\n")
    assert view_of(broken).text == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "整改情况：已整改。柳湾村退回补助\n（2）整改不及时。",
        "一、提高站位\n（一）加强领导",
        "工作正在进行，\n（四）关于整改任务",
        "中共青石镇委员会\n2024年12月9日",
    ],
)
def test_paragraphs_that_begin_anew_are_not_joined(text: str) -> None:
    """A line that begins with a mark, or a signature, stands by itself even after a line without a stop."""
    assert view_of(text).text == text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("1,825.95亿元", "1,825.95亿元"),
        ("１，８２５．９５亿元", "1,825.95亿元"),
        ("问题5,措施9", "问题5，措施9"),
        ("上午9:30开会", "上午9:30开会"),
        ("分工如下:1个组", "分工如下：1个组"),
        ('开展"回头看"和"双评"', "开展“回头看”和“双评”"),
        ("甲村 3 户", "甲村3户"),
        ("甲村 乙村", "甲村 乙村"),
        ("A B", "A B"),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    """Punctuation, digits and spaces take one form, except where they mean something."""
    assert view_of(typed).text == folded


ALPHABET = st.text(
    st.sampled_from('整改情况，。、：；（）(),:;0123456789０１ \u3000\t\r\n*#-—一二三是年月日件个"“”\u200b\ufeff𠀀')
)


@given(ALPHABET)
def test_the_map_leads_back_to_what_was_typed(text: str) -> None:
    """Every view character stands for a source character at a later place than the one before it."""
    view = view_of(text)
    offsets = [view.source_offset(index) for index in range(len(view.text))]
    assert offsets == sorted(set(offsets))
    assert all(0 <= offset < len(text) for offset in offsets)
    for index, offset in enumerate(offsets):
        if view.text[index].isalpha() and view.text[index] not in "〇":
            assert text[offset] == view.text[index]


@given(ALPHABET, st.integers(0, 40), st.integers(0, 10))
def test_spans_map_to_spans(text: str, start: int, length: int) -> None:
    """A span maps to a span that begins and ends with the characters it began and ended with."""
    view: View = view_of(text)
    if start + length <= len(view.text) and length:
        span = view.to_source(Span(start, start + length))
        assert (span.start, span.end) == (view.source_offset(start), view.source_offset(start + length - 1) + 1)


@given(ALPHABET)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """The view of a view has no full-width digits and no spaces beside digits left."""
    folded = view_of(text).text
    assert not set(folded) & set("０１\u3000\t\r")


def test_a_closing_paragraph_is_not_joined_to_a_slip() -> None:
    """A paragraph that ends in a comma by mistake does not swallow 欢迎广大干部群众……."""
    text = "一是完善制度，堵塞漏洞，\n欢迎广大干部群众进行监督。\n"
    assert view_of(text).text.count("\n") == 1


def test_every_kept_offset_maps_there_and_back() -> None:
    """A source offset that the view keeps comes back to itself; one that it drops, to the next kept code point."""
    text = "　共 ３ 件，\r\n**一是**压实责任。\n"
    view = view_of(text)
    for offset in range(len(view.text)):
        if view.text[offset] != "\n":
            assert view.from_source(view.source_offset(offset)) == offset
    assert view.text[view.from_source(text.index("**"))] == "一"


def test_points_that_end_sentences_become_stops() -> None:
    """A text typed with points throughout reads as one with 。; points in numbers, and the odd one, stay."""
    typed = "一是完善制度.二是清退3.5万元.三是开展培训.四是压实责任(已完成).五是严格考核.\n5月2日召开会议."
    assert view_of(typed).text.count("。") == 6 and "3.5万元" in view_of(typed).text
    assert "买买提.江" in view_of("买买提.江作了检查。学习深入。整改到位。").text


def test_a_number_broken_at_its_first_digit_is_joined() -> None:
    """The rest of a number at the beginning of a line is no item, even where the text is not hard-wrapped throughout."""
    text = "城乡居民医保参保对象64,732人，完成参保36,208人，参保率6\n3.57%。\n第二，公开收支明细。\n"
    assert "参保率63.57%。" in view_of(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二O二四年", "二〇二四年"),
        ("二0一九年", "二〇一九年"),
        ("二00九年", "二〇〇九年"),
        ("一九九O年", "一九九〇年"),
        ("第二0号", "第二0号"),
    ],
)
def test_the_nought_of_a_year(text: str, expected: str) -> None:
    """A letter or figure in a year written in characters stands for 〇."""
    assert view_of(text).text == expected


def test_a_date_broken_behind_its_year_is_joined() -> None:
    """The number at the end of a line and the word at the head of the next are one date, in a text of short lines too."""
    text = "一、情况\n编印工作手册，对党务干部开展轮训，规范会议记录和档案资料。于2024\n年11月25日开展集中轮训。\n二、其他\n"
    assert "于2024年11月25日开展" in view_of(text).text
