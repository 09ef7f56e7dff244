"""Rules for people: a list, and one rule explained from its file.

In: rules.  Out: text, or JSON for programs.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from rectlint.render import Options
from rectlint.render.words import severity_word
from rectlint.report import Words
from rectlint.ruleset import Rule

_STATUS_WORDS = {
    "preview": Words("试行", "preview"),
    "stable": Words("正式", "stable"),
    "deprecated": Words("停用", "deprecated"),
}
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
    if not dataclasses.is_dataclass(rule.params):
        return dict(rule.params or {})
    return {field.name: getattr(rule.params, field.name) for field in dataclasses.fields(rule.params)}


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
                lines += [title, *("  " + line for line in example.text.splitlines())]
                if example.message:
                    lines.append(f"  → {example.message}")
                if example.why:
                    lines.append(f"  （{example.why}）")
                lines.append("")
    return "\n".join(lines).rstrip()


def _toml_value(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple | frozenset) else value, ensure_ascii=False, default=str)
