"""What is answered of proposed editions."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import Field

WaitsFor = Literal["", "answers", "examination", "certificate", "promulgation"]


class Proposal(Schema):
    """A proposed edition, and how far it is."""

    edition: str
    title: str
    reason: str
    proposer: str
    proposed: dt.datetime
    root: str = Field(description="the edition first proposed: acts on any revision are about it")
    base: str = Field(description="the edition that it amends; empty where that is not known")
    provisions: int = Field(description="how many it changes")
    certified: dt.datetime | None
    promulgated: dt.datetime | None
    revised: dt.datetime | None = Field(description="when another text took its place")
    withdrawn: dt.datetime | None
    consulted: int = Field(description="how many offices were asked")
    settled: int = Field(
        description="of how many of them nothing is waited for: it answered, or its time is over"
    )
    checks: int
    passed: int = Field(description="checks passed, as it now reads")
    objections: int
    unresolved: int = Field(description="comments that nobody resolved")
    waits_for: WaitsFor


class Proposals(Schema):
    proposals: list[Proposal]
    more: bool


class Difference(Schema):
    """A provision that does not say the same; `old` and `new` are fingerprints, empty where there is none."""

    provision: str
    old: str
    new: str


class Consultation(Schema):
    """An office that was asked, and what it answered last."""

    id: str
    edition: str = Field(description="the text that is proposed now")
    office: str
    asked: dt.datetime
    asked_by: str
    due: dt.datetime
    question: str
    provisions: list[str] = Field(description="those asked about; none: all that is changed")
    position: Literal["agrees", "objects", "nothing-to-say"] | None
    text: str
    answered: dt.datetime | None
    answered_by: str
    stands: bool
    fallen: list[str] = Field(description="the provisions with which the answer fell away")


class Consultations(Schema):
    consultations: list[Consultation]
    more: bool


class Examined(Schema):
    """A check of the Book, and what was found on it last."""

    check: str
    passed: bool | None
    reason: str
    person: str
    at: dt.datetime | None
    stands: bool


class ProposalWhole(Proposal):
    """A proposed edition with what was said of it."""

    differs: list[Difference]
    consultations: list[Consultation]
    examinations: list[Examined]


class Comment(Schema):
    """A comment. `stands`: what it is on still says the same."""

    id: str
    edition: str = Field(description="the text that was commented on")
    provision: str = Field(description="its key; empty: the whole")
    text: str
    office: str
    person: str
    at: dt.datetime
    stands: bool
    resolution: Literal["accepted", "rejected", "answered"] | None
    resolved: dt.datetime | None
    resolved_by: str
    answer: str


class Comments(Schema):
    comments: list[Comment]
    more: bool
