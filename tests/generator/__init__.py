"""Random but realistic rectification bulletins with known truth.

In: a seed. Out: a bulletin that is consistent by construction, with the list of the comparisons a reader can make in it
and the contradictions that can be planted in it, one at a time.

>>> from tests.generator import generate, mutations
>>> bulletin = generate(7)
>>> planted = mutations(bulletin, 7)[0]

Nothing here shares a pattern, a word list or a line of code with the linter that is measured by it.
"""

from tests.generator.bulletin import generate
from tests.generator.model import Bulletin, Comparison, Damage, Mutation, Rewrite, Setting, Span
from tests.generator.mutator import RULES, family_of, mutations
from tests.generator.rewrites import rewrites

__all__ = [
    "RULES",
    "Bulletin",
    "Comparison",
    "Damage",
    "Mutation",
    "Rewrite",
    "Setting",
    "Span",
    "family_of",
    "generate",
    "mutations",
    "rewrites",
]
