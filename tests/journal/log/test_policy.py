"""Trust policies: which logs, and how many of which witnesses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal.log.register import (
    AUDITOR,
    COURT,
    LOG,
    LOG_MLDSA,
    NOW,
    PARLIAMENT,
    STRANGER,
    WITNESSES,
    committed,
    key_of,
    trusting,
)
from writ.journal.log.checkpoint import Checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.cosign import cosign, cosignatures, cosigned
from writ.journal.log.keys import Kind, SigningKey, new_key
from writ.journal.log.note import Note, signature_lines
from writ.journal.log.policy import Policy, accept, any_of, signatures
from writ.journal.log.policy_file import parse_policy

KEYS = {f"X{at}": key_of(f"x{at}.example", Kind.ED25519_COSIGNATURE) for at in (1, 2, 3)} | {
    f"Y{at}": key_of(f"y{at}.example", Kind.ED25519_COSIGNATURE) for at in (1, 2, 3)
}
EXAMPLE = f"""\
# Of the specification, with keys.
log {LOG.verifier}
  log\t{LOG_MLDSA.verifier} https://register.example.gov/

witness X1 {KEYS["X1"].verifier}
witness X2 {KEYS["X2"].verifier} https://x2.example/
witness X3 {KEYS["X3"].verifier}
group X-witnesses 2 X1 X2 X3

witness Y1 {KEYS["Y1"].verifier}
witness Y2 {KEYS["Y2"].verifier}
witness Y3 {KEYS["Y3"].verifier}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


@given(st.frozensets(st.sampled_from(list(KEYS))))
def test_the_example_of_the_specification(names: frozenset[str]) -> None:
    policy = parse_policy(EXAMPLE.encode())
    of_x, of_y = (len([name for name in names if name[0] == letter]) for letter in "XY")
    assert policy.met(names) is (of_x >= 2 and of_y >= 1)


def test_a_policy_and_back() -> None:
    policy = parse_policy(EXAMPLE.encode())
    assert parse_policy(policy.encode()) == policy
    assert policy.logs == (LOG.verifier, LOG_MLDSA.verifier)
    assert policy.urls[str(LOG_MLDSA.verifier)] == "https://register.example.gov/"
    for threshold in range(4):
        assert parse_policy(trusting(threshold).encode()) == trusting(threshold)


def test_a_quorum_of_one_and_of_nobody() -> None:
    one = f"witness A {AUDITOR.verifier}\n"
    alone = parse_policy(f"{one}quorum A\n".encode())
    assert alone.met(["A"])
    assert not alone.met([])
    assert parse_policy(f"{one}quorum none\n".encode()).met([])


