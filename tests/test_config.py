"""Configuration: which file holds, what it may say, and that every mistake in it names its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rectlint.config import PROFILE_FOLDER, settings_of
from rectlint.ruleset import builtin_directory
from rectlint.selection import load_configured_rules
from tests.cli_helper import JUMPING, rectlint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one text that contradicts itself."""
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    return tmp_path


def write(folder: Path, text: str, name: str = "rectlint.toml") -> Path:
    """Write a configuration file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def rules_found(project: Path, *options: str) -> set[str]:
    """The rules that the text breaks under these options."""
    return {
        finding["rule"] for finding in rectlint("check", project / "a.txt", "-f", "json", *options).json["findings"]
    }


def setting(project: Path, key: str, *options: str | Path) -> Any:
    """Value and origin of a setting as ``rectlint config`` reports it."""
    return rectlint("config", project / "a.txt", "--format", "json", *options).json["settings"][key]


@pytest.mark.parametrize("selector", ["NUM001", "num001", "gap", "NUM", "numbering", "ALL"])
def test_a_rule_may_be_named_by_code_name_family_or_all(project: Path, selector: str) -> None:
    """Every way of naming a rule works in ignore, in the file and on the command line."""
    assert "NUM001" in rules_found(project)
    assert "NUM001" not in rules_found(project, "--ignore", selector)
    assert "NUM001" in rules_found(project, "--select", selector)
    write(project, f'ignore = ["{selector}"]')
    assert "NUM001" not in rules_found(project)


def test_the_more_particular_word_wins(project: Path) -> None:
    """A rule selected by name runs although its family is ignored; ignored by name it rests although selected."""
    write(project, 'select = ["gap"]\nignore = ["NUM"]')
    assert "NUM001" in rules_found(project)
    write(project, 'select = ["NUM"]\nignore = ["gap"]')
    assert "NUM001" not in rules_found(project)
    write(project, 'select = ["gap"]\nignore = ["gap"]')
    assert "NUM001" not in rules_found(project)


def test_nearest_file_holds(project: Path) -> None:
    """The file nearest to the text holds, and the one above it not at all."""
    inner = project / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text(JUMPING, "utf-8")
    write(project, 'ignore = ["gap"]')
    assert "NUM001" not in rules_found(inner)
    write(inner, "preview = false")
    assert "NUM001" in rules_found(inner)
    both = rectlint("check", project, "-f", "json").json["findings"]
    assert {Path(finding["path"]).parent.name for finding in both} == {"inner"}


def test_extend_takes_over_a_file_on_purpose(project: Path) -> None:
    """``extend`` lays a file under this one; tables are merged, lists replaced."""
    write(project / "shared", 'ignore = ["gap"]\n[severity]\ngap = "error"\nTOT = "info"', "base.toml")
    write(project, 'extend = "shared/base.toml"\n[severity]\nTOT = "warning"')
    assert setting(project, "ignore")["value"] == ["gap"]
    assert setting(project, "ignore")["origin"].endswith("base.toml:1")
    assert setting(project, "severity.gap")["value"] == "error"
    assert setting(project, "severity.TOT")["value"] == "warning"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rectlint.toml", 'ignore = ["gap"]'),
        (".rectlint.toml", 'ignore = ["gap"]'),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.rectlint]\nignore = ["gap"]'),
    ],
)
def test_three_file_names(project: Path, name: str, text: str) -> None:
    """All three file names are read, and the origin of a setting names the line."""
    write(project, text, name)
    assert "NUM001" not in rules_found(project)
    assert setting(project, "ignore")["origin"] == f"{project / name}:{len(text.splitlines())}"


def test_pyproject_of_other_tools_is_passed_over(project: Path) -> None:
    """A pyproject.toml without our table does not hide a configuration above it."""
    inner = project / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text(JUMPING, "utf-8")
    write(inner, '[tool.other]\nx = "rectlint"', "pyproject.toml")
    write(project, 'ignore = ["gap"]')
    assert "NUM001" not in rules_found(inner)


def test_severity_and_fail_on(project: Path) -> None:
    """Severity is set apart from selection; fail-on decides the exit code; the command line beats the file."""
    write(project, '[severity]\nNUM = "info"\ngap = "error"')
    findings = rectlint("check", project / "a.txt", "-f", "json").json["findings"]
    assert {finding["severity"] for finding in findings if finding["rule"] == "NUM001"} == {"error"}
    write(project, 'fail-on = "error"')
    assert rectlint("check", project / "a.txt").code == 0
    assert rectlint("check", project / "a.txt", "--fail-on", "warning").code == 1


def test_per_file_ignores(project: Path) -> None:
    """Rules rest for the files a pattern names, relative to the configuration file; others are checked."""
    (project / "旧").mkdir()
    (project / "旧" / "b.txt").write_text(JUMPING, "utf-8")
    write(project, '[per-file-ignores]\n"旧/*.txt" = ["NUM"]')
    findings = rectlint("check", project, "-f", "json").json["findings"]
    assert {Path(finding["path"]).name for finding in findings if finding["rule"] == "NUM001"} == {"a.txt"}
    rules = rectlint("config", project / "旧" / "b.txt", "--format=json").json["rules"]
    gap = next(rule for rule in rules if rule["name"] == "gap")
    assert gap["active"] is False
    assert "rectlint.toml:2" in gap["reason"]


def some_parameter() -> tuple[str, str, int]:
    """A rule with a parameter that is a whole number, the parameter and its value."""
    for rule in rectlint("rules", "list", "--format", "json").json:
        for name, value in rule["params"].items():
            if type(value) is int:
                return rule["name"], name, value
    pytest.skip("no rule has a number as parameter")


def test_parameters_of_a_rule(project: Path) -> None:
    """``[rules.NAME]`` sets the parameters of a rule."""
    rule, parameter, value = some_parameter()
    path = write(project, f"[rules.{rule}]\n{parameter} = {value + 1}")
    settings = settings_of(project)
    configured = next(entry for entry in load_configured_rules(settings) if entry.name == rule)
    assert getattr(configured.params, parameter) == value + 1
    assert rectlint("check", project / "a.txt").code in (0, 1)
    assert setting(project, f"rules.{rule}")["origin"] == f"{path}:1"


@pytest.mark.parametrize(("given", "words"), [("{}s = 1", "是不是 {}"), ("{} = 'x'", "{} 应为整数，写成了文字")])
def test_mistaken_parameters_name_their_line(project: Path, given: str, words: str) -> None:
    """A misspelt parameter gets a hint, one of the wrong type is told the right one; both with the line."""
    rule, parameter, _ = some_parameter()
    path = write(project, f"[rules.{rule}]\n{given.format(parameter)}")
    ran = rectlint("check", project / "a.txt")
    assert ran.code == 2
    assert f"{path}:2" in ran.out
    assert words.format(parameter) in ran.out


def test_profiles_are_bundles_of_settings(project: Path) -> None:
    """A profile is named in the file or on the command line; what the file itself says beats it."""
    text = 'profile = "从宽"\n[profiles."从宽"]\nfail-on = "never"\nignore = ["gap"]\n[profiles."从严"]\nfail-on = "info"\n'
    write(project, text)
    assert "NUM001" not in rules_found(project)
    assert rectlint("check", project / "a.txt").code == 0
    assert setting(project, "fail-on")["origin"].endswith(":3")
    assert setting(project, "fail-on", "--profile", "从严")["value"] == "info"
    write(project, 'fail-on = "error"\n' + text)
    assert setting(project, "fail-on")["value"] == "error"


@pytest.mark.parametrize(
    "path", sorted((builtin_directory() / PROFILE_FOLDER).glob("*.toml")), ids=lambda path: path.stem
)
def test_profiles_that_come_with_it_load(project: Path, path: Path) -> None:
    """Each profile that comes with the program names rules that exist, and is named by its file."""
    assert rectlint("check", project / "a.txt", "--profile", path.stem).code in (0, 1)
    assert rectlint("config", project, "--profile", path.stem, "--format", "json").json["settings"]["profile"] == {
        "value": path.stem,
        "origin": "--profile",
    }


def test_profile_for_lawful_omissions(project: Path) -> None:
    """Where items may be left out, a gap in the numbering is only worth a look."""
    assert rectlint("check", project / "a.txt").code == 1
    assert rectlint("check", project / "a.txt", "--profile", "omissions-allowed").code == 0
    write(project, 'profile = "omissions-allowed"\n[severity]\ngap = "error"')
    assert rectlint("check", project / "a.txt", "--fail-on", "error").code == 1


def test_missing_folder_of_rules_names_its_line(project: Path) -> None:
    """A folder of rules that is not there is told with the line that asks for it and what to do."""
    write(project, 'preview = false\nrules-dirs = ["rectlint-rules"]')
    ran = rectlint("check", project / "a.txt")
    assert ran.code == 2
    assert "rectlint.toml:2: 规则目录不存在" in ran.last_line
    assert "rectlint rules new 类别 规则名 --directory rectlint-rules" in ran.last_line


def test_profile_against_omissions(project: Path) -> None:
    """Where every item must be told, a gap in the numbering is an error."""
    found = rectlint("check", project / "a.txt", "-f", "json", "--profile", "omissions-refused").json["findings"]
    assert {finding["severity"] for finding in found if finding["rule"] == "NUM001"} == {"error"}


OVER_TIME = """关于巡察整改进展情况的通报
2023年6月26日至8月11日，县委第三巡察组对某镇党委进行巡察，并于2023年9月5日反馈巡察意见。
集中整改于2024年1月15日全面完成。
"""


@pytest.mark.parametrize(
    ("profile", "rules"),
    [
        ("", []),
        ("campaign-3-months", ["LOC002"]),
        ("campaign-6-months", []),
        ("usual-sections", ["LOC001"]),
        ("本地", ["LOC001", "LOC003"]),
    ],
)
def test_local_practice_is_set_by_profiles(tmp_path: Path, profile: str, rules: list[str]) -> None:
    """Months and required sections come from a profile and nowhere else: without one nothing of it is asked."""
    (tmp_path / "a.txt").write_text(OVER_TIME + "中共某镇委员会\n2024年2月6日\n", "utf-8")
    write(
        tmp_path,
        '[profiles."本地".rules.published-late]\nmonths = 4\n'
        '[profiles."本地".rules.required-section-missing]\nsections = ["问题清单|销号清单"]\n'
        '[profiles."本地".rules.campaign-over-time]\nmonths = 4\nslack_days = 10\n',
    )
    options = ["--profile", profile] if profile else []
    found = rectlint("check", tmp_path / "a.txt", "-f", "json", "--select", "LOC", *options).json["findings"]
    assert [finding["rule"] for finding in found] == rules
    if profile == "本地":
        assert found[0]["message"] == "按本地要求应有而没有：问题清单／销号清单"
        origin = rectlint("config", tmp_path, "--format", "json", *options).json["settings"]["rules.published-late"]
        assert origin["origin"].endswith("rectlint.toml:1")


def test_settings_are_shown_as_they_are_written(project: Path) -> None:
    """What ``rectlint config`` prints for a setting can be written into a file as it stands; rules are told in words."""
    write(project, "[rules.campaign-over-time]\nmonths = 3\n[severity]\nNUM = 'info'")
    words = rectlint("config", project).out
    assert "rules.campaign-over-time = { months = 3 } " in words
    assert 'severity.NUM = "info" ' in words
    assert "accept-file = （未设）" in words
    assert "NUM001 gap 序号跳号 [提示]" in words
    assert "null" not in words


def test_rule_that_waits_for_its_parameter_says_so(project: Path) -> None:
    """A rule that asks for nothing unless configured is off until then, with the reason, and on afterwards."""

    def reported() -> tuple[bool, str]:
        rules = rectlint("config", project, "--format", "json").json["rules"]
        rule = next(rule for rule in rules if rule["name"] == "campaign-over-time")
        return rule["active"], rule["reason"]

    assert reported() == (False, "waits for its parameter months")
    write(project, "[rules.campaign-over-time]\nmonths = 3")
    assert reported() == (True, "selected: ALL (default)")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ('sections = ["下一步", 3]', "应为文字列表"),
        ('sections = "下一步"', "应为列表，写成了文字"),
        ("months = 3", "months"),
    ],
)
def test_mistaken_local_practice_names_its_line(project: Path, setting: str, words: str) -> None:
    """A list of something else, no list, and another rule's parameter are refused with the line."""
    write(project, f"[rules.required-section-missing]\n{setting}")
    ran = rectlint("check", project / "a.txt")
    assert ran.code == 2
    assert "rectlint.toml:2" in ran.out
    assert words in ran.out


