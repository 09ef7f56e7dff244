"""Configuration: which file holds for a text, what it sets, and where each setting comes from.

In: the folder of a text, and what the command line asks for.  Out: frozen `Settings`.  The nearest ``rectlint.toml``,
``.rectlint.toml`` or ``pyproject.toml`` with ``[tool.rectlint]`` holds; files above it do not, unless it ``extend``s
them.

>>> settings_of(Path("/"), isolated=True).fail_on
'warning'
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rectlint.errors import ConfigError, did_you_mean
from rectlint.files import DEFAULT_INCLUDE, Filter
from rectlint.readers.options import REVISIONS, Revisions
from rectlint.records import NamedTuple
from rectlint.report import FAIL_ON, SEVERITIES, FailOn, Severity
from rectlint.toml_file import TomlFile, read_toml

FILE_NAMES = ("rectlint.toml", ".rectlint.toml", "pyproject.toml")
PROFILE_FOLDER = "_profiles"


class Settings(NamedTuple):
    """Every setting with its value; ``origins`` tells for each key where the value comes from."""

    root: Path
    file: Path | None = None
    profile: str = ""
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    preview: bool = False
    fail_on: FailOn = "warning"
    severity: Mapping[str, Severity] = {}
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}
    rules_dirs: tuple[Path, ...] = ()
    include: tuple[str, ...] = DEFAULT_INCLUDE
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False
    tracked_changes: Revisions = "accepted"
    accept_file: Path | None = None
    cache: bool = True
    cache_dir: Path | None = None
    origins: Mapping[str, str] = {}

    def origin(self, key: str) -> str:
        """Where the value of a setting comes from: a place in a file, ``--option``, or ``default``."""
        return self.origins.get(key, "default")

    def filter(self) -> Filter:
        """Which files a walk through folders takes."""
        return Filter(self.root, self.include, self.exclude, self.respect_gitignore, self.force_exclude)


class Overrides(NamedTuple):
    """What the command line sets; None leaves a setting alone.  ``ignore`` adds to the configured one."""

    config: Path | None = None
    isolated: bool = False
    profile: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    preview: bool | None = None
    fail_on: FailOn | None = None
    rules_dirs: tuple[Path, ...] = ()
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool | None = None
    force_exclude: bool | None = None
    tracked_changes: Revisions | None = None
    accept_file: Path | None = None
    cache: bool | None = None
    cache_dir: Path | None = None


# the keys of a configuration file and what each holds
_KEYS: Mapping[str, str] = {
    "extend": "text",
    "profile": "text",
    "select": "texts",
    "ignore": "texts",
    "preview": "switch",
    "fail-on": "fail-on",
    "rules-dirs": "paths",
    "include": "texts",
    "exclude": "texts",
    "respect-gitignore": "switch",
    "force-exclude": "switch",
    "tracked-changes": "revisions",
    "accept-file": "path",
    "cache": "switch",
    "cache-dir": "path",
    "severity": "severities",
    "per-file-ignores": "ignores",
    "rules": "parameters",
    "profiles": "profiles",
}
_PROFILE_KEYS = ("title", "select", "ignore", "preview", "fail-on", "severity", "rules")
_TYPE_WORDS = {
    "text": ("应为加引号的文字", "must be a string"),
    "path": ("应为加引号的路径", "must be a path in quotes"),
    "texts": ('应为文字列表，如 ["TOT001"]', "must be a list of strings"),
    "paths": ('应为路径列表，如 ["rules"]', "must be a list of paths"),
    "switch": ("应为 true 或 false", "must be true or false"),
    "table": ("应为一个表", "must be a table"),
}


def settings_of(
    folder: Path, overrides: Overrides | None = None, *, isolated: bool = False, profiles: Path | None = None
) -> Settings:
    """The settings that hold for texts in ``folder``: defaults, profile, extended file, file, command line.

    ``profiles`` is the folder of the profiles that come with the program.
    """
    overrides = overrides or Overrides()
    # without a file, patterns are relative to where the command is run, as far as the text lies below it
    here, folder = Path.cwd(), folder.absolute()
    base = Settings(here if folder.is_relative_to(here) else folder)
    file = None
    if not (isolated or overrides.isolated):
        file = _tool_table(read_toml(overrides.config), True) if overrides.config else find_config(folder)
    if file is not None:
        base = base._replace(root=file.path.absolute().parent, file=file.path)
        base = _with_file(base, file, profiles, ())
    if overrides.profile is not None:
        base = _with_profile(base, overrides.profile, file, "--profile", profiles)
    return _with_overrides(base, overrides)


def find_config(folder: Path) -> TomlFile | None:
    """The configuration file nearest to ``folder``, going up."""
    folder = folder.absolute()
    for parent in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = parent / name
            if path.is_file():
                file = _tool_table(_read_if_ours(path), False)
                if file is not None:
                    return file
    return None


def _read_if_ours(path: Path) -> TomlFile | None:
    """A file of ours, read; another tool's ``pyproject.toml`` is not even parsed."""
    if path.name == "pyproject.toml":
        try:
            if b"rectlint" not in path.read_bytes():
                return None
        except OSError:
            return None
    return read_toml(path)


