"""What every answer tells the browser."""

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
    """Puts the headers on every answer, whoever gave it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.SECURE:  # whatever a proxy before us speaks with us
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response
