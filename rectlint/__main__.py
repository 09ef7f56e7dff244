"""``python -m rectlint`` and ``rectlint``: one program, one exit code.

In: the words on the command line.  Out: 0, 1, 2 or 130, and never another code because something went wrong inside.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

COLLECT = (1_000_000, 20, 20)
"""How seldom to collect garbage: hardly anything here is a cycle, and looking for some at every import costs a tenth."""


def main() -> None:
    """Run the program and leave with its exit code."""
    import gc

    from rectlint.output import use_utf8

    gc.set_threshold(*COLLECT)
    use_utf8()
    _leave(run(sys.argv[1:]))


def _leave(code: int) -> NoReturn:
    """End at once, when all is written: to take every module and value apart first is a tenth of a start."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line.  An exception nobody foresaw must not look like findings (1), so it gives 2."""
    from rectlint.errors import RectlintError
    from rectlint.output import wanted_language

    english = wanted_language(arguments) == "en"
    try:
        return _dispatch(arguments)
    except RectlintError as error:
        print(f"rectlint: {error.text('en' if english else 'zh')}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("rectlint: interrupted" if english else "rectlint: 已中断", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("RECTLINT_TRACEBACK"):
            import traceback

            traceback.print_exc()
        what = f"{type(error).__name__}: {error}"
        hint = "RECTLINT_TRACEBACK=1"
        print(
            f"rectlint: internal error: {what} (set {hint} for the whole story, and please report it)"
            if english
            else f"rectlint: 程序内部出错：{what}（设 {hint} 可得到完整记录，请反馈给维护者）",
            file=sys.stderr,
        )
        return 2


def _dispatch(arguments: Sequence[str]) -> int:
    from rectlint import commands
    from rectlint.quick import parse_check

    request = parse_check(arguments, os.environ)
    if request is not None:
        return commands.check(request)
    from rectlint.cli import run_app

    return run_app(arguments)


if __name__ == "__main__":
    main()
