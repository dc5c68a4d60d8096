"""What is proved of every situation, no request refutes: whoever asks, about whatever thing, by whatever grant."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import World as Source
from tests.proof.floods import law
from tests.proof.lawful import in_utc, random_book
from writ.book.assurances import Assurance
from writ.book.model import Place
from writ.engine.answer import Outcome
from writ.proof.claims import Prover
from writ.proof.prove import prove
from writ.proof.result import Verdict
from writ.syntax.tree import Actor, Bearer

HERE = Place("book.md", 0)


def claim(source: Source, form: str) -> Assurance:
    """A random claim on an act of the book that the source has just made."""
    acts = (source.choice(source.acts),)
    bearer = Bearer("none", ())
    if source.maybe(0.5):
        bearer = Bearer("any", (Actor(source.choice([*source.actors, *source.persons])),))
    when = (source.condition(1),) if source.maybe(0.6) else ()
    return Assurance("law-0/A", form, "law-0", "A", "A", "", HERE, HERE, bearer, acts, when=when)


def alone(source: Source) -> object:
    """A random request without a history of its own: only what is granted, decided on its own facts."""
    request = in_utc(source.request())
    return msgspec.structs.replace(
        request, done=(), states=(), known_at=None, acting=(), omit=False
    )


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 16))
def test_what_nobody_may_do_nobody_may(seed: int, norms: int) -> None:
    source = Source(seed)
    book = random_book(source, norms, effects=False)
    assurance = claim(source, "never")
    prover = Prover(book, 2_000, 5)
    if prover.never(assurance).verdict is not Verdict.PROVED:
        return
    for _ in range(60):
        request = alone(source)
        above = book.vocabulary.act_up.get(request.act, ())
        meant = request.actor in prover.rules.admitted(assurance.bearer)
        if assurance.acts[0] in above and meant and prover.speaks(assurance, request):
            assert prover.decide(request).outcome is not Outcome.PERMITTED, request


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_what_somebody_may_always_do_is_never_refused_them(seed: int, norms: int) -> None:
    source = Source(seed)
    book = random_book(source, norms, effects=False)
    assurance = claim(source, "always")
    prover = Prover(book, 2_000, 5)
    if prover.always(assurance).verdict is not Verdict.PROVED:
        return
    refused = (Outcome.PROHIBITED, Outcome.CONFLICT, Outcome.NO_AUTHORITY)
    for _ in range(60):
        request = alone(source)
        above = book.vocabulary.act_up.get(request.act, ())
        meant = request.actor in prover.rules.admitted(assurance.bearer)
        if assurance.acts[0] in above and meant and prover.speaks(assurance, request):
            assert prover.decide(request).outcome not in refused, request


VACANT = "\n  succession deputy\n  vacant from 2022-03-01 until 2022-04-01"


def test_what_falls_to_an_heir_while_an_office_is_vacant_is_theirs() -> None:
    book = law("power 3\n  minister may order\n\nassurance A1\n  deputy may never order")
    assert prove(book, book.assurances[0]).verdict is Verdict.PROVED
    vacant = law(
        "power 3\n  minister may order\n\nassurance A1\n  deputy may never order", office=VACANT
    )
    result = prove(vacant, vacant.assurances[0])
    assert result.verdict is Verdict.REFUTED
    assert result.example is not None
    assert result.example.request.actor == "deputy"
    assert dt.date(2022, 3, 1) <= result.example.request.at <= dt.date(2022, 4, 1)
