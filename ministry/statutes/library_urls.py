"""The addresses of the library: searching the law, and how the body of law stands."""

from __future__ import annotations

from django.urls import path

from ministry.statutes.views import health, search

app_name = "library"
urlpatterns = [
    path("search/", search.page, name="search"),
    path("search/saved/", search.keep, name="saved"),
    path("statutes/health/", health.page, name="health"),
]
