"""What each command does, with its arguments already parsed.

In: a frozen request.  Out: text on standard output and an exit code.  `rectlint.cli` only parses and calls.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import rectlint
from rectlint import warm
from rectlint.batch import check_files
from rectlint.checking import CheckRequest, Output, jobs_for, run_check
from rectlint.config import Overrides
from rectlint.errors import FileError, RectlintError, UsageError, did_you_mean
from rectlint.files import STDIN, find_files, read_bytes
from rectlint.output import replace_file, write_text
from rectlint.planning import Planner, cache_folder
from rectlint.readers import FORMATS as FILES
from rectlint.readers import sources
from rectlint.readers.options import ReadOptions
from rectlint.readers.sniffing import format_of
from rectlint.render import FORMATS, READABLE, Options, render
from rectlint.render.closing import closing_line, note_lines
from rectlint.render.words import counted
from rectlint.report import FileResult, Note, Report, Words
from rectlint.ruleset import Rule, family_titles, load_rules
from rectlint.selection import decide

LEDGER_FORMATS = ("text", "json", "xlsx")
"""How the ledger can be had."""


def check(request: CheckRequest) -> int:
    """Check files, render the report, and say how it ended."""
    options = render_options(request.language)
    planner = None
    warm_folder = user_cache_folder() if request.overrides.cache is not False else None
    if warm_folder is not None:
        warm.load(warm_folder)
    try:
        planner = Planner(request.overrides)
        report = run_check(request, planner)
    except RectlintError as error:
        report = Report((), problems=(problem(error),))
    if warm_folder is not None:
        warm.save(warm_folder)
    if planner is not None:
        options = options._replace(rules={rule.code: rule for rule in planner.all_rules()})
    return _publish(report, request, options)


def _publish(report: Report, request: CheckRequest, options: Options) -> int:
    """Write every output; one that cannot be written is a problem of the run."""
    failures: list[Note] = []
    for output in request.outputs:
        if output.path is None:
            continue
        text = render(report, output.format, options_for_file(options))
        try:
            replace_file(output.path, encoded(text, output.format))
        except RectlintError as error:
            failures.append(problem(error))
    if failures:
        report = report._replace(problems=(*report.problems, *failures))
    shown = next((output.format for output in request.outputs if output.path is None), None)
    text = "" if shown is None else render(report, shown, options)
    tables: list[str] = []
    if request.statistics:
        from rectlint.render.statistics import statistics_text

        options = options._replace(families=family_titles())
        tables = [statistics_text(report, options)]
    closing = "\n".join([*tables, *note_lines(report, options), closing_line(report, options)])
    write_text(text, sys.stdout)
    write_text(closing, sys.stdout if shown is None or shown in READABLE else sys.stderr)
    return report.exit_code()


def encoded(text: str, format: str) -> bytes:
    """An output as it is written to a file."""
    # Excel takes a CSV file for the local code page unless it opens with a byte order mark
    return ("\ufeff" if format == "csv" else "").encode() + text.encode("utf-8") + b"\n"


def user_cache_folder() -> Path | None:
    """Where this user's programs keep what can be made again; None when there is no such place."""
    if named := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        return Path(named) / "rectlint"
    try:
        return Path.home() / ".cache" / "rectlint"
    except RuntimeError:
        return None


def problem(error: RectlintError) -> Note:
    """A deliberate error as a problem of the run."""
    where = error.where
    zh, en = (error.text(language).removeprefix(f"{where}: ") for language in ("zh", "en"))
    return Note(where, Words(zh, en))


def render_options(language: str, rules: Sequence[Rule] = ()) -> Options:
    """Options for this terminal: its width, and colour only where it is wanted and can be shown."""
    width = 100
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    named = {rule.code: rule for rule in rules}
    return Options(language, max(40, width), color, rectlint.__version__, named, Path.cwd().as_posix())


def options_for_file(options: Options) -> Options:
    """The same options without colour and terminal width."""
    return options._replace(width=100, color=False)


def claims(paths: Sequence[str], outputs: Sequence[Output], overrides: Overrides, language: str) -> int:
    """Print the ledger of comparisons, or write it to files."""
    from rectlint.render.ledger import ledger_exit_code

    options = render_options(language, load_rules())
    planner = Planner(overrides)
    found = find_files(paths, planner.filter_for)
    jobs = jobs_for(found, CheckRequest(tuple(paths)), planner)
    results = [FileResult(missing.path, None, missing.why) for missing in found.missing]
    for checked in check_files(jobs, planner.plans):
        results += checked
    report = Report(tuple(results))
    for output in outputs:
        if output.path is None:
            write_text(_ledger_text(report, output.format, options), sys.stdout)
        else:
            replace_file(output.path, _ledger_bytes(report, output.format, options_for_file(options)))
    for note in note_lines(report, options):
        write_text(note, sys.stderr)
    return ledger_exit_code(report)


