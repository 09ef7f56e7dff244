"""Sentences with figures that a reader can check, and the ways to break each of them.

In: a random source, a scene, a phrase from the tables.
Out: the sentence written into the draft, with what it lets compare and what can be planted in it.

>>> draft = Draft()
>>> from tests.generator.names import scene_of
>>> write_total(draft, Random(3), scene_of(Random(3), "town"), PHRASES["totals"][0])
>>> draft.truth[0].rule
'TOT001'
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from tests.generator.model import Draft, Edit
from tests.generator.names import Scene
from tests.generator.numerals import commas, decimal, han, han_count, percent

Phrase = dict[str, Any]
TABLES = Path(__file__).parent / "tables"


def load(name: str) -> tuple[Phrase, ...]:
    """The phrases of one table."""
    return tuple(tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))["phrase"])


PHRASES: dict[str, tuple[Phrase, ...]] = {name: load(name) for name in ("totals", "rates", "lists")}


@dataclass(frozen=True)
class Figure:
    """A figure of a sentence: its value in the smallest unit, and how it is written."""

    value: int
    phrase: Phrase
    name: str

    def write(self, value: int | None = None) -> str:
        """The wording of this figure, or of another value in its place."""
        number = self.value if value is None else value
        if self.name in self.phrase.get("han", ()):
            return han_count(number)
        if "decimals" in self.phrase:
            return decimal(Fraction(number, 10 ** self.phrase["decimals"]), self.phrase["decimals"])
        return commas(number) if self.phrase.get("commas") else str(number)


def split(source: Random, total: int, count: int, *, small_last: bool = False) -> list[int]:
    """Cut a total into so many positive parts."""
    if small_last:
        tail = [source.randint(1, 3) for _ in range(count - 2)]
        second = source.randint(2, max(2, total // 5))
        return [total - second - sum(tail), second, *sorted(tail, reverse=True)]
    cuts = sorted(source.sample(range(1, total), count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def solve(source: Random, scene: Scene, phrase: Phrase) -> dict[str, int]:
    """Draw values that make every relation of a phrase true."""
    for _ in range(500):
        low, high = phrase.get("counts", (5, 60))
        values = {"T": getattr(scene, phrase["from_scene"]) if "from_scene" in phrase else source.randint(low, high)}
        try:
            for relation in phrase.get("sums", ()):
                whole, parts = parse_sum(relation)
                amounts = split(source, values[whole], len(parts), small_last=bool(phrase.get("small_last")))
                if any(amount < 1 for amount in amounts):
                    raise ValueError("a part is empty")
                values.update(zip(parts, amounts, strict=True))
            for relation in (*phrase.get("at_most", ()), *phrase.get("done", ())):
                part, whole = parse_pair(relation, "<=")
                share = (
                    source.uniform(0.1, 0.45) if relation in phrase.get("at_most", ()) else source.uniform(0.6, 0.97)
                )
                values[part] = max(1, min(values[whole] - 1, round(values[whole] * share)))
            for relation in phrase.get("all", ()):
                part, whole = parse_pair(relation, "=")
                values[part] = values[whole]
        except ValueError:
            continue
        return values
    raise ValueError(f"no values for {phrase['text']}")


def parse_sum(relation: str) -> tuple[str, list[str]]:
    """'T = a + b' as whole and parts."""
    whole, parts = relation.split(" = ")
    return whole, parts.split(" + ")


def parse_pair(relation: str, sign: str) -> tuple[str, str]:
    """'a <= T' as its two sides."""
    left, right = relation.split(f" {sign} ")
    return left, right


FEW = 20
"""Below this a list of kinds that misses its total may well have left one out."""


def rule_of_sum(phrase: Phrase, relation: str, whole: int) -> str:
    """The rule that says what the sentence warrants: an error, a doubt, or a question."""
    if phrase.get("persons"):
        return "TOT007"
    if relation in phrase.get("bare", ()):
        return "TOT010"
    if relation in phrase.get("kinds", ()):
        return "TOT009" if whole >= FEW else "TOT010"
    return "TOT001"


def rule_is_firm(phrase: Phrase, rule: str) -> bool:
    """Whether nothing may be left out of the list, so that a total that is larger contradicts it however far."""
    return rule in ("TOT001", "TOT007") and not phrase.get("may_lack")


RIGHT_INSTEAD = {
    "TOT001": ("TOT007", "TOT009"),
    "TOT007": ("TOT001", "TOT009"),
    "TOT009": ("TOT001", "TOT007"),
    "TOT010": ("TOT001", "TOT007", "TOT009"),
}


def nudge(source: Random, value: int, low: int, high: int, *, rounded: bool = False, most: int | None = None) -> int:
    """Another value within the bounds, near for small numbers; further off where rounding may explain the last digit, and
    no further than ``most`` where something may have been left out."""
    steps: tuple[int, ...] = (1, 1, 2, 3, 5) if value < 200 else (1, 2, 9, 10, 30, 100)
    if rounded:
        steps = (5, 9, 10, 30, 100)
    steps = tuple(step for step in steps if most is None or step <= most)
    choices = [value + sign * step for step in steps for sign in (1, -1) if low <= value + sign * step <= high]
    return source.choice(choices) if choices else value


def write_total(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """A total with its parts, the completion of a task, or the claim that all is done."""
    values = solve(source, scene, phrase)
    figures = {name: Figure(value, phrase, name) for name, value in values.items()}
    spans = draft.fill(phrase["text"], {name: figure.write() for name, figure in figures.items()} | scene.words)
    rounded = "decimals" in phrase
    for relation in phrase.get("sums", ()):
        whole, parts = parse_sum(relation)
        sum_rule = rule_of_sum(phrase, relation, values[whole])
        # a list that claims nothing, or may leave a sort unnamed, contradicts its total only where it lacks little of it
        loose = sum_rule == "TOT010"
        lack = values[whole] if rule_is_firm(phrase, sum_rule) else max(1, values[whole] // (10 if loose else 5))
        most = (min(lack, 2) if "unmarked" in phrase else lack) if loose else None
        draft.compare(sum_rule, [spans[whole], *(spans[part] for part in parts)], "sum")
        part = source.choice(parts)
        lowest = max(1, values[part] - lack)
        changed = nudge(source, values[part], lowest, values[whole] - 1, rounded=rounded, most=most)
        if changed != values[part]:
            draft.damage(
                sum_rule,
                [(spans[part], figures[part].write(changed))],
                places=[spans[whole], *(spans[name] for name in parts)],
                also=RIGHT_INSTEAD[sum_rule],
                kind="part changed",
            )
        if whole == "T" and len(phrase["sums"]) == 1 and "from_scene" not in phrase:
            lowest = max(values[name] for name in parts) + 1
            changed = nudge(source, values[whole], lowest, values[whole] + lack, rounded=rounded, most=most)
            if changed != values[whole]:
                draft.damage(
                    sum_rule,
                    [(spans[whole], figures[whole].write(changed))],
                    places=[spans[whole], *(spans[name] for name in parts)],
                    also=RIGHT_INSTEAD[sum_rule],
                    kind="total changed",
                )
        if whole == "T" and len(phrase["sums"]) == 1 and "from_scene" not in phrase and "han" not in phrase:
            step = source.randint(1, 6)
            draft.harmless.append(
                (
                    Edit(spans[whole], figures[whole].write(values[whole] + step)),
                    Edit(spans[part], figures[part].write(values[part] + step)),
                )
            )
    for relation in phrase.get("at_most", ()):
        part, whole = parse_pair(relation, "<=")
        draft.compare("TOT002", [spans[whole], spans[part]], "subset")
        too_many = values[whole] + source.choice((1, 2, 4, 7))
        draft.damage(
            "TOT002",
            [(spans[part], figures[part].write(too_many))],
            places=[spans[part], spans[whole]],
            also=["TOT003"],
            kind="subset larger than its whole",
        )
    for relation in phrase.get("done", ()):
        part, whole = parse_pair(relation, "<=")
        draft.compare("TOT003", [spans[whole], spans[part]], "done")
        too_many = values[whole] + source.choice((1, 2, 3, 6))
        draft.damage(
            "TOT003",
            [(spans[part], figures[part].write(too_many))],
            places=[spans[part], spans[whole]],
            also=["TOT002"],
            kind="more done than there was to do",
        )
    for relation in phrase.get("all", ()):
        part, whole = parse_pair(relation, "=")
        draft.compare("TOT008", [spans[whole], spans[part]], "all done")
        draft.damage(
            "TOT008",
            [(spans[part], figures[part].write(max(1, values[part] - source.choice((1, 1, 2, 3)))))],
            places=[spans[part], spans[whole]],
            kind="all done, fewer counted",
        )


def roundings(share: Fraction, places: int) -> set[str]:
    """What a share may be written as: rounded half up or cut off."""
    cut = (share * 100 * 10**places).__floor__()
    return {percent(share, places), percent(Fraction(cut, 100 * 10**places), places)}


def write_rate(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """A rate of whatever sort the phrase states."""
    if "rate" in phrase:
        write_rate_of_counts(draft, source, scene, phrase)
    elif "only_base" in phrase:
        write_rate_of_base(draft, source, scene, phrase)
    elif "shares" in phrase:
        write_shares(draft, source, scene, phrase)
    elif "growth" in phrase:
        write_growth(draft, source, scene, phrase)
    elif "points" in phrase:
        write_points(draft, source, scene, phrase)
    else:
        write_bare_rate(draft, source, scene, phrase)


def percent_figure(value: str, phrase: Phrase) -> str:
    """A percentage as the phrase writes it."""
    return han(int(value)) if phrase.get("han_percent") else value


def write_rate_of_counts(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """k of n gives p per cent."""
    places = phrase["places"]
    low, high = phrase["counts"]
    while True:
        base = source.randint(low, high)
        least = phrase.get("least", 3 if phrase.get("low") else 55)
        most = 15 if phrase.get("low") else 99
        part = round(base * source.uniform(least, most) / 100)
        share = Fraction(part, base)
        if 0 < part < base and percent(share, places) != percent(Fraction(1), places):
            break
    figures = {"T": Figure(base, phrase, "T"), "a": Figure(part, phrase, "a")}
    right = percent(share, places)
    texts = {name: figure.write() for name, figure in figures.items()} | {"p": percent_figure(right, phrase)}
    spans = draft.fill(phrase["text"], texts | scene.words)
    draft.compare("PCT001", [spans["p"], spans["a"], spans["T"]], "rate")
    sides = [spans["p"], spans["a"], spans["T"]]
    complement = percent(1 - share, places)
    candidates = []
    for step in (3, -3, 5, -5, 9, -9, 11):
        wrong = percent(share + Fraction(step, 100), places)
        if 0 < Fraction(wrong) < 100 and abs(Fraction(wrong) - Fraction(complement)) > 1:
            candidates.append(wrong)
    draft.damage(
        "PCT001", [(spans["p"], percent_figure(source.choice(candidates), phrase))], sides, ["PCT002"], "rate changed"
    )
    lower = max(1, round(part * source.uniform(0.82, 0.9)))
    if lower < part and abs(Fraction(lower, base) - share) > Fraction(2, 100):
        draft.damage("PCT001", [(spans["a"], figures["a"].write(lower))], sides, ["PCT002"], "numerator changed")


def write_rate_of_base(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """Of n, p per cent: some whole number of n must give p."""
    places = phrase["places"]
    low, high = phrase["counts"]
    base = source.randint(low, high)
    part = source.randint(max(1, base // 3), base - 1)
    possible = {text for k in range(base + 1) for text in roundings(Fraction(k, base), places)}
    right = percent(Fraction(part, base), places)
    spans = draft.fill(phrase["text"], {"T": str(base), "p": right} | scene.words)
    draft.compare("PCT002", [spans["p"], spans["T"]], "possible rate")
    near = [Fraction(right) + Fraction(step, 10**places) * source.randint(1, 9) for step in (1, -1, 2, -2)]
    wrong = [
        text
        for value in near
        if 0 < value < 100 and (text := percent(value / 100, places)) not in possible and far_from(value, base, places)
    ]
    if wrong:
        draft.damage("PCT002", [(spans["p"], wrong[0])], [spans["p"], spans["T"]], ["PCT001"], "no such share")


def far_from(value: Fraction, base: int, places: int) -> bool:
    """Whether a percentage lies clear of every share of the base, whatever the rounding."""
    unit = Fraction(1, 10**places)
    return all(abs(Fraction(k * 100, base) - value) > unit * Fraction(11, 10) for k in range(base + 1))


def write_shares(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """Shares that close to one hundred."""
    names = phrase["shares"]
    places = phrase["places"]
    unit = 10**places
    parts = split(source, 100 * unit - 8 * unit * len(names), len(names))
    values = [part + 8 * unit for part in parts]
    if phrase.get("big_first"):
        values.sort(reverse=True)
    texts = {name: percent(Fraction(value, 100 * unit), places) for name, value in zip(names, values, strict=True)}
    spans = draft.fill(phrase["text"], texts | scene.words)
    sides = [spans[name] for name in names]
    draft.compare("PCT003", sides, "shares")
    index = source.randrange(len(names))
    wrong = values[index] + source.choice((3, 5, -3, -4)) * unit
    draft.damage("PCT003", [(sides[index], percent(Fraction(wrong, 100 * unit), places))], sides, kind="share changed")


def write_growth(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """From m to n is a growth or a fall of q per cent."""
    places = phrase["places"]
    low, high = phrase["counts"]
    old = source.randint(low, high)
    factor = source.uniform(1.06, 1.9) if phrase["growth"] == "up" else source.uniform(0.3, 0.93)
    new = round(old * factor)
    figures = {"m": Figure(old, phrase, "m"), "n": Figure(new, phrase, "n")}
    change = Fraction(abs(new - old), old)
    texts = {name: figure.write() for name, figure in figures.items()} | {"q": percent(change, places)}
    spans = draft.fill(phrase["text"], texts | scene.words)
    sides = [spans["m"], spans["n"], spans["q"]]
    draft.compare("PCT004", sides, "growth")
    draft.compare("QTY004", sides[:2], "trend")
    against_new = Fraction(abs(new - old), new)
    wrong = [
        candidate
        for step in (4, 7, 12, -4)
        if (candidate := change + Fraction(step, 100)) > 0
        and abs(candidate - against_new) > Fraction(1, 100)
        and candidate < (1 if phrase["growth"] == "down" else 3)
    ]
    draft.damage("PCT004", [(spans["q"], percent(source.choice(wrong), places))], sides, kind="growth changed")
    draft.damage(
        "QTY004",
        [(spans["m"], figures["n"].write()), (spans["n"], figures["m"].write())],
        sides,
        ["PCT004"],
        "figures against the verb",
    )


def write_points(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """From u to v per cent is so many percentage points."""
    places = phrase["places"]
    unit = 10**places
    while True:
        low = source.randint(20 * unit, 80 * unit)
        step = source.randint(3 * unit, 14 * unit)
        first, second = (low, low + step) if phrase["points"] == "up" else (low + step, low)
        relative = Fraction(step * 100, first)
        if abs(relative - Fraction(step, unit)) > 1:
            break
    texts = {
        "u": percent(Fraction(first, 100 * unit), places),
        "v": percent(Fraction(second, 100 * unit), places),
        "w": percent(Fraction(step, 100 * unit), places),
    }
    template = phrase["text"].replace("个百分点", "{points}")
    spans = draft.fill(template, texts | scene.words | {"points": "个百分点"})
    sides = [spans["u"], spans["v"], spans["w"]]
    draft.compare("PCT005", sides, "points")
    draft.damage("PCT005", [(spans["points"], "%")], [*sides, spans["points"]], ["PCT004"], "per cent for points")
    wrong = percent(Fraction(step + source.choice((2, 3, 5)) * unit, 100 * unit), places)
    draft.damage("PCT004", [(spans["w"], wrong)], sides, ["PCT005"], "difference changed")


def write_bare_rate(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """A rate without counts."""
    places = phrase["places"]
    value = source.randint(700, 999)
    spans = draft.fill(phrase["text"], {"p": percent(Fraction(value, 1000), places)} | scene.words)
    draft.damage(
        "PCT006", [(spans["p"], percent(Fraction(value + source.randint(70, 300) + 240, 1000), places))], kind="rate"
    )


def members_of(source: Random, scene: Scene, phrase: Phrase, size: int) -> list[str]:
    """The members of an enumeration."""
    if phrase["members"] == "villages":
        return source.sample(list(scene.village_names), size)
    if phrase["members"] == "persons":
        return source.sample(list(scene.persons), size)
    members: list[str] = list(phrase["members"])
    return members[:size] if phrase.get("ordered") or phrase.get("fixed") else source.sample(members, size)


def write_list(draft: Draft, source: Random, scene: Scene, phrase: Phrase) -> None:
    """An enumeration with its count."""
    low, high = phrase["sizes"]
    size = source.randint(low, high)
    members = members_of(source, scene, phrase, size)
    joint = phrase.get("join", "、")
    closed = bool(phrase.get("closed"))
    count = size if closed else size + source.choice((0, 0, 1, 2, 4))
    write = han_count if phrase.get("han") else str
    listing = list_text(members, joint, phrase.get("last"))
    template = phrase["text"].replace("、".join(members), "{list}") if phrase.get("fixed") else phrase["text"]
    spans = draft.fill(template, {"list": listing, "n": write(count)} | scene.words)
    sides = [spans["list"], spans["n"]]
    if not phrase.get("han") and count <= 10:
        draft.small_counts.append(spans["n"])
    draft.compare("ENU002" if closed else "ENU001", sides, "list")
    if closed:
        with_self = bool(phrase.get("with_self"))
        step = 2 if with_self else 1
        draft.damage("ENU002", [(spans["n"], write(count + step))], sides, kind=f"count {step} up")
        if count > 2:
            draft.damage("ENU002", [(spans["n"], write(count - 1))], sides, ["ENU001"], "count one down")
        if not (phrase.get("fixed") or with_self) and size > 2:
            gone = source.randrange(1, size)
            shorter = list_text(members[:gone] + members[gone + 1 :], joint, phrase.get("last"))
            draft.damage("ENU002", [(spans["list"], shorter)], sides, kind="member left out")
    elif size > 2:
        draft.damage("ENU001", [(spans["n"], write(size - 1))], sides, ["ENU002"], "fewer claimed than listed")


def list_text(members: Sequence[str], joint: str, last: str | None) -> str:
    """The members as a list."""
    if last is None or len(members) < 2:
        return joint.join(members)
    return joint.join(members[:-1]) + last + members[-1]


def load_prose() -> dict[str, Any]:
    """The prose round the figures."""
    return tomllib.loads((TABLES / "prose.toml").read_text(encoding="utf-8"))
