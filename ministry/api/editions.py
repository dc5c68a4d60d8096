"""Editions of the Book: depositing a text, which of them there are, and what their provisions say."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from ministry.api import rates, schemas
from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.api.tokens import acting_of
from ministry.console.here import here
from ministry.editions.apply import deposit as keep
from ministry.editions.content import NotABook
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import Law, law_of
from ministry.statutes.models import Proposal
from writ.cli.finding import Found, norms_at
from writ.cli.show_text import provision as text_of
from writ.formats.paint import Paint

router = Router(tags=["Editions"])

MOST = 100
IN_FORCE = "in-force"
Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64}|in-force)$")]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$")
]


class Texts(Schema):
    """The files of a Book: their text by their path."""

    files: Annotated[dict[Name, str], Field(min_length=1, max_length=2_000)]


@router.post(
    "",
    response={201: schemas.Deposited, **problems_of(422, 429), 422: schemas.NotABook},
    operation_id="deposit-edition",
    summary="Deposit the text of an edition",
)
def deposit(request: HttpRequest, texts: Texts) -> Status[dict[str, Any]]:
    """Keep the text of an edition. It decides nothing until it is proposed, certified and promulgated.

    A text with errors is not kept: the answer has the diagnostics of the compiler.
    """
    rates.DEPOSITS.take(acting_of(request).person)
    try:
        digest = keep(texts.files)
    except NotABook as error:
        raise Problem("not-a-book", str(error), diagnostics=diagnostics(error)) from None
    kept = Edition.objects.values("digest", "title", "norms").get(digest=digest)
    return Status(201, dict(kept))


def diagnostics(error: NotABook) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "severity": str(one.severity),
            "message": one.message,
            "file": one.span.file,
            "line": one.span.line,
            "column": one.span.column,
            "help": one.help,
        }
        for one in error.found[:MOST]
    ]


@router.get(
    "",
    response={200: schemas.Editions, **problems_of()},
    operation_id="list-editions",
    summary="Editions",
)
def listed(request: HttpRequest) -> dict[str, Any]:
    """The promulgated editions, the latest first; after them those that were proposed."""
    promulgated = list(Promulgation.objects.order_by("-number")[: MOST + 1])
    known = {one.edition for one in promulgated}
    proposals = list(
        Proposal.objects.exclude(edition__in=known).order_by("-proposed", "edition")[: MOST + 1]
    )
    digests = list(
        dict.fromkeys([one.edition for one in promulgated] + [one.edition for one in proposals])
    )
    return {
        "editions": told(here(request).promulgation, digests[:MOST]),
        "more": len(digests) > MOST,
    }


@router.get(
    "/{digest}",
    response={200: schemas.Edition, **problems_of(404, 422)},
    operation_id="read-edition",
    summary="One edition",
)
def one(request: HttpRequest, digest: Path[Digest]) -> dict[str, Any]:
    """An edition by its digest, or `in-force`."""
    in_force = here(request).promulgation
    rows = told(in_force, [in_force.edition if digest == IN_FORCE else digest])
    if not rows:
        raise Problem("not-found")
    return rows[0]


@router.get(
    "/{digest}/provisions",
    response={200: schemas.Provision, **problems_of(404, 422)},
    operation_id="read-provision",
    summary="The text of a provision",
)
def provision(
    request: HttpRequest,
    digest: Path[Digest],
    citation: Annotated[str, Query(min_length=1, max_length=200, description="as answers cite it")],
) -> dict[str, Any]:
    """The text of a provision as `writ show` prints it, and its norms, by id."""
    law = law_named(request, digest)
    found = where(law, citation)
    if found is None:
        raise Problem("not-found")
    instrument, label = found.name, found.label
    item = law.book.instruments[instrument]
    return {
        "citation": item.cite(label),
        "instrument": instrument,
        "title": item.title,
        "edition": law.digest,
        "text": text_of(law.book, instrument, label, Paint(False)),
        "norms": [norm.id for norm in norms_at(law.book, instrument, label)],
    }


def law_named(request: HttpRequest, digest: str) -> Law:
    try:
        return here(request).law if digest == IN_FORCE else law_of(digest)
    except (Edition.DoesNotExist, NotABook):
        raise Problem("not-found") from None


def where(law: Law, citation: str) -> Found | None:
    """The provision that is cited."""
    for norm in law.book.norms:
        if citation in (norm.citation, norm.id):
            return Found("provision", norm.instrument, norm.label)
    return None


def told(in_force: Promulgation, digests: list[str]) -> list[dict[str, Any]]:
    """Editions with what became of them, in the order asked for."""
    editions = {
        one.digest: one for one in Edition.objects.filter(digest__in=digests).defer("content")
    }
    promulgated = {
        one.edition: one
        for one in Promulgation.objects.filter(edition__in=digests).order_by("number")
    }
    proposals = {one.edition: one for one in Proposal.objects.filter(edition__in=digests)}
    rows = []
    for digest in digests:
        edition = editions.get(digest)
        if edition is None:
            continue
        since, proposal = promulgated.get(digest), proposals.get(digest)
        rows.append(
            {
                "digest": digest,
                "title": edition.title,
                "norms": edition.norms,
                "in_force": digest == in_force.edition,
                "number": since.number if since else None,
                "since": since.since if since else None,
                "proposer": proposal.proposer if proposal else None,
                "proposed": proposal.proposed if proposal else None,
                "certified": proposal.certified if proposal else None,
                "promulgated": proposal.promulgated if proposal else None,
            }
        )
    return rows
