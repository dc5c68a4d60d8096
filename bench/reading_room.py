"""The public reading room: answers per second of CPU in one process, made, kept and not sent again (304).

`python bench/reading_room.py` founds a ministry of the model book in a folder of its own. Time is CPU time,
the whole of Django's middleware and its test client included, no network.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
HOME = tempfile.mkdtemp(prefix="reading-room-")
os.environ["MINISTRY_HOME"] = HOME
os.environ["MINISTRY_LOG_LEVEL"] = "ERROR"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ministry.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from ministry.reading import answers  # noqa: E402
from tests.ministry.people import founded  # noqa: E402

PATHS = (
    "/law/",
    "/law/statutes-act/",
    "/law/statutes-act/1/",
    "/law/statutes-act.json",
    "/law/statutes-act.akn.xml",
    "/law/feed.atom",
)
COUNT = 400


def rate(path: str, count: int, headers: dict[str, str], fresh: bool = False) -> float:
    """Answers per second of CPU."""
    client = Client(SERVER_NAME="localhost")
    client.get(path, headers=headers)
    began = time.process_time()
    for _ in range(count):
        if fresh:
            answers.kept.__init__()  # type: ignore[misc]
        client.get(path, headers=headers)
    return count / (time.process_time() - began)


def main() -> None:
    call_command("migrate", verbosity=0)
    settings.LIMITS["law"] = (10**9, 60)
    founded()
    client = Client(SERVER_NAME="localhost")
    print(f"{'address':<28}{'bytes':>8}{'made/s':>9}{'kept/s':>9}{'304/s':>9}")
    for path in PATHS:
        found = client.get(path)
        same = {"If-None-Match": found["ETag"]}
        made = rate(path, COUNT // 8, {}, fresh=True)
        print(
            f"{path:<28}{len(found.content):>8,}{made:>9,.0f}"
            f"{rate(path, COUNT, {}):>9,.0f}{rate(path, COUNT, same):>9,.0f}"
        )


if __name__ == "__main__":
    main()
