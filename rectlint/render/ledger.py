"""The ledger: every comparison that was made or could not be made, with its verdict.

In: a `Report`.  Out: lines grouped by file for a person, or one JSON object for programs.

    一致    TOT001  第 12 行  13 + 2 + 1 = 16
"""

from __future__ import annotations

import json

from rich.cells import cell_len

from rectlint.render import Options
from rectlint.render.json import SCHEMA, all_notes, comparison_object, file_object, note_object
from rectlint.render.lines import Line, colored, one_line, plain
from rectlint.render.underlining import clip
from rectlint.render.words import counted, verdict_word, where
from rectlint.report import Comparison, FileResult, Report, Verdict

_STYLES: dict[Verdict, str] = {"consistent": "green", "contradicted": "bold red", "unchecked": "yellow"}


def render_text(report: Report, options: Options) -> str:
    """The ledger for a person."""
    lines: list[Line] = []
    for file in report.files:
        lines.append(((file.path, "bold"),))
        if file.error is not None:
            words = file.error.text(options.language)
            lines.append((("  ", ""), (options.say("未检查：", "not checked: "), "bold red"), (words, "")))
        for comparison in file.comparisons:
            lines.append(_comparison_line(comparison, options))
        if file.error is None:
            lines.append((("  " + _tally(file, options), ""),))
        lines.append(())
    return colored(lines, options.width) if options.color else plain(lines)


def render_json(report: Report, options: Options) -> str:
    """The ledger for programs."""
    summary = {
        verdict: sum(file.count(verdict) for file in report.files)
        for verdict in ("consistent", "contradicted", "unchecked")
    }
    value = {
        "schema": SCHEMA,
        "version": options.version,
        "files": [file_object(file, options.language) for file in report.files],
        "comparisons": [comparison_object(comparison, options.language) for comparison in report.comparisons],
        "problems": [note_object(note, options.language) for note in report.problems],
        "notes": [note_object(note, options.language) for note in all_notes(report)],
        "summary": {"files": len(report.files), **summary, "exit": ledger_exit_code(report)},
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def ledger_exit_code(report: Report) -> int:
    """0 when every file was read, 2 when one was not: the ledger shows, it does not judge."""
    return 2 if report.errors or report.problems else 0


def _comparison_line(comparison: Comparison, options: Options) -> Line:
    verdict = verdict_word(comparison.verdict, options.language)
    width = max(cell_len(verdict_word(v, options.language)) for v in _STYLES)
    first_place = min(comparison.places, key=lambda place: place.start, default=None)
    found = "" if first_place is None else where(first_place, options.language)
    words = one_line(comparison.derivation)
    if comparison.reason.text(options.language):
        words = "  ".join(filter(None, [words, one_line(comparison.reason.text(options.language))]))
    lead = f"  {found}{' ' * (9 - cell_len(found))} {comparison.rule}  "
    quoted = " … ".join(one_line(place.text) for place in comparison.places)
    room = options.width - cell_len(lead) - width - 2 - cell_len(words) - 3
    if room > 16 and quoted:
        first, last = clip(quoted, 0, 0, room)
        quoted = "  ｜" + quoted[first:last] + ("…" if last < len(quoted) else "")
    else:
        quoted = ""
    return (
        ("  " + verdict + " " * (width - cell_len(verdict)), _STYLES[comparison.verdict]),
        (lead, "dim"),
        (words, ""),
        (quoted, "dim"),
    )


def _tally(file: FileResult, options: Options) -> str:
    consistent, contradicted, unchecked = (file.count(verdict) for verdict in _STYLES)
    total = consistent + contradicted + unchecked
    return options.say(
        f"共核对 {total} 处：一致 {consistent}，矛盾 {contradicted}，无法核对 {unchecked}",
        f"{counted(total, 'comparison')}: {consistent} consistent, {contradicted} contradicted, {unchecked} unchecked",
    )
