"""The values the generator deals in, and the draft that a bulletin is written into.

In: pieces of text, in reading order.
Out: a `Bulletin`: the text, the places in it, what can be compared, what can be broken.

>>> draft = Draft()
>>> spans = draft.fill("受理{T}件，办结{a}件。", {"T": "16", "a": "13"})
>>> draft.text()[spans["T"].start : spans["T"].end]
'16'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

SLOT = re.compile(r"\{([A-Za-z_][A-Za-z_0-9]*)\}")


@dataclass(frozen=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a code point (an empty range counts as the point it stands at)."""
        return self.start < max(other.end, other.start + 1) and other.start < max(self.end, self.start + 1)


@dataclass(frozen=True)
class Comparison:
    """Two sides of a text that a careful reader can hold against each other; both sides agree."""

    rule: str
    sides: tuple[Span, ...]
    kind: str = ""


@dataclass(frozen=True)
class Edit:
    """Replace one range by a new text."""

    span: Span
    new: str


@dataclass(frozen=True)
class Damage:
    """A contradiction that can be planted: the edits, where it then stands, and the rules that rightly report it."""

    rule: str
    edits: tuple[Edit, ...]
    places: tuple[Span, ...] = ()
    also: tuple[str, ...] = ()
    kind: str = ""


Setting = tuple[str, str, int | tuple[str, ...]]
"""What a local office asks for: the name of a rule, its parameter, the value."""


@dataclass(frozen=True)
class Bulletin:
    """A consistent text with its truth."""

    seed: int
    text: str
    layout: str
    truth: tuple[Comparison, ...]
    damages: tuple[Damage, ...]
    harmless: tuple[tuple[Edit, ...], ...] = ()
    swaps: tuple[tuple[Span, Span], ...] = ()
    small_counts: tuple[Span, ...] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Mutation:
    """A text with one planted contradiction; `places` are ranges of the mutated text."""

    text: str
    rule: str
    name: str
    family: str
    kind: str
    places: tuple[Span, ...]
    old: str
    new: str
    right: tuple[str, ...]
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Rewrite:
    """A text rewritten without touching its meaning. `data` is set where the rewrite is one of bytes."""

    name: str
    text: str
    data: bytes | None = None
    same_words: bool = True


class Draft:
    """A text being written from left to right; what is written keeps its offsets."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.truth: list[Comparison] = []
        self.damages: list[Damage] = []
        self.harmless: list[tuple[Edit, ...]] = []
        self.swaps: list[tuple[Span, Span]] = []
        self.small_counts: list[Span] = []
        self._used: set[str] = set()

    def pick(self, source: Random, choices: Sequence[str]) -> str | None:
        """A wording not yet used in this draft, or nothing when all are used up."""
        fresh = [choice for choice in choices if choice not in self._used]
        if not fresh:
            return None
        chosen = source.choice(fresh)
        self._used.add(chosen)
        return chosen

    def number(self, source: Random, low: int, high: int) -> int:
        """A number not yet given in this draft: two documents never bear the same one."""
        fresh = [number for number in range(low, high + 1) if str(number) not in self._used]
        chosen = source.choice(fresh or range(low, high + 1))
        self._used.add(str(chosen))
        return chosen

    @property
    def position(self) -> int:
        """The offset at which the next piece will stand."""
        return self._length

    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._pieces)

    def write(self, piece: str) -> Span:
        """Append a piece and return where it stands."""
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        return Span(start, self._length)

    def fill(self, template: str, values: Mapping[str, str]) -> dict[str, Span]:
        """Append a template with its slots filled; return where each slot stands, and the whole under ''."""
        spans: dict[str, Span] = {}
        start = self._length
        end_of_last = 0
        for match in SLOT.finditer(template):
            self.write(template[end_of_last : match.start()])
            spans[match.group(1)] = self.write(values[match.group(1)])
            end_of_last = match.end()
        self.write(template[end_of_last:])
        spans[""] = Span(start, self._length)
        return spans

    def compare(self, rule: str, sides: Sequence[Span], kind: str = "") -> None:
        """Record that these places can be held against each other."""
        self.truth.append(Comparison(rule, tuple(sides), kind))

    def damage(
        self,
        rule: str,
        edits: Sequence[tuple[Span, str]],
        places: Sequence[Span] = (),
        also: Sequence[str] = (),
        kind: str = "",
    ) -> None:
        """Record a contradiction that can be planted; without places it stands where the edits are."""
        self.damages.append(
            Damage(rule, tuple(Edit(span, new) for span, new in edits), tuple(places), tuple(also), kind)
        )


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[Span, ...]]:
    """Apply edits that do not overlap; return the new text and where each edit stands in it (in the order given)."""
    order = sorted(range(len(edits)), key=lambda index: (edits[index].span.start, edits[index].span.end))
    pieces: list[str] = []
    spans: dict[int, Span] = {}
    position = 0
    length = 0
    for index in order:
        edit = edits[index]
        if edit.span.start < position:
            raise ValueError(f"edits overlap at {edit.span.start}")
        kept = text[position : edit.span.start]
        pieces.extend((kept, edit.new))
        length += len(kept)
        spans[index] = Span(length, length + len(edit.new))
        length += len(edit.new)
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces), tuple(spans[index] for index in range(len(edits)))


def moved(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a range of the old text stands after the edits (ranges that an edit touches grow or shrink with it)."""

    def move(offset: int, *, is_end: bool) -> int:
        shift = 0
        for edit in edits:
            if edit.span.end < offset or (edit.span.end == offset and (is_end or edit.span.start < edit.span.end)):
                shift += len(edit.new) - (edit.span.end - edit.span.start)
            elif edit.span.start < offset:
                shift += min(len(edit.new), offset - edit.span.start) - (offset - edit.span.start)
        return offset + shift

    start = move(span.start, is_end=False)
    return Span(start, max(start, move(span.end, is_end=True)))
