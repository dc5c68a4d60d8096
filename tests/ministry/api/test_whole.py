"""The whole API under random requests: no failure of the server, and every answer as it is documented."""

import os

import pytest
import schemathesis
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ministry.gate.verify import verify
from ministry.identity.models import Token
from ministry.wsgi import application
from tests.ministry.api.calling import token_of
from tests.ministry.people import OFFICES

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
LIMITS = {"api-acts": (10**9, 60), "api-editions": (10**9, 60)}
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
FIRST = 20261123
"""The seed of the suite; the soak goes on from it."""


def asked(token, examples, number):
    """Ask every operation so often, with what its schema allows and with what it does not."""
    document = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", application, headers={"Host": "localhost"}
    )
    count = 0
    for found in document.get_all_operations():
        operation = found.ok()
        count += 1
        for mode in MODES:

            @seed(number)
            @settings(
                max_examples=examples,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case):
                headers = {"Authorization": f"Bearer {token}", "Host": "localhost"}
                case.call_and_validate(headers=headers, checks=CHECKS)

            ask()
    return count


@pytest.fixture
def unlimited():
    with override_settings(LIMITS=LIMITS):
        yield


def test_random_requests_are_answered_as_documented_and_nothing_is_lost(either, unlimited):
    assert asked(token_of("ada"), 4, FIRST) > 40
    assert verify().differences == []
    assert Token.objects.filter(revoked=None).count() == 1


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(OFFICES))
def test_many_more_of_them(ministry, unlimited, name):
    for number in range(int(os.environ.get("SOAK_ROUNDS", "3"))):
        asked(token_of(name), 60, FIRST + number)
    assert verify().differences == []


def test_every_operation_refuses_whoever_shows_no_token(ministry):
    document = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", application, headers={"Host": "localhost"}
    )
    for found in document.get_all_operations():
        operation = found.ok()

        @seed(FIRST)
        @settings(
            max_examples=1,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(case=operation.as_strategy())
        def ask(case):
            assert case.call(headers={"Host": "localhost"}).status_code == 401

        ask()
