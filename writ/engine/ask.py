"""Requests from plain data: what a person wrote in YAML or JSON, checked against the vocabulary of a book.

`docs/language.md`, "Asking", gives the format. Every mistake is reported with the field and what to do; a request with
a mistake is not asked.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping

from writ.book import dates
from writ.book.model import AttributeDef, Book
from writ.book.terms import Period, Type, Value
from writ.diagnostics import Diagnostic, Severity, Span
from writ.engine.request import Event, Grant, Request, StateGiven

CODE = "Q901"
NOWHERE = Span("<request>", 1, 1, 1, 1)
REQUEST_FIELDS = frozenset(
    [
        "actor",
        "act",
        "thing",
        "about",
        "against",
        "at",
        "omit",
        "facts",
        "done",
        "states",
        "delegations",
        "known-at",
        "person",
        "number",
    ]
)
ACTOR_FIELDS = frozenset({"office", "body", "person", "number", "kind"})
EVENT_FIELDS = frozenset({"act", "event", "by", "at", "about", "to", "person", "facts"})
STATE_FIELDS = frozenset({"state", "since", "until", "about", "facts"})
GRANT_FIELDS = frozenset(
    {"by", "to", "act", "at", "until", "revoked", "by-person", "to-person", "facts"}
)
MAX_ENTRIES = 10_000
MAX_STATES = 64
"""A norm is asked once for each choice of the states that it speaks of; more than this would multiply without end."""


def read_request(
    book: Book, data: object, where: Span | None = None
) -> tuple[Request | None, list[Diagnostic]]:
    """The request that `data` states, or None with what is wrong in it."""
    reader = _Reader(book, where or NOWHERE)
    request = reader.request(data)
    return (None if reader.found else request), reader.found


class _Reader:
    """Reads one request, collecting what is wrong; its methods give a harmless value in place of a wrong one."""

    def __init__(self, book: Book, where: Span) -> None:
        self.book = book
        self.vocabulary = book.vocabulary
        self.where = where
        self.found: list[Diagnostic] = []
        self.meant = ""
        """The fields that unknown ones are probably misspellings of."""

    def wrong(self, message: str, help: str = "") -> None:
        self.found.append(Diagnostic(CODE, Severity.ERROR, message, self.where, help))

    # --- parts

    def request(self, data: object) -> Request | None:
        fields = self.fields(data, REQUEST_FIELDS, "a request")
        if fields is None:
            return None
        actor, person, number = self.actor(fields.get("actor"))
        person = self.text(fields.get("person"), "person") or person
        number = self.count(fields.get("number"), "number") or number
        act = self.name(fields.get("act"), self.vocabulary.acts, "act", "act")
        at = self.date(fields.get("at"), "at")
        if "at" not in fields and "`at`" not in self.meant:
            self.wrong("the request does not say `at`", "give a day such as 2022-02-14")
        thing = self.optional(fields.get("thing"), self.vocabulary.things, "thing", "thing")
        own = self.vocabulary.acts[act].thing if act in self.vocabulary.acts else ""
        facts = self.facts(fields.get("facts"), act, thing or own, "facts")
        return Request(
            actor=actor,
            act=act,
            at=at or dt.date.min,
            facts=facts,
            thing=thing,
            about=self.text(fields.get("about"), "about"),
            against=self.optional(
                fields.get("against"), self.vocabulary.actors, "against", "actor"
            ),
            person=person,
            number=number,
            omit=self.truth(fields.get("omit"), "omit"),
            done=tuple(self.event(one, at) for one in self.listed(fields.get("done"), "done")),
            states=tuple(self.state(one) for one in self.listed(fields.get("states"), "states")),
            delegations=tuple(
                self.grant(one) for one in self.listed(fields.get("delegations"), "delegations")
            ),
            known_at=self.date(fields.get("known-at"), "known-at"),
        )

    def actor(self, data: object) -> tuple[str, str, int]:
        if isinstance(data, Mapping):
            fields = self.fields(data, ACTOR_FIELDS, "an actor") or {}
            office = fields.get("office") or fields.get("body") or fields.get("kind")
            name = self.name(office, self.vocabulary.actors, "actor", "office, body or person")
            return (
                name,
                self.text(fields.get("person"), "actor.person"),
                self.count(fields.get("number"), "actor.number"),
            )
        return (
            self.name(data, self.vocabulary.actors, "actor", "office, body or person"),
            "",
            0,
        )

    def event(self, data: object, at: dt.date | None) -> Event:
        names = {**self.vocabulary.acts, **self.vocabulary.events}
        if isinstance(data, str):
            return Event(self.name(data, names, "done", "act or event"))
        fields = self.fields(data, EVENT_FIELDS, "an entry of `done`") or {}
        given = fields.get("act", fields.get("event"))
        name = self.name(given, names, "done", "act or event")
        act = self.vocabulary.acts.get(name)
        return Event(
            name,
            self.date(fields.get("at"), "done.at"),
            self.optional(fields.get("by"), self.vocabulary.actors, "done.by", "actor"),
            self.text(fields.get("person"), "done.person"),
            self.text(fields.get("about"), "done.about"),
            self.optional(fields.get("to"), self.vocabulary.actors, "done.to", "actor"),
            self.facts(fields.get("facts"), name, act.thing if act else "", "done.facts"),
        )

    def state(self, data: object) -> StateGiven:
        if isinstance(data, str):
            return StateGiven(self.name(data, self.vocabulary.states, "states", "state"))
        fields = self.fields(data, STATE_FIELDS, "an entry of `states`") or {}
        name = self.name(fields.get("state"), self.vocabulary.states, "states.state", "state")
        slots = self.facts(fields.get("facts"), name, "", "states.facts")
        return StateGiven(
            name,
            self.date(fields.get("since"), "states.since"),
            self.date(fields.get("until"), "states.until"),
            self.text(fields.get("about"), "states.about"),
            {slot.rpartition(".")[2]: value for slot, value in slots.items()},
        )

    def grant(self, data: object) -> Grant:
        fields = self.fields(data, GRANT_FIELDS, "an entry of `delegations`") or {}
        actors = self.vocabulary.actors
        act = self.name(fields.get("act"), self.vocabulary.acts, "delegations.act", "act")
        at = self.date(fields.get("at"), "delegations.at")
        if fields and at is None and "at" not in fields:
            self.wrong("a delegation does not say `at`", "give the day on which it was made")
        own = self.vocabulary.acts[act].thing if act in self.vocabulary.acts else ""
        return Grant(
            self.name(fields.get("by"), actors, "delegations.by", "office, body or person"),
            self.name(fields.get("to"), actors, "delegations.to", "office, body or person"),
            act,
            at or dt.date.min,
            self.date(fields.get("until"), "delegations.until"),
            self.date(fields.get("revoked"), "delegations.revoked"),
            self.text(fields.get("by-person"), "delegations.by-person"),
            self.text(fields.get("to-person"), "delegations.to-person"),
            self.facts(fields.get("facts"), act, own, "delegations.facts"),
        )

    # --- facts

    def facts(self, data: object, owner: str, thing: str, field: str) -> dict[str, Value]:
        """Facts by slot; a bare name is looked for as a condition would: act or state, thing, facts."""
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self.wrong(f"`{field}` is not a mapping of attributes to values")
            return {}
        found: dict[str, Value] = {}
        for key, value in data.items():
            definition = self.definition(str(key), owner, thing)
            if definition is None:
                bare = (slot.rpartition(".")[2] for slot in self.vocabulary.attributes)
                known = list(dict.fromkeys(bare))
                self.wrong(
                    f"unknown attribute `{key}` in `{field}`", near(str(key).split(".")[-1], known)
                )
            elif value is not None:
                converted = self.value(definition.type, value, f"{field}.{key}")
                if converted is not None:
                    found[definition.slot] = converted
        return found

    def definition(self, key: str, owner: str, thing: str) -> AttributeDef | None:
        attributes = self.vocabulary.attributes
        if "." in key:
            first, name = key.split(".", 1)
            return attributes.get(key) or self.inherited(first, name)
        return (
            self.inherited(owner, key)
            or self.inherited(thing, key)
            or attributes.get(key)
            or attributes.get(f"actor.{key}")
            or self.only(key)
        )

    def inherited(self, owner: str, name: str) -> AttributeDef | None:
        ups = self.vocabulary.act_up.get(owner) or self.vocabulary.thing_up.get(owner) or {owner}
        for above in (owner, *sorted(ups)):
            found = self.vocabulary.attributes.get(f"{above}.{name}")
            if found is not None:
                return found
        return None

    def only(self, name: str) -> AttributeDef | None:
        """The one attribute of that name anywhere outside states, if there is just one."""
        found = [
            definition
            for definition in self.vocabulary.attributes.values()
            if definition.name == name and definition.owner not in self.vocabulary.states
        ]
        return found[0] if len(found) == 1 else None

    def value(self, kind: Type, value: object, field: str) -> Value | None:
        match kind.base:
            case "yes-no":
                return self.truth(value, field)
            case "number":
                if isinstance(value, int | float) and not isinstance(value, bool):
                    return value
                self.mistyped(field, value, "a number")
                return None
            case "date":
                return self.date(value, field)
            case "duration":
                return self.duration(value, field)
            case "set":
                if not isinstance(value, list | tuple):
                    self.mistyped(field, value, "a list of values")
                    return None
                members = [self.one_of(kind.of, item, field) for item in value]
                return frozenset(item for item in members if item)
            case "list":
                return self.members(kind.of, value, field)
            case "kind" | "levels":
                return self.one_of(kind.of, value, field) or None
        if isinstance(value, str):
            return value
        self.mistyped(field, value, "text")
        return None

    def members(self, thing: str, value: object, field: str) -> Value | None:
        if not isinstance(value, list | tuple):
            self.mistyped(field, value, f"a list of {thing}")
            return None
        found: list[dict[str, Value]] = []
        for item in value:
            slots = self.facts(item, thing, thing, field)
            found.append({slot.rpartition(".")[2]: one for slot, one in slots.items()})
        return tuple(found)

    def one_of(self, kind: str, value: object, field: str) -> str:
        definition = self.vocabulary.kinds.get(kind)
        names = [one.name for one in definition.values] if definition else []
        if definition is None or value in names:
            return str(value)
        help = near(str(value), names) or f"one of: {', '.join(names[:12])}"
        self.wrong(f"`{value}` is not a value of `{kind}`, in `{field}`", help)
        return ""

    def mistyped(self, field: str, value: object, expected: str) -> None:
        self.wrong(f"`{field}` is `{value}`; {expected} is expected")

    # --- plain values

    def fields(
        self, data: object, allowed: frozenset[str], what: str
    ) -> Mapping[str, object] | None:
        if not isinstance(data, Mapping):
            self.wrong(f"{what} is a mapping of fields to values", "see `writ vocabulary`")
            return None
        for key in data:
            if key not in allowed:
                help = near(str(key), sorted(allowed))
                self.meant += help
                self.wrong(f"{what} has no field `{key}`", help)
        return data

    def listed(self, data: object, field: str) -> Iterable[object]:
        if data is None:
            return ()
        if not isinstance(data, list | tuple):
            self.wrong(f"`{field}` is not a list")
            return ()
        most = MAX_STATES if field == "states" else MAX_ENTRIES
        if len(data) > most:
            self.wrong(f"`{field}` has {len(data)} entries; at most {most} are read")
            return ()
        return data

    def name(self, data: object, known: Mapping[str, object], field: str, what: str) -> str:
        if data is None:
            if f"`{field}`" in self.meant:
                return ""  # it is there, and misspelt
            self.wrong(f"the request does not say `{field}`", f"give the {what}")
            return ""
        if isinstance(data, str) and data in known:
            return data
        self.wrong(f"`{data}` is not a known {what}, in `{field}`", near(str(data), [*known]))
        return ""

    def optional(self, data: object, known: Mapping[str, object], field: str, what: str) -> str:
        return "" if data is None or data == "" else self.name(data, known, field, what)

    def text(self, data: object, field: str) -> str:
        if data is None:
            return ""
        if isinstance(data, str | int) and not isinstance(data, bool):
            return str(data)
        self.mistyped(field, data, "text")
        return ""

    def count(self, data: object, field: str) -> int:
        if data is None:
            return 0
        if isinstance(data, int) and not isinstance(data, bool) and data >= 0:
            return data
        self.mistyped(field, data, "a number of persons")
        return 0

    def truth(self, data: object, field: str) -> bool:
        if data is None:
            return False
        if isinstance(data, bool):
            return data
        if data in ("yes", "no", "true", "false"):
            return data in ("yes", "true")
        self.mistyped(field, data, "yes or no")
        return False

    def date(self, data: object, field: str) -> dt.date | None:
        if data is None:
            return None
        if isinstance(data, dt.datetime):
            return self.local(data)
        if isinstance(data, dt.date):
            return data
        try:
            text = str(data)
            when = dates.parse(text)
            return self.local(dt.datetime.fromisoformat(text)) if dates.is_moment(when) else when
        except ValueError:
            self.wrong(
                f"`{field}` is `{data}`, which is no date",
                "write 2022-02-14 or 2022-02-14T15:00-05:00",
            )
            return None

    def local(self, moment: dt.datetime) -> dt.datetime:
        """The moment by the clock of the book's calendar: its day there decides what is in force."""
        calendar = self.vocabulary.calendars.get(self.book.default_calendar)
        if calendar is None:
            return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        zone = dates.zone_of(calendar.zone)
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)

    def duration(self, data: object, field: str) -> Period | None:
        parts = str(data).split()
        units = ("hours", "days", "weeks", "months", "years")
        if len(parts) == 2 and parts[0].isdecimal() and len(parts[0]) <= 9:
            unit = parts[1] if parts[1].endswith("s") else parts[1] + "s"
            if unit in units:
                return Period(int(parts[0]), unit)
        self.mistyped(field, data, "a duration such as `30 days`")
        return None


def near(name: str, known: list[str]) -> str:
    """A suggestion for a misspelt name, or nothing."""
    found = difflib.get_close_matches(name, known, 3, 0.6)
    if not found:
        found = [one for one in known if one.rpartition(".")[2] == name][:3]
    return f"did you mean {' or '.join(f'`{one}`' for one in found)}?" if found else ""
