"""A witness for an overseer's own machine: it remembers the last tree that it saw, and cosigns only what grows from it.

It needs no database. What it knows is one small file for each log, written whole before it answers.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec

from writ.journal.log.keys import Kind, SigningKey, VerifierKey, load_key, new_key
from writ.journal.log.note import MOST_BYTES
from writ.journal.log.witness import Answer, Seen, add_checkpoint, parse_request

Start = Callable[[str, list[tuple[str, str]]], Any]


class Watcher:
    """A witness in a folder. As a WSGI application it answers `POST /add-checkpoint`."""

    def __init__(self, folder: Path, name: str, logs: Iterable[VerifierKey]) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.logs: dict[str, list[VerifierKey]] = {}
        for key in logs:
            self.logs.setdefault(key.name, []).append(key)
        self.key = self._key(name)

    def _key(self, name: str) -> SigningKey:
        path = self.folder / "key.pem"
        if not path.exists():
            key = new_key(name, Kind.ED25519_COSIGNATURE)
            written(path, key.pem())
        return load_key(path.read_bytes(), name, Kind.ED25519_COSIGNATURE)

    def answer(self, body: bytes) -> Answer:
        """The answer to a request; what is new is on the disk before it is given."""
        origin = self._origin(body)
        with self._alone():
            path = self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.seen"
            seen = {}
            if path.exists():
                seen[origin] = msgspec.json.decode(path.read_bytes(), type=Seen)
            answer = add_checkpoint(body, seen, self.logs, [self.key], int(time.time()))
            if answer.seen is not None:
                written(path, msgspec.json.encode(answer.seen))
        return answer

    @staticmethod
    def _origin(body: bytes) -> str:
        from writ.journal.log.codes import Refused

        try:
            return parse_request(body).checkpoint.head.origin
        except Refused:
            return ""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two requests at once must not take the log back."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def __call__(self, environ: dict[str, Any], start: Start) -> list[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/add-checkpoint":
            return self._say(start, Answer(404, "a witness answers POST /add-checkpoint\n"))
        try:
            length = int(environ.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = -1
        if not 0 <= length <= MOST_BYTES:
            return self._say(start, Answer(413, "the request is too long\n"))
        return self._say(start, self.answer(environ["wsgi.input"].read(length)))

    @staticmethod
    def _say(start: Start, answer: Answer) -> list[bytes]:
        data = answer.body.encode()
        status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
        start(status, [("Content-Type", answer.type), ("Content-Length", str(len(data)))])
        return [data]


def written(path: Path, data: bytes) -> None:
    """Write a file whole, durably, for its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
