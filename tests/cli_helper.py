"""Runs the command line as a user does, inside this process or in one of its own.

In: arguments.  Out: exit code, standard output, standard error.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from rectlint.__main__ import run

# two contradictions of one rule (the numbering skips 3, and then 二是), and one text without any
JUMPING = """关于巡察整改进展情况的通报
一、整改落实情况
（1）学习制度落实不严。已整改。
（2）台账管理粗放。已整改。
（4）督促检查不够。已整改。
整改情况：一是修订制度；三是开展培训。
"""
SOUND = """关于巡察整改进展情况的通报
一、整改落实情况
（1）学习制度落实不严。已整改。
（2）台账管理粗放。已整改。
（3）督促检查不够。已整改。
"""


_USER_CACHE = str(Path(tempfile.gettempdir()) / "rectlint-tests-cache")


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def last_line(self) -> str:
        """The last line of standard output."""
        return self.out.rstrip("\n").rpartition("\n")[2]


def rectlint(
    *arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Ran:
    """Run ``rectlint`` with these arguments in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with (
        _directory(cwd),
        mock.patch.dict(os.environ, _environment(env), clear=True),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run([str(argument) for argument in arguments])
        return Ran(code, _written(out), _written(err))


def rectlint_process(
    *arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Ran:
    """Run ``python -m rectlint`` with these arguments in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "rectlint", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=_environment(env),
        cwd=cwd,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    """This process's environment without settings of rectlint, and with a cache of its own for all tests."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("RECTLINT_")}
    return {**clean, "XDG_CACHE_HOME": _USER_CACHE, **(more or {})}


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@contextlib.contextmanager
def _directory(path: Path | None) -> Iterator[None]:
    if path is None:
        yield
        return
    with contextlib.chdir(path):
        yield
