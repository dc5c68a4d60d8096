"""Random books of law in its own words, and random journals over them, in which duties fall due and are done.

A world draws what the journal part of the language can say, with the weights turned so that most acts are allowed,
states begin and end, and of the duties that open some are done in time, some late and some never.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import msgspec

from writ.book.dates import zone_of
from writ.book.load import load_texts
from writ.book.model import Book
from writ.book.terms import Value
from writ.diagnostics import Severity
from writ.journal.entry import Days, Entry, Journal, Kind, Premise
from writ.syntax.tree import HolidayRule

FIRST = dt.date(2025, 1, 6)
ZONE = zone_of("America/Toronto")
SPAN = 90
"""Days that a journal covers."""
FRONT = "---\nbook: town\ntitle: Town\ncalendar: town\n---\n"
HEADS = {
    "law": "---\nid: law\ntitle: Law\nkind: statute\ncite-as: s. {}\ntop: true\n"
    "in-force: 2020-01-01\n---\n",
    "rule": "---\nid: rule\ntitle: Rule\nkind: regulation\ncite-as: r. {}\nunder: law 1\n"
    "in-force: 2020-01-01\n---\n",
}
WORDS = """\
kind colour
  red
  green
office chief
office head
  is chief
  succession deputy
office deputy
  vacant from 2025-02-01 until 2025-03-01
  succession clerk
office clerk
office member
body council
  members member
person resident
thing file
  colour: colour
  open: yes-no
thing letter
  is file
actor
  trained: yes-no
act sign
  on file
  colour: colour
  last: date
act sign-fast
  is sign
act talk
  colour: colour
act talk-of
  is talk
  on file
act seal
  on letter
act call
  reserved
act refuse
  excludes sign
  on file
act waive
act assign
  level: number
act revoke
state alarm
  colour: colour
state hold
  of file
  colour: colour
state trust
  of letter
event storm
  colour: colour
event flood
  of file
fact flag: yes-no
fact flag-2: yes-no
fact doubt: yes-no, unknown if not stated
fact amount: number
fact day: date
calendar town
  zone America/Toronto
  weekend saturday, sunday
  holiday 2025-02-17
  holiday sunday
  sitting council tuesday, thursday from 2025-01-01 until 2025-03-20
