"""Where line breaks were lost: headings, items and labels that stand in the middle of a line.

In: folded text and one of its lines.  Out: the offsets within the line at which a paragraph begins.  A text that was pasted
through a form or scraped from a page may come in one line, or in one line a section; its headings then follow the sentence
before them without a break (……整改到位。二、下一步工作（一）加强领导1.关于……的问题。整改情况：已整改。).  A line counts as
such only when headings 一、 or （一） in its middle count on from one another; lists within a sentence
(做好三项工作：1.……；2.……) stay where they are.

>>> text = "一、做法（一）加强领导。镇党委压实责任。（二）健全制度。修订制度。二、下一步打算。持续整改。"
>>> [text[offset:offset + 3] for offset in lost_breaks(text + "。" * 80, 0, len(text) + 80)]
['（一）', '（二）', '二、下']
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from rectlint.markers import Marker, leading_marker
from rectlint.patterns import Pattern

_SHORTEST, _CLOSE = 40, 400
"""Shorter lines are left as they are; a signature stands so near the end of its line."""

_STOPS = "。！？"
_CLOSERS = "”》）】"
_DIGITS = "一二三四五六七八九十"
_NUMERAL = f"[{_DIGITS}]{{1,3}}"
_NO_HEADING_END = f"第初高反统唯万之合划连其不单专同逐周期{_DIGITS}"
"""After these 一、 or 三、 belongs to a word: 举一反三、, 统一、, 之一、, 第一、."""

# a mark may follow a full stop, or the last word of a heading that has none
_TOP = Pattern(
    rf"(?<=(?:[。！？”）：，]|(?![{_NO_HEADING_END}])[\d\p{{Han}}]) ?)(?:{_NUMERAL}、)(?= ?[\p{{Han}}“](?!、))(?!{_NUMERAL}[、级类季月批期轮线])"
)
_SECOND = Pattern(
    rf"(?:(?<![第按和至及与，；、（\d] ?|第[\d{_DIGITS}]{{1,4}}[条款项])|(?<=， ?)(?=（{_NUMERAL}）(?:关于|聚焦)))（{_NUMERAL}）(?= ?[\p{{Han}}“《])(?! ?[项条款])"
)
_LOW = Pattern(
    r"(?<![第条款项按和至及与，、\d.年月—-] ?)"
    r"(?:\d{1,2} ?[.．](?:(?!\d)|(?=(?:19|20)\d\d年|\d{1,2}月))|\d{1,2}-\d{1,2}[，、.．： ]?(?=[\p{Han}“])(?![月日年])|\d{1,2} ?、(?!\d)|（\d{1,2}）|(?:具体|反馈)?问题\d{1,2}：|【(?:具体|反馈)?问题\d{1,2}】|第\d{1,2}项：)(?= ?(?:[\p{Han}“《]|(?:19|20)\d\d年|\d{1,2}月))"
)
_SECOND_OF_LIST = Pattern(r"[；，] ?(?:2 ?[.．、]|（2）)")
_LABEL = Pattern(
    r"(?<=(?:[。！？”）：]|[\p{Han}](?<![的及和与、于])) ?)(?:整改(?:落实|完成|进展|工作)?(?:情况|措施|结果|进展|时限|成效|目标)|(?:完成|落实|办理|进展)(?:情况|时限|时间)"
    r"|责任(?:领导|单位|人|部门|科室|股室)|牵头(?:领导|单位|部门)|整改责任人|存在问题|下一步工作(?:打算|安排)?|下一步打算|联系(?:电话|方式|人)|监督电话|电子邮箱"
    r"|(?:邮寄|通讯|通信|来信)地址|邮政编码|发布(?:时间|日期)|信息来源|来源)：",
    needs=("：",),
)
_FIRST = Pattern(r"(?<=[\p{Han}”）](?<!之|了|的|于|是|为) ?)第一[，、：]")
_OPENING = Pattern(
    r"(?<=(?:通报|报告|公示|公开|情况|[\d】］)）]) ?)(?:根据|按照)[^。，]{2,24}?(?:统一部署|部署|安排|要求|规定)"
)
_SIGNATURE = Pattern(
    r"(?<=(?P<stop>[。\d\p{Latin}）]) ?)(?P<organ>中共[\p{Han}]{2,30}(?:委员会|党组|党委|工委|支部|总支))? ?"
    r"(?P<date>(?:\d{4}|[二〇零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日)(?P<rest> ?(?:返回|相关|附件|打印|【|分享|扫一扫|上一篇|责任编辑|来源)[^。]*)?$",
    needs=("年",),
)
_PROBLEM = Pattern(
    r"[^。：；，]{0,40}?(?:问题|关于|针对|不[够力严实强高深足齐全清准]|不到位|不规范|不及时|不扎实|不严格|薄弱|短板|差距|欠缺|滞后|缺失|弱化|偏差|淡化|宽松软)"
)
_LIKELY = 3
"""A heading's number may be this far off the one expected and still be a heading: numbering may be wrong in itself."""


class _Count:
    """How far the headings of one style have been counted; ``inner`` is the next number of a list within the text."""

    def __init__(self, last: int = 0) -> None:
        self.last = last
        self.inner = 0
        self.accepted: list[int] = []


