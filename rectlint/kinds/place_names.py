"""A community or a village whose name is told once with another character of the same sound: 明珠社区, once 名珠社区.

Two neighbouring places may well have names that differ by one character, so only characters that sound alike are taken for
a slip, only where the other form stands more than once, and never where both forms stand in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rectlint.claims import Claims
from rectlint.kinds.agreement import FIELDS, Telling, differing
from rectlint.kinds.base import Kind, Outcome
from rectlint.lexicon import words
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_THING = Words("地名", "the name of a place")
_PLACE = Pattern(
    r"(?<=\p{Han}{2})(?P<sort>居民区|社区居委会|社区|小区|村委会|村(?![级民居务集规容史道医干社校]))",
    needs=("区", "村"),
)
_LEADS = frozenset("对向在由与和及以将请到是为给把让、如")
"""Characters that may stand before a name."""
_LONGEST, _SHORTEST = 4, 2
_MOST_NAMES = 400
"""A text that names more places than this is a register."""


class Params(NamedTuple):
    """``usual``: so often must the other form stand in the text, ``village`` so often that of a village."""

    usual: int = 2
    village: int = 3


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each name that another one is, but for a character of the same sound."""
    document = claims.document
    text = document.text
    seen: set[str] = set()
    for match in _PLACE.find(text):
        start, sort = match.start(), match["sort"]
        window = text[max(0, start - _LONGEST) : start]
        if window + sort in seen:
            continue
        seen.add(window + sort)
        if len(seen) > _MOST_NAMES:
            return
        least = params.village if sort.startswith("村") else params.usual
        found = next(_misheard(text, window, sort, least, start), None)
        if found is None:
            continue
        wrong, right = found
        place = Span(start - len(wrong), match.end())
        sentence = document.sentence_at(start)
        if text.find(right, sentence.start, sentence.end) >= 0:
            continue
        others = [Telling(span, right, right + sort) for span in _places(text, right, params.usual + 2)]
        yield differing(_THING, Telling(place, wrong, wrong + sort), others, "name")


def _misheard(text: str, window: str, sort: str, least: int, start: int) -> Iterator[tuple[str, str]]:
    """The name before ``sort`` as it stands there, and as the text has it elsewhere."""
    for back in range(1, len(window) + 1):
        written = window[-back]
        for character in _alike().get(written, ""):
            size = max(back, _SHORTEST)
            wrong = window[-size:]
            if character == written or len(wrong) < size or not wrong.isalpha():
                continue
            right = wrong[: size - back] + character + wrong[size - back + 1 :]
            first = text[start - size - 1 : start - size] if start > size else ""
            known = text.count(right + sort) >= least and text.count(wrong) == 1
            if known and (back < size or _opens(text, right + sort, first)):
                yield wrong, right
            longer = window if len(window) == _LONGEST and back < _LONGEST else ""
            if longer.isalpha() and text.count(longer) == 1:
                whole = longer[: _LONGEST - back] + character + longer[_LONGEST - back + 1 :]
                if text.count(whole) >= least:
                    yield longer, whole


def _opens(text: str, name: str, first: str) -> bool:
    """Whether what stands before a name lets it begin there: nothing, a mark, a word that governs it, or what stands before
    the same name elsewhere."""
    return not first.isalpha() or first in _LEADS or first + name in text


def _places(text: str, name: str, most: int) -> Iterator[Span]:
    place = text.find(name)
    while place >= 0 and most:
        yield Span(place, place + len(name))
        place, most = text.find(name, place + 1), most - 1


@cache
def _alike() -> dict[str, str]:
    """For each character its group of the same sound."""
    return {character: group for group in words("same_sound") for character in group}


KIND = Kind("place-names", Params, {"name": FIELDS}, check)
