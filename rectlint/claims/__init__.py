"""Text to claims: everything in a bulletin that can be compared with something else in it.

In: a `Document`.  Out: a `Claims`, whose parts are extracted once, when first asked for.  One module a sort of claim.
"""

from __future__ import annotations

from functools import cached_property

from rectlint.claims.accounts import OF_ALL, Account, find_accounts, problem_items, speaks_of_all
from rectlint.claims.all_done import AllDone, find_all_done
from rectlint.claims.announced import find_announced
from rectlint.claims.averages import Average, find_averages
from rectlint.claims.citations import Citation, find_citations
from rectlint.claims.completions import Completion, find_completions
from rectlint.claims.cumulations import Cumulation, find_cumulations
from rectlint.claims.damage import Damage, find_damage
from rectlint.claims.dates import Dates
from rectlint.claims.entries import Entry, Pointer, find_entries, find_pointers
from rectlint.claims.enumerations import Enumeration, find_enumerations
from rectlint.claims.events import Event, find_events
from rectlint.claims.frame import Frame, find_frame
from rectlint.claims.headlines import (
    Caption,
    Headline,
    Level,
    find_aspects,
    find_captions,
    find_headlines,
    find_levels,
    find_withheld,
)
from rectlint.claims.leftovers import Leftover, find_leftovers
from rectlint.claims.moments import Moment, Passages, find_moments
from rectlint.claims.names import Names
from rectlint.claims.norms import Norm, Surpassed, find_norms, find_surpassed
from rectlint.claims.occasions import find_occasions
from rectlint.claims.ordinals import find_ordinals
from rectlint.claims.pairs import find_pairs
from rectlint.claims.partitions import Partition, find_partitions
from rectlint.claims.populations import Population, find_populations, own_level
from rectlint.claims.punished import Punished, find_punished
from rectlint.claims.quantities import Quantity, find_quantities
from rectlint.claims.rates import Rate, find_rates
from rectlint.claims.recurrences import find_recurrences
from rectlint.claims.references import Reference, find_references, list_of_problems
from rectlint.claims.registers import Register, find_registers
from rectlint.claims.relisted import find_relisted
from rectlint.claims.remaining import Remaining, find_limits_told_again, find_names_told_again, find_remaining
from rectlint.claims.respective import confirm_lists, find_respective
from rectlint.claims.restatements import Restatement, find_restatements
from rectlint.claims.retellings import find_retellings
from rectlint.claims.roster import find_rosters
from rectlint.claims.sequences import Sequence, find_sequences
from rectlint.claims.sisters import Sisters, find_sisters
from rectlint.claims.statuses import Statuses, find_statuses
from rectlint.claims.stocks import Stock, find_stocks
from rectlint.claims.superlatives import Superlative, find_superlatives
from rectlint.claims.tables import Grid, find_tables
from rectlint.claims.tallies import Remark, Tally, find_remarks, find_tallies
from rectlint.claims.trends import Rank, RankTrend, Row, Trend, find_rank_trends, find_ranks, find_rows, find_trends
from rectlint.document import Document, Item

_LONG_LIST = 6
"""Of so many entries a count is no chance."""


