"""What styles lend to paragraphs and runs: numbering, and whether text is hidden.

In: the tree of ``styles.xml``.  Out: answers by style, the styles it is based on included.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from rectlint.readers.docx.package import W

_OFF = frozenset(("0", "false", "off"))
_LONGEST_CHAIN = 50


@dataclass(frozen=True)
class _Style:
    parent: str | None
    number: str | None
    level: int | None
    hidden: bool | None


class Styles:
    """The styles of a file."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._chains: dict[str | None, tuple[str, ...]] = {}
        if styles is None:
            return
        for element in styles.iter(f"{W}style"):
            name = element.get(f"{W}styleId", "")
            reference = element.find(f"{W}pPr/{W}numPr")
            self._styles[name] = _Style(
                value(element.find(f"{W}basedOn")),
                None if reference is None else value(reference.find(f"{W}numId")),
                None if reference is None else integer(reference.find(f"{W}ilvl")),
                switch(element.find(f"{W}rPr/{W}vanish")),
            )
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") not in _OFF:
                self._default = name

    def paragraph_style(self, properties: etree._Element | None) -> str | None:
        """The style of a paragraph with these properties."""
        named = value(properties.find(f"{W}pStyle")) if properties is not None else None
        return named if named in self._styles else self._default

    def chain(self, name: str | None) -> tuple[str, ...]:
        """A style and those it is based on, nearest first."""
        if name not in self._chains:
            found: list[str] = []
            current = name
            while current in self._styles and current not in found and len(found) < _LONGEST_CHAIN:
                found.append(current)
                current = self._styles[current].parent
            self._chains[name] = tuple(found)
        return self._chains[name]

    def list_of(self, name: str | None) -> str | None:
        """The list instance that a style gives its paragraphs."""
        numbers = (self._styles[entry].number for entry in self.chain(name))
        return next((number for number in numbers if number is not None), None)

    def own_level(self, name: str) -> int | None:
        """The level that a style names itself."""
        return self._styles[name].level

    def hides(self, paragraph_style: str | None, run: etree._Element | None) -> bool:
        """Whether a run with these properties, in a paragraph of that style, is hidden text."""
        own = switch(run.find(f"{W}vanish")) if run is not None else None
        if own is not None:
            return own
        character = value(run.find(f"{W}rStyle")) if run is not None else None
        # set by both, it is off again
        return self._hidden(paragraph_style) != self._hidden(character)

    def _hidden(self, name: str | None) -> bool:
        switches = (self._styles[entry].hidden for entry in self.chain(name))
        return next((on for on in switches if on is not None), False)


def value(element: etree._Element | None) -> str | None:
    """The value an element holds."""
    return None if element is None else element.get(f"{W}val")


def integer(element: etree._Element | str | None) -> int | None:
    """The number an element or attribute holds; None when it holds none."""
    text = element if isinstance(element, str) else value(element)
    try:
        return int(text) if text is not None and len(text) < 12 else None
    except ValueError:
        return None


def switch(element: etree._Element | None) -> bool | None:
    """Whether an on/off property is set; None when nothing is said."""
    return None if element is None else element.get(f"{W}val", "1") not in _OFF
