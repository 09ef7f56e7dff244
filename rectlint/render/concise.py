"""One line per finding, for reading down and for tools that jump to ``path:line:column``.

In: a `Report`.  Out: ``a.txt:12:5: TOT001 [错误] message (parts-do-not-sum)``.
"""

from __future__ import annotations

from rectlint.render import Options
from rectlint.render.lines import one_line
from rectlint.render.words import severity_word, where
from rectlint.report import Finding, Report


def render(report: Report, options: Options) -> str:
    """One line per finding and per file that could not be checked."""
    lines: list[str] = []
    for file in report.files:
        if file.error is not None:
            lines.append(f"{file.path}: {options.say('未检查', 'not checked')}: {file.error.text(options.language)}")
        lines += [finding_line(finding, options) for finding in file.findings]
    return "\n".join(lines)


def finding_line(finding: Finding, options: Options) -> str:
    """The one line of a finding."""
    place = where(finding.place, options.language)
    severity = severity_word(finding.severity, options.language)
    message = one_line(finding.message.text(options.language))
    return f"{finding.path}:{place}: {finding.rule} [{severity}] {message} ({finding.name})"
