"""What a rate rests on: its numerator, its base, and whatever else might be meant.

In: quantities, and a `Rate`.  Out: a `Proportion`.  办结率 may count what is done in stages, a base may leave out what was
handed on, a share may belong to the sum of two groups: all of these are kept as candidates, so that a contradiction is
only claimed when none of them gives the rate.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities; from rectlint.claims.rates import find_rates
>>> document = parse(Source("收到工单13件，已办结12件，办结率92.3%。"))
>>> quantities = tuple(find_quantities(document))
>>> found = find_proportion(document, quantities, find_rates(document, quantities)[0])
>>> (found.numerator.text, found.base.text, found.clear)
('12件', '13件', True)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rectlint.claims.quantities import Quantity, within
from rectlint.claims.rates import CHANGE, Rate
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_NO_COUNTS = frozenset(["%", "‰", "百分点", "小时", "分钟", "天", "周", "个月", "个工作日", "级", "步", "期", "版"])
_LEVEL_NOUNS = frozenset(("方面", "层面", "环节", "领域", "类别", "批次"))
# what is only part of the work, or no more than an order to do it, is no numerator of a rate of completion
_NOT_COUNTED = Pattern(r"立行立改|立即|限期|责令|下发|交办|督办|重点|即知即改|边查边改")
_SUBSET = Pattern(r"其中|重大|立行立改|即知即改|边查边改|限期|责令")
# modifiers that change what a rate counts; 按期办结率 does not follow from 办结
_MODIFIERS = (
    *("按期", "按时", "及时", "一次", "首次", "满意", "有效", "实质", "初次", "当场", "当日", "限时", "线上", "累计"),
    *("综合", "平均"),
)
_SETTLED = "整改|完成|落实|到位|销号|解决|清零|整治|处置|达标|竣工|完工|已"
_CLOSED = "办结|办理|结案|完成|完结|审结|处结"
# what may be counted for a rate of completion, by its last word; 化解率 does not follow from 办结
_GENERIC: dict[str, Pattern] = {
    **{word: Pattern(_SETTLED) for word in ("整改", "完成", "落实", "到位", "销号", "解决", "清零", "整治", "推进")},
    **{word: Pattern(_CLOSED) for word in ("办结", "办理", "结案")},
    "化解": Pattern("化解|调解|调处|稳控"),
    "处置": Pattern("处置|处理|整改"),
}
# other words for what a rate counts; each list is of verbs that mean no more and no less
_SAME: dict[str, Pattern] = {
    "成案": Pattern("立案"),
    "签约": Pattern("签订|签署"),
    "签订": Pattern("签约|签署"),
    "配备": Pattern("配齐|到岗"),
    "完工": Pattern("竣工|建成"),
    "竣工": Pattern("完工|建成"),
    "建成": Pattern("完工|竣工"),
    "收缴": Pattern("实收|收回|收取|缴纳|已缴|收到"),
    "收回": Pattern("追回|追缴|清收|收缴"),
    "追缴": Pattern("追回|收回|收缴"),
    "清收": Pattern("收回|追回"),
    "回收": Pattern("收回"),
    "执行": Pattern("支出|执行"),
    "拨付": Pattern("支付|支出|下拨"),
    "参训": Pattern("实训|参加|参学"),
    "参会": Pattern("实到|到会|出席"),
    "到会": Pattern("实到|出席|参会"),
    "出勤": Pattern("实到|到岗"),
    "合格": Pattern("达标|通过"),
    "达标": Pattern("合格"),
    "属实": Pattern("查实"),
}
_RATED_NOUN = Pattern(
    r"问题|隐患|线索|工单|诉求|事项|举报|案|矛盾|纠纷|任务|措施|缺陷|漏洞|点位|图斑|信访|投诉|短板|薄弱环节|风险"
)
_RATED_MEASURES = frozenset(("个", "项", "件", "处", "条", "类", "批"))
_UNIVERSAL = Pattern(
    r"(?:已?全部|均已?|都已?|全都|已?逐一|全数)(?:按[期时要求]{1,3})?"
    r"(?:完成(?!了?(?:\p{Han}{0,4})(?:方案|计划|清单|启动|部署))|整改(?:完成|到位|完毕|(?=[，。；、）]))"
    r"|办结|销号|化解|解决|落实到位|处置到位)"
)
_DEALT_WITH_OTHERWISE = Pattern(r"移送|移交|采纳(?:审计)?建议", needs=("移送", "移交", "采纳"))
"""Beside what is remedied and what is not: whether such problems count for the rate is anybody's guess."""
_TARGET = Pattern(r"的?(?:年度|全年|既定|目标|计划)*(?:任务|目标|计划)")
_DUE = Pattern(r"(?<![响供相反对])应(?![急对用届答])|需(?!求)|拟(?!定)|计划")  # what is to be done, not what is done
_SAMPLED = Pattern(r"抽[取查检样测]|检查|检测|抽|核查|排查|评查|查阅|调阅|评估")
_DISCOVERED = Pattern(r"发现|存在|查出|不(?:合格|规范|达标|符合|合规)|合格|规范|达标|优秀|良好|问题")
_QUALITY = Pattern(r"(?:合格|合规|规范|达标|优良|优秀|及格|良好|差错|失误|违规|违法|符合|完好|准确)率$")
_OUGHT = Pattern(
    r"应|需|共|总|抽|查|收到|受理|现有|实有|计划|纳入|下达|任务|反馈|提出|排查|全[市县区镇乡村街省校院系部]|发放|参加|参训|参与|辖"
    r"|走访|回访|调查"
)
_SUBJECT_FILLER = Pattern(
    r"(?:大?约|仅|只|共计?|合计|累计|总计|各|均|分别|同比|就|其|这|该|也|又|已|并|且|数量|人数|金额|总数|总量|总|件数|数|比例|的|上述"
    r"|前述|两者|二者|三者|以上|，)*"
)
_PLACE_SUBJECT = Pattern(r"[全本我该各](?:[国省市县区镇乡村街校院系]|街道|部|局)")
_GENERIC_BASE = Pattern(
    r"(?:全部|所有|同期|当年|年度|整个|本轮|本次|反馈|应|其|的)*(?:整改任务|问题|任务|事项|工作|件|案件)?"
    r"(?:总(?:数|量|额|任务|人数|人次|件数|户数|体)?|全部|任务|问题)?(?:数|量)?(?:的|比例|比重)*"
)
_AREA = Pattern(r"全(?:国|省|市|县|区|州|盟|旗|镇|乡|街道|系统|部门|院|校|局|村)|(?:同类|同级|同期全)")
_CHANGING = Pattern(rf"(?:{CHANGE})|由|从|累计|平均|年均|较|率")
_AMOUNT = Pattern(r"投资|资金|金额|经费|支出|收入|面积|产值|时长|税收|销售|总额|费用")
_FOLLOWING = Pattern(r"\G(?:(?:、|和|与|及|以及)占?|，)\d{1,3}(?:\.\d+)?%")
_OWN_SHARE = Pattern(r"(?:左右|余|件次|（次）)?(?:[，、（]?(?:大?约|仅|各|均)?占(?!全)|[（，](?:大?约|近)?\d[\d.]*%)")
_REACH_BACK = 5
"""How many sentences of its paragraph a rate may look back for a base that its own words name."""
_REACH = 600
_ROW = 60
"""So far a row of rates may reach."""
_MOST = 24
"""How many characters and how many counts of its sentence a rate looks at: enough for any honest sentence, and the cost
stays linear on others."""


