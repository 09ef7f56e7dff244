"""What a bulletin tells twice: meetings, feedback, courses, documents under their place's name, problems told again.

In: a draft, a random source, a scene. Out: the first mention in the draft, and the function that writes the second one
further on, with the comparison and the damages.

>>> from tests.generator.names import scene_of
>>> draft = Draft()
>>> again = ECHOES["meeting"](draft, Random(1), scene_of(Random(1), "town"))
>>> again(); draft.truth[0].rule
'ENT006'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.generator.model import Draft, Span
from tests.generator.names import COUNTIES, DISTRICTS, TOWNS, Scene, days_between
from tests.generator.numerals import date_full, date_short, han

Again = Callable[[], None]
Writer = Callable[[Draft, Random, Scene], Again | None]

MEETINGS = (
    "{action}整改专题民主生活会",
    "{action}整改动员部署会",
    "{action}反馈意见整改动员大会",
    "{past}年度党组织书记抓基层党建述职评议会",
    "{past}年度述责述廉会",
)
MEETING_FIRST = (
    "{d}召开{m}，班子成员逐一对照检查。",
    "于{d}组织召开{m}，深入剖析问题根源。",
    "{d}，{m}召开，明确了时间表和路线图。",
    "{own}于{d}召开{m}，通报有关情况。",
)
MEETING_AGAIN = (
    "在{d}召开的{m}上，主要负责同志带头作检查。",
    "{d}的{m}后，逐条梳理批评意见并建立整改清单。",
    "针对{d}{m}查摆出的问题，逐项明确整改责任人。",
    "结合{d}召开的{m}，对有关责任科室进行了提醒。",
)
WINDOW_AGAIN = (
    "{group}{action}期间（{d}至{e}），主动配合提供资料{n}份。",
    "在{group}{action}期间（{d}—{e}），边查边改具体事项{n}个。",
    "{d}至{e}{action}期间，共调阅各类档案{n}卷。",
)
FEEDBACK_AGAIN = (
    "{d}，{group}反馈意见后，{own}立即召开会议传达学习。",
    "{d}，{group}向{short}反馈意见，主要负责同志作了表态发言。",
    "{group}于{d}反馈{action}意见后，逐条认领、照单全收。",
    "在{d}召开的{action}情况反馈会上，{own}主要负责同志作表态发言。",
)
COURSES = (
    ("{d}举办{y}年第{k}期{c}培训班。", "参加{d}{y}年第{k}期{c}培训班的学员撰写了心得体会。"),
    ("{d}，组织{y}年第{k}期{c}业务培训。", "在{d}举办的{y}年第{k}期{c}业务培训中安排了现场教学。"),
    ("于{d}开展{y}年第{k}期{c}集中轮训。", "{d}的{y}年第{k}期{c}集中轮训结束后组织了闭卷测试。"),
)
LEARNERS = ("村级报账员", "党务工作者", "网格员", "执法人员", "新任职干部")
SESSIONS = (
    ("{d}，{own}{y}年第{k}次会议审议通过了有关制度。", "按照{d}{own}{y}年第{k}次会议要求，逐项抓好落实。"),
    (
        "{d}，县第十八届人民代表大会常务委员会第{h}次会议听取了专项报告。",
        "落实{d}县第十八届人民代表大会常务委员会第{h}次会议审议意见，完善了工作台账。",
    ),
)
ASSEMBLIES = (
    "{d}，市第十五届人民代表大会常务委员会第{k}次会议听取了有关工作情况汇报。",
    "市十五届人大常委会第{k}次会议于{d}召开，对专项工作进行了评议。",
    "{d}，市第十五届人大常委会第{k}次会议审议通过了相关决议。",
    "落实{d}市十五届人大常委会第{k}次会议审议意见，逐项制定措施。",
)
REGULATIONS = (
    "公务用车使用管理规定",
    "工程项目建设管理办法",
    "村级财务管理办法",
    "机关作风建设若干措施",
    "农村集体合同管理办法",
    "政府采购内部控制制度",
    "领导干部包案接访制度",
    "固定资产管理细则",
)
OWN_LISTS = (
    "先后制定《{p}{a}》《{q}{b}》，修订《{r}{c}》。",
    "建立健全长效机制，出台《{p}{a}》《{q}{b}》《{r}{c}》等制度。",
    "印发《{p}{a}》《{q}{b}》；重新修订《{r}{c}》。",
    "研究制定了《{p}{a}》，配套出台《{q}{b}》《{r}{c}》，形成制度闭环。",
)
COMMUNITIES = (
    ("明珠", "名珠"),
    ("幸福", "兴福"),
    ("鑫城", "新城"),
    ("锦苑", "景苑"),
    ("祥和里", "翔和里"),
    ("柳岸", "留岸"),
    ("碧湖", "碧胡"),
    ("洪桥", "虹桥"),
    ("清风", "清枫"),
    ("华庭", "花庭"),
)
COMMUNITY_FIRST = (
    "在{p}社区开展试点，总结{q}社区经验后全面推开。",
    "对{p}社区台账逐册核对，督促{q}社区补齐资料。",
    "选派业务骨干到{p}社区驻点指导，帮助{q}社区理顺流程。",
)
COMMUNITY_AGAIN = (
    "组织人员到{p}社区现场观摩。",
    "对{p}社区落实情况开展回访。",
    "邀请{p}社区介绍做法。",
)
OWN_AGAIN = (
    "严格执行《{p}{a}》，定期组织开展检查。",
    "按照《{p}{a}》要求，重新梳理办理流程。",
    "对照《{p}{a}》，逐项查漏补缺。",
)


@dataclass(frozen=True)
class Problem:
    """How a problem is described under its title, how the remedy takes it up, and how a later part tells it again."""

    told: str
    taken_up: tuple[str, ...]
    later: str


PROBLEMS = (
    Problem(
        "抽查发现，{n}户低保对象信息更新不及时。",
        ("针对指出的{n}户低保对象信息更新不及时问题，已逐户入户核实。", "目前，该{n}户低保对象的信息已全部更新。"),
        "抽查发现{n}户低保对象信息更新不及时。",
    ),
    Problem(
        "辖区内{n}处占道经营摊点长期没有取缔。",
        ("对于巡察指出的{n}处占道经营摊点，已会同有关部门全部取缔。", "经联合执法，上述{n}处占道经营摊点均已清理。"),
        "辖区内{n}处占道经营摊点长期没有取缔。",
    ),
    Problem(
        "已完工项目中有{n}个没有办理竣工决算。",
        ("针对{n}个没有办理竣工决算的项目，逐个落实专人负责。", "该{n}个项目已委托中介机构开展决算审核。"),
        "已完工项目中有{n}个没有办理竣工决算。",
    ),
    Problem(
        "{n}份到期租赁合同没有续签，租金长期拖欠。",
        ("对{n}份到期租赁合同逐份核对，重新约定租金标准。", "上述{n}份合同均已重新签订。"),
        "{n}份到期租赁合同没有续签。",
    ),
    Problem(
        "{n}名党员连续6个月没有参加组织生活。",
        ("对反馈的{n}名党员进行了谈话教育。", "该{n}名党员均已写出书面检查。"),
        "{n}名党员长期没有参加组织生活。",
    ),
    Problem(
        "{n}座公厕建成后闲置，没有投入使用。",
        ("对照反馈的{n}座闲置公厕，逐座制定启用方案。", "目前，{n}座闲置公厕均已重新开放。"),
        "{n}座公厕建成后仍闲置，没有投入使用。",
    ),
    Problem(
        "往来款长期挂账{n}笔没有清理。",
        ("对长期挂账的{n}笔往来款逐笔核对，分类处置。", "经清理，{n}笔往来款已全部销账。"),
        "往来款长期挂账{n}笔没有清理。",
    ),
)


POINTING_BACK = ("针对指出", "对于巡察指出", "经联合执法，上述", "该", "上述", "对反馈的", "对照反馈的")


def slipped_day(source: Random, day: date, low: date, high: date) -> date | None:
    """The same day with its month or its day of the month mistyped, between two days."""
    choices = [day + timedelta(days=step) for step in (-11, -10, -7, -3, -1, 1, 2, 7, 10, 12)]
    choices = [other for other in choices if other.month == day.month]
    for month in (day.month - 1, day.month + 1):
        if 1 <= month <= 12 and day.day <= 28:
            choices.append(day.replace(month=month))
    choices = [other for other in choices if low < other < high]
    return source.choice(choices) if choices else None


def date_like(day: date, first: date, *, short: bool) -> str:
    """A date, without its year where that is plain."""
    return date_short(day) if short and day.year == first.year else date_full(day)


def write_meeting(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """A meeting that is held once, with its day."""
    choices = MEETINGS if scene.genre == "inspection" else MEETINGS[3:]
    name = draft.pick(source, choices)
    if name is None:
        return None
    day = scene.feedback + days_between(source, 6, 60)
    values = {"m": name.format(action=scene.action, past=scene.feedback.year - 1), "own": scene.own}
    first = draft.fill(source.choice(MEETING_FIRST), values | {"d": date_full(day)})["d"]
    template = source.choice(MEETING_AGAIN)
    short = source.random() < 0.5

    def again() -> None:
        second = draft.fill(template, values | {"d": date_like(day, day, short=short)})["d"]
        draft.compare("ENT006", [first, second], "meeting")
        wrong = slipped_day(source, day, scene.feedback + timedelta(days=2), scene.cutoff)
        if wrong is not None:
            draft.damage(
                "ENT006", [(second, date_like(wrong, day, short=short))], [first, second], ["DAT011"], "meeting"
            )

    return again


def write_window(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """The days of the inspection told again (the first mention is the opener)."""
    if scene.genre != "inspection":
        return None
    template = draft.pick(source, WINDOW_AGAIN)
    if template is None:
        return None
    number = str(source.randint(6, 88))

    def again() -> None:
        ends = date_full(scene.inspection_end)
        values = scene.words | {"d": date_full(scene.inspection_start), "e": ends, "n": number}
        spans = draft.fill(template, values)
        sides = [spans["e"], spans["d"]]
        for side in sides:  # each against its like in the opener
            draft.compare("ENT006", [side], "window")
        wrong = slipped_day(source, scene.inspection_end, scene.inspection_start + timedelta(days=2), scene.feedback)
        if wrong is not None:
            draft.damage("ENT006", [(spans["e"], date_full(wrong))], sides, ["DAT011"], "window")

    return again


def write_feedback(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """The day of the feedback told again (the first mention is the opener)."""
    if scene.genre != "inspection" or draft.pick(source, ("the feedback told again",)) is None:
        return None
    template = source.choice(FEEDBACK_AGAIN)

    def again() -> None:
        second = draft.fill(template, scene.words | {"d": date_full(scene.feedback)})["d"]
        draft.compare("DAT011", [second], "feedback")
        wrong = scene.feedback + timedelta(days=source.choice((1, 2, 5, 7, 10, 15)))
        draft.damage("DAT011", [(second, date_full(wrong))], [second], ["ENT006"], "feedback")

    return again


def write_course(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """A course or a session with its number, dated twice."""
    template = draft.pick(source, tuple(first for first, _ in (*COURSES, *SESSIONS)))
    if template is None:
        return None
    later = dict((*COURSES, *SESSIONS))[template]
    day = scene.feedback + days_between(source, 10, 80)
    number = source.randint(2, 6)
    values = {
        "y": str(day.year),
        "k": han(number),
        "h": han(number + 10),
        "c": source.choice(LEARNERS),
        "own": scene.own,
    }
    first = draft.fill(template, values | {"d": date_full(day)})["d"]

    def again() -> None:
        second = draft.fill(later, values | {"d": date_full(day)})["d"]
        draft.compare("DAT011", [first, second], "numbered event")
        wrong = slipped_day(source, day, scene.feedback, scene.cutoff)
        if wrong is not None:
            draft.damage("DAT011", [(second, date_full(wrong))], [first, second], ["ENT006"], "numbered event")

    return again


def write_assembly(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """Two meetings of one assembly, numbered in the order of their dates."""
    if draft.pick(source, ("meetings of one assembly",)) is None:
        return None
    number = source.randint(12, 30)
    early = scene.feedback + days_between(source, 3, 40)
    late = early + days_between(source, 30, 58)
    before, after = source.sample(ASSEMBLIES, 2)
    first = draft.fill(before, {"d": date_full(early), "k": han(number)})

    def again() -> None:
        second = draft.fill(after, {"d": date_full(late), "k": han(number + 1)})
        sides = [second["k"], second["d"], first["k"], first["d"]]
        draft.compare("ENT009", [second["k"], first["k"]], "meetings")
        draft.damage("ENT009", [(second["k"], han(number - source.randint(1, 4)))], sides, kind="number")
        too_early = early - timedelta(days=source.randint(5, 60))
        draft.damage("ENT009", [(second["d"], date_full(too_early))], sides, kind="date")

    return again


def write_own_documents(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """Documents that carry the name of the place that made them."""
    if scene.kind == "bureau" or draft.pick(source, ("documents under the own name",)) is None:
        return None
    if scene.kind == "town":
        place = scene.short.removesuffix("党委")
        others = [town for town in TOWNS if town[-1] == place[-1] and town != place]
    else:
        place = scene.short
        others = [name for name in COUNTIES + DISTRICTS if name[-1] == place[-1] and name != place]
    if not others:
        return None
    titles = source.sample(REGULATIONS, 4)
    values = {"p": place, "q": place, "r": place, "a": titles[0], "b": titles[1], "c": titles[2]}
    first = draft.fill(source.choice(OWN_LISTS), values)
    sides = [first["p"], first["q"], first["r"]]
    draft.compare("ENT008", sides, "own documents")
    wrong = source.choice(sides)
    draft.damage("ENT008", [(wrong, source.choice(others))], sides, kind="in the list")
    template = source.choice(OWN_AGAIN)

    def again() -> None:
        second = draft.fill(template, {"p": place, "a": titles[3]})["p"]
        draft.compare("ENT008", [second, *sides], "own document")
        draft.damage("ENT008", [(second, source.choice(others))], [second, *sides], kind="on its own")

    return again


def write_community(draft: Draft, source: Random, scene: Scene) -> Again | None:
    """A community that is named three times."""
    if draft.pick(source, ("a community",)) is None:
        return None
    right, wrong = source.choice(COMMUNITIES)
    first = draft.fill(source.choice(COMMUNITY_FIRST), {"p": right, "q": right})
    template = source.choice(COMMUNITY_AGAIN)

    def again() -> None:
        sides = [first["p"], first["q"], draft.fill(template, {"p": right})["p"]]
        draft.compare("ENT010", sides, "community")
        draft.damage("ENT010", [(sides[2], wrong)], sides, kind="named again")

    return again


def write_problem(draft: Draft, source: Random, problem: Problem, number: int) -> Span:
    """The description of a problem; its figure's place."""
    return draft.fill(problem.told, {"n": str(number)})["n"]


