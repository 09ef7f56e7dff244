"""Every error rectlint raises on purpose, worded for the person who reads it.

An error says *where*, *what* and *hint*; ``str(error)`` joins them as ``where: what (hint)``.  Each carries both
languages, since most readers want Chinese and most logs want English.

>>> str(DecodeError("a.txt", "不是文本", "not a text", "另存为 UTF-8", "save as UTF-8"))
'a.txt: 不是文本（另存为 UTF-8）'
"""

from __future__ import annotations

from collections.abc import Iterable


class RectlintError(Exception):
    """Base of all deliberate errors.  All of them mean exit code 2: the job was not done.

    ``where`` is a path, optionally with a line (``rules/x.toml:12``).
    """

    def __init__(self, where: str, what_zh: str, what_en: str, hint_zh: str = "", hint_en: str = "") -> None:
        self.where = where
        self.what = {"zh": what_zh, "en": what_en}
        self.hint = {"zh": hint_zh, "en": hint_en}
        super().__init__(self.text("zh"))

    def text(self, language: str) -> str:
        """The whole message in ``zh`` or ``en``."""
        what, hint = self.what[language], self.hint[language]
        if not hint:
            return f"{self.where}: {what}"
        return f"{self.where}: {what}（{hint}）" if language == "zh" else f"{self.where}: {what} ({hint})"

    def __reduce__(self) -> tuple[type[RectlintError], tuple[str, str, str, str, str]]:
        return (type(self), (self.where, self.what["zh"], self.what["en"], self.hint["zh"], self.hint["en"]))


class DecodeError(RectlintError):
    """The bytes are not text in an encoding that can be told for certain."""


class ReadError(RectlintError):
    """A file is of a known sort, but no text could be got out of it."""


class NothingToRead(ReadError):
    """An archive or a mail holds no document at all; in a folder that was searched that is no failure."""


class FileError(RectlintError):
    """A file could not be found, read or written."""


class RuleError(RectlintError):
    """A rule file is broken, or a rule failed or ran out of time."""


class ConfigError(RectlintError):
    """A configuration or accept file is broken."""


class UsageError(RectlintError):
    """The command line asked for something that does not exist."""


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint in both languages: the known word nearest to ``name``, else all of them.

    >>> did_you_mean("fail_on", ["fail-on", "select"])[1]
    'did you mean fail-on?'
    """
    import difflib

    words = list(known)
    close = difflib.get_close_matches(name, words, 1) or difflib.get_close_matches(name.upper(), words, 1)
    if close:
        return f"是不是 {close[0]}？", f"did you mean {close[0]}?"
    return "可用：" + "、".join(words), "known: " + ", ".join(words)
