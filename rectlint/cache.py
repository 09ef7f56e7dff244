"""Results kept between runs, found again by the content of everything they depend on.

In: a text and the rules that hold for it.  Out: the `FileResult` of an earlier run, if the text, every rule file, their
settings, the program and its libraries are the same.  An entry holds offsets; words, lines and locations are taken from
the text again.  Entries are written to a temporary file and renamed, so that runs at the same time do no harm.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import rectlint
from rectlint.errors import FileError
from rectlint.output import replace_file
from rectlint.records import NamedTuple
from rectlint.report import VERDICTS, Comparison, FileResult, Finding, Place, Words
from rectlint.ruleset import Rule, builtin_directory
from rectlint.source import Source, Span

_FORMAT = 1
_DIGEST = hashlib.sha256().digest_size
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# rectlint cache, safe to delete: rectlint clean\n"
_LIBRARIES = ("regex", "jieba", "cn2an", "chinesecalendar")


def stamp_of(rules: Sequence[Rule], directories: Iterable[Path]) -> str:
    """A digest of all that results depend on beside the text: program, libraries, rule files and settings."""
    digest = hashlib.sha256(_program_stamp().encode())
    for directory in (builtin_directory(), *directories):
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                digest.update(f"\0{path.relative_to(directory).as_posix()}\0".encode("utf-8", "surrogateescape"))
                digest.update(path.read_bytes())
    for rule in rules:
        digest.update(repr((rule.code, rule.severity, rule.status, rule.params)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@cache
def _program_stamp() -> str:
    """The program by its version and files, so that an edit of its code counts too, and the libraries by version."""
    from importlib import metadata

    package = Path(__file__).parent
    files = [(path.relative_to(package).as_posix(), path.stat()) for path in sorted(package.rglob("*.py"))]
    libraries = []
    for name in _LIBRARIES:
        try:
            libraries.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            libraries.append((name, ""))
    parts = (_FORMAT, rectlint.__version__, sys.version, libraries, [(n, s.st_size, s.st_mtime_ns) for n, s in files])
    return repr(parts)


def key_of(stamp: str, source: Source) -> str:
    """The name of an entry: rules and program by their stamp, and of the text all that a result can depend on."""
    sort = f"{source.format}\0{source.wrapped}\0{source.tables}"
    return hashlib.sha256(f"{stamp}\0{sort}\0{source.text}".encode("utf-8", "surrogatepass")).hexdigest()


def load(folder: Path, key: str, source: Source, *, ledger: bool = True) -> FileResult | None:
    """The result under ``key`` with its places in ``source``; None when there is none, or none that can be used.

    Without ``ledger`` the comparisons are only counted.
    """
    try:
        value = json.loads((folder / key[:2] / key).read_bytes())
        return _result(value, source, ledger=ledger)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


class Conversions(NamedTuple):
    """What other programs made of files, kept in the same folder as the results; see `rectlint.readers.options.Kept`."""

    folder: Path

    def load(self, key: str) -> bytes | None:
        """The bytes under ``key``; None when there are none, or when they are not whole."""
        try:
            data = (self.folder / key[:2] / f"{key}.kept").read_bytes()
        except OSError:
            return None
        digest, content = data[:_DIGEST], data[_DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else None

    def store(self, key: str, data: bytes) -> None:
        """Keep ``data``.  A folder that cannot be written is told of when the result is stored there."""
        with suppress(FileError):
            _begin(self.folder)
            replace_file(self.folder / key[:2] / f"{key}.kept", hashlib.sha256(data).digest() + data)


def store(folder: Path, key: str, source: Source, result: FileResult) -> None:
    """Keep a result; a `FileError` when it cannot be written.  One that would not come back the same is not kept."""
    value = _value(result)
    if _result(value, source) != result:
        return
    _begin(folder)
    replace_file(folder / key[:2] / key, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _begin(folder: Path) -> None:
    """Mark a folder as a cache of ours."""
    if not (folder / "CACHEDIR.TAG").is_file():
        replace_file(folder / ".gitignore", b"*\n")
        replace_file(folder / "CACHEDIR.TAG", _TAG.encode())


def clean(folder: Path) -> int:
    """Delete a cache; how many entries it held.  A folder that is no cache of ours is left alone: 0."""
    if not (folder / "CACHEDIR.TAG").is_file():
        return 0
    count = sum(1 for path in folder.glob("*/*") if path.is_file())
    doomed = folder.with_name(f"{folder.name}.{os.getpid()}.old")
    try:
        folder.rename(doomed)
        shutil.rmtree(doomed)
    except OSError as error:
        raise FileError(str(folder), f"删除失败：{error.strerror}", f"cannot be deleted: {error.strerror}") from None
    return count


def _value(result: FileResult) -> dict[str, Any]:
    return {
        "findings": [
            [
                finding.rule,
                finding.name,
                finding.severity,
                _words(finding.message),
                _words(finding.advice),
                _offsets(finding.place),
                [_offsets(place) for place in finding.evidence],
                [finding.derivation, finding.expected, finding.actual, finding.fingerprint],
                _offsets(finding.context),
            ]
            for finding in result.findings
        ],
        "comparisons": [
            [
                comparison.rule,
                comparison.name,
                comparison.verdict,
                comparison.derivation,
                _words(comparison.reason),
                [_offsets(place) for place in comparison.places],
            ]
            for comparison in result.comparisons
        ],
    }


def _result(value: dict[str, Any], source: Source, *, ledger: bool = True) -> FileResult:
    findings = []
    for rule, name, severity, message, advice, place, evidence, texts, context in value["findings"]:
        derivation, expected, actual, fingerprint = texts
        findings.append(
            Finding(
                source.path,
                rule,
                name,
                severity,
                Words(*message),
                Words(*advice),
                _place(place, source),
                tuple(_place(item, source) for item in evidence),
                derivation,
                expected,
                actual,
                _place(context, source),
                fingerprint,
            )
        )
    result = FileResult(
        source.path,
        source.encoding,
        None,
        tuple(findings),
        text=source.text,
        notes=source.notes,
        format=source.format,
    )
    if not ledger:
        verdicts = [comparison[2] for comparison in value["comparisons"]]
        consistent, contradicted, unchecked = (verdicts.count(verdict) for verdict in VERDICTS)
        tally = (consistent, contradicted, unchecked)
        return result._replace(tally=tally)
    comparisons = [
        Comparison(
            source.path, rule, name, verdict, derivation, Words(*reason), tuple(_place(item, source) for item in places)
        )
        for rule, name, verdict, derivation, reason, places in value["comparisons"]
    ]
    return result._replace(comparisons=tuple(comparisons))


def _words(words: Words) -> list[str]:
    return [words.zh, words.en]


def _offsets(place: Place) -> list[Any]:
    return [place.start.offset, place.end.offset, place.label.zh, place.label.en]


def _place(value: list[Any], source: Source) -> Place:
    start, end, zh, en = value
    return source.place(Span(start, end), Words(zh, en))
