"""Writing to the terminal and to files, so that nothing is lost without a word.

In: rendered text.  Out: the text on standard output, or whole in a file, or a `FileError` in plain words.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rectlint.errors import FileError


def write_text(text: str, stream: TextIO) -> None:
    """Print ``text`` and a line end; a reader that went away (``| head``) is no error."""
    if not text:
        return
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        _let_go(stream)
    except OSError as error:
        _let_go(stream)
        raise FileError("stdout", *_why(error)) from None


def _let_go(stream: TextIO) -> None:
    """Send what is still buffered nowhere, or the interpreter tries again when it closes and ends with a code of its own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def use_utf8() -> None:
    """Chinese has to come out whole whatever the locale says; a console keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8")


def wanted_language(arguments: Sequence[str]) -> str:
    """The language to complain in when the arguments themselves could not be parsed."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" or argument.startswith("--lang="):
            value = argument.partition("=")[2] or "".join(arguments[index + 1 : index + 2])
            return "en" if value == "en" else "zh"
    return "en" if os.environ.get("RECTLINT_LANG") == "en" else "zh"


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: to a temporary file beside it, then rename."""
    import tempfile

    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe
            path.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise FileError(str(path), *_why(error)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why(error: OSError) -> tuple[str, str, str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ("磁盘已满，没有写成", "the disk is full, nothing was written", "请清理磁盘后重试", "free some space")
    if isinstance(error, PermissionError):
        return ("没有写入权限", "no permission to write", "请换一个位置", "choose another place")
    reason = error.strerror or str(error)
    return (f"写入失败：{reason}", f"cannot be written: {reason}", "", "")
