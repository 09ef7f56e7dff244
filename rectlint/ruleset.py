"""Rule files to rules: load, validate, select.  Loading never runs code.

In: folders of ``<family>/<name>.toml``.  Out: `Rule` values in code order.  The part of a file before its first
``[doc]`` or ``[[…]]`` table is all a check needs and all that is read then; documentation and examples are read when
asked for.

>>> rules = load_rules()
>>> rules[0].code[:3] in {"DAT", "ENT", "ENU", "NUM", "PCT", "QTY", "REF", "STA", "TOT", "TXT"}
True
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from rectlint.errors import RuleError
from rectlint.kinds import MODULES, load_kind
from rectlint.records import NamedTuple
from rectlint.report import SEVERITIES, Severity, Words

Status = Literal["preview", "stable", "deprecated"]
_STATUSES = ("preview", "stable", "deprecated")
_HEAD_KEYS = ("code", "name", "extends", "kind", "defect", "severity", "status", "title", "message", "advice", "params")
_TAIL_KEYS = ("doc", "bad", "good", "limit")
_EXAMPLE_KEYS = ("name", "text", "message", "why", "params")

_heads: dict[bytes, dict[str, Any]] = {}
"""What heads of rule files say, by their bytes, so that none can be stale; reading TOML is most of loading a rule."""
_fresh: dict[bytes, dict[str, Any]] = {}


class Example(NamedTuple):
    """A marked text: ``⟦…⟧`` a finding's primary place, ``⟦~…⟧`` its evidence; ``sort`` is bad, good or limit.

    ``params`` are parameters to try it with, for a rule that waits for a configuration to set them.
    """

    sort: Literal["bad", "good", "limit"]
    name: str
    text: str
    message: str = ""
    why: str = ""
    params: Mapping[str, Any] = MappingProxyType({})


class _Head(NamedTuple):
    code: str
    name: str
    kind: str
    defect: str
    severity: Severity
    status: Status
    title: Words
    message: Words
    advice: Words
    params: Any
    path: Path


class Rule(_Head):
    """One rule, as its file states it."""

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    @cached_property
    def _tail(self) -> Mapping[str, Any]:
        tail = _read(self.path, whole=True)
        if "extends" not in tail:
            return tail
        inherited = _read(_base_path(self.path, str(tail["extends"])), whole=True)
        return {**tail, "doc": {**inherited.get("doc", {}), **tail.get("doc", {})}}

    def _doc(self, key: str) -> str:
        return str(self._tail.get("doc", {}).get(key, "")).strip()

    @property
    def what(self) -> str:
        """What the rule looks for, in Chinese."""
        return self._doc("what")

    @property
    def why(self) -> str:
        """Why it matters, in Chinese."""
        return self._doc("why")

    @property
    def fix(self) -> str:
        """What to do about a finding, in Chinese."""
        return self._doc("fix")

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The examples of the file, bad ones first."""
        return tuple(_examples(self.path, self._tail))


def builtin_directory() -> Path:
    """The folder of the built-in rules: beside the package, else in the checkout."""
    beside = Path(__file__).parent / "rules"
    checkout = Path(__file__).parent.parent / "rules"
    for folder in (beside, checkout):
        if (folder / "_families.toml").is_file():
            return folder
    raise RuleError(
        str(beside), "找不到内置规则", "the built-in rules are missing", "请重新安装 rectlint", "reinstall rectlint"
    )


def family_titles() -> dict[str, Words]:
    """What each family of the built-in rules is about, by its letters."""
    import tomllib

    table = tomllib.loads((builtin_directory() / "_families.toml").read_text("utf-8"))
    return {family["code"]: Words(family["zh"], family["en"]) for family in table.values()}


