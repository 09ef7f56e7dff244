"""The language server: what a run would find, while the text is being written.

In: an editor's messages on standard input.  Out: diagnostics with the places they rest on, hovers with the derivation and
the rule's words, and actions that accept a finding with a reason.  Needs the extra ``rectlint[server]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rectlint
from rectlint.accept import FILE_NAME, apply_entries, entry_text, find_accept_file, read_accept_file
from rectlint.config import Overrides
from rectlint.errors import RectlintError, UsageError
from rectlint.inline import is_draft
from rectlint.planning import Planner
from rectlint.records import NamedTuple
from rectlint.report import FileResult, Finding, Place, Position, Severity
from rectlint.ruleset import Rule
from rectlint.runner import check_draft

if TYPE_CHECKING:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

_SEVERITIES: dict[Severity, int] = {"error": 1, "warning": 2, "info": 3}


class Checked(NamedTuple):
    """A document as last checked: its text, and the result or what went wrong."""

    text: str
    result: FileResult | None
    problem: str = ""


class Desk:
    """The open documents with their results, and the configuration they were checked under."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.planner = Planner(Overrides())
        self.checked: dict[str, Checked] = {}

    def forget_configuration(self) -> None:
        """A configuration, rule or accept file changed: read them again."""
        self.planner = Planner(Overrides())

    def check(self, uri: str, path: str, text: str) -> Checked:
        """Check a document and keep the result."""
        self.checked[uri] = self._check(path, text)
        return self.checked[uri]

    def _check(self, path: str, text: str) -> Checked:
        if not text.strip():
            return Checked(text, None)
        try:
            plan = self.planner.plans[self.planner.plan_for(path)]
            result = check_draft(text, path, plan)
            if result.error is not None:
                return Checked(text, None, result.error.text(self.language))
            return Checked(text, self._without_accepted(result))
        except RectlintError as error:
            return Checked(text, None, error.text(self.language))

    def _without_accepted(self, result: FileResult) -> FileResult:
        path = self.accept_file_for(result.path)
        if not path.is_file():
            return result
        rules = self.planner.all_rules()
        names = {rule.code: rule.code for rule in rules} | {rule.name: rule.code for rule in rules}
        return apply_entries(result, read_accept_file(path, names))[0]

    def accept_file_for(self, path: str) -> Path:
        """The accept file that holds for a document, whether it exists or not."""
        settings = self.planner.settings_for(Path(path).parent)
        return settings.accept_file or find_accept_file(Path(path).parent) or settings.root / FILE_NAME

    def rule(self, code: str) -> Rule | None:
        """The rule with this code."""
        return next((rule for rule in self.planner.all_rules() if rule.code == code), None)

    def say(self, zh: str, en: str) -> str:
        """The wording in the language of this desk."""
        return zh if self.language == "zh" else en


def serve(language: str) -> int:
    """Serve an editor until it leaves."""
    try:
        server = build_server(language)
    except ImportError:
        raise UsageError(
            "rectlint server",
            "需要另装语言服务器组件",
            "the language server is an optional part",
            'pip install "rectlint[server]"',
            'pip install "rectlint[server]"',
        ) from None
    server.start_io()
    return 0


def build_server(language: str) -> LanguageServer:
    """The server with its handlers."""
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

    server = LanguageServer("rectlint", rectlint.__version__, types.TextDocumentSyncKind.Full)
    desk = Desk(language)
    handlers: dict[str, Callable[[LanguageServer, Desk, Any], Any]] = {
        types.TEXT_DOCUMENT_DID_OPEN: _on_change,
        types.TEXT_DOCUMENT_DID_CHANGE: _on_change,
        types.TEXT_DOCUMENT_DID_SAVE: _on_save,
        types.TEXT_DOCUMENT_DID_CLOSE: _on_close,
        types.TEXT_DOCUMENT_HOVER: _on_hover,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _on_files,
    }
    for name, handler in handlers.items():
        server.feature(name)(_bound(handler, server, desk))
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_bound(_on_code_action, server, desk))
    return server


