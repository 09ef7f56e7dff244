"""GitHub workflow commands: each finding becomes an annotation on the changed file.

In: a `Report`.  Out: lines such as ``::error file=a.txt,line=12,col=5,title=TOT001 …::message``.
"""

from __future__ import annotations

from rectlint.render import Options
from rectlint.render.words import evidence_words, where
from rectlint.report import Finding, Report, Severity, file_of

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, options: Options) -> str:
    """One command per finding, per file that could not be checked and per problem of the run."""
    lines: list[str] = []
    for file in report.files:
        if file.error is not None:
            lines.append(f"::error file={_property(file_of(file.path))}::{_data(file.error.text(options.language))}")
        lines += [_annotation(finding, options) for finding in file.findings]
    for note in report.problems:
        lines.append(f"::error::{_data(f'{note.where}: {note.words.text(options.language)}')}")
    return "\n".join(lines)


def _annotation(finding: Finding, options: Options) -> str:
    start, end, location = finding.place.start, finding.place.end, finding.place.location
    properties = [f"file={_property(file_of(finding.path))}"]
    if location is None:
        properties += [f"line={start.line}", f"endLine={end.line}"]
        if start.line == end.line:  # GitHub refuses columns on an annotation of several lines
            properties += [f"col={start.column}", f"endColumn={end.column}"]
    properties.append(f"title={_property(f'{finding.rule} {finding.name}')}")
    parts = [finding.message.text(options.language), finding.derivation]
    if location is not None:  # a file without lines: its own name in an archive, and where in it
        parts.insert(0, f"{finding.path} {where(finding.place, options.language)} {finding.place.text}")
    parts += [evidence_words(place, options.language) for place in finding.evidence]
    parts.append(finding.advice.text(options.language))
    message = "\n".join(part for part in parts if part)
    return f"::{_COMMANDS[finding.severity]} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