def _ledger_text(report: Report, format: str, options: Options) -> str:
    from rectlint.render.ledger import render_json, render_text

    return render_json(report, options) if format == "json" else render_text(report, options)


def _ledger_bytes(report: Report, format: str, options: Options) -> bytes:
    if format != "xlsx":
        return encoded(_ledger_text(report, format, options), format)
    try:
        from rectlint.render.workbook import render_workbook
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("rectlint"):
            raise
        command = 'pip install "rectlint[xlsx]"'
        raise UsageError(
            "--format xlsx", "需要另装表格组件", "workbooks need an optional part", command, command
        ) from None
    return render_workbook(report, options)


def show(what: str, path: str, overrides: Overrides) -> int:
    """Print the outline or the claims of one file as the program understands it."""
    from rectlint.show import claim_lines, outline_lines

    settings = Planner(overrides).settings_for(Path(path).parent)
    texts = sources(read_bytes(path), path, ReadOptions(revisions=settings.tracked_changes))
    lines: list[str] = []
    for source in texts:
        lines += [source.path] if len(texts) > 1 else []
        lines += outline_lines(source) if what == "outline" else claim_lines(source)
    write_text("\n".join(lines), sys.stdout)
    return 0


def find_rule(rules: Sequence[Rule], name: str) -> Rule:
    """The rule with this code (in either case) or name; a `UsageError` with the nearest names otherwise."""
    for rule in rules:
        if name.upper() == rule.code or name == rule.name:
            return rule
    hints = did_you_mean(name, [rule.code for rule in rules] + [rule.name for rule in rules])
    if hints[0].startswith("可用"):
        hints = ("用 rectlint rules 列出全部规则", "rectlint rules lists them")
    raise UsageError(name, "没有这条规则", "no such rule", *hints)


def explain_rule(name: str, format: str, language: str) -> int:
    """Print what a rule's file says about it."""
    from rectlint.render.rules import rule_json, rule_text

    rule = find_rule(load_rules(), name)
    options = render_options(language)
    write_text(rule_json(rule, options) if format == "json" else rule_text(rule, options), sys.stdout)
    return 0


def list_rules(format: str, language: str) -> int:
    """Print all rules, one a line."""
    from rectlint.render.rules import rules_json, rules_markdown, rules_text

    rules = load_rules()
    options = render_options(language)
    if format == "markdown":
        text = rules_markdown(rules)
    else:
        text = rules_json(rules, options) if format == "json" else rules_text(rules, options)
    write_text(text, sys.stdout)
    return 0


def annotate(path: str, output: Path, overrides: Overrides, language: str, *, force: bool) -> int:
    """Write the findings in a Word file as comments into a copy, and say how it ended; nothing is written when the file
    could not be checked."""
    from datetime import UTC, datetime

    options = render_options(language)
    data = read_bytes(path)
    _refuse_target(path, output, force=force)
    if path == STDIN or format_of(data, path) != "docx":
        raise UsageError(
            path,
            "annotate 只用于 Word 文件（.docx）",
            "annotate is for Word files (.docx)",
            "其他文件请用 rectlint check；或先在 Word、WPS 中另存为 .docx",
            "use rectlint check for others, or save it as .docx first",
        )
    planner = Planner(overrides)
    report = run_check(CheckRequest((path,), language=language, overrides=overrides), planner)
    lines = note_lines(report, options)
    if not report.errors:
        from rectlint.annotate import annotated

        titles = {rule.code: rule.title for rule in planner.all_rules()}
        reading = planner.plans[planner.plan_for(path)].reading
        made = annotated(data, path, report.findings, reading, language=language, titles=titles, when=datetime.now(UTC))
        replace_file(output, made.data)
        if made.signed:
            lines.append(
                options.say(
                    "注意：原文件有电子签名，加了批注的副本上不再有效",
                    "note: the signature of the file does not hold for the copy with comments",
                )
            )
        lines.append(
            options.say(
                f"已写入 {output}：发现 {len(report.findings)} 处，批注 {made.comments} 条",
                f"wrote {output}: {counted(len(report.findings), 'finding')}, {counted(made.comments, 'comment')}",
            )
        )
    write_text("\n".join([*lines, closing_line(report, options)]), sys.stdout)
    return report.exit_code()


def _refuse_target(path: str, output: Path, *, force: bool) -> None:
    """A copy never replaces the file it is made from, and another file only when that is asked for."""
    if os.path.realpath(path) == os.path.realpath(output) or (output.exists() and output.samefile(path)):
        raise UsageError(
            "--output",
            f"{output} 就是原文件，原文件不会改动",
            f"{output} is the file itself, which is never changed",
            "请写到另一个文件",
            "write to another file",
        )
    ending = Path(path).suffix.lower()
    if ending in FILES["docx"].endings and output.suffix.lower() != ending:
        raise UsageError(
            "--output",
            f"{output} 的扩展名与原文件不同，Word 会打不开",
            f"{output} has another ending than the file, and Word would not open it",
            f"请以 {ending} 结尾",
            f"let it end in {ending}",
        )
    if output.exists() and not force:
        raise UsageError(
            "--output", f"{output} 已存在", f"{output} exists", "要覆盖请加 --force", "use --force to overwrite it"
        )


