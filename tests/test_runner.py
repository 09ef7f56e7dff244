"""Many files: in one process and in several, to the end and interrupted."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from rectlint import FileResult, Rule, Source
from rectlint.batch import PARALLEL_FROM, job_count
from tests.benchmarks.folder import WAYS, check, write_folder
from tests.cli_helper import JUMPING, SOUND, rectlint, rectlint_process
from tests.schemas import check_gitlab, check_junit, check_sarif


def lay_folder(folder: Path, count: int) -> Path:
    """A folder of bulletins that differ: sound ones, contradictory ones, other encodings, and one that is no text."""
    for number in range(count):
        text = (JUMPING if number % 3 else SOUND).replace("学习制度", f"学习制度{number}")
        path = folder / f"{number % 7}" / f"通报{number:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("gb18030" if number % 5 == 0 else "utf-8"))
    (folder / "坏.txt").write_bytes(b"\x00\x01\x02")
    return folder


@pytest.mark.parametrize("format", ["full", "json", "sarif", "csv", "html"])
def test_parallel_equals_serial_byte_for_byte(tmp_path: Path, format: str) -> None:
    """Several processes print exactly what one prints."""
    folder = lay_folder(tmp_path / "in", 90)
    one = rectlint("check", folder, "--jobs", "1", "--no-cache", "--format", format)
    three = rectlint("check", folder, "--jobs", "3", "--no-cache", "--format", format)
    assert one.code == 2
    assert one == three


def test_generated_folder_prints_the_same_bytes_every_way(tmp_path: Path) -> None:
    """Generated bulletins, cold and warm, in one process and in two: the same report to the byte (2,000 in benchmarks)."""
    folder, cache = tmp_path / "texts", tmp_path / "cache"
    cache.mkdir()
    write_folder(folder, 16)
    took = [check(folder, way, cache, tmp_path / "patterns") for way in WAYS]
    assert len(took) == 4
    assert len({run.digest for run in took}) == 1


def test_folders_run_in_parallel_only_when_worth_it() -> None:
    """Few files run in one process; many in one a processor; what is asked for is done, but never more than files."""
    with mock.patch("os.sched_getaffinity", return_value={0, 1}, create=True):
        assert job_count(None, 1) == 1
        assert job_count(None, PARALLEL_FROM - 1) == 1
        assert job_count(None, PARALLEL_FROM) == 2
    assert job_count(8, 3) == 3
    assert job_count(1, 1000) == 1


def test_dying_worker_leaves_errors_not_silence(tmp_path: Path) -> None:
    """When a process dies under its work, its files are reported as not checked and the run exits 2."""
    folder = lay_folder(tmp_path / "in", 12)

    def die(source: Source, rules: Sequence[Rule], *, ledger: bool) -> FileResult:
        os._exit(9)

    with mock.patch("rectlint.runner.check_source", die):
        ran = rectlint("check", folder, "--jobs", "2", "--no-cache", "--format", "json")
    assert ran.code == 2
    assert all("意外终止" in file["error"] or "控制字符" in file["error"] for file in ran.json["files"])
    assert len(ran.json["files"]) == 13


def test_worker_dying_before_all_is_handed_out(tmp_path: Path) -> None:
    """A pool that breaks while files are still being handed out gives the same errors, and loses no file."""
    folder = lay_folder(tmp_path / "in", 40)
    given: list[object] = []
    submit = ProcessPoolExecutor.submit

    def breaking(self: ProcessPoolExecutor, *work: Any, **named: Any) -> Any:
        given.append(work)
        if len(given) > 1:
            raise BrokenProcessPool
        return submit(self, *work, **named)

    with mock.patch.object(ProcessPoolExecutor, "submit", breaking):
        ran = rectlint("check", folder, "--jobs", "2", "--no-cache", "--format", "json")
    assert ran.code == 2
    assert len(ran.json["files"]) == 41
    checked = [file for file in ran.json["files"] if file["error"] is None]
    assert 0 < len(checked) < 40
    assert sum("意外终止" in (file["error"] or "") for file in ran.json["files"]) > 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_tells_what_was_done(tmp_path: Path, jobs: str) -> None:
    """Ctrl-C ends with 130, valid output of what was done so far, and the number of files left."""
    names = [tmp_path / f"{number:02}.txt" for number in range(20)]
    for name in names[:1] + names[3:]:
        name.write_text(JUMPING, "utf-8")
    for name in names[1:3]:  # a pipe for each process, so that none can run ahead
        os.mkfifo(name)
    arguments = ["check", *map(str, names), "--jobs", jobs, "--no-cache", "--format", "json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "rectlint", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # a shell that runs the tests in the background has its children ignore Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with contextlib.ExitStack() as pipes:
        for name in names[1 : 1 + int(jobs)]:  # opens when the program has come to read it; nothing is ever written
            pipes.enter_context(name.open("wb"))
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    report = json.loads(out)
    assert process.returncode == 130
    assert report["summary"]["exit"] == 130
    assert report["files"][0]["path"].endswith("00.txt")
    assert report["findings"]
    assert len(report["files"]) < 20
    assert "因中断未检查" in err.decode()


def test_progress_is_for_terminals_only(tmp_path: Path) -> None:
    """No progress bar is written into a pipe."""
    folder = lay_folder(tmp_path / "in", 60)
    ran = rectlint_process("check", folder, "--no-cache", "--format", "json")
    assert "\x1b" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_progress_bar_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal a bar counts the files, and the report follows it unharmed."""
    pty = pytest.importorskip("pty")
    folder = lay_folder(tmp_path / "in", 60)
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "rectlint", "check", str(folder), "--no-cache", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=follower,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(follower)
    out, _ = process.communicate(timeout=120)
    shown = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    os.close(leader)
    assert "61/61" in shown.decode("utf-8")
    assert out.startswith(b"{")


