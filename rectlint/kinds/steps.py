"""Steps of one piece of work, dated in one breath: 2月26日通过验收，2月14日完成销号公示 cannot be in that order.

Only steps that everywhere follow one another are known here (work begins, is finished, examined, accepted, struck off the
list; a case is opened, then punished; a matter is taken in, then settled), and only where nothing between the two dates
names another piece of work.  A date without a year contradicts another only if no year could save it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.dates import Date
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

Interval = tuple[datetime.date, datetime.date]

_STEP = Pattern(
    r"，?(?P<lead>[^，。；：、！？\n《》已未]{0,12}?(?:已|均已)?[^，。；：、！？\n《》]{0,6}?)(?:"
    r"(?P<a10>(?<![复返提])(?:正式|全面)?(?:开工|动工)(?!率)|破土动工)"
    r"|(?P<a15>(?:主体)?(?:工程|结构)?(?:全面)?封顶(?!仪式|的|率))"
    r"|(?P<a20>(?:主体|全部|全面)?(?:完工|竣工(?!验收|决算|图))|建成(?!的)|完成\p{Han}{0,10}?施工|施工(?:全部)?完成)"
    r"|(?P<a30>鉴定(?!书)|初步?验(?:收)?|自验)"
    r"|(?P<a40>(?<!未|预|初步|单项|分项|未通过|中间|逐项)验收(?!销号|组|标准|手续|资料|公示))"
    r"|(?P<a50>(?:验收)?销号)|(?P<a60>投入使用|投用|启用|交付使用)"
    r"|(?P<b10>立案(?!处罚|侦查|后))|(?P<b20>(?:党内|政务|党纪|撤职|开除|警告)[^，。；\n]{0,10}?处分|给予[^，。；\n]{0,8}?(?:警告|撤职|开除|记过))"
    r"|(?P<c10>受理|转办|交办)|(?P<c20>办结|结案)"
    r"|(?P<d10>开班|开幕)|(?P<d20>结业|结束|闭幕)"
    r"|(?P<e10>(?:公开|发布)?招标(?!代理|文件|投标|方案|控制|人|工作)(?:公告)?|挂牌(?!成立|督办|整治)(?:出让)?)"
    r"|(?P<e20>中标(?!通知|单位|人)|成交|签订\p{Han}{0,6}(?:合同|协议))|(?P<e30>交付(?:使用)?|交地|交房)"
    r"|(?P<f10>(?:启动|开始|着手)拆除)|(?P<f20>拆除(?:完毕|完成|到位)|完成\p{Han}{0,8}拆除)"
    r"|(?P<g10>(?:审议|研究|讨论)(?:并|并原则)?(?:通过|审定)|审定)(?P<made>了?[^，。；\n]{0,40})"
    r"|(?P<g20>(?:印发|下发)(?!的))(?P<issued>了?(?:《[^《》\n]{0,40}》|\p{Han}{0,12})))",
    needs=(
        "工",
        "建成",
        "鉴定",
        "验",
        "销号",
        "立案",
        "受理",
        "办",
        "开班",
        "开幕",
        "标",
        "挂牌",
        "签订",
        "拆除",
        "封顶",
        "印发",
        "下发",
    ),
)
_SAME_WORK = Pattern(
    r"[^，。；\n\d]{0,6}(?:[，；、]|，[^，。；\n]{0,16}\d[^，。；\n]{0,8}，)(?:(?:并|又|再|且|随后|其后)?(?:已?于|在)?)"
)
_LABEL = Pattern(
    r"(?:(?P<a10>开工|动工)|(?P<a15>封顶)|(?P<a20>完工|竣工)|(?P<a40>(?:竣工)?验收)|(?P<a60>投用|启用|投入使用)|(?P<b10>立案)|(?P<c10>受理|交办)"
    r"|(?P<c20>办结|结案)|(?P<d10>开班)|(?P<d20>结业)|(?P<e10>招标|开标)|(?P<e20>中标|签约|签订合同))(?:时间|日期)(?:为|是|：|在)?$",
    needs=("时间", "日期"),
)
"""Before a date: 开工时间为……，竣工时间为……."""
_PLANNED = Pattern(r"计划|合同|原定|预计|约定|要求|拟|应")
_OTHER_WORK = Pattern(r"[\p{Han}\d]{2,}(?:项目|工程|[楼路桥站厂园馆])|[一二三四五六七八\d](?:期|号(?!文)|标段)")
"""Before the second step these name the building or the phase it is of."""
_SAME_PAPER = Pattern(r"了?(?:$|实施|执行|施行|给|至|到|各|全|下发|公布)")
_THEN = Pattern(
    r"(?:并且?(?:又|同时)?(?:于|在)|(?:随后|之后|随即|而后|其后|后又|又)(?:于|在))(?=\d{1,4}[年月])",
    needs=("并", "后", "随即", "又"),
)
"""Between two events of one sentence: the second did not come first."""
_NO_EVENT_BEFORE = (
    "对", "将", "就", "自", "从", "至", "到", "截至", "截止", "原定", "根据", "依据", "按照", "按", "据", "关于", "计划", "预计", "拟",
    "定于", "要求", "限", "应于", "期限为", "有效期", "成立于", "始建于",
)  # fmt: skip
_NO_EVENT_AFTER = Pattern(r"[日号]?(?:起|以来|以后|之?前|的|至|到|开始|止|届满|期满|—|-)")
_TOLD_FIRST = Pattern(r"先[行期]|此前|提前|早在|预先|前期")
_SHORT_LEAD = 2
_NEXT_LABEL = Pattern(r"[，；、\n]{1,2}(?:\d{1,2}[.、])?(?:实际|计划|合同|约定|原定|预计|工程|项目|其)*")
_SHOWN = 14
_WORDS = Pattern(r"[^，。；：（《\n]*")
_FARTHEST = 120
_ANY_YEAR = 2023
_LONG = 300
_IN_USE, _EXAMINED = 60, (30, 40, 50)
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
    lead: str
    paper: str


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each pair of steps told one right behind the other."""
    document = claims.document
    if not any(pattern.may_match(document.text) for pattern in (_STEP, _THEN, _LABEL)):
        return
    dates = [date for date in claims.dates.all if date.month is not None and not date.problem]
    told: set[int] = set()
    for date, following in pairwise(dates):
        if not 0 < following.span.start - date.span.end <= _LONGEST:
            continue
        first = _step(claims, date, following.span.start)
        second = _step(claims, following, following.span.end + 40) if first is not None else None
        if first is None or second is None or first.chain != second.chain or first.rank == second.rank:
            continue
        if first.chain == "a" and any(
            a.rank == _IN_USE and b.rank in _EXAMINED for a, b in ((first, second), (second, first))
        ):
            continue
        if first.rank > second.rank and len(second.lead) > _SHORT_LEAD:
            continue  # 老旧小区改造完工；7月15日新一轮改造开工: told in the wrong order, and of another work
        if _OTHER_WORK.search(second.lead) is not None or not _same_paper(first, second):
            continue
        if _SAME_WORK.fullmatch(document.text, first.end, following.span.start) is not None:
            outcome = _compared(claims, *((first, second) if first.rank < second.rank else (second, first)))
            if outcome.verdict != "unchecked":
                told.add(following.order)
            yield outcome
    yield from _check_labelled(claims, dates)
    yield from _check_then(claims, told)


