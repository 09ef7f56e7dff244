"""Figures of what was recovered or punished that are told again under the same word, wherever they stand.

In: a `Document` and its quantities.  Out: `Restatement` values: 清退的318.6万元中 takes up 清退违规资金318.6万元 of the opener, and
立案64件、处分47人 is one account that may be given twice.  Where several amounts have the word, one of them must fit.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("共追缴资金41.8万元。\\n追缴的48.1万元中，上缴财政30万元。"))
>>> [(told.earlier_text, told.later_text) for told in find_recurrences(document, tuple(find_quantities(document)))]
[('41.8万元', '48.1万元')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from rectlint.claims.quantities import Quantity
from rectlint.claims.rates import Rate
from rectlint.claims.restatements import Restatement
from rectlint.document import Document
from rectlint.patterns import Pattern

_TAKEN_UP = Pattern(
    r"(?:上述|已|所|被|受|受到|共)*(?P<verb>清退|追缴|收缴|收回|追回|退还|退赔|补缴|处分|立案|查处|问责|移送|处罚|拆除|关停|兑付|化解|核减|挽回|没收|盘活|上缴)的?"
)
_ANOTHER = ("其中", "上年", "去年", "同期", "上轮", "此前", "新增", "另", "再", "未", "应", "拟", "计划", "每", "各")
_CASES = Pattern(r"(?:^|[共已计省市县区])立案(?:审查调查|查处|审查|调查)?$")
_PUNISHED = Pattern(r"^(?:共|已|并)?(?:给予|处理)?(?P<sort>党纪政务|党政纪|党纪、?政务|党纪|政务|)处分$")
_ALL_SORTS = frozenset(("", "党纪政务", "党政纪", "党纪、政务"))
_MOST = 50
"""No bulletin tells so many of these; looking each up in all of the text is slow."""
_OWN_SIZE, _NEAR, _LOCAL, _SIDE, _FAR = 10, 5, 300, 16, 40
"""A count of cases this large is that of one account; amounts this many times apart are not one and a slip."""


def find_recurrences(
    document: Document, quantities: Sequence[Quantity], rates: Sequence[Rate] = ()
) -> Iterator[Restatement]:
    """All such places."""
    yield from _taken_up(document, quantities)
    yield from _cases(document, quantities)
    yield from _rates_of_years(document, rates)


_THAN_YEAR = Pattern(
    r"(?:较|比)(?P<year>20\d\d年)(?:度|全年)?的(?P<figure>\d{1,3}(?:\.\d{1,3})?%)", needs=("年的", "年度的", "年全年的")
)
_YEAR = Pattern(r"20\d\d年")


def _rates_of_years(document: Document, rates: Sequence[Rate]) -> Iterator[Restatement]:
    """销号率……较2030年的94.2%进一步提升 against the 销号率 that the text tells for 2030."""
    text = document.text
    for match in islice(_THAN_YEAR.find(text), _MOST):
        start = match.start("figure")
        index = bisect_left(rates, start, key=lambda rate: rate.span.start)
        rate = rates[index] if index < len(rates) and rates[index].span.start == start else None
        sentence = document.sentence_at(start)
        if rate is None or not rate.exact:
            continue
        lead = text[max(sentence.start, match.start() - _FAR) : match.start()]
        told = [r for r in rates if r.exact and r.span.end <= sentence.start and _is_named_last(r.name, lead)]
        told = [r for r in told if _year_of(document, r) == match["year"]]
        if told and len({r.value for r in told}) == 1 and told[0].step == rate.step:
            earlier = told[-1]
            yield Restatement(earlier.span, rate.span, earlier.text, rate.text, earlier.value == rate.value)


def _is_named_last(name: str, lead: str) -> bool:
    """Whether a rate's name is the last one that stands in some words."""
    place = lead.rfind(name) if name.endswith("率") else -1
    return place >= 0 and "率" not in lead[place + len(name) :]


def _year_of(document: Document, rate: Rate) -> str:
    """The one year that the sentence names before a rate."""
    sentence = document.sentence_at(rate.span.start)
    years = {match.group() for match in _YEAR.find(document.text, sentence.start, rate.span.start)}
    return years.pop() if len(years) == 1 else ""


def _taken_up(document: Document, quantities: Sequence[Quantity]) -> Iterator[Restatement]:
    found = 0
    for index, quantity in enumerate(quantities):
        if not quantity.after.startswith("中") or not quantity.exact:
            continue
        match = _TAKEN_UP.fullmatch(quantity.before)
        if match is None or not quantity.before.endswith("的") or found >= _MOST:
            continue
        found += 1
        alike = [other for other in quantities[:index] if other.measure == quantity.measure and other.exact]
        if any(o.value == quantity.value and quantity.span.start - o.span.end <= _LOCAL for o in alike):
            continue
        told = [
            other for other in alike if match["verb"] in other.before and not any(w in other.before for w in _ANOTHER)
        ]
        same = next((other for other in reversed(told) if other.value == quantity.value), None)
        if same is not None:
            yield Restatement(same.span, quantity.span, same.text, quantity.text, True)
        elif len({other.value for other in told}) == 1:
            other = told[-1]
            if abs(other.value - quantity.value) * _NEAR <= max(other.value, quantity.value):
                yield Restatement(other.span, quantity.span, other.text, quantity.text, False)


def _cases(document: Document, quantities: Sequence[Quantity]) -> Iterator[Restatement]:
    """立案64件……处分47人 told twice: where as many cases are told, as many persons must be."""
    first: dict[tuple[object, str, str], Quantity] = {}
    for cases, persons in pairwise(quantities):
        if cases.value < _OWN_SIZE or persons.unit not in ("人", "名") or not (cases.exact and persons.exact):
            continue
        if _CASES.search(cases.before) is None or persons.span.start - cases.span.end > _SIDE:
            continue
        match = _PUNISHED.search(persons.before)
        if match is None:
            continue
        key = (cases.value, cases.unit, "" if match["sort"] in _ALL_SORTS else match["sort"])
        earlier = first.setdefault(key, persons)
        if earlier is not persons:
            same = earlier.value == persons.value
            yield Restatement(earlier.span, persons.span, earlier.text, persons.text, same)
