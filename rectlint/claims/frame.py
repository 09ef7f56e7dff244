"""The frame of a bulletin: who inspected whom and when, when it was fed back, as of when figures hold, who signed when,
and when it was published.

In: a `Document` and its `Dates`.  Out: a `Frame`; whatever the text does not say is None.

>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("2023年6月26日至8月11日，县委巡察二组对某镇党委进行巡察，2024年1月15日反馈巡察意见。"))
>>> frame = find_frame(document, Dates(document))
>>> document.words(frame.inspector), document.words(frame.inspected), frame.feedback.text
('县委巡察二组', '某镇党委', '2024年1月15日')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from rectlint.claims.dates import Date, DateRange, Dates
from rectlint.document import Document, Paragraph
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_OPENER_PARAGRAPHS, _OPENER_LENGTH = 14, 3000
"""How far into the running text the opener may stand, in paragraphs and in characters."""

_NEAR_OPENER = 400
"""How far behind the opener's beginning its feedback date may stand."""

_INSPECTOR = Pattern(
    r"(?:(?<=[，。；、\s日由旬月底（“])|^)[\p{Han}\d]{0,24}?(?:巡察|巡视|督察|审计|巡审|督导|检查)[\p{Han}\d]{0,4}?组(?!织|长|员|成)"
    r"|(?:(?<=[，。；、\s日由旬月底])|^)(?:[\p{Han}]{1,12}审计[局厅署](?!长)|审计署[\p{Han}]{0,8}(?:特派员)?办事处)",
    needs=("组", "审计"),
)
_INSPECTED = Pattern(
    r"(?:对|进驻)(?P<whom>(?!照|应|标|比|接|象)[^，。；：]{2,80}?)(?:(?<!党)组织)?(?:开展|进行|实施|作了)[^，。；]{0,24}?"
    r"(?P<purpose>巡察|巡视|督察|审计|巡审|督导|检查|回头看)",
    needs=("巡察", "巡视", "督察", "审计", "巡审", "督导", "检查", "回头看"),
)
_INSPECTION = Pattern(r"巡察|巡视|督察|审计|巡审|督导|检查|回头看")
_TIME_FIELD = Pattern(r"(?<=^|[\n。；])(?:驻点|现场)?巡[察视](?:起止)?(?:时间|日期)：", needs=("时间：", "日期："))
_FEEDBACK_FIELD = Pattern(r"(?<=^|[\n。；])反馈(?:意见)?(?:时间|日期)：", needs=("时间：", "日期："))
_NO_WINDOW = Pattern(r"集中整改|整改期|自查|公示|任期|任职")
"""Between a range and the word for the inspection these show that the range is of something else."""

