"""When a number is compared at all."""

from __future__ import annotations

from rectlint.claims import Claims
from rectlint.document import parse
from rectlint.kinds.references import KIND, Params
from rectlint.source import Source


def verdicts(text: str) -> list[str]:
    """The verdicts on the references of a text."""
    return [str(outcome.verdict) for outcome in KIND.check(Claims(parse(Source(text))), Params())]


ITEMS = "1.学习不深入问题。已整改。\n2.部署不及时问题。已整改。\n3.文件偏多问题。已整改。\n"


def test_reference_before_the_list_is_not_judged_unless_the_list_is_complete() -> None:
    """第9点 in the opening may be the number of another document; with a headline of 3 it cannot be."""
    assert verdicts(f"书记领办反馈第9点问题。\n{ITEMS}") == ["unchecked"]
    assert verdicts(f"围绕反馈的3个问题，书记领办反馈第9点问题。\n{ITEMS}") == ["contradicted"]


def test_reference_after_the_list_is_judged() -> None:
    """Once the list has been told, its numbers are known."""
    assert verdicts(f"{ITEMS}该问题已随反馈第9点问题移交。\n") == ["contradicted"]
