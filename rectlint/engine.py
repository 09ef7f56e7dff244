"""Document and rules to findings and ledger: runs the kinds, gives each contradiction its rule's code and words.

In: a `Source` and rules.  Out: a `FileResult`.  No input or output happens here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any, cast

from rectlint.claims import Claims
from rectlint.document import Document, parse
from rectlint.errors import RuleError
from rectlint.kinds import load_kind
from rectlint.kinds.base import Outcome
from rectlint.report import Comparison, FileResult, Finding, Place, Words
from rectlint.ruleset import Rule
from rectlint.source import Source, Span
from rectlint.wording import LABELS, OF_INSPECTION, REASONS

_FAR = 2000
"""How many code points of an endless sentence a fingerprint rests on."""

_CARRIES = {"stale-plan": "open-work"}
"""Ways in which a place can be contradicted, each with the more general one that it carries."""

_SEVERITY_ORDER = {"error": 0, "warning": 1, "info": 2}


def check_source(source: Source, rules: Sequence[Rule], *, ledger: bool = True) -> FileResult:
    """Check one text with ``rules``; a rule that fails or runs out of time is a `RuleError`.

    Without ``ledger`` the comparisons are only counted.
    """
    document = parse(source)
    claims = Claims(document)
    outcomes = _carried([pair for group in _groups(rules) for pair in _outcomes(claims, group)])
    findings = _ordered(_findings(document, outcomes))
    compared = _compared(outcomes)
    verdicts = Counter(outcome.verdict for _, outcome in compared)
    return FileResult(
        source.path,
        source.encoding,
        None,
        tuple(findings),
        tuple(_ledger(document, compared)) if ledger else (),
        source.text,
        notes=source.notes,
        tally=None if ledger else (verdicts["consistent"], verdicts["contradicted"], verdicts["unchecked"]),
        format=source.format,
    )


def _carried(outcomes: list[tuple[Rule, Outcome]]) -> list[tuple[Rule, Outcome]]:
    """One finding for one cause: a plan already past (拟于3月…) beside 已整改 is told once, with the state as evidence.

    Where one place is contradicted in a way of `_CARRIES` and in the way named there, the more particular finding stays and
    carries the other's evidence; the other becomes a comparison that was not made.
    """
    carriers = {
        index: outcome
        for index, (_, outcome) in enumerate(outcomes)
        if outcome.verdict == "contradicted" and outcome.defect in _CARRIES
    }
    if not carriers:
        return outcomes
    merged = list(outcomes)
    for index, (rule, outcome) in enumerate(outcomes):
        if outcome.verdict != "contradicted" or len(outcome.evidence) != 1:
            continue
        for carrier, particular in carriers.items():
            same = outcome.primary.contains(particular.primary) and outcome.defect == _CARRIES[particular.defect]
            if same:
                told = merged[carrier][1]
                merged[carrier] = (merged[carrier][0], told._replace(evidence=(*told.evidence, *outcome.evidence)))
                merged[index] = (rule, outcome._replace(verdict="unchecked", reason="told-elsewhere"))
                break
    return merged


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules that share a kind and its parameters, so that each comparison is made once.

    Two rules for one defect, such as a user's that extends a built-in one, go into groups of their own.
    """
    groups: dict[tuple[str, object, int], list[Rule]] = {}
    doubles: Counter[tuple[str, object, str]] = Counter()
    for rule in rules:
        double = doubles[rule.kind, rule.params, rule.defect]
        doubles[rule.kind, rule.params, rule.defect] += 1
        groups.setdefault((rule.kind, rule.params, double), []).append(rule)
    yield from groups.values()


def _outcomes(claims: Claims, rules: list[Rule]) -> Iterator[tuple[Rule, Outcome]]:
    kind = load_kind(rules[0].kind)
    by_defect = {rule.defect: rule for rule in rules}
    try:
        for outcome in kind.check(claims, rules[0].params):
            if not kind.on_damage and _touches_damage(claims, outcome):
                outcome = Outcome(
                    "unchecked", outcome.primary, outcome.evidence, defect=outcome.defect, reason="damaged"
                )
            rule = by_defect.get(outcome.defect)
            if rule is not None:
                yield rule, outcome
            elif outcome.verdict == "consistent" and not outcome.defect:
                yield rules[0], outcome
    except TimeoutError:
        raise RuleError(
            claims.document.source.path,
            f"规则 {rules[0].code}（{rules[0].name}）超时",
            f"rule {rules[0].code} ({rules[0].name}) ran out of time",
            "请缩短超长段落，或停用该规则",
            "shorten the overlong paragraph or ignore the rule",
        ) from None


def _touches_damage(claims: Claims, outcome: Outcome) -> bool:
    if not claims.damage or outcome.in_source:
        return False
    spans = [outcome.primary, *(evidence.span for evidence in outcome.evidence)]
    return any(damage.span.overlaps(span) for damage in claims.damage for span in spans)


