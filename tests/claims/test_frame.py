"""The frame of a bulletin: opener, feedback, cut-off, signature, publication."""

from __future__ import annotations

import pytest

from rectlint.claims.dates import Date, Dates
from rectlint.claims.frame import Frame, find_frame
from rectlint.document import Document, parse
from rectlint.source import Source, Span


def frame_of(text: str) -> tuple[Document, Frame]:
    document = parse(Source(text))
    return document, find_frame(document, Dates(document))


def words(document: Document, span: Span | None) -> str:
    return "" if span is None else document.words(span)


def day(date: Date | None) -> str:
    return "" if date is None else str(date.first)


OPENERS = [
    (
        "按照县委巡察工作部署,2023年6月26日至8月11日,县委巡察二组对白石镇党委进行巡察,2024年1月15日反馈巡察意见。",
        ("县委巡察二组", "白石镇党委", "巡察", "2023-06-26", "2023-08-11", "2024-01-15"),
    ),
    (
        "根据区委统一部署，区委第八巡察组于2025年5月12日至7月18日对白石镇及所辖6个行政村开展巡察“回头看”，9月11日反馈巡察意见。",
        ("区委第八巡察组", "白石镇及所辖6个行政村", "巡察", "2025-05-12", "2025-07-18", "2025-09-11"),
    ),
    (
        "按照市委统一部署，2024年3月下旬至5月下旬，市委第五巡察组对市某局党组进行了常规巡察。7月15日，市委巡察组向局党组反馈了巡察意见。",
        ("市委第五巡察组", "市某局党组", "巡察", "2024-03-21", "2024-05-21", "2024-07-15"),
    ),
    (
        "区委第七巡察组于2024年9月9日至2024年11月8日对某新城党工委所辖12个居民区党组织进行了巡察，并于2024年12月20日反馈了意见。",
        ("区委第七巡察组", "某新城党工委所辖12个居民区党组织", "巡察", "2024-09-09", "2024-11-08", "2024-12-20"),
    ),
    (
        "自2022年3月1日起，区委第三巡察组对某局党组开展了为期2个月的常规巡察，并于2022年6月20日反馈。",
        ("区委第三巡察组", "某局党组", "巡察", "2022-03-01", "", "2022-06-20"),
    ),
    (
        "2024年1月15日，县委第二巡察组向某局党组反馈了巡察意见。",
        ("县委第二巡察组", "", "", "", "", "2024-01-15"),
    ),
    (
        "2023年2月6日至4月20日，市审计局对某县开展了财政收支审计，并于6月9日出具审计报告。",
        ("市审计局", "某县", "审计", "2023-02-06", "2023-04-20", "2023-06-09"),
    ),
]


@pytest.mark.parametrize(("text", "slots"), OPENERS)
def test_the_slots_of_an_opener(text: str, slots: tuple[str, ...]) -> None:
    """Who inspected whom, for what, from when to when, and when it was fed back."""
    document, frame = frame_of(
        f"中共某某委员会关于巡察整改进展情况的通报\n{text}现将情况予以公布。\n一、整改情况\n1.甲问题。已整改。"
    )
    assert (
        words(document, frame.inspector),
        words(document, frame.inspected),
        words(document, frame.purpose),
        day(frame.start),
        day(frame.end),
        day(frame.feedback),
    ) == slots


def test_several_windows_give_the_first_beginning_and_no_end() -> None:
    """Two bodies inspected one after the other have no common end."""
    _, frame = frame_of(
        "2024年3月4日至4月30日，县委第一巡察组对甲镇开展巡察；2024年5月6日至6月28日，县委第二巡察组对乙镇开展巡察。"
    )
    assert len(frame.windows) == 2
    assert day(frame.start) == "2024-03-04"
    assert frame.end is None


def test_a_range_of_rectification_is_no_inspection() -> None:
    """经过集中整改 of so many months is not the inspection's window."""
    _, frame = frame_of("经过2024年1月15日至4月16日集中整改，县委巡察组对某镇开展的巡察反馈问题已完成整改。")
    assert frame.windows == ()


def test_a_meeting_on_the_feedback_is_no_feedback() -> None:
    """研究落实反馈意见 and 反馈后 are not the feedback itself."""
    _, frame = frame_of(
        "2023年6月26日至8月11日，县委巡察二组对某镇党委进行巡察，2024年1月15日反馈巡察意见。\n"
        "2024年1月17日召开会议，研究反馈意见。2024年2月6日，巡察反馈问题整改方案印发。"
    )
    assert [day(date) for date in frame.feedbacks] == ["2024-01-15"]


