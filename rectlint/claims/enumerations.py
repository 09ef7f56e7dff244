"""Counts with the lists they count: 甲、乙、丙等5个村, 四大板块, 3个村（甲、乙、丙）, 三项措施：一是……三是……

In: a `Document`.  Out: `Enumeration` values in text order.  A count without a list beside it is none.  The members of a
list are judged by `rectlint.claims.members`, which knows all the readings of a list; whether count and list agree is for
the kind to say.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> [(e.value, e.listing.size, e.closed) for e in find_enumerations(parse(Source("划分养老、托育、助残四大板块。")))]
[(4, 3, True)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from rectlint.claims.members import (
    OPENERS,
    Listing,
    bare,
    closes_a_list,
    end_of_list,
    ends_with_particle,
    ends_with_verb,
    holds_verb,
    is_title,
    opens_with_action,
    opens_with_verb,
    read_list,
    split,
    start_of_clause,
)
from rectlint.document import Document
from rectlint.lexicon import words as lexicon_words
from rectlint.markers import DEPTHS, Marker, chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

Form = Literal["before", "titles", "quoted", "brackets", "colon", "run", "dates", "respective"]

_COUNTERS = (
    r"大类|大项|大块|环节|方面|领域|板块|部门|单位|科室|社区|街道|乡镇|小组|个|项|家|种|类|大|条|级|步|位|方|名|人|处|所|支|座|份|套|部|本|篇|张|款|点|道|门|面|者|地|早|维(?!码|图|护|修|度|模|立体|激光|扫描|空间|建模)"
    r"|村|镇|乡|县|区|市|院|校"
)
_NUMBER = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])"
# 前面不能是序数、约数、别的数词；“1个”只在后面列举时有用
_COUNT = Pattern(
    rf"(?<![\d.,/A-Za-z〔第几数十百千万零〇一二两三四五六七八九近约超逾每另达余来—~]|(?<!事)前)"
    rf"(?P<number>{_NUMBER})(?P<counter>{_COUNTERS})"
    r"(?![多余几来月]|以[上下内]|左右|上下|小时|工作日|自然日|百分点|季度|年度|学时|课时|学分|交易日|级|分|钟|半(?!年))",
    linear=True,
)
# 数词与列举之间可以有的话
_LINK = Pattern(r"(?P<open>等等?)?(?:共计|共有|共|合计|总计|一共|总共|全部|上述|以上|这)?$")
_OPEN_NOUN = Pattern(r"等(?:\p{Han}{1,8})$")
_NOUN = r"[\p{Han}“”]{0,9}?"
_ABSTRACT = (
    r"方面|环节|领域|板块|维度|层面|层级|阶段|步骤|程序|流程|方式|方法|渠道|途径|形式|专题|重点|关键|要点|品牌|节点|要素|行业|类型|类别|模块|关口|工作法|一体|联动|协同|共治|网络|战役|攻坚|角度|步法|闭环"
    r"|部门|单位|原则|手段|转变|突出|统一|结合|到位|体系|关系|窗口期|时段|档次|等次|档|梯队|防线|角色|主体|抓手"
)
_GENERIC = (
    r"专项(?:治理|整治|检查|清理|行动)|集中整治|机制|制度|文件|办法|方案|规定|规则|细则|意见|通知|规范|指引|预案|条例|法规|法律|章程|守则|规程|标准|措施|举措|任务|目标|问题|事项|项目|工程|行动|内容|活动|课程|清单|台账|平台|要求|职责|指标|岗位"
    r"|系统|载体|短板|弱项|隐患|风险|情形|情况|工作|服务|资金|费用|材料|资料|档案|报告|书籍|功能|理念|能力|指南|手册|表|图|榜|区域|片区|基地|场所|阵地|设施|设备|区块|线路|道路|河道|点位|亮点|成果|特色|做法|经验|作用|优势|模式"
)
_TYPED: dict[str, str] = {
    r"村居|村社|村（[^）]{1,8}）|(?:行政|自然|重点|示范|试点|美丽|省定|中心)?村(?![民级集委支务社监财容部医校组]|党|“)": "村居区庄屯寨场",
    r"社区(?![党居工民治干])|居民区|居委会?(?!干)|小区": "区苑村居里园城湾庭府会",
    r"乡镇|镇街|镇（[^）]{1,8}）|街镇|镇(?![村级区域属党])|乡(?![村级贤])|街道(?![办党])": "镇乡道街办场区处",
    r"县区|区县|县（[^）]{1,8}）|区（[^）]{1,8}）|市州|县(?![级直委乡])|市(?![级直委场民])|区(?![级直委域间块位划])": "区县市州旗盟",
    r"(?:工作|专项|督查|督导|检查|指导|调研|协调|攻坚|巡察|审计|服务)?组(?!织|长|员|建|成)|小组|专班": "组班队",
    r"公司|企业|国企|集团|厂": "司业厂团社院店场行",
    r"党委(?!书)|党组(?!织|书)|党总支|总支|党支部|支部|党组织": "委组支部会司局校院村区镇所站队",
    r"科室|处室|股室|科(?!技|普|级|目)|处(?!理|分|置|级)": "科室处办股队站所心",
    r"学校|中小学|幼儿园|院校|高校": "学校园院中小",
    r"医院|卫生院|医疗机构": "院心所站",
    r"中心|窗口|站所|站|所(?![有属需])|点|队伍|队|机构|专区|馆|基地|大厅": "",
}
_PERSONS = r"同志|干部|党员|人员|村民|责任人|领导|负责人|委员|成员|书记|副职|主任|局长|代表|专家|队员|骨干"
# 列的是种类、数的是次数或人头，不能相比
_BARRED = r"案件|案|线索|信访|来信|群众|居民|意见建议|意见|建议|诉求|举报|场次|批次|(?<!施)工单|学员|调研员|巡视员|主任科员|警[督长监]|检察官|法官|村民小组|年级|以上|之[一二多间]|百分|会议室|家庭|患者|老人|学生|儿童|商户|农户|用户|户|床位|车位|岗位人"
_HEAD = Pattern(
    rf"{_NOUN}(?:(?P<barred>{_BARRED})|(?P<person>{_PERSONS})|(?P<abstract>{_ABSTRACT})|"
    + "|".join(f"(?P<typed{index}>{key})" for index, key in enumerate(_TYPED))
    + rf"|(?P<generic>{_GENERIC}))"
)
_SETS_UP = Pattern(r"(?:[设增下分内开]设|设[置立]|[划区]?分为|包括)$")
_DOCUMENTS = Pattern(
    r"制度|机制|文件|办法|方案|规定|规则|细则|意见|通知|规范|指引|预案|条例|法规|法律|章程|守则|规程|标准|清单|材料|资料|手册|指南|书|措施|举措|体系|台账|表|图"
)
_HANDED_OUT = Pattern(r"发放|张贴|赠送|印制|下发|配发|散发|发送")
_RUN_MARK = Pattern(
    r"[一二三四五六七八九十]{1,2}是(?=(?:围绕|聚焦|紧盯|针对|对|在|从|将|把|向|组织|开展|建立|设立|成立|制定|修订|完善|印发|突出|强化|坚持|通过|由|会同|与)\p{Han})"
)
_ITEM_MARK = Pattern(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})、(?![\d一二三四五六七八九十])")
_JOINING = frozenset("、》”和与及-—→+")
_TYPES = tuple(_TYPED.values())
_PLACES = frozenset("村镇乡县区市")
_NAMED_LISTS = Pattern(r"(?:清单|台账)”")
_NAMED_SET = Pattern(r"\p{Han}{0,2}(?:清单|台账|关口|防线|环节|步骤|程序|关卡|闸门|关)”")
# 前一组有自己的个数：甲、乙2个镇和丙、丁、戊3个村
_COUNTED_BEFORE = Pattern(
    r"、[^、，]{1,8}?\d{1,2}[个家所名](?=\p{Han}{1,10}[和及与])\p{Han}{1,10}?(?:以及|和|及|与)(?=\p{Han}{2,8}、)"
)
_RESPECTIVELY = Pattern(
    r"(?P<subject>\p{Han}{2,12}?)(?:名单)?(?:分别|依次)(?:是|为)：",
    needs=("分别是：", "分别为：", "依次是：", "依次为："),
)
_COUNT_AT_END = Pattern(
    rf"(?P<noun>\p{{Han}}{{2,8}})?(?P<number>{_NUMBER})(?P<counter>[个家名所])(?P<after>\p{{Han}}{{0,8}})[。，；]$"
)
_PLACE_END = frozenset("村镇乡县市州")
_TYPED_ENDS = ("街道", "社区", "公司", "企业", "局", "村", "镇", "乡", "县", "党支部", "党总支", "党委", "学校")
# 公安部户政管理研究中心《全国姓名报告》列前的姓，及少数常见复姓的首字
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑"
    "景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由欧诸司上"
)
_ADVERSE = Pattern(
    r"\d+(?:\.\d+)?(?:[万亿]?元|%|余|多|[个项家种类条件起户人名次场处所份亩公吨])|[\d一二三四五六七八九十]+是|占比|各\d",
)
_OTHER_COUNT = Pattern(rf"(?:\d|[两二三四五六七八九十])(?:{_COUNTERS})$")
# 后面的数只数这一部分：县卫健委及下属3家单位
_OTHERS_END = Pattern(
    r"(?:下属|所属|直属|下辖|所辖|辖区|辖区内|范围内|其他|其它|其余|另外|有关|相关|部分|个别|上述|全部|剩余|[全本][省市县区镇乡村局院校])的?$"
)
_NOT_A_LIST = Pattern(
    r"其中|[不]?含|不包括|以下简称|以下统称|见附|详见|见下|如|例如|比如|占|约|截至|据|下同|试行|暂行|即将|除|已|均|仅|原|且|另|尚|未|暂|共计|合计|为期|按"
)
_GENERIC_WORDS = (
    "居 村 社区 街道 园区 场 部门 单位 企业 公司 党委 总支 支部 党组织 党支部 党总支 站 所 站所 区 市 县 镇 乡 乡镇 办 局 委 办公室 科室 中心 机关"
    " 事业单位 国企 集团 街镇 村居 居委会 村委会 开发区 管委会 农场 林场 处 队 党组 党工委 工委 个人 组织 机构 院 校 学校 州 旗 盟 师 团 屯 组 经济开发区 高新区"
)
_GENERIC_MEMBERS = frozenset(_GENERIC_WORDS.split())
_AFTERTHOUGHT = Pattern(
    r"导致|造成|影响|以致|未|均|已|并|其中|同时|全部|都|现|目前|确保|从而|进而|使|让|有效|切实|不断|实现|做到|推动|共|各|此|该|上述|以上|对|由|其|以|力争|努力|做法|成效|效果|群众|以点带面|持续"
)
_FOLLOW = Pattern(
    r"(?P<noun>[\p{Han}“”]{0,14}?(?:（(?:居|社区|街道|园区|村|镇|乡|市、区|县、区|办事处)[^（）]{0,4}）)?)(?P<opening>（(?:分别[为是]|即|具体[为是]|依次[为是])?|：(?:分别[为是]|即)?|——|，?(?:分别[为是]|即(?![将使便可])|具体[为是]|依次[为是])：?|，?(?:主要|具体)?包括：?)"
)
_CUE = Pattern(
    r"主要(?:有|存在|做|抓)|重点(?:抓|做)|着力(?:抓|做)|存在|采取|做到|实现|抓好|抓实|围绕|从|突出|坚持|强化|落实|开展|实施|建立|健全|形成|构建|打造|推行|明确|提出|聚焦"
)
_BELOW = Pattern(r"以下|下列|如下")
_ABOUT = Pattern(r"针对|对照|对|就|按照|关于|围绕")
_PROBLEM = Pattern(r"问题|短板|不足|意见|建议|弱项")
_REPORT = Pattern(r"通报|报告|汇报|公开|公布|公示|情况")
_BEFORE_RUN = Pattern(
    rf"(?<![\d.第几数十百千约近余])(?P<number>{_NUMBER})(?P<counter>个|项|大|条|点|种|类|方面|步)(?P<noun>[\p{{Han}}“”]{{0,16}})(?P<mark>[：，。]|——)\n?$"
)
_RUN_NOUN = Pattern(
    r"方面|措施|举措|任务|工作|要求|重点|环节|突出|坚持|到位|目标|原则|做法|机制|制度|行动|工程|转变|结合|关系|问题|短板|不足|意见|建议|步骤|文章|关口|强化|力度|结合|整改|”"
)
# 数的东西写在前面：主要做法有三点：一是……
_NAMED_BEFORE = Pattern(
    r"(?:原因|做法|经验|体会|措施|举措|要求|意见|建议|任务|表现|特点)(?:主要)?(?:有|是|为|包括)(?:以下|如下)?$"
)


class Enumeration(NamedTuple):
    """A count and its list.

    ``figure`` is the number with its counter, ``closed`` whether the list claims to be complete (no 等), ``doubt`` a key
    of `rectlint.wording.REASONS` when a disagreement should not be held against the text, ``doubt_fewer`` the same for
    lists that name fewer than are claimed.
    """

    form: Form
    figure: Span
    value: int
    listing: Listing
    closed: bool
    doubt: str = ""
    doubt_fewer: str = ""


class _Head(NamedTuple):
    """What a count counts: its sort, its words, and for places and bodies the characters their names end in."""

    sort: str
    words: str
    ends: str = ""


def find_enumerations(document: Document) -> Iterator[Enumeration]:
    """All counts that have their list beside them."""
    text = document.text
    slogans = lexicon_words("slogans")
    for match in list(_COUNT.find(text)):
        congress = match["counter"] == "大" and "十" in match["number"]
        if congress or text.startswith(slogans, match.start()):
            continue
        found = _listed_before(text, match)
        if found is None:
            found = _listed_after(text, match)
        if found is not None:
            yield found
    yield from _respectively(document)
    yield from _runs(document)


# ---- 列举在前：甲、乙、丙等3个村；《甲》《乙》2项制度；“甲、乙、丙”三个环节 ----


def _listed_before(text: str, match: Match) -> Enumeration | None:
    start, value = match.start(), _value(match["number"])
    before = text[start - 1 : start]
    if not before or before in "、，。；：！？\n（《〔及与或第" or value < 2:
        return None
    if before == "和" and not _ends_a_name(text, start, match["counter"]):
        return None
    named_after = before == "“"
    if named_after:
        start -= 1
        before = text[start - 1 : start]
        if not before or before in "、，。；：！？\n（《〔":
            return None
    elif match["counter"] in "级位步方" and before == "的":
        start -= 1
    end, is_open, linked = start, False, False
    if text[start - 1] in "等计有共总部述上这":
        link = _LINK.search(text, max(0, start - 6), start)
        assert link is not None
        end, is_open, linked = link.start(), bool(link["open"]), link.end() > link.start()
    if not is_open and "等" in text[max(0, start - 9) : start]:
        noun_open = _OPEN_NOUN.search(text, max(0, start - 9), start)
        if noun_open is not None and text[noun_open.start() - 1] in "》”":
            end, is_open, linked = noun_open.start(), True, True
    if end < 3 or text[end - 1] in "、，。；：（“《":
        return None
    head = _head(text, match)
    if head.sort == "barred" or (
        head.sort == "none" and not (is_open or linked or text[end - 1] in "》）" or _is_telling(match["counter"]))
    ):
        return None
    names = head.sort.startswith("typed") or head.words.endswith(("部门", "单位"))
    listing = _list_ending_at(text, end, value, is_open, names)
    if listing is None:
        return None
    listing = _with_owners(text, _with_known_pair(text, _of_one_sort(text, listing, head)), head)
    listing = _with_leader(text, listing, match["counter"] + head.words, value)
    if named_after and before != "”" and not (_share_a_word(text, listing, head) or _is_named(text, match, listing)):
        return None
    count = Span(match.start(), match.end())
    form: Form = "titles" if listing.titles else "before"
    doubt = _doubt_before(text, listing, head, match, is_open, linked)
    if doubt is None:
        return None
    if named_after and _NAMED_LISTS.match(text, match.end()) is not None and opens_with_verb(_last(text, listing)):
        return None  # 制定整改方案、建立整改“四张清单”
    plain = named_after and listing.certain_start and _NAMED_LISTS.match(text, match.end()) is not None
    fewer = "" if is_open or plain else _doubt_fewer(text, listing, head, match["counter"], linked, value)
    return Enumeration(form, count, value, listing, not is_open, doubt, fewer)


def _ends_a_name(text: str, end: int, counter: str) -> bool:
    """Whether a 和 before a count belongs to the last name: 长安、新和五村, where 新 alone would be no name."""
    return counter in _PLACES and len(text[:end]) > 2 and text[end - 3 : end - 2] == "、" and text[end : end + 1] > "9"


def _is_named(text: str, match: Match, listing: Listing) -> bool:
    """Whether the count stands alone in quotation marks as the name of three members or more: 甲、乙、丙“三道关口”."""
    fewest = 2 if _NAMED_LISTS.match(text, match.end()) is not None else 3
    return (
        listing.size >= fewest
        and listing.certain_start
        and _NAMED_SET.match(text, match.end(), match.end() + 6) is not None
        and all(2 <= len(bare(text, member)) <= 8 for member in listing.members)
    )


def _share_a_word(text: str, listing: Listing, head: _Head) -> bool:
    """Whether the members end in the word that sums them up: 认识到位、责任到位、措施到位“三个到位”."""
    word = head.words[-2:]
    return len(word) == 2 and all(bare(text, member).endswith(word) for member in listing.members)


def _is_telling(counter: str) -> bool:
    """Whether a counter says what is counted without a noun behind it: 三级, 四步, 两方面."""
    return counter in ("级", "步", "方", "大", "类", "者", "地", "名", "人", "早", "维") or counter in _ABSTRACT


def _list_ending_at(text: str, end: int, claimed: int, is_open: bool, names: bool) -> Listing | None:
    """The list that ends at ``end``: a quotation that holds it, a row of quotations or titles, or words with 、."""
    start = start_of_clause(text, end)
    if start is not None:
        start = _behind_mark(text, start, end)
    if start is None or end - start < 3 or _JOINING.isdisjoint(text[start:end]):
        return None
    counted = _COUNTED_BEFORE.search(text, start, end)
    if counted is not None:
        start = counted.end()
    opener = text[start - 1 : start]
    if opener in OPENERS and OPENERS[opener] not in text[end : end + 400].partition("\n")[0]:
        return None
    if text[end - 1] == "”" and not is_open:
        opening = start_of_clause(text, end - 1)
        if opening is not None and text[opening - 1] == "“":
            inner = _quoted(text, Span(opening, end - 1), claimed, is_open)
            if inner is not None:
                return inner
    if "、" not in text[start:end] and text[end - 1] not in "》”":
        dashed = _dashed(text, Span(start, end))
        return dashed if dashed is not None else read_list(text, Span(start, end), "、", claimed, is_open, names)
    listing = read_list(text, Span(start, end), "、", claimed, is_open, names)
    if text[end - 1] == "》" or text[end - 1] == "）":
        return _titles(text, end, listing)
    return listing


def _behind_mark(text: str, start: int, end: int) -> int:
    """Where the words of a clause begin, behind the mark of an entry: 一是围绕甲、乙2个领域, or of a paragraph: 4、我院4个支部."""
    run = _RUN_MARK.match(text, start, end)
    if run is not None:
        return int(run.end())
    numbered = _ITEM_MARK.match(text, start, end) if text[start - 1 : start] in ("", "\n") else None
    return int(numbered.end()) if numbered is not None else start


def _quoted(text: str, inner: Span, claimed: int, is_open: bool) -> Listing | None:
    """“甲、乙、丙” or “甲-乙-丙” as a list whose ends are certain."""
    listing = read_list(text, inner, "、", claimed, is_open)
    if listing is None:
        return _dashed(text, inner)
    words = text[inner.start : inner.end]
    if "，" in words or "、" not in words:
        return None
    # what stands in quotation marks is the list and nothing else: no later start
    pieces = split(text, inner, "、")
    fewest = min(len(pieces) + (listing.size > len(pieces)), max(listing.counts))
    counts = frozenset(range(fewest, max(listing.counts) + 1))
    return Listing(listing.span, listing.members, counts, listing.titles, True)


def _dashed(text: str, span: Span) -> Listing | None:
    """甲-乙-丙 or 甲→乙→丙, three members or more."""
    words = text[span.start : span.end]
    for mark in ("-", "—", "→", "+"):
        if words.count(mark) >= 2 or (
            mark != "+" and mark in words and "、" not in words and span.end - span.start <= 24
        ):
            pieces = split(text, span, mark)
            if (
                len(pieces) < 2
                or any(piece.end - piece.start > 16 for piece in pieces[1:])
                or any(c.isdigit() for c in words)
            ):
                return None
            return Listing(span, tuple(pieces), frozenset((len(pieces),)), False, True)
    return None


def _titles(text: str, end: int, listing: Listing | None) -> Listing | None:
    """The unbroken row of titles that ends at ``end``; other titles of the sentence before it may belong to it."""
    sentence = start_of_clause(text, end, "。；！？\n", 3000)
    if sentence is None:
        return listing
    pieces = split(text, Span(sentence, end), "、，和及与")
    row: list[Span] = []
    for piece in reversed(pieces):
        opening = text.find("《", piece.start, piece.end)
        if opening < 0 or not is_title(text, Span(opening, piece.end)):
            break
        row.insert(0, Span(opening, piece.end))
        lead = text[piece.start : opening]
        if lead and "〔" not in lead:
            break
    if len(row) < 2 or (listing is not None and not listing.titles and listing.size > len(row)):
        return listing
    everything = sum(text.startswith("《", piece.start) or "《" in text[piece.start : piece.end] for piece in pieces)
    return Listing(Span(row[0].start, end), tuple(row), frozenset((len(row),)), True, everything == len(row))


def _doubt_before(text: str, listing: Listing, head: _Head, match: Match, is_open: bool, linked: bool) -> str | None:
    """Why a disagreement would prove nothing: None when list and count have nothing to do with each other, a reason key
    when that is possible, "" when the list is certainly what is counted."""
    counter = match["counter"]
    words = [bare(text, member) for member in listing.members]
    if counter == "早" and not all("早" in word for word in words):
        return None
    if head.sort == "barred" or any(_ADVERSE.search(word) for word in (_after_recipient(words[0]), *words[1:])):
        return None
    if (
        counter in ("名", "人")
        or (counter == "个" and head.sort == "person")
        or (counter == "位" and head.sort != "abstract")
    ):
        return "" if _are_persons(words) else None
    if counter in ("级", "步", "方", "者", "地"):
        joined = len(words) == 2 and text[listing.members[0].end : listing.members[1].start] in _AND
        if joined and not linked and (max(map(len, words)) > _LEVEL_NAME or any("□" in word for word in words)):
            return None  # 上下“一盘棋”及省市县“同步查”三级联动
        if counter == "级" and not linked and max(map(len, words)) > _LONGEST_LEVEL:
            return None  # 设施运行不正常、煤炭二级销售网点不规范
        return None if not _opens_quoted(text, listing) and not linked and _is_governed(words) else ""
    if listing.titles:
        return _doubt_titles(text, listing, head, counter)
    if head.sort == "generic" and _opens_quoted(text, listing) and not _are_kinds_of_list(words, head):
        return "ambiguous"
    if is_open:
        if counter == "处" and not head.sort.startswith(("typed", "generic")):
            return "ambiguous"
        return ""
    if (
        _OTHER_COUNT.search(words[-1])
        or (not is_open and closes_a_list(words[-1]))
        or (not is_open and _OTHERS_END.search(words[-1]))
    ):
        return None
    if not linked and not _opens_quoted(text, listing) and (_is_governed(words) or _mixed_places(words, head)):
        return None
    if head.sort == "none":
        return "" if (linked or _is_telling(counter)) and not _mixed_places(words, head) else None
    return ""


_LEVEL_NAME, _LONGEST_LEVEL = 4, 10
_AND = ("和", "与", "及", "以及")


def _are_kinds_of_list(words: Sequence[str], head: _Head) -> bool:
    """Whether three words or more of one length name as many lists: “问题、任务、责任、时限”四项清单."""
    return len(words) >= 3 and len({len(word) for word in words}) == 1 and head.words.endswith(("清单", "台账"))


def _after_recipient(first: str) -> str:
    """The first member without a count of those who act on the list: 组建4个组对甲局、乙局等3家单位."""
    acting = _ACTING.match(first)
    return first[acting.end() :] if acting is not None else first


_ACTING = Pattern(r"\p{Han}{0,8}\d{1,2}个\p{Han}{0,6}组(?:分别)?(?:对|向|进驻)(?=\p{Han}{2})")


def _doubt_titles(text: str, listing: Listing, head: _Head, counter: str) -> str | None:
    """Titles can be counted as documents only; of leaflets the copies may be counted: 发放《甲》《乙》等2份."""
    copies = counter in "份本套张" and _HANDED_OUT.search(text, max(0, listing.span.start - 12), listing.span.start)
    if copies or head.sort not in ("generic", "none"):
        return None
    return "" if head.sort == "none" or _DOCUMENTS.search(head.words) else "ambiguous"


def _doubt_fewer(text: str, listing: Listing, head: _Head, counter: str, linked: bool, value: int) -> str:
    """Why a closed list with too few members would prove nothing."""
    if listing.titles:
        return "" if listing.certain_start and head.sort == "generic" else "not-closed"
    words = [bare(text, member) for member in listing.members]
    if (
        all(word.endswith("□") for word in words)
        or counter in ("级", "步", "大")
        or ((head.sort != "generic" or _are_kinds_of_list(words, head)) and _opens_quoted(text, listing))
    ):
        return ""
    governed = len(words) > 2 and _SETS_UP.search(text, max(0, listing.span.start - 3), listing.span.start)
    if head.sort == "generic" and not linked and not governed and sum(map(len, words)) < 4 * len(words):
        return "not-closed"
    if len(words) == 2 and not linked and head.sort == "generic":
        return "not-closed"
    joined = len(words) == 2 and "、" not in text[listing.members[0].end : listing.members[1].start]
    if joined and not (head.sort == "abstract" and listing.certain_start):
        return "ambiguous"
    if not listing.certain_start and _may_begin_earlier(text, listing):
        return "ambiguous"
    return ""


def _may_begin_earlier(text: str, listing: Listing) -> bool:
    """Whether the clause before the list's may hold members too: 文山会海、检查泛滥，门难进、脸难看四类问题."""
    start = listing.span.start
    if start == 0 or text[start - 1] != "，":
        return False
    opening = start_of_clause(text, start - 1)
    if opening is None:
        return True
    words = text[opening : start - 1]
    return ("、" in words or len(words) <= 12) and not opens_with_verb(words)


