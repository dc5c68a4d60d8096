"""Several processes act while an edition comes into force, and one is killed: each act is under one of the two."""

import datetime as dt
import subprocess
import sys
import time

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

PROCESSES = 4


def test_no_act_is_decided_under_a_mixture_and_none_is_lost(ministry, tmp_path):
    edition = proposed(ministry, APPOINT)
    certify(ministry.cy, edition)
    working = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.ministry.acting", f"{'abcd'[number]}x", "4"],
            env=environment(tmp_path),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for number in range(PROCESSES)
    ]
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
        said, _ = one.communicate(timeout=60)
        lines = said.decode().splitlines()
        whole = lines if said.endswith(b"\n") else lines[:-1]
        told |= dict(line.split() for line in whole)
    before, after = Promulgation.objects.order_by("number")
    rows = {one.id: (one.edition, one.at) for one in Record.everything.filter(act="enrol-person")}
    for record, under in told.items():
        assert rows[record][0] == under, "an act that was acknowledged is not as it was told"
    for under, at in rows.values():
        assert under == (after.edition if at >= moment else before.edition)
    assert {under for under, _ in rows.values()} == {before.edition, after.edition}
    assert verify().differences == []
