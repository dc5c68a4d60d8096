"""Found a ministry, let it act, and write a backup of it: run by the code of an earlier release, from its own tree.

`main(FOLDER)` writes `backup` (with the keys of the log), and what others outside have of the log: the
`checkpoint` that a witness cosigned, the `receipt` of a record, the `policy`, and `seen`, which the witness keeps.
It uses only what every release has had since the first that can be upgraded.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Manager, Model

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Deciding, Granting, Overriding
from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment, Giving, TakingBack
from ministry.gate.refusal import Refused
from ministry.operations.backup import backup
from ministry.oversight import acts as oversight
from ministry.oversight.data import Admitting, Counting, Erasing, Rotating
from ministry.people.models import Appointment
from ministry.register import keys, receipts
from ministry.register.models import Checkpoint, Record, Witness
from ministry.register.sequencer import sequence
from ministry.register.watcher import Watcher
from ministry.register.witnessing import keep
from ministry.statutes import acts as statutes
from tests.ministry import people
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.keys import Kind
from writ.journal.log.witness import Request


def main(place: str) -> None:
    folder = Path(place)
    call_command("migrate", verbosity=0)
    people.founded()
    ministry = people.Named()
    much(ministry)
    identity(ministry)
    cosigned(ministry, folder)
    # Later than what others have seen: in the log, and waiting for it.
    command.enrol(ministry.ada, Enrolment(sign_in="late", name="Late"))
    sequence()
    command.enrol(ministry.ada, Enrolment(sign_in="waits", name="Waits"))
    backup(folder / "backup", keys=True)


def much(ministry: people.Named) -> None:
    """A little of everything that offices do, of what they are refused, and of what is erased."""
    for name in ("gus", "hal"):
        command.enrol(ministry.ada, Enrolment(sign_in=name, name=name.title()))
    with suppress(Refused):
        command.appoint(ministry.ada, Appointing(person=ministry.ada.person, office="registrar"))
    wanted = {"person": people.key("gus"), "office": "registrar"}
    asked = approvals.ask(ministry.cy, Asking(act="appoint-officer", given=wanted))
    approvals.grant(ministry.bo, Granting(request=asked.record))
    gift = command.delegate_appointments(ministry.ada, Giving(to="duty-officer")).record
    command.appoint(ministry.dee, Appointing(person=people.key("gus"), office="security-officer"))
    command.revoke_delegation(ministry.ada, TakingBack(gift=gift))
    over = approvals.override(
        ministry.dee,
        Overriding(
            act="appoint-officer",
            given={"person": people.key("hal"), "office": "duty-officer"},
            danger=True,
            reason="the watch is unmanned",
        ),
    )
    approvals.ratify(ministry.bo, Deciding(exceeding=over[0].record))
    held = rows(Appointment).get(person=people.key("hal"), office="duty-officer")
    command.end(ministry.ada, Ending(appointment=held.id))
    oversight.erase(ministry.ada, Erasing(person=people.key("hal"), ground="no-longer-needed"))
    amended(ministry)


def amended(ministry: people.Named) -> None:
    """Another edition comes into force."""
    from ministry.editions.apply import deposit
    from ministry.statutes.data import Certifying, Promulgating, Proposing

    texts = people.texts()
    name = "organisation-act.md"
    edition = deposit({**texts, name: texts[name] + "\nThis Act is amended.\n"})
    statutes.propose(ministry.bo, Proposing(edition=edition))
    if hasattr(statutes, "examine"):
        from tests.ministry.enacting import examine

        examine(ministry.cy, edition)
    statutes.certify(ministry.cy, Certifying(edition=edition))
    statutes.promulgate(ministry.bo, Promulgating(edition=edition))


def identity(ministry: people.Named) -> None:
    """A link, recovery codes and a token; a passkey is made by a device, and is left out."""
    from ministry.gate.acting import oneself
    from ministry.identity import acts, tokens
    from ministry.identity.data import IssuingToken, Linking, Renewing

    dee = oneself(people.key("dee"), 4e9)
    acts.issue_enrolment_link(
        ministry.ada, Linking(person=people.key("dee"), digest=tokens.digest("a link"))
    )
    acts.renew_recovery_codes(
        dee, Renewing(person=people.key("dee"), digests=(tokens.digest("a code"),))
    )
    acts.issue_token(
        dee, IssuingToken(office="duty-officer", digest=tokens.digest("a token"), purpose="watch")
    )
    with suppress(Refused):
        acts.issue_token(
            dee, IssuingToken(office="auditor", digest=tokens.digest("another"), purpose="watch")
        )


def cosigned(ministry: people.Named, folder: Path) -> None:
    """The log is sequenced, a key of it replaced, and a witness has seen it."""
    sequence()
    old = next(term.key for term in keys.terms() if term.key.kind is Kind.ED25519)
    registrar = people.acting("gus", "registrar")
    oversight.rotate(registrar, Rotating(old=str(old), overlap=1_000))
    watcher = Watcher(
        folder / "witness", "auditor.example/witness", [term.key for term in keys.terms()]
    )
    oversight.admit(ministry.eve, Admitting(name="auditor", key=str(watcher.key.verifier)))
    oversight.set_quorum(ministry.eve, Counting(needed=1))
    sequence()
    latest = rows(Checkpoint).latest("size")
    answer = watcher.answer(Request(0, (), parse_checkpoint(bytes(latest.note))).encode())
    assert answer.status == 200, answer
    keep(latest.size, rows(Witness).get(), answer.body.encode())
    whole = rows(Checkpoint).latest("size")
    (folder / "checkpoint").write_bytes(bytes(whole.note))
    (folder / "policy").write_bytes(receipts.policy().encode())
    record = rows(Record).filter(act="appoint-officer", kind="act").latest("number")
    (folder / "receipt").write_bytes(receipts.receipt(record, cosigned=True).encode())


def rows(model: type[Model]) -> Manager[Any]:
    """All rows of a table; the first releases had no other manager than `objects`."""
    found: Manager[Any] = getattr(model, "everything", None) or model._meta.managers_map["objects"]
    return found
