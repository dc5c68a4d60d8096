"""`ministry recover SIGN_IN`."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.gate.acting import FOUNDER, Acting
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import tokens
from ministry.identity.views.security import address
from ministry.operations import acts
from ministry.operations.data import Recovering
from ministry.people.models import Person


def recovered(sign_in: str, reason: str) -> str:
    """The link of somebody who lost their passkeys, issued by whoever has charge of the machine.

    Raises:
        NotPossible: nobody is enrolled under that name.
        Refused: the Book does not allow it: an officer can, or nobody has vouched for them.
    """
    person = Person.everything.filter(sign_in=sign_in).first()
    if person is None:
        raise NotPossible(f"nobody is enrolled as `{sign_in}`", "sign_in")
    secret = tokens.new_secret()
    acts.recover(
        Acting(FOUNDER, FOUNDER, time.time()),
        Recovering(person=person.key, digest=tokens.digest(secret), reason=reason),
    )
    return address(secret)


class Command(BaseCommand):
    help = "Print a link for somebody who lost their passkeys and whom no officer can help; it goes on the record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sign_in", help="the name that they were enrolled under")
        parser.add_argument("--reason", required=True, help="what happened; it goes on the record")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = recovered(options["sign_in"], options["reason"])
        except NotPossible as error:
            raise CommandError(error.message) from None
        except Refused as error:
            raise CommandError(said(error)) from None
        self.stdout.write(link)


def said(error: Refused) -> str:
    decision = error.refusal.decision
    cited = ", ".join(decision.citations)
    missing = "; ".join(f"{one.kind} {one.what}" for one in decision.missing)
    said = f"the Book does not allow it{f' ({cited})' if cited else ''}"
    if missing:
        return f"{said}: it asks for {missing}"
    return f"{said}: an officer who can sign in may issue the link, or they have no passkey (`ministry enrol`)"
