"""The odd one out among several tellings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rectlint.kinds.agreement import Telling, compare
from rectlint.report import Words
from rectlint.source import Span

THING = Words("村", "villages")


def tellings(values: list[int]) -> list[Telling]:
    """One telling for each value, in text order."""
    return [Telling(Span(10 * place, 10 * place + 3), value, f"{value}个") for place, value in enumerate(values)]


def test_majority_decides() -> None:
    """The value told most often is the one the others differ from, wherever it stands."""
    (outcome,) = compare(THING, tellings([26, 28, 28]), "size")
    assert (outcome.actual, outcome.expected, outcome.primary.start) == ("26个", "28个", 0)


def test_first_decides_a_draw() -> None:
    """Of two different values the later is called different."""
    (outcome,) = compare(THING, tellings([26, 28]), "size")
    assert (outcome.actual, outcome.expected) == ("28个", "26个")


@given(st.lists(st.integers(1, 4), max_size=12))
def test_one_outcome_for_each_differing_value(values: list[int]) -> None:
    """All alike: one agreement; otherwise one contradiction for each value but the reference; evidence never the place itself."""
    outcomes = list(compare(THING, tellings(values), "size"))
    if len(values) < 2:
        assert outcomes == []
        return
    different = len(set(values))
    assert [outcome.verdict for outcome in outcomes] == (
        ["consistent"] if different == 1 else ["contradicted"] * (different - 1)
    )
    for outcome in outcomes:
        assert outcome.primary not in [evidence.span for evidence in outcome.evidence]