def _of_one_sort(text: str, listing: Listing, head: _Head) -> Listing:
    """With a reading more where places of another sort stand among those counted: 甲镇、乙村、丙村等2个村."""
    if not head.ends or listing.titles:
        return listing
    ends = [next((end for end in _TYPED_ENDS if bare(text, m).endswith(end)), "") for m in listing.members]
    others = sum(bool(end) and end[-1] not in head.ends for end in ends)
    if not others or others == listing.size:
        return listing
    return listing._replace(counts=listing.counts | {n - others for n in listing.counts if n > others})


def _last(text: str, listing: Listing) -> str:
    return bare(text, listing.members[-1])


def _with_known_pair(text: str, listing: Listing) -> Listing:
    """With a reading more where the last two members stand joined elsewhere in the text too, and so are one: 固废及危险废物."""
    if listing.size < 3 or listing.titles:
        return listing
    pair = text[listing.members[-2].start : listing.members[-1].end]
    if "、" in pair or "，" in pair or text.count(pair) < 2:
        return listing
    return listing._replace(counts=listing.counts | {n - 1 for n in listing.counts})


def _with_owners(text: str, listing: Listing, head: _Head) -> Listing:
    """With a reading more where the first members are whose the others are: 受检单位、村（社区）制度走样、账目混乱等2个问题."""
    if listing.titles or head.ends or listing.size < 3 or head.words.endswith(("单位", "部门", "主体")):
        return listing
    words = [bare(text, member) for member in listing.members]
    if _BODY_END.search(words[0]) is None or _BODY_END.search(words[-1]) is not None:
        return listing
    owners = next(index for index, word in enumerate(words) if _BODY_END.search(word) is None)
    if _BODY_IN_FRONT.match(words[owners]) is None:
        return listing
    return listing._replace(counts=listing.counts | {n - owners for n in listing.counts if n > owners})


