"""The application."""

from django.apps import AppConfig


class Statutes(AppConfig):
    name = "ministry.statutes"
    verbose_name = "Statutes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _
        from django.utils.translation import gettext_noop

        from ministry.console.context import desk
        from ministry.statutes import (  # noqa: F401  # they register themselves
            acts,
            editions_notices,
            force_notices,
            notices,
            reviews_notices,
            reviews_told,
            told,
        )

        desk("/statutes/", _("Law and policy"), "l")

        from ministry.console.templatetags.help import helps

        for namespace in ("statutes", "drafting", "library"):
            helps(namespace, "statutes")
        helps("reviewing", "statutes", one="review")

        from ministry.console import amending, demo

        def story() -> None:
            from ministry.statutes.story import told as the_story

            the_story()

        demo.tells(story)

        def draft(instrument: str, label: str) -> str:
            return amending.query("/statutes/drafts/new", instrument, label)

        amending.on_provision(gettext_noop("Amend"), draft)

        from ministry.statutes import offered

        offered.register()

        from ministry.editions import warm
        from ministry.statutes.health import measure_ahead

        warm.ahead(measure_ahead)
