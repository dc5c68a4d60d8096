"""What the page on the log shows is so."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.commitment import commit
from writ.journal.log.keys import Kind
from writ.journal.log.note import verify_note
from writ.journal.log.policy_file import parse_policy
from writ.journal.log.tiles import WIDTH, parse_path

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "log.md").read_text("utf-8")
FENCES = re.findall(r"(?ms)^```(python|text|sh)\n(.*?)^```$", PAGE)
TEXTS = [text for kind, text in FENCES if kind == "text"]


def test_the_program_runs() -> None:
    (program,) = (text for kind, text in FENCES if kind == "python")
    exec(compile(program, "log.md", "exec"), {})


def test_the_checkpoint_is_accepted_by_the_policy() -> None:
    (policy,) = (parse_policy(text.encode()) for text in TEXTS if "quorum" in text)
    (checkpoint,) = (parse_checkpoint(text.encode()) for text in TEXTS if "—" in text)
    keys = [*policy.logs, *policy.witnesses.values()]
    assert [one.key.name for one in verify_note(checkpoint.note, keys)] == [
        "example.gov/register",
        "auditor.example",
    ]
    assert not policy.met(["audit-office"])
    assert policy.met(["audit-office", "parliament"])


def test_the_commitment_is_the_one_of_the_shell() -> None:
    (label,) = re.findall(r"printf '(.*?)'", PAGE)
    salt, record = b"s" * 32, b"record"
    preimage = label.replace("\\n", "\n").encode() + salt + record
    assert hashlib.sha256(preimage).digest() == commit(salt, record)


def test_the_tables_are_those_of_the_code() -> None:
    assert parse_path("tile/0/x001/x234/067").index == 1_234_067
    assert f"× {WIDTH}" in PAGE
    assert [int(kind) for kind in re.findall(r"(?m)^\| (\d), ", PAGE)] == list(Kind)
    modules = {
        path.stem
        for path in (Path(__file__).resolve().parents[2] / "writ/journal/log").glob("[a-z]*.py")
    }
    named = set(re.findall(r"`([a-z_]+)`", PAGE.partition("What is not of its format")[0]))
    assert modules - named == {"codes", "fields"}
