"""Every rule proves itself by the marked examples in its own file, and fails them when its kind does nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rectlint import engine
from rectlint.kinds import MODULES, load_kind
from rectlint.kinds.base import Kind, Outcome
from rectlint.ruleset import Rule, builtin_directory, load_rules
from rectlint.testing import run_examples

RULES = load_rules()
IDS = [f"{rule.code}-{rule.name}" for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_examples_hold(rule: Rule) -> None:
    """Bad examples give exactly the marked findings; good ones are silent under all stable rules."""
    assert [f"{failure.example}: {failure.problem}" for failure in run_examples([rule], RULES)] == []


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_bad_examples_fail_without_the_kind(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the kind replaced by one that does nothing, every bad example fails."""

    def nothing(*_: object) -> Iterator[Outcome]:
        return iter(())

    def idle(name: str) -> Kind:
        return load_kind(name)._replace(check=nothing)

    monkeypatch.setattr(engine, "load_kind", idle)
    bad = [example.name for example in rule.examples if example.sort == "bad"]
    failing = {failure.example for failure in run_examples([rule], RULES)}
    assert bad and set(bad) <= failing


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_documentation_is_complete(rule: Rule) -> None:
    """What, why and fix are written, in Chinese, and the rule stands in the folder of its family."""
    assert min(len(rule.what), len(rule.why), len(rule.fix)) >= 10
    families = dict(_families())
    assert families[rule.path.parent.name] == rule.family


def test_every_kind_is_used() -> None:
    """Each listed kind has a rule for each of its defects, so that no comparison is thrown away."""
    used = {(rule.kind, rule.defect) for rule in RULES}
    assert used == {(name, defect) for name in MODULES for defect in load_kind(name).defects}


def _families() -> Iterator[tuple[str, str]]:
    import tomllib

    for folder, table in tomllib.loads((builtin_directory() / "_families.toml").read_text("utf-8")).items():
        yield folder, table["code"]
