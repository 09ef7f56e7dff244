"""Whole bulletins: the frame, the sections and items, and what holds across them.

In: a seed. Out: a `Bulletin` that is consistent by construction.

>>> generate(1) == generate(1)
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.generator.echoes import (
    ECHOES,
    PROBLEMS,
    Problem,
    write_problem,
    write_taken_up,
    write_told_later,
)
from tests.generator.echoes import Writer as EchoWriter
from tests.generator.model import Bulletin, Comparison, Damage, Draft, Edit, Setting, Span
from tests.generator.moments import (
    MOMENTS,
    OPEN_MOMENTS,
    SAFE_MONTHS,
    months_later,
    write_campaign_length,
    write_deadline,
    write_notice_from,
    write_planned_later,
    write_response,
)
from tests.generator.names import BUREAUS, COUNTIES, TOWNS, Scene, scene_of
from tests.generator.numerals import CIRCLED, date_full, date_han, date_short, han, percent, third_of_month
from tests.generator.passages import PHRASES, TABLES, load_prose, write_list, write_rate, write_total
from tests.generator.rows import write_table
from tests.generator.sundries import DOCUMENTS, SUNDRIES

PROSE: dict[str, Any] = load_prose()
TO_HALF_WIDTH = str.maketrans("，：；（）", ",:;()")
NEEDS_DATE_OF_TEXT = {"DAT005", "DAT006", "DAT010"}

OPENERS = (
    "根据{superior}统一部署，{d1}{to}{d2}，{group}对{short}开展了{action}，并于{d3}反馈了{action}意见。"
    "按照{action}工作有关要求，现将{action}整改进展情况予以公布。",
    "根据{round}统一部署，{group}于{d1}{to}{d2}对{short}进行了{action}。{d3}，{group2}向{short2}反馈了{action}意见。"
    "依照党务公开有关规定，现将整改情况予以公布。",
    "按照{superior}{action}工作统一安排，{group}自{d1}{to}{d2}对{short}开展{action}，{d3}反馈{action}意见。现将整改情况通报如下。",
    "{d1}{to}{d2}，{group}对{short}开展了常规{action}。{d3}，{group2}反馈了{action}意见。根据{action}工作条例有关规定，现将整改落实情况予以公开。",
    "根据{superior}{action}工作领导小组部署要求，{group}于{d1}{to}{d2}，对{short}开展{action}“回头看”，并于{d3}召开反馈会。"
    "现将{action}整改进展情况公布如下。",
    "{group}于{d1}{to}{d2}对{short}开展了为期{days}天的{action}，{d3}正式反馈{action}意见。按照有关规定，现将整改情况予以公布。",
    "根据{round}工作安排，{d1}{to}{d2}，{group}对{short}进行了{action}，于{d3}反馈意见。按照有关要求，现将整改情况予以公开，接受监督。",
)
AUDIT_OPENERS = (
    "根据{superior}审计委员会工作安排，{d1}{to}{d2}，{group}对{short}开展了财政财务收支审计，并于{d3}出具审计报告。"
    "现将审计查出问题整改情况公告如下。",
    "{group}于{d1}{to}{d2}对{short}进行了就地审计，{d3}，{group2}反馈审计意见。按照有关规定，现将整改情况予以公开。",
)
ENVIRONMENT_OPENERS = (
    "{d1}{to}{d2}，{group}对{short}开展了生态环境保护督察，{d3}反馈了督察意见。现将督察整改情况向社会公开。",
    "按照统一部署，{group}于{d1}{to}{d2}对{short}开展督察，并于{d3}反馈督察意见。现将整改落实情况公布如下。",
)
RANGE_MARKS = ("至", "至", "至", "到", "—", "——", "-", "~")
HEADLINES_OPEN = (
    "截至{cut}，反馈的{K}个方面{N}个问题，已完成整改{D}个，正在整改{P}个。",
    "截至{cut}，反馈的{N}个问题已整改到位{D}个，剩余{P}个正在有序推进。",
    "截至{cut}，反馈的{N}个问题，已完成整改{D}个、持续整改{P}个，整改完成率{p}%。",
    "截至{cut}，反馈的{K}个方面、{N}个问题中，{D}个已完成整改，{P}个正在整改。",
    "截至{cut}，共制定整改措施{M}条，反馈的{N}个问题已完成整改{D}个，其余{P}个正在整改。",
    "截至{cut}，反馈的{N}个问题，整改完成{D}个，占{p}%；正在推进{P}个。",
    "目前，反馈的{N}个问题中已完成整改{D}个，未完成整改{P}个。",
)
HEADLINES_OF_LEVELS = (
    "截至{cut}，反馈的{K}个方面{L}类{N}个具体问题，已完成整改{D}个，正在整改{P}个。",
    "截至{cut}，{K}方面{L}类问题细化为{N}个具体问题，制定整改措施{M}条，已完成整改{D}个、持续推进{P}个。",
)
HEADLINES_WITH_SUBSET = (
    "截至{cut}，反馈的{N}个问题，已完成整改{D}个（含立行立改{c}个），正在整改{P}个。",
    "截至{cut}，反馈的{N}个问题已整改到位{D}个，其中立行立改{c}个；需长期坚持{P}个。",
)
HEADLINES_DONE = (
    "截至{cut}，反馈的{K}个方面{N}个问题已全部完成整改。",
    "截至{cut}，反馈的{N}个问题已完成整改{D}个，整改完成率100%。",
    "截至{cut}，反馈的{N}个问题均已整改到位，共制定整改措施{M}条。",
    "截至{cut}，反馈的{K}个方面{N}个问题全部整改完成{D}个，做到件件有着落、事事有回音。",
    "目前，反馈的{N}个问题已全部整改完毕。",
)
CUTS = ("{full}", "{full}", "{full}为止", "{short_year}{third}", "{short_year}底")

DONE_STATUSES = (
    "整改情况：已整改。",
    "整改结果：已完成。",
    "整改情况：已完成整改。",
    "完成情况：已完成。",
    "整改进展：已整改到位。",
    "该问题已整改到位。",
    "该问题已完成整改并销号。",
)
OPEN_STATUS_OF = {
    "整改情况：已整改。": "整改情况：正在整改中。",
    "整改结果：已完成。": "整改结果：正在整改。",
    "整改情况：已完成整改。": "整改情况：持续整改中。",
    "完成情况：已完成。": "完成情况：未完成。",
    "整改进展：已整改到位。": "整改进展：正在推进。",
    "该问题已整改到位。": "该问题正在整改。",
    "该问题已完成整改并销号。": "该问题正在持续整改。",
}
OPEN_WORK = (
    "目前剩余{n}户补偿协议尚未签订，正在协商。",
    "其余{n}处正在办理相关手续。",
    "剩余{n}万元待资金到位后支付。",
    "目前尚有{n}亩未完成复垦，正在办理报批手续。",
    "该项目正在办理竣工验收手续，尚未投入使用。",
    "尚有{n}份合同未完成清理。",
)
OPEN_CASES = (
    "另有{n}人正在接受审查调查。",
    "涉嫌违法犯罪的{n}人已移送司法机关，案件正在侦办。",
    "对涉及的{n}名村干部立案审查，目前正在审查调查中。",
    "移交的{n}件问题线索正在核查。",
    "已对{n}名责任人立案，案件正在办理。",
    "目前，公安机关正对{n}名涉案人员开展侦查。",
)
VERDICTS = (
    ("该问题已整改到位。", "该问题仍在整改中。"),
    ("至此，该问题已完成整改。", "该问题尚未整改到位。"),
    ("目前该问题已销号。", "目前该问题正在整改。"),
    ("该项问题已整改完成。", "该项问题整改正在推进。"),
)
SECTIONS_DONE = (
    "反馈的{n}个问题，已全部整改到位。",
    "该方面{n}个问题已全部完成整改。",
    "共{n}个问题，已完成整改{d}个。",
    "涉及问题{n}个，均已整改。",
)
SECTIONS_OPEN = (
    "反馈的{n}个问题，已完成整改{d}个，正在整改{p}个。",
    "该方面共{n}个问题，整改完成{d}个，持续推进{p}个。",
    "涉及问题{n}个，已整改{d}个，未完成整改{p}个。",
)
SECTIONS_PLAIN = (
    "该方面共反馈问题{n}个。",
    "反馈的{n}个问题，逐一明确了责任人。",
    "此方面涉及{n}个问题，具体整改情况如下。",
    "本部分共有问题{n}个，整改情况如下：",
)
ATTACHED = (
    ("整改任务完成情况详见附件{n}。", 1),
    ("修订完善的制度目录见附件{n}。", 2),
    ("各项任务具体进展见附件{n}，欢迎监督。", 1),
)
"""What points to the attachments, and to which of them."""
ASKED_STEPS = "下一步|今后|持续深化|巩固深化"
ASKED_CONTACT = "联系方式|联系电话|监督电话|电子邮箱"
ITEM_STYLES = ("（{n}）", "（{n}）", "{n}.", "{n}、", "问题{n}：")
RUN_STYLES = ("是", "是", "是", "第", "圈", "括", "无")


@dataclass(frozen=True)
class Plan:
    """What a bulletin will look like."""

    layout: str
    statuses: bool
    open_items: frozenset[int]
    aspects: tuple[tuple[int, ...], ...]
    has_middle: bool
    continuous: bool
    item_style: str
    middle_style: str
    run_style: str
    done_status: str
    separate_lines: bool
    half_width: bool
    has_signature: bool
    has_publication: bool
    has_open_section: bool
    has_attachments: bool
    half_done_heading: bool
    per_item: tuple[int, int]
    flat: bool
    on_lines: bool
    section_counts: bool
    verdict: tuple[str, str] | None

    @property
    def total(self) -> int:
        """How many items there are."""
        return sum(sum(aspect) for aspect in self.aspects)


@dataclass
class Marks:
    """Places that later parts of the text refer back to."""

    total: Span | None = None
    items: list[tuple[Span, str, Span | None, Span]] = field(default_factory=list)
    problems: dict[int, tuple[Problem, int, Span]] = field(default_factory=dict)
    paragraphs: list[Span] = field(default_factory=list)
    names: dict[str, list[Span]] = field(default_factory=dict)


def plan_of(source: Random, scene: Scene) -> Plan:
    """Choose a layout."""
    layout = source.choice(("open", "open", "done", "plain", "plain-done", "plain"))
    statuses = layout in ("open", "done")
    count = source.randint(2, 4)
    flat = source.random() < 0.15
    has_middle = not flat and source.random() < 0.4
    aspects: list[tuple[int, ...]] = []
    for _ in range(count):
        if has_middle:
            aspects.append(tuple(source.randint(1, 3) for _ in range(source.choice((1, 1, 2, 3)))))
        else:
            aspects.append((source.randint(2, 5),))
    total = sum(sum(aspect) for aspect in aspects)
    open_count = source.randint(1, max(1, min(5, total // 3))) if layout == "open" else 0
    open_items = frozenset(source.sample(range(1, total + 1), open_count))
    item_style = "（{n}）" if has_middle else source.choice(ITEM_STYLES[2:])
    if flat:
        item_style = source.choice(("（{h}）", "{n}.", "{n}、"))
    continuous = flat or item_style == "问题{n}：" or source.random() < 0.6
    run_style = source.choice(RUN_STYLES)
    if run_style == "括" and (has_middle or flat):
        run_style = "是"
    has_signature = source.random() < 0.8
    done_status = source.choice(DONE_STATUSES)
    undated = source.random() < 0.12
    return Plan(
        layout=layout,
        statuses=statuses,
        open_items=open_items,
        aspects=tuple(aspects),
        has_middle=has_middle,
        continuous=continuous,
        item_style=item_style,
        middle_style="{n}.",
        run_style=run_style,
        done_status=done_status,
        separate_lines=statuses or source.random() < 0.3,
        half_width=source.random() < 0.55,
        has_signature=has_signature and not undated,
        has_publication=not undated and (not has_signature or source.random() < 0.6),
        has_open_section=bool(open_items) and continuous and source.random() < 0.8,
        has_attachments=source.random() < 0.25,
        half_done_heading=layout == "done" and source.random() < 0.6,
        per_item=source.choice(((1, 2), (2, 3), (2, 4), (3, 5))),
        flat=flat,
        on_lines=source.random() < 0.2,
        section_counts=not flat and source.random() < 0.3,
        verdict=source.choice(VERDICTS)
        if statuses and done_status.startswith("整改") and source.random() < 0.45
        else None,
    )


def titles_of(genre: str) -> int:
    """How many problem titles there are for a sort of bulletin."""
    names = PROSE["genres"].get(genre, {}).get("domains")
    suitable = (domain for domain in PROSE["domain"] if (domain["name"] in names if names else "genres" not in domain))
    return sum(len(domain["titles"]) for domain in suitable)


class Writer:
    """Writes one bulletin; every method writes the next part of the text."""

    def __init__(self, seed: int) -> None:
        self.source = Random(f"bulletin {seed}")
        self.seed = seed
        self.scene = scene_of(self.source, self.source.choice(("town", "town", "bureau", "county")))
        self.plan = plan_of(self.source, self.scene)
        while self.plan.total > titles_of(self.scene.genre):
            self.plan = plan_of(self.source, self.scene)
        if not (self.plan.has_signature or self.plan.has_publication):
            last = self.scene.cutoff + timedelta(days=35)
            self.scene = replace(self.scene, signature=last, publication=last)
        self.draft = Draft()
        self.marks = Marks()
        self.problems = self.shuffled(PROBLEMS)
        self.settings: list[Setting] = []
        self.campaign_months = 0
        if self.scene.genre == "inspection" and self.chance(0.35):
            longest = [n for n in (3, 4, 6) if months_later(self.scene.feedback, n) < self.scene.cutoff]
            self.campaign_months = self.source.choice(longest or [3])
            self.settings.append(("campaign-over-time", "months", self.campaign_months))
        self.measures = {domain["name"]: self.shuffled(domain["measures"]) for domain in PROSE["domain"]}
        self.suitable = {domain["name"] for domain in PROSE["domain"] if "genres" not in domain}
        self.heads = self.shuffled(PROSE["frame"]["measure_heads"])
        self.pool = self.passages(open_work=False)
        self.open_pool = self.passages(open_work=True)
        self.second_mentions: list[Callable[[], None]] = []
        self.title_form = self.source.choice(("关于{t}的问题", "{t}", "针对{t}的问题"))
        self.section_figures: list[tuple[dict[str, Span], dict[str, int]]] = []
        self.runs: list[tuple[list[Span], Callable[[int], str], str, list[int]]] = []

    # -- small helpers -------------------------------------------------------------------------------------------

    def shuffled(self, values: Any) -> list[Any]:
        """A shuffled copy."""
        copy = list(values)
        self.source.shuffle(copy)
        return copy

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.source.random() < share

    def words(self, text: str) -> str:
        """A sentence of prose with its innocent numbers and the names of the scene filled in."""
        source = self.source
        numbers = {letter: str(source.randint(2, 9)) for letter in "abc"}
        numbers |= {letter: str(source.choice([n for n in range(11, 68) if n % 10])) for letter in "de"}
        numbers["r"] = str(source.randint(3, 30) * 10)
        return text.format(**numbers, **self.scene.words)

    def paragraph(self, *pieces: str) -> Span:
        """A paragraph of plain prose."""
        start = self.draft.position
        for piece in pieces:
            self.draft.write(piece)
        span = Span(start, self.draft.position)
        self.marks.paragraphs.append(span)
        self.line_end()
        return span

    def line_end(self) -> None:
        """End the line."""
        self.draft.write("\n")

    def name(self, key: str, text: str) -> Span:
        """Write a name that recurs, and compare it with its earlier mentions."""
        span = self.draft.write(text)
        self.note_name(key, span)
        return span

    def note_name(self, key: str, span: Span) -> None:
        """Remember a mention of a recurring name."""
        earlier = self.marks.names.setdefault(key, [])
        if earlier:
            self.draft.compare("ENT003", [earlier[0], span], "same body")
        earlier.append(span)

    def passages(self, *, open_work: bool) -> list[Callable[[], None]]:
        """The sentences with figures, shuffled; those of open work apart."""
        scene, draft, source = self.scene, self.draft, self.source
        result: list[Callable[[], None]] = []

        def suits(phrase: dict[str, Any]) -> bool:
            fits = scene.kind in phrase.get("where", (scene.kind,))
            if phrase.get("members") == "villages":
                fits = fits and scene.kind != "bureau"
            return fits and bool(phrase.get("open")) == open_work

        one_on_persons = source.choice([phrase for phrase in PHRASES["totals"] if phrase.get("persons")])
        for phrase in PHRASES["totals"]:
            if suits(phrase) and not phrase.get("persons"):
                result.append(lambda phrase=phrase: write_total(draft, source, scene, phrase))  # type: ignore[misc]
        for phrase in PHRASES["rates"]:
            if suits(phrase):
                result.append(lambda phrase=phrase: write_rate(draft, source, scene, phrase))  # type: ignore[misc]
        for phrase in PHRASES["lists"]:
            if suits(phrase):
                result.append(lambda phrase=phrase: write_list(draft, source, scene, phrase))  # type: ignore[misc]
        moments = OPEN_MOMENTS if open_work else MOMENTS | SUNDRIES
        for writer in moments.values():
            for _ in range(4):
                result.append(lambda writer=writer: writer(draft, source, scene))  # type: ignore[misc]
        if not open_work:
            for echo in ECHOES.values():
                for _ in range(4):
                    result.append(lambda echo=echo: self.echo(echo))  # type: ignore[misc]
        source.shuffle(result)
        if suits(one_on_persons) and source.random() < 0.6:  # who was called to account is told in most bulletins
            place = source.randrange(max(0, len(result) - 6), len(result) + 1)
            result.insert(place, lambda: write_total(draft, source, scene, one_on_persons))
        return result

    def echo(self, writer: EchoWriter) -> None:
        """Tell something, and keep for later what tells it again."""
        again = writer(self.draft, self.source, self.scene)
        if again is not None:
            self.second_mentions.append(again)

    def passage(self, *, may_be_open: bool) -> None:
        """Write the next sentence with figures."""
        if self.second_mentions and self.chance(0.35):
            self.second_mentions.pop()()
            return
        if may_be_open and self.open_pool and self.chance(0.45):
            self.open_pool.pop()()
        elif self.pool:
            self.pool.pop()()

    def run(self, marker: Callable[[int], str], kind: str) -> tuple[list[Span], Callable[[], None], list[int]]:
        """A numbered run: the list of its markers, and the function that writes the next one."""
        spans: list[Span] = []
        numbers: list[int] = []
        self.runs.append((spans, marker, kind, numbers))

        def following() -> None:
            numbers.append(len(spans) + 1)
            spans.append(self.draft.write(marker(len(spans) + 1)))

        return spans, following, numbers

    # -- the frame -----------------------------------------------------------------------------------------------

    def write_title(self) -> None:
        """The title, with the meta line."""
        scene = self.scene
        kind = self.source.choice(
            ("集中整改进展情况的通报", "整改进展情况的通报", "整改情况的通报", "集中整改进展情况的报告")
        )
        if scene.genre == "audit":
            kind = self.source.choice(("查出问题整改情况的报告", "整改情况的公告", "查出问题整改结果的公告"))
        elif scene.genre == "environment":
            kind = self.source.choice(("反馈问题整改情况的报告", "整改情况的公示", "整改落实情况的通报"))
        self.title_has_round = scene.genre == "inspection" and self.chance(0.35)
        self.title_has_group = scene.genre == "inspection" and not self.title_has_round and self.chance(0.25)
        about = scene.action
        self.name("organ", scene.organ)
        self.draft.write("关于")
        if self.title_has_round:
            self.title_round = self.draft.write(scene.round_name)
            about = ""
        elif self.title_has_group:
            self.name("group", scene.group)
            about = "反馈意见"
        self.draft.write(f"{about}{kind}")
        self.line_end()
        if self.plan.has_publication:
            day = scene.publication
            form = self.source.choice(("{iso}", "{iso}", "{full}", "{slash}"))
            text = form.format(iso=day.isoformat(), full=date_full(day), slash=day.strftime("%Y/%m/%d"))
            label = self.source.choice(("发布日期：", "发布时间：", "日期："))
            self.draft.write(label)
            span = self.draft.write(text)
            if scene.genre == "inspection" and self.chance(0.35):
                self.ask_publication(span, form)
            self.draft.write(
                self.source.choice(
                    ("", f"  来源：{scene.county}纪委监委", f" 来源：{scene.county}党建网 字体：【大 中 小】")
                )
            )
            self.line_end()
        if self.chance(0.3):
            self.line_end()

    def ask_publication(self, span: Span, form: str) -> None:
        """Ask for publication within so many months of the feedback, and publish later than that."""
        scene = self.scene
        months = next(n for n in range(3, 24) if months_later(scene.feedback, n) >= scene.publication)
        self.settings.append(("published-late", "months", months))
        self.draft.compare("LOC003", [span], "publication")
        day = months_later(scene.feedback, months) + timedelta(days=self.source.randint(8, 200))
        text = form.format(iso=day.isoformat(), full=date_full(day), slash=day.strftime("%Y/%m/%d"))
        self.draft.damage("LOC003", [(span, text)], (), kind="publication")

    def write_opener(self) -> None:
        """Who inspected whom, when, and when the feedback was given."""
        scene, draft = self.scene, self.draft
        template = self.source.choice(OPENERS)
        if scene.genre == "audit":
            template = self.source.choice(AUDIT_OPENERS)
        elif scene.genre == "environment":
            template = self.source.choice(ENVIRONMENT_OPENERS)
        elif self.title_has_round:
            template = OPENERS[1] if self.chance(0.6) else OPENERS[6]
        same_year = scene.inspection_end.year == scene.inspection_start.year
        end_is_short = same_year and self.chance(0.5)
        feedback_is_short = scene.feedback.year == scene.inspection_end.year and same_year and self.chance(0.25)
        length = (scene.inspection_end - scene.inspection_start).days + 1
        values = scene.words | {
            "d1": date_full(scene.inspection_start),
            "d2": date_short(scene.inspection_end) if end_is_short else date_full(scene.inspection_end),
            "d3": date_short(scene.feedback) if feedback_is_short else date_full(scene.feedback),
            "days": str(length),
            "to": "至" if "自{d1}" in template else self.source.choice(RANGE_MARKS),
            "group2": scene.group,
            "short2": scene.short,
            "round": scene.round_name,
        }
        spans = draft.fill(template, values)
        self.marks.paragraphs.append(spans[""])
        self.line_end()
        start, end, back = spans["d1"], spans["d2"], spans["d3"]
        draft.compare("DAT003", [start, end], "inspection from, to")
        draft.compare("DAT003", [end, back], "inspection, feedback")
        self.note_name("group", spans["group"])
        if "group2" in spans:
            self.note_name("group", spans["group2"])
        if not end_is_short:
            draft.damage("DAT002", [(start, values["d2"]), (end, values["d1"])], [start, end], ["DAT003"], "inspection")
        if not feedback_is_short:
            too_early = scene.inspection_start - timedelta(days=self.source.randint(20, 90))
            draft.damage(
                "DAT003", [(back, date_full(too_early))], [back, start, end], kind="feedback before inspection"
            )
            month_number = self.source.choice((13, 14))
            draft.damage("DAT001", [(back, f"{scene.feedback.year}年{month_number}月{scene.feedback.day}日")], ())
        if scene.genre == "inspection" and not (end_is_short and feedback_is_short):
            year_before = scene.inspection_start.replace(year=scene.inspection_start.year - 1)
            draft.compare("DAT014", [start, end], "length of the inspection")
            draft.damage("DAT014", [(start, date_full(year_before))], [start, end, back], ["DAT007"], "a year early")
        if "days" in spans:
            draft.compare("DAT007", [start, end, spans["days"]], "inspection days")
            wrong = length + self.source.choice((7, 10, -9))
            draft.damage("DAT007", [(spans["days"], str(wrong))], [start, end, spans["days"]], kind="inspection days")
        if self.title_has_round and "round" in spans:
            draft.compare("ENT005", [self.title_round, spans["round"]], "round")
            other = self.other_round()
            draft.damage("ENT005", [(spans["round"], other)], [self.title_round, spans["round"]], ["ENT003"], "round")
        organ = self.marks.names["organ"][0]
        draft.compare("ENT005", [organ, spans["short"]], "inspected body")
        draft.damage(
            "ENT005", [(spans["short"], self.other_short())], [organ, spans["short"]], ["ENT003"], "inspected body"
        )
        self.opening = (start, end, back)

    def other_round(self) -> str:
        """The name of another round."""
        name = self.scene.round_name
        for turn in range(1, 9):
            if f"第{han(turn)}轮" in name:
                return name.replace(f"第{han(turn)}轮", f"第{han(turn % 8 + 1)}轮")
        raise ValueError(name)

    def other_short(self) -> str:
        """The short name of another inspected body of the same sort."""
        scene = self.scene
        if scene.kind == "town":
            return self.source.choice([f"{town}党委" for town in TOWNS if town not in scene.organ])
        if scene.kind == "bureau":
            return self.source.choice(
                [f"{scene.county}{bureau}党组" for bureau in BUREAUS if bureau not in scene.organ]
            )
        return self.source.choice([county for county in COUNTIES if county not in scene.organ])

    def section(self, title: str) -> None:
        """A heading 一、 …"""
        self.next_section()
        self.draft.write(title)
        self.line_end()

    # -- section one: how the rectification was led ----------------------------------------------------------------

    def write_leading(self) -> None:
        """How the rectification was organised."""
        frame, draft, scene = PROSE["frame"], self.draft, self.scene
        choices = ["组织落实整改情况", "提高政治站位，压实整改责任", f"{scene.own}组织落实整改工作情况"]
        if scene.genre == "inspection":
            choices.append(f"被{scene.action}党组织履行整改主体责任情况")
        self.section(self.source.choice(choices))
        intro = [self.words(text) for text in self.source.sample(frame["first_paragraph"], 2)]
        self.paragraph(*intro)
        sentences = self.shuffled(frame["leading"])
        style = self.source.choice(("（一）", "一是", "段"))
        heads = [
            "提高政治站位，统一思想认识",
            "加强组织领导，层层压实责任",
            "强化督促检查，务求整改实效",
            "坚持标本兼治，健全长效机制",
        ]
        count = self.source.randint(3, 4)
        if style == "（一）":
            _, following, _ = self.run(lambda n: f"（{han(n)}）", "（一）")
        else:
            _, following, _ = self.run(lambda n: f"{han(n)}是", "是")
        start = draft.position
        for index in range(count):
            if style == "（一）":
                start = draft.position
            if style != "段":
                following()
                draft.write(f"{heads[index]}。")
            for _ in range(self.source.randint(1, 2)):
                draft.write(self.words(sentences.pop()))
            if index == 0:
                self.write_first_group_mention()
                if self.chance(0.5):
                    write_response(draft, self.source, scene)
            if index == 1 and self.campaign_months:
                write_campaign_length(draft, self.source, scene, self.campaign_months)
            if index == 1 and self.chance(0.7):
                self.write_scheme_document()
            if index == 2:
                self.write_headline_repeat()
            if self.chance(0.5):
                self.passage(may_be_open=False)
            if style == "（一）" or index == count - 1:
                self.marks.paragraphs.append(Span(start, draft.position))
                self.line_end()
        if self.chance(0.35):
            write_table(draft, self.source, scene)
        if self.chance(0.8):
            start = draft.position
            self.write_headline()
            if self.chance(0.6):
                self.passage(may_be_open=self.plan.layout in ("open", "plain"))
            self.marks.paragraphs.append(Span(start, draft.position))
            self.line_end()

    def write_first_group_mention(self) -> None:
        """The inspecting group named again."""
        draft, scene = self.draft, self.scene
        template = self.source.choice(
            (
                "{group}反馈意见后，第一时间召开会议传达学习。",
                "对照{group}反馈意见，逐条研究整改措施。",
                "主动向{group}汇报沟通，确保整改方向不偏。",
            )
        )
        spans = draft.fill(template, {"group": scene.group})
        self.note_name("group", spans["group"])
        self.damage_group(spans["group"])

    def damage_group(self, span: Span) -> None:
        """Name another inspecting body in this place."""
        scene, draft = self.scene, self.draft
        first = self.marks.names["group"][0]
        other_number = scene.group_number % 9 + 1
        other = scene.group.replace(f"第{han(scene.group_number)}", f"第{han(other_number)}")
        if other == scene.group:
            other = scene.group.replace(f"{han(scene.group_number)}组", f"{han(other_number)}组")
        draft.damage("ENT003", [(span, other)], [first, span], kind="number of the group")
        other_place = {"县": "市", "区": "市", "市": "省", "省": "市"}[scene.group[0]]
        draft.damage("ENT003", [(span, other_place + scene.group[1:])], [first, span], kind="level")
        if scene.genre == "inspection":
            other_action = "巡视" if scene.action == "巡察" else "巡察"
            draft.damage(
                "ENT003", [(span, scene.group.replace(scene.action, other_action))], [first, span], kind="sort of body"
            )

    def write_scheme_document(self) -> None:
        """A document with its number, cited twice."""
        draft, scene = self.draft, self.scene
        title = f"《{draft.pick(self.source, DOCUMENTS)}》"
        year, number = str(scene.feedback.year), draft.number(self.source, 3, 88)
        spans = draft.fill(
            "制定印发{title}（{head}〔{y}〕{n}号），明确责任分工和完成时限。",
            {"title": title, "head": scene.document_head, "y": year, "n": str(number)},
        )

        def again() -> None:
            later = draft.fill(
                "严格执行{title}（{head}〔{y}〕{n}号），定期开展执行情况检查。",
                {"title": title, "head": scene.document_head, "y": year, "n": str(number)},
            )
            sides = [spans["n"], later["n"]]
            draft.compare("ENT004", sides, "document number")
            wrong = str(number + self.source.choice((1, 2, 10)))
            draft.damage("ENT004", [(later["n"], wrong)], sides, kind="number")
            draft.damage("ENT004", [(later["y"], str(int(year) - 1))], [spans["y"], later["y"]], kind="year")

        self.second_mentions.append(again)

    def write_headline_repeat(self) -> None:
        """The total of the feedback, named outside the headline."""
        template = self.source.choice(
            (
                "针对反馈的{N}个问题，逐一建立台账、明确责任人。",
                "将反馈的{N}个问题分解到责任领导和责任科室。",
                "围绕反馈的{N}个问题，研究制定整改方案，形成整改任务台账。",
            )
        )
        self.repeat = self.draft.fill(template, {"N": str(self.plan.total)})["N"]

    def write_headline(self) -> None:
        """The headline: how many problems, how many of them done."""
        plan, draft, scene = self.plan, self.draft, self.scene
        total = plan.total
        open_count = len(plan.open_items)
        if plan.layout == "plain":
            open_count = self.source.randint(1, max(1, total // 3))
        done = total - open_count
        choices: tuple[str, ...] = HEADLINES_OPEN if open_count else HEADLINES_DONE
        if open_count and plan.has_middle and self.chance(0.5):
            choices = HEADLINES_OF_LEVELS
        elif plan.layout == "plain" and done > 3 and self.chance(0.4):
            choices = HEADLINES_WITH_SUBSET
        template = self.source.choice([choice for choice in choices if not (plan.flat and "{K}" in choice)])
        broken_down = "{N}个具体问题" in template  # what was fed back is told as sorts, and these are another level
        aspects = len(plan.aspects)
        measures = total * self.source.randint(2, 4) + self.source.randint(1, 5)
        cut_form = self.source.choice(CUTS)
        cut = cut_form.format(
            full=date_full(scene.cutoff),
            short_year=f"{scene.cutoff.year}年{scene.cutoff.month}月",
            third=third_of_month(scene.cutoff),
        )
        cut_is_full = cut_form == "{full}"
        if cut_form.endswith("底"):
            month_end = scene.cutoff.replace(day=28) + timedelta(days=4)
            if month_end - timedelta(days=month_end.day) > scene.signature:
                cut, cut_is_full = date_full(scene.cutoff), True
        if cut_form.endswith("{third}") and scene.cutoff + timedelta(days=11) > scene.signature:
            cut, cut_is_full = date_full(scene.cutoff), True
        aspects_text = han(aspects) if self.chance(0.4) else str(aspects)
        if aspects_text == "二":
            aspects_text = "两"
        values = {
            "cut": cut,
            "K": aspects_text,
            "N": str(total),
            "D": str(done),
            "P": str(open_count),
            "M": str(measures),
            "L": str(sum(len(groups) for groups in plan.aspects)),
            "c": str(self.source.randint(1, max(1, done - 1))),
            "p": percent(Fraction(done, total), self.source.choice((1, 2))),
        }
        spans = draft.fill(template, values)
        self.headline = spans
        self.headline_counts = (total, done, open_count)
        sides = [spans[key] for key in ("N", "D", "P") if key in spans]
        if "P" in spans:
            draft.compare("TOT001", sides, "headline")
            shift = self.source.choice((1, 2))
            draft.damage(
                "TOT001",
                [(spans["P"], str(open_count + shift))],
                sides,
                ["TOT006", "TOT003", "TOT009"],
                "headline: open changed",
            )
            if not plan.statuses and "p" not in spans:
                draft.damage(
                    "TOT001",
                    [(spans["D"], str(max(1, done - shift)))],
                    sides,
                    ["TOT006", "TOT009"],
                    "headline: done changed",
                )
            if "p" in spans:
                draft.compare("PCT001", [spans["p"], spans["D"], spans["N"]], "headline rate")
                wrong = percent(Fraction(done, total) - Fraction(7, 100), 1)
                draft.damage(
                    "PCT001", [(spans["p"], wrong)], [spans["p"], spans["D"], spans["N"]], kind="headline rate"
                )
            draft.damage(
                "TOT003",
                [(spans["D"], str(total + self.source.choice((1, 2))))],
                sides,
                ["TOT001", "TOT002", "TOT006"],
                "headline",
            )
        elif "D" in spans:
            draft.compare("TOT008", sides, "headline all done")
            draft.damage("TOT008", [(spans["D"], str(total - 1))], sides, ["TOT006", "PCT001"], "headline")
            draft.damage("TOT003", [(spans["D"], str(total + 1))], sides, ["TOT002", "TOT006"], "headline")
        if "c" in spans:
            draft.compare("TOT002", [spans["D"], spans["c"]], "headline subset")
            draft.damage(
                "TOT002",
                [(spans["c"], str(done + self.source.choice((1, 2, 3))))],
                [spans["c"], spans["D"]],
                ["TOT003"],
                "headline subset",
            )
        if "K" in spans:
            self.aspect_count = spans["K"]
            if aspects_text.isdigit():
                draft.small_counts.append(spans["K"])
        if hasattr(self, "repeat") and not broken_down:
            draft.compare("ENT002", [self.repeat, spans["N"]], "headline repeated")
            draft.damage(
                "ENT002",
                [(self.repeat, str(total + self.source.choice((1, 2, -1))))],
                [self.repeat, spans["N"]],
                ["TOT004"],
                "headline repeated",
            )
        if cut_is_full:
            draft.compare("DAT003", [self.opening[2], spans["cut"]], "feedback, cut-off") if "cut" in spans else None
        if cut_is_full and "cut" in spans:
            too_early = scene.feedback - timedelta(days=self.source.randint(25, 80))
            draft.damage(
                "DAT003", [(spans["cut"], date_full(too_early))], [spans["cut"], self.opening[2]], kind="cut-off first"
            )

    # -- section two: item by item -----------------------------------------------------------------------------------

    def write_items(self) -> None:
        """The items under their aspects."""
        plan, draft, source = self.plan, self.draft, self.source
        suffix = "（整改期内已完成的整改事项）" if plan.half_done_heading else ""
        start = draft.position
        self.section(f"{source.choice(('反馈意见整改落实情况', '反馈问题整改情况', '整改任务落实情况'))}{suffix}")
        heading = Span(start, draft.position - 1)
        genre = PROSE["genres"].get(self.scene.genre, {})
        titles = self.shuffled(genre.get("aspects", PROSE["aspects"]["titles"]))
        names = genre.get("domains")
        domains = self.shuffled(
            domain for domain in PROSE["domain"] if (domain["name"] in names if names else "genres" not in domain)
        )
        problem_titles = {domain["name"]: self.shuffled(domain["titles"]) for domain in domains}
        number = 0
        aspect_spans: list[Span] = []
        _, next_aspect, _ = self.run(lambda n: f"（{han(n)}）", "（一）")
        item_run = None
        for aspect_index, groups in enumerate(plan.aspects):
            if not plan.flat:
                aspect_start = draft.position
                next_aspect()
                draft.write(self.words(titles[aspect_index]))
                self.line_end()
                aspect_spans.append(Span(aspect_start, draft.position - 1))
                if plan.section_counts and hasattr(self, "headline"):
                    self.write_section_count(number, sum(groups))
            middle_run = self.run(lambda n: plan.middle_style.format(n=n), "1.") if plan.has_middle else None
            if not plan.has_middle and not plan.continuous:
                item_run = None
            for group_index, size in enumerate(groups):
                domain = domains[(aspect_index * 3 + group_index) % len(domains)]
                if middle_run is not None:
                    middle_start = draft.position
                    middle_run[1]()
                    draft.write(f"{domain['name']}方面存在差距")
                    self.line_end()
                    if len(groups) == 1:
                        self.lonely_middle = Span(middle_start, draft.position)
                    if not plan.continuous:
                        item_run = None
                for _ in range(size):
                    if item_run is None:
                        item_run = self.run(lambda n: plan.item_style.format(n=n, h=han(n)), plan.item_style)
                    number += 1
                    if not problem_titles[domain["name"]]:
                        domain = next(d for d in domains if problem_titles[d["name"]])
                    self.write_item(number, problem_titles[domain["name"]].pop(), domain, item_run[1])
                    if middle_run is None and self.chance(0.7):
                        domain = source.choice([d for d in domains if problem_titles[d["name"]]])
        self.finish_items(aspect_spans, heading)

    def write_section_count(self, before: int, count: int) -> None:
        """How many problems an aspect has, and how many of them are done."""
        plan, draft = self.plan, self.draft
        open_count = sum(before < number <= before + count for number in plan.open_items)
        choices = SECTIONS_OPEN if open_count else SECTIONS_DONE
        if plan.layout == "plain":
            choices = SECTIONS_PLAIN
        figures = {"n": count, "d": count - open_count, "p": open_count}
        start = draft.position
        spans = draft.fill(self.source.choice(choices), {name: str(value) for name, value in figures.items()})
        self.marks.paragraphs.append(Span(start, draft.position))
        self.line_end()
        self.section_figures.append((spans, figures))

    def write_item(self, number: int, title: str, domain: dict[str, Any], marker: Callable[[], None]) -> None:
        """One item: its title, its status, what was done."""
        plan, draft, source = self.plan, self.draft, self.source
        item_start = draft.position
        marker()
        marker_span = Span(item_start, draft.position)
        is_open = number in plan.open_items
        title_start = draft.position
        draft.write(self.title_form.format(t=title))
        title_span = Span(title_start, draft.position)
        draft.write("。")
        told: tuple[Problem, int, Span] | None = None
        if self.problems and self.chance(0.22):
            problem, figure = self.problems.pop(), source.randint(4, 58)
            told = (problem, figure, write_problem(draft, source, problem, figure))
            self.marks.problems[number] = told
        if plan.separate_lines:
            self.line_end()
        body_start = draft.position
        status: Span | None = None
        closing_status = plan.statuses and plan.done_status.startswith(("完成情况", "该问题"))
        if plan.statuses and not closing_status:
            status = self.write_status(is_open)
        may_be_open = is_open or plan.layout == "plain"
        count = source.randint(*plan.per_item)
        if plan.run_style == "是":
            run = self.run(lambda n: f"{han(n)}是", "是")
        elif plan.run_style == "第":
            run = self.run(lambda n: f"第{han(n)}，", "第")
        elif plan.run_style == "圈":
            run = self.run(lambda n: CIRCLED[n - 1], "圈")
        elif plan.run_style == "括":
            run = self.run(lambda n: f"（{n}）", "括")
        else:
            run = None
        pieces: list[Span] = []
        starts: list[int] = []
        for index in range(count):
            if plan.on_lines and index > 0 and run is not None:
                self.marks.paragraphs.append(Span(body_start, draft.position))
                self.line_end()
                body_start = draft.position
            starts.append(draft.position)
            if run is not None and count > 1:
                run[1]()
            piece_start = draft.position
            if self.heads and self.chance(0.3):
                draft.write(f"{self.heads.pop()}。")
            draft.write(self.measure(domain))
            pieces.append(Span(piece_start, draft.position))
            if index == 0 and told is not None and not may_be_open and self.chance(0.8):
                write_taken_up(draft, source, *told)
            if self.chance(0.62):
                self.passage(may_be_open=may_be_open)
            if index == count - 1 and is_open:
                draft.write(source.choice(("下一步，加快推进剩余工作，确保按期完成。", "目前正在按计划有序推进。")))
        last_stop = Span(draft.position, draft.position)
        self.damage_lone(run[0] if run is not None else [], starts, last_stop)
        verdict: Span | None = None
        if plan.verdict is not None and self.chance(0.5):
            verdict = draft.write(plan.verdict[is_open])
        self.marks.paragraphs.append(Span(body_start, draft.position))
        if len(pieces) > 1 and run is not None:
            draft.swaps.append((pieces[0], pieces[1]))
        if is_open and not plan.done_status.startswith("该问题") and self.chance(0.7):
            self.line_end()
            write_deadline(draft, source, self.scene)
        if closing_status:
            if plan.done_status.startswith("完成情况"):
                self.line_end()
            status = self.write_status(is_open)
        self.line_end()
        self.marks.items.append((marker_span, title, status, title_span))
        if plan.statuses and status is not None:
            if not is_open:
                sentence = source.choice(OPEN_WORK).format(n=source.randint(2, 19))
                draft.damage(
                    "STA001", [(last_stop, sentence)], [status, last_stop], ["STA003"], "open work in a finished item"
                )
                sentence = source.choice(OPEN_CASES).format(n=source.randint(2, 6))
                draft.damage("STA007", [(last_stop, sentence)], [status, last_stop], kind=sentence[:6])
            if verdict is not None and plan.verdict is not None:
                sides = [status, verdict]
                draft.compare("STA006", sides, "status, verdict")
                draft.damage(
                    "STA006", [(verdict, plan.verdict[not is_open])], sides, ["STA001"], "verdict turned round"
                )
                turned = plan.done_status if is_open else OPEN_STATUS_OF[plan.done_status]
                others = ["TOT006", "STA002", "STA003", "STA004", "STA001"]
                draft.damage("STA006", [(status, turned)], sides, others, "status turned round")
            elif plan.total > 4 and not closing_status:
                draft.damage(
                    "STA005",
                    [(Span(status.start, status.end), "")],
                    [status, marker_span, title_span],
                    ["TOT006"],
                    "status left out",
                )

    def damage_lone(self, markers: list[Span], starts: list[int], end: Span) -> None:
        """A run of measures that has lost all but its first, or a first that is all there is."""
        draft, style = self.draft, self.plan.run_style
        if self.plan.on_lines or style not in ("是", "第"):
            return
        if len(starts) == 1:
            first = Span(starts[0], starts[0])
            draft.damage("NUM006", [(first, "一是" if style == "是" else "第一，")], [first], kind="alone")
        elif len(starts) == 2 and len(markers) == 2:
            draft.damage("NUM006", [(Span(starts[1], end.start), "")], [markers[0]], kind="second gone")

    def write_status(self, is_open: bool) -> Span:
        """The status of an item."""
        done = self.plan.done_status
        return self.draft.write(OPEN_STATUS_OF[done] if is_open else done)

    def measure(self, domain: dict[str, Any]) -> str:
        """One measure, not yet used in this text."""
        if not self.measures[domain["name"]]:
            left = [name for name, measures in self.measures.items() if measures and name in self.suitable]
            name = self.source.choice(left) if left else domain["name"]
        else:
            name = domain["name"]
        return self.words(self.measures[name].pop()) if self.measures[name] else ""

    def damage_sections(self) -> None:
        """What holds between the headline and the counts of the aspects."""
        draft, source = self.draft, self.source
        sections = self.section_figures
        if len(sections) < 2 or len(sections) != len(self.plan.aspects) or "N" not in self.headline:
            return
        whole = self.headline["N"]
        draft.compare("TOT011", [whole, *(spans["n"] for spans, _ in sections)], "sum")
        spans, figures = source.choice(sections)
        shift = source.choice((1, 1, 2)) if figures["n"] < 4 else source.choice((1, -1, 2))
        edits = [(spans["n"], str(figures["n"] + shift))]
        if "d" in spans:
            edits.append((spans["d"], str(figures["d"] + shift)))
        draft.damage(
            "TOT011",
            edits,
            [whole, *(other["n"] for other, _ in sections)],
            ["TOT004"],
            "one aspect counts otherwise",
        )
        self.damage_captions(sections)

    def damage_captions(self, sections: Sequence[tuple[dict[str, Span], dict[str, int]]]) -> None:
        """One aspect counts one more than stand below it."""
        spans, figures = self.source.choice(sections)
        edits = [(spans[name], str(figures[name] + 1)) for name in ("n", "d") if name in spans]
        self.draft.damage("TOT012", edits, [], ["TOT011"], "one aspect counts otherwise than its entries")

    def finish_items(self, aspects: list[Span], heading: Span) -> None:
        """What holds between the headline and the items."""
        plan, draft = self.plan, self.draft
        self.damage_sections()
        items = self.marks.items
        markers = [item[0] for item in items]
        headline: dict[str, Span] = getattr(self, "headline", {})
        if "N" in headline and plan.total > 4:
            total, done, open_count = self.headline_counts
            sides = [headline["N"], markers[-1]]
            draft.compare("TOT004", [headline["N"], *markers], "headline, items")
            shift = self.source.choice((1, 1, 2))
            edits = [(headline["N"], str(total + shift))]
            if "D" in headline:
                edits.append((headline["D"], str(done + shift)))
            if hasattr(self, "repeat"):
                edits.append((self.repeat, str(total + shift)))
            if "p" not in headline:
                draft.damage("TOT004", edits, sides, ["TOT006"], "headline one up")
        if hasattr(self, "aspect_count"):
            count = len(aspects)
            sides = [self.aspect_count, *aspects]
            draft.compare("TOT005", sides, "aspects, sections")
            draft.damage("TOT005", [(self.aspect_count, han(count + 1))], sides, kind="one aspect more")
            if count > 2:
                draft.damage("TOT005", [(self.aspect_count, str(count - 1))], sides, kind="one aspect fewer")
        statuses = [item[2] for item in items if item[2] is not None]
        if plan.statuses and headline and len(statuses) > 3:
            total, done, open_count = self.headline_counts
            open_status = OPEN_STATUS_OF[plan.done_status]
            flipped = self.source.choice([n for n in range(1, plan.total + 1) if n not in plan.open_items])
            status = items[flipped - 1][2]
            assert status is not None
            if open_count:
                draft.compare("TOT006", [headline["D"], *statuses], "headline, statuses")
                if "p" not in headline and open_count > 1:
                    draft.damage(
                        "TOT006",
                        [(headline["D"], str(done + 1)), (headline["P"], str(open_count - 1))],
                        [headline["D"], headline["P"], *statuses],
                        kind="headline: one more done",
                    )
                draft.damage(
                    "TOT006",
                    [(status, open_status)],
                    [headline["D"], headline["P"], status],
                    ["STA004", "STA002", "STA006"],
                    "one item open",
                )
            else:
                draft.compare("STA003", [headline["N"], *statuses], "all done, statuses")
                rule = "STA002" if plan.half_done_heading else "STA003"
                draft.damage(
                    rule,
                    [(status, open_status)],
                    [headline["N"], heading, status],
                    ["STA003", "TOT006", "STA002", "STA006"],
                    "one item open",
                )
        elif plan.half_done_heading and len(statuses) > 3:
            status = self.source.choice(statuses)
            draft.compare("STA002", [heading, *statuses], "heading, statuses")
            draft.damage(
                "STA002", [(status, OPEN_STATUS_OF[plan.done_status])], [heading, status], kind="one item open"
            )
        if hasattr(self, "lonely_middle") and plan.has_middle:
            following = min(
                (span for span in markers if span.start >= self.lonely_middle.end), key=lambda span: span.start
            )
            draft.damage(
                "NUM005",
                [(self.lonely_middle, "")],
                [following, self.lonely_middle],
                ["NUM001", "NUM003"],
                "heading gone",
            )

    # -- the rest ----------------------------------------------------------------------------------------------------

    def write_open_section(self) -> None:
        """The items that are still open, listed again."""
        plan, draft = self.plan, self.draft
        self.section(self.source.choice(("未完成整改的事项及下一步措施", "尚未完成的整改事项", "正在推进整改的事项")))
        form = self.source.choice(("关于反馈第{n}点{title}问题。", "第{n}点“{title}”问题。"))
        if plan.item_style == "（{n}）" and self.chance(0.3):
            form = "问题（{n}）{title}问题。"
        _, following, _ = self.run(lambda n: f"{n}.", "1.")
        numbers = sorted(plan.open_items)
        for number in numbers:
            marker, title, status, title_span = self.marks.items[number - 1]
            start = draft.position
            following()
            spans = draft.fill(form, {"n": str(number), "title": title})
            sides = [spans["n"], spans["title"], title_span]
            draft.compare("REF002", sides, "reference, title")
            draft.damage(
                "REF001",
                [(spans["n"], str(plan.total + self.source.randint(3, 20)))],
                [spans["n"]],
                ["REF002"],
                "no such item",
            )
            wrong = number % plan.total + 1
            if wrong not in plan.open_items:
                draft.damage(
                    "REF002", [(spans["n"], str(wrong))], [*sides, marker], ["STA004", "REF001"], "other item's title"
                )
            assert status is not None
            draft.compare("STA004", [spans["n"], status], "open list, status")
            draft.damage(
                "STA004",
                [(status, plan.done_status)],
                [spans["n"], spans["title"], status],
                ["TOT006", "STA001", "STA006"],
                "closed item",
            )
            if number in self.marks.problems:
                write_told_later(draft, self.source, *self.marks.problems[number])
            draft.write(
                self.source.choice(
                    ("下一步，继续跟踪督办，推动问题早日销号。", "主要原因是涉及面广、历史跨度长，需分步解决。")
                )
            )
            self.marks.paragraphs.append(Span(start, draft.position))
            self.line_end()

    def write_next_steps(self) -> None:
        """What comes next."""
        draft = self.draft
        begins = draft.position
        self.section(self.source.choice(("下一步工作打算", "下一步计划", "持续深化整改的措施", "巩固深化整改成果")))
        sentences = self.shuffled(PROSE["frame"]["next_steps"])
        while self.second_mentions and self.chance(0.8):
            start = draft.position
            self.second_mentions.pop()()
            self.marks.paragraphs.append(Span(start, draft.position))
            self.line_end()
        style = self.source.choice(("（一）", "1.", "一是", "段"))
        if style == "段":
            self.paragraph(*(self.words(text) for text in sentences[:4]))
            self.next_steps = Span(begins, draft.position)
            return
        marker: dict[str, Callable[[int], str]] = {
            "（一）": lambda n: f"（{han(n)}）",
            "1.": lambda n: f"{n}.",
            "一是": lambda n: f"{han(n)}是",
        }
        _, following, _ = self.run(marker[style], "是" if style == "一是" else style)
        start = draft.position
        for index in range(3):
            if style != "一是":
                start = draft.position
            following()
            draft.write(self.words(sentences[index]))
            if index == 1 and self.chance(0.5):
                write_planned_later(draft, self.source, self.scene)
            if style != "一是" or index == 2:
                self.marks.paragraphs.append(Span(start, draft.position))
                self.line_end()
        self.next_steps = Span(begins, draft.position)

    def ask_sections(self, contact: Span | None) -> None:
        """Ask for the parts that this text has, and take one away."""
        asked = ["整改"]
        gone: list[tuple[Span, str]] = []
        heading = self.draft.text()[self.next_steps.start : self.next_steps.end].split("\n")[0]
        others = self.draft.text()[: self.next_steps.start]
        if any(word in heading for word in ASKED_STEPS.split("|")) and "及下一步" not in others:
            asked.append(ASKED_STEPS)
            gone.append((self.next_steps, "next steps"))
        if contact is not None:
            asked.append(ASKED_CONTACT)
            gone.append((contact, "contact"))
        self.settings.append(("required-section-missing", "sections", tuple(asked)))
        for span, kind in gone:
            self.draft.damage("LOC001", [(span, "")], [Span(0, self.draft.text().index("\n"))], kind=kind)

    def write_end(self) -> None:
        """The closing words, the contact block, the attachments and the signature."""
        plan, draft, source, scene = self.plan, self.draft, self.source, self.scene
        if plan.has_attachments:
            start = draft.position
            template, number = source.choice(ATTACHED)
            spans = draft.fill(template, {"n": str(number)})
            self.marks.paragraphs.append(Span(start, draft.position))
            self.line_end()
            self.attachment_reference = spans["n"]
        contact: Span | None = None
        if self.chance(0.85):
            start = draft.position
            self.paragraph(self.words(source.choice(PROSE["frame"]["closing"])))
            area = source.choice(("0511", "0839", "021", "0596"))
            draft.write(f"联系电话：{area}-{source.randint(2000000, 8999999)}\n")
            if self.chance(0.7):
                draft.write(f"电子邮箱：zgb{source.randint(100, 9999)}@example.com\n")
            if self.chance(0.7):
                draft.write(f"通讯地址：{scene.county}人民路{source.randint(2, 399)}号\n")
                draft.write(f"邮政编码：{source.randint(200000, 699999)}\n")
            contact = Span(start, draft.position)
        if scene.genre == "inspection" and self.chance(0.35):
            self.ask_sections(contact)
        if plan.has_attachments:
            attached = draft.write("附件：1.整改任务清单\n2.建章立制目录\n")
            draft.damage(
                "REF005",
                [(attached, "")],
                [self.attachment_reference],
                ["REF003"],
                "list of attachments gone",
            )
            draft.compare("REF003", [self.attachment_reference], "attachment")
            draft.damage(
                "REF003", [(self.attachment_reference, "3")], [self.attachment_reference], kind="no such attachment"
            )
        if plan.has_signature:
            draft.write(scene.organ)
            self.line_end()
            write = date_full if self.chance(0.8) else date_han
            span = draft.write(write(scene.signature))
            self.line_end()
            draft.compare("DAT003", [self.opening[2], span], "feedback, signature")
            too_early = scene.feedback - timedelta(days=source.randint(25, 90))
            draft.damage(
                "DAT003", [(span, write(too_early))], [span, self.opening[2]], ["DAT010"], "signature before feedback"
            )
        if self.chance(0.2):
            draft.write(source.choice(("返回顶部\n", "打印本页  关闭窗口\n", "相关链接：\n")))

    def damage_runs(self) -> None:
        """What can go wrong in numbered runs."""
        draft = self.draft
        for spans, marker, kind, _ in self.runs:
            count = len(spans)
            if count < 3:
                continue
            last, before = spans[-1], spans[-2]
            draft.damage("NUM001", [(last, marker(count + 1))], [last, before], kind=kind)
            draft.damage("NUM002", [(last, marker(count - 1))], [last, before], kind=kind)
            middle = self.source.randrange(1, count - 1)
            if count > 3:
                draft.damage(
                    "NUM003",
                    [(spans[middle], marker(middle + 2)), (spans[middle + 1], marker(middle + 1))],
                    [spans[middle], spans[middle + 1]],
                    kind=kind,
                )
            other = {"是": f"{count}.", "第": f"{han(count)}是", "圈": f"（{count}）"}.get(kind)
            if other is not None and self.plan.on_lines:
                other = f"第{han(count)}，" if kind == "是" else f"{han(count)}是"
            if other is not None:
                draft.damage("NUM004", [(last, other)], [last, before], ["NUM001"], kind=kind)

    def finished(self) -> Bulletin:
        """The whole bulletin."""
        _, self.next_section, _ = self.run(lambda n: f"{han(n)}、", "一、")
        self.write_title()
        self.write_opener()
        self.plan_second_mentions()
        self.write_leading()
        self.write_items()
        if self.plan.has_open_section:
            self.write_open_section()
        self.write_next_steps()
        self.write_end()
        self.damage_runs()
        return self.packed()

    def plan_second_mentions(self) -> None:
        """Populations that are named in two places."""
        draft, scene, source = self.draft, self.scene, self.source
        branches = ("指导{whole}{n}个基层党组织规范开展组织生活。", "对{whole}{n}个基层党组织开展党建督查。")
        villages = ("实现{whole}{n}个行政村监督全覆盖。", "组织{whole}{n}个行政村开展自查自纠。")
        choices = [(branches, scene.branches)]
        if scene.kind != "bureau":
            choices.append((villages, scene.villages))
        for templates, number in choices:
            spans: list[Span] = []

            def mention(template: str, number: int = number, spans: list[Span] = spans) -> None:
                spans.append(draft.fill(template, {"whole": scene.whole, "n": str(number)})["n"])
                if len(spans) == 2:
                    draft.compare("ENT001", spans, "population")
                    wrong = str(number + source.choice((1, 2, -1, 3)))
                    draft.damage("ENT001", [(spans[1], wrong)], list(spans), kind="population")

            for template in templates:
                self.second_mentions.append(lambda template=template, mention=mention: mention(template))  # type: ignore[misc]

    def packed(self) -> Bulletin:
        """The draft with the marks of its punctuation style."""
        text = self.draft.text()
        damages = self.draft.damages
        truth = self.draft.truth
        harmless = self.draft.harmless
        if not (self.plan.has_signature or self.plan.has_publication):
            damages = [*self.after_cut_off(), *(d for d in damages if d.rule not in NEEDS_DATE_OF_TEXT)]
            truth = [comparison for comparison in truth if comparison.rule not in NEEDS_DATE_OF_TEXT]
        if self.plan.half_width:
            text = text.translate(TO_HALF_WIDTH)
            damages = [translated(damage) for damage in damages]
        damages = [*damages, *self.text_damages(text)]
        scene = self.scene
        return Bulletin(
            seed=self.seed,
            text=text,
            layout=f"{scene.kind}/{scene.genre}/{self.plan.layout}",
            truth=tuple(truth),
            damages=tuple(damages),
            harmless=tuple(harmless),
            swaps=tuple(self.draft.swaps),
            small_counts=tuple(self.draft.small_counts),
            settings=tuple(self.settings),
        )

    def after_cut_off(self) -> list[Damage]:
        """In a text without a date of its own, what is done after the text is done after its cut-off."""
        if "cut" not in getattr(self, "headline", {}):
            return []
        return [
            replace(damage, rule="DAT012", places=(*damage.places, self.headline["cut"]))
            for damage in self.draft.damages
            if damage.rule == "DAT010"
        ]

    def text_damages(self, text: str) -> list[Damage]:
        """What can go wrong with the characters of prose paragraphs."""
        from tests.generator.scars import text_damages

        return text_damages(self.source, text, self.marks.paragraphs)


def translated(damage: Damage) -> Damage:
    """A damage in half-width punctuation."""
    edits = tuple(Edit(edit.span, edit.new.translate(TO_HALF_WIDTH)) for edit in damage.edits)
    return replace(damage, edits=edits)


class NoticeWriter(Writer):
    """Writes the public notice that one problem of an environmental inspection has been put right."""

    def echo(self, writer: EchoWriter) -> None:
        """A notice tells no inspection that could be told again."""

    def finished(self) -> Bulletin:
        """The whole notice."""
        draft, scene, source = self.draft, self.scene, self.source
        day = scene.signature
        while day.month not in SAFE_MONTHS or not 2 <= day.day <= 15 or day.weekday() > 4:
            day += timedelta(days=1)
        self.scene = scene = replace(scene, signature=day, publication=day)
        self.plan = replace(
            self.plan, layout="notice", has_publication=True, has_signature=True, open_items=frozenset()
        )
        _, self.next_section, _ = self.run(lambda n: f"{han(n)}、", "一、")
        number = source.randint(3, 60)
        draft.write(f"关于省级生态环境保护督察反馈意见第{number}项整改任务验收销号的公示\n")
        draft.write("发布时间：")
        draft.write(scene.publication.isoformat())
        self.line_end()
        start = draft.position
        template = "按照督察整改验收销号有关规定，现将{county}第{n}号整改任务完成情况公示如下。"
        draft.fill(template, {"county": scene.county, "n": str(number)})
        self.marks.paragraphs.append(Span(start, draft.position))
        self.line_end()
        self.section("整改任务")
        self.paragraph("部分乡镇生活污水收集处理不到位，存在雨污混流、污水直排现象。")
        self.section("责任单位")
        self.paragraph("牵头单位为县级生态环境部门，配合单位为住建、水务等部门和相关乡镇。")
        self.section("整改目标")
        self.paragraph("完善污水收集管网，消除污水直排口，确保断面水质稳定达标。")
        self.section("整改时限")
        start = draft.position
        draft.fill("整改任务应于{d}前完成。", {"d": date_full(scene.cutoff)})
        self.marks.paragraphs.append(Span(start, draft.position))
        self.line_end()
        self.section("整改措施及完成情况")
        _, following, _ = self.run(lambda n: f"（{han(n)}）", "（一）")
        names = PROSE["genres"]["environment"]["domains"]
        for index in range(source.randint(6, 9)):
            start = draft.position
            following()
            draft.write(f"{self.heads.pop()}。")
            name = names[index % len(names)]
            if self.measures[name]:
                draft.write(self.words(self.measures[name].pop()))
            MOMENTS[source.choice(("done", "campaign", "lasting", "done_coarse"))](draft, source, scene)
            self.passage(may_be_open=False)
            self.marks.paragraphs.append(Span(start, draft.position))
            self.line_end()
        self.section("公示时间")
        start = draft.position
        write_notice_from(draft, source, scene, scene.publication)
        draft.write("公示期间如有异议，请以书面形式实名反映。")
        self.marks.paragraphs.append(Span(start, draft.position))
        self.line_end()
        draft.write(f"联系电话：0511-{source.randint(2000000, 8999999)}\n")
        draft.write(f"{scene.county}生态环境保护督察整改工作领导小组办公室\n")
        draft.write(date_full(scene.signature))
        self.line_end()
        draft.truth[:] = [comparison for comparison in draft.truth if comparison.rule != "DAT004"]
        draft.damages[:] = [damage for damage in draft.damages if "DAT004" not in (damage.rule, *damage.also)]
        self.damage_runs()
        return self.packed()


def generate(seed: int) -> Bulletin:
    """The bulletin of a seed."""
    if Random(f"layout {seed}").random() < 0.06:
        return NoticeWriter(seed).finished()
    return Writer(seed).finished()


__all__ = ["TABLES", "Comparison", "generate"]
