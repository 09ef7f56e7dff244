"""Who inspected whom, told throughout the text and in its title: group, round, level, sort, inspected body, subject.

Another group, another round or another level may be named quite rightly, where the words speak of an earlier inspection
or of one by somebody else.  So a group counts as told differently only if everything else about it is the same, and
nothing in its sentence points elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rectlint.claims import Claims
from rectlint.claims.names import Body, Names, Organ, Round, same_organ
from rectlint.claims.populations import own_level
from rectlint.kinds._own_words import mixed_words
from rectlint.kinds.agreement import FIELDS, Telling, agreed, compare, differing, unchecked
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span

_GROUP = Words("巡察（巡视）组", "the inspecting group")
_ROUND = Words("巡察（巡视）轮次", "the round of inspection")
_SORT = Words("监督方式（巡视、巡察）", "the sort of inspection")
_LEVEL = Words("派出巡察（巡视）的党委", "the committee that sent the inspection")
_SENT = Words("组织督察的层级", "the level that sent the inspection")
_ORGAN = Words("被巡察单位", "the inspected body")
_SIGNATURE = Words("落款单位", "the signing organ")
_SUBJECT = Words("专项的主题", "the subject of the inspection")
_YEAR = Words("所报告的年度", "the year reported on")

_OWN_LEVEL = {"县": "县委", "区": "区委", "市": "市委", "州": "州委", "旗": "旗委"}
_SENT_BY = Pattern(
    r"(?P<level>[省市区县州盟旗]委|中央)(?:第?[一二三四五六七八九十\d]{1,3}轮)?(?P<sort>巡视|巡察)(?!工作|办|机构|整改工作)"
)
_SUPERVISED = Pattern(
    r"(?P<level>中央|省|市|自治区)(?:第?[一二三四五六七八九十\d]{1,3}轮)?(?:生态)?(?:环境保护|环保)督察",
    needs=("督察",),
)
_COMMISSIONED = Pattern(
    r"(?:根据|按照)\p{Han}{0,8}?(?P<level>[省市区县州旗]委)(?:巡[视察]工作)?(?:的)?统一(?:部署|安排|要求)",
    needs=("统一",),
)
_RANKS = {"县委": 1, "区委": 1, "旗委": 1, "州委": 2, "盟委": 2, "市委": 2, "省委": 3, "中央": 4}
_FORMERLY = Pattern(r"曾|此前|上一?轮|上次")
_FED_BACK = Pattern(r"反馈", needs=("反馈",))
_VISITED = Pattern(r"(?:对|进驻)[^。；]{2,60}?(?:开展|进行|实施|作|巡)|进驻|巡察了|巡视了", needs=("对", "进驻", "巡"))
_SEVERAL = ("提级", "联动", "交叉", "巡视巡察", "巡察巡视", "巡视、巡察", "省、市", "市、县", "市、区")
_OTHER_GROUPS = ("提级", "交叉", "联合")
_RENAMED = ("更名", "合并", "改制", "（原", "（现", "整合", "撤销", "划转", "改为")
_SUBJECTS = Pattern(
    r"(?P<subject>\p{Han}{2,14}?)专项(?P<tail>巡视|巡察|检查|督察|督查|审计|整治|治理)", needs=("专项",)
)
_SUBJECT_LEAD = Pattern(r".*(?:关于|开展了?|进行了?|对|了|的|轮|组|委|根据|做好|推进|针对)")
_COUNTED_SUBJECT = Pattern(r"于|[一二三四五六七八九十\d]+[项大个类]")
_PLAIN_SUBJECT = Pattern(r"领域|问题|工作|行业|系统|方面|突出|重点")
_YEARS = Pattern(r"(?P<year>20\d\d)年度(?P<what>[^，。；\d]{4})", needs=("年度",))


_AUDITED_YEARS = Pattern(r"《[^《》]{0,24}?(?P<year>20\d\d)年度[^《》]{0,30}审计(?:工作|结果)?报告》", needs=("年度",))


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Compare the tellings within the text (``body``), then the title with the text (``title``)."""
    names = claims.names
    yield from _compare_bodies(names)
    yield from _compare_rounds(names)
    yield from _commissioned(names)
    yield from mixed_words(names)
    yield from _title_group(names)
    yield from _title_round(names)
    yield from _title_sort(names)
    yield from _title_level(names)
    yield from _organs(names)
    for title in names.titles:
        yield from _title_subject(names, title)
        yield from _title_year(names, title)


