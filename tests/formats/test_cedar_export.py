"""What is exported is decided by Cedar as by us; what would not be is refused, with a request that shows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import cedarpy
import msgspec
import pytest

from tests.engine.laws import law
from tests.engine.worlds import World
from writ.book import model
from writ.book.model import Book
from writ.diagnostics import Diagnostic
from writ.engine import Engine, reference
from writ.engine.answer import Outcome
from writ.engine.request import Grant, Request
from writ.formats.cedar.bring import bring
from writ.formats.cedar.entities import read_entities
from writ.formats.cedar.export import Exported, export
from writ.formats.cedar.overriding import Doubt
from writ.formats.cedar.questions import question

TODAY = dt.date(2025, 6, 2)


class Cedar:
    """Cedar, given what was exported; the policies must satisfy its validator."""

    def __init__(self, made: Exported) -> None:
        self.made = made
        self.policies = cedarpy.PolicySet.from_str(made.policies)
        self.entities = cedarpy.Entities.from_json_str(made.entities, made.schema)
        found = cedarpy.validate_policies(made.policies, made.schema)
        assert found.validation_passed, [one.error for one in found.errors]
        self.schema = cedarpy.Schema.from_str(made.schema)

    def allows(self, request: Request, typed: bool = True) -> bool:
        asked, wrong = question(self.made, request)
        assert asked is not None, wrong
        schema = self.schema if typed else None
        answer = cedarpy.is_authorized(asked, self.policies, self.entities, schema)
        assert answer.decision.value != "NoDecision", answer.diagnostics.errors
        assert not answer.diagnostics.errors
        return bool(answer.allowed)


def exported(*statements: str, act: str = "sign", **more: Any) -> tuple[Book, Cedar]:
    """A small book and Cedar with its act."""
    book = law(*statements)
    made, wrong = export(book, TODAY, [act], **more)
    assert made.acts == (act,), wrong
    return book, Cedar(made)


def refused(*statements: str, act: str = "sign", **more: Any) -> Diagnostic:
    made, wrong = export(law(*statements), TODAY, [act], **more)
    assert made.acts == ()
    assert len(wrong) == 1
    return wrong[0]


# --- what is exported


def test_a_power_and_a_bar_beside_it() -> None:
    book, cedar = exported(
        "power 1\n  minister may sign\n  when amount at most 5\n",
        "prohibition 2\n  anyone may not sign\n  when urgent\n",
    )
    for actor, facts, allowed in (
        ("minister", {"amount": 3}, True),
        ("defence-minister", {"amount": 5, "urgent": False}, True),
        ("clerk", {"amount": 3}, False),
        ("minister", {"amount": 6}, False),
        ("minister", {}, False),
        ("minister", {"amount": 3, "urgent": True}, False),
    ):
        request = Request(actor, "sign", TODAY, facts)
        assert cedar.allows(request) is allowed
        assert (reference.decide(book, request).outcome is Outcome.PERMITTED) is allowed


def test_a_bar_that_may_apply_forbids() -> None:
    """What is unknown is not false: we say what is needed, and do not permit."""
    book, cedar = exported(
        "power 1\n  minister may sign\n", "prohibition 2\n  anyone may not sign\n  when known\n"
    )
    unknown = Request("minister", "sign", TODAY)
    assert reference.decide(book, unknown).outcome is Outcome.NEEDS
    assert not cedar.allows(unknown)
    assert cedar.allows(Request("minister", "sign", TODAY, {"known": False}))


def test_a_private_person_is_free_but_for_what_is_reserved() -> None:
    made, wrong = export(law(), TODAY, ["walk", "seize"])
    assert not wrong
    cedar = Cedar(made)
    assert cedar.allows(Request("resident", "walk", TODAY))
    assert not cedar.allows(Request("resident", "seize", TODAY))
    assert not cedar.allows(Request("clerk", "walk", TODAY))


def test_a_narrower_act_and_thing_are_covered() -> None:
    book = law("power 1\n  minister may sign order-paper\n")
    made, _ = export(book, TODAY, ["sign", "sign-order"])
    cedar = Cedar(made)
    for act, thing in (("sign-order", "order-paper"), ("sign", "paper"), ("sign", "")):
        request = Request("minister", act, TODAY, thing=thing)
        permitted = reference.decide(book, request).outcome is Outcome.PERMITTED
        assert cedar.allows(request) is permitted is (thing == "order-paper")


def test_an_act_that_is_not_exported_is_denied_although_a_broader_one_is() -> None:
    made, _ = export(law("power 1\n  minister may sign\n"), TODAY, ["sign"])
    assert '"sign-order"' not in made.policies
    asked = question(made, Request("minister", "sign-order", TODAY))
    assert asked[0] is None and asked[1][0].code == "X203"


def test_a_disability_takes_away_powers_and_leaves_rights() -> None:
    book, cedar = exported(
        "power 1\n  minister may sign\n",
        "right 2\n  clerk has the right to sign\n",
        "disability 3\n  no one except defence-minister has power to sign\n  when urgent\n",
    )
    for actor, urgent, allowed in (
        ("minister", False, True),
        ("minister", True, False),
        ("defence-minister", True, True),
        ("clerk", True, True),
    ):
        request = Request(actor, "sign", TODAY, {"urgent": urgent})
        assert (reference.decide(book, request).outcome is Outcome.PERMITTED) is allowed
        assert cedar.allows(request) is allowed


def test_a_disability_that_takes_nothing_away_is_no_obstacle() -> None:
    exported(
        "right 1\n  minister has the right to sign\n",
        "disability 2\n  no one has power to sign\n  when alarm in effect\n",
    )


# --- what is refused


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("duty 1\n  minister must sign\n  within 5 days of storm\n", "a duty"),
        ("power 1\n  minister may sign\n  after consult\n", "the clause `after`"),
        ("power 1\n  minister may sign\n  stating reasons\n", "the clause `stating`"),
        ("power 1\n  minister may sign\n  with urgent\n", "the clause `with`"),
        ("limit 1\n  minister may sign only\n  with urgent\n", "a limit"),
        ("power 1\n  minister may sign\n  when alarm in effect\n", "the state `alarm`"),
        ("power 1\n  minister may sign\n  when consult done\n", "what was done"),
        ("power 1\n  at least 2 of minister may sign\n", "several together"),
        ("immunity 1\n  resident is immune from sign\n", "an immunity"),
        (
            "power 1\n  minister may sign\ndisability 2\n  no one has power to sign\n  when known\n",
            "a disability on what may be unknown",
        ),
        ("power 1\n  minister may sign\n  when amount + 1 at most 5\n", "arithmetic"),
        ("duty 1\n  minister must report\n  before sign\n", "due before"),
    ],
)
def test_what_cedar_cannot_say_is_x201(statement: str, why: str) -> None:
    found = refused(statement)
    assert found.code == "X201"
    assert why in found.message


def test_a_power_that_prevails_over_a_disability_is_x202() -> None:
    found = refused(
        "power 1\n  minister may sign\n  notwithstanding 2\n",
        "disability 2\n  no one has power to sign\n",
    )
    assert found.code == "X202" and "by override" in found.message


GRANT = "power 1\n  minister may sign\n  when urgent\n  when amount below 5\n"
BAR = "prohibition 2\n  anyone may not sign\n  when urgent\n"


def test_a_narrower_power_that_prevails_is_x202_with_a_request_that_shows_it() -> None:
    found = refused(GRANT, BAR)
    assert found.code == "X202"
    assert "lex specialis" in found.message
    assert "permitted, where Cedar would deny: minister sign" in found.related[0].message


def test_the_counterexample_is_one() -> None:
    from writ.formats.cedar.overriding import structural

    book = law(GRANT, BAR)
    doubt = structural(book, "sign", TODAY)
    assert doubt is not None and doubt.request is not None
    assert reference.decide(book, doubt.request).outcome is Outcome.PERMITTED
    made, _ = export(book, TODAY, ["sign"], deny_overrides=lambda book, act, at: None)
    assert not Cedar(made).allows(doubt.request)


def test_norms_that_never_meet_are_no_doubt() -> None:
    exported(
        "power 1\n  minister may sign\n  when urgent\n  notwithstanding 2\n",
        "prohibition 2\n  resident may not sign\n",
        "prohibition 3\n  minister may not sign\n  when not urgent\n  subject to 1\n",
    )


def test_whoever_exports_may_bring_a_proof_of_their_own() -> None:
    found = refused("power 1\n  minister may sign\n", deny_overrides=lambda *_: Doubt("no proof"))
    assert found.code == "X202"
    assert found.message.endswith("no proof")


@pytest.mark.parametrize(
    "change",
    [
        {"omit": True},
        {"at": dt.date(2019, 1, 1)},
        {"known_at": TODAY},
        {"facts": {"amount": 2.5}},
        {"act": "walk"},
        {"delegations": (Grant("clerk", "minister", "grant-power", TODAY),)},
    ],
)
def test_what_cedar_cannot_be_asked_is_x203(change: dict[str, Any]) -> None:
    _, cedar = exported("power 1\n  minister may sign\n  when amount at most 5\n")
    request = msgspec.structs.replace(Request("minister", "sign", TODAY), **change)
    asked, wrong = question(cedar.made, request)
    assert asked is None
    assert [one.code for one in wrong] == ["X203"]


# --- random books


KINDS = ("power", "permission", "right", "prohibition", "disability")


class Access(World):
    """Books that are mostly of grants and prohibitions on facts."""

    def norm(self, at: int, instruments: dict[str, model.Instrument]) -> model.Norm:
        norm = super().norm(at, instruments)
        while norm.kind not in KINDS and self.maybe(0.98):
            norm = super().norm(at, instruments)
        if self.maybe(0.97):
            bare: dict[str, Any] = dict.fromkeys(("after", "with_", "stating", "recording"), ())
            actors = tuple(msgspec.structs.replace(one, number=0) for one in norm.bearer.actors)
            mode = "any" if norm.bearer.mode == "each" else norm.bearer.mode
            bearer = msgspec.structs.replace(norm.bearer, mode=mode, actors=actors)
            norm = msgspec.structs.replace(norm, bearer=bearer, **bare)
        return norm

    def moment(self) -> dt.date:
        return self.day()

    def value(self, kind: Any) -> Any:
        value = super().value(kind)
        return 7 if value == 7.5 else value


def differences(seed: int, each: int) -> dict[str, int]:
    """How often each outcome met Cedar's answer, in one random book; a disagreement fails."""
    world = Access(seed)
    world.plain = True
    book, at = world.book(world.randint(1, 9)), world.day()
    made, _ = export(book, at)
    count = dict.fromkeys([*Outcome, "acts"], 0)
    if not made.acts:
        return count
    cedar, engine = Cedar(made), Engine(book)
    count["acts"] = len(made.acts)
    for _ in range(each):
        bare = {"act": world.choice(made.acts), "at": at, "omit": False}
        request = msgspec.structs.replace(world.request(), delegations=(), known_at=None, **bare)
        outcome = engine.decide(request).outcome
        stranger = request.actor not in book.vocabulary.actors
        allowed = cedar.allows(request, typed=not stranger and seed % 8 == 0)
        assert allowed is (outcome is Outcome.PERMITTED), (
            f"seed {seed}: {outcome}; Cedar allows: {allowed}\n{request}\n{made.policies}"
        )
        count[outcome] += 1
    return count


