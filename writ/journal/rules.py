"""A book as the fast replay needs it: what each act, event and state may set going."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

import msgspec

from writ.book.model import GRANTS, Book, Norm
from writ.book.terms import Value
from writ.engine.applies import bears
from writ.engine.closures import Test
from writ.engine.engine import Engine, engine_of
from writ.engine.entry import Entry as Compiled
from writ.engine.index import Index
from writ.engine.situation import same_family, thing_of
from writ.engine.timeline import Lapse
from writ.engine.truth import UNKNOWN
from writ.journal import life as lives
from writ.journal.acts import is_material
from writ.journal.excuses import Hanging, excuses_of, hanging_of
from writ.journal.looks import (
    NOTHING,
    Looks,
    looks_of,
    looks_of_duty,
    looks_of_effects,
    looks_of_norm,
    together,
)
from writ.journal.narrow import Narrowed


class ActRules(msgspec.Struct):
    """What one act may set going."""

    up: frozenset[str]
    thing: str
    material: bool
    looks: Looks
    """What deciding it looks at."""
    effects: dict[str, tuple[Norm, Compiled]]
    """Norms that give it effect, by id in the order of the book."""
    bounding: list[str]
    """Of these the ones that grant nothing: limits."""
    triggered: Narrowed[DutyRules]
    befores: list[Norm]
    doing: list[tuple[str, bool]]
    """The acts whose duties it may do or waive, and whether those are told apart by their thing."""
    touches: frozenset[str]
    """Itself and the broader acts that some condition looks back at."""


class StateRules(msgspec.Struct):
    thing: str
    lapses: Narrowed[Lapse]
    simple: bool
    """Whether its lapses are periods without a condition."""
    looks: Looks
    """What its lapses look at."""
    elsewhere: Looks
    """The same, without the state itself."""
    starts: Narrowed[DutyRules]
    ends: Narrowed[DutyRules]
    closing: list[Norm]
    """Duties that last while it is in effect."""


class DutyRules(msgspec.Struct):
    """What the life of a duty hangs on besides its acts."""

    norm: Norm
    compiled: Compiled
    until: Looks
    watched: Looks
    """Of a duty that the law alone opens: what its `when` and its day look at."""
    family: str
    asking: Looks
    """What its `when` looks at."""
    excuses: list[Norm]
    """Permissions to leave it undone."""
    hangs: Hanging
    falling: Looks
    """What lets it fall away looks at."""
    falls: Test | None
    """Its `until`."""
    manner: Test | None
    """Its `so that`."""
    heirs: tuple[str, ...]
    """To whom it is owed apart."""
    tracked: bool
    """Whether something besides its act may close it or move its day."""

    def is_out(self, facts: Mapping[str, Value], index: Index) -> bool:
        """Whether one of the facts alone makes its `when` false."""
        for slot, values in self.compiled.choices.items():
            given = facts.get(slot)
            value = index.not_stated(slot) if given is None else given
            if value is not UNKNOWN and value not in values:
                return True
        return False


class Rules:
    def __init__(self, book: Book, engine: Engine | None = None) -> None:
        self.book = book
        self.engine: Engine = engine if engine is not None else engine_of(book)
        self.index = self.engine.index
        self.acts: dict[str, ActRules] = {}
        """Those asked for so far (`act`)."""
        self._related: dict[tuple[str, str], bool] = {}
        self._near: dict[tuple[str, str], bool] = {}
        self._states_of: dict[str, frozenset[str]] = {}
        norms = book.norms
        self.duties = {norm.id: self._duty(norm) for norm in norms if norm.kind == "duty"}
        self.dated = [duty for duty in self.duties.values() if lives.is_dated(duty.norm)]
        self.opened_by_law = frozenset(duty.norm.id for duty in self.dated)
        self.periodic = [duty.norm for duty in self.duties.values() if lives.is_periodic(duty.norm)]
        self.period_names = [norm.id for norm in self.periodic]
        self.standing = [d.norm for d in self.duties.values() if lives.is_standing(d.norm)]
        by_event: dict[str, list[DutyRules]] = {}
        for duty in self.duties.values():
            trigger = duty.norm.trigger
            if trigger is not None and trigger.kind == "event":
                by_event.setdefault(trigger.name, []).append(duty)
        self.by_event = {name: self.narrowed(duties) for name, duties in by_event.items()}
        self.states = {name: self._state(name) for name in book.vocabulary.states}
        self.remembered = self._remembered()
        """The acts and events that something looks back at."""
        self.uneven = frozenset(
            name
            for name in self.remembered
            for narrow in book.vocabulary.act_down.get(name, ())
            if not self.related(thing_of(book.vocabulary, name), thing_of(book.vocabulary, narrow))
        )
        """Of these every doing is kept: the narrower acts are done to other things."""
        self.state_watchers = self._watchers()
        """The states whose lapses look at something that may change, by what that is."""
        self.dated_watchers = self._norms({d.norm.id: d.watched for d in self.dated})
        self.until_watchers = self._norms({d.norm.id: d.until for d in self.duties.values()})
        watchers = (self.state_watchers, self.dated_watchers, self.until_watchers)
        self.watches_now = any("now" in one for one in watchers)
        """Whether anything that is asked again looks at the time itself."""
        heard = frozenset().union(*watchers)
        self.heard_names = {key[5:]: key for key in heard if key.startswith("name ")}
        """The acts and events of which somebody is told, and by what key; likewise the states and the facts."""
        self.heard_states = {key[6:]: key for key in heard if key.startswith("state ")}
        self.heard_slots = {key[5:]: key for key in heard if key.startswith("slot ")}
        self._borne: dict[tuple[str, str], bool] = {}
        self._watching: dict[tuple[str, str, str], tuple[frozenset[str], tuple[str, ...]]] = {}
        self._dated_of: dict[str, Narrowed[DutyRules]] = {}
        self.epochs = lives.epochs_of(book)
        """The days on which a norm comes into force or goes out of it."""

    def narrowed(self, duties: Iterable[DutyRules]) -> Narrowed[DutyRules]:
        return Narrowed(self.index, [(duty, duty.compiled) for duty in duties])

    def act(self, name: str) -> ActRules:
        found = self.acts.get(name)
        if found is None:
            found = self.acts[name] = self._act(name)
        return found

    def dated_of(self, thing: str) -> Narrowed[DutyRules]:
        """The duties that the law alone opens about things of a family."""
        found = self._dated_of.get(thing)
        if found is None:
            mine = [duty for duty in self.dated if self.is_subject(duty.family, thing)]
            found = self._dated_of[thing] = self.narrowed(mine)
        return found

    def is_subject(self, family: str, thing: str) -> bool:
        """Whether a duty about one family of things is about a thing of another (`World.subjects`)."""
        return self.related(thing, family) if family and thing else family == thing

    def watching(self, what: str, key: str, thing: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The duties that look (`dated` or `until`) at what has changed for a thing: of its family, and others."""
        found = self._watching.get((what, key, thing))
        if found is None:
            norms = (self.dated_watchers if what == "dated" else self.until_watchers).get(key, ())
            near = [norm for norm in norms if self.related(thing, self.duties[norm].family)]
            far = tuple(norm for norm in norms if norm not in near)
            found = self._watching[what, key, thing] = (frozenset(near), far)
        return found

    def _act(self, name: str) -> ActRules:
        book, index = self.book, self.index
        on_act = index.on_act(name)
        up = book.vocabulary.act_up.get(name, frozenset({name}))
        norms = [book.norms[at] for at in on_act.norms]
        looks = together(looks_of_norm(norm) for norm in norms)
        for at in (*on_act.befores, *on_act.shut, *on_act.spares):
            looks |= looks_of_duty(book.norms[at])
        for at in index.effective.get(name, ()):
            looks |= looks_of_effects(book.norms[at].effects)
        thing = thing_of(book.vocabulary, name)
        effects = {
            book.norms[at].id: (book.norms[at], index.entry(at))
            for at in sorted(index.effective.get(name, ()))
            if book.norms[at].kind != "lapse"
        }
        owed = {duty.norm.act for duty in self.duties.values()}
        waived = (duty.norm.act for duty in self.duties.values() if duty.norm.waiver in up)
        return ActRules(
            up,
            thing,
            is_material(book, name),
            looks,
            effects,
            [one for one, (norm, _) in effects.items() if norm.kind not in GRANTS],
            self.narrowed(self.duties[book.norms[at].id] for at in on_act.triggered),
            [book.norms[at] for at in on_act.befores],
            [
                (act, self.related(thing, thing_of(book.vocabulary, act)))
                for act in dict.fromkeys((*up, *waived))
                if act in owed
            ],
            frozenset(one for one in up if one in self.remembered),
        )

    def _state(self, name: str) -> StateRules:
        book = self.book
        lapses = self.engine.timeline.lapses.get(name, [])
        duties = self.duties.values()
        looks = together(
            looks_of((norm.when, (norm.lapse_at,) if norm.lapse_at is not None else ()))
            for norm in (lapse.norm for lapse in lapses)
        )
        return StateRules(
            book.vocabulary.states[name].thing,
            Narrowed(self.index, [(lapse, lapse.entry) for lapse in lapses]),
            all(lapse.simple for lapse in lapses),
            looks,
            msgspec.structs.replace(looks, states=looks.states - {name}),
            self.narrowed(d for d in duties if opens_at(d.norm, "start", name)),
            self.narrowed(d for d in duties if opens_at(d.norm, "end", name)),
            [d.norm for d in duties if d.norm.while_state == name],
        )

    def _duty(self, norm: Norm) -> DutyRules:
        thing = norm.thing or thing_of(self.book.vocabulary, norm.act)
        watched = NOTHING
        excuses = excuses_of(self.book, norm)
        until = looks_of((norm.until, tuple(one.when for one in excuses)))
        if lives.is_dated(norm):
            watched = looks_of((norm.when, norm.due_by)) | until
        elif norm.due_by is not None:
            until |= looks_of(norm.due_by)
        compiled = self.index.entry(self.index.place[norm.id])
        moving = norm.trigger is not None and norm.due_by is not None
        return DutyRules(
            norm,
            compiled,
            until,
            watched,
            thing,
            looks_of((norm.when, norm.so_that)) | looks_of_effects(norm.breach),
            excuses,
            hanging_of(norm),
            watched | until | Looks(states=frozenset({norm.while_state} - {""})),
            compiled.until,
            self.index.closures(norm.instrument).every(norm.so_that) if norm.so_that else None,
            lives.heirs(norm),
            bool(norm.until or norm.while_state or norm.end is not None or excuses or moving),
        )

    def _remembered(self) -> frozenset[str]:
        found: set[str] = set()
        for norm in self.book.norms:
            found |= looks_of_norm(norm).names
            for expression in (norm.lapse_at, norm.due_by):
                if expression is not None:
                    found |= looks_of(expression).names
            if norm.kind == "duty" and (norm.before or lives.is_standing(norm)):
                found.add(norm.act)
            found |= looks_of_effects((*norm.effects, *norm.breach)).names
        for name in self.book.vocabulary.acts:
            for at in self.index.on_act(name).shut:
                found |= looks_of_duty(self.book.norms[at]).names
            for at in self.index.on_act(name).befores:
                found |= looks_of_duty(self.book.norms[at]).names
        return frozenset(found)

    def _watchers(self) -> dict[str, list[str]]:
        """Keys: `name X`, `state X`, `slot X`, `now`."""
        found: dict[str, list[str]] = {}
        for name, state in self.states.items():
            if not state.simple:
                for key in keys_of(state.looks):
                    found.setdefault(key, []).append(name)
        return found

    @staticmethod
    def _norms(looks: dict[str, Looks]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for norm, one in looks.items():
            for key in keys_of(one):
                found.setdefault(key, []).append(norm)
        return found

    def bears(self, norm: Norm, actor: str) -> bool:
        """Whether a norm binds an actor (`applies.bears`)."""
        found = self._borne.get((norm.id, actor))
        if found is None:
            found = bears(self.book, norm.bearer, actor)
            if actor in self.book.vocabulary.actors:
                self._borne[norm.id, actor] = found
        return found

    def is_near(self, name: str, thing: str) -> bool:
        """Whether of an act or event only what was done to the thing itself concerns a question about it."""
        found = self._near.get((name, thing))
        if found is None:
            theirs = thing_of(self.book.vocabulary, name)
            found = name not in self.uneven and self.related(thing, theirs)
            self._near[name, thing] = found
        return found

    def states_of(self, thing: str) -> frozenset[str]:
        """The states of things that could be that one."""
        found = self._states_of.get(thing)
        if found is None:
            mine = (name for name, state in self.states.items() if self.related(thing, state.thing))
            found = self._states_of[thing] = frozenset(mine)
        return found

    def related(self, one: str, other: str) -> bool:
        """Whether two things could be the same (`situation.same_family`)."""
        found = self._related.get((one, other))
        if found is None:
            found = self._related[one, other] = same_family(self.book.vocabulary, one, other)
        return found


def opens_at(duty: Norm, kind: str, state: str) -> bool:
    """Whether the start or the end of a state opens it."""
    trigger = duty.trigger
    return trigger is not None and (trigger.kind, trigger.name) == (kind, state)


def keys_of(looks: Looks) -> Iterable[str]:
    """What a change is announced by."""
    for name in looks.names:
        yield f"name {name}"
    for name in looks.states:
        yield f"state {name}"
    for name in looks.slots:
        yield f"slot {name}"
    if looks.now:
        yield "now"


_rules: WeakKeyDictionary[Book, Rules] = WeakKeyDictionary()


def rules_of(book: Book) -> Rules:
    """The rules of a book, made once for all replays, and forgotten with the book."""
    found = _rules.get(book)
    if found is None:
        # A copy, shallow: the rules must not keep the key of their own entry alive.
        found = _rules[book] = Rules(copy.copy(book), engine_of(book))
    return found
