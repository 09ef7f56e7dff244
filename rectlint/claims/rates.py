"""Rates: every percentage with its name and sort, and the counts it seems to rest on.

In: quantities in text order.  Out: `Rate` values, and for each a `Proportion`: which count is the numerator, which the
base, and what else might be meant.  办结率 may count what is done in stages, a base may leave out what was handed on, a
share may belong to the sum of two groups: all of these are kept as candidates, so that a contradiction is only claimed
when none of them gives the rate.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> from rectlint.claims.quantities import find_quantities
>>> document = parse(Source("收到工单13件，已办结12件，办结率92.3%。"))
>>> quantities = tuple(find_quantities(document))
>>> rate = find_rates(document, quantities)[0]
>>> (rate.name, rate.sort, str(rate.value))
('办结率', 'named', '92.3')
>>> found = find_proportion(document, quantities, rate)
>>> (found.numerator.text, found.base.text, found.clear)
('12件', '13件', True)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rectlint.claims.quantities import Approximation, Quantity
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.source import Span
from rectlint.values import parse_number

Sort = Literal["named", "share", "change", "from", "to", "attribute", "other"]
"""What a percentage is: a named rate (整改率), a share (占), a change (增长), the level a change starts from or leads to,
an attribute (其中85%来自一线), or none of these."""

UP = "增长|增加|增多|上升|提高|提升|上涨|攀升|跃升|回升|扩大|反弹|新增|多|增|升|涨"
DOWN = "下降|减少|降低|压减|压缩|压降|缩短|缩减|精简|下滑|回落|削减|核减|缩小|收窄|减|降|少|缩"
CHANGE = f"{UP}|{DOWN}"
"""Words of change; the one-character ones come last, so that an alternation prefers the long ones."""

_LINK = Pattern(
    r"(?:仅有?|只有?|均|都|已经?|就|的|为|是|达到?|到|至|高达|大约|约|近|将近|接近|超过|超|逾|不足|不到|至少|分别|各|共|了|也|稳定在|保持在?|维持在"
    r"|不?低于|不?高于|不少于)*$"
)
_CHANGE_END = Pattern(rf"(?:{CHANGE})(?:幅度?|率|比例|比率|速度?)?$|增速$")
_TO = Pattern(rf"(?:{CHANGE}|优化|发展|调整)了?(?:到|至|为|成)")
_FROM = Pattern(r"(?:由|从)[^率占重]{0,16}$")
_COMPARED = Pattern(r"(?:较|相比|比(?!例|重|率))[^率占重]{0,18}$")
_CHANGE_NEXT = Pattern(rf"(?:的)?(?:大幅|明显|显著|有所|进一步|净|同比|又|再)*(?:{CHANGE})")
_NAME = Pattern(r"(?P<name>\p{Han}{0,14}(?:率|占比|比例|比重|满意度|知晓度|进度|覆盖面))$")
_NAME_HEAD = Pattern(
    r"^.*(?:实现|确保|使|其中|其|将|的|了|且|并|对|在|与|和|后|是|达|按照|通过|目前|截至|推动)(?=\p{Han}{2,})"
)
_NAME_ANYWHERE = Pattern(r"(?P<name>\p{Han}{0,10}?(?:率|占比|比例|比重|满意度|知晓度))")
_SHARE = Pattern(r"(?<![侵抢霸强挤超多抵挪独])占(?!地|用|道|有|据|压|补|线|领|比例|比重|比)(?P<of>[^占]*)$")
_PART_OF = Pattern(r"(?<![侵抢霸强挤超多抵挪独])占(?P<of>[^占]{1,24}?)的?(?:比例|比重)$")
_FULFILLED = Pattern(r"完成(?P<of>\p{Han}{2,14}的)$")
_HAN_PERCENT = Pattern(
    r"百分之(?P<number>[一二两三四五六七八九十百零]+|\d+(?:\.\d+)?)(?P<decimals>点[零〇一二三四五六七八九]+)?",
    needs=("百分之",),
)
_TENTHS = Pattern(
    r"(?<=[占率达近超约为过比到足有重、])(?P<number>[一二两三四五六七八九])成(?P<half>五)?(?=[以左多的，。；、）上\n])",
    needs=("成",),
)
_JOIN = Pattern(r"(?:、|和|与|及|以及|，)")
_DECIMALS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"〇": "0"}

_NO_COUNTS = frozenset(
    ["%", "‰", "百分点", "小时", "分钟", "天", "周", "个月", "季度", "个工作日", "级", "步", "期", "版"]
)
_LEVEL_NOUNS = frozenset(("方面", "层面", "环节", "领域", "类别", "批次"))
# what is only part of the work, or no more than an order to do it, is no numerator of a rate of completion
_NOT_COUNTED = Pattern(r"立行立改|立即|限期|责令|下发|交办|督办|重点|即知即改|边查边改")
_SUBSET = Pattern(r"其中|重大|立行立改|即知即改|边查边改|限期|责令")
# modifiers that change what a rate counts; 按期办结率 does not follow from 办结
_MODIFIERS = (
    "按期",
    "按时",
    "及时",
    "一次",
    "首次",
    "满意",
    "有效",
    "实质",
    "初次",
    "当场",
    "当日",
    "限时",
    "线上",
    "累计",
    "综合",
    "平均",
)
_GENERIC = frozenset(
    ("整改", "完成", "落实", "到位", "销号", "解决", "办结", "化解", "处置", "办理", "清零", "整治", "推进", "结案")
)
_RATED_NOUN = Pattern(
    r"问题|隐患|线索|工单|诉求|事项|举报|案|矛盾|纠纷|任务|措施|缺陷|漏洞|点位|图斑|信访|投诉|短板|薄弱环节|风险"
)
_RATED_MEASURES = frozenset(("个", "项", "件", "处", "条", "类", "批"))
_UNIVERSAL = Pattern(
    r"(?:已?全部|均已?|都已?|全都|已?逐一|全数)(?:按[期时要求]{1,3})?(?:完成(?!了?(?:\p{Han}{0,4})(?:方案|计划|清单|启动|部署))|整改(?:完成|到位|完毕|(?=[，。；、）]))|办结|销号|化解|解决|落实到位|处置到位)"
)
_DUE = Pattern(r"(?<![响供相反对])应(?![急对用届答])|需(?!求)|拟(?!定)|计划")  # what is to be done, not what is done
_SAMPLED = Pattern(r"抽[取查检样测]|检查|检测|抽|核查|排查|评查|查阅|调阅|评估")
_DISCOVERED = Pattern(r"发现|存在|查出|不(?:合格|规范|达标|符合|合规)|合格|规范|达标|优秀|良好|问题")
_OUGHT = Pattern(
    r"应|需|共|总|抽|查|收到|受理|现有|实有|计划|纳入|下达|任务|反馈|提出|排查|全[市县区镇乡村街省校院系部]|发放|参加|参训|参与|辖|走访|回访|调查"
)
_SUBJECT_FILLER = Pattern(
    r"(?:大?约|仅|只|共计?|合计|累计|总计|各|均|分别|同比|就|其|这|该|也|又|已|并|且|数量|人数|金额|总数|总量|总|件数|数|比例|的|上述|前述|两者|二者|三者|以上|，)*"
)
_PLACE_SUBJECT = Pattern(r"[全本我该各](?:[国省市县区镇乡村街校院系]|街道|部|局)")
_GENERIC_BASE = Pattern(
    r"(?:全部|所有|同期|当年|年度|整个|本轮|本次|反馈|应|其|的)*(?:问题|任务|事项|整改任务|工作|件|案件)?(?:总数|总量|总额|总任务|总人数|总件数|总体|总|全部|任务|问题)?(?:数|量)?(?:的|比例|比重)*"
)
_AREA = Pattern(r"全(?:国|省|市|县|区|州|盟|旗|镇|乡|街道|系统|部门|院|校|局|村)|(?:同类|同级|同期全)")


@dataclass(frozen=True, slots=True)
class Rate:
    """One percentage.

    ``span`` covers the figure and its sign; ``value`` is in per cent and ``step`` the place value of its last digit;
    ``of`` is what follows 占 (总任务的) or 完成; ``subject`` what precedes the name in its clause; ``run`` is the index of
    the first rate of a row (占94%、62%) and ``place`` the position in that row.
    """

    index: int
    span: Span
    text: str
    value: Decimal
    step: Decimal
    approximation: Approximation
    tenths: bool
    name: str
    sort: Sort
    of: str
    head: int
    clause: Span
    run: int
    place: int

    @property
    def exact(self) -> bool:
        """Whether the figure is given as exact."""
        return not self.approximation and not self.tenths


@dataclass(frozen=True, slots=True)
class Proportion:
    """The counts a rate seems to rest on.

    ``numerator`` and ``base`` are the pair the wording names, ``clear`` whether it names them beyond doubt;
    ``numerators`` and ``bases`` are all groups of quantities that may be meant, each to be summed; ``whole`` is set when
    the text says that all of the base is done; ``complement`` when the numerator counts what is not.
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


