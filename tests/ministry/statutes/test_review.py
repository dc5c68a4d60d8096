"""A proposed edition is put to others, examined and revised; what was said of it stands as long as it reads so."""

import datetime as dt

import pytest

from ministry.database.transaction import now
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.statutes import acts, standing
from ministry.statutes.data import (
    Answering,
    Certifying,
    Commenting,
    Consulting,
    Promulgating,
    Proposing,
    Resolving,
    Revising,
    WithdrawingEdition,
)
from ministry.statutes.models import Comment, Consultation, Opinion, Proposal
from tests.ministry.enacting import certify, examine
from tests.ministry.statutes.drafts import APPOINT, edited, proposed

WEEK = dt.timedelta(days=7)
OFFICES = "organisation-act/2"
OWNER = ("owner: permanent-secretary", "owner: legal-adviser")
COMMENT = ('power 1(1) "proposal"', 'power 1(1) "proposal"      -- whoever may begin')


def consult(house, edition, office="duty-officer", *provisions):
    given = Consulting(edition=edition, office=office, due=now() + WEEK, provisions=provisions)
    return acts.consult(house.cy, given).record


def answer(by, edition, consultation, position="agrees", text=""):
    given = Answering(edition=edition, consultation=consultation, position=position, text=text)
    return acts.answer(by, given)


def heard(edition):
    head = Proposal.objects.get(edition=edition)
    return standing.heard(head, now())


def test_a_proposal_says_which_provisions_it_changes(ministry):
    found = Proposal.objects.get(edition=proposed(ministry, APPOINT))
    assert list(found.differs) == [OFFICES]
    old, new = found.differs[OFFICES]
    assert old and new and old != new


def test_a_comment_in_a_block_changes_nothing(ministry):
    assert Proposal.objects.get(edition=proposed(ministry, COMMENT)).differs == {}


def test_an_office_that_was_asked_answers_and_another_does_not(ministry):
    edition = proposed(ministry, APPOINT)
    consultation = consult(ministry, edition)
    with pytest.raises(Refused):
        answer(ministry.ada, edition, consultation)
    answer(ministry.dee, edition, consultation, "objects", "The watch must be able to appoint.")
    one = heard(edition)[0]
    assert one.stands and one.settled
    assert one.opinion.position == "objects"


def test_an_objection_says_why(ministry):
    edition = proposed(ministry, APPOINT)
    with pytest.raises(NotPossible, match="says why"):
        answer(ministry.dee, edition, consult(ministry, edition), "objects")


def test_what_was_said_falls_with_a_provision_that_reads_otherwise_and_the_rest_stands(ministry):
    first = proposed(ministry, APPOINT, OWNER)
    keys = list(Proposal.objects.get(edition=first).differs)
    assert OFFICES in keys and "organisation-act/" in keys
    on_offices = consult(ministry, first, "duty-officer", OFFICES)
    on_owner = consult(ministry, first, "director-of-personnel", "organisation-act/")
    answer(ministry.dee, first, on_offices)
    answer(ministry.ada, first, on_owner)
    examine(ministry.cy, first)
    second = edited((APPOINT[0], "permanent-secretary, legal-adviser may appoint-officer"), OWNER)
    acts.revise(ministry.bo, Revising(edition=first, by=second))
    stand = {one.asked.office: (one.stands, one.fallen) for one in heard(second)}
    assert stand == {"duty-officer": (False, (OFFICES,)), "director-of-personnel": (True, ())}
    head = Proposal.objects.get(edition=second)
    assert not any(one.stands for one in standing.examined(head, ["rights", "clarity"]))


def test_a_revision_that_changes_no_meaning_voids_nothing(ministry):
    first = proposed(ministry, APPOINT)
    answer(ministry.dee, first, consult(ministry, first))
    examine(ministry.cy, first)
    second = edited(APPOINT, COMMENT)
    acts.revise(ministry.bo, Revising(edition=first, by=second))
    assert heard(second)[0].stands
    acts.certify(ministry.cy, Certifying(edition=second))


def test_a_meaning_changed_elsewhere_voids_what_rests_on_it(ministry):
    """The power to appoint is untouched, and the act that it is a power to is another."""
    first = proposed(ministry, APPOINT)
    answer(ministry.dee, first, consult(ministry, first, "duty-officer", OFFICES))
    broader = (
        '"decide on people and offices"\n  reserved\n  material',
        '"decide on people"\n  reserved',
    )
    second = edited(APPOINT, broader)
    acts.revise(ministry.bo, Revising(edition=first, by=second))
    assert heard(second)[0].fallen == (OFFICES,)


