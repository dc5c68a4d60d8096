"""Killed at any moment, whoever follows the log loses no notice and puts none in twice."""

import random
import subprocess
import sys
import time

from django.db import connections

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking
from ministry.notices.models import Notice, Reach
from ministry.register.models import Leaf
from tests.ministry.notices.telling import follow
from tests.ministry.people import key
from tests.ministry.test_crash import ROOT, environment


def test_a_process_that_follows_is_killed_and_another_goes_on(ministry, tmp_path):
    chance = random.Random(5)
    offices = ("legal-adviser", "registrar", "duty-officer")
    asked = set()
    for _ in range(3):
        for office in offices * 4:
            given = {"person": key("fay"), "office": office}
            done = approvals.ask(ministry.cy, Asking(act="appoint-officer", given=given))
            asked.add(done.record)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ministry.notices.following"],
            env=environment(tmp_path),
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.12))
        process.kill()
        process.wait()
        process.stdout.close()
        connections["default"].close()
        told = list(
            Notice.everything.filter(kind="approval-asked", person=key("bo")).values_list(
                "record", flat=True
            )
        )
        assert set(told) <= asked and len(told) == len(set(told))
    follow()
    rows = Notice.everything.filter(kind="approval-asked", person=key("bo"))
    assert sorted(rows.values_list("record", flat=True)) == sorted(asked)
    assert Reach.objects.get(of="log").leaves == Leaf.objects.count()
