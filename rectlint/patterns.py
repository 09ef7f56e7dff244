"""Regular expressions that compile when first used, skip texts that cannot match, and never run without a time limit.

In: a pattern's source and the literal words without which it cannot match.  Out: matches.

>>> [match.group() for match in Pattern(r"为期\\d+天", needs=("为期",)).find("巡察为期45天")]
['为期45天']
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import regex

SECONDS = 10.0
"""The time limit of one call, in seconds; running over raises `TimeoutError`, which the engine reports as an error."""


class Pattern:
    """A lazily compiled `regex` pattern.

    ``needs`` are literal strings of which at least one occurs in every match; a text without any is not searched.
    """

    def __init__(self, source: str, needs: tuple[str, ...] = (), flags: int = 0) -> None:
        self.source = source
        self.needs = needs
        self.flags = flags

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        return regex.compile(self.source, self.flags)

    def may_match(self, text: str) -> bool:
        """Whether the literal words leave a match possible."""
        return not self.needs or any(word in text for word in self.needs)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """All matches in ``text[start:end]``."""
        if not self.may_match(text):
            return iter(())
        return self.compiled.finditer(text, start, len(text) if end is None else end, timeout=SECONDS)

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """The first match in ``text[start:end]``."""
        if not self.may_match(text):
            return None
        return self.compiled.search(text, start, len(text) if end is None else end, timeout=SECONDS)

    def match(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """A match that begins at ``start``."""
        return self.compiled.match(text, start, len(text) if end is None else end, timeout=SECONDS)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """A match of the whole of ``text[start:end]``."""
        return self.compiled.fullmatch(text, start, len(text) if end is None else end, timeout=SECONDS)
