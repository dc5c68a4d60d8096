"""A process that follows the log until it is killed: `python -m tests.ministry.notices.following`."""

import django

django.setup()

from ministry.notices import telling  # noqa: E402
from ministry.register.sequencer import sequence  # noqa: E402

telling.AT_ONCE = 3  # many short transactions, so that a kill falls between and within them
print("ready", flush=True)
while True:
    sequence()
    telling.tell()
