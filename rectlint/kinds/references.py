"""References within the text against what they point to: numbered items, attachments, lists just given.

A number is taken to count the items of the one list that is numbered through the text.  Where there is none, or where a
reference stands before that list and no headline says that the list is complete, nothing is compared: the number may count
the entries of another document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.attachments import Attachments, Mention, find_attachments, find_mentions
from rectlint.claims.entries import Entry, Pointer
from rectlint.claims.references import Reference, counts_in, likeness
from rectlint.document import Document, Item
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_SECTION = Pattern(
    rf"(?<![》”])(?:本(?:通报|报告|公告|文|材料)(?:的)?(?P<words>第(?P<n>{_NUMERAL})(?:大?部分|章))"
    rf"|(?P<own>本(?:节|部分|方面|章))(?P<words>第(?P<n>{_NUMERAL})(?:个问题|项问题|条问题|个|项|条)))",
    needs=("本通报", "本报告", "本公告", "本文", "本材料", "本节", "本部分", "本方面", "本章"),
)
_NOTE = Pattern(r"附件：1[.、．]|附件：\n1[.、．]", needs=("附件：",))
_NAME = 4
_DIGITS = frozenset("0123456789.,")
_MOST = 500
"""Titles are sought among so many items at most: no bulletin has more, and the search is slow."""


class Params(NamedTuple):
    """Titles at least ``alike`` percent alike are the same; at most ``unlike`` percent alike they are not."""

    alike: int = 75
    unlike: int = 45


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Numbers, sections, then attachments."""
    lists = _Lists(claims)
    for reference in claims.references:
        yield from _judge(claims, reference, lists.of(reference), params)
    yield from _judge_pointers(claims, params)
    yield from _judge_sections(claims.document)
    yield from _judge_attachments(claims.document)


# -- numbers -----------------------------------------------------------------------------------------------------------


class _Lists:
    """The lists that references count in, each read once."""

    def __init__(self, claims: Claims) -> None:
        self.document = claims.document
        self.problems = claims.problem_list
        self.complete = bool(self.problems) and any(
            headline.sort == "problems" and headline.quantity.value == self.problems[-1].marker.number
            for headline in claims.headlines
        )
        self.sections: dict[int, list[Item]] = {}
        for item in self.document.items:
            if item.marker.style == "（一）":
                self.sections.setdefault(_chapter(self.document, item), []).append(item)

    def of(self, reference: Reference) -> Sequence[Item]:
        """The list a reference counts in: by the style it names, else the list of problems."""
        if reference.style == "（一）":
            chapter = _chapter(self.document, self.document.item_at(reference.span.start))
            return self.sections.get(chapter, ())
        if not counts_in(reference, self.problems):
            return ()
        after = reference.span.start > self.problems[0].marker.start
        return self.problems if self.complete or after else ()


def _judge(claims: Claims, reference: Reference, items: Sequence[Item], params: Params) -> Iterator[Outcome]:
    document = claims.document
    if not items:
        yield Outcome("unchecked", reference.span, defect="missing-target", reason="no-target")
        return
    target = next((item for item in items if item.marker.number == reference.number), None)
    if target is None and any(
        item.marker.number == reference.number and item.marker.style == items[0].marker.style for item in document.items
    ):
        # numbered on in a part that is not counted as the list: 二、正在推进的整改事项
        yield Outcome("unchecked", reference.span, defect="missing-target", reason="ambiguous")
    elif target is None:
        yield _missing(document, reference, items, params)
    elif reference.title_span is None:
        evidence = (Evidence(_place(target), "target"),)
        yield Outcome("consistent", reference.span, evidence, document.words(reference.span), defect="missing-target")
    else:
        yield _compare_titles(document, reference, target, items, params)


def _chapter(document: Document, item: Item | None) -> int:
    return -1 if item is None else [item.order, *(outer.order for outer in document.ancestors(item))][-1]


