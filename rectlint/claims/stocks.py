"""Stocks: how many there were, how many went, how many came, and how many there are.

In: a `Document` and its quantities.  Out: `Stock` values.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("原有合作社64家，注销18家，新设3家，现有49家。"))
>>> [(s.start.text, [q.text for q in s.losses], [q.text for q in s.gains], s.end.text)
...  for s in find_stocks(document, tuple(find_quantities(document)))]
[('64家', ['18家'], ['3家'], '49家')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rectlint.claims.lists import list_mark, share_a_word
from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_REACH = 140
_SLIP = 20
"""What is off by more than this part of all was not meant to balance."""
_MOST = 10
"""How many figures of one measure, before the last one, are looked at."""

_GONE = r"(?:清退|清出|退出|撤销|撤并|撤减|撤|取消|停办|关停|关闭|关|注销|流失|调出|调离|离职|离任|辞职|辞退|解聘|走了?|退休|死亡|拆除|淘汰|报废|剔除|办结|审结|结案|核减|裁减|压减|减少|精简|除名|出列|转出|迁出|划出|清理|废止|停保|停发|停供|退保|停止发放|取消资格)"
_COME = r"(?:新纳入|纳入|新增加?|增加|增设|增补|新设立?|新建|新聘|新招聘?|招聘|招录|新引进|引进|调入|转入|迁入|新发展|新培养|新进|补充|补选|吸收|新收|新受理|新入库|划入|新开|聘用)"
_LOSS = Pattern(rf"{_GONE}(?:了|的)?[^，。；：\d]{{0,10}}$")
_GAIN = Pattern(rf"{_COME}(?:了|的)?[^，。；：\d]{{0,10}}$")
_START = Pattern(
    r"(?:原有|旧存|上?年?结转|原共?有|原为|原来(?:有|为)?|原(?=\p{Han}{0,8}$)|在册的?|年初(?:共?有|为)?|上?年末(?:共?有|为)?|期初(?:有|为)?|(?:整改|核查|巡[察视]|调整|清理|整合|撤并)前(?:共?有|为)?|反馈时(?:共?有|为)?)[^，。；：\d]{0,10}$"
)
_GONE_THROUGH = Pattern(
    r"(?:核查|复核|核实|清查|摸排|摸底|核对|排查|梳理|审核|比对|普查|清理|年审)[^，。；：\d]{0,12}$"
)
"""What is gone through one by one is all there is, where some of it goes and some comes: 核查412户，停保21户，新纳入13户，调整后404户."""
_END = Pattern(
    r"(?:现有|现为|现共有?|现存|现在册|现在?还?有|现还?有|目前(?:共|还)?有|目前为|目前(?:在[册岗编]|保有)|至今(?:还|共)?有|期末(?:有|为)?|保留|(?:尚|现|仍)?未[办审]?结|[年月期]末(?:未结|尚有|尚余|结余|剩余)|年末(?:共?有|为)|年底(?:共?有|为)"
    r"|\p{Han}{2}后[^，。；：\d]{0,14}(?:为|共有?|有|达到?))[^，。；：\d]{0,8}$"
)
_NET = Pattern(r"净(?P<way>增|减)(?:加|少)?(?:了)?\p{Han}{0,6}$", needs=("净",))
_INSTEAD = Pattern(
    r"合并|整合|调整|改[为制建]|重组|置换|其中|另|转为|升格|拟|计划|待|未|将|争取|力争|应|[较比]|同期(?!流失|离|退|调|引)|(?:至|到|为|成)$"
)
"""What makes fewer or others of them without saying how many: 撤并 is a loss, 合并为 is none."""
_LEFT = Pattern(r"^(?:现在|目前|现|至今)?(?:还有|还剩|剩下|剩余|尚有|还在岗)\p{Han}{0,4}$")
_ACTUAL = Pattern(r"^(?:实际|实)\p{Han}{0,8}$")
_BOTH = Pattern(
    r"\p{Han}{0,4}(?:(?:同时|既|合并)[^，。；]{0,8}(?:党[纪内]|政[务纪]|前[述两])[^，。；]{0,6}(?:政[务纪]|党[纪内]|两)|[^，。；]{0,4}(?:双重|重复|交叉|两种|两类|两项))"
)
_DOUBLED = Pattern(r"双重|重复|交叉|两种|两类")
_TWIN = Pattern(r"[、，]?(?:共|计|涉及)?")


class Stock(NamedTuple):
    """``start`` less ``losses`` plus ``gains`` is said to be ``end``; with ``net``, gains less losses is."""

    start: Quantity
    losses: tuple[Quantity, ...]
    gains: tuple[Quantity, ...]
    end: Quantity
    net: bool = False

    @property
    def fits(self) -> bool:
        """Whether they do."""
        return self.computed == self.end.value

    @property
    def nearly_fits(self) -> bool:
        """Whether they do but for a slip."""
        apart = abs(self.computed - self.end.value)
        return apart <= 2 or apart * _SLIP <= self.end.value

    @property
    def computed(self) -> Decimal:
        """What the figures make."""
        return (
            self.start.value
            - sum((figure.value for figure in self.losses), Decimal(0))
            + sum((figure.value for figure in self.gains), Decimal(0))
        )


def find_stocks(document: Document, quantities: Sequence[Quantity]) -> Iterator[Stock]:
    """All stocks, in order of their last figure."""
    for quantity in quantities:
        if quantity.measure in ("%", "百分点", "‰") or not quantity.exact:
            continue
        if quantity.before and _TO.fullmatch(quantity.before) is not None:
            yield from _from_to(document, quantities, quantity)
            continue
        net = _NET.search(quantity.before)
        if net is not None:
            yield from _net(document, quantities, quantity, net["way"] == "增")
        elif quantity.before.startswith("实") and _ACTUAL.match(quantity.before) is not None:
            yield from _without_doubles(document, quantities, quantity)
        elif _END.search(quantity.before) is not None or _LEFT.search(quantity.before) is not None:
            yield from _kept(document, quantities, quantity)


_TO = Pattern(
    r"(?:逐步|依次|相应|净)?(?:(?P<down>减少|压减|压缩|精简|下降|缩减|核减|降|减)|(?P<up>增加|扩大|上升|增长|扩充|增))(?:到|至|为)",
    needs=("到", "至", "为"),
)
_FROM = Pattern(
    r"(?P<thing>[^，。；：\d]{0,16}?)(?:由|从)(?:原来的?|原先的?|原有的?|原|此前的?|年初的?|整改前的?|巡察前的?)?$"
)
_TELLS_WHAT = frozenset(("户", "家", "所", "座", "栋", "台", "辆", "套"))
"""Counters that count one sort of things, so that no name need be told twice; never persons, who come and go untold."""


def _from_to(document: Document, quantities: Sequence[Quantity], end: Quantity) -> Iterator[Stock]:
    """注销5户，法人户数由23户减少到18户: what was taken away right before."""
    told = quantities[max(0, end.order - 2) : end.order]
    way = _TO.fullmatch(end.before)
    if way is None or len(told) < 2 or {figure.measure for figure in told} != {end.measure} or end.measure == "人":
        return
    change, start = told
    opens = _FROM.search(start.before)
    beside = start.span.end + len(end.before) == end.span.start and change.clause.end == start.clause.start - 1
    if opens is None or not beside or document.text[change.clause.end] != "，" or not (change.exact and start.exact):
        return
    word = (_LOSS if way["down"] else _GAIN).search(change.before)
    if word is None or _INSTEAD.search(change.before) is not None or change.bracket != end.bracket:
        return
    if end.unit not in _TELLS_WHAT and not share_a_word(change.before[word.start() :] + change.after, opens["thing"]):
        return
    lost, won = ((change,), ()) if way["down"] else ((), (change,))
    stock = Stock(start, lost, won, end, net=True)
    if stock.fits or abs(stock.computed - end.value) <= _TWO:
        yield stock


_TWO = 2


_NAMED = Pattern(r"(?:有|为|存|剩|净增加?|净减少?)(?:了|达到?)?(?P<thing>\p{Han}{2,})$")


def _is_of_the_same(document: Document, start: int, end: Quantity) -> bool:
    """Whether what the last figure is called was spoken of before: no 在编人员 beside 原有编制86名."""
    named = _NAMED.search(end.before)
    if named is None:
        return True
    thing, told = named["thing"], document.text[start : end.span.start - len(end.before)]
    return share_a_word(thing, told)


def _before(document: Document, quantities: Sequence[Quantity], end: Quantity, start: int) -> list[Quantity]:
    """The figures of one measure from ``start`` on that stand before ``end``, the nearest last."""
    found = [
        figure
        for figure in quantities[max(0, end.order - 3 * _MOST) : end.order]
        if figure.span.start >= start and figure.measure == end.measure and figure.bracket == end.bracket
    ]
    return found[-_MOST:]


def _words(document: Document, quantities: Sequence[Quantity], figure: Quantity) -> str:
    """What is said of a figure: its own words, or those of the measure told right before it (17户26人)."""
    if figure.order and _TWIN.fullmatch(figure.before) is not None:
        previous = quantities[figure.order - 1]
        if _TWIN.fullmatch(document.text, previous.span.end, figure.span.start) is not None:
            return previous.before
    return figure.before


def _kept(document: Document, quantities: Sequence[Quantity], end: Quantity) -> Iterator[Stock]:
    """原有64个，撤并18个，新设3个，现有49个, and the second measure told beside each."""
    sentence = document.sentence_at(end.span.start)
    floor = max(sentence.start, end.span.start - _REACH)
    found = _read(document, quantities, end, floor)
    if found is None:
        found = _of_those_come(document, quantities, end, sentence.start)
    if found is None:
        return
    if not _is_of_the_same(document, document.sentence_at(found.start.span.start).start, end):
        return
    yield found
    following = quantities[end.order + 1 : end.order + 2]
    if following and _TWIN.fullmatch(document.text, end.span.end, following[0].span.start) is not None:
        twin = _twins(document, quantities, found, following[0])
        if twin is not None:
            yield twin


def _twins(document: Document, quantities: Sequence[Quantity], stock: Stock, end: Quantity) -> Stock | None:
    """The same in the second measure: 382户611名, 17户26人."""
    told: list[Quantity] = []
    for figure in (stock.start, *stock.losses, *stock.gains):
        twin = quantities[figure.order + 1]
        beside = _TWIN.fullmatch(document.text, figure.span.end, twin.span.start) is not None
        if not beside or twin.measure != end.measure or not twin.exact:
            return None
        told.append(twin)
    lost = len(stock.losses)
    return Stock(told[0], tuple(told[1 : 1 + lost]), tuple(told[1 + lost :]), end)


def _read(document: Document, quantities: Sequence[Quantity], end: Quantity, floor: int) -> Stock | None:
    losses: list[Quantity] = []
    gains: list[Quantity] = []
    for figure in reversed(_before(document, quantities, end, floor)):
        words = _words(document, quantities, figure).replace("未结", "")
        if not figure.exact or _INSTEAD.search(words) is not None:
            return None
        if losses and gains and _GONE_THROUGH.search(words) is not None:
            stock = Stock(figure, tuple(losses[::-1]), tuple(gains[::-1]), end)
            return stock if stock.nearly_fits else None
        if _START.search(words) is not None:
            return Stock(figure, tuple(losses[::-1]), tuple(gains[::-1]), end) if losses or gains else None
        if _GAIN.search(words) is not None:
            gains.append(figure)
        elif _LOSS.search(words) is not None:
            losses.append(figure)
        else:
            return None
    return None


_ALL = Pattern(r"(?:引进|招聘|聘用|招录|选聘|选派|派驻|录用|吸纳)(?:的|了)?\p{Han}{0,6}$")


def _of_those_come(document: Document, quantities: Sequence[Quantity], end: Quantity, start: int) -> Stock | None:
    """引进的16人里面，……。走了1人，现在还有15人: of the figure that the sentence before begins with."""
    told = _before(document, quantities, end, start)
    if len(told) != 1 or _LOSS.search(told[0].before) is None or not told[0].exact or start == 0:
        return None
    earlier = document.sentence_at(start - 1)
    first = next((q for q in _before(document, quantities, told[0], earlier.start)), None)
    if (
        first is None
        or not first.exact
        or _ALL.search(first.before) is None
        or "\n" in document.text[first.span.end : start]
    ):
        return None
    return Stock(first, (told[0],), (), end)


def _net(document: Document, quantities: Sequence[Quantity], end: Quantity, up: bool) -> Iterator[Stock]:
    """引进43人，同期流失4人，净增39人."""
    paragraph = document.paragraph_at(end.span.start).span
    told = _before(document, quantities, end, max(paragraph.start, end.span.start - _REACH))
    against, along = (_LOSS, _GAIN) if up else (_GAIN, _LOSS)
    if len(told) < 2 or not told[-1].exact:
        return
    last = told[-1]
    first, second = (against, along) if against.search(last.before) is not None else (along, against)
    if first.search(last.before) is None or "。" in document.text[last.span.end : end.span.start]:
        return
    others = [q for q in told[:-1] if second.search(q.before) is not None and q.exact and q.role != "part"]
    if len(others) != 1 or "其中" in others[0].before:
        return
    more, less = (others[0], last) if first is against else (last, others[0])
    if _is_of_the_same(document, document.sentence_at(more.span.start).start, end):
        yield Stock(more, (less,), (), end, net=True)


def _without_doubles(document: Document, quantities: Sequence[Quantity], end: Quantity) -> Iterator[Stock]:
    """党纪处分6人、政务处分3人，其中1人同时受到两种处分，实际处分8人."""
    sentence = document.sentence_at(end.span.start)
    told = _before(document, quantities, end, sentence.start)
    if len(told) < 3 or not all(figure.exact for figure in told[-3:]):
        return
    first, second, both = told[-3:]
    joined = list_mark(document, first, second) in ("、", "，") and (
        len(told) == 3 or list_mark(document, told[-4], first) != "、"
    )
    doubled = _DOUBLED.search(both.before) is not None
    named = "党" in first.before and "政" in second.before
    if joined and named and both.role == "part" and (doubled or _BOTH.match(document.text, both.span.end) is not None):
        yield Stock(first, (both,), (second,), end)
