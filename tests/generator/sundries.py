"""Sentences with approximations, ranks, trends, units and amounts named twice, and how to break them.

In: a draft, a random source, a scene. Out: one sentence (or two) in the draft, with comparisons and damages.

>>> from tests.generator.names import scene_of
>>> SUNDRIES["rank"](Draft(), Random(1), scene_of(Random(1), "town"))
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from tests.generator.model import Draft
from tests.generator.names import Scene
from tests.generator.numerals import decimal

Writer = Callable[[Draft, Random, Scene], None]

EXACT = (
    "累计排查各类风险隐患{n}{more}处。",
    "走访慰问困难群众{n}{more}户。",
    "发放宣传资料{n}{more}份。",
    "组织开展巡查{n}{more}次。",
    "录入基础信息{n}{more}条。",
    "清理占道经营摊点{n}{more}个。",
)
ROUGH = (
    "{about}{n}户{mark}群众参与投工投劳。",
    "带动周边农户{about}{n}户{mark}。",
    "新增绿化面积{about}{n}亩{mark}。",
    "组织动员群众{about}{n}人{mark}。",
)
RANKS = (
    "在{population}的年度综合考核中位列全{level}{n}个{unit}第{k}位。",
    "信访工作考评在全{level}{n}个{unit}中排名第{k}位。",
    "群众满意度测评在全{level}{n}个{unit}中排第{k}名，较上年有所提升。",
)
TRENDS = {
    "治安警情由{past}年同期的{m}起下降到{n}起。": "down",
    "个体工商户从{m}户增长到{n}户。": "up",
    "安全生产事故起数由{m}起减少到{n}起。": "down",
    "在库重点项目由年初的{m}个增加至{n}个。": "up",
    "各类考核指标由原来的{m}项精简至{n}项。": "down",
    "年接待游客从{m}万人次上升到{n}万人次。": "up",
    "办事环节由{m}个压缩到{n}个。": "down",
}
UNITS = {
    "清运淤泥{n}{unit}。": ("立方米", ("mm³", "立方毫米")),
    "回填土方{n}{unit}。": ("立方米", ("mm³", "立方厘米")),
    "拆除违法建筑{n}{unit}。": ("平方米", ("mm²", "平方毫米")),
    "清理河道垃圾{n}{unit}。": ("吨", ("毫克", "克")),
    "新修产业路{n}{unit}。": ("公里", ("毫米", "厘米")),
}
AMOUNTS = (
    "针对{thing}{n}万元长期闲置问题，经集体研究，已将{thing}{k}{unit}全部上缴财政。",
    "{thing}{n}万元已足额收回，{thing}{k}{unit}的收缴凭证已归档备查。",
)
AVERAGES = {
    "向{c}名临聘人员违规发放的补助{t}万元已全部收回，人均{e}元。": (12, 80, 100),
    "组织业务培训{c}期，参训{t}人次，平均每期{e}人次。": (20, 90, 1),
    "对{c}个小微项目开展现场核查，发现隐患{t}处，平均每个项目{e}处。": (4, 12, 1),
    "少算的{c}户安置户已补发过渡费{t}万元，户均{e}元。": (12, 80, 100),
    "复核报销单据，退回不合规的{c}份，扣减服务费{t}万元，即每份扣{e}元。": (4, 30, 100),
    "夜查{c}轮，每轮抽查{e}户餐饮店，共{t}户次。": (10, 40, 1),
}
STOCKS = (
    "原有村级微型消防站{a}个，撤并{b}个，新建{c}个，现有{d}个。",
    "整改前登记在册的临聘司机{a}人，清退{b}人，新聘{c}人，现有{d}人。",
    "对在册的{a}户特困供养对象逐户核对，退出{b}户，新纳入{c}户，核对后为{d}户。",
)
THINGS = ("征迁结余资金", "项目质保金", "农田水利结余资金", "培训结余经费", "闲置厂房租金")
EXTREMES = (
    ("各村集体经济年收入最高的{m}万元，最低的{l}万元，发展不够均衡。", (3, 90)),
    ("各支部全年组织学习最多的{m}次，最少的{l}次。", (4, 40)),
    ("单个网格走访农户最少的{l}户，最多的{m}户。", (5, 120)),
    ("单笔报销金额最高{m}元，最低{l}元。", (120, 9800)),
    ("办件时长最短{l}天，最长{m}天。", (2, 30)),
    ("信访量最大的社区{m}件，最小的社区{l}件，逐一落实包保责任。", (2, 60)),
    ("各站所报送信息最多的达{m}条，最少的只有{l}条，差距明显。", (3, 70)),
    ("库存物资账实差异最大的一处{m}件，最小的一处{l}件，均已调账。", (3, 70)),
)
# Things counted, then taken up again with the same count.
FOREGOING = (
    ("对{n}家未按期缴费的企业下达催缴通知。截至目前，上述{k}家企业已全部缴清。", (3, 12)),
    ("约谈{n}名村级报账员，前述{k}名报账员均已作出书面检查。", (3, 9)),
    ("排查出空壳合作社{n}个，对上述{k}个合作社依法予以注销。", (3, 14)),
    ("梳理到期合同{n}份，逐份核对租金。以上{k}份合同均已重新签订。", (4, 30)),
    ("抽查发现{n}个项目资料不全。经督促，这{k}个项目已补齐资料。", (3, 15)),
    ("对{n}名责任人进行集体约谈，相关问题通报全系统。前面提到的{k}名责任人均已作出整改承诺。", (3, 9)),
    ("对排查出的{n}口废弃机井逐一建档，明确管护责任，上述{k}口机井已全部封填。", (3, 20)),
)
FOREGOING_LISTS = (
    "对{list}{n}个村开展专项审计，上述{k}个村的账目已移交纪检监察机构。",
    "{list}等{n}个村污水管网不配套。目前，上述{k}个村的管网已开工建设。",
    "组织{list}{n}个村开展交叉检查，上述{k}村均已反馈检查情况。",
)
DOCUMENTS = (
    "关于进一步加强项目资金监管的实施意见",
    "党委（党组）会议议事规则",
    "整治群众身边突出问题工作方案",
    "机关内部控制管理办法",
    "重点工作督查督办办法",
)


def uneven(source: Random, low: int, high: int) -> int:
    """A number that is not round."""
    while (number := source.randint(low, high)) % 10 == 0:
        pass
    return number


def write_exact(draft: Draft, source: Random, scene: Scene) -> None:
    """An exact count, which no 余 or 多 may follow."""
    number = uneven(source, 103, 2400)
    template = draft.pick(source, EXACT)
    if template is None:
        return
    spans = draft.fill(template, {"n": str(number), "more": ""})
    draft.damage("QTY001", [(spans["more"], source.choice(("余", "多")))], [spans["n"], spans["more"]])


def write_rough(draft: Draft, source: Random, scene: Scene) -> None:
    """A round count with one approximator, which takes no second."""
    number = source.randint(4, 60) * 10
    about = source.choice(("约", "近", "超过", "大约"))
    template = draft.pick(source, ROUGH)
    if template is None:
        return
    spans = draft.fill(template, {"about": about, "n": str(number), "mark": ""})
    draft.damage(
        "QTY002",
        [(spans["mark"], "左右")],
        [spans["about"], spans["n"], spans["mark"]],
        kind=f"{about}…左右",
    )


def write_rank(draft: Draft, source: Random, scene: Scene) -> None:
    """A rank among so many."""
    number = scene.peers
    rank = source.randint(1, number - 1)
    level, unit = {"town": ("县", "乡镇"), "bureau": ("县", "部门"), "county": ("市", "县区")}[scene.kind]
    if scene.kind != "county" and scene.county.endswith("区"):
        level = "区"
    template = draft.pick(source, RANKS)
    if template is None:
        return
    values = {"n": str(number), "k": str(rank), "level": level, "unit": unit, "population": "上级组织"}
    spans = draft.fill(template, values)
    draft.compare("QTY003", [spans["n"], spans["k"]], "rank")
    draft.damage("QTY003", [(spans["k"], str(number + source.randint(1, 8)))], [spans["n"], spans["k"]])


def write_trend(draft: Draft, source: Random, scene: Scene) -> None:
    """From so many to so many, in the direction the verb says."""
    template = draft.pick(source, tuple(TRENDS))
    if template is None:
        return
    direction = TRENDS[template]
    small = source.randint(3, 60)
    big = small + source.randint(4, 80)
    values = {"m": str(big), "n": str(small)} if direction == "down" else {"m": str(small), "n": str(big)}
    spans = draft.fill(template, values | {"past": str(scene.feedback.year - 1)})
    sides = [spans["m"], spans["n"]]
    draft.compare("QTY004", sides, "trend")
    draft.damage("QTY004", [(spans["m"], values["n"]), (spans["n"], values["m"])], sides, kind="figures swapped")


def write_unit(draft: Draft, source: Random, scene: Scene) -> None:
    """A measured quantity in a plausible unit."""
    template = draft.pick(source, tuple(UNITS))
    if template is None:
        return
    unit, wrong = UNITS[template]
    number = str(source.randint(11, 48)) if unit in ("公里", "吨") else str(source.randint(120, 4800))
    spans = draft.fill(template, {"n": number, "unit": unit})
    draft.damage("QTY005", [(spans["unit"], source.choice(wrong))], [spans["n"], spans["unit"]], kind=unit)


def write_amount(draft: Draft, source: Random, scene: Scene) -> None:
    """An amount named twice."""
    number = uneven(source, 1200, 98000)
    text = decimal(Fraction(number, 100), 2)
    thing = draft.pick(source, THINGS)
    if thing is None:
        return
    values = {"n": text, "k": text, "unit": "万元"}
    template = source.choice(AMOUNTS).replace("{thing}", thing)
    spans = draft.fill(template, values)
    sides = [spans["n"], spans["k"], spans["unit"]]
    draft.compare("QTY006", sides, "amount named twice")
    draft.damage(
        "QTY006", [(spans["unit"], source.choice(("元", "亿元")))], sides, ["ENT001", "QTY005"], "unit slipped"
    )
    shifted = decimal(Fraction(number, 1000), 3)
    draft.damage("QTY006", [(spans["k"], shifted)], sides, ["ENT001"], "point slipped")


def write_extremes(draft: Draft, source: Random, scene: Scene) -> None:
    """The most and the least of something."""
    template = draft.pick(source, tuple(text for text, _ in EXTREMES))
    if template is None:
        return
    low, high = dict(EXTREMES)[template]
    least = source.randint(low, high - 2)
    most = source.randint(least + 1, high)
    spans = draft.fill(template, {"m": str(most), "l": str(least)})
    sides = [spans["m"], spans["l"]]
    draft.compare("QTY007", sides, "extremes")
    draft.damage("QTY007", [(spans["m"], str(least)), (spans["l"], str(most))], sides, kind="figures swapped")


def write_foregoing(draft: Draft, source: Random, scene: Scene) -> None:
    """So many things, and the same ones again as the above so many."""
    lists = FOREGOING_LISTS if scene.kind != "bureau" else ()
    template = draft.pick(source, (*(text for text, _ in FOREGOING), *lists))
    if template is None:
        return
    low, high = dict(FOREGOING).get(template, (3, 5))
    number = source.randint(low, high)
    listing = "、".join(source.sample(list(scene.village_names), number)) if template in FOREGOING_LISTS else ""
    spans = draft.fill(template, {"list": listing, "n": str(number), "k": str(number)})
    sides = [spans["n"], spans["k"]]
    rule, other = ("ENT007", "REF004") if "这{k}" in template else ("REF004", "ENT007")
    draft.compare(rule, sides, "foregoing")
    wrong = str(number + source.choice((1, -1, 2)))
    draft.damage(rule, [(spans["k"], wrong)], sides, [other], "the above changed")
    if template not in FOREGOING_LISTS:
        draft.damage(rule, [(spans["n"], wrong)], sides, [other], "the count before changed")


def write_average(draft: Draft, source: Random, scene: Scene) -> None:
    """An amount, a count, and what comes to each."""
    template = draft.pick(source, tuple(AVERAGES))
    if template is None:
        return
    low, high, unit = AVERAGES[template]
    count, each = source.randint(3, 36), source.randint(low, high)
    total = decimal(Fraction(count * each * unit, 10_000), 4) if unit > 1 else str(count * each)
    total = total.rstrip("0").rstrip(".") if "." in total else total
    spans = draft.fill(template, {"c": str(count), "t": total, "e": str(each * unit)})
    sides = [spans["c"], spans["t"], spans["e"]]
    draft.compare("QTY008", sides, "average")
    wrong = str(round(each * source.choice((Fraction(3, 2), Fraction(5, 4), Fraction(1, 2)))) * unit)
    if wrong != str(each * unit):
        draft.damage("QTY008", [(spans["e"], wrong)], sides, kind="average changed")


def write_stock(draft: Draft, source: Random, scene: Scene) -> None:
    """What there was, what went and came, and what there is."""
    template = draft.pick(source, STOCKS)
    if template is None:
        return
    before, gone, come = source.randint(40, 160), source.randint(3, 18), source.randint(2, 12)
    now = before - gone + come
    figures = {"a": before, "b": gone, "c": come, "d": now}
    spans = draft.fill(template, {name: str(value) for name, value in figures.items()})
    sides = list(spans.values())
    draft.compare("TOT013", sides, "stock")
    wrong = str(now + source.choice((2, 3, -2, 10)))
    draft.damage("TOT013", [(spans["d"], wrong)], sides, kind="what there is changed")


SUNDRIES: dict[str, Writer] = {
    "average": write_average,
    "stock": write_stock,
    "exact": write_exact,
    "rough": write_rough,
    "rank": write_rank,
    "trend": write_trend,
    "unit": write_unit,
    "amount": write_amount,
    "extremes": write_extremes,
    "foregoing": write_foregoing,
}
