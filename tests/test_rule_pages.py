"""What is written about rules is what the rules say, and the page that teaches them can be followed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from rectlint.ruleset import builtin_directory, load_rules
from tests.cli_helper import rectlint
from tests.rule_pages import pages

README = builtin_directory() / "README.md"


@pytest.mark.parametrize("name", ["README.md", "RULES.md"])
def test_pages_are_not_stale(name: str) -> None:
    """The list in rules/README.md and the pages in rules/RULES.md agree with the rule files."""
    message = "run: python -m tests.rule_pages"
    assert (builtin_directory() / name).read_text("utf-8") == pages()[name], message


def test_every_rule_has_a_line_and_a_page() -> None:
    """Each rule is in the list, linked to a section that exists."""
    listed, sections = pages()["README.md"], pages()["RULES.md"]
    for rule in load_rules():
        assert f"[{rule.code}](RULES.md#{rule.code.lower()})" in listed
        assert f'<a id="{rule.code.lower()}"></a>' in sections


def test_the_worked_examples_work(tmp_path: Path) -> None:
    """Both rules of the page, written to files as it says, pass their own tests."""
    blocks = re.findall(r"^```toml\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for text, family in zip(blocks, ("totals", "numbering"), strict=True):
        path = tmp_path / family / f"{tomllib.loads(text)['name']}.toml"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    ran = rectlint("rules", "test", tmp_path)
    assert ran.code == 0, ran.out


def test_list_as_markdown_is_the_page() -> None:
    """``rectlint rules list --format markdown`` prints the pages."""
    assert rectlint("rules", "list", "--format", "markdown").out == pages()["RULES.md"]