_BODIES_NAMED = r"(?:单位|部门|机关|企业|学校|医院|村(?:（社区）)?|社区|乡镇|街道|镇村|村组|党委|党组|党支部|党组织)"
_BODY_END = Pattern(rf"{_BODIES_NAMED}$")
_BODY_IN_FRONT = Pattern(rf"\p{{Han}}{{0,6}}{_BODIES_NAMED}\p{{Han}}{{2}}")


def _with_leader(text: str, listing: Listing, counted: str, value: int) -> Listing:
    """With a reading more where one body takes others along, which may be counted with them: 局纪委会同财务科、人事科3部门."""
    if listing.titles or value != max(listing.counts) + 1 or _BODIES.search(counted) is None:
        return listing
    low = max(0, listing.span.start - _LEADING)
    low = max(low, *(text.rfind(mark, low, listing.span.start) + 1 for mark in "。；：！？\n"))
    if _TAKES_ALONG.search(text, low, listing.members[0].end) is None:
        return listing
    return listing._replace(counts=listing.counts | {value})


_LEADING = 24
_BODIES = Pattern(r"^[家方]|(?:部门|单位|科室|处室|股室|机构)$")
_TAKES_ALONG = Pattern(
    r"(?:会同|联合|协同|联手|携手|协调|配合|商请|邀请)了?(?!检查|执法|督查|开展|工作|小?组|行动|发文|印发)\p{Han}*$|牵头[，、]?(?:\p{Han}{2,12})?$"
)


