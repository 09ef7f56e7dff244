"""What a check kind is: claims and parameters in, outcomes out.

A kind compares claims and yields an `Outcome` for each comparison, whether the two sides agree, contradict each other or
cannot be compared.  It knows nothing of rule codes, wording or severity: a rule file names a kind and one of its
*defects* and supplies those.

>>> Outcome("consistent", Span(0, 2), derivation="5 + 2 = 7").verdict
'consistent'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from rectlint.claims import Claims
from rectlint.records import NamedTuple
from rectlint.report import Verdict, Words
from rectlint.source import Span


class Evidence(NamedTuple):
    """A place a comparison rests on; ``label`` is a key of `rectlint.wording.LABELS`."""

    span: Span
    label: str


class Outcome(NamedTuple):
    """One comparison.  Spans count in the view, or with ``in_source`` in the text as decoded (for marks that the view
    leaves out).

    ``defect`` says in which of the kind's ways the sides disagree (and so which rule reports it); a consistent or
    unchecked outcome may name the defect it would have been.  ``values`` fill the fields of the rule's message;
    ``reason`` is a key of `rectlint.wording.REASONS` for unchecked outcomes.
    """

    verdict: Verdict
    primary: Span
    evidence: tuple[Evidence, ...] = ()
    derivation: str = ""
    expected: str = ""
    actual: str = ""
    defect: str = ""
    values: Mapping[str, str | Words] = MappingProxyType({})
    reason: str = ""
    in_source: bool = False


class NoParams(NamedTuple):
    """The parameter type of a kind that has none."""


class Kind(NamedTuple):
    """A check kind: its name, its parameter type, and for each defect the message fields it fills.

    ``params`` is a `NamedTuple` whose fields all have defaults; ``check`` is called once for each distinct set of
    parameters.  ``on_damage`` kinds look at damaged text themselves; for all others, outcomes that touch damage become
    unchecked.  ``needs`` names the parameter without which the kind has nothing to check.
    """

    name: str
    params: type[Any]
    defects: Mapping[str, tuple[str, ...]]
    check: Callable[[Claims, Any], Iterable[Outcome]]
    on_damage: bool = False
    needs: str = ""
