"""Whether one figure may be another one mistyped or not brought up to date.

In: two values, or two figures as written.  Out: yes or no.  A sum that is off by what no single slip explains is more often a
reading of the wrong figures than a fault of the text, so that the comparisons ask here before they accuse.

>>> is_likely_slip(Decimal(186), Decimal(168)), is_likely_slip(Decimal(9), Decimal(2)), is_likely_slip(Decimal(1043), Decimal(74))
(True, True, False)
"""

from __future__ import annotations

from decimal import Decimal

_MOST = Decimal(10) ** 20
NEAR = Decimal("0.25")
"""Figures that differ by no more than this share of the larger one may be two states of one count."""


def is_likely_slip(written: Decimal, meant: Decimal) -> bool:
    """Whether ``written`` may stand for ``meant``: near it, or one keystroke away (a digit changed, dropped, doubled or
    exchanged with its neighbour, the point moved)."""
    if meant <= 0 or written <= 0:
        return False
    if abs(written - meant) <= max(written, meant) * NEAR:
        return True
    return is_one_keystroke(_digits(written), _digits(meant))


def is_mistyped(first: str, second: str) -> bool:
    """Whether two figures as written, of one length and with the point in one place, differ in one digit or in two
    neighbours that changed places (86.4 and 84.6)."""
    if len(first) != len(second) or first.find(".") != second.find(".") or first == second:
        return False
    return is_one_keystroke(first.replace(".", ""), second.replace(".", ""))


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """``value`` to the place of ``step``; as it is where it has more digits than a decimal number can be rounded with."""
    return value.quantize(step) if value < step * _MOST else value


def is_one_keystroke(first: str, second: str) -> bool:
    """Whether two rows of digits are equal but for one digit changed, left out or put in, or two neighbours exchanged."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    if len(first) < len(second):
        return first[start:] == second[start + 1 :]
    if first[start + 1 :] == second[start + 1 :]:
        return True
    return first[start : start + 2] == second[start : start + 2][::-1] and first[start + 2 :] == second[start + 2 :]


def _digits(value: Decimal) -> str:
    """The digits of a value without its point and the noughts round them."""
    return f"{value:f}".replace(".", "").strip("0")
