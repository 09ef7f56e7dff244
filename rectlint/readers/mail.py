"""Mails and saved web pages (mht): the text, and the documents attached to it.

In: the bytes of an ``.eml``, ``.mht`` or ``.mhtml``.  Out: the subject and the text as one `Source` with the mail's own path,
then each attachment as a member of the mail.  Of a text that comes both plain and as a web page the plain one is read.
Headers are taken as they are, and names and character sets made out here: mail programs cut a Chinese character in two
between encoded words and write names in bare GBK, which the library's own reading of headers makes rubbish of.
"""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.policy import Compat32

import rectlint.readers as readers
from rectlint.errors import DecodeError, ReadError, RectlintError
from rectlint.readers.members import Member, check_depth, decoded_name, read_members, shown_name
from rectlint.readers.options import ReadOptions
from rectlint.readers.sniffing import format_of
from rectlint.report import MEMBER, Location, Words
from rectlint.source import Cell, Source, Span, Table, decode

_MOST_PARTS = 500
"""More boundaries than this no mail has; the parser tries each of them on each line."""
_LONGEST_HEADER = 100_000
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_HEADER = re.compile(rb"^[\w-]+:(?:[^\r\n]|\r?\n[ \t]){%d}" % _LONGEST_HEADER, re.MULTILINE)
_CHARSETS = dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936"), "gb18030")
# names of character sets that say nothing: not given, or given by programs that do not know
_UNTOLD = frozenset(
    {"", "us-ascii", "ascii", "unknown-8bit", "default", "8bit", "binary", "iso-8859-1", "windows-1252"}
)
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_ENDINGS = {"text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml"}
_PAGE_PARTS = frozenset({"text/html", "text/css", "text/javascript", "application/javascript"})
_PREFIX = re.compile(r"^(?:(?:fwd?|re|转发|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)
_MUCH_LONGER = 3
"""A web page so many times as long as the plain text is not the same text: the plain one says that it cannot be shown."""


class _Lenient(Compat32):
    """Headers as text, those in bare GBK or UTF-8 too."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return decoded_name(value.encode("utf-8", "surrogateescape"))


@dataclass
class _Parts:
    """What a mail consists of: texts, each as plain parts and as web pages that say the same; what is attached; and the
    names of what belongs to a web page."""

    texts: list[tuple[list[Message], list[Message]]] = field(default_factory=list)
    attached: list[Member] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    locked: bool = False


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source | RectlintError]:
    """The text of a mail, and the texts attached to it."""
    check_depth(path, options)
    message = _parsed(data, path)
    parts = _Parts()
    _collect(message, path, parts)
    if parts.locked:
        raise ReadError(
            path, "邮件加了密，打不开", "the mail is encrypted", "请解密后另存", "decrypt it and save it again"
        )
    text: Source | None = None
    problems: list[RectlintError] = []
    try:
        text = _text(message, parts, path, options)
    except RectlintError as error:
        problems.append(error)
    yield from read_members(parts.attached, path, options, problems, first=text, others=parts.others)


def _parsed(data: bytes, path: str) -> Message:
    if len(_BOUNDARY.findall(data)) > _MOST_PARTS or _HEADER.search(data):
        raise ReadError(
            path,
            "邮件的结构异常庞大，未检查",
            "the structure of the mail is too large to read",
            "请把附件另存后再检查",
            "save the attachments and check them",
        )
    try:
        return email.message_from_bytes(data, policy=_Lenient())
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(path, error) from None


def _collect(part: Message, path: str, parts: _Parts, *, resource: bool = False) -> None:
    """Sort a part and those within it; a ``resource`` is what a web page shows beside its own text."""
    sort = part.get_content_type()
    if sort in _LOCKED:
        parts.locked = True
    elif sort == "multipart/alternative":
        same = _Parts(attached=parts.attached, others=parts.others)
        for sub in _subparts(part):
            _collect(sub, path, same)
        plain = [text for plains, _ in same.texts for text in plains]
        parts.texts.append((plain, [text for _, pages in same.texts for text in pages]))
        parts.locked = parts.locked or same.locked
    elif part.is_multipart() and sort != "message/rfc822":
        for index, sub in enumerate(_subparts(part)):
            _collect(sub, path, parts, resource=sort == "multipart/related" and index > 0)
    elif not sort.startswith("multipart/"):
        name = _name(part)
        attached = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
        if resource and sort in _PAGE_PARTS and not attached:
            parts.others.append(name or sort)
        elif sort in ("text/plain", "text/html") and not attached and (not name or _is_page(part)):
            parts.texts.append(([part], []) if sort == "text/plain" else ([], [part]))
        else:
            shown = name or f"{len(parts.attached) + 1}{_ENDINGS.get(sort, '')}"
            parts.attached.append(_member(part, shown, path))


def _is_page(part: Message) -> bool:
    """Whether a name is only the address of a saved web page."""
    return not _told(part.get_filename) and "Content-Location" in part


def _subparts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [sub for sub in payload if isinstance(sub, Message)] if isinstance(payload, list) else []


def _member(part: Message, name: str, path: str) -> Member:
    where = f"{path}{MEMBER}{name}"

    def load() -> bytes:
        if part.get_content_type() != "message/rfc822":
            return _bytes(part, where)
        try:
            return b"\n".join(sub.as_bytes() for sub in _subparts(part))
        except Exception as error:  # writing a broken mail again, the library raises whatever its parts raise
            raise _damaged(where, error) from None

    return Member(name, load)


def _bytes(part: Message, where: str) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(where, error) from None
    return payload if isinstance(payload, bytes) else b""


def _text(message: Message, parts: _Parts, path: str, options: ReadOptions) -> Source | None:
    """Subject and text; None when there is no text."""
    found: list[Source] = []
    for plains, pages in parts.texts:
        plain = [source for part in plains if (source := _plain(part, path)).text.strip()]
        length = sum(len("".join(source.text.split())) for source in plain)
        if pages and length < 1000:
            page = [source for part in pages for source in _page(part, path, options)]
            if not plain or sum(len("".join(source.text.split())) for source in page) > _MUCH_LONGER * length:
                plain = page
        found += plain
    if not found:
        return None
    subject = _PREFIX.sub("", " ".join(_words(str(message.get("Subject", ""))).split()))
    squeezed = "".join("".join(source.text.split()) for source in found)
    if subject and "".join(subject.split()) not in squeezed:
        location = Location(Words("主题", "subject"), "subject")
        found.insert(0, Source(f"{subject}\n", path, locations=((0, location),)))
    return _joined(found, path)


def _plain(part: Message, path: str) -> Source:
    text = _decoded(part, path).replace("\r\n", "\n")
    flowed = _told(lambda: part.get_param("format")).lower() == "flowed"
    if flowed:
        text = _unflowed(text, _told(lambda: part.get_param("delsp")).lower() == "yes")
    locations = []
    position = 0
    for number, line in enumerate(text.split("\n"), 1):
        locations.append(
            (position, Location(Words(f"正文第 {number} 行", f"line {number} of the text"), f"text/line[{number}]"))
        )
        position += len(line) + 1
    return Source(text, path, wrapped=not flowed, locations=tuple(locations))


def _unflowed(text: str, delete: bool) -> str:
    """Paragraphs again out of lines that a mail program broke and marked with a space at their end (RFC 3676)."""
    lines: list[str] = []
    open_ = False
    for line in text.split("\n"):
        content = line.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        kept = content[:-1] if flows and delete else content
        if open_:
            lines[-1] += kept
        else:
            lines.append(kept)
        open_ = flows
    return "\n".join(lines)


def _page(part: Message, path: str, options: ReadOptions) -> Iterator[Source]:
    data = b"\xef\xbb\xbf" + _decoded(part, path).encode("utf-8")
    if format_of(data, "") != "html":
        data = b"\xef\xbb\xbf<html><body>" + data[3:]
    for source in readers.read(data, path, options):
        if isinstance(source, RectlintError):
            raise source
        yield source


def _decoded(part: Message, path: str) -> str:
    """The text of a part: by the character set it names if that fits, else as files are decoded."""
    data = _bytes(part, path)
    charset = _told(part.get_content_charset).lower()
    if charset not in _UNTOLD:
        try:
            return data.decode(_CHARSETS.get(charset, charset))
        except (ValueError, LookupError):
            pass
    try:
        return decode(data, path).text
    except DecodeError:
        if charset in ("iso-8859-1", "windows-1252"):
            return data.decode("latin-1")
        raise


def _joined(found: Sequence[Source], path: str) -> Source:
    """Several texts as one, an empty line between them."""
    text = ""
    locations: list[tuple[int, Location]] = []
    tables: list[Table] = []
    for source in found:
        start = len(text)
        kept = source.text.rstrip("\n")
        locations += [(start + offset, location) for offset, location in source.locations if offset <= len(kept)]
        tables += [_moved(table, start) for table in source.tables]
        text += kept + "\n\n"
    return found[0]._replace(
        text=text.rstrip("\n") + "\n",
        path=path,
        encoding=None,
        format="eml",
        wrapped=all(source.wrapped for source in found),
        locations=tuple(locations),
        tables=tuple(tables),
        notes=tuple(note for source in found for note in source.notes),
    )


def _moved(table: Table, by: int) -> Table:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return Table(moved(table.span), tuple(Cell(moved(cell.span), *cell[1:]) for cell in table.cells))


def _name(part: Message) -> str:
    """The name of a part, however it was written; empty when it has none."""
    name = _told(part.get_filename)
    if not name:
        location = str(part.get("Content-Location", ""))
        name = re.split(r"[?#]", location)[0].rstrip("/").rpartition("/")[2]
    return shown_name(_words(name))


def _told(ask: Callable[[], object]) -> str:
    """What a header says; nothing where it is so malformed that the library cannot read it."""
    try:
        return str(ask() or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _words(value: str) -> str:
    """A header with its encoded words decoded; a character that was cut between two of them is whole again."""
    try:
        pieces = decode_header(value)
    except Exception:  # as malformed as headers get
        return value
    words = ""
    for piece, charset in pieces:
        if isinstance(piece, str):
            words += piece
            continue
        name = _CHARSETS.get((charset or "").lower(), charset or "")
        try:
            words += decoded_name(piece) if name in _UNTOLD else piece.decode(name)
        except (ValueError, LookupError):
            words += decoded_name(piece)
    return words


def _damaged(where: str, error: BaseException) -> ReadError:
    return ReadError(
        where,
        f"邮件已损坏，读不出来（{type(error).__name__}）",
        f"the mail is damaged ({type(error).__name__})",
        "请从邮箱重新导出，或把附件另存后再检查",
        "export it again, or save the attachments and check them",
    )
