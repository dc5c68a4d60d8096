"""The library of the law at size: an edition of 100,000 provisions, its list, its reader, its searches and its health.

    python -m bench.library [postgresql] [provisions=222000] [seconds=60] [rate=20] [workers=2]

The acts of Canada in `../shared/data/law` under other numbers stand beside the model ministry's own book, as an edition
that was deposited and promulgated in a scratch ministry. Pages are asked for at a constant rate, whether earlier ones
were answered or not, and each counts from the moment at which it was due (`bench/load.py`). The server is
`ministry up`.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import bench.load
import bench.search
from bench.load import Page, asked, served, told

WARM = 15.0
NAMES = ("library", "reader", "search", "health", "")


def main() -> None:
    given = dict(word.split("=") for word in sys.argv[1:] if "=" in word)
    bench.search.PROVISIONS = int(given.get("provisions", bench.search.PROVISIONS))
    seconds, rate = float(given.get("seconds", 60)), float(given.get("rate", 20))
    with ExitStack() as last:
        folder = Path(tempfile.mkdtemp(prefix="bench-library-"))
        last.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ["MINISTRY_HOME"] = str(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        os.environ["MINISTRY_LOG_LEVEL"] = "WARNING"
        if "postgresql" in sys.argv[1:]:
            from tests.ministry.postgres import Cluster

            folder.chmod(0o755)
            cluster = last.enter_context(Cluster(folder / "postgres"))
            cluster.create("ministry")
            os.environ["MINISTRY_DATABASE"] = cluster.address("ministry")
        begun = time.monotonic()
        sessions, known = filled(folder)
        print(f"made in {time.monotonic() - begun:.0f} s", flush=True)
        bench.load.NAMES = NAMES
        with served(folder) as port:
            chance = random.Random(5)
            begun = time.monotonic()
            ready(port, sessions[0])
            print(f"all pages answer after {time.monotonic() - begun:.0f} s", flush=True)
            asked(port, pages(chance, sessions, known), WARM, rate)
            took, own = asked(port, pages(chance, sessions, known), seconds, rate)
        told(took, own, rate, seconds)


def filled(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """A founded ministry under that edition: sessions, and provisions to read, each an instrument and an anchor."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from ministry.console.places import href_to
    from ministry.editions import indexed
    from ministry.editions.queries import law_of
    from ministry.statutes.health import health_of
    from tests.ministry import people

    sources = folder / "law"
    sources.mkdir()
    bench.search._corpus(folder, sources)
    files = {
        **people.texts(),
        **{
            one.name: one.read_text("utf-8")
            for one in sources.glob("*.md")
            if one.name != "book.md"
        },
    }
    size = sum(len(one.encode()) for one in files.values())
    print(f"{len(files):,} files, {size / 1e6:.0f} MB", flush=True)
    call_command("migrate", verbosity=0)
    people.founded(files)
    connection.close()
    from ministry.editions.models import Promulgation

    digest = Promulgation.objects.latest("number").edition
    begun = time.process_time()
    law = law_of(digest)
    print(f"compiled in {time.process_time() - begun:.1f} s of processor time", flush=True)
    begun = time.process_time()
    indexed.make(digest)
    print(
        f"indexed in {time.process_time() - begun:.1f} s, {indexed.place_of(digest).stat().st_size / 1e6:.0f} MB"
    )
    begun = time.process_time()
    health_of(digest)
    print(f"measured in {time.process_time() - begun:.1f} s", flush=True)
    with indexed.searching(digest) as index:
        rows = index.connection.execute(
            "SELECT f.instrument, r.label, r.line FROM row r JOIN file f ON f.id = r.file"
            " WHERE r.sort = 'provision' ORDER BY r.id"
        ).fetchall()
    print(f"{len(rows):,} provisions of {len(law.book.instruments):,} instruments", flush=True)
    chance = random.Random(7)
    known = [
        (name, href_to(law, name, label, line).partition("#")[0])
        for name, label, line in chance.sample(rows, min(4000, len(rows)))
    ]
    from bench.load_data import session

    sessions = [
        session(people.key(name), people.OFFICES[name]) for name in ("ada", "bo", "cy", "dee")
    ]
    connection.close()
    return sessions, known


def ready(port: int, session: str) -> None:
    """Wait until every process has the edition compiled and its index open."""
    some = [
        Page("", path, session) for path in ("/book/", "/search/?q=minister", "/statutes/health/")
    ]
    good = 0
    until = time.monotonic() + 600
    while good < 40 and time.monotonic() < until:
        took, _ = asked(port, iter(some * 4), 2.0, 6.0)
        good = good + len(took) if all(one.status == 200 for one in took) else 0


def pages(
    chance: random.Random, sessions: list[str], known: list[tuple[str, str]]
) -> Iterator[Page]:
    """The four pages by turns."""
    queries = [
        *bench.search.COMMON, *bench.search.SEVERAL, *bench.search.RARE, *bench.search.QUESTIONS,
        *bench.search.STRUCTURE,
    ]  # fmt: skip
    lists = (
        "",
        "?status=in+force",
        "?q=security",
        "?rank=statute&page=3",
        "?page=7",
        "?q=emergencies",
    )

    while True:
        who = chance.choice(sessions)
        yield Page("library", f"/book/{chance.choice(lists)}", who)
        yield Page("reader", chance.choice(known)[1], who)
        yield Page("search", f"/search/?q={quote(chance.choice(queries))}", who)
        yield Page("health", "/statutes/health/", who)


if __name__ == "__main__":
    main()