def test_cut_offs_and_which_of_them_sum_up() -> None:
    """截至 with the problems fed back sums up; 截至 of one matter, or of an earlier round, does not."""
    document, frame = frame_of(
        "2023年6月26日至8月11日，县委巡察二组对某镇党委进行巡察，2024年1月15日反馈巡察意见。\n"
        "截至2024年11月底，巡察反馈的63个问题已完成整改60个。\n"
        "1.图斑整改。截至9月20日为止，违法图斑164宗已全部整改到位。\n"
        "2.上一轮巡察整改。截至2023年2月，上一轮巡察反馈的12个问题已完成整改10个。\n"
        "3.截至目前（2024年11月30日），已清理2处。"
    )
    assert [(words(document, cutoff.span), cutoff.headline) for cutoff in frame.cutoffs] == [
        ("截至2024年11月底", True),
        ("截至9月20日", False),
        ("截至2023年2月", False),
        ("截至目前（2024年11月30日", False),
    ]
    assert day(frame.cutoff) == "2024-11-21"


SIGNED = [
    ("中共某镇委员会\n2024年12月9日", "中共某镇委员会", "2024-12-09"),
    ("中共某镇委员会\n二〇二四年十二月九日", "中共某镇委员会", "2024-12-09"),
    ("中共某镇委员会 2024年12月9日", "中共某镇委员会", "2024-12-09"),
    ("中共某镇委员会\n2024年12月9日\n附件：整改清单\n相关链接：", "中共某镇委员会", "2024-12-09"),
    ("联系电话：021-5555\n2024年12月9日", "", "2024-12-09"),
    ("附件：1.整改清单\n中共某镇委员会\n2024年12月9日", "中共某镇委员会", "2024-12-09"),
    ("中共某镇委员会\n2024年12月9日\n附件：管理办法\n某镇人民政府\n2023年5月1日", "中共某镇委员会", "2024-12-09"),
]


@pytest.mark.parametrize(("closing", "organ", "signed"), SIGNED)
def test_signature(closing: str, organ: str, signed: str) -> None:
    """The organ and date at the end, on two lines or one, before attachments."""
    document, frame = frame_of(
        f"中共某镇委员会关于巡察整改情况的通报\n现将巡察整改情况通报如下。\n一、整改情况\n1.甲问题。已整改。\n欢迎监督。\n{closing}\n"
    )
    assert (words(document, frame.organ), day(frame.signature)) == (organ, signed)


PUBLISHED = [
    ("发布日期:2026-03-20  来源:某区纪委监委", "2026-03-20"),
    ("发布时间：2025-02-17 10:22:33 来源：某县纪委 字体：【大 中 小】", "2025-02-17"),
    ("时间：2025/1/17　浏览：35次", "2025-01-17"),
    ("2025年1月17日", "2025-01-17"),
    ("现在时间是:2025年11月22日 时间：2025年1月17日 浏览：35次", "2025-01-17"),
]


@pytest.mark.parametrize(("line", "published"), PUBLISHED)
def test_publication(line: str, published: str) -> None:
    """The date in the line below the title."""
    _, frame = frame_of(
        f"中共某镇委员会关于巡察整改情况的通报\n{line}\n现将巡察整改情况通报如下。\n一、情况\n已整改。\n"
    )
    assert day(frame.publication) == published


def test_a_report_is_given_on_the_day_of_the_session() -> None:
    """——2024年12月26日在某某会议上 dates a report."""
    _, frame = frame_of(
        "某县人民政府关于审计查出问题整改情况的报告\n——2024年12月26日在某县人大常委会第二十一次会议上\n县审计局局长 某某\n"
        "主任、各位副主任：\n现将整改情况报告如下。\n一、情况\n已整改。\n"
    )
    assert day(frame.signature) == "2024-12-26"


def test_nothing_is_measured_by_a_milestone_out_of_order() -> None:
    """A signature before the feedback, or after the publication, is in error itself."""
    opener = "2023年6月26日至8月11日，县委巡察二组对某镇党委进行巡察，2024年1月15日反馈巡察意见。\n一、情况\n已整改。\n"
    assert frame_of(f"{opener}中共某镇委员会\n2023年12月2日")[1].given is None
    assert day(frame_of(f"{opener}中共某镇委员会\n2024年12月9日")[1].given) == "2024-12-09"
    late = f"某镇通报\n发布时间：2024-10-12\n{opener}中共某镇委员会\n2024年12月9日"
    assert frame_of(late)[1].given is None


def test_empty_text() -> None:
    """A text without any of it has an empty frame."""
    _, frame = frame_of("")
    assert (frame.start, frame.feedback, frame.cutoff, frame.given, frame.feedbacks) == (None, None, None, None, ())


def test_a_leap_day_without_a_year_lies_nowhere() -> None:
    """2月29日 is a day of some years only, and none of them may be near."""
    text = (
        "2021年3月4日至5月30日,县委巡察二组对白石镇党委进行巡察,6月30日反馈巡察意见。\n2月29日召开会议。\n"
        "中共白石镇委员会\n2022年1月9日\n"
    )
    document = parse(Source(text))
    dates = Dates(document)
    (leap,) = [date for date in dates.all if date.text == "2月29日"]
    assert find_frame(document, dates).place_yearless(leap) in ("unknown", "before", "after")
