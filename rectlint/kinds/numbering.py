"""Numbers of items and of 一是 二是 runs: do they count on without gap, repetition or disorder?

Numbering that runs through the whole text, （1） to （63） across sections, and numbering that begins anew in each
section are both normal, so the next number of a style may be one more than the last of that style anywhere, or 1.  A
fault is reported once: what follows a gap or a repetition is judged from the number found, and a single number that is
off while its neighbours count on is the only one reported.

The order of styles is the one of GB/T 9704-2012 (Layout key for official document), 7.3.3: 一、（一）1.（1）.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.sequences import Sequence as NumberSequence
from rectlint.claims.sequences import Step
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import Marker
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_FIRST_AGAIN = Pattern(
    r"(?<=^|[。：；，\n])(?P<first>首先)[^。：\n]{2,80}?[，；](?P<second>其次)[^。：\n]{2,80}?[，；](?P<again>首先)(?!考虑|保障|满足|保证)",
    needs=("首先",),
)
_SECOND = Pattern(r"(?<![十百])二[是要、]|第二|其[二次]|再次|另一|（二）|②|(?<!\d)2[.、]")
_DIGITS = Pattern(r"\d+(?!.*\d)")
_HAN = Pattern(r"[一二三四五六七八九十百零]+")
# how far ahead a moved number is looked for, and how many lists may lie one within the other
_FAR, _DEEP = 200, 3


class Params(NamedTuple):
    """``largest_gap``: a number further off than this is taken for something other than an item's number."""

    largest_gap: int = 20


class Fault(NamedTuple):
    """A number that does not fit: in which way, beside which other, and which number would have fitted."""

    defect: str
    marker: Marker
    other: Marker | None
    expected: int
    missing: range = range(0)


