"""The generator is repeatable, independent of the linter, and true to its own truth."""

from __future__ import annotations

import ast
import doctest
import importlib
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.generator import RULES, Span, generate, mutations, rewrites
from tests.generator.model import Edit, apply_edits, moved
from tests.generator.numerals import decimal, han, han_count, percent
from tests.generator.passages import PHRASES
from tests.generator.rewrites import spaced, wrapped

FOLDER = Path(__file__).parent / "generator"
SEEDS = range(120)


def imported_names(path: Path) -> set[str]:
    """The top-level packages a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_generator_imports_nothing_of_the_linter(path: Path) -> None:
    """The generator uses the standard library and itself, and nothing else."""
    assert imported_names(path) <= {"tests", *sys.stdlib_module_names}
    assert "rectlint" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_examples_in_module_docstrings_hold(path: Path) -> None:
    """The example at the head of each module gives what it says."""
    name = "tests.generator" if path.stem == "__init__" else f"tests.generator.{path.stem}"
    module = importlib.import_module(name)
    examples = doctest.DocTestParser().get_doctest(module.__doc__ or "", dict(vars(module)), name, str(path), 0)
    assert doctest.DocTestRunner(verbose=False).run(examples).failed == 0


def test_same_seed_gives_same_bulletin_and_mutations() -> None:
    """A seed repeats its text, its truth and its mutations."""
    assert generate(11) == generate(11)
    assert mutations(generate(11), 3) == mutations(generate(11), 3)
    assert generate(11).text != generate(12).text


def test_lengths_are_those_of_real_bulletins() -> None:
    """Bulletins have between 800 and 8,000 characters."""
    lengths = [len(generate(seed).text) for seed in SEEDS]
    assert min(lengths) >= 800
    assert max(lengths) <= 8000


def test_there_are_enough_phrasings() -> None:
    """At least 40 ways to state a total with its parts, 20 of a rate, 20 of an enumeration."""
    with_parts = [phrase for phrase in PHRASES["totals"] if phrase.get("sums") or phrase.get("at_most")]
    assert len(with_parts) >= 40
    assert len(PHRASES["rates"]) >= 20
    assert len(PHRASES["lists"]) >= 20
    for phrases in PHRASES.values():
        texts = [phrase["text"] for phrase in phrases]
        assert len(set(texts)) == len(texts)


def test_every_rule_is_planted_somewhere() -> None:
    """A few hundred bulletins have room for each rule."""
    planted = {mutation.rule for seed in range(300) for mutation in mutations(generate(seed), seed)}
    assert planted == set(RULES)


def test_places_lie_inside_the_text() -> None:
    """Every side of a comparison and every place of a mutation is a range of its text."""
    for seed in SEEDS:
        bulletin = generate(seed)
        for comparison in bulletin.truth:
            assert comparison.sides
            assert all(0 <= side.start < side.end <= len(bulletin.text) for side in comparison.sides)
        for mutation in mutations(bulletin, seed, per_rule=3):
            assert mutation.text != bulletin.text
            assert all(0 <= place.start <= place.end <= len(mutation.text) + 2 for place in mutation.places)


def test_recorded_sums_are_true() -> None:
    """Arabic totals equal their parts in the text as written."""
    checked = 0
    for seed in SEEDS:
        bulletin = generate(seed)
        for comparison in bulletin.truth:
            if comparison.kind != "sum":
                continue
            texts = [bulletin.text[side.start : side.end].replace(",", "") for side in comparison.sides]
            if all(text.replace(".", "").isdigit() for text in texts):
                whole, *parts = (Fraction(text) for text in texts)
                assert whole == sum(parts), (seed, texts)
                checked += 1
    assert checked > 100


def test_recorded_rates_are_true() -> None:
    """A stated percentage is the rounded share of the stated counts."""
    checked = 0
    for seed in SEEDS:
        bulletin = generate(seed)
        for comparison in bulletin.truth:
            if comparison.kind not in ("rate", "headline rate"):
                continue
            rate, part, base = (bulletin.text[side.start : side.end].replace(",", "") for side in comparison.sides)
            if rate[0].isdigit():
                places = len(rate.partition(".")[2])
                assert rate == percent(Fraction(part) / Fraction(base), places), (seed, rate, part, base)
                checked += 1
    assert checked > 50


def test_no_sentence_with_a_figure_is_written_twice() -> None:
    """Within one bulletin no two sentences of more than twelve characters are the same."""
    for seed in SEEDS:
        text = generate(seed).text
        sentences = [sentence for sentence in text.replace("\n", "。").split("。") if len(sentence) > 24]
        bare = [sentence.split("是", 1)[-1] for sentence in sentences if "整改" not in sentence[:4]]
        assert len(set(bare)) == len(bare), seed


def test_edits_move_places_with_them() -> None:
    """A place after an edit keeps its text."""
    text = "共16件，已办结13件。"
    edits = (Edit(Span(1, 3), "216"),)
    changed, spans = apply_edits(text, edits)
    assert changed == "共216件，已办结13件。"
    assert changed[spans[0].start : spans[0].end] == "216"
    place = moved(Span(8, 10), edits)
    assert changed[place.start : place.end] == "13"


def test_rewrites_keep_what_they_promise() -> None:
    """A rewrite of bytes decodes to the same text; wrapping and spacing keep all other characters."""
    bulletin = generate(4)
    for rewrite in rewrites(bulletin):
        assert rewrite.text
        if rewrite.data is not None:
            encoding = {"GB18030": "gb18030", "UTF-8 with BOM": "utf-8-sig"}.get(rewrite.name, "utf-16")
            assert rewrite.data.decode(encoding) == bulletin.text
    assert wrapped(bulletin.text).replace("\n", "") == bulletin.text.replace("\n", "")
    assert spaced(bulletin.text).replace(" ", "") == bulletin.text.replace(" ", "")


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (2024, "二千零二十四"),
    ],
)
def test_chinese_numerals(number: int, word: str) -> None:
    """Whole numbers are written as Chinese numerals."""
    assert han(number) == word


def test_two_as_a_count() -> None:
    """Before a counter two is 两."""
    assert han_count(2) == "两"
    assert decimal(Fraction(12850, 100), 2) == "128.5"
