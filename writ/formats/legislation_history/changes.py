"""What is otherwise in the next version, and since which day.

The day on which a provision changed is the one that the source records: that of the provision or of its words, or the
last amendment of the section that it stands in. Where the source records days and none for a change, the publisher
changed his file, and not the law.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import msgspec

from writ.formats.legislation.model import Block, Mark, Provision, Runs
from writ.formats.legislation.text import number_of, text_of
from writ.formats.legislation_history.deltas import Body, Ref, Shell
from writ.formats.legislation_history.pairing import Version, pairs
from writ.formats.legislation_history.records import as_of, days_of, notes

_REPEALED = re.compile(r"\[\s*(?:repealed|abrog)", re.I)


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one provision differs from the version before."""

    what: str
    """`inserted`, `replaced`, `renumbered`, `repealed` (a note stands in its place), `removed` (nothing does),
    `restated` (enacted again in the same words), `noted` (something in it changed), `markup`."""
    sort: str
    """`amendment`, `correction` (of the publisher), or `appendix` (beside the law)."""
    old: str = ""
    """Its key in the version before; empty if inserted."""
    new: str = ""
    """Its key in the version after; empty if removed."""
    day: dt.date | None = None
    """Since when, as the source records it."""
    doubt: dt.date | None = None
    """An earlier day on which the section was amended as well: what it said from then to `day`, no version tells."""
    law: str = ""
    """The amending provision as the historical note cites it: `2019, c. 13, s. 2`."""


class Step:
    """From one version to the next."""

    def __init__(self, old: Version, new: Version) -> None:
        self.old, self.new = old, new
        after, until = as_of(old.document), as_of(new.document)
        assert after is not None and until is not None, "only dated versions are ordered"
        self.after, self.until = after, until
        self.was = pairs(old, new)
        self.now = {was: key for key, was in self.was.items()}
        self.changes: dict[str, Change] = {}
        """By the key in the new version."""
        self.removed: dict[str, Change] = {}
        """By the key in the old version."""
        self.moved: frozenset[str] = frozenset(self._moved())
        """Those that stand elsewhere, by the key in the new version."""
        for key in new.nodes:
            change = self._changed(key) if key in self.was else self._inserted(key)
            if change is not None:
                self.changes[key] = change
        for key in old.nodes:
            if key not in self.now:
                self.removed[key] = self._removed(key)

    def all(self) -> Iterator[Change]:
        """Every change: in the order of the new version, then what was removed, in the order of the old."""
        yield from self.changes.values()
        yield from self.removed.values()

    def _moved(self) -> Iterator[str]:
        for key, was in self.was.items():
            above = self.new.nodes[key].above
            if self.old.nodes[was].above != (self.was.get(above, "?") if above else ""):
                yield key

    def _inserted(self, key: str) -> Change:
        node = self.new.nodes[key]
        if node.appended:
            return Change("inserted", "appendix", new=key)
        each = node.provision
        when = each.in_force
        if when is not None and (when > self.after or (each.enacted or self.after) > self.after):
            return self._dated("inserted", "", key, when)
        return self._by_section("inserted", "", key)

    def _changed(self, key: str) -> Change | None:
        was = self.was[key]
        shells = self.old.parts.shells[was], self.new.parts.shells[key]
        if key not in self.moved and same_shell(*shells, self.now):
            return None
        old, new = self.old.nodes[was], self.new.nodes[key]
        said, says = text_of(old.provision), text_of(new.provision)
        if old.appended or new.appended:
            return Change("replaced" if said != says else "markup", "appendix", was, key)
        number = number_of(old.provision), number_of(new.provision)
        when = new.provision.in_force
        anew = when if when != old.provision.in_force else None
        if said == says:
            if anew is not None:
                return self._dated("restated", was, key, anew)
            if new.provision.amended != old.provision.amended and new.provision.amended:
                return self._dated("noted", was, key, new.provision.amended)
            return Change("markup", "correction", was, key)
        what = "replaced"
        if is_repealed(new.provision) and not is_repealed(old.provision):
            what = "repealed"
        elif all(number) and number[0] != number[1]:
            rest = said.replace(number[0], "", 1), says.replace(number[1], "", 1)
            what = "renumbered" if rest[0].split() == rest[1].split() else "replaced"
        if anew is None:
            words = days_of(new.provision) - days_of(old.provision)
            anew = max(words, default=None)
        if anew is not None:
            return self._dated(what, was, key, anew)
        return self._by_section(what, was, key)

    def _removed(self, key: str) -> Change:
        node = self.old.nodes[key]
        if node.appended:
            return Change("removed", "appendix", key)
        if node.above and node.above in self.removed:
            return msgspec.structs.replace(self.removed[node.above], old=key)
        above = self.now.get(node.above, "") if node.above else ""
        if above:
            change = self.changes.get(above)
            if change is not None and change.day is not None:
                return self._dated("removed", key, "", change.day, above)
            found = self._by_section("removed", key, "", above)
            if found.day is not None:
                return found
        empty = not any(text_of(each) for each in node.provision.walk())
        return Change("removed", "correction" if empty else "amendment", key)

    def _by_section(self, what: str, old: str, key: str, at: str = "") -> Change:
        """A change whose day, if any, is that of the last amendment of what it stands in."""
        dated = False
        at = at or key
        while at:
            node = self.new.nodes[at]
            amended = node.provision.amended
            dated = dated or amended is not None or node.provision.in_force is not None
            if amended is not None:
                was = self.was.get(at)
                before = self.old.nodes[was].provision.amended if was is not None else None
                if amended != before:
                    return self._dated(what, old, key, amended, at)
                break
            at = node.above
        return Change(what, "correction" if dated else "amendment", old, key)

    def _dated(self, what: str, old: str, key: str, when: dt.date, at: str = "") -> Change:
        law, doubt = self._cited(at or key, when)
        return Change(what, "amendment", old, key, when, doubt, law)

    def _cited(self, key: str, when: dt.date) -> tuple[str, dt.date | None]:
        """The notes of that day on a provision or on what it stands in, and an earlier day with notes of its own."""
        for node in self.new.chain(key):
            found = notes(node.provision)
            if not found:
                continue
            was = self.was.get(node.key)
            before = set(notes(self.old.nodes[was].provision)) if was is not None else set()
            told = {words for words, _ in before}
            of_day = [words for words, day in found if day == when]
            new = [words for words, day in found if day is None and words not in told]
            between = [
                day for words, day in found if day and self.after < day < when and words not in told
            ]
            return "; ".join(of_day or (new if told else [])), min(between, default=None)
        return "", None