_FEEDBACK = Pattern(
    r"(?!底?之?前)(?:，|当天|上午|下午)?(?:(?!传达|学习|研究|听取|听了|讨论|审议|研讨|根据|对照|针对|落实|部署|整改|收到|完成|制定|印发)[^，。；：\n]){0,40}?反馈"
    r"(?!以来|后|问题(?!\d)|的|整改|会后|工作|意见的?整改)"
)
_FEEDBACK_AFTER = Pattern(r"[^。；：\n]{0,6}(?:问题\d|了|意见|情况|会|结果|[巡督审])|[。；\n]|$")
_REPORT = Pattern(
    r"，?[^，。；：\n]{0,20}?(?:出具|送达|印发|下达|发出)[^，。；：\n]{0,12}?(?:审计报告|审计意见|反馈意见|督察报告|督察意见)"
)
_EARLIER_ROUND = ("上一轮", "上轮", "上次", "此前", "首轮", "往轮", "历次")
_CUTOFF = Pattern(r"截(?:至|止)(?:到|至|于|目前|今|时间为|日期为|：)?（?$")
_HEADLINE = Pattern(
    r"(?P<what>反馈|巡察|巡视|督察|审计)[^。]{0,40}?(?:问题|意见|任务|事项|措施|建议)[^。]{0,30}?"
    r"(?:完成|整改|办结|销号|解决|落实)|(?:已|共)完成整改\d+[个项条件]",
    needs=("完成", "整改", "办结", "销号", "解决", "落实"),
)
# outside the telling of a single problem: 截至5月20日，12个问题已整改完成11个
_SUMMED_UP = Pattern(
    r"(?:为止|(?:集中)?整改期(?:满|结束))?，?(?:上述|全部)?(?:[\d一二三四五六七八九十]{1,2}个?大?(?:方面|类)、?)?"
    r"\d{1,3}(?:个|项)[^。，\d]{0,6}?(?:问题|任务)[^。]{0,14}?(?:完成|整改|办结|销号)"
)
_UNTIL = Pattern(r"(?<=^|[。；\n])至(?=\d)")
_OF_A_PROBLEM = Pattern(r"问题|关于|针对")
_REPORTED = Pattern(r"[—-]{1,4}(?P<date>\d{4}年\d{1,2}月\d{1,2}日)[^。]{2,60}会议?上")
"""Under the title of a report: ——2024年12月26日在某某会议上."""
_PUBLISHED = ("发布", "公开", "公布", "刊发", "更新", "上网", "发稿", "录入", "上传")
_NOT_OF_THE_TEXT = ("现在", "今天", "当前", "打印", "失效", "有效", "访问")
_SIGNED = ("成文", "生成", "签发", "印发", "制发")
_ORGAN = Pattern(
    r"(?:中共|中国共产党)?[\p{Han}（）“”]{2,40}?(?:委员会|党组|党委|工委|纪委|办公室|领导小组|人民政府|审计局|审计厅|局|厅|院|公司"
    r"|医院|学校|学院|大学|支部|总支|中心)(?=[ \d二（]|$)"
)


class Cutoff(NamedTuple):
    """``截至D``: the date, the words 截至D, the sentence; ``headline`` when that sentence sums up the whole rectification."""

    date: Date
    span: Span
    sentence: Span
    headline: bool


class _Slots(NamedTuple):
    """The slots of one bulletin, as they are read.

    ``opener`` is the sentence that tells of the inspection; ``windows`` the inspection periods in it (several when several
    bodies were inspected); ``start`` and ``end`` those of the only one, or the very first start; ``feedbacks`` every
    place that tells when it was fed back, the opener's first.
    """

    title: Span | None
    opener: Span | None
    inspector: Span | None
    inspected: Span | None
    purpose: Span | None
    windows: tuple[DateRange, ...]
    start: Date | None
    end: Date | None
    feedback: Date | None
    feedbacks: tuple[Date, ...]
    cutoffs: tuple[Cutoff, ...]
    organ: Span | None
    signature: Date | None
    publication: Date | None


