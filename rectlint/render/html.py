"""One page a person can mail: scorecard, findings, the text with its places marked, and the ledger.

In: a `Report` whose files carry their text.  Out: HTML that asks nothing of the network and runs no script.  Whatever
comes from a text or a path is escaped.  Readable on a phone and in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from rectlint.render import Options
from rectlint.render.closing import closing_line, note_lines
from rectlint.render.words import severity_word, verdict_word
from rectlint.report import Comparison, FileResult, Finding, Place, Report, Verdict

# with more files than this only those with findings are shown whole; the others are in the table of files
_WHOLE_FILES = 40
# how many characters of its sentence are shown before and after the place of a finding
_NEAR = 60
_RANK = {"error": 0, "warning": 1, "info": 2, "evidence": 3, "contradicted": 4, "consistent": 5, "unchecked": 6}

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6577;--line:#d9dee7;--page:#fff;--card:#f6f8fb;
--error:#b3261e;--error-bg:#fbdad7;--warning:#8a5a00;--warning-bg:#ffe9b8;--info:#0b5c8a;--info-bg:#d5ecfa;
--ok:#1f7a3f;--ok-bg:#dff3e4;--evidence:#5b3fa8;--evidence-bg:#e6defa}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a3adbd;--line:#39414f;--page:#14181f;--card:#1c222c;
--error:#ff9d95;--error-bg:#5a1f1b;--warning:#ffd27a;--warning-bg:#4d3a0d;--info:#8fd0f5;--info-bg:#123e57;
--ok:#8bdba4;--ok-bg:#173d25;--evidence:#c9b8ff;--evidence-bg:#362a63}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--page);color:var(--ink);
font:16px/1.7 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;border-top:2px solid var(--line);padding-top:1rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem;color:var(--soft)}
a{color:inherit}
.scores{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:.6rem;margin:1rem 0;
padding:0;list-style:none}
.scores li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.4rem .7rem}
.scores b{display:block;font-size:1.5rem;line-height:1.2}
.finding{background:var(--card);border:1px solid var(--line);border-left:.4rem solid var(--soft);border-radius:.4rem;
padding:.6rem .9rem;margin:.7rem 0;break-inside:avoid}
.finding.error{border-left-color:var(--error)}.finding.warning{border-left-color:var(--warning)}
.finding.info{border-left-color:var(--info)}
.finding p{margin:.2rem 0}.finding .head{color:var(--soft);font-size:.9rem}.finding .message{font-weight:600}
.tag{border-radius:.3rem;padding:0 .4rem;font-weight:600}
.tag.error{color:var(--error);background:var(--error-bg)}.tag.warning{color:var(--warning);background:var(--warning-bg)}
.tag.info{color:var(--info);background:var(--info-bg)}.tag.consistent{color:var(--ok);background:var(--ok-bg)}
.tag.contradicted{color:var(--error);background:var(--error-bg)}
.tag.unchecked{color:var(--soft);border:1px solid var(--line)}
.derivation{font-family:ui-monospace,Consolas,monospace}
.text{white-space:pre-wrap;border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:0}
.text a{text-decoration:none}
.p{border-radius:.2rem;border-bottom:2px solid transparent}
.p.error{background:var(--error-bg);border-color:var(--error)}
.p.warning{background:var(--warning-bg);border-color:var(--warning)}
.p.info{background:var(--info-bg);border-color:var(--info)}
.p.evidence{background:var(--evidence-bg);border-bottom-style:dashed;border-color:var(--evidence)}
.p.contradicted{border-bottom:2px dashed var(--error)}.p.consistent{border-bottom:1px dotted var(--ok)}
.p.unchecked{border-bottom:1px dotted var(--soft)}
:target{outline:3px solid var(--info);outline-offset:2px}.text span:target{outline:none}
.text span:target+a,.text span:target+span+a,.text span:target+span+span+a{outline:3px solid var(--info)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:.25rem .5rem .25rem 0}
td.n{white-space:nowrap}
footer{margin-top:2rem;color:var(--soft);font-size:.9rem;border-top:2px solid var(--line);padding-top:.5rem}
@media (max-width:40rem){body{padding:.6rem}table.ledger thead{display:none}
table.ledger tr{display:block;border-bottom:1px solid var(--line);padding:.3rem 0}
table.ledger td{display:block;border:0;padding:0}}
@media print{:root{color-scheme:light}body{max-width:none;font-size:10.5pt;padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2{break-after:avoid}.text{border:0;padding:0}}
"""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place to mark in the text: its range, its own id, where a click leads, its class and what a pointer shows."""

    start: int
    end: int
    id: str
    target: str
    style: str
    title: str


def render(report: Report, options: Options) -> str:
    """The page."""
    title = options.say("整改通报一致性检查报告", "Consistency report")
    body = [
        f"<h1>{title}</h1>",
        _scores(report, options),
        *(f'<p class="note">{escape(line)}</p>' for line in note_lines(report, options)),
        *_files_table(report, options),
    ]
    whole = len(report.files) <= _WHOLE_FILES
    for number, file in enumerate(report.files, 1):
        if whole or file.findings or file.error is not None:
            body += _file(file, number, options)
    body.append(f"<footer>{escape(closing_line(report, options))}<br>rectlint {escape(options.version)}</footer>")
    language = "zh-CN" if options.language == "zh" else "en"
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            *body,
            "</body>\n</html>",
        ]
    )


def _scores(report: Report, options: Options) -> str:
    verdicts: tuple[Verdict, ...] = ("consistent", "contradicted", "unchecked")
    counts = {verdict: sum(file.count(verdict) for file in report.files) for verdict in verdicts}
    say = options.say
    scores = [
        (say("已检查文件", "files checked"), len(report.files) - len(report.errors)),
        (say("未能检查", "not checked"), len(report.errors) + report.pending),
        (say("错误", "errors"), report.count("error")),
        (say("警告", "warnings"), report.count("warning")),
        (say("提示", "infos"), report.count("info")),
        (say("核对一致", "consistent"), counts["consistent"]),
        (say("核对矛盾", "contradicted"), counts["contradicted"]),
        (say("无法核对", "not checkable"), counts["unchecked"]),
    ]
    if report.accepted:
        scores.append((say("已登记接受", "accepted"), len(report.accepted)))
    return '<ul class="scores">' + "".join(f"<li><b>{n}</b>{words}</li>" for words, n in scores) + "</ul>"


def _files_table(report: Report, options: Options) -> Iterator[str]:
    if len(report.files) < 2:
        return
    yield f"<h2>{options.say('文件', 'Files')}</h2>\n<table><tbody>"
    whole = len(report.files) <= _WHOLE_FILES
    for number, file in enumerate(report.files, 1):
        name = escape(file.path)
        if whole or file.findings or file.error is not None:
            name = f'<a href="#file-{number}">{name}</a>'
        if file.error is not None:
            words = options.say("未检查", "not checked")
        elif file.findings:
            words = options.say(f"{len(file.findings)} 处发现", f"{len(file.findings)} findings")
        else:
            words = options.say("未发现问题", "nothing to report")
        yield f"<tr><td>{name}</td><td class=n>{words}</td></tr>"
    yield "</tbody></table>"


def _file(file: FileResult, number: int, options: Options) -> Iterator[str]:
    yield f'<section>\n<h2 id="file-{number}">{escape(file.path)}</h2>'
    if file.error is not None:
        words = escape(file.error.text(options.language))
        yield f'<p><span class="tag error">{options.say("未检查", "not checked")}</span> {words}</p>\n</section>'
        return
    if file.encoding and not file.encoding.startswith("utf-8"):
        yield f"<p>{options.say('编码', 'encoding')}: {escape(file.encoding)}</p>"
    for index, finding in enumerate(file.findings, 1):
        yield _finding(finding, f"{number}-{index}", options)
    if not file.findings:
        yield f"<p>{options.say('未发现自相矛盾之处。', 'Nothing in it contradicts itself.')}</p>"
    if file.text:
        yield f"<h3>{options.say('原文', 'Text')}</h3>"
        yield f'<div class="text">{_marked(file.text, list(_marks(file, number, options)))}</div>'
    yield from _accepted(file, options)
    yield from _ledger(file, number, options)
    yield "</section>"


def _finding(finding: Finding, key: str, options: Options) -> str:
    language = options.language
    severity = severity_word(finding.severity, language)
    start, location = finding.place.start, finding.place.location
    words = (
        options.say(f"第 {start.line} 行", f"line {start.line}") if location is None else location.words.text(language)
    )
    lines = [
        f'<article class="finding {finding.severity}" id="f-{key}">',
        f'<p class="head"><span class="tag {finding.severity}">{severity}</span> '
        f"{escape(finding.rule)} {escape(finding.name)} · "
        f'<a href="#p-{key}">{escape(words)}</a></p>',
        f'<p class="message">{escape(finding.message.text(language))}</p>',
        f"<p>{_quoted(finding, key)}</p>",
    ]
    if finding.evidence:
        links = [
            f'<a href="#e-{key}-{index}">{escape(_labelled(place, language))}</a>'
            for index, place in enumerate(finding.evidence, 1)
        ]
        lines.append(f"<p>{options.say('对照', 'Evidence')}{options.say('：', ': ')}{' · '.join(links)}</p>")
    if finding.derivation:
        heading = options.say("核算：", "Derivation: ")
        lines.append(f'<p>{heading}<span class="derivation">{escape(finding.derivation)}</span></p>')
    if advice := finding.advice.text(language):
        lines.append(f"<p>{options.say('建议：', 'Advice: ')}{escape(advice)}</p>")
    return "\n".join([*lines, "</article>"])


def _quoted(finding: Finding, key: str) -> str:
    """The sentence of a finding, cut to what stands near the place, with the place as a link into the text."""
    context, place = finding.context, finding.place
    link = f'<a href="#p-{key}"><strong>{escape(place.text)}</strong></a>'
    if not (context.start.offset <= place.start.offset and place.end.offset <= context.end.offset):
        return link
    before = context.text[: place.start.offset - context.start.offset]
    after = context.text[place.end.offset - context.start.offset :]
    head = "…" if len(before) > _NEAR else ""
    tail = "…" if len(after) > _NEAR else ""
    return f"{head}{escape(before[-_NEAR:])}{link}{escape(after[:_NEAR])}{tail}"


def _labelled(place: Place, language: str) -> str:
    label = place.label.text(language)
    return f"{label} {place.text}".strip()


def _accepted(file: FileResult, options: Options) -> Iterator[str]:
    if not file.accepted:
        return
    yield f"<h3>{options.say('已登记接受', 'Accepted')}</h3>\n<ul>"
    for accepted in file.accepted:
        finding = accepted.finding
        words = escape(f"{finding.rule} {finding.message.text(options.language)}")
        reason = escape(f"{accepted.reason} ({accepted.where})")
        yield f"<li>{words}<br>{options.say('理由：', 'Reason: ')}{reason}</li>"
    yield "</ul>"


def _ledger(file: FileResult, number: int, options: Options) -> Iterator[str]:
    if not file.comparisons:
        return
    say = options.say
    counts = {verdict: file.count(verdict) for verdict in ("consistent", "contradicted", "unchecked")}
    tally = say(
        f"一致 {counts['consistent']}，矛盾 {counts['contradicted']}，无法核对 {counts['unchecked']}",
        f"{counts['consistent']} consistent, {counts['contradicted']} contradicted, {counts['unchecked']} unchecked",
    )
    yield f"<details open><summary><strong>{say('核对清单', 'Ledger')}</strong> · {tally}</summary>"
    headings = "".join(
        f"<th>{words}</th>"
        for words in (say("结果", "Verdict"), say("规则", "Rule"), say("核算", "Derivation"), say("所在", "Places"))
    )
    yield f'<table class="ledger"><thead><tr>{headings}</tr></thead><tbody>'
    for index, comparison in enumerate(file.comparisons, 1):
        yield _ledger_row(comparison, f"{number}-{index}", options)
    yield "</tbody></table></details>"


def _ledger_row(comparison: Comparison, key: str, options: Options) -> str:
    verdict = verdict_word(comparison.verdict, options.language)
    words = [comparison.derivation, comparison.reason.text(options.language)]
    derivation = "<br>".join(escape(part) for part in words if part)
    places = " · ".join(
        f'<a href="#c-{key}-{index}">{escape(_labelled(place, options.language))}</a>'
        for index, place in enumerate(comparison.places)
    )
    return (
        f'<tr id="r-{key}"><td class=n><span class="tag {comparison.verdict}">{verdict}</span></td>'
        f'<td class=n>{escape(comparison.rule)}</td><td class="derivation">{derivation}</td><td>{places}</td></tr>'
    )


def _marks(file: FileResult, number: int, options: Options) -> Iterator[_Mark]:
    for index, finding in enumerate(file.findings, 1):
        key = f"{number}-{index}"
        message = finding.message.text(options.language)
        yield _mark(finding.place, f"p-{key}", f"f-{key}", finding.severity, message)
        for part, place in enumerate(finding.evidence, 1):
            label = place.label.text(options.language)
            title = f"{finding.rule} {label}".strip()
            yield _mark(place, f"e-{key}-{part}", f"f-{key}", "evidence", title)
    for index, comparison in enumerate(file.comparisons, 1):
        key = f"{number}-{index}"
        for part, place in enumerate(comparison.places):
            yield _mark(place, f"c-{key}-{part}", f"r-{key}", comparison.verdict, comparison.derivation)


def _mark(place: Place, id: str, target: str, style: str, title: str) -> _Mark:
    return _Mark(place.start.offset, place.end.offset, id, target, style, title)


def _marked(text: str, marks: Sequence[_Mark]) -> str:
    """The text cut at every edge of a mark; a piece under several marks shows the weightiest and leads to it."""
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    starting: dict[int, list[_Mark]] = {}
    for mark in marks:
        starting.setdefault(mark.start, []).append(mark)
    active: list[_Mark] = []
    parts: list[str] = []
    for index, edge in enumerate(edges):
        active = [mark for mark in active if mark.end > edge] + starting.get(edge, [])
        parts += [f'<span id="{mark.id}"></span>' for mark in starting.get(edge, [])]
        if index + 1 == len(edges):
            break
        piece = escape(text[edge : edges[index + 1]])
        covering = [mark for mark in active if mark.end > edge]
        if covering:
            top = min(covering, key=lambda mark: _RANK[mark.style])
            title = escape(top.title)
            parts.append(f'<a class="p {top.style}" href="#{top.target}" title="{title}">{piece}</a>')
        else:
            parts.append(piece)
    return "".join(parts)
