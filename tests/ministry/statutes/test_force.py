"""Suspension, its end, repeal, correction of errors of writing, and what ends by itself."""

import datetime as dt

import pytest

from ministry.database.transaction import now
from ministry.editions.models import Promulgation
from ministry.editions.queries import coming, digest_at, law_at, law_of
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.statutes import acts
from ministry.statutes.acts.correcting import differing
from ministry.statutes.data import (
    Certifying,
    Correcting,
    Lifting,
    Promulgating,
    Proposing,
    RepealingInstrument,
    RepealingProvision,
    SuspendingProvisions,
)
from ministry.statutes.hanging import ended, hanging
from ministry.statutes.models import Correction, Suspension
from tests.ministry.console import conftest as console
from tests.ministry.console.conftest import Somebody
from tests.ministry.enacting import certify, examine
from tests.ministry.people import texts
from tests.ministry.statutes.drafts import APPOINT, edited, proposed

house = console.house
TOKENS = "identity-regulation/4"
DAYS = dt.timedelta(days=20)


def suspending(*provisions, days=20, **more):
    until = now().date() + dt.timedelta(days=days)
    given = {"reason": "it lets in who should stay out"} | more
    return SuspendingProvisions(provisions=provisions or (TOKENS,), until=until, **given)


def in_force(law, norm, day):
    return law.engine.book.by_id[norm].gaps == () or not any(
        gap.start <= day and (gap.end is None or day <= gap.end)
        for gap in law.book.by_id[norm].gaps
    )


def clean():
    found = verify()
    assert found.differences == [] and found.undecided == []


def test_what_is_suspended_does_not_apply_and_applies_again_by_itself(ministry):
    before = digest_at(now())
    receipt = acts.suspend(ministry.bo, suspending())
    one = Suspension.objects.get()
    law = law_at(now())
    assert law.digest == one.edition != before
    assert one.id == receipt.record and one.provisions == [TOKENS]
    norms = [norm for norm in law.book.norms if norm.label.startswith("4(") and norm.gaps]
    assert {norm.instrument for norm in norms} == {"identity-regulation"}
    assert [norm.gaps[0].end for norm in norms] == [one.last] * len(norms) and norms
    assert one.ends.date() >= one.last and not one.is_over(now()) and one.is_over(one.ends)
    clean()


def test_an_edition_that_is_to_come_says_so_too(ministry):
    edition = proposed(ministry, APPOINT)
    certify(ministry.cy, edition)
    moment = now() + dt.timedelta(days=3)
    acts.promulgate(ministry.bo, Promulgating(edition=edition, since=moment))
    acts.suspend(ministry.bo, suspending())
    (next_one,) = coming(now())
    assert next_one.since == moment and next_one.edition != edition
    later = law_of(next_one.edition).book
    assert any(norm.gaps for norm in later.norms)
    was = law_of(edition).book.instruments
    assert digest_at(moment) == next_one.edition and later.instruments.keys() == was.keys()
    assert all(norm.gaps == () for norm in law_of(edition).book.norms)
    clean()


def test_it_ends_earlier_when_it_is_lifted(ministry):
    before = digest_at(now())
    acts.suspend(ministry.bo, suspending())
    one = Suspension.objects.get()
    acts.lift(ministry.bo, Lifting(suspension=one.id, reason="the danger is over"))
    one.refresh_from_db()
    assert one.lifted is not None and digest_at(now()) == before
    with pytest.raises(NotPossible, match="over already"):
        acts.lift(ministry.bo, Lifting(suspension=one.id))
    clean()


@pytest.mark.parametrize(
    ("provisions", "days", "says"),
    [
        (("statutes-act/6",), 20, []),  # a statute
        ((TOKENS,), 91, []),
        (("basic-law/2",), 20, ["Law and Policy Act s. 7(3)"]),
    ],
)
def test_the_law_bounds_what_is_suspended_and_for_how_long(ministry, provisions, days, says):
    with pytest.raises(Refused) as refused:
        acts.suspend(ministry.bo, suspending(*provisions, days=days))
    cited = refused.value.refusal.decision.citations
    assert all(any(one.endswith(word.split("s. ")[1]) for one in cited) for word in says)
    assert not Suspension.objects.exists() and Promulgation.objects.count() == 1
    clean()


def test_nobody_else_suspends_and_nothing_is_suspended_twice_in_a_year(ministry):
    with pytest.raises(Refused):
        acts.suspend(ministry.cy, suspending())
    acts.suspend(ministry.bo, suspending(days=3))
    acts.lift(ministry.bo, Lifting(suspension=Suspension.objects.get().id))
    with pytest.raises(Refused) as refused:
        acts.suspend(ministry.bo, suspending(days=3))
    assert any("7(4)" in one for one in refused.value.refusal.decision.citations)
    clean()


