"""What an operator wants to know before people do: each check says what it found, and what to do."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ministry.database.states import tables
from ministry.editions.content import NotABook
from ministry.editions.models import Promulgation
from ministry.editions.queries import law_of
from ministry.register import held, keys, tree, witnessing
from ministry.register.models import Checkpoint, Leaf, Pending, Record, Witness
from writ.journal.log.codes import Refused
from writ.journal.log.merkle import root_of
from writ.journal.log.receipt import parse_receipt

LEAST_SPACE = 1 << 30
"""Bytes that should be free."""
MOST_WAITING = 10_000
HELD = "an older backup was restored? see Backup and restore in docs/operations.md"


class Found(msgspec.Struct, frozen=True):
    """What one check says."""

    name: str
    good: bool
    message: str
    help: str = ""


def everything() -> Iterator[Found]:
    """Every check in turn; after one that leaves nothing to look at the rest is left out."""
    for check in (database, role, migrated):
        found = check()
        yield found
        if not found.good:
            return
    for check in CHECKS:
        try:
            yield check()
        except (DatabaseError, OSError, Refused, NotABook, ValueError, LookupError) as error:
            yield Found(check.__name__.replace("_", " "), False, str(error)[:500])


def database() -> Found:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return Found("database", False, str(error).strip(), "is it running, and the address right?")
    return Found("database", True, f"{connection.vendor} answers")


def role() -> Found:
    """Whether the walls of PostgreSQL hold for the role that the ministry signs in with."""
    if connection.vendor != "postgresql":
        return Found("role", True, "the database is a file of the ministry's own")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        name, above = cursor.fetchone()
    if above:
        return Found(
            "role",
            False,
            f"{name} passes the walls before what is marked",
            "sign in with a role that is no superuser and has no BYPASSRLS",
        )
    return Found("role", True, f"{name} passes no wall of the database")


def migrated() -> Found:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Found("tables", False, f"{len(missing)} migrations are missing", "ministry migrate")
    return Found("tables", True, f"{len(tables())} tables, each says what it holds")


def edition() -> Found:
    latest = Promulgation.objects.order_by("-number").first()
    if latest is None:
        return Found("edition", False, "no edition is in force", "ministry up founds the register")
    book = law_of(latest.edition).book
    return Found(
        "edition", True, f"edition {latest.number}: {len(book.norms)} norms, its text intact"
    )


def log() -> Found:
    size = tree.size()
    latest = Checkpoint.objects.order_by("-size").first()
    if latest is None:
        return Found("log", False, "nothing is in the log yet", "ministry worker puts it there")
    if latest.size != size or Leaf.objects.count() != size:
        return Found("log", False, f"its tree has {size:,} leaves, its checkpoint {latest.size:,}")
    if root_of(tree.reader(size), size) != bytes(latest.root):
        return Found("log", False, "its tiles do not give the root that was signed")
    waiting = Pending.objects.count()
    if waiting > MOST_WAITING:
        return Found("log", False, f"{waiting:,} records wait", "is a worker running?")
    return Found("log", True, f"{size:,} records, {waiting:,} wait")


def witnesses() -> Found:
    """Whether those outside saw the log that is here. They are asked, all of them."""
    wrong = witnessing.ask_all(again=True)
    why = held.held()
    if why:
        return Found("witnesses", False, f"{why}: the log grows no more", HELD)
    if wrong:
        said = "; ".join(f"{name}: {error}" for name, error in wrong.items())
        return Found("witnesses", False, said[:500])
    there = Witness.objects.filter(retired__isnull=True).count()
    return Found("witnesses", True, f"{there} admitted, and none saw another log")


def shown(data: bytes) -> Found:
    """Whether the log has grown out of a checkpoint, or that of a receipt, that somebody kept.

    Raises:
        Refused: it is neither.
    """
    try:
        note = parse_receipt(data).checkpoint.note.encode()
    except Refused:
        note = data
    head = held.show(note)
    if not held.is_ours(head):
        return Found("shown", False, f"the log had {head.size:,} records, and others", HELD)
    return Found("shown", True, f"the log has grown out of the {head.size:,} records that it shows")


def log_keys() -> Found:
    found = keys.signing(tree.size())
    kinds = ", ".join(key.kind.name for key in found)
    return Found("keys of the log", True, f"{len(found)} sign: {kinds}")


def secrets() -> Found:
    """Whether others on the machine can read the keys."""
    folder = Path(settings.HOME) / "keys"
    loose = [
        path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o077
    ]
    if loose:
        return Found("secrets", False, f"others can read {', '.join(loose)}", "chmod 600")
    return Found("secrets", True, "only their owner can read them")


def space() -> Found:
    free = shutil.disk_usage(settings.HOME).free
    if free < LEAST_SPACE:
        return Found("space", False, f"{free >> 20:,} MiB are free in {settings.HOME}")
    return Found("space", True, f"{free >> 30:,} GiB are free")


def clock() -> Found:
    last = Record.everything.order_by("-number").values_list("at", flat=True).first()
    behind = (last - dt.datetime.now(dt.UTC)).total_seconds() if last is not None else 0.0
    if behind > 1:
        return Found(
            "clock", False, f"it is {behind:,.0f} s behind the last record", "set it right"
        )
    return Found("clock", True, "not behind the last record")


def address() -> Found:
    if (
        not settings.SECURE
        and settings.HOST not in ("localhost", "127.0.0.1")
        and not settings.DEMO
    ):
        return Found("address", False, f"{settings.URL} is not https", "set MINISTRY_URL")
    if os.environ.get("MINISTRY_DEMO") == "1":
        return Found("address", True, f"{settings.URL}, with demonstration sign-ins")
    return Found("address", True, settings.URL)


CHECKS: tuple[Callable[[], Found], ...] = (
    edition,
    log,
    witnesses,
    log_keys,
    clock,
    secrets,
    space,
    address,
)
