"""Law first: every act of the server is one of the Book that some norm covers; every table says what it holds."""

import pytest
from django.apps import apps

from ministry.database import states, wall
from ministry.database.states import State
from ministry.editions.content import compiled
from ministry.gate.registry import all_acts
from tests.ministry.people import texts

BOOK = compiled(texts())
GRANTS = {"power", "permission", "right", "duty", "delegation"}


def granting(act):
    """The norms by which somebody may do an act."""
    above = BOOK.vocabulary.act_up.get(act, frozenset())
    return [norm for norm in BOOK.norms if norm.kind in GRANTS and norm.act in above]


@pytest.mark.parametrize("name", all_acts())
def test_an_act_of_the_server_is_covered_by_a_norm(name):
    assert name in BOOK.vocabulary.acts, f"the Book knows no act {name}"
    assert granting(name), f"no norm lets anybody {name}"


@pytest.mark.parametrize("name", all_acts())
def test_an_act_of_the_server_is_free_to_nobody(name):
    """Without `reserved` a private person would be at liberty to do it."""
    above = BOOK.vocabulary.act_up[name]
    assert any(BOOK.vocabulary.acts[one].reserved for one in above if one in BOOK.vocabulary.acts)


@pytest.mark.parametrize("name", all_acts())
def test_an_act_says_what_it_does_and_what_it_is_given(name):
    act = all_acts()[name]
    assert act.doc.endswith("."), name
    for field in act.sealed:
        assert field in act.data.model_fields


def test_every_table_says_what_it_holds():
    assert set(states.tables().values()) <= set(State)
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert names <= states.tables().keys()


@pytest.mark.parametrize(
    "table", [name for name, state in states.tables().items() if state is not State.WORKING]
)
@pytest.mark.parametrize(
    "statement",
    [
        'INSERT INTO "{}" VALUES (1)',
        'UPDATE "{}" SET x = 1',
        'DELETE FROM "{}"',
        "delete from {}",
        ' INSERT OR IGNORE INTO "{}" (x) VALUES (1)',
    ],
)
def test_the_wall_refuses_a_write_to_it(table, statement):
    with pytest.raises(wall.NotThroughTheGate):
        wall.check(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO people_person VALUES (1)",
        "WITH x AS (DELETE FROM people_person RETURNING 1) SELECT * FROM x",
        "SELECT 1; DELETE FROM people_person",
        "CREATE TABLE x (y)",
        "DROP TABLE people_person",
        "TRUNCATE people_person",
        "COPY people_person FROM STDIN",
        "ATTACH DATABASE 'x' AS y",
        "DO $$ BEGIN DELETE FROM people_person; END $$",
        "MERGE INTO people_person USING x ON true WHEN MATCHED THEN DELETE",
        "SELECT * INTO x FROM people_person",
        "/* */ DELETE FROM people_person",
        "-- \nDELETE FROM people_person",
        "PRAGMA writable_schema=ON",
        "EXPLAIN ANALYZE DELETE FROM people_person",
        'INSERT INTO "unheard_of" VALUES (1)',
        "VACUUM",
        "GRANT ALL ON people_person TO mallory",
        "SELECT 1; UPDATE people_person SET name = 'x'",
        "SELECT 1; DELETE/**/FROM people_person",
        "SELECT 1; TRUNCATE people_person",
        "SELECT 1; DROP TABLE people_person",
        "EXPLAIN ANALYZE UPDATE people_person SET name = 'x'",
        "EXPLAIN ANALYZE UPDATE public.people_person SET name = 'x'",
        "SELECT E'\\''; DELETE FROM people_person; --'",
        "SELECT $$'$$; DELETE FROM people_person; SELECT $$'$$",
        """SELECT "'"; DELETE FROM people_person; SELECT "'" """,
        'DELETE FROM "editions_edition"; DELETE FROM people_person',
        'INSERT INTO "editions_edition" WITH x AS (DELETE FROM people_person RETURNING 1) SELECT * FROM x',
        'UPDATE "editions_edition"."people_person" SET x = 1',
        "PRAGMA writable_schema(1)",
        "PRAGMA foreign_keys(off)",
        "PRAGMA main.writable_schema = 1",
        "PRAGMA table_info(x); PRAGMA writable_schema=1",
        "SELECT setval('register_record_number_seq', 1)",
        "SELECT pg_catalog.set_config('session_replication_role', 'replica', false)",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_the_wall_refuses_what_is_no_plain_query(statement):
    with pytest.raises(wall.NotThroughTheGate):
        wall.check(statement)


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT "people_person"."key" FROM "people_person" WHERE "sign_in" = %s FOR UPDATE',
        "SELECT 'INSERT INTO x' AS words",
        'SAVEPOINT "s1"',
        "EXPLAIN QUERY PLAN SELECT 1",
        "BEGIN IMMEDIATE",
        "SELECT pg_advisory_xact_lock(1)",
        """SELECT 'it''s -- no comment; /* nor this */', "update" FROM "people_person" """,
        'SELECT * FROM "people_person" FOR NO KEY UPDATE',
        'INSERT INTO "editions_edition" ("digest") VALUES (%s) ON CONFLICT ("digest") DO UPDATE SET "norms" = 1',
        "PRAGMA table_info('people_person')",
        "PRAGMA foreign_keys",
    ],
)
def test_the_wall_lets_a_query_pass(statement):
    wall.check(statement)
