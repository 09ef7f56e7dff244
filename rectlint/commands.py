"""What each command does, with its arguments already parsed.

In: a frozen request.  Out: text on standard output and an exit code.  `rectlint.cli` only parses and calls.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import rectlint
from rectlint.config import Overrides
from rectlint.errors import RectlintError, UsageError
from rectlint.files import STDIN, find_files, read_bytes
from rectlint.output import replace_file, write_text
from rectlint.planning import Planner
from rectlint.render import FORMATS, NEEDS_TEXT, READABLE, Options, render
from rectlint.render.closing import closing_line, note_lines
from rectlint.render.statistics import statistics_text
from rectlint.report import FileResult, Note, Report, Words
from rectlint.ruleset import Rule, load_rules
from rectlint.runner import Job, check_files, job_count
from rectlint.selection import decide
from rectlint.source import Source, decode

# below this many files nobody needs a progress bar
_PROGRESS_FROM = 20

@dataclass(frozen=True, slots=True)
class Output:
    """One output of a run: its format, and the file it goes to (standard output without one)."""

    format: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What ``rectlint check`` was asked to do."""

    paths: tuple[str, ...]
    outputs: tuple[Output, ...] = (Output("full"),)
    language: str = "zh"
    overrides: Overrides = field(default_factory=Overrides)
    stdin_filename: str | None = None
    jobs: int | None = None
    statistics: bool = False


def check(request: CheckRequest) -> int:
    """Check files, render the report, and say how it ended."""
    options = render_options(request.language)
    planner = None
    try:
        planner = Planner(request.overrides)
        report = run_check(request, planner)
    except RectlintError as error:
        report = Report((), problems=(problem(error),))
    if planner is not None:
        options = replace(options, rules={rule.code: rule for rule in planner.all_rules()})
    return _publish(report, request, options)


def run_check(request: CheckRequest, planner: Planner) -> Report:
    """The report of a request, complete or interrupted."""
    found = find_files(request.paths, planner.filter_for)
    jobs = [_job(path, request, planner) for path in found.files]
    results = [FileResult(missing.path, None, missing.why) for missing in found.missing]
    keep_text = any(output.format in NEEDS_TEXT for output in request.outputs)
    processes = job_count(request.jobs, len(jobs))
    done: list[FileResult] = []
    try:
        with progress(len(jobs), request.language) as advance:
            for result in check_files(jobs, planner.plans, processes, keep_text=keep_text, on_progress=advance):
                done.append(result)
    except KeyboardInterrupt:
        return Report((*results, *done), pending=len(jobs) - len(done))
    return Report((*results, *done))


def _job(path: str, request: CheckRequest, planner: Planner) -> Job:
    if path != STDIN:
        return Job(path, planner.plan_for(path))
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


def _publish(report: Report, request: CheckRequest, options: Options) -> int:
    """Write every output; one that cannot be written is a problem of the run."""
    failures: list[Note] = []
    for output in request.outputs:
        if output.path is None:
            continue
        text = render(report, output.format, options_for_file(options))
        try:
            replace_file(output.path, _encoded(text, output.format))
        except RectlintError as error:
            failures.append(problem(error))
    if failures:
        report = replace(report, problems=(*report.problems, *failures))
    shown = next((output.format for output in request.outputs if output.path is None), None)
    text = "" if shown is None else render(report, shown, options)
    tables = [statistics_text(report, options)] if request.statistics else []
    closing = "\n".join([*tables, *note_lines(report, options), closing_line(report, options)])
    write_text(text, sys.stdout)
    write_text(closing, sys.stdout if shown is None or shown in READABLE else sys.stderr)
    return report.exit_code()


def _encoded(text: str, format: str) -> bytes:
    # Excel takes a CSV file for the local code page unless it opens with a byte order mark
    return ("\ufeff" if format == "csv" else "").encode() + text.encode("utf-8") + b"\n"


def problem(error: RectlintError) -> Note:
    """A deliberate error as a problem of the run."""
    where = error.where
    zh, en = (error.text(language).removeprefix(f"{where}: ") for language in ("zh", "en"))
    return Note(where, Words(zh, en))


def render_options(language: str, rules: Sequence[Rule] = ()) -> Options:
    """Options for this terminal: its width, and colour only where it is wanted and can be shown."""
    import shutil

    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Options(language, max(40, width), color, rectlint.__version__, {rule.code: rule for rule in rules})


def options_for_file(options: Options) -> Options:
    """The same options without colour and terminal width."""
    return Options(options.language, 100, False, options.version, options.rules)


