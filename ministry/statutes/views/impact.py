"""What a proposed edition changes, by proof: how far the proof is, and what it found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ministry.console import doors
from ministry.console.here import here
from ministry.statutes import impact
from ministry.statutes.models import Impact, Proposal, Reach
from ministry.timers import auditor


@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_office
def page(request: HttpRequest, edition: str) -> HttpResponse:
    """The page; sent as a form, the proof is asked for."""
    found = here(request)
    proposal = Proposal.objects.defer("differs").filter(edition=edition).first()
    if proposal is None or not proposal.base:
        raise Http404
    if request.method == "POST":
        impact.again(proposal.base, edition)
        return HttpResponseRedirect(reverse("statutes:impact", args=[edition]))
    proof = impact.of(proposal.base, edition)
    said = {
        "proposal": proposal,
        **summed(proof),
        "worker": auditor.alive() if proof is not None and proof.under_way else None,
        "law": found.law,
    }
    return render(request, "statutes/impact.html", said)


def summed(proof: Impact | None) -> dict[str, Any]:
    """A proof, ready for a page."""
    if proof is None:
        return {"proof": None}
    acts, assurances = proof.acts, proof.assurances
    return {
        "proof": proof,
        "failed": proof.reach == Reach.FAILED,
        "otherwise": [one for one in acts if one.get("verdict") == "refuted"],
        "the_same": [one for one in acts if one.get("verdict") == "proved"],
        "unknown": [one for one in acts if one.get("verdict") == "unknown"],
        "broken": [
            one for one in assurances if one["now"] == "refuted" and one["was"] != "refuted"
        ],
        "mended": [one for one in assurances if one["was"] == "refuted" and one["now"] == "proved"],
        "still": [one for one in assurances if one["was"] == one["now"] == "refuted"],
        "proved": [one for one in assurances if one["now"] == "proved"],
        "undecided": [one for one in assurances if one["now"] == "unknown"],
        "hold": [one for one in assurances if one["was"] == one["now"] == "proved"],
        "other": [one for one in assurances if not one["was"] == one["now"] == "proved"],
        "dropped": [one for one in assurances if not one["now"]],
    }
