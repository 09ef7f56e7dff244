"""How much work a call is, counted and not timed: the same on every machine, however busy.

>>> lines_run(lambda: [str(number) for number in range(3)]) <= lines_run(lambda: [str(number) for number in range(9)])
True
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of Python ``call`` runs, in all that it calls."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
