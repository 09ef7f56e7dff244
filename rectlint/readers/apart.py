"""Work that a hostile file can make endless, or take all memory there is, done in a process of its own.

In: a function with its arguments, and how long it may take.  Out: what it gives, or the error it raises.  A library in C cannot be interrupted, but a process can be ended, and its memory bounded.

>>> done_apart("a.pdf", 10.0, divmod, 7, 3)
(2, 1)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar, TypeVarTuple, cast

from rectlint.errors import ReadError

_MEMORY = 3 << 30
_GRACE = 5.0
"""Work that looks at the clock itself may say where it was when its time was over."""

Given = TypeVarTuple("Given")
Result = TypeVar("Result")


def done_apart(path: str, seconds: float, work: Callable[[*Given], Result], *arguments: *Given) -> Result:
    """What ``work`` gives; a `ReadError` about the file at ``path`` when its time is over or its memory used up."""
    if multiprocessing.current_process().daemon:
        return work(*arguments)  # such a process may not start others; whoever made it bounds it
    # a forked process has the libraries already
    started = get_context("fork").Process if os.name == "posix" else get_context("spawn").Process
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = started(target=_answer, args=(sender, work, arguments))
    process.start()
    sender.close()
    try:
        if not receiver.poll(max(0.0, seconds) + _GRACE):
            raise ReadError(
                path,
                f"读取超过 {seconds:g} 秒，已停止",
                f"reading it took longer than {seconds:g} seconds and was stopped",
                "文件异常庞杂；请重新导出，或把正文另存为 .txt",
                "export it again, or save its text as .txt",
            )
        answer = receiver.recv()
    except (EOFError, OSError):
        raise _died(path) from None
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(answer, MemoryError):
        raise _died(path)
    if isinstance(answer, BaseException):
        raise answer
    return cast(Result, answer)


def _answer(sender: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """What the process does: the work, and send what comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sender.send(work(*arguments))
    except Exception as error:  # whoever asked for the work deals with it
        sender.send(error)


def _died(path: str) -> ReadError:
    return ReadError(
        path,
        "读取时内存用尽或中断，未检查",
        "reading it took too much memory or broke off; not checked",
        "文件异常庞杂或已损坏；请重新导出，或把正文另存为 .txt",
        "export it again, or save its text as .txt",
    )
