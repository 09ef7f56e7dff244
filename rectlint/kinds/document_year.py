"""The year in a document number, 〔2024〕, against the day the document was issued and the day the text was given.

A document is numbered in the year it is issued (GB/T 9704-2012, 7.2.5: organ code, year, serial number); one numbered
in December may be published in the first weeks of the next year.  A number of a year to come is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.citations import Issue, Number
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.wording import LABELS

_PLAN = Pattern(r"文件?，?印发了?《[^》]{0,24}整改[^》]{0,8}方案》")


class Params(NamedTuple):
    """``late_months``: a document may be issued in so many months of the year after that of its number;
    ``cutoff_months``, ``feedback_months``: a text without a date is given at most so many months after the day as of which it
    sums up, or after the feedback."""

    late_months: int = 3
    cutoff_months: int = 9
    feedback_months: int = 24


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Every document number that stands with a date of issue, and every number against the text's own date."""
    for citation in claims.citations:
        if citation.number is None or citation.listed:
            continue
        for issue in citation.dates:
            if issue.family in ("印发", "施行") and issue.date.year_source == "stated" and issue.date.known:
                yield _against_issue(citation.number, issue, params)
        yield from _against_text(claims, citation.number, params)
        behind = claims.document.text[citation.span.end : citation.span.end + 40]
        if ("整改" in citation.title and "方案" in citation.title) or _PLAN.match(behind) is not None:
            yield from _against_feedback(claims, citation.number)


def _against_issue(number: Number, issue: Issue, params: Params) -> Outcome:
    date = issue.date
    assert date.first is not None and date.last is not None
    evidence = (Evidence(date.span, "issue"),)
    too_early = date.last.year < number.year
    months_later = (date.first.year - number.year - 1) * 12 + date.first.month
    too_late = issue.family == "印发" and months_later > params.late_months
    derivation = f"〔{number.year}〕 … {date.first}"
    if not too_early and not too_late:
        return Outcome("consistent", number.span, evidence, derivation, defect="year")
    relation = Words("早于", "before") if too_early else Words("晚于", "after")
    what = Words(f"{issue.verb}时间", "its date")
    return _contradiction(number, evidence, f"{date.first.year} ≠ {number.year}", what, date.text, relation)


def _against_feedback(claims: Claims, number: Number) -> Iterator[Outcome]:
    """A plan of rectification cannot have a number of a year before the feedback that it answers."""
    feedback = claims.frame.sound_feedback
    if feedback is None or feedback.first is None or number.year >= feedback.first.year:
        return
    evidence = (Evidence(feedback.span, "feedback"),)
    derivation = f"{number.year} < {feedback.first.year}"
    yield _contradiction(number, evidence, derivation, LABELS["feedback"], feedback.text, Words("晚于", "after"))


def _against_text(claims: Claims, number: Number, params: Params) -> Iterator[Outcome]:
    given = claims.frame.given
    if claims.frame.signature is None and claims.frame.publication is None:
        yield from _against_steps(claims, number, params)
    if given is None or given.last is None or given.year_source != "stated":
        return
    label = "signature" if given is claims.frame.signature else "publication"
    evidence = (Evidence(given.span, label),)
    if number.year <= given.last.year:
        yield Outcome("consistent", number.span, evidence, f"〔{number.year}〕 ≤ {given.last.year}", defect="year")
        return
    derivation = f"{number.year} > {given.last.year}"
    yield _contradiction(number, evidence, derivation, LABELS[label], given.text, Words("早于", "before"))


def _against_steps(claims: Claims, number: Number, params: Params) -> Iterator[Outcome]:
    """In a text without a date, a number of a year that begins long after the cut-off or the feedback."""
    for date, label, months in (
        (claims.frame.sound_cutoff, "cutoff", params.cutoff_months),
        (claims.frame.sound_feedback, "feedback", params.feedback_months),
    ):
        if date is None or date.last is None or not date.trusted:
            continue
        if (number.year - date.last.year) * 12 - date.last.month + 1 <= months:
            continue
        evidence = (Evidence(date.span, label),)
        derivation = f"{number.year} > {date.last.year}"
        yield _contradiction(number, evidence, derivation, LABELS[label], date.text, Words("早于", "before"))
        return


def _contradiction(
    number: Number, evidence: tuple[Evidence, ...], derivation: str, what: Words, other: str, relation: Words
) -> Outcome:
    """A number whose year does not fit the date ``other`` of ``what``."""
    return Outcome(
        "contradicted",
        number.span,
        evidence,
        derivation,
        actual=str(number),
        defect="year",
        values={"number": str(number), "what": what, "other": other, "relation": relation},
    )


KIND = Kind("document-year", Params, {"year": ("number", "what", "other", "relation")}, check)
