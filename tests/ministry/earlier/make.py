"""Make the data of a release: `python -m tests.ministry.earlier.make COMMIT NAME`.

The tree of the commit is taken out of the history, and its own code founds a ministry, acts, and writes a backup, on
SQLite and on PostgreSQL. What comes of it is kept in `tests/ministry/data/releases/NAME`; `test_upgrade` upgrades it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.ministry.postgres import Cluster

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "ministry" / "data" / "releases"
DEEDS = Path(__file__).with_name("deeds.py")
RUN = """
import sys, django, runpy
django.setup()
runpy.run_path(sys.argv[1])["main"](sys.argv[2])
"""


def main(commit: str, name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="earlier-") as folder:
        place = Path(folder)
        tree = place / "tree"
        tree.mkdir()
        archive = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive.stdout, check=True)
        place.chmod(0o755)
        with Cluster(place / "postgres") as cluster:
            cluster.create("ministry")
            for vendor, address in (("sqlite", ""), ("postgresql", cluster.address("ministry"))):
                made(tree, place / vendor, address)
                kept(place / vendor, DATA / name / vendor)


def made(tree: Path, place: Path, address: str) -> None:
    """Let the code in a tree do its deeds."""
    (place / "out").mkdir(parents=True)
    given = {"MINISTRY_HOME": str(place / "home"), "MINISTRY_DATABASE": address}
    given["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
    left = {name: text for name, text in os.environ.items() if not name.startswith("MINISTRY_")}
    subprocess.run(
        [sys.executable, "-c", RUN, str(DEEDS), str(place / "out")],
        cwd=tree,
        # The code of the tree, and none of ours: the folder of the script is not looked into.
        env={**left, **given, "PYTHONPATH": str(tree), "PYTHONSAFEPATH": "1"},
        check=True,
    )


def kept(place: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in ("backup", "checkpoint", "policy", "receipt"):
        shutil.copy(place / "out" / name, target / name)
        print(f"{target / name}: {(target / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:3])
