"""The addresses of the reading room. Each is the whole question: no cookie and no query changes the answer."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from ministry.reading.views import feeds, formats, pages


class Day(StringConverter):
    """A day, `2026-01-31`."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Digest(StringConverter):
    """The digest of an edition."""

    regex = "[0-9a-f]{64}"


register_converter(Day, "day")
register_converter(Digest, "digest")

FORMATS = (("json", formats.as_json), ("akn.xml", formats.as_akn), ("md", formats.as_markdown))
NAMES = {"json": "json", "akn.xml": "akn", "md": "markdown"}

app_name = "law"
urlpatterns = [
    path("", pages.index, name="index"),
    path("index.json", formats.index, name="index-json"),
    path("feed.atom", feeds.changes, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("reviews.ics", feeds.due, name="reviews"),
    path("legalruleml.xml", formats.as_legalruleml, name="legalruleml"),
    path("editions/", pages.editions, name="editions"),
    path("editions/<digest:digest>/", pages.edition, name="edition"),
    path("editions/<digest:digest>/index.json", formats.index, name="edition-json"),
    path(
        "editions/<digest:digest>/legalruleml.xml",
        formats.as_legalruleml,
        name="edition-legalruleml",
    ),
    *(
        path(f"{start}.{end}", view, name=f"{NAMES[end]}{suffix}")
        for end, view in FORMATS
        for start, suffix in (
            ("<slug:instrument>", ""),
            ("<slug:instrument>/<day:day>/text", "-day"),
            ("editions/<digest:digest>/<slug:instrument>", "-edition"),
        )
    ),
    path(
        "editions/<digest:digest>/<slug:instrument>/", pages.instrument, name="instrument-edition"
    ),
    path(
        "editions/<digest:digest>/<slug:instrument>/<path:label>/",
        pages.instrument,
        name="provision-edition",
    ),
    path("<slug:instrument>/", pages.instrument, name="instrument"),
    path("<slug:instrument>/<day:day>/", pages.instrument, name="instrument-day"),
    path("<slug:instrument>/<day:day>/<path:label>/", pages.instrument, name="provision-day"),
    path("<slug:instrument>/<path:label>/", pages.instrument, name="provision"),
]