def _bound(
    handler: Callable[[LanguageServer, Desk, Any], Any], server: LanguageServer, desk: Desk
) -> Callable[[Any], Any]:
    """The handler with server and desk filled in; pygls wants to see a plain function of one argument."""

    def handle(params: Any) -> Any:
        return handler(server, desk, params)

    return handle


def _on_change(
    server: LanguageServer, desk: Desk, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams
) -> None:
    _publish(server, desk, params.text_document.uri)


def _on_save(server: LanguageServer, desk: Desk, params: types.DidSaveTextDocumentParams) -> None:
    if params.text_document.uri.endswith(".toml"):
        _publish_all(server, desk)


def _on_files(server: LanguageServer, desk: Desk, params: types.DidChangeWatchedFilesParams) -> None:
    _publish_all(server, desk)


def _on_close(server: LanguageServer, desk: Desk, params: types.DidCloseTextDocumentParams) -> None:
    from lsprotocol import types

    desk.checked.pop(params.text_document.uri, None)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _publish_all(server: LanguageServer, desk: Desk) -> None:
    desk.forget_configuration()
    for uri in list(desk.checked):
        _publish(server, desk, uri)


def _publish(server: LanguageServer, desk: Desk, uri: str) -> None:
    from lsprotocol import types

    document = server.workspace.get_text_document(uri)
    if document.path is None or document.path.endswith(".toml"):
        return
    checked = desk.check(uri, document.path, document.source)
    diagnostics = list(_diagnostics(server, desk, uri, checked))
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, document.version))


def _diagnostics(server: LanguageServer, desk: Desk, uri: str, checked: Checked) -> Iterator[types.Diagnostic]:
    from lsprotocol import types

    if checked.problem:
        top = types.Range(types.Position(0, 0), types.Position(0, 0))
        yield types.Diagnostic(top, checked.problem, severity=types.DiagnosticSeverity.Error, source="rectlint")
    for finding in checked.result.findings if checked.result is not None else ():
        message = "\n".join(part for part in (finding.message.text(desk.language), finding.derivation) if part)
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(uri, _range(server, checked.text, place)),
                f"{place.label.text(desk.language)} {place.text}".strip(),
            )
            for place in finding.evidence
        ]
        yield types.Diagnostic(
            _range(server, checked.text, finding.place),
            message,
            severity=types.DiagnosticSeverity(_SEVERITIES[finding.severity]),
            code=finding.rule,
            source="rectlint",
            related_information=related,
            data={"fingerprint": finding.fingerprint},
        )


def _on_hover(server: LanguageServer, desk: Desk, params: types.HoverParams) -> types.Hover | None:
    from lsprotocol import types

    checked = desk.checked.get(params.text_document.uri)
    if checked is None or checked.result is None:
        return None
    for finding in checked.result.findings:
        for place in (finding.place, *finding.evidence):
            range_ = _range(server, checked.text, place)
            if _contains(range_, params.position):
                words = types.MarkupContent(types.MarkupKind.Markdown, _hover_words(finding, desk))
                return types.Hover(words, range_)
    return None


def _hover_words(finding: Finding, desk: Desk) -> str:
    rule = desk.rule(finding.rule)
    title = rule.title.text(desk.language) if rule is not None else finding.name
    parts = [
        f"**{finding.rule} {title}** (`{finding.name}`)",
        _escaped(finding.message.text(desk.language)),
        f"`{finding.derivation}`" if finding.derivation else "",
        _escaped(finding.advice.text(desk.language)),
    ]
    if rule is not None:
        parts += ["---", rule.what, rule.why, rule.fix]
    return "\n\n".join(part for part in parts if part)


def _escaped(text: str) -> str:
    """Words from the text itself must not act as Markdown."""
    return "".join("\\" + character if character in "\\`*_{}[]<>()#+-!|~" else character for character in text)


