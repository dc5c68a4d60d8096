"""The register as a journal: `writ audit` over the Book says of it what the gate said."""

import json

from django.core.management import call_command

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Deciding, Granting, Overriding
from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment, Giving, TakingBack
from ministry.gate.models import Duty
from ministry.people.models import Appointment
from ministry.register.models import Record
from tests.ministry.people import BOOK, key
from writ.cli import main


def much(ministry):
    """A little of everything that the server does."""
    command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus"))
    wanted = {"person": key("gus"), "office": "registrar"}
    asked = approvals.ask(ministry.cy, Asking(act="appoint-officer", given=wanted))
    approvals.grant(ministry.bo, Granting(request=asked.record))
    gift = command.delegate_appointments(ministry.ada, Giving(to="duty-officer")).record
    command.appoint(ministry.dee, Appointing(person=key("gus"), office="legal-adviser"))
    command.revoke_delegation(ministry.ada, TakingBack(gift=gift))
    over = approvals.override(
        ministry.dee,
        Overriding(
            act="appoint-officer",
            given={"person": key("gus"), "office": "duty-officer"},
            danger=True,
            reason="the watch is unmanned",
        ),
    )
    approvals.ratify(ministry.bo, Deciding(exceeding=over[0].record))
    held = Appointment.everything.get(person=key("gus"), office="registrar")
    command.end(ministry.ada, Ending(appointment=held.id))
    return over[1].record


def test_every_act_that_the_gate_permitted_is_authorised(ministry, tmp_path, capsys):
    exceeded = much(ministry)
    file = tmp_path / "register.jsonl"
    call_command("journal", file)
    assert main(["audit", str(BOOK), str(file), "--json"]) in (0, 1)
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{") :])
    done = Record.everything.filter(kind="act")
    status = {act["entry"]: act["status"] for act in told["acts"]}
    assert status.keys() == set(done.values_list("id", flat=True))
    assert {name for name, said in status.items() if said != "authorised"} == {exceeded}
    duties = [one for one in told["duties"] if one["act"] == "decide-override"]
    assert [one["status"] for one in duties] == ["met"]
    assert Duty.everything.get(act="decide-override").discharged is not None


def test_the_entries_are_those_that_were_decided_on(ministry, tmp_path):
    much(ministry)
    file = tmp_path / "register.jsonl"
    call_command("journal", file)
    lines = file.read_bytes().splitlines()
    bodies = [
        bytes(one) for one in Record.everything.filter(kind="act").values_list("body", flat=True)
    ]
    assert all(any(line in body for line in lines) for body in bodies)
