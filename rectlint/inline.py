"""Comments in a draft that accept findings where they stand.

In: the text of a Markdown or HTML draft.  Out: which findings the comments accept, and what is wrong with them.

    <!-- rectlint: ignore[parts-do-not-sum] 其余一件经批准不公开 -->      the paragraph it stands in, or the next one
    <!-- rectlint: ignore-file[TOT] 数据以附表为准 -->                     the whole file

A comment needs a reason; without one it does nothing, and says so.

>>> find_comments("<!-- rectlint: ignore[gap] 已核 -->")[0].reason
'已核'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.report import Accepted, FileResult, Finding, Note, Words
from rectlint.source import Source

_DRAFTS = frozenset({"markdown", "html"})
_COMMENT = Pattern(r"(?s)<!--\s*rectlint\s*:\s*(ignore(?:-file)?)\b\s*(?:\[([^\]]*)\])?(.*?)-->", needs=("<!--",))


class Comment(NamedTuple):
    """One comment: where it is, the rules it names, its reason, and the lines it holds for (None: all)."""

    start: int
    line: int
    rules: tuple[str, ...]
    reason: str
    lines: tuple[int, int] | None


def is_draft(format: str) -> bool:
    """Whether comments can stand in texts of this format; the reader of web pages keeps them in their place."""
    return format in _DRAFTS


def masked(text: str) -> str:
    """The text with blanks in place of the comments, so that they are not checked; positions stay."""
    return _COMMENT.sub(lambda match: "".join("\n" if character == "\n" else " " for character in match.group()), text)


def find_comments(text: str, *, wrapped: bool = True) -> tuple[Comment, ...]:
    """The comments of a draft; each line is a paragraph of its own unless ``wrapped``."""
    return tuple(_comment(text, match, wrapped) for match in _COMMENT.find(text))


def _comment(text: str, match: Match, wrapped: bool) -> Comment:
    first = text.count("\n", 0, match.start()) + 1
    last = first + match.group().count("\n")
    rules = tuple(word for part in (match[2] or "").split(",") if (word := part.strip()))
    lines: tuple[int, int] | None = None
    if match[1] == "ignore":
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        end = text.find("\n", match.end())
        after = text[match.end() : end if end >= 0 else len(text)]
        alone = not (before + after).strip()
        lines = _paragraph(masked(text).split("\n"), last + 1 if alone else first, alone, wrapped)
    return Comment(match.start(), first, rules, match[3].strip(), lines)


def _paragraph(lines: Sequence[str], line: int, following: bool, wrapped: bool) -> tuple[int, int]:
    """First and last line of the paragraph at ``line``, or of the next one after blank lines."""
    while following and line <= len(lines) and not lines[line - 1].strip():
        line += 1
    first = last = min(line, len(lines))
    if not wrapped:
        return first, last
    while not following and first > 1 and lines[first - 2].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, last


def apply_comments(result: FileResult, source: Source, names_rule: Callable[[str, str], bool | None]) -> FileResult:
    """The result without the findings that comments accept, with notes on comments that do nothing.

    ``names_rule(word, code)`` tells whether a word of a comment names the rule, None if it names none at all.
    """
    comments = find_comments(source.text, wrapped=source.wrapped)
    if not comments:
        return result
    notes = list(result.notes)
    usable: list[Comment] = []
    for comment in comments:
        problem = _problem(comment, names_rule)
        if problem is not None:
            notes.append(Note(_where(source, comment), problem))
        else:
            usable.append(comment)
    kept: list[Finding] = []
    accepted: list[Accepted] = []
    used: set[Comment] = set()
    for finding in result.findings:
        fitting = [comment for comment in usable if _fits(comment, finding, names_rule)]
        if fitting:
            accepted.append(Accepted(finding, fitting[0].reason, _where(source, fitting[0])))
            used.update(fitting)
        else:
            kept.append(finding)
    for comment in usable:
        if comment not in used:
            words = Words("这条注释没有对上任何发现，可以删去", "this comment accepts nothing: remove it")
            notes.append(Note(_where(source, comment), words))
    return result._replace(findings=tuple(kept), accepted=(*result.accepted, *accepted), notes=tuple(notes))


def _where(source: Source, comment: Comment) -> str:
    """Where a comment stands: its line, or what it stands by in a file that has no lines."""
    location = source.location(comment.start)
    return f"{source.path}:{comment.line if location is None else location.path}"


def _fits(comment: Comment, finding: Finding, names_rule: Callable[[str, str], bool | None]) -> bool:
    if not any(names_rule(word, finding.rule) for word in comment.rules):
        return False
    if comment.lines is None:
        return True
    return comment.lines[0] <= finding.place.end.line and finding.place.start.line <= comment.lines[1]


def _problem(comment: Comment, names_rule: Callable[[str, str], bool | None]) -> Words | None:
    if not comment.rules:
        return Words(
            "注释没有写明规则，不起作用（写成 ignore[规则名] 理由）",
            "the comment names no rule and does nothing (write ignore[NAME] reason)",
        )
    for word in comment.rules:
        if names_rule(word, "") is None:
            return Words(f"注释里的规则 {word} 不存在，不起作用", f"there is no rule {word}: the comment does nothing")
    if not comment.reason:
        return Words("注释没有写理由，不起作用", "the comment gives no reason and does nothing")
    return None
