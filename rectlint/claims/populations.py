"""Populations: how many villages, branches, units … a whole consists of, as 全镇28个村 or 82家直属党组织 say it.

In: a `Document` and its quantities.  Out: `Population` values in text order.  A population has a scope (what it is the
whole of) and a full noun phrase; 28个村 and 44个村（居） are two populations, 行政村 and 村 may be.

>>> from rectlint.claims.quantities import find_quantities
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("对全镇28个村开展检查，其中11个村已完成。"))
>>> [(p.scope, p.noun, p.quantity.text, p.certain) for p in find_populations(document, tuple(find_quantities(document)), "镇")]
[('own', '村', '28个', True)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from rectlint.claims.quantities import Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern

_UNITS = frozenset("个家所座名人户支位处")

# words that lead to the head of a population's noun phrase
_MODIFIERS = [
    "直属",
    "下属",
    "所属",
    "下辖",
    "所辖",
    "内设",
    "派出",
    "派驻",
    "基层",
    "机关",
    "农村",
    "城市",
    "城镇",
    "村级",
    "镇级",
    "乡级",
    "乡镇级",
    "街道级",
    "县级",
    "区级",
    "市级",
    "省级",
    "国家级",
    "县直",
    "区直",
    "市直",
    "镇直",
    "乡直",
    "省直",
    "公办",
    "民办",
    "公立",
    "民营",
    "国有",
    "区属",
    "市属",
    "县属",
    "镇属",
    "集体",
    "规模以上",
    "规上",
    "限上",
    "重点",
    "骨干",
    "示范",
    "标准化",
    "规范化",
    "特色",
    "美丽",
    "幸福",
    "行政",
    "自然",
    "建制",
    "中心",
    "薄弱",
    "易地搬迁",
    "脱贫",
    "贫困",
    "低收入",
    "软弱涣散",
    "两新",
    "非公",
    "非公有制",
    "社会",
    "离退休",
    "退休",
    "在职",
    "在编",
    "编外",
    "在岗",
    "专职",
    "兼职",
    "老旧",
    "居民",
    "安置",
    "定点",
    "二级",
    "一级",
    "三级",
    "直管",
    "全资",
    "控股",
    "预算",
    "被巡察",
    "责任",
    "牵头",
    "政府",
    "事业",
    "企事业",
    "行政事业",
    "医疗",
    "卫生",
    "养老",
    "教育",
    "农业",
    "污水",
    "垃圾",
    "饮用水",
    "社区",
    "村",
    "乡镇",
    "街道",
    "镇",
    "县",
    "区",
    "市",
    "园区",
]
# heads: things whose number is a fact about the whole and does not change from one sentence to the next
_HEADS = [
    "村",
    "行政村",
    "自然村",
    "建制村",
    "村居",
    "村（居）",
    "村（社区）",
    "村、社区",
    "村和社区",
    "村社区",
    "村（居）委会",
    "村委会",
    "居委会",
    "居民委员会",
    "村民委员会",
    "村民小组",
    "居民小组",
    "村民组",
    "小组",
    "居民区",
    "社区",
    "小区",
    "住宅小区",
    "片区",
    "网格",
    "乡镇",
    "镇",
    "乡",
    "街道",
    "街镇",
    "镇街",
    "乡（镇）",
    "乡镇（街道）",
    "镇（街道）",
    "乡镇街道",
    "街道（镇）",
    "办事处",
    "县",
    "区",
    "市",
    "旗",
    "县区",
    "县市区",
    "县（市、区）",
    "县（区）",
    "市州",
    "市（州）",
    "地市",
    "设区市",
    "党组织",
    "党支部",
    "支部",
    "党总支",
    "总支",
    "党委",
    "党工委",
    "党组",
    "党小组",
    "基层组织",
    "团支部",
    "学校",
    "中小学",
    "中小学校",
    "中学",
    "小学",
    "幼儿园",
    "高校",
    "学院",
    "医院",
    "卫生院",
    "卫生室",
    "卫生所",
    "卫生服务中心",
    "卫生机构",
    "医疗机构",
    "养老院",
    "敬老院",
    "幸福院",
    "养老机构",
    "福利院",
    "服务中心",
    "服务站",
    "服务点",
    "派出所",
    "司法所",
    "财政所",
    "站所",
    "所站",
    "科室",
    "股室",
    "处室",
    "站办所",
    "部门",
    "单位",
    "机构",
    "中心",
    "企业",
    "公司",
    "国企",
    "子公司",
    "分公司",
    "项目部",
    "合作社",
    "经济合作社",
    "股份经济合作社",
    "水库",
    "山塘",
    "处理站",
    "处理厂",
    "中转站",
    "泵站",
    "水厂",
    "景区",
    "景点",
    "公园",
    "广场",
    "农贸市场",
    "市场",
    "车站",
    "码头",
    "加油站",
    "监测点",
    "点位",
    "书记",
    "主任",
    "班子",
    "负责人",
    "党员",
    "干部",
    "职工",
    "教职工",
    "教师",
    "学生",
    "医生",
    "人员",
    "网格员",
    "保洁员",
    "护林员",
    "管护员",
    "代表",
    "委员",
    "会员",
    "户",
    "农户",
    "居民户",
    "脱贫户",
    "监测户",
    "低保户",
    "五保户",
    "特困户",
    "村民",
    "居民",
    "群众",
    "会计",
    "报账员",
    "文书",
    "两委",
    "账户",
    "村务监督委员会",
    "监督委员会",
    "理事会",
    "学会",
    "协会",
    "商会",
    "工会",
    "村部",
    "村史馆",
    "祠堂",
    "文化站",
    "文化礼堂",
    "农家书屋",
    "图书馆",
    "文化馆",
    "食堂",
    "厕所",
    "公厕",
    "停车场",
    "养殖场",
    "养殖户",
    "大棚",
    "园区",
    "开发区",
]
_SAME = {
    "村（居）": "村居", "村（社区）": "村居", "村、社区": "村居", "村和社区": "村居", "村社区": "村居", "建制村": "行政村",
    "村（居）委会": "村居", "乡镇（街道）": "镇街", "镇（街道）": "镇街", "街道（镇）": "镇街", "街镇": "镇街", "乡镇街道": "镇街", "乡（镇）": "乡镇",
    "县（市、区）": "县区", "县（区）": "县区", "县市区": "县区", "市（州）": "市州",
}  # fmt: skip

_WHOLE = r"全(?P<level>[省市区县镇乡州旗街校院局系场园司集办委])(?:道|区|统|团|体)?|[我本](?P<level2>[省市区县镇乡街校院局系委办])(?:道)?"
_LINK = (
    r"(?:现有|现辖|共辖|共有|总共|合计|总计|所有|全部|所属|下属|下辖|所辖|直属|辖区内|辖区|范围内|内|共|现|的|各|辖|有)"
)
_SCOPE = Pattern(
    rf"(?:{_WHOLE}|(?P<held>辖区内|辖区|区域内|下辖|所辖|下属|所属|直属|管辖|(?<=[镇乡区县市道])辖)(?:有)?)(?P<link>{_LINK}{{0,3}})$"
)
_HELD_NOUN = ("直属", "下属", "所属", "下辖", "所辖", "内设")
_OWNER_LEAD = Pattern(
    r".*(?:对|向|在|由|将|把|给|为|让|与|和|及|其|各|了|到|走访|检查|督查|督促|指导|组织|覆盖|推动|推进|要求|针对|深入|抽查|联合|会同|召集|梳理|排查|全面|带动|选派|安排|明确|面向|建立|听取)"
)
_OWN_WORDS = Pattern(
    r"^(?:我|本|该)?(?:镇|乡|街道|县|区|市|局|委|集团|公司|党委|党工委|工委|党组|机关|系统|学校|医院|党组织|镇党委|局党组|区委|县委|市委)?$"
)

_SUBSET_BEFORE = Pattern(
    r"其中|部分|涉及|抽[取查选样调]|随机|选[取择定]|首批|第[一二三四五]批|剩余|其余|余下|另|新增|除|原|仍有|尚有|还有|每年|年均|先行|试点|重点对|个别|优先|先期|已[对有在为]|占|上[一]?轮|分[两三]批|第[一二三]轮|排名[前后]"
)
_SUBSET_AFTER = Pattern(r"试点|先行|抽查|抽取|率先|首批|巡察|巡视|未|排名|靠后|除外")
_GOVERNED = Pattern(
    r"(?:对|指导|组织|督促|覆盖|向|要求|面向|安排|推动|推进|抓好|走访|遍访|检查|排查|梳理|立足|针对|涵盖|召集|发动|培训|明确|实现|惠及|联系|联合|通过检查|深入|清查|摸排|统筹|整合|辐射|惠及|为|给|与|和|及|把|将)$"
)
_UNIVERSAL = Pattern(
    r"(?:已|现已|目前|现)?(?:均|都|全部|全都|逐一|逐个|逐村|逐户|普遍|一律|全覆盖|全面|仅|只有|中|有\d)"
)
_STATE = Pattern(
    r"已|未|没|尚|仍|还|有|无|存在|出现|被|完成|建成|建设|建立|设立|达|实现|通过|入选|获|成功|率先|具备|开工|竣工|是|为|属|不|超|率|因|由于|成为|拥有|发生|受|遭"
)
_PLAIN = Pattern(
    r"开展|进行|实施|落实|制定|召开|组织|认真|严格|推行|推进|推广|配备|配齐|选派|成立|签订|申请|监督|自查|排查|检查|巡查|核查|清查|清理|整治|整改|评比|考核|评估|评定|走访|调研|督查|督导|指导|培训|宣传|公示|公开|上报|报送|提交|参加|参与|纳入|覆盖|接入|使用|执行|按照|规范|统一|定期|每|分别|共|累计|集中|逐|常态|深入|同步|陆续|先后|轮流|以|之|等|和|与|及|或|在|对|从|由|向|按|于|将|把|让|通过|根据|结合|围绕|用|其|资[源金产]|党风|党建|财务|账|集体资|两委|班子|工作|人居|环境|村务|治理|服务|管理|发展|运行|换届|述职|履职|普查|审计|专项|限期|按期|及时|积极|主动|做好|加强|强化|健全|完善|严肃|提高|提升|全力|持续|补齐|对照|坚持|深化|建档|入户|轮训|轮流|联动|联合|联系|报告|汇报|责任制|制度|议事|组织生活|主题党日|党务|换届|选举|补选|录入|安装|张贴|发放|下发|印发|转发|签署|建账|核实|核对|摸底|摸排|普遍|开设|开通|聘请|聘任|培育|打造|发动|动员|号召|主要负责|意识形态|安全生产|信访|档案|印章|“三|的"
)
_REACH, _SCOPE_REACH = 60, 24
_SCOPE_MARKS = frozenset("全我本辖下所直管区")
"""Every scope holds one of these."""
_STOP = frozenset("，。；、：！？）（“”〈〉《》~-—")
_DATED = Pattern(
    r"(?:(?:19|20)\d\d年(?:底|末|初|度)?|截[至止][^，。；]{2,12}|当时|原|撤并前|调整前|合并前|上年末?|去年底?)，?$"
)


@dataclass(frozen=True, slots=True)
class Population:
    """A figure that says how large a whole is.

    ``scope`` is ``own`` for the reporting organ's own domain, else the words (全市) or the owner's name; ``noun`` the full
    noun phrase in one spelling, ``shown`` as written; ``certain`` whether nothing suggests that only some of them are
    meant; ``dated`` the words that tie the figure to a time.
    """

    quantity: Quantity
    scope: str
    noun: str
    shown: str
    certain: bool
    dated: str


def find_populations(
    document: Document, quantities: Sequence[Quantity], level: str, name: str = ""
) -> Iterator[Population]:
    """All populations of the text; ``level`` is the `own_level` of the reporting organ, ``name`` its name."""
    previous: Population | None = None
    for quantity in quantities:
        population = None
        if quantity.counted and not quantity.ranged and quantity.unit in _UNITS and quantity.value >= 2:
            population = _population(document, quantity, level, name)
            if population is None and previous is not None:
                population = _next_in_row(document, previous, quantity)
        if population is not None:
            yield population
        previous = population


def _population(document: Document, quantity: Quantity, level: str, name: str) -> Population | None:
    text = document.text
    end = quantity.span.start + len(quantity.text)
    before = quantity.before[-_REACH:]
    if _SCOPE_MARKS.isdisjoint(before[-_SCOPE_REACH:]) and not text.startswith(_HELD_NOUN, end):
        return None
    noun = _noun(text, end, quantity.clause.end)
    scope = _SCOPE.search(before)
    lead, before_noun = before, False
    if scope is None and noun == "" and (named := _noun_before().search(before)) is not None:
        scope = _SCOPE.search(before[: named.start()])
        noun, before_noun = named["noun"], True
    if noun == "" or (scope is None and not noun.startswith(_HELD_NOUN)):
        return None
    link = ""
    if scope is None:
        key = "own"
    else:
        lead = before[: scope.start()]
        key = _scope_key(scope, lead, level, name)
        link = scope["link"]
    doubled = _doubled().match(noun)
    if doubled is not None:
        noun = doubled["one"]
    following = "，" if before_noun else text[end + len(noun) : min(quantity.clause.end + 1, end + len(noun) + 30)]
    certain = not _SUBSET_BEFORE.search(lead[lead.rfind("方式") + 1 :]) and _is_whole(
        lead, link, following, doubled is not None
    )
    return Population(quantity, key, _SAME.get(noun, noun), noun, certain, _dated(text, quantity.span.start - len(before), lead))


def _next_in_row(document: Document, previous: Population, quantity: Quantity) -> Population | None:
    """辖26个行政村、4个社区: the second figure has the first one's scope."""
    end = previous.quantity.span.start + len(previous.quantity.text) + len(previous.shown)
    if document.text[end : quantity.span.start] not in ("、", "和", "及", "以及", "，"):
        return None
    noun = _noun(document.text, quantity.span.start + len(quantity.text), quantity.clause.end)
    if not noun or not previous.certain:
        return None
    return Population(quantity, previous.scope, _SAME.get(noun, noun), noun, False, previous.dated)


