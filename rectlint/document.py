"""The outline of a bulletin: paragraphs with their roles, numbered items as a tree, runs of 一是 二是, sentences.

In: a `Source`.  Out: a `Document`.  Every span here and in the claims is in code points of ``document.text``, the view;
`Document.source_span` maps it back when a finding is made.

>>> [item.marker.number for item in parse(Source("一、甲\\n二、乙\\n")).items]
[1, 2]
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise
from typing import Any, Literal

from rectlint.markers import DEPTHS, NO_PAIR_OF_ORDINALS, Marker, chinese_ordinal, leading_marker
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Source, Span
from rectlint.view import View, view_of

Role = Literal["title", "meta", "navigation", "contact", "attachment", "signature", "date", "heading", "table", "body"]

_META = Pattern(
    r"(?:发布|来源|信息来源|发稿|作者|编辑|审核|责任编辑|日期|时间|索引号|文号|成文日期|公开日期|字号|字体|浏览|阅读|点击|访问|主题词|发文机关|发布机构|公开方式|分享|打印)"
    r"[^。]{0,12}[：:【]|^\d{4}-\d{1,2}-\d{1,2}(?: |\d\d:|$)"
)
_NAVIGATION = Pattern(
    r"(?:当前位置|您的位置|您现在的位置|首页|返回顶部|扫描二维码|扫一扫|打印本页|关闭窗口|关闭本页|上一篇|下一篇|相关链接|相关阅读|添加公众号"
    r"|举报指南|监督举报|微信公众号|分享到|版权所有|主办单位|主办：|承办：|ICP备|公网安备|网站地图|无障碍)"
)
_CONTACT = Pattern(
    r"(?:联系电话|举报电话|监督电话|联系方式|联系人|电子邮箱|电子邮件|邮箱|邮政编码|邮编|通讯地址|通信地址|地址|邮寄地址|传真|来信地址|电话|受理电话|办公电话)[^。，]{0,10}："
)
_DISTRIBUTION = Pattern(r"(?:报|发|送|抄报|抄送|主送|分送|呈报|报送)：")
"""报：市委常委。发：各县（市、区）。 below the signature."""
_ATTACHMENT = Pattern(r"附(?:件|表|录)[一二三四五六七八九十\d]{0,3}[：:]?")
_DATE_LINE = Pattern(
    r"（?(?:\d{4}|[二〇零一三四五六七八九]{4})年(?:[\d一二三四五六七八九十]{1,3})月(?:[\d一二三四五六七八九十]{1,3})日）?"
)
_ORGAN_LINE = Pattern(
    r"(?:中共|中国共产党)?[\p{Han} （）]{2,40}(?:委员会|党组|党委|工委|党工委|纪委|办公室|领导小组|人民政府|[省市县区州旗]委|审计局|审计厅|生态环境局|局|厅|公司|医院|学校|学院|大学|支部|总支)"
)
_TITLE = Pattern(r"(?:通报|报告|公示|的函|情况|公告|通知|公开|说明)(?:（[^）]*）)?$")
_SENTENCE = Pattern(r"[^。！？\n]+[。！？]?[”’）]*", linear=True)
_INLINE = Pattern(
    r"(?P<run>(?P<n1>十[一二三四五六]|[一二三四五六七八九十])(?:是(?!否)|要(?![素求点闻件道务员领害紧])))"
    r"|(?P<circled>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])"  # spelled out: a range would keep `regex` from skipping to first characters
    r"|(?P<ordinal>第(?P<n2>[一二三四五六七八九十]{1,2})[，、：]" + NO_PAIR_OF_ORDINALS + ")"
    r"|[。；：](?:(?P<arabic>(?P<n3>\d{1,2})\.(?!\d)|(?P<n3>\d{1,2})\.(?=(?:19|20)\d\d年|\d{1,2}月))|(?P<paren>（(?P<n4>\d{1,2})）))"
    r"|[。；：](?P<maybe>1\.(?=\d))"
    r"|[。；：，、](?P<second>（(?P<n5>[一二三四五六七八九十])）(?=(?![项款条目点号档类级])\p{Han}))",
    linear=True,
)
_BARE = Pattern(
    r"(?<=^|\n)(?:反馈|具体|整改|重点)?(?P<word>问题|任务|事项)(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?=[ ：、.，]|[\p{Han}（“《])",
    needs=(
        "\n问题",
        "\n任务",
        "\n事项",
        "\n反馈问题",
        "\n具体问题",
        "\n整改问题",
        "\n重点问题",
        "\n整改任务",
        "\n整改事项",
    ),
)
_NO_TITLE = Pattern(
    r"[件条类份宗名起月号至和与及等的得由是已均剩余之也都还就将属]|个(?!别)|项(?!目)|人(?!员|才|事|居|大|情)|家(?!庭|属|长)|处(?!置|理|罚)|年(?!度|终|轻)"
    r"|日(?!常)|到(?!位)|为(?!民|群|农|企|老)|占(?!用|道)|共(?!享|青|建|同)|其(?!他)|应(?!急|收|对)|要(?!素|件)|正在|仍[未有在]|尚[未有]"
    r"|[未没]有?(?:完成|整改|办结|销号|解决)|整改(?!不|力度|台账)|涉及|对应|责任(?:单位|部门|领导|人|科室)|牵头|进展[：情顺]|完成(?!率)|推进中|按期|后续|具体|反馈"
    r"|目前|要求|方面|清单|台账|直[到接至]?[未没存在]|[些般律旦经度]"
)
"""What goes on with 问题3 in a sentence (问题3由镇长负责, 问题一直没有解决): words that do not begin a title that follows without a blank."""
_BARE_REACH, _FEWEST_BARE = 24, 3
_LONGEST_BRACKETED, _HEAD = 40, 4
_BELOW_CHAPTERS = DEPTHS["问题一"]
_LEFT_HEADING = Pattern(
    r"未|剩余|余下|后续|下一|下步|持续|继续|正在|有待|待", needs=("未", "剩", "余", "后续", "下", "续", "正在", "待")
)
_BEFORE_RUN = frozenset("\n。；：，、！）”中下度面审计")
_BEFORE_ORDINAL = frozenset("\n。；：")
_INLINE_STYLE = {
    "run": "一是",
    "circled": "①",
    "ordinal": "第一",
    "arabic": "1.",
    "paren": "（1）",
    "maybe": "1.",
    "second": "（一）",
}
_PREFIX = 10
"""So many characters a bracket before a mark may hold, itself included."""

_OPEN_RUNS = 60
"""How many open runs a mark may be the next one of."""
_ITEM_DEPTH = DEPTHS["第一"]


class Paragraph(NamedTuple):
    """One logical line of the view."""

    order: int
    span: Span
    role: Role
    markers: tuple[Marker, ...] = ()


class Item(NamedTuple):
    """A numbered item: its marker, its title (to the first full stop or the line's end), and its whole extent.

    ``parent`` is an index into `Document.items` or None; ``end_of_own`` is where the first child begins (or the end).
    """

    order: int
    marker: Marker
    title: Span
    span: Span
    parent: int | None
    end_of_own: int


class Run(NamedTuple):
    """A run of inline marks (一是 … 二是 …, ① … ② …) that belong together; ``item`` is the enclosing item's index."""

    markers: tuple[Marker, ...]
    item: int | None


class _Outline(NamedTuple):
    source: Source
    view: View
    paragraphs: tuple[Paragraph, ...]
    items: tuple[Item, ...]


class Document(_Outline):
    """A bulletin with its outline."""

    @cached_property
    def text(self) -> str:
        """The view's text: what all spans here count in."""
        return self.view.text

    def words(self, span: Span) -> str:
        """The view's words in a span."""
        return self.view.text[span.start : span.end]

    def source_span(self, span: Span) -> Span:
        """Where a span stands in the text as decoded."""
        return self.view.to_source(span)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences of the running text, in order; a sentence never crosses a paragraph."""
        return tuple(Span(*match.span()) for match in _SENTENCE.find(self.text))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """The index of the sentence that holds ``offset``."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds ``offset``; an empty one where the text has none but only marks."""
        return self.sentences[self.sentence_index(offset)] if self.sentences else Span(0, 0)

    @cached_property
    def kept(self) -> dict[object, Any]:
        """Answers about this document that are asked for again and again, by whatever key their asker chooses."""
        return {}

    def sentence_has(self, pattern: Pattern, offset: int) -> bool:
        """Whether ``pattern`` matches somewhere in the sentence that holds ``offset``; each sentence is searched once."""
        index = self.sentence_index(offset)
        key = (pattern, index)
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = pattern.search(self.words(self.sentences[index])) is not None
        return bool(found)

    def around(self, span: Span, width: int = 6) -> str:
        """The words of a short span with some of its paragraph before and after, so that a person can find it."""
        paragraph = self.paragraph_at(span.start).span
        return self.text[max(paragraph.start, span.start - width) : min(paragraph.end, span.end + width)]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.span.start for paragraph in self.paragraphs]

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that holds ``offset``."""
        return self.paragraphs[max(0, bisect_right(self._paragraph_starts, offset) - 1)]

    @cached_property
    def _item_starts(self) -> list[int]:
        return [item.marker.start for item in self.items]

    def item_at(self, offset: int) -> Item | None:
        """The innermost item whose extent holds ``offset``."""
        index = bisect_right(self._item_starts, offset) - 1
        while index >= 0:
            item = self.items[index]
            if item.span.start <= offset < item.span.end:
                return item
            index = item.parent if item.parent is not None else index - 1
            if item.parent is None and index >= 0 and self.items[index].span.end <= offset:
                return None
        return None

    def ancestors(self, item: Item) -> Iterator[Item]:
        """The items that enclose ``item``, innermost first."""
        while item.parent is not None:
            item = self.items[item.parent]
            yield item

    @cached_property
    def _children(self) -> dict[int | None, tuple[Item, ...]]:
        found: dict[int | None, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item)
        return {parent: tuple(items) for parent, items in found.items()}

    def children(self, item: Item | None) -> tuple[Item, ...]:
        """The items directly below ``item``; below the document for None."""
        return self._children.get(None if item is None else item.order, ())

    @cached_property
    def body(self) -> Span:
        """From the first to the last paragraph that is running text, heading or table."""
        inside = [paragraph.span for paragraph in self.paragraphs if paragraph.role in ("body", "heading", "table")]
        return Span(inside[0].start, inside[-1].end) if inside else Span(0, 0)

    @cached_property
    def title(self) -> Span | None:
        """The last title line before the text, where there is one."""
        titles = [paragraph.span for paragraph in self.paragraphs if paragraph.role == "title"]
        return titles[-1] if titles else None

    @cached_property
    def inline_markers(self) -> tuple[Marker, ...]:
        """All run words and inline numbers of the running text, in order, the ones that open a paragraph included."""
        found: list[Marker] = []
        for match in _INLINE.find(self.text):
            kind = next(name for name in _INLINE_STYLE if match[name])
            start, before = match.start(kind), self.text[match.start() - 1 : match.start()] or "\n"
            if kind == "run" and before in _BEFORE_RUN:
                number = chinese_ordinal(match["n1"])
            elif kind == "circled":
                number = ord(match["circled"]) - 0x245F
            elif kind == "ordinal" and before in _BEFORE_ORDINAL:
                number = chinese_ordinal(match["n2"])
            elif kind in ("arabic", "paren"):
                number = int(match["n3"] or match["n4"])
            elif kind == "maybe":
                # 1.6家已建成；2.……: a figure, or the first of a list if the second follows
                number = 1
            elif kind == "second":
                number = chinese_ordinal(match["n5"])
            else:
                continue
            if found and found[-1].end < 0 and (kind != "arabic" or number != 2 or self._parts_lines(found[-1], start)):
                found.pop()
            found.append(Marker(_INLINE_STYLE[kind], number, start, -1 if kind == "maybe" else match.end()))
        if found and found[-1].end < 0:
            found.pop()
        return tuple(marker if marker.end >= 0 else marker._replace(end=marker.start + 2) for marker in found)

    def _parts_lines(self, marker: Marker, offset: int) -> bool:
        """Whether a line ends between a marker and ``offset``."""
        return self.text.find("\n", marker.start, offset) >= 0

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of 一是 / 第一 / ① marks, across paragraphs where a run does so, ended by each numbered item."""
        return tuple(_runs(self))


