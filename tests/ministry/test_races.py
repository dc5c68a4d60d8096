"""Two acts at once, and a refusal beside an act: the register says what was decided, in an order in which it can be."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from ministry.command import acts as command
from ministry.command.data import Ending, Enrolment
from ministry.database.wall import NotThroughTheGate
from ministry.editions.apply import deposit
from ministry.gate import do
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.people.models import Appointment
from ministry.register.models import Record
from ministry.statutes import acts as statutes
from ministry.statutes.data import Certifying, Promulgating, Proposing
from tests.ministry.people import key, texts


class Other:
    """An act of somebody else, on a connection of its own; it is begun and not waited for."""

    def __init__(self, work):
        self.error = None
        self.work = work
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            self.work()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def done(self, seconds):
        self.thread.join(seconds)
        return not self.thread.is_alive()


@contextmanager
def once_decided(monkeypatch, person, work):
    """When the first act of a person is decided and not recorded yet, somebody else begins one."""
    ruling, begun = do.ruling, []

    def slow(law, entry, *rest):
        found = ruling(law, entry, *rest)
        if entry.person == person and not begun:
            begun.append(Other(work))
            begun[0].done(0.5)
        return found

    monkeypatch.setattr(do, "ruling", slow)
    try:
        yield
    finally:
        begun[0].thread.join()
        assert begun[0].error is None


def test_whose_appointment_ends_does_nothing_after_it(ministry, monkeypatch):
    of_ada = Appointment.objects.get(person=key("ada"), until=None).id
    bo, ada = ministry.bo, ministry.ada
    with once_decided(monkeypatch, ada.person, lambda: command.end(bo, Ending(appointment=of_ada))):
        command.enrol(ada, Enrolment(sign_in="gus", name="Gus"))
    assert verify().differences == []


def test_an_act_is_decided_under_the_edition_in_force_at_its_place_in_the_register(
    ministry, monkeypatch
):
    edition = deposit({**texts(), "more.md": "Nothing."})
    bo, ada = ministry.bo, ministry.ada
    statutes.propose(bo, Proposing(edition=edition))
    statutes.certify(ministry.cy, Certifying(edition=edition))
    with once_decided(
        monkeypatch, ada.person, lambda: statutes.promulgate(bo, Promulgating(edition=edition))
    ):
        command.enrol(ada, Enrolment(sign_in="gus", name="Gus"))
    last = [one.act for one in Record.objects.order_by("number")][-2:]
    assert last == ["enrol-person", "promulgate-edition"]
    assert verify().differences == []


def test_a_refusal_is_recorded_as_of_when_it_was_decided(ministry, monkeypatch):
    """What would have made it lawful was done a moment later."""
    edition = deposit({**texts(), "more.md": "Nothing."})
    bo, cy = ministry.bo, ministry.cy
    statutes.propose(bo, Proposing(edition=edition))
    with (
        once_decided(
            monkeypatch, bo.person, lambda: statutes.certify(cy, Certifying(edition=edition))
        ),
        pytest.raises(Refused),
    ):
        statutes.promulgate(bo, Promulgating(edition=edition))
    assert verify().differences == []


def test_what_drivers_offer_beside_statements_goes_not_past_the_wall(ministry):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("copy", "stream", "callproc"):
                with pytest.raises(NotThroughTheGate):
                    getattr(cursor, way)("COPY people_person FROM STDIN")
        else:
            with pytest.raises(NotThroughTheGate):
                cursor.executescript("DELETE FROM people_person")
