"""What a date in the running text is the date of: something done, planned, due, or another matter; and in which part of
a bulletin it stands: the telling of a problem, of its remedy, of reasons, of next steps.

In: a `Document` and its `Dates`.  Out: `Moment` values for the dates of the running text, in order, and `Passages`.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("一是已于2024年3月5日召开会议。二是拟于2024年5月上旬开展评比。整改时限：2024年6月底前"))
>>> [(moment.date.text, moment.role) for moment in find_moments(document, Dates(document))]
[('2024年3月5日', 'done'), ('2024年5月上旬', 'plan'), ('2024年6月底', 'deadline')]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from rectlint.claims.dates import Date, Dates
from rectlint.document import Document, Item
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

MomentRole = Literal["done", "plan", "deadline", "cutoff", "since", "other"]
"""done: told as having happened then; plan: told as intended for then (拟于, 预计, 力争); deadline: a time limit in a field
of its own (整改时限：); cutoff: 截至; since: D以来, D至今, 自D起，已……; other: anything else: a period, an attribute, a contract."""

PassageSort = Literal["frame", "problem", "remedy", "reason", "plan", "unknown"]

_CLAUSE_LENGTH, _STATEMENT_LENGTH, _REST_LENGTH = 80, 120, 160
_MARKS = "，；。：！？\n（）"
_MARK = Pattern(f"[{_MARKS}]")

# the cue stands right before the date, the field's name before its colon or 为
_PLAN = Pattern(
    r"(?<!原)(?:拟定?|预计|力争|争取|预定)(?:于|在|到|至|从|自)?$|(?<![确规决商议约指法固原])(?:将|定|计划|准备|打算)(?:于|在|从|自|到)$"
    r"|(?<=[，。；：、\n是并]|\d(?:户|个|项|家|处|宗|栋|条|件|名|座|台|亩|人|公里)|工程|项目)计划$|(?P<sure>确保|保证|(?<=[。；，\n])[请须要](?=于|在))(?:于|在)?$"
)
_OWED = ("应于", "须于", "需于", "应当于", "应在", "须在")
_LAST_OF_PLAN = frozenset("于在到至从自拟定计争取划备算保证")
_DEADLINE = Pattern(
    r"(?:(?:(?<!集中)整改|完成|办理|办结|销号|落实|达标|计划完成|拟完成|预计完成)(?:的)?(?:时限|期限|时间|节点|限期)|时限|整改限期|完成节点)"
    r"(?:要求)?(?:为|是|：|至|到|在|定为|设定为|\|)*(?:[^，。；：\n]{0,4})$"
)
_BY = Pattern(r"(?:底|末|份)?(?:之?前|以前)")
_SINCE = Pattern(r"以来|至今|(?:起|后|以后|之后|开始)，?[^，。；]{0,8}?[已均]")
_OPEN_ENDED = Pattern(r"(?:以来|之?后|以后|起|至今|开始|为止|的|以降)")
_CARRIED_OUT = Pattern(
    r"已|现已|均已|如期|按期|按时|顺利|(?<!原)因|由于|但|延期|推迟|滞后|未能|尚未|仍未|调整|实际|逾期|超期|未按|未完"
)
_QUOTED_DEMAND = Pattern(
    r"要求|明确(?!时间表|责任|路线图|任务|专人|措施|牵头)|提出|约定|承诺|规定|目标|原|曾|会议指出|强调|部署[^，]{0,4}$|责令|限期"
)
_NO_EVENT = tuple(
    "合同|协议|租|公示|期限|时限|有效|任期|聘期|工期|到期|届满|质保|保修|免征|每年|每月|逐年|标准|规划|预算|年度计划|缴费期|学期|学年".split(
        "|"
    )
)
_INTENDED = Pattern(
    r"拟|将|计划(?!》)|预计|力争|争取(?![到了]|资金|项目|专项|上级|省级|中央|补助|债券)|准备|打算|等待|待|确保|要求|下一步|今后|力求|有望|约定|限期|责令|承诺|预期|安排于|定于|提前"
    r"|预[付收缴支]|迎接|筹备"
)
_NEXT = Pattern(r"下一?步|接下来|今后|届时")
_DONE = Pattern(r"已(?!经?[^，。；]{0,4}(?:确定|明确|计划|列入))|[^为除免]了(?!解)|完毕")
_ALREADY_ON = ("已于", "已在", "均于", "业于", "已经于", "已分别于", "分别于")
_ALREADY_BY = ("已于", "已在", "均已于")
_PREPOSITIONS = frozenset("《（自从到至待截对将把就按以为据与向迎")
_MEETINGS = tuple(
    (
        "召开|组织|开展|举办|印发|邀请|下发|约谈|退回|退还|上缴|追回|清退|移送|立案|处分|传达|补缴|部署|走访|调研|培训|学习|检查|排查"
        "|督查|谈话|参加|出席|参观|观看|宣讲|警示|作出|审议"
        "|开会|开了|定了|定下"
    ).split("|")
)
_ACTS = (
    *_MEETINGS,
    *(
        "制定|出台|修订|通过|收回|验收|移交|给予|处理|拆除|上线|入库|办结|化解|批复|进行|完成|整改|收缴|核查|清查|清理"
        "|成立|发布|公布|挂牌|提交|报送|安装|更换|修复|改造|竣工|启用|投用"
    ).split("|"),
)
_RESULT = Pattern(
    r"(?:全面|正式|顺利|全部|依法|再次)?(?:完成|通过|取得|获得|获批|获评|建成|通水|通车|通电|开工|竣工|完工|投用|投入(?:使用|运行)|开通|上线|印发|出台|召开|挂牌|揭牌"
    r"|开\p{Han}{0,10}会(?!计|展|员)|对[^，。；]{1,40}?(?:通报|批评|处分|谈话|诫勉|约谈|处理|问责)|给予|移交|拨付|到账|注销|签订|(?:公开)?(?:遴选|选拔|提拔|招录|招聘|选派|交流|调整))"
)
_SINCE_THEN = Pattern(r"[，。；](?:目前|现已|现(?=正)|截至|已)")
"""Behind 于D开工 these tell how it stands since."""
_MOST_LISTED = 5
_DONE_WITHIN, _ACT_WITHIN = 40, 28
"""How far behind the date 已 and 了, or the word for an act, may stand."""
_OF_A_THING = Pattern(
    r"[的份]?[^，。；：\n已了]{0,4}?(?:工资|薪|租金|补[贴助]|奖金|费|账[务目款单]|凭证|报表|记录|支出|采购|发票|资金|款|预算|指标|计划|数据|工程量)"
)
_ATTRIBUTE = Pattern(r"[^，。；：\n已了]{1,9}?的")
_REMEDY_ACT = Pattern(
    r"召开|组织|开展|举办|约谈|退回|退还|上缴|收回|追回|清退|整改|培训|学习|检查|排查|督查|传达|补缴|部署|谈话|警示|收缴|清查|清理"
)

_LABEL = Pattern(
    r"(?:(?<=[\n。；）])|^)(?:\d\.|（\d）|[一二三四五六七八九十]、|（[一二三四五六七八九十]）)?(?P<name>\p{Han}{0,14}?(?:"
    r"(?P<reason>原因\p{Han}{0,12})|(?P<plan>下一步\p{Han}{0,12}|打算|下步\p{Han}{0,8}|后续\p{Han}{0,8})"
    r"|(?P<field>时限|期限|完成时间|整改时间|责任\p{Han}{0,8}|目标|牵头\p{Han}{0,8}|配合单位)"
    r"|(?P<problem>问题\p{Han}{0,4}|问题表现|具体表现|反馈意见|主要表现|事实)"
    r"|(?P<remedy>整改\p{Han}{0,6}|完成情况|办理情况|处理情况|查处情况|开展情况|进展情况|落实情况|整改|采取措施|主要做法|成效)"
    r"))：",
    needs=("：",),
)
_RESULT_NAMES = ("成效", "结果")
"""Labels of what came of the remedies: they stand behind these, not behind the problem."""
_FIELD_NAMES = ("时限", "期限", "时间", "责任人", "责任单位", "目标", "要求", "牵头单位")
_PLAN_HEADING = Pattern(
    r"下一步|下步|今后|努力方向|打算|工作计划|后续|深化整改成果|巩固拓展|持续深化|工作安排$|^(?:有关|工作|几点|相关)?要求$|^(?:下一?步)?(?:有关|工作|整改)要求$"
)


class Moment(NamedTuple):
    """One date with its role; ``cue`` is the words that give it, from the cue word to what follows the date (前).

    ``explained`` marks a plan told as one of the past; ``firm`` something done that 已, 了 or 于 makes sure of.
    """

    date: Date
    role: MomentRole
    cue: Span
    clause: Span
    explained: bool = False
    firm: bool = False


class Passages:
    """Where in a bulletin a place is: in the telling of a problem, its remedy, the reasons, the next steps."""

    def __init__(self, document: Document) -> None:
        """``document``: whose they are."""
        self.document = document

    @cached_property
    def _labels(self) -> tuple[list[int], list[PassageSort], set[int]]:
        """The field labels (整改情况： 原因： …): where each ends, what follows it, and the ends of those for a result."""
        ends: list[int] = []
        sorts: list[PassageSort] = []
        results: set[int] = set()
        for match in _LABEL.find_in_lines(self.document.text):
            if match["field"] or match["name"].endswith(_FIELD_NAMES) or self._is_status(match):
                continue
            ends.append(match.end())
            if match["name"].endswith(_RESULT_NAMES):
                results.add(match.end())
            if match["problem"] and not match["name"].startswith(("整改", "完成")):
                sorts.append("problem")
            elif match["reason"]:
                sorts.append("reason")
            elif match["plan"]:
                sorts.append("plan")
            else:
                sorts.append("remedy")
        return ends, sorts, results

    def _label_of(self, item: Item, offset: int) -> PassageSort | None:
        """What the last label says that stands in an item before a place."""
        ends, sorts, _ = self._labels
        index = bisect_right(ends, offset) - 1
        return sorts[index] if index >= 0 and ends[index] > item.span.start else None

    def _is_status(self, match: Match) -> bool:
        """Whether a label has but a word behind it (完成情况：已完成。) and so tells nothing of the remedy."""
        end = self.document.text.find("\n", match.end(), match.end() + 14)
        return match["name"].endswith(("完成情况", "状态")) and (
            end >= 0 or match.end() + 14 >= len(self.document.text)
        )

    def _has_label(self, low: int, high: int) -> bool:
        ends = self._labels[0]
        index = bisect_right(ends, low)
        return index < len(ends) and ends[index] <= high

    def _tells_remedy_later(self, low: int, high: int) -> bool:
        """Whether a label behind a place and within an item opens the remedy, or tells the problem anew."""
        ends, sorts, results = self._labels
        index = bisect_right(ends, low)
        while index < len(ends) and ends[index] <= high:
            if sorts[index] in ("remedy", "problem") and ends[index] not in results:
                return True
            index += 1
        return False

    def at(self, offset: int) -> PassageSort:
        """The sort of passage at ``offset``."""
        item = self.document.item_at(offset)
        if item is None:
            return "frame"
        label = self._label_of(item, offset)
        if label is not None:
            return label
        if self._is_next_steps(item):
            return "plan"
        top = item
        for ancestor in self.document.ancestors(item):
            top = ancestor
        if self._tells_remedy_later(offset, item.span.end):
            return "problem"
        for ancestor in self.document.ancestors(item):
            label = self._label_of(ancestor, ancestor.end_of_own)
            if label is not None:
                return label
        if self._has_label(top.span.start, top.span.end):
            return "remedy" if self._follows_run(item, offset) or self._is_measure(item) else "unknown"
        return "problem" if offset < item.title.end and self._tells_problem(item) else "remedy"

    def _follows_run(self, item: Item, offset: int) -> bool:
        """Whether 一是 or ① stands between the item's marker and a place."""
        starts = self._run_starts
        index = bisect_right(starts, offset) - 1
        return index >= 0 and starts[index] > item.marker.end

    def _is_measure(self, item: Item) -> bool:
        """Whether the item stands right below one whose title names the problem: （1） under 3.关于……的问题。"""
        return item.parent is not None and self._tells_problem(self.document.items[item.parent])

    @cached_property
    def _run_starts(self) -> list[int]:
        return [marker.start for marker in self.document.inline_markers]

    def _tells_problem(self, item: Item) -> bool:
        title = self.document.words(item.title)
        return "问题" in title or title.startswith(("针对", "关于"))

    def _is_next_steps(self, item: Item) -> bool:
        for one in (item, *self.document.ancestors(item)):
            title = self.document.words(one.title)
            if len(title) <= 40 and _PLAN_HEADING.search(title) is not None:
                return True
        return False


