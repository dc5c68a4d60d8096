"""An editor as the tests have one: it keeps its own texts, sends what changes, and applies what the server says.

It is driven from plain functions: one event loop, run until each request is answered, and never longer than `PATIENCE`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which a server is taken to hang."""


class Editor:
    def __init__(self, folder: Path, encodings: tuple[str, ...] = ("utf-16",)) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.runner = asyncio.Runner()
        self.client: LanguageClient = make_test_lsp_client()
        self.encodings = encodings
        self.registered: list[str] = []

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += [each.method for each in params.registrations]

        self.run(self._start())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(asyncio.wait_for(work, PATIENCE))

    async def _start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": ""}
        command = (sys.executable, "-m", "writ.cli", "lsp")
        await self.client.start_io(*command, env=environment, cwd=str(ROOT))
        abilities = client_capabilities("visual-studio-code")
        assert abilities.general is not None
        abilities.general.position_encodings = list(self.encodings)
        result = await self.client.initialize_session(
            types.InitializeParams(
                abilities,
                process_id=os.getpid(),
                root_uri=self.folder.as_uri(),
                workspace_folders=[types.WorkspaceFolder(self.folder.as_uri(), "book")],
            )
        )
        self.capabilities = result.capabilities
        chosen = result.capabilities.position_encoding
        self.encoding = str(getattr(chosen, "value", chosen) or "utf-16")

    def end(self) -> None:
        async def leave() -> None:
            await self.client.shutdown_session()
            await self.client.stop()

        try:
            self.run(leave())
        finally:
            self.runner.close()

    # --- texts

    def uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    def open(self, path: str, text: str | None = None) -> None:
        if text is None:
            text = (self.folder / path).read_bytes().decode()
        self.texts[path], self.versions[path] = text, 1
        language = "yaml" if path.endswith(".yaml") else "markdown"
        item = types.TextDocumentItem(self.uri(path), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def close(self, path: str) -> None:
        del self.texts[path], self.versions[path]
        params = types.DidCloseTextDocumentParams(self.document(path))
        self.client.text_document_did_close(params)

    def edit(self, path: str, *edits: tuple[types.Range, str]) -> None:
        """Change a text by ranges, one after another."""
        changes: list[types.TextDocumentContentChangeEvent] = []
        for where, new in edits:
            text = self.texts[path]
            start, end = self.offset(text, where.start), self.offset(text, where.end)
            self.texts[path] = text[:start] + new + text[end:]
            changes.append(types.TextDocumentContentChangePartial(where, new))
        self._changed(path, changes)

    def write(self, path: str, text: str) -> None:
        """Give a text anew, as a whole."""
        self.texts[path] = text
        self._changed(path, [types.TextDocumentContentChangeWholeDocument(text)])

    def replace(self, path: str, old: str, new: str) -> None:
        """Change the first place where a text stands, by its range."""
        at = self.texts[path].index(old)
        self.edit(path, (self.range(path, at, at + len(old)), new))

    def _changed(self, path: str, changes: list[types.TextDocumentContentChangeEvent]) -> None:
        self.versions[path] += 1
        name = types.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        params = types.DidChangeTextDocumentParams(name, changes)
        self.client.text_document_did_change(params)

    # --- positions, reckoned otherwise than the server does: by encoding each line

    def position(self, text: str, offset: int) -> types.Position:
        before = text[:offset].replace("\r\n", "\n\n").replace("\r", "\n")
        # A line feed and a carriage return together are one end: count the returns that have a line feed behind.
        line = before.count("\n") - text[:offset].count("\r\n")
        start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
        return types.Position(line, self.units(text[start:offset]))

    def units(self, text: str) -> int:
        if self.encoding == "utf-32":
            return len(text)
        size = 2 if self.encoding == "utf-16" else 1
        return (
            len(text.encode(f"{self.encoding}-le" if size == 2 else "utf-8", "surrogatepass"))
            // size
        )

    def range(self, path: str, start: int, end: int) -> types.Range:
        text = self.texts[path]
        return types.Range(self.position(text, start), self.position(text, end))

    def offset(self, text: str, at: types.Position) -> int:
        lines = text.replace("\r\n", "\n\0").replace("\r", "\n").split("\n")
        if at.line >= len(lines):
            return len(text)
        start = sum(len(line) + 1 for line in lines[: at.line])
        line = lines[at.line]
        skip = 1 if line.startswith("\0") else 0
        units = 0
        for number, letter in enumerate(line[skip:]):
            units += self.units(letter)
            if units > at.character:
                return start + skip + number
        return start + len(line)

    def at(self, path: str, mark: str, beyond: int = 0) -> types.Position:
        """The position where a text stands, so many characters on."""
        return self.position(self.texts[path], self.texts[path].index(mark) + beyond)

    # --- asking

    def ask(self, method: str, params: Any) -> Any:
        return self.run(self.client.protocol.send_request_async(method, params))

    def settled(self) -> None:
        """Until the server has compiled and checked everything, and said so."""
        self.ask("writ/settled", {})

    def diagnostics(self, path: str) -> list[types.Diagnostic]:
        """What is published of a text as it now is."""
        self.settled()
        return list(self.client.diagnostics.get(self.uri(path), ()))

    def complete(self, path: str, at: types.Position) -> list[types.CompletionItem]:
        params = types.CompletionParams(self.document(path), at)
        found = self.ask(types.TEXT_DOCUMENT_COMPLETION, params)
        return [] if found is None else list(found.items)

    def apply(self, edit: types.WorkspaceEdit) -> dict[str, str]:
        """The texts after an edit of the workspace; those that are open are changed, the others written."""
        changed: dict[str, str] = {}
        for each in edit.document_changes or ():
            assert isinstance(each, types.TextDocumentEdit)
            uri = each.text_document.uri
            path = next(p for p in (*self.texts, *self._files()) if self.uri(p) == uri)
            text = self.texts.get(path)
            if text is None:
                text = (self.folder / path).read_bytes().decode()
            places = sorted(
                (self.offset(text, e.range.start), self.offset(text, e.range.end), e.new_text)
                for e in each.edits
            )
            for start, end, new in reversed(places):
                text = text[:start] + new + text[end:]
            changed[path] = text
            if path in self.texts:
                self.write(path, text)
            else:
                (self.folder / path).write_bytes(text.encode())
                self.changed_on_disk(path)
        return changed

    def _files(self) -> list[str]:
        return [
            each.relative_to(self.folder).as_posix()
            for each in self.folder.rglob("*")
            if each.is_file()
        ]

    def changed_on_disk(self, *paths: str) -> None:
        events = [types.FileEvent(self.uri(path), types.FileChangeType.Changed) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))
