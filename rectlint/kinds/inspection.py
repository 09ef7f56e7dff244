"""Who inspected whom, told throughout the text and in its title: group, round, level, sort, inspected body, subject.

Another group, another round or another level may be named quite rightly, where the words speak of an earlier inspection
or of one by somebody else.  So a group counts as told differently only if everything else about it is the same, and
nothing in its sentence points elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rectlint.claims import Claims
from rectlint.claims.names import Body, Names, Organ, Round, same_organ
from rectlint.kinds.agreement import FIELDS, Telling, agreed, compare, differing
from rectlint.kinds.base import Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span

_GROUP = Words("巡察（巡视）组", "the inspecting group")
_ROUND = Words("巡察（巡视）轮次", "the round of inspection")
_SORT = Words("监督方式（巡视、巡察）", "the sort of inspection")
_LEVEL = Words("派出巡察（巡视）的党委", "the committee that sent the inspection")
_ORGAN = Words("被巡察单位", "the inspected body")
_SIGNATURE = Words("落款单位", "the signing organ")
_SUBJECT = Words("专项的主题", "the subject of the inspection")
_YEAR = Words("所报告的年度", "the year reported on")

_OWN_LEVEL = {"县": "县委", "区": "区委", "市": "市委", "州": "州委", "旗": "旗委"}
_SENT_BY = Pattern(r"(?P<level>[省市区县州盟旗]委|中央)(?:第?[一二三四五六七八九十\d]{1,3}轮)?(?P<sort>巡视|巡察)(?!工作|办|机构|整改工作)")
_SEVERAL = Pattern(r"提级|联动|交叉|巡视巡察|巡察巡视|巡视、巡察|省、市|市、县")
_RENAMED = Pattern(r"更名|合并|改制|（原|（现|整合|撤销|划转|改为")
_SUBJECTS = Pattern(r"(?P<subject>\p{Han}{2,14}?)专项(?P<tail>巡视|巡察|检查|督察|督查|审计|整治|治理)", needs=("专项",))
_SUBJECT_LEAD = Pattern(r".*(?:关于|开展了?|进行了?|对|了|的|轮|组|委|根据|做好|推进|针对)")
_PLAIN_SUBJECT = Pattern(r"领域|问题|工作|行业|系统|方面|突出|重点")
_YEARS = Pattern(r"(?P<year>20\d\d)年度(?P<what>[^，。；\d]{4})", needs=("年度",))


@dataclass(frozen=True)
class Params:
    """No parameters."""


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare the tellings within the text (``body``), then the title with the text (``title``)."""
    names = claims.names
    yield from _compare_bodies(names)
    yield from _compare_rounds(names)
    for title in names.titles:
        yield from _title_group(names, title)
        yield from _title_round(names, title)
        yield from _title_level(names, title)
        yield from _title_subject(names, title)
        yield from _title_year(names, title)
    yield from _inspected(names)
    yield from _signed(names)


# -- within the text ---------------------------------------------------------------------------------------------------


def _in_titles(names: Names, span: Span) -> bool:
    return any(title.contains(span) for title in names.titles)


def _compare_bodies(names: Names) -> Iterator[Outcome]:
    mentions = [body for body in names.bodies if not body.elsewhere and not _in_titles(names, body.span)]
    opening = [body for body in mentions if names.opener.contains(body.span) and body.numbers]
    numbered = [body for body in mentions if body.numbers]
    if not numbered:
        return
    main = opening[0] if opening else numbered[0]
    groups = {number for body in opening for number in body.numbers}
    if len(groups) > 1 or len({(body.level, body.sort) for body in opening}) > 1:
        yield from _among_several(names, opening, [body for body in numbered if body not in opening], groups)
        return
    own = {_OWN_LEVEL.get(organ.core[-1], "") for organ in (*names.title_organs, *names.inspected)}
    tellings = []
    for body in mentions:
        level, numbers = body.level or main.level, body.numbers or main.numbers
        differences = (level != main.level) + (numbers != main.numbers) + (body.sort != main.sort)
        by_own = body.level in own and body.level != main.level
        told = bool(body.numbers) or bool(body.level and body.sort != main.sort)
        if differences > 1 or by_own or not told or {body.sort, main.sort} - {"巡视", "巡察"} - {main.sort}:
            continue
        tellings.append(_telling(names, body.span, (level, numbers, body.sort)))
    yield from compare(_GROUP, tellings, "body")


