"""What statutes tells Today: opinions asked for, editions to examine, certify and promulgate, comments to resolve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext, gettext_noop, ngettext

from ministry.console.waiting import MOST, Waiting, waits
from ministry.editions.queries import Law, law_at, law_of
from ministry.gate.acting import Acting
from ministry.labels.reader import Reader
from ministry.statutes.models import Proposal
from ministry.statutes.progress import Progress, opened, powers, progress

ACTS = {
    "examination": ("examine-edition", gettext_noop("Examine a proposed edition"), "examine"),
    "certificate": ("certify-edition", gettext_noop("Certify a proposed edition"), "certify"),
    "promulgation": (
        "promulgate-edition",
        gettext_noop("Bring an edition into force"),
        "promulgate",
    ),
}
"""By what a proposal waits for: the act, what is said of it, and where on its page it is done."""


@waits("statutes")
def waiting(by: Acting, reader: Reader, at: dt.datetime) -> Iterator[Waiting]:
    """What waits for an office. All that is proposed is open to everybody in office."""
    proposals = opened(MOST)
    if not proposals:
        return
    law = law_at(at)
    for one in progress(law, proposals, at, promulgations=False):
        yield from waits_of(law, by, one, at)


def waits_of(law: Law, by: Acting, one: Progress, at: dt.datetime) -> Iterator[Waiting]:
    """What of one proposal waits for an office."""
    may = powers_of(law.digest, by.office, at.date())
    title, page = str(one.proposal), href(one.proposal)
    for asked in one.awaited:
        if asked.asked.office == by.office:
            what = gettext("Give the opinion of your office")
            if asked.opinion is not None:
                what = gettext("Give the opinion of your office anew: it reads otherwise")
            yield Waiting(
                what, f"{page}#answer-{asked.asked.id[:12]}", title,
                since=asked.asked.asked, due=asked.asked.due,
            )  # fmt: skip
    waits_for = "examination" if one.waits_for == "answers" and one.wanting else one.waits_for
    if waits_for in ACTS:
        act, what, where = ACTS[waits_for]
        own = act == "certify-edition" and one.proposal.proposer == by.person
        if act in may and not own:
            since = one.proposal.certified or one.proposal.proposed
            yield Waiting(what, f"{page}#{where}", title, since=since)
    if one.unresolved and "resolve-comment" in may:
        yield Waiting(
            ngettext("Resolve a comment", "Resolve {count} comments", one.unresolved).format(
                count=one.unresolved
            ),
            f"{page}#comments",
            title,
            since=one.proposal.proposed,
        )


@lru_cache(maxsize=256)
def powers_of(digest: str, office: str, day: dt.date) -> frozenset[str]:
    """What an office may do by an edition on a day."""
    return powers(law_of(digest), office, day)


def href(proposal: Proposal) -> str:
    return f"/statutes/proposals/{proposal.edition}/"
