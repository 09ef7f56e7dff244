"""What a run keeps for the next one: it saves work, changes no result, and does no harm when damaged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "一、整改情况\n收到信访件16件，已办结13件，正在办理2件。\n**二、下一步**\n"
CODE = (
    "import sys; from rectlint.__main__ import run; code = run(['check', sys.argv[1], '--format', 'concise']);"
    "from rectlint import patterns;"
    "print(code, 'tomllib' in sys.modules, 'regex' in sys.modules, len(patterns.fresh_forms()) > 0, file=sys.stderr)"
)


def check(text: Path, kept: Path) -> tuple[str, str]:
    """What a run printed, and its exit code with whether it read TOML, imported all of `regex` and compiled patterns."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(text)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(kept)},
    )
    return done.stdout, done.stderr.splitlines()[-1]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A bulletin with a finding."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_second_run_compiles_and_parses_nothing(text: Path, tmp_path: Path) -> None:
    """The second run takes patterns and rule heads from the first, and says the same."""
    first, second = check(text, tmp_path), check(text, tmp_path)
    assert first[1] == "1 True True True"
    assert second[1] == "1 False False False"
    assert first[0] == second[0]


@pytest.mark.parametrize("damage", [b"", b"\x00junk", b"i\x01\x00\x00\x00"], ids=["empty", "junk", "number"])
def test_damaged_file_is_ignored(text: Path, tmp_path: Path, damage: bytes) -> None:
    """A file that cannot be read counts as none and is written anew."""
    first = check(text, tmp_path)
    (kept,) = (tmp_path / "rectlint").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert check(text, tmp_path) == first
    assert len(kept.read_bytes()) == len(whole)


def test_nothing_is_kept_without_cache(text: Path, tmp_path: Path) -> None:
    """``--no-cache`` leaves nothing behind."""
    command = [sys.executable, "-m", "rectlint", "check", str(text), "--no-cache"]
    subprocess.run(command, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)})
    assert not (tmp_path / "rectlint").exists()
