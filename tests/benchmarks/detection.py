"""How far the linter can be trusted: recall by rule, false alarms on clean texts, rewrites, traps.

In: a number of generated bulletins and of mutations each. Out: a table on standard output.

    python -m tests.benchmarks.detection --bulletins 200 --mutations 20 --seed 1 --show-misses 10

planted    contradictions planted of this rule
noticed    a new finding at the place, or of the right rule
right      a new finding of the right rule
placed     of those, the finding or its evidence covers the place
alarms     errors and warnings of this rule on clean texts
precision  right findings among right findings and false alarms
ledger     comparisons of this rule that the report lists as made, among those the generator knows of
"""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

import rectlint
from rectlint.ruleset import Rule, load_rules, with_params
from tests.generator import RULES, Comparison, Mutation, Setting, Span, family_of, generate, mutations, rewrites
from tests.generator.rewrites import rewrites_of_text

TRAPS = Path(__file__).parent.parent / "traps"
ALARMING = ("error", "warning")
WHOLE_KINDS = ("sum", "headline", "shares", "rate", "headline rate", "growth")
COUNTED = (
    "planted",
    "noticed",
    "right",
    "placed",
    "side_alarms",
    "comparisons",
    "listed",
    "rewrites",
    "unchanged",
    "infos",
)


