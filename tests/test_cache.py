"""The cache: the same results, never stale, never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from rectlint import Rule, check_source, load_rules
from tests.cli_helper import JUMPING, SOUND, Ran, rectlint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a few texts."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        text = (JUMPING if number % 2 else SOUND).replace("学习", f"学习{number}")
        (folder / f"{number}.txt").write_bytes(text.encode("gb18030" if number == 1 else "utf-8"))
    return folder


def check(project: Path, *options: str | Path) -> tuple[Ran, int]:
    """Check the folder in one process; the report, and how many texts the engine had to check."""
    with mock.patch("rectlint.runner.check_source", side_effect=check_source) as engine_check:
        ran = rectlint("check", ".", "--jobs", "1", "-f", "json", *options, cwd=project)
    return ran, engine_check.call_count


def test_second_run_checks_nothing_and_says_the_same(project: Path) -> None:
    """A warm run gives the very report of the cold one without checking a text."""
    cold, cold_count = check(project)
    warm, warm_count = check(project)
    assert (cold_count, warm_count) == (6, 0)
    assert cold == warm
    assert cold == check(project, "--no-cache")[0]
    for format in ("full", "html"):
        fresh = rectlint("check", ".", "--no-cache", "-f", format, cwd=project)
        assert rectlint("check", ".", "-f", format, cwd=project) == fresh


def test_changed_text_is_checked_again(project: Path) -> None:
    """Only the text that changed is checked again."""
    check(project)
    (project / "0.txt").write_text(JUMPING, "utf-8")
    ran, count = check(project)
    assert count == 1
    assert ran == check(project, "--no-cache")[0]


def test_copy_under_another_name_has_its_own_path(project: Path) -> None:
    """Two files with the same bytes share an entry, and each is reported under its own name."""
    check(project)
    (project / "copy.txt").write_bytes((project / "3.txt").read_bytes())
    ran, count = check(project)
    assert count == 0
    assert {"3.txt", "copy.txt"} <= {finding["path"] for finding in ran.json["findings"]}


def test_changed_settings_are_honoured(project: Path) -> None:
    """Severity, selection and parameters are part of what an entry depends on."""
    check(project)
    (project / "rectlint.toml").write_text('[severity]\ngap = "error"', "utf-8")
    ran, count = check(project)
    assert count == 6
    assert ran.json["summary"]["errors"] == len(ran.json["findings"])
    (project / "rectlint.toml").write_text('ignore = ["gap"]', "utf-8")
    assert check(project)[0].json["findings"] == []


def test_edited_rule_is_honoured(project: Path, tmp_path: Path) -> None:
    """After an edit of a user's rule file, everything is checked again."""
    builtin = built_in("gap")
    rules = tmp_path / "rules" / "numbering"
    rules.mkdir(parents=True)
    text = builtin.path.read_text("utf-8").replace(builtin.code, "NUM901").replace('"gap"', '"my-gap"', 1)
    (rules / "my-gap.toml").write_text(text, "utf-8")
    first, count = check(project, "--rules-dir", rules.parent)
    assert count == 6
    assert any(finding["rule"] == "NUM901" for finding in first.json["findings"])
    assert check(project, "--rules-dir", rules.parent)[1] == 0
    (rules / "my-gap.toml").write_text(text.replace(builtin.title.zh, "改过的标题"), "utf-8")
    assert check(project, "--rules-dir", rules.parent)[1] == 6


def built_in(name: str) -> Rule:
    """A built-in rule."""
    return next(rule for rule in load_rules() if rule.name == name)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"findings": [[1]], "comparisons": []}', b"\xff\xfe\x00"])
def test_damaged_entry_is_as_good_as_none(project: Path, content: bytes) -> None:
    """An entry cut short or overwritten is ignored and replaced."""
    cold, _ = check(project)
    for entry in (project / ".rectlint_cache").glob("??/*"):
        entry.write_bytes(content)
    ran, count = check(project)
    assert count == 6
    assert ran == cold
    assert check(project)[1] == 0


def test_runs_at_the_same_time_do_no_harm(project: Path) -> None:
    """Several programs filling one cache at once all give the same report."""
    command = [sys.executable, "-m", "rectlint", "check", ".", "-f", "json", "--jobs", "2"]
    running = [subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE) for _ in range(4)]
    outputs = {process.communicate()[0] for process in running}
    assert len(outputs) == 1
    assert not list((project / ".rectlint_cache").rglob(".*.*"))


def test_one_bulletin_leaves_no_cache(project: Path) -> None:
    """Checking single files writes nothing beside them, unless --cache asks for it."""
    rectlint("check", project / "0.txt", cwd=project)
    assert not (project / ".rectlint_cache").exists()
    rectlint("check", project / "0.txt", "--cache", cwd=project)
    assert (project / ".rectlint_cache").exists()


def test_cache_keeps_itself_out_of_the_way(project: Path) -> None:
    """The cache ignores itself for git, is tagged for backup programs, and is never walked into."""
    check(project)
    assert (project / ".rectlint_cache" / ".gitignore").read_text() == "*\n"
    assert (project / ".rectlint_cache" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f")
    assert len(check(project)[0].json["files"]) == 6


def test_clean_deletes_only_a_cache(project: Path) -> None:
    """``rectlint clean`` deletes the cache and says how much it held; any other folder it leaves alone."""
    check(project)
    ran = rectlint("clean", cwd=project)
    assert ran.code == 0
    assert "删去缓存 6 条" in ran.out
    assert not (project / ".rectlint_cache").exists()
    assert "删去缓存 0 条" in rectlint("clean", cwd=project).out
    rectlint("clean", "--cache-dir", project, cwd=project)
    assert (project / "0.txt").exists()


def test_cache_elsewhere(project: Path, tmp_path: Path) -> None:
    """--cache-dir, the configuration and RECTLINT_CACHE_DIR name another place."""
    check(project, "--cache-dir", tmp_path / "one")
    assert (tmp_path / "one" / "CACHEDIR.TAG").exists()
    rectlint("check", ".", cwd=project, env={"RECTLINT_CACHE_DIR": str(tmp_path / "two")})
    assert (tmp_path / "two" / "CACHEDIR.TAG").exists()
    (project / "rectlint.toml").write_text("cache = false", "utf-8")
    rectlint("check", ".", cwd=project)
    assert not (project / ".rectlint_cache").exists()


def test_cache_that_cannot_be_written_is_told_once(project: Path) -> None:
    """With a full disk or a forbidden folder the check is done all the same, with one note, and the exit code it earns."""
    (project / ".rectlint_cache").write_text("in the way", "utf-8")
    ran, _ = check(project)
    assert ran.code == 1
    assert [note["message"] for note in ran.json["notes"]].count(ran.json["notes"][0]["message"]) == 1
    assert "缓存没有写成" in ran.json["notes"][0]["message"]
    assert os.path.isfile(project / ".rectlint_cache")  # noqa: PTH113
