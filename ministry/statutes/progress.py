"""How far proposed editions are, and for whom each waits: read for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext

from ministry.editions.models import Promulgation
from ministry.editions.queries import Law
from ministry.statutes.models import Comment, Consultation, Examination, Proposal
from ministry.statutes.queries import checks_of
from ministry.statutes.standing import Examined, Heard, examined_in, heard_in
from writ.engine.who import may

STEPS = ("proposed", "consulted", "examined", "certified", "promulgated", "in force")
DONE, HERE, AHEAD, SKIPPED = "done", "here", "ahead", "skipped"


class Stop(msgspec.Struct, frozen=True):
    """A step on the way to being in force. `state`: done, here (what is to be done now), ahead."""

    name: str
    state: str
    when: dt.datetime | None = None
    said: str = ""


class Progress(msgspec.Struct, frozen=True):
    """How far a proposal is."""

    proposal: Proposal
    heard: tuple[Heard, ...]
    examined: tuple[Examined, ...]
    unresolved: int
    promulgation: Promulgation | None
    at: dt.datetime

    @property
    def settled(self) -> int:
        return sum(one.settled for one in self.heard)

    @property
    def awaited(self) -> list[Heard]:
        """Offices that were asked and have not answered to it as it now reads."""
        return [one for one in self.heard if not one.settled]

    @property
    def objections(self) -> list[Heard]:
        return [
            one
            for one in self.heard
            if one.opinion is not None and one.opinion.position == "objects"
        ]

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.examined)

    @property
    def wanting(self) -> list[Examined]:
        """Checks that are not passed, as it now reads."""
        return [one for one in self.examined if not one.passed]

    @property
    def ready(self) -> bool:
        """Everybody was heard and everything examined: it may be certified, as the model law has it."""
        return not self.awaited and not self.wanting

    @property
    def is_open(self) -> bool:
        return self.proposal.is_open

    @property
    def in_force(self) -> bool:
        return self.promulgation is not None and self.promulgation.since <= self.at

    @property
    def stops(self) -> list[Stop]:
        """The way of the proposal, step by step."""
        one = self.proposal
        found = [Stop("proposed", DONE, one.proposed)]
        heard = len(self.heard)
        found.append(
            Stop(
                "consulted",
                DONE if heard and not self.awaited else HERE if heard else AHEAD,
                None,
                gettext("{settled} of {heard}").format(settled=self.settled, heard=heard)
                if heard
                else gettext("nobody asked"),
            )
        )
        many = len(self.examined)
        found.append(
            Stop(
                "examined",
                DONE if many and not self.wanting else HERE if self.passed else AHEAD,
                None,
                gettext("{passed} of {many}").format(passed=self.passed, many=many)
                if many
                else gettext("no checks"),
            )
        )
        found.append(Stop("certified", DONE if one.certified else AHEAD, one.certified))
        found.append(Stop("promulgated", DONE if one.promulgated else AHEAD, one.promulgated))
        since = self.promulgation.since if self.promulgation is not None else None
        found.append(Stop("in force", DONE if self.in_force else AHEAD, since))
        if one.is_open and not any(stop.state == HERE for stop in found):
            at = next((n for n, stop in enumerate(found) if stop.state == AHEAD), len(found))
            if at < len(found):
                found[at] = msgspec.structs.replace(found[at], state=HERE)
        return found

    @property
    def waits_for(self) -> str:
        """What is to be done next: `answers`, `examination`, `certificate`, `promulgation`; empty when nothing is."""
        if not self.is_open:
            return ""
        if self.proposal.certified:
            return "promulgation"
        if self.awaited:
            return "answers"
        return "examination" if self.wanting else "certificate"


def progress(
    law: Law, proposals: Sequence[Proposal], at: dt.datetime, promulgations: bool = True
) -> list[Progress]:
    """How far these are. Four or five queries, however many they are."""
    roots = [one.root for one in proposals]
    heard: dict[str, list[Consultation]] = {}
    examined: dict[str, list[Examination]] = {}
    unresolved: dict[str, int] = {}
    if roots:
        for row in Consultation.objects.filter(root__in=roots).prefetch_related("opinions"):
            heard.setdefault(row.root, []).append(row)
        for found in Examination.objects.filter(root__in=roots):
            examined.setdefault(found.root, []).append(found)
        for root in Comment.objects.filter(root__in=roots, resolved=None).values_list(
            "root", flat=True
        ):
            unresolved[root] = unresolved.get(root, 0) + 1
    dates: dict[str, Promulgation] = {}
    done = [one.edition for one in proposals if one.promulgated is not None]
    if done and promulgations:
        dates = {one.edition: one for one in Promulgation.objects.filter(edition__in=done)}
    checks = checks_of(law)
    return [
        Progress(
            one,
            tuple(heard_in(heard.get(one.root, ()), one, at)),
            tuple(examined_in(examined.get(one.root, ()), one, checks)),
            unresolved.get(one.root, 0),
            dates.get(one.edition),
            at,
        )
        for one in proposals
    ]


def opened(most: int) -> list[Proposal]:
    """The proposals that are open, the latest first."""
    rows = Proposal.objects.filter(revised=None, withdrawn=None, promulgated=None)
    return list(rows.order_by("-proposed", "edition")[:most])


def powers(law: Law, office: str, day: dt.date) -> frozenset[str]:
    """The acts that norms in force let an office do, whatever more they ask."""
    return frozenset(one.act for one in may(law.engine, office, day))
