"""The command says what is wrong with its settings in one line."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("settings", "command", "said"),
    [
        ({"MINISTRY_DATABASE": "mysql://x"}, "verify", "not the address of a PostgreSQL database"),
        ({"MINISTRY_DATABASE": "postgresql://x@127.0.0.1:9/y"}, "verify", "does not answer"),
        ({"MINISTRY_HOME": "/proc/nowhere"}, "verify", "/proc/nowhere"),
        ({}, "nonsense", "no command `nonsense`"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(tmp_path, settings, command, said):
    ran = subprocess.run(
        [sys.executable, "-m", "ministry", command],
        env={**os.environ, "MINISTRY_HOME": str(tmp_path), "MINISTRY_DATABASE": "", **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
