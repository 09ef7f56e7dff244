"""Words, phrases and sentences written twice in a row: 的的, 整改整改情况, 一句话粘贴了两遍.

Chinese doubles words on purpose (层层, 天天, 一个问题一个问题地), and a word may end in the character that begins the
next one (党组织组织, 对对照检查), so single characters and short words are only looked for from lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims import Claims
from rectlint.claims.members import opens_with_action
from rectlint.document import Document
from rectlint.kinds.base import Evidence, Kind, Outcome
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span

_LONGEST = 12
"""Up to so many characters a phrase written twice running is looked for within a clause."""
_NOT_HAN = bytes(not 0x4E <= row <= 0x9F for row in range(256))
"""For the upper byte of each code point of the first plane, whether none of its characters is a common Chinese one."""
_LABEL_AFTER_LABEL = Pattern(r"：(?=([\u4e00-\u9fff]{2,8}：))")
_THREE_AS_WHOLE = frozenset("主书长员成副委会部组们级")
"""A title or the like may begin with the end of the word before it: 县委办公室办公室主任."""
_CLASHING = Pattern(r"[，、；：](?=[。，、；])(?!，，|、、|；；)|。(?=[，、；])", linear=True)
_CHARACTERS = Pattern(
    r"的的(?!确)|了了(?![解结])|已已|并并(?![案购轨联网])|(?<!实)在在(?![建职岗编校籍线册逃押场全])|是是(?!非|否)|将将(?![军来近要])|把把(?![关脉握手柄])"
    r"|和和(?![谐平睦解美])|与与(?![会时])|及及(?![时其格])|为为(?![民期官人政何了])|(?<![应面核比绝一针查校])对对(?![照口外象方于接标账联比策])"
    r"|等等等|也也|都都|(?<!时)不不|其其|该该(?!区|镇|村)|使使(?!用)|由由|且且|但但|(?<![职功智性机技才节效产潜核电热动体官异储太阳势])能能(?![源量])|(?<=履职)能能(?=力)|，，|。。|、、|；；|：：|%%"
)
DOUBLED = "的了已并在是将把和与及为对等也都不其该使由且但能，。、；：%"
_WORDS = Pattern(
    r"(每月|每年|每周|每季度|定期|持续|积极|主动|逐步|开展|进行|加强|完善|推进|推动|落实|强化|健全|建立|制定|召开|坚持|通过|对于|关于|以及|并且|同时|及时|已经|均已|完成|严格|认真|切实|进一步|不断|按照|根据|针对|由于|其中|截至|目前|我们|存在|确保|提高|提升"
    r"|深入|全面|规范|要求|明确|印发|实施|督促|指导|解决|发现|处理|整改|成立|修订|出台|梳理|聚焦|围绕|压实|履行|贯彻|排查|问题|情况|措施|(?<![党层级各本个基群社经级该织])组织(?!组织部))\1(?!化|性|率|队)"
)
# 通报里常用、又不会前一词的尾恰是后一词的头的词；后面跟这些字的，是“服务站”“人员经费”一类整词的开头
_COMMON = Pattern(
    r"(使用|服务|清收|人员|管理|清理|核查|核实|审核|追缴|清退|退还|收回|拨付|支付|报销|验收|维修|细化|优化|全部|各级|各类|相关|有关|重点|日常|长期|专门|统一|集中|考核|评估|公示|公布|执行|遵守|遵循|规定|制度|机制|流程|程序"
    r"|作用|能力|水平|质量|效率|效果|成效|力度|进度|频次|数量|金额|工作|宣传|治理|部署|协调|沟通|化解|处置|调度|研判|谈话|约谈|警示|巩固|拓展|营造|引导|动员|协助|配合|参与|选派|配备|安装|购置|张贴|悬挂|开设|搭建|构建"
    r"|打造|推广|应用|运用|利用|防范|杜绝|避免|造成|导致|影响|必须|应当|可以|需要|继续|仍然|尚未|没有|不足|缺乏|方面|方式|方法|内容|范围|对象|标准|意识|合理|有效|有序|有力|明显|充分|坚决|稳步|扎实)\1"
    r"(?![部局厅处科室办委会组队站所院校馆长员人者费款金率权度制书件单表证卡册库网线点区村镇县市司户社班课台栏期牌车片画图报刊籍师岗化性型力量感法式业量值类商品物"
    r"]|中心|大厅|专班|平台|窗口|经费|支出|名单|编制|对象|单位|部门|机构|公司|方案|条例)"
)
# 句读之前的重复，后面没有可以合成一词的字；只不算动词重叠
_ENDS = "，。；、：！？）”\n"
_REDUPLICATED = frozenset(
    "研究 讨论 学习 商量 考虑 了解 合计 琢磨 打听 收拾 整理 活动 休息 锻炼 比较 体会 体验 交流 沟通 宣传 教育 批评 帮助 打扫 检查 走动 准备 反省 总结 规范 表扬 表示 意思 感受 见识 认识 放松 调节 调整 试验"
    " 组织 委员 干部 党员 工程 村民 居民".split()
)
_DISTRIBUTIVE = Pattern(r"[一逐每两几半各][\u4e00-\u9fff]")
_PLAIN_CLAUSE = Pattern(r"(?![已均未正无有再])[\u4e00-\u9fff]+")
_LIST_LEADS = tuple("确保 做到 实现 推动 围绕 包括 开展 聚焦 通过 坚持 落实 强化 突出 以及 涵盖 形成 紧盯 涉及".split())
"""Words that govern a list, before its first member."""
_MASKED = Pattern(r"[某×*]", linear=True)
_SHORT = 4
"""A whole clause of so many characters is no chance repetition, where a state (已完成，已完成) would be."""
_OPENERS = frozenset("\n，。；：、（")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万两多许几某各个条件步点层次")
_SUFFIXES = frozenset(
    "部局厅处科室办委会组队站所院校馆长员人者费款金率权度制书件单表证卡册库网线点区村镇县市司户社班课台栏期牌车片画图报刊籍师岗化性型力量感法式业值类商品物路街桥山河湖"
)
_EVERY = Pattern(r"每[年月周日天季]")
_VERBS = Pattern(
    r"(设立|抽检|抽查|走访|召回|传达|举办|组建|选聘|聘请|招聘|签订|签署|补签|发放|下发|发布|收缴|上缴|缴纳|收取|追收|移送|移交|拆除|清除|清运|铺设|修建|新建|改建|扩建|建成|修复|更换|采购|投入|启用|开通|编制|起草"
    r"|审议|审定|审批|批准|备案|登记|录入|上报|报送|回访|答复|受理|办结|转办|交办|督办|问责|免职|调离|调整|选拔|任用|提拔|引进|购买|搬迁|安置|兑付|偿还|化解|压减|压缩|缩短|新增|增加|减少|降低|取消|停发|纠正|改进|补充|补齐|补办"
    r"|攻读|参加|返还|退赔|抓获|破获|取得|获得|增设|增配|配齐|邀请|承担|分解|归档|盘活|盘点|核减|核销|核定|认定|检测|检验|巡查|暗访|曝光|关停|关闭|停用|停办|废止|其余|其他|上述|所有|此外|另外)\1"
    r"(?![部局厅处科室办委会组队站所院校馆长员人者费款金率权度制书件单表证卡册库网线点区村镇县市司户社班课台栏期牌车片画图报刊籍师岗化性型力量感法式业量值类商品物]|中心|大厅|专班|平台|窗口|经费|支出|名单|方案)"
)
_CLAUSE = Pattern(r"[^，、；。：！？\n]+", linear=True)
_PHRASE = 4
"""From so many characters on a repetition is a phrase, which no list has to name."""


class Params(NamedTuple):
    """``sentence``: the shortest sentence and ``phrase`` the shortest clause whose repetition is reported."""

    sentence: int = 10
    phrase: int = 6


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Report repetitions; of those that overlap the first, and of those that begin together the longest."""
    document = claims.document
    clauses = [match.span() for match in _CLAUSE.find(document.text)]
    pairs = [
        *_paragraphs(document, params),
        *_sentences(document, params),
        *_clauses(document.text, clauses, params),
        *_pairs_of_clauses(document.text, clauses, params),
        *_adjacent(document),
    ]
    done = _title_twice(document)
    marks: list[tuple[Span, Span]] = []
    for first, second in sorted(pairs, key=lambda pair: (pair[0].start, -pair[1].end)):
        if _is_heading_run_in(document.text, first, second):
            continue
        if first.start >= done and document.paragraph_at(first.start).role not in _NOT_TEXT:
            done = second.end
            if document.words(second) in _MARKS:
                marks.append((first, second))
            else:
                yield _outcome(document, first, second)
    if len(marks) > _FEW_MARKS:  # a text that a program has garbled
        (first, second), *others = marks
        yield _outcome(document, first, second, others)
    else:
        yield from (_outcome(document, first, second) for first, second in marks)


