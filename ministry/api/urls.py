"""The addresses of the API."""

from __future__ import annotations

from django.urls import path

from ministry.api import pages
from ministry.api.service import api

urlpatterns = [
    path("docs", pages.reference, name="api-docs"),
    path("openapi.json", pages.openapi, name="openapi"),
    path("", api.urls),
]
