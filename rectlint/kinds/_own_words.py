"""The text's own words for its inspection and for the committee above it, against a single slip into another template's.

A county's bulletin speaks of 巡察 and 县委 throughout; a sentence taken over from another one may still say 巡视 or 区委.
Both words may also stand quite rightly beside the text's own, so only sentences that can speak of nothing but this very
inspection are judged, and a committee only where nothing else in the text is of its level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rectlint.claims.names import Names
from rectlint.kinds.agreement import Telling, differing
from rectlint.kinds.base import Outcome
from rectlint.patterns import Match, Pattern
from rectlint.report import Words
from rectlint.source import Span

_SORT = Words("监督方式（巡视、巡察）", "the sort of inspection")
_LEVEL = Words("党委的层级", "the level of the committee")
_OTHER = {"巡视": "巡察", "巡察": "巡视"}
_FEWEST = 3
"""So often must the text's own word for the inspection stand in it."""

_GIVEN = r"反馈了?(?P<given>巡视|巡察)(?:意见|情况|结果)(?!整改)"
_RULES = r"(?:按照|根据|依照|原则和)(?P<rules>巡视|巡察)(?:整改)?工作的?(?:有关|相关)?要求"
_NOW = r"现[将就](?P<now>巡视|巡察)(?:反馈|集中|问题|意见)*整改"
_INVITED = (
    r"“?关于(?P<noted>巡视|巡察)(?:反馈|集中|问题|意见)*整改[^”。；\n]{0,10}(?:意见|建议)"
    r"|对(?P<asked>巡视|巡察)(?:反馈|集中|问题|意见)*整改(?:落实|进展|工作)*情况[^。；\n]{0,6}意见"
)
_TOLD = (
    r"(?:传达|学习|听取|收到|认领|接到|接收|对照|根据|按照|针对|梳理|研究|(?<=[，。；、\n]))了?"
    r"(?P<level>[省市区县州旗]委)?(?P<told>巡视|巡察)反馈(?:的)?(?:意见|会|问题|\d{1,3}[个项条])"
)
_FRAME = Pattern(f"{_GIVEN}|{_RULES}|{_NOW}|{_INVITED}|{_TOLD}", needs=("巡视", "巡察"))
_SPEAKS_OF_ANOTHER = Pattern(
    r"(?P<sort>巡视|巡察)(?:集中|工作)?(?:反馈|整改|组|发现|指出|期间|意见|问题|移交|监督)", needs=("巡视", "巡察")
)
_BESIDE = Pattern(r"(?:巡视|巡察)(?:、|和|与|及|暨|带|以及)?$")
_BEFORE_OTHER = Pattern(r"(?:、|和|与|及|暨|带|以及)?(?:巡视|巡察)")
_NOT_THIS_ONE = (
    "审计", "专项检查", "统筹", "一体", "结合", "以往", "延伸", "提级", "联动", "交叉", "上级", "各级", "中央", "不力", "不到位", "不彻底", "不够", "不实",
    "不深", "滞后", "习近平",
)  # fmt: skip


def mixed_words(names: Names) -> Iterator[Outcome]:
    """巡视 in a text of 巡察 or the other way round, and 县委 in one of 区委."""
    yield from _mixed_sorts(names)
    yield from _mixed_levels(names)


def _mixed_sorts(names: Names) -> Iterator[Outcome]:
    document = names.document
    opening = [body for body in names.bodies if names.opener.contains(body.span) and body.sort in _OTHER]
    own = opening[0].sort if opening else ""
    other = _OTHER.get(own, "")
    if not own or any(body.sort != own for body in opening) or document.text.count(own) < _FEWEST:
        return
    if any(other in document.words(title) for title in names.titles):
        return
    levels = {body.level for body in opening}
    reference = [Telling(body.span, own, own) for body in opening]
    for match in _FRAME.find(document.text):
        form = next(form for form in ("given", "rules", "now", "noted", "asked", "told") if match[form])
        span = Span(*match.span(form))
        telling = Telling(span, match[form], match[form])
        if match[form] == own:
            continue
        if _stands_beside(document.text, span) or (form == "given" and not names.opener.contains(span)):
            continue
        if form in ("told", "rules") and not _of_this_one(names, match, span, levels):
            continue
        yield differing(_SORT, telling, reference, "body")


def _stands_beside(text: str, span: Span) -> bool:
    """Whether both words stand side by side: 巡视巡察, 巡视和巡察."""
    before = _BESIDE.search(text[max(0, span.start - 4) : span.start])
    return before is not None or _BEFORE_OTHER.match(text, span.end) is not None


def _of_this_one(names: Names, match: Match, span: Span, levels: set[str]) -> bool:
    """Whether the other word can only mean this inspection: the text speaks of no other, and nor does the sentence."""
    document = names.document
    if match["level"] and match["level"] not in levels:
        return False
    if names.elsewhere(span) or any(word in document.words(document.sentence_at(span.start)) for word in _NOT_THIS_ONE):
        return False
    others = [
        other
        for other in _SPEAKS_OF_ANOTHER.find(document.text)
        if other["sort"] == document.words(span)
        and other.start() != span.start
        and not _stands_beside(document.text, Span(*other.span("sort")))
    ]
    return not others


# -- the committee -----------------------------------------------------------------------------------------------------

_COMMITTEES = {"县委": "区委", "区委": "县委"}
_OFTEN = 3
_THROUGHOUT = 10
"""So often must the text name its own committee where title and opener name it, and where they do not."""
_COMMITTEE = Pattern(r"(?P<level>县委|(?<![社园])区委)(?!员)", needs=("县委", "区委"))
_NO_COUNTY = Pattern(r"县(?!委)", linear=True)
_NO_DISTRICT = Pattern(
    r"(?<![社园小景地辖片校厂库矿灾山林牧街湖港城郊牧片功特战禁居住生产])区(?!委|间|分|别|域|块|位)", linear=True
)
_FREE = Pattern(
    r"(?:^|[，。；：、（“\n]|向|由|经|按照|根据|落实|贯彻|执行|报|在|市委|市委和|对|请|将|与|和|及)(?P<level>县委|区委)",
    needs=("县委", "区委"),
)


def _mixed_levels(names: Names) -> Iterator[Outcome]:
    """县委 once in a text that has 区委 throughout and no county in it, or the other way round."""
    text = names.document.text
    found = list(_COMMITTEE.find(text))
    counts = Counter(match["level"] for match in found)
    own = max(_COMMITTEES, key=lambda level: counts[level])
    other = _COMMITTEES[own]
    if counts[own] < _OFTEN or counts[other] != 1 or text.count(other) != 1:
        return
    frame = [*names.titles, names.opener]
    places = [match.start() for match in found if match["level"] == own]
    first = next((place for span in frame for place in places if span.start <= place < span.end), None)
    if first is None and counts[own] >= _THROUGHOUT:
        first = places[0]
    if first is None:
        return
    foreign = _NO_COUNTY if other == "县委" else _NO_DISTRICT
    if foreign.search(text) is not None:
        return
    place = text.index(other)
    span = Span(place, place + 2)
    reference = [Telling(Span(first, first + 2), own, own)]
    free = _FREE.search(text, max(0, place - 3), span.end)
    named = text[max(0, place - 2) : place]
    if (free is not None and free.span("level") == (place, span.end)) or (
        len(named) == 2 and named.strip() and text.count(named + own[0]) > 1
    ):
        yield differing(_LEVEL, Telling(span, other, other), reference, "body")
