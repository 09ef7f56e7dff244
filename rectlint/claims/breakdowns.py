"""Totals told with their breakdown: 其中, 分别为, a colon, brackets, 从…看, a list that follows or is summed up.

In: quantities and their lanes.  Out: `Partition` values with the closure that the wording supports.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from rectlint.claims.lists import (
    EXAMINED,
    PROGRESS,
    REACH,
    STATUSES,
    WITHIN_TIME,
    are_bodies,
    are_grades,
    are_negations,
    are_of_one_level,
    cover_a_year,
    in_one_sentence,
    is_average,
    is_change,
    is_left_open,
    is_member,
    label_of,
    lead_of,
    list_mark,
    may_overlap,
)
from rectlint.claims.partition import NEVER_PARTED, Closure, Partition
from rectlint.claims.quantities import SIZES, Quantity, leading_role
from rectlint.claims.rates import CHANGE
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.values import parse_number

_OF_WHICH = Pattern(r"其中|^(?:包括|包含|含)")
_LISTED = Pattern(r"(?:分别(?:为|是|有|系|由)|即|具体为|构成为)|.{0,10}(?:划分为|分为|分成)")
_ITS_OWN_TOTAL = Pattern(r"\p{Han}{0,6}?(?:当|之)?[中里]面?(?:就|已|共)?有")
"""Behind a figure that 即 leads to, these make it the total of what follows: 博士占三成，即教师97人中有博士37人."""
VIEWED = Pattern(
    r"(?:(?:从\p{Han}{1,20}看|按\p{Han}{1,8}(?:（[\p{Han}、]{1,8}）)?(?:划?分|分类|看|统计|分布(?:为)?))[，：]|(?<=^|[。\n])\p{Han}{0,4}(?:问题|案件|线索|信访件|举报)中，)[^\d。；]{0,24}$",
    needs=("看，", "看：", "分，", "分：", "类，", "类：", "计，", "计：", "布，", "布：", "为，", "为：", "中，"),
)
_CHECKED_BY = Pattern(r"(?<=^|[。\n])经(?!费|济|过|常|营|办|手|开|贸)\p{Han}{1,6}，[^\d。；]{0,24}$", needs=("经",))
"""经复查，规范的37件、存在瑕疵的15件: told of what the sentence before counts."""
_SUMMED = Pattern(r"(?:^|等|以上|全年|全[县市区镇乡街村])(?:总共|共计|合计|总计|一共|累计|共)(?:\p{Han}{0,4})$")
_SUMMED_NAMED = Pattern(r"[\p{Han}“”]{2,12}(?:合计|总计|共计)", needs=("合计", "总计", "共计"))
"""The total of a list with the name of what was listed: 制定制度18项、修订24项、废止7项，制度“立改废”合计49项."""
_SUMMED_BEHIND = Pattern(r"\p{Han}{1,8}(?<![公一])(?:共计?|合计|总计)", needs=("共", "计"))
"""The total right behind the last member with its noun: 11个基层分局共32个单位."""
_HEADED = Pattern(
    r"(?:组长|指挥长|总指挥|召集人|主任)(?:由|为|：)(?![^，。；\d]{0,8}\d)\p{Han}|(?:任|为|作为|兼)(?:第一|总|常务)?(?:组长|指挥长|总指挥|召集人|主任|团长|队长|主席)",
    needs=("长", "指挥", "召集人", "主"),
)
_OPEN_WORD = Pattern(r"其中|含|包括|包含|涉及|如|主要|重点|特别|尤其|等$")
_ADDITIONAL = Pattern(r"新增|另|又|追加|补充|额外|同时")
_ASIDE = Pattern(
    r"其次|此外|另|还|其中(?:\d{1,2}|[两二三四五六七八九])[个家名]\p{Han}{1,10}最[多高大少]|最[多高大少]的|较[多高大]的|排名?[前后]|靠[前后]"
)
"""Between a total and figures announced by 分别为 these tell of another matter, or of a few that were picked out."""
_OF_THE_OTHERS = Pattern(
    r"[，；。](?:其余|其他|其它)(?:\d+[名位家户]|[一二两三四五六七八九十]{1,3}[名位家户])?(?!问题|事项|任务|措施)\p{Han}{2,}[^。]*?[，；]其中",
    needs=("其中",),
)
_HANDLED = Pattern(r"处理|处分|问责|追责|追究|处置|惩处")
_FILED = Pattern(r"立案|留置|审查")
_MEASURE_TAKEN = Pattern(
    r"党纪|政务|政纪|警告|记过|记大过|降级|撤职|撤销|留党察看|开除|诫勉|提醒谈话|谈话提醒|批评教育|责令|书面检查|检查|通报|组织处理|组织调整|立案|调整职务|免职|约谈|停职|辞退|移送|第[一二三四]种"
)
_FORM = Pattern(r"(?:其中，?)?(?:运用)?“?第[一二三四]种")
_RANK = Pattern(r"[厅处科股]级|省部级|班子成员|一般干部|村干部|中层|领导干部|党员")
_THRESHOLD = Pattern(r"[\d%]|以[上下]")
_YEAR = Pattern(r"(?:19|20)\d\d年", needs=("年",))
_BOUNDED = Pattern(r"[\d%]|以[上下]|不足|超过")
_ATTRIBUTE = Pattern(r"女|少数民族|党外|党员|[789]0后|岁|学历|大专|本科|研究生|硕士|博士|职称|退役|残疾|脱贫|留守")
"""What one person may be besides something else, so that heads such as these share persons."""
_SALIENT = Pattern(r"^(?:主要|重点|如|特别|尤其|仅|就|光)|[含包]|涉及")
_ENDS = "。；）\n"
_GOES_ON = Pattern(
    r"（[套次人个处家项]）[。；）\n]|，(?:已|均|全部|都|现|目前|占|完成|发现|逐|分别|有效|实现|整改|治理|累计|正在|切实|同比|较|比|进一步|有力|推动|确保|做到|年均)"
)
"""How a sentence goes on behind a list that is complete: 城市14条、县城9条、农村12条，已完成治理31条."""
_OWN_STATE = Pattern(r"\p{Han}{0,2}(?:问题|任务|事项|措施)，?(?:已|均|正在|尚未)")
_GOES_STRAIGHT_ON = Pattern(r"(?:[，。；、）\n]|$|开展|进行|逐|全部|均|都|已|的|予以|实施|作|进|$)")
_COMPOSED = Pattern(
    r"^\p{Han}{0,6}由[一二两三四五六七八九十\d]+\p{Han}{1,3}(?:组成|构成)，\p{Han}{0,4}$", needs=("组成", "构成")
)
_CHANGE = Pattern(r"(?:增收|减收|增加|减少|增长|下降|(?<!新)增|减|多|少|超收|短收|高出|提高|降低)(?:了|约|近)?$")
_COMPARED_WITH = Pattern(
    r"(?:较|相比|比(?![例重率]))(?:（[^（）]{0,16}）|[^，。；、（）\n]){0,24}的$", needs=("较", "比")
)
_CHANGED_BY = Pattern(rf"(?:净|又|再)?(?:{CHANGE})")
_OF_PERIOD = Pattern(r"^(?:(?:\d{4}年)?(?:1[0-2]|[1-9])月份?|[一二三四]季度|[上下]半年)", needs=("月", "季度", "半年"))
_GONE_THROUGH = Pattern(r"排查|清理|复核|核查|摸排|梳理|清查")
"""What is gone through one by one is usually told in full: 清理担保15笔，解除9笔，补办手续4笔，移交法务2笔."""
_TITLES = Pattern(r"《[^《》]{1,40}》", needs=("《",))
_IS_DONE_WITH = Pattern(r"\p{Han}{1,10}(?:中，?)?已\p{Han}{1,6}", needs=("已",))
"""What goes on within the clause of its total: 115个违法图斑已拆除98个、完善手续12个、立案处罚5个."""
_ONE_BY_ONE = Pattern(r"^\p{Han}{0,14}逐[一个户份笔宗件人项条]\p{Han}{1,6}，\p{Han}{1,6}$", needs=("逐",))
"""对26名后备干部逐一家访，留用21名，调整5名: what is done with each of them."""
_CHECKED = Pattern(r"，经(?!费)\p{Han}{1,8}，")
"""A clause that says how it was found out, between a total and its list: 疑似点位76个，经核实，……"""
_GRADES = Pattern(
    r"^(?:被?(?:评定?|定)?(?:为|等次)?)?[“‘]?(?:优秀?|良好?|好|较好|中等?|一般|较差|差|合格|基本合格|不合格|称职|基本称职|不称职|满意|基本满意|较为?满意|不满意|不太满意|[高中低]风险|[优良中差]等次?)[”’]?(?:等次|档次|等级|的)*$"
)
"""The steps of a scale on which each thing has one place: 好19人次，较好22人次，一般27人次，差22人次."""
_DISPOSED = Pattern(r"(?:移交|转交|移送|转办|交办|登记|下达)|.*的$")
"""What sounds like a total and is one way of several to deal with a thing: 转立案4条、了结19条、移交有关部门4条."""
_MAY_GO_TOGETHER = Pattern(r"责令|处罚|罚款|约谈|立案|查封|停产|发现|问题|通报|处分|整改|追缴|下发|发出|培训|覆盖")
_AMONG_THEM = Pattern(r"\p{Han}{1,12}(?<!其)中\p{Han}{2,10}的$", needs=("中",))
"""What begins a list within the clause of its total: 41本会计凭证中手续完备的6本，需补充附件的35本."""
_KEPT = Pattern(r"保留|留用|继续使用|正常使用")
_DONE_AWAY = Pattern(
    r"^(?:已|依法|依规)?(?:终止|注销|撤销|解除|拆除|取缔|关闭|退出|清退|停用|报废|废止|取消|剔除|清理)"
)
_SAVED = Pattern(r"^(?:继续|予以|重新)?(?:保留|续签|重签|签订|整改|完善|规范|补办|补签|恢复|留用|转型|整合|移交|盘活)")
"""What is done away with and what is not, which is all that was gone through: 对126份协议进行清理，终止37份，续签89份."""
_ADDED = Pattern(r"^(?:新(?:增|纳入|认定|招|引进|补)|增补|另)|^(?:目前|现|现有|现在)\p{Han}{0,4}(?:在册|共有|有)?$")
_WITHIN_OTHERS = Pattern(r"(?:包含|包括|含|列|计入|纳入)在|计入|前述|上述")
"""What is said to be part of a figure told elsewhere: 清退12人（包含在前述33人之内）."""
_INSTALMENT = Pattern(r"(?:首|第[一二三四五六])[期批笔次轮](?:款|资金|已)?$")
_WITHIN = Pattern(r"(?:中|里|里面|之中|当中)$")


def find_breakdowns(
    document: Document, quantities: Sequence[Quantity], lanes: Mapping[tuple[str, int], Sequence[Quantity]]
) -> Iterator[Partition]:
    """All breakdowns, lane by lane and then bracket by bracket."""
    for (measure, _), lane in lanes.items():
        if measure not in NEVER_PARTED:
            told = [*_summed_up(document, lane), *_of_which(document, lane), *_viewed(document, lane)]
            yield from told
            yield from _of_a_few(document, lane)
            yield from _enumerated(document, lane, {part.order for partition in told for part in partition.parts})
    yield from _bracketed(document, quantities)


# --- a list summed up at its end --------------------------------------------------------------------------------------


def _summed_up(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    """甲村3户、乙村5户、丙村8户，共16户."""
    for index, total in enumerate(lane):
        if not total.before:
            continue
        named = _SUMMED_NAMED.fullmatch(total.before) is not None
        adjacent = index > 0 and lane[index - 1].span.end + len(total.before) == total.span.start
        if named and (members := _members_named(document, lane, index)) is not None:
            if members:
                yield Partition(total, tuple(members), "summed")
            continue
        behind = not named and adjacent and _SUMMED_BEHIND.fullmatch(total.before) is not None
        if not (named or behind) and (len(total.before) > 8 or not _SUMMED.search(total.before)):
            continue
        parts: list[Quantity] = []
        sentence = document.sentence_index(total.span.start)
        for quantity in reversed(lane[:index]):
            if document.sentence_index(quantity.span.start) != sentence or quantity.role == "rest":
                break
            told = Partition(total, (quantity, *parts), "summed").fits
            if quantity.role == "total" and not (parts and (told or _opens_list(document, quantity, parts[0]))):
                break
            parts.insert(0, quantity)
            if quantity.role == "total":
                break
        for first in range(1, len(parts) - 1):
            if Partition(total, tuple(parts[first:]), "summed").fits and not _are_of_one_make(document, parts):
                parts = parts[first:]  # 处分1人，诫勉3人，谈话提醒7人，组织处理共10人: the last of them only
                break
        if (
            parts
            and total.measure == "人"
            and _HEADED.search(document.text, document.sentence_at(total.span.start).start, total.span.start)
        ):
            continue  # 局长任组长、3名副局长任副组长、12名科长为成员，共16人: one more, without a figure
        joined = all(_stand_side_by_side(document, a, b) for a, b in pairwise(parts))
        if len(parts) < 2 or not joined or not _sums_up(document, parts, total):
            continue
        uniform = all("、" in document.text[a.span.end : b.span.start] for a, b in pairwise(parts))
        uniform = uniform or (len(parts) > 2 and not total.noun and _ends_there(document, parts, total))
        alike = len({part.role for part in parts} - {"part"}) <= 1
        nouns = {part.noun for part in parts}
        if (uniform or alike) and (
            not total.noun
            or nouns <= {total.noun, ""}
            or total.measure in ("人", "元")
            or (behind and total.noun.endswith(("单位", "部门", "组织", "机构")))
        ):
            yield Partition(total, tuple(parts), "near" if named else "summed")


def _members_named(document: Document, lane: Sequence[Quantity], index: int) -> list[Quantity] | None:
    """The members that a sum names one by one (属实97件、部分属实58件、不属实26件，属实和部分属实合计155件), none where not all are
    found; nothing where it names none."""
    found = _SUMMED_MEMBERS.fullmatch(lane[index].before)
    if found is None:
        return None
    names = _JOINED.compiled.split(found["names"])
    sentence = document.sentence_index(lane[index].span.start)
    earlier = [q for q in lane[max(0, index - 16) : index] if document.sentence_index(q.span.start) == sentence]
    labels = {label_of(document, q): q for q in earlier}
    parts = [labels[name] for name in names if name in labels]
    if not parts and not any(label.endswith(names[-1]) or names[0] in label for label in labels):
        return None
    return parts if len(parts) == len(names) and len(set(parts)) == len(parts) else []


_SUMMED_MEMBERS = Pattern(
    r"(?P<names>\p{Han}{2,10}(?:[和与及、]|以及)\p{Han}{2,10})(?:两者|二者|三者)?(?:合计|总计|共计)",
    needs=("合计", "总计", "共计"),
)
_JOINED = Pattern(r"以及|[和与及、]")
_POST = Pattern(r"(?P<post>组长|主任|主席|队长|指挥长|召集人|团长|会长|书记|院长|局长|站长|经理)$")
_BELOW = Pattern(r"(?:副|成员|委员|组员|队员|常委|科员|会员|干事|员工|职工)")


def _are_of_one_make(document: Document, parts: Sequence[Quantity]) -> bool:
    """Whether a list is of one sort from its first member on: 甲村3户、乙村5户、丙村8户; 组长1人，副组长2人，成员9人."""
    labels = [label_of(document, part) for part in parts]
    posts = _POST.search(labels[0]) is not None and all(_BELOW.search(label) for label in labels[1:])
    marks = {list_mark(document, a, b) for a, b in pairwise(parts)}
    return len(marks) == 1 and (posts or _are_alike(parts, labels))


def _ends_there(document: Document, parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether a list of one unit ends with its total, and so does the sentence: 立即整改9项，限期整改5项，持续整改3项，共17项。"""
    same = {part.unit for part in parts} == {total.unit} and not any(part.noun for part in parts)
    return same and document.text[total.span.end : total.span.end + 1] in "。；\n"


