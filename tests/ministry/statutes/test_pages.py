"""The pages of proposed editions: what they show, to whom, and what is done on them."""

import datetime as dt
import re
import shutil

import pytest
from django.conf import settings

from ministry.database import described
from ministry.database.transaction import now
from ministry.gate.verify import verify
from ministry.statutes import acts
from ministry.statutes.data import Commenting, Promulgating, Proposing, Revising
from ministry.statutes.models import Comment, Consultation, Examination, Opinion, Proposal
from tests.ministry.conftest import database
from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted
from tests.ministry.enacting import CHECKS, certify, examine
from tests.ministry.people import Named
from tests.ministry.statutes.drafts import APPOINT, edited, proposed

OFFICES = "organisation-act/2"
OTHER = (APPOINT[0], "permanent-secretary, legal-adviser may appoint-officer")
TEXT = (
    "(1) The Legal Adviser and the Permanent Secretary may propose an edition of the Book.",
    "(1) The Legal Adviser may propose any edition of the Book.",
)
FINDINGS = {f"examine.{one}.finding": "passed" for one in CHECKS} | {
    f"examine.{one}.reason": "nothing stands against it" for one in CHECKS
}


@pytest.fixture
def house(on_sqlite, tmp_path):
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield Named()


def page_of(edition):
    return f"/statutes/proposals/{edition}/"


def day(ahead):
    return (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=ahead)).isoformat()


def asked(edition, office="duty-officer", provisions=()):
    given = {
        "consult.office": office,
        "consult.due": day(7),
        "consult.provisions": list(provisions),
    }
    page = Somebody("cy").does(page_of(edition) + "consult/", **given)
    assert page.status == 302, page.words
    return Consultation.objects.latest("asked").id


# --- the front page


def test_an_empty_desk_says_so(house):
    page = Somebody("dee").sees("/statutes/")
    assert "Nothing is proposed at present." in page
    assert "No edition was promulgated for a moment to come." in page
    assert "Nothing was withdrawn." in page
    assert "Propose an edition" not in page
    assert "Propose an edition" in Somebody("bo").sees("/statutes/")


def test_the_desk_says_how_far_a_proposal_is(house):
    edition = proposed(house, APPOINT)
    asked(edition)
    examine(house.cy, edition, rights="nobody is heard")
    page = Somebody("fay").sees("/statutes/")
    assert "Appointments" in page and "1 provision changed" in page
    assert "0 of 1" in page and "5 of 6" in page and "answers" in page
    assert page_of(edition) in page.links


def test_editions_to_come_are_counted_down_and_withdrawn_ones_stay(house):
    edition = proposed(house, APPOINT)
    certify(house.cy, edition)
    acts.promulgate(house.bo, Promulgating(edition=edition, since=now() + dt.timedelta(days=12)))
    gone = proposed(house, OTHER)
    Somebody("bo").does(page_of(gone) + "withdraw/", **{"withdraw.reason": "not needed"})
    page = Somebody("dee").sees("/statutes/")
    assert "in 12 days" in page
    assert "edition 2, in force from" in page
    assert page_of(gone) in page.links and "withdrawn" in page
    assert "Until then everything is decided by the edition before it." in Somebody("dee").sees(
        page_of(edition)
    )


def test_an_edition_is_proposed_by_its_digest(house):
    edition = edited(APPOINT)
    bo = Somebody("bo")
    page = bo.does("/statutes/proposals/", edition="nothing", title="Appointments")
    assert page.status == 422 and "This is not written as it must be" in page
    page = bo.does("/statutes/proposals/", edition="0" * 64)
    assert page.status == 409 and "not deposited" in page
    page = bo.does_then_sees("/statutes/proposals/", edition=edition, title="Appointments")
    assert page.status == 200 and "Appointments" in page
    assert Proposal.objects.get().edition == edition


def test_who_may_not_propose_is_refused_with_who_could(house):
    page = Somebody("dee").does("/statutes/proposals/", edition=edited(APPOINT))
    assert page.status == 403
    assert "Who could authorise it" in page and "Permanent Secretary" in page
    assert not Proposal.objects.exists()


# --- what it changes


def test_it_shows_the_words_before_and_as_proposed(house):
    edition = proposed(house, TEXT)
    html = Somebody("dee").sees(page_of(edition)).html
    assert "<del>and the Permanent Secretary </del>" in html
    assert "<del>an</del>" in html and "<ins>any</ins>" in html


