"""Which numbers are meant to count on from one another: item numbers by style, and runs of 一是 二是 or ① ②.

In: a `Document`.  Out: `Sequence` values, lists of `Step`.  Whether they do count on is for the numbering kind to say.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> [sequence.style for sequence in find_sequences(parse(Source("一、甲\\n二、乙。一是丙；二是丁。\\n")))]
['一、', '一是']
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rectlint.document import Document, Item
from rectlint.markers import Marker
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

# words after which a second 一是 begins a list of its own, not a repeated number
_NEW_LIST = Pattern(r"下一步|今后|下阶段|整改(?:情况|措施|成效|结果)|工作打算|主要原因")


_FAR_ALONG = 3
"""From this number on marks may count on from those of the section before: （一）……①……②……（二）……③……."""


class Step(NamedTuple):
    """One number of a sequence.

    ``fresh``: it is the first below another parent, where numbering may begin anew.  ``may_restart``: a number 1 here
    may begin another list.  ``nested``: such a list may lie inside the entry before it, so that the outer numbering can
    go on after it.  ``must_restart``: all sister sections begin with 1, so this one must as well.
    ``excerpt``: the text begins here, so that earlier numbers may lie outside it.  ``sentence``: for marks within the
    text, the index of the sentence they stand in.
    """

    marker: Marker
    fresh: bool = False
    may_restart: bool = True
    nested: bool = False
    must_restart: bool = False
    excerpt: bool = False
    sentence: int = -1


class Sequence(NamedTuple):
    """Steps of one style.  ``inline``: marks within running text (一是, ①), not numbers of items."""

    style: str
    inline: bool
    steps: tuple[Step, ...]


def find_sequences(document: Document) -> Iterator[Sequence]:
    """The sequences of item numbers, then those of marks within the text."""
    adopted = _adopted(document)
    yield from _item_sequences(document, adopted)
    yield from _inline_sequences(document, adopted)


class _Entry(NamedTuple):
    """A number of a list of items, and the index of the item it stands below."""

    marker: Marker
    parent: int | None


def _item_sequences(document: Document, adopted: dict[int, _Entry]) -> Iterator[Sequence]:
    end_of_body = _end_of_body(document)
    entries = [_Entry(item.marker, item.parent) for item in document.items] + list(adopted.values())
    styles: dict[str, list[_Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.marker.start):
        if entry.marker.start < end_of_body:
            styles.setdefault(entry.marker.style, []).append(entry)
    for style, members in styles.items():
        yield Sequence(style, False, tuple(_item_steps(document, members)))


def _adopted(document: Document) -> dict[int, _Entry]:
    """Numbers within the text that belong to a list of items, by offset.

    The first of a list may stand behind its heading (一、要点。（1）……), and a later one behind its neighbour (①……。②……).
    """
    own = {item.marker.start for item in document.items}
    found: dict[int, _Entry] = {}
    inner: set[int] = set()
    before: Marker | None = None
    for marker in document.inline_markers:
        item = document.item_at(marker.start)
        previous, before = before, marker
        if marker.start in own or marker.style in ("一是", "第一") or item is None:
            continue
        children = document.children(item)
        if _follows_others(previous, item, marker):
            inner.add(item.order)
        elif item.marker.style == marker.style:
            if marker.number == 1:
                inner.add(item.order)
            if item.order not in inner:
                found[marker.start] = _Entry(marker, item.parent)
        elif children and children[0].marker.style == marker.style and marker.start < children[0].marker.start:
            found[marker.start] = _Entry(marker, item.order)
    return found


def _follows_others(previous: Marker | None, item: Item, marker: Marker) -> bool:
    """Whether the number goes on where marks of another style within the same item stopped: 二是……；3.……"""
    if previous is None or previous.start <= item.marker.start or previous.style == marker.style:
        return False
    return previous.style in ("一是", "第一", "①") and previous.number + 1 == marker.number


def _end_of_body(document: Document) -> int:
    """Where the closing list of attachments begins: the numbers in it belong to no sequence of the text."""
    end = len(document.text)
    for paragraph in reversed(document.paragraphs):
        if paragraph.role == "attachment":
            end = paragraph.span.start
        elif document.text[paragraph.span.end - 1] == "。":
            break
    return end


def _item_steps(document: Document, entries: list[_Entry]) -> Iterator[Step]:
    restarting = _scopes_that_restart(document, entries)
    previous: _Entry | None = None
    for entry in entries:
        if previous is None:
            yield Step(entry.marker, excerpt=entry.parent is None and not _has_text_before(document))
        elif entry.parent != previous.parent:
            yield Step(entry.marker, fresh=True, must_restart=_scope(document, entry) in restarting)
        else:
            yield Step(entry.marker, may_restart=_stands_apart(document, entry.marker), nested=True)
        previous = entry


def _has_text_before(document: Document) -> bool:
    """Whether running text precedes the first item of all, as the opening of a bulletin does."""
    before = document.paragraphs[: document.paragraph_at(document.items[0].marker.start).order]
    return any(paragraph.role == "body" for paragraph in before)


def _scope(document: Document, entry: _Entry) -> int | None:
    """The index of the parent's parent: sister sections share it."""
    return None if entry.parent is None else document.items[entry.parent].parent