def _among_several(
    names: Names, opening: Sequence[Body], later: Sequence[Body], groups: set[int]
) -> Iterator[Outcome]:
    """Several groups came: a later one must be among them."""
    told = [_telling(names, body.span, body.numbers) for body in opening]
    for body in later:
        telling = _telling(names, body.span, body.numbers)
        if groups.issuperset(body.numbers):
            yield agreed(_GROUP, [telling, *told], "body")
        elif body.level in {"", *(known.level for known in opening)} and body.sort in {known.sort for known in opening}:
            yield differing(_GROUP, telling, told, "body")


def _compare_rounds(names: Names) -> Iterator[Outcome]:
    rounds = [round_ for round_ in names.rounds if not round_.elsewhere and not _in_titles(names, round_.span)]
    if not rounds:
        return
    main = next((round_ for round_ in rounds if names.opener.contains(round_.span)), None)
    if main is None:
        return
    alike = [round_ for round_ in rounds if _same_series(round_, main)]
    tellings = [_telling(names, round_.span, (round_.session or main.session, round_.number)) for round_ in alike]
    yield from compare(_ROUND, tellings, "body")


def _same_series(one: Round, other: Round) -> bool:
    return one.sort == other.sort and (not one.level or not other.level or one.level == other.level)


def _telling(names: Names, span: Span, value: object) -> Telling:
    return Telling(span, value, names.document.words(span))


# -- title against text ------------------------------------------------------------------------------------------------


def _title_group(names: Names, title: Span) -> Iterator[Outcome]:
    opening = [body for body in names.bodies if names.opener.contains(body.span)]
    numbers = {number for body in opening for number in body.numbers}
    for body in names.bodies:
        if not title.contains(body.span) or not body.numbers or not numbers:
            continue
        alike = [other for other in opening if other.numbers and (not other.level or not body.level or other.level == body.level)]
        told = [_telling(names, other.span, other.numbers) for other in alike or opening if other.numbers]
        telling = _telling(names, body.span, body.numbers)
        differs = not numbers.issuperset(body.numbers) if alike else True
        yield (differing if differs else _agreed)(_GROUP, telling, told, "title")


def _agreed(thing: Words, telling: Telling, told: Sequence[Telling], defect: str) -> Outcome:
    return agreed(thing, [telling, *told], defect)


def _title_round(names: Names, title: Span) -> Iterator[Outcome]:
    inside = [round_ for round_ in names.rounds if title.contains(round_.span)]
    others = [round_ for round_ in names.rounds if not round_.elsewhere and not _in_titles(names, round_.span)]
    opening = [round_ for round_ in others if names.opener.contains(round_.span)]
    for round_ in inside:
        alike = [other for other in opening or others[:1] if _same_series(round_, other)]
        if not alike:
            continue
        other = alike[0]
        sessions = {round_.session, other.session} - {None}
        differs = round_.number != other.number or len(sessions) > 1
        told = [_telling(names, other.span, other.number)]
        yield (differing if differs else _agreed)(_ROUND, _telling(names, round_.span, round_.number), told, "title")


def _title_level(names: Names, title: Span) -> Iterator[Outcome]:
    """The committee and the sort of inspection in the title: 县委巡察, 市委第二轮巡视."""
    document = names.document
    opening = [body for body in names.bodies if names.opener.contains(body.span)]
    words = document.words(title)
    if not opening or _SEVERAL.search(words) or _SEVERAL.search(document.words(names.opener)):
        return
    sorts = {body.sort for body in opening}
    in_title = {sort: words.find(sort) for sort in ("巡视", "巡察") if sort in words}
    if len(sorts) == 1 and len(in_title) == 1 and sorts <= {"巡视", "巡察"}:
        sort, offset = next(iter(in_title.items()))
        telling = Telling(Span(title.start + offset, title.start + offset + 2), sort, sort)
        told = [Telling(body.span, body.sort, document.words(body.span)) for body in opening]
        yield (differing if sort not in sorts else _agreed)(_SORT, telling, told, "title")
    levels = {body.level for body in opening if body.level}
    match = _SENT_BY.search(document.text, title.start, title.end)
    if match is not None and len(levels) == 1:
        telling = _telling(names, Span(*match.span()), match["level"])
        told = [_telling(names, body.span, body.level) for body in opening if body.level]
        yield (differing if match["level"] not in levels else _agreed)(_LEVEL, telling, told, "title")


