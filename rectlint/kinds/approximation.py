"""Approximators: on figures that are exact to the last place (743多家), and two on one figure (约300家左右).

GB/T 15835-2011 (general rules for writing numerals), 5.1 and annex: 多, 余, 约 go with round numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rectlint.claims import Claims
from rectlint.claims.quantities import COUNTERS, Quantity
from rectlint.kinds.base import Kind, Outcome
from rectlint.patterns import Match, Pattern
from rectlint.records import NamedTuple
from rectlint.report import Words
from rectlint.source import Span


class Params(NamedTuple):
    """``least_with_about``: from this size on 约 and 近 before a figure exact to the unit are reported too."""

    least_with_about: int = 100


# counters of things that come whole; of lengths, areas, sums and times there may be a fraction more
_WHOLE_THINGS = (COUNTERS - {"大方面", "大类", "大项", "子项", "小类", "小项", "方面", "步", "段", "级", "节"}) | {
    "只",
    "台次",
    "头",
    "幅",
    "枚",
    "株",
    "根",
    "棵",
    "盏",
    "艘",
}
_WORDS_BEFORE = r"(?:大约|大概|(?<![签合预节违履集制邀条解简婉隐租婚失赴誓盟毁守])约|将近|接近|(?<![附最临邻靠就走远相亲切])近|(?:超过|(?<![赶高])超|逾|不足|不到|至少|不少于|不低于|最少|至多|最多|不超过|不高于|高于|低于|多于|少于))"
_BEFORE = Pattern(rf"(?P<word>{_WORDS_BEFORE})(?P<link>(?:占|有|为|计|需|用|达|合计|在)?)$")
_TWO_BEFORE = Pattern(
    r"(?P<first>大约|大概|(?<![签合预节违履集制邀条解简婉隐租婚失赴誓盟毁守])约|(?<![附最临邻靠就走远相亲])近)(?P<link>有|为|计)?(?P<second>大约|约|将近|近|超过?|逾|不足|不到|上)(?=\d|[一二两三四五六七八九十百千万])",
    needs=("约", "近", "大概"),
)
_PERIOD = Pattern(r"[多余]?(?:小时|半?月|工作日|季度|学时|百分点)")  # after 个: 12多个小时
_ROUGH = frozenset(("大约", "大概", "约", "将近", "接近", "近"))
_LOWER = frozenset(("超过", "超", "逾", "至少", "不少于", "不低于", "最少", "高于", "多于"))
_UPPER = frozenset(("不足", "不到", "至多", "最多", "不超过", "不高于", "低于", "少于"))
_RECENT = frozenset(("年", "个月", "天", "周", "个工作日"))
_VAGUE = Pattern(
    r"(?:(?:数|几)[十百千万]|(?:近|约|超过?|上)[百千万])(?:余|多)(?=[个件名人家户项条次处场万])",
    needs=("十余", "百余", "千余", "万余", "十多", "百多", "千多", "万多"),
)
_HALF = Pattern(r"(?:超过|超)(?:一半|半数|五成)以上|近(?:一半|半数)左右", needs=("半", "五成"))


def check(claims: Claims, params: Params) -> Iterator[Outcome]:
    """Each figure with an approximator."""
    text = claims.document.text
    for quantity in claims.quantities:
        before = _BEFORE.search(quantity.before) if quantity.before else None
        if (twice := _twice_after(quantity)) is not None:
            yield _doubled_at(*twice, text[twice[0].start : twice[0].end])
            continue
        after = _approximator_after(text, quantity)
        if (before is None and after is None) or _PERIOD.match(text, quantity.span.end) is not None:
            continue
        doubled = before is not None and after is not None and _clash(text, before["word"], after, quantity)
        if doubled and before is not None and after is not None:
            yield _doubled(text, quantity, before, after)
        elif quantity.measure != "%":
            yield _exactness(text, quantity, before, after, params)
    yield from _other_doubles(claims)


def _twice_after(quantity: Quantity) -> tuple[Span, str, str] | None:
    """Both places behind a figure taken: 1300余个左右."""
    first = quantity.figure[-1:] if quantity.figure[-1:] in ("余", "多") else quantity.figure[-2:-1]
    second = quantity.text[-2:]
    if second not in ("左右", "上下") or first not in ("余", "多"):
        return None
    return Span(quantity.span.start, quantity.span.end + 2), first, second


def _approximator_after(text: str, quantity: Quantity) -> Span | None:
    """余 or 多 before the unit, 左右 or 以上 after it."""
    tail = quantity.text
    for word in ("左右", "上下", "以上", "以下", "之多", "有余"):
        if tail.endswith(word):
            return Span(quantity.span.end, quantity.span.end + len(word))
    if tail.endswith("余") and not quantity.unit.endswith("余"):
        return Span(quantity.span.end, quantity.span.end + 1)
    for mark in ("余", "多", "来"):
        place = quantity.figure.find(mark)
        if place >= 0:
            return Span(quantity.span.start + place, quantity.span.start + place + 1)
    return None


_AS_AIMED = Pattern(r"的\p{Han}{0,8}?(?:目标|预期|水平|标准|要求|平均|均值|增速|指标|计划)")


def _clash(text: str, word: str, place: Span, quantity: Quantity) -> bool:
    """Whether an approximator before and one after say the same twice, or opposite things.

    最多120余人 names the greatest of several figures, 低于3.5%左右的目标 compares with a level that is rough itself.
    """
    after = text[place.start : place.end]
    if after not in ("以上", "以下") and (word in ("最多", "最少") or _AS_AIMED.match(text, place.end) is not None):
        return False
    if word in ("近", "将近") and quantity.unit in _RECENT and after in ("余", "多", "来"):
        return False  # 近20余年: in the last twenty years or so
    if after in ("以上", "以下"):
        return word in _LOWER | _UPPER and (word in _LOWER) == (after == "以上")
    return word in _ROUGH | _LOWER | _UPPER


def _doubled(text: str, quantity: Quantity, before: Match, after: Span) -> Outcome:
    start = quantity.span.start - len(quantity.before) + before.start()
    span = Span(start, max(quantity.span.end, after.end))
    return _doubled_at(span, before["word"], text[after.start : after.end], text[span.start : span.end])


def _doubled_at(span: Span, first: str, second: str, words: str) -> Outcome:
    return Outcome(
        "contradicted",
        span,
        (),
        words,
        expected=first,
        actual=f"{first}…{second}",
        defect="doubled",
        values={"first": first, "second": second, "words": words},
    )


def _other_doubles(claims: Claims) -> Iterator[Outcome]:
    """约近300人, 数十余人, 超过半数以上."""
    text = claims.document.text
    for match in _TWO_BEFORE.find_in_lines(text):
        span = Span(*match.span())
        yield _doubled_at(span, match["first"], match["second"], match.group())
    for match in _VAGUE.find(text):
        yield _doubled_at(Span(*match.span()), match.group()[0], match.group()[-1], match.group())
    for match in _HALF.find(text):
        yield _doubled_at(Span(*match.span()), match.group()[:1], match.group()[-2:], match.group())


def _exactness(text: str, quantity: Quantity, before: Match | None, after: Span | None, params: Params) -> Outcome:
    span = Span(quantity.span.start, max(quantity.span.end, after.end if after is not None else 0))
    word = text[after.start : after.end] if after is not None else before["word"] if before is not None else ""
    if before is not None and after is None:
        span = Span(quantity.span.start - len(quantity.before) + before.start(), quantity.span.end)
    words = text[span.start : span.end]
    if not _is_to_the_unit(quantity) or not _is_odd(word, quantity, params):
        return Outcome("consistent", span, (), words, defect="exact")
    return Outcome(
        "contradicted",
        span,
        (),
        words,
        expected=quantity.figure.rstrip("余多来") + quantity.unit,
        actual=words,
        defect="exact",
        values={
            "words": words,
            "word": word,
            "figure": quantity.figure.rstrip("余多来") + quantity.unit,
            "precision": _precision(quantity),
        },
    )


def _is_to_the_unit(quantity: Quantity) -> bool:
    """Whether a count is written to its last place and does not end in a round digit, or a sum to six digits and more with a
    decimal point (317.936万余元)."""
    if quantity.measure == "元":
        digits = quantity.figure.rstrip("余多来万亿")
        return "." in digits and not digits.endswith("0") and sum(map(str.isdigit, digits)) >= _EXACT_SUM
    return quantity.unit in _WHOLE_THINGS and quantity.step == 1 and quantity.value % 10 != 0


_EXACT_SUM = 6
_UNIT = Words("个位", "the unit")


def _precision(quantity: Quantity) -> Words:
    """Down to where a figure is exact, in words."""
    decimals = len(quantity.figure.rstrip("余多来万亿").partition(".")[2])
    return Words(f"小数点后{decimals}位", f"{decimals} decimals") if decimals else _UNIT


def _is_odd(word: str, quantity: Quantity, params: Params) -> bool:
    if word in ("余", "多", "来", "有余"):
        return quantity.value > Decimal(10)
    return (
        word in ("约", "大约", "大概", "近", "将近", "接近", "左右", "上下")
        and quantity.value >= params.least_with_about
    )


_FIELDS = ("first", "second", "words")
KIND = Kind("approximation", Params, {"exact": ("words", "word", "figure", "precision"), "doubled": _FIELDS}, check)
