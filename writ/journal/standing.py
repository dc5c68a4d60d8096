"""What is the case at a moment: facts that stand until another entry says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from writ.book.terms import Value
from writ.journal.entry import Entry


class Standing:
    """Facts by what they are of: of all, of one thing by its identity, of one actor."""

    def __init__(self) -> None:
        self.general: dict[str, Value] = {}
        self.about: dict[str, dict[str, Value]] = {}
        self.of: dict[tuple[str, str], dict[str, Value]] = {}
        """By office and person; one of them may be empty."""

    def take(self, entry: Entry) -> None:
        """Let a `fact` entry say what is so from now on."""
        if entry.about:
            store = self.about.setdefault(entry.about, {})
        elif entry.actor or entry.person:
            store = self.of.setdefault((entry.actor, entry.person), {})
        else:
            store = self.general
        for slot, value in entry.facts.items():
            if value is None:
                store.pop(slot, None)
            else:
                store[slot] = value

    def facts(
        self, about: str, actor: str, person: str, more: Mapping[str, Value]
    ) -> dict[str, Value]:
        """What stands for an actor dealing with one thing; the narrower prevails, and `more` over all."""
        if not self.about and not self.of:
            return {**self.general, **more} if self.general else dict(more)
        found = dict(self.general)
        if self.of:
            if actor:
                found.update(self.of.get((actor, ""), {}))
            if person:
                found.update(self.of.get(("", person), {}))
                found.update(self.of.get((actor, person), {}))
        if about:
            found.update(self.about.get(about, {}))
        found.update(more)
        return found
