"""How much history a question can tell apart: so many events of a name, stretches of a state, members of a list.

A condition that an act was done needs one act to be true; what is not done, no act makes false. So a history with one
act for each such condition is enough to make true together whatever can be true together, and the same holds for the
stretches of a state and the members of a list.
"""

from __future__ import annotations

from collections.abc import Iterable

from writ.book import terms
from writ.book.model import Norm
from writ.book.terms import Attr, Condition, Const
from writ.engine.readings import spoken_of
from writ.proof.rules import Rules
from writ.syntax.tree import Bearer

MOST_STRETCHES = 3
"""So many stretches of one state at once are told apart."""


class Needs:
    """What the norms of a question, and whatever else is asked in it, speak of."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.texts: set[str] = set()
        self.persons: set[str] = set()
        self.events: dict[str, int] = {}
        self.doers: dict[str, tuple[str, ...] | None] = {}
        self.states: dict[str, int] = {}
        self.doubtful: set[str] = set()
        self.continued: set[str] = set()
        self.bounded: set[str] = set()
        """States of which the norms could tell apart more stretches at once than are looked at."""
        self.lists: dict[str, int] = {}
        self.bearers: dict[Bearer, None] = {}
        """Who is asked for in the history, by whom it was done."""
        self._atoms: dict[str, set[object]] = {}
        self._asked: dict[str, set[object]] = {}
        self._quantified: dict[str, set[object]] = {}

    # --- gathering

    def norm(self, norm: Norm) -> None:
        """All that deciding on a norm may look at."""
        for part in (norm.when, norm.until, norm.so_that):
            self.conditions(part)
        for condition in (*norm.with_, *norm.limited_to):
            self.conditions((condition,))
        for path in (*norm.stating, *norm.recording):
            self.terms(path)
        self.terms(norm.due_by)
        for step in norm.after:
            self.act(step.act, step.by)
            if step.within is not None:
                self.act(step.act, step.by, step.within)
        if norm.bearer.mode == "each":
            for actor in norm.bearer.actors:
                self.act(norm.act, Bearer("any", (actor,)))
        if norm.kind == "duty":
            self.duty(norm)

    def duty(self, norm: Norm) -> None:
        """What tells whether a duty has opened, was done or waived, or is late."""
        self.act(norm.act, norm.bearer)
        if norm.waiver:
            self.act(norm.waiver, norm.waived_by)
        if norm.while_state:
            self.state(norm.while_state, norm.id)
        if norm.trigger is None:
            return
        if norm.trigger.kind in ("start", "end"):
            self.state(norm.trigger.name, norm.id)
        else:
            self.act(norm.trigger.name, norm.trigger.by)

    def conditions(self, conditions: tuple[Condition, ...]) -> None:
        """Conditions that are asked together, of one choice of the states that they speak of."""
        for state in sorted(spoken_of(conditions)):
            self.state(state, conditions)
        self.terms(conditions)

    def terms(self, item: object) -> None:
        for term in terms.walk(item):
            match term:
                case Const():
                    self._constant(term)
                case terms.Done():
                    self.act(term.act, term.by, term)
                case terms.Happened():
                    self.act(term.event, None, term)
                case terms.TimeOf():
                    self.act(term.name, None, term)
                case terms.Quantified():
                    known = self._quantified.setdefault(term.path.slot, set())
                    if term not in known:
                        known.add(term)
                        more = max(1, term.number)
                        self.lists[term.path.slot] = self.lists.get(term.path.slot, 0) + more
                case Attr(space="state") | terms.StateTime() | terms.InEffect():
                    self.state(term.owner if isinstance(term, Attr) else term.state, None)

    def _constant(self, term: Const) -> None:
        if term.type.base == "text":
            self.texts.add(str(term.value))
        elif term.type.base == "person-id":
            self.persons.add(str(term.value))

    def act(self, name: str, by: Bearer | None, key: object = None) -> None:
        """That an act was done by one of a bearer, or an event happened."""
        known = self._atoms.setdefault(name, set())
        if (by, key) in known:
            return
        known.add((by, key))
        more = len(by.actors) if by is not None and by.mode == "each" else 1
        self.events[name] = self.events.get(name, 0) + more
        if by is not None:
            self.bearers[by] = None
            if by.mode == "each":
                self.bearers.update((Bearer("any", (actor,)), None) for actor in by.actors)

    def state(self, state: str, key: object) -> None:
        """That a state is spoken of; with what its bounds depend on, the first time."""
        asked = self._asked.get(state)
        if asked is None:
            asked = self._asked[state] = set()
            self.states[state] = 1
            self._bounds(state)
        if key is not None:
            asked.add(key)
            most = 1 if self.rules.one_at_a_time(state) else MOST_STRETCHES
            self.states[state] = min(most, max(1, len(asked)))
            if most > 1 and len(asked) > most:
                self.bounded.add(state)

    def _bounds(self, state: str) -> None:
        for norm in self.rules.lapses.get(state, ()):
            self.terms(norm.when)
            self.terms(norm.lapse_at)
            if norm.when or norm.lapse_at is not None:
                self.doubtful.add(state)
        begun = self.rules.effects.get(("begins", state), ())
        if any(e.duration is not None and e.duration.unit == "sitting days" for _, e in begun):
            self.doubtful.add(state)
        for norm, _ in self.rules.effects.get(("continues", state), ()):
            self.continued.add(state)
            self.act(norm.act, norm.bearer, "continues")
        for norm, _ in self.rules.effects.get(("amends", state), ()):
            self.act(norm.act, norm.bearer, "amends")

    # --- who did it

    def settle(self, extra: Iterable[Bearer] = ()) -> None:
        """Choose for each act the offices that may have done it: one of each sort that is told apart."""
        self.bearers.update(dict.fromkeys(extra))
        admitted = [self.rules.admitted(bearer) for bearer in self.bearers]
        acts = self.rules.book.vocabulary.acts
        for name in self.events:
            if name not in acts:
                self.doers[name] = None
                continue
            able = self.rules.doers(name) or frozenset(self.rules.book.vocabulary.actors)
            chosen: dict[tuple[bool, ...], str] = {}
            for actor in sorted(able):
                chosen.setdefault(tuple(actor in one for one in admitted), actor)
            self.doers[name] = tuple(chosen.values())


def gather(
    rules: Rules,
    act: str,
    norms: Iterable[Norm],
    conditions: Iterable[tuple[Condition, ...]] = (),
    done: Iterable[str] = (),
) -> Needs:
    """What a question on an act can tell apart."""
    needs = Needs(rules)
    for norm in (*norms, *rules.duties_before(act), *rules.excluded_by(act)):
        needs.norm(norm)
    before = {duty.act for duty in rules.duties_before(act)}
    for norm in rules.omissions:
        if any(norm.act in rules.book.vocabulary.act_up[name] for name in before):
            needs.norm(norm)
    for each in conditions:
        needs.conditions(each)
    for name in done:
        needs.act(name, None, "given")
    needs.settle()
    return needs