def parse(source: Source) -> Document:
    """Read the outline of a text."""
    view = view_of(source.text, wrapped=source.wrapped)
    paragraphs = _told_again(view.text, tuple(_paragraphs(view.text, _bare_marks(source, view))))
    paragraphs = _with_lists(paragraphs)
    return Document(source, view, paragraphs, tuple(_items(view.text, paragraphs)))


class _Bare(NamedTuple):
    """A line that opens with 问题3 and goes on at once with words: whether the words may be a title, and its mark if it has one."""

    marker: Marker
    titled: bool
    bare: bool


def _bare_marks(source: Source, view: View) -> dict[int, Marker]:
    """The marks of lines that open with 问题1 and a blank, or with words at once, by where they stand.

    One such line may be prose (问题3由镇长负责); three or more whose numbers count on from 1, each of which can be a title, are
    a list, and so are shorter ones beside it.
    """
    lists: dict[str, list[list[_Bare]]] = {}
    for match in _BARE.find(view.text):
        marker = leading_marker(view.text, match.start(), min(match.end() + _BARE_REACH, len(view.text)))
        bare = marker is None or marker.style != "问题1"
        number = chinese_ordinal(match["n"]) if marker is None else marker.number
        after = match.end()
        spaced = view.text[after : after + 1] == " "
        spaced = spaced or source.text[view.source_offset(after - 1) + 1].isspace() if bare else False
        titled = not bare or spaced or _NO_TITLE.match(view.text, after) is None
        if marker is None or bare:
            marker = Marker("问题1", number, match.start(), after + (view.text[after : after + 1] == " "))
        runs = lists.setdefault(match["word"], [])
        if not runs or number == 1 or number < runs[-1][-1].marker.number:
            runs.append([])
        runs[-1].append(_Bare(marker, titled, bare))
    return {
        line.marker.start: line.marker
        for runs in lists.values()
        for run in _counting_on(runs)
        for line in run
        if line.bare
    }


