"""What is put to whoever reviews an instrument: how often each provision decided, what was said of it, what is wrong.

It gives numbers and names nobody. What is marked is left out: it counts acts, refusals and what was done in danger that
are open to everybody in office. It looks at `MOST` records at most, the latest, and says how many there were.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import lru_cache
from typing import Any

from ministry.approvals.models import Exceeding
from ministry.editions.queries import Law, law_of
from ministry.register.models import Kind, Record
from ministry.register.record import opened
from ministry.statutes.checked import checked
from ministry.statutes.models import Comment, Opinion, Position, Proposal

MOST = 20_000
LISTED = 200
"""Provisions, diagnostics, comments and objections that are listed, each."""
SAID = 300


def evidence(
    law: Law, instrument: str, since: dt.datetime | None, at: dt.datetime
) -> dict[str, Any]:
    """What was found of an instrument since a moment; since it was first in force, where there is none."""
    return {
        "from": since.isoformat() if since else "",
        "until": at.isoformat(),
        **used(law, instrument, since, at),
        "diagnostics": wrong(law.digest, instrument),
        **said(instrument, since, at),
    }


def used(law: Law, instrument: str, since: dt.datetime | None, at: dt.datetime) -> dict[str, Any]:
    """How often each provision decided an act, and refused one; how often one was done in danger all the same."""
    below = law.book.vocabulary.act_up
    own = {norm.act for norm in law.book.norms if norm.instrument == instrument and norm.act}
    acts = {name for name, above in below.items() if own & (above | {name})} | own
    rows = Record.everything.filter(act__in=sorted(acts), label="", at__lte=at)
    if since is not None:
        rows = rows.filter(at__gte=since)
    rows = rows.exclude(kind=Kind.READ)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    overrides = looked = 0
    prefix = f"{instrument}/"
    for kind, body in rows.order_by("-number").values_list("kind", "body")[:MOST].iterator():
        looked += 1
        found = opened(bytes(body))
        by = {
            one[len(prefix) :].partition("~")[0] for one in found.deciding if one.startswith(prefix)
        }
        (refused if kind == Kind.REFUSAL else done).update(by)
        overrides += bool(by and found.override)
    exceeded = Exceeding.everything.filter(act__in=sorted(own), label="", at__lte=at)
    if since is not None:
        exceeded = exceeded.filter(at__gte=since)
    labels = sorted(done.keys() | refused.keys())
    norms = {norm.label for norm in law.book.norms if norm.instrument == instrument}
    return {
        "provisions": {one: [done[one], refused[one]] for one in labels[:LISTED]},
        "decided": done.total(),
        "refused": refused.total(),
        "overridden": overrides,
        "exceedings": exceeded.count(),
        "unused": sorted(norms - set(labels))[:LISTED],
        "records": looked,
        "all": looked < MOST,
    }


@lru_cache(maxsize=32)
def _wrong(digest: str) -> dict[str, list[dict[str, Any]]]:
    """The diagnostics of an edition, by file."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in checked(digest, law_of(digest).book):
        found.setdefault(one.span.file, []).append(
            {
                "code": one.code,
                "severity": str(one.severity),
                "message": one.message[:SAID],
                "line": one.span.line,
            }
        )
    return found


def wrong(digest: str, instrument: str) -> list[dict[str, Any]]:
    """What the compiler says of an instrument today."""
    file = law_of(digest).book.instruments[instrument].place.file
    return _wrong(digest).get(file, [])[:LISTED]


def said(instrument: str, since: dt.datetime | None, at: dt.datetime) -> dict[str, Any]:
    """What was said of its provisions when amendments were consulted on: comments, and offices that objected."""
    prefix = f"{instrument}/"
    comments = Comment.objects.filter(provision__startswith=prefix, at__lte=at)
    opinions = Opinion.objects.filter(position=Position.OBJECTS, at__lte=at)
    if since is not None:
        comments, opinions = comments.filter(at__gte=since), opinions.filter(at__gte=since)
    touched = {
        one.root
        for one in Proposal.objects.filter(revised=None).only("root", "differs")
        if any(key.startswith(prefix) for key in one.differs)
    }
    objected = opinions.filter(consultation__root__in=touched).select_related("consultation")
    return {
        "comments": [
            {"record": one.id, "provision": one.provision[len(prefix) :], "office": one.office,
             "resolution": one.resolution, "text": one.text[:SAID]}
            for one in comments[:LISTED]
        ],
        "objections": [
            {"record": one.id, "office": one.consultation.office, "text": one.text[:SAID]}
            for one in objected[:LISTED]
            if any(key.startswith(prefix) for key in one.pins)
        ],
    }  # fmt: skip
