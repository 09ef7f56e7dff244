"""Findings as comments in a copy of a Word file.

In: the bytes of a Word file and the findings in it.  Out: the bytes of a copy in which each finding is a comment on the
very words, and each place it disagrees with a comment that names it.  Nothing else changes: runs are split where a place
begins or ends in the middle of one, with their formatting.  Places are carried from the reader, never searched for.

Words in a text box or a note get their comment at the mark or the drawing in the running text, where Word allows one;
the number of a list, which stands in no run, at the beginning of its paragraph.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import count, pairwise

from lxml import etree

from rectlint.readers.docx import WordDocument, open_document
from rectlint.readers.docx.package import CONTENT_TYPES, XML_SPACE, Package, R, W, relations_of
from rectlint.readers.docx.styles import integer
from rectlint.readers.docx.text import Anchor
from rectlint.readers.options import ReadOptions
from rectlint.records import NamedTuple
from rectlint.render.words import severity_word, where
from rectlint.report import Finding, Place, Words

Element = etree._Element

AUTHOR = "rectlint"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BLANKS = " \n\r\t"
# how much of a paragraph a comment on its automatic number takes
_FIRST_WORDS = 6


class Annotated(NamedTuple):
    """The copy, how many comments were written into it, and whether that breaks a signature."""

    data: bytes
    comments: int
    signed: bool = False


class _Comment(NamedTuple):
    place: Place
    lines: tuple[str, ...]


class _Spot(NamedTuple):
    """A stretch of an element's own text; of the whole element without ``exact``."""

    node: Element
    start: int
    end: int
    exact: bool


def annotated(
    data: bytes,
    path: str,
    findings: Sequence[Finding],
    reading: ReadOptions,
    *,
    language: str = "zh",
    titles: Mapping[str, Words] | None = None,
    when: datetime | None = None,
) -> Annotated:
    """A copy of a Word file with the findings as comments; ``reading`` as it was when they were found.

    ``titles`` are the titles of rules by code.
    """
    if not findings:
        return Annotated(data, 0)
    document = open_document(data, path, reading)
    comments = list(_comments(findings, language, titles or {}))
    parts = _Parts(document.package, document.tree)
    _Marker(document).mark([comment.place for comment in comments], parts.first)
    for comment in comments:
        parts.add(_numbered_place(document, comment, language), when)
    changed = {
        document.package.main: document.package.serialized(document.package.main, document.tree),
        **parts.changed(),
    }
    signed = any(name.startswith("_xmlsignatures/") for name in document.package.names)
    return Annotated(document.package.rewritten(changed), len(comments), signed)


# -- what the comments say -------------------------------------------------------------------------------------------------


def _comments(findings: Sequence[Finding], language: str, titles: Mapping[str, Words]) -> Iterator[_Comment]:
    for number, finding in enumerate(findings, 1):
        yield _Comment(finding.place, tuple(_finding_lines(number, finding, language, titles)))
        seen = {(finding.place.start.offset, finding.place.end.offset)}
        for place in finding.evidence:
            span = place.start.offset, place.end.offset
            if span not in seen:
                seen.add(span)
                yield _Comment(place, tuple(_evidence_lines(number, finding, place, language)))


def _finding_lines(number: int, finding: Finding, language: str, titles: Mapping[str, Words]) -> Iterator[str]:
    zh = language == "zh"
    title = titles[finding.rule].text(language) if finding.rule in titles else finding.name
    severity = severity_word(finding.severity, language)
    yield (
        f"第 {number} 处 · {severity} · {title}（{finding.rule}）"
        if zh
        else f"No. {number} · {severity} · {title} ({finding.rule})"
    )
    yield finding.message.text(language)
    if finding.derivation:
        yield f"算式：{finding.derivation}" if zh else f"derivation: {finding.derivation}"
    for place in finding.evidence:
        label, spot = place.label.text(language), where(place, language)
        words = _short(place.text)
        yield f"对照：{label}“{words}”（{spot}）" if zh else f"compare: {label} “{words}” ({spot})"
    if advice := finding.advice.text(language):
        yield f"建议：{advice}" if zh else f"advice: {advice}"


