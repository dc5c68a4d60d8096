"""Bringing an amended edition into force."""

from __future__ import annotations

from ministry.editions.apply import deposit
from ministry.statutes import acts
from ministry.statutes.data import Promulgating, Proposing
from tests.ministry.enacting import certify
from tests.ministry.people import texts


def amended(
    house,
    old="permanent-secretary, director-of-personnel may appoint-officer",
    new="permanent-secretary may appoint-officer",
):
    """An edition in which the Director of Personnel appoints no more, or what else is said."""
    files = texts()
    files["organisation-act.md"] = files["organisation-act.md"].replace(old, new)
    edition = deposit(files)
    acts.propose(house.bo, Proposing(edition=edition))
    certify(house.cy, edition)
    acts.promulgate(house.bo, Promulgating(edition=edition))
    return edition
