"""The extension half of `regex`: the same one whoever imports it, and none needed where it lies elsewhere."""

import copyreg
import subprocess
import sys

import pytest
import regex

from rectlint import matcher

CODE = """
import sys
from rectlint import matcher
half = matcher.extension()
assert "regex" not in sys.modules
import copyreg, regex, pickle
pattern = regex.compile(r"第(\\d+)条")
assert sys.modules["regex._regex"] is half
form = copyreg.dispatch_table[type(pattern)](pattern)[1]
again = half.compile(*form)
assert type(again) is regex.Pattern
assert again.search("见第12条")[1] == "12"
assert again.sub(r"<\\1>", "第3条") == "<3>"
assert pickle.loads(pickle.dumps(pattern)).fullmatch("第3条")
print("same")
"""


def test_regex_imported_later_uses_the_same_extension() -> None:
    """What was loaded alone serves `regex` too, and its patterns are those of `regex`."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("same\n", "")


def test_extension_that_lies_elsewhere_is_left_to_regex(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place to load from, `regex` is imported whole and names the edition."""
    monkeypatch.setattr(matcher, "_spec", lambda: None)
    half, edition = matcher.extension.__wrapped__(), matcher.edition.__wrapped__()
    form = copyreg.dispatch_table[regex.Pattern](regex.compile("a+"))[1]
    assert half.compile(*form).fullmatch("aa")
    assert edition == regex.__version__
