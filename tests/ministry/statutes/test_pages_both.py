"""A proposal from beginning to end on the pages and by the API, on both databases."""

from ministry.database.transaction import now
from ministry.editions.queries import digest_at
from ministry.gate.verify import verify
from ministry.statutes import acts
from ministry.statutes.data import Commenting, Consulting, Promulgating
from tests.ministry.api.calling import system
from tests.ministry.console.conftest import Somebody
from tests.ministry.statutes.drafts import APPOINT, edited, proposed
from tests.ministry.statutes.test_pages import FINDINGS, OFFICES, asked, page_of


def test_from_proposal_to_promulgation(ministry):
    edition = edited(APPOINT)
    bo, cy, dee = (Somebody(name) for name in ("bo", "cy", "dee"))
    bo.does("/statutes/proposals/", edition=edition, title="Appointments")
    consultation = asked(edition)
    prefix = f"answer.{consultation}."
    given = {"of": consultation, f"{prefix}position": "objects", f"{prefix}text": "The watch."}
    assert dee.does(page_of(edition) + "answer/", **given).status == 302
    assert cy.does(page_of(edition) + "examine/", **FINDINGS).status == 302
    assert cy.does(page_of(edition) + "certify/").status == 302
    assert bo.does(page_of(edition) + "promulgate/").status == 302
    assert digest_at(now()) == edition
    page = dee.sees(page_of(edition))
    assert "in force since" in page and "An office objects" in page
    refused = Somebody("ada").does("/acts/appoint-officer/", person="dee", office="auditor")
    assert refused.status == 403
    assert verify().differences == []


def test_what_is_proposed_can_be_asked(ministry):
    edition = proposed(ministry, APPOINT)
    dee = system("dee")
    given = Consulting(edition=edition, office="duty-officer", due="2090-01-01T00:00:00Z")
    consultation = acts.consult(ministry.cy, given).record
    acts.comment(ministry.dee, Commenting(edition=edition, provision=OFFICES, text="Why?"))
    (one,) = dee.get("/api/proposals").json["proposals"]
    assert (one["edition"], one["waits_for"], one["consulted"], one["settled"]) == (
        edition, "answers", 1, 0,
    )  # fmt: skip
    whole = dee.get(f"/api/proposals/{edition}").json
    assert [each["provision"] for each in whole["differs"]] == [OFFICES]
    assert whole["consultations"][0]["id"] == consultation
    assert [each["check"] for each in whole["examinations"]][:2] == ["lawfulness", "rights"]
    (asked_of_us,) = dee.get("/api/consultations").json["consultations"]
    assert asked_of_us["position"] is None and asked_of_us["edition"] == edition
    assert system("bo").get("/api/consultations").json["consultations"] == []
    (comment,) = dee.get(f"/api/proposals/{edition}/comments").json["comments"]
    assert comment["stands"] and comment["provision"] == OFFICES
    answer = {"edition": edition, "consultation": consultation, "position": "agrees"}
    assert dee.act("answer-consultation", answer).status_code in (200, 201)
    assert dee.get(f"/api/proposals/{edition}").json["settled"] == 1


def test_what_became_of_a_proposal_is_told_apart(ministry):
    edition = proposed(ministry, APPOINT)
    from tests.ministry.enacting import certify

    certify(ministry.cy, edition)
    bo = system("bo")
    assert [one["edition"] for one in bo.get("/api/proposals?of=certified").json["proposals"]] == [
        edition
    ]
    acts.promulgate(ministry.bo, Promulgating(edition=edition))
    assert bo.get("/api/proposals").json["proposals"] == []
    (one,) = bo.get("/api/proposals?of=promulgated").json["proposals"]
    assert one["waits_for"] == "" and one["promulgated"]
    assert bo.get("/api/proposals?of=lost").status_code == 422
    assert bo.get(f"/api/proposals/{'0' * 64}").status_code == 404
