"""A file to results.

In: a path and its `Plan`.  Out: its `FileResult` values: one, or one for each text in an archive.  Whatever goes wrong with one
text becomes its ``error``; the others are checked all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rectlint.engine import check_source
from rectlint.errors import FileError, NothingToRead, RectlintError
from rectlint.files import read_bytes
from rectlint.inline import apply_comments, is_draft, masked
from rectlint.readers import FORMATS, read
from rectlint.readers.options import ReadOptions
from rectlint.records import NamedTuple
from rectlint.report import VERDICTS, FailOn, FileResult, Note, Words
from rectlint.ruleset import Rule
from rectlint.source import Source


class Plan(NamedTuple):
    """What to do with a file: how to read it, the rules that hold for it and the severity that fails the run.

    ``words`` gives the codes that each word naming a rule stands for.  With a ``cache`` folder, results are kept there
    under a key that begins with ``stamp``.
    """

    rules: tuple[Rule, ...]
    fail_on: FailOn = "warning"
    words: Mapping[str, frozenset[str]] = {}
    cache: Path | None = None
    stamp: str = ""
    reading: ReadOptions = ReadOptions()

    def names_rule(self, word: str, code: str) -> bool | None:
        """Whether ``word`` names the rule ``code``; None when it names no rule at all."""
        codes = self.words.get(word, self.words.get(word.upper()))
        return None if codes is None else code in codes


class Keep(NamedTuple):
    """What of a result is wanted: the text and the comparisons are most of it, and few outputs show them."""

    text: bool = True
    ledger: bool = True


class Job(NamedTuple):
    """One file to check: the path to show, the index of its plan, the bytes when they are already at hand, and whether it
    was found by searching a folder."""

    path: str
    plan: int = 0
    data: bytes | None = None
    searched: bool = False


WHOLE = Keep()


def check_file(job: Job, plan: Plan, keep: Keep = WHOLE) -> tuple[FileResult, ...]:
    """Read and check one file; every failure is told in a result.  An archive gives a result for each text in it."""
    try:
        data = read_bytes(job.path) if job.data is None else job.data
    except RectlintError as error:
        return (failed(job.path, error),)
    return check_bytes(data, job.path, plan, keep, searched=job.searched)


def check_bytes(
    data: bytes, path: str, plan: Plan, keep: Keep = WHOLE, *, searched: bool = False
) -> tuple[FileResult, ...]:
    """Check the texts in a file that is at hand; every failure is told in a result.

    An archive without documents is a failure where somebody named it, and a note where a folder was ``searched``.
    """
    results: list[FileResult] = []
    try:
        for part in read(data, path, plan.reading):
            if searched and isinstance(part, NothingToRead):
                results.append(FileResult(path, None, None, notes=(_nothing(part),), fail_on=plan.fail_on))
                continue
            results.append(failed(part.where, part) if isinstance(part, RectlintError) else _checked(part, plan, keep))
    except Exception as error:  # whatever a reader does, the other files have to be checked
        results.append(FileResult(path, None, _crashed(error)))
    return tuple(results)


def _nothing(error: NothingToRead) -> Note:
    return Note(error.where, Words(error.what["zh"], error.what["en"]))


def check_draft(text: str, path: str, plan: Plan) -> FileResult:
    """Check a text that an editor holds, as it stands there, markup and all."""
    marked_up = Path(path).suffix.lower() in (*FORMATS["markdown"].endings, *FORMATS["html"].endings)
    return _checked(Source(text, path, format="markdown" if marked_up else "text"), plan, WHOLE)


def _checked(source: Source, plan: Plan, keep: Keep) -> FileResult:
    try:
        result = _check_whole(source, plan, keep)
    except RectlintError as error:
        return failed(source.path, error)
    except Exception as error:  # whatever a rule does, the other texts have to be checked
        return FileResult(source.path, None, _crashed(error))
    return result if keep.text else result._replace(text="")


def _check_whole(source: Source, plan: Plan, keep: Keep) -> FileResult:
    """Check one text; an empty one is an error, since whoever asked for it to be checked meant another."""
    if not source.text.strip():
        raise RectlintError(
            source.path,
            "文件是空的，没有可检查的内容",
            "the file is empty",
            "请确认导出或保存是否成功",
            "was it saved?",
        )
    draft = is_draft(source.format)
    checked = source._replace(text=masked(source.text)) if draft else source
    result = _cached(plan, checked, keep)
    if not keep.ledger and result.tally is None:
        consistent, contradicted, unchecked = (result.count(verdict) for verdict in VERDICTS)
        result = result._replace(comparisons=(), tally=(consistent, contradicted, unchecked))
    if draft:
        result = apply_comments(result._replace(text=source.text), source, plan.names_rule)
    return result._replace(fail_on=plan.fail_on)


def _cached(plan: Plan, source: Source, keep: Keep) -> FileResult:
    folder = plan.cache
    if folder is None:
        return check_source(source, plan.rules, ledger=keep.ledger)
    from rectlint.cache import key_of, load, store

    key = key_of(plan.stamp, source)
    result = load(folder, key, source, ledger=keep.ledger)
    if result is not None:
        return result
    result = check_source(source, plan.rules)
    try:
        store(folder, key, source, result)
    except FileError as error:
        words = Words(
            f"缓存没有写成，检查结果不受影响：{error.what['zh']}",
            f"the cache could not be written, which changes no result: {error.what['en']}",
        )
        return result._replace(notes=(*result.notes, Note(str(folder), words)))
    return result


def failed(path: str, error: RectlintError) -> FileResult:
    """The result of a file that could not be checked; its path is not said twice."""
    words = {}
    for language in ("zh", "en"):
        text = error.text(language)
        words[language] = text.removeprefix(f"{path}: ")
    return FileResult(path, None, Words(words["zh"], words["en"]))


def _crashed(error: Exception) -> Words:
    place = ""
    trace = error.__traceback__
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    what = f"{type(error).__name__}: {error} [{place}]"
    return Words(
        f"程序内部出错，请把这一行连同文件反馈给维护者：{what}",
        f"internal error, please report this line with the file: {what}",
    )
