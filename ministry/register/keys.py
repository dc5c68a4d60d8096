"""The keys of the log: which they are stands in a table, the private halves in files that only their owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from ministry.register.models import LogKey
from writ.journal.log.keys import Kind, SigningKey, VerifierKey, load_key, new_key, parse_key
from writ.journal.log.rotation import Term, signers

KINDS = (Kind.ED25519, Kind.MLDSA44_COSIGNATURE)
"""Of each kind one key signs: Ed25519, which every verifier knows, and ML-DSA-44 for when that is broken."""


def origin() -> str:
    """The name of the log."""
    return str(settings.LOG_ORIGIN)


def folder() -> Path:
    found = Path(settings.HOME) / "keys" / "log"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def made(kinds: tuple[Kind, ...] = KINDS) -> list[VerifierKey]:
    """New keys, whose private halves are kept in files."""
    return [keep(new_key(origin(), kind)) for kind in kinds]


def keep(key: SigningKey) -> VerifierKey:
    """Keep the private half of a key in a file of its own, durably."""
    path = file_of(key.verifier)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.pem(passphrase()))
        file.flush()
        os.fsync(file.fileno())
    return key.verifier


def file_of(key: VerifierKey) -> Path:
    return folder() / f"{key.id.hex()}-{int(key.kind)}.pem"


def passphrase() -> str:
    """What the private halves are encrypted with, if the operator set it (`MINISTRY_LOG_PASSPHRASE`)."""
    return os.environ.get("MINISTRY_LOG_PASSPHRASE", "")


def terms() -> tuple[Term, ...]:
    """The keys of the log with the sizes at which they sign."""
    return tuple(
        Term(parse_key(key), since, until)
        for key, since, until in LogKey.objects.order_by("since", "key").values_list(
            "key", "since", "until"
        )
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
        _loaded[name] = load_key(file_of(key).read_bytes(), key.name, key.kind, passphrase())
    return _loaded[name]


def signing(size: int) -> tuple[SigningKey, ...]:
    """The keys that sign a checkpoint of this size."""
    found = terms()
    have = [private(term.key) for term in found if term.covers(size)]
    return signers(found, have, size)
