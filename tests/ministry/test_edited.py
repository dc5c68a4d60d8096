"""Whatever is changed by hand, verify finds: every column of every table of the ministry, its register and its log."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.db import connection, models

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Overriding
from ministry.command import acts as command
from ministry.command.data import Giving
from ministry.database.states import State
from ministry.database.wall import opened
from ministry.editions.models import Edition
from ministry.editions.queries import forget
from ministry.gate.verify import verify
from ministry.oversight import acts as oversight
from ministry.oversight.data import Counting
from ministry.people.models import Person
from ministry.register.models import Leaf, Pending, Record, Sealed, Tile
from ministry.register.sequencer import sequence
from ministry.statutes import acts as statutes
from ministry.statutes.data import Proposing
from tests.ministry.people import key

STATES = (State.INSTITUTIONAL, State.REGISTER, State.LOG)
NOT_SAID = {
    "Cosigning": "how a witness answered last is the business of the worker",
    "Label": "nothing is labelled yet",
    "Checkpoint.at": "when a head was put there counts for nothing: the cosignatures have the time",
    "Checkpoint.quorum": "reckoned from the note; the policy of then is not kept",
    "Sealed.id": "a number of the database",
}


@pytest.fixture
def busy(ministry):
    """A ministry in which every table has rows."""
    wanted = {"person": key("dee"), "office": "legal-adviser"}
    approvals.ask(ministry.cy, Asking(act="appoint-officer", given=wanted, reason="to stand in"))
    command.delegate_appointments(
        ministry.ada, Giving(to="duty-officer", until=dt.date.today() + dt.timedelta(days=9))
    )
    edition = Edition.objects.get().digest
    statutes.propose(ministry.bo, Proposing(edition=edition))
    oversight.set_quorum(ministry.eve, Counting(needed=0))
    suspend = {"person": key("cy")}
    approvals.override(
        ministry.dee,
        Overriding(act="suspend-person", given=suspend, danger=True, reason="he is at it"),
    )
    sequence()
    assert verify().differences == []
    return ministry


def columns():
    for model in [*apps.get_models(), Edition]:
        if getattr(model, "state", None) in STATES or model is Edition:
            for field in model._meta.concrete_fields:
                name = model.__name__
                if not {name, f"{name}.{field.name}"} & NOT_SAID.keys():
                    yield model, field


def other(field, value):
    """Another value for a column."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.BinaryField):
        return bytes(value or b"x")[:-1] + b"\x01\x02"
    if isinstance(field, models.DateTimeField):
        return dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    if isinstance(field, models.DateField):
        return dt.date(2001, 1, 1)
    if isinstance(field, models.JSONField):
        return ["another"]
    if isinstance(field, models.IntegerField):
        return (value or 0) + 7_000
    return "another"


def differing(model, field):
    """Whether a row is found of which one column was changed; then it is as it was."""
    table, column = model._meta.db_table, field.column
    pk = [one.column for one in model._meta.pk_fields]
    row = model._base_manager.order_by(*(one.attname for one in model._meta.pk_fields)).values(
        *{field.attname, *(one.attname for one in model._meta.pk_fields)}
    )[0]
    value = row[field.attname]
    where = {one.column: row[one.attname] for one in model._meta.pk_fields}
    changed = other(field, value)

    def write(value, where):
        said = " AND ".join(f'"{name}" = %s' for name in pk)
        given = field.get_db_prep_save(value, connection)
        with opened(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" SET "{column}" = %s WHERE {said}',
                [given, *(where[name] for name in pk)],
            )
            assert cursor.rowcount == 1

    write(changed, where)
    forget()
    found = verify().differences
    write(value, where | ({column: changed} if column in where else {}))
    return bool(found)


@pytest.mark.parametrize("ministry", ["sqlite"], indirect=True)
def test_every_column_that_was_changed_is_found(busy):
    missed = [
        f"{model.__name__}.{field.name}"
        for model, field in columns()
        if model._base_manager.exists() and not differing(model, field)
    ]
    assert missed == []
    assert verify().differences == []


def swapped(one, two):
    """Two records change places."""
    numbers = one.number, two.number
    Record.everything.filter(id=one.id).update(number=-1)
    Record.everything.filter(id=two.id).update(number=numbers[0])
    Record.everything.filter(id=one.id).update(number=numbers[1])


def unwound(field, value):
    """A record says something else of its override."""
    record = Record.everything.get(act="suspend-person", kind="act")
    said = json.loads(bytes(record.body)) | {field: value}
    Record.everything.filter(id=record.id).update(body=json.dumps(said, sort_keys=True).encode())


def by_hand():
    """A person is erased as an act would do it, but for the act."""
    Sealed.objects.filter(subject=key("cy")).delete()
    Person.everything.filter(sign_in="cy").update(name="", email="", sign_in=key("cy"))


@pytest.mark.parametrize("ministry", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda: Record.everything.filter(act="set-quorum").delete(),
        lambda: Record.everything.filter(kind="act", act="suspend-person").delete(),
        lambda: Leaf.objects.order_by("-index")[:1].get().delete(),
        lambda: Tile.objects.all().delete(),
        lambda: Pending.objects.create(number=3),
        lambda: Sealed.objects.filter(field="name").delete(),
        lambda: Sealed.objects.create(
            record_id=Record.everything.first().id, field="more", salt=b"", value="x"
        ),
        lambda: swapped(*Record.everything.order_by("number")[3:5]),
        lambda: unwound("override", ""),
        lambda: unwound("override", "r-none"),
        by_hand,
        lambda: Edition.objects.all().delete(),
    ],
)
def test_rows_removed_added_swapped_are_found(busy, change):
    with opened(), connection.constraint_checks_disabled():
        change()
    forget()
    assert verify().differences