def test_include_and_exclude(project: Path) -> None:
    """Patterns in the file say which files a folder gives."""
    (project / "b.text").write_text(JUMPING, "utf-8")
    write(project, 'include = ["*.text"]')
    files = rectlint("check", project, "-f", "json").json["files"]
    assert [Path(file["path"]).name for file in files] == ["b.text"]
    files = rectlint("check", project, "-f", "json", "--include", "*.t*xt", "--exclude", "b.*").json["files"]
    assert [Path(file["path"]).name for file in files] == ["a.txt"]


def test_config_and_isolated_options(project: Path) -> None:
    """``--config`` takes that file whatever lies nearer; ``--isolated`` takes none."""
    write(project, 'ignore = ["gap"]')
    other = write(project / "other", 'select = ["ALL"]', "x.toml")
    assert "NUM001" in rules_found(project, "--config", str(other))
    assert "NUM001" in rules_found(project, "--isolated")
    assert rectlint("check", project / "a.txt", "--config", project / "none.toml").code == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nfail_on = 'error'", 2, "是不是 fail-on"),
        ("fail-on = 'fatal'", 1, "不能是“fatal”"),
        ("select = 'TOT'", 1, "应为文字列表"),
        ("preview = 'yes'", 1, "应为 true 或 false"),
        ("# 注\nselect = ['TOT001', 'parts-do-not-sun']", 2, "是不是 parts-do-not-sum"),
        ("ignore = ['XYZ123x']", 1, "没有规则或类别 XYZ123x"),
        ("[severity]\nTOT = 'fatal'", 2, "不能是“fatal”"),
        ("[severity]\nnonsense = 'error'", 2, "没有规则或类别 nonsense"),
        ("[per-file-ignores]\n'a' = 'b'", 2, "应为文字列表"),
        ("[rules.gapp]\nmin_items = 1", 1, "是不是 gap"),
        ("rules = 3", 1, "应为一个表"),
        ("extend = 'none.toml'", 1, "找不到"),
        ("extend = 'rectlint.toml'", 1, "绕成了圈"),
        ("profile = 'none'", 1, "没有名为“none”的配置方案"),
        ("a = = 1", 1, "不是有效的 TOML"),
        ("a = 1\nx = [1,\n", 2, "不是有效的 TOML"),
    ],
)
def test_every_mistake_names_its_line(project: Path, text: str, line: int, words: str) -> None:
    """A broken configuration is exit 2 with file, line, what is wrong and a hint, and nothing is checked."""
    path = write(project, text)
    ran = rectlint("check", project / "a.txt")
    assert ran.code == 2
    assert f"{path}:{line}" in ran.out
    assert words in ran.out
    assert "NUM001" not in ran.out


