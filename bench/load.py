"""The pages of the console at size: Today, a question to the Book and the Journal, asked for at a constant rate.

    python -m bench.load [postgresql] [records=1000000] [people=10000] [seconds=60] [rate=20]

Requests are sent when they are due, whether earlier ones were answered or not, and each counts from the moment at which
it was due: a server that stalls is not asked less (no coordinated omission). The server is `ministry up`. The records
are copies of real ones, with people, offices, things and times of their own, put into the tables and the log in bulk;
the people hold posts that an edition of the Book with so many more offices has.
"""

from __future__ import annotations

import http.client
import importlib.metadata
import os
import platform
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
WARM = 10.0
NAMES = ("Today", "ask", "Journal", "")
"""Of the pages that are told of; empty: all together."""
ASKERS = 64
"""Threads that send; more than there are ever requests under way, unless the server stalls for seconds."""
HOLDERS = 10
"""So many people hold each post."""


class Page(NamedTuple):
    """One request: which page it counts for, its address, and the session that it is sent with."""

    name: str
    path: str
    session: str


class Took(NamedTuple):
    """Seconds from when a request was due to the end of its answer, and the status."""

    name: str
    seconds: float
    status: int


def main() -> None:
    given = dict(word.split("=") for word in sys.argv[1:] if "=" in word)
    records, people = int(given.get("records", 1_000_000)), int(given.get("people", 10_000))
    seconds, rate = float(given.get("seconds", 60)), float(given.get("rate", 20))
    with ExitStack() as last:
        folder = Path(tempfile.mkdtemp(prefix="bench-load-"))
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
        from bench.load_data import filled

        begun = time.monotonic()
        sessions, known = filled(records, people)
        print(f"made in {time.monotonic() - begun:.0f} s", flush=True)
        with served(folder) as port:
            chance = random.Random(5)
            asked(port, pages(chance, sessions, known), WARM, rate)
            took, own = asked(port, pages(chance, sessions, known), seconds, rate)
        told(took, own, rate, seconds)


def pages(
    chance: random.Random, sessions: dict[str, list[str]], known: dict[str, list[str]]
) -> Iterator[Page]:
    """Today, questions and the Journal by turns, each of somebody, and most with something that is looked for."""
    officers, auditors = sessions["officers"], sessions["auditors"]

    def journal() -> Page:
        who = chance.choice((officers, officers, auditors))
        post = chance.choice(known["posts"])
        looked = chance.choice(
            [
                {},
                {"before": chance.randrange(1_000, int(known["records"][0]))},
                {"office": post},
                {"about": chance.choice(known["things"])},
                {"act": "appoint-officer", "office": post},
                {"kind": "refusal"},
                {"outcome": "prohibited", "office": post},
            ]
        )
        return Page("Journal", f"/journal/?{urlencode(looked)}", chance.choice(who))

    def ask() -> Page:
        about = {"act": "appoint-officer", "fact.appoint-officer.appointee": known["people"][0]}
        office = {"office": chance.choice(("director-of-personnel", "duty-officer"))}
        query = chance.choice([{}, {**about, **office}, {**about, **office}])
        return Page("ask", f"/ask/?{urlencode(query)}", chance.choice(officers))

    while True:
        yield Page("Today", "/", chance.choice(officers))
        yield ask()
        yield journal()


def asked(port: int, some: Iterator[Page], seconds: float, rate: float) -> tuple[list[Took], float]:
    """Send requests at a constant rate for so long; what they took, and the share of a core that sending did."""
    waiting: queue.SimpleQueue[tuple[Page, float] | None] = queue.SimpleQueue()
    took: list[Took] = []
    threads = [
        threading.Thread(target=asker, args=(port, waiting, took), daemon=True)
        for _ in range(ASKERS)
    ]
    for thread in threads:
        thread.start()
    begun, own = time.perf_counter(), time.process_time()
    for number in range(int(seconds * rate)):
        due = begun + number / rate
        page = next(some)
        time.sleep(max(0.0, due - time.perf_counter()))
        waiting.put((page, due))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join(120)
    return took, (time.process_time() - own) / (time.perf_counter() - begun)


def asker(
    port: int, waiting: queue.SimpleQueue[tuple[Page, float] | None], took: list[Took]
) -> None:
    """Send what is due, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while (one := waiting.get()) is not None:
        page, due = one
        status = 0
        try:
            headers = {"Host": f"localhost:{port}", "Cookie": f"session={page.session}"}
            connection.request("GET", page.path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            status = answer.status if b"</html>" in body else -answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
        took.append(Took(page.name, time.perf_counter() - due, status))
    connection.close()


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """`ministry up` as an operator starts it; its port."""
    from bench.serving import answers
    from tests.ministry.serving import free_port

    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "MINISTRY_URL": f"http://localhost:{port}",
    }
    command = [sys.executable, "-m", "ministry", "up", "--no-worker", "--port", str(port)]
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            answers(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(60)


def told(took: list[Took], own: float, rate: float, seconds: float) -> None:
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("django", "granian", "psycopg")
    )
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}")
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{rate:.0f} requests/s for {seconds:.0f} s, open loop; sending took {own:.0%} of a core; load {load}"
    )
    for name in NAMES:
        some = sorted(1e3 * one.seconds for one in took if one.name == name or not name)
        wrong = sum(one.status != 200 for one in took if one.name == name or not name)
        p50, p95, p99 = (some[len(some) * share // 100] for share in (50, 95, 99))
        print(
            f"  {name or 'all':<8} {len(some):>6,}  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  p99 {p99:6.1f} ms"
            f"  max {some[-1]:7.1f} ms  not 200: {wrong}"
        )


if __name__ == "__main__":
    main()
