"""Work that is plainly not finished: 正在办理报批手续, 待资金到位后施工, 尚有3户未签约, 拟召开约谈会.

In: a `Document` and a span.  Out: `OpenWork` values in text order.  What counts is an unfinished object; a mere promise to
go on (下一步将持续推进, 今后定期检查), a rule (规定……待验收后支付), an attribute (对正在施工的项目) and what was said of the past
do not.  Conventions of wording: gathered from real bulletins.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("已移交镇纪委，正在办理中。下一步，将持续加强监管。"))
>>> [document.words(work.span) for work in find_open_work(document, Span(0, 25))]
['正在办理中']
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

Sort = Literal["ongoing", "case", "waiting", "planned", "due", "not-yet", "rest", "status"]

_PROCESS = (
    r"办理|筹备|筹建|组建|申请|申报|报批|报审|审批|审核|争取|协调|协商|对接|施工|建设|修建|改造|安装|调试|铺设|实施|进行|审查|调查|核查|核实|核对|查处"
    r"|侦办|侦查|审理|诉讼|整改|编制|制定|起草|修订|拟定|拟订|招标|采购|征集|征求|公示|评审|评估|鉴定|测绘|勘测|设计|论证|验收|结算|决算|拆除|清理|清退|追缴"
    r"|追讨|催缴|催收|清收|退还|处置|化解|处理|补办|补签|更换|整顿|确权|搬迁|履行|走程序|联调|测试|试运行|初核|推进中|推进(?=[，。；\n]|$)"
)
_ONGOING = Pattern(
    r"(?:(?:目前|现|仍|尚|还)?正在(?!持续|常态|深入|有效|不断)[^，。；：！？\n的]{0,16}?"
    r"|(?:仍|尚|还)(?:处于|在)[^，。；\n的]{0,6}?)"
    rf"(?:{_PROCESS})(?:之?中(?=[，。；\n（]|$)|阶段)?"
    r"|(?<![\p{Han}])(?:目前|现)?(?:审批|办理|审理|诉讼|施工|报批|协商|核查|调查|筹备|招标)(?:之)?中(?=[，。；\n]|$)"
    r"|正(?:对|就)[^，。；：\n]{1,20}?(?:开展|进行|立案)(?:侦查|审查|调查|核查|初核)",
    needs=("正对", "正就", "正在", "仍在", "尚在", "还在", "处于", "中，", "中。", "中；"),
)
_WAITING = Pattern(
    r"(?<![对等期招接善看优亟款虐厚薄静留有交以担慢])待(?!遇|业|岗|命|机|客|人接|查验|产|定价)"
    r"(?:[^，。；：！？\n]{0,20}?(?:到位|后|成熟|明朗|明确|批复|下达)(?:[^，。；\n的]{0,3}[，]?(?:立即|再|即|方|予以|及时|逐步|尽快|组织|启动|开展|实施|进行|支付|拨付|处理|申请|完成|施工|接入|办理|推进|移交|补|开工|动工|建设|启用|投用|安装|发放|兑付|销号)[^，。；：\n]{0,10})"
    r"|(?:入库|批复|审批|验收|开工|拨付|支付|核实|化解|退还|完成|销号|办理|补办)(?=[，。；\n]|$))"
    r"|(?:资金|补助|经费|款项)(?:到位|到账|下达)后，?(?:即|再|立即|组织|逐步|尽快)?(?:开工|动工|施工|建设|启动)(?=[，。；\n]|$)",
    needs=("待", "位后", "账后", "达后"),
)
_PLANNED = Pattern(
    r"(?<![模虚草比原对将凡所各经报])拟(?:于|由|待|将|召开|近期|给予|启动|引入|对(?=[^，。；\n]{1,24}(?:谈话|处分|处理|约谈|立案|警告|责令|问责|追责|处罚|整治|改造|拆除))"
    r"|在(?=[^，。；\n]{0,12}(?:月|旬|季度|年|近期|建|设|召开|开展))|开展|组织(?=召开|开展|实施)|申请|报请|提请|安排|新建|采取|计划)[^，。；：\n]{0,12}",
    needs=("拟",),
)
_WHEN = r"(?:\d{4}年|\d{1,2}月|年底|年内|[上中下]旬|季度|[上下]半年|明年|月底)"
_FINISH = r"(?:完成|竣工|完工|开工|建成|投入使用|启用|到位|拨付|交付|化解|终结|报批|销号|通车|验收|出具|办结|审结|结案|结算|移交|取得|搬迁|拆除|招标|安装|整改到位)"
_DUE = Pattern(
    rf"(?:(?:预计|(?<![\p{{Han}}])计划|(?<=工程|项目|预|现|已|正|均|期)计划(?=于|在))[^，。；\n]{{0,12}}?{_WHEN}[^，。；\n]{{0,14}}?(?:前|{_FINISH})"
    rf"|(?:争取|力争)[^，。；\n]{{0,12}}?{_WHEN}[^，。；\n]{{0,4}}?(?:前|内)[^，。；\n]{{0,14}}?{_FINISH}"
    rf"|将(?:于|在)[^，。；\n]{{0,10}}?{_WHEN}[^，。；\n]{{0,8}}?(?:前|{_FINISH}))[^，。；\n]{{0,8}}",
    needs=("预计", "争取", "力争", "计划", "将于", "将在"),
)
_NOT_YET = Pattern(
    r"未能(?:按期|如期|按时)(?:完成|整改到位|建成|投用|开工)|(?:尚未|仍未|暂未|还未|至今未|还没有|尚无法|暂无法)[^，。；：\n的]{0,10}?(?:完成|到位|办结|整改|拨付|竣工|开工|动工|验收|审批|批复|退还|退回|退缴|追回|收回"
    r"|化解|解决|落实|移交|销号|签订|签约|支付|投入使用|启用|拆除|搬迁|缴纳|入库|取得|补开|开展|启动|结案|审结|接入|兑付|履行|处置|清理|下达|公布|获批|批准|到岗|到账|建成|完工|交付|补齐)[^，。；：\n的]{0,4}"
    r"|(?:目前|现|已)?(?:累计)?完成(?:总)?(?:工程量|投资额?|进度|任务)的?(?:约)?(?<!\d)[1-9]?\d(?:\.\d+)?%(?!以上)|形象进度(?:已)?(?:为|达|达到)?(?<!\d)[1-9]?\d%"
    r"|(?:资金|经费|款项|补偿款|手续)(?:尚|仍|还|暂)未(?:完全|全部|足额)?(?:到位|落实|拨付|办理|办结|完善)",
    needs=(
        "尚未",
        "仍未",
        "暂未",
        "还未",
        "至今未",
        "还没有",
        "未能",
        "无法",
        "暂未",
        "工程量",
        "完成投资",
        "完成进度",
        "形象进度",
    ),
)
_REST = Pattern(
    r"(?:剩余|其余|余下|剩下|尚有|仍有|还有|另有|尚余|尚欠|尚剩)[^，。；：！\n]{0,24}?(?:，[^，。；：！\n已]{0,24}?)??"
    r"(?:(?:正在|仍在)[^，。；：！\n的]{0,10}?[办协清核执建拆装整推更审追催退处化申签搬编修调公评验结测勘招征查施改]|正在进行|尚未|仍未|暂未"
    r"|未(?:完成|办结|整改|签|退|缴|收回|拨付|到位|验收|化解|支付|拆|安装|销号)|待(?!遇|业)|拟(?!定)|预计|争取|力争|计划(?=[于在今\d])"
    r"|(?:逐步|陆续|分期|分批|将(?:于|尽快))[^，。；\n]{0,8}?(?:退|还|缴|整改|解决|完成|化解|支付|拨付|拆除|搬迁|安置|办理|实施|收回|签)"
    r"|(?:纳入|列入)[^，。；\n]{0,12}?(?:计划|规划|年度|治理))[^，。；：\n]{0,16}"
    r"|(?:尚有|仍有|还有|尚余)[^，。；：！\n]{0,8}?\d[^，。；：！\n]{0,12}?未(?:配|到岗|到账|完|补|整|签|退|缴|收|追|拨|付|支付|化解|拆|安装|验|移交|移送|更换|入库|搬|修|建成|建立|清|报备|备案|落实|解决|开工|返还|归还|兑|启用|换|取得|销|办|发[放还]|领取|处[理置]|核销|施工|交付|结)\p{Han}{0,5}(?=[，。；\n]|$)",
    needs=("剩余", "其余", "余下", "剩下", "尚有", "仍有", "还有", "另有", "尚余", "尚欠", "尚剩"),
)
_STATUS = Pattern(
    r"(?:持续|正在)整改(?:中)?(?:的)?\d+(?:个|项|件|条|宗)|未(?:完成整改|整改到位|办结|整改)(?:的)?\d+(?:个|项|件|条|宗)",
    needs=("整改", "办结"),
)
# what is asked for, not how far it is: 立即整改21项，持续整改15项
_SORTS_OF_REMEDY = Pattern(
    r"立即整改|立行立改|即知即改|即行即改|限期整改|分阶段整改|分步整改|长期整改|时限(?:划?分|要求)|\p{Han}{1,2}个月内整改|年内整改"
)
# 对人立案以后的程序：处理的是责任人，不是这一条的整改措施
_CASE = Pattern(r"审查|初核|调查(?!问卷|研究)|侦办|侦查|审理|立案")
_CASE_BEFORE = Pattern(r"(?:案件|线索|(?<=[违涉]\p{Han}{0,8})案|涉案\p{Han}{0,8})$", needs=("案", "线索"))
_NOT_A_CASE = Pattern(
    r"审查(?:批|报|备|图)|(?:资格|合规|合法性|设计|图纸|方案|环评|预算|结算)\p{Han}{0,4}审查|(?:摸底|社会|现场|权属|水文|地质)调查"
)
_LEADS = Pattern(r"线索|信访[件举]|举报件")
_COUNTED = Pattern(r"\d+[件条个起宗批]$")
_VERB = Pattern(
    rf"{_PROCESS}|开展|召开|组织|启动|给予|引入|安排|新建|采取|谈话|约谈|处分|处理|问责|完成|到位|签订|支付|拨付|移交|交付|使用|落实"
)
_PATTERNS: tuple[tuple[Sort, Pattern], ...] = (
    ("rest", _REST),
    ("ongoing", _ONGOING),
    ("waiting", _WAITING),
    ("planned", _PLANNED),
    ("due", _DUE),
    ("not-yet", _NOT_YET),
    ("status", _STATUS),
)

# what follows is about times to come: a promise to go on, not unfinished work
_NEXT = Pattern(
    r"下一步|下步工作|下阶段|接下来|今后|(?:^|(?<=[。；，\n]))后续",
    needs=("下一步", "下步", "下阶段", "接下来", "今后", "后续"),
)
# even of times to come these say that something is not there yet
_HARD = Pattern(
    r"待(?:上级)?(?:资金|经费|款项|补助|批复|审批|验收|立项|判决|手续)|(?:剩余|其余|余下|尚有|仍有)[^，。；]{0,8}\d"
)
# a rule, a condition or an attribute: whatever is open in it is not this item's work
_RULE = Pattern(
    r"规定|明确要求|要求|必须|须|应当|一律|严格按|凡|一旦|如有|如发现|若(?!干)|原则上|发现(?!\d)|每[月周季年]|定期|避免|防止|杜绝|不得|严禁|对于|约定|合同(?:条款|中|要求)|支付至"
)
_ATTRIBUTE_BEFORE = Pattern(r"(?:对|将|把|凡|含|包括|涉及|针对|关于)[^，。；]{0,3}$")
_ATTRIBUTE_AFTER = Pattern(
    r"[^，。；：\n]{0,2}?(?:的(?!\d)|时，|期间|(?<=正在[^，。；]{0,12})过程中[，]?(?:发现|存在))"
)
_PROBLEM = Pattern(r"(?:针对|关于|对照)[^。；\n]{0,60}$")
_PAST = Pattern(
    r"此前|曾|原(?:来|先|拟|计划)?|当时|巡察(?:时|期间|反馈时)|反馈(?:时|前)|以往|过去|整改前|检查时|审计时|历史上|长期以来"
)
_RESOLVED = Pattern(
    r"[，；](?:目前|现|截至[^，。；]{2,12})?，?(?:已于[^，。；]{2,12}|现已|均已|目前已|已全部|已经|已)(?:全部|按期)?(?:完成|办结|到位|竣工|解决|开工|验收|退|缴|拨付|召开|开展|整改)"
)

_RETAINED = Pattern(
    r"质保金|质量保证金|质保期|缺陷责任期|(?:在|处于)(?:规定|法定|正常)?(?:的)?(?:办理|审理|受理|答复|处理)?[期时]限(?:之)?内",
    needs=("质保", "质量保证金", "缺陷责任期", "限内", "限之内"),
)
"""Money a contract keeps back for a time after the work is done (建设工程质量保证金管理办法, 建质〔2017〕138号), and what is still in
time (3件尚在办理期限内), as some of those that keep coming in always are."""
_RETENTION = 12

_SHORT, _LONG = 24, 32
"""A place of open work is shown up to a mark no further off than this, a 、 counting as one only in the second case."""
_NEAR = 160
"""So many characters round a place are read to judge it; clauses are shorter."""


class OpenWork(NamedTuple):
    """One place that says something is not finished."""

    span: Span
    sort: Sort


def find_open_work(document: Document, span: Span) -> Iterator[OpenWork]:
    """The open work told in ``span``, each place once."""
    text = document.text
    taken = span.start
    found = sorted(
        (
            OpenWork(Span(*match.span()), sort)
            for sort, pattern in _PATTERNS
            for match in pattern.find(text, span.start, span.end)
        ),
        key=lambda work: (work.span.start, -work.span.end),
    )
    ahead = list(_times_to_come(document, span)) if found else []
    for work in found:
        if work.span.start < taken or _is_harmless(document, work, span):
            continue
        if (
            _RETAINED.search(text, max(span.start, work.span.start - _RETENTION), work.span.end + _RETENTION)
            is not None
        ):
            continue
        if any(part.contains(work.span) for part in ahead) and not _HARD.match(text, work.span.start, work.span.end):
            continue
        taken = _end_of_phrase(text, work.span, span.end)
        place = Span(work.span.start, taken)
        is_case = work.sort in ("ongoing", "rest") and _is_case(document, work.span, place)
        yield OpenWork(place, "case" if is_case else work.sort)


def _times_to_come(document: Document, span: Span) -> Iterator[Span]:
    """The parts behind 下一步, to the end of their paragraph, or behind 今后 or 后续, to the end of the half-sentence."""
    text, done = document.text, span.start
    for match in _NEXT.find(text, span.start, span.end):
        if match.start() < done:
            continue
        marks = "\n" if match.group().startswith(("下", "接")) else "。；\n"
        done = min(
            (place for mark in marks if (place := text.find(mark, match.end(), span.end)) >= 0), default=span.end
        )
        yield Span(match.start(), done)


def _is_case(document: Document, work: Span, place: Span) -> bool:
    """Whether the words tell of proceedings against persons: 正在立案审查调查中, 案件正在办理."""
    text = document.text
    if _NOT_A_CASE.search(text, place.start, place.end) is not None:
        return False
    if _CASE.search(text, place.start, place.end) is not None or _counts_leads(document, place):
        return True
    clause = max(text.rfind(mark, max(0, work.start - _NEAR), work.start) for mark in "，。；：！\n") + 1
    return _CASE_BEFORE.search(text, clause, work.start) is not None


def _counts_leads(document: Document, place: Span) -> bool:
    """Whether the words count leads or petitions, which take their own course: 移交线索9件，正在办理2件."""
    text, sentence = document.text, document.sentence_at(place.start)
    return (
        _LEADS.search(text, max(sentence.start, place.start - _NEAR), place.start) is not None
        and _COUNTED.search(text, place.start, place.end) is not None
    )


def _end_of_phrase(text: str, span: Span, limit: int) -> int:
    """Where the words of ``span`` may stop for the reader's sake: at the next mark if that is near, else behind a verb."""
    near, far = min(span.start + _SHORT, limit), min(span.start + _LONG, limit)
    for last, marks in ((near, "，。；：！\n"), (far, "，。；：！、\n")):
        end = next((place for place in range(span.end, last + 1) if text[place : place + 1] in ("", *marks)), None)
        if end is None and last == limit:
            end = limit
        if end is not None and text.count("（", span.start, end) == text.count("）", span.start, end):
            return end
    bracket = text.find("（", span.start, near)
    verbs = [match.end() for match in _VERB.find(text, span.start, near if bracket < 0 else bracket)]
    return max((end for end in verbs if end - span.start >= 4), default=span.end)


