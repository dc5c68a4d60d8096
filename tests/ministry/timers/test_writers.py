"""Writers of SQLite take turns: each waits for those before it, and nobody keeps the turn."""

import fcntl
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from ministry.database.sqlite import base
from ministry.database.transaction import now
from ministry.timers.models import Heartbeat


@pytest.fixture(params=["sqlite"])
def ministry(request, tmp_path, on_sqlite):
    """Only there do writers queue."""
    import shutil

    from ministry.database import described
    from tests.ministry.conftest import database

    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield


@pytest.fixture
def turns(monkeypatch):
    """How often somebody waited for a turn."""
    taken = []
    take = base.DatabaseWrapper.take_turn

    def counting(self):
        if not self.has_turn:
            taken.append(self)
        take(self)

    monkeypatch.setattr(base.DatabaseWrapper, "take_turn", counting)
    return taken


def free():
    """Whether nobody has the turn."""
    file = os.open(f"{connection.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def beat(owner="one"):
    return Heartbeat.objects.create(owner=owner, since=now(), beat=now())


def test_a_transaction_has_the_turn_until_its_end(ministry, turns):
    with transaction.atomic():
        beat()
        assert not free()
        with transaction.atomic():
            beat("two")
        assert not free()
    assert free()
    assert len(turns) == 1


def test_a_transaction_that_fails_gives_the_turn_back(ministry):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        beat()
        raise ZeroDivisionError
    assert free()


def test_a_single_write_waits_for_its_turn_too(ministry, turns):
    beat()
    Heartbeat.objects.update(stopped=now())
    Heartbeat.objects.filter(owner="one")._raw_delete("default")
    assert len(turns) == 3
    assert free()


def test_a_write_that_gives_rows_has_the_turn_until_they_are_read(ministry):
    sql = "INSERT INTO timers_heartbeat (owner, since, beat) VALUES (%s, %s, %s) RETURNING owner"
    with connection.cursor() as cursor:
        cursor.execute(sql, ["one", now(), now()])
        assert not free()
        assert cursor.fetchone() == ("one",)
    assert free()


def test_a_write_that_fails_gives_the_turn_back(ministry):
    beat()
    with pytest.raises(IntegrityError):
        beat()
    assert free()


def test_who_only_reads_waits_for_nobody(ministry, turns):
    list(Heartbeat.objects.all())
    assert turns == []


def test_a_connection_that_is_closed_gives_the_turn_back(ministry):
    connection.set_autocommit(False)
    beat()
    assert not free()
    connection.close()
    assert free()


def test_a_writer_waits_for_another_process_and_gets_the_turn_when_that_is_killed(ministry):
    beat()
    holding = (
        "import fcntl, os, sys, time\n"
        "fcntl.flock(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX)\n"
        "print('held', flush=True)\n"
        "time.sleep(600)\n"
    )
    name = f"{connection.settings_dict['NAME']}-turn"
    with subprocess.Popen(
        [sys.executable, "-c", holding, name], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        wrote = threading.Event()

        def writing():
            Heartbeat.objects.update(stopped=now())
            wrote.set()
            connection.close()

        writer = threading.Thread(target=writing)
        writer.start()
        assert not wrote.wait(0.05)
        other.send_signal(signal.SIGKILL)
        writer.join()
    assert wrote.is_set()
    assert Heartbeat.objects.get().stopped is not None
