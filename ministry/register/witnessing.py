"""Asking the witnesses to cosign the log (C2SP tlog-witness), and keeping what they answer."""

from __future__ import annotations

import datetime as dt
import http.client
import ssl
from urllib.parse import urlsplit

from django.db import transaction

from ministry.database import router
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.register import tree
from ministry.register.models import Checkpoint, Cosigning, Witness
from ministry.register.receipts import policy
from ministry.timers.transports import Never
from ministry.timers.transports.webhook import target
from writ.journal.log.checkpoint import parse_checkpoint
from writ.journal.log.codes import Refused
from writ.journal.log.cosign import cosigned
from writ.journal.log.keys import parse_key
from writ.journal.log.merkle import consistency_proof
from writ.journal.log.policy import signatures
from writ.journal.log.witness import Request

PATIENCE = 10.0
"""Seconds for one answer."""
LONGEST = 64 * 1024
"""Bytes of an answer that are read."""


class NoAnswer(Exception):
    """A witness did not cosign; why. `size` is how many records it saw in the log, where it saw more than there are."""

    def __init__(self, message: str, size: int | None = None) -> None:
        super().__init__(message)
        self.size = size


def ask_all(again: bool = False) -> dict[str, str]:
    """Ask every witness that has an address and has not cosigned the latest checkpoint; what went wrong, by witness.

    `again`: those who cosigned it, too. They may have seen more since, if this database was put back to what it was.
    """
    latest = Checkpoint.objects.filter(note__isnull=False).order_by("-size").first()
    if latest is None:
        return {}
    errors: dict[str, str] = {}
    for witness in Witness.objects.filter(retired__isnull=True).exclude(url=""):
        known, _ = Cosigning.objects.filter(witness=witness.name).first(), None
        if known is not None and known.size >= latest.size and not known.error and not again:
            continue
        error = ""
        size: int | None = latest.size
        try:
            ask(witness, latest.size, min(known.size, latest.size) if known is not None else 0)
        except (NoAnswer, Never, Refused) as one:
            error = errors[witness.name] = str(one)
            size = getattr(one, "size", None)
        note_asked(witness.name, size, error)
    return errors


def ask(witness: Witness, size: int, old: int) -> None:
    """Ask one witness to cosign the checkpoint of that size, which follows on the `old` one that it knows.

    Raises:
        NoAnswer: it does not answer, or knows another log than ours.
        Refused: what it answers is no cosignature.
    """
    checkpoint = parse_checkpoint(note_of(size))
    for _ in range(2):
        proof = tuple(consistency_proof(tree.reader(size), old, size))
        status, body = post(witness.url, Request(old, proof, checkpoint).encode())
        if status != 409:
            break
        told = body.decode("ascii", "replace").strip()
        if not told.isdigit() or int(told) > size:
            more = int(told) if told.isdigit() and len(told) < 19 else None
            raise NoAnswer(f"it says that the log had {told[:20]} records: it saw more", more)
        old = int(told)
    if status == 422:
        raise NoAnswer("it says that the log does not grow out of what it saw: it was rewritten")
    if status != 200:
        raise NoAnswer(f"it answers {status}")
    keep(size, witness, body)


def keep(size: int, witness: Witness, answer: bytes) -> None:
    """Put the cosignatures of a witness on the checkpoint, and note whether there are enough of them."""
    with transaction.atomic(using=router.current()), permit(State.LOG):
        row = Checkpoint.objects.select_for_update().get(size=size)
        whole = cosigned(parse_checkpoint(bytes(row.note or b"")), answer, [parse_key(witness.key)])
        wanted = policy()
        met = wanted.met(signatures(whole, wanted).witnesses)
        Checkpoint.objects.filter(size=size).update(note=whole.encode(), quorum=met)


def note_asked(witness: str, size: int | None, error: str) -> None:
    """Note how far a witness has followed, and what became of asking it."""
    now = dt.datetime.now(dt.UTC)
    with transaction.atomic(using=router.current()), permit(State.LOG):
        row, new = Cosigning.objects.get_or_create(witness=witness)
        # A witness that has not answered since the log was restored counts as not asked: the log waits for it.
        waits = row.asked is None and not new and size is None
        Cosigning.objects.filter(witness=witness).update(
            asked=None if waits else now,
            error=error[:2_000],
            size=row.size if size is None else size,
        )


def note_of(size: int) -> bytes:
    return bytes(Checkpoint.objects.values_list("note", flat=True).get(size=size) or b"")


def post(url: str, body: bytes) -> tuple[int, bytes]:
    """Post a request to a witness; status and body of its answer.

    Raises:
        NoAnswer: there is none.
        Never: the address is none that is posted to.
    """
    to = target(f"{url.rstrip('/')}/add-checkpoint")
    kind = http.client.HTTPSConnection if to.scheme == "https" else http.client.HTTPConnection
    connection = kind(to.hostname or "", to.port, timeout=PATIENCE)
    try:
        connection.request("POST", urlsplit(to.geturl()).path, body, {"User-Agent": "Writ"})
        answer = connection.getresponse()
        data = answer.read(LONGEST + 1)
    except ssl.SSLCertVerificationError as error:
        raise NoAnswer(f"its certificate is not accepted: {error.verify_message}") from None
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(f"no answer ({type(error).__name__})") from None
    finally:
        connection.close()
    if len(data) > LONGEST:
        raise NoAnswer("its answer is too long")
    return answer.status, data
