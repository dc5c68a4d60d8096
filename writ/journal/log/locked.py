"""A private key under a passphrase, as a file: AES-256-GCM (NIST SP 800-38D) under scrypt (RFC 7914).

PKCS #8 as OpenSSL writes it encrypts in CBC, without a MAC, and stretches a passphrase only a little; such files are
still read. The file is text: a line that says what it is, one with the cost of scrypt (log2 of N, r, p), one with salt,
nonce and what is encrypted, in base64. The first two lines are authenticated with the rest.
"""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

HEAD = b"-----BEGIN WRIT LOCKED KEY 1-----"
FOOT = b"-----END WRIT LOCKED KEY 1-----"
COST = (17, 8, 1)
"""128 MiB and about half a second: what OWASP advises for scrypt."""
MOST = (20, 16, 4)
"""A file does not make whoever opens it take more."""
SALT, NONCE = 16, 12


def is_locked(data: bytes) -> bool:
    return data.startswith(HEAD)


def lock(pem: bytes, passphrase: str) -> bytes:
    """The file of a key under a passphrase."""
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    head = b"\n".join((HEAD, " ".join(map(str, COST)).encode()))
    sealed = AESGCM(_stretched(passphrase, salt, COST)).encrypt(nonce, pem, head)
    return b"\n".join((head, base64.b64encode(salt + nonce + sealed), FOOT, b""))


def unlock(data: bytes, passphrase: str) -> bytes:
    """The key in such a file.

    Raises:
        ValueError: the passphrase does not open it, or somebody changed it.
    """
    try:
        first, cost, body, last = data.split(b"\n")[:4]
        costs = tuple(int(one) for one in cost.split())
        parts = base64.b64decode(body, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ValueError("it is no locked key") from error
    within = len(costs) == len(MOST) and all(
        0 < one <= most for one, most in zip(costs, MOST, strict=True)
    )
    if first != HEAD or last != FOOT or not within or len(parts) <= SALT + NONCE:
        raise ValueError("it is no locked key")
    salt, nonce, sealed = parts[:SALT], parts[SALT : SALT + NONCE], parts[SALT + NONCE :]
    log2n, r, p = costs
    try:
        key = _stretched(passphrase, salt, (log2n, r, p))
        return AESGCM(key).decrypt(nonce, sealed, b"\n".join((first, cost)))
    except InvalidTag:
        raise ValueError("the passphrase does not open it") from None


def _stretched(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    log2n, r, p = cost
    return Scrypt(salt=salt, length=32, n=1 << log2n, r=r, p=p).derive(passphrase.encode())