W = f"witness A {AUDITOR.verifier}\nwitness B {COURT.verifier}\n"
Q = "quorum A\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "no quorum"),
        (W, 0, "no quorum"),
        (W + "quorum A", 3, "the last line of a policy has no end"),
        (W + Q + Q, 4, "two quorums"),
        (W + "quorum C\n", 3, "no line above declares `C`"),
        (Q + W, 1, "no line above declares `A`"),
        (W + "quorum A B\n", 3, "a `quorum` line is"),
        (W + "quorum\n", 3, "a `quorum` line is"),
        (W + "quorums A\n", 3, "begins no line"),
        (W.replace("\n", "\r\n"), 1, "no control characters"),
        (W + "# a\x00\n", 3, "no control characters"),
        ("log\n", 1, "a `log` line is"),
        ("log a\n", 1, "is not a verifier key"),
        (f"log {LOG.verifier} a b\n", 1, "a `log` line is"),
        (f"log {LOG.verifier}\nlog {LOG.verifier}\n", 2, "two logs have the key"),
        (f"witness {AUDITOR.verifier}\n", 1, "a `witness` line is"),
        (f"witness none {AUDITOR.verifier}\n", 1, "the name `none` is taken"),
        (f"{W}witness A {PARLIAMENT.verifier}\n", 3, "the name `A` is taken"),
        (f"{W}witness C {AUDITOR.verifier}\n", 3, "two witnesses have the key"),
        (f"witness C {LOG.verifier}\n", 1, "not one for cosignatures"),
        (f"{W}group A 1 B\n", 3, "the name `A` is taken"),
        (f"{W}group G 1\n", 3, "a `group` line is"),
        (f"{W}group G 0 A B\n", 3, "no number of 2 members"),
        (f"{W}group G 3 A B\n", 3, "no number of 2 members"),
        (f"{W}group G 01 A B\n", 3, "no number of 2 members"),
        (f"{W}group G most A B\n", 3, "no number of 2 members"),
        (f"{W}group G all A A\n", 3, "`A` is a member twice"),
        (f"{W}group G all A\ngroup H all A B\n", 4, "`A` is a member twice"),
        (f"{W}group G all G\n", 3, "no line above declares `G`"),
        (f"{W}group G all none\n", 3, "no line above declares `none`"),
    ],
)
def test_what_is_no_policy(text: str, line: int, message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        parse_policy(text.encode())
    assert refused.value.line == line
    assert refused.value.code == ("L102" if "verifier key" in message else "L104")


def test_names_are_bytes() -> None:
    """Of names that are no UTF-8, and of such that only look alike, none is taken for another."""
    witnesses = b"".join(
        b"witness %s %s\n" % (name, str(key.verifier).encode())
        for name, key in zip((b"\xff", b"\xfe", "\u212a".encode()), WITNESSES, strict=True)
    )
    policy = parse_policy(witnesses + b"group G all \xff \xfe\nquorum G\n")
    assert len(policy.witnesses) == 3
    assert parse_policy(policy.encode()) == policy
    with pytest.raises(Refused, match="no line above declares"):
        parse_policy(witnesses + b"quorum K\n")


def test_policies_that_are_too_large() -> None:
    with pytest.raises(Refused, match="at most 1,000,000 bytes"):
        parse_policy(b"#" * 1_000_001)
    groups = "".join(
        f"group G{at} 1 A\n" if not at else f"group G{at} 1 G{at - 1}\n" for at in range(1001)
    )
    with pytest.raises(Refused, match="at most 1,000"):
        parse_policy((W + groups).encode())


def test_groups_as_deep_as_they_can_be() -> None:
    groups = "".join(f"group G{at} 1 {f'G{at - 1}' if at else 'A'}\n" for at in range(1000))
    policy = parse_policy(f"{W}{groups}quorum G999\n".encode())
    assert policy.met(["A"])
    assert not policy.met(["B"])


# --- checkpoints held against a policy


def code_of(checkpoint: Checkpoint, threshold: int = 2) -> str:
    try:
        accept(checkpoint, trusting(threshold))
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("threshold", range(4))
@pytest.mark.parametrize("count", range(4))
def test_any_k_of_n(threshold: int, count: int) -> None:
    checkpoint = committed(5).checkpoint(witnesses=WITNESSES[:count])
    assert code_of(checkpoint, threshold) == ("" if count >= threshold else "L204")


def test_what_is_accepted_says_who_and_when() -> None:
    found = accept(committed(5).checkpoint(witnesses=[AUDITOR, STRANGER, COURT]), trusting())
    assert [one.key for one in found.logs] == [LOG.verifier, LOG_MLDSA.verifier]
    assert {name: one.time for name, one in found.witnesses.items()} == {
        "auditor.example": NOW + 1,
        "court.example": NOW + 1,
    }


def test_one_key_of_the_log_is_enough() -> None:
    for keys in ((LOG,), (LOG_MLDSA,)):
        assert code_of(committed(5).checkpoint(witnesses=WITNESSES, keys=keys)) == ""


def test_who_does_not_count() -> None:
    register = committed(5)
    assert code_of(register.checkpoint(witnesses=[AUDITOR, STRANGER])) == "L204"
    unsigned = register.checkpoint(witnesses=WITNESSES, keys=[other(LOG)])
    assert code_of(unsigned) == "L207"
    # A witness is no log, whatever its name.
    only_cosigned = Note(unsigned.note.text, unsigned.note.signatures[1:])
    assert code_of(Checkpoint(unsigned.head, only_cosigned)) == "L207"


def other(key: SigningKey) -> SigningKey:
    return new_key(key.name, key.kind)


def test_another_log() -> None:
    checkpoint = committed(5).checkpoint(witnesses=WITNESSES)
    elsewhere = any_of(2, [key.verifier for key in WITNESSES], [STRANGER.verifier])
    with pytest.raises(Refused, match="has no log") as refused:
        accept(checkpoint, elsewhere)
    assert (refused.value.code, refused.value.line) == ("L202", 1)
    assert refused.value.help == "its logs: `stranger.example`"


def test_cosignatures_of_another_checkpoint() -> None:
    one = committed(5).checkpoint(witnesses=WITNESSES)
    two = committed(6).checkpoint(witnesses=WITNESSES)
    mixed = Note(two.note.text, (*two.note.signatures[:2], *one.note.signatures[2:]))
    assert code_of(Checkpoint(two.head, mixed)) == "L203"


def test_a_cosignature_whose_time_was_changed() -> None:
    checkpoint = committed(5).checkpoint(witnesses=[AUDITOR])
    data = bytearray(checkpoint.note.signatures[-1].data)
    data[11] ^= 1
    from writ.journal.log.fields import encoded
    from writ.journal.log.note import Signature

    later = Signature(AUDITOR.name, encoded(bytes(data)))
    note = Note(checkpoint.note.text, (*checkpoint.note.signatures[:-1], later))
    assert code_of(Checkpoint(checkpoint.head, note), 1) == "L203"


def test_a_policy_of_no_such_number() -> None:
    keys = [key.verifier for key in WITNESSES]
    for threshold, witnesses in ((-1, keys), (4, keys), (1, [*keys, keys[0]])):
        with pytest.raises(ValueError, match=r"there are 3 witnesses|one key of a kind"):
            any_of(threshold, witnesses, [LOG.verifier])


def test_a_witness_with_two_keys_counts_once() -> None:
    second = key_of(AUDITOR.name, Kind.MLDSA44_COSIGNATURE)
    policy = any_of(2, [key.verifier for key in (AUDITOR, second, COURT)], [LOG.verifier])
    assert parse_policy(policy.encode()) == policy
    register = committed(5)
    for witnesses, enough in (
        ([AUDITOR, second], False),
        ([AUDITOR, COURT], True),
        ([second, COURT], True),
        ([AUDITOR, second, COURT], True),
    ):
        found = accepted_names(register.checkpoint(witnesses=witnesses), policy)
        assert policy.met(found) is enough
    assert found == {"auditor.example/4", "auditor.example/6", "court.example"}


def accepted_names(checkpoint: Checkpoint, policy: Policy) -> set[str]:
    return set(signatures(checkpoint, policy).witnesses)


# --- cosignatures


def test_the_answers_of_witnesses_are_gathered() -> None:
    checkpoint = committed(5).checkpoint()
    keys = [key.verifier for key in WITNESSES]
    for key in WITNESSES[:2]:
        answer = signature_lines(cosign(checkpoint, [key, STRANGER], NOW)).encode()
        checkpoint = cosigned(checkpoint, answer, keys)
    assert code_of(checkpoint) == ""
    assert [one.key.name for one in cosignatures(checkpoint, keys)] == [
        "auditor.example",
        "court.example",
    ]
    # Asked again, a witness takes the place of what it said before.
    answer = signature_lines(cosign(checkpoint, [AUDITOR], NOW + 60)).encode()
    again = cosigned(checkpoint, answer, keys)
    assert len(again.note.signatures) == len(checkpoint.note.signatures)
    assert {one.time for one in cosignatures(again, keys)} == {NOW, NOW + 60}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "L101"),
        (b"\xff\n", "L101"),
        (b"error\n", "L101"),
        (signature_lines(cosign(committed(5).checkpoint(), [STRANGER], NOW)).encode(), "L204"),
        (signature_lines(cosign(committed(6).checkpoint(), [AUDITOR], NOW)).encode(), "L203"),
    ],
)
def test_answers_that_are_no_use(answer: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        cosigned(committed(5).checkpoint(), answer, [AUDITOR.verifier])
    assert refused.value.code == code


def test_what_is_no_cosignature() -> None:
    checkpoint = committed(5).checkpoint()
    for keys, time in (([LOG], NOW), ([AUDITOR], 0)):
        with pytest.raises(ValueError, match="states the time"):
            cosign(checkpoint, keys, time)


def test_the_log_is_no_witness_of_itself() -> None:
    checkpoint = committed(5).checkpoint()
    answer = signature_lines(checkpoint.note.signatures[:1]).encode()
    with pytest.raises(Refused) as refused:
        cosigned(checkpoint, answer, [LOG.verifier, AUDITOR.verifier])
    assert refused.value.code == "L204"
    assert cosignatures(checkpoint, [LOG.verifier]) == ()