def _sums_up(document: Document, parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether the total goes on with the list: 甲213项、乙158项，共371项, or without a comma where it counts the same things."""
    if _stand_side_by_side(document, parts[-1], total):
        return True
    behind = document.text[parts[-1].span.end : total.span.start]
    if behind not in ("共", "共计", "合计", "总计") and _SUMMED_BEHIND.fullmatch(behind) is None:
        return False
    plain = all("、" in document.text[a.span.end : b.span.start] for a, b in pairwise(parts))
    return plain and (total.noun != "" or _GOES_STRAIGHT_ON.match(document.text, total.span.end) is not None)


def _opens_list(document: Document, quantity: Quantity, following: Quantity) -> bool:
    """Whether a figure with a verb of finding is the first of a list and no total: 发现漏报8个、错报5个，共13个."""
    found = not quantity.before.startswith(("共", "总", "合计", "累计")) and "共" not in quantity.before
    return found and list_mark(document, quantity, following) == "、"


def _stand_side_by_side(document: Document, first: Quantity, second: Quantity) -> bool:
    """Whether only a label and a list mark stand between two figures, and no other figure."""
    between = document.text[first.span.end : second.span.start]
    between = _TITLES.sub("", between)
    plain = "。" not in between and not any(character.isdigit() for character in between)
    return len(between) <= 24 and plain and any(mark in between for mark in "、，；和与及")


# --- 其中, 分别为, a colon -----------------------------------------------------------------------------------------------


def _of_which(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    """T，其中 A a个、B b个: each part at most T; more is claimed only where the parts say so themselves."""
    for index, first in enumerate(lane):
        if index == 0:
            continue
        announced = _LISTED.match(first.before) is not None or _is_after_colon(document, lane, index)
        composed = _COMPOSED.search(document.text[lane[index - 1].span.end : first.span.start]) is not None
        concerned = first.measure == "人" and first.before.startswith("涉及")
        second = lane[index - 1].clause == first.clause and not _OF_WHICH.search(
            document.text, lane[index - 1].span.end, first.span.start
        )  # 其中，未完成1个县里项目和2个镇里项目: both are of what 其中 leads from
        of_which = not second and _OF_WHICH.search(lead_of(document, first)) is not None
        if not (announced or composed or concerned or of_which):
            continue
        if announced and _ITS_OWN_TOTAL.match(document.text, first.span.end) is not None:
            continue
        parts = _listed_from(document, lane, index, needed=True)
        parts = _without_states(document, parts)
        if (pairs := _respectively(document, lane, index, parts)) is not None:
            yield from pairs
            continue
        if (increase := _increase_by_period(document, lane, index, parts)) is not None:
            yield Partition(increase, tuple(parts), "near")
            continue
        total = _owner(document, lane, index, parts)
        if total is None or (total.role == "done" and first.role in ("pending", "rest")):
            continue
        if concerned and not of_which and first.value > total.value:
            continue  # 查处教师2人，……涉及学生11名
        if total.role in ("done", "pending") and any(_has_own_state(document, part) for part in parts):
            continue
        if announced and _ASIDE.search(document.text[total.span.end : first.span.start]):
            continue
        if _OF_THE_OTHERS.search(document.text, total.span.end, first.span.start) is not None:
            continue  # 书记领办5个；其余6名成员分别认领，其中最多的9个: of what the others did
        if _is_of_whole_list(document, lane, total, parts):
            continue
        if composed and len(parts) >= 2:
            yield Partition(total, tuple(parts), "listed")
            continue
        labels = [label_of(document, part) for part in parts]
        if announced and len(parts) >= 2 and not all(_MEASURE_TAKEN.search(label) for label in labels):
            yield Partition(total, tuple(parts), "listed")
        else:
            yield _judge_open(document, total, parts)


def _is_of_whole_list(document: Document, lane: Sequence[Quantity], total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether 其中 speaks of all that a list names, whose last member is too small for it: 甲区12家、乙区8家，其中15家……"""
    largest, told = max(part.value for part in parts), sum(part.value for part in parts)
    if told <= total.value:
        return False
    first = index = bisect_left(lane, total.order, key=lambda figure: figure.order)
    while first and list_mark(document, lane[first - 1], lane[first], totals=True) == "、":
        first -= 1
    whole = sum(figure.value for figure in lane[first : index + 1])
    if largest <= total.value:
        near = index and in_one_sentence(
            document, lane[index - 1], total
        )  # 新订10项，修订7项，其中采购类9项、财务类8项
        return (first < index and told == whole) or bool(near and told == total.value + lane[index - 1].value)
    return first < index and largest <= whole


def _has_own_state(document: Document, part: Quantity) -> bool:
    """Whether a part is told with how far it has come (其中：需立行立改的59个问题已全部整改到位): a part of all, not of what is done."""
    return _OWN_STATE.match(document.text, part.span.end) is not None


def _increase_by_period(
    document: Document, lane: Sequence[Quantity], index: int, parts: Sequence[Quantity]
) -> Quantity | None:
    """The increase that 其中 and months tell in parts: 比7月底的97个增加71个，其中8月份24个、9月份47个."""
    change = lane[index - 1]
    periods = len(parts) >= 2 and all(_OF_PERIOD.match(label_of(document, part)) for part in parts)
    told = periods and not any(Partition(q, tuple(parts), "open").fits for q in lane[max(0, index - 4) : index - 1])
    told = told and document.text[change.span.end : change.clause.end].strip("件个") == ""
    return (
        change
        if told
        and (is_change(change) or _CHANGE.search(change.before))
        and _is_of_statement(document, change, parts[0])
        else None
    )


def _is_compared_with(document: Document, figure: Quantity) -> bool:
    """Whether a figure is what another one is measured against, and so has no parts here: 比上年的97个增加71个."""
    head = document.text[max(0, figure.span.start - 40) : figure.span.start]
    return _CHANGED_BY.match(document.text, figure.span.end) is not None and _COMPARED_WITH.search(head) is not None


def _respectively(
    document: Document, lane: Sequence[Quantity], index: int, parts: Sequence[Quantity]
) -> list[Partition] | None:
    """甲类的71个、乙类的18个问题中，分别有70个、11个…: as many totals as parts, each part of the one in its place."""
    first = lane[index]
    totals = lane[max(0, index - len(parts)) : index]
    if len(parts) < 2 or len(totals) < len(parts) or not first.before.startswith("分别"):
        return None
    joined = all(list_mark(document, one, other, totals=True) == "、" for one, other in pairwise(totals))
    if not joined or not in_one_sentence(document, totals[-1], first):
        return None
    if Partition(totals[-1], tuple(parts), "listed").fits:
        return None
    return [Partition(total, (part,), "open") for total, part in zip(totals, parts, strict=True)]


def _is_after_colon(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether the quantity opens a list that a colon after the total announces: 39名：专职24名，兼职15名.  What is picked out of
    them (219件问题中：有18件……) is no list of all."""
    start = lane[index].clause.start
    return (
        not document.text.endswith("中：", 0, start)
        and _ENUMERATED.match(lane[index].before) is None
        and document.text[start - 1 : start] == "："
        and lane[index - 1].clause.end == start - 1
    )


_ENUMERATED = Pattern(r"一是|第一|首先|①|1")
"""Before the first figure behind a colon: what is told one by one, each perhaps of several (2个：一是老旧小区3个项目)."""


def _owner(document: Document, lane: Sequence[Quantity], index: int, parts: Sequence[Quantity]) -> Quantity | None:
    """The total before an 其中: of the figures that may own it the one that the parts add up to, else the nearest.

    A figure of the sentence before (。其中) owns it only if it is large enough; a change (增加5件) owns nothing.
    """
    if len(parts) >= 2:
        for candidate in reversed(lane[max(0, index - 4) : index]):
            if not _is_of_statement(document, candidate, parts[0]) or candidate.role in ("part", "rest"):
                break
            if Partition(candidate, tuple(parts), "open").fits:
                return candidate
    owners = [
        total
        for back in range(index - 1, max(-1, index - 5), -1)
        if _may_own(document, lane, back, index) and all(are_of_one_level(lane[back], part) for part in parts)
        for total in (lane[back],)
    ]
    if len(parts) >= 2:
        owners.sort(key=lambda total: not Partition(total, tuple(parts), "open").fits)
    if len(parts) >= 3:
        told = sum((part.value for part in parts), Decimal(0))
        near = [q for q in lane[max(0, index - 3) : index] if _is_of_statement(document, q, parts[0])]
        near = [q for q in near if q.role not in ("part", "rest") and abs(q.value - told) * 50 <= q.value]
        if near:
            return near[-1]
    nearest = lane[index - 1]
    if nearest not in owners and not nearest.ranged and nearest.value >= sum(part.value for part in parts):
        between = document.text[nearest.span.end : parts[0].clause.start]
        if _STRAIGHT_TO_PARTS.fullmatch(between) is not None:
            return nearest  # 汉族25人，占46%；其他民族29人，占54%。其中，苗族23人
    for total in owners:
        apart = "。" in document.text[total.span.end : parts[0].span.start]
        if not apart or all(part.value <= total.value for part in parts):
            return total
    return None


_STRAIGHT_TO_PARTS = Pattern(r"，占\p{Han}{0,8}[\d.]+%。(?:其中，)?")


def _is_of_statement(document: Document, figure: Quantity, first: Quantity) -> bool:
    """Whether a list behind 其中 may follow on a figure: within its sentence, or as the next one (。其中)."""
    between = document.text[figure.span.end : first.span.start]
    return len(between) <= 60 and "\n" not in between and between.replace("。其中", "", 1).count("。") == 0


def _may_own(document: Document, lane: Sequence[Quantity], back: int, index: int) -> bool:
    """Whether 其中 before ``lane[index]`` can speak of ``lane[back]``.

    Ranks told in between (科级干部2人；其中，诫勉2人) are stepped over; a member of another list is no total.
    """
    total, first = lane[back], lane[index]
    if _INSTALMENT.search(total.before) is not None:
        return False  # 首期80.4万元已拨付，第二、三期分别为……
    between = document.text[total.span.end : first.span.start]
    if len(between) > 60 or "\n" in between or total.ranged or total.role in ("rest", "part"):
        return False
    if "。" in between and (between.count("。") > 1 or "。其中" not in between):
        return False
    beside = total.before.endswith(("涉及", "分布在", "覆盖")) and total.noun != ""
    beside = beside and back > 0 and "；" not in document.text[lane[back - 1].span.end : total.span.start]
    if beside and (lane[back - 1].noun or lane[back - 1].role == "total"):
        return False  # 共20个问题，涉及四个领域，其中……: of the problems
    if between.count("，") > 2 and first.before.startswith("分别"):
        return False
    if _CHANGE.search(total.before) or _is_compared_with(document, total) or is_average(total):
        return False
    if _RANK.search(total.before) and back and in_one_sentence(document, lane[back - 1], total):
        return False
    if total.role == "total" or total.noun or not is_member(document, lane, back):
        return True
    mark = list_mark(document, lane[back - 1], total)
    opens = mark == "；" or (mark == "，" and total.measure in SIZES)  # ……；处理33人，其中…: a statement of its own
    return opens and back == index - 1 and between.startswith("，其中")


def _listed_from(
    document: Document, lane: Sequence[Quantity], index: int, *, totals: bool = False, needed: bool = False
) -> list[Quantity]:
    """The figures of the list that begins at ``lane[index]``, all joined by the same mark.

    ``totals`` allows members with a word of totals, ``needed`` those that tell what a member needs (需补办的12份).
    """
    parts, separator = [lane[index]], ""
    for place, quantity in enumerate(lane[index + 1 : index + 16], index + 1):
        if separator in ("", "；") and _is_state_of_member(document, lane, place):
            continue  # 道路130处，已整治128处；消防180处，已整治176处
        named = totals or (needed and quantity.before.endswith("的"))
        mark = list_mark(document, parts[-1], quantity, totals=named)
        if not mark and needed and list_mark(document, parts[-1], quantity, totals=True) == "、":
            mark = "、"  # 未受理0件、受理中2件: a head that sounds like a total
        changed = separator and mark != separator and _FORM.match(label_of(document, quantity)) is None
        if not mark or changed or "其中" in quantity.before:
            break
        separator = mark
        parts.append(quantity)
    return parts


def _is_state_of_member(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether a figure tells how much of the member before it is done, and ； leads to the next member."""
    member, state = lane[index - 1], lane[index]
    if state.role not in PROGRESS or member.role in STATUSES or state.value > member.value or index + 1 >= len(lane):
        return False
    if document.text[member.span.end : state.clause.start] not in ("，", "（"):
        return False
    behind = document.text[state.span.end : lane[index + 1].span.start]
    return "；" in behind and "。" not in behind and in_one_sentence(document, state, lane[index + 1])


_STATED = ("已", "均已", "现已", "目前已", "正在", "截至")


def _without_states(document: Document, parts: list[Quantity]) -> list[Quantity]:
    """The members up to a state that a comma or ； leads to, where the first tells none: 其中重大隐患17处，已整改2098处;
    已整改8个，其中立行立改4个；需长期坚持3个."""
    if parts[0].role != "part":
        return parts
    for place, (previous, part) in enumerate(pairwise(parts), 1):
        mark = list_mark(document, previous, part, totals=True)
        if (mark == "，" and part.before.startswith(_STATED)) or (mark == "；" and part.role == "pending"):
            return parts[:place]
    return parts


def _judge_open(document: Document, total: Quantity, parts: Sequence[Quantity]) -> Partition:
    parts = tuple(parts[: _reach(document, total, parts)])
    labels = [label_of(document, part) for part in parts]
    left_open = may_overlap(document, total, parts[-1]) or is_left_open(document, parts[-1])
    if left_open:
        return Partition(total, parts, "open")
    if len(parts) >= 3 and all(_FORM.match(label) for label in labels):
        return Partition(total, parts, "persons")
    if total.measure == "人" and len(parts) >= 2 and all(_MEASURE_TAKEN.search(label) for label in labels):
        lead = total.before + total.after
        party = any("党" in label and "政务" not in label for label in labels)
        both = party and any("政务" in label and "党" not in label for label in labels)
        doubled = both and sum(part.value for part in parts) >= total.value
        firm = _HANDLED.search(lead) and not _FILED.search(lead) and not doubled
        penalties = len(set(labels)) == len(labels) and all(_PARTY_PENALTY.search(label) for label in labels)
        if penalties and _FILED.search(lead) and sum(part.value for part in parts) > total.value:
            return Partition(total, parts, "persons")  # 立案6人，其中严重警告5人、警告2人: nobody gets two of these
        if not firm and _HANDLED.search(lead) and _is_itemized(document, total, parts, labels):
            return Partition(total, parts, "itemized")
        return Partition(total, parts, "persons" if firm else "open")
    closed = are_negations(labels) or (parts[-1].role == "rest" and len(parts) > 2)  # 其他26人: nobody is left out
    if total.measure == "人" and len(parts) > 1 and not closed and _share_persons(total, labels):
        return Partition(total, parts, "overlap" if all(part.value <= total.value for part in parts) else "open")
    if _are_apart(document, total, parts, labels):
        return Partition(total, parts, "apart")
    closure = _closure_of(total, parts, labels)
    if closure in ("open", "near") and _counts_heads(document, total, parts):
        return Partition(total, parts, "apart")
    if closure == "open" and _makes_too_much(document, total, parts, labels):
        return Partition(total, parts, "near")
    itemized = closure == "open" and _is_itemized(document, total, parts, labels)
    return Partition(total, parts, "itemized" if itemized else closure)


_PARTY_PENALTY = Pattern(r"(?:党内)?(?:严重)?警告$|撤销党内职务$|留党察看\p{Han}{0,2}$|开除党籍$")


def _makes_too_much(document: Document, total: Quantity, parts: Sequence[Quantity], labels: Sequence[str]) -> bool:
    """Whether three or more different posts or kinds joined by 、 are more than all of them: 65名，其中书记员41名、辅警15名、后勤19名."""
    if len(parts) < 3 or sum(part.value for part in parts) <= total.value or any(p.value > total.value for p in parts):
        return False
    if len(set(labels)) < len(labels) or not all(labels) or total.measure == "人次":
        return False
    if any(_BOUNDED.search(label) or _MEASURE_TAKEN.search(label) for label in labels) or _SALIENT.search(labels[0]):
        return False
    ends = {label[-2:] for label in labels}
    alike = len(ends) == 1 or total.measure != "人" or all(_POST.search(label) for label in labels)
    return alike and {list_mark(document, a, b, totals=True) for a, b in pairwise(parts)} == {"、"}


def _are_apart(document: Document, total: Quantity, parts: Sequence[Quantity], labels: Sequence[str]) -> bool:
    """Whether the heads are classes of which each thing has one, or three amounts and more, and make more than the total:
    87人，其中一级关注9人、二级关注62人、三级关注52人."""
    told = sum(part.value for part in parts)
    if told <= total.value or any(part.value > total.value for part in parts) or total.measure == "人次":
        return False
    if any(_BOUNDED.search(label) for label in labels) or _SALIENT.search(labels[0]):
        return False
    marks = {list_mark(document, a, b, totals=True) for a, b in pairwise(parts)}
    if marks != {"、"} and not (
        marks == {"，"} and document.text[parts[-1].span.end : parts[-1].span.end + 1] in _ENDS
    ):
        return False
    sizes = total.measure in SIZES and len(parts) >= 3 and marks == {"、"} and len(set(labels)) == len(labels)
    sizes = sizes and not any(part.role in STATUSES for part in parts)
    return sizes or are_grades(labels) or are_bodies(labels)


def _counts_heads(document: Document, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the text says right before 其中 how many things the total is of, and as many are named: 2400套，涉及4个项目，其中甲860
    套、乙640套、丙520套、丁380套."""
    if len(parts) < 3 or not lead_of(document, parts[0]).startswith("其中"):
        return False
    found = _OF_SO_MANY.fullmatch(document.text, total.span.end, parts[0].clause.start)
    if found is None or parse_number(found["figure"]).value != len(parts):
        return False
    if abs(sum((part.value for part in parts), -total.value)) * 5 > total.value:
        return False
    return {list_mark(document, a, b, totals=True) for a, b in pairwise(parts)} == {"、"}


_OF_SO_MANY = Pattern(
    r"\p{Han}{0,8}，(?:共|分别|主要)?(?:涉及|分布[在于]|分属|来自|覆盖|用于|安排|投向|支持|分解到|分配[到给]|下达给?|由)(?P<figure>\d{1,2}|[三四五六七八九十])(?:个|家|所|处|座|项|户|条|支)\p{Han}{1,8}，",
    needs=("涉及", "分布", "分属", "来自", "覆盖", "用于", "安排", "投向", "支持", "分解", "分配", "下达", "由"),
)


_POST = Pattern(r"(?:员|人员|师|长|工|岗|干部|教师|医生|护士)$")


def _is_over(document: Document, last: Quantity) -> bool:
    """Whether the sentence goes on behind a list joined by 、 with something else."""
    end = last.span.end
    if _GOES_ON.match(document.text, end, end + 8) is not None:
        return True
    if document.text[end : end + 1] != "，":
        return False
    stop = min((at for mark in "，。；、\n" if (at := document.text.find(mark, end + 1)) >= 0), default=end)
    clause = document.text[end + 1 : stop]
    return last.unit not in clause and not clause.startswith(("其他", "其余", "另", "还有", "以及", "等"))


def _share_persons(total: Quantity, labels: Sequence[str]) -> bool:
    """Whether one person may come under several of the heads, what all of them are told to be apart: 女干部, but 农村党员 of 党员."""
    own = total.noun
    return any(_ATTRIBUTE.search(label.removesuffix(own) if own else label) for label in labels)


def _is_itemized(document: Document, total: Quantity, parts: Sequence[Quantity], labels: Sequence[str]) -> bool:
    """Whether 其中 is followed by three or more heads of one kind, joined by 、 up to the end of the sentence, or by ，
    where the sentence ends with the last."""
    years = len(parts) == 2 and all(_YEAR.search(label) for label in labels)
    if (len(parts) < 3 and not years) or not lead_of(document, parts[0]).startswith("其中"):
        return False
    if _SALIENT.search(labels[0]):
        return False
    end = parts[-1].span.end
    if document.text[end : end + 1] not in _ENDS and not _is_over(document, parts[-1]):
        return False
    plain = [_OF_PERIOD.sub("", _YEAR.sub("", label)) for label in labels]
    if len(set(labels)) < len(labels) or not all(labels) or any(map(_BOUNDED.search, plain)):
        return False
    if total.measure == "人" and (_share_persons(total, labels) or _FILED.search(total.before)):
        return False
    marks = {list_mark(document, a, b, totals=True) for a, b in pairwise(parts)}
    return marks == {"、"} or (marks == {"，"} and document.text[end : end + 1] in "。；\n")


def _reach(document: Document, total: Quantity, parts: Sequence[Quantity]) -> int:
    """How many of the parts 其中 speaks of: in 68人，其中正厅37人，县处级497人 only the first."""
    if total.bracket != parts[0].bracket:
        return len(parts)  # 40个（其中，甲类1个，乙类44个）: whatever stands in the bracket
    for index, part in enumerate(parts):
        if index and part.value > total.value and document.text[part.clause.start - 1] != "、":
            return index
    return len(parts)


def _closure_of(total: Quantity, parts: Sequence[Quantity], labels: Sequence[str]) -> Closure:
    roles = {part.role for part in parts}
    if len(parts) < 2 or total.measure == "人次":
        return "open"
    if total.measure == "人" and len(set(labels)) == len(labels) and all(_RANK.search(label) for label in labels):
        return "negation" if sum(part.value for part in parts) > total.value else "near"
    if "rest" in roles:
        return "rest"
    if {"true", "untrue"} <= roles or are_negations(labels):
        return "negation"
    if {"done", "pending"} <= roles:
        return "status"
    if cover_a_year(labels):
        return "near"
    alike = all(label and label[-1] == labels[0][-1:] for label in labels)
    if total.measure == "人":
        distinct = len(set(labels)) == len(labels)
        alike = distinct and len({label[-2:] for label in labels}) == 1 and not total.noun.endswith(labels[0][-2:])
    if alike and not any(_THRESHOLD.search(label) for label in labels):
        return "near"
    return "open"


# --- lists without a word that announces them -----------------------------------------------------------------------------


def _viewed(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    """交办159件。从分布看，A50件、B21件…: a view of all cases nearly always adds up to them."""
    for index, first in enumerate(lane):
        if index == 0:
            continue
        start = first.clause.start
        words = WITHIN_TIME.sub("", document.text[max(0, first.span.start - 40) : first.span.start])
        lead = VIEWED.search(words) or _CHECKED_BY.search(words)
        if lead is None:
            if (named := _OF_NAMED.search(words)) is not None:
                yield from _of_named(document, lane, index, named["name"])
            continue
        parts = _listed_from(document, lane, index)
        if _is_continued(document, lane, parts[-1]):
            parts.append(lane[lane.index(parts[-1]) + 1])
        close = in_one_sentence(document, lane[index - 1], first, REACH)
        if (
            len(parts) < (2 if close else 3)
            or is_left_open(document, parts[-1])
            or may_overlap(document, first, parts[-1])
        ):
            continue
        totals = [
            quantity
            for back, quantity in enumerate(lane[max(0, index - 12) : index], max(0, index - 12))
            if not is_member(document, lane, back)
            and quantity.role not in ("rest", "part")
            and document.paragraph_at(quantity.span.start) == document.paragraph_at(start)
        ]
        fitting = [t for t in totals if Partition(t, tuple(parts), "near").fits]
        if totals:
            named = [t for t in totals if t.role == "total"]
            total = (fitting or (named if "中，" in lead.group() else []) or [_nearest(totals, parts)])[-1]
            checked = lead.group().startswith("经") and not fitting
            apart = abs(sum((part.value for part in parts), -total.value))
            if checked and apart > 2 and apart * 50 > total.value:
                continue  # 经核实，属实……: of what is dealt with so far, perhaps
            several_kinds = ("类型" in lead.group() or "污染" in lead.group()) and sum(
                part.value for part in parts
            ) > total.value
            yield Partition(total, tuple(parts), "open" if several_kinds else "near")


_OF_NAMED = Pattern(r"(?<=[。\n])(?P<name>\p{Han}{2,12})(?<!其)中，\p{Han}{0,16}$", needs=("中，",))


def _of_named(document: Document, lane: Sequence[Quantity], index: int, name: str) -> Iterator[Partition]:
    """商用房3267栋……。商用房中，城镇2142栋、农村1125栋: a row behind the name of the one figure of the sentence before that bears it."""
    first = lane[index]
    start = document.sentence_at(first.span.start).start
    floor = document.sentence_at(start - 1).start if start else 0
    earlier = [q for q in lane[max(0, index - 12) : index] if floor <= q.span.start < start]
    wholes = [q for q in earlier if label_of(document, q) == name]
    parts = _listed_from(document, lane, index)
    labels = [label_of(document, part) for part in parts]
    if len(wholes) != 1 or len(parts) < 2 or is_left_open(document, parts[-1]) or may_overlap(document, parts[-1]):
        return
    if list_mark(document, parts[0], parts[1]) != "、" or parts[-1].role == "rest" or not all(labels):
        return
    if any(part.value > wholes[0].value for part in parts) or any(map(_THRESHOLD.search, labels)):
        return
    yield Partition(wholes[0], tuple(parts), "near" if are_negations(labels) or len(parts) > 2 else "open")


def _nearest(totals: Sequence[Quantity], parts: Sequence[Quantity]) -> Quantity:
    """The figure that the parts come closest to, the last of several as close."""
    told = sum(part.value for part in parts)
    return min(reversed(totals), key=lambda total: abs(total.value - told))


def _enumerated(document: Document, lane: Sequence[Quantity], listed: set[int]) -> Iterator[Partition]:
    """A list right after a total, without a word that says what it is; ``listed`` are parts already, and no totals.

    A word and its negation (发现问题的27次，未发现问题的4次) are closed; three or more like parts joined by 、 nearly
    always make the total up; other lists may.
    """
    for index, total in enumerate(lane[:-2]):
        if total.order in listed or not _may_head_list(document, lane, index):
            continue
        parts = _listed_from(document, lane, index + 1, totals=True)
        mark = list_mark(document, parts[0], parts[1], totals=True) if len(parts) > 1 else ""
        if mark == "；":
            continue  # the next statement has a total of its own
        listed |= {part.order for part in parts}
        labels = [label_of(document, part) for part in parts]
        if are_negations(labels[:2]) and (len(parts) == 2 or mark == "，"):
            yield Partition(total, tuple(parts[:2]), "negation")
            continue
        graded = len(parts) >= 3 and all(map(_GRADES.search, labels))
        like = graded or _are_alike(parts, labels)
        within = _WITHIN.search(total.after) is not None
        kept = len(parts) == 2 and _KEPT.search(labels[-1]) is not None
        each = document.text[total.span.end : parts[0].span.start] if parts else ""
        disposed = len(parts) == 2 and _DONE_AWAY.search(labels[0]) is not None and _SAVED.search(labels[1]) is not None
        through = _GONE_THROUGH.search(total.before) or _GONE_THROUGH.search(total.after)
        gone_through = ((len(parts) >= 3 or kept or disposed) and through is not None) or (
            len(parts) >= 2 and _ONE_BY_ONE.search(each) is not None
        )
        bare = len(parts) >= 3 and not any(part.before for part in parts)
        examined = EXAMINED.search(total.before) is not None and not any(map(_MAY_GO_TOGETHER.search, labels))
        close = (len(parts) >= 3 or examined) and _comes_close(document, total, parts)
        if mark == "，" and total.role != "total" and not within and not (like or gone_through or bare or close):
            continue
        if leading_role(total) in STATUSES and total.measure in SIZES and not (within or gone_through or close):
            continue  # 化解债务87万元，以资抵债……: what is done is told in parts where these make it up
        if not mark:
            continue
        if (
            may_overlap(document, total, parts[-1])
            or is_left_open(document, parts[-1])
            or _is_continued(document, lane, parts[-1])
        ):
            continue
        roles = {part.role for part in parts}
        named = {part.role for part, label in zip(parts, labels, strict=True) if _DISPOSED.match(label) is None}
        foreign = (roles & {"rest"}) | (set() if gone_through else named & {"total"})
        if any(_ADDED.search(label) for label in labels):
            continue  # 复核386户，停发19户，新纳入8户，目前375户
        if not all(labels) or foreign or roles == {"done", "pending"}:
            continue
        if any(not are_of_one_level(total, part) or part.value > total.value for part in parts):
            continue
        if not (like or bare) and not any(part.before for part in parts):
            continue
        several = mark == "、" and len(parts) >= 3
        classes = [document.text[max(part.clause.start, total.span.end) : part.span.start] for part in parts]
        bounded = any(map(_THRESHOLD.search, classes)) and not (_are_contiguous(classes) or cover_a_year(labels))
        lack = total.value - sum(part.value for part in parts)
        kept = kept and lack * 20 <= total.value  # of more than that something else may have become
        firm = (like or within or several or bare or (gone_through and (kept or disposed))) and not bounded
        excessive = within and (like or several) and sum(part.value for part in parts) > total.value
        likely: Closure = "near" if firm else "open" if bounded else "loose"
        yield Partition(total, tuple(parts), "negation" if excessive else likely)


def _comes_close(document: Document, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether three figures and more up to the end of the sentence miss the one before them by next to nothing."""
    end = parts[-1].span.end
    if document.text[end : end + 1] not in "。；\n" or not all(part.before for part in parts):
        return False
    apart = abs(sum((part.value for part in parts), -total.value))
    if total.measure in SIZES:
        return apart * 50 <= total.value
    return apart <= (2 if total.value >= 20 else 1) and total.value >= 8


def _of_a_few(document: Document, lane: Sequence[Quantity]) -> Iterator[Partition]:
    """5辆校车中3辆恢复运营，2辆报废: two figures that may leave some out, but cannot be more than all."""
    for total, first, second in zip(lane, lane[1:], lane[2:], strict=False):
        if second.clause.end - total.span.start > _FEW_WORDS or total.role in ("part", "rest"):
            continue
        between = document.text[total.span.end : first.span.start]
        if not _FEW.fullmatch(between) or first.clause != total.clause or second.span.start != second.clause.start:
            continue
        opening, ends = document.text[second.clause.start - 1], document.text[second.clause.end : second.clause.end + 1]
        if opening == "，" and second.clause.start == first.clause.end + 1 and ends in ("。", "；", "\n", ""):
            closed = first.value + second.value > total.value
            yield Partition(total, (first, second), "listed" if closed else "open")


_FEW = Pattern(r"\p{Han}{1,8}中")
_FEW_WORDS = 60


def _are_contiguous(labels: Sequence[str]) -> bool:
    """Whether each bound of the classes ends one and begins another: 10%以内的, 10%至20%的, 20%以上的."""
    bounds = [number.group() for label in labels for number in _BOUND.find(label)]
    return len(labels) > 2 and len(bounds) == 2 * len(set(bounds)) == 2 * (len(labels) - 1)


_BOUND = Pattern(r"\d[\d.]*")


def _are_alike(parts: Sequence[Quantity], labels: Sequence[str]) -> bool:
    """Whether the labels are of one make: 住宅类、经营类; 一次通过的、限期补正的; 负责机关、负责基层; 上半年、下半年."""
    if cover_a_year(labels):
        return True
    if len(set(labels)) < len(labels) or not all(labels):
        return False
    if not any(part.before for part in parts):
        return len({label[0] for label in labels}) == 1
    return len({label[-1] for label in labels}) == 1 or len({label[:2] for label in labels}) == 1


def _may_head_list(document: Document, lane: Sequence[Quantity], index: int) -> bool:
    """Whether a comma and a list can follow ``lane[index]`` as their total."""
    total, first = lane[index], lane[index + 1]
    opening = document.text[first.clause.start - 1 : first.clause.start]
    between = document.text[total.clause.end : first.clause.start]
    if total.clause == first.clause and _IS_DONE_WITH.fullmatch(first.before) is not None and total.noun:
        return leading_role(total) not in STATUSES and total.role not in ("part", "rest")
    if total.clause == first.clause and not total.before and _AMONG_THEM.fullmatch(first.before) is not None:
        return True
    if _IN_ORDER.search(total.before) is not None:
        return False  # 排名前三的依次为餐饮类85件，美容类47件
    if total.role in ("part", "rest") or opening != "，" or (between != "，" and _CHECKED.fullmatch(between) is None):
        return False
    through = _GONE_THROUGH.search(total.before) or _GONE_THROUGH.search(total.after)
    whole = _WITHIN.search(total.after) is not None or through is not None
    told = leading_role(total) in STATUSES and not whole and total.measure not in SIZES
    own = _opens_statement(document, total) or _WITHIN.search(total.after) is not None
    if (is_member(document, lane, index) and not own) or told or _ASIDE.search(first.before):
        return False
    return _OF_WHICH.search(lead_of(document, first)) is None and _LISTED.match(first.before) is None


_IN_ORDER = Pattern(r"(?:依次|分别)[为是]", needs=("依次", "分别"))
_OPENS_STATEMENT = Pattern(r"^(?:同时)?(?:对|全[省市县区镇乡村街校院局]|抽查|排查|清查|核查)")


def _opens_statement(document: Document, total: Quantity) -> bool:
    """Whether a total behind ； begins a statement of its own: ……；对96个支部开展分类定级，……."""
    start = total.clause.start
    return document.text[start - 1 : start] in "；。" and _OPENS_STATEMENT.match(total.before) is not None


def _is_continued(document: Document, lane: Sequence[Quantity], last: Quantity) -> bool:
    """Whether a remainder follows in the same sentence, which closes the list properly."""
    index = lane.index(last)
    return index + 1 < len(lane) and lane[index + 1].role == "rest" and in_one_sentence(document, last, lane[index + 1])


# --- brackets -------------------------------------------------------------------------------------------------------------


_NET_OF_OVERLAP = Pattern(r"实际|去重|去除重复|剔除重复|扣除重复|合并|合计|共|总")
_NET = Pattern(r"净(?:增|减|流入|流出|迁入|迁出|入|出)\p{Han}{0,2}$", needs=("净",))
_OF_OTHERS = Pattern(
    r"(?:由|归|交|按照?)[^（）]{2,24}(?:负责|调查|处理|办理|承办|管理|统计|核算|实施|认定|审理|查处)|另|单独|[不未](?:计|在|列|纳|统)|除外"
    r"|^（(?:其中)?(?:当年|本年|年度|全年|[两三四五]年|其|原|总)*(?:计划|任务|目标|指标|定额|应(?!急))"
)
_FORMER = Pattern(
    r"(?:而|比|较)?(?:[上去前]一?(?:个?月|年度?|季度?|周|期|次|轮|届|批)(?:同期|末|底)?|同期|往年|昨[日天]|原(?:先|来|有)?)(?:数|数据|值)?(?:为|是|有|约)?"
)
_IN_A_YEAR = Pattern(r"(?:比|较)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:同期|末|底)?(?:为|是)?", needs=("年",))
"""What a bracket tells for comparison, of another time: 结案402件（上月517件）."""
_MERGED = Pattern(r"合并后|归并|并为|保留\d|改为|调整为")


def _is_of_another_time(parts: Sequence[Quantity]) -> bool:
    """Whether the figures of a bracket are told for comparison: （上月517件）, （2023年52万元）, but not （2022年20件、2023年22件）."""
    if len(parts) == 1 and _IN_A_YEAR.fullmatch(parts[0].before) is not None:
        return True
    return all(part.before and _FORMER.fullmatch(part.before) is not None for part in parts)


def _bracketed(document: Document, quantities: Sequence[Quantity]) -> Iterator[Partition]:
    """T（A a个、B b个）: a plain list in brackets is a breakdown; 含 and 其中 in it make it open."""
    for index, total in enumerate(quantities):
        opening = document.text.find("（", total.span.end, total.span.end + 24)
        if opening < 0 or any(mark in document.text[total.span.end : opening] for mark in "，。；、：）\n"):
            continue
        inside = [q for q in quantities[index + 1 : index + 40] if q.bracket == opening]
        nearer = index + 1 < len(quantities) and quantities[index + 1].span.start < opening
        if nearer and (
            quantities[index + 1].span.start > total.span.end or quantities[index + 1].measure == total.measure
        ):
            continue  # 37处2150平方米（…处）: two measures of one thing share the bracket; else the nearer figure owns it
        parts = [q for q in inside if q.measure == total.measure and q.role != "total" and are_of_one_level(total, q)]
        if total.measure in NEVER_PARTED:
            continue  # 结案率47%（调撤率70%）, 增长5%（其中农村增长8%）, 占42%（其中服务类占53%）: each of a whole of its own
        if _is_of_another_time(parts):
            continue  # 结案402件（上月517件）
        if not parts or any(_ADDITIONAL.search(part.before) for part in parts):
            continue
        lead = document.text[opening : parts[0].span.start]
        if _MERGED.search(document.text, opening, parts[-1].span.end) is not None:
            continue  # 37个（3个专项合并后保留1个）
        if (is_change(total) or _NET.search(total.before) is not None) and not Partition(
            total, tuple(parts), "open"
        ).fits:
            continue  # 比上年净增74家（新入库138家、退库64家）
        if any(part.value > total.value and _NET_OF_OVERLAP.search(part.before) is not None for part in parts):
            continue  # 96人、103人（其中89人两次都有，实际110人）
        if parts[0].value > total.value and _OF_OTHERS.search(lead) is not None:
            continue  # 由县级调查的事故128起（道路事故由交警调查处理173起）
        if lead.startswith(("（注", "（备注", "（说明")) or "不含" in lead or _WITHIN_OTHERS.search(lead) is not None:
            continue
        named = len(parts) >= 2 and all(document.text[part.span.end : part.span.end + 1] == "：" for part in parts)
        if named:
            yield Partition(total, tuple(parts), "named")
        elif _OPEN_WORD.search(lead) or len(parts) < 2 or total.measure == "人":
            yield _judge_open(document, total, parts)
        else:
            plain = all(label_of(document, part) for part in parts) and not is_left_open(document, parts[-1])
            yield Partition(total, tuple(parts), "bracket" if plain else "open")
