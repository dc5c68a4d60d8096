"""The data of every earlier release is upgraded: it replays, acts go on, and the log is the one that others have seen.

`tests/ministry/data/releases` has a folder for each release, made by its own code (`tests.ministry.earlier.make`).
"""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database import described
from ministry.editions.models import Promulgation
from ministry.gate.verify import verify
from ministry.operations import checks
from ministry.operations.backup import restore
from ministry.people.models import Person
from ministry.register import receipts, tree
from ministry.register.models import Checkpoint, Pending, Record, Witness
from ministry.register.sequencer import sequence
from tests.ministry.conftest import database
from tests.ministry.people import acting, key
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.merkle import consistency_proof
from writ.journal.log.policy_file import parse_policy
from writ.journal.log.proofs import verify_consistency
from writ.journal.log.receipt import parse_receipt
from writ.journal.log.receipt import verify as proven

DATA = Path(__file__).with_name("data") / "releases"


@pytest.fixture(params=[("sqlite"), ("postgresql")])
def vendor(request):
    return request.param


@pytest.fixture(params=sorted(DATA.iterdir()), ids=lambda one: one.name)
def upgraded(request, vendor, tmp_path):
    """What a release left, restored and migrated by the code of today; the folder of what others have of it."""
    home = tmp_path / "home"
    if vendor == "sqlite":
        where = described("", home)
    else:
        cluster = request.getfixturevalue("cluster")
        name = f"upgraded_{tmp_path.name}".replace("-", "_").lower()[-60:]
        cluster.create(name)
        where = described(cluster.address(name), home)
    with override_settings(HOME=home), database(where):
        restore(request.param / vendor / "backup")
        call_command("migrate", verbosity=0)
        yield request.param / vendor
    if vendor == "postgresql":
        cluster.drop(name)


def test_it_replays_and_is_in_order(upgraded, vendor):
    assert connections["default"].vendor == vendor == upgraded.name
    found = verify()
    assert found.differences == []
    assert found.acts > 20
    assert found.acts < found.records, "the data has no refusal"
    assert Promulgation.objects.count() > 1
    sequence()
    wrong = [one for one in checks.everything() if not one.good]
    assert wrong == []


def test_acts_go_on_and_the_log_grows_out_of_what_others_have_seen(upgraded):
    assert Pending.objects.exists(), "nothing of the data waited for the log"
    command.enrol(acting("ada"), Enrolment(sign_in="new", name="New"))
    command.appoint(acting("ada"), Appointing(person=key("new"), office="legal-adviser"))
    assert Person.everything.filter(sign_in="waits").exists()
    sequence()
    assert not Pending.objects.exists()
    assert verify().differences == []
    seen = parse_checkpoint((upgraded / "checkpoint").read_bytes()).head
    now = parse_checkpoint(bytes(Checkpoint.objects.latest("size").note)).head
    assert now.origin == seen.origin
    assert now.size > seen.size
    proof = consistency_proof(tree.reader(now.size), seen.size, now.size)
    verify_consistency(seen.size, now.size, proof, seen.root, now.root)
    assert Witness.objects.get().name == "auditor"


def test_a_receipt_of_then_verifies_by_the_policy_of_then_and_of_now(upgraded):
    receipt = parse_receipt((upgraded / "receipt").read_bytes())
    then = parse_policy((upgraded / "policy").read_bytes())
    for policy in (then, receipts.policy()):
        assert proven(receipt, policy).verified
    record = Record.everything.get(body=proven(receipt, then).record)
    again = receipts.receipt(record, cosigned=True)
    assert proven(again, then).verified
