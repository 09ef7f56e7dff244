"""The command line as its users meet it: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import pytest

from rectlint import FileResult, Rule, Source, engine
from rectlint.cli import app
from rectlint.quick import parse_check
from rectlint.render import FORMATS
from tests.cli_helper import JUMPING, SOUND, Ran, rectlint, rectlint_process


@pytest.fixture
def jumping(tmp_path: Path) -> Path:
    """A text with two contradictions."""
    path = tmp_path / "通报.txt"
    path.write_text(JUMPING, "utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A text without contradictions."""
    path = tmp_path / "无误.txt"
    path.write_text(SOUND, "utf-8")
    return path


def test_sound_text_exits_0(sound: Path) -> None:
    """A text that agrees with itself exits 0 and says what was compared."""
    ran = rectlint("check", sound)
    assert (ran.code, ran.err) == (0, "")
    assert "已检查 1 个文件" in ran.last_line
    assert "退出码 0" in ran.last_line


def test_contradiction_exits_1(jumping: Path) -> None:
    """A contradiction exits 1; the last line says so."""
    ran = rectlint("check", jumping)
    assert ran.code == 1
    assert "退出码 1：有达到“警告”级别的发现" in ran.last_line


def test_fail_on_moves_the_bar(jumping: Path) -> None:
    """Findings below ``--fail-on`` are shown and exit 0."""
    ran = rectlint("check", jumping, "--fail-on", "error")
    assert ran.code == 0
    assert "NUM001" in ran.out
    assert "未达到使检查失败的级别" in ran.last_line
    assert rectlint("check", jumping, "--fail-on=never").code == 0
    assert rectlint("check", jumping, "--fail-on=info").code == 1


def test_missing_file_exits_2_even_beside_findings(jumping: Path) -> None:
    """A path that does not exist is exit 2, whatever else was found: 2 beats 1."""
    ran = rectlint("check", jumping, jumping.parent / "没有.txt")
    assert ran.code == 2
    assert "没有.txt" in ran.last_line
    assert "文件不存在" in ran.last_line
    assert "NUM001" in ran.out


def test_full_format_shows_place_evidence_and_advice(jumping: Path) -> None:
    """The full format holds code, place, sentence, underlined place, evidence, derivation and advice."""
    ran = rectlint("check", jumping)
    assert f"{jumping.as_posix()}:5:1 警告 NUM001" in ran.out
    assert " 5 │ （4）督促检查不够。" in ran.out
    assert "   │ ^^^^^\n" in ran.out
    assert "   │ -----\n" in ran.out
    assert "= 核算 " in ran.out
    assert "= 建议 " in ran.out


def test_piped_output_has_no_colour(jumping: Path) -> None:
    """No escape sequences reach a pipe, and rich's console is not even imported."""
    ran = rectlint_process("check", jumping)
    assert "\x1b" not in ran.out
    assert ran.code == 1