_HAS_DONE = Pattern(r"\p{Han}{2}了(?![解结却然断])\p{Han}", needs=("了",))


def _is_governed(words: list[str]) -> bool:
    """Whether the last member ends in a verb that governs the count, 甲村、乙村新建2个广场, or has one with an object of its
    own, of which the count is a part: 局机关和各支部明确了整改三级责任人.  Names that end in a verb
    (定期会商、联合督查、限时办结) are about as long as their sisters."""
    last, others = words[-1], [len(word) for word in words[:-1]]
    if _HAS_DONE.search(last) is not None:
        return True
    if not ends_with_verb(last):
        return False
    return ends_with_particle(last) or len(last) > max(others) or len(last) < min(others)


def _opens_quoted(text: str, listing: Listing) -> bool:
    """Whether the list stands in quotation marks of its own."""
    return text[listing.span.start - 1 : listing.span.start] == "“" and not text[listing.members[0].start :].startswith(
        "“"
    )


def _mixed_places(words: list[str], head: _Head) -> bool:
    """Whether the members are places or bodies of another sort than what is counted: 甲镇、乙镇3个村."""
    ends = [next((end for end in _TYPED_ENDS if word.endswith(end)), "") for word in words]
    named = [end for end in ends if end]
    if len(named) * 2 < len(words) or head.words in ("单位", "部门", "主体"):
        return False
    if head.sort.startswith("typed"):
        return bool(head.ends) and not any(end[-1] in head.ends for end in named)
    return head.sort in ("generic", "none", "abstract")