def _evidence_lines(number: int, finding: Finding, place: Place, language: str) -> Iterator[str]:
    label, words, spot = place.label.text(language), _short(finding.place.text), where(finding.place, language)
    if language == "zh":
        yield f"第 {number} 处的对照（{finding.rule}）：{label}" if label else f"第 {number} 处的对照（{finding.rule}）"
        yield f"与“{words}”（{spot}）对照：{finding.message.zh}"
    else:
        yield (
            f"Evidence of No. {number} ({finding.rule}): {label}"
            if label
            else f"Evidence of No. {number} ({finding.rule})"
        )
        yield f"compare “{words}” ({spot}): {finding.message.en}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 30 else words[:29] + "…"


def _numbered_place(document: WordDocument, comment: _Comment, language: str) -> tuple[str, ...]:
    """The lines of a comment; where it cannot stand on the words themselves, they are named."""
    place = comment.place
    anchors = _covering(document.anchors, place)
    if anchors and all(anchor.node is not None and anchor.exact for anchor in anchors):
        return comment.lines
    words, spot = _short(place.text), where(place, language)
    if not words:
        return comment.lines
    return (*comment.lines, f"所指：“{words}”（{spot}）" if language == "zh" else f"about “{words}” ({spot})")


# -- where they stand ------------------------------------------------------------------------------------------------------


def _covering(anchors: Sequence[Anchor], place: Place) -> Sequence[Anchor]:
    """The stretches that a place takes up; the one it stands at when it is empty."""
    start, end = place.start.offset, max(place.end.offset, place.start.offset + 1)
    first = max(0, bisect_right(anchors, start, key=lambda anchor: anchor.begin) - 1)
    found: list[Anchor] = []
    for anchor in anchors[first:]:
        if anchor.begin >= end:
            break
        if anchor.end > start:
            found.append(anchor)
    return found


