"""Damage to the characters themselves: lost marks, open ends, markup, doubled words, leftovers, unreadable dates.

In: a text and its prose paragraphs. Out: damages.

>>> unbalanced(Random(1), "按照“一岗双责”要求抓好落实。", 0)[0].rule
'TXT001'
"""

from __future__ import annotations

import re
from random import Random

from tests.generator.model import Damage, Edit, Span

CLOSING = {"”": "“", "》": "《", "）": "（", ")": "("}
DOUBLED = ("开展", "组织", "建立", "完善", "加强", "严格", "落实", "推动", "对", "的", "进行", "明确")
LEFTOVERS = ("（待补充）", "XX", "某某", "（此处填写具体数据）", "××")
MARKUP = ("**", "<br>", "&nbsp;", "</p>", "##")
DAMAGED = ("\ufffd\ufffd", "锟斤拷", "â€œ")
MARKER = re.compile(r"[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]|[①-⑳]|\d{1,2}[.、]|[（(]")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def text_damages(source: Random, text: str, paragraphs: list[Span]) -> list[Damage]:
    """A few damages of each sort, in random paragraphs."""
    result: list[Damage] = []
    long = [span for span in paragraphs if span.end - span.start > 40]
    if not long:
        return result
    for span in source.sample(long, min(3, len(long))):
        piece = text[span.start : span.end]
        result.extend(unbalanced(source, piece, span.start))
        if piece.endswith("。") and text[span.end : span.end + 1] == "\n":
            last = Span(span.end - 1, span.end)
            mark = "," if "," in piece else "，"
            following = text[span.end + 1 :].partition("\n")[0]
            leads_in = re.match("一是|第一|①", following) is not None  # a comma may lead to a run
            result.append(
                Damage(
                    "TXT002",
                    (Edit(last, "、" if leads_in else source.choice((mark, mark, "、"))),),
                    (Span(span.end - 9, span.end),),
                )
            )
            is_row = "|" in following or "\t" in following  # words before a table need no stop
            if piece.count("。") > 1 and text[span.end : span.end + 2].strip() and not is_row:
                result.append(Damage("TXT007", (Edit(last, ""),), (Span(span.end - 9, span.end),)))
        stops = [span.start + match.end() for match in re.finditer("。", piece)][:-1]
        if stops:
            place = source.choice(stops)
            markup = source.choice(MARKUP)
            result.append(Damage("TXT003", (Edit(Span(place, place), markup),), (), (), markup))
            first = source.choice([span.start, *stops[:-1]])
            sentence = text[first : text.index("。", first) + 1]
            if len(sentence) > 14 and first != span.start and not MARKER.match(sentence):
                result.append(
                    Damage(
                        "TXT004",
                        (Edit(Span(first, first), sentence),),
                        (Span(first, first + len(sentence)),),
                        (),
                        "sentence",
                    )
                )
            if "、" not in sentence[:1]:
                result.append(damaged(source, place))
        result.extend(doubled(source, piece, span.start))
        result.extend(leftover(source, piece, span.start))
        result.extend(broken_date(source, piece, span.start))
    return result


def unbalanced(source: Random, piece: str, offset: int) -> list[Damage]:
    """One half of a pair lost."""
    places = [index for index, mark in enumerate(piece) if mark in CLOSING or mark in CLOSING.values()]
    places = [index for index in places if not is_marker_bracket(piece, index)]
    if not places:
        return []
    index = source.choice(places)
    near = Span(offset + max(0, index - 20), offset + min(len(piece), index + 20))
    return [Damage("TXT001", (Edit(Span(offset + index, offset + index + 1), ""),), (near,), (), piece[index])]


def is_marker_bracket(piece: str, index: int) -> bool:
    """Whether a bracket belongs to a numbering mark such as （一）, which would be another fault."""
    return bool(re.search(r"[（(][一二三四五六七八九十\d]{1,3}[）)]", piece[max(0, index - 4) : index + 5]))


def doubled(source: Random, piece: str, offset: int) -> list[Damage]:
    """A word written twice."""
    word = source.choice(DOUBLED)
    index = piece.find(word)
    if index < 1 or piece[index : index + 2 * len(word)] == word * 2 or piece[index - len(word) : index] == word:
        return []
    if len(word) == 1 and piece[index - 1] in "目标针相应面别有效":
        return []
    place = offset + index
    return [
        Damage(
            "TXT004",
            (Edit(Span(place, place), word),),
            (Span(place, place + len(word)),),
            (),
            "的的" if word == "的" else "word",
        )
    ]


def leftover(source: Random, piece: str, offset: int) -> list[Damage]:
    """A placeholder that was never filled in."""
    mark = source.choice(LEFTOVERS)
    numbers = list(re.finditer(r"(?<![\d.〔年月至-])\d+(?=[个次份条名户处])", piece))
    if mark in ("XX", "××") and numbers:
        match = source.choice(numbers)
        span = Span(offset + match.start(), offset + match.end())
        return [Damage("TXT005", (Edit(span, mark),), (), (), mark)]
    stop = piece.find("。")
    if stop < 1:
        return []
    place = Span(offset + stop, offset + stop)
    return [Damage("TXT005", (Edit(place, "（待补充）" if mark in ("XX", "××") else mark),), (), (), mark)]


def damaged(source: Random, place: int) -> Damage:
    """Characters that no decoder meant."""
    mark = source.choice(DAMAGED)
    return Damage("TXT006", (Edit(Span(place, place), mark),), (), (), mark)


def broken_date(source: Random, piece: str, offset: int) -> list[Damage]:
    """A date that has lost one of its marks."""
    dates = [match for match in DATE.finditer(piece) if len(match.group(2) + match.group(3)) > 2]
    if not dates:
        return []
    match = source.choice(dates)
    year, month, day = match.groups()
    span = Span(offset + match.start(), offset + match.end())
    return [Damage("TXT006", (Edit(span, f"{year}年{month}{day}日"),), (), ("DAT001",), "date")]