def test_broken_configuration_still_gives_json(project: Path) -> None:
    """With --format json a broken configuration is a problem in valid JSON."""
    write(project, "nonsense = 1")
    ran = rectlint("check", project / "a.txt", "--format", "json")
    assert ran.code == 2
    assert "nonsense" in ran.json["problems"][0]["message"]
    assert ran.json["summary"]["exit"] == 2


def test_configuration_in_another_encoding_is_told(project: Path) -> None:
    """A file saved in the local code page is told so; a byte order mark is no obstacle."""
    (project / "rectlint.toml").write_bytes('# 配置\nignore = ["gap"]'.encode("gb18030"))
    ran = rectlint("check", project / "a.txt")
    assert ran.code == 2
    assert "不是 UTF-8 编码" in ran.out
    (project / "rectlint.toml").write_bytes('# 配置\r\nignore = ["gap"]'.encode("utf-8-sig"))
    assert "NUM001" not in rules_found(project)


def test_config_prints_every_setting_with_its_origin(project: Path) -> None:
    """``rectlint config FILE`` shows values, origins, and each rule on or off with the reason."""
    path = write(project, 'ignore = ["TOT"]')
    ran = rectlint("config", project / "a.txt")
    assert ran.code == 0
    assert f"# {path}:1" in ran.out
    assert "# 默认" in ran.out
    assert f"ignore 了 TOT（{path}:1）" in ran.out
    assert rectlint("config", cwd=project).out == rectlint("config", project).out
