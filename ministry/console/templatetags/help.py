"""Help in place: what a page is for, beside its heading; and under which provisions its acts are done."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ministry.console.said import href_of
from ministry.console.templatetags.console import of, together
from ministry.editions.queries import NoEdition, law_of

register = template.Library()
GIVES = ("power", "permission", "right", "duty")
"""Kinds of norms by which somebody does an act."""
MOST = 4
"""So many provisions are named."""


@register.simple_tag(takes_context=True)
def page_help(context: Any) -> SafeString:
    """The help of the page that is shown: the template `help/NAME.html` of its part, by the name of its address.

    A page without help, an error and a page for somebody who is not in office have none.
    """
    name = place(getattr(context.get("request"), "resolver_match", None))
    if not name or context["here"].acting is None or context.get("no_help"):
        return SafeString()
    text = context.template.engine.get_template(name).render(context)
    return render_to_string("console/part/help.html", {"text": text})


def place(match: Any) -> str:
    """The template with the help of an address; empty where there is none."""
    return _place(match.namespace, match.url_name or "") if match is not None else ""


@lru_cache(maxsize=256)
def _place(namespace: str, name: str) -> str:
    part = PARTS.get(namespace)
    found = f"{part}/help/{SAME.get(name, name)}.html" if part else ""
    try:
        get_template(found)
    except template.TemplateDoesNotExist:
        return ""
    return found


PARTS = {"console": "console", "": "identity"}
"""In whose templates the help of the addresses of a namespace stands."""
SAME = {
    "book-then": "book",
    "instrument-then": "instrument",
    "provision": "instrument",
    "provision-then": "instrument",
}
"""Addresses that share the help of another."""


def helps(namespace: str, part: str, **same: str) -> None:
    """The help of the addresses of a namespace stands in the templates of a part; some share that of others."""
    PARTS[namespace] = part
    SAME.update(same)


@register.simple_tag(takes_context=True)
def under(context: Any, *acts: str) -> str | SafeString:
    """The provisions in force by which acts are done, as links: `Organisation Act s. 2(1), s. 4`."""
    found = of(context)
    try:
        law = found.law
    except NoEdition:
        return gettext("no edition in force")
    cited = list(dict.fromkeys(one for act in acts for one in citations(law.digest).get(act, ())))
    if not cited:
        return gettext("no provision in force")
    links = format_html_join(
        ", ",
        '<a class="nowrap" href="{}">{}</a>',
        ((href_of(law, one, ""), together(one)) for one in cited[:MOST]),
    )
    more = len(cited) - MOST
    return format_html("{}{}", links, gettext(" and others") if more > 0 else "")


@lru_cache(maxsize=8)
def citations(digest: str) -> dict[str, tuple[str, ...]]:
    """By act, the citations of the norms that let or make somebody do it."""
    found: dict[str, dict[str, None]] = {}
    for norm in law_of(digest).book.norms:
        if norm.kind in GIVES and norm.act and not norm.omission:
            found.setdefault(norm.act, {})[norm.citation] = None
    return {act: tuple(cited) for act, cited in found.items()}


@register.simple_tag
def word(name: str, text: str = "") -> SafeString:
    """A word of the glossary, which leads to its meaning."""
    return format_html('<a href="/help/#{}">{}</a>', name, text or name)
