"""A ministry of many people and records, made in bulk: for measures of what is read, not of what is done."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

CHUNK = 50_000
SIGNED_IN = 60
STEP = dt.timedelta(microseconds=40)
"""Between two records: all of them are of a few seconds, so that none is of the future."""

Row = list[Any]


def filled(records: int, people: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Sessions by who has them, and what there is to look for."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from ministry.database.wall import opened
    from tests.ministry import people as named

    call_command("migrate", verbosity=0)
    posts = [f"post-{number}" for number in range(max(people // 10, 1))]
    named.founded(with_posts(posts))
    with opened():
        keys = peopled(people, posts)
        known = recorded(records, keys, posts)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                last = "(SELECT max(number) FROM register_record)"
                cursor.execute(f"SELECT setval('register_record_number_seq', {last})")
                cursor.execute("ANALYZE")  # as its own service does, in time
        sessions = {
            "officers": [session(*one) for one in keys[:: max(people // SIGNED_IN, 1)]],
            "auditors": [session(named.key("fay"), "auditor") for _ in range(4)],
        }
    sized(records, people, len(posts))
    connection.close()
    return sessions, {**known, "posts": posts, "people": [keys[0][0]]}


def with_posts(posts: list[str]) -> dict[str, str]:
    """The model ministry's book with so many more offices."""
    from tests.ministry import people as named

    texts = dict(named.texts())
    offices = "\n\n".join(
        f'office {post} "Post {post[5:]}"\n  in ministry-of-defence\n  reports to permanent-secretary\n'
        "  succession permanent-secretary"
        for post in posts
    )
    texts["organisation-act.md"] += f"\n## 9 Posts\n\n```writ\n{offices}\n```\n"
    return texts


def peopled(people: int, posts: list[str]) -> list[tuple[str, str]]:
    """People, each in a post: their keys and their posts."""
    from ministry.people import apply
    from ministry.people.models import Appointment, Person

    now = dt.datetime.now(dt.UTC)
    keys = [(f"p-{number:020x}", posts[number % len(posts)]) for number in range(people)]
    Person.everything.bulk_create(
        [
            Person(key=key, sign_in=f"s{number}", name=f"Officer {number}", enrolled=now)
            for number, (key, _) in enumerate(keys)
        ],
        batch_size=1_000,
    )
    Appointment.everything.bulk_create(
        [
            Appointment(id=f"r-a{number:031x}", person_id=key, office=post, since=now)
            for number, (key, post) in enumerate(keys)
        ],
        batch_size=1_000,
    )
    apply.changed()
    return keys


def recorded(records: int, keys: list[tuple[str, str]], posts: list[str]) -> dict[str, list[str]]:
    """So many records in the register and in its log."""
    from ministry.database.states import State
    from ministry.database.wall import permit
    from ministry.register import sequencer, tree
    from ministry.register.models import Checkpoint, Leaf, Record
    from writ.journal.log.commitment import commit
    from writ.journal.log.merkle import leaf_hashes

    sequencer.sequence()
    chance = random.Random(3)
    rows = copies(chance, keys)
    names = [field.column for field in Record._meta.concrete_fields]
    salt, body, number = (names.index(name) for name in ("salt", "body", "number"))
    left = records - Record.everything.count()
    begun = time.monotonic()
    while left > 0:
        some = list(islice(rows, min(CHUNK, left)))
        left -= len(some)
        put(Record, names, some)
        leaves = [commit(row[salt], row[body]) for row in some]
        old = tree.size()
        with permit(State.LOG):
            grown = tree.extended(old, leaf_hashes(leaves))
            put(
                Leaf,
                ["index", "number", "commitment"],
                [
                    [old + at, row[number], leaf]
                    for at, (row, leaf) in enumerate(zip(some, leaves, strict=True))
                ],
            )
            Checkpoint.objects.create(size=grown.size, root=grown.root, at=dt.datetime.now(dt.UTC))
    sequencer.sign()
    spent = time.monotonic() - begun
    print(f"{records:,} records in the tables and the log: {records / spent:,.0f}/s", flush=True)
    latest = Record.everything.order_by("-number")
    things = list(latest.values_list("about", flat=True)[:500])
    return {"things": things, "records": [str(records)]}


