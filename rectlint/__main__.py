"""``python -m rectlint``: the same program as ``rectlint``."""

from __future__ import annotations

from rectlint.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
