"""A TOML file a person wrote, and where in it each key stands.

In: a path.  Out: its values, and ``path:line`` for any key, so that every complaint can say where.

>>> find_line('a = 1\\n[rules.gap]\\nmin_items = 3\\n', ("rules", "gap", "min_items"))
3
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rectlint.errors import ConfigError
from rectlint.patterns import Pattern
from rectlint.records import NamedTuple

_HEADER = Pattern(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = Pattern(r"""\s*((?:"[^"]*"|'[^']*'|[\w\u0080-\uffff-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = Pattern(r"""\s*(?:"([^"]*)"|'([^']*)'|([^.\s]+))\s*\.?""")


class TomlFile(NamedTuple):
    """The values of a file and the text they were read from."""

    path: Path
    text: str
    data: dict[str, Any]

    def where(self, *keys: str | int) -> str:
        """``path:line`` of a key, numbers counting the tables of an array from 0; the path alone if it is not found."""
        line = find_line(self.text, keys)
        return f"{self.path}:{line}" if line else str(self.path)


def read_toml(path: Path) -> TomlFile:
    """Read a file; a `ConfigError` with the line when it is not TOML in UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ConfigError(
            str(path), "不是 UTF-8 编码", "not in UTF-8", "请另存为 UTF-8 编码", "save it as UTF-8"
        ) from None
    except FileNotFoundError:
        raise ConfigError(str(path), "找不到这个文件", "no such file") from None
    except OSError as error:
        raise ConfigError(str(path), f"读不出来：{error.strerror}", f"cannot be read: {error.strerror}") from None
    import re
    import tomllib  # where there is no configuration, none of it is needed

    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = f"{path}:{place[1]}:{place[2]}" if place else f"{path}:{len(text.splitlines()) or 1}"
        what = str(error).split(" (at ")[0]
        raise ConfigError(
            where,
            f"不是有效的 TOML：{what}",
            f"not valid TOML: {what}",
            "字符串要加英文引号，列表用 [ ]，各项用英文逗号隔开",
            "quote strings, put lists in [ ] with commas",
        ) from None


def find_line(text: str, keys: Sequence[str | int]) -> int | None:
    """The line of a key or table header; without such a line, that of the nearest enclosing one."""
    wanted = list(keys)
    header: list[str | int] = []
    counts: dict[str, int] = {}
    best: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        found: list[str | int]
        if match := _HEADER.match(line):
            names = _parts(match[2])
            header = list(names)
            if match[1] == "[[":
                index = counts.get(match[2], -1) + 1
                counts[match[2]] = index
                header.append(index)
            found = header
        elif match := _KEY.match(line):
            found = [*header, *_parts(match[1])]
        else:
            continue
        if found == wanted:
            return number
        if found == wanted[: len(found)] and (best is None or len(found) > best[0]):
            best = (len(found), number)
    return best[1] if best else None


def _parts(text: str) -> list[str]:
    return [next(part for part in match.groups() if part is not None) for match in _PART.find(text)]
