"""The words of a small town, laws about it, and questions as a person would write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Severity
from writ.engine.answer import Decision
from writ.engine.ask import read_request
from writ.engine.request import Request

TODAY = "2025-06-02"
WORDS = """
kind colour "colours"
  red "red"
  green "green"
  blue "blue"
levels grade "grades, lowest first"
  low
  middle
  high
body council "the council"
office mayor "the mayor"
office officer "an officer"
office sheriff "the sheriff"
  is officer
office clerk "a clerk"
office deputy "a deputy"
office auditor "the auditor"
body upper "the upper house"
body lower "the lower house"
person resident "a resident"
person visitor "a visitor"
  is resident
thing paper "a paper"
  grade: grade "its grade"
thing order-paper "an order"
  is paper
act sign "sign"
  on paper
  colour: colour "the colour of the ink"
  reasons: text "its reasons"
  sealed: yes-no "it bears the seal"
act sign-order "sign an order"
  is sign
act refuse "refuse to sign"
  excludes sign
act destroy "destroy a paper"
  on paper
act seize "seize goods"
  reserved
act walk "walk in the park"
act consult "consult"
act propose "propose"
act report "report"
act waive-report "waive the report"
act resolve "resolve"
act assign "give an office's power away"
  grade: grade "up to which grade"
act assign-widely "give power away by charter"
act raise-alarm "raise the alarm"
  colour: colour "of which colour"
  expiry: date "its last day"
act extend-alarm "extend the alarm"
act pause-alarm "pause the alarm"
act resume-alarm "resume the alarm"
act stop-alarm "stop the alarm"
act repaint-alarm "change the colour of the alarm"
  colour: colour "the new colour"
actor
  trained: yes-no "the actor is trained"
state alarm "an alarm"
  colour: colour "its colour"
state watch "the watch is out"
state custody "a paper is in custody"
  of paper
event storm "a storm"
fact urgent: yes-no "it is urgent"
fact quiet: yes-no "it is quiet"
fact doubt: yes-no "nobody knows unless told", unknown if not stated
fact doubt-2: yes-no "nor this", unknown if not stated
fact assumed: yes-no "so unless told otherwise", yes if not stated
fact amount: number "an amount"
fact weight: number "a weight", unknown if not stated
fact limit-day: date "a day"
fact tags: set of colour "some colours"
fact author: person-id "who wrote it"
calendar town "the town's days"
  zone America/Toronto
  weekend saturday, sunday
  holiday 2025-07-01 "the town's day"
  holiday sunday
  sitting council 2025-06-03, 2025-06-10, 2025-06-17
  rolls forward
"""


def law(*norms: str, **others: str) -> Book:
    """A book with one statute, `law`, of these norms, and further instruments by rank, made under its `1`."""
    files = {
        "book.md": "---\nbook: town\ntitle: Town\ncalendar: town\n---\n",
        "law.md": instrument("law", "statute", WORDS + "\n" + "\n\n".join(norms), "top: true"),
    }
    for rank, text in others.items():
        under = "top: true" if rank == "constitution" else "under: law 1"
        files[f"{rank}.md"] = instrument(rank, rank, text, under)
    return book_of(files)


def book_of(files: dict[str, str]) -> Book:
    book, found = load_texts(files)
    wrong = [one for one in found if one.severity is Severity.ERROR]
    assert not wrong, "\n".join(f"{one.span}: {one.message}" for one in wrong)
    return book


def instrument(name: str, kind: str, text: str, *front: str) -> str:
    lines = [f"id: {name}", f"title: {name}", f"kind: {kind}", "cite-as: s. {}", *front]
    if not any(line.startswith("in-force") for line in front):
        lines.append("in-force: 2020-01-01")
    return "---\n" + "\n".join(lines) + f"\n---\n\n```writ\n{text.strip()}\n```\n"


class Answer:
    """A decision in short: labels instead of ids."""

    def __init__(self, decision: Decision) -> None:
        self.outcome = str(decision.outcome)
        self.deciding = [name.removeprefix("law/") for name in decision.deciding]
        self.cites = list(decision.citations)
        self.missing = [(item.kind, item.what) for item in decision.missing]
        self.opens = [
            (one.norm.removeprefix("law/"), one.to, str(one.due)) for one in decision.opens
        ]
        self.defeated = {
            item.norm.removeprefix("law/"): (item.by.removeprefix("law/"), item.maxim)
            for item in decision.considered
            if item.status == "defeated"
        }
        self.nearest = [item.norm.removeprefix("law/") for item in decision.nearest]
        self.notes = list(decision.notes)

    def __repr__(self) -> str:
        return f"{self.outcome} by {self.deciding}, missing {self.missing}, notes {self.notes}"

    def __eq__(self, other: object) -> bool:
        """An answer equals the word of its outcome."""
        return self.outcome == other

    __hash__ = None  # type: ignore[assignment]


def request_of(book: Book, actor: Any, act: str, at: str = TODAY, **fields: Any) -> Request:
    """A request as it would be written in YAML; `known_at` stands for `known-at`."""
    data = {"actor": actor, "act": act, "at": at}
    data |= {name.replace("_", "-"): value for name, value in fields.items()}
    request, found = read_request(book, data)
    assert request is not None, [one.message for one in found]
    return request


Ask = Callable[..., Answer]
