"""`NamedTuple` as `typing` has it, defined in a tenth of the time.

In and out: the same classes with the same fields, defaults, methods and types.  A start defines some 140 of them.
`typing.NamedTuple` makes each class twice, checks what every annotation says and compiles a constructor; here a class
is made once, annotations stay words, and the constructor is built when the first value is made, which for half of the
classes is never.  To a type checker this is `typing.NamedTuple` itself.

>>> class Pair(NamedTuple):
...     left: int
...     right: int = 0
>>> Pair(1)._replace(right=2)
Pair(left=1, right=2)
"""

from __future__ import annotations

import collections
from collections.abc import Iterable
from functools import cache
from itertools import count
from operator import itemgetter
from types import CodeType, FunctionType, MappingProxyType
from typing import TYPE_CHECKING, Any, Self

# the fastest way to a field, where this Python has it
_getter: Any = getattr(collections, "_tuplegetter", None) or (lambda index, doc: property(itemgetter(index), doc=doc))


@cache
def _field(index: int) -> Any:
    """The field with this number, of whatever class."""
    return _getter(index, f"Alias for field number {index}")


class _Record(tuple[Any, ...]):
    """What all named tuples have in common."""

    __slots__ = ()
    _fields = tuple[str, ...]()  # not annotated: annotations tell the fields
    _field_defaults = MappingProxyType[str, Any]({})

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """The first value of a class, which takes this from all later ones."""
        owner = next(base for base in cls.__mro__ if "_fields" in vars(base))
        owner.__new__ = _constructor(owner)  # type: ignore[method-assign]
        return owner.__new__(cls, *values, **named)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"expected {len(cls._fields)} values, got {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Self:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"unexpected field names: {list(changes)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({fields})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


@cache
def _code(fields: int) -> CodeType:
    """The code of a constructor for so many fields, as `collections.namedtuple` compiles it for each class anew."""
    names = "".join(f"field_{index}, " for index in range(fields))
    code: CodeType = eval(f"lambda _cls, {names}: _new(_cls, ({names}))").__code__
    return code


def _constructor(owner: type[_Record]) -> Any:
    """``__new__`` of a class with the names of its fields as parameters."""
    code = _code(len(owner._fields)).replace(co_varnames=("_cls", *owner._fields), co_name="__new__")
    new = FunctionType(code, {"_new": tuple.__new__}, "__new__", tuple(owner._field_defaults.values()))
    new.__qualname__ = f"{owner.__qualname__}.__new__"
    return staticmethod(new)


class _Defining(type):
    """The type of `NamedTuple` alone: makes an ordinary class of whatever names it as its base."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        """A class whose fields are its annotations."""
        if len(bases) > 1:
            raise TypeError(f"{name}: a named tuple has no other base")
        fields = tuple(namespace.get("__annotations__", ()))
        defaults = {field: namespace[field] for field in fields if field in namespace}
        if tuple(defaults) != fields[len(fields) - len(defaults) :]:
            raise TypeError(f"{name}: a field without a default follows one with a default")
        namespace.update(zip(fields, map(_field, count()), strict=False))
        namespace.update(__slots__=(), __match_args__=fields, _fields=fields, _field_defaults=defaults)
        return type(name, (_Record,), namespace)


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    NamedTuple = type.__new__(_Defining, "NamedTuple", (), {})
