"""The last line of a run: what was checked, what was not and why, the counts, and the exit code with its reason.

In: a `Report`.  Out: one line.

>>> from rectlint.render import Options
>>> from rectlint.report import FileResult, Report
>>> closing_line(Report((FileResult("a.txt", "utf-8", None),)), Options(language="en")).split("; ")[0]
'checked 1 file'
"""

from __future__ import annotations

from rectlint.render import Options
from rectlint.render.words import counted
from rectlint.report import FailOn, Note, Report, fails

_FAIL_ON_WORDS: dict[FailOn, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "info"),
    "never": ("不设", "never"),
}


def closing_line(report: Report, options: Options) -> str:
    """The one line that ends a run."""
    parts = [_checked(report, options), _findings(report, options), _comparisons(report, options)]
    if report.accepted:
        count = len(report.accepted)
        parts.append(options.say(f"另有 {count} 处已登记接受", f"{counted(count, 'finding')} accepted"))
    parts.append(_exit(report, options))
    return ("；" if options.language == "zh" else "; ").join(parts)


def note_lines(report: Report, options: Options) -> list[str]:
    """What the reader must know beside the findings: failures of the run, then notes."""
    problem, note = options.say("出错", "problem"), options.say("注意", "note")
    notes = [*(note for file in report.files for note in file.notes), *report.notes]
    return [_worded(problem, entry, options) for entry in report.problems] + [_worded(note, n, options) for n in notes]


def _worded(title: str, note: Note, options: Options) -> str:
    where = f"{note.where}: " if note.where else ""
    return f"{title}{options.say('：', ': ')}{where}{note.words.text(options.language)}"


def _checked(report: Report, options: Options) -> str:
    checked = len(report.files) - len(report.errors)
    line = options.say(f"已检查 {checked} 个文件", f"checked {counted(checked, 'file')}")
    encodings = sorted({f.encoding for f in report.files if f.encoding and not f.encoding.startswith("utf-8")})
    if encodings:
        line += options.say(f"（编码：{'、'.join(encodings)}）", f" (encoding: {', '.join(encodings)})")
    if report.errors:
        first = report.errors[0]
        assert first.error is not None
        count = len(report.errors)
        why = f"{first.path}: {first.error.text(options.language)}"
        line += options.say(
            f"，{count} 个未能检查（{why}{' 等' if count > 1 else ''}）",
            f", {count} not checked ({why}{', …' if count > 1 else ''})",
        )
    if report.pending:
        line += options.say(f"，{report.pending} 个因中断未检查", f", {report.pending} left by the interrupt")
    return line


def _findings(report: Report, options: Options) -> str:
    errors, warnings, infos = report.count("error"), report.count("warning"), report.count("info")
    return options.say(
        f"错误 {errors}、警告 {warnings}、提示 {infos}",
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {counted(infos, 'info')}",
    )


def _comparisons(report: Report, options: Options) -> str:
    consistent = sum(file.count("consistent") for file in report.files)
    contradicted = sum(file.count("contradicted") for file in report.files)
    unchecked = sum(file.count("unchecked") for file in report.files)
    total = consistent + contradicted + unchecked
    return options.say(
        f"核对 {total} 处：一致 {consistent}、矛盾 {contradicted}、无法核对 {unchecked}",
        f"{counted(total, 'comparison')}: {consistent} consistent, {contradicted} contradicted, {unchecked} unchecked",
    )


def _exit(report: Report, options: Options) -> str:
    code = report.exit_code()
    return options.say(f"退出码 {code}：", f"exit {code}: ") + _reason(report, code, options)


def _reason(report: Report, code: int, options: Options) -> str:
    if code == 130:
        return options.say("检查被中断", "interrupted")
    if code == 2:
        if report.problems:
            return _first(report.problems, options)
        return options.say("有文件没有检查成", "not every file was checked")
    if code == 1:
        levels = sorted({f.fail_on for f in report.files if any(fails(g, f.fail_on) for g in f.findings)})
        zh = "、".join(_FAIL_ON_WORDS[level][0] for level in levels)
        en = ", ".join(_FAIL_ON_WORDS[level][1] for level in levels)
        return options.say(f"有达到“{zh}”级别的发现", f"findings reach the level {en}")
    if report.findings:
        return options.say("发现均未达到使检查失败的级别", "no finding reaches the level that fails the run")
    if not report.files:
        return options.say("没有需要检查的内容", "there was nothing to check")
    return options.say("未发现问题", "nothing to report")


def _first(notes: tuple[Note, ...], options: Options) -> str:
    note = notes[0]
    where = f"{note.where}: " if note.where else ""
    return where + note.words.text(options.language)
