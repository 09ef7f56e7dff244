"""Both READMEs show the same commands, every command works, and every configuration shown is accepted."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

import rectlint as library
from tests.cli_helper import JUMPING, SOUND, rectlint
from tests.readers.wordfiles import docx, para
from tests.test_changes import git

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = (ROOT / name for name in ("README.md", "README.zh.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# commands about this machine rather than about texts
_NOT_RUN = ("--install-completion", "--diff-base")


def blocks(path: Path, language: str) -> list[str]:
    """The code blocks of one language, without comments and trailing blanks."""
    found = [text for name, text in _BLOCK.findall(path.read_text("utf-8")) if name == language]
    return ["\n".join(re.sub(r"\s+# .*$", "", line) for line in text.splitlines()) for text in found]


def commands() -> list[str]:
    """Every rectlint command of the English README, once."""
    lines = [line for block in blocks(ENGLISH, "bash") for line in block.splitlines()]
    return list(dict.fromkeys(line for line in lines if line.startswith("rectlint ")))


@pytest.mark.parametrize("language", ["bash", "toml", "yaml", "lua", "python", "markdown"])
def test_both_readmes_show_the_same(language: str) -> None:
    """Commands, configurations and code are the same in both languages, in the same order."""
    assert blocks(ENGLISH, language) == blocks(CHINESE, language)
    assert blocks(ENGLISH, language)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files the README speaks of, with the configuration it shows."""
    for name in ("通报.txt", "drafts/a.txt", "archive/b.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SOUND, "utf-8")
    (tmp_path / "通报.docx").write_bytes(docx("".join(map(para, SOUND.splitlines()))))
    (tmp_path / "rectlint.toml").write_text(blocks(ENGLISH, "toml")[0], "utf-8")
    assert rectlint("rules", "new", "NUM", "our-first", "--kind", "numbering", cwd=tmp_path).code == 0
    return tmp_path


@pytest.mark.parametrize("command", commands())
def test_every_command_works(project: Path, command: str) -> None:
    """Every command shown runs, in a folder with the files it names, without being refused."""
    if any(word in command for word in _NOT_RUN):
        pytest.skip("about the machine or its repository; tested elsewhere")
    text, _, given = command.partition(" < ")
    arguments = shlex.split(text)[1:]
    stdin = (project / given).read_bytes() if given else b""
    ran = rectlint(*arguments, stdin=stdin, cwd=project)
    if arguments[:2] == ["rules", "test"]:  # the skeleton of a rule is waiting to be filled in
        assert ran.code == 1
    else:
        assert ran.code == 0, ran.out + ran.err


def test_rollout_guide_leads_to_a_gate(tmp_path: Path) -> None:
    """The guide's own commands, one after the other: a look that stops nothing, a baseline, and then only what is new."""
    guide = CHINESE.read_text("utf-8").partition("## 推广指南")[2].partition("\n## ")[0]
    look, baseline = (shlex.split(line)[1:] for line in re.findall(r"^    (rectlint .*)$", guide, re.MULTILINE))
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "旧稿.txt").write_text(JUMPING, "utf-8")
    assert rectlint("check", "archive", cwd=tmp_path).code == 1
    looked = rectlint(*look, cwd=tmp_path)
    assert looked.code == 0
    assert "统计" in looked.out
    assert (tmp_path / "report.html").is_file()
    assert rectlint(*baseline, cwd=tmp_path).code == 0
    assert rectlint("check", ".", cwd=tmp_path).code == 0
    (tmp_path / "新稿.txt").write_text(JUMPING, "utf-8")
    gate = rectlint("check", ".", "-f", "json", cwd=tmp_path)
    assert gate.code == 1
    assert {finding["path"] for finding in gate.json["findings"]} == {"新稿.txt"}


def test_diff_base_command_works(project: Path) -> None:
    """The command for changes works in a repository."""
    git(project, "init", "-b", "main")
    git(project, "add", ".")
    git(project, "commit", "-m", "first")
    command = next(command for command in commands() if "--diff-base" in command)
    assert rectlint(*shlex.split(command)[1:], cwd=project).code == 0


def test_shown_report_is_the_real_one(tmp_path: Path) -> None:
    """The report printed in each README is what the program prints today."""
    text = "关于巡察整改进展情况的通报\n\n一、问题整改情况\n巡察组移交信访件16件，已办结13件，正在办理2件。\n"
    (tmp_path / "通报.txt").write_text(text + "二、下一步工作\n持续抓好后续整改。\n", "utf-8")
    for path, language in ((ENGLISH, "en"), (CHINESE, "zh")):
        shown = next(block for name, block in _BLOCK.findall(path.read_text("utf-8")) if name == "text")
        assert rectlint("check", "通报.txt", "--lang", language, cwd=tmp_path).out == shown


def test_shown_yaml_and_toml_are_well_formed() -> None:
    """Every snippet parses, and the GitLab job runs a command that exists."""
    for text in blocks(ENGLISH, "toml"):
        tomllib.loads(text)
    snippets = [yaml.safe_load(text) for text in blocks(ENGLISH, "yaml")]
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert snippets[0]["repos"][0]["hooks"][0]["id"] == hook["id"]
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert set(snippets[1]["jobs"]["rectlint"]["steps"][1]["with"]) <= set(inputs)
    assert snippets[2]["rectlint"]["script"][1].startswith("rectlint check ")


def test_gitlab_job_writes_its_reports(project: Path) -> None:
    """The GitLab job's command writes the two reports it promises to upload."""
    job = yaml.safe_load(blocks(ENGLISH, "yaml")[2])["rectlint"]
    assert rectlint(*shlex.split(job["script"][1])[1:], cwd=project).code == 0
    for name in job["artifacts"]["reports"].values():
        assert (project / name).is_file()


def test_shown_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python shown prints a finding."""
    exec(compile(blocks(ENGLISH, "python")[0], "README.md", "exec"), {"rectlint": library})
    assert "TOT001" in capsys.readouterr().out


def test_every_format_is_described() -> None:
    """Every format of the program is in both tables."""
    from rectlint.render import FORMATS

    for path in (ENGLISH, CHINESE):
        text = path.read_text("utf-8")
        for name in FORMATS:
            assert f"`{name}`" in text
