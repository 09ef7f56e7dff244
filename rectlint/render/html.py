"""One page a person can mail: verdict and scorecard, findings, the text with its places marked, and the ledger.

In: a `Report` whose files carry their text.  Out: HTML that asks nothing of the network and runs no script.  Whatever
comes from a text or a path is escaped.  Readable on a phone and in print: findings have numbers, and
their places in the text carry the same ones, so that paper needs no links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from rectlint.records import NamedTuple
from rectlint.render import Options
from rectlint.render.closing import closing_line, note_lines
from rectlint.render.words import severity_word, verdict_word
from rectlint.report import SEVERITIES, Comparison, FileResult, Finding, Place, Report, Severity, Verdict

# with more files than this only those with findings have a section; if those are more, sections hold no text and no ledger
_WHOLE_FILES = 40
# how many characters of its sentence are shown before and after the place of a finding
_NEAR = 60
_VERDICTS: tuple[Verdict, ...] = ("contradicted", "unchecked", "consistent")
_RANK = {"error": 0, "warning": 1, "info": 2, "evidence": 3, "contradicted": 4, "consistent": 5, "unchecked": 6}

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6577;--line:#d9dee7;--page:#fff;--card:#f6f8fb;
--error:#b3261e;--error-bg:#fbdad7;--warning:#8a5a00;--warning-bg:#ffe9b8;--info:#0b5c8a;--info-bg:#d5ecfa;
--ok:#1f7a3f;--ok-bg:#dff3e4;--evidence:#5b3fa8;--evidence-bg:#e6defa}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a3adbd;--line:#39414f;--page:#14181f;--card:#1c222c;
--error:#ff9d95;--error-bg:#5a1f1b;--warning:#ffd27a;--warning-bg:#4d3a0d;--info:#8fd0f5;--info-bg:#123e57;
--ok:#8bdba4;--ok-bg:#173d25;--evidence:#c9b8ff;--evidence-bg:#362a63}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--page);color:var(--ink);
font:16px/1.7 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;border-top:2px solid var(--line);padding-top:1rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem;color:var(--soft)}
a{color:inherit}
.verdict{font-size:1.1rem;border-left:.4rem solid var(--ok);background:var(--ok-bg);border-radius:.4rem;
padding:.6rem .9rem;margin:1rem 0}
.verdict.error{border-color:var(--error);background:var(--error-bg)}
.verdict.warning{border-color:var(--warning);background:var(--warning-bg)}
.verdict.info{border-color:var(--info);background:var(--info-bg)}
.hint,.note,.legend{color:var(--soft);font-size:.92rem}
.scores{display:grid;grid-template-columns:repeat(auto-fit,minmax(6rem,1fr));gap:.5rem;margin:1rem 0;
padding:0;list-style:none}
.scores li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.4rem .6rem;font-size:.9rem}
.scores b{display:block;font-size:1.5rem;line-height:1.2}
.scores .error b{color:var(--error)}.scores .warning b{color:var(--warning)}.scores .info b{color:var(--info)}
.scores .ok b{color:var(--ok)}
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
.no{display:inline-block;min-width:1.6em;border-radius:.8em;padding:0 .45em;text-align:center;color:var(--page);
background:var(--ink);font-weight:600}
.sign{display:none}
.derivation{font-family:ui-monospace,Consolas,monospace}
.text{white-space:pre-wrap;border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:0}
.text.lines{position:relative;padding-left:3.4rem}
.l::before{content:attr(data-l);position:absolute;left:0;width:2.7rem;text-align:right;color:var(--soft);
font-size:.72rem;line-height:1.7rem;user-select:none}
.k::before{content:attr(data-n);font-size:.68rem;font-weight:600;border-radius:.7em;padding:0 .4em;margin:0 .1em;
color:var(--page);background:var(--ink);vertical-align:.25em;user-select:none}
.k.evidence::before{color:var(--evidence);background:none;border:1px dashed var(--evidence)}
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
@media (max-width:40rem){body{padding:.6rem}.scores{grid-template-columns:repeat(4,1fr);gap:.35rem}
.scores li{padding:.3rem .4rem;font-size:.78rem}.scores b{font-size:1.3rem}
.text{padding:.5rem .6rem}.text.lines{padding-left:2.2rem}.l::before{width:1.9rem}
table.ledger thead{display:none}
table.ledger tr{display:block;border-bottom:1px solid var(--line);padding:.3rem 0}
table.ledger td{display:block;border:0;padding:0}}
@media print{:root{color-scheme:light}body{max-width:none;font-size:10.5pt;padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2,h3{break-after:avoid}
section+section{break-before:page}.sign{display:block;margin-top:.4rem}tr{break-inside:avoid}.text{border:0;padding:0}
.text.lines{padding-left:2.6rem}.l::before{width:2rem;line-height:1.7}.scores{grid-template-columns:repeat(8,1fr)}.scores li{font-size:.7rem}}
"""


