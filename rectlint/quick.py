"""The plainest ``rectlint check`` lines, parsed without the command-line library.

In: the words after ``rectlint``.  Out: the same `CheckRequest` as `rectlint.cli` would build, or None, which means: let
`rectlint.cli` do it.  A person waits for one bulletin, and importing the library takes as long as checking it.  Nothing
is decided here: every word that is not certain, every mistake and every other option goes the long way.  A test parses
the same lines both ways.

>>> parse_check(["check", "a.txt", "--format=json"], {}).outputs[0].format
'json'
>>> parse_check(["check", "--help"], {}) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rectlint.checking import CheckRequest
from rectlint.commands import parse_outputs
from rectlint.config import Overrides
from rectlint.errors import UsageError
from rectlint.report import FAIL_ON

_OPTIONS = {"--format": "format", "-f": "format", "--lang": "lang", "--fail-on": "fail-on"}


def parse_check(arguments: Sequence[str], environment: Mapping[str, str]) -> CheckRequest | None:
    """The request, when every word is a path or one of the plain options with a valid value."""
    if not arguments or arguments[0] != "check":
        return None
    paths: list[str] = []
    formats: list[str] = []
    single: dict[str, str] = {}
    words = iter(arguments[1:])
    for word in words:
        if not word.startswith("-") or word == "-":
            paths.append(word)
            continue
        name, separator, value = word.partition("=")
        if name not in _OPTIONS or (separator and not name.startswith("--")):
            return None
        value = value if separator else next(words, "")
        if not value or value.startswith("-"):
            return None
        if _OPTIONS[name] == "format":
            formats.append(value)
        else:
            single[_OPTIONS[name]] = value
    language = single.get("lang") or environment.get("RECTLINT_LANG") or "zh"
    fail_on = next((level for level in FAIL_ON if level == single.get("fail-on")), None)
    if not paths or language not in ("zh", "en") or (fail_on is None and "fail-on" in single):
        return None
    try:
        outputs = parse_outputs(formats)
    except UsageError:
        return None
    return CheckRequest(paths=tuple(paths), outputs=outputs, language=language, overrides=Overrides(fail_on=fail_on))
