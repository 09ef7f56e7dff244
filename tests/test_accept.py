"""Accepting findings outside the text: what survives, what dies, and what is told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli_helper import JUMPING, Ran, rectlint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a contradictory text and its baseline."""
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    ran = rectlint("check", tmp_path, "--write-baseline", "--reason", "经批准不公开")
    assert ran.code == 0, ran.out
    return tmp_path


def entries(project: Path) -> list[dict[str, Any]]:
    """The entries of the accept file."""
    found = tomllib.loads((project / "rectlint-accept.toml").read_text("utf-8"))["accept"]
    assert isinstance(found, list)
    return found


def findings(ran: Ran) -> list[str]:
    """The texts of the findings of a JSON report."""
    return [finding["text"] for finding in ran.json["findings"]]


def check(project: Path, *options: str) -> Ran:
    """Check the folder and report as JSON."""
    return rectlint("check", project, "-f", "json", *options)


def test_baseline_accepts_all_that_is_there(project: Path) -> None:
    """After --write-baseline the same folder passes, and the report holds the accepted findings with their reason."""
    ran = check(project)
    assert ran.code == 0
    assert findings(ran) == []
    assert {accepted["reason"] for accepted in ran.json["accepted"]} == {"经批准不公开"}
    assert len(entries(project)) == len(ran.json["accepted"]) == 2
    assert set(entries(project)[0]) == {"rule", "path", "quote", "reason", "fingerprint"}
    assert "另有 2 处已登记接受" in ran.err


def test_writing_the_baseline_again_adds_nothing(project: Path) -> None:
    """A second --write-baseline leaves the file as it is."""
    before = (project / "rectlint-accept.toml").read_bytes()
    assert rectlint("check", project, "--write-baseline").code == 0
    assert (project / "rectlint-accept.toml").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(
            "一、整改落实情况\n", "一、整改落实情况\n\n新增的一段话，与其他内容无关。\n\n"
        ).encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("（", "(").replace("）", ")").encode(),
        lambda text: text.replace("\n", "\n　　").encode(),
    ],
    ids=["paragraph", "gb18030", "utf-16", "crlf", "half-width", "indented"],
)
def test_entries_survive_layout_and_encoding(project: Path, change: Any) -> None:
    """Inserted paragraphs, another encoding, other line ends, widths and indents kill no entry."""
    (project / "a.txt").write_bytes(change(JUMPING))
    ran = check(project)
    assert findings(ran) == []
    assert ran.json["notes"] == []
    assert len(ran.json["accepted"]) == 2


def test_entries_survive_wrapping(tmp_path: Path) -> None:
    """A paragraph broken into lines of another length, or not at all, keeps its entry."""
    text = (
        "关于巡察整改进展情况的通报\n"
        "镇党委对照反馈意见逐条研究，明确牵头领导、责任科室和完成时限，每半月调度一次。巡察组移交的信访件共16件，逐件建立台账，"
        "已办结13件，正在办理2件，办理结果均已向来信来访群众当面反馈，并在村务公开栏公开，接受群众监督，镇纪委全程跟踪督办。\n"
    )
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert len(rectlint("check", path, "-f", "json").json["findings"]) == 1
    assert rectlint("check", tmp_path, "--write-baseline").code == 0
    title, paragraph, _ = text.split("\n")
    for width in (28, 33, 40):
        lines = [paragraph[start : start + width] for start in range(0, len(paragraph), width)]
        path.write_text("\n".join([title, *lines, ""]), "utf-8")
        ran = check(tmp_path)
        assert findings(ran) == []
        assert len(ran.json["accepted"]) == 1


def test_entry_dies_when_a_figure_changes(project: Path) -> None:
    """A changed figure brings the finding back, and the old entry is reported as unused."""
    (project / "a.txt").write_text(JUMPING.replace("（4）", "（5）"), "utf-8")
    ran = check(project)
    assert ran.code == 1
    assert "（5）" in findings(ran)[0]
    assert any("已对不上任何发现" in note["message"] for note in ran.json["notes"])


def test_unused_entries_are_reported_and_pruned(project: Path) -> None:
    """An entry that fits nothing is named with its line; --prune-baseline removes it and keeps the others."""
    (project / "a.txt").write_text(JUMPING.replace("三是开展", "二是开展"), "utf-8")
    ran = rectlint("check", project)
    assert ran.code == 0
    assert ran.out.count("已对不上任何发现") == 1
    assert "rectlint-accept.toml:" in ran.out
    before = entries(project)
    pruned = rectlint("check", project, "--prune-baseline")
    assert "已删去 1 条" in pruned.out
    assert len(entries(project)) == 1
    assert entries(project)[0] in before
    assert rectlint("check", project).out.count("已对不上任何发现") == 0