def _tool_table(file: TomlFile | None, required: bool) -> TomlFile | None:
    if file is None or file.path.name != "pyproject.toml":
        return file
    table = file.data.get("tool", {}).get("rectlint")
    if table is None:
        if not required:
            return None
        raise ConfigError(str(file.path), "没有 [tool.rectlint] 一节", "there is no [tool.rectlint] table")
    if not isinstance(table, dict):
        raise ConfigError(file.where("tool", "rectlint"), *_TYPE_WORDS["table"])
    return file._replace(data=table)


def where(file: TomlFile, *keys: str) -> str:
    """The place of a setting, wherever the settings stand in the file."""
    prefix = ("tool", "rectlint") if file.path.name == "pyproject.toml" else ()
    return file.where(*prefix, *keys)


def _with_file(settings: Settings, file: TomlFile, profiles: Path | None, seen: tuple[Path, ...]) -> Settings:
    path = file.path.resolve()
    if path in seen:
        raise ConfigError(where(file, "extend"), "extend 绕成了圈", "extend goes round in a circle")
    for key in file.data:
        if key not in _KEYS:
            hints = did_you_mean(key, _KEYS)
            raise ConfigError(where(file, key), f"没有 {key} 这个设置", f"unknown setting {key}", *hints)
    if "extend" in file.data:
        parent_path = file.path.parent / _checked(file, "extend")
        if not parent_path.is_file():
            raise ConfigError(where(file, "extend"), f"找不到 {parent_path}", f"there is no {parent_path}")
        parent = _tool_table(read_toml(parent_path), True)
        assert parent is not None
        own = (settings.root, settings.file)
        settings = _with_file(settings, parent, profiles, (*seen, path))
        settings = settings._replace(root=own[0], file=own[1])
    if "profile" in file.data:
        settings = _with_profile(settings, _checked(file, "profile"), file, where(file, "profile"), profiles)
    keys = [key for key in file.data if key not in ("extend", "profile", "profiles")]
    return _with_values(settings, file, (), keys)


def _with_profile(settings: Settings, name: str, file: TomlFile | None, asked: str, profiles: Path | None) -> Settings:
    """Lay a profile over the settings: one of the file's own ``[profiles.NAME]``, else one that comes with rectlint."""
    own = file.data.get("profiles", {}) if file is not None else {}
    if file is not None and isinstance(own, dict) and name in own:
        settings = _with_values(settings, file, ("profiles", name), list(own[name]))
    else:
        shipped = {path.stem: path for path in sorted(profiles.glob("*.toml"))} if profiles is not None else {}
        if name not in shipped:
            hints = did_you_mean(name, [*own, *shipped])
            raise ConfigError(asked, f"没有名为“{name}”的配置方案", f"there is no profile {name!r}", *hints)
        shipped_file = read_toml(shipped[name])
        settings = _with_values(settings, shipped_file, (), list(shipped_file.data))
    return settings._replace(profile=name, origins={**settings.origins, "profile": asked})


