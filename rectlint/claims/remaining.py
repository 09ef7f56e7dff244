"""The section behind the problems that says what is still to be done, and by when: 尚未完成事项清单, 后续整改安排, 未销号问题及后续安排.

In: a `Document`, its entries, references and dates.  Out: `Remaining` sections, each with the entries it names and the words it
has for them; and the time limits of entries that it tells again, as `Restatement` values.

>>> from rectlint.claims import Claims
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source(
...     "一、整改情况\\n1.台账不清。整改状态：已完成。\\n2.库房漏雨。整改状态：正在整改。\\n3.账目不公开。整改状态：已完成。\\n"
...     "二、尚未完成的问题\\n第2个问题（库房漏雨）。2031年9月底前完成翻修。\\n"))
>>> [(section.strong, [telling.number for telling in section.tellings]) for section in Claims(document).remaining]
[(True, [2])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Literal

from rectlint.claims.dates import Date, Dates
from rectlint.claims.entries import Entry, Pointer
from rectlint.claims.references import Reference, likeness
from rectlint.claims.restatements import Restatement
from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_STRONG = Pattern(
    r"(?:(?:尚|仍|还|暂)未|未(?!来|按|经)|没有?)(?:按期|按时|全部|完全|彻底|能)*(?:完成|整改|销号|办结|解决|见底|改完|做完)|剩余(?!资金)|余下|遗留"
    r"|(?:正在|仍在|继续|持续|需要?(?:进一步|长期|持续|继续)?)(?:抓紧|加快)?(?:推进|整改|办理|攻坚)(?:中|落实)?的?(?:具体|整改|重点)?(?:问题|事项|任务|清单)"
)
_WEAK = Pattern(
    r"(?:后续|下一?步|下一阶段)(?:的)?(?:整改|重点|攻坚|推进)?(?:工作)?(?:的)?(?:安排|打算|计划|措施|任务|考虑|思路|清单)"
)
_NOT_THESE = Pattern(
    r"上一?[轮次]|历史遗留|前一?轮|往年|历年|历次|此前|以往|(?:19|20)\d\d年|已[^，、]{0,6}(?:完成|整改|销号|办结)|原因|情况分析"
)
_LONGEST_HEADING, _LONGEST_LEAD, _LEAD, _FAR = 40, 16, 40, 80
_MOST = 40
_BRACKETED = Pattern(r"【[^【】\n]{4,40}】")
_PART = Pattern(r"[^。；\n]+")
_CLAUSE = Pattern(r"[^，。；：\n]+")
_ASIDE = Pattern(r"参照|比照|结合|借鉴|(?:同|与|按照?|根据|除|包括|如)(?:前述|上述)?$")
_EXCEPT = ("以外", "之外", "除外", "外，")
_BY = Pattern(r"(?:之前|以前|前)")
_LIMIT_FIELD = Pattern(r"(?:时限|期限|完成时间|销号时间|计划完成|完成节点)(?:为|是|：|至|到|在)*$")
_AIMED = Pattern(r"(?:预计|计划|拟|力争|争取|确保|预期|可)(?:于|在|到|至)?$|将(?:于|在)$")
_NO_LIMIT = Pattern(
    r"已|均于|应(?!急)|按照|方案|要求|规定|责令|原|曾|合同|协议|有效|任期|聘期|租期|届满|到期|期满|公示|截[至止]|自|从|公布|发生|以前的"
)
_FINISHED = Pattern(
    r"(?:，?(?:确保|力争|争取|能够)?(?:全部|全面|彻底|按期|均可?|都|基本)*+"
    r"(?:完成(?:整改|销号|任务)?|整改(?:到位|完成|完毕|销号)?|销号|办结|到位|化解|解决|清零|见底|完工|竣工)(?:到位|完毕|销号|任务|工作)?)"
    r"(?=$|[，。；）\n]|第|问题|任务|事项)"
)
_WHOLE = Pattern(r"全部|全面|均|都|剩余|其余|余下|剩下")
_ALL_THAT_IS_LEFT = Pattern(r"(?:其余|剩余|余下|剩下|尚余|还剩|该(?:项)?问题|本(?:项)?问题)[^。；]{0,40}$")
_INTENT = Pattern(r"预计|计划|拟|力争|争取|确保|预期|将|可|[于在到至]$|（\p{Han}|^的|[^\p{Han}]")
_OBJECT = Pattern(
    r"(?:，?(?:确保|力争|争取|再|基本|全面|全部)*+(?:完成|建成|取得|建立|启动|开展|引进|办理|办好|配齐|实现|组织)?)(?P<object>[\p{Han}“”]{2,16}?)(?:工作|任务)?(?=$|[，。；）\n])"
)
_AFTERWARDS = Pattern(r"验收|评[估价]|备案|决算|结算|审计|总结|长效|机制|考核|检查|公示|归档")
"""What may come after the end of it all."""
_ADJOINS = Pattern(
    r"(?:之前|以前|前)(?:确保|力争)?(?:全部|全面|基本)?(?:完成|销号|办结|整改|解决|化解)(?:完成|到位)?(?=问题|第|任务|事项)"
)
_NAMED_LIST = Pattern(
    r"(?P<names>\p{Han}{2,12}(?:[、和与及]\p{Han}{2,8}){1,5})(?P<count>(?P<n>\d{1,2}|[两二三四五六七八九十])(?P<unit>[处个座家户条宗栋所口段台名村]))",
    needs=("、", "和", "与", "及"),
)
"""青石垭、柳坪2处: so many things, by their names."""
_JOINT = Pattern(r"[、和与及]")
_LEFT = Pattern(
    r"(?:剩余|其余|余下|剩下|尚有|还有|仍有|尚余|只剩|还剩|尚未\p{Han}{2,6}的|未\p{Han}{2,6}的)(?:的|为|是)?"
)
_NAME, _ALIKE = 2, 0.75
_PRECISE = frozenset(("day",))

Reach = Literal["all", "rest", "part"]


class Telling(NamedTuple):
    """What a section says of one entry: its number, where it is named, and the words about it."""

    number: int
    place: Span
    span: Span


class Remaining(NamedTuple):
    """One section: its heading, all of it, whether the heading calls its contents unfinished, and what it tells."""

    heading: Span
    span: Span
    strong: bool
    tellings: tuple[Telling, ...]


class Limit(NamedTuple):
    """A time limit: its date, whether it is one of all that is to be done, of the rest of something or of a part, the words
    for what is done by then, and those for whose limit it is."""

    date: Date
    reach: Reach
    object: str = ""
    subject: str = ""


class _Named(NamedTuple):
    """A place that names an entry by its number."""

    number: int
    span: Span


def find_remaining(
    document: Document, entries: Sequence[Entry], references: Sequence[Reference], pointers: Sequence[Pointer]
) -> Iterator[Remaining]:
    """The sections behind the entries that are headed as what is left to do."""
    if not entries:
        return
    titles = {entry.number: document.words(entry.title) for entry in entries}
    mark, behind = document.words(entries[0].mark), entries[-1].title.end
    after = {
        reference.span.start: _Named(reference.number, reference.span)
        for reference in references
        if reference.span.start >= behind and reference.number in titles and _counts_here(reference, mark)
    }
    for pointer in pointers:  # 问题3 棚改回迁超期。2032年12月底前……
        known = pointer.span.start >= behind and pointer.number in titles and pointer.span.start not in after
        if known and likeness(pointer.words, titles[pointer.number]) >= _ALIKE:
            after[pointer.span.start] = _Named(pointer.number, pointer.span)
    for heading, span in _headed(document, entries):
        strong = _STRONG.search(document.text, heading.start, heading.end) is not None
        if not strong and _WEAK.search(document.text, heading.start, heading.end) is None:
            continue
        if _NOT_THESE.search(document.text, heading.start, heading.end) is not None:
            continue
        within = list(islice((after[at] for at in sorted(after) if span.contains(after[at].span)), _MOST))
        tellings = tuple(_tellings(document, within))
        if tellings:
            yield Remaining(heading, span, strong, tellings)


def _counts_here(reference: Reference, mark: str) -> bool:
    """Whether a number may count the entries, by the mark it names."""
    if reference.style in ("（1）", "（一）"):
        return mark.startswith("（")
    return reference.style != "问题一" or not mark.startswith(("（", "(")) or "问题" in mark


def _headed(document: Document, entries: Sequence[Entry]) -> Iterator[tuple[Span, Span]]:
    """The headings behind the entries, each with what stands below it."""
    last = entries[-1]
    inner = document.item_at(last.mark.start)
    depth = inner.marker.depth if inner is not None else 99
    for item in document.items:
        behind = item.marker.start > last.mark.start and item.marker.depth < depth
        heading = document.paragraph_at(item.marker.start).role == "heading"
        if behind and len(item.title) <= (_LONGEST_HEADING if heading else _LONGEST_LEAD):
            yield item.title, Span(item.title.end, item.span.end)
    heads = [paragraph for paragraph in document.paragraphs if _BRACKETED.fullmatch(document.words(paragraph.span))]
    for place, head in enumerate(heads):
        end = heads[place + 1].span.start if place + 1 < len(heads) else document.body.end
        if head.span.start >= last.title.end and head.span.end < end:
            yield Span(head.span.start + 1, head.span.end - 1), Span(head.span.end, end)


def _tellings(document: Document, references: Sequence[_Named]) -> Iterator[Telling]:
    """What is told of each entry: by a paragraph that names it first and no other, by a half-sentence, or by a clause."""
    by_paragraph: dict[int, list[_Named]] = {}
    for reference in references:
        by_paragraph.setdefault(document.paragraph_at(reference.span.start).order, []).append(reference)
    for order, found in by_paragraph.items():
        paragraph = document.paragraphs[order].span
        if len({one.number for one in found}) == 1 and found[0].span.start - paragraph.start <= _LEAD:
            if _is_meant(document, found[0]):
                yield Telling(found[0].number, found[0].span, paragraph)
            continue
        for pattern in (_PART, _CLAUSE):
            for match in pattern.find(document.text, paragraph.start, paragraph.end):
                part = Span(*match.span())
                named = [one for one in found if part.contains(one.span)]
                one = {reference.number for reference in named}
                if pattern is _CLAUSE and len(one) >= 1 and len(_part_names(document, found, part)) > 1:
                    yield from (Telling(r.number, r.span, part) for r in named if _is_meant(document, r))
                elif pattern is _PART and len(one) == 1 and _is_meant(document, named[0]):
                    yield Telling(named[0].number, named[0].span, part)


def _part_names(document: Document, found: Sequence[_Named], clause: Span) -> set[int]:
    """The numbers named in the half-sentence round a clause."""
    text, paragraph = document.text, document.paragraph_at(clause.start).span
    start = max(paragraph.start, *(text.rfind(mark, paragraph.start, clause.start) + 1 for mark in "。；"))
    ends = (text.find(mark, clause.end, paragraph.end) for mark in "。；")
    end = min((at for at in ends if at >= 0), default=paragraph.end)
    return {reference.number for reference in found if start <= reference.span.start < end}


def _is_meant(document: Document, reference: _Named) -> bool:
    """Whether an entry is what is spoken of, and not an example or an exception."""
    text, place = document.text, reference.span
    start = max(
        max(0, place.start - _LEAD),
        *(text.rfind(m, max(0, place.start - _LEAD), place.start) + 1 for m in "，。；：\n"),
    )
    if _ASIDE.search(text, start, place.start) is not None:
        return False
    return not text[place.end : place.end + 6].strip("）").startswith(_EXCEPT)


# -- time limits -------------------------------------------------------------------------------------------------------


def limits_of(document: Document, dates: Dates, telling: Telling) -> list[Limit]:
    """The time limits that a section sets for an entry."""
    text, found = document.text, []
    for date in dates.within(telling.span):
        end = date.span.end
        by = _BY.match(text, end, telling.span.end)
        field = _LIMIT_FIELD.search(text, max(telling.span.start, date.span.start - 10), date.span.start)
        if (by is None and field is None) or not _is_limit(document, dates, date):
            continue
        if telling.place.start > date.span.start and by is not None and telling.place.start - end > _LEAD:
            continue
        if (
            telling.place.start > date.span.start
            and _before_names(document, telling)
            and _ADJOINS.match(text, end) is None
        ):
            continue
        found.append(_limit(document, date, field is not None, end if by is None else by.end()))
    return found


def _before_names(document: Document, telling: Telling) -> bool:
    """Whether the entry is named within a clause of a longer list, where only the date right before it is its own."""
    return telling.span.start > document.paragraph_at(telling.span.start).span.start


def _clause_of(text: str, span: Span) -> Span:
    """The clause round a date, so many characters at most to each side."""
    low, high = max(0, span.start - _FAR), min(len(text), span.end + _FAR)
    start = max((text.rfind(mark, low, span.start) for mark in "，。；：（\n"), default=-1)
    end = min((at for mark in "，。；）\n" if (at := text.find(mark, span.end, high)) >= 0), default=high)
    return Span(start + 1 if start >= 0 else low, end)


def _is_limit(document: Document, dates: Dates, date: Date) -> bool:
    """Whether a date may be a time limit: one of its own, with a known year, that the clause does not tell otherwise."""
    if not date.trusted or date.grain in ("year", "half") or dates.range_of(date) is not None:
        return False
    clause = _clause_of(document.text, date.span)
    return _NO_LIMIT.search(document.text, clause.start, clause.end) is None


def _limit(document: Document, date: Date, field: bool, end: int) -> Limit:
    """The time limit that a date sets, by the words behind it."""
    text, clause = document.text, _clause_of(document.text, date.span)
    stop = min(clause.end + 1, len(text))
    subject = str(_INTENT.compiled.sub("", text[clause.start : date.span.start]))
    if field or _FINISHED.match(text, end, stop) is not None:
        return Limit(date, "all", "", "" if field else subject)
    named = _OBJECT.match(text, end, stop)
    words = "" if named is None else named["object"]
    rest = _WHOLE.search(text, clause.start, date.span.start) or _WHOLE.search(text, end, clause.end)
    return Limit(date, "rest" if rest else "part", words, subject)


def _own_limits(document: Document, dates: Dates, entry: Entry, given: Date) -> list[Limit]:
    """The time limits yet to come that an entry tells itself."""
    text, found = document.text, []
    for date in dates.within(entry.span):
        if given.last is None or date.first is None or date.last is None or date.last <= given.last:
            continue
        by = _BY.match(text, date.span.end, entry.span.end)
        low = max(entry.span.start, date.span.start - 10)
        field = _LIMIT_FIELD.search(text, low, date.span.start)
        aimed = _AIMED.search(text, low, date.span.start)
        if (by is None and field is None and aimed is None) or not _is_limit(document, dates, date):
            continue
        limit = _limit(document, date, field is not None, date.span.end if by is None else by.end())
        beside = entry.said is not None and 0 <= date.span.start - entry.said.end <= _LEAD
        beside = beside and text.find("\n", entry.said.end, date.span.start) < 0 if entry.said is not None else False
        sentence = document.sentence_at(date.span.start)
        rest = _ALL_THAT_IS_LEFT.search(text, sentence.start, date.span.start) is not None
        whole = field is not None or (limit.reach == "all" and beside)
        found.append(limit._replace(reach="all" if whole else "rest" if rest else "part"))
    return found


def find_limits_told_again(
    document: Document, sections: Sequence[Remaining], entries: Sequence[Entry], dates: Dates, given: Date | None
) -> Iterator[Restatement]:
    """The time limits of unfinished entries that a section tells again, where both can only be of one matter."""
    if given is None:
        return
    by_number = {entry.number: entry for entry in entries}
    seen: set[Span] = set()
    for section in sections:
        for telling in section.tellings[:_MOST]:
            entry, limits = by_number[telling.number], limits_of(document, dates, telling)
            unknown = entry.state is None and not section.strong
            if entry.state == "done" or unknown or len(limits) != 1 or limits[0].date.span in seen:
                continue
            own = _own_limits(document, dates, entry, given)
            told = _judged(own, limits[0])
            if told is not None and (told[1] or _is_of_entry(document, limits[0].subject, told[0].date.span)):
                seen.add(limits[0].date.span)
                earlier, same = told
                yield Restatement(earlier.date.span, limits[0].date.span, earlier.date.text, limits[0].date.text, same)


def _judged(own: Sequence[Limit], later: Limit) -> tuple[Limit, bool] | None:
    """Which limit of an entry a later one must agree with, and whether it does; nothing where they may be of two matters.

    All that is left cannot be done before a part of it is, nor a part after all of it.
    """
    if not own:
        return None
    alike = [limit for limit in own if _is_same_day(limit.date, later.date)]
    if alike:
        return alike[0], True
    last = max(own, key=lambda limit: 0 if limit.date.last is None else limit.date.last.toordinal())
    whole = _only([limit for limit in own if limit.reach == "all"])
    single = _only(own)
    if later.reach == "all":
        if later.date.before(last.date):
            return last, False
        firm = whole or (single if single is not None and single.reach == "rest" else None)
        return None if firm is None else (firm, False)
    if whole is not None and whole.date.before(later.date) and _AFTERWARDS.search(later.object) is None:
        return whole, False
    same = _only([limit for limit in own if limit.object and limit.object == later.object])
    return None if same is None else (same, False)


def _only(limits: Sequence[Limit]) -> Limit | None:
    """The one limit of several places that tell the same day."""
    return limits[0] if limits and all(_is_same_day(limits[0].date, other.date) for other in limits) else None


def _is_of_entry(document: Document, subject: str, own: Span) -> bool:
    """Whether the words for whose limit it is, where there are any, stand in the sentence of the entry's own limit."""
    sentence = document.words(document.sentence_at(own.start))
    return len(subject) < 2 or any(first + second in sentence for first, second in pairwise(subject))


