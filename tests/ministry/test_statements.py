"""Statements that are put together once: what they put in, and that they go through the wall."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database import wall
from ministry.database.statements import insert, insert_of
from ministry.database.states import State
from ministry.people.models import Person
from ministry.register.models import Pending, Record, Sealed
from ministry.register.rows import appended, at_once, put

AT = dt.datetime(2031, 2, 3, 4, 5, 6, 7, dt.UTC)


def person(name):
    return {
        "key": f"p-{name}",
        "sign_in": name,
        "name": "Gus Ångström",
        "email": "",
        "is_active": True,
        "enrolled": AT,
        "label": "",
    }


def test_a_row_is_put_in_as_django_puts_it(ministry):
    with wall.permit(State.INSTITUTIONAL):
        insert(Person, person("gus"))
        Person.everything.create(**person("hal"))
    one, other = Person.everything.filter(key__in=["p-gus", "p-hal"]).order_by("key").values()
    assert {**one, "key": "", "sign_in": ""} == {**other, "key": "", "sign_in": ""}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT enrolled) FROM people_person WHERE key >= 'p-gus' AND key <= 'p-hal'"
        )
        assert cursor.fetchone() == (1,)


def test_a_row_that_lacks_a_field_is_not_put_in():
    names = tuple(person("gus"))
    assert insert_of(Person, names).sql.count("%s") == len(names)
    with pytest.raises(ValueError, match="needs enrolled"):
        insert_of(Person, tuple(name for name in names if name != "enrolled"))


def record(ministry):
    command.enrol(ministry.ada, Enrolment(sign_in="gus", name="Gus", email="gus@example.org"))
    row = Record.everything.order_by("-number").values().first()
    row.pop("number")
    return {**row, "id": "r-again", "body": bytes(row["body"]), "salt": bytes(row["salt"])}


def test_a_record_is_put_in_with_its_seals_and_its_place_in_the_queue(ministry):
    row, told = record(ministry), []
    seals = [
        {"record": "r-again", "field": field, "subject": "p-1", "salt": b"s" * 32, "value": "G"}
        for field in ("email", "name")
    ]

    def listen(record, **_):
        told.append(record["id"])

    appended.connect(listen)
    try:
        with wall.permit(State.REGISTER):
            number = put(row, seals)
    finally:
        appended.disconnect(listen)
    again = Record.everything.values().get(number=number)
    assert {**row, "number": number} == {
        **again,
        "body": bytes(again["body"]),
        "salt": bytes(again["salt"]),
    }
    assert list(Sealed.objects.filter(record="r-again").values_list("field", "value")) == [
        ("email", "G"),
        ("name", "G"),
    ]
    assert Pending.objects.filter(number=number).exists()
    assert told == ["r-again"]


def test_no_record_is_put_in_without_a_permit(ministry):
    row = record(ministry)
    with pytest.raises(wall.NotThroughTheGate):
        put(row, [])
    with wall.permit(State.INSTITUTIONAL), pytest.raises(wall.NotThroughTheGate):
        put(row, [])


def test_the_wall_remembers_a_statement_and_not_who_may_send_it():
    sql = "UPDATE people_person SET label = %s"
    with wall.permit(State.INSTITUTIONAL):
        wall.check(sql)
    with pytest.raises(wall.NotThroughTheGate):
        wall.check(sql)


def test_the_statement_that_the_wall_is_told_of_is_known_by_its_whole_text():
    row = dict.fromkeys(("id", "kind", "at", "act", "actor", "person", "place", "about"), "")
    row |= dict.fromkeys(("to", "outcome", "edition", "label", "body", "salt"), "")
    sql = at_once(insert_of(Record, tuple(row), 1, "number").sql, None)
    with wall.permit(State.REGISTER):
        wall.check(sql)
        with pytest.raises(wall.NotThroughTheGate):
            wall.check(f"{sql} ")


def test_an_act_is_few_statements(ministry):
    ada = ministry.ada
    command.enrol(ada, Enrolment(sign_in="gus", name="Gus"))
    with CaptureQueriesContext(connection) as queries:
        command.enrol(ada, Enrolment(sign_in="hal", name="Hal"))
    # Begin, the moment, the name, the record, its place in the queue, its seals, the person, commit; on PostgreSQL also
    # its place, but the name is not looked for, and the record is one statement. One more takes what there is ahead for
    # the docket: in the Book duties are dated by what people hold, and an act about one may tell who they are.
    assert len(queries) == (9 if connection.vendor == "sqlite" else 7)