def find_moments(document: Document, dates: Dates) -> Iterator[Moment]:
    """The dates of the running text with their roles; dates in titles, document numbers and the frame's lines are left
    out, and of a range only its end is looked at."""
    text = document.text
    for date in dates.all:
        if date.grain == "year" and not text.startswith(("以来", "至今", "拟"), date.span.end):
            continue
        role = document.paragraph_at(date.span.start).role
        if role not in ("body", "heading", "table") and (role != "meta" or date.span.start < document.body.start):
            continue
        if dates.in_title(date):
            continue
        found = dates.range_of(date)
        if found is not None and found.start is date:
            continue
        span = _with_listed(text, dates, found.span if found is not None else date.span)
        yield _moment(document, date, span, _clause(text, span))


def _with_listed(text: str, dates: Dates, span: Span) -> Span:
    """The span with the dates listed right before it: 于3月5日和4月2日召开 is told of both."""
    for _ in range(_MOST_LISTED):
        before = dates.ending_at(span.start - 1) if text[span.start - 1 : span.start] in ("、", "和", "及") else None
        if before is None:
            break
        span = Span(before.span.start, span.end)
    return span


def _clause(text: str, span: Span) -> Span:
    """The words round a date up to the nearest comma or the like, 80 characters at most on each side."""
    low, high = max(0, span.start - _CLAUSE_LENGTH), min(len(text), span.end + _CLAUSE_LENGTH)
    before = max(text.rfind(mark, low, span.start) for mark in _MARKS)
    after = _MARK.search(text, span.end, high)
    return Span(before + 1 if before >= 0 else low, after.start() if after is not None else high)