def _are_persons(words: list[str]) -> bool:
    """Whether all members behind the first look like personal names."""
    return all(2 <= len(word) <= 4 and (word[0] in _SURNAMES or "某" in word) for word in words[1:]) and (
        words[0][-3:-2] in _SURNAMES or words[0][-2:-1] in _SURNAMES or "某" in words[0][-3:]
    )


# ---- 列举在后：3个村（甲、乙、丙）；四个目标：甲、乙、丙、丁 ----


def _listed_after(text: str, match: Match) -> Enumeration | None:
    following = _FOLLOW.match(text, match.end(), match.end() + 34)
    if following is None:
        return None
    noun, opening = following["noun"], following["opening"]
    head = _head(text, match)
    if (
        head.sort == "barred"
        or (noun and head.sort == "none")
        or match["counter"] in ("人", "名", "方", "者", "地", "点")
    ):
        return None
    if len(noun) > len(head.words) + 3 or holds_verb(noun[2:]) or "”" in noun[:-6]:
        return None
    value = _value(match["number"])
    count = Span(match.start(), match.end())
    is_open = opening.endswith(("包括", "包括："))
    if opening.startswith("（"):
        return _in_brackets(text, following.end(), count, value, head)
    return _after_colon(text, following.end(), count, value, head, is_open)


