"""What an auditor waits for: a folder of thousands of bulletins, with nothing kept and with all kept, in one process and two.

``python -m tests.benchmarks.folder [--bulletins 2000] [--rounds 3]`` writes generated bulletins (half of them with one
planted contradiction, a fifth in GB18030) to a temporary folder and checks it as a person does, each run a process of its
own.  The four ways are measured by turns, so that another load on the machine falls on all of them; what is told is
medians, their ratios, the processor's time, which other loads hardly change, and the best of the runs, which met with the
least of them.  Every run has to print the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.generator import generate, mutations

MEGABYTE = 1_000_000


class Way(NamedTuple):
    """A way to check the folder: with how many processes, and whether the results of an earlier run are kept."""

    jobs: int
    warm: bool

    @property
    def words(self) -> str:
        """The way in words."""
        return f"{'warm' if self.warm else 'cold'} cache, {self.jobs} {'job' if self.jobs == 1 else 'jobs'}"


class Took(NamedTuple):
    """One run: seconds on the wall and of the processor, and a digest of all it wrote."""

    wall: float
    processor: float
    digest: str


WAYS = tuple(Way(jobs, warm) for warm in (False, True) for jobs in (1, 2))


def write_folder(folder: Path, count: int, seed: int = 1) -> int:
    """Write the bulletins, a hundred a folder; returns their size in bytes."""
    size = 0
    for number in range(count):
        bulletin = generate(seed + number)
        text = bulletin.text
        if number % 2:
            planted = mutations(bulletin, seed + number)
            text = planted[number % len(planted)].text if planted else text
        data = text.encode("gb18030" if number % 5 == 0 else "utf-8")
        path = folder / f"{number // 100:03}" / f"通报{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        size += len(data)
    return size


def check(folder: Path, way: Way, cache: Path, patterns: Path) -> Took:
    """Check the folder once; ``cache`` is emptied first unless the way is warm."""
    if not way.warm:
        _empty(cache)
    command = [sys.executable, "-m", "rectlint", "check", "texts", "--jobs", str(way.jobs), "--cache-dir", str(cache)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(patterns)}
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(
        [*command, "--format", "json"], cwd=folder.parent, env=environment, capture_output=True, check=False
    )
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return Took(wall, spent, hashlib.sha256(done.stdout + done.stderr).hexdigest())


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bulletins", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder, cache, patterns = root / "texts", root / "cache", root / "patterns"
        cache.mkdir()
        size = write_folder(folder, asked.bulletins)
        print(f"{asked.bulletins} bulletins, {size / MEGABYTE:.1f} MB, Python {sys.version.split()[0]}", end=", ")
        print(f"medians of {asked.rounds} runs\n")
        check(folder, WAYS[0], cache, patterns)  # compiled patterns are kept from here on
        took: dict[Way, list[Took]] = {way: [] for way in WAYS}
        for _ in range(asked.rounds):
            for way in WAYS:
                took[way].append(check(folder, way, cache, patterns))
    first = statistics.median(run.wall for run in took[WAYS[0]])
    first_best = min(run.wall for run in took[WAYS[0]])
    for way, runs in took.items():
        wall, best = statistics.median(run.wall for run in runs), min(run.wall for run in runs)
        processor = statistics.median(run.processor for run in runs)
        print(
            f"{way.words:20s} {wall:7.2f} s   {first / wall:6.2f} × as fast   processor {processor:7.2f} s", end="   "
        )
        print(f"best {best:7.2f} s   {first_best / best:6.2f} × as fast")
    digests = {run.digest for runs in took.values() for run in runs}
    print(f"\nthe same bytes in all {sum(map(len, took.values()))} runs: {'yes' if len(digests) == 1 else 'NO'}")
    raise SystemExit(len(digests) != 1)


if __name__ == "__main__":
    main()
