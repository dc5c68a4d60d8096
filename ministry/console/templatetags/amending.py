"""What desks let be done with a provision, for the page of its instrument."""

from __future__ import annotations

from django import template

from ministry.console import amending

register = template.Library()


@register.simple_tag
def provision_actions(instrument: str, label: str) -> list[tuple[str, str]]:
    """What can be done with a provision: words and address."""
    return amending.actions(instrument, label)
