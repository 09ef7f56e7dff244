"""Counts by family and by rule.

In: a `Report`.  Out: a table in text, the most frequent rule first within its family.
"""

from __future__ import annotations

from collections import Counter

from rich.cells import cell_len

from rectlint.render import Options
from rectlint.report import Report


def statistics_text(report: Report, options: Options) -> str:
    """The table; one line saying so when there is nothing to count."""
    findings = report.findings
    if not findings:
        return options.say("统计：没有发现", "statistics: no findings")
    families = Counter(finding.rule[:3] for finding in findings)
    rules = Counter((finding.rule, finding.name) for finding in findings)
    files = {code: len({f.path for f in findings if f.rule == code}) for code, _ in rules}
    lines = [options.say("统计（处数，涉及文件数）：", "statistics (findings, files):")]
    width = len(str(max(families.values())))
    for family, total in sorted(families.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"{total:>{width}}  {family}")
        for (code, name), count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
            if code.startswith(family):
                title = options.rules[code].title.text(options.language) if code in options.rules else name
                padding = " " * max(1, 44 - cell_len(title))
                lines.append(f"{count:>{width}}    {code}  {title}{padding}{files[code]}")
    return "\n".join(lines)
