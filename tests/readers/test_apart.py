"""Work in a process of its own: its results, its errors, and its end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time

import pytest

from rectlint.errors import ReadError
from rectlint.readers import apart
from rectlint.readers.apart import done_apart


def test_results_and_errors_come_back() -> None:
    """What the work gives or raises is what the caller gets, however much it is."""
    assert done_apart("a.pdf", 10, divmod, 7, 3) == (2, 1)
    assert len(done_apart("a.pdf", 10, bytes, 10_000_000)) == 10_000_000
    with pytest.raises(ReadError, match=r"a\.pdf: 损坏"):
        done_apart("a.pdf", 10, _refuse)
    with pytest.raises(ZeroDivisionError):
        done_apart("a.pdf", 10, divmod, 1, 0)
    assert multiprocessing.active_children() == []


def _refuse() -> None:
    raise ReadError("a.pdf", "损坏", "damaged")


def test_work_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time is over the process is killed."""
    monkeypatch.setattr(apart, "_GRACE", 0.1)
    with pytest.raises(ReadError, match=r"超过 0\.1 秒"):
        done_apart("a.pdf", 0.1, time.sleep, 300.0)
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="other systems have no such signal")
def test_work_that_breaks_off_is_told() -> None:
    """A process that dies is an error about the file."""
    with pytest.raises(ReadError, match="内存用尽或中断"):
        done_apart("a.pdf", 10, _die)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the memory of a process")
def test_memory_is_bounded() -> None:
    """Work that wants more memory than it may have is an error about the file."""
    with pytest.raises(ReadError, match="内存用尽或中断"):
        done_apart("a.pdf", 10, bytearray, 5 << 30)
