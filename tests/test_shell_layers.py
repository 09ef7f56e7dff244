"""The linter round the engine: each module imports only what stands below it, and renderers are pure."""

from __future__ import annotations

import ast

from tests.test_layers import PACKAGE, imports, layer_of, modules

SHELL = [
    ("toml_file", "output", "inline", "changes", "warm"),
    ("files", "accept"),
    ("config",),
    ("selection", "cache"),
    ("runner",),
    ("parallel", "planning"),
    ("batch",),
    ("render",),
    ("checking", "rule_tools", "annotate"),
    ("commands",),
    ("quick", "server", "cli"),
    ("__main__",),
]


def level_of(module: str) -> int | None:
    """The level of a module of the shell; None for the core."""
    top = module.split(".")[0]
    return next((level for level, names in enumerate(SHELL) if top in names), None)


def test_every_module_has_its_place() -> None:
    """A module is of the core or of the shell, and of one of them only."""
    for name, _ in modules():
        assert (level_of(name) is None) is not (layer_of(name) is None), name


def test_imports_point_down() -> None:
    """No module of the shell imports one above it; within a level it may."""
    wrong = []
    for name, path in modules():
        own = level_of(name)
        if own is None:
            continue
        wrong += [f"{name} imports {t}" for t in imports(path) if (level_of(t) or 0) > own]
    assert wrong == []


def test_renderers_are_pure() -> None:
    """No renderer prints, opens, or looks at the environment or the clock."""
    for path in (PACKAGE / "render").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"print", "open", "input"}, path.name
        assert not attributes & {"environ", "read_text", "write_text", "read_bytes", "now", "today", "stdout"}, (
            path.name
        )