def test_part_of_a_run_condemns_no_entry(project: Path) -> None:
    """Checking another file, or fewer rules, leaves the entries of what was not checked alone."""
    (project / "b.txt").write_text("关于整改的通报\n已经全部完成。\n", "utf-8")
    (project / "a.txt").write_text(JUMPING.replace("三是开展", "二是开展"), "utf-8")
    assert "已对不上" not in rectlint("check", project / "b.txt").out
    assert "已对不上" not in rectlint("check", project, "--ignore", "gap").out
    assert "已对不上" in rectlint("check", project).out


def test_entry_of_a_deleted_file_is_unused(project: Path) -> None:
    """An entry whose file is gone is unused."""
    (project / "b.txt").write_text("关于整改的通报\n已经全部完成。\n", "utf-8")
    (project / "a.txt").unlink()
    assert rectlint("check", project).out.count("已对不上") == 2
    assert rectlint("check", project, "--prune-baseline").code == 0
    assert "accept" not in tomllib.loads((project / "rectlint-accept.toml").read_text("utf-8"))


def test_acceptance_holds_for_its_file_only(project: Path) -> None:
    """The same contradiction in another bulletin is not accepted along."""
    (project / "b.txt").write_text(JUMPING, "utf-8")
    ran = check(project)
    assert ran.code == 1
    assert {Path(finding["path"]).name for finding in ran.json["findings"]} == {"b.txt"}


def test_path_of_an_entry_may_be_a_pattern_or_missing(project: Path) -> None:
    """An entry with a pattern, or without a path, accepts in every file it names."""
    (project / "b.txt").write_text(JUMPING, "utf-8")
    path = project / "rectlint-accept.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('path = "a.txt"', 'path = "*.txt"'), "utf-8")
    assert check(project).code == 0
    path.write_text(text.replace('path = "a.txt"\n', ""), "utf-8")
    assert check(project).code == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('reason = "经批准不公开"', 'reason = ""'), "缺少 reason"),
        (('reason = "经批准不公开"\n', ""), "缺少 reason"),
        (('rule = "NUM001"', 'rule = "NUM999x"'), "没有规则 NUM999x"),
        (('rule = "NUM001"', 'rule = "gapp"'), "是不是 gap"),
        (("fingerprint = ", "fingerprnt = "), "是不是 fingerprint"),
        (("[[accept]]", "[[acept]]"), "是不是 accept"),
        (('quote = "', 'quote = 3 # "'), "应为加引号的文字"),
        (("[[accept]]", "[accept"), "不是有效的 TOML"),
    ],
)
def test_mistakes_in_the_accept_file_name_their_line(project: Path, change: tuple[str, str], words: str) -> None:
    """A missing reason, an unknown rule, an unknown key: exit 2 with file and line."""
    path = project / "rectlint-accept.toml"
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    ran = rectlint("check", project)
    assert ran.code == 2
    assert f"{path}:" in ran.out
    assert words in ran.out


def test_named_accept_file(project: Path) -> None:
    """--accept-file and the configuration name another file; one that is not there is an error unless being written."""
    other = project / "登记" / "x.toml"
    assert rectlint("check", project, "--accept-file", other).code == 2
    assert rectlint("check", project, "--accept-file", other, "--write-baseline").code == 0
    assert len(check(project, "--accept-file", str(other)).json["accepted"]) == 2
    (project / "rectlint-accept.toml").unlink()
    assert check(project).code == 1
    (project / "rectlint.toml").write_text('accept-file = "登记/x.toml"', "utf-8")
    assert check(project).code == 0


def test_comments_in_the_file_survive(project: Path) -> None:
    """Comments a person wrote stay when entries are added or removed."""
    path = project / "rectlint-accept.toml"
    path.write_text("# 张三负责\n" + path.read_text("utf-8"), "utf-8")
    (project / "b.txt").write_text(JUMPING, "utf-8")
    rectlint("check", project, "--write-baseline")
    (project / "a.txt").write_text(JUMPING.replace("三是开展", "二是开展"), "utf-8")
    rectlint("check", project, "--prune-baseline")
    assert path.read_text("utf-8").startswith("# 张三负责\n")
    assert check(project).code == 0
