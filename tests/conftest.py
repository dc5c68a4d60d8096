"""Settings of the whole suite: how hard the property tests try."""

import os

from hypothesis import settings

# The suite is the same at every run; the soak looks for what it has not seen.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=2_000)
settings.load_profile("soak" if os.environ.get("SOAK") else "suite")
