"""Rates that are said to lie above or below that of the whole: 甲县87.8%、乙县90.1%高于全市平均水平.

In: a `Document` and its rates.  Out: `Norm` values, one for each rate said to be so, with the rate of the whole: the one that
stands with the words (高于全市的87.5%), or the only one the text tells of that name (从办结率看，……).

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.claims.rates import find_rates
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("甲县办结率91.2%、乙县86.4%，均高于全市平均的87.5%。"))
>>> found = find_norms(document, find_rates(document, tuple(find_quantities(document))))
>>> [(norm.rate.text, norm.whole.text, norm.above) for norm in found]
[('91.2%', '87.5%', True), ('86.4%', '87.5%', True)]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from rectlint.claims.quantities import Quantity, within
from rectlint.claims.rates import Rate
from rectlint.document import Document
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_WHOLE = r"(?P<whole>全[国省市县区州旗镇乡校院]|[省市县区州]级?(?=平均))(?P<rest>\p{Han}{0,10}?)"
_FIGURE = r"(?:（|的|为)*(?P<figure>\d{1,3}(?:\.\d{1,3})?%)"
_BESIDE = Pattern(
    rf"(?P<word>高于|低于|超过)(?P<said>{_WHOLE})(?:{_FIGURE})?(?=[，。；、）（\n]|$|\d{{1,2}}(?:\.\d{{1,3}})?个百分点)",
    needs=("高于", "低于", "超过"),
)
_THAN = Pattern(
    rf"比(?P<said>{_WHOLE}){_FIGURE}）?(?P<word>[高低])(?!于)", needs=("比全", "比省", "比市", "比县", "比区", "比州")
)
_GAP = Pattern(r"(?:，|（)?(?:均|都|也|且|分别|明显|略|略有|显著|大幅)*")
_NEXT = Pattern(r"、(?P<name>\p{Han}{2,12}?)(?:为|达|是)?|和(?P<name>\p{Han}{2,12}?)(?:为|达|是)?")
_OF = Pattern(
    r"(?:从|按|就)(?:各\p{Han}{1,6}的?)?(?P<name>\p{Han}{2,8}率)(?:来?看|排序|统计|而言|情况看)", needs=("率",)
)
_OF_ALL = Pattern(r"^(?:全[国省市县区州旗镇乡校院]|总体|整体|综合|平均|的|总)+")
_MEAN = Pattern(r"平均|总体|整体|水平|均值|全市|^$")
_SORTS = ("to", "named", "other", "attribute")
_LONGEST_RUN, _MOST = 20, 100


class Norm(NamedTuple):
    """``rate`` is said to be above (``above``) or below ``whole``, in the words at ``place``."""

    rate: Rate
    whole: Rate
    words: str
    said: str
    place: Span
    above: bool


def find_norms(document: Document, rates: Sequence[Rate]) -> Iterator[Norm]:
    """Each rate that stands right before such words."""
    for pattern in (_BESIDE, _THAN):
        for match in islice(pattern.find(document.text), _MOST):
            index = bisect_left(rates, match.start(), key=lambda rate: rate.span.start)
            run = _run_before(document, rates, index, match.start())
            whole = _whole(document, rates, run, match) if run else None
            if whole is None:
                continue
            words, place = (
                document.words(Span(match.start(), match.end("said"))),
                Span(match.start(), match.end("said")),
            )
            for rate in run:
                if rate.exact:
                    yield Norm(rate, whole, words, match["said"], place, match["word"][0] in "高超")


def _run_before(document: Document, rates: Sequence[Rate], index: int, place: int) -> list[Rate]:
    """The rates of one list that ends at a place."""
    text = document.text
    run: list[Rate] = []
    end = place
    for rate in reversed(rates[max(0, index - _LONGEST_RUN) : index]):
        gap = _NEXT if run else _GAP
        if gap.fullmatch(text, rate.span.end, end) is None or rate.sort not in _SORTS[bool(run) :]:
            break
        run.insert(0, rate)
        end = rate.span.start
    return run


def _whole(document: Document, rates: Sequence[Rate], run: Sequence[Rate], match: Match) -> Rate | None:
    """The rate of the whole."""
    if match["figure"]:
        index = bisect_left(rates, match.start("figure"), key=lambda rate: rate.span.start)
        stands = index < len(rates) and rates[index].span.start == match.start("figure")
        return rates[index] if stands else None
    sentence = document.sentence_at(match.start())
    of = _OF.search(document.text, sentence.start, run[0].span.start)
    if of is None or _MEAN.search(match["rest"]) is None:
        return None
    told = [
        rate
        for rate in rates
        if rate.sort == "named" and rate.exact and rate.run == rate.order and _OF_ALL.sub("", rate.name) == of["name"]
    ]
    told = [rate for rate in told if rate not in run]
    return told[0] if len({rate.value for rate in told}) == 1 and told[0].span.start < sentence.start else None


_SURPASSED = Pattern(
    r"，?(?P<words>(?:已)?超额完成)了?(?:年度|全年|既定|预定|下达|考核|计划|市定|县定|省定|上级|的)*(?:任务|目标|指标|计划)",
    needs=("超额完成",),
)
_REACHED = Pattern(r"(?:完成|实际|已建成|建成|改造|培训|达到?|新增|落实)\p{Han}{0,10}$")
_AIM = Pattern(r"目标|任务|计划|指标|要求|下达")
_OPENS_TASK = Pattern(r"^(?:新增|新建|改造|建设|创建|培训|引进|新开工|完成|整治|治理)\p{Han}{0,12}$")
_BETWEEN = 24


class Surpassed(NamedTuple):
    """``reached`` is said to be more than ``aim``, in ``words``."""

    aim: Quantity
    reached: Quantity
    words: str


def find_surpassed(document: Document, quantities: Sequence[Quantity]) -> Iterator[Surpassed]:
    """新增停车位3000个。已完成3126个，超额完成年度任务: what was reached, and right before it the aim it is told beside."""
    text = document.text
    for match in _SURPASSED.find(text):
        before = within(quantities, max(0, match.start() - 2 * _BETWEEN - 24), match.start())
        if len(before) < 2 or before[-1].span.end != match.start() or before[-1].measure == "%":
            continue
        aim, reached = before[-2:]
        gap = text[aim.span.end : reached.span.start]
        if aim.measure != reached.measure or not (aim.exact and reached.exact) or len(gap) > _BETWEEN or "\n" in gap:
            continue
        marker = document.paragraph_at(aim.span.start)
        heads = _OPENS_TASK.match(aim.before.lstrip(_NUMERALS)) is not None and _heads(document, aim, marker.span.start)
        if _REACHED.search(reached.before) is not None and (_AIM.search(aim.before) is not None or heads):
            yield Surpassed(aim, reached, match["words"])


def _heads(document: Document, aim: Quantity, start: int) -> bool:
    """Whether a figure stands in the first words of its line, behind a mark at most: ③新增停车位3000个。"""
    lead = document.text[start : aim.span.start - len(aim.before)]
    return len(lead) <= _MARK and not any(
        "\u4e00" <= character <= "\u9fff" for character in lead.strip("一二三四五六七八九十")
    )


_MARK = 5
_NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789.、（）一二三四五六七八九十"
