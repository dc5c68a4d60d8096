"""The addresses of drafting."""

from __future__ import annotations

from django.urls import path

from ministry.statutes.views import drafts, editing, typing, versions

app_name = "drafting"
urlpatterns = [
    path("", drafts.listed, name="drafts"),
    path("new", drafts.new, name="new"),
    path("<str:key>/", drafts.one, name="draft"),
    path("<str:key>/edit/", editing.page, name="edit"),
    path("<str:key>/file/", editing.add, name="add-file"),
    path("<str:key>/history/", versions.listed, name="history"),
    path("<str:key>/restore/", versions.restore, name="restore"),
    path("<str:key>/drafters/", drafts.drafters, name="drafters"),
    path("<str:key>/rebase/", drafts.rebase, name="rebase"),
    path("<str:key>/close/", drafts.close, name="close"),
    path("<str:key>/propose/", drafts.propose, name="propose"),
    path("<str:key>/save", typing.save, name="save"),
    path("<str:key>/text", typing.text, name="text"),
    path("<str:key>/here", typing.beat, name="beat"),
    path("<str:key>/diagnostics", typing.diagnostics, name="diagnostics"),
    path("<str:key>/completion", typing.completion, name="completion"),
    path("<str:key>/hover", typing.hover, name="hover"),
    path("<str:key>/format", typing.formatted, name="format"),
]
