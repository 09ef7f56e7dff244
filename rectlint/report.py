"""Frozen results: what rectlint found, what it compared, and what it could not do.

These are the types of the public API and the only thing the renderers see.  Offsets count code points of the
decoded text from 0; lines and columns count from 1.

>>> Position(line=1, column=3, offset=2).line
1
"""

from __future__ import annotations

from typing import Literal

from rectlint.records import NamedTuple

Severity = Literal["error", "warning", "info"]
Verdict = Literal["consistent", "contradicted", "unchecked"]
FailOn = Literal["error", "warning", "info", "never"]
VERDICTS: tuple[Verdict, ...] = ("consistent", "contradicted", "unchecked")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")
MEMBER = "!/"
"""What stands in a path between an archive and a file in it."""


class Position(NamedTuple):
    """A point in the decoded text: ``line`` and ``column`` from 1, ``offset`` from 0, all in code points."""

    line: int
    column: int
    offset: int


class Words(NamedTuple):
    """One wording in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The wording in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


class Location(NamedTuple):
    """Where a person finds a place in a file that has no lines: ``words`` say it (第 3 页), ``path`` is the same for
    programs (``page[3]/paragraph[2]``), steps with counts from 1."""

    words: Words
    path: str


class Place(NamedTuple):
    """A half-open stretch of the decoded text, with the words found there and what it is evidence of.

    In a file that is no plain text (Word, PDF, a web page) ``location`` tells where it is; lines and columns then count
    in the text as it was read from the file.
    """

    start: Position
    end: Position
    text: str
    label: Words = Words("", "")
    location: Location | None = None


class Finding(NamedTuple):
    """One contradiction: the place, the places it disagrees with, and the arithmetic.

    ``rule`` is the code (``TOT001``), ``name`` the rule's name; ``advice`` is one line for the drafter;
    ``context`` is the sentence round the place, for display; ``fingerprint`` survives other lines being inserted,
    re-wrapping and re-encoding, and changes when a figure in the compared places does.
    """

    path: str
    rule: str
    name: str
    severity: Severity
    message: Words
    advice: Words
    place: Place
    evidence: tuple[Place, ...]
    derivation: str
    expected: str
    actual: str
    context: Place
    fingerprint: str


class Comparison(NamedTuple):
    """One comparison that was made or could not be made, with its verdict and, if unchecked, why."""

    path: str
    rule: str
    name: str
    verdict: Verdict
    derivation: str
    reason: Words
    places: tuple[Place, ...]


class Accepted(NamedTuple):
    """A finding that somebody accepted, with the reason given and where it was given."""

    finding: Finding
    reason: str
    where: str


class Note(NamedTuple):
    """Something the reader of a run must know beside the findings: where it was seen, and what it is."""

    where: str
    words: Words


class FileResult(NamedTuple):
    """What became of one file.  ``error`` is set when it could not be checked; then there are no findings.

    ``format`` is the name of the reader that gave the text, a key of `rectlint.readers.FORMATS`; ``encoding`` is set
    where the file is text.  A file in an archive has a ``path`` such as ``通报.zip!/正文.docx``.
    ``accepted`` holds the findings that an accept file or a comment in the draft takes out of ``findings``;
    ``fail_on`` is the severity from which a finding in this file fails the run.  A run over many files keeps only the
    ``tally`` of the comparisons (consistent, contradicted, unchecked) unless an output shows them.
    """

    path: str
    encoding: str | None
    error: Words | None
    findings: tuple[Finding, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    text: str = ""
    accepted: tuple[Accepted, ...] = ()
    notes: tuple[Note, ...] = ()
    fail_on: FailOn = "warning"
    tally: tuple[int, int, int] | None = None
    format: str = "text"

    def count(self, verdict: Verdict) -> int:
        """How many comparisons ended with ``verdict``."""
        if self.tally is not None:
            return self.tally[VERDICTS.index(verdict)]
        return sum(comparison.verdict == verdict for comparison in self.comparisons)


class Report(NamedTuple):
    """The results of one run over any number of files.

    ``problems`` are failures of the run itself (a broken configuration, an output that could not be written): with any
    of them the job was not done.  ``notes`` fail nothing.  ``pending`` counts the files an interrupted run left.
    """

    files: tuple[FileResult, ...]
    problems: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    pending: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in file order and then in text order."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """All findings that were accepted, in file order."""
        return tuple(accepted for file in self.files for accepted in file.accepted)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """All comparisons, in file order and then in text order."""
        return tuple(comparison for file in self.files for comparison in file.comparisons)

    @property
    def errors(self) -> tuple[FileResult, ...]:
        """The files that could not be checked."""
        return tuple(file for file in self.files if file.error is not None)

    def count(self, severity: Severity) -> int:
        """How many findings have ``severity``."""
        return sum(finding.severity == severity for finding in self.findings)

    def exit_code(self, fail_on: FailOn | None = None) -> int:
        """0: all checked, nothing reached ``fail_on`` (by default each file's own); 1: something did; 2: the job was
        not done; 130: it was interrupted."""
        if self.pending:
            return 130
        if self.errors or self.problems:
            return 2
        return int(any(fails(finding, fail_on or file.fail_on) for file in self.files for finding in file.findings))


def file_of(path: str) -> str:
    """The file on disk that ``path`` names, or that it lies in.

    >>> file_of("归档/2024.zip!/通报.docx")
    '归档/2024.zip'
    """
    return path.partition(MEMBER)[0]


def fails(finding: Finding, fail_on: FailOn) -> bool:
    """Whether ``finding`` is severe enough to fail a run with ``fail_on``."""
    return fail_on != "never" and SEVERITIES.index(finding.severity) <= SEVERITIES.index(fail_on)
