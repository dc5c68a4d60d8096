"""The linked model of a book: vocabulary, instruments, norms. All frozen values; building them is `writ.book.link`."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import msgspec

from writ.book.assurances import Assurance
from writ.book.effects import EffectTerm, StepTerm, TriggerTerm
from writ.book.overrides import Override, Ranking
from writ.book.place import Place, Vacancy
from writ.book.terms import Attr, Condition, Expr, Period, Type, Value
from writ.diagnostics import Source, Span
from writ.syntax.tree import Bearer, HolidayRule

# Parts of the model that are defined elsewhere.
__all__ = ["Assurance", "EffectTerm", "Override", "Place", "StepTerm", "TriggerTerm", "Vacancy"]

ANYONE = "anyone"
DEFAULT_RANKS = (
    "constitution",
    "treaty",
    "statute",
    "regulation",
    "policy",
    "directive",
    "protocol",
)

GRANTS = frozenset({"power", "permission", "right", "delegation", "duty"})
BARS = frozenset({"prohibition", "disability", "immunity"})


class AttributeDef(msgspec.Struct, frozen=True, gc=False):
    """An attribute. `slot` is its key among a request's facts: `owner.name`, or the bare name of a fact."""

    slot: str
    owner: str
    name: str
    type: Type
    description: str
    place: Place
    unknown: bool = False
    default: Value | None = None
    """The value when not stated; None is absent (or unknown)."""


class ValueDef(msgspec.Struct, frozen=True, gc=False):
    name: str
    description: str


class KindDef(msgspec.Struct, frozen=True, dict=True):
    """A `kind`, or `levels` where `ordered` (lowest first)."""

    name: str
    description: str
    values: tuple[ValueDef, ...]
    ordered: bool
    place: Place

    @cached_property
    def order(self) -> dict[str, int]:
        return {value.name: at for at, value in enumerate(self.values)}


class ActorDef(msgspec.Struct, frozen=True, gc=False):
    """`kind`: office, body or person. `parents` are the names after `is`."""

    name: str
    kind: str
    description: str
    place: Place
    parents: tuple[str, ...] = ()
    body: str = ""
    reports_to: tuple[str, ...] = ()
    succession: tuple[str, ...] = ()
    members: str = ""
    quorum: int = 0
    vacancies: tuple[Vacancy, ...] = ()


class ActDef(msgspec.Struct, frozen=True, gc=False):
    name: str
    description: str
    place: Place
    parents: tuple[str, ...] = ()
    thing: str = ""
    reserved: bool = False
    excludes: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    """Slots of its own attributes."""
    material: bool = False
    """Done is done: in a journal it has its effects although nobody allowed it."""


class ThingDef(msgspec.Struct, frozen=True, gc=False):
    name: str
    description: str
    place: Place
    parents: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


class StateDef(msgspec.Struct, frozen=True, gc=False):
    name: str
    description: str
    place: Place
    thing: str = ""
    attributes: tuple[str, ...] = ()


class EventDef(msgspec.Struct, frozen=True, gc=False):
    name: str
    description: str
    place: Place
    attributes: tuple[str, ...] = ()
    thing: str = ""


class DefinitionDef(msgspec.Struct, frozen=True):
    """A named condition (type `yes-no`) or value. Norms carry its meaning, not its name."""

    name: str
    type: Type
    description: str
    place: Place
    meaning: Condition | Expr


class Calendar(msgspec.Struct, frozen=True, gc=False):
    name: str
    description: str
    place: Place
    zone: str = "UTC"
    weekend: frozenset[int] = frozenset({5, 6})
    """Weekdays that are not working days, Monday is 0."""
    holidays: tuple[HolidayRule, ...] = ()
    sittings: dict[str, tuple[dt.date, ...]] = {}
    """Sitting days of each body, in order."""
    rolls_forward: bool = False
    """A due day that is a holiday moves to the next day that is none."""
    recesses: dict[str, tuple[tuple[dt.date, dt.date], ...]] = {}
    """First and last day of the spans in which a body surely does not sit, in order of the first."""
    rolls_to: str = ""
    """The body to whose next sitting day a due day moves."""
    provision: str = ""
    """The label of the provision in which it stands."""
    counts_first_day: bool = False
    """A period begins with the day it is counted from, and not with the day after."""


