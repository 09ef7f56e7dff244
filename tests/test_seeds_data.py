"""The sample bulletins in ``seeds/`` and their expected findings, checked as data.

In: every ``NN-name.txt`` with its ``NN-name.expected.toml``. Out: nothing but verdicts on the data itself;
the engine is not imported, so a wrong line number or a forgotten rule shows here and not as a puzzling miss elsewhere.

    [[finding]]
    rule = "parts-do-not-sum"
    text = "19件"
    line = 61
    note = "15＋3＝18，与19件不符"
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
BULLETINS = sorted(SEEDS.glob("*.txt"))
NAMES = [path.stem for path in BULLETINS]

RULES = frozenset(
    {
        "parts-do-not-sum",
        "part-exceeds-total",
        "done-exceeds-total",
        "headline-versus-items",
        "aspects-versus-sections",
        "status-tally-versus-headline",
        "handled-persons-do-not-sum",
        "all-done-but-count-says-less",
        "more-listed-than-claimed",
        "closed-list-miscounted",
        "rate-does-not-follow",
        "impossible-rate",
        "shares-do-not-close",
        "growth-does-not-follow",
        "percent-versus-percentage-points",
        "rate-above-hundred",
        "impossible-date",
        "reversed-range",
        "milestones-out-of-order",
        "remedy-before-inspection",
        "stale-plan",
        "deadline-passed-while-open",
        "duration-does-not-fit",
        "working-days-do-not-fit",
        "weekday-does-not-fit",
        "done-in-the-future",
        "gap",
        "repeated-number",
        "out-of-order",
        "mixed-styles",
        "level-skipped",
        "done-item-with-open-work",
        "completed-heading-over-open-items",
        "all-done-but-items-open",
        "open-list-versus-statuses",
        "item-without-status",
        "missing-target",
        "title-does-not-match-target",
        "no-attachment-list",
        "same-population-two-sizes",
        "headline-repeated-differently",
        "inspecting-body-changes",
        "document-number-or-date-changes",
        "title-versus-body",
        "approximator-on-exact-figure",
        "doubled-approximator",
        "rank-beyond-population",
        "trend-against-figures",
        "implausible-unit",
        "magnitude-slip",
        "unbalanced-marks",
        "paragraph-ends-open",
        "stray-markup",
        "doubled-words",
        "template-leftover",
        "damaged-text",
    }
)


def expected(path: Path) -> list[dict[str, Any]]:
    with path.with_suffix(".expected.toml").open("rb") as stream:
        document = tomllib.load(stream)
    assert set(document) == {"finding"}, f"{path.stem}: expected file: only `finding` belongs there"
    findings: list[dict[str, Any]] = document["finding"]
    return findings


def test_ten_bulletins_three_of_them_clean() -> None:
    """There are ten bulletins, and those with `clean` in their name, three, are the ones that expect nothing."""
    clean = {path.stem for path in BULLETINS if not expected(path)}
    assert len(BULLETINS) == 10
    assert clean == {name for name in NAMES if name.endswith("-clean")}
    assert len(clean) == 3


def test_each_bulletin_has_its_expected_file_and_no_other() -> None:
    """Texts and expected files come in pairs."""
    assert sorted(path.name.removesuffix(".expected.toml") for path in SEEDS.glob("*.expected.toml")) == NAMES


@pytest.mark.parametrize("path", BULLETINS, ids=NAMES)
def test_expected_text_is_on_its_line_once(path: Path) -> None:
    """Each expected text stands on the line named, once, so that it marks one place."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for finding in expected(path):
        assert set(finding) == {"rule", "text", "line", "note"}
        assert finding["rule"] in RULES
        assert finding["note"].strip()
        assert lines[finding["line"] - 1].count(finding["text"]) == 1, (
            f"{path.stem}:{finding['line']}: {finding['text']}"
        )


@pytest.mark.parametrize("path", BULLETINS, ids=NAMES)
def test_expected_findings_are_in_order_and_not_repeated(path: Path) -> None:
    """Expected findings follow the text, and none is listed twice."""
    keys = [(finding["line"], finding["rule"], finding["text"]) for finding in expected(path)]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    assert len(set(keys)) == len(keys)


def test_every_rule_is_planted_in_two_bulletins() -> None:
    """Every rule is planted in two bulletins at least."""
    places: dict[str, set[str]] = {rule: set() for rule in RULES}
    for path in BULLETINS:
        for finding in expected(path):
            places[finding["rule"]].add(path.stem)
    assert {rule: sorted(names) for rule, names in places.items() if len(names) < 2} == {}


@pytest.mark.parametrize("path", BULLETINS, ids=NAMES)
def test_length_is_that_of_a_real_bulletin(path: Path) -> None:
    """Clean bulletins have 2,500 to 5,000 characters, the others 1,500 to 5,000; line ends are LF."""
    text = path.read_text(encoding="utf-8")
    length = len(re.sub(r"\s", "", text))
    assert (2500 if path.stem.endswith("-clean") else 1500) <= length <= 5000
    assert "\r" not in path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", BULLETINS, ids=NAMES)
def test_readme_says_what_was_planted_where(path: Path) -> None:
    """The README has a section for each bulletin and in it one row for each planted contradiction, and no other row."""
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"## {path.stem}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if re.match(r"\| \d", line)]
    assert rows == [
        f"| {finding['line']} | {finding['rule']} | `{finding['text']}` | {finding['note']} |"
        for finding in expected(path)
    ]
