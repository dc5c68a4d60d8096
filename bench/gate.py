"""Durable acts a second through the gate, beside the same row written without gate and log, on both databases.

    python -m bench.gate [ACTS]

Each act is a transaction of its own that is on the disk when it returns. The figures of one database are taken in turns
in one run. PostgreSQL is started for the measurement, with fsync on.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ACTS = 400
ROUNDS = 4


def main(acts: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-gate-") as folder:
        os.environ["MINISTRY_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        import django

        django.setup()
        print(f"Django {django.__version__}, Python {sys.version.split()[0]}, {acts} acts")
        print(
            f"{'':12}{'plain/s':>10}{'gate/s':>10}{'ratio':>8}{'CPU ms':>9}{'CPU ms':>9}{'queries':>9}"
        )
        measured("SQLite", acts)
        from tests.ministry.postgres import Cluster

        with Cluster(Path(folder) / "pg", durable=True) as cluster:
            cluster.create("bench")
            from ministry.database import described
            from tests.ministry.conftest import database

            with database(described(cluster.address("bench"), Path(folder))):
                measured("PostgreSQL", acts)


def measured(name: str, acts: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from ministry.command import acts as command
    from ministry.command.data import Enrolment
    from ministry.database.states import State
    from ministry.database.wall import permit
    from ministry.people.models import Person
    from tests.ministry.people import acting, founded

    call_command("migrate", verbosity=0)
    founded()
    ada = acting("ada")
    import datetime as dt

    def plain(key: str) -> None:
        with transaction.atomic(), permit(State.INSTITUTIONAL):
            Person.objects.create(
                key=key, sign_in=key, name="G", email="", enrolled=dt.datetime.now(dt.UTC)
            )

    def gated(key: str) -> None:
        command.enrol(ada, Enrolment(sign_in=key, name="G"))

    spent = {plain: [0.0, 0.0], gated: [0.0, 0.0]}
    for at in range(ROUNDS):
        for act in (plain, gated):
            wall, cpu = time.perf_counter(), time.process_time()
            for number in range(acts // ROUNDS):
                act(f"{act.__name__}-{at}-{number}")
            spent[act][0] += time.perf_counter() - wall
            spent[act][1] += time.process_time() - cpu
    with CaptureQueriesContext(connection) as queries:
        gated("counted")
    rates = [acts / spent[act][0] for act in (plain, gated)]
    cpus = [1e3 * spent[act][1] / acts for act in (plain, gated)]
    print(
        f"{name:12}{rates[0]:>10,.0f}{rates[1]:>10,.0f}{rates[0] / rates[1]:>8.2f}"
        f"{cpus[0]:>9.2f}{cpus[1]:>9.2f}{len(queries):>9}"
    )
    if os.environ.get("SHOW"):
        for query in queries:
            print(query["sql"][:200])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ACTS)
