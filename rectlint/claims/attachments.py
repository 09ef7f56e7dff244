"""Attachments: where the text mentions them (详见附件2) and which there are.

In: a `Document`.  Out: `Mention` values, and the `Attachments` listed or appended.  An empty 附件： is a link that the web page
lost: it says nothing of what is attached.  The note of attachments stands below the text (GB/T 9704-2012, 7.3.4).

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("任务完成情况详见附件2。\\n附件：1.任务清单\\n"))
>>> [mention.number for mention in find_mentions(document)], find_attachments(document).numbers
([2], frozenset({1}))
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_MENTION = Pattern(
    rf"(?:详情见|具体见|详见|参见|另见|可见|见)(?:本(?:通报|报告))?(?:后)?附(?:件|表|图|录)(?P<n1>{_NUMERAL})?+(?!材料|资料|[\d份个张页件本项套余]|\p{{Han}}{{0,4}}》)"
    rf"|(?<![》”的该其原及和、])附(?:件|表)(?P<n2>{_NUMERAL})(?![\d份个张页件本项套余：]|材料|\.|、\p{{Han}})",
    needs=("附件", "附表", "附图", "附录"),
)
_HEAD = Pattern(rf"附(?:件|表|图|录)(?P<n>{_NUMERAL})?[：:]?(?P<rest>.*)$")
_LINK = Pattern(
    r"附件下载|相关附件|点击下载|下载附件|\.(?:docx?|xlsx?|pdf|wps|zip|rar)",
    needs=("附件", "下载", ".doc", ".xls", ".pdf", ".wps", ".zip", ".rar"),
)
_LISTED = Pattern(rf"(?:附(?:件|表))?(?P<n>{_NUMERAL})[.、．：:]")


class Mention(NamedTuple):
    """A place that sends the reader to an attachment; ``number`` 0 where none is named."""

    span: Span
    number: int


class Attachments(NamedTuple):
    """The attachments there are: their numbers, their places, whether there is an empty 附件： or a link to a file
    instead, and whether it is a link; ``listed`` are those of the note 附件：1.……2.……, ``appended`` those that follow under
    a heading of their own (附件1)."""

    numbers: frozenset[int]
    places: tuple[Span, ...]
    blank: bool
    linked: bool = False
    listed: tuple[tuple[int, Span], ...] = ()
    appended: frozenset[int] = frozenset()

    def has(self, number: int) -> bool:
        """Whether an attachment of that number, or any at all for 0, is there."""
        return bool(self.numbers) if number == 0 else number in self.numbers


def find_mentions(document: Document) -> Iterator[Mention]:
    """The mentions in the running text."""
    for match in _MENTION.find(document.text):
        if document.paragraph_at(match.start()).role in ("attachment", "navigation", "meta", "contact"):
            continue
        number = match["n1"] or match["n2"]
        yield Mention(Span(*match.span()), chinese_ordinal(number) if number else 0)


def find_attachments(document: Document) -> Attachments:
    """The attachments listed below the text or appended with a heading of their own."""
    numbers: set[int] = set()
    listed: list[tuple[int, Span]] = []
    appended: set[int] = set()
    places: list[Span] = []
    blank = linked = following = False
    for paragraph in document.paragraphs:
        words = document.words(paragraph.span)
        if paragraph.role == "attachment":
            head = _HEAD.match(words)
            rest = head["rest"].strip() if head else ""
            entry = _LISTED.match(rest)
            if head and head["n"]:
                numbers.add(chinese_ordinal(head["n"]))
                if not rest:
                    appended.add(chinese_ordinal(head["n"]))
            elif entry is not None:
                numbers.add(chinese_ordinal(entry["n"]))
                listed.append((chinese_ordinal(entry["n"]), paragraph.span))
            elif rest:
                numbers.add(1)
            blank = blank or not (rest or (head and head["n"]))
            following = True
            places.append(paragraph.span)
        elif _LINK.search(words) is not None:
            blank = linked = True
        elif following:
            entry = _LISTED.match(words)
            following = entry is not None
            if entry is not None:
                numbers.add(chinese_ordinal(entry["n"]))
                listed.append((chinese_ordinal(entry["n"]), paragraph.span))
    blank, linked = blank and not numbers, linked and not numbers
    return Attachments(frozenset(numbers), tuple(places), blank, linked, tuple(listed), frozenset(appended))
