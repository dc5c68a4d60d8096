"""Proposed editions, the opinions that offices were asked for, and comments."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import StringConstraints

from ministry.api import proposal_schemas as schemas
from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.api.tokens import acting_of
from ministry.console.here import here
from ministry.statutes.models import Comment, Consultation, Proposal
from ministry.statutes.progress import Progress, progress
from ministry.statutes.standing import Heard, heard_in

router = Router(tags=["Proposed editions"])

MOST = 100
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Of = Literal["open", "certified", "promulgated", "withdrawn", "revised"]


@router.get(
    "/proposals",
    response={200: schemas.Proposals, **problems_of(422)},
    operation_id="list-proposals",
    summary="Proposed editions",
)
def listed(request: HttpRequest, of: Of = "open") -> dict[str, Any]:
    """Proposed editions, the latest first: how far they are, and what they wait for. Open to everybody in office."""
    found = here(request)
    rows = Proposal.objects.order_by("-proposed", "edition")
    match of:
        case "promulgated" | "withdrawn" | "revised":
            rows = rows.filter(**{f"{of}__isnull": False})
        case _:
            rows = rows.filter(revised=None, withdrawn=None, promulgated=None)
            rows = rows.filter(certified__isnull=False) if of == "certified" else rows
    some = list(rows[: MOST + 1])
    ways = progress(found.law, some[:MOST], found.at, promulgations=False)
    return {"proposals": [told(one) for one in ways], "more": len(some) > MOST}


@router.get(
    "/proposals/{edition}",
    response={200: schemas.ProposalWhole, **problems_of(404, 422)},
    operation_id="read-proposal",
    summary="One proposed edition",
)
def one(request: HttpRequest, edition: Path[Digest]) -> dict[str, Any]:
    """A proposed edition: which provisions it changes, who was asked and answered, and what it was examined for."""
    found = here(request)
    row = proposal_of(edition)
    way = progress(found.law, [row], found.at, promulgations=False)[0]
    return {
        **told(way),
        "differs": [
            {"provision": key, "old": old, "new": new} for key, (old, new) in row.differs.items()
        ],
        "consultations": [asked_told(each, row.edition) for each in way.heard],
        "examinations": [
            {
                "check": each.check,
                "passed": each.found.passed if each.found is not None else None,
                "reason": each.found.reason if each.found is not None else "",
                "person": each.found.person if each.found is not None else "",
                "at": each.found.at if each.found is not None else None,
                "stands": each.stands,
            }
            for each in way.examined
        ],
    }


@router.get(
    "/consultations",
    response={200: schemas.Consultations, **problems_of()},
    operation_id="list-consultations",
    summary="Opinions asked of the office",
)
def consultations(request: HttpRequest) -> dict[str, Any]:
    """What the office acted in was asked of editions that are still proposed, what is due first."""
    found, by = here(request), acting_of(request)
    rows = Consultation.objects.filter(office=by.office).order_by("-due")
    some = list(rows.prefetch_related("opinions")[: MOST + 1])
    heads = {
        one.root: one
        for one in Proposal.objects.filter(
            root__in=[row.root for row in some], revised=None, withdrawn=None, promulgated=None
        )
    }
    asked = [
        asked_told(each, heads[row.root].edition)
        for row in reversed(some[:MOST])
        if row.root in heads
        for each in heard_in([row], heads[row.root], found.at)
    ]
    return {"consultations": asked, "more": len(some) > MOST}


@router.get(
    "/proposals/{edition}/comments",
    response={200: schemas.Comments, **problems_of(404, 422)},
    operation_id="list-comments",
    summary="Comments on a proposed edition",
)
def comments(request: HttpRequest, edition: Path[Digest]) -> dict[str, Any]:
    """The comments on an edition and on those that it revises, in the order in which they were made."""
    row = proposal_of(edition)
    some = list(Comment.objects.filter(root=row.root)[: MOST + 1])
    return {
        "comments": [comment_told(each, row) for each in some[:MOST]],
        "more": len(some) > MOST,
    }


def proposal_of(edition: str) -> Proposal:
    found = Proposal.objects.filter(edition=edition).first()
    if found is None:
        raise Problem("not-found")
    return found


def told(way: Progress) -> dict[str, Any]:
    row = way.proposal
    return {
        "edition": row.edition,
        "title": row.title,
        "reason": row.reason,
        "proposer": row.proposer,
        "proposed": row.proposed,
        "root": row.root,
        "base": row.base,
        "provisions": len(row.differs),
        "certified": row.certified,
        "promulgated": row.promulgated,
        "revised": row.revised,
        "withdrawn": row.withdrawn,
        "consulted": len(way.heard),
        "settled": way.settled,
        "checks": len(way.examined),
        "passed": way.passed,
        "objections": len(way.objections),
        "unresolved": way.unresolved,
        "waits_for": way.waits_for,
    }


def asked_told(one: Heard, edition: str) -> dict[str, Any]:
    asked, said = one.asked, one.opinion
    return {
        "id": asked.id,
        "edition": edition,
        "office": asked.office,
        "asked": asked.asked,
        "asked_by": asked.asked_by,
        "due": asked.due,
        "question": asked.question,
        "provisions": asked.provisions,
        "position": said.position if said is not None else None,
        "text": said.text if said is not None else "",
        "answered": said.at if said is not None else None,
        "answered_by": said.person if said is not None else "",
        "stands": one.stands,
        "fallen": one.fallen,
    }


def comment_told(one: Comment, row: Proposal) -> dict[str, Any]:
    return {
        "id": one.id,
        "edition": one.edition,
        "provision": one.provision,
        "text": one.text,
        "office": one.office,
        "person": one.person,
        "at": one.at,
        "stands": not one.provision
        or str(row.differs.get(one.provision, ("", ""))[1]) == one.fingerprint,
        "resolution": one.resolution or None,
        "resolved": one.resolved,
        "resolved_by": one.resolved_by,
        "answer": one.answer,
    }