def _check_labelled(claims: Claims, dates: Sequence[Date]) -> Iterator[Outcome]:
    """开工时间为D1，竣工时间为D2."""
    if not _LABEL.may_match(claims.document.text):
        return
    steps = [_labelled(claims, date) for date in dates]
    for first, second in pairwise(steps):
        if first is None or second is None or first.chain != second.chain or first.rank == second.rank:
            continue
        if first.paper == second.paper and _NEXT_LABEL.fullmatch(
            claims.document.text, first.date.span.end, second.date.span.start - len(second.lead)
        ):
            yield _compared(claims, *((first, second) if first.rank < second.rank else (second, first)))


def _labelled(claims: Claims, date: Date) -> _Step | None:
    """The step that is named right before its date; planned ones are told apart from what was."""
    text = claims.document.text
    match = _LABEL.search(text, max(0, date.span.start - 12), date.span.start)
    if match is None or claims.dates.range_of(date) is not None:
        return None
    name = next(name for name, words in match.groupdict().items() if words is not None)
    planned = _PLANNED.search(text, max(0, match.start() - 4), match.start()) is not None
    return _Step(date, date.span.end, name[0], int(name[1:]), match[name], match.group(), "planned" if planned else "")


def _same_paper(first: _Step, second: _Step) -> bool:
    """Whether what was resolved is what was issued; true of all other steps."""
    if first.chain != "g":
        return True
    if first.rank < second.rank and _SAME_PAPER.match(second.paper) is not None:
        return True
    names = [step.paper.lstrip("了").rstrip("》") for step in (first, second)]
    return (
        len(names[0]) > 1
        and names[0][-2:] == names[1][-2:]
        and not (names[0].startswith("《") and names[1].startswith("《") and names[0] != names[1])
    )


# -- one event and then another: D1召开会议，并于D2印发 ----------------------------------------------------------------------


