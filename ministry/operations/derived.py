"""What an earlier release derived otherwise from the register is derived again, once the tables are up to date."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ministry.database import router
from ministry.database.wall import opened as wall_opened
from ministry.gate import duties
from ministry.gate.models import Duty
from ministry.register.models import Kind, Record
from ministry.register.record import opened

AT_ONCE = 2_000


def again(**_: Any) -> int:
    """Write the duties anew if their rows are of a release that named and followed them otherwise; how many there are.

    What they are follows from the records of acts: nobody decides anything by it.
    """
    if not Duty.everything.exclude(id__startswith="d-").exists():
        return 0
    with transaction.atomic(using=router.current()), wall_opened():
        Duty.everything.all().delete()
        duties.forget()
        docket = duties.docket()
        acts = Record.everything.filter(kind=Kind.ACT).order_by("number")
        for number, body in acts.values_list("number", "body").iterator(AT_ONCE):
            duties.write(docket.take(number, opened(bytes(body))))
    duties.forget()
    return Duty.everything.count()
