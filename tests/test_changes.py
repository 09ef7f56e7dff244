"""``--diff-base``: only what the change touches."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli_helper import JUMPING, SOUND, Ran, rectlint


def git(folder: Path, *arguments: str) -> None:
    """Run git with a name and nothing of this machine's configuration."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, env=env, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit that holds a contradictory text under a Chinese name."""
    git(tmp_path, "init", "-b", "main")
    (tmp_path / "通报 一.txt").write_text(JUMPING, "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path


def check(repository: Path, base: str = "main") -> Ran:
    """Check the folder against a revision."""
    return rectlint("check", ".", "--diff-base", base, "-f", "json", cwd=repository)


def texts(ran: Ran) -> list[str]:
    """The texts of the findings."""
    return [finding["text"] for finding in ran.json["findings"]]


def test_nothing_changed_nothing_reported(repository: Path) -> None:
    """Old findings on untouched lines are left out, and the run says how many."""
    ran = check(repository)
    assert ran.code == 0
    assert texts(ran) == []
    assert "略去与改动行无关的发现 2 处" in ran.json["notes"][0]["message"]


def test_changed_line_brings_its_finding(repository: Path) -> None:
    """A finding on a changed line is reported, others are not."""
    path = repository / "通报 一.txt"
    path.write_text(JUMPING.replace("督促检查不够", "督促检查还不够"), "utf-8")
    assert texts(check(repository)) == ["（4）"]


def test_changed_evidence_brings_the_finding(repository: Path) -> None:
    """A finding is reported when only its evidence is on a changed line."""
    path = repository / "通报 一.txt"
    path.write_text(JUMPING.replace("台账管理粗放", "台账管理还粗放"), "utf-8")
    assert texts(check(repository)) == ["（4）"]


def test_removed_line_counts_for_its_neighbours(repository: Path) -> None:
    """Where a line was taken out, the lines on either side count as changed."""
    path = repository / "通报 一.txt"
    path.write_text(SOUND, "utf-8")
    git(repository, "commit", "-am", "second")
    path.write_text(SOUND.replace("（2）台账管理粗放。已整改。\n", ""), "utf-8")
    assert texts(check(repository)) == ["（3）"]


def test_new_file_is_all_change(repository: Path) -> None:
    """An untracked or newly added file is reported whole."""
    (repository / "新.txt").write_text(JUMPING, "utf-8")
    assert len(texts(check(repository))) == 2
    git(repository, "add", ".")
    assert len(texts(check(repository))) == 2


def test_changes_of_others_do_not_count(repository: Path) -> None:
    """The merge base is compared with: what the base branch changed meanwhile is none of ours."""
    git(repository, "checkout", "-b", "work")
    (repository / "x.txt").write_text(SOUND, "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "work")
    git(repository, "checkout", "main")
    (repository / "通报 一.txt").write_text(JUMPING.replace("督促检查不够", "督促不够"), "utf-8")
    git(repository, "commit", "-am", "others")
    git(repository, "checkout", "work")
    assert texts(check(repository)) == []


def test_text_git_takes_for_binary_is_all_change(repository: Path) -> None:
    """A changed file in UTF-16, which git cannot compare by lines, is reported whole."""
    path = repository / "通报 一.txt"
    path.write_bytes((JUMPING + "abc\n").encode("utf-16"))
    assert len(texts(check(repository))) == 2


def test_unknown_revision_and_no_repository_are_exit_2(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A revision that does not exist, and a folder outside any repository, are exit 2 with a hint."""
    ran = check(repository, "no-such-branch")
    assert ran.code == 2
    assert "没有这个版本" in ran.err
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.txt").write_text(JUMPING, "utf-8")
    ran = check(elsewhere)
    assert ran.code == 2
    assert "不在 git 仓库里" in ran.err


def test_baseline_and_changes_do_not_go_together(repository: Path) -> None:
    """A baseline of a part would accept by accident: refused."""
    assert rectlint("check", ".", "--diff-base", "main", "--write-baseline", cwd=repository).code == 2
