"""Who could, and what an actor may: by index, as asking for everyone would find."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import World
from writ.engine import Engine, reference
from writ.engine.answer import Outcome
from writ.engine.applies import bears, in_force
from writ.engine.chain import DELEGABLE


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(0, 30))
def test_who_finds_all_that_asking_everyone_finds(seed: int, norms: int) -> None:
    world = World(seed)
    book = world.book(norms)
    engine = Engine(book)
    for _ in range(6):
        request = world.request()
        everyone = {
            name: reference.decide(book, msgspec.structs.replace(request, actor=name))
            for name in book.vocabulary.actors
        }
        could = [
            name
            for name, decision in everyone.items()
            if decision.outcome in (Outcome.PERMITTED, Outcome.NEEDS)
        ]
        found = engine.who(request, persons=True)
        assert [name for name, _ in found] == could
        assert all(decision.outcome is everyone[name].outcome for name, decision in found)
        offices = [name for name in could if book.vocabulary.actors[name].kind != "person"]
        assert [name for name, _ in engine.who(request)] == offices


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(0, 30))
def test_may_lists_each_grant_and_bound_that_binds_the_actor(seed: int, norms: int) -> None:
    world = World(seed)
    book = world.book(norms)
    engine = Engine(book)
    day = dt.date(2022, 6, 1)
    for actor in book.vocabulary.actors:
        binding = [
            n
            for n in book.norms
            if n.act and in_force(n, day, None) and bears(book, n.bearer, actor)
        ]
        powers = engine.may(actor, day)
        held = {held.norm for power in powers for held in power.grants}
        assert held == {
            norm.id for norm in binding if norm.kind in (*DELEGABLE, "duty") and not norm.omission
        }
        for power in powers:
            above = book.vocabulary.act_up[power.act]
            assert [bound.norm for bound in power.bounds] == [
                norm.id
                for norm in binding
                if norm.kind in ("prohibition", "disability", "limit") and norm.act in above
            ]


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(5, 30))
def test_what_could_be_delegated_has_a_rule_for_it_and_someone_to_give_it(
    seed: int, norms: int
) -> None:
    world = World(seed)
    book = world.book(norms)
    engine = Engine(book)
    day = dt.date(2022, 6, 1)
    for actor in book.vocabulary.actors:
        for power in engine.may(actor, day):
            for offer in power.delegable:
                rule = book.by_id[offer.norm]
                assert power.act in rule.delegated
                assert rule.recipients is None or bears(book, rule.recipients, actor)
                for giver in offer.by:
                    assert bears(book, rule.bearer, giver)
                    assert any(
                        norm.kind in DELEGABLE
                        and norm.act in book.vocabulary.act_up[power.act]
                        and bears(book, norm.bearer, giver)
                        for norm in book.norms
                    )
