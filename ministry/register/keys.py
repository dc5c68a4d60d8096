"""The keys of the log: which they are stands in a table, the private halves in files that only their owner can read.

The next key of each kind is made before an act names it, and waits in a file of its own. An act that fails, or is begun
again, so leaves no key behind that nobody knows: the next one takes the same.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from ministry.register.models import LogKey
from writ.journal.log.keys import Kind, SigningKey, VerifierKey, load_key, new_key, parse_key
from writ.journal.log.rotation import Term, signers

KINDS = (Kind.ED25519, Kind.MLDSA44_COSIGNATURE)
"""Of each kind one key signs: Ed25519, which every verifier knows, and ML-DSA-44 for when that is broken."""


def origin(size: int | None = None) -> str:
    """The name of the log, or the one that it had at that size; before it has keys, what the settings call it."""
    known = LogKey.objects.order_by("-since")
    if size is not None:
        known = known.filter(since__lte=size)
    newest = known.values_list("key", flat=True).first()
    return str(settings.LOG_ORIGIN) if newest is None else parse_key(newest).name


def folder() -> Path:
    found = Path(settings.HOME) / "keys" / "log"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def made(kinds: tuple[Kind, ...] = KINDS, name: str = "") -> list[VerifierKey]:
    """The next key of each kind, of the log of that name, or of this one; its private half is on the disk.

    Until the register has them it gives the same ones again.

    Raises:
        OSError: the folder of the keys cannot be written to.
        Refused: a file cannot be opened with the passphrase (L107).
    """
    return [_next(kind, name or origin()) for kind in kinds]


def _next(kind: Kind, name: str) -> VerifierKey:
    path = waiting(kind)
    while True:
        if not path.exists():
            written(path, new_key(name, kind))
        try:
            key = load_key(path.read_bytes(), name, kind, passphrase()).verifier
        except FileNotFoundError:
            continue  # another process has just put it where it belongs
        known = [term.key for term in terms() if term.key.public == key.public]
        if not known:
            return key
        taken_up(known[0])


def waiting(kind: Kind) -> Path:
    """Where the next key of a kind waits."""
    return folder() / f"next-{int(kind)}.pem"


def written(path: Path, key: SigningKey) -> None:
    """Put a private half into a file of its own, durably, if there is none: a key is never replaced."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.pem(passphrase()))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    durable(path.parent)


def taken_up(key: VerifierKey) -> None:
    """Put the next key, which the register has by now, where it belongs."""
    path = waiting(key.kind)
    with suppress(FileExistsError, FileNotFoundError):
        os.link(path, file_of(key))
    path.unlink(missing_ok=True)
    durable(path.parent)


def durable(place: Path) -> None:
    """See that the names in a folder are on the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_of(key: VerifierKey) -> Path:
    return folder() / f"{key.id.hex()}-{int(key.kind)}.pem"


def passphrase() -> str:
    """What the private halves are encrypted with, if the operator set it (`MINISTRY_LOG_PASSPHRASE`)."""
    return os.environ.get("MINISTRY_LOG_PASSPHRASE", "")


def terms(log: str = "") -> tuple[Term, ...]:
    """The keys with the sizes at which they sign: all, or those of the log of that name.

    A log that was begun in place of another signs nothing smaller: its first keys count from the beginning.
    """
    rows = LogKey.objects.order_by("since", "key").values_list("key", "since", "until")
    found = [Term(parse_key(key), since, until) for key, since, until in rows]
    if not log:
        return tuple(found)
    own = [term for term in found if term.key.name == log]
    first = min((term.since for term in own), default=0)
    return tuple(
        Term(term.key, 0 if term.since == first else term.since, term.until) for term in own
    )


_loaded: dict[str, SigningKey] = {}


def private(key: VerifierKey) -> SigningKey:
    """The private half of a key.

    Raises:
        OSError: its file is not there.
        Refused: the file cannot be opened with the passphrase (L107).
    """
    name = str(key)
    if name not in _loaded:
        if not file_of(key).exists() and is_next(key):
            taken_up(key)
        _loaded[name] = load_key(file_of(key).read_bytes(), key.name, key.kind, passphrase())
    return _loaded[name]


def is_next(key: VerifierKey) -> bool:
    """Whether a key is the one that waits."""
    try:
        data = waiting(key.kind).read_bytes()
    except FileNotFoundError:
        return False
    return load_key(data, key.name, key.kind, passphrase()).verifier == key


def signing(size: int) -> tuple[SigningKey, ...]:
    """The keys that sign a checkpoint of this size."""
    found = terms()
    have = [private(term.key) for term in found if term.covers(size)]
    return signers(found, have, size)