class _Mark(NamedTuple):
    """A place to mark in the text: its range, its own id, where a click leads, its class and what a pointer shows;
    ``number`` is that of its finding."""

    start: int
    end: int
    id: str
    target: str
    style: str
    title: str
    number: int = 0


def render(report: Report, options: Options) -> str:
    """The page."""
    title = options.say("整改通报一致性检查报告", "Consistency report")
    shown = _shown(report)
    numbers = {number for number, _ in shown}
    # what is to be known of a file stands with it; of a file without a section, and of the run, at the top
    rest = report._replace(files=tuple(file for number, file in enumerate(report.files, 1) if number not in numbers))
    body = [
        f"<h1>{title}</h1>",
        _verdict(report, options),
        _scores(report, options),
        *_notes(rest, options),
        *_files_table(report, options),
        *_rules_table(report, options),
    ]
    whole = len(shown) <= _WHOLE_FILES
    if not whole:
        words = options.say(
            "文件较多，下面只列各项发现；要看标出位置的原文和核对清单，请单独检查那个文件。",
            "There are many files: only findings follow. For the marked text and the ledger of a file, check it alone.",
        )
        body.append(f'<p class="hint">{words}</p>')
    for number, file in shown:
        body += _file(file, number, options, whole, len(report.files) == 1)
    body.append(f"<footer>{escape(closing_line(report, options))}<br>rectlint {escape(options.version)}</footer>")
    language = "zh-CN" if options.language == "zh" else "en"
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="generator" content="rectlint">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            *body,
            "</body>\n</html>",
        ]
    )


def _notes(report: Report, options: Options) -> Iterator[str]:
    return (f'<p class="note">{escape(line)}</p>' for line in note_lines(report, options))


def _shown(report: Report) -> list[tuple[int, FileResult]]:
    """The files that have a section of their own, with their numbers."""
    files = list(enumerate(report.files, 1))
    if len(files) <= _WHOLE_FILES:
        return files
    return [(number, file) for number, file in files if file.findings or file.error is not None]


def _verdict(report: Report, options: Options) -> str:
    """What came out, in a sentence, and how to take it."""
    say = options.say
    meanings: tuple[tuple[Severity, str], ...] = (
        ("error", say(" 处错误（前后对不上，应当改正）", " errors (the text contradicts itself: to be put right)")),
        ("warning", say(" 处警告（很可能有误，或者应当说明）", " warnings (probably wrong, or in need of a word)")),
        ("info", say(" 处提示（值得看一眼）", " infos (worth a look)")),
    )
    found = [(severity, f"{report.count(severity)}{words}") for severity, words in meanings if report.count(severity)]
    lines: list[str] = []
    unchecked = len(report.errors) + report.pending
    if unchecked or report.problems or not report.files:
        lines.append(
            say(
                f"没有全部检查成：{unchecked} 个文件没有检查，原因见下。" if unchecked else "没有检查成，原因见下。",
                f"Not everything was checked: {unchecked} files were not; see below why."
                if unchecked
                else "The check was not done; see below why.",
            )
        )
    if found:
        listed = say("，", ", ").join(words for _, words in found)
        lines.append(say(f"发现 {listed}。", f"Found {listed}."))
    elif len(report.files) > len(report.errors):
        lines.append(say("没有发现自相矛盾之处。", "Nothing was found that contradicts itself."))
    style = "error" if unchecked or report.problems or not report.files else found[0][0] if found else "ok"
    hint = say(
        "每项发现指出文中对不上的两处，不判断哪一处错，请对照原始材料核实。没有发现，只说明核对清单中的内容都对得上。",
        "A finding names two places that do not agree, not which of them is wrong: look it up in the records. "
        "No finding means no more than that what is in the ledger agrees.",
    )
    return f'<p class="verdict {style}">{"".join(lines)}</p>\n<p class="hint">{hint}</p>'


