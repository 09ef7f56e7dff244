"""What the text says of the state of each item: 已整改, 正在整改中, 阶段性完成 … in items, headings and headlines.

In: a `Document`.  Out: `Statuses`.  The words are those of real bulletins: a state may stand behind a label
(整改情况：已整改。), as a sentence of its own (该问题已整改到位。), in a title (……（已完成）) or in a heading that holds items
(已完成的整改事项).  立行立改 and 分阶段整改 are requirements, not states, and are no status here.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("（1）学习不深入。\\n整改情况：已整改。制定计划。\\n（2）底数不清。\\n整改情况：正在整改中。\\n"))
>>> [(status.words, status.state) for status in find_statuses(document).items]
[('已整改', 'done'), ('正在整改中', 'open')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import Literal

from rectlint.document import Document, Item
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

State = Literal["done", "basic", "staged", "open"]
Carrier = Literal["label", "title", "sentence", "remark"]

_ADVERB = r"(?:均|都|现|业)?(?:已经?|全部|全面)(?:已|全部|全面|按期|按时|如期|提前|按要求|及时)*+"
_FINISH = r"完成整改(?:任务|工作)?|整改完成|整改到位|整改完毕|整改销号|整改落实到位|落实到位|验收销号|完成销号|销号|办结|解决到位|落实完毕|改完|改好"
_DONE = (
    rf"(?:(?:{_ADVERB})?(?:{_FINISH})|{_ADVERB}(?:整改|完成|解决|落实|到位|办理|处理|清退|纠正|改))"
    r"(?:到位|完毕|完成|并?(?:通过)?(?:验收)?销号|办结)?"
    r"|(?:整改|问题|任务|事项|工作)(?:已|已经|全部|均已)+(?:完成|到位|整改|解决|销号|办结)(?:整改)?|完成"
)
_BASIC = r"(?:已|均已)?基本(?:完成|整改|解决|办结|落实)(?:整改|到位|完成)?|(?:已)?完成或基本完成(?:整改)?"
_STAGED = (
    r"(?:已|均已)?阶段性(?:完成|办结|整改|销号|解决)(?:整改|到位)?|(?:已)?部分(?:完成|整改|办结)(?:整改|到位|完成)?"
    r"|(?:(?:已)?取得(?:了)?(?:明显|阶段性)(?:的)?|阶段性)(?:成效|成果|进展)|(?:已)?达到序时进度|未完成但达到序时进度"
    r"|(?:长期|持续)坚持|常态化(?:推进|坚持|整改|开展)|(?:已)?完成阶段性(?:整改|任务|目标)(?:任务)?"
)
_OPEN = (
    r"(?:目前|现|仍|尚|还)?(?:正在|仍在|尚在|持续|继续|长期|正按[^，。；]{1,8}?|正在按[^，。；]{1,8}?)(?:抓紧|加快|积极|有序|稳步|持续|按计划|逐步)*+"
    r"(?:整改|推进|办理|落实|处理|处置|解决|化解|实施|进行|调查|核查|核实|跟进)(?:整改|落实|推进|办理)?(?:之?中|阶段)?"
    r"|(?:整改)?(?:整改|办理|推进|进行|处理|化解|落实|核查)(?:之)?中|(?:有序|稳步|加快|按期|按计划|按时?序时?(?:进度)?)推进中?"
    r"|(?:目前)?(?:尚|暂|仍|还)?未(?:按期|按时|全部|完全)?(?:完成(?:整改)?|整改(?:到位|完成)?|办结|解决|销号|落实|到位|启动|见底)"
    r"|(?:还|仍|尚)?没(?:有)?(?:整改|改|完成|办理?)(?:完成?|好|到位|结)?|(?:还|仍)在(?:整)?改|正在改"
    r"|在办|逾期未(?:完成|整改|办结)|进行中|(?:尚|暂|仍)?未(?:能)?(?:达到?(?:序时|时序)进度|(?:按期|如期|按时)(?:完成|整改到位))"
)
_TAIL = r"(?:，?(?:并|且|但)?(?:需(?:要)?)?(?:长期|持续)(?:坚持|巩固|推进|整改|保持|抓好|跟进))?"
_STATUS = rf"(?:(?P<open>{_OPEN})|(?P<basic>{_BASIC})|(?P<staged>{_STAGED})|(?P<done>{_DONE})){_TAIL}"
_LEAD = r"(?:截至目前，?|目前，?|现)?(?:该|此|本|上述|以上)?(?:项|个|条)?(?:问题|任务|事项|反馈问题)?(?:均|都)?"
_LONGEST, _SISTERS, _CLOSINGS = 30, 60, 2
_CLOSING_LEAD = Pattern(r"(?:目前，?)?(?:该|此|本|上述|以上)?项?问题")
_ABOUT_ITEM = Pattern(r"[该此本]|问题|任务|事项")
_LABEL_ENDS = ("情况", "结果", "结论", "进展", "状态", "进度", "成效", "整改")
_COLON = Pattern(
    r"(?:情况|结果|结论|进展|状态|进度|成效|(?<=^|[\n。；【])整改)(?:】：?|：)",
    needs=tuple(f"{word}{mark}" for word in _LABEL_ENDS for mark in "：】"),
)
_LABEL = Pattern(
    r"(?<![\p{Han}\d])(?:反馈|问题|目前|当前)?(?:整改|完成|落实|办理|进展|推进|处理|处置|销号)(?:落实|完成|进展|工作)?"
    r"(?:情况|结果|结论|进展|状态|进度|成效)(?:】：?|：)$|(?<=^|[\n。；【])整改(?:】：?|：)$"
    r"|(?<=^|[\n。；【（])(?:问题|目前|当前|事项)?状态(?:】：?|：)$"
)
_WORDS = Pattern(rf"{_LEAD}(?P<status>{_STATUS})")
_TOLD_ON = Pattern(
    rf"(?<=^|[。\n])(?:目前，?|现|截至目前，?)?(?:该|此|本)[项个条]?(?:问题|任务|事项)(?:现|目前)?(?:均|都)?(?:(?P<open>{_OPEN})"
    r"(?=，(?:剩余|其余|余下|尚有|还有|预计|计划|力争|确保|将于|拟于|下一步)"
    r"|(?<=整改|推进|完成|销号|整改到位|整改之?中|推进中)，(?:尚|还|仍|将|拟|涉及|对应|共?有|任务|措施|举措|责任|牵头|完成时限|整改时限|时限|由|因|\d))"
    rf"|(?P<basic>{_BASIC})|(?P<staged>{_STAGED})|(?P<done>(?:已|均)(?:经)?(?:全部|按期|如期|提前)?(?:完成(?:整改|销号)|整改(?:到位|完成|完毕|销号)|销号|办结)"
    r"|整改(?:已)?(?:完成|到位)))(?=[，；（](?!但|不过|然而|只是|却|未|存在|仍|尚|还|如|若))",
    needs=("该", "此", "本"),
)
_ENDS = "，。；！（）\n"
_BRACKETS = {"）": "（", "】": "【", "〕": "〔"}
_LIKE_A_STATUS = Pattern(r"(?:已|正|持续|尚|未|基本|阶段|部分|长期|立行|边|即)[^，。；《（\n]{0,6}(?=[，。；（\n]|$)")

_DONE_HEADING = Pattern(
    r"(?:已|均已|全部|已经)(?:经|全部|按期|如期)?(?:完成|整改|办结|销号|解决|落实)(?:整改|到位|完成|完毕|销号)?(?:的)?(?:整改)?"
    r"(?:事项|问题|任务|工作|措施)|完成整改(?:的)?(?:事项|问题|任务)",
    needs=("完成", "整改", "办结", "销号", "解决", "落实"),
)
_OPEN_HEADING = Pattern(
    r"(?:正在|尚未|仍未|未|持续|继续|需要?(?:进一步|长期|持续|继续)|有待进一步|仍需|尚需|待)(?:按期|全部|进一步|长期|继续)?"
    r"(?:推进|完成|整改|办结|解决|落实|销号|办理)(?:整改|到位|完成|推进|落实|的|中)*+(?:事项|问题|任务|信访件)",
    needs=("正在", "未", "持续", "继续", "需", "待"),
)
_LEFT_EARLIER = Pattern(
    r"未(?:按期|按时|全部|完全|彻底|及时|能)*(?:完成|整改|办结|解决|落实|销号)(?:整改|到位|完成|销号|的)*+(?:具体)?(?:事项|问题|任务|信访件)"
    r"的?(?:(?:持续|继续|后续|再次|再|深化)?整改|办理|办结|完成|落实|解决|销号)(?:整改|落实|进展|完成|推进|办理)*(?:情况|结果)",
    needs=("情况", "结果"),
)
"""上轮巡察未整改到位问题的整改情况: what was left open then and has been put right since, which is no list of what is open now."""
_EARLIER = Pattern(r"上一?[轮次]|前一?轮|往年|历年|历次|此前|前期|以往|(?:19|20)\d\d年")
_LAST_ROUND = Pattern(r"上一?[轮次]|前一?轮|往年|历年|历次", needs=("上", "前", "往年", "历"))
"""未整改到位的 of an earlier inspection are other problems than those fed back now."""
_MIXED_HEADING = Pattern(
    r"(?:已|完成)[^，。]{0,8}[和与及、](?:正在|尚未|未|需|持续)|基本|阶段性|(?:正在|未|需)[^，。]{0,8}[和与及、]已"
)
_REMEDY = Pattern(
    r"整改(?:措施|情况|落实情况|进展|落实|成效)：|办理情况：|采取(?:的|以下)?措施|(?<=^|[\n。；：])一是|①"
)


class Status(NamedTuple):
    """The state of one item: where it is said, how, and the part of the item that tells the remedy."""

    span: Span
    words: str
    state: State
    carrier: Carrier
    item: Item
    body: Span


class HeadingStatus(NamedTuple):
    """A heading that says of the items below it that they are done, or still open."""

    span: Span
    state: State
    item: Item


class Group(NamedTuple):
    """Items of one style in one chapter, most of which have a status: the list of problems and what became of them."""

    items: tuple[Item, ...]
    statuses: Mapping[int, Status]

    def with_state(self, *states: State) -> list[Status]:
        """The statuses of these states, in order."""
        return [status for status in self.statuses.values() if status.state in states]

    @property
    def without(self) -> list[Item]:
        """The items that have no status."""
        return [item for item in self.items if item.order not in self.statuses]


class _Told(NamedTuple):
    document: Document
    items: tuple[Status, ...]
    headings: tuple[HeadingStatus, ...]


class Statuses(_Told):
    """All statuses of a document; ``items`` in text order, at most several for one item."""

    @cached_property
    def first(self) -> dict[int, Status]:
        """The status of each item that has one, by the item's index; a label counts before a title, a
        title before 该问题已整改到位, and that before a bare 已整改."""
        found: dict[int, Status] = {}
        order = {"label": 0, "title": 1, "sentence": 2, "remark": 3}
        for status in sorted(self.items, key=lambda status: (order[status.carrier], status.span.start)):
            found.setdefault(status.item.order, status)
        return found

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The lists of items of which at least half, and two, have a status."""
        return tuple(self._with_states(self._sections.values()))

    @cached_property
    def runs(self) -> tuple[Group, ...]:
        """The lists that go on through several chapters under one numbering: 1 to 6 in one, 7 to 11 in the next."""
        found: list[list[Item]] = []
        for wanted in dict.fromkeys(style for _, style in self._sections):
            run: list[Item] = []
            sections = 0
            for (_, style), items in self._sections.items():
                if style != wanted:
                    continue
                first = len(run) + 1
                if [item.marker.number for item in items] == list(range(first, first + len(items))):
                    run.extend(items)
                    sections += 1
                    continue
                found.extend([run] if sections > 1 else [])
                numbers = [item.marker.number for item in items]
                run, sections = ([*items], 1) if numbers == list(range(1, len(items) + 1)) else ([], 0)
            found.extend([run] if sections > 1 else [])
        return tuple(self._with_states(found))

    @cached_property
    def _sections(self) -> dict[tuple[int, str], list[Item]]:
        """The items of each chapter by the style of their marks."""
        members: dict[tuple[int, str], list[Item]] = {}
        for item in self.document.items:
            members.setdefault((_chapter(self.document, item), item.marker.style), []).append(item)
        return members

    def _with_states(self, lists: Iterable[Sequence[Item]]) -> Iterator[Group]:
        for items in lists:
            statuses = {item.order: self.first[item.order] for item in items if item.order in self.first}
            if len(statuses) >= 2 and 2 * len(statuses) >= len(items):
                yield Group(tuple(items), statuses)

    @cached_property
    def main(self) -> Group | None:
        """The largest group: the list of problems that were fed back."""
        return max((*self.runs, *self.groups), key=lambda group: len(group.items), default=None)

    def heading_of(self, item: Item) -> HeadingStatus | None:
        """The nearest heading above an item that says what state the items below it are in."""
        found = self._by_heading
        return next((found[outer.order] for outer in self.document.ancestors(item) if outer.order in found), None)

    @cached_property
    def _by_heading(self) -> dict[int, HeadingStatus]:
        return {heading.item.order: heading for heading in self.headings}

    def has_label(self, item: Item) -> bool:
        """Whether something like a status stands behind a label of the item, in words not known here."""
        text, end = self.document.text, item.end_of_own
        return any(
            _LIKE_A_STATUS.match(text, stop, end) is not None for _, stop in _labels(text, item.marker.start, end)
        )


