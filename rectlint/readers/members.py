"""What archives and mails have in common: the files in them, read one after the other.

In: the members of a container, each with its name and a way to get its bytes.  Out: the texts in them, and an error for
each member that could not be read.  What is no document (pictures, programs) is told in one note; what computers leave
behind (lock files, ``.DS_Store``) is passed over, as in a folder.

>>> is_leftover("__MACOSX/._通报.docx"), is_leftover("~$通报.docx"), is_leftover("附件/通报.docx")
(True, True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath

import rectlint.readers as readers
from rectlint.errors import NothingToRead, ReadError, RectlintError
from rectlint.readers.options import ReadOptions
from rectlint.readers.sniffing import format_of
from rectlint.records import NamedTuple
from rectlint.report import MEMBER, Note, Words
from rectlint.source import Source

_LEFTOVERS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LEFTOVER_STARTS = (*readers.LOCK_FILES, "._")
_PICTURES = frozenset({"png", "jpeg", "gif", "tiff"})
_MOST_NAMES = 5
# controls, and the marks that turn the direction of writing: a name is shown on a terminal
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Member(NamedTuple):
    """A file in a container: its name as shown, and a function that gives its bytes or raises a `ReadError`."""

    name: str
    load: Callable[[], bytes]


class TooMuch(ReadError):
    """What all members unpack to is more than is read: neither this one nor those after it can be had."""


def read_members(
    members: Iterable[Member],
    path: str,
    options: ReadOptions,
    problems: Sequence[RectlintError] = (),
    *,
    first: Source | None = None,
    others: Sequence[str] = (),
) -> Iterator[Source | RectlintError]:
    """The container's own text, if it has a ``first``, and those of all members, then the ``problems`` of the container
    itself.  The note on what is no document, ``others`` among it, goes with the last text.

    Without a text or an error there is a `NothingToRead`, since whoever asked for the file meant something in it.
    """
    inner = options.deeper()
    skipped = list(others)
    held = first
    failed = bool(problems)
    for member in members:
        if is_leftover(member.name):
            continue
        where = f"{path}{MEMBER}{member.name}"
        try:
            data = member.load()
        except RectlintError as error:
            failed = True
            yield error
            if isinstance(error, TooMuch):
                break
            continue
        if not _is_document(data, member.name):
            skipped.append(member.name)
            continue
        for part in readers.read(data, where, inner):
            if isinstance(part, NothingToRead) and part.where == where:
                skipped.append(member.name)
            elif isinstance(part, RectlintError):
                failed = True
                yield part
            else:
                if held is not None:
                    yield held
                held = part
    yield from problems
    if held is not None:
        yield held._replace(notes=(*held.notes, Note(path, _told(skipped)))) if skipped else held
    elif not failed:
        told = _told(skipped) if skipped else Words("里面是空的", "it is empty")
        raise NothingToRead(
            path,
            f"没有可检查的文件：{told.zh}",
            f"holds nothing to check: {told.en}",
            "请确认选对了文件",
            "is it the right file?",
        )


def check_depth(path: str, options: ReadOptions) -> None:
    """Refuse a container that lies in too many others."""
    if options.depth >= options.limits.depth:
        raise ReadError(
            path,
            f"压缩包、邮件套了超过 {options.limits.depth} 层，未检查",
            f"archives and mails nest more than {options.limits.depth} deep; not checked",
            "请先解压里层的文件",
            "unpack it first",
        )


def is_leftover(name: str) -> bool:
    """Whether a member is something that an operating system or a word processor left behind."""
    parts = PurePath(name).parts
    if not parts or "__MACOSX" in parts:
        return True
    return parts[-1].lower() in _LEFTOVERS or parts[-1].startswith(_LEFTOVER_STARTS)


def decoded_name(raw: bytes) -> str:
    """A name as text: UTF-8 where that makes Chinese of it, else GB18030, as Windows writes names, else code page 437."""
    if raw.isascii():
        return raw.decode("ascii")
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = ""
    if any(character >= "\u2e80" for character in name):
        return name
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return name or raw.decode("cp437")


def shown_name(name: str) -> str:
    """A member's name without anything that leads out of the container or upsets a terminal.

    >>> shown_name("C:\\\\data\\\\..\\\\通报.docx"), shown_name("/etc/passwd")
    ('data/通报.docx', 'etc/passwd')
    """
    name = re.sub(r"^[A-Za-z]:", "", _UNSHOWN.sub("", name).replace("\\", "/"))
    return "/".join(part for part in name.split("/") if part not in ("", ".", ".."))


def _is_document(data: bytes, name: str) -> bool:
    """Whether a member is taken, as a walk through a folder would take it: by its ending, or for what it turns out to be."""
    format_ = format_of(data, name)
    if format_ in ("text", "xml"):
        return name.lower().endswith(tuple(ending for known in readers.FORMATS.values() for ending in known.endings))
    return format_ not in _PICTURES


def _told(others: list[str]) -> Words:
    names = "、".join(others[:_MOST_NAMES]) + ("……" if len(others) > _MOST_NAMES else "")
    english = ", ".join(others[:_MOST_NAMES]) + (" …" if len(others) > _MOST_NAMES else "")
    verb = "is no document and was" if len(others) == 1 else "are no documents and were"
    return Words(
        f"其中 {len(others)} 个不是文档，未检查：{names}", f"{len(others)} of its files {verb} not checked: {english}"
    )
