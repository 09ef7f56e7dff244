"""A text to match against: the same words whichever way the bulletin was typed, with a map back to the original.

In: the decoded text.  Out: a `View`, one paragraph a line, in which full-width digits and letters are ASCII, ASCII
punctuation is full-width, spaces round digits, Markdown emphasis, indentation and page numbers are gone, and lines that
were wrapped in mid-sentence are joined.  NFKC is not used, since it changes ``㈠ ⑩ ㎡`` in ways that lose meaning.

>>> view_of("共 ３ 件,").text
'共3件，'
>>> view_of("共 ３ 件,").to_source(Span(1, 3))
Span(start=2, end=5)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from rectlint.columns import with_columns
from rectlint.markers import Marker, leading_marker
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.reflow import lost_breaks
from rectlint.scripts import SIMPLIFIED
from rectlint.source import Span

_FOLD: dict[int, str | int] = {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）"
}
_FOLD |= {ord(ascii_mark): wide for ascii_mark, wide in zip(",;:!?()<>", "，；：！？（）〈〉", strict=True)}
_FOLD |= {
    ord(odd): plain
    for plain, odds in {
        " ": "\t\u00a0\u2002\u2003\u2009\u200a\u202f\u3000",
        "\n": "\x0b\x0c\x85\u2028\u2029",
        "—": "–−―─",
        "~": "∼〜",
        "·": "•・‧∙",
        "〇": "○◯",
        "%": "﹪",
        "“": "「『〝",
        "”": "」』〞",
        "〔": "［[",
        "〕": "］]",
    }.items()
    for odd in odds
}
_FOLD |= {0xFF1C: "〈", 0xFF1E: "〉"}
_FOLD |= SIMPLIFIED
_PLAIN = {chr(odd): plain if isinstance(plain, str) else chr(plain) for odd, plain in _FOLD.items()}
_FEW_SORTS = 40
"""Up to so many different odd characters are replaced one after the other, which is faster than `str.translate`."""

_LINE = Pattern(r"[^\n\r]+", linear=True)
_EDGE = Pattern(r"(?:[ \ufeff\u200b-\u200d\u2060]++|\*\*|^#{1,6} |^〉 )++")
_INNER = Pattern(r" +|\*\*|[\u200b-\u200d\u2060\ufeff\u00ad]+", linear=True)
_PAGE_NUMBER = Pattern(r"(?:[-—]{1,2} ?\d{1,3} ?[-—]{1,2}|第 ?\d{1,3} ?页(?: ?[，/]? ?共 ?\d{1,3} ?页)?)")
_THOUSANDS = Pattern(r"(?<![\d.，])\d{1,3}(?:，\d{3})+(?![\d，])(?=\.\d|[^\d.])")
# 271 997件: blanks between groups of three digits, as yearbooks write them; rows of a table have more figures beside
_BLANK_THOUSANDS = Pattern(r"(?<![\d.] ?)(?<=\p{Han} ?)\d{1,3}(?: \d{3})++(?:\.\d+)?+(?= ?\p{Han})(?! ?\d)")
_CLOCK = Pattern(r"(?<=(?<!\d)[012]?\d)：(?=[0-5]\d(?!\d))")
_NOUGHT = Pattern(
    r"(?<=[一二])[Oo0](?=[Oo0〇一二三四五六七八九]{2}年)|(?<=[一二][Oo0〇])[Oo0](?=[Oo0〇一二三四五六七八九]年)"
    r"|(?<=[一二][Oo0〇九][一二三四五六七八九Oo0〇])[Oo0](?=年)",
    needs=("O", "o", "0"),
)
_CELL_FIGURE = Pattern(r"[-—]?\d[\d,，.]*[%％]?")
_POINT = Pattern(r"(?<=[\u4e00-\u9fff）”》〕%\"])\.(?=[\u4e00-\u9fff“《（〔）]|\d{1,4}[年月]|[ ]*(?:\n|$))")
_FEWEST_POINTS = 5
"""A text with fewer points between its words uses them for something else, as in names of other peoples."""
_LEAST_ROWS = 3
_CLAUSE_MARKS = frozenset("，、。；")
_STOP = frozenset("。！？；：…”」』）)〕】")
_NEVER_FIRST = frozenset("，、。；！？）》”")
"""No paragraph begins with one of these: a line that does was broken off by a program that counts columns."""
_LABEL = Pattern(
    r"(?:整改|完成|落实|存在|反馈|问题|责任|牵头|配合|下一步|未完成|未整改|工作|具体|主要|联系|电子|通讯|邮政|邮箱|地址|附件|附表|"
    r"电话|传真|监督|举报|信箱|来源|发布|索引|相关|抄送|主送|成文)\p{Han}{0,14}："
)
# words that open a paragraph of this genre, even where the one before ends in a comma, or in no mark, by mistake
_OPENING = Pattern(
    r"截[至止](?:\d{4}年\d{1,2}月|目前)|欢迎(?:广大|社会|各界)|目前，|[该本]问题(?:已|正|目前)|下一?步[，工将]"
)
_REST_OF_NUMBER = Pattern(r"(?:年(?:1[0-2]|[1-9])月|月(?:[12]\d|3[01]|[1-9])日)|\d{0,3}\.\d+(?:%|个百分点|[万亿]?元|[万亿]|亩|公里|吨)")
_CLOSING = Pattern(
    r"(?:中共\p{Han}{2,30}(?:委员会|党组|工委|委|组)|\p{Han}{2,24}(?:委员会|党组|党委|党工委|工委|办公室|人民政府|审计局|审计厅|局|厅|公司|医院|学校))"
    r"|(?:\d{4}|[二〇一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日|返回顶部|相关链接.*|特此\p{Han}{1,6}。?"
)


class View(NamedTuple):
    """The folded text and the break points of its map: view offset ``in_view[i]`` stands at source offset ``in_source[i]``,
    and between break points both run in step.  A line break put in stands where the code point behind it does."""

    text: str
    in_view: list[int]
    in_source: list[int]

    def source_offset(self, offset: int) -> int:
        """The source offset of the code point at view ``offset``."""
        index = bisect_right(self.in_view, offset) - 1
        return self.in_source[index] + offset - self.in_view[index]

    def from_source(self, offset: int) -> int:
        """The view offset of a source offset; that of the next kept code point where it is left out."""
        index = bisect_right(self.in_source, offset) - 1
        if index < 0:
            return 0
        end = self.in_view[index + 1] if index + 1 < len(self.in_view) else len(self.text)
        found = min(self.in_view[index] + offset - self.in_source[index], end)
        return found + (self.text[found : found + 1] == "\n")

    def to_source(self, span: Span) -> Span:
        """The source span that covers exactly the code points of a view span; empty spans stay empty."""
        start = self.source_offset(span.start)
        if span.end <= span.start:
            return Span(start, start)
        return Span(start, self.source_offset(span.end - 1) + 1)


def _with_bars(text: str) -> str:
    """The text with a bar for each tab between the cells of a table, as copied from a workbook or a page.

    A table is at least three lines on end with as many tabs each, no sentence among them, most with a figure in a cell.
    Cells that stand apart by blanks only are found later, in the folded text: see `rectlint.columns`.
    """
    lines = text.split("\n")
    first = 0
    while first < len(lines):
        tabs = lines[first].count("\t")
        last = first + 1
        while tabs and last < len(lines) and lines[last].count("\t") == tabs:
            last += 1
        if tabs and last - first >= _LEAST_ROWS and "。" not in "".join(lines[first:last]):
            rows = [[cell.strip() for cell in line.split("\t")] for line in lines[first:last]]
            # of two cells the second must be the figure: 1<tab>整改不力 is a numbered line
            figures = sum(any(_CELL_FIGURE.fullmatch(cell) for cell in row[tabs == 1 :]) for row in rows)
            if 2 * figures >= len(rows):
                lines[first:last] = [line.replace("\t", "|") for line in lines[first:last]]
        first = last
    return "\n".join(lines)


def _with_stops(text: str) -> str:
    """The text with 。 for the points that end its sentences, where it was typed with points throughout."""
    points = sum(1 for _ in _POINT.find(text))
    return _POINT.sub("。", text) if points >= _FEWEST_POINTS and points > text.count("。") else text


def _fold(text: str) -> str:
    """The text with a plain character for each odd one."""
    odd = _PLAIN.keys() & set(text)
    if len(odd) > _FEW_SORTS:
        return text.translate(_FOLD)
    for character in odd:
        text = text.replace(character, _PLAIN[character])
    return text


def view_of(text: str, *, wrapped: bool = True) -> View:
    """Fold ``text`` into its `View`; ``wrapped`` as in `rectlint.source.Source`."""
    folded = _fold(_with_bars(text) if "\t" in text else text)
    if 2 * folded.count("。") < folded.count("."):
        folded = _with_stops(folded)
    folded = with_columns(folded)
    pieces: list[str] = []
    view_points: list[int] = []
    source_points: list[int] = []
    length = 0

    def emit(start: int, end: int) -> None:
        nonlocal length
        view_points.append(length)
        source_points.append(start)
        pieces.append(folded[start:end])
        length += end - start

    blanks = frozenset(
        offset for match in _BLANK_THOUSANDS.find(folded) for offset in range(*match.span()) if folded[offset] == " "
    )
    last = 0
    for paragraph in _paragraphs(folded, None if wrapped else text):
        first = paragraph[0][0]
        if length:
            view_points.append(length)
            source_points.append(first if first == last else first - 1)
            pieces.append("\n")
            length += 1
        last = paragraph[-1][1]
        for start, end in _kept(folded, paragraph, blanks):
            emit(start, end)
    if not view_points:
        view_points, source_points = [0], [0]
    return View(_retouch("".join(pieces)), view_points, source_points)


def _kept(folded: str, lines: list[tuple[int, int]], blanks: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph's lines that stay: all but the spaces and marks that carry no meaning."""
    for start, end in lines:
        cursor = start
        for match in _INNER.find(folded, start, end):
            left, right = match.span()
            if (
                folded[left] == " "
                and left not in blanks
                and _space_counts(folded[left - 1], folded[right] if right < end else "\n")
            ):
                left += 1
            if left > cursor:
                yield cursor, left
            cursor = right
        if end > cursor:
            yield cursor, end