def find_statuses(document: Document) -> Statuses:
    """The statuses of items and of headings."""
    found = sorted(_item_statuses(document), key=lambda status: status.span)
    found = _lifted(document, found)
    found = [_cut(status, later) for status, later in zip_longest(found, found[1:])]
    return Statuses(document, tuple(found), tuple(_heading_statuses(document)))


def _lifted(document: Document, found: list[Status]) -> list[Status]:
    """Statuses that close an item whose text ends in a list ①②③: they are the item's, not the last entry's."""
    told = [status for status in found if status.carrier != "remark"] or found
    styles = {status.item.marker.style for status in told}
    starts = [status.span.start for status in told]
    crowded = {
        status.item.marker.style
        for status in told
        if (parent := _parent(document, status.item)) is not None and _held(parent, starts) > 1
    }
    sentences = [status.span.start for status in told if status.carrier == "sentence"]
    labelled = {status.item.order for status in told if status.carrier == "label"}
    lifted = []
    for status in found:
        parent = _parent(document, status.item)
        closes = status.carrier != "title" and status.body.end <= status.span.start
        if not closes or parent is None:
            lifted.append(status)
            continue
        # 整改情况：已整改。①……。②……。该问题已整改到位: the only such sentence below a label
        verdict = status.carrier == "sentence" and parent.order in labelled and _held(parent, sentences) <= 1
        if verdict or _held(parent, starts) <= 1:
            inner = parent.marker.style in styles or status.item.marker.style not in crowded
            if verdict or inner or len(document.children(parent)) > 1:
                status = status._replace(item=parent, body=Span(parent.title.end, status.body.end))
        lifted.append(status)
    return lifted