def _respectively(document: Document) -> Iterator[Enumeration]:
    """不合格账号5个。不合格的账号分别是：甲、乙、丙。: a count at the end of the clause before, of the same noun."""
    text = document.text
    for match in _RESPECTIVELY.find(text):
        claim = _COUNT_AT_END.search(text, max(0, match.start() - 32), match.start())
        if claim is None or match["subject"][-2:] not in ((claim["noun"] or "")[-2:], claim["after"][-2:]):
            continue
        value = _value(claim["number"])
        end = end_of_list(text, match.end(), "。！？；，")
        listing = read_list(text, Span(match.end(), end), "、", value, False, True)
        if value < 3 or listing is None or text[end : end + 1] not in ("。", "；") or "等" in text[end - 6 : end]:
            continue
        if any(_ADVERSE.search(bare(text, member)) or bare(text, member)[:1].isdigit() for member in listing.members):
            continue
        counts = frozenset(_from_start(listing))
        listing = listing._replace(span=Span(match.end(), end), counts=counts, certain_start=True)
        yield Enumeration("colon", Span(claim.start("number"), claim.end("counter")), value, listing, True)


_COUNTED_MEMBER = Pattern(r"(?:\d|[一两二三四五六])[个项件](?!月|工作日|头|性)\p{Han}{2}")