def _space_counts(before: str, after: str) -> bool:
    """A space means something only between two Chinese words or two Latin ones."""
    if before.isascii() and after.isascii():
        return before.isalnum() and after.isalnum()
    return not before.isascii() and not after.isascii() and before.isalpha() and after.isalpha()


def _retouch(text: str) -> str:
    """One-for-one repairs that need their neighbours: thousands commas, clock times, straight quotation marks, and
    the nought of a year in characters, for which many type a letter or a figure (二O二四年)."""
    text = _THOUSANDS.sub(lambda match: match.group().replace("，", ","), text)
    text = _CLOCK.sub(":", text)
    text = _NOUGHT.sub("〇", text)
    if '"' in text:
        text = "\n".join(_curl(line) if '"' in line else line for line in text.split("\n"))
    return text


def _curl(line: str) -> str:
    if line.count('"') % 2:
        return line
    parts = line.split('"')
    return "".join(part + ("" if index == len(parts) - 1 else "“”"[index % 2]) for index, part in enumerate(parts))


def _paragraphs(folded: str, broken: str | None) -> Iterator[list[tuple[int, int]]]:
    """Group physical lines into paragraphs: lists of trimmed, non-empty ``(start, end)``.

    ``broken`` is the text as it was where a line feed ends a paragraph for certain, so that only other breaks may join.
    """
    lines = [trimmed for match in _LINE.find(folded) if (trimmed := _trim(folded, *match.span()))]
    lines = [(start, end) for start, end in lines if end - start > 20 or not _PAGE_NUMBER.fullmatch(folded, start, end)]
    full = _full_lines(folded, lines)
    current: list[tuple[int, int]] = []
    last_numbers: dict[str, int] = {}
    for index, (start, end) in enumerate(lines):
        certain = broken is not None and bool(current) and "\n" in broken[current[-1][1] : start]
        marker = leading_marker(folded, start, end)
        if current and not certain and _joins(folded, current, full[index - 1], (start, end), marker, last_numbers):
            current.append((start, end))
            continue
        if current:
            yield from _parted(folded, current)
        current = [(start, end)]
        if marker is not None:
            last_numbers[marker.style] = marker.number
    if current:
        yield from _parted(folded, current)


