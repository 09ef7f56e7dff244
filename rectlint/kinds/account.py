"""One figure of the account told twice: 反馈问题63个 at the beginning, 反馈的62个问题 further on.

Figures are compared only if object, level word and whose they are agree.  A figure that was got by breaking another down,
a sentence that explains a change, and figures as of different days are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from rectlint.claims import Claims
from rectlint.claims.accounts import OF_ALL, OF_PROBLEMS, Account
from rectlint.claims.quantities import Quantity
from rectlint.claims.tallies import Remark, Tally, level_of
from rectlint.document import Document
from rectlint.kinds.agreement import FIELDS, Telling, agreed, compare, differing, unchecked
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.values import format_number

_OF_AUDIT = "审计查出的问题"
_TIMELESS = ("反馈问题", _OF_AUDIT, "反馈的方面")
_ASPECT, _HEADING = ("方面", "聚焦", "问题"), 80
_FEW = 20
_MOST = 12
"""Of more tallies than this it is not plain which one is meant."""
_MANY, _SLIP = 30, 2
"""Breaking down so many problems does not give only one or two more."""


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Compare the tellings of each figure."""
    title_words = "".join(claims.document.words(title) for title in claims.names.titles)
    groups: dict[tuple[str, str, str], list[Account]] = {}
    for account in claims.accounts:
        year = "" if account.year in title_words else account.year
        thing = _OF_AUDIT if account.thing == "反馈问题" and "审计" in title_words else account.thing
        groups.setdefault((thing, account.whose, year), []).append(account)
    for (thing, whose, _), group in groups.items():
        if thing in OF_PROBLEMS and len(group) > 1:
            group = [account for account in group if not _is_of_some(claims, account, group)]
        if len(group) > 1:
            yield from _compare(claims.document, f"{whose}{thing}", thing, group)
    tallies: dict[str, list[Tally]] = {}
    for tally in claims.tallies if claims.remarks else ():
        if tally.main or tally.outside:
            tallies.setdefault(tally.level, []).append(tally)
    known = {account.quantity.value for account in claims.accounts if account.thing in OF_ALL}
    for told in tallies.values():
        if sum(tally.main for tally in told) > 1:  # also the 27 problems of an inspection by others
            told[:] = [tally for tally in told if not tally.main or tally.partition.total.value in known]
    left = {level: _left(claims, level) for level in {remark.level for remark in claims.remarks}}
    for _, remarks in groupby(
        claims.remarks, lambda remark: claims.document.sentence_index(remark.quantity.span.start)
    ):
        beside = list(remarks)
        for remark in beside:
            yield from _told_again(tallies.get(remark.level, [])[:_MOST], remark, beside, left[remark.level])


def _is_of_some(claims: Claims, account: Account, group: Sequence[Account]) -> bool:
    """Whether 对14个问题逐个明确责任人 speaks of those told before that are still open, 尚有14个正在整改, or left of a total."""
    quantity, document = account.quantity, claims.document
    if quantity.value == group[0].quantity.value or _RELATED.search(
        document.text, quantity.clause.start, min(quantity.span.end + 4, quantity.clause.end)
    ):
        return False
    before = [q for q in claims.quantities[: quantity.order] if q.exact and q.measure == quantity.measure]
    told = any(q.value == quantity.value and (q.role in _OPEN or _is_open(document, q)) for q in before)
    return told or any(
        whole.value - q.value == quantity.value and q.role == "done" and "问题" in whole.noun + whole.before[-4:]
        for whole, q in pairwise(before)
        if whole.value > q.value
    )


def _is_open(document: Document, quantity: Quantity) -> bool:
    """尚未整改到位的14个问题, 对未销号的6个问题: the words before a count of problems say that they are open."""
    if not quantity.noun.endswith("问题"):
        return False
    return (
        _STILL.search(document.text, max(quantity.clause.start, quantity.span.start - 12), quantity.span.start)
        is not None
    )


_RELATED = Pattern(r"反馈|巡[视察]|审计|查出|指出|发现|全部|所有")
_STILL = Pattern(r"(?:未|正在|尚|剩|其余|余下|持续|长期|推进中)\p{Han}{0,8}$")
_OPEN = ("pending", "rest")


def _told_again(
    tallies: Sequence[Tally], remark: Remark, beside: Sequence[Remark], left: Sequence[Decimal]
) -> Iterator[Outcome]:
    """基本完成的3个问题 against 基本完成3个, alone or with what may be counted with it; 已完成…的问题 is an account of its own."""
    if not tallies or (remark.state, remark.level) == ("done", "问题"):
        return
    thing = Words(f"{_STATES[remark.state]}的{remark.level}", f"{remark.state}: {remark.level}")
    here = _figure(remark.quantity)
    apart = {other.state for other in beside if other.level == remark.level} - {remark.state}
    readings = [
        reading
        for tally in tallies
        for reading in tally.readings(remark.state)
        if len(reading) > 1 or not apart & {state for state, part in tally.parts if part in reading}
    ]
    fitting = next((r for r in readings if sum(q.value for q in r) == remark.quantity.value), None)
    if fitting is not None:
        yield agreed(thing, sorted([here, *map(_figure, fitting)]), "account")
        return
    plain = [reading for tally in tallies for reading in tally.readings(remark.state)][:1]
    close = bool(plain) and remark.quantity.value >= _FEW and _is_slip(plain[0], remark.quantity)
    main = [reading for tally in tallies if tally.main or close for reading in tally.readings(remark.state)]
    doubtful = _makes_up(remark, beside, main) or _is_of_others(remark, beside, main, left)
    if len(tallies) == 1 and main and not doubtful:
        yield differing(thing, here, [_figure(quantity) for quantity in main[0]], "account")
    elif readings:
        yield unchecked(thing, [here, *map(_figure, readings[0])], "account", "ambiguous")