class Chain:
    """Numbers that count on from one another, as far as a sequence has been read, and the faults met."""

    def __init__(self, first: Marker) -> None:
        """Begin with the marker ``first``."""
        self.markers = [first]
        self.faults: list[Fault] = []
        self.last = first.number
        self.by_number = {first.number: first}

    def add(self, marker: Marker, number: int | None = None) -> None:
        """Go on with ``marker``, which counts as ``number`` where its own is wrong."""
        self.markers.append(marker)
        self.by_number[marker.number] = marker
        self.last = marker.number if number is None else number


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Judge every sequence, then the order of levels."""
    document = claims.document
    chains = [
        (sequence, chain) for sequence in claims.sequences for chain in read_chains(sequence.steps, params.largest_gap)
    ]
    strangers = _strangers(document, chains)
    before = {marker.start: previous for marker, previous in strangers}
    for sequence, chain in chains:
        faulty = False
        for fault in chain.faults:
            if fault.marker.start in before:
                fault = Fault("mixed", fault.marker, before[fault.marker.start], fault.marker.number)
            elif (
                fault.defect == "unstarted"
                or _goes_on_inline(document, sequence, fault)
                or (fault.defect == "gap" and _is_supplied(document, fault, strangers))
            ):
                continue
            faulty = True
            yield _outcome(document, fault)
        if not faulty and len(chain.markers) > 1:
            yield _agreement(document, chain)
        elif sequence.inline and _is_alone(document, chain, before):
            yield _outcome(document, Fault("lonely", chain.markers[0], None, 2))
    yield from _skipped_levels(document)
    yield from _first_again(document)


# -- reading a sequence ------------------------------------------------------------------------------------------------


def read_chains(steps: Sequence[Step], largest_gap: int = 20) -> list[Chain]:
    """Cut a sequence into chains that each count on from their first number, noting the faults.

    An inner list of the same style is a chain of its own; the outer chain goes on after it.
    """
    return _Reader(steps, largest_gap).read()


class _Reader:
    """One pass over a sequence with one number of lookahead."""

    def __init__(self, steps: Sequence[Step], largest_gap: int) -> None:
        self.steps = steps
        self.largest_gap = largest_gap
        self.chains: list[Chain] = []
        self.outer: list[Chain] = []
        self.settled: set[int] = set()
        self.sentences = {step.marker.start: step.sentence for step in steps}
        entries = [(before.marker.number, step.marker.number) for before, step in pairwise(steps) if step.fresh]
        going_on = sum(number == before + 1 for before, number in entries)
        self.crosses = going_on > sum(number == 1 for _, number in entries)

    def read(self) -> list[Chain]:
        """All chains, in order of their first number."""
        for index, step in enumerate(self.steps):
            if index not in self.settled:
                self._take(index, step)
        return self.chains

    def _take(self, index: int, step: Step) -> None:
        marker = step.marker
        if not self.chains:
            if marker.number <= self.largest_gap or self._number(index + 1) == marker.number + 1:
                self._begin(index, step)
            return
        chain = self.current
        expected = chain.last + 1
        if marker.number - expected > self.largest_gap:
            return
        if step.fresh and (marker.number != expected or step.must_restart) and self._begins_here(index):
            self.outer = []
            self._begin(index, step)
        elif marker.number == expected and not (step.fresh and step.must_restart):
            chain.add(marker)
        elif marker.number == 1 and self._opens_list(index, expected):
            self.outer = [*self.outer[-_DEEP:], chain] if step.nested else []
            self._open(marker)
        elif self._resume(marker):
            self.current.add(marker)
        elif step.may_restart and chain.last > 1 and self._starts_mistyped(index):
            self._begin(index, step)
        elif step.fresh and (step.must_restart or marker.number == 2) and not self._is_slip(index, expected):
            self.outer = []
            self._begin(index, step)
        else:
            self._misfit(index, marker, expected)

    def _begins_here(self, index: int) -> bool:
        """Whether a list plainly begins with this number though it is not 1: 2, 1 or 5, 2, 3."""
        third = self._number(index + 2)
        return self._starts_swapped(index) or (self._starts_mistyped(index) and third == 3)

    def _starts_mistyped(self, index: int) -> bool:
        """Whether a 2 of the same section follows a number that is not 1."""
        if self._number(index) == 1 or self._number(index + 1) != 2:
            return False
        return not self.steps[index + 1].fresh

    def _starts_swapped(self, index: int) -> bool:
        """Whether a list begins 2, 1 and then goes on with 3 or is over."""
        number, following, third = (self._number(index + ahead) for ahead in range(3))
        return number == 2 and following == 1 and third in (3, 1, None)

    def _begin(self, index: int, step: Step) -> None:
        """Open a chain with its first number, which should be 1."""
        marker = step.marker
        self._open(marker)
        if marker.number == 1 or step.excerpt:
            return
        if self._starts_swapped(index):
            self._fault("out-of-order", marker, self.steps[index + 1].marker, 1)
            self.current.markers.append(self.steps[index + 1].marker)
            self.settled.add(index + 1)
        elif self._starts_mistyped(index):
            defect = "repeated" if marker.number == 2 else "out-of-order"
            self._fault(defect, marker, self.steps[index + 1].marker, 1)
            self.current.last = 1
        else:
            defect = "gap" if marker.number <= 3 or step.must_restart else "unstarted"
            self._fault(defect, marker, None, 1, range(1, marker.number))

    def _is_slip(self, index: int, expected: int) -> bool:
        """Whether the next number goes on as if this one had been right: 3, 1, 5.

        Across sections that tells something only where the numbering mostly runs on across them.
        """
        goes_on = self._number(index + 1) == expected + 1
        return goes_on and (self.crosses or not self.steps[index].fresh)

    def _opens_list(self, index: int, expected: int) -> bool:
        """Whether a number 1 opens a list: where one may begin, or a 2 follows; but not in 3, 1, 5."""
        following, step = self._number(index + 1), self.steps[index]
        if self._is_slip(index, expected):
            return False
        return step.fresh or step.may_restart or (following == 2 and self.current.last > 1)

    @property
    def current(self) -> Chain:
        """The chain being read."""
        return self._current

    def _open(self, marker: Marker) -> None:
        self._current = Chain(marker)
        self.chains.append(self._current)

    def _resume(self, marker: Marker) -> bool:
        """Go back to the innermost outer chain that this number continues."""
        for depth in range(len(self.outer) - 1, -1, -1):
            if self.outer[depth].last + 1 == marker.number and not self._is_within_inner(marker, self.outer[depth]):
                self._current = self.outer[depth]
                del self.outer[depth:]
                return True
        return False

    def _is_within_inner(self, marker: Marker, outer: Chain) -> bool:
        """Whether a number stands in the one sentence of the inner list, to which the outer list had not come:
        三是……。做到三点：一是……；二是……；四是……。"""
        here = self.sentences[marker.start]
        inner = self.current.markers
        return (
            here >= 0
            and len(inner) > 1
            and self.sentences.get(inner[0].start) == here
            and self.sentences.get(outer.markers[-1].start) != here
        )

    def _number(self, index: int) -> int | None:
        return self.steps[index].marker.number if index < len(self.steps) else None

    def _misfit(self, index: int, marker: Marker, expected: int) -> None:
        """Name what is wrong with a number that does not follow, and where to go on."""
        chain, following = self.current, self._number(index + 1)
        number = marker.number
        twin = chain.by_number.get(number)
        if number == expected + 1 and following == expected:
            swapped = self.steps[index + 1].marker
            self._fault("out-of-order", marker, swapped, expected)
            chain.add(marker, expected)
            chain.add(swapped, number)
            self.settled.add(index + 1)
        elif following == expected + 1:
            if twin is None and following == number:
                twin = self.steps[index + 1].marker
            self._fault("repeated" if twin else "out-of-order", marker, twin or chain.markers[-1], expected)
            chain.add(marker, expected)
        elif following == expected and number != expected - 1:
            self._fault("repeated" if twin else "out-of-order", marker, twin or chain.markers[-1], expected)
        elif number > expected:
            self._jump(index, marker, expected)
        else:
            self._fault("repeated" if twin else "out-of-order", marker, twin or chain.markers[-1], expected)
            chain.add(marker)

    def _jump(self, index: int, marker: Marker, expected: int) -> None:
        """A number too high: the missing one stands further on, out of its place, or nowhere."""
        chain = self.current
        later = self._moved(index, expected) if marker.number == expected + 1 else None
        if later is None:
            self._fault("gap", marker, chain.markers[-1], expected, range(expected, marker.number))
        else:
            stranger, before = self.steps[later].marker, self.steps[later - 1].marker
            self._fault("out-of-order", stranger, before, before.number + 1)
            self.settled.add(later)
        chain.add(marker)

    def _moved(self, index: int, missing: int) -> int | None:
        """Where the missing number stands in the rest of this count, as a stranger between its neighbours."""
        for later in range(index + 1, min(index + _FAR, len(self.steps))):
            number = self._number(later)
            if number == 1:
                return None
            if number == missing:
                goes_on = self._number(later + 1)
                return later if goes_on in (None, 1, self.steps[later - 1].marker.number + 1) else None
        return None

    def _fault(
        self, defect: str, marker: Marker, other: Marker | None, expected: int, missing: range = range(0)
    ) -> None:
        self.current.faults.append(Fault(defect, marker, other, expected, missing))


# -- what the text says besides ----------------------------------------------------------------------------------------


def _strangers(document: Document, chains: list[tuple[NumberSequence, Chain]]) -> list[tuple[Marker, Marker]]:
    """Faulty numbers that go on from a number of another style, each with that number: 一是 … 二是 … 3."""
    lines = {item.marker.start for item in document.items}
    marks = (marker for _, chain in chains for marker in chain.markers if marker.start not in lines)
    inline = sorted(marks, key=_start)
    before = {marker.start: previous for previous, marker in pairwise(inline)}
    faults = [(fault, sequence) for sequence, chain in chains for fault in chain.faults]
    found: dict[int, tuple[Marker, Marker]] = {}
    for fault, sequence in sorted(faults, key=lambda pair: pair[0].marker.start):
        marker = fault.marker
        if sequence.inline:
            line = _item_before_line(document, marker) if fault.other is None else None
            previous = _fitting(marker, before.get(marker.start), line)
        elif marker.start not in lines:
            previous = before.get(marker.start) if fault.defect in ("gap", "unstarted") else None
        else:
            previous = _preceding_item(document, marker, len(sequence.steps))
        if previous is None or previous.style == sequence.style or previous.number + 1 != marker.number:
            continue
        if _is_written(document.text, sequence.style, previous.number, previous.end, marker.start):
            continue
        if previous.start not in found or found[previous.start][1].style != sequence.style:
            found[marker.start] = (marker, previous)
    return list(found.values())


def _goes_on_inline(document: Document, sequence: NumberSequence, fault: Fault) -> bool:
    """Whether a number at the head of a line goes on with a list within the text before it: 原因：1.……。⏎2.……。"""
    if sequence.inline or fault.marker.number == 1:
        return False
    markers = document.inline_markers
    before = bisect_left(markers, fault.marker.start, key=_start) - 1
    previous = markers[before] if before >= 0 else None
    item = document.item_at(fault.marker.start - 1)
    return (
        previous is not None
        and item is not None
        and previous.style == fault.marker.style
        and previous.number + 1 == fault.marker.number
        and previous.start > item.marker.start
    )


def _is_alone(document: Document, chain: Chain, before: dict[int, Marker]) -> bool:
    """Whether a 一是 or 第一 is followed by no second of any kind, in its own paragraph or the next."""
    first = chain.markers[0]
    if len(chain.markers) > 1 or chain.faults or first.number != 1 or first.style not in ("一是", "第一"):
        return False
    if document.text[first.start - 1 : first.start] not in ("", "\n", "。", "；", "："):
        return False
    if any(previous.start == first.start for previous in before.values()):
        return False
    paragraph = document.paragraph_at(first.start)
    following = document.paragraphs[min(paragraph.order + 1, len(document.paragraphs) - 1)]
    item = document.item_at(first.start)
    above = {one.marker.style for one in ([] if item is None else [item, *document.ancestors(item)])}
    leads_on = following.markers and following.markers[0].style in above - {first.style}
    return _SECOND.search(document.text, first.end, (paragraph if leads_on else following).span.end) is None


def _fitting(marker: Marker, *candidates: Marker | None) -> Marker | None:
    """The first of the candidates whose number comes just before that of ``marker``."""
    return next((other for other in candidates if other is not None and other.number + 1 == marker.number), None)


def _item_before_line(document: Document, marker: Marker) -> Marker | None:
    """The number of the item in which a line opens with a run word: ④…… / 五是……"""
    paragraph = document.paragraph_at(marker.start)
    item = document.item_at(marker.start) if paragraph.span.start == marker.start else None
    return None if item is None or document.children(item) else item.marker


def _start(marker: Marker) -> int:
    return marker.start


def _preceding_item(document: Document, marker: Marker, of_style: int) -> Marker | None:
    """The number before an item's, if that list goes on after the item or the item is the only one of its style."""
    item = document.item_at(marker.start)
    if item is None or item.order == 0:
        return None
    previous = document.items[item.order - 1]
    ahead = document.items[item.order + 1 : item.order + 50]
    rest = [other for other in ahead if other.parent == previous.parent][:1]
    rest += [other for other in ahead[:1] if other.marker.style == previous.marker.style]
    goes_on = any(other.marker.number == marker.number + 1 for other in rest)
    alone = not rest and of_style == 1 and item.parent == previous.order
    return previous.marker if goes_on or alone else None


