"""Lists of names in running text: their members, and every count they can reasonably be read as.

In: a stretch of the view that is a list, perhaps with other words before its first member.  Out: a `Listing`.  Marks
inside 《》 “” （） never separate members.  Where the words allow more than one reading (和 inside a name, a verb that
may open the list only later, a short word that shares its neighbour's head noun) `Listing.counts` holds them all.

>>> listing = read_list("走访甲村、乙村和丙村", Span(0, 10))
>>> [("走访甲村、乙村和丙村")[m.start:m.end] for m in listing.members], sorted(listing.counts)
(['走访甲村', '乙村', '丙村'], [3])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

OPENERS = {"《": "》", "“": "”", "（": "）", "〔": "〕", "【": "】", "‘": "’", "〈": "〉"}
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}
_MARKS = Pattern(r"[《》“”（）〔〕【】‘’〈〉、，；。：！？\n\-—→+]")
_INNER = Pattern(r"“[^”]*”|（[^）]*）|《[^》]*》|【[^】]*】|‘[^’]*’")
_TITLE = Pattern(
    r"(?:\p{Han}{0,12}?〔\d{4}〕\d{1,4}号)?《[^《》]*(?:《[^》]*》[^《》]*)*》(?:（[^）]*）)?(?:\p{Han}{0,12}?〔\d{4}〕\d{1,4}号)?"
)
# 连词。排除含同形字的词：和谐、共和国、参与、涉及、以及其……
_JOINT = Pattern(
    r"以及|(?<=[县区市镇乡村])和(?=平\p{Han}{0,2}[县区市镇乡村])|和(?<![共总饱缓温祥调]和)(?![谐平睦解声美善])|与(?<![参赋授给付]与)(?![会否众时])|及(?<![涉普触危波惠企遍旨顾力]及)(?![时其格])|或(?<![间抑]或)(?![者许])",
    needs=("和", "与", "及", "或"),
)
# 名称里自带“和”“与”的常见机构
_JOINT_NAMES = Pattern(
    r"教育和体育|教育与体育|(?:人力资源|劳动)(?:和|与)社会保障|住房(?:和|与)城乡建设|住房(?:和|与)建设|文化(?:和|与)旅游|规划(?:和|与)自然资源|自然资源(?:和|与)规划|卫生(?:和|与)计划生育|发展(?:和|与)改革|"
    r"工业(?:和|与)信息化|经济(?:和|与)信息化|科技(?:和|与)工业|水利(?:和|与)水产|生态(?:和|与)环境|党风廉政建设和反腐败|党员和群众|干部和群众|管理和服务|研究和试验"
)
# 动词、介词：列举可以从它后面开始（“对甲村、乙村开展A、B两项检查”）。取自通报中带宾语的常用动词
_VERBS = (
    r"组织开展|组织实施|开展|组织|召开|举办|推进|推动|推行|推广|加强|强化|深化|完善|健全|建立|制定|制订|出台|印发|下发|落实|实施|成立|下设|内设|分设|设立|设置|组建|组成|通过|采取|采用|运用|围绕|聚焦|针对|对照|根据|按照|依据|依托"
    r"|形成|梳理|发现|解决|完成|建成|新建|新增|增设|打造|构建|搭建|走访|督促|指导|帮助|协助|会同|联合|邀请|选派|安排|涉及|包括|包含|涵盖|覆盖|分为|划分|存在|选取|选定|选择|确定|确立|明确|聘请|配备|购置|购买"
    r"|补缴|追缴|清退|退还|收回|约谈|传达|提出|安装|清理|拆除|关停|收集|征求|编制|编写|编印|签订|签署|开设|开通|引进|引入|确保|实现|做到|做好|抓好|抓实|坚持|贯彻|突出|紧盯|紧扣|把好|严把|把握|促进|提升|提高|增强"
    r"|改善|拓宽|参加|参观|前往|深入|修订|修改|整治|整改|优化|细化|压实|查处|核查|清查|排查|检查|抽查|学习|研究|承担|兼任|担任|认真|充分|进一步|切实|全面|严格|逐步|积极|主动|及时|正确|践行|牢记|打好|打赢|守住|防止|防范|杜绝|避免"
    r"|利用|结合|牵头|具备|拥有|接受|受理|办理|办结|收到|新成立|合并|撤销|调整|更换|更新|改造|修缮|修建|维修|铺设|栽植|发放|赠送|张贴|播放|宣讲|讲授|培训|培养|选拔|任命|提拔|推荐|评选|表彰|处理|处置|问责|通报|曝光"
)
_PREPOSITIONS = r"(?<![应面核比绝针查校])对(?![口外象账接比照标策])|(?<!即)将|(?<![方导倾意面志动走流去趋])向|(?<![理自缘])由|把(?!握|关|脉)|赴"
_CLOSED_HERE = Pattern(r"(?<=.)(?<![平同对均优中高初相不])等(?!级|次|额|候|同|于|待)(?=.)")
_LEAD = Pattern(
    rf"(?:并|且|还|已|又|再|再次|先后|陆续|同时|分别|重点|及时|有效|持续|不断|着力|大力|扎实|深入|全面|有序|逐一|逐步|统一|集中|专门|共)*+(?:{_VERBS}|{_PREPOSITIONS}|在(?![职线建岗编校籍册])|从(?![业事严])|以(?![上下外及来])|于|到(?![位岗期])|给|有(?![关序效色机])|为(?!民)|是(?!否))"
)
_GOVERNOR = Pattern(rf"(?:{_VERBS})(?:好|了|为|成|出|到)?|(?:{_PREPOSITIONS})")
_ACTION = Pattern(rf"(?:{_VERBS})")
_MID = Pattern(
    rf"(?<=.)(?:(?:{_VERBS})(?!(?:情况|工作|制度|机制|办法|方案|组|会|部|局|处|科|办|委|所|队|长|厅|率|费|员|人|单|书|函|表|站|点|室|中心|意见|计划|规划|任务|措施|流程|程序|标准|清单|台账|体系|能力|水平|资金|项目|环节|方面)?$)|{_PREPOSITIONS}|在(?!线|职|建|岗|编|校|籍))(?=.)"
)
# 以这些词收尾的一段话，后面的数字是它的宾语，不是列举的个数
_GOVERNS = Pattern(
    r"(?:开展|召开|举办|推进|推动|推行|加强|强化|深化|完善|健全|建立|制定|制订|出台|印发|下发|落实|实施|成立|设立|设置|组建|组成|通过|采取|采用|运用|围绕|聚焦|针对|对照|根据|按照|依据|依托|结合|形成|梳理|发现|解决"
    r"|完成|建成|新建|新增|增设|打造|构建|搭建|走访|督促|指导|帮助|协助|会同|联合|邀请|选派|涉及|包括|包含|涵盖|覆盖|分为|划分|存在|选取|选定|选择|确定|确立|明确|聘请|配备|购置|购买|补缴|追缴|清退|退还|收回"
    r"|约谈|提出|安装|清理|拆除|关停|收集|征求|编制|编写|签订|签署|开设|开通|引进|引入|确保|实现|做到|做好|抓好|抓实|坚持|贯彻|突出|紧盯|紧扣|把好|严把|把握|促进|提高|增强|改善|拓宽|参加|参观|前往|深入|修订|查处|抽查"
    r"|承担|践行|牢记|打好|打赢|守住|防止|防范|杜绝|避免|利用|牵头|具备|拥有|受理|办理|办结|收到|撤销|更换|铺设|栽植|发放|达到|遵循|领悟|坚定|树牢|出现|属于|作为|成为|共有|还有|先后|累计|分别|其中|每周|每月|每年|每季度"
    r"|[对将把由向赴在为以于到经让使是有给至达了过着的得被从再又还已未不就均各每或仅])$"
)
_PARTICLE_END = Pattern(r"[对将把由向赴在为以于到经让使是有给至达了过着的得被从再又还已未不就均各每或仅]$")
_NOMINAL_END = Pattern(
    r"[村镇乡县区市局所站办组委院校司部队室](?:组织|学习|检查|培训|排查|整改|审计|宣讲|调整|处理|处置|问责|通报|监督|管理|推荐|评选|修缮|改造|研究|安排|规范|推广|整治|核查|清查|督查|督导|调研|报送|上报|申报|申请|承办|负责|参与|配合)$"
)


MOST = 120
"""Longer lists are not read: nobody counts them in words."""


DEEPEST = 6
"""Brackets and quotation marks nested deeper than this are damage, not writing."""


class Listing(NamedTuple):
    """A list: its members in the most natural reading, and the counts of all reasonable ones.

    ``certain_start`` says that nothing before the list can belong to it; ``plain`` that there is only one reading.
    """

    span: Span
    members: tuple[Span, ...]
    counts: frozenset[int]
    titles: bool = False
    certain_start: bool = True

    @property
    def size(self) -> int:
        """How many members the most natural reading has."""
        return len(self.members)


def start_of_clause(text: str, end: int, stops: str = "。；：！？\n，", limit: int = 600) -> int | None:
    """Where the clause that ends at ``end`` begins: behind the last of ``stops``, or behind a bracket or quotation
    mark that is still open.  None when the marks do not pair, so that nothing can be said."""
    pending: list[str] = []
    for position in range(end - 1, max(-1, end - limit), -1):
        mark = text[position]
        if mark in CLOSERS:
            pending.append(CLOSERS[mark])
            if len(pending) > DEEPEST:
                return None
        elif mark in OPENERS:
            if not pending:
                return position + 1
            if pending.pop() != mark:
                return None
        elif mark == "\n":
            return None if pending else position + 1
        elif mark in stops and not pending:
            return position + 1
    return None if pending or end > limit else 0


def end_of_list(text: str, start: int, stops: str, limit: int = 1500) -> int:
    """Where a list that begins at ``start`` ends: before the first of ``stops``, or before a bracket or quotation mark
    that closes something opened earlier."""
    pending: list[str] = []
    last = min(len(text), start + limit)
    for match in _MARKS.compiled.finditer(text, start, last):  # one at a time: most lists end soon
        mark, position = match.group(), int(match.start())
        if mark == "\n":
            return position
        if mark in OPENERS:
            pending.append(OPENERS[mark])
            if len(pending) > DEEPEST:
                return position
        elif mark in CLOSERS:
            if not pending:
                return position
            if mark in pending:
                while pending.pop() != mark:
                    pass
        elif mark in stops and not pending:
            return position
    return last


def split(text: str, span: Span, marks: str) -> list[Span]:
    """The pieces of ``span`` between ``marks``, which do not count inside brackets and quotation marks.  Where 、
    separates, two quotations or two titles that touch are separate pieces too: “甲”“乙”, 《甲》《乙》."""
    pieces: list[Span] = []
    pending: list[str] = []
    start = span.start
    for match in _MARKS.find(text, span.start, span.end):
        mark, position = match.group(), int(match.start())
        if mark in OPENERS:
            before = text[position - 1] if position > start else ""
            touching = "、" in marks and (mark, before) in (("“", "”"), ("《", "》"), ("《", "）"))
            if not pending and touching:
                pieces.append(Span(start, position))
                start = position
            pending.append(OPENERS[mark])
        elif mark in CLOSERS:
            if mark in pending:
                while pending.pop() != mark:
                    pass
        elif mark in marks and not pending:
            if position > start:
                pieces.append(Span(start, position))
            start = position + 1
    if span.end > start:
        pieces.append(Span(start, span.end))
    return pieces


def bare(text: str, span: Span) -> str:
    """The words of a member without what stands in brackets, quotation marks and 《》 (□ in their place)."""
    words = text[span.start : span.end]
    return str(_INNER.compiled.sub(lambda match: "" if match.group()[0] in "（【" else "□", words))


@lru_cache(4096)
def opens_with_verb(words: str) -> bool:
    """Whether a member begins with a verb or preposition, adverbs apart."""
    return _LEAD.match(words) is not None


@lru_cache(4096)
def opens_with_action(words: str) -> bool:
    """Whether a member begins with a full verb: 完善制度, but not 以点带面 or 在村里."""
    return _ACTION.match(words) is not None


def _median(values: Iterable[int]) -> float:
    """The one in the middle; `statistics` would bring `random` and its hashes with it."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def without_lead(first: str, others: Sequence[str]) -> str:
    """The first member without the words that govern the list, unless most others have verbs of their own:
    明确自评、互评 has 自评, 将行动划分为养老、安居 has 养老, 完善制度、强化监督 stays as it is."""
    active = sum(map(opens_with_action, others)) * 2
    if not others or active > len(others):
        return first
    lead = _LEAD.match(first)
    start = lead.end() if lead is not None and len(first) - lead.end() >= 2 else 0
    if active == len(others) and not min(map(len, others)) <= len(first) - start <= max(map(len, others)):
        return first
    if len(first) - start > 2 * _median(map(len, others)) + 2:
        for match in _GOVERNOR.find(first, start):
            if len(first) - match.end() >= 2:
                start = match.end()
    elif start and first[start] in "好了为成出到" and len(first) - start > 2:
        start += 1
    return first[start:]


