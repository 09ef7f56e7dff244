"""The command line: parse the arguments, call the command, choose the exit code.

In: the words after ``rectlint``.  Out: an exit code.

* 0: every file was checked and nothing reached ``--fail-on``;
* 1: something did;
* 2: the job was not done (wrong usage, a broken configuration or rule, a file that could not be checked);
* 130: interrupted with Ctrl-C.

>>> run(["rule", "no-such-rule"])
2
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import Enum
from typing import Annotated

import typer

import rectlint
from rectlint import commands
from rectlint.errors import RectlintError
from rectlint.output import use_utf8


class Language(str, Enum):
    """The languages messages come in."""

    zh = "zh"
    en = "en"


class FailOnLevel(str, Enum):
    """The severity from which findings fail the run."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Listing(str, Enum):
    """How lists and explanations are printed."""

    text = "text"
    json = "json"


_HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="rectlint",
    help="找出整改通报中自相矛盾之处 · find what contradicts itself in a rectification bulletin",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=False,
    context_settings=_HELP,
)
rules_app = typer.Typer(help="列出、测试、新建规则 · list, test or begin rules", context_settings=_HELP)
show_app = typer.Typer(help="查看程序如何理解文本 · show how a text is understood", context_settings=_HELP)
app.add_typer(rules_app, name="rules")
app.add_typer(show_app, name="show")

LanguageOption = Annotated[
    Language, typer.Option("--lang", envvar="RECTLINT_LANG", help="消息语言 · language of messages")
]
Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH…", help="文件、文件夹、通配符，- 表示标准输入 · files, folders, patterns, - for stdin"),
]
ListingOption = Annotated[Listing, typer.Option("--format", help="输出格式 · output format")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"rectlint {rectlint.__version__}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def main_options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="版本 · version")
    ] = False,
) -> int:
    """找出整改通报中自相矛盾之处 · find what contradicts itself in a rectification bulletin"""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        return 2
    return 0


@app.command()
def check(
    paths: Paths,
    format: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", metavar="FORMAT[=FILE]", help="输出格式，可多次 · output format, repeatable"),
    ] = None,
    lang: LanguageOption = Language.zh,
    fail_on: Annotated[
        FailOnLevel | None, typer.Option("--fail-on", help="达到此级别即失败 · severity that fails the run")
    ] = None,
) -> int:
    """检查文本 · check texts"""
    return commands.check(
        commands.CheckRequest(
            paths=tuple(paths),
            outputs=commands.parse_outputs(format or []),
            language=lang.value,
            fail_on=None if fail_on is None else fail_on.value,
        )
    )


@app.command()
def claims(paths: Paths, format: ListingOption = Listing.text, lang: LanguageOption = Language.zh) -> int:
    """核对清单：哪些核对过、是否一致 · the ledger of comparisons"""
    return commands.claims(paths, format.value, lang.value)


@show_app.command()
def outline(file: str, lang: LanguageOption = Language.zh) -> int:
    """结构 · the outline"""
    return commands.show("outline", file, lang.value)


@show_app.command("claims")
def show_claims(file: str, lang: LanguageOption = Language.zh) -> int:
    """提取到的每个说法 · every claim with its key"""
    return commands.show("claims", file, lang.value)


@app.command()
def rule(
    rule: Annotated[str, typer.Argument(metavar="CODE|NAME", help="规则代码或名称 · code or name")],
    format: ListingOption = Listing.text,
    lang: LanguageOption = Language.zh,
) -> int:
    """解释一条规则 · explain a rule"""
    return commands.explain_rule(rule, format.value, lang.value)


@rules_app.callback(invoke_without_command=True)
def rules_default(
    context: typer.Context, format: ListingOption = Listing.text, lang: LanguageOption = Language.zh
) -> int:
    """列出、测试、新建规则 · list, test or begin rules"""
    if context.invoked_subcommand is None:
        return commands.list_rules(format.value, lang.value)
    return 0


@rules_app.command("list")
def rules_list(format: ListingOption = Listing.text, lang: LanguageOption = Language.zh) -> int:
    """列出全部规则 · list all rules"""
    return commands.list_rules(format.value, lang.value)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; nothing escapes as another code than those above."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(arguments)
    try:
        code = app(args=arguments, prog_name="rectlint", standalone_mode=False)
    except RectlintError as error:
        _complain(error.text(language))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _complain("已中断" if language == "zh" else "interrupted")
        return 130
    except typer.BadParameter.__mro__[1] as error:  # the usage errors of the parser under typer, whichever it is
        _complain(_usage_words(error, language))
        return 2
    except Exception as error:  # an uncaught exception must not look like "findings" (1)
        if os.environ.get("RECTLINT_TRACEBACK"):
            raise
        return _crash(error, language)
    return code if isinstance(code, int) else 0


def _crash(error: Exception, language: str) -> int:
    what = f"{type(error).__name__}: {error}"
    hint = "RECTLINT_TRACEBACK=1"
    _complain(
        f"程序内部出错：{what}（设 {hint} 可得到完整记录，请反馈给维护者）"
        if language == "zh"
        else f"internal error: {what} (set {hint} for the whole story, and please report it)"
    )
    return 2


def _language(arguments: Sequence[str]) -> str:
    """The language to complain in, before or without the arguments being parsed."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "zh"
    return "en" if os.environ.get("RECTLINT_LANG") == "en" else "zh"


def _usage_words(error: Exception, language: str) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    if language != "zh":
        return f"usage error: {message}\ntry: rectlint --help"
    return f"用法有误：{_chinese(error, message)}\n帮助：rectlint --help"


def _chinese(error: Exception, message: str) -> str:
    """The parser's complaint in Chinese, as far as it says what it is about."""
    option = getattr(error, "option_name", None)
    possibilities = getattr(error, "possibilities", None) or []
    hint = f"（是不是 {'、'.join(possibilities)}？）" if possibilities else ""
    match type(error).__name__:
        case "NoSuchOption":
            return f"没有 {option} 这个选项{hint}"
        case "MissingParameter":
            name = getattr(getattr(error, "param", None), "make_metavar", None)
            label = getattr(getattr(error, "param", None), "metavar", None) or getattr(error, "param_hint", None)
            return f"缺少参数 {label or (getattr(getattr(error, 'param', None), 'name', '') if name else '')}"
        case "BadOptionUsage":
            return f"选项 {option} 的用法不对：{message}"
        case "BadParameter":
            hint_text = getattr(error, "param_hint", None) or getattr(getattr(error, "param", None), "opts", [""])[0]
            return f"{hint_text} 的值不对：{getattr(error, 'message', message)}"
        case _:
            return message


def _complain(message: str) -> None:
    print(f"rectlint: {message}", file=sys.stderr)


def main() -> None:
    """The ``rectlint`` program."""
    use_utf8()
    code = run()
    sys.exit(code)
