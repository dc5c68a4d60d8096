"""Sessions: kept in the database under a digest, with whose they are beside them, so that they can be listed and ended.

A copy of the database signs nobody in: what the browser has is not in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from ministry.database.transaction import BEGIN_AGAIN, TRIES, sqlstate
from ministry.identity.models import Session
from ministry.people.models import Person

OFFICE, SURE, BEGAN, SEEN, WAY, DEVICE = (
    "office",
    "sure_since",
    "began",
    "seen",
    "way",
    "device",
)
RECOVERY = "recovery"
SEEN_TO = 60
"""Seconds: no more often is it noted that a session is in use."""
BACKEND = "ministry.identity.backends.Signed"

BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")
SAID = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "macOS", "CrOS": "ChromeOS"}


def kept_as(session_key: str) -> str:
    """What the key of a session is kept as: 40 figures of its SHA-256."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(Kept):
    """Django's sessions in the database, whose keys are kept as digests."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=kept_as(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str | None = None) -> bool:
        return Session.objects.filter(session_key=kept_as(session_key or "")).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=kept_as(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=kept_as(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person=data.get("_auth_user_id", ""),
            office=data.get(OFFICE, ""),
            way=data.get(WAY, ""),
            device=data.get(DEVICE, ""),
            began=moment(data.get(BEGAN)),
            seen=moment(data.get(SEEN)),
        )

    def save(self, must_create: bool = False) -> None:
        for trial in range(TRIES):
            try:
                return super().save(must_create)
            except OperationalError as error:  # two requests of one person at the same moment
                if sqlstate(error) not in BEGIN_AGAIN or trial == TRIES - 1:
                    raise
                time.sleep(random.uniform(0, 0.002 * 2**trial))


def moment(seconds: float | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else None


def device(user_agent: str) -> str:
    """What a browser says it is, in two words: no more of it is kept."""
    browser = next((one for one in BROWSERS if f"{one}/" in user_agent), "")
    system = next((one for one in SYSTEMS if one in user_agent), "")
    browser, system = SAID.get(browser, browser), SAID.get(system, system)
    return " on ".join(filter(None, (browser, system))) or gettext("an unknown device")


def sign_in(request: HttpRequest, person: Person, way: str, sure: bool) -> None:
    """Begin a session of a person. `sure`: they proved who they are with a passkey just now."""
    request.session.flush()
    login(request, person, backend=BACKEND)
    now = time.time()
    request.session.update(
        {
            BEGAN: now,
            SEEN: now,
            WAY: way,
            SURE: now if sure else 0.0,
            DEVICE: device(request.headers.get("User-Agent", "")[:1000]),
        }
    )


def proved(request: HttpRequest) -> None:
    """The person proved again who they are: note when, under a new key."""
    request.session.cycle_key()
    request.session[SURE] = time.time()


def recovering(request: HttpRequest) -> bool:
    """Whether a person signed in with a recovery code and registered no passkey yet: they act in no office."""
    return request.session.get(WAY) == RECOVERY and not request.session.get(SURE)


def over(request: HttpRequest) -> bool:
    """Whether a session is over: not used for too long, or begun too long ago."""
    now, session = time.time(), request.session
    return bool(
        now - session.get(BEGAN, 0) > settings.SESSION_LASTS
        or now - session.get(SEEN, 0) > settings.SESSION_COOKIE_AGE
    )


def seen(request: HttpRequest) -> None:
    now = time.time()
    if now - request.session.get(SEEN, 0) > SEEN_TO:
        request.session[SEEN] = now


def sign_out(request: HttpRequest) -> None:
    logout(request)


def of_person(person: str) -> QuerySet[Session]:
    """The sessions of a person that are not over, the latest first."""
    now = timezone.now()
    began = now - dt.timedelta(seconds=settings.SESSION_LASTS)
    return Session.objects.filter(person=person, expire_date__gt=now, began__gt=began).order_by(
        "-seen"
    )


def end(person: str, session: str) -> bool:
    """End one session of a person; whether there was one."""
    return bool(Session.objects.filter(person=person, session_key=session).delete()[0])


def end_others(request: HttpRequest) -> int:
    """End every session of a person but this one; how many there were."""
    mine = kept_as(request.session.session_key or "")
    others = Session.objects.filter(person=request.user.pk).exclude(session_key=mine)
    return int(others.delete()[0])
