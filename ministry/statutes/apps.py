"""The application."""

from django.apps import AppConfig


class Statutes(AppConfig):
    name = "ministry.statutes"
    verbose_name = "Statutes"

    def ready(self) -> None:
        from ministry.console.context import desk
        from ministry.statutes import acts, reviews_told, told  # noqa: F401  # they register themselves

        desk("/statutes/", "Law and policy")

        from ministry.console import amending

        def draft(instrument: str, label: str) -> str:
            return amending.query("/statutes/drafts/new", instrument, label)

        amending.on_provision("Amend", draft)

        from ministry.editions import warm
        from ministry.statutes.health import measure_ahead

        warm.ahead(measure_ahead)
