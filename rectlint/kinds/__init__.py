"""The check kinds, listed explicitly: name to module.  A module is imported when a selected rule uses it."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from rectlint.kinds.base import Kind

MODULES: dict[str, str] = {
    "account": "account",
    "approximation": "approximation",
    "average": "average",
    "calendar": "calendar",
    "chronology": "chronology",
    "citation": "citation",
    "damaged": "damaged",
    "document-year": "document_year",
    "doubled": "doubled",
    "duration": "duration",
    "ending": "ending",
    "enumeration": "enumeration",
    "event": "event",
    "extremes": "extremes",
    "foregoing": "foregoing",
    "growth": "growth",
    "headline": "headline",
    "inspection": "inspection",
    "magnitude": "magnitude",
    "marks": "marks",
    "month-limit": "month_limit",
    "numbering": "numbering",
    "own-name": "own_name",
    "partition": "partition",
    "place-names": "place_names",
    "population": "population",
    "rank": "rank",
    "rates": "rates",
    "references": "references",
    "register": "register",
    "remedy-date": "remedy_date",
    "residue": "residue",
    "restated": "restated",
    "sections": "sections",
    "sessions": "sessions",
    "sister-sums": "sister_sums",
    "statuses": "statuses",
    "steps": "steps",
    "stock": "stock",
    "table": "table",
    "timeline": "timeline",
    "unit": "unit",
}


@cache
def load_kind(name: str) -> Kind:
    """The kind called ``name``; `KeyError` if there is none."""
    kind = import_module(f"rectlint.kinds.{MODULES[name]}").KIND
    assert isinstance(kind, Kind)
    return kind
