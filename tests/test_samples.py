"""All findings on the sample bulletins, recorded: a change of a rule shows here what it changes.

``tests/snapshots/seeds.txt`` holds those on ``seeds/`` in full.  ``tests/snapshots/published.txt`` holds those on the published
texts that may lie in ``../shared/seeds``, by file number, rule, offset and the figures and signs of the derivation, with a
short hash of the whole of it, since published words stay out of the project; that comparison is skipped where they are not
there.  Run with ``RECTLINT_UPDATE_SNAPSHOTS=1`` to record anew, and read the difference before committing it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import rectlint
from rectlint.report import Finding
from rectlint.view import view_of

ROOT = Path(__file__).parent.parent
SNAPSHOTS = Path(__file__).parent / "snapshots"
PUBLISHED = ROOT.parent / "shared" / "seeds"
HAN = re.compile(r"[\u3400-\u9fff]+")


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
            figures, mark = HAN.sub("…", finding.derivation), sha256(finding.derivation.encode()).hexdigest()[:6]
            yield f"{finding.rule} {finding.place.start.offset} {figures} {mark}".replace("\n", "⏎")


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


FORMS = ("full", "half", "wrapped", "spaced", "indented", "crlf", "gb18030", "utf-8-sig", "utf-16")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem)
def test_findings_do_not_depend_on_typing(path: Path, form: str) -> None:
    """Width, wrapping, spaces, indentation, line ends and encoding change no finding of a rule that reads meaning."""
    text = path.read_text("utf-8")
    assert meanings(rectlint.check_bytes(retype(text, form))) == meanings(rectlint.check_text(text))


def meanings(report: rectlint.Report) -> list[tuple[str, str, str]]:
    """Rule, message and arithmetic of each finding, in the words of the folded text; marks and stops are typing itself."""
    return sorted(
        (finding.rule, view_of(finding.message.zh).text, view_of(finding.derivation).text)
        for finding in report.findings
        if finding.rule[:3] != "TXT"
    )


def retype(text: str, form: str) -> bytes:
    """The same bulletin as another office would have typed or saved it."""
    if form in ("gb18030", "utf-8-sig", "utf-16"):
        return text.encode(form)
    if form == "full":
        text = text.translate(str.maketrans("0123456789%,:;()", "０１２３４５６７８９％，：；（）"))
    elif form == "half":
        text = text.translate(str.maketrans("，：；（）％", ",:;()%"))
    elif form == "wrapped":
        text = "\n".join(line[i : i + 46] for line in text.split("\n") for i in range(0, max(len(line), 1), 46))
    elif form == "spaced":
        text = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text)
    elif form == "indented":
        text = "\n".join(f"\u3000\u3000{line}" if line else line for line in text.split("\n"))
    else:
        text = text.replace("\n", "\r\n")
    return text.encode()


def shows(finding: Finding, entry: dict[str, object]) -> bool:
    """Whether a finding is of the planted rule and one of its places holds, or lies in, the planted words."""
    text = str(entry["text"])
    return finding.name == entry["rule"] and any(
        place.start.line <= int(str(entry["line"])) <= place.end.line and (text in place.text or place.text in text)
        for place in (finding.place, *finding.evidence)
    )
