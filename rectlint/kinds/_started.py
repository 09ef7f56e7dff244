"""A campaign told by its start, its length and its end: 1月启动，为期6个月，至6月底结束."""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.kinds.base import Evidence, Outcome
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.report import Words
from rectlint.source import Span

_MONTH = r"(?:1[0-2]|[1-9])月份?(?:(?:3[01]|[12]\d|[1-9])日|初|[上中下]旬|底|末)?"
_STARTED = Pattern(
    rf"(?<![\d年至到—-])(?P<from>(?:(?P<y1>20\d\d)年|今年)?(?P<m1>{_MONTH}))(?:正式|全面|集中)?(?:启动|开始|开展|部署|起)(?:实施|推进)?，?"
    r"(?:计划|拟)?(?P<length>(?:为期|历时|用时|利用|用)(?P<n>\d{1,2}|[一二两三四五六七八九十])个月)(?:左右)?(?:的?时间)?，?"
    rf"(?:至|到|于|将于|计划于|预计)(?P<to>(?:(?P<y2>20\d\d)年|次年|翌年|明年|今年|当年)?(?P<m2>{_MONTH}))",
    needs=("启动", "开始", "开展", "部署", "起"),
)


def check_started(claims: Claims) -> Iterator[Outcome]:
    """The months between start and end against the length told between them; both ends may be counted or one."""
    for match in _STARTED.find_in_lines(claims.document.text):
        if "个月" not in match["length"]:
            continue
        between = _months_between(match)
        months = chinese_ordinal(match["n"].replace("两", "二"))
        place = Span(*match.span("length"))
        evidence = (Evidence(Span(*match.span("from")), "from"), Evidence(Span(*match.span("to")), "to"))
        derivation = f"{match['from']}—{match['to']} = {between + 1}个月"
        if between in (months - 1, months):
            yield Outcome("consistent", place, evidence, derivation, defect="duration")
            continue
        if "左右" in match.group():
            yield Outcome("unchecked", place, evidence, derivation, defect="duration", reason="approximate")
            continue
        counted = Words(f"{between + 1}个月", f"{between + 1} months")
        values: dict[str, str | Words] = {"from": match["from"], "to": match["to"], "claimed": match["length"]}
        yield Outcome(
            "contradicted",
            place,
            evidence,
            f"{derivation} ≠ {match['length']}",
            expected=counted.zh,
            actual=match["length"],
            defect="duration",
            values=values | {"counted": counted},
        )


def _months_between(match: Match) -> int:
    """From the month of the start to that of the end; an end without its year is the next such month."""
    first, last = (int(match[name].partition("月")[0]) for name in ("m1", "m2"))
    if match["y1"] and match["y2"]:
        return 12 * (int(match["y2"]) - int(match["y1"])) + last - first
    return (last - first) % 12
