"""Assurances: quantified statements about the book, which a prover checks. They take no part in any decision."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book.effects import StepTerm
from writ.book.place import Place
from writ.book.terms import Condition, Period
from writ.syntax.tree import Bearer


class Assurance(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One assurance, linked. `form` says what it claims of the situations in which all of `when` is true:

    never         whoever `bearer` is may not do the act (on `thing`)
    never both    no person who is `bearer` may do both acts, of one thing
    ends          every instance of `state` is over `within` so long, but for what an act of `renewal` continued
    holders       every duty (of `bearer`) has somebody to do it, though `vacant` offices be vacant
    can           there is a situation in which `bearer` may do the act
    always someone  there is no situation in which nobody may do the act
    always        in every situation `bearer` may do the act
    must          in every situation `bearer` must do the act
    undisputed    no norms conflict over the act; over any act where `acts` is empty
    """

    id: str
    """`instrument/label`, with `~2`, `~3` where norms or assurances before it have the label."""
    form: str
    instrument: str
    label: str
    citation: str
    title: str
    place: Place
    label_place: Place
    bearer: Bearer
    """As of a norm: `no one` is of mode `none`, perhaps with exceptions. `someone` is `anyone`. Where nobody is named,
    it has no actors."""
    acts: tuple[str, ...] = ()
    """One; two of `never both`; none of `ends`, `holders` and `nothing disputes anything`."""
    thing: str = ""
    """A narrower thing than the act's own, as of a norm."""
    when: tuple[Condition, ...] = ()
    """Conjuncts, flattened; `unless C` has become `Not(C)`."""
    state: str = ""
    within: Period | None = None
    renewal: tuple[StepTerm, ...] = ()
    """Of `ends`: the acts, each by its bearer, that may continue the state beyond its period."""
    vacant: int = 0
    start: dt.date | None = None
    """First day on which its instrument is in force; None: not commenced."""
    end: dt.date | None = None
    """First day on which it no longer is."""
