"""What is left by the date it is to be done, and what was found round by round: rows that make up what is told of all.

In: a `Document` and its quantities.  Out: `Partition` values.  未整改的52个问题，年底前完成34个，2月底前完成18个 and 共开展3轮排查，
第一轮发现问题642个，…: such rows leave nothing out.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("未整改的9个问题，2031年3月底前完成5个，6月底前完成3个。"))
>>> [(p.total.text, [q.text for q in p.parts]) for p in find_schedules(document, tuple(find_quantities(document)))]
[('9个', ['5个', '3个'])]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity, within
from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern

_STEP = Pattern(
    r"^(?:其中|计划|预计|拟|力争|确保|将|于|在)*(?:20\d\d年|今年|明年|年内)?(?:(?:1[0-2]|[1-9])月(?:\d{1,2}日)?|[一二三四]季度|上半年|年)?"
    r"(?:份|底|末|[上中下]旬)?(?:之?前)(?:拟|计划|要|须|可|能)*(?:全部)?(?:完成|整改|销号|办结|兑付|解决|整改到位|完成整改|到位)(?:整改|销号|到位)?$",
    needs=("前",),
)
_LEFT = Pattern(r"未(?:完成|整改|办结|销号|解决|到位)|正在|剩余|其余|尚|仍|滞后|余下|持续")
_BY_LIMIT = Pattern(
    r"(?:从|按)(?:照)?(?:计划|预计|拟)?(?:整改|完成|办结|销号)*(?:时限|时间|期限|节点)(?:来?看|划?分|统计)?，?"
)
_MARKS = frozenset(("，", "、", "；", "，其中", "和"))
_AFTER_LAST = Pattern(r"[。；（\n]|$")
_ROUND = Pattern(
    r"第(?P<n>[一二三四五六七八九]|\d)(?P<sort>[轮批])(?:（[^（）\n]{0,24}）|，)?(?P<label>\p{Han}{2,12}?)(?=\d)",
    needs=("第一轮", "第一批", "第1轮", "第1批"),
)
_ROUNDS = Pattern(r"(?P<n>[两二三四五六七八九]|\d)个?(?P<sort>[轮批])", needs=("轮", "批"))
_WHOLE_LEAD = Pattern(
    r"(?:全[省市县区镇乡州旗系校院]|截至\p{Han}{0,4}|目前|累计|总计|共计?|今年|已|期间|整改期间|专项整治期间|先后|排查|检查)*"
)
_MOST_ROWS = 20
_MOST, _BACK, _SLIP, _CLOSE = 8, 80, 5, 20


def find_schedules(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """All such rows with their totals."""
    yield from _by_limit(document, quantities)
    yield from _by_round(document, quantities)


def is_schedule(parts: Sequence[Quantity]) -> bool:
    """Whether figures tell what is to be done by one date after another."""
    return all("前" in part.before and _STEP.match(part.before) is not None for part in parts)


def _by_limit(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    place = 0
    while place < len(quantities):
        first = quantities[place]
        place += 1
        if "前" not in first.before or _STEP.match(first.before) is None:
            continue
        parts = [first]
        while place < len(quantities) and len(parts) < _MOST:
            other = quantities[place]
            gap = document.text[parts[-1].span.end : other.span.start - len(other.before)]
            if other.measure != first.measure or gap not in _MARKS or _STEP.match(other.before) is None:
                break
            parts.append(other)
            place += 1
        if len(parts) < 2 or not all(part.exact and part.counted for part in parts):
            continue
        if _AFTER_LAST.match(document.text, parts[-1].span.end) is None:
            continue
        total = _total_of(document, quantities, first)
        if total is not None and all(part.value < total.value for part in parts):
            yield Partition(total, tuple(parts), "near")


def _total_of(document: Document, quantities: Sequence[Quantity], first: Quantity) -> Quantity | None:
    """What is left in all: the figure right before the row, or, behind 从完成时限看, the one that opens the paragraph."""
    sentence = document.sentence_at(first.span.start)
    head = first.span.start - len(first.before)
    cue = _BY_LIMIT.search(document.text, max(sentence.start, head - 24), head)
    if cue is not None and cue.end() == head:
        paragraph = document.paragraph_at(first.span.start).span
        told = [q for q in within(quantities, paragraph.start, cue.start()) if q.measure == first.measure]
        opens = [q for q in told[:1] if _is_left(document, q) and q.exact]
        return opens[0] if opens else None
    before = quantities[first.order - 1] if first.order else None
    if before is None or before.measure != first.measure or not before.exact or not _is_left(document, before):
        return None
    return before if before.span.start >= sentence.start and head - before.span.end <= _BACK // 2 else None


def _is_left(document: Document, quantity: Quantity) -> bool:
    """Whether a figure tells what is still to be done."""
    words = document.text[quantity.clause.start : quantity.clause.end]
    return _LEFT.search(words) is not None


def _by_round(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    runs: list[list[Match]] = []
    for match in _ROUND.find(document.text):
        number = chinese_ordinal(match["n"])
        last = runs[-1][-1] if runs else None
        follows = last is not None and number == chinese_ordinal(last["n"]) + 1 and match["sort"] == last["sort"]
        if last is not None and follows and match["label"] == last["label"] and match.start() - last.end() <= _BACK:
            runs[-1].append(match)
        elif number == 1:
            runs.append([match])
    for run in runs[:_MOST_ROWS]:
        parts = [q for match in run if (q := _figure_at(quantities, match.end())) is not None]
        if len(run) < 2 or len(parts) < len(run) or len({q.measure for q in parts}) > 1:
            continue
        if not all(q.exact for q in parts) or not _counts_them(document, run):
            continue
        total = _told_of_all(quantities, parts, run[0]["label"])
        if total is not None:
            yield Partition(total, tuple(parts), "near")


def _figure_at(quantities: Sequence[Quantity], place: int) -> Quantity | None:
    index = bisect_left(quantities, place, key=lambda quantity: quantity.span.start)
    return quantities[index] if index < len(quantities) and quantities[index].span.start == place else None


def _counts_them(document: Document, run: Sequence[Match]) -> bool:
    """Whether the text says right before the row how many rounds there were, and as many are told."""
    start = run[0].start()
    low = max(document.paragraph_at(start).span.start, start - _BACK)
    told = [match for match in _ROUNDS.find(document.text, low, start) if match["sort"] == run[0]["sort"]]
    return bool(told) and chinese_ordinal(told[-1]["n"].replace("两", "二")) == len(run)


def _told_of_all(quantities: Sequence[Quantity], parts: Sequence[Quantity], label: str) -> Quantity | None:
    """The one figure of the text, of the same measure and with the same words before it, for the whole."""
    told = [
        q
        for q in quantities
        if q.measure == parts[0].measure and q not in parts and q.exact and q.before.endswith(label)
    ]
    told = [q for q in told if _WHOLE_LEAD.fullmatch(q.before.removesuffix(label)) is not None]
    made, largest = sum(q.value for q in parts), max(q.value for q in parts)
    near = [q for q in told if q.value > largest and abs(made - q.value) * _SLIP <= q.value]
    close = [q for q in near if abs(made - q.value) * _CLOSE <= q.value]
    if len({q.value for q in told}) > 1:  # several figures have these words: the one that the rounds all but make up
        near = close
    fitting = next((q for q in near if q.value == made), None)
    return fitting or (near[0] if len({q.value for q in near}) == 1 else None)
