"""The document of the API, and a page of it for people: made here, with nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ministry.api import bodies, problems
from ministry.api.documented import document
from ministry.console import doors

SCHEMA = "#/components/schemas/"


@cache
def made() -> dict[str, Any]:
    from ministry.api.service import api

    return document(api)


@doors.open_to_all
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document (OpenAPI 3.1). It tells of no person and no record."""
    return HttpResponse(msgspec.json.encode(made()), bodies.MEDIA_TYPE)


@doors.open_to_all
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    return render(
        request,
        "api/reference.html",
        {"groups": groups(), "schemas": schemas(), "kinds": kinds(), "about": made()["info"]},
    )


def groups() -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations by what they are about."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, operations in made()["paths"].items():
        for method, one in operations.items():
            body = (
                one.get("requestBody", {})
                .get("content", {})
                .get(bodies.MEDIA_TYPE, {})
                .get("schema")
            )
            found.setdefault(one["tags"][0], []).append(
                {
                    "id": one["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": one["summary"],
                    "paragraphs": one.get("description", "").split("\n\n"),
                    "parameters": one["parameters"],
                    "body": fields(body) if body else [],
                    "answers": [
                        (status, type_of(first(said))) for status, said in one["responses"].items()
                    ],
                }
            )
    return list(found.items())


def first(response: dict[str, Any]) -> dict[str, Any]:
    return next((one.get("schema", {}) for one in response.get("content", {}).values()), {})


def schemas() -> list[tuple[str, str, list[dict[str, Any]]]]:
    """What is answered, by name."""
    named: dict[str, Any] = made()["components"]["schemas"]
    return [(name, one.get("description", ""), fields(one)) for name, one in sorted(named.items())]


def kinds() -> list[tuple[str, problems.Kind]]:
    return list(problems.KINDS.items())


def fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of an object: name, type, whether it must be given, and what it is."""
    if "$ref" in schema:
        named = made()["components"]["schemas"][schema["$ref"].removeprefix(SCHEMA)]
        return fields(named)
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "type": type_of(one),
            "required": name in required,
            "about": one.get("description", ""),
        }
        for name, one in schema.get("properties", {}).items()
    ]


def type_of(schema: dict[str, Any]) -> str:
    """A type in words."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(SCHEMA)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(type_of(one) for one in schema[several])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    kind = schema.get("type", "")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"list of {type_of(schema.get('items', {})) or 'values'}"
    return str(schema.get("format") or kind)