def load_rules(directories: Sequence[Path] | None = None) -> tuple[Rule, ...]:
    """The rules of ``directories`` (the built-in ones by default), in code order; codes and names must be unique."""
    folders = [builtin_directory()] if directories is None else list(directories)
    rules = [load_rule(path) for folder in folders for path in _rule_files(folder)]
    for attribute in ("code", "name"):
        seen: dict[str, Rule] = {}
        for rule in rules:
            other = seen.setdefault(getattr(rule, attribute), rule)
            if other is not rule:
                raise RuleError(
                    str(rule.path),
                    f"{attribute} “{getattr(rule, attribute)}” 与 {other.path} 重复",
                    f"{attribute} {getattr(rule, attribute)!r} is also used in {other.path}",
                )
    return tuple(sorted(rules, key=lambda rule: rule.code))


def _rule_files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise RuleError(str(folder), "规则目录不存在", "no such rule folder")
    families = sorted(path for path in folder.iterdir() if not path.name.startswith("_") and path.is_dir())
    return [path for family in families for path in sorted(family.iterdir()) if path.suffix == ".toml"]


def load_rule(path: Path) -> Rule:
    """Read and validate the head of one rule file."""
    head = _read(path, whole=False)
    _refuse_unknown(path, head, _HEAD_KEYS + _TAIL_KEYS)
    if "extends" in head:
        head = _extended(path, head)
    for key in ("code", "name", "kind", "severity", "status", "title", "message", "advice"):
        if key not in head:
            raise RuleError(str(path), f"缺少 {key}", f"{key} is missing")
    kind_name = str(head["kind"])
    if kind_name not in MODULES:
        raise _unknown(path, "kind", kind_name, MODULES)
    kind = load_kind(kind_name)
    defect = str(head.get("defect", ""))
    if defect not in kind.defects:
        raise _unknown(path, "defect", defect, kind.defects)
    if head["severity"] not in SEVERITIES:
        raise _unknown(path, "severity", str(head["severity"]), SEVERITIES)
    if head["status"] not in _STATUSES:
        raise _unknown(path, "status", str(head["status"]), _STATUSES)
    if head["name"] != path.stem:
        raise RuleError(
            _at(path, "name"), f"name 应与文件名一致：{path.stem}", f"the name must be the file's: {path.stem}"
        )
    message = _words(path, head, "message")
    for wording in (message.zh, message.en):
        for _, field, _, _ in string.Formatter().parse(wording):
            if field is not None and field not in kind.defects[defect]:
                raise _unknown(path, "{field}", field, kind.defects[defect])
    return Rule(
        code=str(head["code"]),
        name=str(head["name"]),
        kind=kind_name,
        defect=defect,
        severity=cast(Severity, head["severity"]),
        status=cast(Status, head["status"]),
        title=_words(path, head, "title"),
        message=message,
        advice=_words(path, head, "advice"),
        params=_params(path, kind.params, head.get("params", {})),
        path=path,
    )


def _extended(path: Path, head: Mapping[str, Any]) -> dict[str, Any]:
    """The head with what it leaves unsaid taken from the built-in rule it ``extends``; code and name are its own."""
    base = _read(_base_path(path, str(head["extends"])), whole=False)
    inherited = {key: value for key, value in base.items() if key not in ("code", "name")}
    params = {**base.get("params", {}), **head.get("params", {})}
    return {**inherited, **head, "params": params}


def _base_path(path: Path, name: str) -> Path:
    """The file of the built-in rule called ``name``, by name or code."""
    files = {file.stem: file for file in _rule_files(builtin_directory())}
    if name in files:
        return files[name]
    by_code = {str(_read(file, whole=False).get("code")): file for file in files.values()}
    if name in by_code:
        return by_code[name]
    raise _unknown(path, "extends", name, [*by_code, *files])


def with_params(rule: Rule, changes: Mapping[str, Any], where: Path) -> Rule:
    """The rule with some parameters replaced, as a configuration file asks; errors name ``where``."""
    kind = load_kind(rule.kind)
    return rule._replace(params=_params(where, kind.params, params_of(rule.params) | dict(changes)))


def params_of(params: Any) -> dict[str, Any]:
    """Parameters by name."""
    return dict(params._asdict())