def _parent(document: Document, item: Item) -> Item | None:
    return None if item.parent is None else document.items[item.parent]


def _is_supplied(document: Document, fault: Fault, strangers: list[tuple[Marker, Marker]]) -> bool:
    """Whether every missing number is there after all: in another style, or where numbers are not looked for."""
    start = fault.other.end if fault.other is not None else _start_of_search(document, fault.marker)
    style = fault.marker.style
    supplied = {
        marker.number
        for marker, previous in strangers
        if previous.style == style and start <= marker.start < fault.marker.start
    }
    return all(
        number in supplied or _is_written(document.text, style, number, start, fault.marker.start)
        for number in fault.missing
    )


def _start_of_search(document: Document, marker: Marker) -> int:
    """From where a missing first number may stand: the beginning of the enclosing item, or of the text."""
    item = document.item_at(marker.start)
    if item is not None and item.marker.start == marker.start:
        item = _parent(document, item)
    return 0 if item is None else item.marker.end


def _is_written(text: str, style: str, number: int, start: int, end: int) -> bool:
    """Whether a number of that style stands in ``text[start:end]``, in one of the ways it may be written."""
    han = chinese_number(number)
    plain, guarded, opening = _forms(style, number, han)
    if any(text.find(form, start, end) >= 0 for form in plain):
        return True
    for form in guarded:
        for place in _places(text, form, start, end):
            before, after = text[place - 1 : place], text[place + len(form) : place + len(form) + 1]
            if before not in _NUMERALS and not (form[-1] in ".-" + str(number)[-1] and after.isdigit()):
                return True
    return any(
        text[place - 1 : place] in ("", *"\n。；：，！")
        and text[place + len(form) : place + len(form) + 1] in "，、：是"
        for form in opening
        for place in _places(text, form, start, end)
    )


