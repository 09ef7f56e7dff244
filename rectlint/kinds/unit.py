"""Units that cannot be meant: earthwork in cubic millimetres, an area in metres, a road in 亩.

A small table of things with the units they are measured in; only what stands right beside the figure is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.kinds.base import Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span


class _Misfit(NamedTuple):
    """A pattern with the groups ``thing`` and ``unit``, and the units one would expect."""

    pattern: Pattern
    expected: Words


_FIGURE = r"(?:约|近|达到?|为|共计?|合计|超过?|累计|总计|大约|的|有|总)*\d[\d,.]*(?:多|余)?[万亿]?(?:多|余)?"
_EARTH = "土方量?|土石方量?|回填土方?|渣土|石方|弃土|填土|挖方|填方"
_BULK = f"{_EARTH}|淤泥|底泥|垃圾|清淤量?|固废|砂石|蓄水量|库容"
_ROAD = "道路|公路|管网|管道|沟渠|排水沟|截洪沟|水渠|渠道|堤防|步道|游道|护栏|围挡|电缆|光缆|管线|便道|机耕路|产业路|通村路|入户路|便民路|村路|旅游路|环线"
_LAND = "面积|耕地|林地|农田|草地|湿地|复垦|复绿|占地|违建|违法建筑|违章建筑|绿地|厂房"
_SMALL = "平方毫米|平方厘米|mm²|cm²|毫米|mm(?![³²])"


def _words(alternation: str) -> tuple[str, ...]:
    """The words of an alternation without their optional last characters: what a text must contain to match."""
    return tuple(word[:-2] if word.endswith("?") else word for word in alternation.split("|"))


# Each row looks at a thing and the figure right behind it.  Left out on purpose: thickness (覆土30厘米), the area a road
# takes, cable sections in mm², seed and grain by weight, dredging by length.
_TABLE: tuple[_Misfit, ...] = (
    _Misfit(  # no bulletin measures anything in cubic millimetres
        Pattern(r"(?P<thing>)\d[\d,.]*[万亿]?(?P<unit>mm³|mm3|立方毫米)", needs=("mm³", "mm3", "立方毫米")),
        Words("立方米", "cubic metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>{_BULK}){_FIGURE}(?P<unit>立方厘米|cm³|毫升|毫克|克(?!拉)|{_SMALL})(?!长|宽|厚|深)",
            needs=_words(_BULK),
        ),
        Words("立方米或吨", "cubic metres or tonnes"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>{_EARTH}){_FIGURE}(?P<unit>亩|公顷|公里|千米|平方公里|平方米|㎡|m²)(?!长|宽|厚|深)",
            needs=_words(_EARTH),
        ),
        Words("立方米", "cubic metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>面积){_FIGURE}(?P<unit>立方米|厘米|公里|千米|米|吨|公斤|千克|m³|毫升|升|{_SMALL})",
            needs=("面积",),
        ),
        Words("平方米、亩或公顷", "square metres, mu or hectares"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>{_LAND}){_FIGURE}(?P<unit>立方米|m³|吨|毫升|{_SMALL})(?!级|位|有机|肥|秸|粮|水|种|宽|厚|深|高)",
            needs=_words(_LAND),
        ),
        Words("亩、公顷或平方米", "mu, hectares or square metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>耕地|林地|农田|草地|湿地|复垦任务|图斑面积){_FIGURE}(?P<unit>米|公里)(?=[，。；、）])",
            needs=("地", "田", "复垦", "图斑"),
        ),
        Words("亩、公顷或平方米", "mu, hectares or square metres"),
    ),
    _Misfit(
        Pattern(rf"(?P<thing>垃圾){_FIGURE}(?P<unit>米|亩|公顷|公里)(?=[，。；、）])", needs=("垃圾",)),
        Words("吨或立方米", "tonnes or cubic metres"),
    ),
    _Misfit(
        Pattern(
            rf"(?<!占用|侵占|损毁|绿化|两侧|旁边)(?P<thing>{_ROAD})(?:硬化|建设|改造|铺设|修复|维修|修建|疏浚)?(?:长度?|总长|全长)?{_FIGURE}"
            r"(?P<unit>毫米|厘米|mm(?![³²])|亩|公顷|立方毫米|毫升)(?!宽|厚|直径|管|口径|林|地|土地)",
            needs=_words(_ROAD),
        ),
        Words("米或公里", "metres or kilometres"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>全长|总长|总长度|长度|里程){_FIGURE}(?P<unit>亩|公顷|平方米|立方米|平方公里|吨|毫升)",
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
        Pattern(rf"(?P<thing>用电量|耗电量|发电量){_FIGURE}(?P<unit>吨|立方米|公里|公斤|米|亩)", needs=("电量",)),
        Words("千瓦时或度", "kilowatt hours"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>用水量|供水量|污水处理量|取水量|排水量){_FIGURE}(?P<unit>毫升|毫米|平方米|亩|公里|公斤|mm)",
            needs=("水量", "理量"),
        ),
        Words("立方米或吨", "cubic metres or tonnes"),
    ),
    _Misfit(
        Pattern(
            rf"(?P<thing>资金|工程款|罚款|欠款|租金){_FIGURE}(?P<unit>平方米|立方米|公里|毫米|公顷)",
            needs=("资金", "款", "租金"),
        ),
        Words("元", "yuan"),
    ),
)

_AREA = "亩|公顷|平方公里|平方千米"
_PAID = "拨付|下拨|支付|兑付|报销|追缴|罚没|缴纳|退赔"
_OF_LAND = r"(?:地|田|林|租|亩|顷|面积|征|青苗|拆迁)[^。；\n]{0,60}"
_FOUNDED = "企业|公司|合作社|个体工商户|市场主体|经营主体"
_TABLE += (
    _Misfit(  # what is paid is money; the land it is paid for would be named behind the figure
        Pattern(
            rf"(?P<thing>(?:{_PAID})(?:资金|补助|补贴)?)(?<!{_OF_LAND}){_FIGURE}(?P<unit>{_AREA})(?=[，。；、）]|进行|用于)",
            needs=_words(_PAID),
        ),
        Words("元", "yuan"),
    ),
    _Misfit(
        Pattern(
            rf"(?<=资金，[^。；，地田林]{{0,12}}，?已?)(?P<thing>投入){_FIGURE}(?P<unit>{_AREA})"
            r"(?=(?:进行|用于)[^，。；]{0,10}(?:购置|采购|维修|修缮|整修|改善|提升|升级|设施|设备))",
            needs=("投入",),
        ),
        Words("元", "yuan"),
    ),
    _Misfit(  # 新增企业20公顷; of idle land 盘活企业20公顷 may be said
        Pattern(
            rf"(?:新增|引进|培育|新设|注册|认定)\p{{Han}}{{0,8}}?(?P<thing>{_FOUNDED})"
            rf"\d[\d,.]*[万]?(?P<unit>{_AREA}|公里|吨|平方米)(?=[，。；、）])",
            needs=("新增", "引进", "培育", "新设", "注册", "认定"),
        ),
        Words("家", "家"),
    ),
)


_MEASURED = Pattern(r"[\d,.][多余]?[万亿]?[多余]?[立平毫厘微千克公米亩吨升㎡mc]", linear=True)
"""A figure and the first character of any unit of the table: most lines hold none."""


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Each thing of the table with the unit that follows it."""
    text = claims.document.text
    lines = _lines(text)
    seen: set[int] = set()
    for misfit in _TABLE:
        for match in (match for line in lines for match in misfit.pattern.find(text, *line)):
            start, end = _figure_start(match.group(), match.start()), match.end("unit")
            if start in seen:
                continue
            seen.add(start)
            thing = match["thing"]
            words = text[start:end]
            yield Outcome(
                "contradicted",
                Span(start, end),
                (),
                f"{thing}{words}",
                expected=misfit.expected.zh,
                actual=match["unit"],
                defect="implausible",
                values={
                    "words": words,
                    "thing": thing,
                    "unit": match["unit"],
                    "expected": misfit.expected,
                },
            )


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines that hold a measure."""
    lines: list[tuple[int, int]] = []
    for match in _MEASURED.find(text):
        place = match.start()
        if not lines or place >= lines[-1][1]:
            end = text.find("\n", place)
            lines.append((text.rfind("\n", 0, place) + 1, end + 1 if end >= 0 else len(text)))
    return lines


def _figure_start(words: str, start: int) -> int:
    """Where the figure begins: the first digit after the thing's name (PM2.5 has digits of its own)."""
    skip = 5 if words.startswith("PM") else 0
    return start + next(i for i, character in enumerate(words) if character.isdigit() and i >= skip)


KIND = Kind("unit", NoParams, {"implausible": ("words", "thing", "unit", "expected")}, check)
