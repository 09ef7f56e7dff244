"""Named tuples of ours are those of `typing`, only defined sooner."""

from __future__ import annotations

import copy
import pickle
import typing
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pytest

from rectlint import records

Ours: Any = records.NamedTuple


class Theirs(typing.NamedTuple):
    """A place."""

    row: int
    column: int = 1
    label: str = "here"

    @property
    def next(self) -> int:
        """One on."""
        return self.column + 1


class Place(Ours):  # type: ignore[misc, unused-ignore]
    """A place."""

    row: int
    column: int = 1
    label: str = "here"

    @property
    def next(self) -> int:
        """One on."""
        return int(self.column + 1)


class Named(Place):
    """A place that keeps what it is asked for."""

    @cached_property
    def name(self) -> str:
        """Its name."""
        return f"{self.row}:{self.column}"


class Counted(Place):
    """A place with a way of its own to be made."""

    def __new__(cls, row: int) -> Any:
        """In the second column."""
        return super().__new__(cls, row, column=2)


class Nothing(Ours):  # type: ignore[misc, unused-ignore]
    """No field at all."""


class Wide(Ours):  # type: ignore[misc, unused-ignore]
    """With a default that could be changed."""

    words: Mapping[str, int] = {}


def test_values_are_those_of_typing() -> None:
    """Making, reading, comparing, taking apart and showing a value is the same."""
    ours, theirs = Place(3, label="there"), Theirs(3, label="there")
    assert ours == theirs == (3, 1, "there")
    assert hash(ours) == hash(theirs)
    assert (ours.row, ours.column, ours.label, ours.next) == (3, 1, "there", 2)
    assert repr(ours) == repr(theirs).replace("Theirs", "Place")
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(column=5) == theirs._replace(column=5)
    assert type(ours._replace(column=5)) is Place
    assert Place._make([1, 2, "x"]) == Theirs._make([1, 2, "x"])
    assert (Place._fields, Place._field_defaults) == (Theirs._fields, Theirs._field_defaults)
    assert Place.__match_args__ == Theirs.__match_args__
    assert Place.__doc__ == "A place."
    assert typing.get_type_hints(Place) == typing.get_type_hints(Theirs)
    assert not hasattr(ours, "__dict__")
    assert type(Place) is type
    assert issubclass(Place, tuple)


def test_subclasses_keep_their_own() -> None:
    """A subclass may keep answers and be made in a way of its own, before or after its base has been made."""
    assert Counted(4) == (4, 2, "here")
    named = Named(1, 2)
    assert (named.name, type(named), type(named._replace(row=9))) == ("1:2", Named, Named)
    assert Place(1, 2) == named
    assert type(Counted(4)) is Counted


def test_values_can_be_copied() -> None:
    """Workers send them to one another."""
    place = Named(1, label="x")
    for again in (pickle.loads(pickle.dumps(place)), copy.copy(place), copy.deepcopy(place)):
        assert again == place
        assert type(again) is Named


def test_odd_ones() -> None:
    """No field, one field, and defaults of any sort."""
    assert (Nothing(), repr(Nothing())) == ((), "Nothing()")
    assert Wide() == ({},)
    assert Wide({"a": 1}).words == {"a": 1}


def test_mistakes_are_type_errors() -> None:
    """A missing, unknown or surplus value is refused the first time and later."""
    for wrong in ((), (1, 2, "x", 4)):
        with pytest.raises(TypeError):
            Place(*wrong)
    with pytest.raises(TypeError):
        Place(1, colour=3)
    with pytest.raises(TypeError):
        Place._make([1])
    with pytest.raises(ValueError, match="colour"):
        Place(1)._replace(colour=3)
    with pytest.raises(AttributeError):
        Place(1).row = 2
    with pytest.raises(TypeError):
        type(Ours)("Late", (Ours,), {"__annotations__": {"a": int, "b": int}, "a": 1})
    with pytest.raises(TypeError):
        type(Ours)("Both", (Ours, dict), {})