def find_rates(document: Document, quantities: Sequence[Quantity]) -> tuple[Rate, ...]:
    """All percentages of the text, 六成 and 百分之八十 included, in order."""
    found: list[Rate] = []
    for span, value, step, approximation, tenths, clause, before_start in _figures(document, quantities):
        previous = found[-1] if found else None
        if previous is not None and _is_joined(document.text, previous, span):
            sort, name, of, head = previous.sort, previous.name, previous.of, previous.head
            run, place, clause = previous.run, previous.place + 1, previous.clause
        else:
            sort, name, of, head = _classify(document.text, clause, before_start, span)
            run, place = len(found), 0
        text = document.words(span)
        if not approximation and sort in ("share", "named"):
            approximation = _approximation_before(document.text, head)
        found.append(
            Rate(len(found), span, text, value, step, approximation, tenths, name, sort, of, head, clause, run, place)
        )
    return tuple(found)


_Figure = tuple[Span, Decimal, Decimal, Approximation, bool, Span, int]


def _figures(document: Document, quantities: Sequence[Quantity]) -> list[_Figure]:
    figures: list[_Figure] = [
        (q.span, q.value, q.step, q.approximation, False, q.clause, q.span.start - len(q.before))
        for q in quantities
        if q.measure == "%" and not q.ranged
    ]
    figures += _written_out(document)
    return sorted(figures, key=lambda figure: figure[0].start)


