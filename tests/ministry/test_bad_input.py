"""What cannot be kept is refused plainly: bytes of no text, very long texts, days at the ends of time."""

import datetime as dt
from itertools import product

from pydantic import ValidationError

from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.registry import all_acts, run
from ministry.gate.verify import verify
from ministry.register.models import Record
from tests.ministry.people import key

BAD = {
    "a NUL": "p-\x00",
    "text with a NUL": "a\x00b",
    "a lone surrogate": "a\ud800b",
    "a very long text": "a" * 2_000_000,
    "an empty text": "",
    "deep": {"a": {"a": {"a": "\x00"}}},
    "huge": {"a": "x" * 1_500_000},
    "the first day": dt.date.min,
    "the last day": dt.date.max,
    "a great number": 2**63,
    "less than nothing": -1,
}


def filled(act, bad):
    """Data of an act in which one field after the other is bad, and the rest is plausible."""
    good = {
        "person": key("dee"),
        "office": "legal-adviser",
        "to": "duty-officer",
        "sign_in": "gus",
        "name": "gus",
        "act": "enrol-person",
        "given": {"sign_in": "gus", "name": "Gus"},
        "edition": "0" * 64,
        "danger": True,
        "reason": "so",
        "answer": "no",
        "request": "r-1",
        "appointment": "r-1",
        "gift": "r-1",
        "exceeding": "r-1",
        "needed": 0,
        "old": "k",
        "key": "k",
    }
    for field in act.data.model_fields:
        given = {name: good[name] for name in act.data.model_fields if name in good}
        yield field, given | {field: bad}
    if "given" in act.data.model_fields:
        inner = {"sign_in": "gus", "name": bad}
        yield (
            "given.name",
            {name: good[name] for name in act.data.model_fields if name in good} | {"given": inner},
        )


def test_bad_input_into_every_act_is_refused_plainly(ministry):
    wrong = []
    people = [ministry.ada, ministry.bo, ministry.eve]
    for bad, (name, act) in product(BAD.values(), all_acts().items()):
        for field, given in filled(act, bad):
            for by in people:
                before = Record.everything.count()
                try:
                    data = act.data.model_validate(given)
                except ValidationError:
                    break
                try:
                    run(name, by, data)
                except (NotPossible, Refused):
                    pass
                except Exception as error:
                    wrong.append(f"{name}.{field}: {type(error).__name__}: {str(error)[:80]}")
                    assert Record.everything.count() == before
                    break
    assert wrong == []
    assert verify().differences == []
