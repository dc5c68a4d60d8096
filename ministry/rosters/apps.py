"""The application."""

from django.apps import AppConfig


class Rosters(AppConfig):
    name = "ministry.rosters"
    verbose_name = "Rosters"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from ministry.console import demo
        from ministry.console.context import desk
        from ministry.console.templatetags.help import helps
        from ministry.rosters import (  # noqa: F401  # they register themselves
            acts,
            handing,
            notices,
            offered,
            swapping,
            told,
        )

        desk("/rosters/", _("Rosters"), "r")
        helps("rosters", "rosters")

        def story() -> None:
            from ministry.rosters.story import told as the_story

            the_story()

        demo.tells(story)
