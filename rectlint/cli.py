"""The command line: parse the arguments, call the command, choose the exit code.

In: the words after ``rectlint``.  Out: an exit code.

* 0: every file was checked and nothing reached ``--fail-on``;
* 1: something did;
* 2: the job was not done (wrong usage, a broken configuration or rule, a file that could not be checked);
* 130: interrupted with Ctrl-C.

>>> run_app(["check"])
2
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import rectlint
from rectlint import commands
from rectlint.checking import CheckRequest
from rectlint.config import Overrides
from rectlint.errors import did_you_mean
from rectlint.output import wanted_language
from rectlint.render import FORMATS


class Language(StrEnum):
    """The languages messages come in."""

    zh = "zh"
    en = "en"


class FailOnLevel(StrEnum):
    """The severity from which findings fail the run."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class TrackedChanges(StrEnum):
    """How tracked changes of a Word file are read."""

    accepted = "accepted"
    rejected = "rejected"


class Listing(StrEnum):
    """How lists and explanations are printed."""

    text = "text"
    json = "json"


class RuleListing(StrEnum):
    """How the list of rules is printed; ``markdown`` is a page per rule."""

    text = "text"
    json = "json"
    markdown = "markdown"


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
    typer.Argument(metavar="PATH", help="文件、文件夹或通配符；- 为标准输入 · files, folders, patterns; - is stdin"),
]
TrackedChangesOption = Annotated[
    TrackedChanges | None,
    typer.Option("--tracked-changes", help="修订按接受还是拒绝来读 · read tracked changes as accepted or rejected"),
]
FailOnOption = Annotated[
    FailOnLevel | None, typer.Option("--fail-on", help="达到此级别即失败，默认 warning · severity that fails the run")
]
SelectOption = Annotated[
    list[str] | None, typer.Option(metavar="RULE", help="只查这些规则，可多次 · run only these rules, repeatable")
]
IgnoreOption = Annotated[
    list[str] | None, typer.Option(metavar="RULE", help="不查这些规则，可多次 · leave these rules out, repeatable")
]
ProfileOption = Annotated[str | None, typer.Option(metavar="NAME", help="采用的配置方案 · profile to use")]
ConfigOption = Annotated[Path | None, typer.Option(metavar="FILE", help="指定配置文件 · use this configuration file")]
IsolatedOption = Annotated[bool, typer.Option("--isolated", help="不读任何配置文件 · read no configuration")]
RuleListingOption = Annotated[RuleListing, typer.Option("--format", help="输出格式 · output format")]
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


_CHECK_EXAMPLES = """\b
例 · examples:
  rectlint check 通报.txt
  rectlint check drafts/ --format full --format html=report.html
  rectlint check archive/ --fail-on never --statistics
  rectlint check archive/ --write-baseline --reason "启用前已公开"

\b
退出码 · exit codes:
  0  都检查了，没有达到 --fail-on 的发现 · all checked, nothing reached --fail-on
  1  有达到的发现 · something did
  2  没有检查成，见最后一行 · the job was not done: see the last line
"""


@app.command(epilog=_CHECK_EXAMPLES)
def check(
    paths: Paths,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[=FILE]",
            help=f"输出格式，可多次 · output format, repeatable: {' '.join(FORMATS)}",
        ),
    ] = None,
    lang: LanguageOption = Language.zh,
    fail_on: FailOnOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    preview: Annotated[
        bool | None, typer.Option("--preview/--no-preview", help="启用试行规则 · run preview rules too")
    ] = None,
    profile: ProfileOption = None,
    rules_dir: Annotated[
        list[Path] | None,
        typer.Option("--rules-dir", metavar="FOLDER", help="自定义规则目录，可多次 · folder of your own rules"),
    ] = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    include: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="文件夹中查哪些文件 · files to take from folders")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="文件夹中跳过哪些 · files to leave out of folders")
    ] = None,
    gitignore: Annotated[
        bool | None, typer.Option("--gitignore/--no-gitignore", help="是否遵守 .gitignore · respect .gitignore")
    ] = None,
    force_exclude: Annotated[
        bool | None, typer.Option("--force-exclude", help="点名的文件也适用 exclude · exclude named files too")
    ] = None,
    tracked_changes: TrackedChangesOption = None,
    stdin_filename: Annotated[
        str | None, typer.Option("--stdin-filename", metavar="NAME", help="标准输入的文件名 · name for standard input")
    ] = None,
    cache: Annotated[bool | None, typer.Option("--cache/--no-cache", help="是否使用缓存 · use the cache")] = None,
    cache_dir: Annotated[
        Path | None, typer.Option("--cache-dir", metavar="FOLDER", help="缓存位置 · where the cache is")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="并行进程数 · parallel processes")
    ] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="按规则统计 · count by rule and family")] = False,
    diff_base: Annotated[
        str | None,
        typer.Option("--diff-base", metavar="REF", help="只看涉及改动行的发现 · only what changed since REF"),
    ] = None,
    accept_file: Annotated[
        Path | None,
        typer.Option("--accept-file", metavar="FILE", help="登记已接受发现的文件 · file of accepted findings"),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="把现有发现全部登记为已接受 · accept all present findings")
    ] = False,
    prune_baseline: Annotated[
        bool, typer.Option("--prune-baseline", help="删去不再用到的登记 · remove unused entries")
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="WORDS", help="登记时写明的理由 · reason to write down")
    ] = None,
) -> int:
    """检查文本 · check texts"""
    return commands.check(
        CheckRequest(
            paths=tuple(paths),
            outputs=commands.parse_outputs(format or []),
            language=lang.value,
            overrides=Overrides(
                config=config,
                isolated=isolated,
                profile=profile,
                select=_listed(select) or None,
                ignore=_listed(ignore),
                preview=preview,
                fail_on=None if fail_on is None else fail_on.value,
                rules_dirs=tuple(rules_dir or ()),
                include=tuple(include) if include else None,
                exclude=tuple(exclude or ()),
                respect_gitignore=gitignore,
                force_exclude=force_exclude,
                tracked_changes=None if tracked_changes is None else tracked_changes.value,
                accept_file=accept_file,
                cache=cache,
                cache_dir=cache_dir,
            ),
            stdin_filename=stdin_filename,
            jobs=jobs,
            statistics=statistics,
            diff_base=diff_base,
            write_baseline=write_baseline,
            prune_baseline=prune_baseline,
            reason=reason,
        )
    )