class Frame(_Slots):
    """The slots, and what follows from them, which is asked for again and again."""

    @cached_property
    def cutoff(self) -> Date | None:
        """The last date as of which the rectification as a whole is summed up."""
        dates = [cutoff.date for cutoff in self.cutoffs if cutoff.headline]
        known = [date for date in dates if date.last is not None]
        return max(known, key=lambda date: (date.last, date.order)) if known else dates[-1] if dates else None

    @cached_property
    def given(self) -> Date | None:
        """When the text was given: its signature, else its publication.  Nothing can be measured by a date that is out
        of order itself: a signature after the publication, or either before the inspection or the feedback."""
        if self.signature is not None and self.publication is not None and self.publication.before(self.signature):
            return None
        for date in (self.signature, self.publication):
            if date is not None and not any(date.before(step) for step in self._begun):
                return date
        return None

    @cached_property
    def milestones(self) -> frozenset[int]:
        """The indices of the dates that are milestones of the inspection themselves."""
        ends = [date for window in self.windows for date in (window.start, window.end)]
        dates = [self.start, *ends, *self.feedbacks, *(cutoff.date for cutoff in self.cutoffs if cutoff.headline)]
        return frozenset(date.order for date in dates if date is not None)

    @cached_property
    def sound_feedback(self) -> Date | None:
        """The feedback, unless it is told with another date elsewhere or out of order with what must surround it."""
        feedback = self._in_its_only_year(self.feedback)
        if feedback is None or not feedback.trusted:
            return None
        told_otherwise = any((d.month, d.day) != (feedback.month, feedback.day) for d in self.feedbacks)
        earlier = [date for date in (self.start, self.end) if date is not None]
        later = [date for date in (self.cutoff, self.signature, self.publication) if date is not None]
        disorder = any(feedback.before(date) for date in earlier) or any(date.before(feedback) for date in later)
        return None if told_otherwise or disorder else feedback

    def _in_its_only_year(self, feedback: Date | None) -> Date | None:
        """A feedback told without a year, in the only year that puts it between the inspection and the text."""
        low, given = self.end or self.start, self.given
        if feedback is None or feedback.trusted or feedback.month is None or feedback.problem:
            return feedback
        if low is None or low.last is None or not low.trusted or given is None or given.first is None:
            return feedback
        if given.year_source != "stated":
            return feedback
        years = range(low.last.year, given.first.year + 1)
        options = [(year, option) for year in years if (option := feedback.in_year(year)) is not None]
        fitting = [(year, option) for year, option in options if low.last <= option[0] and option[1] <= given.first]
        if len(fitting) != 1:
            return feedback
        year, (first, last) = fitting[0]
        return feedback._replace(year=year, first=first, last=last, year_source="range")

    @cached_property
    def sound_cutoff(self) -> Date | None:
        """The cut-off, unless it lies before the inspection or the feedback."""
        cutoff = self.cutoff
        return None if cutoff is None or any(cutoff.before(step) for step in self._begun) else cutoff

    @cached_property
    def sound_start(self) -> Date | None:
        """The beginning of the inspection, unless the other milestones show it to be in error."""
        later = [date for date in (self.end, self.feedback, self.signature, self.publication) if date is not None]
        return None if self.start is None or any(date.before(self.start) for date in later) else self.start

    def place_yearless(self, date: Date, *, as_told: bool = False) -> Literal["unknown", "before", "within", "after"]:
        """Where a date without a year lies: between the beginning of the inspection and the text in some year, or else on
        the side to which it is nearer, or (``as_told``) on which the year inherited from the dates before it puts it."""
        start, given = self.sound_start, self.given
        if start is None or given is None or given.year_source != "stated" or date.month is None or date.problem:
            return "unknown"
        if start.first is None or given.last is None or not start.trusted:
            return "unknown"
        years = range(start.first.year - 1, given.last.year + 2)
        options = [option for year in years if (option := date.in_year(year)) is not None]
        if any(start.first <= option[1] and option[0] <= given.last for option in options):
            return "within"
        if as_told and date.last is not None:
            return "before" if date.last < start.first else "after"
        early = [(start.first - option[1]).days for option in options if option[1] < start.first]
        late = [(option[0] - given.last).days for option in options if option[0] > given.last]
        if not early or not late:  # 2月29日 is a day of some years only
            return "unknown"
        return "before" if min(early) <= min(late) else "after"

    @cached_property
    def _begun(self) -> list[Date]:
        """The stated milestones that a text cannot be older than."""
        dates = (self.start, self.end, self.feedback)
        return [date for date in dates if date is not None and date.year_source in ("stated", "range")]


