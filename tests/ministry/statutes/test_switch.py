"""Several processes act while an edition comes into force, and one is killed: each act is under one of the two."""

import datetime as dt
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

from django.db import connections

from ministry.database.transaction import now
from ministry.editions.models import Promulgation
from ministry.gate.verify import verify
from ministry.register.models import Record
from ministry.statutes import acts
from ministry.statutes.data import Promulgating
from tests.ministry.enacting import certify
from tests.ministry.statutes.drafts import APPOINT, proposed
from tests.ministry.test_crash import ROOT, environment


@contextmanager
def acting(folder, name):
    """A process that acts for four seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ministry.acting", f"{name}x", "4"],
        env=environment(folder),
        cwd=ROOT,
        bufsize=0,  # what is read after the first line is all that came after it
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_no_act_is_decided_under_a_mixture_and_none_is_lost(ministry, tmp_path):
    edition = proposed(ministry, APPOINT)
    certify(ministry.cy, edition)
    with ExitStack() as beside:
        working = [beside.enter_context(acting(tmp_path, name)) for name in "abcd"]
        told = told_by(ministry, working, edition)
    before, after = Promulgation.objects.order_by("number")
    rows = {one.id: (one.edition, one.at) for one in Record.everything.filter(act="enrol-person")}
    for record, under in told.items():
        assert rows[record][0] == under, "an act that was acknowledged is not as it was told"
    for under, at in rows.values():
        assert under == (after.edition if at >= after.since else before.edition)
    assert {under for under, _ in rows.values()} == {before.edition, after.edition}
    assert verify().differences == []


def told_by(ministry, working, edition):
    """What the processes were told of each act while the edition came into force and the first of them was killed."""
    for one in working:
        assert one.stdout.readline() == b"ready\n"
    moment = now() + dt.timedelta(seconds=1.5)
    acts.promulgate(ministry.bo, Promulgating(edition=edition, since=moment))
    connections["default"].close()
    while now() < moment:
        time.sleep(0.001)
    working[0].kill()
    told = {}
    for one in working:
        said, _ = one.communicate(timeout=120)
        lines = said.decode().splitlines()
        whole = lines if said.endswith(b"\n") else lines[:-1]
        told |= dict(line.split() for line in whole)
    return told