def _listed(words: Sequence[str] | None) -> tuple[str, ...]:
    """``--ignore A,B --ignore C`` as three words."""
    return tuple(word for text in words or () for part in text.split(",") if (word := part.strip()))


@app.command()
def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Word 文件（.docx） · a Word file (.docx)")],
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件 · file to write")],
    force: Annotated[bool, typer.Option("--force", help="文件已存在也覆盖 · overwrite an existing file")] = False,
    lang: LanguageOption = Language.zh,
    fail_on: FailOnOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    profile: ProfileOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    tracked_changes: TrackedChangesOption = None,
) -> int:
    """把发现写成 Word 批注，另存一份 · write findings as Word comments into a copy"""
    overrides = Overrides(
        config=config,
        isolated=isolated,
        profile=profile,
        select=_listed(select) or None,
        ignore=_listed(ignore),
        fail_on=None if fail_on is None else fail_on.value,
        tracked_changes=None if tracked_changes is None else tracked_changes.value,
    )
    return commands.annotate(file, output, overrides, lang.value, force=force)


@app.command()
def claims(
    paths: Paths,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[=FILE]",
            help="输出格式 text、json、xlsx，可多次 · text, json or xlsx, repeatable",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到这个文件 · write to this file")] = None,
    tracked_changes: TrackedChangesOption = None,
    lang: LanguageOption = Language.zh,
) -> int:
    """核对清单：哪些核对过、是否一致 · the ledger of comparisons"""
    outputs = commands.parse_ledger_outputs(format or [], output)
    return commands.claims(paths, outputs, _reading(tracked_changes), lang.value)


def _reading(tracked_changes: TrackedChanges | None) -> Overrides:
    return Overrides(tracked_changes=None if tracked_changes is None else tracked_changes.value)


@show_app.command()
def outline(file: str, tracked_changes: TrackedChangesOption = None, lang: LanguageOption = Language.zh) -> int:
    """结构 · the outline"""
    return commands.show("outline", file, _reading(tracked_changes))


@show_app.command("claims")
def show_claims(file: str, tracked_changes: TrackedChangesOption = None, lang: LanguageOption = Language.zh) -> int:
    """提取到的每个说法 · every claim with its key"""
    return commands.show("claims", file, _reading(tracked_changes))


@app.command()
def rule(
    rule: Annotated[str, typer.Argument(metavar="CODE|NAME", help="规则代码或名称 · code or name")],
    format: ListingOption = Listing.text,
    lang: LanguageOption = Language.zh,
) -> int:
    """解释一条规则 · explain a rule"""
    return commands.explain_rule(rule, format.value, lang.value)


@app.command()
def config(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="文件或文件夹，默认当前文件夹 · file or folder")
    ] = None,
    format: ListingOption = Listing.text,
    lang: LanguageOption = Language.zh,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    profile: ProfileOption = None,
) -> int:
    """设置的值和来源、规则是否启用 · settings with their origin, rules on or off"""
    overrides = Overrides(config=config, isolated=isolated, profile=profile)
    return commands.show_config(file, overrides, format.value, lang.value)


