"""The Journal explorer: who may read what, how records are found, and what one says."""

import datetime as dt
import json

import pytest
from django.db import connection, transaction

from ministry.console import explorer
from ministry.console.explorer import Filters
from ministry.database.wall import opened as wall_opened
from ministry.gate.verify import verify
from ministry.labels.reader import Reader, Sight
from ministry.register.models import Record
from ministry.register.record import opened
from tests.ministry.console.conftest import Somebody
from tests.ministry.console.queries import counted, plans
from tests.ministry.people import key


def reads():
    return list(Record.everything.filter(kind="read").order_by("number"))


def test_an_office_without_the_power_sees_its_own_records_alone(house):
    page = Somebody("ada").sees("/journal/")
    assert "The records of Director of Personnel and your own." in page
    assert "Auditor of the Register" in page  # who may read the others
    assert "Basic Law Art. 1(2)" not in page
    assert reads() == []


def test_a_record_of_others_is_as_if_it_were_not_there(house):
    theirs = Record.everything.filter(actor="director-of-personnel").first()
    cy = Somebody("cy")
    for path in (
        f"/journal/{theirs.id}/",
        f"/journal/{theirs.number}/",
        f"/journal/{theirs.id}/bytes/",
    ):
        other = path.replace(theirs.id, "r-" + "0" * 32).replace(f"/{theirs.number}/", "/999999/")
        there, absent = cy.sees(path), cy.sees(other)
        assert there.status == absent.status == 404
        # What is printed at the head of a page names the address that was asked for.
        assert there.words.replace(path, "") == absent.words.replace(other, "")
    assert counted(lambda: cy.sees(f"/journal/{theirs.id}/")) == counted(
        lambda: cy.sees("/journal/r-" + "0" * 32 + "/")
    )


def test_a_search_tells_nothing_of_what_may_not_be_read(house):
    page = Somebody("cy").sees("/journal/", act="enrol-person")
    assert "No record that is open to this office is like that." in page
    assert Somebody("cy").sees("/journal/", act="no-such-act").words.replace(
        "no-such-act", ""
    ) == page.words.replace("enrol-person", "")


def test_the_auditor_reads_everything_and_that_is_recorded_once(ministry):
    fay = Somebody("fay")
    assert "Basic Law Art. 1(2)" in fay.sees("/journal/")
    fay.sees("/journal/")
    fay.sees(f"/journal/{Record.everything.first().id}/")
    (read,) = reads()
    assert (read.act, read.actor, read.person) == ("inspect-register", "auditor", key("fay"))
    assert verify().differences == []


def test_each_search_of_the_auditor_is_recorded_with_what_was_looked_for(house):
    fay = Somebody("fay")
    fay.sees("/journal/", act="appoint-officer")
    fay.sees("/journal/", act="appoint-officer", before="5")
    fay.sees("/journal/", person="ada")
    searches = [opened(bytes(one.body)).data["search"] for one in reads()]
    assert searches == ["act appoint-officer", f"person {key('ada')}"]


def test_another_session_and_another_office_are_recorded_again(house):
    Somebody("fay").sees("/journal/")
    Somebody("fay").sees("/journal/")
    assert len(reads()) == 2


@pytest.mark.parametrize(
    ("query", "acts"),
    [
        ({"act": "found-ministry"}, {"found-ministry"}),
        ({"act": "Enrol the first Clerk of Parliament"}, {"found-oversight"}),
        ({"office": "Clerk of Parliament"}, {"appoint-officer"}),
        ({"about": "auditor"}, {"appoint-officer"}),
        ({"kind": "read"}, {"inspect-register"}),
        ({"outcome": "conflict"}, set()),
        ({"since": "2000-01-01", "until": "2000-01-02"}, set()),
        ({"since": "2999-01-01"}, set()),
        ({"until": "2000-01-01"}, set()),
    ],
    ids=str,
)
def test_records_are_found_by_what_they_are_of(house, query, acts):
    page = Somebody("fay").sees("/journal/", **query)
    assert page.status == 200
    names = [link.split("/")[2] for link in page.links if link.startswith("/journal/r-")]
    assert set(Record.everything.filter(id__in=names).values_list("act", flat=True)) == acts


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"since": "yesterday"}, "This is not a day"),
        ({"outcome": "good"}, "Choose one of the list"),
        ({"person": "nobody"}, "Nobody is enrolled as nobody"),
    ],
    ids=str,
)
def test_a_search_that_cannot_be_read_says_why_and_is_not_recorded(house, query, said):
    page = Somebody("fay").sees("/journal/", **query)
    assert page.status == 400
    assert said in page
    assert reads() == []


def test_a_record_says_all_that_it_holds(house):
    record = Record.everything.filter(act="appoint-officer", about="duty-officer").get()
    page = Somebody("fay").sees(f"/journal/{record.number}/")
    for words in (
        "Organisation Act s. 2(1)",
        "Who is appointed",
        "Dee holds Duty Officer",
        "Director of Personnel",
        record.id,
    ):
        assert words in page
    assert f"/book/editions/{record.edition}/" in page.links


def test_what_may_be_erased_is_shown_by_its_seal_alone(house):
    record = Record.everything.filter(act="enrol-person").first()
    assert "kept apart, so that it may be erased" in Somebody("fay").sees(f"/journal/{record.id}/")


def test_the_bytes_of_a_record_are_those_that_are_hashed(house):
    record = Record.everything.filter(act="appoint-officer").first()
    response = Somebody("fay").client.get(f"/journal/{record.id}/bytes/")
    assert response.content == bytes(record.body)
    assert json.loads(response.content)["id"] == record.id
    assert record.id in response["Content-Disposition"]


