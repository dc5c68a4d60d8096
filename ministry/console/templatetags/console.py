"""Names, citations, moments and icons of the console."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ministry.console.here import Here
from ministry.console.said import TONES, day, href_of
from ministry.gate.markings import levels
from ministry.labels.marking import OPEN, Marking
from ministry.labels.marking import marking as read
from ministry.words import said as words

register = template.Library()


def of(context: Any) -> Here:
    found = context["here"]
    assert isinstance(found, Here)
    return found


@register.simple_tag(takes_context=True)
def office(context: Any, name: str) -> str:
    return of(context).office(name)


@register.simple_tag(takes_context=True)
def office_link(context: Any, name: str) -> str | SafeString:
    """An office with a link to its page; anybody else in words."""
    found = of(context)
    actor = found.law.book.vocabulary.actors.get(name)
    if actor is None or actor.kind != "office":
        return found.office(name)
    return format_html(
        '<a href="{}">{}</a>', reverse("console:office", args=[name]), found.office(name)
    )


@register.simple_tag(takes_context=True)
def marking(context: Any, said: str) -> str | SafeString:
    """A marking, by its label or its text, in words; nothing for what is open."""
    found = of(context)
    if not said:
        return ""
    return marked(found, found.marked(said) if said.startswith("l-") else read(said), "marking")


@register.simple_tag(takes_context=True)
def page_marking(context: Any) -> str | SafeString:
    """The marking of all that the page shows, across it."""
    found = of(context)
    mark = found.marking if found.acting is not None else OPEN
    return marked(found, mark, "marking marking--page") if mark else ""


def marked(found: Here, mark: Marking, style: str) -> SafeString:
    """A marking: its level, its compartments, to whom it may be released."""
    place = levels(found.law).get(mark.level, 9)
    said = [mark.level.replace("-", " ").upper(), *(one.upper() for one in mark.compartments)]
    if mark.releasable:
        allies = ", ".join(one.capitalize() for one in mark.releasable)
        said.append(gettext("releasable to {allies}").format(allies=allies))
    return format_html(
        '<span class="{} marking--{}">{}</span>', style, min(place, 4), " · ".join(said)
    )


@register.simple_tag(takes_context=True)
def act_words(context: Any, name: str) -> str:
    return of(context).act(name)


@register.simple_tag(takes_context=True)
def act_inside(context: Any, name: str) -> str:
    """An act in words, inside a sentence."""
    said = of(context).act(name)
    return said[:1].lower() + said[1:]


@register.simple_tag(takes_context=True)
def fact_words(context: Any, slot: str) -> str | SafeString:
    """What a fact is, in words, with its name in the Book."""
    found = of(context).law.book.vocabulary.attributes.get(slot)
    if found is None or not found.description:
        return slot
    said = found.description[:1].upper() + found.description[1:]
    return format_html('{} <code class="key">{}</code>', said, slot)


@register.simple_tag(takes_context=True)
def person(context: Any, key: str) -> str | SafeString:
    """A person with a link to their page."""
    if not key.startswith("p-"):
        return key
    return format_html(
        '<a href="{}">{}</a>', reverse("console:person", args=[key]), of(context).person(key)
    )


@register.simple_tag(takes_context=True)
def cite(context: Any, citation: str, edition: str = "", law: Any = None) -> str | SafeString:
    """A citation that leads to the text of the provision."""
    href = href_of(law or of(context).law, citation, edition)
    if not href:
        return format_html('<span class="cite">{}</span>', together(citation))
    return format_html('<a class="cite" href="{}">{}</a>', href, together(citation))


@register.simple_tag(takes_context=True)
def moment(context: Any, at: dt.date | None) -> str | SafeString:
    """A moment by the clock of the Book's calendar, or a day."""
    if not at:
        return ""
    if isinstance(at, dt.datetime):
        shown = words.short_moment(at.astimezone(of(context).zone))
        return format_html(
            '<time class="nowrap num" datetime="{}">{}</time>', at.isoformat(), shown
        )
    return format_html('<time class="nowrap num" datetime="{}">{}</time>', at.isoformat(), day(at))


@register.simple_tag(takes_context=True)
def on_day(context: Any, at: dt.date | None) -> str | SafeString:
    """The day of a moment."""
    if not at:
        return ""
    there = at.astimezone(of(context).zone) if isinstance(at, dt.datetime) else at
    return format_html(
        '<time class="nowrap num" datetime="{}">{}</time>',
        f"{there:%Y-%m-%d}",
        words.short_day(there),
    )


@register.filter
def tone(outcome: str) -> str:
    """How an outcome is coloured."""
    return TONES.get(str(outcome), "none")


@register.simple_tag
def there(path: str) -> bool:
    """Whether the server has a page at a path: an app that is not installed has none."""
    return _there(path)


@lru_cache(maxsize=64)
def _there(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@register.filter
def together(citation: str) -> str:
    """A citation whose last two words stay on one line: `Organisation Act s. 2(1)`."""
    return "\u00a0".join(citation.rsplit(" ", 1))


@register.filter
def short(digest: str) -> str:
    """The first figures of a digest or key."""
    return digest[:12]


@register.filter
def lookup(mapping: Any, key: str) -> Any:
    return mapping.get(key)
