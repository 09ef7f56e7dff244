"""Files to texts: every sort of file that offices keep bulletins in, read into `Source` values.

In: the bytes of a file and its name.  Out: for each text in it a `Source`, or the error that says why one part could not
be read; an archive or a mail holds several.  What sort of file it is, its content says; the name decides only where the
content leaves it open.  One module a format, imported when a file needs it.  Readers take bytes and give values: nothing
is fetched, nothing outside a private folder is written.

>>> [source.text for source in sources("共3件".encode(), "通报.txt")]
['共3件']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Protocol, cast

from rectlint.errors import ReadError, RectlintError
from rectlint.readers.options import ReadOptions
from rectlint.readers.sniffing import format_of
from rectlint.records import NamedTuple
from rectlint.source import Source


class Format(NamedTuple):
    """A sort of file: the module that reads it, the extra that brings the libraries, and the endings of its names."""

    module: str
    extra: str
    endings: tuple[str, ...]


FORMATS: Mapping[str, Format] = {
    "text": Format("plain", "", (".txt",)),
    "markdown": Format("plain", "", (".md", ".markdown")),
    "html": Format("html", "html", (".html", ".htm", ".xhtml")),
    "pdf": Format("pdf", "pdf", (".pdf",)),
    "xlsx": Format("xlsx", "xlsx", (".xlsx",)),
    "docx": Format("docx", "docx", (".docx", ".docm", ".dotx", ".dotm")),
    "doc": Format("office", "docx", (".doc", ".dot")),
    "wps": Format("office", "docx", (".wps",)),
    "xls": Format("office", "xlsx", (".xls", ".et")),
    "ods": Format("office", "xlsx", (".ods",)),
    "word-xml": Format("wordxml", "docx", ()),
    "odt": Format("office", "docx", (".odt",)),
    "rtf": Format("office", "docx", (".rtf",)),
    "ofd": Format("ofd", "ofd", (".ofd",)),
    "eml": Format("mail", "", (".eml", ".mht", ".mhtml")),
    "zip": Format("archive", "", (".zip",)),
    "tar": Format("archive", "", (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")),
}
"""All formats by name, the name that `Source.format` and every output carry."""
LOCK_FILES = ("~$", ".~")
"""How the names of files begin that word processors leave beside a document that somebody has open."""


class Reader(Protocol):
    """A module that reads a sort of file."""

    def read(self, data: bytes, path: str, options: ReadOptions) -> Iterable[Source | RectlintError]:
        """Every text in a file, and an error for each part that could not be read."""


def read(data: bytes, path: str, options: ReadOptions | None = None) -> Iterator[Source | RectlintError]:
    """Every text in a file, and an error for each part that could not be read; errors carry the part's own path.

    A file that holds one text gives one value.  Nothing is raised but what is a fault of the program itself.
    """
    options = options or ReadOptions()
    try:
        name = format_of(data, path)
        if name not in FORMATS:
            raise unknown(path, name)
        for part in reader_of(name, path).read(data, path, options):
            long = isinstance(part, Source) and len(part.text) > options.limits.characters
            yield too_long(path, options.limits.characters) if long else part
    except RectlintError as error:
        yield error


def sources(data: bytes, path: str, options: ReadOptions | None = None) -> list[Source]:
    """Every text in a file; the first error is raised."""
    found: list[Source] = []
    for part in read(data, path, options):
        if isinstance(part, RectlintError):
            raise part
        found.append(part)
    return found


def reader_of(name: str, path: str) -> Reader:
    """The module that reads a format; a `ReadError` about the file at ``path`` where its libraries are not installed."""
    format_ = FORMATS[name]
    try:
        return cast(Reader, import_module(f"{__name__}.{format_.module}"))
    except ModuleNotFoundError as error:
        if not format_.extra or (error.name or "").startswith("rectlint"):
            raise
        command = f'pip install "rectlint[{format_.extra}]"'
        raise ReadError(
            path,
            "读取这种文件需要另装组件",
            "reading this sort of file needs an optional part",
            command,
            command,
        ) from None


def too_long(path: str, limit: int) -> ReadError:
    """The error for a text that is longer than any bulletin, a thousand times over."""
    return ReadError(
        path,
        f"文字超过 {limit // 10_000} 万字，未检查",
        f"holds more than {limit:,} characters; not checked",
        "请确认选对了文件，或拆成几个文件",
        "is it the right file?",
    )


def locked(path: str) -> ReadError:
    """The error for a file that only opens with a password."""
    return ReadError(
        path,
        "文件加了密码，打不开",
        "the file is protected by a password",
        "请取消密码后另存",
        "remove the password and save it again",
    )


def unknown(path: str, name: str) -> ReadError:
    """The error for a sort of file that is recognised but not read."""
    return ReadError(
        path,
        f"这是 {name} 文件，不是文本",
        f"this is a {name} file, not text",
        "请另存为 Word、PDF 或 .txt 后再检查",
        "save it as Word, PDF or .txt first",
    )
