"""What a person is told by mail when somebody, perhaps not they, changes what they sign in with."""

from __future__ import annotations

from django.conf import settings

from ministry.people.models import Person
from ministry.timers.outbox import post

SUBJECT = "What you sign in with was changed"
SAID = {
    "issue-enrolment-link": "An enrolment link was issued for you. With it, somebody can register a passkey as you.",
    "recover-account": "Whoever has charge of the machine issued an enrolment link for you, in place of an officer.",
    "register-passkey": "A passkey was registered for you.",
    "remove-passkey": "A passkey of yours was removed.",
    "renew-recovery-codes": "New recovery codes were made for you; earlier ones are good no more.",
    "use-recovery-code": "Somebody signed in as you with a recovery code.",
}
IF_NOT = (
    "If that was not you, or not at your wish, tell the Security Officer at once, and end your sessions under\n"
    "{origin}/account/sessions/\n"
    "The act is recorded as {record}.\n"
)


def notify(act: str, person: str, record: str) -> None:
    """Put the notice of an act into the outbox, in its transaction; nothing where no address is known."""
    address = Person.everything.values_list("email", flat=True).filter(key=person).first()
    if address:
        text = f"{SAID[act]}\n\n{IF_NOT.format(origin=settings.ORIGIN, record=record)}"
        post("mail", address, SUBJECT, text, key=f"identity {record}")
