"""Where the text points to one of its own items: 反馈第4点……问题, 问题（30）, 第3项……问题, 前述第（五）项.

In: a `Document`.  Out: `Reference` values in text order, and the list of items that such numbers count.  Clauses of laws and
rules (《……条例》第三十一条) and items of outside lists are no references to this text.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("（1）学习不深入。\\n（2）底数不清。\\n（3）推进不快。\\n关于反馈第2点底数不清问题。已完成。\\n"))
>>> [(reference.number, reference.title) for reference in find_references(document)]
[(2, '底数不清')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rectlint.document import Document, Item
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
_REFERENCE = Pattern(
    rf"第(?P<bracket>（)?(?P<n1>{_NUMERAL})(?(bracket)）)(?P<unit>点|项|条|个)(?P<after>反馈问题|(?:整改)?问题|整改任务)?"
    rf"|问题(?:（(?P<n2>{_NUMERAL})）|(?P<n3>\d{{1,3}})"
    r"(?=[、，。；：（）和与及一等至的剩尚余由未已仍还均]|对应|涉及|责任|牵头|预计|计划|[两三四五六七八九十]个|$))"
    rf"|(?:任务|问题|事项)(?P<n4>{_NUMERAL})(?=[、，。；和与及]|等|的(?:后续)?整改|[两三四五六七八九十][个项]|$)"
    rf"|(?<=[对将、和与及）])（(?P<n5>{_NUMERAL})）(?=[、和与及（等]|(?:[两三四五六七八九十]|\d{{1,2}})个)"
    rf"|第(?P<n6>{_NUMERAL})(?=[、和与及]第|(?:[两三四五六七八九十]|\d{{1,2}})个)",
    needs=("第", "问题", "任务", "事项", "对（", "将（"),
)
_LISTED_STATE = Pattern(
    rf"(?:(?:[、和与及]|(?=（))(?:第|问题|任务|事项)?（?{_NUMERAL}）?[点项条个]?(?:问题)?){{0,6}}等?(?:\d{{1,2}}|[一二两三四五六七八九十])?(?:个|项)?"
    r"(?:尚|仍|还)?(?:正在(?:整改|推进)|未(?:完成|整改)|(?:需要?)?(?:长期|持续)(?:整改|推进|坚持)|基本完成|阶段性|已(?:完成|整改))[^，。；]{0,6}的"
)
_LISTED_TASKS = Pattern(
    rf"(?:(?:[、和与及]|(?=（))第?（?{_NUMERAL}）?){{1,8}}(?:[项个条]|等?(?:\d{{1,2}}|[两三四五六七八九十])[个项])\p{{Han}}{{0,3}}(?:问题|任务|事项|工作)"
)
_INNER = Pattern(
    r"(?:反馈|巡[察视](?:组|反馈)?|审计|督察|指出|移交|整改|前述|上述|本通报|该|同|与|随|问题|见|[、和及，与])(?:意见|问题|指出|发现|清单)?(?:的|中)?(?:关于)?$"
    r"|(?:对应|分别是|即|为)$|[前底内](?:确保|力争)?(?:全部|全面)?(?:完成|销号|办结|解决)$"
    r"|(?:完成|推进|整改|到位|办结|解决|销号|成效|进度)的(?:问题)?$|(?:盯住|紧盯|盯紧)$"
)
_OUTER = Pattern(
    r"[》”]|条例|规定|办法|细则|准则|党章|法(?:律)?|章程|守则|标准|合同|协议|公约|方案|清单|附件|通知|意见》|[一二三四五六七八九十\d]章"
)
_LONG_TITLE = Pattern(r"(?:关于)?[“「]?(?P<title>[^，。；：！？（\n]{3,70})(?:的)?问题(?!（?\d)")
_QUOTED_TITLE = Pattern(r"(?:的|中的)?“(?:关于)?(?P<title>[^“”\n]{4,60}?)(?:的?问题)?”")
_TITLE_EDGE = Pattern(r"^(?:关于|针对|对|在)+|(?:方面)?(?:存在)?(?:的)?问题$|[“”‘’「」《》、，。；：（）\s]")
_ORDINARY = ("点", "问题")


class Reference(NamedTuple):
    """One pointer: the words with the number, the number, the style of marker it names (or ''), and the title if given."""

    span: Span
    number: int
    style: str
    title: str
    title_span: Span | None


def find_references(document: Document) -> Iterator[Reference]:
    """Every place that points to an item of this text by its number."""
    text = document.text
    last = -1
    for match in _REFERENCE.find(text):
        start, end = match.span()
        sentence = document.sentence_at(start)
        marker = document.paragraph_at(start).markers
        if marker and any(mark.start <= start < mark.end for mark in marker):
            continue
        before = text[max(sentence.start, start - 24) : start]
        title = None if match["after"] else _title(document, end, sentence.end)
        unit = match["unit"] or match.group()[:2]
        listed = last >= 0 and text[last:start] in ("、", "和", "及", "与", "")
        if (match["n5"] or match["n6"]) and before.endswith("对"):
            listed = listed or _LISTED_TASKS.match(text, end, min(sentence.end, end + 60)) is not None
        if _LISTED_STATE.match(text, end, min(sentence.end, end + 60)) is not None:
            listed, title = True, None
        if not (
            listed
            if match["n5"]
            else listed or _is_inner(before, unit, bool(match["after"] or title), bool(match["bracket"]))
        ):
            continue
        last = end
        numeral = match["n1"] or match["n2"] or match["n3"] or match["n4"] or match["n5"] or match["n6"]
        style = (
            "" if not (match["bracket"] or match["n2"] or match["n5"]) else "（1）" if numeral.isascii() else "（一）"
        )
        style = "问题一" if match["n4"] else style
        words = "" if title is None else document.words(title)
        yield Reference(Span(start, end), chinese_ordinal(numeral), style, words, title)


def _is_inner(before: str, unit: str, has_title: bool, bracketed: bool = False) -> bool:
    """Whether a number points into this text: it says so, or it names the title of a problem."""
    clause = before[max(before.rfind(mark) for mark in "，；：") + 1 :] if before else ""
    if _OUTER.search(clause) is not None:
        return False
    if unit in ("任务", "事项"):
        return True
    if unit == "问题":
        return _INNER.search(before) is not None or before[-1:] in (
            "",
            ".",
            "。",
            "；",
            "，",
            "：",
            "（",
            "、",
            "对",
            "至",
            "将",
            "和",
            "的",
        )
    if bracketed and clause in ("对", "将"):
        return True
    if unit == "点":
        return has_title or _INNER.search(before) is not None or before[-1:] in ("为", "办", "、", "和", "及", "与")
    return has_title or _INNER.search(before.rstrip("、和及与，")) is not None


def _title(document: Document, start: int, end: int) -> Span | None:
    """The title behind a number: the words in quotation marks, or those up to the last 问题 of the clause."""
    quoted = _QUOTED_TITLE.match(document.text, start, end)
    if quoted is not None:
        return Span(*quoted.span("title"))
    clause_end = min(
        (place for mark in "，。；：（\n" if (place := document.text.find(mark, start, end)) >= 0), default=end
    )
    last = document.text.rfind("问题", start, clause_end)
    if last - start < 3 or document.text[start] in "、，。；和与及等至到":
        return None
    title = Span(start, last)
    words = document.words(title)
    lead = len(words) - len(words.lstrip("“「关于"))
    tail = len(words) - len(words.rstrip("”」的"))
    title = Span(start + lead, last - tail)
    return title if 3 <= len(title) <= 60 else None


def counts_in(reference: Reference, items: Sequence[Item]) -> bool:
    """Whether a number may count in a list: by the style of mark it names, and 任务三 only in a list 任务一、任务二."""
    if not items or not reference.style:
        return bool(items)
    style = items[0].marker.style
    return style == reference.style or (reference.style, style) == ("问题一", "问题1")


def list_of_problems(document: Document, candidates: Sequence[Sequence[Item]]) -> tuple[Item, ...]:
    """The items that references count: the longest of the lists that are numbered 1, 2, 3 … through the whole text."""
    running = [items for items in candidates if len(items) >= 3 and _runs_on(items)]
    longest: Sequence[Item] = ()
    for items in running:
        if len(items) > len(longest):
            longest = items
    return tuple(longest)


def _runs_on(items: Sequence[Item]) -> bool:
    """Whether numbers rise through the list, apart from an odd one."""
    numbers = [item.marker.number for item in items]
    falls = sum(later <= earlier for earlier, later in pairwise(numbers))
    return numbers[0] <= 2 and falls * 10 <= len(numbers)


def plain_title(words: str) -> str:
    """A title without 关于, 的问题, quotation marks and punctuation, for comparison."""
    return str(_TITLE_EDGE.compiled.sub("", _TITLE_EDGE.compiled.sub("", words)))


def likeness(first: str, second: str) -> float:
    """How alike two titles are, from 0 to 1: the share of the shorter one's character pairs found in the longer."""
    one, two = _plain_with_pairs(first), _plain_with_pairs(second)
    if not one[0] or not two[0]:
        return 0.0
    if one[0] in two[0] or two[0] in one[0]:
        return 1.0
    smaller, larger = sorted((one[1], two[1]), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


@lru_cache(maxsize=4096)
def _plain_with_pairs(words: str) -> tuple[str, frozenset[str]]:
    """A title made plain, and its pairs of neighbouring characters."""
    plain = plain_title(words)
    return plain, frozenset(plain[place : place + 2] for place in range(len(plain) - 1))
