"""Answers where the gate said no, or could not say anything; and counts requests."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from ministry.console import metrics
from ministry.database.transaction import Busy
from ministry.editions.queries import NoEdition
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused


class Middleware:
    """A refusal that no page answers itself becomes the page of refusal, and what is not possible that of 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        metrics.request(request, response.status_code, time.perf_counter() - begun)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from ministry.console.views import errors, refusal

        if request.path.startswith("/api/"):
            return None  # it says the same in its own words
        if isinstance(error, Refused):
            return refusal.page(request, error.refusal)
        if isinstance(error, NotPossible):
            return errors.not_possible(request, error)
        if isinstance(error, Busy | NoEdition | OperationalError):
            return errors.unavailable(request, error)
        return None
