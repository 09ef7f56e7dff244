"""Rules for people: a list, and one rule explained from its file.

In: rules.  Out: text, or JSON for programs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from rectlint.render import Options
from rectlint.render.words import severity_word
from rectlint.report import Words
from rectlint.ruleset import Example, Rule

_STATUS_WORDS = {
    "preview": Words("试行", "preview"),
    "stable": Words("正式", "stable"),
    "deprecated": Words("停用", "deprecated"),
}
# how many examples of each sort a page shows; the rule file holds them all
_SHOWN = 2
_SORT_WORDS = {"bad": Words("有误", "bad"), "good": Words("无误", "good"), "limit": Words("尚不能识别", "known gap")}


def rules_text(rules: Sequence[Rule], options: Options) -> str:
    """One line a rule: code, severity, status, name, title."""
    rows = [
        (
            rule.code,
            severity_word(rule.severity, options.language),
            _STATUS_WORDS[rule.status].text(options.language),
            rule.name,
            rule.title.text(options.language),
        )
        for rule in rules
    ]
    widths = [max((cell_len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = [
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False))
        + "  "
        + row[4]
        for row in rows
    ]
    lines.append(options.say(f"共 {len(rules)} 条规则", f"{len(rules)} rules"))
    return "\n".join(lines)


def rules_json(rules: Sequence[Rule], options: Options) -> str:
    """All rules as a JSON list."""
    return json.dumps([rule_object(rule, options) for rule in rules], ensure_ascii=False, indent=2)


def rule_json(rule: Rule, options: Options) -> str:
    """One rule as a JSON object."""
    return json.dumps(rule_object(rule, options), ensure_ascii=False, indent=2)


def rule_object(rule: Rule, options: Options) -> dict[str, Any]:
    """One rule as plain values."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity,
        "status": rule.status,
        "title": rule.title.text(options.language),
        "message": rule.message.text(options.language),
        "advice": rule.advice.text(options.language),
        "what": rule.what,
        "why": rule.why,
        "fix": rule.fix,
        "params": params_of(rule),
        "examples": [
            {"sort": example.sort, "name": example.name, "text": example.text, "message": example.message}
            for example in rule.examples
        ],
    }


def params_of(rule: Rule) -> dict[str, Any]:
    """The parameters of a rule by name."""
    return dict(rule.params._asdict())


def rule_text(rule: Rule, options: Options) -> str:
    """One rule explained: what, why, what to do, parameters and examples, under fixed headings."""
    say = options.say
    facts = [
        severity_word(rule.severity, options.language),
        _STATUS_WORDS[rule.status].text(options.language),
        rule.name,
    ]
    lines = [f"{rule.code} {rule.title.text(options.language)}", say("（", "(") + ", ".join(facts) + say("）", ")"), ""]
    for heading, words in (
        (say("查什么", "What it does"), rule.what),
        (say("为什么", "Why it matters"), rule.why),
        (say("怎么办", "What to do"), rule.fix),
    ):
        if words:
            lines += [heading, *("  " + line for line in words.splitlines()), ""]
    lines += [say("提示语", "Message"), "  " + rule.message.text(options.language), ""]
    lines += [say("一行建议", "Advice"), "  " + rule.advice.text(options.language), ""]
    if params := params_of(rule):
        lines.append(say("参数", "Parameters"))
        lines += [f"  {name} = {_toml_value(value)}" for name, value in params.items()]
        lines.append("")
    for sort, sort_words in _SORT_WORDS.items():
        for example in rule.examples:
            if example.sort == sort:
                title = f"{say('例', 'Example')} · {sort_words.text(options.language)}{say('：', ': ')}{example.name}"
                if example.params:
                    title += say(f"（设定 {_set(example)}）", f" (with {_set(example)})")
                lines += [title, *("  " + line for line in example.text.splitlines())]
                if example.message:
                    lines.append(f"  → {example.message}")
                if example.why:
                    lines.append(f"  （{example.why}）")
                lines.append("")
    return "\n".join(lines).rstrip()


def _set(example: Example) -> str:
    """The parameters an example is tried with."""
    return ", ".join(f"{name} = {_toml_value(value)}" for name, value in example.params.items())


def _toml_value(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple | frozenset) else value, ensure_ascii=False, default=str)


def rules_table(rules: Sequence[Rule]) -> str:
    """The rules as a Markdown table, each linked to its section in `rules_markdown`."""
    lines = ["| 代码 | 名称 | 级别 | 说明 |", "|---|---|---|---|"]
    for rule in rules:
        severity = severity_word(rule.severity, "zh")
        status = "" if rule.status == "stable" else f"（{_STATUS_WORDS[rule.status].zh}）"
        link = f"[{rule.code}](RULES.md#{rule.code.lower()})"
        lines.append(f"| {link} | `{rule.name}` | {severity} | {rule.title.zh}{status} |")
    return "\n".join(lines)


def rules_markdown(rules: Sequence[Rule]) -> str:
    """A page per rule, all in one file: what, why, what to do, parameters and examples."""
    parts = ["# 规则说明\n\n由规则文件生成，请改规则文件，不要改这里。"]
    parts += [_rule_section(rule) for rule in rules]
    return "\n\n".join(parts)


def _rule_section(rule: Rule) -> str:
    facts = f"{severity_word(rule.severity, 'zh')} · {_STATUS_WORDS[rule.status].zh} · {rule.title.en}"
    parts = [f'<a id="{rule.code.lower()}"></a>', f"## {rule.code} {rule.title.zh}", f"`{rule.name}` · {facts}"]
    for heading, words in (("查什么", rule.what), ("为什么", rule.why), ("怎么办", rule.fix)):
        if words:
            parts += [f"**{heading}**", words]
    if params := params_of(rule):
        parts += ["**参数**", "\n".join(f"- `{name} = {_toml_value(value)}`" for name, value in params.items())]
    for sort, sort_words in _SORT_WORDS.items():
        for example in [example for example in rule.examples if example.sort == sort][:_SHOWN]:
            settings = f"（设定 `{_set(example)}`）" if example.params else ""
            parts += [f"**{sort_words.zh}**：{example.name}{settings}", f"```text\n{example.text.strip()}\n```"]
            parts += [f"→ {example.message}"] if example.message else []
            parts += [f"（{example.why}）"] if example.why else []
    return "\n\n".join(parts)
