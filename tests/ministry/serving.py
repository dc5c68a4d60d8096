"""A server of its own for tests over sockets: a process on a free port, with a copy of a founded ministry.

`FAULT=module:function` in its environment, one or several, is called before it answers: it puts a fault in it, by which
a test that finds faults is tried.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from ministry.database import described

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Served:
    """A running server: where it is, the folder of its ministry, the address of its database if it is not there."""

    def __init__(self, home, port, address=""):
        self.home, self.port, self.address = home, port, address
        self.url = f"http://localhost:{port}"

    @contextmanager
    def database(self):
        """Let this process use the database of the server meanwhile."""
        from tests.ministry.conftest import database

        # Playwright keeps an event loop in this thread, which Django takes for a reason to refuse.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        try:
            with database(described(self.address, self.home)):
                yield
        finally:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]

    def link(self, sign_in):
        """The address of an enrolment link for somebody, by the operator."""
        from ministry.identity.management.commands.enrol import first_link

        with self.database():
            return f"{self.url}/account/enrol/#{first_link(sign_in).partition('#')[2]}"


@contextmanager
def serving(template, home, **environment):
    """Serve a copy of the SQLite file `template` from the folder `home`; without one, what `MINISTRY_DATABASE` says."""
    home.mkdir(parents=True, exist_ok=True)
    if template is not None:
        shutil.copy(template, home / "ministry.sqlite3")
    keys = Path(os.environ["MINISTRY_HOME"]) / "keys"
    if keys.exists():
        shutil.copytree(keys, home / "keys", dirs_exist_ok=True)
    port = free_port()
    served = Served(home, port, environment.get("MINISTRY_DATABASE", ""))
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ministry.serving", str(port)],
        cwd=ROOT,
        stdout=log,
        stderr=subprocess.STDOUT,
        env={
            **os.environ,
            "MINISTRY_HOME": str(home),
            "MINISTRY_URL": served.url,
            "DJANGO_SETTINGS_MODULE": "ministry.settings",
            **environment,
        },
    )
    try:
        wait_for(served, process)
        yield served
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def wait_for(served, process):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{served.url}/sign-in/", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError((served.home / "server.log").read_text("utf-8"))


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def main(port):
    """Serve with Django's threads, and the static files from where they lie."""
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from ministry.wsgi import application

    for named in os.environ.get("FAULT", "").split():
        module, _, fault = named.partition(":")
        getattr(import_module(module), fault)()

    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(application))
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
