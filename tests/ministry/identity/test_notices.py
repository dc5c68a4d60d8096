"""People are told of every change of what they sign in with, and what is over is forgotten."""

import time

from allauth.mfa.models import Authenticator

from ministry.command import acts as command
from ministry.command.data import Ending, Enrolment
from ministry.gate.verify import verify
from ministry.identity.models import Attempts, Session
from ministry.identity.steps import forget
from ministry.oversight import acts as oversight
from ministry.oversight.data import Erasing
from ministry.people.models import Appointment
from ministry.register.models import Record
from ministry.timers.models import Outbox
from tests.ministry.identity.conftest import Browser
from tests.ministry.people import key


def test_a_person_is_told_of_each_change(ministry):
    command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus", email="gus@example.org"))
    browser = Browser()
    browser.enrol("gus")
    browser.send("/account/recovery-codes/")
    told = list(Outbox.objects.order_by("pk"))
    assert [one.address for one in told] == ["gus@example.org"] * 3
    assert [one.body.split(".")[0] for one in told] == [
        "An enrolment link was issued for you",
        "A passkey was registered for you",
        "New recovery codes were made for you; earlier ones are good no more",
    ]
    record = Record.everything.get(act="register-passkey")
    assert record.id in told[1].body and told[1].key == f"identity {record.id}"


def test_a_replay_tells_nobody(ministry):
    command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus", email="gus@example.org"))
    Browser().enrol("gus")
    before = Outbox.objects.count()
    assert verify().differences == []
    assert Outbox.objects.count() == before


def test_whoever_has_no_address_is_told_nothing(dee):
    assert not Outbox.objects.exists()


def test_what_is_over_is_forgotten_and_nothing_else(dee):
    dee.get("/sign-in/passkey/")
    assert forget() == {"sessions": 0, "attempts": 0, "keys": 0}
    session = Session.objects.get(person=key("dee"))
    session.expire_date = session.expire_date.fromtimestamp(
        time.time() - 1, session.expire_date.tzinfo
    )
    session.save()
    Attempts.objects.update(until=session.expire_date)
    found = forget()
    assert found["sessions"] == 1 and found["attempts"] >= 1 and found["keys"] == 0


def test_the_key_of_somebody_erased_is_forgotten(dee, ministry):
    held = Appointment.everything.get(person=key("dee"))
    command.end(ministry.bo, Ending(appointment=held.id))
    dee_key = key("dee")
    oversight.erase(ministry.ada, Erasing(person=dee_key, ground="no-longer-needed"))
    assert forget()["keys"] == 1
    assert not Authenticator.objects.exists()
    assert verify().differences == []