def _scores(report: Report, options: Options) -> str:
    counts = {verdict: sum(file.count(verdict) for file in report.files) for verdict in _VERDICTS}
    say = options.say
    scores = [
        (say("已检查文件", "files checked"), len(report.files) - len(report.errors), ""),
        (say("未能检查", "not checked"), len(report.errors) + report.pending, "error"),
        (say("错误", "errors"), report.count("error"), "error"),
        (say("警告", "warnings"), report.count("warning"), "warning"),
        (say("提示", "infos"), report.count("info"), "info"),
        (say("核对一致", "consistent"), counts["consistent"], "ok"),
        (say("核对矛盾", "contradicted"), counts["contradicted"], "error"),
        (say("无法核对", "not checkable"), counts["unchecked"], ""),
    ]
    if report.accepted:
        scores.append((say("已登记接受", "accepted"), len(report.accepted), ""))
    items = "".join(f'<li class="{style if n else ""}"><b>{n}</b>{words}</li>' for words, n, style in scores)
    return f'<ul class="scores">{items}</ul>'


def _files_table(report: Report, options: Options) -> Iterator[str]:
    if len(report.files) < 2:
        return
    yield f"<h2>{options.say('文件', 'Files')}</h2>\n<table><tbody>"
    shown = {number for number, _ in _shown(report)}
    for number, file in enumerate(report.files, 1):
        name = escape(file.path)
        if number in shown:
            name = f'<a href="#file-{number}">{name}</a>'
        if file.error is not None:
            words = f'<span class="tag error">{options.say("未检查", "not checked")}</span>'
        elif file.findings:
            counts = Counter(finding.severity for finding in file.findings)
            words = " ".join(
                f'<span class="tag {severity}">{severity_word(severity, options.language)} {counts[severity]}</span>'
                for severity in SEVERITIES
                if counts[severity]
            )
        else:
            words = options.say("未发现问题", "nothing to report")
        yield f"<tr><td>{name}</td><td class=n>{words}</td></tr>"
    yield "</tbody></table>"


def _rules_table(report: Report, options: Options) -> Iterator[str]:
    """With several files: how many findings each rule has, in how many files."""
    if len(report.files) < 2 or not report.findings:
        return
    say = options.say
    headings = (say("规则", "Rule"), say("处", "Findings"), say("文件", "Files"))
    cells = "".join(f"<th>{words}</th>" for words in headings)
    yield f"<h2>{say('按规则统计', 'By rule')}</h2>\n<table><thead><tr>{cells}</tr></thead><tbody>"
    counts = Counter((finding.rule, finding.name) for finding in report.findings)
    files = Counter(rule for file in report.files for rule in {finding.rule for finding in file.findings})
    for (rule, name), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        yield f"<tr><td>{_rule_words(rule, name, options)}</td><td class=n>{count}</td><td class=n>{files[rule]}</td></tr>"
    yield "</tbody></table>"


def _rule_words(code: str, name: str, options: Options) -> str:
    """What a rule is about and its code."""
    rule = options.rules.get(code)
    title = name if rule is None else rule.title.text(options.language)
    return f'{escape(title)} <span title="{escape(name)}">{escape(code)}</span>'