@lru_cache(4096)
def holds_verb(words: str) -> bool:
    """Whether a verb or preposition stands inside a member, with words before and behind it."""
    return _MID.search(words) is not None


def ends_with_verb(words: str) -> bool:
    """Whether a stretch ends in a verb or particle, so that a number behind it is that verb's object."""
    return _GOVERNS.search(words) is not None or _NOMINAL_END.search(words) is not None


def closes_a_list(words: str) -> bool:
    """Whether 等 and a noun stand in a member, so that the list ends there: 教育、医疗等领域."""
    return _CLOSED_HERE.search(words) is not None


def ends_with_particle(words: str) -> bool:
    """Whether a stretch ends in a preposition, an auxiliary or the like."""
    return _PARTICLE_END.search(words) is not None


def is_title(text: str, span: Span) -> bool:
    """Whether a member is a title in 《》, document number and （试行） included."""
    return _TITLE.fullmatch(text, span.start, span.end) is not None


def read_list(
    text: str, span: Span, marks: str = "、", claimed: int = 0, is_open: bool = False, names: bool = False
) -> Listing | None:
    """Read ``span`` as a list separated by ``marks`` (and by 和, 与, 及 before its end); None if it has one piece only.

    ``names`` says that the members are names of places or bodies, which share no head noun with their neighbours.
    Where the natural reading already has the ``claimed`` number of members (or, with 等, no more), no other is sought.
    """
    pieces = split(text, span, marks)
    if not 0 < len(pieces) <= MOST:
        return None
    last = _joints(text, pieces[-1], pieces[:-1])[-1:]
    members = [*pieces[:-1], *_cut(pieces[-1], last)]
    if len(members) < 2:
        return None
    titles = all(is_title(text, _after_verb(text, member, index)) for index, member in enumerate(members))
    fits = len(members) == claimed or (is_open and len(members) < claimed)
    counts = {len(members)} if fits else set(_counts(text, members, titles, names))
    if not fits and len(members) > len(pieces) and any(_JOINT.search(bare(text, piece)) for piece in pieces[:-1]):
        counts.add(len(pieces))
    words = bare(text, pieces[0])
    certain = opens_with_verb(words) or holds_verb(words) or titles
    members[0] = Span(_own_start(text, members), members[0].end)
    return Listing(Span(members[0].start, span.end), tuple(members), frozenset(counts), titles, certain)


