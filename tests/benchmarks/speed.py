"""How fast it is: a person's wait for one bulletin, an archive's megabytes a second, and how cost grows.

``python -m tests.benchmarks.speed [FOLDER]`` measures on the texts of FOLDER (default ``seeds``) and prints ratios of things
measured side by side, since absolute times differ from machine to machine:

* one bulletin as a whole process against a bare interpreter's start, compiled patterns kept and not;
* megabytes (of UTF-8) a second in one process against the floor, decoding and one `regex` scan for digits;
* the same texts through ``autocorrect-py`` and ``zhlint`` where they are installed;
* the growth from 1× to 10× and 100× the text, and hostile inputs: one line of 10 MB, 100,000 items, a million 、.
"""

from __future__ import annotations

import importlib.util
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
from rectlint.source import decode

RUNS = 7
MEGABYTE = 1_000_000


def main(folder: Path) -> None:
    """Measure and print."""
    files = sorted(folder.glob("*.txt"))
    texts = [path.read_bytes() for path in files]
    size = sum(map(len, texts))
    print(f"{len(files)} texts, {size:,} bytes, Python {sys.version.split()[0]}, medians of {RUNS} runs\n")
    _measure_start(files[0])
    _measure_throughput(files, texts, size)
    _measure_growth(texts)
    _measure_hostile()


def _measure_start(file: Path) -> None:
    bare = _seconds(lambda: _run(sys.executable, "-c", "pass"))
    check = (sys.executable, "-m", "rectlint", "check", str(file), "--format", "concise")
    with tempfile.TemporaryDirectory() as cache:
        warm = _seconds(lambda: _run(*check, cache=cache, keep_results=False))
    cold = _seconds(lambda: _run(*check, cache=None))
    print(f"bare interpreter           {bare * 1000:7.0f} ms")
    print(
        f"one bulletin               {warm * 1000:7.0f} ms   {warm / bare:5.1f} × bare   (patterns kept from a run before)"
    )
    print(f"one bulletin, first run    {cold * 1000:7.0f} ms   {cold / bare:5.1f} × bare   (nothing kept)\n")


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
        theirs = _seconds(lambda: _run(zhlint, *map(str, files)), 3)
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
            rectlint.check_text(text)
            outcome = ""
        except rectlint.RectlintError as error:
            outcome = str(error)
        seconds = time.perf_counter() - start
        print(f"{name:22s} {seconds:9.2f} s    {size / seconds:6.2f} MB/s  {outcome}")


def _run(*command: str, cache: str | None = "", keep_results: bool = True) -> None:
    import os

    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    temporary = None
    if cache is None:
        temporary = tempfile.TemporaryDirectory()
        environment["XDG_CACHE_HOME"] = temporary.name
    elif cache:
        environment["XDG_CACHE_HOME"] = cache
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=environment)
    if temporary is not None:
        temporary.cleanup()
    del keep_results


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
