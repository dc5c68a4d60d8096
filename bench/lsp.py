"""The language server on a book of 20,000 norms: completion, and an edit until its diagnostics are published.

The peer is python-lsp-server (jedi and pyflakes) on a package of as many modules, if the folder of an environment that
has it is given: `python -m bench.lsp VENV`. It answers the same two questions of an editor; what it knows of a program
is not what we know of a book, and its diagnostics are those of the one file.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench import corpus

ROOT = Path(__file__).resolve().parents[1]
NORMS, FILES, TIMES = 20_000, 2_000, 40


class Client:
    """Speaks to a server over its streams, and notes when each answer came."""

    def __init__(self, command: list[str], folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.answers: queue.Queue[tuple[float, dict]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.number = 0
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": "book"}],
                "capabilities": {},
            },
        )
        self.tell("initialized", {})

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while line := out.readline():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
                while out.readline().strip():
                    pass
                self.answers.put((time.perf_counter(), json.loads(out.read(size))))

    def _send(self, message: dict) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method: str, params: dict) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: dict) -> tuple[float, object]:
        """Milliseconds, and the result."""
        self.number += 1
        begun = time.perf_counter()
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            at, message = self.answers.get(timeout=120)
            if message.get("id") == self.number and "method" not in message:
                return (at - begun) * 1000, message.get("result")

    def edit(self, uri: str, version: int, text: str) -> float:
        """Milliseconds from an edit to its diagnostics; a text is sent as a whole, which costs us more than a range."""
        while not self.answers.empty():
            self.answers.get()
        begun = time.perf_counter()
        self.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]},
        )
        while True:
            at, message = self.answers.get(timeout=120)
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            params = message["params"]
            if params["uri"] == uri and params.get("version") in (None, version):
                return (at - begun) * 1000

    def checked(self, uri: str, version: int, text: str) -> float:
        """Milliseconds from an edit until the whole book has been compiled and checked, and that is published."""
        begun = time.perf_counter()
        self.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]},
        )
        self.ask("writ/settled", {})
        return (time.perf_counter() - begun) * 1000

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def said(name: str, times: list[float], cpu: float | None = None) -> None:
    times = sorted(times)
    spent = f", {cpu * 1000 / len(times):.0f} ms CPU each" if cpu is not None else ""
    print(
        f"  {name}: median {times[len(times) // 2]:.0f} ms, 95 % {times[int(len(times) * 0.95)]:.0f} ms, "
        f"worst {times[-1]:.0f} ms{spent}",
        flush=True,
    )


def ours(folder: Path) -> None:
    from importlib.metadata import version

    import pygls  # noqa: F401

    print(f"writ lsp, {NORMS:,} norms in {FILES:,} files (pygls {version('pygls')})")
    begun = time.perf_counter()
    client = Client([sys.executable, "-m", "writ.cli", "lsp"], folder)
    path = folder / "instrument-00777.md"
    text, uri = path.read_text(), path.as_uri()
    opened = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    client.tell("textDocument/didOpen", {"textDocument": opened})
    client.ask("writ/settled", {})
    print(f"  opened and checked in {time.perf_counter() - begun:.1f} s, {client.cpu():.1f} s CPU")
    version_ = 1
    for name, mark in (
        ("acts after `may`", "may act-"),
        ("facts in `when`", "when fact-"),
        ("a bearer", "  office-"),
    ):
        line = next(n for n, each in enumerate(text.split("\n")) if mark in each)
        column = text.split("\n")[line].index(mark) + len(mark)
        where = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        before = client.cpu()
        times = [client.ask("textDocument/completion", where) for _ in range(TIMES)]
        count = len(times[0][1]["items"])  # type: ignore[index]
        said(
            f"completion of {name} ({count} items)",
            [each[0] for each in times],
            client.cpu() - before,
        )
    times = []
    line = next(n for n, each in enumerate(text.split("\n")) if "may act-" in each)
    where = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 8}}
    before = client.cpu()
    edits = []
    for number in range(TIMES):
        version_ += 1
        changed = text.replace("  when fact-", f"  when fact-{number} and fact-", 1)
        edits.append(client.checked(uri, version_, changed))
    spent = client.cpu() - before
    said("edit of a norm, compiled, checked whole and published", edits, spent)
    broken = []
    for number in range(TIMES):
        version_ += 1
        broken.append(
            client.edit(
                uri, version_, text.replace("  when fact-", f"  when fakt-{number} and fact-", 1)
            )
        )
        version_ += 1
        client.edit(uri, version_, text)
    said("edit that misspells a name", broken)
    for number in range(TIMES):
        version_ += 1
        changed = text.replace("  when fact-", f"  when fact-{number} or fact-", 1)
        client.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": version_},
                "contentChanges": [{"text": changed}],
            },
        )
        times.append(client.ask("textDocument/completion", where)[0])
        client.ask("writ/settled", {})
    said("completion in the midst of a recheck", times)
    charter = folder / "charter.md"
    words, named = charter.read_text(), charter.as_uri()
    opened = {"uri": named, "languageId": "markdown", "version": 1, "text": words}
    client.tell("textDocument/didOpen", {"textDocument": opened})
    client.ask("writ/settled", {})
    first, last = [], []
    for number in range(5):
        changed = words.replace('fact fact-7: yes-no "', f'fact fact-7: yes-no "{number} ')
        begun = time.perf_counter()
        first.append(client.edit(named, 2 + number, changed))
        client.ask("writ/settled", {})
        last.append((time.perf_counter() - begun) * 1000)
    said("edit of the file that declares every word (1,600 declarations), compiled", first)
    said("the same, checked whole", last)
    client.end()


MODULE = """import package.module_{after}

