"""The full report for a person at a terminal.

In: a `Report`.  Out: for each finding its place, code and severity, the sentence with the places underlined, where the
other places stand, the derivation and one line of advice.  Colour only adds: everything can be read without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from rectlint.records import NamedTuple
from rectlint.render import Options
from rectlint.render.lines import Line, Segment, colored, one_line, plain
from rectlint.render.underlining import Mark, underline
from rectlint.render.words import severity_word, where
from rectlint.report import FileResult, Finding, Place, Report, Severity

STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_EVIDENCE_STYLE = "bold blue"
# a sentence or clause ends here; the text shown round an evidence place starts after one and ends at one
_STOPS = "。；！？\n"


class _Row(NamedTuple):
    """A stretch of text to show: where it starts, the line number before it (in a file without lines what tells a person
    where it is, for all rows but the first), and its marks as file offsets."""

    start: int
    text: str
    line: str
    marks: tuple[Mark, ...]


def render(report: Report, options: Options) -> str:
    """Every finding in full, then the files that could not be checked."""
    lines = list(report_lines(report, options))
    return colored(lines, options.width) if options.color else plain(lines)


def report_lines(report: Report, options: Options) -> Iterator[Line]:
    """The lines of `render`, with their styles."""
    for file in report.files:
        if file.error is not None:
            words = file.error.text(options.language)
            yield ((f"{file.path}: ", "bold"), (options.say("未检查：", "not checked: "), "bold red"), (words, ""))
            yield ()
        for finding in file.findings:
            yield from finding_lines(finding, file, options)
            yield ()


def finding_lines(finding: Finding, file: FileResult, options: Options) -> Iterator[Line]:
    """One finding: header, message, rows of text, derivation, advice."""
    style = STYLES[finding.severity]
    yield (
        (f"{finding.path}:{where(finding.place, options.language)} ", "bold"),
        (severity_word(finding.severity, options.language), style),
        (f" {finding.rule} {finding.name}", "dim"),
    )
    yield (("  ", ""), (one_line(finding.message.text(options.language)), "bold"))
    rows = _rows(finding, file.text, options)
    gutter = max(cell_len(row.line) for row in rows)
    for row in rows:
        yield from _row_lines(row, gutter, options)
    tail: list[tuple[str, str]] = []
    if finding.derivation:
        tail.append((options.say("核算", "derivation"), finding.derivation))
    elif finding.expected or finding.actual:
        tail.append((options.say("对照", "values"), f"{finding.expected} ≠ {finding.actual}"))
    if finding.advice.text(options.language):
        tail.append((options.say("建议", "advice"), finding.advice.text(options.language)))
    for title, words in tail:
        yield ((" " * gutter + "  = ", "blue"), (f"{title} ", "bold"), (one_line(words), ""))


def _row_lines(row: _Row, gutter: int, options: Options) -> Iterator[Line]:
    width = max(20, options.width - gutter - 4)
    marks = [Mark(m.start - row.start, m.end - row.start, m.sign, m.label, m.style) for m in row.marks]
    first, *others = underline(one_line(row.text), marks, width)
    yield ((f" {' ' * (gutter - cell_len(row.line))}{row.line} │ ", "blue"), *first)
    for line in others:
        bar: Segment = (" " * gutter + "  │ ", "blue")
        yield (bar, *line)


def _rows(finding: Finding, text: str, options: Options) -> list[_Row]:
    """The rows to show: the sentence of the finding with every evidence place that fits beside it, then the others."""
    width = max(20, options.width - 10)
    primary = _mark(finding.place, "^", STYLES[finding.severity], options)
    evidence = [_mark(place, "-", _EVIDENCE_STYLE, options) for place in finding.evidence]
    lines = {mark: _line(place, options) for mark, place in zip(evidence, finding.evidence, strict=True)}
    start, end, words = _sentence(finding, text)
    together = [primary]
    for mark in sorted(evidence, key=lambda m: abs(m.start - primary.start)):
        low, high = min(m.start for m in [*together, mark]), max(m.end for m in [*together, mark])
        if start <= mark.start and mark.end <= end and cell_len(words[low - start : high - start]) <= width:
            together.append(mark)
    line = _line(finding.place, options) if finding.place.location is None else ""
    rows = [_Row(start, words, line, tuple(together))]
    for mark in sorted(set(evidence) - set(together)):
        first, last = _surroundings(text, mark)
        if rows and rows[-1].start == first and mark.start < rows[-1].start + len(rows[-1].text) and len(rows) > 1:
            joined = [*rows[-1].marks, mark]
            low, high = joined[0].start, max(m.end for m in joined)
            if cell_len(rows[-1].text[low - first : high - first]) <= width:
                rows[-1] = _Row(first, rows[-1].text, rows[-1].line, tuple(joined))
                continue
        shown = text[first:last] if text else _text_of(mark, finding.evidence)
        rows.append(_Row(first, shown, lines[mark], (mark,)))
    return rows


def _line(place: Place, options: Options) -> str:
    return str(place.start.line) if place.location is None else where(place, options.language)


def _mark(place: Place, sign: str, style: str, options: Options) -> Mark:
    return Mark(place.start.offset, place.end.offset, sign, place.label.text(options.language), style)


def _sentence(finding: Finding, text: str) -> tuple[int, int, str]:
    """The range and words of the finding's sentence, widened to hold the place itself."""
    context, place = finding.context, finding.place
    if context.start.offset <= place.start.offset and place.end.offset <= context.end.offset and context.text:
        start, end, words = context.start.offset, context.end.offset, context.text
    elif text:
        start, end = _surroundings(text, _mark(place, "", "", Options()))
        words = text[start:end]
    else:
        start, end, words = place.start.offset, place.end.offset, place.text
    stripped = words.lstrip()
    lead = min(len(words) - len(stripped), place.start.offset - start)
    return start + lead, end, words[lead:]


def _surroundings(text: str, mark: Mark) -> tuple[int, int]:
    """The clause round a mark, without the blanks before it; the mark itself when the text was not kept."""
    if not text:
        return mark.start, mark.end
    first = max(text.rfind(stop, 0, mark.start) for stop in _STOPS) + 1
    ends = [found for stop in _STOPS if (found := text.find(stop, mark.end)) >= 0]
    last = min(ends, default=len(text))
    if last < len(text) and text[last] != "\n":
        last += 1
    while first < mark.start and text[first].isspace():
        first += 1
    return first, last


def _text_of(mark: Mark, places: Sequence[Place]) -> str:
    return next(place.text for place in places if place.start.offset == mark.start and place.end.offset == mark.end)
