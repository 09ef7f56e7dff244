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
THINGS = ("征迁结余资金", "项目质保金", "农田水利结余资金", "培训结余经费", "闲置厂房租金")
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


SUNDRIES: dict[str, Writer] = {
    "exact": write_exact,
    "rough": write_rough,
    "rank": write_rank,
    "trend": write_trend,
    "unit": write_unit,
    "amount": write_amount,
}
