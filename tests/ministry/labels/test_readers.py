"""What is marked is there for whoever is cleared to it, and for nobody else is it anywhere."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ministry.approvals import acts as approvals
from ministry.approvals import queries
from ministry.approvals.data import Asking, Declining, Overriding
from ministry.approvals.models import Exceeding, Request
from ministry.command import acts as command
from ministry.command.data import Appointing, Ending, Enrolment
from ministry.database.transaction import now
from ministry.editions.apply import deposit
from ministry.editions.content import compiled
from ministry.gate.deed import NotPossible
from ministry.gate.markings import unfit
from ministry.gate.models import Duty
from ministry.gate.readers import SORTS, reader_of
from ministry.gate.reading import Reading, read
from ministry.gate.refusal import Refused
from ministry.gate.verify import verify
from ministry.labels.keep import known
from ministry.labels.marking import label_of
from ministry.labels.models import Labelled, NoReader
from ministry.notices.models import Notice
from ministry.people.models import Appointment, Clearance, Person, Standing
from ministry.personnel import acts as personnel
from ministry.personnel.data import Clearing, EndingClearance, MarkingPerson
from ministry.register.models import Kind, Record
from ministry.register.record import opened
from ministry.rosters.models import Handover
from ministry.statutes import acts as statutes
from ministry.statutes.data import Proposing
from tests.ministry.api.calling import system
from tests.ministry.console.conftest import Somebody
from tests.ministry.labels.guarding import cleared, days
from tests.ministry.people import acting, key, reader, texts

MINISTRY = Path(__file__).resolve().parents[3] / "ministry"
SECRET = label_of("secret/sources")


def people(by):
    return set(Person.objects.seen_by(reader(by)).values_list("sign_in", flat=True))


# --- the guard


LABELLED = sorted(Labelled.__subclasses__(), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", LABELLED, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "ask",
    [
        lambda rows: rows.all(),
        lambda rows: rows.count(),
        lambda rows: rows.first(),
        lambda rows: rows.exists(),
        lambda rows: rows.filter(label=""),
        lambda rows: rows.get(label=""),
        lambda rows: rows.values_list("label"),
        lambda rows: rows.using("default"),
        lambda rows: rows.raw("SELECT 1"),
        lambda rows: rows.update(label=""),
    ],
)
def test_nothing_that_may_be_marked_is_given_without_saying_who_reads(model, ask):
    with pytest.raises(NoReader, match="say who reads"):
        ask(model.objects)


def test_what_the_register_says_of_people_and_their_work_may_be_marked():
    assert (
        sorted(
            (Appointment, Duty, Exceeding, Handover, Notice, Person, Record, Request),
            key=lambda model: model.__name__,
        )
        == LABELLED
    )
    assert {model for model in apps.get_models() if issubclass(model, Labelled)} == set(LABELLED)


@pytest.mark.parametrize("model", LABELLED, ids=lambda model: model.__name__)
def test_need_to_know_is_by_columns_that_are_there(model):
    for column in (*model.own, *model.concerns):
        assert model._meta.get_field(column.removesuffix("_id")), column
    assert model.sort in SORTS


def test_the_book_can_be_asked_who_may_read_what():
    assert unfit(compiled(texts()), SORTS) == []


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("  of-office: yes-no", "  of-the-office: yes-no", "of-office` must be there"),
        ("  clearance: protection", "  clearance: text", "of type levels"),
        ("  task ", "  job ", "must know `task`"),
        ("  read-into: set of compartment", "  read-into: set of ally", "of the same kind"),
    ],
)
def test_an_edition_that_could_not_be_asked_is_not_proposed(guarded, was, now, said):
    files = {name: text for name, text in texts().items() if name != "assurances.md"}
    act = files["information-act.md"].partition("## 1 Markings")[0]  # its words without its norms
    act = re.sub(r"definition own-entry.*\n.*\n", "", act)
    assert was in act
    files["information-act.md"] = act.replace(was, now) + "## 1 Reserved\n\nNothing.\n"
    with pytest.raises(NotPossible, match="who may read what") as caught:
        statutes.propose(guarded.cy, Proposing(edition=deposit(files)))
    assert said in caught.value.message


BESIDE = {
    "console/demo.py": "makes the demo people",
    "console/explorer.py": "counts how far a search has looked; it gives numbers alone",
    "api/receipts.py": "the duties of the act that whoever asks has just done",
    "api/records.py": "whether the reader's own reading is on the record",
}
"""Modules of pages and answers that read `everything`, and what for."""
PUT_TO = {"approvals/queries.py", "approvals/acts.py", "console/views/today.py", "gate/owed.py"}


def uses(name):
    """The modules that use an attribute of that name, but for what serves the gate."""
    found = set()
    for path in sorted(MINISTRY.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        if any(isinstance(node, ast.Attribute) and node.attr == name for node in ast.walk(tree)):
            found.add(str(path.relative_to(MINISTRY)))
    return found


def test_no_page_and_no_answer_reads_everything():
    shown = {path for path in uses("everything") if path.split("/")[0] in ("console", "api")}
    assert shown == BESIDE.keys()
    assert uses("_base_manager") <= {"gate/verify.py", "operations/dump.py"}


def test_what_is_put_to_an_office_is_asked_for_in_these_places_alone():
    assert uses("put_to") - {"labels/models.py", "gate/reading.py"} == PUT_TO


# --- clearances


def test_whoever_is_cleared_sees_and_whoever_is_not_does_not(guarded):
    assert "nox" in people(guarded.ada)
    for other in (guarded.bo, guarded.dee, guarded.eve):
        assert "nox" not in people(other)


def test_a_clearance_is_over_after_its_last_day(guarded):
    later = now() + dt.timedelta(days=302)
    before = now() + dt.timedelta(days=298)
    seen = Person.objects.seen_by(reader_of(guarded.ada, before)).filter(sign_in="nox")
    assert seen.exists()
    assert not Person.objects.seen_by(reader_of(guarded.ada, later)).filter(sign_in="nox").exists()


def test_a_clearance_that_is_withdrawn_opens_nothing_from_that_moment_on(guarded):
    personnel.withdraw(guarded.bo, EndingClearance(person=key("ada")))
    assert "nox" not in people(guarded.ada)
    with pytest.raises(NotPossible, match="not cleared"):
        personnel.withdraw(guarded.bo, EndingClearance(person=key("ada")))


def test_a_new_clearance_takes_the_place_of_the_old(guarded):
    cleared("ada", "top-secret/plans")
    assert "nox" not in people(guarded.ada)
    assert Clearance.objects.filter(person=key("ada"), ended=None).count() == 1


@pytest.mark.parametrize(
    ("to", "sees"),
    [
        ("top-secret/sources", True),
        ("secret/plans,sources", True),
        ("confidential/sources", False),
        ("top-secret", False),
        ("top-secret/plans", False),
    ],
)
def test_level_and_compartments_must_both_be_met(guarded, to, sees):
    cleared("dee", to)
    assert ("nox" in people(guarded.dee)) is sees


def test_whoever_serves_an_ally_sees_what_may_be_released_to_it(guarded):
    by = acting("fay", "security-officer")
    cleared("dee", "secret/sources", serves="norland")
    assert "nox" not in people(guarded.dee)
    personnel.mark(by, MarkingPerson(person=key("nox"), marking="secret/sources/westmark"))
    assert "nox" not in people(guarded.dee)
    personnel.mark(by, MarkingPerson(person=key("nox"), marking="secret/sources/norland,westmark"))
    assert "nox" in people(guarded.dee)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"clearance": "open"}, "clearance"),
        ({"clearance": "secret//norland"}, "clearance"),
        ({"clearance": "cosmic"}, "clearance"),
        ({"clearance": "secret", "until": dt.date(2020, 1, 1)}, "until"),
        ({"clearance": "secret", "serves": "ruritania"}, "serves"),
    ],
)
def test_a_clearance_is_for_what_the_book_knows(guarded, given, field):
    given = {"person": key("dee"), "until": days(10)} | given
    with pytest.raises(NotPossible) as caught:
        personnel.grant(acting("fay", "security-officer"), Clearing(**given))
    assert caught.value.field == field


def test_nobody_clears_themselves_nor_for_longer_than_the_law_says(guarded):
    with pytest.raises(Refused):
        cleared("fay", "top-secret")
    with pytest.raises(Refused):
        cleared("dee", "secret", 1827)
    cleared("dee", "secret", 1826)


def test_a_reader_is_worked_out_again_when_a_label_is_new(guarded):
    cleared("dee", "top-secret/plans")
    assert "nyx" not in people(guarded.dee)
    made = Enrolment(sign_in="nyx", name="Nyx", marking="restricted/plans")
    cleared("ada", "secret/plans,sources")
    command.enrol(guarded.ada, made)
    assert "nyx" in people(guarded.dee)
    assert "nyx" not in people(guarded.bo)


# --- what is made of marked things


def test_what_is_done_about_somebody_is_marked_as_they_are(guarded):
    receipt = command.appoint(guarded.ada, Appointing(person=key("nox"), office="legal-adviser"))
    assert Record.everything.get(id=receipt.record).label == SECRET
    assert Appointment.everything.get(id=receipt.record).label == SECRET
    held = Appointment.objects.seen_by(reader(guarded.bo)).filter(office="legal-adviser")
    assert key("nox") not in held.values_list("person", flat=True)
    with pytest.raises(NotPossible, match="no such appointment"):
        command.end(guarded.bo, Ending(appointment=receipt.record))
    ended = command.end(guarded.ada, Ending(appointment=receipt.record))
    assert Record.everything.get(id=ended.record).label == SECRET
    assert verify().differences == []


def test_somebody_of_whom_one_may_not_know_is_as_nobody(guarded):
    said = []
    for person in (key("nox"), "p-000000000000000000000"):
        with pytest.raises(NotPossible) as caught:
            command.appoint(guarded.bo, Appointing(person=person, office="legal-adviser"))
        said.append(caught.value.message.replace(person, "..."))
    assert said[0] == said[1]


def test_whether_somebody_hidden_is_in_an_office_is_answered_as_of_nobody(guarded):
    command.appoint(guarded.ada, Appointing(person=key("nox"), office="registrar"))
    actor = {"office": "registrar", "person": key("nox")}
    asked = {"act": "certify-edition", "actor": actor}
    assert system("ada").decide(asked).json["in_office"] is True
    assert system("bo").decide(asked).json["in_office"] is False


def test_a_refusal_is_marked_too(guarded):
    cleared("cy", "secret/sources")
    with pytest.raises(Refused) as caught:
        command.appoint(guarded.cy, Appointing(person=key("nox"), office="auditor"))
    record = Record.everything.get(id=caught.value.refusal.record)
    assert record.label == SECRET
    assert opened(bytes(record.body)).label == "secret/sources"
    assert verify().differences == []


def asked(ministry):
    cleared("cy", "secret/sources")
    given = {"person": key("nox"), "office": "legal-adviser"}
    return approvals.ask(ministry.cy, Asking(act="appoint-officer", given=given, reason="away"))


def test_a_request_is_marked_as_what_is_asked_for(guarded):
    request = asked(guarded).record
    assert Request.everything.get(id=request).label == SECRET
    assert not queries.waiting_for(reader(guarded.bo)).exists()
    assert queries.request(reader(guarded.bo), request) is None
    with pytest.raises(NotPossible, match="no such request"):
        approvals.decline(guarded.bo, Declining(request=request, answer="no"))
    assert queries.waiting_for(reader(guarded.ada)).get().id == request
    declined = approvals.decline(guarded.ada, Declining(request=request, answer="no"))
    assert Record.everything.get(id=declined.record).label == SECRET
    assert verify().differences == []


def test_what_is_done_in_danger_and_the_duty_to_decide_on_it_are_marked(guarded):
    cleared("dee", "secret/sources")
    given = {"person": key("nox"), "office": "legal-adviser"}
    over = Overriding(act="appoint-officer", given=given, danger=True, reason="no time")
    done = approvals.override(guarded.dee, over)
    assert {Record.everything.get(id=one.record).label for one in done} == {SECRET}
    assert Exceeding.everything.get().label == SECRET
    assert Duty.everything.get(act="decide-override").label == SECRET
    assert not queries.undecided(reader(guarded.bo)).exists()
    cleared("bo", "secret/sources")
    assert queries.undecided(reader(guarded.bo)).count() == 1
    assert verify().differences == []


def test_an_entry_that_is_opened_is_open_to_all_and_its_old_records_are_not(guarded):
    command.appoint(guarded.ada, Appointing(person=key("nox"), office="duty-officer"))
    personnel.mark(acting("fay", "security-officer"), MarkingPerson(person=key("nox")))
    assert "nox" in people(guarded.bo)
    held = Appointment.objects.seen_by(reader(guarded.bo))
    assert held.filter(person=key("nox")).exists()
    assert Record.everything.filter(about=key("nox"), label="").count() == 0
    assert verify().differences == []


def test_whoever_is_marked_knows_of_themselves(guarded):
    command.appoint(guarded.ada, Appointing(person=key("nox"), office="legal-adviser"))
    nox = acting("nox", "legal-adviser")
    assert "nox" in people(nox)
    assert Appointment.objects.seen_by(reader(nox)).filter(person=nox.person).exists()
    assert not Record.objects.seen_by(reader(nox)).filter(about=nox.person).exists()


# --- on the record


def test_what_is_secret_is_read_on_the_record_and_what_is_confidential_without(guarded):
    sight = reader(guarded.ada).sight("person-entry")
    assert sight.is_grave(SECRET, False, False)
    free = Person.objects.seen_by(reader(guarded.ada), on_record=False)
    assert "nox" not in set(free.values_list("sign_in", flat=True))
    personnel.mark(
        acting("fay", "security-officer"), MarkingPerson(person=key("nox"), marking="confidential")
    )
    assert "nox" in set(
        Person.objects.seen_by(reader(guarded.ada), on_record=False).values_list(
            "sign_in", flat=True
        )
    )


def test_a_reading_says_what_was_read_and_is_marked_as_it(guarded):
    receipt = read(guarded.ada, Reading(sort="person-entry", label=SECRET, things=(key("nox"),)))
    row = Record.everything.get(id=receipt.record)
    assert (row.kind, row.label) == (Kind.READ, SECRET)
    assert opened(bytes(row.body)).data["things"] == [key("nox")]
    assert verify().differences == []


@pytest.mark.parametrize(
    ("name", "label", "thing"),
    [
        ("ada", SECRET, "p-0"),
        ("ada", "l-0", "nox"),
        ("bo", SECRET, "nox"),
        ("ada", "", "nox"),
    ],
)
def test_what_cannot_be_read_is_not_recorded_as_read(guarded, name, label, thing):
    things = (key("nox") if thing == "nox" else thing,)
    before = Record.everything.count()
    with pytest.raises(NotPossible, match="nothing of that label"):
        read(acting(name), Reading(sort="person-entry", label=label, things=things))
    assert Record.everything.count() == before


def test_the_auditor_reads_the_whole_register_and_the_clerk_what_is_not_marked(guarded):
    fay = acting("fay", "auditor")
    personnel.withdraw(guarded.bo, EndingClearance(person=key("fay")))
    everything = Record.everything.count()
    assert Record.objects.seen_by(reader(fay)).count() == everything
    clerk = Record.objects.seen_by(reader(guarded.eve))
    assert clerk.exclude(label="").count() == 0
    assert clerk.count() == Record.everything.filter(label="").count()
    assert reader(fay).sight("record").is_grave(SECRET, False, False)


def test_a_page_that_shows_what_is_secret_says_so_and_its_reading_is_recorded_once(guarded):
    ada = Somebody("ada")
    before = Record.everything.count()
    page = ada.sees("/people/")
    assert "Nox" in page and page.html.count("marking--page") == 2
    assert "SECRET · SOURCES" in page
    assert Record.everything.count() == before + 1
    ada.sees("/people/")
    ada.sees("/people/", q="nox")
    ada.sees(f"/people/{key('nox')}/")
    assert Record.everything.count() == before + 1
    ada.sees("/journal/")
    after = Record.everything.count()
    ada.sees("/journal/")
    assert Record.everything.count() == after
    assert "marking--page" not in Somebody("bo").sees("/people/").html


@pytest.mark.parametrize(
    "path",
    [
        "/people/{person}/",
        "/journal/?about={person}",
        "/api/people/{person}",
        "/journal/{record}/",
        "/journal/{record}/bytes/",
        "/approvals/{record}/",
        "/api/records/{record}",
        "/api/records/{record}/receipt",
        "/api/requests/{record}",
    ],
)
def test_what_is_hidden_and_what_is_not_there_are_asked_for_and_answered_alike(guarded, path):
    bo, machine = Somebody("bo"), system("bo")
    hidden = {"person": key("nox"), "record": Record.everything.get(about=key("nox")).id}
    absent = {"person": "p-00000000000000000000", "record": f"r-{0:032x}"}
    said = []
    for names in (hidden, absent):
        where = path.format(**names)
        ask = machine.get if where.startswith("/api/") else bo.client.get
        ask(where)
        with CaptureQueriesContext(connection) as asked:
            answer = ask(where)
        texts = [answer.get_data(as_text=True) if ask == machine.get else answer.content.decode()]
        texts += [query["sql"] for query in asked]
        said.append([answer.status_code, *(plain(text, names.values()) for text in texts)])
    assert said[0] == said[1]


def plain(text, names):
    """A text without what was asked for, and without what differs each time."""
    for name in names:
        text = text.replace(name, "...")
    return re.sub(
        r"csrf\S+ \S+ \S+|[0-9a-f]{16}|[\d-]+[ T][\d:.+]+|\b\d{10}\b|instance.*", "", text
    )


# --- labels are kept once


def test_a_label_is_kept_once_and_verified(guarded):
    personnel.mark(
        acting("fay", "security-officer"),
        MarkingPerson(person=key("dee"), marking="secret/sources"),
    )
    changes = Standing.objects.get().changes
    assert SECRET in known(changes)
    assert [str(one) for one in known(changes).values()].count("secret/sources") == 1
    assert verify().differences == []
