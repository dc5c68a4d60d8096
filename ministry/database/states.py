"""What each table holds, and who may write to it.

*Institutional*: what the ministry decided; changed by acts alone, through the gate.
*Register*: the Journal itself; appended to by the gate.
*Log*: the Merkle tree over it; appended to by the sequencer.
*Working*: drafts, sessions, leases, read marks: their owner's business; on this declared list.
*Event*: logs, tracks and feeds; one act for each batch.
"""

from __future__ import annotations

from enum import StrEnum

from django.apps import apps


class State(StrEnum):
    INSTITUTIONAL = "institutional"
    REGISTER = "register"
    LOG = "log"
    WORKING = "working"
    EVENT = "event"


THEIRS = {
    "account": "nothing: it is there for those below",
    "auth": "groups and permissions that nothing here uses",
    "contenttypes": "names of tables",
    "mfa": "the public keys of passkeys; one that no act registered signs nobody in",
    "socialaccount": "nothing: what another sign-in service tells is not kept",
}
"""Applications of others whose tables are working state, and why."""

MIGRATIONS = "django_migrations"


def tables() -> dict[str, State]:
    """Each table with its state.

    Raises:
        LookupError: a table says nothing of its state; named with its model.
    """
    found = {MIGRATIONS: State.WORKING}
    for model in apps.get_models(include_auto_created=True):
        state = getattr(model, "state", None)
        meta = model._meta
        if not isinstance(state, State):
            if meta.app_label in THEIRS:
                state = State.WORKING
            elif meta.auto_created:
                state = getattr(meta.auto_created, "state", None)
        if not isinstance(state, State):
            raise LookupError(f"{meta.label} does not say what state it is (`state = State....`)")
        found[meta.db_table] = state
    return found
