"""Reports to text: one pure module per format.

In: a `Report` (or one finding's file) and `Options`.  Out: a string.  Nothing here reads files, prints or decides.

>>> from rectlint.report import Report
>>> render(Report(()), "concise", Options())
''
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from rectlint.records import NamedTuple
from rectlint.report import Report, Words

if TYPE_CHECKING:
    from rectlint.ruleset import Rule

FORMATS: Mapping[str, str] = {
    "full": "full",
    "concise": "concise",
    "grouped": "grouped",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "csv": "csv",
    "html": "html",
}
# the formats a person reads: the closing line follows them on standard output, after the others on standard error
READABLE = frozenset({"full", "concise", "grouped"})
# the formats that show the text round a place, so that the runner has to keep it
NEEDS_TEXT = frozenset({"full", "html"})
# the formats that show each comparison; the others need only their number
NEEDS_LEDGER = frozenset({"html"})


class Options(NamedTuple):
    """How to render: language ``zh`` or ``en``, terminal width and colour, and what the report alone cannot know.

    ``folder`` is where the command was run, for formats whose paths have to be relative to it.
    """

    language: str = "zh"
    width: int = 100
    color: bool = False
    version: str = ""
    rules: Mapping[str, Rule] = {}
    folder: str = ""
    families: Mapping[str, Words] = {}

    def say(self, zh: str, en: str) -> str:
        """The wording in the language of these options."""
        return zh if self.language == "zh" else en


class _Renderer(Protocol):
    def render(self, report: Report, options: Options) -> str: ...


def render(report: Report, format: str, options: Options) -> str:
    """The report in ``format``, a key of `FORMATS`; the module is imported only now, since most runs need one."""
    module = import_module(f"{__name__}.{FORMATS[format]}")
    return cast(_Renderer, module).render(report, options)
