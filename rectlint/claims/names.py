"""Names of the inspection: who inspected (level, group, round), whom, and who reports.

In: a `Document`.  Out: a `Names`: inspecting bodies (县委第二巡察组, 巡察二组), rounds (九届市委第三轮巡视), the inspected
bodies, the organs of title and signature.  巡视 is done by central and provincial level, 巡察 below it (Regulations on
Inspection Work of the Communist Party of China, 2024, articles 2 and 46).

>>> from rectlint.document import parse; from rectlint.source import Source
>>> [(body.level, body.numbers, body.sort) for body in Names(parse(Source("县委巡察二组对青山镇开展了巡察。"))).bodies]
[('县委', (2,), '巡察')]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_LEVEL = r"中央|[省市区县](?=第)|[省市区县州]?审计[厅局署]|自治区党委|兵团党委|[省市区县州盟旗]委|党工委|党委|工委|党组"
_SPECIAL = r"(?:提级|交叉|联动|联合|专项|机动|常规|对村|村级|直查|上下联动)"
_GROUP = Pattern(
    rf"(?P<sort>巡视|巡察|审计|生态环境保护督察|环境保护督察|环保督察){_SPECIAL}?(?P<after>第?{_NUMBER})?组(?!长|员|织|成|建|办|副)",
    needs=("巡视", "巡察", "审计", "督察"),
)
_GROUP_BEFORE = Pattern(
    rf"(?P<level>{_LEVEL})?(?:第{_NUMBER}轮)?{_SPECIAL}?(?P<numbers>(?:第?{_NUMBER}[、，和及与])*第{_NUMBER})?{_SPECIAL}{{0,2}}$"
)
_ROUND = Pattern(
    rf"第(?P<number>{_NUMBER})轮(?:[省市区县州]委)?{_SPECIAL}?(?P<sort>巡视|巡察)|(?P<sort2>巡视|巡察)第(?P<number2>{_NUMBER})轮",
    needs=("轮",),
)
_ROUND_BEFORE = Pattern(rf"(?:第?(?P<session>[一二三四五六七八九十]{{1,3}})届)?(?P<level>{_LEVEL})?$")
_EACH_NUMBER = Pattern(_NUMBER)
_SEVERAL_GROUPS = Pattern(
    r"(?:\d{1,2}|[两二三四五六七八九十]{1,3})个(?:[省市区县党]委)?(?:巡视|巡察)组",
    needs=("个巡视组", "个巡察组", *(f"个{level}委巡" for level in "省市区县党")),
)
_GENERIC_LEVELS = ("党委", "党工委", "工委", "党组")
_OTHER_EVENT = (
    "上轮", "上一轮", "上次", "上一次", "上届", "上一届", "前轮", "前一轮", "前次", "前一次", "往年", "往届", "以往", "历次", "历年", "历届", "此前", "曾", "首轮", "上级巡",
    "去年", "前年", "又接受", "再次接受", "原省委", "原市委", "原县委", "原区委",
)  # fmt: skip
_YEAR = Pattern(r"(?<!\d)(?:19|20)\d\d(?=年|-|/|\.)", needs=("19", "20"))

_LED_BY_ORGAN = Pattern(
    r"(?P<organ>\p{Han}{4,30}?(?:委员会|党组|党委|党工委|党总支|党支部))(?=落实|贯彻|对照|针对)\p{Han}*?(?:巡[察视]|审计|督察)"
)
"""A title without 关于: 某局党组落实县委巡察反馈意见整改进展情况的公告."""
_OTHERS = ("举一反三", "共性", "其他", "兄弟", "借鉴", "通报的")
_OPENS = ("巡视", "巡察", "审计", "督察", "督导", "督查", "专项检查", "反馈")
_DONE_TO = ("开展", "进行", "反馈", "实施", "展开", "集中巡", "听取", "查出", "进驻")
_OBJECTS = Pattern(
    r"对(?P<object>[^，。；：对向]{2,60}?)(?:进行|开展|实施|展开|作)了?"
    r"|向(?P<object2>[^，。；：对向]{2,30}?)(?:班子|领导班子|主要负责人|主要负责同志)?(?:进行了?|作了?|集中)?反馈"
    r"|巡[视察](?P<object3>(?!反馈|整改|意见|工作|期间|组|情况|发现|指出|办|条例|移交|机构|监督|要求|问题|巡|成果|“)\p{Han}{2,20}?)(?:期间|反馈|工作期间)",
    needs=("对", "向", "巡"),
)
_PARTY_SUFFIXES = (
    "工作委员会", "党工委", "党委会", "党委", "党组", "党总支", "党支部", "党组织", "机关党委", "工委", "办事处", "领导班子", "班子", "党的",
)  # fmt: skip
_SUBORDINATE = Pattern(r"[及和与]?其?(?:下属|所属|下辖|所辖|直属|辖区)|[及和与]\d|\d+个")
_SIBLINGS = Pattern(r"、|(?<=[镇乡局委组织司办区县道村院校心厅部])[和及与]|等\d|等[一二三四五六七八九十]")
_SORTS_OF_ORGAN = (
    "社区", "居民区", "小区", "村", "镇", "乡", "街道", "苏木", "县", "区", "市", "州", "旗", "局", "委", "办公室", "办", "中心", "公司", "集团", "医院", "学校", "学院", "大学",
    "中学", "小学", "银行", "社", "厅", "部", "院", "所", "站", "会", "馆", "台", "场", "园",
)  # fmt: skip
"""What a body's name ends with: bodies of one sort can be told apart, the others not."""
_MOST_LINES = 4
"""A bulletin has no more title lines or signatures than this."""
_SPELLINGS = str.maketrans({"（": "", "）": "", " ": ""})


