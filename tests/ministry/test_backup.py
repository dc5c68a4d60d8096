"""A backup made while the ministry runs is restored elsewhere, and its log agrees."""

import shutil
import threading

import pytest
from django.conf import settings
from django.db import connections

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database import described
from ministry.gate.verify import verify
from ministry.operations import checks
from ministry.operations.backup import backup, restore
from ministry.operations.dump import NotDone
from ministry.register.models import Record
from ministry.register.sequencer import sequence
from tests.ministry.conftest import HOME, database


@pytest.fixture
def elsewhere(request, ministry, tmp_path):
    """An empty database of the same kind."""
    if connections["default"].vendor == "sqlite":
        yield described("", tmp_path / "elsewhere")
        return
    cluster = request.getfixturevalue("cluster")
    name = f"elsewhere_{tmp_path.name.replace('-', '_').lower()}"[:60]
    cluster.create(name)
    yield described(cluster.address(name), HOME)
    cluster.drop(name)


def enrol(ministry, *names):
    for name in names:
        command.enrol(ministry.ada, Enrolment(sign_in=name, name=name))


def test_a_backup_is_restored_and_goes_on(ministry, elsewhere, tmp_path):
    enrol(ministry, "gus")
    sequence()
    enrol(ministry, "hal")  # on the record, and not in the log yet
    file = tmp_path / "b.backup"
    made = backup(file)
    records = Record.everything.count()
    enrol(ministry, "ida")  # after it
    with database(elsewhere):
        assert restore(file) == made
        assert Record.everything.count() == records == made.records
        enrol(ministry, "jon")
        assert sequence() == 2
        assert verify().differences == []


def test_a_backup_under_way_holds_nobody_up_and_is_of_one_moment(ministry, elsewhere, tmp_path):
    stop = threading.Event()

    def act():
        number = 0
        while not stop.is_set():
            enrol(ministry, f"busy-{number}")
            number += 1
        connections["default"].close()

    busy = threading.Thread(target=in_the_same(act))
    busy.start()
    try:
        backup(tmp_path / "b.backup")
    finally:
        stop.set()
        busy.join()
    with database(elsewhere):
        restore(tmp_path / "b.backup")
        assert verify().differences == []


def in_the_same(work):
    """Connections belong to a thread: the other one is to use the same database."""
    settings_dict = connections["default"].settings_dict

    def run():
        with database(settings_dict):
            work()

    return run


def test_nothing_is_overwritten(ministry, tmp_path):
    file = tmp_path / "b.backup"
    backup(file)
    with pytest.raises(NotDone, match="never overwritten"):
        backup(file)
    with pytest.raises(NotDone, match="there already"):
        restore(file)


@pytest.mark.parametrize("harm", ["cut", "changed", "nothing", "other"])
def test_a_damaged_backup_is_refused(ministry, elsewhere, tmp_path, harm):
    file = tmp_path / "b.backup"
    backup(file)
    data = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(
        {
            "cut": data[: len(data) // 2],
            "changed": data[:-600] + bytes(100) + data[-500:],
            "nothing": b"",
            "other": b"PK\x03\x04 something else",
        }[harm]
    )
    with database(elsewhere), pytest.raises(NotDone, match=r"backup|damaged"):
        restore(file)


def test_the_keys_are_in_it_only_if_they_are_asked_for(ministry, tmp_path):
    import tarfile

    for keys in (False, True):
        file = tmp_path / f"{keys}.backup"
        backup(file, keys=keys)
        with tarfile.open(file) as archive:
            assert ("keys.tar" in archive.getnames()) is keys


def test_everything_is_in_order(ministry):
    sequence()
    found = {one.name: one for one in checks.everything()}
    assert all(one.good for one in found.values()), found
    assert {"database", "tables", "edition", "log", "secrets"} <= found.keys()


def test_a_log_that_was_tampered_with_is_found(ministry):
    from ministry.database.states import State
    from ministry.database.wall import permit
    from ministry.register.models import Tile

    sequence()
    with permit(State.LOG):
        tile = Tile.objects.get(level=0, index=0)
        Tile.objects.filter(level=0, index=0).update(hashes=bytes(32) + bytes(tile.hashes)[32:])
    found = {one.name: one for one in checks.everything()}
    assert not found["log"].good
    assert shutil.disk_usage(settings.HOME).free
