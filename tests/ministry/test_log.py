"""The register in its log: every record, in order, provable offline."""

import msgspec
import pytest

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.register import receipts, tree
from ministry.register.models import Checkpoint, Leaf, Pending, Record
from ministry.register.sequencer import sequence
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.merkle import leaf_hashes, root_of
from writ.journal.log.receipt import parse_receipt, verify


def enrol(ministry, *names):
    return [command.enrol(ministry.ada, Enrolment(sign_in=name, name=name)) for name in names]


def test_every_record_gets_a_leaf_in_the_order_of_its_number(ministry):
    assert sequence() == Record.everything.count()
    assert sequence() == 0
    enrol(ministry, "gus", "hal")
    assert sequence() == 2
    numbers = list(Leaf.objects.order_by("index").values_list("number", flat=True))
    assert numbers == sorted(Record.everything.values_list("number", flat=True))
    assert not Pending.objects.exists()


def test_the_signed_root_is_that_of_the_commitments(ministry):
    for at in range(6):
        enrol(ministry, *(f"g{at}-{one}" for one in range(at + 1)))
        sequence()
        latest = Checkpoint.objects.latest("size")
        leaves = [
            bytes(one)
            for one in Leaf.objects.order_by("index").values_list("commitment", flat=True)
        ]
        nodes = dict(enumerate(leaf_hashes(leaves)))
        from writ.journal.log.merkle import CompactRange

        assert CompactRange().extended(list(nodes.values()))[0].root == bytes(latest.root)
        assert root_of(tree.reader(latest.size), latest.size) == bytes(latest.root)
        assert parse_checkpoint(bytes(latest.note)).head.root == bytes(latest.root)


def test_a_receipt_verifies_offline_and_a_changed_one_does_not(ministry):
    receipt = enrol(ministry, "gus")[0]
    record = Record.everything.get(id=receipt.record)
    with pytest.raises(receipts.NotYet):
        receipts.receipt(record)
    sequence()
    data = receipts.receipt(record).encode()
    verdict = verify(parse_receipt(data), receipts.policy())
    assert verdict.verified
    assert verdict.record == bytes(record.body)
    with permit(State.REGISTER):
        Record.everything.filter(id=record.id).update(
            body=bytes(record.body).replace(b"ada", b"bob") + b" "
        )
    changed = receipts.receipt(Record.everything.get(id=record.id))
    assert not verify(changed, receipts.policy()).verified


def test_a_log_of_many_tiles_proves_each_of_its_records(ministry):
    sequence()
    with permit(State.REGISTER, State.LOG):
        first = Record.everything.latest("number")
        Record.everything.bulk_create(
            [
                Record(
                    **{
                        **{
                            f.attname: getattr(first, f.attname)
                            for f in Record._meta.concrete_fields
                        },
                        "number": None,
                        "id": f"r-{at}",
                    }
                )
                for at in range(700)
            ]
        )
        known = set(Leaf.objects.values_list("number", flat=True))
        Pending.objects.bulk_create(
            [
                Pending(number=one)
                for one in Record.everything.values_list("number", flat=True)
                if one not in known
            ]
        )
    assert sequence() == 700
    policy = receipts.policy()
    for at in (0, 5, 250, 255, 256, 300, 511, 512, 600):
        record = Record.everything.get(number=Leaf.objects.get(index=at).number)
        assert verify(receipts.receipt(record), policy).verified, at
    assert msgspec is not None
