"""Figures that are summed up at successive dates and so cannot fall: 截至6月底、9月底，累计完成5项和11项.

In: a `Document`, its dates and its quantities.  Out: `Cumulation` values, the figures oldest first.

>>> from rectlint.claims.dates import Dates
>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("截至6月底已完成18个；截至9月底已完成26个。"))
>>> found = find_cumulations(document, Dates(document), tuple(find_quantities(document)))
>>> [[figure.text for figure in cumulation.figures] for cumulation in found]
[['18个', '26个']]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims.dates import Date, Dates
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_AS_OF = Pattern(r"截[至止]|(?:(?<=[，。；\n])|^)[到至](?=\d{1,4}[年月])", needs=("截", "到", "至"))
_SUMMED = Pattern(r"累计|累积", needs=("累",))
_LISTED = Pattern(r"，?[、和及与]?")
_JOINED = Pattern(r"[、，]?[和及与]?")
_DONE = r"(?:完成|整改|办结|销号|解决|化解|清退|追[回缴]|收回|拨付|建成|修复|拆除|退[还回]|上缴|缴[回入]|清偿|支付|补办|盘活|兑付|清理|验收|竣工|改完)"
_REST = Pattern(r"未|尚|仍|剩|余|正在|还[有差]|不足|新增|当[月季]|本[月季]")
_COUNTED = Pattern(
    rf"(?:末|为?止)?，?(?P<whose>[^，。；：\n\d]{{0,12}}?)(?P<words>(?:累计|共|已经?|一共)(?:累计|共)?)"
    rf"(?P<what>[^，。；：、\n\d]{{0,10}}?{_DONE}[^，。；：、\n\d]{{0,8}}?|(?<=累计)[^，。；：、\n\d]{{0,8}})$"
)
_GOES_ON = Pattern(r"(?:[^。\n]{0,24}[，；]|[^，。；\n]{0,8}。)(?:而|又|到了)?")
_ANY_YEAR = 2023
_FAR = 90


class Cumulation(NamedTuple):
    """Sums of one thing at successive dates, oldest first; ``words`` is what says that they are sums."""

    figures: tuple[Quantity, ...]
    words: Span


class _Sum(NamedTuple):
    """One sum with its date, the words that tell of what, and where its statement begins."""

    date: Date
    figure: Quantity
    what: str
    whose: str
    words: Span
    start: int


def find_cumulations(document: Document, dates: Dates, quantities: Sequence[Quantity]) -> Iterator[Cumulation]:
    """All of them: dates in a row with figures in a row, and one statement behind the other."""
    sums: list[_Sum] = []
    for match in _AS_OF.find(document.text):
        run = _dates_from(document, dates, match.end())
        if len(run) > 1:
            yield from _in_a_row(document, quantities, run)
        elif run and (told := _sum(document, quantities, run[0], match.start())) is not None:
            sums.append(told)
    for one, other in pairwise(sums):
        if _same_thing(document, one, other):
            yield Cumulation((one.figure, other.figure), other.words)


def _dates_from(document: Document, dates: Dates, offset: int) -> list[Date]:
    """The date at ``offset`` and those listed behind it."""
    date = dates.starting_at(offset)
    run: list[Date] = []
    while date is not None and date.month is not None and not date.problem:
        run.append(date)
        joint = _LISTED.match(document.text, date.span.end)
        following = dates.starting_at(joint.end()) if joint is not None and joint.group() else None
        date = following
    return run


def _in_a_row(document: Document, quantities: Sequence[Quantity], run: Sequence[Date]) -> Iterator[Cumulation]:
    """截至D1、D2、D3，累计完成A、B和C."""
    text, start = document.text, run[-1].span.end
    limit = min(document.sentence_at(start).end, start + _FAR)
    figures: list[Quantity] = []
    for quantity in within(quantities, start, limit):
        if figures and not _is_next(text, figures[-1], quantity):
            break
        figures.append(quantity)
    if len(figures) != len(run) or any(not q.exact or q.measure != figures[0].measure for q in figures):
        return
    lead = text[start : figures[0].span.start]
    if figures[0].measure in ("%", "百分点") or _REST.search(lead) is not None or not _is_sum(lead):
        return
    days = [_day(date, run) for date in run]
    if all(one < other for one, other in pairwise(days)):
        words = text[start : figures[0].span.start].lstrip("，")
        yield Cumulation(tuple(figures), Span(figures[0].span.start - len(words), figures[0].span.start))


def _is_sum(lead: str) -> bool:
    return _SUMMED.search(lead) is not None or _COUNTED.match(lead) is not None


def _is_next(text: str, before: Quantity, after: Quantity) -> bool:
    return _JOINED.fullmatch(text, before.span.end, after.span.start) is not None


def _day(date: Date, run: Sequence[Date]) -> tuple[int, int, int]:
    """The day for sorting; the year counts only where all have one."""
    year = (date.year or 0) if all(one.year is not None for one in run) else 0
    last = date.in_year(date.year or _ANY_YEAR)
    return (year, last[1].month, last[1].day) if last is not None else (year, date.month or 0, 0)


def _sum(document: Document, quantities: Sequence[Quantity], date: Date, start: int) -> _Sum | None:
    """截至D，累计完成N项."""
    text = document.text
    limit = min(document.sentence_at(start).end, date.span.end + 40)
    figures = within(quantities, date.span.end, limit)
    if not figures:
        return None
    figure = figures[0]
    match = _COUNTED.fullmatch(text, date.span.end, figure.span.start)
    if match is None or not figure.exact or figure.measure in ("%", "百分点"):
        return None
    if _REST.search(match.group()) is not None:
        return None
    words = Span(match.start("words"), match.end("what"))
    return _Sum(date, figure, match["what"], match["whose"], words, start)


def _same_thing(document: Document, one: _Sum, other: _Sum) -> bool:
    """Whether the second statement follows at once and tells of the same, at a later date."""
    if one.figure.measure != other.figure.measure or one.figure.span.end > other.start:
        return False
    if _GOES_ON.fullmatch(document.text, one.figure.span.end, other.start) is None:
        return False
    if (
        one.what != other.what
        or other.whose not in ("", one.whose)
        or (other.figure.noun and other.figure.noun != one.figure.noun)
    ):
        return False
    run = (one.date, other.date)
    return _day(one.date, run) < _day(other.date, run)
