"""Totals of the account told again by how much of them is done: 截至2月底，26个问题已完成整改24个; 43项措施中，已完成41项.

In: a `Document`, its quantities, its problem items and the figures of the account already found.  Out: further `Account` values.
Nothing in such words says whose problems they are; so a figure that no account has is held against the nearest one only,
and only where nothing else in the text has it.

>>> from rectlint.claims import Claims
>>> from rectlint.document import parse; from rectlint.source import Source
>>> claims = Claims(parse(Source("对反馈的26个问题逐条认领。截至2月底，25个问题已完成整改24个。")))
>>> [(account.thing, account.quantity.text) for account in claims.accounts]
[('反馈问题', '26个'), ('反馈问题', '25个'), ('已完成整改的问题', '24个')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rectlint.claims.accounts import OF_PROBLEMS, Account, cutoff_of, speaks_of_all
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern

_AFTER = Pattern(
    r"(?:具体|反馈|主要|突出)?(?P<noun>问题线索|问题|整改措施|措施|整改任务|任务|信访件|信访举报)(?:中)?，?(?:目前|现|截至目前，?)?(?:已经?|共)*(?:全部)?"
    r"(?P<done>整改完成|完成整改|整改到位|完成|整改|落实|办结)(?:了|的)?(?:有|共)?(?=\d)"
)
_OPENING = Pattern(
    r"^[^\d。；：]{0,4}(?:截[至止]|到)[^。；，：]{2,16}，$|^(?:目前|经过[^。；，：]{2,16}|通过[^。；，：]{2,16})，$|^$"
)
_THINGS = {
    "问题": OF_PROBLEMS,
    "整改措施": frozenset(("整改措施",)),
    "措施": frozenset(("整改措施",)),
    "整改任务": frozenset(("整改任务",)),
    "任务": frozenset(("整改任务",)),
}
_NEAR, _APART = 2, 10
_MOST = 40
"""Of more figures than this none can be said to be meant."""


def find_retellings(
    document: Document, quantities: Sequence[Quantity], items: frozenset[int], accounts: Sequence[Account]
) -> Iterator[Account]:
    """The further figures of the account; ``items`` are the indices of the problem items."""
    known = {account.quantity.order for account in accounts}
    told = _Told(accounts, quantities)
    chain = -1  # where the next member of a row begins: 18个问题已完成16个，43个具体问题已完成40个
    for index, quantity in enumerate(quantities[:-1]):
        if quantity.order in known or not quantity.exact or not quantity.counted or quantity.value < 2:
            continue
        match = _AFTER.match(document.text, quantity.span.end)
        opens = quantity.span.start == chain or _opens(document, quantity)
        if match is None or not opens or not speaks_of_all(document, quantity, items):
            continue
        things = _THINGS.get(match["noun"], frozenset((f"移交的{match['noun']}",)))
        meant = told.meant(quantity, things)
        if meant is None:
            continue
        again = meant._replace(quantity=quantity, cutoff=cutoff_of(document, quantity), derived=False, explained=False)
        yield again
        done = quantities[index + 1]
        chain = done.span.end + 1 if document.text[done.span.end : done.span.end + 1] in ("，", "、") else -1
        if things is OF_PROBLEMS and done.exact and done.span.start == match.end() and done.order not in known:
            yield again._replace(quantity=done, thing="已完成整改的问题")


def _opens(document: Document, quantity: Quantity) -> bool:
    """Whether the figure stands at the beginning of its sentence or after its ；, or behind 截至… at most."""
    start = document.sentence_at(quantity.span.start).start
    start = max(start, document.text.rfind("；", start, quantity.span.start) + 1)
    return _OPENING.match(document.text[start : quantity.span.start]) is not None


class _Told:
    """The accounts of some things, by size and each once, and where each size is first told in the text."""

    def __init__(self, accounts: Sequence[Account], quantities: Sequence[Quantity]) -> None:
        self.accounts: dict[frozenset[str], list[Account]] = {}
        self.sizes: dict[tuple[Decimal, str], int] = {}
        self._all = {(account.thing, account.whose, account.quantity.value): account for account in reversed(accounts)}
        for quantity in quantities:
            self.sizes.setdefault((quantity.value, quantity.measure), quantity.order)

    def meant(self, quantity: Quantity, things: frozenset[str]) -> Account | None:
        """The account that a figure tells again: the one of its size, or the only one near it where nothing before has that size."""
        if things not in self.accounts:
            self.accounts[things] = [account for account in self._all.values() if account.thing in things]
        told = self.accounts[things]
        if len(told) > _MOST:
            return None
        told = [account for account in told if account.quantity.measure == quantity.measure]
        same = next((account for account in told if account.quantity.value == quantity.value), None)
        if same is not None:
            return same
        if self.sizes[quantity.value, quantity.measure] < quantity.order:
            return None
        near = [account for account in told if _are_near(account.quantity.value, quantity.value)]
        return near[0] if len(near) == 1 else None


def _are_near(told: Decimal, again: Decimal) -> bool:
    return abs(told - again) <= _NEAR or abs(told - again) * _APART <= told