def _moment(document: Document, date: Date, span: Span, clause: Span) -> Moment:
    text = document.text
    low = max(clause.start, span.start - 16)
    by = _BY.match(text, span.end, min(len(text), span.end + 4))
    end = by.end() if by is not None else span.end
    as_of = text.rfind("截", max(clause.start, span.start - 4), span.start)
    if as_of >= 0 and text[as_of + 1] in "至止":
        return Moment(date, "cutoff", Span(as_of, span.end), clause)
    if (match := _deadline(text, span.start)) is not None:
        return Moment(date, "deadline", Span(match.start(), end), clause)
    match = _PLAN.search(text, low, span.start) if text[span.start - 1 : span.start] in _LAST_OF_PLAN else None
    if match is not None and (by is not None or not match["sure"]):
        return Moment(
            date, "plan", Span(match.start(), end), clause, _is_explained(document, match.start(), clause, end)
        )
    if text.startswith("拟", span.end) and not text.startswith(("拟建", "拟定", "拟新建"), span.end):
        return Moment(
            date, "plan", Span(span.start, span.end + 1), clause, _is_explained(document, span.start, clause, end)
        )
    if _SINCE.match(text, span.end, clause.end + 12) is not None:
        return Moment(date, "since", span, clause)
    if text.endswith(_OWED, clause.start, span.start):
        return Moment(date, "other", span, clause)  # 尾款应于6月30日和12月31日前各收回一半
    if by is not None and text.endswith(_ALREADY_BY, clause.start, span.start):
        return Moment(date, "done", span, clause, firm=True)
    if by is None and not _is_no_event(text, span, clause):
        told = _told(text, span, clause)
        if _is_firm(text, span, clause, told):
            return Moment(date, "done", span, clause, firm=True)
        if _is_told(text, span, clause, told):
            return Moment(date, "done", span, clause)
    return Moment(date, "other", span, clause)


