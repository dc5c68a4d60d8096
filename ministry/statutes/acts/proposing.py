"""Proposing an edition, revising it, withdrawing it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.content import NotABook
from ministry.editions.models import Edition
from ministry.editions.queries import digest_at, law_of
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.markings import unfit
from ministry.gate.readers import SORTS
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.enacting import known
from ministry.statutes.data import Differences, Proposing, Revising, WithdrawingEdition
from ministry.statutes.models import Consultation, Proposal
from ministry.statutes.queries import open_proposal
from ministry.words.said import number
from writ.book.terms import Value
from writ.editions.provisions import differing
from writ.journal.entry import Entry, Kind

MOST = 20_000
"""Provisions that one edition may change: it is on the record which they are."""


@act("propose-edition", Proposing, apply.proposed)
def propose(by: Acting, data: Proposing, at: dt.datetime) -> Deed:
    """Propose an edition of the Book, whose text was deposited."""
    fit(data.edition, "edition")
    base = data.base or digest_at(at)
    found = {"base": base, "differs": differences(base, data.edition)}
    return Deed(data.edition, data=data.model_copy(update=found))


@act("revise-edition", Revising, apply.revised)
def revise(by: Acting, data: Revising, at: dt.datetime) -> Deed:
    """Put another text in place of a proposed edition. What was said of provisions that read otherwise falls away."""
    before = open_proposal(data.edition)
    fit(data.by, "by")
    base = data.base or before.base
    found = {"root": before.root, "base": base, "differs": differences(base, data.by)}
    return Deed(
        before.root,
        {"edition.proposer": before.proposer},
        data=data.model_copy(update=found),
    )


@act("withdraw-edition", WithdrawingEdition, apply.withdrawn)
def withdraw(by: Acting, data: WithdrawingEdition, at: dt.datetime) -> Deed:
    """Propose an edition no longer. What was said of it stays."""
    before = open_proposal(data.edition)
    return Deed(
        before.root,
        tells=unasked(before.root, at),
        data=data.model_copy(update={"root": before.root}),
    )


def unasked(root: str, at: dt.datetime) -> tuple[Entry, ...]:
    """That nobody is asked any more about an edition: of each office that has not answered."""
    facts: dict[str, Value | None] = {**known(at, {"consultation.withdrawn": True})}
    if not facts:
        return ()
    rows = Consultation.objects.filter(root=root, opinions=None).order_by("asked", "id")
    return tuple(
        Entry(Kind.FACT, at, about=one.id, thing="consultation", facts=facts) for one in rows
    )


def fit(edition: str, field: str) -> None:
    """See that an edition is there, that it was not proposed before, and that one can live under it."""
    if not Edition.objects.filter(digest=edition).exists():
        raise NotPossible(
            gettext("that edition is not deposited"), field, gettext("deposit its text first")
        )
    if Proposal.objects.filter(edition=edition).exists():
        raise NotPossible(gettext("that edition was proposed already"), field)
    for wrong in unfit(law_of(edition).book, SORTS):
        raise NotPossible(
            gettext("nobody could be asked who may read what: {wrong}").format(wrong=wrong), field
        )


def differences(base: str, edition: str) -> Differences:
    """The provisions that do not say the same in two editions, each with its old and its new fingerprint."""
    try:
        old = law_of(base).book
    except Edition.DoesNotExist:
        raise NotPossible(gettext("the edition that it amends is not deposited"), "base") from None
    except NotABook as error:
        raise NotPossible(str(error), "base") from None
    found = differing(old, law_of(edition).book)
    if len(found) > MOST:
        raise NotPossible(
            gettext("it changes {found} provisions, more than {most}").format(
                found=number(len(found)), most=number(MOST)
            ),
            "edition",
            gettext("propose it in parts"),
        )
    return found
