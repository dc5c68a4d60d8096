"""Drafters, broken connections, closed tabs, acts at once and promulgations that conflict: nothing lost, no edition
that is none. The machine is in `machine`; faults that it must find are in `faults`.
"""

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import HypothesisException
from hypothesis.stateful import run_state_machine_as_test

from ministry.gate.verify import verify
from tests.ministry.conftest import HOME
from tests.ministry.serving import serving
from tests.ministry.statutes import faults as faults_of
from tests.ministry.statutes.machine import machine


@contextmanager
def founded(request, kind, **environment):
    """A server with a ministry of its own on SQLite or on PostgreSQL."""
    with TemporaryDirectory(dir=HOME) as folder:
        if kind == "sqlite":
            with serving(
                request.getfixturevalue("on_sqlite"), Path(folder), **environment
            ) as served:
                yield served
            return
        cluster = request.getfixturevalue("cluster")
        name = cluster.copy(request.getfixturevalue("on_postgres"))
        try:
            with serving(
                None, Path(folder), MINISTRY_DATABASE=cluster.address(name), **environment
            ) as served:
                yield served
        finally:
            cluster.drop(name)


@contextmanager
def telling(served):
    """Say, beside a failure, what the server noted last."""
    try:
        yield
    except BaseException:
        print((served.home / "server.log").read_text("utf-8")[-6_000:])
        raise


def tried(request, kind, examples, steps, *faults):
    """Run the machine so often at one server; then the register is replayed."""
    put_in = [f"{faults_of.__name__}:{one}" for one in ("nothing_is_too_often", *faults)]
    with founded(request, kind, FAULT=" ".join(put_in)) as served, telling(served):
        House = machine(served)
        try:
            run_state_machine_as_test(
                House,
                settings=settings(
                    max_examples=examples,
                    stateful_step_count=steps,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except HypothesisException as told_again:
            # The server is no longer as it was when it failed: a run told again fails elsewhere or not at all.
            raise (House.failures or [told_again])[0] from told_again
        with served.database():
            assert verify().differences == []


def test_nothing_is_lost_and_no_edition_is_none_whatever_happens_in_whatever_order(request):
    tried(request, "sqlite", 6, 20)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_much_more_of_it(request, kind):
    tried(request, kind, int(os.environ.get("SOAK_SEQUENCES", "150")), 50)


FAULTS = {
    "the_last_writer_wins": "does not stand",
    "the_first_writer_wins": "is lost|does not stand",
    "nothing_falls_away": "was examined in another text|answered to another text",
    "anything_is_in_order": "it does not have in it|two amend the same edition",
}


def found(request, kind, fault, examples, steps):
    with pytest.raises(AssertionError, match=FAULTS[fault]):
        tried(request, kind, examples, steps, fault)


@pytest.mark.parametrize("fault", ["the_first_writer_wins", "nothing_falls_away"])
def test_the_machine_finds_a_fault_that_is_put_in(request, fault):
    found(request, "sqlite", fault, 30, 30)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(request, fault, kind):
    found(request, kind, fault, 150, 50)