def total(seeds: range, each: int) -> dict[str, int]:
    counts = [differences(seed, each) for seed in seeds]
    return {name: sum(count[name] for count in counts) for name in counts[0]}


def test_random_books_are_decided_alike() -> None:
    count = total(range(430), 25)
    assert sum(count[outcome] for outcome in Outcome) >= 10_000
    for outcome, least in (("permitted", 1_000), ("prohibited", 200), ("needs", 20), ("acts", 500)):
        assert count[outcome] >= least, count


@pytest.mark.soak
def test_random_books_are_decided_alike_at_length() -> None:
    count = total(range(10_000, 18_400), 25)
    assert sum(count[outcome] for outcome in Outcome) >= 200_000


# --- and back


def test_what_was_exported_can_be_imported_again() -> None:
    """Out and in: the book that comes back answers as the one that went out."""
    book = law(
        "power 1\n  minister may sign\n  when amount at most 5 or grade is high\n",
        "prohibition 2\n  clerk, defence-minister may not sign\n  unless urgent\n",
    )
    made, _ = export(book, TODAY, ["sign"])
    back, wrong = bring(made.policies, made.schema, made.entities)
    assert back is not None, wrong
    known = read_entities(made.entities, "entities")
    for actor in ("minister", "defence-minister", "clerk", "resident"):
        for facts in ({}, {"amount": 5}, {"urgent": True, "grade": "high"}, {"amount": 9}):
            request = Request(actor, "sign", TODAY, facts)
            asked, _ = question(made, request)
            again, wrong = back.request(asked, known)
            assert again is not None, wrong
            first, second = Engine(book).decide(request), Engine(back.book).decide(again)
            assert (first.outcome is Outcome.PERMITTED) is (second.outcome is Outcome.PERMITTED)
