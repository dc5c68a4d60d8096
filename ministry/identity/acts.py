"""What identity does."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.readers import person_of
from ministry.gate.registry import act
from ministry.identity import apply, facts
from ministry.identity.data import (
    IssuingToken,
    Linking,
    OfPerson,
    Registering,
    Removing,
    Renewing,
    RevokingToken,
    Using,
)
from ministry.identity.models import EnrolmentLink, Passkey, RecoveryCode, Token

SURE = 15 * 60
"""So many seconds after they proved who they are, people may change what they sign in with."""
LINK_LASTS = dt.timedelta(hours=72)


@act("issue-enrolment-link", Linking, apply.linked, sure=SURE)
def issue_enrolment_link(by: Acting, data: Linking, at: dt.datetime) -> Deed:
    """Give a person the link by which they register a passkey. A link issued before is good no more."""
    person = person_of(by, data.person, at)
    if EnrolmentLink.objects.filter(digest=data.digest).exists():
        raise NotPossible(
            gettext("this secret was used for a link before"), "digest", gettext("make a new one")
        )
    return Deed(
        person.key,
        {**facts.of_account("issue-enrolment-link", person), **facts.voucher(person.key)},
        data=data.model_copy(update={"until": at + LINK_LASTS}),
    )


@act("vouch-for-person", OfPerson, sure=SURE)
def vouch(by: Acting, data: OfPerson, at: dt.datetime) -> Deed:
    """Vouch, having seen them, for a person who lost their passkeys."""
    person = person_of(by, data.person, at)
    return Deed(person.key, facts.of_account("vouch-for-person", person))


@act("register-passkey", Registering, apply.registered, sure=SURE)
def register_passkey(by: Acting, data: Registering, at: dt.datetime) -> Deed:
    """Register a passkey by which a person signs in."""
    person = person_of(by, data.person, at)
    if data.link:
        good_link(EnrolmentLink.objects.filter(id=data.link, person=person).first(), at)
    if Passkey.objects.filter(digest=data.digest).exists():
        raise NotPossible(
            gettext("this passkey was registered before"), "credential", gettext("make a new one")
        )
    return Deed(person.key, facts.of_account("register-passkey", person), subject=person.key)


@act("remove-passkey", Removing, apply.removed, sure=SURE)
def remove_passkey(by: Acting, data: Removing, at: dt.datetime) -> Deed:
    """Remove a passkey, so that nobody signs in with it."""
    found = Passkey.objects.select_related("person").filter(id=data.passkey, until=None).first()
    if found is None:
        raise NotPossible(gettext("there is no such passkey to remove"), "passkey")
    return Deed(found.person_id, facts.of_account("remove-passkey", found.person))


@act("renew-recovery-codes", Renewing, apply.renewed, sure=SURE)
def renew_recovery_codes(by: Acting, data: Renewing, at: dt.datetime) -> Deed:
    """Make recovery codes, in place of any that were made before."""
    person = person_of(by, data.person, at)
    if (
        len(set(data.digests)) < len(data.digests)
        or RecoveryCode.objects.filter(digest__in=data.digests).exists()
    ):
        raise NotPossible(gettext("one of these codes was made before"), "digests")
    return Deed(person.key, facts.of_account("renew-recovery-codes", person))


@act("use-recovery-code", Using, apply.used)
def use_recovery_code(by: Acting, data: Using, at: dt.datetime) -> Deed:
    """Sign in with a recovery code, once."""
    person = person_of(by, data.person, at)
    good = RecoveryCode.objects.filter(
        digest=data.digest, person=person, used=None, replaced=None
    ).exists()
    if not good:
        raise NotPossible(gettext("this code is not good, or not any more"), "code")
    return Deed(person.key, facts.of_account("use-recovery-code", person))


@act("end-sessions", OfPerson, apply.sessions_ended)
def end_sessions(by: Acting, data: OfPerson, at: dt.datetime) -> Deed:
    """End everything that a person is signed in to."""
    person = person_of(by, data.person, at)
    return Deed(person.key, facts.of_account("end-sessions", person))


@act("issue-token", IssuingToken, apply.token_issued, sure=SURE)
def issue_token(by: Acting, data: IssuingToken, at: dt.datetime) -> Deed:
    """Make a token with which a system acts for an office."""
    if Token.objects.filter(digest=data.digest).exists():
        raise NotPossible(
            gettext("this secret was used for a token before"), "digest", gettext("make a new one")
        )
    until = at + dt.timedelta(days=data.days)
    return Deed(
        data.office,
        {
            "issue-token.holder": by.person,
            "access-token.office-held": facts.in_office(by.person, data.office),
        },
        data=data.model_copy(update={"until": until}),
    )


@act("revoke-token", RevokingToken, apply.token_revoked)
def revoke_token(by: Acting, data: RevokingToken, at: dt.datetime) -> Deed:
    """End a token."""
    found = Token.objects.filter(id=data.token, revoked=None).first()
    if found is None:
        raise NotPossible(gettext("there is no such token to end"), "token")
    return Deed(found.office, {"revoke-token.holder": found.person_id})


def good_link(link: EnrolmentLink | None, at: dt.datetime) -> EnrolmentLink:
    """The link, if it is good.

    Raises:
        NotPossible: it is not, for whatever reason: which one is nobody's business but the issuer's.
    """
    if link is None or link.used or link.replaced or link.until <= at:
        raise NotPossible(
            gettext("this link is not good, or not any more"),
            "link",
            gettext("ask for another where you got it"),
        )
    return link
