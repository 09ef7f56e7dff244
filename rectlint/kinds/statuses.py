"""States of items against everything else the text says of them: their own words, headings, headlines, lists, tallies.

A state is compared only with what speaks of the same items: a headline with the list of as many items, a heading with the
items below it, a list of open problems with the items it names by number or title.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.accounts import OF_PROBLEMS
from rectlint.claims.all_done import AllDone
from rectlint.claims.entries import Entry
from rectlint.claims.leftovers import Leftover, SharedOut, find_shared_out
from rectlint.claims.lists import list_mark
from rectlint.claims.open_work import find_open_work
from rectlint.claims.quantities import Quantity
from rectlint.claims.references import counts_in, likeness
from rectlint.claims.remaining import Remaining, Telling
from rectlint.claims.sisters import Section
from rectlint.claims.statuses import Group, HeadingStatus, State, Status, own_end, remedy_of
from rectlint.claims.tallies import Tally
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_INLINE_OPEN = Pattern(
    r"(?:目前|现|仍|尚)?正在(?:整改|办理|推进|落实|处理)(?:中)?(?=[，。；]|$)|持续整改(?:中)?(?=[，。；]|$)|尚未(?:完成(?:整改)?|整改(?:到位)?|办结|解决)(?=[，。；]|$)|(?<![\p{Han}])未(?:完成整改|整改|完成|办结)(?=[，。；]|$)",
    needs=("正在", "持续整改", "未"),
)
_STILL_OPEN = (
    r"(?P<state>(?:尚|仍|还)?(?:正在(?:整改|推进)|未(?:完成整改|整改到位|完成|整改)|(?:需要?)?(?:长期|持续)(?:整改|推进))"
    r"|(?P<between>(?:已)?(?:基本(?:完成|整改)|(?:取得)?阶段性(?:完成|成效|整改))(?:整改)?)|(?P<done>已(?:全部)?(?:完成整改|整改完成|整改到位|完成|销号)))"
)
_POINTER = (
    r"(?:第?（?[\d一二三四五六七八九十]{1,3}）?[点项条个]?(?:问题)?|(?:问题|任务|事项)[\d一二三四五六七八九十]{1,3})"
)
_NUMBERED = Pattern(
    r"(?:问题|任务|事项)（?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})|第（?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?=）?[个项条点号、和及与])"
    r"|(?<!\d)(?P<n>\d{1,3})号(?:问题|任务|事项)",
    needs=("问题", "任务", "事项", "第"),
)
"""Any way in which a list may tell an entry by its number: 问题3剩余2项, 第3个由……, 3号问题."""
_LEFT_OVER = r"剩余|余下|剩下|(?:尚|仍|还|暂)?未(?:能|全部)?(?:完成|整改|销号|办结|解决|到位|落实|取得|配齐)|没有?(?:完成|改完|做完)"
_LEFT_TO_DO = Pattern(
    rf"{_LEFT_OVER}|(?:之前|以前|前)[^，。；]{{0,12}}?(?:完成|销号|竣工|完工|建成|化解|办结|整改到位|清零|见底|到位)"
)
"""What is said of an entry that is not done: so much is left, or it is to be done by some day."""
_PLAINLY_LEFT = Pattern(_LEFT_OVER)
_DONE_STILL = Pattern(
    r"已(?:经|全部|按期)*(?:完成整改|整改|销号|办结)|回头看|巩固|反弹|复[核查验]|评估|长效|没有遗留|无遗留|不再|举一反三|参照|推广"
)
_CALLED_DONE = Pattern(
    r"已(?:经|全部|按期|如期)*(?:完成整改|整改到位|整改完成|完成|整改|销号|办结)的(?:第?（?[\d一二三四五六七八九十]{1,3}）?[个项条]?(?:问题)?[、和与及至]|问题[\d一二三四五六七八九十]{1,3}[、和与及至])*(?:问题)?$"
)
_CHECKED = Pattern(
    r"回头看|抽查|复[核查验]|评估|巩固|反弹|后评价", needs=("回头看", "抽查", "复", "评", "巩固", "反弹")
)
"""What is done with entries that are finished."""
_COUNT_OF_LEFT = Pattern(
    r"(?P<before>[^，。；：\n]*?)(?<![\d第])(?P<n>\d{1,2}|[两二三四五六七八九十]{1,2})个(?P<between>[^，。；：\n\d]{0,12}?)(?:问题|任务|事项)",
    needs=("个",),
)
_ALL_LEFT = Pattern(r"未|剩余|余下|尚|还有|仍有|需要?|正在|在改|继续|持续")
_SOME_LEFT = Pattern(r"重点|难点|突出|个别|其中|部分|涉及|包括|主要")
_CODE = Pattern(r"(?<![\d-])\d{1,2}-\d{1,2}(?![\d-])")
_CODED_LIST = Pattern(
    rf"(?<![\d-])\d{{1,2}}-\d{{1,2}}(?:[、和及与]\d{{1,2}}-\d{{1,2}})*等?(?:\d{{1,2}}|[一二两三四五六七八九十])?个?{_STILL_OPEN}的(?:具体)?(?:问题|事项|任务)",
    needs=("完成的", "推进的", "整改的", "到位的"),
)
_AT_IT = Pattern(
    rf"(?:(?P<verb>紧?盯住|盯紧|紧盯|(?:继续|持续|抓紧|加快)(?:抓好|推进|推动|落实))|(?P<of>(?<=^|[。；：，\n一二三四五是）])对))(?:{_POINTER}(?:[、和及与]|(?<=）)))*$"
)
_TILL_DONE = Pattern(
    r"[^。；]{0,40}?(?:不放|限期(?:完成|销号|整改)|(?:尽快|早日)(?:完成|销号|整改到位|见效)|到期后"
    r"|(?P<by>(?:确保)?(?:按期|如期)(?:完成|销号)(?![^，。；]{0,6}(?:回头看|复核|评估|检查))|一盯到底|(?:\d{4}年|明年)?[^，。；]{0,6}(?:月底|年底|日|月|底)前(?:全部|全面)?(?:完成|整改到位|销号)(?=整改|销号|任务|[，。；）]|$)(?![^，。；]{0,6}(?:回头看|复核|评估|检查))))"
)
_OPEN_BEFORE = Pattern(rf"{_STILL_OPEN}的(?:问题|事项)?(?:{_POINTER}[、和及与])*$")
_OPEN_BEHIND = Pattern(
    rf"(?:(?:[、和及与]|(?=（)){_POINTER}(?:个|项)?(?:具体)?(?:问题)?)*等?(?:\d{{1,2}}|[一二两三四五六七八九十])?(?:个|项)?{_STILL_OPEN}的(?:具体)?(?:问题|事项|任务|工作)"
)
_FEWEST_NAMED = 4
_LONGEST_LABEL = 12
_NAMED_STATE = (
    r"(?:(?P<done>(?:已|已经)(?:全部)?(?:完成整改|整改完成|整改到位|整改|完成))"
    r"|(?:尚|仍|还)?(?:正在(?:整改|推进)|未(?:完成整改|整改到位|完成|整改)|持续(?:整改|推进)))"
)
_NAMED_COUNT = Pattern(
    rf"(?<=[对将])(?:{_NAMED_STATE}的(?P<n>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})个(?:具体)?问题"
    rf"|(?P<n>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})个(?:具体)?{_NAMED_STATE}的(?:具体)?问题)",
    needs=("个",),
)
_IN_STAGES = Pattern(r"序时进度|阶段性")
_GOES_ON = Pattern(r"(?:长期|持续|继续)(?:推进|整改|跟进)$")
_NEAR = 8
_FAR = 60
_AT_HEAD = 5
_SAID = 24
_BARE_NUMERAL = Pattern(r"\d+|[一二三四五六七八九十]+")
_LASTING = Pattern(r"长期|持续|坚持")
_PLAINLY_OPEN = frozenset(("rest", "ongoing", "not-yet", "waiting"))
_OF_NOW = Pattern(r"(?:截至目前，?|目前，?|现|该|此|本)")
_FED_BACK = Pattern(r"(?:反馈|指出|交办|审计查出|督察)[^，；。]*$")
_OTHER_LOT = Pattern(r"上一轮|上轮|历年|自查|排查|其中|村级|社区|所属|下属|信访|线索")
_LISTED, _NOT_LISTED = Words("却列在", "but is listed in"), Words("却没有列在", "but is not listed in")
_NO_TOTAL = frozenset(("true", "untrue", "part", "rest"))
_OF_PROBLEMS = frozenset(("", "问题", "具体问题", "反馈问题"))
_MEASURES = frozenset(("个", "项", "条", "件"))


class Params(NamedTuple):
    """``nearly_all``: of ten items with a status, one without is an omission; ``fewest``: shorter lists are not judged."""

    nearly_all: int = 10
    fewest: int = 4


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """All comparisons of states."""
    yield from _open_work(claims)
    yield from _two_states(claims)
    yield from _headings(claims)
    judged: set[Span] = set()
    for outcome in _open_lists(claims):
        judged.add(outcome.primary)
        yield outcome
    told: set[int] = set()
    for outcome in _open_references(claims):
        told |= {outcome.primary.start, *(evidence.span.start for evidence in outcome.evidence)}
        judged.add(outcome.primary)
        yield outcome
    for outcome in _leftovers(claims, told):
        judged.add(outcome.primary)
        yield outcome
    for outcome in _remaining(claims):
        if outcome.primary not in judged:
            judged.add(outcome.primary)
            yield outcome
    yield from _shared_out(claims)
    if claims.statuses.main is not None:
        yield from _open_codes(claims, claims.statuses.main)
    yield from _all_done(claims)
    if claims.statuses.main is None:
        return  # no list has states
    counts = _counts(claims)
    within = {item.order: index for index, run in enumerate(claims.statuses.runs) for item in run.items}
    sections: list[list[Group]] = [[] for _ in claims.statuses.runs]
    for group in claims.statuses.groups:
        yield from _without_status(claims, group, params)
        run_index = within.get(group.items[0].order)
        if run_index is not None:
            sections[run_index].append(group)
        yield from _tallies(claims, group, counts, () if run_index is None else None)
    for run, parts in zip(claims.statuses.runs, sections, strict=True):
        yield from _tallies(claims, run, counts, parts)


# -- an item against its own words -------------------------------------------------------------------------------------


def _open_work(claims: Claims) -> Iterator[Outcome]:
    """A done item beside an unfinished object; an open item beside one agrees with it."""
    document, statuses = claims.document, claims.statuses
    by_item: dict[int, list[Status]] = {}
    for status in statuses.items:
        if status.carrier in ("remark", "sentence"):
            by_item.setdefault(status.item.order, []).append(status)
    for status in statuses.first.values():
        if any(child.order in statuses.first for child in document.children(status.item)):
            continue
        apart = [
            other.span
            for other in by_item.get(status.item.order, ())
            if document.paragraph_at(other.span.start) is not document.paragraph_at(status.span.start)
        ]
        yield from _judge_work(document, status.span, status.state, status.body, "status", apart)
    for status in _entries(claims):
        end = document.paragraph_at(status.span.start).span.end
        yield from _judge_work(document, status.span, status.state, Span(status.span.end, end), "status")
    for item in document.items:
        heading = statuses.heading_of(item)
        if heading is not None and item.order not in statuses.first and not document.children(item):
            yield from _judge_work(document, heading.span, heading.state, remedy_of(document, item), "heading")


def _entries(claims: Claims) -> Iterator[Status]:
    """The states of entries that are paragraphs of one chapter without numbers of their own: 任务三：……。整改情况：已完成。……"""
    document, statuses = claims.document, claims.statuses
    for status in statuses.items:
        first = statuses.first[status.item.order]
        if status is first or status.carrier != "label" or first.carrier != "label":
            continue
        if document.paragraph_at(status.span.start) is not document.paragraph_at(first.span.start):
            yield status


def _judge_work(
    document: Document, span: Span, state: str, body: Span, label: str, apart: Sequence[Span] = ()
) -> Iterator[Outcome]:
    """An item's state against the open work told in ``body``; ``apart`` are states of other entries in it."""
    found = [work for work in find_open_work(document, body) if not any(work.span.overlaps(o) for o in apart)]
    cases_only = all(work.sort == "case" for work in found)
    defect = "open-case" if found and cases_only else "open-work"
    works = [work.span for work in sorted(found, key=lambda work: work.sort == "case")]
    said = document.words(span)
    if not works:
        if state == "done" and label == "status":
            yield Outcome("consistent", span, derivation=said, defect="open-work")
        return
    words = document.words(works[0])
    if state == "done" and _GOES_ON.search(said) is not None:
        evidence = (Evidence(works[0], "open-work"),)
        yield Outcome("unchecked", span, evidence, f"{said}：{words}", defect=defect, reason="ambiguous")
    elif state == "done":
        yield _done_beside(document, span, works, label, defect)
    elif label == "status":
        yield Outcome("consistent", span, (Evidence(works[0], "open-work"),), f"{said}：{words}", defect="open-work")


