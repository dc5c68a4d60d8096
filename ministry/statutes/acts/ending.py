"""What ends by itself: whoever keeps it says whether it is renewed or left to end."""

from __future__ import annotations

import datetime as dt

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.enacting import known
from ministry.statutes.acts.reviewing import instrument_of
from ministry.statutes.data import DecidingEnding
from ministry.statutes.sunset import endings


@act("decide-ending", DecidingEnding, apply.ending_decided)
def decide_ending(by: Acting, data: DecidingEnding, at: dt.datetime) -> Deed:
    """Say whether what ends by itself within 90 days is renewed or left to end, and why."""
    law = law_at(at)
    item = instrument_of(law, data.instrument)
    found = [
        one
        for one in endings(law, at.date())
        if one.instrument.id == item.id and one.key == data.provision
    ]
    if not found:
        raise NotPossible(
            "it does not end by itself within 90 days",
            "provision" if data.provision else "instrument",
        )
    return Deed(
        item.id,
        known(at, {"decide-ending.keeps": item.owner == by.office}),
        data=data.model_copy(update={"day": found[0].day}),
    )