class _Marker:
    """Puts the marks of comments into the main document."""

    def __init__(self, document: WordDocument) -> None:
        self._anchors = document.anchors
        self._cuts: defaultdict[Element, set[int]] = defaultdict(set)
        # the run that begins, or ends, where the text of an element is cut
        self._begins: dict[tuple[Element, int], Element] = {}
        self._ends: dict[tuple[Element, int], Element] = {}
        self._added: set[Element] = set()

    def mark(self, places: Sequence[Place], first: int) -> None:
        """Mark the places, numbered from ``first``."""
        spots = [self._spots(place) for place in places]
        for begin, end in spots:
            if begin.exact:
                self._cuts[begin.node].add(begin.start)
            if end.exact:
                self._cuts[end.node].add(end.end)
        for run in dict.fromkeys(node.getparent() for node in self._cuts):
            if run is not None:
                self._cut(run)
        for number, (begin, end) in enumerate(spots, first):
            self._insert(number, begin, end)

    def _insert(self, number: int, begin: _Spot, end: _Spot) -> None:
        start, stop = (
            etree.Element(W + name, {f"{W}id": str(number)}) for name in ("commentRangeStart", "commentRangeEnd")
        )
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(number)})
        if begin.node.tag == f"{W}p":
            begin.node.extend((start, stop, reference))
            return
        first = self._begins[begin.node, begin.start] if begin.exact else _run_of(begin.node)
        last = self._ends[end.node, end.end] if end.exact else _run_of(end.node)
        first.addprevious(start)
        self._after(last, stop)
        self._after(_outermost(stop), reference)

    def _spots(self, place: Place) -> tuple[_Spot, _Spot]:
        """The first and the last words of a place; the beginning of the paragraph where they stand in no run."""
        covering = _covering(self._anchors, place)
        in_file = [(anchor, anchor.node) for anchor in covering if anchor.node is not None]
        if in_file:
            start, end = place.start.offset, max(place.end.offset, place.start.offset + 1)
            return _part(*in_file[0], start, end), _part(*in_file[-1], start, end)
        index = max(0, bisect_right(self._anchors, place.start.offset, key=lambda anchor: anchor.begin) - 1)
        owner = self._anchors[index].paragraph
        for anchor in self._anchors[index:]:
            if anchor.paragraph is not owner:
                break
            if anchor.node is not None:
                spot = _part(anchor, anchor.node, anchor.begin, anchor.begin + _FIRST_WORDS)
                return spot, spot
        spot = _Spot(owner, 0, 0, exact=False)
        return spot, spot

    def _cut(self, run: Element) -> None:
        """Split a run where its texts are cut, and remember which run begins and which ends at each cut."""
        properties = run.find(f"{W}rPr")
        groups: list[list[Element]] = [[]]
        begins: dict[tuple[Element, int], int] = {}
        ends: dict[tuple[Element, int], int] = {}
        closed = False
        for child in list(run):
            if child is properties:
                continue
            cuts = self._cuts.get(child, set())
            for piece, start, end in _pieces(child, cuts):
                if groups[-1] and (closed or start in cuts):
                    groups.append([])
                groups[-1].append(piece)
                if start in cuts:
                    begins[child, start] = len(groups) - 1
                if closed := end in cuts:
                    ends[child, end] = len(groups) - 1
            run.remove(child)
        run.extend(groups[0])
        runs = [run]
        for group in groups[1:]:
            new = _like(run)
            if properties is not None:
                new.append(deepcopy(properties))
            new.extend(group)
            runs[-1].addnext(new)
            runs.append(new)
        self._begins |= {cut: runs[index] for cut, index in begins.items()}
        self._ends |= {cut: runs[index] for cut, index in ends.items()}

    def _after(self, element: Element, new: Element) -> None:
        """Put a mark after an element, behind the marks that are there already."""
        following = element.getnext()
        while following is not None and following in self._added:
            element, following = following, following.getnext()
        element.addnext(new)
        self._added.add(new)


def _part(anchor: Anchor, node: Element, start: int, end: int) -> _Spot:
    """The stretch of an element's text between two offsets of the whole text."""
    parent = node.getparent()
    if not anchor.exact or parent is None or _run_of(node) is not parent:
        return _Spot(node, 0, 0, exact=False)
    first, last = max(start, anchor.begin), min(end, anchor.end)
    return _Spot(node, anchor.start + first - anchor.begin, anchor.start + last - anchor.begin, exact=True)


def _run_of(node: Element) -> Element:
    """The outermost run of the paragraph that an element is in."""
    found = current = node
    while (parent := current.getparent()) is not None and current.tag != f"{W}p":
        if current.tag == f"{W}r":
            found = current
        current = parent
    return found


def _outermost(element: Element) -> Element:
    """The child of the paragraph that an element is in."""
    while (parent := element.getparent()) is not None and parent.tag != f"{W}p":
        element = parent
    return element


def _like(element: Element) -> Element:
    """An element of the same name and attributes, empty."""
    new = etree.Element(element.tag)
    for name, value in element.attrib.items():
        new.set(name, value)
    return new


def _pieces(child: Element, cuts: set[int]) -> Iterator[tuple[Element, int, int]]:
    """A text element in pieces, each with its place in the text; any other element as it is."""
    text = child.text or ""
    if not cuts:
        yield child, -1, -1
        return
    first, last = 0, len(text)
    if child.get(XML_SPACE) != "preserve":
        first, last = len(text) - len(text.lstrip(_BLANKS)), len(text.rstrip(_BLANKS))
    bounds = sorted({first, last, *(cut for cut in cuts if first < cut < last)})
    for start, end in pairwise(bounds):
        piece = _like(child)
        piece.set(XML_SPACE, "preserve")
        piece.text = text[start:end]
        yield piece, start, end


