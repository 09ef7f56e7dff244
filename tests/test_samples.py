"""All findings on the sample bulletins, recorded: a change of a rule shows here what it changes.

``tests/snapshots/seeds.txt`` holds those on ``seeds/`` in full.  ``tests/snapshots/published.txt`` holds those on the published
texts that may lie in ``../shared/seeds``, by file number, rule, offset and derivation only, since published text stays out
of the project; that comparison is skipped where they are not there.  Run with ``RECTLINT_UPDATE_SNAPSHOTS=1`` to record
anew, and read the difference before committing it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import rectlint
from rectlint.report import Finding

ROOT = Path(__file__).parent.parent
SNAPSHOTS = Path(__file__).parent / "snapshots"
PUBLISHED = ROOT.parent / "shared" / "seeds"


def compare(name: str, lines: list[str]) -> None:
    """Hold ``lines`` against the recorded snapshot, or record them."""
    file = SNAPSHOTS / name
    if os.environ.get("RECTLINT_UPDATE_SNAPSHOTS"):
        file.write_text("\n".join(lines) + "\n", "utf-8")
    assert lines == file.read_text("utf-8").splitlines()


def seed_lines() -> Iterator[str]:
    """The findings on ``seeds/`` as a person reads them."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        yield f"# {path.name}"
        for finding in rectlint.check_path(path).findings:
            evidence = "、".join(place.text for place in finding.evidence)
            yield (
                f"{finding.place.start.line}:{finding.place.start.column} {finding.severity} {finding.rule} "
                f"“{finding.place.text}” ⟂ “{evidence}” {finding.message.zh}"
            ).replace("\n", "⏎")


def published_lines() -> Iterator[str]:
    """The findings on the published texts, without their words."""
    for path in sorted(PUBLISHED.glob("*.txt")):
        yield f"# {path.name[:3]}"
        for finding in rectlint.check_path(path).findings:
            yield f"{finding.rule} {finding.place.start.offset} {finding.derivation}".replace("\n", "⏎")


def test_findings_on_seeds_are_as_recorded() -> None:
    """No finding on our own samples comes or goes unseen."""
    compare("seeds.txt", list(seed_lines()))


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published texts are not beside this checkout")
def test_findings_on_published_texts_are_as_recorded() -> None:
    """No finding on the published samples comes or goes unseen."""
    compare("published.txt", list(published_lines()))


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem)
def test_every_planted_contradiction_is_found(path: Path) -> None:
    """What was planted is reported by its rule on its line, and errors and warnings stand nowhere else."""
    planted = tomllib.loads(path.with_suffix(".expected.toml").read_text("utf-8")).get("finding", [])
    findings = rectlint.check_path(path).findings
    missing = [entry for entry in planted if not any(shows(finding, entry) for finding in findings)]
    lines = {entry["line"] for entry in planted}
    strays = [
        f"{finding.rule} {finding.place.start.line} {finding.place.text}"
        for finding in findings
        if finding.severity != "info"
        and not any(place.start.line in lines for place in (finding.place, *finding.evidence))
    ]
    assert (missing, strays) == ([], [])


def shows(finding: Finding, entry: dict[str, object]) -> bool:
    """Whether a finding is of the planted rule and one of its places holds, or lies in, the planted words."""
    text = str(entry["text"])
    return finding.name == entry["rule"] and any(
        place.start.line <= int(str(entry["line"])) <= place.end.line and (text in place.text or place.text in text)
        for place in (finding.place, *finding.evidence)
    )