def write_taken_up(draft: Draft, source: Random, problem: Problem, number: int, first: Span) -> None:
    """The remedy takes up the figure of the problem."""
    write_told_again(draft, source, source.choice(problem.taken_up), number, first, "taken up")


def write_told_later(draft: Draft, source: Random, problem: Problem, number: int, first: Span) -> None:
    """A later part tells the problem again."""
    write_told_again(draft, source, problem.later, number, first, "told again later")


def write_told_again(draft: Draft, source: Random, template: str, number: int, first: Span, kind: str) -> None:
    """A figure told a second time."""
    second = draft.fill(template, {"n": str(number)})["n"]
    draft.compare("ENT007", [first, second], kind)
    points_back = kind == "told again later" or template.startswith(POINTING_BACK)
    far = (10,) if points_back else ()  # 对40份合同 after 30份合同 may count others too, 该40份 may not
    wrong = number + source.choice((1, -1, 2, 3, -2, *far))
    draft.damage("ENT007", [(second, str(max(2, wrong)))], [first, second], ["REF004"], kind)


ECHOES: dict[str, Writer] = {
    "meeting": write_meeting,
    "window": write_window,
    "feedback": write_feedback,
    "course": write_course,
    "own documents": write_own_documents,
    "assembly": write_assembly,
    "community": write_community,
}
