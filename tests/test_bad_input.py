"""Bad input: each ends in exit code 2 (or is survived), with a sentence that a clerk understands."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from rectlint import FileResult, Rule, RuleError, Source, check_source, load_rules
from tests.cli_helper import JUMPING, SOUND, Ran, rectlint


def error_of(ran: Ran) -> str:
    """The error of the only file in a JSON report; the run has exit code 2 and no findings."""
    assert ran.code == 2
    assert ran.json["findings"] == []
    message = ran.json["files"][0]["error"]
    assert isinstance(message, str)
    return message


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "　\n".encode()])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    """An empty file, or one of blanks, is not a checked one: most likely the export failed."""
    (tmp_path / "a.txt").write_bytes(content)
    assert "文件是空的" in error_of(rectlint("check", tmp_path / "a.txt", "-f", "json"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"\xd0\xcf\x11\xe0rest", "doc"),
        (b"abc\x00\x01", "不是文本文件"),
        (b"\x89PNG\r\n\x1a\n\x00", "png"),
    ],
)
def test_binary_file(tmp_path: Path, content: bytes, words: str) -> None:
    """Word, PDF and pictures are named as what they are, with what to do instead."""
    (tmp_path / "a.txt").write_bytes(content)
    assert words in error_of(rectlint("check", tmp_path / "a.txt", "-f", "json"))


@pytest.mark.parametrize(
    "content", ["整改".encode() + b"\xff\xfe\xfa" + "通报".encode(), b"\xef\xbb\xbf\xb5\xda", b"\xff\xfe\x00\xd8\x00"]
)
def test_wrong_encoding(tmp_path: Path, content: bytes) -> None:
    """Bytes in no encoding that can be told for certain are refused, never guessed at."""
    (tmp_path / "a.txt").write_bytes(content)
    message = error_of(rectlint("check", tmp_path / "a.txt", "-f", "json"))
    assert "解码" in message or "UTF-8" in message or "不是文本" in message


def test_other_encoding_is_used_and_said(tmp_path: Path) -> None:
    """A text in GB18030 is checked, and the last line says which encoding was used."""
    (tmp_path / "a.txt").write_bytes(SOUND.encode("gb18030"))
    ran = rectlint("check", tmp_path / "a.txt")
    assert ran.code == 0
    assert "（编码：gb18030）" in ran.last_line


def test_folder_without_texts(tmp_path: Path) -> None:
    """A folder in which there is nothing to check is exit 2 and says what would have been taken."""
    (tmp_path / "a.png").write_bytes(b"PK\x03\x04")
    assert "没有可检查的文本（.txt、.md" in error_of(rectlint("check", tmp_path, "-f", "json"))


def test_broken_configuration(tmp_path: Path) -> None:
    """A configuration that is not TOML is exit 2 with line and column (more in test_config)."""
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "rectlint.toml").write_text("select = [TOT]", "utf-8")
    ran = rectlint("check", tmp_path / "a.txt")
    assert ran.code == 2
    assert "rectlint.toml:1:" in ran.out
    assert "字符串要加英文引号" in ran.out


@pytest.mark.parametrize(
    "text",
    ["code = ", "kind = 'nonsense'\n", "\xff", 'code = "X"\nname = "bad"\n'],
)
def test_broken_rule(tmp_path: Path, text: str) -> None:
    """A user's rule that cannot be loaded stops the run with the file's name; nothing is checked without it."""
    rules = tmp_path / "rules" / "numbering"
    rules.mkdir(parents=True)
    (rules / "bad.toml").write_bytes(text.encode("latin-1"))
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    ran = rectlint("check", tmp_path / "a.txt", "--rules-dir", tmp_path / "rules")
    assert ran.code == 2
    assert "bad.toml" in ran.out
    assert "NUM001" not in ran.out
    assert rectlint("check", tmp_path / "a.txt", "--rules-dir", tmp_path / "none").code == 2


def test_rule_out_of_time(tmp_path: Path) -> None:
    """A rule that runs out of time makes its file unchecked, by name; the other files are checked."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(JUMPING, "utf-8")

    def slow_on_a(source: Source, rules: Sequence[Rule], *, ledger: bool) -> FileResult:
        if source.path.endswith("a.txt"):
            raise RuleError(source.path, "规则 NUM001（gap）超时", "rule NUM001 (gap) ran out of time")
        return check_source(source, rules, ledger=ledger)

    with mock.patch("rectlint.runner.check_source", slow_on_a):
        ran = rectlint("check", tmp_path, "--no-cache", "-f", "json")
    assert ran.code == 2
    assert "规则 NUM001（gap）超时" in ran.json["files"][0]["error"]
    assert {Path(finding["path"]).name for finding in ran.json["findings"]} == {"b.txt"}


