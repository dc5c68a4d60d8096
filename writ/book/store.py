"""A folder of cached results, each under the digest of what it was computed from.

A result is used only if this user wrote it, with this version of the program, from the same content, and the file is
whole: a keyed hash over all of it says so. What fails the test is computed again, so the worst that a cache can do is
nothing. The key is the user's own, because a cache that came with somebody's book could otherwise say what it liked.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

import writ

FOLDER = ".writ-cache"
_SIZE = 32


class Store:
    """Results by name; there is one of each name, the last."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self.key = key

    @classmethod
    def of(cls, book: Path) -> Store | None:
        """The store of the book in this folder; None where nothing can be kept.

        It lies in the book's folder, or in the user's cache folder where that cannot be written.
        """
        key = _key()
        if key is None:
            return None
        beside = book / FOLDER
        if os.access(beside if beside.is_dir() else book, os.W_OK | os.X_OK):
            return cls(beside, key)
        name = hashlib.blake2b(os.fsencode(book.resolve()), digest_size=16).hexdigest()
        return cls(_user_folder() / name, key)

    def get(self, name: str, digest: bytes) -> memoryview | None:
        """What was stored under a name, if it is whole and was computed from content of this digest."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_SIZE:]
        if not secrets.compare_digest(data[:_SIZE], self._seal(name, digest, body)):
            return None
        return body

    def put(self, name: str, digest: bytes, body: bytes) -> None:
        """Store a result whole or not at all; a folder that cannot be written is no error."""
        with contextlib.suppress(OSError):
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True)
                (self.folder / ".gitignore").write_text("*\n")
            descriptor, path = tempfile.mkstemp(prefix=f"{name}.", dir=self.folder)
            try:
                with open(descriptor, "wb") as file:
                    file.write(self._seal(name, digest, body))
                    file.write(body)
                os.replace(path, self.folder / name)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(path)
                raise

    def _seal(self, name: str, digest: bytes, body: bytes | memoryview) -> bytes:
        seal = hashlib.blake2b(key=self.key, digest_size=_SIZE)
        for part in (name.encode(), program(), digest):
            seal.update(len(part).to_bytes(8, "big"))
            seal.update(part)
        seal.update(body)
        return seal.digest()


@lru_cache(maxsize=1)
def program() -> bytes:
    """What tells one version of the compiler from another, a working copy included."""
    root = Path(writ.__file__).parent
    state = [writ.__version__]
    for folder in (root, *(root / name for name in ("syntax", "book", "engine", "checks"))):
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    found = entry.stat()
                    state.append(f"{entry.name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.blake2b("\n".join(state).encode(), digest_size=_SIZE).digest()


def _user_folder() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if given else Path.home() / ".cache") / "writ"


def _key() -> bytes | None:
    """The user's key, made at first use."""
    try:
        path = _user_folder() / "key"
    except RuntimeError:  # no home folder
        return None
    for _ in range(2):
        try:
            key = path.read_bytes()
            return key if len(key) == _SIZE else None
        except FileNotFoundError:
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                # Written aside and linked: another process sees no key or the whole of it, and the first one wins.
                descriptor, draft = tempfile.mkstemp(dir=path.parent)
                try:
                    with open(descriptor, "wb") as file:
                        file.write(secrets.token_bytes(_SIZE))
                    os.link(draft, path)
                finally:
                    os.unlink(draft)
        except OSError:
            return None
    return None