def test_it_shows_a_norm_before_and_after_and_who_loses_what(house):
    page = Somebody("dee").sees(page_of(proposed(house, APPOINT)))
    assert "<del>, director-of-personnel</del>" in page.html
    assert "narrowed" in page and "1 norm narrowed" in page
    assert "loses “appoint a person to an office” (Organisation Act s. 2(1))" in page
    assert "A307" in page  # a delegation of what is lost


def test_a_provision_that_only_means_something_else_is_named_apart(house):
    broader = (
        '"decide on people and offices"\n  reserved\n  material',
        '"decide on people"\n  reserved',
    )
    page = Somebody("dee").sees(page_of(proposed(house, broader)))
    assert "The same words, another meaning" in page
    assert "Organisation Act s. 2" in page
    assert f'id="p-{OFFICES.replace("/", "-")}"' not in page.html


def test_an_edition_that_changes_nothing_says_so(house):
    comment = ('power 1(1) "proposal"', 'power 1(1) "proposal"      -- whoever may begin')
    page = Somebody("dee").sees(page_of(proposed(house, comment)))
    assert "No provision has other words." in page
    assert "Nobody gains or loses anything by its norms." in page


def test_what_was_not_proposed_is_not_there(house):
    assert Somebody("dee").sees(page_of("0" * 64)).status == 404
    assert Somebody("dee").does(page_of("0" * 64) + "certify/").status == 404
    assert Somebody("bo").does(page_of(proposed(house, APPOINT)) + "burn/").status == 404


# --- what is done on it


def test_offices_that_it_concerns_are_named_until_they_are_asked(house):
    edition = proposed(house, APPOINT)
    cy = Somebody("cy")
    page = cy.sees(page_of(edition))
    assert "It concerns 2 offices that nobody asked" in page
    assert 'value="director-of-personnel"' in page.html
    given = {"consult.office": "director-of-personnel", "consult.due": day(7)}
    page = cy.does_then_sees(page_of(edition) + "consult/", **given)
    assert "It concerns 1 office that nobody asked" in page
    assert "Asked, and on the record under Law and Policy Act s. 3(1)." in page
    assert "It concerns, and nobody asked" in Somebody("dee").sees(page_of(edition))


def test_what_is_wrong_with_a_form_stands_beside_its_field_and_nothing_typed_is_lost(house):
    edition = proposed(house, APPOINT)
    given = {"consult.office": "no-such", "consult.due": day(3), "consult.question": "Is it so?"}
    page = Somebody("cy").does(page_of(edition) + "consult/", **given)
    assert page.status == 409
    assert 'id="f-consult-office-error"' in page.html
    assert "The Book has no such office" in page and "Is it so?" in page
    page = Somebody("cy").does(page_of(edition) + "consult/", **{"consult.office": "auditor"})
    assert page.status == 422 and 'id="f-consult-due-error"' in page.html
    page = Somebody("cy").does(page_of(edition) + "consult/", **given | {"consult.due": "soon"})
    assert page.status == 422 and "This is not a day" in page
    assert not Consultation.objects.exists()


def test_the_office_that_was_asked_gives_its_opinion(house):
    edition = proposed(house, APPOINT)
    consultation = asked(edition)
    dee = Somebody("dee")
    assert f'id="answer-{consultation[:12]}"' in dee.sees(page_of(edition)).html
    prefix = f"answer.{consultation}."
    given = {"of": consultation, f"{prefix}position": "objects"}
    page = dee.does(page_of(edition) + "answer/", **given)
    assert page.status == 409 and "An objection says why" in page
    given[f"{prefix}text"] = "The watch must be able to appoint."
    page = dee.does_then_sees(page_of(edition) + "answer/", **given)
    assert "An office objects" in page and "The watch must be able to appoint." in page
    assert Opinion.objects.get().position == "objects"
    assert f'id="answer-{consultation[:12]}"' not in Somebody("fay").sees(page_of(edition)).html


def test_an_opinion_that_fell_away_says_with_which_provision(house):
    first = proposed(house, APPOINT)
    consultation = asked(first)
    prefix = f"answer.{consultation}."
    given = {"of": consultation, f"{prefix}position": "agrees"}
    Somebody("dee").does(page_of(first) + "answer/", **given)
    page = Somebody("bo").does_then_sees(
        page_of(first) + "revise/", **{"revise.by": edited(OTHER), "revise.reason": "as asked"}
    )
    assert "Revised: this is the new text" in page
    assert "fell away" in page and "It was of another text of Organisation Act s. 2" in page
    assert "Reads otherwise: Organisation Act s. 2" in page
    assert "its opinion fell away with Organisation Act s. 2" in page
    assert "The text that is proposed now" in Somebody("dee").sees(page_of(first))


