"""What a reader may be told, and how far it goes before it gives up.

>>> ReadOptions().deeper().depth
1
"""

from __future__ import annotations

from typing import Literal, Protocol

from rectlint.records import NamedTuple

Revisions = Literal["accepted", "rejected"]
REVISIONS: tuple[Revisions, ...] = ("accepted", "rejected")


class Limits(NamedTuple):
    """Bounds against hostile files.

    ``bytes``: how much one file, or everything in one archive, may unpack to; ``ratio``: how many times its packed size a
    part may unpack to; ``parts``: how many parts an archive may have; ``depth``: how deep archives may nest; ``nodes``: how
    many elements one marked-up part may have; ``characters``: how long a text may be; ``seconds``: how long a conversion by
    another program may take.
    """

    bytes: int = 256 * 1024 * 1024
    ratio: int = 200
    parts: int = 20_000
    depth: int = 3
    nodes: int = 2_000_000
    characters: int = 20_000_000
    seconds: float = 120.0


class Kept(Protocol):
    """A place where bytes are kept between runs under a key that says what they were made from."""

    def load(self, key: str) -> bytes | None:
        """What was stored under ``key``, if it is still there and whole."""

    def store(self, key: str, data: bytes) -> None:
        """Keep ``data``; where that cannot be done it is made again the next time."""


class Budget:
    """What an archive and all that lie in it may still unpack to; counted down as they are unpacked."""

    def __init__(self, size: int, parts: int) -> None:
        """``size``: how many bytes; ``parts``: how many files."""
        self.bytes = size
        self.parts = parts


class ReadOptions(NamedTuple):
    """``revisions``: whether tracked changes are read as accepted or as rejected; ``depth``: how many archives enclose
    what is read, ``budget``: what they share; ``keep``: where the results of costly conversions are kept."""

    revisions: Revisions = "accepted"
    limits: Limits = Limits()
    depth: int = 0
    budget: Budget | None = None
    keep: Kept | None = None

    def deeper(self) -> ReadOptions:
        """The options for what lies inside; one budget holds for everything in an archive, however deep."""
        budget = self.budget or Budget(self.limits.bytes, self.limits.parts)
        return self._replace(depth=self.depth + 1, budget=budget)
