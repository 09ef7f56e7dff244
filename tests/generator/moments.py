"""Sentences with dates and durations, and the ways to break each of them.

In: a draft, a random source, a scene. Out: one sentence in the draft, with its comparisons and damages.
Every function of `MOMENTS` writes one; those of `OPEN_MOMENTS` speak of what is still to be done.

>>> from tests.generator.names import scene_of
>>> MOMENTS["weekday"](Draft(), Random(1), scene_of(Random(1), "town"))
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.generator.model import Draft
from tests.generator.names import Scene, days_between
from tests.generator.numerals import date_full, date_short, han, third_of_month, weekday

DONE = (
    "已于{d}召开专题会议安排部署。",
    "{d}，印发了专项整治工作方案。",
    "于{d}组织全体干部职工开展警示教育。",
    "相关款项已于{d}全部上缴财政专户。",
    "{d}，邀请党校教师作专题辅导。",
    "该项目于{d}通过竣工验收。",
    "{d}，对相关责任人进行了集体约谈。",
    "已于{d}完成系统升级并上线运行。",
    "{d}组织开展了业务知识测试。",
    "{d}，修订后的内控手册印发执行。",
    "存在问题的合同已于{d}重新签订。",
    "{d}，联合执法队伍开展了集中清理行动。",
)
DONE_COARSE = (
    "{d}，组织新任职干部集体廉政谈话。",
    "已于{d}完成基础数据录入。",
    "{d}，对办公用房进行了重新核定。",
    "{d}，完成了历史档案的补充归档。",
)
PLANNED = (
    "拟于{d}召开验收评审会。",
    "计划于{d}组织复核。",
    "将于{d}启动第二批整治。",
    "预计{d}完成全部手续办理。",
    "拟定于{d}提交集体研究。",
    "力争{d}前完成交付使用。",
)
PLANNED_LATER = (
    "拟于{d}组织开展整改成效“回头看”。",
    "计划于{d}开展整改成效评估。",
    "将于{d}召开工作总结会。",
)
CAMPAIGNS = (
    "于{d}{to}{e}开展专项整治行动，成效明显。",
    "{d}{to}{e}，组织开展集中攻坚，逐户上门核实情况。",
    "自{d}起{to}{e}，抽调骨干力量开展拉网式排查。",
    "在{d}{to}{e}期间开展交叉互查。",
)
LASTING = (
    "{d}至{e}，开展为期{n}天的集中整治。",
    "于{d}至{e}开展了为期{n}天的驻点督导。",
    "{d}至{e}，举办为期{n}天的能力提升培训班。",
)
LASTING_MONTHS = (
    "{y}年{m}月至{k}月，开展了为期{n}个月的专项清查。",
    "从{y}年{m}月到{k}月，利用{n}个月时间完成了普查登记。",
)
NOTICES = (
    "整改结果于{d}至{e}（{n}个工作日）在公示栏公示，未收到异议。",
    "拟销号事项在{county}政务网站公示，公示期为{d}至{e}，共{n}个工作日。",
)
WEEKDAY = (
    "{d}（{w}）召开了整改工作推进会。",
    "确定{d}（{w}）为集中接访日，班子成员全部到场接访。",
)
ASSORTED = (
    "对{p}—{q}年度决算资料进行了补充完善。",
    "对{p}年1—6月的报销凭证逐张复核。",
    "对{p}年1至9月的采购合同进行了抽查。",
    "{y}年{m}月{d}日、{e}日两次组织现场观摩。",
    "{y}年{m}月{d}至{e}日集中开展档案整理。",
    "自{y}年{m}月起推行周报制度。",
    "会议纪要（{y}.{m}.{d}）已印发各科室执行。",
    "{y}年{m}月上旬至{m}月下旬，分批组织谈心谈话。",
    "{y}年{m}月以来，未发生同类问题。",
    "结合{q}年度考核，对履职不力的干部进行了提醒。",
    "针对{q}年下半年以来的薄弱环节，逐项制定改进措施。",
    "对照{q}年第三季度通报情况，逐条核实整改。",
    "对去年年底前签订的合同逐份登记。",
    "每年{k}月底前完成台账更新。",
    "每季度首月10日前报送进展。",
    "每逢重要节点提前5天发送提醒。",
)
STEPS = (
    "该项目于{d}开工建设，{e}全部完工并投入使用。",
    "改造工程{d}完工，{e}通过竣工验收。",
    "对群众反映的噪声扰民问题，{d}受理，{e}办结并回访。",
    "相关违纪问题于{d}立案，{e}给予党内警告处分。",
    "业务轮训班{d}开班，{e}结业，学员全部通过考试。",
    "整改任务于{d}通过市级验收，{e}完成销号公示。",
    "该宗土地于{d}挂牌出让，{e}完成交地手续。",
    "存量违建{d}启动拆除，{e}拆除完毕。",
    "采购项目{d}发布招标公告，{e}签订合同。",
)
RESPONSES = (
    "{d}，{own}召开会议，专题研究{action}反馈意见整改工作。",
    "于{d}召开{action}整改工作动员会，逐条分解反馈问题。",
    "{d}召开党委（党组）会议，审议通过{action}反馈意见整改方案。",
    "{d}，印发{action}反馈意见整改实施方案，明确责任领导和完成时限。",
    "{d}成立{action}整改工作领导小组，对照反馈意见列出清单。",
    "{own}主要负责同志{d}主持召开专题会，对反馈问题逐条研究整改措施。",
)
ISSUED = (
    "{d}，印发《{t}》（{head}〔{y}〕{n}号）。",
    "《{t}》（{head}〔{y}〕{n}号）已于{d}印发执行。",
    "以{head}〔{y}〕{n}号文件于{d}印发《{t}》。",
    "{d}出台《{t}》（{head}〔{y}〕{n}号），明确办理流程和责任分工。",
    "制定了{head}〔{y}〕{n}号《{t}》，{d}正式发布。",
    "{d}，以{own}文件形式下发《{t}》（{head}〔{y}〕{n}号）。",
)
ISSUED_TITLES = (
    "督办事项办理规程",
    "涉企收费清单管理办法",
    "档案收集归档细则",
    "村（社区）“小微权力”清单",
    "财务报销审批流程图",
    "安全生产网格化管理办法",
)
CAMPAIGN_LENGTHS = (
    "经过{n}个月集中整改，各项任务有序推进。",
    "历时{n}个月的集中整改，推动解决了一批难点问题。",
    "利用{n}个月时间开展集中整改，做到应改尽改。",
)
CAMPAIGN_WINDOWS = (
    "集中整改期间（{d}至{e}），先后召开推进会研究解决具体困难。",
    "集中整改自{d}开始，至{e}基本结束。",
    "{d}至{e}为集中整改期，实行一周一调度。",
    "集中整改时间为{d}至{e}。",
)
SAFE_MONTHS = (3, 7, 8, 11)

Writer = Callable[[Draft, Random, Scene], None]


def day_of_work(source: Random, scene: Scene) -> date:
    """A day between feedback and cut-off."""
    return scene.feedback + days_between(source, 3, (scene.cutoff - scene.feedback).days - 2)


def impossible(source: Random, day: date) -> str:
    """A date of the same year that no calendar has."""
    choices = ((2, 30), (4, 31), (6, 31), (9, 31), (11, 31), (13, min(day.day, 28)), (day.month, 32), (2, 31))
    month, number = source.choice(choices)
    return f"{day.year}年{month}月{number}日"


def early(source: Random, scene: Scene) -> date:
    """A day clearly before the inspection began."""
    return scene.inspection_start - days_between(source, 70, 240)


def late(source: Random, scene: Scene) -> date:
    """A day clearly after the text was given out."""
    return scene.publication + days_between(source, 45, 300)


def write_done(draft: Draft, source: Random, scene: Scene) -> None:
    """Something was done on a day."""
    day = day_of_work(source, scene)
    template = draft.pick(source, DONE)
    if template is None:
        return
    spans = draft.fill(template, {"d": date_full(day)})
    draft.compare("DAT010", [spans["d"]], "done before the text")
    draft.compare("DAT004", [spans["d"]], "done after the inspection began")
    draft.damage("DAT001", [(spans["d"], impossible(source, day))], ())
    draft.damage("DAT004", [(spans["d"], date_full(early(source, scene)))], ())
    draft.damage("DAT010", [(spans["d"], date_full(late(source, scene)))], ())


def write_done_coarse(draft: Draft, source: Random, scene: Scene) -> None:
    """Something was done in a month, or in a third of one."""
    day = scene.feedback + timedelta(days=40) + days_between(source, 0, (scene.cutoff - scene.feedback).days - 75)
    style = source.randrange(3)

    def write(moment: date) -> str:
        if style == 0:
            return f"{moment.year}年{moment.month}月"
        if style == 1:
            return f"{moment.year}年{moment.month}月{third_of_month(moment)}"
        return f"{moment.year}年{moment.month}月底"

    template = draft.pick(source, DONE_COARSE)
    if template is None:
        return
    spans = draft.fill(template, {"d": write(day)})
    draft.compare("DAT010", [spans["d"]], "done before the text")
    draft.damage("DAT004", [(spans["d"], write(early(source, scene) - timedelta(days=40)))], (), kind="coarse")
    draft.damage("DAT010", [(spans["d"], write(late(source, scene) + timedelta(days=40)))], (), kind="coarse")


def write_planned(draft: Draft, source: Random, scene: Scene) -> None:
    """Unfinished work is planned for a day after the text."""
    write_plan(draft, source, scene, PLANNED)


def write_planned_later(draft: Draft, source: Random, scene: Scene) -> None:
    """A step that does not belong to the rectification is planned for a day after the text."""
    write_plan(draft, source, scene, PLANNED_LATER)


def write_plan(draft: Draft, source: Random, scene: Scene, choices: tuple[str, ...]) -> None:
    """Something is planned for a day after the text."""
    day = scene.publication + days_between(source, 20, 200)
    style = source.randrange(3)

    def write(moment: date) -> str:
        if style == 0:
            return f"{moment.year}年{moment.month}月底"
        if style == 1:
            return f"{moment.year}年{moment.month}月{third_of_month(moment)}"
        return date_full(moment)

    template = draft.pick(source, choices)
    if template is None:
        return
    if style == 1:
        day += timedelta(days=31)
    spans = draft.fill(template, {"d": write(day)})
    draft.compare("DAT005", [spans["d"]], "planned after the text")
    past = scene.feedback + days_between(source, 3, max(4, (scene.signature - scene.feedback).days - 75))
    draft.damage("DAT005", [(spans["d"], write(past))], ())


def write_deadline(draft: Draft, source: Random, scene: Scene) -> None:
    """The deadline of an item that is still open."""
    day = scene.publication + days_between(source, 35, 260)
    form = source.choice(("整改时限：{d}。", "完成时限：{d}。", "整改期限：{d}。"))
    style = source.randrange(4)

    def write(moment: date) -> str:
        if style == 0:
            return f"{moment.year}年{moment.month}月底前"
        if style == 1:
            return f"{moment.year}年{moment.month}月{28 if moment.month == 2 else 30}日前"
        if style == 2:
            return f"{moment.year}年底前"
        return f"{moment.year}年{moment.month}月底"

    spans = draft.fill(form, {"d": write(day)})
    draft.compare("DAT006", [spans["d"]], "deadline after the text")
    if style == 2:
        past = date(scene.signature.year - 1, 6, 30)
        if past.year < scene.feedback.year:
            return
    else:
        past = scene.signature - days_between(source, 65, 100)
    draft.damage("DAT006", [(spans["d"], write(past))], (), ["DAT005"])


def write_campaign(draft: Draft, source: Random, scene: Scene) -> None:
    """Something went on from one day to another."""
    first = scene.feedback + days_between(source, 3, 50)
    last = first + days_between(source, 6, 45)
    style = source.randrange(6)
    joint = ("至", "到", "至", "-", "—", "至")[style]
    template = draft.pick(source, CAMPAIGNS[:2] + CAMPAIGNS[3:] if joint in "-—" else CAMPAIGNS)
    if template is None:
        return
    ends = date_short(last) if style in (2, 4) and last.year == first.year else date_full(last)
    spans = draft.fill(template, {"d": date_full(first), "e": ends, "to": joint})
    draft.compare("DAT002", [spans["d"], spans["e"]], "range")
    if ends == date_full(last):
        draft.damage(
            "DAT002",
            [(spans["d"], date_full(last)), (spans["e"], date_full(first))],
            [spans["d"], spans["e"]],
            kind="ends swapped",
        )
    if last.month > 1 and ends == date_full(last):
        back = date(first.year - 1, last.month, min(last.day, 28))
        draft.damage(
            "DAT002", [(spans["e"], date_full(back))], [spans["d"], spans["e"]], ["DAT004"], kind="year slipped"
        )
    draft.damage("DAT001", [(spans["d"], impossible(source, first))], ())


def write_lasting(draft: Draft, source: Random, scene: Scene) -> None:
    """So many days from one day to another, both counted."""
    first = scene.feedback + days_between(source, 3, 45)
    length = source.choice((5, 7, 10, 15, 20, 30, 35, 43, 45))
    last = first + timedelta(days=length - 1)
    ends = date_short(last) if last.year == first.year else date_full(last)
    template = draft.pick(source, LASTING)
    if template is None:
        return
    spans = draft.fill(template, {"d": date_full(first), "e": ends, "n": str(length)})
    sides = [spans["d"], spans["e"], spans["n"]]
    draft.compare("DAT007", sides, "days")
    wrong = length + source.choice((4, 6, 10, 15))
    draft.damage("DAT007", [(spans["n"], str(wrong))], sides, kind="days changed")


def write_lasting_months(draft: Draft, source: Random, scene: Scene) -> None:
    """So many whole months, both counted."""
    first = scene.feedback + timedelta(days=31)
    length = source.randint(2, 3)
    if first.month + length - 1 > 12:
        first = date(first.year + 1, 1, 1)
    if date(first.year, first.month + length - 1, 28) > scene.cutoff:
        write_lasting(draft, source, scene)
        return
    template = draft.pick(source, LASTING_MONTHS)
    if template is None:
        return
    spans = draft.fill(
        template,
        {"y": str(first.year), "m": str(first.month), "k": str(first.month + length - 1), "n": han_months(length)},
    )
    sides = [spans["m"], spans["k"], spans["n"]]
    draft.compare("DAT007", sides, "months")
    draft.damage("DAT007", [(spans["n"], han_months(length + 3))], sides, kind="months changed")


def han_months(number: int) -> str:
    """A number of months in Chinese numerals."""
    return "两" if number == 2 else han(number)


def write_notice(draft: Draft, source: Random, scene: Scene) -> None:
    """A public notice of so many working days, in a month without holidays or exchanged days."""
    day = scene.feedback + timedelta(days=20)
    for _ in range(400):
        if day.month in SAFE_MONTHS and day.weekday() == source.randrange(5) and 2 <= day.day <= 15:
            break
        day += timedelta(days=1)
    if day + timedelta(days=14) > scene.cutoff or day.month not in SAFE_MONTHS or day.weekday() > 4:
        write_weekday(draft, source, scene)
        return
    write_notice_from(draft, source, scene, day)


def write_notice_from(draft: Draft, source: Random, scene: Scene, day: date) -> None:
    """A public notice of so many working days from this day on."""
    length = source.choice((5, 5, 7))
    last, left = day, length - 1
    while left:
        last += timedelta(days=1)
        if last.weekday() < 5:
            left -= 1
    template = draft.pick(source, NOTICES)
    if template is None:
        return
    spans = draft.fill(template, {"d": date_full(day), "e": date_short(last), "n": str(length)} | scene.words)
    sides = [spans["d"], spans["e"], spans["n"]]
    draft.compare("DAT008", sides, "working days")
    draft.damage("DAT008", [(spans["n"], str(length + source.choice((3, 5, 8))))], sides, kind="days changed")
    if length == 5:
        draft.damage("DAT008", [(spans["n"], str(length + 5))], sides, kind="days doubled")


def write_assorted(draft: Draft, source: Random, scene: Scene) -> None:
    """A date in one of the less common forms, which nothing in the text contradicts."""
    template = draft.pick(source, ASSORTED)
    if template is None:
        return
    day = scene.feedback + timedelta(days=32)
    first = source.randint(2, 14)
    draft.fill(
        template,
        {
            "p": str(scene.feedback.year - 3),
            "q": str(scene.feedback.year - 1),
            "y": str(day.year),
            "m": str(day.month),
            "d": str(first),
            "e": str(first + source.randint(1, 12)),
            "k": str(source.randint(3, 11)),
        },
    )


def write_weekday(draft: Draft, source: Random, scene: Scene) -> None:
    """A day with its day of the week."""
    day = day_of_work(source, scene)
    template = draft.pick(source, WEEKDAY)
    if template is None:
        return
    spans = draft.fill(template, {"d": date_full(day), "w": weekday(day)})
    sides = [spans["d"], spans["w"]]
    draft.compare("DAT009", sides, "weekday")
    other = day + timedelta(days=source.randint(1, 6))
    draft.damage("DAT009", [(spans["w"], weekday(other))], sides, kind="weekday changed")


def write_response(draft: Draft, source: Random, scene: Scene) -> None:
    """A first answer to the feedback, after it."""
    if scene.genre != "inspection":
        return
    template = draft.pick(source, RESPONSES)
    if template is None:
        return
    day = scene.feedback + days_between(source, 1, 25)
    spans = draft.fill(template, scene.words | {"d": date_full(day)})
    draft.compare("DAT013", [spans["d"]], "answer after the feedback")
    gap = (scene.feedback - scene.inspection_end).days
    wrong = scene.feedback - days_between(source, 3, max(4, min(60, gap - 2)))
    draft.damage("DAT013", [(spans["d"], date_full(wrong))], (), ["DAT004"])


def write_steps(draft: Draft, source: Random, scene: Scene) -> None:
    """Two steps of one piece of work, in their order."""
    template = draft.pick(source, STEPS)
    if template is None:
        return
    span = (scene.cutoff - scene.feedback).days
    first = scene.feedback + days_between(source, 20, span // 2)
    last = first + days_between(source, 8, max(9, span // 2 - 22))
    short = last.year == first.year and source.random() < 0.4
    ends = date_short if short else date_full
    spans = draft.fill(template, {"d": date_full(first), "e": ends(last)})
    sides = [spans["e"], spans["d"]]
    draft.compare("DAT016", sides, "steps")
    wrong = first - days_between(source, 2, 15)
    if wrong.year == first.year:
        # written in full: 9月28日 behind 2023年10月10日 would be one of the next year
        draft.damage("DAT016", [(spans["e"], date_full(wrong))], sides, ["DAT002"], "later step first")
    if not short:
        draft.damage(
            "DAT016",
            [(spans["d"], date_full(last)), (spans["e"], date_full(first))],
            sides,
            ["DAT002"],
            "dates swapped",
        )


def write_issued(draft: Draft, source: Random, scene: Scene) -> None:
    """A document with its number and the day it was issued."""
    template, title = draft.pick(source, ISSUED), draft.pick(source, ISSUED_TITLES)
    if template is None or title is None:
        return
    day = day_of_work(source, scene)
    values = {"t": title, "head": scene.document_head, "n": str(draft.number(source, 90, 160)), "own": scene.own}
    spans = draft.fill(template, values | {"d": date_full(day), "y": str(day.year)})
    sides = [spans["y"], spans["d"]]
    draft.compare("DAT015", sides, "number and day")
    draft.damage("DAT015", [(spans["y"], str(day.year + 1))], sides, kind="number a year late")
    draft.damage("DAT015", [(spans["y"], str(day.year - 2))], sides, kind="number two years early")
    if day.month > 3:
        draft.damage("DAT015", [(spans["y"], str(day.year - 1))], sides, kind="number a year early")


def months_later(day: date, months: int) -> date:
    """The same day so many months on (the 28th at most)."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, min(day.day, 28))


