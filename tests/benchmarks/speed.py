"""How fast it is: a person's wait for one bulletin, an archive's megabytes a second, and how cost grows.

``python -m tests.benchmarks.speed [FOLDER]`` measures on the texts of FOLDER (default ``seeds``) and prints ratios of things
measured side by side, since absolute times differ from machine to machine:

* one bulletin as a whole process against a bare interpreter's start, each file in turn, smallest first, with what earlier
  runs kept; the largest without; and how much of it is starting: the same for a text of one sentence;
* megabytes (of UTF-8) a second in one process against the floor, decoding and one `regex` scan for digits;
* the same texts through ``autocorrect-py`` (``pip install autocorrect-py``) and ``zhlint`` (a Node program,
  ``npm install -g zhlint``) where they are installed;
* the growth from 1× to 10× and 100× the text, and hostile inputs: one line of 10 MB, 100,000 items, a million 、; what
  cannot be a text is told with the number of findings, since each of them takes its time.

Garbage is collected as seldom as the program itself does it.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import regex

import rectlint
from rectlint.__main__ import COLLECT
from rectlint.source import decode

RUNS = 7
MEGABYTE = 1_000_000


def main(folder: Path) -> None:
    """Measure and print."""
    gc.set_threshold(*COLLECT)
    files = sorted(folder.glob("*.txt"))
    texts = [path.read_bytes() for path in files]
    size = sum(map(len, texts))
    print(f"{len(files)} texts, {size:,} bytes, Python {sys.version.split()[0]}, medians of {RUNS} runs\n")
    _measure_start(files)
    _measure_throughput(files, texts, size)
    _measure_growth(texts)
    _measure_hostile()


def _measure_start(files: list[Path]) -> None:
    largest = max(files, key=lambda file: file.stat().st_size)
    bare = _seconds(lambda: _run(sys.executable, "-c", "pass"))
    check = (sys.executable, "-m", "rectlint", "check", "--format", "concise")
    with tempfile.TemporaryDirectory() as cache:
        sentence = Path(cache) / "sentence.txt"
        sentence.write_text("收到信访件3件，已办结3件。\n", "utf-8")
        start = _seconds(lambda: _run(*check, str(sentence), cache=cache))
        print(f"bare interpreter           {bare * 1000:7.0f} ms")
        for file in sorted(files, key=lambda file: file.stat().st_size):
            kept = _seconds(lambda file=file: _run(*check, str(file), cache=cache))  # type: ignore[misc]
            size = file.stat().st_size // 1000
            print(
                f"one bulletin, {size:3d} kB       {kept * 1000:7.0f} ms   {kept / bare:5.1f} × bare   (patterns and rules kept)"
            )
    first = _seconds(lambda: _run(*check, str(largest), cache=None))
    print(
        f"one sentence               {start * 1000:7.0f} ms   {start / bare:5.1f} × bare   (nearly all of it starting)"
    )
    print(f"the largest, first run     {first * 1000:7.0f} ms   {first / bare:5.1f} × bare   (nothing kept)\n")


def _measure_throughput(files: list[Path], texts: list[bytes], size: int) -> None:
    digits = regex.compile(r"\d+")

    def scan() -> None:
        for data in texts:
            for _ in digits.finditer(decode(data, "x").text):
                pass

    def lint() -> None:
        for data in texts:
            rectlint.check_bytes(data)

    lint()
    floor, ours = _seconds(scan), _seconds(lint)
    print(f"floor: decode and scan     {size / floor / MEGABYTE:7.2f} MB/s")
    print(f"rectlint, one process      {size / ours / MEGABYTE:7.2f} MB/s   {ours / floor:5.0f} × the floor's time")
    if importlib.util.find_spec("autocorrect_py") is not None:
        import autocorrect_py  # type: ignore[import-not-found,unused-ignore]

        decoded = [data.decode() for data in texts]
        theirs = _seconds(lambda: [autocorrect_py.lint_for(text, "text") for text in decoded])
        print(
            f"autocorrect-py, in process {size / theirs / MEGABYTE:7.2f} MB/s   ours takes {ours / theirs:5.1f} × its time"
        )
    else:
        print("autocorrect-py             not installed")
    zhlint = shutil.which("zhlint")
    if zhlint:
        names, folder = [file.name for file in files], files[0].parent  # it takes relative paths only
        theirs = _seconds(lambda: _run(zhlint, *names, folder=folder), 3)
        whole = _seconds(
            lambda: _run(sys.executable, "-m", "rectlint", "check", *map(str, files), "--format", "concise"), 3
        )
        print(f"zhlint, whole process      {theirs * 1000:7.0f} ms   ours {whole * 1000:.0f} ms on the same files")
    else:
        print("zhlint                     not installed")
    print()


def _measure_growth(texts: list[bytes]) -> None:
    base = max(texts, key=len).decode()
    single = None
    for factor in (1, 10, 100):
        text = base * factor
        seconds = _seconds(lambda text=text: rectlint.check_text(text), 3 if factor < 100 else 1)  # type: ignore[misc]
        single = single or seconds
        print(f"{factor:4d} × one text           {seconds:7.2f} s    {seconds / single / factor:5.2f} × linear")
    print()


def _measure_hostile() -> None:
    hostile = {
        "one line of 10 MB": "整改情况良好" * (10 * MEGABYTE // 18),
        "100,000 items": "\n".join(f"（{n}）关于问题{n}的整改。已整改。" for n in range(1, 100_001)),
        "a million 、": "甲、" * 1_000_000 + "等3项制度。",
        "a million brackets": "（" * 1_000_000,
        "200,000 figures": "办结3件、" * 200_000,
        "200,000 dates": "2024年3月5日至" * 200_000,
    }
    for name, text in hostile.items():
        size = len(text.encode()) / MEGABYTE
        start = time.perf_counter()
        try:
            findings = len(rectlint.check_text(text).files[0].findings)
            outcome = f"{findings:,} findings" if findings else ""
        except rectlint.RectlintError as error:
            outcome = str(error)
        seconds = time.perf_counter() - start
        print(f"{name:22s} {seconds:9.2f} s    {size / seconds:6.2f} MB/s  {outcome}")


def _run(*command: str, cache: str | None = "", folder: Path | None = None) -> None:
    """Run a command to its end, in ``folder``; with a folder for what it keeps, with an empty one for ``cache=None``."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as empty:
        if cache is None or cache:
            environment["XDG_CACHE_HOME"] = cache or empty
        silent = subprocess.DEVNULL
        subprocess.run(command, stdout=silent, stderr=silent, check=False, env=environment, cwd=folder)


def _seconds(action: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of an action, after one run that is not counted (unless it runs once only)."""
    if runs > 1:
        action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("seeds"))
