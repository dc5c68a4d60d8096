"""Declarations to a vocabulary: every name once, every hierarchy without circles, every type found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from writ.book import dates
from writ.book.almanac import read_calendar
from writ.book.attributes import Attributes
from writ.book.hierarchy import acyclic, closure
from writ.book.model import (
    ANYONE,
    ActDef,
    ActorDef,
    Calendar,
    EventDef,
    KindDef,
    Place,
    StateDef,
    ThingDef,
    Vacancy,
    ValueDef,
    Vocabulary,
)
from writ.book.names import ACTORS, ACTS, BODIES, KINDS, RESERVED, THINGS, Names, called
from writ.book.report import Report
from writ.diagnostics import Related
from writ.syntax import tree

Declared = tuple[Report, tree.Declaration]

_TARGETS = {
    "in": BODIES,
    "members": frozenset({"office", "person"}),
    "reports to": ACTORS,
    "succession": ACTORS,
    "on": THINGS,
    "of": THINGS,
    "excludes": ACTS,
}
"""What the names of a line must be; those of `is` are of the same hierarchy."""


class Built(msgspec.Struct, frozen=True):
    """A vocabulary, and what its mistakes left incomplete, so that nobody complains of a consequence."""

    vocabulary: Vocabulary
    names: Names
    broken: frozenset[str]
    """Slots of attributes whose declaration has an error."""
    incomplete: frozenset[str]
    """Declarations that may have lost attributes or values by an error: theirs, or that of something they are."""


def build(declared: Sequence[Declared], lost: frozenset[str] = frozenset()) -> Built:
    """The vocabulary of a book, from all its declarations in the order of the files.

    `lost` are names that errors of syntax may have kept from being declared.
    """
    return _Builder(declared, lost).build()


class _Builder:
    def __init__(self, declared: Sequence[Declared], lost: frozenset[str]) -> None:
        self.declared = self._unique(declared)
        sorts = {item.name: item.kind for _, item in self.declared if item.kind != "actor"}
        self.names = Names(sorts, lost - sorts.keys())
        self.kinds: dict[str, KindDef] = {}
        self.incomplete = {
            item.name for report, item in self.declared if report.troubled(item.span)
        }

    def build(self) -> Built:
        names = self.names
        for report, item in self.declared:
            if item.kind in KINDS:
                self.kinds[item.name] = _kind(report, item)
        attributes = Attributes(names, self.kinds)
        slots: dict[str, tuple[str, ...]] = {}
        for report, item in self.declared:
            owner = "actor" if item.kind == "actor" else "" if item.kind == "fact" else item.name
            found = attributes.read(report, owner, item.attributes)
            if owner and owner != "actor":
                slots[owner] = found
        links = self._links()
        actors, acts, things = (self._hierarchy(sorts, links) for sorts in (ACTORS, ACTS, THINGS))
        actor_up, actor_down = closure(actors, top=ANYONE)
        act_up, act_down = closure(acts)
        thing_up, thing_down = closure(things)
        for up in (act_up, thing_up):
            self._refuse_hidden(attributes, slots, up)
        places = {item.name: _place(report, item) for report, item in self.declared}
        vocabulary = Vocabulary(
            self.kinds,
            self._actors(actors, links, places),
            self._acts(acts, links, places, slots),
            {
                item.name: ThingDef(
                    item.name,
                    item.description,
                    places[item.name],
                    things[item.name],
                    slots[item.name],
                )
                for _, item in self._of(THINGS)
            },
            {
                item.name: StateDef(
                    item.name,
                    item.description,
                    places[item.name],
                    _first(links[item.name].get("of", ())),
                    slots[item.name],
                )
                for _, item in self._of({"state"})
            },
            {
                item.name: EventDef(
                    item.name,
                    item.description,
                    places[item.name],
                    slots[item.name],
                    _first(links[item.name].get("of", ())),
                )
                for _, item in self._of({"event"})
            },
            attributes.found,
            self._calendars(places),
            actor_up,
            act_up,
            thing_up,
            actor_down,
            act_down,
            thing_down,
        )
        lost = {
            name
            for up in (act_up, thing_up)
            for name, above in up.items()
            if above & self.incomplete
        }
        return Built(
            vocabulary, names, frozenset(attributes.broken), frozenset(lost | self.incomplete)
        )

    def _of(self, sorts: frozenset[str] | set[str]) -> list[Declared]:
        return [each for each in self.declared if each[1].kind in sorts]

    def _unique(self, declared: Sequence[Declared]) -> list[Declared]:
        """The first declaration of each name; the others are reported."""
        first: dict[str, Declared] = {}
        kept = []
        for report, item in declared:
            if item.kind == "actor":
                kept.append((report, item))
                continue
            if item.name in RESERVED:
                report.add(
                    "V202",
                    item.name_span or item.span,
                    f"`{item.name}` has a meaning of its own in the language",
                    "give it another name",
                )
                continue
            if item.name in first:
                other, original = first[item.name]
                report.add(
                    "V202",
                    item.name_span or item.span,
                    f"`{item.name}` is already declared as {called((original.kind,))}",
                    "names are shared by the whole book: keep one, or rename the other",
                    (
                        Related(
                            other.source.span(original.name_span or original.span),
                            "first declared here",
                        ),
                    ),
                )
                continue
            first[item.name] = (report, item)
            kept.append((report, item))
        return kept

    def _links(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The known names of every line, by declaration and line word."""
        links: dict[str, dict[str, tuple[str, ...]]] = {}
        for report, item in self.declared:
            mine: dict[str, tuple[str, ...]] = {}
            links[item.name] = mine
            for line in item.lines:
                if line.word == "is":
                    sorts = ACTORS if item.kind in ACTORS else frozenset({item.kind})
                elif line.word in _TARGETS:
                    sorts = _TARGETS[line.word]
                else:
                    continue
                known = tuple(
                    name.text
                    for name in line.names
                    if self.names.expect(report, name.text, name.span, sorts)
                )
                if len(known) < len(line.names):
                    self.incomplete.add(item.name)
                mine[line.word] = tuple(dict.fromkeys((*mine.get(line.word, ()), *known)))
        return links

    def _hierarchy(
        self,
        sorts: frozenset[str],
        links: Mapping[str, Mapping[str, tuple[str, ...]]],
        word: str = "is",
    ) -> dict[str, tuple[str, ...]]:
        items = {item.name: (report, item) for report, item in self._of(sorts)}

        def refuse(code: str, name: str, parent: str) -> None:
            report, item = items[name]
            message = (
                f"`{name}` {word} `{parent}`, which {word} `{name}` in turn"
                if code == "V208" and parent != name
                else f"`{name}` {word} itself"
                if code == "V208"
                else f"`{name}` {word} `{parent}` lies too deep in its hierarchy"
            )
            self.incomplete.add(name)
            report.add(code, _link_span(item, word, parent), message, "remove this link")

        parents = {name: links[name].get(word, ()) for name in items}
        if word == "is":
            parents = {
                name: tuple(each for each in above if each != ANYONE)
                for name, above in parents.items()
            }
        return acyclic(parents, refuse)

    def _refuse_hidden(
        self,
        attributes: Attributes,
        slots: dict[str, tuple[str, ...]],
        up: Mapping[str, frozenset[str]],
    ) -> None:
        """An attribute declared both by a broader name and by a narrower is that of the broader."""
        reports = {item.name: report for report, item in self.declared}
        for name, above in up.items():
            if len(above) == 1 or not slots[name]:
                continue
            for slot in slots[name]:
                own = attributes.found[slot]
                for other in sorted(above - {name}):
                    broader = attributes.found.get(f"{other}.{own.name}")
                    if broader is None:
                        continue
                    first = reports[other].source.span(broader.place.span)
                    reports[name].add(
                        "V211",
                        own.place.span,
                        f"`{own.name}` is already an attribute of `{other}`, which `{name}` is",
                        "remove this one, or give it another name",
                        (Related(first, "declared here"),),
                    )
                    del attributes.found[slot]
                    slots[name] = tuple(each for each in slots[name] if each != slot)
                    break

    def _actors(
        self,
        parents: Mapping[str, tuple[str, ...]],
        links: Mapping[str, Mapping[str, tuple[str, ...]]],
        places: Mapping[str, Place],
    ) -> dict[str, ActorDef]:
        bodies = self._hierarchy(ACTORS, links, "in")
        found = {}
        for report, item in self._of(ACTORS):
            mine = links[item.name]
            found[item.name] = ActorDef(
                item.name,
                item.kind,
                item.description,
                places[item.name],
                parents[item.name],
                _first(bodies[item.name]),
                mine.get("reports to", ()),
                mine.get("succession", ()),
                _first(mine.get("members", ())),
                max((line.number for line in item.lines if line.word == "quorum"), default=0),
                _vacancies(report, item),
            )
        return found

    def _acts(
        self,
        parents: Mapping[str, tuple[str, ...]],
        links: Mapping[str, Mapping[str, tuple[str, ...]]],
        places: Mapping[str, Place],
        slots: Mapping[str, tuple[str, ...]],
    ) -> dict[str, ActDef]:
        return {
            item.name: ActDef(
                item.name,
                item.description,
                places[item.name],
                parents[item.name],
                _inherited(item.name, parents, links),
                any(line.word == "reserved" for line in item.lines),
                links[item.name].get("excludes", ()),
                slots[item.name],
                any(line.word == "material" for line in item.lines),
            )
            for _, item in self._of(ACTS)
        }

    def _calendars(self, places: Mapping[str, Place]) -> dict[str, Calendar]:
        return {
            item.name: read_calendar(report, self.names, item, places[item.name])
            for report, item in self._of({"calendar"})
        }


