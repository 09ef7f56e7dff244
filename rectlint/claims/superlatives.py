"""The one of a list that is said to have the most or the least: 其中惠农补贴领域占比最高.

In: a `Document`, its quantities and its partitions.  Out: `Superlative` values, each with the member named and the one
that the figures of the list show to be the most or the least.

>>> from rectlint.claims.partitions import find_partitions
>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("查处案件50件，其中教育27件、医保14件、殡葬9件。其中医保领域占比最高。"))
>>> quantities = tuple(find_quantities(document))
>>> found = find_superlatives(document, quantities, tuple(find_partitions(document, quantities)))
>>> [(one.named.text, one.extreme.text, one.words) for one in found]
[('14件', '27件', '占比最高')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.lists import label_of, list_mark
from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_MARKS_BEFORE = "，。；：\n"
_CLAIM = Pattern(
    r"(?<=[，。；：\n]|^)(?P<name>[^，。；：、\n\d]{2,30}?)"
    r"(?P<words>(?P<of>占比|所占比例|比例|比重|数量|件数|人数|金额|数额|\p{Han}{0,6}率|)"
    r"(?:最(?P<end>[多高大少低小])|(?P<first>居首位?|[位名排]列?居?第一|排名第一|排在?首位)))(?=[，。；（]|$)",
    needs=("最", "居", "第一", "首位"),
)
_IS = Pattern(
    r"(?<=[，。；：\n]|^)(?P<lead>[^，。；：、\n\d]{0,10}?)(?P<words>(?P<of>占比|所占比例|比例|比重|数量|件数|人数|金额|数额|\p{Han}{0,6}率|)"
    r"最(?P<end>[多高大少低小])(?P<first>))的(?:是|为|当属)(?P<name>[^，。；：、（\n\d]{2,20})(?=[，。；（]|$)",
    needs=("的是", "的为", "的当属"),
)
"""其中信访量最多的是城建类."""
_OF_LAST = Pattern(
    r"，(?P<words>(?:为|居|系|在)?全\p{Han}{1,3}最(?P<end>[多高低少]))(?=[，。；（]|$)",
    needs=("，为", "，居", "，系", "，在", "，全"),
)
"""Right behind the last figure: ……、丙镇95.1%，为全县最高."""
_LEAD = Pattern(r"(?:其中|以|尤以|尤其是|特别是|主要是?|反映|涉及|查处|发现|在|，)*")
_REST = Pattern(
    r"(?:的|领域|方面|类|型|问题|部门|单位|案件|线索|信访|举报|投诉|隐患|反映|发生|查处|涉及|受理|发现|居|为|的?数量)*"
)
_LEADS = Pattern(f"{_LEAD.source}{_REST.source}")
_OF_SIZE = ("占比", "所占比例", "比例", "比重", "金额", "数额")
_COUNTED = ("问题", "案件", "线索", "信访", "举报", "投诉", "隐患", "类")
_OTHERS = ("其他", "其余", "其它", "另外", "余下", "剩余")
_MARKS = Pattern(r"[“”《》]|领域$|方面$|问题$|案件$|类$")
_FEWEST = 3
_FAR = 160
_REACH = 48
"""The words of a claim stand no farther behind the mark before it."""


class Superlative(NamedTuple):
    """``named`` is said to be the most (``most``) or the least, in ``words``; ``extreme`` is, by the figures."""

    named: Quantity
    extreme: Quantity
    label: str
    most: bool
    words: str
    place: Span


class _Row(NamedTuple):
    """The members of a list with their labels."""

    figures: tuple[Quantity, ...]
    labels: tuple[str, ...]


def find_superlatives(
    document: Document, quantities: Sequence[Quantity], partitions: Sequence[Partition]
) -> Iterator[Superlative]:
    """Each such claim behind a list of three or more, in its sentence or the next one."""
    for match in _claims(document.text):
        found = [
            superlative
            for row in _rows_before(document, quantities, partitions, match.start())
            if (superlative := _read(document, row, match)) is not None
        ]
        if found:  # of several lists (5件、120万元) any may be meant
            yield next((one for one in found if one.named is one.extreme), found[0])
    for match in _OF_LAST.find(document.text):
        for row in _rows_before(document, quantities, partitions, match.start()):
            if row.figures[-1].span.end == match.start():
                yield _judge(row, len(row.figures) - 1, match, match["end"] in "多高")
                break


def _claims(text: str) -> Iterator[Match]:
    """The claims, which are looked for only where one of their words stands: each begins its clause."""
    starts: set[int] = set()
    for word in _CLAIM.needs:
        place = text.find(word)
        while place >= 0:
            low = max(0, place - _REACH)
            before = max(text.rfind(mark, low, place) for mark in _MARKS_BEFORE)
            if before >= 0 or not low:
                starts.add(before + 1)
            place = text.find(word, place + 1)
    for start in sorted(starts):
        match = _CLAIM.match(text, start) or _IS.match(text, start)
        if match is not None:
            yield match


def _read(document: Document, row: _Row, match: Match) -> Superlative | None:
    """The claim as one about the members of a row."""
    if (lead := match.groupdict().get("lead")) and _LEADS.fullmatch(lead) is None:
        return None
    most = bool(match["first"]) or match["end"] in "多高大"
    if match["first"] and not match["of"] and not match["name"].endswith(_COUNTED):
        return None  # 东镇居首 may be the best one, and so the one with fewest
    if not _may_be_of(document, row, match["of"], match["end"] or "多"):
        return None
    index = _named(row, match["name"])
    if index is None:
        return None
    return _judge(row, index, match, most)


def _judge(row: _Row, index: int, match: Match, most: bool) -> Superlative:
    """The member that is named, and the one that the figures show to be the most or the least."""
    rivals = [i for i, label in enumerate(row.labels) if i == index or not label.startswith(_OTHERS)]
    best = max(rivals, key=lambda i: row.figures[i].value if most else -row.figures[i].value)
    if row.figures[best].value == row.figures[index].value:
        best = index
    place = Span(match.start("words"), match.end("words"))
    return Superlative(row.figures[index], row.figures[best], row.labels[best], most, match["words"], place)


def _may_be_of(document: Document, row: _Row, of: str, end: str) -> bool:
    """Whether the words can speak of the figures of the row: the highest rate of rates, the most of counts."""
    measure = row.figures[0].measure
    if measure == "%":
        low = max(0, row.figures[0].span.start - 60)
        return end in "高低" and (not of or of in document.text[low : row.figures[-1].span.end])
    if of.endswith("率"):
        return False
    if of in ("金额", "数额") and measure != "元":
        return False  # 差旅费22笔6.84万元、招待费11笔7.26万元，招待费金额最大
    if of in ("数量", "件数", "人数") and measure == "元":
        return False
    return end in "多少" or of in _OF_SIZE


def _rows_before(
    document: Document, quantities: Sequence[Quantity], partitions: Sequence[Partition], place: int
) -> Iterator[_Row]:
    """The lists that end before a place, at most a sentence away: parts that make up a total, or rates."""
    low = max(document.paragraph_at(place).span.start, place - 2 * _FAR)
    rows = [
        tuple(partition.parts)
        for partition in partitions
        if partition.fits and len(partition.parts) >= _FEWEST and low <= partition.parts[0].span.start
    ]
    rates = _rates_before(document, within(quantities, low, place))
    rows = [row for row in (*rows, rates) if row and row[-1].span.end <= place]
    for figures in rows:
        between = document.text[figures[-1].span.end : place]
        if len(between) > _FAR or between.count("。") > 1 or any(not figure.exact for figure in figures):
            continue
        labels = tuple(label_of(document, figure) for figure in figures)
        if all(labels) and len({_plain(label) for label in labels}) == len(labels):
            yield _Row(figures, labels)


def _rates_before(document: Document, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The last run of rates that stand in one list."""
    rates = [quantity for quantity in quantities if quantity.measure == "%"]
    start = len(rates)
    while start and (start == len(rates) or list_mark(document, rates[start - 1], rates[start])):
        start -= 1
    return tuple(rates[start:]) if len(rates) - start >= _FEWEST else ()


def _named(row: _Row, name: str) -> int | None:
    """Which member of the row is named, if it is exactly one and nothing else is said of it."""
    lead = _LEAD.match(name)
    words = _plain(name[lead.end() if lead is not None else 0 :])
    found = []
    for index, label in enumerate(row.labels):
        plain = _plain(label)
        if (len(plain) >= 2 and words.startswith(plain) and _REST.fullmatch(words, len(plain)) is not None) or (
            len(words) >= 2 and plain.endswith(words)
        ):
            found.append(index)
    return found[0] if len(found) == 1 else None


def _plain(words: str) -> str:
    return str(_MARKS.compiled.sub("", words))