class Proportion(NamedTuple):
    """The counts a rate seems to rest on.

    ``numerator`` and ``base`` are the pair the wording names, ``clear`` whether it names them beyond doubt;
    ``numerators`` and ``bases`` are all groups of quantities that may be meant, each to be summed; ``less`` is what a base
    may leave out; ``whole`` is set when the text says that all of the base is done; ``complement`` when the numerator
    counts what is not; ``pool`` holds every count of the numerator's measure that stands before it in the paragraph.
    """

    rate: Rate
    numerator: Quantity | None = None
    base: Quantity | None = None
    clear: bool = False
    numerators: tuple[tuple[Quantity, ...], ...] = ()
    bases: tuple[tuple[Quantity, ...], ...] = ()
    less: tuple[Quantity, ...] = ()
    whole: bool = False
    complement: bool = False
    pool: tuple[Quantity, ...] = ()


class _Scene(NamedTuple):
    """The surroundings of a rate: the counted things of its segment (since the last ；), of its sentence, of the sentence
    before, and of the paragraph up to there, all before the rate's name."""

    text: str
    rate: Rate
    segment: tuple[Quantity, ...]
    sentence: tuple[Quantity, ...]
    earlier: tuple[Quantity, ...]
    paragraph: tuple[Quantity, ...]
    start: int
    sentence_start: int
    after: tuple[Quantity, ...] = ()


def _is_row_of_measures(scene: _Scene) -> bool:
    """Whether a row of shares tells those of as many figures of several measures, each of its own total: 商场2100起，亡15人，分别占总数的7.8%和10.8%."""
    rate, text = scene.rate, scene.text
    if rate.sort != "share" or "分别" not in text[rate.head - 3 : rate.head + 3]:
        return False
    length = rate.place + 1 + sum(1 for _ in _FOLLOWING.find(text, rate.span.end, rate.span.end + _ROW))
    if length > 1 and _NAMED_MEASURES.search(text, rate.clause.start, rate.head + 2) is not None:
        return True
    counts = [q for q in (*scene.earlier, *scene.sentence) if q.span.end <= rate.head][-length:]
    return length > 1 and len(counts) == length and len({q.measure for q in counts}) > 1


_NAMED_MEASURES = Pattern(
    r"\p{Han}{1,8}[数量额](?:（[次个]）)?(?:[和与及、]|以及)\p{Han}{1,8}[数量额积](?:分别|各|依次)",
    needs=("分别", "各", "依次"),
)
"""事故173起、死亡151人、受伤68人，起数和死亡人数分别占总数的57%、54%: each by its name."""
_OTHER_TIME = Pattern(
    r"^（?(?:其中)?(?:上年|去年|上季度|上半年|上个?月|上一?年度?|上一?[轮次期]|同期|上期|前年|整改前|巡[察视]前|治理前|此前|期初|年初|原)"
)
"""What a figure tells of an earlier time is no part of a rate of now: 优良率100%（上年同期7个断面优良）."""


def _is_of_these_few(scene: _Scene) -> bool:
    """Whether a rate says how far the few counted right before it have come with a plan of their own: 9件已完成，1件完成年度计划的92%."""
    rate, last = scene.rate, scene.segment[-1] if scene.segment else None
    if last is None or rate.name != "完成率" or last.unit not in ("件", "个", "项") or len(scene.segment) < 2:
        return False
    return _STRAIGHT_ON.fullmatch(scene.text, last.span.end, rate.head) is not None and rate.clause.end - rate.head > 0


_STRAIGHT_ON = Pattern(r"(?:（[^（）]{1,24}）)?(?:也|已|均|只|仅|各)?")
_OF_BOTH = Pattern(r"不?(?:批捕|起诉|捕|诉)率$", needs=("率",))
_MEAN_OF_SHARES = Pattern(r"平均\p{Han}{0,8}(?:比例|比重|占比|率)(?:为|是|达到?)?$", needs=("平均",))


def find_proportion(document: Document, quantities: Sequence[Quantity], rate: Rate) -> Proportion:
    """What the rate rests on; a mean of shares (平均优良天数比例) rests on no two counts of its sentence."""
    if _OF_BOTH.search(rate.name) is not None:
        return Proportion(rate)  # 起诉3081人，不起诉1219人，不诉率28.3%: of the two together
    if _MEAN_OF_SHARES.search(document.text, rate.clause.start, rate.span.start) is not None:
        return Proportion(rate)
    scene = _scene(document, quantities, rate)
    if _is_row_of_measures(scene):
        return Proportion(rate)
    if _is_of_these_few(scene):
        return Proportion(rate)
    if (told := _told_behind(scene) or _of_class(scene)) is not None:
        return told
    if rate.sort == "share":
        return _share(scene)
    if rate.sort == "attribute":
        return _base_only(scene, scene.segment[-1] if scene.segment else None)
    if rate.sort in ("named", "to") and rate.name:
        return _named(scene)
    return Proportion(rate)


def is_countable(quantity: Quantity) -> bool:
    """Whether a quantity can be a numerator or a base: no percentage, time or level, and no end of a range."""
    return quantity.measure not in _NO_COUNTS and quantity.noun not in _LEVEL_NOUNS and not quantity.ranged


_MEASURED = {
    "面积": frozenset(("亩", "平方米", "公顷", "平方公里", "㎡", "m²")),
    "金额": frozenset(("元",)),
    "资金": frozenset(("元",)),
    "人数": frozenset(("人", "人次")),
    "户数": frozenset(("户",)),
}
_BY_MEASURE = {
    **_MEASURED,
    "投资": frozenset(("元",)),
    "价值": frozenset(("元",)),
    "长度": frozenset(("公里", "千米", "米", "延米")),
    "里程": frozenset(("公里", "千米", "米")),
    **{f"{counter}数": frozenset((counter,)) for counter in "宗件个套栋处起"},
}
_BY = Pattern(
    rf"[按以](?P<what>{'|'.join(_BY_MEASURE)})(?:来|口径)?(?:计算?|统计|核算|测算|折算|算)(?:的|，)?\p{{Han}}{{0,8}}$",
    needs=("计", "算"),
)
_BY_BEHIND = Pattern(
    rf"（[按以](?P<what>{'|'.join(_BY_MEASURE)})(?:来|口径)?(?:计算?|统计|核算|测算|折算|算)）", needs=("计", "算")
)


def _measures_of(document: Document, rate: Rate) -> frozenset[str] | None:
    """The units a rate goes by, where its name or the words beside it say so: 面积整改率, 按金额计，追缴率."""
    for word in _MEASURED:
        if rate.name.startswith(word):
            return _MEASURED[word]
    low = max(document.sentence_at(rate.span.start).start, rate.span.start - _BESIDE)
    found = _BY.search(document.text, low, rate.span.start) or _BY_BEHIND.match(document.text, rate.span.end)
    return _BY_MEASURE[found["what"]] if found is not None else None


_BESIDE = 24


