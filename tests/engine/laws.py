"""Small books written out, and one question about them put to both engines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.engine.test_equality import difference
from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import Severity
from writ.engine import Engine
from writ.engine.answer import Decision
from writ.engine.request import Event, Grant, Request, StateGiven

TODAY = dt.date(2025, 6, 2)
WORDS = """
kind colour "colours"
  red "r"
  green "g"
levels tier "tiers"
  low "l"
  high "h"
office minister "a minister"
office defence-minister "the minister of defence"
  is minister
office clerk "a clerk"
office chair "the chair"
person resident "a resident"
body house "the house"
  members clerk
  quorum 3
act sign "sign"
  on paper
  colour: colour "its colour"
  reasons: text "its reasons"
act sign-order "sign an order"
  is sign
act refuse "refuse to sign"
  excludes sign
act seize "seize"
  reserved
act walk "walk"
act consult "consult"
act report "report"
act grant-power "delegate"
  grade: tier "up to which grade"
act waive-report "waive"
act open-alarm "raise the alarm"
thing paper "paper"
thing order-paper "an order"
  is paper
state alarm "the alarm is on"
  colour: colour "of which colour"
event storm "a storm"
fact urgent: yes-no "urgent"
fact known: yes-no "known", unknown if not stated
fact amount: number "amount"
fact grade: tier "grade"
"""


def law(*statements: str, **others: str) -> Book:
    """A book of one statute, `law`, with the words above; `others` are further instruments by rank."""
    files = {"law.md": instrument("law", "statute", WORDS + "\n" + "\n".join(statements), top=True)}
    for rank, text in others.items():
        files[f"{rank}.md"] = instrument(rank, rank, text)
    book, found = load_texts(files)
    wrong = [item for item in found if item.severity is Severity.ERROR]
    assert not wrong, "\n".join(f"{item.span} {item.message}" for item in wrong)
    return book


def instrument(name: str, rank: str, text: str, top: bool = False) -> str:
    front = f"id: {name}\ntitle: {name}\nkind: {rank}\nin-force: 2020-01-01\ncite-as: {name} {{}}"
    front += "\ntop: true" if top else ""
    return f"---\n{front}\n---\n\n```writ\n{text.strip()}\n```\n"


def ask(book: Book, actor: str, act: str, at: dt.date = TODAY, **more: Any) -> Decision:
    """The answer of both engines. Facts are given by slot in `facts`."""
    request = Request(actor, act, at, **more)
    assert difference(book, request) == ""
    return Engine(book).decide(request)


__all__ = ["TODAY", "Event", "Grant", "StateGiven", "ask", "law"]
