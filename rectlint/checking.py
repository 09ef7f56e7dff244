"""One run of ``rectlint check``: paths to a report.

In: a `CheckRequest`.  Out: a `Report`, complete or interrupted.  Files are found, planned, checked; then findings are
accepted or left out as untouched by changes; what was accepted for nothing is told.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rectlint.accept import (
    BASELINE_REASON,
    AcceptFile,
    apply_entries,
    find_accept_file,
    read_accept_file,
    unused_entries,
    unused_note,
    with_findings,
    without_entries,
)
from rectlint.accept import FILE_NAME as ACCEPT_FILE_NAME
from rectlint.batch import check_files, job_count
from rectlint.config import Overrides
from rectlint.errors import ConfigError, UsageError
from rectlint.files import STDIN, Found, find_files, read_bytes
from rectlint.output import replace_file
from rectlint.planning import Planner
from rectlint.records import NamedTuple
from rectlint.render import NEEDS_LEDGER, NEEDS_TEXT
from rectlint.render.words import counted
from rectlint.report import FileResult, Finding, Note, Report, Words, file_of
from rectlint.runner import Job, Keep

if TYPE_CHECKING:
    from rectlint.changes import Changes

# below this many files nobody needs a progress bar
_PROGRESS_FROM = 20


class Output(NamedTuple):
    """One output of a run: its format, and the file it goes to (standard output without one)."""

    format: str
    path: Path | None = None


class CheckRequest(NamedTuple):
    """What ``rectlint check`` was asked to do."""

    paths: tuple[str, ...]
    outputs: tuple[Output, ...] = (Output("full"),)
    language: str = "zh"
    overrides: Overrides = Overrides()
    stdin_filename: str | None = None
    jobs: int | None = None
    statistics: bool = False
    diff_base: str | None = None
    write_baseline: bool = False
    prune_baseline: bool = False
    reason: str | None = None


def run_check(request: CheckRequest, planner: Planner) -> Report:
    """The report of a request, complete or interrupted."""
    if request.diff_base and (request.write_baseline or request.prune_baseline):
        raise UsageError(
            "--diff-base", "不能与 --write-baseline、--prune-baseline 同用", "cannot be used with the baseline options"
        )
    _refuse_idle_options(request)
    found = find_files(request.paths, planner.filter_for)
    # a cache pays for folders; whoever checks one bulletin does not want a folder left beside it
    planner.use_cache = found.walked
    jobs = jobs_for(found, request, planner)
    changes = _changes(request.diff_base, jobs)
    formats = {output.format for output in request.outputs}
    keep = Keep(text=not formats.isdisjoint(NEEDS_TEXT), ledger=not formats.isdisjoint(NEEDS_LEDGER))
    processes = job_count(request.jobs, len(jobs))
    by_job: list[tuple[FileResult, ...]] = []
    interrupted = False
    try:
        with progress(len(jobs), request.language) as advance:
            for results in check_files(jobs, planner.plans, processes, keep=keep, on_progress=advance):
                by_job.append(results)
    except KeyboardInterrupt:
        interrupted = True
    notes: list[Note] = []
    acceptance = Acceptance(planner, creates=request.write_baseline)
    done = [acceptance.apply(result) for results in by_job for result in results]
    if changes is not None:
        before = sum(len(result.findings) for result in done)
        done = [_only_changed(result, changes) for result in done]
        left_out = before - sum(len(result.findings) for result in done)
        if left_out:
            notes.append(_left_out(left_out, request.diff_base or ""))
    elif not interrupted:
        checked = {
            result.path: frozenset(rule.code for rule in planner.plans[job.plan].rules)
            for job, results in zip(jobs, by_job, strict=True)
            for result in results
            if result.error is None
        }
        notes += acceptance.unused(checked, whole=found.walked, prune=request.prune_baseline)
        if request.write_baseline:
            done, written = acceptance.write_baseline(done, request.reason or BASELINE_REASON)
            notes += written
    missing = [FileResult(missing.path, None, missing.why) for missing in found.missing]
    told, shared = _without_repeated_notes([*missing, *done])
    return Report(tuple(told), notes=(*shared, *notes), pending=len(jobs) - len(by_job))


def _refuse_idle_options(request: CheckRequest) -> None:
    """An option that would do nothing is a mistake of whoever gave it."""
    if request.reason is not None and not request.write_baseline:
        raise UsageError("--reason", "只与 --write-baseline 同用", "goes with --write-baseline only")
    if request.stdin_filename is not None and STDIN not in request.paths:
        raise UsageError(
            "--stdin-filename",
            "只在检查标准输入时使用",
            "goes with standard input only",
            f"把 {STDIN} 写作路径",
            f"give {STDIN} as the path",
        )


def _changes(revision: str | None, jobs: Sequence[Job]) -> Mapping[str, Changes] | None:
    if revision is None:
        return None
    from rectlint.changes import changed_lines

    return changed_lines(revision, [job.path for job in jobs])


def _only_changed(result: FileResult, changes: Mapping[str, Changes]) -> FileResult:
    from rectlint.changes import only_changed

    return only_changed(result, changes[file_of(result.path)])


def _left_out(count: int, revision: str) -> Note:
    words = Words(
        f"略去与改动行无关的发现 {count} 处", f"{counted(count, 'finding')} left out that touch no changed line"
    )
    return Note(f"--diff-base {revision}", words)


def _without_repeated_notes(results: Sequence[FileResult]) -> tuple[list[FileResult], list[Note]]:
    """Notes that every file carries (a cache that cannot be written) are told once, for the run."""
    count = Counter(note for result in results for note in result.notes)
    repeated = [note for note, times in count.items() if times > 1]
    if not repeated:
        return list(results), []
    kept = [
        result._replace(notes=tuple(note for note in result.notes if note not in repeated)) if result.notes else result
        for result in results
    ]
    return kept, repeated


class Acceptance:
    """The accept files of a run: found by folder, read once, and their entries counted as they are used."""

    def __init__(self, planner: Planner, *, creates: bool) -> None:
        """``creates``: an accept file that is named but not there yet is about to be written."""
        self._planner = planner
        self._creates = creates
        self._files: dict[Path, AcceptFile] = {}
        self._used: dict[Path, set[int]] = {}

    def apply(self, result: FileResult) -> FileResult:
        """The result without the findings its accept file accepts."""
        path = self._path_for(result.path)
        if path is None or result.error is not None or not path.is_file():
            return result
        result, used = apply_entries(result, self._read(path))
        self._used[path] |= used
        return result

    def unused(self, checked: Mapping[str, frozenset[str]], *, whole: bool, prune: bool) -> list[Note]:
        """Notes on the entries that fitted nothing; ``prune`` takes them out of their files."""
        notes: list[Note] = []
        for path, accepts in list(self._files.items()):
            entries = unused_entries(accepts, self._used[path], checked, whole=whole)
            if not entries or not prune:
                notes += [unused_note(entry) for entry in entries]
                continue
            text = without_entries(accepts.file.text, [entry.order for entry in entries])
            replace_file(path, text.encode("utf-8"))
            del self._files[path]
            count = len(entries)
            words = Words(
                f"已删去 {count} 条不再用到的登记", f"{counted(count, 'unused entry', 'unused entries')} removed"
            )
            notes.append(Note(str(path), words))
        return notes

    def write_baseline(self, results: Sequence[FileResult], reason: str) -> tuple[list[FileResult], list[Note]]:
        """Write an entry for every finding left; the results with them accepted, and notes on what was written."""
        by_path: dict[Path, list[Finding]] = {}
        for result in results:
            settings = self._planner.settings_for(Path(file_of(result.path)).parent)
            path = self._path_for(result.path) or settings.root / ACCEPT_FILE_NAME
            by_path.setdefault(path, []).extend(result.findings)
        notes: list[Note] = []
        for path, findings in by_path.items():
            text = self._read(path).file.text if path.is_file() else ""
            if findings or not text:
                replace_file(path, with_findings(text, findings, path.absolute().parent, reason).encode("utf-8"))
            count = len(findings)
            notes.append(Note(str(path), Words(f"已登记 {count} 处发现", f"{counted(count, 'finding')} written down")))
        self._files.clear()
        return [self.apply(result) for result in results], notes

    def _path_for(self, path: str) -> Path | None:
        folder = Path(file_of(path)).parent
        settings = self._planner.settings_for(folder)
        named = settings.accept_file
        if named is None:
            return find_accept_file(folder)
        if not named.is_file() and not self._creates:
            raise ConfigError(settings.origin("accept-file"), f"找不到 {named}", f"there is no {named}")
        return named

    def _read(self, path: Path) -> AcceptFile:
        if path not in self._files:
            names = {rule.code: rule.code for rule in self._planner.all_rules()}
            names |= {rule.name: rule.code for rule in self._planner.all_rules()}
            self._files[path] = read_accept_file(path, names)
            self._used[path] = set()
        return self._files[path]


def jobs_for(found: Found, request: CheckRequest, planner: Planner) -> list[Job]:
    """A job for each file, with the plan that holds for it."""
    return [_job(path, path in found.searched, request, planner) for path in found.files]


def _job(path: str, searched: bool, request: CheckRequest, planner: Planner) -> Job:
    if path != STDIN:
        return Job(path, planner.plan_for(path), searched=searched)
    name = request.stdin_filename or "<stdin>"
    return Job(name, planner.plan_for(name), read_bytes(STDIN))


@contextmanager
def progress(total: int, language: str) -> Iterator[Callable[[int], None] | None]:
    """A progress bar while many files are checked and a person watches; it goes away when they are done."""
    if total < _PROGRESS_FROM or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # no refreshing thread: the worker processes are forked from this one
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("检查" if language == "zh" else "checking", total=total)

        def advance(count: int) -> None:
            bar.update(task, advance=count, refresh=True)

        yield advance