def _missing(document: Document, reference: Reference, items: Sequence[Item], params: Params) -> Outcome:
    """A number beyond the list, or one the list leaves out; the item that bears the title is shown where there is one."""
    last = max(items, key=lambda item: item.marker.number)
    meant = _best(document, reference, items)
    shown = meant if meant is not None and _alike(document, reference, meant) * 100 >= params.alike else last
    words = document.words(reference.span)
    return Outcome(
        "contradicted",
        reference.span,
        (Evidence(_place(shown), "target"),),
        derivation=f"{words} > {_mark(document, last)}",
        expected=_mark(document, shown),
        actual=words,
        defect="missing-target",
        values={"reference": words, "last": _mark(document, last)},
    )


def _compare_titles(
    document: Document, reference: Reference, target: Item, items: Sequence[Item], params: Params
) -> Outcome:
    assert reference.title_span is not None
    own = _alike(document, reference, target) * 100
    best = _best(document, reference, items) if own <= params.unlike else None
    other = _alike(document, reference, best) * 100 if best is not None else 0
    words = document.words(reference.span)
    named = best if best is not None and best is not target and other >= params.alike and own <= params.unlike else None
    verdict = "contradicted" if named else "consistent" if own > params.unlike else "unchecked"
    evidence = [Evidence(_place(target) if named else target.title, "target")]
    if named:
        evidence.append(Evidence(_place(named), "other"))
    end = reference.title_span.end
    end += document.text[reference.title_span.start - 1] == "“" and document.text[end : end + 1] == "”"
    primary = Span(reference.span.start, end) if named else reference.span
    return Outcome(
        verdict,  # type: ignore[arg-type]
        primary,
        tuple(evidence),
        derivation=f"{words}“{reference.title}” {'≠' if named else '='} {_mark(document, target)}“{_title(document, target)}”",
        expected=_mark(document, named) if named else "",
        actual=words,
        defect="title-mismatch",
        values={
            "reference": words,
            "title": reference.title,
            "target": _title(document, target),
            "other": _mark(document, named) if named else "",
        },
        reason="ambiguous" if verdict == "unchecked" else "",
    )


def _alike(document: Document, reference: Reference, item: Item) -> float:
    return likeness(reference.title, _title(document, item)) if reference.title else 0.0


def _best(document: Document, reference: Reference, items: Sequence[Item]) -> Item | None:
    if not reference.title:
        return None
    return max(items[:_MOST], key=lambda item: _alike(document, reference, item))


def _place(item: Item) -> Span:
    return Span(item.marker.start, item.marker.end)


def _mark(document: Document, item: Item) -> str:
    return document.words(_place(item)).strip(" ，、：.")


def _title(document: Document, item: Item) -> str:
    return document.words(item.title)


# -- numbers beside words of what they name ------------------------------------------------------------------------------


def _judge_pointers(claims: Claims, params: Params) -> Iterator[Outcome]:
    """问题8仓房租金, 上述第7项软弱涣散党组织整顿, 房产出租（第13项） against the entries of these numbers.

    A bare 第7项 may count in another list: it must be shown to count in this one by another that fits.
    """
    document, by_number = claims.document, {entry.number: entry for entry in claims.entries}
    titled = {reference.span.start for reference in claims.references if reference.title}
    fitting: list[Pointer] = []
    wrong: list[tuple[Pointer, Entry]] = []
    for pointer in claims.pointers:
        target = by_number.get(pointer.number)
        if target is None or pointer.span.start in titled or target.span.contains(pointer.span):
            continue
        if _share(pointer.words, document.words(target.title)) * 100 >= params.alike:
            fitting.append(pointer)
            continue
        meant = _meant(document, pointer, target, claims.entries, params)
        if meant is not None:
            wrong.append((pointer, meant))
    for pointer in fitting:
        evidence = (Evidence(by_number[pointer.number].mark, "target"),)
        yield Outcome("consistent", pointer.span, evidence, document.words(pointer.span), defect="title-mismatch")
    if len(wrong) > max(1, len(fitting)):
        return  # numbers of another document
    for pointer, meant in wrong:
        if pointer.plain or any(other.plain is False for other in fitting):
            yield _elsewhere(document, pointer, by_number[pointer.number], meant)


