"""Units that cannot be meant: earthwork in cubic millimetres, an area in metres, a road in 亩.

A small table of things with the units they are measured in; only what stands right beside the figure is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rectlint.claims import Claims
from rectlint.kinds.base import Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.report import Words
from rectlint.source import Span


@dataclass(frozen=True)
class Params:
    """No parameters."""


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A pattern with the groups ``thing`` and ``unit``, and the units one would expect."""

    pattern: Pattern
    expected: Words


_FIGURE = r"(?:约|近|达到?|为|共计?|合计|超过?|累计|总计|大约|的|有|总)*\d[\d,.]*(?:多|余)?[万亿]?(?:多|余)?"
_EARTH = "土方|回填土|渣土|石方|弃土|淤泥|砂石|砂土|混凝土|清淤|垃圾|填土|挖方|填方|底泥|存水|库容|蓄水量"
_ROAD = "道路|公路|管网|管道|沟渠|排水沟|截洪沟|水渠|渠道|堤防|步道|游道|护栏|围挡|电缆|光缆|管线|便道|机耕路"
_LAND = "面积|耕地|林地|农田|高标准农田|基本农田|草地|湿地|复垦|复绿|播种|流转土地|占地|违建"

_TABLE: tuple[_Misfit, ...] = (
    _Misfit(  # no bulletin measures anything in cubic millimetres
        Pattern(r"(?P<thing>)\d[\d,.]*[万亿]?(?P<unit>mm³|mm3|立方毫米)", needs=("mm³", "mm3", "立方毫米")),
        Words("立方米", "cubic metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>{_EARTH})(?:量|工程量|总量|体积)?{_FIGURE}(?P<unit>平方毫米|平方厘米|毫米|厘米|mm(?!³|3)|cm|毫升|亩|公顷|公里|千米|平方公里)(?!长|宽|厚|深|的)"
            rf"|\d[\d,.]*万?(?P<unit2>毫米|厘米|毫升|公里|亩|公顷)(?P<thing2>土方|回填土|渣土|石方|弃土)",
            needs=tuple(_EARTH.split("|")),
        ),
        Words("立方米或吨", "cubic metres or tonnes"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>面积){_FIGURE}(?P<unit>立方米|立方毫米|毫米|厘米|公里|千米|米|吨|公斤|千克|m³|mm(?!²)|升|毫升)",
            needs=("面积",),
        ),
        Words("平方米、亩或公顷", "square metres, mu or hectares"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>{_LAND}){_FIGURE}(?P<unit>立方米|立方毫米|毫米|厘米|吨|公斤|千克|m³|毫升|升)(?!有机|肥|秸|粮|水|种)",
            needs=tuple(_LAND.split("|")),
        ),
        Words("亩、公顷或平方米", "mu, hectares or square metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>土方量|土石方量?|回填土|挖方|填方|弃土){_FIGURE}(?P<unit>平方米|㎡|m²)", needs=("土", "方")
        ),
        Words("立方米", "cubic metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?<!占用|侵占|损毁|绿化|两侧|旁边)(?P<thing>{_ROAD})(?:硬化|建设|改造|铺设|修复|维修|修建|疏浚)?(?:长度?|总长|全长)?{_FIGURE}(?P<unit>毫米|mm(?![³²])|亩|公顷|立方毫米|平方毫米|毫升)"
            r"(?!宽|厚|直径|管|口径|林|地|土地)",
            needs=tuple(_ROAD.split("|")),
        ),
        Words("米或公里", "metres or kilometres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>全长|总长|总长度|长度|里程){_FIGURE}(?P<unit>毫米|亩|公顷|平方米|立方米|平方公里|吨|毫升)",
            needs=("长", "里程"),
        ),
        Words("米或公里", "metres or kilometres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>降雨量?|降水量?|雨量){_FIGURE}(?P<unit>毫升|毫克|米|公里|吨|公斤|平方米|立方米|亩)",
            needs=("雨", "降水"),
        ),
        Words("毫米", "millimetres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>PM(?:2\.5|10)(?:平均|年均)?(?:浓度)?){_FIGURE}(?P<unit>毫克|克|千克|吨|微米|毫米)",
            needs=("PM",),
        ),
        Words("微克/立方米", "micrograms per cubic metre"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>重量|总重|产量|粮食总产|焚烧量|排放量|减排量){_FIGURE}(?P<unit>毫米|厘米|平方米|公里|毫升|平方公里)",
            needs=("重", "量", "产"),
        ),
        Words("吨或公斤", "tonnes or kilograms"),
    ),
    _Misfit(
        Pattern(rf"(?P<thing>用电量?|耗电量?|发电量?){_FIGURE}(?P<unit>吨|立方米|公里|公斤|米|亩)", needs=("电",)),
        Words("千瓦时或度", "kilowatt hours"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>用水量|供水量|污水处理量|取水量|排水量){_FIGURE}(?P<unit>毫升|毫米|平方米|亩|公里|公斤|mm)",
            needs=("水",),
        ),
        Words("立方米或吨", "cubic metres or tonnes"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>资金|工程款|罚款|经费|补助|补贴|欠款|租金|投资){_FIGURE}(?P<unit>平方米|立方米|公里|毫米|公顷|吨|公斤)",
            needs=("款", "资", "费", "补", "租"),
        ),
        Words("元", "yuan"),
    ),
)


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each thing of the table with the unit that follows it."""
    seen: set[int] = set()
    for misfit in _TABLE:
        for match in misfit.pattern.find(claims.document.text):
            groups = match.groupdict()
            unit_group = "unit" if groups["unit"] else "unit2"
            start, end = _figure_start(match.group(), match.start()), match.end(unit_group)
            if start in seen:
                continue
            seen.add(start)
            thing = groups["thing"] or groups.get("thing2") or ""
            words = claims.document.text[start:end]
            yield Outcome(
                "contradicted",
                Span(start, end),
                (),
                f"{thing}{words}",
                expected=misfit.expected.zh,
                actual=groups[unit_group],
                defect="implausible",
                values={
                    "words": words,
                    "thing": thing,
                    "unit": groups[unit_group],
                    "expected": misfit.expected,
                },
            )


def _figure_start(words: str, start: int) -> int:
    """Where the figure begins: the first digit after the thing's name (PM2.5 has digits of its own)."""
    skip = 5 if words.startswith("PM") else 0
    return start + next(i for i, character in enumerate(words) if character.isdigit() and i >= skip)


KIND = Kind("unit", Params, {"implausible": ("words", "thing", "unit", "expected")}, check)
