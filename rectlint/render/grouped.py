"""Findings under the name of their file, for reading through a folder.

In: a `Report`.  Out: a heading per file that has something to say, and aligned lines below it.
"""

from __future__ import annotations

from rich.cells import cell_len

from rectlint.render import Options
from rectlint.render.full import STYLES
from rectlint.render.lines import Line, colored, one_line, plain
from rectlint.render.words import severity_word, where
from rectlint.report import Report


def render(report: Report, options: Options) -> str:
    """The groups, in file order, a blank line between two."""
    lines: list[Line] = []
    for file in report.files:
        if file.error is None and not file.findings:
            continue
        lines.append(((file.path, "bold"),))
        if file.error is not None:
            words = file.error.text(options.language)
            lines.append((("  ", ""), (options.say("未检查：", "not checked: "), "bold red"), (words, "")))
        places = [where(finding.place, options.language) for finding in file.findings]
        width = max(map(cell_len, places), default=0)
        severities = [severity_word(finding.severity, options.language) for finding in file.findings]
        severity_width = max(map(cell_len, severities), default=0)
        for place, severity, finding in zip(places, severities, file.findings, strict=True):
            padding = " " * (severity_width - cell_len(severity))
            lines.append(
                (
                    (f"  {' ' * (width - cell_len(place))}{place}  ", ""),
                    (severity + padding, STYLES[finding.severity]),
                    (f"  {finding.rule}  ", "dim"),
                    (one_line(finding.message.text(options.language)), ""),
                )
            )
        lines.append(())
    return colored(lines, options.width) if options.color else plain(lines)
