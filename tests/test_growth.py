"""Work grows with the text and no faster, on hostile input too: counted, not timed.

Counted are the lines of Python that run and the code points that patterns are given to search.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

import rectlint
from rectlint.patterns import Pattern
from tests.work import lines_run

SMALL = 300
MOST = 2.4
"""Twice the text may take up to so many times the work: what does not depend on its length counts, too."""

ITEM = "（{n}）关于台账不清问题的整改。已修订制度{n}项，收回资金3.5万元，整改率85%，于2024年3月{day}日完成。\n"
HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda size: "整改情况良好" * size,
    "items": lambda size: "".join(ITEM.format(n=n, day=n % 28 + 1) for n in range(1, size + 1)),
    "items without breaks": lambda size: "".join(f"（{n}）关于问题{n}的整改。" for n in range(1, size + 1)),
    "marks of lists": lambda size: "甲、" * size + "等3项制度。",
    "brackets": lambda size: "（" * size,
    "quotations": lambda size: "“甲《" * size,
    "figures": lambda size: "办结3件、" * size,
    "totals and parts": lambda size: "收到信访件9件，其中办结5件、正在办理4件；" * size,
    "rates": lambda size: "整改率85%，" * size,
    "dates": lambda size: "2024年3月5日至" * size,
    "statuses": lambda size: "已完成整改，正在办理，" * size,
    "titles": lambda size: "印发《办法》〔2024〕3号，" * size,
    "short lines": lambda size: "整改\n" * size,
    "blanks": lambda size: "整\u3000 \t" * size,
}


def work(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many lines a check of ``text`` runs, and how many code points it searches."""
    searched = 0
    with monkeypatch.context() as patch:
        for name in ("find", "search"):
            original = getattr(Pattern, name)

            def counting(
                self: Pattern,
                text: str,
                start: int = 0,
                end: int | None = None,
                original: Callable[..., object] = original,
            ) -> object:
                nonlocal searched
                searched += max(0, (len(text) if end is None else min(end, len(text))) - start)
                return original(self, text, start, end)

            patch.setattr(Pattern, name, counting)
        lines = lines_run(lambda: rectlint.check_text(text))
    return lines, searched


@pytest.mark.parametrize("shape", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_text(shape: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the text takes about twice the work."""
    rectlint.check_text(shape(3))  # what is compiled once does not count
    lines, searched = work(shape(SMALL), monkeypatch)
    more_lines, more_searched = work(shape(2 * SMALL), monkeypatch)
    assert more_lines <= MOST * lines
    assert more_searched <= MOST * searched
