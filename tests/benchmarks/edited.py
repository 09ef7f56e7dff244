"""How many of the contradictions that outsiders planted in consistent bulletins are noticed: ``python -m tests.benchmarks.edited``.

The rules have been worked on with these texts in sight since they were first read, so the figure is no forecast.
"""

from __future__ import annotations

from collections import Counter

from tests.edited import read_edits


def main() -> None:
    """Print the share noticed by bulletin, then each edit that goes unseen."""
    planted: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    unseen = []
    for edit in read_edits():
        planted[edit.text] += 1
        if edit.noticed():
            noticed[edit.text] += 1
        else:
            unseen.append(edit)
    for text, count in sorted(planted.items()):
        print(f"{text:4} {noticed[text]:3} of {count:3}")
    whole, found = planted.total(), noticed.total()
    print(f"all  {found:3} of {whole:3}  {found / whole:.0%}")
    for edit in unseen:
        print(f"\n{edit.text}, line {edit.number}:")
        for was, now in edit.replaced:
            print(f"  {was!r}\n  {now!r}")


if __name__ == "__main__":
    main()
