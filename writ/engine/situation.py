"""What a condition can be asked against: the request, its history, the states bound, the variables.

Used by the reference interpreter; see `docs/semantics.md`, "Truth" and "Applicable norms".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from writ.book import dates
from writ.book.model import ANYONE, Book, Calendar, Vocabulary
from writ.book.terms import Attr, Value
from writ.engine.instance import Instance
from writ.engine.request import Event, Request
from writ.engine.truth import ABSENT, UNKNOWN, Lack, Truth, both, either
from writ.syntax.tree import Bearer


class Situation:
    """One way of reading a request for one norm.

    `open_world` reads what is not stated as unknown (entries of a given history); `grant` are the facts of the
    delegating act while a `limited to` is asked.
    """

    def __init__(
        self,
        book: Book,
        request: Request,
        calendar: Calendar | None,
        instances: tuple[Instance, ...] = (),
        bound: Mapping[str, Instance | None] | None = None,
        variables: Mapping[str, Mapping[str, Value]] | None = None,
        grant: Mapping[str, Value] | None = None,
        open_world: bool = False,
    ) -> None:
        self.book = book
        self.request = request
        self.calendar = calendar
        self.instances = instances
        self.bound = dict(bound or {})
        self.variables = dict(variables or {})
        self.grant = grant
        self.open_world = open_world
        self.now: dt.date = request.at
        self.zone = calendar.zone if calendar else ""

    # --- attributes

    def attribute(self, path: Attr) -> Value | Lack:
        """The value stated, or what its declaration says when it is not stated."""
        if path.space == "variable":
            return self._declared(path, self.variables[path.owner].get(path.bare))
        if path.space == "grant":
            return self._declared(path, (self.grant or {}).get(path.name))
        if path.space == "state":
            instance = self.instance(path.owner)
            return self._declared(path, instance.facts.get(path.name) if instance else None)
        return self._declared(path, self.request.facts.get(path.name))

    def _declared(self, path: Attr, value: Value | None) -> Value | Lack:
        if value is not None:
            return value
        if self.open_world:
            return UNKNOWN
        definition = self.book.vocabulary.attributes.get(path.slot)
        if definition is not None:
            if definition.unknown:
                return UNKNOWN
            if definition.default is not None:
                return definition.default
        return NOT_STATED.get(path.type.base, ABSENT)

    def stated(self, path: Attr) -> Truth:
        if path.space == "state":
            instance = self.instance(path.owner)
            given = instance is not None and path.name in instance.facts
        elif path.space == "grant":
            given = path.name in (self.grant or {})
        elif path.space == "variable":
            given = path.bare in self.variables[path.owner]
        else:
            given = path.name in self.request.facts
        return given or (None if self.open_world else False)

    def binding(self, variable: str, member: object) -> Situation:
        """The same situation with a variable of a quantifier bound to one member of its list."""
        assert isinstance(member, dict)
        return Situation(
            self.book,
            self.request,
            self.calendar,
            self.instances,
            self.bound,
            {**self.variables, variable: member},
            self.grant,
            self.open_world,
        )

    # --- states

    def instance(self, state: str) -> Instance | None:
        """The instance that the norm is being asked for, else the last one there is."""
        if state in self.bound:
            return self.bound[state]
        found = candidates(self, state)
        return found[-1] if found else None

    def in_effect(self, state: str) -> Truth:
        instance = self.instance(state)
        if instance is None:
            return None if self.open_world else False
        if instance.status(self.now, self.zone) != "in effect":
            return False
        return None if instance.doubtful(self.now, self.zone) else True

    def state_time(self, which: str, state: str) -> Value | Lack:
        instance = self.instance(state)
        if instance is None:
            return UNKNOWN if self.open_world else ABSENT
        if which == "start":
            return UNKNOWN if instance.since is None else instance.since
        end = instance.end(self.zone)
        if instance.sure_until is not None and (
            end is None or dates.compare(instance.sure_until, end, self.zone) < 0
        ):
            return UNKNOWN
        return ABSENT if end is None else end

    # --- acts and events

    def done(
        self, act: str, by: Bearer | None, by_actor: bool, since: Value | Lack | None
    ) -> Truth:
        """Whether the act (or a narrower one) was done before now, about the same thing, by whom is asked."""
        if since is ABSENT:
            return False
        found = self.told(act, "act")
        if by is not None and by.mode == "each":
            return both(
                [
                    either([self._timely(e, since) for e in found if self._by(e, actor.name)])
                    for actor in by.actors
                ]
            )
        if by is not None:
            found = [e for e in found if not e.by or bearer_admits(self.book.vocabulary, by, e.by)]
        truths = [self._timely(e, since) for e in found]
        if by_actor:
            truths = [
                both([truth, self._same_person(e)]) for truth, e in zip(truths, found, strict=True)
            ]
        return either(truths) if truths else (None if self.open_world else False)

    def happened(self, event: str, since: Value | Lack | None) -> Truth:
        if since is ABSENT:
            return False
        found = self.told(event, "event")
        truths = [self._timely(e, since) for e in found]
        return either(truths) if truths else (None if self.open_world else False)

    def time_of(self, name: str, first: bool = False) -> Value | Lack:
        """When the act or event last (or first) was; unknown if it was at a time not stated."""
        kind = "act" if name in self.book.vocabulary.acts else "event"
        found = self.told(name, kind)
        if not found:
            return UNKNOWN if self.open_world else ABSENT
        times = [e.at for e in found if e.at is not None]
        if not times:
            return UNKNOWN
        if len(times) == 1:
            return times[0]
        return (min if first else max)(times, key=lambda time: self._place(time, first))

    def _place(self, time: dt.date, first: bool) -> tuple[dt.date, bool, float]:
        """Its place in time. Of one day a moment is sooner the first, and sooner the last, than the day alone."""
        exact = isinstance(time, dt.datetime)
        moment = time.timestamp() if isinstance(time, dt.datetime) else 0.0
        return dates.day_of(time, self.zone), exact is not first, moment

    def actor_holds(self, office: str) -> Truth:
        return office in self.book.vocabulary.actor_up.get(self.request.actor, ())

    def _by(self, event: Event, actor: str) -> bool:
        return not event.by or actor in self.book.vocabulary.actor_up.get(event.by, ())

    def _same_person(self, event: Event) -> Truth:
        if not event.person or not self.request.person:
            return None
        return event.person == self.request.person

    def _timely(self, event: Event, since: Value | Lack | None) -> Truth:
        if since is None:
            return True
        if event.at is None or since is UNKNOWN:
            return None
        assert isinstance(since, dt.date)
        return dates.compare(event.at, since, self.zone) >= 0

    def told(self, name: str, kind: str) -> list[Event]:
        """The entries of the history that are such an act or event, not after now, and about the same thing."""
        vocabulary = self.book.vocabulary
        return [
            event
            for event in self.request.done
            if is_such(vocabulary, event, name, kind) and self._concerns(event)
        ]

    def _concerns(self, event: Event) -> bool:
        return concerns(self.book.vocabulary, self.request, event, self.zone)


MOST_INSTANCES = 64
"""So many instances of one state, the last, a norm is asked for: choices of several states multiply."""

NOT_STATED: dict[str, Value] = {"yes-no": False, "set": frozenset(), "list": ()}


def event_matches(
    vocabulary: Vocabulary, request: Request, event: Event, name: str, kind: str, zone: str
) -> bool:
    """Whether an entry of the history is such an act or event, not after now, and about the same thing."""
    return is_such(vocabulary, event, name, kind) and concerns(vocabulary, request, event, zone)


def is_such(vocabulary: Vocabulary, event: Event, name: str, kind: str) -> bool:
    """Whether an entry of the history is such an act (or a narrower one) or such an event."""
    if kind == "act":
        return name in vocabulary.act_up.get(event.name, ())
    return event.name == name


def concerns(vocabulary: Vocabulary, request: Request, event: Event, zone: str) -> bool:
    """Whether an entry of the history is not after now, and about the same thing.

    Things are compared only where both are stated and of one family: a report on D-1 says nothing of D-2, but an
    order is not the declaration it was made under.
    """
    if event.at is not None and dates.compare(event.at, request.at, zone) > 0:
        return False
    if not event.about or not request.about or event.about == request.about:
        return True
    mine = request.thing or thing_of(vocabulary, request.act)
    theirs = thing_of(vocabulary, event.name)
    return not same_family(vocabulary, mine, theirs)


def thing_of(vocabulary: Vocabulary, name: str) -> str:
    """The thing that an act is done to, or an event is of."""
    definition = vocabulary.acts.get(name) or vocabulary.events.get(name)
    return definition.thing if definition else ""


def same_family(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Whether two things could be the same: one is the other, or a narrower kind of it."""
    return (
        one == other
        or one in vocabulary.thing_up.get(other, ())
        or other in vocabulary.thing_up.get(one, ())
    )