def _params(path: Path, params_type: type[Any], given: Mapping[str, Any]) -> Any:
    defaults = params_of(params_type())
    _refuse_unknown(path, given, tuple(defaults))
    values: dict[str, Any] = {}
    for name, value in given.items():
        default = defaults[name]
        value = tuple(value) if isinstance(value, list) else value
        if type(value) is not type(default):
            raise RuleError(
                _at(path, name),
                f"参数 {name} 应为{_type_words(default).zh}，写成了{_type_words(value).zh}",
                f"parameter {name} must be {_type_words(default).en}, not {_type_words(value).en}",
            )
        if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
            raise RuleError(_at(path, name), f"参数 {name} 应为文字列表", f"parameter {name} must be a list of strings")
        values[name] = value
    return params_type(**values)


def _type_words(value: object) -> Words:
    words = {
        bool: Words(" true 或 false", "true or false"),
        int: Words("整数", "a whole number"),
        float: Words("小数", "a number with a point"),
        str: Words("文字", "a string"),
        tuple: Words("列表", "a list"),
    }
    return words.get(type(value), Words(type(value).__name__, type(value).__name__))


def _read(path: Path, *, whole: bool) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    if whole:
        return _parsed(path, data)
    cut = min((place for mark in (b"\n[doc]", b"\n[[") if (place := data.find(mark)) >= 0), default=len(data))
    head = data[: cut + 1]
    if head not in _heads:
        _heads[head] = _fresh[head] = _parsed(path, head)
    return _heads[head]


def _unreadable(path: Path, error: Exception) -> RuleError:
    return RuleError(str(path), f"规则文件读不出来：{error}", f"the rule file cannot be read: {error}")


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    import tomllib  # a run that finds all heads read before needs none

    try:
        return tomllib.loads(data.decode("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise _unreadable(path, error) from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(str(path), f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from None


def preload_heads(heads: Mapping[bytes, dict[str, Any]]) -> None:
    """Take the heads of rule files that an earlier run read."""
    _heads.update(heads)


def known_heads() -> dict[bytes, dict[str, Any]]:
    """All heads that were preloaded or read."""
    return dict(_heads)


def has_fresh_heads() -> bool:
    """Whether this run had to read a head that was not preloaded."""
    return bool(_fresh)


def _words(path: Path, head: Mapping[str, Any], key: str) -> Words:
    table = head[key]
    if not isinstance(table, dict) or set(table) != {"zh", "en"}:
        raise RuleError(_at(path, key), f"{key} 须有且只有 zh 和 en", f"{key} needs exactly zh and en")
    return Words(str(table["zh"]), str(table["en"]))


def _examples(path: Path, tail: Mapping[str, Any]) -> Iterable[Example]:
    _refuse_unknown(path, tail, _HEAD_KEYS + _TAIL_KEYS)
    sorts: tuple[Literal["bad", "good", "limit"], ...] = ("bad", "good", "limit")
    for sort in sorts:
        for table in tail.get(sort, []):
            _refuse_unknown(path, table, _EXAMPLE_KEYS)
            if not table.get("name") or not table.get("text"):
                raise RuleError(str(path), f"[[{sort}]] 须有 name 和 text", f"[[{sort}]] needs name and text")
            yield Example(
                sort,
                table["name"],
                table["text"].strip("\n"),
                table.get("message", ""),
                table.get("why", ""),
                table.get("params", {}),
            )


def _refuse_unknown(path: Path, table: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in table:
        if key not in known:
            raise _unknown(path, "key", key, known)


def _unknown(path: Path, what: str, name: str, known: Iterable[str]) -> RuleError:
    import difflib

    options = sorted(known)
    close = difflib.get_close_matches(name, options, 1)
    hint_zh = f"是不是 {close[0]}？" if close else "可用：" + "、".join(options)
    hint_en = f"did you mean {close[0]}?" if close else "known: " + ", ".join(options)
    return RuleError(_at(path, name), f"不认识的 {what}：{name}", f"unknown {what}: {name}", hint_zh, hint_en)


def _at(path: Path, word: str) -> str:
    """``path:line`` of the first line that holds ``word``."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return str(path)
    line = next((number for number, line in enumerate(lines, 1) if word in line), None)
    return f"{path}:{line}" if line else str(path)
