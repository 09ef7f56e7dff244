"""Damaged text: dates that lost a character, mojibake, replacement characters.

In: a `Document`.  Out: `Damage` values.  Checks that would rest on a damaged place are not made.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> [damage.sort for damage in find_damage(parse(Source("于2021915日反馈。")))]
['date']
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

DamageSort = Literal["date", "replacement", "mojibake", "missing-number"]

# a date without its month or year word (2021915日, 202591日, 2025年1021日) or with a lone 年 or 月 (2023年月)
_DATE = Pattern(
    r"(?<![\d.])(?:19|20)\d{2}(?:(?:年\d{3,4}日|\d{2,4}日)(?:[至到—-]\d{2,4}日)?|\d{1,2}月\d{1,2}日|月(?=\d{1,2}月)|年(?:月|日)\d{0,2}(?:日)?|年\d{1,2}(?:月日|日(?![至、\d]|程|前|内|元|均)))"
    r"|(?<![\d.第满近约超逾共])20[0-3]年(?=\d{1,2}月|以来|[底末初度招拟])"
    r"|\d{1,2}月(?:[0-3]?[lIOo]|[lIOo]\d|\d[lIOoZS])日|(?<!\d)(?:[lIOo]\d|\d[lIOo])月\d{1,2}日|(?<![\dA-Za-z])(?=\d*[lIOo])[12][\dlIOo]{3}年(?=\d{1,2}月)"
    r"|(?<![\d每当同次翌去今上本明前后来某逐隔历常新周半整全跨两零〇一二三四五六七八九十])年\d{1,2}月\d{1,2}日|(?<=[于至])月\d{1,2}日|\d{1,2}月\d{1,2}日\d{1,2}月\d{1,2}日|(?:^|(?<=[，。；\n]))1[0-2][0-3]\d日(?=至\d)|(?<=[\p{Han}，。])1?20[0-3]\d(?<=120\d\d)年",
    needs=("日", "年", "月日"),
    linear=True,
)
# 914日 for 9月14日, told from 100日 by the other dates of the text, which lost a mark too
_DAY_ALONE = Pattern(
    r"(?<=[，。；\n])(?:[1-9][1-9]|[1-9][0-3]\d|1[0-2][0-3]\d)日(?=[，\p{Han}])(?<=\d{3,4}日)(?![程前内均元])",
    needs=("日",),
    linear=True,
)
_REPLACEMENT = Pattern(
    r"\ufffd+|锟斤拷(?:锟斤拷)*|(?<=[\p{Han}，。；：\d])？{3,}(?=[\p{Han}\d])", needs=("\ufffd", "锟斤拷", "？？？")
)
_MOJIBAKE = Pattern(
    r"(?:[ÃÂäåæçèéï][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}){2,}|(?:â€[\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]?)+|(?:烫){3,}|(?:屯){3,}",
    needs=("Ã", "Â", "â€", "ä", "å", "æ", "ç", "è", "é", "ï", "烫烫", "屯屯"),
)
_MISSING = Pattern(
    r"(?<=[委府局])第(?=(?:巡察|巡视|督察)组)|(?<=[达为至到了])%|(?<=资金|金额|共计|合计|补助|补贴|罚款|经费)(?:万|亿)元(?=[，。；])"
    r"|(?<=个方面)个(?=\p{Han}{0,2}问题)|(?<=给予(?:党纪|政务|政纪|组织)+(?:处分|处理))人(?=[，。；、])|\d[，,]\.\d+(?=[万亿]?元)|\d\.\d{1,2}\.(?=%)",
    needs=("第巡", "第督", "%", "元", "方面个", "处分人", "处理人", ".%"),
)


class Damage(NamedTuple):
    """One unreadable place and what sort of damage it is."""

    span: Span
    sort: DamageSort


def find_damage(document: Document) -> Iterator[Damage]:
    """All damaged places, by sort."""
    patterns: tuple[tuple[DamageSort, Pattern], ...] = (
        ("date", _DATE),
        ("replacement", _REPLACEMENT),
        ("mojibake", _MOJIBAKE),
        ("missing-number", _MISSING),
    )
    dates = False
    for sort, pattern in patterns:
        for match in pattern.find_in_lines(document.text):
            dates |= sort == "date"
            yield Damage(Span(*match.span()), sort)
    if dates:
        for match in _DAY_ALONE.find_in_lines(document.text):
            yield Damage(Span(*match.span()), "date")