def _held(parent: Item, starts: list[int]) -> int:
    """How many of the statuses that begin at ``starts`` stand within an item."""
    return bisect_left(starts, parent.span.end) - bisect_left(starts, parent.span.start)


def _cut(status: Status, later: Status | None) -> Status:
    """The status with its remedy ended where the same item states another one behind a label."""
    if (
        later is None
        or later.item is not status.item
        or later.carrier != "label"
        or later.span.start >= status.body.end
    ):
        return status
    return status._replace(body=Span(min(status.body.start, later.span.start), later.span.start))


def state_of(match_groups: dict[str, str | None]) -> State:
    """Which of the named groups of `_STATUS` took part."""
    states: tuple[State, ...] = ("open", "basic", "staged", "done")
    return next(state for state in states if match_groups.get(state))


def state_words(words: str) -> State | None:
    """The state that words say and nothing else, as a cell of a table does."""
    match = _WORDS.fullmatch(words) if 2 <= len(words) <= _LONGEST else None
    return None if match is None else state_of(match.groupdict())


def _item_statuses(document: Document) -> Iterator[Status]:
    text = document.text
    labels = list(_labels(text, 0, len(text)))
    opening = {start for start, _ in labels}
    for start, end in labels:
        stop = next((place for place in range(end, min(end + _LONGEST, len(text))) if text[place] in _ENDS), len(text))
        yield from _stated(document, Span(end, stop), "label", start)
    for sentence in document.sentences:
        if 3 <= len(sentence) <= _LONGEST:
            end = sentence.end - (text[sentence.end - 1] == "。")
            for status in _stated(document, Span(sentence.start, end), "sentence", sentence.start):
                about_item = _ABOUT_ITEM.search(text, sentence.start, end) is not None
                yield status if about_item else status._replace(carrier="remark")
    for match in _TOLD_ON.find(text):  # 该问题正在整改，剩余4件力争年内清结
        last = document.sentence_at(match.start()).end == document.paragraph_at(match.start()).span.end
        yield from _stated(document, Span(*match.span()), "sentence", match.start(), closing=last)
    closing = [
        clause for paragraph in document.paragraphs if (clause := _closing_clause(text, paragraph.span)) is not None
    ]
    if len(closing) >= _CLOSINGS:
        for clause in closing:
            yield from _stated(document, clause, "sentence", clause.start)
    brackets: list[Span] = [place for p in document.paragraphs if (place := _closing_bracket(text, p.span)) is not None]
    for place in brackets:
        carrier: Carrier = "label" if len(brackets) >= _CLOSINGS else "remark"
        yield from _stated(document, place, carrier, place.start - 1, closing=True)
    for item in document.items:
        before = _in_prefix(text, item)
        match = _WORDS.fullmatch(text, before.start, before.end) if before is not None else None
        if match is not None:
            span = Span(*match.span("status"))
            body = Span(item.title.end, own_end(document, item))
            yield Status(span, document.words(span), state_of(match.groupdict()), "title", item, body)
        place = _in_title(text, item.title)
        if place is not None and item.title.start not in opening:
            yield from _stated(document, place, "title", place.start)


