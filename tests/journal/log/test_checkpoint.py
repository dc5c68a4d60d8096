"""Checkpoints: their text, others' checkpoints, and who signed them."""

from __future__ import annotations

import base64
import json

import pytest

from tests.journal.log.register import (
    AUDITOR,
    LOG,
    LOG_KEYS,
    LOG_MLDSA,
    NOW,
    ORIGIN,
    SHARED,
    committed,
    members,
)
from writ.journal.log.checkpoint import parse_checkpoint, sign_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.fields import decoded, number
from writ.journal.log.head import TreeHead, empty, parse_head
from writ.journal.log.keys import Kind, VerifierKey, parse_key
from writ.journal.log.merkle import EMPTY_ROOT, leaf_hash
from writ.journal.log.note import Note, sign_note, verify_note
from writ.journal.log.proofs import verify_inclusion

ROOT = base64.b64encode(b"x" * 32).decode()


def test_a_head_and_back() -> None:
    head = TreeHead("example.com/behind-the-sofa", 20852163, b"x" * 32)
    assert head.text == f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"
    assert parse_head(head.text) == head
    extended = TreeHead("a", 0, EMPTY_ROOT, ("Timestamp: 1", "more"))
    assert parse_head(extended.text) == extended
    assert empty(extended)
    assert not empty(head)
    assert not empty(TreeHead("a", 0, b"x" * 32))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("a\n1\n", 0),
        (f"a\n1\n{ROOT}", 0),
        (f"\n1\n{ROOT}\n", 1),
        (f"a\n\n{ROOT}\n", 2),
        (f"a\n01\n{ROOT}\n", 2),
        (f"a\n-1\n{ROOT}\n", 2),
        (f"a\n+1\n{ROOT}\n", 2),
        (f"a\n 1\n{ROOT}\n", 2),
        (f"a\n1_0\n{ROOT}\n", 2),
        (f"a\n١\n{ROOT}\n", 2),
        (f"a\n{2**63}\n{ROOT}\n", 2),
        (f"a\n{'9' * 5000}\n{ROOT}\n", 2),
        (f"a\n1\n{ROOT[:-1]}\n", 3),
        (f"a\n1\n{ROOT[:-4]}\n", 3),
        (f"a\n1\n{ROOT} \n", 3),
        (f"a\n1\n{ROOT[:-2]}l=\n", 3),
        (f"a\n1\n{ROOT}\n\n", 4),
        (f"a\n1\n{ROOT}\nmore\n\n", 5),
    ],
)
def test_what_is_no_head(text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_head(text)
    assert (refused.value.code, refused.value.line) == ("L103", line)


def test_what_no_head_can_say() -> None:
    for wrong in (
        ("", 1, b"x" * 32, ()),
        ("a\nb", 1, b"x" * 32, ()),
        ("a", -1, b"x" * 32, ()),
        ("a", 2**63, b"x" * 32, ()),
        ("a", 1, b"x" * 31, ()),
        ("a", 1, b"x" * 32, ("",)),
    ):
        with pytest.raises(ValueError, match=r"."):
            TreeHead(*wrong)


def test_numbers_and_base64_have_one_way_to_be_written() -> None:
    assert [number(text) for text in ("0", "7", "9223372036854775807")] == [0, 7, 2**63 - 1]
    assert [number(text) for text in ("", "00", "07", "٧", "1 ", "9223372036854775808")] == [
        None
    ] * 6
    assert decoded("AA==") == b"\0"
    assert [decoded(text) for text in ("AB==", "AA=", "AA", "A A=", "AA==\n", "é")] == [None] * 6
    assert decoded("AA==", 2) is None


def test_a_log_signs_by_both_its_keys() -> None:
    checkpoint = sign_checkpoint(committed(5).head(), LOG_KEYS, NOW)
    again = parse_checkpoint(checkpoint.encode())
    assert again == checkpoint
    signed = verify_note(again.note, [key.verifier for key in LOG_KEYS])
    assert [(one.key.kind, one.time) for one in signed] == [
        (Kind.ED25519, None),
        (Kind.MLDSA44_COSIGNATURE, NOW),
    ]


def test_a_log_signs_by_its_own_keys_only() -> None:
    head = committed(5).head()
    for keys in ((), (AUDITOR,), (LOG, AUDITOR)):
        with pytest.raises(ValueError, match="have the origin for a name"):
            sign_checkpoint(head, keys, NOW)
    with pytest.raises(ValueError, match="a time"):
        sign_checkpoint(head, LOG_KEYS, -1)


def test_keys_of_cosignatures_sign_nothing_but_checkpoints() -> None:
    for key in (AUDITOR, LOG_MLDSA):
        with pytest.raises(Refused) as refused:
            sign_note("I owe you a hundred\n", [key], NOW)
        assert refused.value.code == "L103"


def test_names_that_ml_dsa_cannot_sign() -> None:
    head = TreeHead("o" * 256, 0, EMPTY_ROOT)
    with pytest.raises(Refused, match="255 bytes"):
        sign_note(head.text, [LOG_MLDSA], NOW)


def test_extension_lines_are_signed_by_ed25519_alone() -> None:
    """As the specification has it; whoever relies on extension lines must know."""
    plain = TreeHead(ORIGIN, 0, EMPTY_ROOT)
    more = TreeHead(ORIGIN, 0, EMPTY_ROOT, ("more",))
    note = sign_note(plain.text, LOG_KEYS, NOW)
    moved = Note(more.text, note.signatures)
    assert len(verify_note(moved, [LOG_MLDSA.verifier])) == 1
    with pytest.raises(Refused):
        verify_note(moved, [LOG.verifier])


# --- checkpoints of others


BUNDLES = {
    name.split("/")[-2]: json.loads(data)
    for name, data in members(
        "sigstore-conformance-bundle-verify.tar.gz", "bundle.sigstore.json"
    ).items()
    if "checkpoint" in name
}
TRUSTED = {
    name.split("/")[-2]: json.loads(data)
    for name, data in members(
        "sigstore-conformance-bundle-verify.tar.gz", "trusted_root.json"
    ).items()
}
REFUSED = {
    "rekor2-checkpoint-missing-root-hash_fail": "L103",
    "rekor2-checkpoint-missing-origin_fail": "L103",
    "rekor2-checkpoint-missing-size_fail": "L103",
    "rekor2-checkpoint-missing-log-signature_fail": "L101",
}
"""Those that are malformed; of the others the keys decide."""


def entry_of(name: str) -> dict[str, object]:
    (entry,) = BUNDLES[name]["verificationMaterial"]["tlogEntries"]
    return dict(entry)


def envelope_of(name: str) -> bytes:
    proof = entry_of(name)["inclusionProof"]
    assert isinstance(proof, dict)
    return str(proof["checkpoint"]["envelope"]).encode()


@pytest.mark.parametrize("name", BUNDLES)
def test_a_checkpoint_of_sigstore_is_read(name: str) -> None:
    code = ""
    try:
        checkpoint = parse_checkpoint(envelope_of(name))
        assert checkpoint.encode() == envelope_of(name)
    except Refused as refused:
        code = refused.code
    assert code == REFUSED.get(name, "")


REKOR = [name for name in BUNDLES if name.startswith("rekor2-") and name not in REFUSED]


@pytest.mark.parametrize("name", REKOR)
def test_a_checkpoint_of_sigstore_is_verified(name: str) -> None:
    """The log's Ed25519 key verifies it, beside witnesses that nobody knows; and the entry is in its tree."""
    entry = entry_of(name)
    host, key = "", b""
    for log in TRUSTED[name]["tlogs"]:
        if log["logId"]["keyId"] == entry["logId"]["keyId"]:  # type: ignore[index]
            host = str(log["baseUrl"]).removeprefix("https://")
            key = base64.b64decode(log["publicKey"]["rawBytes"])[-32:]
    checkpoint = parse_checkpoint(envelope_of(name))
    signed = verify_note(checkpoint.note, [VerifierKey(host, Kind.ED25519, key)])
    assert len(signed) == (0 if name.endswith("_fail") else 1)
    proof = entry["inclusionProof"]
    assert isinstance(proof, dict)
    verify_inclusion(
        leaf_hash(base64.b64decode(str(entry["canonicalizedBody"]))),
        int(proof["logIndex"]),
        checkpoint.head.size,
        [base64.b64decode(one) for one in proof["hashes"]],
        checkpoint.head.root,
    )


def test_a_checkpoint_signed_by_ml_dsa_elsewhere() -> None:
    path = SHARED / "torchwood-mldsa.txt"
    if not path.exists():
        pytest.skip("the shared vector is not here")
    key, _, request = path.read_text("utf-8").partition("\n\n")
    checkpoint = parse_checkpoint(request.partition("\n\n")[2].encode())
    (signed,) = verify_note(checkpoint.note, [parse_key(key)])
    assert (signed.key.kind, signed.time) == (Kind.MLDSA44_COSIGNATURE, 0)
