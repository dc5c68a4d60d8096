"""Examining, certifying and promulgating an edition."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply, standing
from ministry.statutes.data import Certifying, Examining, Promulgating
from ministry.statutes.hanging import hanging
from ministry.statutes.models import Proposal
from ministry.statutes.queries import checks_of, last_promulgated, open_proposal
from writ.book.terms import Value

AHEAD = dt.timedelta(days=5 * 366)
"""So far ahead an edition may be promulgated."""


@act("examine-edition", Examining, apply.examined)
def examine(by: Acting, data: Examining, at: dt.datetime) -> Deed:
    """Say on what a proposed edition was examined, as it now reads, what was found, and why."""
    found = open_proposal(data.edition)
    known = checks_of(law_at(at))
    for check in data.findings:
        if check not in known:
            said = ", ".join(known) or "none"
            raise NotPossible(
                gettext("the Book knows no check {check}").format(check=check),
                "findings",
                gettext("it knows: {said}").format(said=said),
            )
    pins = standing.pins_of(found.differs)
    return Deed(found.root, data=data.model_copy(update={"root": found.root, "pins": pins}))


@act("certify-edition", Certifying, apply.certified)
def certify(by: Acting, data: Certifying, at: dt.datetime) -> Deed:
    """Certify that an edition says what the law says."""
    found = open_proposal(data.edition)
    if found.certified is not None:
        raise NotPossible(gettext("that edition is certified already"), "edition")
    passed = frozenset(
        one.check for one in standing.examined(found, checks_of(law_at(at))) if one.passed
    )
    facts: dict[str, Value] = {
        "edition.proposer": found.proposer,
        "edition.heard": all(one.settled for one in standing.heard(found, at)),
        "edition.passed": passed,
        "edition.leaves-hanging": bool(found.base and hanging(found.base, found.edition)),
    }
    return Deed(found.root, known(at, facts), data=data.model_copy(update={"root": found.root}))


@act("promulgate-edition", Promulgating, apply.promulgated, weighs=True)
def promulgate(by: Acting, data: Promulgating, at: dt.datetime) -> Deed:
    """Bring an edition of the Book into force, at once or from a moment to come."""
    found = open_proposal(data.edition)
    last = last_promulgated()
    if last is not None:
        in_order(found, last.edition, last.since, data.begins(at), at)
    number = (last.number if last is not None else 0) + 1
    before = Proposal.objects.filter(root=found.root, certified__isnull=False)
    facts: dict[str, Value] = {
        "edition.altered": found.certified is None and before.exists(),
        "edition.proposer": found.proposer,
    }
    return Deed(
        found.root,
        known(at, facts),
        data=data.model_copy(update={"root": found.root, "number": number}),
    )


def in_order(
    found: Proposal, last: str, last_since: dt.datetime, since: dt.datetime, at: dt.datetime
) -> None:
    """See that an edition follows on the one promulgated last: in what it amends, and in time."""
    if found.base and found.base != last:
        raise NotPossible(
            gettext("another edition was promulgated since, which this one does not have in it"),
            "edition",
            gettext("revise it so that it amends edition {last}").format(last=last),
        )
    if since < at:
        raise NotPossible(
            gettext("that moment is past"), "since", gettext("nothing comes into force in the past")
        )
    if since < last_since:
        raise NotPossible(
            gettext("the edition that it amends comes into force on {last_since} only").format(
                last_since=format(last_since, "%Y-%m-%d %H:%M %Z")
            ),
            "since",
            gettext("bring this one into force then, or later"),
        )
    if since > at + AHEAD:
        raise NotPossible(gettext("that is more than five years ahead"), "since")


def known(at: dt.datetime, facts: dict[str, Value]) -> dict[str, Value]:
    """Of these facts those that the Book in force has a word for: an older one may have fewer."""
    attributes = law_at(at).book.vocabulary.attributes
    return {name: value for name, value in facts.items() if name in attributes}
