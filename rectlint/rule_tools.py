"""Rules as a product: run their examples, and begin a new one.

In: folders or files of rules, or a family and a name.  Out: what does not hold, or the text of a rule to fill in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from rectlint.errors import FileError, RuleError, UsageError, did_you_mean
from rectlint.kinds import MODULES, load_kind
from rectlint.records import NamedTuple
from rectlint.ruleset import Rule, builtin_directory, load_rule, load_rules
from rectlint.testing import Failure, run_examples


class Tested(NamedTuple):
    """The rules that were tested, how many examples they have, and what did not hold."""

    rules: tuple[Rule, ...]
    examples: int
    failures: tuple[Failure, ...]


def test_rules(paths: Sequence[Path]) -> Tested:
    """Run the examples of the rules in ``paths`` (folders of families, one family's folder, or single files); of all
    built-in ones without.

    The good examples of a user's rules must be silent under the built-in rules as well.
    """
    builtin = load_rules()
    if not paths:
        rules = every = builtin
    else:
        rules = _wanted(paths)
        known = {rule.path.resolve() for rule in builtin}
        every = (*builtin, *(rule for rule in rules if rule.path.resolve() not in known))
        _refuse_doubles(every)
    failures = tuple(run_examples(rules, every))
    return Tested(rules, sum(len(rule.examples) for rule in rules), failures)


test_rules.__test__ = False  # type: ignore[attr-defined]  # pytest: not one of yours


def _wanted(paths: Sequence[Path]) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for path in paths:
        if path.is_dir():
            found = load_rules([path]) or tuple(load_rule(file) for file in sorted(path.glob("*.toml")))
            if not found:
                raise RuleError(
                    str(path),
                    "这里没有规则",
                    "no rules here",
                    "规则放在 目录/类别/规则名.toml",
                    "rules stand in FOLDER/FAMILY/NAME.toml",
                )
            rules += found
        elif path.is_file():
            folder = path.absolute().parent.parent
            rules += [rule for rule in load_rules([folder]) if rule.path.resolve() == path.resolve()]
        else:
            raise FileError(str(path), "找不到这个规则或目录", "no such rule file or folder")
    return tuple(rules)


def _refuse_doubles(rules: Sequence[Rule]) -> None:
    for attribute in ("code", "name"):
        seen: dict[str, Rule] = {}
        for rule in rules:
            value = getattr(rule, attribute)
            if seen.setdefault(value, rule) is not rule:
                raise RuleError(
                    str(rule.path),
                    f"{attribute} “{value}” 与 {seen[value].path} 重复",
                    f"{attribute} {value!r} is also used in {seen[value].path}",
                )


def new_rule(family: str, name: str, kind: str, defect: str | None, directory: Path) -> Path:
    """Write the skeleton of a rule and return its path; nothing that exists is overwritten."""
    families = tomllib.loads((builtin_directory() / "_families.toml").read_text("utf-8"))
    folder = next((key for key, value in families.items() if family in (key, value["code"])), None)
    if folder is None:
        hints = did_you_mean(family, [*families, *(value["code"] for value in families.values())])
        raise UsageError(family, "没有这个类别", "no such family", *hints)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(
            name,
            "规则名只用小写字母、数字和连字符",
            "a name is lower-case letters, digits and hyphens",
            "parts-do-not-sum",
        )
    if kind not in MODULES:
        raise UsageError(f"--kind {kind}", "没有这种检查", "no such kind", *did_you_mean(kind, MODULES))
    defects = load_kind(kind).defects
    chosen = defect if defect is not None else next(iter(defects))
    if chosen not in defects:
        raise UsageError(f"--defect {chosen}", "没有这种缺陷", "no such defect", *did_you_mean(chosen, defects))
    letters = str(families[folder]["code"])
    path = directory / folder / f"{name}.toml"
    if path.exists():
        raise UsageError(str(path), "文件已经存在", "the file exists already")
    text = _SKELETON.format(
        code=_free_code(letters, directory),
        name=name,
        kind=kind,
        defect=chosen,
        fields=" ".join(f"{{{field}}}" for field in defects[chosen]),
        first="{" + next(iter(defects[chosen]), "") + "}" if defects[chosen] else "",
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise FileError(str(path), f"写入失败：{error.strerror}", f"cannot be written: {error.strerror}") from None
    return path


def _free_code(letters: str, directory: Path) -> str:
    """The first code from 900 on that no rule has: below are the built-in ones."""
    taken = {rule.code for rule in load_rules()}
    if directory.is_dir():
        taken |= {rule.code for rule in load_rules([directory])}
    return next(code for number in range(900, 1000) if (code := f"{letters}{number}") not in taken)


_SKELETON = """\
# 写好后运行：rectlint rules test 本文件
code = "{code}"
name = "{name}"
kind = "{kind}"
defect = "{defect}"
severity = "warning"        # error 必错 / warning 极可能错 / info 值得一看
status = "preview"          # 先试行，确认不误报再改成 stable

[title]
zh = "一句话说清这是什么毛病"
en = "what is wrong, in one line"

# 提示语里可用的字段：{fields}
[message]
zh = "待填写 {first}"
en = "to be filled in {first}"

[advice]
zh = "告诉起草人先核对什么。"
en = "Tell the author what to check first."

[doc]
what = \"\"\"
查什么。
\"\"\"
why = \"\"\"
为什么要紧。
\"\"\"
fix = \"\"\"
怎么改。
\"\"\"

# 例子就是测试：⟦…⟧ 标出报告的位置，⟦~…⟧ 标出对照的位置。至少两个有误、两个无误。
[[bad]]
name = "待填写：有误的例子"
text = "⟦这里⟧应当报告，⟦~这里⟧是对照。"

[[bad]]
name = "待填写：另一个有误的例子"
text = "⟦这里⟧应当报告。"

[[good]]
name = "待填写：看着像、其实无误的例子"
text = "这里不应报告。"

[[good]]
name = "待填写：另一个无误的例子"
text = "这里也不应报告。"
"""
