"""The half of `regex` that matches, loaded without the half that compiles.

`regex` is an extension module, ``regex._regex``, which puts patterns together and runs them, and Python modules that turn an
expression into its input.  A run that takes all its patterns from an earlier one needs the extension only, and importing the
rest is a tenth of its start.  Where `regex` is not laid out like that it is imported whole, and nothing else changes.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType

_NAME = "regex._regex"


@cache
def edition() -> str:
    """What tells one build of the extension from another, as part of a file's name."""
    spec = _spec()
    if spec is None or spec.origin is None:
        import regex

        return str(regex.__version__)
    state = Path(spec.origin).stat()
    return f"{state.st_size:x}-{state.st_mtime_ns:x}"


@cache
def extension() -> ModuleType:
    """The extension module: the one `regex` itself uses, whether that is imported before, later or never."""
    spec = _spec()
    if _NAME not in sys.modules and spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[_NAME] = module
    elif _NAME not in sys.modules:
        import regex  # noqa: F401
    return sys.modules[_NAME]


@cache
def _spec() -> ModuleSpec | None:
    package = PathFinder.find_spec("regex")
    if package is None or package.submodule_search_locations is None:
        return None
    return PathFinder.find_spec(_NAME, package.submodule_search_locations)