@dataclass(frozen=True)
class Seen:
    """What the linter said at one place: plain data, which other processes can send."""

    rule: str
    severity: str
    text: str
    start: int
    end: int
    evidence: tuple[tuple[int, int], ...]
    message: str

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when a text changes its form."""
        return self.rule, folded(self.text)

    def covers(self, places: Iterable[Span]) -> bool:
        """Whether the finding or its evidence overlaps one of the places."""
        ranges = [Span(self.start, self.end), *(Span(start, end) for start, end in self.evidence)]
        return any(mine.overlaps(place) for mine in ranges for place in places)


@dataclass(frozen=True)
class Miss:
    """A planted contradiction that was not reported as such."""

    seed: int
    mutation: Mutation
    noticed: bool
    instead: tuple[Seen, ...]


@dataclass(frozen=True)
class Alarm:
    """A finding on a text that is consistent."""

    seed: int
    layout: str
    seen: Seen
    context: str


@dataclass(frozen=True)
class Change:
    """A rewrite that changed the findings."""

    seed: int
    name: str
    lost: tuple[tuple[str, str], ...]
    gained: tuple[tuple[str, str], ...]


@dataclass
class Tally:
    """Counts over many texts, which add up."""

    texts: int = 0
    characters: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)
    side_alarms: Counter[str] = field(default_factory=Counter)
    comparisons: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    rewrites: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    infos: Counter[str] = field(default_factory=Counter)
    alarms: list[Alarm] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unlisted: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.texts += other.texts
        self.characters += other.characters
        for name in COUNTED:
            getattr(self, name).update(getattr(other, name))
        for name in ("alarms", "misses", "changes", "unlisted"):
            getattr(self, name).extend(getattr(other, name))

    @property
    def alarm_rate(self) -> float:
        """Errors and warnings per 10,000 characters of clean text."""
        return len(self.alarms) * 10_000 / self.characters if self.characters else 0.0

    def recall(self, counts: Counter[str], prefix: str) -> float:
        """The share of planted contradictions of a rule or family that is in these counts."""
        planted = sum(number for rule, number in self.planted.items() if rule.startswith(prefix))
        return sum(number for rule, number in counts.items() if rule.startswith(prefix)) / planted if planted else 1.0


@dataclass(frozen=True)
class Trap:
    """A consistent passage that looks wrong."""

    file: str
    name: str
    why: str
    text: str


def folded(text: str) -> str:
    """A text without width and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95% Wilson interval of a share."""
    if total == 0:
        return 0.0, 1.0
    z = 1.96
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def seen_in(report: Any) -> list[Seen]:
    """The findings of a report as plain data."""
    return [
        Seen(
            rule=finding.rule,
            severity=str(getattr(finding.severity, "value", finding.severity)),
            text=finding.place.text,
            start=finding.place.start.offset,
            end=finding.place.end.offset,
            evidence=tuple((place.start.offset, place.end.offset) for place in finding.evidence),
            message=finding.message.zh,
        )
        for finding in report.findings
    ]


def seen_in_text(text: str, settings: Sequence[Setting] = ()) -> list[Seen]:
    """The findings on a text, checked as a local office has set it."""
    return seen_in(rectlint.check_text(text, rules=rules_for(tuple(settings))))


@cache
def stable_rules() -> tuple[Rule, ...]:
    """The rules that are on by default."""
    return tuple(rule for rule in load_rules() if rule.status == "stable")


def rules_for(settings: Sequence[Setting]) -> tuple[Rule, ...]:
    """The rules with what a local office asks for; without settings those of rules that wait for one are silent."""
    changes = {rule: {name: value} for rule, name, value in settings}
    return tuple(
        with_params(rule, changes[rule.name], rule.path) if rule.name in changes else rule for rule in stable_rules()
    )


def new_findings(before: Sequence[Seen], after: Sequence[Seen]) -> list[Seen]:
    """The findings that were not there before (as often as they were there)."""
    left = Counter(seen.key for seen in before)
    result = []
    for seen in after:
        if left[seen.key] > 0:
            left[seen.key] -= 1
        else:
            result.append(seen)
    return result


def context(text: str, start: int, end: int, width: int = 60) -> str:
    """The text round a place, the place in brackets."""
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return f"{before}⟦{text[start:end]}⟧{after}".replace("\n", "⏎")


def is_listed(comparison: Comparison, made: Sequence[tuple[str, tuple[Span, ...]]]) -> bool:
    """Whether the report lists a comparison of this family that touches the same sides.

    The first side must be touched, and of a sum all sides; else one other side is enough.
    """
    wanted = len(comparison.sides) if comparison.kind in WHOLE_KINDS else min(2, len(comparison.sides))
    for rule, places in made:
        if rule[:3] != comparison.rule[:3]:
            continue
        touched = [any(side.overlaps(place) for place in places) for side in comparison.sides]
        if touched[0] and sum(touched) >= wanted:
            return True
    return False


def measure_bulletin(seed: int, mutation_limit: int, *, with_rewrites: bool) -> Tally:
    """Everything about one bulletin."""
    tally = Tally()
    bulletin = generate(seed)
    rules = rules_for(bulletin.settings)
    report = rectlint.check_text(bulletin.text, rules=rules)
    clean = seen_in(report)
    tally.texts, tally.characters = 1, len(bulletin.text)
    for seen in clean:
        if seen.severity in ALARMING:
            tally.alarms.append(Alarm(seed, bulletin.layout, seen, context(bulletin.text, seen.start, seen.end)))
        else:
            tally.infos[seen.rule] += 1
    made = [
        (comparison.rule, tuple(Span(place.start.offset, place.end.offset) for place in comparison.places))
        for comparison in report.comparisons
        if str(getattr(comparison.verdict, "value", comparison.verdict)) != "unchecked"
    ]
    for comparison in bulletin.truth:
        tally.comparisons[comparison.rule] += 1
        if is_listed(comparison, made):
            tally.listed[comparison.rule] += 1
        else:
            first = comparison.sides[0]
            shown = context(bulletin.text, first.start, first.end, 40)
            tally.unlisted.append((seed, comparison.rule, shown))
    source = Random(f"draw {seed}")
    drawn = list(mutations(bulletin, seed))
    source.shuffle(drawn)
    for mutation in drawn[:mutation_limit]:
        measure_mutation(tally, seed, clean, mutation)
    if with_rewrites:
        for rewrite in rewrites(bulletin):
            measure_rewrite(
                tally, seed, rewrite.name, clean, bulletin.text, rewrite.text, rewrite.data, rewrite.same_words, rules
            )
        for mutation in drawn[:2]:
            before = seen_in_text(mutation.text, mutation.settings)
            for rewrite in rewrites_of_text(mutation.text):
                name = f"{rewrite.name}, of a mutation"
                measure_rewrite(
                    tally, seed, name, before, mutation.text, rewrite.text, rewrite.data, rewrite.same_words, rules
                )
    return tally


def measure_mutation(tally: Tally, seed: int, clean: Sequence[Seen], mutation: Mutation) -> None:
    """Whether one planted contradiction was noticed, by the right rule, at the right place."""
    new = new_findings(clean, seen_in_text(mutation.text, mutation.settings))
    right = [seen for seen in new if seen.rule in mutation.right]
    at_place = [seen for seen in new if seen.covers(mutation.places)]
    tally.planted[mutation.rule] += 1
    if right or at_place:
        tally.noticed[mutation.rule] += 1
    if right:
        tally.right[mutation.rule] += 1
    if any(seen.covers(mutation.places) for seen in right):
        tally.placed[mutation.rule] += 1
    if not right:
        tally.misses.append(Miss(seed, mutation, bool(at_place), tuple(new[:4])))
    for seen in new:
        if seen.severity in ALARMING and seen not in right and seen not in at_place:
            tally.side_alarms[seen.rule] += 1


def measure_rewrite(
    tally: Tally,
    seed: int,
    name: str,
    before: Sequence[Seen],
    original: str,
    text: str,
    data: bytes | None,
    same_words: bool,
    rules: Sequence[Rule],
) -> None:
    """Whether a rewrite left the findings as they were."""
    if data is None:
        after = seen_in(rectlint.check_text(text, rules=rules))
    else:
        after = seen_in(rectlint.check_bytes(data, "bulletin.txt", rules=rules))
    tally.rewrites[name] += 1
    old = Counter(seen.key if same_words else (seen.rule, "") for seen in before)
    new = Counter(seen.key if same_words else (seen.rule, "") for seen in after)
    if old == new:
        tally.unchanged[name] += 1
    else:
        tally.changes.append(Change(seed, name, tuple((old - new).elements()), tuple((new - old).elements())))


def load_traps() -> list[Trap]:
    """All traps of the folder."""
    result = []
    for path in sorted(TRAPS.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["trap"]:
            result.append(Trap(path.stem, entry["name"], entry["why"], entry["text"]))
    return result


def sprung(trap: Trap) -> list[Seen]:
    """The errors and warnings on a trap."""
    return [seen for seen in seen_in_text(trap.text) if seen.severity in ALARMING]


def job(task: tuple[int, int, bool]) -> Tally:
    """One bulletin, for a pool of processes."""
    seed, mutation_limit, with_rewrites = task
    return measure_bulletin(seed, mutation_limit, with_rewrites=with_rewrites)


def measure(bulletins: int, mutation_limit: int, seed: int, rewritten: int, jobs: int) -> Tally:
    """Everything about so many bulletins; the first `rewritten` of them also in all their rewrites."""
    tasks = [(seed * 100_000 + index, mutation_limit, index < rewritten) for index in range(bulletins)]
    tally = Tally()
    if jobs == 1:
        for task in tasks:
            tally.add(job(task))
        return tally
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        for part in pool.map(job, tasks, chunksize=4):
            tally.add(part)
    return tally


def share(hits: int, total: int) -> str:
    """A share with its interval."""
    if total == 0:
        return "      –           "
    low, high = wilson(hits, total)
    return f"{hits / total:6.1%} [{low:4.0%},{high:5.0%}]"


def table(tally: Tally) -> str:
    """The table by family and rule."""
    alarms = Counter(alarm.seen.rule for alarm in tally.alarms)
    lines = [
        f"{'rule':<8}{'name':<34}{'planted':>8} {'noticed':<21}{'right':<21}{'placed':<21}{'alarms':>7}{'/10k':>7}"
        f" {'precision':>10}  {'ledger':<20}"
    ]
    rules = sorted(set(RULES) | set(alarms), key=lambda rule: (list(RULES).index(rule) if rule in RULES else 999, rule))
    families = list(dict.fromkeys(rule[:3] for rule in rules))
    for family in families:
        members = [rule for rule in rules if rule[:3] == family]
        name = family_of(members[0]) if members[0] in RULES else "other"
        lines.append(row(tally, alarms, family, name.upper(), members))
        lines.extend(row(tally, alarms, rule, RULES.get(rule, "(not in the table)"), [rule]) for rule in members)
    lines.append(row(tally, alarms, "ALL", "", rules))
    return "\n".join(lines)


def row(tally: Tally, alarms: Counter[str], code: str, name: str, rules: Sequence[str]) -> str:
    """One line of the table."""
    planted, noticed, right, placed, alarming, known, listed = (
        sum(counts[rule] for rule in rules)
        for counts in (
            tally.planted,
            tally.noticed,
            tally.right,
            tally.placed,
            alarms,
            tally.comparisons,
            tally.listed,
        )
    )
    precision = f"{right / (right + alarming):.1%}" if right + alarming else "–"
    rate = alarming * 10_000 / tally.characters if tally.characters else 0.0
    return (
        f"{code:<8}{name:<34}{planted:>8} {share(noticed, planted):<21}{share(right, planted):<21}"
        f"{share(placed, right):<21}"
        f"{alarming:>7}{rate:>7.2f} {precision:>10}  {share(listed, known):<20}"
    )


def show_misses(tally: Tally, limit: int) -> str:
    """The misses of the rules with the lowest recall first, a few of each."""
    by_rule: dict[str, list[Miss]] = {}
    for miss in tally.misses:
        by_rule.setdefault(miss.mutation.rule, []).append(miss)
    lines = []
    for rule, misses in sorted(by_rule.items(), key=lambda item: -len(item[1]) / tally.planted[item[0]]):
        lines.append(f"\n{rule} {RULES[rule]}: {len(misses)} of {tally.planted[rule]} missed")
        kinds = Counter(miss.mutation.kind for miss in misses)
        lines.append("  kinds: " + ", ".join(f"{kind or '-'} {count}" for kind, count in kinds.most_common(8)))
        for miss in misses[:limit]:
            first = miss.mutation.places[0]
            lines.append(f"  [{miss.seed}] {miss.mutation.kind}: {miss.mutation.old!r} → {miss.mutation.new!r}")
            lines.append(f"      {context(miss.mutation.text, first.start, first.end)}")
            for seen in miss.instead:
                lines.append(f"      instead {seen.rule} {seen.severity} {seen.text[:30]!r}: {seen.message}")
    return "\n".join(lines)


def show_alarms(tally: Tally, limit: int) -> str:
    """The false alarms, the commonest rules first, a few of each."""
    by_rule: dict[str, list[Alarm]] = {}
    for alarm in tally.alarms:
        by_rule.setdefault(alarm.seen.rule, []).append(alarm)
    lines = []
    for rule, alarms in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        lines.append(f"\n{rule} {RULES.get(rule, '')}: {len(alarms)} false alarms")
        for alarm in alarms[:limit]:
            lines.append(f"  [{alarm.seed} {alarm.layout}] {alarm.seen.severity}: {alarm.seen.message}")
            lines.append(f"      {alarm.context}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--bulletins", type=int, default=100)
    parser.add_argument("--mutations", type=int, default=60, help="at most so many a bulletin, one a rule")
    parser.add_argument(
        "--rewritten", type=int, default=20, help="so many bulletins are also checked in all their rewrites"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show-misses", type=int, default=3, metavar="K", help="so many misses and false alarms a rule"
    )
    parser.add_argument(
        "--show-unlisted", type=int, default=0, metavar="K", help="so many comparisons a rule that the ledger lacks"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    tally = measure(options.bulletins, options.mutations, options.seed, options.rewritten, options.jobs)
    out = sys.stdout.write
    out(table(tally) + "\n\n")
    out(
        f"clean texts       {tally.texts}, {tally.characters:,} characters; "
        f"{sum(tally.planted.values())} contradictions planted\n"
    )
    out(f"false alarms      {len(tally.alarms)} errors and warnings: {tally.alarm_rate:.3f} per 10,000 characters\n")
    out(f"infos             {dict(tally.infos)}\n")
    out(
        f"side alarms       {dict(tally.side_alarms)} "
        "(errors and warnings elsewhere in texts with a planted contradiction)\n"
    )
    total, same = sum(tally.rewrites.values()), sum(tally.unchanged.values())
    out(f"rewrites          {share(same, total)} of {total} unchanged\n")
    for name in tally.rewrites:
        if tally.unchanged[name] < tally.rewrites[name]:
            out(f"    {name}: {tally.unchanged[name]} of {tally.rewrites[name]}\n")
    traps = load_traps()
    failed = [(trap, found) for trap in traps if (found := sprung(trap))]
    out(f"traps             {share(len(traps) - len(failed), len(traps))} of {len(traps)} silent\n")
    if options.show_misses:
        out(show_alarms(tally, options.show_misses) + "\n")
        out(show_misses(tally, options.show_misses) + "\n")
        for change in tally.changes[: options.show_misses * 4]:
            out(f"rewrite [{change.seed}] {change.name}: lost {change.lost[:3]}, gained {change.gained[:3]}\n")
        for trap, found in failed:
            out(f"\ntrap {trap.file}/{trap.name} ({trap.why})\n")
            for seen in found:
                out(f"    {seen.rule} {seen.severity}: {seen.message}\n")
                out(f"      {context(trap.text, seen.start, seen.end)}\n")
    if options.show_unlisted:
        shown: Counter[str] = Counter()
        for seed, rule, text in tally.unlisted:
            shown[rule] += 1
            if shown[rule] <= options.show_unlisted:
                out(f"unlisted {rule} [{seed}] {text}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
