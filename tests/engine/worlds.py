"""Random well-typed books, and requests about them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from writ.book import model, terms
from writ.book.hierarchy import closure
from writ.book.terms import Attr, Const, DateConst, Period, Type
from writ.engine.request import Event, Grant, Request, StateGiven
from writ.syntax.tree import Actor, Bearer, HolidayRule

HERE = model.Place("book.md", 0)
FOUNDED = dt.date(2020, 1, 1)
YES_NO, NUMBER, DATE = Type("yes-no"), Type("number"), Type("date")
COLOUR, GRADE, TAGS = Type("kind", "colour"), Type("levels", "grade"), Type("set", "colour")
PERSON, SPAN, ITEMS = Type("person-id"), Type("duration"), Type("list", "file")
COLOURS, GRADES = ("red", "green", "blue"), ("low", "mid", "high")
FACTS: dict[str, tuple[Type, bool, Any]] = {
    "flag": (YES_NO, False, None),
    "flag-2": (YES_NO, False, None),
    "doubt": (YES_NO, True, None),
    "assumed": (YES_NO, False, True),
    "amount": (NUMBER, False, None),
    "amount-5": (NUMBER, False, 5),
    "colour": (COLOUR, False, None),
    "colour-unknown": (COLOUR, True, None),
    "colour-red": (COLOUR, False, "red"),
    "grade": (GRADE, False, None),
    "grade-unknown": (GRADE, True, None),
    "tags": (TAGS, False, None),
    "tags-unknown": (TAGS, True, None),
    "day": (DATE, False, None),
    "day-unknown": (DATE, True, None),
    "who": (PERSON, False, None),
    "span": (SPAN, False, None),
    "items": (ITEMS, False, None),
    "actor.grade": (GRADE, False, None),
}
OWNED = {"file.colour": COLOUR, "file.flag": YES_NO, "alarm.colour": COLOUR, "alarm.amount": NUMBER}
CANADA = model.Calendar(
    "canada",
    "",
    HERE,
    zone="America/Toronto",
    holidays=(HolidayRule("weekday", weekday="sunday"), HolidayRule("fixed", month="july", day=1)),
    sittings={"house": tuple(dt.date(2022, 1, 3) + dt.timedelta(days=9 * n) for n in range(60))},
    rolls_forward=True,
)
KINDS = [
    *["power"] * 4,
    *["prohibition"] * 3,
    *["permission"] * 2,
    *["duty"] * 4,
    *["limit"] * 2,
    *["delegation"] * 2,
    "right",
    "disability",
    "immunity",
    "lapse",
]


def rival(one: model.Norm, other: model.Norm) -> bool:
    """Whether one grants what the other bars or limits."""
    return (one.kind in model.GRANTS) is not (other.kind in model.GRANTS)


class World(random.Random):
    """A source of books and requests; the same seed gives the same ones."""

    def maybe(self, share: float) -> bool:
        return self.random() < share

    def some(self, items: Any, most: int) -> tuple[Any, ...]:
        items = list(items)
        return tuple(self.sample(items, self.randint(0, min(most, len(items)))))

    def day(self) -> dt.date:
        return dt.date(2022, 1, 1) + dt.timedelta(days=self.randint(0, 360))

    def moment(self) -> dt.date:
        day = self.day()
        if self.maybe(0.8):
            return day
        zone = dt.timezone(dt.timedelta(hours=self.choice((-5, 0, 9))))
        return dt.datetime(day.year, day.month, day.day, self.randint(0, 23), 30, tzinfo=zone)

    def period(self) -> Period:
        unit = self.choice(
            ("hours", "days", "days", "weeks", "months", "working days", "sitting days")
        )
        return Period(self.randint(1, 40), unit, "house" if unit == "sitting days" else "")

    # --- the book

    def book(self, norms: int) -> model.Book:
        self.actors = [f"office-{n}" for n in range(self.randint(2, 5))]
        self.persons = [f"person-{n}" for n in range(self.randint(1, 2))]
        self.acts = [f"act-{n}" for n in range(self.randint(2, 5))]
        self.plain = self.maybe(0.3)
        vocabulary = self.vocabulary()
        instruments = self.instruments()
        written = tuple(self.norm(at, instruments) for at in range(norms))
        overrides = tuple(self.overrides(written))
        return model.Book(
            "book", "", model.DEFAULT_RANKS, "", vocabulary, instruments, written, overrides, {}
        )

    def parents(self, names: list[str]) -> dict[str, tuple[str, ...]]:
        return {
            name: self.some(names[:at], 2) if self.maybe(0.5) else ()
            for at, name in enumerate(names)
        }

    def vocabulary(self) -> model.Vocabulary:
        offices, persons, acts = (
            self.parents(self.actors),
            self.parents(self.persons),
            self.parents(self.acts),
        )
        things = {"file": (), "letter": ("file",)}
        actor_up, actor_down = closure({**offices, **persons}, model.ANYONE)
        act_up, act_down = closure({**acts, "grant": ()})
        thing_up, thing_down = closure(things)
        attributes = {
            slot: model.AttributeDef(
                slot,
                slot.rpartition(".")[0],
                slot.rpartition(".")[2],
                kind,
                "",
                HERE,
                unknown,
                default,
            )
            for slot, (kind, unknown, default) in FACTS.items()
        }
        attributes |= {
            slot: model.AttributeDef(slot, *slot.split("."), kind, "", HERE)
            for slot, kind in OWNED.items()
        }
        attributes["grant.grade"] = model.AttributeDef(
            "grant.grade", "grant", "grade", GRADE, "", HERE
        )
        return model.Vocabulary(
            kinds={
                "colour": model.KindDef(
                    "colour", "", tuple(model.ValueDef(v, "") for v in COLOURS), False, HERE
                ),
                "grade": model.KindDef(
                    "grade", "", tuple(model.ValueDef(v, "") for v in GRADES), True, HERE
                ),
            },
            actors={
                **{n: model.ActorDef(n, "office", "", HERE, up) for n, up in offices.items()},
                **{n: model.ActorDef(n, "person", "", HERE, up) for n, up in persons.items()},
            },
            acts={
                name: model.ActDef(
                    name,
                    "",
                    HERE,
                    acts.get(name, ()),
                    self.choice(("", "", "file", "letter")),
                    self.maybe(0.3),
                    self.some(self.acts, 1) if self.maybe(0.08) else (),
                )
                for name in [*self.acts, "grant"]
            },
            things={name: model.ThingDef(name, "", HERE, up) for name, up in things.items()},
            states={
                "alarm": model.StateDef("alarm", "", HERE, "", ("alarm.colour", "alarm.amount")),
                "hold": model.StateDef("hold", "", HERE, "file"),
            },
            events={"storm": model.EventDef("storm", "", HERE)},
            attributes=attributes,
            calendars={"canada": CANADA},
            actor_up=actor_up,
            act_up=act_up,
            thing_up=thing_up,
            actor_down=actor_down,
            act_down=act_down,
            thing_down=thing_down,
        )

    def instruments(self) -> dict[str, model.Instrument]:
        names = [f"law-{n}" for n in range(self.randint(1, 3))]
        return {
            name: model.Instrument(
                name,
                name,
                "statute",
                self.randint(0, 2),
                name,
                "s. {}",
                HERE,
                under=(names[at - 1], "1") if at and self.maybe(0.5) else None,
                calendar=self.choice(("", "canada")),
            )
            for at, name in enumerate(names)
        }

    def bearer(self, kind: str = "") -> Bearer:
        everyone = [*self.actors, *self.persons]
        spared = tuple(Actor(name) for name in self.some(everyone, 1)) if self.maybe(0.2) else ()
        if kind in ("prohibition", "disability") and self.maybe(0.3):
            return Bearer("none", (), spared)
        if self.maybe(0.3):
            return Bearer("any", (Actor(model.ANYONE),), spared)
        names = self.sample(everyone, self.randint(1, 2))
        if kind in ("power", "duty", "permission") and self.maybe(0.1):
            return Bearer("each", tuple(Actor(name) for name in names))
        number = self.randint(1, 4) if kind in ("power", "permission") and self.maybe(0.15) else 0
        return Bearer("any", tuple(Actor(name, number) for name in names), spared)

    def norm(self, at: int, instruments: dict[str, model.Instrument]) -> model.Norm:
        kind = self.choice(KINDS)
        home = self.choice(list(instruments.values()))
        rank = home.rank
        more: dict[str, Any] = {}
        act = "grant" if kind == "delegation" or self.maybe(0.03) else self.choice(self.acts)
        if kind == "lapse":
            act = ""
            more["state"] = self.choice(("alarm", "hold"))
            if self.maybe(0.6):
                more["lapse_after"] = self.period()
            elif self.maybe(0.5):
                more["lapse_at"] = self.when_expr()
        if kind in ("power", "permission", "limit", "delegation", "duty") and self.maybe(0.4):
            more |= self.requirements()
        if kind == "permission":
            more["omission"] = self.maybe(0.5)
        if kind == "duty":
            more |= self.duty()
        if kind in ("power", "duty", "permission") and self.maybe(0.4):
            more["effects"] = tuple(self.effect() for _ in range(self.randint(1, 2)))
        if kind == "delegation":
            more["delegated"] = self.some(self.acts, 2) or (self.acts[0],)
            more["recipients"] = self.bearer()
            more["depth"] = self.randint(1, 3)
            more["lasts"] = self.period() if self.maybe(0.3) else None
            if self.maybe(0.4):
                level = Attr("grant", "grant", "grade", GRADE)
                grade = Attr("fact", "", "grade", GRADE)
                more["limited_to"] = (terms.Compare("at most", grade, level, GRADE),)
        when = tuple(self.condition(2) for _ in range(self.choice((0, 1, 1, 2, 2))))
        start, end, gaps, known = self.dates()
        if kind == "lapse" and self.maybe(0.6):
            when = ()
        return model.Norm(
            f"{home.id}/{at}",
            kind,
            home.id,
            str(at),
            f"s. {at}",
            "",
            rank,
            HERE,
            HERE,
            Bearer("any", ()) if kind == "lapse" else self.bearer(kind),
            act,
            self.choice(("", "", "", "file", "letter")) if act else "",
            start=start,
            end=end,
            gaps=gaps,
            known=known,
            enacted=self.choice((None, dt.date(2019, 1, 1), dt.date(2020, 1, 1))),
            when=when,
            **more,
        )

    def requirements(self) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if self.maybe(0.5):
            by = self.bearer("duty") if self.maybe(0.5) else None
            within = self.period() if self.maybe(0.4) else None
            more["after"] = (model.StepTerm(self.choice(self.acts), by, within),)
        if self.maybe(0.4):
            more["with_"] = (self.condition(1),)
        paths = [Attr("fact", "", slot, kind) for slot, (kind, _, _) in FACTS.items()]
        if self.maybe(0.3):
            more["stating"] = self.some(paths, 1)
        if self.maybe(0.2):
            more["recording"] = self.some(paths, 1)
        return more

    def duty(self) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if self.maybe(0.3):
            more["so_that"] = tuple(self.condition(1) for _ in range(self.randint(1, 2)))
        elif self.maybe(0.3):
            path = Attr("fact", "", "colour", COLOUR)
            right = (
                Attr("fact", "", "colour-red", COLOUR)
                if self.maybe(0.3)
                else Const(self.choice(COLOURS), COLOUR)
            )
            more["so_that"] = (terms.Compare("is", path, right, COLOUR),)
        if self.maybe(0.5):
            kind, name = self.choice(
                [
                    ("act", self.choice(self.acts)),
                    ("event", "storm"),
                    ("start", "alarm"),
                    ("end", "alarm"),
                    ("end", "hold"),
                ]
            )
            by = self.bearer() if kind == "act" and self.maybe(0.3) else None
            more["trigger"] = model.TriggerTerm(kind, name, by)
            more["within"] = self.period() if self.maybe(0.7) else None
            more["every"] = self.period() if self.maybe(0.3) else None
        elif self.maybe(0.4):
            more["due_by"] = self.when_expr()
        elif self.maybe(0.2):
            more["every"] = self.period()
        if more.get("every") and self.maybe(0.6):
            more["while_state"] = self.choice(("alarm", "hold"))
        if self.maybe(0.2):
            more["before"] = self.choice(self.acts)
        if self.maybe(0.2):
            more["until"] = (self.condition(1),)
        if self.maybe(0.15):
            more["waiver"] = self.choice(self.acts)
            more["waived_by"] = self.bearer()
        if self.maybe(0.3):
            names = tuple(Actor(name) for name in self.sample(self.actors, self.randint(1, 2)))
            more["to"] = Bearer(self.choice(("any", "each")), names)
        return more

    def effect(self) -> model.EffectTerm:
        verb = self.choice(
            ("begins", "begins", "continues", "amends", "suspends", "resumes", "ends")
        )
        duration = self.period() if self.maybe(0.5) else None
        until = self.when_expr() if duration is None and self.maybe(0.3) else None
        start = self.when_expr() if verb == "begins" and self.maybe(0.2) else None
        return model.EffectTerm(verb, self.choice(("alarm", "hold")), duration, until, start)

    def overrides(self, norms: tuple[model.Norm, ...]) -> list[model.Override]:
        if len(norms) < 2:
            return []
        found = []
        for _ in range(self.choice((0, 0, 1, 2, 4))):
            one, other = self.sample(norms, 2)
            rivals = [n for n in norms if n.act == one.act and rival(n, one)]
            if rivals and self.maybe(0.8):
                other = self.choice(rivals)
            if self.maybe(0.4):
                says = self.choice((one, other))
                dates = (says.start, says.end, says.gaps, says.known)
                own_word = says is one
                rank = says.rank
            else:
                dates, own_word, rank = self.dates(0.6), True, self.randint(0, 2)
            found.append(model.Override(one.id, other.id, HERE, one.id, rank, own_word, *dates))
        return found

    def dates(
        self, late: float = 0.3
    ) -> tuple[dt.date | None, dt.date | None, tuple[model.Vacancy, ...], dt.date | None]:
        """When something is in force (from, until, but for), and from when it is known.

        In so many cases it is not from before all else.
        """
        start = self.choice((dt.date(2021, 1, 1), self.day())) if self.maybe(late) else FOUNDED
        last = self.day() if self.maybe(0.7) else None
        return (
            None if self.maybe(0.02) else start,
            self.day() if self.maybe(late / 3) else None,
            (model.Vacancy(self.day(), last),) if self.maybe(late / 3) else (),
            self.day() if self.maybe(0.2) else None,
        )

    # --- expressions and conditions

    def fact(self, kind: Type) -> Attr:
        return Attr(
            "fact", "", self.choice([s for s, (k, _, _) in FACTS.items() if k == kind]), kind
        )

    def when_expr(self) -> Any:
        pick: list[Callable[[], Any]] = [
            lambda: self.fact(DATE),
            lambda: DateConst(self.day().isoformat()),
            lambda: DateConst(f"{self.day().isoformat()}T15:00-05:00"),
            terms.Now,
            lambda: terms.Arithmetic(self.choice("+-"), self.fact(DATE), self.period(), DATE),
            lambda: terms.Select(
                self.choice(("earlier", "later")),
                (self.fact(DATE), DateConst(self.day().isoformat())),
            ),
            lambda: terms.PeriodBound(
                self.choice(("start", "end")), self.choice(("month", "year")), self.fact(DATE)
            ),
        ]
        if not self.plain:
            pick += [
                lambda: terms.StateTime(
                    self.choice(("start", "end")), self.choice(("alarm", "hold"))
                ),
                lambda: terms.TimeOf(self.choice([*self.acts, "storm"]), self.maybe(0.3)),
            ]
        return self.choice(pick)()

    def number_expr(self) -> Any:
        return self.choice(
            [
                lambda: self.fact(NUMBER),
                lambda: Const(self.randint(0, 9), NUMBER),
                lambda: terms.Arithmetic("+", self.fact(NUMBER), Const(2, NUMBER), NUMBER),
                lambda: terms.CountOf(self.choice((self.fact(TAGS), self.fact(ITEMS)))),
                lambda: terms.DaysBetween(self.fact(DATE), self.when_expr()),
            ]
        )()

    def condition(self, depth: int) -> Any:
        if depth and self.maybe(0.35):
            inner = [self.condition(depth - 1) for _ in range(self.randint(1, 3))]
            return self.choice(
                [
                    lambda: terms.Not(inner[0]),
                    lambda: terms.All(tuple(inner)),
                    lambda: terms.AnyOf(tuple(inner)),
                    lambda: terms.Counted(
                        self.choice(("at least", "exactly")), self.randint(0, 2), tuple(inner)
                    ),
                ]
            )()
        pick: list[Callable[[], Any]] = [
            lambda: terms.Holds(self.fact(YES_NO)),
            lambda: terms.Holds(self.fact(YES_NO)),
            lambda: terms.Not(terms.Holds(self.fact(YES_NO))),
            lambda: terms.Compare(
                "is", self.fact(COLOUR), Const(self.choice(COLOURS), COLOUR), COLOUR
            ),
            lambda: terms.Compare(
                "is", self.fact(COLOUR), Const(self.choice(COLOURS), COLOUR), COLOUR
            ),
            lambda: terms.Compare("is", self.fact(COLOUR), self.fact(COLOUR), COLOUR),
            lambda: terms.Member(
                self.fact(COLOUR), tuple(Const(c, COLOUR) for c in self.sample(COLOURS, 2))
            ),
            lambda: terms.Member(self.fact(COLOUR), (), self.fact(TAGS)),
            lambda: terms.Compare(self.order(), self.number_expr(), self.number_expr(), NUMBER),
            lambda: terms.Compare(
                self.order(), self.fact(NUMBER), Const(self.randint(0, 9), NUMBER), NUMBER
            ),
            lambda: terms.Compare(
                self.order(), self.fact(GRADE), Const(self.choice(GRADES), GRADE), GRADE
            ),
            lambda: terms.Compare(self.order(), self.fact(GRADE), self.fact(GRADE), GRADE),
            lambda: terms.Compare(self.order(), self.fact(SPAN), self.period(), SPAN),
            lambda: terms.Compare(
                self.choice(("before", "after", "on or before", "on or after", "is")),
                self.when_expr(),
                self.when_expr(),
                DATE,
            ),
            lambda: terms.Compare(
                "includes", self.fact(TAGS), Const(self.choice(COLOURS), COLOUR), TAGS
            ),
            lambda: terms.Compare(
                self.choice(("within", "shares with", "is")), self.fact(TAGS), self.fact(TAGS), TAGS
            ),
            lambda: terms.Stated(self.fact(self.choice((YES_NO, COLOUR, NUMBER)))),
            lambda: terms.Always(self.maybe(0.5)),
        ]
        if not self.plain:
            pick += [
                lambda: terms.InEffect(self.choice(("alarm", "hold"))),
                lambda: terms.InEffect("alarm"),
                lambda: terms.Compare(
                    "is",
                    Attr("state", "alarm", "colour", COLOUR),
                    Const(self.choice(COLOURS), COLOUR),
                    COLOUR,
                ),
                lambda: terms.Compare(
                    self.order(), Attr("state", "alarm", "amount", NUMBER), Const(4, NUMBER), NUMBER
                ),
                lambda: terms.Done(
                    self.choice(self.acts),
                    self.bearer("duty") if self.maybe(0.4) else None,
                    self.maybe(0.2),
                    self.when_expr() if self.maybe(0.3) else None,
                ),
                lambda: terms.Happened("storm", self.when_expr() if self.maybe(0.3) else None),
                lambda: terms.ActorHolds(self.choice(self.actors)),
                lambda: terms.Compare("is", terms.ActorTerm(), self.fact(PERSON), PERSON),
                self.quantified,
            ]
        return self.choice(pick)()

    def quantified(self) -> Any:
        colour, flag = (
            Attr("variable", "item", "colour", COLOUR),
            Attr("variable", "item", "flag", YES_NO),
        )
        body = self.choice(
            (
                terms.Compare("is", colour, Const(self.choice(COLOURS), COLOUR), COLOUR),
                terms.Holds(flag),
                terms.All((terms.Holds(flag), terms.Holds(self.fact(YES_NO)))),
            )
        )
        return terms.Quantified(
            self.choice(("every", "some", "no", "at least")), 1, "item", self.fact(ITEMS), body
        )

    def order(self) -> str:
        return self.choice(("at least", "at most", "above", "below", "is"))

    # --- requests

    def value(self, kind: Type) -> Any:
        match kind.base:
            case "yes-no":
                return self.maybe(0.6)
            case "number":
                return self.choice((0, 1, 3, 5, 7.5))
            case "kind":
                return self.choice(COLOURS)
            case "levels":
                return self.choice(GRADES)
            case "set":
                return frozenset(self.some(COLOURS, 3))
            case "date":
                return self.moment()
            case "person-id":
                return self.choice(("ann", "bob"))
            case "duration":
                return self.period()
        return tuple(
            {
                name: self.value(t)
                for name, t in (("colour", COLOUR), ("flag", YES_NO))
                if self.maybe(0.7)
            }
            for _ in range(self.randint(0, 3))
        )

    def facts(self, share: float = 0.6) -> dict[str, Any]:
        return {slot: self.value(kind) for slot, (kind, _, _) in FACTS.items() if self.maybe(share)}

    def about(self) -> str:
        return self.choice(("", "", "f-1", "f-2"))

    def event(self) -> Event:
        return Event(
            self.choice([*self.acts, *self.acts, "storm"]),
            self.moment() if self.maybe(0.8) else None,
            self.choice(["", *self.actors]),
            self.choice(("", "ann", "bob")),
            self.about(),
            facts=self.facts(0.4) | ({"alarm.colour": "red"} if self.maybe(0.2) else {}),
        )

    def state(self) -> StateGiven:
        state = self.choice(("alarm", "hold"))
        facts = (
            {"colour": self.value(COLOUR), "amount": self.value(NUMBER)}
            if state == "alarm" and self.maybe(0.7)
            else {}
        )
        return StateGiven(
            state,
            self.moment() if self.maybe(0.8) else None,
            self.moment() if self.maybe(0.2) else None,
            self.about(),
            facts,
        )

    def link(self) -> Grant:
        return Grant(
            self.choice(self.actors),
            self.choice([*self.actors, *self.persons]),
            "grant" if self.maybe(0.95) else self.choice(self.acts),
            self.moment() if self.maybe(0.3) else dt.date(2022, 1, 2),
            self.moment() if self.maybe(0.1) else None,
            self.moment() if self.maybe(0.1) else None,
            facts=self.facts(0.5) | ({"grant.grade": self.value(GRADE)} if self.maybe(0.8) else {}),
        )

    def request(self) -> Request:
        actor = self.choice([*self.actors, *self.persons])
        links: tuple[Grant, ...] = ()
        if self.maybe(0.15):
            links = tuple(self.link() for _ in range(self.randint(1, 3)))
            if self.maybe(0.8):
                actor = links[-1].to
        return Request(
            actor if self.maybe(0.98) else "stranger",
            self.choice(self.acts) if self.maybe(0.93) else "grant",
            self.moment(),
            self.facts(self.choice((0.3, 0.7, 1.0))),
            self.choice(("", "", "", "file", "letter")),
            self.about(),
            self.choice(["", "", *self.actors]),
            self.choice(("", "ann", "bob")),
            self.choice((0, 0, 2, 9)),
            self.maybe(0.12),
            tuple(self.event() for _ in range(self.randint(1, 4))) if self.maybe(0.35) else (),
            tuple(self.state() for _ in range(self.randint(1, 3))) if self.maybe(0.35) else (),
            links,
            self.day() if self.maybe(0.15) else None,
        )