def claims(paths: Sequence[str], format: str, language: str) -> int:
    """Print the ledger of comparisons."""
    from rectlint.render.ledger import ledger_exit_code, render_json, render_text

    options = render_options(language)
    planner = Planner(Overrides())
    found = find_files(paths, planner.filter_for)
    jobs = [_job(path, CheckRequest(tuple(paths)), planner) for path in found.files]
    results = [FileResult(missing.path, None, missing.why) for missing in found.missing]
    report = Report((*results, *check_files(jobs, planner.plans)))
    text = render_json(report, options) if format == "json" else render_text(report, options)
    write_text(text, sys.stdout)
    for note in note_lines(report, options):
        write_text(note, sys.stderr)
    return ledger_exit_code(report)


def show(what: str, path: str, language: str) -> int:
    """Print the outline or the claims of one file as the program understands it."""
    from rectlint.show import claim_lines, outline_lines

    source = read_source(path)
    lines = outline_lines(source) if what == "outline" else claim_lines(source)
    write_text("\n".join(lines), sys.stdout)
    return 0


def read_source(path: str) -> Source:
    """Read and decode one file."""
    return decode(read_bytes(path), path)


def find_rule(rules: Sequence[Rule], name: str) -> Rule:
    """The rule with this code (in either case) or name; a `UsageError` with the nearest names otherwise."""
    for rule in rules:
        if name.upper() == rule.code or name == rule.name:
            return rule
    import difflib

    known = [rule.code for rule in rules] + [rule.name for rule in rules]
    close = difflib.get_close_matches(name, known, 3, 0.5) or difflib.get_close_matches(name.upper(), known, 3, 0.5)
    hint = "、".join(close)
    raise UsageError(
        name,
        "没有这条规则",
        "no such rule",
        f"是不是 {hint}？" if close else "用 rectlint rules 列出全部规则",
        f"did you mean {', '.join(close)}?" if close else "rectlint rules lists them",
    )


def explain_rule(name: str, format: str, language: str) -> int:
    """Print what a rule's file says about it."""
    from rectlint.render.rules import rule_json, rule_text

    rule = find_rule(load_rules(), name)
    options = render_options(language)
    write_text(rule_json(rule, options) if format == "json" else rule_text(rule, options), sys.stdout)
    return 0


def list_rules(format: str, language: str) -> int:
    """Print all rules, one a line."""
    from rectlint.render.rules import rules_json, rules_text

    rules = load_rules()
    options = render_options(language)
    write_text(rules_json(rules, options) if format == "json" else rules_text(rules, options), sys.stdout)
    return 0


def parse_outputs(formats: Sequence[str]) -> tuple[Output, ...]:
    """``json`` and ``sarif=out.sarif`` as typed to outputs; ``full`` when nothing was asked for."""
    import difflib

    outputs: list[Output] = []
    for text in formats or ["full"]:
        name, separator, path = text.partition("=")
        if name not in FORMATS:
            close = difflib.get_close_matches(name, FORMATS, 1)
            known = "、".join(FORMATS)
            raise UsageError(
                "--format",
                f"没有 {name} 这种格式",
                f"no such format: {name}",
                f"是不是 {close[0]}？" if close else f"可用：{known}",
                f"did you mean {close[0]}?" if close else f"known: {', '.join(FORMATS)}",
            )
        if separator and not path:
            raise UsageError("--format", f"{text} 缺少文件名", f"{text} lacks a file name", f"例如 {name}=报告.{name}")
        outputs.append(Output(name, Path(path) if path and path != STDIN else None))
    if sum(output.path is None for output in outputs) > 1:
        raise UsageError(
            "--format",
            "只能有一种格式输出到屏幕",
            "only one format can go to standard output",
            "其余的请写成 格式=文件，例如 json=out.json",
            "give the others a file: json=out.json",
        )
    return tuple(outputs)


def show_config(path: str | None, overrides: Overrides, format: str, language: str) -> int:
    """Print each setting with its origin and each rule on or off with the reason, as they hold for a file or folder."""
    from rectlint.render.settings import settings_json, settings_text

    options = render_options(language)
    planner = Planner(overrides)
    target = Path(path) if path is not None else Path()
    settings = planner.settings_for(target if target.is_dir() else target.parent)
    decisions = decide(planner.rules_for(settings), settings, None if target.is_dir() else path)
    text = settings_json(settings, decisions) if format == "json" else settings_text(settings, decisions, options)
    write_text(text, sys.stdout)
    return 0
