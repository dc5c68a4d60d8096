"""Keys: those that verify, as text (C2SP signed-note, *Verifier keys*), and those that sign, as PKCS #8 files."""

from __future__ import annotations

from enum import IntEnum
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from writ.journal.log.codes import Refused
from writ.journal.log.fields import decoded, encoded
from writ.journal.log.locked import is_locked, lock, unlock

Private = Ed25519PrivateKey | MLDSA44PrivateKey


class Kind(IntEnum):
    """How a key signs: the signature type byte (signed-note, *Signature types*)."""

    ED25519 = 0x01
    """Ed25519 over the text of a note."""
    ED25519_COSIGNATURE = 0x04
    """Ed25519 over a checkpoint and the time (tlog-cosignature)."""
    MLDSA44_COSIGNATURE = 0x06
    """ML-DSA-44, which quantum computers do not break, over a tree head and the time (tlog-cosignature)."""

    @property
    def timed(self) -> bool:
        """Whether signatures of the kind carry a time; witnesses have such keys."""
        return self is not Kind.ED25519


_PUBLIC_SIZES = {
    Kind.ED25519: 32,
    Kind.ED25519_COSIGNATURE: 32,
    Kind.MLDSA44_COSIGNATURE: 1312,
}


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key with the name of whoever signs by it."""

    name: str
    kind: Kind
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that with the name identify the key in a signature line."""
        data = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(data).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is one of this key over exactly these bytes."""
        try:
            if self.kind is Kind.MLDSA44_COSIGNATURE:
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def parse_key(text: str) -> VerifierKey:
    """The verifier key that `text` is.

    Raises:
        Refused: it is none, or of a kind that is not known here (L102).
    """
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise Refused("L102", f"`{_cut(text)}` is not a verifier key, which is `NAME+ID+KEY`")
    name, id, key = parts
    if not valid_name(name):
        raise Refused("L102", f"`{_cut(name)}` is not a name of a key")
    data = decoded(key)
    if not data:
        raise Refused("L102", f"the key of `{_cut(name)}` is not in base64")
    if data[0] not in set(Kind):
        raise Refused(
            "L102", f"the key of `{_cut(name)}` is of the kind {data[0]}, which is not known"
        )
    found = VerifierKey(name, Kind(data[0]), data[1:])
    size = _PUBLIC_SIZES[found.kind]
    if len(found.public) != size:
        raise Refused("L102", f"the key of `{_cut(name)}` has not {size:,} bytes")
    if id != found.id.hex():
        raise Refused("L102", f"the id of `{_cut(name)}` is not the one of its name and key")
    return found


def valid_name(name: str) -> bool:
    """Whether a key can have the name: not empty, UTF-8, no white space, no plus sign, no control character."""
    if any(
        each.isspace() or each == "+" or each < " " or "\ud800" <= each < "\ue000" for each in name
    ):
        return False
    return bool(name)


class SigningKey(msgspec.Struct, frozen=True):
    """A private key with the name of whoever signs by it. It never appears in what is printed of it."""

    name: str
    kind: Kind
    private: Private

    def __repr__(self) -> str:
        return f"SigningKey({self.name!r}, {self.kind!r})"

    @property
    def verifier(self) -> VerifierKey:
        """The key that verifies what this one signs."""
        return VerifierKey(self.name, self.kind, self.private.public_key().public_bytes_raw())

    def pem(self, passphrase: str = "") -> bytes:
        """The key as a PKCS #8 file, locked (`log.locked`) if there is a passphrase. Name and kind are not in it."""
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        plain = self.private.private_bytes(pem, form, serialization.NoEncryption())
        return lock(plain, passphrase) if passphrase else plain


def new_key(name: str, kind: Kind) -> SigningKey:
    """A key that nobody has yet.

    Raises:
        ValueError: no key can have the name.
    """
    if kind is Kind.MLDSA44_COSIGNATURE:
        return _named(name, kind, MLDSA44PrivateKey.generate())
    return _named(name, kind, Ed25519PrivateKey.generate())


def load_key(pem: bytes, name: str, kind: Kind, passphrase: str = "") -> SigningKey:
    """The key in a PKCS #8 file, locked, or encrypted as OpenSSL does it, or neither.

    Raises:
        Refused: it is no such file, the passphrase does not open it, or the key does not sign in this way (L107).
        ValueError: no key can have the name.
    """
    try:
        if is_locked(pem):
            pem, passphrase = unlock(pem, passphrase), ""
        private = serialization.load_pem_private_key(pem, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # What OpenSSL says of it would tell a wrong passphrase from a broken file only sometimes.
        message = f"the key file of `{name}` cannot be opened"
        raise Refused(
            "L107", message, help="is it PKCS #8 in PEM, and this its passphrase?"
        ) from None
    expected = MLDSA44PrivateKey if kind is Kind.MLDSA44_COSIGNATURE else Ed25519PrivateKey
    if not isinstance(private, Ed25519PrivateKey | MLDSA44PrivateKey) or not isinstance(
        private, expected
    ):
        raise Refused("L107", f"the key of `{name}` is not one for signatures of the kind {kind}")
    return _named(name, kind, private)


def _named(name: str, kind: Kind, private: Private) -> SigningKey:
    if not valid_name(name):
        raise ValueError(f"`{name}` is not a name of a key")
    return SigningKey(name, kind, private)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