def _scene(document: Document, quantities: Sequence[Quantity], rate: Rate) -> _Scene:
    text, place = document.text, rate.span.start
    measures = _measures_of(document, rate)
    if measures is not None:  # 面积整改率 counts 亩, whatever else stands beside it
        quantities = [q for q in within(quantities, place - 3 * _REACH, place + _REACH) if q.measure in measures]
    index = document.sentence_index(place)
    sentence = document.sentences[index]
    floor = max(sentence.start, place - _REACH)
    ceiling = min(sentence.end, rate.span.end + _REACH)
    counted = [q for q in within(quantities, floor, place) if is_countable(q)][-_MOST:]
    start = max(floor, text.rfind("；", floor, place) + 1)
    paragraph = document.paragraph_at(sentence.start).span.start
    first, last = sentence.start, sentence.start
    for back in range(1, min(_REACH_BACK, index) + 1):
        opening = document.sentences[index - back].start
        if opening < paragraph or opening < place - 2 * _REACH:
            break
        first = opening
        last = opening if back == 1 else last
    stop = text.find("；", rate.span.end, ceiling)
    following = within(quantities, rate.span.end, ceiling if stop < 0 else stop)
    next_rate = next((i for i, q in enumerate(following) if q.measure == "%"), len(following))
    after = tuple(q for q in following[:next_rate][:_MOST] if is_countable(q) and _OTHER_TIME.match(q.before) is None)
    before = [q for q in within(quantities, max(first, place - 2 * _REACH), floor) if is_countable(q)][-2 * _MOST :]
    earlier = tuple(q for q in before if q.span.start >= last)
    if not counted and rate.sort == "named":
        return _Scene(text, rate, earlier, earlier, (), tuple(before), last, last, after)
    segment = tuple(q for q in counted if q.span.start >= start)
    return _Scene(text, rate, segment, tuple(counted), earlier, tuple(before), start, floor, after)


# --- a share told again in figures, a class told in the sentence before ------------------------------------------------


_A_SHARE = Pattern(
    r"(?:占比|比例|比重)(?:[由从].{0,12})?(?:提高|提升|上升|增加|增长|升|下降|降低|降|减少|达|为|是|已|到|至)*$"
)
_OF_THEM = Pattern(r"^其中，?")
_ALL_SUCH = Pattern(
    r"截至目前|目前|现在|现|已|共|总数?|有|实|在[营册编岗职用]|全(?:[省市县区校局院镇乡街]|公司|集团|系统)|职工|干部|人员|车辆|教师|专家|员工|党员|委员|名|的|为"
)
"""Who are all of those a share is of, and no narrower group: 在营车辆, but not 中层干部."""


def _told_behind(scene: _Scene) -> Proportion | None:
    """校外专家比例由50%提高到75%，12名评委中校外专家9名; 新能源车占比升至84%，现有车辆250辆，其中新能源车210辆."""
    rate, text = scene.rate, scene.text
    if rate.sort not in ("to", "share", "named") or rate.place or len(scene.after) < 2:
        return None
    base, part = scene.after[:2]
    if _A_SHARE.search(text, rate.clause.start, rate.span.start) is None or base.measure != part.measure:
        return None
    label, among = _OF_THEM.sub("", part.before), ""
    if part.span.start - len(part.before) == base.span.end:  # one clause: 12名评委中校外专家9名
        among, _, label = part.before.rpartition("中")
        if not among and not part.before.startswith("中"):
            return None
    elif not part.before.startswith("其中"):
        return None
    subject = text[rate.clause.start : rate.span.start]
    label = label.removeprefix("有").removesuffix("有").removesuffix("共").removesuffix("为")
    near = text.count("，", rate.span.end, base.span.start) == 1 and base.exact and part.exact
    if len(label) < 2 or label not in subject or not near or part.value > base.value:
        return None
    thing = _ALL_SUCH.sub("", base.before + among)
    clear = len([character for character in thing if character not in subject]) <= 1
    return Proportion(rate, part, base, clear, ((part,),), ((base,),))


_CLASS = Pattern(r"^(?P<label>\p{Han}{3,10}?)(?:类|的|方面)*(?:问题|事项|任务)?(?:中，?)?(?:目前|现|均|全部)?已")


def _of_class(scene: _Scene) -> Proportion | None:
    """要求分阶段整改的47个……。分阶段整改类已整改38个，整改率80.85%: of the one class of that name told before."""
    rate = scene.rate
    if rate.sort != "named" or rate.place or not scene.segment or not scene.paragraph:
        return None
    *others, part = scene.segment
    found = _CLASS.match(part.before)
    if found is None or not part.exact or any(q.measure == part.measure for q in others):
        return None
    key, label = _key(rate.name), found["label"]
    counted = key in part.before or (
        key in _GENERIC and _GENERIC[key].search(part.before[found.end() - 1 :]) is not None
    )
    same = [q for q in scene.paragraph if q.measure == part.measure and q.before.removesuffix("的").endswith(label)]
    if not counted or len(same) != 1 or not same[0].exact or same[0].value < part.value or "已" in same[0].before:
        return None
    return Proportion(rate, part, same[0], True, ((part,),), ((same[0],),))


# --- named rates ------------------------------------------------------------------------------------------------------


def _words_of(scene: _Scene, quantity: Quantity) -> str:
    """The words that speak of a quantity: those before it, and those after it unless another figure follows."""
    stop = min(quantity.clause.end, scene.rate.head) if quantity.span.start < scene.rate.head else quantity.clause.end
    after = quantity.after if quantity.span.end + len(quantity.after) >= stop else ""
    return f"{quantity.before}|{after[: max(0, stop - quantity.span.end)]}"


def _stem(name: str) -> str:
    return name.removesuffix("率").removesuffix("比例").removesuffix("度")


def _key(name: str) -> str:
    """The words a count must share with the rate: 办结 of 按期办结率, 不属实 of 不属实率."""
    stem = _stem(name)
    return stem[-3:] if stem[-3:-2] in tuple("不未非") else stem[-2:]


def _evidence(scene: _Scene, quantity: Quantity) -> int:
    """How plainly a quantity is the numerator of the named rate: 2, 1 or 0."""
    key = _key(scene.rate.name)
    words = _words_of(scene, quantity)
    negative = len(key) == 3
    if quantity.role in ("pending", "rest", "untrue") and not negative:
        return 0
    if _TARGET.match(scene.text, quantity.span.end) is not None:
        return 0  # 超额完成40平方公里的年度任务
    if _NOT_COUNTED.search(words) is not None or _DUE.search(quantity.before) is not None:
        return 0
    if not negative and _is_denied(key, words):
        return 0
    is_named = key in words or (len(key) == 2 and all(character in words for character in key))
    is_done = quantity.role in ("done", "staged") and key in _GENERIC and _GENERIC[key].search(words) is not None
    is_same = key in _SAME and _SAME[key].search(words) is not None
    if is_named or is_done or is_same:
        missing = any(word in scene.rate.name and word not in words for word in _MODIFIERS)
        return 1 if missing or _speaks_of_another(scene) else 2
    return 1 if not negative and any(character in quantity.before[-4:] for character in key) else 0


def _is_denied(key: str, words: str) -> bool:
    """Whether the words say the opposite: 不合格 for 合格率, 未整改 for 整改率."""
    place = words.find(key)
    return place > 0 and words[place - 1] in "不未非"