def test_a_comment_stands_beside_its_provision_until_it_is_resolved(house):
    edition = proposed(house, APPOINT)
    given = {"comment.provision": OFFICES, "comment.text": "Why not the Duty Officer?"}
    page = Somebody("dee").does_then_sees(page_of(edition) + "comment/", **given)
    assert "Why not the Duty Officer?" in page and "not resolved yet" in page
    comment = Comment.objects.get().id
    prefix = f"resolve.{comment}."
    bo = Somebody("bo")
    page = bo.does(page_of(edition) + "resolve/", of=comment, **{f"{prefix}text": "No time."})
    assert page.status == 422 and f'id="f-resolve-{comment}-resolution-error"' in page.html
    given = {f"{prefix}resolution": "rejected", f"{prefix}text": "No time."}
    page = bo.does_then_sees(page_of(edition) + "resolve/", of=comment, **given)
    assert "rejected" in page and "No time." in page
    empty = Somebody("dee").does(page_of(edition) + "comment/", **{"comment.text": " "})
    assert empty.status == 422 and "Fill this in" in empty


def test_a_comment_is_begun_at_its_provision(house):
    edition = proposed(house, APPOINT)
    html = Somebody("dee").sees(page_of(edition), comment=OFFICES).html
    assert f'<option value="{OFFICES}" selected>' in html


def test_it_is_examined_check_by_check_with_reasons(house):
    edition = proposed(house, APPOINT)
    cy = Somebody("cy")
    some = {"examine.rights.finding": "wanting", "examine.clarity.reason": "so"}
    page = cy.does(page_of(edition) + "examine/", **some)
    assert page.status == 422
    assert 'id="f-examine-rights-reason-error"' in page.html
    assert 'id="f-examine-clarity-finding-error"' in page.html
    page = cy.does(page_of(edition) + "examine/")
    assert page.status == 422 and "Say of at least one check" in page
    given = FINDINGS | {"examine.rights.finding": "wanting", "examine.rights.reason": "Not heard."}
    page = cy.does_then_sees(page_of(edition) + "examine/", **given)
    assert "found wanting" in page and "Not heard." in page
    assert Examination.objects.count() == len(CHECKS)
    assert "It cannot be certified yet" in page and "rights (found wanting)" in page


def test_blocked_says_for_whom_it_waits_and_what_the_book_asks_for(house):
    edition = proposed(house, APPOINT)
    asked(edition)
    page = Somebody("dee").sees(page_of(edition))
    assert "It cannot be certified yet" in page
    assert "Waiting for Duty Officer" in page
    assert "every office that was asked" in page or "edition.heard" in page
    assert "Law and Policy Act s. 1(2)" in page


def test_from_examination_to_promulgation(house):
    edition = proposed(house, APPOINT)
    cy, bo = Somebody("cy"), Somebody("bo")
    cy.does(page_of(edition) + "examine/", **FINDINGS)
    page = cy.sees(page_of(edition))
    assert "It waits for a certificate" in page and "You may do it now" in page
    assert "Certified, and on the record" in cy.does_then_sees(page_of(edition) + "certify/")
    page = bo.sees(page_of(edition))
    assert "It waits to be promulgated" in page
    assert "This cannot be taken back" in page
    late = {"promulgate.day": day(-3)}
    page = bo.does(page_of(edition) + "promulgate/", **late)
    assert page.status == 409 and 'id="f-promulgate-day-error"' in page.html
    page = bo.does(page_of(edition) + "promulgate/", **{"promulgate.time": "08:00"})
    assert page.status == 422 and "Say on which day" in page
    page = bo.does(
        page_of(edition) + "promulgate/", **{"promulgate.day": day(2), "promulgate.time": "8 h"}
    )
    assert page.status == 422 and "This is not a time of day" in page
    given = {"promulgate.day": day(2), "promulgate.time": "08:00"}
    page = bo.does_then_sees(page_of(edition) + "promulgate/", **given)
    assert "Promulgated, and on the record" in page and "comes into force on" in page
    assert "08:00" in page
    assert verify().differences == []


def test_a_refusal_is_explained_as_elsewhere(house):
    edition = proposed(house, APPOINT)
    page = Somebody("dee").does(page_of(edition) + "promulgate/")
    assert page.status == 403
    assert "Who could authorise it" in page
    page = Somebody("bo").does(page_of(edition) + "promulgate/")
    assert page.status == 409  # the certificate is missing and can be brought about
    assert "certify-edition" in page