class Vocabulary(msgspec.Struct, frozen=True):
    """Every declared name. Names are unique across the whole vocabulary; values of kinds are local to them."""

    kinds: dict[str, KindDef]
    actors: dict[str, ActorDef]
    acts: dict[str, ActDef]
    things: dict[str, ThingDef]
    states: dict[str, StateDef]
    events: dict[str, EventDef]
    attributes: dict[str, AttributeDef]
    """By slot."""
    calendars: dict[str, Calendar]
    actor_up: dict[str, frozenset[str]]
    """Each actor -> itself, all that it `is`, and `anyone`."""
    act_up: dict[str, frozenset[str]]
    """Each act -> itself and the broader acts."""
    thing_up: dict[str, frozenset[str]]
    actor_down: dict[str, frozenset[str]]
    """Each actor -> itself and all that are it (`anyone` -> all)."""
    act_down: dict[str, frozenset[str]]
    thing_down: dict[str, frozenset[str]]
    definitions: dict[str, DefinitionDef] = {}


class Instrument(msgspec.Struct, frozen=True, gc=False):
    """`start` is None while the instrument waits `on commencement`."""

    id: str
    title: str
    kind: str
    rank: int
    """0 is the highest."""
    citation: str
    cite_as: str
    place: Place
    top: bool = False
    enacted_by: str = ""
    under: tuple[str, str] | None = None
    """(instrument, label) of the power it is made under."""
    enacted: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    review: dt.date | None = None
    owner: str = ""
    calendar: str = ""

    def cite(self, label: str) -> str:
        return (
            self.cite_as.replace("{}", label) if label else self.cite_as.replace("{}", "").strip()
        )