@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_colour_on_a_terminal_only_when_wanted(jumping: Path, no_color: str, colored: bool) -> None:
    """On a terminal there is colour, and none with NO_COLOR; the words are the same."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    pid = os.fork()
    if pid == 0:  # the child is a terminal session of its own
        for stream in (0, 1, 2):
            os.dup2(follower, stream)
        env = os.environ | {"NO_COLOR": no_color, "TERM": "xterm", "COLUMNS": "80"}
        os.execve(sys.executable, [sys.executable, "-m", "rectlint", "check", str(jumping)], env)
    os.close(follower)
    output = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
    os.close(leader)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    assert ("\x1b[" in output.decode()) is colored
    assert "NUM001" in output.decode()


def test_json_has_the_promised_shape(jumping: Path) -> None:
    """The JSON object holds files, findings and summary; positions count code points of the text."""
    ran = rectlint("check", jumping, "--format", "json")
    value = ran.json
    assert value["schema"] == 1
    assert value["files"][0] == {
        "path": jumping.as_posix(),
        "encoding": "utf-8",
        "error": None,
        "comparisons": {"consistent": 0, "unchecked": 0} | value["files"][0]["comparisons"],
    }
    finding = value["findings"][0]
    assert finding["rule"] == "NUM001"
    assert finding["start"] == {"line": 5, "column": 1, "offset": JUMPING.index("（4）")}
    for place in (finding, *finding["evidence"]):
        assert JUMPING[place["start"]["offset"] : place["end"]["offset"]] == place["text"]
    assert finding["evidence"][0]["label"]
    assert "（4）" in finding["derivation"]
    assert value["summary"] == {"files": 1, "errors": 0, "warnings": 2, "infos": 0, "exit": 1}


def test_json_stays_json_when_files_fail(tmp_path: Path) -> None:
    """Files that cannot be checked are in the JSON with their error; the closing line goes to standard error."""
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02")
    ran = rectlint("check", tmp_path / "a.txt", tmp_path / "b.txt", "--format=json")
    assert ran.code == 2
    assert [file["error"] is not None for file in ran.json["files"]] == [True, True]
    assert ran.json["summary"]["exit"] == 2
    assert "退出码 2" in ran.err


def test_english_by_option_and_by_environment(jumping: Path) -> None:
    """``--lang en`` and RECTLINT_LANG give English; the option beats the environment."""
    for ran in (
        rectlint("check", jumping, "--lang", "en"),
        rectlint("check", jumping, env={"RECTLINT_LANG": "en"}),
    ):
        assert "warning NUM001" in ran.out
        assert "exit 1" in ran.last_line
    assert "退出码" in rectlint("check", jumping, "--lang=zh", env={"RECTLINT_LANG": "en"}).last_line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "缺少参数"),
        (["check", "x", "--bad"], "没有 --bad 这个选项"),
        (["check", "x", "--lang", "fr"], "可用：zh、en"),
        (["check", "x", "--fail-on", "fatal"], "没有“fatal”这个值"),
        (["check", "x", "--format", "jsn"], "是不是 json"),
        (["check", "x", "--format", "json", "--format", "csv"], "只能有一种格式输出到屏幕"),
        (["check", "x", "--jobs", "0"], "--jobs 的值不对：不能小于 1"),
        (["check", "x", "--jobs", "two"], "--jobs 的值不对：应为整数"),
        (["config", "missing.txt"], "missing.txt: 文件或文件夹不存在"),
        (["clean", "missing"], "missing: 文件或文件夹不存在"),
        (["chekc"], "是不是 check"),
        (["rule", "no-such-rule"], "没有这条规则"),
        (["rule", "NUM01"], "是不是 NUM"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(arguments: list[str], words: str) -> None:
    """Wrong usage is exit 2, never 1, with a Chinese message on standard error and nothing on standard output."""
    ran = rectlint(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("option", [["--reason", "启用前已公开"], ["--stdin-filename", "通报.md"]])
def test_option_that_would_do_nothing_exits_2(sound: Path, option: list[str]) -> None:
    """An option that goes with another one is refused without it, rather than passed over."""
    ran = rectlint("check", sound, *option)
    assert ran.code == 2
    assert option[0] in ran.last_line


def test_help_of_check_shows_formats_examples_and_exit_codes() -> None:
    """Who asks for help sees every format, lines to copy, and what the exit codes mean."""
    words = rectlint("check", "--help").out
    assert all(format in words for format in FORMATS)
    assert "rectlint check archive/ --fail-on never --statistics" in words
    assert "2  没有检查成，见最后一行" in words


def test_uncaught_exception_exits_2(sound: Path) -> None:
    """A defect of the program itself is exit 2: it must not look like findings."""
    with mock.patch("rectlint.commands.run_check", side_effect=ZeroDivisionError("boom")):
        ran = rectlint("check", sound)
    assert ran.code == 2
    assert "程序内部出错" in ran.err
    assert "boom" in ran.err


def test_crash_in_one_file_leaves_the_others_checked(sound: Path, jumping: Path) -> None:
    """When checking one file crashes, the others are still checked and the run exits 2."""
    check = engine.check_source

    def crash_on_sound(source: Source, rules: Sequence[Rule], *, ledger: bool) -> FileResult:
        if source.path == sound.as_posix():
            raise ZeroDivisionError("boom")
        return check(source, rules, ledger=ledger)

    with mock.patch("rectlint.runner.check_source", crash_on_sound):
        ran = rectlint("check", sound, jumping, "--format=json")
    assert ran.code == 2
    assert "程序内部出错" in ran.json["files"][0]["error"]
    assert ran.json["findings"]


def test_closed_pipe_is_no_error(jumping: Path) -> None:
    """``rectlint check … | head`` ends quietly."""
    script = f"{sys.executable} -m rectlint check {jumping} {jumping} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1"
    assert done.stderr == ""


def test_claims_prints_the_ledger(sound: Path, jumping: Path) -> None:
    """``rectlint claims`` shows consistent and contradicted comparisons alike, as text and as JSON, and exits 0."""
    text = rectlint("claims", sound, jumping)
    assert text.code == 0
    assert "一致" in text.out
    assert "矛盾" in text.out
    value = rectlint("claims", jumping, "--format", "json").json
    assert value["summary"]["contradicted"] == 2
    comparison = next(entry for entry in value["comparisons"] if entry["verdict"] == "contradicted")
    assert comparison["derivation"]
    place = comparison["places"][0]
    assert JUMPING[place["start"]["offset"] : place["end"]["offset"]] == place["text"]
    assert rectlint("claims", "没有.txt").code == 2


def test_rule_is_explained_by_code_or_name() -> None:
    """A rule is found by its code in either case and by its name, and explained under fixed headings."""
    by_code, by_name = rectlint("rule", "num001"), rectlint("rule", "gap")
    assert by_code == by_name
    for heading in ("查什么", "为什么", "怎么办", "例 · 有误"):
        assert heading in by_code.out
    assert rectlint("rule", "NUM001", "--format", "json").json["code"] == "NUM001"


def test_rules_lists_every_rule() -> None:
    """``rectlint rules`` and ``rectlint rules list`` print every rule, also as JSON."""
    assert rectlint("rules").out == rectlint("rules", "list").out
    codes = [rule["code"] for rule in rectlint("rules", "list", "--format", "json").json]
    assert codes == sorted(codes)
    assert all(code in rectlint("rules").out for code in codes)


def test_version_and_help() -> None:
    """``--version`` and ``--help`` exit 0; no command at all is wrong usage."""
    assert rectlint("--version").out.startswith("rectlint 0.")
    assert rectlint("--help").code == 0
    assert rectlint("check", "--help").code == 0
    assert rectlint().code == 2


def test_runs_as_a_module_and_as_a_program(jumping: Path) -> None:
    """``python -m rectlint`` and the installed ``rectlint`` print the same."""
    module = rectlint_process("check", jumping, "--format", "json")
    program = Path(sys.executable).with_name("rectlint")
    if not program.exists():
        pytest.skip("the program is not installed beside this interpreter")
    done = subprocess.run([program, "check", jumping, "--format", "json"], capture_output=True, check=False)
    assert Ran(done.returncode, done.stdout.decode(), done.stderr.decode()) == module


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a.txt"],
        ["check", "a.txt", "b", "-"],
        ["check", "--format", "json", "a.txt"],
        ["check", "--format=json", "-f", "csv=out.csv", "a.txt", "--lang", "en"],
        ["check", "--fail-on", "never", "a.txt", "--lang=zh"],
    ],
)
@pytest.mark.parametrize("environment", [{}, {"RECTLINT_LANG": "en"}])
def test_quick_parse_equals_the_long_way(arguments: list[str], environment: dict[str, str]) -> None:
    """The lines parsed without typer give the very request that typer's parse gives."""
    quick = parse_check(arguments, environment)
    assert quick is not None
    with mock.patch.dict(os.environ, environment), mock.patch("rectlint.commands.check", return_value=0) as check:
        app(args=arguments, standalone_mode=False)
    check.assert_called_once_with(quick)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--help"],
        ["check", "a", "--lang", "fr"],
        ["check", "a", "--format"],
        ["check", "a", "--fail-on", "x"],
        ["check", "a", "--", "b"],
        ["check", "a", "--format", "nonsense"],
        ["check", "-fjson", "a"],
        ["rules"],
        [],
    ],
)
def test_quick_parse_leaves_doubt_to_the_long_way(arguments: list[str]) -> None:
    """Anything but a plain check goes to typer."""
    assert parse_check(arguments, {}) is None


def test_one_bulletin_loads_neither_typer_nor_console(jumping: Path) -> None:
    """A plain check imports what it needs and no more: neither typer nor rich's console nor the process pool."""
    code = (
        "import sys; from rectlint.__main__ import run; run(['check', sys.argv[1], '--format', 'json']);"
        "print([n for n in ('typer', 'pydantic', 'rich.console', 'multiprocessing', 'pathspec') if n in sys.modules],"
        "file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(jumping)], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
    assert json.loads(done.stdout)["summary"]["exit"] == 1
