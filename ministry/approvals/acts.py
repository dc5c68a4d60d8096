"""What approvals does."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext
from pydantic import ValidationError

from ministry.approvals import apply
from ministry.approvals.data import (
    Asking,
    Deciding,
    Declining,
    Granting,
    Overriding,
    Withdrawing,
)
from ministry.approvals.models import Exceeding, Outcome, Request
from ministry.database.transaction import now
from ministry.editions.queries import Law, law_at
from ministry.gate.acting import Acting
from ministry.gate.append import new_id
from ministry.gate.decide import could, entry_of, ruling
from ministry.gate.deed import Data, Deed, NotPossible
from ministry.gate.do import Once, Receipt, do_all
from ministry.gate.holders import holders
from ministry.gate.markings import marked, of_label
from ministry.gate.readers import reader_of
from ministry.gate.registry import Act, act, act_named, runs
from ministry.labels.marking import Marking
from writ.book.terms import Value
from writ.engine.answer import Outcome as Answer
from writ.journal.entry import Entry

DECIDE = "decide-override"
"""The act of deciding whether what was done in danger stands."""
ON_OVERRIDE = "override-refusal.on-an-override"
ANSWERS = {
    Answer.PROHIBITED: "prohibited-act",
    Answer.NO_AUTHORITY: "unauthorised-act",
    Answer.NEEDS: "unready-act",
    Answer.CONFLICT: "conflicting-act",
}


@act("request-approval", Asking, apply.asked)
def ask(by: Acting, data: Asking, at: dt.datetime) -> Deed:
    """Ask those who have a power to do an act by it."""
    law = law_at(at)
    entry, marking = entry_for(law, by, data.act, data.given, at)
    offices = tuple(
        sorted(
            name
            for name, answer in could(law, entry)
            if law.book.vocabulary.actors[name].kind == "office"
        )
    )
    if not offices:
        raise NotPossible(
            gettext("no office of the Book could do it as things stand"),
            "act",
            gettext("look at what is missing, or propose an edition that gives the power"),
        )
    return Deed(
        itself=True,
        data=data.model_copy(update={"offices": offices, "about": entry.about}),
        marking=marking,
    )


@act("grant-request", Granting, apply.granted, together=True)
def _granted(by: Acting, data: Granting, at: dt.datetime) -> Deed:
    """Do by one's own power what was asked."""
    return on_request(open_request(by, data.request, at), at)


@runs("grant-request")
def grant(by: Acting, data: Granting, once: Once | None = None) -> list[Receipt]:
    """Grant a request: the act that was asked for is done by whoever grants it, in the same transaction.

    Raises:
        Refused, NotPossible: as of `gate.do.do`; then nothing was done of either.
    """
    request = open_request(by, data.request, now())
    wanted = act_of(request.act)
    given = given_for(wanted, request.data)
    return do_all(by, [(act_named("grant-request"), data), (wanted, given)], once=once)


@act("decline-request", Declining, apply.declined)
def decline(by: Acting, data: Declining, at: dt.datetime) -> Deed:
    """Decline what was asked, and say why."""
    request = open_request(by, data.request, at)
    if not request.offices.filter(office=by.office).exists():
        raise NotPossible(gettext("your office was not asked"), "request")
    return on_request(request, at)


@act("withdraw-request", Withdrawing, apply.withdrawn)
def withdraw(by: Acting, data: Withdrawing, at: dt.datetime) -> Deed:
    """No longer ask for it."""
    return on_request(open_request(by, data.request, at), at)


@act("override-refusal", Overriding, apply.overridden, sure=300, together=True)
def _overridden(by: Acting, data: Overriding, at: dt.datetime) -> Deed:
    """Do at once what was refused, in danger that leaves no time."""
    law = law_at(at)
    entry, marking = entry_for(law, by, data.act, data.given, at)
    outcome = ruling(law, entry).decision.outcome
    if outcome is Answer.PERMITTED:
        raise NotPossible(gettext("it is permitted: nothing is to be overridden"), "act")
    facts: dict[str, Value] = {
        "override-refusal.answer": ANSWERS[outcome],
        "override-refusal.danger": data.danger,
        **({"override-refusal.reason": data.reason} if data.reason else {}),
    }
    if ON_OVERRIDE in law.book.vocabulary.attributes:
        facts[ON_OVERRIDE] = DECIDE in law.book.vocabulary.act_up.get(data.act, ())
    about = data.model_copy(update={"about": entry.about})
    return Deed(itself=True, facts=facts, data=about, marking=marking)


@runs("override-refusal")
def override(by: Acting, data: Overriding, once: Once | None = None) -> list[Receipt]:
    """Do an act at once although it is refused; both are recorded together.

    Raises:
        Refused: the Book does not let it be overridden.
        NotPossible: the act cannot be done as things stand, or needs no override.
    """
    wanted = act_of(data.act)
    given = given_for(wanted, data.given)
    asked = [(act_named("override-refusal"), data), (wanted, given)]
    return do_all(by, asked, override=True, once=once)


@act("ratify-override", Deciding, apply.ratified)
def ratify(by: Acting, data: Deciding, at: dt.datetime) -> Deed:
    """Let an act done in danger stand."""
    return on_exceeding(by, data, at)


@act("condemn-override", Deciding, apply.condemned)
def condemn(by: Acting, data: Deciding, at: dt.datetime) -> Deed:
    """Find that an act done in danger should not have been done."""
    return on_exceeding(by, data, at)


def on_request(request: Request, at: dt.datetime) -> Deed:
    return Deed(
        request.id,
        {"approval-request.requester": request.requester},
        marking=marking_at(at, request.label),
    )


def on_exceeding(by: Acting, data: Deciding, at: dt.datetime) -> Deed:
    found = Exceeding.objects.put_to(reader_of(by, at)).filter(id=data.exceeding).first()
    if found is None:
        raise NotPossible(gettext("there is no such act"), "exceeding")
    if found.decided is not None:
        raise NotPossible(gettext("it is decided already"), "exceeding")
    marking = marking_at(at, found.label)
    return Deed(found.id, {"exceeding.exceeder": found.person}, marking=marking)


def open_request(by: Acting, name: str, at: dt.datetime) -> Request:
    found = Request.objects.put_to(reader_of(by, at)).filter(id=name).first()
    if found is None:
        raise NotPossible(gettext("there is no such request"), "request")
    if found.outcome != Outcome.OPEN:
        raise NotPossible(
            gettext("the request is {outcome} already").format(outcome=found.outcome), "request"
        )
    return found


def entry_for(
    law: Law, by: Acting, name: str, given: dict[str, object], at: dt.datetime
) -> tuple[Entry, Marking]:
    """The entry that an act would be, and how it would be marked."""
    wanted = act_of(name)
    deed = wanted.prepare(by, given_for(wanted, given), at)
    return entry_of(name, new_id(), by, deed, at), marked(law, holders(law), deed)


def marking_at(at: dt.datetime, label: str) -> Marking:
    """The marking of a label."""
    return of_label(holders(law_at(at)), label)


def act_of(name: str) -> Act:
    try:
        return act_named(name)
    except KeyError:
        raise NotPossible(
            gettext("the server does no act `{name}`").format(name=name), "act"
        ) from None


def given_for(wanted: Act, given: dict[str, object]) -> Data:
    try:
        return wanted.data.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(one) for one in first["loc"])
        raise NotPossible(f"{field}: {first['msg']}", "given") from None
