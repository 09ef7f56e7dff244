"""The numbered entries that the numbers of a text's own references count, and the places that name them by number.

In: a `Document` with its statuses, its list of problems and its tables.  Out: `Entry` values: items, or the numbered rows of a
table where the problems stand in one; and `Pointer` values: 问题8仓房租金, 上述第7项软弱涣散党组织整顿, 房产出租（第13项), each with the
words that say what the entry is about.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("问题1：学风不实。\\n问题2：底数不清。\\n问题3：租金拖欠。\\n收回：问题3拖欠租金9万元。\\n"))
>>> [(pointer.number, pointer.words) for pointer in find_pointers(document)]
[(3, '拖欠租金')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rectlint.claims.statuses import State, Statuses, state_words
from rectlint.claims.tables import Grid
from rectlint.document import Document, Item
from rectlint.markers import chinese_ordinal
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_POINTER = rf"(?:(?:问题|任务|事项)（?{_NUMERAL}）?|第（?{_NUMERAL}）?(?:个|项|条|点)(?:(?:整改|反馈)?(?:问题|任务))?)"
_FORWARD = Pattern(
    rf"(?:(?P<word>(?<![个项条类件体])(?:问题|任务|事项))（?(?P<n>{_NUMERAL})）?|第（?(?P<n>{_NUMERAL})）?[个项条点](?P<of>(?:整改|反馈)?(?:问题|任务))?)"
    r"(?P<link>(?:中|里|所|提到|涉及|反映|指出|列出|查出|牵涉|对应|关于)*+的?[“「]?)(?=(?P<words>\p{Han}{3,24})(?P<amount>\d[\d,.]*(?:万|亿)?元)?)",
    needs=("问题", "任务", "事项", "第"),
)
_BEHIND = Pattern(
    rf"(?<=[。；：\n、，）.—])(?P<words>[\p{{Han}}“”]{{4,24}})（(?:对应|即|见|详见|参见|为|属)?(?P<list>{_POINTER}(?:[、和及与至,，]{_POINTER}){{0,5}})）",
    needs=("（问题", "（任务", "（事项", "（第", "（对应", "（即", "（见", "（详见", "（参见", "（为", "（属"),
)
_NUMBER = Pattern(_NUMERAL)
_ONE_OF_TWO = Pattern(rf"{_POINTER}(?:[、和及与]|以及)$")
_NO_OBJECT = Pattern(
    r"[已正尚未均都仍还由在将要需应和与及等至到为是有共再可中以之按经因并同个项条件类名家处起人份]|一[并体同起]|统筹|结合|参照|存在|暴露|整改|措施|反馈|后续|持续|长期|进行|销号|完成|问题|任务|部分|方面|内容"
)
_OTHER_NUMBERS = Pattern(
    r"[》”]$|条例|规定|办法|细则|准则|党章|章程|守则|标准|合同|协议|公约|方案|清单|附件|附表|通知|意见书|[一二三四五六七八九十\d]章|[上前往]轮|年度|村"
)
_OWN_NUMBERS = Pattern(r"(?:上述|前述|以上|本通报|本报告|上列|前列|文中)[^。；\n]*$")
_OBJECT_ENDS = Pattern(
    r"(?<=.{3})(?:[已均都由将仍尚即等被需共于]|正在|[和与及]?(?:第|问题|任务|事项)|以及|涉及|[的之])"
)
_STATE_COLUMN = Pattern(r"状态|结果|进展|完成情况|整改情况|进度")
_NUMBER_COLUMN = Pattern(r"序号|编号|问题号|项号|No\.?|#")
_SERIAL = Pattern(
    rf"(?<=^|\n)(?P<mark>(?:整改|反馈|督察)?(?:任务|问题|事项)?序号(?P<n>{_NUMERAL}))[：、.．， ]", needs=("序号",)
)
_SERIAL_STATE = Pattern(
    r"(?<=[\n。；，])(?:整改|完成|任务|落实)?(?:完成)?(?:结论|状态|结果|进展|进度|情况)：(?P<state>[^，。；\n（]{2,16})(?=[，。；（\n]|$)",
    needs=("：",),
)
_LATE = Pattern(r"(?:整改|任务|工作)?(?:进度|进展)?(?:滞后|逾期)|(?:未达|滞后于|落后于)序时进度|未按期推进")
_FEWEST = 3
_MOST = 300
"""No bulletin has more entries, nor points to them more often; comparing words is slow."""


class Entry(NamedTuple):
    """A numbered entry: its number, where its number and its title stand, all of it, and the state it is said to be in."""

    number: int
    mark: Span
    title: Span
    span: Span
    state: State | None = None
    said: Span | None = None


class Pointer(NamedTuple):
    """A place that names an entry by number with words of its own: the number, whether it says 问题 or 任务 or 上述 before it,
    the words, where they stand, an amount told with them, and whether 中的 or 涉及的 stands between."""

    span: Span
    number: int
    plain: bool
    words: str
    place: Span
    amount: str = ""
    linked: bool = False


def find_entries(
    document: Document, statuses: Statuses, problems: Sequence[Item], tables: Sequence[Grid]
) -> tuple[Entry, ...]:
    """The one list of entries that is numbered 1, 2, 3 … through the text, or none."""
    serial = tuple(_serial(document))
    if _counts_up([entry.number for entry in serial]):
        return serial
    named = [item for item in document.items if item.marker.style in ("问题1", "问题一")]
    for items in (named, problems, _titled_as_problems(document)):
        if _counts_up([item.marker.number for item in items]):
            return tuple(_of_items(document, statuses, items))
    return next((rows for grid in tables if (rows := _of_rows(document, grid))), ())


def _serial(document: Document) -> Iterator[Entry]:
    """Lines that open with 任务序号三：, each with the state that its last label tells: 整改结论：已完成整改."""
    text = document.text
    marks = list(_SERIAL.find(text))
    for place, match in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else _end_of_last(document, marks[: place + 1])
        line = document.paragraph_at(match.start()).span
        state: State | None = None
        said = None
        for label in _SERIAL_STATE.find(text, line.end, end):
            told = "open" if _LATE.fullmatch(label["state"]) else state_words(label["state"])
            if told is not None:
                state, said = told, Span(*label.span("state"))
        mark, title = Span(*match.span("mark")), Span(match.end(), line.end)
        yield Entry(chinese_ordinal(match["n"]), mark, title, Span(title.start, end), state, said)


def _end_of_last(document: Document, marks: Sequence[Match]) -> int:
    """Where the last such entry ends: it has no more lines than the longest of the others."""
    lines = [document.paragraph_at(match.start()).order for match in marks]
    longest = max((later - earlier for earlier, later in pairwise(lines)), default=1)
    last = document.paragraphs[min(lines[-1] + longest - 1, len(document.paragraphs) - 1)]
    return last.span.end


def _counts_up(numbers: Sequence[int]) -> bool:
    """Whether numbers are 1, 2, 3 … without one twice; some may be left out."""
    if not _FEWEST <= len(numbers) <= _MOST:
        return False
    return numbers[0] == 1 and sorted(set(numbers)) == list(numbers) and numbers[-1] <= len(numbers) + 2


def _titled_as_problems(document: Document) -> list[Item]:
    """The items of the style that most titles ……问题 have, where they are not chapters: 一、……问题 below 第二部分."""
    problems = [item for item in document.items if document.words(item.title).endswith("问题")]
    styles = Counter(item.marker.style for item in problems)
    if not styles:
        return []
    style, count = styles.most_common(1)[0]
    items = [item for item in document.items if item.marker.style == style]
    return items if 5 * count >= 4 * len(items) else []


def _of_items(document: Document, statuses: Statuses, items: Sequence[Item]) -> Iterator[Entry]:
    lines = [document.paragraph_at(item.marker.start).order for item in items]
    longest = max(later - earlier for earlier, later in pairwise(lines))
    for place, item in enumerate(items):
        end = item.span.end
        if place + 1 == len(items):  # the last one has no more paragraphs than the others
            last = document.paragraphs[min(lines[place] + max(longest, 1), len(document.paragraphs)) - 1]
            end = min(end, last.span.end)
        status, heading = statuses.first.get(item.order), statuses.heading_of(item)
        state, said = (status.state, status.span) if status is not None else (None, None)
        if status is None and heading is not None:
            state, said = heading.state, heading.span
        title = item.title
        if document.text[title.start : title.start + 1] == "（":
            close = document.text.find("）", title.start, title.end)
            title = Span(close + 1 if close > 0 else title.start, title.end)
        if document.text[title.start : title.start + 1] == "：":
            title = Span(title.start + 1, title.end)
        yield Entry(
            item.marker.number, Span(item.marker.start, item.marker.end), title, Span(title.start, end), state, said
        )


def _of_rows(document: Document, grid: Grid) -> tuple[Entry, ...]:
    """The rows of a table whose first column counts 1, 2, 3 … and whose next one says what is meant."""
    if not _NUMBER_COLUMN.search(grid.columns[0].label) or len(grid.columns) < 2:
        return ()
    column = next((i for i, column in enumerate(grid.columns) if i and _STATE_COLUMN.search(column.label)), 0)
    found = []
    for row in grid.rows:
        first, second = row.fields[0], row.fields[1]
        if first is None or second is None or first.number is None or second.number is not None or not second.text:
            continue
        cell = row.fields[column] if column else None
        state = state_words(cell.text) if cell is not None else None
        ends = [field.span.end for field in row.fields if field is not None]
        said = cell.span if state is not None and cell is not None else None
        found.append(
            Entry(int(first.number.value), first.span, second.span, Span(first.span.end, max(ends)), state, said)
        )
    return tuple(found) if _counts_up([entry.number for entry in found]) else ()


def _object(words: str) -> str:
    """The words of a name at the head of a run of words: 棚改安置 of 棚改安置即在其中."""
    end = _OBJECT_ENDS.search(words)
    return words if end is None else words[: end.start()]


def find_pointers(document: Document) -> Iterator[Pointer]:
    """Every place that names an entry by its number and by words, at most so many."""
    text = document.text
    found = 0
    for match in _FORWARD.find(text):
        start = match.start()
        if any(marker.start <= start < marker.end for marker in document.paragraph_at(start).markers):
            continue
        words = _object(match["words"])
        linked = len(match["link"]) > 0
        if _NO_OBJECT.match(words) is not None or not (linked or not match["word"] or match["n"].isascii()):
            continue  # 任务一体推进 is no 任务一
        lead = text[max(document.sentence_at(start).start, start - 24) : start]
        clause = lead[max(lead.rfind(mark) for mark in "，；：、") + 1 :]
        if _OTHER_NUMBERS.search(clause) is not None:
            continue
        if match["link"].startswith("的") and _ONE_OF_TWO.search(lead) is not None:
            continue  # 任务二和任务十二的市级验收: of both, and so no name of either
        plain = match["word"] is not None or _OWN_NUMBERS.search(lead) is not None
        place = Span(match.start("words"), match.start("words") + len(words))
        amount = match["amount"] if words == match["words"] else None
        span = Span(start, match.start("link"))
        yield Pointer(span, chinese_ordinal(match["n"]), plain, words, place, amount or "", linked)
        found += 1
        if found >= _MOST:
            return
    for match in _BEHIND.find(text):
        numbers = [chinese_ordinal(number.group()) for number in _NUMBER.find(match["list"])]
        if len(numbers) == 1:
            span, place = Span(*match.span("list")), Span(*match.span("words"))
            yield Pointer(span, numbers[0], False, match["words"], place)
            found += 1
        if found >= 2 * _MOST:
            return