class Norm(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One norm, linked. `act` is what a request asks about (for a delegation, the delegating act)."""

    id: str
    """`instrument/label`, with `~2`, `~3` for further norms at one label."""
    kind: str
    """power, permission, duty, prohibition, right, immunity, disability, limit, delegation, lapse."""
    instrument: str
    label: str
    citation: str
    title: str
    rank: int
    place: Place
    label_place: Place
    bearer: Bearer
    """For immunity: who is immune. `lapse` norms carry an empty bearer."""
    act: str = ""
    thing: str = ""
    omission: bool = False
    """`need not`: a permission to leave undone."""
    start: dt.date | None = None
    """First day in force; None: not commenced."""
    end: dt.date | None = None
    """First day no longer in force."""
    gaps: tuple[Vacancy, ...] = ()
    """Suspensions: from, until (last day suspended)."""
    known: dt.date | None = None
    enacted: dt.date | None = None
    when: tuple[Condition, ...] = ()
    """Conjuncts, flattened; `unless C` has become `Not(C)`."""
    after: tuple[StepTerm, ...] = ()
    with_: tuple[Condition, ...] = ()
    stating: tuple[Attr, ...] = ()
    recording: tuple[Attr, ...] = ()
    so_that: tuple[Condition, ...] = ()
    to: Bearer | None = None
    within: Period | None = None
    trigger: TriggerTerm | None = None
    due_by: Expr | None = None
    before: str = ""
    every: Period | None = None
    while_state: str = ""
    for_each: str = ""
    until: tuple[Condition, ...] = ()
    waived_by: Bearer | None = None
    waiver: str = ""
    breach: tuple[EffectTerm, ...] = ()
    effects: tuple[EffectTerm, ...] = ()
    enabling: tuple[str, ...] = ()
    delegated: tuple[str, ...] = ()
    recipients: Bearer | None = None
    limited_to: tuple[Condition, ...] = ()
    depth: int = 1
    lasts: Period | None = None
    state: str = ""
    """Of a lapse."""
    lapse_after: Period | None = None
    lapse_at: Expr | None = None
    clause_places: tuple[tuple[str, int], ...] = ()
    """(clause word, packed span) in the order written, for diagnostics."""


class Book:
    """A linked book. Treat as frozen; indexes are computed once on first use."""

    def __init__(
        self,
        name: str,
        title: str,
        ranks: tuple[str, ...],
        calendar: str,
        vocabulary: Vocabulary,
        instruments: dict[str, Instrument],
        norms: tuple[Norm, ...],
        overrides: tuple[Override, ...],
        sources: dict[str, Source],
        root: str = "",
        digest: str = "",
        assurances: tuple[Assurance, ...] = (),
    ) -> None:
        self.name = name
        self.title = title
        self.ranks = ranks
        self.default_calendar = calendar
        self.vocabulary = vocabulary
        self.instruments = instruments
        self.norms = norms
        self.overrides = overrides
        self.sources = sources
        self.root = root
        self.digest = digest
        """Of the names and contents of all files, where the book was loaded from a folder with a cache."""
        self.assurances = assurances
        """What a prover shows of the book; no decision depends on them."""

    @cached_property
    def by_id(self) -> dict[str, Norm]:
        return {norm.id: norm for norm in self.norms}

    @cached_property
    def by_act(self) -> dict[str, tuple[Norm, ...]]:
        """Norms by the act that they name (not by narrower or broader ones)."""
        found: dict[str, list[Norm]] = {}
        for norm in self.norms:
            if norm.act:
                found.setdefault(norm.act, []).append(norm)
        return {act: tuple(norms) for act, norms in found.items()}

    @cached_property
    def ranking(self) -> Ranking:
        """Which norms override which, and when."""
        return Ranking(self.overrides, self.by_id)

    @property
    def beats(self) -> frozenset[tuple[str, str]]:
        """(winner, loser) of the explicit overrides that have effect whenever both norms are in force and known."""
        return self.ranking.always

    @cached_property
    def offices_once_vacant(self) -> tuple[ActorDef, ...]:
        """Offices that are vacant at some time and have a succession."""
        actors = self.vocabulary.actors.values()
        return tuple(actor for actor in actors if actor.vacancies and actor.succession)

    @cached_property
    def made_under(self) -> dict[str, frozenset[str]]:
        """Each instrument -> itself and every instrument made under it, however far down."""
        children: dict[str, list[str]] = {}
        for item in self.instruments.values():
            if item.under:
                children.setdefault(item.under[0], []).append(item.id)
        found: dict[str, frozenset[str]] = {}
        for start in self.instruments:
            seen = {start}
            todo = [start]
            while todo:
                for child in children.get(todo.pop(), ()):
                    if child not in seen:
                        seen.add(child)
                        todo.append(child)
            found[start] = frozenset(seen)
        return found

    def with_calendars(self, calendars: dict[str, Calendar]) -> Book:
        """The same book counting by other calendars."""
        return Book(
            self.name,
            self.title,
            self.ranks,
            self.default_calendar,
            msgspec.structs.replace(self.vocabulary, calendars=calendars),
            self.instruments,
            self.norms,
            self.overrides,
            self.sources,
            self.root,
            assurances=self.assurances,
        )

    def calendar_of(self, instrument: str) -> Calendar | None:
        """The calendar by which an instrument counts, if any."""
        item = self.instruments.get(instrument)
        name = (item.calendar if item else "") or self.default_calendar
        return self.vocabulary.calendars.get(name)

    def span(self, place: Place) -> Span:
        source = self.sources.get(place.file)
        if source is None:
            return Span(place.file, 1, 1, 1, 1)
        return source.span(place.span)