def find_frame(document: Document, dates: Dates) -> Frame:
    """Read the frame of a text."""
    opener, windows, start = _find_inspection(document, dates)
    feedbacks = tuple(_feedbacks(document, dates))
    organ, signature = _find_signature(document, dates)
    publication, formed = _find_publication(document, dates)
    inspector = _inspector(document, opener) if opener is not None else None
    match = _INSPECTED.search(document.text, opener.start, opener.end) if opener is not None else None
    purpose = Span(*match.span("purpose")) if match is not None else None
    near = [date for date in feedbacks if opener is not None and -1 <= date.span.start - opener.start < _NEAR_OPENER]
    near = near or ([] if opener is None else list(_reports(document, dates, opener)))
    near = near or list(_labelled_feedback(document, dates))
    return Frame(
        title=document.title,
        opener=opener,
        inspector=inspector,
        inspected=Span(*match.span("whom")) if match is not None else None,
        purpose=purpose,
        windows=windows,
        start=windows[0].start if windows else start,
        end=windows[0].end if len(windows) == 1 else None,
        feedback=near[0] if near else None,
        feedbacks=feedbacks,
        cutoffs=tuple(
            sorted(
                [
                    *_cutoffs(document, dates, document.words(purpose) if purpose is not None else ""),
                    *_sums_up_to(document, dates),
                ],
                key=lambda cutoff: cutoff.span,
            )
        ),
        organ=organ,
        signature=signature if signature is not None else formed,
        publication=publication,
    )


def _opening_areas(document: Document) -> Iterator[Span]:
    """The running text before the first numbered item, then its first paragraphs whether numbered or not."""
    body = [paragraph.span for paragraph in document.paragraphs if paragraph.role == "body"]
    if not body:
        return
    start = body[0].start
    limit = min(start + _OPENER_LENGTH, body[min(len(body), _OPENER_PARAGRAPHS) - 1].end)
    first_item = next((item.span.start for item in document.items if item.span.start > start), limit)
    yield Span(start, max(min(limit, first_item), body[0].end))
    if first_item < limit:
        yield Span(first_item, limit)


def _find_inspection(document: Document, dates: Dates) -> tuple[Span | None, tuple[DateRange, ...], Date | None]:
    """The sentence that tells of the inspection, its periods, and its first date."""
    fallback: tuple[Span | None, tuple[DateRange, ...], Date | None] = (None, (), None)
    for area in _opening_areas(document):
        for sentence in _sentences(document, area):
            inside = dates.within(sentence)
            match = _INSPECTED.search(document.text, sentence.start, sentence.end) if inside else None
            if match is None and not any(_is_feedback(document, date) for date in inside):
                continue
            windows = tuple(_windows(document, dates, sentence))
            if windows:
                return sentence, windows, windows[0].start
            if fallback[0] is None:
                fallback = (sentence, (), _single_start(document, inside, match.end()) if match is not None else None)
        if fallback[0] is not None:
            break
    return fallback if fallback[0] is not None else _labelled_inspection(document, dates)


def _labelled_inspection(document: Document, dates: Dates) -> tuple[Span | None, tuple[DateRange, ...], Date | None]:
    """The inspection told in a field: 巡察时间：2022年7月4日至8月5日."""
    for match in _TIME_FIELD.find(document.text, 0, min(_OPENER_LENGTH, len(document.text))):
        date = dates.starting_at(match.end())
        found = dates.range_of(date) if date is not None else None
        if found is not None and found.start is date:
            return document.sentence_at(match.start()), (found,), found.start
    return None, (), None


def _sentences(document: Document, area: Span) -> Iterator[Span]:
    """The sentences that begin in an area."""
    for index in range(document.sentence_index(area.start), len(document.sentences)):
        sentence = document.sentences[index]
        if sentence.start >= area.end:
            return
        if sentence.start >= area.start:
            yield sentence


def _single_start(document: Document, inside: Sequence[Date], limit: int) -> Date | None:
    """The one date before the words of the inspection: 2023年3月，某巡视组对某单位开展了巡视."""
    first = next((date for date in inside if date.span.end <= limit and date.grain != "year"), None)
    return None if first is None or _is_feedback(document, first) else first


