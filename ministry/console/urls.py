"""The addresses of the console."""

from __future__ import annotations

from django.urls import path

from ministry.console.views import (
    acts,
    approvals,
    ask,
    book,
    components,
    health,
    journal,
    language,
    notices,
    offices,
    people,
    preferences,
    today,
)

app_name = "console"
urlpatterns = [
    path("", today.page, name="today"),
    path("language/", language.choose, name="language"),
    path("preferences/", preferences.page, name="preferences"),
    path("keys/", preferences.listed, name="keys"),
    path("help/", preferences.words, name="help"),
    path("help/components/", components.page, name="components"),
    path("ask/", ask.page, name="ask"),
    path("book/", book.instruments, name="book"),
    path("book/editions/<str:edition>/", book.instruments, name="book-then"),
    path("book/editions/<str:edition>/<slug:instrument>/", book.instrument, name="instrument-then"),
    path(
        "book/editions/<str:edition>/<slug:instrument>/<str:place>/",
        book.instrument,
        name="provision-then",
    ),
    path("book/<slug:instrument>/", book.instrument, name="instrument"),
    path("book/<slug:instrument>/<str:place>/", book.instrument, name="provision"),
    path("offices/", offices.listed, name="offices"),
    path("offices/<slug:office>/", offices.one, name="office"),
    path("people/", people.listed, name="people"),
    path("people/<str:key>/", people.one, name="person"),
    path("acts/<slug:name>/", acts.form, name="act"),
    path("approvals/", approvals.listed, name="approvals"),
    path("approvals/request/", approvals.ask, name="request-approval"),
    path("approvals/<str:key>/", approvals.one, name="approval"),
    path("approvals/<str:key>/<slug:how>/", approvals.answer, name="answer"),
    path("notices/", notices.page, name="notices"),
    path("notices/read/", notices.read, name="notices-read"),
    path("notices/preferences/", notices.preferences, name="notice-preferences"),
    path("journal/", journal.listed, name="journal"),
    path("journal/<str:record>/", journal.record, name="record"),
    path("journal/<str:record>/bytes/", journal.body, name="record-bytes"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.exposition, name="metrics"),
]
