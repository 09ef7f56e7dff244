"""Figures and dates told again of the same matter: in an item repeated further on, by 该17个村, or as 巡察指出的126处.

In: a `Document`, its quantities, dates, problem items and references.  Out: `Restatement` values in text order of the
later place.

>>> from rectlint.claims import Claims
>>> from rectlint.document import parse; from rectlint.source import Source
>>> claims = Claims(parse(Source("已实施项目38个，截至1月底，该36个项目均已完工。")))
>>> [(told.earlier_text, told.later_text, told.same) for told in claims.restatements]
[('38个', '36个', False)]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise, takewhile
from typing import cast

from rectlint.claims.dates import Dates
from rectlint.claims.quantities import Quantity
from rectlint.claims.references import Reference, likeness, plain_title
from rectlint.document import Document, Item
from rectlint.lexicon import words as lexicon
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_CLAUSE = Pattern(r"(?:\G|(?<=[，。；：\n（）！？]))[^，。；：\n（）！？\d]*+\d[^，。；：\n（）！？]*+")
_DIGITS = Pattern(r"\d[\d,]*(?:\.\d+)?")
_SMALL_WORDS = Pattern(r"我[镇县区乡局委]|[该已的仍尚现共约]|目前|[一二三四五六七八九十]是")
_AS_OF = Pattern(r"截[至止][^，。；]{2,16}|目前|至今")
_LEAST_WORDS = 5
_LONG_TAIL = 10
_ALIKE = 0.75
_MOST_TURNS = 4
_POINTS_BACK = ("该", "上述", "前述", "以上", "这")
_QUOTING = ("指出", "反馈", "发现", "提出")
_QUOTES = Pattern(r"(?:针对|对|就|将)[^，。；]{0,12}?(?:指出|反馈|发现|提出)的?")
_REMEDY = ("整改情况", "整改措施", "整改结果", "已整改", "一是", "已完成", "针对")
_ALL_OF_THEM = Pattern(r"^[^，。；]{2,12}?(?:均已|已全部|都已|全部已)", needs=("已",))
_TAKES_UP = Pattern(r"(?:^|[，。；：的①-⑳是）.])(?:针对|对于|对照|对|就)(?!于)[^，。；\d]{0,8}$", needs=("对", "就"))
_DISCIPLINE = ("立案", "处分", "诫勉", "批评", "谈话", "问责", "警告", "约谈", "处理")
_MANY = 10
"""Names of as many members are not listed one by one."""
_LEAST_DEALT, _SLIP_OF_DEALT, _LEAST_SHARED, _BESIDE = 5, 3, 3, 10
_CHANGES = (
    "上一轮", "上轮", "自查", "审计", "新增", "另", "又", "再", "其中", "剩余", "其余", "余下", "仅", "增至", "减至", "增加", "减少",
)  # fmt: skip
_SPAN_OF_POINTER = 400
_AFTER, _FAR = 14, 60
_LARGE, _SLIP, _FEW_BACK, _FEW_UP, _BACK = 20, 2, 4, 10, 16
_LONG_NAME = 4
"""Counts of this size that differ by no more are one count and a slip, among the last few before."""


class Restatement(NamedTuple):
    """A figure or date and the later place that tells it again; ``same`` says whether they agree."""

    earlier: Span
    later: Span
    earlier_text: str
    later_text: str
    same: bool


class _Number(NamedTuple):
    """One run of digits in a clause, with the words round it that may identify it."""

    span: Span
    digits: str
    keys: tuple[str, ...]


def find_restatements(
    document: Document,
    quantities: Sequence[Quantity],
    dates: Dates,
    problems: Sequence[Item],
    references: Sequence[Reference],
    numbered: frozenset[int],
) -> Iterator[Restatement]:
    """All restatements, each once; ``problems`` is the list that references count, ``numbered`` the indices of all
    problem items."""
    found = [*_pointers(document, quantities, numbered)]
    places = _Places(document, quantities, dates)
    pairs = {later.order: (earlier, later) for earlier, later in _repeated_items(document, problems, references)}
    numbers = cache(lambda index: _numbers(document, document.items[index]))
    for earlier, later in pairs.values():
        found.extend(_repeated(document, places, numbers(earlier.order), numbers(later.order)))
    seen: set[Span] = set()
    for restatement in sorted(found, key=lambda one: (one.later.start, one.same)):
        if restatement.later not in seen:
            seen.add(restatement.later)
            yield restatement


# -- items that are told again -----------------------------------------------------------------------------------------


def _repeated_items(
    document: Document, problems: Sequence[Item], references: Sequence[Reference]
) -> Iterator[tuple[Item, Item]]:
    """Problem items and the later items whose headings name them by number and title."""
    by_number = {item.marker.number: item for item in problems}
    by_title = {plain_title(document.words(item.title)): item for item in problems}
    taken = {item.order for item in problems}
    for reference in references:
        later = document.item_at(reference.span.start) if reference.title_span is not None else None
        if later is None or not later.title.contains(reference.span):
            continue
        taken.add(later.order)
        earlier = by_title.get(plain_title(reference.title))
        if earlier is None and (named := by_number.get(reference.number)) is not None:
            alike = likeness(reference.title, document.words(named.title)) >= _ALIKE
            earlier = named if alike else None
        if earlier is not None and earlier.span.end <= later.span.start:
            yield earlier, later
    for item in document.items:
        title = plain_title(document.words(item.title))
        twin = by_title.get(title) if len(title) >= _LEAST_WORDS and item.order not in taken else None
        if twin is not None and twin.span.end <= item.span.start:
            yield twin, item


def _repeated(
    document: Document, places: _Places, first: Sequence[_Number], second: Sequence[_Number]
) -> Iterator[Restatement]:
    """The numbers that stand in the same words in both items."""
    indexes = [_by_key(numbers) for numbers in (first, second)]
    for place, number in enumerate(second):
        other = _counterpart(indexes[0], indexes[1], number, place)
        if other is None:
            continue
        if number.digits != other.digits and _as_of(document, other.span) != _as_of(document, number.span):
            continue
        spans = places.whole(other.span), places.whole(number.span)
        texts = [document.words(span) for span in spans]
        yield Restatement(spans[0], spans[1], texts[0], texts[1], number.digits == other.digits)


def _numbers(document: Document, item: Item) -> list[_Number]:
    found = []
    for clause in _CLAUSE.find(document.text, item.title.start, item.span.end):
        runs = list(_DIGITS.find(clause.group()))
        plain = [_plain(part) for part in _between(clause.group(), [run.span() for run in runs])]
        for index, run in enumerate(runs):
            keys = _keys(plain, index)
            if keys:
                span = Span(clause.start() + run.start(), clause.start() + run.end())
                found.append(_Number(span, run.group().replace(",", ""), keys))
    return found


def _between(words: str, runs: Sequence[tuple[int, int]]) -> Iterator[str]:
    cursor = 0
    for start, end in runs:
        yield words[cursor:start]
        cursor = end
    yield words[cursor:]


def _plain(words: str) -> str:
    return str(_SMALL_WORDS.compiled.sub("", words))


def _keys(plain: Sequence[str], index: int) -> tuple[str, ...]:
    """What identifies the number at ``index`` of its clause: all words, those after it, those before it with its unit, or
    how the words after it begin and end."""
    head, tail = "#".join(plain[: index + 1]), "#".join(plain[index + 1 :])
    keys = []
    if _length(head) + _length(tail) >= _LEAST_WORDS:
        keys.append(f"{head}|{tail}")
    if _length(tail) > _LEAST_WORDS:
        keys.append(f"|{tail}")
    if _length(head) > _LEAST_WORDS:
        keys.append(f"{head}|{tail[:1]}|")
    if len(head) >= 2 and len(tail) >= _LEAST_WORDS and "#" not in head[-2:] + tail[:_LEAST_WORDS]:
        keys.append(f"{head[-2:]}|{tail[:_LEAST_WORDS]}|")
    ends = tail[:3] + tail[-6:]  # 名党员连续6个月没有参加组织生活 … 名党员长期没有参加组织生活
    if _length(tail) >= _LONG_TAIL and "#" not in ends:
        keys.append(f"{ends}||")
    return tuple(dict.fromkeys(keys))


def _length(words: str) -> int:
    return len(words) - words.count("#")


def _by_key(numbers: Sequence[_Number]) -> dict[str, list[tuple[int, _Number]]]:
    index: dict[str, list[tuple[int, _Number]]] = {}
    for place, number in enumerate(numbers):
        for key in number.keys:
            index.setdefault(key, []).append((place, number))
    return index


def _counterpart(
    first: Mapping[str, list[tuple[int, _Number]]],
    second: Mapping[str, list[tuple[int, _Number]]],
    number: _Number,
    place: int,
) -> _Number | None:
    """The number of the earlier item in the same words; where these recur, as often in both, the one at the same turn."""
    for key in number.keys:
        here, there = second[key], first.get(key, [])
        if len(here) == len(there) and len(here) <= _MOST_TURNS:
            turn = next(turn for turn, (other_place, _) in enumerate(here) if other_place == place)
            return there[turn][1]
    return None


def _as_of(document: Document, span: Span) -> str:
    """The 截至… or 目前 before a figure in its sentence."""
    sentence = document.sentence_at(span.start)
    found = [match.group() for match in _AS_OF.find(document.text, sentence.start, span.start)]
    return found[-1] if found else ""


class _Places:
    """The whole figure or date round a run of digits."""

    def __init__(self, document: Document, quantities: Sequence[Quantity], dates: Dates) -> None:
        self.document = document
        self.spans = sorted([quantity.span for quantity in quantities] + [date.span for date in dates.all])
        self.starts = [span.start for span in self.spans]

    def whole(self, digits: Span) -> Span:
        """The figure with its unit or the whole date; the digits with the next character where they are neither."""
        for index in range(bisect_right(self.starts, digits.start) - 1, -1, -1):
            if self.spans[index].contains(digits):
                return self.spans[index]
            if self.starts[index] < digits.start - 16:
                break
        return Span(digits.start, digits.end + self.document.text[digits.end : digits.end + 1].isalpha())


# -- 该17个村, 巡察指出的126处 --------------------------------------------------------------------------------------------


_SUMMED = 8


def _pointers(document: Document, quantities: Sequence[Quantity], problems: frozenset[int]) -> Iterator[Restatement]:
    """Figures that point back within their item, with the figure they must mean."""
    earlier: list[Quantity] = []
    place: object = None
    for quantity in quantities:
        item = document.item_at(quantity.span.start)
        problem = _problem_of(document, item, problems)
        item = item if problem is None else problem
        here: object = (
            ("item", item.order) if item is not None else ("line", document.paragraph_at(quantity.span.start).order)
        )
        if here != place:
            earlier, place = [], here
        if quantity.exact and quantity.counted:
            meant = _meant(document, earlier, quantity, problem is not None)
            same = meant is not None and meant.value == quantity.value
            if not same and _points_back(quantity.before) and _speaks_of_list(document, quantities, quantity, problems):
                meant = None
            if meant is not None and (same or not _sums_up(earlier, quantity)):
                yield Restatement(meant.span, quantity.span, meant.text, quantity.text, same)
        earlier.append(quantity)


def _speaks_of_list(
    document: Document, quantities: Sequence[Quantity], quantity: Quantity, problems: frozenset[int]
) -> bool:
    """Whether 上述十个问题 are those that the text lists, or has counted before at another place."""
    if not quantity.noun.endswith("问题"):
        return False
    key = (_speaks_of_list, problems)
    if key not in document.kept:
        styles = [document.items[order].marker.style for order in problems]
        first: dict[Decimal, int] = {}
        for other in quantities:
            if other.noun.endswith("问题") and other.unit in ("个", "项", "条", "件"):
                first.setdefault(other.value, other.order)
        document.kept[key] = {Decimal(styles.count(style)): -1 for style in set(styles)}, first
    listed, counted = cast("tuple[dict[Decimal, int], dict[Decimal, int]]", document.kept[key])
    return quantity.value in listed or counted.get(quantity.value, quantity.order) < quantity.order


def _sums_up(earlier: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether a figure sums up neighbouring ones before it: 未招标23个、拆分9个、串标4个。上述36个项目……"""
    figures = [other for other in earlier[-_SUMMED:] if other.measure == quantity.measure and other.exact]
    for first in range(len(figures) - 1):
        made = figures[first].value
        for other in figures[first + 1 :]:
            made += other.value
            if made == quantity.value:
                return True
    return False


