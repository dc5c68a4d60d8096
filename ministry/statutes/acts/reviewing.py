"""Reviews: an instrument is looked at again, and it is said what becomes of it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import Law, law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.enacting import known
from ministry.statutes.data import BeginningReview, ConcludingReview
from ministry.statutes.evidence import evidence
from ministry.statutes.models import Review
from ministry.statutes.reviews import due_of
from writ.book.model import Instrument

LONGEST = 20 * 366
"""Days after which an instrument is reviewed again, at the most."""


@act("begin-review", BeginningReview, apply.review_begun)
def begin_review(by: Acting, data: BeginningReview, at: dt.datetime) -> Deed:
    """Begin the review of an instrument of the edition in force."""
    law = law_at(at)
    item = instrument_of(law, data.instrument)
    if Review.objects.filter(instrument=item.id, concluded=None).exists():
        raise NotPossible(
            gettext("it is being reviewed already"),
            "instrument",
            gettext("conclude that review first"),
        )
    found = {"due": due_of(item, last_of(item.id)), "edition": law.digest}
    return Deed(
        item.id,
        known(at, {"begin-review.keeps": item.owner == by.office}),
        data=data.model_copy(update=found),
    )


@act("conclude-review", ConcludingReview, apply.review_concluded)
def conclude_review(by: Acting, data: ConcludingReview, at: dt.datetime) -> Deed:
    """Say whether an instrument is kept, to be amended or to be repealed, and why, with what was found."""
    law = law_at(at)
    item = instrument_of(law, data.instrument)
    review = Review.objects.filter(instrument=item.id, concluded=None).first()
    if review is None:
        raise NotPossible(
            gettext("it is not being reviewed"), "instrument", gettext("begin its review first")
        )
    if data.next <= at.date():
        raise NotPossible(
            gettext("that day is past"), "next", gettext("say by which day it is reviewed next")
        )
    if data.next > at.date() + dt.timedelta(days=LONGEST):
        raise NotPossible(gettext("that is more than twenty years ahead"), "next")
    found = {"review": review.id, "evidence": evidence(law, item.id, since(item.id), at)}
    return Deed(
        item.id,
        known(at, {"conclude-review.keeps": item.owner == by.office}),
        data=data.model_copy(update=found),
    )


def instrument_of(law: Law, name: str) -> Instrument:
    """An instrument of the edition in force.

    Raises:
        NotPossible: it has none of that name.
    """
    item = law.book.instruments.get(name)
    if item is None:
        raise NotPossible(gettext("the Book in force has no such instrument"), "instrument")
    return item


def last_of(instrument: str) -> Review | None:
    """The review of an instrument that was concluded last."""
    rows = Review.objects.filter(instrument=instrument, concluded__isnull=False)
    return rows.order_by("-begun", "-id").first()


def since(instrument: str) -> dt.datetime | None:
    """From when evidence counts: since the last review was concluded."""
    last = last_of(instrument)
    return last.concluded if last is not None else None
