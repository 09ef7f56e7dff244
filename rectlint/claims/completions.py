"""How much of a total is said to be done: 63个问题已完成整改62个; 应公开61项，已公开62项; 40个全部完成，完成38个.

In: quantities and their lanes.  Out: `Completion` values.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("反馈的63个问题已完成整改62个。"))
>>> [(c.total.text, c.done.text) for c in find_completions(document, tuple(find_quantities(document)))]
[('63个', '62个')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rectlint.claims.lists import are_compatible, lanes_of
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.source import Span

_ADDITIONAL = Pattern(r"新增|另|又|追加|补充|额外|同时")
_UNIVERSAL = Pattern(
    r"(?:已?全部|均已?|都已|悉数|100%|百分之百)(?:得到|按期|按时|如期|已)?(?:完成|整改|办结|化解|销号|到位|解决|落实|清退|退还|处置|清零)(?:整改|办结|办理|到位)?"
)
_UNIVERSAL_AFTER = Pattern(
    r"(?<=^.?|，)(?:整改|完成|办结|化解|销号|整改完成|整改销号)+率(?:达到|达|为)?(?:100%|百分之百)|(?<=[，、])已?全部(?:清零|见底|销号|到位|办结|完成)"
)
_DUE = Pattern(r"(?:应(?!急|对|用|答|届)|需(?!要|求))(?P<verb>\p{Han}{2,4})\p{Han}{0,10}$")
_DONE_FIRST = Pattern(
    r"(?:目前|现|至今|截至(?:\p{Han}|\d){0,10}?(?=实际|已|共|完成|办结|整改)|共|均|实际|实|累计|仅|只|按期|如期|全部|全面|已经?)*+(?:完成|整改|办结|化解|销号|解决|落实|处置|处理|清退|拆除|答复|采纳|结案|审结|纠正|入库|到位|竣工|完工|修复|整治)(?:整改|办结|办理|销号|验收|到位|化解|核查|整治|改造|修复|清理|建设|治理|处理|审核|完成|了|的|共|数)*+"
)
_RECENT = Pattern(r"新|当年|今年|本年|本月|当月")
_CARRIED_OVER = Pattern(r"结转|历年|积案|往年|上年|上轮|存量|超额")
_TAIL_OF_TOTAL = Pattern(r"(?:$|已|均|全部|现|目前|其中|中|的整改|整改|至今|，)")
_LEVELS = Pattern(r"问题|任务|措施|举措|线索|事项|信访件|举报件|交办件|工单|图斑|隐患|案件|意见|建议|清单|项目")


@dataclass(frozen=True, slots=True)
class Completion:
    """``done`` of ``total`` are said to be completed; ``universal`` is the place that says all of them are."""

    total: Quantity
    done: Quantity
    universal: Span | None = None


def find_completions(document: Document, quantities: Sequence[Quantity]) -> Iterator[Completion]:
    """Pairs such as ``63个问题已完成整改62个``: a total with a level word and how much of it is done."""
    for lane in lanes_of(quantities).values():
        for total, done in pairwise(lane):
            if _is_done_of(document, total, done):
                yield Completion(total, done, _universal(document, total, done))


def _is_done_of(document: Document, total: Quantity, done: Quantity) -> bool:
    if done.role != "done" or done.ranged or total.ranged or total.role in ("rest", "part", "pending"):
        return False
    if _is_due(document, total, done):
        return True
    own = done.before.removeprefix(total.noun) if total.clause == done.clause else done.before
    first = _DONE_FIRST.match(own)
    if first is None or own[first.end() :] not in ("", done.noun, total.noun):
        return False
    if _CARRIED_OVER.search(document.words(document.sentence_at(done.span.start))) or (
        "累计" in own and _RECENT.search(total.before)
    ):
        return False
    if not _LEVELS.search(total.noun) or (done.noun and not are_compatible(total, done)):
        return False
    if (
        "其中" in done.before
        or _ADDITIONAL.search(done.before)
        or document.paragraph_at(total.span.start) != document.paragraph_at(done.span.start)
    ):
        return False
    if not 0 <= document.sentence_index(done.span.start) - document.sentence_index(total.span.start) <= 1:
        return False
    position = total.after.find(total.noun)
    tail = total.after[position + len(total.noun) :] if position >= 0 else total.after
    return (total.role != "done" or _UNIVERSAL.search(tail) is not None) and _TAIL_OF_TOTAL.match(tail) is not None


def _is_due(document: Document, total: Quantity, done: Quantity) -> bool:
    """应公开事项61项，已公开62项: the same verb, first as due and then as done."""
    due = _DUE.search(total.before)
    if due is None or document.sentence_at(total.span.start) != document.sentence_at(done.span.start):
        return False
    verb = due["verb"]
    lengths = (4, 3, 2, 1) if total.measure == "元" else (4, 3, 2)
    return any(
        f"{head}{verb[:length]}" in done.before
        for length in lengths
        if len(verb) >= length
        for head in ("已", "已完成", "已全部", "实际", "实")
    )


def _universal(document: Document, total: Quantity, done: Quantity) -> Span | None:
    end = min(document.sentence_at(done.span.start).end, done.span.end + 24)
    found = _UNIVERSAL.search(document.text, total.span.end, done.span.start) or _UNIVERSAL_AFTER.search(
        document.text, done.span.end, end
    )
    return Span(*found.span()) if found is not None else None