def _two_states(claims: Claims) -> Iterator[Outcome]:
    """整改情况：正在整改中 and 该问题已整改到位 in one item."""
    by_item: dict[int, list[Status]] = {}
    for status in claims.statuses.items:
        if status.carrier != "remark":
            by_item.setdefault(status.item.order, []).append(status)
    for statuses in by_item.values():
        first = statuses[0]
        for other in statuses[1:]:
            if other.carrier == first.carrier:
                continue
            differs = {first.state, other.state} == {"done", "open"}
            here = claims.document.paragraph_at(first.span.start).span.contains(other.span)
            works = find_open_work(claims.document, first.body) if differs and here else ()
            if any(work.span.overlaps(other.span) for work in works):
                continue  # unfinished work beside a finished state, which is told as such
            yield Outcome(
                "contradicted" if differs else "consistent",
                other.span,
                (Evidence(first.span, "status"),),
                derivation=f"{first.words} {'≠' if differs else '='} {other.words}",
                expected=first.words,
                actual=other.words,
                defect="two-states",
                values={"first": first.words, "second": other.words},
            )


# -- headings ----------------------------------------------------------------------------------------------------------


def _headings(claims: Claims) -> Iterator[Outcome]:
    """Items below a heading that speaks of their state."""
    document, statuses = claims.document, claims.statuses
    below: dict[int, list[Status]] = {}
    for status in statuses.first.values():
        heading = statuses.heading_of(status.item)
        if heading is not None and status.item.order != heading.item.order:
            below.setdefault(heading.item.order, []).append(status)
    for heading in statuses.headings:
        held = below.get(heading.item.order, [])
        against = [status for status in held if status.state == ("open" if heading.state == "done" else "done")]
        words = document.words(heading.span)
        if heading.state == "open":
            for status in against:
                yield _listed_but_done(document, status, heading.span, status.item)
        elif against:
            marks = "、".join(_mark(document, status.item) for status in against)
            yield Outcome(
                "contradicted",
                heading.span,
                tuple(Evidence(status.span, "status") for status in against),
                derivation=f"{words} ≠ {marks}：{against[0].words}",
                expected=words,
                actual=against[0].words,
                defect="heading",
                values={"heading": words, "items": marks, "count": str(len(against)), "status": against[0].words},
            )
        if held and not against:
            yield Outcome("consistent", heading.span, (Evidence(held[0].span, "status"),), words, defect="heading")


