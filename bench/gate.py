"""Durable acts a second through the gate, beside the same write without gate and log, on both databases.

    python -m bench.gate [ACTS]

An act enrols a person. `apply` is its change of the table alone, by the statement that the act uses; `ORM` the same as
Django's `create` puts it. All three are in a transaction of their own that is on the disk when they return, take turns
in one run, and are done by one thread, and by several at once: on SQLite threads that wait for their turn are then put
into one transaction, acts and plain writes alike; PostgreSQL does so by itself. PostgreSQL is started for the
measurement, with fsync on. The folder is one of `TMPDIR`.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ACTS = 480
ROUNDS = 4
THREADS = (1, 8)


def main(acts: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-gate-") as folder:
        os.environ["MINISTRY_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        import django

        django.setup()
        versions = [f"{name} {importlib.metadata.version(name)}" for name in ("django", "psycopg")]
        print(
            f"Python {platform.python_version()}, {', '.join(versions)}, SQLite {sqlite3.sqlite_version}, "
            f"{os.cpu_count()} cores; {acts} acts each; "
            f"the disk takes {fsync_of(Path(folder)):.2f} ms to keep 4 KiB (median)"
        )
        print(
            f"{'':12}{'threads':>8}{'apply/s':>9}{'ORM/s':>9}{'gate/s':>9}{'x apply':>9}{'x ORM':>7}"
            f"{'ms of CPU: apply, ORM, gate':>30}"
        )
        measured("SQLite", acts)
        from tests.ministry.postgres import Cluster

        with Cluster(Path(folder) / "pg", durable=True) as cluster:
            cluster.create("bench")
            from ministry.database import described
            from tests.ministry.conftest import database

            with database(described(cluster.address("bench"), Path(folder))):
                measured("PostgreSQL", acts)


def fsync_of(folder: Path) -> float:
    """Milliseconds until 4 KiB more of a file are on the disk: the median of 50."""
    took = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(os.urandom(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - begun)
    return 1e3 * statistics.median(took)


def measured(name: str, acts: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from ministry.command import acts as command
    from ministry.command.data import Enrolment
    from ministry.database.states import State
    from ministry.database.transaction import together
    from ministry.database.wall import permit
    from ministry.people import apply
    from ministry.people.models import Person
    from ministry.register.models import Record
    from tests.ministry.people import acting, founded

    call_command("migrate", verbosity=0)
    founded()
    ada = acting("ada")

    def permitted(write: Callable[[], object]) -> None:
        def work() -> None:
            with permit(State.INSTITUTIONAL):
                write()

        together(work)

    def alone(key: str) -> None:
        permitted(lambda: apply.enrol(key, key, "G", "", dt.datetime.now(dt.UTC)))

    def orm(key: str) -> None:
        at = dt.datetime.now(dt.UTC)
        permitted(
            lambda: Person.everything.create(key=key, sign_in=key, name="G", email="", enrolled=at)
        )

    def gated(key: str) -> None:
        command.enrol(ada, Enrolment(sign_in=key, name="G"))

    ways = (alone, orm, gated)
    for threads in THREADS:
        wall, cpu = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0.0)
        for at in range(ROUNDS):
            for way in ways:
                key = f"{way.__name__}-{threads}-{at}"
                took = timed(way, key, threads, acts // ROUNDS)
                wall[way] += took[0]
                cpu[way] += took[1]
        rates = [acts / wall[way] for way in ways]
        spent = " ".join(f"{1e3 * cpu[way] / acts:>9.2f}" for way in ways)
        print(
            f"{name:12}{threads:>8}{rates[0]:>9,.0f}{rates[1]:>9,.0f}{rates[2]:>9,.0f}"
            f"{rates[0] / rates[2]:>9.2f}{rates[1] / rates[2]:>7.2f} {spent:>29}"
        )
    with CaptureQueriesContext(connection) as queries:
        gated("counted")
    last = Record.everything.order_by("-number").values_list("body", flat=True)[0]
    print(
        f"{'':12}an act is {len(queries)} statements, with beginning and commit (`apply` alone 3),"
        f" and a record of {len(bytes(last))} bytes, a commitment and an entry in the queue for the log"
    )
    if os.environ.get("SHOW"):
        for query in queries:
            print(query["sql"][:200])


def timed(way: Callable[[str], None], key: str, threads: int, acts: int) -> tuple[float, float]:
    """Seconds, and seconds of this process's processor, for so many acts by so many threads at once."""
    from django.db import connection

    ready = threading.Barrier(threads + 1)

    def some(thread: int) -> None:
        connection.ensure_connection()
        ready.wait()
        for number in range(acts // threads):
            way(f"{key}-{thread}-{number}")
        over.wait()
        connection.close()

    over = threading.Barrier(threads + 1)
    if threads == 1:
        wall, cpu = time.perf_counter(), time.process_time()
        for number in range(acts):
            way(f"{key}-0-{number}")
        return time.perf_counter() - wall, time.process_time() - cpu
    running = [threading.Thread(target=some, args=(at,)) for at in range(threads)]
    for one in running:
        one.start()
    ready.wait()
    wall, cpu = time.perf_counter(), time.process_time()
    over.wait()
    took = time.perf_counter() - wall, time.process_time() - cpu
    for one in running:
        one.join()
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ACTS)