def test_engine_times_a_rule_out(tmp_path: Path) -> None:
    """A TimeoutError out of a kind becomes the rule's error, with the rule's code and the file."""
    rule = next(rule for rule in load_rules() if rule.name == "gap")
    with mock.patch("rectlint.engine.load_kind") as load_kind:
        load_kind.return_value.check.side_effect = TimeoutError
        with pytest.raises(RuleError, match="NUM001"):
            check_source(Source(JUMPING), [rule])


def test_accept_file_with_unknown_rule(tmp_path: Path) -> None:
    """An accept file that names no rule of ours is exit 2 with its line (more in test_accept)."""
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "rectlint-accept.toml").write_text(
        '[[accept]]\nrule = "parts-do-not-add"\nreason = "x"\nfingerprint = "0"\n', "utf-8"
    )
    ran = rectlint("check", tmp_path)
    assert ran.code == 2
    assert "rectlint-accept.toml:2" in ran.out
    assert "没有规则 parts-do-not-add" in ran.out


def raising(error: OSError, wanted: str) -> Any:
    """``Path.read_bytes`` that fails for one file name."""
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == wanted:
            raise error
        return read(path)

    return mock.patch("pathlib.Path.read_bytes", read_bytes)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "没有读取权限"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "在检查过程中被移走"),
        (OSError(errno.EIO, "Input/output error"), "读取失败：Input/output error"),
    ],
)
def test_unreadable_file_among_readable_ones(tmp_path: Path, error: OSError, words: str) -> None:
    """A file without permission, one that disappears during the run, a failing disk: told by name, the rest checked."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(JUMPING, "utf-8")
    with raising(error, "a.txt"):
        ran = rectlint("check", tmp_path, "--no-cache", "-f", "json")
    assert ran.code == 2
    assert words in ran.json["files"][0]["error"]
    assert ran.json["findings"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_file_without_permission(tmp_path: Path) -> None:
    """A file that really may not be read."""
    path = tmp_path / "a.txt"
    path.write_text(JUMPING, "utf-8")
    path.chmod(0)
    assert "没有读取权限" in error_of(rectlint("check", path, "-f", "json"))


def test_folder_without_permission(tmp_path: Path) -> None:
    """A folder that may not be listed is reported, not passed over."""
    inner = tmp_path / "in" / "locked"
    inner.mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(SOUND, "utf-8")
    scan = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied")
        return scan(path)

    with mock.patch("os.scandir", scandir):
        ran = rectlint("check", tmp_path / "in", "-f", "json")
    assert ran.code == 2
    assert [Path(file["path"]).name for file in ran.json["files"]] == ["a.txt", "locked"]


def no_space(*_: object, **__: object) -> Any:
    """A disk without space."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_disk_for_the_cache(tmp_path: Path) -> None:
    """Without space for the cache the check is done all the same, and says so once."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(SOUND.replace("学习", f"学习{number}"), "utf-8")
    with mock.patch("tempfile.mkstemp", no_space):
        ran = rectlint("check", tmp_path, "--jobs", "1")
    assert ran.code == 0
    assert ran.out.count("缓存没有写成，检查结果不受影响：磁盘已满") == 1


def test_full_disk_for_an_output(tmp_path: Path) -> None:
    """Without space for an output the run is exit 2, the other output is there, and no half file is left."""
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    with mock.patch("tempfile.mkstemp", no_space):
        ran = rectlint("check", tmp_path / "a.txt", "-f", "concise", "-f", f"json={tmp_path / 'out.json'}")
    assert ran.code == 2
    assert "out.json: 磁盘已满" in ran.last_line
    assert not (tmp_path / "out.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_for_standard_output(tmp_path: Path) -> None:
    """When even standard output cannot be written, the exit code says so."""
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rectlint", "check", tmp_path / "a.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert "rectlint: " in done.stderr.decode("utf-8")


def test_output_into_a_folder_that_is_none(tmp_path: Path) -> None:
    """An output path that cannot be made is exit 2 with the path."""
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    ran = rectlint("check", tmp_path / "a.txt", "-f", f"json={tmp_path / 'a.txt' / 'out.json'}")
    assert ran.code == 2
    assert "写入失败" in ran.last_line


@pytest.mark.parametrize("text", ["共" * 9_000, "1" * 3_000, "、" * 3_000, "\n" * 9_000 + "完", "（" * 3_000])
def test_hostile_text_is_checked(tmp_path: Path, text: str) -> None:
    """Texts of one character, one line or one figure are checked like any other."""
    (tmp_path / "a.txt").write_text(text, "utf-8")
    ran = rectlint("check", tmp_path / "a.txt", "--fail-on", "never")
    assert ran.code == 0
