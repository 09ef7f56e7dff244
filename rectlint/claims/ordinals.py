"""Entries listed by their numbers beside how many they are: 第3、第9、第14个问题等3个重点问题, 问题2、问题5、问题9共3个问题.

In: a `Document`.  Out: `Enumeration` values.  A range (第3至第6个问题) is no list.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("主动领办第3、第9、第14个问题等4个问题。"))
>>> [(e.value, e.listing.size, e.closed) for e in find_ordinals(document)]
[(4, 3, True)]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rectlint.claims.enumerations import Enumeration
from rectlint.claims.members import Listing
from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.source import Span

_ORDINAL = r"(?:\d{1,3}+|[一二三四五六七八九十]{1,3}+)"
_LISTED = Pattern(
    rf"(?<![\p{{Han}}\d（、][至到—-])(?P<list>(?:第|(?:问题|任务|事项)(?=\d))（?{_ORDINAL}）?(?:[、和与及]第?(?:问题|任务|事项)?（?{_ORDINAL}）?){{1,11}}+)"
    r"[个项条点]?(?:反馈)?(?:问题|任务|事项|措施|举措)?(?P<open>等)?(?:共计?|这|合计)?"
    r"(?P<figure>(?P<number>\d{1,2}|[两三四五六七八九十])[个项条])(?:\p{Han}{0,6})(?:问题|任务|事项|措施|举措)",
    needs=("第", "问题", "任务", "事项"),
)
_MEMBER = Pattern(_ORDINAL)
_LEAST = 3


def find_ordinals(document: Document) -> Iterator[Enumeration]:
    """All such lists; 等 behind three numbers and more leaves no room for a single further one."""
    for match in _LISTED.find_in_lines(document.text):
        start, end = match.span("list")
        members = tuple(Span(*member.span()) for member in _MEMBER.find(document.text, start, end))
        numbers = [chinese_ordinal(document.words(member)) for member in members]
        if len(set(numbers)) < len(numbers) or any(b <= a for a, b in pairwise(numbers)):
            continue
        value = chinese_ordinal(match["number"].replace("两", "二"))
        closed = not match["open"] or (len(members) >= _LEAST and value - len(members) == 1)
        listing = Listing(Span(start, end), members, frozenset((len(members),)))
        yield Enumeration("before", Span(*match.span("figure")), value, listing, closed)
