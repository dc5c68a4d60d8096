"""What a server meets that no editor should send, and what befalls it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Run
from tests.lsp.books import HARBOUR, written
from tests.lsp.raw import PATIENCE, ROOT, Raw

RULES = "rules.md"


@pytest.fixture
def server() -> Iterator[Raw]:
    found = Raw()
    yield found
    found.end()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raw]:
    found = Raw()
    found.start(written(tmp_path_factory.mktemp("shared").resolve()))
    yield found
    found.end()


def test_nonsense_is_passed_over(server: Raw, tmp_path: Path) -> None:
    folder = written(tmp_path.resolve())
    server.bytes(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    server.message(b"{not json")
    server.message(b"\xff\xfe")
    server.message(b"[]")
    server.message(b"17")
    server.start(folder)
    server.message(b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": 7}')
    server.message(b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"x": []}}')
    server.message(b'{"jsonrpc": "2.0", "id": 77, "result": "to no question"}')
    server.tell("no/suchNotification", a=1)
    assert "error" in server.ask("no/suchRequest", a=1)
    server.open(folder / RULES)
    uri = (folder / RULES).as_uri()
    for line, column in ((10**9, 0), (0, 10**9), (3, 2**31 - 1)):
        for method in ("completion", "hover", "definition", "signatureHelp"):
            position = {"line": line, "character": column}
            answer = server.ask(
                f"textDocument/{method}", textDocument={"uri": uri}, position=position
            )
            assert "error" not in answer, answer
    # Texts that are not open, changes of them, and URIs that name no file of ours.
    for other in (
        "file:///nowhere/x.md",
        "untitled:Untitled-1",
        "http://x/y.md",
        "file:",
        "",
        "%%%",
    ):
        name = {"uri": other, "version": 3}
        server.tell("textDocument/didChange", textDocument=name, contentChanges=[{"text": "x"}])
        server.tell("textDocument/didClose", textDocument={"uri": other})
        answer = server.ask(
            "textDocument/hover", textDocument={"uri": other}, position={"line": 0, "character": 0}
        )
        assert answer.get("result") is None
    server.tell(
        "textDocument/didOpen",
        textDocument={
            "uri": "untitled:X",
            "languageId": "markdown",
            "version": 1,
            "text": "```writ\nx",
        },
    )
    assert "error" not in server.ask("writ/settled")


@pytest.mark.parametrize(
    "params", [b"7", b"[]", b'{"x": 1}', b'{"textDocument": {"uri": 7}, "position": {"line": "a"}}']
)
def test_a_request_that_cannot_be_read_is_answered(shared: Raw, params: bytes) -> None:
    shared.number += 1
    shared.message(
        b'{"jsonrpc": "2.0", "id": %d, "method": "textDocument/hover", "params": %s}'
        % (shared.number, params)
    )
    assert shared.answer(shared.number)["error"]["code"] in (-32602, -32603)


def test_a_text_with_half_a_character(server: Raw, tmp_path: Path) -> None:
    folder = written(tmp_path.resolve())
    server.start(folder)
    server.open(folder / RULES, HARBOUR[RULES].replace("# Rules", "# 😀 Rules"))
    uri = (folder / RULES).as_uri()
    line = HARBOUR[RULES].split("\n").index("# Rules")
    for text in ("\ud83d", "\ude00", "x"):
        inside = {"line": line, "character": 3}  # between the halves of the face
        server.tell(
            "textDocument/didChange",
            textDocument={"uri": uri, "version": 2},
            contentChanges=[{"range": {"start": inside, "end": inside}, "text": text}],
        )
    found = server.ask("textDocument/documentSymbol", textDocument={"uri": uri})
    assert found["result"][0]["name"].endswith("😀 Rules")


def test_a_request_that_is_withdrawn_is_answered_as_such(server: Raw, tmp_path: Path) -> None:
    folder = written(tmp_path.resolve())
    server.start(folder)
    server.open(folder / RULES)
    uri = (folder / RULES).as_uri()
    asked = [
        server.send(
            "textDocument/hover", textDocument={"uri": uri}, position={"line": 1, "character": 1}
        )
        for _ in range(20)
    ]
    for number in asked:
        server.tell("$/cancelRequest", id=number)
    for number in asked:
        answer = server.answer(number)
        assert "result" in answer or answer["error"]["code"] == -32800
    server.tell("$/cancelRequest", id=99999)
    assert "error" not in server.ask("writ/settled")


def test_answers_in_the_midst_of_edits_are_of_one_state(server: Raw, tmp_path: Path) -> None:
    """Every answer is of a whole state: where a name is found, its declaration is in the same text."""
    folder = written(tmp_path.resolve())
    server.start(folder)
    act, rules = folder / "act.md", folder / RULES
    server.open(act)
    server.open(rules)
    for number in range(25):
        name = "warn-ships" if number % 2 else "warn-vessels"
        for file, version in ((act, number), (rules, number)):
            text = HARBOUR[file.name].replace("warn-ships", name)
            server.tell(
                "textDocument/didChange",
                textDocument={"uri": file.as_uri(), "version": version + 2},
                contentChanges=[{"text": text}],
            )
        line = HARBOUR[RULES].split("\n").index("  master must warn-ships")
        answer = server.ask(
            "textDocument/definition",
            textDocument={"uri": rules.as_uri()},
            position={"line": line, "character": 16},
        )
        (found,) = answer["result"]
        start, end = found["range"]["start"], found["range"]["end"]
        assert found["uri"] == act.as_uri()
        assert end["character"] - start["character"] == len(name)


def test_a_killed_server_is_started_again(tmp_path: Path) -> None:
    folder = written(tmp_path.resolve())
    for _ in range(2):
        server = Raw()
        server.start(folder)
        server.open(folder / RULES)
        assert "error" not in server.ask("writ/settled")
        server.end()
        assert server.process.returncode == -9
    assert sorted(each.name for each in folder.iterdir()) == sorted(HARBOUR)


def test_it_ends_when_it_is_told_to(server: Raw, tmp_path: Path) -> None:
    server.start(written(tmp_path.resolve()))
    assert server.ask("shutdown")["result"] is None
    server.tell("exit")
    assert server.process.wait(PATIENCE) == 0
    assert server.process.stderr is not None
    assert server.process.stderr.read() == b""


def test_it_ends_when_the_editor_is_gone(server: Raw, tmp_path: Path) -> None:
    server.start(written(tmp_path.resolve()))
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert server.process.wait(PATIENCE) == 0


def test_over_a_port_of_this_machine_alone() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Raw("--tcp", str(port))
    try:
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", port), 1) as line:
                    body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
                    line.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                    line.settimeout(PATIENCE)
                    assert line.recv(20).startswith(b"Content-Length")
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        else:
            pytest.fail("nothing listens")
    finally:
        server.end()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--tcp", "0"), "is not a port"),
        (("--tcp", "70000"), "is not a port"),
        (("--tcp", "7000", "--stdio"), "exclude each other"),
    ],
)
def test_what_the_command_refuses(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run("lsp", *words)
    assert ran.status == 2
    assert said in ran.err


def test_without_its_library_it_says_what_to_install() -> None:
    code = (
        "import sys, importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'pygls' else real(name, *more)\n"
        "from writ.cli import main; sys.exit(main(['lsp']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 2
    assert "pip install 'writ[lsp]'" in done.stderr


def test_the_analysis_knows_of_no_protocol() -> None:
    code = (
        "import sys, writ.lsp.analysis.completion, writ.lsp.analysis.fixes, writ.lsp.analysis.rename, "
        "writ.lsp.analysis.hover, writ.lsp.analysis.lenses, writ.lsp.analysis.tokens, "
        "writ.lsp.analysis.outline, writ.lsp.analysis.snapshot\n"
        "assert not {'pygls', 'lsprotocol', 'django', 'asyncio'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