def _counting_on(runs: Sequence[Sequence[_Bare]]) -> Iterator[Sequence[_Bare]]:
    """The runs whose numbers count on from 1 and are titles, if one of them has three lines; one that falls behind the one
    before it for the sake of a number or two goes on with it."""
    found: list[Sequence[_Bare]] = []
    reached = 0
    for run in runs:
        first, last = run[0].marker.number, run[-1].marker.number
        opens = first == 1 or (not found and first == 2)
        goes_on = 1 < first <= reached < last
        dense = last - first < len(run) + max(2, len(run) // 5)
        if all(line.titled for line in run) and dense and (opens or goes_on):
            found.append(run)
            reached = last
    if any(len(run) >= _FEWEST_BARE for run in found):
        yield from found


def _paragraphs(text: str, bare: Mapping[int, Marker]) -> Iterator[Paragraph]:
    lines: list[Span] = []
    position = 0
    for line in text.split("\n"):
        if line:
            lines.append(Span(position, position + len(line)))
        position += len(line) + 1
    first_text = next((i for i, span in enumerate(lines) if "。" in text[span.start : span.end]), len(lines))
    last_text = max(
        (
            i
            for i, span in enumerate(lines)
            if "。" in text[span.start : span.end] and _DISTRIBUTION.match(text, span.start, span.end) is None
        ),
        default=-1,
    )
    for index, span in enumerate(lines):
        markers = (bare[span.start],) if span.start in bare else _leading_markers(text, span)
        role = _role(text, span, markers, index, first_text, last_text)
        yield Paragraph(index, span, role, markers)


def _told_again(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs without the marks of 问题3：2031年9月底前完成 below a heading of what is left to do: lines that take up
    problems told before by their numbers, and no new ones."""
    seen: dict[int, str] = {}
    lines: list[int] = []
    again: set[int] = set()
    left = False
    for place, paragraph in enumerate((*paragraphs, None)):
        marker = paragraph.markers[0] if paragraph is not None and paragraph.markers else None
        if marker is not None and marker.style == "问题1":
            lines.append(place)
            continue
        opens = marker is not None and marker.depth < _BELOW_CHAPTERS
        if paragraph is not None and not opens and not _is_bracketed(text, paragraph.span):
            continue
        told = [(paragraphs[line].markers[0].number, _head_of(text, paragraphs[line])) for line in lines]
        rising = all(one < other for (one, _), (other, _) in pairwise(told))
        known = all(number in seen for number, _ in told)
        if left and told and known and rising and (told[0][0] > 1 or all(seen[n] == head for n, head in told)):
            again.update(lines)
        for number, head in told:
            seen.setdefault(number, head)
        lines = []
        left = paragraph is not None and "。" not in text[paragraph.span.start : paragraph.span.end]
        left = left and paragraph is not None and _LEFT_HEADING.search(text, *paragraph.span) is not None
    if not again:
        return paragraphs
    return tuple(
        p._replace(markers=(), role="body" if p.role == "heading" else p.role) if place in again else p
        for place, p in enumerate(paragraphs)
    )


def _head_of(text: str, paragraph: Paragraph) -> str:
    """The first words behind the mark of a line."""
    end = paragraph.markers[0].end
    return text[end : min(end + _HEAD, paragraph.span.end)]


def _is_bracketed(text: str, span: Span) -> bool:
    """Whether a line is a heading in brackets: 【后续安排】."""
    short = len(span) <= _LONGEST_BRACKETED
    return short and text[span.start] == "【" and text.find("】", span.start) == span.end - 1


def _with_lists(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs with 问题1： or 任务一： raised above 1. where such lists begin anew below two of them or more."""
    opened = [(p, p.markers[0]) for p in paragraphs if p.markers and p.markers[0].style in ("问题1", "1.")]
    pairs = pairwise(marker for _, marker in opened)
    anew = sum(first.style == "问题1" and (later.style, later.number) == ("1.", 1) for first, later in pairs)
    if anew < 2:
        return paragraphs
    return tuple(
        p._replace(markers=tuple(m._replace(style="问题一") if m.style == "问题1" else m for m in p.markers))
        for p in paragraphs
    )


def _leading_markers(text: str, span: Span) -> tuple[Marker, ...]:
    found: list[Marker] = []
    start = span.start
    if text[start] == "【" and leading_marker(text, start, span.end) is None:
        # 【已完成】1.……: the state stands before the mark
        close = text.find("】", start, min(span.end, start + _PREFIX))
        start = close + 1 if close > 0 else start
    while start < span.end and (marker := leading_marker(text, start, span.end)) is not None:
        if found and marker.depth <= found[-1].depth:
            break
        found.append(marker)
        start = marker.end
    return tuple(found)


def _role(text: str, span: Span, markers: tuple[Marker, ...], index: int, first_text: int, last_text: int) -> Role:
    words = text[span.start : span.end]
    if len(words) < 90 and _CONTACT.match(words):
        return "contact"
    if index > last_text >= 0 and _DISTRIBUTION.match(words):
        return "contact"
    if len(words) < 120 and _ATTACHMENT.match(words):
        return "attachment"
    if len(words) < 60 and _NAVIGATION.match(words):
        return "navigation"
    if not markers and "。" not in words and (index <= first_text or index > last_text or index < 6):
        if _META.search(words) and len(words) < 200:
            return "meta"
        if _DATE_LINE.fullmatch(words):
            return "date"
        if "|" in words:
            return "table"
        if index < first_text and len(words) <= 80 and (_TITLE.search(words) or words.startswith(("中共", "关于"))):
            return "title"
        if index > last_text and len(words) <= 44 and _ORGAN_LINE.fullmatch(words):
            return "signature"
    if not markers and len(words) <= 44 and index >= 2:
        if _DATE_LINE.fullmatch(words):
            return "date"
        if _ORGAN_LINE.fullmatch(words) and words.startswith(("中共", "中国共产党")):
            return "signature"
    if "|" in words:
        return "table"
    if markers and markers[0].depth < _ITEM_DEPTH and "。" not in words.rstrip("。") and len(words) <= 120:
        return "heading"
    return "body"


def _items(text: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[Item]:
    openings: list[tuple[Marker, Span]] = []
    end_of_text = len(text)
    for paragraph in paragraphs:
        if paragraph.role in ("signature", "contact", "attachment", "navigation") and openings:
            if paragraph.role != "contact" and paragraph.role != "navigation":
                end_of_text = min(end_of_text, paragraph.span.start)
            continue
        for order, marker in enumerate(paragraph.markers):
            if marker.depth >= _ITEM_DEPTH:
                break
            following = paragraph.markers[order + 1].start if order + 1 < len(paragraph.markers) else None
            stop = text.find("。", marker.end, paragraph.span.end)
            end = following if following is not None else (stop if stop >= 0 else paragraph.span.end)
            openings.append((marker, Span(marker.end, end)))
    stack: list[int] = []
    parents: list[int | None] = []
    ends = [max(end_of_text, title.end) for _, title in openings]
    for index, (marker, _title) in enumerate(openings):
        while stack and openings[stack[-1]][0].depth >= marker.depth:
            ends[stack.pop()] = marker.start
        parents.append(stack[-1] if stack else None)
        stack.append(index)
    for index, (marker, title) in enumerate(openings):
        end = ends[index]
        own = openings[index + 1][0].start if index + 1 < len(openings) else end
        yield Item(index, marker, title, Span(marker.start, end), parents[index], min(own, end))


def _runs(document: Document) -> Iterator[Run]:
    """Assign each inline mark to a run.

    A mark numbered 1 opens a run; a later mark continues the innermost open run whose next number it is; a mark that
    fits nowhere is kept in the innermost open run of its style, where the sequence check will see it.
    """
    item_starts = [item.marker.start for item in document.items]
    boundaries = iter([*item_starts, len(document.text) + 1])
    boundary = next(boundaries)
    own_markers = set(item_starts)
    open_runs: list[list[Marker]] = []
    by_style: defaultdict[str, list[list[Marker]]] = defaultdict(list)
    for marker in document.inline_markers:
        if marker.start in own_markers:
            continue
        while marker.start >= boundary:
            yield from _closed(document, open_runs)
            open_runs, by_style = [], defaultdict(list)
            boundary = next(boundaries)
        if marker.number == 1:
            open_runs.append([marker])
            by_style[marker.style].append(open_runs[-1])
            continue
        style_runs = by_style[marker.style]
        near = islice(reversed(style_runs), _OPEN_RUNS)
        fitting = next((run for run in near if run[-1].number + 1 == marker.number), None)
        if fitting is not None:
            fitting.append(marker)
        elif style_runs:
            style_runs[-1].append(marker)
        else:
            open_runs.append([marker])
            style_runs.append(open_runs[-1])
    yield from _closed(document, open_runs)


def _closed(document: Document, open_runs: list[list[Marker]]) -> Iterator[Run]:
    for markers in open_runs:
        item = document.item_at(markers[0].start)
        yield Run(tuple(markers), None if item is None else item.order)