def test_an_amendment_made_meanwhile_keeps_the_suspension(ministry):
    acts.suspend(ministry.bo, suspending())
    files = dict(law_at(now()).book.sources.items())
    edition = edited(APPOINT, files={path: one.text for path, one in files.items()})
    acts.propose(ministry.bo, Proposing(edition=edition))
    certify(ministry.cy, edition)
    acts.promulgate(ministry.bo, Promulgating(edition=edition))
    assert any(norm.gaps for norm in law_at(now()).book.norms)
    acts.lift(ministry.bo, Lifting(suspension=Suspension.objects.get().id))
    law = law_at(now())
    assert not any(norm.gaps for norm in law.book.norms)
    assert any(APPOINT[1] in one.text for one in law.book.sources.values())
    clean()


DAY = dt.date.today() + dt.timedelta(days=30)


def test_what_something_refers_to_is_not_repealed_unless_that_is_mended(ministry):
    acts.repeal_provision(
        ministry.cy, RepealingProvision(provisions=("statutes-act/4",), day=DAY, title="Repeal")
    )
    from ministry.statutes.models import Proposal

    one = Proposal.objects.get()
    left = hanging(one.base, one.edition)
    assert "statutes-act" in {each.instrument for each in left} or left == ()
    assert {each.label for each in ended(one.base, one.edition)} == {"4"}
    examine(ministry.cy, one.edition)
    with pytest.raises(Refused):
        acts.certify(ministry.cy, Certifying(edition=one.edition))
    clean()


def test_a_repeal_goes_the_way_of_an_edition_and_stays_readable(ministry):
    acts.repeal_instrument(
        ministry.bo, RepealingInstrument(instrument="assurances", day=DAY, title="Repeal")
    )
    from ministry.statutes.models import Proposal

    one = Proposal.objects.get()
    assert hanging(one.base, one.edition) == ()
    certify(ministry.cy, one.edition)
    acts.promulgate(ministry.bo, Promulgating(edition=one.edition))
    item = law_at(now()).book.instruments["assurances"]
    assert item.end == DAY
    clean()


WRONG = ("Systems act by tokens", "System act by tokens")


def test_two_persons_correct_an_error_of_writing(ministry):
    files = texts()
    file = next(path for path, text in files.items() if "id: identity-regulation" in text)
    words = files[file].split("## 4 Tokens of systems\n\n", 1)[1].split("\n", 1)[0]
    old = words.split()[-1]
    data = Correcting(provision=TOKENS, old=words, new=words.replace(old, old + "x"))
    assert differing(data, now()) == []
    acts.correct(ministry.cy, data)
    assert Correction.objects.count() == 0, "one person corrects nothing"
    acts.correct(ministry.bo, data)
    one = Correction.objects.get()
    assert (one.old, one.new) == (data.old, data.new) and digest_at(now()) == one.edition
    clean()


def test_what_would_mean_something_else_is_no_error_of_writing(ministry):
    data = Correcting(
        provision="statutes-act/7",
        old="for not more than 90 days",
        new="for not more than 900 days",
    )
    assert any("900" in one for one in differing(data, now()))
    with pytest.raises(Refused) as refused:
        acts.correct(ministry.cy, data)
    assert any("9(2)" in one for one in refused.value.refusal.decision.citations)
    clean()


@pytest.mark.parametrize(
    ("provision", "old", "new", "same"),
    [
        ("statutes-act/1", "may propose an edition", "may suggest an edition", True),
        ("statutes-act/1", "may propose an edition", "must propose an edition", False),
        ("statutes-act/1", "with edition.heard\n", "-- heard\n", False),
        ("statutes-act/1", 'power 1(1) "proposal"', 'power 1(1) "proposal"  -- so', True),
    ],
)
def test_the_compiler_says_whether_it_means_the_same(ministry, provision, old, new, same):
    found = differing(Correcting(provision=provision, old=old, new=new), now())
    assert (found == []) is same, found


def test_the_answer_says_what_is_suspended_until_when_and_by_whom(ministry):
    from ministry.gate.decide import suspended
    from writ.journal.entry import Entry, Kind

    acts.suspend(ministry.bo, suspending())
    one = Suspension.objects.get()
    law = law_at(now())
    norm = next(norm for norm in law.book.norms if norm.gaps)
    (said,) = {*suspended(law.book, Entry(Kind.ACT, now(), norm.act, "r-1", actor="auditor"))}
    assert f"until {one.last:%-d %B %Y} by the Permanent Secretary" in said
    after = one.ends + dt.timedelta(hours=1)
    assert suspended(law.book, Entry(Kind.ACT, after, norm.act, "r-1", actor="auditor")) == ()


@pytest.mark.parametrize(
    "address",
    [
        f"/acts/suspend-provision/?provisions={TOKENS}",
        f"/acts/repeal-provision/?provisions={TOKENS}",
        f"/acts/correct-clerical-error/?provision={TOKENS}",
        "/acts/repeal-instrument/",
        "/acts/publish-instrument/?instrument=identity-regulation",
        "/acts/withhold-instrument/",
        "/acts/decide-ending/",
    ],
)
def test_each_has_its_form(house, address):
    page = Somebody("bo").client.get(address)
    assert page.status_code == 200 and b"out: worked out" not in page.content