def _findings(document: Document, outcomes: Iterable[tuple[Rule, Outcome]]) -> Iterator[Finding]:
    seen: set[tuple[str, Span]] = set()
    prints: Counter[str] = Counter()
    contexts: dict[Span, Place] = {}
    hashes: dict[tuple[str, str, Span], Any] = {}
    sort = ""
    for rule, outcome in outcomes:
        key = (rule.code, outcome.primary)
        if outcome.verdict != "contradicted" or key in seen:
            continue
        seen.add(key)
        source = document.source
        sort = sort or _own_sort(document)
        start = outcome.primary.start
        context = document.sentence_at(document.view.from_source(start) if outcome.in_source else start)
        if context not in contexts:
            contexts[context] = source.place(document.source_span(_trimmed(document, context)))
        print_ = _fingerprint(document, rule, outcome, context, hashes)
        prints[print_] += 1
        yield Finding(
            path=source.path,
            rule=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=_message(rule, outcome.values, sort),
            advice=rule.advice,
            place=source.place(_source_span(document, outcome, outcome.primary)),
            evidence=tuple(_evidence(document, outcome, sort)),
            derivation=outcome.derivation,
            expected=outcome.expected,
            actual=outcome.actual,
            context=contexts[context],
            fingerprint=print_ if prints[print_] == 1 else f"{print_}-{prints[print_]}",
        )


def _own_sort(document: Document) -> str:
    """巡视 or 巡察, whichever the text is about."""
    return max("巡察", "巡视", key=document.text.count)


def _own_words(words: str, sort: str) -> str:
    """Our own words (巡察时间) with the text's word for its inspection; what quotes the text stays as it is."""
    return words.replace("巡察", sort) if words in OF_INSPECTION else words


def _message(rule: Rule, values: Mapping[str, str | Words], sort: str) -> Words:
    zh = {name: _own_words(value.zh, sort) if isinstance(value, Words) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Words) else value for name, value in values.items()}
    return Words(rule.message.zh.format_map(zh), rule.message.en.format_map(en))


def _evidence(document: Document, outcome: Outcome, sort: str) -> Iterator[Place]:
    for evidence in outcome.evidence:
        label = LABELS[evidence.label]
        yield document.source.place(
            _source_span(document, outcome, evidence.span), Words(_own_words(label.zh, sort), label.en)
        )


def _source_span(document: Document, outcome: Outcome, span: Span) -> Span:
    return span if outcome.in_source else document.source_span(span)


def _trimmed(document: Document, span: Span) -> Span:
    words = document.words(span)
    return Span(span.start + len(words) - len(words.lstrip()), span.end)


def _fingerprint(
    document: Document, rule: Rule, outcome: Outcome, context: Span, hashes: dict[tuple[str, str, Span], Any]
) -> str:
    """A hash of the rule's name and the compared words in the view: no positions, no layout, no encoding.

    ``hashes`` keeps what findings of one sentence have in common, so that an endless one is not read for each of them.
    """
    text = document.source.text if outcome.in_source else document.text
    if len(context) > _FAR:
        context = Span(context.start, context.start + _FAR)
    key = (rule.name, outcome.derivation, context)
    if key not in hashes:
        hashes[key] = _sha256()(_bytes((rule.name, outcome.derivation, document.words(context))))
    fingerprint = hashes[key].copy()
    for span in (outcome.primary, *(evidence.span for evidence in outcome.evidence)):
        fingerprint.update(_bytes(("", text[span.start : span.end])))
    return str(fingerprint.hexdigest()[:16])


@cache
def _sha256() -> Callable[[bytes], Any]:
    """SHA-256 from the lean module behind `hashlib` where there is one, as `random` takes it: `hashlib` loads OpenSSL, which
    takes longer than reading a bulletin."""
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            return cast(Callable[[bytes], Any], import_module(name).sha256)
    return cast(Callable[[bytes], Any], import_module("hashlib").sha256)


def _bytes(words: Iterable[str]) -> bytes:
    return "\x1f".join(words).encode("utf-8", "surrogatepass")


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(
        findings, key=lambda f: (f.place.start.offset, _SEVERITY_ORDER[f.severity], f.rule, f.place.end.offset)
    )


def _compared(outcomes: Iterable[tuple[Rule, Outcome]]) -> list[tuple[Rule, Outcome]]:
    """The outcomes without those that tell a comparison again, as rules that share a kind do."""
    first: dict[tuple[object, ...], tuple[Rule, Outcome]] = {}
    for rule, outcome in outcomes:
        spans = tuple(evidence.span for evidence in outcome.evidence)
        first.setdefault((rule.kind, outcome.verdict, outcome.primary, spans, outcome.derivation), (rule, outcome))
    return list(first.values())


def _ledger(document: Document, compared: Iterable[tuple[Rule, Outcome]]) -> list[Comparison]:
    sort = _own_sort(document)
    ledger = [
        Comparison(
            path=document.source.path,
            rule=rule.code,
            name=rule.name,
            verdict=outcome.verdict,
            derivation=outcome.derivation,
            reason=REASONS[outcome.reason],
            places=(
                document.source.place(_source_span(document, outcome, outcome.primary)),
                *_evidence(document, outcome, sort),
            ),
        )
        for rule, outcome in compared
    ]
    return sorted(ledger, key=lambda comparison: (comparison.places[0].start.offset, comparison.rule))