_MARKS = frozenset("，。、；：%")
_FEW_MARKS = 3
"""More doubled marks than so many are one finding, which tells where they all stand."""
_NUMBER_BEFORE = Pattern(r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)$")


def _is_heading_run_in(text: str, first: Span, second: Span) -> bool:
    """Whether the first of two stretches is a heading whose line break was lost: 一、常住人口常住人口为54万人."""
    return text[second.end : second.end + 1] in tuple("为是共达有〔") and (
        _NUMBER_BEFORE.search(text, max(0, first.start - 5), first.start) is not None
    )


_NOT_TEXT = ("meta", "navigation")


def _title_twice(document: Document) -> int:
    """Where the title ends that a web page shows above the title of its text; 0 where there is one only."""
    first, second = (*document.paragraphs[:2], None, None)[:2]
    if first is None or second is None or document.words(first.span) != document.words(second.span):
        return 0
    return 0 if "。" in document.words(first.span) else second.span.end


def _paragraphs(document: Document, params: Params) -> Iterator[tuple[Span, Span]]:
    """A paragraph of running text that says again what the one above says or ends in."""
    for first, second in pairwise(document.paragraphs):
        long_enough = len(second.span) >= 2 * params.sentence and second.role == "body"
        if long_enough and document.text.endswith(document.words(second.span), first.span.start, first.span.end):
            yield Span(first.span.end - len(second.span), first.span.end), second.span