def _speaks_of_another(scene: _Scene) -> bool:
    """Whether the rate's name has a noun of its own that none of the counts share, 矛盾纠纷化解率 beside 信访件, or a class of
    it that none of them names, 审判案件结案率 beside 各类案件."""
    noun = _RATED_NOUN.search(scene.rate.name)
    if noun is None:
        return False
    told = [q.noun + q.before for q in scene.segment]
    sort = _OF_ALL_SORTS.compiled.sub("", scene.rate.name[: noun.start()])
    return not any(noun.group() in words for words in told) or (
        len(sort) >= 2 and not any(sort[-2:] in words for words in told)
    )


_OF_ALL_SORTS = Pattern(
    r"全部|各类|所有|总体|整体|综合|平均|累计|本轮|上述|以上|巡[视察]|审计|督察|反馈|移交|转办|交办|受理|发现|指出|查出|涉及|具体|整改|办理|重点|存在|当前|目前|已|的|年度|全[县市区镇省乡]"
    r"|按期|按时|及时|一次|首次|有效"
)


def _named(scene: _Scene) -> Proportion:
    if _starts_anew(scene) and (told := _told_before(scene)) is not None:
        return told
    if (amounts := _of_amounts(scene) or _of_due(scene) or _of_submitted(scene) or _of_plan(scene)) is not None:
        return amounts
    if (pair := _of_row(scene)) is not None:
        return pair
    numerator, strength = _best_numerator(scene)
    numerator = _reached(scene, numerator) if scene.rate.sort == "to" else numerator
    base, is_sure = _base_of(scene, numerator) if numerator is not None else (None, False)
    if (
        numerator is not None
        and strength == 2
        and not is_sure
        and (told := _of_all_states(scene, numerator)) is not None
    ):
        return told
    if numerator is None or base is None:
        return _named_ahead(scene) or _of_two(scene) or _without_numerator(scene)
    peers = [q for q in scene.segment if q.measure == numerator.measure and q not in (numerator, base)]
    added = [q for q in peers if q.role in ("staged", "done", "true") or _evidence(scene, q)]
    numerators = [(numerator,), *((numerator, other) for other in peers if other.value < base.value)]
    if added:
        numerators += [(numerator, *added), tuple(added), *((other,) for other in added)]
    numerators += _sentence_sum(scene, numerator)
    wholes = [q for q in scene.sentence if _may_hold(q, numerator) and q != base]
    clear = is_sure and strength == 2
    if is_sure and strength == 1 and not _speaks_of_another(scene):
        clear = _OUGHT.search(base.before) is not None and _follows_directly(scene, numerator) and _is_short(numerator)
    otherwise = any(_DEALT_WITH_OTHERWISE.search(q.before) is not None for q in peers)
    plain = clear and _is_close(scene) and not _is_in_row(scene) and not otherwise
    if not plain and strength < 2 and (pair := _of_two(scene)) is not None:
        return pair
    return Proportion(
        scene.rate,
        numerator,
        base,
        plain,
        tuple(numerators),
        ((base,), *((q,) for q in wholes), *_examined_together(scene, numerator)),
        tuple(q for q in peers if q.value < base.value),
    )


def _examined_together(scene: _Scene, numerator: Quantity) -> Iterator[tuple[Quantity, ...]]:
    """检查街道165条，点位196处，发现问题21处，问题率5.8%: of all that was looked at, whatever its counters."""
    before = tuple(q for q in scene.segment if q.counted and q.span.end <= numerator.span.start)
    if 2 <= len(before) <= 3 and len({q.measure for q in before}) > 1 and _SAMPLED.search(before[0].before) is not None:
        yield before


def _of_amounts(scene: _Scene) -> Proportion | None:
    """图斑120个、面积83亩，已整改109个、面积75亩，面积整改率90.4%: the two amounts of the measure the rate is named for."""
    if len(scene.segment) != 2 or not any(map(scene.rate.name.startswith, _MEASURED)):
        return None
    whole, part = scene.segment
    verb = _GENERIC.get(_key(scene.rate.name))
    between = scene.text[whole.span.end : part.span.start]
    if (
        part.role in ("pending", "rest", "untrue")
        or verb is None
        or not _may_hold(whole, part)
        or verb.search(between) is None
        or "。" in between
    ):
        return None
    return Proportion(scene.rate, part, whole, _is_close(scene) and not _is_in_row(scene), ((part,),), ((whole,),))


_DUE_OF = Pattern(
    r"(?<![响供相反对])应(?P<verb>[测到收缴配检考训种补拨退办结建修报签改])(?:\p{Han}{0,3})$", needs=("应",)
)


def _of_due(scene: _Scene) -> Proportion | None:
    """应测1240人，实测1203人，普查率97%: what was due and what was done, told by one verb and followed by the rate."""
    counts = [q for q in scene.segment if q.span.end <= scene.rate.head][-2:]
    if len(counts) < 2 or not _may_hold(*counts) or not _is_close(scene) or _is_in_row(scene):
        return None
    if scene.rate.sort != "named" or _QUALITY.search(scene.rate.name) or _OPINION.search(scene.rate.name):
        return None
    whole, part = counts
    due = _DUE_OF.search(whole.before)
    done = due is not None and any(word + due["verb"] in part.before for word in ("实", "实际", "已"))
    if not done or not _follows_directly(scene, part) or scene.text.count("，", whole.span.end, part.span.start) > 1:
        return None
    return Proportion(scene.rate, part, whole, True, ((part,),), ((whole,),))


def _of_submitted(scene: _Scene) -> Proportion | None:
    """送审金额3.6亿元，审定金额3.3亿元，核减3000万元，核减率8.3%: of what was handed in, and not of what was approved."""
    if not scene.rate.name.endswith(("核减率", "审减率")):
        return None
    counts = [q for q in (*scene.earlier, *scene.segment) if q.measure == "元" and q.span.end <= scene.rate.head]
    submitted = [q for q in counts if _HANDED_IN.search(q.before) is not None]
    reduced = [q for q in counts if _REDUCED.search(q.before) is not None]
    if not submitted and scene.after and scene.text.startswith("（", scene.rate.span.end):
        submitted = [q for q in scene.after[:1] if _HANDED_IN.search(q.before) is not None]
    if not reduced or not _follows_directly(scene, reduced[-1]):
        return None
    approved = [q for q in counts if _APPROVED.search(q.before) is not None and q.value > reduced[-1].value]
    if not submitted and len(approved) == 1:  # 审定8642万元，核减517万元: of both together
        return Proportion(scene.rate, reduced[-1], None, True, ((reduced[-1],),), ((approved[0], reduced[-1]),))
    behind = any(_HANDED_IN.search(q.before) is not None for q in scene.after)
    if not submitted and not behind and all(_TOO_MUCH.search(q.before + q.after) is not None for q in counts):
        return Proportion(scene.rate)  # 共核减3120万元，最高的项目核减412万元，核减率15%: of its own estimate
    if len(submitted) != 1 or not _may_hold(submitted[0], reduced[-1]):
        return None
    return Proportion(scene.rate, reduced[-1], submitted[0], True, ((reduced[-1],),), ((submitted[0],),))