def _is_slip(reading: Sequence[Quantity], again: Quantity) -> bool:
    return abs(sum(quantity.value for quantity in reading) - again.value) <= _SLIP


def _is_of_others(
    remark: Remark, beside: Sequence[Remark], readings: Sequence[tuple[Quantity, ...]], left: Sequence[Decimal]
) -> bool:
    """Whether a remark beside it tells the figure already, or what is left of other totals makes up the difference."""
    values = {sum((q.value for q in reading), Decimal(0)) for reading in readings}
    same = [other for other in beside if other is not remark and other.state == remark.state]
    if any(other.level == remark.level and other.quantity.value in values for other in same):
        return True
    more = {sum(chosen, Decimal(0)) for size in range(1, 4) for chosen in combinations(left[:_FEW], size)}
    return any(remark.quantity.value - value in more | {Decimal(0)} for value in {*values, Decimal(0)} if more)


def _left(claims: Claims, level: str) -> list[Decimal]:
    """What is left of the totals that tell only what is done of them, each once."""
    told = {tally.partition.total.order for tally in claims.tallies}
    found: dict[int, Decimal] = {}
    for completion in claims.completions:
        total, part = completion.total, completion.part
        if total is not None and total.order not in told and level_of(total.noun) == level and part.role == "done":
            found[total.order] = total.value - part.value
    return [value for value in found.values() if value > 0]


def _makes_up(remark: Remark, beside: Sequence[Remark], readings: Sequence[tuple[Quantity, ...]]) -> bool:
    """Whether the remark and those beside it in its sentence make up a figure together (正在推进的3个问题、长期坚持的2个问题)."""
    values = [other.quantity.value for other in beside if other.level == remark.level and other.state != "done"]
    return len(values) > 1 and any(sum(q.value for q in reading) == sum(values) for reading in readings)


_STATES = {"done": "已完成", "basic": "基本完成", "staged": "阶段性完成", "open": "未完成"}


def _figure(quantity: Quantity) -> Telling:
    return Telling(quantity.span, format_number(quantity.value), quantity.text)


def _compare(document: Document, shown: str, thing: str, group: Sequence[Account]) -> Iterator[Outcome]:
    words = Words(shown, shown)
    group = _of_one_receiver(document, _without_parallels(document, group))
    if len(group) < 2:
        return
    tellings = [_telling(account) for account in group]
    if len({telling.value for telling in tellings}) > 1 and (reason := _not_comparable(thing, group)):
        yield unchecked(words, tellings, "account", reason)
    else:
        yield from compare(words, tellings, "account")


_RECEIVER = Pattern(r"向(?P<to>\p{Han}{2,12}?)移[交送]", needs=("向",))


def _of_one_receiver(document: Document, group: Sequence[Account]) -> list[Account]:
    """The tellings but for what was handed to another body than that of the first one that names any: 向纪委移交线索50件，向组织部移交8件."""
    told = []
    for account in group:
        start = account.quantity.clause.start
        found = _RECEIVER.search(document.text, start, account.quantity.span.start)
        told.append(found["to"] if found is not None else "")
    first = next((to for to in told if to), "")
    return [account for account, to in zip(group, told, strict=True) if not to or to[-2:] == first[-2:]]


def _without_parallels(document: Document, group: Sequence[Account]) -> list[Account]:
    """The tellings but for those that differ side by side, in one sentence or in sister items: these count parts."""
    places: dict[object, set[object]] = {}
    for account in group:
        for place in _places(document, account):
            places.setdefault(place, set()).add(account.quantity.value)
    plain = [account for account in group if all(len(places[place]) == 1 for place in _places(document, account))]
    chapters = [account for account in plain if _is_of_chapter(document, account, plain[0])]
    return [account for account in plain if account not in chapters] if len(chapters) > 1 else plain


def _is_of_chapter(document: Document, account: Account, first: Account) -> bool:
    """Whether a telling differs from the first one and stands in a chapter on some of the problems: 二、财政管理审计查出问题的整改情况."""
    item = document.item_at(account.quantity.span.start)
    if item is None or account.quantity.value >= first.quantity.value:
        return False
    while item.parent is not None:
        item = document.items[item.parent]
    return any(word in document.words(item.title)[:_HEADING] for word in _ASPECT)


def _places(document: Document, account: Account) -> Iterator[object]:
    """The sentence of a telling, and the parent of each item it stands in that treats one aspect of several."""
    offset = account.quantity.span.start
    yield "sentence", document.sentence_index(offset)
    item = document.item_at(offset)
    while item is not None and item.parent is not None:
        if any(word in document.words(item.title)[:_HEADING] for word in _ASPECT):
            yield "item", item.parent
        item = document.items[item.parent]


def _not_comparable(thing: str, group: Sequence[Account]) -> str:
    """Why differing figures may both be right, as a key of the wording's reasons; empty if they cannot."""
    if any(account.explained for account in group):
        return "ambiguous"
    values = [account.quantity.value for account in group]
    slip = min(values) >= _MANY and max(values) - min(values) <= _SLIP
    if thing in _TIMELESS and any(account.derived for account in group) and not slip:
        return "other-level"
    dates = {account.cutoff for account in group if account.cutoff}
    return "other-time" if thing not in _TIMELESS and len(dates) > 1 else ""


def _telling(account: Account) -> Telling:
    return _figure(account.quantity)


KIND = Kind("account", NoParams, {"account": FIELDS}, check)
