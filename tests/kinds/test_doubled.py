"""Where words and characters stand twice running is found all at once, and as a pattern would find it."""

import random

import regex

from rectlint.kinds.doubled import _CHARACTERS, DOUBLED, _words_twice

TWICE = regex.compile(r"([\u4e00-\u9fff]{2,12})\1")
PIECES = ["甲", "乙", "丙丁", "戊己庚辛壬癸子丑寅卯辰", "、", "\n", "9", "𠀀", "\ud800", "Ａ", "\0"]


def test_words_twice_are_those_a_pattern_finds() -> None:
    """The same places as with a back reference: the first first, and of those the longest."""
    chance = random.Random(7)
    texts = ["", "甲", "甲甲", "甲甲甲甲甲甲", "甲乙甲乙甲乙丙", "一二三四五六七八九十百千" * 2, "整改情况良好" * 9]
    texts += ["".join(chance.choices(PIECES, k=chance.randint(0, 40))) for _ in range(500)]
    for text in texts:
        assert list(_words_twice(text)) == [match.span() for match in TWICE.finditer(text)], text


def test_every_doubled_character_is_looked_for() -> None:
    """The characters looked for are those that the pattern knows."""
    assert {pair[0] for pair in regex.findall(r"([^\s\w]|\p{Han})\1", _CHARACTERS.source)} <= set(DOUBLED)
    assert len(set(DOUBLED)) == len(DOUBLED)