def _mark(document: Document, item: Item) -> str:
    return document.words(Span(item.marker.start, item.marker.end)).strip(" ，、：.")


def _named(marks: str) -> str:
    """Marks as a sentence names them: 第1条, （1）."""
    return "、".join(f"第{mark}条" if mark.isdecimal() else mark for mark in marks.split("、"))


# -- a list of what is still open --------------------------------------------------------------------------------------


def _open_lists(claims: Claims) -> Iterator[Outcome]:
    """The problems listed as still open against the states they have where they are told."""
    document, main = claims.document, claims.statuses.main
    if main is None:
        return
    for heading in claims.statuses.headings:
        chapter = heading.item
        if heading.state != "open" or chapter.span.overlaps(Span(main.items[0].span.start, main.items[-1].span.end)):
            continue
        listed, unknown = _listed(claims, main, chapter)
        if not listed:
            continue
        for item, place in listed.items():
            status = main.statuses.get(item)
            if status is None:
                continue
            if status.state == "done":
                yield _listed_but_done(document, status, heading.span, None, place)
            else:
                evidence = (Evidence(status.span, "status"),)
                yield Outcome(
                    "consistent", place, evidence, f"{document.words(place)}：{status.words}", defect="open-list"
                )
        told = {chinese_ordinal(match["n"]) for match in _NUMBERED.find(document.text, *chapter.span)}
        for status in main.with_state("open"):
            if status.item.order not in listed and status.item.marker.number not in told:
                yield _open_but_not_listed(document, status, heading, listed, unknown)


def _open_references(claims: Claims) -> Iterator[Outcome]:
    """对正在推进的第2个问题, 对问题3、问题12等2个尚未完成的问题 behind the list, against the states of the items named."""
    document, main = claims.document, claims.statuses.main
    if main is None:
        return
    by_number = {item.marker.number: item for item in main.items}
    if len(by_number) < len(main.items):
        return  # numbered anew in every section: a number does not tell which is meant
    after = main.items[-1].span.start
    for reference in claims.references:
        place = reference.span
        if place.start < after or _is_within(document, main, place.start) or reference.number not in by_number:
            continue
        if not counts_in(reference, main.items) or reference.title:
            continue
        sentence = document.sentence_at(place.start)
        before = _OPEN_BEFORE.search(document.text, max(sentence.start, place.start - 30), place.start)
        behind = _OPEN_BEHIND.match(document.text, place.end, min(sentence.end, place.end + 60))
        word = before or behind
        said = _at_it(document, sentence, place) if word is None else Span(*word.span("state"))
        status = main.statuses.get(by_number[reference.number].order)
        if said is None or status is None:
            continue
        groups = {} if word is None else word.groupdict()
        if groups.get("between") and not main.with_state("basic", "staged"):
            continue
        if status.state == ("open" if groups.get("done") else "done"):
            if not _lasts(document, status.span):
                yield _listed_but_done(document, status, said, None, place)
        else:
            evidence = (Evidence(status.span, "status"),)
            yield Outcome("consistent", place, evidence, f"{document.words(place)}：{status.words}", defect="open-list")


def _shared_out(claims: Claims) -> Iterator[Outcome]:
    """未整改到位的3个问题分别为石桥村1个、柳湾社区2个 against what the sections of these names leave open."""
    document = claims.document
    rows = [row.sections for row in claims.sisters]
    for out in find_shared_out(document) if rows else ():
        for sections in rows:
            titles = [document.words(section.item.title) for section in sections]
            meant = [[place for place, title in enumerate(titles) if name in title] for name, _, _ in out.shares]
            if any(len(places) != 1 for places in meant) or sections[0].item.span.contains(out.span):
                continue
            shares = {sections[places[0]].item.order: share for places, share in zip(meant, out.shares, strict=True)}
            closed = sum(count for _, count, _ in out.shares) == out.total
            told = [(section, shares.get(section.item.order)) for section in sections]
            named = [one for section, share in told if share for one in _shared(document, out, section, share)]
            yield from named
            if closed and all(outcome.verdict == "consistent" for outcome in named):
                for section, share in told:
                    yield from _shared(document, out, section, None) if share is None else ()
            break


def _shared(
    document: Document, out: SharedOut, section: Section, share: tuple[str, int, Span] | None
) -> Iterator[Outcome]:
    """What one section leaves open against its share of the list, or against a list that leaves it out."""
    left = section.amount("open", "staged", "basic")
    done = section.amount("done")
    if left is None and done is not None:
        left = section.total.value - done
    if left is None:
        return
    count = 0 if share is None else share[1]
    last = section.parts[-1][1].span if section.parts else section.total.span
    end = last.end
    if section.all_done:
        end = next((i for i in range(end, min(end + _SAID, len(document.text))) if document.text[i] in "，。；"), end)
    said = Span(section.total.span.start, end)
    words, status, mark = document.words(out.span), document.words(said), _mark(document, section.item)
    relation = _LISTED if share is not None else _NOT_LISTED
    if share is not None and left:
        relation = Words(f"却按{count}个列在", f"but is listed with {count} in")
    fits = left == count
    if fits and share is None:
        return
    place = out.span if share is None else share[2]
    yield Outcome(
        "consistent" if fits else "contradicted",
        place,
        (Evidence(said, "section"),),
        derivation=f"{document.words(place)} {'=' if fits else '≠'} {mark}：{left}",
        expected=str(left),
        actual=str(count),
        defect="open-list",
        values={"item": mark, "status": status, "relation": relation, "list": words},
    )


