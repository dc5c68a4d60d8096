"""Timers and the outbox: under fire, on time, and with four processes that acknowledge at once.

`python -m bench.timers TIMERS KILLS` (10000 and 500 are the figures that are asked for; they take a while).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "tests.ministry.timers.drill.settings"
PROCESSES = 4
NOTICES = 2_000
MESSAGES = 5_000
PUNCTUAL = 300
KILLED = 10


def main(timers: int = 1_000, kills: int = 50) -> None:
    with databases() as found:
        for name, address in found:
            print(name)
            for title, part in (
                (f"{timers:,} timers, {kills} kills of one of two workers", "storm"),
                (f"{PROCESSES} processes acknowledge the same {NOTICES:,} notices", "acknowledge"),
                (
                    f"{KILLED} times one of two workers is killed: how late its timers are",
                    "takeover",
                ),
                (f"{PUNCTUAL} timers over ten seconds, one worker", "punctual"),
                (f"{MESSAGES:,} messages, one courier, no network", "drain"),
            ):
                with tempfile.TemporaryDirectory(prefix="bench-timers-") as home:
                    said = run(part, Path(home), address(), timers, kills)
                    print(f"  {title}\n    {said}", flush=True)


@contextmanager
def databases() -> Iterator[list[tuple[str, object]]]:
    """SQLite, and PostgreSQL where it is installed: for each a way to get a new database."""
    found: list[tuple[str, object]] = [("SQLite (WAL, synchronous=FULL)", lambda: "")]
    try:
        from tests.ministry.postgres import Cluster, programs
    except ImportError:
        programs = None  # type: ignore[assignment]
    if programs is None or programs() is None:
        yield found
        return
    with (
        tempfile.TemporaryDirectory(prefix="bench-timers-pg-") as folder,
        Cluster(Path(folder) / "postgres") as cluster,
    ):
        numbers = iter(range(1000))

        def fresh() -> str:
            name = f"timers_{next(numbers)}"
            cluster.create(name)
            return cluster.address(name)

        yield [*found, ("PostgreSQL (fsync off, as in the tests)", fresh)]


def run(part: str, home: Path, address: str, *rest: object) -> str:
    environment = {**os.environ, "MINISTRY_HOME": str(home), "MINISTRY_DATABASE": address}
    command = [sys.executable, "-m", "bench.timers", part, *map(str, rest)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().replace("\n", "\n    ")


def storm(timers: int, kills: int) -> None:
    from tests.ministry.timers.drill.storm import counted
    from tests.ministry.timers.drill.storm import storm as fire

    begun = time.monotonic()
    fire(timers, kills)
    for name, count in counted(kills).items():
        print(f"{name}: {json.dumps(count)}")
    print(f"seconds: {time.monotonic() - begun:.0f}")


def acknowledge(*_: int) -> None:
    """Who acknowledges first cancels the timer of the escalation; the others are told that it was done."""
    from ministry.database.transaction import now
    from ministry.timers.set import set_timers, timer

    later = now() + dt.timedelta(days=1)
    set_timers(timer("escalate", str(number), later) for number in range(NOTICES))
    command = [sys.executable, "-m", "bench.timers", "acknowledging"]
    begun = time.monotonic()
    each = [
        subprocess.Popen([*command, str(seed)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for seed in range(PROCESSES)
    ]
    said = [json.loads(one.communicate()[0]) for one in each]
    spent = time.monotonic() - begun
    took = sorted(1e3 * second for one in said for second in one["took"])
    accepted = sum(one["accepted"] for one in said)
    print(
        f"{accepted:,} accepted of {len(took):,} in {spent:.1f} s; median {took[len(took) // 2]:.1f} ms, "
        f"p99 {took[len(took) * 99 // 100]:.1f} ms, max {took[-1]:.1f} ms"
    )


def acknowledging(seed: int, *_: int) -> None:
    from ministry.database.transaction import together
    from ministry.timers.set import cancel_timer

    keys = [str(number) for number in range(NOTICES)]
    random.Random(seed).shuffle(keys)
    took, accepted = [], 0
    for number, key in enumerate(keys):
        begun = time.perf_counter()
        # By turns a single statement, and a transaction as the gate has it.
        if number % 2:
            accepted += cancel_timer("escalate", key)
        else:
            accepted += together(lambda key=key: cancel_timer("escalate", key))  # type: ignore[misc]
        took.append(time.perf_counter() - begun)
    print(json.dumps({"took": took, "accepted": accepted}))


def punctual(*_: int) -> None:
    from ministry.database.transaction import now
    from ministry.timers.set import set_timers, timer
    from tests.ministry.timers.drill.storm import Worker, until_done

    worker = Worker()
    worker.ready()
    at, chance = now() + dt.timedelta(seconds=1), random.Random(1)
    set_timers(
        timer("drill", str(number), at + dt.timedelta(seconds=chance.uniform(0, 10)))
        for number in range(PUNCTUAL)
    )
    until_done()
    worker.end()
    print(lateness())


def takeover(*_: int) -> None:
    """Kills far enough apart that no timer is hit twice; the lease is one second."""
    from ministry.database.transaction import now
    from ministry.timers.models import Timer
    from ministry.timers.set import set_timers, timer
    from tests.ministry.timers.drill.storm import Worker, until_done

    workers = [Worker(), Worker()]
    for worker in workers:
        worker.ready()
    for trial in range(KILLED):
        at = now() + dt.timedelta(seconds=0.2)
        set_timers(timer("drill", f"{trial}-{number}", at) for number in range(40))
        time.sleep(0.25 + 0.01 * trial)
        workers[0].kill()
        until_done()
        workers = [workers[1], Worker()]
        workers[1].ready()
    for worker in workers:
        worker.end()
    hit = Timer.objects.filter(kind="drill", fence__gt=1).values_list("pk", flat=True)
    print(f"{len(hit)} timers were taken over; of all {lateness()}")


def lateness() -> str:
    from ministry.timers.models import Step

    late = sorted(
        1e3 * one.late.total_seconds() for one in Step.objects.filter(timer__kind="drill")
    )
    return (
        f"{len(late)} late by median {late[len(late) // 2]:.0f} ms, "
        f"p99 {late[len(late) * 99 // 100]:.0f} ms, max {late[-1]:.0f} ms"
    )


def drain(*_: int) -> None:
    import threading

    from ministry.database.transaction import together
    from ministry.timers import transports
    from ministry.timers.outbox import Courier, post

    transports.transport("nowhere")(lambda message: None)

    def fill() -> None:
        for number in range(MESSAGES):
            post("nowhere", "", "", "", str(number))

    begun = time.monotonic()
    together(fill)
    filled = time.monotonic()
    courier = Courier("bench", "nowhere", dt.timedelta(seconds=60), threading.Event())
    while courier.once():
        pass
    spent = time.monotonic() - filled
    print(
        f"put in {MESSAGES / (filled - begun):,.0f}/s in one transaction, "
        f"delivered {60 * MESSAGES / spent:,.0f} a minute"
    )


def part(name: str, *numbers: int) -> None:
    """One measure, in a process of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
    if name != "acknowledging":
        from django.core.management import call_command

        from ministry.database.wall import opened

        with opened():
            call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
    parts = (storm, acknowledge, acknowledging, takeover, punctual, drain)
    {one.__name__: one for one in parts}[name](*numbers)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isalpha():
        part(sys.argv[1], *map(int, sys.argv[2:]))
    else:
        main(*map(int, sys.argv[1:]))
