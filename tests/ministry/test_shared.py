"""Threads that wait for their turn to write are done in one transaction; nobody is told before it is on the disk."""

import threading
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database import sqlite_at
from ministry.database.sqlite.base import DatabaseWrapper
from ministry.database.transaction import together
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.people.models import Person
from tests.ministry.test_races import Other

NAMES = ("gus", "hal", "ida", "joy")


@pytest.fixture
def commits(monkeypatch):
    """The commits that there were, of those that wrote."""
    found = []
    commit = DatabaseWrapper._commit

    def counted(self):
        found.append(self.in_transaction)
        return commit(self)

    monkeypatch.setattr(DatabaseWrapper, "_commit", counted)
    return found


@contextmanager
def turn_taken(begin=DatabaseWrapper.take_turn):
    """Somebody else writes, and everybody waits."""
    other = DatabaseWrapper(sqlite_at(connection.settings_dict["NAME"]) | {"ENGINE": ""}, "other")
    begin(other)
    try:
        yield
    finally:
        other.give_turn()
        other.close()


def all_at_once(acts):
    """Begin acts one after the other while nobody can write; what each came to."""
    with turn_taken():
        begun = []
        for act in acts:
            begun.append(Other(act))
            begun[-1].done(0.1)
    for one in begun:
        one.thread.join()
    return [one.error for one in begun]


def enrolling(by, *names):
    return [
        lambda name=name: command.enrol(by, Enrolment(sign_in=name, name="G")) for name in names
    ]


@pytest.fixture
def here(ministry):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does so itself")
    return ministry


def there(*names):
    return Person.everything.filter(sign_in__in=names).count()


def test_those_who_wait_are_done_in_one_transaction(here, commits):
    assert all_at_once(enrolling(here.ada, *NAMES)) == [None] * 4
    assert len(commits) == 1
    assert there(*NAMES) == 4
    assert verify().differences == []


def test_what_fails_is_undone_alone_and_told_to_whose_it_is(here, commits):
    """Two of a name, and one who may not."""
    acts = [
        *enrolling(here.ada, "gus", "gus"),
        *enrolling(here.cy, "hal"),
        *enrolling(here.ada, "ida"),
    ]
    errors = [type(error) for error in all_at_once(acts)]
    assert errors == [type(None), NotPossible, Refused, type(None)]
    assert len(commits) == 1
    assert there(*NAMES) == 2
    assert verify().differences == []


def test_nobody_is_told_that_an_act_is_done_if_it_was_not_committed(here, monkeypatch):
    def fails(self):
        raise OperationalError("the disk is full")

    ada = here.ada
    with monkeypatch.context() as patched:
        patched.setattr(DatabaseWrapper, "_commit", fails)
        errors = all_at_once(enrolling(ada, *NAMES))
    assert [str(error) for error in errors] == ["the disk is full"] * 4
    assert there(*NAMES) == 0
    command.enrol(ada, Enrolment(sign_in="gus", name="G"))
    assert verify().differences == []


def test_what_sqlite_gave_up_as_a_whole_was_done_for_nobody(here):
    """As it does where the disk is full."""

    def gives_up():
        connection.connection.execute("ROLLBACK")
        raise OperationalError("the disk is full")

    first, second, third = enrolling(here.ada, "gus", "hal", "ida")
    errors = all_at_once([first, lambda: together(gives_up), second, third])
    assert {str(error) for error in errors} == {"the transaction of several was broken off"}
    assert there(*NAMES) == 0
    first()
    assert verify().differences == []


def test_one_who_cannot_begin_keeps_nobody_waiting(here, monkeypatch):
    begin, tried = DatabaseWrapper.take_turn, []

    def fails_once(self):
        tried.append(self)
        begin(self)
        if len(tried) == 1:
            self.give_turn()
            raise OperationalError("the file is gone")

    ada = here.ada
    monkeypatch.setattr(DatabaseWrapper, "take_turn", fails_once)
    errors = all_at_once(enrolling(ada, *NAMES))
    assert [str(error or "") for error in errors] == ["the file is gone", "", "", ""]
    assert there(*NAMES) == 3


def test_threads_and_their_acts_under_load(here):
    """As many as come, each its own, all of them there in the end."""
    ada, errors = here.ada, []

    def many(at):
        for number in range(10):
            try:
                command.enrol(ada, Enrolment(sign_in=f"g{at}-{number}", name="G"))
            except Exception as error:
                errors.append(error)
        connection.close()

    threads = [threading.Thread(target=many, args=(at,)) for at in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
    assert Person.everything.filter(sign_in__startswith="g").count() == 60
    assert verify().differences == []
