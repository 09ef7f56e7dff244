"""SARIF 2.1.0, for code scanning services and editors.

In: a `Report`.  Out: one run with its rules, a result for each finding with its evidence as related locations, and
what could not be checked as notifications.  Columns count code points (``columnKind``), and no fingerprint holds a line
number.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from rectlint.render import Options
from rectlint.report import Accepted, FileResult, Finding, Note, Place, Report, Severity
from rectlint.ruleset import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report, options: Options) -> str:
    """The SARIF log as JSON."""
    return json.dumps(log_object(report, options), ensure_ascii=False, indent=2)


def log_object(report: Report, options: Options) -> dict[str, Any]:
    """The SARIF log as plain values."""
    rules = list(options.rules.values())
    index = {rule.code: number for number, rule in enumerate(rules)}
    results = [_result(finding, index, options) for finding in report.findings]
    results += [_suppressed(accepted, index, options) for accepted in report.accepted]
    run = {
        "tool": {
            "driver": {
                "name": "rectlint",
                "version": options.version,
                "semanticVersion": options.version,
                "language": "zh-CN" if options.language == "zh" else "en-US",
                "rules": [_rule(rule, options) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(file) for file in report.files],
        "invocations": [_invocation(report, options)],
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule, options: Options) -> dict[str, Any]:
    title = rule.title.text(options.language)
    help_text = "\n\n".join(words for words in (rule.what, rule.why, rule.fix) if words) or title
    headings = (("查什么", rule.what), ("为什么", rule.why), ("怎么办", rule.fix))
    markdown = "\n\n".join(f"**{heading}**\n\n{words}" for heading, words in headings if words) or title
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": rule.what or title},
        "help": {"text": help_text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family, rule.status]},
    }


def _result(finding: Finding, index: dict[str, int], options: Options) -> dict[str, Any]:
    message = finding.message.text(options.language)
    parts = [message, finding.derivation, finding.advice.text(options.language)]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in parts if part)},
        "locations": [_location(finding.path, finding.place, options, finding.context)],
        "relatedLocations": [
            {
                "id": number,
                "message": {"text": place.label.text(options.language) or place.text},
                **_location(finding.path, place, options),
            }
            for number, place in enumerate(finding.evidence, 1)
        ],
        "partialFingerprints": {"rectlintFingerprint/v1": finding.fingerprint},
        "properties": {
            "derivation": finding.derivation,
            "expected": finding.expected,
            "actual": finding.actual,
        },
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    return result


def _suppressed(accepted: Accepted, index: dict[str, int], options: Options) -> dict[str, Any]:
    suppression = {"kind": "external", "status": "accepted", "justification": accepted.reason}
    return {**_result(accepted.finding, index, options), "suppressions": [suppression]}


def _location(path: str, place: Place, options: Options, context: Place | None = None) -> dict[str, Any]:
    """Where a place is; in a file without lines its reader's words come beside as a logical location."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}, "region": _region(place)}
    if context is not None and context.text:
        physical["contextRegion"] = _region(context)
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.location is not None:
        words, address = place.location.words.text(options.language), place.location.path
        location["logicalLocations"] = [{"name": words, "fullyQualifiedName": f"{path}#{address}", "kind": "element"}]
    return location


def _region(place: Place) -> dict[str, Any]:
    return {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "snippet": {"text": place.text},
    }


def _artifact(file: FileResult) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": _uri(file.path)}}
    if file.encoding is not None:
        artifact["encoding"] = file.encoding
    return artifact


def _invocation(report: Report, options: Options) -> dict[str, Any]:
    code = report.exit_code()
    notifications = [
        _notification("error", file.error.text(options.language), file.path)
        for file in report.files
        if file.error is not None
    ]
    notifications += [_notification("error", _words(note, options)) for note in report.problems]
    notes = [*(note for file in report.files for note in file.notes), *report.notes]
    notifications += [_notification("note", _words(note, options)) for note in notes]
    return {
        "executionSuccessful": code < 2,
        "exitCode": code,
        "toolExecutionNotifications": notifications,
    }


def _notification(level: str, text: str, path: str | None = None) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": level, "message": {"text": text}}
    if path is not None:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}]
    return notification


def _words(note: Note, options: Options) -> str:
    return f"{note.where}: {note.words.text(options.language)}" if note.where else note.words.text(options.language)


def _uri(path: str) -> str:
    """A path as a URI reference, relative as it was given; ``<stdin>`` becomes a plain name."""
    path = path.replace("\\", "/").strip("<>")
    if path.startswith("/"):
        return "file://" + quote(path)
    if path[1:3] == ":/":
        return "file:///" + quote(path, safe="/:")
    return quote(path.removeprefix("./"))