def _own_start(text: str, members: Sequence[Span]) -> int:
    """Where the first member begins, the words that govern the list apart."""
    first = members[0]
    if is_title(text, _after_verb(text, first, 0)):
        return _after_verb(text, first, 0).start
    words = text[first.start : first.end]
    opening = min((place for mark in "（“《【" if (place := words.find(mark)) >= 0), default=len(words))
    others = [bare(text, member) for member in members[1:]]
    lead = opening - len(without_lead(words[:opening], others)) if opening > 2 else 0
    return first.start + lead


def _after_verb(text: str, member: Span, index: int) -> Span:
    """The first member without the words that lead up to its title."""
    opening = text.find("《", member.start, member.end) if index == 0 else -1
    return Span(opening, member.end) if opening >= 0 else member


def _joints(text: str, piece: Span, others: Sequence[Span]) -> list[Span]:
    """The conjunctions in ``piece`` that may separate members: outside brackets, quotations and fixed names, with about
    as much on either side as the other members have."""
    words = text[piece.start : piece.end]
    if not _JOINT.may_match(words):
        return []
    covered = [match.span() for match in _INNER.find(words)] + [match.span() for match in _JOINT_NAMES.find(words)]
    joints = [
        Span(piece.start + match.start(), piece.start + match.end())
        for match in _JOINT.find(words)
        if match.start() > 0
        and match.end() < len(words)
        and not any(start <= match.start() < end for start, end in covered)
    ]
    if not joints:
        return []
    lengths = [len(bare(text, other)) for other in others]
    if len(others) > 1:
        lengths[0] = len(without_lead(bare(text, others[0]), [bare(text, other) for other in others[1:]]))
    return [joint for joint in joints if _joins(text, piece, joint, lengths)]


