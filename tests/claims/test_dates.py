"""Dates: every written form, inherited years, ranges; nothing that only looks like a date."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectlint.claims.dates import Date, Dates
from rectlint.document import parse
from rectlint.source import Source, Span


def dates_of(text: str) -> tuple[Date, ...]:
    return Dates(parse(Source(text))).all


def intervals(text: str) -> list[str]:
    return [f"{date.first}/{date.last}" for date in dates_of(text)]


FORMS = [
    ("2024年1月17日", "2024-01-17/2024-01-17"),
    ("2024 年 1 月 17 日", "2024-01-17/2024-01-17"),
    ("２０２４年１月１７日", "2024-01-17/2024-01-17"),
    ("2024年01月06日", "2024-01-06/2024-01-06"),
    ("2024年1月17号", "2024-01-17/2024-01-17"),
    ("二〇二四年十二月五日", "2024-12-05/2024-12-05"),
    ("二○二四年十二月三十一日", "2024-12-31/2024-12-31"),
    ("二零二四年三月", "2024-03-01/2024-03-31"),
    ("2024-01-17", "2024-01-17/2024-01-17"),
    ("2024/1/17", "2024-01-17/2024-01-17"),
    ("2024.1.17", "2024-01-17/2024-01-17"),
    ("24年1月17日", "2024-01-17/2024-01-17"),
    ("2024年3月", "2024-03-01/2024-03-31"),
    ("2024年3月份", "2024-03-01/2024-03-31"),
    ("2024年2月上旬", "2024-02-01/2024-02-10"),
    ("2024年2月中旬", "2024-02-11/2024-02-20"),
    ("2024年2月下旬", "2024-02-21/2024-02-29"),
    ("2024年3月中下旬", "2024-03-11/2024-03-31"),
    ("2024年2月底", "2024-02-21/2024-02-29"),
    ("2024年2月末", "2024-02-21/2024-02-29"),
    ("2024年2月初", "2024-02-01/2024-02-10"),
    ("2024年", "2024-01-01/2024-12-31"),
    ("2022年度", "2022-01-01/2022-12-31"),
    ("2023年底", "2023-12-01/2023-12-31"),
    ("2023年年底", "2023-12-01/2023-12-31"),
    ("2023年末", "2023-12-01/2023-12-31"),
    ("2023年上半年", "2023-01-01/2023-06-30"),
    ("2023年下半年", "2023-07-01/2023-12-31"),
    ("2023年第三季度", "2023-07-01/2023-09-30"),
    ("2023年一季度", "2023-01-01/2023-03-31"),
]


@pytest.mark.parametrize(("text", "interval"), FORMS)
def test_every_form_is_placed_on_the_calendar(text: str, interval: str) -> None:
    """Each form of the genre gives its interval of days, and its own words."""
    dates = dates_of(f"于{text}，完成整改。")
    assert [f"{date.first}/{date.last}" for date in dates] == [interval]
    assert dates[0].year_source == "stated"
    assert dates[0].trusted


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345热线",
        "累计6个月15天",
        "近3月余",
        "18月龄",
        "6—36月龄",
        "一月一主题",
        "每月10次",
        "第3月考核",
        "合计2023.5万元",
        "2.0版本3.4.5",
        "1000年古树",
        "电话0594-8233",
        "今年以来",
        "青年干部",
        "编号2024-3-5-17",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """Counts, codes, versions and telephone numbers are no dates."""
    assert dates_of(f"关于{text}的情况。") == ()


IMPOSSIBLE = [
    ("2024年6月31日", "day"),
    ("2023年2月29日", "day"),
    ("2024年2月30日", "day"),
    ("2024年4月0日", "day"),
    ("2024年13月5日", "month"),
    ("2024年0月", "month"),
    ("13月5日", "month"),
    ("6月31日", "day"),
    ("2204年3月5日", "year"),
    ("2024-09-31", "day"),
    ("二〇二四年六月三十一日", "day"),
]


@pytest.mark.parametrize(("text", "problem"), IMPOSSIBLE)
def test_an_impossible_date_says_what_is_wrong_and_has_no_place(text: str, problem: str) -> None:
    """An impossible date is kept, with its problem and without an interval."""
    [date] = dates_of(f"于{text}，完成。")
    assert date.problem == problem
    assert not date.known


def test_29_february_is_possible_while_its_year_is_only_guessed() -> None:
    """A guessed year never makes a date impossible."""
    dates = dates_of("2月29日。2023年1月5日反馈。镇党委于2月29日召开会议。")
    assert [date.problem for date in dates] == ["", "", ""]
    assert [date.known for date in dates] == [False, True, False]


INHERITED = [
    ("2023年6月26日至8月11日", ["2023-06-26", "2023-08-11"], "range"),
    ("2022年11月29日至2月20日", ["2022-11-29", "2023-02-20"], "range"),
    ("6月26日至2023年8月11日", ["2023-06-26", "2023-08-11"], "stated"),
    ("2023年12月6日、28日", ["2023-12-06", "2023-12-28"], "range"),
    ("2024年3月5、6日", ["2024-03-05", "2024-03-06"], "range"),
    ("2024年3月4日（星期一）至8日", ["2024-03-04", "2024-03-08"], "range"),
    ("2024年6月15至17日", ["2024-06-15", "2024-06-17"], "range"),
    ("2024年3月5日9:00至3月8日", ["2024-03-05", "2024-03-08"], "range"),
    ("2023年1—6月", ["2023-01-01", "2023-06-01"], "range"),
    ("2023年3月—5月", ["2023-03-01", "2023-05-01"], "range"),
    ("2020—2023年", ["2020-01-01", "2023-01-01"], "stated"),
    ("2019—2022年8月", ["2019-01-01", "2022-08-01"], "stated"),
    ("2023年11月至次年3月", ["2023-11-01", "2024-03-01"], "relative"),
    ("2023年3月5日，同年8月", ["2023-03-05", "2023-08-01"], "relative"),
    ("2023年12月6日，次月5日", ["2023-12-06", "2024-01-05"], "relative"),
    ("2024.3.5—2024.6.1", ["2024-03-05", "2024-06-01"], "stated"),
    ("（2023.03-2023.06）", ["2023-03-01", "2023-06-01"], "stated"),
    ("2024年4月15日开展，9月5日反馈", ["2024-04-15", "2024-09-05"], "sentence"),
    ("2024年4月15日开展，2月5日反馈", ["2024-04-15", "2025-02-05"], "inherited"),
    ("2023年，3月5日召开", ["2023-01-01", "2023-03-05"], "inherited"),
    ("2024年4月15日开展。9月5日反馈", ["2024-04-15", "2024-09-05"], "inherited"),
]


@pytest.mark.parametrize(("text", "firsts", "source"), INHERITED)
def test_a_missing_year_comes_from_the_nearest_date_that_has_one(text: str, firsts: list[str], source: str) -> None:
    """A date without a year takes it from its range, its sentence or an earlier one, and says so."""
    dates = dates_of(f"于{text}。")
    assert [str(date.first) for date in dates] == firsts
    assert dates[-1].year_source == source


def test_guesses_do_not_build_on_guesses_of_other_paragraphs() -> None:
    """9月底 after 11月上旬 of another paragraph is counted from the last full date, not from that guess."""
    dates = dates_of("2025年8月20日反馈了巡察意见。\n截至11月上旬，清运14次。\n9月底全体干部填报。")
    assert [str(date.first) for date in dates] == ["2025-08-20", "2025-11-01", "2025-09-21"]


def test_a_guessed_year_does_not_run_past_the_text() -> None:
    """Where the year after would lie beyond the signature, the year of the last full date stands."""
    text = "（1）甲问题。已于2024年5月8日退款。\n（2）乙问题。于2月21日盘点。\n中共某镇委员会\n2024年12月9日"
    assert str(dates_of(text)[1].first) == "2024-02-21"


def test_this_year_is_the_year_the_text_was_given() -> None:
    """今年 and 去年 count from the date line at the end."""
    text = "一、情况\n今年8月完成，去年底启动，明年3月验收。\n中共某镇委员会\n2022年12月5日"
    assert intervals(text)[:3] == ["2022-08-01/2022-08-31", "2021-12-01/2021-12-31", "2023-03-01/2023-03-31"]


def test_years_in_titles_are_not_inherited() -> None:
    """A date in 《》 gives its year to nothing."""
    assert str(dates_of("2024年4月5日印发《2019年3月行动方案》，5月6日实施。")[2].first) == "2024-05-06"


def test_questions_by_place() -> None:
    """Dates are found by span, by their beginning and by their end."""
    dates = Dates(parse(Source("于2024年3月5日至4月6日开展，5月完成。")))
    first, second, third = dates.all
    assert list(dates.within(Span(0, second.span.end))) == [first, second]
    assert list(dates.within(Span(0, second.span.end - 1))) == [first]
    assert dates.starting_at(third.span.start) is third
    assert dates.ending_at(second.span.end) is second
    assert dates.starting_at(0) is None and dates.ending_at(0) is None
    assert dates.range_of(second) is dates.ranges[0]
    assert dates.range_of(third) is None


days = st.dates(datetime.date(2000, 1, 1), datetime.date(2049, 12, 31))
WRITERS = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: chinese(d),
]


def chinese(day: datetime.date) -> str:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def chinese_number(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


@settings(deadline=None)
@given(days, st.sampled_from(WRITERS))
def test_a_written_day_is_read_back(day: datetime.date, write) -> None:  # type: ignore[no-untyped-def]
    """Whichever way a day is written, it is read as that day."""
    [date] = dates_of(f"已于{write(day)}，完成整改。")
    assert (date.first, date.last, date.grain, date.problem) == (day, day, "day", "")


@settings(deadline=None)
@given(days, st.integers(0, 150), st.sampled_from(["至", "到", "-", "—", "——", "~", "～", "–", "起至", "（星期一）至"]))
def test_a_range_is_read_back_with_and_without_its_second_year(start: datetime.date, length: int, mark: str) -> None:
    """D1至D2 gives both ends, whatever the mark and whether or not the second year is written."""
    end = start + datetime.timedelta(days=length)
    full = f"{start.year}年{start.month}月{start.day}日{mark}{end.year}年{end.month}月{end.day}日"
    short = f"{start.year}年{start.month}月{start.day}日{mark}{end.month}月{end.day}日"
    for text in (full, short):
        dates = Dates(parse(Source(f"于{text}开展整治。")))
        assert [(found.start.first, found.end.first) for found in dates.ranges] == [(start, end)]


@settings(deadline=None)
@given(st.integers(2000, 2049), st.integers(1, 12), st.integers(0, 40))
def test_only_real_days_are_possible(year: int, month: int, day: int) -> None:
    """A day is possible exactly when the calendar has it."""
    [date] = dates_of(f"于{year}年{month}月{day}日完成。")
    assert (date.problem == "") == (1 <= day <= calendar.monthrange(year, month)[1])


@settings(deadline=None)
@given(st.text(alphabet="年月日至—-、.,，。0123456789一二三十〇年底上旬今去同次第个", max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    """Dates are in order, do not overlap, lie in the text, and every known one is a proper interval."""
    document = parse(Source(text))
    dates = Dates(document)
    end = 0
    for index, date in enumerate(dates.all):
        assert date.order == index
        assert end <= date.span.start < date.span.end <= len(document.text)
        assert document.words(date.span) == date.text
        assert date.first is None or (date.last is not None and date.first <= date.last)
        end = date.span.end
    assert all(found.start.order + 1 == found.end.order for found in dates.ranges)
