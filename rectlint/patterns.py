"""Regular expressions that compile when first used, skip texts that cannot match, and never search long texts without a
time limit.

In: a pattern's source and the literal words without which it cannot match.  Out: matches.

>>> [match.group() for match in Pattern(r"为期\\d+天", needs=("为期",)).find("巡察为期45天")]
['为期45天']
"""

from __future__ import annotations

import copyreg
import math
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from rectlint.matcher import extension

if TYPE_CHECKING:
    from typing import TypeAlias

    import regex

    Match: TypeAlias = regex.Match[str]
    Compiled: TypeAlias = regex.Pattern[str]
else:
    Match = Compiled = Any  # a run with patterns from an earlier one never imports the whole of `regex`

SECONDS = 10.0
"""The time limit of one call, in seconds; running over raises `TimeoutError`, which the engine reports as an error."""

SHORT = 256
"""Up to so many code points a search has no time limit: asking the clock takes several times as long as the search, and the
patterns have no nested repetition that could run away in so little text.  A test runs all of them on such text."""

LONG = 32_768
"""Up to so many code points a match at one place has no time limit.  A test, again."""

Form = tuple[Any, ...]
"""A compiled pattern taken apart, as `pickle` would: plain values from which it is put together without compiling."""

_forms: dict[str, Form] = {}
_fresh: dict[str, Compiled] = {}


class Pattern:
    """A lazily compiled `regex` pattern.

    ``source`` is the expression, or a function that gives it where it is made from word lists; ``needs`` are literal
    strings of which at least one occurs in every match: a text without any is not searched.  A ``linear`` pattern looks
    at a few characters from each place, or goes on behind what it has read, and never needs a time limit: for those that
    are searched for most often.
    """

    def __init__(self, source: str | Callable[[], str], needs: tuple[str, ...] = (), *, linear: bool = False) -> None:
        self._source = source
        self.needs = needs
        self.linear = linear
        self._unlimited = math.inf if linear else SHORT

    @cached_property
    def source(self) -> str:
        """The expression."""
        return self._source if isinstance(self._source, str) else self._source()

    @cached_property
    def compiled(self) -> Compiled:
        """The compiled pattern."""
        return _compile(self.source)

    def may_match(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether the literal words leave a match possible in ``text[start:end]``."""
        if not self.needs:
            return True
        for word in self.needs:  # noqa: SIM110 (a plain loop: this is asked thousands of times for one text)
            if text.find(word, start, end) >= 0:
                return True
        return False

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """All matches in ``text[start:end]``, found at once: the time limit must not count what is done with them."""
        if end is None:
            end = len(text)
        if self.needs and not self.may_match(text, start, end):
            return iter(())
        if end - start <= self._unlimited:
            return iter(list(self.compiled.finditer(text, start, end)))
        return iter(list(self.compiled.finditer(text, start, end, timeout=SECONDS)))

    def find_in_lines(self, text: str) -> Iterator[Match]:
        """All matches of a pattern that crosses no line end: only the lines with a needed word are searched, and seldom
        are there many."""
        lines: set[tuple[int, int]] = set()
        for word in self.needs:
            place = text.find(word)
            while place >= 0:
                end = text.find("\n", place)
                end = end + 1 if end >= 0 else len(text)
                lines.add((text.rfind("\n", 0, place) + 1, end))
                place = text.find(word, end)
        for start, end in sorted(lines):
            yield from self.find(text, start, end)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """The first match in ``text[start:end]``."""
        if end is None:
            end = len(text)
        if self.needs and not self.may_match(text, start, end):
            return None
        if end - start <= self._unlimited:
            return self.compiled.search(text, start, end)
        return self.compiled.search(text, start, end, timeout=SECONDS)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """A match that begins at ``start``."""
        if end is None:
            end = len(text)
        if end - start <= LONG:
            return self.compiled.match(text, start, end)
        return self.compiled.match(text, start, end, timeout=SECONDS)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """A match of the whole of ``text[start:end]``."""
        if end is None:
            end = len(text)
        if end - start <= LONG:
            return self.compiled.fullmatch(text, start, end)
        return self.compiled.fullmatch(text, start, end, timeout=SECONDS)

    def sub(self, replacement: str | Callable[[Match], str], text: str) -> str:
        """``text`` with every match replaced."""
        if not self.may_match(text):
            return text
        if len(text) <= self._unlimited:
            return str(self.compiled.sub(replacement, text))
        return str(self.compiled.sub(replacement, text, timeout=SECONDS))


def _compile(source: str) -> Compiled:
    form = _forms.get(source)
    if form is not None:
        return _rebuild(form)
    import regex

    pattern = regex.compile(source)
    _fresh[source] = pattern
    return pattern


def _rebuild(form: Form) -> Compiled:
    return cast("Compiled", extension().compile(*form))


def preload(forms: Mapping[str, Form]) -> None:
    """Take patterns that an earlier run compiled; a pattern is found by its source, so that none can be stale."""
    _forms.update(forms)


def fresh_forms() -> dict[str, Form]:
    """The patterns this run had to compile, taken apart for a later run."""
    return {source: _take_apart(pattern) for source, pattern in _fresh.items()}


def _take_apart(pattern: Compiled) -> Form:
    """What `pickle` would keep of a pattern: the plain arguments from which the extension puts it together."""
    reduce = cast(Callable[[Any], tuple[Callable[..., Any], Form]], copyreg.dispatch_table[type(pattern)])
    return reduce(pattern)[1]


def known_forms() -> dict[str, Form]:
    """All patterns that were preloaded."""
    return dict(_forms)