def _in_brackets(text: str, start: int, count: Span, value: int, head: _Head) -> Enumeration | None:
    end = end_of_list(text, start, "")
    if text[end : end + 1] != "）" or text[end + 1 : end + 2] == "）" or end - start < 3:
        return None
    end, closed = _strip_open(text, start, end)
    words = text[start:end]
    if _NOT_A_LIST.match(words) or "其中" in words or "：" in words:
        return None
    readings = [
        read_list(text, Span(start, end), marks, value, not closed, bool(head.ends)) for marks in _separators(words)
    ]
    found = [reading for reading in readings if reading is not None]
    if not found or value == 1:
        return None
    best = found[0]
    members = [bare(text, member) for member in best.members]
    if sum(bool(_ADVERSE.search(word)) for word in members) * 2 >= len(members):
        return None
    if any(_COUNTED_MEMBER.search(word) for word in members):
        return None  # 4个问题（即第3、9项所涉3个问题及第7项中一个问题）
    generic = all(word in _GENERIC_MEMBERS for word in members) or members[-1].endswith(
        ("类", "型", "方面", "性质", "层面")
    )
    # within brackets the list begins where they open: no later start, so only the conjunctions are open to question
    counts = frozenset(count for reading in found for count in _from_start(reading))
    doubt = "ambiguous" if generic or any("，" in word for word in members) else ""
    if doubt and value not in counts:
        return None
    listing = Listing(Span(start, end), best.members, counts, best.titles, True)
    return Enumeration("brackets", count, value, listing, closed, doubt)


def _separators(words: str) -> list[str]:
    """The sets of marks that may separate the members of a bracketed list, the likeliest first."""
    used = "".join(mark for mark in "、，；" if mark in words)
    return list(dict.fromkeys((used[:1] or "、", used or "、", used[1:] or "、", used[-1:] or "、")))


def _from_start(listing: Listing) -> range:
    """The counts of a list whose beginning is certain."""
    joined = max(listing.counts)
    return range(min(listing.size, joined), joined + 1)


def _after_colon(text: str, start: int, count: Span, value: int, head: _Head, is_open: bool) -> Enumeration | None:
    if text[start : start + 2] in ("一是", "第一") or text[start : start + 1] in "①\n":
        return None
    stop = end_of_list(text, start, "。！？")
    pieces = split(text, Span(start, stop), "；")
    if len(pieces) > 1 and any("：" in text[piece.start : piece.end] for piece in pieces[1:]):
        pieces = pieces[:1]
    first = pieces[0] if pieces else Span(start, stop)
    if _NOT_A_LIST.match(text, first.start) or "：" in text[first.start : first.end]:
        return None
    if value == 1:
        single = not split(text, first, "、，")[1:] and len(pieces) == 1 and first.end > first.start
        listing = Listing(first, (first,), frozenset((1,)), False, True)
        return Enumeration("colon", count, 1, listing, True) if single else None
    clauses = split(text, first, "，")
    if len(pieces) > 1:
        return _several(text, count, value, pieces, clauses, head, not is_open)
    end, closed = _strip_open(text, clauses[0].start, clauses[0].end) if clauses else (start, True)
    closed = closed and not is_open
    core = read_list(text, Span(first.start, end), "、", value, not closed) if clauses else None
    if core is None or "、" not in text[first.start : end]:
        if core is not None and core.titles:
            return Enumeration("titles", count, value, core, closed)
        return _clause_list(text, count, value, clauses, closed)
    members = [bare(text, member) for member in core.members]
    if sum(bool(_ADVERSE.search(word)) for word in members) * 2 >= len(members):
        return None
    extended = _parallel(text, core, clauses[1:])
    counts = frozenset(n + extra for n in _from_start(core) for extra in range(extended + 1))
    strangers = bool(head.ends) and any(not word.endswith(tuple(head.ends)) for word in members[1:])
    doubt = "ambiguous" if strangers and any(word.endswith(tuple(head.ends)) for word in members) else ""
    listing = Listing(core.span, core.members, counts, core.titles, True)
    return Enumeration("colon", count, value, listing, closed, doubt)


