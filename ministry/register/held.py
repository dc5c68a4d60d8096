"""Whether the log may grow. It may not while somebody outside has seen more of it than is here, or something else.

That is so after an older backup was restored: what was lost is in the log that others saw, and whatever were put in its
place would be a second history of the same log. It grows again once it is begun under another name.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from ministry.database import router
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.register import keys, tree
from ministry.register.models import Checkpoint, Cosigning, Witness
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.head import TreeHead
from writ.journal.log.merkle import root_of
from writ.journal.log.policy import any_of, signatures

SHOWN = "(shown)"
"""Stands among the witnesses for a checkpoint that somebody showed; no witness can be called so."""
NOT_ASKED = "not asked since the log was restored"


def held() -> str:
    """Why the log does not grow; empty where it may."""
    retired = Witness.objects.filter(retired__isnull=False).values("name")
    found = list(Cosigning.objects.exclude(witness__in=retired).order_by("-size"))
    if not found:
        return ""
    size = tree.size()
    for one in found:
        if one.witness == SHOWN:
            return f"a checkpoint of {one.size:,} records was shown that is not of the {size:,} that are here"
        if one.size > size:
            return f"{one.witness} saw the log with {one.size:,} records, and here it has {size:,}"
        if one.asked is None:
            return f"{one.witness} has not said what it saw since the log was restored"
    return ""


def lost() -> bool:
    """Whether somebody outside saw what is not here: it is not enough that a witness has not been asked."""
    retired = Witness.objects.filter(retired__isnull=False).values("name")
    found = Cosigning.objects.exclude(witness__in=retired)
    return found.filter(Q(witness=SHOWN) | Q(size__gt=tree.size())).exists()


def seen() -> int:
    """The most records that anybody outside is known to have seen in the log."""
    sizes = Cosigning.objects.order_by("-size").values_list("size", flat=True)
    return max(sizes.first() or 0, tree.size())


def head_of(note: bytes) -> TreeHead:
    """What a checkpoint of this log says.

    Raises:
        Refused: it is none, or not signed by a key of the log.
    """
    checkpoint = parse_checkpoint(note)
    known = [term.key for term in keys.terms(keys.origin())]
    signatures(checkpoint, any_of(0, [], known))
    return checkpoint.head


def is_ours(head: TreeHead) -> bool:
    """Whether the log that is here has grown out of that one."""
    size = tree.size()
    return head.size <= size and root_of(tree.reader(size), head.size) == head.root


def show(note: bytes) -> TreeHead:
    """Take note of a checkpoint that somebody kept. If the log here has not grown out of it, it grows no more.

    Raises:
        Refused: it is no checkpoint of this log.
    """
    head = head_of(note)
    if not is_ours(head):
        with transaction.atomic(using=router.current()), permit(State.LOG):
            Cosigning.objects.update_or_create(witness=SHOWN, defaults={"size": head.size})
    return head


def ask_again() -> int:
    """Hold the log until each of its witnesses has said what it saw; how many have to. For a log that was restored."""
    if not Checkpoint.objects.filter(note__isnull=False).exists():
        return 0
    names = list(
        Witness.objects.filter(retired__isnull=True).exclude(url="").values_list("name", flat=True)
    )
    with transaction.atomic(using=router.current()), permit(State.LOG):
        for name in names:
            Cosigning.objects.update_or_create(
                witness=name, defaults={"asked": None, "error": NOT_ASKED}
            )
    return len(names)


def forget() -> None:
    """Another log is begun: what was seen of this one counts no more."""
    with permit(State.LOG):
        Cosigning.objects.all().delete()
