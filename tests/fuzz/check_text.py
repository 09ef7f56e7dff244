"""Coverage-guided fuzzing of `rectlint.check_text`: no crash, no hang, no finding whose span does not hold its text.

``pip install atheris``, then ``python -m tests.fuzz.check_text [-max_total_time=SECONDS] [CORPUS]``.  Without a corpus folder one
is made of generated bulletins.  Bytes are read as GB18030, so that single bytes already make Chinese text.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rectlint"]):
    import rectlint

    rectlint.check_text("一、情况。移交信访件3件，已办结2件。")  # imports what is imported only when it is needed

from tests.generator import generate

SECONDS = 20.0
"""The time budget of one document of at most `LENGTH` bytes."""
LENGTH = 4096


def check(data: bytes) -> None:
    """Check one input and the invariants of its findings."""
    text = data.decode("gb18030", "ignore")
    start = time.monotonic()
    report = rectlint.check_text(text)
    assert time.monotonic() - start < SECONDS, "too slow"
    for comparison in report.comparisons:
        for place in comparison.places:
            assert text[place.start.offset : place.end.offset] == place.text
    for finding in report.findings:
        for place in (finding.place, *finding.evidence, finding.context):
            assert text[place.start.offset : place.end.offset] == place.text
        assert finding.place.text and finding.message.zh and finding.fingerprint


def main() -> None:
    """Fuzz until told to stop."""
    arguments = list(sys.argv)
    if not any(Path(argument).is_dir() for argument in arguments[1:]):
        corpus = Path(tempfile.mkdtemp(prefix="rectlint-fuzz-"))
        for seed in range(60):
            text = generate(seed).text
            for part in range(0, len(text), 900):
                (corpus / f"{seed}-{part}").write_bytes(text[part : part + 900].encode("gb18030"))
        arguments.append(str(corpus))
    atheris.Setup([*arguments, f"-max_len={LENGTH}", "-timeout=30"], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
