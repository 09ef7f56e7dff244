"""Sample bulletins for the readers' tests, and what is found in them."""

from __future__ import annotations

from pathlib import Path

from rectlint.engine import check_source
from rectlint.ruleset import load_rules
from rectlint.source import Source

SEEDS = Path(__file__).parents[2] / "seeds"
RULES = load_rules()


def seed(name: str) -> str:
    """The text of the sample whose name begins so."""
    (path,) = SEEDS.glob(f"{name}-*.txt")
    return path.read_text("utf-8")


def findings(source: Source) -> list[tuple[str, str]]:
    """Rule and quoted words of what is found in a text, blanks aside."""
    return sorted((f.rule, "".join(f.place.text.split())) for f in check_source(source, RULES).findings)
