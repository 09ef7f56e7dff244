"""The same results as `rectlint.runner` gives, worked out in several processes.

In: jobs and their plans.  Out: the results of each file in the order of the jobs.  Kept apart because importing the machinery of
processes takes longer than checking one bulletin.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from rectlint.report import FileResult, Words
from rectlint.runner import WHOLE, Job, Keep, Plan, check_file

_LARGEST_CHUNK = 16


def check_in_processes(
    jobs: Sequence[Job],
    plans: Sequence[Plan],
    processes: int,
    *,
    keep: Keep = WHOLE,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[FileResult, ...]]:
    """The results in the order of ``jobs``; a worker that dies leaves an error on the files it had."""
    size = max(1, min(_LARGEST_CHUNK, len(jobs) // (processes * 4)))
    chunks = [jobs[start : start + size] for start in range(0, len(jobs), size)]
    # a forked worker has the rules already; where there is no fork they are sent once to each worker
    context = get_context("fork" if hasattr(os, "fork") else "spawn")
    executor = ProcessPoolExecutor(
        processes, mp_context=context, initializer=_prepare_worker, initargs=(tuple(plans), keep)
    )
    waiting: list[tuple[Sequence[Job], Future[list[tuple[FileResult, ...]]]]] = []
    try:
        waiting += [(chunk, _submitted(executor, tuple(chunk))) for chunk in chunks]
        waiting.reverse()
        while waiting:
            chunk, future = waiting[-1]
            results = _results(chunk, future)
            waiting.pop()
            if on_progress is not None:
                on_progress(len(results))
            yield from results
    except KeyboardInterrupt:
        # what the workers have in hand they finish, and it counts as done
        executor.shutdown(wait=True, cancel_futures=True)
        for chunk, future in reversed(waiting):
            if not future.cancelled():
                yield from _results(chunk, future)
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _submitted(executor: ProcessPoolExecutor, chunk: tuple[Job, ...]) -> Future[list[tuple[FileResult, ...]]]:
    """The chunk on its way to a worker, or already failed: a worker may die while chunks are still handed out."""
    try:
        return executor.submit(_check_chunk, chunk)
    except BrokenProcessPool as error:
        failed: Future[list[tuple[FileResult, ...]]] = Future()
        failed.set_exception(error)
        return failed


def _results(chunk: Sequence[Job], future: Future[list[tuple[FileResult, ...]]]) -> list[tuple[FileResult, ...]]:
    try:
        return future.result()
    except BrokenProcessPool:
        words = Words(
            "检查进程意外终止（可能内存不足），此文件未检查；请用 --jobs 1 重试",
            "the checking process died (out of memory?); try again with --jobs 1",
        )
        return [(FileResult(job.path, None, words),) for job in chunk]


_worker_plans: tuple[Plan, ...] = ()
_worker_keep = WHOLE


def _prepare_worker(plans: tuple[Plan, ...], keep: Keep) -> None:
    global _worker_plans, _worker_keep
    _worker_plans, _worker_keep = plans, keep
    # Ctrl-C reaches the whole process group; the parent decides what becomes of the work
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_chunk(chunk: tuple[Job, ...]) -> list[tuple[FileResult, ...]]:
    return [check_file(job, _worker_plans[job.plan], _worker_keep) for job in chunk]