def _elsewhere(document: Document, pointer: Pointer, target: Entry, meant: Entry) -> Outcome:
    """The outcome for a pointer whose words speak of an entry with another number."""
    words, mark = document.words(pointer.span), document.words(meant.mark).strip(" ，、：.")
    title = document.words(target.title)
    primary = Span(min(pointer.span.start, pointer.place.start), max(pointer.span.end, pointer.place.end))
    return Outcome(
        "contradicted",
        primary,
        (Evidence(target.mark, "target"), Evidence(meant.mark, "other")),
        derivation=f"{words}“{pointer.words}” ≠ {document.words(target.mark)}“{title}”",
        expected=mark,
        actual=words,
        defect="title-mismatch",
        values={"reference": words, "title": pointer.words, "target": title, "other": mark},
    )


def _share(words: str, text: str) -> float:
    """The share of the pairs of neighbouring characters of ``words`` that a text has."""
    pairs = {first + second for first, second in pairwise(words)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _is_named(words: str, title: str, params: Params, strict: bool) -> bool:
    """Whether words name a title: most of their pairs, half of them in its order, or, where nothing speaks for another
    entry, four characters of them together."""
    share = _share(words, title)
    if share * 100 >= params.alike or (len(words) >= _NAME and share * 2 >= 1 and _follows(words, title)):
        return True
    return not strict and any(words[place : place + _NAME] in title for place in range(len(words) - _NAME + 1))


def _follows(words: str, text: str) -> bool:
    """Whether the characters of ``words`` stand in a text in this order."""
    place = -1
    for character in words:
        place = text.find(character, place + 1)
        if place < 0:
            return False
    return True


def _meant(
    document: Document, pointer: Pointer, target: Entry, entries: Sequence[Entry], params: Params
) -> Entry | None:
    """The one other entry that the words beside a number speak of, where the entry of that number does not."""
    words, own = pointer.words, document.words(target.span)
    shared = _share(words, own)
    fits = shared * 100 > params.unlike or _share(words, document.words(target.title)) > 0
    if fits and (not pointer.amount or pointer.amount in own):
        return None
    others = [entry for entry in entries if entry is not target and not entry.span.contains(pointer.span)]
    titles = {entry.number: document.words(entry.title) for entry in others}
    if pointer.amount:
        with_amount = [entry for entry in others if _has_amount(document.words(entry.span), pointer.amount)]
        if len(with_amount) == 1 and pointer.amount not in own:
            near, mine = _share(words, document.words(with_amount[0].span)), shared
            if near * 2 >= 1 and near > mine:
                return with_amount[0]
        return None
    by_title = [entry for entry in others if _is_named(words, titles[entry.number], params, strict=bool(shared))]
    if by_title:
        return by_title[0] if len(by_title) == 1 else None
    if shared or not pointer.linked:
        return None
    by_text = [entry for entry in others if words in document.words(entry.span)]
    return by_text[0] if len(by_text) == 1 else None


def _has_amount(text: str, amount: str) -> bool:
    """Whether a text tells an amount, and not as the end of a larger one."""
    place = text.find(amount)
    while place >= 0:
        if text[place - 1 : place] not in _DIGITS:
            return True
        place = text.find(amount, place + 1)
    return False


# -- sections ----------------------------------------------------------------------------------------------------------


def _judge_sections(document: Document) -> Iterator[Outcome]:
    """见本通报第六部分 against the sections there are, 本节第5个问题 against the entries of the section."""
    top = [item for item in document.items if item.parent is None and item.marker.style in ("一、", "第一章")]
    for match in _SECTION.find(document.text):
        span, number = Span(*match.span("words")), chinese_ordinal(match["n"])
        if match["own"]:
            yield from _judge_entry(document, span, number)
        elif len(top) >= 2 and [item.marker.number for item in top] == list(range(1, len(top) + 1)):
            yield _pointed(document, span, top, number <= len(top), number)


def _judge_entry(document: Document, span: Span, number: int) -> Iterator[Outcome]:
    """本节第5个问题: missing only where no enclosing section has as many entries."""
    item = document.item_at(span.start)
    if item is None:
        return
    lists = [list(document.children(outer)) for outer in (item, *document.ancestors(item))]
    full = next((entries for entries in lists if number in [entry.marker.number for entry in entries]), None)
    shown = full or next((entries for entries in lists if len(entries) >= 2), None)
    if shown is not None:
        yield _pointed(document, span, shown, full is not None, number)


def _pointed(document: Document, span: Span, entries: Sequence[Item], there: bool, number: int) -> Outcome:
    """The outcome for a pointer to one of ``entries``."""
    target = next((entry for entry in entries if entry.marker.number == number), entries[-1])
    words = document.words(span)
    return Outcome(
        "consistent" if there else "contradicted",
        span,
        (Evidence(_place(target), "target"),),
        derivation=words if there else f"{words} > {_mark(document, target)}",
        expected=_mark(document, target),
        actual=words,
        defect="missing-target",
        values={"reference": words, "last": _mark(document, target)},
    )


# -- attachments -------------------------------------------------------------------------------------------------------


def _judge_attachments(document: Document) -> Iterator[Outcome]:
    """详见附件2 against the attachments there are."""
    mentions = list(find_mentions(document))
    noted = _NOTE.search(document.text) is not None
    if not mentions and not noted:
        return
    attachments = find_attachments(document)
    if noted:
        yield from _judge_appended(document, attachments)
    for mention in mentions:
        there = attachments.has(mention.number)
        if attachments.linked or (attachments.blank and not mention.number):
            yield Outcome("unchecked", mention.span, defect="attachment", reason="no-target")
            continue
        yield Outcome(
            "consistent" if there else "contradicted",
            mention.span,
            tuple(Evidence(place, "listed") for place in attachments.places[:1]),
            derivation=_derivation(mention, attachments.numbers),
            expected=document.words(mention.span),
            actual=_numbers(attachments.numbers).zh,
            defect="attachment" if attachments.numbers else "no-attachments",
            values={"mention": document.words(mention.span), "attached": _numbers(attachments.numbers)},
        )


def _judge_appended(document: Document, attachments: Attachments) -> Iterator[Outcome]:
    """附件：1.……2.…… below the text against the headings 附件1, 附件2 of what follows, where some of them do follow."""
    numbers = [number for number, _ in attachments.listed]
    if len(set(numbers)) < 2 or not attachments.appended & set(numbers) or numbers != sorted(set(numbers)):
        return
    shown = tuple(Evidence(place, "listed") for place in attachments.places[-1:])
    for number, place in attachments.listed:
        there = number in attachments.appended
        yield Outcome(
            "consistent" if there else "contradicted",
            place,
            () if there else shown,
            derivation=_derivation(Mention(place, number), attachments.appended),
            expected=document.words(place),
            actual=_numbers(attachments.appended).zh,
            defect="attachment",
            values={"mention": document.words(place), "attached": _numbers(attachments.appended)},
        )


def _derivation(mention: Mention, numbers: frozenset[int]) -> str:
    name = f"附件{mention.number or ''}"
    return f"{name} {'∈' if mention.number in numbers else '∉'} {{{'、'.join(map(str, sorted(numbers)))}}}"


def _numbers(numbers: frozenset[int]) -> Words:
    if not numbers:
        return Words("没有附件", "none")
    ordered = [str(number) for number in sorted(numbers)]
    return Words("、".join(f"附件{number}" for number in ordered), ", ".join(ordered))


KIND = Kind(
    "references",
    Params,
    {
        "missing-target": ("reference", "last"),
        "title-mismatch": ("reference", "title", "target", "other"),
        "attachment": ("mention", "attached"),
        "no-attachments": ("mention",),
    },
    check,
)