def _written_out(document: Document) -> Iterator[_Figure]:
    text = document.text
    for match in _HAN_PERCENT.find(text):
        number = parse_number(match["number"])
        value, step = number.value, number.step
        if match["decimals"]:
            digits = "".join(_DECIMALS[digit] for digit in match["decimals"][1:])
            value, step = value + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))
        yield _written(text, Span(*match.span()), value, step, tenths=False)
    for match in _TENTHS.find(text):
        value = parse_number(match["number"]).value * 10 + (5 if match["half"] else 0)
        yield _written(text, Span(*match.span()), value, Decimal(5 if match["half"] else 10), tenths=True)


_CLAUSE_MARKS = "，。；：、！？\n（）"
_BEFORE: tuple[tuple[str, Approximation], ...] = (
    ("超过", "over"),
    ("超", "over"),
    ("逾", "over"),
    ("过", "over"),
    ("不足", "under"),
    ("不到", "under"),
    ("近", "about"),
    ("约", "about"),
    ("至少", "least"),
    ("不低于", "least"),
)


def _written(text: str, span: Span, value: Decimal, step: Decimal, *, tenths: bool) -> _Figure:
    start = max(text.rfind(mark, 0, span.start) for mark in _CLAUSE_MARKS) + 1
    end = min((place for mark in _CLAUSE_MARKS if (place := text.find(mark, span.end)) >= 0), default=len(text))
    before, after = text[start : span.start], text[span.end : span.end + 2]
    approximation: Approximation = next((sort for word, sort in _BEFORE if before.endswith(word)), "")
    if after.startswith("以上"):
        approximation = "least"
    elif after.startswith("多"):
        approximation = "over"
    elif after.startswith("左右"):
        approximation = "about"
    return span, value, step, approximation, tenths, Span(start, end), start


def _approximation_before(text: str, head: int) -> Approximation:
    """The approximator before 占 or a name: 约占75%."""
    return next((sort for word, sort in _BEFORE if text.endswith(word, 0, head)), "")


def _is_joined(text: str, previous: Rate, span: Span) -> bool:
    """Whether a percentage goes on a row: 占94%、62%."""
    return span.start - previous.span.end <= 2 and _JOIN.fullmatch(text, previous.span.end, span.start) is not None