_NUMERALS = frozenset("0123456789一二三四五六七八九十百")


def _forms(style: str, number: int, han: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Ways to write a number: as they are, where no numeral stands before them, and where a clause opens."""
    rank = ("首先",) if number == 1 else ("其次", "再次", "最后")
    opening = (f"第{han}", f"其{han}", f"{han}方面", *rank)
    forms: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
        "第一章": ((f"第{han}章", f"第{han}部分", f"第{han}篇"), (), ()),
        "一、": ((), (f"{han}、",), ()),
        "（一）": ((f"（{han}）",), (), ()),
        "1.": ((), (f"{number}.", f"{number}、"), ()),
        "问题一": ((f"问题{han}", f"任务{han}"), (f"题{number}", f"务{number}"), ()),
        "问题1": ((f"问题{han}", f"任务{han}"), (f"题{number}", f"务{number}"), ()),
        "1-1": ((), (f"-{number}",), ()),
        "（1）": ((f"（{number}）",), (f"{number}）",), ()),
        "①": ((chr(0x245F + number),), (), ()),
        "第一": ((), (f"{han}是",), opening),
        "一是": ((f"（{han}）",), (f"{han}是", f"{han}要"), opening),
    }
    return forms[style]


def _places(text: str, form: str, start: int, end: int) -> Iterator[int]:
    place = text.find(form, start, end)
    while place >= 0:
        yield place
        place = text.find(form, place + 1, end)


def chinese_number(number: int) -> str:
    """A number from 1 to 999 in Chinese: 12 is ``十二``, 103 ``一百零三``."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")


