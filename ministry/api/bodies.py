"""Bodies: JSON, strictly, and of no other type."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from ministry.api.problems import Problem

MEDIA_TYPE = "application/json"


def read(body: bytes) -> Any:
    """A body as plain values. What is no JSON by RFC 8259 is not read, nor what no database would keep.

    Raises:
        Problem: it is neither.
    """
    if b"\\u0000" in body:
        raise Problem("malformed", "a text holds a NUL")
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Problem("malformed", f"the body is no JSON: {error}") from None


def is_json(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() == MEDIA_TYPE


class Written(JSONRenderer):
    """Writes answers for django-ninja: moments to the microsecond, as the records have them."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return msgspec.json.encode(data)


class Json(Parser):
    """Reads bodies for django-ninja."""

    def parse_body(self, request: HttpRequest) -> Any:
        if not is_json(request.headers.get("Content-Type")):
            raise Problem("media-type")
        return read(request.body)