def copies(chance: random.Random, keys: list[tuple[str, str]]) -> Iterator[Row]:
    """Copies of real records, for ever: of other people and offices, about other things, at other times."""
    from ministry.register.models import Record

    models = [one for one in kinds() for _ in range(9 if one.kind == "act" else 1)]
    names = [field.attname for field in Record._meta.concrete_fields]
    last = Record.everything.latest("number")
    number, at, things = last.number, last.at, 0
    while True:
        number += 1
        at += STEP
        one = chance.choice(models)
        person, post = keys[int(len(keys) * chance.random() ** 2)]  # some do far more than others
        things += chance.random() < 0.3
        about = f"p-{chance.randrange(max(things, 1)):020d}" if one.about else ""
        name = f"r-{number:032x}"
        body = bytes(one.body)
        for old, new in (
            (one.id, name), (one.about, about), (one.person, person), (one.actor, post),
            (stamp(one.at), stamp(at)),
        ):  # fmt: skip
            body = body.replace(f'"{old}"'.encode(), f'"{new}"'.encode()) if old else body
        values = {field: getattr(one, field) for field in names}
        values |= {"number": number, "id": name, "at": at, "person": person, "actor": post}
        values |= {"place": post, "about": about, "body": body, "salt": chance.randbytes(32)}
        yield [values[field] for field in names]


def stamp(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def kinds() -> list[Any]:
    """The records to copy: an enrolment, an appointment, a request, a refusal of the Book."""
    from ministry.approvals import acts as approvals
    from ministry.approvals.data import Asking
    from ministry.command import acts as command
    from ministry.command.data import Appointing, Enrolment
    from ministry.gate.refusal import Refused
    from ministry.register.models import Record
    from tests.ministry import people as named

    ada = named.acting("ada")
    made = [command.enrol(ada, Enrolment(sign_in="gus", name="Gus")).record]
    made.append(
        command.appoint(ada, Appointing(person=named.key("gus"), office="registrar")).record
    )
    wanted = {"person": named.key("gus"), "office": "duty-officer"}
    made.append(
        approvals.ask(named.acting("cy"), Asking(act="appoint-officer", given=wanted)).record
    )
    try:
        command.appoint(ada, Appointing(person=named.key("ada"), office="duty-officer"))
    except Refused as refused:
        made.append(refused.refusal.record)
    return list(Record.everything.filter(id__in=made).order_by("number"))


def put(model: Any, columns: list[str], rows: Iterable[Row]) -> None:
    """Put rows into a table by the fastest way that the database has."""
    from django.db import connection

    table = model._meta.db_table
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "sqlite":
        adapt = connection.ops.adapt_datetimefield_value
        plain = (
            [adapt(one) if isinstance(one, dt.datetime) else one for one in row] for row in rows
        )
        marks = ", ".join("?" * len(columns))
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', plain)
        raw.commit()
        return
    import psycopg

    forced = f"ALTER TABLE {table} {{}} ROW LEVEL SECURITY"
    with psycopg.connect(os.environ["MINISTRY_DATABASE"]) as another, another.cursor() as cursor:
        cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
        (walled,) = cursor.fetchone() or (False,)
        if walled:  # its owner is let through while the rows are put in
            cursor.execute(forced.format("NO FORCE").encode())
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy:
            for row in rows:
                copy.write_row(row)
        if walled:
            cursor.execute(forced.format("FORCE").encode())


def session(person: str, office: str) -> str:
    """Sign somebody in; what their browser then has."""
    from ministry.identity import sessions
    from ministry.people.models import Person

    now = time.time()
    store = sessions.SessionStore()
    store.update(
        {
            "_auth_user_id": person,
            "_auth_user_backend": sessions.BACKEND,
            "_auth_user_hash": Person.everything.get(key=person).get_session_auth_hash(),
            sessions.BEGAN: now,
            sessions.SEEN: now,
            sessions.SURE: now,
            sessions.OFFICE: office,
        }
    )
    store.save()
    return str(store.session_key)


def sized(records: int, people: int, posts: int) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        size = os.path.getsize(str(connection.settings_dict["NAME"]))
        release = f"SQLite {sqlite3.sqlite_version}"
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_database_size(current_database()), current_setting('server_version')"
            )
            size, version = cursor.fetchone()
        release = f"PostgreSQL {version}"
    print(
        f"{release}: {records:,} records, {people:,} people in {posts:,} posts, {size >> 20:,} MiB",
        flush=True,
    )
