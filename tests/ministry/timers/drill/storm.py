"""The storm: two workers, and every now and then one of them is killed and another started.

`python -m tests.ministry.timers.drill.storm TIMERS KILLS` says as JSON what came of it. The home and the database are
those of the environment, as for `ministry`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.ministry.timers.drill.settings"
WORKERS = 2
LONGEST = 120.0


class Worker:
    """A process of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ministry", "worker"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ready(self) -> None:
        """Wait until it works."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("worker "), f"it said {line!r}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait() == -signal.SIGKILL
        assert self.process.stdout is not None
        self.process.stdout.close()

    def end(self) -> int:
        """Tell it to stop; its exit status."""
        self.process.terminate()
        try:
            self.process.communicate(timeout=40)
        finally:
            self.process.kill()
        return self.process.returncode


def storm(timers: int, kills: int, seed: int = 1) -> None:
    """Set timers little by little, half of them by steps of others, and kill a worker after each lot."""
    from ministry.database.transaction import now
    from ministry.timers.set import set_timers, timer

    chance = random.Random(seed)
    workers = [Worker() for _ in range(WORKERS)]
    fresh = list(workers)
    lots = [timers // 2 * (n + 1) // kills - timers // 2 * n // kills for n in range(kills)]
    for lot, many in enumerate(lots):
        at = now()
        set_timers(
            timer(
                "drill",
                f"{lot}-{number}",
                at + dt.timedelta(seconds=chance.uniform(0, 0.3)),
                {"more": 1},
            )
            for number in range(many)
        )
        victim = chance.randrange(WORKERS)
        if workers[victim] in fresh:  # one that does nothing yet is not worth killing
            workers[victim].ready()
            fresh.remove(workers[victim])
        time.sleep(chance.uniform(0.02, 0.35))
        workers[victim].kill()
        workers[victim] = Worker()
        fresh.append(workers[victim])
    until_done()
    for worker in fresh:
        worker.ready()
    assert [worker.end() for worker in workers] == [0] * WORKERS


def until_done() -> None:
    from ministry.timers.models import OPEN, Outbox, Timer

    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        left = Timer.objects.filter(kind="drill", stage__in=OPEN).exists()
        if not left and not Outbox.objects.filter(stage__in=OPEN).exists():
            return
        time.sleep(0.2)


def counted(kills: int) -> dict[str, object]:
    """What came of it."""
    from django.conf import settings

    from ministry.timers.models import Outbox, Stage, Step, Timer
    from tests.ministry.timers.drill.models import Effect

    timers = Timer.objects.filter(kind="drill")
    keys = set(timers.values_list("key", flat=True))
    effects = Counter(Effect.objects.values_list("key", flat=True))
    sent = Counter((settings.HOME / "sent").read_text("utf-8").split())
    late = sorted(
        (at - due).total_seconds()
        for at, due in Step.objects.filter(timer__kind="drill").values_list("at", "due")
    )
    in_time = settings.TIMER_LEASE + 2
    return {
        "timers": len(keys),
        "kills": kills,
        "not done": timers.exclude(stage=Stage.DONE).count(),
        "lost": len(keys - effects.keys()),
        "doubled": sum(effects.values()) - len(effects),
        "steps": len(late),
        "unsent": len(keys - sent.keys()),
        "unknown": len(sent.keys() - keys),
        "sent twice": sum(sent.values()) - len(sent),
        "taken again": timers.filter(fence__gt=1).count(),
        "not settled": Outbox.objects.exclude(stage=Stage.DONE).count(),
        "late": {
            "median": late[len(late) // 2],
            "p99": late[len(late) * 99 // 100],
            "max": late[-1],
            "beyond lease + 2 s": sum(one > in_time for one in late),
        },
    }


def main() -> None:
    import django
    from django.core.management import call_command

    from ministry.database.wall import opened

    django.setup()
    timers, kills = map(int, sys.argv[1:3])
    with opened():
        call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
    begun = time.monotonic()
    storm(timers, kills)
    print(json.dumps({**counted(kills), "seconds": round(time.monotonic() - begun, 1)}))


if __name__ == "__main__":
    main()
