"""Counts with lists: which list belongs to which count, and what is no list at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectlint.claims.enumerations import Enumeration, find_enumerations
from rectlint.document import parse
from rectlint.source import Source


def enumerations(text: str) -> list[Enumeration]:
    """The enumerations of a text."""
    return list(find_enumerations(parse(Source(text))))


@pytest.mark.parametrize(
    ("text", "form", "value", "size"),
    [
        ("划分养老、托育、助残、便民四大板块。", "before", 4, 4),
        ("涉及上坪镇、下坪镇、东坑镇等3个乡镇。", "before", 3, 3),
        ("明确登记、抽样、公示、兑付四步程序。", "before", 4, 4),
        ("构建“心防、力防、星治、智治、馨安”“五位一体”体系。", "before", 5, 5),
        ("推行“敲门-问需-派单-办理-回访”五步工作法。", "before", 5, 5),
        ("建立会计初核、站长复核、镇长签批的三级审核机制。", "before", 3, 3),
        ("修订《甲》《乙》等2项制度。", "titles", 2, 2),
        ("修订《甲》《乙》等制度2项。", "titles", 2, 2),
        ("正在申请3个村居（上坪村、下坪村、东坑社区）的资金。", "brackets", 3, 3),
        ("经济责任审计2个：经费使用率低、台账不完整；", "colon", 2, 2),
        ("实现“三个”目标：提高认识、壮大产业、改善环境，以点带面。", "colon", 3, 3),
        ("出台制度2项，分别为《甲》《乙》。", "titles", 2, 2),
        ("采取两项措施：一是抓学习；二是抓落实。", "run", 2, 2),
    ],
)
def test_count_and_list(text: str, form: str, value: int, size: int) -> None:
    """Each wording of the genre yields one count with its list."""
    assert [(e.form, e.value, e.listing.size) for e in enumerations(text)] == [(form, value, size)]


@pytest.mark.parametrize(
    "text",
    [
        "对上坪镇、下坪镇3个村开展检查。",
        "为上坪村、下坪村、东坑村新建2个广场。",
        "县卫健委、疾控中心及下属3家单位同步自查。",
        "对教育、医疗、住房等领域5个突出问题开展整治。",
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "自然资源局和党的二十大报告、十九大报告。",
        "召开党委会、专题会、推进会8次。",
        "一级、二级、三级风险点。",
        "区委办、组织部及3个街道。",
        "整改问题5个（政治方面2个、作风方面3个）。",
        "覆盖3个村（居），12个问题（详见附件）。",
        "查处违规吃喝、违规收礼、违规操办等2起案件。",
        "发放手册、折页、海报等近3种，超过2类。",
    ],
)
def test_no_enumeration(text: str) -> None:
    """Counts of something else, fixed phrases and explanations are no counts of a list."""
    assert enumerations(text) == []


@given(st.text(alphabet="甲乙村镇、，和等《》“”（）：；-。\n13三四两个项级大是一二", max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    """Whatever the marks, every span found lies in the text."""
    for enumeration in enumerations(text):
        assert 0 <= enumeration.figure.start < enumeration.figure.end <= len(text)
        assert enumeration.listing.span.start <= enumeration.listing.span.end <= len(text)
        assert enumeration.listing.counts
