"""Whatever people may try at the gate: for each act of the registry, data that is good, bad, or of what is not there.

Everything is chosen by a `Random` over the tables as they are. An act that has no line in `GIVEN` fails
`test_random_acts`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from ministry.approvals.models import Asked, Exceeding, Request
from ministry.database import transaction
from ministry.editions.models import Edition
from ministry.editions.queries import law_of
from ministry.gate.acting import FOUNDER, ONESELF, Acting
from ministry.gate.registry import all_acts
from ministry.identity.models import EnrolmentLink, Passkey, RecoveryCode, Token
from ministry.people.models import Appointment, Clearance, Gift, Person
from ministry.register.models import Cosigning, LogKey, Record, Witness
from ministry.register.record import opened
from ministry.rosters.models import Absence, Handover, Post, Shift, Swap
from ministry.statutes.models import (
    Comment,
    Consultation,
    Proposal,
    Publication,
    Review,
    Suspension,
)
from tests.ministry.enacting import CHECKS
from tests.ministry.people import OFFICES
from writ.book.model import Book
from writ.journal.log.keys import Kind, new_key

T = TypeVar("T")
Data = dict[str, Any]
Who = list[tuple[str, str]]
"""Persons, each in an office."""

KEYS = [str(new_key(f"w{at}.example", Kind.ED25519_COSIGNATURE).verifier) for at in range(3)]
GRANTS = {"power", "permission", "right", "duty", "delegation"}
NOBODY = "p-nobody"
NONE = f"r-{0:032}"
DIGESTS = [hashlib.sha256(str(at).encode()).hexdigest() for at in range(16)]
CREDENTIAL = json.dumps({"name": "a key", "credential": {}})
TEXTS = ["so it is", "Grüße, 世界", " spaced ", "<b>&amp;", "x" * 300]
BAD_TEXTS = ["", "a\0b", "\ud800"]


def seldom(r: Random, one_in: int) -> bool:
    return r.randrange(one_in) == 0


def there(r: Random, rows: Any, missing: str, over: str = "", field: str = "pk") -> str:
    """One of the rows: mostly the latest, and of those of which `over` is not set; now and then one that never was."""
    if over and not seldom(r, 6):
        rows = rows.filter(**{f"{over}__isnull": True})
    found = list(rows.values_list(field, flat=True)[:6])
    return missing if not found or seldom(r, 20) else str(r.choice(found))


def persons(r: Random) -> str:
    found = list(Person.everything.order_by("enrolled").values_list("pk", flat=True))
    return NOBODY if seldom(r, 25) else r.choice(found)


def book() -> Book:
    """That of the latest record."""
    return law_of(Record.everything.order_by("-number").values_list("edition", flat=True)[0]).book


def office(r: Random) -> str:
    if not seldom(r, 5):
        return r.choice([*OFFICES.values(), "security-officer", "registrar"])
    known = sorted(name for name, one in book().vocabulary.actors.items() if one.kind == "office")
    return r.choice([*known, "ministry-of-defence", "no-such", "No Such"])


STILL = {"revised": None, "withdrawn": None, "promulgated": None}


def text(r: Random) -> str:
    return r.choice(BAD_TEXTS if seldom(r, 15) else TEXTS)


def marking(r: Random) -> str:
    return r.choice(["", "restricted", "secret", "secret/plans", "top-secret//norland", "no-such"])


def day(r: Random) -> str | None:
    today = dt.date.today()
    some = (
        today,
        today + dt.timedelta(9),
        today + dt.timedelta(400),
        dt.date(1999, 1, 1),
        dt.date.max,
    )
    return None if r.random() < 0.5 else r.choice(some).isoformat()


def other(r: Random) -> Data:
    """An act that somebody is asked to do, or that is done in danger, and what it is given."""
    if seldom(r, 20):
        return {"act": "no-such", "given": {}}
    nested = ("request-approval", "override-refusal")
    act = r.choice([name for name in names() if name not in nested or seldom(r, 30)])
    return {"act": act, "given": GIVEN[act](r)}


def editions(r: Random, rows: Any, over: str = "") -> str:
    return there(r, rows.order_by("pk"), "0" * 64, over)


def provision(r: Random) -> str:
    found = Proposal.objects.filter(revised=None).order_by("-proposed").first()
    keys = sorted(found.differs) if found is not None else []
    return "" if not keys or seldom(r, 4) else r.choice([*keys, "no-such/1"])


def consultation(r: Random) -> Data:
    found = Consultation.objects.order_by("-asked").first()
    if found is None or seldom(r, 9):
        return {"edition": editions(r, Proposal.objects), "consultation": NONE}
    head = Proposal.objects.filter(root=found.root).order_by("-proposed").first()
    return {"edition": head.edition if head else "0" * 64, "consultation": found.id}


def proposed(r: Random, over: str = "promulgated") -> str:
    """An edition that is still proposed, now and then another."""
    rows = Proposal.objects.all() if seldom(r, 8) else Proposal.objects.filter(**STILL)
    return editions(r, rows, over)


def asked_offices() -> Who:
    offices = Consultation.objects.filter(opinions=None).values("office")
    return in_office(Appointment.everything.filter(office__in=offices))


def findings(r: Random) -> Data:
    chosen = r.sample(CHECKS, r.choice([1, 3, 6, 6, 6]))
    found = {one: {"passed": not seldom(r, 60), "reason": "so it is"} for one in chosen}
    return {**found, "beauty": {"passed": True, "reason": "x"}} if seldom(r, 20) else found


def instrument(r: Random) -> str:
    return r.choice([*sorted(book().instruments), "no-such"])


def reviewed(r: Random, rows: Any, over: str) -> str:
    """Of an instrument of which there is a row, or of any."""
    return (
        instrument(r) if seldom(r, 6) else there(r, rows, "identity-regulation", over, "instrument")
    )


PARTS = ["identity-regulation/1", "identity-regulation/4", "statutes-act/6", "identity-regulation"]
MISPRINTS = [
    ("identity-regulation/4", "Tokens", "Keys"),
    ("identity-regulation/4", "Tokens", "Tokens not"),
    ("statutes-act/6", "no such words", "others"),
]


def misprint(r: Random) -> Data:
    provision, old, new = r.choice(MISPRINTS)
    return {"provision": provision, "old": old, "new": new}


def days_on(r: Random) -> str:
    some = r.choice([3, 20, 89, 200, -1])
    return (transaction.now() + dt.timedelta(days=some)).date().isoformat()


def keepers() -> Who:
    """Who keeps an instrument that is being reviewed."""
    law = book()
    open_ones = Review.objects.filter(concluded=None).values_list("instrument", flat=True)
    offices = {law.instruments[one].owner for one in open_ones if one in law.instruments}
    every = {one.owner for one in law.instruments.values() if one.owner}
    return in_office(Appointment.everything.filter(office__in=offices or every))


def requests(r: Random) -> str:
    return there(r, Request.everything.order_by("-asked"), NONE, "answered")


def deciding(r: Random) -> Data:
    found = there(r, Exceeding.everything.order_by("-at"), NONE, "decided")
    return {"exceeding": found, "reason": text(r)}


def appointing(r: Random) -> Data:
    return {"person": persons(r), "office": office(r)}


def of_person(r: Random) -> Data:
    return {"person": persons(r)}


def using(r: Random) -> Data:
    good = RecoveryCode.objects.filter(used=None, replaced=None).values_list("person", "digest")
    whose, digest = r.choice([*good.order_by("-made", "digest")[:4], (NOBODY, DIGESTS[0])])
    return {"person": persons(r) if seldom(r, 6) else whose, "digest": digest}


def reading(r: Random) -> Data:
    kind = r.choice([Person, Record, Appointment, Request])
    found = kind.everything.exclude(label="").order_by("pk").first()
    if found is None or seldom(r, 5):
        return {"sort": "no-such", "label": "l-none", "things": ["x"]}
    return {"sort": kind.sort, "label": found.label, "things": [found.called]}


def first(r: Random) -> Data:
    return {"person": persons(r), "sign_in": "zoe", "name": text(r), "office": office(r)}


PATTERNS = [
    "Day | FREQ=DAILY | 08:00-20:00\nNight | FREQ=DAILY | 20:00-08:00",
    "Week | FREQ=WEEKLY;BYDAY=MO | 00:00-12:00",
    "no pattern",
]


def post(r: Random) -> str:
    return there(r, Post.objects.order_by("-since"), "no-post", "until")


def begins(r: Random) -> str:
    """When a shift of a post begins, today or within some days."""
    today = transaction.now().replace(hour=0, minute=0, second=0, microsecond=0)
    hours = r.choice([8, 20, 32, 44, 56, 3])
    return (today + dt.timedelta(hours=hours)).isoformat()


def roster(r: Random) -> Data:
    first = transaction.now().date() + dt.timedelta(days=r.choice([0, 0, 1, 2, -400]))
    people = [persons(r) for _ in range(r.choice([0, 1, 2]))]
    shifts = [{"start": begins(r), "person": one} for one in people]
    last = first + dt.timedelta(days=r.choice([1, 2, 200]))
    return {"post": post(r), "first": str(first), "last": str(last), "shifts": shifts}


def shifts(r: Random) -> str:
    return there(r, Shift.objects.order_by("-start"), NONE, "void")


def swap(r: Random) -> Data:
    return {"swap": there(r, Swap.objects.order_by("-asked"), NONE, "ended")}


Given = Callable[[Random], Data]
GIVEN: dict[str, Given] = {
    "found-ministry": lambda r: {**first(r), "edition": editions(r, Edition.objects)},
    "found-oversight": first,
    "enrol-person": lambda r: {
        "sign_in": r.choice([*"abcdefghijklmn", "a", "Zoë", "x" * 90]) + "x",
        "name": text(r),
        "email": r.choice(["", "a@example.org"]),
        "person": "p-given" if seldom(r, 9) else None,
        "marking": marking(r) if seldom(r, 3) else "",
    },
    "mark-person": lambda r: {"person": persons(r), "marking": marking(r)},
    "grant-clearance": lambda r: {
        "person": persons(r),
        "clearance": r.choice(
            ["secret", "top-secret/plans,sources", "confidential/inquiries", marking(r)]
        ),
        "until": day(r) or "2029-01-01",
        "serves": r.choice([None, None, "norland", "atlantis"]),
    },
    "withdraw-clearance": lambda r: {
        "person": there(r, Clearance.objects.order_by("-since"), NOBODY, "ended", "person")
    },
    "read-material": reading,
    "recover-account": lambda r: {
        "person": persons(r),
        "digest": r.choice(DIGESTS),
        "reason": r.choice(["everybody lost theirs", ""]),
    },
    "begin-log": lambda r: {
        "name": r.choice(["second.example/log", "third.example/log", "two words"]),
        "reason": r.choice(["the disk was lost", ""]),
        "last": r.choice(["", "", "no checkpoint"]),
    },
    "suspend-person": of_person,
    "appoint-officer": appointing,
    "name-acting-officer": appointing,
    "end-appointment": lambda r: {
        "appointment": there(r, Appointment.everything.order_by("-since"), NONE, "until")
    },
    "delegate-appointments": lambda r: {
        "to": "duty-officer" if r.random() < 0.7 else office(r),
        "to_person": persons(r) if seldom(r, 4) else None,
        "until": day(r),
    },
    "revoke-delegation": lambda r: {
        "gift": there(r, Gift.objects.order_by("-at"), NONE, "revoked")
    },
    "propose-edition": lambda r: {"edition": editions(r, Edition.objects), "reason": text(r)},
    "revise-edition": lambda r: {
        "edition": proposed(r),
        "by": editions(r, Edition.objects),
        "reason": text(r),
    },
    "withdraw-edition": lambda r: {
        "edition": proposed(r),
        "reason": text(r),
    },
    "consult-office": lambda r: {
        "edition": proposed(r),
        "office": office(r),
        "due": (transaction.now() + dt.timedelta(days=r.choice([0.02, 0.02, 9, -1]))).isoformat(),
        "question": text(r) if seldom(r, 3) else "",
        "provisions": [provision(r)] if seldom(r, 3) else [],
    },
    "answer-consultation": lambda r: {
        **consultation(r),
        "position": r.choice(["agrees", "objects", "nothing-to-say", "agrees", "perhaps"]),
        "text": text(r),
    },
    "comment-edition": lambda r: {
        "edition": proposed(r),
        "provision": provision(r),
        "text": text(r),
    },
    "resolve-comment": lambda r: {
        "edition": proposed(r),
        "comment": there(r, Comment.objects.order_by("-at"), NONE, "resolved"),
        "resolution": r.choice(["accepted", "rejected", "answered"]),
        "text": text(r),
    },
    "examine-edition": lambda r: {
        "edition": proposed(r),
        "findings": findings(r),
    },
    "certify-edition": lambda r: {"edition": proposed(r, "certified")},
    "promulgate-edition": lambda r: {
        "edition": proposed(r),
        "since": (
            transaction.now() + dt.timedelta(seconds=r.choice([1, 3, -60, 10**9]))
        ).isoformat()
        if seldom(r, 3)
        else None,
    },
    "begin-review": lambda r: {"instrument": instrument(r), "note": text(r)},
    "conclude-review": lambda r: {
        "instrument": reviewed(r, Review.objects.order_by("-begun"), "concluded"),
        "outcome": r.choice(["keep", "amend", "repeal", "keep", "burn"]),
        "reasons": text(r),
        "next": day(r) or (transaction.now() + dt.timedelta(days=700)).date().isoformat(),
    },
    "suspend-provision": lambda r: {
        "provisions": [r.choice([*PARTS, instrument(r)])],
        "until": days_on(r),
        "reason": text(r),
    },
    "lift-suspension": lambda r: {
        "suspension": there(r, Suspension.objects.order_by("-at"), NONE, "lifted")
    },
    "repeal-provision": lambda r: {"provisions": [r.choice(PARTS[:3])], "day": days_on(r)},
    "repeal-instrument": lambda r: {"instrument": instrument(r), "day": days_on(r)},
    "correct-clerical-error": misprint,
    "decide-ending": lambda r: {
        "instrument": instrument(r),
        "outcome": r.choice(["renew", "lapse", "burn"]),
        "reasons": text(r),
    },
    "establish-duty-post": lambda r: {
        "post": r.choice(["watch", "desk", "gate", "No Post"]),
        "name": text(r),
        "office": office(r),
        "keeper": office(r),
        "zone": r.choice(["UTC", "UTC", "Europe/London", "No/Where"]),
        "pattern": r.choice(PATTERNS),
        "always": seldom(r, 3),
        "offices": [one for one in [office(r)] if seldom(r, 4)],
    },
    "close-duty-post": lambda r: {"post": post(r)},
    "assign-to-post": lambda r: {"post": post(r), "person": persons(r), "order": r.choice([1, 2])},
    "release-from-post": lambda r: {"post": post(r), "person": persons(r)},
    "record-absence": lambda r: {"person": persons(r), "start": begins(r), "end": begins(r)},
    "end-absence": lambda r: {"absence": there(r, Absence.objects.order_by("-start"), NONE)},
    "publish-roster": roster,
    "change-roster": lambda r: {
        "post": post(r),
        "start": begins(r),
        "old": persons(r) if seldom(r, 2) else None,
        "new": persons(r) if seldom(r, 2) else None,
        "reason": text(r),
    },
    "fill-gap": lambda r: {"post": post(r), "start": begins(r), "person": persons(r)},
    "report-gap": lambda r: {"post": post(r), "start": begins(r), "reason": text(r)},
    "except-roster": lambda r: {
        "post": post(r),
        "breaches": [
            {
                "person": persons(r),
                "start": begins(r),
                "rule": r.choice(["rest", "week", "no"]),
                "found": 3,
            }
        ],
        "reason": text(r),
    },
    "propose-swap": lambda r: {
        "shift": shifts(r),
        "taker": persons(r),
        "back": shifts(r) if seldom(r, 3) else "",
    },
    "accept-swap": swap,
    "end-swap": swap,
    "approve-swap": swap,
    "hand-over": lambda r: {
        "post": post(r),
        "standing": text(r),
        "open": text(r),
        "marking": marking(r) if seldom(r, 3) else "",
    },
    "take-over": lambda r: {
        "post": post(r),
        "note": there(r, Handover.everything.order_by("-at"), NONE, "taken")
        if seldom(r, 2)
        else "",
    },
    "publish-instrument": lambda r: {
        "instrument": r.choice(["identity-regulation", "assurances", instrument(r)]),
        "reason": text(r),
    },
    "withhold-instrument": lambda r: {
        "instrument": reviewed(r, Publication.objects.order_by("-since"), "until"),
        "reason": text(r),
    },
    "request-approval": lambda r: {**other(r), "reason": text(r)},
    "grant-request": lambda r: {"request": requests(r)},
    "decline-request": lambda r: {"request": requests(r), "answer": text(r)},
    "withdraw-request": lambda r: {"request": requests(r)},
    "override-refusal": lambda r: {
        **other(r),
        "danger": not seldom(r, 6),
        "reason": "" if seldom(r, 6) else "it burns",
    },
    "ratify-override": deciding,
    "condemn-override": deciding,
    "admit-witness": lambda r: {
        "name": r.choice(["court", "press", "peers", "bench", "No Name"]),
        "key": r.choice([*KEYS, *KEYS, "no key", str(LogKey.objects.first())]),
        "url": r.choice(["", "", "https://court.example/w", "ftp://x", "http://192.0.2.1/w"]),
    },
    "retire-witness": lambda r: {
        "name": there(r, Witness.objects.order_by("admitted"), "nobody", "retired")
    },
    "set-quorum": lambda r: {"needed": r.choice([0, 0, 0, 1, 2, 101, -1])},
    "rotate-log-key": lambda r: {
        "old": there(r, LogKey.objects.order_by("-since"), "no key", "until"),
        "overlap": r.choice([0, 3, 1000]),
    },
    "erase-person": lambda r: {
        "person": there(r, Person.everything.order_by("-enrolled"), NOBODY),
        "ground": r.choice(["no-longer-needed", "by-judgment", None, "for fun"]),
    },
    "record-question": lambda r: {
        "question": r.choice([{"actor": "auditor", "act": "enrol-person"}, {"act": "x"}, {}])
    },
    "inspect-register": lambda r: {"search": text(r)},
    "issue-enrolment-link": lambda r: {"person": persons(r), "digest": r.choice(DIGESTS)},
    "vouch-for-person": of_person,
    "register-passkey": lambda r: {
        "person": persons(r),
        "digest": r.choice(DIGESTS),
        "credential": CREDENTIAL,
        "link": there(r, EnrolmentLink.objects.order_by("-issued"), NONE, "used")
        if r.random() < 0.5
        else "",
    },
    "remove-passkey": lambda r: {
        "passkey": there(r, Passkey.objects.order_by("-since"), NONE, "until")
    },
    "renew-recovery-codes": lambda r: {
        "person": persons(r),
        "digests": r.sample(DIGESTS, r.choice([0, 1, 2, 2, 3])),
    },
    "use-recovery-code": using,
    "end-sessions": of_person,
    "issue-token": lambda r: {
        "office": office(r),
        "digest": r.choice(DIGESTS),
        "purpose": text(r),
        "days": r.choice([1, 30, 90, 91]),
    },
    "revoke-token": lambda r: {
        "token": there(r, Token.objects.order_by("-issued"), NONE, "revoked")
    },
}
"""By act, what it may be given."""


def asked_of() -> Who:
    """Who is in an office that was asked for something."""
    offices = Asked.objects.filter(open=True).values("office")
    return in_office(Appointment.everything.filter(office__in=offices))


def askers() -> Who:
    unanswered = Request.everything.filter(answered=None).order_by("-asked")
    return list(unanswered.values_list("requester", "office"))


def in_office(rows: Any) -> Who:
    return list(rows.filter(until=None).order_by("since", "id").values_list("person_id", "office"))


def holders() -> Who:
    """Who answers for a token, and who may end it besides."""
    issued = Token.objects.filter(revoked=None).order_by("-issued")
    found = [(key, ONESELF) for key in issued.values_list("person_id", flat=True)]
    return found + in_office(Appointment.everything.filter(office="security-officer"))


def watch() -> Who:
    """Who is on a roster, and who keeps one."""
    people = Shift.objects.filter(void=None).values("person")
    keepers = Post.objects.filter(until=None).values("keeper")
    return in_office(Appointment.everything.filter(person__in=people)) + in_office(
        Appointment.everything.filter(office__in=keepers)
    )


WHO = {
    **dict.fromkeys(
        ("propose-swap", "accept-swap", "end-swap", "hand-over", "take-over", "publish-roster"),
        watch,
    ),
    "answer-consultation": asked_offices,
    "begin-review": keepers,
    "conclude-review": keepers,
    "grant-request": asked_of,
    "decline-request": asked_of,
    "withdraw-request": askers,
    "revoke-token": holders,
}
"""Of acts that everybody may do, or that rest on what somebody did: who has reason to."""
OPEN: dict[str, Any] = {
    **{
        name: Post.objects.filter(until=None)
        for name in ("close-duty-post", "assign-to-post", "release-from-post", "publish-roster")
    },
    **{
        name: Shift.objects.filter(void=None)
        for name in (
            "change-roster",
            "fill-gap",
            "report-gap",
            "except-roster",
            "propose-swap",
            "hand-over",
            "take-over",
        )
    },
    **{
        name: Swap.objects.filter(approved=None, ended=None)
        for name in ("accept-swap", "end-swap", "approve-swap")
    },
    "end-absence": Absence.objects.all(),
    "grant-request": Request.everything.filter(answered=None),
    "decline-request": Request.everything.filter(answered=None),
    "withdraw-request": Request.everything.filter(answered=None),
    "ratify-override": Exceeding.everything.filter(decided=None),
    "condemn-override": Exceeding.everything.filter(decided=None),
    "certify-edition": Proposal.objects.filter(certified=None),
    "revise-edition": Proposal.objects.filter(revised=None, promulgated=None, withdrawn=None),
    "withdraw-edition": Proposal.objects.none(),
    "consult-office": Proposal.objects.filter(revised=None, promulgated=None),
    "answer-consultation": Consultation.objects.filter(opinions=None),
    "comment-edition": Proposal.objects.filter(revised=None, promulgated=None),
    "resolve-comment": Comment.objects.filter(resolved=None),
    "examine-edition": Proposal.objects.filter(certified=None, revised=None),
    "promulgate-edition": Proposal.objects.filter(promulgated=None, certified__isnull=False),
    "conclude-review": Review.objects.filter(concluded=None),
    "withhold-instrument": Publication.objects.filter(until=None),
    "revoke-delegation": Gift.objects.filter(revoked=None),
    "revoke-token": Token.objects.filter(revoked=None),
    "withdraw-clearance": Clearance.objects.filter(ended=None),
    "begin-log": Cosigning.objects.filter(size__gt=0),
    "remove-passkey": Passkey.objects.filter(until=None),
    "use-recovery-code": RecoveryCode.objects.filter(used=None, replaced=None),
    "retire-witness": Witness.objects.filter(retired=None),
    "found-ministry": Person.everything.none(),
    "found-oversight": Person.everything.none(),
}
"""Of acts on what others have begun, what there is of it: they are tried often while there is some, and else seldom."""
FIRST = {
    "consult-office": ("propose-edition",),
    "answer-consultation": ("propose-edition", "consult-office"),
    "certify-edition": ("propose-edition", "examine-edition"),
    "promulgate-edition": ("propose-edition", "examine-edition", "certify-edition"),
    "conclude-review": ("begin-review",),
    "withhold-instrument": ("publish-instrument",),
}
"""Of acts on what others have begun: what is mostly tried in their place where nothing is begun."""
OFTEN = {"request-approval": 10, "override-refusal": 10}


def names() -> list[str]:
    """The acts that are tried, each as often as it stands here."""
    found: list[str] = []
    for name in all_acts():
        usual = OFTEN.get(name, 4)
        found += [name] * ((10 if OPEN[name].all().exists() else 1) if name in OPEN else usual)
    return found


def likely(act: str) -> Who:
    """Who might do an act: people in the offices that some norm on it names."""
    if act in WHO:
        return WHO[act]()
    law = book()
    above = law.vocabulary.act_up.get(act, frozenset())
    named = {
        one.name
        for norm in law.norms
        if norm.kind in GRANTS and norm.act in above
        for one in norm.bearer.actors
    }
    found = in_office(Appointment.everything.filter(office__in=named))
    if ONESELF in named:
        everyone = Person.everything.order_by("enrolled").values_list("key", flat=True)
        found += [(key, ONESELF) for key in everyone]
    if FOUNDER in named:
        found.append((FOUNDER, FOUNDER))
    return found


def somebody(r: Random, act: str) -> Acting:
    """Somebody who might do it, somebody in another office, or somebody who is in none."""
    anyone = in_office(Appointment.everything)
    chance = r.random()
    might: Sequence[tuple[str, str]] = likely(act) if chance < 0.75 else anyone
    wrong = FOUNDER if seldom(r, 9) else office(r)
    who = r.choice(might or anyone) if chance < 0.93 else (persons(r), wrong)
    return Acting(*who, 1.0 if seldom(r, 15) else 4e9)


def tries(r: Random, act: str = "") -> tuple[str, Acting, Data]:
    """Somebody tries an act."""
    act = act or r.choice(names())
    if act in FIRST and not seldom(r, 4) and not OPEN[act].all().exists():
        act = r.choice(FIRST[act])
    data = GIVEN[act](r)
    begun = Record.everything.filter(kind="act", outcome="needs").order_by("-number").first()
    if begun is not None and seldom(r, 4):  # others do the same
        act, data = begun.act, {**opened(bytes(begun.body)).data}
    by = somebody(r, act)
    if by.office == ONESELF and "person" in data and not seldom(r, 4):
        data["person"] = by.person
    if act == "issue-token" and not seldom(r, 4):
        mine = in_office(Appointment.everything.filter(person=by.person))
        data["office"] = r.choice(mine or [("", data["office"])])[1]
    if seldom(r, 25):
        data.pop(next(iter(data)))
    return act, by, data