def _with_values(settings: Settings, file: TomlFile, prefix: tuple[str, ...], keys: list[str]) -> Settings:
    """Lay values over the settings; tables are merged key by key, everything else is replaced."""
    changes: dict[str, Any] = {}
    origins = dict(settings.origins)
    for key in keys:
        if prefix and key not in _PROFILE_KEYS:
            hints = did_you_mean(key, _PROFILE_KEYS)
            raise ConfigError(where(file, *prefix, key), f"方案里不能有 {key}", f"a profile has no {key}", *hints)
        if key == "title":
            continue
        value = _checked(file, *prefix, key)
        attribute = key.replace("-", "_")
        if isinstance(value, dict):
            value = {**getattr(settings, attribute), **value}
            for name in _table(file, *prefix, key):
                origins[f"{key}.{name}"] = where(file, *prefix, key, name)
        changes[attribute] = value
        origins[key] = where(file, *prefix, key)
    return settings._replace(origins=origins, **changes)


def _table(file: TomlFile, *keys: str) -> Any:
    value: Any = file.data
    for key in keys:
        value = value[key]
    return value


def _checked(file: TomlFile, *keys: str) -> Any:
    """The value of a setting in the type it has to have; a `ConfigError` naming the line otherwise."""
    value = _table(file, *keys)
    sort = _KEYS[keys[-1]]

    def refuse(words: str, *more: str) -> ConfigError:
        zh, en = _TYPE_WORDS[words]
        name = ".".join((*keys, *more))
        return ConfigError(where(file, *keys, *more), f"{name} {zh}", f"{name} {en}")

    match sort:
        case "text" | "path":
            if not isinstance(value, str):
                raise refuse(sort)
            return file.path.absolute().parent / value if sort == "path" else value
        case "switch":
            if not isinstance(value, bool):
                raise refuse(sort)
            return value
        case "texts" | "paths":
            if not _is_texts(value):
                raise refuse(sort)
            return tuple(file.path.absolute().parent / item if sort == "paths" else item for item in value)
        case "fail-on":
            return _one_of(file, value, FAIL_ON, *keys)
        case "revisions":
            return _one_of(file, value, REVISIONS, *keys)
    if not isinstance(value, dict):
        raise refuse("table")
    checked: dict[str, Any] = {}
    for name, entry in value.items():
        if sort == "severities":
            checked[name] = _one_of(file, entry, SEVERITIES, *keys, name)
        elif sort == "ignores":
            if not _is_texts(entry):
                raise refuse("texts", name)
            checked[name] = tuple(entry)
        else:
            if not isinstance(entry, dict):
                raise refuse("table", name)
            checked[name] = entry
    return checked


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _one_of(file: TomlFile, value: object, known: tuple[str, ...], *keys: str) -> str:
    if value in known:
        return str(value)
    name = ".".join(keys)
    hints = did_you_mean(str(value), known)
    raise ConfigError(where(file, *keys), f"{name} 不能是“{value}”", f"{name} cannot be {value!r}", *hints)


def _with_overrides(settings: Settings, overrides: Overrides) -> Settings:
    changes: dict[str, Any] = {}
    origins = dict(settings.origins)
    for name in ("select", "preview", "fail_on", "include", "respect_gitignore", "force_exclude", "accept_file"):
        if (value := getattr(overrides, name)) is not None:
            changes[name] = value
    for name in ("tracked_changes", "cache", "cache_dir"):
        if (value := getattr(overrides, name)) is not None:
            changes[name] = value
    for name in ("ignore", "rules_dirs", "exclude"):
        if value := getattr(overrides, name):
            changes[name] = (*getattr(settings, name), *value)
    for name in changes:
        key = name.replace("_", "-")
        origins[key] = f"{origins[key]} + --{key}" if key in ("ignore", "exclude") and key in origins else f"--{key}"
    return settings._replace(origins=origins, **changes)
