"""A decision in words and links: what it says, under which provision, what is missing, who else could."""

from __future__ import annotations

import datetime as dt

import msgspec
from django.utils.translation import gettext, gettext_noop

from ministry.console.here import Here
from ministry.editions.queries import Law
from ministry.gate.decide import who
from ministry.gate.holders import people_in
from ministry.gate.readers import hidden
from ministry.gate.stretches import States, as_things_stand, past_of
from ministry.words import said as words
from writ.book.model import Norm
from writ.book.wording import say
from writ.cli import norm_text
from writ.engine.answer import Considered, Decision, Missing, Outcome
from writ.engine.request import Request
from writ.engine.who import COULD

TONES = {
    "permitted": "good",
    "prohibited": "bad",
    "needs": "wary",
    "no authority": "none",
    "conflict": "clash",
}
"""How each outcome is coloured; the word always stands beside the colour."""

WORDS = {
    Outcome.PERMITTED: gettext_noop("The law allows it."),
    Outcome.PROHIBITED: gettext_noop(
        "A provision in force forbids it, and no other prevails over it."
    ),
    Outcome.NEEDS: gettext_noop(
        "There is authority for it, but something is missing that can still be brought about."
    ),
    Outcome.NO_AUTHORITY: gettext_noop(
        "No provision in force gives this office the power to do it."
    ),
    Outcome.CONFLICT: gettext_noop(
        "The law both allows or commands it and forbids it, and no maxim decides which prevails."
    ),
}

MISSING = {
    "step": gettext_noop("must be done before"),
    "condition": gettext_noop("must hold"),
    "statement": gettext_noop("must be stated by the act"),
    "record": gettext_noop("must be in the record of the act"),
    "number": gettext_noop("more persons must act together"),
    "others": gettext_noop("another must act too"),
    "again": gettext_noop("another must act again"),
    "fact": gettext_noop("is not known, and the answer depends on it"),
}

STATUSES = (
    gettext_noop("applies"),
    gettext_noop("open"),
    gettext_noop("defeated"),
    gettext_noop("fails"),
    gettext_noop("another bearer"),
)
"""What became of a norm that was considered; the engine's own words."""

STRANGER = "somebody-else"
"""Stands for whoever holds an office, when it is asked who could do something."""
OTHERS = 3
"""Nearest norms for other actors that are shown at once."""


class Line(msgspec.Struct, frozen=True):
    """One provision and what it says here."""

    citation: str
    href: str
    kind: str
    text: str
    why: str = ""


class Could(msgspec.Struct, frozen=True):
    """An office that could authorise something, and who holds it now."""

    office: str
    tone: str
    outcome: str
    people: tuple[tuple[str, str], ...]
    """Keys and names."""
    missing: tuple[str, ...]


class Said(msgspec.Struct, frozen=True):
    """A decision, ready for a page."""

    outcome: str
    tone: str
    words: str
    under: list[Line]
    over: list[Line]
    missing: list[Line]
    nearest: list[Line]
    others: int
    """Nearest norms for other actors that were left out."""
    also: list[Line]
    opens: list[Line]
    considered: list[Line]
    notes: tuple[str, ...]


def href_of(law: Law, citation: str, edition: str = "") -> str:
    """Where a citation leads: the provision, in the edition in force or in that one. Empty where it is not found."""
    norm = cited(law).get(citation)
    if norm is None:
        return ""
    from ministry.console.places import href_to  # it names anchors as this module does

    return href_to(law, norm.instrument, norm.label, edition=edition)


def anchor(label: str) -> str:
    """The anchor of a provision: `17(1)` is `s-17-1`."""
    plain = "".join(one if one.isalnum() else "-" for one in label)
    return "s-" + "-".join(part for part in plain.split("-") if part)


_cited: dict[str, dict[str, Norm]] = {}


def cited(law: Law) -> dict[str, Norm]:
    """The first norm of each citation."""
    found = _cited.get(law.digest)
    if found is None:
        if len(_cited) >= 8:
            _cited.clear()
        found = _cited[law.digest] = {}
        for norm in law.book.norms:
            found.setdefault(norm.citation, norm)
    return found


