"""Contradictions that the writers of the consistent bulletins planted in them, one at a time, without knowledge of rules or code.

In: ``tests/consistent/edits.jsonl``: a bulletin, what is replaced by what, and the rules that notice it (none where it goes unseen).
Out: the edited text and what is new in its report.

>>> edit = read_edits()[0]
>>> edit.text in edit.path.stem, edit.apply() != edit.path.read_text("utf-8")
(True, True)
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rectlint

FOLDER = Path(__file__).parent / "consistent"


@dataclass(frozen=True)
class Edit:
    """One planted contradiction; ``number`` is its line in the list."""

    number: int
    text: str
    replaced: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The bulletin."""
        return FOLDER / f"{self.text}.txt"

    def apply(self) -> str:
        """The edited text; `ValueError` where something to be replaced is not there."""
        text = self.path.read_text("utf-8")
        for was, now in self.replaced:
            if was not in text:
                raise ValueError(f"line {self.number}: not in {self.text}: {was}")
            text = text.replace(was, now, 1)
        return text

    def noticed(self) -> set[str]:
        """The rules with a finding that the unedited bulletin does not draw."""
        return {rule for rule, _ in _findings(self.apply()) - _of_bulletin(self.path)}


def read_edits() -> list[Edit]:
    """All edits, in order."""
    lines = (FOLDER / "edits.jsonl").read_text("utf-8").splitlines()
    return [
        Edit(number, entry["text"], tuple((was, now) for was, now in entry["edits"]), tuple(entry["rules"]))
        for number, entry in enumerate(map(json.loads, lines), 1)
    ]


def _findings(text: str) -> Counter[tuple[str, str]]:
    (result,) = rectlint.check_text(text).files
    return Counter((finding.rule, finding.message.zh) for finding in result.findings)


@cache
def _of_bulletin(path: Path) -> Counter[tuple[str, str]]:
    return _findings(path.read_text("utf-8"))
