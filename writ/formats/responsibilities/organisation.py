"""Bodies and offices, out of tables with `Name, Aliases, Parent, Head` and `Name, Aliases, OrgParent, Parent`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from writ.drafting.bearers import named
from writ.drafting.bearers import plain as _plain
from writ.drafting.naming import office_name
from writ.formats.responsibilities.rows import records

_LONGEST = 300
"""Characters of the longest title, of several offices at once."""
_REMEMBERED = 16_384
_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")


plain = lru_cache(_REMEMBERED)(_plain)
"""A bearer as it is compared. The same hundred names come up thousands of times."""


class Actor(NamedTuple):
    """A body or an office. `inside` is a body, `reports_to` an office, both by name; empty where not known."""

    name: str
    sort: str
    title: str
    inside: str = ""
    reports_to: str = ""


class Organisation:
    """The actors by name, found by title or alias."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self._by_title: dict[str, str] = {}

    def find(self, bearer: str) -> Actor | None:
        """The actor whom a title, an abbreviation or a title with its abbreviation names."""
        for words in _spoken(bearer):
            name = self._by_title.get(words)
            if name is not None:
                return self.actors[name]
            role, comma, body = words.partition(", ")
            within = self._by_title.get(body) if comma else None
            if within is not None:
                # `Director, DIA` is the `Director, Defense Intelligence Agency`
                name = self._by_title.get(f"{role}, {self.actors[within].title.lower()}")
                if name is not None:
                    return self.actors[name]
        return None

    def add(self, sort: str, title: str, aliases: str = "") -> Actor:
        """The actor of this title, a new one unless it is there."""
        known = self.find(title)
        if known is not None:
            return known
        base, number = office_name(title), 1
        name = base
        while name in self.actors:
            number += 1
            name = f"{base}-{number}"
        actor = Actor(name, sort, title)
        self.actors[name] = actor
        for words in (title, *re.split(r"[;|]", aliases)):
            for spoken in _spoken(words):
                self._by_title.setdefault(spoken, name)
        return actor

    def place(self, name: str, inside: str = "", reports_to: str = "") -> None:
        """Set where an actor stands, unless it would stand in itself."""
        actor = self.actors[name]
        if inside and not self._reaches(inside, name, "inside"):
            actor = actor._replace(inside=inside)
        if reports_to and not self._reaches(reports_to, name, "reports_to"):
            actor = actor._replace(reports_to=reports_to)
        self.actors[name] = actor

    def _reaches(self, start: str, goal: str, way: str) -> bool:
        seen: set[str] = set()
        while start and start not in seen:
            if start == goal:
                return True
            seen.add(start)
            start = getattr(self.actors[start], way)
        return False


def read_organisation(organisations: str = "", roles: str = "") -> Organisation:
    """The organisation of the two tables; a parent that no row describes is a body or an office too.

    Raises:
        NotATable: a text is neither CSV nor JSON.
    """
    made = Organisation()
    bodies = [each for each in records(organisations) if each.get("name")] if organisations else []
    offices = [each for each in records(roles) if each.get("name")] if roles else []
    for each in bodies:
        made.add("body", each["name"], each.get("aliases", ""))
    for each in offices:
        made.add("office", each["name"], each.get("aliases", ""))
    for each in bodies:
        if each.get("parent"):
            own, parent = made.add("body", each["name"]), made.add("body", each["parent"])
            if parent.sort == own.sort == "body":
                made.place(own.name, inside=parent.name)
    for each in bodies:
        if each.get("head"):
            head, own = made.add("office", each["head"]), made.add("body", each["name"])
            if head.sort == "office" and own.sort == "body" and not made.actors[head.name].inside:
                made.place(head.name, inside=own.name)
    for each in offices:
        own = made.add("office", each["name"])
        if own.sort != "office":
            continue
        if each.get("orgparent") and (body := made.add("body", each["orgparent"])).sort == "body":
            made.place(own.name, inside=body.name)
        if each.get("parent") and (chief := made.add("office", each["parent"])).sort == "office":
            made.place(own.name, reports_to=chief.name)
    return made


@lru_cache(_REMEMBERED)
def _spoken(words: str) -> tuple[str, ...]:
    """The ways in which a title may be written: whole, without what is in brackets, and that alone."""
    found = [plain(words)]
    bare = plain(_BRACKETS.sub(" ", words))
    if bare:
        found.append(bare)
    last = _BRACKETS.search(words)
    if (
        last is not None
        and re.search(r"\s\($|^\($", words[: last.start() + 1])
        and last[1][:1].isupper()
    ):
        found.append(plain(last[1]))
    return tuple(found)


@lru_cache(_REMEMBERED)
def is_bearer(words: str) -> bool:
    """Whether a text can be the name of somebody: tables cut out of documents have page numbers there too."""
    found = named(words)
    return (
        len(found) <= _LONGEST
        and bool(re.match(r"[A-Z]", found))
        and not re.match(r"(?:AND|OR|In)\s", found)
        and not re.match(r"[0-9]", words.strip(" ,"))
    )
