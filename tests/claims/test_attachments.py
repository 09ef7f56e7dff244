"""Mentions of attachments and the attachments there are."""

from __future__ import annotations

from rectlint.claims.attachments import find_attachments, find_mentions
from rectlint.document import parse
from rectlint.source import Source


def numbers(text: str) -> tuple[list[int], set[int], bool]:
    """The numbers mentioned, those attached, and whether there is a blank note."""
    document = parse(Source(text))
    attachments = find_attachments(document)
    return [mention.number for mention in find_mentions(document)], set(attachments.numbers), attachments.blank


def test_listed_and_mentioned() -> None:
    """A note of two attachments, and mentions of both."""
    text = "详见附件1，目录见附件2。\n附件：1.任务清单\n2.制度目录\n"
    assert numbers(text) == ([1, 2], {1, 2}, False)


def test_blank_note_is_noise() -> None:
    """An empty 附件： of a web page."""
    assert numbers("详见附件。\n附件：\n") == ([0], set(), True)


def test_ordinary_nouns_are_no_mentions() -> None:
    """附件材料, a rule's own attachment, a number of attachments."""
    assert numbers("缺少清单附件和附件材料；对《通知》附件2逐项落实，补齐附件214份。")[0] == []
