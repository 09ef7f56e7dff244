"""Findings that somebody accepted, kept outside the text: a published bulletin can carry no comments.

In: ``rectlint-accept.toml`` and results.  Out: results with the accepted findings taken out of ``findings``, and the
entries that no longer fit anything.  An entry fits by fingerprint (and by path, if it has one), so it survives new
paragraphs, another layout and another encoding, and dies when a figure changes.

>>> entry_text("TOT001", "a.txt", "共16件", "经批准不公开一项", "0123").splitlines()[1]
'rule = "TOT001"'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from rectlint.errors import ConfigError, did_you_mean
from rectlint.records import NamedTuple
from rectlint.report import Accepted, FileResult, Finding, Note, Words, file_of
from rectlint.toml_file import TomlFile, read_toml

FILE_NAME = "rectlint-accept.toml"
BASELINE_REASON = "基线：启用检查时已有，待逐条核实"
_KEYS = ("rule", "path", "quote", "reason", "fingerprint")
_REQUIRED = ("rule", "reason", "fingerprint")
_HEAD = """# 已接受的发现。每条写明理由（reason）；所涉数字一改，指纹（fingerprint）即失效，须重新判断。
# Accepted findings. Each needs a reason; when a figure changes the fingerprint dies and the finding returns.
"""


class Entry(NamedTuple):
    """One accepted finding as written down; ``index`` is its place in the file."""

    order: int
    rule: str
    path: str
    reason: str
    fingerprint: str
    where: str


class AcceptFile(NamedTuple):
    """An accept file with its entries."""

    file: TomlFile
    entries: tuple[Entry, ...]

    @property
    def root(self) -> Path:
        """The folder that the paths of the entries are relative to."""
        return self.file.path.absolute().parent


def find_accept_file(folder: Path) -> Path | None:
    """The accept file nearest to ``folder``, going up."""
    folder = folder.absolute()
    return next((path for parent in (folder, *folder.parents) if (path := parent / FILE_NAME).is_file()), None)


def read_accept_file(path: Path, rule_names: Mapping[str, str]) -> AcceptFile:
    """Read and check a file; ``rule_names`` gives the code for every code and name.  Mistakes are `ConfigError`."""
    file = read_toml(path)
    for key in file.data:
        if key != "accept":
            raise ConfigError(
                file.where(key), f"没有 {key} 这一节", f"unknown table {key}", *did_you_mean(key, ["accept"])
            )
    tables = file.data.get("accept", [])
    if not isinstance(tables, list):
        raise ConfigError(file.where("accept"), "应写成 [[accept]]", "write it as [[accept]]")
    return AcceptFile(file, tuple(_entry(file, index, table, rule_names) for index, table in enumerate(tables)))


def _entry(file: TomlFile, index: int, table: Mapping[str, object], rule_names: Mapping[str, str]) -> Entry:
    for key, value in table.items():
        place = file.where("accept", index, key)
        if key not in _KEYS:
            raise ConfigError(place, f"没有 {key} 这一项", f"unknown key {key}", *did_you_mean(key, _KEYS))
        if not isinstance(value, str):
            raise ConfigError(place, f"{key} 应为加引号的文字", f"{key} must be a string")
    where = file.where("accept", index)
    for key in _REQUIRED:
        if not str(table.get(key, "")).strip():
            hint = ("写明为什么可以接受", "say why it may stand") if key == "reason" else ("", "")
            raise ConfigError(where, f"缺少 {key}", f"{key} is missing", *hint)
    rule = str(table["rule"])
    if rule not in rule_names:
        hints = did_you_mean(rule, rule_names)
        if hints[0].startswith("可用"):
            hints = ("用 rectlint rules 列出全部规则", "rectlint rules lists them")
        raise ConfigError(file.where("accept", index, "rule"), f"没有规则 {rule}", f"there is no rule {rule}", *hints)
    return Entry(
        index, rule_names[rule], str(table.get("path", "")), str(table["reason"]), str(table["fingerprint"]), where
    )


def apply_entries(result: FileResult, accepts: AcceptFile) -> tuple[FileResult, frozenset[int]]:
    """The result without the accepted findings, and the indices of the entries that were used."""
    entries = [entry for entry in accepts.entries if _concerns(entry, result.path, accepts.root)]
    kept: list[Finding] = []
    accepted: list[Accepted] = []
    used: set[int] = set()
    for finding in result.findings:
        fitting = [e for e in entries if e.fingerprint == finding.fingerprint and e.rule == finding.rule]
        if fitting:
            accepted.append(Accepted(finding, fitting[0].reason, fitting[0].where))
            used.update(entry.order for entry in fitting)
        else:
            kept.append(finding)
    if not accepted:
        return result, frozenset()
    return result._replace(findings=tuple(kept), accepted=(*result.accepted, *accepted)), frozenset(used)


def unused_entries(
    accepts: AcceptFile, used: Iterable[int], checked: Mapping[str, frozenset[str]], *, whole: bool
) -> tuple[Entry, ...]:
    """The entries that fit nothing although they could have.

    ``checked`` gives for each checked file the codes of the rules that ran.  An entry whose file was not checked this
    time, or whose rule did not run, is left alone; one whose file is gone is unused.  ``whole``: a folder was walked, so
    that entries without a path can be judged too.
    """
    used = set(used)
    unused: list[Entry] = []
    for entry in accepts.entries:
        if entry.order in used:
            continue
        ran = any(entry.rule in codes and _concerns(entry, path, accepts.root) for path, codes in checked.items())
        plain = entry.path and not any(character in entry.path for character in "*?[")
        gone = plain and not (accepts.root / file_of(entry.path)).exists()
        if gone or (ran and (entry.path or whole)):
            unused.append(entry)
    return tuple(unused)


def unused_note(entry: Entry) -> Note:
    """The note that tells of an unused entry."""
    return Note(
        entry.where,
        Words(
            f"这一条（{entry.rule}）已对不上任何发现，可用 --prune-baseline 删去",
            f"this entry ({entry.rule}) fits no finding any more; --prune-baseline removes it",
        ),
    )


def _concerns(entry: Entry, path: str, root: Path) -> bool:
    return not entry.path or fnmatchcase(_relative(path, root), entry.path)


def with_findings(text: str, findings: Sequence[Finding], root: Path, reason: str = BASELINE_REASON) -> str:
    """The text of an accept file with an entry added for each finding."""
    parts = [text.rstrip("\n") + "\n" if text.strip() else _HEAD]
    seen: set[tuple[str, str]] = set()
    for finding in findings:
        path = _relative(finding.path, root)
        if (path, finding.fingerprint) not in seen:
            seen.add((path, finding.fingerprint))
            quote = " ".join((finding.context.text or finding.place.text).split())
            parts.append(entry_text(finding.rule, path, quote, reason, finding.fingerprint))
    return "\n".join(parts)


def entry_text(rule: str, path: str, quote: str, reason: str, fingerprint: str) -> str:
    """One entry as TOML."""
    values = {"rule": rule, "path": path, "quote": _shortened(quote), "reason": reason, "fingerprint": fingerprint}
    return "[[accept]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def without_entries(text: str, indices: Iterable[int]) -> str:
    """The text of an accept file without some of its entries; comments between the others stay."""
    doomed = set(indices)
    kept: list[str] = []
    index = -1
    for line in text.splitlines(keepends=True):
        if line.strip().startswith("[[accept]]"):
            index += 1
        if index not in doomed or (line.startswith("#") and index in doomed):
            kept.append(line)
    return "".join(kept)


def _relative(path: str, root: Path) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # on another drive
        return Path(path).absolute().as_posix()


def _shortened(quote: str) -> str:
    return quote if len(quote) <= 80 else quote[:79] + "…"


def _toml(text: str) -> str:
    import json  # only where an accept file is written

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
