"""Ministries to act in at random: with more people, under one book or another, at a time that can be moved on."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

from ministry.command import acts as command
from ministry.command.data import Appointing, Enrolment
from ministry.database import described, transaction
from ministry.editions.apply import deposit
from ministry.gate import moment
from tests.ministry.conftest import HOME, database
from tests.ministry.people import acting, founded, key, texts

WATCH = Path(__file__).parent / "data" / "watch-act.md"
"""An act with states and with duties of every kind, on top of the model ministry's book."""
BACKLOG = Path(__file__).parent / "data" / "backlog-act.md"
"""An act by which missed duties begin and suspend states on which powers depend."""
JOINT = Path(__file__).parent / "data" / "joint-act.md"
"""An act with powers that several must exercise together."""


def editions():
    """The texts that may be proposed: one in which less is allowed, one with states and duties."""
    plain = texts()
    narrow = plain["organisation-act.md"].replace(
        "permanent-secretary, director-of-personnel may appoint-officer",
        "permanent-secretary may appoint-officer",
    )
    return {
        "narrow": {**plain, "organisation-act.md": narrow},
        "watch": {**plain, "watch-act.md": WATCH.read_text("utf-8")},
    }


def every_edition():
    """Those, and others that are only ever the first."""
    return {
        **editions(),
        "backlog": {**texts(), "backlog-act.md": BACKLOG.read_text("utf-8")},
        "joint": {**texts(), "joint-act.md": JOINT.read_text("utf-8")},
        "ending": {**texts(), "identity-regulation.md": ending(texts()["identity-regulation.md"])},
    }


def ending(text):
    """The text of an instrument that ends by itself eighty days from now."""
    last = (transaction.now() + dt.timedelta(days=80)).date()
    return text.replace("in-force: 2020-01-01\n", f"in-force: 2020-01-01\nrepealed: {last}\n", 1)


def peopled(edition):
    """More people than the ministry of every test has, and the texts that may be proposed; one of them in force."""
    if edition:
        call_command("flush", interactive=False, verbosity=0)
        founded(every_edition()[edition])
    ada = acting("ada")
    for name, office in (("gus", "registrar"), ("ivo", "security-officer"), ("hal", "")):
        command.enrol(ada, Enrolment(sign_in=name, name=name.title()))
        if office:
            command.appoint(ada, Appointing(person=key(name), office=office))
    for files in editions().values():
        deposit(files)


@contextmanager
def templates(request, kind, edition):
    """A function that gives a copy of one ministry, as a context: on SQLite or on PostgreSQL."""
    if kind == "sqlite":
        template = HOME / f"peopled{edition}"
        template.mkdir()
        shutil.copy(request.getfixturevalue("on_sqlite"), template / "ministry.sqlite3")
        described_as = described("", template)
    else:
        cluster = request.getfixturevalue("cluster")
        template = cluster.copy(request.getfixturevalue("on_postgres"))
        described_as = described(cluster.address(template), HOME)
    with database(described_as):
        peopled(edition)

    @contextmanager
    def copied():
        if kind == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                shutil.copy(template / "ministry.sqlite3", folder)
                with database(described("", Path(folder))):
                    yield
        else:
            name = cluster.copy(template)
            try:
                with database(described(cluster.address(name), HOME)):
                    yield
            finally:
                cluster.drop(name)

    try:
        yield copied
    finally:
        if kind == "sqlite":
            shutil.rmtree(template)
        else:
            cluster.drop(template)


class Clock:
    """The time by the database, which can be moved on."""

    def __init__(self, monkeypatch):
        self.ahead = dt.timedelta()
        self.before = transaction.now
        for name, module in [*sys.modules.items()]:
            if name.startswith("ministry.") and getattr(module, "now", None) is self.before:
                monkeypatch.setattr(module, "now", self.now)
        monkeypatch.setattr(moment, "STATEMENTS", self)

    def now(self):
        return self.before() + self.ahead

    def __getitem__(self, vendor):
        """The statement that an act begins with."""
        clock = moment.CLOCK[vendor].replace(
            "clock_timestamp()", f"clock_timestamp() + interval '{self.ahead.total_seconds()} s'"
        )
        return moment.READ.format(clock)
