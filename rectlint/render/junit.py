"""JUnit XML, for CI systems that show test results: a suite per file, a case per finding.

In: a `Report`.  Out: XML.  A file without findings is a passed case, one that could not be checked an error; findings
below ``fail-on`` are passed cases whose output tells them, since they do not fail the run.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from rectlint.render import Options
from rectlint.render.words import evidence_words, where
from rectlint.report import FileResult, Finding, Note, Report, fails

# what XML 1.0 cannot hold in any form
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, options: Options) -> str:
    """The XML document."""
    suites = [_suite(file, options) for file in report.files]
    if report.problems:
        suites.append(_problem_suite(report.problems, options))
    tests = sum(suite[1] for suite in suites)
    failures = sum(suite[2] for suite in suites)
    errors = sum(suite[3] for suite in suites)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="rectlint" tests="{tests}" failures="{failures}" errors="{errors}">')
    for suite in suites:
        lines += suite[0]
    lines.append("</testsuites>")
    return "\n".join(lines)


def _suite(file: FileResult, options: Options) -> tuple[list[str], int, int, int]:
    """Lines, tests, failures and errors of one file."""
    cases: list[str] = []
    failures = 0
    for finding in file.findings:
        failing = fails(finding, file.fail_on)
        failures += failing
        cases += _case(finding, failing, options)
    if file.error is not None:
        words = file.error.text(options.language)
        cases += [
            f"    <testcase name={_attribute('check')} classname={_attribute(file.path)}>",
            f"      <error message={_attribute(words)}>{_text(words)}</error>",
            "    </testcase>",
        ]
    elif not file.findings:
        cases.append(f"    <testcase name={_attribute('check')} classname={_attribute(file.path)}/>")
    tests = max(1, len(file.findings))
    errors = int(file.error is not None)
    head = (
        f'  <testsuite name={_attribute(file.path)} tests="{tests}" failures="{failures}" '
        f'errors="{errors}" skipped="0" time="0">'
    )
    return [head, *cases, "  </testsuite>"], tests, failures, errors


def _case(finding: Finding, failing: bool, options: Options) -> list[str]:
    place = where(finding.place, options.language)
    name = f"{finding.rule} {finding.name} {place}"
    message = finding.message.text(options.language)
    advice = finding.advice.text(options.language)
    evidence = [evidence_words(part, options.language) for part in finding.evidence]
    head = f"{finding.path}:{place} {finding.place.text}"
    details = "\n".join(part for part in (head, *evidence, finding.derivation, advice) if part)
    lines = [f"    <testcase name={_attribute(name)} classname={_attribute(finding.path)}>"]
    if failing:
        kind = _attribute(finding.severity)
        lines.append(f"      <failure message={_attribute(message)} type={kind}>{_text(details)}</failure>")
    else:
        lines.append(f"      <system-out>{_text(message + chr(10) + details)}</system-out>")
    return [*lines, "    </testcase>"]


def _problem_suite(problems: tuple[Note, ...], options: Options) -> tuple[list[str], int, int, int]:
    lines = [f'  <testsuite name="rectlint" tests="{len(problems)}" failures="0" errors="{len(problems)}" time="0">']
    for note in problems:
        words = _attribute(note.words.text(options.language))
        lines.append(f'    <testcase name={_attribute(note.where or "run")} classname="rectlint">')
        lines += [f"      <error message={words}/>", "    </testcase>"]
    return [*lines, "  </testsuite>"], len(problems), 0, len(problems)


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("�", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("�", text))