# -- within the text ---------------------------------------------------------------------------------------------------


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _in_titles(names: Names, span: Span) -> bool:
    return any(title.contains(span) for title in names.titles)


def _compare_bodies(names: Names) -> Iterator[Outcome]:
    mentions = [body for body in names.bodies if not body.elsewhere and not _in_titles(names, body.span)]
    opening = [body for body in mentions if names.opener.contains(body.span) and body.numbers]
    numbered = [body for body in mentions if body.numbers]
    if not numbered or names.several_groups:
        return
    main = opening[0] if opening else numbered[0]
    groups = {number for body in opening for number in body.numbers}
    if len(groups) > 1 and (odd := _reporting_for_another(names, opening)):
        others = [_telling(names, body.span, body.numbers) for body in opening if body not in odd]
        for body in odd:
            yield differing(_GROUP, _telling(names, body.span, body.numbers), others, "body")
        return
    if len(groups) > 1 or len({(body.level, body.sort) for body in opening}) > 1:
        yield from _among_several(names, opening, [body for body in numbered if body not in opening], groups)
        return
    own = {_OWN_LEVEL.get(own_level(organ.core), "") for organ in (*names.title_organs, *names.inspected)}
    tellings = []
    levels = {body.level for body in mentions if body.level}
    sent_by = main.level or (
        levels.pop() if len(levels) == 1 else ""
    )  # 市委教育领域第六专项巡察组, later 市委第六巡察组
    for body in mentions:
        level, numbers = body.level or sent_by, body.numbers or main.numbers
        differences = (level != sent_by) + (numbers != main.numbers) + (body.sort != main.sort)
        by_own = body.level in own and body.level != sent_by
        told = bool(body.numbers) or bool(body.level and body.sort != main.sort)
        if differences > 1 or by_own or not told or {body.sort, main.sort} - {"巡视", "巡察"} - {main.sort}:
            continue
        tellings.append(_telling(names, body.span, (level, numbers, body.sort)))
    group = _GROUP if main.sort in ("巡视", "巡察", "") else Words(f"{main.sort}组", "the inspecting group")
    yield from compare(group, tellings, "body")


def _reporting_for_another(names: Names, opening: Sequence[Body]) -> list[Body]:
    """The groups of the opener that only give feedback, where one single group is said to have inspected: 县委第四巡察组对
    县水利局党组开展了巡察。县委第二巡察组向局党组反馈了意见。"""
    document = names.document
    words = document.words(names.opener)
    opening = [body for body in opening if _FORMERLY.search(document.words(_near(body.span))) is None]
    if any(len(body.numbers) != 1 for body in opening) or _holds(words, (*_OTHER_GROUPS, *_RENAMED)):
        return []
    inspected: list[Body] = []
    reported: list[Body] = []
    for body in opening:
        end = _end_of_statement(document.text, body.span.end, names.opener.end)
        after = _FED_BACK.search(document.text, body.span.end, end)
        visited = _VISITED.search(document.text, body.span.end, after.start() if after is not None else end)
        (inspected if visited is not None else reported if after is not None else []).append(body)
    numbers = {body.numbers for body in inspected}
    return (
        [body for body in reported if body.numbers not in numbers]
        if len(numbers) == 1 or (numbers and "分别" in words)
        else []
    )


def _near(span: Span) -> Span:
    return Span(max(0, span.start - 8), span.end + 4)


def _end_of_statement(text: str, start: int, limit: int) -> int:
    return min((place for mark in "。；\n" if (place := text.find(mark, start, limit)) >= 0), default=limit)


def _among_several(names: Names, opening: Sequence[Body], later: Sequence[Body], groups: set[int]) -> Iterator[Outcome]:
    """Several groups came: a later one must be among them."""
    told = [_telling(names, body.span, body.numbers) for body in opening]
    for body in later:
        telling = _telling(names, body.span, body.numbers)
        if groups.issuperset(body.numbers):
            yield agreed(_GROUP, [telling, *told], "body")
        elif body.level in {"", *(known.level for known in opening)} and body.sort in {known.sort for known in opening}:
            yield differing(_GROUP, telling, told, "body")