def lost_breaks(folded: str, start: int, end: int) -> list[int]:
    """The offsets in ``folded[start:end]``, one line, at which a paragraph begins whose line break was lost."""
    if end - start < _SHORTEST:
        return []
    leading = leading_marker(folded, start, end)
    found = _headings(folded, start, end, leading)
    may_hold_items = bool(found) or (leading is not None and leading.style in ("一、", "（一）"))
    low = set(_low(folded, start, end, sorted(found))) if may_hold_items else set()
    signature = _SIGNATURE.search(folded, max(start, end - _CLOSE), end)
    signed = {signature.start(group) for group in ("organ", "date", "rest") if signature[group]} if signature else set()
    if not found and (leading is None or not _holds_items(folded, leading, sorted(low))):
        return sorted(signed) if signature is not None and signature["organ"] and start not in signed else []
    found |= low
    found |= {match.start() for match in _LABEL.find(folded, start, end)}
    openings = sorted(found)
    found |= {
        match.start() for match in _FIRST.find(folded, start, end) if _ends_heading(folded, openings, match.start())
    }
    found |= {match.start() for match in _OPENING.find(folded, start, min(end, start + 600))}
    found |= signed
    return sorted(offset for offset in found if start < offset < end)


def _holds_items(folded: str, leading: Marker, low: list[int]) -> bool:
    """Whether a section in one line, 一、 or （一） at its head, holds items that follow its heading without a stop."""
    if len(low) < 2:
        return False
    glued = "。" not in folded[leading.end : low[0]]
    return glued and folded[low[0] - 1] not in "。：；"


def _ends_heading(folded: str, found: list[int], offset: int) -> bool:
    """Whether a heading without a stop ends at ``offset``."""
    index = bisect_left(found, offset) - 1
    return (
        index >= 0
        and offset - found[index] <= 60
        and not any(mark in folded[found[index] : offset] for mark in "。，；：")
    )


def _headings(folded: str, start: int, end: int, leading: Marker | None) -> set[int]:
    """The headings 一、 and （一） in the middle of a line, where they count on from one another."""
    tops = _counted(folded, _TOP, start, end, leading, "一、")
    found = set(tops)
    if not tops and leading is not None and leading.style not in ("一、", "（一）"):
        return found
    bounds = [start, *tops, end]
    for low, high in pairwise(bounds):
        first = leading_marker(folded, low, high)
        inner = first if first is not None and first.style == "（一）" else None
        found |= set(_counted(folded, _SECOND, low, high, inner, "（一）"))
    return found


def _counted(folded: str, pattern: Pattern, start: int, end: int, leading: Marker | None, style: str) -> list[int]:
    """The marks of one style in a stretch, if at least two of them, the stretch's own included, count on."""
    count = _Count(last=leading.number if leading is not None and leading.style == style else 0)
    fits = 1 if count.last else 0
    for match in pattern.find(folded, start + 1, end):
        marker = leading_marker(folded, match.start(), end)
        if marker is None or marker.style != style:
            continue
        if marker.number == count.last + 1 or (marker.number == 1 and count.last != 1):
            fits += 1
        elif not count.last or abs(marker.number - count.last) > _LIKELY or folded[match.start() - 1] not in _STOPS:
            continue
        count.last = marker.number
        count.accepted.append(match.start())
    return count.accepted if fits >= 2 else []


def _low(folded: str, start: int, end: int, headings: list[int]) -> Iterator[int]:
    """The items 1. and （1） below the headings; lists behind a colon or between semicolons are none."""
    counts = {"1.": _Count(), "（1）": _Count(), "问题1": _Count(), "1-1": _Count()}
    opened = start
    bounds = iter([*headings, end + 1])
    bound = next(bounds)
    for match in _LOW.find(folded, start + 1, end):
        marker = leading_marker(folded, match.start(), end)
        if marker is None or marker.style not in counts:
            continue
        while marker.start >= bound:
            bound = next(bounds)
            for count in counts.values():
                count.inner = 0
        count = counts[marker.style]
        if marker.number == 1 and marker.style == "（1）" and _told_below(folded, opened, marker.start):
            count.inner = 2
        elif _opens_item(folded, marker, count):
            opened = marker.start
            count.last, count.inner = marker.number, 0
            if marker.style != "（1）":
                counts["（1）"].inner = 0
            yield marker.start


def _told_below(folded: str, opened: int, offset: int) -> bool:
    """Whether a label such as 整改情况： stands between the opening of an item and ``offset``, not too far back."""
    return _LABEL.search(folded, max(opened, offset - 2 * _CLOSE), offset) is not None


def _opens_item(folded: str, marker: Marker, count: _Count) -> bool:
    before = folded[marker.start - 1 - (folded[marker.start - 1] == " ")]
    if before in "：；":
        count.inner = marker.number + 1
        return False
    if marker.style in ("问题1", "1-1"):
        return True
    stop = folded.find("。", marker.end)
    if (
        marker.number == 1
        and _SECOND_OF_LIST.search(folded, marker.end, stop if stop >= 0 else len(folded)) is not None
    ):
        count.inner = 2
        return False
    tells_problem = _PROBLEM.match(folded, marker.end, marker.end + 50) is not None
    if marker.number == count.inner and not tells_problem:
        count.inner += 1
        return False
    fits = marker.number in (1, count.last + 1)
    return fits or (tells_problem and abs(marker.number - count.last) <= _LIKELY)