def _windows(document: Document, dates: Dates, sentence: Span) -> Iterator[DateRange]:
    """The ranges of a sentence that say how long an inspection lasted."""
    text = document.text
    for date in dates.within(sentence):
        found = dates.range_of(date)
        if found is None or found.start is not date or date.grain == "year" or not sentence.contains(found.span):
            continue
        after = _INSPECTION.search(text, found.span.end, min(sentence.end, found.span.end + 120))
        before = _INSPECTION.search(text, max(sentence.start, found.span.start - 40), found.span.start)
        word = after or before
        if word is None:
            continue
        low, high = sorted((found.span.end, word.start()))
        if _NO_WINDOW.search(text, low, high) is None and "反馈" not in text[low:high]:
            yield found


def _inspector(document: Document, opener: Span) -> Span | None:
    match = _INSPECTOR.search(document.text, opener.start, opener.end)
    return Span(*match.span()) if match is not None else None


def _is_feedback(document: Document, date: Date) -> bool:
    """Whether the words after a date say that findings were fed back on it."""
    if date.grain == "year" or date.month is None:
        return False
    text, limit = document.text, min(len(document.text), date.span.end + 60)
    match = _FEEDBACK.match(text, date.span.end, limit)
    return match is not None and _FEEDBACK_AFTER.match(text, match.end()) is not None


def _feedbacks(document: Document, dates: Dates) -> Iterator[Date]:
    """All dates on which the findings of this inspection were fed back, as told anywhere in the text."""
    text = document.text
    position = -1
    starts: set[int] = set()
    while (position := text.find("反馈", position + 1)) >= 0:
        for date in reversed(dates.within(Span(max(0, position - 70), position))):
            if date.span.start in starts:
                break
            clause = text[max(0, date.span.start - 30) : position]
            if _is_feedback(document, date) and not any(word in clause for word in _EARLIER_ROUND):
                starts.add(date.span.start)
                yield date
            break


def _labelled_feedback(document: Document, dates: Dates) -> Iterator[Date]:
    """The feedback told in a field: 反馈时间：2022年9月16日."""
    for match in _FEEDBACK_FIELD.find(document.text, 0, min(_OPENER_LENGTH, len(document.text))):
        date = dates.starting_at(match.end())
        if date is not None and date.grain != "year":
            yield date


def _reports(document: Document, dates: Dates, opener: Span) -> Iterator[Date]:
    """The date of an audit's report, which takes the place of the feedback."""
    for date in dates.within(Span(opener.start, document.paragraph_at(opener.start).span.end)):
        if date.month is not None and _REPORT.match(document.text, date.span.end) is not None:
            yield date


def _cutoffs(document: Document, dates: Dates, purpose: str) -> Iterator[Cutoff]:
    """Every 截至D; a summing up speaks of this inspection, not of another one or of an earlier round."""
    text = document.text
    position = -1
    while (position := text.find("截", position + 1)) >= 0:
        date = next(iter(dates.within(Span(position, min(len(text), position + 22)))), None)
        if date is None or date.grain == "year" or _CUTOFF.match(text, position, date.span.start) is None:
            continue
        sentence = document.sentence_at(position)
        low, high = max(sentence.start, position - 60), min(sentence.end, date.span.end + 200)
        match = _HEADLINE.search(text, date.span.end, high)
        headline = match is not None and match["what"] in (None, "反馈", purpose or match["what"])
        headline = headline or _sums_up(document, date, high)
        headline = headline and not any(word in text[low:high] for word in _EARLIER_ROUND)
        yield Cutoff(date, Span(position, date.span.end), sentence, headline)


def _sums_up_to(document: Document, dates: Dates) -> Iterator[Cutoff]:
    """A sentence that begins 至D， and sums up the whole: 至12月21日，反馈的23项问题已完成整改20项."""
    text = document.text
    for match in _UNTIL.find(text):
        date = dates.starting_at(match.end())
        if date is None or date.grain == "year" or not text.startswith(("，", "集中整改期", "整改期"), date.span.end):
            continue
        sentence = document.sentence_at(match.start())
        limit = min(sentence.end, date.span.end + 200)
        told = _HEADLINE.search(text, date.span.end, limit)
        whole = told is not None and told["what"] == "反馈"
        earlier = any(word in text[date.span.end : limit] for word in _EARLIER_ROUND)
        if (whole or _sums_up(document, date, limit)) and not earlier:
            yield Cutoff(date, Span(match.start(), date.span.end), sentence, True)


