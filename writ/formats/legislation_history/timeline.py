"""The text as it stood on a day, out of versions that were taken on other days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from writ.formats.legislation.model import Block, Document
from writ.formats.legislation_history.changes import Change, Step, same_body
from writ.formats.legislation_history.deltas import Apart, Body, Ref, Shell, together
from writ.formats.legislation_history.pairing import Version, children
from writ.formats.legislation_history.records import as_of, known_from


class Doubt(NamedTuple):
    """What the versions do not tell of a day: a change that may or may not have been made by then."""

    change: Change
    step: Step


class Reading(NamedTuple):
    """The text as it stood on a day."""

    day: dt.date
    document: Document
    doubts: tuple[Doubt, ...]
    """Changes of which the source does not record whether they were made by that day."""
    later: bool
    """Whether the day is after the last one to which any version is current."""
    sources: tuple[int, ...]
    """The places of the versions whose words it has: one, or one and those after it, as far as their changes were
    made by the day."""


class Timeline:
    """The versions of one law in their order, and what changed from each to the next."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """`documents` are dated, and the oldest is the first."""
        self.versions = [Version(each) for each in documents]
        self.steps = [Step(a, b) for a, b in zip(self.versions, self.versions[1:], strict=False)]
        self._effective = [_Effective(step) for step in self.steps]

    @property
    def first(self) -> dt.date:
        """The first day of which the text is known: since then the oldest version was not amended."""
        found = known_from(self.versions[0].document)
        assert found is not None
        return found

    @property
    def last(self) -> dt.date:
        """The day to which the newest version is current."""
        found = as_of(self.versions[-1].document)
        assert found is not None
        return found

    def at(self, day: dt.date) -> Reading:
        """The text on a day.

        Raises:
            ValueError: the day is before the first one of which the text is known.
        """
        if day < self.first:
            raise ValueError(f"the text is known from {self.first}")
        document, sources = self._document(day)
        return Reading(day, document, tuple(self._doubts(day)), day > self.last, sources)

    def _document(self, day: dt.date) -> tuple[Document, tuple[int, ...]]:
        steps = list(zip(self.steps, self._effective, strict=True))
        while steps and steps[-1][1].earliest > day:
            steps.pop()
        whole = 0  # up to here every version was taken over as it is
        while whole < len(steps) and steps[whole][1].latest <= day:
            whole += 1
        if whole == len(steps):
            return self.versions[whole].document, (whole,)
        parts = self.versions[whole].parts
        sources = [whole]
        for at, (step, effective) in enumerate(steps[whole:], whole + 1):
            parts = _Merge(parts, step, effective, day).parts
            if effective.earliest <= day:
                sources.append(at)
        return together(parts), tuple(sources)

    def _doubts(self, day: dt.date) -> list[Doubt]:
        found = []
        for step in self.steps:
            for change in step.all():
                if change.sort != "amendment" or change.what in ("noted", "markup"):
                    continue
                unknown = change.day is None and step.after < day < step.until
                if unknown or (change.day and change.doubt and change.doubt <= day < change.day):
                    found.append(Doubt(change, step))
        return found


class _Effective:
    """The day from which each change of a step is read: as recorded, or that of the version that first has it."""

    def __init__(self, step: Step) -> None:
        self.of: dict[str, dt.date] = {}
        """By the key in the new version: of what was changed, inserted or moved."""
        self.gone: dict[str, dt.date] = {}
        until = step.until
        for key, was in step.removed.items():
            day = was.day or until
            above = step.old.nodes[key].above
            self.gone[key] = min(day, self.gone[above]) if above in self.gone else day
        inserted: dict[str, dt.date] = {}
        for key, node in step.new.nodes.items():
            change = step.changes.get(key)
            if change is not None:
                self.of[key] = change.day or until
            if key not in step.was:  # nothing stands in what is not there yet
                self.of[key] = max(self.of[key], inserted.get(node.above, self.of[key]))
                inserted[key] = self.of[key]
            elif key in step.moved:
                self.of[key] = inserted.get(node.above, self.of.get(key, until))
        for key in reversed(
            step.removed
        ):  # a heading goes when the last that stood under it has gone elsewhere
            inside = children(step.old.parts.shells[key].body)
            if (
                step.removed[key].day is None
                and inside
                and step.old.nodes[key].above not in step.removed
            ):
                left = [
                    self.gone[each] if each in self.gone else self.of.get(step.now[each], until)
                    for each in inside
                ]
                if any(each not in self.gone for each in inside):
                    self.gone[key] = max(left)
        days = [*self.of.values(), *self.gone.values()]
        # The file itself is another on the day of the next version, whatever changed in it.
        self.earliest = min(days, default=until)
        self.latest = max(days, default=until)


class _Merge:
    """The text before a step, with those of its changes that are made by a day."""

    def __init__(self, before: Apart, step: Step, effective: _Effective, day: dt.date) -> None:
        self.before, self.step, self.effective, self.day = before, step, effective, day
        self.after = step.new.parts
        self.name = {key: step.now.get(key) or self._leftover(key) for key in before.shells}
        """The key of each provision so far in the new version."""
        self.there = {self.name[key]: key for key in before.shells}
        self.shells: dict[str, Shell] = {}
        whole = step.until <= day
        body = self._body(before.body, self.after.body, whole)
        titled = any(
            step.new.nodes[key].provision.kind == "identification" and self._made(key)
            for key in step.changes
        )
        about = self.after.about if whole or titled else before.about
        shells: dict[str, Shell] = {}
        body = self._reach(body, shells)
        for key in sorted(self._lost(shells)):
            # Never drop a provision because what held it has gone before it.
            if key not in shells:
                body = (*body, *self._reach((Ref(key),), shells))
        links = self.after.links if whole else before.links
        self.parts = Apart(about, body, shells, links)

    def _leftover(self, key: str) -> str:
        name = key
        while name in self.after.shells:
            name += "~"
        return name

    def _made(self, key: str) -> bool:
        return self.effective.of.get(key, dt.date.min) <= self.day

    def _stands(self, key: str) -> bool:
        """Whether a provision of the new version stands where it has it."""
        if key not in self.step.was:
            return self._made(key)
        if self.step.was[key] not in self.step.old.parts.shells:
            return False
        if key in self.step.moved:
            return self._made(key) and key in self.there
        return key in self.there

    def _remains(self, name: str) -> bool:
        """Whether a provision stays where it stood so far, though the new version has it not there."""
        if name in self.step.was:
            return name in self.step.moved and not self._made(name)
        old = self.there[name]
        if self.effective.gone.get(old, dt.date.max) > self.day:
            return True
        return any(
            self._remains(self.name[each]) for each in children(self.before.shells[old].body)
        )

    def _body(self, so_far: Body, new: Body, made: bool) -> Body:
        """A body out of that so far and that of the new version; `made`, the words are those of the new one."""
        named = tuple(
            each if isinstance(each, Block) else Ref(self.name[each.key]) for each in so_far
        )
        coming = {each.key for each in new if isinstance(each, Ref) and self._stands(each.key)}
        staying = {each.key for each in named if isinstance(each, Ref) and self._remains(each.key)}
        if made:
            skeleton = [each for each in new if isinstance(each, Block) or each.key in coming]
            extra, source = staying, named
        else:
            skeleton = [
                each
                for each in named
                if isinstance(each, Block) or each.key in coming or each.key in staying
            ]
            inside = {each.key for each in skeleton if isinstance(each, Ref)}
            extra, source = coming - inside, new
        return tuple(_woven(skeleton, source, extra))

    def _reach(self, body: Body, shells: dict[str, Shell]) -> Body:
        """Make every provision of a body, and what is in it."""
        for each in body:
            if isinstance(each, Ref):
                shells[each.key] = self._shell(each.key)
                inner = self._reach(shells[each.key].body, shells)
                shells[each.key] = msgspec.structs.replace(shells[each.key], body=inner)
        return body

    def _shell(self, key: str) -> Shell:
        step = self.step
        was = self.there.get(key)
        so_far = self.before.shells[was] if was is not None else None
        new = self.after.shells.get(key)
        if so_far is None:
            assert new is not None
            return msgspec.structs.replace(new, body=self._body((), new.body, True))
        if new is None or key not in step.was:
            return msgspec.structs.replace(so_far, body=self._body(so_far.body, (), False), id="")
        old = step.old.parts.shells.get(step.was[key])
        changed = key in step.changes
        as_old = (
            old is not None
            and _own(so_far) == _own(old)
            and same_body(so_far.body, old.body, {each: each for each in children(old.body)})
        )
        made = self._made(key) if changed else as_old
        chosen = new if made else so_far
        body = self._body(so_far.body, new.body, made)
        return msgspec.structs.replace(chosen, body=body, id="")

    def _lost(self, shells: dict[str, Shell]) -> set[str]:
        """What stood so far, is not gone by the day, and was reached by no way."""
        found = set()
        for key in self.before.shells:
            name = self.name[key]
            gone = (
                name not in self.step.was and self.effective.gone.get(key, dt.date.max) <= self.day
            )
            if name not in shells and not gone:
                found.add(name)
        return found


def _own(shell: Shell) -> Shell:
    return msgspec.structs.replace(shell, body=(), id="")


def _woven(skeleton: list[Block | Ref], source: Body, extra: set[str]) -> list[Block | Ref]:
    """A body with more provisions in it, each after what it follows in the other body."""
    if not extra:
        return skeleton
    found = list(skeleton)
    places = {each.key: at for at, each in enumerate(skeleton) if isinstance(each, Ref)}
    inserts: dict[int, list[Ref]] = {}
    at = passed = 0  # how far the skeleton has been followed
    for each in source:
        if isinstance(each, Ref) and each.key in extra:
            inserts.setdefault(at, []).append(each)
        elif isinstance(each, Ref):
            if each.key in places:
                at = max(at, places[each.key] + 1)
        else:
            passed = next((n + 1 for n in range(passed, len(found)) if found[n] == each), passed)
            at = max(at, passed)
    for place in sorted(inserts, reverse=True):
        found[place:place] = inserts[place]
    return found
