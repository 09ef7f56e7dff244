"""How far the work has come in figures, and where the text speaks of one of these figures again.

In: a `Document`, its partitions and quantities, and which totals are those of the account.  Out: `Tally` values (已完成整改31个，
基本完成3个，持续推进2个) and `Remark` values (对基本完成的3个问题……).

>>> from rectlint.claims import Claims
>>> from rectlint.document import parse; from rectlint.source import Source
>>> text = "反馈的9个问题，已完成整改6个，正在整改3个。下一步，抓好正在整改的3个问题。"
>>> claims = Claims(parse(Source(text)))
>>> [(tally.level, [(state, part.text) for state, part in tally.parts]) for tally in claims.tallies]
[('问题', [('done', '6个'), ('open', '3个')])]
>>> [(remark.state, remark.quantity.text) for remark in claims.remarks]
[('open', '3个')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

from rectlint.claims.accounts import speaks_of_all
from rectlint.claims.lists import list_mark
from rectlint.claims.partition import Partition
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

State = Literal["done", "basic", "staged", "open"]

_LEVELS = {"问题": "问题", "措施": "措施", "举措": "措施", "任务": "任务", "事项": "任务"}
_TOLD = Pattern(
    r"(?:(?P<basic>已?基本(?:完成|整改|解决)(?:整改|到位)?)"
    r"|(?P<staged>(?:已?取得)?阶段性(?:完成|成效|成果|整改)(?:整改|到位)?|(?:已?达到|按照?)?序时进度(?:推进)?|部分(?:完成|整改)(?:整改)?)"
    r"|(?P<done>已经?(?:全部)?(?:完成|整改|解决|销号|办结)(?:整改|到位|完成|销号)?|(?:完成整改|整改到位|整改完成))"
    r"|(?P<open>未达到?序时进度|(?:尚|仍|还|暂)?未(?:能|全部|彻底|完全)?(?:完成|整改|解决|销号|办结|到位|落实)(?:整改|到位|完成|销号)?"
    r"|(?:仍|尚|还)?正在(?:整改|推进|办理|落实)(?:中|落实)?|(?:需要?)?(?:持续|继续|长期)(?:整改|推进|坚持|抓好)(?:整改)?|(?:推进|整改)中|剩余|其余))"
)
_BEFORE = Pattern(rf"(?:{_TOLD.source})的?(?:\p{{Han}}{{0,2}}共?)?$")
_AFTER = Pattern(rf"(?:具体)?(?:{_TOLD.source})的(?:具体|反馈)?(?P<noun>问题|整改措施|整改任务|措施|任务|事项)")
_DUE_BY = Pattern(
    r"(?:[年月日旬底末]|之|以)[前内](?:要|须|应|需)?(?:完成|整改|解决|销号|办结)(?:整改|到位)?的?$", needs=("前", "内")
)
_HAS_COME_ON = Pattern(r"中?，?(?:目前|现)?(?:已|均已|全部)")
_CLOSING = Pattern(r"下一?步|今后|接下来|剩余|其余|尚有|目前|对(?=[\d已正未尚])")
_SHARED = Pattern(r"^(?:和|及|以及|与|、)$")
_REST = ("其余", "剩余")
_DONE_OR_SHARED = Pattern(
    r"(?P<done>(?<![未应须待])(?:完成|整改到位|销号|办结|解决)|已整改|已落实|正在|尚未|未整改)"
    r"|(?P<shared>领办|领衔|领题|包抓|包联|包保|包案|认领|牵头|主抓|分工|分解|分派|分配|分管|负责|承办|主办|督办|承担|交由)"
)
_STILL_OPEN = Pattern(r"[^，。；]{0,12}(?:，[^，。；]{0,4})?(?:正在|持续|继续|尚未|未(?:完成|整改)|仍|推进)")
_PLAIN = frozenset(
    ("问题", "具体问题", "反馈问题", "整改措施", "措施", "整改举措", "举措", "整改任务", "任务", "整改事项", "事项")
)
_OTHER = Pattern(
    r"上一?轮|历年|往年|历次|自查|督查|检查|村级|社区|下属|所属|基层|其中|要求|[各每]|重点|难点|信访|群众|民主生活会|专项|主题教育|移交|线索|环保|第[一二三四五六七八九十\d]"
)
_OF_A_FIELD = Pattern(
    r"(?:口|条线|战线|方面|领域|类|板块|环节|部门|科室|[\p{Han}](?<![本全我])(?:科|支部|小组|片区))(?:[内里中上的]|尚|仍|还|目前|现)*$"
)
"""What narrows a state to the problems of one field."""
_FROM_PARTS: dict[State, tuple[State, ...]] = {
    "done": ("done", "basic", "staged"),
    "basic": ("basic", "staged"),
    "staged": ("staged", "basic", "open"),
    "open": ("open", "staged", "basic"),
}
"""Which figures of a tally a remark may mean, alone or together; the first is the plain reading."""


class Tally(NamedTuple):
    """A total with how much of it is in which state; ``main`` says that the total is that of the account,
    ``outside`` that it stands outside the problem items."""

    partition: Partition
    level: str
    parts: tuple[tuple[State, Quantity], ...]
    main: bool
    outside: bool

    def readings(self, state: State) -> Iterator[tuple[Quantity, ...]]:
        """The figures that N个 in this state may mean, the plainest first."""
        meant = [part for wanted in _FROM_PARTS[state] for told, part in self.parts if told == wanted]
        for size in range(1, len(meant) + 1):
            yield from combinations(meant, size)


class Remark(NamedTuple):
    """A figure that the text gives again for what is in one state."""

    quantity: Quantity
    level: str
    state: State


def find_tallies(
    document: Document, partitions: Sequence[Partition], totals: frozenset[int], items: frozenset[int]
) -> Iterator[Tally]:
    """The partitions by state that add up; ``totals`` are the indices of the account's figures, ``items`` those of the
    problem items."""
    seen: set[int] = set()
    for partition in partitions:
        level = level_of(partition.total.noun) or ("问题" if partition.total.order in totals else "")
        parts = tuple((state, part) for part in partition.parts if (state := state_of_part(part)) is not None)
        states = {state for state, _ in parts}
        if not level or len(parts) < len(partition.parts) or len(states) < 2 or not partition.fits:
            continue
        if partition.total.order not in seen:
            seen.add(partition.total.order)
            outside = speaks_of_all(document, partition.total, items)
            yield Tally(partition, level, parts, partition.total.order in totals, outside)


def find_remarks(
    document: Document, quantities: Sequence[Quantity], told: frozenset[int], items: frozenset[int]
) -> Iterator[Remark]:
    """What is in one state, told outside tallies and problem items; ``told`` are the indices of the figures that tallies are
    made of, ``items`` those of the problem items."""
    previous: Remark | None = None
    for quantity in quantities:
        remark = None
        if quantity.order not in told and quantity.exact and quantity.counted and quantity.measure in "个项条件":
            remark = _remark(document, quantity, previous)
            if remark is not None and _is_last_of_list(document, quantities, quantity):
                remark = None
        if remark is not None and (speaks_of_all(document, quantity, items) or _closes_text(document, quantity)):
            yield remark
        previous = remark


def _is_last_of_list(document: Document, quantities: Sequence[Quantity], quantity: Quantity) -> bool:
    """Whether a state behind a figure is one that others before it share: 运行类2项、党建类1项需长期坚持的问题."""
    other = quantities[quantity.order - 1] if quantity.order else None
    if other is None or other.role or other.measure != quantity.measure or _BEFORE.search(quantity.before) is not None:
        return False
    return list_mark(document, other, quantity, totals=True) == "、"


def _closes_text(document: Document, quantity: Quantity) -> bool:
    """Whether a figure stands in a closing paragraph behind the last item that none of the other items has the like of."""
    paragraph = document.paragraph_at(quantity.span.start)
    opening = _CLOSING.match(document.text, paragraph.span.start)
    if opening is None or paragraph.markers or document.items[-1].marker.start > paragraph.span.start:
        return False
    word = opening.group()
    if (_closes_text, word) not in document.kept:
        alike = sum(document.text.startswith(word, other.span.start) for other in document.paragraphs)
        document.kept[_closes_text, word] = alike == 1
    return bool(document.kept[_closes_text, word])


def _remark(document: Document, quantity: Quantity, previous: Remark | None) -> Remark | None:
    shared = previous is not None and _SHARED.search(quantity.before.removeprefix(previous.quantity.noun)) is not None
    before = _BEFORE.search(quantity.before)
    after = _AFTER.match(quantity.after) if before is None else None
    match = before or after
    noun = str(after["noun"]) if after is not None else quantity.noun
    level = level_of(noun)
    if not level or noun not in _PLAIN or (not quantity.after.startswith(noun) and after is None):
        return None
    if match is None:
        return Remark(quantity, level, previous.state) if shared and previous is not None else None
    lead = quantity.before[: before.start()] if before is not None else quantity.before
    if _OTHER.search(lead) is not None or _OF_A_FIELD.search(lead) is not None or quantity.before.endswith("那"):
        return None  # 人事口未完成的那1个问题: of those that are open the one of this field
    if match["open"] in _REST and not _is_left_to_do(document, quantity):
        return None
    if match["open"] and _HAS_COME_ON.match(quantity.after, len(noun)) is not None:
        return None  # 长期坚持的9个问题已完成2个: a class, and not a state
    states: tuple[State, ...] = ("basic", "staged", "done", "open")
    return Remark(quantity, level, next(state for state in states if match[state]))


def _is_left_to_do(document: Document, quantity: Quantity) -> bool:
    """Whether 其余8个问题 is what is not done yet (已完成4个，其余8个问题), and not the rest of what is shared out (书记领办4个，
    其余8个问题由副职分别领办): what was told last before it decides."""
    text, sentence = document.text, document.sentence_at(quantity.span.start)
    told = list(_DONE_OR_SHARED.find(text, sentence.start, quantity.span.start))
    if told:
        return told[-1]["done"] is not None
    if any(match["shared"] for match in _DONE_OR_SHARED.find(text, quantity.span.end, sentence.end)):
        return False
    divided = any(character.isdigit() for character in text[sentence.start : quantity.span.start])
    return not divided or _STILL_OPEN.match(text, quantity.span.end, sentence.end) is not None


def level_of(noun: str) -> str:
    """The level word of a noun: 问题, 措施 or 任务; empty for any other."""
    return next((level for word, level in _LEVELS.items() if noun.endswith(word)), "")


def state_of_part(part: Quantity) -> State | None:
    """The state that a part of a tally tells, or None if it tells none."""
    if _DUE_BY.search(part.before) is not None:
        return None  # 2024年底前完成的17项: a class by time limit, whatever has been done
    if "基本" in part.before:
        return "basic"
    if part.role in ("pending", "rest"):
        return "staged" if "序时" in part.before and "未达" not in part.before else "open"
    return "done" if part.role == "done" else "staged" if part.role == "staged" else None