def renumbered(mark: str, number: int) -> str:
    """A mark with another number: ``（4）`` and 3 give ``（3）``."""
    symbol = {"①": 0x245F, "⑴": 0x2473, "⒈": 0x2487, "㈠": 0x321F}
    for first, base in symbol.items():
        if first <= mark[0] <= chr(ord(first) + 19):
            return chr(base + number) + mark[1:]
    digits = _DIGITS.search(mark)
    if digits is not None:
        return mark[: digits.start()] + str(number) + mark[digits.end() :]
    return _HAN.sub(chinese_number(number), mark)


# -- outcomes ----------------------------------------------------------------------------------------------------------


def _outcome(document: Document, fault: Fault) -> Outcome:
    span = Span(fault.marker.start, fault.marker.end)
    mark = _mark(document, span)
    evidence: tuple[Evidence, ...] = ()
    previous = ""
    if fault.other is not None:
        other = Span(fault.other.start, fault.other.end)
        previous = _mark(document, other)
        evidence = (Evidence(other, "next" if other.start > span.start else "previous"),)
    missing = fault.missing
    model = previous if fault.defect == "mixed" else mark
    expected = renumbered(model, missing[0] if missing else fault.expected)
    if len(missing) > 1:
        expected += f"至{renumbered(model, missing[-1])}"
    return Outcome(
        "contradicted",
        span,
        evidence,
        derivation=_derivation(fault, mark, previous),
        expected=expected,
        actual=mark,
        defect=fault.defect,
        values={"marker": mark, "previous": _after(previous), "expected": expected},
    )


