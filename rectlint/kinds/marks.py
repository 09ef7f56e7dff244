"""Paired marks: does every 《 “ （ 【 〔 have its partner in the paragraph?

In: paragraphs of the view, where straight quotation marks are already curled when they pair up.  Numbering marks such as
``1）`` have no partner.  A quotation that runs on into the next paragraph is no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rectlint.claims import Claims
from rectlint.document import Document, Paragraph
from rectlint.kinds.base import Evidence, Kind, NoParams, Outcome
from rectlint.patterns import Pattern
from rectlint.source import Span

_PAIRS = {"《": "》", "“": "”", "‘": "’", "（": "）", "〔": "〕", "【": "】"}
_PARTNERS = {closer: opener for opener, closer in _PAIRS.items()}
_CONTROL = Pattern(r"[•·● ]*[大中小]?[》”’）〕】《“‘（〔【]")
"""What is left of a web page's controls in a line of its own: 字号：[, 大, 中, 小, ]."""
_MARKS = Pattern(r"[《》“”‘’（）〔〕【】\"]", linear=True)
# 编号“1）”“a）”“（1”没有配对的另一半
_NUMBER = Pattern(r"(?:^|[\n。；：，、\s])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2}|[①-⑳])$")


_FEWEST = 2
_BARE = {
    numeral: Pattern(rf"(?:^|(?<=[\n。；：])){numeral}）", needs=("）",))
    for numeral in (r"\d{1,2}", "[一二三四五六七八九十]{1,2}")
}
_BRACKETED = {
    numeral: Pattern(rf"(?:^|(?<=[\n。；：]))（{numeral}）", needs=("（",))
    for numeral in (r"\d{1,2}", "[一二三四五六七八九十]{1,2}")
}
"""A number at the head of a line or sentence without and with its opening bracket."""


def check(claims: Claims, params: NoParams) -> Iterator[Outcome]:
    """Report each mark without a partner."""
    document = claims.document
    paragraphs = [
        p
        for p in document.paragraphs
        if p.role not in ("navigation", "meta") and _CONTROL.fullmatch(document.text, p.span.start, p.span.end) is None
    ]
    lonely = [_lonely(document, paragraph) for paragraph in paragraphs]
    for index, marks in enumerate(lonely):
        before = lonely[index - 1] if index else []
        after = lonely[index + 1] if index + 1 < len(lonely) else []
        yield from _outcomes(document, [m for m in marks if not _runs_over(document, m, before, after)])
    yield from _outcomes(document, list(_odd_numbers(document.text)))


def _odd_numbers(text: str) -> Iterator[int]:
    """The one number that lacks its opening bracket where the others have it: （3）……4）……（5）……."""
    for numeral in (r"\d{1,2}", "[一二三四五六七八九十]{1,2}"):
        bare = [match.end() - 1 for match in _BARE[numeral].find(text)]
        if len(bare) == 1 and sum(1 for _ in _BRACKETED[numeral].find(text)) >= _FEWEST:
            yield bare[0]


def _lonely(document: Document, paragraph: Paragraph) -> list[int]:
    """The places of the marks of a paragraph that have no partner in it."""
    text = document.text
    open_marks: list[int] = []
    how_many: Counter[str] = Counter()
    found: list[int] = []
    for match in _MARKS.find(text, paragraph.span.start, paragraph.span.end):
        mark, place = match.group(), int(match.start())
        if mark in _PAIRS:
            open_marks.append(place)
            how_many[mark] += 1
        elif mark == '"':
            found.append(place)
        elif how_many[_PARTNERS[mark]]:
            while text[other := open_marks.pop()] != _PARTNERS[mark]:
                how_many[text[other]] -= 1
                found.append(other)
            how_many[_PARTNERS[mark]] -= 1
        elif mark != "）" or not _NUMBER.search(text, max(0, place - 4), place):
            found.append(place)
    return sorted(found + open_marks)


def _runs_over(document: Document, place: int, before: list[int], after: list[int]) -> bool:
    """Whether a mark has its partner in the paragraph before or after."""
    mark = document.text[place]
    if mark in _PAIRS:
        return any(document.text[other] == _PAIRS[mark] for other in after)
    return any(document.text[other] == _PARTNERS.get(mark) for other in before)


_ODD = {"“": '"', '"': "”"}
"""A curled mark and a straight one are the two halves of one quotation: “甲"."""


def _outcomes(document: Document, places: list[int]) -> Iterator[Outcome]:
    """One outcome a mark; two of the same mark side by side, as in “甲“, are one fault."""
    index = 0
    while index < len(places):
        place = places[index]
        mark = document.text[place]
        following = places[index + 1] if index + 1 < len(places) else None
        twin = following is not None and document.text[following] in (mark, _ODD.get(mark)) and following - place <= 60
        index += 2 if twin else 1
        first_is_wrong = mark in _PARTNERS
        wrong = following if twin and following is not None and not first_is_wrong else place
        other = place if wrong != place else following if twin else None
        partner = _PAIRS.get(mark) or _PARTNERS.get(mark) or mark
        yield Outcome(
            "contradicted",
            Span(wrong, wrong + 1),
            (Evidence(Span(other, other + 1), "opening"),) if other is not None else (),
            derivation=f"{mark} ≠ {partner}" if mark != partner else mark,
            expected=partner,
            actual=mark,
            defect="unbalanced",
            values={"near": document.around(Span(wrong, wrong + 1)), "mark": mark, "partner": partner},
        )


KIND = Kind("marks", NoParams, {"unbalanced": ("near", "mark", "partner")}, check)
