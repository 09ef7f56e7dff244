"""A report made by hand, for the renderers: every sort of thing a report can hold, whatever the rules find today."""

from __future__ import annotations

from rectlint.report import (
    Accepted,
    Comparison,
    FileResult,
    Finding,
    Location,
    Note,
    Place,
    Report,
    Severity,
    Words,
)
from rectlint.source import Source, Span

TEXT = (
    "关于巡察整改<b>进展</b>情况的通报\n"
    "共受理信访件16件，已办结13件，正在办理2件。\n"
    + "这一段很长，" * 30
    + "累计立案6人，"
    + "中间还有许多话，" * 20
    + "其中严重警告7人。\n"
    "=1+1 & \"引号\" '单引号' ]]> <script>alert(1)</script>\n"
)
SOURCE = Source(TEXT, "通报/第1号,<&>.txt")


def place(words: str, label: str = "", occurrence: int = 0, source: Source = SOURCE) -> Place:
    """The place of ``words`` in the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = source.text.index(words, start + 1)
    return source.place(Span(start, start + len(words)), Words(label, {"分项": "part"}.get(label, label)))


def finding(
    primary: Place, evidence: tuple[Place, ...], context: Place, *, severity: Severity = "error", number: int = 1
) -> Finding:
    """A finding at a place."""
    return Finding(
        path=SOURCE.path,
        rule=f"TOT00{number}",
        name="parts-do-not-sum",
        severity=severity,
        message=Words("总数 16，分项之和 15，相差 1", "the total is 16, its parts sum to 15"),
        advice=Words("逐项核对，改正总数或分项。", "check every part"),
        place=primary,
        evidence=evidence,
        derivation="13 + 2 = 15 ≠ 16",
        expected="16",
        actual="15",
        context=context,
        fingerprint=f"0123456789abcde{number}",
    )


SENTENCE = place("共受理信访件16件，已办结13件，正在办理2件。")
TOTAL = finding(place("16件"), (place("13件", "分项"), place("2件", "分项")), SENTENCE)
LONG = finding(
    place("6人"),
    (place("7人", "分项"),),
    place("累计立案6人，" + "中间还有许多话，" * 20 + "其中严重警告7人。"),
    severity="warning",
    number=2,
)
MARKUP = finding(place("<script>alert(1)</script>"), (), place("=1+1 &"), severity="info", number=3)
SOUND_COMPARISON = Comparison(
    SOURCE.path, "TOT001", "parts-do-not-sum", "consistent", "13 + 2 + 1 = 16", Words("", ""), (place("16件"),)
)
OPEN_COMPARISON = Comparison(
    SOURCE.path,
    "TOT001",
    "parts-do-not-sum",
    "unchecked",
    "",
    Words("缺少其余的数量", "the rest has no figure"),
    (place("6人"), place("7人", "分项")),
)
FILE = FileResult(
    SOURCE.path,
    "gb18030",
    None,
    (TOTAL, LONG, MARKUP),
    (SOUND_COMPARISON, OPEN_COMPARISON),
    TEXT,
    accepted=(Accepted(TOTAL._replace(rule="TOT009", name="parts-fall-short"), "经批准不公开一项", "accept.toml:1"),),
)
BROKEN = FileResult("损坏.txt", None, Words("这不是文本文件", "this is not text"))
CLEAN = FileResult("无误.txt", "utf-8", None, (), (SOUND_COMPARISON,), "没有问题。\n")
REPORT = Report((FILE, BROKEN, CLEAN), notes=(Note("accept.toml:9", Words("这一条没有用到", "this entry is unused")),))
EMPTY = Report(())


def _paged(place: Place, page: int) -> Place:
    return place._replace(location=Location(Words(f"第 {page} 页", f"page {page}"), f"page[{page}]"))


PAGED = Report(
    (
        FILE._replace(
            path="归档.zip!/正文.pdf",
            format="pdf",
            encoding=None,
            findings=(TOTAL._replace(place=_paged(TOTAL.place, 2), evidence=(_paged(TOTAL.evidence[0], 3),)),),
        ),
    )
)
