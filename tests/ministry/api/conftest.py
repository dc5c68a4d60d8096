"""Systems with tokens, in this process."""

import pytest

from tests.ministry.api.calling import system


@pytest.fixture
def ada(ministry):
    """A system of the Director of Personnel."""
    return system("ada")


@pytest.fixture
def fay(ministry):
    """A system of the Auditor, who may read the whole register."""
    return system("fay")


@pytest.fixture
def dee(ministry):
    """A system of the Duty Officer."""
    return system("dee")