def _of_two(scene: _Scene) -> Proportion | None:
    """上诉案件412件，被改判、发回重审51件，发改率12.4%: two counts and a rate that they all but give, whatever it is called."""
    counts = [q for q in scene.segment if q.span.end <= scene.rate.head]
    opinion = _OPINION.search(scene.rate.name) is not None
    known = _key(scene.rate.name) in _GENERIC or _speaks_of_another(scene)
    if opinion or known or len(counts) != 2 or not _may_hold(*counts) or not all(q.exact and q.counted for q in counts):
        return None
    whole, part = counts
    if (
        not _ENOUGH <= part.value < whole.value
        or scene.rate.sort != "named"
        or not scene.rate.exact
        or _is_in_row(scene)
    ):
        return None
    if (
        not (_is_close(scene) and _follows_directly(scene, part))
        or "。" in scene.text[whole.span.end : part.span.start]
    ):
        return None
    given = part.value * 100 / whole.value
    if abs(given - scene.rate.value) * 100 > _ALL_BUT * given or scene.rate.step >= 1:
        return None
    return Proportion(scene.rate, part, whole, True, ((part,),), ((whole,),))


_ENOUGH, _ALL_BUT = 10, 8
_OPINION = Pattern(r"满意|知晓|支持|认可|好评|增长|下降|利率|税率|平均")
_HANDED_IN = Pattern(r"(?:送审|报审)(?:\p{Han}{0,4})$", needs=("审",))
_TOO_MUCH = Pattern(r"[核审]减|多计")
_APPROVED = Pattern(r"(?:审定|核定|定案|审核后)(?:\p{Han}{0,5})$", needs=("审", "定"))
_REDUCED = Pattern(r"[核审]减(?:\p{Han}{0,4})$", needs=("减",))


def _of_row(scene: _Scene) -> Proportion | None:
    """14个主要问题已完成12个，37个具体问题已完成34个，完成率分别为85.7%、91.9%: as many pairs as rates, each of the one in its place."""
    rate, text = scene.rate, scene.text
    length = rate.place + 1 + sum(1 for _ in _FOLLOWING.find(text, rate.span.end, rate.span.end + _ROW))
    counts = scene.segment[-2 * length :]
    if length < 2 or len(counts) < 2 * length or "分别" not in text[rate.head : rate.span.start]:
        return None
    pairs = list(zip(counts[::2], counts[1::2], strict=True))
    if not all(_may_hold(whole, part) and _evidence(scene, part) == 2 for whole, part in pairs):
        return None
    if any(_evidence(scene, whole) == 2 and whole.role == "done" for whole, _ in pairs):
        return None
    whole, part = pairs[rate.place]
    return Proportion(rate, part, whole, _is_close(scene), ((part,),), ((whole,),))


_BUILT = Pattern(r"[完竣开]工|建成|投产|投用")
"""Of projects those not yet begun are seldom told: 52个完工，33个在建，开工率89%，完工率55.3%."""


def _of_all_states(scene: _Scene, numerator: Quantity) -> Proportion | None:
    """已办结247件，阶段性办结38件，正在办理27件，办结率91.3%: the states are the whole, and they make up the base."""
    states = tuple(q for q in scene.segment if q.measure == numerator.measure)
    roles = [q.role for q in states]
    told = roles and roles[0] == "done" and roles[-1] in ("pending", "rest") and set(roles[1:-1]) <= {"staged"}
    if not told or len(states) > 3 or not all(q.exact and q.counted for q in states):
        return None
    if (
        states[0] != numerator
        or states[-1] is not scene.segment[-1]
        or scene.rate.sort != "named"
        or not _is_close(scene)
    ):
        return None
    row = scene.text[numerator.span.end : scene.rate.head]
    if "。" in row or _SUBSET.search(numerator.before) or any(_SUBSET.search(q.before) for q in states):
        return None
    wider = [q for q in (*scene.sentence, *scene.paragraph) if _may_hold(q, numerator) and q not in states]
    return Proportion(
        scene.rate,
        numerator,
        None,
        not _is_in_row(scene) and not _speaks_of_another(scene) and _BUILT.search(scene.rate.name) is None,
        ((numerator,), *(tuple(states[:size]) for size in range(2, len(states)))),
        (states, *((q,) for q in wider)),
        tuple(q for q in states if q is not numerator),
    )


def _named_ahead(scene: _Scene) -> Proportion | None:
    """A rate that comes before its counts: 整改率95.2%，其中已整改40个，正在整改2个; 反馈问题42个，整改率95.2%，已整改40个."""
    rate = scene.rate
    plain = [q for q in scene.after if _evidence(scene, q) == 2 and q.role != "staged"]
    if len(plain) != 1 or rate.sort != "named":
        return None
    numerator = plain[0]
    if scene.text.count("，", rate.span.end, numerator.span.start) > 1:
        return None
    own = scene.text.rfind("。", scene.start, rate.head) < 0
    wholes = [q for q in scene.segment if _may_hold(q, numerator)] if own else []
    wholes += [q for q in scene.after if _may_hold(q, numerator) and _OUGHT.search(q.before) is not None]
    rest = [q for q in scene.after if q.measure == numerator.measure and q.role in ("pending", "rest", "staged")]
    sums = ((numerator,), *((numerator, q) for q in rest if q.role == "staged"))
    if wholes:
        return Proportion(rate, numerator, wholes[-1], len(wholes) == 1, sums, tuple((q,) for q in wholes))
    if not rest or scene.segment:
        return None
    return Proportion(rate, numerator, None, True, sums, ((numerator, *rest),))


def _starts_anew(scene: _Scene) -> bool:
    """Whether no count stands in the rate's own sentence before it."""
    return not scene.segment or "。" in scene.text[scene.segment[-1].span.end : scene.rate.head]


_COMPLETED = Pattern(r"(?:整改|完成|办结|落实|销号|解决)+率$")


def _told_before(scene: _Scene) -> Proportion | None:
    """反馈的42个问题已完成整改40个。……问题整改率95.2%: the one pair of the paragraph that counts what the rate names."""
    rate = scene.rate
    noun = _RATED_NOUN.match(rate.name)
    if _OF_OTHERS.search(scene.text, rate.clause.start, rate.head) is not None:
        return None
    if noun is None or rate.sort != "named" or _COMPLETED.fullmatch(rate.name, noun.end(), len(rate.name)) is None:
        return None
    pairs: list[tuple[Quantity, Quantity]] = []
    for whole, part in itertools.pairwise(scene.paragraph):
        if noun.group() not in whole.noun + whole.before[-4:] or not _may_hold(whole, part):
            continue
        near = part.span.start - whole.span.end <= _SOON and "。" not in scene.text[whole.span.end : part.span.start]
        if near and part.role == "done" and _SETTLED_COUNT.search(part.before) is not None:
            pairs.append((whole, part))
    if len(pairs) != 1:
        return None
    whole, part = pairs[0]
    exact = _SUBSET.search(part.before) is None and _SUBSET.search(whole.before) is None
    return Proportion(rate, part, whole, exact, ((part,),), ((whole,),), less=_handed_on(scene, whole))


_OF_OTHERS = Pattern(r"(?:发现|查出|评估|检查|督查|自查|指出)的$")
"""What makes problems those of another body, whose number is not told: 第三方评估发现的问题整改率."""
_SOON = 16
_SETTLED_COUNT = Pattern(r"(?:完成(?:整改)?|已整改|整改(?:到位|完成)|办结|落实|销号)(?:了|共)?$")


