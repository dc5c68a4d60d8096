"""An older backup takes the log back: it is noticed, the log grows no more, and a new one is begun in its place."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database import described
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.operations import checks
from ministry.operations.backup import backup, restore
from ministry.oversight import acts
from ministry.oversight.data import Admitting, Beginning, Counting, Retiring
from ministry.register import held, keys, receipts, tree
from ministry.register.models import Checkpoint, Leaf, Pending, Record
from ministry.register.record import opened
from ministry.register.rounds import Sequencing, Witnessing
from ministry.register.sequencer import sequence
from ministry.register.watcher import Watcher
from ministry.register.witnessing import ask_all
from tests.ministry.conftest import HOME, database
from tests.ministry.watching import served
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.merkle import consistency_proof
from writ.journal.log.policy_file import parse_policy
from writ.journal.log.proofs import verify_consistency
from writ.journal.log.receipt import verify as proven


class Lost:
    """What is left of a ministry of which an older backup was restored, and what those outside have."""

    kept: int
    seen: int


@pytest.fixture
def lost(request, ministry, tmp_path):
    """A ministry with a witness, a backup, records after it, and then only the backup."""
    found = Lost()
    found.watcher = Watcher(tmp_path / "w", "w.example/w", [term.key for term in keys.terms()])
    with served(found.watcher) as url:
        acts.admit(ministry.eve, Admitting(name="w", key=str(found.watcher.key.verifier), url=url))
        acts.set_quorum(ministry.eve, Counting(needed=1))
        sequence()
        assert ask_all() == {}
        enrol(ministry, "waits")  # in the backup, and not yet in its log
        backup(tmp_path / "old.backup")
        found.kept = tree.size()
        found.record = enrol(ministry, "gone").record
        sequence()
        assert ask_all() == {}
        found.seen = tree.size()
        assert found.seen == found.kept + 2
        found.checkpoint = bytes(Checkpoint.objects.latest("size").note)
        found.receipt = receipts.receipt(Record.everything.get(id=found.record), cosigned=True)
        found.policy = receipts.policy()
        with elsewhere(request, tmp_path) as where, database(where):
            restore(tmp_path / "old.backup")
            yield found


@contextmanager
def elsewhere(request, tmp_path):
    if connections["default"].vendor == "sqlite":
        yield described("", tmp_path / "elsewhere")
        return
    cluster = request.getfixturevalue("cluster")
    name = f"lost_{tmp_path.name}".replace("-", "_").lower()[-60:]
    cluster.create(name)
    yield described(cluster.address(name), HOME)
    cluster.drop(name)


def enrol(ministry, name):
    return command.enrol(ministry.ada, Enrolment(sign_in=name, name=name))


def nothing_grows(found):
    assert sequence() == 0
    assert tree.size() == found.kept
    assert Pending.objects.exists()


def begin(ministry, found, **given):
    return acts.begin_log(
        ministry.eve,
        Beginning(
            name="localhost/log/2", reason="the disk died", last=found.checkpoint.decode(), **given
        ),
    )


def test_the_log_waits_until_its_witness_was_asked_and_then_for_a_new_one(lost, ministry):
    assert "not said" in held.held()
    nothing_grows(lost)
    with pytest.raises(Refused):  # that a witness does not answer is no ground for a new log
        acts.begin_log(ministry.eve, Beginning(name="localhost/2", reason="it does not answer"))
    found = {one.name: one for one in checks.everything()}
    assert not found["witnesses"].good
    assert f"saw the log with {lost.seen} records, and here it has {lost.kept}" in (
        found["witnesses"].message
    )
    enrol(ministry, "new")  # acts go on: they wait for the log
    nothing_grows(lost)
    with pytest.raises(Refused):
        acts.begin_log(ministry.bo, Beginning(name="localhost/log/2", reason="to hide it"))
    with pytest.raises(Refused) as refused:
        acts.begin_log(ministry.eve, Beginning(name="localhost/log/2"))
    assert [one.what for one in refused.value.refusal.decision.missing] == ["begin-log.reason"]


def test_a_worker_asks_before_its_first_batch_however_the_database_was_put_back(lost, caplog):
    held.forget()  # as if the files had been put back, without the command
    assert held.held() == ""
    Sequencing().once()
    assert "saw the log" in held.held()
    nothing_grows(lost)
    rounds = Witnessing()
    for _ in range(2):
        rounds.once()
    assert [one.message for one in caplog.records if "the log is held" in one.message]
    assert len(caplog.records) == 1


def test_a_new_log_is_begun_and_receipts_of_both_verify(lost, ministry):
    ask_all()
    last = parse_checkpoint(bytes(Checkpoint.objects.latest("size").note)).head
    before = Record.everything.get(number=Leaf.objects.get(index=2).number)
    done = begin(ministry, lost)
    record = Record.everything.get(id=done.record)
    told = opened(bytes(record.body)).data
    assert (told["size"], told["seen"]) == (lost.kept, lost.seen)
    assert told["last"] == lost.checkpoint.decode().strip()
    assert sequence() == 2  # what waited, and the act
    now = parse_checkpoint(bytes(Checkpoint.objects.latest("size").note)).head
    assert (now.origin, now.size) == ("localhost/log/2", lost.kept + 2)
    # It has grown out of what was kept of the old one.
    assert (last.origin, last.size) == ("localhost/log", lost.kept)
    proof = consistency_proof(tree.reader(now.size), last.size, now.size)
    verify_consistency(last.size, now.size, proof, last.root, now.root)
    # Of the old log, whose records are lost and whose are not; and of the new one.
    policy = receipts.policy()
    assert proven(lost.receipt, lost.policy).verified
    assert proven(lost.receipt, policy).verified
    old = receipts.receipt(before, cosigned=True)
    assert old.checkpoint.head.origin == "localhost/log"
    assert proven(old, lost.policy).verified
    assert proven(old, policy).verified
    # The witness takes the new log up once its overseer has given it the key.
    assert "404" in ask_all()["w"]
    lost.watcher.logs.setdefault("localhost/log/2", []).extend(
        term.key for term in keys.terms("localhost/log/2")
    )
    assert ask_all() == {}
    assert proven(receipts.receipt(record, cosigned=True), parse_policy(policy.encode())).verified
    assert verify().differences == []
    assert all(one.good for one in checks.everything())


def test_a_checkpoint_that_an_auditor_kept_holds_the_log_where_there_is_no_witness(
    lost, ministry, tmp_path
):
    acts.retire(ministry.eve, Retiring(name="w"))
    assert held.held() == ""
    for name, data in (("c", lost.checkpoint), ("r", lost.receipt.encode())):
        (tmp_path / name).write_bytes(data)
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("check", "--log", tmp_path / name, stdout=out)
        assert f"BAD shown: the log had {lost.seen} records" in out.getvalue()
    nothing_grows(lost)
    begin(ministry, lost)
    assert sequence() > 0
    assert verify().differences == []


def test_no_new_log_is_begun_while_the_old_one_goes_on(ministry):
    sequence()
    note = bytes(Checkpoint.objects.latest("size").note)
    enrol(ministry, "gus")
    sequence()
    assert checks.shown(note).good
    assert held.held() == ""
    with pytest.raises(NotPossible, match="the log goes on"):
        acts.begin_log(ministry.eve, Beginning(name="localhost/log/2", reason="why not"))


def test_a_new_log_is_begun_where_a_key_of_the_old_one_is_gone(ministry, tmp_path):
    sequence()
    size = tree.size()
    keys._loaded.clear()
    with override_settings(HOME=tmp_path):
        enrol(ministry, "gus")
        with pytest.raises(OSError):  # it cannot be signed on
            sequence()
        acts.begin_log(ministry.eve, Beginning(name="localhost/log/2", reason="the key is gone"))
        sequence()
        now = parse_checkpoint(bytes(Checkpoint.objects.latest("size").note)).head
        assert (now.origin, now.size) == ("localhost/log/2", size + 2)
        assert verify().differences == []
    keys._loaded.clear()


def test_what_is_no_last_checkpoint_is_not_taken_and_a_failure_leaves_no_key(
    lost, ministry, tmp_path
):
    ask_all()
    ours = bytes(Checkpoint.objects.latest("size").note).decode()
    with override_settings(HOME=tmp_path / "keys-of-its-own"):
        for wrong, given in (
            ("has that name already", {"name": "localhost/log"}),
            ("has grown out of", {"name": "localhost/2", "last": ours}),
            ("no empty line", {"name": "localhost/2", "last": "nothing"}),
        ):
            with pytest.raises(NotPossible, match=wrong):
                acts.begin_log(ministry.eve, Beginning(reason="again", **given))
        for _ in range(3):
            with pytest.raises(Refused):
                acts.begin_log(ministry.eve, Beginning(name="localhost/2"))
        assert files() == ["next-1.pem", "next-6.pem"]
        begin(ministry, lost)
        with pytest.raises(NotPossible, match="begun just now"):
            acts.begin_log(ministry.eve, Beginning(name="localhost/3", reason="again"))
        for term in keys.terms("localhost/log/2"):
            keys.private(term.key)
        assert len(files()) == 2
        assert not any(name.startswith("next") for name in files())
        assert all(path.stat().st_mode & 0o077 == 0 for path in keys.folder().iterdir())


def files():
    return sorted(path.name for path in keys.folder().iterdir())