def _closing_clause(text: str, paragraph: Span) -> Span | None:
    """The last clause of a paragraph if it speaks of the problem: ……下发整改通知书21份，问题已整改到位。"""
    end = paragraph.end - (text[paragraph.end - 1] == "。")
    start = max(text.rfind(mark, max(paragraph.start, end - _LONGEST), end) for mark in "，；") + 1
    if start <= paragraph.start or _CLOSING_LEAD.match(text, start, end) is None:
        return None
    return Span(start, end)


def _closing_bracket(text: str, paragraph: Span) -> Span | None:
    """What stands in the bracket that ends a paragraph of whole sentences: ……报销58笔。（已完成）"""
    end = paragraph.end - (text[paragraph.end - 1] == "。")
    opening = _BRACKETS.get(text[end - 1])
    start = text.rfind(opening, max(paragraph.start, end - _LONGEST), end) if opening is not None else -1
    if start < 0 or text.find("。", paragraph.start, start) < 0:
        return None
    inner = Span(start + 1, end - 1)
    return inner if _WORDS.fullmatch(text, inner.start, inner.end) is not None else None


def _in_prefix(text: str, item: Item) -> Span | None:
    """Where a state may stand before an item's mark: 【已完成】1.……"""
    start = item.marker.start
    if text[start - 1 : start] != "】":
        return None
    opening = text.rfind("【", max(0, start - 12), start)
    return Span(opening + 1, start - 1) if opening >= 0 and start - 1 - opening > 2 else None


