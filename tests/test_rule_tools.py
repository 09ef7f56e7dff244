"""Rules as a product: testing them, beginning new ones, extending built-in ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_helper import JUMPING, rectlint

MY_GAP = """
code = "NUM900"
name = "my-gap"
extends = "gap"
severity = "error"

[message]
zh = "跳号了：缺{expected}"
en = "gap: {expected}"

[[bad]]
name = "缺一条"
text = "（1）甲项工作。\\n⟦~（2）⟧乙项工作。\\n⟦（4）⟧丙项工作。"

[[bad]]
name = "缺二是"
text = "整改情况：⟦~一是⟧修订制度；⟦三是⟧开展培训。"

[[good]]
name = "连续"
text = "（1）甲项工作。\\n（2）乙项工作。"

[[good]]
name = "一是二是"
text = "整改情况：一是修订制度；二是开展培训。"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with one rule that extends a built-in one."""
    path = tmp_path / "rules" / "numbering" / "my-gap.toml"
    path.parent.mkdir(parents=True)
    path.write_text(MY_GAP, "utf-8")
    return tmp_path / "rules"


def test_rules_test_runs_examples_without_a_framework(rules: Path) -> None:
    """``rectlint rules test`` runs the examples of a folder, a family or a file and says that all hold."""
    for target in (rules, rules / "numbering", rules / "numbering" / "my-gap.toml"):
        ran = rectlint("rules", "test", target)
        assert ran.code == 0, ran.out
        assert "测试了 1 条规则的 4 个例子：全部符合" in ran.last_line


def test_rules_test_names_what_does_not_hold(rules: Path) -> None:
    """An example that does not hold is named with what was found instead; exit 1."""
    path = rules / "numbering" / "my-gap.toml"
    path.write_text(MY_GAP.replace("⟦（4）⟧", "⟦（3）⟧"), "utf-8")
    ran = rectlint("rules", "test", rules)
    assert ran.code == 1
    assert "my-gap: 缺一条" in ran.out
    assert "1 处不符" in ran.last_line


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('extends = "gap"', 'extends = "gapp"'), "是不是 gap"),
        (('code = "NUM900"', 'code = "NUM001"'), "重复"),
        (('name = "my-gap"', 'name = "other"'), "文件名"),
        (("severity", "severty"), "是不是 severity"),
        (("{expected}", "{expcted}"), "expected"),
    ],
)
def test_broken_rules_are_exit_2(rules: Path, change: tuple[str, str], words: str) -> None:
    """A rule that cannot be loaded is exit 2 with its file and a hint, in testing as in checking."""
    path = rules / "numbering" / "my-gap.toml"
    path.write_text(MY_GAP.replace(*change, 1), "utf-8")
    (rules.parent / "a.txt").write_text(JUMPING, "utf-8")
    tested = rectlint("rules", "test", rules)
    assert tested.code == 2
    assert "my-gap.toml" in tested.err
    assert words in tested.err
    checked = rectlint("check", rules.parent / "a.txt", "--rules-dir", rules)
    assert checked.code == 2
    assert words in checked.out


def test_rule_that_extends_takes_over_what_it_leaves_unsaid(rules: Path) -> None:
    """Severity and message are the rule's own, the rest is the built-in rule's; both can run, or one be ignored."""
    (rules.parent / "a.txt").write_text(JUMPING, "utf-8")
    ran = rectlint("check", rules.parent / "a.txt", "--rules-dir", rules, "--ignore", "gap", "-f", "json")
    assert {finding["rule"] for finding in ran.json["findings"]} == {"NUM900"}
    assert {finding["severity"] for finding in ran.json["findings"]} == {"error"}
    assert ran.json["findings"][0]["message"].startswith("跳号了")
    both = rectlint("check", rules.parent / "a.txt", "--rules-dir", rules, "-f", "json")
    assert {finding["rule"] for finding in both.json["findings"]} == {"NUM001", "NUM900"}


def test_configured_folder_of_rules(rules: Path) -> None:
    """``rules-dirs`` in the configuration is relative to its file, and its rules can be named like any other."""
    (rules.parent / "a.txt").write_text(JUMPING, "utf-8")
    (rules.parent / "rectlint.toml").write_text('rules-dirs = ["rules"]\nselect = ["my-gap"]', "utf-8")
    ran = rectlint("check", rules.parent / "a.txt", "-f", "json")
    assert {finding["rule"] for finding in ran.json["findings"]} == {"NUM900"}


def test_new_rule_is_a_skeleton_that_loads_and_waits(tmp_path: Path) -> None:
    """``rectlint rules new`` writes a rule that loads, takes a free code, and whose examples want filling in."""
    folder = tmp_path / "mine"
    ran = rectlint("rules", "new", "totals", "my-sum", "--directory", folder)
    assert ran.code == 0
    path = folder / "totals" / "my-sum.toml"
    assert 'code = "TOT900"' in path.read_text("utf-8")
    assert rectlint("rules", "test", folder).code == 1
    assert rectlint("rules", "new", "TOT", "my-other", "--directory", folder).code == 0
    assert 'code = "TOT901"' in (folder / "totals" / "my-other.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense", "my-sum"], "没有这个类别"),
        (["TOT", "My_Sum"], "规则名只用小写字母"),
        (["TOT", "my-sum", "--kind", "partitoin"], "是不是 partition"),
        (["TOT", "my-sum", "--defect", "nonsense"], "没有这种缺陷"),
    ],
)
def test_new_rule_refuses_what_cannot_be(tmp_path: Path, arguments: list[str], words: str) -> None:
    """Unknown families, kinds and defects, and unfit names, are exit 2 with a hint; nothing is written."""
    ran = rectlint("rules", "new", *arguments, "--directory", tmp_path / "mine")
    assert ran.code == 2
    assert words in ran.err
    assert not (tmp_path / "mine").exists()


def test_new_rule_overwrites_nothing(tmp_path: Path) -> None:
    """A file that exists stays as it is."""
    rectlint("rules", "new", "TOT", "my-sum", "--directory", tmp_path)
    path = tmp_path / "totals" / "my-sum.toml"
    path.write_text("mine", "utf-8")
    assert rectlint("rules", "new", "TOT", "my-sum", "--directory", tmp_path).code == 2
    assert path.read_text("utf-8") == "mine"


def test_missing_folder_of_rules_is_exit_2(tmp_path: Path) -> None:
    """Testing a folder that is not there, or holds no rules, is exit 2: nothing was tested."""
    assert rectlint("rules", "test", tmp_path / "none").code == 2
    assert "这里没有规则" in rectlint("rules", "test", tmp_path).err
