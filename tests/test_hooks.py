"""Where people meet the program: pre-commit, GitHub, GitLab, the shell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli_helper import JUMPING, SOUND

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
needs_program = pytest.mark.skipif(not (PROGRAMS / "rectlint").exists(), reason="rectlint is not installed here")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a command that finds this rectlint, and no configuration of this machine."""
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {f"GIT_{role}_{what}": "t@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**os.environ, **git, **names, "PATH": path, "PRE_COMMIT_HOME": str(folder / ".pre-commit"), **more}


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    return subprocess.run(
        command, cwd=folder, env=environment(folder, **more), capture_output=True, text=True, check=False
    )


def hook() -> dict[str, Any]:
    """The hook we offer."""
    (offered,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(offered, dict)
    return offered


@needs_program
@pytest.mark.parametrize(("text", "code"), [(JUMPING, 1), (SOUND, 0)])
def test_pre_commit_runs_the_hook(tmp_path: Path, text: str, code: int) -> None:
    """A real pre-commit run with our hook stops a commit with findings, lets others pass, and leaves pictures alone."""
    if shutil.which("pre-commit", path=environment(tmp_path)["PATH"]) is None:
        pytest.skip("pre-commit is not installed")
    repository = tmp_path / "repository"
    repository.mkdir()
    # the hook as offered, but run with the rectlint that is installed: building an environment needs a network
    local = {**hook(), "language": "system"}
    del local["minimum_pre_commit_version"]
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    (repository / "通报.txt").write_text(text, "utf-8")
    (repository / "draft.md").write_text(SOUND, "utf-8")
    (repository / "旧").mkdir()
    (repository / "旧" / "old.txt").write_text(JUMPING, "utf-8")
    (repository / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (repository / "rectlint.toml").write_text('exclude = ["旧/"]', "utf-8")
    run(repository, "git", "init", "-b", "main")
    run(repository, "git", "add", ".")
    done = run(repository, "pre-commit", "run", "--all-files", PRE_COMMIT_HOME=str(tmp_path / "home"))
    assert done.returncode == code, done.stdout + done.stderr
    assert ("NUM001" in done.stdout) is bool(code)
    assert "old.txt" not in done.stdout


def action() -> dict[str, Any]:
    """The GitHub action."""
    value = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert isinstance(value, dict)
    return value


def test_action_is_well_formed() -> None:
    """A composite action: every input it reads is declared, every step is a script with a shell or another action."""
    value = action()
    assert value["runs"]["using"] == "composite"
    text = (ROOT / "action.yml").read_text("utf-8")
    for name in value["inputs"]:
        assert f"inputs.{name}" in text
    for step in value["runs"]["steps"]:
        assert ("run" in step) is ("shell" in step)
        assert ("run" in step) is not ("uses" in step)
        # what comes from outside reaches a script only through its environment
        assert "${{" not in step.get("run", "")


@needs_program
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"INPUT_PATHS": "."}, 1),
        ({"INPUT_PATHS": ".", "INPUT_FAIL_ON": "never"}, 0),
        ({"INPUT_PATHS": ".", "INPUT_ARGS": "--ignore gap"}, 0),
        ({"INPUT_PATHS": "none.txt"}, 2),
    ],
)
def test_action_checks_and_writes_its_outputs(tmp_path: Path, inputs: dict[str, str], code: int) -> None:
    """The action's own script, run as GitHub runs it, annotates, writes SARIF and hands the exit code on."""
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    script = next(step["run"] for step in action()["runs"]["steps"] if step.get("id") == "check")
    given = {"INPUT_PATHS": ".", "INPUT_ARGS": "", "INPUT_FAIL_ON": "", "INPUT_SARIF": "out.sarif", **inputs}
    output = tmp_path / "github-output"
    done = run(tmp_path, "bash", "-e", "-o", "pipefail", "-c", script, GITHUB_OUTPUT=str(output), **given)
    assert done.returncode == 0, done.stderr
    assert output.read_text() == f"exit-code={code}\n"
    assert json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"][0]["invocations"][0]["exitCode"] == code
    assert ("::warning file=a.txt,line=5" in done.stdout) is (code == 1 or "INPUT_FAIL_ON" in inputs)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(("extras", "asked"), [("", "/action"), ("docx,xlsx", "/action[docx,xlsx]")])
def test_action_installs_what_other_files_need(tmp_path: Path, extras: str, asked: str) -> None:
    """The action's installing step, with a ``python`` that only tells its arguments, asks for the extras wanted."""
    script = next(step["run"] for step in action()["runs"]["steps"] if step.get("name") == "Install rectlint")
    teller = f"python() {{ printf '%s\\n' \"$@\"; }}\n{script}"
    done = run(tmp_path, "bash", "-eu", "-c", teller, ACTION_PATH="/action", INPUT_EXTRAS=extras)
    assert done.stdout.splitlines()[-1] == asked


@needs_program
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_script(tmp_path: Path, shell: str) -> None:
    """The program prints a completion script for the common shells."""
    done = run(tmp_path, str(PROGRAMS / "rectlint"), _RECTLINT_COMPLETE=f"source_{shell}")
    assert done.returncode == 0
    assert "rectlint" in done.stdout


@needs_program
def test_shell_completion_of_commands(tmp_path: Path) -> None:
    """Completing the first word offers the commands that begin with it."""
    more = {"_RECTLINT_COMPLETE": "complete_bash", "COMP_WORDS": "rectlint ch", "COMP_CWORD": "1"}
    done = run(tmp_path, str(PROGRAMS / "rectlint"), **more)
    assert done.returncode == 0
    assert done.stdout.split() == ["check"]
