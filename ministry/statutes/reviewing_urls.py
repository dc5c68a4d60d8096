"""The addresses of reviews, and of editions as archives."""

from __future__ import annotations

from django.urls import path

from ministry.statutes.views import imports, reviews

app_name = "reviewing"
urlpatterns = [
    path("reviews/", reviews.listed, name="reviews"),
    path("reviews/calendar.ics", reviews.feed, name="calendar"),
    path("reviews/<slug:instrument>/", reviews.one, name="one"),
    path("import/", imports.take, name="import"),
    path("import/<str:edition>/", imports.imported, name="imported"),
    path("editions/<str:edition>.zip", imports.given, name="archive"),
    path("editions/<str:edition>.tar.gz", imports.given, name="archive-tar"),
]
