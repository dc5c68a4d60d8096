"""What a page says of its own language, and how it writes days and numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ministry.words import said

register = template.Library()


@register.simple_tag
def language_tag() -> str:
    """The language of the page, for `<html lang>`."""
    return said.tag()


@register.inclusion_tag("words/choice.html", takes_context=True)
def language_choice(context: Any) -> dict[str, Any]:
    """The form that chooses the language of the pages; nothing where there is no request to come back to."""
    request = context.get("request")
    return {
        "languages": languages() if request is not None else [],
        "back": request.get_full_path() if request is not None and request.method == "GET" else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def other_languages(path: str) -> list[dict[str, str]]:
    """The same address of the reading room in the other languages."""
    plain = path.removeprefix(get_script_prefix().rstrip("/"))
    return [
        one | {"href": plain if one["code"] == settings.LANGUAGE_CODE else f"/{one['code']}{plain}"}
        for one in languages()
        if one["code"] != translation.get_language()
    ]


def languages() -> list[dict[str, str]]:
    """Code, tag and own name of each language, and whether the page is in it."""
    now = translation.get_language()
    return [
        {"code": code, "tag": said.tag_of(code), "name": name, "now": "yes" if code == now else ""}
        for code, name in settings.LANGUAGES
    ]


@register.filter
def day(at: dt.date | None) -> str:
    return said.day(at) if at else ""


@register.filter
def short_day(at: dt.date | None) -> str:
    return said.short_day(at) if at else ""


@register.filter
def number(value: int | float) -> str:
    return said.number(value)


@register.simple_tag
def law_lang() -> str | SafeString:
    """The attribute that says the language of the law, on pages that are in another one."""
    if said.tag().partition("-")[0] == settings.BOOK_LANGUAGE.partition("-")[0]:
        return ""
    return format_html(' lang="{}"', settings.BOOK_LANGUAGE)
