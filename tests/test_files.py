"""Paths, folders, patterns and standard input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_helper import JUMPING, SOUND, Ran, rectlint


def checked(ran: Ran) -> list[str]:
    """The paths in a JSON report."""
    return [file["path"] for file in ran.json["files"]]


def lay(folder: Path, *names: str) -> None:
    """Write sound texts under these names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SOUND, "utf-8")


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    """A folder gives its texts, deep ones too, in the order of their paths; other files are left."""
    lay(tmp_path, "b.txt", "a/z.md", "a/b/c.markdown", "d.png", "e.py", "__pycache__/x.txt", ".git/x.txt")
    ran = rectlint("check", ".", "-f", "json", cwd=tmp_path)
    assert checked(ran) == ["a/b/c.markdown", "a/z.md", "b.txt"]


def test_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    """A file given by name, by folder and by pattern is checked once."""
    lay(tmp_path, "a.txt")
    assert checked(rectlint("check", "a.txt", ".", "./a.txt", "*.txt", "-f", "json", cwd=tmp_path)) == ["a.txt"]


def test_patterns_are_expanded(tmp_path: Path) -> None:
    """A pattern the shell left alone is expanded, also across folders."""
    lay(tmp_path, "a1.txt", "a2.txt", "x/a3.txt")
    assert checked(rectlint("check", "a?.txt", "-f", "json", cwd=tmp_path)) == ["a1.txt", "a2.txt"]
    assert len(checked(rectlint("check", "**/*.txt", "-f", "json", cwd=tmp_path))) == 3


def test_gitignore_is_respected(tmp_path: Path) -> None:
    """What .gitignore names is left out: from above, from the folder itself, with negation; or not, if so asked."""
    lay(tmp_path, "a.txt", "tmp/b.txt", "in/c.txt", "in/d.txt", "in/keep.txt")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("tmp/\nin/*.txt\n", "utf-8")
    (tmp_path / "in" / ".gitignore").write_text("!keep.txt\n", "utf-8")
    assert checked(rectlint("check", ".", "-f", "json", cwd=tmp_path)) == ["a.txt", "in/keep.txt"]
    assert checked(rectlint("check", "in", "-f", "json", cwd=tmp_path)) == ["in/keep.txt"]
    assert len(checked(rectlint("check", ".", "--no-gitignore", "-f", "json", cwd=tmp_path))) == 5
    assert checked(rectlint("check", "tmp/b.txt", "-f", "json", cwd=tmp_path)) == ["tmp/b.txt"]


def test_own_reports_are_no_bulletins(tmp_path: Path) -> None:
    """The page that a run leaves in the folder is not checked by the next one; any other page is."""
    lay(tmp_path, "a.txt")
    assert rectlint("check", tmp_path, "--format", f"html={tmp_path / 'report.html'}").code == 0
    (tmp_path / "b.html").write_text(f"<html><body><p>{SOUND}</p></body></html>", "utf-8")
    assert checked(rectlint("check", ".", "-f", "json", cwd=tmp_path)) == ["a.txt", "b.html"]


def test_exclude_spares_named_files_unless_forced(tmp_path: Path) -> None:
    """A file named on the command line is checked although excluded, except with --force-exclude."""
    lay(tmp_path, "a.txt", "old/b.txt")
    assert checked(rectlint("check", ".", "--exclude", "old/", "-f", "json", cwd=tmp_path)) == ["a.txt"]
    named = ("check", "old/b.txt", "a.txt", "--exclude", "old/", "-f", "json")
    assert checked(rectlint(*named, cwd=tmp_path)) == ["old/b.txt", "a.txt"]
    assert checked(rectlint(*named, "--force-exclude", cwd=tmp_path)) == ["a.txt"]


def test_standard_input(tmp_path: Path) -> None:
    """``-`` reads standard input, in any encoding, under the name given."""
    ran = rectlint("check", "-", "-f", "json", stdin=JUMPING.encode("gb18030"))
    assert ran.code == 1
    assert (ran.json["files"][0]["path"], ran.json["files"][0]["encoding"]) == ("<stdin>", "gb18030")
    (tmp_path / "rectlint.toml").write_text('ignore = ["gap"]', "utf-8")
    named = rectlint("check", "-", "--stdin-filename", tmp_path / "x.txt", "-f", "json", stdin=JUMPING.encode())
    assert named.json["files"][0]["path"] == str(tmp_path / "x.txt")
    assert named.code == 0


@pytest.mark.parametrize("path", ["none.txt", "none/", "*.none", "empty"])
def test_path_that_gives_nothing_is_exit_2(tmp_path: Path, path: str) -> None:
    """A missing file or folder, a pattern without matches and a folder without texts are all exit 2, each told why."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.png").write_bytes(b"PK\x03\x04")
    lay(tmp_path, "a.txt")
    ran = rectlint("check", path, "a.txt", cwd=tmp_path)
    assert ran.code == 2
    assert path in ran.last_line
    words = {"none.txt": "文件不存在", "none/": "文件不存在", "*.none": "没有文件符合", "empty": "没有可检查的文本"}
    assert words[path] in ran.last_line