def _compare_rounds(names: Names) -> Iterator[Outcome]:
    text = names.document.text
    rounds = [
        round_
        for round_ in names.rounds
        if not round_.elsewhere
        and not _in_titles(names, round_.span)
        and not text.startswith("：", round_.span.end)  # the caption of a list
    ]
    if not rounds:
        return
    main = next((round_ for round_ in rounds if names.opener.contains(round_.span)), None)
    if main is None:
        return
    sentences = Counter(names.document.sentence_index(round_.span.start) for round_ in rounds)
    alike = [
        round_
        for round_ in rounds
        if _same_series(round_, main) and sentences[names.document.sentence_index(round_.span.start)] == 1
    ]
    tellings = [_telling(names, round_.span, (round_.session or main.session, round_.number)) for round_ in alike]
    yield from compare(_ROUND, tellings, "body")


def _is_another(one: Round, other: Round) -> bool:
    """Whether both session and number differ, as they do where an earlier round is spoken of: 九届市委第五轮 beside 十届市委第三轮."""
    return None not in (one.session, other.session) and one.session != other.session and one.number != other.number


def _same_series(one: Round, other: Round) -> bool:
    return one.sort == other.sort and (not one.level or not other.level or one.level == other.level)


def _telling(names: Names, span: Span, value: object) -> Telling:
    return Telling(span, value, names.document.words(span))


def _commissioned(names: Names) -> Iterator[Outcome]:
    """根据区委统一部署 against the committee that sent the group, which cannot stand above the one that ordered it."""
    document = names.document
    match = _COMMISSIONED.search(document.text, names.opener.start, names.opener.end)
    opening = [
        body for body in names.bodies if names.opener.contains(body.span) and body.numbers and body.level in _RANKS
    ]
    if match is None or not opening or _holds(document.words(names.opener), _SEVERAL):
        return
    ordered, sent = match["level"], opening[0].level
    telling = Telling(Span(*match.span("level")), ordered, match.group())
    other = _telling(names, opening[0].span, sent)
    if ordered == sent:
        yield agreed(_LEVEL, [telling, other], "body")
    elif _RANKS[ordered] < _RANKS[sent]:
        yield differing(_LEVEL, other, [telling], "body")
    else:
        yield unchecked(_LEVEL, [telling, other], "body", "ambiguous")


# -- title against text ------------------------------------------------------------------------------------------------


def _against_title(thing: Words, titles: Sequence[Telling], bodies: Sequence[Telling]) -> Iterator[Outcome]:
    """Compare the title lines with what the text says most often; what it says otherwise is a matter of the text."""
    if not titles or not bodies:
        yield from compare(thing, titles, "title")
        return
    usual = Counter(telling.value for telling in bodies).most_common(1)[0][0]
    yield from compare(thing, [*(telling for telling in bodies if telling.value == usual), *titles], "title")


def _title_group(names: Names) -> Iterator[Outcome]:
    bodies = [body for body in names.bodies if body.numbers and not body.elsewhere and not names.several_groups]
    in_title = [body for body in bodies if _in_titles(names, body.span)]
    in_text = [body for body in bodies if not _in_titles(names, body.span)]
    opening = [body for body in in_text if names.opener.contains(body.span)]
    numbers = {number for body in opening for number in body.numbers}
    if len(numbers) > 1 and all(numbers.issuperset(body.numbers) for body in in_title):
        return
    alike = [body for body in in_text if any(_same_committee(body.level, other.level) for other in in_title)]
    titles = [_telling(names, body.span, body.numbers) for body in in_title]
    yield from _against_title(_GROUP, titles, [_telling(names, body.span, body.numbers) for body in alike])


def _same_committee(one: str, other: str) -> bool:
    return not one or not other or one == other


