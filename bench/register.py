"""The register at size: records put into the log a second, a receipt, hashing, and the decisions of all records again.

    python -m bench.register [RECORDS]

The records are real ones of the model ministry (enrolments, appointments, refusals), made by copying: each has its own
id, salt and number. SQLite, durable.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

RECORDS = 100_000
COPIED = 5_000


def main(records: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-register-") as folder:
        os.environ["MINISTRY_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "ministry.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from tests.ministry.people import founded

        founded()
        print(f"Django {django.__version__}, Python {sys.version.split()[0]}, SQLite")
        fill(records)
        measured()


def fill(records: int) -> None:
    """Copies of the enrolments and the refusals that there are, until there are so many records."""
    import msgspec
    from django.db import transaction

    from ministry.command import acts as command
    from ministry.command.data import Appointing, Enrolment
    from ministry.database.states import State
    from ministry.database.wall import permit
    from ministry.gate.append import new_id
    from ministry.gate.refusal import Refused
    from ministry.register.models import Pending, Record
    from ministry.register.record import Envelope, body, opened
    from tests.ministry.people import acting, key
    from writ.journal.canonical import canonical
    from writ.journal.log.commitment import new_salt

    ada = acting("ada")
    kinds = [command.enrol(ada, Enrolment(sign_in="gus", name="G")).record]
    try:
        command.appoint(ada, Appointing(person=key("ada"), office="duty-officer"))
    except Refused as refused:
        kinds.append(refused.refusal.record)
    models = [(one, opened(bytes(one.body))) for one in Record.everything.filter(id__in=kinds)]
    begun = time.perf_counter()
    made = 0
    while made < records:
        with transaction.atomic(), permit(State.REGISTER):
            some = []
            for at in range(min(COPIED, records - made)):
                row, envelope = models[(made + at) % len(models)]
                name = new_id()
                entry = msgspec.structs.replace(
                    envelope.entry_of(), id=name, about=f"{row.about}{at}"
                )
                told: Envelope = msgspec.structs.replace(
                    envelope, id=name, entry=msgspec.Raw(canonical(entry))
                )
                values = {f.attname: getattr(row, f.attname) for f in Record._meta.concrete_fields}
                values |= {"number": None, "id": name, "about": entry.about}
                values |= {"body": body(told), "salt": new_salt()}
                some.append(Record(**values))
            Record.everything.bulk_create(some)
            numbers = Record.everything.order_by("-number").values_list("number", flat=True)[
                : len(some)
            ]
            Pending.objects.bulk_create(Pending(number=one) for one in list(numbers))
        made += len(some)
    print(f"{made:,} records appended in bulk: {made / (time.perf_counter() - begun):,.0f}/s")


def measured() -> None:
    from ministry.gate.verify import verify
    from ministry.register import receipts, tree
    from ministry.register.models import Leaf, Record
    from ministry.register.sequencer import sequence
    from writ.journal.log.commitment import commit
    from writ.journal.log.merkle import CompactRange, leaf_hashes
    from writ.journal.log.receipt import verify as proven

    begun = time.perf_counter()
    done = sequence()
    print(
        f"{done:,} records put into the log and signed: {done / (time.perf_counter() - begun):,.0f}/s"
    )
    size = tree.size()
    times = []
    policy = receipts.policy()
    for at in range(0, size, max(1, size // 200)):
        record = Record.everything.get(number=Leaf.objects.get(index=at).number)
        begun = time.perf_counter()
        found = receipts.receipt(record)
        times.append(time.perf_counter() - begun)
        assert proven(found, policy).verified
    times.sort()
    print(
        f"a receipt: {1e3 * times[len(times) // 2]:.2f} ms median, {1e3 * times[-1]:.2f} ms worst of {len(times)}"
    )
    rows = [
        (bytes(s), bytes(b)) for s, b in Record.everything.values_list("salt", "body").iterator()
    ]
    begun = time.process_time()
    root = CompactRange().extended(leaf_hashes([commit(s, b) for s, b in rows]))[0].root
    print(
        f"the whole log hashed from its records: {len(rows) / (time.process_time() - begun):,.0f}/s"
    )
    assert root is not None
    begun = time.process_time()
    found = verify(tables=False)
    spent = time.process_time() - begun
    print(
        f"{found.records:,} records read and decided again: {found.records / spent:,.0f}/s of processor time, "
        f"{len(found.differences)} differences"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