def _deadline(text: str, offset: int) -> Match | None:
    """The name of a field for a time limit that stands right before ``offset``."""
    low = max(0, offset - 20, text.rfind("\n", 0, offset) + 1)
    near = text[low:offset]
    if "限" not in near and "时间" not in near and "节点" not in near:
        return None
    return _DEADLINE.search(text, low, offset)


def _is_explained(document: Document, start: int, clause: Span, end: int) -> bool:
    """Whether a plan is told as one of the past: carried out since, put off, or demanded by somebody."""
    text = document.text
    sentence = document.sentence_at(start)
    limit = min(sentence.end, end + _REST_LENGTH)
    stop = text.find("；", end, limit)
    rest_end = stop if stop >= 0 else limit
    demanded = _QUOTED_DEMAND.search(text, max(sentence.start, start - 14), start) is not None
    return demanded or _CARRIED_OUT.search(text, end, rest_end) is not None


def _is_no_event(text: str, span: Span, clause: Span) -> bool:
    """Whether a clause shows its date to be no date of an event: 自D起, 对D的欠费, 合同期限至D, 下一步D."""
    if text[span.start - 1 : span.start] in _PREPOSITIONS:
        return True
    if _OPEN_ENDED.match(text, span.end, span.end + 3) is not None:
        return True
    before = text[clause.start : span.start]
    if before and _INTENDED.search(before) is not None:
        return True
    if before.endswith(_ALREADY_ON):
        return False
    words = text[clause.start : clause.end]
    if any(word in words for word in _NO_EVENT):
        return True
    return _NEXT.search(text, statement_start(text, span.start), span.start) is not None