def _classify(text: str, clause: Span, before_start: int, span: Span) -> tuple[Sort, str, str, int]:
    """Sort, name, what follows 占, and where the name begins."""
    before = text[before_start : span.start]
    link = _LINK.search(before)
    tail = before if link is None else before[: link.start()]
    linked = before[len(tail) :]
    name = _name_in(text[clause.start : span.start])
    if _CHANGE_END.search(tail) is not None:
        is_level = any(word in linked for word in ("到", "至", "为")) and not tail.endswith(
            ("幅", "率", "速", "度", "例")
        )
        return ("to" if is_level and "达到" not in linked else "change"), name, "", before_start
    if _FROM.search(tail) is not None or (
        _COMPARED.search(tail) is not None and _CHANGE_NEXT.match(text, span.end, clause.end) is not None
    ):
        return "from", name, "", before_start
    if _TO.search(tail) is not None and _TO.search(before) is not None:
        return "to", name, "", before_start
    part = _PART_OF.search(text, clause.start, before_start + len(tail))
    if part is not None:
        return "share", "占", part["of"], part.start()
    named = _NAME.search(tail)
    if named is not None:
        name = "占比" if named["name"].endswith("占比") else _trim_name(named["name"])
        head = before_start + len(tail) - len(name)
        return ("share" if name.endswith(("占比", "比例", "比重")) else "named"), name, "", head
    share = _SHARE.search(text, clause.start, before_start + len(tail))
    if share is not None:
        return "share", "占", share["of"], share.start()
    fulfilled = _FULFILLED.search(before)
    if fulfilled is not None:
        return "named", "完成率", "", before_start + fulfilled.start()
    if tail in ("", "其中", "有") and text[span.end : span.end + 1] not in "，。；、）":
        return "attribute", "", "", span.start
    return "other", name, "", before_start


def _trim_name(name: str) -> str:
    cut = _NAME_HEAD.search(name)
    return name[cut.end() :] if cut is not None else name


def _name_in(words: str) -> str:
    names = [_trim_name(match["name"]) for match in _NAME_ANYWHERE.find(words)]
    return names[-1] if names else ""


# --- numerators and bases ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scene:
    """The surroundings of a rate: counted things of its segment (since the last ；), of its sentence and of the one
    before, all before the rate's name."""

    text: str
    rate: Rate
    segment: tuple[Quantity, ...]
    sentence: tuple[Quantity, ...]
    earlier: tuple[Quantity, ...]
    start: int


def find_proportion(document: Document, quantities: Sequence[Quantity], rate: Rate) -> Proportion:
    """What the rate rests on."""
    scene = _scene(document, quantities, rate)
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


def _scene(document: Document, quantities: Sequence[Quantity], rate: Rate) -> _Scene:
    text = document.text
    index = document.sentence_index(rate.span.start)
    sentence = document.sentences[index]
    before = [quantity for quantity in within(quantities, sentence.start, rate.span.start) if is_countable(quantity)]
    start = max(sentence.start, text.rfind("；", sentence.start, rate.span.start) + 1)
    earlier: list[Quantity] = []
    if index and document.paragraph_at(sentence.start).span.contains(document.sentences[index - 1]):
        previous = document.sentences[index - 1]
        earlier = [q for q in within(quantities, previous.start, previous.end) if is_countable(q)]
    return _Scene(text, rate, tuple(q for q in before if q.span.start >= start), tuple(before), tuple(earlier), start)


def within(quantities: Sequence[Quantity], start: int, end: int) -> Sequence[Quantity]:
    """The quantities that stand in ``[start, end)``."""
    first = bisect_left(quantities, start, key=lambda quantity: quantity.span.start)
    last = bisect_left(quantities, end, key=lambda quantity: quantity.span.start)
    return quantities[first:last]


def _words_of(scene: _Scene, quantity: Quantity) -> str:
    """The words that speak of a quantity: those before it, and those after it unless another figure follows."""
    stop = min(quantity.clause.end, scene.rate.head) if quantity.span.start < scene.rate.head else quantity.clause.end
    after = quantity.after if quantity.span.end + len(quantity.after) >= stop else ""
    return f"{quantity.before}|{after[: max(0, stop - quantity.span.end)]}"


def _stem(name: str) -> str:
    return name.removesuffix("率").removesuffix("比例").removesuffix("度")


