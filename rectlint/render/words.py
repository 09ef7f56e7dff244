"""The words renderers share: severities, verdicts, places and counts in both languages.

In: a key and a language.  Out: a word.

>>> severity_word("error", "zh")
'错误'
"""

from __future__ import annotations

from rectlint.report import Place, Severity, Verdict, Words

_SEVERITIES: dict[Severity, Words] = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "info": Words("提示", "info"),
}
_VERDICTS: dict[Verdict, Words] = {
    "consistent": Words("一致", "consistent"),
    "contradicted": Words("矛盾", "contradicted"),
    "unchecked": Words("未核对", "unchecked"),
}


def severity_word(severity: Severity, language: str) -> str:
    """The name of a severity."""
    return _SEVERITIES[severity].text(language)


def verdict_word(verdict: Verdict, language: str) -> str:
    """The name of a verdict."""
    return _VERDICTS[verdict].text(language)


def counted(number: int, one: str, many: str | None = None) -> str:
    """An English count: ``1 file``, ``2 files``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def where(place: Place, language: str) -> str:
    """Where a person finds a place: line and column, or in a file without lines what its reader says."""
    if place.location is None:
        return f"{place.start.line}:{place.start.column}"
    return place.location.words.text(language)


def evidence_words(place: Place, language: str) -> str:
    """A place of evidence in one line: its label, where it is, and its words."""
    return f"{place.label.text(language)} {where(place, language)} {place.text}".strip()
