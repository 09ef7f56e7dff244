"""Rates: every percentage with its name and sort: a rate of its own (整改率), a share (占), a change (增长), a level.

In: quantities in text order.  Out: `Rate` values, 六成 and 百分之八十 included.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("办结率92.3%，其中网络举报占60%，同比下降8.6%。"))
>>> [(rate.name, rate.sort, str(rate.value)) for rate in find_rates(document, tuple(find_quantities(document)))]
[('办结率', 'named', '92.3'), ('占', 'share', '60'), ('', 'change', '8.6')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from rectlint.claims.quantities import Approximation, Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span
from rectlint.values import parse_number

Sort = Literal["named", "share", "change", "from", "to", "attribute", "other"]
"""What a percentage is: a named rate (整改率), a share (占), a change (增长), the level a change starts from or leads to,
an attribute (其中85%来自一线), or none of these."""

UP = "增长|增加|增多|上升|提高|提升|上涨|攀升|跃升|回升|扩大|反弹|新增|多|增|升|涨"
DOWN = "下降|减少|降低|压减|压缩|压降|缩短|缩减|精简|下滑|回落|削减|核减|缩小|收窄|减|降|少|缩"
CHANGE = f"{UP}|{DOWN}"
"""Words of change; the one-character ones come last, so that an alternation prefers the long ones."""

_LINK = Pattern(
    r"(?:仅有?|只有?|均|都|已经?|就|的|为|是|达到?|到|至|高达|大约|约|近|将近|接近|超过|超|逾|不足|不到|至少|分别|各|共|了|也|稳定在|保持在?|维持在"
    r"|不?低于|不?高于|不少于)*$"
)
_CHANGE_END = Pattern(rf"(?:{CHANGE})(?:幅度?|率|比例|比率|速度?)?$|增速$")
_TO = Pattern(rf"(?:{CHANGE}|优化|发展|调整)了?(?:到|至|为|成)")
_FROM = Pattern(r"(?:由|从)[^率占重]{0,16}$")
_COMPARED = Pattern(r"(?:较|相比|比(?!例|重|率))[^率占重]{0,18}$")
_CHANGE_NEXT = Pattern(rf"(?:的)?(?:大幅|明显|显著|有所|进一步|净|同比|又|再)*(?:{CHANGE})")
_NAME = Pattern(r"(?P<name>\p{Han}{0,14}(?:率|占比|比例|比重|满意度|知晓度|进度|覆盖面))$")
_NAME_HEAD = Pattern(
    r"^.*(?:实现|确保|使|其中|其|将|的|了|且|并|对|在|与|和|后|是|达|按照|通过|目前|截至|推动)(?=\p{Han}{2,})"
)
_NAME_ANYWHERE = Pattern(r"(?P<name>\p{Han}{0,10}?(?:率|占比|比例|比重|满意度|知晓度))")
_SHARE = Pattern(r"(?<![侵抢霸强挤超多抵挪独])占(?!地|用|道|有|据|压|补|线|领|比例|比重|比)(?P<of>[^占]*)$")
_PART_OF = Pattern(r"(?<![侵抢霸强挤超多抵挪独])占(?P<of>[^占]{1,24}?)的?(?:比例|比重)$")
_FULFILLED = Pattern(r"完成(?P<of>\p{Han}{2,14}的)$")
_FULFILLED_OF = Pattern(
    r"(?:完成|[为达]到?(?=年度|全年|计划|任务|目标))(?P<of>(?:\p{Han}|\d{4}年){2,14}\d[\d,.]*[万亿]?\p{Han}{1,4})的?$"
)
_HAN_PERCENT = Pattern(
    r"百分之(?P<number>[一二两三四五六七八九十百零]+|\d+(?:\.\d+)?)(?P<decimals>点[零〇一二三四五六七八九]+)?",
    needs=("百分之",),
)
_TENTHS = Pattern(
    r"(?<=[占率达近超约为过比到足有重、])(?P<number>[一二两三四五六七八九])成(?P<half>五)?(?=[以左多的，。；、）上\n])",
    needs=("成",),
)
_HALF = Pattern(
    r"(?<=占比?|占比例|占比重|率|率达|占比达)(?:已|均|都|就)*(?P<half>(?P<over>过半数?|超半数?|超过(?:一半|半数)|(?:一半|半数)以上|逾半|大半|多半)"
    r"|(?P<under>不足(?:一半|半数)|不到(?:一半|半数)))",
    needs=("半",),
)
_JOIN = Pattern(r"(?:、|和|与|及|以及)占?|，")
_DECIMALS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"〇": "0"}


class Rate(NamedTuple):
    """One percentage.

    ``span`` covers the figure and its sign; ``value`` is in per cent and ``step`` the place value of its last digit;
    ``of`` is what follows 占 (总任务); ``head`` is where the name or 占 begins; ``run`` is the index of the first rate of a
    row (占94%、62%) and ``place`` the position in that row.
    """

    order: int
    span: Span
    text: str
    value: Decimal
    step: Decimal
    approximation: Approximation
    tenths: bool
    name: str
    sort: Sort
    of: str
    head: int
    clause: Span
    run: int
    place: int

    @property
    def exact(self) -> bool:
        """Whether the figure is given as exact."""
        return not self.approximation and not self.tenths


def find_rates(document: Document, quantities: Sequence[Quantity]) -> tuple[Rate, ...]:
    """All percentages of the text, 六成 and 百分之八十 included, in order."""
    found: list[Rate] = []
    for span, value, step, approximation, tenths, clause, before_start in _figures(document, quantities):
        previous = found[-1] if found else None
        if previous is not None and _is_joined(document.text, previous, span):
            sort, name, of, head = previous.sort, previous.name, previous.of, previous.head
            run, place, clause = previous.run, previous.place + 1, previous.clause
        else:
            sort, name, of, head = _classify(document.text, clause, before_start, span)
            run, place = len(found), 0
        text = document.words(span)
        if not approximation and sort in ("share", "named"):
            approximation = _approximation_before(document.text, head)
        found.append(
            Rate(len(found), span, text, value, step, approximation, tenths, name, sort, of, head, clause, run, place)
        )
    return tuple(found)


_Figure = tuple[Span, Decimal, Decimal, Approximation, bool, Span, int]


def _figures(document: Document, quantities: Sequence[Quantity]) -> list[_Figure]:
    figures: list[_Figure] = [
        (q.span, q.value, q.step, q.approximation, False, q.clause, q.span.start - len(q.before))
        for q in quantities
        if q.measure == "%" and not q.ranged
    ]
    figures += _written_out(document)
    return sorted(figures, key=lambda figure: figure[0].start)


def _written_out(document: Document) -> Iterator[_Figure]:
    text = document.text
    for match in _HAN_PERCENT.find(text):
        number = parse_number(match["number"])
        value, step = number.value, number.step
        if match["decimals"]:
            digits = "".join(_DECIMALS[digit] for digit in match["decimals"][1:])
            value, step = value + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))
        yield _written(text, Span(*match.span()), value, step, tenths=False)
    for match in _TENTHS.find(text):
        value = parse_number(match["number"]).value * 10 + (5 if match["half"] else 0)
        yield _written(text, Span(*match.span()), value, Decimal(5 if match["half"] else 10), tenths=True)
    for match in _HALF.find_in_lines(text):
        half = _written(text, Span(*match.span("half")), Decimal(50), Decimal(10), tenths=True)
        yield (*half[:3], "over" if match["over"] else "under", *half[4:])


_CLAUSE = 80  # characters; a clause is not longer
_CLAUSE_MARKS = "，。；：、！？\n（）"
_BEFORE: tuple[tuple[str, Approximation], ...] = (
    ("超过", "over"),
    ("超", "over"),
    ("逾", "over"),
    ("过", "over"),
    ("不足", "under"),
    ("不到", "under"),
    ("近", "about"),
    ("约", "about"),
    ("至少", "least"),
    ("不低于", "least"),
)


def _written(text: str, span: Span, value: Decimal, step: Decimal, *, tenths: bool) -> _Figure:
    floor, ceiling = max(0, span.start - _CLAUSE), min(len(text), span.end + _CLAUSE)
    start = max(floor, *(text.rfind(mark, floor, span.start) + 1 for mark in _CLAUSE_MARKS))
    end = min(
        ceiling, *(place for mark in _CLAUSE_MARKS if (place := text.find(mark, span.end, ceiling)) >= 0), ceiling
    )
    before, after = text[start : span.start], text[span.end : span.end + 2]
    approximation: Approximation = next((sort for word, sort in _BEFORE if before.endswith(word)), "")
    if after.startswith("以上"):
        approximation = "least"
    elif after.startswith("多"):
        approximation = "over"
    elif after.startswith("左右"):
        approximation = "about"
    return span, value, step, approximation, tenths, Span(start, end), start


def _approximation_before(text: str, head: int) -> Approximation:
    """The approximator before 占 or a name: 约占75%."""
    return next((sort for word, sort in _BEFORE if text.endswith(word, 0, head)), "")


def _is_joined(text: str, previous: Rate, span: Span) -> bool:
    """Whether a percentage goes on a row: 占94%、62%."""
    return span.start - previous.span.end <= 2 and _JOIN.fullmatch(text, previous.span.end, span.start) is not None


def _classify(text: str, clause: Span, before_start: int, span: Span) -> tuple[Sort, str, str, int]:
    """Sort, name, what follows 占, and where the name begins."""
    before = text[before_start : span.start]
    link = _LINK.search(before)
    tail = before if link is None else before[: link.start()]
    linked = before[len(tail) :]
    name = _name_in(text[clause.start : span.start])
    if tail.endswith(("核减率", "审减率")):  # a share of what was handed in, not a change
        return "named", tail[-3:], "", before_start + len(tail) - 3
    if _CHANGE_END.search(tail) is not None:
        is_level = any(word in linked for word in ("到", "至", "为")) and not tail.endswith(
            ("幅", "率", "速", "度", "例")
        )
        return ("to" if is_level and "达到" not in linked else "change"), name, "", before_start
    if _FROM.search(tail) is not None or (
        _COMPARED.search(tail) is not None and _CHANGE_NEXT.match(text, span.end, clause.end) is not None
    ):
        return "from", name, "", before_start
    if _TO.search(tail) is not None and _TO.search(before) is not None:
        return "to", name, "", before_start
    part = _PART_OF.search(text, clause.start, before_start + len(tail))
    if part is not None:
        return "share", "占", part["of"], part.start()
    named = _NAME.search(tail)
    if named is not None:
        name = "占比" if named["name"].endswith("占比") else _trim_name(named["name"])
        head = before_start + len(tail) - len(name)
        return ("share" if name.endswith(("占比", "比例", "比重")) else "named"), name, "", head
    share = _SHARE.search(text, clause.start, before_start + len(tail))
    if share is not None:
        return "share", "占", share["of"], share.start()
    if not before and text[span.end : span.end + 1] == "）" and _is_after_count(text, before_start):
        return "share", "占比", "", before_start - 1
    target = _FULFILLED_OF.search(text, clause.start, before_start + len(tail))
    if target is not None:
        return "share", "完成率", target["of"], target.start()
    fulfilled = _FULFILLED.search(before)
    if fulfilled is not None:
        return "named", "完成率", "", before_start + fulfilled.start()
    if tail in ("", "其中", "有") and text[span.end : span.end + 1] not in "，。；、）":
        return "attribute", "", "", span.start
    return "other", name, "", before_start


_COUNT_END = Pattern(r"\d\p{Han}{1,2}（$")
_CHANGED_COUNT = Pattern(rf"(?:{CHANGE})(?:了|约|近)*\d[\d,.]*[万亿]?\p{{Han}}{{1,2}}（$")


def _is_after_count(text: str, start: int) -> bool:
    """Whether a bracket opens right behind a count, as in 已整改40个（95.2%）, and the count is no difference."""
    head = text[max(0, start - 20) : start]
    return _COUNT_END.search(head) is not None and _CHANGED_COUNT.search(head) is None


def _trim_name(name: str) -> str:
    cut = _NAME_HEAD.search(name)
    return name[cut.end() :] if cut is not None else name


def _name_in(words: str) -> str:
    names = [_trim_name(match["name"]) for match in _NAME_ANYWHERE.find(words)]
    return names[-1] if names else ""