def _evidence(scene: _Scene, quantity: Quantity) -> int:
    """How plainly a quantity is the numerator of the named rate: 2, 1 or 0."""
    stem = _stem(scene.rate.name)[-6:]
    words = _words_of(scene, quantity)
    if quantity.role in ("pending", "rest", "untrue") or _NOT_COUNTED.search(words) is not None:
        return 0
    if _DUE.search(quantity.before) is not None:
        return 0
    last = stem[-2:]
    is_named = last in words or (len(last) == 2 and all(character in words for character in last))
    is_done = quantity.role in ("done", "staged") and last in _GENERIC
    if is_named or is_done:
        missing = any(word in stem and word not in words for word in _MODIFIERS)
        return 1 if missing else 2
    nearby = quantity.before[-4:]
    return 1 if any(character in nearby for character in last) else 0


def _named(scene: _Scene) -> Proportion:
    numerator, strength = _best_numerator(scene)
    if numerator is None:
        return _without_numerator(scene)
    base, base_is_near = _base_of(scene, numerator)
    if base is None:
        return _without_numerator(scene)
    peers = [q for q in scene.segment if q.measure == numerator.measure and q not in (numerator, base)]
    added = [q for q in peers if q.role in ("staged", "done", "true") or _evidence(scene, q)]
    numerators = [(numerator,), *((numerator, other) for other in peers if q_below(other, base))]
    if added:
        numerators.append((numerator, *added))
    bases = [
        (q,) for q in scene.sentence if q.measure == numerator.measure and q.value >= numerator.value and q != numerator
    ]
    bases = [(base,), *(group for group in bases if group != (base,))]
    clear = base_is_near and strength == 2
    if strength == 1 and base_is_near:
        clear = _OUGHT.search(base.before) is not None and _follows_directly(scene, numerator) and _is_short(numerator)
    less = tuple(q for q in peers if q.value < base.value)
    numerators += _sentence_sum(scene, numerator)
    return Proportion(scene.rate, numerator, base, clear, tuple(numerators), tuple(bases), less)


def q_below(quantity: Quantity, base: Quantity | None) -> bool:
    """Whether a quantity may be a part beside another one of the same base."""
    return base is None or quantity.value < base.value


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


def _best_numerator(scene: _Scene) -> tuple[Quantity | None, int]:
    best: Quantity | None = None
    strength = 0
    for quantity in reversed(scene.segment):
        found = _evidence(scene, quantity)
        staged = quantity.role == "staged"
        if found > strength or (found == strength == 2 and best is not None and best.role == "staged" and not staged):
            best, strength = quantity, found
    return best, strength


def _base_of(scene: _Scene, numerator: Quantity) -> tuple[Quantity | None, bool]:
    """The base, and whether it stands where it is sure to be meant."""

    def fits(quantity: Quantity) -> bool:
        return quantity.measure == numerator.measure and quantity.value >= numerator.value and quantity != numerator

    before = [q for q in scene.segment if q.span.start < numerator.span.start and fits(q)]
    plain = [q for q in before if _evidence(scene, q) == 0 or q.role == "total"]
    if plain:
        return plain[-1], plain[-1].role not in ("pending", "rest")
    after = [q for q in scene.segment if q.span.start > numerator.span.end and fits(q) and _OUGHT.search(q.before)]
    if after:
        return after[0], True
    if before:
        return before[0], False
    wider = [q for q in scene.sentence if q.span.start < scene.start and fits(q) and _evidence(scene, q) == 0]
    if wider:
        return wider[-1], False
    last = [q for q in scene.earlier if fits(q)]
    same = [q for q in scene.earlier if q.measure == numerator.measure]
    if last:
        return last[-1], len(same) == 1 and len(scene.sentence) == 1 and last[-1].role == "total"
    return None, False


def _without_numerator(scene: _Scene) -> Proportion:
    """A named rate without a count of what is done: all of it is, or what is left is counted, or there is only a base."""
    rate = scene.rate
    sampled = _sampled(scene)
    if sampled is not None:
        return sampled
    generic = _stem(rate.name)[-2:] in _GENERIC and not any(word in rate.name for word in _MODIFIERS)
    things = [q for q in scene.segment if q.measure in _RATED_MEASURES]
    if not things or rate.sort != "named" or not generic:
        return Proportion(rate)
    last = things[-1]
    between = scene.text[last.span.end : rate.head]
    is_last = last is scene.segment[-1]
    if is_last and _UNIVERSAL.search(between) is not None and last.role not in ("pending", "rest"):
        return Proportion(rate, last, last, True, ((last,),), ((last,),), whole=True)
    wholes = [q for q in things[:-1] if q.measure == last.measure and q.value >= last.value]
    if last.role in ("pending", "rest") and wholes:
        clear = is_last and len(things) == 2 and not _SUBSET.search(last.before)
        return Proportion(rate, last, wholes[-1], clear, ((last,),), ((wholes[-1],),), complement=True)
    rated = [q for q in things if _RATED_NOUN.search(q.noun + q.before[-8:]) is not None and _evidence(scene, q) < 2]
    if not rated:
        return Proportion(rate)
    subset = _SUBSET.search(last.before) is not None or _SUBSET.search(between) is not None
    clear = last in rated and not subset and is_last and last.role not in ("pending", "rest", "staged")
    bases = tuple((q,) for q in reversed(rated))
    return Proportion(rate, None, rated[-1], clear and between.count("，") <= 2, (), bases)


