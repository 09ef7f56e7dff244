"""Text to claims: everything in a bulletin that can be compared with something else in it.

In: a `Document`.  Out: a `Claims`, whose parts are extracted once, when first asked for.  One module a sort of claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rectlint.claims.dates import Dates
from rectlint.claims.damage import Damage, find_damage
from rectlint.claims.quantities import Quantity, find_quantities
from rectlint.document import Document


@dataclass(frozen=True)
class Claims:
    """The claims of one document.  All spans count in ``document.text``."""

    document: Document

    @cached_property
    def damage(self) -> tuple[Damage, ...]:
        """Unreadable places, which no comparison may depend on."""
        return tuple(find_damage(self.document))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every counted or measured amount, in text order."""
        return tuple(find_quantities(self.document))

    @cached_property
    def dates(self) -> Dates:
        """Every date and date range, in text order."""
        return Dates(self.document)
