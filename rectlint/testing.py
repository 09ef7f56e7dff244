"""Run the examples of rules: for the project's own tests and for everyone who writes a rule.

In: rules.  Out: one `Failure` for each example that does not hold.

* a ``bad`` example gives exactly the marked findings: each ``⟦…⟧`` is a finding's primary place, the ``⟦~…⟧`` together are
  all its evidence, and ``message`` (Chinese) is the first finding's message;
* a ``good`` example is silent under all given stable rules;
* an example with ``params`` is tried with these parameters;
* a ``limit`` is a known gap: it fails when it starts to work, so that it can be moved.

>>> split_marks("共⟦16件⟧，办结⟦~13件⟧。")
('共16件，办结13件。', (Span(start=1, end=4),), (Span(start=7, end=10),))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.engine import check_source
from rectlint.errors import RectlintError
from rectlint.records import NamedTuple
from rectlint.report import Finding
from rectlint.ruleset import Example, Rule, with_params
from rectlint.source import Source, Span


class Failure(NamedTuple):
    """An example that does not hold, with what was expected and what happened."""

    rule: str
    example: str
    problem: str


def split_marks(text: str) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The bare text, the primary spans and the evidence spans of a marked text."""
    bare: list[str] = []
    primary: list[Span] = []
    evidence: list[Span] = []
    length, start, is_evidence, index = 0, -1, False, 0
    while index < len(text):
        character = text[index]
        if character == "⟦":
            start = length
            is_evidence = text[index + 1 : index + 2] == "~"
            index += 1 if is_evidence else 0
        elif character == "⟧":
            (evidence if is_evidence else primary).append(Span(start, length))
        else:
            bare.append(character)
            length += 1
        index += 1
    return "".join(bare), tuple(primary), tuple(evidence)


def run_examples(rules: Sequence[Rule], every_rule: Sequence[Rule] | None = None) -> Iterator[Failure]:
    """Check all examples of ``rules``; good ones against the stable rules among ``every_rule`` (default: ``rules``)."""
    stable = [rule for rule in (every_rule or rules) if rule.status == "stable"]
    for rule in rules:
        sorts = [example.sort for example in rule.examples]
        for sort in ("bad", "good"):
            if sorts.count(sort) < 2:
                yield Failure(rule.name, f"[[{sort}]]", f"{sorts.count(sort)} 个，至少要 2 个")
        for example in rule.examples:
            try:
                yield from _run(rule, example, stable)
            except RectlintError as error:
                yield Failure(rule.name, example.name, str(error))


def _run(rule: Rule, example: Example, stable: Sequence[Rule]) -> Iterator[Failure]:
    if example.params:
        tried = with_params(rule, example.params, rule.path)
        stable, rule = [tried if other is rule else other for other in stable], tried
    text, primary, evidence = split_marks(example.text)
    if example.sort == "good":
        for finding in check_source(Source(text), [*stable, *([] if rule in stable else [rule])]).findings:
            yield Failure(rule.name, example.name, f"应无发现，却报 {describe(finding)}")
        return
    findings = check_source(Source(text), [rule]).findings
    holds = sorted(primary) == sorted(_span(finding) for finding in findings) and sorted(set(evidence)) == sorted(
        {Span(place.start.offset, place.end.offset) for finding in findings for place in finding.evidence}
    )
    found = "；".join(describe(finding) for finding in findings) or "没有发现"
    if example.sort == "limit":
        if holds and primary:
            yield Failure(rule.name, example.name, "这个局限已经解决，请移到 [[bad]]")
        return
    if not holds:
        yield Failure(rule.name, example.name, f"标注处与发现不符：{found}")
    elif example.message and findings[0].message.zh != example.message:
        yield Failure(rule.name, example.name, f"消息应为“{example.message}”，实为“{findings[0].message.zh}”")


def _span(finding: Finding) -> Span:
    return Span(finding.place.start.offset, finding.place.end.offset)


def describe(finding: Finding) -> str:
    """One line on a finding: code, words, evidence and message."""
    evidence = "、".join(place.text for place in finding.evidence)
    return f"{finding.rule}“{finding.place.text}”⟂“{evidence}”：{finding.message.zh}"
