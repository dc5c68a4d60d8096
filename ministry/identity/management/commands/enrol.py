"""`ministry enrol SIGN_IN`."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ministry.gate.acting import FOUNDER, Acting
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import acts, tokens
from ministry.identity.data import Linking
from ministry.identity.views.security import address
from ministry.people.models import Person


def first_link(sign_in: str) -> str:
    """The enrolment link of an officer who has no passkey yet, issued by whoever sets up the register.

    Raises:
        NotPossible: nobody is enrolled under that name.
        Refused: the Book does not allow it: they have a passkey.
    """
    person = Person.everything.filter(sign_in=sign_in).first()
    if person is None:
        raise NotPossible(f"nobody is enrolled as `{sign_in}`", "sign_in")
    secret = tokens.new_secret()
    acts.issue_enrolment_link(
        Acting(FOUNDER, FOUNDER, time.time()),
        Linking(person=person.key, digest=tokens.digest(secret)),
    )
    return address(secret)


class Command(BaseCommand):
    help = "Issue the enrolment link of somebody who has no passkey yet, and print it: once, good for 72 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sign_in", help="the name that they were enrolled under")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = first_link(options["sign_in"])
        except NotPossible as error:
            raise CommandError(error.message) from error
        except Refused as error:
            cited = ", ".join(error.refusal.decision.citations)
            raise CommandError(
                f"the Book does not allow it{f' ({cited})' if cited else ''}: "
                "they have a passkey already; the Security Officer issues another link"
            ) from error
        self.stdout.write(link)
