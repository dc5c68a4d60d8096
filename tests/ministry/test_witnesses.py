"""Witnesses outside: they cosign what grows, and nothing else; and what oversight does besides."""

from pathlib import Path

import pytest

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify as replayed
from ministry.oversight import acts
from ministry.oversight.data import Admitting, Counting, Erasing, Retiring, Rotating
from ministry.people.models import Person
from ministry.register import held, keys, receipts, tree
from ministry.register.models import Checkpoint, Cosigning, Leaf, LogKey, Record, Sealed, Tile
from ministry.register.sequencer import sequence
from ministry.register.watcher import Watcher
from ministry.register.witnessing import ask_all
from tests.ministry.watching import served
from writ.journal.log.keys import Kind, parse_key
from writ.journal.log.receipt import verify
from writ.journal.log.witness import Request


def watcher(folder: Path, name="auditor.example/witness") -> Watcher:
    return Watcher(folder, name, [term.key for term in keys.terms()])


def admit(ministry, one, url="", name="auditor"):
    acts.admit(ministry.eve, Admitting(name=name, key=str(one.key.verifier), url=url))
    acts.set_quorum(ministry.eve, Counting(needed=1))


def test_a_witness_cosigns_and_the_receipt_proves_it_offline(ministry, tmp_path):
    one = watcher(tmp_path / "w")
    with served(one) as url:
        admit(ministry, one, url)
        sequence()
        assert ask_all() == {}
        done = command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus"))
        sequence()
        assert ask_all() == {}
    record = Record.everything.get(id=done.record)
    found = receipts.receipt(record, cosigned=True)
    verdict = verify(found, receipts.policy())
    assert verdict.verified
    assert set(verdict.witnesses) == {"auditor.example/witness"}


def test_without_its_cosignature_the_policy_is_not_met(ministry, tmp_path):
    admit(ministry, watcher(tmp_path / "w"))
    sequence()
    record = Record.everything.first()
    assert not verify(receipts.receipt(record), receipts.policy()).verified
    with pytest.raises(receipts.NotYet):
        receipts.receipt(record, cosigned=True)


def test_a_log_that_was_rewritten_is_not_cosigned(ministry, tmp_path):
    one = watcher(tmp_path / "w")
    with served(one) as url:
        admit(ministry, one, url)
        sequence()
        assert ask_all() == {}
        # An insider changes a record, builds the whole log again and signs it with its own keys.
        with permit(State.REGISTER, State.LOG):
            Record.everything.filter(number=Record.everything.last().number).update(salt=bytes(32))
            from ministry.register.models import Pending

            Pending.objects.bulk_create(
                [Pending(number=n) for n in Leaf.objects.values_list("number", flat=True)]
            )
            for model in (Leaf, Tile, Checkpoint):
                model.objects.all().delete()
        assert sequence() == 0, "the witness is known to have seen more"
        held.forget()
        command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus"))
        sequence()
        assert "rewritten" in ask_all()["auditor"]
    assert "rewritten" in Cosigning.objects.get().error


def test_a_witness_that_does_not_answer_is_noted(ministry, tmp_path):
    admit(ministry, watcher(tmp_path / "w"), "http://127.0.0.1:9")
    sequence()
    assert "no answer" in ask_all()["auditor"]


def test_a_witness_remembers_across_a_restart(ministry, tmp_path):
    one = watcher(tmp_path / "w")
    sequence()
    latest = Checkpoint.objects.latest("size")
    from writ.journal.log.checkpoint import parse_checkpoint

    body = Request(0, (), parse_checkpoint(bytes(latest.note))).encode()
    assert one.answer(body).status == 200
    again = watcher(tmp_path / "w")
    assert again.key.verifier == one.key.verifier
    assert again.answer(body).status == 409


def test_only_parliament_admits_witnesses(ministry, tmp_path):
    with pytest.raises(Refused):
        acts.admit(ministry.bo, Admitting(name="w", key=str(watcher(tmp_path).key.verifier)))
    with pytest.raises(NotPossible, match="verifier key"):
        acts.admit(ministry.eve, Admitting(name="w", key="nonsense"))
    with pytest.raises(NotPossible, match="only 0"):
        acts.set_quorum(ministry.eve, Counting(needed=1))
    admit(ministry, watcher(tmp_path))
    acts.retire(ministry.eve, Retiring(name="auditor"))
    assert receipts.policy().witnesses == {}


def test_a_key_of_the_log_is_replaced_and_both_sign_for_a_while(ministry):
    sequence()
    old = next(str(term.key) for term in keys.terms() if term.key.kind is Kind.ED25519)
    from tests.ministry.people import appointed

    registrar = appointed("cy", "registrar")
    acts.rotate(registrar, Rotating(old=old, overlap=3))
    sequence()
    signing = {str(key.verifier) for key in keys.signing(tree.size())}
    assert len(signing) == 3
    assert old in signing
    for at in range(4):
        command.enrol(ministry.ada, Enrolment(sign_in=f"g{at}", name="G"))
    sequence()
    assert old not in {str(key.verifier) for key in keys.signing(tree.size())}
    assert LogKey.objects.get(key=old).until is not None
    assert verify(receipts.receipt(Record.everything.last()), receipts.policy()).verified
    assert parse_key(old) in [term.key for term in keys.terms()]
    assert replayed().differences == []


def test_a_person_is_erased_and_the_register_still_proves_what_they_did(ministry):
    done = command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Augustus", email="g@x.y"))
    person = Person.everything.get(sign_in="gus")
    with pytest.raises(Refused):
        acts.erase(ministry.ada, Erasing(person=person.key))
    acts.erase(ministry.ada, Erasing(person=person.key, ground="by-judgment"))
    person.refresh_from_db()
    assert (person.name, person.email, person.sign_in) == ("", "", person.key)
    assert not Sealed.objects.filter(record_id=done.record).exists()
    assert replayed().differences == []
    sequence()
    assert verify(
        receipts.receipt(Record.everything.get(id=done.record)), receipts.policy()
    ).verified


def test_somebody_in_office_is_not_erased(ministry):
    with pytest.raises(NotPossible, match="they hold legal-adviser"):
        acts.erase(ministry.ada, Erasing(person=ministry.cy.person, ground="by-judgment"))