def test_what_was_certified_and_revised_says_that_it_was_altered(house):
    first = proposed(house, APPOINT)
    certify(house.cy, first)
    second = edited(OTHER)
    acts.revise(house.bo, Revising(edition=first, by=second))
    page = Somebody("bo").does(page_of(second) + "promulgate/")
    assert page.status == 403 and "Law and Policy Act s. 1(5)" in page


def test_an_edition_that_another_overtook_says_what_to_amend(house):
    one, other = proposed(house, APPOINT), proposed(house, TEXT)
    for edition in (one, other):
        certify(house.cy, edition)
    acts.promulgate(house.bo, Promulgating(edition=one))
    page = Somebody("bo").sees(page_of(other))
    assert "It cannot be promulgated as things stand" in page
    assert "Another edition was promulgated since" in page and one in page


# --- Today, doors, queries


def test_today_says_what_waits(house):
    edition = proposed(house, APPOINT)
    consultation = asked(edition)
    acts.comment(house.dee, Commenting(edition=edition, text="Why?"))
    page = Somebody("dee").sees("/")
    assert "Give the opinion of your office" in page
    assert f"{page_of(edition)}#answer-{consultation[:12]}" in page.links
    page = Somebody("cy").sees("/")
    assert "Examine a proposed edition" in page and "Resolve a comment" in page
    examine(house.cy, edition)
    assert "Examine a proposed edition" not in Somebody("cy").sees("/")
    given = {"of": consultation, f"answer.{consultation}.position": "agrees"}
    Somebody("dee").does(page_of(edition) + "answer/", **given)
    assert "Give the opinion of your office" not in Somebody("dee").sees("/")
    assert "Certify a proposed edition" in Somebody("cy").sees("/")
    Somebody("cy").does(page_of(edition) + "certify/")
    assert "Bring an edition into force" in Somebody("bo").sees("/")
    assert "Bring an edition into force" not in Somebody("cy").sees("/")


def test_whoever_proposed_is_not_asked_to_certify(house):
    edition = edited(APPOINT)
    acts.propose(house.cy, Proposing(edition=edition, title="Mine"))
    examine(house.cy, edition)
    assert "Certify a proposed edition" not in Somebody("cy").sees("/")
    page = Somebody("cy").sees(page_of(edition))
    assert "Prohibited for whoever acts here" in page and "Law and Policy Act s. 1(4)" in page


@pytest.mark.parametrize("path", ["/statutes/", page_of("0" * 64), page_of("0" * 64) + "impact/"])
def test_nobody_sees_a_page_before_they_sign_in(house, path):
    page = Somebody().sees(path)
    assert page.status == 302 and page.response["Location"].startswith("/sign-in/")


def test_pages_ask_the_database_no_more_for_more(house):
    dee = Somebody("dee")
    edition = proposed(house, APPOINT, TEXT)
    asked(edition)
    acts.comment(house.dee, Commenting(edition=edition, text="a comment"))
    few = {}
    for path in ("/statutes/", page_of(edition), "/"):
        dee.sees(path)
        few[path] = counted(lambda path=path: dee.sees(path))
    for office in ("director-of-personnel", "auditor", "clerk-of-parliament"):
        asked(edition, office)
    for n in range(6):
        acts.comment(house.dee, Commenting(edition=edition, text=f"comment {n}"))
    examine(house.cy, edition)
    for n in range(3):
        owner = ("auditor", "legal-adviser", "duty-officer")[n]
        other = edited(APPOINT, ("owner: permanent-secretary", f"owner: {owner}"))
        acts.propose(house.bo, Proposing(edition=other, title=f"Other {n}"))
    for path, many in few.items():
        dee.sees(path)
        assert counted(lambda path=path: dee.sees(path)) <= many + 2, path
    assert few["/statutes/"] <= 30 and few[page_of(edition)] <= 60


KEYS = '<script src="/static/console/keys.js" defer>'


def test_no_page_runs_a_script_of_its_own_or_takes_anything_from_outside(house):
    edition = proposed(house, APPOINT)
    for path in ("/statutes/", page_of(edition), page_of(edition) + "impact/"):
        page = Somebody("cy").sees(path)
        assert page.status == 200
        assert re.findall("<script[^>]*>", page.html) == [KEYS]
        assert " style=" not in page.html
        assert not [one for one in page.links if "//" in one]
    assert settings.SESSION_COOKIE_NAME