def _handed_on(scene: _Scene, whole: Quantity) -> tuple[Quantity, ...]:
    """Other counts of the paragraph that the base may leave out."""
    return tuple(q for q in scene.paragraph if q.measure == whole.measure and q.value < whole.value)


def _may_hold(quantity: Quantity, part: Quantity) -> bool:
    """Whether a quantity may be the whole of another one."""
    return quantity.measure == part.measure and quantity.value >= part.value and quantity != part


def _is_in_row(scene: _Scene) -> bool:
    """Whether several rates stand in a row (整改率分别为87.3%、91.7%): which counts each belongs to is not plain then."""
    rate = scene.rate
    return rate.place > 0 or _FOLLOWING.match(scene.text, rate.span.end) is not None


def _is_close(scene: _Scene) -> bool:
    """Whether the counts stand in the rate's own sentence, or the rate begins the next one: 整改率仅为39.56%."""
    own = scene.text.rfind("。", max(scene.sentence_start, scene.rate.head - _REACH), scene.rate.head) + 1
    return own == 0 or scene.rate.head - own <= 4


def _is_short(quantity: Quantity) -> bool:
    return len(quantity.before) <= 5


def _follows_directly(scene: _Scene, numerator: Quantity) -> bool:
    """Whether the rate comes in the numerator's clause or in the next one."""
    between = scene.text[numerator.span.end : scene.rate.head]
    return sum(between.count(mark) for mark in "，；：（") <= 1


def _sentence_sum(scene: _Scene, numerator: Quantity) -> list[tuple[Quantity, ...]]:
    """Everything done in the whole sentence, for a rate that closes a row of groups."""
    done = tuple(
        q for q in scene.sentence if q.measure == numerator.measure and (q == numerator or _evidence(scene, q) == 2)
    )
    return [done] if len(done) > 1 else []


def _reached(scene: _Scene, numerator: Quantity | None) -> Quantity | None:
    """The level that a count reached where the rate did so, too: 由571家增加到628家，配套率由90.1%提高到99.1%."""
    following = next((q for q in scene.segment if numerator is not None and q.order == numerator.order + 1), None)
    if numerator is None or following is None or following.measure != numerator.measure:
        return numerator
    started = numerator.before.endswith(("由", "从"))
    return following if started and following.before.endswith(("到", "至", "为")) else numerator


def _best_numerator(scene: _Scene) -> tuple[Quantity | None, int]:
    """The nearest count that speaks of the rate most plainly; what is done outright before what is done in stages."""
    best: Quantity | None = None
    strength = 0
    for quantity in reversed(scene.segment):
        found = _evidence(scene, quantity)
        outright = best is not None and _is_partial(best) and not _is_partial(quantity)
        if found > strength or (found == strength == 2 and outright):
            best, strength = quantity, found
    return best, strength


def _is_partial(quantity: Quantity) -> bool:
    """Whether a count is of what is nearly so: 阶段性办结, 基本满意."""
    return quantity.role == "staged" or any(word in quantity.before for word in ("基本", "比较", "较为", "部分"))


def _is_of_the_name(whole: Quantity, part: Quantity) -> bool:
    """Whether what a part is of is called as the whole is: 其中闲置用地2.4平方公里。已处置闲置用地1.9平方公里."""
    name = _LEADING.sub("", whole.before)
    return len(name) >= _NAME and part.before.endswith(name) and part.before != name


_LEADING = Pattern(r"^(?:其中|含|包括)?(?:共有|现有|尚有|有|共)?")
_NAME = 3


def _base_of(scene: _Scene, numerator: Quantity) -> tuple[Quantity | None, bool]:
    """The base, and whether it stands where it is sure to be meant."""
    named = [
        q
        for q in (*scene.earlier, *scene.sentence)
        if q.span.start < numerator.span.start and _may_hold(q, numerator) and _is_of_the_name(q, numerator)
    ]
    if len(named) == 1:
        return named[0], True
    before = [q for q in scene.segment if q.span.start < numerator.span.start and _may_hold(q, numerator)]
    plain = [q for q in before if _evidence(scene, q) == 0 or q.role not in ("done", "staged")]
    if plain:
        totals = [q for q in plain if q.role == "total" or _AMONG.match(q.after) is not None]
        best = totals[-1] if totals else max(plain, key=lambda q: q.value)
        return best, bool(totals) or (len(plain) == 1 and best.role not in ("pending", "rest"))
    after = [q for q in scene.segment if q.span.start > numerator.span.end and _may_hold(q, numerator)]
    due = [q for q in after if _OUGHT.search(q.before) is not None]
    if due:
        return due[0], True
    behind = [q for q in scene.after if _may_hold(q, numerator) and _SUBMITTED.search(q.before) is not None]
    if behind and scene.text.count("，", scene.rate.span.end, behind[0].span.start) <= 1:
        return behind[0], True
    if before:
        return before[0], False
    wider = [q for q in scene.sentence if q.span.start < scene.start and _may_hold(q, numerator)]
    wider = [q for q in wider if _evidence(scene, q) == 0]
    if wider:
        return wider[-1], False
    earlier = [q for q in scene.earlier if _may_hold(q, numerator)]
    totals = [q for q in earlier if q.role == "total"]
    if totals:
        greatest = max(q.value for q in earlier)
        own = _SUBPOPULATION.match(numerator.before) is not None
        return totals[-1], len(totals) == 1 and totals[-1].value == greatest and not own
    return (earlier[-1], False) if earlier else (None, False)


# 市直部门累计化解8件，化解率6.61%：率是这一部分自己的，基数没有写
_SUBPOPULATION = Pattern(
    r"(?:[省市县区镇乡]直|各|其他|下属|所属|基层|本级|[省市县区镇乡村]级)|\p{Han}{1,6}(?:部门|单位|[县区镇乡村局院校]|街道|公司)(?=累计|共|已|化解|办结|完成|整改)"
)


_SUBMITTED = Pattern(r"(?:送审|报审|申报|应收|应缴|应拨|受理|收到)\p{Han}{0,6}$")
_AMONG = Pattern(r"中(?![心央标小旬层学期国介断止毒医])")


def _without_numerator(scene: _Scene) -> Proportion:
    """A named rate without a count of what is done: all of it is, or what is left is counted, or there is only a base."""
    rate = scene.rate
    sampled = _sampled(scene)
    if sampled is not None:
        return sampled
    generic = _key(rate.name) in _GENERIC and not any(word in rate.name for word in _MODIFIERS)
    things = [q for q in scene.segment if q.measure in _RATED_MEASURES]
    if not things or rate.sort != "named" or not generic or not _is_close(scene):
        return Proportion(rate)
    last = things[-1]
    between = scene.text[last.span.end : rate.head]
    is_last = last is scene.segment[-1]
    other = _speaks_of_another(scene)
    if is_last and not other and _UNIVERSAL.search(between) is not None and last.role not in ("pending", "rest"):
        return Proportion(rate, last, last, True, ((last,),), ((last,),), whole=True)
    wholes = [q for q in things[:-1] if _may_hold(q, last)]
    if last.role in ("pending", "rest") and wholes:
        clear = is_last and len(things) == 2 and not _SUBSET.search(last.before)
        return Proportion(rate, last, wholes[-1], clear, ((last,),), ((wholes[-1],),), complement=True)
    rated = [q for q in things if _RATED_NOUN.search(q.noun + q.before[-8:]) is not None and _evidence(scene, q) < 2]
    if not rated:
        return Proportion(rate)
    subset = other or _SUBSET.search(last.before) is not None or _SUBSET.search(between) is not None
    clear = last in rated and not subset and is_last and last.role not in ("pending", "rest", "staged")
    bases = tuple((q,) for q in reversed(rated))
    return Proportion(rate, None, rated[-1], clear and between.count("，") <= 2, (), bases)