def _title_subject(names: Names, title: Span) -> Iterator[Outcome]:
    document = names.document
    in_title = _subjects(names, title)
    if not in_title:
        return
    start = names.opener.start
    paragraphs = [paragraph.span for paragraph in document.paragraphs if paragraph.role == "body" and paragraph.span.start >= start]
    early = [subject for span in paragraphs[:3] for subject in _subjects(names, span)]
    told = [telling for telling in early if telling.value == in_title[0].value]
    if not told:
        return
    alike = [telling for telling in told if _shares(telling.text, in_title[0].text)]
    mentioned = any(in_title[0].text in document.words(span) for span in paragraphs[:3])
    if alike or mentioned:
        yield agreed(_SUBJECT, [in_title[0], *alike], "title")
    elif len({telling.text for telling in told}) == 1:
        yield differing(_SUBJECT, in_title[0], told, "title")


def _subjects(names: Names, span: Span) -> list[Telling]:
    """The subjects of 专项巡察 and the like; the value is the tail, the text the subject."""
    found = []
    for match in _SUBJECTS.find(names.document.text, span.start, span.end):
        lead = _SUBJECT_LEAD.match(match["subject"])
        start = match.start() + (lead.end() if lead is not None else 0)
        if match.end("subject") - start >= 2:
            text = names.document.text[start : match.end("subject")]
            found.append(Telling(Span(start, match.end()), match["tail"], text))
    return found


def _shares(one: str, other: str) -> bool:
    one, other = (_PLAIN_SUBJECT.compiled.sub("", subject) for subject in (one, other))
    return not one or not other or not set(one).isdisjoint(other)


def _title_year(names: Names, title: Span) -> Iterator[Outcome]:
    """关于2023年度…审计查出问题 against the opening paragraphs' 2022年度….."""
    document = names.document
    match = _YEARS.search(document.text, title.start, title.end)
    if match is None:
        return
    bodies = [paragraph.span for paragraph in document.paragraphs if paragraph.role == "body"][:4]
    told = [
        Telling(Span(other.start("year"), other.end("year") + 2), other["year"], f"{other['year']}年度")
        for span in bodies
        for other in _YEARS.find(document.text, span.start, min(span.end, span.start + 500))
        if other["what"] == match["what"]
    ]
    telling = Telling(Span(match.start("year"), match.end("year") + 2), match["year"], f"{match['year']}年度")
    if told and all(other.value != telling.value for other in told) and len({other.value for other in told}) == 1:
        yield differing(_YEAR, telling, told, "title")
    elif told:
        yield agreed(_YEAR, [telling, *(other for other in told if other.value == telling.value)], "title")


def _inspected(names: Names) -> Iterator[Outcome]:
    """The organ of the title against the bodies said to be inspected, and those with one another."""
    if not names.title_organs or _RENAMED.search(names.document.words(names.opener)):
        return
    title = names.title_organs[0]
    known = [organ for organ in names.inspected if not organ.plural]
    wrong = [organ for organ in known if same_organ(title.core, organ.core) is False]
    right = [_named(names, organ) for organ in known if same_organ(title.core, organ.core)]
    told = [_named(names, organ) for organ in wrong]
    if wrong and not right and len(wrong) > 1 and len({organ.core for organ in wrong}) == 1:
        yield differing(_ORGAN, _named(names, title), told, "title")
        return
    for telling in told:
        yield differing(_ORGAN, telling, [_named(names, title), *right], "title")
    if right:
        yield agreed(_ORGAN, [_named(names, title), *right], "title")


def _signed(names: Names) -> Iterator[Outcome]:
    if not names.title_organs:
        return
    title = names.title_organs[0]
    for organ in names.signatures:
        verdict = same_organ(title.core, organ.core)
        if verdict is False and not any(same_organ(organ.core, other.core) for other in names.inspected):
            yield differing(_SIGNATURE, _named(names, organ), [_named(names, title)], "title")
        elif verdict:
            yield agreed(_SIGNATURE, [_named(names, title), _named(names, organ)], "title")


def _named(names: Names, organ: Organ) -> Telling:
    return _telling(names, organ.span, organ.core)


KIND = Kind("inspection", Params, {"body": FIELDS, "title": FIELDS}, check)
