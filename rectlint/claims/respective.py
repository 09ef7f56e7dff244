"""Figures told one for each of several things: 3个项目分别滞后14个月、9个月和6个月.

In: a `Document`, its dates and its quantities.  Out: `Enumeration` values whose members are the figures and whose count is
that of the things; and the lists of names that such figures show to be complete.

>>> from rectlint.claims.dates import Dates
>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("设置领军、拔尖、骨干三个层次，标准依次为80万元、50万元。"))
>>> found = find_respective(document, Dates(document), tuple(find_quantities(document)), ())
>>> [(document.words(e.figure), e.value, e.listing.size) for e in found]
[('三个', 3, 2)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.dates import Date, Dates
from rectlint.claims.enumerations import Enumeration
from rectlint.claims.members import Listing
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_RESPECTIVELY = Pattern(r"分别|依次", needs=("分别", "依次"))
_LEAD = Pattern(r"[^，。；：、（）“”《》\d]{0,14}：?$")
_JOINED = Pattern(r"(?:、|和|及|与|以及)(?:于|在)?")
_OPEN = Pattern(r"等|以上|不等|左右|[，、；](?:另|其余|其他|还有|剩|余|\p{Han}{1,10}\d)|（|和|及|与|以及")
_THINGS = frozenset(
    ("个", "家", "户", "人", "项", "处", "所", "类", "座", "条", "种", "支", "栋", "块", "宗", "件", "名")
)
_EACH = Pattern(r"每|各|平均|[人户]均|第")
_GROUPED = Pattern(r"[、和及与]$|以及$")
_GROUPED_AFTER = Pattern(r"\p{Han}{0,8}(?:[、和及与]|以及)[\p{Han}、]{0,10}\d")
_OWN_COUNT = Pattern(r"(?:[两二三四五六七八九十]|\d{1,2})(?:个|年|[季月]|次|级|批|轮|期|天|日)[\p{Han}、]{0,12}$")
"""In the clause of 分别: three years, two times, two levels, what is no count of things."""
_LISTED = Pattern(r"、|和(?![谐解])|与(?!会)|以及|及(?!时|其)|(?<=[上男甲城])[下女乙乡]")
"""What makes two of one before 分别: the figures may be of these."""
_SORT = r"(?:镇|乡|村|街道|社区|[局厅]|公司|学校|医院|党支部|党总支|县|区|市)"
_NAMES = Pattern(
    rf"(?P<names>(?:\p{{Han}}{{1,12}}{_SORT}(?:、|和|与|以及|及))+\p{{Han}}{{1,12}}?(?P<sort>{_SORT}))(?P<of>\p{{Han}}{{0,8}})"
)
_AND = Pattern(r"、|和|与|以及|及")
_PART = Pattern(r"其中|余下?|其他|剩|另|还有|仅|有\d")
_FAR = 90
_FARTHEST = 120
_MOST = 12


class _Row(NamedTuple):
    """The figures (or dates) told respectively, where 分别 stands, and their measure."""

    word: Span
    spans: tuple[Span, ...]
    measure: str
    dated: bool


def find_respective(
    document: Document, dates: Dates, quantities: Sequence[Quantity], enumerations: Sequence[Enumeration]
) -> Iterator[Enumeration]:
    """Each row of figures with the count of the things they are of, where exactly one count can be meant; the lists that
    are known to belong to a count are no others."""
    listed = frozenset(enumeration.figure.start for enumeration in enumerations)
    for row in _rows(document, dates, quantities):
        counts = [] if _is_of_times(document, dates, row) else _counts(document, quantities, row)
        if counts and not any(_is_of_others(document, count, row, listed) for count in counts):
            yield _counted(row, counts)
        elif not _is_of_times(document, dates, row) and (named := _named(document, row)) is not None:
            yield named


def confirm_lists(
    document: Document, dates: Dates, quantities: Sequence[Quantity], enumerations: Sequence[Enumeration]
) -> Iterator[Enumeration]:
    """The lists of names as they stand, but without doubt where a row of figures is as long as the count says: then the
    list must name them all.  甲局、乙局、丙局、丁局等5个单位，金额分别为(five figures)."""
    rows = _rows(document, dates, quantities) if any(map(_is_short, enumerations)) else []
    for enumeration in enumerations:
        if _is_short(enumeration) and any(_tells_of(document, quantities, row, enumeration) for row in rows):
            yield enumeration._replace(closed=True, doubt="", doubt_fewer="")
        else:
            yield enumeration


def _is_short(enumeration: Enumeration) -> bool:
    """Whether a list names fewer than are counted and is allowed to, one fewer if it ends in 等."""
    missing = enumeration.value - max(enumeration.listing.counts)
    if missing < 1 or enumeration.doubt or enumeration.form not in ("before", "titles", "quoted"):
        return False
    return (missing == 1 and enumeration.listing.size > 2) if not enumeration.closed else bool(enumeration.doubt_fewer)


def _tells_of(document: Document, quantities: Sequence[Quantity], row: _Row, enumeration: Enumeration) -> bool:
    """Whether a row has as many figures as are counted, and stands behind the count with no other count between."""
    if len(row.spans) != enumeration.value or not 0 < row.word.start - enumeration.figure.end <= _FARTHEST:
        return False
    if "\n" in document.text[enumeration.figure.end : row.word.start]:
        return False
    between = within(quantities, enumeration.figure.end, row.word.start)
    if _LISTED.search(document.text, enumeration.figure.end, row.word.start) is not None:
        return False
    return not any(quantity.measure in _THINGS for quantity in between)


def _counted(row: _Row, counts: Sequence[Quantity]) -> Enumeration:
    """A row with the count that it fits, or else the nearest."""
    size = len(row.spans)
    fitting = next((count for count in counts if count.value == size), None)
    count = counts[0] if fitting is None else fitting
    value = int(count.value)
    uneven = size % value and value % size
    doubt = "" if fitting is not None or (uneven and not row.dated) else "ambiguous"
    listing = Listing(Span(row.spans[0].start, row.spans[-1].end), row.spans, frozenset((size,)))
    return Enumeration("respective", count.span, value, listing, True, doubt)


def _rows(document: Document, dates: Dates, quantities: Sequence[Quantity]) -> list[_Row]:
    rows = (_row(document, dates, quantities, Span(*word.span())) for word in _RESPECTIVELY.find(document.text))
    return [row for row in rows if row is not None]


def _row(document: Document, dates: Dates, quantities: Sequence[Quantity], word: Span) -> _Row | None:
    """At least two figures of one measure, or two dates, right behind 分别."""
    text = document.text
    limit = min(document.sentence_at(word.start).end, word.end + 300)
    days = dates.within(Span(word.end, limit))
    figures = within(quantities, word.end, limit)
    starts = [day.span.start for day in days[:1]] + [figure.span.start for figure in figures[:1]]
    first = min(starts, default=limit)
    if first == limit or _LEAD.fullmatch(text, word.end, first) is None:
        return None
    if days and days[0].span.start == first:
        return _dated(text, days, word)
    row: list[Quantity] = []
    for figure in figures:
        if (
            row
            and text[row[-1].span.end : figure.span.start] == "，"
            and figure.measure == row[0].measure
            and not figure.chinese
        ):
            return None  # a comma in the row: what follows may belong to it
        if row and (not _is_next(text, row[-1], figure) or figure.measure != row[0].measure):
            break
        row.append(figure)
    if len(row) < 2 or any(figure.ranged for figure in row):
        return None
    if _OPEN.match(text, row[-1].span.end) is not None:
        return None
    return _Row(word, tuple(figure.span for figure in row), row[0].measure, False)


def _is_next(text: str, before: Quantity, after: Quantity) -> bool:
    return _JOINED.fullmatch(text, before.span.end, after.span.start) is not None


def _dated(text: str, days: Sequence[Date], word: Span) -> _Row | None:
    row: list[Date] = []
    for day in days:
        if row and _JOINED.fullmatch(text, row[-1].span.end, day.span.start) is None:
            break
        row.append(day)
    if len(row) < 2 or any(day.month is None for day in row) or _OPEN.match(text, row[-1].span.end) is not None:
        return None
    return _Row(word, tuple(day.span for day in row), "", True)


def _named(document: Document, row: _Row) -> Enumeration | None:
    """A row with the places or bodies told in the clause of 分别, where all of them are named by the word that ends
    them: 东镇、西镇、南镇完成率分别为92%、88%."""
    text = document.text
    start = max(text.rfind(mark, max(0, row.word.start - _FARTHEST), row.word.start) for mark in "，；：。\n") + 1
    if row.dated or (start == 0 and row.word.start > _FARTHEST):
        return None
    match = _NAMES.fullmatch(text, start, row.word.start)
    if match is None:
        return None
    names = _AND.compiled.split(match["names"])
    if any(len(name) < 2 or not name.endswith(match["sort"]) for name in names):
        return None
    size, value = len(row.spans), len(names)
    doubt = "ambiguous" if size != value and not (size % value and value % size) else ""
    listing = Listing(Span(row.spans[0].start, row.spans[-1].end), row.spans, frozenset((size,)))
    figure = Span(*match.span("names"))
    return Enumeration("respective", figure, value, listing, True, doubt)


def _is_of_times(document: Document, dates: Dates, row: _Row) -> bool:
    """Whether 上半年、下半年 or the like stands right before 分别: the figures are of these."""
    start = max(document.text.rfind(mark, max(0, row.word.start - 40), row.word.start) for mark in "，；：。\n")
    return bool(dates.within(Span(max(start, row.word.start - 40), row.word.start)))


def _is_of_others(document: Document, count: Quantity, row: _Row, listed: frozenset[int]) -> bool:
    """Whether the figures may be of several others told in the clause of 分别: 门诊、住院分别……, 省、市对3个项目分别……"""
    text = document.text
    start = max(text.rfind(mark, max(0, row.word.start - 60), row.word.start) for mark in "，；：。\n") + 1
    if count.span.start < start:
        return _LISTED.search(text, start, row.word.start) is not None
    before = count.span.start not in listed and _LISTED.search(text, start, count.span.start) is not None
    return before or _LISTED.search(text, count.span.end, row.word.start) is not None


def _counts(document: Document, quantities: Sequence[Quantity], row: _Row) -> list[Quantity]:
    """The counts of things before 分别 that the figures may be of, the nearest first."""
    text = document.text
    sentence = document.sentence_at(row.word.start)
    low = max(sentence.start, row.word.start - _FAR)
    found = [q for q in within(quantities, low, row.word.start) if q.counted and q.measure in _THINGS]
    figures = [q for q in within(quantities, row.spans[0].start, row.spans[-1].end) if q.measure == row.measure]
    total = sum(q.value for q in figures) if not row.dated else None
    own = _OWN_COUNT.search(text, low, row.word.start)
    if own is not None and not any(q.span.start == own.start() for q in found):
        return []
    counts: list[Quantity] = []
    for quantity in reversed(found):
        if quantity.value == total and quantity.measure == row.measure:
            continue  # 21个问题，分别为6个、9个、6个: their sum
        apart = any(mark in text[quantity.span.end : row.word.start] for mark in "，；：")
        if apart and counts and not any(mark in text[counts[-1].span.end : row.word.start] for mark in "，；："):
            break  # one in the clause of 分别 is what is meant
        if not 2 <= quantity.value <= _MOST or not quantity.exact or quantity.depth:
            return []
        if _EACH.search(quantity.before) or (apart and _PART.search(quantity.before)) or _is_grouped(text, quantity):
            return []
        counts.append(quantity)
    return counts


def _is_grouped(text: str, quantity: Quantity) -> bool:
    """Whether it is one of several counts told together: 2个村和3个社区分别……"""
    before = _GROUPED.search(text, max(0, quantity.span.start - 2), quantity.span.start)
    return before is not None or _GROUPED_AFTER.match(text, quantity.span.end) is not None