def candidates(situation: Situation, state: str) -> list[Instance]:
    """The instances of a state that a norm may be asked for: those in effect, else the last that there was."""
    vocabulary = situation.book.vocabulary
    thing = vocabulary.states[state].thing
    mine = situation.request.thing or thing_of(vocabulary, situation.request.act)
    found = [
        instance
        for instance in situation.instances
        if instance.state == state
        and instance.status(situation.now, situation.zone) != "not begun"
        and not (
            instance.about
            and situation.request.about
            and instance.about != situation.request.about
            and same_family(vocabulary, mine, thing)
        )
    ]
    running = [i for i in found if i.status(situation.now, situation.zone) == "in effect"]
    return running[-MOST_INSTANCES:] or found[-1:]


def bearer_admits(vocabulary: Vocabulary, bearer: Bearer, actor: str) -> bool:
    """Whether an actor is one of a bearer, by name or by what it `is`; numbers are asked elsewhere."""
    above = vocabulary.actor_up.get(actor) or (actor, ANYONE)
    for excepted in bearer.excepted:
        if excepted.name in above:
            return False
    if bearer.mode == "none":
        return True
    for member in bearer.actors:  # noqa: SIM110  # asked of every act: a generator costs more than the loop
        if member.name in above:
            return True
    return False
