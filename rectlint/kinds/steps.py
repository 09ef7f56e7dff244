"""Steps of one piece of work, dated in one breath: 2月26日通过验收，2月14日完成销号公示 cannot be in that order.

Only steps that everywhere follow one another are known here (work begins, is finished, examined, accepted, struck off the
list; a case is opened, then punished; a matter is taken in, then settled), and only where nothing between the two dates
names another piece of work.  A date without a year contradicts another only if no year could save it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

Interval = tuple[datetime.date, datetime.date]

_STEP = Pattern(
    r"[^，。；：、！？\n《》已未]{0,12}?(?:已|均已)?[^，。；：、！？\n《》]{0,6}?(?:"
    r"(?P<a1>(?<![复返提])(?:正式|全面)?(?:开工|动工)(?!率)|破土动工)"
    r"|(?P<a2>(?:主体|全部|全面)?(?:完工|竣工(?!验收|决算|图))|建成(?!的)|完成\p{Han}{0,10}?施工|施工(?:全部)?完成)"
    r"|(?P<a3>鉴定(?!书)|初步?验(?:收)?|自验)"
    r"|(?P<a4>(?<!未|预|初步|单项|分项|未通过|中间|逐项)验收(?!销号|组|标准|手续|资料|公示))"
    r"|(?P<a5>(?:验收)?销号)|(?P<a6>投入使用|投用|启用|交付使用)"
    r"|(?P<b1>立案(?!处罚|侦查|后))|(?P<b2>(?:党内|政务|党纪|撤职|开除|警告)[^，。；\n]{0,10}?处分|给予[^，。；\n]{0,8}?(?:警告|撤职|开除|记过))"
    r"|(?P<c1>受理|转办|交办)|(?P<c2>办结|结案)"
    r"|(?P<d1>开班|开幕)|(?P<d2>结业|结束|闭幕)"
    r"|(?P<e1>(?:公开|发布)?招标(?!代理|文件|投标|方案|控制|人|工作)(?:公告)?|挂牌(?!成立|督办|整治)(?:出让)?)"
    r"|(?P<e2>中标(?!通知|单位|人)|成交|签订\p{Han}{0,6}(?:合同|协议))|(?P<e3>交付(?:使用)?|交地|交房)"
    r"|(?P<f1>(?:启动|开始|着手)拆除)|(?P<f2>拆除(?:完毕|完成|到位)|完成\p{Han}{0,8}拆除))",
    needs=("工", "建成", "鉴定", "验", "销号", "立案", "受理", "办", "开班", "开幕", "标", "挂牌", "签订", "拆除"),
)
_SAME_WORK = Pattern(
    r"[^，。；\n\d]{0,6}(?:[，；]|，[^，。；\n]{0,16}\d[^，。；\n]{0,8}，)(?:(?:并|又|再|且|随后|其后)?(?:已?于|在)?)"
)
_LONG = 300
_IN_USE, _EXAMINED = 6, (3, 4, 5)
"""What is finished may be used before it is accepted."""
_LONGEST = 60
"""Two steps of one piece of work are dated at most so many characters apart."""


class _Step(NamedTuple):
    """One dated step: its date, where its words end, which work it belongs to, and how far along that is."""

    date: Date
    end: int
    chain: str
    rank: int
    words: str


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each pair of steps told one right behind the other."""
    document = claims.document
    if not _STEP.may_match(document.text):
        return
    dates = [date for date in claims.dates.all if date.month is not None and not date.problem]
    for date, following in pairwise(dates):
        if not 0 < following.span.start - date.span.end <= _LONGEST:
            continue
        first, second = _step(claims, date, following.span.start), _step(claims, following, following.span.end + 40)
        if first is None or second is None or first.chain != second.chain or first.rank == second.rank:
            continue
        if first.chain == "a" and any(
            a.rank == _IN_USE and b.rank in _EXAMINED for a, b in ((first, second), (second, first))
        ):
            continue
        if _SAME_WORK.fullmatch(document.text, first.end, following.span.start) is not None:
            yield _compared(claims, *((first, second) if first.rank < second.rank else (second, first)))


def _step(claims: Claims, date: Date, limit: int) -> _Step | None:
    document: Document = claims.document
    if claims.dates.range_of(date) is not None or claims.dates.in_title(date):
        return None
    match = _STEP.match(document.text, date.span.end, min(limit, document.sentence_at(date.span.start).end))
    if match is None:
        return None
    name = next(name for name, words in match.groupdict().items() if words is not None)
    return _Step(date, match.end(), name[0], int(name[1]), match[name])


def _compared(claims: Claims, earlier: _Step, later: _Step) -> Outcome:
    """The outcome for two steps of which ``earlier`` must be the older one."""
    low, high = _reading(claims, earlier.date, later.date)
    evidence = (Evidence(earlier.date.span, "previous"),)
    if low is None or high is None:
        return Outcome("unchecked", later.date.span, evidence, defect="order", reason="year-unknown")
    if low[0] <= high[1]:
        return Outcome("consistent", later.date.span, evidence, f"{low[0]} ≤ {high[1]}", defect="order")
    return Outcome(
        "contradicted",
        later.date.span,
        evidence,
        f"{high[1]} < {low[0]}",
        actual=later.date.text,
        defect="order",
        values={
            "step": later.words,
            "date": later.date.text,
            "before": earlier.words,
            "other": earlier.date.text,
        },
    )


def _reading(claims: Claims, earlier: Date, later: Date) -> tuple[Interval | None, Interval | None]:
    """The days of both dates: as stated, or in the years that put them in order if such years lie within the text's time."""
    own = [(d.first, d.last) if d.trusted and d.first and d.last else None for d in (earlier, later)]
    if own[0] is not None and own[1] is not None:
        return own[0], own[1]
    start, given = claims.frame.sound_start, claims.frame.given
    bounds = [date.first for date in (start, *(d for d in (earlier, later) if d.trusted)) if date and date.first]
    if not bounds or given is None or given.last is None or given.year_source != "stated":
        return None, None
    years = range(min(bounds).year, given.last.year + 1)
    options = [
        [fixed] if fixed is not None else [o for y in years if (o := d.in_year(y)) and o[0] <= given.last]
        for fixed, d in zip(own, (earlier, later), strict=True)
    ]
    pairs = [(one, other) for one in options[0] for other in options[1]]
    ordered = [pair for pair in pairs if pair[0][0] <= pair[1][1]]
    if own == [None, None]:  # told without a year both: nobody means days so far apart
        ordered = [pair for pair in ordered if (pair[1][0] - pair[0][0]).days <= _LONG]
    fitting = next(iter(ordered), None)
    return fitting or (pairs[-1] if pairs else (None, None))


KIND = Kind("steps", NoParams, {"order": ("step", "date", "before", "other")}, check)
