"""What statutes does."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import law_of
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.markings import unfit
from ministry.gate.readers import SORTS
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.data import Certifying, Promulgating, Proposing
from ministry.statutes.models import Proposal


@act("propose-edition", Proposing, apply.proposed)
def propose(by: Acting, data: Proposing, at: dt.datetime) -> Deed:
    """Propose an edition of the Book, whose text was deposited."""
    if not Edition.objects.filter(digest=data.edition).exists():
        raise NotPossible("that edition is not deposited", "edition", "deposit its text first")
    if Proposal.objects.filter(edition=data.edition).exists():
        raise NotPossible("that edition was proposed already", "edition")
    for wrong in unfit(law_of(data.edition).book, SORTS):
        raise NotPossible(f"nobody could be asked who may read what: {wrong}", "edition")
    return Deed(data.edition)


@act("certify-edition", Certifying, apply.certified)
def certify(by: Acting, data: Certifying, at: dt.datetime) -> Deed:
    """Certify that an edition says what the law says."""
    found = proposal_of(data.edition)
    if found.certified is not None:
        raise NotPossible("that edition is certified already", "edition")
    return Deed(data.edition, {"edition.proposer": found.proposer})


@act("promulgate-edition", Promulgating, apply.promulgated, weighs=True)
def promulgate(by: Acting, data: Promulgating, at: dt.datetime) -> Deed:
    """Bring an edition of the Book into force, at once."""
    found = proposal_of(data.edition)
    if found.promulgated is not None:
        raise NotPossible("that edition was promulgated already", "edition")
    number = (Promulgation.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    return Deed(data.edition, data=data.model_copy(update={"number": number}))


def proposal_of(edition: str) -> Proposal:
    found = Proposal.objects.filter(edition=edition).first()
    if found is None:
        raise NotPossible("that edition was not proposed", "edition", "propose it first")
    return found