"""
OFFICES = ("chief", "head", "deputy", "clerk", "member", "council", "resident")
ACTS = ("sign", "sign-fast", "talk", "talk-of", "seal", "call", "refuse", "waive")
ALL_ACTS = (*ACTS, "assign", "revoke")
STATES = ("alarm", "hold", "trust")
THINGS = ("f-1", "f-2", "f-3")
PEOPLE = ("ann", "bob")
PREMISES = ("wet", "dry")


class World(random.Random):
    """A source of books and journals; the same seed gives the same ones."""

    def maybe(self, share: float) -> bool:
        return self.random() < share

    def one(self, *weighted: tuple[int, str]) -> str:
        weights, items = zip(*weighted, strict=True)
        return str(self.choices(items, weights)[0])

    # --- words

    def day(self) -> dt.date:
        return FIRST + dt.timedelta(days=self.randint(0, SPAN))

    def moment(self, share: float = 0.25) -> dt.date:
        day = self.day()
        return self.hour(day) if self.maybe(share) else day

    def hour(self, day: dt.date) -> dt.datetime:
        local = dt.datetime(day.year, day.month, day.day, self.choice((9, 12, 23)), tzinfo=ZONE)
        # With a fixed offset, as a journal is read.
        return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()))

    def period(self, most: int = 14) -> str:
        unit = self.one(
            (12, "days"), (2, "hours"), (2, "weeks"), (2, "working days"), (1, "months"),
            (2, "sitting days of council"), (1, "calendar months"),
        )  # fmt: skip
        number = self.randint(1, most)
        if unit == "hours":
            number *= 12
        elif unit in ("weeks", "months", "calendar months"):
            number = self.randint(1, 2)
        return f"{number} {unit}"

    def act(self) -> str:
        return self.choice(self.focus)

    def state(self) -> str:
        return self.choice(self.states)

    def bearer(self, plain: bool = False) -> str:
        names = self.sample(OFFICES[:5], self.choice((1, 1, 2)))
        said = ", ".join(names)
        if plain or self.maybe(0.6):
            return said
        return self.choice(
            ("anyone", "anyone", "anyone except clerk", f"each of {said}", "at least 2 of member")
        )

    def expression(self, depth: int = 1) -> str:
        if depth and self.maybe(0.6):
            inner = self.expression(0)
            if self.maybe(0.15):
                return f"{self.choice(('earlier', 'later'))} of ({inner}, {self.expression(0)})"
            return f"{inner} {self.choice('+++-')} {self.period()}"
        if self.plain:
            return self.choice(("day", "day", "now", self.day().isoformat()))
        return self.one(
            (3, "day"),
            (2, self.day().isoformat()),
            (1, f"{self.day().isoformat()}T15:00-05:00"),
            (3, f"time of {self.act()}"),
            (1, f"first time of {self.act()}"),
            (1, f"time of {self.choice(('storm', 'flood'))}"),
            (2, f"start of {self.state()}"),
            (2, f"end of {self.state()}"),
            (1, "now"),
        )

    def condition(self, depth: int = 1) -> str:
        if depth and self.maybe(0.25):
            one, other = self.condition(0), self.condition(0)
            return self.choice(
                (f"{one} or {other}", f"{one} and {other}", f"not ({one})", f"not ({one})")
            )
        plain = self.one(
            (6, "flag"), (4, "not flag"), (3, "flag-2"), (3, "not flag-2"), (3, "doubt"),
            (2, "actor.trained"), (2, "amount above 3"), (2, "day is stated"), (1, "file.open"),
            (1, "not file.open"), (1, f"now after {self.day().isoformat()}"),
            (1, f"now before {self.day().isoformat()}"),
        )  # fmt: skip
        if self.plain or self.maybe(0.4):
            return plain
        by = self.one((4, ""), (1, " by the actor"), (2, f" by {self.bearer(plain=True)}"))
        return self.one(
            (3, f"{self.act()} done{by}"),
            (3, f"{self.act()} not done{by}"),
            (2, f"{self.act()} done{by} since {self.expression()}"),
            (3, f"{self.state()} in effect"),
            (2, f"{self.state()} not in effect"),
            (2, f"alarm.colour is {self.choice(('red', 'green'))}"),
            (1, "hold in effect and hold.colour is red"),
            (2, f"{self.choice(('storm', 'flood'))} happened"),
            (1, f"storm happened since {self.expression()}"),
            (1, f"now after {self.expression()}"),
            (1, f"now before {self.expression()}"),
            (1, f"actor is {self.choice(('chief', 'clerk'))}"),
        )

    # --- the book

    def texts(self, norms: int) -> dict[str, str]:
        """The files of a book."""
        self.plain = self.maybe(0.2)
        self.focus = self.sample(ACTS, self.randint(3, 5))
        self.states = self.sample(STATES, self.choice((1, 2, 2, 3)))
        words = WORDS
        for act in self.focus:
            if self.maybe(0.2):
                words = words.replace(f"act {act}\n", f"act {act}\n  material\n")
        if self.maybe(0.4):
            rolls = self.choice(("rolls forward", "rolls forward to sitting days of council"))
            words += f"  {rolls}\n"
        if self.maybe(0.1):
            words += "  counts the first day\n"
        law = self.allowing() + [self.norm(f"{20 + at}") for at in range(norms)]
        rule = [self.norm(f"{20 + at}") for at in range(norms // 4)]
        law += self.statements([20 + at for at in range(norms)])
        return {
            "book.md": FRONT,
            "law.md": self.page("law", [words, *law]),
            "rule.md": self.page("rule", rule or ["power 1\n  chief may revoke"]),
        }

    @staticmethod
    def page(name: str, blocks: Sequence[str]) -> str:
        return HEADS[name] + "".join(f"\n```writ\n{block.strip()}\n```\n" for block in blocks)

    def allowing(self) -> list[str]:
        """Powers by which most acts are allowed, and give the states their beginnings and ends."""
        found = ["power 1\n  chief may revoke"]
        for at, act in enumerate(self.focus):
            if self.maybe(0.15):
                continue
            who = self.one((6, "anyone"), (4, "chief"), (1, "clerk, member"), (1, "head, resident"))
            lines = [f"power 2({at + 1})", f"  {who} may {act}"]
            if self.maybe(0.2):
                lines.append(f"  when {self.condition()}")
            if self.maybe(0.6):
                lines += [f"  {effect}" for effect in self.effects()]
            found.append("\n".join(lines))
        return found

    def effects(self) -> list[str]:
        found = {self.effect() for _ in range(self.choice((1, 1, 2)))}
        return sorted(found)

    def effect(self, verbs: str = "") -> str:
        verb = verbs or self.one(
            (8, "begins"), (2, "continues"), (2, "amends"), (2, "suspends"), (2, "resumes"),
            (3, "ends"),
        )  # fmt: skip
        text = f"{verb} {self.state()}"
        if verb == "begins" and self.maybe(0.15):
            text += f" from {self.expression()}"
        if verb in ("begins", "continues"):
            if self.maybe(0.5):
                text += f" for {self.period()}"
            elif self.maybe(0.3):
                text += f" until {self.expression()}"
        return text

    def norm(self, label: str) -> str:
        kind = self.one(
            (14, "duty"), (4, "power"), (2, "permission"), (2, "need-not"), (2, "prohibition"),
            (2, "limit"), (1, "right"), (1, "disability"), (3, "delegation"), (5, "lapse"),
        )  # fmt: skip
        lines: list[str] = getattr(self, kind.replace("-", "_"))(label)
        if kind not in ("duty", "lapse") and self.maybe(0.5):
            lines.append(f"when {self.condition()}")
        if self.maybe(0.12):
            day = self.day()
            last = f" until {(day + dt.timedelta(self.randint(0, 50))).isoformat()}"
            lines.append(f"in force from {day.isoformat()}{last if self.maybe(0.5) else ''}")
        if self.maybe(0.08):
            lines.append(f"known from {self.day().isoformat()}")
        return "\n  ".join(lines)

    def power(self, label: str) -> list[str]:
        lines = [f"power {label}", f"{self.bearer()} may {self.act()}"]
        if self.maybe(0.25):
            lines.append(self.requirement())
        return [*lines, *(self.effects() if self.maybe(0.6) else ())]

    def permission(self, label: str) -> list[str]:
        return [f"permission {label}", f"{self.bearer()} may {self.act()}"]

    def need_not(self, label: str) -> list[str]:
        self.excused.append(label)
        return [f"permission {label}", f"anyone need not {self.act()}"]

    def prohibition(self, label: str) -> list[str]:
        return [f"prohibition {label}", f"{self.bearer(plain=True)} may not {self.act()}"]

    def right(self, label: str) -> list[str]:
        return [f"right {label}", f"{self.bearer(plain=True)} has the right to {self.act()}"]

    def disability(self, label: str) -> list[str]:
        return [f"disability {label}", f"{self.bearer(plain=True)} has no power to {self.act()}"]

    def limit(self, label: str) -> list[str]:
        lines = [f"limit {label}", f"anyone may {self.act()} only", self.requirement()]
        return [*lines, *(self.effects() if self.maybe(0.5) else ())]

    def requirement(self) -> str:
        by = f" by {self.choice(OFFICES)}" if self.maybe(0.2) else ""
        within = f" within {self.period()}" if self.maybe(0.3) else ""
        return self.one(
            (2, f"after {self.act()}{by}{within}"), (1, f"with {self.condition(0)}"),
            (1, "recording amount"),
        )  # fmt: skip

    def delegation(self, label: str) -> list[str]:
        self.delegated = self.sample(self.focus, 2)
        acts = ", ".join(self.delegated)
        grantor = self.choice(("chief", "head", "chief, clerk"))
        lines = [
            f"delegation {label}",
            f"{grantor} may delegate {acts} to {self.choice(('clerk', 'member', 'anyone'))} by assign",
        ]
        if self.maybe(0.5):
            lines.append(f"depth {self.randint(2, 3)}")
        if self.maybe(0.3):
            lines.append("limited to amount at most grant.level")
        if self.maybe(0.3):
            lines.append(f"for {self.period(40)}")
        if self.maybe(0.3):
            lines.append(self.effect("begins"))
        return lines

    def lapse(self, label: str) -> list[str]:
        form = self.one((4, "after"), (3, "at"), (3, "when"))
        state = self.state()
        lines = [f"lapse {label}", f"{state} lapses"]
        if form == "after":
            lines.append(f"after {self.period(30)}")
        elif form == "at":
            day = self.expression()
            # No sunset waits for itself, nor for a clock that runs ahead of it.
            circle = "now" in day or any(f"end of {one}" in day for one in STATES if one >= state)
            lines.append(f"at {'day' if circle else day}")
        if form == "when" or self.maybe(0.3):
            lines.append(f"when {self.condition()}")
        return lines

    def trigger(self) -> str:
        by = f" by {self.bearer(plain=True)}" if self.maybe(0.15) else ""
        return self.one(
            (8, f"{self.act()}{by}"), (2, "storm"), (1, "flood"), (3, f"start of {self.state()}"),
            (3, f"end of {self.state()}"),
        )  # fmt: skip

    def duty(self, label: str) -> list[str]:
        who = self.one((3, "anyone"), (3, self.bearer(plain=True)), (1, self.bearer()))
        lines = [f"duty {label}", f"{who} must {self.act()}"]
        form = self.one(
            (8, "within"), (3, "on by"), (2, "on"), (6, "by"), (3, "before"), (3, "every within"),
            (2, "every on"), (2, "every"), (1, "standing"),
        )  # fmt: skip
        if "within" in form:
            lines.append(f"within {self.period(10)} of {self.trigger()}")
        if form in ("on", "on by", "every on"):
            lines.append(f"on {self.trigger()}")
        if form in ("by", "on by"):
            day = self.expression()
            lines.append(f"by {'day' if 'now' in day else day}")
        if form == "before":
            lines.append(f"before {self.act()}")
        if "every" in form:
            lines.append(f"every {self.period(12)}")
            if self.maybe(0.5):
                lines[-1] += f" while {self.state()} in effect"
        if self.maybe(0.15):
            lines.append(
                f"to {self.choice(('each of clerk, council', 'clerk', 'each of head, member'))}"
            )
        if self.maybe(0.35):
            lines.append(f"when {self.condition()}")
        if self.maybe(0.2):
            lines.append(f"until {self.condition()}")
        if self.maybe(0.15):
            lines.append(f"waived by {self.bearer(plain=True)} by {self.act()}")
        if self.maybe(0.15):
            lines.append(f"so that {self.condition(0)}")
        if form != "on by" and self.maybe(0.25):
            lines.append(
                f"if breached {self.effect() if self.maybe(0.85) else 'escalates to chief'}"
            )
        if self.maybe(0.12):
            lines += self.effects()
        return lines

    def statements(self, labels: Sequence[int]) -> list[str]:
        """Overrides, repeals, suspensions."""
        found = []
        if len(labels) > 1:
            for at in range(self.choice((0, 0, 1, 2))):
                one, other = self.sample(labels, 2)
                found.append(f"override O{at}\n  {one} prevails over {other}")
            for at, label in enumerate(self.excused):
                others = [str(other) for other in labels if str(other) != label]
                if label.isdigit() and self.maybe(0.8):
                    beaten = ", ".join(self.sample(others, min(len(others), 6)))
                    found.append(f"override N{at}\n  {label} prevails over {beaten}")
        for at in range(self.choice((0, 0, 0, 1))) if labels else ():
            day = self.day()
            found.append(f"repeal R{at}\n  {self.choice(labels)}\n  from {day.isoformat()}")
        for at in range(self.choice((0, 0, 0, 1))) if labels else ():
            day = self.day()
            until = (day + dt.timedelta(self.randint(0, 30))).isoformat()
            found.append(
                f"suspend S{at}\n  {self.choice(labels)}\n  from {day.isoformat()} until {until}"
            )
        return found

    def book(self, norms: int) -> tuple[Book | None, dict[str, str]]:
        """A book, with its texts; None where what was drawn is no book (a circle of overrides)."""
        self.excused: list[str] = []
        self.delegated: list[str] = []
        texts = self.texts(norms)
        return compiled(texts), texts

    # --- the journal

    def journal(self, most: int) -> Journal:
        """Entries of all kinds, in an order that need not be that of what happened."""
        self.written = 0
        self.granted: dict[str, str] = {}
        days = sorted((self.moment() for _ in range(self.randint(1, most))), key=str)
        entries: list[Entry] = []
        last: dt.date | None = None
        for at in days:
            if last is not None and self.maybe(0.15):
                at = last
            last = at
            entries.append(self.entry(at))
        for _ in range(self.choice((0, 0, 1, 3))):
            at = self.moment()
            late = self.entry(at)
            entries.insert(self.randint(0, len(entries)), late)
        return Journal(
            entries=tuple(entries),
            premises=tuple(Premise(name) for name in PREMISES),
            days=self.days(),
        )

    def days(self) -> tuple[Days, ...]:
        if self.maybe(0.7):
            return ()
        sittings = tuple(sorted({self.day() for _ in range(3)}))
        return (Days("town", {"council": sittings}, (HolidayRule("date", "", "2025-02-05"),)),)

    def entry(self, at: dt.date) -> Entry:
        self.written += 1
        kind = self.one(
            (60, "did"), (8, "happened"), (12, "fact"), (5, "given"), (6, "office"), (2, "gone")
        )
        fields: dict[str, Any] = {"at": at, "id": f"e{self.written}"}
        if self.maybe(0.12):
            day = at.date() if isinstance(at, dt.datetime) else at
            fields["known"] = day + dt.timedelta(days=self.randint(0, 20))
        if self.maybe(0.1):
            fields["under"] = (self.choice(PREMISES),)
        fields |= getattr(self, kind)(at)
        return Entry(**fields)

    def about(self, share: float = 0.6) -> str:
        return self.choice(THINGS) if self.maybe(share) else ""

    def did(self, at: dt.date) -> dict[str, Any]:
        grants = 5 if self.delegated else 0
        name = self.one(
            (20, self.act()),
            (1, self.choice(ACTS)),
            (1 + grants, "assign"),
            (1 + grants // 3, "revoke"),
        )
        actor = self.one(
            (5, "chief"), (4, "head"), (2, "deputy"), (4, "clerk"), (3, "member"), (1, "council"),
            (1, "resident"),
        )  # fmt: skip
        fields: dict[str, Any] = {
            "kind": Kind.ACT,
            "name": name,
            "actor": actor,
            "person": self.choice(PEOPLE) if self.maybe(0.25) else "",
            "number": self.choice((2, 3)) if self.maybe(0.1) else 0,
            "thing": "letter" if name.startswith("sign") and self.maybe(0.1) else "",
            "about": self.about(0.6 if name in ("sign", "sign-fast", "talk-of", "seal") else 0.15),
            "to": self.choice(("clerk", "council", "head")) if self.maybe(0.2) else "",
            "facts": self.facts(0.12),
            "lawful": self.maybe(0.05),
        }
        if self.granted and name in self.focus and self.maybe(0.4):
            fields["actor"] = self.choice([*self.granted.values()])
            fields["name"] = name = self.choice(self.delegated or self.focus)
        if name in ("sign", "sign-fast") and self.maybe(0.3):
            fields["facts"]["sign.last"] = self.moment(0.1)
        if name == "assign":
            fields["actor"] = self.choice(("chief", "chief", "head", "clerk", "member"))
            fields["to"] = self.choice(("clerk", "member", "deputy", "resident"))
            if self.maybe(0.8):
                fields["facts"]["assign.level"] = self.choice((2, 5))
            if self.maybe(0.3):
                fields["until"] = self.day()
            self.granted[f"e{self.written}"] = fields["to"]
        elif name == "revoke":
            fields["actor"] = "chief"
            if self.granted:
                fields["revokes"] = (self.choice([*self.granted]),)
        return fields

    def facts(self, share: float) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for slot, values in (
            ("flag", (True, True, False)),
            ("flag-2", (True, False)),
            ("doubt", (True, False)),
            ("actor.trained", (True, False)),
            ("amount", (1, 4)),
            ("file.open", (True, False)),
            ("sign.colour", ("red", "green")),
        ):
            if self.maybe(share):
                found[slot] = self.choice(values)
        if self.maybe(share):
            found["day"] = self.moment(0.1)
        return found

    def happened(self, at: dt.date) -> dict[str, Any]:
        name = self.choice(("storm", "storm", "flood"))
        return {
            "kind": Kind.EVENT,
            "name": name,
            "about": self.about(0.7 if name == "flood" else 0.1),
            "facts": self.facts(0.05),
        }

    def fact(self, at: dt.date) -> dict[str, Any]:
        facts: dict[str, Value | None] = {**self.facts(0.25)}
        facts.pop("sign.colour", None)
        facts = facts or {"flag": True}
        facts = {slot: None if self.maybe(0.2) else value for slot, value in facts.items()}
        fields: dict[str, Any] = {"kind": Kind.FACT, "facts": facts}
        if self.maybe(0.25):
            fields["about"] = self.choice(THINGS)
        elif self.maybe(0.2):
            fields["actor"] = self.choice(OFFICES)
            fields["person"] = self.choice(("", *PEOPLE))
        return fields

    def given(self, at: dt.date) -> dict[str, Any]:
        return {
            "kind": Kind.STATE,
            "name": self.state(),
            "about": self.about(0.4),
            "until": self.day() if self.maybe(0.3) else None,
        }

    def office(self, at: dt.date) -> dict[str, Any]:
        kind = self.choice((Kind.HOLDS, Kind.HOLDS, Kind.ACTS, Kind.LEAVES))
        return {
            "kind": kind,
            "name": self.choice(("chief", "head", "deputy", "clerk", "member")),
            "person": self.choice((*PEOPLE, "clerk") if kind is Kind.ACTS else PEOPLE),
        }

    def gone(self, at: dt.date) -> dict[str, Any]:
        return {"kind": Kind.GONE, "name": self.choice((*THINGS, *THINGS, "member", "deputy"))}


def compiled(texts: dict[str, str]) -> Book | None:
    """The book of these texts; None where they are none."""
    book, found = load_texts(texts)
    return None if any(one.severity is Severity.ERROR for one in found) else book


def without(journal: Journal, at: int) -> Journal:
    """The journal without one entry."""
    entries = (*journal.entries[:at], *journal.entries[at + 1 :])
    return msgspec.structs.replace(journal, entries=entries)
