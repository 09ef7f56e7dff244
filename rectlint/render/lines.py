"""Lines of styled words.

In and out: `Line` values, each a tuple of (words, style); `plain` joins them without colour, `colored` with.

>>> print(plain([(("共16件", "bold"), ("，办结13件", ""))]))
共16件，办结13件
"""

from __future__ import annotations

from collections.abc import Iterable

Segment = tuple[str, str]
Line = tuple[Segment, ...]


def plain(lines: Iterable[Line]) -> str:
    """The lines without colour."""
    return "\n".join("".join(words for words, _ in line).rstrip() for line in lines)


def colored(lines: Iterable[Line], width: int) -> str:
    """The lines with terminal colours, through rich with its own markup switched off."""
    import io

    from rich.console import Console
    from rich.text import Text

    output = io.StringIO()
    console = Console(
        file=output, width=width, force_terminal=True, markup=False, emoji=False, highlight=False, soft_wrap=True
    )
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    return output.getvalue().removesuffix("\n")


def one_line(text: str) -> str:
    """The text with every control character and line separator made a space, one for one: offsets still hold."""
    return "".join(" " if character < " " or character in "\x7f\x85\u2028\u2029" else character for character in text)
