"""What every act begins with, read in one statement: the time, the edition in force, and how often offices changed."""

from __future__ import annotations

import datetime as dt

import msgspec
from django.db import connections

from ministry.database import router
from ministry.database.statements import cursor
from ministry.database.transaction import now
from ministry.editions.queries import Law, in_force_at
from ministry.gate.holders import Holders, holders

# Done now, or with the last record if the clock of this machine was set back behind it: otherwise an older edition
# would be in force again. PostgreSQL has one clock for all, and to look at the last record there would make every act
# depend on every other.
LAST = """coalesce((SELECT "at" FROM "register_record" ORDER BY "number" DESC LIMIT 1), '')"""
CLOCK = {
    "sqlite": f'SELECT max(%s, {LAST}) AS "at"',
    "postgresql": 'SELECT clock_timestamp() AS "at"',
}
READ = """
SELECT "now"."at",
  (SELECT "edition" FROM "editions_promulgation" WHERE "since" <= "now"."at" ORDER BY "number" DESC LIMIT 1),
  (SELECT "changes" FROM "people_standing" WHERE "id" = 1)
FROM ({}) AS "now"
"""
STATEMENTS = {vendor: READ.format(clock) for vendor, clock in CLOCK.items()}


class Moment(msgspec.Struct, frozen=True):
    """When an act is done, and what is in force then. `changes` is how often offices and powers have changed."""

    at: dt.datetime
    edition: str
    changes: int

    def law(self) -> Law:
        """The edition in force.

        Raises:
            NoEdition: none is.
        """
        return in_force_at(self.at, self.edition)

    def held(self, law: Law) -> Holders:
        """Who holds what."""
        return holders(law, self.changes)


def moment() -> Moment:
    """The moment of an act, in the transaction under way."""
    connection = connections[router.current()]
    sqlite = connection.vendor == "sqlite"
    with cursor() as opened:
        opened.execute(
            STATEMENTS[connection.vendor],
            [connection.ops.adapt_datetimefield_value(now())] if sqlite else None,
        )
        at, edition, changes = opened.fetchone()
    if sqlite:
        at = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    return Moment(at.astimezone(dt.UTC), edition or "", changes or 0)
