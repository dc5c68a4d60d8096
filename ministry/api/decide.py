"""`POST /api/decide`: may this be done? From the bytes of a request to the bytes of the answer.

Other systems ask this at every turn, so it stands apart from Django's middleware (`ministry.wsgi` leads here before it)
and takes neither objects of the database nor forms.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from django.db import DatabaseError

from ministry.api import bodies, problems, refusals
from ministry.api.problems import Problem
from ministry.api.questions import (
    RECORD,
    NoQuestion,
    Question,
    Wrong,
    decided,
    law_for,
    request_in,
)
from ministry.api.standing import Standing, standing
from ministry.database.transaction import Busy
from ministry.editions.queries import Law, NoEdition
from ministry.gate.acting import Acting
from ministry.gate.decide import STRANGER
from ministry.gate.decide import who as who_could
from ministry.gate.deed import NotPossible
from ministry.gate.holders import holders
from ministry.gate.readers import hidden, reader_of
from ministry.gate.refusal import Refused
from ministry.gate.registry import run
from ministry.gate.stretches import as_things_stand
from writ.engine.answer import Considered, Decision, Outcome
from writ.engine.request import Request

PATH = "/api/decide"
MOST_BYTES = 262_144

log = logging.getLogger("ministry.api")


class Answer(NamedTuple):
    """A status, its headers, and a body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    by: Acting | None = None


class Missing(msgspec.Struct, frozen=True):
    kind: str
    what: str
    citation: str


class Opened(msgspec.Struct, frozen=True):
    citation: str
    act: str
    bearer: str
    due: dt.date | None
    to: str


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer, as it is written."""

    outcome: Outcome
    citations: tuple[str, ...]
    deciding: tuple[str, ...]
    considered: tuple[Considered, ...]
    nearest: tuple[Considered, ...]
    missing: list[Missing]
    opens: list[Opened]
    chain: tuple[str, ...]
    notes: tuple[str, ...]
    edition: str
    in_office: bool | None = None
    who: list[dict[str, Any]] | None = None
    record: str | None = None


_encode = msgspec.json.Encoder().encode
JSON = [("Content-Type", bodies.MEDIA_TYPE)]


def answer(authorization: str | None, content_type: str | None, body: bytes) -> Answer:
    """Whatever is asked: an answer, or a problem."""
    by: Acting | None = None
    try:
        found = standing(authorization)
        if found is None:
            raise Problem("unauthenticated")
        by = found.by
        if not bodies.is_json(content_type):
            raise Problem("media-type")
        return Answer(200, JSON, _encode(said(found, bodies.read(body))), by)
    except Problem as error:
        return problem(error.code, by, error.detail, **error.more)
    except NoQuestion as error:
        errors = [{"field": one.field, "message": one.message} for one in error.found]
        return problem("invalid", by, errors=errors)
    except NotPossible as error:
        return problem("not-possible", by, error.message, field=error.field, help=error.help)
    except Refused as error:
        return problem(
            "refused", by, refusals.detail(error.refusal), **refusals.said(error.refusal)
        )
    except NoEdition:
        return problem("no-edition", by)
    except (Busy, DatabaseError):
        log.warning("the database does not answer", exc_info=True)
        return problem("busy", by)
    except Exception:
        log.exception("a question was not answered")
        return problem("failed", by)


def said(found: Standing, asked: object) -> Said:
    """What is answered to a question."""
    if not isinstance(asked, dict):
        raise NoQuestion([Wrong("", "a question is an object of fields")])
    if not found.edition:
        raise NoEdition
    for name in ("journal", "who"):
        if not isinstance(asked.get(name, False), bool):
            raise NoQuestion([Wrong(name, "true or false")])
    law = law_for(asked.get("edition"), found.edition)
    request = request_in(law, asked, dt.datetime.now(dt.UTC))
    decision = decided(law, request)
    record = recorded(found.by, law, asked, request) if asked.get("journal") else None
    changes = None if record else found.changes  # to record it other transactions were waited for
    return told(found.by, law, request, decision, bool(asked.get("who")), record, changes)


def recorded(by: Acting, law: Law, asked: Mapping[str, Any], request: Request) -> str:
    """Put the question and its answer on the record; the id of the record."""
    question = {name: value for name, value in asked.items() if name not in ("journal", "who")}
    if question.get("at") is None:
        question["at"] = request.at.isoformat()
    return str(run(RECORD, by, Question(question=question, edition=law.digest))[0].record)


def told(
    by: Acting,
    law: Law,
    request: Request,
    decision: Decision,
    who: bool,
    record: str | None,
    changes: int | None,
) -> Said:
    held = holders(law, changes) if who or request.person else None
    in_office = could = None
    if held is not None:
        reader = reader_of(by, dt.datetime.now(dt.UTC), law, held)
        # Of somebody of whom the asker may not know it is answered as of nobody.
        there = request.person and not hidden(reader, [request.person], held.changes)
        in_office = bool(there and held.may_act(request.person, request.actor))
        in_office = in_office if request.person else None
    if who and held is not None:
        asked = msgspec.structs.replace(request, person=STRANGER, acting=())
        able = who_could(law, asked, as_things_stand(law, asked))
        could = refusals.authorities(law, held, reader, able)
    return Said(
        decision.outcome,
        decision.citations,
        decision.deciding,
        decision.considered,
        decision.nearest,
        [Missing(one.kind, one.what, one.citation) for one in decision.missing],
        [Opened(o.citation, o.act, o.bearer, o.due, o.to) for o in decision.opens],
        decision.chain,
        decision.notes,
        law.digest,
        in_office,
        could,
        record,
    )


def problem(code: str, by: Acting | None = None, detail: str = "", **more: Any) -> Answer:
    headers = [("Content-Type", problems.MEDIA_TYPE), *problems.headers(code).items()]
    return Answer(problems.KINDS[code].status, headers, problems.body(code, detail, **more), by)
