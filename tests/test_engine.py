"""What the engine gives for a text, with the ledger of comparisons and without."""

import hashlib

import pytest

import rectlint
from rectlint.engine import _sha256, check_source
from rectlint.report import VERDICTS
from rectlint.ruleset import load_rules
from rectlint.source import Source

TEXT = "收到信访件16件，已办结13件，正在办理2件。2024年2月30日召开会议。整改率85%，19名干部。"


def test_comparisons_are_counted_without_a_ledger() -> None:
    """Without the ledger the findings are the same, and so is the number of comparisons with each verdict."""
    rules = load_rules()
    whole, counted = check_source(Source(TEXT), rules), check_source(Source(TEXT), rules, ledger=False)
    assert counted.comparisons == ()
    assert whole.comparisons
    assert [counted.count(verdict) for verdict in VERDICTS] == [whole.count(verdict) for verdict in VERDICTS]
    assert counted._replace(tally=None) == whole._replace(comparisons=())


def test_lean_hash_is_sha256() -> None:
    """The lean module gives what `hashlib` gives."""
    assert _sha256()(b"abc").hexdigest() == hashlib.sha256(b"abc").hexdigest()


def test_public_names_are_there() -> None:
    """Every name of the public API can be had, and no other."""
    assert all(getattr(rectlint, name) is not None for name in rectlint.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(rectlint, "nothing")  # noqa: B009
