"""A process that acts and sequences until it is killed: `python -m tests.ministry.sequencing NAME`."""

import sys

import django

django.setup()

from itertools import count  # noqa: E402

from ministry.command import acts  # noqa: E402
from ministry.command.data import Enrolment  # noqa: E402
from ministry.register.sequencer import sequence  # noqa: E402
from tests.ministry.people import acting  # noqa: E402

ada = acting("ada")
print("ready", flush=True)
for at in count():
    acts.enrol(ada, Enrolment(sign_in=f"{sys.argv[1]}-{at}", name="G"))
    if at % 3 == 2:
        sequence()
