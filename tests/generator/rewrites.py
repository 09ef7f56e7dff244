"""Harmless rewrites: the same text in another form, which must change no finding.

In: a bulletin, or any text of the genre. Out: rewrites.

>>> rewrites_of_text("共16件,已办结13件。")[0].name
'full-width digits'
"""

from __future__ import annotations

import re
from random import Random

from tests.generator.model import Bulletin, Edit, Rewrite, apply_edits
from tests.generator.names import CITIES, COUNTIES, DISTRICTS, TOWNS
from tests.generator.numerals import han_count

FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
HALF_MARKS = str.maketrans("，：；（）", ",:;()")
WRAP = 46


def full_width_marks(text: str) -> str:
    """Full-width punctuation, save inside numbers, addresses and times."""
    marks = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）"}

    def replaced(match: re.Match[str]) -> str:
        return marks[match.group()]

    return re.sub(
        r"(?<![A-Za-z])[,:;()](?![A-Za-z/])", lambda m: m.group() if is_inside_number(m) else replaced(m), text
    )


def is_inside_number(match: re.Match[str]) -> bool:
    """Whether a comma or colon stands between two digits."""
    text, start = match.string, match.start()
    around = text[max(0, start - 1) : start] + text[start + 1 : start + 2]
    return match.group() in ",:" and len(around) == 2 and all("0" <= mark <= "9" for mark in around)


def wrapped(text: str, width: int = WRAP) -> str:
    """Every line cut after so many characters."""
    lines = []
    for line in text.split("\n"):
        lines.extend([line[start : start + width] for start in range(0, len(line), width)] or [""])
    return "\n".join(lines)


def spaced(text: str) -> str:
    """Spaces between digits and the Chinese characters round them."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", text)
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff])", " ", text)


def indented(text: str) -> str:
    """Every line set in by two ideographic spaces."""
    return "\n".join("\u3000\u3000" + line if line else line for line in text.split("\n"))


def rewrites_of_text(text: str) -> tuple[Rewrite, ...]:
    """The rewrites of form, which every text of the genre can bear."""
    return (
        Rewrite("full-width digits", text.translate(FULL_DIGITS)),
        Rewrite("full-width punctuation", full_width_marks(text)),
        Rewrite("half-width punctuation", text.translate(HALF_MARKS)),
        Rewrite("wrapped at 46", wrapped(text)),
        Rewrite("spaces round digits", spaced(text)),
        Rewrite("indented", indented(text)),
        Rewrite("CR LF", text.replace("\n", "\r\n")),
        Rewrite("GB18030", text, text.encode("gb18030")),
        Rewrite("UTF-8 with BOM", text, text.encode("utf-8-sig")),
        Rewrite("UTF-16", text, text.encode("utf-16")),
        Rewrite("UTF-16, big-endian", text, b"\xfe\xff" + text.encode("utf-16-be")),
    )


def rewrites(bulletin: Bulletin) -> tuple[Rewrite, ...]:
    """The rewrites of a consistent bulletin: of form, numerals, figures that move together, names, order."""
    source = Random(f"rewrites {bulletin.seed}")
    result = list(rewrites_of_text(bulletin.text))
    if bulletin.small_counts:
        edits = [Edit(span, han_count(int(bulletin.text[span.start : span.end]))) for span in bulletin.small_counts]
        result.append(Rewrite("Chinese numerals", apply_edits(bulletin.text, edits)[0], same_words=False))
    if bulletin.harmless:
        moved_together = source.choice(bulletin.harmless)
        result.append(
            Rewrite("total and part together", apply_edits(bulletin.text, moved_together)[0], same_words=False)
        )
    if bulletin.swaps:
        first, second = source.choice(bulletin.swaps)
        text = bulletin.text
        edits = [Edit(first, text[second.start : second.end]), Edit(second, text[first.start : first.end])]
        result.append(Rewrite("measures in another order", apply_edits(text, edits)[0], same_words=False))
    result.append(Rewrite("other names", renamed(source, bulletin.text), same_words=False))
    return tuple(result)


def renamed(source: Random, text: str) -> str:
    """Every invented place under another invented name of the same sort."""
    for names in (TOWNS, COUNTIES, DISTRICTS, CITIES):
        used = [name for name in names if name in text]
        free = [name for name in names if name not in text and (not used or name[-1] == used[0][-1])]
        for name in used:
            same_sort = [other for other in free if other[-1] == name[-1]]
            if same_sort:
                other = source.choice(same_sort)
                free.remove(other)
                text = text.replace(name, other)
    return text