def _problem_of(document: Document, item: Item | None, problems: frozenset[int]) -> Item | None:
    """The problem item that a place belongs to: the one it stands in, or the one whose remedies (①②③) it stands among."""
    while item is not None and item.order not in problems:
        item = document.items[item.parent] if item.parent is not None else None
    return item


def _meant(document: Document, earlier: Sequence[Quantity], quantity: Quantity, in_problem: bool) -> Quantity | None:
    if _points_back(quantity.before) and quantity.value > 1:
        near = [other for other in _near(earlier, quantity) if other.measure in _alike(quantity)]
        return _antecedent(document, near, quantity)
    if quantity.before == "" and quantity.value >= _LARGE and quantity.after.startswith(("中，", "中")):
        return _taken_up(earlier, quantity)
    if quantity.before == "" and document.text[quantity.span.start - 1 : quantity.span.start] in "。；":
        named = _taken_up_by_name(earlier, quantity)
        if named is not None or not in_problem:
            return named
    clause = document.text[max(quantity.clause.start, quantity.span.start - _FAR) : quantity.span.start]
    if not in_problem or _holds(clause, _CHANGES):
        return None
    quotes = _holds(clause, _QUOTING) and _QUOTES.search(clause) is not None
    behind = _tail(document, quantity)
    if not quotes and _TAKES_UP.search(quantity.before) is None and _ALL_OF_THEM.search(behind) is None:
        return None
    told = [
        other
        for other in _near(earlier, quantity)
        if other.unit == quantity.unit and _is_told_before_remedy(document.text[other.span.end : quantity.span.start])
    ]
    return _quoted(document, told, quantity) if quotes else _dealt_with(document, told, quantity)