# -- the parts that hold them ----------------------------------------------------------------------------------------------


class _Parts:
    """The part with the comments, made where there is none, and what makes it known."""

    def __init__(self, package: Package, main: Element) -> None:
        self._package = package
        self._changed: dict[str, Element] = {}
        existing = package.related(package.main, "comments")
        if existing:
            self._name = existing[0]
            self._comments = package.xml(self._name)
        else:
            self._name = self._introduce()
            self._comments = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        self._changed[self._name] = self._comments
        marks = (*self._comments.iter(f"{W}comment"), *main.iter(f"{W}commentRangeStart", f"{W}commentReference"))
        self.first = 1 + max((integer(mark.get(f"{W}id")) or 0 for mark in marks), default=-1)
        self._next = self.first

    def add(self, lines: Sequence[str], when: datetime | None) -> None:
        """One more comment."""
        comment = etree.SubElement(self._comments, f"{W}comment", {f"{W}id": str(self._next)})
        comment.set(f"{W}author", AUTHOR)
        comment.set(f"{W}initials", "RL")
        if when is not None:
            comment.set(f"{W}date", when.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._next += 1
        for index, line in enumerate(lines):
            paragraph = etree.SubElement(comment, f"{W}p")
            properties = etree.SubElement(paragraph, f"{W}pPr")
            # the body's own paragraphs may be indented and widely spaced
            etree.SubElement(properties, f"{W}spacing", {W + key: value for key, value in _SPACING.items()})
            etree.SubElement(properties, f"{W}ind", {W + key: "0" for key in ("left", "firstLineChars", "firstLine")})
            etree.SubElement(properties, f"{W}jc", {f"{W}val": "left"})
            if not index:
                etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}annotationRef")
            run = etree.SubElement(paragraph, f"{W}r")
            looks = etree.SubElement(run, f"{W}rPr")
            if not index:
                etree.SubElement(looks, f"{W}b")
            etree.SubElement(looks, f"{W}sz", {f"{W}val": "18"})
            text = etree.SubElement(run, f"{W}t", {XML_SPACE: "preserve"})
            text.text = _xml_words(line)

    def changed(self) -> dict[str, bytes]:
        """The parts that are new or not as they were."""
        return {name: self._package.serialized(name, root) for name, root in self._changed.items()}

    def _introduce(self) -> str:
        """A name for the new part, told to the package."""
        package = self._package
        folder = posixpath.dirname(package.main)
        name = next(n for n in _names(f"{folder}/comments") if n not in package.names)
        types = package.xml(CONTENT_TYPES)
        etree.SubElement(types, f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": _TYPE})
        relations_name = relations_of(package.main)
        if relations_name in package.names:
            relations = package.xml(relations_name)
        else:
            relations = etree.fromstring(f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>')
        taken = {relation.get("Id") for relation in relations}
        target = {"Target": posixpath.basename(name), "Type": f"{R[1:-1]}/comments"}
        target["Id"] = next(n for n in (f"rIdComments{index}" for index in count(1)) if n not in taken)
        etree.SubElement(relations, f"{_RELATIONS}Relationship", target)
        self._changed |= {CONTENT_TYPES: types, relations_name: relations}
        if package.main in package.strict:
            package.strict |= {name, relations_name}
        return name


_SPACING = {
    "before": "0",
    "beforeAutospacing": "0",
    "after": "0",
    "afterAutospacing": "0",
    "line": "240",
    "lineRule": "auto",
}


def _names(stem: str) -> Iterator[str]:
    yield f"{stem}.xml"
    yield from (f"{stem}{index}.xml" for index in count(1))


def _xml_words(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        character if character >= " " or character == "\t" else " " for character in text if character not in _NO_XML
    )


_NO_XML = frozenset("\ufffe\uffff") | frozenset(map(chr, range(0xD800, 0xE000)))
