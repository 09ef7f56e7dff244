"""One JSON object for programs; its shape is versioned by ``schema``.

In: a `Report`.  Out: an object with ``files``, ``findings`` and ``summary``.  Lines and columns count from 1, offsets
from 0, all in code points of the decoded text.
"""

from __future__ import annotations

import json
from typing import Any

from rectlint.render import Options
from rectlint.report import Accepted, Comparison, FileResult, Finding, Note, Place, Position, Report

SCHEMA = 1


def render(report: Report, options: Options) -> str:
    """The report as indented JSON, characters unescaped."""
    return json.dumps(report_object(report, options), ensure_ascii=False, indent=2)


def report_object(report: Report, options: Options) -> dict[str, Any]:
    """The report as plain values."""
    language = options.language
    return {
        "schema": SCHEMA,
        "version": options.version,
        "files": [file_object(file, language) for file in report.files],
        "findings": [finding_object(finding, language) for finding in report.findings],
        "accepted": [accepted_object(accepted, language) for accepted in report.accepted],
        "problems": [note_object(note, language) for note in report.problems],
        "notes": [note_object(note, language) for note in all_notes(report)],
        "summary": summary_object(report),
    }


def file_object(file: FileResult, language: str) -> dict[str, Any]:
    """What became of one file."""
    return {
        "path": file.path,
        **({} if file.format == "text" else {"format": file.format}),
        "encoding": file.encoding,
        "error": None if file.error is None else file.error.text(language),
        "comparisons": {
            "consistent": file.count("consistent"),
            "contradicted": file.count("contradicted"),
            "unchecked": file.count("unchecked"),
        },
    }


def finding_object(finding: Finding, language: str) -> dict[str, Any]:
    """One finding with its evidence."""
    return {
        "path": finding.path,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message.text(language),
        "advice": finding.advice.text(language),
        **place_object(finding.place, language),
        "evidence": [{"label": p.label.text(language), **place_object(p, language)} for p in finding.evidence],
        "derivation": finding.derivation,
        "expected": finding.expected,
        "actual": finding.actual,
        "fingerprint": finding.fingerprint,
    }


def accepted_object(accepted: Accepted, language: str) -> dict[str, Any]:
    """A finding that was accepted, with the reason and where it was given."""
    return {**finding_object(accepted.finding, language), "reason": accepted.reason, "accepted-in": accepted.where}


def comparison_object(comparison: Comparison, language: str) -> dict[str, Any]:
    """One comparison with its verdict."""
    return {
        "path": comparison.path,
        "rule": comparison.rule,
        "name": comparison.name,
        "verdict": comparison.verdict,
        "derivation": comparison.derivation,
        "reason": comparison.reason.text(language),
        "places": [{"label": p.label.text(language), **place_object(p, language)} for p in comparison.places],
    }


def note_object(note: Note, language: str) -> dict[str, str]:
    """A note or problem of the run."""
    return {"where": note.where, "message": note.words.text(language)}


def summary_object(report: Report) -> dict[str, int]:
    """The counts and the exit code."""
    return {
        "files": len(report.files),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "infos": report.count("info"),
        "exit": report.exit_code(),
    }


def all_notes(report: Report) -> tuple[Note, ...]:
    """The notes of the files and then of the run."""
    return (*(note for file in report.files for note in file.notes), *report.notes)


def place_object(place: Place, language: str) -> dict[str, Any]:
    """Start, end and text of a place, and in a file without lines where a person finds it."""
    value: dict[str, Any] = {
        "start": position_object(place.start),
        "end": position_object(place.end),
        "text": place.text,
    }
    if place.location is not None:
        value["location"] = {"text": place.location.words.text(language), "path": place.location.path}
    return value


def position_object(position: Position) -> dict[str, int]:
    """Line, column and offset."""
    return {"line": position.line, "column": position.column, "offset": position.offset}
