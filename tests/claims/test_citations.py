"""Documents cited: number beside title, dates of issue, unquoted names."""

from __future__ import annotations

import pytest

from rectlint.claims.citations import Citation, find_citations, title_key
from rectlint.claims.dates import Dates
from rectlint.document import parse
from rectlint.source import Source


def citations(text: str) -> list[Citation]:
    """The citations of a text."""
    document = parse(Source(text))
    return list(find_citations(document, Dates(document)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("已制定青政〔2024〕37号《采购管理办法》。", "青政〔2024〕37号"),
        ("印发《采购管理办法》（青政〔2024〕37号）。", "青政〔2024〕37号"),
        ("印发《采购管理办法》(青政[2024]37号)。", "青政〔2024〕37号"),
        ("印发《采购管理办法》（青政（2024）37号）。", "青政〔2024〕37号"),
        ("印发《关于印发〈采购管理办法〉的通知》（青政办函〔2024〕第37号）。", "青政办函〔2024〕37号"),
        ("根据松财预字〔2024〕3号文件《采购管理办法》。", "松财预〔2024〕3号"),
    ],
)
def test_number_beside_title(text: str, number: str) -> None:
    """The number stands before or behind the title, in any of the usual brackets."""
    (citation,) = citations(text)
    assert str(citation.number) == number


def test_each_title_its_own_number() -> None:
    """Of two documents in a row each keeps its own number; a lone number behind two titles belongs to neither for certain."""
    first, second = citations("印发《采购管理办法》（青政〔2024〕15号）、《报销规定》（青政〔2024〕16号）。")
    assert (str(first.number), str(second.number)) == ("青政〔2024〕15号", "青政〔2024〕16号")
    alone, listed = citations("印发《采购管理办法》《报销规定》（青政〔2024〕16号）。")
    assert alone.number is None and listed.listed


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("2023年8月11日印发《采购管理办法》。", ["印发"]),
        ("2023年8月11日，镇政府印发了《采购管理办法》。", ["印发"]),
        ("《采购管理办法》自2024年5月1日起施行。", ["施行"]),
        ("制定《采购管理办法》，并于2024年4月9日正式发布实施。", ["发布"]),
        ("制定《采购管理办法》，并于2024年4月9日印发《报销规定》。", []),
        ("制定《采购管理办法》，2024年4月9日召开会议。", []),
    ],
)
def test_dates_of_a_document(text: str, verbs: list[str]) -> None:
    """A date belongs to a document if a verb of issue or effect ties it there."""
    assert [issue.verb for issue in citations(text)[0].dates] == verbs


def test_name_without_quotes() -> None:
    """A number may stand beside a name that is not in 《》."""
    before, after = citations("整改工作方案以松水〔2025〕23号文件印发。按照松水〔2025〕32号整改工作方案抓落实。")
    assert before.title.endswith("整改工作方案") and after.title == "整改工作方案"
    assert not before.quoted and not after.quoted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("采购管理办法", "采购管理办法（试行）"),
        ("采购管理办法", "关于印发〈采购管理办法〉的通知"),
        ("规范“三务”公开的措施", "规范三务公开的措施"),
    ],
)
def test_title_key(one: str, other: str) -> None:
    """Two ways of writing one title have one key."""
    assert title_key(one) == title_key(other)
