"""Lists of entries by number with the state they are said to be in: 未完成的问题8和问题13, 问题一、二、四已完成, 对第3、第7项紧盯不放.

In: a `Document` and its entries.  Out: `Leftover` values outside the entries themselves, in text order: the words of the
state, the state, and each number with the place where it stands.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("下一步，对没有整改到位的问题8、问题14，班子成员各包一个；问题三、四、六已完成整改。\\n"))
>>> [(left.state, [number for number, _ in left.named]) for left in find_leftovers(document, (), None)]
[('open', [8, 14]), ('done', [3, 4, 6])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectlint.claims.entries import Entry
from rectlint.document import Document
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4}(?=[、，。；：和与及至到（）等的已未尚仍正均都没还所有涉各剩占对项条个点号外之]|以外|以及|\d|$))"
_MARKED = rf"(?:（{_NUMERAL}）|{_NUMERAL})"
_COUNT = r"(?:(?:各|均|还)?(?:有|涉及|占|剩|对应)?(?:\d{1,3}|[一二两三四五六七八九十])(?:条|项|个)(?:整改)?(?:措施|举措|任务)?)"
_SORT = r"(?:(?:整改|反馈)?(?:问题|任务|事项))"
_NAME = rf"(?:(?<![个项条类件体])(?:问题|任务|事项){_MARKED}(?![个项条])|第{_MARKED}[个项条点号]?{_SORT}?|{_NUMERAL}号{_SORT}|(?<=[对将])（{_NUMERAL}）(?=（)|(?<!第)序号{_MARKED})"
_BARE = rf"{_MARKED}[个项条点号]?{_SORT}?(?=[、和与及至到（）。；两等共]|[已未尚仍正均都所没还]|以及|$)"
_LIST = Pattern(
    rf"{_NAME}{_COUNT}?(?:(?:(?:[、，和与]|(?<!涉)及|以及|至|到){_NAME}|(?:[、和与]|(?<!涉)及|以及|至|到|(?<=）)(?=（)){_BARE}){_COUNT}?){{0,20}}",
    needs=("问题", "任务", "事项", "第", "对（", "将（", "序号"),
)
_EACH = Pattern(
    r"(?P<join>^|[、，和与]|(?<!涉)及|以及|至|到|(?<=）)(?=（))(?:问题|任务|事项|第|序号)?（?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,4})）?(?:[个项条点号]?(?:整改|反馈)?(?:问题|任务|事项))?"
    r"(?:[个项条点号](?!问题|任务))?"
)
_OPEN = (
    r"(?:(?:尚|仍|还|暂)?(?:未|没有?)(?:能)?(?:按期|按时|全部|完全|彻底)?(?:完成(?:整改)?|整改(?:到位|完成|完毕)?|改完|改好|改到位|办结|解决|销号)(?:到位|完成|销号)?(?:了)?"
    r"|(?:目前)?(?:仍|尚|还)?(?:正在|仍在|还在|正)(?:抓紧|加快|积极|有序|稳步|持续)*+(?:整改|推进|改|办理|落实|攻坚)(?:之?中)?"
    r"|(?:仍|尚|还)?(?:需要?)?(?:持续|继续)(?:整改|推进|跟进|攻坚))"
)
_DONE = (
    r"(?:(?:均|都|全部)?已经?(?:全部|均|都|按期|如期)*+(?:完成(?:整改|销号)?|整改(?:到位|完成|完毕|销号)?|销号|办结|改完|改好)"
    r"|(?:均|都|全部)(?:完成整改|整改(?:到位|完成|完毕)|改完))"
)
_BETWEEN = (
    r"(?:(?:已|均已)?(?:基本(?:完成|整改到位)|阶段性(?:完成|整改)|部分(?:完成|整改)|(?<!未)达到序时进度)(?:整改)?"
    r"|(?:已)?(?:取得|有)(?:了)?(?:明显|阶段性)的?(?:成效|成果|进展)|(?:需要?|须)?(?:长期|常态化)(?:坚持|推进|整改))"
)
_LATE = r"(?:(?:整改|任务|工作)?(?:进度|进展)?(?:滞后|逾期(?!未))|未达到?序时进度)"
_STATE = rf"(?P<between>{_BETWEEN})|(?P<late>{_LATE})|(?P<open>{_OPEN})|(?P<done>{_DONE})"
_BEFORE = Pattern(
    rf"(?P<lead>[^，。；：\n（]{{0,12}}?)(?:{_STATE}|(?P<rest>剩余|余下|剩下)(?=的|\d|[两三四五六七八九]个))(?P<gap>的|\d{{1,3}}(?=[个项条类])|[一二两三四五六七八九十](?=[个项条类])|[个项条类]|具体|整改|反馈|问题|任务|事项|措施|举措|工作|分别|主要|其中|督办|为|是|即|涉及|对应|集中在|集中于|包括|有|[，：（—])*$"
)
_BEHIND = Pattern(
    rf"(?P<of>）?(?:等|共)?(?:(?:\d{{1,3}}|[一二两三四五六七八九十])(?:个|项|条))?(?:具体|镇级|村级)?{_SORT}?(?:的?(?:整改)?措施)?)(?:，?目前|现|，)?(?:也|仍然)?(?:{_STATE})(?=[，。；、）\n]|$|的(?:具体)?(?:问题|任务|事项|工作))"
)
_AT_IT = Pattern(r"(?:(?P<verb>紧?盯住|盯紧|紧盯|死盯)|(?<=[。；：，\n一二三四五是步]|^)(?:对|针对))$")
_TILL = Pattern(
    r"(?P<of>(?:所(?:涉(?:及)?|列|对应)的?|的|等)?\d{0,3}[个项条]?(?:长期|具体|整改)?(?:问题|任务|事项|措施)?(?:的整改)?)[，]?[^。；]{0,40}?"
    r"(?P<by>(?:确保)?(?:按期|如期|早日|尽快)(?:完成|销号|整改到位|清零)(?=整改|销号|任务|[，。；）]|$)|一盯到底|(?<=确保|于|在|，)[^，。；]{0,8}(?:年底|月底|[日月底])前(?:全部|全面)?(?:完成|整改到位|销号)(?=整改|销号|任务|[，。；）]|$)(?!验收|“?回头看|复核|评估|检查))"
)
_AGAIN = Pattern(r"回头看|复核|评估|巩固|反弹|复查|抽查|验收")
_NOT_YET = Pattern(
    r"确保|力争|争取|推动|推进|促进|督促|待|如|若|凡|要求|计划|预计|拟|当时|此前|时，|上[一]?轮|上年|反馈时|巡察时"
)
_SHARED_OUT = Pattern(
    rf"(?P<open>{_OPEN})的?(?P<n>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})[个项条件](?:具体)?(?:问题|任务|事项)(?:中|里)?"
    r"(?P<link>(?:分别|具体|主要|其中|为|是|涉及|包括|集中在|来自|分布在|，|：|（)+)"
    r"(?P<list>[\p{Han}“”]{2,16}\d{1,3}[个项条件](?:[、，；和][\p{Han}“”]{2,16}\d{1,3}[个项条件])*)",
    needs=("问题", "任务", "事项"),
)
_SHARE = Pattern(r"(?P<name>[\p{Han}“”]{2,16})(?P<n>\d{1,3})[个项条件]")
_UNTIL = Pattern(r"截[至止](?P<when>[^，。；：\n目今]{2,12}?)，")
_ALL_BUT = Pattern(
    r"(?P<but>(?:个?问题)?(?:以外|之外|外))，?(?:其余|其他|其它)[^，。；\d]{0,12}?(?:均|都|全部)?已?(?:经)?(?:全部|均)?(?:完成整改|整改完成|整改到位|完成|改完|销号)"
)
_MEASURES = Pattern(r"措施|举措|任务|条")
_CUTS = ("，", "、")
_REACH = 48


class Leftover(NamedTuple):
    """Entries named by number with what is said of them (open, late, between, done); ``complete`` where the list tells all that are in this state, and
    ``measures`` where measures for the entries are so, and not they themselves; ``all_but`` where all others are said to be done."""

    span: Span
    state: str
    named: tuple[tuple[int, Span], ...]
    complete: bool = False
    measures: bool = False
    all_but: bool = False


def find_leftovers(document: Document, entries: Sequence[Entry], cutoff: Span | None) -> Iterator[Leftover]:
    """The lists outside the entries, each with the state that stands before or behind it; ``cutoff`` is where the text says
    until when it reports, since what was so at another time is not compared."""
    text = document.text
    region = Span(entries[0].mark.start, entries[-1].span.end) if entries else Span(0, 0)
    until = "" if cutoff is None else document.words(cutoff)
    # 序号3 may be that of another list, unless the entries are numbered so themselves or are rows of a table
    first = document.words(entries[0].mark) if entries else ""
    serial = not entries or first.isdigit() or "序号" in first
    for match in _LIST.find(text):
        start, end = match.span()
        if region.start <= start < region.end or (text.startswith("序号", start) and not serial):
            continue
        if any(marker.start <= start < marker.end for marker in document.paragraph_at(start).markers):
            continue
        named = tuple(_named(match))
        sentence = document.sentence_at(start)
        then = _UNTIL.search(text, sentence.start, start)
        if not named or (then is not None and not until.endswith(then["when"])):
            continue
        left = _left(document, Span(start, end), sentence, named)
        if left is not None:
            yield left


class SharedOut(NamedTuple):
    """未整改到位的3个问题分别为石桥村1个、柳湾社区2个: where it says so, what is open in all, and the share of each section."""

    span: Span
    total: int
    shares: tuple[tuple[str, int, Span], ...]


def find_shared_out(document: Document) -> Iterator[SharedOut]:
    """The open problems that are told section by section in one list."""
    for match in _SHARED_OUT.find(document.text):
        start = match.start("list")
        shares = tuple(
            (share["name"].lstrip("和"), int(share["n"]), Span(start + share.start(), start + share.end()))
            for share in _SHARE.find(match["list"])
        )
        total = int(match["n"]) if match["n"].isascii() else chinese_ordinal(match["n"].replace("两", "二"))
        yield SharedOut(Span(*match.span("open")), total, shares)


def _named(match: Match) -> Iterator[tuple[int, Span]]:
    """The numbers of a list with their places; none where it may be something else."""
    words = match.group()
    found: list[tuple[int, Span]] = []
    for each in _EACH.find(words):
        number = chinese_ordinal(each["n"])
        start = match.start() + each.end("join")
        end = match.start() + each.end()
        if each["join"] in ("至", "到") and found and number - found[-1][0] < 40:
            found.extend((between, Span(start, end)) for between in range(found[-1][0] + 1, number))
        found.append((number, Span(start, end)))
    if words.startswith("第") and not any(
        mark in words for mark in ("个", "项", "条", "点", "号", "问题", "任务", "事项")
    ):
        return
    yield from found


def _left(document: Document, place: Span, sentence: Span, named: tuple[tuple[int, Span], ...]) -> Leftover | None:
    text = document.text
    lead = text[max(sentence.start, place.start - _REACH) : place.start]
    clause = lead[max(lead.rfind(mark) for mark in "；，") + 1 :]
    if lead.endswith(("除", "除了")) and (rest := _ALL_BUT.match(text, place.end, sentence.end)) is not None:
        said = Span(place.start - (2 if lead.endswith("了") else 1), rest.end("but"))
        return Leftover(said, "open", named, complete=True, all_but=True)
    before = _BEFORE.search(text, max(sentence.start, place.start - _REACH), place.start)
    if before is not None:
        names = ("between", "late", "open", "done", "rest")
        said = next(Span(*before.span(name)) for name in names if before[name])
        gap = text[said.end : place.start]
        if _NOT_YET.search(before["lead"]) is None and gap[:1] not in _CUTS and not (gap == "" and before["done"]):
            state = next(name for name in names if before[name]).replace("rest", "open")
            return Leftover(
                said, state, named, _is_complete(before, gap, text, place), _MEASURES.search(gap) is not None
            )
    behind = _BEHIND.match(text, place.end, min(sentence.end, place.end + _REACH))
    if behind is not None and _NOT_YET.search(clause) is None:
        state = next(name for name in ("between", "late", "open", "done") if behind[name])
        return Leftover(Span(*behind.span(state)), state, named, False, "措施" in behind["of"])
    at_it = _AT_IT.search(text, max(sentence.start, place.start - _REACH), place.start)
    till = _TILL.match(text, place.end, sentence.end) if at_it is not None else None
    if at_it is not None and till is not None and _AGAIN.search(text, place.end, sentence.end) is None:
        return Leftover(Span(*till.span("by")), "open", named)
    return None


def _is_complete(before: Match, gap: str, text: str, place: Span) -> bool:
    """Whether a list names all: 对未完成的问题8和问题13, which is not of one aspect, and does not end in 等."""
    plain = before["lead"].strip("对将把要紧盯住一二三四五六是针") == ""
    return plain and gap.startswith("的") and "其中" not in gap and text[place.end : place.end + 1] != "等"
