"""The addresses of the desk."""

from __future__ import annotations

from django.urls import path

from ministry.rosters.views import desk, feeds, plan, post

app_name = "rosters"
urlpatterns = [
    path("", desk.page, name="desk"),
    path("mine/", desk.mine, name="mine"),
    path("gaps/", desk.gaps, name="gaps"),
    path("swaps/", desk.swaps, name="swaps"),
    path("swaps/<str:swap>/<slug:step>/", desk.swap, name="swap"),
    path("feeds/", feeds.make, name="feeds"),
    path("feeds/<str:secret>.ics", feeds.feed, name="feed"),
    path("posts/<slug:post>/", post.page, name="post"),
    path("posts/<slug:post>/plan/", plan.page, name="plan"),
    path("posts/<slug:post>/handovers/", post.handovers, name="handovers"),
]