def _leftovers(claims: Claims, told: set[int]) -> Iterator[Outcome]:
    """没有改完的问题8、问题14, 问题一、二已完成 before or behind the entries, against their states; ``told`` are places judged."""
    document, by_number = claims.document, {entry.number: entry for entry in claims.entries}
    named: set[int] = set()
    complete: list[Leftover] = []
    wrong = False
    for left in claims.leftovers:
        if left.state != "done" and not left.measures:
            named |= {number for number, _ in left.named}
        fits = True
        for number, place in left.named:
            entry = by_number.get(number)
            if entry is None or entry.state is None or entry.said is None:
                continue
            between = left.state == "between" and not _has_between(claims, left)
            doubtful = between or _lasts(document, entry.said)
            clashes = _clashes(document, entry, left)
            if clashes and doubtful:
                continue
            fits = fits and not clashes
            if place.start not in told:
                yield _leftover(document, entry, left, place)
        wrong = wrong or not fits
        if (
            left.complete
            and left.state == "open"
            and not left.measures
            and (left.all_but or len(left.named) > 1)
            and fits
        ):
            complete.append(left)
    if complete and not wrong and all(entry.state is not None for entry in claims.entries):
        for entry in claims.entries:
            if entry.state == "open" and entry.number not in named:
                yield _not_left(document, entry, complete[0])


_AGAINST = {"done": "open", "open": "done", "between": "done", "late": "done"}
_FOR_GOOD = Pattern(r"长期|常态")
_IN_TIME = Pattern(r"(?<!未)达到?序时进度")


def _clashes(document: Document, entry: Entry, left: Leftover) -> bool:
    """Whether an entry's state is not what a list says of it: done and open, or behind its time and in time."""
    if left.state == "late" and entry.said is not None and _IN_TIME.search(document.words(entry.said)) is not None:
        return True
    return entry.state == _AGAINST[left.state]


def _has_between(claims: Claims, left: Leftover) -> bool:
    """Whether some entry is told to be half done, or, for a list of what goes on for good, to do so."""
    told = [e.said for e in claims.entries if e.state in ("basic", "staged") and e.said is not None]
    if _FOR_GOOD.search(claims.document.words(left.span)) is None:
        return bool(told)
    return any(_lasts(claims.document, said) for said in told)


def _lasts(document: Document, said: Span) -> bool:
    """Whether a state says that the work goes on for good: 已完成，长期坚持."""
    return _LASTING.search(document.text, said.start, said.end + _NEAR) is not None


def _leftover(document: Document, entry: Entry, left: Leftover, place: Span) -> Outcome:
    """One entry of a list: its state and what the list says of it."""
    assert entry.said is not None
    words, said, mark = document.words(left.span), document.words(entry.said), _words_of(document, entry)
    if not _clashes(document, entry, left):
        evidence = (Evidence(entry.said, "status"),)
        return Outcome("consistent", place, evidence, f"{document.words(place)}：{said}", defect="open-list")
    return Outcome(
        "contradicted",
        entry.said,
        (Evidence(left.span, "heading"), Evidence(place, "reference")),
        derivation=f"{words} ≠ {mark}：{said}",
        expected=words,
        actual=said,
        defect="open-list",
        values={"item": mark, "status": said, "relation": _LISTED, "list": words},
    )


def _not_left(document: Document, entry: Entry, left: Leftover) -> Outcome:
    """An open entry that the list of all open ones leaves out."""
    assert entry.said is not None
    words, said, mark = document.words(left.span), document.words(entry.said), _words_of(document, entry)
    listed = [place for _, place in left.named if not left.span.contains(place)]
    return Outcome(
        "contradicted",
        entry.said,
        (Evidence(left.span, "heading"), *(Evidence(place, "listed") for place in listed)),
        derivation=f"{mark}：{said} ∉ {words}",
        expected=words,
        actual=said,
        defect="open-list",
        values={"item": mark, "status": said, "relation": _NOT_LISTED, "list": words},
    )


def _words_of(document: Document, entry: Entry) -> str:
    """An entry's number as a message names it: 第4项 for a row of a table, else its mark."""
    mark = document.words(entry.mark).strip(" ，、：.")
    return f"第{mark}项" if _BARE_NUMERAL.fullmatch(mark) is not None else mark


def _remaining(claims: Claims) -> Iterator[Outcome]:
    """The section of what is still to be done against the states of the entries it names, and of those it leaves out."""
    document, by_number = claims.document, {entry.number: entry for entry in claims.entries}
    for section in claims.remaining:
        sort = _LEFT_TO_DO if section.strong else _PLAINLY_LEFT
        wrong = False
        for telling in section.tellings:
            entry = by_number[telling.number]
            said = entry.said
            if said is None or _DONE_STILL.search(document.text, telling.span.start, telling.span.end) is not None:
                continue
            left = sort.search(document.text, telling.span.start, telling.span.end) is not None
            left = left or (section.strong and _heads_paragraph(document, telling))
            if entry.state == "done" and left and not _lasts(document, said):
                wrong = True
                yield _leftover(document, entry, Leftover(section.heading, "open", ()), telling.place)
            elif entry.state != "done" and left:
                evidence = (Evidence(said, "status"),)
                words = f"{document.words(telling.place)}：{document.words(said)}"
                yield Outcome("consistent", telling.place, evidence, words, defect="open-list")
        if wrong or any(entry.state is None for entry in claims.entries):
            continue
        named = tuple((telling.number, telling.place) for telling in section.tellings)
        told = {chinese_ordinal(match["n"]) for match in _NUMBERED.find(document.text, *section.span)}
        for entry in claims.entries if _counts_all(document, section, named) else ():
            if entry.state == "open" and entry.number not in told:
                yield _not_left(document, entry, Leftover(section.heading, "open", named, complete=True))


def _heads_paragraph(document: Document, telling: Telling) -> bool:
    """Whether an entry is listed in a line of its own, behind a mark or a dash at most."""
    paragraph = document.paragraph_at(telling.place.start).span
    return telling.span == paragraph and telling.place.start - paragraph.start <= _AT_HEAD


