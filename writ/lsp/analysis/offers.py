"""What can be offered at a place, by sort: each with a line that says what it is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from writ.book.lexicon import Scope
from writ.book.model import AttributeDef
from writ.lsp.analysis.snapshot import Snapshot
from writ.lsp.analysis.where import Here
from writ.syntax.tree import NormStatement


class Offer(msgspec.Struct, frozen=True):
    """One thing that may stand there. `insert` is what is written, where that is not the label; with `snippet` it has
    places to fill in, as the protocol writes them. The lower the `order`, the earlier it stands."""

    label: str
    sort: str
    detail: str = ""
    documentation: str = ""
    insert: str = ""
    snippet: bool = False
    order: int = 1


NORMS = {
    "power": "power ${1:label}\n  ${2:office} may ${3:act}\n  when ${4:condition}$0",
    "permission": "permission ${1:label}\n  ${2:office} may ${3:act}$0",
    "duty": "duty ${1:label}\n  ${2:office} must ${3:act}\n  within ${4:7} days of ${5:trigger}$0",
    "prohibition": "prohibition ${1:label}\n  no one except ${2:office} may ${3:act}\n  unless ${4:condition}$0",
    "right": "right ${1:label}\n  ${2:person} has the right to ${3:act}$0",
    "disability": "disability ${1:label}\n  no one has power to ${2:act}$0",
    "limit": "limit ${1:label}\n  ${2:office} may ${3:act} only\n  with ${4:condition}$0",
    "delegation": "delegation ${1:label}\n  ${2:office} may delegate ${3:act} to ${4:office} by ${5:act}$0",
    "lapse": "lapse ${1:label}\n  ${2:state} lapses\n  after ${3:90} days$0",
    "assurance": "assurance ${1:label}\n  ${2:office} may never ${3:act}\n  unless ${4:condition}$0",
}
"""A norm of each kind to fill in."""


class Offers:
    """The names of one book."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.words = snapshot.book.vocabulary

    def actors(self, kind: str = "") -> Iterator[Offer]:
        for name, item in self.words.actors.items():
            if not kind or item.kind == kind:
                yield Offer(name, item.kind, item.description)

    def bearers(self) -> Iterator[Offer]:
        """Whoever a norm may be about."""
        yield Offer("no one", "keyword", "nobody", order=2)
        yield Offer("no one except", "keyword", "nobody but", order=2)
        yield Offer("anyone", "keyword", "every actor", order=2)
        yield Offer("each of", "keyword", "all of them, each by its own act", order=2)
        yield Offer("at least", "keyword", "so many persons together", order=2)
        yield from self.actors()

    def acts(self) -> Iterator[Offer]:
        for name, item in self.words.acts.items():
            done_to = f"on {item.thing}" if item.thing else ""
            yield Offer(name, "act", item.description, done_to)

    def things(self) -> Iterator[Offer]:
        for name, item in self.words.things.items():
            yield Offer(name, "thing", item.description)

    def narrower(self, act: str) -> Iterator[Offer]:
        """The things that narrow an act."""
        item = self.words.acts.get(act)
        if item is None or not item.thing:
            return
        for name in sorted(self.words.thing_down.get(item.thing, frozenset()) - {item.thing}):
            yield Offer(name, "thing", self.words.things[name].description)

    def states(self) -> Iterator[Offer]:
        for name, item in self.words.states.items():
            yield Offer(name, "state", item.description)

    def events(self) -> Iterator[Offer]:
        for name, item in self.words.events.items():
            yield Offer(name, "event", item.description)

    def kinds(self) -> Iterator[Offer]:
        for name, item in self.words.kinds.items():
            yield Offer(name, "kind", item.description)

    def calendars(self) -> Iterator[Offer]:
        for name, item in self.words.calendars.items():
            yield Offer(name, "calendar", item.description)

    def values(self, kind: str) -> Iterator[Offer]:
        item = self.words.kinds.get(kind)
        for value in item.values if item is not None else ():
            yield Offer(value.name, "value", value.description, f"of {kind}", order=0)

    def provisions(self, path: str, last: str) -> Iterator[Offer]:
        """The labels of the instrument named before, or of this one; and the other instruments."""
        book = self.snapshot.book
        own = next((id for id, item in book.instruments.items() if item.place.file == path), "")
        named = last if last in book.instruments else own
        for norm in book.norms:
            if norm.instrument == named and norm.label:
                yield Offer(norm.label, "label", f"{norm.kind} {norm.title}".strip(), norm.citation)
        if last not in book.instruments:
            for id, item in book.instruments.items():
                yield Offer(id, "instrument", item.title, order=2)

    # --- attributes

    def scope(self, place: Here) -> Scope:
        """The homes of the attributes that a clause of this norm speaks of."""
        from writ.lsp.analysis.statements import scope_of
        from writ.syntax.parser import parse_text

        after = place.after if place.after.strip() else ""
        text = f"```writ\n{place.statement.rpartition(chr(10))[0]}{after}\n```\n"
        file, _ = parse_text("", text)
        for node in file.statements:
            if isinstance(node, NormStatement):
                return scope_of(node, self.snapshot.lexicon)
            acts = getattr(node, "acts", ())
            if acts:
                return self.snapshot.lexicon.scope(tuple(name.text for name in acts))
        return self.snapshot.lexicon.scope((), "")

    def attributes(self, place: Here, base: str = "", of: str = "") -> Iterator[Offer]:
        """The attributes at hand by their bare names: those of the act first, then facts. Those of a type first."""
        scope = self.scope(place)
        for order, home in ((0, scope.near), (1, scope.facts)):
            for name, found in home.items():
                if len(found) == 1:
                    item = self.words.attributes.get(found[0].slot)
                    if item is not None:
                        like = not base or (item.type.base == base and item.type.of == of)
                        yield attribute(item, name, order if like else order + 2)

    def owned(self, owner: str) -> Iterator[Offer]:
        """The attributes behind a dot."""
        for name, found in self.snapshot.lexicon.homes(owner).items():
            item = self.words.attributes.get(found[0].slot) if found else None
            if item is not None:
                yield attribute(item, name, 0)


def attribute(item: AttributeDef, name: str, order: int) -> Offer:
    sort = "attribute" if item.owner else "fact"
    return Offer(name, sort, f"{item.type}", item.description, order=order)