def _is_same_day(one: Date, other: Date) -> bool:
    """Whether two dates may be one: the same last day, or the same month where one of them names no day."""
    if one.last == other.last:
        return True
    loose = one.grain not in _PRECISE or other.grain not in _PRECISE
    return loose and (one.year, one.month) == (other.year, other.month)


# -- names of what is left -----------------------------------------------------------------------------------------------


class _Lot(NamedTuple):
    """So many things with their names."""

    span: Span
    text: str
    unit: str
    number: int
    names: tuple[str, ...]


def find_names_told_again(
    document: Document, sections: Sequence[Remaining], entries: Sequence[Entry]
) -> Iterator[Restatement]:
    """What an entry says is left by name, 剩余青石垭、柳坪2处, where a section names one of them with another number."""
    by_number = {entry.number: entry for entry in entries}
    for section in sections:
        for telling in section.tellings[:_MOST]:
            later = list(_named_lists(document, telling.span))
            if len(later) != 1:
                continue
            left = [
                named
                for named in _named_lists(document, by_number[telling.number].span)
                if named.unit == later[0].unit and _LEFT.match(named.names[0]) is not None
            ]
            if len(left) == 1 and _are_one_lot(document, left[0], later[0], telling.span):
                one, other = left[0], later[0]
                yield Restatement(one.span, other.span, one.text, other.text, one.number == other.number)


def _named_lists(document: Document, span: Span) -> Iterator[_Lot]:
    """The lists of names with a count behind them, where each name counts."""
    for match in _NAMED_LIST.find(document.text, span.start, span.end):
        names = tuple(_JOINT.compiled.split(match["names"]))
        count = chinese_ordinal(match["n"].replace("两", "二"))
        if count == len(names) and all(len(name) >= _NAME for name in names):
            yield _Lot(Span(*match.span("count")), match["count"], match["unit"], count, names)


def _are_one_lot(document: Document, left: _Lot, later: _Lot, telling: Span) -> bool:
    """Whether two lists can only be of the same things: they share a name, and the later one is not a share of the first of
    which the rest is told beside it."""
    own = [str(_LEFT.compiled.sub("", left.names[0], count=1)), *left.names[1:]]
    again = [name for name in own if name in later.names[1:] or (len(name) >= _NAME and later.names[0].endswith(name))]
    missing = [name for name in own if name not in again]
    words = document.words(telling)
    return bool(again) and (left.number <= later.number or not any(name in words for name in missing))