class Body(NamedTuple):
    """One mention of an inspecting group.

    ``level`` is the committee that sent it (empty when not said, or said only as 党委), ``numbers`` the group's number, or
    several (第一、第二巡察组), ``sort`` 巡视, 巡察, 审计 or 督察, ``elsewhere`` whether the words round it speak of another inspection.
    """

    span: Span
    level: str
    numbers: tuple[int, ...]
    sort: str
    elsewhere: bool


class Round(NamedTuple):
    """One mention of a round of inspection: 九届市委第三轮巡视."""

    span: Span
    session: int | None
    level: str
    number: int
    sort: str
    elsewhere: bool


class Organ(NamedTuple):
    """One mention of the organ that reports, or that was inspected; ``core`` is its name without party
    suffixes, ``plural`` whether it is the first of several."""

    span: Span
    core: str
    plural: bool = False


class Names:
    """The names of one document; all spans count in ``document.text``."""

    def __init__(self, document: Document) -> None:
        """``document``: whose they are."""
        self.document = document

    @cached_property
    def titles(self) -> tuple[Span, ...]:
        """The title lines: one, or two where a web page repeats it."""
        spans = (paragraph.span for paragraph in self.document.paragraphs if paragraph.role == "title")
        return tuple(islice(spans, _MOST_LINES))

    @cached_property
    def opener(self) -> Span:
        """The paragraph that says who inspected whom and when; empty if there is none."""
        for paragraph in self.document.paragraphs[:14]:
            if paragraph.role == "body":
                words = self.document.words(paragraph.span)[:500]
                if any(word in words for word in _OPENS) and any(word in words for word in _DONE_TO):
                    return Span(paragraph.span.start, min(paragraph.span.end, paragraph.span.start + 500))
        return Span(0, 0)

    @cached_property
    def opener_years(self) -> frozenset[str]:
        """The years that the opener names."""
        return frozenset(match.group() for match in _YEAR.find(self.document.words(self.opener)))

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The inspecting groups, in text order."""
        return tuple(self._find_bodies())

    def _find_bodies(self) -> Iterator[Body]:
        text = self.document.text
        for match in _GROUP.find(text):
            before = _GROUP_BEFORE.search(text[max(0, match.start() - 28) : match.start()])
            assert before is not None
            span = Span(match.start() - len(before.group()), match.end())
            written = before["numbers"] or match["after"] or ""
            numbers = tuple(chinese_ordinal(number.group()) for number in _EACH_NUMBER.find(written))
            yield Body(span, _level(before["level"]), numbers, match["sort"], self.elsewhere(span))

    @cached_property
    def several_groups(self) -> bool:
        """Whether the text speaks of several groups sent out together (4个巡察组), or names three or more and none first."""
        if _SEVERAL_GROUPS.search(self.document.text) is not None:
            return True
        numbered = [body for body in self.bodies if body.numbers and not body.elsewhere]
        opening = any(self.opener.contains(body.span) for body in numbered)
        return not opening and len({body.numbers for body in numbered}) > 2

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds, in text order."""
        return tuple(self._find_rounds())

    def _find_rounds(self) -> Iterator[Round]:
        text = self.document.text
        for match in _ROUND.find(text):
            before = _ROUND_BEFORE.search(text[max(0, match.start() - 16) : match.start()])
            assert before is not None
            span = Span(match.start() - len(before.group()), match.end())
            session = chinese_ordinal(before["session"]) if before["session"] else None
            number = chinese_ordinal(match["number"] or match["number2"])
            sort = match["sort"] or match["sort2"]
            yield Round(span, session, _level(before["level"]), number, sort, self.elsewhere(span))

    def elsewhere(self, span: Span) -> bool:
        """Whether the sentence speaks of an earlier inspection, or names a year before the opener's."""
        if self.opener.contains(span) or any(title.contains(span) for title in self.titles):
            return False
        sentence = self.document.sentence_at(span.start)
        start = max(sentence.start, span.start - 40)
        words = self.document.text[start : min(sentence.end, span.end + 12)]
        if any(word in words for word in _OTHER_EVENT):
            return True
        years = [match.group() for match in _YEAR.find(self.document.text, max(start, span.start - 20), span.start)]
        return bool(years and self.opener_years) and years[-1] < min(self.opener_years)

    def _of_others(self, span: Span) -> bool:
        """Whether the sentence speaks of what was found elsewhere: 巡察其他乡镇反馈的共性问题."""
        words = self.document.words(self.document.sentence_at(span.start))[:400]
        return not self.opener.contains(span) and any(word in words for word in _OTHERS)

    @cached_property
    def title_organs(self) -> tuple[Organ, ...]:
        """The reporting organs that the title lines begin with."""
        return tuple(organ for title in self.titles if (organ := self._title_organ(title)) is not None)

    def _title_organ(self, title: Span) -> Organ | None:
        words = self.document.words(title)
        end = words.find("关于")
        led = _LED_BY_ORGAN.match(words) if end < 0 else None
        if led is not None:
            end = led.end("organ")
        if end < 0 and not words.endswith(("委员会", "党组", "党委", "工委")):
            return None
        return _organ(self.document, Span(title.start, title.start + end if end >= 0 else title.end))

    @cached_property
    def signatures(self) -> tuple[Organ, ...]:
        """The organs that sign."""
        spans = [paragraph.span for paragraph in self.document.paragraphs if paragraph.role == "signature"][
            -_MOST_LINES:
        ]
        return tuple(organ for span in spans if (organ := _organ(self.document, span)) is not None)

    @cached_property
    def inspected(self) -> tuple[Organ, ...]:
        """The bodies that the inspecting group is said to have inspected or to have given its feedback to."""
        return tuple(self._find_inspected())

    def _find_inspected(self) -> Iterator[Organ]:
        text = self.document.text
        for body in self.bodies:
            if body.elsewhere or self._of_others(body.span):
                continue
            end = next(
                (i for i in range(body.span.end, min(len(text), body.span.end + 110)) if text[i] in "。；\n"), None
            )
            end = min(len(text), body.span.end + 110) if end is None else end
            match = _OBJECTS.search(text, body.span.end, end)
            if match is None:
                continue
            name = next(name for name in ("object", "object2", "object3") if match[name])
            organ = _organ(self.document, Span(*match.span(name)))
            if organ is not None:
                yield organ


