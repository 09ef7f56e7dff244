"""Statements that everything is done: 反馈的36个问题已全部完成整改, 36个问题已完成整改36个, 整改完成率100%.

In: a `Document`, its headline figures and its quantities.  Out: `AllDone` values in text order.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("截至6月底，巡察反馈的问题均已整改到位。"))
>>> [document.words(claim.span) for claim in find_all_done(document, (), ())]
['均已整改到位']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.headlines import Headline, speaks_of_part
from rectlint.claims.quantities import Quantity
from rectlint.document import Document, Item
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_SUBJECT = r"(?:问题|意见|事项|任务|建议|信访件|线索)"
_FINISHED = r"(?:完成整改|整改完成|整改到位|整改完毕|整改销号|整改落实到位|完成销号|验收销号|销号|办结|落实到位|解决到位|整改|完成)"
_CLAIM = Pattern(
    rf"(?:已经?|现已|目前)?(?:全部|均|都|全面)(?:已经?|都|按期|如期)*+{_FINISHED}(?:到位|完毕|完成)?"
    r"(?=(?:\d{1,3}(?:个|项|条|件))?(?:[，。；：（！\n]|$))",
    needs=("全部", "均", "都", "全面"),
)
_LEAD = Pattern(
    r"(?:(?P<fed>反馈|指出|交办|移交|查出|巡[察视]|审计|督察)[^。；：\n]{0,40}?)?"
    r"(?:(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)[^。；：，\n\d个项条件类]{0,8}?)?"
    rf"{_SUBJECT}，?(?:目前|现|截至目前|截至[^，。；\n]{{2,14}})?，?(?:\d{{1,3}}(?:个|项|条|件))?$"
    r"|(?P<fed>反馈|指出)(?:了)?[^。；，\n]{0,12}?问题[^。；，\n]{0,12}?(?P<number>\d{1,3})(?:个|项|条)，(?:目前|现|截至目前|截至[^，。；\n]{2,14})?，?$"
)
_REACH = 80
"""So many characters before a claim may hold its subject."""
_RATE = Pattern(
    r"整改(?:完成|落实)?率(?:为|达|达到)?(?P<claim>(?:100%|百分之百))", needs=("整改率", "完成率", "落实率")
)
_THEN = Pattern(r"当时|其时|彼时|当年(?!度)", needs=("时", "当年"))
_ATTRIBUTE = Pattern(r"(?:对|将|把|凡|以|确保|力争|推动|促进|争取|实现|督促)[^，。；]*$")
_ASIDE = Pattern(r"上一轮|上轮|历年|立行立改|其中|自查|排查|检查发现|督查发现|(?:村|社区|下属|所属)[^，。；]{0,6}$")


class AllDone(NamedTuple):
    """One statement that all problems are done: its telling words, how many it speaks of (or None), whether they are those
    that were fed back, whether they are another lot (上一轮, 立行立改, 自查发现), and where the number stands."""

    span: Span
    number: int | None
    fed_back: bool
    aside: bool = False
    figure: Span | None = None


def find_all_done(
    document: Document,
    headlines: Sequence[Headline],
    quantities: Sequence[Quantity],
    problems: frozenset[int] = frozenset(),
) -> Iterator[AllDone]:
    """The statements in words, then those in figures; ``problems`` are the indices of the problem items."""
    text = document.text
    for match in _CLAIM.find(text):
        start = match.start()
        sentence = max(document.sentence_at(start).start, start - _REACH)
        subject = _LEAD.search(text, sentence, start)
        if subject is None:
            continue
        clause = text[max(sentence, text.rfind("；", sentence, start) + 1) : start]
        if _ATTRIBUTE.search(clause) is None:
            number = subject["number"]
            count = None if number is None else chinese_ordinal(number)
            item = document.item_at(start)
            of_part = (
                item is not None and _is_section(document, item, problems) and speaks_of_part(document, item, problems)
            )
            aside = of_part or _ASIDE.search(clause) is not None or _is_petitions(subject.group())
            figure = None if number is None else Span(*subject.span("number"))
            yield AllDone(Span(*match.span()), count, bool(subject["fed"]), aside, figure)
    yield from _in_figures(document, headlines, quantities)


def _is_section(document: Document, item: Item, problems: frozenset[int]) -> bool:
    """Whether an item is no problem itself, or one that holds others (关于不正之风方面 reads like a problem)."""
    return item.order not in problems or any(child.order in problems for child in document.children(item))


def _is_petitions(subject: str) -> bool:
    """Whether petitions or leads are done, and nothing is said of problems: 上级交办的21件信访件已全部办结."""
    return "问题" not in subject.replace("问题线索", "") and ("信访" in subject or "线索" in subject)


def _in_figures(document: Document, headlines: Sequence[Headline], quantities: Sequence[Quantity]) -> Iterator[AllDone]:
    """反馈的36个问题，已完成整改36个, or 整改完成率100% in the sentence of the headline."""
    for headline in headlines:
        if headline.sort != "problems":
            continue
        total = headline.quantity
        sentence = document.sentence_at(total.span.start)
        for rate in _RATE.find(document.text, total.span.end, sentence.end):
            yield AllDone(Span(*rate.span("claim")), int(total.value), True, figure=total.span)
        if _THEN.search(document.text, total.span.end, sentence.end) is not None:
            continue  # 2031年巡察反馈38个，当时上报完成38个
        done = next(
            (
                quantity
                for quantity in quantities[total.order + 1 : total.order + 3]
                if quantity.span.end <= sentence.end and quantity.measure == total.measure
            ),
            None,
        )
        if done is not None and done.role == "done" and done.value == total.value and done.exact and done.depth == 0:
            yield AllDone(done.span, int(total.value), True, figure=total.span)
