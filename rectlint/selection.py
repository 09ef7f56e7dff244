"""Which rules hold for a file, at which severity, and why.

In: all rules and `Settings`.  Out: one `Decision` a rule.  Wherever a rule is named, a code (``TOT001``), a name
(``parts-do-not-sum``), a family (``TOT`` or ``totals``) or ``ALL`` will do; the more particular word wins, and of two
equally particular ones ``ignore`` wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rectlint.config import Settings
from rectlint.errors import ConfigError, RuleError, did_you_mean
from rectlint.files import matches
from rectlint.kinds import load_kind
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.ruleset import Rule, builtin_directory, load_rules, with_params

_ALL, _FAMILY, _EXACT = range(3)


class Decision(NamedTuple):
    """A rule as configured, whether it runs, and the reason."""

    rule: Rule
    active: bool
    reason: Words


def load_configured_rules(settings: Settings) -> tuple[Rule, ...]:
    """All rules, built-in and the user's, with the configured parameters and severities."""
    for folder in settings.rules_dirs:
        if not folder.is_dir():
            raise ConfigError(
                settings.origin("rules-dirs"),
                f"规则目录不存在：{folder}",
                f"no such rule folder: {folder}",
                f"核对路径，或新建规则：rectlint rules new 类别 规则名 --directory {folder.name}",
                f"check the path, or begin a rule: rectlint rules new FAMILY NAME --directory {folder.name}",
            )
    rules = load_rules([builtin_directory(), *settings.rules_dirs] if settings.rules_dirs else None)
    check_selectors(rules, settings)
    return tuple(_configured(rule, settings) for rule in rules)


def decide(rules: Sequence[Rule], settings: Settings, path: str | None = None) -> tuple[Decision, ...]:
    """Whether each rule runs on ``path`` (on any file, without one)."""
    ignored_here = _per_file(settings, path)
    return tuple(_decide(rule, settings, ignored_here) for rule in rules)


def active_rules(rules: Sequence[Rule], settings: Settings, path: str | None = None) -> tuple[Rule, ...]:
    """The rules that run on ``path``."""
    return tuple(decision.rule for decision in decide(rules, settings, path) if decision.active)


def rank(selector: str, rule: Rule) -> int | None:
    """How particularly ``selector`` names ``rule``: None not at all, then all, family, the rule itself."""
    if selector.upper() == "ALL":
        return _ALL
    if selector.upper() == rule.code or selector == rule.name:
        return _EXACT
    if selector.upper() == rule.family or selector == rule.path.parent.name:
        return _FAMILY
    return None


def check_selectors(rules: Sequence[Rule], settings: Settings) -> None:
    """Refuse every word in the configuration that names no rule, saying where it stands."""
    named: list[tuple[str, str]] = [(settings.origin("select"), selector) for selector in settings.select]
    named += [(settings.origin("ignore"), selector) for selector in settings.ignore]
    named += [(settings.origin(f"severity.{selector}"), selector) for selector in settings.severity]
    for pattern, selectors in settings.per_file_ignores.items():
        named += [(settings.origin(f"per-file-ignores.{pattern}"), selector) for selector in selectors]
    for origin, selector in named:
        check_selector(rules, selector, origin)
    for name in settings.rules:
        if not any(rank(name, rule) == _EXACT for rule in rules):
            hints = did_you_mean(name, names_of(rules))
            raise ConfigError(settings.origin(f"rules.{name}"), f"没有规则 {name}", f"there is no rule {name}", *hints)


def check_selector(rules: Sequence[Rule], selector: str, origin: str) -> None:
    """Refuse a word that names no rule and no family."""
    if any(rank(selector, rule) is not None for rule in rules):
        return
    hints = did_you_mean(selector, [*names_of(rules), "ALL"]) if rules else ("", "")
    if hints[0].startswith("可用"):
        hints = ("用 rectlint rules 列出全部规则", "rectlint rules lists them")
    raise ConfigError(origin, f"没有规则或类别 {selector}", f"there is no rule or family {selector}", *hints)


def names_of(rules: Iterable[Rule]) -> list[str]:
    """Every word that names a rule or a family."""
    words: dict[str, None] = {}
    for rule in rules:
        words |= dict.fromkeys((rule.family, rule.path.parent.name))
    for rule in rules:
        words |= dict.fromkeys((rule.code, rule.name))
    return list(words)


def codes_by_word(rules: Sequence[Rule]) -> dict[str, frozenset[str]]:
    """For every word that names rules, the codes it stands for."""
    codes: dict[str, set[str]] = {}
    for rule in rules:
        for word in (rule.code, rule.name, rule.family, rule.path.parent.name, "ALL"):
            codes.setdefault(word, set()).add(rule.code)
    return {word: frozenset(named) for word, named in codes.items()}


def _configured(rule: Rule, settings: Settings) -> Rule:
    for name, params in settings.rules.items():
        if rank(name, rule) == _EXACT:
            origin = settings.origin(f"rules.{name}")
            try:
                rule = with_params(rule, params, Path(origin.rpartition(":")[0] or origin))
            except RuleError as error:
                raise ConfigError(
                    error.where, error.what["zh"], error.what["en"], error.hint["zh"], error.hint["en"]
                ) from None
    best = _best(settings.severity, rule)
    return rule if best is None else rule._replace(severity=settings.severity[best])


def _best(selectors: Iterable[str], rule: Rule) -> str | None:
    """The selector that names ``rule`` most particularly; of equals the last."""
    ranked = [(found, index, name) for index, name in enumerate(selectors) if (found := rank(name, rule)) is not None]
    return max(ranked)[2] if ranked else None


def _per_file(settings: Settings, path: str | None) -> Mapping[str, tuple[str, ...]]:
    if path is None:
        return {}
    return {
        pattern: selectors
        for pattern, selectors in settings.per_file_ignores.items()
        if matches(Path(path), [pattern], settings.root)
    }


def _decide(rule: Rule, settings: Settings, ignored_here: Mapping[str, tuple[str, ...]]) -> Decision:
    for pattern, selectors in ignored_here.items():
        selector = _best(selectors, rule)
        if selector is not None:
            origin = settings.origin(f"per-file-ignores.{pattern}")
            words = Words(f"此文件不查 {selector}（{origin}）", f"ignored for this file: {selector} ({origin})")
            return Decision(rule, False, words)
    selected, ignored = _best(settings.select, rule), _best(settings.ignore, rule)
    select_rank = -1 if selected is None else rank(selected, rule)
    ignore_rank = -1 if ignored is None else rank(ignored, rule)
    assert select_rank is not None
    assert ignore_rank is not None
    if ignored is not None and ignore_rank >= select_rank:
        origin = settings.origin("ignore")
        return Decision(rule, False, Words(f"ignore 了 {ignored}（{origin}）", f"ignored: {ignored} ({origin})"))
    origin = settings.origin("select")
    if selected is None:
        return Decision(rule, False, Words(f"不在 select 之内（{origin}）", f"not selected ({origin})"))
    if rule.status == "preview" and not settings.preview and select_rank < _EXACT:
        return Decision(rule, False, Words("试行规则，未开启 preview", "a preview rule, and preview is off"))
    if rule.status == "deprecated" and select_rank < _EXACT:
        return Decision(rule, False, Words("已停用的规则", "a deprecated rule"))
    needed = load_kind(rule.kind).needs
    if needed and not getattr(rule.params, needed):
        words = Words(f"没有设定 {needed}，不查", f"waits for its parameter {needed}")
        return Decision(rule, False, words)
    return Decision(rule, True, Words(f"select 了 {selected}（{origin}）", f"selected: {selected} ({origin})"))
