"""A module imports only what stands below it; nothing in the core does input, output or colour."""

from __future__ import annotations

import ast
from pathlib import Path

import rectlint

PACKAGE = Path(rectlint.__file__).parent
LAYERS = [
    ("matcher",),
    ("errors", "report", "records", "markers", "patterns", "wording"),
    ("source", "lexicon", "columns", "reflow", "scripts"),
    ("readers",),
    ("view", "values"),
    ("document",),
    ("claims",),
    ("kinds.base",),
    ("kinds",),
    ("ruleset",),
    ("engine", "show"),
    ("testing",),
    ("",),  # the package itself: the public API
]


def layer_of(module: str) -> int | None:
    """The layer of ``rectlint.<module>``, by its longest listed prefix; None for the shell round the core."""
    best = None
    for index, names in enumerate(LAYERS):
        for name in names:
            if module == name or (name and module.startswith(f"{name}.")):
                best = (len(name), index) if best is None or len(name) > best[0] else best
    return best[1] if best else None


def modules() -> list[tuple[str, Path]]:
    """Every module of the package with its name relative to the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        if parts[:1] != ["rules"]:
            found.append((".".join(parts), path))
    return found


def imports(path: Path) -> set[str]:
    """The rectlint modules that a file imports, relative to the package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "rectlint":
            found.add(node.module.removeprefix("rectlint").lstrip("."))
        elif isinstance(node, ast.Import):
            found |= {a.name.removeprefix("rectlint").lstrip(".") for a in node.names if a.name.startswith("rectlint")}
    return found


def test_imports_point_one_way() -> None:
    """No core module imports a later layer or the shell."""
    wrong = []
    for name, path in modules():
        own = layer_of(name)
        if own is None:
            continue
        for target in imports(path):
            other = layer_of(target)
            if other is None or other > own:
                wrong.append(f"{name or 'rectlint'} imports {target or 'rectlint'}")
    assert wrong == []


def test_no_circles() -> None:
    """No module of the core or of the shell imports itself by way of others, not even while it runs."""
    graph = {name: imports(path) for name, path in modules()}

    def reached(names: set[str], seen: set[str]) -> set[str]:
        for name in names - seen:
            seen.add(name)
            reached(graph.get(name, set()), seen)
        return seen

    assert [name for name in graph if name in reached(graph[name], set())] == []


def test_the_core_does_no_output() -> None:
    """No module of the core prints, reads the environment, or imports rich or typer."""
    for name, path in modules():
        if layer_of(name) is not None:
            tree = ast.parse(path.read_text("utf-8"))
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            loaded = {
                alias.name.split(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, ast.Import)
                for alias in node.names
            } | {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            forbidden = {"rich", "typer"} if name == "matcher" else {"rich", "typer", "sys"}  # it needs sys.modules
            assert "print" not in names and not loaded & forbidden, name