def _pairs_of_clauses(text: str, clauses: Sequence[tuple[int, int]], params: Params) -> Iterator[tuple[Span, Span]]:
    """Two clauses of a sentence pasted twice: 修订制度，明确流程，修订制度，明确流程."""
    for one, two, three, four in zip(clauses, clauses[1:], clauses[2:], clauses[3:], strict=False):
        if text[one[0]] != text[three[0]] or text[two[0]] != text[four[0]]:
            continue
        close = two[0] - one[1] == three[0] - two[1] == four[0] - three[1] == 1
        if close and one[1] - one[0] >= params.phrase and text[one[0] : two[1]] == text[three[0] : four[1]]:
            yield Span(one[0], two[1]), Span(three[0], four[1])


def _sentences(document: Document, params: Params) -> Iterator[tuple[Span, Span]]:
    """Sentences of one paragraph that say the same twice running."""
    previous = Span(0, 0)
    for sentence in document.sentences:
        same = sentence.start == previous.end and document.words(sentence) == document.words(previous)
        if same and len(sentence) >= params.sentence:
            yield previous, sentence
        previous = sentence


def _clauses(text: str, clauses: Sequence[tuple[int, int]], params: Params) -> Iterator[tuple[Span, Span]]:
    """A clause that comes again as the end of the next one, with the words before it repeated as well (甲规则、监督甲规则、
    监督乙规定), or as the whole of the next one, its verb apart (修订甲规定、甲规定)."""
    for (start, end), (next_start, next_end), (third, _) in zip(
        clauses, clauses[1:], [*clauses[2:], (0, 0)], strict=False
    ):
        if text[end - 1] != text[next_end - 1]:
            continue
        size = min(end - start, next_end - next_start)
        pasted = _is_pasted(text, Span(start, end), Span(next_start, next_end))
        if pasted or _is_listed_twice(text, Span(start, end), Span(next_start, next_end)):
            yield Span(end - size, end), Span(next_start, next_end)
            continue
        if size < params.phrase or next_start - end != 1:
            continue
        if text[end - size : end] != text[next_end - size : next_end]:
            continue
        verb, extra = text[start : end - size], text[next_start : next_end - size]
        governed = not verb or (len(verb) <= 4 and opens_with_action(verb))
        if governed and (not extra or text.startswith(extra, third)):
            yield Span(end - size, end), Span(next_end - size, next_end)


