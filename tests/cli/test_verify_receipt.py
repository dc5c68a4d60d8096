"""`writ verify-receipt`: one file and a policy, and nothing else."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.journal.log.register import (
    AUDITOR,
    ORIGIN,
    RECORDS,
    STRANGER,
    WITNESSES,
    receipt_of,
    trusting,
)
from writ.journal.log.policy import any_of

WHEN = "2026-09-21T14:13:21Z"
RECEIPT = receipt_of(5, 12).encode()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A receipt, and the policy that two of three witnesses are enough."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record.tlog-proof").write_bytes(RECEIPT)
    (tmp_path / "policy").write_bytes(trusting(2).encode())
    return tmp_path


def test_a_receipt_that_verifies(run, files):
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"verified: the record is in `{ORIGIN}`\n"
        "  place        index 5 in a tree of 12\n"
        f"  signed by    {ORIGIN}, Ed25519\n"
        f"               {ORIGIN}, ML-DSA-44, 2026-09-21T14:13:20Z\n"
        f"  cosigned by  auditor.example, Ed25519, {WHEN}\n"
        f"               court.example, ML-DSA-44, {WHEN}\n"
        '\n{"id":"5"}\n'
    )


def test_as_data(run, files):
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy", "--json")
    data = json.loads(ran.out)
    assert ran.status == 0
    assert (data["schema"], data["verified"], data["diagnostics"]) == ("writ-receipt/1", True, [])
    assert (data["origin"], data["index"], data["size"]) == (ORIGIN, 5, 12)
    assert data["record"].encode() == RECORDS[5]
    assert data["witnesses"][0] == {
        "name": "auditor.example",
        "key": f"auditor.example+{AUDITOR.verifier.id.hex()}",
        "algorithm": "Ed25519",
        "at": WHEN,
    }
    assert [one["at"] for one in data["logs"]] == [None, "2026-09-21T14:13:20Z"]


def test_too_few_witnesses(run, files):
    (files / "policy").write_bytes(trusting(3).encode())
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith(
        f"not verified: the receipt does not show that the record is in `{ORIGIN}`\n"
    )
    assert (
        "error[L204]: `auditor.example`, `court.example` cosigned, which is not enough" in ran.out
    )
    assert "3 of `auditor.example`, `court.example`, `parliament.example`" in ran.out
    assert "record.tlog-proof:13:1" in ran.out
    assert ran.out.endswith("\n1 error\n")
    # Nothing is printed of a record that is not verified.
    assert '{"id"' not in ran.out


def test_not_verified_as_data(run, files):
    changed = RECEIPT.replace(b"index 5", b"index 6")
    (files / "record.tlog-proof").write_bytes(changed)
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy", "--json")
    data = json.loads(ran.out)
    assert (ran.status, data["verified"], data["record"]) == (1, False, None)
    (found,) = data["diagnostics"]
    assert (found["code"], found["span"]["line"]) == ("L201", 3)


def test_everything_that_fails_is_said(run, files):
    receipt = receipt_of(5, 12, WITNESSES[:1]).encode().replace(b"index 5", b"index 6")
    (files / "record.tlog-proof").write_bytes(receipt)
    out = run("verify-receipt", "record.tlog-proof", "--policy", "policy").out
    assert "error[L204]" in out
    assert "error[L201]" in out
    assert out.endswith("\n2 errors\n")


def test_another_log(run, files):
    policy = any_of(1, [AUDITOR.verifier], [STRANGER.verifier])
    (files / "policy").write_bytes(policy.encode())
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy")
    assert ran.status == 1
    assert f"error[L202]: the policy has no log `{ORIGIN}`" in ran.out
    assert "signed by" not in ran.out


@pytest.mark.parametrize(
    ("file", "data", "code", "what"),
    [
        ("record.tlog-proof", b"nothing\n", "L105", "the receipt"),
        ("record.tlog-proof", RECEIPT[:-1], "L101", "the receipt"),
        ("policy", b"quorum none", "L104", "the policy"),
        ("policy", b"log a\nquorum none\n", "L102", "the policy"),
        ("policy", b"", "L104", "the policy"),
        ("policy", b"\xff\xfe\x00", "L104", "the policy"),
    ],
)
def test_what_cannot_be_read(run, files, file, data, code, what):
    (files / file).write_bytes(data)
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy")
    assert (ran.status, ran.out) == (2, "")
    assert f"error[{code}]" in ran.err
    assert f"--> {file}:" in ran.err
    assert ran.err.endswith(f"writ: {what} cannot be read, so nothing is verified\n")


def test_files_that_are_not_there(run, files):
    ran = run("verify-receipt", "other", "--policy", "policy")
    assert (ran.status, ran.err) == (2, "writ: `other` cannot be read: no such file or directory\n")
    ran = run("verify-receipt", "record.tlog-proof", "--policy", ".")
    assert (ran.status, ran.err) == (2, "writ: `.` cannot be read: is a directory\n")
    ran = run("verify-receipt", "record.tlog-proof")
    assert (ran.status, ran.err.splitlines()[0]) == (2, "writ: --policy is missing")


def test_from_the_input(run, files, monkeypatch):
    class Input:
        buffer = io.BytesIO(RECEIPT)

    monkeypatch.setattr(sys, "stdin", Input())
    assert run("verify-receipt", "-", "--policy", "policy").status == 0


def test_a_record_does_not_command_the_terminal(run, files):
    from tests.journal.log.register import SALTS, Register
    from writ.journal.log.commitment import commit
    from writ.journal.log.receipt import Receipt

    record = b"\x1b]0;title\x07\xff"
    register = Register([commit(SALTS[0], record)])
    checkpoint = register.checkpoint(witnesses=WITNESSES)
    receipt = Receipt.of(SALTS[0], record, 0, (), checkpoint)
    (files / "record.tlog-proof").write_bytes(receipt.encode())
    ran = run("verify-receipt", "record.tlog-proof", "--policy", "policy")
    assert ran.status == 0
    assert "\x1b" not in ran.out
    data = json.loads(
        run("verify-receipt", "record.tlog-proof", "--policy", "policy", "--json").out
    )
    assert data["record-base64"] == "G10wO3RpdGxlB/8="


def test_its_codes_are_explained(run):
    assert run("explain", "quorum-not-met").out.startswith("L204 quorum-not-met (error)\n\n")