def _in_title(text: str, title: Span) -> Span | None:
    """Where a title may state a status: in brackets at its end, or behind a dash."""
    opening = _BRACKETS.get(text[title.end - 1])
    if opening is not None:
        start = text.rfind(opening, title.start, title.end)
        return Span(start + 1, title.end - 1) if start >= 0 else None
    start = max(text.rfind("—", title.start, title.end), text.rfind("：", title.start, title.end))
    return Span(start + 1, title.end) if start >= 0 else None


def _stated(
    document: Document, place: Span, carrier: Carrier, start: int, *, closing: bool = False
) -> Iterator[Status]:
    """The status that fills a place, if one does; a ``closing`` one speaks of what stands before it."""
    if not 2 <= len(place) <= _LONGEST:
        return
    match = _WORDS.fullmatch(document.text, place.start, place.end)
    if match is not None:
        span = Span(*match.span("status"))
        yield from _status(document, span, state_of(match.groupdict()), carrier, start, closing)


def _labels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where labels such as 整改情况： begin and end."""
    for colon in _COLON.find(text, start, end):
        label = _LABEL.search(text, max(0, colon.start() - 10), colon.end())
        if label is not None:
            yield label.start(), label.end()


def _status(
    document: Document, span: Span, state: State, carrier: Carrier, start: int, closing: bool
) -> Iterator[Status]:
    item = document.item_at(span.start)
    if item is None:
        return
    whole = _parent(document, item)
    if carrier == "label" and whole is not None and item.marker.number > 1 and item.title.start == start:
        # 1.整改措施。…… 2.整改结果：已完成。: an entry of the problem's own, which tells the state of the problem
        yield Status(span, document.words(span), state, carrier, whole, Span(whole.title.end, start))
        return
    end = item.span.end if document.children(item) else own_end(document, item)
    body = Span(span.end, end)
    if carrier == "title":
        body = Span(item.title.end, end)
    elif closing or len(document.words(body).strip("。；， \n")) < 8:
        body = Span(min(_start_of_remedy(document, item, start), start), start)
    yield Status(span, document.words(span), state, carrier, item, body)


def own_end(document: Document, item: Item) -> int:
    """Where an item's text ends: the last one of a chapter has no more paragraphs than its sisters at most."""
    key = (own_end, item.order)
    if key not in document.kept:
        document.kept[key] = _find_own_end(document, item)
    return int(document.kept[key])