def _is_pasted(text: str, clause: Span, following: Span) -> bool:
    """Whether a clause ends in the whole of the next one (逐份检查，逐份检查，), which is no state (未完成，完成) or list."""
    size = len(following)
    if not _SHORT <= size <= len(clause) or text[clause.end : following.start] != "，":
        return False
    if text[clause.end - size : clause.end] != text[following.start : following.end]:
        return False
    return text[clause.end - size - 1] not in "未不没" and (
        _PLAIN_CLAUSE.fullmatch(text, following.start, following.end) is not None
    )


def _is_listed_twice(text: str, clause: Span, following: Span) -> bool:
    """Whether a list names a member twice running: 确保条条整改、条条整改、件件落实."""
    size, lead_end = len(following), clause.end - len(following)
    if not _SHORT <= size <= len(clause) or text[clause.end : following.start] != "、":
        return False
    if text[lead_end : clause.end] != text[following.start : following.end]:
        return False
    lead, member = text[clause.start : lead_end], text[following.start : following.end]
    governed = not lead or lead.endswith(_LIST_LEADS) or (len(lead) <= _SHORT and opens_with_action(lead))
    plain = _PLAIN_CLAUSE.fullmatch(member) is not None and _MASKED.search(member) is None
    return governed and plain and _DISTRIBUTIVE.match(member) is None


