"""Plain text and Markdown, in an encoding that can be told for certain.

>>> next(read("共3件".encode("gb18030"), "a.txt", ReadOptions())).encoding
'gb18030'
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.readers import too_long
from rectlint.readers.options import ReadOptions
from rectlint.readers.sniffing import format_of
from rectlint.source import Source, decode

_MOST_BYTES_A_CHARACTER = 4


def read(data: bytes, path: str, options: ReadOptions) -> Iterator[Source]:
    """The text as decoded; see `rectlint.source.decode`."""
    if len(data) > _MOST_BYTES_A_CHARACTER * options.limits.characters:
        raise too_long(path, options.limits.characters)
    yield decode(data, path)._replace(format=format_of(data, path))