def said(law: Law, decision: Decision, edition: str = "") -> Said:
    """A decision in words; `edition` where its links lead to that one and not to the edition in force."""
    teller = _Teller(law, edition)
    beaten = {one.norm: one for one in decision.considered if one.status == "defeated"}
    others = [one for one in decision.nearest if one.status == "another bearer"][OTHERS:]
    shown = {law.book.by_id[name].citation for name in decision.deciding if name in law.book.by_id}
    shown |= {one.citation for one in decision.nearest}
    return Said(
        str(decision.outcome),
        TONES[decision.outcome],
        gettext(WORDS[decision.outcome]),
        [teller.norm(name) for name in decision.deciding if name not in beaten],
        [teller.norm(name, beaten[name]) for name in decision.deciding if name in beaten],
        [teller.missing(one) for one in decision.missing],
        [teller.near(one) for one in decision.nearest if one not in others],
        len(others),
        [teller.bare(one) for one in decision.citations if one not in shown],
        [
            Line(
                one.citation,
                teller.href(one.citation),
                "duty",
                f"{one.bearer} must {one.act}" + (f" to {one.to}" if one.to else ""),
                gettext("due {due}").format(due=day(one.due)) if one.due is not None else "",
            )
            for one in decision.opens
        ],
        [teller.considered(one) for one in decision.considered],
        decision.notes,
    )


class _Teller:
    """Puts norms into words."""

    def __init__(self, law: Law, edition: str) -> None:
        self.law, self.edition = law, edition

    def href(self, citation: str) -> str:
        return href_of(self.law, citation, self.edition)

    def norm(self, name: str, beaten: Considered | None = None, why: str = "") -> Line:
        norm = self.law.book.by_id.get(name)
        if norm is None:
            return Line(name, "", "", gettext("a norm that this edition does not have"), why)
        if beaten is not None:
            why = gettext("prevailed over by {maxim}").format(maxim=beaten.maxim)
        return Line(norm.citation, self.href(norm.citation), norm.kind, wording(norm), why)

    def bare(self, citation: str) -> Line:
        norm = cited(self.law).get(citation)
        return Line(
            citation, self.href(citation), norm.kind if norm else "", wording(norm) if norm else ""
        )

    def missing(self, one: Missing) -> Line:
        return Line(
            one.citation,
            self.href(one.citation),
            "",
            one.what,
            gettext(MISSING.get(one.kind, one.kind)),
        )

    def near(self, one: Considered) -> Line:
        if one.status == "another bearer":
            return self.norm(one.norm, why=gettext("gives it to another"))
        why = gettext("requires: {because}").format(because=one.because) if one.because else ""
        return self.norm(one.norm, why=why)

    def considered(self, one: Considered) -> Line:
        why = gettext(one.status)
        if one.by:
            other = self.law.book.by_id.get(one.by)
            why = gettext("defeated by {citation} ({maxim})").format(
                citation=other.citation if other else one.by, maxim=one.maxim
            )
        elif one.because:
            why = gettext("{status}: requires {because}").format(
                status=gettext(one.status), because=one.because
            )
        elif one.status == "open":
            why = gettext("open: it depends on what is not known")
        return self.norm(one.norm, why=why)


def wording(norm: Norm) -> str:
    """A norm in one line, with how it must be done."""
    return norm_text.line(norm) + "".join(f", so that {say(one)}" for one in norm.so_that)


def who_could(here: Here, request: Request, law: Law | None = None, most: int = 8) -> list[Could]:
    """The offices that could do what is asked, with those who hold them: first those that may at once."""
    law = law or here.law
    asked = msgspec.structs.replace(request, person=STRANGER, acting=(), delegations=())
    states = as_things_stand(law, asked)
    found = []
    for office, decision in who(law, asked, states):
        there = people_in(here.held, office)
        # Whom the law keeps from it in their own person (separation of duty) is not named.
        able = [key for key in there if able_to(law, asked, office, key, states)]
        if able or not there:
            found.append((office, decision, able))
    found = sorted(found, key=lambda one: one[1].outcome is not Outcome.PERMITTED)[:most]
    keys = {key for _, _, able in found for key in able}
    unknown = hidden(here.reader, keys, here.held.changes)
    here.know(keys - unknown)
    return [
        Could(
            office,
            TONES[decision.outcome],
            str(decision.outcome),
            tuple((key, here.person(key)) for key in able if key not in unknown),
            tuple(one.what for one in decision.missing),
        )
        for office, decision, able in found
    ]


def able_to(law: Law, asked: Request, office: str, person: str, states: States | None) -> bool:
    """Whether that person could do it in that office, or could if something more were done first."""
    request = msgspec.structs.replace(asked, actor=office, person=person)
    return law.engine.decide(request, False, past_of(law, request, states)).outcome in COULD


def day(at: dt.date) -> str:
    """`5 March 2026`, and the time of a moment."""
    return words.day(at)