def _level(written: str | None) -> str:
    """The level as one word: 市第三巡察组 was sent by the 市委 as well."""
    if written is None or written in _GENERIC_LEVELS:
        return ""
    return f"{written}委" if len(written) == 1 else written


def _organ(document: Document, span: Span) -> Organ | None:
    """The organ written in ``span``; None where it is no proper name (我镇, 镇党委, 区委)."""
    words = document.words(span)
    cut = _SUBORDINATE.search(words)
    head = words[: cut.start()] if cut is not None else words
    siblings = _SIBLINGS.search(head)
    first = head[: siblings.start()] if siblings is not None else head
    first = _ABBREVIATED.sub("", first)
    core = core_name(first)
    if len(core) < 3 or core[0] in "我本该各其原全":
        return None
    return Organ(Span(span.start, span.start + len(first)), core, siblings is not None)


_ABBREVIATED = Pattern(r"（(?:以下)?简称.*", needs=("简称",))


def core_name(name: str) -> str:
    """An organ's name without the party's: 中共青山镇委员会 and 青山镇党委 are both 青山镇.

    >>> core_name("中共青山镇委员会"), core_name("松坡县水利局党组"), core_name("中共松坡县委")
    ('青山镇', '松坡县水利局', '松坡县')
    """
    name = name.translate(_SPELLINGS).lstrip("，：、")
    party = name.startswith(("中共", "中国共产党"))
    name = name.removeprefix("中国共产党").removeprefix("中共")
    bare = name
    while (suffix := next((word for word in _PARTY_SUFFIXES if bare.endswith(word)), "")) and len(bare) > len(suffix):
        bare = bare.removesuffix(suffix)
    if bare != name:
        return bare
    if party:
        name = name.removesuffix("委员会")
    if len(name) > 2 and name.endswith(("省委", "市委", "区委", "县委", "州委", "旗委")):
        name = name[:-1]
    return name


def same_organ(one: str, other: str) -> bool | None:
    """Whether two core names can be one body's; None when they are of different sorts and cannot be compared.

    A name may be written with or without the places above it, in full or abbreviated (人社局).

    >>> same_organ("人社局", "松坡县人力资源和社会保障局"), same_organ("青山镇", "白石镇"), same_organ("青山镇", "财政局")
    (True, False, None)
    """
    short, long = sorted((one, other), key=len)
    if long.startswith(short) or long.endswith(short) or _abbreviates(short, long):
        return True
    sorts = {_sort_of_organ(name) for name in (one, other)}
    return False if len(sorts) == 1 and "" not in sorts else None


def _sort_of_organ(name: str) -> str:
    sort = next((word for word in _SORTS_OF_ORGAN if name.endswith(word)), "")
    return next((sorts for sorts in ("镇乡街道苏木", "县区市旗") if sort and sort in sorts), sort)


def _abbreviates(short: str, long: str) -> bool:
    position = 0
    for character in short:
        position = long.find(character, position) + 1
        if position == 0:
            return False
    return True
