"""The log as static files (C2SP tlog-tiles): the checkpoint, the tiles, the bundles of commitments."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.register import receipts, tree
from ministry.register.models import Checkpoint, LogKey
from writ.journal.log.codes import Refused
from writ.journal.log.tiles import parse_path

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest checkpoint, with the cosignatures so far."""
    found = Checkpoint.objects.filter(note__isnull=False).order_by("-size").first()
    if found is None:
        raise Http404("the log has no checkpoint yet")
    answer = HttpResponse(bytes(found.note or b""), content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile or a bundle. What it once was it stays: it may be kept for ever."""
    try:
        data = tree.served(parse_path(f"tile/{path}"))
    except (Refused, LookupError):
        raise Http404("the log has no such tile") from None
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Cache-Control"] = FOREVER
    return answer


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Whom to believe (C2SP tlog-policy). An overseer gets this once, by a way of their own."""
    if not LogKey.objects.exists():
        raise Http404("the log has no keys yet")
    return HttpResponse(receipts.policy().encode(), content_type="text/plain; charset=utf-8")
