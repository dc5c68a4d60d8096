"""What statutes tells: opinions asked for, editions that wait, what is said and becomes of what one proposed, reviews.

What waits is told as Today has it (`statutes.told`): after each act on a proposal it is worked out anew for its last
revision, what was told before and waits no longer is over, and what waits since is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.editions.models import Promulgation
from ministry.editions.queries import Law
from ministry.gate.holders import holders
from ministry.notices.duties import office_words
from ministry.notices.kinds import (
    Happened,
    News,
    Over,
    Span,
    Told,
    in_time,
    kind,
    tells,
    tells_its_duty,
)
from ministry.statutes.models import Comment, Consultation, Proposal
from ministry.statutes.progress import Progress, progress
from ministry.statutes.told import ACTS, href
from writ.engine.who import reach

tells_its_duty("consult-office")
WAIT = ("opinion-asked", "opinion-fell", "edition-waits", "comment-waits")

kind(
    "opinion-asked",
    _("Opinions asked of your office"),
    _("Your office is asked for its opinion of a proposed edition"),
    asks=True,
)
kind(
    "opinion-fell",
    _("Opinions of your office that no longer stand"),
    _("A revision voided what your office said: it is asked anew"),
    asks=True,
)
kind(
    "edition-waits",
    _("Proposed editions that wait for your office"),
    {
        "examination": _("A proposed edition is to be examined"),
        "certificate": _("A proposed edition is to be certified"),
        "promulgation": _("A certified edition is to be brought into force"),
        "examined anew": _("A revision voided an examination: it is to be examined anew"),
        "certified anew": _("A revision voided a certificate: it is to be certified anew"),
    },
    asks=True,
)
kind(
    "comment-waits",
    _("Comments to resolve"),
    _("Comments on a proposed edition are to be resolved"),
    asks=True,
)
kind(
    "proposal-said",
    _("What is said of what you proposed"),
    {
        "comment": _("Somebody commented on what you proposed"),
        "agrees": _("An office agrees with what you proposed"),
        "objects": _("An office objects to what you proposed"),
        "nothing-to-say": _("An office has nothing to say of what you proposed"),
        "wanting": _("What you proposed was examined and found wanting"),
    },
)
kind(
    "comment-resolved",
    _("What became of your comments"),
    {
        "accepted": _("Your comment was accepted"),
        "rejected": _("Your comment was rejected"),
        "answered": _("Your comment was answered"),
    },
)
kind(
    "proposal-moved",
    _("What became of what you proposed"),
    {
        "certify-edition": _("What you proposed was certified"),
        "promulgate-edition": _("What you proposed was promulgated"),
        "withdraw-edition": _("What you proposed was withdrawn"),
        "revise-edition": _("What you proposed was revised"),
        "in force": _("What you proposed is in force"),
    },
)


@tells(
    "propose-edition",
    "repeal-provision",
    "repeal-instrument",
    "revise-edition",
    "withdraw-edition",
    "consult-office",
    "answer-consultation",
    "comment-edition",
    "resolve-comment",
    "examine-edition",
    "certify-edition",
    "promulgate-edition",
)
def on_proposal(one: Happened) -> Iterator[News]:
    """What waits after an act on a proposal."""
    yield from waiting(one.law, root_of(one), one.at)


@tells("comment-edition", "answer-consultation", "examine-edition")
def said(one: Happened) -> Iterator[News]:
    """What others say, told to whoever proposed."""
    match one.act:
        case "comment-edition":
            words = "comment"
        case "answer-consultation":
            words = str(one.data.get("position", ""))
        case _:
            findings = one.data.get("findings", {}).values()
            if all(found.get("passed") for found in findings):
                return
            words = "wanting"
    yield from to_proposers(one, "proposal-said", words)


@tells("certify-edition", "promulgate-edition", "withdraw-edition", "revise-edition")
def moved(one: Happened) -> Iterator[News]:
    """What becomes of a proposal, told to whoever proposed it, if others did it."""
    yield from to_proposers(one, "proposal-moved", one.act)


@tells("resolve-comment")
def resolved(one: Happened) -> Iterator[News]:
    """What becomes of a comment, told to whoever made it."""
    found = Comment.objects.filter(id=one.data.get("comment", "")).first()
    head = head_of(one.about)
    if found is not None and head is not None:
        yield Told(
            "comment-resolved",
            one.record,
            f"{href(head)}#comments",
            str(one.data.get("resolution", "")),
            people=(found.person,),
            about=str(head),
            by=office_words(one.law, one.office),
            but=one.person,
        )


def root_of(one: Happened) -> str:
    """The edition first proposed: what most acts on it are about, and what each has in its data."""
    return str(one.data.get("root") or one.about)


def to_proposers(one: Happened, name: str, words: str) -> Iterator[News]:
    """Something told to all who proposed an edition or revised it."""
    rows = list(Proposal.objects.filter(root=root_of(one)).order_by("proposed"))
    head = next((row for row in rows if row.revised is None), None)
    if head is not None:
        yield Told(
            name,
            one.record,
            href(head),
            words,
            people=tuple(dict.fromkeys(row.proposer for row in rows)),
            about=str(head),
            by=office_words(one.law, one.office),
            but=one.person,
        )


@in_time
def answers_over(span: Span) -> Iterator[News]:
    """The time to answer is over: what waited for an answer waits for what comes next."""
    rows = Consultation.objects.filter(due__gt=span.since, due__lte=span.until)
    for root in sorted(set(rows.values_list("root", flat=True))):
        yield from waiting(span.law, root, span.until)


@in_time
def into_force(span: Span) -> Iterator[News]:
    """Editions that came into force, told to those who proposed them."""
    came = Promulgation.objects.filter(since__gt=span.since, since__lte=span.until)
    dates = {one.edition: one for one in came}
    for head in Proposal.objects.filter(edition__in=dates):
        proposers = Proposal.objects.filter(root=head.root).values_list("proposer", flat=True)
        yield Told(
            "proposal-moved",
            f"{head.edition} in force",
            href(head),
            "in force",
            people=tuple(sorted(set(proposers))),
            about=str(head),
            at=dates[head.edition].since,
            record=dates[head.edition].id,
        )


def waiting(law: Law, root: str, at: dt.datetime) -> Iterator[News]:
    """What waits of a proposal now; what waited of it before and does not now is over."""
    head = head_of(root)
    found: list[Told] = []
    if head is not None and head.is_open:
        (way,) = progress(law, [head], at, promulgations=False)
        found = [*opinions(law, way), *steps(law, way, at), *comments(law, way, at)]
    yield Over(WAIT, root, frozenset((one.kind, one.key) for one in found))
    yield from found


def opinions(law: Law, way: Progress) -> Iterator[Told]:
    """The offices that were asked and have not answered to it as it now reads."""
    head = way.proposal
    for one in way.awaited:
        asked = one.asked
        yield Told(
            "opinion-asked" if one.opinion is None else "opinion-fell",
            f"{asked.id} {head.edition}",
            f"{href(head)}#answer-{asked.id[:12]}",
            thing=head.root,
            offices=(asked.office,),
            about=str(head),
            due=asked.due,
            label="",
        )


def steps(law: Law, way: Progress, at: dt.datetime) -> Iterator[Told]:
    """The office that does the next step."""
    head = way.proposal
    step = "examination" if way.waits_for == "answers" and way.wanting else way.waits_for
    if step not in ACTS:
        return
    act, _words, where = ACTS[step]
    words = step
    if step == "examination" and any(one.found and one.found.passed for one in way.wanting):
        words = "examined anew"
    elif step == "certificate":
        before = Proposal.objects.filter(root=head.root, certified__isnull=False)
        words = "certified anew" if before.exists() else step
    yield Told(
        "edition-waits",
        f"{head.edition} {step}",
        f"{href(head)}#{where}",
        words,
        head.root,
        offices=able(law, act, at.date()),
        about=str(head),
        but=head.proposer if act == "certify-edition" else "",
        label="",
    )


def comments(law: Law, way: Progress, at: dt.datetime) -> Iterator[Told]:
    """Comments that are not resolved: one notice for all of them, as long as there are any."""
    head = way.proposal
    rows = Comment.objects.filter(root=head.root, resolved=None)
    first = (
        rows.order_by("at", "id").values_list("id", flat=True).first() if way.unresolved else None
    )
    if first is not None:
        yield Told(
            "comment-waits",
            f"{head.root} {first}",
            f"{href(head)}#comments",
            thing=head.root,
            offices=able(law, "resolve-comment", at.date()),
            about=str(head),
            label="",
        )


def able(law: Law, act: str, day: dt.date) -> tuple[str, ...]:
    """The offices in which somebody is and that norms in force let do an act."""
    index, at = law.engine.index, day.toordinal()
    found: set[str] = set()
    for entry in index.entries(index.on_act(act).norms):
        if entry.grant and entry.in_force(at, None):
            found |= reach(law.engine, entry.norm)
    held = holders(law).offices
    return tuple(sorted(found & {*held.holders, *held.deputies}))


def head_of(root: str) -> Proposal | None:
    """The last revision of a proposal."""
    return Proposal.objects.filter(root=root, revised=None).first()
