"""Another place's name where the reporting organ's own is due: 《白石镇……工作方案》 among the documents of 青山镇.

Only documents that the organ says it made itself are judged, and only if its others bear its own name and the other place
is named nowhere else; documents one learns from, and those of upper or lower levels, are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.claims.citations import Citation
from rectlint.kinds.agreement import FIELDS, Telling, agreed, differing
from rectlint.kinds.base import Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_THING = Words("本单位文件所冠的地名", "the place in the organ's own documents")
_PLACE = Pattern(r"(?P<place>[^省市县区州旗镇乡道]{2,5}(?:镇|乡|街道|县|区|市|旗))$")
_LEADING = Pattern(
    r"(?:中共)?(?:[^省市县区州旗镇乡道]{2,5}[省市州县区旗])?(?P<place>[^省市县区州旗镇乡道]{2,5}(?P<sort>镇|乡|街道|县|区|市|旗))(?!级|域|直)"
)
_NO_PLACE = Pattern(
    r"^(?:关于|全|我|本|各|新型?城|农村|美丽|中心|重点|特色|示范|先进|基层|城|一般|文明|卫生|平安|标准|数字|国家|生态|幸福|健康|法治|森林|园林|智慧|旅游|经济|工业|农业|教育|科技|文化|双拥|食品|质量|禁|限|政务|行政)"
    r"|[城村集古小强点心社园景辖片新矿林校库地山灾街发护业验范作治开养渔燃税圈能政成控湿禁港产居住务工农牧海湖河流水源理管展线安全险易游商贸科教文化][区市]$"
    r"|[城村集古小强点心社园景新特色重范建业大老]镇$|[强点范进色农业工大困郊心全]县$"
)
_MADE = (
    "制定",
    "制订",
    "印发",
    "出台",
    "完善",
    "修订",
    "形成",
    "编制",
    "建立",
    "下发",
    "落实",
    "按照",
    "对照",
    "执行",
    "拟定",
    "研究",
)
_LEARNT = ("学习", "借鉴", "参照", "参考", "对标", "考察", "转发", "参观", "交流", "兄弟", "邻近", "周边")

_MOST_FOREIGN = 8
"""A text that cites more documents of other places than this has reason to."""


class Params(NamedTuple):
    """``own``: so many documents must bear the organ's own name."""

    own: int = 2


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Compare the place in each document's title with the place of the reporting organ."""
    organs = claims.names.title_organs
    match = _PLACE.search(organs[0].core) if organs else None
    if match is not None:
        yield from _documents(claims, match["place"], params)


def _documents(claims: Claims, own: str, params: Params) -> Iterator[Outcome]:
    """《白石镇……方案》 among documents of 青山镇."""
    document = claims.document
    titled = [citation for citation in claims.citations if citation.quoted]
    ours = [Telling(_lead(citation, own), own, own) for citation in titled if own in citation.title[:24]]
    if len(ours) < params.own:
        return
    yield agreed(_THING, ours, "place")
    foreign = 0
    for citation in titled:
        found = _LEADING.match(citation.title)
        if (
            found is None
            or own in citation.title
            or not own.endswith(found["sort"])
            or _NO_PLACE.search(found["place"])
        ):
            continue
        place = found["place"]
        foreign += 1
        if foreign > _MOST_FOREIGN:
            return
        sentence = document.sentence_at(citation.span.start)
        before = document.text[max(sentence.start, citation.span.start - 240) : citation.span.start]
        elsewhere = document.text.count(place) - sum(other.title.count(place) for other in titled)
        if not elsewhere and any(word in before for word in _MADE) and not any(word in before for word in _LEARNT):
            start = citation.title_span.start + 1 + found.start("place")
            yield differing(_THING, Telling(Span(start, start + len(place)), place, place), ours, "place")


def _lead(citation: Citation, own: str) -> Span:
    start = citation.title_span.start + 1 + citation.title.index(own)
    return Span(start, start + len(own))


KIND = Kind("own-name", Params, {"place": FIELDS}, check)
