"""A process that acts until it is killed or the time is over: `python -m tests.ministry.acting PREFIX SECONDS`.

It prints the record and the edition of each act once the gate has said that it is done.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ministry.settings")

import django

django.setup()

from ministry.command import acts  # noqa: E402
from ministry.command.data import Enrolment  # noqa: E402
from ministry.editions.warm import warm  # noqa: E402
from tests.ministry.people import acting  # noqa: E402


def main(prefix: str, seconds: float) -> None:
    ada = acting("ada")
    warm()
    print("ready", flush=True)
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        number += 1
        done = acts.enrol(ada, Enrolment(sign_in=f"{prefix}{number}", name="Somebody"))
        print(done.record, done.edition, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
