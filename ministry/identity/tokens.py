"""Secrets that are shown once and kept as their SHA-256: of links, of recovery codes, of systems."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import logging
import secrets
from contextlib import suppress

from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ministry.gate.acting import Acting
from ministry.identity.models import Token, TokenUse
from ministry.people.models import Appointment

log = logging.getLogger("ministry.security")
SECRET_BYTES = 32
PREFIX = "ministry_"
"""So that a scanner for lost secrets knows a token when it sees one."""
CODES = 10
CODE_BYTES = 20
"""160 bits, 32 letters: so many that a fast digest keeps them (ASVS 6.5.2 asks for 112, 11.5.1 for 128)."""
USE_TO = dt.timedelta(minutes=1)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """32 random bytes, as text for an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def new_token() -> str:
    return PREFIX + new_secret()


def new_codes() -> list[str]:
    """Recovery codes: eight groups of four letters and figures."""
    plain = [
        base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower() for _ in range(CODES)
    ]
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in plain]


def code_as_typed(text: str) -> str:
    """A recovery code in its one form, however it was typed."""
    bare = "".join(one for one in text.lower() if one.isalnum())[:64]
    return "-".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def acting_by_token(header: str | None) -> Acting | None:
    """Who acts by an `Authorization` header; nobody, where it is not a good token.

    One query by a unique index. What is looked up is the digest of what was shown, so that how long it takes tells
    nothing of any token that is kept.
    """
    kind, _, shown = (header or "").partition(" ")
    if kind.lower() != "bearer" or not shown.startswith(PREFIX) or len(shown) > 128:
        if header:
            log.warning("token refused", extra={"event": "token", "ok": False, "why": "not ours"})
        return None
    given = digest(shown)
    now = timezone.now()
    in_office = Appointment.everything.filter(
        person=OuterRef("person"), office=OuterRef("office"), until=None
    )
    found = (
        Token.objects.filter(digest=given, revoked=None, until__gt=now, person__is_active=True)
        .filter(Exists(in_office))
        .values_list("id", "digest", "person_id", "office", "use__at")
        .first()
    )
    if found is None or not hmac.compare_digest(found[1], given):
        log.warning("token refused", extra={"event": "token", "ok": False, "why": "not good"})
        return None
    name, _, person, office, last = found
    used(name, last, now)
    return Acting(person, office)


def used(token: str, last: dt.datetime | None, at: dt.datetime) -> None:
    """Note when a token was last used, unless it was noted a moment ago."""
    if last is not None and at - last <= USE_TO:
        return
    with suppress(DatabaseError):  # another request noted it at the same moment
        if not TokenUse.objects.filter(token=token).update(at=at):
            TokenUse.objects.create(token_id=token, at=at)