def _sampled(scene: _Scene) -> Proportion | None:
    """抽取发票300张，发现要素不全12张，不合规率4%: what was found in a sample, or what was not."""
    rate = scene.rate
    if len(scene.segment) != 2 or rate.sort != "named" or _stem(rate.name)[-2:] in _GENERIC:
        return None
    sample, found = scene.segment
    if sample.measure != found.measure or sample.value < found.value or not _follows_directly(scene, found):
        return None
    if (
        _SAMPLED.search(sample.before) is None
        or _DISCOVERED.search(found.before) is None
        or not _QUALITY.search(rate.name)
    ):
        return None
    bad = any(word in rate.name for word in "不违差错失")
    return Proportion(rate, found, sample, True, ((found,),), ((sample,),), complement=not bad)


_QUALITY = Pattern(r"(?:合格|合规|规范|达标|优良|优秀|差错|失误|违规|违法|符合|完好|准确)率$")


def _share(scene: _Scene) -> Proportion:
    rate, text = scene.rate, scene.text
    explicit = [q for q in scene.segment if rate.head < q.span.start < rate.span.start and rate.name == "占"]
    known = [q for q in scene.segment if q.span.end <= rate.head]
    if not known:
        return Proportion(rate)
    last = known[-1]
    subject_start = max(rate.clause.start, last.span.end)
    subject = text[subject_start : rate.head]
    filler = _SUBJECT_FILLER.match(subject)
    has_subject = filler is not None and filler.end() < len(subject) and not subject.startswith("的")
    in_own_clause = last.span.start >= rate.clause.start
    if has_subject and not in_own_clause and not explicit:
        return _base_only(scene, last)
    if "其中" in text[last.span.end : rate.head] and not explicit:
        return _base_only(scene, last)
    return _share_of(scene, known, explicit)


def _share_of(scene: _Scene, known: list[Quantity], explicit: list[Quantity]) -> Proportion:
    """A share with its numerator: the last count before 占, or for a row of shares the one in the same position."""
    rate = scene.rate
    row = _row(scene, known)
    numerator = row[rate.place] if row else known[-1]
    measure = numerator.measure
    if explicit:
        base = explicit[-1]
        if base.measure != measure or base.value < numerator.value:
            return Proportion(rate, numerator, base, False, ((numerator,),), ((base,),))
        sums = _running_sums(known, numerator, base)
        return Proportion(rate, numerator, base, _is_adjacent(scene, numerator), sums, ((base,),))
    pool = [q for q in (*scene.earlier, *scene.sentence) if q.measure == measure and q != numerator]
    pool = [q for q in pool if q.value >= numerator.value and q.span.start < rate.head and q not in row]
    base, is_clear = _share_base(scene, numerator, pool)
    siblings = tuple(q for q in scene.sentence if q.measure == measure and q != base and q.span.start < rate.head)
    bases: list[tuple[Quantity, ...]] = [(q,) for q in pool]
    if len(siblings) > 1:
        bases.append(siblings)
    sums = ((numerator,),) if row else _running_sums(known, numerator, base)
    clear = is_clear and (bool(row) or _is_adjacent(scene, numerator))
    return Proportion(rate, numerator, base, clear, sums, tuple(bases))


def _row(scene: _Scene, known: list[Quantity]) -> list[Quantity]:
    """For 分别占a%、b%: the counts in the same positions, when as many counts of one measure stand there in a row."""
    rate = scene.rate
    following = sum(1 for _ in _FOLLOWING.find(scene.text, rate.span.end, rate.span.end + 60))
    length = rate.place + 1 + following
    row = known[-length:]
    if length < 2 or len(row) < length or any(q.measure != row[0].measure for q in row):
        return []
    return row