def _first(names: Sequence[str]) -> str:
    return names[0] if names else ""


def _place(report: Report, item: tree.Declaration) -> Place:
    return Place(report.source.path, item.name_span or item.span)


def _link_span(item: tree.Declaration, word: str, parent: str) -> int:
    for line in item.lines:
        for name in line.names:
            if line.word == word and name.text == parent:
                return name.span
    return item.span


def _inherited(
    act: str,
    parents: Mapping[str, tuple[str, ...]],
    links: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> str:
    """The thing that an act is done to: its own, else that of the nearest broader act."""
    level = [act]
    while level:
        for name in level:
            if links[name].get("on"):
                return links[name]["on"][0]
        level = list(dict.fromkeys(parent for name in level for parent in parents[name]))
    return ""


def _kind(report: Report, item: tree.Declaration) -> KindDef:
    values: dict[str, tree.Value] = {}
    for value in item.values:
        if value.name in values:
            first = report.source.span(values[value.name].span)
            report.add(
                "V202",
                value.span,
                f"`{value.name}` is already a value of `{item.name}`",
                "keep one of the two",
                (Related(first, "first declared here"),),
            )
        else:
            values[value.name] = value
    if not values and not report.troubled(item.span):
        report.add(
            "V212",
            item.name_span or item.span,
            f"`{item.name}` has no values",
            "list them beneath it, one to a line",
        )
    return KindDef(
        item.name,
        item.description,
        tuple(ValueDef(value.name, value.description) for value in values.values()),
        item.kind == "levels",
        _place(report, item),
    )


def _vacancies(report: Report, item: tree.Declaration) -> tuple[Vacancy, ...]:
    found = []
    for line in item.lines:
        if line.word != "vacant" or not line.dates:
            continue
        start, *rest = (dates.day_of(dates.parse(each)) for each in line.dates if each)
        end = rest[0] if rest else None
        if end is not None and end < start:
            report.add("V224", line.span, "the vacancy ends before it begins")
        else:
            found.append(Vacancy(start, end))
    return tuple(found)
