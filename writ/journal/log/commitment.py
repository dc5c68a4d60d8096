"""Salted commitments: what stands in the log in the place of a record.

A log is public and forgets nothing; a record may be secret, and may have to be erased. So a leaf is

    SHA-256("writ.record/v1" || 0x0A || salt || record)

where the salt is 32 random bytes, one for each record, kept beside it. Whoever has record and salt can show that they
are what was logged; who has not cannot guess the record, and once both are erased nobody can. The label keeps a
commitment from being taken for any other hash, and a salt of fixed length keeps it apart from the record.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

LABEL = b"writ.record/v1\n"
SALT_SIZE = 32
SIZE = 32
"""Bytes of a commitment, which is the data of a leaf."""


def new_salt() -> bytes:
    """32 random bytes; none is ever used twice."""
    return secrets.token_bytes(SALT_SIZE)


def commit(salt: bytes, record: bytes) -> bytes:
    """The commitment to the canonical bytes of a record.

    Raises:
        ValueError: the salt has not 32 bytes.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes")
    return sha256(LABEL + salt + record).digest()


def opens(commitment: bytes, salt: bytes, record: bytes) -> bool:
    """Whether the commitment is one to this record with this salt."""
    return len(salt) == SALT_SIZE and hmac.compare_digest(commit(salt, record), commitment)