def _told(text: str, span: Span, clause: Span) -> str:
    """What is told of a date: the rest of its clause, a short bracket left out, or else the clause behind the comma."""
    start, end = span.end, clause.end
    if end == start and text[end : end + 1] == "（" and (close := text.find("）", end, end + 12)) > 0:
        start, end = close + 1, _clause(text, Span(close + 1, close + 1)).end
    if end == start and text[end : end + 1] == "，":
        start, end = end + 1, _clause(text, Span(end + 1, end + 1)).end
    return text[start:end]


def _tells_act(told: str, acts: tuple[str, ...]) -> bool:
    near = told.partition("《")[0][:_ACT_WITHIN]
    return any(act in near for act in acts)


def _is_firm(text: str, span: Span, clause: Span, told: str) -> bool:
    """Whether 已于, 了 or the like tells an event of the date."""
    before = text[clause.start : span.start]
    if before.endswith(_ALREADY_ON):
        return True
    on_a_day = before.endswith("于") and text[span.end - 1] in "日号"
    if not on_a_day and _OF_A_THING.match(text, span.end, clause.end) is not None:
        return False
    if _ATTRIBUTE.match(text, span.end, clause.end) is not None:
        return False
    near = told[:_DONE_WITHIN]
    if on_a_day and _RESULT.match(told) is not None and _SINCE_THEN.match(text, clause.end) is not None:
        return True
    if ("已" in near or "了" in near or "完毕" in near) and _DONE.search(near) is not None:
        return True
    return (on_a_day or (before.endswith("于") and told.startswith(("全部", "均", "全面")))) and _tells_act(told, _ACTS)


def _is_told(text: str, span: Span, clause: Span, told: str) -> bool:
    """Whether the words behind a date, without 已 or 了, are such as tell of an event."""
    tells = _tells_act(told, _ACTS) or _RESULT.match(told) is not None
    return tells and _OF_A_THING.match(text, span.end, clause.end) is None


def statement_start(text: str, offset: int) -> int:
    """Where the statement round ``offset`` begins: behind the last full stop, semicolon or line end, 120 characters back
    at most."""
    low = max(0, offset - _STATEMENT_LENGTH)
    return max(low, *(text.rfind(mark, low, offset) + 1 for mark in "。；\n"))


def _rest_of_sentence(text: str, start: int) -> int:
    ends = [end for mark in "。；\n" if (end := text.find(mark, start, start + 60)) >= 0]
    return min(ends, default=min(len(text), start + 60))


def is_certain(text: str, moment: Moment) -> bool:
    """Whether something is told as done beyond doubt: firmly, or as a meeting in a statement free of intentions."""
    if moment.firm:
        return True
    start = statement_start(text, moment.cue.start)
    if _INTENDED.search(text, start, moment.cue.start) or _ATTRIBUTE.match(text, moment.cue.end, moment.clause.end):
        return False
    return _tells_act(_told(text, moment.cue, moment.clause), _MEETINGS)


def tells_result(text: str, moment: Moment) -> bool:
    """Whether the words right behind a day tell what came of it then: 通过验收, 取得许可证, 对2人予以通报批评."""
    start = statement_start(text, moment.cue.start)
    if _INTENDED.search(text, start, moment.clause.end) is not None:
        return False
    return _RESULT.match(_told(text, moment.cue, moment.clause)) is not None


def is_remedial(text: str, start: int) -> bool:
    """Whether the words from ``start`` on are such as remedies are told in, rather than the history of a case."""
    return _REMEDY_ACT.search(text, start, _rest_of_sentence(text, start)) is not None