def write_campaign_length(draft: Draft, source: Random, scene: Scene, months: int) -> None:
    """How long the rectification campaign took, within so many months."""
    if source.random() < 0.5:
        spans = draft.fill(source.choice(CAMPAIGN_LENGTHS), {"n": write_months(source, months)})
        draft.compare("LOC002", [spans["n"]], "months")
        too_long = months + source.choice((1, 2, 3))
        draft.damage("LOC002", [(spans["n"], write_months(source, too_long))], (), kind="months")
        return
    first = scene.feedback + days_between(source, 0, 3)
    last = months_later(first, months) - days_between(source, 1, 12)
    spans = draft.fill(source.choice(CAMPAIGN_WINDOWS), {"d": date_full(first), "e": date_full(last)})
    sides = [spans["e"], spans["d"]]
    draft.compare("LOC002", sides, "window")
    wrong = months_later(first, months) + days_between(source, 8, 60)
    draft.damage("LOC002", [(spans["e"], date_full(wrong))], sides, ["DAT012", "DAT010", "DAT003"], "window")


def write_months(source: Random, number: int) -> str:
    """A number of months, in either sort of numerals."""
    return str(number) if source.random() < 0.6 else han_months(number)


MOMENTS: dict[str, Writer] = {
    "done": write_done,
    "done_coarse": write_done_coarse,
    "campaign": write_campaign,
    "lasting": write_lasting,
    "lasting_months": write_lasting_months,
    "notice": write_notice,
    "weekday": write_weekday,
    "assorted": write_assorted,
    "issued": write_issued,
    "steps": write_steps,
}
OPEN_MOMENTS: dict[str, Writer] = {"planned": write_planned}
