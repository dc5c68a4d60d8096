"""Settings that a test changes and that come back."""

import pytest
from django.conf import settings as known
from django.test.utils import override_settings


class Settings:
    """`settings.NAME = value` until the end of the test."""

    def __init__(self):
        object.__setattr__(self, "changed", [])

    def __getattr__(self, name):
        return getattr(known, name)

    def __setattr__(self, name, value):
        override = override_settings(**{name: value})
        override.enable()
        self.changed.append(override)


@pytest.fixture
def settings():
    found = Settings()
    yield found
    for override in reversed(found.changed):
        override.disable()
