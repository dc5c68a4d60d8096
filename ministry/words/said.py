"""Days, moments and numbers as the language of the page writes them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext


def day(at: dt.date) -> str:
    """`5 March 2026`, and the time of a moment, by its own clock."""
    return _written(at, pgettext("form of a day", "j F Y"))


def short_day(at: dt.date) -> str:
    """`5 Mar 2026`."""
    return dateformat.format(at, pgettext("form of a day", "j M Y"))


def short_moment(at: dt.datetime) -> str:
    """`5 Mar 2026, 14:30`."""
    return _written(at, pgettext("form of a day", "j M Y"))


def _written(at: dt.date, form: str) -> str:
    written = dateformat.format(at, form)
    return f"{written}, {at:%H:%M}" if isinstance(at, dt.datetime) else written


def number(value: int | float) -> str:
    """A number, its thousands apart."""
    return number_format(value, use_l10n=True, force_grouping=True)


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return gettext("{all_but_last} and {last}").format(
        all_but_last=", ".join(words[:-1]), last=words[-1]
    )


def tag() -> str:
    """The language of the page, as HTML writes it: `en-GB`, `fr`."""
    return tag_of(translation.get_language() or settings.LANGUAGE_CODE)


@cache
def tag_of(language: str) -> str:
    return translation.to_locale(language).replace("_", "-")
