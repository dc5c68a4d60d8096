"""Whom no officer can let in again, the operator of the machine does: on the record, by two people if there are two."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ministry import cli
from ministry.command import acts as command
from ministry.command.data import Appointing
from ministry.gate.acting import oneself
from ministry.gate.verify import verify
from ministry.identity import acts, tokens
from ministry.identity.data import OfPerson, Registering
from ministry.identity.models import EnrolmentLink
from ministry.register.models import Record
from tests.ministry.identity.conftest import Browser
from tests.ministry.people import acting, key


def passkeys(*names):
    """They register a passkey each."""
    for name in names:
        acts.register_passkey(
            oneself(key(name), 4e9),
            Registering(person=key(name), digest=tokens.digest(name), credential="{}"),
        )


def recover(name, reason="they lost their only device"):
    out = StringIO()
    call_command("recover", name, "--reason", reason, stdout=out)
    return out.getvalue().strip()


def test_the_operator_alone_where_nobody_is_left(ministry):
    assert Browser().enrol("ada").status_code == 302
    link = recover("ada")
    record = Record.everything.get(act="recover-account")
    assert (record.kind, record.actor, record.person) == ("act", "founder", "founder")
    assert b"Identity Reg. s. 2(7)" in bytes(record.body)
    assert b"they lost their only device" in bytes(record.body)
    issued = EnrolmentLink.objects.get(id=record.id)
    assert issued.used is None
    assert Browser().enrol("ada", link.partition("#")[2]).status_code == 302
    issued.refresh_from_db()
    assert issued.used
    assert verify().differences == []


def test_with_somebody_who_can_vouch_it_takes_two(ministry):
    passkeys("ada", "eve")
    with pytest.raises(CommandError, match=r"Identity Reg\. s\. 2\(6\).*vouch-for-person"):
        recover("ada")
    acts.vouch(ministry.eve, OfPerson(person=key("ada")))
    assert "#" in recover("ada")
    record = Record.everything.filter(act="recover-account").latest("number")
    assert b"Identity Reg. s. 2(6)" in bytes(record.body)


def test_not_where_two_officers_can(ministry):
    command.appoint(ministry.bo, Appointing(person=key("cy"), office="security-officer"))
    passkeys("ada", "bo", "cy")
    with pytest.raises(CommandError, match="an officer who can sign in"):
        recover("ada")
    acts.vouch(ministry.bo, OfPerson(person=key("ada")))
    with pytest.raises(CommandError, match="an officer who can sign in"):
        recover("ada")
    acts.issue_enrolment_link(
        acting("cy", "security-officer"),
        acts.Linking(person=key("ada"), digest=tokens.digest("by the officers")),
    )


def test_not_for_somebody_without_a_passkey_or_unheard_of(ministry):
    with pytest.raises(CommandError, match="ministry enrol"):
        recover("ada")
    with pytest.raises(CommandError, match="nobody is enrolled as `zoe`"):
        recover("zoe")
    refused = Record.everything.get(act="recover-account")
    assert refused.kind == "refusal"


def test_the_help_of_the_server_names_every_command_of_ours():
    ours = Path(cli.__file__).parent
    named = {path.stem for path in ours.glob("*/management/commands/*.py")} - {
        "__init__",
        "flush",
    }  # refused
    assert named <= cli.COMMANDS.keys()
    assert "recover" in cli.usage()