def _file(file: FileResult, number: int, options: Options, whole: bool, alone: bool) -> Iterator[str]:
    yield f'<section>\n<h2 id="file-{number}">{escape(file.path)}</h2>'
    if file.error is not None:
        words = escape(file.error.text(options.language))
        yield f'<p><span class="tag error">{options.say("未检查", "not checked")}</span> {words}</p>\n</section>'
        return
    if file.encoding and not file.encoding.startswith("utf-8"):
        yield f"<p>{options.say('编码', 'encoding')}: {escape(file.encoding)}</p>"
    yield from _notes(Report((file,)), options)
    linked = whole and bool(file.text)
    for index, finding in enumerate(file.findings, 1):
        yield _finding(finding, index, f"{number}-{index}", options, linked)
    if not file.findings:
        yield f"<p>{options.say('未发现自相矛盾之处。', 'Nothing in it contradicts itself.')}</p>"
    if linked:
        yield f"<h3>{options.say('原文', 'Text')}</h3>"
        yield _legend(options)
        with_lines = _has_lines(file)
        style = "text lines" if with_lines else "text"
        yield f'<div class="{style}">{_marked(file.text, list(_marks(file, number, options)), with_lines)}</div>'
    yield from _accepted(file, options)
    if linked or not file.text:
        yield from _ledger(file, number, options, alone)
    yield "</section>"


def _legend(options: Options) -> str:
    say = options.say
    kinds = (
        ("error", say("错误", "error")),
        ("warning", say("警告", "warning")),
        ("info", say("提示", "info")),
        ("evidence", say("对照的位置", "evidence")),
        ("consistent", say("核对过，一致", "compared and consistent")),
    )
    samples = " · ".join(f'<span class="p {style}">{words}</span>' for style, words in kinds)
    words = say("小号数字是第几项发现", "the small figures number the findings")
    return f'<p class="legend">{samples} · {words}</p>'


def _has_lines(file: FileResult) -> bool:
    """Whether people find places in this file by line, rather than by page or paragraph."""
    places = (*(finding.place for finding in file.findings), *(c.places[0] for c in file.comparisons if c.places))
    return all(place.location is None for place in places)


def _finding(finding: Finding, index: int, key: str, options: Options, linked: bool) -> str:
    language, say = options.language, options.say
    severity = severity_word(finding.severity, language)
    lines = [
        f'<article class="finding {finding.severity}" id="f-{key}">',
        f'<p class="head"><b class="no">{index}</b> <span class="tag {finding.severity}">{severity}</span> '
        f"{_link(f'p-{key}', escape(_spot(finding.place, options)), linked)} · "
        f"{_rule_words(finding.rule, finding.name, options)}</p>",
        f'<p class="message">{escape(finding.message.text(language))}</p>',
        f"<p>{_quoted(finding, key, linked)}</p>",
    ]
    if finding.evidence:
        links = [
            _link(f"e-{key}-{part}", escape(_labelled(place, language)), linked)
            + say(f"（{escape(_spot(place, options))}）", f" ({escape(_spot(place, options))})")
            for part, place in enumerate(finding.evidence, 1)
        ]
        lines.append(f"<p>{say('对照：', 'Evidence: ')}{' · '.join(links)}</p>")
    if finding.derivation:
        lines.append(
            f'<p>{say("核算：", "Derivation: ")}<span class="derivation">{escape(finding.derivation)}</span></p>'
        )
    if advice := finding.advice.text(language):
        lines.append(f"<p>{say('建议：', 'Advice: ')}{escape(advice)}</p>")
    boxes = say(
        "处理：□ 已改正　□ 核实无误，理由：＿＿＿＿＿＿＿＿",
        "Done: □ put right  □ looked up and right, because: ________",
    )
    return "\n".join([*lines, f'<p class="sign">{boxes}</p>', "</article>"])


def _spot(place: Place, options: Options) -> str:
    """Where a place is, as said to a person."""
    if place.location is not None:
        return place.location.words.text(options.language)
    return options.say(f"第 {place.start.line} 行", f"line {place.start.line}")


def _link(target: str, words: str, linked: bool) -> str:
    return f'<a href="#{target}">{words}</a>' if linked else words


def _quoted(finding: Finding, key: str, linked: bool) -> str:
    """The sentence of a finding, cut to what stands near the place, with the place as a link into the text."""
    context, place = finding.context, finding.place
    link = _link(f"p-{key}", f"<strong>{escape(place.text)}</strong>", linked)
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


