"""The addresses of the server."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ministry.console.urls")),
    path("", include("ministry.statutes.library_urls")),
    path("", include("ministry.identity.urls")),
    path("statutes/drafts/", include("ministry.statutes.drafting_urls")),
    path("statutes/", include("ministry.statutes.reviewing_urls")),
    path("statutes/", include("ministry.statutes.urls")),
    path("rosters/", include("ministry.rosters.urls")),
    path("log/", include("ministry.register.urls")),
    path("api/", include("ministry.api.urls")),
    path("law/", include("ministry.reading.urls")),
]

handler400 = "ministry.console.views.errors.bad_request"
handler403 = "ministry.console.views.errors.forbidden"
handler404 = "ministry.console.views.errors.not_found"
handler500 = "ministry.console.views.errors.failed"
