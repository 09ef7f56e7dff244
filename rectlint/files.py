"""Paths on the command line to files to check, and files to bytes.

In: paths, folders, patterns and ``-`` as typed.  Out: `Found`, the files in a fixed order and what could not be found.
A folder is walked recursively; what ``.gitignore`` names is left out.  A path that yields nothing is reported, never
passed over.

>>> find_files(["no/such/file.txt"]).missing[0].path
'no/such/file.txt'
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rectlint.errors import FileError
from rectlint.readers import FORMATS, LOCK_FILES
from rectlint.records import NamedTuple
from rectlint.report import Words

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# what a walk through a folder takes; a file named on the command line is always taken
DEFAULT_INCLUDE: tuple[str, ...] = tuple(f"*{ending}" for format_ in FORMATS.values() for ending in format_.endings)
_NEVER_ENTERED = frozenset(
    {".git", ".hg", ".svn", ".rectlint_cache", "node_modules", "__pycache__", ".venv", "venv", ".mypy_cache"}
    | {".ruff_cache", ".pytest_cache", "$RECYCLE.BIN", "System Volume Information", "__MACOSX"}
)
STDIN = "-"
REPORT_MARK = b'<meta name="generator" content="rectlint">'
"""What an HTML report holds near its beginning: a later walk through the folder does not take it for a bulletin."""
_HEAD = 300


class Missing(NamedTuple):
    """A path as typed that yielded no file, and why."""

    path: str
    why: Words


class Found(NamedTuple):
    """The files to check, as paths to show and open, in order, each once; ``-`` stands for standard input.

    ``searched`` are those that nobody named: they were found in a folder.
    """

    files: tuple[str, ...]
    missing: tuple[Missing, ...] = ()
    walked: bool = False
    searched: frozenset[str] = frozenset()


class Filter(NamedTuple):
    """Which files a walk takes: patterns relative to ``root`` in the manner of ``.gitignore``."""

    root: Path
    include: tuple[str, ...] = DEFAULT_INCLUDE
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False


def find_files(paths: Sequence[str], filter_for: Callable[[Path], Filter] | None = None) -> Found:
    """Expand ``paths``.  ``filter_for`` gives the filter that holds in a folder; by default all texts are taken."""
    files: dict[str, str] = {}
    missing: list[Missing] = []
    named: set[str] = set()
    walked = False
    filters = filter_for or (lambda folder: Filter(folder))
    for path in paths:
        if path == STDIN:
            files.setdefault(STDIN, STDIN)
            continue
        found = 0
        for candidate in _expand(path):
            if candidate.is_dir():
                walked = True
                names: Iterator[Path] = _walk(candidate, filters)
            elif candidate.exists():
                names = iter([] if _force_excluded(candidate, filters) else [candidate])
                found += 1
            else:
                continue
            for name in names:
                found += 1
                shown = files.setdefault(os.path.realpath(name), name.as_posix())
                if not candidate.is_dir():
                    named.add(shown)
        if not found:
            missing.append(Missing(path, _why_nothing(path)))
    return Found(tuple(files.values()), tuple(missing), walked, frozenset(files.values()) - named - {STDIN})


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``; a `FileError` in plain words when that fails."""
    try:
        if path == STDIN:
            return sys.stdin.buffer.read()
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise FileError(
            path, "文件不存在，或在检查过程中被移走", "the file does not exist, or was moved away during the run"
        ) from None
    except PermissionError:
        raise FileError(
            path, "没有读取权限", "no permission to read", "请检查文件权限或是否被其他程序占用", "check its permissions"
        ) from None
    except IsADirectoryError:
        raise FileError(path, "这是文件夹", "this is a folder") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError(path, f"读取失败：{reason}", f"cannot be read: {reason}") from None


def matches(path: Path, patterns: Sequence[str], root: Path) -> bool:
    """Whether ``path`` matches one of ``patterns``, read relative to ``root`` in the manner of ``.gitignore``."""
    return bool(patterns) and _spec(tuple(patterns)).match_file(_relative(path, root))


