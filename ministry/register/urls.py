"""The addresses of the log; everybody may read it: it holds commitments, and no record."""

from __future__ import annotations

from django.urls import path

from ministry.register import views

app_name = "log"
urlpatterns = [
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("tile/<path:path>", views.tile, name="tile"),
    path("policy", views.policy, name="policy"),
]
