"""A small fixed draw of the detection benchmark, with floors: it may rise, it may not fall."""

from __future__ import annotations

from functools import cache

import pytest

from tests.benchmarks.detection import Tally, load_traps, measure, share, sprung, wilson

BULLETINS = 24
SEED = 5
# Floors on the share reported under the right rule, by family.
FLOORS = {
    "DAT": 0.97,
    "ENT": 0.95,
    "ENU": 0.95,
    "NUM": 0.97,
    "PCT": 0.97,
    "QTY": 0.97,
    "REF": 0.95,
    "STA": 0.95,
    "TOT": 0.95,
    "TXT": 0.95,
    "TAB": 0.95,
    "LOC": 0.95,
}
# Errors and warnings on the clean texts.
MOST_ALARMS = 0
# Shares of rewrites without effect and of silent traps.
LEAST_UNCHANGED = 1.0
LEAST_SILENT = 1.0
# The share of the comparisons a reader can make that the ledger lists.
LEAST_LISTED = 0.95


@cache
def tally() -> Tally:
    """The fixed draw, measured once."""
    return measure(BULLETINS, 60, SEED, 3, jobs=1)


@pytest.mark.parametrize("family", sorted(FLOORS))
def test_recall_of_family(family: str) -> None:
    """The right rule reports at least this share of the contradictions planted in its family."""
    found = tally().recall(tally().right, family)
    assert found >= FLOORS[family], f"{family}: {found:.1%} of the planted contradictions, floor {FLOORS[family]:.0%}"


def test_ledger_lists_what_can_be_compared() -> None:
    """Nearly all comparisons that the generator knows of are in the ledger."""
    known, listed = sum(tally().comparisons.values()), sum(tally().listed.values())
    assert listed >= known * LEAST_LISTED, "\n".join(f"{seed} {rule} {text}" for seed, rule, text in tally().unlisted)


def test_false_alarms_stay_away() -> None:
    """Consistent bulletins raise no error or warning."""
    alarms = tally().alarms
    shown = "\n".join(f"{alarm.seed} {alarm.seen.rule} {alarm.seen.message}\n    {alarm.context}" for alarm in alarms)
    assert len(alarms) <= MOST_ALARMS, shown


def test_rewrites_change_nothing() -> None:
    """The same text in another form has the same findings."""
    total, same = sum(tally().rewrites.values()), sum(tally().unchanged.values())
    assert same >= total * LEAST_UNCHANGED, "\n".join(str(change) for change in tally().changes)


def test_traps_stay_silent() -> None:
    """Consistent passages that look wrong raise neither error nor warning."""
    traps = load_traps()
    sprung_traps = [(trap, found) for trap in traps if (found := sprung(trap))]
    shown = [
        f"{trap.file}/{trap.name} ({trap.why}): " + "; ".join(f"{seen.rule} {seen.message}" for seen in found)
        for trap, found in sprung_traps
    ]
    assert len(sprung_traps) <= len(traps) * (1 - LEAST_SILENT), "\n".join(shown)


def test_every_line_of_the_genre_study_has_a_trap() -> None:
    """There are 36 traps from the genre study and more than a hundred of our own, each with its reason."""
    traps = load_traps()
    assert sum(trap.file == "genre" for trap in traps) == 36
    assert sum(trap.file != "genre" for trap in traps) >= 100
    assert all(trap.why and trap.text for trap in traps)
    assert len({(trap.file, trap.name) for trap in traps}) == len(traps)


def test_wilson_interval() -> None:
    """The interval holds the share and stays between nought and one."""
    low, high = wilson(19, 20)
    assert 0.7 < low < 0.95 < high < 1.0
    assert wilson(0, 0) == (0.0, 1.0)
    assert "95.0%" in share(19, 20)
