"""Documents cited more than once: one title has one number, one number one title, and one document one date of issue.

Two numbers are told of one document only if two of their three parts (organ, year, serial) agree: a document reissued in
another year, or forwarded by another organ, has another number altogether.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.citations import Citation, Issue, Number
from rectlint.claims.dates import Date
from rectlint.document import Document
from rectlint.kinds.agreement import FIELDS, Telling, agreed, compare, differing, unchecked
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span

_SERIAL_TITLES = ("纪要", "简报", "专报", "函", "单", "书", "通报", "公告", "公报", "台账", "快报", "通知")
_BRACKETS = dict.fromkeys(map(ord, "（）〈〉“”"))
_SHORT_FORM = Pattern(
    r"(?:文件)?(?P<kind>(?:巡[察视])?(?:整改)?(?:工作|实施|落实)?(?:方案|办法|意见|规定|细则|制度|规程|预案|计划))(?=[确规明要中内的所，。、；]|$)"
)
_SHORT_TITLE = 12
_LEAST_KEY = 4
_MOST_GROUPS = 8
"""With more numbers than this a title is that of a series."""


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Compare the numbers of each title, the titles of each number, and the dates of each document."""
    document = claims.document
    citations = claims.citations
    for group in _by_title(citations):
        yield from _numbers(document, group)
    for numbered in _by_number(citations):
        yield from _titles(document, numbered)
    for documents in _by_document(citations):
        yield from _dates(document, documents)
    yield from _short_forms(document, citations)
    yield from _kinds_of_one(document, citations)


def _by_title(citations: tuple[Citation, ...]) -> Iterator[list[Citation]]:
    """Citations whose titles are the same: equal, or equal but for the organ before 关于, or for what a short name leaves out."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        if len(citation.key) >= _LEAST_KEY and citation.quoted:
            groups.setdefault(_about(citation.key), []).append(citation)
    plain = [citation for citation in citations if citation.title and not citation.quoted]
    yield from groups.values()
    if len(plain) > 1:
        yield from _by_plain_name(plain)


def _by_plain_name(citations: list[Citation]) -> Iterator[list[Citation]]:
    """Unquoted names, the shorter being the end of the longer: 整改工作方案, 巡察整改工作方案."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.key[-_LEAST_KEY:], []).append(citation)
    for group in groups.values():
        shortest = min((citation.key for citation in group), key=len)
        if len(shortest) >= _LEAST_KEY:
            yield [citation for citation in group if citation.key.endswith(shortest)]


def _about(key: str) -> str:
    """A title from 关于 on, since the organ before it is often left out."""
    place = key.find("关于")
    return key[place:] if place > 0 and len(key) - place >= 8 else key


def _by_number(citations: tuple[Citation, ...]) -> Iterator[list[Citation]]:
    groups: dict[tuple[str, int, int], list[Citation]] = {}
    for citation in citations:
        if citation.number is not None:
            number = citation.number
            groups.setdefault((number.organ[-2:], number.year, number.serial), []).append(citation)
    yield from groups.values()