def _scopes_that_restart(document: Document, entries: list[_Entry]) -> set[int | None]:
    """Scopes in which numbering begins anew in nearly every section: two or more times, and goes on at most once."""
    restarts: dict[int | None, int] = {}
    others: dict[int | None, int] = {}
    for previous, entry in pairwise(entries):
        scope = _scope(document, entry)
        if entry.parent is None or entry.parent == previous.parent or scope != _scope(document, previous):
            continue
        counts = restarts if entry.marker.number == 1 else others
        counts[scope] = counts.get(scope, 0) + 1
    return {scope for scope, count in restarts.items() if count >= 2 and others.get(scope, 0) <= 1}


def _stands_apart(document: Document, marker: Marker) -> bool:
    """Whether what stands before a number introduces a new list: a colon, or a bare heading."""
    paragraph = document.paragraph_at(marker.start)
    if paragraph.span.start != marker.start:
        return document.text[marker.start - 1] == "："
    words = document.words(document.paragraphs[paragraph.order - 1].span)
    return words.endswith("：") or (len(words) <= 20 and "。" not in words)


def _inline_sequences(document: Document, adopted: dict[int, _Entry]) -> Iterator[Sequence]:
    own = {item.marker.start for item in document.items} | set(adopted)
    streams: dict[tuple[str, int | None], list[Marker]] = {}
    last: dict[tuple[str, int | None], Marker] = {}
    newest: dict[str, tuple[str, int | None]] = {}
    opening: dict[str, tuple[int | None, tuple[str, int | None]]] = {}
    end_of_body = _end_of_body(document)
    for marker in document.inline_markers:
        if marker.start in own or marker.start > end_of_body:
            continue
        item = document.item_at(marker.start)
        key = (marker.style, None if item is None else item.order)
        if item is not None and item.marker.end == marker.start:  # （1）一是…… （2）二是……: one run
            parent, run = opening.get(marker.style, (item.parent, key))
            key = run if marker.number > 1 and parent == item.parent else key
            opening[marker.style] = (item.parent, key)
        if marker.number > 1 and key not in streams and item is not None:
            outer = [(marker.style, ancestor.order) for ancestor in document.ancestors(item)] + [(marker.style, None)]
            key = next((o for o in outer if o in last and last[o].number + 1 == marker.number), key)
            latest = newest.get(marker.style)
            if key not in streams and latest is not None and marker.number >= _FAR_ALONG and marker.style != "一是":
                key = latest if last[latest].number + 1 == marker.number else key
        streams.setdefault(key, []).append(marker)
        last[key] = marker
        newest[marker.style] = key
    for (style, _), markers in streams.items():
        yield Sequence(style, True, tuple(_inline_steps(document, markers)))


def _inline_steps(document: Document, markers: list[Marker]) -> Iterator[Step]:
    yield Step(markers[0], sentence=document.sentence_index(markers[0].start))
    for previous, marker in pairwise(markers):
        between = Span(previous.end, marker.start)
        before = document.text[marker.start - 1]
        nested = before not in "。；！\n" and not _opens_next_step(document, marker)
        apart = (
            previous.number > 1
            or document.text.find("\n", between.start, between.end) >= 0
            or before not in "。；"
            or _NEW_LIST.search(document.text, between.start, between.end) is not None
        )
        yield Step(marker, may_restart=apart, nested=nested, sentence=document.sentence_index(marker.start))


def _opens_next_step(document: Document, marker: Marker) -> bool:
    """Whether the mark follows 下一步， or the like: then the list before it is over."""
    return document.text.endswith(("下一步，", "今后，", "下一步：", "下步，"), 0, marker.start)