def _ledger(file: FileResult, number: int, options: Options, alone: bool) -> Iterator[str]:
    if not file.comparisons:
        return
    say = options.say
    counts = {verdict: file.count(verdict) for verdict in _VERDICTS}
    tally = say(
        f"一致 {counts['consistent']}，矛盾 {counts['contradicted']}，无法核对 {counts['unchecked']}",
        f"{counts['consistent']} consistent, {counts['contradicted']} contradicted, {counts['unchecked']} unchecked",
    )
    yield f"<details{' open' if alone else ''}><summary><strong>{say('核对清单', 'Ledger')}</strong> · {tally}</summary>"
    headings = "".join(
        f"<th>{words}</th>"
        for words in (say("结果", "Verdict"), say("规则", "Rule"), say("核算", "Derivation"), say("所在", "Places"))
    )
    yield f'<table class="ledger"><thead><tr>{headings}</tr></thead><tbody>'
    rows = sorted(enumerate(file.comparisons, 1), key=lambda row: _VERDICTS.index(row[1].verdict))
    for index, comparison in rows:
        yield _ledger_row(comparison, f"{number}-{index}", options, bool(file.text))
    yield "</tbody></table></details>"


def _ledger_row(comparison: Comparison, key: str, options: Options, linked: bool) -> str:
    verdict = verdict_word(comparison.verdict, options.language)
    words = [comparison.derivation, comparison.reason.text(options.language)]
    derivation = "<br>".join(escape(part) for part in words if part)
    places = " · ".join(
        _link(f"c-{key}-{index}", escape(_labelled(place, options.language)), linked)
        for index, place in enumerate(comparison.places)
    )
    return (
        f'<tr id="r-{key}"><td class=n><span class="tag {comparison.verdict}">{verdict}</span></td>'
        f'<td class=n title="{escape(comparison.name)}">{escape(comparison.rule)}</td><td class="derivation">{derivation}</td><td>{places}</td></tr>'
    )


def _marks(file: FileResult, number: int, options: Options) -> Iterator[_Mark]:
    for index, finding in enumerate(file.findings, 1):
        key = f"{number}-{index}"
        message = finding.message.text(options.language)
        yield _mark(finding.place, f"p-{key}", f"f-{key}", finding.severity, message, index)
        for part, place in enumerate(finding.evidence, 1):
            label = place.label.text(options.language)
            title = f"{finding.rule} {label}".strip()
            yield _mark(place, f"e-{key}-{part}", f"f-{key}", "evidence", title, index)
    for index, comparison in enumerate(file.comparisons, 1):
        key = f"{number}-{index}"
        for part, place in enumerate(comparison.places):
            yield _mark(place, f"c-{key}-{part}", f"r-{key}", comparison.verdict, comparison.derivation)


def _mark(place: Place, id: str, target: str, style: str, title: str, number: int = 0) -> _Mark:
    return _Mark(place.start.offset, place.end.offset, id, target, style, title, number)


def _anchor(mark: _Mark) -> str:
    """What a link leads to; that of a finding's place shows the finding's number."""
    if not mark.number:
        return f'<span id="{mark.id}"></span>'
    style = "k evidence" if mark.style == "evidence" else "k"
    return f'<span id="{mark.id}" class="{style}" data-n="{mark.number}"></span>'


def _marked(text: str, marks: Sequence[_Mark], with_lines: bool) -> str:
    """The text cut at every edge of a mark; a piece under several marks shows the weightiest and leads to it."""
    lines = _line_starts(text) if with_lines else {}
    edges = sorted({0, len(text), *lines, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    starting: dict[int, list[_Mark]] = {}
    for mark in marks:
        starting.setdefault(mark.start, []).append(mark)
    active: list[_Mark] = []
    parts: list[str] = []
    for index, edge in enumerate(edges):
        active = [mark for mark in active if mark.end > edge] + starting.get(edge, [])
        if edge in lines:
            parts.append(f'<span class="l" data-l="{lines[edge]}"></span>')
        parts += [_anchor(mark) for mark in starting.get(edge, [])]
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


def _line_starts(text: str) -> dict[int, int]:
    """Where each line that holds anything begins, and its number."""
    starts: dict[int, int] = {}
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            starts[offset] = number
        offset += len(line) + 1
    return starts
