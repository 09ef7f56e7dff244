"""The marks that open numbered items: 一、 （一） 1. （1） ① 问题1： 【问题1】 第一， 一是.

In: folded text.  Out: `Marker` values with style, number and length.  The styles are named by their first mark.

>>> leading_marker("（十二）关于", 0, 6)
Marker(style='（一）', number=12, start=0, end=4)
"""

from __future__ import annotations

from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

# style: depth, outermost first.  The order is the one of GB/T 9704-2012 (Layout key for official document), 7.3.3:
# 一、（一）1.（1）, with the customary ① below and the run words 一是 第一 last.
DEPTHS: dict[str, int] = {
    "第一章": 0,
    "一、": 1,
    "（一）": 2,
    "问题一": 3,
    "1.": 4,
    "问题1": 5,
    "1-1": 5,
    "（1）": 6,
    "①": 7,
    "第一": 8,
    "一是": 9,
}
"""问题一 is a 问题1 below which lists 1. 2. 3. begin anew, as `rectlint.document` finds out."""

NO_PAIR_OF_ORDINALS = r"(?![一二三四五六七八九十](?:[、和]|[种季批期项条组轮]))(?![一二三四五六七八九十]{1,3}(?:季度|[期批次轮届类组点条项章节款名个]|大队|支部|巡|督|师|中学|小学|分))"
"""Behind 第二、: no second of several ordinals that share their noun (第二、三季度; 第二、三、四种形态)."""
_GOES_DOWN = (
    r"(?:(?<=\d\d、)|(?<=[1-9]、)(?=1)|(?<=[2-9]、)(?=2)|(?<=[3-9]、)(?=3)|(?<=[4-9]、)(?=4)|(?<=[5-9]、)(?=5)|(?<=[6-9]、)(?=6)"
    r"|(?<=[7-9]、)(?=7)|(?<=[89]、)(?=8)|(?<=9、)(?=9))\d、"
)
"""A number no greater than the one before it, so that the list begins with it and that one is a mark: 2、2、3、6组群众."""
_MARKER = Pattern(
    r"(?P<chapter>第(?P<n0>[一二三四五六七八九十]{1,3})(?:章|部分|篇)[ ：、]?)"
    r"|(?P<top>(?P<n1>[一二三四五六七八九十百]{1,4})、(?![二三四五六七八九十]{1,2}[、产级类季月批期轮线]))"
    r"|(?P<second>（(?P<n2>[一二三四五六七八九十百]{1,4})）、?|[㈠-㈩])"
    r"|(?P<child>(?P<n31>\d{1,2})-(?P<n3>\d{1,3})(?:[，、.．：]| |(?=[\p{Han}“《])(?![月日年号时点级层岁人名个项家户天次万亿元倍成组])))"
    r"|(?P<arabic>(?P<n4>\d{1,3})(?:\.(?!\d)、?|\.(?=(?:19|20)\d\d年|\d{1,2}月|\d{1,4}(?:家|处|名|户|项|件|条|宗|座|所|起|辆|栋|个(?![月百季工小])))|、(?!\d{1,3}[月日号时]|(?!"
    + _GOES_DOWN
    + r")\d{1,3}、|\d{5})|．)|[⒈-⒛])"
    r"|(?P<problem>(?:反馈|具体|整改|重点)?(?:问题|任务|事项)(?P<n5>[一二三四五六七八九十]{1,3}|\d{1,3})(?:[：、.，]| (?! )|(?=（(?:整改|方案|清单|反馈|督察|审计|原|序号|编号)[^（）\n]{0,12}）[：\p{Han}]))"
    r"|【(?:反馈|具体|整改|重点)?(?:问题|任务|事项)(?P<n5>[一二三四五六七八九十]{1,3}|\d{1,3})】[：、]?"
    r"|〔(?:反馈|具体|整改|重点)?(?:问题|任务|事项)(?P<n5>[一二三四五六七八九十]{1,3}|\d{1,3})〕[：、]?"
    r"|第(?P<n5>\d{1,3}|[一二三四五六七八九十]{1,3}(?=[项条个]?(?:整改)?(?:问题|任务)))(?:项|条|个|点)(?:(?:整改)?(?:问题|任务))?：)"
    r"|(?P<paren>（(?P<n6>\d{1,3})）[、.]?|[⑴-⒇])|(?P<bracket>(?P<n7>\d{1,2})）)"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<ordinal>第(?P<n8>[一二三四五六七八九十]{1,3})[，、：]" + NO_PAIR_OF_ORDINALS + ")"
    r"|(?P<run>(?P<n9>[一二三四五六七八九十]{1,3})(?:是(?!否)|要(?![素求点闻件道务员领害紧])))"
)
_STYLE = {
    "chapter": ("第一章", "n0"),
    "top": ("一、", "n1"),
    "second": ("（一）", "n2"),
    "child": ("1-1", "n3"),
    "arabic": ("1.", "n4"),
    "problem": ("问题1", "n5"),
    "paren": ("（1）", "n6"),
    "bracket": ("（1）", "n7"),
    "circled": ("①", ""),
    "ordinal": ("第一", "n8"),
    "run": ("一是", "n9"),
}
"""Each alternative of the pattern: its style and the group that holds its number; a single sign is its own number."""
_SIGNS = {
    chr(first + index): index + 1
    for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10))
    for index in range(count)
}
"""① … ⑳, ⑴ … ⒇, ⒈ … ⒛, ㈠ … ㈩."""
_REACH = 40
"""No mark, with all that must stand behind it, is longer."""
_FIRST = frozenset("第（【〔反具整重问任事一二三四五六七八九十百0123456789").union(_SIGNS)
"""The characters with which a mark may begin: most lines are seen to have none by their first."""


class Marker(NamedTuple):
    """One opening mark: its style (a key of `DEPTHS`), its number, and where it stands (view offsets)."""

    style: str
    number: int
    start: int
    end: int

    @property
    def depth(self) -> int:
        """How deep the style lies in the customary order, 0 outermost."""
        return DEPTHS[self.style]


def leading_marker(text: str, start: int, end: int) -> Marker | None:
    """The marker with which ``text[start:end]`` opens, or None."""
    if start >= end or text[start] not in _FIRST:
        return None
    match = _MARKER.match(text, start, min(end, start + _REACH))
    if match is None:
        return None
    style, group = _STYLE[match.lastgroup or ""]
    number = match[group] if group else None
    value = _SIGNS[text[start]] if number is None else chinese_ordinal(number)
    return Marker(style, value, start, match.end())


def chinese_ordinal(text: str) -> int:
    """The value of a small ordinal, Arabic or Chinese up to 999: ``十二`` is 12, ``一百零三`` 103."""
    if text.isascii():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[character]
    return total + digit
