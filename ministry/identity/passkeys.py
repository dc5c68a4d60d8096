"""The two ceremonies of a passkey (W3C Web Authentication, level 2): registering it, and signing in with it.

What they come to is decided here and not in the browser: the key is kept on the device, the person was verified by it
(its PIN, a finger, a face), the page was ours, and an act of the register registered it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    RegistrationResponse,
)

from ministry.identity.models import Passkey
from ministry.people.models import Person

MOST_BYTES = 20_000
"""Of what a browser sends of a passkey."""


class NotProved(Exception):
    """A ceremony failed. `why` is for the log; the person is told only that it did not work."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Made(msgspec.Struct, frozen=True):
    """A passkey that was made just now, not registered yet."""

    digest: str
    credential: str


def digest(credential: AttestedCredentialData) -> str:
    return hashlib.sha256(bytes(credential)).hexdigest()


def options_to_register(person: Person) -> dict[str, Any]:
    """What the browser is asked to make: a key kept on the device, which verifies the person."""
    return dict(auth.begin_registration(person, passwordless=True))


def options_to_prove(person: Person | None = None) -> dict[str, Any]:
    """What the browser is asked to prove; without a person: whoever they are."""
    return dict(auth.begin_authentication(person))


def made(person: Person, text: str, name: str) -> Made:
    """What was made, if it is what we asked for.

    Raises:
        NotProved: it is not.
    """
    answer = read(text)
    try:
        response = RegistrationResponse.from_dict(answer)
        auth.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise NotProved(f"registration: {cause(error)}") from error
    finally:
        auth.clear_state()
    see(response.response.client_data.origin, response.response.attestation_object.auth_data)
    credential = response.response.attestation_object.auth_data.credential_data
    if credential is None:
        raise NotProved("registration: no credential")
    kept = {"name": name[:80], "credential": answer}
    return Made(digest(credential), json.dumps(kept, separators=(",", ":")))


def proved(text: str, person: Person | None = None) -> Person:
    """Who proved who they are.

    Raises:
        NotProved: nobody did.
    """
    answer = read(text)
    try:
        response = AuthenticationResponse.from_dict(answer)
        claimed: Person = person or auth.extract_user_from_response(answer)
        kept: Authenticator = auth.complete_authentication(claimed, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotProved(f"sign-in: {cause(error)}") from error
    finally:
        auth.clear_state()
    see(response.response.client_data.origin, response.response.authenticator_data)
    if not claimed.is_active:
        raise NotProved("sign-in: suspended")
    credential = kept.wrap().authenticator_data.credential_data
    registered = Passkey.objects.filter(
        person=claimed, digest=digest(credential), until=None
    ).exists()
    if not registered:
        raise NotProved("sign-in: no act registered this passkey")
    count(kept, response.response.authenticator_data.counter)
    return claimed


def see(origin: str, data: AuthenticatorData) -> None:
    """See once more what must hold of every ceremony, whatever the libraries below were asked for.

    Raises:
        NotProved: the page was another's, or the person was not verified.
    """
    if origin != settings.ORIGIN:
        raise NotProved("the page was not ours")
    if not data.is_user_verified():
        raise NotProved("the person was not verified")


def count(kept: Authenticator, now: int) -> None:
    """Note how often a passkey says it was used: one that says less than before was copied (§ 6.1.1).

    Raises:
        NotProved: it was.
    """
    before = kept.data.get("count", kept.wrap().authenticator_data.counter)
    if (before or now) and now <= before:
        raise NotProved("sign-in: the passkey was copied")
    kept.data["count"] = now
    kept.last_used_at = timezone.now()
    kept.save(update_fields=["data", "last_used_at"])


def read(text: str) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise NotProved("too long an answer")
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise NotProved("not an answer") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise NotProved("not an answer")
    return answer


def cause(error: BaseException) -> str:
    """What kind of error it was: its text may hold what was sent."""
    return type(error.__cause__ or error.__context__ or error).__name__


def of_person(request: HttpRequest) -> list[tuple[Passkey, Authenticator | None]]:
    """The registered passkeys of whoever is signed in, each with what is kept of it besides."""
    kept = {
        one.data.get("passkey"): one
        for one in Authenticator.objects.filter(
            user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN
        )
    }
    registered = Passkey.objects.filter(person=request.user.pk, until=None)
    return [(one, kept.get(one.id)) for one in registered]
