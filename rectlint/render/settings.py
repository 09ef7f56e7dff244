"""Settings for people and programs: each value with where it comes from, each rule on or off with the reason.

In: `Settings` and `Decision` values.  Out: text, or JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from rectlint.config import Settings
from rectlint.render import Options
from rectlint.render.words import severity_word
from rectlint.selection import Decision

_NAMES = (
    "profile",
    "select",
    "ignore",
    "preview",
    "fail_on",
    "severity",
    "per_file_ignores",
    "rules",
    "rules_dirs",
    "include",
    "exclude",
    "respect_gitignore",
    "force_exclude",
    "tracked_changes",
    "accept_file",
    "cache",
    "cache_dir",
)


def settings_text(settings: Settings, decisions: Sequence[Decision], options: Options) -> str:
    """The settings as lines of TOML with their origin, then the rules."""
    say = options.say
    file = say("（没有配置文件）", "(no configuration file)") if settings.file is None else str(settings.file)
    lines = [say("配置文件：", "configuration: ") + file, ""]
    unset = say("（未设）", "(unset)")
    rows = [(f"{key} = {_toml(value, unset)}", origin) for key, value, origin in _rows(settings)]
    width = min(60, max(cell_len(row[0]) for row in rows))
    for words, origin in rows:
        shown = say("默认", "default") if origin == "default" else origin
        lines.append(f"{words}{' ' * max(0, width - cell_len(words))}  # {shown}")
    lines.append("")
    for decision in decisions:
        rule = decision.rule
        mark = say("查  ", "on  ") if decision.active else say("不查", "off ")
        severity = severity_word(rule.severity, options.language)
        reason = decision.reason.text(options.language).replace("default", say("默认", "default"))
        title = rule.title.text(options.language)
        lines.append(f"{mark} {rule.code} {rule.name} {title} [{severity}]  {reason}")
    active = sum(decision.active for decision in decisions)
    lines.append(say(f"共 {len(decisions)} 条规则，启用 {active} 条", f"{active} of {len(decisions)} rules are on"))
    return "\n".join(lines)


def settings_json(settings: Settings, decisions: Sequence[Decision]) -> str:
    """The settings and rules as one JSON object."""
    value = {
        "file": None if settings.file is None else str(settings.file),
        "settings": {key: {"value": value, "origin": origin} for key, value, origin in _rows(settings)},
        "rules": [
            {
                "code": decision.rule.code,
                "name": decision.rule.name,
                "severity": decision.rule.severity,
                "active": decision.active,
                "reason": decision.reason.en,
            }
            for decision in decisions
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _rows(settings: Settings) -> list[tuple[str, Any, str]]:
    """Key, value and origin; the entries of tables one by one, since each has its own origin."""
    rows: list[tuple[str, Any, str]] = []
    for name in _NAMES:
        key = name.replace("_", "-")
        value = getattr(settings, name)
        if isinstance(value, dict):
            for entry, item in value.items():
                rows.append((f"{key}.{entry}", _plain(item), settings.origin(f"{key}.{entry}")))
        else:
            rows.append((key, _plain(value), settings.origin(key)))
    return rows


def _toml(value: Any, unset: str) -> str:
    """A value as it is written in a configuration file."""
    if value is None:
        return unset
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item, unset)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
