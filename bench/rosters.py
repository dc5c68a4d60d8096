"""Rosters at size: a month proposed for 300 people at 40 posts; who is on duty at one of 8,000 posts.

    python -m bench.rosters [postgresql] [people=300] [posts=40] [duty=8000]

The first is the engine alone, over shifts of eight hours around the clock, each person assigned to two posts. The
second is the query, over four weeks of shifts of all posts in a scratch ministry; its rows are put in past the gate.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

EIGHTS = """Early | FREQ=DAILY | 06:00-14:00
Late | FREQ=DAILY | 14:00-22:00
Night | FREQ=DAILY | 22:00-06:00"""
ZONE = "Europe/London"
FIRST = dt.date(2026, 10, 5)
DAYS = 28
ASKED = 1_000


def main() -> None:
    given = dict(word.split("=") for word in sys.argv[1:] if "=" in word)
    proposed(int(given.get("people", 300)), int(given.get("posts", 40)))
    with ExitStack() as last:
        folder = Path(tempfile.mkdtemp(prefix="bench-rosters-"))
        last.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ["MINISTRY_HOME"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        if "postgresql" in sys.argv[1:]:
            from tests.ministry.postgres import Cluster

            folder.chmod(0o755)
            cluster = last.enter_context(Cluster(folder / "postgres"))
            cluster.create("ministry")
            os.environ["MINISTRY_DATABASE"] = cluster.address("ministry")
        on_duty(int(given.get("duty", 8_000)))


def proposed(people: int, posts: int) -> None:
    """Propose four weeks, and say how long it takes and how even it is."""
    from zoneinfo import ZoneInfo

    from ministry.rosters.pattern import is_night, lines_of, of_days
    from ministry.rosters.proposing import Candidate, Wanted, propose
    from ministry.rosters.rest import Limits

    last = FIRST + dt.timedelta(days=DAYS - 1)
    slots = of_days(lines_of(EIGHTS), ZONE, FIRST, last)
    wanted = [Wanted(f"post-{at}", slot, ZONE) for at in range(posts) for slot in slots]
    some = [
        Candidate(f"p-{at}", frozenset({f"post-{at % posts}", f"post-{(at * 7 + 1) % posts}"}))
        for at in range(people)
    ]
    begun = time.perf_counter()
    found = propose(wanted, some, Limits(11, 13, 48, 4))
    took = time.perf_counter() - begun
    zone = ZoneInfo(ZONE)
    nights = Counter(one.person for one in found if one.person and is_night(one.wanted.slot, zone))
    counts = [nights[one.person] for one in some]
    left = sum(not one.person for one in found)
    print(
        f"{len(wanted)} shifts of {posts} posts for {people} people: {took:.2f} s, {left} left open, "
        f"nights {min(counts)} to {max(counts)}"
    )


def on_duty(posts: int) -> None:
    """Ask who is on duty, and whom to wake, at a moment of the four weeks."""
    import django

    django.setup()
    from django.core.management import call_command

    from ministry.database.wall import opened
    from ministry.rosters import queries
    from ministry.rosters.models import Member, Post, Shift
    from ministry.rosters.pattern import lines_of, of_days

    call_command("migrate", verbosity=0)
    slots = of_days(lines_of(EIGHTS), ZONE, FIRST, FIRST + dt.timedelta(days=DAYS - 1))
    at = dt.datetime.combine(FIRST, dt.time(), dt.UTC)
    with opened():
        given = {"office": "x", "keeper": "x", "zone": ZONE, "pattern": EIGHTS, "since": at}
        Post.objects.bulk_create(
            [Post(key=f"post-{n}", name=f"Post {n}", record="r", **given) for n in range(posts)],
            batch_size=500,
        )
        Member.objects.bulk_create(
            [
                Member(id=f"m-{n}-{m}", post_id=f"post-{n}", person=f"p-{n}-{m}", order=m, since=at)
                for n in range(posts)
                for m in range(6)
            ],
            batch_size=500,
        )
        for n in range(posts):
            Shift.objects.bulk_create(
                [
                    Shift(
                        id=f"s-{n}-{m}",
                        post_id=f"post-{n}",
                        person=f"p-{n}-{m % 6}",
                        start=slot.start,
                        end=slot.end,
                        name=slot.name,
                        made=at,
                    )
                    for m, slot in enumerate(slots)
                ],
                batch_size=100,
            )
    r = random.Random(5)
    for name, asked in (("on duty", queries.on_duty), ("whom to wake", queries.whom_to_wake)):
        took = []
        for _ in range(ASKED):
            moment = slots[0].start + dt.timedelta(minutes=r.randrange((DAYS - 1) * 1440))
            begun = time.perf_counter()
            assert asked(f"post-{r.randrange(posts)}", moment)
            took.append((time.perf_counter() - begun) * 1000)
        p95, p99 = (statistics.quantiles(took, n=100)[at] for at in (94, 98))
        print(
            f"{name}, {posts} posts, {posts * len(slots)} shifts: median {statistics.median(took):.2f} ms, "
            f"p95 {p95:.2f} ms, p99 {p99:.2f} ms, most {max(took):.2f} ms"
        )


if __name__ == "__main__":
    main()
