"""Signatures of webhooks, after Standard Webhooks 1.0: `v1a` is Ed25519, `v1` HMAC-SHA256, over id, time and body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MOST_SIGNATURES = 8


class Sender(msgspec.Struct, frozen=True):
    """Somebody who may send webhooks: raw Ed25519 public keys, or shared secrets of at least 24 bytes."""

    name: str
    public_keys: tuple[bytes, ...] = ()
    secrets: tuple[bytes, ...] = ()


def private_key(secret: str) -> Ed25519PrivateKey:
    """The key that belongs to a kept secret."""
    seed = HKDF(SHA256(), 32, salt=None, info=b"writ webhook ed25519").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def signed(key: Ed25519PrivateKey, id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    return "v1a," + base64.b64encode(key.sign(content(id, timestamp, body))).decode()


def valid(sender: Sender, signatures: str, id: str, timestamp: int, body: bytes) -> bool:
    """Whether one of the signatures of a header is of the sender."""
    signed = content(id, timestamp, body)
    for one in signatures.split(" ")[:MOST_SIGNATURES]:
        version, _, value = one.partition(",")
        try:
            given = base64.b64decode(value, validate=True)
        except binascii.Error:
            continue
        if version == "v1a" and any(holds(key, given, signed) for key in sender.public_keys):
            return True
        if version == "v1" and any(matches(sender.secrets, given, signed)):
            return True
    return False


def content(id: str, timestamp: int, body: bytes) -> bytes:
    return f"{id}.{timestamp}.".encode() + body


def holds(key: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def matches(secrets: Iterable[bytes], given: bytes, signed: bytes) -> list[bool]:
    return [
        hmac.compare_digest(hmac.new(secret, signed, hashlib.sha256).digest(), given)
        for secret in secrets
    ]