def function_{number}(amount: int) -> int:
    return package.module_{after}.function_{after}(amount)

def other_{number}(amount: int) -> int:
    return function_{number}(amount)
"""


def peer(environment: Path, folder: Path) -> None:
    python = environment / "bin" / "python"
    asked = "from importlib.metadata import version as v; print(v('python-lsp-server'), v('jedi'), v('pyflakes'))"
    done = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False)
    if done.returncode:
        print("python-lsp-server: not there")
        return
    server, jedi, flakes = done.stdout.split()
    print(f"python-lsp-server {server} (jedi {jedi}, pyflakes {flakes}), {FILES:,} modules")
    package = folder / "package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    for number in range(FILES):
        after = (number + 1) % FILES
        (package / f"module_{number}.py").write_text(MODULE.format(number=number, after=after))
    client = Client([str(python), "-m", "pylsp"], folder)
    path = package / "module_777.py"
    text, uri = path.read_text(), path.as_uri()
    opened = {"uri": uri, "languageId": "python", "version": 1, "text": text}
    client.tell("textDocument/didOpen", {"textDocument": opened})
    where = {"textDocument": {"uri": uri}, "position": {"line": 6, "character": 13}}
    before = client.cpu()
    times = [client.ask("textDocument/completion", where) for _ in range(TIMES)]
    listed = times[0][1]
    count = len(listed["items"] if isinstance(listed, dict) else listed or ())
    said(
        f"completion of a name ({count} items)", [each[0] for each in times], client.cpu() - before
    )
    edits = [
        client.edit(uri, 2 + number, text.replace("amount)", f"amount + {number})"))
        for number in range(10)
    ]
    said("edit, the one file looked at again (it waits half a second by design)", edits)
    client.end()


def main() -> None:
    place = Path(tempfile.mkdtemp(prefix="writ-bench-"))
    try:
        corpus.write(place / "book", NORMS, FILES)
        ours(place / "book")
        if len(sys.argv) > 1:
            peer(Path(sys.argv[1]), place / "program")
        else:
            print("no peer was given: `python -m bench.lsp VENV` with python-lsp-server in VENV")
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