def _adjacent(document: Document) -> Iterator[tuple[Span, Span]]:
    """Phrases, words and characters that follow themselves without a mark between."""
    text = document.text
    for start, end in _words_twice(text):
        word, following = text[start : (start + end) // 2], text[end : end + 1]
        if len(word) >= _PHRASE:
            if not _DISTRIBUTIVE.match(word):
                yield _halves(start, end)
        elif (
            _WORDS.match(text, start)
            or _COMMON.match(text, start)
            or _VERBS.match(text, start)
            or _is_doubled_at_end(word, following)
            or _opens_doubled(text, start, word)
            or _is_slip_of_three(word, following)
        ):
            yield _halves(start, end)
    for start in _characters_twice(text):
        if _CHARACTERS.match(text, start):
            yield _halves(start, start + 2)
    for match in _LABEL_AFTER_LABEL.find(text):
        start = match.end() - len(match[1])
        if start >= 0 and text.startswith(match[1], start):
            yield _halves(start, match.end(1))
    for match in _CLASHING.find(text):
        yield _halves(match.start(), match.start() + 2)


def _characters_twice(text: str) -> Iterator[int]:
    """Where one of the characters that `_CHARACTERS` knows stands twice running."""
    for character in DOUBLED:
        start = text.find(2 * character)
        while start >= 0:
            yield start
            start = text.find(2 * character, start + 2)


def _words_twice(text: str) -> Iterator[tuple[int, int]]:
    """Where two to `_LONGEST` Chinese characters stand twice running: first come, and of those the longest.

    The text is compared with itself moved on by each number of characters, all places at once: as one large number, with
    two bytes for a character, whose difference is nought where both are the same.
    """
    code = text.encode("utf-32-le", "surrogatepass")
    units, others = bytearray(2 * len(text)), bytearray(2 * len(text))
    units[0::2], units[1::2] = code[0::4], code[1::4]
    others[0::2], others[1::2] = code[1::4].translate(_NOT_HAN), code[2::4]
    number, no_word = int.from_bytes(units, "little"), int.from_bytes(others, "little")
    differences = {
        size: (number ^ number >> 16 * size | no_word).to_bytes(len(units), "little") for size in range(2, _LONGEST + 1)
    }
    places = dict.fromkeys(differences, -1)
    done = 0
    while True:
        for size, place in list(places.items()):
            if place < done:
                places[size] = _run_of_zeros(differences[size], size, done)
                if places[size] < 0:
                    del places[size]
        if not places:
            return
        start = min(places.values())
        size = max(size for size, place in places.items() if place == start)
        done = start + 2 * size
        yield start, done


def _run_of_zeros(difference: bytes, size: int, start: int) -> int:
    """The first place from ``start`` on where ``size`` units of two bytes are nought; -1 where there is none."""
    zeros = bytes(2 * size)
    place = difference.find(zeros, 2 * start)
    while place > 0 and place % 2:
        place = difference.find(zeros, place + 1)
    return place // 2


def _is_doubled_at_end(word: str, following: str) -> bool:
    """Whether a word twice before a mark is a slip: no reduplication (商量商量), no 一项一项."""
    return (
        len(word) == 2
        and following in _ENDS
        and word[0] != word[1]
        and word not in _REDUPLICATED
        and _DISTRIBUTIVE.match(word) is None
    )


def _opens_doubled(text: str, start: int, word: str) -> bool:
    """Whether two characters written twice open a clause (，综合综合协调): no word before can end in the first of them, as in
    党组织组织力, and what follows makes no other word of the second (学校学校长)."""
    return (
        len(word) == 2
        and text[start - 1 : start] in _OPENERS
        and word[0] != word[1]
        and word not in _REDUPLICATED
        and not _NUMERALS.intersection(word)
        and _DISTRIBUTIVE.match(word) is None
        and (text[start + 4 : start + 5] not in _SUFFIXES or text.startswith("书记", start + 4))
    )


def _is_slip_of_three(words: str, following: str) -> bool:
    """Whether three characters written twice are a slip (按程序按程序): no 一件件一件件, no office that holds another."""
    if _EVERY.match(words) is not None:
        return len(words) == 3
    plain = len(set(words)) == 3 and _DISTRIBUTIVE.match(words) is None
    return (
        plain
        and len(words) == 3
        and following not in _THREE_AS_WHOLE
        and words[-1] not in "室委院局会厅部组处科站所村镇乡县市区队"
    )


def _halves(start: int, end: int) -> tuple[Span, Span]:
    half = (start + end) // 2
    return Span(start, half), Span(half, end)


_NEAR = 16
"""How much of a passage written twice is quoted to find it by, with what stands round it."""


def _outcome(document: Document, first: Span, second: Span, others: Sequence[tuple[Span, Span]] = ()) -> Outcome:
    words = document.words(second)
    shown = words if len(words) <= 24 else f"{words[:12]}……{words[-8:]}"
    return Outcome(
        "contradicted",
        second,
        (Evidence(first, "earlier"), *(Evidence(other, "other") for _, other in others)),
        derivation=document.words(Span(first.start, second.end)) if len(words) < 8 else shown,
        actual=shown,
        defect="doubled",
        values={
            "words": shown,
            "near": document.around(Span(first.start, min(second.end, first.start + _NEAR))),
            "places": Words(f"（这样的标点共{len(others) + 1}处）", f" ({len(others) + 1} such marks)")
            if others
            else Words("", ""),
        },
    )


KIND = Kind("doubled", Params, {"doubled": ("words", "near", "places")}, check)
