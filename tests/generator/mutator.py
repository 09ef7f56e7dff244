"""Plants contradictions, one at a time.

In: a bulletin. Out: mutations: the text with one contradiction in it, the rule that is broken, and where.

>>> from tests.generator import generate
>>> mutations(generate(1), 1)[0].family
'totals'
"""

from __future__ import annotations

from random import Random

from tests.generator.model import Bulletin, Damage, Mutation, Span, apply_edits, moved

RULES: dict[str, str] = {
    "TOT001": "parts-do-not-sum",
    "TOT002": "part-exceeds-total",
    "TOT003": "done-exceeds-total",
    "TOT004": "headline-versus-items",
    "TOT005": "aspects-versus-sections",
    "TOT006": "status-tally-versus-headline",
    "TOT007": "handled-persons-do-not-sum",
    "TOT008": "all-done-but-count-says-less",
    "TOT009": "parts-nearly-sum",
    "TOT010": "parts-may-not-sum",
    "TOT011": "sections-do-not-sum",
    "TOT012": "heading-versus-entries",
    "TOT013": "stock-does-not-balance",
    "ENU001": "more-listed-than-claimed",
    "ENU002": "closed-list-miscounted",
    "PCT001": "rate-does-not-follow",
    "PCT002": "impossible-rate",
    "PCT003": "shares-do-not-close",
    "PCT004": "growth-does-not-follow",
    "PCT005": "percent-versus-percentage-points",
    "PCT006": "rate-above-hundred",
    "DAT001": "impossible-date",
    "DAT002": "reversed-range",
    "DAT003": "milestones-out-of-order",
    "DAT004": "remedy-before-inspection",
    "DAT005": "stale-plan",
    "DAT006": "deadline-passed-while-open",
    "DAT007": "duration-does-not-fit",
    "DAT008": "working-days-do-not-fit",
    "DAT009": "weekday-does-not-fit",
    "DAT010": "done-in-the-future",
    "DAT011": "event-told-with-two-dates",
    "DAT012": "done-after-cut-off",
    "DAT013": "response-before-feedback",
    "DAT014": "inspection-span-implausible",
    "DAT015": "document-number-year-does-not-fit",
    "DAT016": "steps-out-of-order",
    "NUM001": "gap",
    "NUM002": "repeated-number",
    "NUM003": "out-of-order",
    "NUM004": "mixed-styles",
    "NUM005": "level-skipped",
    "NUM006": "lone-first",
    "STA001": "done-item-with-open-work",
    "STA002": "completed-heading-over-open-items",
    "STA003": "all-done-but-items-open",
    "STA004": "open-list-versus-statuses",
    "STA005": "item-without-status",
    "STA006": "two-states-of-one-item",
    "STA007": "done-item-with-open-case",
    "REF001": "missing-target",
    "REF002": "title-does-not-match-target",
    "REF003": "attachment-missing",
    "REF004": "foregoing-count-differs",
    "REF005": "no-attachment-list",
    "ENT001": "same-population-two-sizes",
    "ENT002": "headline-repeated-differently",
    "ENT003": "inspecting-body-changes",
    "ENT004": "document-number-or-date-changes",
    "ENT005": "title-versus-body",
    "ENT006": "meeting-or-inspection-date-changes",
    "ENT007": "restated-figure-differs",
    "ENT008": "documents-of-another-place",
    "ENT009": "meeting-number-does-not-fit",
    "ENT010": "place-name-misspelt",
    "QTY001": "approximator-on-exact-figure",
    "QTY002": "doubled-approximator",
    "QTY003": "rank-beyond-population",
    "QTY004": "trend-against-figures",
    "QTY005": "implausible-unit",
    "QTY006": "magnitude-slip",
    "QTY007": "least-exceeds-most",
    "QTY008": "average-does-not-follow",
    "TXT001": "unbalanced-marks",
    "TXT002": "paragraph-ends-open",
    "TXT003": "stray-markup",
    "TXT004": "doubled-words",
    "TXT005": "template-leftover",
    "TXT006": "damaged-text",
    "TXT007": "missing-final-stop",
    "TAB001": "table-column-does-not-sum",
    "TAB002": "table-row-does-not-sum",
    "TAB003": "table-rate-does-not-follow",
    "TAB004": "table-number-out-of-sequence",
    "TAB005": "table-differs-from-text",
    "TAB006": "table-rows-differ-from-text",
    "LOC001": "required-section-missing",
    "LOC002": "campaign-over-time",
    "LOC003": "published-late",
}
FAMILIES = {
    "TOT": "totals",
    "ENU": "enumerations",
    "PCT": "rates",
    "DAT": "dates",
    "NUM": "numbering",
    "STA": "statuses",
    "REF": "references",
    "ENT": "entities",
    "QTY": "quantities",
    "TXT": "text",
    "TAB": "tables",
    "LOC": "practice",
}


def family_of(rule: str) -> str:
    """The family of a rule."""
    return FAMILIES[rule[:3]]


def planted(bulletin: Bulletin, damage: Damage) -> Mutation:
    """The bulletin with one damage."""
    text, spans = apply_edits(bulletin.text, damage.edits)
    widened = [span if span.end > span.start else Span(max(0, span.start - 2), span.end + 2) for span in spans]
    others = [moved(span, damage.edits) for span in damage.places]
    return Mutation(
        text=text,
        rule=damage.rule,
        name=RULES[damage.rule],
        family=family_of(damage.rule),
        kind=damage.kind,
        places=tuple(widened + others),
        old=" … ".join(bulletin.text[edit.span.start : edit.span.end] for edit in damage.edits),
        new=" … ".join(edit.new for edit in damage.edits),
        right=(damage.rule, *damage.also),
        settings=bulletin.settings,
    )


def mutations(bulletin: Bulletin, seed: int, per_rule: int = 1) -> tuple[Mutation, ...]:
    """So many mutations of each rule that this bulletin has room for, in the order of the rules."""
    source = Random(f"mutations {seed} {bulletin.seed}")
    result: list[Mutation] = []
    for rule in RULES:
        damages = [damage for damage in bulletin.damages if damage.rule == rule]
        for damage in source.sample(damages, min(per_rule, len(damages))):
            mutation = planted(bulletin, damage)
            if mutation.text != bulletin.text:
                result.append(mutation)
    return tuple(result)
