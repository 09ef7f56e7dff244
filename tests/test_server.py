"""The language server, in a session over standard input and output as an editor holds it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rectlint.__main__ import run
from tests.cli_helper import JUMPING, rectlint

pytest.importorskip("pygls", reason="the language server is an optional extra: pip install rectlint[server]")


class Session:
    """A client: sends framed JSON and collects what comes back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rectlint", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.diagnostics: dict[str, list[Any]] = {}
        self._next = 0

    def send(self, method: str, params: Any, id: int | None = None) -> None:
        """Send a notification, or with ``id`` a request."""
        message = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if id is None else {"id": id})
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self) -> Any:
        """The next message; diagnostics are kept by document."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server closed the line"
        message = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def request(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self._next += 1
        self.send(method, params, self._next)
        while True:
            message = self.read()
            if message.get("id") == self._next and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def wait_for_diagnostics(self, uri: str) -> list[Any]:
        """The next diagnostics of a document."""
        self.diagnostics.pop(uri, None)
        while uri not in self.diagnostics:
            self.read()
        return self.diagnostics[uri]

    def open(self, name: str, text: str) -> tuple[str, list[Any]]:
        """Open a document; its address and diagnostics."""
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        return uri, self.wait_for_diagnostics(uri)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An initialized session in an empty folder."""
    session = Session(tmp_path)
    answer = session.request("initialize", {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}})
    assert answer["serverInfo"]["name"] == "rectlint"
    assert answer["capabilities"]["hoverProvider"]
    session.send("initialized", {})
    yield session
    session.request("shutdown", None)
    session.send("exit", None)
    session.process.wait(timeout=20)
    for stream in (session.process.stdin, session.process.stdout):
        assert stream is not None
        stream.close()


def position_of(text: str, words: str) -> dict[str, int]:
    """Where ``words`` begin, in lines from 0 and UTF-16 units."""
    before = text[: text.index(words)]
    return {"line": before.count("\n"), "character": len(before.rpartition("\n")[2].encode("utf-16-le")) // 2}


def test_diagnostics_carry_the_evidence(session: Session) -> None:
    """Opening a contradictory text gives diagnostics with code, severity, place, and the other place as related."""
    uri, diagnostics = session.open("a.txt", JUMPING)
    assert [diagnostic["code"] for diagnostic in diagnostics] == ["NUM001", "NUM001"]
    first = diagnostics[0]
    assert first["severity"] == 2
    assert first["source"] == "rectlint"
    assert first["range"]["start"] == position_of(JUMPING, "（4）")
    related = first["relatedInformation"][0]
    assert related["location"]["uri"] == uri
    assert related["location"]["range"]["start"] == position_of(JUMPING, "（2）")


def test_columns_are_utf16_units(session: Session) -> None:
    """A character beyond the basic plane counts two, as editors count it."""
    text = JUMPING.replace("整改情况：一是", "整改情况𠮷𠮷：一是")
    _, diagnostics = session.open("a.txt", text)
    assert diagnostics[1]["range"]["start"] == position_of(text, "三是")


def test_editing_mends_the_diagnostics(session: Session) -> None:
    """When the text is put right the diagnostics go; when it is closed too."""
    uri, diagnostics = session.open("a.txt", JUMPING)
    assert len(diagnostics) == 2
    changes = [{"text": JUMPING.replace("三是开展", "二是开展")}]
    session.send("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": changes})
    assert len(session.wait_for_diagnostics(uri)) == 1
    session.send("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert session.wait_for_diagnostics(uri) == []


def test_same_findings_as_the_command(session: Session, tmp_path: Path) -> None:
    """The server and ``rectlint check`` find the same in the same file."""
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    _, diagnostics = session.open("a.txt", JUMPING)
    findings = rectlint("check", tmp_path / "a.txt", "-f", "json").json["findings"]
    assert [d["data"]["fingerprint"] for d in diagnostics] == [finding["fingerprint"] for finding in findings]


def test_hover_tells_derivation_and_rule(session: Session) -> None:
    """Hovering over a place, evidence too, shows derivation and what the rule is about; elsewhere nothing."""
    uri, _ = session.open("a.txt", JUMPING)
    for words in ("（4）", "（2）"):
        params = {"textDocument": {"uri": uri}, "position": position_of(JUMPING, words)}
        hover = session.request("textDocument/hover", params)
        assert "NUM001" in hover["contents"]["value"]
        assert "（4）" in hover["contents"]["value"]
        assert "连续" in hover["contents"]["value"]
    nowhere = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
    assert session.request("textDocument/hover", nowhere) is None


def actions(session: Session, uri: str, diagnostic: Any) -> list[Any]:
    """The code actions at a diagnostic."""
    context = {"diagnostics": [diagnostic]}
    params = {"textDocument": {"uri": uri}, "range": diagnostic["range"], "context": context}
    found = session.request("textDocument/codeAction", params)
    assert isinstance(found, list)
    return found


def test_action_accepts_a_finding_in_the_accept_file(session: Session, tmp_path: Path) -> None:
    """The edit of the action, applied, is an accept file that the command and the server both honour."""
    (tmp_path / "a.txt").write_text(JUMPING, "utf-8")
    uri, diagnostics = session.open("a.txt", JUMPING)
    for diagnostic in diagnostics:
        (action,) = actions(session, uri, diagnostic)
        create, edit = action["edit"]["documentChanges"]
        assert create["kind"] == "create"
        assert create["options"]["ignoreIfExists"] is True
        path = tmp_path / "rectlint-accept.toml"
        assert create["uri"] == edit["textDocument"]["uri"] == path.as_uri()
        (change,) = edit["edits"]
        text = path.read_text("utf-8") if path.exists() else ""
        assert change["range"]["start"]["line"] == text.count("\n")
        path.write_text(text + change["newText"], "utf-8")
    assert rectlint("check", tmp_path / "a.txt").code == 0
    session.send("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 1}]})
    assert session.wait_for_diagnostics(uri) == []


def test_action_accepts_a_finding_in_a_draft(session: Session, tmp_path: Path) -> None:
    """In Markdown there is a second action, a comment at the end of the line, which works."""
    text = JUMPING.replace("\n", "\n\n")
    uri, diagnostics = session.open("a.md", text)
    action = actions(session, uri, diagnostics[0])[1]
    (change,) = action["edit"]["changes"][uri]
    lines = text.split("\n")
    line = change["range"]["start"]["line"]
    assert change["range"]["start"]["character"] == len(lines[line])
    lines[line] += change["newText"]
    changed = "\n".join(lines)
    session.send(
        "textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": changed}]}
    )
    assert len(session.wait_for_diagnostics(uri)) == 1


def test_broken_configuration_is_shown(session: Session, tmp_path: Path) -> None:
    """A mistake in the configuration is a diagnostic at the top; mending it brings the findings."""
    (tmp_path / "rectlint.toml").write_text("nonsense = 1", "utf-8")
    uri, diagnostics = session.open("a.txt", JUMPING)
    assert "没有 nonsense 这个设置" in diagnostics[0]["message"]
    (tmp_path / "rectlint.toml").write_text("preview = false", "utf-8")
    session.send("textDocument/didSave", {"textDocument": {"uri": (tmp_path / "rectlint.toml").as_uri()}})
    assert len(session.wait_for_diagnostics(uri)) == 2


def test_empty_document_is_no_error(session: Session) -> None:
    """A document nobody has written in yet has no diagnostics."""
    assert session.open("a.txt", "")[1] == []


def test_missing_extra_is_explained(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the extra installed the command says what to install."""
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    assert run(["server"]) == 2
    assert "rectlint[server]" in capsys.readouterr().err