def _sums_up(document: Document, date: Date, limit: int) -> bool:
    """Whether the words behind 截至D count the problems themselves, and not within the telling of one of them."""
    if _SUMMED_UP.match(document.text, date.span.end, limit) is None:
        return False
    item = document.item_at(date.span.start)
    within = [] if item is None else [item, *document.ancestors(item)]
    return all(_OF_A_PROBLEM.search(document.words(one.title)) is None for one in within[:2])


def _find_signature(document: Document, dates: Dates) -> tuple[Span | None, Date | None]:
    """The organ and the date at the end of the text, on two lines or on one; before the attachments if there too."""
    paragraphs = document.paragraphs
    last_body = max((p.order for p in paragraphs if p.role == "body" and "。" in document.words(p.span)), default=-1)
    attached = next((p.order for p in paragraphs if p.role == "attachment"), len(paragraphs))
    found: tuple[Span | None, Date | None] = (None, None)
    for paragraph in reversed(paragraphs):
        signed = _signed(document, dates, paragraph, last_body)
        if signed is not None and (found[1] is None or paragraph.order < attached):
            found = signed
            if paragraph.order < attached:
                return found
    if found[1] is not None:
        return found
    organs = [p.span for p in paragraphs if p.role == "signature" and p.order > last_body]
    return (organs[0] if organs else None), None


def _signed(document: Document, dates: Dates, paragraph: Paragraph, last_body: int) -> tuple[Span | None, Date] | None:
    """The organ and date if a paragraph is a date line under a signature, or holds both."""
    found = dates.within(paragraph.span)
    if not found:
        return None
    if paragraph.role == "date":
        above = document.paragraphs[paragraph.order - 1] if paragraph.order else None
        organ = above.span if above is not None and above.role == "signature" and paragraph.order > 3 else None
        return (organ, found[0]) if organ is not None or paragraph.order > last_body >= 0 else None
    if paragraph.order > last_body >= 0 and len(paragraph.span) <= 60:
        match = _ORGAN.match(document.text, paragraph.span.start, paragraph.span.end)
        if match is not None and found[0].grain == "day" and paragraph.span.end - found[0].span.end <= 1:
            return Span(*match.span()), found[0]
    return None


def _find_publication(document: Document, dates: Dates) -> tuple[Date | None, Date | None]:
    """The dates of publication and of writing, from the lines round the title."""
    published: Date | None = None
    formed: Date | None = None
    for paragraph in document.paragraphs[:6]:
        if (match := _REPORTED.match(document.text, paragraph.span.start, paragraph.span.end)) is not None:
            formed = dates.starting_at(match.start("date"))
    for paragraph in document.paragraphs:
        if paragraph.role not in ("meta", "date", "table") or (paragraph.role == "table" and paragraph.order > 12):
            continue
        for date in dates.within(paragraph.span):
            sort = _meta_sort(document, paragraph, date)
            if sort == "published" and published is None:
                published = date
            elif sort == "formed" and formed is None:
                formed = date
    return published, formed


def _meta_sort(document: Document, paragraph: Paragraph, date: Date) -> str:
    """What a date in a line beside the text is: ``published``, ``formed`` or nothing known."""
    if date.grain != "day":
        return ""
    label = document.text[max(paragraph.span.start, date.span.start - 12) : date.span.start]
    if any(word in label for word in _NOT_OF_THE_TEXT):
        return ""
    if any(word in label for word in _SIGNED):
        return "formed"
    if any(word in label for word in _PUBLISHED):
        return "published"
    before_text = paragraph.span.start < document.body.start
    if paragraph.role == "meta":
        return "published" if before_text and (not label or "时间" in label or "日期" in label) else ""
    return "published" if paragraph.role == "date" and before_text else ""
