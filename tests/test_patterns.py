"""Patterns search short texts without a time limit, so none of them may run away there."""

import gc
import pkgutil
from importlib import import_module

import pytest
import regex

import rectlint
from rectlint.patterns import LONG, SHORT, Pattern

FAR = 60.0


def all_patterns() -> list[Pattern]:
    """Every pattern of the program."""
    for module in pkgutil.walk_packages(rectlint.__path__, "rectlint."):
        if not module.name.endswith("__main__"):
            try:
                import_module(module.name)
            except ModuleNotFoundError as error:  # a reader whose library is not installed
                if (error.name or "").startswith("rectlint"):
                    raise
    return [thing for thing in gc.get_objects() if isinstance(thing, Pattern)]


def hostile_texts(source: str, length: int = SHORT) -> list[str]:
    """Texts made of what a pattern looks for: one character of it all the way, and all its words over and over."""
    characters = sorted({character for character in source if not character.isascii() or character.isdigit()} | {"中"})
    words = "".join(regex.findall(r"[\p{Han}\d，。；：、（）]+", source)) or "中"
    repeated = [character * length for character in characters]
    return [*repeated, (words * length)[:length], ("1" + words[:3]) * (length // 4)]


def test_no_pattern_runs_away_on_short_text() -> None:
    """No pattern needs a time limit on texts below the length from which one is set."""
    patterns = all_patterns()
    assert len(patterns) > 300
    for pattern in patterns:
        for text in hostile_texts(pattern.source):
            list(pattern.compiled.finditer(text[:SHORT], timeout=FAR))


def test_no_linear_pattern_runs_away() -> None:
    """Patterns said to be linear need none on long texts."""
    linear = [pattern for pattern in all_patterns() if pattern.linear]
    assert len(linear) > 10
    for pattern in linear:
        for text in hostile_texts(pattern.source, LONG):
            list(pattern.compiled.finditer(text, timeout=FAR / 10))


def test_no_match_at_one_place_runs_away() -> None:
    """Nor does any pattern where it is tried at one place only."""
    for pattern in all_patterns():
        for text in hostile_texts(pattern.source, LONG // 8):
            pattern.compiled.match(text, timeout=FAR / 10)
            pattern.compiled.fullmatch(text, timeout=FAR / 10)


def test_runaway_would_be_noticed() -> None:
    """Nested repetition does run away on such a text, so the test above can fail."""
    pattern = Pattern(r"(?:中|中中)+国")
    with pytest.raises(TimeoutError):
        list(pattern.compiled.finditer("中" * SHORT, timeout=0.2))


@pytest.mark.parametrize("length", [SHORT, SHORT + 1, LONG, LONG + 1])
def test_search_is_the_same_with_and_without_limit(length: int) -> None:
    """Both sides of the threshold give the same matches."""
    text = ("为期45天。" * length)[:length]
    pattern = Pattern(r"为期\d+天")
    expected = [match.span() for match in regex.compile(r"为期\d+天").finditer(text)]
    assert [match.span() for match in pattern.find(text)] == expected
    found = pattern.search(text, 3)
    assert found is not None and found.span() == expected[1]
    assert pattern.match(text, 1) is None and pattern.match(text) is not None
    assert pattern.fullmatch(text) is None and pattern.fullmatch(text, 0, 5) is not None


@pytest.mark.parametrize(
    "text",
    ["", "为期45天", "甲\n为期45天，为期3天\n乙为期\n\n为期9天\n", "为期45天\n" * 3 + "为期\n天" * 200, "\n为期5天"],
    ids=["empty", "line", "lines", "many", "end"],
)
def test_search_in_lines_finds_the_same(text: str) -> None:
    """Searching only the lines with a needed word finds what searching all of the text finds, in order."""
    pattern = Pattern(r"(?<!乙)为期\d+天(?![，\n])", needs=("为期", "天"))
    in_lines = [match.span() for match in pattern.find_in_lines(text)]
    assert in_lines == [match.span() for match in regex.compile(pattern.source).finditer(text)]
