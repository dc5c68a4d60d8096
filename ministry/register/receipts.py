"""Receipts: a record with the proof that it is in the log, for a person to keep and to verify offline."""

from __future__ import annotations

from ministry.register import keys, tree
from ministry.register.models import Checkpoint, Leaf, Quorum, Record, Witness
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.keys import parse_key
from writ.journal.log.merkle import inclusion_proof
from writ.journal.log.policy import Policy, any_of
from writ.journal.log.receipt import Receipt


class NotYet(LookupError):
    """A record is not in a signed tree yet, or not in one that enough witnesses have seen."""


def receipt(record: Record, cosigned: bool = False) -> Receipt:
    """The receipt of a record from the first checkpoint that has it, or, `cosigned`, from the first with a quorum.

    Raises:
        NotYet: there is no such checkpoint yet.
    """
    index = Leaf.objects.filter(number=record.number).values_list("index", flat=True).first()
    if index is None:
        raise NotYet("the record is not in the log yet; it will be within a second")
    found = Checkpoint.objects.filter(size__gt=index, note__isnull=False).order_by("size")
    if cosigned:
        found = found.filter(quorum=True)
    checkpoint = found.first()
    if checkpoint is None:
        raise NotYet("no checkpoint that has the record is signed as asked yet")
    proof = inclusion_proof(tree.reader(checkpoint.size), index, checkpoint.size)
    return Receipt.of(
        bytes(record.salt),
        bytes(record.body),
        index,
        tuple(proof),
        parse_checkpoint(bytes(checkpoint.note or b"")),
    )


def policy() -> Policy:
    """Whom to believe: the keys of the log, the witnesses, and how many of them are enough."""
    witnesses = {
        str(key): (key, url)
        for key, url in (
            (parse_key(text), url)
            for text, url in Witness.objects.filter(retired__isnull=True).values_list("key", "url")
        )
    }
    needed = Quorum.objects.values_list("needed", flat=True).filter(id=1).first() or 0
    logs = [term.key for term in keys.terms()]
    return any_of(min(needed, len(witnesses)), [key for key, _ in witnesses.values()], logs)
