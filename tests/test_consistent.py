"""Consistent bulletins that no generator wrote: people who knew the genre, but neither rules nor code, wrote them in as many
ways as they could.  Nothing in them may be called an error or a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

import rectlint
from tests.edited import Edit, read_edits

FOLDER = Path(__file__).parent / "consistent"
TEXTS = sorted(FOLDER.glob("*.txt"))


def test_there_are_texts() -> None:
    """An empty folder would prove nothing."""
    assert len(TEXTS) >= 100


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_consistent_bulletin_is_not_accused(path: Path) -> None:
    """No error and no warning; and enough was compared for that to mean something."""
    (result,) = rectlint.check_path(path).files
    accused = [(f.place.start.line, f.rule, f.message.zh) for f in result.findings if f.severity != "info"]
    assert accused == []
    assert sum(comparison.verdict == "consistent" for comparison in result.comparisons) >= 30


@pytest.mark.parametrize(
    "edit", [edit for edit in read_edits() if edit.rules], ids=lambda edit: f"{edit.text}-{edit.number}"
)
def test_planted_contradiction_is_still_noticed(edit: Edit) -> None:
    """What was noticed once stays noticed, by one of the rules that did."""
    assert edit.noticed() & set(edit.rules)


def test_edits_fit_their_bulletins() -> None:
    """Those that go unseen too can be applied."""
    assert all(edit.apply() != edit.path.read_text("utf-8") for edit in read_edits())
