"""What the page of a proposal shows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec

from ministry.console import doors
from ministry.console.here import Here
from ministry.editions.content import NotABook
from ministry.editions.models import Edition
from ministry.gate.holders import people_in
from ministry.gate.readers import hidden
from ministry.statutes import forms, impact, told
from ministry.statutes.comparison import Changed, Compared, compared
from ministry.statutes.data import Certifying, Promulgating
from ministry.statutes.hanging import ended, hanging
from ministry.statutes.models import Comment, Proposal
from ministry.statutes.preview import Preview, preview
from ministry.statutes.progress import Progress, progress
from ministry.statutes.queries import last_promulgated
from ministry.statutes.standing import Heard
from ministry.statutes.views.desk import days
from ministry.statutes.views.impact import summed

REVISIONS = 30


class Revision(msgspec.Struct, frozen=True):
    """One text of a proposal, and the provisions that read otherwise than in the text before it."""

    proposal: Proposal
    changed: tuple[str, ...]
    here: bool


class Said(msgspec.Struct, frozen=True):
    """A comment. `stands`: what it is about still says the same."""

    comment: Comment
    citation: str
    stands: bool
    form: forms.Form | None


class Concerned(msgspec.Struct, frozen=True):
    """An office that an edition concerns, and whether it was asked."""

    office: str
    why: tuple[str, ...]
    people: tuple[str, ...]
    heard: Heard | None


class Provision(msgspec.Struct, frozen=True):
    """A changed provision with what was said of it."""

    changed: Changed
    comments: tuple[Said, ...]
    objections: tuple[Heard, ...]


class Shown:
    """A proposal for whoever asks. Every part is worked out when it is first looked at."""

    def __init__(self, found: Here, proposal: Proposal) -> None:
        self.here, self.proposal = found, proposal

    @cached_property
    def progress(self) -> Progress:
        return progress(self.here.law, [self.proposal], self.here.at)[0]

    @cached_property
    def compared(self) -> Compared | None:
        """None where a text is not there any more: an old proposal does not say what it amends."""
        if not self.proposal.base:
            return None
        try:
            return compared(self.proposal.base, self.proposal.edition, tuple(self.proposal.differs))
        except (Edition.DoesNotExist, NotABook):
            return None

    @cached_property
    def cited(self) -> dict[str, str]:
        """The citation of each changed provision by its key."""
        found = self.compared
        if found is None:
            return {key: key for key in self.proposal.differs}
        return {one.key: one.citation for one in (*found.provisions, *found.left_out)}

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(key, self.cited.get(key, key)) for key in list(self.proposal.differs)[:200]]

    @cached_property
    def may(self) -> frozenset[str]:
        by = doors.acting_of(self.here)
        return told.powers_of(self.here.law.digest, by.office, self.here.today)

    @cached_property
    def comments(self) -> list[Comment]:
        return list(Comment.objects.filter(root=self.proposal.root))

    @cached_property
    def revisions(self) -> list[Revision]:
        rows = list(Proposal.objects.filter(root=self.proposal.root).order_by("proposed"))
        found: list[Revision] = []
        before: dict[str, Any] | None = None
        for row in rows[-REVISIONS:]:
            changed: tuple[str, ...] = ()
            if before is not None:
                keys = sorted(before.keys() | row.differs.keys())
                changed = tuple(key for key in keys if before.get(key) != row.differs.get(key))
            found.append(Revision(row, changed, row.edition == self.proposal.edition))
            before = row.differs
        return found

    def certifying(self) -> Preview:
        return preview(
            self.here,
            "certify-edition",
            Certifying.model_validate({"edition": self.proposal.edition}),
            doors.acting_of(self.here),
        )

    def promulgating(self) -> Preview:
        return preview(
            self.here,
            "promulgate-edition",
            Promulgating.model_validate({"edition": self.proposal.edition}),
            doors.acting_of(self.here),
        )

    def concerned(self) -> list[Concerned]:
        """The offices that it concerns or that were asked, those first that were not asked yet."""
        touched = dict(self.compared.touched) if self.compared is not None else {}
        asked: dict[str, Heard] = {}
        for one in self.progress.heard:
            asked[one.asked.office] = one
        names = [*touched, *(name for name in asked if name not in touched)]
        people = {name: people_in(self.here.held, name) for name in names}
        keys = {key for some in people.values() for key in some}
        unknown = hidden(self.here.reader, keys, self.here.held.changes)
        self.here.know(keys - unknown)
        found = [
            Concerned(
                name,
                touched.get(name, ()),
                tuple(key for key in people[name] if key not in unknown),
                asked.get(name),
            )
            for name in names
        ]
        return sorted(found, key=lambda one: (one.heard is not None, one.office))

    # --- put together

    def form(self, name: str, made: forms.Form | None, of: str = "") -> forms.Form:
        """The form of a step: the one that came back, or a new one."""
        if made is not None and made.step.name == name and made.of == of:
            return made
        return forms.form(self.here, name, self.proposal, None, of, self.progress, self.choices)

    def forms_of(self, made: forms.Form | None, comment_on: str) -> dict[str, forms.Form]:
        """The forms of what the office may do, by step; of those with several on the page none."""
        if not self.proposal.is_open:
            return {}
        found = {}
        for name, step in forms.STEPS.items():
            if name in ("answer", "resolve") or step.act not in self.may:
                continue
            found[name] = self.form(name, made)
        if comment_on in self.cited and "comment" in found and made is None:
            found["comment"].fields[0].value = comment_on
        if "certify" in found and self.proposal.certified:
            del found["certify"]
        return found

    def answers(self, made: forms.Form | None) -> dict[str, forms.Form]:
        """By consultation of this office, the form of its answer."""
        by = doors.acting_of(self.here)
        if not self.proposal.is_open or "answer-consultation" not in self.may:
            return {}
        return {
            one.asked.id: self.form("answer", made, one.asked.id)
            for one in self.progress.heard
            if one.asked.office == by.office and not one.over
        }

    def said(self, made: forms.Form | None) -> list[Said]:
        resolves = self.proposal.is_open and "resolve-comment" in self.may
        differs = self.proposal.differs
        return [
            Said(
                one,
                self.cited.get(one.provision, one.provision),
                not one.provision
                or str(differs.get(one.provision, ("", ""))[1]) == one.fingerprint,
                self.form("resolve", made, one.id) if resolves and not one.resolved else None,
            )
            for one in self.comments
        ]

    def told(self, made: forms.Form | None, comment_on: str) -> dict[str, Any]:
        found, one, way = self.here, self.proposal, self.progress
        said = self.said(made)
        by_provision: dict[str, list[Said]] = {}
        for each in said:
            by_provision.setdefault(each.comment.provision, []).append(each)
        change = self.compared
        last = last_promulgated()
        superseded = one.is_open and last is not None and one.base not in ("", last.edition)
        concerned = self.concerned()
        found.know(
            {one.proposer}
            | {each.comment.person for each in said}
            | {each.comment.resolved_by for each in said}
            | {each.asked.asked_by for each in way.heard}
            | {each.opinion.person for each in way.heard if each.opinion is not None}
            | {each.found.person for each in way.examined if each.found is not None}
            | {each.proposal.proposer for each in self.revisions}
        )
        shown = change.provisions if change is not None else ()
        head = next((each.proposal for each in self.revisions if not each.proposal.revised), one)
        return {
            "proposal": one,
            "way": way,
            "head": head if head.edition != one.edition else None,
            "last": last,
            "superseded": superseded,
            "days": days(found, way.promulgation.since) if way.promulgation else 0,
            "change": change,
            "provisions": list(self.provisions(shown, by_provision)),
            "meaning_only": [each for each in shown if each.only_meaning],
            "whole": by_provision.get("", []),
            "comments": said,
            "elsewhere": [each for each in said if each.comment.provision not in self.cited],
            "concerned": concerned,
            "unasked": [each for each in concerned if each.heard is None],
            "forms": self.forms_of(made, comment_on),
            "answers": self.answers(made),
            "failing": made.step.name if made is not None else "",
            "certifying": self.certifying() if one.is_open and not one.certified else None,
            "promulgating": self.promulgating() if one.is_open and one.certified else None,
            "revisions": self.revisions,
            "cited": self.cited,
            "repeals": ended(one.base, one.edition) if one.base and change else (),
            "hanging": hanging(one.base, one.edition) if one.base and change else (),
            "ask_until": (found.today + forms.TIME),
            **summed(impact.of(one.base, one.edition) if one.base else None),
        }

    def provisions(
        self, shown: Iterable[Changed], said: dict[str, list[Said]]
    ) -> Iterable[Provision]:
        for one in shown:
            if one.only_meaning and one.key not in said:
                continue
            objections = tuple(
                each for each in self.progress.objections if one.key in each.asked.provisions
            )
            yield Provision(one, tuple(said.get(one.key, ())), objections)
