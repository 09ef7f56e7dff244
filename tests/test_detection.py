"""A small fixed draw of the detection benchmark, with floors: it may rise, it may not fall."""

from __future__ import annotations

from functools import cache

import pytest

from tests.benchmarks.detection import Tally, Trap, load_traps, measure, share, sprung, wilson

BULLETINS = 24
SEED = 5
FLOORS: dict[str, float] = {}
MOST_ALARMS = 40
LEAST_UNCHANGED = 0.5


@cache
def tally() -> Tally:
    """The fixed draw, measured once."""
    return measure(BULLETINS, 60, SEED, 3, jobs=1)


@pytest.mark.parametrize("family", sorted(FLOORS))
def test_recall_of_family(family: str) -> None:
    """The right rule reports at least this share of the contradictions planted in its family."""
    found = tally().recall(tally().right, family)
    assert found >= FLOORS[family], f"{family}: {found:.1%} of the planted contradictions, floor {FLOORS[family]:.0%}"


def test_false_alarms_stay_rare() -> None:
    """Consistent bulletins raise hardly any error or warning."""
    alarms = tally().alarms
    shown = "\n".join(f"{alarm.seed} {alarm.seen.rule} {alarm.seen.message}\n    {alarm.context}" for alarm in alarms)
    assert len(alarms) <= MOST_ALARMS, shown


def test_rewrites_change_nothing() -> None:
    """The same text in another form has the same findings."""
    total, same = sum(tally().rewrites.values()), sum(tally().unchanged.values())
    assert same >= total * LEAST_UNCHANGED, "\n".join(str(change) for change in tally().changes)


@pytest.mark.parametrize("trap", load_traps(), ids=lambda trap: f"{trap.file}-{trap.name}")
def test_trap_stays_silent(trap: Trap) -> None:
    """A consistent passage that looks wrong raises neither error nor warning."""
    found = sprung(trap)
    assert not found, f"{trap.why}: " + "; ".join(f"{seen.rule} {seen.message}" for seen in found)


def test_wilson_interval() -> None:
    """The interval holds the share and stays between nought and one."""
    low, high = wilson(19, 20)
    assert 0.7 < low < 0.95 < high < 1.0
    assert wilson(0, 0) == (0.0, 1.0)
    assert "95.0%" in share(19, 20)
