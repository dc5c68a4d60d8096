"""Whether the server is well, for those who look after it. Neither page tells anything of anybody."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ministry.console import doors, metrics, waiting
from ministry.editions.models import Promulgation


@doors.open_to_all
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and an edition is in force; 503 otherwise. It says too what the lights say."""
    at = timezone.now()
    try:
        connection.ensure_connection()
        edition = Promulgation.objects.filter(since__lte=at).order_by("-number").first()
        lights = waiting.lights(at)
    except Exception as error:
        return JsonResponse({"well": False, "database": type(error).__name__}, status=503)
    well = edition is not None
    said = {
        "well": well,
        "database": connection.vendor,
        "edition": edition.edition if edition is not None else None,
        "watch": {name: one.alive for name, one in lights.items()},
    }
    response = JsonResponse(said, status=200 if well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


@doors.open_to_all
@require_safe
def exposition(request: HttpRequest) -> HttpResponse:
    """Counts for Prometheus."""
    return HttpResponse(metrics.exposition(), "text/plain; version=0.0.4; charset=utf-8")
