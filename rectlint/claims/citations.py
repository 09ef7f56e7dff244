"""Documents that the text cites: 《title》, document number, and the dates on which they were issued or took effect.

In: a `Document` and its dates.  Out: `Citation` values in text order.  A document number is organ code, year in 〔〕 and
serial number (GB/T 9704-2012 Layout key for official document of Party and government organs, 7.2.5).

>>> from rectlint.claims.dates import Dates
>>> from rectlint.document import parse; from rectlint.source import Source
>>> document = parse(Source("已制定青政〔2024〕37号《青山镇采购办法》，并于2024年4月9日印发。"))
>>> [(c.title, str(c.number), c.dates[0].verb) for c in find_citations(document, Dates(document))]
[('青山镇采购办法', '青政〔2024〕37号', '印发')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from rectlint.claims.dates import Date, Dates
from rectlint.document import Document
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple
from rectlint.source import Span

_TITLE = Pattern(r"《(?P<title>[^《》\n]{2,120})》(?:的(?:通知|公告)》)?", needs=("《",))
_NUMBER = Pattern(
    r"(?:〔(?P<year>(?:19|20)\d\d)〕|（(?P<year2>(?:19|20)\d\d)）)(?:第)?(?P<serial>\d{1,5})号", needs=("〕", "）")
)
_ORGAN_CODE = Pattern(r"\p{Han}{2,12}$")
_NUMBER_LEAD = Pattern(
    r"^.*(?:已|制定|印发|下发|出台|发布|转发|根据|按照|依据|遵照|落实|执行|以|由|即|的|和|与|及|文件|文号|为|照|见|按|据|对|将|实施|修订|了|在|学习|贯彻)"
)
_KIND = r"(?:方案|办法|意见|通知|规定|细则|制度|报告|通报|决定|规程|预案|计划)"
_NAMED_AFTER = Pattern(rf"(?:文件|文)?(?P<name>\p{{Han}}{{2,14}}?{_KIND})(?!》)")
_NAMED_BEFORE = Pattern(rf"(?P<name>\p{{Han}}{{2,14}}{_KIND})(?:已)?(?:以|（)$")
_ISSUED = "印发|下发|发布|出台|公布|颁布|签发|下达"
_EFFECT = "施行|实施|执行|生效|启用"
_MADE = "制定|制订|修订|修改|审议通过|通过"
_VERB_AFTER = Pattern(
    rf"(?:起)?(?:正式|全面|对外|公开|开始)*(?P<verb>{_ISSUED}|{_EFFECT}|{_MADE})(?!了?[《“]|的?\p{{Han}}{{2,8}}〔)"
)
_BY_NUMBER = Pattern(r"文件?已?于")
"""以青政〔2024〕37号文件于5月8日印发《……》 tells when that very document was issued."""
_VERB_OF_NUMBER = Pattern(rf"(?:正式)?(?P<verb>{_ISSUED})")
_VERB_BEFORE = Pattern(
    rf"(?:，)?(?:\p{{Han}}{{0,12}}?)(?P<verb>{_ISSUED}|{_EFFECT}|{_MADE})(?:实施|施行|执行)?(?:了|的)?(?:\p{{Han}}{{0,4}})$"
)
_FAMILIES = {
    **dict.fromkeys(_ISSUED.split("|"), "印发"),
    **dict.fromkeys(_EFFECT.split("|"), "施行"),
}
_BETWEEN_TITLE_AND_NUMBER = ("", "（", "（文号：", "，文号", "，文号为", "（文号", "（文件号：")
_BETWEEN_NUMBER_AND_TITLE = ("", "文件", "文", "）", "文件，", "，", "文件印发的", "印发的", "下发的")
_COMPANIONS = ("实施细则", "配套", "解读", "补充", "任务分", "责任分", "分工", "的实施", "的补充", "的任务", "的配套")
"""《……办法》实施细则 is another document."""
_NEW_EDITION = ("重新", "再次", "新版", "修订", "修改", "修编", "废止", "转发", "原《", "第二版", "旧版")
_BRACKETED = Pattern(r"（[^）]{1,12}）")
_PUNCTUATION = dict.fromkeys(map(ord, "“”‘’〈〉（）、，：· -—"))


class Number(NamedTuple):
    """A document number and where it stands."""

    span: Span
    organ: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.organ}〔{self.year}〕{self.serial}号"

    def same(self, other: Number) -> bool:
        """Whether both are one number; an organ code may have more words before it in one place."""
        return (self.year, self.serial) == (other.year, other.serial) and self.same_organ(other)

    def same_organ(self, other: Number) -> bool:
        """Whether the organ codes agree."""
        return self.organ.endswith(other.organ) or other.organ.endswith(self.organ)


class Issue(NamedTuple):
    """A date said of a document: the verb as written (印发, 施行), and the verb it counts as."""

    date: Date
    verb: str
    family: str


class Citation(NamedTuple):
    """One mention of a document.

    ``title`` is empty where only the number stands; ``quoted`` says whether it stands in 《》 and not as a mere 工作方案;
    ``key`` is the title without what may differ between two ways of writing it; ``listed`` marks a title in a row of
    titles, whose number may be another's; ``renewed`` one that the words beside it call a new or a forwarded edition.
    """

    span: Span
    title: str
    title_span: Span
    key: str
    quoted: bool
    number: Number | None
    dates: tuple[Issue, ...]
    listed: bool
    renewed: bool


def find_citations(document: Document, dates: Dates) -> Iterator[Citation]:
    """All documents cited, in text order."""
    text = document.text
    numbers = list(find_numbers(document))
    starts = [number.span.start for number in numbers]
    taken: set[int] = set()
    spans: list[tuple[Span, Span, str, Number | None, bool]] = []
    for match in _TITLE.find(text):
        number = _number_beside(text, Span(*match.span()), numbers, starts)
        title_span = Span(match.start(), match.start() + len(match["title"]) + 2)
        span = Span(match.start(), match.end())
        if number is not None:
            taken.add(number.span.start)
            span = Span(min(span.start, number.span.start), max(span.end, number.span.end))
        spans.append((span, title_span, match["title"], number, True))
    for number in numbers:
        if number.span.start not in taken:
            name = _plain_name(text, number)
            title_span = name if name is not None else number.span
            spans.append((number.span, title_span, document.words(name) if name is not None else "", number, False))
    spans.sort(key=lambda entry: entry[0].start)
    for index, (span, title_span, title, number, quoted) in enumerate(spans):
        limit = spans[index + 1][0].start if index + 1 < len(spans) else len(text)
        start = spans[index - 1][0].end if index else 0
        sentence = document.sentence_at(span.start)
        yield Citation(
            span,
            title,
            title_span,
            title_key(title),
            quoted,
            number,
            tuple(_issues(document, dates, span, max(start, sentence.start), min(limit, sentence.end))),
            listed=text[span.start - 1 : span.start] == "》"
            or text[span.start - 2 : span.start] in ("》、", "》和", "》及", "》，"),
            renewed=_is_renewed(text[max(sentence.start, span.start - 10) : min(sentence.end, span.end + 8)])
            or text.startswith(_COMPANIONS, span.end),
        )


def find_numbers(document: Document) -> Iterator[Number]:
    """All document numbers, in text order."""
    for match in _NUMBER.find(document.text):
        code = _ORGAN_CODE.search(document.text[max(0, match.start() - 12) : match.start()])
        if code is None:
            continue
        lead = _NUMBER_LEAD.match(code.group())
        organ = code.group()[lead.end() if lead is not None and lead.end() < len(code.group()) - 1 else 0 :]
        year = match["year"] or match["year2"]
        yield Number(
            Span(match.start() - len(organ), match.end()), organ.removesuffix("字"), int(year), int(match["serial"])
        )


def _is_renewed(words: str) -> bool:
    return any(word in words for word in _NEW_EDITION)


def title_key(title: str) -> str:
    """A title without what two ways of writing it may differ in: punctuation, （试行）, 关于印发…的通知.

    >>> title_key("关于印发〈青山镇采购办法（试行）〉的通知")
    '青山镇采购办法'
    """
    if "（" in title:
        title = str(_BRACKETED.compiled.sub("", title))
    return title.translate(_PUNCTUATION).removeprefix("关于印发").removesuffix("的通知")


def _number_beside(text: str, title: Span, numbers: list[Number], starts: list[int]) -> Number | None:
    following = bisect_left(starts, title.end)
    if following < len(numbers) and text[title.end : starts[following]] in _BETWEEN_TITLE_AND_NUMBER:
        return numbers[following]
    previous = bisect_left(starts, title.start) - 1
    if previous >= 0 and text[numbers[previous].span.end : title.start] in _BETWEEN_NUMBER_AND_TITLE:
        return numbers[previous]
    return None


def _plain_name(text: str, number: Number) -> Span | None:
    """The name beside a number, where it is not in 《》: 青政〔2024〕37号工作方案."""
    after = _NAMED_AFTER.match(text, number.span.end, min(len(text), number.span.end + 24))
    if after is not None:
        return Span(*after.span("name"))
    start = max(0, number.span.start - 20)
    before = _NAMED_BEFORE.search(text[start : number.span.start])
    if before is not None:
        return Span(start + before.start("name"), start + before.end("name"))
    return None


def _issues(document: Document, dates: Dates, span: Span, start: int, end: int) -> Iterator[Issue]:
    text = document.text
    for date in dates.within(Span(start, end)):
        if date.span.end <= span.start:
            match = _VERB_BEFORE.match(text, date.span.end, span.start) if span.start - date.span.end <= 24 else None
        elif date.span.start >= span.end and text.find("《", span.end, date.span.start) < 0:
            means = _BY_NUMBER.fullmatch(text, span.end, date.span.start) is not None
            match = (_VERB_OF_NUMBER if means else _VERB_AFTER).match(text, date.span.end)
        else:
            match = None
        if match is not None:
            yield Issue(date, match["verb"], _FAMILIES.get(match["verb"], match["verb"]))