def _title_round(names: Names) -> Iterator[Outcome]:
    rounds = [round_ for round_ in names.rounds if not round_.elsewhere]
    in_title = [round_ for round_ in rounds if _in_titles(names, round_.span)]
    in_text = [round_ for round_ in rounds if not _in_titles(names, round_.span)]
    opening = [round_ for round_ in in_text if names.opener.contains(round_.span)]
    first = [round_ for round_ in in_text[:1] if not any(_is_another(round_, other) for other in in_title)]
    alike = [round_ for round_ in opening or first if any(_same_series(round_, other) for other in in_title)]
    sessions = {round_.session for round_ in (*in_title, *alike)} - {None}
    unsaid = next(iter(sessions)) if len(sessions) == 1 else None
    tellings = [
        [_telling(names, round_.span, (round_.session or unsaid, round_.number)) for round_ in group]
        for group in (in_title, alike)
    ]
    yield from _against_title(_ROUND, tellings[0], tellings[1])


def _title_sort(names: Names) -> Iterator[Outcome]:
    """巡视 or 巡察, where the title says only one of them."""
    document = names.document
    titles = []
    for title in names.titles:
        words = document.words(title)
        said = [sort for sort in ("巡视", "巡察") if sort in words]
        if len(said) == 1:
            start = title.start + words.find(said[0])
            titles.append(Telling(Span(start, start + 2), said[0], said[0]))
    bodies = [
        Telling(body.span, body.sort, document.words(body.span))
        for body in names.bodies
        if body.sort in ("巡视", "巡察")
        and (body.numbers or body.level)
        and not body.elsewhere
        and not _in_titles(names, body.span)
    ]
    opening = [telling for telling in bodies if names.opener.contains(telling.span)]
    if opening and len({telling.value for telling in opening}) == 1:
        yield from _against_title(_SORT, titles, bodies)


def _title_level(names: Names) -> Iterator[Outcome]:
    """The committee that sent the inspection: 县委巡察, 市委第二轮巡视."""
    document = names.document
    if any(_holds(document.words(span), _SEVERAL) for span in (*names.titles, names.opener)):
        return
    yield from _supervising_level(names)
    found = [_SENT_BY.search(document.text, title.start, title.end) for title in names.titles]
    titles = [_telling(names, Span(*match.span()), match["level"]) for match in found if match is not None]
    opening = [body for body in names.bodies if names.opener.contains(body.span) and body.level.endswith("委")]
    if len({body.level for body in opening}) == 1:
        yield from _against_title(_LEVEL, titles, [_telling(names, body.span, body.level) for body in opening])


def _supervising_level(names: Names) -> Iterator[Outcome]:
    """省生态环境保护督察 in the title against 中央第二生态环境保护督察组 in the opener."""
    document = names.document
    found = [match for title in names.titles for match in _SUPERVISED.find(document.text, title.start, title.end)]
    titles = [_telling(names, Span(*match.span()), match["level"]) for match in found]
    opening = [
        _telling(names, body.span, body.level.removesuffix("委"))
        for body in names.bodies
        if names.opener.contains(body.span) and body.level and body.sort.endswith("督察")
    ]
    if len({telling.value for telling in titles}) == 1 and len({telling.value for telling in opening}) == 1:
        yield from _against_title(_SENT, titles, opening)


def _title_subject(names: Names, title: Span) -> Iterator[Outcome]:
    document = names.document
    in_title = _subjects(names, title) if "专项" in document.words(title) else []
    if not in_title:
        return
    start = names.opener.start
    paragraphs = [
        paragraph.span
        for paragraph in document.paragraphs
        if paragraph.role == "body" and paragraph.span.start >= start
    ]
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
        if match.end("subject") - start >= 2 and not _COUNTED_SUBJECT.match(names.document.text, start):
            text = names.document.text[start : match.end("subject")]
            found.append(Telling(Span(start, match.end()), match["tail"], text))
    return found


def _shares(one: str, other: str) -> bool:
    one, other = (_PLAIN_SUBJECT.compiled.sub("", subject) for subject in (one, other))
    return not one or not other or not set(one).isdisjoint(other)