def _expand(path: str) -> Iterator[Path]:
    """The path itself, or what a pattern matches: shells on Windows leave patterns to the program."""
    if any(character in path for character in "*?[") and not os.path.lexists(path):
        import glob

        yield from map(Path, sorted(glob.glob(path, recursive=True)))  # noqa: PTH207 (the pattern may be absolute)
        return
    yield Path(path)


def _walk(folder: Path, filters: Callable[[Path], Filter]) -> Iterator[Path]:
    """The texts under ``folder`` in the order of their paths."""
    ignores = _inherited_ignores(folder)
    yield from _walk_folder(folder, filters, ignores)


Ignore = tuple[Path, "GitIgnoreSpec"]


def _walk_folder(folder: Path, filters: Callable[[Path], Filter], ignores: tuple[Ignore, ...]) -> Iterator[Path]:
    filter_ = filters(folder)
    if filter_.respect_gitignore:
        ignores = (*ignores, *_ignore_file(folder / ".gitignore", folder))
    include, exclude = _spec(filter_.include), _spec(filter_.exclude)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        # taken as a file to read, so that the run reports it as one it could not check
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and (not entry.is_file() or entry.name.startswith(LOCK_FILES)):
            continue
        if filter_.respect_gitignore and _ignored(path, is_folder, ignores):
            continue
        relative = _relative(path, filter_.root)
        if is_folder:
            if entry.name not in _NEVER_ENTERED and not exclude.match_file(relative + "/"):
                yield from _walk_folder(path, filters, ignores)
        elif include.match_file(relative) and not exclude.match_file(relative) and not _is_report(path):
            yield path


def _is_report(path: Path) -> bool:
    """Whether a file is a page that an earlier run wrote beside the texts."""
    if path.suffix != ".html":
        return False
    try:
        with path.open("rb") as file:
            return REPORT_MARK in file.read(_HEAD)
    except OSError:
        return False  # taken, so that the run reports it


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _relative(path: Path, root: Path) -> str:
    try:
        return _absolute(path).relative_to(_absolute(root)).as_posix()
    except ValueError:
        return path.name


def _absolute(path: Path) -> Path:
    """The path from the root, ``..`` removed, symbolic links kept: patterns speak of names as written."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (resolve() would follow links)


def _inherited_ignores(folder: Path) -> tuple[Ignore, ...]:
    """The ``.gitignore`` files above ``folder``, up to the root of its repository; none outside a repository."""
    above = [_absolute(folder), *_absolute(folder).parents]
    root = next((index for index, parent in enumerate(above) if (parent / ".git").exists()), None)
    if root is None:
        return ()
    ignores: list[Ignore] = [*_ignore_file(above[root] / ".git" / "info" / "exclude", above[root])]
    for parent in reversed(above[1 : root + 1]):
        ignores += _ignore_file(parent / ".gitignore", parent)
    return tuple(ignores)


def _ignore_file(path: Path, root: Path) -> tuple[Ignore, ...]:
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return ((root, _spec(tuple(lines))),)


def _ignored(path: Path, is_folder: bool, ignores: tuple[Ignore, ...]) -> bool:
    """The nearest ``.gitignore`` with a word on ``path`` decides."""
    for root, spec in reversed(ignores):
        decision = spec.check_file(_relative(path, root) + ("/" if is_folder else "")).include
        if decision is not None:
            return decision
    return False


def _force_excluded(path: Path, filters: Callable[[Path], Filter]) -> bool:
    filter_ = filters(path.parent)
    return filter_.force_exclude and matches(path, filter_.exclude, filter_.root)


def _why_nothing(path: str) -> Words:
    if Path(path).is_dir():
        endings = "、".join(pattern.removeprefix("*") for pattern in DEFAULT_INCLUDE)
        return Words(
            f"文件夹里没有可检查的文本（{endings}）；其他类型请用 include 设置",
            f"the folder holds nothing to check ({endings}); for other endings set include",
        )
    if any(character in path for character in "*?["):
        return Words("没有文件符合这个通配符", "no file matches this pattern")
    return Words("文件不存在，请核对路径", "no such file: check the path")
