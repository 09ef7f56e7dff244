"""Word lists that several kinds share: plain files in ``rules/_lexicon``, one word a line, ``#`` for comments.

>>> "剩余" in words("rest")
True
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rectlint.errors import RuleError

_BESIDE = Path(__file__).parent / "rules" / "_lexicon"
_CHECKOUT = Path(__file__).parent.parent / "rules" / "_lexicon"


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list, longest first, so that an alternation of them prefers the longest."""
    folder = _BESIDE if _BESIDE.is_dir() else _CHECKOUT
    try:
        lines = (folder / f"{name}.txt").read_text("utf-8").splitlines()
    except OSError:
        raise RuleError(str(folder / f"{name}.txt"), "词表不存在", "no such word list") from None
    found = {word for line in lines if (word := line.partition("#")[0].strip())}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def alternation(name: str) -> str:
    """The list as a regular-expression alternation, without brackets."""
    return "|".join(words(name))
