"""The bodies inspected: how many the title or the opener counts, whom the opener names, and the section that each has.

In: a `Document`, its titles and its opener.  Out: `Enumeration` values: 6个村（社区）of the title against 对甲村、乙村……开展了巡察, and
against the row of sections （一）甲村党支部 （二）乙村党支部 ….  Members of one kind only are counted (村 and 社区, 镇 and 街道).

>>> from rectlint.document import parse; from rectlint.source import Source
>>> text = "关于巡察反馈4个村党组织问题整改情况的通报\\n巡察组对青竹村、枫溪村和禾塘村党组织开展了巡察，现将整改情况通报如下。\\n"
>>> document = parse(Source(text))
>>> opener = document.paragraphs[1].span
>>> [(e.value, e.listing.size) for e in find_rosters(document, (document.paragraphs[0].span,), opener)]
[(4, 3)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.enumerations import Enumeration
from rectlint.claims.members import Listing
from rectlint.document import Document, Item
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_KINDS: dict[str, str] = {
    r"村（社区）|村（居）|村\(社区\)|村居|村和社区": "村|社区|居委会|居",
    r"村(?![级民委支])": "村",
    r"社区(?![级居])": "社区",
    r"乡镇（街道）|镇（街道）|镇街|乡镇|镇": "乡|镇|街道",
    r"街道": "街道",
}
"""What is counted, and what the names of such bodies end in."""
_NUMBER = r"(?<![\d第])(?P<n>\d{1,2}|[两三四五六七八九]|十[一二三四五六七八九]?)个"
_COUNTED = Pattern(_NUMBER + "(?:" + "|".join(f"(?P<kind{index}>{key})" for index, key in enumerate(_KINDS)) + ")")
_NAME = r"\p{Han}{1,12}?(?:村|社区|居委会|镇|乡|街道)"
_NAMED = Pattern(
    rf"(?:对|进驻|巡察了)(?P<list>{_NAME}(?:(?:、|和|及|以及|，){_NAME}){{2,}})(?:两委|[“”]两委[”])?(?:的)?(?:党组织|党支部|党总支|党委|党工委|村?“?两委”?|（|，|开展|进行|实施)",
    needs=("对", "进驻", "巡察了"),
)
_JOINT = Pattern(r"、|和|以及|及|，")
_OUTER = Pattern(r"^.*(?:镇|乡|县|市|区|街道)(?=\p{Han}{2,})")
_SECTION = Pattern(r"(?P<name>\p{Han}{1,10}?(?:村|社区|居委会|镇|乡|街道))(?:党|[“]?两委|$|（|，|。|：|委)")
_CHOICE = Pattern(r"部分|重点|典型|个别|有关|突出")
_LEAST = 3


class _Count(NamedTuple):
    """A count of bodies and what their names end in."""

    span: Span
    value: int
    ends: tuple[str, ...]


def find_rosters(document: Document, titles: Sequence[Span], opener: Span) -> Iterator[Enumeration]:
    """The bodies named, and the sections of bodies, with the count they should have."""
    count = next((found for span in (*titles, opener) for found in _counts(document, span)), None)
    if count is None:
        return
    listing = _listing(document, opener, count)
    if listing is not None and not listing.span.overlaps(count.span):
        yield Enumeration("colon", count.span, count.value, listing, closed=True)
    sections = _sections(document, count)
    known = {_short(document.words(member)) for member in listing.members} if listing is not None else set()
    names = [match["name"] for section in sections if (match := _named(document, section)) is not None]
    sure = not known or sum(_short(name) in known for name in names) >= _LEAST
    if len(names) >= _LEAST and sure:
        marks = tuple(Span(section.marker.start, section.marker.end) for section in sections)
        spread = Listing(Span(marks[0].start, marks[-1].end), marks, frozenset((len(marks),)))
        doubt = "not-closed" if abs(len(marks) - count.value) > 1 or _is_choice(document, sections[0]) else ""
        yield Enumeration("run", count.span, count.value, spread, closed=True, doubt=doubt)


def _is_choice(document: Document, section: Item) -> bool:
    """Whether the chapter says that it treats some of them only."""
    parent = _parent(document, section)
    return parent is not None and _CHOICE.search(document.text, parent.title.start, parent.title.end) is not None


def _counts(document: Document, span: Span) -> Iterator[_Count]:
    """The counts of bodies in a line that are not beside their own list."""
    for match in _COUNTED.find(document.text, span.start, span.end):
        before = document.text[match.start() - 1 : match.start()]
        kind = next(ends for index, ends in enumerate(_KINDS.values()) if match[f"kind{index}"])
        if before in ("等", "、", "和", "余") or document.text[match.end() : match.end() + 1] == "（":
            continue
        number = match["n"].replace("两", "二")
        yield _Count(Span(*match.span()), chinese_ordinal(number), tuple(kind.split("|")))


def _listing(document: Document, opener: Span, count: _Count) -> Listing | None:
    """The bodies that the opener names, all of the kind that is counted; none with 等."""
    match = _NAMED.search(document.text, opener.start, opener.end)
    if match is None:
        return None
    start, members, at = match.start("list"), [], match.start("list")
    for joint in _JOINT.find(document.text, start, match.end("list")):
        members.append(Span(at, joint.start()))
        at = joint.end()
    members.append(Span(at, match.end("list")))
    if not all(document.words(member).endswith(count.ends) for member in members):
        return None
    return Listing(Span(start, match.end("list")), tuple(members), frozenset((len(members),)))


def _sections(document: Document, count: _Count) -> Sequence[Item]:
    """The longest row of sister sections that are each named after one body of the kind."""
    rows: dict[tuple[int | None, str], list[Item]] = {}
    for item in document.items:
        match = _named(document, item) if item.marker.depth <= 4 else None
        if match is not None and match["name"].endswith(count.ends):
            rows.setdefault((item.parent, item.marker.style), []).append(item)
    row = max(rows.values(), key=len, default=[])
    if not row:
        return ()
    sisters = [
        item for item in document.children(_parent(document, row[0])) if item.marker.style == row[0].marker.style
    ]
    first, last = sisters.index(row[0]), sisters.index(row[-1])
    distinct = {_short(match["name"]) for item in row if (match := _named(document, item)) is not None}
    return row if last - first + 1 == len(row) == len(distinct) else ()


def _parent(document: Document, item: Item) -> Item | None:
    return None if item.parent is None else document.items[item.parent]


def _named(document: Document, item: Item) -> Match | None:
    return _SECTION.match(document.text, item.title.start, item.title.end)


def _short(name: str) -> str:
    """A name without the place it lies in: 上湾村 of 柳湾镇上湾村."""
    return str(_OUTER.compiled.sub("", name))