def _by_document(citations: tuple[Citation, ...]) -> Iterator[list[Citation]]:
    """Citations of one document, by title or by number."""
    parent = list(range(len(citations)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first_with: dict[object, int] = {}
    for index, citation in enumerate(citations):
        keys: list[object] = []
        if citation.quoted and len(citation.key) >= _LEAST_KEY:
            keys.append(_about(citation.key))
        if citation.number is not None:
            keys.append((citation.number.organ[-2:], citation.number.year, citation.number.serial))
        for key in keys:
            parent[root(index)] = root(first_with.setdefault(key, index))
    groups: dict[int, list[Citation]] = {}
    for index, citation in enumerate(citations):
        groups.setdefault(root(index), []).append(citation)
    yield from groups.values()


# -- numbers of one title ----------------------------------------------------------------------------------------------


def _numbers(document: Document, citations: list[Citation]) -> Iterator[Outcome]:
    numbered = [citation for citation in citations if citation.number is not None and not citation.listed]
    if len(numbered) < 2:
        return
    title = numbered[0].title
    thing = (
        Words(f"《{title}》的文号", f"the number of 《{title}》")
        if numbered[0].quoted
        else Words("同一文件的文号", "the number")
    )
    groups: list[list[Number]] = []
    for citation in numbered:
        assert citation.number is not None
        group = next((group for group in groups if group[0].same(citation.number)), None)
        if group is None:
            groups.append([citation.number])
        else:
            group.append(citation.number)
        if len(groups) > _MOST_GROUPS:
            return
    reference = max(groups, key=len)
    told = [_number_telling(document, number) for number in reference]
    if len(groups) == 1:
        yield agreed(thing, told, "document")
    serial = len(title) < _SHORT_TITLE and title.endswith(_SERIAL_TITLES)
    for group in groups:
        if group is reference:
            continue
        telling = _number_telling(document, group[0])
        one_slip = _differences(group[0], reference[0]) == 1
        renewed = group[0].year != reference[0].year and any(citation.renewed for citation in numbered)
        if one_slip and not serial and not renewed:
            yield differing(thing, telling, told, "document")
        else:
            yield unchecked(thing, [telling, *told], "document", "ambiguous")


def _differences(one: Number, other: Number) -> int:
    return (one.year != other.year) + (one.serial != other.serial) + (not one.same_organ(other))


def _number_telling(document: Document, number: Number) -> Telling:
    return Telling(number.span, (number.year, number.serial), document.words(number.span))


def _short_forms(document: Document, citations: tuple[Citation, ...]) -> Iterator[Outcome]:
    """青委〔2024〕12号方案 against the one 《……方案》 of that organ whose number the text gives."""
    full = [c for c in citations if c.quoted and c.number is not None and not c.listed]
    known = {(c.number.year, c.number.serial) for c in full if c.number is not None}
    for citation in citations:
        number = citation.number
        if citation.quoted or number is None:
            continue
        kind = _SHORT_FORM.match(document.text, number.span.end, number.span.end + 16)
        if kind is None or (number.year, number.serial) in known:
            continue
        meant = [
            c.number for c in full if c.number is not None and c.number.same_organ(number) and _is_a(c, kind["kind"])
        ]
        if meant and all(other.same(meant[0]) for other in meant) and _differences(number, meant[0]) == 1:
            thing = Words(
                f"{meant[0].organ}{kind['kind']}的文号", f"the number of the {kind['kind']} of {meant[0].organ}"
            )
            told = [_number_telling(document, other) for other in meant]
            more = max(0, len(number.organ) - len(meant[0].organ))  # 严格抓好青委 is 青委 behind a verb
            place = Span(number.span.start + more, number.span.end)
            yield differing(thing, Telling(place, str(number), document.words(place)), told, "document")


def _is_a(citation: Citation, kind: str) -> bool:
    """Whether a title is that of a document of this kind, a plan of rectification where the kind says so."""
    return citation.key.endswith(kind[-2:]) and ("整改" not in kind or "整改" in citation.key)


# -- titles of one number ----------------------------------------------------------------------------------------------


def _titles(document: Document, citations: list[Citation]) -> Iterator[Outcome]:
    titled = [
        citation
        for citation in citations
        if citation.quoted and len(citation.key) >= _LEAST_KEY and not citation.listed
    ]
    if len(titled) < 2:
        return
    number = titled[0].number
    thing = Words(f"{number}的标题", f"the title of {number}")
    groups: list[list[Citation]] = []
    for citation in titled:
        group = next((group for group in groups if _same_title(group[0], citation)), None)
        if group is None:
            groups.append([citation])
        else:
            group.append(citation)
        if len(groups) > _MOST_GROUPS:
            return
    reference = max(groups, key=len)
    told = [_title_telling(document, citation) for citation in reference]
    if len(groups) == 1:
        yield agreed(thing, told, "document")
    for group in groups:
        if group is not reference:
            yield differing(thing, _title_telling(document, group[0]), told, "document")


def _same_title(one: Citation, other: Citation) -> bool:
    """Whether one title is the other with the organ, 关于, a bracket or a part at one end left out."""
    short, long = sorted((one.key, other.key), key=len)
    bare = [citation.title.translate(_BRACKETS) for citation in (one, other)]
    return short in long or bare[0] == bare[1]


def _title_telling(document: Document, citation: Citation) -> Telling:
    return Telling(citation.title_span, citation.key, document.words(citation.title_span))


def _kinds_of_one(document: Document, citations: tuple[Citation, ...]) -> Iterator[Outcome]:
    """A long title that is told again as a document of another kind by a single character: 《……工作指引》, 《……工作指导》."""
    groups: dict[str, dict[str, list[Citation]]] = {}
    for citation in citations:
        if citation.quoted and len(citation.key) >= _LONG_KEY:
            kinds = groups.setdefault(citation.key[:-2], {})
            kinds.setdefault(citation.key[-2:], []).append(citation)
    for stem, kinds in groups.items():
        if len(kinds) != 2:
            continue
        (kind, first), (other, second) = kinds.items()
        if sum(a != b for a, b in zip(kind, other, strict=True)) != 1 or {kind, other} in _TWO_KINDS:
            continue
        if any(one.renewed or one.number is not None for one in (*first, *second)):
            continue
        places = [{document.sentence_index(one.span.start) for one in group} for group in (first, second)]
        if not places[0].isdisjoint(places[1]):
            continue
        odd, usual = (first, second) if len(first) < len(second) else (second, first)
        title = f"{stem[:12]}……" if len(stem) > 12 else stem
        thing = Words(f"《{title}》的名称", f"the title of 《{title}》")
        told = [_title_telling(document, citation) for citation in usual]
        yield differing(thing, _title_telling(document, odd[0]), told, "document")


_LONG_KEY = 12
"""Of so many characters but one two titles do not agree by chance."""
_TWO_KINDS = (
    {"规则", "细则"}, {"规定", "规范"}, {"规定", "规程"}, {"规范", "规程"}, {"方案", "预案"}, {"清单", "菜单"},
    {"报告", "通告"}, {"公告", "报告"}, {"公告", "通告"}, {"通知", "通报"}, {"意见", "意向"}, {"制度", "制约"},
)  # fmt: skip
"""Kinds of document that stand side by side quite often: 议事规则 and its 议事细则."""


# -- dates of one document ---------------------------------------------------------------------------------------------


def _dates(document: Document, citations: list[Citation]) -> Iterator[Outcome]:
    issues = [issue for citation in citations for issue in citation.dates if issue.date.known]
    if len(issues) < 2 or any(citation.renewed for citation in citations):
        return
    numbered = any(citation.number is not None for citation in citations)
    named = next((citation for citation in citations if citation.quoted), citations[0])
    title = document.words(named.title_span)
    for family in dict.fromkeys(issue.family for issue in issues):
        told = [issue.date for issue in issues if issue.family == family and issue.date.grain == "day"]
        thing = Words(f"{title}的{family}日期", f"the date of {title}")
        if len({date.year for date in told}) > 1 and not numbered:
            yield unchecked(thing, [_date_telling(date) for date in told], "document", "ambiguous")
            continue
        yield from compare(thing, [_date_telling(date) for date in told], "document")
        yield from _coarse(thing, told, [issue for issue in issues if issue.family == family])


def _coarse(thing: Words, days: list[Date], issues: list[Issue]) -> Iterator[Outcome]:
    """A date told only by its month against the one told by the day."""
    if not days or len({(date.month, date.day) for date in days}) > 1:
        return
    for issue in issues:
        if issue.date.grain in ("month", "part"):
            told = [_date_telling(date) for date in days]
            outside = issue.date.before(days[0]) or days[0].before(issue.date)
            yield (differing if outside else _agreed)(thing, _date_telling(issue.date), told, "document")


def _agreed(thing: Words, telling: Telling, told: list[Telling], defect: str) -> Outcome:
    return agreed(thing, [telling, *told], defect)


def _date_telling(date: Date) -> Telling:
    return Telling(date.span, (date.year, date.month, date.day), date.text)


KIND = Kind("citation", NoParams, {"document": FIELDS}, check)
