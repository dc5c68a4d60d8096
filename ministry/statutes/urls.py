"""The addresses of the desk: what is proposed, and what becomes of it."""

from __future__ import annotations

from django.urls import path

from ministry.statutes.views import desk, impact, proposals

app_name = "statutes"
urlpatterns = [
    path("", desk.page, name="desk"),
    path("proposals/", desk.propose, name="propose"),
    path("proposals/<str:edition>/", proposals.page, name="proposal"),
    path("proposals/<str:edition>/impact/", impact.page, name="impact"),
    path("proposals/<str:edition>/<slug:step>/", proposals.do, name="step"),
]
