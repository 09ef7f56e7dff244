"""A table of findings for spreadsheets, with Chinese or English headings.

In: a `Report`.  Out: CSV with CR LF; whoever writes it to a file puts a byte order mark before it, so that Excel reads
it as UTF-8.  A cell that a spreadsheet would take for a formula is written as text.
"""

from __future__ import annotations

import csv
import io

from rectlint.render import Options
from rectlint.render.words import evidence_words, severity_word
from rectlint.report import Report

_HEADINGS = (
    ("文件", "file"),
    ("行", "line"),
    ("列", "column"),
    ("位置", "location"),
    ("级别", "severity"),
    ("规则", "rule"),
    ("名称", "name"),
    ("说明", "message"),
    ("原文", "text"),
    ("核算", "derivation"),
    ("应为", "expected"),
    ("实为", "actual"),
    ("佐证", "evidence"),
    ("建议", "advice"),
    ("句子", "sentence"),
    ("指纹", "fingerprint"),
)


def render(report: Report, options: Options) -> str:
    """The table: headings, then a row per finding, and a row per file that could not be checked."""
    language = options.language
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([zh if language == "zh" else en for zh, en in _HEADINGS])
    for file in report.files:
        if file.error is not None:
            unchecked = options.say("未检查", "not checked")
            row = [file.path, "", "", "", unchecked, "", "", file.error.text(language)]
            writer.writerow([_cell(value) for value in row + [""] * (len(_HEADINGS) - len(row))])
        for finding in file.findings:
            start = finding.place.start
            evidence = "；".join(evidence_words(place, language) for place in finding.evidence)
            location = finding.place.location
            row = [
                finding.path,
                str(start.line),
                str(start.column),
                "" if location is None else location.words.text(language),
                severity_word(finding.severity, language),
                finding.rule,
                finding.name,
                finding.message.text(language),
                finding.place.text,
                finding.derivation,
                finding.expected,
                finding.actual,
                evidence,
                finding.advice.text(language),
                finding.context.text,
                finding.fingerprint,
            ]
            writer.writerow([_cell(value) for value in row])
    return output.getvalue().removesuffix("\r\n")


def _cell(text: str) -> str:
    """The text, kept from being run as a formula: spreadsheets calculate what opens with one of these signs."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