def test_nothing_is_said_of_a_text_that_was_revised_meanwhile(ministry):
    first = proposed(ministry, APPOINT)
    consultation = consult(ministry, first)
    second = edited((APPOINT[0], "permanent-secretary, legal-adviser may appoint-officer"))
    acts.revise(ministry.bo, Revising(edition=first, by=second))
    with pytest.raises(NotPossible, match="revised meanwhile"):
        answer(ministry.dee, first, consultation)
    answer(ministry.dee, second, consultation)
    assert heard(second)[0].stands


def test_an_edition_is_certified_once_everybody_was_heard_and_everything_examined(ministry):
    edition = proposed(ministry, APPOINT)
    consultation = consult(ministry, edition)
    examine(ministry.cy, edition, rights="who is appointed is not heard")
    with pytest.raises(Refused) as refused:
        acts.certify(ministry.cy, Certifying(edition=edition))
    missing = [one.what for one in refused.value.refusal.decision.missing]
    assert missing == ["edition.heard", "rights in edition.passed"]
    answer(ministry.dee, edition, consultation, "nothing-to-say")
    examine(ministry.cy, edition)
    acts.certify(ministry.cy, Certifying(edition=edition))


def test_who_does_not_answer_in_time_is_waited_for_no_more(ministry, monkeypatch):
    edition = proposed(ministry, APPOINT)
    consultation = consult(ministry, edition)
    head = Proposal.objects.get(edition=edition)
    assert not standing.heard(head, now())[0].settled
    assert standing.heard(head, now() + 2 * WEEK)[0].settled
    assert Consultation.objects.get(id=consultation).due > now()


def test_what_was_certified_is_promulgated_as_it_was_certified(ministry):
    first = proposed(ministry, APPOINT)
    certify(ministry.cy, first)
    second = edited(APPOINT, COMMENT)
    acts.revise(ministry.bo, Revising(edition=first, by=second))
    with pytest.raises(NotPossible, match="revised meanwhile"):
        acts.promulgate(ministry.bo, Promulgating(edition=first))
    with pytest.raises(Refused) as refused:
        acts.promulgate(ministry.bo, Promulgating(edition=second))
    assert refused.value.refusal.decision.citations == ("Law and Policy Act s. 1(5)",)
    acts.certify(ministry.cy, Certifying(edition=second))
    acts.promulgate(ministry.bo, Promulgating(edition=second))
    assert verify().differences == []


def test_of_two_amendments_of_one_edition_the_second_takes_the_first_in(ministry):
    one, other = proposed(ministry, APPOINT), proposed(ministry, OWNER)
    certify(ministry.cy, one)
    certify(ministry.cy, other)
    acts.promulgate(ministry.bo, Promulgating(edition=one))
    with pytest.raises(NotPossible, match="another edition was promulgated since"):
        acts.promulgate(ministry.bo, Promulgating(edition=other))
    both = edited(APPOINT, OWNER)
    acts.revise(ministry.bo, Revising(edition=other, by=both, base=one))
    acts.certify(ministry.cy, Certifying(edition=both))  # what was found of the rest stands
    acts.promulgate(ministry.bo, Promulgating(edition=both))
    assert verify().differences == []


def test_a_comment_is_resolved_once(ministry):
    edition = proposed(ministry, APPOINT)
    given = Commenting(edition=edition, provision=OFFICES, text="Why not the Duty Officer?")
    comment = acts.comment(ministry.dee, given).record
    resolving = Resolving(edition=edition, comment=comment, resolution="rejected", text="No time.")
    with pytest.raises(Refused):
        acts.resolve(ministry.dee, resolving)
    acts.resolve(ministry.bo, resolving)
    with pytest.raises(NotPossible, match="rejected already"):
        acts.resolve(ministry.bo, resolving)
    assert Comment.objects.get().answer == "No time."


def test_a_comment_is_on_what_is_changed(ministry):
    edition = proposed(ministry, APPOINT)
    with pytest.raises(NotPossible, match="does not change"):
        acts.comment(ministry.dee, Commenting(edition=edition, provision="basic-law/1", text="?"))


def test_what_is_withdrawn_is_over(ministry):
    edition = proposed(ministry, APPOINT)
    acts.withdraw(ministry.bo, WithdrawingEdition(edition=edition, reason="not needed"))
    with pytest.raises(NotPossible, match="withdrawn"):
        certify(ministry.cy, edition)


def test_all_of_it_replays(ministry):
    edition = proposed(ministry, APPOINT)
    consultation = consult(ministry, edition)
    answer(ministry.dee, edition, consultation)
    acts.comment(ministry.dee, Commenting(edition=edition, provision=OFFICES, text="Good."))
    certify(ministry.cy, edition)
    acts.promulgate(ministry.bo, Promulgating(edition=edition))
    assert Opinion.objects.count() == 1
    assert verify().differences == []


def test_an_edition_that_amends_what_is_not_there_is_not_proposed(ministry):
    with pytest.raises(NotPossible, match="not deposited"):
        acts.propose(ministry.bo, Proposing(edition=edited(APPOINT), base="0" * 64))
