"""The components of the console, as pages use them: tables, badges, timelines, trees, charts and maps."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ministry.console.components.charts import Chart
from ministry.console.components.columns import Column, Kind
from ministry.console.components.maps import Map
from ministry.console.components.states import State
from ministry.console.components.states import state as known
from ministry.console.components.table import Cell, Shown
from ministry.console.components.timeline import Timeline
from ministry.console.components.tree import Branch, written
from ministry.console.templatetags.console import moment, of, on_day

register = template.Library()


@register.inclusion_tag("console/components/table.html", takes_context=True)
def table(context: Any, shown: Shown, under: str = "") -> dict[str, Any]:
    """A table with its filters, its pages and its files. `under` is an anchor of the page to come back to."""
    return {**_frame(context), "shown": shown, "table": shown.table, "under": under}


@register.simple_tag
def badge(name: Any) -> SafeString:
    """How something stands: a state by its name, or a `State`."""
    return badge_of(known(name))


def badge_of(state: State) -> SafeString:
    return format_html(
        '<span class="state state--{}"><span class="state__sign" aria-hidden="true">{}</span>{}</span>',
        state.tone,
        state.sign,
        state.words,
    )


@register.simple_tag(takes_context=True)
def cell(context: Any, row: Any, one: Cell) -> str | SafeString:
    """What a cell says."""
    column, value = one.column, one.value
    if column.cell:
        return render_to_string(column.cell, {**_frame(context), "row": row, "value": value})
    said = _said(context, column, value)
    href = column.href(of(context), row) if column.href is not None and said else ""
    return format_html('<a href="{}">{}</a>', href, said) if href else said


def _said(context: Any, column: Column, value: Any) -> str | SafeString:
    if value is None or value == "":
        return ""
    match column.kind:
        case Kind.NUMBER:
            return number_format(value, force_grouping=True)
        case Kind.DAY:
            return on_day(context, value)
        case Kind.MOMENT:
            return moment(context, value)
        case Kind.STATE:
            return badge_of((column.states or known)(value))
        case _:
            return value if isinstance(value, SafeString) else str(value)


def _frame(context: Any) -> dict[str, Any]:
    """What a part of a page is told of the page."""
    return {name: context.get(name) for name in ("here", "request", "csrf_token")}


@register.inclusion_tag("console/components/chart.html")
def chart(shown: Chart, level: int = 3) -> dict[str, Any]:
    """A chart with the table of what it shows. `level` is that of its heading; 0: the page has one."""
    return {"chart": shown, "level": level}


@register.inclusion_tag("console/components/lanes.html", takes_context=True)
def lanes(context: Any, timeline: Timeline, level: int = 3) -> dict[str, Any]:
    """A timeline: its picture, and the same as a list."""
    return {**_frame(context), "timeline": timeline, "level": level}


@register.simple_tag
def tree(roots: list[Branch], title: str) -> SafeString:
    """A tree, open as far as its branches say."""
    if not roots:
        return format_html('<p class="none">{}</p>', gettext("Nothing is here yet."))
    inside = written(roots, badge_of)
    return format_html('<ul class="tree" aria-label="{}">{}</ul>', title, inside)


@register.inclusion_tag("console/components/map.html", takes_context=True)
def map(context: Any, shown: Map, level: int = 3) -> dict[str, Any]:
    """A map with the list of what is on it."""
    return {**_frame(context), "map": shown, "level": level}


@register.inclusion_tag("console/components/map_assets.html")
def map_assets() -> dict[str, Any]:
    """What a page with a map needs in its head."""
    return {}
