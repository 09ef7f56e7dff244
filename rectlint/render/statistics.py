"""Counts by family and by rule.

In: a `Report`.  Out: a table in text, the most frequent rule first within its family.
"""

from __future__ import annotations

from collections import Counter

from rich.cells import cell_len

from rectlint.render import Options
from rectlint.report import Report

# columns of a terminal for a rule's code and title
_WORDS = 56


def statistics_text(report: Report, options: Options) -> str:
    """The table; one line saying so when there is nothing to count."""
    findings = report.findings
    if not findings:
        return options.say("统计：没有发现", "statistics: no findings")
    families = Counter(finding.rule[:3] for finding in findings)
    rules = Counter((finding.rule, finding.name) for finding in findings)
    files = {code: len({f.path for f in findings if f.rule == code}) for code, _ in rules}
    lines = [options.say("统计（处数，规则，涉及文件数）：", "statistics (findings, rule, files):")]
    width = len(str(max(families.values())))
    for family, total in sorted(families.items(), key=lambda item: (-item[1], item[0])):
        title = options.families[family].text(options.language) if family in options.families else ""
        count_of_files = len({finding.path for finding in findings if finding.rule.startswith(family)})
        lines.append(_row(f"{total:>{width}}  {family}     {title}", width, count_of_files))
        for (code, name), count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
            if code.startswith(family):
                title = options.rules[code].title.text(options.language) if code in options.rules else name
                lines.append(_row(f"{count:>{width}}    {code}  {title}", width, files[code]))
    return "\n".join(lines)


def _row(words: str, width: int, files: int) -> str:
    padding = " " * max(1, width + _WORDS - cell_len(words))
    return f"{words.rstrip()}{padding}{files}"