def _is_harmless(document: Document, work: OpenWork, within: Span) -> bool:
    """Whether the words speak of a rule, an attribute, the past or the problem itself."""
    text, start, end = document.text, work.span.start, work.span.end
    sentence = max(document.sentence_at(start).start, within.start, start - _NEAR)
    clause = max(text.rfind(mark, sentence, start) for mark in "，。；：！\n") + 1 or sentence
    far = min(within.end, end + _NEAR)
    clause_end = min((place for mark in "，。；\n" if (place := text.find(mark, end, far)) >= 0), default=far)
    if _RULE.search(text, clause, clause_end) is not None:
        return True
    if (
        work.sort == "status"
        and text.startswith("持续", start)
        and _SORTS_OF_REMEDY.search(text, sentence, min(far, document.sentence_at(start).end)) is not None
    ):
        return True
    part = max(sentence, text.rfind("；", sentence, start) + 1)
    if work.sort == "waiting" and _RULE.search(text, part, start) is not None:
        return True
    if (
        _ATTRIBUTE_BEFORE.search(text, clause, start) is not None
        or _ATTRIBUTE_AFTER.match(text, end, clause_end) is not None
    ):
        return True
    if _PAST.search(text, clause, start) is not None or _RESOLVED.match(text, clause_end, within.end) is not None:
        return True
    return _PROBLEM.search(text, sentence, start) is not None and text.find("问题", end, clause_end) >= 0
