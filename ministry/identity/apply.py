"""How the acts of identity change its tables."""

from __future__ import annotations

import json

from allauth.mfa.models import Authenticator
from django.db.models import Q

from ministry.database import router
from ministry.gate.deed import Change
from ministry.identity.models import EnrolmentLink, Passkey, RecoveryCode, Session, Token
from ministry.identity.notices import notify
from ministry.register.record import ERASED


def live() -> bool:
    """Whether the act is done now, and not replayed: a replay has no working tables, and compares none."""
    return router.current() == "default"


def tell(change: Change, person: str) -> None:
    if live():
        notify(change.act, person, change.record)


def linked(change: Change) -> None:
    data = change.data
    EnrolmentLink.objects.filter(person=data.person, used=None, replaced=None).update(
        replaced=change.at
    )
    EnrolmentLink.objects.create(
        id=change.record,
        person_id=data.person,
        digest=data.digest,
        issued=change.at,
        until=data.until,
    )
    tell(change, data.person)


def registered(change: Change) -> None:
    data = change.data
    Passkey.objects.create(
        id=change.record, person_id=data.person, digest=data.digest, since=change.at
    )
    EnrolmentLink.objects.filter(id=data.link).update(used=change.at)
    if live() and data.credential != ERASED:
        Authenticator.objects.create(
            user_id=data.person,
            type=Authenticator.Type.WEBAUTHN,
            data={**json.loads(data.credential), "passkey": change.record},
            created_at=change.at,
        )
    tell(change, data.person)


def removed(change: Change) -> None:
    passkey = change.data.passkey
    Passkey.objects.filter(id=passkey).update(until=change.at)
    if not live():
        return
    whose = Passkey.objects.filter(id=passkey).values("person")
    Authenticator.objects.filter(user__in=whose, data__passkey=passkey).delete()
    tell(change, change.about)


def renewed(change: Change) -> None:
    data = change.data
    good = Q(person=data.person, used=None, replaced=None)
    RecoveryCode.objects.filter(good).update(replaced=change.at)
    for digest in data.digests:
        RecoveryCode.objects.create(digest=digest, person_id=data.person, made=change.at)
    tell(change, data.person)


def used(change: Change) -> None:
    RecoveryCode.objects.filter(digest=change.data.digest).update(used=change.at)
    tell(change, change.data.person)


def sessions_ended(change: Change) -> None:
    if live():
        Session.objects.filter(person=change.data.person).delete()


def token_issued(change: Change) -> None:
    data = change.data
    Token.objects.create(
        id=change.record,
        person_id=change.person,
        office=data.office,
        digest=data.digest,
        purpose=data.purpose,
        issued=change.at,
        until=data.until,
    )


def token_revoked(change: Change) -> None:
    Token.objects.filter(id=change.data.token).update(revoked=change.at)
