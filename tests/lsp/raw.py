"""A client that may say anything: bytes to a server, and what comes back."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Raw:
    def __init__(self, *options: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "writ.cli", "lsp", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.seen: list[dict[str, Any]] = []
        self.number = 0
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while line := out.readline():
            # Nothing but messages may come over the stream.
            assert line.startswith((b"Content-Length:", b"Content-Type:", b"\r\n")), line
            if line.startswith(b"Content-Length:"):
                size = int(line.split(b":")[1])
                while out.readline().strip():
                    pass
                self.answers.put(json.loads(out.read(size)))

    def bytes(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def message(self, body: bytes) -> None:
        self.bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def say(self, **fields: Any) -> None:
        self.message(json.dumps({"jsonrpc": "2.0", **fields}).encode())

    def tell(self, method: str, **params: Any) -> None:
        self.say(method=method, params=params)

    def send(self, method: str, **params: Any) -> int:
        self.number += 1
        self.say(id=self.number, method=method, params=params)
        return self.number

    def answer(self, number: int) -> dict[str, Any]:
        while True:
            for each in self.seen:
                if each.get("id") == number and "method" not in each:
                    self.seen.remove(each)
                    return each
            self.seen.append(self.answers.get(timeout=PATIENCE))

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self.answer(self.send(method, **params))

    def start(self, folder: Path) -> None:
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self.tell("initialized")

    def open(self, file: Path, text: str | None = None) -> None:
        item = {
            "uri": file.as_uri(),
            "languageId": "markdown",
            "version": 1,
            "text": file.read_text("utf-8") if text is None else text,
        }
        self.tell("textDocument/didOpen", textDocument=item)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            with contextlib.suppress(BrokenPipeError):
                stream.close()
