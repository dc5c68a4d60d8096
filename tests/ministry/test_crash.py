"""Killed at any moment: no record is lost, none is in the log twice, and what was signed is never taken back."""

import os
import random
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from ministry.gate.verify import verify
from ministry.register import tree
from ministry.register.models import Checkpoint, Leaf, Pending, Record
from ministry.register.sequencer import sequence
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.merkle import CompactRange, consistency_proof, leaf_hashes
from writ.journal.log.proofs import verify_consistency

ROOT = Path(__file__).resolve().parents[2]


def environment(folder):
    """Where another process finds the ministry of a test."""
    home = folder / "home"
    if not home.exists():
        shutil.copytree(Path(settings.HOME) / "keys", home / "keys")
    found = {**os.environ, "MINISTRY_HOME": str(home), "PYTHONPATH": str(ROOT)}
    described = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql":
        socket = described["HOST"].replace("/", "%2F")
        found["MINISTRY_DATABASE"] = f"postgresql://writ@{socket}/{described['NAME']}"
    else:
        for old in folder.glob("ministry.sqlite3*"):
            (home / old.name).unlink(missing_ok=True)
            (home / old.name).symlink_to(old)
    return found


def kill_often(folder, times, seed):
    """Let processes act and sequence, and kill each after a moment; the notes that were ever signed."""
    chance = random.Random(seed)
    signed = set()
    for number in range(times):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ministry.sequencing", f"n{number}"],
            env=environment(folder),
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.5))
        process.kill()
        process.wait()
        process.stdout.close()
        connections["default"].close()
        rows = Checkpoint.objects.filter(note__isnull=False).values_list("note", flat=True)
        signed |= {bytes(note) for note in rows}
    return signed


def sound(signed):
    """Nothing is lost, nothing is twice there, and every signed head grows into the next."""
    sequence()
    assert not Pending.objects.exists()
    leaves = list(Leaf.objects.order_by("index").values_list("index", "number", "commitment"))
    assert [index for index, _, _ in leaves] == list(range(len(leaves)))
    assert {number for _, number, _ in leaves} == set(
        Record.everything.values_list("number", flat=True)
    )
    latest = Checkpoint.objects.latest("size")
    grown, _ = CompactRange().extended(leaf_hashes([bytes(one) for _, _, one in leaves]))
    assert bytes(latest.root) == grown.root
    heads = sorted(
        {(one.size, one.root) for one in (parse_checkpoint(note).head for note in signed)}
    )
    assert len({size for size, _ in heads}) == len(heads), "two heads of one size: a fork"
    heads.append((latest.size, bytes(latest.root)))
    for (old, root), (size, larger) in pairwise(heads):
        if old < size:
            proof = consistency_proof(tree.reader(latest.size), old, size)
            verify_consistency(old, size, proof, root, larger)
    assert verify().differences == []


def test_a_sequencer_that_is_killed_loses_nothing_and_forks_nothing(ministry, tmp_path):
    signed = kill_often(tmp_path, times=4, seed=7)
    sound(signed)


@pytest.mark.soak
def test_it_is_so_after_two_hundred_kills(ministry, tmp_path):
    signed = kill_often(tmp_path, times=200, seed=11)
    assert len(signed) > 50
    sound(signed)
