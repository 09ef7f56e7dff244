"""One JSON object a line: findings, files, then the summary, so that a reader needs no more than one line at once.

In: a `Report`.  Out: lines whose ``type`` is ``finding``, ``file``, ``problem``, ``note`` or ``summary``.
"""

from __future__ import annotations

import json
from typing import Any

from rectlint.render import Options
from rectlint.render.json import (
    SCHEMA,
    accepted_object,
    all_notes,
    file_object,
    finding_object,
    note_object,
    summary_object,
)
from rectlint.report import Report


def render(report: Report, options: Options) -> str:
    """The lines, file by file."""
    language = options.language
    lines: list[dict[str, Any]] = []
    for file in report.files:
        lines += [{"type": "finding", **finding_object(finding, language)} for finding in file.findings]
        lines += [{"type": "accepted", **accepted_object(accepted, language)} for accepted in file.accepted]
        lines.append({"type": "file", **file_object(file, language)})
    lines += [{"type": "problem", **note_object(note, language)} for note in report.problems]
    lines += [{"type": "note", **note_object(note, language)} for note in all_notes(report)]
    lines.append({"type": "summary", "schema": SCHEMA, "version": options.version, **summary_object(report)})
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