def _counts_all(document: Document, section: Remaining, named: Sequence[tuple[int, Span]]) -> bool:
    """Whether a section says of how many problems it speaks, and names as many."""
    count = len({number for number, _ in named})
    if count < 2:
        return False
    return any(
        chinese_ordinal(match["n"].replace("两", "二")) == count
        and _SOME_LEFT.search(match["before"] + match["between"]) is None
        and (section.strong or _ALL_LEFT.search(match.group()) is not None)
        for match in _COUNT_OF_LEFT.find(document.text, section.span.start, named[0][1].start)
    )


def _is_within(document: Document, group: Group, offset: int) -> bool:
    """Whether a place stands in an item of a list: the last one ends where its sisters would."""
    item = document.item_at(offset)
    return item is not None and item in group.items and offset < own_end(document, item)


def _open_codes(claims: Claims, main: Group) -> Iterator[Outcome]:
    """对1-3、3-2等3个尚未完成的问题, where the items are numbered 1-1, 1-2, … 3-2."""
    document = claims.document
    if main.items[0].marker.style != "1-1":
        return
    by_code = {_mark(document, item): item for item in main.items}
    for match in _CODED_LIST.find(document.text, main.items[-1].span.start):
        if _is_within(document, main, match.start()) or match["between"] or match["done"]:
            continue
        for code in _CODE.find(document.text, match.start(), match.start("state")):
            item = by_code.get(code.group())
            status = main.statuses.get(item.order) if item is not None else None
            if status is not None and status.state == "done":
                yield _listed_but_done(document, status, Span(*match.span("state")), None, Span(*code.span()))


def _at_it(document: Document, sentence: Span, place: Span) -> Span | None:
    """继续抓好任务三、任务八的整改，限期销号: the words that call what they name unfinished."""
    before = _AT_IT.search(document.text, max(sentence.start, place.start - 30), place.start)
    till = _TILL_DONE.match(document.text, place.end, sentence.end) if before is not None else None
    if before is None or till is None:
        return None
    if before["verb"]:
        return Span(*before.span("verb"))
    return Span(*till.span("by")) if till["by"] else None


def _listed(claims: Claims, main: Group, chapter: Item) -> tuple[dict[int, Span], int]:
    """The items a chapter names, each with the place that names it, and how many entries name none."""
    document = claims.document
    by_number = {item.marker.number: item for item in main.items}
    found: dict[int, Span] = {}
    unknown = 0
    for reference in claims.references:
        target = by_number.get(reference.number)
        if not chapter.span.contains(reference.span) or not counts_in(reference, main.items):
            continue
        if _is_kept_up(document, reference.span):
            continue
        if reference.title and (target is None or _unlike(document, reference.title, target)):
            target = _titled(document, main, reference.title) or target
        if target is not None:
            found.setdefault(target.order, reference.span)
    for entry in document.children(chapter):
        if any(entry.span.contains(place) for place in found.values()):
            continue
        best = _titled(document, main, document.words(entry.title))
        if best is None:
            unknown += 1
        else:
            found.setdefault(best.order, entry.title)
    return found, unknown


def _is_kept_up(document: Document, place: Span) -> bool:
    """Whether an entry named among unfinished ones is called done there: 对已完成的第1个问题适时“回头看”, 第1、第2个问题各抽查一次."""
    text, sentence = document.text, document.sentence_at(place.start)
    start = max(sentence.start, place.start - _FAR, text.rfind("；", sentence.start, place.start) + 1)
    stop = text.find("；", place.end, sentence.end)
    end = min(stop if stop >= 0 else sentence.end, place.end + _FAR)
    return (
        _CALLED_DONE.search(text, start, place.start) is not None or _CHECKED.search(text, place.end, end) is not None
    )


def _unlike(document: Document, title: str, item: Item) -> bool:
    return likeness(title, document.words(item.title)) < 0.5


def _titled(document: Document, group: Group, title: str) -> Item | None:
    """The item of a group that bears a title; the numbers of references may be wrong, which another rule tells."""
    best = max(group.items[:500], key=lambda item: likeness(title, document.words(item.title)))
    return best if likeness(title, document.words(best.title)) >= 0.75 else None


def _listed_but_done(
    document: Document, status: Status, heading: Span, item: Item | None, place: Span | None = None
) -> Outcome:
    evidence = [Evidence(heading, "heading")]
    if place is not None:
        evidence.append(Evidence(place, "reference"))
    if item is not None:
        evidence.append(Evidence(Span(item.marker.start, item.marker.end), "item"))
    words = document.words(heading)
    return Outcome(
        "contradicted",
        status.span,
        tuple(evidence),
        derivation=f"{words} ≠ {_mark(document, status.item)}：{status.words}",
        expected=words,
        actual=status.words,
        defect="open-list",
        values={"item": _mark(document, status.item), "status": status.words, "relation": _LISTED, "list": words},
    )


def _open_but_not_listed(
    document: Document, status: Status, heading: HeadingStatus, listed: dict[int, Span], unknown: int
) -> Outcome:
    words = document.words(heading.span)
    places = tuple(Evidence(place, "listed") for place in listed.values())
    return Outcome(
        "unchecked" if unknown else "contradicted",
        status.span,
        (Evidence(heading.span, "heading"), *places),
        derivation=f"{_mark(document, status.item)}：{status.words} ∉ {words}",
        expected=words,
        actual=status.words,
        defect="open-list",
        values={"item": _mark(document, status.item), "status": status.words, "relation": _NOT_LISTED, "list": words},
        reason="ambiguous" if unknown else "",
    )


# -- everything is done ------------------------------------------------------------------------------------------------


def _all_done(claims: Claims) -> Iterator[Outcome]:
    """Statements that all are done against the items, or the marks behind a colon, that they speak of."""
    document, statuses = claims.document, claims.statuses
    told = {item.order for group in statuses.groups for item in group.items}
    for claim in claims.all_done:
        if document.text[claim.span.end : claim.span.end + 1] == "：":
            yield from _marks_after_colon(document, claim)
            continue
        holder = document.item_at(claim.span.start)
        within = [] if holder is None else [holder, *document.ancestors(holder)]
        if claim.aside or any(item.order in told for item in within):
            continue
        group = _group_of(claims, claim)
        against = [] if group is not None or not claim.fed_back else _open_problems(claims, claim)
        if group is not None:
            yield _against_states(document, claim, group.with_state("open"), list(group.statuses.values()))
        elif against:
            yield _against_states(document, claim, against, against)
        elif claim.fed_back and statuses.main is not None:
            yield Outcome("unchecked", claim.span, defect="all-done", reason="other-level")
        elif statuses.main is None:
            yield from _open_work_beside(claims, claim)
        yield from _against_open_chapters(claims, claim)