def _mark(document: Document, span: Span) -> str:
    return document.words(span).strip(" ，：")


def _after(previous: str) -> Words:
    return Words(f"“{previous}”", f"“{previous}”") if previous else Words("这一组的开头", "the beginning of the list")


def _derivation(fault: Fault, mark: str, previous: str) -> str:
    if not previous:
        return f"… → {mark}"
    if fault.other is not None and fault.other.start > fault.marker.start:
        return f"{mark} → {previous}"
    return f"{previous} → {mark}"


def _agreement(document: Document, chain: Chain) -> Outcome:
    first, last = (Span(marker.start, marker.end) for marker in (chain.markers[0], chain.markers[-1]))
    derivation = f"{_mark(document, first)}…{_mark(document, last)}：{len(chain.markers)}"
    return Outcome("consistent", first, (Evidence(last, "next"),), derivation=derivation)


# -- levels ------------------------------------------------------------------------------------------------------------


def _skipped_levels(document: Document) -> Iterator[Outcome]:
    """（一） followed by （1） where all its sister sections have 1. between them.

    一、 followed by 1. is a customary short form and never a fault.
    """
    for parent in (None, *document.items):
        sections = [child for child in document.children(parent) if child.marker.style == "（一）"]
        first = [(section, document.children(section)) for section in sections if document.children(section)]
        skipping = [(section, below) for section, below in first if below[0].marker.style == "（1）"]
        regular = [below for _, below in first if below[0].marker.style == "1."]
        if len(skipping) != 1 or not regular or len(regular) + 1 != len(first):
            continue
        section, below = skipping[0]
        if all(child.marker.style == "（1）" for child in below):
            yield _skip(document, below[0].marker, section.marker, regular[0][0].marker)


def _skip(document: Document, child: Marker, parent: Marker, example: Marker) -> Outcome:
    places = [Span(marker.start, marker.end) for marker in (child, parent, example)]
    words = [_mark(document, place) for place in places]
    return Outcome(
        "contradicted",
        places[0],
        (Evidence(places[1], "section"), Evidence(places[2], "other")),
        derivation=f"{words[1]} → {words[0]}",
        expected=words[2],
        actual=words[0],
        defect="level-skipped",
        values={"marker": words[0], "previous": _after(words[1]), "expected": words[2]},
    )


# -- 首先，其次 -----------------------------------------------------------------------------------------------------------


def _first_again(document: Document) -> Iterator[Outcome]:
    """首先……，其次……，首先……: a second 首先 where the list goes on in the same sentence."""
    for match in _FIRST_AGAIN.find(document.text):
        span, second = Span(*match.span("again")), Span(*match.span("second"))
        words, previous = document.words(span), document.words(second)
        yield Outcome(
            "contradicted",
            span,
            (Evidence(Span(*match.span("first")), "previous"), Evidence(second, "previous")),
            derivation=f"{words} → {previous} → {words}",
            expected="再次",
            actual=words,
            defect="repeated",
            values={"marker": words, "previous": _after(previous), "expected": "再次"},
        )


_FIELDS = ("marker", "previous", "expected")
KIND = Kind(
    "numbering",
    Params,
    {
        "gap": _FIELDS,
        "repeated": _FIELDS,
        "out-of-order": _FIELDS,
        "mixed": _FIELDS,
        "level-skipped": _FIELDS,
        "lonely": _FIELDS,
    },
    check,
)
