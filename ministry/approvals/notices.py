"""What approvals tells: what is asked of an office, what was answered, and whether what was done in danger stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.approvals.models import Exceeding, Outcome, Request
from ministry.notices.duties import office_words, words
from ministry.notices.kinds import Happened, News, Over, Told, kind, tells

kind(
    "approval-asked",
    _("Approvals asked of your office"),
    _("Your office is asked to do an act by its power"),
    asks=True,
)
kind(
    "approval-answered",
    _("Answers to what you asked"),
    {
        Outcome.GRANTED.value: _("What you asked was granted"),
        Outcome.DECLINED.value: _("What you asked was declined"),
    },
)
kind(
    "danger-decided",
    _("Decisions on what you did in danger"),
    {
        "stands": _("What you did in danger stands"),
        "falls": _("It was found against what you did in danger"),
    },
)


@tells("request-approval")
def asked(one: Happened) -> Iterator[News]:
    """A request, told to the offices that could do it, while it is open."""
    request = Request.everything.filter(id=one.record, outcome=Outcome.OPEN).first()
    if request is not None:
        yield Told(
            "approval-asked",
            request.id,
            f"/approvals/{request.id}/",
            thing=request.id,
            offices=tuple(one.data.get("offices", ())),
            about=words(one.law, request.act),
            by=office_words(one.law, request.office),
            but=request.requester,
        )


@tells("grant-request", "decline-request", "withdraw-request")
def answered(one: Happened) -> Iterator[News]:
    """An answer, told to whoever asked; to the others it waits no longer."""
    yield Over(("approval-asked",), one.about)
    request = Request.everything.filter(id=one.about).first()
    if request is not None and request.outcome in (Outcome.GRANTED, Outcome.DECLINED):
        yield Told(
            "approval-answered",
            request.id,
            f"/approvals/{request.id}/",
            str(request.outcome),
            people=(request.requester,),
            about=words(one.law, request.act),
            by=office_words(one.law, one.office),
            but=one.person,
        )


@tells("ratify-override", "condemn-override")
def decided(one: Happened) -> Iterator[News]:
    """What was decided on an act done in danger, told to whoever did it."""
    found = Exceeding.everything.filter(id=one.about).first()
    if found is not None and found.stands is not None:
        yield Told(
            "danger-decided",
            found.id,
            f"/journal/{found.id}/",
            "stands" if found.stands else "falls",
            people=(found.person,),
            about=words(one.law, found.act),
            by=office_words(one.law, one.office),
        )