_FOLLOWING = Pattern(r"\G(?:、|和|与|及|以及|，)\d{1,3}(?:\.\d+)?%")


def _running_sums(
    known: list[Quantity], numerator: Quantity, base: Quantity | None
) -> tuple[tuple[Quantity, ...], ...]:
    """The numerator alone, and with the one or two counts before it that may belong to it."""
    index = known.index(numerator)
    sums: list[tuple[Quantity, ...]] = [(numerator,)]
    group = [numerator]
    for other in reversed(known[max(0, index - 3) : index]):
        if other.measure != numerator.measure or other == base or not q_below(other, base):
            break
        group.append(other)
        sums.append(tuple(group))
    return tuple(sums)


def _is_adjacent(scene: _Scene, numerator: Quantity) -> bool:
    between = scene.text[numerator.span.end : scene.rate.head]
    return sum(between.count(mark) for mark in "，：（") <= 1 and "；" not in between and "。" not in between


def _share_base(scene: _Scene, numerator: Quantity, pool: list[Quantity]) -> tuple[Quantity | None, bool]:
    """The base of a share and whether the wording settles it."""
    of = scene.rate.of if scene.rate.name == "占" else ""
    near = [q for q in pool if q.span.start >= scene.start and q.span.start < numerator.span.start]
    if of and _GENERIC_BASE.fullmatch(of) is None:
        named = [q for q in pool if _speaks_of(scene, q, of)]
        return (named[-1], True) if named else ((near or pool)[-1] if pool else None, False)
    if _AREA.search(numerator.before) is not None and not of:
        return (near or pool)[-1] if pool else None, False
    totals = [q for q in near if q.role == "total"]
    if totals:
        return totals[-1], True
    if near:
        return near[0], len(near) == 1 or "其中" in numerator.before
    wide = [q for q in pool if q.span.start >= scene.sentence[0].span.start] if scene.sentence else []
    if wide:
        return wide[0], False
    if pool:
        opens = scene.text[max(0, numerator.span.start - len(numerator.before)) : numerator.span.start].startswith(
            "其中"
        )
        return pool[-1], bool(of or opens) and len(pool) == 1
    return None, False


def _speaks_of(scene: _Scene, quantity: Quantity, of: str) -> bool:
    """Whether a quantity's own words are what the share is said to be of: 占一般公共预算收入 and 一般公共预算收入192亿元."""
    words = quantity.before + quantity.text + quantity.noun
    core = of.removesuffix("的").removesuffix("总数").removesuffix("总量").removesuffix("总额").removesuffix("比重")
    area = _AREA.match(core)
    if area is not None and area.group() not in words:
        return False
    length = len(core) if len(core) <= 2 else max(3, len(core) - 2)
    if len(core) < 2:
        return False
    return any(core[i : i + length] in words for i in range(len(core) - length + 1))


def _base_only(scene: _Scene, base: Quantity | None) -> Proportion:
    """A share whose numerator is not given: 选派医师13名，其中中级以上职称占60%."""
    rate, text = scene.rate, scene.text
    if base is None or base.span.end > rate.head:
        return Proportion(rate)
    between = text[base.span.end : rate.head]
    of_part = "其中" in between or text[base.span.end : rate.head + 1].find("中，") >= 0
    persons = base.measure in ("人", "户") or between.rstrip().endswith("的")
    direct = between.count("，") <= (2 if of_part else 1) and not any(mark in between for mark in "；。：")
    settled = rate.sort == "share" and rate.name in ("占", "占比") and _GENERIC_BASE.fullmatch(rate.of) is not None
    if rate.sort == "attribute":
        settled = of_part
    stray = _PLACE_SUBJECT.search(between) is not None or _CHANGING.search(between) is not None
    sure = base.role not in ("pending", "rest") and settled and direct and (of_part or persons) and not stray
    alike = [q for q in scene.sentence if q.measure == base.measure and q.noun == base.noun and q.span.end <= rate.head]
    pool = tuple((q,) for q in reversed(alike))
    return Proportion(rate, None, base, sure, (), pool or ((base,),))


_CHANGING = Pattern(rf"(?:{CHANGE})|由|从|累计|平均|年均|较|率")
