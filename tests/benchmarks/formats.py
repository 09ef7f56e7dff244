"""How long each format takes to read, by the page.

``python -m tests.benchmarks.formats`` reads one bulletin in every format that the tests can make here, and prints the median
time of a run, by the page, beside the time that checking its text takes.  A page is one of 22 lines of 27 characters.  What
LibreOffice converts includes its start, which a folder's cache saves from the second run on.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping

from rectlint.engine import check_source
from rectlint.readers import FORMATS, sources
from rectlint.ruleset import load_rules
from tests.readers.ofdfiles import set_paragraphs
from tests.readers.officefiles import PROGRAM, made_by_libreoffice
from tests.readers.test_same_findings import (
    BY_LIBREOFFICE,
    MADE,
    PARAGRAPHS,
    TITLE,
    browser,
    numbered,
    printed_by_browser,
)

RUNS, RUNS_OF_LIBREOFFICE = 9, 3


def main() -> None:
    """Measure and print."""
    pages = 1 + max(line.page for line in set_paragraphs([TITLE], PARAGRAPHS))
    rules = load_rules()
    (source,) = sources(MADE["text"][1](), "a.txt")
    check_source(source, rules)
    checking = _seconds(lambda: check_source(source, rules), RUNS)
    print(f"one bulletin of {pages} pages, {len(source.text):,} characters, Python {sys.version.split()[0]}, medians\n")
    print(f"{'checking the text':28}{checking * 1000 / pages:9.2f} ms a page")
    made: dict[str, tuple[str, Callable[[], bytes]]] = {**MADE}
    if "pdf" in FORMATS and PROGRAM is not None:
        made["pdf, LibreOffice"] = ("a.pdf", lambda: made_by_libreoffice(numbered(), "docx", "pdf"))
    if "pdf" in FORMATS and browser() is not None:
        made["pdf, Chromium"] = ("a.pdf", printed_by_browser)
    _measure(made, pages, RUNS)
    if PROGRAM is not None:
        _measure(BY_LIBREOFFICE, pages, RUNS_OF_LIBREOFFICE)


def _measure(made: Mapping[str, tuple[str, Callable[[], bytes]]], pages: int, runs: int) -> None:
    for name, (path, make) in made.items():
        data = make()
        sources(data, path)
        seconds = _seconds(lambda data=data, path=path: sources(data, path), runs)  # type: ignore[misc]
        print(
            f"{name:28}{seconds * 1000 / pages:9.2f} ms a page   {seconds * 1000:8.1f} ms a file of {len(data):,} bytes"
        )


def _seconds(action: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    main()
