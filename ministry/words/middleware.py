"""In which language a page is said: what the reader chose, or else what their browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers

CANONICAL = ("/api/", "/log/", "/healthz", "/metrics", settings.STATIC_URL)
"""What programs read: always in the canonical language. `/api/docs` is a page for people who write them."""
ROOM = "law/"
"""The reading room: its address alone says the language, so that caches may keep it."""


class Middleware:
    """Speaks one language for the time of a request, and no longer: a process says to itself nothing but English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        first, _, rest = path[1:].partition("/")
        if first in beside() and rest.startswith(ROOM):
            return self.in_room(request, first, f"/{rest}")
        if path.startswith((*CANONICAL, f"/{ROOM}")) and path != "/api/docs":
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault(
                "Content-Language", translation.to_locale(language).replace("_", "-")
            )
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            return response

    def in_room(self, request: HttpRequest, language: str, path: str) -> HttpResponse:
        """The reading room mounted at `/fr/`: the same addresses below it, and every link stays there.

        What programs read of it has one address, without a language.
        """
        if "." in path.rpartition("/")[2]:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(path + (f"?{query}" if query else ""))
        request.META["SCRIPT_NAME"] = f"/{language}"
        request.path_info = request.META["PATH_INFO"] = path
        set_script_prefix(f"/{language}/")
        try:
            with translation.override(language):
                return self.get_response(request)
        finally:
            set_script_prefix("/")


def beside() -> list[str]:
    """The languages beside the canonical one."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
