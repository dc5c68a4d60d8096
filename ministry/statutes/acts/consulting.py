"""Consultation: offices are asked and answer; anybody in office comments, and each comment is resolved."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.statutes import apply
from ministry.statutes.acts.enacting import known
from ministry.statutes.data import Answering, Commenting, Consulting, Resolving
from ministry.statutes.models import Comment, Consultation, Proposal
from ministry.statutes.queries import open_proposal
from ministry.statutes.standing import pins_of


@act("consult-office", Consulting, apply.consulted)
def consult(by: Acting, data: Consulting, at: dt.datetime) -> Deed:
    """Ask an office for its opinion of a proposed edition until a day."""
    found = open_proposal(data.edition)
    actor = law_at(at).book.vocabulary.actors.get(data.office)
    if actor is None or actor.kind != "office":
        raise NotPossible(gettext("the Book has no such office"), "office")
    if data.due <= at:
        raise NotPossible(
            gettext("the day is past"), "due", gettext("leave the office time to answer")
        )
    asked = Consultation.objects.filter(root=found.root, office=data.office)
    if asked.filter(due__gt=at).exists():
        raise NotPossible(gettext("that office is asked already"), "office")
    for key in data.provisions:
        if key not in found.differs:
            raise NotPossible(
                gettext("the edition does not change {key}").format(key=key), "provisions"
            )
    facts = known(at, {"consultation.asked": True, "consultation.due": data.due})
    apart = is_apart(at)
    return Deed(
        "" if apart else found.root,
        facts,
        to=data.office,
        itself=apart,
        data=data.model_copy(update={"root": found.root}),
    )


def is_apart(at: dt.datetime) -> bool:
    """Whether each consultation is a thing of its own by the Book; by an older one it is the edition asked about."""
    declared = law_at(at).book.vocabulary.acts.get("consult-office")
    return declared is not None and declared.thing == "consultation"


@act("answer-consultation", Answering, apply.answered)
def answer(by: Acting, data: Answering, at: dt.datetime) -> Deed:
    """Say whether one's office agrees with a proposed edition as it now reads."""
    found = open_proposal(data.edition)
    asked = Consultation.objects.filter(id=data.consultation, root=found.root).first()
    if asked is None:
        raise NotPossible(gettext("there is no such consultation"), "consultation")
    if asked.due <= at:
        raise NotPossible(
            gettext("the time to answer is over"), "consultation", gettext("comment on it instead")
        )
    if data.position == "objects" and not data.text:
        raise NotPossible(gettext("an objection says why"), "text")
    pins = pins_of(found.differs, asked.provisions)
    mine = asked.office == by.office
    return Deed(
        asked.id if is_apart(at) else found.root,
        known(at, {"consultation.asked": mine, "answer-consultation.asked": mine}),
        data=data.model_copy(update={"root": found.root, "pins": pins}),
    )


@act("comment-edition", Commenting, apply.commented)
def comment(by: Acting, data: Commenting, at: dt.datetime) -> Deed:
    """Comment on a provision of a proposed edition, or on the whole of it."""
    found = open_proposal(data.edition)
    return Deed(
        found.root,
        data=data.model_copy(
            update={"root": found.root, "fingerprint": fingerprint(found, data.provision)}
        ),
    )


@act("resolve-comment", Resolving, apply.resolved)
def resolve(by: Acting, data: Resolving, at: dt.datetime) -> Deed:
    """Say what becomes of a comment."""
    found = open_proposal(data.edition)
    said = Comment.objects.filter(id=data.comment, root=found.root).first()
    if said is None:
        raise NotPossible(gettext("there is no such comment"), "comment")
    if said.resolved is not None:
        raise NotPossible(
            gettext("it was {resolution} already").format(resolution=said.resolution), "comment"
        )
    return Deed(found.root, data=data.model_copy(update={"root": found.root}))


def fingerprint(proposal: Proposal, key: str) -> str:
    """What a provision that the edition changes says in it."""
    if not key:
        return ""
    if key not in proposal.differs:
        raise NotPossible(gettext("the edition does not change that provision"), "provision")
    return str(proposal.differs[key][1])
