"""The transaction of an act: one of its own, or that of the step of a timer which does it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import connections, transaction

from ministry.database import router
from ministry.database.transaction import Place, in_step, take, together
from ministry.labels.rows import lifted

T = TypeVar("T")

_acting: ContextVar[bool] = ContextVar("acting", default=False)


def alone(work: Callable[[], T], name: str = "", weighs: bool = False) -> T:
    """Do the work in a transaction of its own, or, in a step of a timer, in the transaction of the step.

    With `weighs` no other act is under way meanwhile; of works of one `name` it is remembered if they came to weigh.

    Raises:
        Busy: it was begun again too often.
    """
    using = router.current()
    place = Place.BY_ITSELF if weighs else Place.AMONG_OTHERS

    def act() -> T:
        token = _acting.set(True)
        try:
            return work()
        finally:
            _acting.reset(token)

    if not connections[using].in_atomic_block:
        with lifted():
            return together(act, place, name)
    if not in_step():
        raise RuntimeError("an act is a transaction of its own")
    take(place)  # what the step has read by now may be older than its place: it is begun again
    with transaction.atomic(using=using):
        return act()


def in_act() -> bool:
    """Whether what is done now belongs to an act."""
    return _acting.get()


def by_itself() -> None:
    """See that no other act is under way, and that what they did is seen."""
    take(Place.BY_ITSELF)
