"""The second wall: PostgreSQL gives a request no row that its reader may not read, however it is asked."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count

from ministry.command import acts as command
from ministry.command.data import Appointing
from ministry.gate.readers import SORTS
from ministry.labels import rows
from ministry.labels.models import Labelled
from ministry.people.models import Appointment, Person
from ministry.register.models import Record
from tests.ministry.api.calling import system
from tests.ministry.labels.guarding import guard
from tests.ministry.people import key, reader

pytestmark = pytest.mark.parametrize("ministry", ["postgresql"], indirect=True)
WALLED = [model for model in apps.get_models() if issubclass(model, Labelled)]


@pytest.fixture
def guarded(ministry):
    guard()
    command.appoint(ministry.ada, Appointing(person=key("nox"), office="legal-adviser"))
    yield ministry
    rows.lift()


def confined(by):
    rows.confine(reader(by), SORTS)


def test_it_stands_before_every_table_that_has_a_label(guarded):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1"
        )
        found = [name for (name,) in cursor.fetchall()]
    assert found == sorted(model._meta.db_table for model in WALLED)


def test_however_it_is_asked_nothing_comes(guarded):
    assert Record.everything.exclude(label="").count() == 2
    nox = key("nox")
    mine = Record.objects.seen_by(reader(guarded.bo)).count()
    confined(guarded.bo)
    assert 0 < Record.everything.count() == mine
    assert not Person.everything.filter(key=nox).exists()
    assert not Appointment.everything.select_related("person").filter(person_id=nox).exists()
    by_label = Record.everything.values("label").annotate(count=Count("number")).order_by()
    assert [row["label"] for row in by_label] == [""]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_record WHERE label <> ''")
        assert cursor.fetchone() == (0,)


def test_whoever_is_cleared_is_given_what_is_theirs(guarded):
    confined(guarded.ada)
    assert Person.everything.filter(sign_in="nox").exists()


def test_the_gate_works_as_if_it_did_not_stand(guarded):
    before = Record.everything.count()
    confined(guarded.bo)
    command.appoint(guarded.bo, Appointing(person=key("dee"), office="registrar"))
    assert not Person.everything.filter(sign_in="nox").exists()
    rows.lift()
    assert Record.everything.count() == before + 1


def test_it_is_lifted_when_the_request_is_over(guarded):
    from tests.ministry.console.conftest import Somebody

    seen = Somebody("bo").sees("/people/")
    assert seen.status == 200 and "Nox" not in seen
    seen.response.close()
    assert Person.everything.filter(sign_in="nox").exists()


def test_a_question_lifts_what_a_request_before_it_left(guarded):
    machine = system("bo")
    confined(guarded.bo)
    answer = machine.decide({"act": "appoint-officer", "actor": "permanent-secretary"})
    assert answer.status_code == 200
    assert Person.everything.filter(sign_in="nox").exists()


def test_a_new_connection_is_confined_to_nothing(guarded):
    confined(guarded.bo)
    connection.close()
    assert Person.everything.filter(sign_in="nox").exists()
