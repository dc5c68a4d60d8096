"""Decisions over HTTP: authenticated, by 16 connections that each ask again once answered; beside a bare Django view.

    python -m bench.serving [SECONDS] [postgresql]

The server is granian with two workers, as `ministry up` starts it, on a founded model ministry. What asks is a single
process on the same machine, on raw sockets; its own processor time is printed: it takes from the same cores.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 16
WARM = 2.0
SECONDS = 8.0
ROUNDS = 3
PATIENCE = 60


class Ran(NamedTuple):
    """What one run came to: answers in a second, milliseconds, and the share of a core that asking took."""

    rate: float
    p50: float
    p99: float
    longest: float
    own: float


class Asker:
    """One connection: it asks, waits, and asks again."""

    def __init__(self, port: int, request: bytes, status: bytes) -> None:
        self.request, self.status = request, status
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.buffer = b""
        self.begun = 0.0

    def ask(self) -> None:
        self.buffer, self.begun = b"", time.perf_counter()
        self.socket.send(self.request)

    def read(self) -> bool:
        """Take what has come; whether it is the whole answer."""
        self.buffer += self.socket.recv(65_536)
        head, empty, body = self.buffer.partition(b"\r\n\r\n")
        if not empty:
            return False
        if not head.startswith(self.status):
            raise RuntimeError(self.buffer[:500])
        lower = head.lower()
        at = lower.index(b"content-length:") + 15
        return len(body) >= int(lower[at:].split(b"\r\n", 1)[0])


def load(port: int, request: bytes, seconds: float, status: bytes = b"HTTP/1.1 200") -> Ran:
    """Ask for so long, after a while to warm up."""
    askers = [Asker(port, request, status) for _ in range(CONNECTIONS)]
    took: list[float] = []
    with selectors.DefaultSelector() as ready:
        for one in askers:
            ready.register(one.socket, selectors.EVENT_READ, one)
            one.ask()
        begun = time.perf_counter() + WARM
        end, own = begun + seconds, 0.0
        while (now := time.perf_counter()) < end:
            if now < begun:
                own = time.process_time()
            for key, _ in ready.select(1.0):
                one = key.data
                if one.read():
                    now = time.perf_counter()
                    if now >= begun:
                        took.append(now - one.begun)
                    one.ask()
    used = time.process_time() - own
    for one in askers:
        one.socket.close()
    took.sort()
    return Ran(
        len(took) / seconds,
        statistics.median(took) * 1000,
        took[len(took) * 99 // 100] * 1000,
        took[-1] * 1000,
        used / seconds,
    )


def post(path: str, token: str, data: object) -> bytes:
    """A request as its bytes."""
    body = json.dumps(data, separators=(",", ":")).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def bare_django() -> Callable[..., object]:
    """Django with one view that answers with a little JSON: no database, no middleware."""
    from django.conf import settings
    from django.http import JsonResponse
    from django.urls import path

    def view(request: object) -> JsonResponse:
        response = JsonResponse({"outcome": "permitted"})
        response.headers["Content-Length"] = str(len(response.content))
        return response

    settings.configure(
        ALLOWED_HOSTS=["*"], ROOT_URLCONF=(path("", view),), SECRET_KEY="bench", MIDDLEWARE=[]
    )
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
target, port, factory = sys.argv[1:]
Granian(
    target, port=int(port), interface=Interfaces.WSGI, workers=2, blocking_threads=4, backlog=512,
    log_enabled=False, factory=factory == "yes",
).serve()
"""


@contextmanager
def served(target: str, home: Path, factory: bool = False) -> Iterator[int]:
    """Serve an application; its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    given = [sys.executable, "-c", SERVE, target, str(port), "yes" if factory else "no"]
    environment = {**os.environ, "MINISTRY_HOME": str(home), "PYTHONPATH": str(ROOT)}
    with (home / "server.log").open("ab") as log:
        server = subprocess.Popen(given, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            answers(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def answers(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers anything."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def founded(home: Path) -> dict[str, str]:
    """A founded ministry in a folder; the token of its Director of Personnel, and keys of its people."""
    os.environ["MINISTRY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.ministry import people
    from tests.ministry.api.calling import token_of

    call_command("migrate", verbosity=0)
    people.founded()
    told = {"token": token_of("ada"), "ada": people.key("ada"), "bo": people.key("bo")}
    connection.close()
    return told


def shown(name: str, runs: list[Ran]) -> None:
    """The median of the runs, by their rates."""
    one = sorted(runs)[len(runs) // 2]
    print(
        f"  {name:<44} {one.rate:>8,.0f}/s  p50 {one.p50:5.1f} ms  p99 {one.p99:5.1f} ms"
        f"  max {one.longest:6.1f} ms  asking took {one.own:.0%} of a core"
    )


def main() -> None:
    seconds = next((float(word) for word in sys.argv[1:] if word.isdigit()), SECONDS)
    folder = Path(tempfile.mkdtemp(prefix="bench-serving-"))
    with ExitStack() as last:
        last.callback(shutil.rmtree, folder, ignore_errors=True)
        database = "SQLite"
        if "postgresql" in sys.argv[1:]:
            from tests.ministry.postgres import Cluster

            folder.chmod(0o755)
            cluster = last.enter_context(Cluster(folder / "postgres"))
            cluster.create("ministry")
            os.environ["MINISTRY_DATABASE"] = cluster.address("ministry")
            database = "PostgreSQL"
        told = founded(folder)
        question = {
            "actor": {"office": "director-of-personnel", "person": told["ada"]},
            "act": "appoint-officer",
            "facts": {"appointee": told["bo"], "post.independent": False},
        }
        decide = post("/api/decide", told["token"], question)
        journaled = post("/api/decide", told["token"], {**question, "journal": True})
        runs: dict[str, list[Ran]] = {}
        for _ in range(ROUNDS):
            # By turns, so that whatever else the machine does falls on all of them.
            with served("ministry.wsgi:application", folder) as port:
                runs.setdefault("decide", []).append(load(port, decide, seconds))
                runs.setdefault("decide, journaled", []).append(load(port, journaled, seconds))
            bare = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            with served("bench.serving:bare_django", folder, factory=True) as port:
                runs.setdefault("bare Django view, no database", []).append(
                    load(port, bare, seconds)
                )
        versions = ", ".join(
            f"{name} {importlib.metadata.version(name)}"
            for name in ("django", "granian", "msgspec")
        )
        print(
            f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}; 2 workers, {database}"
        )
        print(
            f"{CONNECTIONS} connections, {seconds:.0f} s after {WARM:.0f} s, median of {ROUNDS} rounds; "
            f"a question of {len(decide)} bytes\n"
        )
        for name, found in runs.items():
            shown(name, found)


if __name__ == "__main__":
    main()