def _scope_key(scope: regex.Match[str], lead: str, level: str, name: str) -> str:
    if scope["level2"]:
        return "own"
    if scope["level"]:
        return "own" if scope["level"] == level else scope.group()[:2]
    owner_lead = _OWNER_LEAD.match(lead)
    owner = lead[owner_lead.end() :] if owner_lead is not None else lead
    if _OWN_WORDS.search(owner) or (len(owner) >= 2 and owner[:2] in name):
        return "own"
    return owner


def _is_whole(lead: str, link: str, following: str, doubled: bool) -> bool:
    """Whether the figure is of the whole, judged from the words round it."""
    if following[:1] in _STOP or not following or following[0] == "\n":
        return True
    if _SUBSET_AFTER.search(following):
        return _UNIVERSAL.match(following) is not None and "未" not in following
    if _UNIVERSAL.match(following) or doubled:
        return True
    if link.endswith("有"):
        return False
    if _GOVERNED.search(lead):
        return _STATE.match(following) is not None or _PLAIN.match(following) is not None
    return _STATE.match(following) is None and _PLAIN.match(following) is not None


def _dated(text: str, start: int, lead: str) -> str:
    """The words before the scope, which begins ``len(lead)`` behind ``start``, that tie the figure to a time."""
    match = _DATED.search(text[max(0, start - 16) : start + len(lead)]) if len(lead) <= 6 else None
    return match.group() if match is not None else ""


