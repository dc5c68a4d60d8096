"""Two acts at once, and a refusal beside an act: the register says what was decided, in an order in which it can be."""

import re
import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from psycopg import sql as statements

from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment
from ministry.database import transaction
from ministry.database.states import State
from ministry.database.transaction import now
from ministry.database.wall import NotThroughTheGate, permit
from ministry.editions.apply import deposit
from ministry.editions.queries import law_at
from ministry.gate import do
from ministry.gate.deed import NotPossible
from ministry.gate.holders import holders
from ministry.gate.refusal import Refused
from ministry.gate.transaction import alone
from ministry.gate.verify import verify
from ministry.people import apply as people
from ministry.people.models import Appointment, Hold
from ministry.register.models import Record
from ministry.statutes import acts as statutes
from ministry.statutes.data import Certifying, Promulgating, Proposing
from tests.ministry.enacting import certify, examine
from tests.ministry.people import acting, key, texts


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
    of_ada = Appointment.everything.get(person=key("ada"), until=None).id
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
    certify(ministry.cy, edition)
    with once_decided(
        monkeypatch, ada.person, lambda: statutes.promulgate(bo, Promulgating(edition=edition))
    ):
        command.enrol(ada, Enrolment(sign_in="gus", name="Gus"))
    last = [one.act for one in Record.everything.order_by("number")][-2:]
    assert last == ["enrol-person", "promulgate-edition"]
    assert verify().differences == []


def test_a_refusal_is_recorded_as_of_when_it_was_decided(ministry, monkeypatch):
    """What would have made it lawful was done a moment later."""
    edition = deposit({**texts(), "more.md": "Nothing."})
    bo, cy = ministry.bo, ministry.cy
    statutes.propose(bo, Proposing(edition=edition))
    examine(cy, edition)
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


def test_two_who_put_in_different_names_at_once_are_not_begun_again(ministry, monkeypatch):
    once, begun = transaction._once, []

    def counted(*given):
        begun.append(given)
        return once(*given)

    bo, ada = ministry.bo, ministry.ada
    command.appoint(bo, Appointing(person=key("fay"), office="director-of-personnel"))
    fay = acting("fay", "director-of-personnel")
    monkeypatch.setattr(transaction, "_once", counted)
    with once_decided(
        monkeypatch, ada.person, lambda: command.enrol(fay, Enrolment(sign_in="hal", name="Hal"))
    ):
        command.enrol(ada, Enrolment(sign_in="gus", name="Gus"))
    assert len(begun) == 2
    assert verify().differences == []


def test_of_two_who_put_in_one_name_at_once_one_is_told_that_it_is_taken(ministry, monkeypatch):
    bo, ada, came = ministry.bo, ministry.ada, []
    command.appoint(bo, Appointing(person=key("fay"), office="director-of-personnel"))

    def enrol(by):
        try:
            came.append(command.enrol(by, Enrolment(sign_in="gus", name="Gus")).act)
        except NotPossible as error:
            came.append(error.field)

    fay = acting("fay", "director-of-personnel")
    with once_decided(monkeypatch, ada.person, lambda: enrol(fay)):
        enrol(ada)
    assert sorted(came) == ["enrol-person", "sign_in"]
    assert verify().differences == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people_person WHERE 1 = 0",
        "UPDATE register_record SET act = 'x' WHERE 1 = 0",
        "INSERT INTO register_leaf SELECT 1, 1, 'x' WHERE 1 = 0",
        "WITH x AS (SELECT 1) DELETE FROM people_standing WHERE id IN (SELECT * FROM x)",
        "DROP TABLE people_gift",
        "CREATE TRIGGER t AFTER INSERT ON people_gift BEGIN DELETE FROM people_person; END",
        "ATTACH ':memory:' AS other",
        "UPDATE sqlite_master SET sql = '' WHERE 1 = 0",
    ],
)
def test_what_the_driver_of_sqlite_is_given_past_django_meets_the_wall(ministry, statement):
    if connection.vendor != "sqlite":
        pytest.skip("the driver of PostgreSQL asks nobody")
    connection.ensure_connection()
    with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|may not be modified"):
        connection.connection.execute(statement)


def test_what_nobody_need_permit_the_driver_of_sqlite_may(ministry):
    if connection.vendor != "sqlite":
        pytest.skip("the driver of PostgreSQL asks nobody")
    connection.ensure_connection()
    connection.connection.execute("SELECT count(*) FROM people_person").fetchall()
    connection.connection.execute("DELETE FROM timers_heartbeat")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people_person",
        "INSERT INTO register_leaf SELECT 1, 1, 'x' WHERE 1 = 0",
        "WITH x AS (SELECT 1) DELETE FROM people_standing WHERE id IN (SELECT * FROM x)",
        "DROP TABLE people_gift",
        "SELECT set_config('ministry.reading', '', false)",
        "COPY people_person FROM STDIN",
        "DO $$ BEGIN DELETE FROM people_person; END $$",
        b"DELETE FROM people_person",
        statements.SQL("DELETE FROM people_person"),
    ],
    ids=str,
)
def test_what_the_driver_of_postgresql_is_given_past_django_meets_the_wall(ministry, statement):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite asks the wall itself")
    connection.ensure_connection()
    raw = connection.connection

    def named(one):
        with raw.cursor("named") as cursor:
            cursor.execute(one)

    ways = [
        raw.execute,
        raw.cursor().execute,
        lambda one: raw.cursor().executemany(one, [()]),
        named,
        raw.cursor().copy,
        raw.cursor().stream,
    ]
    for way in ways:
        with pytest.raises(NotThroughTheGate):
            way(statement)
    assert raw.execute("SELECT count(*) FROM people_person").fetchone()[0] > 0
    raw.execute("DELETE FROM timers_heartbeat")


def test_cursors_of_the_driver_are_made_by_hand_in_these_places_alone():
    importing = re.compile(r"^\s*(?:from|import) psycopg\b", re.M)
    ministry = Path(do.__file__).parents[1]
    found = {path for path in ministry.rglob("*.py") if importing.search(path.read_text("utf-8"))}
    assert {str(path.relative_to(ministry)) for path in found} == {
        "api/standing.py",
        "database/statements.py",
    }


def test_what_was_read_in_a_transaction_that_was_undone_is_not_remembered(ministry):
    """The next change of the offices, by whichever process, has the same count as that which was undone."""
    law, fay, cy = law_at(now()), key("fay"), key("cy")

    def appoint(person):
        with permit(State.INSTITUTIONAL):
            people.appoint(f"r-{person}", person, "duty-officer", Hold.HOLDS, now())

    def undone():
        appoint(fay)
        assert holders(law).may_act(fay, "duty-officer")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        alone(undone)
    alone(lambda: appoint(cy))
    assert holders(law).may_act(cy, "duty-officer")
    assert not holders(law).may_act(fay, "duty-officer")