def parse_outputs(
    formats: Sequence[str], known: Collection[str] = FORMATS, default: str = "full"
) -> tuple[Output, ...]:
    """``json`` and ``sarif=out.sarif`` as typed to outputs; the ``default`` when nothing was asked for."""
    outputs: list[Output] = []
    for text in formats or [default]:
        name, separator, path = text.partition("=")
        if name not in known:
            hints = did_you_mean(name, known)
            raise UsageError("--format", f"没有 {name} 这种格式", f"no such format: {name}", *hints)
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


def missing_path(path: str) -> FileError:
    """The error for a file or folder named on the command line that is not there."""
    return FileError(path, "文件或文件夹不存在，请核对路径", "no such file or folder")


def parse_ledger_outputs(formats: Sequence[str], file: Path | None) -> tuple[Output, ...]:
    """The outputs of the ledger; ``file`` is where the one goes that has no file of its own.

    >>> parse_ledger_outputs(["xlsx"], Path("a.xlsx"))
    (Output(format='xlsx', path=PosixPath('a.xlsx')),)
    """
    if file is not None and not formats:
        ending = file.suffix.lower().removeprefix(".")
        formats = [ending if ending in LEDGER_FORMATS else "text"]
    outputs = parse_outputs(formats, LEDGER_FORMATS, "text")
    if file is not None:
        if all(output.path is not None for output in outputs):
            raise UsageError("-o", "每种格式都已指定文件", "every format has a file already")
        outputs = tuple(Output(output.format, output.path or file) for output in outputs)
    if any(output.format == "xlsx" and output.path is None for output in outputs):
        raise UsageError(
            "--format xlsx",
            "表格不能输出到屏幕",
            "a workbook cannot be shown here",
            "请加 -o 清单.xlsx",
            "add -o ledger.xlsx",
        )
    return outputs


def show_config(path: str | None, overrides: Overrides, format: str, language: str) -> int:
    """Print each setting with its origin and each rule on or off with the reason, as they hold for a file or folder."""
    from rectlint.render.settings import settings_json, settings_text

    options = render_options(language)
    planner = Planner(overrides)
    target = Path(path) if path is not None else Path()
    if not target.exists():
        raise missing_path(str(target))
    settings = planner.settings_for(target if target.is_dir() else target.parent)
    decisions = decide(planner.rules_for(settings), settings, None if target.is_dir() else path)
    text = settings_json(settings, decisions) if format == "json" else settings_text(settings, decisions, options)
    write_text(text, sys.stdout)
    return 0


def clean(paths: Sequence[str], overrides: Overrides, language: str) -> int:
    """Delete the cache that belongs to each folder, and say how much it held."""
    from rectlint.cache import clean as clean_cache

    planner = Planner(overrides)
    options = render_options(language)
    for path in paths:
        if not Path(path).exists():
            raise missing_path(path)
    for folder in {cache_folder(planner.settings_for(Path(path))) for path in paths or ["."]}:
        count = clean_cache(folder)
        words = options.say(f"{folder}：删去缓存 {count} 条", f"{folder}: {count} cache entries removed")
        write_text(words, sys.stdout)
    return 0


def test_rules(paths: Sequence[str], language: str) -> int:
    """Run the examples of rules; 0 when all hold, 1 when one does not."""
    from rectlint.rule_tools import test_rules as run_tests

    options = render_options(language)
    tested = run_tests([Path(path) for path in paths])
    lines = [f"{failure.rule}: {failure.example}: {failure.problem}" for failure in tested.failures]
    failed, rules, examples = len(tested.failures), len(tested.rules), tested.examples
    code = 1 if failed else 0
    lines.append(
        options.say(
            f"测试了 {rules} 条规则的 {examples} 个例子：{f'{failed} 处不符' if failed else '全部符合'}；退出码 {code}",
            f"tested {counted(rules, 'rule')} with {counted(examples, 'example')}: "
            f"{f'{failed} not as expected' if failed else 'all hold'}; exit {code}",
        )
    )
    write_text("\n".join(lines), sys.stdout)
    return code


test_rules.__test__ = False  # type: ignore[attr-defined]  # pytest: not one of yours


def new_rule(family: str, name: str, kind: str, defect: str | None, directory: str, language: str) -> int:
    """Write the skeleton of a rule, and say what to do with it."""
    from rectlint.rule_tools import new_rule as begin_rule

    options = render_options(language)
    path = begin_rule(family, name, kind, defect, Path(directory))
    words = options.say(
        f"已写好骨架 {path}\n填好后运行：rectlint rules test {directory}",
        f"wrote the skeleton {path}\nfill it in, then run: rectlint rules test {directory}",
    )
    write_text(words, sys.stdout)
    return 0
