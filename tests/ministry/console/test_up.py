"""`ministry up`: from an empty folder to a server that is well."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ministry.serving import free_port

ROOT = Path(__file__).resolve().parents[3]


def up(home, *given):
    return subprocess.run(
        [sys.executable, "-m", "ministry", "up", "--port", str(free_port()), "--workers", "1", *given],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith(("MINISTRY_", "PROMETHEUS_"))}
        | {"MINISTRY_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip


def test_the_first_start_founds_a_ministry_and_prints_the_links_once(tmp_path):
    first = up(tmp_path, "--check", "--no-worker")
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.count("/account/enrol/#") == 2
    assert '"well": true' in first.stdout
    with sqlite3.connect(tmp_path / "ministry.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM editions_promulgation").fetchone() == (1,)
    names = list((tmp_path / "static" / "console").iterdir())
    assert any(one.name.endswith(".css.gz") for one in names)


@pytest.mark.soak
def test_the_next_start_founds_nothing(tmp_path):
    up(tmp_path, "--check", "--no-worker")
    again = up(tmp_path, "--check", "--no-worker")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "/account/enrol/" not in again.stdout


@pytest.mark.soak
def test_the_demonstration_has_people_and_a_worker(tmp_path):
    ran = up(tmp_path, "--check", "--demo")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Demonstration people: ada, bo," in ran.stdout


def test_a_folder_without_a_book_is_said_to_have_none(tmp_path):
    (tmp_path / "empty").mkdir()
    ran = up(tmp_path / "home", "--book", str(tmp_path / "empty"))
    assert ran.returncode == 1
    assert "there is no book in this folder" in ran.stderr
    assert "Traceback" not in ran.stderr
