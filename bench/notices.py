"""What notices cost in a ministry of many: telling what a second of acts brings, the page of notices, the bell.

    python -m bench.notices [people=10000] [acts=100] [seconds=20] [notices=200000]

In this process, on SQLite: people are enrolled, each second `acts` approvals are asked for and put into the log (not
measured), and the step that follows the log tells them (measured, as CPU of this process). Then the page of an office
with many notices and the count are asked for, among as many notices of others.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any


def main() -> None:
    given = {name: int(value) for name, _, value in (one.partition("=") for one in sys.argv[1:])}
    people, acts = given.get("people", 10_000), given.get("acts", 100)
    seconds, notices = given.get("seconds", 20), given.get("notices", 200_000)
    with ExitStack() as last:
        folder = Path(tempfile.mkdtemp(prefix="bench-notices-"))
        last.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ["MINISTRY_HOME"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        os.environ["MINISTRY_LOG_LEVEL"] = "ERROR"
        import django

        django.setup()
        measured(people, acts, seconds, notices)


def measured(people: int, acts: int, seconds: int, notices: int) -> None:
    from django.core.management import call_command

    from ministry.notices import telling
    from tests.ministry.notices.telling import follow
    from tests.ministry.people import founded

    call_command("migrate", verbosity=0)
    founded()
    filled(people, notices)
    follow()
    spent: list[float] = []
    many = 0
    for _ in range(seconds):
        asked(acts)
        begun = time.process_time()
        while told := telling.tell():
            many += told
        spent.append(time.process_time() - begun)
    per_act = 1000 * sum(spent) / max(many, 1)
    print(f"people {people}, notices {count():,}, records told {many}")
    share = per_act * acts / 10
    print(f"telling: {per_act:.2f} ms of CPU for each act: {share:.0f} % of a core at {acts}/s")
    pages()


def filled(people: int, notices: int) -> None:
    """People, and notices of theirs: nine of ten read, as after some weeks; Bo has 500."""
    from django.utils import timezone

    from ministry.database.states import State
    from ministry.database.wall import permit
    from ministry.notices.models import Notice
    from ministry.people.models import Person
    from tests.ministry.people import OFFICES, key

    at = timezone.now()
    with permit(State.INSTITUTIONAL):
        Person.everything.bulk_create(
            [
                Person(key=f"p-{n:020}", sign_in=f"b{n}", name=f"B {n}", enrolled=at)
                for n in range(people)
            ],
            batch_size=500,
        )
    bo = key("bo")
    Notice.everything.bulk_create(
        [
            Notice(
                id=f"n-{n:032}",
                person=bo if n < 500 else f"p-{n % people:020}",
                office=OFFICES["bo"] if n < 500 else OFFICES["dee"],
                kind="proposal-said",
                said="comment",
                thing=f"r-{n}",
                href="/statutes/",
                about="An edition",
                at=at - dt.timedelta(seconds=n),
                read=at if n % 10 else None,
            )
            for n in range(notices)
        ],
        batch_size=500,
    )


def asked(acts: int) -> None:
    """So many approvals are asked of an office, and in the log."""
    from ministry.approvals import acts as approvals
    from ministry.approvals.data import Asking
    from ministry.register.sequencer import sequence
    from tests.ministry.people import acting, key

    given = {"person": key("fay"), "office": "legal-adviser"}
    for _ in range(acts):
        approvals.ask(acting("cy"), Asking(act="appoint-officer", given=given, reason="soon"))
    sequence()


def count() -> int:
    from ministry.notices.models import Notice

    return Notice.everything.count()


def pages() -> None:
    """The page and the count, for Bo."""
    from ministry.notices import queries
    from tests.ministry.console.conftest import Somebody
    from tests.ministry.people import acting, reader

    bo, by = Somebody("bo"), reader(acting("bo"))
    for name, work in (
        ("page", lambda: bo.sees("/notices/")),
        ("page of a kind", lambda: bo.sees("/notices/", kind="proposal-said")),
        ("count", lambda: queries.unread(by)),
    ):
        work()
        print(f"{name}: p95 {p95(work):.1f} ms")


def p95(work: Callable[[], Any], times: int = 60) -> float:
    """Milliseconds within which 95 of 100 are answered."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - begun))
    return sorted(took)[int(0.95 * times)]


if __name__ == "__main__":
    main()