def _parted(folded: str, lines: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The lines of a paragraph, parted where a line holds headings whose line breaks were lost."""
    current: list[tuple[int, int]] = []
    for start, end in lines:
        for offset in lost_breaks(folded, start, end):
            stop = offset
            while stop > start and folded[stop - 1] == " ":
                stop -= 1
            if stop > start:
                current.append((start, stop))
            if current:
                yield current
            current, start = [], offset
        current.append((start, end))
    yield current


def _trim(folded: str, start: int, end: int) -> tuple[int, int] | None:
    if folded[start] in " *#〉\ufeff\u200b\u200c\u200d\u2060":
        head = _EDGE.match(folded[start:end])
        if head:
            start += head.end()
    while end > start and folded[end - 1] in " \ufeff\u200b\u200c\u200d\u2060":
        end -= 1
    if end - start >= 2 and folded[end - 2 : end] == "**" and folded.count("**", start, end) % 2:
        end -= 2
    return (start, end) if end > start else None


def _full_lines(folded: str, lines: list[tuple[int, int]]) -> list[bool]:
    """For each line whether it fills the wrap width; all False when the text is not hard-wrapped.

    A text counts as wrapped when at least a third of its lines have nearly the greatest length and most of those stop in
    mid-sentence.  Length is tried in code points and in cells, since both kinds of wrapping occur.
    """
    for tolerance, lengths in (
        (2, [end - start for start, end in lines]),
        (5, [(end - start) + _wide(folded, start, end) for start, end in lines]),
    ):
        ordered = sorted(lengths)
        for width in sorted({ordered[-1], ordered[-1 - len(ordered) // 33]}) if ordered else []:
            filled = [width - tolerance <= length <= width + tolerance for length in lengths]
            count = sum(filled)
            if width < 16 or width > 200 or count < 4 or count * 3 < len(lines):
                continue
            open_ended = sum(
                is_full and folded[line[1] - 1] not in _STOP for is_full, line in zip(filled, lines, strict=True)
            )
            if open_ended * 5 >= count * 3:
                return filled
    return [False] * len(lines)


def _wide(folded: str, start: int, end: int) -> int:
    """How many of the code points take two cells; three-byte UTF-8 is near enough for this script."""
    return (len(folded[start:end].encode("utf-8", "replace")) - (end - start)) // 2


def _joins(
    folded: str,
    current: list[tuple[int, int]],
    is_full: bool,
    line: tuple[int, int],
    marker: Marker | None,
    last_numbers: dict[str, int],
) -> bool:
    """Whether ``line``, which opens with ``marker``, continues the paragraph ``current`` rather than beginning one."""
    start, end = line
    if _LABEL.match(folded, start, end) or _CLOSING.fullmatch(folded, start, end):
        return False
    if folded.find("|", *current[-1]) >= 0 or folded.find("|", start, end) >= 0:  # the rows of a table are lines
        return False
    if folded[start] in _NEVER_FIRST:
        return True
    last = folded[current[-1][1] - 1]
    if is_full:
        if marker is None:
            return not _is_heading(folded, current, last)
        if marker.style == "一是" and _runs_on(folded, current, marker):
            return True
        fits = marker.number in (1, last_numbers.get(marker.style, 0) + 1)
        splits_number = last.isdigit() and folded[start].isdigit()
        return (not fits or splits_number) and last not in "。！？；："
    if last.isdigit() and current[-1][1] - current[-1][0] >= 20 and _REST_OF_NUMBER.match(folded, start, end):
        return True  # ……参保率6 / 3.57%。
    if marker is not None or last in _STOP or last == "." or not _is_text(folded[start]):
        return False
    opens = opens_paragraph(folded, start, end)
    if opens or last in "，、":
        return not opens
    first_start, first_end = current[0]
    size = current[-1][1] - first_start
    inner = folded[first_start : current[-1][1]]
    if leading_marker(folded, first_start, first_end) is not None and size <= 60 and "。" not in inner:
        return False
    return size >= 20 and not _CLAUSE_MARKS.isdisjoint(inner) and "：" not in inner[:12] and not inner.endswith("通报")


def opens_paragraph(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins with words that open a paragraph, not the rest of a sentence."""
    return _OPENING.match(text, start, end) is not None


def _runs_on(folded: str, current: list[tuple[int, int]], marker: Marker) -> bool:
    """Whether the run word at a line's start follows its predecessor within the same paragraph: 一是……。/ 二是……"""
    first = leading_marker(folded, *current[0])
    if first is not None and first.style == marker.style:
        return False
    before = "零一二三四五六七八九十"[marker.number - 1] if 1 < marker.number <= 11 else ""
    word = folded[marker.end - 1]
    return bool(before) and f"{before}{word}" in "".join(folded[start:end] for start, end in current)


def _is_heading(folded: str, current: list[tuple[int, int]], last: str) -> bool:
    """A filled line that is nevertheless complete: never, unless it closes a title or a signature."""
    inner = folded[current[0][0] : current[-1][1]]
    return bool(_CLOSING.fullmatch(inner)) or (inner.endswith("通报") and last == "报")


def _is_text(character: str) -> bool:
    return character.isalnum() or character in "“《（"