def test_the_records_about_the_same_thing_stand_beside_one(house):
    ada = Somebody("ada")
    ada.does("/acts/appoint-officer/", person="cy", office="duty-officer")
    last = Record.everything.filter(about="duty-officer").latest("number")
    first = Record.everything.filter(about="duty-officer").earliest("number")
    assert f"/journal/{first.id}/" in ada.sees(f"/journal/{last.id}/").links


def test_a_refusal_is_shown_from_its_record_as_it_was(house):
    Somebody("cy").does("/acts/appoint-officer/", person="dee", office="permanent-secretary")
    record = Record.everything.filter(kind="refusal").get()
    page = Somebody("cy").sees(f"/journal/{record.id}/")
    assert "No authority" in page
    assert "Who could authorise it" in page


# --- finding, against the plain way


def many(count=120):
    """Records of a few acts, offices, people, things and outcomes, in all their combinations."""
    start = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
    rows = [
        Record(
            id=f"r-{number:032x}",
            kind=("act", "act", "refusal", "read")[number * 7 % 4],
            at=start + dt.timedelta(hours=number),
            act=f"act-{number * 5 % 3}",
            actor=f"office-{number * 3 % 4}",
            person=f"p-{number * 11 % 5}",
            place="office-0",
            about=("", "x", "y")[number * 13 % 3],
            outcome=("permitted", "prohibited", "needs")[number * 17 % 3],
            edition="e",
            label=("", "", "l-1", "l-2")[number * 19 % 4],
            body=b"{}",
            salt=b"s",
        )
        for number in range(count)
    ]
    with wall_opened():
        Record.everything.bulk_create(rows)


OPEN, ONE, BOTH = frozenset({""}), frozenset({"", "l-1"}), frozenset({"", "l-1", "l-2"})
READERS = {
    "all": Sight(BOTH, BOTH, BOTH),
    "cleared to some": Sight(ONE, BOTH, ONE),
    "own": Sight(own=BOTH, office=BOTH),
    "own, cleared to some": Sight(own=ONE, office=OPEN),
    "own, but not of the office": Sight(own=ONE),
}


@pytest.fixture(params=list(READERS.values()), ids=list(READERS))
def reader(request):
    """Somebody who reads in office-2."""
    return Reader("p-1", "office-2", lambda sort: request.param)


def may_read(record, reader):
    """Whether somebody may read a record, the plain way."""
    sight = reader.sight("record")
    return (
        record.label in sight.others
        or (record.person == reader.person and record.label in sight.own)
        or (record.actor == reader.office and record.label in sight.office)
    )


def like(record, filters, reader):
    """Whether a record is looked for, the plain way."""
    asked = {
        "act": record.act,
        "office": record.actor,
        "person": record.person,
        "about": record.about,
    }
    asked |= {"outcome": record.outcome, "kind": record.kind}
    return (
        all(getattr(filters, name) in ("", value) for name, value in asked.items())
        and (filters.since is None or record.at >= filters.since)
        and (filters.until is None or record.at < filters.until)
        and may_read(record, reader)
    )


START = dt.datetime(2999, 1, 3, tzinfo=dt.UTC)
SEARCHES = [
    Filters(),
    Filters(act="act-1"),
    Filters(office="office-2"),
    Filters(person="p-3"),
    Filters(about="x"),
    Filters(outcome="needs"),
    Filters(kind="refusal"),
    Filters(act="act-1", outcome="prohibited"),
    Filters(office="office-1", person="p-3"),
    Filters(act="act-2", office="office-3", kind="read"),
    Filters(since=START),
    Filters(until=START),
    Filters(act="act-0", since=START, until=START + dt.timedelta(days=2)),
    Filters(person="p-0", about="y", outcome="permitted"),
    Filters(person="p-9"),
]


@pytest.mark.parametrize("reach", [7, 5_000])
def test_page_by_page_every_record_looked_for_is_found_once(ministry, monkeypatch, reader, reach):
    monkeypatch.setattr(explorer, "PAGE", 9)
    monkeypatch.setattr(explorer, "REACH", reach)
    many()
    everything = list(Record.everything.order_by("-number"))
    for filters in SEARCHES:
        found, before = [], 0
        for _ in range(200):
            page = explorer.page(filters, reader, before)
            assert len(page.records) <= 9
            found += page.records
            if page.back_to <= 1:
                break
            assert before == 0 or page.back_to < before
            before = page.back_to
        else:
            raise AssertionError(f"{filters} never ends")
        assert found == [one for one in everything if like(one, filters, reader)], filters


def test_no_search_reads_the_register_from_end_to_end(ministry, reader):
    """The database answers every question of the explorer by an index, or by the numbers it is given."""
    many(40)
    for filters in SEARCHES:
        with transaction.atomic():
            for plan in plans(lambda f=filters: explorer.page(f, reader, 35)):
                if connection.vendor == "sqlite":
                    if reader.sight("record").others and filters in (
                        Filters(outcome="needs"),
                        Filters(kind="refusal"),
                    ):
                        assert "journal_" in plan, (filters, plan)
                    assert plan.startswith("SEARCH"), (filters, plan)
                    assert "TEMP B-TREE" not in plan, (filters, plan)
                else:
                    assert "Index" in plan and "Seq Scan" not in plan, (filters, plan)
                    assert "Sort" not in plan, (filters, plan)


def test_a_page_asks_the_database_the_same_however_long_the_register_is(house):
    fay = Somebody("fay")
    fay.sees("/journal/")
    few = counted(lambda: fay.sees("/journal/"))
    cy = Somebody("cy")
    for _ in range(3):
        cy.does("/acts/appoint-officer/", person="dee", office="permanent-secretary")
    assert counted(lambda: fay.sees("/journal/")) == few <= 14
