"""What every answer tells the browser, and how much a request may bring."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HSTS = "max-age=63072000; includeSubDomains"
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(
        (
            "publickey-credentials-get=(self)",
            "publickey-credentials-create=(self)",
            *(
                f"{one}=()"
                for one in (
                    "accelerometer",
                    "autoplay",
                    "camera",
                    "display-capture",
                    "geolocation",
                    "gyroscope",
                    "magnetometer",
                    "microphone",
                    "midi",
                    "payment",
                    "usb",
                )
            ),
        )
    ),
}


class Middleware:
    """Puts the headers on; refuses a request whose body is larger than its address allows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if too_large(request):
            response = HttpResponse(
                "This is more than is taken here.\n", "text/plain; charset=utf-8", 413
            )
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE:  # whatever a proxy before us speaks with us
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response


def too_large(request: HttpRequest) -> bool:
    """Whether a request says that it brings more than it may; what says nothing of its length brings nothing (WSGI)."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return True
    limits = (
        most for start, most in settings.BODY_LIMITS.items() if request.path.startswith(start)
    )
    return length > min(limits, default=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
