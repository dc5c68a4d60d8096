"""What allauth asks of us: names, what a passkey is bound to, and that nobody registers themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from ministry.people.models import Person


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices go out by the outbox, and not from here."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages have their own words."""


class Passkeys(DefaultMFAAdapter):  # type: ignore[misc]  # it has no types
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        # Never what the request says: a passkey is bound to the address that the ministry was set up with.
        return {"id": settings.HOST, "name": settings.HOST}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        return {"id": user.key.encode(), "display_name": str(user), "name": user.sign_in}


def display(user: Person) -> str:
    return str(user)
