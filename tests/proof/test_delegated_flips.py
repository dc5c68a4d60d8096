"""What an amendment changes for those to whom an act was delegated; and claims about one of several recipients."""

from __future__ import annotations

from tests.proof.floods import law
from writ.proof.impact import Amendment
from writ.proof.prove import prove
from writ.proof.result import Verdict

POWER = "power 1\n  minister may order"
HANDED = (
    "\n\ndelegation 2\n  minister may delegate order to governor by hand-over"
    "\n\npower 3\n  minister may hand-over"
)


def test_a_delegation_that_goes_is_shown_by_a_request_that_relied_on_it() -> None:
    impact = Amendment(law(POWER + HANDED), law(POWER)).impact("order")
    assert impact.verdict is Verdict.REFUTED
    flip = impact.flips[0]
    assert flip.request.actor == "governor"
    assert [grant.by for grant in flip.request.delegations] == ["minister"]
    assert (flip.old.outcome, flip.new.outcome) == ("permitted", "no authority")


def test_a_delegation_that_stays_leaves_the_act_as_it_was() -> None:
    old = law(POWER + HANDED)
    other = law(POWER + HANDED + "\n\nprohibition 4\n  minister may not declare")
    assert Amendment(old, other).impact("order").verdict is Verdict.PROVED


def test_who_alone_of_their_sort_can_be_given_the_power_is_asked_about() -> None:
    book = law(POWER + HANDED + "\n\nassurance A1\n  no one except minister may order")
    result = prove(book, book.assurances[0])
    assert result.verdict is Verdict.REFUTED
    assert result.example is not None
    assert result.example.request.actor == "governor"