def is_repealed(provision: Provision) -> bool:
    """Whether a note that it was repealed stands in place of its text."""
    return any(
        block.kind == "repealed" or _marked(block.runs) for block in provision.blocks()
    ) or bool(_REPEALED.search(text_of(provision)))


def _marked(runs: Runs) -> bool:
    return any(
        isinstance(run, Mark) and (run.name == "Repealed" or _marked(run.runs)) for run in runs
    )


def same_shell(old: Shell, new: Shell, now: dict[str, str]) -> bool:
    """Whether a provision is alike before and after: itself, and the place in it of those that it has in both."""
    if (old.head, old.attributes, old.in_force) != (new.head, new.attributes, new.in_force):
        return False
    if (old.kind, old.name, old.enacted, old.amended) != (
        *(new.kind, new.name, new.enacted, new.amended),
    ):
        return False
    return same_body(old.body, new.body, now)


def same_body(old: Body, new: Body, now: dict[str, str]) -> bool:
    """Whether the blocks, and the provisions that stand in both, are the same in the same order."""
    if old == new and all(isinstance(each, Block) or now.get(each.key) == each.key for each in old):
        return True
    inside = {each.key for each in new if isinstance(each, Ref)}
    kept = [
        each if isinstance(each, Block) else Ref(now[each.key])
        for each in old
        if isinstance(each, Block) or now.get(each.key) in inside
    ]
    both = {each.key for each in kept if isinstance(each, Ref)}
    return kept == [each for each in new if isinstance(each, Block) or each.key in both]
