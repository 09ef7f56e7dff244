"""Keep compiled patterns and the heads of rule files between runs: making them is most of a cold start, taking them from a
file is not.

In and out: one file in the cache folder for each version of Python and `regex`.  It holds plain values only (`marshal`),
never code; a file that cannot be read is ignored and one that cannot be written is no error.
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path

from rectlint import patterns, ruleset
from rectlint.matcher import edition


def load(folder: Path) -> None:
    """Preload what an earlier run left in ``folder``."""
    try:
        forms, heads = marshal.loads(_file(folder).read_bytes())
        patterns.preload(forms)
        ruleset.preload_heads(heads)
    except (OSError, EOFError, ValueError, TypeError):
        return


def save(folder: Path) -> None:
    """Add what this run compiled and read to the file in ``folder``."""
    fresh = patterns.fresh_forms()
    if not fresh and not ruleset.has_fresh_heads():
        return
    file = _file(folder)
    temporary = file.with_suffix(f".{id(fresh):x}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(marshal.dumps((patterns.known_forms() | fresh, ruleset.known_heads())))
        temporary.replace(file)
    except (OSError, ValueError):
        temporary.unlink(missing_ok=True)


def _file(folder: Path) -> Path:
    return folder / f"kept-{sys.implementation.cache_tag}-{edition()}.bin"
