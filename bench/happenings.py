"""What happens in the ministry of `bench.ministry`: a journal as a stream of entries, as long as is asked for.

Incidents, licence files and documents each have a life of their own: opened, handled by several acts, closed. So many
are opened a day that about 3,000 are open at a time. Some acts are by those who may not, some duties are done late or
never, facts change, powers are delegated and the delegations revoked, offices change hands. Deterministic: the same
seed gives the same journal.
"""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Iterator
from typing import Any

from bench.ministry import FIELDS, GRADES, REGIONS, SEVERITIES
from writ.journal.entry import Entry, Kind

FIRST = dt.datetime(2021, 3, 1, tzinfo=dt.UTC)
PER_DAY = {"incident": 26.0, "licence": 4.0, "document": 7.0}
"""So many of each are begun a day."""
Life = Iterator[tuple[float, Kind, dict[str, Any]]]
"""After so many days: an entry of a kind, with these fields."""


class Ministry:
    """The lives of all things of one journal, by the time of their next entry."""

    def __init__(self, seed: int = 23) -> None:
        self.dice = random.Random(seed)
        self.waiting: list[tuple[float, int, Kind, dict[str, Any], Life]] = []
        self.count = 0
        self.things = 0
        self.now = 0.0
        self.staff = {f"inspector-of-{field}": 12 for field in FIELDS} | {
            f"director-of-{field}": 2 for field in FIELDS
        }

    def entries(self, most: int) -> Iterator[Entry]:
        """The first so many entries, in order."""
        self.begin(0.0, self.cabinet())
        self.begin(0.0, self.personnel())
        for name, rate in PER_DAY.items():
            self.begin(0.0, self.arrivals(name, rate))
        for number in range(1, most + 1):
            when, _, kind, fields, life = heapq.heappop(self.waiting)
            while not fields:  # a life began
                self.begin(when, life)
                when, _, kind, fields, life = heapq.heappop(self.waiting)
            yield Entry(kind, moment(when, number), id=str(number), **fields)
            fields["id"] = str(number)
            self.begin(when, life)

    def begin(self, now: float, life: Life) -> None:
        """Let a life wait for its next entry."""
        self.now = now
        found = next(life, None)
        if found is not None:
            self.count += 1
            delay, kind, fields = found
            heapq.heappush(self.waiting, (now + delay, self.count, kind, fields, life))

    def arrivals(self, name: str, rate: float) -> Life:
        make = {"incident": self.incident, "licence": self.licence, "document": self.document}[name]
        while True:
            yield self.dice.expovariate(rate), Kind.ACT, {}
            self.things += 1
            number = f"{name[0].upper()}-{self.things}"
            self.begin(self.now, make(number))

    # --- who

    def who(self, office: str) -> dict[str, Any]:
        """An office and the person who acts; now and then one who may not."""
        dice = self.dice
        if dice.random() < 0.03:
            office = dice.choice(
                ("press-officer", "auditor", f"inspector-of-{dice.choice(FIELDS)}")
            )
        return {"actor": office, "person": f"{office}-{dice.randrange(self.staff.get(office, 3))}"}

    def act(self, name: str, office: str, about: str = "", **more: Any) -> dict[str, Any]:
        facts = {slot.replace("__", "."): value for slot, value in more.pop("facts", {}).items()}
        return {"name": name, "about": about, "facts": facts, **self.who(office), **more}

    # --- the lives

    def incident(self, about: str) -> Life:
        dice = self.dice
        field, region = dice.choice(FIELDS), dice.choice(REGIONS)
        severity = dice.choices(SEVERITIES, (40, 30, 20, 10))[0]
        inspector, director = f"inspector-of-{field}", f"director-of-{field}"
        matter: dict[str, Any] = {"matter.field": field, "matter.region": region}
        if dice.random() < 0.1:
            yield 0, Kind.EVENT, {"name": "sensor-alarm", "about": about, "facts": matter}
        yield 0.01, Kind.ACT, self.act("report-incident", inspector, about, facts=matter)
        facts = {
            **matter,
            "incident.severity": severity,
            "incident.casualties": int(dice.expovariate(0.4)) if severity in SEVERITIES[2:] else 0,
            "incident.hazardous": dice.random() < 0.2,
            "incident.cross-border": dice.random() < 0.15,
        }
        yield 0.01, Kind.FACT, {"about": about, "facts": facts}
        late = dice.random() < 0.1
        yield (
            dice.uniform(0.1, 9 if late else 1.8),
            Kind.ACT,
            self.act("assess-incident", inspector, about),
        )
        if severity in ("serious", "grave") and dice.random() < 0.9:
            delay = dice.uniform(0.05, 0.9 if dice.random() < 0.9 else 4)
            yield delay, Kind.ACT, self.act("notify-minister", director, about)
        yield dice.uniform(0.1, 2), Kind.ACT, self.act("assign-incident", director, about)
        for _ in range(dice.choice((0, 1, 1, 2))):
            yield dice.uniform(0.5, 6), Kind.ACT, self.act("inspect-site", inspector, about)
            if dice.random() < 0.5:
                yield dice.uniform(0.5, 4), Kind.ACT, self.act("take-sample", inspector, about)
        if severity in ("serious", "grave"):
            yield from self.alert(about, inspector, director, severity)
        if dice.random() < 0.2:
            worse = {"incident.casualties": dice.randrange(12)}
            yield dice.uniform(0.5, 5), Kind.FACT, {"about": about, "facts": worse}
        if dice.random() < 0.15:
            yield dice.uniform(1, 5), Kind.ACT, self.act("open-inquiry", director, about)
            yield dice.uniform(10, 50), Kind.ACT, self.act("report-inquiry", inspector, about)
        yield dice.uniform(5, 120), Kind.ACT, self.act("close-incident", inspector, about)
        if dice.random() < 0.2:
            yield 1, Kind.ACT, self.act("close-incident", director, about)

    def alert(self, about: str, inspector: str, director: str, severity: str) -> Life:
        dice = self.dice
        if dice.random() < 0.6:
            yield dice.uniform(0.05, 1), Kind.ACT, self.act("consult-district", director, about)
        facts: dict[str, Any] = {"raise-alert.radius": dice.randrange(1, 20)}
        if dice.random() < 0.95:
            facts["raise-alert.grounds"] = "as reported"
        yield dice.uniform(0.05, 1), Kind.ACT, self.act("raise-alert", director, about, facts=facts)
        if dice.random() < 0.9:
            delay = dice.uniform(0.02, 0.4 if dice.random() < 0.9 else 3)
            yield delay, Kind.ACT, self.act("publish-alert", "press-officer", about)
        if dice.random() < 0.7:
            cost = dice.randrange(50, 12_000)
            order = {"make-order.grounds": "to protect the public", "make-order.cost": cost}
            office = "duty-officer" if dice.random() < 0.2 else director
            yield dice.uniform(0.1, 1), Kind.ACT, self.act("make-order", office, about, facts=order)
            for to in ("operator", "resident"):
                yield (
                    dice.uniform(0.2, 2),
                    Kind.ACT,
                    self.act("serve-order", inspector, about, to=to),
                )
        if severity == "grave" and dice.random() < 0.5:
            persons = {"evacuate.persons": dice.randrange(2_000)}
            yield 0.1, Kind.ACT, self.act("evacuate", director, about, facts=persons)
            yield dice.uniform(2, 9), Kind.ACT, self.act("end-evacuation", director, about)
        for _ in range(dice.randrange(4)):
            yield dice.uniform(3, 8), Kind.ACT, self.act("review-alert", director, about)
            if dice.random() < 0.4:
                yield 0.2, Kind.ACT, self.act("extend-alert", director, about)
        if dice.random() < 0.3:
            yield 1, Kind.ACT, self.act("suspend-order", director, about)
            yield 3, Kind.ACT, self.act("resume-order", director, about)
        if dice.random() < 0.7:
            yield dice.uniform(0.5, 5), Kind.ACT, self.act("lift-alert", director, about)
        if dice.random() < 0.5:
            yield dice.uniform(0.5, 5), Kind.ACT, self.act("revoke-order", director, about)

    def licence(self, about: str) -> Life:
        dice = self.dice
        field = dice.choice(FIELDS)
        inspector, director = f"inspector-of-{field}", f"director-of-{field}"
        matter: dict[str, Any] = {"matter.field": field, "matter.region": dice.choice(REGIONS)}
        yield 0, Kind.ACT, self.act("apply", "operator", about, facts=matter)
        facts = {
            **matter,
            "licence-file.capacity": dice.randrange(1, 200),
            "licence-file.objections": dice.random() < 0.2,
            "licence-file.foreign-owned": dice.random() < 0.1,
        }
        yield 0.05, Kind.FACT, {"about": about, "facts": facts}
        yield dice.uniform(0.5, 6), Kind.ACT, self.act("register-application", "registrar", about)
        for _ in range(dice.choice((1, 1, 2))):
            yield dice.uniform(1, 6), Kind.ACT, self.act("request-opinion", "registrar", about)
            yield dice.uniform(2, 20), Kind.ACT, self.act("give-opinion", inspector, about)
        if dice.random() < 0.4:
            yield dice.uniform(1, 9), Kind.ACT, self.act("hear-party", director, about)
        if dice.random() < 0.2:
            yield dice.uniform(1, 9), Kind.ACT, self.act("refuse-licence", director, about)
            if dice.random() < 0.5:
                yield dice.uniform(3, 20), Kind.ACT, self.act("appeal", "operator", about)
                yield dice.uniform(5, 50), Kind.ACT, self.act("decide-appeal", director, about)
            return
        granted = {"grant-licence.capacity": dice.randrange(1, 200)}
        yield (
            dice.uniform(1, 9),
            Kind.ACT,
            self.act("grant-licence", director, about, facts=granted),
        )
        for _ in range(dice.randrange(1, 6)):
            yield dice.uniform(20, 90), Kind.ACT, self.act("inspect-premises", inspector, about)
        if dice.random() < 0.15:
            yield dice.uniform(1, 60), Kind.EVENT, {"name": "complaint", "about": about}
            yield dice.uniform(2, 15), Kind.ACT, self.act("inspect-premises", inspector, about)
            yield 5, Kind.ACT, self.act("put-on-probation", director, about)
        if dice.random() < 0.6:
            yield dice.uniform(5, 60), Kind.ACT, self.act("renew-licence", director, about)
        if dice.random() < 0.1:
            yield dice.uniform(5, 60), Kind.ACT, self.act("withdraw-licence", director, about)

    def document(self, about: str) -> Life:
        dice = self.dice
        field = dice.choice(FIELDS)
        created = dt.date(2005, 1, 1) + dt.timedelta(dice.randrange(7_000))
        facts = {
            "matter.field": field,
            "document.grade": dice.choice(GRADES),
            "document.created": created,
        }
        yield 0, Kind.FACT, {"about": about, "facts": facts}
        office = f"{dice.choice(('director', 'inspector'))}-of-{field}"
        stated = {
            "classify.level": dice.choice(GRADES[1:]),
            "classify.reason": "sources",
            "actor.clearance": dice.choice(GRADES[2:]),
            "actor.trained": dt.date(2020, 1, 1) + dt.timedelta(dice.randrange(2_500)),
        }
        yield 0.1, Kind.ACT, self.act("classify", office, about, facts=stated)
        for _ in range(dice.randrange(6)):
            reader = dice.choice((f"inspector-of-{field}", "legal-counsel", "resident"))
            clearance = {"actor.clearance": dice.choice(GRADES)}
            yield (
                dice.uniform(1, 20),
                Kind.ACT,
                self.act("read-document", reader, about, facts=clearance),
            )
        if dice.random() < 0.3:
            yield dice.uniform(1, 20), Kind.ACT, self.act("review-document", "archivist", about)
        if dice.random() < 0.5:
            yield (
                dice.uniform(1, 60),
                Kind.ACT,
                self.act("declassify", f"director-of-{field}", about),
            )
            yield dice.uniform(1, 9), Kind.ACT, self.act("lend-document", "archivist", about)
            yield dice.uniform(5, 45), Kind.ACT, self.act("return-document", "archivist", about)

    # --- the house itself

    def cabinet(self) -> Life:
        """Emergencies, money, delegations and what the house does at intervals."""
        dice = self.dice
        month = 0
        while True:
            month += 1
            grants = []
            for to, person in (("duty-officer", ""), ("registrar", "registrar-1")):
                by = "minister" if to == "duty-officer" else f"director-of-{dice.choice(FIELDS)}"
                grant = self.act("sign-delegation", by, to=to, to_person=person)
                grant["facts"] = {"sign-delegation.up-to": dice.randrange(2_000, 9_000)}
                yield 0.5, Kind.ACT, grant
                grants.append((by, grant))
            yield 1, Kind.ACT, self.act("publish-figures", "treasurer")
            yield 1, Kind.FACT, {"facts": {"budget-left": dice.randrange(60, 900)}}
            yield 1, Kind.ACT, self.act("consult-council", "secretary-general")
            if month % 3 == 1:
                yield 1, Kind.FACT, {"facts": {"threat": "grave"}}
                yield 0.1, Kind.ACT, self.act("declare-emergency", "minister")
                yield 4, Kind.ACT, self.act("brief-parliament", "minister")
                yield 6, Kind.ACT, self.act("check-stocks", f"director-of-{dice.choice(FIELDS)}")
                yield 5, Kind.FACT, {"facts": {"threat": "minor"}}
                yield 9, Kind.ACT, self.act("lay-report", "minister", to="parliament")
            else:
                yield 1, Kind.ACT, self.act("freeze-expenditure", "treasurer")
                yield 9, Kind.ACT, self.act("free-expenditure", "treasurer")
            yield 0.5, Kind.EVENT, {"name": "media-inquiry"}
            yield dice.uniform(1, 5), Kind.ACT, self.act("publish-figures", "press-officer")
            by, grant = grants[month % 2]
            if "id" in grant:
                revoked = (grant["id"],)
                yield 1, Kind.ACT, self.act("revoke-delegation", by, revokes=revoked)
            for district in range(3):
                about = f"district-{dice.randrange(40)}"
                yield 0.2, Kind.ACT, self.act("warn-district", "duty-officer", about)
                if district:
                    yield 2, Kind.ACT, self.act("clear-district", "minister", about)

    def personnel(self) -> Life:
        """Who holds the offices of the house at its top, and who stands in."""
        dice = self.dice
        for office in ("minister", "secretary-general", "treasurer"):
            for one in range(3):
                yield 0, Kind.HOLDS, {"name": office, "person": f"{office}-{one}"}
        while True:
            office = dice.choice(("secretary-general", "treasurer"))
            person = f"{office}-{dice.randrange(3)}"
            yield dice.uniform(20, 60), Kind.LEAVES, {"name": office, "person": person}
            deputy = f"director-of-{dice.choice(FIELDS)}-0"
            yield 0.1, Kind.ACTS, {"name": office, "person": deputy}
            yield dice.uniform(3, 15), Kind.LEAVES, {"name": office, "person": deputy}
            yield 0.1, Kind.HOLDS, {"name": office, "person": person}


def moment(when: float, number: int) -> dt.date:
    """A moment of the hours of work, in UTC; every fourth entry has the day alone."""
    day, part = divmod(when, 1)
    found = FIRST + dt.timedelta(days=day, hours=6, seconds=int(part * 36_000))
    return found.date() if number % 4 == 0 else found
