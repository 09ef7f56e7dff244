"""A table of problems against the text: how many rows are in which state, of which office, due when.

What the text tells of a table is told of all rows or of none: a row of counts is compared where most of them are those of a
column, a tally where its total is the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rectlint.claims import Claims
from rectlint.claims.quantities import Quantity, within
from rectlint.claims.registers import Register
from rectlint.claims.statuses import State
from rectlint.claims.tables import Field
from rectlint.claims.tallies import Tally
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern

_UNITS = frozenset(("个", "项", "条", "件"))
_JOINTS = Pattern(r"[、和及与]")
_SHARED = Pattern(r"(?:分别|均|都)?(?:各|有|为|共|是)*$")
_STATES: tuple[State, ...] = ("done", "basic", "staged", "open")
_SHOWN, _BESIDE, _LONG = 8, 2, 8


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each register against the tallies of as many, against what is said to be all done, and against rows of counts."""
    for register in claims.registers:
        if register.states:
            tallies = [tally for tally in claims.tallies if tally.partition.total.value == register.size]
            tallies = [tally for tally in tallies if not register.grid.span.contains(tally.partition.total.span)]
            tallies = [tally for tally in tallies if _is_of_register(claims, register, tally)]
            for tally in tallies:
                yield _tally(register, tally)
            if not tallies:
                yield from _all_done(claims, register)
        for label, values in register.columns.items():
            for counts in _rows_of_counts(claims, register, values):
                yield from _counts(register, label, counts)


def _is_of_register(claims: Claims, register: Register, tally: Tally) -> bool:
    """Whether a tally of as many as the table has rows is of the table: told beside it, or of all problems of a long list."""
    document, place = claims.document, tally.partition.total.span
    here = document.paragraph_at(place.start).order
    first = document.paragraph_at(register.grid.span.start).order
    last = document.paragraph_at(register.grid.span.end - 1).order
    return first - _BESIDE <= here <= last + _BESIDE or (tally.main and register.size >= _LONG)


def _tally(register: Register, tally: Tally) -> Outcome:
    """已完成15项、基本完成2项、正在整改3项 against the rows; a state the text does not tell may be counted with any other."""
    told = dict(tally.parts)
    loose = sum(len(cells) for state, cells in register.states.items() if state not in told)
    for state in _STATES:
        part, cells = told.get(state), register.states.get(state, ())
        if part is not None and part.exact and not len(cells) <= part.value <= len(cells) + loose:
            return _outcome(part, cells, register.label, _words(cells, part), agrees=False)
    state, part = tally.parts[0]
    return _outcome(part, register.states.get(state, ()), register.label, "", agrees=True)


def _words(cells: Sequence[Field], part: Quantity) -> str:
    return cells[0].text if cells else part.before


def _all_done(claims: Claims, register: Register) -> Iterator[Outcome]:
    """3个问题已全部完成整改 above a row that is not."""
    for claim in claims.all_done:
        open_ = register.states.get("open", ())
        if claim.aside or claim.number not in (None, register.size) or not (claim.number or claim.fed_back):
            continue
        words = claims.document.words(claim.span)
        yield Outcome(
            "contradicted" if open_ else "consistent",
            claim.span,
            tuple(Evidence(cell.span, "status") for cell in open_[:_SHOWN]),
            derivation=f"{words} {'≠' if open_ else '='} {open_[0].text if open_ else '0'}",
            expected=words,
            actual=open_[0].text if open_ else words,
            defect="rows",
            values={
                "label": register.label,
                "value": open_[0].text if open_ else "",
                "count": str(len(open_)),
                "told": words,
            },
        )


def _rows_of_counts(
    claims: Claims, register: Register, values: Mapping[str, Sequence[Field]]
) -> Iterator[list[tuple[Quantity, str, Sequence[Field]]]]:
    """The sentences that count by a column: 财务处4项，办公室、人事处各3项; 2024年6月底5项、9月底6项."""
    document = claims.document
    for sentence in document.sentences:
        if register.grid.span.overlaps(sentence) or not any(
            document.text.find(value, sentence.start, sentence.end) >= 0 for value in values
        ):
            continue
        found: list[tuple[Quantity, str, Sequence[Field]]] = []
        last, start = "", sentence.start
        for quantity in within(claims.quantities, sentence.start, sentence.end):
            if quantity.unit not in _UNITS or not quantity.exact:
                continue
            names = document.text[start : quantity.span.start]
            start = quantity.span.end
            names = names[max(names.rfind(mark) for mark in "，；：。") + 1 :]
            for name in _JOINTS.compiled.split(_SHARED.compiled.sub("", names)):
                value = _value_of(name, last, values)
                if value:
                    found.append((quantity, value, values[value]))
                    last = value
        if len(found) >= 2 and len({value for _, value, _ in found}) == len(found):
            yield found


def _value_of(name: str, last: str, values: Mapping[str, Sequence[Field]]) -> str:
    """The value of a column that a name means; 9月底 is that of the year told last."""
    if name in values:
        return name
    ending = [value for value in values if len(name) > 2 and value.endswith(name)]
    same_year = [value for value in ending if value[:4] == last[:4]]
    return (same_year or ending or [""])[0]


def _counts(
    register: Register, label: str, counts: Sequence[tuple[Quantity, str, Sequence[Field]]]
) -> Iterator[Outcome]:
    wrong = [entry for entry in counts if entry[0].value != len(entry[2])]
    told = sum(int(quantity.value) for quantity, _, _ in counts)
    if len(wrong) > 2 or len(counts) - len(wrong) < 2 or abs(told - register.size) > 2:
        return
    for quantity, value, cells in wrong or counts[:1]:
        yield _outcome(quantity, cells, label, value, agrees=not wrong)


def _outcome(quantity: Quantity, cells: Sequence[Field], label: str, value: str, *, agrees: bool) -> Outcome:
    count = len(cells)
    return Outcome(
        "consistent" if agrees else "contradicted",
        quantity.span,
        tuple(Evidence(cell.span, "status") for cell in cells[:_SHOWN]),
        derivation=f"{count} {'=' if agrees else '≠'} {quantity.text}",
        expected=quantity.text,
        actual=str(count),
        defect="rows",
        values={"label": label, "value": value, "count": str(count), "told": quantity.text},
    )


KIND = Kind("register", NoParams, {"rows": ("label", "value", "count", "told")}, check)