def _find_own_end(document: Document, item: Item) -> int:
    following = document.items[item.order + 1] if item.order + 1 < len(document.items) else None
    if following is not None and following.marker.depth >= max(2, item.marker.depth):
        return item.end_of_own
    siblings = document.children(_parent(document, item))
    place = bisect_left([sibling.order for sibling in siblings[-_SISTERS:]], item.order)
    sisters = [sister for sister in siblings[-_SISTERS:][: place + 1] if sister.marker.style == item.marker.style]
    lengths = [_paragraphs_between(document, first, second) for first, second in pairwise(sisters)]
    own = document.paragraph_at(item.marker.start).order
    paragraphs = document.paragraphs
    usual = sorted(lengths)[-2:][0] if len(lengths) >= _MANY_SISTERS else max(lengths, default=len(paragraphs))
    last = min(own + usual, len(paragraphs)) - 1
    while last + 1 < len(paragraphs) and paragraphs[last + 1].markers and paragraphs[last].span.end < item.end_of_own:
        last += 1
    for order in range(own + 1, last + 1):
        if _BEHIND_THE_LIST.match(document.text, paragraphs[order].span.start, paragraphs[order].span.end) is not None:
            last = order - 1
            break
    return min(item.end_of_own, paragraphs[last].span.end)


_MANY_SISTERS = 4
"""Of so many items one may hold a table, and be longer than any other."""
_BEHIND_THE_LIST = Pattern(
    r"(?:此外|另外|除了?(?:上述|以上|前述|巡[察视]|反馈|这)|补充说明|(?:需要?|特此|另作?|情况)说明|说明：|注：|以上(?!原因)|综上|上述(?:问题|各|\d|[一二三四五六七八九十]))"
)
"""How a paragraph opens that tells of other matters than the last item of the list before it."""


def _paragraphs_between(document: Document, first: Item, second: Item) -> int:
    return document.paragraph_at(second.marker.start).order - document.paragraph_at(first.marker.start).order


def _parent(document: Document, item: Item) -> Item | None:
    return None if item.parent is None else document.items[item.parent]


def _start_of_remedy(document: Document, item: Item, before: int) -> int:
    """Where the remedy begins when the status closes the item: at its label or its 一是, else after the title."""
    key = (_start_of_remedy, item.order)
    if key not in document.kept:
        match = _REMEDY.search(document.text, item.title.end, item.span.end)
        line_end = document.text.find("\n", item.title.end, item.span.end)
        below = document.text[line_end : item.span.end] if line_end >= 0 else ""
        told = item.span.end - len(below.lstrip())
        nowhere = (len(document.text), len(document.text) + 1)
        document.kept[key] = (match.span() if match is not None else nowhere, line_end, told)
    (start, end), line_end, told = document.kept[key]
    if end <= before:
        return int(start)
    return int(line_end) if line_end >= 0 and told < before else item.title.end


def _heading_statuses(document: Document) -> Iterator[HeadingStatus]:
    told = [(item, heading) for item in document.items if (heading := _heading_status(document, item)) is not None]
    beside_done = {item.parent for item, heading in told if heading.state == "done"}
    for item, heading in told:
        start, end = item.title.start, item.title.end
        left_earlier = _LEFT_EARLIER.search(document.text, start, end) is not None
        if left_earlier and (item.parent not in beside_done or _EARLIER.search(document.text, start, end)):
            continue
        if heading.state == "open" and _LAST_ROUND.search(document.text, start, end) is not None:
            continue
        yield heading


def _heading_status(document: Document, item: Item) -> HeadingStatus | None:
    if not document.children(item) and document.paragraph_at(item.marker.start).role != "heading":
        return None
    start, end = item.title.start, item.title.end
    if end - start > 80 or _MIXED_HEADING.search(document.text, start, end) is not None:
        return None
    open_ = _OPEN_HEADING.search(document.text, start, end)
    if open_ is not None:
        return HeadingStatus(Span(*open_.span()), "open", item)
    done = _DONE_HEADING.search(document.text, start, end)
    return HeadingStatus(Span(*done.span()), "done", item) if done is not None else None


def _chapter(document: Document, item: Item) -> int:
    """The index of the chapter (一、) that encloses an item; -1 for items without one."""
    outer = next(reversed(list(document.ancestors(item))), None)
    return -1 if outer is None or outer.marker.depth > 1 else outer.order


def remedy_of(document: Document, item: Item) -> Span:
    """The part of an item without a status that tells what was done: without the title and the account of the problem."""
    end = own_end(document, item)
    return Span(min(_start_of_remedy(document, item, end), end), end)
