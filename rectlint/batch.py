"""Files to results, one after the other or in several processes; the results are the same.

In: jobs and their plans.  Out: for each job the `FileResult` values that `rectlint.runner` gives, in order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from rectlint.report import FileResult
from rectlint.runner import WHOLE, Job, Keep, Plan, check_file

# starting a process costs about as much as checking this many bulletins
PARALLEL_FROM = 64


def job_count(asked: int | None, files: int) -> int:
    """How many processes to use: as asked, else one a processor for a folder worth it."""
    if asked is not None:
        return max(1, min(asked, files))
    if files < PARALLEL_FROM:
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, files // (PARALLEL_FROM // 2)))


def check_files(
    jobs: Sequence[Job],
    plans: Sequence[Plan],
    processes: int = 1,
    *,
    keep: Keep = WHOLE,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[FileResult, ...]]:
    """The results of each file in the order of ``jobs``, as soon as they and all before them are there."""
    if processes > 1:
        from rectlint.parallel import check_in_processes

        yield from check_in_processes(jobs, plans, processes, keep=keep, on_progress=on_progress)
        return
    for job in jobs:
        yield check_file(job, plans[job.plan], keep)
        if on_progress is not None:
            on_progress(1)
