"""Which problems an operation may answer with, for its documentation; and the document itself (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI, Schema

from ministry.api import bodies, problems, schemas

ANYWHERE = (400, 401, 405, 413, 415, 503)


def problems_of(*more: int) -> dict[int, type[Schema]]:
    """The problems that any operation may answer with, and these."""
    found: dict[int, type[Schema]] = dict.fromkeys(ANYWHERE, schemas.Problem)
    for status in more:
        found[status] = schemas.Invalid if status == 422 else schemas.Problem
    return dict(sorted(found.items()))


def document(api: NinjaAPI) -> dict[str, Any]:
    """The document: django-ninja's, with problems under their own media type and every status said in words."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/")
    for operations in made["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) < 400:
                    continue
                response["description"] = " ".join(
                    f"{kind.title} (`{code}`)."
                    for code, kind in problems.KINDS.items()
                    if kind.status == int(status)
                )
                content = response.get("content", {})
                if bodies.MEDIA_TYPE in content:
                    content[problems.MEDIA_TYPE] = content.pop(bodies.MEDIA_TYPE)
    return made
