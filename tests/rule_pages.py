"""The pages on rules that are generated from the rule files.

``python -m tests.rule_pages`` writes them anew; a test says when that is due.
"""

from __future__ import annotations

import re

from rectlint.render.rules import rules_markdown, rules_table
from rectlint.ruleset import builtin_directory, load_rules

_LIST = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.DOTALL)


def pages() -> dict[str, str]:
    """File name in ``rules/`` and what it should hold."""
    rules = load_rules()
    readme = (builtin_directory() / "README.md").read_text("utf-8")
    table = rules_table(rules) + "\n"
    return {"RULES.md": rules_markdown(rules) + "\n", "README.md": _LIST.sub(lambda _: table, readme)}


if __name__ == "__main__":
    for name, text in pages().items():
        (builtin_directory() / name).write_text(text, "utf-8")
