"""Workers are killed again and again; nothing is lost, nothing is done twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """A home, and an empty database."""
    found = {"MINISTRY_HOME": str(tmp_path), "MINISTRY_DATABASE": ""}
    if request.param == "postgresql":
        cluster = request.getfixturevalue("cluster")
        name = f"storm_{os.urandom(4).hex()}"
        cluster.create(name)
        found["MINISTRY_DATABASE"] = cluster.address(name)
    return found


def storm(place, timers, kills, longest):
    done = subprocess.run(
        [sys.executable, "-m", "tests.ministry.timers.drill.storm", str(timers), str(kills)],
        cwd=ROOT,
        env={**os.environ, **place},
        capture_output=True,
        text=True,
        timeout=longest,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def nothing_lost_nothing_doubled(said, timers, kills):
    assert said["timers"] == said["steps"] == timers
    assert said["not done"] == said["lost"] == said["doubled"] == 0
    assert said["unsent"] == said["unknown"] == said["not settled"] == 0
    assert said["sent twice"] <= said["kills"] == kills


def test_kills_lose_no_timer_and_double_no_step(place):
    for _ in range(3):
        said = storm(place, 200, 8, 120)
        nothing_lost_nothing_doubled(said, 200, 8)
        if said["taken again"]:  # a kill came in the midst of something
            return
        place = {**place, "MINISTRY_HOME": f"{place['MINISTRY_HOME']}-again"}
        if place["MINISTRY_DATABASE"]:
            return  # of PostgreSQL there is but this one database
    pytest.fail("no kill came in the midst of anything")


@pytest.mark.soak
def test_five_hundred_kills_lose_none_of_ten_thousand_timers(place):
    said = storm(place, 10_000, 500, 3_000)
    nothing_lost_nothing_doubled(said, 10_000, 500)
    assert said["taken again"] > 0, "no kill came in the midst of anything"