class Claims:
    """The claims of one document.  All spans count in ``document.text``."""

    def __init__(self, document: Document) -> None:
        """``document``: whose they are."""
        self.document = document

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

    @cached_property
    def frame(self) -> Frame:
        """Who inspected whom and when, feedback, cut-off, signature and publication."""
        return find_frame(self.document, self.dates)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """What the dates of the running text are dates of: things done, planned, due."""
        return tuple(find_moments(self.document, self.dates))

    @cached_property
    def passages(self) -> Passages:
        """Where problems, remedies, reasons and next steps are told."""
        return Passages(self.document)

    @cached_property
    def partitions(self) -> tuple[Partition, ...]:
        """Totals with the parts that are said to make them up."""
        return tuple(find_partitions(self.document, self.quantities))

    @cached_property
    def completions(self) -> tuple[Completion, ...]:
        """Totals with how much of them is said to be done."""
        return tuple(find_completions(self.document, self.quantities))

    @cached_property
    def sequences(self) -> tuple[Sequence, ...]:
        """Numbers that should count on from one another: of items by style, and of 一是 二是 runs."""
        return tuple(find_sequences(self.document))

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """The figures that speak of all problems or aspects fed back."""
        return tuple(find_headlines(self.document, self.quantities))

    @cached_property
    def withheld(self) -> frozenset[int]:
        """How many problems the text says it does not tell."""
        return find_withheld(self.document, self.quantities)

    @cached_property
    def captions(self) -> tuple[Caption, ...]:
        """The headings that say how many entries stand below them."""
        return tuple(find_captions(self.document, self.quantities))

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The numbered problem items, for each style of numbering."""
        return find_levels(self.document)

    @cached_property
    def aspects(self) -> tuple[tuple[Item, ...], ...]:
        """The sections that the problem items are grouped in, in each way they can be read."""
        return find_aspects(self.document, self.levels)

    @cached_property
    def enumerations(self) -> tuple[Enumeration, ...]:
        """Counts with the lists they count."""
        occasions = find_occasions(self.document, self.dates, self.quantities)
        document, dates, quantities = self.document, self.dates, self.quantities
        lists = tuple(find_enumerations(document))
        named = tuple(confirm_lists(document, dates, quantities, lists))
        rosters = find_rosters(document, self.names.titles, self.names.opener)
        taken = {enumeration.figure for enumeration in named}
        ordinals = [enumeration for enumeration in find_ordinals(document) if enumeration.figure not in taken]
        taken |= {enumeration.figure for enumeration in ordinals}
        announced = [enumeration for enumeration in find_announced(document) if enumeration.figure not in taken]
        respective = find_respective(document, dates, quantities, lists)
        return (*named, *occasions, *respective, *rosters, *ordinals, *announced)

    @cached_property
    def names(self) -> Names:
        """Who inspected, whom, and who reports."""
        return Names(self.document)

    @cached_property
    def rates(self) -> tuple[Rate, ...]:
        """Every percentage with its name and sort, in text order."""
        return find_rates(self.document, self.quantities)

    @cached_property
    def trends(self) -> tuple[Trend, ...]:
        """Every 从…增长到…, in text order."""
        return tuple(find_trends(self.document, self.quantities))

    @cached_property
    def averages(self) -> tuple[Average, ...]:
        """So much per head, per household, per round, with what it must follow from."""
        return tuple(
            find_averages(self.document, self.quantities, [trend for trend in self.trends if not trend.listed])
        )

    @cached_property
    def stocks(self) -> tuple[Stock, ...]:
        """How many there were, went, came and are."""
        return tuple(find_stocks(self.document, self.quantities))

    @cached_property
    def rank_trends(self) -> tuple[RankTrend, ...]:
        """Ranks that are said to have risen or fallen."""
        return tuple(find_rank_trends(self.document))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Figures of successive years that are said to rise or to fall."""
        return tuple(find_rows(self.document, self.quantities))

    @cached_property
    def cumulations(self) -> tuple[Cumulation, ...]:
        """Figures of one thing that are summed up at successive dates."""
        return tuple(find_cumulations(self.document, self.dates, self.quantities))

    @cached_property
    def ranks(self) -> tuple[Rank, ...]:
        """Ranks in a population of known size."""
        return tuple(find_ranks(self.document, self.quantities))

    @cached_property
    def superlatives(self) -> tuple[Superlative, ...]:
        """Which member of a list is said to have the most or the least of it."""
        return tuple(find_superlatives(self.document, self.quantities, self.partitions))

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Rates that are said to lie above or below that of the whole."""
        return tuple(find_norms(self.document, self.rates))

    @cached_property
    def surpassed(self) -> tuple[Surpassed, ...]:
        """Aims that are said to be surpassed, with what was reached."""
        return tuple(find_surpassed(self.document, self.quantities))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every document that the text names by title or number."""
        return tuple(find_citations(self.document, self.dates))

    @cached_property
    def statuses(self) -> Statuses:
        """What state each item is said to be in."""
        return find_statuses(self.document)

    @cached_property
    def tables(self) -> tuple[Grid, ...]:
        """Every table of figures, in text order."""
        return tuple(find_tables(self.document))

    @cached_property
    def registers(self) -> tuple[Register, ...]:
        """The tables with a row for each problem."""
        return tuple(find_registers(self.tables)) if self.tables else ()

    @cached_property
    def populations(self) -> tuple[Population, ...]:
        """Every figure that says how large a whole is."""
        organs = (*self.names.title_organs, *self.names.inspected)
        core = organs[0].core if organs else ""
        return tuple(find_populations(self.document, self.quantities, own_level(core), core))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Places that point to an item of this text by its number."""
        return tuple(find_references(self.document))

    @cached_property
    def problem_list(self) -> tuple[Item, ...]:
        """The items that such numbers count, or none where no list is numbered through the text."""
        candidates = [group.items for group in self.statuses.groups] + [level.items for level in self.levels]
        return list_of_problems(self.document, candidates)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The numbered problems, be they items or rows of a table, that the text's own references count."""
        return find_entries(self.document, self.statuses, self.problem_list, self.tables)

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """Places that name an entry by its number and by words of its own."""
        return tuple(find_pointers(self.document)) if self.entries else ()

    @cached_property
    def leftovers(self) -> tuple[Leftover, ...]:
        """Lists of entries by number that are said to be done, or still open."""
        if not self.entries:
            return ()
        cutoff = self.frame.cutoff
        return tuple(find_leftovers(self.document, self.entries, None if cutoff is None else cutoff.span))

    @cached_property
    def remaining(self) -> tuple[Remaining, ...]:
        """The sections that say what is still to be done of the entries."""
        return tuple(find_remaining(self.document, self.entries, self.references, self.pointers))

    @cached_property
    def limits_told_again(self) -> tuple[Restatement, ...]:
        """The time limits of entries that such a section tells again."""
        if not self.remaining:
            return ()
        given = self.frame.given
        return tuple(find_limits_told_again(self.document, self.remaining, self.entries, self.dates, given))

    @cached_property
    def all_done(self) -> tuple[AllDone, ...]:
        """Statements that every problem is done."""
        return tuple(find_all_done(self.document, self.headlines, self.quantities, self._problem_items))

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """The figures given for the rectification as a whole."""
        items = self._problem_items
        organs = self.names.title_organs
        found = tuple(find_accounts(self.document, self.quantities, items, organs[0].core if organs else ""))
        again = find_retellings(self.document, self.quantities, items, found)
        return tuple(sorted((*found, *again), key=lambda account: account.quantity.order))

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """How far the work has come in figures: of the account, and of anything else that is told so."""
        totals = {account.quantity.order for account in self.accounts if account.thing in OF_ALL and not account.whose}
        totals |= {headline.quantity.order for headline in self.headlines if headline.sort == "problems"}
        totals |= self._sizes_of_list
        return tuple(find_tallies(self.document, self.partitions, frozenset(totals), self._problem_items))

    @cached_property
    def _sizes_of_list(self) -> set[int]:
        """The figures that count as many problems as the list of them has with a state each: 38个具体问题中，已完成34个."""
        main = self.statuses.main
        if main is None or main.without or len(main.items) < _LONG_LIST:
            return set()
        return {
            partition.total.order
            for partition in self.partitions
            if partition.total.value == len(main.items)
            and partition.total.noun in ("问题", "具体问题")
            and speaks_of_all(self.document, partition.total, self._problem_items)
        }

    @cached_property
    def sisters(self) -> tuple[Sisters, ...]:
        """Rows of sections that each tell how many problems they treat."""
        return tuple(find_sisters(self.document, self.quantities, self.partitions, self.completions))

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """Figures that the text gives again for what is in one state, outside the problem items."""
        told = {part.order for tally in self.tallies for part in (tally.partition.total, *tally.partition.parts)}
        return tuple(find_remarks(self.document, self.quantities, frozenset(told), self._problem_items))

    @cached_property
    def _problem_items(self) -> frozenset[int]:
        return problem_items(self.document, [level.items for level in self.levels])

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The dated events that happen only once."""
        return tuple(find_events(self.document, self.dates))

    @cached_property
    def restatements(self) -> tuple[Restatement, ...]:
        """Figures and dates that are told again of the same matter."""
        numbered = frozenset(item.order for level in self.levels for item in level.items)
        told = find_restatements(
            self.document, self.quantities, self.dates, self.problem_list, self.references, numbered
        )
        behind = self.entries[-1].span.end if self.entries else -1
        again = find_relisted(self.document, self.quantities, numbered, behind)
        left = find_names_told_again(self.document, self.remaining, self.entries) if self.remaining else ()
        pairs = find_pairs(self.document, self.quantities)
        return (*told, *again, *left, *pairs, *find_recurrences(self.document, self.quantities, self.rates))

    @cached_property
    def punished(self) -> tuple[Punished, ...]:
        """Persons that an item tells as punished, with the figure of the whole for the same act."""
        return tuple(find_punished(self.document, self.quantities, self._problem_items))