def _is_told_before_remedy(between: str) -> bool:
    """Whether a remedy may begin between a figure of the problem and one behind it: by its label, or with a new sentence."""
    return _holds(between, (*_REMEDY, "。", "\n"))


def _dealt_with(document: Document, told: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    """The figure of the problem that 对46份到期合同逐份核对 deals with: in the same words, and equal or a slip away."""
    behind = _tail(document, quantity)
    if quantity.value < _LEAST_DEALT or (quantity.unit in ("人", "名") and _holds(behind, _DISCIPLINE)):
        return None
    alike = [other for other in told if _shares_words(document, other, quantity)]
    if not alike and _ALL_OF_THEM.search(behind) is not None:  # 45座公厕建成后闲置 … 43座闲置公厕均已启用
        named = _pairs(behind[:_BESIDE])
        alike = [other for other in told if len(named & _pairs(_tail(document, other)[:_BESIDE])) >= 2]
    values = {other.value for other in alike}
    if len(values) != 1 or abs(alike[0].value - quantity.value) > _SLIP_OF_DEALT:
        return None
    return alike[0]


def _shares_words(document: Document, one: Quantity, other: Quantity) -> bool:
    """Whether two figures stand in the same words: right behind them, or round them in another order."""
    tails = [
        document.text[quantity.span.end : min(quantity.clause.end, quantity.span.end + _BESIDE)]
        for quantity in (one, other)
    ]
    if _shared_start(*tails) >= _LEAST_SHARED:
        return True
    name = tails[1][:_LEAST_SHARED]  # 往来款长期挂账22笔 … 24笔往来款
    if len(name) == _LEAST_SHARED and name in one.before:
        return True
    pairs = [
        _pairs(quantity.before[-_BESIDE:]) | _pairs(tail) for quantity, tail in zip((one, other), tails, strict=True)
    ]
    return len(pairs[0] & pairs[1]) >= _LEAST_SHARED


def _tail(document: Document, quantity: Quantity) -> str:
    """The words behind a figure, to the end of its clause."""
    return document.text[quantity.span.end : quantity.clause.end]


def _shared_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _pairs(words: str) -> set[str]:
    """The neighbouring characters of some words."""
    return {one + other for one, other in pairwise(words) if one.isalnum() and other.isalnum()}


def _taken_up(earlier: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    """The count right before that a clause takes up: 调解成功1164件；1164件中，……: the one of its size, else the only near one."""
    near = [
        other
        for other in earlier[-_FEW_BACK:]
        if other.unit == quantity.unit and other.exact and quantity.span.start - other.span.end <= 2 * _FAR
    ]
    same = next((other for other in near if other.value == quantity.value), None)
    close = [other for other in near if abs(other.value - quantity.value) <= _SLIP]
    return same or (close[0] if len(close) == 1 else None)


_AMONG = Pattern(r"\p{Han}{0,6}(?<![其当])[中里]$")


def _taken_up_by_name(earlier: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    """The count that the beginning of the next statement takes up with what it counts: 无证的45处；45处无证房产……;
    移交信访件33件、线索12件。33件信访件……: the one so called, unless others near are of this size."""
    near = [other for other in earlier[-_BACK:] if other.unit == quantity.unit and other.exact]
    near = [o for o in near if o.value <= quantity.value or _AMONG.match(o.after) is None]  # 11个市中……。10个市达标
    if any(other.value == quantity.value for other in near):
        return None
    called = [other for other in near if _is_called_at_length(other, quantity)]
    if not called and (
        quantity.value >= _FEW_UP or (near and near[-1] is earlier[-1] and _is_called(near[-1], quantity))
    ):
        called = [other for other in near if _is_called(other, quantity)]
    meant = called[-1] if called else None
    if meant is None or len({other.value for other in called}) > 1 or abs(meant.value - quantity.value) > _SLIP:
        return None
    made_up = quantity.value in _differences_and_sums([other.value for other in near])
    return None if made_up and not _is_called_at_length(meant, quantity) else meant


def _is_called_at_length(other: Quantity, quantity: Quantity) -> bool:
    """Whether a small count is of what has a long name of its own: 立行立改事项5件。5件立行立改事项……"""
    return any(quantity.after.startswith(other.before[-size:]) for size in range(_LONG_NAME, len(other.before) + 1))


def _is_called(other: Quantity, quantity: Quantity) -> bool:
    """Whether what a count is of stands behind the later one: 无证的 and 无证房产; 信访件 and 信访件."""
    label = other.before.removesuffix("的")
    same = other.noun != "" and other.noun == quantity.noun and quantity.after.startswith(other.noun)
    return same or any(len(label) >= size and quantity.after.startswith(label[-size:]) for size in (2, 3))


def _points_back(before: str) -> bool:
    return before.removesuffix("全部").removesuffix("所有").endswith(_POINTS_BACK)


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _near(earlier: Sequence[Quantity], quantity: Quantity) -> list[Quantity]:
    """The exact counts a little way before, in text order."""
    near = list(takewhile(lambda other: quantity.span.start - other.span.end <= _SPAN_OF_POINTER, reversed(earlier)))
    return [other for other in reversed(near) if other.exact and other.counted]


def _alike(quantity: Quantity) -> tuple[str, ...]:
    return ("个", "家", "所", "座") if quantity.measure in ("个", "家", "所", "座") else (quantity.measure,)


def _antecedent(document: Document, near: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    """The figure that 该19个… means: an equal one, or else the last one of the same noun, if nothing else can be meant."""
    equal = [other for other in near if other.value == quantity.value]
    if equal:
        return equal[-1]
    after = document.text[quantity.span.end : min(quantity.clause.end, quantity.span.end + _AFTER)]
    alike = [
        other
        for other in near
        if (other.noun in lexicon("nouns") and other.noun in after)
        or _shared_start(after, _tail(document, other)) >= _LEAST_SHARED
        or (quantity.noun in lexicon("nouns") and quantity.noun in other.before[-_BESIDE:])
    ]
    if not alike:
        return None
    last = alike[-1]
    if len({other.value for other in alike}) == 1 and _shared_start(after, _tail(document, last)) > _LEAST_SHARED:
        return last
    between = document.text[last.span.end : quantity.span.start]
    sentences = between.split("。")
    changed = _holds(sentences[0], _CHANGES) or _holds(
        sentences[-1], _CHANGES
    )  # what others tell in between is no matter
    only = len({other.value for other in near}) == 1
    named = quantity.value < _MANY and ("、" in between or "《" in between)
    values = [other.value for other in near]
    made_up = quantity.value in (sum(other.value for other in alike), *_differences_and_sums(values[-6:]))
    return None if made_up or named or len(sentences) > (6 if only else 3) or changed else last


def _differences_and_sums(values: Sequence[object]) -> set[object]:
    numbers = [value for value in values if isinstance(value, (int, float)) or hasattr(value, "is_finite")]
    return {result for one in numbers for other in numbers for result in (one + other, one - other)}  # type: ignore[operator]


def _quoted(document: Document, near: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    """The figure of the problem that 针对指出的…126处 quotes: the one with the same words before or after it."""
    equal = [other for other in near if other.value == quantity.value]
    if equal:
        return equal[-1]
    alike = [other for other in near if _same_words(document, other, quantity)]
    return alike[0] if len(alike) == 1 else None


def _same_words(document: Document, one: Quantity, other: Quantity) -> bool:
    heads = [
        document.text[max(quantity.clause.start, quantity.span.start - 6) : quantity.span.start]
        for quantity in (one, other)
    ]
    tails = [document.text[quantity.span.end : quantity.span.end + 4] for quantity in (one, other)]
    if one.noun and one.noun == other.noun and len(one.noun) >= 2:
        return True
    behind = [_pairs(document.text[q.span.end : min(q.clause.end, q.span.end + _BESIDE)]) for q in (one, other)]
    if len(behind[0] & behind[1]) >= 2 or _shares_words(document, one, other):
        return True
    shared = 0
    while shared < min(map(len, heads)) and heads[0][-1 - shared] == heads[1][-1 - shared]:
        shared += 1
    return (
        shared >= 4
        or (shared >= 2 and not heads[0][-1:].isdigit())
        or (tails[0] == tails[1] and tails[0][:1].isalnum())
    )
