"""rectlint: finds what contradicts itself in a Chinese rectification bulletin.

>>> report = check_text("巡察组移交信访件16件，已办结13件，正在办理2件。")
>>> report.exit_code() in (0, 1)
True
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from os import PathLike
from pathlib import Path

from rectlint.engine import check_source
from rectlint.errors import ConfigError, DecodeError, FileError, ReadError, RectlintError, RuleError, UsageError
from rectlint.readers import sources
from rectlint.report import Comparison, FileResult, Finding, Place, Position, Report, Words
from rectlint.ruleset import Rule, load_rules
from rectlint.source import Source, Span, decode

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "ConfigError",
    "DecodeError",
    "FileError",
    "FileResult",
    "Finding",
    "Place",
    "Position",
    "ReadError",
    "RectlintError",
    "Report",
    "Rule",
    "RuleError",
    "Source",
    "Span",
    "UsageError",
    "Words",
    "check_bytes",
    "check_path",
    "check_source",
    "check_text",
    "decode",
    "load_rules",
]


@cache
def _stable_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules() if rule.status == "stable")


def check_text(text: str, *, path: str = "<text>", rules: Sequence[Rule] | None = None) -> Report:
    """Check a text that is already decoded, with ``rules`` or all stable built-in ones.

    Offsets in the result count code points of ``text``.
    """
    return Report((check_source(Source(text, path), _stable_rules() if rules is None else rules),))


def check_bytes(data: bytes, path: str = "<bytes>", *, rules: Sequence[Rule] | None = None) -> Report:
    """Read and check a file that is at hand: a text, or whatever `rectlint.readers` reads.

    The report has a result for each text in it.  Raises `DecodeError` when it is not certainly text, `ReadError` when no
    text could be got out of it.
    """
    active = _stable_rules() if rules is None else rules
    return Report(tuple(check_source(source, active) for source in sources(data, path)))


def check_path(path: str | PathLike[str], *, rules: Sequence[Rule] | None = None) -> Report:
    """Read and check one file; raises `FileError`, `DecodeError` or `ReadError`."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise FileError(str(path), f"读不出来：{error.strerror}", f"cannot be read: {error.strerror}") from None
    return check_bytes(data, str(path), rules=rules)
