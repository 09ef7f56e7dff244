"""Automatic numbering: the label that Word shows before each numbered paragraph.

In: the trees of ``numbering.xml`` and ``styles.xml``, then the properties of each paragraph in reading order.  Out: its
label with what follows it (``（一）``, ``1.2<tab>``), or "".  The counters of a list belong to its abstract definition, so
that two instances of it count on; an instance with a ``startOverride`` begins anew where it is first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from rectlint.readers.docx.numerals import numeral
from rectlint.readers.docx.package import MC, W
from rectlint.readers.docx.styles import Styles, integer, switch, value
from rectlint.records import NamedTuple

_DEEPEST = 8
_LONGEST_TEXT = 200
_HIGHEST = 1_000_000_000
_PLACE = re.compile(r"%([1-9])")
_SUFFIX = {"nothing": "", "space": " "}


class Level(NamedTuple):
    """How one level counts and shows its number."""

    start: int
    format: str
    text: str
    restart: int | None
    legal: bool
    suffix: str
    style: str | None
    hidden: bool


@dataclass
class _Instance:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass
class _Abstract:
    levels: dict[int, Level]
    link: str | None


class Numbering:
    """All lists of a file, with their counters."""

    def __init__(self, numbering: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, _Abstract] = {}
        self._instances: dict[str, _Instance] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def label(self, properties: etree._Element | None, *, original: bool = False) -> str:
        """Count a paragraph with these properties, and give the label it shows; ``original``: as before the changes."""
        style = self._styles.paragraph_style(properties)
        number, level = self._styles.list_of(style), None
        direct = properties.find(f"{W}numPr") if properties is not None else None
        if direct is not None and not (original and direct.find(f"{W}ins") is not None):
            number, level = value(direct.find(f"{W}numId")) or number, integer(direct.find(f"{W}ilvl"))
        instance = self._instances.get(number or "0")
        if number is None or number == "0" or instance is None:
            return ""
        levels = self._levels(instance)
        level = min(max(self._level_of_style(levels, style) if level is None else level, 0), _DEEPEST)
        counters = self._count(number, instance, levels, level)
        shown = levels.get(level)
        if shown is None or shown.hidden or shown.format == "bullet":
            return ""
        words = self._words(shown, levels, counters)
        return words + shown.suffix if words else ""

    def _level_of_style(self, levels: dict[int, Level], style: str | None) -> int:
        """The level that names the style, or that the style names, nearest style first."""
        for name in self._styles.chain(style):
            linked = next(
                (index for index, level in levels.items() if level.style == name), self._styles.own_level(name)
            )
            if linked is not None:
                return linked
        return 0

    def _levels(self, instance: _Instance) -> dict[int, Level]:
        levels = dict(self._abstract_levels(instance.abstract))
        levels.update(instance.levels)
        for index, start in instance.starts.items():
            if index in levels:
                levels[index] = levels[index]._replace(start=start)
        return levels

    def _abstract_levels(self, name: str) -> dict[int, Level]:
        """The levels of an abstract definition; where it is only the name of a numbering style, of that style's."""
        seen: set[str] = set()
        while name not in seen and (abstract := self._abstracts.get(name)) is not None:
            seen.add(name)
            number = self._styles.list_of(abstract.link) if abstract.link and not abstract.levels else None
            if number is None or number not in self._instances:
                return abstract.levels
            name = self._instances[number].abstract
        return {}

    def _count(self, number: str, instance: _Instance, levels: dict[int, Level], level: int) -> dict[int, int]:
        counters = self._counters.setdefault(instance.abstract, {})
        for upper in range(level):
            if upper not in counters and upper in levels:
                counters[upper] = levels[upper].start
        start = levels[level].start if level in levels else 1
        fresh = (number, level) not in self._begun
        self._begun.add((number, level))
        if level not in counters or (fresh and level in instance.starts):
            counters[level] = start
        else:
            counters[level] += 1
        for deeper in range(level + 1, _DEEPEST + 1):
            restart = levels[deeper].restart if deeper in levels else None
            if level + 1 <= (deeper if restart is None else restart):
                counters.pop(deeper, None)
        return counters

    @staticmethod
    def _words(shown: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
        def figures(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            level = levels.get(index)
            if level is None or index not in counters:
                return ""
            legal = shown.legal and level.format not in ("none", "decimalZero")
            return numeral(counters[index], "decimal" if legal else level.format)

        return _PLACE.sub(figures, shown.text)

    def _load(self, numbering: etree._Element) -> None:
        for element in numbering.iter(f"{W}abstractNum"):
            levels = dict(_level(level) for level in element.iter(f"{W}lvl"))
            self._abstracts[element.get(f"{W}abstractNumId", "")] = _Abstract(
                levels, value(element.find(f"{W}numStyleLink"))
            )
        for element in numbering.iter(f"{W}num"):
            instance = _Instance(value(element.find(f"{W}abstractNumId")) or "")
            for override in element.iter(f"{W}lvlOverride"):
                index = integer(override.get(f"{W}ilvl")) or 0
                start = integer(override.find(f"{W}startOverride"))
                if start is not None:
                    instance.starts[index] = min(start, _HIGHEST)
                for level in override.iter(f"{W}lvl"):
                    instance.levels[index] = _level(level)[1]
            self._instances[element.get(f"{W}numId", "")] = instance


def _level(element: etree._Element) -> tuple[int, Level]:
    text = element.find(f"{W}lvlText")
    start = integer(element.find(f"{W}start"))
    suffix = value(element.find(f"{W}suff"))
    return integer(element.get(f"{W}ilvl")) or 0, Level(
        # a level without a start begins at nought; every program writes one
        start=0 if start is None else min(start, _HIGHEST),
        format=_format(element),
        text="" if text is None else text.get(f"{W}val", "")[:_LONGEST_TEXT],
        restart=integer(element.find(f"{W}lvlRestart")),
        legal=switch(element.find(f"{W}isLgl")) or False,
        suffix=_SUFFIX.get(suffix or "tab", "\t"),
        style=value(element.find(f"{W}pStyle")),
        hidden=switch(element.find(f"{W}rPr/{W}vanish")) or False,
    )


def _format(element: etree._Element) -> str:
    """The format, the plainer one where a newer one is offered beside it."""
    for path in (f"{W}numFmt", f"{MC}AlternateContent/{MC}Fallback/{W}numFmt"):
        found = value(element.find(path))
        if found is not None:
            return found
    return "decimal"
