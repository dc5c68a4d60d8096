"""People of a roster and rules of rest, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from ministry.rosters.views.people import Names, Who

register = template.Library()


@register.simple_tag
def who(names: Names, key: str) -> Who:
    """Somebody by their key, among the people of the page."""
    return names(key)


@register.simple_tag
def rule_words(rule: str, found: int, allowed: int) -> str:
    """A breach of a rule of rest."""
    match rule:
        case "rest":
            return gettext("{found} hours of rest, not {allowed}").format(
                found=found, allowed=allowed
            )
        case "longest":
            return gettext("{found} hours at a time, above {allowed}").format(
                found=found, allowed=allowed
            )
        case "week":
            return gettext("{found} hours in seven days, above {allowed}").format(
                found=found, allowed=allowed
            )
        case "nights":
            return gettext("{found} nights in a row, above {allowed}").format(
                found=found, allowed=allowed
            )
        case _:
            raise ValueError(rule)