def _sampled(scene: _Scene) -> Proportion | None:
    """抽取发票300张，发现要素不全12张，不合规率4%: what was found in a sample, or what was not."""
    rate = scene.rate
    if len(scene.segment) != 2 or rate.sort != "named" or _QUALITY.search(rate.name) is None:
        return None
    sample, found = scene.segment
    if sample.measure != found.measure or sample.value < found.value or not _follows_directly(scene, found):
        return None
    if _SAMPLED.search(sample.before) is None or _DISCOVERED.search(found.before) is None:
        return None
    bad = any(character in rate.name for character in "不违差错失")
    return Proportion(rate, found, sample, True, ((found,),), ((sample,),), complement=not bad)


# --- shares -----------------------------------------------------------------------------------------------------------


def _share(scene: _Scene) -> Proportion:
    rate, text = scene.rate, scene.text
    named = rate.name in ("占", "完成率")
    explicit = [q for q in scene.segment if rate.head < q.span.start < rate.span.start and named]
    known = [q for q in scene.segment if q.span.end <= rate.head]
    while known and _is_aside(scene, known[-1]):
        known.pop()  # 其他325件（其中无照经营210件），占9%; 比上年增加78万名，比例52%
    if not known:
        return Proportion(rate)
    last = known[-1]
    if _TAKEN_TOGETHER.match(text, last.span.end, rate.head) is not None:
        return Proportion(rate)  # 分别有14个、11个、9个问题未整改，3个县合计占65.4%
    if (among := _share_among(scene, last)) is not None:
        return among
    subject = text[max(rate.clause.start, last.span.end) : rate.head]
    filler = _SUBJECT_FILLER.match(subject)
    has_subject = filler is not None and filler.end() < len(subject) and not subject.startswith("的")
    in_own_clause = last.span.start >= rate.clause.start
    if not explicit and subject.endswith("数") and not in_own_clause:
        return Proportion(rate)  # 小区1.2万起，亡107人，起数占44%
    if not explicit and ((has_subject and not in_own_clause) or "其中" in _plain(text[last.span.end : rate.head])):
        return _base_only(scene, last)
    return _share_of(scene, known, explicit)


_ASIDE = Pattern(r"（(?:其中|含|包括|包含|内含|另有?|不含|不包括)", needs=("（",))
_CHANGED_BY = Pattern(rf"(?:(?:较|比|同比|环比)[^，]{{0,16}}|^净?)(?:{CHANGE})了?(?:近|约)?$")
_GROWN = Pattern(r"增|减|新|升|降|净")


def _is_aside(scene: _Scene, quantity: Quantity) -> bool:
    """Whether a count is told only of what stands before it: within a bracket behind 其中 that is closed before the share, or as the
    change of a figure whose share it is."""
    rate, text = scene.rate, scene.text
    if quantity.bracket >= 0 and _ASIDE.match(text, quantity.bracket) is not None:
        return text.find("）", quantity.span.end, rate.head) >= 0
    if _CHANGED_BY.search(quantity.before) is None or _GROWN.search(rate.of) is not None:
        return False
    return text.find("，", quantity.span.end, rate.head) >= 0


def _is_in_closed_bracket(scene: _Scene, quantity: Quantity) -> bool:
    """Whether a count stands in a bracket that is closed before the share, so that the share may be that of the count before it."""
    return quantity.bracket >= 0 and "）" in scene.text[quantity.span.end : scene.rate.head]


_TAKEN_TOGETHER = Pattern(r"\p{Han}{0,8}(?:合计|共计|总共|一共|累计|加起来|共)$")
_AMONG_NAMED = Pattern(r"(?:^|[。；])(?:其中，?)?(?P<name>\p{Han}{2,8})中，[^，。；\d]{0,16}$")


def _share_among(scene: _Scene, numerator: Quantity) -> Proportion | None:
    """抽查住院病历600份、门诊处方1200张。住院病历中，不合理检查23份，占3.8%: of the count that is called so before."""
    if scene.rate.name != "占" or scene.rate.of or not _is_adjacent(scene, numerator):
        return None
    floor = max(0, scene.sentence_start - 1)
    named = _AMONG_NAMED.search(scene.text, floor, numerator.span.start)
    if named is None:
        return None
    wholes = [q for q in scene.paragraph if _may_hold(q, numerator) and q.before.endswith(named["name"])]
    if len(wholes) != 1 or not wholes[0].exact:
        return None
    return Proportion(scene.rate, numerator, wholes[0], True, ((numerator,),), ((wholes[0],),))


_PLANNED = Pattern(r"^（(?:年度)?(?:计划|任务|目标)(?:任务)?(?:数|量|总数)?(?:为|是)?$")


def _of_plan(scene: _Scene) -> Proportion | None:
    """改造管网186公里，完成年度计划的103.3%（计划180公里）: the plan told in brackets right behind."""
    base = scene.after[0] if scene.after and scene.rate.name == "完成率" else None
    if base is None or _PLANNED.match(scene.text[scene.rate.span.end : base.span.start]) is None:
        return None
    done = [q for q in scene.segment if q.measure == base.measure and q.span.end <= scene.rate.head]
    heads = next((place for place, q in enumerate(done) if "其中" in q.before), len(done))
    if not done[:heads] or not _is_close(scene):
        return None
    numerator = done[heads - 1]
    return Proportion(scene.rate, numerator, base, True, ((numerator,), *((q,) for q in done)), ((base,),))


def _share_of(scene: _Scene, known: list[Quantity], explicit: list[Quantity]) -> Proportion:
    """A share with its numerator: the last count before 占, or for a row of shares the one in the same position."""
    rate = scene.rate
    row = _row(scene, known)
    numerator = row[rate.place] if row else known[-1]
    near = _is_adjacent(scene, numerator) and not _is_in_closed_bracket(scene, numerator)
    if explicit:
        whole = explicit[-1]
        sums = _running_sums(known, numerator, whole)
        if (
            _TO_DATE.search(numerator.before) is not None
            and _NEW_ONES.search(scene.text, rate.head, rate.span.start) is not None
        ):
            near = False  # 累计达到2137个，完成年度新建任务1200个的72%: of the new ones
        sums += tuple(
            (q,) for q in known if q.measure == numerator.measure and q != numerator
        )  # 新建8个，累计21个，完成年度任务的……
        return Proportion(rate, numerator, whole, near and whole.measure == numerator.measure, sums, ((whole,),))
    pool = [q for q in (*scene.paragraph, *scene.sentence) if _may_hold(q, numerator)]
    pool = [q for q in pool if q.span.start < rate.head and q not in row]
    if rate.name == "占" and _GENERIC_BASE.fullmatch(rate.of) is None:
        pool += [q for q in scene.after if _may_hold(q, numerator) and _speaks_of(q, rate.of)]
    base, is_clear = _share_base(scene, numerator, pool)
    siblings = [q for q in scene.sentence if q.measure == numerator.measure and q != base and q.span.start < rate.head]
    bases = [(q,) for q in pool if q.span.start >= (scene.earlier or scene.sentence)[0].span.start or q == base]
    groups: list[tuple[Quantity, ...]] = [*bases, tuple(siblings)] if len(siblings) > 1 else [*bases]
    sums = ((numerator,),) if row else _running_sums(known, numerator, base)
    clear = is_clear and (bool(row) or (near and not _is_listed(scene, known)))
    before = tuple(q for q in (*scene.paragraph, *scene.sentence) if q.measure == numerator.measure)
    return Proportion(rate, numerator, base, clear, sums, tuple(groups), pool=before)


