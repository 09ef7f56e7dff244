"""Which lines of which files changed since a commit.

In: a git revision and files.  Out: for each file its changed lines, everything for a new one.  The revision's merge base
with HEAD counts, so that what others changed meanwhile does not.

>>> Changes(((3, 5),)).touches(5, 9)
True
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from rectlint.errors import UsageError
from rectlint.records import NamedTuple
from rectlint.report import FileResult, Finding

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")

# formats whose text has the lines of the file
_WITH_LINES = frozenset({"text", "markdown"})


class Changes(NamedTuple):
    """Changed lines as inclusive ranges; None for the whole file."""

    ranges: tuple[tuple[int, int], ...] | None

    def touches(self, first: int, last: int) -> bool:
        """Whether any line from ``first`` to ``last`` changed."""
        return self.ranges is None or any(low <= last and first <= high for low, high in self.ranges)


NOTHING = Changes(())
EVERYTHING = Changes(None)


def changed_lines(revision: str, paths: Sequence[str]) -> dict[str, Changes]:
    """The changes of each path since ``revision``; a `UsageError` outside a repository or for an unknown revision."""
    folders = {path: Path(os.path.realpath(path)).parent for path in paths}
    roots = {folder: _root(folder, revision) for folder in set(folders.values())}
    by_root = {root: _repository_changes(root, revision) for root in set(roots.values())}
    found: dict[str, Changes] = {}
    for path, folder in folders.items():
        root = roots[folder]
        tracked, changes = by_root[root]
        name = Path(os.path.realpath(path)).relative_to(root).as_posix()
        found[path] = changes.get(name, NOTHING) if name in tracked else EVERYTHING
    return found


def only_changed(result: FileResult, changes: Changes) -> FileResult:
    """The result with only the findings any of whose places, evidence included, touches a changed line.

    Where the lines of the text are not those of the file (Word, PDF, web pages) any change to it counts for all of it.
    """
    if result.format not in _WITH_LINES:
        changes = NOTHING if changes == NOTHING else EVERYTHING
    kept = tuple(finding for finding in result.findings if _touches(finding, changes))
    return result if len(kept) == len(result.findings) else result._replace(findings=kept)


def _touches(finding: Finding, changes: Changes) -> bool:
    return any(changes.touches(place.start.line, place.end.line) for place in (finding.place, *finding.evidence))


def _root(folder: Path, revision: str) -> Path:
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done is None:
        raise UsageError(
            f"--diff-base {revision}",
            f"{folder} 不在 git 仓库里（或没有安装 git）",
            f"{folder} is not in a git repository (or git is missing)",
        )
    return Path(os.path.realpath(done.decode("utf-8", "surrogateescape").strip()))


def _repository_changes(root: Path, revision: str) -> tuple[frozenset[str], dict[str, Changes]]:
    """The tracked files, and the changes of those that changed."""
    if _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise UsageError(
            f"--diff-base {revision}",
            "没有这个版本",
            "there is no such revision",
            "核对分支名；CI 里须取回完整历史（fetch-depth: 0）",
            "check the name; in CI fetch the whole history (fetch-depth: 0)",
        )
    base = (_git(root, "merge-base", revision, "HEAD") or revision.encode()).decode().strip()
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/")
    diff = _git(root, "-c", "core.quotePath=false", "diff", *options, base, "--") or b""
    tracked = (_git(root, "ls-files", "-z") or b"").split(b"\0")
    names = frozenset(name.decode("utf-8", "surrogateescape") for name in tracked)
    return names, _parse_diff(diff)


def _parse_diff(diff: bytes) -> dict[str, Changes]:
    changes: dict[str, Changes] = {}
    name: str | None = None
    ranges: list[tuple[int, int]] = []
    in_hunk = 0
    for line in diff.split(b"\n"):
        if in_hunk > 0 and line[:1] in (b"+", b"-", b"\\"):
            in_hunk -= line[:1] != b"\\"
            continue
        if line.startswith(b"+++ "):
            name = _name(line[4:])
            ranges = []
        elif line.startswith(b"Binary files "):
            words = line.removeprefix(b"Binary files ").removesuffix(b" differ")
            changes[_name(words.rpartition(b" and ")[2]) or ""] = EVERYTHING
        elif (match := _HUNK.match(line)) and name is not None:
            first, count = int(match[1]), int(match[2] or b"1")
            removed = re.match(rb"@@ -\d+(?:,(\d+))?", line)
            in_hunk = count + int((removed and removed[1]) or b"1")
            # lines taken away leave none behind: then the lines on either side count as changed
            ranges.append((first, first + count - 1) if count else (first, first + 1))
            changes[name] = Changes(tuple(ranges))
    return changes


def _name(text: bytes) -> str | None:
    text = text.rstrip(b"\t\r")
    if text.startswith(b'"') and text.endswith(b'"'):
        text = text[1:-1].decode("unicode_escape").encode("latin-1")
    if text == b"/dev/null":
        return None
    return text.removeprefix(b"b/").decode("utf-8", "surrogateescape")


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints, or None when it fails."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