def _title_year(names: Names, title: Span) -> Iterator[Outcome]:
    """关于2023年度…审计查出问题 against the opening paragraphs' 2022年度….."""
    document = names.document
    match = _YEARS.search(document.text, title.start, title.end) if "年度" in document.words(title) else None
    if match is None:
        return
    bodies = [paragraph.span for paragraph in document.paragraphs if paragraph.role == "body"][:4]
    told = [
        Telling(Span(other.start("year"), other.end("year") + 2), other["year"], f"{other['year']}年度")
        for span in bodies
        for other in _YEARS.find(document.text, span.start, min(span.end, span.start + 500))
        if other["what"] == match["what"]
    ]
    if not told and "审计" in document.words(title):
        told = [
            Telling(Span(other.start("year"), other.end("year") + 2), other["year"], f"{other['year']}年度")
            for span in bodies
            for other in _AUDITED_YEARS.find(document.text, span.start, min(span.end, span.start + 500))
        ]
    telling = Telling(Span(match.start("year"), match.end("year") + 2), match["year"], f"{match['year']}年度")
    if told and all(other.value != telling.value for other in told) and len({other.value for other in told}) == 1:
        yield differing(_YEAR, telling, told, "title")
    elif told:
        yield agreed(_YEAR, [telling, *(other for other in told if other.value == telling.value)], "title")


def _organs(names: Names) -> Iterator[Outcome]:
    """The organ of the title against the bodies said to be inspected, and against the signature."""
    if _holds(names.document.words(names.opener), _RENAMED):
        return
    if not names.title_organs:
        yield from _signed_by_another(names)
        return
    if any(_MASKED.search(organ.core) for organ in (*names.title_organs, *names.inspected)):
        return  # 某中学, X中学: a name left out on purpose, each time in another way
    inspected = [organ for organ in names.inspected if not organ.plural]
    yield from _compare_organs(names, _ORGAN, (*names.title_organs, *inspected))
    siblings = [organ for organ in names.inspected if organ.plural]
    signatures = [
        organ
        for organ in names.signatures
        if not any(
            same_organ(organ.core, other.core) and not _is_short_for(names.title_organs[0].core, other.core)
            for other in (*inspected, *siblings)
        )
    ]
    yield from _compare_organs(names, _SIGNATURE, (*names.title_organs[:1], *signatures))


_MASKED = Pattern(r"某|[xX×*＊○]", linear=True)


def _is_short_for(full: str, short: str) -> bool:
    """Whether a name is short for a fuller one: 市公安局 for 清源市公安局, 县供销社 for 云山县供销合作社."""
    return len(short) < len(full) and same_organ(full, short) is True


def _signed_by_another(names: Names) -> Iterator[Outcome]:
    """The one body that was inspected against the signature, where the title names no organ before 关于."""
    inspected = [organ for organ in names.inspected if names.opener.contains(organ.span) and not organ.plural]
    if not inspected or any(organ.plural for organ in names.inspected) or len(names.signatures) != 1:
        return
    signed = names.signatures[0]
    verdicts = {same_organ(signed.core, organ.core) for organ in inspected}
    known = names.document.text.count(signed.core) > 1
    if verdicts == {False} and not known:
        yield differing(_SIGNATURE, _named(names, signed), [_named(names, organ) for organ in inspected], "title")
    elif True in verdicts:
        same = [_named(names, organ) for organ in inspected if same_organ(signed.core, organ.core)]
        yield agreed(_SIGNATURE, [_named(names, signed), *same], "title")


def _compare_organs(names: Names, thing: Words, organs: Sequence[Organ]) -> Iterator[Outcome]:
    """Each organ against the one in the title that most others agree with; if none does, the title is the odd one."""
    titles = [organ for organ in organs if _in_titles(names, organ.span)]
    agreeing = {organ.core: [other for other in organs if same_organ(organ.core, other.core)] for organ in titles}
    title = max(titles, key=lambda organ: len(agreeing[organ.core]))
    right = [_named(names, organ) for organ in agreeing[title.core]]
    wrong = [organ for organ in organs if same_organ(title.core, organ.core) is False]
    told = [_named(names, organ) for organ in wrong]
    if len(right) == 1 and len(wrong) > 1 and all(same_organ(wrong[0].core, organ.core) for organ in wrong):
        yield differing(thing, right[0], told, "title")
        return
    for telling in told:
        yield differing(thing, telling, right, "title")
    if len(right) > 1:
        yield agreed(thing, right, "title")


def _named(names: Names, organ: Organ) -> Telling:
    return _telling(names, organ.span, organ.core)


KIND = Kind("inspection", NoParams, {"body": FIELDS, "title": FIELDS}, check)