def _on_code_action(
    server: LanguageServer, desk: Desk, params: types.CodeActionParams
) -> list[types.CodeAction] | None:
    checked = desk.checked.get(params.text_document.uri)
    if checked is None or checked.result is None:
        return None
    actions: list[types.CodeAction] = []
    diagnostics = {
        diagnostic.data["fingerprint"]: diagnostic
        for diagnostic in params.context.diagnostics
        if isinstance(diagnostic.data, dict) and "fingerprint" in diagnostic.data
    }
    for finding in checked.result.findings:
        range_ = _range(server, checked.text, finding.place)
        if not (range_.start <= params.range.end and params.range.start <= range_.end):
            continue
        diagnostic = diagnostics.get(finding.fingerprint)
        actions.append(_accept_in_file(desk, checked.result.path, finding, diagnostic))
        if is_draft(checked.result.format):
            actions.append(_accept_in_draft(server, desk, params.text_document.uri, checked, finding, diagnostic))
    return actions


def _accept_in_file(desk: Desk, path: str, finding: Finding, diagnostic: types.Diagnostic | None) -> types.CodeAction:
    """An edit that adds an entry to the accept file, and makes the file if need be."""
    from lsprotocol import types
    from pygls import uris

    accept_file = desk.accept_file_for(path)
    text = accept_file.read_text("utf-8") if accept_file.is_file() else ""
    entry = entry_text(
        finding.rule,
        _relative(path, accept_file),
        " ".join(finding.context.text.split()) or finding.place.text,
        desk.say("请在此写明可以接受的理由", "say here why this may stand"),
        finding.fingerprint,
    )
    end = types.Position(text.count("\n"), len(text.rpartition("\n")[2].encode("utf-16-le")) // 2)
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    uri = uris.from_fs_path(str(accept_file)) or accept_file.as_uri()
    edit = types.TextDocumentEdit(
        types.OptionalVersionedTextDocumentIdentifier(uri), [types.TextEdit(types.Range(end, end), gap + entry)]
    )
    create = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    title = desk.say(f"登记接受 {finding.rule}（{accept_file.name}）", f"Accept {finding.rule} in {accept_file.name}")
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic] if diagnostic else None,
        edit=types.WorkspaceEdit(document_changes=[create, edit]),
    )


def _accept_in_draft(
    server: LanguageServer,
    desk: Desk,
    uri: str,
    checked: Checked,
    finding: Finding,
    diagnostic: types.Diagnostic | None,
) -> types.CodeAction:
    """An edit that puts a comment at the end of the finding's line."""
    from lsprotocol import types

    line = finding.place.end.line
    words = checked.text.split("\n")[line - 1].rstrip("\r")
    spot = _position(server, checked.text, Position(line, len(words) + 1, 0))
    comment = f" <!-- rectlint: ignore[{finding.name}] {desk.say('请写明理由', 'say why')} -->"
    title = desk.say(f"在本段用注释接受 {finding.rule}", f"Accept {finding.rule} by a comment here")
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic] if diagnostic else None,
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(types.Range(spot, spot), comment)]}),
    )


def _relative(path: str, accept_file: Path) -> str:
    absolute, root = Path(path).absolute(), accept_file.absolute().parent
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()


def _range(server: LanguageServer, text: str, place: Place) -> types.Range:
    from lsprotocol import types

    return types.Range(_position(server, text, place.start), _position(server, text, place.end))


def _position(server: LanguageServer, text: str, position: Position) -> types.Position:
    """A position in the units the editor counts in: UTF-16 unless it asked for others."""
    from lsprotocol import types

    start = _line_start(text, position.line)
    before = text[start : start + position.column - 1]
    encoding = server.workspace.position_encoding
    if encoding == types.PositionEncodingKind.Utf32:
        character = len(before)
    elif encoding == types.PositionEncodingKind.Utf8:
        character = len(before.encode("utf-8", "surrogatepass"))
    else:
        character = len(before.encode("utf-16-le", "surrogatepass")) // 2
    return types.Position(position.line - 1, character)


def _line_start(text: str, line: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start


def _contains(range_: types.Range, position: types.Position) -> bool:
    return range_.start <= position <= range_.end