def _noun(text: str, start: int, end: int) -> str:
    if text[start : start + 1] == "的":
        return ""
    match = _noun_phrase().match(text, start, min(end + 12, start + 24, len(text)))
    return match.group() if match is not None else ""


@cache
def _noun_phrase() -> regex.Pattern[str]:
    bricks = "|".join(regex.escape(word) for word in sorted({*_MODIFIERS, *_HEADS}, key=len, reverse=True))
    heads = "|".join(regex.escape(word) for word in sorted(_HEADS, key=len, reverse=True))
    return regex.compile(rf"(?:{bricks}){{0,4}}(?:{heads})")


@cache
def _noun_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<noun>{_noun_phrase().pattern})(?:共计|共有|合计|总计|总数|共|达|为|有|数)?$")


@cache
def _doubled() -> regex.Pattern[str]:
    """28个村村务监督委员会: the noun ends before its repetition."""
    return regex.compile(r"(?P<one>村|社区|乡镇|街道|镇|支部)(?=\g<one>)")


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be of one size; 70余 is 71 to 79."""
    low, high = _interval(one)
    other_low, other_high = _interval(other)
    return low <= other_high and other_low <= high


def _interval(quantity: Quantity) -> tuple[float, float]:
    value = float(quantity.value)
    if quantity.approximation == "":
        return value, value
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    if quantity.approximation == "over":
        return (value, value + step) if step > 1 else (value, float("inf"))
    if quantity.approximation == "about":
        return value * 0.9, value * 1.1
    return (
        (value, float("inf"))
        if quantity.approximation == "least"
        else (value * 0.9 if quantity.approximation == "under" else 0, value)
    )


def own_level(core: str) -> str:
    """What a reporting organ's 全… is the whole of: the last character of its place or body.

    >>> own_level("松坡县人民政府"), own_level("青山镇"), own_level("松坡县水利局")
    ('县', '镇', '局')
    """
    for suffix in ("人民政府", "政府", "办公室", "办事处"):
        core = core.removesuffix(suffix)
    return "街" if core.endswith("街道") else core[-1:]
