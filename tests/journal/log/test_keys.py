"""Keys as text, and as files."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization

from tests.journal.log.register import COURT, LOG
from writ.journal.log.codes import Refused
from writ.journal.log.keys import Kind, VerifierKey, load_key, new_key, parse_key

EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
"""Of the specification."""


def test_the_example_of_the_specification() -> None:
    key = parse_key(EXAMPLE)
    assert (key.name, key.kind, key.id.hex()) == ("example.com/foo", Kind.ED25519, "530d903a")
    assert str(key) == EXAMPLE


@pytest.mark.parametrize("kind", Kind)
def test_a_key_and_back(kind: Kind) -> None:
    key = new_key("a.example/b", kind)
    assert parse_key(str(key.verifier)) == key.verifier


def text_of(name: str, kind: int, public: bytes) -> str:
    return str(VerifierKey(name, kind, public))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a verifier key"),
        ("a+b", "is not a verifier key"),
        (EXAMPLE.replace("foo", "bar"), "the id of"),
        (EXAMPLE.replace("530d903a", "530D903A"), "the id of"),
        (EXAMPLE.replace("530d903a", "530d903"), "the id of"),
        (EXAMPLE[:-1] + "l", "the id of"),
        (EXAMPLE + "=", "not in base64"),
        (EXAMPLE + "\n", "not in base64"),
        ("a+00000000+", "not in base64"),
        ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "not a name"),
        ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "not a name"),
        ("a\u2003b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "not a name"),
        ("a\ud800+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "not a name"),
        (text_of("a", 2, b"x" * 91), "of the kind 2, which is not known"),
        (text_of("a", 1, b"x" * 31), "has not 32 bytes"),
        (text_of("a", 6, b"x" * 32), "has not 1,312 bytes"),
    ],
)
def test_what_is_no_key(text: str, message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        parse_key(text)
    assert refused.value.code == "L102"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\u3000b", "\x01"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        new_key(name, Kind.ED25519)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_a_key_file(kind: Kind, passphrase: str) -> None:
    key = new_key("a.example", kind)
    pem = key.pem(passphrase)
    assert pem.startswith(
        b"-----BEGIN WRIT LOCKED KEY 1-----" if passphrase else b"-----BEGIN PRIVATE KEY-----"
    )
    assert load_key(pem, "a.example", kind, passphrase).verifier == key.verifier
    for wrong in ("wrong", "" if passphrase else "needless"):
        with pytest.raises(Refused) as refused:
            load_key(pem, "a.example", kind, wrong)
        assert refused.value.code == "L107"


def test_a_key_file_of_another_algorithm() -> None:
    with pytest.raises(Refused, match="not one for signatures"):
        load_key(LOG.pem(), "a", Kind.MLDSA44_COSIGNATURE)
    with pytest.raises(Refused, match="not one for signatures"):
        load_key(COURT.pem(), "a", Kind.ED25519)
    with pytest.raises(Refused, match="cannot be opened"):
        load_key(b"nothing", "a", Kind.ED25519)
    with pytest.raises(ValueError, match="not a name"):
        load_key(LOG.pem(), "a b", Kind.ED25519)


def test_a_private_key_is_not_printed() -> None:
    assert repr(LOG) == f"SigningKey({LOG.name!r}, {LOG.kind!r})"


def test_no_signature_is_verified_by_a_key_that_is_none() -> None:
    """Bytes that are no point of the curve verify nothing, and raise nothing."""
    key = VerifierKey("a", Kind.ED25519, b"\xff" * 32)
    assert not key.verify(b"message", b"x" * 64)
    assert not LOG.verifier.verify(b"message", b"short")
    assert not COURT.verifier.verify(b"message", b"x" * 2420)


def test_a_key_file_that_openssl_encrypted_is_still_read() -> None:
    key = new_key("a.example", Kind.ED25519)
    encrypted = key.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"correct horse"),
    )
    assert load_key(encrypted, "a.example", Kind.ED25519, "correct horse").verifier == key.verifier


def test_a_locked_key_that_somebody_changed_does_not_open() -> None:
    locked = new_key("a.example", Kind.ED25519).pem("correct horse")
    head, cost, body, foot, _ = locked.split(b"\n")
    flipped = bytes((body[0] ^ 1,)) + body[1:]
    for changed in (
        (head, cost, flipped, foot, b""),
        (head, b"14 8 1", body, foot, b""),
        (head, b"40 8 1", body, foot, b""),
        (head, b"17 8", body, foot, b""),
        (head, cost, body[:40], foot, b""),
        (head, cost, b"?", foot, b""),
        (head,),
    ):
        with pytest.raises(Refused) as caught:
            load_key(b"\n".join(changed), "a.example", Kind.ED25519, "correct horse")
        assert caught.value.code == "L107"


def test_two_locks_of_one_key_are_not_alike() -> None:
    key = new_key("a.example", Kind.ED25519)
    assert key.pem("x") != key.pem("x")
