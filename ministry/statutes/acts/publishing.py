"""Publishing instruments that no law publishes, and withholding them again."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.reviewing import instrument_of
from ministry.statutes.data import Publishing
from ministry.statutes.models import Publication
from ministry.statutes.publication import by_law


@act("publish-instrument", Publishing, apply.published)
def publish(by: Acting, data: Publishing, at: dt.datetime) -> Deed:
    """Let everybody read an instrument, from the edition in force on."""
    law = law_at(at)
    item = instrument_of(law, data.instrument)
    if by_law(law.book, item):
        raise NotPossible(gettext("it is published by law"), "instrument")
    if Publication.objects.filter(instrument=item.id, until=None).exists():
        raise NotPossible(gettext("it is published already"), "instrument")
    return Deed(item.id)


@act("withhold-instrument", Publishing, apply.withheld)
def withhold(by: Acting, data: Publishing, at: dt.datetime) -> Deed:
    """Let an instrument be read by everybody no longer. Whoever has read it has read it."""
    found = Publication.objects.filter(instrument=data.instrument, until=None).first()
    if found is None:
        raise NotPossible(gettext("no act published it"), "instrument")
    return Deed(found.instrument, data=data.model_copy(update={"publication": found.id}))