@app.command()
def clean(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[FOLDER…]", help="文件夹 · folders")] = None,
    cache_dir: Annotated[
        Path | None, typer.Option("--cache-dir", metavar="FOLDER", help="缓存位置 · where the cache is")
    ] = None,
    lang: LanguageOption = Language.zh,
) -> int:
    """删除缓存 · delete the cache"""
    return commands.clean(paths or [], Overrides(cache_dir=cache_dir), lang.value)


@rules_app.callback(invoke_without_command=True)
def rules_default(
    context: typer.Context, format: ListingOption = Listing.text, lang: LanguageOption = Language.zh
) -> int:
    """列出、测试、新建规则 · list, test or begin rules"""
    if context.invoked_subcommand is None:
        return commands.list_rules(format.value, lang.value)
    return 0


@rules_app.command("list")
def rules_list(format: RuleListingOption = RuleListing.text, lang: LanguageOption = Language.zh) -> int:
    """列出全部规则 · list all rules"""
    return commands.list_rules(format.value, lang.value)


@rules_app.command("test")
def rules_test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH…]", help="规则目录或文件，默认内置规则 · folders or files of rules"),
    ] = None,
    lang: LanguageOption = Language.zh,
) -> int:
    """用规则自带的例子测试规则 · run the examples of rules"""
    return commands.test_rules(paths or [], lang.value)


@rules_app.command("new")
def rules_new(
    family: Annotated[str, typer.Argument(help="类别，如 TOT 或 totals · family")],
    name: Annotated[str, typer.Argument(help="规则名，如 parts-do-not-sum · name of the rule")],
    kind: Annotated[str, typer.Option(help="检查种类 · check kind")] = "partition",
    defect: Annotated[str | None, typer.Option(help="该种类的哪种缺陷 · defect of that kind")] = None,
    directory: Annotated[str, typer.Option("--directory", help="规则目录 · folder of rules")] = "rectlint-rules",
    lang: LanguageOption = Language.zh,
) -> int:
    """新建一条规则的骨架 · write the skeleton of a rule"""
    return commands.new_rule(family, name, kind, defect, directory, lang.value)


@app.command()
def server(lang: LanguageOption = Language.zh) -> int:
    """供编辑器使用的语言服务器 · language server for editors"""
    from rectlint.server import serve

    return serve(lang.value)


def run_app(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; what the parser refuses is told in the reader's language."""
    try:
        code = app(args=list(arguments), prog_name="rectlint", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if not isinstance(error, _parser_error()):
            raise
        print(f"rectlint: {_usage_words(error, wanted_language(arguments))}", file=sys.stderr)
        return 2
    return code if isinstance(code, int) else 0


def _parser_error() -> type[BaseException]:
    """What all errors of the parser under typer derive from: click's own class, or that of the click typer carries."""
    return next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")


def _usage_words(error: Exception, language: str) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    if language != "zh":
        return f"usage error: {message}\ntry: rectlint --help"
    return f"用法有误：{_chinese(error, message)}\n帮助：rectlint --help"


def _number_words(message: str) -> str:
    """What is wrong with a number, as far as the parser's words tell."""
    if "integer" in message:
        return "应为整数"
    least = re.search(r"greater than or equal to (\d+)|(\d+)<=x|x>=(\d+)", message)
    return f"不能小于 {next(filter(None, least.groups()))}" if least else message


def _command_names() -> list[str]:
    commands = [entry.name or entry.callback.__name__ for entry in app.registered_commands if entry.callback]
    return sorted([*commands, *(group.name for group in app.registered_groups if isinstance(group.name, str))])


def _chinese(error: Exception, message: str) -> str:
    """The parser's complaint in Chinese, as far as it says what it is about."""
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            close = getattr(error, "possibilities", None) or []
            return f"没有 {option} 这个选项" + (f"（是不是 {'、'.join(close)}？）" if close else "")
        case "MissingParameter":
            return f"缺少参数 {getattr(parameter, 'metavar', None) or getattr(parameter, 'name', '')}"
        case "BadOptionUsage":
            return f"选项 {option} 后面缺少值"
        case "BadParameter":
            name = getattr(error, "param_hint", None) or next(iter(getattr(parameter, "opts", [])), "")
            choice = re.search(r"'([^']*)' is not one of (.+?)\.?$", message)
            if choice:
                return f"{name} 没有“{choice[1]}”这个值（可用：{choice[2].replace(chr(39), '').replace(', ', '、')}）"
            return f"{name} 的值不对：{_number_words(message)}"
        case _:
            command = re.match(r"No such command '([^']*)'", message)
            if command:
                return f"没有 {command[1]} 这个命令（{did_you_mean(command[1], _command_names())[0]}）"
            return message
