"""What statutes answers."""

from __future__ import annotations

from django.utils.translation import gettext

from ministry.editions.models import Promulgation
from ministry.editions.queries import Law
from ministry.gate.deed import NotPossible
from ministry.statutes.models import Proposal

CHECKS = "legal-check"
"""The kind of the Book whose values an edition is examined for."""


def checks_of(law: Law) -> tuple[str, ...]:
    """What an edition is examined for, by the Book; nothing where it does not say."""
    kind = law.book.vocabulary.kinds.get(CHECKS)
    return tuple(kind.order) if kind is not None else ()


def proposal_of(edition: str) -> Proposal:
    """The proposal of an edition.

    Raises:
        NotPossible: it was not proposed.
    """
    found = Proposal.objects.filter(edition=edition).first()
    if found is None:
        raise NotPossible(
            gettext("that edition was not proposed"), "edition", gettext("propose it first")
        )
    return found


def open_proposal(edition: str) -> Proposal:
    """A proposal on which something may still be done.

    Raises:
        NotPossible: there is none, it was revised, withdrawn or promulgated.
    """
    found = proposal_of(edition)
    if found.promulgated is not None:
        raise NotPossible(gettext("that edition was promulgated already"), "edition")
    if found.withdrawn is not None:
        raise NotPossible(gettext("that edition was withdrawn"), "edition")
    if found.revised is not None:
        head = head_of(found)
        raise NotPossible(
            gettext("that edition was revised meanwhile"),
            "edition",
            gettext("read edition {edition}").format(edition=head.edition),
        )
    return found


def head_of(proposal: Proposal) -> Proposal:
    """The last revision of a proposal."""
    return Proposal.objects.filter(root=proposal.root, revised=None).first() or proposal


def last_promulgated() -> Promulgation | None:
    """The edition promulgated last, whether it is in force already or not."""
    return Promulgation.objects.order_by("-number").first()