def _check_then(claims: Claims, told: set[int]) -> Iterator[Outcome]:
    """An event told with 并于 or 随后于 against the one before it in its sentence."""
    document, milestones = claims.document, claims.frame.milestones
    for match in _THEN.find(document.text):
        later = claims.dates.starting_at(match.end())
        if later is None or later.problem or later.month is None or later.order in told or later.order in milestones:
            continue
        low = max(document.sentence_at(match.start()).start, match.start() - _FARTHEST)
        semicolon = document.text.rfind("；", low, match.start())
        earlier = _event_before(claims, Span(max(low, semicolon + 1), match.start()))
        if earlier is None or _is_no_event(claims, earlier, later):
            continue
        yield _then(claims, earlier, later)


def _event_before(claims: Claims, place: Span) -> Date | None:
    """The last date in ``place`` that tells when something was; of a range the first day."""
    days = [date for date in claims.dates.within(place) if date.month is not None and not claims.dates.in_title(date)]
    if not days:
        return None
    found = claims.dates.range_of(days[-1])
    return found.start if found is not None else days[-1]


def _is_no_event(claims: Claims, earlier: Date, later: Date) -> bool:
    """Whether one of the dates is a limit, or of a thing, or told to be the first of the two."""
    text = claims.document.text
    if text.endswith(_NO_EVENT_BEFORE, 0, earlier.span.start) or earlier.problem or later.grain == "half":
        return True
    if claims.dates.range_of(earlier) is None and _NO_EVENT_AFTER.match(text, earlier.span.end) is not None:
        return True
    if _NO_EVENT_AFTER.match(text, later.span.end) is not None:
        return True
    clause = text[later.span.end : later.span.end + 20]
    return _TOLD_FIRST.search(clause) is not None or later.text[0] in "同当次" or earlier.text[0] in "同当次"


def _then(claims: Claims, earlier: Date, later: Date) -> Outcome:
    evidence = (Evidence(earlier.span, "previous"),)
    low, high = _in_order(claims, earlier, later)
    if low is None or high is None:
        return Outcome("unchecked", later.span, evidence, defect="order", reason="year-unknown")
    if low[0] <= high[1]:
        return Outcome("consistent", later.span, evidence, f"{low[0]} ≤ {high[1]}", defect="order")
    values = {
        "step": _shown(claims, later),
        "date": later.text,
        "before": _shown(claims, earlier),
        "other": earlier.text,
    }
    derivation = _disorder(earlier, later, low, high)
    return Outcome("contradicted", later.span, evidence, derivation, actual=later.text, defect="order", values=values)


def _disorder(earlier: Date, later: Date, low: Interval, high: Interval) -> str:
    """That the second date lies before the first; in its own words where no year is known."""
    return f"{later.text} < {earlier.text}" if earlier.year is None else f"{high[1]} < {low[0]}"


def _in_order(claims: Claims, earlier: Date, later: Date) -> tuple[Interval | None, Interval | None]:
    """The days of both dates; the second in the year after the first where its own year is not written, if that is not
    yet to come nor most of a year away."""
    year = earlier.year if earlier.trusted and earlier.year is not None else None
    low = earlier.in_year(year if year is not None else _ANY_YEAR)
    if low is None:
        return None, None
    if later.year_source == "stated":
        return (low, later.in_year(later.year or 0)) if year is not None else (None, None)
    same, following = later.in_year(low[0].year), later.in_year(low[0].year + 1)
    if same is None or following is None or same[1] >= low[0]:
        return (low, same) if same is not None else (None, None)
    given = claims.frame.given
    to_come = year is not None and given is not None and given.last is not None and following[0] > given.last
    return low, same if to_come or (following[0] - low[0]).days > _LONG else following


def _shown(claims: Claims, date: Date) -> str:
    """The words that tell what was on a date."""
    text, found = claims.document.text, claims.dates.range_of(date)
    end = date.span.end if found is None else found.span.end
    start = end + (text[end : end + 1] == "，")
    words = _WORDS.match(text, start)
    shown = words.group() if words is not None else ""
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _step(claims: Claims, date: Date, limit: int) -> _Step | None:
    document: Document = claims.document
    if claims.dates.range_of(date) is not None or claims.dates.in_title(date):
        return None
    match = _STEP.match(document.text, date.span.end, min(limit, document.sentence_at(date.span.start).end))
    if match is None:
        return None
    name = next(name for name, words in match.groupdict().items() if words is not None and name[1:].isdigit())
    paper = match["made"] or match["issued"] or ""
    return _Step(date, match.end(), name[0], int(name[1:]), match[name], match["lead"], paper)


def _compared(claims: Claims, earlier: _Step, later: _Step) -> Outcome:
    """The outcome for two steps of which ``earlier`` must be the older one."""
    if earlier.chain == "g" and earlier.date.order < later.date.order:
        low, high = _in_order(claims, earlier.date, later.date)
    else:
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
        _disorder(earlier.date, later.date, low, high),
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
