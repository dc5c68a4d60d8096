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
from ministry.register import keys, tree
from ministry.register.models import Checkpoint, Leaf, Pending, Record
from writ.journal.log.codes import Refused
from writ.journal.log.merkle import root_of

LEAST_SPACE = 1 << 30
"""Bytes that should be free."""
MOST_WAITING = 10_000


class Found(msgspec.Struct, frozen=True):
    """What one check says."""

    name: str
    good: bool
    message: str
    help: str = ""


def everything() -> Iterator[Found]:
    """Every check in turn; after one that leaves nothing to look at the rest is left out."""
    for check in (database, migrated):
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
    last = Record.objects.order_by("-number").values_list("at", flat=True).first()
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


CHECKS: tuple[Callable[[], Found], ...] = (edition, log, log_keys, clock, secrets, space, address)