def _joins(text: str, piece: Span, joint: Span, lengths: Sequence[int]) -> bool:
    """Whether the words on both sides of a conjunction are about as long as the other members."""
    left, right = joint.start - piece.start, piece.end - joint.end
    if text[joint.start - 1] in "》”" or text[joint.end] in "《“":
        return True
    if not lengths:
        return left >= 2 and right >= 2
    if len(lengths) == 1 and 3 <= left <= lengths[0] and left == right:
        return True  # 成效提升需依赖分级受理、专业会商和数字支撑: the one other member has the words that govern the list in it
    low, high = max(1, min(lengths) - 2), max(lengths) + 2
    if text[joint.start : joint.end].endswith("及") and right >= 3:
        low = min(low, right)  # A清单、B办法及负面清单: behind 及 the last one may be short
    if left == right == 1 and min(lengths) > 1:
        return False
    return low <= right <= high + 2 and low <= left and (left <= high or len(lengths) < 2)


def _cut(piece: Span, joints: Sequence[Span]) -> Iterator[Span]:
    start = piece.start
    for joint in joints:
        yield Span(start, joint.start)
        start = joint.end
    yield Span(start, piece.end)


def _counts(text: str, members: Sequence[Span], titles: bool, names: bool) -> Iterator[int]:
    """The counts of all reasonable readings: from each place where the list may begin, without and with a cut at every
    conjunction."""
    if titles:
        yield len(members)
        return
    words = [bare(text, member) for member in members]
    words[0] = without_lead(words[0], words[1:])
    joints = [
        len(_joints(text, member, [*members[:index], *members[index + 1 :]])) for index, member in enumerate(members)
    ]
    titled = [text.count("《", member.start, member.end) for member in members]
    for start in (0, *_later_starts(words)):
        size = len(words) - start
        most = max(size + sum(joints[start:]), sum(titled[start:]))
        if most >= 2:
            yield from range(max(2, size - _shared_heads(words[start:], names)), most + 1)


