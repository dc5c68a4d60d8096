"""What the parts below the console tell Today: requests for approval that wait, and whether the watch is alive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext

from ministry.approvals import queries
from ministry.console.forms import form_of
from ministry.console.waiting import MOST, Light, Waiting, light, waits
from ministry.editions.queries import law_at
from ministry.gate import remaining
from ministry.gate.acting import Acting
from ministry.gate.reading import shown
from ministry.labels.reader import Reader
from ministry.timers import auditor


@waits("approvals")
def approvals(by: Acting, reader: Reader, at: dt.datetime) -> Iterator[Waiting]:
    """What others ask this office to do."""
    requests = shown(by, reader, queries.waiting_for(reader)[:MOST], at)
    if not requests:
        return
    words = law_at(at).book.vocabulary
    for one in requests:
        act, office = words.acts.get(one.act), words.actors.get(one.office)
        what = act.description if act is not None and act.description else one.act
        yield Waiting(
            what[:1].upper() + what[1:],
            f"/approvals/{one.id}/",
            one.reason[:200],
            office.description if office is not None else one.office,
            one.asked,
        )


@waits("parts")
def parts(by: Acting, reader: Reader, at: dt.datetime) -> Iterator[Waiting]:
    """What others have begun that this office must do, too."""
    law = law_at(at)
    actors = law.book.vocabulary.actors
    for one in remaining.waiting(law, reader, at):
        offices = dict.fromkeys(place for place, _ in one.parts)
        named = (actors[name].description or name for name in offices if name in actors)
        act = law.book.vocabulary.acts[one.act].description or one.act
        about = (actors[one.about].description if one.about in actors else "") or one.about
        yield Waiting(
            gettext("{act}: do your part").format(act=act[:1].upper() + act[1:]),
            form_of(one),
            (f"{about}: " if about else "")
            + gettext("begun by others; it is done when all have done the same"),
            ", ".join(named),
            one.since,
        )


@light("watch")
def watch(at: dt.datetime) -> Light:
    """The watch over timers and the outbox."""
    found = auditor.alive()
    if found.alive:
        said = gettext("The watch is alive")
        if found.parked:
            said = gettext("The watch is alive; {parked} parked").format(parked=found.parked)
    else:
        said = gettext("The watch is silent")
    return Light(found.alive, said, found.since)
