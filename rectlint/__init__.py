"""rectlint: finds what contradicts itself in a Chinese rectification bulletin.

>>> report = check_text("巡察组移交信访件16件，已办结13件，正在办理2件。")
>>> report.exit_code() in (0, 1)
True
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING, Any

_HOMES = {
    "engine": ("check_source",),
    "errors": ("ConfigError", "DecodeError", "FileError", "ReadError", "RectlintError", "RuleError", "UsageError"),
    "report": ("Comparison", "FileResult", "Finding", "Place", "Position", "Report", "Words"),
    "ruleset": ("Rule", "load_rules"),
    "source": ("Source", "Span", "decode"),
}

if TYPE_CHECKING:
    from rectlint.engine import check_source
    from rectlint.errors import ConfigError, DecodeError, FileError, ReadError, RectlintError, RuleError, UsageError
    from rectlint.report import Comparison, FileResult, Finding, Place, Position, Report, Words
    from rectlint.ruleset import Rule, load_rules
    from rectlint.source import Source, Span, decode
else:

    def __getattr__(name: str) -> Any:
        """A public name, imported when it is first asked for: the program itself needs none of them to start."""
        home = next((module for module, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found = getattr(import_module(f"{__name__}.{home}"), name)
        return found


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
    from rectlint.ruleset import load_rules

    return tuple(rule for rule in load_rules() if rule.status == "stable")


def check_text(text: str, *, path: str = "<text>", rules: Sequence[Rule] | None = None) -> Report:
    """Check a text that is already decoded, with ``rules`` or all stable built-in ones.

    Offsets in the result count code points of ``text``.
    """
    from rectlint.engine import check_source
    from rectlint.report import Report
    from rectlint.source import Source

    return Report((check_source(Source(text, path), _stable_rules() if rules is None else rules),))


def check_bytes(data: bytes, path: str = "<bytes>", *, rules: Sequence[Rule] | None = None) -> Report:
    """Read and check a file that is at hand: a text, or whatever `rectlint.readers` reads.

    The report has a result for each text in it.  Raises `DecodeError` when it is not certainly text, `ReadError` when no
    text could be got out of it.
    """
    from rectlint.engine import check_source
    from rectlint.readers import sources
    from rectlint.report import Report

    active = _stable_rules() if rules is None else rules
    return Report(tuple(check_source(source, active) for source in sources(data, path)))


def check_path(path: str | PathLike[str], *, rules: Sequence[Rule] | None = None) -> Report:
    """Read and check one file; raises `FileError`, `DecodeError` or `ReadError`."""
    from pathlib import Path

    from rectlint.errors import FileError

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise FileError(str(path), f"读不出来：{error.strerror}", f"cannot be read: {error.strerror}") from None
    return check_bytes(data, str(path), rules=rules)
