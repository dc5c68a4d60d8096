"""Things under things: an organisation, the authority of instruments, the parts of a law.

    roots = grown(units, key=lambda one: one.name, under=lambda one: one.part_of, branch=lambda one: Branch(one.title))

and in the template `{% load components %}{% tree roots _("Units") %}`. Each branch with something under it opens and
closes by itself, by the keyboard as by the mouse, and needs no script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from ministry.console.components.columns import Words
from ministry.console.components.states import State, state
from ministry.console.components.svg import joined

R = TypeVar("R")


class Branch(msgspec.Struct):
    """Something in a tree, with what is under it."""

    label: Words
    href: str = ""
    note: Words = ""
    state: str | State = ""
    under: list[Branch] = []
    open: bool = True

    @property
    def many(self) -> int:
        """How many things are under it, at any depth."""
        waiting, found = list(self.under), 0
        while waiting:
            found += 1
            waiting += waiting.pop().under
        return found


def grown(
    rows: Iterable[R],
    key: Callable[[R], str],
    under: Callable[[R], str | None],
    branch: Callable[[R], Branch],
) -> list[Branch]:
    """Trees from rows that say what they are under, in the order of the rows, each row once.

    What is under nothing, or under what is not there, is a root; of a ring the first row is.
    """
    every = {key(row): row for row in rows}
    made = {name: branch(row) for name, row in every.items()}
    above = {name: under(row) or "" for name, row in every.items()}
    roots = []
    for name, one in made.items():
        parent, seen = above[name], {name}
        while parent in above and parent not in seen:
            seen.add(parent)
            parent = above[parent]
        if above[name] not in made or parent == name:
            above[name] = ""  # a ring is cut here
            roots.append(one)
        else:
            made[above[name]].under.append(one)
    return roots


def written(
    roots: Iterable[Branch], badge: Callable[[State], SafeString], depth: int = 0
) -> SafeString:
    """The branches as lists in each other. Deeper than 60 they stand beside each other."""
    return joined(_one(root, badge, depth) for root in roots)


def _one(one: Branch, badge: Callable[[State], SafeString], depth: int) -> SafeString:
    label = format_html('<a href="{}">{}</a>', one.href, one.label) if one.href else one.label
    stands = format_html(" {}", badge(state(one.state))) if one.state else ""
    note = format_html(' <span class="faint">{}</span>', one.note) if one.note else ""
    row = format_html('<span class="tree__row">{}{}{}</span>', label, stands, note)
    if not one.under:
        return format_html("<li>{}</li>", row)
    if depth >= 60:
        return format_html("<li>{}</li>{}", row, written(one.under, badge, depth))
    said = format_html(
        '<span class="govuk-visually-hidden">{}: </span>{}',
        one.label,
        ngettext("%d under it", "%d under it", one.many) % one.many,
    )
    return format_html(
        '<li>{}<details{}><summary title="{}">{}</summary><ul>{}</ul></details></li>',
        row,
        " open" if one.open else "",
        gettext("Open or close"),
        said,
        written(one.under, badge, depth + 1),
    )