_TO_DATE = Pattern(r"累计|总数|总量|达到?$")
_NEW_ONES = Pattern(r"新[建增发改扩创培引]")


def _is_listed(scene: _Scene, known: list[Quantity]) -> bool:
    """Whether the numerator is the last of a list joined by 、, so that the share may be that of the whole list."""
    if len(known) < 2 or known[-2].measure != known[-1].measure:
        return False
    between = scene.text[known[-2].span.end : known[-1].span.start]
    return "、" in between and not any(mark in between for mark in "，；：中")


def _row(scene: _Scene, known: list[Quantity]) -> list[Quantity]:
    """For 分别占a%、b%: the counts in the same positions, when as many counts of one measure stand there in a row."""
    rate = scene.rate
    following = sum(1 for _ in _FOLLOWING.find(scene.text, rate.span.end, rate.span.end + 60))
    length = rate.place + 1 + following
    row = known[-length:]
    if length < 2 or len(row) < length or any(q.measure != row[0].measure for q in row):
        return []
    return row


def _running_sums(
    known: list[Quantity], numerator: Quantity, base: Quantity | None
) -> tuple[tuple[Quantity, ...], ...]:
    """The numerator alone, and with the one or two counts before it that may belong to it."""
    index = known.index(numerator)
    sums: list[tuple[Quantity, ...]] = [(numerator,)]
    group = [numerator]
    for other in reversed(known[max(0, index - 3) : index]):
        if other.measure != numerator.measure or other == base or (base is not None and other.value >= base.value):
            break
        group.append(other)
        sums.append(tuple(group))
    return tuple(sums)


_BRACKET = Pattern(r"（(?:其中|含|包括|包含)[^（）]*）", needs=("（",))


def _plain(between: str) -> str:
    """The words between a count and its share without what a bracket tells of it."""
    return str(_BRACKET.compiled.sub("", between)) if "（" in between else between


def _is_adjacent(scene: _Scene, numerator: Quantity) -> bool:
    between = _plain(scene.text[numerator.span.end : scene.rate.head])
    return sum(between.count(mark) for mark in "，：（") <= 1 and "；" not in between and "。" not in between


def _share_base(scene: _Scene, numerator: Quantity, pool: list[Quantity]) -> tuple[Quantity | None, bool]:
    """The base of a share and whether the wording settles it."""
    of = scene.rate.of if scene.rate.name == "占" else ""
    pool = [q for q in pool if _OWN_SHARE.match(scene.text, q.span.end) is None]
    near = [q for q in pool if scene.start <= q.span.start < numerator.span.start]
    if of and _GENERIC_BASE.fullmatch(of) is None:
        totals = [q for q in pool if q.role == "total" and _counts_noun_of(q, of)]
        if len(totals) == 1:
            return totals[0], True
        named = [q for q in pool if _speaks_of(q, of)]
        if named:
            return named[-1], len(named) == 1 or named[-1] in near
        return (near or pool)[-1] if pool else None, False
    pool = [q for q in pool if q.span.start >= (scene.earlier or scene.sentence)[0].span.start]
    if _AREA.search(numerator.before) is not None and not of:
        return (near or pool)[-1] if pool else None, False
    totals = [q for q in near if q.role == "total"]
    if totals:
        return totals[-1], True
    if near:
        return near[0], len(near) == 1 or "其中" in numerator.before
    own = [q for q in pool if q.span.start >= scene.sentence_start]
    if own:
        return own[0], len(own) == 1
    opens = scene.text.startswith("其中", scene.sentence_start)
    return (pool[-1], (bool(of) or opens) and len(pool) == 1) if pool else (None, False)


def _speaks_of(quantity: Quantity, of: str) -> bool:
    """Whether a quantity's own words are what the share is said to be of: 占一般公共预算收入 and 一般公共预算收入192亿元."""
    words = quantity.before + quantity.text + quantity.noun
    core = of.removesuffix("的").removesuffix("总数").removesuffix("总量").removesuffix("总额").removesuffix("比重")
    area = _AREA.match(core)
    if len(core) < 2 or (area is not None and area.group() not in words):
        return False
    length = len(core) if len(core) <= 2 else max(3, len(core) - 2)
    return any(core[i : i + length] in words for i in range(len(core) - length + 1))


_TOTAL_OF = Pattern(r"(?P<noun>\p{Han}{2})总(?:数|量|人数|件数|户数)的?$")


def _counts_noun_of(quantity: Quantity, of: str) -> bool:
    """Whether a total is of the noun a share is said to be of the total number of: 提案共92件 and 占承办提案总数的."""
    total = _TOTAL_OF.search(of)
    return total is not None and (total["noun"] in quantity.before[-8:] or quantity.noun.endswith(total["noun"]))


_FOREMOST = Pattern(r"(?:居|排|列|位居|位列|排名|排在)[前后首]")
"""What kinds come first: 死亡10人，居前三位的病种占91%, of the cases and not of the persons."""


def _base_only(scene: _Scene, base: Quantity | None) -> Proportion:
    """A share whose numerator is not given: 选派医师13名，其中中级以上职称占60%."""
    rate, text = scene.rate, scene.text
    if base is None or base.span.end > rate.head:
        return Proportion(rate)
    between = text[base.span.end : rate.head]
    of_part = "其中" in between or "中，" in text[base.span.end : rate.head + 1]
    persons = base.measure in ("人", "户") or between.endswith("的")
    direct = between.count("，") <= (2 if of_part else 1) and not any(mark in between for mark in "；。：")
    settled = rate.name in ("占", "占比") and _GENERIC_BASE.fullmatch(rate.of) is not None
    if rate.sort == "attribute":
        settled = of_part
    stray = (
        _FOREMOST.search(between) is not None
        or _PLACE_SUBJECT.search(between) is not None
        or _CHANGING.search(between) is not None
    )
    stray = stray or (_AMOUNT.search(between) is not None and not between.endswith("的"))
    sure = base.role not in ("pending", "rest") and settled and direct and (of_part or persons) and not stray
    alike = [q for q in scene.sentence if q.measure == base.measure and q.noun == base.noun and q.span.end <= rate.head]
    pool = tuple((q,) for q in reversed(alike))
    return Proportion(rate, None, base, sure, (), pool or ((base,),))