def _later_starts(words: Sequence[str]) -> Iterator[int]:
    """The members behind the first with which the list may really begin: 对甲村、乙村｜开展A、B两项检查."""
    lengths = [len(word) for word in words]
    if len(set(lengths)) == 1:
        return
    usual = _median(lengths)
    for index in range(1, len(words)):
        leads = opens_with_verb(words[index])
        parallel = index + 1 < len(words) and opens_with_verb(words[index + 1]) and leads
        closes = leads and index + 1 == len(words)
        if (
            (leads and not parallel and not closes)
            or holds_verb(words[index])
            or lengths[index] > 2 * usual + 3
            or closes_a_list(words[index])
        ):
            yield index


def _shared_heads(words: Sequence[str], names: bool) -> int:
    """How many members may only be modifiers of the next one: a lone short word among long ones (教育、管理办法), or
    the first of a pair that shares an office (区委、区政府办公室)."""
    lengths = [len(word) for word in words]
    if len(lengths) < 3:
        return 0
    short = [index for index, length in enumerate(lengths) if length <= 2]
    lone = int(
        not names and len(short) == 1 and short[0] + 1 < len(words) and _median(lengths) >= 4 and len(words) >= 4
    )
    pairs = sum(
        left.endswith(("委", "党委", "党组")) and "政府" in right[:4] and not right.endswith("政府")
        for left, right in pairwise(words)
    )
    return lone + pairs