def test_several_formats_in_one_run(tmp_path: Path) -> None:
    """One run writes any number of formats to files and one to standard output; CSV opens with a byte order mark."""
    folder = lay_folder(tmp_path / "in", 3)
    out = tmp_path / "out"
    arguments = [f"--format={name}={out / name}" for name in ("json", "sarif", "csv", "html", "junit", "gitlab")]
    ran = rectlint("check", folder, "--format", "concise", *arguments, cwd=tmp_path)
    assert ran.out.splitlines()[0].count("NUM001") <= 1
    assert "退出码 2" in ran.last_line
    assert sorted(path.name for path in out.iterdir()) == ["csv", "gitlab", "html", "json", "junit", "sarif"]
    assert (out / "csv").read_bytes().startswith(b"\xef\xbb\xbf")
    texts = {path.name: path.read_text("utf-8-sig") for path in out.iterdir()}
    found = len(json.loads(texts["json"])["findings"])
    assert found > 0
    assert len(check_sarif(texts["sarif"])["runs"][0]["results"]) == found
    check_junit(texts["junit"])
    unchecked = 1  # the file that is no text
    assert len(check_gitlab(texts["gitlab"])) == found + unchecked
    assert len(list(csv.DictReader(io.StringIO(texts["csv"], newline="")))) == found + unchecked
    only_file = rectlint("check", folder, "--format", f"json={out / 'again.json'}")
    assert only_file.out.count("\n") == 1
    assert (out / "again.json").read_text("utf-8").strip() == rectlint("check", folder, "--format=json").out.strip()


def test_statistics_follow_the_report(tmp_path: Path) -> None:
    """``--statistics`` counts by family and rule before the last line."""
    ran = rectlint("check", lay_folder(tmp_path / "in", 6), "--statistics")
    assert "统计（处数，规则，涉及文件数）" in ran.out
    assert "NUM     序号" in ran.out
    assert "退出码" in ran.last_line
