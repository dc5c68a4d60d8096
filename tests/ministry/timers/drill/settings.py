"""The ministry's settings, with only what a worker of the drill needs, so that it starts quickly."""

from ministry.settings import *  # noqa: F403

INSTALLED_APPS = ["ministry.timers", "tests.ministry.timers.drill"]
AUTH_USER_MODEL = "auth.User"
TIMER_LEASE = 1.0
OUTBOX_LEASE = 3.0
