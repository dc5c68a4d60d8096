"""The sequencer: it puts the records that were committed into the log, in order, and signs the tree.

There is one at a time, whoever is called upon: a second waits, and finds nothing to do. What it appends is one
transaction; the head of the tree is signed only after that is committed, so that nothing signed is ever rolled back. A
sequencer that is killed between the two leaves a head that the next one signs.

A record is put behind every record that it may rest on. Of two acts that change the same row the later one gets its
number after the earlier one was committed, or is begun again; so whoever sees the later sees the earlier, and takes
them in the order of their numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import connections, transaction

from ministry.database import router
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.register import keys, tree
from ministry.register.held import held
from ministry.register.models import Checkpoint, Leaf, Pending, Record
from writ.journal.log.checkpoint import sign_checkpoint
from writ.journal.log.commitment import commit
from writ.journal.log.head import TreeHead
from writ.journal.log.merkle import leaf_hashes

AT_ONCE = 4_000
"""So many records are appended in one transaction."""
LOCK = 0x57524954
"""The advisory lock of the sequencer (PostgreSQL)."""


def sequence() -> int:
    """Put everything that waits into the log, and sign it; how many records that were."""
    done = 0
    while some := append():
        done += some
        if some < AT_ONCE:
            break
    sign()
    return done


def append() -> int:
    """Append the next records, at the most `AT_ONCE`; how many they were. None while the log is held."""
    if not Pending.objects.exists() or held():
        return 0
    with transaction.atomic(using=router.current()), permit(State.LOG, State.REGISTER):
        alone()
        numbers = list(
            Pending.objects.order_by("number").values_list("number", flat=True)[:AT_ONCE]
        )
        if not numbers:
            return 0
        old = tree.size()
        leaves = commitments(numbers)
        grown = tree.extended(old, leaf_hashes(leaves))
        Leaf.objects.bulk_create(
            [
                Leaf(index=old + at, number=number, commitment=leaf)
                for at, (number, leaf) in enumerate(zip(numbers, leaves, strict=True))
            ],
            batch_size=300,
        )
        for some in parts(numbers):
            Pending.objects.filter(number__in=some).delete()
        Checkpoint.objects.create(size=grown.size, root=grown.root, at=dt.datetime.now(dt.UTC))
    return len(numbers)


def commitments(numbers: list[int]) -> list[bytes]:
    """The data of the leaves of these records, in their order."""
    found: dict[int, bytes] = {}
    for some in parts(numbers):
        rows = Record.everything.filter(number__in=some).values_list("number", "salt", "body")
        found.update((number, commit(bytes(salt), bytes(body))) for number, salt, body in rows)
    return [found[number] for number in numbers]


def parts(numbers: list[int]) -> Iterator[list[int]]:
    """As many at a time as a statement can name."""
    for at in range(0, len(numbers), 500):
        yield numbers[at : at + 500]


def alone() -> None:
    """Wait for any other sequencer. On SQLite a transaction is alone anyway."""
    connection = connections[router.current()]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def sign() -> Checkpoint | None:
    """Sign the latest head of the tree, if it is not; the checkpoint that was signed."""
    latest = Checkpoint.objects.order_by("-size").first()
    if latest is None or latest.note is not None or held():
        return None
    head = TreeHead(keys.origin(latest.size), latest.size, bytes(latest.root))
    now = dt.datetime.now(dt.UTC)
    signed = sign_checkpoint(head, keys.signing(latest.size), int(now.timestamp()))
    with transaction.atomic(using=router.current()), permit(State.LOG):
        # Whoever signs first has signed: another note of the same head would only be another name for it.
        Checkpoint.objects.filter(size=latest.size, note__isnull=True).update(note=signed.encode())
    return Checkpoint.objects.get(size=latest.size)