def _group_of(claims: Claims, claim: AllDone) -> Group | None:
    """The list a statement speaks of: the one in its own chapter, else the main one; it must have as many items."""
    document = claims.document
    section = document.item_at(claim.span.start)
    groups = claims.statuses.groups
    inside = [group for group in groups if section is not None and section.span.contains(group.items[0].span)]
    main = claims.statuses.main
    of_all = main is not None and (claim.fed_back or _may_be_all(document, claim, main, section))
    candidates = inside or ([main] if main is not None and of_all else [])
    return next((group for group in candidates if claim.number in (None, len(group.items))), None)


def _may_be_all(document: Document, claim: AllDone, main: Group, section: Item | None) -> bool:
    """Whether a number not said to be that of the problems fed back may be: as many, and not told in a part beside theirs."""
    if claim.number != len(main.items) or claim.aside:
        return False
    beside = section is not None and section.parent is not None and not section.span.contains(main.items[0].span)
    within = _chapter(document, main.items[0])
    return not (beside and section is not None and within is not None and within.span.contains(section.span))


def _chapter(document: Document, item: Item) -> Item | None:
    """The outermost item that encloses an item, or None."""
    return next(reversed(list(document.ancestors(item))), None)


def _open_problems(claims: Claims, claim: AllDone) -> list[Status]:
    """The few problems that say of themselves that they are open, where the others say nothing of their state."""
    document = claims.document
    level = claims.levels[-1] if claims.levels else None
    if level is None or (claim.number is not None and abs(claim.number - level.size) > max(2, level.size // 10)):
        return []
    problems = {item.order: item for item in level.items}
    found = []
    for status in claims.statuses.first.values():
        innermost = document.item_at(status.span.start)
        within = [] if innermost is None else [innermost, *document.ancestors(innermost)]
        problem = next((problems[item.order] for item in within if item.order in problems), None)
        if problem is None or status.state != "open":
            continue
        if status.carrier == "label" or (status.carrier == "sentence" and _closes_item(document, status, problem)):
            found.append(status._replace(item=problem))
    return found


def _closes_item(document: Document, status: Status, item: Item) -> bool:
    """Whether a sentence says of the problem as it is now, behind what was done: 目前该问题正在整改中。"""
    sentence = document.sentence_at(status.span.start)
    rest = document.words(Span(sentence.end, max(sentence.end, item.end_of_own))).strip()
    before = document.words(Span(item.title.end, max(item.title.end, sentence.start))).strip("。 \n")
    return not rest and bool(before) and _OF_NOW.match(document.text, sentence.start) is not None


def _against_states(document: Document, claim: AllDone, against: list[Status], held: list[Status]) -> Outcome:
    words = document.words(claim.span)
    marks = "、".join(_mark(document, status.item) for status in against)
    shown = [Evidence(status.span, "status") for status in against or held[:8]]
    if not against and claim.figure is not None:
        shown.insert(0, Evidence(claim.figure, "total"))
    return Outcome(
        "contradicted" if against else "consistent",
        claim.span,
        tuple(shown),
        derivation=f"{words} ≠ {marks}：{against[0].words}" if against else words,
        expected=words,
        actual=against[0].words if against else "",
        defect="all-done",
        values={"claim": words, "items": _named(marks), "status": against[0].words if against else ""},
    )


def _open_work_beside(claims: Claims, claim: AllDone) -> Iterator[Outcome]:
    """The work that items without a state tell as unfinished, beside the statement that all of them are done."""
    document = claims.document
    level = claims.levels[-1] if claims.levels else None
    if level is None or not (claim.fed_back or claim.number == len(level.items)):
        return
    if claim.number is not None and claim.number < len(level.items):
        return
    for item in level.items:
        if remedy_of(document, item).start <= item.title.end:
            continue  # where the remedy begins is not told: what is open may be the problem
        works = [work for work in find_open_work(document, remedy_of(document, item)) if work.sort in _PLAINLY_OPEN]
        if works and not item.span.contains(claim.span):
            yield _done_beside(document, claim.span, [work.span for work in works], "total", "open-work")


def _done_beside(document: Document, said: Span, works: Sequence[Span], label: str, defect: str) -> Outcome:
    words, work = document.words(said), document.words(works[0])
    return Outcome(
        "contradicted",
        works[0],
        (Evidence(said, label), *(Evidence(other, "open-work") for other in works[1:])),
        derivation=f"{words} ≠ {work}",
        expected=words,
        actual=work,
        defect=defect,
        values={"status": words, "work": work},
    )


def _marks_after_colon(document: Document, claim: AllDone) -> Iterator[Outcome]:
    """5个问题已全部整改到位：①…，已整改；②…，正在整改."""
    end = document.sentence_at(claim.span.start).end
    markers = document.inline_markers
    first = bisect_left(markers, claim.span.end, key=lambda marker: marker.start)
    marks = markers[first : bisect_left(markers, end, key=lambda marker: marker.start)]
    places = [Span(*match.span()) for match in _INLINE_OPEN.find(document.text, marks[0].start, end)] if marks else []
    if not marks:
        return
    words = document.words(claim.span)
    said = document.words(places[0]) if places else ""
    mark = max(
        (mark for mark in marks if places and mark.start < places[0].start), key=lambda mark: mark.start, default=None
    )
    name = document.words(Span(mark.start, mark.end)) if mark is not None else ""
    yield Outcome(
        "contradicted" if places else "consistent",
        claim.span,
        tuple(Evidence(place, "status") for place in places),
        derivation=f"{words} ≠ {name}：{said}" if places else words,
        expected=words,
        actual=said,
        defect="all-done",
        values={"claim": words, "items": _named(name), "status": said},
    )


def _against_open_chapters(claims: Claims, claim: AllDone) -> Iterator[Outcome]:
    """A chapter of problems still open beside the statement that none is."""
    document = claims.document
    if not claim.fed_back:
        return
    for heading in claims.statuses.headings:
        if heading.state == "open" and heading.item.parent is None and document.children(heading.item):
            said, words = document.words(claim.span), document.words(heading.span)
            yield Outcome(
                "contradicted",
                claim.span,
                (Evidence(heading.span, "heading"),),
                derivation=f"{said} ≠ {words}",
                expected=said,
                actual=words,
                defect="all-done",
                values={"claim": said, "items": _mark(document, heading.item), "status": words},
            )


# -- omissions and tallies ---------------------------------------------------------------------------------------------


def _without_status(claims: Claims, group: Group, params: Params) -> Iterator[Outcome]:
    """The one item of a list that says nothing of its state."""
    document, size = claims.document, len(group.items)
    labelled = [status for status in group.statuses.values() if status.carrier == "label"]
    remarked = [status.item for status in group.statuses.values() if status.carrier == "remark"]
    missing = [*group.without, *(remarked if labelled else [])]
    if not group.with_state("done", "basic"):
        return  # only what is still open is marked
    if size < params.fewest or len(missing) > max(1, size // params.nearly_all):
        return
    example = (labelled or list(group.statuses.values()))[0]
    label = _label_before(document, example.span.start)
    for item in missing:
        place = Span(item.marker.start, item.marker.end)
        unknown = claims.statuses.has_label(item) or (
            bool(label) and _tells_some_state(document.words(item.span), label)
        )
        yield Outcome(
            "unchecked" if unknown else "contradicted",
            place,
            (Evidence(example.span, "status"),),
            derivation=f"{size - len(missing)}/{size}",
            expected=example.words,
            defect="no-status",
            values={"item": _mark(document, item), "count": str(size - len(missing)), "total": str(size)},
            reason="ambiguous" if unknown else "",
        )
    if not missing:
        yield Outcome(
            "consistent",
            Span(group.items[0].marker.start, group.items[0].marker.end),
            (),
            f"{size}/{size}",
            defect="no-status",
        )


_SOME_STATE = Pattern(r"(?:已|基本|全部)完成|(?:持续|正在)(?:推进|整改)|未完成|阶段性|整改到位|已(?:整改|办结|销号)")


def _tells_some_state(words: str, label: str) -> bool:
    """Whether the sentence behind the label tells states of its own making: 房产已完成，设备持续推进."""
    start = words.find(label)
    return start >= 0 and _SOME_STATE.search(words[start:].partition("。")[0]) is not None


def _label_before(document: Document, start: int) -> str:
    """The label that a state stands behind (整改情况：), or nothing."""
    words = document.text[max(0, start - _LONGEST_LABEL) : start]
    label = words[max(words.rfind(mark) for mark in "\n。；】") + 1 :]
    return label if label.endswith("：") and len(label) > 2 else ""


def _totals(quantities: Sequence[Quantity]) -> dict[int, list[Quantity]]:
    """The exact counts of things, by value."""
    found: dict[int, list[Quantity]] = {}
    for quantity in quantities:
        if quantity.exact and quantity.measure in _MEASURES and quantity.counted:
            found.setdefault(int(quantity.value), []).append(quantity)
    return found


class _Counts(NamedTuple):
    """What the text counts, gathered once for all lists: the counts by value, which of them are headlines, the sizes that
    headlines and accounts tell, the tallies of the account by their totals, and the tallies without one by their sums."""

    by_value: Mapping[int, Sequence[Quantity]]
    headlines: Set[int]
    headline_sizes: Set[int]
    sizes: Set[int]
    mains: Mapping[int, Tally]
    bare: Mapping[Decimal, Sequence[dict[str, Quantity]]]


def _counts(claims: Claims) -> _Counts:
    headlines = [headline.quantity for headline in claims.headlines if headline.sort == "problems"]
    told = {int(quantity.value) for quantity in headlines}
    accounts = {int(account.quantity.value) for account in claims.accounts if account.thing in OF_PROBLEMS}
    mains: dict[int, Tally] = {}
    for tally in claims.tallies:
        if tally.main:
            mains.setdefault(tally.partition.total.order, tally)
    bare: dict[Decimal, list[dict[str, Quantity]]] = {}
    for parts in _without_total(claims):
        bare.setdefault(parts["done"].value + parts["pending"].value, []).append(parts)
    orders = {quantity.order for quantity in headlines}
    return _Counts(_totals(claims.quantities), orders, told, told | accounts, mains, bare)


def _tallies(claims: Claims, group: Group, counts: _Counts, sections: Sequence[Group] | None) -> Iterator[Outcome]:
    """已完成整改12个，正在整改2个 against the states of as many items; ``sections`` are the chapters that a list goes on through,
    and None for such a chapter by itself, which 对已完成的7个问题 does not speak of."""
    document, size = claims.document, len(group.items)
    first = group.items[0]
    chapter = next(reversed(list(document.ancestors(first))), None)
    lead = document.paragraphs[max(0, document.paragraph_at(first.marker.start).order - 1)].span
    if sections is not None and (size in counts.sizes or not counts.sizes):
        yield from _named_counts(document, group, sections)
    if group is claims.statuses.main and size >= _FEWEST_NAMED:
        yield from _partly_listed(claims, group)
    open_parts = _of_chapter(claims, group, counts)
    members = {item.order for item in group.items}
    common = {outer.order for outer in document.ancestors(first)}
    common &= {outer.order for outer in document.ancestors(group.items[-1])}
    for total in counts.by_value.get(size, ()):
        near = lead.contains(total.span) or (chapter is not None and chapter.span.contains(total.span))
        holder = document.item_at(total.span.start)
        within = [] if holder is None else [holder, *document.ancestors(holder)]
        if total.role in _NO_TOTAL or any(item.order in members for item in within):
            continue
        if holder is not None and holder.title.contains(total.span) and holder.order not in common:
            continue  # （三）……方面（8个问题，已完成7个）: of that section, not of the list that goes on through all
        tasks = total.noun.endswith("任务") and "任务" in _mark(document, first) and holder is None
        again = (
            size in counts.headline_sizes
            and total.noun.endswith("问题")
            and _OTHER_LOT.search(document.words(total.clause)) is None
        )
        if (
            not near
            and not again
            and not tasks
            and total.order not in counts.headlines
            and total.order not in counts.mains
            and total.order not in open_parts
            and not _speaks_of_all(document, total)
        ):
            continue
        parts = _parts_of(document, claims.quantities, total) or _told_apart(counts.mains.get(total.order))
        if parts:
            yield _tally(document, group, total, parts)
    if sections is not None and size in counts.sizes:
        for parts in counts.bare.get(Decimal(size), ()):
            yield _tally(document, group, parts["done"], parts)


def _of_chapter(claims: Claims, group: Group, counts: _Counts) -> Set[int]:
    """What the tallies of all leave open, where the list is the chapter of what is open: 需长期整改6个（其中取得阶段性成效5个）."""
    heading = claims.statuses.heading_of(group.items[0])
    if heading is None or heading.state != "open":
        return frozenset()
    return {part.order for tally in counts.mains.values() for state, part in tally.parts if state == "open"}


def _told_apart(tally: Tally | None) -> dict[str, Quantity]:
    """The figures by state that a later sentence tells of a total: 反馈问题21个，制定措施68条。截至6月底，已完成18个，正在推进3个。"""
    roles = {"done": "done", "open": "pending", "staged": "staged", "basic": "staged"}
    told = [(roles[state], part) for state, part in tally.parts] if tally is not None else []
    return dict(told) if len(dict(told)) == len(told) else {}


def _without_total(claims: Claims) -> Iterator[dict[str, Quantity]]:
    """完成18个，正在推进3个 in a sentence that gives no total."""
    document = claims.document
    taken = {part.order for partition in claims.partitions for part in partition.parts}
    for done, open_ in pairwise(claims.quantities):
        if done.role != "done" or open_.role != "pending" or done.order in taken or open_.order in taken:
            continue
        if done.measure not in _MEASURES or done.measure != open_.measure:
            continue
        if (
            not (done.exact and open_.exact)
            or {done.noun, open_.noun} - _OF_PROBLEMS
            or not list_mark(document, done, open_)
        ):
            continue
        if _OTHER_LOT.search(document.words(done.clause)) is None:
            yield {"done": done, "pending": open_}


def _partly_listed(claims: Claims, group: Group) -> Iterator[Outcome]:
    """18个问题，已完成整改16个，正在推进2个, where only ten are listed: more than two open ones, or more than 16 done, are too
    many all the same."""
    document, size = claims.document, len(group.items)
    counts: dict[State, int] = {"done": len(group.with_state("done")), "open": len(group.with_state("open"))}
    for tally in claims.tallies:
        total = tally.partition.total
        if not tally.main or tally.level != "问题" or not size < total.value < 3 * size:
            continue
        between = sum(part.value for state, part in tally.parts if state in ("basic", "staged"))
        wrong = [(state, part) for state, part in tally.parts if counts.get(state, 0) > part.value + between]
        for state, told in wrong[:1]:
            yield Outcome(
                "contradicted",
                told.span,
                (Evidence(total.span, "total"), *(Evidence(s.span, "status") for s in group.with_state(state)[:8])),
                derivation=f"{told.value} < {counts[state]}",
                expected=str(told.value),
                actual=str(counts[state]),
                defect="tally",
                values={
                    "claimed": document.words(Span(max(told.clause.start, told.span.start - 24), told.span.end)),
                    "done": str(counts["done"]),
                    "open": str(counts["open"]),
                    "others": _others(size - counts["done"] - counts["open"]),
                    "total": str(size),
                },
            )


def _named_counts(document: Document, group: Group, sections: Sequence[Group]) -> Iterator[Outcome]:
    """对已完成整改的7个问题, 对2个正在推进的问题 behind the list, against the states in it, where each item has one; they may
    also speak of one of its ``sections``."""
    if group.without or len(group.items) < _FEWEST_NAMED:
        return
    between = len(group.with_state("basic", "staged"))
    counts: dict[State, int] = {"done": len(group.with_state("done")), "open": len(group.with_state("open"))}
    for match in _NAMED_COUNT.find(document.text, group.items[-1].span.start):
        if _is_within(document, group, match.start()):
            continue
        role: State = "done" if match["done"] else "open"
        number, count = chinese_ordinal(match["n"]), counts[role]
        if number > len(group.items):
            continue  # the list treats some of them only, or another one goes on with it
        fits = count <= number <= count + between
        if not fits and any(len(section.with_state(role)) == number for section in sections):
            continue
        tally = f"{count}" + (f" + {between}" if between else "")
        statuses = group.with_state(role) or list(group.statuses.values())
        yield Outcome(
            "consistent" if fits else "contradicted",
            Span(*match.span()),
            tuple(Evidence(status.span, "status") for status in statuses[:8]),
            derivation=f"{number} {'=' if fits else '≠'} {tally}",
            expected=str(number),
            actual=tally,
            defect="tally",
            values={
                "claimed": match.group(),
                "done": str(counts["done"]),
                "open": str(counts["open"]),
                "others": _others(between),
                "total": str(len(group.items)),
            },
        )


def _speaks_of_all(document: Document, total: Quantity) -> bool:
    """Whether a count is of the problems that were fed back this time: 反馈的3类6个具体问题."""
    start = document.sentence_at(total.span.start).start
    lead = document.text[max(start, total.span.start - 60) : total.span.start]
    return total.noun.endswith("问题") and _FED_BACK.search(lead) is not None and _OTHER_LOT.search(lead) is None


def _parts_of(document: Document, quantities: Sequence[Quantity], total: Quantity) -> dict[str, Quantity]:
    """The figures behind a total that say how many are done, staged and open."""
    end = document.sentence_at(total.span.start).end
    parts: dict[str, Quantity] = {}
    for quantity in quantities[total.order + 1 :]:
        if quantity.span.start >= end:
            break
        if quantity.measure != total.measure or quantity.depth > total.depth or not quantity.exact:
            continue
        role = "pending" if quantity.role == "rest" else quantity.role
        if role not in ("done", "pending", "staged") or role in parts:
            break
        parts[role] = quantity
    return parts if "done" in parts or "pending" in parts else {}


def _others(count: int) -> Words:
    """How many items are neither done nor open; nothing where there are none."""
    return Words(f"、其他{count}条", f", {count} otherwise") if count else Words("", "")


def _tally(document: Document, group: Group, total: Quantity, parts: dict[str, Quantity]) -> Outcome:
    """Whether the states allow the figures: an item without a status, or done in part, may count either way."""
    done, open_ = len(group.with_state("done")), len(group.with_state("open"))
    between = len(group.with_state("basic", "staged"))
    loose = between + len(group.without)
    counts = {"done": done, "pending": open_}
    wrong = [
        parts[role]
        for role, count in counts.items()
        if role in parts and not count <= int(parts[role].value) <= count + loose
    ]
    plain = not wrong and "done" in parts and not group.without and not group.with_state("basic")
    staged = [part for role, part in parts.items() if role != "done" and _IN_STAGES.search(part.before + part.after)]
    none_open = bool(open_) and len(parts) == 1 + len(staged) and sum(p.value for p in parts.values()) == total.value
    if (
        plain
        and staged
        and parts["done"].value != done
        and (none_open or staged[0].value not in (between, between + open_))
    ):
        wrong = [parts["done"]]
    figures = [part for part in parts.values() if not wrong or part is not wrong[0]]
    statuses = group.with_state("open") or list(group.statuses.values())
    tally = f"{done} + {open_}" + (f" + {loose}" if loose else "")
    claimed = " + ".join(str(part.value) for part in parts.values())
    primary = wrong[0].span if wrong else total.span
    meant = wrong[0] if wrong else total
    claim = Span(max(meant.clause.start, meant.span.start - 24), meant.span.end)
    return Outcome(
        "contradicted" if wrong else "consistent",
        primary,
        (
            *(Evidence(part.span, "part") for part in figures),
            *(Evidence(status.span, "status") for status in statuses[:8]),
        ),
        derivation=f"{claimed} {'≠' if wrong else '='} {tally}",
        expected=claimed,
        actual=tally,
        defect="tally",
        values={
            "claimed": document.words(claim),
            "done": str(done),
            "open": str(open_),
            "others": _others(loose),
            "total": str(len(group.items)),
        },
    )


KIND = Kind(
    "statuses",
    Params,
    {
        "open-work": ("status", "work"),
        "open-case": ("status", "work"),
        "two-states": ("first", "second"),
        "heading": ("heading", "items", "count", "status"),
        "open-list": ("item", "status", "relation", "list"),
        "all-done": ("claim", "items", "status"),
        "no-status": ("item", "count", "total"),
        "tally": ("claimed", "done", "open", "others", "total"),
    },
    check,
)