def _parallel(text: str, core: Listing, clauses: list[Span]) -> int:
    """How many of the clauses behind a list may be further members: those built and sized like its members."""
    words = [bare(text, member) for member in core.members]
    active = sum(map(opens_with_action, words)) * 2 > len(words)
    shortest, longest = min(map(len, words)), max(map(len, words))
    count = 0
    for clause in clauses:
        own = bare(text, clause)
        alike = opens_with_action(own) if active else not opens_with_verb(own)
        if not alike or _AFTERTHOUGHT.match(own) or not shortest - 3 <= len(own) <= longest + 6:
            break
        count += len(split(text, clause, "、"))
    return count


def _clause_list(text: str, count: Span, value: int, clauses: list[Span], closed: bool) -> Enumeration | None:
    """Clauses as members: counted only when they are of one length, as in 领导到位，责任到位，措施到位."""
    lengths = [clause.end - clause.start for clause in clauses]
    if len(clauses) < 2:
        return None
    listing = Listing(Span(clauses[0].start, clauses[-1].end), tuple(clauses), frozenset((len(clauses),)), False, True)
    if max(lengths) - min(lengths) > 1 or max(lengths) > 12 or len(clauses) < 3:
        return Enumeration("colon", count, value, listing, closed, "ambiguous") if value == len(clauses) else None
    return Enumeration("colon", count, value, listing, closed)


def _several(
    text: str, count: Span, value: int, pieces: list[Span], clauses: list[Span], head: _Head, closed: bool
) -> Enumeration:
    """甲；乙；丙 behind a colon: the semicolons separate, or else the marks within do."""
    span = Span(pieces[0].start, pieces[-1].end)
    counts = {len(pieces), len(clauses)} | {len(split(text, span, marks)) for marks in ("、；", "，；", "、，；")}
    first = read_list(text, pieces[0])
    if first is not None:
        counts |= set(_from_start(first))
    words = [bare(text, piece) for piece in pieces]
    if _AFTERTHOUGHT.match(words[-1]):
        counts.add(len(pieces) - 1)
    clear = len(pieces) >= 3 or not any("，" in word for word in words)
    plain = clear and not any("、" in word or len(word) > 30 for word in words) and not head.ends
    doubt = "" if plain else "ambiguous"
    shown = frozenset(counts if value in counts or doubt else (len(pieces),))
    return Enumeration("colon", count, value, Listing(span, tuple(pieces), shown), closed, doubt)


def _strip_open(text: str, start: int, end: int) -> tuple[int, bool]:
    """The end of a list without its closing 等, and whether it had none."""
    words = text[start:end]
    at = words.rfind("等")
    if (
        at > 0
        and end - start - at <= 8
        and "、" not in words[at:]
        and not words.startswith(("等次", "等级", "等额"), at)
    ):
        return start + at, False
    return end, True


# ---- 列举为一串序号：采取三项措施：一是……二是……三是…… ----


def _runs(document: Document) -> Iterator[Enumeration]:
    text = document.text
    for run in document.runs:
        yield from _counted_run(text, run.markers)
    for markers in _item_groups(document):
        yield from _counted_run(text, markers)


def _item_groups(document: Document) -> Iterator[tuple[Marker, ...]]:
    """Numbered items that follow each other under one parent, from 1 on."""
    groups: dict[int | None, list[Marker]] = {}
    for item in document.items:
        if item.marker.number == 1 and item.parent in groups:
            yield tuple(groups.pop(item.parent))
        groups.setdefault(item.parent, []).append(item.marker)
    for group in groups.values():
        yield tuple(group)


def _counted_run(text: str, markers: tuple[Marker, ...]) -> Iterator[Enumeration]:
    first, last = markers[0], markers[-1]
    if [marker.number for marker in markers] != list(range(1, len(markers) + 1)) or len(markers) < 2:
        return
    claim = _BEFORE_RUN.search(text, max(0, first.start - 28), first.start)
    if claim is None:
        return
    before = text[max(0, claim.start() - 12) : claim.start()]
    named = not claim["noun"] and claim["mark"] in "：——" and _NAMED_BEFORE.search(before) is not None
    if not named and not _RUN_NOUN.search(claim["noun"]):
        return
    said = before + claim["noun"]
    if not named and _BELOW.search(said) is None and (claim["mark"] in "，。" or not _CUE.search(said)):
        return
    if _ABOUT.search(before) and _PROBLEM.search(claim["noun"]):
        return
    if _REPORT.search(claim["noun"]) and first.depth < DEPTHS["一是"]:
        return
    value = _value(claim["number"])
    spans = tuple(Span(marker.start, marker.end) for marker in markers)
    listing = Listing(Span(first.start, last.end), spans, frozenset((len(markers),)), False, True)
    yield Enumeration("run", Span(claim.start("number"), claim.end("counter")), value, listing, True)


def _head(text: str, match: Match) -> _Head:
    """What stands behind the counter, or in it: 三部门, 四方面."""
    start = (
        match.end() if len(match["counter"]) == 1 and match["counter"] not in "村镇乡县区市" else match.start("counter")
    )
    found = _HEAD.match(text, start, start + 18)
    if found is None:
        return _Head("none", "")
    group = str(found.lastgroup)
    return _Head(group, found.group(), _TYPES[int(group[5:])] if group.startswith("typed") else "")


def _value(number: str) -> int:
    return chinese_ordinal(number)
